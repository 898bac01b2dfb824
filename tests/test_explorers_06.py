"""The explorers of lesson 06: sliders move, and picture and words follow."""

import matplotlib as mpl
import numpy as np
import pytest
import torch

from course_lib import fast, metrics
from course_lib.datasets import Pair
from course_lib.explorers import lesson_06 as explorers
from course_lib.masks import causal_mask
from course_lib.text import Vocab
from course_lib.transformer import SinusoidalPositions, Transformer, attend_heads, sinusoidal_positions, word_embedding

mpl.use("Agg")
from matplotlib import pyplot as plt  # after the backend is chosen

from tests.pictures import parts

pytest.importorskip("ipywidgets", reason="explorers are widgets")

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one

PAIR = Pair(["고양이", "가", "자"], ["the", "cat", "sleeps"], "고양이가 자", "the cat sleeps", [(0, 1), (2, 2)])
OTHER = Pair(["자"], ["sleep"], "자", "sleep", [(0, 0)])
SOURCE, TARGET = Vocab(["고양이", "가", "자"]), Vocab(["the", "cat", "sleeps", "sleep"])


def transformer(attend=attend_heads):
    torch.manual_seed(0)
    D, positions = 8, SinusoidalPositions(8)
    embeddings = word_embedding(len(SOURCE), D), word_embedding(len(TARGET), D)
    return Transformer(*embeddings, 2, 8, 3, positions, positions, attend=attend).eval()


def drawn(axes):
    axes[0].figure.canvas.draw()
    plt.close("all")
    return axes


# --- heads --------------------------------------------------------------------------------------------------


def test_choosing_a_head_draws_its_weights_again():
    explorer = explorers.heads_explorer(transformer(), [PAIR, OTHER], SOURCE, TARGET)
    (sentence, kind, layer, head), picture, text = parts(explorer, player=False)
    assert (layer.min, layer.max, head.min, head.max) == (1, 3, 1, 2)
    assert sentence.options[0][0] == "1: 고양이가 자"
    ids = torch.tensor([SOURCE.encode(PAIR.source)]), torch.tensor([TARGET.encode(PAIR.target, sos=True)])
    with torch.no_grad():
        weights = transformer().weights(*ids).cross[2][0, 0]  # (T + 1, S)
    error = metrics.alignment_error_rate([metrics.links_from_weights(weights[:-1])], [PAIR.alignment])
    assert f"Alignment error rate of this head over this sentence: {error:.2f}." in text.value
    assert f"{weights.max(1).values.mean():.2f} in the mean" in text.value
    seen = {picture.value}
    for control, value in ((head, 2), (layer, 1), (kind, "decoder"), (kind, "encoder"), (sentence, 1)):
        control.value = value
        seen.add(picture.value)
    assert len(seen) == 6
    assert "Alignment" not in text.value, "a sentence that looks at itself has no gold links"


@pytest.mark.parametrize(
    ("kind", "rows", "columns"),
    [
        ("cross", ["the", "cat", "sleeps", "<eos>"], ["고양이", "가", "자"]),
        ("encoder", ["고양이", "가", "자"], ["고양이", "가", "자"]),
        ("decoder", ["the", "cat", "sleeps", "<eos>"], ["<sos>", "the", "cat", "sleeps"]),
    ],
)
def test_the_picture_of_the_heads_names_what_asks_and_what_is_looked_at(kind, rows, columns):
    model = transformer()
    axes = drawn(explorers.heads_picture(model, PAIR, SOURCE, TARGET, title="머리", kind=kind, layer=2))
    assert len(axes) == 2
    assert [tick.get_text() for tick in axes[0].get_yticklabels()] == rows
    assert [tick.get_text() for tick in axes[1].get_xticklabels()] == columns
    ids = torch.tensor([SOURCE.encode(PAIR.source)]), torch.tensor([TARGET.encode(PAIR.target, sos=True)])
    with torch.no_grad():
        expected = getattr(model.weights(*ids), kind)[1][0]
    for ax, weights in zip(axes, expected, strict=True):
        np.testing.assert_allclose(ax.images[0].get_array(), weights, rtol=1e-5)
    frames = {(p.get_y() + 0.46, p.get_x() + 0.46) for p in axes[0].patches}
    assert frames == ({(1, 0), (2, 2)} if kind == "cross" else set()), "gold links, as (row, column)"
    if kind == "decoder":
        assert (np.asarray(axes[0].images[0].get_array())[~causal_mask(4).numpy()] == 0).all()


