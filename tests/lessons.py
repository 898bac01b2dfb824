"""The lessons, as files and as text: for tests that hold their prose to what was measured."""

import re

from tools import build

LESSONS = sorted(build.LESSONS.glob("[0-9][0-9]_*.py"))


def prose(number: str) -> str:
    """The source of a lesson with every break a space: a sentence is found wherever its lines end."""
    (path,) = build.LESSONS.glob(f"{number}_*.py")
    return re.sub(r"\s+", " ", path.read_text(encoding="utf-8").replace("\n# ", " "))
