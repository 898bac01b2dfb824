"""`course slides 05a`: a lesson as slides, for a class."""

import argparse
from pathlib import Path

from course_lib.teacher.deck import slides
from course_lib.teacher.pages import formulas_left, write_made
from course_lib.teacher.slide_page import MAKER, own_page, reveal_page
from course_lib.teacher.sources import chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("lesson", metavar="LESSON", help="such as 05a, 05 for both parts, or a notebook of your own")
    parser.add_argument("--solved", action="store_true", help="with the solutions in the exercises' code")
    parser.add_argument(
        "--reveal",
        metavar="WHERE",
        help="for reveal.js: its folder, from which a copy is put into the page, or an address that the page loads",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: slides-LESSON.html)")
    parser.add_argument("--force", action="store_true", help="overwrite a file that holds no slides")


def run(given: argparse.Namespace) -> int:
    """Write the slides."""
    sources = chosen(given.lesson)
    number = sources[0].lesson.number if len(sources) == 1 else sources[0].lesson.number[:2]
    path = given.out or Path(f"slides-{number}.html")
    title = " and ".join(source.title for source in sources)
    shown = [slide for source in sources for slide in slides(source, solved=given.solved)]
    text = reveal_page(title, shown, given.reveal) if given.reveal else own_page(title, shown)
    write_made(path, text, MAKER, force=given.force)
    print(f"{len(shown)} slides in {path}. Open it in a browser: arrow keys or space to go on, f for the whole screen")
    if not all(source.has_outputs for source in sources):
        print("No figures and outputs are in it: run the notebook, save it, and give its path")
    if left := formulas_left(text):
        print(f"{left} formulas in it could not be drawn, and stand as they were written")
    return 0
