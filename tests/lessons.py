"""The lessons, as files and as text: for tests that hold their prose to what was measured."""

import re

from tools import build

LESSONS = build.lesson_files()


def prose(number: str) -> str:
    """The source of a lesson ("06", with both parts) or of one part ("06a"), with every break a space: a sentence is
    found wherever its lines end.
    """
    return re.sub(r"\s+", " ", source(number).replace("\n# ", " "))


def source(number: str) -> str:
    """The source as it stands."""
    sources = [path.read_text(encoding="utf-8") for path in LESSONS if path.stem.partition("_")[0].startswith(number)]
    return "\n".join(sources)
