"""The gated recurrent unit, GRU (lesson 03): two gates and one state, in torch's form and in that of the paper.

The state is h. Names and order of the gates are those of `torch.nn`: r, z, n stand one below the other in `weight_ih`
and `weight_hh`.

Cho et al. 2014: Learning Phrase Representations using RNN Encoder-Decoder, arXiv:1406.1078
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.rnn import cell_sizes, check_step, initial_weights, zeros


def gru_step(x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> Tensor:
    """One step of a gated recurrent unit, in torch's form: x (B, E), h (B, H) of t-1 -> h (B, H) of t.

        r = sigmoid(W_xr x + b_xr + W_hr h + b_hr)
        z = sigmoid(W_xz x + b_xz + W_hz h + b_hz)
        n = tanh(W_xn x + b_xn + r (W_hn h + b_hn))
        h_t = (1 - z) n + z h                             Cho et al. 2014, eq. 7

    The reset gate r stands after the matrix product; in the paper it stands before it, see `gru_step_of_2014`. (Some
    texts also swap z and 1 - z, which only renames the gate.)

    Args:
        weight_ih: (3H, E): the rows of r, z, n.
        weight_hh: (3H, H).
        bias_ih, bias_hh: (3H,) each.
    """
    x_r, x_z, x_n = F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1)
    h_r, h_z, h_n = F.linear(h, weight_hh, bias_hh).chunk(3, dim=-1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h  # type: ignore[no-any-return]


def gru_step_of_2014(
    x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor
) -> Tensor:
    """One step of a gated recurrent unit in the form of Cho et al. 2014: x (B, E), h (B, H) of t-1 -> h (B, H) of t.

        n = tanh(W_xn x + b_xn + W_hn (r h) + b_hn)       eq. 8; all else as `gru_step`

    It has the parameters of `gru_step` and other values: weights that were trained for one are wrong for the other.
    """
    _, z, n = _gates_of_2014(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return (1 - z) * n + z * h  # type: ignore[no-any-return]


def _gates_of_2014(
    x: Tensor, h: Tensor, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    H = h.shape[1]
    x_r, x_z, x_n = F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1)
    h_r, h_z = F.linear(h, weight_hh[: 2 * H], bias_hh[: 2 * H]).chunk(2, dim=-1)
    r = torch.sigmoid(x_r + h_r)
    n = torch.tanh(x_n + F.linear(r * h, weight_hh[2 * H :], bias_hh[2 * H :]))
    return r, torch.sigmoid(x_z + h_z), n


class GRUCell(nn.Module):
    """`gru_step` with its parameters: `h = cell(x, h)`. Equal to `torch.nn.GRUCell`, names and start included.

    Args:
        reset_after: False for the form of Cho et al. 2014.
        generator: the source of randomness for the parameters; None for torch's own.

    Attributes:
        weight_ih (3H, E), weight_hh (3H, H), bias_ih (3H,), bias_hh (3H,): parameters, uniform within ±1/sqrt(H).

    Raises:
        ValueError: E or H below 1.
    """

    def __init__(self, E: int, H: int, *, reset_after: bool = True, generator: torch.Generator | None = None):
        super().__init__()
        self.reset_after = reset_after
        self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh = initial_weights(3, E, H, generator)

    def forward(self, x: Tensor, h: Tensor | None = None) -> Tensor:
        """One step, from zeros without h.

        Raises:
            ValueError: x or h of another shape.
        """
        step = gru_step if self.reset_after else gru_step_of_2014
        return step(x, self._checked(x, h), self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)

    def gates(self, x: Tensor, h: Tensor | None = None) -> dict[str, Tensor]:
        """The gates of one step by name: "r", "z", "n", (B, H) each."""
        h = self._checked(x, h)
        if not self.reset_after:
            values = _gates_of_2014(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
            return dict(zip("rzn", values, strict=True))
        x_r, x_z, x_n = F.linear(x, self.weight_ih, self.bias_ih).chunk(3, dim=-1)
        h_r, h_z, h_n = F.linear(h, self.weight_hh, self.bias_hh).chunk(3, dim=-1)
        r = torch.sigmoid(x_r + h_r)
        return {"r": r, "z": torch.sigmoid(x_z + h_z), "n": torch.tanh(x_n + r * h_n)}

    def _checked(self, x: Tensor, h: Tensor | None) -> Tensor:
        h = zeros(x, self.weight_hh) if h is None else h
        check_step(x, self.weight_ih, self.weight_hh, h=h)
        return h

    def extra_repr(self) -> str:
        return cell_sizes(self) + ("" if self.reset_after else ", reset_after=False")
