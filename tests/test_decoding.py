"""Greedy, sampling and beam search: by hand, against exhaustive search, and with models of every kind."""

import itertools
import math
from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn

from course_lib.attention import BahdanauDecoder, Concat, Dot, LuongDecoder
from course_lib.batches import encode_pairs, pair_batches
from course_lib.decoding import (
    NEVER,
    Node,
    align,
    batch_size,
    beam_search,
    greedy,
    map_nested,
    normalized,
    sample,
    select,
    tensors,
    translate,
)
from course_lib.embeddings import Embedding
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell
from course_lib.seq2seq import Bridge, Decoder, Encoder, Seq2Seq, log_likelihood, translation_loss
from course_lib.text import EOS, PAD, SOS, UNK, Vocab
from course_lib.training import fit


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


class Table(nn.Module):
    """A model whose next word depends on the words before, through a fixed random table, and on the sentence.

    The state is nested as a model's may be: (what was said (B, n), (the sentence (B,), None)).
    """

    def __init__(self, V, seed=0, sharpness=1.0):
        super().__init__()
        self.V = V
        self.weight = nn.Parameter(sharpness * torch.randn(4096, V, generator=seeded(seed), dtype=torch.float64))

    def start(self, source):
        return torch.zeros(len(source), 1, dtype=torch.long), (source[:, 0], None)

    def step(self, tokens, state):
        said, (sentence, nothing) = state
        assert nothing is None
        said = torch.cat([said, tokens.unsqueeze(1)], dim=1)
        place = sentence.clone()
        for t in range(said.shape[1]):
            place = (31 * place + 7 * said[:, t] + 3) % 4096
        return self.weight[place], (said, (sentence, nothing))


def sentences(V, max_length):
    """All that can be said in at most `max_length` words: what ends with <eos>, and what is cut."""
    words = [w for w in range(V) if w not in (*NEVER, EOS)]
    for n in range(max_length):
        for said in itertools.product(words, repeat=n):
            yield [*said, EOS]
    for said in itertools.product(words, repeat=max_length):
        yield list(said)


def log_p_of(model, source, ids):
    state, before, total = model.start(source), SOS, 0.0
    for word in ids:
        scores, state = model.step(torch.tensor([before]), state)
        total += scores.log_softmax(-1)[0, word].item()
        before = word
    return total


def words_of(row):
    return [w for w in row.tolist() if w != PAD]


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


# --- greedy -------------------------------------------------------------------------------------------------

# Words: 4 5 6 after the specials. Each sentence has its own list of log-odds per step.
PLAN = torch.full((2, 4, 7), -9.0, dtype=torch.float64)
for sentence, wanted in enumerate([[4, 5, EOS, 6], [6, 6, 6, 6]]):
    for t, word in enumerate(wanted):
        PLAN[sentence, t, word] = 1.0
        PLAN[sentence, t, [PAD, UNK, SOS]] = 5.0  # likelier still, and never to be said


def planned(tokens, state):
    sentence, t = state
    return PLAN[sentence, t], (sentence, t + 1)


START = torch.tensor([0, 1]), torch.tensor([0, 0])


def test_greedy_by_hand():
    decoded = greedy(planned, START, 4)
    assert decoded.ids.tolist() == [[4, 5, EOS, PAD], [6, 6, 6, 6]]
    assert decoded.cut.tolist() == [False, True], "the second never ended"
    step = PLAN[0, 0].log_softmax(-1)[4].item()  # the probability that the model gives, of all words
    assert decoded.log_p.tolist() == pytest.approx([3 * step, 4 * step])
    assert decoded.observed is None
    first = greedy(planned, (START[0][:1], START[1][:1]), 4)
    assert first.ids.tolist() == [[4, 5, EOS]], "it stops when all have ended"
    assert greedy(planned, START, 1).ids.tolist() == [[4], [6]]
    assert greedy(planned, START, 1).cut.tolist() == [True, True]
    assert greedy(planned, START, 3).cut.tolist() == [False, True], "an <eos> in the last place is an end"


def test_logits_or_log_probabilities():
    def logged(tokens, state):
        scores, state = planned(tokens, state)
        return scores.log_softmax(-1), state

    for decode in (greedy, lambda *a: beam_search(a[0], a[1], 2, a[2]).best):
        first, second = decode(planned, START, 4), decode(logged, START, 4)
        assert torch.equal(first.ids, second.ids)
        torch.testing.assert_close(first.log_p, second.log_p)


