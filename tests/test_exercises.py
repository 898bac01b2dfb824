"""The machinery of the exercises: states and messages, check, hint, solution, panels, progress."""

import atexit
import builtins
import importlib
import inspect
import json
import math
import random
import re
import subprocess
import sys
import time
import types
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from course_lib.exercises import check, find, given, grade, grading, hint, lesson_01, limits, progress, solution
from course_lib.exercises.chance import drawn_with_gradients
from course_lib.exercises.difference import difference
from course_lib.exercises.exercise import Exercise, lesson_exercises, lessons_with_exercises
from course_lib.exercises.finding import Finding, Outcome
from course_lib.exercises.guard import undisturbed
from course_lib.exercises.panel import Panel
from course_lib.exercises.show import both, show
from course_lib.exercises.trial import Trial

ANSWERS = Path(__file__).parent / "exercises"


@pytest.fixture(autouse=True)
def clean(tmp_path, monkeypatch):
    """Progress in a file of the test's own, and no hints given yet."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "course" / "progress.json"))
    monkeypatch.delenv("COURSE_REPORT", raising=False)
    monkeypatch.setattr(grading, "_hints_given", {})


def test_what_a_check_gives_is_settled_by_its_seed_and_shown_by_its_name():
    assert torch.equal(given.normal(3, 2, 4), given.normal(3, 2, 4))
    assert not torch.equal(given.normal(3, 2, 4), given.normal(4, 2, 4))
    assert given.seeded(3).initial_seed() == 3
    cell = given.Named("a cell with H=3", lambda x, h: x + h)
    assert cell(1, 2) == cell(x=1, h=2) == 3
    assert show(cell) == "a cell with H=3"


# ---- an exercise to try things on --------------------------------------------------------------------


def double(x, by=2):
    return x * by


def examine_double(trial):
    mistakes = [("it adds; multiply", lambda x, by=2: x + by), ("it squares; multiply", lambda x, by=2: x**2)]
    for n in (3, 5):
        trial.agrees(torch.arange(1.0, n), mistakes=mistakes)
    trial.agrees(torch.arange(1.0, 4), 3, mistakes=mistakes)
    trial.gradients_agree(torch.arange(1.0, 4))


def an_exercise(reference=double, examine=examine_double, hints=("the first", "the second"), **more):
    more = {"id": "01.toy", "explanation": "Because it is `twice`.", **more}
    return Exercise(reference=reference, difficulty=1, minutes=1, hints=hints, examine=examine, **more)


def pose(exercise, monkeypatch):
    """Make an exercise of lesson 01 known to `check`, as a file of its own would."""
    name = exercise.id.removeprefix("01.")
    monkeypatch.setitem(sys.modules, f"course_lib.exercises.lesson_01.{name}", types.SimpleNamespace(EXERCISE=exercise))
    monkeypatch.setattr(lesson_01, "EXERCISES", lesson_01.EXERCISES | {"own": (name,)})


@pytest.fixture
def toy(monkeypatch):
    """`double`, known to `check` as 01.toy."""
    exercise = an_exercise()
    pose(exercise, monkeypatch)
    return exercise


@pytest.fixture
def outside_pytest(monkeypatch):
    """Call it in the test: pytest sets its variable anew before every phase."""

    def leave():
        monkeypatch.delenv("PYTEST_CURRENT_TEST", raising=False)
        monkeypatch.delenv("PYTEST_VERSION", raising=False)

    return leave


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """A real IPython shell, as a lesson has it; its folder, its modules and itself are gone afterwards."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    InteractiveShell.clear_instance()
    no_history = Config({"HistoryManager": {"enabled": False}})
    before = set(vars(builtins))
    shell = InteractiveShell.instance(config=no_history, user_module=types.ModuleType("a_lesson"))
    yield shell
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()
    shell.restore_sys_module_state()
    InteractiveShell.clear_instance()
    sys.modules.pop("a_lesson", None)
    for name in set(vars(builtins)) - before:
        delattr(builtins, name)


def own_double(x, by=2):
    return by * x


def blank(x, by=2):
    raise NotImplementedError


def wrong_double(x, by=2):
    return x + by


def tries(id="01.toy"):
    return progress.read().get(id, {}).get("tries", 0)


# ---- the seven states ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "state", "says"),
    [
        (blank, Outcome.NOT_ATTEMPTED, "`double` is still blank"),
        (lambda x, by=2: x / "two", Outcome.RAISED, "`double` raised TypeError: unsupported operand"),
        (lambda x, by=2: x[:-1] * by, Outcome.SHAPE, "expected shape (2,), got (1,)"),
        (lambda x, by=2: x.double() * by, Outcome.TYPE, "expected dtype torch.float32, got torch.float64"),
        (
            lambda x, by=2: x * by + 1,
            Outcome.VALUE,
            "2 of 2 elements differ; the first at index [0]: expected 2, got 3",
        ),
        (own_double, Outcome.CORRECT, "`double` is right"),
    ],
)
def test_each_of_the_six_states(answer, state, says):
    result = grade(an_exercise(), answer)
    assert result.outcome is state
    assert says in result.message
    assert result.correct is (state is Outcome.CORRECT)


def test_only_the_blank_line_itself_is_not_attempted():
    def unfinished(x, by=2):
        raise NotImplementedError("no kernel for this dtype")

    result = grade(an_exercise(), unfinished)
    assert result.outcome is Outcome.RAISED
    assert "NotImplementedError: no kernel for this dtype" in result.message


def test_expected_and_got_are_shown_with_the_call():
    details = grade(an_exercise(), lambda x, by=2: x * by + 1).details
    assert details == {"Called as": "double(x = [1.0, 2.0])", "Expected": "[2.0, 4.0]", "Got": "[3.0, 5.0]"}


def line_of(text):
    return next(i for i, line in enumerate(inspect.getsource(sys.modules[__name__]).splitlines(), 1) if text in line)


def test_the_learners_own_line_is_shown_and_not_torchs():
    def answer(x, by=2):
        rows = x * by
        return rows.view(7, 99)  # the line to show

    details = grade(an_exercise(), answer).details
    assert next(iter(details)) == f"Your line {line_of('the line to' + ' show')}"
    assert next(iter(details.values())) == "return rows.view(7, 99)  # the line to show"


def test_a_line_of_torch_itself_is_not_the_learners():
    def answer(x, by=2):
        return F.embedding(x, x)  # calls into torch

    details = grade(an_exercise(), answer).details
    assert details[f"Your line {line_of('calls in' + 'to torch')}"].startswith("return F.embedding")


