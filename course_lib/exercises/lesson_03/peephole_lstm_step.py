"""Exercise 03.peephole_lstm_step."""

import torch

from course_lib import gru, lstm
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.lstm import lstm_step
from course_lib.exercises.lesson_03.shared import (
    _STEP_MISTAKES,
    _advise_on_steps,
    _gradients_of_pairs_agree,
    _require_pair,
    _show,
    _step_sizes,
    _sums,
)
from course_lib.exercises.trial import Trial


def peephole_lstm_step(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4, dim=-1)
    i = torch.sigmoid(i + weight_ci * c)
    f = torch.sigmoid(f + weight_cf * c)
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_co * c)
    return o * torch.tanh(c), c


def _peephole_with(
    i=lambda s, w, c: (s + w * c).sigmoid(),
    f=lambda s, w, c: (s + w * c).sigmoid(),
    g=lambda s, w, c: s.tanh(),
    o=lambda s, w, old, new: (s + w * new).sigmoid(),
    peepholes=lambda ci, cf, co: (ci, cf, co),
    seen=lambda h, c: c,
    order="ifgo",
    out=_show,
):
    """A way to write the step wrongly: a gate that looks elsewhere, or in another way."""

    def step(x, state, weight_ih, weight_hh, bias_ih, bias_hh, *three):
        h, c = state
        ci, cf, co = peepholes(*three)
        named = dict(zip(order, _sums(x, h, weight_ih, weight_hh, bias_ih, bias_hh).chunk(4, dim=-1), strict=True))
        look = seen(h, c)
        new = f(named["f"], cf, look) * c + i(named["i"], ci, look) * g(named["g"], ci, look)
        return out(o(named["o"], co, look, new), new, c), new

    return step


def _c_first(x, state, wi, wh, bi, bh, ci, cf, co):
    """The gates i and f look at a c that is made without peepholes first."""
    _, new = lstm_step(x, state, wi, wh, bi, bh)
    i, f, g, o = _sums(x, state[0], wi, wh, bi, bh).chunk(4, dim=-1)
    c = (f + cf * new).sigmoid() * state[1] + (i + ci * new).sigmoid() * g.tanh()
    return (o + co * c).sigmoid() * c.tanh(), c


ADVICE = (
    (
        "cannot be multiplied (1x",
        "A peephole (H,) multiplies c element by element, `weight_ci * c`; it is no product of matrices.",
    ),
)


