"""Exercise 04.inverse_sigmoid: the schedule, without overflow."""

import math
from collections.abc import Iterable

from course_lib.exercises.kit import Exercise, Function, Trial, drawn, parted
from course_lib.scheduled_sampling import inverse_sigmoid


@parted
def _with(exponent: Function = lambda i, k: i / k, ratio: Function = lambda e, k: k / (k + e), exp: Function = math.exp,
        beyond: float | None = None) -> Function:  # fmt: skip
    """Another exponent, another ratio of e = exp(i / k) and k, another power, another value where it is too large."""

    def mistaken(i: float, k: float) -> float:
        x = exponent(i, k)
        return beyond if beyond is not None and x > 709 else ratio(exp(min(x, 700)), k)

    return mistaken


def _zero(beyond: Function, limits: Iterable[int]) -> list[Function]:
    """Answers that are 0 where something of i and k is above a limit, one for each limit."""
    return [lambda i, k, limit=limit: 0.0 if beyond(i, k) > limit else inverse_sigmoid(i, k) for limit in limits]


_NAN = "it is nan where the exponential is inf: keep the exponent below 709, `min(i / k, 700)`"
MISTAKES = (
    ("it is exp(i): divide by k inside, exp(i / k)", _with(lambda i, k: i)),
    ("i is limited, and then divided: divide first, `min(i / k, 700)`",
     *(_with(lambda i, k, most=most: min(i, most) / k) for most in (700, 709))),
    ("the exponential is limited; limit the exponent, `math.exp(min(i / k, 700))`",
     *(_with(exp=lambda x, most=most: min(math.exp(x), most)) for most in (700, 709))),
    ("it rises with i: yours has exp(-i / k), it should be exp(i / k)", _with(lambda i, k: -i / k)),
    ("the k is missing in the sum: k / (k + exp(i / k))", _with(ratio=lambda e, k: k / (1 + e))),
    ("the k above is missing: k / (k + exp(i / k))", _with(ratio=lambda e, k: 1 / (k + e))),
    ("both k are missing outside the exponential: k / (k + exp(i / k))", _with(ratio=lambda e, k: 1 / (1 + e))),
    ("that is exp(-i / k): below stands the sum of k and exp(i / k), k / (k + exp(i / k))",
     _with(ratio=lambda e, k: k / (k * e))),
    ("it is one minus the ratio; return the ratio itself", _with(ratio=lambda e, k: e / (k + e))),
    ("i and k are interchanged in exp(i / k)", _with(lambda i, k: k / i if i else math.inf)),
    ("i and k are interchanged everywhere: k / (k + exp(i / k))",
     lambda i, k: inverse_sigmoid(k, i) if i else 0.0),
    ("i and k are multiplied in the exponent; divide, exp(i / k)", _with(lambda i, k: i * k)),
    ("parentheses are missing: k / k is 1; write k / (k + ...)", _with(ratio=lambda e, k: k / k + e)),
    ("that is the exponential schedule, k to the power of i; write k / (k + exp(i / k))", lambda i, k: float(k) ** i),
    ("that is a sigmoid of k - i / k: the logarithm of k is missing", _with(lambda i, k: i / k - k,
     lambda e, k: 1 / (1 + e))),
    ("it is 1 where i is 0: that is no special case, k / (k + exp(0)) is below 1",
     lambda i, k: inverse_sigmoid(i, k) if i else 1.0),
    ("the exponent is rounded down: `/` divides, `//` throws the remainder away", _with(lambda i, k: i // k)),
    ("i is rounded down; it may be 2.5, say: take it as it is", lambda i, k: inverse_sigmoid(int(i), k)),
    ("k is rounded down; it may be 2.5, say: take it as it is",
     lambda i, k: inverse_sigmoid(i, int(k))),
    ("it is 0 for all large i: it depends on i / k where it is 0",
     *_zero(lambda i, k: i, (100, 300, 500, 700, 709, 1000))),
    ("it is 0 too early: only where i / k is about 700 nothing is left", *_zero(lambda i, k: i / k, range(1, 16))),
    ("it does not fall to 0: the exponent is limited too early, take `min(i / k, 700)`",
     *(_with(lambda i, k, most=most: min(i / k, most)) for most in range(1, 21))),
    ("it is 0 or nearly so for all i: is there `max` in place of `min`, or `//` in place of `/`?", lambda i, k: 0.0),
    ("it is 1 where i / k is large; it should be 0 there", _with(beyond=1.0)),
    ("steps count from 0: exp(i / k), without 1 more or less", _with(lambda i, k: (i - 1) / k),
     _with(lambda i, k: (i + 1) / k)),
    ("the power is one of 2; take that of e, `math.exp`", _with(exp=lambda x: 2.0**x)),
    ("the power is one of 10; take that of e, `math.exp`", _with(exp=lambda x: 10.0 ** min(x, 300))),
)  # fmt: skip
_POWER = "e to the power of x is `math.exp(x)`, for a number x; `torch.exp` is for tensors."
ADVICE = (
    *((sign, _POWER) for sign in ("name 'e' is not defined", "must be Tensor, not")),
    ("OverflowError", "`math.exp` overflows above 709: divide by k first, and limit, `math.exp(min(i / k, 700))`."),
)


def examine(trial: Trial) -> None:
    cases = [(60, 20), (20, 10.0), (0, 1.0), (0, 20), (500, 100.0), (461, 100), (1, 5.0), (300, 30.0), (2000, 400.0)]
    for i, k in (
        *cases,
        (50_000, 12.0),
        *((10**6, 12.0), (15_500, 1000)),
        *drawn(
            lambda chance: (
                chance.randrange(10 ** chance.randint(1, 6)) / chance.choice([1, 2]),
                chance.choice([1, 7, 100, 2.5, 33.0]),
            )
        ),
    ):
        got = trial.call(i, k)
        if isinstance(got, int) and not isinstance(got, bool):
            got = float(got)  # 0 beyond all steps
        strange = isinstance(got, float) and math.isnan(got) and i / k > 700
        trial.require(not strange, _NAN, expected=0.0, got=got)
        trial.compare(got, inverse_sigmoid(i, k), inputs=(i, k), atol=1e-7)


EXERCISE = Exercise(id="04.inverse_sigmoid", reference=inverse_sigmoid, difficulty=1, minutes=4,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("As the formula says: `k / (k + math.exp(i / k))`.",
           "`math.exp` overflows beyond 709. There the ratio is 0 anyway: `math.exp(min(i / k, 700))`."),
    explanation="""At first exp(i/k) is small beside k, and the ratio stays near 1: the model is told the truth while it
knows nothing yet. At i = k ln k the two are equal and the ratio is 1/2. Afterwards it falls like the exponential
schedule. So k says how long to wait.""")  # fmt: skip