def test_the_innermost_own_line_is_shown():
    def helper(x):
        return x @ "x"  # in the helper

    details = grade(an_exercise(), lambda x, by=2: helper(x)).details
    assert details[f"Your line {line_of('in the hel' + 'per')}"].startswith('return x @ "x"')


def test_a_line_of_another_cell_is_named_behind_that_of_the_answer(notebook):
    notebook.run_cell("def halve(x):\n    return x.nonsense")
    notebook.run_cell("def double(x, by=2):\n    y = 4 * x\n    return halve(y)")
    details = grade(an_exercise(), notebook.user_ns["double"]).details
    assert list(details.items())[:2] == [
        ("Your line 3", "return halve(y)"),
        ("Your line 2 of `halve`", "return x.nonsense"),
    ]


def test_a_line_without_source_does_not_break_the_panel():
    space = {}
    exec("def answer(x, by=2):\n    return x / 'two'", space)
    assert grade(an_exercise(), space["answer"]).details["Your line 2"] == "(source not available)"


def test_the_line_of_a_notebook_cell(notebook):
    notebook.run_cell("def double(x, by=2):\n    y = x * by\n    return y.nonsense\n")
    details = grade(an_exercise(), notebook.user_ns["double"]).details
    assert details["Your line 3"] == "return y.nonsense"


def test_advice_on_common_errors_and_of_the_exercise():
    def matrices(trial):
        trial.agrees(torch.ones(2, 3))

    exercise = an_exercise(examine=matrices, advice=(("KeyError", "Look it up."),))
    assert "the last size of the left one" in grade(exercise, lambda x, by=2: x @ x).message
    assert grade(exercise, lambda x, by=2: {}["y"]).message.endswith("Look it up.")


# ---- what can be called, and how ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "is_a"), [(None, "None"), (3, "an int"), (torch.ones(2), "a tensor"), ("f", "a str")]
)
def test_what_cannot_be_called_is_no_function(answer, is_a):
    result = grade(an_exercise(), answer)
    assert result.outcome is Outcome.TYPE
    assert f"`double` is not a function: it is {is_a}" in result.message
    assert "def double(...)" in result.message


@pytest.mark.parametrize(
    ("answer", "takes"),
    [
        (lambda: 1, "()"),
        (lambda x: x * 2, "(x)"),
        (lambda x, by, more: x * by, "(x, by, more)"),
        (lambda *, x, by=2: x * by, "(*, x, by=2)"),
        (lambda x, *, by=2: x * by, "(x, *, by=2)"),
    ],
)
def test_other_parameters_are_named(answer, takes):
    result = grade(an_exercise(), answer)
    assert result.outcome is Outcome.RAISED
    assert f"`double` takes {takes}, and is called with (x" in result.message
    assert "Python says" in result.details


@pytest.mark.parametrize(
    "answer",
    [
        lambda vector, factor=2: vector * factor,
        lambda *args: args[0] * (args[1] if len(args) > 1 else 2),
        lambda x, by=2, verbose=False: x * by,
        lambda *args, **kwargs: own_double(*args, **kwargs),
    ],
)
def test_parameters_may_have_other_names_and_company(answer):
    assert grade(an_exercise(), answer).outcome is Outcome.CORRECT


def test_none_is_a_forgotten_return():
    def forgotten(x, by=2):
        x * by

    result = grade(an_exercise(), forgotten)
    assert result.outcome is Outcome.TYPE
    assert "`double` returns None: is there a `return` on every path?" in result.message


# ---- changed in place --------------------------------------------------------------------------------


def total(values):
    return sum(values)


def size(table):
    return len(table)


def examine_size(trial):
    trial.agrees({"a": [1], "b": [2, 3]})


def multiplies_in_place(x, by=2):
    x *= by
    return x


def empties(values):
    result = 0
    while values:
        result += values.pop()
    return result


def grows(table):
    n = len(table)
    table.setdefault("c", [4])
    return n


def grows_inside(table):
    table["a"].append(9)
    return len(table)


CASE = [1, 2, 3]


@pytest.mark.parametrize(
    ("exercise", "answer", "parameter"),
    [
        (an_exercise(), multiplies_in_place, "x"),
        (an_exercise(total, lambda trial: trial.agrees(CASE)), empties, "values"),
        (an_exercise(size, examine_size), grows, "table"),
        (an_exercise(size, examine_size), grows_inside, "table"),
    ],
)
def test_an_input_changed_in_place_is_found(exercise, answer, parameter):
    result = grade(exercise, answer)
    assert result.outcome is Outcome.VALUE
    assert f"it changes its input `{parameter}` in place" in result.message


def test_an_input_changed_in_place_spoils_no_later_check():
    exercise = an_exercise(total, lambda trial: trial.agrees(CASE))
    grade(exercise, empties)
    assert CASE == [1, 2, 3]
    assert grade(exercise, sum).correct


# ---- comparing ---------------------------------------------------------------------------------------


def compared(got, expected):
    try:
        Trial(double, "double", double).compare(got, expected)
    except Finding as found:
        return found.outcome, found.message
    return None


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.000001])),
        (torch.tensor([1, 2]), torch.tensor([1, 2])),
        ([1, 2.0, "x", True], [1, 2.0, "x", True]),
        ((1, [torch.ones(2)]), (1, [torch.ones(2)])),
        ({"a": 1, "b": (2,)}, {"b": (2,), "a": 1}),
        (0.1 + 0.2, 0.3),
        (1, 1.0),
        (np.float64(0.5), 0.5),
        (float("inf"), float("inf")),
    ],
)
def test_equal_enough(got, expected):
    assert compared(got, expected) is None


