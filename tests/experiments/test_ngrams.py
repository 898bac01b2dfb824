"""Language models that count."""

import math
from collections import Counter

import numpy as np
import pytest
import torch

from course_lib import metrics
from course_lib.experiments.ngrams import ngram_nll
from course_lib.language_model import unigram_nll
from course_lib.text import EOS, SOS

A, B_ = 4, 5
TRAIN = [[SOS, A, B_, EOS], [SOS, A, EOS]]


def test_unigrams_by_hand():
    """Of 5 targets a is 2, b is 1, <eos> is 2; each word has 1/6 of one observation more."""
    nll = ngram_nll(1, TRAIN, [[SOS, A, B_, EOS]], V=6, strength=1.0)
    expected = [-math.log((count + 1 / 6) / 6) for count in (2, 1, 2)]
    assert nll.tolist() == pytest.approx(expected)


def test_bigrams_by_hand():
    """After <sos> a always came; after a came b once and <eos> once."""
    nll = ngram_nll(2, TRAIN, [[SOS, A, B_, EOS]], V=6, strength=1.0)
    p_1 = {word: (count + 1 / 6) / 6 for word, count in ((A, 2), (B_, 1), (EOS, 2))}
    expected = [(2 + p_1[A]) / 3, (1 + p_1[B_]) / 3, (1 + p_1[EOS]) / 2]
    assert nll.exp().reciprocal().tolist() == pytest.approx(expected)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_ngram_probabilities_sum_to_one(n):
    V = 6
    for before in ([], [A], [A, B_], [B_, B_, A]):
        p = [ngram_nll(n, TRAIN, [[SOS, *before, word]], V, 0.7)[-1].neg().exp() for word in range(V)]
        assert sum(p) == pytest.approx(1)


def test_a_longer_context_tells_more():
    """a b and c d alternate: the word before does not say what comes, the two before do."""
    train = [[SOS, 4, 6, 5, EOS], [SOS, 7, 6, 8, EOS]] * 20
    reached = [metrics.perplexity([ngram_nll(n, train, train, 9, 0.1)]) for n in (1, 2, 3)]
    assert reached[0] > reached[1] > reached[2]
    assert reached[2] < 1.3
    with pytest.raises(ValueError, match="got n=0 and strength=1"):
        ngram_nll(0, train, train, 9, 1)
    with pytest.raises(ValueError, match="a positive strength, got n=1 and strength=0"):
        ngram_nll(1, train, train, 9, 0)


def test_unigrams_agree_with_the_librarys():
    """`unigram_nll` adds one to each count of a word that can be a target, this one 1 / V: on much text they meet."""
    train = [[SOS, *np.random.default_rng(i).integers(4, 9, 30).tolist(), EOS] for i in range(200)]
    counts = Counter(word for row in train for word in row[1:])
    ids = torch.tensor(train)[:, 1:]
    library = metrics.perplexity([unigram_nll([counts[i] for i in range(9)], ids)])
    assert metrics.perplexity([ngram_nll(1, train, train, 9, 1.0)]) == pytest.approx(library, rel=1e-3)
