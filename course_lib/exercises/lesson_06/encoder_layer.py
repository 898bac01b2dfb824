"""Exercise 06.encoder_layer: order, norms and residual connections, pre-norm and post-norm; the mask; gradients."""

from typing import Any

from torch import Tensor

from course_lib.exercises.kit import Exercise, Mistake, Trial, normal
from course_lib.exercises.lesson_06 import shared
from course_lib.exercises.lesson_06.shared import Fn, layer_case, some
from course_lib.transformer import EncoderLayer


def _with(parts: str = "a1 f2", skips: str = "af", **options: Any) -> Fn:
    forward = shared.forward_with(parts, skips, **options)
    return shared.of_inputs(EncoderLayer, lambda layer, x, mask=None: forward(layer, x, None, mask))


def _in_both(pre: Fn, post: Fn) -> Fn:
    """A `forward` for each place of the norm, of the layer, x, and what self-attention makes of anything."""

    def forward(layer: Any, x: Tensor, mask: Tensor | None = None) -> Any:
        return (pre if layer.norm_first else post)(layer, x, lambda y: layer.self_attn(y, y, mask)[0])

    return shared.of_inputs(EncoderLayer, forward)


def _norm_of_the_part(layer: Any, x: Tensor, look: Fn) -> Any:
    x = x + layer.norm1(look(x))
    return x + layer.norm2(layer.feed_forward(x))


MISTAKES: tuple[Mistake, ...] = (
    ("both residual connections are missing: x + what the sub-layer adds", _with(skips="")),
    ("the residual connection around attention is missing: x + attention(...)", _with(skips="f")),
    ("the residual connection around the feed-forward network is missing", _with(skips="a")),
    (shared.PRE_NORM, _with(first=lambda layer: True)),
    (shared.POST_NORM, _with(first=lambda layer: False)),
    ("with `norm_first` the normalized x is added instead of x: keep x itself for the sum", _with(normed_base=True)),
    ("with `norm_first` only the queries are normalized; keys and values come from the normalized x, too",
     _with(a=lambda layer, z, x, memory, mask: layer.self_attn(z, x, mask)[0])),
    ("the mask is not handed to `self.self_attn`", _with(masks=lambda *masks: (None, None))),
    ("the mask is inverted: True is where attention may go", _with(masks=lambda mask, _: (~mask, None))),
    ("`norm1` is used twice; the second sub-layer has `norm2`", _with("a1 f1")),
    ("`norm1` and `norm2` are interchanged", _with("a2 f1")),
    ("`norm2` is missing", _with("a1 f0")),
    ("`norm1` is missing", _with("a0 f2")),
    ("both norms are missing", _with("a0 f0")),
    ("the feed-forward network is missing", _with("a1")),
    ("attention is missing", _with("f2")),
    ("with `norm_first` there is a norm after the last sum, too",
     _in_both(lambda layer, x, look: layer.norm2(layer(x)), lambda layer, x, look: layer(x))),
    ("the ReLU is missing: call `self.feed_forward`", _with(f=lambda layer, z, *_: layer.linear2(layer.linear1(z)))),
    ("both sub-layers look at the same x; the second one starts from the sum of the first",
     _in_both(lambda layer, x, look: x + look(layer.norm1(x)) + layer.feed_forward(layer.norm2(x)),
              lambda layer, x, look: layer.norm2(layer.norm1(x + look(x) + layer.feed_forward(x))))),
    ("the second sum takes the x from before attention; it takes the sum of the first",
     _in_both(lambda layer, x, look: x + layer.feed_forward(layer.norm2(x + look(layer.norm1(x)))),
              lambda layer, x, look: layer.norm2(x + layer.feed_forward(layer.norm1(x + look(x)))))),
    ("the norm is laid around the sub-layer's result alone; post-norm is norm(x + sublayer(x))",
     _in_both(lambda layer, x, look: layer(x), _norm_of_the_part)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    layer_case(trial, (4, 2, 5), True, 0, normal(40, 2, 3, 4))
    layer_case(trial, (4, 2, 5), False, 1, normal(41, 2, 3, 4))
    layer_case(trial, (6, 3, 2), True, 2, normal(42, 3, 4, 6), some(2, 3, 4))
    layer_case(trial, (2, 1, 3), False, 3, normal(43, 2, 2, 2), some(3, 2, 2, 2))
    shared.layer_gradients(trial, (4, 2, 3), normal(1, 2, 3, 4))


EXERCISE = Exercise(
    id="06.encoder_layer", reference=EncoderLayer, difficulty=3, minutes=12,
    examine=examine, mistakes=MISTAKES, advice=shared.ADVICE, hints=(
        "Two sub-layers of one form, one after the other: attention with `norm1`, `self.feed_forward` with `norm2`.",
        "`self.self_attn(y, y, mask)[0]` is the output. It is self-attention: the same tensor asks and is looked up.",
        "Pre-norm: `y = self.norm1(x); x = x + self.self_attn(y, y, mask)[0]; x + self.feed_forward(self.norm2(x))`. "
        "Post-norm: `x = self.norm1(x + self.self_attn(x, x, mask)[0])`, and likewise.",
    ),
    own_form="the library's layer can drop out, and lets the caller choose the norm and the attention", explanation="""
Only attention lets positions speak with each other; the feed-forward network works at each by itself. Around each there
is a residual connection: the sub-layer adds to x and never replaces it, so the gradient has a way past it, as along the
conveyor of the LSTM. Pre-norm leaves that way free of norms from end to end; post-norm, the paper's, puts a norm on it
after each sum. In the library's layer `residual` is either: x + sublayer(norm(x)), or norm(x + sublayer(x)).""",
)  # fmt: skip
