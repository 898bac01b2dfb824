"""What several exercises of lesson 03 are examined with."""

from itertools import chain, permutations
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib.exercises.kit import (
    Advice,
    Chance,
    Function,
    Mistake,
    Outcome,
    Trial,
    drawn,
    drawn_with_gradients,
    normal,
    parted,
)
from course_lib.lstm import lstm_step


def agrees_on_padded(trial: Trial) -> None:
    """A Finding unless the answer agrees with its reference on sequences (B, T, H) with lengths, gradients too."""
    lengths_of = [[5, 2, 4], [2, 4, 1, 3], [3, 4], [2], [3, 3], [2, 2, 1]]
    cases = zip([(6, 2), (4, 4), (6, 3), (3, 1), (3, 2), (2, 4)], lengths_of, strict=True)
    for seed, ((T, H), lengths) in enumerate(cases):
        trial.agrees(normal(seed, len(lengths), T, H), torch.tensor(lengths))

    def draw(chance: Chance) -> tuple[Tensor, Tensor]:
        B, T = chance.n(), chance.n()
        return chance.normal(B, T, chance.n()), torch.tensor(chance.lengths(B, T))

    drawn_with_gradients(trial, draw)


SIZES = [(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 2, 1), (1, 1, 1)]  # (B, E, H) of the steps


def agrees_on_pairs(trial: Trial, peepholes: int = 0) -> None:
    """A Finding unless a step of a pair (h, c) agrees, gradients too; with three peepholes of 1 or 2 dimensions."""
    more = drawn(lambda chance: (chance.n(), chance.n(), chance.n()))
    factors = [(1, 0), (0, 1), (0, 0), (1, 20), (1, 1)]  # of h and c: zeros before the first step, a c that has grown
    for seed, (B, E, H) in enumerate(chain(SIZES, [(3, 2, 4)], more)):
        x, *weights = weights_of_step(seed, B, E, H, 4)
        of_h, of_c = factors[seed % 5] if seed > len(SIZES) else (1, 1)
        tensors = x, of_h * normal(seed + 50, B, H), of_c * normal(seed + 60, B, H), *weights
        tensors += tuple(normal(200 + 3 * seed + k, *[H] * peepholes) for k in range(3 if peepholes else 0))
        x, h, c, *weights = tensors
        got = trial.call(x, (h, c), *weights)
        require_pair(trial, got)
        trial.compare(got, trial.reference(x, (h, c), *weights), inputs=(x, (h, c), *weights))

    def flat(step: Function) -> Function:  # both of each pair get a gradient of their own
        def both(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci=None, weight_cf=None, weight_co=None):  # type: ignore[no-untyped-def]
            looks = (weight_ci, weight_cf, weight_co) if peepholes else ()
            return torch.cat(step(x, (h, c), weight_ih, weight_hh, bias_ih, bias_hh, *looks))

        return both

    Trial(flat(trial.answer), trial.name, flat(trial.reference)).gradients_agree(*tensors)


def require_pair(trial: Trial, got: Any) -> None:
    """A Finding unless two things came back, as the new h and c."""
    one = "expected the pair `(h, c)`, got one tensor: the next step needs both, `return h, c`"
    trial.require(not isinstance(got, Tensor), one, outcome=Outcome.DTYPE, got=got)
    nested = isinstance(got, tuple) and len(got) == 2 and isinstance(got[1], tuple)
    both = "expected the pair `(h, c)`, got an output and a state: h is in the state already, `return h, c`"
    trial.require(not nested, both, outcome=Outcome.DTYPE, got=got)


def weights_of_step(seed: int, B: int, E: int, H: int, gates: int) -> list[Tensor]:
    """x (B, E) and the weights of one step, without the state."""
    shapes = [(B, E), (gates * H, E), (gates * H, H), (gates * H,), (gates * H,)]
    return [normal(100 * seed + i, *shape) for i, shape in enumerate(shapes)]


def advice_on_steps(gates: int) -> tuple[Advice, ...]:
    return (
        ("(2x3 and 2x3)", "Gates and c are multiplied element by element: `f * c`. `@` is a product of matrices."),
        ("mat1 and mat2", f"x is (B, E), `weight_ih` ({gates}H, E): the product needs the transpose, `weight_ih.T`."),
        ("must match the size of tensor",
         f"Gates, states and what is added to them are (B, H) each: split the sums (B, {gates}H) along their last "
         f"dimension, `.chunk({gates}, dim=-1)`, and multiply element by element."),
        ("to unpack", f"`.chunk({gates}, dim=-1)` gives {gates} pieces, one for each gate."),
        ("tuple' object has no attribute", "The state is a pair: `h, c = state`."),
    )  # fmt: skip


def sums_of(x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> Tensor:
    return F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)


