"""Exercise 06.warmup_rate: both curves, before the peak, at it and after it."""

from course_lib.exercises.kit import Exercise, Function, Mistake, Trial, drawn
from course_lib.transformer import warmup_rate

_with: Function = lambda join: lambda s, D, w: D**-0.5 * join(s**-0.5, s * w**-1.5)  # noqa: E731
MISTAKES: tuple[Mistake, ...] = (
    ("it is the larger of the two curves; the smaller one counts: `min`", _with(max)),
    ("the line has the slope warmup^-0.5; it is warmup^-1.5", lambda s, D, w: D**-0.5 * min(s**-0.5, s * w**-0.5)),
    ("the line has the slope 1 / warmup; it is warmup^-1.5", lambda s, D, w: D**-0.5 * min(s**-0.5, s / w)),
    ("the factor D^-0.5 is missing", lambda s, D, w: warmup_rate(s, 1, w)),
    ("it is multiplied by sqrt(D); the factor is 1 / sqrt(D)", lambda s, D, w: warmup_rate(s, D, w) * D),
    ("it is divided by D; the factor is 1 / sqrt(D)", lambda s, D, w: warmup_rate(s, D * D, w)),
    ("only the rising line is there; after `warmup` it falls with step^-0.5", _with(lambda falls, rises: rises)),
    ("only the falling curve is there; before `warmup` it rises", _with(lambda falls, rises: falls)),
    ("after `warmup` the rate stays; it falls with step^-0.5", lambda s, D, w: warmup_rate(min(s, w), D, w)),
    ("it falls with 1 / step; it falls with step^-0.5", lambda s, D, w: D**-0.5 * min(1 / s, s * w**-1.5)),
    ("the exponents are positive; they are -0.5 and -1.5", lambda s, D, w: D**-0.5 * min(s**0.5, s * w**1.5)),
    ("the line rises with step^1.5; it rises with the step", lambda s, D, w: D**-0.5 * min(s**-0.5, (s / w) ** 1.5)),
    ("the two curves are added; the smaller one counts: `min`", _with(lambda falls, rises: falls + rises)),
    ("the falling curve is multiplied by step / warmup", lambda s, D, w: D**-0.5 * s**-0.5 * min(1, s / w)),
    ("`step` and `warmup` are interchanged in the line", lambda s, D, w: D**-0.5 * min(s**-0.5, w * s**-1.5)),
    ("the sign is lost: `D**-0.5`, with the minus in the exponent", lambda s, D, w: -warmup_rate(s, D, w) * D),
    ("steps are counted from 0; the first is 1", lambda s, D, w: warmup_rate(s + 1, D, w)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    # After the peak first, then before it: there the wrong curves differ from each other.
    for step, D, warmup in [*((s, 64, 10) for s in (15, 2, 1, 10)), (400, 16, 100), (10**5, 512, 4000), (3, 4, 2)]:
        trial.agrees(step, D, warmup, atol=1e-9, rtol=1e-6)
    for given in drawn(lambda chance: (chance.randint(1, 10_000), 2 * chance.n(), chance.randint(1, 5_000))):
        trial.agrees(*given, atol=1e-9, rtol=1e-6)


EXERCISE = Exercise(id="06.warmup_rate", reference=warmup_rate, difficulty=1, minutes=4, examine=examine,
    mistakes=MISTAKES, advice=(("for ^", "`^` is no power in Python: `**`."),), hints=(
        "Two curves: one rises by the same amount at each step, one falls with its root; the smaller one counts.",
        "`D**-0.5 * min(step**-0.5, step * warmup**-1.5)`."), explanation="""
The curves meet at step = warmup, because warmup * warmup^-1.5 = warmup^-0.5: there is the peak. Adam's estimates of the
gradients' size are poor in the first steps, and a post-norm Transformer has large gradients near its output then; so
the first steps are short.""")  # fmt: skip
