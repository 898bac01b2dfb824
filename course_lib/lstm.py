"""LSTM, peephole LSTM and GRU (lesson 03); both directions, and layers.

The state of an LSTM is a tuple (h, c), that of a GRU is h; `rnn.unroll` serves them all. Names and order of the
gates are those of `torch.nn`: i, f, g, o and r, z, n stand one below the other in `weight_ih` and `weight_hh`.

Hochreiter, Schmidhuber 1997: Long Short-Term Memory, Neural Computation 9(8)
Gers, Schmidhuber, Cummins 2000: Learning to Forget (the forget gate), Neural Computation 12(10)
Gers, Schraudolph, Schmidhuber 2002: Learning Precise Timing with LSTM Recurrent Networks, JMLR 3
Cho et al. 2014: Learning Phrase Representations using RNN Encoder-Decoder (the GRU), arXiv:1406.1078
"""

import re
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.rnn import State, cell_sizes, check_sequence, check_step, uniform, unroll, zeros

Pair = tuple[Tensor, Tensor]

# --- LSTM ---------------------------------------------------------------------------------------------------


def lstm_gates(
    x: Tensor, state: Pair, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The input gate i, forget gate f, candidate g and output gate o of one step, (B, H) each.

    i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)        f, o likewise
    g =    tanh(W_ig x + b_ig + W_hg h + b_hg)
    """
    h, c = _pair(state)
    check_step(x, weight_ih, weight_hh, h=h, c=c)
    i, f, g, o = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(4, dim=-1)
    return i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()


def lstm_step(x: Tensor, state: Pair, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> Pair:
    """One step of an LSTM with forget gate: x (B, E), state (h, c) of t-1, (B, H) each -> (h, c) of t.

        c_t = f c_{t-1} + i g
        h_t = o tanh(c_t)

    Hochreiter, Schmidhuber 1997; forget gate: Gers, Schmidhuber, Cummins 2000.

    Args:
        weight_ih: (4H, E): the rows of i, f, g, o.
        weight_hh: (4H, H).
        bias_ih, bias_hh: (4H,) each.

    Raises:
        ValueError: x, h or c of another shape, or a state that is not a pair.
    """
    i, f, g, o = lstm_gates(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    _, c = state
    c = f * c + i * g
    return o * c.tanh(), c


class LSTMCell(nn.Module):
    """`lstm_step` with its parameters: `h, c = cell(x, (h, c))`. Equal to `torch.nn.LSTMCell`, names included.

    Args:
        forget_bias: the bias of the forget gate at the beginning. 1 keeps the gate open until the cell has learnt
            what to forget (Jozefowicz, Zaremba, Sutskever 2015). None: random, as in `torch.nn.LSTMCell`.

    Attributes:
        weight_ih (4H, E), weight_hh (4H, H), bias_ih (4H,), bias_hh (4H,): parameters, uniform within ±1/sqrt(H).
    """

    def __init__(self, E: int, H: int, forget_bias: float | None = None, generator: torch.Generator | None = None):
        super().__init__()
        self.weight_ih = uniform(4 * H, E, H=H, generator=generator)
        self.weight_hh = uniform(4 * H, H, H=H, generator=generator)
        self.bias_ih = uniform(4 * H, H=H, generator=generator)
        self.bias_hh = uniform(4 * H, H=H, generator=generator)
        _set_forget_bias(self, forget_bias)

    def forward(self, x: Tensor, state: Pair | None = None) -> Pair:
        return lstm_step(x, _or_zeros(self, x, state), self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)

    def gates(self, x: Tensor, state: Pair | None = None) -> dict[str, Tensor]:
        """The gates of one step by name: "i", "f", "g", "o", (B, H) each."""
        values = lstm_gates(x, _or_zeros(self, x, state), self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        return dict(zip("ifgo", values, strict=True))

    def extra_repr(self) -> str:
        return cell_sizes(self)


def _pair(state: Pair) -> Pair:
    if not isinstance(state, tuple) or len(state) != 2:
        got = f"a tuple of {len(state)}" if isinstance(state, tuple) else f"a {type(state).__name__}"
        raise ValueError(f"the state of an LSTM must be a tuple (h, c), got {got}")
    return state


def _or_zeros(cell: nn.Module, x: Tensor, state: Pair | None) -> Pair:
    return (zeros(x, cell.weight_hh), zeros(x, cell.weight_hh)) if state is None else state


@torch.no_grad()
def _set_forget_bias(cell: nn.Module, value: float | None) -> None:
    """Only the sum of the two biases counts: one gets the value, the other zero."""
    if value is not None:
        H = cell.weight_hh.shape[1]
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = 0


# --- peephole LSTM ------------------------------------------------------------------------------------------


def peephole_lstm_gates(
    x: Tensor,
    state: Pair,
    weight_ih: Tensor,
    weight_hh: Tensor,
    bias_ih: Tensor,
    bias_hh: Tensor,
    weight_ci: Tensor,
    weight_cf: Tensor,
    weight_co: Tensor,
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """The gates i, f, g, o of one step, and the c of t that gate o looks at: (B, H) each."""
    h, c = _pair(state)
    check_step(x, weight_ih, weight_hh, h=h, c=c)
    i, f, g, o = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(4, dim=-1)
    i = (i + _peep(weight_ci, c)).sigmoid()  # c of t-1
    f = (f + _peep(weight_cf, c)).sigmoid()  # c of t-1
    g = g.tanh()
    c = f * c + i * g
    o = (o + _peep(weight_co, c)).sigmoid()  # c of t
    return i, f, g, o, c


def _peep(weight: Tensor, c: Tensor) -> Tensor:
    """A gate's look at c (B, H): weight (H,), each unit at its own; or weight (H, H), each unit at all."""
    return weight * c if weight.dim() == 1 else F.linear(c, weight)