@parted
def _lstm_with(
    cell: Function = lambda f, c, i, g: f * c + i * g, out: Function = lambda o, new, old: o * new.tanh(),
    gate: Function = torch.sigmoid, candidate: Function = torch.tanh, order: Any = "ifgo",
) -> Function:  # fmt: skip
    """A way to write the step wrongly: another cell or output, other activations, another order of the gates."""

    def step(x: Tensor, state: Any, *weights: Tensor) -> tuple[Tensor, Tensor]:
        h, c = state
        named = dict(zip(order, sums_of(x, h, *weights).chunk(4, dim=-1), strict=True))
        i, f, o = (gate(named[name]) for name in "ifo")
        new = cell(f, c, i, candidate(named["g"]))
        return out(o, new, c), new

    return step


def _then(change: Function) -> Function:
    """The right step, and something else made of its results; `change` gets the given state, too."""
    return lambda x, state, *weights: change(*lstm_step(x, state, *weights), state)


STEP_MISTAKES: tuple[Mistake, ...] = (
    ("the candidate g goes through a sigmoid; it is the one with tanh", _lstm_with(candidate=torch.sigmoid)),
    ("the gates go through tanh; i, f and o are sigmoids, from 0 to 1", _lstm_with(gate=torch.tanh)),
    ("the candidate g has no activation; it goes through tanh", _lstm_with(candidate=lambda s: s)),
    ("the gates have no activation; i, f and o go through the sigmoid, g through tanh", _lstm_with(gate=lambda s: s),
     _lstm_with(gate=lambda s: s, candidate=lambda s: s)),
    ("activations are interchanged: tanh is for g alone", _lstm_with(gate=torch.tanh, candidate=torch.sigmoid)),
    ("the tanh is missing in h: h = o tanh(c)", _lstm_with(out=lambda o, new, old: o * new)),
    ("the new h is made from the old c; it is o tanh(c_t)", _lstm_with(out=lambda o, new, old: o * old.tanh())),
    ("the new h is made with a sigmoid of c; it is o tanh(c)", _lstm_with(out=lambda o, new, old: o * new.sigmoid())),
    ("the output gate is missing in h: h = o tanh(c)", _lstm_with(out=lambda o, new, old: new.tanh())),
    ("the output gate comes back as h; h = o tanh(c)", _lstm_with(out=lambda o, new, old: o)),
    ("the output gate is inside the tanh; h = o tanh(c)", _lstm_with(out=lambda o, new, old: (o * new).tanh())),
    ("the h = o + tanh(c) is a sum; the gate multiplies", _lstm_with(out=lambda o, new, old: o + new.tanh())),
    ("the forget gate is missing, as in the LSTM of 1997: c = f c + i g", _lstm_with(lambda f, c, i, g: c + i * g)),
    ("the input gate is missing: c = f c + i g", _lstm_with(lambda f, c, i, g: f * c + g)),
    ("both gates of the cell are missing: c = f c + i g", _lstm_with(lambda f, c, i, g: c + g)),
    ("the candidate g is missing: c = f c + i g", _lstm_with(lambda f, c, i, g: f * c + i)),
    ("the old c is missing: f c + i g", _lstm_with(lambda f, c, i, g: i * g), _lstm_with(lambda f, c, i, g: f + i * g)),
    ("the forget gate multiplies the new part too; c = f c + i g", _lstm_with(lambda f, c, i, g: f * (c + i * g))),
    ("gates f and i are interchanged: i first, and c = f c + i g", _lstm_with(lambda f, c, i, g: i * c + f * g)),
    ("the forget gate is turned round: f = 1 keeps all", _lstm_with(lambda f, c, i, g: (1 - f) * c + i * g)),
    ("the new part is subtracted; c = f c + i g", _lstm_with(lambda f, c, i, g: f * c - i * g)),
    ("the new part is multiplied by 1 - f, as in a GRU; by i", _lstm_with(lambda f, c, i, g: f * c + (1 - f) * g)),
    ("the new c itself goes through tanh; only h does", _lstm_with(lambda f, c, i, g: (f * c + i * g).tanh()),
     _lstm_with(lambda f, c, i, g: (f * c + i * g).tanh(), lambda o, new, old: o * new)),
    ("the forget gate multiplies the old h; what is kept is c",
     lambda x, state, *w: _lstm_with(lambda f, c, i, g: f * state[0] + i * g)(x, state, *w)),
    ("`state` is (h, c), in this order: it is unpacked as c, h", lambda x, state, *w: lstm_step(x, state[::-1], *w)),
    ("in the pair c comes first; return h, then c", _then(lambda h, c, old: (c, h))),
    ("the h comes back twice; the second is c", _then(lambda h, c, old: (h, h))),
    ("the old c comes back; return the new one", _then(lambda h, c, old: (h, old[1]))),
    ("the new h is not made from the given state", lambda x, state, *w: lstm_step(x, (state[0] * 0, state[1] * 0), *w)),
    ("the old h has no part in the gates: add W_hh h", lambda x, state, *w: lstm_step(x, (state[0] * 0, state[1]), *w)),
    ("the input x has no part in the gates: add W_ih x", lambda x, state, *w: lstm_step(x * 0, state, *w)),
    ("`bias_hh` is missing: add both biases", lambda x, state, wi, wh, bi, bh: lstm_step(x, state, wi, wh, bi, bh * 0)),
    ("`bias_ih` is missing: add both biases", lambda x, state, wi, wh, bi, bh: lstm_step(x, state, wi, wh, bi * 0, bh)),
    ("both biases are missing", lambda x, state, wi, wh, bi, bh: lstm_step(x, state, wi, wh, bi * 0, bh * 0)),
    ("the gates read c, not h, in W_hh h", lambda x, state, *w: lstm_step(x, (state[1], state[1]), *w)),
    *((f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is i, f, g, o",
       _lstm_with(order=order)) for order in permutations("ifgo") if order != tuple("ifgo")),
)  # fmt: skip


