"""What several exercises of lesson 06 are examined with."""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn

from course_lib.exercises.finding import Outcome
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import Trial


def _some(seed: int, *shape: int) -> Tensor:
    """A mask, True in about half of its places and at least once in every row."""
    mask = torch.rand(*shape, generator=seeded(seed)) < 0.5
    mask[..., 0] |= ~mask.any(-1)
    return mask


def _require_pair(trial: Trial, got, first: str) -> None:
    """A Finding unless two things came back."""
    trial.require(
        not isinstance(got, Tensor),
        f"expected the pair `({first}, weights)`, got one tensor: `return {first}, weights`",
        outcome=Outcome.DTYPE,
        got=got,
    )


def _for_heads(mask: Tensor) -> Tensor:
    """(B, S) or (B, T, S) -> (B, 1, 1 or T, S)."""
    return mask[:, None, None] if mask.dim() == 2 else mask[:, None]


def _attend_with(
    scale: Callable[[Tensor], float] = lambda q: q.shape[-1] ** -0.5,
    hide: Callable[[Tensor, Tensor], Tensor] = lambda scores, mask: scores.masked_fill(~mask, -math.inf),
    place: Callable[[Tensor], Tensor] = _for_heads,
    softmax: Callable[[Tensor], Tensor] = lambda scores: scores.softmax(-1),
    after: Callable[[Tensor, Tensor], Tensor] = lambda weights, mask: weights,
    scores_of: Callable[[Tensor, Tensor], Tensor] = lambda q, k: q @ k.transpose(-2, -1),
    result: Callable[[Tensor, Tensor], tuple] = lambda context, weights: (context, weights),
):
    """A way to write it wrongly: another scale, mask or softmax."""

    def attend(query, key, value, mask=None):
        scores = scores_of(query, key) * scale(query)
        if mask is not None:
            mask = place(mask)
            scores = hide(scores, mask)
        weights = softmax(scores)
        if mask is not None:
            weights = after(weights, mask)
        return result(weights @ value, weights)

    return attend


def _none(x: Tensor) -> Tensor:
    return x


def _with_state(make: Callable[..., nn.Module], sizes: tuple[int, int, int], norm_first: bool, seed: int) -> nn.Module:
    """A layer whose parameters are all random, those of the norms, too."""
    layer = make(*sizes, norm_first)
    with torch.no_grad():
        for i, p in enumerate(layer.parameters()):
            p.copy_(normal(100 * seed + i, *p.shape) * (0.5 if p.dim() > 1 else 1))
    return layer


def _examine_layer(trial: Trial, sizes: tuple[int, int, int], norm_first: bool, seed: int) -> nn.Module:
    """The learner's layer with the parameters of the reference's; a Finding where it has others."""
    right = _with_state(trial.reference, sizes, norm_first, seed)
    layer = trial.call(*sizes, norm_first)
    trial.require(
        isinstance(layer, nn.Module),
        f"`{trial.name}(D, N, H, norm_first)` should make a module, got {type(layer).__name__}: leave the first lines of "
        "the class as they are",
        outcome=Outcome.DTYPE,
        got=layer,
    )
    mine, theirs = ({name: tuple(p.shape) for name, p in each.state_dict().items()} for each in (layer, right))
    odd = sorted(set(mine.items()) ^ set(theirs.items()))
    trial.require(
        not odd,
        f"the parameters should be those that `__init__` makes; `{(odd or [['']])[0][0]}` is missing, new or of another shape",
        outcome=Outcome.SHAPE,
    )
    layer.load_state_dict(right.state_dict())
    return layer


def _layer_case(trial: Trial, sizes, norm_first, seed, variants, *given) -> None:
    """One call of the layer's `forward`, compared with the reference's and with the ways to write it wrongly."""
    layer = _examine_layer(trial, sizes, norm_first, seed)
    got = trial.run(layer.forward, *given)
    trial.require(
        not isinstance(got, tuple),
        "expected one tensor, got a tuple: `self.self_attn(...)` gives the output and the weights, and the layer returns "
        "the new x alone",
        outcome=Outcome.DTYPE,
        got=got,
    )

    def through(forward):
        return lambda norm_first, seed, sizes, *given: forward(
            _with_state(trial.reference, tuple(sizes), norm_first, seed), *given
        )

    trial.compare(
        got,
        _with_state(trial.reference, sizes, norm_first, seed)(*given),
        mistakes=[(text, through(forward)) for text, forward in variants],
        inputs=(norm_first, seed, list(sizes), *given),
        atol=1e-4,
    )


def _layer_gradients(trial: Trial, sizes: tuple[int, int, int], *given: Tensor) -> None:
    """Every parameter must get a gradient."""
    for norm_first in (True, False):
        layer = _examine_layer(trial, sizes, norm_first, 9)
        out = trial.run(layer.forward, *given)
        trial.require(
            isinstance(out, Tensor) and out.requires_grad,
            "its result is detached: no gradient can flow. Leave out `.detach()`, `.data` and `torch.no_grad()`",
        )
        (out * normal(8, *out.shape)).sum().backward()
        for name, p in layer.named_parameters():
            trial.require(p.grad is not None, f"no gradient reaches `{name}`: is it used?")


def _advise_on_layers(trial: Trial) -> None:
    trial.advise("'tuple'", "`self.self_attn(...)` gives two things, the output and the weights: take `[0]`.")
    for sign in ("positional argument", "'NoneType' object has no attribute"):
        trial.advise(sign, "`self.self_attn(x, y, mask)`: x asks and y is looked up, in self-attention both the same; keys and values are made inside.")  # fmt: skip
    trial.advise("missing the required", "Write the method `forward`; calling the layer calls it.")
