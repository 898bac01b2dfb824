"""What several exercises of lesson 06 are examined with."""

from functools import wraps
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.exercises.difference import difference
from course_lib.exercises.kit import Function, Outcome, Trial, normal, parted, seeded
from course_lib.exercises.lesson_04.shared import parts_agree
from course_lib.exercises.trial import parameters


def some(seed: int, *shape: int) -> Tensor:
    """A mask, True in about half of its places and at least once in every row."""
    mask = torch.rand(*shape, generator=seeded(seed)) < 0.5
    mask[..., 0] |= ~mask.any(-1)
    return mask


def pair_agrees(trial: Trial, first: str, *given: Any) -> None:
    """`trial.agrees` for a pair, of which the second is weights, and `trial.gradients_agree` for its first."""
    got = trial.call(*given)
    parts_agree(trial, got, given, f"the pair `({first}, weights)`")
    if difference(got, trial.reference(*given), 1e-5, 1e-4):  # collected, to see what else is wrong
        return
    mask = given[-1]
    if isinstance(mask, Tensor) and mask.dtype is torch.bool:
        shown = (mask[:, None, None] if mask.dim() == 2 else mask[:, None]).expand_as(got[1])
        small = (
            "the weight of a hidden key is small, and must be exactly 0: fill its score with -inf before the softmax"
        )
        trial.require(not got[1].masked_fill(shown, 0).any(), small, got=got[1])
    of_pair: list[Function] = [wraps(f)(lambda *a, f=f: f(*a)[0]) for f in (trial.answer, trial.reference)]
    Trial(of_pair[0], trial.name, of_pair[1], within=True).gradients_agree(*given)


@parted
def attends(
    softmax: Function = lambda s: s.softmax(-1), divisor: Function = lambda N, T, d_k: d_k**0.5,
    place: Function = lambda m: m[:, None, None] if m.dim() == 2 else m[:, None],
    hide: Function = lambda s, m: s.masked_fill(~m, -torch.inf), after: Function = lambda w, m: w,
    turn: Function = lambda key: key.mT, summed: Function = lambda w, key, value: w @ value,
    result: Function = lambda context, weights, scores: (context, weights),
) -> Function:  # fmt: skip
    """`attend_heads` written wrongly: another scale, mask, softmax or sum, other keys, or another result."""

    def wrong(query: Tensor, key: Tensor, value: Tensor, *mask: Tensor) -> tuple[Tensor, Tensor]:
        scores = query @ turn(key) / divisor(*query.shape[1:])
        hidden = hide(scores, place(*mask)) if mask else scores
        weights = after(softmax(hidden), place(*mask)) if mask else softmax(hidden)
        pair: tuple[Tensor, Tensor] = result(summed(weights, key, value), weights, hidden)
        return pair

    return wrong


PRE_NORM = "where `norm_first` is False the norm should come after the sum, norm(x + part(x)); here it comes before"
POST_NORM = "where `norm_first` is True the norm should come before the part, x + part(norm(x)); here it comes after"
TURNED_ROUND = "`norm_first` is read the other way round: True is x + part(norm(x)), False norm(x + part(x))"
NO_NETWORK = "the feed-forward network is missing, or its result is not kept"
_INSIDE = "Attention takes x that asks, y that is looked up, and the mask; it makes keys and values of y itself."
ADVICE = (
    ("'tuple'", "Attention gives two things, the output and the weights: take `[0]`."),
    ("MultiHeadAttention.forward()", _INSIDE),
    ("'NoneType' object has no attribute", _INSIDE),
    *((sign, "What belongs to the layer is reached by `self.`, such as `self.norm1` and `self.self_attn`.")
      for sign in ("name 'norm", "_attn' is not defined", "TypeError: feed_forward() missing", "name 'feed_forward'")),
    ("missing the required", "Write the method `forward`; calling the layer calls it."),
)  # fmt: skip


