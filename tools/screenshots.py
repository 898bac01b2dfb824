"""The README's pictures, taken from a real JupyterLab: docs/explorer.png, docs/wrong.png, docs/right.png.

    python -m tools.screenshots

It runs lesson 01 once, and needs Chromium and a Hangul font (Debian: apt install chromium fonts-nanum).
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from course_lib.files import replacing
from tests.browser import lab
from tools import build

DOCS = build.ROOT / "docs"
EXERCISES, PICTURES = "notebooks/01a_word_embeddings.ipynb", "notebooks/01b_what_vectors_know.ipynb"
LESSON_SECONDS = 600
MOST_BYTES = 300_000

ANSWER, CHECK, EXPLORER = "def lookup", 'check("01.lookup"', "training_explorer.widget("
WRONG = "def lookup(ids, weight):\n    return weight[ids].mean(1)"
RIGHT = "def lookup(ids, weight):\n    return weight[ids]"
WORD = "coffee"


def open_lesson(
    browser: Browser, server: lab.Server, lesson: str, *, width: int, height: int, scale: float
) -> lab.Notebook:
    """A lesson in a window of that many CSS pixels, `scale` pixels of the picture each; no side bar."""
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
    notebook = lab.Notebook.open(page, server, lesson)
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    return notebook


def explorer(browser: Browser, server: lab.Server) -> bytes:
    """The explorer at the end of training, in the window as a learner sees it."""
    notebook = open_lesson(browser, server, PICTURES, width=1120, height=790, scale=1.25)
    notebook.run_all(LESSON_SECONDS)
    if errors := notebook.errors():
        raise RuntimeError(f"{PICTURES} fails: {errors}")
    output = notebook.output(EXPLORER)
    word = output.get_by_role("combobox")
    word.fill(WORD)
    word.press("Enter")
    output.get_by_text(f"Nearest to {WORD}").wait_for()
    before = lab.pixels(output.locator("img"))
    output.locator(".noUi-handle").focus()
    notebook.page.keyboard.press("End")
    lab.await_change(output.locator("img"), before)
    notebook.select(0)
    cell = notebook.cell(EXPLORER)
    above_and_below = 130  # JupyterLab's menu, tabs and status bar
    notebook.page.set_viewport_size({"width": 1120, "height": int(cell.bounding_box()["height"]) + above_and_below})
    cell.evaluate("cell => cell.scrollIntoView({ block: 'center' })")
    picture = notebook.page.screenshot()
    notebook.close()
    return picture


def answers(browser: Browser, server: lab.Server) -> tuple[bytes, bytes]:
    """An exercise and its check below it, with a wrong answer and with a right one."""
    notebook = open_lesson(browser, server, EXERCISES, width=920, height=2000, scale=1.5)
    notebook.run("import torch.nn.functional as F")
    pictures = []
    for source, told in [(WRONG, "averaged"), (RIGHT, "Correct")]:
        notebook.replace(ANSWER, source)
        notebook.run(ANSWER)
        notebook.run(CHECK)
        notebook.output(CHECK).get_by_text(told).wait_for()
        pictures.append(notebook.picture(ANSWER, CHECK))
    notebook.close()
    return pictures[0], pictures[1]


def save(picture: bytes, path: Path) -> None:
    """Without its alpha channel, compressed as far as PNG goes. Raises ValueError if it is too large."""
    buffer = io.BytesIO()
    reduced = Image.open(io.BytesIO(picture)).convert("RGB")  # a palette would make one colour of two groups' colours
    reduced.save(buffer, format="png", optimize=True)
    if len(buffer.getvalue()) > MOST_BYTES:
        raise ValueError(f"{path.name} has {len(buffer.getvalue()):,} bytes, expected at most {MOST_BYTES:,}")
    with replacing(path) as beside:
        beside.write_bytes(buffer.getvalue())
    print(f"{path.relative_to(build.ROOT)}: {reduced.width} x {reduced.height}, {path.stat().st_size / 1000:.0f} kB")


def main() -> int:
    with lab.copy_of_course() as root, lab.serve(root) as server, lab.chromium() as browser:
        wrong, right = answers(browser, server)
        save(wrong, DOCS / "wrong.png")
        save(right, DOCS / "right.png")
        save(explorer(browser, server), DOCS / "explorer.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
