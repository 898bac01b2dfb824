"""What a step is told, the schedules, and the likelihoods that follow."""

import math
from functools import partial
from itertools import pairwise

import pytest
import torch
from torch import nn

from course_lib.metrics import perplexity
from course_lib.scheduled_sampling import (
    SCHEDULES,
    exponential,
    free_running_nll,
    inverse_sigmoid,
    linear,
    next_inputs,
    schedule,
    scheduled_logits,
    scheduled_loss,
    scheduled_nll,
)
from course_lib.seq2seq import teacher_forced_nll, translation_loss
from course_lib.text import PAD, SOS
from tests.translators import SOURCE, TARGET, V, assert_same, seeded, translator

# --- what a step is told ------------------------------------------------------------------------------------


def test_a_ratio_of_almost_one_is_all_truth():
    model = translator()
    inputs = TARGET[:, :-1]
    looped = scheduled_logits(model, SOURCE, inputs, ratio=math.nextafter(1, 0), generator=seeded())
    assert_same(looped, model(SOURCE, inputs))


def test_next_inputs_by_hand():
    logits = torch.tensor([[0.0, 2.0, 1.0], [3.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    told = next_inputs(torch.tensor([2, 2, 0]), logits, 0.5, torch.tensor([0.4, 0.5, 0.9]))
    assert told.tolist() == [2, 0, 2], "below the ratio the truth, from it on the likeliest word"


def test_ratios_are_refused():
    model = translator()
    for ratio in (-0.1, 1.1):
        with pytest.raises(ValueError, match=f"ratio must be from 0 to 1, got {ratio}"):
            scheduled_logits(model, SOURCE, TARGET[:, :-1], ratio=ratio)
        with pytest.raises(ValueError, match=f"ratio must be from 0 to 1, got {ratio}"):
            scheduled_nll(model, SOURCE, TARGET, ratio=ratio)
    with pytest.raises(ValueError, match=r"T at least 1, got \(3, 5\) and \(3, 0\)"):
        scheduled_logits(model, SOURCE, TARGET[:, :0], ratio=0.5)


def test_a_ratio_of_zero_never_sees_the_truth_even_if_a_coin_is_zero(monkeypatch):
    model = translator()
    expected = scheduled_logits(model, SOURCE, TARGET[:, :-1], ratio=0.0)
    monkeypatch.setattr(torch, "rand", lambda *shape, **options: torch.zeros(*shape))
    assert_same(scheduled_logits(model, SOURCE, TARGET[:, :-1], ratio=0.0), expected)


def test_a_ratio_of_zero_sees_its_own_words():
    model = translator()
    logits = scheduled_logits(model, SOURCE, TARGET[:, :-1], ratio=0.0)
    state, tokens = model.start(SOURCE), TARGET[:, 0]
    for t in range(4):
        step, state = model.step(tokens, state)
        real = TARGET[:, t] != PAD
        assert_same(logits[real, t], step[real])
        tokens = step.argmax(-1)
    anything = TARGET.clone()
    anything[:, 1:] = torch.where(TARGET[:, 1:] == PAD, PAD, 8)
    assert_same(scheduled_logits(model, SOURCE, anything[:, :-1], ratio=0.0), logits)


class Memory(nn.Module):
    """Says word 4 whatever comes, and its logit of word 5 is the word that it saw: tells what a step was given."""

    def start(self, source):
        return (source.double(),)

    def step(self, tokens, state):
        logits = torch.zeros(len(tokens), V, dtype=torch.float64)
        logits[:, 4] = 100.0
        logits[:, 5] = tokens.double()
        return logits, state


def test_one_coin_for_every_word_of_every_sentence():
    inputs = torch.full((400, 6), 7)
    inputs[:, 0] = SOS
    seen = scheduled_logits(Memory(), torch.ones(400, 3), inputs, ratio=0.3, generator=seeded())[..., 5]
    assert (seen[:, 0] == SOS).all(), "the first input is always <sos>"
    truth = seen[:, 1:] == 7
    assert ((seen[:, 1:] == 4) | truth).all()
    assert truth.double().mean().item() == pytest.approx(0.3, abs=0.03)
    assert (truth.any(1) & ~truth.all(1)).double().mean() > 0.7, "the coins of a sentence differ"
    assert (truth.double().mean(0) - 0.3).abs().max() < 0.08, "and those of a step, too"
    again = scheduled_logits(Memory(), torch.ones(400, 3), inputs, ratio=0.3, generator=seeded())[..., 5]
    assert torch.equal(seen, again)


# --- schedules ----------------------------------------------------------------------------------------------


def test_schedules_by_hand():
    assert [linear(i, slope=0.25, floor=0.3) for i in range(5)] == [1.0, 0.75, 0.5, 0.3, 0.3]
    assert linear(2, slope=0.1, start=0.9) == pytest.approx(0.7)
    assert [exponential(i, k=0.5) for i in range(4)] == [1.0, 0.5, 0.25, 0.125]
    assert inverse_sigmoid(0, k=10) == pytest.approx(10 / 11)
    assert inverse_sigmoid(20, k=10) == pytest.approx(10 / (10 + math.e**2))
    assert inverse_sigmoid(round(100 * math.log(100)), k=100) == pytest.approx(0.5, abs=0.01)
    assert inverse_sigmoid(10**7, k=10) == pytest.approx(0, abs=1e-300)
    for falling in (
        partial(linear, slope=0.01),
        partial(exponential, k=0.9),
        partial(inverse_sigmoid, k=5),
    ):
        values = [falling(i) for i in range(150)]
        assert all(0 <= b <= a <= 1 for a, b in pairwise(values))
    for k in (0, 1, 1.5):
        with pytest.raises(ValueError, match=f"k must be between 0 and 1, got {k}"):
            schedule("exponential", k=k)
    with pytest.raises(ValueError, match=r"k must be at least 1, got 0.5"):
        schedule("inverse sigmoid", k=0.5)
    with pytest.raises(ValueError, match="one of linear, exponential, inverse sigmoid, got 'cosine'"):
        schedule("cosine", k=1)
    for kind, function in SCHEDULES.items():
        settings = {"slope": 0.1} if kind == "linear" else {"k": 0.5 if kind == "exponential" else 5}
        assert [schedule(kind, **settings)(i) for i in range(5)] == [function(i, **settings) for i in range(5)]


def test_a_scheduled_loss_counts_its_calls():
    model, asked = translator(), []

    def ratios(i):
        asked.append(i)
        return [1.0, 0.5, 0.0][i]

    loss = scheduled_loss(ratios, generator=seeded())
    batch = (SOURCE, TARGET)
    values = [loss(model, batch) for _ in range(3)]
    assert asked == [0, 1, 2]
    assert_same(values[0], translation_loss(model, batch))
    assert_same(values[1], scheduled_nll(model, *batch, ratio=0.5, generator=seeded()).mean())
    assert_same(values[2], free_running_nll(model, *batch).mean())


# --- free running -------------------------------------------------------------------------------------------


def test_free_running_is_scored_on_its_own_words():
    model = translator()
    nll = free_running_nll(model, SOURCE, TARGET)
    logits = scheduled_logits(model, SOURCE, TARGET[:, :-1], ratio=0.0)
    expected = nn.functional.cross_entropy(
        logits.flatten(0, 1), TARGET[:, 1:].flatten(), ignore_index=PAD, reduction="none"
    )
    assert_same(nll, expected[TARGET[:, 1:].flatten() != PAD])
    first = torch.tensor([0, 3, 5])
    assert_same(nll[first], teacher_forced_nll(model, SOURCE, TARGET)[first])  # both began with <sos>
    assert not torch.allclose(nll, teacher_forced_nll(model, SOURCE, TARGET))
    own = _greedy_targets(model, SOURCE)
    assert_same(free_running_nll(model, SOURCE, own), teacher_forced_nll(model, SOURCE, own))
    assert math.isfinite(perplexity([nll]))


def _greedy_targets(model, source, length=4):
    state, tokens, rows = model.start(source), torch.full((len(source),), SOS), []
    for _ in range(length):
        logits, state = model.step(tokens, state)
        tokens = logits.argmax(-1)
        rows.append(tokens)
    rows = torch.stack([torch.full((len(source),), SOS), *rows], dim=1)
    assert (rows[:, 1:] != PAD).all(), "with this seed <pad> is never the likeliest"
    return rows
