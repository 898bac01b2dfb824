"""Perplexity, BLEU and alignments, held against arithmetic, sacrebleu, torchtext and simulation."""

import math

import pytest
import torch

from course_lib import datasets
from course_lib.metrics import (
    alignment_error_rate,
    bleu,
    bleu_by_hand,
    bleu_interval,
    bleu_signature,
    brevity_penalty,
    clipped_matches,
    length_bins,
    links_from_weights,
    mutual,
    ngrams,
    perplexity,
)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def test_perplexity_by_hand():
    """Probabilities 1/2, 1/8 and 1/4: the mean is 2 ln 2, and e to that is 4. The mean is over tokens, not batches."""
    one, two = torch.tensor([0.5]).log().neg(), torch.tensor([1 / 8, 1 / 4]).log().neg()
    assert perplexity([one, two]) == pytest.approx(4)
    assert perplexity([two, one]) == pytest.approx(4)
    assert perplexity(torch.full((3, 5), math.log(7))) == pytest.approx(7), "a uniform model of 7 words"
    assert perplexity([torch.zeros(2)]) == 1
    assert perplexity([torch.tensor([1e6])]) == math.inf
    assert perplexity([torch.empty(0), one]) == pytest.approx(2)


def test_perplexity_needs_no_gradient_and_does_not_overflow():
    weight = torch.ones(4, requires_grad=True)
    graphs = []

    def batches():
        for _ in range(3):
            values = weight * 0.5
            graphs.append(values.requires_grad)
            yield values

    assert perplexity(batches()) == pytest.approx(math.exp(0.5))
    assert graphs == [False] * 3
    half = torch.ones(100_000, dtype=torch.float16)  # whose sum is beyond the largest half-precision number
    assert perplexity([half]) == pytest.approx(math.e)


def test_perplexity_refuses():
    with pytest.raises(ValueError, match="at least one token, got none"):
        perplexity([])
    with pytest.raises(ValueError, match=r"of each token, \(n,\), got shape \(\)"):
        perplexity([torch.tensor(2.0)])


# --- BLEU ---------------------------------------------------------------------------------------------------

HYPOTHESIS = ["the", "cat", "sat", "on", "the", "mat"]
REFERENCE = ["the", "cat", "is", "on", "the", "mat"]


def test_clipping():
    """Papineni et al. 2002, example 2: of seven times "the" two are in the reference."""
    reference = ["the", "cat", "is", "on", "the", "mat"]
    assert clipped_matches(["the"] * 7, reference, 1) == 2
    assert clipped_matches(["the"] * 7, reference, 2) == 0
    assert clipped_matches(reference, ["the"] * 7, 1) == 2
    assert ngrams(["a", "b", "a", "b"], 2) == {("a", "b"): 2, ("b", "a"): 1}
    assert not ngrams(["a"], 2)


def test_brevity_penalty():
    assert brevity_penalty(10, 10) == 1
    assert brevity_penalty(12, 10) == 1
    assert brevity_penalty(8, 10) == pytest.approx(math.exp(-0.25))
    assert brevity_penalty(0, 10) == 0
    assert brevity_penalty(0, 0) == 1


def test_bleu_by_hand():
    """5 of 6 words, 3 of 5 pairs (the cat, on the, the mat), 1 of 4 triples (on the mat), none of 3: half a match."""
    found = bleu_by_hand(hypotheses=[HYPOTHESIS], references=[REFERENCE])
    assert found.precisions == pytest.approx((100 * 5 / 6, 60, 25, 100 / 6))
    assert found.brevity_penalty == 1
    assert found.score == pytest.approx(100 * (5 / 6 * 3 / 5 * 1 / 4 * 1 / 6) ** 0.25)
    assert bleu(hypotheses=[HYPOTHESIS], references=[REFERENCE]) == pytest.approx(found.score)
    same = bleu_by_hand(hypotheses=[REFERENCE], references=[REFERENCE])
    assert (same.score, same.precisions) == (pytest.approx(100), (100,) * 4)


def test_the_mean_is_not_of_sentences():
    short, long = ["a", "b", "c", "d"], list("efghijklmnop")
    corpus = bleu_by_hand(hypotheses=[short, long], references=[["a", "b", "x", "d"], long]).score
    alone = [
        bleu_by_hand(hypotheses=[h], references=[r]).score for h, r in [(short, ["a", "b", "x", "d"]), (long, long)]
    ]
    assert abs(corpus - sum(alone) / 2) > 10


