"""Greedy, sampling and beam search: by hand, against exhaustive search, and with models of every kind."""

import math
from functools import partial
from typing import NamedTuple

import pytest
import torch
from torch import Tensor

from course_lib.attention import Concat
from course_lib.attention_decoders import BahdanauDecoder, LuongDecoder
from course_lib.beam import beam_decode, beam_search
from course_lib.decoding import (
    batch_size,
    greedy,
    greedy_search,
    map_nested,
    sample,
    select,
    tensors,
)
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell
from course_lib.seq2seq import Bridge, Decoder, Seq2Seq, log_likelihood
from course_lib.text import EOS, PAD, SOS, UNK
from tests.translators import PLAN, SOURCE, START, V_SOURCE, E, H, Table, V, log_p_of, planned, seeded, words_of

# --- states -------------------------------------------------------------------------------------------------


class Named(NamedTuple):
    h: Tensor
    rest: tuple


def test_states_are_taken_row_by_row():
    h, c = torch.arange(6.0).view(3, 2), torch.arange(3)
    state = Named(h, ((h + 10, None), (c,)))
    taken = select(state, torch.tensor([2, 0, 0, 1]))
    assert isinstance(taken, Named)
    assert taken.h.tolist() == [[4, 5], [0, 1], [0, 1], [2, 3]]
    assert taken.rest[0][0].tolist() == [[14, 15], [10, 11], [10, 11], [12, 13]]
    assert taken.rest[0][1] is None
    assert taken.rest[1][0].tolist() == [2, 0, 0, 1]
    assert torch.equal(select(h, torch.tensor([1])), h[1:2])
    assert batch_size(state) == 3
    assert batch_size(c) == 3
    with pytest.raises(TypeError, match="tensors, tuples and None, got a list"):
        map_nested(torch.neg, (h, [h]))
    with pytest.raises(ValueError, match=r"must be the batch, got shapes \[\(3, 2\), \(2, 2\)\]"):
        batch_size((h, h[:2]))
    with pytest.raises(ValueError, match=r"got shapes \[\]"):
        batch_size((None,))
    with pytest.raises(ValueError, match=r"got shapes \[\(\)\]"):
        batch_size(torch.tensor(1.0))
    assert [t.shape for t in tensors(state)] == [(3, 2), (3, 2), (3,)]


def test_greedy_by_hand():
    decoded = greedy_search(planned, START, 4)
    assert decoded.ids.tolist() == [[4, 5, EOS, PAD], [6, 6, 6, 6]]
    assert decoded.cut.tolist() == [False, True], "the second never ended"
    step = PLAN[0, 0].log_softmax(-1)[4].item()  # the probability that the model gives, of all words
    assert decoded.log_p.tolist() == pytest.approx([3 * step, 4 * step])
    assert decoded.observed is None
    first = greedy_search(planned, (START[0][:1], START[1][:1]), 4)
    assert first.ids.tolist() == [[4, 5, EOS]], "it stops when all have ended"
    assert greedy_search(planned, START, 1).ids.tolist() == [[4], [6]]
    assert greedy_search(planned, START, 1).cut.tolist() == [True, True]
    assert greedy_search(planned, START, 3).cut.tolist() == [False, True], "an <eos> in the last place is an end"


def test_greedy_is_the_search_without_its_record():
    scores = PLAN.clone()
    scores[..., [PAD, UNK, SOS]] = -99.0  # what `greedy` would say where it is likeliest, and the search never

    def step(tokens, state):
        return scores[state[0], state[1]], (state[0], state[1] + 1)

    for max_length in (1, 2, 4):
        assert torch.equal(greedy(step, START, 2, max_length), greedy_search(step, START, max_length).ids)
    first = START[0][:1], START[1][:1]
    assert greedy(step, first, 1, 4).tolist() == [[4, 5, EOS]], "it stops when all have ended"


def test_logits_or_log_probabilities():
    def logged(tokens, state):
        scores, state = planned(tokens, state)
        return scores.log_softmax(-1), state

    for decode in (greedy_search, partial(beam_decode, beam=2)):
        first, second = decode(planned, START, 4), decode(logged, START, 4)
        assert torch.equal(first.ids, second.ids)
        torch.testing.assert_close(first.log_p, second.log_p)


