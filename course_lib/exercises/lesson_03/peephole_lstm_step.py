"""Exercise 03.peephole_lstm_step: three gates that look at the cell, two before it changes and one after."""

from functools import partial

import torch

from course_lib.exercises.kit import Exercise, Function, Mistake, with_parts
from course_lib.exercises.lesson_03.lstm_step import mistakes_of_step, only, step_of_parts
from course_lib.exercises.lesson_03.shared import advice_on_steps, agrees_on_pairs
from course_lib.lstm import peephole_lstm_step


def _in_one_gate(w: Function, look: Function) -> tuple[Mistake, ...]:
    return (
        *((f"the peephole of gate {a} is subtracted; add it to the sum",
           w(looks=only(a, lambda weight, c: -look(weight, c)))) for a in "ifo"),
        *((f"the peephole of gate {a} is added after the sigmoid; add it to the sum, before the sigmoid",
           w(gates=only(a, lambda s, seen: s.sigmoid() + seen))) for a in "ifo"),
    )  # fmt: skip


def peephole_mistakes(w: Function, look: Function, term: str) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """Mistakes with both forms of peepholes, then those that show in the gradients alone.

    Args:
        w: makes one of the parts of a step that are replaced.
        look: what a gate sees, of a weight and c.
        term: how that is written, "weight_{} * c".
    """
    ci, cf, co = (f"`{term.format(name)}`" for name in ("ci", "cf", "co"))
    old, new = "it should look at c of t-1", "it should look at the new c"
    return (
        *((f"the peephole of gate {a} is missing",
           w(peeps=lambda *of, a=a: [(g != a) * W for g, W in zip("ifo", of, strict=True)])) for a in "ifo"),
        ("only gate i has its peephole; f and o need theirs", w(peeps=lambda i, f, o: (i, 0 * f, 0 * o))),
        ("only gate f has its peephole; i and o need theirs", w(peeps=lambda i, f, o: (0 * i, f, 0 * o))),
        ("only gate o has its peephole; i and f need theirs", w(peeps=lambda i, f, o: (0 * i, 0 * f, o))),
        (f"the peepholes are missing: add {ci} to the sum of gate i, {cf} to that of f, {co} to that of o",
         w(look=lambda weight, c: 0)),
        (f"the output gate looks at c of t-1; {new}", w(o_at="old c")),
        (f"the output gate looks at f * c, before i * g is added; {new}", w(o_at="f * c")),
        (f"gate i looks at f * c; {old}", w(i_at="f * c")),
        ("the gates i and f look at a c that is updated already; they should look at c of t-1",
         w(i_at="early c", f_at="early c")),
        ("the candidate g has a peephole too; only the gates i, f and o should look",
         *(w(candidate=lambda s, *seen, k=k: (s + seen[k]).tanh()) for k in range(2))),
        ("`weight_ci` and `weight_cf` are interchanged", w(peeps=lambda i, f, o: (f, i, o))),
        ("`weight_ci` and `weight_co` are interchanged", w(peeps=lambda i, f, o: (o, f, i))),
        ("`weight_cf` and `weight_co` are interchanged", w(peeps=lambda i, f, o: (i, o, f))),
        *((f"all gates use `weight_c{a}`; {b} should use `weight_c{b}`, {c} `weight_c{c}`",
           w(peeps=lambda *of, a=a: [of["ifo".index(a)]] * 3)) for a, b, c in ("ifo", "fio", "oif")),
        *((f"gate {a} uses `weight_c{b}`; it should use `weight_c{a}`",
           w(peeps=lambda *of, a=a, b=b: [of["ifo".index(b if gate == a else gate)] for gate in "ifo"]))
          for a in "ifo" for b in "ifo" if a != b),
        *((f"gate {a} looks at h; {old}", w(**{f"{a}_at": "h"})) for a in "if"),
        (f"the output gate looks at h; {new}", w(o_at="h")),
        ("the gates i and f look at h; they should look at c of t-1", w(i_at="h", f_at="h")),
        ("the gates look at h; they should look at c, i and f at that of t-1, o at the new one",
         w(i_at="h", f_at="h", o_at="h")),
        ("the gates look at tanh(c); a peephole looks at c itself", w(look=lambda weight, c: look(weight, c.tanh()))),
        ("the output gate looks at tanh(c); a peephole looks at c itself", w(o_at="tanh(c)")),
        ("the sigmoid is taken twice, without the peephole and with it: add the peephole to the plain sum",
         *(w(split=lambda s, of=of: [p.sigmoid() if k in of else p for k, p in enumerate(s.chunk(4, dim=-1))])
           for of in ((3,), (0, 1, 3)))),
        ("the peepholes are added after the sigmoid; add them to the sum, before the sigmoid",
         w(gate=lambda s, seen: s.sigmoid() + seen)),
        (f"the peepholes multiply the sum; add them, {ci} to that of gate i, f and o likewise",
         w(gate=lambda s, seen: (s * seen).sigmoid())),
        (f"c is added without its weight: {ci} belongs to the sum of gate i, f and o likewise",
         w(look=lambda weight, c: c)),
        ("the peepholes are subtracted; add them to the sums", w(look=lambda weight, c: -look(weight, c))),
        *_in_one_gate(w, look),
        *mistakes_of_step(w),
    ), _detached_looks(w)  # fmt: skip


