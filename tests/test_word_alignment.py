"""IBM Model 1: by hand, step by step, and on the bundled corpus."""

import math

import pytest
import torch

from course_lib import fast, metrics, word_alignment
from course_lib.datasets import Pair, load
from course_lib.word_alignment import NULL, align, best_links, ibm_model_1, log_likelihood, posterior, with_null

BOOKS = [(["das", "Haus"], ["the", "house"]), (["das", "Buch"], ["the", "book"]), (["ein", "Buch"], ["a", "book"])]
TRAIN = pytest.mark.parametrize("train", [word_alignment.ibm_model_1, fast.ibm_model_1], ids=["dictionary", "arrays"])


@TRAIN
def test_two_rounds_by_hand(train):
    assert train(BOOKS, 0) == {(x, y): 1 / 4 for source, target in BOOKS for x in source for y in target}
    # At first each word of a source gets half of each word of the target.
    assert train(BOOKS, 1) == pytest.approx({
        ("das", "the"): 1 / 2, ("das", "house"): 1 / 4, ("das", "book"): 1 / 4,
        ("Haus", "the"): 1 / 2, ("Haus", "house"): 1 / 2,
        ("Buch", "the"): 1 / 4, ("Buch", "book"): 1 / 2, ("Buch", "a"): 1 / 4,
        ("ein", "a"): 1 / 2, ("ein", "book"): 1 / 2,
    })  # fmt: skip
    # Then "the" goes to das and Haus in halves, to das and Buch as 2 to 1; das makes the 1/2 + 2/3, house and book 1/3.
    assert train(BOOKS, 2) == pytest.approx({
        ("das", "the"): 7 / 11, ("das", "house"): 2 / 11, ("das", "book"): 2 / 11,
        ("Haus", "the"): 3 / 7, ("Haus", "house"): 4 / 7,
        ("Buch", "the"): 2 / 11, ("Buch", "book"): 7 / 11, ("Buch", "a"): 2 / 11,
        ("ein", "a"): 4 / 7, ("ein", "book"): 3 / 7,
    })  # fmt: skip
    many = train(BOOKS, 200)
    for x, y in (("das", "the"), ("Haus", "house"), ("Buch", "book"), ("ein", "a")):
        assert many[x, y] > 0.95


@TRAIN
def test_a_word_that_stands_twice_counts_twice(train):
    t = train([(["a", "a", "b"], ["x", "x"]), (["b"], ["y"])], 1)
    assert t == pytest.approx({("a", "x"): 1, ("b", "x"): 2 / 3 / (2 / 3 + 1), ("b", "y"): 1 / (2 / 3 + 1)})


def bundled(many):
    return load("ko-en", "train")[:many]


def test_arrays_give_what_dictionaries_give():
    pairs = with_null(bundled(200))
    for rounds in (0, 1, 4):
        slow, quick = ibm_model_1(pairs, rounds), fast.ibm_model_1(pairs, rounds)
        assert quick == pytest.approx(slow, abs=1e-12)


@TRAIN
def test_each_round_makes_the_corpus_likelier_and_probabilities_sum_to_one(train):
    pairs = with_null(bundled(100))
    likelihoods = []
    for rounds in range(7):
        t = train(pairs, rounds)
        likelihoods.append(log_likelihood(t, pairs))
        if rounds:
            for word in {x for x, _ in t}:
                assert sum(p for (x, _), p in t.items() if x == word) == pytest.approx(1)
    assert likelihoods == sorted(likelihoods)
    assert likelihoods[-1] > likelihoods[0] + 100
    assert likelihoods[6] - likelihoods[5] < likelihoods[2] - likelihoods[1], "each round brings less"


def test_log_likelihood_by_hand():
    t = ibm_model_1(BOOKS, 1)
    # of the first pair: "the" has (1/2 + 1/2) / 2, "house" (1/4 + 1/2) / 2
    assert log_likelihood(t, BOOKS[:1]) == pytest.approx(math.log(1 / 2) + math.log(3 / 8))
    assert log_likelihood(t, [(["das"], ["a"])]) == -math.inf, "never seen together"


def test_posteriors_weights_and_links_by_hand():
    t = {(NULL, "the"): 0.6, ("das", "the"): 0.3, ("Haus", "the"): 0.1, ("das", "house"): 0.1, ("Haus", "house"): 0.3}
    pair = Pair(["das", "Haus"], ["house", "the", "moon"], "", "")
    expected = torch.tensor([[0, 0.25, 0.75], [0.6, 0.3, 0.1], [0, 0, 0]])
    torch.testing.assert_close(posterior(t, pair), expected)
    (weights,) = align(t, [pair])
    torch.testing.assert_close(weights, expected[:, 1:])
    assert best_links(t, [pair]) == [[(1, 0)]], "the empty word makes 'the', and nobody knows the moon"
    assert metrics.links_from_weights(weights) == [(0, 1), (1, 0)], "among the words themselves das is the likeliest"
    other = pair._replace(target=["the", "house"], source=["Haus", "das"])
    assert best_links(t, [other, pair]) == [[(0, 1)], [(1, 0)]]


def test_it_aligns_the_bundled_corpus():
    """Far better than weights that know nothing (0.85), though it knows no order and no context."""
    t = fast.ibm_model_1(with_null(load("ko-en", "train")), 8)
    test = load("ko-en", "test")
    gold = list(zip(*(pair.gold() for pair in test), strict=True))
    assert metrics.aer(best_links(t, test), *gold) == pytest.approx(0.3, abs=0.04)
    assert max((p, y) for (x, y), p in t.items() if x == "고양이")[1] in ("cat", "cats")
