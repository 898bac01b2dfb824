"""What the experiments on translation share: training on a budget, and figures of translations."""

from functools import partial

import pytest
import torch

from course_lib.batches import encode_pairs, pair_batches
from course_lib.experiments import translation
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import recurrent_model
from course_lib.seq2seq import translation_loss
from course_lib.text import EOS
from course_lib.translator import Translations, Translator


@pytest.fixture(scope="module")
def pairs():
    """The 24 shortest pairs of the test set."""
    return sorted(corpus().pairs["test"], key=lambda pair: len(pair.source))[:24]


def translator(seed=0, reverse_source=False):
    torch.manual_seed(seed)
    return corpus().translator(recurrent_model("LSTM", E=6, H=8), reverse_source=reverse_source)


def test_training_takes_so_many_updates_and_the_rate_falls_to_zero(pairs):
    seen, rates = [], []

    def loss(trained, batch):
        seen.append(batch)
        return translation_loss(trained, batch)

    def schedule(share):
        rates.append(share)
        return 1 - share

    seconds = translation.train(translator(), pairs, 0, updates=9, batch_size=8, loss=loss, schedule=schedule)
    assert len(seen) == 9, "three epochs of three batches each"
    assert rates == pytest.approx([step / 9 for step in range(9)])
    assert seconds > 0


def test_training_repeats_with_its_seed_and_learns(pairs):
    runs = []
    for seed in (0, 0, 1):
        made = translator()
        translation.train(made, pairs, seed, updates=40, batch_size=8, lr=0.03)
        runs.append(torch.cat([p.detach().flatten() for p in made.model.parameters()]))
    assert torch.equal(runs[0], runs[1])
    assert not torch.equal(runs[0], runs[2])
    data = corpus()
    batch = next(pair_batches(encode_pairs(pairs, data.source, data.target), 24, shuffle=False))
    assert translation_loss(made.model, batch).item() < translation_loss(translator().model, batch).item() - 2


def test_the_source_is_reversed_in_training_if_asked_for(pairs):
    given = {}
    for reverse in (False, True):

        def loss(trained, batch, reverse=reverse):
            given[reverse] = batch
            return translation_loss(trained, batch)

        translation.train(translator(reverse_source=reverse), pairs[:1], 0, updates=1, loss=loss)
    assert torch.equal(given[True][0], given[False][0].flip(1))
    assert torch.equal(given[True][1], given[False][1])
    assert given[True][1][0, -1] == EOS


def test_a_budget_is_one_of_two_and_the_rate_falls_with_it():
    pairs = corpus().pairs["train"][:20]
    made = translator()
    for wrong in ({}, {"updates": 1, "seconds": 1.0}):
        with pytest.raises(ValueError, match="expected a budget of updates or of seconds, got updates="):
            translation.train(made, pairs, 0, **wrong)
    for budget in ({"updates": 5}, {"seconds": 0.3}):
        shares = []
        translation.train(
            made, pairs, 0, **budget, batch_size=4, schedule=lambda share, shares=shares: shares.append(share) or 0.1
        )
        assert shares == sorted(shares)
        assert shares[0] < 0.5
        assert 0.6 < shares[-1] <= 1
    assert len(shares) > 2


def test_a_model_is_trained_the_same_way_twice_and_leaves_the_random_state_alone(pairs):
    state = torch.get_rng_state()
    make = partial(recurrent_model, "LSTM", E=4, H=6)
    first, second, other = (
        translation.trained(make, seed, pairs, updates=3, batch_size=8)[0].model for seed in (3, 3, 4)
    )
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))
    assert not torch.equal(first.decoder.output.weight, other.decoder.output.weight)


def test_warm_up_and_then_a_line():
    rates = [translation.warmup_then_linear(share) for share in (0, 0.05, 0.1, 0.55, 1)]
    assert rates == pytest.approx([0, 0.5, 1, 0.5, 0])


def test_bleu_against_one_reference_and_against_two(pairs):
    found = [["no"], *(pair.target for pair in pairs[1:])]
    alone = [pair._replace(references=()) for pair in pairs]
    one = translation.bleu_figures("test", alone, found)
    assert list(one) == ["test"]
    assert 50 < one["test"] < 100
    other = [alone[0]._replace(references=(["no"],)), *alone[1:]]
    two = translation.bleu_figures("test", other, found)
    assert two == {"test": one["test"], "test, two references": pytest.approx(100)}


def test_splits_are_translated_and_scored(pairs, monkeypatch):
    said = {tuple(pair.source): pair.target for pair in pairs}
    monkeypatch.setattr(
        Translator, "translate", lambda made, sources: Translations([said[tuple(source)] for source in sources], [])
    )
    wrong = pairs[0]._replace(target=["none", "of", "these", "words"], references=(pairs[0].target,))
    found = translation.translate_and_score(translator(), {"test": [wrong], "long": [pairs[1]._replace(references=())]})
    assert found == {"test": 0, "test, two references": pytest.approx(100), "long": pytest.approx(100)}


def test_bleu_by_length_puts_each_sentence_into_its_bin(pairs):
    found = [pair.target for pair in pairs[:-1]] + [["no"] * len(pairs[-1].target)]
    by_length = translation.bleu_by_length(pairs, found, edges=(len(pairs[0].source), 30))
    first, second = by_length
    assert (first, second) == (f"1-{len(pairs[0].source)}", f"{len(pairs[0].source) + 1}-30"), (
        "the empty bin is left out"
    )
    assert by_length[first] == pytest.approx(100)
    assert by_length[second] < 100


def test_the_alignment_error_of_the_gold_links_themselves_is_zero(pairs):
    weights, wrong = [], []
    for pair in pairs:
        matrix = torch.zeros(len(pair.target), len(pair.source))
        for s, t in pair.alignment:
            matrix[t, s] = 1
        weights.append(matrix)
        wrong.append(1 - matrix)
    assert translation.alignment_error(weights, pairs, threshold=0.5) == 0
    assert translation.alignment_error(wrong, pairs, threshold=0.5) == 1
    everywhere = [(s, t) for s in range(len(pairs[0].source)) for t in range(len(pairs[0].target))]
    lenient = pairs[0]._replace(possible=everywhere)
    assert translation.alignment_error([torch.ones_like(weights[0])], [lenient], threshold=0.5) == 0, "all may be"
    assert translation.error_of_links([everywhere], [pairs[0]]) > 0.5
