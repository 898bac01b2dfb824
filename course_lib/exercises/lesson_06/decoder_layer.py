"""Exercise 06.decoder_layer: three parts, their order, norms, residual connections and masks; gradients."""

from functools import partial
from typing import Any

import torch

from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Trial, drawn, normal
from course_lib.exercises.lesson_06 import shared
from course_lib.exercises.lesson_06.shared import layer_agrees, some
from course_lib.transformer import DecoderLayer

_with = partial(shared.layer_with, DecoderLayer)
_itself: Function = lambda layer, z, x, memory, mask: layer.self_attn(z, memory, mask)[0]  # noqa: E731


def _stale(norm: str, *given: Any) -> Any:
    """With pre-norm cross-attention asks with the x that self-attention had, through this norm."""
    x_before = given[3]
    return _with(c=lambda layer, z, x, y, mask: layer.multihead_attn(
        getattr(layer, norm)(x_before) if layer.norm_first else z, y, mask)[0])(*given)  # fmt: skip


_PARTS = {"a": "self-attention", "c": "cross-attention", "f": "the feed-forward network"}
_ORDER = "the order should be self-attention, cross-attention, feed-forward"
MISTAKES: tuple[Mistake, ...] = (
    ("the mask of the target is not used: every word sees those after it", _with(masks=lambda m, s: (None, s))),
    ("`source_mask` is not used: the padding of the source is looked at", _with(masks=lambda m, s: (m, None))),
    ("no mask is used", _with(masks=lambda m, s: (None, None))),
    ("the two masks are interchanged: `mask` is for the words", _with(masks=lambda m, s: (s, m))),
    ("`mask` is used for the source, too; cross-attention has `source_mask`", _with(masks=lambda m, s: (m, m))),
    ("the masks are inverted: True is where attention may go", _with(masks=lambda m, s: (~m, ~s))),
    ("`mask` is inverted: True is where attention may go", _with(masks=lambda m, s: (~m, s))),
    ("`source_mask` is inverted: True is where attention may go", _with(masks=lambda m, s: (m, ~s))),
    ("a triangle stands in for `mask`; use `mask`, which hides padding, too",
     _with(masks=lambda m, s: ((m | True).tril(), s))),
    ("`mask` is cut to a triangle; use it as it is: it hides what comes after, where that is wanted",
     _with(masks=lambda m, s: (m.tril(), s))),
    ("the last row of `mask` stands in for all of them, and each word sees those after it: hand on `mask` whole",
     _with(masks=lambda m, s: (m[:, -1], s))),
    ("with `norm_first` only the queries of self-attention are normalized; keys and values come from the normalized x",
     _with(a=lambda layer, z, x, y, mask: layer.self_attn(z, x, mask)[0])),
    ("with `norm_first` cross-attention gets x without its norm: `self.norm2(x)`",
     lambda norm_first, *a: _with("a1 c0 f3" if norm_first else "")(norm_first, *a)),
    ("with `norm_first` cross-attention asks with the normalized x from before self-attention; it should be "
     "`self.norm2(x)`, of the sum", partial(_stale, "norm1"), partial(_stale, "norm2")),
    (shared.QUERIES, _with(a=lambda layer, z, x, y, mask: layer.self_attn(x, z, mask)[0])),
    ("cross-attention looks at x; it should look at `memory`",
     _with(c=lambda layer, z, *_: layer.multihead_attn(z, z)[0]),
     _with(c=lambda layer, z, x, memory, mask: layer.multihead_attn(z, z, mask)[0])),
    ("in cross-attention the memory asks; x should ask",
     _with(c=lambda layer, z, x, y, _: layer.multihead_attn(y, z)[0]),
     _with(c=lambda layer, z, x, y, mask: layer.multihead_attn(y, z, mask)[0])),
    ("self-attention looks at `memory`; it should look at x",
     _with(a=lambda layer, z, x, y, _: layer.self_attn(z, y)[0])),
    ("`self_attn` is used for the source too; cross-attention is `multihead_attn`", _with(c=_itself)),
    ("`self_attn` and `multihead_attn` are interchanged",
     _with(c=_itself, a=lambda layer, z, x, y, mask: layer.multihead_attn(z, z, mask)[0])),
    ("the norms are interchanged: `norm1`, then `norm2`, then `norm3`", _with("a1 c3 f2"), _with("a2 c1 f3")),
    ("cross-attention is missing", _with("a1 f3"), _with("a1 f2"), _with(c=lambda *_: 0)),
    ("self-attention is missing", _with("c2 f3"), _with(a=lambda *_: 0)),
    (shared.NO_NETWORK, _with("a1 c2"), _with(f=lambda *_: 0)),
    *shared.norm_missing(DecoderLayer, {"norm1": "a0 c2 f3", "norm2": "a1 c0 f3", "norm3": "a1 c2 f0"}),
    *((what, _with(parts)) for parts, what in {
        "a1 f2 c3": f"{_ORDER}; here cross-attention comes last, with `norm3`",
        "a1 f2 c2 f3": "the feed-forward network runs twice, before cross-attention, too",
        "c2 a1 f3": f"{_ORDER}; here cross-attention comes first",
        "a1 f3 c2": f"{_ORDER}; here the feed-forward network comes second", "a0 c0 f0": "no norm is used",
        "a1 c2 f0": "`norm3` is missing",
        "a1 c1 f1": "`norm1` is used for every part; each has its own",
        "a1 c2 f2": "`norm2` is used twice; the feed-forward network has `norm3`"}.items()),
    ("the residual connections are missing: x + what the part finds", _with(skips="")),
    *((f"the residual connection around {what} is missing", _with(skips="acf".replace(of, "")))
      for of, what in _PARTS.items()),
    (shared.TURNED_ROUND, _with(first=lambda norm_first, _: not norm_first)),
    (shared.PRE_NORM, _with(first=lambda *_: True)),
    (shared.POST_NORM, _with(first=lambda *_: False)),
    *shared.ones_way(DecoderLayer, _PARTS),
    ("with `norm_first` the normalized x is added instead of x", _with(base=lambda x, z, start: z)),
    ("each sum takes the x of the beginning; it should take the sum before it", _with(base=lambda x, z, start: start)),
    (shared.AROUND_PART, _with(after=lambda norm, x, added: x + norm(added))),
    (shared.TOO_EARLY, _with(after=lambda norm, x, added: norm(x) + added)),
    ("the memory is normalized; the encoder has done that, only x goes through `norm2`",
     _with(c=lambda layer, z, x, y, mask: layer.multihead_attn(z, layer.norm2(y) if layer.norm_first else y, mask)[0])),
)  # fmt: skip
_SHAPES = "x is (B, T, D), the memory (B, S, D); `mask` is (B, T, T), `source_mask` (B, S)."
ADVICE = (
    ("attribute 'cross", "The cross-attention is called `self.multihead_attn`."),
    ("mask must have shape", "`mask` (B, T, T) is for the words, `source_mask` (B, S) for the source."),
    ("is invalid for input", _SHAPES), ("must match the size of tensor", _SHAPES), *shared.ADVICE,
)  # fmt: skip


