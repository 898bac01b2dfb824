"""Exercise 06.decoder_layer."""

from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_06.encoder_layer import EncoderLayer
from course_lib.exercises.lesson_06.shared import _advise_on_layers, _layer_case, _layer_gradients, _none, _some
from course_lib.exercises.trial import Trial
from course_lib.transformer import LayerNorm, MultiHeadAttention


class DecoderLayer(EncoderLayer):
    def __init__(self, D, N, H, norm_first=True):
        super().__init__(D, N, H, norm_first)
        self.multihead_attn = MultiHeadAttention(D, N)
        self.norm3 = LayerNorm(D)

    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            x = x + self.multihead_attn(self.norm2(x), memory, source_mask)[0]
            return x + self.feed_forward(self.norm3(x))
        x = self.norm1(x + self.self_attn(x, x, mask)[0])
        x = self.norm2(x + self.multihead_attn(x, memory, source_mask)[0])
        return self.norm3(x + self.feed_forward(x))


def _decoder_with(
    order="acf", norms=("norm1", "norm2", "norm3"), skips=(True, True, True), masks=lambda m, s: (m, s), swap=False,
    base_normed=False, cross=lambda layer, z, memory, mask: layer.multihead_attn(z, memory, mask)[0],
    self_=lambda layer, z, memory, mask: layer.self_attn(z, z, mask)[0], memory_of=lambda layer, memory: memory,
):  # fmt: skip
    """A way to write the layer wrongly."""

    def forward(layer, x, memory, mask, source_mask):
        mask, source_mask = masks(mask, source_mask)
        first = layer.norm_first != swap
        memory = memory_of(layer, memory)
        for kind in order:
            k = "acf".index(kind)
            norm = getattr(layer, norms[k]) if norms[k] else _none
            z = norm(x) if first else x
            if kind == "a":
                added = self_(layer, z, memory, mask)
            elif kind == "c":
                added = cross(layer, z, memory, source_mask)
            else:
                added = layer.feed_forward(z)
            total = ((z if base_normed else x) if skips[k] else 0) + added
            x = total if first else norm(total)
        return x

    return forward


def _raw_keys(x: Tensor) -> Callable:
    """Self-attention whose keys and values are made from x itself."""
    return lambda layer, z, memory, mask: layer.self_attn(z, x, mask)[0]


_DECODER_MISTAKES = [
    ("the mask of the target is not used: every word sees those after it", _decoder_with(masks=lambda m, s: (None, s))),
    ("`source_mask` is not used: the padding of the source is looked at", _decoder_with(masks=lambda m, s: (m, None))),
    ("no mask is used", _decoder_with(masks=lambda m, s: (None, None))),
    ("the two masks are interchanged: `mask` is for the words, `source_mask` for the source", _decoder_with(masks=lambda m, s: (s, m))),
    ("the masks are inverted: True is where attention may go", _decoder_with(masks=lambda m, s: (~m, ~s))),
    ("`mask` is inverted: True is where attention may go", _decoder_with(masks=lambda m, s: (~m, s))),
    ("`source_mask` is inverted: True is where attention may go", _decoder_with(masks=lambda m, s: (m, ~s))),
    ("`mask` is replaced by a triangle; the one that is given hides padding, too", _decoder_with(masks=lambda m, s: (torch.ones_like(m).tril(), s))),
    ("with `norm_first` only the queries of self-attention are normalized; keys and values come from the normalized x, too", lambda layer, x, *a: _decoder_with(self_=_raw_keys(x))(layer, x, *a)),
    ("with `norm_first` cross-attention gets x without its norm: `self.norm2(x)`", lambda layer, *a: _decoder_with(norms=("norm1", "" if layer.norm_first else "norm2", "norm3"))(layer, *a)),
    ("cross-attention comes last, with `norm3`; the order is self-attention, cross-attention, feed-forward", _decoder_with(order="afc", norms=("norm1", "norm3", "norm2"))),
    ("cross-attention looks at x; it looks at `memory`", _decoder_with(cross=lambda layer, z, memory, m: layer.multihead_attn(z, z, None)[0])),
    ("in cross-attention the memory asks; x asks, and the memory is looked up", _decoder_with(cross=lambda layer, z, memory, m: layer.multihead_attn(memory, z, None)[0])),
    ("self-attention looks at `memory`; it looks at x", _decoder_with(self_=lambda layer, z, memory, m: layer.self_attn(z, memory, None)[0])),
    ("`self_attn` is used for the source too; cross-attention is `multihead_attn`", _decoder_with(cross=lambda layer, z, memory, m: layer.self_attn(z, memory, m)[0])),
    ("`self_attn` and `multihead_attn` are interchanged", _decoder_with(cross=lambda layer, z, memory, m: layer.self_attn(z, memory, m)[0], self_=lambda layer, z, memory, m: layer.multihead_attn(z, z, m)[0])),
    ("the order is self-attention, cross-attention, feed-forward; here cross-attention comes first", _decoder_with(order="caf")),
    ("the order is self-attention, cross-attention, feed-forward; here the feed-forward network comes second", _decoder_with(order="afc")),
    ("cross-attention is missing", _decoder_with(order="af")),
    ("cross-attention is missing", _decoder_with(order="af", norms=("norm1", "norm2", "norm2"))),
    ("self-attention is missing", _decoder_with(order="cf")),
    ("the feed-forward network is missing", _decoder_with(order="ac")),
    ("the norms are interchanged: `norm1` self-attention, `norm2` cross-attention, `norm3` feed-forward", _decoder_with(norms=("norm1", "norm3", "norm2"))),
    ("the norms are interchanged: `norm1` self-attention, `norm2` cross-attention, `norm3` feed-forward", _decoder_with(norms=("norm2", "norm1", "norm3"))),
    ("`norm1` is used for every sub-layer; each has its own", _decoder_with(norms=("norm1", "norm1", "norm1"))),
    ("`norm2` is used twice; the feed-forward network has `norm3`", _decoder_with(norms=("norm1", "norm2", "norm2"))),
    ("no norm is used", _decoder_with(norms=("", "", ""))),
    ("the residual connections are missing: x + what the sub-layer adds", _decoder_with(skips=(False, False, False))),
    ("the residual connection around self-attention is missing", _decoder_with(skips=(False, True, True))),
    ("the residual connection around cross-attention is missing", _decoder_with(skips=(True, False, True))),
    ("the residual connection around the feed-forward network is missing", _decoder_with(skips=(True, True, False))),
    ("where `norm_first` is False the norm comes after the sum, norm(x + sublayer(x)); here it comes before the sub-layer", lambda layer, *a: _decoder_with(swap=not layer.norm_first)(layer, *a)),
    ("where `norm_first` is True the norm comes before the sub-layer, x + sublayer(norm(x)); here it comes after the sum", lambda layer, *a: _decoder_with(swap=layer.norm_first)(layer, *a)),
    ("with `norm_first` the normalized x is added instead of x", _decoder_with(base_normed=True)),
    ("the memory is normalized; the encoder has done that, only x goes through `norm2`", lambda layer, *a: _decoder_with(memory_of=lambda layer, memory: layer.norm2(memory) if layer.norm_first else memory)(layer, *a)),
]  # fmt: skip


