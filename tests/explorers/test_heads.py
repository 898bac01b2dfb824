"""A sentence, a kind of attention, a layer and a head are chosen, and picture and words follow."""

import numpy as np
import pytest
import torch

from course_lib import fast, metrics
from course_lib.masks import causal_mask
from course_lib.transformer import attend_heads
from tests.explorers import cases
from tests.explorers.cases import HEADS_SOURCE, HEADS_TARGET, LINKED
from tests.explorers.page import Page, picture, titles

IDS = (
    torch.tensor([HEADS_SOURCE.encode(LINKED[0].source)]),
    torch.tensor([HEADS_TARGET.encode(LINKED[0].target, sos=True)]),
)


def test_choosing_a_head():
    page = Page(cases.heads())
    assert (page.range("layer"), page.range("head")) == ((1, 3), (1, 2))
    assert page.controls["sentence"].options[0][0] == "1: 고양이가 자"
    with torch.no_grad():
        weights = cases.transformer().weights(*IDS).cross[2][0, 0]  # (T + 1, S)
    error = metrics.aer([metrics.links_from_weights(weights[:-1])], [LINKED[0].alignment], [LINKED[0].possible])
    assert f"Alignment error rate of this head over this sentence: {error:.2f}." in page.text
    assert f"{weights.max(1).values.mean():.2f} in the mean" in page.text
    assert "Alignment" not in page.set(kind="encoder"), "a sentence that looks at itself has no gold links"


@pytest.mark.parametrize(
    ("kind", "rows", "columns"),
    [
        ("cross", ["the", "cat", "sleeps", "<eos>"], ["고양이", "가", "자"]),
        ("encoder", ["고양이", "가", "자"], ["고양이", "가", "자"]),
        ("decoder", ["the", "cat", "sleeps", "<eos>"], ["<sos>", "the", "cat", "sleeps"]),
    ],
)
def test_the_picture_names_what_looks_and_what_is_looked_at(kind, rows, columns):
    model = cases.transformer()
    axes = picture(cases.heads(model), kind=kind, layer=2)[:, 0]
    assert len(axes) == 2
    assert [tick.get_text() for tick in axes[0].get_yticklabels()] == rows
    assert [tick.get_text() for tick in axes[1].get_yticklabels() if tick.get_text()] == []
    assert [tick.get_text() for tick in axes[1].get_xticklabels()] == columns
    with torch.no_grad():
        expected = getattr(model.weights(*IDS), kind)[1][0]
    for ax, weights in zip(axes, expected, strict=True):
        np.testing.assert_allclose(ax.images[0].get_array(), weights, rtol=1e-5)
    frames = {(p.get_y() + 0.46, p.get_x() + 0.46): p.get_linestyle() for p in axes[0].patches}
    gold = {(1, 0): "solid", (2, 2): "solid", (0, 0): "--"}
    assert frames == (gold if kind == "cross" else {}), "gold links, as (row, column); the possible one dashed"
    if kind == "decoder":
        assert (np.asarray(axes[0].images[0].get_array())[~causal_mask(4).numpy()] == 0).all()


def test_titles_name_the_layer_where_layers_are_compared():
    explorer = cases.heads()
    assert [title.split(",")[0] for title in titles(picture(explorer))] == ["head 1", "head 2"]
    compared = titles(picture(explorer, layer=[1, 3], kind="encoder"))
    assert compared == ["layer 1, head 1", "layer 3, head 1"]


@pytest.mark.parametrize("attend", [attend_heads, fast.attend_heads])
def test_whatever_attention_a_model_uses_its_heads_are_shown_and_it_stays_in_training(attend):
    model = cases.transformer(attend).train()
    weights = cases.heads(model).weights(0, "cross", 1, 1)
    expected = cases.heads(cases.transformer(attend_heads)).weights(0, "cross", 1, 1)
    assert np.allclose(weights, expected, atol=1e-6)
    assert model.training


def test_the_model_stays_in_training_also_after_an_error():
    model = cases.transformer(attend_heads).train()
    with pytest.raises(IndexError):
        cases.heads(model).weights(0, "cross", 9, 1)
    assert model.training


def test_what_does_not_fit_is_refused():
    explorer = cases.heads()
    with pytest.raises(ValueError, match="kind must be one of cross, encoder, decoder, got 'self'"):
        explorer.picture(title="x", kind="self")
    with pytest.raises(ValueError, match="layer must be from 1 to 3, got 0"):
        explorer.picture(title="x", layer=0)
    with pytest.raises(ValueError, match="pairs must hold at least one, got none"):
        cases.heads(pairs=[])
