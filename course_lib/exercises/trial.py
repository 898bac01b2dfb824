"""What the checks are written with: a `Trial` calls the learner's answer, compares, and raises what it finds.

A check of one exercise is a function of a `Trial` that calls the answer at several sizes and seeds:

    def examine(trial):
        for V, E in [(5, 4), (50, 8)]:
            ids, weight = ...
            trial.agrees(ids, weight, mistakes=[("it picks columns: ...", lambda ids, weight: weight.T[ids])])

`mistakes` are what people really write, each with the sentence that names it. They are consulted only after the answer
differs from the reference: the first whose result equals the answer's, here and in the cases before, is what the
learner is told.
"""

import contextlib
import copy
import inspect
import io
import linecache
import math
import random
import sys
import sysconfig
import traceback
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

Mistake = tuple[str, Callable[..., Any]]  # (what to tell the learner, the mistaken answer as a function of the inputs)

# What torch's errors mean, for the commonest of them: a sign in the text, and a sentence.
_ADVICE = [
    ("same dtype", "The two sides of the product have different dtypes: `.to(weight.dtype)` makes them one."),
    ("mat1 and mat2", "The inner sizes of the product differ: (B, E) @ (E, V) works, (B, E) @ (V, E) needs `.T`."),
    ("must match the size of tensor", "Two shapes do not broadcast: `.unsqueeze(-1)` or `[:, None]` adds a dimension."),
    ("tensors used as indices", "Indices must be integers: `.long()`."),
    ("can only be converted to Python scalars", "A tensor of several elements cannot become one number."),
    ("modified by an inplace operation", "Autograd still needs the old value: make a new tensor instead."),
]

_DTYPE_HINTS = {
    torch.int64: ": `.long()` or `dtype=torch.long` makes it so",
    torch.float32: ": `.float()` makes it so",
    torch.float64: ": the result keeps the dtype of the input",
}
_SHOWN_ELEMENTS = 48  # a case larger than this is described, not printed
_LIBRARIES = tuple(
    {
        str(Path(__file__).resolve().parents[1]),
        *(sysconfig.get_paths()[key] for key in ("stdlib", "purelib", "platlib")),
    }
)


class State(StrEnum):
    """The six outcomes of a check."""

    NOT_ATTEMPTED = "not attempted"
    RAISED = "raised an error"
    SHAPE = "wrong shape"
    DTYPE = "wrong dtype"
    VALUE = "wrong value"
    CORRECT = "correct"


class Finding(Exception):
    """Why an answer isn't right: its state, one or two sentences, and what to show below them."""

    def __init__(self, state: State, message: str, details: dict[str, str] | None = None):
        super().__init__(message)
        self.state = state
        self.message = message
        self.details = details or {}


