"""What several exercises of lesson 06 are examined with."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.exercises.kit import Function, Outcome, Trial, normal, seeded

Fn = Function


def some(seed: int, *shape: int) -> Tensor:
    """A mask, True in about half of its places and at least once in every row."""
    mask = torch.rand(*shape, generator=seeded(seed)) < 0.5
    mask[..., 0] |= ~mask.any(-1)
    return mask


def require_pair(trial: Trial, got: Any, first: str) -> None:
    """A Finding unless two things came back."""
    message = f"expected the pair `({first}, weights)`, got one tensor: `return {first}, weights`"
    trial.require(not isinstance(got, Tensor), message, outcome=Outcome.DTYPE, got=got)


def gradients_agree(trial: Trial, part: Callable[[Fn], Fn], *given: Tensor) -> None:
    """`trial.gradients_agree` of the one result, of several, that `part` makes of an answer."""
    Trial(part(trial.answer), trial.name, part(trial.reference)).gradients_agree(*given)


def for_heads(mask: Tensor) -> Tensor:
    """(B, S) or (B, T, S) -> (B, 1, 1 or T, S)."""
    return mask[:, None, None] if mask.dim() == 2 else mask[:, None]


def attend_with(
    softmax: Fn = lambda s: s.softmax(-1), scale: Fn = lambda q: q.shape[-1] ** -0.5, place: Fn = for_heads,
    hide: Fn = lambda s, m: s.masked_fill(~m, -math.inf), result: Fn = lambda c, w: (c, w), after: Fn = lambda w, m: w,
) -> Fn:  # fmt: skip
    """`attend_heads` written wrongly: another scale, mask, softmax or result."""

    def wrong(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> Any:
        scores = query @ key.transpose(-2, -1) * scale(query)
        weights = softmax(scores if mask is None else hide(scores, place(mask)))
        weights = weights if mask is None else after(weights, place(mask))
        return result(weights @ value, weights)

    return wrong


PARTS: dict[str, Fn] = {
    "a": lambda layer, z, x, memory, mask: layer.self_attn(z, z, mask)[0],
    "c": lambda layer, z, x, memory, mask: layer.multihead_attn(z, memory, mask)[0],
    "f": lambda layer, z, x, memory, mask: layer.feed_forward(z),
}
PRE_NORM = "where `norm_first` is False the norm comes after the sum, norm(x + sublayer(x)); here before the sub-layer"
POST_NORM = "where `norm_first` is True the norm comes before the sub-layer, x + sublayer(norm(x)); here after the sum"
_MADE_INSIDE = "`self.self_attn(x, y, mask)`: x asks and y is looked up; keys and values are made inside."
ADVICE = (
    ("'tuple'", "`self.self_attn(...)` gives two things, the output and the weights: take `[0]`."),
    ("positional argument", _MADE_INSIDE),
    ("'NoneType' object has no attribute", _MADE_INSIDE),
    ("missing the required", "Write the method `forward`; calling the layer calls it."),
)


def forward_with(
    parts: str, skips: str, masks: Fn = lambda mask, source_mask: (mask, source_mask),
    first: Fn = lambda layer: layer.norm_first, normed_base: bool = False, **own: Fn,
) -> Fn:  # fmt: skip
    """A layer's `forward` written wrongly: "a1 c2 f3" is self-attention with norm1, cross-attention with norm2, the
    feed-forward network with norm3, and 0 no norm; `skips` are the parts with a residual connection, `own` what a part
    computes in place of `PARTS`, and `first` says whether the norm comes first."""

    def forward(layer: Any, x: Tensor, memory: Tensor | None, mask: Any = None, source_mask: Any = None) -> Tensor:
        mask, source_mask = masks(mask, source_mask)
        for kind, number in map(tuple, parts.split()):
            norm = nn.Identity() if number == "0" else getattr(layer, f"norm{number}")
            z = norm(x) if first(layer) else x
            added = (PARTS | own)[kind](layer, z, x, memory, source_mask if kind == "c" else mask)
            x = (z if normed_base else x) * (kind in skips) + added
            x = x if first(layer) else norm(x)
        return x

    return forward


def of_inputs(make: Fn, forward: Fn) -> Fn:
    """That `forward` as a function of the inputs of a case: a layer is made, then called."""
    return lambda norm_first, seed, sizes, *given: forward(_random(make, sizes, norm_first, seed), *given)


def _random(make: Fn, sizes: tuple[int, ...], norm_first: bool, seed: int) -> nn.Module:
    """A layer of sizes D, N, H whose parameters are all random, those of the norms, too."""
    layer: nn.Module = make(*sizes, norm_first=norm_first)
    for i, p in enumerate(layer.parameters()):
        p.data = normal(100 * seed + i, *p.shape) * (0.5 if p.dim() > 1 else 1)
    return layer


def _learners(trial: Trial, sizes: tuple[int, ...], norm_first: bool, seed: int) -> nn.Module:
    """The learner's layer with the parameters of the reference's; a Finding where it has others."""
    right = _random(trial.reference, sizes, norm_first, seed)
    layer: nn.Module = trial.call(*sizes, norm_first=norm_first)
    module = f"`{trial.name}(D, N, H)` should make a module: leave the class's first lines as they are"
    trial.require(isinstance(layer, nn.Module), module, outcome=Outcome.DTYPE, got=layer)
    mine, theirs = ({name: tuple(p.shape) for name, p in each.state_dict().items()} for each in (layer, right))
    odd = ", ".join(sorted({name for name, _ in mine.items() ^ theirs.items()}))
    others = f"the parameters should be those that `__init__` makes; missing, new or of another shape: {odd}"
    trial.require(not odd, others, outcome=Outcome.SHAPE)
    layer.load_state_dict(right.state_dict())
    return layer


def layer_case(trial: Trial, sizes: tuple[int, ...], norm_first: bool, seed: int, *given: Tensor) -> None:
    """One call of the layer's `forward`, compared with the reference's and with the ways to write it wrongly."""
    got = trial.run(_learners(trial, sizes, norm_first, seed).forward, *given)
    pair = "expected the new x alone, got a tuple: `self.self_attn(...)` gives the output and the weights, take `[0]`"
    trial.require(not isinstance(got, tuple), pair, outcome=Outcome.DTYPE, got=got)
    expected = _random(trial.reference, sizes, norm_first, seed)(*given)
    trial.compare(got, expected, inputs=(norm_first, seed, sizes, *given), atol=1e-4)


def layer_gradients(trial: Trial, sizes: tuple[int, ...], *given: Tensor) -> None:
    """Every parameter must get a gradient."""
    for norm_first in (True, False):
        layer = _learners(trial, sizes, norm_first, 9)
        out = trial.run(layer.forward, *given)
        detached = "its result is detached: no gradient can flow. Leave out `.detach()`, `.data`, `torch.no_grad()`"
        trial.require(isinstance(out, Tensor) and out.requires_grad, detached)
        (out * normal(8, *out.shape)).sum().backward()
        for name, p in layer.named_parameters():
            trial.require(p.grad is not None, f"no gradient reaches `{name}`: is it used?")