def some_sentences(generator, noise):
    """Pairs of like sentences: of the hypothesis some words are replaced, some left out."""
    pairs = []
    for _ in range(int(torch.randint(1, 12, (), generator=generator))):
        reference = torch.randint(8, (int(torch.randint(1, 15, (), generator=generator)),), generator=generator)
        hypothesis = [
            int(torch.randint(8, (), generator=generator)) if chance < noise else word
            for word, chance in zip(
                reference.tolist(), torch.rand(len(reference), generator=generator).tolist(), strict=True
            )
            if chance < 0.9
        ]
        pairs.append(([f"w{i}" for i in hypothesis], [f"w{i}" for i in reference.tolist()]))
    return pairs


@pytest.mark.parametrize("noise", [0.0, 0.3, 0.8, 1.0])
def test_bleu_by_hand_equals_sacrebleu(noise):
    generator = seeded(int(10 * noise))
    scores = set()
    for _ in range(40):
        pairs = some_sentences(generator, noise)
        hypotheses, references = (list(side) for side in zip(*pairs, strict=True))
        by_hand = bleu_by_hand(hypotheses=hypotheses, references=references)
        expected = bleu(hypotheses=hypotheses, references=references)
        assert by_hand.score == pytest.approx(expected, abs=1e-6)
        scores.add(round(expected, 3))
    assert len(scores) > 10


def test_bleu_by_hand_equals_torchtext():
    torchtext_metrics = pytest.importorskip("torchtext.data.metrics")
    generator = seeded(7)
    checked = 0
    while checked < 10:
        pairs = some_sentences(generator, 0.2)
        hypotheses, references = (list(side) for side in zip(*pairs, strict=True))
        by_hand = bleu_by_hand(hypotheses=hypotheses, references=references)
        if min(sum(clipped_matches(h, r, n) for h, r in pairs) for n in range(1, 5)) == 0:
            continue  # torchtext does not smooth
        expected = 100 * torchtext_metrics.bleu_score(hypotheses, [[r] for r in references])
        assert by_hand.score == pytest.approx(expected, abs=1e-4)
        checked += 1


def test_bleu_of_nothing_right_and_of_nothing_said():
    for hypotheses in ([["x", "y"]], [[]]):
        assert bleu(hypotheses=hypotheses, references=[REFERENCE]) == 0
        assert bleu_by_hand(hypotheses=hypotheses, references=[REFERENCE]).score == 0
    assert bleu(hypotheses=[["the", "cat"]], references=[REFERENCE]) == 0, "no sequence of four: no score"
    assert bleu_by_hand(hypotheses=[["the", "cat"]], references=[REFERENCE]).score == 0


def test_bleu_of_sentences_as_people_write_them():
    """sacrebleu takes the full stop off; split at spaces alone, "mat." would be another word than "mat"."""
    score = bleu(hypotheses=["The cat is on the mat."], references=["The cat is on the mat ."])
    assert score == pytest.approx(100)
    assert "tok:13a" in bleu_signature(hypotheses=["a"], references=["b"])
    assert "tok:none" in bleu_signature(hypotheses=[["a"]], references=[["b"]])
    lower = bleu(hypotheses=["the cat is on the mat."], references=["The cat is on the mat."])
    assert 50 < lower < 100


def test_which_is_which_matters():
    """Swapped, the score changes: so they are told apart by name."""
    short, long = REFERENCE[:5], [*REFERENCE, ".", "yes"]
    assert bleu(hypotheses=[short], references=[long]) != pytest.approx(bleu(hypotheses=[long], references=[short]))
    with pytest.raises(TypeError, match="positional"):
        bleu([short], [long])
    with pytest.raises(TypeError, match="positional"):
        bleu_by_hand([short], [long])


