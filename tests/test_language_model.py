"""A language model, its loss and what it says, held against `torch.nn` and against arithmetic."""

import math

import pytest
import torch
from torch import nn

from course_lib import decoding
from course_lib.embeddings import Embedding
from course_lib.gru import GRUCell
from course_lib.language_model import (
    LanguageModel,
    generate,
    next_word_loss,
    next_word_nll,
    token_nll,
    unigram_nll,
)
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.rnn import RNNCell, hidden
from course_lib.text import EOS, PAD, SOS, UNK
from tests.tensors import assert_same, random, seeded

CELLS = [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell]
V, E, H = 9, 4, 6
IDS = torch.tensor([[SOS, 4, 5, 6, EOS], [SOS, 7, EOS, PAD, PAD]])


def language_model(make=RNNCell, seed=0):
    torch.manual_seed(seed)
    return LanguageModel(Embedding(V, E, padding_idx=PAD), make(E, H))


@pytest.mark.parametrize("make", CELLS)
def test_language_model_sees_the_past_only(make):
    model = language_model(make)
    logits, state = model(IDS[:, :-1])
    assert logits.shape == (2, 4, V)
    changed = IDS.clone()
    changed[0, 3] = 8
    other, _ = model(changed[:, :-1])
    assert torch.equal(other[0, :3], logits[0, :3])
    assert not torch.allclose(other[0, 3], logits[0, 3])
    assert_same(hidden(state)[1], hidden(model(IDS[1:, :3])[1])[0])  # the last real step's, padding or not
    one_by_one, state = model(IDS[:1, :2])
    continued, _ = model(IDS[:1, 2:4], state)
    assert_same(torch.cat([one_by_one, continued], dim=1), logits[:1])
    with pytest.raises(ValueError, match=r"ids must have shape \(B, T\), got \(5,\)"):
        model(IDS[0])


# --- the loss -----------------------------------------------------------------------------------------------


def test_loss_equals_torch_and_counts_no_padding():
    logits = random(2, 4, V, dtype=torch.float64).requires_grad_()
    targets = IDS[:, 1:]
    loss = token_nll(logits, targets).mean()
    expected = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)
    assert_same(loss, expected)
    gradient, oracle = (torch.autograd.grad(value, logits)[0] for value in (loss, expected))
    assert_same(gradient, oracle)
    assert (gradient[1, 2:] == 0).all()
    assert (gradient[1, :2] != 0).all()
    padded = nn.functional.pad(logits, (0, 0, 0, 3)), nn.functional.pad(targets, (0, 3), value=PAD)
    assert_same(token_nll(*padded).mean(), loss)
    by_hand = -logits[1, 0].log_softmax(0)[7]
    assert_same(token_nll(logits, targets)[4], by_hand)  # four targets in row 0, then the first of row 1
    assert token_nll(logits, targets).shape == (6,)
    assert token_nll(torch.tensor([[[1e4, 0.0, 0.0, -1e4]]]), torch.tensor([[3]])) == 2e4, "no overflow"


def test_next_word_loss_is_of_the_words_that_follow():
    model = language_model()
    logits, _ = model(IDS[:, :-1])
    assert_same(next_word_loss(model, IDS), token_nll(logits, IDS[:, 1:]).mean())
    assert next_word_nll(model, IDS).shape == (6,)
    next_word_loss(model, IDS).backward()
    assert all(parameter.grad is not None for parameter in model.parameters())


def test_next_word_loss_counts_each_word_once():
    """A table for a model: the loss and its gradient are those of `cross_entropy` with `ignore_index`."""
    table = random(V, V, dtype=torch.float64).requires_grad_()
    loss = next_word_loss(lambda ids: (table[ids], None), IDS)
    flat = table[IDS[:, :-1]].flatten(0, 1)
    expected = nn.functional.cross_entropy(flat, IDS[:, 1:].flatten(), ignore_index=PAD)
    assert_same(loss, expected)
    assert_same(*(torch.autograd.grad(value, table)[0] for value in (loss, expected)))


