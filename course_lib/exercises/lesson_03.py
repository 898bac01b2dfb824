"""The exercises of lesson 03, LSTM: references, hints, and what each check examines."""

import contextlib
import math
from itertools import permutations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib import lstm
from course_lib.exercises.core import exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import State, Trial
from course_lib.masks import padding_mask
from course_lib.rnn import RNNCell, unroll


def _lengths(*lengths: int) -> Tensor:
    return torch.tensor(lengths)


def _require_pair(trial: Trial, got) -> None:
    """A Finding unless two things came back, as the new h and c."""
    trial.require(
        not isinstance(got, Tensor),
        "expected the pair `(h, c)`, got one tensor: the next step needs both, `return h, c`",
        state=State.DTYPE,
        got=got,
    )
    if isinstance(got, tuple) and len(got) == 2 and isinstance(got[1], tuple):
        trial.require(
            False,
            "expected the pair `(h, c)`, got an output and a state: h is in the state already, `return h, c`",
            state=State.DTYPE,
            got=got,
        )


# ---- 03.lstm_step --------------------------------------------------------------------------------------


def lstm_step(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh  # (B, 4H)
    i, f, g, o = sums.chunk(4, dim=-1)  # (B, H) each
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


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


@exercise(
    "03.lstm_step",
    reference=lstm_step,
    difficulty=3,
    minutes=12,
    hints=(
        "All four sums at once: `x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh` has shape (B, 4H).",
        "`i, f, g, o = sums.chunk(4, dim=-1)` cuts it into four pieces (B, H). Three go through `torch.sigmoid`, g through "
        "`torch.tanh`.",
        "Then the two lines of the conveyor: `c = f * c + i * g` and `h = o * torch.tanh(c)`; `return h, c`.",
    ),
    explanation="""
One product of matrices makes the sums of all four gates, because their rows stand one below the other. The cell is then
updated with a product and a sum, element by element, and nothing else: no matrix and no tanh stands between c of t-1 and c
of t, so the gradient that comes back along c is multiplied by f and by nothing else. The tanh in h is on a side road: it
squeezes what is shown, not what is kept.""",
)
def check_lstm_step(trial: Trial) -> None:
    _advise_on_steps(trial, 4)
    for seed, (B, E, H) in enumerate([(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 1, 1)]):
        x, *weights = _step_sizes(seed, B, E, H, 4)
        arguments = (x, (normal(seed + 50, B, H), normal(seed + 60, B, H)), *weights)
        got = trial.call(*arguments)
        _require_pair(trial, got)
        trial.compare(got, lstm.lstm_step(*arguments), mistakes=_STEP_MISTAKES, inputs=arguments)
    x, *weights = (tensor.double() for tensor in _step_sizes(7, 2, 3, 2, 4))
    trial.agrees(x, (normal(57, 2, 2).double(), normal(67, 2, 2).double()), *weights)
    x, *weights = _step_sizes(8, 3, 2, 4, 4)
    _gradients_of_pairs_agree(trial, x, normal(58, 3, 4), normal(68, 3, 4), *weights)


def _gradients_of_pairs_agree(trial: Trial, *arguments: Tensor) -> None:
    """`gradients_agree` for a step whose state and result are pairs: both of each get a gradient of their own."""

    def flat(step):
        def both(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci=None, weight_cf=None, weight_co=None):
            peepholes = () if weight_ci is None else (weight_ci, weight_cf, weight_co)
            return torch.cat(step(x, (h, c), weight_ih, weight_hh, bias_ih, bias_hh, *peepholes))

        return both

    Trial(flat(trial.answer), trial.name, flat(trial.reference)).gradients_agree(*arguments)


# ---- 03.lstm_cell --------------------------------------------------------------------------------------


class LSTMCell(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        bound = 1 / math.sqrt(H)
        self.weight_ih = nn.Parameter(torch.empty(4 * H, E).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.empty(4 * H, H).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))
        self.bias_hh = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))

    def forward(self, x, state=None):
        if state is None:
            zeros = x.new_zeros(len(x), self.weight_hh.shape[1])
            state = (zeros, zeros)
        return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


_CELL_SHAPES = {"weight_ih": "(4H, E)", "weight_hh": "(4H, H)", "bias_ih": "(4H,)", "bias_hh": "(4H,)"}


def _sizes(E: int, H: int) -> dict[str, tuple[int, ...]]:
    return {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}


def _require_parameters(trial: Trial, cell, E: int, H: int) -> None:
    """A Finding unless the cell is a module with the parameters that the exercise names."""
    trial.require(
        isinstance(cell, nn.Module),
        f"`LSTMCell(E, H)` should make a module, `class LSTMCell(nn.Module)`, got {type(cell).__name__}",
        state=State.DTYPE,
        got=cell,
    )
    mine = dict(cell.named_parameters())
    for name, shape in _sizes(E, H).items():
        if name not in mine:
            plain = isinstance(getattr(cell, name, None), Tensor)
            trial.require(
                False,
                f"`{name}` is a plain tensor, which no optimizer sees: `self.{name} = nn.Parameter(...)`"
                if plain
                else f"there is no parameter `{name}`: the names are {', '.join(f'`{each}`' for each in _CELL_SHAPES)}",
                parameters=sorted(mine),
            )
        got = tuple(mine[name].shape)
        turned = ": it is transposed" if got == shape[::-1] != shape else ""
        trial.require(
            got == shape,
            f"`{name}` should have shape {_CELL_SHAPES[name]} = {shape}, got {got}{turned}",
            state=State.SHAPE,
        )
    more = [name for name in mine if name not in _CELL_SHAPES]
    trial.require(not more, f"there should be no parameter `{(more or [''])[0]}`: four are enough", parameters=more)


