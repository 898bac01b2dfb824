"""A translator: model, vocabularies and direction together."""

import math
from functools import partial

import pytest
import torch

from course_lib import metrics
from course_lib.attention import Dot
from course_lib.attention_decoders import LuongDecoder
from course_lib.batches import encode_pairs, pair_batches
from course_lib.beam import beam_decode
from course_lib.datasets import Pair
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.translation import train
from course_lib.gru import GRUCell
from course_lib.recurrent import Recurrent
from course_lib.scheduled_sampling import free_running_nll
from course_lib.seq2seq import Bridge, Seq2Seq, teacher_forced_nll
from course_lib.text import PAD, Vocab
from course_lib.transformer import SinusoidalPositions, Transformer, word_embedding
from course_lib.translator import Translations, Translator


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def little_language():
    """Numbers to letters, word by word."""
    letters = dict(zip("12345", "abcde", strict=True))
    sources = [list(map(str, row)) for row in torch.randint(1, 6, (150, 3), generator=seeded()).tolist()]
    sources += [row[:1] for row in sources[:20]] + [row[:2] for row in sources[20:60]]
    return [
        Pair(row, [letters[w] for w in row], " ".join(row), "", [(i, i) for i in range(len(row))]) for row in sources
    ]


def untrained(pairs, *, reverse_source=False, max_length=10):
    source, target = Vocab.build(p.source for p in pairs), Vocab.build(p.target for p in pairs)
    torch.manual_seed(0)
    encoder = Encoder(Embedding(len(source), 8, padding_idx=PAD), Recurrent(GRUCell, 8, 16, bidirectional=True))
    cell = GRUCell(8, 32)
    decoder = LuongDecoder(Embedding(len(target), 8, padding_idx=PAD), cell, Dot(), 32, bridge=Bridge(32, cell))
    return Translator(Seq2Seq(encoder, decoder), source, target, reverse_source=reverse_source, max_length=max_length)


@pytest.mark.parametrize("reverse_source", [False, True])
def test_a_little_language_is_learnt_in_seconds_and_every_sentence_comes_back_in_its_place(reverse_source):
    pairs = little_language()
    translator = untrained(pairs, reverse_source=reverse_source)
    train(translator, pairs, 0, updates=270, lr=0.02, batch_size=32)
    model = translator.model.train()
    sources = [pair.source for pair in pairs]

    found = translator.translate(sources, batch_size=7)
    right = [a == p.target for a, p in zip(found.tokens, pairs, strict=True)]
    assert sum(right) / len(right) > 0.95
    assert not any(found.cut)
    assert model.training, "the mode is put back"
    wide = translator.translate(sources, decode=partial(beam_decode, beam=3))
    assert sum(a == p.target for a, p in zip(wide.tokens, pairs, strict=True)) >= 0.95 * len(pairs)
    assert translator.translate([pair.source_text for pair in pairs]).tokens == found.tokens, "a text is tokenized"

    weights = translator.align(pairs, batch_size=7)
    assert model.training
    assert [tuple(w.shape) for w in weights] == [(len(p.target), len(p.source)) for p in pairs]
    assert torch.allclose(torch.stack([w.sum() for w in weights]), torch.tensor([float(len(p.target)) for p in pairs]))
    hits = torch.cat([w.argmax(1) == torch.arange(len(w)) for w in weights]).float().mean()
    assert hits > 0.6, "word t is said from word t, in the order of the sentence"


def test_sentences_that_are_cut_unknown_or_empty():
    pairs = little_language()
    translator = untrained(pairs, max_length=2)
    with torch.no_grad():
        translator.model.decoder.output.bias[4] = 20.0  # it says the first letter for ever
    short = translator.translate([["1"], ["2", "3"]])
    assert short.cut == [True, True]
    assert [len(tokens) for tokens in short.tokens] == [2, 2]
    assert translator.unknown("9 1") == ["9"]
    assert len(translator.translate(["9 1"]).tokens) == 1, "an unknown word is read as <unk>"
    for call in (translator.translate, lambda rows: translator.align([Pair(row, ["a"], "", "") for row in rows])):
        with pytest.raises(ValueError, match="at least one token, got none in sentence 1"):
            call([["1"], []])
    with pytest.raises(ValueError, match="at least one token, got none in sentence 0"):
        translator.start("  ")
    assert translator.translate([]).tokens == []
    assert translator.align([]) == []


def test_an_error_leaves_the_model_in_its_mode():
    translator = untrained(little_language())

    def broken(*given):
        assert not translator.model.training
        raise RuntimeError("no power")

    with pytest.raises(RuntimeError, match="no power"):
        translator.translate([["1"]], decode=broken)
    assert translator.model.training