@pytest.mark.parametrize(
    ("got", "expected", "state", "says"),
    [
        ([1.0], torch.ones(1), Outcome.TYPE, "expected a torch.Tensor, got a list: `torch.tensor(...)`"),
        ([], torch.ones(1), Outcome.TYPE, "got a list, which is empty: is an `append` missing?"),
        ([torch.ones(1)], torch.ones(1), Outcome.TYPE, "`torch.stack(...)`"),
        (np.ones(1), torch.ones(1), Outcome.TYPE, "`torch.from_numpy(...)`"),
        (1.0, torch.tensor(1.0), Outcome.TYPE, "got a float: with `.item()` or"),
        (torch.ones(2).topk(1), torch.ones(1), Outcome.TYPE, "which holds `.values` and `.indices`"),
        (torch.ones(2, 3), torch.ones(3, 2), Outcome.SHAPE, "expected shape (3, 2), got (2, 3): it is transposed"),
        (torch.ones(2, 1, 3), torch.ones(2, 3), Outcome.SHAPE, "too many (`keepdim`"),
        (torch.ones(2), torch.ones(2, 1), Outcome.SHAPE, "too few (`squeeze`"),
        (torch.ones(4), torch.ones(2), Outcome.SHAPE, "expected shape (2,), got (4,)"),
        (torch.ones(2).int(), torch.ones(2).long(), Outcome.TYPE, "got torch.int32: `.long()`"),
        (torch.ones(2), torch.ones(2).double(), Outcome.TYPE, "keeps the dtype of the input"),
        (torch.ones(2).to_sparse(), torch.ones(2), Outcome.TYPE, "expected an ordinary tensor"),
        (torch.tensor([float("nan"), 1]), torch.ones(2), Outcome.VALUE, "holds NaN"),
        (torch.tensor([float("inf"), 1]), torch.ones(2), Outcome.VALUE, "holds inf"),
        (torch.eye(2), torch.ones(2, 2).tril(), Outcome.VALUE, "1 of 4 elements differ; the first at index [1, 0]"),
        (torch.tensor(2.0), torch.tensor(3.0), Outcome.VALUE, "expected 3, got 2"),
        (torch.tensor(3), 3, Outcome.TYPE, "expected an int, got a tensor of shape (): `.item()`"),
        ("3", 3, Outcome.TYPE, "expected a number, got a str"),
        (True, 1, Outcome.TYPE, "expected a number, got a bool"),
        (3.0, 3, Outcome.TYPE, "expected an int, got the float 3.0"),
        (2, 3, Outcome.VALUE, "expected 3, got 2"),
        (1, True, Outcome.TYPE, "expected True or False, got an int"),
        (False, True, Outcome.VALUE, "expected True, got False"),
        (5, "x", Outcome.TYPE, "expected a string, got an int"),
        ("y", "x", Outcome.VALUE, "expected 'x', got 'y'"),
        ((1, 2), [1, 2], Outcome.TYPE, "expected a list, got a tuple: `list(...)`"),
        ([1, 2], (1, 2), Outcome.TYPE, "expected a tuple, got a list: `tuple(...)`"),
        ({1}, [1], Outcome.TYPE, "expected a list, got a set"),
        ([1], [1, 2], Outcome.VALUE, "expected 2 elements, got 1"),
        ([1, (2, "y")], [1, (2, "x")], Outcome.VALUE, "expected 'x' at [1][1], got 'y'"),
        ([], {}, Outcome.TYPE, "expected a dict, got a list"),
        ({}, {"a": 1}, Outcome.VALUE, "the key 'a' is missing"),
        ({"a": 1, "b": 2}, {"a": 1}, Outcome.VALUE, "there should be no key 'b'"),
        ({"a": 2}, {"a": 1}, Outcome.VALUE, "expected 1 at ['a'], got 2"),
    ],
)  # fmt: skip
def test_differences_are_named(got, expected, state, says):
    assert compared(got, expected)[0] is state
    assert says in compared(got, expected)[1]


def test_a_mistake_is_called_by_its_name():
    assert grade(an_exercise(), wrong_double).message == "it adds; multiply"


def test_a_mistake_must_explain_the_cases_before_too():
    def right_for_three(x, by=2):  # where it goes wrong it looks like x + by, but before it did not
        return x * by if len(x) < 4 else x + by

    message = grade(an_exercise(), right_for_three).message
    assert "adds" not in message
    assert "elements differ" in message


def test_a_mistake_that_cannot_be_computed_is_passed_over():
    def examine(trial):
        mistakes = [("impossible", lambda x: x[9]), ("it is one too many", lambda x: x * 2 + 1)]
        trial.agrees(torch.ones(2), mistakes=mistakes)

    assert grade(an_exercise(examine=examine), lambda x, by=2: x * 2 + 1).message == "it is one too many"


def test_an_input_that_is_not_used_is_named():
    message = grade(an_exercise(), lambda x, by=2: torch.arange(1.0, 3) * 2).message
    assert message == "it returns the same as for another `x`: its result must depend on that"

    def examine(trial):
        trial.agrees(torch.ones(2), 2)
        trial.agrees(torch.ones(2), 3)

    message = grade(an_exercise(examine=examine), lambda x, by=2: x * 2).message
    assert message == "it returns the same as for another `by`: its result must depend on that"


def test_a_random_result_is_named():
    message = grade(an_exercise(), lambda x, by=2: torch.rand(len(x))).message
    assert "it returns something else each time, for the same input" in message
    result = grade(an_exercise(), lambda x, by=2: torch.rand(len(x) + 1))
    assert "something else each time" in result.message
    assert result.outcome is Outcome.VALUE, "what is told is not its shape"


def test_a_result_that_the_check_puts_in_order_is_not_called_random():
    def examine(trial):
        x = torch.tensor([3.0, 1.0, 2.0])
        trial.compare(trial.call(x).sort().values, 2 * x.sort().values, inputs=(x,))

    message = grade(an_exercise(examine=examine), lambda x, by=2: 5 * x).message
    assert "elements differ" in message
    message = grade(an_exercise(examine=examine), lambda x, by=2: torch.rand(len(x))).message
    assert "something else each time" in message


def test_a_whole_number_must_be_exact_and_one_with_a_fraction_close():
    assert difference(100_001, 100_000, 1e-5, 1e-4) == (Outcome.VALUE, "expected 100000, got 100001")
    assert difference(1.00001, 1.0, 1e-5, 1e-4) is None
    assert difference(2, 2.0, 1e-5, 1e-4) is None, "an int is a number"
    message = grade(an_exercise(), lambda x, by=2: x * by + 1).message
    assert "something else" not in message


def test_require_shows_what_it_is_given():
    def examine(trial):
        got = trial.call(torch.ones(2))
        trial.require(bool(got.sum() == 1), "each row must sum to 1", outcome=Outcome.SHAPE, row_sum=got.sum())

    result = grade(an_exercise(examine=examine), own_double)
    assert (result.outcome, result.message) == (Outcome.SHAPE, "each row must sum to 1")
    assert result.details["Row sum"] == "4.0"


def test_a_call_hangs_its_matrices_below_their_names():
    trial = Trial(lambda x, by, *, keep: x, "double", lambda x, by, *, keep: x)
    trial.call(torch.ones(2, 2), 3, keep=True)
    assert trial.case()["Called as"].splitlines() == [
        "double(",
        "  x = [[1.0, 1.0],",
        "       [1.0, 1.0]],",
        "  by = 3,",
        "  keep = True)",
    ]