def _with_weights(step, weights: tuple[Tensor, ...]):
    """A step as the `forward` of a cell with these weights."""

    def forward(x, state=None):
        zeros = x.new_zeros(len(x), weights[1].shape[1])
        return step(x, (zeros, zeros) if state is None else state, *weights)

    return forward


def _goes_on(step, first, second) -> bool:
    """Is the second result the step after the first one, where both should be the step after zeros?"""
    with contextlib.suppress(Exception):  # neither need be a pair of tensors (B, H)
        return not torch.equal(first[0], second[0]) and torch.allclose(second[0], step(first)[0], atol=1e-5)
    return False


def _require_start(trial: Trial, cell: nn.Module, E: int, H: int) -> None:
    """A Finding unless the parameters start uniformly within 1/sqrt(H)."""
    for name, p in cell.named_parameters():
        bound, largest = 1 / math.sqrt(H), p.detach().abs().max().item()
        trial.require(largest > 0, f"`{name}` starts at zero: draw it uniformly between -1/sqrt(H) and 1/sqrt(H)")
        trial.require(
            p.min().item() < 0,
            f"`{name}` starts with positive numbers alone: draw it between -1/sqrt(H) and 1/sqrt(H)",
        )
        of = {"1/H": 1 / H, "1/sqrt(4H)": bound / 2, "1/sqrt(E)": 1 / math.sqrt(E)}
        near = next((text for text, value in of.items() if 0.9 * value < largest <= value * 1.0001), None)
        trial.require(
            0.9 * bound < largest <= bound * 1.0001,
            f"`{name}` should start within 1/sqrt(H) = {bound:.3f}, and reaches {largest:.3f}"
            + (f": that is {near}" if near else ""),
        )
        # Uniform: as much of it in the inner half as in the outer half.
        inner = (p.detach().abs() < bound / 2).float().mean().item()
        trial.require(
            0.35 < inner < 0.65, f"`{name}` should start uniformly within 1/sqrt(H), every value equally likely"
        )


@exercise(
    "03.lstm_cell",
    reference=LSTMCell,
    difficulty=2,
    minutes=10,
    hints=(
        "In `__init__`, after `super().__init__()`: `self.weight_ih = nn.Parameter(torch.empty(4 * H, E).uniform_(-bound, "
        "bound))`, and three more like it.",
        "`forward(self, x, state=None)`: where `state` is None, make it a pair of zeros (B, H), with B = `len(x)`; "
        "`x.new_zeros(len(x), H)` has the dtype of x.",
        "Then `return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)`.",
    ),
    explanation="""
The module holds the parameters and nothing else; the state comes in and goes out. A cell that remembered its state by
itself would carry one batch's memory into the next. `nn.Parameter` is what an optimizer and `state_dict` see. With the names
of `torch.nn.LSTMCell`, weights can be handed from one to the other.""",
)
def check_lstm_cell(trial: Trial) -> None:
    trial.advise("before Module.__init__() call", "`super().__init__()` comes first in `__init__`.")
    trial.advise(
        "missing the required", "Write the method `forward(self, x, state=None)`; calling the cell calls `forward`."
    )
    trial.advise("NoneType", "Called without a state the cell gets `state=None`: make it a pair of zeros, (B, H) each.")
    trial.advise(
        "same dtype", "Zeros must have the dtype of x: `x.new_zeros(len(x), H)`, or `torch.zeros(..., dtype=x.dtype)`."
    )
    for seed, (B, E, H) in enumerate([(3, 2, 4), (4, 3, 2)]):
        cell = trial.call(E, H)
        _require_parameters(trial, cell, E, H)
        weights = {name: normal(10 * seed + i, *shape) for i, (name, shape) in enumerate(_sizes(E, H).items())}
        cell.load_state_dict(weights, strict=False)  # it may have buffers of its own
        x, state = normal(seed + 70, B, E), (normal(seed + 80, B, H), normal(seed + 90, B, H))
        values = tuple(weights.values())
        mistakes = [(text, _with_weights(mistaken, values)) for text, mistaken in _STEP_MISTAKES]
        ignored = (
            "the state that is handed in is not used: zeros only where `state` is None",
            lambda x, state=None, values=values: lstm_step(x, (torch.zeros_like(state[0]),) * 2, *values),
        )
        got = trial.run(cell.forward, x, state)
        _require_pair(trial, got)
        trial.compare(got, lstm.lstm_step(x, state, *values), mistakes=[ignored, *mistakes], inputs=(x, state))
        got = trial.run(cell.forward, x)
        again = trial.run(cell.forward, x)
        _require_pair(trial, again)
        trial.require(
            not _goes_on(lambda state, x=x, values=values: lstm_step(x, state, *values), got, again),
            "called a second time without a state it goes on from the first: the cell keeps its state inside. Keep nothing "
            "in `self` but the parameters; the state comes in and goes out",
            first=got[0],
            second=again[0],
        )
        trial.compare(again, _with_weights(lstm_step, values)(x), inputs=(x,))
        direction = normal(seed + 95, 2, B, H)
        grads = {}
        for name, module in (("mine", cell), ("right", nn.LSTMCell(E, H))):
            module.load_state_dict(weights, strict=False)
            given = {
                each: tensor.clone().requires_grad_() for each, tensor in zip(("x", "h", "c"), (x, *state), strict=True)
            }
            loss = (torch.stack(module(given["x"], (given["h"], given["c"]))) * direction).sum()
            trial.require(
                loss.requires_grad,
                "its result is detached: no gradient reaches the parameters. Leave out `.detach()`, `.data` and "
                "`torch.no_grad()`",
            )
            parameters = dict(module.named_parameters())
            leaves = {each: parameters[each] for each in _CELL_SHAPES} | given
            found = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
            grads[name] = dict(zip(leaves, found, strict=True))
        for name, right in grads["right"].items():
            mine = grads["mine"][name]
            trial.require(
                mine is not None,
                f"no gradient reaches `{name}`: "
                + (f"is it used as `self.{name}`?" if name in _CELL_SHAPES else "it must not be detached on its way"),
            )
            trial.require(torch.allclose(mine, right, atol=1e-4), f"the gradient with respect to `{name}` differs")
    trial.run(trial.call(3, 2).double().forward, normal(9, 2, 3).double())
    E, H = 48, 64
    _require_start(trial, trial.call(E, H), E, H)