def test_loss_refuses():
    with pytest.raises(ValueError, match=r"logits \(B, T, V\) and targets \(B, T\), got \(2, 4, 9\) and \(2, 5\)"):
        token_nll(torch.zeros(2, 4, V), IDS)
    with pytest.raises(ValueError, match="at least one target that is not <pad>, got none"):
        token_nll(torch.zeros(2, 4, V), torch.zeros(2, 4, dtype=torch.long))


def test_unigram_by_hand():
    """Counts 3 and 1 for words 4 and 5, none for <unk>, <eos>; with one more each: 4, 2, 1, 1 of 8."""
    nll = unigram_nll([0, 0, 0, 0, 3, 1], torch.tensor([[4, 5, PAD], [UNK, EOS, 4]]))
    assert_same(nll, torch.tensor([1, 2, 3, 3, 1], dtype=torch.float64) * math.log(2))


# --- sentences of its own -----------------------------------------------------------------------------------


def step_of(model):
    """What `generate` calls: one word (an int) and the state -> the logits (V,) of the next, and the new state."""

    @torch.no_grad()
    def step(word, state):
        logits, state = model(torch.tensor([[word]]), state)
        return logits[0, -1], state

    return step


def test_a_language_model_learns_its_sentences_and_says_them():
    model = language_model(GRUCell)
    for _ in range(200):
        parameters = list(model.parameters())
        gradients = torch.autograd.grad(next_word_loss(model, IDS), parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= gradient
    loss = next_word_loss(model, IDS)
    floor = 2 * math.log(2) / 6  # which sentence it will be is a toss-up, all else is certain
    assert floor < loss.item() < 1.1 * floor
    torch.manual_seed(0)
    said = [generate(step_of(model), 9, 0.5) for _ in range(20)]
    assert {tuple(words) for words in said} == {(4, 5, 6), (7,)}


def scripted(*words):
    """A step that says these words, whatever it hears, and keeps what it has heard."""

    def step(word, state):
        place = 0 if state is None else state
        heard.append(word)
        return torch.full((V,), -math.inf).index_fill(0, torch.tensor(words[place]), 0.0), place + 1

    heard = []
    return step, heard


def test_generate_hears_what_it_said_and_stops_at_eos():
    step, heard = scripted(5, 4, EOS, 6)
    assert generate(step, 9, 1.0) == [5, 4]
    assert heard == [SOS, 5, 4]
    step, heard = scripted(5, 4, 6, EOS)
    assert generate(step, 2, 1.0) == [5, 4], "no more than max_length"
    assert heard == [SOS, 5]
    assert generate(scripted(EOS)[0], 9, 1.0) == []


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_temperature(temperature):
    logits = torch.tensor([-math.inf] * 4 + [0.0, 0.0, math.log(3)])
    torch.manual_seed(0)
    words = torch.tensor(generate(lambda word, state: (logits, 0), 20_000, temperature))
    weights = torch.tensor([1, 1, 3 ** (1 / temperature)])
    shares = torch.bincount(words, minlength=7)[4:] / len(words)
    assert shares.tolist() == pytest.approx((weights / weights.sum()).tolist(), abs=0.015)


def test_a_batch_of_sentences_is_sampled_by_decoding():
    """`decoding.sample` over the same model: `<eos>` ends a row, and one sentence at a time says the same words."""
    model = language_model()

    words = decoding.sample(model.step, torch.zeros(3, H), 30, generator=seeded(1)).ids
    assert any(PAD in row for row in words.tolist()), "this seed has a row that ends before another"
    for row in words.tolist():
        assert not {UNK, SOS} & set(row)
        assert EOS not in row or set(row[row.index(EOS) + 1 :]) <= {PAD}
    likeliest = decoding.sample(model.step, torch.zeros(1, H), 6, temperature=0).ids[0].tolist()

    def never_unknown(word, state):
        logits, state = step_of(model)(word, state)
        logits[[PAD, UNK, SOS]] = -math.inf
        return logits, state

    assert generate(never_unknown, 6, 1e-4) == likeliest[: likeliest.index(EOS) if EOS in likeliest else None]
