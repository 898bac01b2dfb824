"""Each fused counterpart, held together with its reference: values, gradients, states, errors."""

from functools import partial
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from course_lib import fast, models, rnn, transformer
from course_lib.batches import pad
from course_lib.embeddings import Embedding
from course_lib.gru import GRUCell
from course_lib.language_model import LanguageModel
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.masks import padding_mask
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell, hidden, map_state
from course_lib.text import EOS, SOS
from tests.tensors import DTYPES, assert_same, random

B, T, E, H = 4, 7, 5, 6
FUSED = [RNNCell, LSTMCell, GRUCell]
OTHERS = [PeepholeLSTMCell, partial(GRUCell, reset_after=False)]

GAPS = torch.tensor([[0, 1, 1, 0, 1, 0, 1], [1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0]]).bool()
MASKS = {
    "whole": None,
    "lengths": padding_mask([3, 7, 1, 5]),
    "short": padding_mask([3, 2, 1, 3], T),  # the last steps are padding everywhere
    "left": padding_mask([3, 7, 1, 5]).flip(1),
    "gaps": GAPS,
}


def tensors(state):
    return list(state) if isinstance(state, tuple) else [state]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("given", [False, True], ids=["zeros", "state"])
@pytest.mark.parametrize("reverse", [False, True], ids=["forward", "reverse"])
@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("make", FUSED + OTHERS)
def test_unroll_equals_the_reference(make, mask, reverse, given, dtype):
    cell, mask = make(E, H).to(dtype), MASKS[mask]
    state = map_state(torch.tanh, cell(random(B, E, seed=5, dtype=dtype))) if given else None
    before = [] if state is None else [s.detach().requires_grad_() for s in tensors(state)]
    state = None if state is None else tuple(before) if isinstance(state, tuple) else before[0]
    results = []
    for unroll in (fast.masked_unroll, rnn.masked_unroll):
        x = random(B, T, E, dtype=dtype).requires_grad_()
        outputs, last = unroll(cell, x, state, mask, reverse=reverse)
        assert outputs.shape == (B, T, H)
        assert isinstance(last, tuple) == ("LSTM" in type(cell).__name__)
        loss = (outputs * random(B, T, H, seed=9, dtype=dtype)).mean() + sum(s.sin().mean() for s in tensors(last))
        gradients = torch.autograd.grad(loss, [x, *before, *cell.parameters()])
        results.append([outputs, *tensors(last), *gradients])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("make", FUSED)
def test_only_these_have_a_kernel(make):
    assert fast.kernel(make(E, H)) is not None

    class Own(make):
        """A cell of one's own does what it likes."""

        def forward(self, x, state=None):
            return map_state(torch.neg, super().forward(x, state))

    cell, x = Own(E, H), random(B, T, E)
    assert fast.kernel(cell) is None
    assert torch.equal(fast.masked_unroll(cell, x)[0], rnn.masked_unroll(cell, x)[0])


@pytest.mark.parametrize("make", OTHERS)
def test_these_have_none(make):
    assert fast.kernel(make(E, H)) is None


@pytest.mark.parametrize("mask", ["lengths", "gaps"])
@pytest.mark.parametrize("make", FUSED)
def test_what_stands_in_the_padding_does_not_matter(make, mask):
    cell, mask = make(E, H), MASKS[mask]
    results = []
    for value in (0.0, 1e3):
        x = random(B, T, E).masked_fill(~mask.unsqueeze(-1), value).requires_grad_()
        outputs, last = fast.masked_unroll(cell, x, None, mask)
        gradient = torch.autograd.grad(outputs.square().sum() + hidden(last).sum(), x)[0]
        assert (outputs[~mask] == 0).all()
        assert (gradient[~mask] == 0).all()
        results.append([outputs, *tensors(last), gradient])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("make", FUSED)