def test_a_named_mistake_of_shape_also_states_the_shapes():
    def examine(trial):
        trial.agrees(torch.ones(2, 3), mistakes=[("it sums over the batch.", lambda x, by=2: x.sum(0))])

    result = grade(an_exercise(examine=examine), lambda x, by=2: x.sum(0))
    assert result.outcome == Outcome.SHAPE
    assert result.message == "it sums over the batch (expected shape (2, 3), got (3,))"


def test_calls_in_a_footer_are_set_as_code():
    page = Panel("wrong", "t", "m", footer='`f` stands in. Stuck? hint("01.f") or solution("01.f", sure=True)')
    assert "<code>f</code> stands in" in page._repr_html_()
    assert "Stuck? <code>hint(&quot;01.f&quot;)</code> or" in page._repr_html_()
    assert "<code>solution(&quot;01.f&quot;, sure=True)</code></div>" in page._repr_html_()


def test_showing_values():
    assert show(torch.tensor([[1.0, 2.5], [3.0, 4.0]])) == "[[1.0, 2.5],\n [3.0, 4.0]]"
    assert show(torch.tensor([[1.0, -2.123456], [30.0, 4.0]])) == "[[ 1.0000, -2.1235],\n [30.0000,  4.0000]]"
    assert show(torch.tensor([[1.0, torch.inf]])) == "[[1.0, inf]]"
    assert show(torch.tensor([-0.0, -1e-9])) == "[0.0, 0.0]"
    assert show(torch.tensor([[[1, 20]], [[3, 4]]])) == "[[[ 1, 20]],\n [[ 3,  4]]]"
    assert show(torch.zeros(2, 0)) == "[[],\n []]"
    assert show(torch.zeros(100)) == "float32 tensor of shape (100,)"
    assert show(torch.zeros(2).to_sparse()) == "float32 tensor of shape (2,)"
    assert show((["a"], torch.ones(2))) == "(['a'],\n [1.0, 1.0])"
    assert show(["word"] * 100).startswith("list of 100 elements, beginning ['word'")
    assert show("한국어") == "'한국어'"
    assert len(show("x" * 1000)) == 400


# ---- gradients ---------------------------------------------------------------------------------------


def examine_gradients(trial):
    mistakes = [("the factor is in the gradient twice", lambda x, by=2: x * by**2)]
    trial.gradients_agree(torch.arange(1.0, 4), mistakes=mistakes)


def spoils_what_backward_needs(x, by=2):
    factor = torch.full_like(x, by)
    y = x * factor
    factor.zero_()
    return y


class HalfTheGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, gradient):
        return gradient


@pytest.mark.parametrize(
    ("answer", "state", "says"),
    [
        (lambda x, by=2: (x * by).detach(), Outcome.GRADIENT, "its result is detached"),
        (lambda x, by=2: torch.tensor((x * by).tolist()), Outcome.GRADIENT, "its result is detached"),
        (
            lambda x, by=2: x.detach() * torch.full((3,), 2.0, requires_grad=True),
            Outcome.GRADIENT,
            "no gradient reaches `x`",
        ),
        (lambda x, by=2: x + x.detach(), Outcome.GRADIENT, "the gradient with respect to `x` is not"),
        (lambda x, by=2: HalfTheGradient.apply(x), Outcome.GRADIENT, "the gradient with respect to `x` is not"),
        (lambda x, by=2: torch.where(x > 0, x * by, torch.sqrt(-x)), Outcome.GRADIENT, "`x` holds NaN"),
        (lambda x, by=2: x * by**2, Outcome.GRADIENT, "the factor is in the gradient twice"),
        (spoils_what_backward_needs, Outcome.RAISED, "make a new tensor instead"),
        (own_double, Outcome.CORRECT, "is right"),
    ],
)
def test_gradients(answer, state, says):
    result = grade(an_exercise(examine=examine_gradients), answer)
    assert says in result.message
    assert result.outcome is state


def test_inside_of_another_function_the_arguments_are_shown_and_no_call():
    def examine(trial):
        Trial(lambda u: trial.answer(u), trial.name, double, within=True).gradients_agree(torch.tensor([1.0, 2.0]))

    details = grade(an_exercise(examine=examine), lambda x, by=2: x * x).details
    assert details["Called with"] == "x = [1.0, 2.0]"
    assert "Called as" not in details


def test_a_plain_sum_would_hide_a_permutation():
    exercise = an_exercise(examine=lambda trial: trial.gradients_agree(torch.arange(1.0, 4)))
    assert grade(exercise, lambda x, by=2: x.flip(0) * by).outcome is Outcome.GRADIENT


# ---- leaving no trace --------------------------------------------------------------------------------


def meddles(x, by=2):
    torch.manual_seed(5)
    random.seed(5)
    np.random.seed(5)  # noqa: NPY002
    torch.rand(3), random.random(), np.random.rand()  # noqa: NPY002
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    return x * by


def meddles_and_raises(x, by=2):
    meddles(x)
    raise ValueError("no")


def numpy_state():
    name, keys, *rest = np.random.get_state()  # noqa: NPY002
    return name, keys.tolist(), rest


@pytest.mark.parametrize("answer", [own_double, wrong_double, meddles, meddles_and_raises, 3])
@pytest.mark.parametrize(("dtype", "grad"), [(torch.float32, True), (torch.float64, False)])
def test_random_states_default_dtype_and_grad_mode_are_as_before(answer, dtype, grad):
    with undisturbed():  # what this test sets itself ends with it
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(grad)
        torch.manual_seed(11), random.seed(11), np.random.seed(11)  # noqa: NPY002
        before = torch.get_rng_state(), random.getstate(), numpy_state()
        grade(an_exercise(), answer)
        assert torch.equal(torch.get_rng_state(), before[0])
        assert random.getstate() == before[1]
        assert numpy_state() == before[2]
        assert torch.get_default_dtype() is dtype
        assert torch.is_grad_enabled() is grad


def test_a_check_does_not_depend_on_what_ran_before():
    seen = []

    def answer(x, by=2):
        seen.append((torch.rand(1).item(), random.random(), np.random.rand()))  # noqa: NPY002
        assert torch.get_default_dtype() is torch.float32
        assert torch.is_grad_enabled()
        return x * by

    with undisturbed():
        assert grade(an_exercise(), answer).correct
        first, seen = seen[:], []
        torch.rand(7), random.random(), np.random.rand(3)  # noqa: NPY002
        torch.set_default_dtype(torch.float64)
        torch.set_grad_enabled(False)
        assert grade(an_exercise(), answer).correct
    assert seen == first