# ---- 03.forget_bias ------------------------------------------------------------------------------------


def set_forget_bias(cell, value):
    H = len(cell.bias_ih) // 4
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = 0
    return cell


@exercise(
    "03.forget_bias",
    reference=set_forget_bias,
    difficulty=2,
    minutes=5,
    hints=(
        "The biases are (4H,), with the rows of i, f, g and o one after the other: those of f are `[H : 2 * H]`.",
        "What counts is the sum of the two biases: write the value into one of them and 0 into the other.",
        "Changing a parameter in place needs `with torch.no_grad():`, because it is no part of the computation.",
    ),
    explanation="""
The two biases are only ever added, so one would do; `torch.nn` has two because the library for GPUs beneath it has. Whoever
writes 1 into both starts with 2, and whoever writes 1 into one of them starts with 1 plus something random.""",
)
def check_forget_bias(trial: Trial) -> None:
    trial.advise(
        "leaf Variable",
        "A parameter may be changed in place only where no gradient is recorded: `with torch.no_grad():`.",
    )
    trial.advise("cannot assign", "A parameter stays a parameter: change it in place, inside `with torch.no_grad():`.")
    trial.advise(
        "no attribute 'hidden_size'", "A cell of your own has no `hidden_size`: H is `len(cell.bias_ih) // 4`."
    )
    trial.advise("no attribute 'H'", "H is `len(cell.bias_ih) // 4`.")
    cells = [(nn.LSTMCell(3, 4), 1.0), (LSTMCell(2, 3), -2.0), (lstm.LSTMCell(2, 5), 3.0), (nn.LSTMCell(1, 1), 0.0)]
    for cell, value in cells:
        before = {name: p.detach().clone() for name, p in cell.named_parameters()}
        H = cell.weight_hh.shape[1]
        got = trial.call(cell, value)
        trial.require(
            isinstance(got, nn.Module),
            f"expected the cell, got {type(got).__name__}: `return cell`",
            state=State.DTYPE,
            got=got,
        )
        after = {name: p.detach() for name, p in got.named_parameters()}
        trial.require(
            set(after) == set(before) and all(after[name].shape == p.shape for name, p in before.items()),
            "another cell comes back; change the biases of this one, and return it",
            got=got,
        )
        for name in ("weight_ih", "weight_hh"):
            trial.require(torch.equal(after[name], before[name]), f"`{name}` has changed; only the biases should")
        trial.require(
            all(p.requires_grad for p in got.parameters()),
            "a bias is no longer trained: `requires_grad` must stay True",
        )
        was, now = (each["bias_ih"] + each["bias_hh"] for each in (before, after))
        expected = was.clone()
        expected[H : 2 * H] = value
        for name, mistaken in (("bias_ih", after["bias_ih"]), ("bias_hh", after["bias_hh"])):
            trial.require(bool(mistaken.isfinite().all()), f"`{name}` holds nan or inf", got=mistaken)
        rows = {name: slice(k * H, (k + 1) * H) for k, name in enumerate("ifgo")}
        moved = [name for name, place in rows.items() if not torch.allclose(now[place], was[place], atol=1e-6)]
        shown = {"expected_bias_ih_+_bias_hh": expected, "got": now}
        right = torch.allclose(now[H : 2 * H], torch.full((H,), value), atol=1e-6)
        if value != 0 and torch.allclose(now[rows["f"]], torch.full((H,), 2 * value), atol=1e-6):
            trial.require(
                False,
                f"both biases are {value:g}, and their sum is {2 * value:g}: one gets the value, the other 0",
                **shown,
            )
        trial.require(
            len(moved) < 4 or H == 1,
            "the biases of all gates are changed; those of f are the rows [H : 2 * H]",
            **shown,
        )
        if moved and "f" not in moved:
            trial.require(
                False, f"the rows of gate {' and '.join(moved)} are changed; those of f are [H : 2 * H]", **shown
            )
        others = [name for name in moved if name != "f"]
        trial.require(
            not others,
            f"the rows of gate {' and '.join(others)} are changed too; those of f are [H : 2 * H] alone",
            **shown,
        )
        if not right:
            parts = {name: after[name][rows["f"]] for name in ("bias_ih", "bias_hh")}
            whole = [name for name, part in parts.items() if torch.allclose(part, torch.full((H,), value), atol=1e-6)]
            added = torch.allclose(now[rows["f"]], was[rows["f"]] + value, atol=1e-6)
            some = any((part == value).any() for part in parts.values())
            other = {"bias_ih": "bias_hh", "bias_hh": "bias_ih"}
            trial.require(
                False,
                "the value is added to the bias that was there; the sum of the two biases should be the value"
                if added
                else f"`{whole[0]}` is the value, but `{other[whole[0]]}` still adds something random: set its rows to 0"
                if whole
                else "only some of the H rows of f are set; they are [H : 2 * H]"
                if some and H > 1
                else "the forget gate's biases do not add up to the value",
                **shown,
            )