def test_scores_are_left_as_they_are():
    before = PLAN.clone()
    greedy_search(lambda tokens, state: (PLAN[:, 0], state), START, 2)
    greedy_search(lambda tokens, state: (PLAN[:, 0].log_softmax(-1), state), START, 2)
    assert torch.equal(PLAN, before)


def test_the_model_is_told_what_was_said():
    seen = []

    def step(tokens, state):
        seen.append(tokens.tolist())
        return planned(tokens, state)

    greedy_search(step, START, 4)
    assert seen[:3] == [[SOS, SOS], [4, 6], [5, 6]]
    assert [len(words) for words in seen] == [2, 2, 2, 1], "a sentence that has ended leaves the batch"


@pytest.mark.parametrize("odd", [math.nan, math.inf])
@pytest.mark.parametrize("decode", [greedy_search, partial(beam_decode, beam=2), sample])
def test_scores_that_are_none_give_no_sentence(decode, odd):
    def step(tokens, state):
        scores = torch.zeros(len(tokens), 6)
        scores[-1, 5] = odd
        return scores, state

    with pytest.raises(ValueError, match="the scores of a step hold nan or infinity"):
        decode(step, torch.zeros(2, 1), 3)


def test_observations_are_collected():
    decoded = greedy_search(planned, START, 4, observe=lambda state: state[1].double().unsqueeze(1) * torch.ones(1, 3))
    assert decoded.observed.shape == (2, 4, 3)
    assert decoded.observed[..., 0].tolist() == [[1, 2, 3, 0], [1, 2, 3, 4]], "zero behind <eos>"


# --- sampling -----------------------------------------------------------------------------------------------


PROBABILITIES = torch.tensor([0, 0, 0, 0.1, 0.2, 0.3, 0.4], dtype=torch.float64)


def one_step(tokens, state):
    return PROBABILITIES.log().expand(len(tokens), -1).clone(), state


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [0.1, 0.2, 0.3, 0.4]),
        ({"temperature": 0.5}, [1 / 30, 4 / 30, 9 / 30, 16 / 30]),
        ({"temperature": 1e3}, [0.25, 0.25, 0.25, 0.25]),
        ({"top_k": 2}, [0, 0, 3 / 7, 4 / 7]),
        ({"top_k": 3, "temperature": 0.5}, [0, 4 / 29, 9 / 29, 16 / 29]),
        ({"top_k": 1}, [0, 0, 0, 1]),
        ({"top_k": 99}, [0.1, 0.2, 0.3, 0.4]),
        ({"temperature": 0}, [0, 0, 0, 1]),
    ],
)
def test_samples_have_their_probabilities(options, expected):
    n = 20_000
    decoded = sample(one_step, torch.zeros(n), 1, generator=seeded(), **options)
    share = torch.bincount(decoded.ids[:, 0], minlength=7) / n
    assert share[3:].tolist() == pytest.approx(expected, abs=0.015)
    assert share[:3].sum() == 0
    assert torch.allclose(decoded.log_p, PROBABILITIES.log()[decoded.ids[:, 0]]), "log p is the model's"


def test_sampling_repeats_and_ends():
    model = Table(7)
    source = torch.arange(40).unsqueeze(1)
    first, again, other = (sample(model.step, model.start(source), 12, generator=seeded(s)) for s in (1, 1, 2))
    assert torch.equal(first.ids, again.ids)
    assert not torch.equal(first.ids, other.ids)
    for b in range(40):
        said = words_of(first.ids[b])
        assert (said[-1] == EOS) != first.cut[b].item()
        assert EOS not in said[:-1]
        assert not {PAD, UNK, SOS} & set(said)
        assert first.ids[b].tolist() == said + [PAD] * (first.ids.shape[1] - len(said))
        assert first.log_p[b].item() == pytest.approx(log_p_of(model, source[b : b + 1], said))
    cold = sample(model.step, model.start(source), 12, temperature=0)
    assert torch.equal(cold.ids, greedy_search(model.step, model.start(source), 12).ids)


# --- what is refused ------------------------------------------------------------------------------------------


