"""What each notebook of a class is run in: a copy of the course, limits, and, where the system has them, walls."""

import os
import shutil
import site
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib import folders
from course_lib.teacher.sandbox import Walls

START = "course/notebooks"  # where a kernel starts, below its folder
_PROBE = "import torch, ipykernel, course_lib.exercises"  # what every lesson stands on
_PROBE_SECONDS = 120
_INHERITED = {  # of the variables of the environment; what else stands there may be a secret
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONUTF8"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"),
}


@dataclass(frozen=True)
class Limits:
    """For one notebook.

    Attributes:
        seconds: for all of it; a cell has a third of them, then it is interrupted and the next one runs.
        memory: bytes, of all its processes together.
        processes: how many at a time.
        printed: bytes of output, all cells together.
        written: bytes in files.
    """

    seconds: float = 300.0
    memory: int = 4 << 30
    processes: int = 64
    printed: int = 10 << 20
    written: int = 1 << 30


@dataclass(frozen=True)
class Course:
    """A copy of the course that is ready to be copied for each notebook.

    Attributes:
        folder: everything of this report that is not kept.
        isolated: whether the system has namespaces, which keep a notebook off the network and all other files.
        why_not: what the system said, where it has none.
    """

    folder: Path
    isolated: bool
    why_not: str = ""

    @property
    def given(self) -> Path:
        return self.folder / "given"

    @contextmanager
    def box(self) -> Iterator[Path]:
        """A folder for one run, as long as the block lasts."""
        box = Path(tempfile.mkdtemp(prefix="run-", dir=self.folder))
        try:
            (box / "io").mkdir()
            yield box
        finally:
            shutil.rmtree(box, ignore_errors=True)

    def walls(self, box: Path, limits: Limits) -> Walls:
        """What holds a kernel in this box."""
        return Walls(
            box=str(box),
            given=str(self.given),
            start=START,
            shown=tuple(map(str, python_folders())),
            links=tuple(map(str, links_on(Path(sys.executable)))),
            isolated=self.isolated,
            memory=limits.memory,
            written=limits.written,
            processes=20 * limits.processes,  # each has threads, and these count here
        )


@dataclass(frozen=True)
class Task:
    """What is to be run, and how."""

    notebook: str
    box: str
    folder: str  # of the copy of the course
    isolated: bool
    whole: bool
    limits: dict[str, Any]

    @property
    def walls(self) -> Walls:
        return Course(Path(self.folder), self.isolated).walls(Path(self.box), Limits(**self.limits))


@contextmanager
def course_copy(*, isolated: bool | None = None) -> Iterator[Course]:
    """A copy of the course for as long as the block lasts; `isolated` None means wherever the system can."""
    folder = Path(tempfile.mkdtemp(prefix="class-report-"))
    try:
        _copy_course(folder / "given")
        made = Course(folder, isolated=False)
        if isolated is not False:
            why_not = probe(Course(folder, isolated=True))
            made = Course(folder, isolated=not why_not, why_not=why_not)
        yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_course(given: Path) -> None:
    """The library, its data and an empty folder for notebooks; compiled files too, they save a second each time."""
    course = given / "course"
    shutil.copytree(folders.PACKAGE, course / folders.PACKAGE.name, ignore=shutil.ignore_patterns(".*"))
    if not folders.installed():
        shutil.copytree(folders.bundled("data"), course / "data", ignore=shutil.ignore_patterns(".*"))
    (given / START).mkdir(exist_ok=True)
    (given / "tmp").mkdir()
    fonts = given / "home" / ".cache" / "matplotlib"  # looking for the system's fonts takes seconds on some machines
    fonts.mkdir(parents=True)
    import matplotlib

    for known in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        shutil.copy2(known, fonts)


def probe(course: Course) -> str:
    """Try the walls with a program that loads what the lessons need: "" or what was wrong."""
    if sys.platform != "linux":
        return "this system has no namespaces"
    with course.box() as box:
        command = course.walls(box, Limits()).command(sys.executable, "-c", _PROBE)
        try:
            tried = subprocess.run(
                command, env=environment(box), capture_output=True, text=True, errors="replace", timeout=_PROBE_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    said = tried.stderr.strip().splitlines()
    return "" if tried.returncode == 0 else said[-1] if said else f"exit status {tried.returncode}"


def environment(box: Path) -> dict[str, str]:
    """The environment variables of a kernel: nothing of the teacher's but what every program needs."""
    work = box / "work"
    home, tmp = str(work / "home"), str(work / "tmp")
    kept = {name: value for name, value in os.environ.items() if name.upper() in _INHERITED}
    if site.ENABLE_USER_SITE:
        kept["PYTHONUSERBASE"] = site.getuserbase()
    return kept | {
        **{"HOME": home, "USERPROFILE": home, "USER": "learner", "LOGNAME": "learner"},
        **{"TMPDIR": tmp, "TEMP": tmp, "TMP": tmp},
        "PYTHONPATH": str(work / "course"),  # before the installed one
        "COURSE_REPORT": str(box / "io" / "report.jsonl"),
        "COURSE_PROGRESS": str(work / "home" / "progress.json"),
        "COURSE_QUIET": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        **{"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "CUDA_VISIBLE_DEVICES": ""},
    }


def python_folders() -> list[Path]:
    """The folders that this Python is made of, without those that lie in others."""
    places = {Path(sys.prefix), Path(sys.base_prefix)}
    if site.ENABLE_USER_SITE:
        places.add(Path(site.getusersitepackages()))
    places |= {place.resolve() for place in places}
    found = sorted(place for place in places if place.is_dir() and len(place.parts) > 2)
    return [place for place in found if not any(other in place.parents for other in found)]


def links_on(path: Path) -> list[Path]:
    """The symbolic links that lead to where a path ends."""
    found, here, rest = [], Path("/"), list(path.parts[1:])
    while rest:
        part = rest.pop(0)
        here = here.parent if part == ".." else here / part
        if here.is_symlink():
            found.append(here)
            target = here.readlink()
            rest = [*target.parts[target.is_absolute() :], *rest]
            here = Path("/") if target.is_absolute() else here.parent
    return found


def read_plain(path: Path, most: int) -> str:
    """The beginning of a file that a stranger may have put there; "" where it is a link, or a pipe without an end."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        opened = os.open(path, flags)
    except OSError:
        return ""
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return ""
        with os.fdopen(opened, "rb", closefd=False) as file:
            return file.read(most).decode("utf-8", "replace")
    finally:
        os.close(opened)