def test_a_model_and_the_words_of_another_are_refused():
    pairs = little_language()
    made = untrained(pairs)
    other = Vocab.build(p.target[:1] for p in pairs[:2])
    with pytest.raises(
        ValueError, match=rf"the model says {len(made.target)} words, the vocabulary .* has {len(other)}"
    ):
        Translator(made.model, made.source, other)
    with pytest.raises(ValueError, match="max_length must be at least 1, got 0"):
        Translator(made.model, made.source, made.target, max_length=0)


def test_a_model_of_another_direction_says_words_of_its_own():
    turned = corpus().turned()
    translator = turned.translator(recurrent_model(E=8, H=8, data=turned))
    said = translator.translate([pair.source for pair in turned.pairs["test"][:5]]).tokens
    assert any(said)
    assert all(word in turned.target for tokens in said for word in tokens)
    assert repr(translator).startswith("Translator(Seq2Seq, source V=")


@pytest.mark.parametrize("reverse_source", [False, True])
def test_perplexities_and_bleu_are_those_of_the_model(reverse_source):
    pairs = little_language()[:40]
    translator = untrained(pairs, reverse_source=reverse_source)
    translator.model.train()
    got = translator.perplexities(pairs)
    assert translator.model.training, "the mode is put back"
    encoded = encode_pairs(pairs, translator.source, translator.target, reverse_source=reverse_source)
    assert translator.encode(pairs) == encoded
    source, target = next(pair_batches(encoded, 100, shuffle=False))
    for name, nll in (("teacher-forced", teacher_forced_nll), ("free-running", free_running_nll)):
        assert got[name] == pytest.approx(nll(translator.model, source, target).mean().exp().item(), rel=1e-4)
    assert got["teacher-forced"] != got["free-running"]
    found = translator.translate([pair.source for pair in pairs]).tokens
    assert translator.bleu(pairs) == metrics.sacrebleu(hypotheses=found, references=[pair.target for pair in pairs])
    assert math.isfinite(translator.bleu(pairs))


def test_bleu_against_the_target_or_against_all_references(monkeypatch):
    pairs = [
        Pair(["1"], list("abcde"), "", "", references=(list("abcdx"),)),
        Pair(["2"], list("abxde"), "", ""),
    ]
    translator = untrained(little_language())
    said = Translations([list("abcdx"), list("abcde")], [False, False])
    monkeypatch.setattr(Translator, "translate", lambda translator, sentences: said)
    firsts = metrics.sacrebleu(hypotheses=said.tokens, references=[pair.target for pair in pairs])
    assert translator.bleu(pairs) == firsts
    several = metrics.sacrebleu(hypotheses=said.tokens, references=[(list("abcde"), list("abcdx")), list("abxde")])
    assert translator.bleu(pairs, several=True) == several > firsts + 10


def test_a_model_without_attention_aligns_nothing():
    translator = corpus().translator(recurrent_model(E=4, H=6))
    assert not translator.attends
    with pytest.raises(ValueError, match="expected a model with attention"):
        translator.align(corpus().pairs["test"][:2])
    assert translator.align_heads(corpus().pairs["test"][:2]) == []
    assert corpus().translator(recurrent_model(attention="dot", E=4, H=6)).attends


@pytest.mark.parametrize("reverse_source", [False, True])
def test_heads_are_aligned_in_the_order_of_the_sentence_and_their_mean_at_the_top_is_the_alignment(reverse_source):
    pairs = little_language()[150:156] + little_language()[:4]  # of one word to three
    source, target = Vocab.build(p.source for p in pairs), Vocab.build(p.target for p in pairs)
    torch.manual_seed(0)
    positions = SinusoidalPositions(8), SinusoidalPositions(8)
    model = Transformer(word_embedding(len(source), 8), word_embedding(len(target), 8), 2, 16, 2, *positions)
    translator = Translator(model, source, target, reverse_source=reverse_source)
    heads = translator.align_heads(pairs, batch_size=3)
    for pair, found, top in zip(pairs, heads, translator.align(pairs, batch_size=3), strict=True):
        read = pair.source[::-1] if reverse_source else pair.source
        told = target.encode(pair.target, sos=True)
        with torch.no_grad():
            weights = model.weights(torch.tensor([source.encode(read)]), torch.tensor([told])).cross
        expected = torch.cat(weights)[:, :, : len(pair.target)]  # (L, N, T, S)
        torch.testing.assert_close(found, expected.flip(-1) if reverse_source else expected)
        torch.testing.assert_close(top, found[-1].mean(0))
