"""How a result differs from the one that is expected, in words that say what to mend."""

import math
from numbers import Integral, Real
from typing import Any

import torch
from torch import Tensor

from course_lib.exercises.finding import Outcome
from course_lib.exercises.show import describe, elsewhere, holds_tensor, number

_DTYPE_HINTS = {
    torch.int64: ": `.long()` or `dtype=torch.long` makes it so",
    torch.float32: ": `.float()` makes it so",
    torch.float64: ": the result keeps the dtype of the input",
}

_NAN = "0/0, inf/inf, inf - inf, 0 times inf, or the log of a negative number"


def difference(got: Any, expected: Any, atol: float, rtol: float, where: str = "") -> tuple[Outcome, str] | None:
    """How `got` differs from `expected`, or None. Tensors, numbers, strings, and sequences, sets and dicts of them."""
    at = f" at {where}" if where else ""
    if isinstance(expected, Tensor):
        return _tensor_difference(got, expected, atol, rtol, at)
    if isinstance(expected, bool | int | float | str):
        return _plain_difference(got, expected, atol, rtol, at)
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return Outcome.TYPE, f"expected a dict{at}, got {describe(got)}"
        if missing := [key for key in expected if key not in got]:
            return Outcome.VALUE, f"the key {missing[0]!r} is missing{at}"
        if more := [key for key in got if key not in expected]:
            return Outcome.VALUE, f"there should be no key {more[0]!r}{at}"
        pairs = [(key, got[key], value) for key, value in expected.items()]
    elif isinstance(expected, list | tuple):
        kind = "tuple" if isinstance(expected, tuple) else "list"
        if not isinstance(got, type(expected) if kind == "tuple" else list):
            makes = f": `{kind}(...)` makes one of it" if isinstance(got, list | tuple) else ""
            return Outcome.TYPE, f"expected a {kind}{at}, got {describe(got)}{makes}"
        if len(got) != len(expected):
            elements = "element" if len(expected) == 1 else "elements"
            return Outcome.VALUE, f"expected {len(expected)} {elements}{at}, got {len(got)}"
        pairs = list(zip(range(len(expected)), got, expected, strict=True))
    else:
        raise TypeError(f"a check can't compare {type(expected).__name__}")
    for key, mine, right in pairs:
        if found := difference(mine, right, atol, rtol, f"{where}[{key!r}]"):
            return found
    return None


def alike(got: Any, expected: Any, atol: float, rtol: float) -> bool:
    """Is there no `difference`? Where a mistake is looked for thousands are asked; most are seen at a glance."""
    return not _apart(got, expected, atol, rtol) and difference(got, expected, atol, rtol) is None


def _apart(got: Any, expected: Any, atol: float, rtol: float) -> bool:
    if isinstance(expected, list | tuple) and isinstance(got, list | tuple):
        return any(_apart(a, b, atol, rtol) for a, b in zip(got, expected, strict=False))
    if not isinstance(expected, Tensor) or not isinstance(got, Tensor) or elsewhere(got):
        return False
    same_kind = got.shape == expected.shape and got.dtype == expected.dtype and got.is_floating_point()
    return same_kind and not torch.allclose(got, expected, atol=atol, rtol=rtol, equal_nan=True)


def _plain_difference(got: Any, expected: Any, atol: float, rtol: float, at: str) -> tuple[Outcome, str] | None:
    kinds: list[tuple[Any, str]] = [(bool, "True or False"), (int | float, "a number"), (str, "a string")]
    kind, name = next(each for each in kinds if isinstance(expected, each[0]))
    if isinstance(got, Real) and not isinstance(got, bool):  # numbers of numpy's are numbers
        got = int(got) if isinstance(got, Integral) else float(got)
    if isinstance(got, Tensor) and kind is not str:
        item = ": `.item()` makes a number of it" if got.numel() == 1 else ""
        return Outcome.TYPE, f"expected {describe(expected)}{at}, got {describe(got)}{item}"
    if not isinstance(got, kind) or isinstance(got, bool) != isinstance(expected, bool):
        return Outcome.TYPE, f"expected {name}{at}, got {describe(got)}"
    if isinstance(expected, int) and isinstance(got, float):
        return Outcome.TYPE, f"expected an int{at}, got the float {got}"
    if isinstance(got, float) and math.isnan(got) and not math.isnan(expected):
        return Outcome.VALUE, f"it is NaN{at}: somewhere {_NAN} was computed; {expected!r} is expected"
    close = isinstance(expected, float) and math.isclose(got, expected, abs_tol=atol, rel_tol=rtol)
    return None if got == expected or close else (Outcome.VALUE, f"expected {expected!r}{at}, got {got!r}")