class Trial:
    """One answer under examination. `call` runs it, guarded; `agrees` runs it and compares it with the reference."""

    def __init__(self, answer: Any, name: str, reference: Callable[..., Any]):
        self.answer = answer
        self.name = name
        self.reference = reference
        self._calls: list[str] = []  # what the last call was, for messages
        self._passed: list[tuple[Sequence[Any], Any]] = []  # the inputs and results that were right so far
        self._output = io.StringIO()
        self._advice: list[tuple[str, str]] = list(_ADVICE)

    def advise(self, sign: str, sentence: str) -> None:
        """Add `sentence` to what the learner is told of an error whose type or text contains `sign`."""
        self._advice.insert(0, (sign, sentence))

    # ---- running the answer ----------------------------------------------------------------------

    def examine_callable(self) -> None:
        """A Finding unless the answer can be called at all."""
        if not callable(self.answer):
            raise Finding(
                State.DTYPE,
                f"`{self.name}` is not a function: it is {_describe(self.answer)}. "
                f"Define it with `def {self.name}(...):`.",
            )

    def call(self, *arguments: Any, **options: Any) -> Any:
        """What the answer returns for these arguments.

        It gets copies: what it changes in place is found, and spoils no later case.
        Finds: other parameters, not attempted, raised, an argument changed in place, None returned.
        """
        return self.run(self.answer, *arguments, **options)

    def run(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """`call` for anything that the answer made: a method of the learner's class, say."""
        given = _copies(arguments)
        self._describe_call(function, arguments, options)
        self._examine_parameters(function, arguments, options)
        try:
            got = function(*given, **options)
        except Finding:
            raise
        except NotImplementedError as error:
            if not error.args:  # the blank cell's own line; torch's NotImplementedError says more
                raise Finding(
                    State.NOT_ATTEMPTED, f"`{self.name}` is still blank: write it in the cell above."
                ) from None
            raise self._raised(error) from None
        except Exception as error:
            raise self._raised(error) from None
        for parameter, was, now in zip(self._names(function), arguments, given, strict=False):
            if not _same(was, now):
                raise Finding(
                    State.VALUE,
                    f"it changes its input `{parameter}` in place. Make a new object: the caller still needs it.",
                    self.case(),
                )
        if got is None:
            raise Finding(State.DTYPE, f"`{self.name}` returns None: is there a `return` on every path?", self.case())
        if isinstance(got, Tensor) and (elsewhere := _elsewhere(got)):
            raise Finding(State.DTYPE, elsewhere, self.case())
        return got

    def agrees(
        self,
        *arguments: Any,
        mistakes: Iterable[Mistake] = (),
        atol: float = 1e-5,
        rtol: float = 1e-4,
        expected: Any = None,
    ) -> Any:
        """Call the answer and compare it with `expected`, by default what the reference returns; the result."""
        if expected is None:
            expected = self.reference(*_copies(arguments))
        got = self.call(*arguments)
        self.compare(got, expected, mistakes=mistakes, inputs=arguments, atol=atol, rtol=rtol)
        return got

    def gradients_agree(self, *arguments: Any, mistakes: Iterable[Mistake] = (), atol: float = 1e-5) -> None:
        """Floating-point tensors among the arguments must get the gradient that the reference gives them."""

        def gradients(function, *given):
            leaves = [
                x.detach().clone().requires_grad_(x.is_floating_point()) if isinstance(x, Tensor) else x for x in given
            ]
            result = function(*leaves)
            if not isinstance(result, Tensor) or not result.requires_grad:
                return result, None
            # A fixed random direction: a plain sum would hide a permutation.
            direction = torch.rand(result.shape, generator=torch.Generator().manual_seed(0), dtype=result.dtype)
            try:
                result.backward(direction)
            except RuntimeError as error:
                raise self._raised(error) from None
            return result, [x.grad for x in leaves if isinstance(x, Tensor) and x.is_floating_point()]

        _, expected = gradients(self.reference, *arguments)
        _, got = gradients(self.call, *arguments)
        names = [n for n, x in zip(self._names(self.answer), arguments, strict=False) if _floating(x)]
        if got is None:
            raise Finding(
                State.VALUE,
                "its result is detached: no gradient can flow back through it, so nothing could be learned. Leave out "
                "`.detach()`, `.item()`, `.data`, `torch.no_grad()`, and `torch.tensor(...)` around tensors.",
                self.case(),
            )
        for name, mine, right in zip(names, got, expected, strict=True):
            if mine is None:
                raise Finding(State.VALUE, f"no gradient reaches `{name}`: it is detached on the way.", self.case())
            if not torch.allclose(mine, right, atol=atol, rtol=1e-4):
                for message, mistaken in mistakes:
                    wrong = None
                    with contextlib.suppress(Exception):  # a mistake need not be possible at every size
                        _, wrong = gradients(mistaken, *arguments)
                    if wrong and all(map(_same, wrong, got)):
                        raise Finding(State.VALUE, message, self.case())
                hidden = "holds NaN: 0/0 or log(0) is computed, and hidden only afterwards"
                fault = hidden if mine.isnan().any() else "is not: is a part of it detached?"
                raise Finding(
                    State.VALUE,
                    f"its value is right, but the gradient with respect to `{name}` {fault}",
                    self.case() | {"Expected gradient": show(right), "Got": show(mine)},
                )

    # ---- comparing -------------------------------------------------------------------------------

    def compare(
        self,
        got: Any,
        expected: Any,
        *,
        mistakes: Iterable[Mistake] = (),
        inputs: Sequence[Any] = (),
        atol: float = 1e-5,
        rtol: float = 1e-4,
    ) -> None:
        """Nothing, if `got` equals `expected`; else the Finding, worded by the mistake that gives the same results."""
        difference = _difference(got, expected, atol, rtol)
        if difference is None:
            if inputs:
                self._passed.append((inputs, got))
            return
        state, found = difference

        def explains(mistaken) -> bool:
            with contextlib.suppress(Exception):  # a mistake need not be possible at every size
                return all(
                    _difference(result, mistaken(*_copies(given)), atol, rtol) is None
                    for given, result in [(inputs, got), *self._passed]
                )
            return False

        known = next((sentence for sentence, mistaken in mistakes if explains(mistaken)), None)
        if known and state is State.SHAPE:
            known = f"{known.rstrip('.')} ({found.partition(':')[0]})"
        message = known or self._unsteady(got, inputs) or found
        raise Finding(state, message, self.case() | {"Expected": show(expected), "Got": show(got)})

    def _unsteady(self, got: Any, inputs: Sequence[Any]) -> str | None:
        """What is wrong with a result that stays the same for other inputs, or changes for the same ones."""

        def equal(one, other) -> bool:
            with contextlib.suppress(Exception):  # not every result can be compared
                return _difference(one, other, 0.0, 0.0) is None
            return False

        if not inputs:
            return None
        for earlier, result in self._passed:
            # Two inputs may well share a small number or a word.
            if len(earlier) == len(inputs) and not isinstance(got, int | str) and equal(got, result):
                pairs = zip(self._names(self.answer), earlier, inputs, strict=False)
                changed = " and ".join(f"`{name}`" for name, was, now in pairs if not _same(was, now))
                return f"it returns the same as for another {changed}: its result must depend on that"
        with contextlib.suppress(Exception):
            if equal(got, got) and not equal(got, self.run(self.answer, *inputs)):
                return (
                    "it returns something else each time, for the same input: is there a new random layer or tensor "
                    "inside?"
                )
        return None

    def require(self, holds: bool, message: str, *, state: State = State.VALUE, **details: Any) -> None:
        """A Finding with this message unless the property holds. Details are shown under their names."""
        if not holds:
            shown = {label.replace("_", " ").capitalize(): show(value) for label, value in details.items()}
            raise Finding(state, message, self.case() | shown)

    def case(self) -> dict[str, str]:
        """The last call, for the panel."""
        return {"Called as": self._calls[-1]} if self._calls else {}

    # ---- what else is seen -----------------------------------------------------------------------

    @contextlib.contextmanager
    def quiet(self):
        """Keep what the answer prints: it would print at every case. The panel shows the end of it."""
        with contextlib.redirect_stdout(self._output):
            yield

    @property
    def printed(self) -> str:
        lines = self._output.getvalue().splitlines()
        return "\n".join(([f"({len(lines) - 8} lines before these)"] if len(lines) > 8 else []) + lines[-8:])

    def _names(self, function: Callable[..., Any]) -> list[str]:
        """The reference's names for the arguments: the learner may have others, the exercise's text has these."""
        return _parameters(self.reference if function is self.answer else function)

    def _examine_parameters(self, function, arguments, options) -> None:
        try:
            takes = inspect.signature(function)
        except (TypeError, ValueError):  # built-ins that tell nothing of themselves
            return
        try:
            takes.bind(*arguments, **options)
        except TypeError as error:
            names = ", ".join([*self._names(function)[: len(arguments)], *(f"{name}=..." for name in options)])
            raise Finding(
                State.RAISED,
                f"`{self._called(function)}` takes {takes}, and is called with ({names}). Keep the parameters that the "
                "exercise gives.",
                {"Python says": str(error)},
            ) from None

    def _called(self, function) -> str:
        return self.name if function is self.answer else f"{self.name}(...).{getattr(function, '__name__', 'call')}"

    def _describe_call(self, function, arguments, options) -> None:
        called, names = self._called(function), self._names(function)
        named = [*zip(names, arguments, strict=False), *options.items()]
        shown = [f"{name} = " + _hanging(show(value), len(name) + 3) for name, value in named]
        shown[len(shown) - len(options) : 0] = [show(value) for value in arguments[len(names) :]]
        line = f"{called}({', '.join(shown)})"
        if len(line) > 90 or "\n" in line:
            line = f"{called}(\n  " + _hanging(",\n".join(shown), 2) + ")"
        self._calls.append(line)

    def _raised(self, error: Exception) -> Finding:
        details = self.case()
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if not frame.filename.startswith(_LIBRARIES):
                line = linecache.getline(frame.filename, frame.lineno).strip() or "(source not available)"
                details = {f"Your line {frame.lineno}": line} | details
                break
        text = str(error).strip() or "(no message)"
        whole = f"{type(error).__name__}: {text}"
        advice = next((f"\n{sentence}" for sign, sentence in self._advice if sign in whole), "")
        return Finding(State.RAISED, f"`{self.name}` raised {_shorten(whole, 400)}{advice}", details)


# ---- comparing, piece by piece -------------------------------------------------------------------


def _difference(got: Any, expected: Any, atol: float, rtol: float, where: str = "") -> tuple[State, str] | None:
    """How `got` differs from `expected`, or None. Tensors, numbers, strings, and sequences, sets and dicts of them."""
    at = f" at {where}" if where else ""
    if isinstance(expected, Tensor):
        return _tensor_difference(got, expected, atol, rtol, at)
    if isinstance(got, Tensor) and isinstance(expected, bool | int | float):
        item = ": `.item()` makes a number of it" if got.numel() == 1 else ""
        return State.DTYPE, f"expected {_describe(expected)}{at}, got {_describe(got)}{item}"
    if isinstance(expected, bool):
        if not isinstance(got, bool):
            return State.DTYPE, f"expected True or False{at}, got {_describe(got)}"
        return None if got == expected else (State.VALUE, f"expected {expected}{at}, got {got}")
    if isinstance(expected, int | float):
        if isinstance(got, bool) or not isinstance(got, int | float):
            return State.DTYPE, f"expected a number{at}, got {_describe(got)}"
        if isinstance(expected, int) and isinstance(got, float):
            return State.DTYPE, f"expected an int{at}, got the float {got}"
        close = got == expected or math.isclose(got, expected, abs_tol=atol, rel_tol=rtol)
        return None if close else (State.VALUE, f"expected {expected}{at}, got {got}")
    if isinstance(expected, str):
        if not isinstance(got, str):
            return State.DTYPE, f"expected a string{at}, got {_describe(got)}"
        return None if got == expected else (State.VALUE, f"expected {expected!r}{at}, got {got!r}")
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return State.DTYPE, f"expected a dict{at}, got {_describe(got)}"
        if missing := [key for key in expected if key not in got]:
            return State.VALUE, f"the key {missing[0]!r} is missing{at}"
        if more := [key for key in got if key not in expected]:
            return State.VALUE, f"there should be no key {more[0]!r}{at}"
        pairs = [(key, got[key], value) for key, value in expected.items()]
    elif isinstance(expected, list | tuple):
        kind = "tuple" if isinstance(expected, tuple) else "list"
        if not isinstance(got, type(expected) if kind == "tuple" else list):
            makes = f": `{kind}(...)` makes one of it" if isinstance(got, list | tuple) else ""
            return State.DTYPE, f"expected a {kind}{at}, got {_describe(got)}{makes}"
        if len(got) != len(expected):
            return State.SHAPE, f"expected {len(expected)} elements{at}, got {len(got)}"
        pairs = list(zip(range(len(expected)), got, expected, strict=True))
    else:
        raise TypeError(f"a check can't compare {type(expected).__name__}")
    for key, mine, right in pairs:
        if found := _difference(mine, right, atol, rtol, f"{where}[{key!r}]"):
            return found
    return None


def _tensor_difference(got, expected: Tensor, atol: float, rtol: float, at: str) -> tuple[State, str] | None:
    if not isinstance(got, Tensor):
        return State.DTYPE, f"expected a torch.Tensor{at}, got {_describe(got)}{_towards_tensor(got)}"
    if elsewhere := _elsewhere(got, at):
        return State.DTYPE, elsewhere
    if got.shape != expected.shape:
        shapes = f"expected shape {tuple(expected.shape)}{at}, got {tuple(got.shape)}"
        return State.SHAPE, shapes + _shape_hint(got.shape, expected.shape)
    if got.dtype != expected.dtype:
        return (
            State.DTYPE,
            f"expected dtype {expected.dtype}{at}, got {got.dtype}{_DTYPE_HINTS.get(expected.dtype, '')}",
        )
    if not expected.is_floating_point():
        if torch.equal(got, expected):
            return None
        wrong = got != expected
    else:
        got, expected = got.detach(), expected.detach()
        if torch.isnan(got).any() and not torch.isnan(expected).any():
            return State.VALUE, f"the result holds NaN{at}: somewhere log(0), 0/0 or inf - inf was computed"
        if torch.isinf(got).any() and not torch.isinf(expected).any():
            return State.VALUE, f"the result holds inf{at}: exp of a large number, log(0) or a division by 0"
        if torch.allclose(got, expected, atol=atol, rtol=rtol):
            return None
        wrong = ~torch.isclose(got, expected, atol=atol, rtol=rtol)
    if expected.ndim == 0:
        return State.VALUE, f"expected {_number(expected)}{at}, got {_number(got)}"
    first = tuple(int(i) for i in wrong.nonzero()[0])
    return (
        State.VALUE,
        f"{int(wrong.sum())} of {wrong.numel()} elements differ{at}; the first at index {list(first)}: "
        f"expected {_number(expected[first])}, got {_number(got[first])}",
    )


def _elsewhere(got: Tensor, at: str = "") -> str:
    """What is wrong with a tensor whose numbers can't be compared here and now."""
    usual = got.layout is torch.strided and got.device.type == "cpu"
    return "" if usual else f"expected an ordinary tensor on the CPU{at}, got {got.layout} on {got.device}"


def _shape_hint(got: torch.Size, expected: torch.Size) -> str:
    """What the commonest wrong shapes come from."""
    if len(got) == 2 and got == expected[::-1]:
        return ": it is transposed"
    if [n for n in got if n != 1] == [n for n in expected if n != 1]:
        return ": one dimension of size 1 too " + (
            "many (`keepdim`, `unsqueeze`?)" if len(got) > len(expected) else "few (`squeeze`?)"
        )
    return ""


def _towards_tensor(got: Any) -> str:
    """How to make a tensor of what came instead of one."""
    if isinstance(got, tuple) and hasattr(got, "indices"):  # what `topk`, `max` and `sort` return
        return ", which holds `.values` and `.indices`: return the one that is asked for"
    if isinstance(got, list) and _holds_tensor(got):
        return " of tensors: `torch.stack(...)` makes one tensor of equally long ones"
    if isinstance(got, list):
        return ": `torch.tensor(...)` makes a tensor of numbers"
    if type(got).__module__ == "numpy":
        return ": `torch.from_numpy(...)` makes a tensor of an array"
    if isinstance(got, int | float):
        return ": with `.item()` or `int(...)` no gradient could flow"
    return ""


def _same(was: Any, now: Any) -> bool:
    """Equal to the last bit, for arguments that a call should have left alone."""
    if isinstance(was, Tensor):
        return isinstance(now, Tensor) and was.shape == now.shape and torch.equal(was.detach(), now.detach())
    if isinstance(was, list | tuple):
        return type(was) is type(now) and len(was) == len(now) and all(map(_same, was, now))
    if isinstance(was, dict):
        return list(was) == list(now) and all(_same(was[key], now[key]) for key in was)
    return not isinstance(was, str | int | float | bool | set) or was == now


def _copies(arguments: Sequence[Any]) -> list[Any]:
    """The arguments again, sharing no memory with the first; what takes a gradient or can't be copied stays itself."""

    def again(value):
        if isinstance(value, Tensor):
            return value if value.requires_grad else value.clone()
        if isinstance(value, list | tuple | dict | set):
            return copy.deepcopy(value)
        return value

    return [again(argument) for argument in arguments]


def _holds_tensor(value: Any) -> bool:
    return isinstance(value, Tensor) or (isinstance(value, list | tuple) and any(map(_holds_tensor, value)))


def _floating(value: Any) -> bool:
    return isinstance(value, Tensor) and value.is_floating_point()


def _parameters(function: Callable[..., Any]) -> list[str]:
    """The names of a function's positional parameters."""
    parameters = inspect.signature(function).parameters.values()
    return [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


# ---- showing -------------------------------------------------------------------------------------


def show(value: Any) -> str:
    """A value as a learner reads it: small ones whole, large ones by shape or length."""
    if isinstance(value, Tensor):
        if value.numel() > _SHOWN_ELEMENTS or _elsewhere(value):
            return f"{str(value.dtype).removeprefix('torch.')} tensor of shape {tuple(value.shape)}"
        value = value.detach()
        if value.is_floating_point():
            value = (value.double() * 1e4).round() / 1e4
        return str(value.tolist()) if value.ndim < 2 else _rows(value)
    if isinstance(value, list | tuple) and _holds_tensor(value):
        inner = ",\n ".join(map(show, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if isinstance(value, list | tuple | dict | set) and len(repr(value)) > 400:
        return f"{type(value).__name__} of {len(value)} elements, beginning {_shorten(repr(value), 120)}"
    if isinstance(value, Iterable) and not isinstance(value, str | list | tuple | dict | set):
        return _describe(value)
    return _shorten(repr(value), 400)


def _rows(value: Tensor) -> str:
    """A tensor of two dimensions or more, a row on each line, its columns one below the other."""
    texts = [str(number) for number in value.flatten().tolist()]
    if value.is_floating_point() and value.isfinite().all():
        digits = max((len(text.partition(".")[2]) for text in texts), default=0)
        texts = [f"{number:.{digits}f}" for number in value.flatten().tolist()]
    width = max(map(len, texts), default=0)
    left = iter(texts)

    def lines(part: Tensor, indent: int) -> str:
        if part.ndim == 1:
            return f"[{', '.join(next(left).rjust(width) for _ in part)}]"
        return f"[{(',' + chr(10) + ' ' * (indent + 1)).join(lines(row, indent + 1) for row in part)}]"

    return lines(value, 0)


def _number(value: Tensor) -> str:
    return f"{value.item():.4g}" if value.is_floating_point() else str(value.item())


def _describe(value: Any) -> str:
    if isinstance(value, Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _hanging(text: str, indent: int) -> str:
    """The text with all lines but the first moved to the right."""
    return text.replace("\n", "\n" + " " * indent)


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


# ---- leaving no trace ----------------------------------------------------------------------------


@contextlib.contextmanager
def undisturbed():
    """Random states, default dtype and grad mode: fixed inside, afterwards as they were before."""
    numpy = sys.modules.get("numpy")
    dtype, grad, own = torch.get_default_dtype(), torch.is_grad_enabled(), random.getstate()
    numpy_state = numpy.random.get_state() if numpy else None
    devices = range(torch.cuda.device_count()) if torch.cuda.is_initialized() else []
    with torch.random.fork_rng(devices=devices):
        try:
            torch.default_generator.manual_seed(0)
            random.seed(0)
            if numpy:
                numpy.random.seed(0)
            torch.set_default_dtype(torch.float32)
            torch.set_grad_enabled(True)
            yield
        finally:
            torch.set_default_dtype(dtype)
            torch.set_grad_enabled(grad)
            random.setstate(own)
            if numpy:
                numpy.random.set_state(numpy_state)
