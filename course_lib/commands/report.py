"""`course report`: run the notebooks of a class, each behind walls of its own, and make a table of what is right."""

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from course_lib.files import write_text
from course_lib.progress_bar import ProgressBar
from course_lib.teacher.box import Course, Limits, course_copy
from course_lib.teacher.class_run import ClassRun, cores
from course_lib.teacher.report_page import page
from course_lib.teacher.rows import Row, named, notebooks_in
from course_lib.teacher.tables import KIND, About, csv_text, json_text, lessons_of
from course_lib.usage import UsageError

FILES = ("report.html", "report.csv", "report.json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the learners' notebooks, in it or below it")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the report goes (default: FOLDER/report)")
    parser.add_argument("--minutes", type=float, default=5.0, metavar="N", help="for one notebook (default: 5)")
    parser.add_argument("--memory", type=float, default=4.0, metavar="GB", help="for one notebook (default: 4)")
    parser.add_argument("--jobs", type=int, default=cores(), metavar="N", help=f"at a time (default here: {cores()})")
    parser.add_argument("--all-cells", action="store_true", help="run the lesson's own experiments too")


def run(given: argparse.Namespace) -> int:
    """Run the notebooks and write the report; 130 where it was interrupted."""
    folder, limits = _folder(given.folder), _limits(given)
    out = given.out or folder / "report"
    paths = notebooks_in(folder, without=out.resolve())
    if not paths:
        raise UsageError(f"there is no notebook in {given.folder}: no file whose name holds .ipynb")
    _make(out)
    jobs = min(given.jobs, len(paths))
    print(f"{len(paths)} notebooks, {jobs} at a time, in copies of the course ...", flush=True)
    with course_copy() as course:
        for warning in _warnings(course):
            print(f"  ! {warning}", flush=True)
        work = ClassRun(folder, course, limits, jobs, whole=given.all_cells)
        with ProgressBar("notebooks", total=len(paths), unit="notebook") as bar:

            def on_row(row: Row) -> None:
                bar.print(f"  {_line(row)}")
                bar.update()

            rows = named(work.run(paths, on_row))
        about = About(
            folder=folder.name,
            made=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
            conditions=_conditions(course, limits, whole=given.all_cells),
            warnings=_warnings(course),
        )
    write(rows, about, out)
    _say(rows, out)
    return 130 if work.interrupted else 0


def write(rows: Sequence[Row], about: About, out: Path) -> None:
    """The three files of a report."""
    for name, text in zip(FILES, (page(rows, about), csv_text(rows), json_text(rows, about)), strict=True):
        try:
            write_text(out / name, text)
        except OSError as error:
            raise UsageError(f"{out / name} can't be written: {error.strerror or error}") from error


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(f"expected a folder of notebooks, {folder} is {'a file' if folder.exists() else 'not there'}")
    return folder.resolve()


def _limits(given: argparse.Namespace) -> Limits:
    for name, least, most in (("minutes", 0.1, 600), ("memory", 1, 1024), ("jobs", 1, 64)):
        value = getattr(given, name)
        if not least <= value <= most:
            raise UsageError(f"--{name} is from {least} to {most}, got {value:g}")
    return Limits(seconds=60 * given.minutes, memory=int(given.memory * 2**30))


def _make(out: Path) -> None:
    """Make the folder of the report, if nothing else lies there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        here = {path.name for path in out.iterdir()}
    except OSError as error:
        raise UsageError(f"{out} can't be the folder of the report: {error.strerror or error}") from error
    if here and not _is_report(out):
        raise UsageError(f"{out} holds other files than a report; name another folder: --out DIR")


def _is_report(out: Path) -> bool:
    try:
        earlier = json.loads((out / "report.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(earlier, dict) and earlier.get("kind") == KIND


def _conditions(course: Course, limits: Limits, *, whole: bool) -> tuple[str, ...]:
    cells = "every cell" if whole else "the cells that the checks need"
    where = "without network, and with no other files in sight" if course.isolated else "with the network in reach"
    return (
        f"Each notebook was run from top to bottom, {cells}, in a copy of the course, {where}.",
        f"Limits for each: {limits.seconds / 60:g} minutes, {limits.memory / 2**30:g} GB of memory, "
        f"{limits.processes} processes, {limits.printed >> 20} MB of output.",
    )


def _warnings(course: Course) -> tuple[str, ...]:
    if course.isolated:
        return ()
    return (
        "The notebooks ran with your rights on this machine: they could reach the network and your files, because "
        f"{course.why_not or 'it was asked for'}.",
    )


def _line(row: Row) -> str:
    done = f"{row.right} of {len(row.states)} right" if row.lesson else ""
    return f"{row.file}: {'; '.join(filter(None, [row.lesson, done, row.problem]))}"


def _say(rows: Sequence[Row], out: Path) -> None:
    print()
    for number, of_lesson in lessons_of(rows).items():
        right, of = sum(row.right for row in of_lesson), sum(len(row.states) for row in of_lesson)
        print(f"  lesson {number:<3}  {len(of_lesson):>3} notebooks  {right} of {of} exercises right")
    if unread := sum(not row.lesson for row in rows):
        print(f"  {unread} without a result; the report says why")
    print(f"\nThe report: {out / FILES[0]}; as a table: {out / FILES[1]}")
