"""The LSTM (lesson 03), without and with peepholes: a path on which keeping is the default, and gates.

The state is a tuple (h, c); `rnn.unroll` and `rnn.masked_unroll` run these cells as any other. Names and order of the
gates are those of `torch.nn`: i, f, g, o stand one below the other in `weight_ih` and `weight_hh`.

Also of lesson 03: `gru`, and `recurrent` for layers and both directions; `tasks` has data to try a cell on.

Hochreiter, Schmidhuber 1997: Long Short-Term Memory, Neural Computation 9(8)
Gers, Schmidhuber, Cummins 2000: Learning to Forget (the forget gate), Neural Computation 12(10)
Gers, Schraudolph, Schmidhuber 2002: Learning Precise Timing with LSTM Recurrent Networks, JMLR 3
"""

from typing import TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.rnn import State, cell_sizes, check_sequence, check_step, initial_weights, uniform, zeros

Pair = tuple[Tensor, Tensor]
Module = TypeVar("Module", bound=nn.Module)

# --- LSTM ---------------------------------------------------------------------------------------------------


def lstm_step(x: Tensor, state: Pair, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> Pair:
    """One step of an LSTM with forget gate: x (B, E), state (h, c) of t-1, (B, H) each -> (h, c) of t.

        f = sigmoid(W_xf x + W_hf h_{t-1} + b_f)        i, o likewise
        g =    tanh(W_xg x + W_hg h_{t-1} + b_g)
        c_t = f c_{t-1} + i g
        h_t = o tanh(c_t)

    The first letter of an index is the source, the second the gate; b_f is the sum of the two biases of its rows.
    (Others write W_xc, W_hc and c~ for those of the candidate g.)

    Hochreiter, Schmidhuber 1997; forget gate: Gers, Schmidhuber, Cummins 2000.

    Args:
        weight_ih: (4H, E): the rows of i, f, g, o.
        weight_hh: (4H, H).
        bias_ih, bias_hh: (4H,) each.
    """
    h, c = state
    sums = F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)  # (B, 4H)
    i, f, g, o = sums.chunk(4, dim=-1)  # (B, H) each
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
    return h, c


class LSTMCell(nn.Module):
    """`lstm_step` with its parameters: `h, c = cell(x, (h, c))`. Equal to `torch.nn.LSTMCell`, names included.

    Args:
        forget_bias: the bias of the forget gate at the beginning. 1 keeps the gate open until the cell has learnt
            what to forget (Jozefowicz, Zaremba, Sutskever 2015). None: random, as in `torch.nn.LSTMCell`.
        generator: the source of randomness for the parameters; None for torch's own.

    Attributes:
        weight_ih (4H, E), weight_hh (4H, H), bias_ih (4H,), bias_hh (4H,): parameters, uniform within ±1/sqrt(H).

    Raises:
        ValueError: E or H below 1.
    """

    def __init__(self, E: int, H: int, *, forget_bias: float | None = None, generator: torch.Generator | None = None):
        super().__init__()
        self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh = initial_weights(4, E, H, generator)
        if forget_bias is not None:
            set_forget_bias(self, forget_bias)

    def forward(self, x: Tensor, state: Pair | None = None) -> Pair:
        """One step, from zeros without a state.

        Raises:
            ValueError: x, h or c of another shape, or a state that is not a pair.
        """
        state = checked_pair(self, x, state)
        return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)

    def gates(self, x: Tensor, state: Pair | None = None) -> dict[str, Tensor]:
        """The gates of one step by name: "i", "f", "g", "o", (B, H) each."""
        i, f, g, o = _sums(self, x, checked_pair(self, x, state))
        return {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o.sigmoid()}

    def extra_repr(self) -> str:
        return cell_sizes(self)


def set_forget_bias(cell: Module, value: float) -> Module:
    """Give the forget gate of an LSTM cell, this library's or torch's, a bias; returns the cell.

    Only the sum of the two biases counts: one gets the value, the other zero.
    """
    H = len(cell.bias_ih) // 4
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = 0
    return cell


def checked_pair(cell: nn.Module, x: Tensor, state: Pair | None) -> Pair:
    """The state (h, c) from which a cell takes its step over x (B, E): zeros where None is given.

    Raises:
        ValueError: x, h or c of another shape, or a state that is not a pair.
    """
    if state is None:
        state = zeros(x, cell.weight_hh), zeros(x, cell.weight_hh)
    if not isinstance(state, tuple) or len(state) != 2:
        got = f"a tuple of {len(state)}" if isinstance(state, tuple) else f"a {type(state).__name__}"
        raise ValueError(f"the state of an LSTM must be a tuple (h, c), got {got}")
    check_step(x, cell.weight_ih, cell.weight_hh, h=state[0], c=state[1])
    return state


def _sums(cell: nn.Module, x: Tensor, state: Pair) -> tuple[Tensor, ...]:
    """What the gates i, f, g, o of a cell make their activation of, (B, H) each; peepholes are still to be added."""
    h, _ = state
    return (F.linear(x, cell.weight_ih, cell.bias_ih) + F.linear(h, cell.weight_hh, cell.bias_hh)).chunk(4, dim=-1)


