"""What the experiments of lessons 04 to 06 share: models by name, training on a budget, and their figures."""

import math

import pytest
import torch

from course_lib import decoding, metrics
from course_lib.attention import BahdanauDecoder, Dot, General, LuongDecoder
from course_lib.batches import encode_pairs, pair_batches
from course_lib.experiments import translation
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.rnn import RNNCell
from course_lib.seq2seq import Decoder, free_running_nll, teacher_forced_nll, translation_loss
from course_lib.text import EOS, SOS, Vocab

SMALL = {"E": 6, "H": 8}


@pytest.fixture(scope="module")
def pairs():
    """The 24 shortest pairs of the test set."""
    return sorted(translation.corpus().pairs["test"], key=lambda pair: len(pair.source))[:24]


def model(seed=0, cell="LSTM", attention=None, **options):
    torch.manual_seed(seed)
    return translation.recurrent_model(cell, attention, **(SMALL | options))


# --- the corpus ---------------------------------------------------------------------------------------------


def test_the_vocabularies_are_those_of_the_training_sentences_alone():
    data = translation.corpus()
    assert data is translation.corpus(), "read once"
    assert data.source == Vocab.build(pair.source for pair in data.pairs["train"])
    assert data.target == Vocab.build(pair.target for pair in data.pairs["train"])


def test_no_sentence_is_longer_than_decoding_goes():
    data = translation.corpus().pairs
    longest = max(max(len(pair.source), len(pair.target) + 1) for split in data for pair in data[split])
    assert longest <= translation.LONGEST


# --- models by name -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"), [("RNN", RNNCell), ("LSTM", LSTMCell), ("peephole LSTM", PeepholeLSTMCell), ("GRU", GRUCell)]
)
def test_any_cell_drops_in(name, kind, pairs):
    made = model(cell=name)
    assert type(made.decoder) is Decoder
    assert type(made.decoder.cell) is kind
    assert all(
        type(cell) is kind for cell in made.encoder.modules() if isinstance(cell, tuple(translation.CELLS.values()))
    )
    assert not made.encoder.recurrent.bidirectional
    encoded = encode_pairs(pairs, translation.corpus().source, translation.corpus().target)
    loss = translation_loss(made, next(pair_batches(encoded, 4)))
    loss.backward()
    assert loss.item() == pytest.approx(math.log(len(translation.corpus().target)), abs=1)
    assert all(p.grad is not None for p in made.parameters())


@pytest.mark.parametrize("attention", translation.SCORES)
def test_with_attention_both_directions_give_as_many_outputs(attention):
    made = model(attention=attention)
    assert type(made.decoder) is LuongDecoder
    assert made.encoder.recurrent.bidirectional
    source = torch.tensor([[4, 5, 6], [7, 8, 0]])
    assert made.encoder(source).outputs.shape == (2, 3, SMALL["H"])
    logits, _ = made.step(torch.tensor([SOS, SOS]), made.start(source))
    assert logits.shape == (2, len(translation.corpus().target))


def test_bahdanau_attends_with_the_state_before_the_step():
    assert type(model(attention="concat", bahdanau=True).decoder) is BahdanauDecoder


def test_scores_by_name():
    assert isinstance(translation.score_function("dot", 4, 4), Dot)
    assert isinstance(translation.score_function("general", 4, 6), General)
    query, key = torch.randn(2, 1, 4), torch.randn(2, 3, 4)
    plain, scaled = (translation.score_function(name, 4, 4)(query, key) for name in ("dot", "scaled dot"))
    torch.testing.assert_close(scaled, plain / 2)
    with pytest.raises(
        ValueError, match="score must be one of dot, scaled dot, general, concat, location, got 'cosine'"
    ):
        translation.score_function("cosine", 4, 4)
    with pytest.raises(ValueError, match="scaled dot needs queries and keys of one size, got 4 and 6"):
        translation.score_function("scaled dot", 4, 6)


def test_unknown_cells_are_refused():
    with pytest.raises(KeyError, match="QRNN"):
        model(cell="QRNN")


# --- training on a budget -----------------------------------------------------------------------------------


def test_training_takes_so_many_updates_and_the_rate_falls_to_zero(pairs):
    seen, rates = [], []

    def loss(trained, batch):
        seen.append(batch)
        return translation_loss(trained, batch)

    def schedule(share):
        rates.append(share)
        return 1 - share

    seconds = translation.train(model(), pairs, 0, updates=9, batch_size=8, loss=loss, schedule=schedule)
    assert len(seen) == 9, "three epochs of three batches each"
    assert rates == pytest.approx([step / 9 for step in range(9)])
    assert seconds > 0


def test_training_repeats_with_its_seed_and_learns(pairs):
    runs = []
    for seed in (0, 0, 1):
        made = model()
        translation.train(made, pairs, seed, updates=40, batch_size=8, lr=0.03)
        runs.append(torch.cat([p.detach().flatten() for p in made.parameters()]))
    assert torch.equal(runs[0], runs[1])
    assert not torch.equal(runs[0], runs[2])
    data = translation.corpus()
    batch = next(pair_batches(encode_pairs(pairs, data.source, data.target), 24, shuffle=False))
    assert translation_loss(made, batch).item() < translation_loss(model(), batch).item() - 2


def test_the_source_is_reversed_in_training_if_asked_for(pairs):
    given = {}
    for reverse in (False, True):

        def loss(trained, batch, reverse=reverse):
            given[reverse] = batch
            return translation_loss(trained, batch)

        translation.train(model(), pairs[:1], 0, updates=1, loss=loss, reverse_source=reverse)
    assert torch.equal(given[True][0], given[False][0].flip(1))
    assert torch.equal(given[True][1], given[False][1])
    assert given[True][1][0, -1] == EOS


# --- figures ------------------------------------------------------------------------------------------------


def test_bleu_is_that_of_the_greedy_translations(pairs):
    made = model(3)
    data = translation.corpus()
    for reverse in (False, True):
        found = decoding.translate(
            made, [p.source for p in pairs], data.source, data.target, translation.LONGEST, reverse_source=reverse
        ).tokens
        assert translation.translations(made, pairs, reverse_source=reverse) == found
        expected = metrics.bleu(hypotheses=found, references=[pair.target for pair in pairs])
        assert translation.bleu(made, pairs, reverse_source=reverse) == expected


def test_bleu_by_length_puts_each_sentence_into_its_bin(pairs):
    found = [pair.target for pair in pairs[:-1]] + [["no"] * len(pairs[-1].target)]
    by_length = translation.bleu_by_length(pairs, found, edges=(len(pairs[0].source), 30))
    first, second = by_length
    assert (first, second) == (f"1-{len(pairs[0].source)}", f"{len(pairs[0].source) + 1}-30"), (
        "the empty bin is left out"
    )
    assert by_length[first] == pytest.approx(100)
    assert by_length[second] < 100


def test_perplexities_under_their_names(pairs):
    made = model(1).train()
    data = translation.corpus()
    got = translation.perplexities(made, pairs, reverse_source=True)
    assert made.training, "the mode is put back"
    source, target = next(
        pair_batches(encode_pairs(pairs, data.source, data.target, reverse_source=True), 100, shuffle=False)
    )
    for name, nll in (("teacher-forced", teacher_forced_nll), ("free-running", free_running_nll)):
        assert got[name] == pytest.approx(nll(made, source, target).mean().exp().item(), rel=1e-4)
    assert got["teacher-forced"] != got["free-running"]


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
