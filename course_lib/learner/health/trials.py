"""What is tried in a child process: run as a script by `children`, it writes what comes of each step, line by line.

It imports nothing of the project, and nothing that may be broken, before a step is under way. A step that takes too
long ends the process.
"""

import faulthandler
import importlib
import importlib.util
import json
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

_KERNEL = """
import json, sys
try:
    import course_lib
    found = [course_lib.__file__, ""]
except BaseException as error:
    found = ["", f"{type(error).__name__}: {error}"]
print(json.dumps([sys.executable, *found]))
"""
_KERNEL_SECONDS = 45.0


def loaded(module: str) -> str:
    """Import it; where from."""
    return str(getattr(importlib.import_module(module), "__file__", ""))


def torch_computes() -> str:
    """A product, a gradient, and what goes to numpy and comes back; the GPU that it sees, if one."""
    import numpy as np
    import torch

    weight = torch.ones(3, 2, requires_grad=True)
    (torch.ones(2, 3) @ weight).sum().backward()
    assert weight.grad is not None
    back = torch.from_numpy(np.asarray(weight.grad.numpy()) + 1)
    assert back.tolist() == [[3.0, 3.0]] * 3, f"torch computes {back.tolist()}, expected 3.0 everywhere"
    return torch.cuda.get_device_name() if torch.cuda.is_available() else ""


def hangul_drawn() -> list[str]:
    """Draw Korean as the figures do; what was missing."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from course_lib.plotting import style

    with warnings.catch_warnings(record=True) as caught, style():
        warnings.simplefilter("always")
        figure = Figure()
        figure.text(0.1, 0.5, "한국어")
        FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]
    said = [str(warning.message) for warning in caught]
    return [text for text in said if "Glyph" in text or "Hangul" in text]


def free_memory() -> int:
    """Bytes that a program can still have."""
    import psutil

    return int(psutil.virtual_memory().available)


def notebooks_read(home: str) -> list[tuple[str, str, str, str]]:
    """Each lesson: its number, its notebook as seen from `home`, what is wrong with it, the kernel that it asks for."""
    from course_lib.learner.lessons import lessons
    from course_lib.learner.notebook import read
    from course_lib.usage import UsageError

    found = []
    os.chdir(home)  # where the course is installed, the learner's folder is the one that one is in
    for lesson in lessons():
        wrong = asked = ""
        try:
            asked = str(read(lesson.path).content.metadata.get("kernelspec", {}).get("name", ""))
        except UsageError as error:
            wrong = str(error)
        found.append((lesson.number, lesson.place, wrong, asked))
    return found


def kernels() -> dict[str, tuple[str, str]]:
    """The kernels that JupyterLab offers: name -> its folder, and the program that it starts."""
    from jupyter_client.kernelspec import KernelSpecManager

    every = KernelSpecManager().get_all_specs()
    return {name: (of["resource_dir"], (of["spec"].get("argv") or [""])[0]) for name, of in every.items()}


def kernel_answers(folder: str) -> list[str]:
    """Start the kernel that notebooks ask for, in their folder: its Python, its course_lib, or why it has none."""
    from jupyter_client.manager import start_new_kernel

    said: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
            said.append(message["content"]["text"])

    last_words = Path("kernel.txt").absolute()
    with last_words.open("wb") as stderr:
        how: dict[str, Any] = {
            "kernel_name": "python3",
            "startup_timeout": _KERNEL_SECONDS,
            "cwd": folder,
            "stderr": stderr,
        }
        try:
            manager, client = start_new_kernel(**how)
        except RuntimeError as error:
            words = last_words.read_text(encoding="utf-8", errors="replace").split("\n")
            raise RuntimeError(f"{error}. {' '.join([word for word in words if word.strip()][-1:])}") from error
        try:
            client.execute_interactive(_KERNEL, timeout=_KERNEL_SECONDS, output_hook=hear, store_history=False)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    return [str(part) for part in json.loads("".join(said).splitlines()[-1])]


def widgets_in_lab() -> str:
    """The version of the part of ipywidgets that JupyterLab loads; "" where it finds none."""
    from jupyter_core.paths import jupyter_path

    for place in jupyter_path("labextensions"):
        path = Path(place) / "@jupyter-widgets" / "jupyterlab-manager" / "package.json"
        if path.exists():
            return str(json.loads(path.read_text(encoding="utf-8"))["version"])
    return ""


def one_line(error: BaseException) -> str:
    """An error as a line: its kind, and the last line of what it says."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[-1][:400]}" if lines else type(error).__name__


def main(job: str) -> None:
    """Try the steps of a job."""
    asked = json.loads(Path(job).read_text(encoding="utf-8"))
    failed: set[str] = set(asked["failed"])
    if importlib.util.find_spec("course_lib") is None:  # it is not installed, but it is what runs
        sys.path.append(asked["home"])
    does: dict[str, Callable[..., Any]] = dict(globals())
    with Path(asked["report"]).open("a", encoding="utf-8") as report:

        def write(**line: Any) -> None:
            report.write(json.dumps(line) + "\n")
            report.flush()

        stderr = sys.__stderr__ or sys.stderr
        faulthandler.enable(stderr)
        for place, (name, function, given, needs) in enumerate(asked["steps"]):
            if failed & set(needs):
                failed.add(name)
                continue
            write(step=place)
            faulthandler.dump_traceback_later(asked["seconds"], exit=True, file=stderr)
            try:
                write(step=place, value=does[function](*given))
            except BaseException as error:  # whatever a broken package raises, SystemExit too
                failed.add(name)
                write(step=place, error=one_line(error), said=f"{type(error).__name__}: {error}")
            finally:
                faulthandler.cancel_dump_traceback_later()
        write(ended=True)


if __name__ == "__main__":
    main(sys.argv[2])