def test_scores_are_left_as_they_are():
    before = PLAN.clone()
    greedy(lambda tokens, state: (PLAN[:, 0], state), START, 2)
    greedy(lambda tokens, state: (PLAN[:, 0].log_softmax(-1), state), START, 2)
    assert torch.equal(PLAN, before)


def test_the_model_is_told_what_was_said():
    seen = []

    def step(tokens, state):
        seen.append(tokens.tolist())
        return planned(tokens, state)

    greedy(step, START, 4)
    assert seen[:3] == [[SOS, SOS], [4, 6], [5, 6]]
    assert len(seen) == 4


def test_observations_are_collected():
    decoded = greedy(planned, START, 4, observe=lambda state: state[1].double().unsqueeze(1) * torch.ones(1, 3))
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
    assert torch.equal(cold.ids, greedy(model.step, model.start(source), 12).ids)


# --- beam search --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("alpha", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_a_beam_of_one_is_greedy(seed, alpha):
    model, source = Table(9, seed), torch.arange(30).unsqueeze(1)
    expected = greedy(model.step, model.start(source), 8)
    best = beam_search(model.step, model.start(source), 1, 8, alpha=alpha).best
    assert torch.equal(best.ids, expected.ids)
    assert torch.equal(best.cut, expected.cut)
    torch.testing.assert_close(best.log_p, expected.log_p)
    assert 0 < expected.cut.sum() < 30


@pytest.mark.parametrize("alpha", [0.0, 0.6, 1.0])
@pytest.mark.parametrize(("V", "max_length"), [(6, 4), (7, 3), (5, 5)])
def test_a_beam_wide_enough_is_exhaustive_search(V, max_length, alpha):
    """Every sentence, in the right order: first what has ended, by score, then what was cut, by score."""
    model, source = Table(V, seed=V), torch.arange(4).unsqueeze(1)
    everything = list(sentences(V, max_length))
    result = beam_search(model.step, model.start(source), len(everything), max_length, alpha=alpha)
    assert result.ids.shape == (4, len(everything), max_length)
    for b in range(4):
        log_p = [log_p_of(model, source[b : b + 1], ids) for ids in everything]
        ranked = sorted(
            range(len(everything)),
            key=lambda i: (everything[i][-1] != EOS, -log_p[i] / len(everything[i]) ** alpha),
        )
        assert [words_of(row) for row in result.ids[b]] == [everything[i] for i in ranked]
        assert result.log_p[b].tolist() == pytest.approx([log_p[i] for i in ranked])
        assert result.score[b].tolist() == pytest.approx([log_p[i] / len(everything[i]) ** alpha for i in ranked])
        assert result.cut[b].tolist() == [everything[i][-1] != EOS for i in ranked]


def by_definition(model, source, beam, max_length, alpha):
    """Beam search of one sentence, with lists: (ids, log p), the best first."""
    kept = [([], 0.0)]
    for _ in range(max_length):
        grown = []
        for ids, log_p in kept:
            if ids and ids[-1] == EOS:
                grown.append((ids, log_p))
                continue
            state, scores = model.start(source), None
            for word in [SOS, *ids]:
                scores, state = model.step(torch.tensor([word]), state)
            for word, p in enumerate(scores.log_softmax(-1)[0].tolist()):
                if word not in NEVER:
                    grown.append(([*ids, word], log_p + p))
        kept = sorted(grown, key=lambda h: -h[1] / len(h[0]) ** alpha)[:beam]
    return sorted(kept, key=lambda h: (h[0][-1] != EOS, -h[1] / len(h[0]) ** alpha))


@pytest.mark.parametrize("alpha", [0.0, 1.0])
@pytest.mark.parametrize("beam", [1, 2, 3, 5, 30])
def test_beam_search_by_its_definition(beam, alpha):
    model, source = Table(9, seed=beam), torch.arange(12).unsqueeze(1)
    result = beam_search(model.step, model.start(source), beam, 6, alpha=alpha)
    for b in range(12):
        expected = by_definition(model, source[b : b + 1], beam, 6, alpha)
        assert [words_of(row) for row in result.ids[b]] == [ids for ids, _ in expected]
        assert result.log_p[b].tolist() == pytest.approx([log_p for _, log_p in expected])