# ---- 03.peephole_lstm_step -----------------------------------------------------------------------------


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


@exercise(
    "03.peephole_lstm_step",
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
)
def check_peephole_lstm_step(trial: Trial) -> None:
    _advise_on_steps(trial, 4)
    trial.advise(
        "cannot be multiplied (1x",
        "A peephole (H,) multiplies c element by element, `weight_ci * c`; it is no product of matrices.",
    )
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


# ---- 03.gru_step ---------------------------------------------------------------------------------------


def gru_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=-1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=-1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h


def _gru_with(
    order="rzn",
    gate=torch.sigmoid,
    candidate=torch.tanh,
    past=lambda r, h, w, b: r * F.linear(h, w, b),
    out=lambda z, n, h: (1 - z) * n + z * h,
    biases=lambda bi, bh: (bi, bh),
):
    """A way to write the step wrongly: another order, another place of the reset gate, another mixture."""

    def step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
        bias_ih, bias_hh = biases(bias_ih, bias_hh)
        from_x = dict(zip(order, F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1), strict=True))
        from_h = dict(zip(order, zip(weight_hh.chunk(3), bias_hh.chunk(3), strict=True), strict=True))
        r, z = (gate(from_x[name] + F.linear(h, *from_h[name])) for name in "rz")
        n = candidate(from_x["n"] + past(r, h, *from_h["n"]))
        return out(z, n, h)

    return step