def _detached_looks(w: Function) -> tuple[Mistake, ...]:
    """Mistakes that show in the gradients alone."""
    return (
        ("the c that the output gate looks at is detached: no gradient flows through its peephole. "
         "Leave out `.detach()`", w(o_at="detached new c")),
        ("the c that the gates i and f look at is detached: no gradient flows through their peepholes. "
         "Leave out `.detach()`", w(i_at="detached old c", f_at="detached old c")),
        ("the c that the three gates look at is detached: no gradient flows through their peepholes. "
         "Leave out `.detach()`", w(i_at="detached old c", f_at="detached old c", o_at="detached new c")),
        *((f"the c that gate {a} looks at is detached: no gradient flows through its peephole. Leave out `.detach()`",
           w(**{f"{a}_at": "detached old c"})) for a in "if"),
    )  # fmt: skip


_with = with_parts(partial(step_of_parts, look=torch.mul))
_COMMON, _CUT = peephole_mistakes(_with, torch.mul, "weight_{} * c")
MISTAKES: tuple[Mistake, ...] = (
    ("the peepholes are added without c: `weight_ci * c` for gate i, f and o likewise",
     _with(look=lambda weight, c: weight)),
    *((f"gate {a} adds its weight and c to the sum; it should add `weight_c{a} * c`",
       _with(looks=only(a, torch.add))) for a in "ifo"),
    ("the peephole sums over the units; each unit sees its own c: `weight_ci * c`, f and o likewise",
     *(_with(looks=only(of, lambda weight, c: (weight * c).sum(-1, keepdim=True))) for of in ("ifo", "if", *"ifo"))),
    *_COMMON,
)  # fmt: skip

_BY_ELEMENT = (
    "A peephole (H,) multiplies c (B, H) element by element, it is no matrix: `weight_ci * c`, f and o likewise."
)
ADVICE = (
    ("cannot be multiplied (1x", _BY_ELEMENT),
    ("size of tensor a (3) must match the size of tensor b (2)", _BY_ELEMENT),
    *advice_on_steps(4),
)

EXERCISE = Exercise(id="03.peephole_lstm_step", reference=peephole_lstm_step, difficulty=3, minutes=8,
    examine=lambda trial: agrees_on_pairs(trial, peepholes=1, cut=_CUT), mistakes=MISTAKES, advice=ADVICE, hints=(
        "Your `lstm_step` with three terms more. A weight (H,) times c (B, H) is element by element: `weight_ci * c`.",
        "The order of the lines decides: i and f from the old c, then the new c, then o from the new c.",
        "`o = torch.sigmoid(o + weight_co * c)` stands after `c = f * c + i * g`."),
    explanation="""A gate of the plain LSTM sees h alone, and where the output gate is shut, h is 0: the gates are blind
to what the cell holds. The peepholes show it to them. i and f decide how c is changed, so they can only see it as it
was; o decides what is shown of the new c, so it sees that.""")  # fmt: skip
