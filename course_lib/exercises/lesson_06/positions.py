"""Exercise 06.positions: which angle stands in which column, at lengths and widths that tell the slips apart."""

import torch

from course_lib.exercises.kit import Exercise, Function, Mistake, Trial, drawn, parted
from course_lib.transformer import sinusoidal_positions


@parted
def _with(
    angle: Function = lambda t, e: t / 1e4**e, exponent: Function = lambda i, D: 2 * i / D,
    even: Function = torch.sin, odd: Function = torch.cos, counted: Function = torch.arange,
    joined: Function = lambda waves: torch.stack(waves, -1).flatten(1),
) -> Function:  # fmt: skip
    """The positions with other angles, of position t and exponent e, another exponent, other waves or another order."""
    angles: Function = lambda T, D: angle(counted(T).unsqueeze(1), exponent(torch.arange(D // 2), D))  # noqa: E731
    return lambda T, D: joined([even(angles(T, D)), odd(angles(T, D))])


_power: Function = lambda exponent, **odd: _with(exponent=exponent, **odd)  # noqa: E731
_by_row: Function = lambda a: torch.where(torch.arange(len(a))[:, None] % 2 == 0, a.sin(), a.cos())  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("sines and cosines are interchanged: sin in the even columns", _with(even=torch.cos, odd=torch.sin)),
    ("the exponent is i / D, or the base 100; pair i should have 10000^(2i/D)", _power(lambda i, D: i / D)),
    ("the exponent is 4i / D, the 2 is there twice: `arange(0, D, 2)` is 2i", _power(lambda i, D: 4 * i / D)),
    ("the exponent runs on from column to column; the two columns of a pair have the same one, 2i / D",
     _with(odd=lambda angles: (angles / 1e4 ** (0.5 / angles.shape[1])).cos())),
    ("the exponent runs on from column to column, and is doubled; pair i, columns 2i and 2i + 1, has 2i / D",
     _power(lambda i, D: 4 * i / D, odd=lambda angles: (angles / 1e4 ** (1 / angles.shape[1])).cos())),
    ("waves alternate from row to row; the even columns of each row are sines, the odd ones cosines: `table[:, 0::2]`",
     lambda T, D: _by_row(torch.arange(T)[:, None] / 1e4 ** (torch.arange(D) // 2 * 2 / D))),
    ("the odd columns are 0; they should be cosines", _with(odd=torch.zeros_like)),
    ("all sines come first; sines and cosines should alternate", _with(joined=lambda waves: torch.cat(waves, -1))),
    ("the first position is 1; positions count from 0", _with(counted=lambda T: torch.arange(1, T + 1))),
    ("the positions are not the whole numbers 0 to T - 1: `torch.arange(T)`",
     *(_with(counted=lambda T, end=end: torch.linspace(0, end(T), T)) for end in (lambda T: T, lambda T: 1)),
     _with(counted=lambda T: torch.arange(T) / T)),
    *((f"the base is {base}; it should be 10000", _with(lambda t, e, base=base: t / base**e))
      for base in (10, 1000, 100_000)),
    ("a logarithm to the base 10 stands beside `exp`; it should be the natural one, `math.log`",
     _with(lambda t, e: t / (4 * e).exp())),
    ("the position stands inside the power; the power is for 10000 alone", _with(lambda t, e: (t / 1e4) ** e)),
    ("the base is e, by `exp`; it should be 10000: `10000 ** ...`", _with(lambda t, e: t / e.exp())),
    ("the angles are taken for degrees; `torch.sin` takes them as they are",
     _with(lambda t, e: (t / 1e4**e).deg2rad())),
    ("the position is multiplied by 10000^(2i/D); divide by it, or give the exponent a minus",
     _with(lambda t, e: t * 1e4**e), _with(lambda t, e: t * (1e4**e).log().exp())),
    ("the angles are multiplied by 2 pi; they should be t / 10000^(2i/D)",
     _with(lambda t, e: 2 * torch.pi * t / 1e4**e)),
    ("all columns are sines; the odd ones should be cosines", _with(odd=torch.sin)),
    ("`**` is computed before `/`, and the power is divided by D: brackets, `10000 ** (2 * i / D)`",
     *(_with(lambda t, power: t / power, lambda i, D, base=base: base ** (2 * i) / D) for base in (10000, 1e4))),
    ("row 0 stays 0; the positions begin there: `range(T)`",
     lambda T, D: sinusoidal_positions(T, D) * (torch.arange(T) > 0)[:, None]),
    ("the exponent is divided by D / 2 - 1; it should be 2i / D", _power(lambda i, D: i / max(D // 2 - 1, 1))),
    ("the exponent is missing, or `//` cut it to 0: pair i turns with 1 / 10000^(2i/D)", _power(lambda i, D: i * 0)),
    ("`//` cuts the angles to whole numbers: divide with `/`", _with(lambda t, e: t // 1e4**e)),
    ("pairs are counted from 1; the first is i = 0", _power(lambda i, D: 2 * (i + 1) / D)),
    ("it is transposed: a row for each position, (T, D)", lambda T, D: sinusoidal_positions(T, D).T),
    ("it has a batch dimension too many: (T, D)", lambda T, D: sinusoidal_positions(T, D)[None]),
    *((f"the table ends after {most} positions; T may be larger",
       lambda T, D, most=most: sinusoidal_positions(min(T, most), D)) for most in (100, 128, 500, 512, 1000, 1024)),
)  # fmt: skip
_ANGLES = "Make the positions a column, (T, 1): `torch.arange(T)[:, None]`; divided by (D / 2,) it is (T, D / 2)."
ADVICE = (("shape mismatch", _ANGLES), ("must match the size of tensor", _ANGLES))


def examine(trial: Trial) -> None:
    for T, D in [(5, 8), (3, 4), (1, 2), (60, 128), (7, 6), (4, 4)]:
        trial.agrees(T, D, atol=2e-5)
    for T, D in drawn(lambda chance: (chance.randint(1, 200), 2 * chance.n())):
        trial.agrees(T, D, atol=2e-5)
    trial.agrees(1200, 4, atol=1e-3)  # the angle itself is rounded there


EXERCISE = Exercise(id="06.positions", reference=sinusoidal_positions, difficulty=3, minutes=10, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "A column of positions, `torch.arange(T).unsqueeze(1)`, divided by a row of D / 2 numbers: (T, D / 2).",
        "The row: `10000 ** (torch.arange(0, D, 2) / D)`. `torch.arange(0, D, 2)` is 0, 2, 4, ..., which is 2i.",
        "The column divided by the row is `angle`. `table = torch.zeros(T, D)` gets the sines in its even columns, "
        "`table[:, 0::2] = angle.sin()`, the cosines in the odd ones, `table[:, 1::2]`."),
    explanation="""Each pair of columns is a hand of a clock. The first turns by one radian with every position, the
last by 1/10000 or a little more. The pair (sin, cos) of a later position is the earlier pair turned by an angle that
depends on the distance alone, so a linear layer can learn to look n positions back. (Double precision matters for
positions far out alone.)""")  # fmt: skip
