"""The bundled pairs with their vocabularies."""

from course_lib.experiments.corpus import LONGEST, corpus, short_pairs
from course_lib.experiments.models import recurrent_model
from course_lib.text import Vocab


def test_the_vocabularies_are_those_of_the_training_sentences_alone():
    data = corpus()
    assert data is corpus(), "read once"
    assert data.source == Vocab.build((pair.source for pair in data.pairs["train"]), min_freq=2)
    assert data.target == Vocab.build((pair.target for pair in data.pairs["train"]), min_freq=2)


def test_the_unknown_word_is_trained():
    """Words that train shows once are <unk>, on both sides."""
    data = corpus()
    for vocab, side in ((data.source, "source"), (data.target, "target")):
        once = [token for pair in data.pairs["train"] for token in getattr(pair, side) if token not in vocab]
        assert len(once) == len(set(once)) > 100


def test_no_sentence_is_longer_than_decoding_goes():
    data = corpus().pairs
    longest = max(max(len(pair.source), len(pair.target) + 1) for split in data for pair in data[split])
    assert longest <= LONGEST


def test_short_pairs_are_all_that_are_short():
    every = corpus().pairs["test"]
    assert short_pairs("test") == [pair for pair in every if len(pair.source) <= 10]
    assert max(len(pair.source) for pair in short_pairs("test", longest=7)) == 7


def test_a_corpus_is_turned():
    data = corpus()
    turned = data.turned()
    there, back = data.pairs["test"][0], turned.pairs["test"][0]
    assert (back.source, back.target) == (there.target, there.source)
    assert sorted((s, t) for t, s in back.alignment) == there.alignment
    assert (turned.source, turned.target) == (data.target, data.source)
    model = recurrent_model(attention="dot", E=4, H=4, data=turned)
    assert model.encoder.embedding.weight.shape == (len(data.target), 4)
    assert model.decoder.embedding.weight.shape == (len(data.source), 4)