@exercise(
    "03.gru_step",
    reference=gru_step,
    difficulty=3,
    minutes=10,
    hints=(
        "Keep the two products apart: `x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=-1)`, and the same for h.",
        "r and z are sigmoids of the sum of their two parts. For n the part of h is multiplied by r first, with its bias: "
        "`torch.tanh(x_n + r * h_n)`.",
        "`return (1 - z) * n + z * h`.",
    ),
    explanation="""
The parts of x and of h can't be added before they are split, because the reset gate stands between them in n. It multiplies
what comes out of the matrix, bias included: so does torch, because one product then serves all three gates. In the paper
(Cho et al. 2014) it multiplies h before the matrix. One gate, z, does the work of two: what is written is 1 - z, what is
kept is z.""",
)
def check_gru_step(trial: Trial) -> None:
    _advise_on_steps(trial, 3)
    mistakes = [
        ("the reset gate multiplies h before the product of matrices: that is the form of Cho et al. 2014. In torch's form it multiplies the result, r * (W_hn h + b_hn)",
         _gru_with(past=lambda r, h, w, b: F.linear(r * h, w, b))),
        ("the reset gate leaves out the bias: it multiplies W_hn h + b_hn, bias included", _gru_with(past=lambda r, h, w, b: r * F.linear(h, w) + b)),
        ("the reset gate multiplies the part of x too; it multiplies the part of h alone",
         lambda x, h, wi, wh, bi, bh: _mixed_reset(x, h, wi, wh, bi, bh)),
        ("the reset gate has no part in the candidate: n = tanh(x_n + r * h_n)", _gru_with(past=lambda r, h, w, b: F.linear(h, w, b))),
        ("h has no part in the candidate: n = tanh(x_n + r * h_n)", _gru_with(past=lambda r, h, w, b: 0 * h)),
        ("the candidate takes r * h as it is, without its matrix: n = tanh(x_n + r * h_n) with h_n = W_hn h + b_hn", _gru_with(past=lambda r, h, w, b: r * h)),
        ("z and 1 - z are interchanged: what is kept is z, h_t = (1 - z) n + z h", _gru_with(out=lambda z, n, h: z * n + (1 - z) * h)),
        ("the candidate is not weighed: h_t = (1 - z) n + z h", _gru_with(out=lambda z, n, h: n + z * h)),
        ("the old h is not weighed: h_t = (1 - z) n + z h", _gru_with(out=lambda z, n, h: (1 - z) * n + h)),
        ("the old h is missing: h_t = (1 - z) n + z h", _gru_with(out=lambda z, n, h: (1 - z) * n)),
        ("the candidate comes back; h_t = (1 - z) n + z h", _gru_with(out=lambda z, n, h: n)),
        ("both parts are weighed with z: h_t = (1 - z) n + z h", _gru_with(out=lambda z, n, h: z * n + z * h)),
        ("h goes through a tanh once more; h_t = (1 - z) n + z h is the end", _gru_with(out=lambda z, n, h: ((1 - z) * n + z * h).tanh())),
        ("the candidate n goes through a sigmoid; it is the one with tanh", _gru_with(candidate=torch.sigmoid)),
        ("the gates go through tanh; r and z are sigmoids, from 0 to 1", _gru_with(gate=torch.tanh)),
        ("the candidate n has no activation; it goes through tanh", _gru_with(candidate=lambda s: s)),
        ("the gates have no activation; r and z go through the sigmoid", _gru_with(gate=lambda s: s)),
        ("`bias_hh` is missing", _gru_with(biases=lambda bi, bh: (bi, 0 * bh))),
        ("`bias_ih` is missing", _gru_with(biases=lambda bi, bh: (0 * bi, bh))),
        ("both biases are missing", _gru_with(biases=lambda bi, bh: (0 * bi, 0 * bh))),
        *[(f"the blocks of rows are taken in the order {', '.join(order)}; in `torch.nn` it is r, z, n", _gru_with("".join(order))) for order in permutations("rzn") if "".join(order) != "rzn"],
        *[(f"the reset gate multiplies h before the product of matrices (Cho et al. 2014), and the blocks of rows are taken in the order {', '.join(order)}; here it is torch's form, r, z, n",
           _gru_with("".join(order), past=lambda r, h, w, b: F.linear(r * h, w, b))) for order in permutations("rzn") if "".join(order) != "rzn"],
    ]  # fmt: skip
    for seed, (B, E, H) in enumerate([(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 1, 1)]):
        x, *weights = _step_sizes(seed, B, E, H, 3)
        arguments = (x, normal(seed + 50, B, H), *weights)
        got = trial.call(*arguments)
        trial.require(
            not isinstance(got, tuple),
            "expected h alone, got a tuple: the state of a GRU is one tensor",
            state=State.DTYPE,
            got=got,
        )
        trial.compare(got, lstm.gru_step(*arguments), mistakes=mistakes, inputs=arguments)
    x, *weights = (tensor.double() for tensor in _step_sizes(7, 2, 3, 2, 3))
    trial.agrees(x, normal(57, 2, 2).double(), *weights)
    x, *weights = _step_sizes(8, 3, 2, 4, 3)
    trial.gradients_agree(x, normal(58, 3, 4), *weights)


def _mixed_reset(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x_r, x_z, x_n = F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1)
    h_r, h_z, h_n = F.linear(h, weight_hh, bias_hh).chunk(3, dim=-1)
    z = (x_z + h_z).sigmoid()
    return (1 - z) * ((x_r + h_r).sigmoid() * (x_n + h_n)).tanh() + z * h


# ---- 03.last_state -------------------------------------------------------------------------------------


def last_state(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths - 1]


def _at(place):
    return lambda outputs, lengths: outputs[torch.arange(len(outputs)), place(outputs, lengths)]