def test_output_is_kept_and_shown_not_printed(capsys):
    def chatty(x, by=2):
        print("x is", len(x))
        return x + by

    result = grade(an_exercise(), chatty)
    assert capsys.readouterr().out == ""
    assert "x is 2" in result.details["Your code printed"]


def test_of_long_output_the_end_is_shown():
    def chatty(x, by=2):
        for i in range(100):
            print("line", i)

    printed = grade(an_exercise(), chatty).details["Your code printed"].splitlines()
    assert printed == ["(92 lines before these)", *(f"line {i}" for i in range(92, 100))]


# ---- check -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variable", ["PYTEST_CURRENT_TEST", "PYTEST_VERSION"])
def test_check_raises_under_pytest_with_the_panel_as_its_message(toy, outside_pytest, monkeypatch, variable):
    outside_pytest()
    monkeypatch.setenv(variable, "x")
    with pytest.raises(grading.ExerciseFailed, match="t adds; multiply") as failed:
        check("01.toy", wrong_double)
    assert "Wrong value · 01.toy" in str(failed.value)
    assert 'hint("01.toy")' in str(failed.value)
    assert failed.value._render_traceback_() == [str(failed.value)]
    assert failed.value.result.outcome is Outcome.VALUE
    assert isinstance(failed.value, AssertionError)


def test_check_only_shows_elsewhere(toy, outside_pytest, capsys):
    outside_pytest()
    check("01.toy", wrong_double)
    shown = capsys.readouterr().out
    assert "✗ Wrong value · 01.toy" in shown
    assert "`double` is the reference" in shown


def test_a_blank_is_red_under_pytest_too(toy):
    with pytest.raises(grading.ExerciseFailed, match=r"Not attempted · 01\.toy"):
        check("01.toy", blank)


def test_a_right_answer_never_raises(toy, capsys):
    check("01.toy", own_double)
    assert "✓ Correct · 01.toy" in capsys.readouterr().out


def test_the_reference_steps_in_until_the_answer_is_right(toy, notebook, outside_pytest, capsys):
    outside_pytest()
    space = notebook.user_ns
    for answer in (blank, wrong_double, 3):
        space["double"] = answer
        check("01.toy", space["double"])
        assert space["double"] is toy.reference
    space["double"] = own_double
    check("01.toy", space["double"])
    assert space["double"] is own_double
    assert "Correct · 01.toy" in capsys.readouterr().out


def test_the_reference_steps_in_under_pytest_too(toy, notebook):
    notebook.user_ns["double"] = blank
    with pytest.raises(grading.ExerciseFailed):
        check("01.toy", notebook.user_ns["double"])
    assert notebook.user_ns["double"] is toy.reference


def test_a_script_keeps_its_own_name(toy, outside_pytest):
    outside_pytest()
    assert grading._shell() is None
    check("01.toy", wrong_double)
    assert double(1) == 2
    assert wrong_double(1) == 3


def test_checking_the_stand_in_says_rerun_and_learns_nothing(toy, notebook, outside_pytest, monkeypatch, capsys):
    outside_pytest()
    space = notebook.user_ns
    space["double"] = wrong_double
    check("01.toy", space["double"])
    before = progress.path().read_bytes()
    capsys.readouterr()
    for _ in range(2):
        check("01.toy", space["double"])
        shown = capsys.readouterr().out
        assert "Not your own code · 01.toy" in shown
        assert "Re-run the cell with your own code" in shown
        assert "Until yours is right" not in shown
        assert "Correct" not in shown
        assert space["double"] is toy.reference
    assert progress.path().read_bytes() == before
    monkeypatch.setenv("PYTEST_VERSION", "x")
    with pytest.raises(grading.ExerciseFailed, match="Re-run the cell"):
        check("01.toy", space["double"])
    assert progress.path().read_bytes() == before


def test_a_cell_of_a_notebook_from_blank_to_right(toy, notebook, outside_pytest, capsys):
    outside_pytest()
    cell = 'from course_lib.exercises import check\n{}\ncheck("01.toy", double)\ndouble(3)'
    assert notebook.run_cell(cell.format("def double(x, by=2):\n    raise NotImplementedError")).result == 6
    assert "○ Not attempted · 01.toy" in capsys.readouterr().out
    assert notebook.run_cell(cell.format("def double(x, by=2):\n    return x + x if by == 2 else x * by")).result == 6
    assert "✓ Correct · 01.toy" in capsys.readouterr().out
    assert notebook.user_ns["double"] is not toy.reference


def test_a_notebook_gets_html_and_text(toy, notebook, outside_pytest, monkeypatch):
    outside_pytest()
    published = []
    monkeypatch.setattr(notebook.display_pub, "publish", lambda data, **more: published.append(data))
    check("01.toy", wrong_double)
    assert published[0]["text/plain"].startswith("✗ Wrong value · 01.toy")
    assert published[0]["text/html"].startswith("<div")


def test_a_broken_check_is_no_fault_of_the_answer(notebook, outside_pytest, monkeypatch, capsys):
    def examine(trial):
        trial.call(torch.ones(2))
        return {}["not there"]

    exercise = an_exercise(examine=examine)
    pose(exercise, monkeypatch)
    with pytest.raises(grading.CheckBroken, match=r"01\.toy failed itself \(KeyError: 'not there'\)") as broken:
        grade(exercise, own_double)
    assert isinstance(broken.value.__cause__, KeyError)
    with pytest.raises(grading.CheckBroken, match="a fault of the course, not of your answer"):
        check("01.toy", own_double)
    outside_pytest()
    notebook.user_ns["double"] = own_double
    check("01.toy", own_double)
    assert "Not checked · 01.toy" in capsys.readouterr().out
    assert notebook.user_ns["double"] is double
    assert progress.read() == {}


@pytest.mark.parametrize(
    ("id", "near"),
    [
        ("01.lokup", "01.lookup"),
        ("lookup", "01.lookup"),
        ("01.masked_men", "01.masked_mean"),
        ("1.nearest", "01.nearest"),
    ],
)
@pytest.mark.parametrize("call", [lambda id: check(id, own_double), hint, solution])
def test_an_unknown_id_names_what_is_near(call, id, near):
    with pytest.raises(KeyError, match=f"there is no exercise '{id}'.*{re.escape(near)}") as unknown:
        call(id)
    assert "01.build_vocab" not in str(unknown.value)


