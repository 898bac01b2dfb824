"""The learner's notebooks and progress, and the course's data."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from course_lib import folders
from course_lib.learner.health.children import Step, Tried
from course_lib.learner.health.finding import Finding, fine, odd, some, wrong
from course_lib.learner.health.jupyter import KERNELS
from course_lib.learner.health.mending import in_course

NOTEBOOKS = "notebooks"
NEEDED = ("analogies.tsv", "word-pairs.tsv", "vectors/ko-en.ko.vec", "vectors/ko-en.en.vec", "models/ko-en")
_POINTER = b"version https://git-lfs"


def steps() -> list[Step]:
    """Reading the notebooks of all lessons."""
    needs = ("import course_lib", "import nbformat", "import torch")
    return [Step(NOTEBOOKS, "notebooks_read", [str(folders.home())], needs)]


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """Notebooks, progress, data."""
    return [*_notebooks(tried), *_progress(), *_data()]


# --- notebooks and progress ---------------------------------------------------------------------------------


def _notebooks(tried: Mapping[str, Tried]) -> Iterator[Finding]:
    """Those of the course, and the learner's own."""
    brought = folders.bundled("notebooks")
    if not any(brought.glob("*.ipynb")):
        mend = "Install the course anew.", ""
        if not folders.installed():
            mend = "Take them from git.", in_course("git checkout notebooks")
        yield wrong("notebooks", f"The course's own notebooks are not in {brought}.", *mend)
        return
    done = tried.get(NOTEBOOKS)
    if done is None:
        return  # what reads them can't be loaded
    if done.error:
        yield wrong("notebooks", f"The notebooks can't be read: {done.error}", "Mend what is named above first.")
        return
    read = [each for each in done.value if (folders.home() / each[1]).exists()]
    for number, _, error, _ in read:
        if error:
            afresh = "Mend the file, or begin this lesson afresh; what is there is kept.", f"course reset {number}"
            yield wrong("notebooks", f"{error}.", *afresh)
    yield from _kernels(read, tried.get(KERNELS))
    if not any(error for *_, error, _ in read):
        own = folders.work()
        if own.is_dir():
            yield fine("notebooks", f"{len(list(own.glob('*.ipynb')))} are in {own}; {len(read)} lessons can be read.")
        else:
            yield fine("notebooks", f"No lesson is begun; `course lab` puts them into {own}.")


def _kernels(read: list[tuple[str, str, str, str]], kernels: Tried | None) -> Iterator[Finding]:
    """Notebooks that ask for a kernel which isn't there."""
    if kernels is None or kernels.error:
        return
    strange = [f"{place} for {asked}" for _, place, _, asked in read if asked and asked not in kernels.value]
    if strange:
        found = f"Notebooks that ask for a kernel which is not there: {some(strange)}."
        yield odd("notebooks", found, "Open them and choose Python 3 from the menu Kernel.")


def _progress() -> Iterator[Finding]:
    path = Path(os.environ.get("COURSE_PROGRESS") or folders.home() / ".course" / "progress.json")
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        right = sum(entry["state"] == "correct" for entry in entries.values())
    except FileNotFoundError:
        yield fine("progress", "Nothing is noted yet.")
    except OSError as error:
        found = f"{path} can't be read: {error.strerror}."
        yield wrong("progress", found, "See that the file is yours, and may be read.")
    except (ValueError, AttributeError, TypeError, KeyError):
        found = f"{path} is damaged; the next check puts it aside and begins a new one."
        yield odd("progress", found, "This fills it again from your notebooks.", "course check")
    else:
        yield fine("progress", f"{right} exercises are noted as right in {path}.")


# --- data ---------------------------------------------------------------------------------------------------


def _data() -> Iterator[Finding]:
    folder = Path(os.environ.get("COURSE_DATA") or folders.bundled("data"))
    anew = "Take the data from git anew.", in_course("git checkout data")
    if folders.installed() or "COURSE_DATA" in os.environ:
        anew = "Install the course anew, or see where COURSE_DATA points to.", ""
    if not folder.is_dir():
        yield wrong("data", f"There is no folder {folder} with the course's data.", *anew)
        return
    sums = dict(line.split()[::-1] for line in _lines(folder / "ko-en" / "SHA256SUMS"))
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    missing += [f"ko-en/{name}" for name in sums or ["SHA256SUMS"] if not (folder / "ko-en" / name).is_file()]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    empty = [path.relative_to(folder).as_posix() for path in files if path.stat().st_size == 0]
    pointers = [path.relative_to(folder).as_posix() for path in files if _begins(path).startswith(_POINTER)]
    found = list(_corpus(folder / "ko-en", sums, set(pointers), anew))
    if missing:
        found.append(wrong("data", f"Missing in {folder}: {some(missing)}.", *anew))
    if empty:
        found.append(wrong("data", f"Empty in {folder}: {some(empty)}.", *anew))
    if pointers:
        mend = "Fetch the files that they stand for."
        fetch = (mend, in_course("git lfs install && git lfs pull")) if anew[1] else anew
        found.append(wrong("data", f"Only pointers of Git LFS in {folder}: {some(pointers)}.", *fetch))
    yield from found or [fine("data", f"{len(files)} files in {folder}; the corpus is as it was made.")]


def _corpus(folder: Path, sums: Mapping[str, str], pointers: set[str], anew: tuple[str, str]) -> Iterator[Finding]:
    """Files of the corpus that are others than those which were made, by their checksums."""
    changed = []
    for name, checksum in sums.items():
        path = folder / name
        if path.is_file() and f"ko-en/{name}" not in pointers:
            # git on Windows may write other line ends, which are read alike
            content = path.read_bytes().replace(b"\r\n", b"\n")
            if content and hashlib.sha256(content).hexdigest() != checksum:
                changed.append(name)
    if changed:
        found = f"Changed since they were made, in {folder}: {some(changed)}."
        yield odd("data", found, f"If you did not mean it: {anew[0][0].lower()}{anew[0][1:]}", anew[1])


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    except OSError:
        return []


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_POINTER))
    except OSError:
        return b""