def examine(trial: Trial) -> None:
    _advise_on_steps(trial, 4)
    plain = [(text, lambda *a, f=mistaken: f(*a[:6])) for text, mistaken in _STEP_MISTAKES]
    mistakes = [
        ("the output gate looks at c of t-1; it sees the new one, so it comes after `c = f * c + i * g`", _peephole_with(o=lambda s, w, old, new: (s + w * old).sigmoid())),
        ("the gates i and f look at a c that is updated already; they see c of t-1", _c_first),
        ("the peepholes are missing: add `weight_ci * c` to the sum of gate i, and so on", lambda *a: lstm_step(*a[:6])),
        ("the peephole of gate i is missing", _peephole_with(i=lambda s, w, c: s.sigmoid())),
        ("the peephole of gate f is missing", _peephole_with(f=lambda s, w, c: s.sigmoid())),
        ("the peephole of gate o is missing", _peephole_with(o=lambda s, w, old, new: s.sigmoid())),
        ("only gate i has its peephole; f and o have one too", _peephole_with(f=lambda s, w, c: s.sigmoid(), o=lambda s, w, old, new: s.sigmoid())),
        ("only gate o has its peephole; i and f have one too", _peephole_with(i=lambda s, w, c: s.sigmoid(), f=lambda s, w, c: s.sigmoid())),
        ("the candidate g has a peephole too; only the three gates have one", _peephole_with(g=lambda s, w, c: (s + w * c).tanh())),
        ("`weight_ci` and `weight_cf` are interchanged", _peephole_with(peepholes=lambda ci, cf, co: (cf, ci, co))),
        ("`weight_ci` and `weight_co` are interchanged", _peephole_with(peepholes=lambda ci, cf, co: (co, cf, ci))),
        ("`weight_cf` and `weight_co` are interchanged", _peephole_with(peepholes=lambda ci, cf, co: (ci, co, cf))),
        ("all gates use `weight_ci`; each has a peephole of its own", _peephole_with(peepholes=lambda ci, cf, co: (ci, ci, ci))),
        ("the gates i and f look at h; a peephole looks at c", _peephole_with(seen=lambda h, c: h)),
        ("the gates look at h; a peephole looks at c", _peephole_with(seen=lambda h, c: h, o=lambda s, w, old, new: (s + w * old).sigmoid())),
        ("the gates look at tanh(c); a peephole looks at c itself",
         _peephole_with(seen=lambda h, c: c.tanh(), o=lambda s, w, old, new: (s + w * new.tanh()).sigmoid())),
        ("the peepholes are added after the sigmoid; they belong to the sum, inside",
         _peephole_with(i=lambda s, w, c: s.sigmoid() + w * c, f=lambda s, w, c: s.sigmoid() + w * c, o=lambda s, w, old, new: s.sigmoid() + w * new)),
        ("the peepholes multiply the sum; add `weight_ci * c` to it",
         _peephole_with(i=lambda s, w, c: (s * w * c).sigmoid(), f=lambda s, w, c: (s * w * c).sigmoid(), o=lambda s, w, old, new: (s * w * new).sigmoid())),
        ("the peepholes are added without c: `weight_ci * c`",
         _peephole_with(i=lambda s, w, c: (s + w).sigmoid(), f=lambda s, w, c: (s + w).sigmoid(), o=lambda s, w, old, new: (s + w).sigmoid())),
        ("c is added without its weight: `weight_ci * c`",
         _peephole_with(i=lambda s, w, c: (s + c).sigmoid(), f=lambda s, w, c: (s + c).sigmoid(), o=lambda s, w, old, new: (s + new).sigmoid())),
        ("the peephole sums over the units; each unit sees its own c, `weight_ci * c`",
         _peephole_with(i=lambda s, w, c: (s + (w * c).sum(-1, keepdim=True)).sigmoid(), f=lambda s, w, c: (s + (w * c).sum(-1, keepdim=True)).sigmoid(), o=lambda s, w, old, new: (s + (w * new).sum(-1, keepdim=True)).sigmoid())),
        ("h is made from the old c; it shows the new one, h = o tanh(c_t)", _peephole_with(out=lambda o, new, old: o * old.tanh())),
        ("the tanh is missing in h: h = o tanh(c)", _peephole_with(out=lambda o, new, old: o * new)),
        *[(f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is i, f, g, o", _peephole_with(order=order)) for order in ("ifog", "figo", "fiog", "igfo", "iogf", "gifo")],
        ("c comes first; return h, then c", lambda *a: lstm.peephole_lstm_step(*a)[::-1]),
        *plain,
    ]  # fmt: skip
    for seed, (B, E, H) in enumerate([(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 2, 1)]):
        x, *weights = _step_sizes(seed, B, E, H, 4)
        peepholes = [normal(200 + 3 * seed + k, H) for k in range(3)]
        arguments = (x, (normal(seed + 50, B, H), normal(seed + 60, B, H)), *weights, *peepholes)
        got = trial.call(*arguments)
        _require_pair(trial, got)
        trial.compare(got, lstm.peephole_lstm_step(*arguments), mistakes=mistakes, inputs=arguments)
    x, *weights = _step_sizes(8, 3, 2, 4, 4)
    state = normal(58, 3, 4), normal(68, 3, 4)
    _gradients_of_pairs_agree(trial, x, *state, *weights, *(normal(230 + k, 4) for k in range(3)))


EXERCISE = Exercise(
    id="03.peephole_lstm_step",
    reference=peephole_lstm_step,
    difficulty=3,
    minutes=8,
    hints=(
        "Your `lstm_step` with three terms more. A weight (H,) times c (B, H) is element by element: `weight_ci * c`.",
        "The order of the lines decides: i and f from the old c, then the new c, then o from the new c.",
        "`o = torch.sigmoid(o + weight_co * c)` stands after `c = f * c + i * g`.",
    ),
    explanation="""
A gate of the plain LSTM sees h alone, and where the output gate is shut, h is 0: the gates are blind to what the cell holds.
The peepholes show it to them. i and f decide how c is changed, so they can only see it as it was; o decides what is shown of
the new c, so it sees that. With a vector each unit looks at its own c; with a matrix (H, H), the general form, at the c of
all units, and the vector is the diagonal of that matrix.""",
    advice=ADVICE,
    examine=examine,
)