ADVICE = (
    ("mask must have shape", "`mask` (B, T, T) is for the words, `source_mask` (B, S) for the source."),
    ("is invalid for input", "x is (B, T, D), the memory (B, S, D); `mask` is (B, T, T), `source_mask` (B, S)."),
    (
        "must match the size of tensor",
        "x is (B, T, D), the memory (B, S, D); `mask` is (B, T, T), `source_mask` (B, S).",
    ),
)


def examine(trial: Trial) -> None:
    _advise_on_layers(trial)
    # T = S first: there an interchange raises no error, and can be named.
    for seed, (B, T, S, D, N, H, norm_first) in enumerate(
        [(2, 3, 3, 4, 2, 5, True), (2, 3, 3, 4, 2, 5, False), (3, 4, 2, 6, 3, 2, True), (2, 2, 5, 2, 1, 3, False)]
    ):
        given = normal(seed + 40, B, T, D), normal(seed + 50, B, S, D)
        words = torch.ones(B, T, dtype=torch.bool)
        words[0, 1] = False  # padding, where the triangle alone would not hide it
        masks = torch.ones(T, T, dtype=torch.bool).tril() & words[:, None], _some(seed + 60, B, S)
        _layer_case(trial, (D, N, H), norm_first, seed, _DECODER_MISTAKES, *given, *masks)
    masks = torch.ones(2, 3, 3, dtype=torch.bool).tril(), torch.ones(2, 4, dtype=torch.bool)
    _layer_gradients(trial, (4, 2, 3), normal(1, 2, 3, 4), normal(2, 2, 4, 4), *masks)


EXERCISE = Exercise(
    id="06.decoder_layer",
    reference=DecoderLayer,
    difficulty=3,
    minutes=12,
    hints=(
        "Your encoder layer with a third sub-layer in the middle: `self.multihead_attn`, with `norm2`. The feed-forward network "
        "moves to `norm3`.",
        "Cross-attention: x asks, the memory is looked up, with the mask of the source: "
        "`self.multihead_attn(y, memory, source_mask)[0]`.",
        "Pre-norm, the middle line: `x = x + self.multihead_attn(self.norm2(x), memory, source_mask)[0]`. The memory is not "
        "normalized here.",
    ),
    explanation="""
Self-attention gathers what was said so far, each word seeing itself and those before it. Cross-attention is lesson 05: the words so
far ask, the source is looked up. All words of the target are computed at once in training; the causal mask alone keeps a word from
seeing what it has to predict.""",
    advice=ADVICE,
    own_form="TODO",
    examine=examine,
)