@exercise(
    "03.last_state",
    reference=last_state,
    difficulty=2,
    minutes=5,
    hints=(
        "Sequence b ends at step `lengths[b] - 1`, because steps are counted from 0.",
        "Two lists of indices, one for the sequences and one for the steps, pick one step of each: "
        "`outputs[torch.arange(B), steps]`.",
    ),
    explanation="""
Two index tensors of the same length (B,) are paired element by element: sequence 0 with its last step, sequence 1 with its
own. `outputs[:, lengths - 1]` would pick all those steps from every sequence. With `gather` it is
`outputs.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, H)).squeeze(1)`, the same.""",
)
def check_last_state(trial: Trial) -> None:
    mistakes = [
        ("it takes the last column of the batch: for a short sequence that is padding. Take step lengths[b] - 1", lambda o, n: o[:, -1]),
        ("it takes the first step; the last real one is lengths[b] - 1", lambda o, n: o[:, 0]),
        ("it is one step early: the last real one is lengths[b] - 1, counted from 0", _at(lambda o, n: n - 2)),
        ("it is one step late: the last real one is lengths[b] - 1, counted from 0", _at(lambda o, n: n.clamp(max=o.shape[1] - 1))),
        ("it takes the same step of every sequence, that of the shortest", lambda o, n: o[:, int(n.min()) - 1]),
        ("it takes the same step of every sequence, that of the longest", lambda o, n: o[:, int(n.max()) - 1]),
        ("it takes the same step of every sequence, that of the first", lambda o, n: o[:, int(n[0]) - 1]),
        ("it counts from the end: -lengths[b] is too early", _at(lambda o, n: -n)),
        ("every step of `lengths` is taken from every sequence, (B, B, H): pair them, `outputs[torch.arange(B), lengths - 1]`", lambda o, n: o[:, n - 1]),
        ("the steps are summed; only the last real one is asked for", lambda o, n: o.sum(1)),
        ("the steps are averaged; only the last real one is asked for", lambda o, n: o.mean(1)),
        ("the steps are averaged; only the last real one is asked for", lambda o, n: (o * padding_mask(n, o.shape[1])[..., None]).sum(1) / n[:, None]),
        ("sequences and steps are interchanged: outputs is (B, T, H)", lambda o, n: o[n - 1, torch.arange(len(n))]),
        ("the dimension of steps is still there, of size 1: `squeeze(1)`", lambda o, n: last_state(o, n).unsqueeze(1)),
        ("only one sequence comes back: is `return` inside the loop?", lambda o, n: o[0, int(n[0]) - 1]),
        ("its result is a row of the padding's zeros: take step lengths[b] - 1", lambda o, n: torch.zeros_like(o[:, 0])),
    ]  # fmt: skip
    trial.advise("out of bounds", "Steps are counted from 0: the last real one is lengths[b] - 1.")
    trial.advise("out of range", "Steps are counted from 0: the last real one is lengths[b] - 1.")
    cases = [
        ((3, 6, 2), (5, 2, 4)),
        ((4, 4, 4), (2, 4, 1, 3)),
        ((2, 6, 3), (3, 4)),
        ((1, 3, 1), (2,)),
        ((3, 2, 4), (2, 2, 1)),
    ]
    for seed, ((B, T, H), lengths) in enumerate(cases):
        outputs = normal(seed, B, T, H)
        trial.agrees(outputs, _lengths(*lengths), mistakes=mistakes)
    trial.agrees(normal(6, 3, 4, 2).double(), _lengths(4, 1, 2))
    trial.gradients_agree(normal(7, 3, 4, 2), _lengths(4, 1, 2))


# ---- 03.reverse_padded ---------------------------------------------------------------------------------


def reverse_padded(x, lengths):
    steps = torch.arange(x.shape[1])  # (T,)
    mirrored = lengths.unsqueeze(1) - 1 - steps  # (B, T), negative at padding
    order = torch.where(mirrored >= 0, mirrored, steps)
    return x[torch.arange(len(x)).unsqueeze(1), order]


def _reversed_by(length=lambda n, T: n, padding=lambda rest, row: rest, turned=lambda row: row.flip(0)):
    """A way to turn wrongly: up to another step, with another padding, or along another dimension."""

    def turn(x, lengths):
        rows = []
        for row, n in zip(x, lengths.tolist(), strict=True):
            end = length(n, x.shape[1])
            rows.append(torch.cat([turned(row[:end]), padding(row[end:], row)]))
        return torch.stack(rows)

    return turn