def peephole_lstm_step(
    x: Tensor,
    state: Pair,
    weight_ih: Tensor,
    weight_hh: Tensor,
    bias_ih: Tensor,
    bias_hh: Tensor,
    weight_ci: Tensor,
    weight_cf: Tensor,
    weight_co: Tensor,
) -> Pair:
    """One step of an LSTM whose gates look at the cell: x (B, E), state (h, c) of t-1 -> (h, c) of t.

        i = sigmoid(W_ii x + b_ii + W_hi h_{t-1} + b_hi + w_ci c_{t-1})
        f = sigmoid(W_if x + b_if + W_hf h_{t-1} + b_hf + w_cf c_{t-1})
        g =    tanh(W_ig x + b_ig + W_hg h_{t-1} + b_hg)
        c_t = f c_{t-1} + i g
        o = sigmoid(W_io x + b_io + W_ho h_{t-1} + b_ho + w_co c_t)
        h_t = o tanh(c_t)

    Gers, Schraudolph, Schmidhuber 2002: i and f are computed before the cell is updated, so they see c of t-1;
    o after it, so it sees c of t. Without peepholes a closed output gate hides the cell from every gate.

    Args:
        weight_ih, weight_hh, bias_ih, bias_hh: as in `lstm_step`.
        weight_ci, weight_cf, weight_co: the peepholes. (H,): each unit sees its own c (the form of the paper, a
            diagonal matrix). (H, H): each unit sees every c.

    Raises:
        ValueError: x, h or c of another shape, or a state that is not a pair.
    """
    _, _, _, o, c = peephole_lstm_gates(
        x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co
    )
    return o * c.tanh(), c


