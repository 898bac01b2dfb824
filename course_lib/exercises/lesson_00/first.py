"""Exercise 00.first: every element doubled, whatever the shape and dtype, in a new tensor."""

from itertools import chain

import torch
from torch import Tensor

from course_lib.exercises.kit import Chance, Exercise, Function, Outcome, Trial, drawn, parted


def double(x: Tensor) -> Tensor:
    """Each element of a tensor doubled."""
    return 2 * x


@parted
def _of(given: Function = torch.positive, doubled: Function = double, result: Function = torch.positive) -> Function:
    """A way to double wrongly: something is done before, another product, something is done with the result."""
    return lambda x: result(doubled(given(x)))


MISTAKES = (
    ("it adds 2 to each element; multiply each by 2", _of(doubled=lambda x: x + 2)),
    ("it adds 1 to each element; multiply each by 2", _of(doubled=lambda x: x + 1)),
    ("it squares each element; multiply each by 2", _of(doubled=torch.square)),
    ("it takes 2 to the power of each element: `**` is the power, `*` the product", _of(doubled=lambda x: 2**x)),
    ("the method `double` changes the dtype to float64; it multiplies nothing", torch.Tensor.double),
    ("it returns `x` as it came; multiply each element by 2", lambda x: x),
    ("the factor is not 2: is each element halved, or doubled twice?", lambda x: x / 2, _of(doubled=lambda x: 4 * x)),
    ("each element is tripled; multiply by 2", _of(doubled=lambda x: 3 * x)),
    ("the sign is turned; multiply by 2, not by -2", _of(doubled=lambda x: -2 * x)),
    ("it repeats the elements instead of doubling each", lambda x: torch.cat([x, x]), lambda x: torch.stack([x, x]),
     lambda x: x.repeat_interleave(2, -1)),
    ("it adds the elements up; each keeps its own place", torch.sum, lambda x: 2 * x.sum()),
    ("only the first element is doubled; all of them are asked for", lambda x: torch.cat([2 * x[:1], x[1:]])),
    ("the last element is not doubled; all of them are asked for", lambda x: torch.cat([2 * x[:-1], x[-1:]])),
    ("the result is flattened; keep the shape of `x`", _of(result=torch.flatten)),
    ("dimensions of size 1 are lost; keep the shape of `x` (`squeeze`?)", _of(result=torch.squeeze)),
    ("a tensor without dimensions gets one; keep the shape of `x`", _of(result=torch.atleast_1d)),
    ("fractions are cut off on the way: keep the dtype of `x`",
     _of(doubled=lambda x: (2 * x.long()).to(x.dtype)), _of(doubled=lambda x: (2 * x).long().to(x.dtype))),
    ("digits are lost in float32 on the way: keep the dtype of `x`",
     _of(doubled=lambda x: (2 * x.float()).to(x.dtype))),
    ("the sign is lost; a negative element stays negative", _of(given=torch.abs)),
)  # fmt: skip
ADVICE = (
    ("NameError", "A name that Python does not know: the tensor is called `x`."),
    *(
        (sign, "A tensor may have any number of dimensions, and no elements: `2 * x` needs no loop.")
        for sign in ("only one element tensors", "non-empty TensorList", "over a 0-d tensor")
    ),
    ("expected np.ndarray", "numpy makes a plain number of a tensor without dimensions: stay with torch."),
)


def _draw(chance: Chance) -> Tensor:
    """Any number of dimensions, also none, and of elements; digits that only its own dtype holds."""
    x = chance.normal(*[chance.n(0) for _ in range(chance.randrange(4))])
    return chance.choice([x, x.double() / 3, (x * 1e9).long(), x * 0])


def examine(trial: Trial) -> None:
    trial.fresh = True
    cases = map(torch.tensor, ([1.0, 2.0, 3.0], [[0.5, -4.0], [10.0, 0.0], [7.0, 1.5]], [5, -6]))
    transposed = torch.tensor([[1.0, -2.0, 3.0], [0.5, 4.0, 0.0]]).T  # its elements lie in another order in memory
    for x in chain(cases, [transposed], drawn(_draw)):
        got = trial.call(x)
        if isinstance(got, Tensor) and got.dtype != x.dtype:
            fault = f"the dtype changes from {x.dtype} to {got.dtype}: `2 * x` keeps it"
            fault += "" if x.is_floating_point() else ", `2.0 * x` does not"
            trial.require(not got.equal((2 * x).to(got.dtype)), fault, outcome=Outcome.TYPE, expected=2 * x, got=got)
        trial.compare(got, 2 * x, inputs=(x,), atol=0.0, rtol=1e-9 if x.dtype == torch.float64 else 1e-6)


EXERCISE = Exercise(id="00.first", reference=double, difficulty=1, minutes=2,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "A tensor times a number multiplies every element: no loop is needed.", "`return 2 * x`"),
    explanation="""`2 * x` makes a new tensor and leaves `x` as it is. `x *= 2` gives the same numbers, but changes the
tensor of the caller, who may still need it. `x + x` is right too: a check looks at what comes back.""")  # fmt: skip
