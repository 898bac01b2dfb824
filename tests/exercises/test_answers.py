"""The checks themselves under test: right answers are accepted, wrong ones rejected, and mistakes called by name."""

import functools
import inspect
import math
import re

import pytest
import torch

from course_lib.exercises import chance, find, grade, grading
from course_lib.exercises.exercise import lesson_exercises, lessons_with_exercises
from course_lib.exercises.finding import Outcome
from tests.exercises.answers import every_answer

ANSWERS = every_answer()
RIGHT = [answer for answer in ANSWERS if answer.right]
WRONG = [answer for answer in ANSWERS if not answer.right]
LESSONS = lessons_with_exercises()
EXERCISES = [exercise for lesson in LESSONS for exercise in lesson_exercises(lesson)]


# What many checks say; tests/test_exercises.py has what follows from it.
SAID_EVERYWHERE = re.compile(
    r"on every path\?|makes it so|makes a number of it|makes one tensor|makes a tensor of"
    r"|`(list|tuple)\(...\)` makes one|in place\. (Make|What)|detached on the way|holds a copy without"
    r"|Leave out `.detach\(\)`|switches them on again|`.item\(\)` or `int|`.values` and `.indices`: return"
)

IN_SOME_CASES = "right in some cases, but not in this one: "
OBEYED = {(answer.exercise, answer.says) for answer in WRONG if answer.obeyed}


def code_to_write(message):
    """The pieces of code in a message, without plain names and what Python itself said."""
    own = re.sub(r"^`\w+(\(.*\)\.\w+)?` (raised|takes) .*", "", message)
    pieces = re.findall(r"`([^`]+)`", own)
    return [each for each in pieces if re.search(r"[][()@=+*/&~.]| - |: ", each) and not re.fullmatch(r"<\w+>", each)]


class Nasty:
    """Whatever one does with it raises."""

    def _raises(self, *given, **named):
        raise RuntimeError("nasty")

    __len__ = __iter__ = __getitem__ = __eq__ = __hash__ = __bool__ = __repr__ = __str__ = __float__ = __int__ = _raises
    __array__ = __lt__ = __add__ = __contains__ = __call__ = _raises

    def __getattr__(self, name):
        raise RuntimeError("nasty")


class NastyTensor(torch.Tensor):
    """A tensor with which nothing can be computed."""

    @classmethod
    def __torch_function__(cls, function, types, given=(), named=None):
        raise RuntimeError("nasty")


# What no exercise asks for: a check must say so, and not stumble over it.
STRANGE = [
    *(0, -1.5, True, 1j, math.nan, "", "text", b"bytes", [], (), {}, set(), object(), range(3), NotImplemented, print),
    *([None], [[]], [1, "a", None], ([], []), {"a": 1}, ["<pad>", "<unk>", "<sos>", "<eos>", ["the"]], ["<pad>", 1]),
    *(torch.tensor(value) for value in (0, 1.5, [], [math.nan], True, [[1, 2], [3, 4]], [1j], [7, -7])),
    *(torch.zeros(2, 3, 4, 5), torch.zeros(0, 2, dtype=torch.long), torch.zeros(3).to_sparse(), torch.zeros(2).numpy()),
    *(
        torch.zeros(2, 3, dtype=dtype)
        for dtype in (torch.half, torch.bfloat16, torch.int8, torch.uint8, torch.complex64)
    ),
    *(
        torch.zeros(2, 2, requires_grad=True),
        torch.eye(3).to_sparse_csr(),
        torch.zeros(2, 3).mT,
        torch.zeros(3).expand(2, 3),
    ),
    torch.quantize_per_tensor(torch.ones(2, 3), 0.1, 0, torch.qint8),
    *(torch.nn.Parameter(torch.ones(2)), torch.nn.Linear(2, 3), torch.zeros(2).max(0), (x for x in range(3))),
    *(
        Nasty(),
        [Nasty()],
        (Nasty(), Nasty()),
        torch.ones(2, 3).as_subclass(NastyTensor),
        float("inf"),
        -(10**30),
        "\ud800",
    ),
    *([torch.tensor([1.0])], (["a"], torch.zeros(1, 1)), (torch.zeros(2), ["a"]), torch.empty(3, device="meta")),
]


@functools.cache
def graded(answer):
    """What the check finds in one of the answers above; it is the same each time."""
    return grade(find(answer.exercise), answer.function)


def by_id(values):
    return pytest.mark.parametrize("exercise", values, ids=lambda exercise: exercise.id)


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_right_answer_is_accepted(answer, record_property):
    result = graded(answer)
    record_property("right answer accepted", result.correct)
    assert result.correct, grading.panel_of(result).text()


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_wrong_answer_is_rejected_and_its_mistake_named(answer, record_property):
    result = graded(answer)
    record_property("wrong answer rejected", not result.correct)
    record_property("mistake named", answer.says is not None and answer.says in result.message)
    assert result.outcome not in (Outcome.CORRECT, Outcome.NOT_ATTEMPTED), f"{answer} passes for right"
    assert answer.says is None or answer.says in result.message, grading.panel_of(result).text()
    if code_to_write(result.message) and not SAID_EVERYWHERE.search(result.message):
        assert (answer.exercise, answer.says) in OBEYED, "no answer shows what comes of writing that code"