@parted
def layer_with(
    make: Function, parts: str = "", *, skips: str = "acf", masks: Function = lambda m, s: (m, s),
    first: Function = lambda norm_first: norm_first, normed_base: bool = False, normed_parts: bool = False,
    a: Function = lambda layer, z, x, memory, mask: layer.self_attn(z, z, mask)[0],
    c: Function = lambda layer, z, x, memory, mask: layer.multihead_attn(z, memory, mask)[0],
    f: Function = lambda layer, z, x, memory, mask: layer.feed_forward(z),
) -> Function:  # fmt: skip
    """A layer written wrongly, of the inputs of a case: "a1 c2 f3" is self-attention with norm1, cross-attention with
    norm2, the feed-forward network with norm3, and 0 no norm; `skips` are the parts with a residual connection, and
    `first` says whether the norm comes first. What an encoder has for a memory is its input."""

    def wrong(norm_first: bool, seed: int, sizes: tuple[int, ...], x: Tensor, *given: Tensor) -> Tensor:
        layer, pre = _random(make, sizes, norm_first, seed), first(norm_first)
        memory, *found = given if len(given) == 3 else (x, *given, None, None)
        mask, source_mask = masks(*found[:2])
        for kind, number in map(tuple, (parts or ("a1 c2 f3" if len(given) == 3 else "a1 f2")).split()):
            norm = nn.Identity() if number == "0" else getattr(layer, f"norm{number}")
            z = norm(x) if pre else x
            added = {"a": a, "c": c, "f": f}[kind](layer, z, x, memory, source_mask if kind == "c" else mask)
            x = (z if normed_base else x) * (kind in skips) + (norm(added) if normed_parts and not pre else added)
            x = x if pre or normed_parts else norm(x)
        return x

    return wrong


def _random(make: Function, sizes: tuple[int, ...], norm_first: bool, seed: int) -> nn.Module:
    """A layer of sizes D, N, H whose parameters are all random, those of the norms, too."""
    layer: nn.Module = make(*sizes, norm_first=norm_first)
    for i, p in enumerate(layer.parameters()):
        p.data = normal(100 * seed + i, *p.shape) * (0.5 if p.dim() > 1 else 1)
    return layer


def layer_agrees(trial: Trial, sizes: tuple[int, ...], norm_first: bool, seed: int, *given: Tensor) -> None:
    """The learner's layer, with the reference's parameters, must give its result, and each parameter a gradient."""
    right = _random(trial.reference, sizes, norm_first, seed)
    layer = trial.call(*sizes, norm_first=norm_first)
    module = f"`{trial.name}(D, N, H)` should make a module: leave the class's first lines as they are"
    trial.require(isinstance(layer, nn.Module), module, outcome=Outcome.TYPE, got=layer)
    mine, theirs = ({name: tuple(p.shape) for name, p in each.state_dict().items()} for each in (layer, right))
    odd = ", ".join(sorted({name for name, _ in mine.items() ^ theirs.items()}))
    others = f"the parameters should be those that `__init__` makes; missing, new or of another shape: {odd}"
    trial.require(not odd, others, outcome=Outcome.SHAPE)
    layer.load_state_dict(right.state_dict())
    got = trial.run(layer.forward, *given)
    pair = "expected the new x alone, got a tuple: return x, without the weights"
    trial.require(not isinstance(got, tuple), pair, outcome=Outcome.TYPE, got=got)
    expected = right(*given)
    trial.compare(got, expected, inputs=(norm_first, seed, sizes, *given), atol=1e-4)
    if difference(got, expected, 1e-4, 1e-4):  # collected, to see what else is wrong
        return
    detached = "its result is detached: no gradient can flow. Leave out `.detach()`, `.data`, `torch.no_grad()`"
    trial.require(got.requires_grad, detached, outcome=Outcome.GRADIENT)
    names = parameters(right.forward)
    of_mine, of_theirs = _gradients(layer, names, given), _gradients(right, names, given)
    for name, theirs_too in of_theirs.items():
        mine_too = of_mine[name]
        nothing = f"no gradient reaches `{name}`: is it used, and not detached?"
        trial.require(mine_too is not None, nothing, outcome=Outcome.GRADIENT)
        fault = f"its result is right, but the gradient with respect to `{name}` is not: is a part of the way detached?"
        same = mine_too is not None and torch.allclose(mine_too, theirs_too, atol=1e-3, rtol=1e-3)
        trial.require(same, fault, outcome=Outcome.GRADIENT, expected_gradient=theirs_too, got=mine_too)


def _gradients(layer: nn.Module, names: list[str], given: tuple[Tensor, ...]) -> dict[str, Any]:
    """The gradient of a fixed random direction of the result, for each parameter and each input that can have one."""
    leaves = [x.detach().clone().requires_grad_(x.is_floating_point()) for x in given]
    inputs = {name: x for name, x in zip(names, leaves, strict=False) if x.requires_grad}
    named = dict(layer.named_parameters()) | inputs
    result = layer(*leaves)
    found = torch.autograd.grad((result * normal(8, *result.shape)).sum(), list(named.values()), allow_unused=True)
    return dict(zip(named, found, strict=True))