@pytest.mark.parametrize("function", [bleu, bleu_by_hand])
def test_bleu_refuses(function):
    for hypotheses, references, error, message in [
        ("the cat", ["the cat"], TypeError, "hypotheses must be a list of sentences, got the string 'the cat'"),
        (["the cat"], "the cat", TypeError, "references must be a list of sentences, got the string"),
        (["the cat"], [["the cat"]], TypeError, "all be strings, or all lists of tokens, got both"),
        ([["the"], "cat"], [["the"], ["cat"]], TypeError, "got both"),
        ([["the"]], [[["the"]]], TypeError, r"references must be strings or lists of tokens, got \[\['the'\]\]"),
        ([[4, 5]], [["the"]], TypeError, r"hypotheses must be strings or lists of tokens, got \[4, 5\]"),
        ([["a"], ["b"]], [["a"]], ValueError, "one reference per hypothesis, 2, got 1"),
        ([], [], ValueError, "at least one sentence, got none"),
    ]:
        with pytest.raises(error, match=message):
            function(hypotheses=hypotheses, references=references)


def test_by_hand_wants_tokens():
    with pytest.raises(TypeError, match="lists of tokens, got the string 'the cat': tokenize it first"):
        bleu_by_hand(hypotheses=["the cat"], references=["the cat"])


def test_length_bins():
    assert length_bins([1, 7, 8, 15, 16, 40, 3]) == {"1-7": [0, 1, 6], "8-15": [2, 3], "16-23": [4], "24-": [5]}
    assert length_bins([5, 2], edges=[2]) == {"1-2": [1], "3-": [0]}
    assert length_bins([]) == {"1-7": [], "8-15": [], "16-23": [], "24-": []}
    for edges in ([], [0, 3], [3, 3], [5, 2]):
        with pytest.raises(ValueError, match="edges must rise, from 1 on"):
            length_bins([1], edges)
    with pytest.raises(ValueError, match="lengths must be at least 1, got 0"):
        length_bins([3, 0])


# --- alignment ----------------------------------------------------------------------------------------------


def test_links_from_weights():
    weights = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.5, 0.4], [0.0, 0.0, 0.0]])
    assert links_from_weights(weights) == [(0, 0), (1, 1)], "(source, target); a row of zeros has none"
    assert links_from_weights(weights, threshold=0.4) == [(0, 0), (1, 1), (2, 1)]
    assert links_from_weights(weights, threshold=0.6) == [(0, 0)]
    transposed = torch.tensor([[0.1, 0.9, 0.0], [0.8, 0.1, 0.1]])
    assert links_from_weights(transposed) == [(0, 1), (1, 0)]
    assert links_from_weights(torch.zeros(0, 3)) == []
    with pytest.raises(ValueError, match=r"weights must have shape \(T, S\), of one pair, got \(1, 2, 3\)"):
        links_from_weights(transposed.unsqueeze(0))
    with pytest.raises(ValueError, match="threshold must be positive, got 0"):
        links_from_weights(weights, threshold=0)


def test_mutual_weights_by_hand():
    # an article and its noun look at the same token, which is looked at more by the noun
    weights = torch.tensor([[0.6, 0.4, 0.0], [0.9, 0.1, 0.0]], dtype=torch.float64)
    expected = torch.tensor([[0.36 / 1.5, 0.16 / 0.5, 0.0], [0.81 / 1.5, 0.01 / 0.5, 0.0]], dtype=torch.float64)
    torch.testing.assert_close(mutual(weights), expected)
    assert links_from_weights(weights, threshold=0.5) == [(0, 0), (0, 1)]
    assert links_from_weights(mutual(weights), threshold=0.5) == [(0, 1)], "the noun alone is left"
    assert torch.equal(mutual(torch.eye(4)), torch.eye(4)), "nobody but each other: 1"
    with pytest.raises(ValueError, match=r"weights must have shape \(T, S\), of one pair, got \(2,\)"):
        mutual(torch.zeros(2))


def test_alignment_error_rate_by_hand():
    gold = [[(0, 0), (1, 1), (2, 1)], [(0, 1)]]
    assert alignment_error_rate(gold, gold) == 0
    assert alignment_error_rate([[(5, 5)], []], gold) == 1
    # found 4, two of them right, of 4: 1 - 2 * 2 / 8
    assert alignment_error_rate([[(0, 0), (1, 1), (2, 2)], [(1, 0)]], gold) == pytest.approx(0.5)
    # sure (0, 0); possible (1, 1) besides: |A and S| = 1, |A and P| = 2, |A| = 3, |S| = 1
    found = [[(0, 0), (1, 1), (2, 2)]]
    assert alignment_error_rate(found, [[(0, 0)]], [[(1, 1)]]) == pytest.approx(1 - 3 / 4)
    assert alignment_error_rate(found, [[(0, 0)]], [[(0, 0), (1, 1)]]) == pytest.approx(1 - 3 / 4)
    assert alignment_error_rate([[(0, 0), (0, 0)]], [[(0, 0)]]) == 0, "a link counts once"


