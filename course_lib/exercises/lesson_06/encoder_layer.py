"""Exercise 06.encoder_layer."""

from torch import Tensor, nn

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.given import normal
from course_lib.exercises.lesson_06.feed_forward import feed_forward
from course_lib.exercises.lesson_06.shared import _advise_on_layers, _layer_case, _layer_gradients, _none, _some
from course_lib.exercises.trial import Trial
from course_lib.transformer import LayerNorm, MultiHeadAttention


class EncoderLayer(nn.Module):
    def __init__(self, D, N, H, norm_first=True):
        super().__init__()
        self.self_attn = MultiHeadAttention(D, N)
        self.linear1, self.linear2 = nn.Linear(D, H), nn.Linear(H, D)
        self.norm1, self.norm2 = LayerNorm(D), LayerNorm(D)
        self.norm_first = norm_first

    def feed_forward(self, x):
        return feed_forward(x, self.linear1.weight, self.linear1.bias, self.linear2.weight, self.linear2.bias)

    def forward(self, x, mask=None):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x + self.self_attn(x, x, mask)[0])
        return self.norm2(x + self.feed_forward(x))


def _encoder_with(
    pre1=None, pre2=None, skip1=True, skip2=True, order="af", norms=("norm1", "norm2"), keep_mask=True, raw_keys=False,
    swap=False, base_normed=False, end=False, inverted=False, feed=lambda layer, z: layer.feed_forward(z),
):  # fmt: skip
    """A way to write the layer wrongly."""

    def forward(layer, x, mask=None):
        norm1, norm2 = (getattr(layer, name) if name else _none for name in norms)
        first = layer.norm_first != swap
        mask = None if not keep_mask else mask if not inverted or mask is None else ~mask

        def attention(z, raw):
            return layer.self_attn(z, raw if raw_keys else z, mask)[0]

        for kind in order:
            norm, skip = (norm1, skip1) if kind == "a" else (norm2, skip2)
            z = norm(x) if first else x
            added = attention(z, x) if kind == "a" else feed(layer, z)
            total = ((z if base_normed else x) if skip else 0) + added
            x = total if first else norm(total)
        return norm2(x) if end and first else x

    return forward


def _side_by_side(layer, x, mask=None):
    if layer.norm_first:
        return x + _self(layer, layer.norm1(x), mask) + layer.feed_forward(layer.norm2(x))
    return layer.norm2(layer.norm1(x + _self(layer, x, mask) + layer.feed_forward(x)))


def _first_x_again(layer, x, mask=None):
    if layer.norm_first:
        return x + layer.feed_forward(layer.norm2(x + _self(layer, layer.norm1(x), mask)))
    return layer.norm2(x + layer.feed_forward(layer.norm1(x + _self(layer, x, mask))))


def _norm_of_the_part(layer, x, mask=None):
    if layer.norm_first:
        return _encoder_with()(layer, x, mask)
    x = x + layer.norm1(_self(layer, x, mask))
    return x + layer.norm2(layer.feed_forward(x))


def _self(layer: nn.Module, x: Tensor, mask: Tensor | None) -> Tensor:
    return layer.self_attn(x, x, mask)[0]


_ENCODER_MISTAKES = [
    ("both residual connections are missing: x + what the sub-layer adds", _encoder_with(skip1=False, skip2=False)),
    ("the residual connection around attention is missing: x + attention(...)", _encoder_with(skip1=False)),
    ("the residual connection around the feed-forward network is missing", _encoder_with(skip2=False)),
    ("where `norm_first` is False the norm comes after the sum, norm(x + sublayer(x)); here it comes before the sub-layer", lambda layer, *a: _encoder_with(swap=not layer.norm_first)(layer, *a)),
    ("where `norm_first` is True the norm comes before the sub-layer, x + sublayer(norm(x)); here it comes after the sum", lambda layer, *a: _encoder_with(swap=layer.norm_first)(layer, *a)),
    ("with `norm_first` the normalized x is added instead of x: keep x itself for the sum", _encoder_with(base_normed=True)),
    ("with `norm_first` only the queries are normalized; keys and values come from the normalized x, too", _encoder_with(raw_keys=True)),
    ("the mask is not handed to `self.self_attn`", _encoder_with(keep_mask=False)),
    ("the mask is inverted: True is where attention may go", _encoder_with(inverted=True)),
    ("`norm1` is used twice; the second sub-layer has `norm2`", _encoder_with(norms=("norm1", "norm1"))),
    ("`norm1` and `norm2` are interchanged", _encoder_with(norms=("norm2", "norm1"))),
    ("`norm2` is missing", _encoder_with(norms=("norm1", ""))),
    ("`norm1` is missing", _encoder_with(norms=("", "norm2"))),
    ("both norms are missing", _encoder_with(norms=("", ""))),
    ("the feed-forward network is missing", _encoder_with(order="a")),
    ("attention is missing", _encoder_with(order="f")),
    ("the feed-forward network comes first; attention does", _encoder_with(order="fa")),
    ("attention is there twice", _encoder_with(order="aaf")),
    ("with `norm_first` there is a norm after the last sum, too; it stands before each sub-layer alone", _encoder_with(end=True)),
    ("the ReLU is missing: call `self.feed_forward`, not the two linear layers", _encoder_with(feed=lambda layer, z: layer.linear2(layer.linear1(z)))),
    ("both sub-layers look at the same x; the second one starts from the sum of the first", _side_by_side),
    ("the second sum takes the x from before attention; it takes the sum of the first", _first_x_again),
    ("the norm is laid around the sub-layer's result alone; post-norm is norm(x + sublayer(x))", _norm_of_the_part),
]  # fmt: skip


def examine(trial: Trial) -> None:
    _advise_on_layers(trial)
    for seed, (B, T, D, N, H, norm_first, masked) in enumerate(
        [(2, 3, 4, 2, 5, True, 0), (2, 3, 4, 2, 5, False, 0), (3, 4, 6, 3, 2, True, 2), (2, 2, 2, 1, 3, False, 3)]
    ):
        mask = {0: [], 2: [_some(seed, B, T)], 3: [_some(seed, B, T, T)]}[masked]
        _layer_case(trial, (D, N, H), norm_first, seed, _ENCODER_MISTAKES, normal(seed + 40, B, T, D), *mask)
    _layer_gradients(trial, (4, 2, 3), normal(1, 2, 3, 4))


EXERCISE = Exercise(
    id="06.encoder_layer",
    reference=EncoderLayer,
    difficulty=3,
    minutes=12,
    hints=(
        "Two sub-layers, one after the other, each of the same form: attention with `norm1`, then `self.feed_forward` with "
        "`norm2`.",
        "`self.self_attn(y, y, mask)` gives output and weights; `[0]` is the output. It is self-attention: the same tensor asks "
        "and is looked up.",
        "Pre-norm: `y = self.norm1(x); x = x + self.self_attn(y, y, mask)[0]; return x + self.feed_forward(self.norm2(x))`. "
        "Post-norm: `x = self.norm1(x + self.self_attn(x, x, mask)[0])`, and likewise.",
    ),
    explanation="""
Only attention lets positions speak with each other; the feed-forward network works at each by itself. Around each there is
a residual connection: the sub-layer adds to x and never replaces it, so the gradient has a way past it, as along the conveyor
of the LSTM. Pre-norm leaves that way free of norms from end to end; post-norm, the paper's, puts a norm on it after each sum.""",
    own_form="TODO",
    examine=examine,
)
