"""Exercise 03.lstm_step: four gates from one product, and the conveyor."""

from itertools import permutations
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import Exercise, Function, Mistake, with_parts
from course_lib.exercises.lesson_03.shared import advice_on_steps, agrees_on_pairs
from course_lib.lstm import lstm_step


def _sums(x: Tensor, h: Tensor, c: Tensor, wi: Tensor, wh: Tensor, bi: Tensor, bh: Tensor) -> Tensor:
    return F.linear(x, wi, bi) + F.linear(h, wh, bh)


def step_of_parts(
    x: Tensor, state: Any, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor, *peepholes: Tensor,
    read: Function = lambda h, c: (h, c), biases: Function = lambda bi, bh: (bi, bh), sums: Function = _sums,
    split: Function = lambda s: s.chunk(4, dim=-1), order: str = "ifgo",
    gate: Function = lambda s, seen: (s + seen).sigmoid(), candidate: Function = lambda s, *seen: s.tanh(),
    look: Function = lambda weight, c: 0, peeps: Function = lambda i, f, o: (i, f, o),
    gates: Function = lambda name, gate: gate, looks: Function = lambda name, look: look,
    i_at: str = "old c", f_at: str = "old c", o_at: str = "new c",
    keep: Function = lambda h, c: c, cell: Function = lambda f, c, i, g: f * c + i * g,
    out: Function = lambda o, new, old: o * new.tanh(), result: Function = lambda h, c, state: (h, c),
) -> Any:  # fmt: skip
    """A step of an LSTM, to be written wrongly. `look(weight, c)` is what a gate sees through a peephole of c, `i_at`
    and so on where it looks; without peepholes it sees nothing. `gates` and `looks` tell gates apart, by name."""
    h, c = read(*state)
    pieces = split(sums(x, h, c, weight_ih, weight_hh, *biases(bias_ih, bias_hh)))
    s = dict(zip(order, pieces, strict=True))
    ci, cf, co = peeps(*peepholes) if peepholes else (None, None, None)
    at = {"h": h, "old c": c, "early c": cell(s["f"].sigmoid(), c, s["i"].sigmoid(), s["g"].tanh())}
    at |= {"detached old c": c.detach()}
    seen_by_f = looks("f", look)(cf, at[f_at])
    f = gates("f", gate)(s["f"], seen_by_f)
    at["f * c"] = f * c
    seen = looks("i", look)(ci, at[i_at])
    new = cell(f, keep(h, c), gates("i", gate)(s["i"], seen), candidate(s["g"], seen, seen_by_f))
    at |= {"new c": new, "tanh(c)": new.tanh(), "detached new c": new.detach()}
    return result(out(gates("o", gate)(s["o"], looks("o", look)(co, at[o_at])), new, c), new, state)


def only(names: str, other: Function) -> Function:
    """Another function for these gates alone."""
    return lambda name, usual: other if name in names else usual


_CELL = "it should be c = f c + i g"
_SQUEEZED = "dimensions of size 1 are squeezed away; h and c should be (B, H) at every size"