def test_alignment_error_rate_refuses():
    with pytest.raises(ValueError, match="of as many pairs, got 1, 2, 2"):
        alignment_error_rate([[]], [[(0, 0)], []])
    with pytest.raises(ValueError, match="gold alignment of pair 1 is not known"):
        alignment_error_rate([[], []], [[(0, 0)], None])
    with pytest.raises(ValueError, match="at least one link, got none"):
        alignment_error_rate([[]], [[]])


def test_alignments_of_the_bundled_corpus():
    """Gold weights are right but where a word has several links or none; uniform and diagonal ones are far off."""
    pairs = datasets.load("ko-en", "test")[:200]
    gold = [pair.alignment for pair in pairs]
    of_gold, uniform, diagonal = [], [], []
    for pair in pairs:
        S, T = len(pair.source), len(pair.target)
        weights = torch.zeros(T, S)
        for s, t in pair.alignment:
            weights[t, s] = 1
        of_gold.append(weights / weights.sum(1, keepdim=True).clamp(min=1))
        uniform.append(torch.full((T, S), 1 / S))
        diagonal.append(torch.eye(S)[torch.linspace(0, S - 1, T).round().long()])
    rates = {
        name: alignment_error_rate([links_from_weights(w) for w in weights], gold)
        for name, weights in {"gold": of_gold, "uniform": uniform, "diagonal": diagonal}.items()
    }
    assert rates["gold"] < 0.15
    assert rates["uniform"] > 0.8
    assert rates["diagonal"] > 0.6
    assert alignment_error_rate([links_from_weights(w, 0.1) for w in of_gold], gold) == 0
    turned = [[(j, i) for i, j in links] for links in gold]
    assert alignment_error_rate(turned, gold) > 0.5, "which side comes first matters"


# --- BLEU with an interval ----------------------------------------------------------------------------------


def test_the_interval_of_bleu_is_that_of_resampled_corpora():
    pairs = [pair for seed in range(12) for pair in some_sentences(seeded(seed), 0.3)]
    hypotheses, references = (list(side) for side in zip(*pairs, strict=True))
    found = bleu_interval(hypotheses=hypotheses, references=references, resamples=200, generator=seeded(1))
    assert found.mean == pytest.approx(bleu(hypotheses=hypotheses, references=references), abs=1e-6)
    generator, scores = seeded(1), []
    for _ in range(200):
        drawn = torch.randint(len(pairs), (len(pairs),), generator=generator).tolist()
        scores.append(bleu(hypotheses=[hypotheses[i] for i in drawn], references=[references[i] for i in drawn]))
    low, high = torch.tensor(scores, dtype=torch.float64).quantile(torch.tensor([0.025, 0.975], dtype=torch.float64))
    assert (found.low, found.high) == (pytest.approx(low.item(), abs=1e-6), pytest.approx(high.item(), abs=1e-6))
    assert found.low < found.mean < found.high


def test_more_sentences_make_the_interval_of_bleu_narrower():
    pairs = [pair for seed in range(12) for pair in some_sentences(seeded(seed), 0.3)]
    hypotheses, references = (list(side) for side in zip(*pairs, strict=True))
    one = bleu_interval(hypotheses=hypotheses, references=references, generator=seeded(2))
    four = bleu_interval(hypotheses=4 * hypotheses, references=4 * references, generator=seeded(2))
    assert (four.high - four.low) / (one.high - one.low) == pytest.approx(0.5, abs=0.1)


def test_bleu_interval_refuses_what_it_cannot_resample():
    with pytest.raises(TypeError, match="bleu_interval expects lists of tokens, got the string 'a b'"):
        bleu_interval(hypotheses=["a b"], references=["a b"])
    with pytest.raises(ValueError, match=r"level must be between 0 and 1, got 95"):
        bleu_interval(hypotheses=[["a"]], references=[["a"]], level=95)
