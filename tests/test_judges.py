"""The answers as a benchmark: judges of one's own, and the table."""

from types import SimpleNamespace

import pytest

from course_lib.exercises import find
from tools import judges


def answer(function, right=False):
    return SimpleNamespace(exercise="00.softmax", function=function, right=right)


def accepts_all(exercise_id, answer):
    return True


REFERENCE = find("00.softmax").reference
EVERY = [
    answer(lambda logits: logits.softmax(-1), right=True),
    answer(lambda logits: logits.softmax(0)),
    answer(lambda logits: logits.softmax(-1).detach()),
    answer(lambda logits: 1 / 0),
    answer(lambda logits: logits.softmax(-1) * (1 + (logits.shape == (4, 2)))),  # the third example
]


@pytest.mark.parametrize(
    ("judge", "wrong"), [(judges.course, 0), (judges.five_examples, 1), (judges.one_example, 2), (accepts_all, 4)]
)
def test_what_judges_accept(judge, wrong):
    assert judges.score(judge, EVERY) == (1, 1, wrong, 4)


def test_a_judge_of_ones_own_gets_a_line(monkeypatch, capsys):
    monkeypatch.setattr(judges, "answers", lambda: EVERY)
    assert judges.main([f"{__name__}:accepts_all"]) == 0
    assert "| 1 of 1 | 4 of 4 (100.0%) |" in capsys.readouterr().out


def test_the_table_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(judges, "answers", lambda: EVERY)
    monkeypatch.setattr(judges, "ANSWERS", tmp_path)
    assert judges.main([]) == 0
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| The course's own check | 1 of 1 | 0 of 4 (0.0%) |" in text


def test_all_answers_are_there():
    assert len(judges.answers()) > 1500
