"""Where the course's files are: beside the library in a checkout, inside it once it is installed from a wheel.

                                   checkout             installed
data, the notebooks as they come   data/, notebooks/    course_lib/data/, course_lib/notebooks/
the learner's notebooks            work/                notebooks/ in the working folder
the learner's progress             .course/             .course/ in the working folder

In a checkout the learner works on copies, in a folder that git leaves alone, so that `git pull` touches nobody's work.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def installed() -> bool:
    """Whether the library came in a wheel, which carries the bundled files inside the package (setup.py)."""
    return (PACKAGE / "data").is_dir()


def bundled(name: str) -> Path:
    """The folder "data" or "notebooks" that came with the library."""
    return (PACKAGE if installed() else PACKAGE.parent) / name


def home() -> Path:
    """The folder that holds the learner's notebooks and `.course/`.

    Outside a checkout it is the working folder. A kernel starts in its notebook's folder: there it is the one above.
    """
    if not installed():
        return PACKAGE.parent
    here = Path.cwd()
    return here.parent if here.name in ("notebooks", "solutions", "work") else here


def shown(path: Path) -> str:
    """A path as it is seen from the folder that the course is in."""
    whole, here = path.resolve(), home().resolve()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(path)


def work() -> Path:
    """The folder of the learner's own notebooks."""
    in_a_checkout = not installed() or (home() / "course_lib").is_dir()  # installed, and used in a clone of it
    return home() / ("work" if in_a_checkout else "notebooks")
