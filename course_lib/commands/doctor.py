"""`course doctor`: what is wrong with this installation, and how to mend it."""

import argparse
import json
import platform
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

import course_lib
from course_lib.learner.health import examine
from course_lib.learner.health.finding import FINE, ODD, WRONG, Finding
from course_lib.learner.health.mending import environment
from course_lib.learner.health.packages import version

SIGNS = {FINE: ("✓", "+"), ODD: ("!", "!"), WRONG: ("✗", "x")}  # the second where the terminal hasn't the first
TOLD = ("torch", "torchtext", "numpy", "matplotlib", "jupyterlab", "ipykernel", "ipywidgets", "nbformat")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--json", action="store_true", help="what was found, for programs")


def run(given: argparse.Namespace) -> int:
    """Look at everything and say what was found; 0 where nothing is wrong, 1 where something is."""
    if not given.json:
        print("Looking at this installation (some ten seconds) ...\n", flush=True)
    findings = examine()
    if given.json:
        print(json.dumps(as_json(findings), ensure_ascii=False, indent=1))
    else:
        print_findings(findings)
    return 1 if any(finding.state == WRONG for finding in findings) else 0


def versions() -> dict[str, str]:
    """What a question about a trouble should name; "" is not installed."""
    return {
        "course": course_lib.__version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "environment": environment(),
        **{name: version(name) for name in TOLD},
    }


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """The same for programs. Stable: names are added, never changed."""
    return {
        "wrong": sum(finding.state == WRONG for finding in findings),
        "odd": sum(finding.state == ODD for finding in findings),
        "versions": versions(),
        "findings": [vars(finding) for finding in findings],
    }


def print_findings(findings: Sequence[Finding]) -> None:
    """A line for each finding, with what to do where it is not fine; the first to mend; what to copy."""
    width = max(len(finding.about) for finding in findings)
    margin = " " * (width + 6)
    for finding in findings:
        first, *more = _wrapped(finding.found, len(margin))
        print(f"  {_sign(finding.state)} {finding.about:<{width}}  {first}")
        for line in [*more, *_wrapped(finding.mend, len(margin))]:
            print(f"{margin}{line}")
        if finding.command:  # on one line, to be copied
            print(f"{margin}    {finding.command}")
    print(f"\n{_conclusion(findings)}\n")
    told = ", ".join(f"{name} {value or 'missing'}" for name, value in versions().items())
    print(f"To copy into a question:\n  {told}")


def _wrapped(text: str, margin: int) -> list[str]:
    """A text in lines that fit a terminal behind a margin; whole where the output goes elsewhere."""
    if not text or not sys.stdout.isatty():
        return [text] if text else []
    return textwrap.wrap(text, max(40, shutil.get_terminal_size().columns - margin - 1), break_long_words=False)


def _sign(state: str) -> str:
    """How a state is shown, in signs that this terminal has."""
    good, plain = SIGNS[state]
    try:
        good.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return plain
    return good


def _conclusion(findings: Sequence[Finding]) -> str:
    wrong = [finding for finding in findings if finding.state == WRONG]
    odd = sum(finding.state == ODD for finding in findings)
    things = f"{odd} thing{' is' if odd == 1 else 's are'} odd, marked !"
    if not wrong:
        return f"Nothing is wrong. {things[0].upper()}{things[1:]}." if odd else "Nothing is wrong."
    first = f"{wrong[0].about}: {wrong[0].found}"
    if len(wrong) == 1:
        return f"1 thing to mend: {first}"
    return f"{len(wrong)} things to mend, this one first (others may follow from it): {first}"
