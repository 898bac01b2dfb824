"""What several exercises of lesson 06 are examined with."""

from functools import lru_cache, wraps
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
    """`trial.agrees` for a pair, of which the second is weights, and `trial.gradients_agree` for both."""
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
    for joined in (lambda context, weights: context, lambda *pair: torch.cat([part.flatten() for part in pair])):
        mine, theirs = (wraps(f)(lambda *a, f=f, to=joined: to(*f(*a))) for f in (trial.answer, trial.reference))
        cut = (
            "no gradient flows back through the weights that it returns: are they detached?",
            lambda *a, to=joined: to(trial.reference(*a)[0], trial.reference(*a)[1].detach()),
        )
        Trial(mine, trial.name, theirs, within=True).gradients_agree(*given, mistakes=[cut])


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
AROUND_PART = "the norm is around the part's result alone; post-norm is norm(x + part(x))"
TOO_EARLY = "the part is added after the norm, norm(x) + part(x); post-norm is norm(x + part(x))"
QUERIES = "with `norm_first` the queries of self-attention are not normalized; all three come from the normalized x"
_KEPT = (
    "it is wrong when it is called a second time, with other inputs, and right for these when it is called once: does "
    "it keep something of the first call, in `self`?"
)
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
    first: Function = lambda norm_first, kind: norm_first, base: Function = lambda x, z, start: x,
    after: Function = lambda norm, x, added: norm(x + added),
    a: Function = lambda layer, z, x, memory, mask: layer.self_attn(z, z, mask)[0],
    c: Function = lambda layer, z, x, memory, mask: layer.multihead_attn(z, memory, mask)[0],
    f: Function = lambda layer, z, x, memory, mask: layer.feed_forward(z),
) -> Function:  # fmt: skip
    """A layer written wrongly, of the inputs of a case: "a1 c2 f3" is self-attention with norm1, cross-attention with
    norm2, the feed-forward network with norm3, and 0 no norm; `skips` are the parts with a residual connection, `first`
    says whether the norm comes first, `base` what a part is added to, `after` how post-norm joins the two. What an
    encoder has for a memory is its input."""

    @torch.no_grad()
    def wrong(norm_first: bool, seed: int, sizes: tuple[int, ...], x: Tensor, *given: Tensor) -> Tensor:
        layer, start = _random(make, sizes, norm_first, seed), x
        memory, *found = given if len(given) == 3 else (x, *given, None, None)
        mask, source_mask = masks(*found[:2])
        for kind, number in map(tuple, (parts or ("a1 c2 f3" if len(given) == 3 else "a1 f2")).split()):
            norm = nn.Identity() if number == "0" else getattr(layer, f"norm{number}")
            pre = first(norm_first, kind)
            z = norm(x) if pre else x
            added = {"a": a, "c": c, "f": f}[kind](layer, z, x, memory, source_mask if kind == "c" else mask)
            kept = base(x, z, start) * (kind in skips)
            x = kept + added if pre else after(norm, kept, added)
        return x

    return wrong


def ones_way(make: Function, parts: dict[str, str]) -> tuple[Any, ...]:
    """The mistakes of a layer one of whose parts, named by its letter, does not follow `norm_first`."""
    return tuple(
        (f"around {what} it is {name} in any case; each part should follow `norm_first`",
         layer_with(make, first=lambda pre, kind, of=of, always=always: always if kind == of else pre).function)
        for of, what in parts.items() for name, always in (("pre-norm", True), ("post-norm", False)))  # fmt: skip


def norm_missing(make: Function, without: dict[str, str]) -> tuple[Any, ...]:
    """The mistakes of a layer that lacks one norm in one of its two branches; by norm, the parts without it."""
    return tuple(
        (f"where `norm_first` is {of}, `{norm}` is missing",
         lambda first, *given, of=of, parts=parts: layer_with(make, parts if first is of else "")(first, *given))
        for of in (True, False) for norm, parts in without.items())  # fmt: skip


@lru_cache(64)
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
    further = tuple(x.flip(1) if x.dtype is torch.bool else -x for x in given)
    again, wanted = trial.run(layer.forward, *further), right(*further)
    if difference(again, wanted, 1e-4, 1e-4):
        fresh = trial.answer(*sizes, norm_first=norm_first)
        fresh.load_state_dict(right.state_dict())
        trial.require(bool(difference(fresh(*further), wanted, 1e-4, 1e-4)), _KEPT, got=again)
        trial.compare(again, wanted, inputs=(norm_first, seed, sizes, *further), atol=1e-4)
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