def test_recurrent_and_language_model_take_it(make, both):
    reference = Recurrent(make, E, H, L=2, bidirectional=both)
    fused = Recurrent(make, E, H, L=2, bidirectional=both, unroll=fast.masked_unroll)
    fused.load_state_dict(reference.state_dict())
    x, mask = random(B, T, E), MASKS["lengths"]
    assert_same(fused(x, mask=mask)[0], reference(x, mask=mask)[0])

    embedding, cell = Embedding(11, E), make(E, H)
    models = LanguageModel(embedding, cell), LanguageModel(embedding, cell, unroll=fast.masked_unroll)
    models[1].output = models[0].output
    ids = torch.tensor([[2, 4, 5, 3], [2, 6, 3, 0]])
    assert_same(models[1](ids)[0], models[0](ids)[0])
    assert models[1].state_dict().keys() == models[0].state_dict().keys()


@pytest.mark.parametrize("make", FUSED)
def test_errors_are_those_of_the_reference(make):
    cell, x = make(E, H), random(B, T, E)
    other = cell(random(2, E))
    bad_mask = MASKS["gaps"].clone()
    bad_mask[2] = False
    for arguments in [
        (x[:, 0],),
        (x[:, :0],),
        (x[..., :3],),
        (x, other),
        (x, map_state(lambda s: s.repeat(2, 1)[:, :3], other)),
        (x, None, bad_mask),
        (x, None, MASKS["gaps"][:, :3]),
        (x, None, MASKS["gaps"].float()),
    ]:
        with pytest.raises(ValueError) as reference:
            rnn.masked_unroll(cell, *arguments)
        with pytest.raises(ValueError) as fused:
            fast.masked_unroll(cell, *arguments)
        assert str(fused.value) == str(reference.value)


# --- the loss -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 4, 1000])
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("name", ["transformer", "luong"])
def test_smoothed_loss_equals_the_reference(name, smoothing, rows, monkeypatch):
    """Values and gradients, of a tied matrix and of one by itself, wherever the rows are cut."""
    monkeypatch.setattr(fast, "ROWS", rows)
    model = small_model(name).double()
    batch = pad([[5, 6, 7], [8], [4, 9]]), pad([[SOS, 5, 6, 10, EOS], [SOS, EOS], [SOS, 9, 9, EOS]])
    results = []
    for smoothed_loss in (fast.smoothed_loss, transformer.smoothed_loss):
        value = smoothed_loss(smoothing)(model, batch)
        gradients = torch.autograd.grad(3 * value, list(model.parameters()), allow_unused=True)
        results.append([value, *(g for g in gradients if g is not None)])
    assert len(results[0]) == len(results[1])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("output", [nn.Sequential(nn.Linear(8, 11), nn.Tanh()), nn.Linear(8, 11, bias=False)])
def test_smoothed_loss_of_another_last_layer_is_the_reference(output):
    model = small_model("transformer")
    model.output = output
    batch = pad([[5, 6, 7], [8]]), pad([[SOS, 5, 6, 10, EOS], [SOS, EOS]])
    losses = [smoothed(0.1)(model, batch) for smoothed in (fast.smoothed_loss, transformer.smoothed_loss)]
    assert torch.equal(*losses)


def test_smoothed_loss_is_whole_where_products_are_in_half_precision():
    model, words = small_model("transformer"), pad([[5, 6, 7], [8]])
    features = torch.randn(2, 3, 8, generator=torch.Generator().manual_seed(0)).bfloat16()
    model.features = lambda source, inputs: (features, None)
    batch = words, pad([[SOS, 5, 6, EOS], [SOS, EOS]])
    whole = SimpleNamespace(features=lambda *_: (features.float(), None), output=model.output)
    expected = transformer.smoothed_loss(0.1)(whole, batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = fast.smoothed_loss(0.1)(model, batch)
    assert found.dtype == torch.float32
    assert_same(found, expected)


def small_model(name):
    settings = {"transformer": {"D": 8, "N": 2, "H": 12, "L": 1}, "luong": {"E": 6, "H": 8}}[name]
    torch.manual_seed(0)
    return models.build(name, {**settings, "dropout": 0.0}, words=11)