@pytest.mark.parametrize("answer", [answer for answer in WRONG if answer.obeyed], ids=str)
def test_obeying_the_message_leads_on(answer):
    result = grade(find(answer.exercise), answer.after_advice())
    assert result.correct or answer.says not in result.message, grading.panel_of(result).text()


@pytest.mark.parametrize("lesson", LESSONS)
def test_at_least_95_percent_of_the_mistakes_have_a_name(lesson):
    says = [answer.says for answer in WRONG if answer.exercise.startswith(f"{lesson}.")]
    assert says
    assert all(said != "" for said in says)
    assert sum(said is not None for said in says) >= 0.95 * len(says)


# Their mistakes are made on what the check hands to them: tables and cells, not what the answer is called with.
ON_OTHER_INPUTS = {"01.analogy", "03.lstm_cell", "06.encoder_layer", "06.decoder_layer"}


@functools.cache
def known_mistakes(exercise):
    """The messages of an exercise's mistakes, and which of them one of the wrong answers above is told."""
    texts = [row[0] for row in map(tuple, exercise.mistakes)]
    told = set()
    for answer in WRONG:
        if answer.exercise == exercise.id and answer.says:
            said = [text for text in texts if answer.says.removeprefix(IN_SOME_CASES) in text]
            told.update(said if len(said) == 1 else ())
    return texts, told


def told_to_itself(exercise, text):
    """Is a mistake named when a function that makes it is the answer?"""
    made = [each for row in map(tuple, exercise.mistakes) if row[0] == text for each in row[1:]]
    return any(text in grade(exercise, each).message for each in made)


@by_id([exercise for exercise in EXERCISES if exercise.id not in ON_OTHER_INPUTS])
def test_each_mistake_that_is_known_can_be_told(exercise):
    for text in known_mistakes(exercise)[0]:
        sharing = [each for each in EXERCISES if text in known_mistakes(each)[0] and each.id not in ON_OTHER_INPUTS]
        if not any(text in known_mistakes(each)[1] for each in sharing):
            assert any(told_to_itself(each, text) for each in sharing), text


@by_id(EXERCISES)
def test_every_exercise_has_answers(exercise):
    assert sum(answer.exercise == exercise.id for answer in RIGHT) >= 2
    assert sum(answer.exercise == exercise.id for answer in WRONG) >= 5


def test_every_answer_belongs_to_an_exercise():
    assert {answer.exercise for answer in ANSWERS} <= {exercise.id for exercise in EXERCISES}
    assert len(set(map(str, ANSWERS))) == len(ANSWERS)


@by_id(EXERCISES)
def test_the_reference_as_somebodys_own_is_accepted(exercise):
    own = functools.wraps(exercise.reference)(lambda *given, **named: exercise.reference(*given, **named))
    assert grade(exercise, own).outcome is Outcome.CORRECT


@by_id(EXERCISES)
def test_the_blank_is_not_attempted(exercise):
    @functools.wraps(exercise.reference)
    def blank(*given, **named):
        raise NotImplementedError

    assert grade(exercise, blank).outcome is Outcome.NOT_ATTEMPTED


@by_id(EXERCISES)
def test_a_body_of_dots_returns_none(exercise):
    @functools.wraps(exercise.reference)
    def dots(*given, **named): ...

    result = grade(exercise, dots)
    assert result.outcome is Outcome.TYPE
    assert "returns None" in result.message


@by_id(EXERCISES)
def test_no_result_however_strange_breaks_a_check(exercise):
    for value in STRANGE:
        result = grade(exercise, functools.wraps(exercise.reference)(lambda *given, value=value, **named: value))
        assert result.outcome in (Outcome.SHAPE, Outcome.TYPE, Outcome.VALUE), repr(value)
        assert grading.panel_of(result).text()
        assert grading.panel_of(result)._repr_html_()


@by_id(EXERCISES)
def test_messages_are_sentences_that_fit_thepanel_of(exercise):
    for answer in WRONG:
        if answer.exercise == exercise.id:
            assert len(graded(answer).message) <= 500
            assert "lambda" not in graded(answer).message


@by_id(EXERCISES)
def test_hints_lead_from_a_nudge_to_nearly_the_answer(exercise):
    assert len(exercise.hints) >= 2
    assert len(set(exercise.hints)) == len(exercise.hints)
    assert all(hint.rstrip().endswith((".", "`")) for hint in exercise.hints)
    assert 1 <= exercise.difficulty <= 5
    assert exercise.minutes > 0
    assert exercise.explanation
    assert inspect.getsource(exercise.reference)


# Their inputs are made by hand alone: models that follow a script, modules with parameters, a questionnaire.
BY_HAND = {
    *("03.forget_bias", "03.lstm_cell", "04.decoder_step", "07.causes"),
}


@by_id(EXERCISES)
def test_an_answer_that_knows_the_hand_made_cases_alone_is_rejected(exercise, monkeypatch):
    made = []

    class Counted(chance.Chance):
        def __init__(self, *given):
            super().__init__(*given)
            made.append(self)

    monkeypatch.setattr(chance, "Chance", Counted)

    @functools.wraps(exercise.reference)
    def by_heart(*given, **named):
        return None if made else exercise.reference(*given, **named)

    result = grade(exercise, by_heart)
    if exercise.id in BY_HAND:
        assert result.correct
        assert not made
    else:
        assert "returns None" in result.message
