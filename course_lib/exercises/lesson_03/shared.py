"""What several exercises of lesson 03 are examined with."""

from itertools import permutations

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import gru, lstm
from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import normal
from course_lib.lstm import lstm_step
from course_lib.exercises.trial import Trial


def _lengths(*lengths: int) -> Tensor:
    return torch.tensor(lengths)


def _require_pair(trial: Trial, got) -> None:
    """A Finding unless two things came back, as the new h and c."""
    trial.require(
        not isinstance(got, Tensor),
        "expected the pair `(h, c)`, got one tensor: the next step needs both, `return h, c`",
        outcome=Outcome.DTYPE,
        got=got,
    )
    if isinstance(got, tuple) and len(got) == 2 and isinstance(got[1], tuple):
        trial.require(
            False,
            "expected the pair `(h, c)`, got an output and a state: h is in the state already, `return h, c`",
            outcome=Outcome.DTYPE,
            got=got,
        )


def _keep(f, c, i, g):
    return f * c + i * g


def _show(o, new, old):
    return o * new.tanh()


def _sums(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)


def _lstm_with(
    order="ifgo",
    gate=torch.sigmoid,
    candidate=torch.tanh,
    sums=_sums,
    cell=_keep,
    out=_show,
    result=lambda h, c: (h, c),
):
    """A way to write the step wrongly: another order of the gates, other activations, another cell or output."""

    def step(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
        h, c = state
        named = dict(zip(order, sums(x, h, weight_ih, weight_hh, bias_ih, bias_hh).chunk(4, dim=-1), strict=True))
        i, f, o = (gate(named[name]) for name in "ifo")
        new = cell(f, c, i, candidate(named["g"]))
        return result(out(o, new, c), new)

    return step


def _gated_h(x, state, *weights):
    """The cell is kept in h: the forget gate multiplies the old h."""
    h, c = state
    i, f, g, o = lstm.lstm_gates(x, (h, c), *weights)
    new = f * h + i * g
    return o * new.tanh(), new


_STEP_MISTAKES = [
    ("the candidate g goes through a sigmoid; it is the one with tanh, so that it can be negative", _lstm_with(candidate=torch.sigmoid)),
    ("the gates go through tanh; i, f and o are sigmoids, from 0 to 1", _lstm_with(gate=torch.tanh)),
    ("the candidate g has no activation; it goes through tanh", _lstm_with(candidate=lambda s: s)),
    ("the gates have no activation; i, f and o go through the sigmoid", _lstm_with(gate=lambda s: s)),
    ("gates and candidate have no activation: sigmoid for i, f and o, tanh for g", _lstm_with(gate=lambda s: s, candidate=lambda s: s)),
    ("activations are interchanged: i, f and o are sigmoids, g is the tanh", _lstm_with(gate=torch.tanh, candidate=torch.sigmoid)),
    ("the tanh is missing in h: h = o tanh(c)", _lstm_with(out=lambda o, new, old: o * new)),
    ("h is made from the old c; it shows the new one, h = o tanh(c_t)", _lstm_with(out=lambda o, new, old: o * old.tanh())),
    ("h is made with a sigmoid of c; it is o tanh(c)", _lstm_with(out=lambda o, new, old: o * new.sigmoid())),
    ("the output gate is missing in h: h = o tanh(c)", _lstm_with(out=lambda o, new, old: new.tanh())),
    ("the output gate comes back as h; h = o tanh(c)", _lstm_with(out=lambda o, new, old: o)),
    ("the output gate is inside the tanh; h = o tanh(c)", _lstm_with(out=lambda o, new, old: (o * new).tanh())),
    ("h = o + tanh(c) is a sum; the gate multiplies", _lstm_with(out=lambda o, new, old: o + new.tanh())),
    ("the forget gate is missing, as in the LSTM of 1997: c = f c + i g", _lstm_with(cell=lambda f, c, i, g: c + i * g)),
    ("the input gate is missing: c = f c + i g", _lstm_with(cell=lambda f, c, i, g: f * c + g)),
    ("both gates of the cell are missing: c = f c + i g", _lstm_with(cell=lambda f, c, i, g: c + g)),
    ("the candidate g is missing: c = f c + i g", _lstm_with(cell=lambda f, c, i, g: f * c + i)),
    ("the old c is missing: c = f c + i g", _lstm_with(cell=lambda f, c, i, g: i * g)),
    ("the old c is missing: c = f c + i g", _lstm_with(cell=lambda f, c, i, g: f + i * g)),
    ("the forget gate multiplies the new part too; c = f c + i g", _lstm_with(cell=lambda f, c, i, g: f * (c + i * g))),
    ("f and i are interchanged: the rows of i come first, those of f second; and in c = f c + i g it is f that multiplies the old c", _lstm_with(cell=lambda f, c, i, g: i * c + f * g)),
    ("the forget gate is turned round: f = 1 keeps everything, c = f c + i g", _lstm_with(cell=lambda f, c, i, g: (1 - f) * c + i * g)),
    ("the new part is subtracted; c = f c + i g", _lstm_with(cell=lambda f, c, i, g: f * c - i * g)),
    ("the new part is multiplied by 1 - f, as in a GRU; an LSTM has an input gate of its own, i", _lstm_with(cell=lambda f, c, i, g: f * c + (1 - f) * g)),
    ("c itself goes through tanh; only what h shows of it does", _lstm_with(cell=lambda f, c, i, g: (f * c + i * g).tanh())),
    ("c itself goes through tanh; only what h shows of it does", _lstm_with(cell=lambda f, c, i, g: (f * c + i * g).tanh(), out=lambda o, new, old: o * new)),
    ("the forget gate multiplies the old h; what is kept is c", _gated_h),
    ("`state` is (h, c), in this order: it is unpacked as c, h", lambda x, state, *w: lstm_step(x, state[::-1], *w)),
    ("c comes first; return h, then c", _lstm_with(result=lambda h, c: (c, h))),
    ("h comes back twice; the second is c", _lstm_with(result=lambda h, c: (h, h))),
    ("the old c comes back; return the new one", lambda x, state, *w: (lstm_step(x, state, *w)[0], state[1])),
    ("h is made, but not from the given state: is it replaced by zeros?", lambda x, state, *w: lstm_step(x, (state[0] * 0, state[1] * 0), *w)),
    ("h of t-1 has no part in the gates: add W_hh h", _lstm_with(sums=lambda x, h, wi, wh, bi, bh: F.linear(x, wi, bi) + bh)),
    ("x has no part in the gates: add W_ih x", _lstm_with(sums=lambda x, h, wi, wh, bi, bh: F.linear(h, wh, bh) + bi)),
    ("`bias_hh` is missing: there are two biases, and both are added", _lstm_with(sums=lambda x, h, wi, wh, bi, bh: x @ wi.T + h @ wh.T + bi)),
    ("`bias_ih` is missing: there are two biases, and both are added", _lstm_with(sums=lambda x, h, wi, wh, bi, bh: x @ wi.T + h @ wh.T + bh)),
    ("both biases are missing", _lstm_with(sums=lambda x, h, wi, wh, bi, bh: x @ wi.T + h @ wh.T)),
    ("the old cell looks into the gates: c replaces h in W_hh h", lambda x, state, wi, wh, bi, bh: _lstm_with(sums=lambda x, h, *w: _sums(x, state[1], *w))(x, state, wi, wh, bi, bh)),
    *[
        (f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is i, f, g, o", _lstm_with("".join(order)))
        for order in permutations("ifgo") if "".join(order) != "ifgo"
    ],
]  # fmt: skip


def _step_sizes(seed: int, B: int, E: int, H: int, gates: int, biases: int = 2) -> list[Tensor]:
    """x and the weights of one step, without the state."""
    shapes = [(gates * H, E), (gates * H, H), *[(gates * H,)] * biases]
    return [normal(100 * seed, B, E), *(normal(100 * seed + i, *shape) for i, shape in enumerate(shapes, 1))]


def _advise_on_steps(trial: Trial, gates: int) -> None:
    trial.advise(
        "mat1 and mat2",
        f"x is (B, E) and `weight_ih` ({gates}H, E): the product needs the transpose, `x @ weight_ih.T`, or `F.linear(x, "
        "weight_ih, bias_ih)`.",
    )
    trial.advise(
        "must match the size of tensor",
        f"Each gate is (B, H): split the sums (B, {gates}H) along their last dimension, `.chunk({gates}, dim=-1)`.",
    )
    trial.advise("to unpack", f"`.chunk({gates}, dim=-1)` gives {gates} pieces, one for each gate.")
    trial.advise("tuple' object has no attribute", "The state is a pair: `h, c = state`.")


def _gradients_of_pairs_agree(trial: Trial, *arguments: Tensor) -> None:
    """`gradients_agree` for a step whose state and result are pairs: both of each get a gradient of their own."""

    def flat(step):
        def both(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci=None, weight_cf=None, weight_co=None):
            peepholes = () if weight_ci is None else (weight_ci, weight_cf, weight_co)
            return torch.cat(step(x, (h, c), weight_ih, weight_hh, bias_ih, bias_hh, *peepholes))

        return both

    Trial(flat(trial.answer), trial.name, flat(trial.reference)).gradients_agree(*arguments)
