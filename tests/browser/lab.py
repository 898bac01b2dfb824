"""The course in a real JupyterLab in a real browser: start it, open a notebook, run cells, look at what is shown.

    with copy_of_course() as root, serve(root) as server, chromium() as browser:
        notebook = Notebook.open(browser.new_page(), server, "notebooks/01a_word_embeddings.ipynb")
        notebook.run_all()
        notebook.output('check("01.lookup"').screenshot(path="check.png")

The course that is served is a copy with a home folder of its own: nobody's notebooks, progress or settings are touched.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import nbformat
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tools import build

T = TypeVar("T")

START_SECONDS = 60
CELL_SECONDS = 60  # generous: a loaded machine is no defect

# What a server must not inherit: the kernel would believe itself under pytest, or use somebody's own settings.
_NOT_INHERITED = ("PYTEST_", "COURSE_", "JUPYTER", "IPYTHON", "MPL", "XDG_", "PYTHONPATH")

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Every cell stays in the page, whether it is in sight or not.
_SETTINGS = {"notebook-extension/tracker": {"windowingMode": "none"}}


# ---- the course and its server ---------------------------------------------------------------------


@contextmanager
def copy_of_course() -> Iterator[Path]:
    """A course in a temporary folder, as a fresh clone has it: library, data and blank notebooks."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        root = Path(folder)
        for part in ("course_lib", "data"):
            shutil.copytree(build.ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        for lesson in build.lesson_files():
            write_notebook(root / "notebooks" / f"{lesson.stem}.ipynb", build.blank(build.read_lesson(lesson)))
        yield root


def new_notebook(sources: Sequence[str]) -> nbformat.NotebookNode:
    """A notebook with a code cell for each source."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


def write_notebook(path: Path, notebook: nbformat.NotebookNode) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


@dataclass(frozen=True)
class Server:
    """A running `course lab`. `url` ends in a slash."""

    url: str
    token: str
    pid: int
    root: Path


@contextmanager
def serve(root: Path) -> Iterator[Server]:
    """`course lab` on the course in `root`, on a free port, until the block ends.

    Raises RuntimeError with what the server wrote when it ends or does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="home-") as folder:
        home = Path(folder)
        for plugin, settings in _SETTINGS.items():
            file = home / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(settings), encoding="utf-8")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_INHERITED)} | {
            "HOME": str(home),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "PYTHONPATH": str(root),  # the copy's library, not the installed one
        }
        command = [sys.executable, "-m", "course_lib.cli", "lab"]
        command += ["--no-browser", "--expose-app-in-browser", "--ServerApp.port=0"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--allow-root")
        log = home / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        try:
            yield _await_server(process, home / "runtime" / f"jpserver-{process.pid}.json", log, root)
        finally:
            process.terminate()  # it ends its kernels first
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_server(process: subprocess.Popen, info: Path, log: Path, root: Path) -> Server:
    def answer() -> Server | None:
        if process.poll() is not None:
            raise RuntimeError(f"course lab ended with status {process.returncode}:\n{log.read_text(errors='replace')}")
        try:
            told = json.loads(info.read_text(encoding="utf-8"))
            urllib.request.urlopen(f"{told['url']}api/status?token={told['token']}", timeout=5).close()
        except (OSError, ValueError):  # not there yet, half written, not listening yet
            return None
        return Server(told["url"], told["token"], process.pid, root)

    try:
        return eventually(answer, START_SECONDS)
    except TimeoutError:
        raise RuntimeError(f"course lab does not answer:\n{log.read_text(errors='replace')}") from None


def eventually(condition: Callable[[], T], seconds: float = CELL_SECONDS) -> T:
    """What `condition` returns, as soon as that is true. Raises TimeoutError with its last value."""
    until = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > until:
            raise TimeoutError(f"after {seconds} seconds still {value!r}")
        time.sleep(0.05)
    return value


# ---- the browser -----------------------------------------------------------------------------------


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the system's, or else the one that Playwright brought.

    Raises playwright.sync_api.Error, which says how to install one, where there is none.
    """
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_CHROMIUM_OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


# The notebook in front, for the scripts below.
_NOTEBOOK = "const panel = window.jupyterapp?.shell.currentWidget; const notebook = panel?.content;"


class Notebook:
    """One notebook, open in JupyterLab. A cell is named by its index, or by a text that only its source contains."""

    def __init__(self, page: Page):
        self.page = page

    @classmethod
    def open(cls, page: Page, server: Server, path: str | None = None) -> "Notebook":
        """Open the notebook at `path` (relative to the course), or what `course lab` opens, and await its kernel."""
        address = (
            f"{server.url}lab/tree/{path}?reset&token={server.token}" if path else f"{server.url}?token={server.token}"
        )
        led_to = urllib.parse.urlsplit(page.goto(address).url).path  # JupyterLab changes its own address later
        page.wait_for_function(
            "path => window.jupyterapp?.shell.currentWidget?.context?.path === path",  # others were open and come first
            arg=urllib.parse.unquote(led_to.partition("/lab/tree/")[2]),
            timeout=START_SECONDS * 1000,
        )
        # Cells that are run before all this is ready are never run.
        page.evaluate(
            f"""async () => {{
                {_NOTEBOOK}
                await window.jupyterapp.restored;
                await panel.context.ready;
                await panel.revealed;
                await panel.sessionContext.ready;
                await panel.sessionContext.session.kernel.info;
            }}"""
        )
        return cls(page)

    def close(self) -> None:
        """End its kernel and close the page; what was typed is thrown away with the copy of the course."""
        self.page.evaluate(f"async () => {{ {_NOTEBOOK} await panel.sessionContext.shutdown(); }}")
        self.page.close()

    # ---- cells

    def _cells(self) -> list[dict]:
        """For each cell: type, source, count (execution count), outputs (as in a notebook file)."""
        return self.page.evaluate(
            f"""() => {{
                {_NOTEBOOK}
                return notebook.widgets.map(({{model}}) => ({{
                    type: model.type,
                    source: model.sharedModel.getSource(),
                    count: model.executionCount ?? null,
                    outputs: model.outputs?.toJSON() ?? [],
                }}));
            }}"""
        )

    def index(self, cell: int | str) -> int:
        if isinstance(cell, int):
            return cell
        found = [i for i, there in enumerate(self._cells()) if cell in there["source"] and there["type"] == "code"]
        if len(found) != 1:
            raise LookupError(f"{len(found)} code cells contain {cell!r}, expected one")
        return found[0]

    def replace(self, cell: int | str, source: str) -> None:
        self.page.evaluate(
            f"([i, source]) => {{ {_NOTEBOOK} notebook.widgets[i].model.sharedModel.setSource(source); }}",
            [self.index(cell), source],
        )

    def run(self, cell: int | str, seconds: float = CELL_SECONDS) -> None:
        """Run one cell and await its end."""
        index = self.index(cell)
        before = self._cells()[index]["count"]
        self.select(index)
        self.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-cell')")
        eventually(lambda: self._cells()[index]["count"] not in (None, before), seconds)

    def run_all(self, seconds: float = CELL_SECONDS) -> None:
        """Run All, and await the last cell, or the error at which JupyterLab stops."""
        before = max((cell["count"] or 0 for cell in self._cells()), default=0)
        self.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")

        def ended() -> bool:
            code = [cell for cell in self._cells() if cell["type"] == "code" and cell["source"].strip()]
            return bool(self.errors()) or all((cell["count"] or 0) > before for cell in code)

        eventually(ended, seconds)

    def sources(self) -> list[str]:
        """The source of every code cell, in order."""
        return [cell["source"] for cell in self._cells() if cell["type"] == "code"]

    # ---- what is shown

    def errors(self) -> list[str]:
        """The errors that stopped a cell, each with the first line of that cell."""
        return [f"{cell['source'].splitlines()[0]}: {output['evalue']}" for cell, output in self._outputs("error")]

    def warnings(self) -> list[str]:
        """What was written to stderr, which JupyterLab shows on red."""
        return [output["text"] for _, output in self._outputs("stream") if output["name"] == "stderr"]

    def values_as_code(self) -> list[str]:
        """What a cell's last line left as a Python expression where a learner expects a picture or nothing."""
        results = [output["data"] for _, output in self._outputs("execute_result")]
        shown = [data["text/plain"] for data in results if set(data) == {"text/plain"}]
        return [text for text in shown if re.search(r"<.*>|array\(|Axes|Figure", text)]

    def _outputs(self, kind: str) -> Iterator[tuple[dict, dict]]:
        """(cell, output) for every output of that kind."""
        for cell in self._cells():
            yield from ((cell, output) for output in cell["outputs"] if output["output_type"] == kind)

    def output(self, cell: int | str) -> Locator:
        """All that stands below a cell. `inner_text()`, `screenshot()` and the like are Playwright's."""
        return self.cell(cell).locator(".jp-Cell-outputArea")

    def cell(self, cell: int | str) -> Locator:
        """A cell with its output."""
        return self.page.locator(".jp-Notebook .jp-Notebook-cell").nth(self.index(cell))

    def select(self, cell: int | str) -> None:
        """Make it the active cell: the one with the blue bar and the buttons."""
        self.page.evaluate(
            f"i => {{ {_NOTEBOOK} notebook.deselectAll(); notebook.activeCellIndex = i; }}", self.index(cell)
        )

    def picture(self, first: int | str, last: int | str) -> bytes:
        """A PNG of the cells from `first` to `last` with their outputs, neither of them active."""
        above, below = self.cell(first), self.cell(last)
        self.select(0)
        above.evaluate("cell => cell.scrollIntoView({ block: 'center' })")
        boxes = above.bounding_box(), below.bounding_box()
        top, bottom = boxes[0]["y"], boxes[1]["y"] + boxes[1]["height"]
        clip = {"x": boxes[0]["x"], "y": top, "width": boxes[0]["width"], "height": bottom - top}
        return self.page.screenshot(clip=clip)

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme: "JupyterLab Light", "JupyterLab Dark"."""
        self.page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
        self.page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=name)
        self.page.wait_for_function("() => !document.querySelector('#jupyterlab-splash')")


def pixels(picture: Locator) -> str:
    """The file behind an <img>, as text that can be compared."""
    return picture.evaluate(
        """async image => {
            const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
            return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
        }"""
    )


def await_change(picture: Locator, before: str) -> None:
    """Until an <img> shows something else than `before`, its `pixels` of a moment ago. Raises TimeoutError."""
    try:
        eventually(lambda: pixels(picture) != before)
    except TimeoutError:
        raise TimeoutError(f"the picture is the same as {CELL_SECONDS} seconds ago") from None