def _parts_of_step(w: Function) -> tuple[Mistake, ...]:
    """Mistakes in what a step computes; `w` makes one of the parts that are replaced."""
    return (
        ("the candidate g goes through a sigmoid; it needs tanh", w(candidate=lambda s, *seen: s.sigmoid())),
        ("the gates go through tanh; i, f and o need the sigmoid", w(gate=lambda s, seen: (s + seen).tanh())),
        ("the candidate g has no activation; it needs tanh", w(candidate=lambda s, *seen: s)),
        ("the gates have no activation: i, f and o need the sigmoid, g needs tanh", w(gate=lambda s, seen: s + seen),
         w(gate=lambda s, seen: s + seen, candidate=lambda s, *seen: s)),
        *((f"gate {name} {how}; it needs the sigmoid", w(gates=only(name, wrong))) for name in "ifo"
          for how, wrong in (("goes through tanh", lambda s, seen: (s + seen).tanh()),
                             ("has no activation", lambda s, seen: s + seen))),
        ("the activations are interchanged: i, f and o need the sigmoid, g needs tanh",
         w(gate=lambda s, seen: (s + seen).tanh(), candidate=lambda s, *seen: s.sigmoid())),
        ("the tanh is missing in h: h = o tanh(c)", w(out=lambda o, new, old: o * new)),
        ("the new h is made from the old c; it should be o tanh(c) of the new one",
         w(out=lambda o, new, old: o * old.tanh())),
        ("the new h is made with a sigmoid of c; it should be o tanh(c)", w(out=lambda o, new, old: o * new.sigmoid())),
        ("the output gate is missing in h: h = o tanh(c)", w(out=lambda o, new, old: new.tanh())),
        ("the output gate alone comes back as h; it should be h = o tanh(c)", w(out=lambda o, new, old: o)),
        ("the output gate is inside the tanh; it should be h = o tanh(c)", w(out=lambda o, new, old: (o * new).tanh())),
        ("h is the sum o + tanh(c); the gate should multiply, h = o tanh(c)",
         w(out=lambda o, new, old: o + new.tanh())),
        ("the forget gate is missing (so it was in 1997); write c = f c + i g", w(cell=lambda f, c, i, g: c + i * g)),
        ("the input gate is missing: c = f c + i g", w(cell=lambda f, c, i, g: f * c + g)),
        ("both gates of the cell are missing: c = f c + i g", w(cell=lambda f, c, i, g: c + g)),
        ("the candidate g is missing: c = f c + i g", w(cell=lambda f, c, i, g: f * c + i)),
        ("the old c is missing: c = f c + i g, with the c of `state`", w(cell=lambda f, c, i, g: i * g),
         w(cell=lambda f, c, i, g: f + i * g)),
        (f"the forget gate multiplies the new part too; {_CELL}", w(cell=lambda f, c, i, g: f * (c + i * g))),
        ("gates f and i are interchanged: the rows of i stand first, `i, f, g, o`, and c = f c + i g",
         w(order="figo"), w(cell=lambda f, c, i, g: i * c + f * g)),
        (f"the forget gate is turned round, 1 - f; {_CELL}", w(cell=lambda f, c, i, g: (1 - f) * c + i * g)),
        (f"the new part is subtracted; {_CELL}", w(cell=lambda f, c, i, g: f * c - i * g)),
        (f"the new part is multiplied by 1 - f, as in a GRU; {_CELL}", w(cell=lambda f, c, i, g: f * c + (1 - f) * g)),
        (f"the old c is multiplied by 1 - i; {_CELL}", w(cell=lambda f, c, i, g: (1 - i) * c + i * g)),
        ("the new c itself goes through tanh; leave it c = f c + i g, and h = o tanh(c)",
         w(cell=lambda f, c, i, g: (f * c + i * g).tanh()),
         w(cell=lambda f, c, i, g: (f * c + i * g).tanh(), out=lambda o, new, old: o * new)),
        ("c is cut off at bounds (`clamp`?); it has none: c = f c + i g",
         *(w(cell=lambda f, c, i, g, k=k: (f * c + i * g).clamp(-k, k)) for k in (1, 2, 3, 5, 10, 20))),
        ("the forget gate multiplies the old h; it should multiply the old c", w(keep=lambda h, c: h)),
        *_results_of_step(w),
    )  # fmt: skip


def _results_of_step(w: Function) -> tuple[Mistake, ...]:
    """Mistakes in what is read of the state, and in what comes back."""
    return (
        ("`state` is (h, c), in this order; it is unpacked as c, h", w(read=lambda h, c: (c, h))),
        ("in the pair c comes first; return h, then c", w(result=lambda h, c, state: (c, h))),
        ("h comes back twice; the second should be c", w(result=lambda h, c, state: (h, h))),
        ("c comes back twice; the first should be h", w(result=lambda h, c, state: (c, c))),
        ("the given state comes back; return the new h and c", w(result=lambda h, c, state: tuple(state))),
        ("the old h comes back; return the new one", w(result=lambda h, c, state: (state[0], c))),
        ("the old c comes back; return the new one", w(result=lambda h, c, state: (h, state[1]))),
        (_SQUEEZED, w(result=lambda h, c, state: (h.squeeze(0), c.squeeze(0))),
         w(result=lambda h, c, state: (h.squeeze(), c.squeeze()))),
        ("the given `state` has no part: the gates need its h, the new c needs its c",
         w(read=lambda h, c: (0 * h, 0 * c))),
    )  # fmt: skip


