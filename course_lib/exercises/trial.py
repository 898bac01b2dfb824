"""What the checks are written with: a `Trial` calls the learner's answer, compares, and raises what it finds.

    def examine(trial):
        for seed, (V, E) in enumerate([(5, 4), (50, 8)]):
            trial.agrees(ids, normal(seed, V, E))

A row of a table of mistakes is a sentence, and the functions that make this mistake: `("it picks columns: word i is row
i", lambda ids, weight: weight.T[ids])`. The table is consulted only after the answer differs from the reference: the
first row with a function whose results equal the answer's, here and in the cases before, is what the learner is told.
"""

import contextlib
import inspect
import linecache
import operator
import sysconfig
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.advice import ADVICE, Advice, cure
from course_lib.exercises.difference import alike, difference
from course_lib.exercises.finding import Finding, Outcome
from course_lib.exercises.guard import comparable, copies, left_changed, marked, marks, same, settings, shared
from course_lib.exercises.limits import LimitReached, Tail
from course_lib.exercises.mistakes import Compared, Mistake, explained_by, holds
from course_lib.exercises.show import both, describe, elsewhere, hanging, heading, holds_tensor, shorten, show

_LIBRARIES = (
    str(Path(__file__).resolve().parents[1]),
    *(sysconfig.get_paths()[key] for key in ("stdlib", "purelib", "platlib")),
)


