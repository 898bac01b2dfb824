"""Beam search: against exhaustive search, its definition in lists, and its own record."""

import math

import pytest
import torch

from course_lib.beam import Node, beam_decode, beam_search, beam_step, normalized
from course_lib.decoding import NEVER, greedy_search
from course_lib.text import EOS, PAD, SOS, UNK
from tests.translators import START, Table, log_p_of, planned, seeded, sentences, words_of


@pytest.mark.parametrize("alpha", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_a_beam_of_one_is_greedy(seed, alpha):
    model, source = Table(9, seed), torch.arange(30).unsqueeze(1)
    expected = greedy_search(model.step, model.start(source), 8)
    best = beam_search(model.step, model.start(source), 8, beam=1, alpha=alpha).best
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
    result = beam_search(model.step, model.start(source), max_length, beam=len(everything), alpha=alpha)
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


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0])
def test_beam_steps_make_the_beam_search(alpha):
    """The step of the exercise, one after the other, from the empty hypothesis to the end."""
    table = 2 * torch.randn(7, 7, generator=seeded(1), dtype=torch.float64)
    table[:, [PAD, UNK, SOS]] = -math.inf
    table = table.log_softmax(-1)
    hypotheses = [([], 0.0)]
    for _ in range(6):
        if all(words and words[-1] == EOS for words, _ in hypotheses):
            break
        rows = torch.stack([table[words[-1] if words else SOS] for words, _ in hypotheses])
        hypotheses = beam_step(hypotheses, rows, 3, alpha)
    found = beam_search(lambda tokens, state: (table[tokens], state), torch.zeros(1, 1), 6, beam=3, alpha=alpha)
    theirs = {tuple(words_of(row)): p for row, p in zip(found.ids[0], found.log_p[0].tolist(), strict=True)}
    assert {tuple(words): log_p for words, log_p in hypotheses} == pytest.approx(theirs, abs=1e-5)


def test_beam_decode_is_the_best_of_the_search():
    model, source = Table(9, seed=2), torch.arange(8).unsqueeze(1)
    options = {"beam": 3, "alpha": 0.5, "observe": lambda state: state[0][:, -1:].double()}
    got = beam_decode(model.step, model.start(source), 6, **options)
    expected = beam_search(model.step, model.start(source), 6, **options).best
    assert all(torch.equal(a, b) for a, b in zip(got, expected, strict=True))


@pytest.mark.parametrize("alpha", [0.0, 1.0])
@pytest.mark.parametrize("beam", [1, 2, 3, 5, 30])
def test_beam_search_by_its_definition(beam, alpha):
    model, source = Table(9, seed=beam), torch.arange(12).unsqueeze(1)
    result = beam_search(model.step, model.start(source), 6, beam=beam, alpha=alpha)
    for b in range(12):
        expected = by_definition(model, source[b : b + 1], beam, 6, alpha)
        assert [words_of(row) for row in result.ids[b]] == [ids for ids, _ in expected]
        assert result.log_p[b].tolist() == pytest.approx([log_p for _, log_p in expected])


def test_a_wider_beam_finds_likelier_sentences():
    model, source = Table(9, seed=3), torch.arange(60).unsqueeze(1)
    log_p = [
        beam_search(model.step, model.start(source), 8, beam=beam, alpha=0.0).log_p[:, 0].mean().item()
        for beam in (1, 2, 4, 8)
    ]
    assert log_p == sorted(log_p)
    assert log_p[-1] > log_p[0] + 0.1


def test_normalization_favours_length():
    assert normalized(torch.tensor([-2.0, -3.0]), torch.tensor([1, 2]), 0.0).tolist() == [-2, -3]
    assert normalized(torch.tensor([-2.0, -3.0]), torch.tensor([1, 2]), 1.0).tolist() == [-2, -1.5]
    model, source = Table(9, seed=1), torch.arange(60).unsqueeze(1)
    length = [
        (beam_search(model.step, model.start(source), 8, beam=4, alpha=alpha).ids[:, 0] != PAD).sum().item()
        for alpha in (0.0, 0.5, 1.0)
    ]
    assert length == sorted(length)
    assert length[0] < length[2]


def test_beams_with_fewer_sentences_than_places():
    """One word and <eos> in at most two steps: 3 sentences, 4 places more than that."""
    model = Table(5)
    result = beam_search(model.step, model.start(torch.zeros(2, 1, dtype=torch.long)), 2, beam=7)
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

    result = beam_search(step, (START[0][:1], START[1][:1]), 50, beam=1)
    assert result.best.ids.tolist() == [[4, 5, EOS]]
    assert calls == [1, 1, 1]
    calls.clear()
    beam_search(step, START, 4, beam=3)
    assert calls == [6, 6, 6, 3], "sentences and hypotheses together; a sentence that is over leaves"


def test_what_is_observed_follows_its_hypothesis():
    """The state holds what was said, so what is observed must end in the word that was said before the step."""
    model, source = Table(9, seed=2), torch.arange(10).unsqueeze(1)

    def step(tokens, state):
        scores, (said, rest) = model.step(tokens, state)
        return scores, (said, rest)

    result = beam_search(step, model.start(source), 6, beam=4, observe=lambda state: state[0][:, -1:].double())
    assert result.observed.shape == (10, 4, result.ids.shape[2], 1)
    for ids, observed in zip(result.ids.flatten(0, 1), result.observed.flatten(0, 1).squeeze(-1), strict=True):
        n = len(words_of(ids))
        assert observed[:n].tolist() == [SOS, *ids[: n - 1].tolist()]
        assert (observed[n:] == 0).all()
    assert torch.equal(result.best.observed, result.observed[:, 0])


def test_the_record_of_the_search():
    model, source = Table(9, seed=4), torch.arange(6).unsqueeze(1)
    plain = beam_search(model.step, model.start(source), 5, beam=3)
    result = beam_search(model.step, model.start(source), 5, beam=3, tree=True)
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
