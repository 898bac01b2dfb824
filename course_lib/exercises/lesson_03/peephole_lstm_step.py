"""Exercise 03.peephole_lstm_step: three gates that look at the cell, two before it changes and one after."""

from typing import Any

from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Trial, normal
from course_lib.exercises.lesson_03.shared import (
    STEP_MISTAKES,
    advice_on_steps,
    gradients_of_pairs_agree,
    require_pair,
    sums_of,
    weights_of_step,
)
from course_lib.lstm import lstm_step, peephole_lstm_step


def _looking(
    i: Any = None,
    f: Any = None,
    g: Any = lambda s, w, c: s.tanh(),
    o: Any = None,
    every: Any = lambda s, w, c: (s + w * c).sigmoid(),
    seen: Any = lambda h, old, new: (old, new),
    order: str = "ifgo",
    out: Any = lambda o, new, old: o * new.tanh(),
) -> Any:
    """A way to write the step wrongly: a gate, or `every` gate, that looks elsewhere or in another way."""

    def step(x: Tensor, state: Any, wi: Tensor, wh: Tensor, bi: Tensor, bh: Tensor, *peepholes: Tensor) -> Any:
        (h, c), (ci, cf, co) = state, peepholes
        sums = dict(zip(order, sums_of(x, h, wi, wh, bi, bh).chunk(4, dim=-1), strict=True))
        early = seen(h, c, c)[0]
        new = (f or every)(sums["f"], cf, early) * c + (i or every)(sums["i"], ci, early) * g(sums["g"], ci, early)
        return out((o or every)(sums["o"], co, seen(h, c, new)[1]), new, c), new

    return step


def _swapped(*order: int) -> Any:
    return lambda *a: peephole_lstm_step(*a[:6], *(a[6 + k] for k in order))


def _c_first(x: Tensor, state: Any, wi: Tensor, wh: Tensor, bi: Tensor, bh: Tensor, *peepholes: Tensor) -> Any:
    _, new = lstm_step(x, state, wi, wh, bi, bh)
    return _looking(seen=lambda h, old, later: (new, later))(x, state, wi, wh, bi, bh, *peepholes)


def _blind(s: Tensor, w: Tensor, c: Tensor) -> Tensor:
    return s.sigmoid()


MISTAKES: tuple[Mistake, ...] = (
    ("the output gate looks at c of t-1; it sees the new one", _looking(seen=lambda h, old, new: (old, old))),
    ("the gates i and f look at a c that is updated already; they see c of t-1", _c_first),
    ("the peepholes are missing: add `weight_ci * c` to the sum of gate i, and so on", lambda *a: lstm_step(*a[:6])),
    ("the peephole of gate i is missing", _looking(i=_blind)),
    ("the peephole of gate f is missing", _looking(f=_blind)),
    ("the peephole of gate o is missing", _looking(o=_blind)),
    ("only gate i has its peephole; f and o have one too", _looking(f=_blind, o=_blind)),
    ("only gate o has its peephole; i and f have one too", _looking(i=_blind, f=_blind)),
    ("the candidate g has a peephole too; only the gates have one", _looking(g=lambda s, w, c: (s + w * c).tanh())),
    ("`weight_ci` and `weight_cf` are interchanged", _swapped(1, 0, 2)),
    ("`weight_ci` and `weight_co` are interchanged", _swapped(2, 1, 0)),
    ("`weight_cf` and `weight_co` are interchanged", _swapped(0, 2, 1)),
    ("all gates use `weight_ci`; each has a peephole of its own", _swapped(0, 0, 0)),
    ("the gates i and f look at h; a peephole looks at c", _looking(seen=lambda h, old, new: (h, new))),
    ("the gates look at h; a peephole looks at c", _looking(seen=lambda h, old, new: (h, old)),
     _looking(seen=lambda h, old, new: (h, h))),
    ("they look at tanh(c); a peephole looks at c itself",
     _looking(every=lambda s, w, c: (s + w * c.tanh()).sigmoid())),
    ("the peepholes are added after the sigmoid; add them inside", _looking(every=lambda s, w, c: s.sigmoid() + w * c)),
    ("the peepholes multiply the sum; add `weight_ci * c`", _looking(every=lambda s, w, c: (s * w * c).sigmoid())),
    ("the peepholes are added without c: `weight_ci * c`", _looking(every=lambda s, w, c: (s + w).sigmoid())),
    ("c is added without its weight: `weight_ci * c`", _looking(every=lambda s, w, c: (s + c).sigmoid())),
    ("the peephole sums over the units; each unit sees its own c, `weight_ci * c`",
     _looking(every=lambda s, w, c: (s + (w * c).sum(-1, keepdim=True)).sigmoid())),
    ("h is made from the old c; it shows the new one, o tanh(c_t)", _looking(out=lambda o, new, old: o * old.tanh())),
    ("the tanh is missing in h: h = o tanh(c)", _looking(out=lambda o, new, old: o * new)),
    *((f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is i, f, g, o",
       _looking(order=order)) for order in ("ifog", "figo", "fiog", "igfo", "iogf", "gifo")),
    ("c comes first; return h, then c", lambda *a: peephole_lstm_step(*a)[::-1]),
    *((text, *(lambda *a, f=f: f(*a[:6]) for f in mistaken)) for text, *mistaken in STEP_MISTAKES),
)  # fmt: skip

ADVICE = (
    ("cannot be multiplied (1x", "A peephole (H,) multiplies c element by element, `weight_ci * c`; it is no matrix."),
    *advice_on_steps(4),
)


def examine(trial: Trial) -> None:
    for seed, (B, E, H) in enumerate([(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 2, 1)]):
        x, *weights = weights_of_step(seed, B, E, H, 4)
        peepholes = [normal(200 + 3 * seed + k, H) for k in range(3)]
        arguments: Any = (x, (normal(seed + 50, B, H), normal(seed + 60, B, H)), *weights, *peepholes)
        got = trial.call(*arguments)
        require_pair(trial, got)
        trial.compare(got, peephole_lstm_step(*arguments), inputs=arguments)
    x, *weights = weights_of_step(8, 3, 2, 4, 4)
    state = normal(58, 3, 4), normal(68, 3, 4)
    gradients_of_pairs_agree(trial, x, *state, *weights, *(normal(230 + k, 4) for k in range(3)))


EXERCISE = Exercise(id="03.peephole_lstm_step", reference=peephole_lstm_step, difficulty=3, minutes=8, examine=examine,
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Your `lstm_step` with three terms more. A weight (H,) times c (B, H) is element by element: `weight_ci * c`.",
        "The order of the lines decides: i and f from the old c, then the new c, then o from the new c.",
        "`o = torch.sigmoid(o + weight_co * c)` stands after `c = f * c + i * g`."),
    explanation="""A gate of the plain LSTM sees h alone, and where the output gate is shut, h is 0: the gates are blind
to what the cell holds. The peepholes show it to them. i and f decide how c is changed, so they can only see it as it
was; o decides what is shown of the new c, so it sees that. With a vector each unit looks at its own c; with a matrix
(H, H), the general form, at the c of all units, and the vector is the diagonal of that matrix.""")  # fmt: skip