@parted
def looking(
    look: Function, gate: Function = lambda s, seen: (s + seen).sigmoid(), g: Function = lambda s, seen: s.tanh(),
    at: Function = lambda h, old, new: (old, new), out: Function = lambda o, new, old: o * new.tanh(),
    order: str = "ifgo",
) -> Function:  # fmt: skip
    """A way to write a step with peepholes wrongly: `look(weight, c)` is what a gate sees, `at` where it looks."""

    def step(x: Tensor, state: Any, wi: Tensor, wh: Tensor, bi: Tensor, bh: Tensor, *peepholes: Tensor) -> Any:
        (h, c), (ci, cf, co) = state, peepholes
        sums = dict(zip(order, sums_of(x, h, wi, wh, bi, bh).chunk(4, dim=-1), strict=True))
        early = at(h, c, c)[0]
        kept, written = gate(sums["f"], look(cf, early)), gate(sums["i"], look(ci, early))
        new = kept * c + written * g(sums["g"], look(ci, early))
        return out(gate(sums["o"], look(co, at(h, c, new)[1])), new, c), new

    return step


def peephole_mistakes(right: Function, look: Function, term: str) -> tuple[Mistake, ...]:
    """Those of both forms of peepholes: the right step, what a gate sees, and how that is written, "weight_ci * c"."""

    def weighed(change: Function) -> Function:  # other peepholes, made of those of the gates i, f and o
        return lambda *a: right(*a[:6], *change(*a[6:]))

    def early(x: Tensor, state: Any, *w: Tensor) -> Any:
        return looking(look, at=lambda h, old, new: (lstm_step(x, state, *w[:4])[1], new))(x, state, *w)

    return (
        ("the output gate looks at c of t-1; it sees the new one", looking(look, at=lambda h, old, new: (old, old))),
        ("the gates i and f look at a c that is updated already; they see c of t-1", early),
        (f"the peepholes are missing: add `{term}` to the sum of gate i, and so on", lambda *a: lstm_step(*a[:6])),
        ("the peephole of gate i is missing", weighed(lambda i, f, o: (0 * i, f, o))),
        ("the peephole of gate f is missing", weighed(lambda i, f, o: (i, 0 * f, o))),
        ("the peephole of gate o is missing", weighed(lambda i, f, o: (i, f, 0 * o))),
        ("only gate i has its peephole; f and o have one too", weighed(lambda i, f, o: (i, 0 * f, 0 * o))),
        ("only gate o has its peephole; i and f have one too", weighed(lambda i, f, o: (0 * i, 0 * f, o))),
        ("the candidate g has a peephole too; only gates do", looking(look, g=lambda s, seen: (s + seen).tanh())),
        ("`weight_ci` and `weight_cf` are interchanged", weighed(lambda i, f, o: (f, i, o))),
        ("`weight_ci` and `weight_co` are interchanged", weighed(lambda i, f, o: (o, f, i))),
        ("`weight_cf` and `weight_co` are interchanged", weighed(lambda i, f, o: (i, o, f))),
        ("all gates use `weight_ci`; each has a peephole of its own", weighed(lambda i, f, o: (i, i, i))),
        ("the gates i and f look at h; a peephole looks at c", looking(look, at=lambda h, old, new: (h, new))),
        ("the gates look at h; a peephole looks at c", looking(look, at=lambda h, old, new: (h, old)),
         looking(look, at=lambda h, old, new: (h, h))),
        ("they look at tanh(c); a peephole looks at c itself", looking(lambda weight, c: look(weight, c.tanh()))),
        ("the peepholes are added after the sigmoid; add inside", looking(look, lambda s, seen: s.sigmoid() + seen)),
        (f"the peepholes multiply the sum; add `{term}`", looking(look, lambda s, seen: (s * seen).sigmoid())),
        (f"the c is added without its weight: `{term}`", looking(lambda weight, c: c)),
        ("the new h is made from the old c; it is o tanh(c_t)", looking(look, out=lambda o, new, old: o * old.tanh())),
        ("the tanh is missing in h: h = o tanh(c)", looking(look, out=lambda o, new, old: o * new)),
        *((f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is i, f, g, o",
           looking(look, order=order)) for order in ("ifog", "figo", "fiog", "igfo", "iogf", "gifo")),
        ("in the pair c comes first; return h, then c", lambda *a: right(*a)[::-1]),
        *((text, *(lambda *a, f=f: f(*a[:6]) for f in mistaken)) for text, *mistaken in STEP_MISTAKES),
    )  # fmt: skip
