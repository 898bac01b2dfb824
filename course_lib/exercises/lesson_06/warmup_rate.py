"""Exercise 06.warmup_rate: both curves, before the peak, at it and after it."""

from course_lib.exercises.kit import Exercise, Function, Mistake, Trial, drawn, parted
from course_lib.transformer import warmup_rate


@parted
def _with(
    join: Function = min, factor: Function = lambda D: D**-0.5, falls: Function = lambda s, w: s**-0.5,
    rises: Function = lambda s, w: s * w**-1.5, count: Function = lambda s: s, most: Function = lambda w: w,
) -> Function:  # fmt: skip
    """`warmup_rate` written wrongly: other curves, joined otherwise, another factor, count of steps or warm-up."""
    return lambda s, D, w: factor(D) * join(falls(count(s), most(w)), rises(count(s), most(w)))


MISTAKES: tuple[Mistake, ...] = (
    ("it is the larger of the two curves; take the smaller: `min`", _with(max)),
    ("the line has the slope warmup^-0.5; it should be warmup^-1.5", _with(rises=lambda s, w: s * w**-0.5)),
    ("the line is (step * warmup)^-1.5; the power is for `warmup` alone, step * warmup^-1.5",
     _with(rises=lambda s, w: (s * w) ** -1.5)),
    ("the line has the slope 1 / warmup; it should be warmup^-1.5", _with(rises=lambda s, w: s / w)),
    ("the line has the slope 1 / warmup, and jumps down at its end; it should be warmup^-1.5",
     lambda s, D, w: D**-0.5 * (s / w if s < w else s**-0.5)),
    ("the factor D^-0.5 is missing", _with(factor=lambda D: 1)),
    ("the factor D^-0.5 is not with both curves: brackets, D^-0.5 * min(...)",
     lambda s, D, w: min(D**-0.5 * s**-0.5, s * w**-1.5), lambda s, D, w: min(s**-0.5, D**-0.5 * s * w**-1.5)),
    ("it is multiplied by sqrt(D); the factor should be 1 / sqrt(D)", _with(factor=lambda D: D**0.5)),
    ("it is divided by D; the factor should be 1 / sqrt(D)", _with(factor=lambda D: 1 / D)),
    ("only the rising line counts; after `warmup` it should fall with step^-0.5 (is a minus missing in an exponent?)",
     _with(lambda falls, rises: rises)),
    ("only the falling curve counts; before `warmup` it should rise (is a minus missing in an exponent?)",
     _with(lambda falls, rises: falls)),
    ("after `warmup` the rate stays; it should fall with step^-0.5", _with(falls=lambda s, w: w**-0.5)),
    ("it falls with 1 / step; it should fall with step^-0.5",
     _with(falls=lambda s, w: 1 / s), _with(falls=lambda s, w: w**0.5 / s)),
    ("the fall begins anew after `warmup`, with (step - warmup)^-0.5; it should be step^-0.5",
     lambda s, D, w: D**-0.5 * (s * w**-1.5 if s <= w else (s - w) ** -0.5)),
    ("the exponents are positive; they should be -0.5 and -1.5",
     _with(falls=lambda s, w: s**0.5, rises=lambda s, w: s * w**1.5)),
    ("the line rises with step^1.5; it should rise with the step", _with(rises=lambda s, w: (s / w) ** 1.5)),
    ("the line is 0 before `warmup`: `//` cuts to whole numbers, divide with `/`",
     _with(rises=lambda s, w: s // w * w**-0.5), _with(rises=lambda s, w: s // w**1.5)),
    ("`warmup` is a fixed 4000; use the argument", _with(most=lambda w: 4000)),
    ("the two curves are added; take the smaller: `min`", _with(lambda falls, rises: falls + rises)),
    ("before `warmup` the rate should be the line, step * warmup^-1.5; here it is the curve times step / warmup",
     _with(rises=lambda s, w: s**-0.5 * s / w)),
    ("`step` and `warmup` are interchanged in the line", _with(rises=lambda s, w: w * s**-1.5)),
    ("the minus stands before the power; it belongs in the exponent: `D**-0.5`", _with(factor=lambda D: -(D**0.5))),
    ("the minus stands before the power; it belongs in the exponent: `warmup**-1.5`",
     _with(rises=lambda s, w: s * -(w**1.5))),
    ("`step` is counted from 1 already: do not add 1", _with(count=lambda s: s + 1)),
    ("`step` is counted from 1: do not subtract 1", _with(rises=lambda s, w: (s - 1) * w**-1.5),
     _with(count=lambda s: max(s - 1, 1e-30))),
    ("D is a fixed 512; use the argument", _with(factor=lambda D: 512**-0.5)),
    ("the root of D is cut to a whole number", _with(factor=lambda D: 1 / int(D**0.5))),
    ("the line rises to 1, and the rate stays there; it should be the smaller one of step^-0.5 and step * warmup^-1.5",
     _with(lambda falls, rises: min(1, rises), rises=lambda s, w: s / w)),
    ("where step equals `warmup` it is 0: both comparisons leave that step out; `min` needs none",
     lambda s, D, w: warmup_rate(s, D, w) * (s != w)),
    ("small rates are raised to a least one; return them as they are",
     *(lambda s, D, w, least=least: max(least, warmup_rate(s, D, w)) for least in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7))),
    ("`D` and `warmup` are interchanged: the factor is D^-0.5, the line's slope warmup^-1.5",
     lambda s, D, w: warmup_rate(s, w, D)),
    ("it is rounded; small rates matter, return it as it is",
     *(lambda s, D, w, digits=digits: round(warmup_rate(s, D, w), digits) for digits in range(3, 8))),
)  # fmt: skip


def examine(trial: Trial) -> None:
    # After the peak first, then before it: there the wrong curves differ from each other.
    small = [(1, 512, 4000), (10**8, 512, 4000)]
    for step, D, warmup in [
        *((s, 64, 10) for s in (15, 2, 1, 10)),
        (400, 16, 100),
        (10**5, 512, 4000),
        (3, 4, 2),
        *small,
    ]:
        trial.agrees(step, D, warmup, atol=1e-9, rtol=1e-6)
    for given in drawn(lambda chance: (chance.randint(1, 10_000), 2 * chance.n(), chance.randint(1, 5_000))):
        trial.agrees(*given, atol=1e-9, rtol=1e-6)


EXERCISE = Exercise(id="06.warmup_rate", reference=warmup_rate, difficulty=1, minutes=4, examine=examine,
    mistakes=MISTAKES, advice=(("for ^", "A power is `**` in Python, not `^`."),), hints=(
        "Two curves: one rises by the same amount at each step, one falls with its root; the smaller one counts.",
        "`D**-0.5 * min(step**-0.5, step * warmup**-1.5)`."), explanation="""
The curves meet at step = warmup, because warmup * warmup^-1.5 = warmup^-0.5: there is the peak. Adam's estimates of the
gradients' size are poor in the first steps, and a post-norm Transformer has large gradients near its output then; so
the first steps are short.""")  # fmt: skip