def test_decoding_refuses():
    for decode in (greedy_search, sample, partial(beam_search, beam=2)):
        with pytest.raises(ValueError, match="max_length must be at least 1, got 0"):
            decode(planned, START, 0)
        with pytest.raises(ValueError, match=r"must be the batch, got shapes \[\(2,\), \(1,\)\]"):
            decode(planned, (START[0], START[1][:1]), 4)
        with pytest.raises(ValueError, match=r"scores \(B=\d, V\), got \(\d, 1, 7\)"):
            decode(lambda tokens, state: (PLAN[state[0], :1], state), START, 4)
    for beam in (0, -1):
        with pytest.raises(ValueError, match=f"beam must be at least 1, got {beam}"):
            beam_search(planned, START, 4, beam=beam)
    with pytest.raises(ValueError, match="alpha must not be negative, got -1"):
        beam_search(planned, START, 4, beam=2, alpha=-1)
    with pytest.raises(ValueError, match=r"temperature must not be negative, got -0.5"):
        sample(planned, START, 4, temperature=-0.5)
    with pytest.raises(ValueError, match="top_k must be at least 1, got 0"):
        sample(planned, START, 4, top_k=0)


def model_of(kind, make=LSTMCell):
    torch.manual_seed(0)
    encoder = Encoder(Embedding(V_SOURCE, E, padding_idx=PAD), Recurrent(make, E, H, bidirectional=True))
    embedding, cell = (
        Embedding(V, E, padding_idx=PAD),
        make(E + 2 * H * (kind in ("bahdanau", "fed")) + H * (kind == "feed"), H),
    )
    bridge = Bridge(2 * H, cell)
    decoder = {
        "plain": lambda: Decoder(embedding, cell, bridge=bridge),
        "fed": lambda: Decoder(embedding, cell, bridge=bridge, feed=True),
        "luong": lambda: LuongDecoder(embedding, cell, Concat(H, 2 * H, 5), 2 * H, bridge=bridge),
        "feed": lambda: LuongDecoder(embedding, cell, Concat(H, 2 * H, 5), 2 * H, bridge=bridge, feed=True),
        "bahdanau": lambda: BahdanauDecoder(embedding, cell, Concat(H, 2 * H, 5), 2 * H, bridge=bridge),
    }[kind]()
    return Seq2Seq(encoder, decoder).double().eval()


@pytest.mark.parametrize("make", [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell])
@pytest.mark.parametrize("kind", ["plain", "fed", "luong", "feed", "bahdanau"])
def test_every_model_decodes(kind, make):
    """The likelihoods are those of teacher forcing; alone or in a batch, the hypotheses are the same."""
    model = model_of(kind, make)
    result = beam_search(model.step, model.start(SOURCE), 6, beam=3)
    for b, S in enumerate([5, 2, 3]):
        alone = beam_search(model.step, model.start(SOURCE[b : b + 1, :S]), 6, beam=3)
        assert [words_of(row) for row in alone.ids[0]] == [words_of(row) for row in result.ids[b]]
        torch.testing.assert_close(alone.log_p[0], result.log_p[b])
        for k in range(3):
            target = torch.tensor([[SOS, *words_of(result.ids[b, k])]])
            torch.testing.assert_close(
                result.log_p[b, k], log_likelihood(model(SOURCE[b : b + 1], target[:, :-1]), target)[0]
            )
    best = greedy_search(model.step, model.start(SOURCE), 6)
    assert not best.log_p.requires_grad
    assert torch.equal(best.ids, beam_search(model.step, model.start(SOURCE), 6, beam=1).best.ids)


@pytest.mark.parametrize("kind", ["luong", "feed", "bahdanau"])
def test_attention_behind_each_word(kind):
    model = model_of(kind)
    for decoded in (
        greedy_search(model.step, model.start(SOURCE), 6, observe=lambda state: state.weights),
        beam_search(model.step, model.start(SOURCE), 6, beam=4, observe=lambda state: state.weights).best,
    ):
        B, T = decoded.ids.shape
        assert decoded.observed.shape == (B, T, 5)
        said = decoded.ids != PAD
        torch.testing.assert_close(decoded.observed.sum(-1), said.double())
        assert (decoded.observed[1, :, 2:] == 0).all()
        inputs = torch.cat([torch.full((B, 1), SOS), decoded.ids[:, :-1]], dim=1)
        _, weights = model.features(SOURCE, inputs)
        torch.testing.assert_close(decoded.observed[said], weights[said])
