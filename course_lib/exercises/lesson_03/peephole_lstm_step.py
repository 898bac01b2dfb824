"""Exercise 03.peephole_lstm_step: three gates that look at the cell, two before it changes and one after."""

from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Mistake
from course_lib.exercises.lesson_03.shared import STEP_MISTAKES, advice_on_steps, agrees_on_pairs, sums_of
from course_lib.lstm import Pair, lstm_step, peephole_lstm_step


def _looking(
    gate: Function = lambda s, w, c: (s + w * c).sigmoid(), g: Function = lambda s, w, c: s.tanh(),
    seen: Function = lambda h, old, new: (old, new), order: str = "ifgo",
    out: Function = lambda o, new, old: o * new.tanh(),
) -> Function:  # fmt: skip
    """A way to write the step wrongly: gates, or a candidate, that look elsewhere or in another way."""

    def step(x: Tensor, state: Pair, wi: Tensor, wh: Tensor, bi: Tensor, bh: Tensor, *peepholes: Tensor) -> Pair:
        (h, c), (ci, cf, co) = state, peepholes
        sums = dict(zip(order, sums_of(x, h, wi, wh, bi, bh).chunk(4, dim=-1), strict=True))
        early = seen(h, c, c)[0]
        new = gate(sums["f"], cf, early) * c + gate(sums["i"], ci, early) * g(sums["g"], ci, early)
        return out(gate(sums["o"], co, seen(h, c, new)[1]), new, c), new

    return step


def _weighed(change: Function) -> Function:
    """The right step with other peepholes, made of those of the gates i, f and o."""
    return lambda *a: peephole_lstm_step(*a[:6], *change(*a[6:]))


MISTAKES: tuple[Mistake, ...] = (
    ("the output gate looks at c of t-1; it sees the new one", _looking(seen=lambda h, old, new: (old, old))),
    ("the gates i and f look at a c that is updated already; they see c of t-1", lambda x, state, *w:
     _looking(seen=lambda h, old, later: (lstm_step(x, state, *w[:4])[1], later))(x, state, *w)),
    ("the peepholes are missing: add `weight_ci * c` to the sum of gate i, and so on", lambda *a: lstm_step(*a[:6])),
    ("the peephole of gate i is missing", _weighed(lambda i, f, o: (0 * i, f, o))),
    ("the peephole of gate f is missing", _weighed(lambda i, f, o: (i, 0 * f, o))),
    ("the peephole of gate o is missing", _weighed(lambda i, f, o: (i, f, 0 * o))),
    ("only gate i has its peephole; f and o have one too", _weighed(lambda i, f, o: (i, 0 * f, 0 * o))),
    ("only gate o has its peephole; i and f have one too", _weighed(lambda i, f, o: (0 * i, 0 * f, o))),
    ("the candidate g has a peephole too; only the gates have one", _looking(g=lambda s, w, c: (s + w * c).tanh())),
    ("`weight_ci` and `weight_cf` are interchanged", _weighed(lambda i, f, o: (f, i, o))),
    ("`weight_ci` and `weight_co` are interchanged", _weighed(lambda i, f, o: (o, f, i))),
    ("`weight_cf` and `weight_co` are interchanged", _weighed(lambda i, f, o: (i, o, f))),
    ("all gates use `weight_ci`; each has a peephole of its own", _weighed(lambda i, f, o: (i, i, i))),
    ("the gates i and f look at h; a peephole looks at c", _looking(seen=lambda h, old, new: (h, new))),
    ("the gates look at h; a peephole looks at c", _looking(seen=lambda h, old, new: (h, old)),
     _looking(seen=lambda h, old, new: (h, h))),
    ("they look at tanh(c); a peephole looks at c itself", _looking(lambda s, w, c: (s + w * c.tanh()).sigmoid())),
    ("the peepholes are added after the sigmoid; add them inside", _looking(lambda s, w, c: s.sigmoid() + w * c)),
    ("the peepholes multiply the sum; add `weight_ci * c`", _looking(lambda s, w, c: (s * w * c).sigmoid())),
    ("the peepholes are added without c: `weight_ci * c`", _looking(lambda s, w, c: (s + w).sigmoid())),
    ("c is added without its weight: `weight_ci * c`", _looking(lambda s, w, c: (s + c).sigmoid())),
    ("the peephole sums over the units; each unit sees its own c, `weight_ci * c`",
     _looking(lambda s, w, c: (s + (w * c).sum(-1, keepdim=True)).sigmoid())),
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

EXERCISE = Exercise(id="03.peephole_lstm_step", reference=peephole_lstm_step, difficulty=3, minutes=8,
    examine=lambda trial: agrees_on_pairs(trial, peepholes=3), mistakes=MISTAKES, advice=ADVICE, hints=(
        "Your `lstm_step` with three terms more. A weight (H,) times c (B, H) is element by element: `weight_ci * c`.",
        "The order of the lines decides: i and f from the old c, then the new c, then o from the new c.",
        "`o = torch.sigmoid(o + weight_co * c)` stands after `c = f * c + i * g`."),
    explanation="""A gate of the plain LSTM sees h alone, and where the output gate is shut, h is 0: the gates are blind
to what the cell holds. The peepholes show it to them. i and f decide how c is changed, so they can only see it as it
was; o decides what is shown of the new c, so it sees that. With a vector each unit looks at its own c; with a matrix
(H, H), the general form, at the c of all units, and the vector is the diagonal of that matrix.""")  # fmt: skip