@pytest.mark.parametrize("id", [None, 1, "", ".", "../core", "zz.zz"])
def test_an_id_that_is_none_at_all(id):
    with pytest.raises(KeyError, match="there is no exercise"):
        check(id, own_double)


@pytest.mark.parametrize("lesson", lessons_with_exercises())
def test_an_exercise_stands_in_the_file_of_its_name(lesson):
    exercises = importlib.import_module(f"course_lib.exercises.lesson_{lesson}").EXERCISES
    parts = exercises if isinstance(exercises, dict) else {"": exercises}
    names = [name for part in parts.values() for name in part]
    assert [made.id for made in lesson_exercises(lesson)] == [f"{lesson}.{name}" for name in names]
    for part, part_names in parts.items():
        assert [made.id for made in lesson_exercises(lesson + part)] == [f"{lesson}.{name}" for name in part_names]
    assert lesson_exercises(f"{lesson}z") == [], "no such part"
    folder = Path(grading.__file__).parent / f"lesson_{lesson}"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "shared"}
    assert files == set(names) == {path.stem for path in (ANSWERS / f"lesson_{lesson}").glob("*.py")} - {"shared"}


def test_lessons_and_their_exercises():
    assert "01" in lessons_with_exercises()
    assert [made.id for made in lesson_exercises("01")][:2] == ["01.build_vocab", "01.encode_batch"]
    assert lesson_exercises("99") == []


# ---- hint and solution -------------------------------------------------------------------------------


def test_hints_come_one_after_another_and_then_all(toy, capsys):
    def given():
        hint("01.toy")
        return capsys.readouterr().out

    first, second, third, fourth = given(), given(), given(), given()
    assert "Hint 1 of 2" in first
    assert "The first" in first
    assert "second" not in first
    assert 'hint("01.toy")' in first
    assert "Hint 2 of 2" in second
    assert "The second" in second
    assert 'solution("01.toy")' in second
    assert "Both hints" in third
    assert "1. the first" in third
    assert "2. the second" in third
    assert fourth == third


def test_a_failed_check_offers_the_next_hint_and_at_last_the_solution(toy, outside_pytest, capsys):
    outside_pytest()
    check("01.toy", wrong_double)
    assert 'Stuck? hint("01.toy")' in " ".join(capsys.readouterr().out.split())
    hint("01.toy")
    hint("01.toy")
    capsys.readouterr()
    check("01.toy", wrong_double)
    assert 'Stuck? solution("01.toy")' in " ".join(capsys.readouterr().out.split())


def test_the_solution_asks_first(toy, notebook, monkeypatch, capsys):
    published = []
    monkeypatch.setattr(notebook.display_pub, "publish", lambda data, **more: published.append(data))
    solution("01.toy")
    text, page = published[0]["text/plain"], published[0]["text/html"]
    assert "Show the solution?" in text
    assert "2 hints left" in text
    assert "return x * by" not in text
    assert "<details" in page
    assert "<details open" not in page
    solution("01.toy", sure=True)
    text, page = published[1]["text/plain"], published[1]["text/html"]
    assert "Show the solution?" not in text
    assert "return x * by" in text
    assert "Because it is `twice`" in text
    assert "<details open" in page
    assert "Because it is <code>twice</code>" in page


def test_every_solution_can_be_shown(capsys):
    for lesson in lessons_with_exercises():
        for exercise in lesson_exercises(lesson):
            solution(exercise.id, sure=True)
            shown = capsys.readouterr().out
            assert f"def {exercise.name}(" in shown or f"class {exercise.name}(" in shown


# ---- panels ------------------------------------------------------------------------------------------


def raises_markup(x, by=2):
    raise ValueError("<b>bold</b> & <script>alert(1)</script> `<i>`")


def test_what_an_answer_says_is_escaped_in_html_and_plain_in_text():
    panel = grading.panel_of(grade(an_exercise(), raises_markup))
    page, text = panel._repr_html_(), panel.text()
    for tag in ("<b>", "<script>", "<i>"):
        assert tag not in page
        assert tag in text
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;" in page
    assert "<code>&lt;i&gt;</code>" in page


@pytest.mark.parametrize("field", ["title", "message", "footer", "details", "labels", "solution", "why"])
def test_every_part_of_a_panel_is_escaped(field):
    parts = {"title": "t", "message": "m", "footer": "f"}
    if field in parts:
        parts[field] = "<b>"
    details = {"<b>" if field == "labels" else "label": "<b>" if field == "details" else "d"}
    folded = {"The solution": "<b>" if field == "solution" else "s", "Why": "<b>" if field == "why" else "w"}
    page = Panel("wrong", **parts, details=details, folded=folded)._repr_html_()
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_text_holds_no_markup_and_fits_its_width():
    panel = grading.panel_of(grade(an_exercise(), wrong_double))
    assert not re.search(r"</?[a-z]+[ >]|&\w+;", panel.text())
    assert max(map(len, panel.text().splitlines())) <= 100
    assert repr(panel) == panel.text()
    assert panel.text().splitlines()[:2] == ["✗ Wrong value · 01.toy", "  It adds; multiply"]


def test_html_is_balanced():
    for kind in ("correct", "wrong", "blank", "hint", "solution"):
        page = Panel(kind, "t", "m `c`\nm", {"a": "b\nc"}, {"The solution": "x", "Why": "y"}, footer="f")._repr_html_()
        for tag in ("div", "table", "tr", "td", "pre", "code", "details", "summary"):
            assert len(re.findall(f"<{tag}[ >]", page)) == page.count(f"</{tag}>") > 0


def test_each_kind_has_its_own_sign():
    signs = {Panel(kind, "t", "m").text()[0] for kind in ("correct", "wrong", "blank", "hint", "solution")}
    assert signs == set("✓✗○?=")


# ---- progress ----------------------------------------------------------------------------------------


def test_progress_remembers_state_and_tries(toy, outside_pytest):
    outside_pytest()
    assert progress.read() == {}
    check("01.toy", wrong_double)
    assert progress.read()["01.toy"]["state"] == "wrong value"
    assert progress.read()["01.toy"]["message"] == "it adds; multiply"
    check("01.toy", own_double)
    entry = progress.read()["01.toy"]
    assert (entry["state"], entry["tries"]) == ("correct", 2)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry["at"])


def test_course_progress_names_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "elsewhere.json"))
    progress.record("01.x", "correct", "한국어 \udc80")
    assert json.loads((tmp_path / "elsewhere.json").read_text(encoding="utf-8"))["01.x"]["message"] == "한국어 \udc80"
    monkeypatch.delenv("COURSE_PROGRESS")
    assert progress.path() == Path(progress.__file__).parents[2] / ".course" / "progress.json"