class Trial:
    """One answer under examination. `call` runs it, guarded; `agrees` runs it and compares it with the reference."""

    def __init__(
        self,
        answer: Any,
        name: str,
        reference: Callable[..., Any],
        *,
        mistakes: Iterable[Mistake] = (),
        advice: Iterable[Advice] = (),
        within: bool = False,
    ):
        """Args:
        mistakes: consulted wherever a comparison names no others.
        advice: what the commonest errors of this exercise mean, before those that all share.
        within: `answer` calls the learner's, with other arguments perhaps: a message shows these, and no call.
        """
        self.answer = answer
        self.name = name
        self.reference = reference
        self.mistakes = tuple(mistakes)
        self.advice = (*advice, *ADVICE)
        self.within = within
        self._calls: list[str] = []  # what the last call was, for messages
        self._passed: list[tuple[Sequence[Any], Any]] = []  # the inputs and results that were right so far
        self._given: Sequence[Any] = ()  # the arguments of the last call
        self._collected: list[Compared] | None = None
        self._output = Tail()
        self.inside = False  # of a call of the answer
        self.fresh = False  # must results be new objects, as the text may say?
        self._handed_back = ""  # what is wrong with one that is not

    # ---- running the answer ----------------------------------------------------------------------

    def examine_callable(self) -> None:
        """A Finding unless the answer can be called at all."""
        is_one = f"it is {describe(self.answer)}. Define it with `def {self.name}(...):`."
        self.require(callable(self.answer), f"`{self.name}` is not a function: {is_one}", outcome=Outcome.TYPE)

    def call(self, *arguments: Any, **options: Any) -> Any:
        """What the answer returns for these arguments.

        It gets copies: what it changes in place is found, and spoils no later case.
        Finds: other parameters, not attempted, raised, an argument changed in place, None returned.
        """
        self._given = arguments
        return self.run(self.answer, *arguments, **options)

    def run(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """`call` for anything that the answer made: a method of the learner's class, say."""
        given = copies(arguments)
        self._describe_call(function, arguments, options)
        self._examine_parameters(function, arguments, options)
        self.inside, before, self._handed_back, marks_before = True, settings(), "", [marks(each) for each in given]
        try:
            got = function(*given, **options)
        except Finding:
            raise
        except BaseException as error:
            if isinstance(error, NotImplementedError) and not error.args:  # the blank cell's; torch's says more
                blank = f"`{self.name}` is still blank: write it in the cell above."
                raise Finding(Outcome.NOT_ATTEMPTED, blank) from None
            raise self._raised(error) from None
        self.inside = False
        if changed := left_changed(before):
            raise Finding(Outcome.VALUE, changed, self.case())
        for parameter, was, now, as_given in zip(self._names(function), arguments, given, marks_before, strict=False):
            self.require(same(was, now), f"it changes its input `{parameter}` in place. {cure(was, now)}")
            left = marked(parameter, as_given, marks(now))
            self.require(not left, left)
            if self.fresh and shared(got, now):
                self._handed_back = f"it hands back `{parameter}` itself, not a copy: who changes one changes both"
        methods = "(`append`, `sort` and `extend` give None.)"
        nothing = f"`{self.name}` returns None: is there a `return` on every path? {methods}"
        self.require(got is not None, nothing, outcome=Outcome.TYPE)
        if isinstance(got, Tensor) and (foreign := elsewhere(got)):
            raise Finding(Outcome.TYPE, foreign, self.case())
        return got

    def agrees(
        self,
        *arguments: Any,
        mistakes: Iterable[Mistake] | None = None,
        atol: float = 1e-5,
        rtol: float = 1e-4,
        expected: Any = None,
    ) -> Any:
        """Call the answer and compare it with `expected`, by default what the reference returns; the result."""
        if expected is None:
            expected = self.reference(*copies(arguments))
        got = self.call(*arguments)
        self.compare(got, expected, mistakes=mistakes, inputs=arguments, atol=atol, rtol=rtol)
        return got

    def gradients_agree(self, *arguments: Any, mistakes: Iterable[Mistake] = (), atol: float = 1e-5) -> None:
        """Floating-point tensors among the arguments must get the gradient that the reference gives them."""
        if self._collected is not None:  # what is collected are values
            return
        expected = self._gradients(self.reference, arguments)
        got = self._gradients(self.call, arguments)
        detached = (
            "its result is detached: no gradient can flow back through it, so nothing could be learned. Leave out "
            "`.detach()`, `.item()`, `.tolist()`, `.numpy()`, `.data`, `torch.no_grad()`, and `torch.tensor(...)` "
            "around tensors or their numbers. (A new module or `nn.Parameter` holds a copy without the history.)"
        )
        self.require(got is not None, detached, outcome=Outcome.GRADIENT)
        named = zip(self._names(self.answer), arguments, strict=False)
        names = [name for name, x in named if isinstance(x, Tensor) and x.is_floating_point()]
        for name, mine, right in zip(names, got or [], expected or [], strict=True):
            cut = "it is detached on the way (`.detach()`, `.data`, a copy in a new `nn.Parameter`?)"
            if mine is None and not right.any():  # such as that of a query which has one key to look at
                continue
            self.require(mine is not None, f"no gradient reaches `{name}`: {cut}", outcome=Outcome.GRADIENT)
            largest = max([1.0, *right.abs().flatten().tolist()])  # as large as that is what rounding errors come of
            if torch.allclose(mine, right, atol=atol * largest, rtol=1e-4):
                continue

            def explains(mistaken: Callable[..., Any]) -> bool:
                wrong = self._gradients(mistaken, arguments)
                return wrong is not None and all(map(_close, wrong, got or []))

            hidden = "holds NaN: 0/0, log(0), or exp of a large number is computed on the way"
            fault = hidden if mine.isnan().any() else "is not: is a part of it detached?"
            raise Finding(
                Outcome.GRADIENT,
                next((text for text, *wrong in mistakes if any(holds(partial(explains, f)) for f in wrong)), None)
                or f"its value is right, but the gradient with respect to `{name}` {fault}",
                self.case() | {"Expected gradient": show(right), "Got": show(mine)},
            )

    def _gradients(self, function: Callable[..., Any], arguments: Sequence[Any]) -> list[Any] | None:
        """The gradient of a fixed random direction of the result, for each floating-point tensor; None if detached."""
        leaves = [
            x.detach().clone().requires_grad_(x.is_floating_point()) if isinstance(x, Tensor) else x for x in arguments
        ]
        result = function(*leaves)
        if not isinstance(result, Tensor) or not result.requires_grad:
            return None
        # A fixed random direction: a plain sum would hide a permutation.
        direction = torch.rand(result.shape, generator=torch.Generator().manual_seed(0), dtype=result.dtype)
        try:
            result.backward(direction)
        except RuntimeError as error:
            raise self._raised(error) from None
        return [x.grad for x in leaves if isinstance(x, Tensor) and x.is_floating_point()]

    # ---- comparing -------------------------------------------------------------------------------

    def compare(
        self,
        got: Any,
        expected: Any,
        *,
        mistakes: Iterable[Mistake] | None = None,
        inputs: Sequence[Any] = (),
        atol: float = 1e-5,
        rtol: float = 1e-4,
    ) -> None:
        """Nothing, if `got` equals `expected`; else the Finding, worded by the mistake that gives the same results.

        Args:
            mistakes: None: those of the exercise.
            inputs: what the answer was called with; without them no mistake can be tried.
        """
        rows = tuple(self.mistakes if mistakes is None else mistakes)

        def explains(mistaken: Callable[..., Any], given: Sequence[Any], result: Any) -> bool:
            return alike(result, mistaken(*copies(given)), atol, rtol)

        found = difference(got, expected, atol, rtol)
        if self._collected is not None:
            self._collected.append(Compared(rows, inputs, got, explains, _grade(found), _foreign(found)))
            return
        if found is None:
            self.require(not self._handed_back, self._handed_back)
            if inputs:
                self._passed.append((inputs, got))
            return
        outcome, how = found
        details = both(expected, got) | self.case()
        if self._is_last_call(inputs) and self._random(inputs):
            fresh = (
                "it returns something else each time, for the same input: is it random, kept from call to call, or "
                "made by a new layer, whose weights are drawn anew?"
            )
            raise Finding(Outcome.VALUE, fresh, details)
        here = [(inputs, got), *self._passed] if inputs else []
        known = [
            sentence for sentence, *wrong in rows
            if here and any(holds(partial(_explains_all, explains, f, here)) for f in wrong)
        ]  # fmt: skip
        size = f" ({how.partition(':')[0]})" if how.startswith("expected shape") else ""
        raise Finding(outcome, self._constant(got, inputs) or how, details, known, size)

    def collect(self) -> None:
        """From now on differences are collected and not raised, to see which mistake explains them all."""
        self._collected = []

    def explained_by(self, sentences: Sequence[str]) -> str | None:
        """What to tell of all that was collected, where these mistakes could be the one."""
        return explained_by(sentences, [each for each in self._collected or () if each.inputs])

    def _random(self, inputs: Sequence[Any]) -> bool:
        """Does the answer return something else each time, for the same input, where the reference does not?"""

        def differs(function: Callable[..., Any]) -> bool:
            with contextlib.suppress(Exception):
                (first,) = copies([function(*copies(inputs))])  # the next call may change what this one gave
                return _equal(first, first) and not all(_equal(first, function(*copies(inputs))) for _ in range(4))
            return False

        return differs(self.answer) and not differs(self.reference)

    def _constant(self, got: Any, inputs: Sequence[Any]) -> str | None:
        """What is wrong with a result that stays the same for other inputs."""
        yes_or_no = isinstance(got, Tensor) and got.dtype is torch.bool and got.numel() < 3
        numbers = isinstance(got, int | float | str) or (isinstance(got, tuple) and not any(map(holds_tensor, got)))
        plain = numbers or yes_or_no or not inputs
        for earlier, result in () if plain else self._passed:  # two inputs may well share a number or a word
            if len(earlier) == len(inputs) and _equal(got, result):
                pairs = list(zip(self._names(self.answer), earlier, inputs, strict=False))
                changed = " and ".join(f"`{name}`" for name, was, now in pairs if not same(was, now))
                if changed and all(was is now or comparable(was) for _, was, now in pairs):
                    return f"it returns the same as for another {changed}: its result must depend on that"
        return None

    def _is_last_call(self, inputs: Sequence[Any]) -> bool:
        """Was the answer itself called with these, and not a part of what it made?"""
        return bool(inputs) and len(inputs) == len(self._given) and all(map(operator.is_, inputs, self._given))

    def require(self, holds: bool, message: str, *, outcome: Outcome = Outcome.VALUE, **details: Any) -> None:
        """A Finding with this message unless the property holds. Details are shown under their names."""
        if not holds and self._collected is None:
            shown = {heading(name): show(value) for name, value in details.items()}
            raise Finding(outcome, message, shown | self.case())

    def case(self) -> dict[str, str]:
        """The last call, for the panel."""
        return {"Called with" if self.within else "Called as": self._calls[-1]} if self._calls else {}

    # ---- what else is seen -----------------------------------------------------------------------

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        """Keep what the answer prints: it would print at every case. The panel shows the end of it."""
        with contextlib.redirect_stdout(self._output), contextlib.redirect_stderr(self._output):
            yield

    @property
    def printed(self) -> str:
        return self._output.text()

    def stopped(self, reached: LimitReached) -> Finding:
        """What is wrong with an answer that has reached a limit."""
        if reached.limit == "memory":
            what = "it takes more and more memory, and was stopped: what does it keep, and how often?"
        elif self.inside:
            after = f"it did not end, and was stopped after {reached.seconds:.0f} seconds"
            what = f"{after}: does every loop in it come to an end?"
        else:
            what = f"it is too slow: {len(self._calls)} calls took more than {reached.seconds:.0f} seconds"
        frames = traceback.extract_stack(reached.frame) if reached.frame and self.inside else []
        return Finding(Outcome.RAISED, what, self._own_lines(frames) | self.case())

    def _names(self, function: Callable[..., Any]) -> list[str]:
        """The reference's names for the arguments: the learner may have others, the exercise's text has these."""
        return parameters(self.reference if function is self.answer else function)

    def _examine_parameters(
        self, function: Callable[..., Any], arguments: Sequence[Any], options: dict[str, Any]
    ) -> None:
        try:
            takes = inspect.signature(function)
        except (TypeError, ValueError):  # built-ins that tell nothing of themselves
            return
        try:
            takes.bind(*arguments, **options)
        except TypeError as error:
            names = ", ".join([*self._names(function)[: len(arguments)], *(f"{name}=..." for name in options)])
            both = f"`{self._called(function)}` takes {takes}, and is called with ({names})."
            keep = "Keep the parameters that the exercise gives."
            raise Finding(Outcome.RAISED, f"{both} {keep}", {"Python says": str(error)}) from None

    def _called(self, function: Callable[..., Any]) -> str:
        return self.name if function is self.answer else f"{self.name}(...).{getattr(function, '__name__', 'call')}"

    def _describe_call(self, function: Callable[..., Any], arguments: Sequence[Any], options: dict[str, Any]) -> None:
        called, names = self._called(function), self._names(function)
        named = [*zip(names, arguments, strict=False), *options.items()]
        shown = [f"{name} = " + hanging(show(value), len(name) + 3) for name, value in named]
        shown[len(shown) - len(options) : 0] = [show(value) for value in arguments[len(names) :]]
        line = ",\n".join(shown) if self.within else f"{called}({', '.join(shown)})"
        if not self.within and (len(line) > 90 or "\n" in line):
            line = f"{called}(\n  " + hanging(",\n".join(shown), 2) + ")"
        self._calls.append(line)

    def _raised(self, error: BaseException) -> Finding:
        details = self._own_lines(traceback.extract_tb(error.__traceback__)) | self.case()
        text = str(error).strip() or "(no message)"
        whole = f"{type(error).__name__}: {text}"
        advice = next((f"\n{sentence}" for sign, sentence in self.advice if sign in whole), "")
        return Finding(Outcome.RAISED, f"`{self.name}` raised {shorten(whole, 400)}{advice}", details)

    def _own_lines(self, frames: Sequence[traceback.FrameSummary]) -> dict[str, str]:
        """The last line of the answer in a traceback or a stack, and the last of what it calls of an earlier cell."""
        own = [frame for frame in frames if not frame.filename.startswith(_LIBRARIES)]
        here = [frame for frame in own if frame.filename == own[0].filename]
        lines = {}
        for frame in (here[-1], own[-1]) if own else ():
            of = "" if frame.filename == own[0].filename else f" of `{frame.name}`"
            line = linecache.getline(frame.filename, frame.lineno or 0).strip() or "(source not available)"
            lines[f"Your line {frame.lineno}{of}"] = line
        return lines


def _foreign(found: tuple[Outcome, str] | None) -> bool:
    """Of another kind as a whole; parts in another order are a mistake."""
    return found is not None and found[0] is Outcome.TYPE and " at [" not in found[1]


def _grade(found: tuple[Outcome, str] | None) -> bool | None:
    """Right, wrong, or None: not even comparable."""
    if found is None:
        return True
    return False if found[0] is Outcome.VALUE else None


def _close(one: Tensor | None, other: Tensor | None) -> bool:
    """Whether two gradients are the same, up to the order in which sums were made."""
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and torch.allclose(one, other, atol=1e-5, rtol=1e-4, equal_nan=True)


def parameters(function: Callable[..., Any]) -> list[str]:
    """The names of a function's positional parameters."""
    parameters = inspect.signature(function).parameters.values()
    return [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def _equal(one: Any, other: Any) -> bool:
    """Equal to the last bit; False where results cannot be compared."""
    with contextlib.suppress(Exception):
        return difference(one, other, 0.0, 0.0) is None
    return False


def _explains_all(
    explains: Callable[..., bool], mistaken: Callable[..., Any], cases: Iterable[tuple[Any, Any]]
) -> bool:
    return all(explains(mistaken, *each) for each in cases)