def test_a_wider_beam_finds_likelier_sentences():
    model, source = Table(9, seed=3), torch.arange(60).unsqueeze(1)
    log_p = [
        beam_search(model.step, model.start(source), beam, 8, alpha=0.0).log_p[:, 0].mean().item()
        for beam in (1, 2, 4, 8)
    ]
    assert log_p == sorted(log_p)
    assert log_p[-1] > log_p[0] + 0.1


def test_normalization_favours_length():
    assert normalized(torch.tensor([-2.0, -3.0]), torch.tensor([1, 2]), 0.0).tolist() == [-2, -3]
    assert normalized(torch.tensor([-2.0, -3.0]), torch.tensor([1, 2]), 1.0).tolist() == [-2, -1.5]
    model, source = Table(9, seed=1), torch.arange(60).unsqueeze(1)
    length = [
        (beam_search(model.step, model.start(source), 4, 8, alpha=alpha).ids[:, 0] != PAD).sum().item()
        for alpha in (0.0, 0.5, 1.0)
    ]
    assert length == sorted(length)
    assert length[0] < length[2]


def test_beams_with_fewer_sentences_than_places():
    """One word and <eos> in at most two steps: 3 sentences, 4 places more than that."""
    model = Table(5)
    result = beam_search(model.step, model.start(torch.zeros(2, 1, dtype=torch.long)), 7, 2)
    assert result.log_p.isfinite().sum(1).tolist() == [3, 3]
    assert result.log_p[:, 3:].tolist() == [[-math.inf] * 4] * 2
    assert (result.ids[:, 3:] == PAD).all()
    assert not result.cut[:, 3:].any()
    assert {tuple(words_of(row)) for row in result.ids[0, :3]} == {(EOS,), (4, EOS), (4, 4)}


def test_beam_search_stops_when_all_have_ended():
    calls = []

    def step(tokens, state):
        calls.append(len(tokens))
        return planned(tokens, (state[0], state[1].clamp(max=3)))

    result = beam_search(step, (START[0][:1], START[1][:1]), 1, 50)
    assert result.best.ids.tolist() == [[4, 5, EOS]]
    assert calls == [1, 1, 1]
    calls.clear()
    beam_search(step, START, 3, 4)
    assert calls == [6] * 4, "sentences and hypotheses together"


def test_what_is_observed_follows_its_hypothesis():
    """The state holds what was said, so what is observed must end in the word that was said before the step."""
    model, source = Table(9, seed=2), torch.arange(10).unsqueeze(1)

    def step(tokens, state):
        scores, (said, rest) = model.step(tokens, state)
        return scores, (said, rest)

    result = beam_search(step, model.start(source), 4, 6, observe=lambda state: state[0][:, -1:].double())
    assert result.observed.shape == (10, 4, result.ids.shape[2], 1)
    for ids, observed in zip(result.ids.flatten(0, 1), result.observed.flatten(0, 1).squeeze(-1), strict=True):
        n = len(words_of(ids))
        assert observed[:n].tolist() == [SOS, *ids[: n - 1].tolist()]
        assert (observed[n:] == 0).all()
    assert torch.equal(result.best.observed, result.observed[:, 0])


def test_the_record_of_the_search():
    model, source = Table(9, seed=4), torch.arange(6).unsqueeze(1)
    plain = beam_search(model.step, model.start(source), 3, 5)
    result = beam_search(model.step, model.start(source), 3, 5, tree=True)
    assert plain.trees is None
    assert torch.equal(result.ids, plain.ids)
    for b, nodes in enumerate(result.trees):
        assert nodes[0] == Node(-1, SOS, 0.0, 0.0, True, False)
        said = [[]]
        depths: dict[int, list[Node]] = {}
        for i, node in enumerate(nodes[1:], start=1):
            assert 0 <= node.parent < i
            assert nodes[node.parent].kept, "only what was kept is extended"
            assert not nodes[node.parent].ended
            said.append([*said[node.parent], node.token])
            assert node.ended == (node.token == EOS)
            assert node.log_p == pytest.approx(log_p_of(model, source[b : b + 1], said[i]))
            assert node.score == pytest.approx(node.log_p / len(said[i]))
            depths.setdefault(len(said[i]), []).append(node)
        for level in depths.values():
            kept, pruned = ([n.score for n in level if n.kept == which] for which in (True, False))
            assert len(kept) <= 3
            assert len(level) <= 6
            assert not kept or not pruned or min(kept) >= max(pruned)
        assert any(not node.kept for node in nodes)
        for row in result.ids[b]:
            assert nodes[said.index(words_of(row))].kept


