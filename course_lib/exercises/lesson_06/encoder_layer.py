"""Exercise 06.encoder_layer: order, norms and residual connections, pre-norm and post-norm; the mask; gradients."""

from functools import partial

from course_lib.exercises.kit import Exercise, Mistake, Trial, drawn, normal
from course_lib.exercises.lesson_06 import shared
from course_lib.exercises.lesson_06.shared import layer_agrees, some
from course_lib.transformer import EncoderLayer

_with = partial(shared.layer_with, EncoderLayer)
_FIRST = "attention should come first; here the feed-forward network does"
MISTAKES: tuple[Mistake, ...] = (
    ("both residual connections are missing: x + what the part finds", _with(skips="")),
    ("the residual connection around attention is missing: x + attention(...)", _with(skips="f")),
    ("the residual connection around the feed-forward network is missing", _with(skips="a")),
    (shared.TURNED_ROUND, _with(first=lambda norm_first, _: not norm_first)),
    (shared.PRE_NORM, _with(first=lambda *_: True)),
    (shared.POST_NORM, _with(first=lambda *_: False)),
    *shared.ones_way(EncoderLayer, {"a": "attention", "f": "the feed-forward network"}),
    ("with `norm_first` the normalized x is added instead of x: keep x itself for the sum",
     _with(base=lambda x, z, start: z)),
    (shared.QUERIES, _with(a=lambda layer, z, x, y, mask: layer.self_attn(x, z, mask)[0])),
    ("with `norm_first` only the queries are normalized; keys and values come from the normalized x, too",
     _with(a=lambda layer, z, x, y, mask: layer.self_attn(z, x, mask)[0])),
    ("the mask is not handed to `self.self_attn`", _with(masks=lambda *masks: (None, None))),
    ("the mask is inverted: True is where attention may go", _with(masks=lambda m, _: (m if m is None else ~m, None))),
    *shared.norm_missing(EncoderLayer, {"norm1": "a0 f2", "norm2": "a1 f0"}),
    ("attention is missing", _with("f2"), _with(a=lambda *_: 0)),
    (shared.NO_NETWORK, _with("a1"), _with(f=lambda *_: 0)),
    *((what, _with(parts)) for parts, what in {
        "a1 f1": "`norm1` is used twice; the second part has `norm2`",
        "a1 f0": "`norm2` is missing", "a0 f2": "`norm1` is missing", "a0 f0": "both norms are missing",
        "f2 a1": _FIRST, "f1 a2": f"{_FIRST}, with `norm1`",
        "a1 a1 f2": "attention is there twice", "a2 f1": "`norm1` and `norm2` are interchanged"}.items()),
    ("with `norm_first` there is a norm after the last sum, too",
     _with(f=lambda layer, z, x, *_: layer.norm2(x + layer.feed_forward(z)) - x)),
    ("the ReLU is missing: call `self.feed_forward`", _with(f=lambda layer, z, *_: layer.linear2(layer.linear1(z)))),
    ("both parts look at the same x; the second should start from the sum of the first",
     _with(f=lambda layer, z, x, start, _: layer.feed_forward(layer.norm2(start)))),
    ("the second sum takes the x from before attention; it should take the sum of the first",
     _with(base=lambda x, z, start: start)),
    (shared.AROUND_PART, _with(after=lambda norm, x, added: x + norm(added))),
    (shared.TOO_EARLY, _with(after=lambda norm, x, added: norm(x) + added)),
)  # fmt: skip
ADVICE = (("mask must have shape", "Hand `mask` on as it is, (B, S): attention adds the dimensions."), *shared.ADVICE)


def examine(trial: Trial) -> None:
    layer_agrees(trial, (4, 2, 5), True, 0, normal(40, 2, 3, 4))
    layer_agrees(trial, (4, 2, 5), False, 1, normal(41, 2, 3, 4))
    layer_agrees(trial, (6, 3, 2), True, 2, normal(42, 3, 4, 6), some(2, 3, 4))
    layer_agrees(trial, (6, 2, 3), False, 3, normal(43, 2, 4, 6), some(3, 2, 4))
    for seed, (B, S, N, chance) in enumerate(drawn(lambda chance: (chance.n(), chance.n(), chance.n(), chance), 12), 4):
        D, mask = N * chance.n(2), chance.choice([[], [chance.mask(B, S)]])
        layer_agrees(trial, (D, N, chance.n()), seed % 2 == 0, seed, chance.normal(B, S, D), *mask)


EXERCISE = Exercise(id="06.encoder_layer", reference=EncoderLayer, difficulty=3, minutes=12, examine=examine,
    own_form="the library's layer can drop out, and lets the caller choose the norm and the attention",
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "Two sub-layers of one form, one after the other: attention with `norm1`, `self.feed_forward` with `norm2`.",
        "`self.self_attn(y, y, mask)[0]` is the output. It is self-attention: the same tensor asks and is looked up.",
        "Pre-norm: `y = self.norm1(x); x = x + self.self_attn(y, y, mask)[0]; return x + "
        "self.feed_forward(self.norm2(x))`. "
        "Post-norm: `x = self.norm1(x + self.self_attn(x, x, mask)[0])`, and likewise."), explanation="""
Only attention lets positions speak with each other; the feed-forward network works at each by itself. Around each there
is a residual connection: the sub-layer adds to x and never replaces it, so the gradient has a way past it, as along the
conveyor of the LSTM. Pre-norm leaves that way free of norms from end to end; post-norm, the paper's, puts a norm on it
after each sum. In the library's layer `residual` is either: x + sublayer(norm(x)), or norm(x +
sublayer(x)).""")  # fmt: skip