def test_course_report_gets_a_line_for_every_check(toy, outside_pytest, tmp_path, monkeypatch):
    outside_pytest()
    monkeypatch.setenv("COURSE_REPORT", str(tmp_path / "report.jsonl"))
    check("01.toy", wrong_double)
    check("01.toy", own_double)
    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["state"]) for line in lines] == [("01.toy", "wrong value"), ("01.toy", "correct")]
    assert lines[0]["message"] == "it adds; multiply"


@pytest.mark.parametrize("broken", ["write_text", "replace"])
def test_a_write_that_fails_leaves_the_file_as_it_was(monkeypatch, broken):
    progress.record("01.x", "correct", "")
    before = progress.path().read_bytes()

    def fails(self, *given, **named):
        if broken == "write_text":
            self.write_bytes(b"{half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, broken, fails)
        progress.record("01.x", "wrong value", "")
    assert progress.path().read_bytes() == before
    assert list(progress.path().parent.iterdir()) == [progress.path()]


ODD_TRIES = b'{"01.x": {"state": "correct", "tries": "two"}}'


@pytest.mark.parametrize(
    "damaged", [b"", b"{half", b"[]", b"3", b"\xff\xfe", b'{"01.x": 1}', b'{"01.x": {}}', ODD_TRIES]
)
def test_a_damaged_file_is_put_aside_and_not_lost(damaged):
    progress.path().parent.mkdir(parents=True)
    progress.path().write_bytes(damaged)
    progress.record("01.y", "correct", "")
    assert list(progress.read()) == ["01.y"]
    assert progress.path().with_suffix(".damaged.json").read_bytes() == damaged


def test_a_folder_that_cannot_be_written_never_stops_a_lesson(toy, outside_pytest, tmp_path, monkeypatch, capsys):
    outside_pytest()
    (tmp_path / "a_file").write_text("x")
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "a_file" / "progress.json"))
    monkeypatch.setenv("COURSE_REPORT", str(tmp_path / "a_file" / "report.jsonl"))
    check("01.toy", own_double)
    assert "Correct" in capsys.readouterr().out
    assert progress.read() == {}
    assert (tmp_path / "a_file").read_text() == "x"


def test_the_solved_notebooks_are_not_the_learners(toy, outside_pytest, tmp_path, monkeypatch):
    outside_pytest()
    monkeypatch.setenv("COURSE_REPORT", str(tmp_path / "report.jsonl"))
    for folder in ("solutions", "notebooks"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "solutions")
    check("01.toy", own_double)
    assert tries() == 0
    assert (tmp_path / "report.jsonl").read_text().count("\n") == 1
    monkeypatch.chdir(tmp_path / "notebooks")
    check("01.toy", own_double)
    assert tries() == 1


def test_a_blank_copy_takes_nothing_away():
    progress.record("01.toy", "not attempted", "blank")
    progress.record("01.toy", "correct", "right")
    progress.record("01.toy", "not attempted", "blank")
    assert progress.read()["01.toy"]["state"] == "correct"
    progress.record("01.toy", "wrong value", "no more")
    assert progress.read()["01.toy"]["state"] == "wrong value"


def test_grading_touches_no_progress():
    grade(an_exercise(), own_double)
    assert not progress.path().exists()


# ---- the checks of lesson 01, where a wrong answer is close to right -----------------------------------


def test_a_check_is_the_same_after_every_kind_of_answer():
    """Cases are shared by all calls in a session: nothing may leak from one answer into the next."""
    exercise = find("01.nearest")

    def by_similarity(weight, word, k):
        cosine = F.cosine_similarity(weight, weight[word][None])
        cosine[word] = -torch.inf
        weight.zero_()
        return cosine.topk(k).indices

    for _ in range(2):
        assert "in place" in grade(exercise, by_similarity).message
        assert grade(exercise, lambda *given: exercise.reference(*given)).correct


def test_numbers_that_look_the_same_are_shown_with_their_dtype():
    shown = grade(an_exercise(), lambda x, by=2: (x * 2).double()).details
    assert shown["Expected"].endswith("(torch.float32, (2,))")
    assert shown["Got"].endswith("(torch.float64, (2,))")
    assert list(shown)[:2] == ["Expected", "Got"], "before what it was called with"
    large = torch.zeros(10, 10)
    assert both(large, large + 1) == dict.fromkeys(("Expected", "Got"), "float32 tensor of shape (10, 10)")


def test_a_name_at_the_beginning_of_a_message_keeps_its_letters():
    for message, shown in {
        "h is made from the old c": "h is made",
        "f and i are interchanged": "f and i",
        "`x` is changed": "`x` is",
        "a row is missing": "A row",
        "it never ends": "It never",
        "1 is subtracted": "1 is",
    }.items():
        assert Panel("wrong", "title", message).text().splitlines()[1].strip().startswith(shown)


def test_a_mistake_that_explains_the_first_case_alone_is_not_named():
    def examine(trial):
        for x in (
            torch.tensor([2.0]),
            torch.tensor([3.0]),
            torch.tensor([4.0]),
            torch.tensor([5.0]),
            torch.tensor([6.0]),
        ):
            trial.agrees(x, 3)

    mistakes = (("it squares", lambda x, by: x**2), ("it adds 2", lambda x, by: x + 2))
    exercise = an_exercise(reference=lambda x, by: by * x, examine=examine, mistakes=mistakes)
    assert grade(exercise, lambda x, by: x + 2).message == "it adds 2", "not the first that fits 2, but the one for all"
    assert grade(exercise, lambda x, by: x**2).message == "it squares"
    assert "expected" in grade(exercise, lambda x, by: 2 * x).message, "both fit 2, and neither the rest"


def test_an_answer_that_does_not_end_gets_a_panel(monkeypatch):
    def endless(x, by=2):
        while True:
            pass

    monkeypatch.setattr(limits, "SECONDS", 0.5)
    result = grade(an_exercise(), endless)
    assert "it did not end, and was stopped after" in result.message
    assert any(label.startswith("Your line") for label in result.details)
    assert "double(" in result.details["Called as"]


def test_an_answer_that_is_slow_in_all_is_not_called_endless(monkeypatch):
    def examine(trial):
        for _ in range(20):
            trial.agrees(torch.ones(2), 2)
            time.sleep(0.1)  # between the calls, where no loop of the answer runs

    monkeypatch.setattr(limits, "SECONDS", 0.5)
    result = grade(an_exercise(examine=examine), own_double)
    assert result.outcome is Outcome.RAISED
    assert "it is too slow" in result.message