# --- what is refused ------------------------------------------------------------------------------------------


def test_decoding_refuses():
    for decode in (greedy, sample, lambda *a: beam_search(a[0], a[1], 2, a[2])):
        with pytest.raises(ValueError, match="max_length must be at least 1, got 0"):
            decode(planned, START, 0)
        with pytest.raises(ValueError, match=r"must be the batch, got shapes \[\(2,\), \(1,\)\]"):
            decode(planned, (START[0], START[1][:1]), 4)
        with pytest.raises(ValueError, match=r"scores \(B=\d, V\), got \(\d, 1, 7\)"):
            decode(lambda tokens, state: (PLAN[state[0], :1], state), START, 4)
    for beam in (0, -1):
        with pytest.raises(ValueError, match=f"beam must be at least 1, got {beam}"):
            beam_search(planned, START, beam, 4)
    with pytest.raises(ValueError, match="alpha must not be negative, got -1"):
        beam_search(planned, START, 2, 4, alpha=-1)
    with pytest.raises(ValueError, match=r"temperature must not be negative, got -0.5"):
        sample(planned, START, 4, temperature=-0.5)
    with pytest.raises(ValueError, match="top_k must be at least 1, got 0"):
        sample(planned, START, 4, top_k=0)


# --- models -------------------------------------------------------------------------------------------------

V_SOURCE, V, E, H = 11, 9, 4, 6
SOURCE = torch.tensor([[4, 5, 6, 7, 10], [8, 9, PAD, PAD, PAD], [5, 5, 4, PAD, PAD]])


def model_of(kind, make=LSTMCell):
    torch.manual_seed(0)
    encoder = Encoder(Embedding(V_SOURCE, E, PAD), Recurrent(make, E, H, bidirectional=True))
    embedding, cell = Embedding(V, E, PAD), make(E + 2 * H * (kind in ("bahdanau", "fed")) + H * (kind == "feed"), H)
    bridge = Bridge(2 * H, cell)
    decoder = {
        "plain": lambda: Decoder(embedding, cell, bridge=bridge),
        "fed": lambda: Decoder(embedding, cell, bridge=bridge, feed=True),
        "luong": lambda: LuongDecoder(embedding, cell, Concat(H, 2 * H, 5), 2 * H, bridge),
        "feed": lambda: LuongDecoder(embedding, cell, Concat(H, 2 * H, 5), 2 * H, bridge, feed=True),
        "bahdanau": lambda: BahdanauDecoder(embedding, cell, Concat(H, 2 * H, 5), 2 * H, bridge),
    }[kind]()
    return Seq2Seq(encoder, decoder).double().eval()


@pytest.mark.parametrize("make", [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell])
@pytest.mark.parametrize("kind", ["plain", "fed", "luong", "feed", "bahdanau"])
def test_every_model_decodes(kind, make):
    """The likelihoods are those of teacher forcing; alone or in a batch, the hypotheses are the same."""
    model = model_of(kind, make)
    result = beam_search(model.step, model.start(SOURCE), 3, 6)
    for b, S in enumerate([5, 2, 3]):
        alone = beam_search(model.step, model.start(SOURCE[b : b + 1, :S]), 3, 6)
        assert [words_of(row) for row in alone.ids[0]] == [words_of(row) for row in result.ids[b]]
        torch.testing.assert_close(alone.log_p[0], result.log_p[b])
        for k in range(3):
            target = torch.tensor([[SOS, *words_of(result.ids[b, k])]])
            torch.testing.assert_close(result.log_p[b, k], log_likelihood(model, SOURCE[b : b + 1], target)[0])
    best = greedy(model.step, model.start(SOURCE), 6)
    assert not best.log_p.requires_grad
    assert torch.equal(best.ids, beam_search(model.step, model.start(SOURCE), 1, 6).best.ids)


