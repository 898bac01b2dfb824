"""JupyterLab, its kernels, its widgets."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from course_lib import folders
from course_lib.learner.health import packages
from course_lib.learner.health.children import Step, Tried
from course_lib.learner.health.finding import Finding, fine, odd, wrong
from course_lib.learner.health.mending import python_module, remake

KERNELS, KERNEL, WIDGETS = "kernels", "kernel", "widgets"
# ipywidgets -> what fits it: jupyterlab_widgets, and the version that this calls itself in JupyterLab.
FIT = {"8": ("3", "5"), "7": ("1", "3")}
_PYTHONS = {
    "python",
    "python3",
    f"python3.{sys.version_info[1]}",
}  # such a name stands for this Python


def steps() -> list[Step]:
    """Which kernels there are; starting the one that notebooks ask for; the widgets of JupyterLab."""
    folder = next((each for each in (folders.work(), folders.bundled("notebooks")) if each.is_dir()), folders.home())
    needs = ("import ipykernel", "import nbclient")
    return [
        Step(KERNELS, "kernels", needs=needs),
        Step(KERNEL, "kernel_answers", [str(folder)], needs),
        Step(WIDGETS, "widgets_in_lab", needs=("import ipywidgets", "import jupyterlab")),
    ]


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """Kernels and widgets; JupyterLab itself is one of the packages."""
    found = [_kernel(tried), _widgets(tried)]
    return [each for each in found if each is not None]


def _kernel(tried: Mapping[str, Tried]) -> Finding | None:
    """Whether the kernel python3 starts, and has the course."""
    if KERNEL not in tried:
        return None  # what it needs can't be loaded
    place, program = (tried[KERNELS].value or {}).get("python3", ("", "")) if KERNELS in tried else ("", "")
    away = "Remove what is noted of that kernel: the one of this Python takes its place.", _remove(place)
    own = program in _PYTHONS or _same(program, sys.executable)
    done = tried[KERNEL]
    if program and not own and not shutil.which(program):
        found = f"The kernel python3 is noted to start {program}, which is not there ({place})."
        return wrong("kernel", found, *away)
    if done.error:
        found = f"A kernel for the notebooks does not start: {done.error}"
        return wrong("kernel", found, *(remake() if own or not program else away))
    python, library, why = done.value
    if not library:
        found = f"The kernel python3 is {python}, and can't load the course's library: {why}"
        return wrong("kernel", found, *(remake() if own else away))
    here = folders.PACKAGE / "__init__.py"
    if Path(library).resolve() != here:
        found = f"The kernel python3 loads another course_lib: {library}, not {here}."
        return wrong("kernel", found, *(remake() if own else away))
    if not own and not _same(python, sys.executable):
        return odd("kernel", f"The kernel python3 is another Python, {python}, which has the course too.", *away)
    return fine("kernel", "A kernel starts, answers, and loads the course's library.")


def _same(program: str, other: str) -> bool:
    """Whether they are the same file by name: the Pythons of two environments may be links to one program."""
    return os.path.normcase(Path(program).absolute()) == os.path.normcase(Path(other).absolute())


def _remove(place: str) -> str:
    return python_module("jupyter kernelspec remove -y python3") if place else ""


def _widgets(tried: Mapping[str, Tried]) -> Finding | None:
    if WIDGETS not in tried or tried[WIDGETS].error:
        return None
    widgets, in_lab = packages.version("ipywidgets"), tried[WIDGETS].value
    lab, beside = packages.version("jupyterlab"), packages.version("jupyterlab-widgets")
    fit = FIT.get(widgets.split(".")[0])
    again = remake("ipywidgets>=8.1", "jupyterlab_widgets>=3")
    if not in_lab:
        found = f"JupyterLab {lab} finds no widgets (jupyterlab_widgets): what lessons let you explore stays still."
        return wrong("widgets", found, *again)
    if fit and (beside.split(".")[0] not in ("", fit[0]) or in_lab.split(".")[0] != fit[1]):
        found = f"ipywidgets {widgets} and JupyterLab's part of it ({beside or in_lab}) do not fit each other."
        return wrong("widgets", found, *again)
    return fine("widgets", f"JupyterLab {lab} shows ipywidgets {widgets}.")
