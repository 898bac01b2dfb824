"""Exercise 04.inverse_sigmoid: the schedule, without overflow."""

import math

from course_lib.exercises.kit import Exercise, Function, Trial, drawn
from course_lib.scheduled_sampling import inverse_sigmoid


def _with_exp(ratio: Function) -> Function:
    """A ratio from e = exp(i / k) and k."""
    return lambda i, k: ratio(math.exp(min(i / k, 700)), k)


MISTAKES = (
    ("it is exp(i): divide by k inside, exp(i / k)", lambda i, k: k / (k + math.exp(min(i, 700)))),
    ("i is limited, and then divided: limit i / k, below 709", lambda i, k: k / (k + math.exp(min(i, 700) / k))),
    ("it rises: exp(-i / k) instead of exp(i / k)", lambda i, k: k / (k + math.exp(-i / k))),
    ("the k is missing in the sum: k / (k + exp(i / k))", _with_exp(lambda e, k: k / (1 + e))),
    ("the k above is missing: k / (k + exp(i / k))", _with_exp(lambda e, k: 1 / (k + e))),
    ("both k are missing outside the exponential: k / (k + exp(i / k))", _with_exp(lambda e, k: 1 / (1 + e))),
    ("k and exp are multiplied; they are added, k / (k + exp(i / k))", _with_exp(lambda e, k: k / (k * e))),
    ("it is one minus the ratio", _with_exp(lambda e, k: e / (k + e))),
    ("i and k are interchanged in exp(i / k)", lambda i, k: k / (k + math.exp(min(k / i if i else math.inf, 700)))),
    ("parentheses are missing: k / k is 1; write k / (k + ...)", _with_exp(lambda e, k: k / k + e)),
    ("that is the exponential schedule, k to the power of i", lambda i, k: float(k) ** i),
)  # fmt: skip
ADVICE = (("OverflowError", "`math.exp` overflows for large i, where the ratio is 0: `math.exp(min(i / k, 700))`."),)


def examine(trial: Trial) -> None:
    cases = [(60, 20), (20, 10.0), (0, 1.0), (0, 20), (500, 100.0), (461, 100), (1, 5.0), (300, 30.0), (2000, 400.0)]
    for i, k in (
        *cases,
        (50_000, 12.0),
        (10**6, 12.0),
        *drawn(lambda chance: (chance.randrange(10 ** chance.randint(1, 6)), chance.choice([1, 7, 100, 2.5, 33.0]))),
    ):
        got = trial.call(i, k)
        if isinstance(got, int) and not isinstance(got, bool):
            got = float(got)  # 0 beyond all steps
        trial.compare(got, inverse_sigmoid(i, k), inputs=(i, k), atol=1e-7)


EXERCISE = Exercise(id="04.inverse_sigmoid", reference=inverse_sigmoid, difficulty=1, minutes=4,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("As the formula says: `k / (k + math.exp(i / k))`.",
           "`math.exp` overflows beyond 709. There the ratio is 0 anyway: `math.exp(min(i / k, 700))`."),
    explanation="""At first exp(i/k) is small beside k, and the ratio stays near 1: the model is told the truth while it
knows nothing yet. At i = k ln k the two are equal and the ratio is 1/2. Afterwards it falls like the exponential
schedule. So k says how long to wait.""")  # fmt: skip