class PeepholeLSTMCell(nn.Module):
    """`peephole_lstm_step` with its parameters: `h, c = cell(x, (h, c))`.

    With peepholes of zero it is an `LSTMCell`. `torch.nn` has none.

    Args:
        peephole: "diagonal", 3H more parameters than `LSTMCell`, or "full", 3H² more.
        forget_bias: as in `LSTMCell`.

    Attributes:
        weight_ih (4H, E), weight_hh (4H, H), bias_ih (4H,), bias_hh (4H,): as in `LSTMCell`.
        weight_ci, weight_cf, weight_co: (H,) or (H, H), uniform within ±1/sqrt(H).

    Raises:
        ValueError: another name of a form.
    """

    def __init__(
        self,
        E: int,
        H: int,
        peephole: str = "diagonal",
        forget_bias: float | None = None,
        generator: torch.Generator | None = None,
    ):
        super().__init__()
        if peephole not in ("diagonal", "full"):
            raise ValueError(f"peephole must be 'diagonal' or 'full', got {peephole!r}")
        shape = (H,) if peephole == "diagonal" else (H, H)
        self.weight_ih = uniform(4 * H, E, H=H, generator=generator)
        self.weight_hh = uniform(4 * H, H, H=H, generator=generator)
        self.bias_ih = uniform(4 * H, H=H, generator=generator)
        self.bias_hh = uniform(4 * H, H=H, generator=generator)
        self.weight_ci = uniform(*shape, H=H, generator=generator)
        self.weight_cf = uniform(*shape, H=H, generator=generator)
        self.weight_co = uniform(*shape, H=H, generator=generator)
        _set_forget_bias(self, forget_bias)

    def _parameters_in_order(self) -> tuple[Tensor, ...]:
        peepholes = self.weight_ci, self.weight_cf, self.weight_co
        return self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh, *peepholes

    def forward(self, x: Tensor, state: Pair | None = None) -> Pair:
        return peephole_lstm_step(x, _or_zeros(self, x, state), *self._parameters_in_order())

    def gates(self, x: Tensor, state: Pair | None = None) -> dict[str, Tensor]:
        """The gates of one step by name: "i", "f", "g", "o", (B, H) each."""
        values = peephole_lstm_gates(x, _or_zeros(self, x, state), *self._parameters_in_order())
        return dict(zip("ifgo", values[:4], strict=True))

    def extra_repr(self) -> str:
        return f"{cell_sizes(self)}, peephole={'diagonal' if self.weight_ci.dim() == 1 else 'full'!r}"


# --- GRU ----------------------------------------------------------------------------------------------------


def gru_gates(
    x: Tensor,
    h: Tensor,
    weight_ih: Tensor,
    weight_hh: Tensor,
    bias_ih: Tensor,
    bias_hh: Tensor,
    reset_after: bool = True,
) -> tuple[Tensor, Tensor, Tensor]:
    """The reset gate r, update gate z and candidate n of one step, (B, H) each."""
    check_step(x, weight_ih, weight_hh, h=h)
    H = h.shape[1]
    x_r, x_z, x_n = F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1)
    h_r, h_z = F.linear(h, weight_hh[: 2 * H], bias_hh[: 2 * H]).chunk(2, dim=-1)
    weight_hn, bias_hn = weight_hh[2 * H :], bias_hh[2 * H :]
    r = (x_r + h_r).sigmoid()
    z = (x_z + h_z).sigmoid()
    h_n = r * F.linear(h, weight_hn, bias_hn) if reset_after else F.linear(r * h, weight_hn, bias_hn)
    return r, z, (x_n + h_n).tanh()


def gru_step(
    x: Tensor,
    h: Tensor,
    weight_ih: Tensor,
    weight_hh: Tensor,
    bias_ih: Tensor,
    bias_hh: Tensor,
    reset_after: bool = True,
) -> Tensor:
    """One step of a gated recurrent unit: x (B, E), h (B, H) of t-1 -> h (B, H) of t.

        r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
        z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
        n = tanh(W_in x + b_in + r (W_hn h + b_hn))       reset_after=True: as `torch.nn.GRUCell`
        n = tanh(W_in x + b_in + W_hn (r h) + b_hn)       reset_after=False: Cho et al. 2014, eq. 8
        h_t = (1 - z) n + z h                             Cho et al. 2014, eq. 7

    The two forms differ in where the reset gate stands: after the matrix product or before it. They have the same
    parameters and other values. (Some texts also swap z and 1 - z, which only renames the gate.)

    Args:
        weight_ih: (3H, E): the rows of r, z, n.
        weight_hh: (3H, H).
        bias_ih, bias_hh: (3H,) each.

    Raises:
        ValueError: x or h of another shape.
    """
    _, z, n = gru_gates(x, h, weight_ih, weight_hh, bias_ih, bias_hh, reset_after)
    return (1 - z) * n + z * h