def _sizes(chance: Chance) -> tuple[int, int, int, int, Chance]:
    return chance.n(), chance.n(), chance.n(), chance.n(), chance


def examine(trial: Trial) -> None:
    # T = S first: there an interchange raises no error, and can be named.
    cases = [(2, 3, 3, 4, 2, 5, True), (2, 3, 3, 4, 2, 5, False), (3, 4, 2, 6, 3, 2, True), (2, 2, 5, 6, 2, 3, False)]
    cases += [(1, 2, 1, 4, 1, 1, pre) for pre in (True, False)] + [(2, 3, 4, 6, 2, 4, pre) for pre in (True, False)]
    for seed, (B, T, S, D, N, H, norm_first) in enumerate(cases):
        words = torch.ones(B, T, dtype=torch.bool)
        words[0, 1] = False  # padding, where the triangle alone would not hide it
        masks = torch.ones(T, T, dtype=torch.bool).tril() & words[:, None], some(seed + 60, B, S)
        given = normal(seed + 40, B, T, D), normal(seed + 50, B, S, D), *masks
        layer_agrees(trial, (D, N, H), norm_first, seed, *given)
    for seed, (B, T, S, N, chance) in enumerate(drawn(_sizes, 12), len(cases)):
        D = N * chance.n(2)
        given = chance.normal(B, T, D), chance.normal(B, S, D), chance.mask(B, T, T), chance.mask(B, S)
        layer_agrees(trial, (D, N, chance.n()), seed % 2 == 0, seed, *given)


EXERCISE = Exercise(id="06.decoder_layer", reference=DecoderLayer, difficulty=3, minutes=12, examine=examine,
    own_form="the library's layer can drop out, and lets the caller choose the norm and the attention",
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Your encoder layer with a third part in the middle, `self.multihead_attn` with `norm2`; the last has `norm3`.",
        "Cross-attention: x asks, with pre-norm `self.norm2(x)`, and the memory is looked up: the call is "
        "`self.multihead_attn(self.norm2(x), memory, source_mask)[0]`.",
        "Pre-norm, the middle line: `x = x + self.multihead_attn(self.norm2(x), memory, source_mask)[0]`."),
    explanation="""Self-attention gathers what was said so far, each word seeing itself and those before it.
Cross-attention is lesson 05: the words so far ask, the source is looked up. All words of the target are computed at
once in training; the causal mask alone keeps a word from seeing what it has to predict. (`residual` is explained at the
encoder layer.)""")  # fmt: skip