# --- peephole LSTM ------------------------------------------------------------------------------------------


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

        f = sigmoid(W_xf x + W_hf h_{t-1} + w_cf c_{t-1} + b_f)
        i = sigmoid(W_xi x + W_hi h_{t-1} + w_ci c_{t-1} + b_i)
        g =    tanh(W_xg x + W_hg h_{t-1} + b_g)
        c_t = f c_{t-1} + i g
        o = sigmoid(W_xo x + W_ho h_{t-1} + w_co c_t + b_o)
        h_t = o tanh(c_t)

    Gers, Schraudolph, Schmidhuber 2002: i and f are computed before the cell is updated, so they see c of t-1;
    o after it, so it sees c of t. Without peepholes a closed output gate hides the cell from every gate.

    Args:
        weight_ih, weight_hh, bias_ih, bias_hh: as in `lstm_step`.
        weight_ci, weight_cf, weight_co: the peepholes, (H,) each: each unit sees its own c. (The form of the paper,
            a diagonal matrix; `full_peephole_lstm_step` takes any matrix.)
    """
    h, c = state
    sums = F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)  # (B, 4H)
    i, f, g, o = sums.chunk(4, dim=-1)  # (B, H) each
    i = torch.sigmoid(i + weight_ci * c)
    f = torch.sigmoid(f + weight_cf * c)
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_co * c)
    return o * torch.tanh(c), c


def full_peephole_lstm_step(
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
    """`peephole_lstm_step` with matrices for peepholes, so that each unit sees the c of all.

        f = sigmoid(W_xf x + W_hf h_{t-1} + W_cf c_{t-1} + b_f)        i likewise; o with W_co c_t

    Args:
        weight_ci, weight_cf, weight_co: (H, H) each. With zeros beside their diagonals this is `peephole_lstm_step`.
    """
    h, c = state
    sums = F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)  # (B, 4H)
    i, f, g, o = sums.chunk(4, dim=-1)  # (B, H) each
    i = torch.sigmoid(i + F.linear(c, weight_ci))
    f = torch.sigmoid(f + F.linear(c, weight_cf))
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + F.linear(c, weight_co))
    return o * torch.tanh(c), c


class PeepholeLSTMCell(nn.Module):
    """`peephole_lstm_step` with its parameters: `h, c = cell(x, (h, c))`.

    With peepholes of zero it is an `LSTMCell`. `torch.nn` has none.

    Args:
        peephole: "diagonal", 3H more parameters than `LSTMCell`, or "full", 3H² more.
        forget_bias, generator: as in `LSTMCell`.

    Attributes:
        weight_ih (4H, E), weight_hh (4H, H), bias_ih (4H,), bias_hh (4H,): as in `LSTMCell`.
        weight_ci, weight_cf, weight_co: (H,) or (H, H), uniform within ±1/sqrt(H).

    Raises:
        ValueError: another name of a form, or E or H below 1.
    """

    def __init__(
        self,
        E: int,
        H: int,
        *,
        peephole: str = "diagonal",
        forget_bias: float | None = None,
        generator: torch.Generator | None = None,
    ):
        super().__init__()
        if peephole not in ("diagonal", "full"):
            raise ValueError(f"peephole must be 'diagonal' or 'full', got {peephole!r}")
        self.peephole = peephole
        self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh = initial_weights(4, E, H, generator)
        shape = (H,) if peephole == "diagonal" else (H, H)
        self.weight_ci = uniform(*shape, H=H, generator=generator)
        self.weight_cf = uniform(*shape, H=H, generator=generator)
        self.weight_co = uniform(*shape, H=H, generator=generator)
        if forget_bias is not None:
            set_forget_bias(self, forget_bias)

    def forward(self, x: Tensor, state: Pair | None = None) -> Pair:
        """One step, from zeros without a state.

        Raises:
            ValueError: x, h or c of another shape, or a state that is not a pair.
        """
        state = checked_pair(self, x, state)
        step = peephole_lstm_step if self.peephole == "diagonal" else full_peephole_lstm_step
        weights = self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh
        return step(x, state, *weights, self.weight_ci, self.weight_cf, self.weight_co)

    def gates(self, x: Tensor, state: Pair | None = None) -> dict[str, Tensor]:
        """The gates of one step by name: "i", "f", "g", "o", (B, H) each."""
        _, old = state = checked_pair(self, x, state)
        _, new = self(x, state)
        look = torch.mul if self.peephole == "diagonal" else F.linear
        i, f, g, o = _sums(self, x, state)
        i, f, o = i + look(old, self.weight_ci), f + look(old, self.weight_cf), o + look(new, self.weight_co)
        return {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o.sigmoid()}

    def extra_repr(self) -> str:
        return f"{cell_sizes(self)}, peephole={self.peephole!r}"


# --- what the gates do --------------------------------------------------------------------------------------


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