class GRUCell(nn.Module):
    """`gru_step` with its parameters: `h = cell(x, h)`. Equal to `torch.nn.GRUCell`, names and start included.

    Args:
        reset_after: False for the form of Cho et al. 2014.

    Attributes:
        weight_ih (3H, E), weight_hh (3H, H), bias_ih (3H,), bias_hh (3H,): parameters, uniform within ±1/sqrt(H).
    """

    def __init__(self, E: int, H: int, reset_after: bool = True, generator: torch.Generator | None = None):
        super().__init__()
        self.reset_after = reset_after
        self.weight_ih = uniform(3 * H, E, H=H, generator=generator)
        self.weight_hh = uniform(3 * H, H, H=H, generator=generator)
        self.bias_ih = uniform(3 * H, H=H, generator=generator)
        self.bias_hh = uniform(3 * H, H=H, generator=generator)

    def forward(self, x: Tensor, h: Tensor | None = None) -> Tensor:
        h = zeros(x, self.weight_hh) if h is None else h
        return gru_step(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh, self.reset_after)

    def gates(self, x: Tensor, h: Tensor | None = None) -> dict[str, Tensor]:
        """The gates of one step by name: "r", "z", "n", (B, H) each."""
        h = zeros(x, self.weight_hh) if h is None else h
        values = gru_gates(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh, self.reset_after)
        return dict(zip("rzn", values, strict=True))

    def extra_repr(self) -> str:
        return cell_sizes(self) + ("" if self.reset_after else ", reset_after=False")