@exercise(
    "03.reverse_padded",
    reference=reverse_padded,
    difficulty=3,
    minutes=8,
    hints=(
        "A loop will do: for sequence b, `x[b, :n].flip(0)` are its n real steps backwards; then its padding, `x[b, n:]`.",
        "`torch.cat([...])` joins the two parts of a sequence, `torch.stack(rows)` makes a batch of the sequences.",
        "Without a loop: step t of the answer is step `lengths - 1 - t` of x, and step t itself where that is negative.",
    ),
    explanation="""
`x.flip(1)` turns the padding too, so that it comes first, and a cell would read it before the sentence. Done twice,
`reverse_padded` gives x again: so the same function turns the outputs of the backward cell back to their steps.""",
)
def check_reverse_padded(trial: Trial) -> None:
    mistakes = [
        ("the padding is turned too, and stands first: turn only the first lengths[b] steps of each sequence", lambda x, n: x.flip(1)),
        ("the batch is turned; turn the steps of each sequence", lambda x, n: x.flip(0)),
        ("the E numbers of each step are turned; turn the order of the steps", lambda x, n: x.flip(2)),
        ("all dimensions are turned; turn the order of the steps alone", lambda x, n: x.flip(0, 1, 2)),
        ("every sequence is turned up to the shortest one's length; each has its own", lambda x, n: _reversed_by(lambda _, T: int(n.min()))(x, n)),
        ("every sequence is turned up to the longest one's length; each has its own", lambda x, n: _reversed_by(lambda _, T: int(n.max()))(x, n)),
        ("every sequence is turned up to the first one's length; each has its own", lambda x, n: _reversed_by(lambda _, T: int(n[0]))(x, n)),
        ("the last real step stays where it is: the turn ends one step early", _reversed_by(lambda n, T: n - 1)),
        ("one step of the padding is turned too: the turn ends one step late", _reversed_by(lambda n, T: min(n + 1, T))),
        ("the padding is set to zero; it stays as it is", _reversed_by(padding=lambda rest, row: torch.zeros_like(rest))),
        ("the padding is turned as well, in its place; it stays as it is", _reversed_by(padding=lambda rest, row: rest.flip(0))),
        ("x comes back as it was", lambda x, n: x),
        ("the padding stands first; it stays at the end", lambda x, n: torch.stack([torch.cat([row[k:], row[:k].flip(0)]) for row, k in zip(x, n.tolist(), strict=True)])),
        ("the E numbers of each step are turned; turn the order of the steps", _reversed_by(turned=lambda row: row.flip(1))),
        ("the first step stands at the padding too; the padding stays as it is", _reversed_by(padding=lambda rest, row: row[:1].expand_as(rest))),
        ("the padding stands first, set to zero: turn only the first lengths[b] steps of each sequence",
         lambda x, n: (x * padding_mask(n, x.shape[1])[..., None]).flip(1)),
        ("the sequences are turned with their padding, and what then stands at the padding's place is set to zero: turn only the first lengths[b] steps of each",
         lambda x, n: x.flip(1) * padding_mask(n, x.shape[1])[..., None]),
        ("only the first sequence comes back: is `return` inside the loop?", lambda x, n: reverse_padded(x, n)[0]),
        ("the sequences are joined end to end: `torch.stack` makes a batch of them", lambda x, n: torch.cat(list(reverse_padded(x, n)))),
        ("each sequence is rolled, not turned: `flip` turns", lambda x, n: torch.stack([torch.cat([row[:k].roll(1, 0), row[k:]]) for row, k in zip(x, n.tolist(), strict=True)])),
    ]  # fmt: skip
    trial.advise("index -", "A negative index: at padding lengths - 1 - t is below 0; take step t itself there.")
    trial.advise("out of bounds", "Step t of the answer is step lengths - 1 - t of x, and t itself at padding.")
    trial.advise("equal size", "The sequences differ in length: add the padding to each again before `torch.stack`.")
    trial.advise(
        "unsupported operand type", "`flip(0)` turns the first dimension; torch knows no step of -1 in a slice."
    )
    trial.advise(
        "step must be greater than zero", "torch knows no slice `[::-1]`; `.flip(0)` turns the first dimension."
    )
    cases = [
        ((3, 6, 2), (5, 2, 4)),
        ((4, 4, 4), (2, 4, 1, 3)),
        ((2, 6, 3), (3, 4)),
        ((1, 3, 1), (2,)),
        ((2, 3, 2), (3, 3)),
    ]
    for seed, ((B, T, E), lengths) in enumerate(cases):
        trial.agrees(normal(seed, B, T, E), _lengths(*lengths), mistakes=mistakes)
    trial.agrees(normal(6, 3, 4, 2).double(), _lengths(4, 1, 2))
    trial.gradients_agree(normal(7, 3, 4, 2), _lengths(4, 1, 2))


# ---- 03.bidirectional ----------------------------------------------------------------------------------


def bidirectional(forward, backward, x, lengths):
    ahead, _ = unroll(forward, x)
    back, _ = unroll(backward, reverse_padded(x, lengths))
    both = torch.cat([ahead, reverse_padded(back, lengths)], dim=-1)
    real = torch.arange(x.shape[1]) < lengths.unsqueeze(1)  # (B, T)
    return both.masked_fill(~real.unsqueeze(-1), 0)


def _everywhere(lengths, T):
    return torch.ones(len(lengths), T, dtype=torch.bool)


def _both_with(
    ahead=lambda forward, backward, x, n: unroll(forward, x)[0],
    back=lambda forward, backward, x, n: reverse_padded(unroll(backward, reverse_padded(x, n))[0], n),
    join=lambda a, b: torch.cat([a, b], dim=-1),
    real=padding_mask,
):
    """A way to go both ways wrongly: another direction, another way of joining, another mask."""

    def both(forward, backward, x, lengths):
        a, b = ahead(forward, backward, x, lengths), back(forward, backward, x, lengths)
        steps = real(lengths, x.shape[1]).unsqueeze(-1)
        return join(a * steps, b * steps)

    return both


def _flipped(forward, backward, x, n):
    return unroll(backward, x.flip(1))[0].flip(1)


