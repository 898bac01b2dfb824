"""Training and decoding on another device: nothing stays behind, and the numbers are those of the CPU."""

import contextlib
from functools import partial

import pytest
import torch

from course_lib import fast
from course_lib.beam import beam_search
from course_lib.decoding import greedy_search
from course_lib.gru import GRUCell
from course_lib.models import build
from course_lib.transformer.optimization import smoothed_loss
from course_lib.translator_training import placed
from tests.far_device import DEVICE, Far, FarAway, moved
from tests.translators import SMALL_MODELS

SOURCE = torch.tensor([[4, 5, 6], [7, 8, 0]])
TARGET = torch.tensor([[2, 4, 5, 3], [2, 6, 3, 0]])


@pytest.fixture
def model(request, monkeypatch):
    monkeypatch.setattr(torch, "autocast", lambda *_, **__: contextlib.nullcontext())  # which knows real devices alone

    def gru(
        x, before, *arguments
    ):  # the kernel's own way to put the batch first is one that a wrapped tensor can't follow
        outputs, last = torch.gru(x.transpose(0, 1), before, *arguments[:-1], False)
        return outputs.transpose(0, 1), last

    monkeypatch.setitem(fast.KERNELS, GRUCell, gru)
    torch.manual_seed(1)
    return build(request.param, SMALL_MODELS[request.param], words=12)


every_model = pytest.mark.parametrize("model", SMALL_MODELS, indirect=True)


def test_two_devices_do_not_mix():
    x, y = torch.ones(3), Far(torch.ones(3))
    for mixed in (lambda: x + y, lambda: torch.cat([x, y]), lambda: torch.where(y > 0, x, y)):
        with pytest.raises(AssertionError, match="from another device"):
            mixed()
    assert (y + 1).device == y.to(torch.float64).device == DEVICE
    assert (y.cpu() + x).tolist() == [2, 2, 2]
    with FarAway():
        assert isinstance(x.to(DEVICE), Far)
        assert isinstance(torch.zeros(2, device=DEVICE), Far)
        assert not isinstance(torch.zeros(2), Far)


@every_model
def test_a_training_step_leaves_nothing_behind(model):
    there, parameters = moved(model), list(model.parameters())
    loss = placed(smoothed_loss(0.1), torch.device("cpu"))(model, (SOURCE, TARGET))
    gradients = torch.autograd.grad(loss, parameters)
    with FarAway():
        far_loss = placed(smoothed_loss(0.1), DEVICE)(there, (SOURCE, TARGET))
        far_gradients = torch.autograd.grad(far_loss, list(there.parameters()))
    torch.testing.assert_close(far_loss.near, loss.detach())
    torch.testing.assert_close([each.near for each in far_gradients], list(gradients), atol=1e-6, rtol=1e-4)


@every_model
@pytest.mark.parametrize("search", [greedy_search, partial(beam_search, beam=2)], ids=["greedy", "beam"])
def test_decoding_leaves_nothing_behind(model, search):
    model.eval()
    there = moved(model)
    with torch.no_grad():
        ids = search(model.step, model.start(SOURCE), 5).ids
        with FarAway():
            far_ids = search(there.step, there.start(SOURCE.to(DEVICE)), 5).ids
    assert isinstance(far_ids, Far)
    assert far_ids.tolist() == ids.tolist()
