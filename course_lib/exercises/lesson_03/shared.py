"""What several exercises of lesson 03 are examined with."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import torch
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
    safe_with,
)


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


SAFE = "`torch.sigmoid` and `torch.tanh` are safe"
LARGE = 400  # of weights, such as training without clipping makes
SIZES = [(2, 1, 3), (3, 2, 4), (2, 3, 3), (4, 4, 4), (1, 2, 1), (1, 1, 1)]  # (B, E, H) of the steps


def agrees_on_pairs(trial: Trial, peepholes: int = 0, cut: Iterable[Mistake] = ()) -> None:
    """A Finding unless a step of a pair (h, c) agrees, gradients too; with three peepholes of 1 or 2 dimensions.

    Args:
        cut: mistakes that show in the gradients alone.
    """
    more = drawn(lambda chance: (chance.n(), chance.n(), chance.n()))
    factor = 1  # of the weights
    factors = [(1, 0), (0, 1), (0, 0), (1, 20), (1, 1)]  # of h and c: zeros before the first step, a c that has grown

    def tensors(seed: int, B: int, E: int, H: int) -> list[Tensor]:
        x, *weights = weights_of_step(seed, B, E, H, 4)
        weights += [normal(200 + 3 * seed + k, *[H] * peepholes) for k in range(3 if peepholes else 0)]
        weights = [factor * weight for weight in weights]
        of_h, of_c = factors[seed % 5] if seed >= len(SIZES) else (1, 1)
        return [x, of_h * normal(seed + 50, B, H), of_c * normal(seed + 60, B, H), *weights]

    def agrees(seed: int, *sizes: int) -> None:
        x, h, c, *weights = tensors(seed, *sizes)
        got = trial.call(x, (h, c), *weights)
        require_pair(trial, got)
        trial.compare(got, trial.reference(x, (h, c), *weights), inputs=(x, (h, c), *weights))

    for seed, sizes in enumerate(chain(SIZES, more)):
        agrees(seed, *sizes)

    def flat(step: Function) -> Function:  # both of each pair get a gradient of their own
        def both(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci=None, weight_cf=None, weight_co=None):  # type: ignore[no-untyped-def]
            looks = (weight_ci, weight_cf, weight_co) if peepholes else ()
            return torch.cat(step(x, (h, c), weight_ih, weight_hh, bias_ih, bias_hh, *looks))

        return both

    named = [(sentence, *map(flat, wrong)) for sentence, *wrong in cut]
    both = Trial(flat(trial.answer), trial.name, flat(trial.reference), within=True)
    both.gradients_agree(*tensors(9, 3, 2, 4), mistakes=named)  # neither h nor c is zero
    with safe_with(SAFE):
        factor = LARGE
        agrees(9, 3, 2, 4)
        both.gradients_agree(*tensors(9, 3, 2, 4))


def require_pair(trial: Trial, got: Any) -> None:
    """A Finding unless two things came back, as the new h and c."""
    one = "expected the pair `(h, c)`, got one tensor: the next step needs both, `return h, c`"
    trial.require(not isinstance(got, Tensor), one, outcome=Outcome.TYPE, got=got)
    nested = isinstance(got, tuple) and len(got) == 2 and isinstance(got[1], tuple)
    both = "expected the pair `(h, c)`, got an output and a state: h is in the state already, `return h, c`"
    trial.require(not nested, both, outcome=Outcome.TYPE, got=got)


def weights_of_step(seed: int, B: int, E: int, H: int, gates: int) -> list[Tensor]:
    """x (B, E) and the weights of one step, without the state."""
    shapes = [(B, E), (gates * H, E), (gates * H, H), (gates * H,), (gates * H,)]
    return [normal(100 * seed + i, *shape) for i, shape in enumerate(shapes)]


def advice_on_steps(gates: int, sizes: tuple[int, int, int] = SIZES[0]) -> tuple[Advice, ...]:
    """What the errors of a step mean: of a GRU, 3, or an LSTM, 4. Signs are the shapes of the first case, (B, E, H)."""
    B, E, H = sizes
    rows = gates * H
    names, product = ("r, z, n", "r * h_n") if gates == 3 else ("i, f, g, o", "f * c")
    mixed = "`weight_ih` belongs to x, (B, E), and `weight_hh` to h, (B, H)."
    split = f"Split the sums (B, {gates}H) into gates (B, H) first: `.chunk({gates}, dim=-1)`."
    pieces = f"`.chunk({gates}, dim=-1)` gives {gates} pieces: `{names} = ...`."
    by_element = f"Gates multiply element by element: `{product}`. `@` is a product of matrices."
    pair = "The state is a pair: `h, c = state`."
    unpacked = f"A tuple must be unpacked first: `h, c = state`, or `{names} = sums.chunk({gates}, dim=-1)`."
    of_x = rows - (gates - 1) * E  # columns are left for the last gate
    return (
        *((f"tensor {one} ({of_x})", "Is H taken from x? It is the size of h; E is that of x.") for one in "ab"),
        (f"({B}x{H} and {B}x{H})", by_element),
        (f"({B}x{E} and {H}x{rows})", mixed),
        (f"({B}x{H} and {E}x{rows})", mixed),
        (f" and {rows}x",
         f"Both weights need the transpose: `x @ weight_ih.T`, (B, {gates}H), and `h @ weight_hh.T`."),
        (f"tensor a ({rows}) must match", split),
        (f"tensor b ({rows}) at", split),
        ("must match the size of tensor",
         f"Gates, states and what is added to them are (B, H) each: `{product}`, without `@` and `.T`."),
        *((("to unpack", pieces),) if gates == 3 else
          (("expected 4", pieces), ("expected 3", pieces), ("to unpack", pair), ("must be Tensor, not tuple", pair))),
        ("tuple' object has no attribute", unpacked if gates == 4 else
         f"A tuple must be unpacked first: `{names} = sums.chunk({gates}, dim=-1)`."),
    )  # fmt: skip