def gates_through_time(cell: nn.Module, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
    """What a cell does at every step, to be drawn: x (B, T, E) -> its gates by name, and "h" and "c", (B, T, H) each.

    The values carry no gradient.

    Raises:
        ValueError: x that is not (B, T, E) or has no steps.
    """
    check_sequence(x, None)
    history: dict[str, list[Tensor]] = {}
    with torch.no_grad():
        for x_t in x.unbind(1):
            step = cell.gates(x_t, state) if hasattr(cell, "gates") else {}
            state = cell(x_t, state)
            step |= dict(zip("hc", state if isinstance(state, tuple) else (state,), strict=False))
            for name, value in step.items():
                history.setdefault(name, []).append(value)
    return {name: torch.stack(values, dim=1) for name, values in history.items()}


# --- both directions, and layers ----------------------------------------------------------------------------


def bidirectional(
    forward: nn.Module,
    backward: nn.Module,
    x: Tensor,
    state: Sequence[State | None] | None = None,
    mask: Tensor | None = None,
    unroll: Callable = unroll,
) -> tuple[Tensor, tuple[State, State]]:
    """Two cells, one from each end: x (B, T, E) -> outputs (B, T, 2H), h_t = [forward_t; backward_t].

    Schuster, Paliwal 1997: Bidirectional recurrent neural networks. The backward cell starts at the last real
    step; its last state is the one at the first step.

    Args:
        state: the two states before the first step, forward and backward; None for zeros.
        mask: bool (B, T), True at real steps; None if all are real.

    Returns:
        The outputs, and the last state of each direction.
    """
    before = (None, None) if state is None else state
    ahead, last = unroll(forward, x, before[0], mask)
    back, first = unroll(backward, x, before[1], mask, reverse=True)
    return torch.cat([ahead, back], dim=-1), (last, first)


class Recurrent(nn.Module):
    """L layers of a cell, in one direction or both: x (B, T, E) -> outputs (B, T, H or 2H), states.

    Equal to `torch.nn.RNN`, `LSTM` and `GRU` with `batch_first=True`, on packed sequences where there is a mask;
    `load_state_dict` takes their weights.

    Args:
        cell: makes a cell from its E and H: `RNNCell`, `LSTMCell`, `partial(LSTMCell, forget_bias=1.0)`.
        E: size of the input.
        H: size of the state, per direction.
        L: layers; each reads the outputs of the one below.
        bidirectional: two cells per layer.
        dropout: the share of a layer's outputs that are dropped on the way to the next, in training.
        unroll: the loop; `fast.unroll` is the same with fused kernels.

    Attributes:
        cells: by name, in order: "l0", "l0_reverse", "l1", ...

    Raises:
        ValueError: L below 1.
    """

    def __init__(
        self,
        cell: Callable[[int, int], nn.Module],
        E: int,
        H: int,
        L: int = 1,
        bidirectional: bool = False,
        dropout: float = 0.0,
        unroll: Callable = unroll,
    ):
        super().__init__()
        if L < 1:
            raise ValueError(f"L must be at least 1, got {L}")
        directions = ("", "_reverse") if bidirectional else ("",)
        self.cells = nn.ModuleDict()
        for layer in range(L):
            for direction in directions:
                self.cells[f"l{layer}{direction}"] = cell(E if layer == 0 else H * len(directions), H)
        self.L = L
        self.bidirectional = bidirectional
        self.dropout = nn.Dropout(dropout)
        self.unroll = unroll

    def forward(
        self, x: Tensor, state: Sequence[State | None] | None = None, mask: Tensor | None = None
    ) -> tuple[Tensor, list[State]]:
        """Args:
            state: one state per cell, in the order of `cells`; None for zeros.
            mask: bool (B, T), True at real steps; None if all are real.

        Returns:
            The outputs of the last layer, and the last state of every cell.

        Raises:
            ValueError: another number of states; and as `unroll`.
        """
        state = [None] * len(self.cells) if state is None else state
        if len(state) != len(self.cells):
            raise ValueError(f"expected one state per cell, {len(self.cells)}, got {len(state)}")
        states: list[State] = []
        for layer in range(self.L):
            if layer > 0:
                x = self.dropout(x)
            cell = self.cells[f"l{layer}"]
            if self.bidirectional:
                before = state[2 * layer : 2 * layer + 2]
                x, both = bidirectional(cell, self.cells[f"l{layer}_reverse"], x, before, mask, self.unroll)
                states += both
            else:
                x, last = self.unroll(cell, x, state[layer], mask)
                states.append(last)
        return x, states

    def load_state_dict(self, state_dict: Mapping[str, Tensor], strict: bool = True, assign: bool = False):
        """As any module's; also takes the names of `torch.nn`: "weight_ih_l0" for "cells.l0.weight_ih"."""
        renamed = {re.sub(r"^(\w+)_(l\d+(?:_reverse)?)$", r"cells.\2.\1", name): t for name, t in state_dict.items()}
        return super().load_state_dict(renamed, strict, assign)


# --- generated tasks ----------------------------------------------------------------------------------------


def spike_delays(
    B: int, T: int, shortest: int, longest: int, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Measure the delay between spikes: x (B, T, 1) -> y (B, T) where mask (B, T) is True.

    x is 1 at a spike, else 0; the first spike is at step 0, each further one `shortest` to `longest` steps after
    the one before, all delays equally likely. At each spike but the first the mask is True and y is the delay
    that just ended, scaled to 0 (shortest) .. 1 (longest); elsewhere y is 0. With n possible delays, always
    answering 1/2 has a squared error of (n + 1) / (12 (n - 1)), and to tell neighbours apart the error of an
    answer must stay below 1 / (2 (n - 1)).

    Gers, Schraudolph, Schmidhuber 2002, "measuring spike delays".

    Raises:
        ValueError: delays that are not 1 <= shortest < longest < T.
    """
    _check_delays(T, shortest, longest)
    delays = torch.randint(shortest, longest + 1, (B, T // shortest), generator=generator)
    at = delays.cumsum(1).clamp(max=T)  # (B, T // shortest): the steps of the spikes; what lies beyond is cut off
    y = torch.zeros(B, T + 1).scatter_(1, at, (delays - shortest) / (longest - shortest))[:, :T]
    mask = torch.zeros(B, T + 1, dtype=torch.bool).scatter_(1, at, True)[:, :T]
    x = mask.float()
    x[:, 0] = 1
    return x.unsqueeze(-1), y, mask


def timed_spikes(
    B: int, T: int, shortest: int, longest: int, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor]:
    """Keep time: x (B, T, 1) says how long the interval is, y (B, T) is 1 at every end of one, else 0.

    Each sequence has one interval of `shortest` to `longest` steps, all equally likely; x is that interval at every
    step, scaled to 0 .. 1. Spikes come at the interval's multiples (and none at step 0), so whoever drifts by one
    step fails. Never a spike is right at nearly every step: count sequences that are right as a whole.

    After Gers, Schraudolph, Schmidhuber 2002, "generating timed spikes".

    Raises:
        ValueError: intervals that are not 1 <= shortest < longest < T.
    """
    _check_delays(T, shortest, longest)
    interval = torch.randint(shortest, longest + 1, (B, 1), generator=generator)
    t = torch.arange(T)
    y = ((t > 0) & (t % interval == 0)).float()  # (B, T)
    x = ((interval - shortest) / (longest - shortest)).expand(B, T)
    return x.unsqueeze(-1).clone(), y


def _check_delays(T: int, shortest: int, longest: int) -> None:
    if not 1 <= shortest < longest < T:
        raise ValueError(f"expected 1 <= shortest < longest < T, got {shortest}, {longest} and T={T}")