def test_what_is_random_by_design_is_not_called_random():
    exercise = an_exercise(reference=lambda x, by=2: torch.rand(2), examine=lambda trial: trial.agrees(torch.ones(2)))
    assert "each time" not in grade(exercise, lambda x, by=2: torch.rand(2) + 5).message


def test_the_same_number_for_two_inputs_is_no_sign_of_a_constant():
    def examine(trial):
        trial.agrees(torch.tensor([1.0, 2.0]))
        trial.agrees(torch.tensor([2.0, 2.0]))

    exercise = an_exercise(reference=lambda x: float(x.sum() > 3.5) + 1, examine=examine)
    assert grade(exercise, lambda x: 1.0).message == "expected 2.0, got 1.0"


def test_what_a_requirement_shows_stands_before_the_call():
    def examine(trial):
        trial.call(torch.ones(2), 3)
        trial.require(False, "no", got=5)

    assert list(grade(an_exercise(examine=examine), own_double).details) == ["Got", "Called as"]


def test_warnings_are_kept_like_what_is_printed(capsys):
    def warns(x, by=2):
        print("look out", file=sys.stderr)
        return x

    assert "look out" in grade(an_exercise(), warns).details["Your code printed"]
    assert capsys.readouterr().err == ""


def test_a_mistake_that_gives_nan_is_explained_by_it():
    nan = torch.tensor([math.nan, 1.0])
    assert difference(nan, nan, 1e-5, 1e-4) is None
    assert difference(nan, torch.tensor([2.0, 1.0]), 1e-5, 1e-4) is not None


def test_advice_for_lists_of_tensors_leads_on():
    def told(value):
        return grade(an_exercise(), lambda x, by=2: value).message

    assert "`torch.stack(...)` makes one tensor" in told([torch.ones(2), torch.ones(2)])
    assert "one tensor of each inner list first" in told([[torch.ones(2)], [torch.ones(2)]])
    torch.stack([torch.stack([torch.ones(2)]), torch.stack([torch.ones(2)])])  # the advice, obeyed


def test_draws_are_compared_by_value_and_by_gradient():
    exercise = an_exercise(
        reference=lambda x: 2 * x, examine=lambda trial: drawn_with_gradients(trial, lambda chance: (chance.normal(2),))
    )
    assert grade(exercise, lambda x: x + x).correct
    assert not grade(exercise, lambda x: 2 * x + 1).correct, "its gradient is right"
    assert not grade(exercise, lambda x: x + x.detach()).correct, "its value is right"


def test_another_default_device_in_the_notebook_changes_no_check():
    """In a process of its own: the checks' own tensors are made when they are imported."""
    program = """
import torch
torch.set_default_device("meta")
from course_lib.exercises import find, grade
exercise = find("05.attend")
assert grade(exercise, lambda *given: exercise.reference(*given)).correct
assert torch.zeros(1).device.type == "meta"
"""
    subprocess.run([sys.executable, "-c", program], check=True)


# ---- what is said of results of every kind -------------------------------------------------------------------


def told(reference, answer, *inputs):
    """The message of an answer that is compared on these inputs."""

    def examine(trial):
        for each in inputs:
            trial.agrees(*(each if isinstance(each, tuple) else (each,)))

    return grade(an_exercise(reference=reference, examine=examine), answer).message


def test_an_answer_that_is_another_only_after_some_calls_is_called_so():
    calls = []

    def now_and_then(x):
        calls.append(x)
        return 2 * x + (len(calls) > 3)

    assert "something else each time" in told(lambda x: 2 * x + 100, now_and_then, torch.ones(2))


def test_a_list_that_is_kept_from_call_to_call_is_noticed():
    def kept(words, found=[]):  # noqa: B006 - the mistake
        found.extend(words)
        return found

    assert "kept from call to call" in told(list, kept, ["a"], ["b"])


def test_what_cannot_be_compared_is_not_called_unchanged():
    class Step:
        def __init__(self, word):
            self.word = word

    assert "must depend on" not in told(
        lambda step, n: [step.word] * n, lambda step, n: ["a"], (Step("a"), 1), (Step("b"), 2)
    )


def test_two_yes_or_no_that_agree_are_no_constant():
    same = told(lambda x: x > 1, lambda x: x < 0, torch.tensor([1]), torch.tensor([2]), torch.tensor([3]))
    assert "must depend on" not in same


def test_a_list_of_another_length_says_so_once():
    exercise = an_exercise(
        reference=list, examine=lambda trial: trial.agrees(["a", "b"]), mistakes=(("lost", lambda x: x[:1]),)
    )
    assert grade(exercise, lambda x: x[:1]).message == "lost"
    assert told(lambda x: x[:1], list, ["a", "b"]) == "expected 1 element, got 2"
    assert told(list, lambda x: x[:1], ["a", "b"]) == "expected 2 elements, got 1"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda x: x[0].mul_(2), "make new tensors or lists"),
        (lambda x: x.append(1), "Make a new object"),
    ],
)
def test_what_to_do_instead_of_a_change_in_place(change, says):
    def changing(x):
        change(x)
        return 1

    assert says in told(lambda x: 1, changing, [torch.ones(2)])


def test_a_tensor_that_is_changed_in_place():
    assert "`x = x * y` and not `x *= y`" in told(lambda x: 2 * x, lambda x: x.mul_(2), torch.ones(2))


def test_numbers_that_are_none_or_have_lost_their_fractions():
    assert told(lambda x: 0.5, lambda x: math.nan, 1).startswith("it is NaN: somewhere 0/0")
    assert "whole numbers lose the fractions" in told(lambda x: x / 2, lambda x: (x / 2).long(), torch.ones(2))


def test_details_keep_the_names_of_parameters():
    exercise = an_exercise(examine=lambda trial: trial.require(trial.call(torch.ones(2)) is None, "no", k=3, got_it=4))
    assert list(grade(exercise, lambda x: x).details)[:2] == ["k", "Got it"]


def test_what_the_course_made_says_what_it_is():
    from course_lib.exercises.lesson_02.clip_gradients import _Parameters

    assert show(_Parameters([torch.tensor([2.0])])) == "those with the gradients [[2.0]]"
    assert show(iter([1])) == "a list_iterator"
    assert show([torch.eye(2), torch.ones(2)]) == "[[[1.0, 0.0],\n  [0.0, 1.0]],\n [1.0, 1.0]]"
