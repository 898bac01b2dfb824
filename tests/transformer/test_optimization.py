"""The learning rate with warm-up, the loss with smoothed labels."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.testing import assert_close

from course_lib.seq2seq import teacher_forced_nll
from course_lib.text import PAD
from course_lib.transformer import smoothed_loss, smoothed_nll, warmup_rate, warmup_schedule
from tests.transformer.small_model import SOURCE, TARGET, model


def test_warmup_rises_and_falls():
    rates = [warmup_rate(step, 512, 4000) for step in range(1, 20000)]
    assert rates[0] == pytest.approx(512**-0.5 * 4000**-1.5)
    assert max(range(len(rates)), key=rates.__getitem__) == 3999
    assert rates[3999] == pytest.approx((512 * 4000) ** -0.5)
    assert rates[15999] == pytest.approx(rates[3999] / 2)
    schedule = warmup_schedule(512, 4000)
    assert [schedule(step) for step in range(1, 20000)] == rates
    with pytest.raises(ValueError, match="must be at least 1, got 0, 512 and 4000"):
        schedule(0)
    with pytest.raises(ValueError, match="must be at least 1, got 1, 512 and 0"):
        warmup_schedule(512, 0)


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
def test_label_smoothing_equals_torch(smoothing):
    torch.manual_seed(0)
    logits, targets = torch.randn(6, 5, dtype=torch.float64, requires_grad=True), torch.tensor([0, 4, 2, 2, 1, 3])
    mine = smoothed_nll(logits, targets, smoothing)
    expected = F.cross_entropy(logits, targets, label_smoothing=smoothing, reduction="none")
    assert_close(mine, expected)
    assert_close(*(torch.autograd.grad(loss.sum(), logits, retain_graph=True)[0] for loss in (mine, expected)))


def test_smoothing_leaves_padding_out():
    transformer = model()
    loss = smoothed_loss(0.1)(transformer, (SOURCE, TARGET))
    wider = smoothed_loss(0.1)(transformer, (F.pad(SOURCE, (0, 2)), F.pad(TARGET, (0, 2))))
    assert_close(loss, wider)
    expected = smoothed_nll(transformer(SOURCE, TARGET[:, :-1]).flatten(0, 1), TARGET[:, 1:].flatten(), 0.1)
    assert_close(loss, expected[TARGET[:, 1:].flatten() != PAD].mean())
    assert_close(
        smoothed_loss(0.0)(transformer, (SOURCE, TARGET)), teacher_forced_nll(transformer, SOURCE, TARGET).mean()
    )


def test_label_smoothing_refuses():
    with pytest.raises(ValueError, match=r"smoothing must be from 0 to 1, got 1\.1"):
        smoothed_loss(1.1)
    transformer = model()
    transformer.output = nn.Unflatten(1, (2, 4))
    with pytest.raises(ValueError, match=r"expected logits \(n, V\) and targets \(n,\), got \(6, 2, 4\) and \(6,\)"):
        smoothed_loss(0.1)(transformer, (SOURCE, TARGET))
    with pytest.raises(ValueError, match="must begin with <sos>"):
        smoothed_loss(0.1)(model(), (SOURCE, TARGET[:, 1:]))
