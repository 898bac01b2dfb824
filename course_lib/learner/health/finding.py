"""What was looked at in an installation, what was found, and what to do."""

from dataclasses import dataclass

FINE, ODD, WRONG = "fine", "odd", "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        about: what it was, by a name that stays the same.
        state: FINE; ODD: the course runs, but it may explain a trouble; WRONG: something of the course can't run.
        found: a sentence.
        mend: what to do, a sentence; "" where nothing need be done.
        command: what to paste into a terminal of this system for it; "" where that is not the way.
    """

    about: str
    state: str
    found: str
    mend: str = ""
    command: str = ""


def fine(about: str, found: str) -> Finding:
    """Nothing to do."""
    return Finding(about, FINE, found)


def odd(about: str, found: str, mend: str, command: str = "") -> Finding:
    """The course runs, but this may explain a trouble."""
    return Finding(about, ODD, found, mend, command)


def wrong(about: str, found: str, mend: str, command: str = "") -> Finding:
    """Something of the course can't run."""
    return Finding(about, WRONG, found, mend, command)


def some(names: list[str], most: int = 6) -> str:
    """The first few of many, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
