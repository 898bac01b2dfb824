"""Several cells one above the other, as one cell (lesson 04): what a decoder of L layers steps with.

Each cell reads the h of the one below. The state is the tuple of the L states, the top one first, so that
`rnn.hidden(state)` is the h of the top layer, from which a word is said and with which attention asks.

Sutskever, Vinyals, Le 2014 (four layers): Sequence to Sequence Learning with Neural Networks, arXiv:1409.3215
Zaremba, Sutskever, Vinyals 2014 (dropout between layers): Recurrent Neural Network Regularization, arXiv:1409.2329
"""

from collections.abc import Callable, Sequence
from typing import Any

from torch import Tensor, nn

from course_lib.rnn import State, hidden

AnyState = State | tuple[State, ...]  # of one cell, or of several, the top one first


class StackedCell(nn.Module):
    """L cells as one: x (B, E) and L states -> L states. Equal to a step of `torch.nn.RNN`, `LSTM`, `GRU` of L layers.

    Args:
        cells: from the bottom to the top; each but the first has the H of the one below as its E.
        dropout: of what each cell reads from the one below, in training.

    Raises:
        ValueError: no cells; in `forward` another number of states.
    """

    def __init__(self, cells: Sequence[nn.Module], *, dropout: float = 0.0):
        super().__init__()
        if not cells:
            raise ValueError("expected at least one cell, got none")
        self.cells = nn.ModuleList(cells)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, states: tuple[State, ...] | None = None) -> tuple[State, ...]:
        after: list[State] = []
        for cell, state in zip(self.cells, self.from_the_bottom(states), strict=True):
            after.append(cell(self.dropout(x) if after else x, state))
            x = hidden(after[-1])
        return tuple(reversed(after))

    def from_the_bottom(self, states: AnyState | None) -> list[State | None]:
        """The states in the order of the cells; None stands for zeros."""
        if states is None:
            return [None] * len(self.cells)
        if not isinstance(states, tuple) or len(states) != len(self.cells):
            got = f"a tuple of {len(states)}" if isinstance(states, tuple) else f"a {type(states).__name__}"
            raise ValueError(f"the state of L={len(self.cells)} layers must be a tuple of as many states, got {got}")
        return list(reversed(states))


def stack(make: Callable[[int, int], nn.Module], E: int, H: int, L: int = 1, *, dropout: float = 0.0) -> nn.Module:
    """L layers of a cell, made as `make(E, H)`; one layer is the cell itself.

    Raises:
        ValueError: L below 1.
    """
    if L < 1:
        raise ValueError(f"L must be at least 1, got {L}")
    return make(E, H) if L == 1 else StackedCell([make(E if n == 0 else H, H) for n in range(L)], dropout=dropout)


def unroll_layers(
    unroll: Callable[..., tuple[Tensor, Any]], cell: nn.Module, x: Tensor, state: AnyState
) -> tuple[Tensor, AnyState]:
    """`unroll` for one cell or several, layer by layer: x (B, T, E) -> outputs (B, T, H) of the top one, last state."""
    if not isinstance(cell, StackedCell):
        return unroll(cell, x, state)
    after: list[State] = []
    for layer, before in zip(cell.cells, cell.from_the_bottom(state), strict=True):
        x, last = unroll(layer, cell.dropout(x) if after else x, before)
        after.append(last)
    return x, tuple(reversed(after))


def layers_of(cell: nn.Module) -> list[nn.Module]:
    """The cells from the bottom to the top; one cell is its own only layer."""
    return list(cell.cells) if isinstance(cell, StackedCell) else [cell]


def cell_sizes(cell: nn.Module) -> tuple[int, int]:
    """E and H of a cell, from its weights: what the bottom layer reads, what the top layer shows."""
    layers: list[Any] = layers_of(cell)
    return layers[0].weight_ih.shape[1], layers[-1].weight_hh.shape[1]
