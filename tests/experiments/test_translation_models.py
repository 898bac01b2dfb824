"""Models that translate, by name."""

import math

import pytest
import torch

from course_lib.attention import Dot, General
from course_lib.attention_decoders import BahdanauDecoder, LuongDecoder
from course_lib.batches import encode_pairs, pair_batches
from course_lib.experiments.corpus import LONGEST, corpus
from course_lib.experiments.models import CELLS, SCORES, recurrent_model, score_function, transformer_model
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.rnn import RNNCell
from course_lib.seq2seq import Decoder, translation_loss
from course_lib.text import SOS

SMALL = {"E": 6, "H": 8}


@pytest.fixture(scope="module")
def pairs():
    """The 24 shortest pairs of the test set."""
    return sorted(corpus().pairs["test"], key=lambda pair: len(pair.source))[:24]


def model(seed=0, cell="LSTM", attention=None, **options):
    torch.manual_seed(seed)
    return recurrent_model(cell, attention, **(SMALL | options))


@pytest.mark.parametrize(
    ("name", "kind"), [("RNN", RNNCell), ("LSTM", LSTMCell), ("peephole LSTM", PeepholeLSTMCell), ("GRU", GRUCell)]
)
def test_any_cell_drops_in(name, kind, pairs):
    made = model(cell=name)
    assert type(made.decoder) is Decoder
    assert type(made.decoder.cell) is kind
    assert all(type(cell) is kind for cell in made.encoder.modules() if isinstance(cell, tuple(CELLS.values())))
    assert not made.encoder.recurrent.bidirectional
    encoded = encode_pairs(pairs, corpus().source, corpus().target)
    loss = translation_loss(made, next(pair_batches(encoded, 4)))
    loss.backward()
    assert loss.item() == pytest.approx(math.log(len(corpus().target)), abs=1)
    assert all(p.grad is not None for p in made.parameters())


@pytest.mark.parametrize("attention", SCORES)
def test_with_attention_both_directions_give_as_many_outputs(attention):
    made = model(attention=attention)
    assert type(made.decoder) is LuongDecoder
    assert made.encoder.recurrent.bidirectional
    source = torch.tensor([[4, 5, 6], [7, 8, 0]])
    assert made.encoder(source).outputs.shape == (2, 3, SMALL["H"])
    logits, _ = made.step(torch.tensor([SOS, SOS]), made.start(source))
    assert logits.shape == (2, len(corpus().target))


def test_bahdanau_attends_with_the_state_before_the_step():
    assert type(model(attention="concat", bahdanau=True).decoder) is BahdanauDecoder


def test_scores_by_name():
    assert isinstance(score_function("dot", 4, 4), Dot)
    assert isinstance(score_function("general", 4, 6), General)
    query, key = torch.randn(2, 1, 4), torch.randn(2, 3, 4)
    plain, scaled = (score_function(name, 4, 4)(query, key) for name in ("dot", "scaled dot"))
    torch.testing.assert_close(scaled, plain / 2)
    with pytest.raises(
        ValueError, match="score must be one of dot, scaled dot, general, concat, location, got 'cosine'"
    ):
        score_function("cosine", 4, 4)
    with pytest.raises(ValueError, match="scaled dot needs queries and keys of one size, got 4 and 6"):
        score_function("scaled dot", 4, 6)


def test_unknown_cells_are_refused():
    with pytest.raises(KeyError, match="QRNN"):
        model(cell="QRNN")


def test_a_decoder_of_ones_own_takes_the_place_of_luongs():
    class Own(LuongDecoder):
        pass

    torch.manual_seed(0)
    own = recurrent_model(attention="general", luong=Own, E=4, H=6)
    torch.manual_seed(0)
    usual = recurrent_model(attention="general", E=4, H=6)
    assert type(own.decoder) is Own
    assert all(torch.equal(a, b) for a, b in zip(own.parameters(), usual.parameters(), strict=True))


@pytest.mark.parametrize(("kind", "more"), [("none", 0), ("sinusoidal", 0), ("learned", 2 * (LONGEST + 1))])
def test_positions_by_name(kind, more):
    own = corpus()
    few = own._replace(target=own.source)
    assert transformer_model(8, 2, 8, 1, data=few).output.out_features == len(own.source)
    count = lambda model: sum(p.numel() for p in model.parameters())  # noqa: E731
    small = {"D": 8, "N": 2, "H": 8, "L": 1}
    assert count(transformer_model(**small, positions=kind)) == 8 * more + count(transformer_model(**small))