def test_heads_that_do_not_fit_are_refused():
    model = transformer()
    with pytest.raises(ValueError, match="kind must be one of cross, encoder, decoder, got 'self'"):
        explorers.heads_picture(model, PAIR, SOURCE, TARGET, title="x", kind="self")
    with pytest.raises(ValueError, match="layer must be from 1 to 3, got 0"):
        explorers.heads_picture(model, PAIR, SOURCE, TARGET, title="x", layer=0)
    with pytest.raises(ValueError, match="pairs must hold at least one, got none"):
        explorers.heads_explorer(model, [], SOURCE, TARGET)


def test_a_model_with_fused_attention_shows_its_heads_too():
    pictures = []
    for attend in (attend_heads, fast.attend_heads):
        axes = drawn(explorers.heads_picture(transformer(attend), PAIR, SOURCE, TARGET, title="x"))
        pictures.append(np.asarray(axes[0].images[0].get_array()))
    assert np.allclose(*pictures)


# --- positions, masks, scale --------------------------------------------------------------------------------


def test_moving_along_the_positions():
    (T, D, t), picture, text = parts(explorers.positions_explorer(20, 8), player=False)
    table = sinusoidal_positions(20, 8)
    assert f"the one beside it by {table[19] @ table[18] / 4:.2f}" in text.value, "20 is beyond the last: 19"
    seen = {picture.value}
    for control, value in ((t, 0), (D, 16), (T, 40)):
        control.value = value
        seen.add(picture.value)
    assert len(seen) == 4


def test_the_picture_of_the_positions():
    surface, likeness = drawn(explorers.positions_picture(12, 6, title="위치", t=3))
    table = sinusoidal_positions(12, 6)
    np.testing.assert_allclose(surface.images[0].get_array(), table, rtol=1e-6)
    assert likeness.lines[0].get_ydata()[3] == pytest.approx(1)
    np.testing.assert_allclose(likeness.lines[0].get_ydata(), table @ table[3] / 3, rtol=1e-5)


def test_masks_follow_the_length():
    (length, T), picture, text = parts(explorers.masks_explorer(6), player=False)
    assert text.value == (
        "<p>Of 36 pairs of positions, 15 may attend (dark: True). Rows from 3 on are padding; what they find is never "
        "used.</p>"
    )
    before = picture.value
    length.value = 6
    assert "Of 36 pairs of positions, 21 may attend (dark: True).</p>" in text.value
    assert picture.value != before
    T.value = 3
    assert "Of 9 pairs of positions, 6 may attend" in text.value, "no longer than the longest"


def test_the_picture_of_the_masks():
    padding, causal, both = drawn(explorers.masks_picture([4, 2], title="마스크"))
    assert np.asarray(padding.images[0].get_array()).tolist() == [[1, 1, 0, 0]] * 4
    assert np.asarray(causal.images[0].get_array()).tolist() == causal_mask(4).float().tolist()
    assert np.asarray(both.images[0].get_array()).tolist() == [[1, 0, 0, 0], *[[1, 1, 0, 0]] * 3]
    with pytest.raises(ValueError, match="sentence must be from 0 to 1, got 2"):
        explorers.masks_picture([4, 2], title="x", sentence=2)


def test_the_scale_moves_the_weights():
    (power, K), picture, text = parts(explorers.scale_explorer(64), player=False)
    scores = explorers._scores(64)
    assert f"standard deviation {(scores / 8).std():.2f}, and the largest weight is" in text.value
    before = picture.value
    power.value = 0
    assert f"the largest weight is {scores.softmax(-1).max():.2f}" in text.value
    assert picture.value != before
    K.value = 512
    assert f"the largest weight is {explorers._scores(512).softmax(-1).max():.2f}" in text.value


def test_the_picture_of_the_scale():
    axes = drawn(explorers.scale_picture(64, (0, 0.5), title="크기"))
    for ax, power in zip(axes, (0, 0.5), strict=True):
        weights = (explorers._scores(64) * 64**-power).softmax(-1)
        np.testing.assert_allclose([patch.get_height() for patch in ax.patches], weights, rtol=1e-5)
        jacobian = torch.autograd.functional.jacobian(lambda s: s.softmax(-1), explorers._scores(64) * 64**-power)
        assert ax.get_title(loc="left").endswith(f"derivative {jacobian.norm():.3f}")