@pytest.mark.parametrize("kind", ["luong", "feed", "bahdanau"])
def test_attention_behind_each_word(kind):
    model = model_of(kind)
    for decoded in (
        greedy(model.step, model.start(SOURCE), 6, observe=lambda state: state.weights),
        beam_search(model.step, model.start(SOURCE), 4, 6, observe=lambda state: state.weights).best,
    ):
        B, T = decoded.ids.shape
        assert decoded.observed.shape == (B, T, 5)
        said = decoded.ids != PAD
        torch.testing.assert_close(decoded.observed.sum(-1), said.double())
        assert (decoded.observed[1, :, 2:] == 0).all()
        inputs = torch.cat([torch.full((B, 1), SOS), decoded.ids[:, :-1]], dim=1)
        _, weights = model.features(SOURCE, inputs)
        torch.testing.assert_close(decoded.observed[said], weights[said])


# --- from sentences to sentences ----------------------------------------------------------------------------


class Pair(NamedTuple):
    source: list
    target: list


@pytest.mark.parametrize("reverse_source", [False, True])
def test_translate_a_little_language(reverse_source):
    """Numbers to letters, word by word: learnt in seconds, and every sentence comes back in its place."""
    letters = dict(zip("12345", "abcde", strict=True))
    sources = [list(map(str, row)) for row in torch.randint(1, 6, (150, 3), generator=seeded()).tolist()]
    sources += [row[:1] for row in sources[:20]] + [row[:2] for row in sources[20:60]]
    pairs = [Pair(row, [letters[w] for w in row]) for row in sources]
    source_vocab, target_vocab = Vocab.build(p.source for p in pairs), Vocab.build(p.target for p in pairs)
    torch.manual_seed(0)
    encoder = Encoder(Embedding(len(source_vocab), 8, PAD), Recurrent(GRUCell, 8, 16, bidirectional=True))
    cell = GRUCell(8, 32)
    decoder = LuongDecoder(Embedding(len(target_vocab), 8, PAD), cell, Dot(), 32, Bridge(32, cell))
    model = Seq2Seq(encoder, decoder)
    data = encode_pairs(pairs, source_vocab, target_vocab, reverse_source)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    epochs, steps = 40, -(-len(data) // 32)  # steps of an epoch
    fit(
        model, lambda: pair_batches(data, 32, generator=seeded()), translation_loss, optimizer, epochs, clip=1.0,
        schedule=lambda step: 1 - (step - 1) / (epochs * steps),
    )  # fmt: skip

    options = {"source_vocab": source_vocab, "target_vocab": target_vocab, "reverse_source": reverse_source}
    model.train()
    found = translate(model, sources, max_length=10, batch_size=7, **options)
    right = [a == p.target for a, p in zip(found.tokens, pairs, strict=True)]
    assert sum(right) / len(right) > 0.95
    assert not any(found.cut)
    assert model.training, "the mode is put back"
    wide = translate(model, sources, max_length=10, decode=lambda *a: beam_search(*a[:2], 3, a[2]).best, **options)
    assert sum(a == p.target for a, p in zip(wide.tokens, pairs, strict=True)) >= 0.95 * len(pairs)
    short = translate(model, sources[:2], max_length=2, **options)
    assert short.cut == [True, True]
    assert [len(tokens) for tokens in short.tokens] == [2, 2]
    assert len(translate(model, [["9", "1"]], max_length=5, **options).tokens) == 1, "an unknown word is <unk>"
    with pytest.raises(ValueError, match="at least one token, got none in sentence 1"):
        translate(model, [["1"], []], max_length=5, **options)
    assert translate(model, [], max_length=5, **options).tokens == []

    weights = align(model, pairs, batch_size=7, **options)
    assert model.training
    assert [tuple(w.shape) for w in weights] == [(len(p.target), len(p.source)) for p in pairs]
    assert torch.allclose(torch.stack([w.sum() for w in weights]), torch.tensor([float(len(p.target)) for p in pairs]))
    hits = torch.cat([w.argmax(1) == torch.arange(len(w)) for w in weights]).float().mean()
    assert hits > 0.6, "word t is said from word t, in the order of the sentence"
    with pytest.raises(ValueError, match="got none in sentence 0"):
        align(model, [Pair([], ["a"])], **options)