@exercise(
    "03.bidirectional",
    reference=bidirectional,
    difficulty=3,
    minutes=10,
    hints=(
        "`ahead, _ = unroll(forward, x)` are the forward outputs, (B, T, H). For the backward ones hand in x turned round by "
        "your `reverse_padded`.",
        "The outputs of the backward cell come in its own order: turn them back with `reverse_padded`, so that row t is about "
        "step t.",
        "Join them along the last dimension, `torch.cat([ahead, back], dim=-1)`, and put zeros where t >= lengths[b].",
    ),
    explanation="""
Turn, unroll, turn back. What h_t holds is the sentence up to t from the left and down to t from the right. The backward cell
must begin at the last real word: had it read the padding first, its result would depend on the other sentences in the
batch. `unroll(backward, x, mask=..., reverse=True)` of the library does the same with a mask.""",
)
def check_bidirectional(trial: Trial) -> None:
    mistakes = [
        ("the backward cell begins in the padding: turn each sequence within its own length, `reverse_padded`", _both_with(back=_flipped)),
        ("the backward outputs are not turned back: row t must be about step t",
         _both_with(back=lambda f, b, x, n: unroll(b, reverse_padded(x, n))[0])),
        ("the backward outputs are turned back with the padding: use `reverse_padded` for this too",
         _both_with(back=lambda f, b, x, n: unroll(b, reverse_padded(x, n))[0].flip(1))),
        ("the backward cell begins in the padding, and its outputs are not turned back",
         _both_with(back=lambda f, b, x, n: unroll(b, x.flip(1))[0])),
        ("the backward cell reads forwards: turn the sequences round before it, `reverse_padded`", _both_with(back=lambda f, b, x, n: unroll(b, x)[0])),
        ("the backward cell reads forwards, and its outputs are turned: turn its input too",
         _both_with(back=lambda f, b, x, n: reverse_padded(unroll(b, x)[0], n))),
        ("the forward cell does both; the second direction has a cell of its own, `backward`",
         _both_with(back=lambda f, b, x, n: reverse_padded(unroll(f, reverse_padded(x, n))[0], n))),
        ("the backward half comes first: h_t = [forward_t; backward_t]", _both_with(join=lambda a, b: torch.cat([b, a], dim=-1))),
        ("`forward` and `backward` are interchanged",
         lambda f, b, x, n: bidirectional(b, f, x, n)),
        ("the two halves are added; join them, `torch.cat([ahead, back], dim=-1)`", _both_with(join=lambda a, b: a + b)),
        ("the two halves are joined along the steps; h_t has 2H numbers, dim=-1", _both_with(join=lambda a, b: torch.cat([a, b], dim=1))),
        ("the two halves are joined along the batch; h_t has 2H numbers, dim=-1", _both_with(join=lambda a, b: torch.cat([a, b], dim=0))),
        ("the two halves are stacked; `torch.cat([ahead, back], dim=-1)` makes (B, T, 2H)", _both_with(join=lambda a, b: torch.stack([a, b], dim=2))),
        ("the two halves are stacked; `torch.cat([ahead, back], dim=-1)` makes (B, T, 2H)", _both_with(join=lambda a, b: torch.stack([a, b]))),
        ("the numbers of the two halves alternate; the H of `forward` come first, then the H of `backward`",
         _both_with(join=lambda a, b: torch.stack([a, b], dim=-1).flatten(-2))),
        ("the padding is not zero: where t >= lengths[b] there is nothing to say", _both_with(real=_everywhere)),
        ("one step of the padding is not zero: real are the steps t < lengths[b]",
         _both_with(real=lambda n, T: padding_mask((n + 1).clamp(max=T), T))),
        ("the last real step is zero too: real are the steps t < lengths[b]",
         _both_with(real=lambda n, T: torch.arange(T) < n[:, None] - 1)),
        ("the padding of the forward half is not zero", lambda f, b, x, n: torch.cat([unroll(f, x)[0], bidirectional(f, b, x, n).chunk(2, dim=-1)[1]], dim=-1)),
        ("the padding is not zero, and the backward cell begins in it: turn with `reverse_padded`", _both_with(back=_flipped, real=_everywhere)),
        ("the backward outputs are not turned back (row t must be about step t), and the padding is not zero",
         _both_with(back=lambda f, b, x, n: unroll(b, reverse_padded(x, n))[0], real=_everywhere)),
        ("the backward cell starts from the forward one's last state; each starts from zeros",
         _both_with(back=lambda f, b, x, n: reverse_padded(unroll(b, reverse_padded(x, n), unroll(f, x)[1])[0], n))),
        ("only the forward half comes back; join the two, (B, T, 2H)", _both_with(join=lambda a, b: a)),
        ("only the backward half comes back; join the two, (B, T, 2H)", _both_with(join=lambda a, b: b)),
        ("only the last states come back; the outputs of all steps are asked for, (B, T, 2H)",
         lambda f, b, x, n: torch.cat([last_state(unroll(f, x)[0], n), last_state(unroll(b, reverse_padded(x, n))[0], n)], dim=-1)),
    ]  # fmt: skip
    trial.advise("has no attribute", "`unroll` returns two things: `outputs, state = unroll(cell, x)`.")
    trial.advise("must be tensors", "`unroll` returns two things: `outputs, state = unroll(cell, x)`.")
    trial.advise("expected Tensor as element", "`unroll` returns two things: `outputs, state = unroll(cell, x)`.")
    cases = [
        (RNNCell, (3, 5, 2, 4), (5, 2, 4)),
        (lstm.LSTMCell, (4, 4, 3, 2), (2, 4, 1, 3)),
        (lstm.GRUCell, (2, 6, 3, 3), (3, 4)),
        (RNNCell, (2, 3, 1, 2), (3, 3)),
    ]
    for seed, (make, (B, T, E, H), lengths) in enumerate(cases):
        cells = [make(E, H, generator=seeded(10 * seed + k)) for k in range(2)]
        for cell in cells:
            for p in cell.parameters():
                p.requires_grad_(False)
        arguments = (*cells, normal(seed, B, T, E), _lengths(*lengths))
        got, expected = trial.call(*arguments), bidirectional(*arguments)
        trial.require(
            not isinstance(got, tuple),
            "expected the outputs alone, (B, T, 2H), got a tuple",
            state=State.DTYPE,
            got=got,
        )
        trial.compare(got, expected, mistakes=mistakes, inputs=arguments)
    trial.gradients_agree(*arguments)