def _tensor_difference(got: Any, expected: Tensor, atol: float, rtol: float, at: str) -> tuple[Outcome, str] | None:
    if not isinstance(got, Tensor):
        return Outcome.TYPE, f"expected a torch.Tensor{at}, got {describe(got)}{_towards_tensor(got)}"
    if foreign := elsewhere(got, at):
        return Outcome.TYPE, foreign
    if got.shape != expected.shape:
        shapes = f"expected shape {tuple(expected.shape)}{at}, got {tuple(got.shape)}"
        return Outcome.SHAPE, shapes + _shape_hint(got.shape, expected.shape)
    if got.dtype != expected.dtype:
        hint = _DTYPE_HINTS.get(expected.dtype, "")
        if expected.is_floating_point() and not got.is_floating_point():
            hint = ": whole numbers lose the fractions; where do they come from?"
        return Outcome.TYPE, f"expected dtype {expected.dtype}{at}, got {got.dtype}{hint}"
    wrong = got != expected
    if expected.is_floating_point():
        got, expected = got.detach(), expected.detach()
        if torch.isnan(got).any() and not torch.isnan(expected).any():
            return Outcome.VALUE, f"the result holds NaN{at}: somewhere {_NAN} was computed"
        if torch.isinf(got).any() and not torch.isinf(expected).any():
            return Outcome.VALUE, f"the result holds inf{at}: exp of a large number, log(0) or a division by 0"
        # A result that is expected holds no NaN; that of a mistake may.
        wrong = ~torch.isclose(got, expected, atol=atol, rtol=rtol, equal_nan=True)
    if not wrong.any():
        return None
    if expected.ndim == 0:
        return Outcome.VALUE, f"expected {number(expected)}{at}, got {number(got)}"
    first = tuple(int(i) for i in wrong.nonzero()[0])
    share = f"{int(wrong.sum())} of {wrong.numel()} elements differ{at}; the first at index {list(first)}"
    return Outcome.VALUE, f"{share}: expected {number(expected[first])}, got {number(got[first])}"


def _shape_hint(got: torch.Size, expected: torch.Size) -> str:
    """What the commonest wrong shapes come from."""
    if len(got) == 2 and got == expected[::-1]:
        return ": it is transposed"
    if [n for n in got if n != 1] == [n for n in expected if n != 1]:
        many = len(got) > len(expected)
        return ": one dimension of size 1 too " + ("many (`keepdim`, `unsqueeze`?)" if many else "few (`squeeze`?)")
    return ""


def _towards_tensor(got: Any) -> str:
    """How to make a tensor of what came instead of one."""
    if isinstance(got, tuple) and hasattr(got, "indices"):  # what `topk`, `max` and `sort` return
        return ", which holds `.values` and `.indices`: return the one that is asked for"
    if isinstance(got, list) and not got:
        return ", which is empty: is an `append` missing?"
    if isinstance(got, list) and all(isinstance(each, torch.Tensor) for each in got):
        return " of tensors: `torch.stack(...)` makes one tensor of equally long ones"
    if isinstance(got, list) and holds_tensor(got):
        return " of lists with tensors in them: make one tensor of each inner list first, then of all of them"
    if isinstance(got, list):
        return ": `torch.tensor(...)` makes a tensor of numbers"
    if type(got).__module__ == "numpy":
        return ": `torch.from_numpy(...)` makes a tensor of an array"
    if isinstance(got, int | float):
        return ": with `.item()` or `int(...)` no gradient could flow"
    return ""