def _sums_of_step(w: Function) -> tuple[Mistake, ...]:
    """Mistakes in the four sums."""
    return (
        ("the old h has no part in the gates: add W_hh h", w(sums=lambda x, h, *given: _sums(x, 0 * h, *given))),
        ("the input x has no part in the gates: add W_ih x", w(sums=lambda x, *given: _sums(0 * x, *given))),
        ("the sigmoid is taken of all four sums, and then tanh of g: g needs tanh alone",
         w(candidate=lambda s, *seen: s.sigmoid().tanh())),
        ("`bias_hh` is missing: add both biases", w(biases=lambda bi, bh: (bi, 0 * bh))),
        ("`bias_ih` is missing: add both biases", w(biases=lambda bi, bh: (0 * bi, bh))),
        ("both biases are missing: add `bias_ih` and `bias_hh`", w(biases=lambda bi, bh: (0 * bi, 0 * bh))),
        ("`bias_ih` is added twice; one of the two should be `bias_hh`", w(biases=lambda bi, bh: (bi, bi))),
        ("`bias_hh` is added twice; one of the two should be `bias_ih`", w(biases=lambda bi, bh: (bh, bh))),
        ("the gates read c in W_hh h; they should read h", w(sums=lambda x, h, c, *given: _sums(x, c, c, *given))),
        ("the blocks of `weight_hh` are not transposed: `h @ block.T`, or `h @ weight_hh.T` for all",
         w(sums=lambda x, h, c, wi, wh, bi, bh: _sums(x, h, c, wi, torch.cat([b.T for b in wh.chunk(4)]), bi, bh))),
        ("the gates are taken in turns, number by number; each has H neighbours, `sums.chunk(4, dim=-1)`",
         w(split=lambda s: [s[:, k::4] for k in range(4)])),
        ("`view` or `reshape` mixes sequences and gates; each row holds four side by side: `sums.chunk(4, dim=-1)`",
         w(split=lambda s: s.view(4, len(s), -1))),
        ("the sums are cut off at bounds (`clamp`?); sigmoid and tanh take every number",
         *(w(sums=lambda *given, k=k: _sums(*given).clamp(-k, k)) for k in (1, 2, 3, 5, 10, 20))),
        ("H is taken from x, the number of columns of each gate; it is the size of h",
         w(sums=lambda x, h, *given: torch.cat(
             [each.expand_as(h) for each in _sums(x, h, *given).split(x.shape[1], -1)[:4]], -1))),
        *((f"`bias_hh` is missing in the sum of {gate} alone: add both biases",
           w(biases=lambda bi, bh, k=k: (bi, bh * (torch.arange(len(bh)) * 4 // len(bh) != k))))
          for k, gate in enumerate("ifgo")),
        *((f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is i, f, g, o",
           w(order=order)) for order in map("".join, permutations("ifgo")) if order not in ("ifgo", "figo")),
    )  # fmt: skip


def mistakes_of_step(w: Function) -> tuple[Mistake, ...]:
    return _parts_of_step(w) + _sums_of_step(w)


step_with = with_parts(step_of_parts)
STEP_MISTAKES = mistakes_of_step(step_with)
_CUT: tuple[Mistake, ...] = (
    ("the c in h = o tanh(c) is detached: no gradient reaches it from h. Leave out `.detach()`",
     step_with(out=lambda o, new, old: o * new.detach().tanh())),
)  # fmt: skip

EXERCISE = Exercise(id="03.lstm_step", reference=lstm_step, difficulty=3, minutes=12,
    examine=lambda trial: agrees_on_pairs(trial, cut=_CUT), mistakes=STEP_MISTAKES, advice=advice_on_steps(4), hints=(
        "All four sums at once: `x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh` has shape (B, 4H).",
        "`i, f, g, o = sums.chunk(4, dim=-1)`. Three go through `torch.sigmoid`, g through `torch.tanh`.",
        "Then the two lines of the conveyor: `c = f * c + i * g` and `h = o * torch.tanh(c)`; `return h, c`."),
    explanation="""One product of matrices makes the sums of all four gates, whose rows stand one below the other. The
cell is updated element by element: no matrix and no tanh stands between c of t-1 and c of t, so the gradient along c is
multiplied by f alone. The tanh in h is on a side road: it squeezes what is shown, not what is kept.""")  # fmt: skip
