"""docs/journey.md: each line names the tests that hold it, and they are there."""

import re
from pathlib import Path

from course_lib.commands.check import NOT_RUN, Result
from course_lib.exercises.finding import Outcome
from course_lib.learner.lessons import choose

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "journey.md").read_text(encoding="utf-8")


def test_each_line_of_a_table_names_tests_that_are_there():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    there = set(re.findall(r"^def (test_\w+)", tests, re.MULTILINE))
    tables = re.split(r"^\|.*\| test \|\n\|[-|]+\|\n", PAGE, flags=re.MULTILINE)[1:]
    assert len(tables) == 5
    for table in tables:
        for line in table.partition("\n\n")[0].strip().splitlines():
            last = line.rstrip(" |").rpartition("|")[2]
            named = re.findall(r"`(test_\w+)`", last)
            assert named or last.strip() == "the same", line
            assert set(named) <= there, line


def test_what_programs_get_is_all_there():
    result = Result(choose("00")[0], {"00.first": (Outcome.CORRECT, "")}, [], []).as_json()
    for name in (*result, *result["exercises"][0]):
        assert f"`{name}`" in PAGE, name
    for state in (*Outcome, NOT_RUN):
        assert f"`{state}`" in PAGE, state
