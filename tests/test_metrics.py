"""Perplexity, BLEU and alignments, held against arithmetic, sacrebleu, torchtext and simulation."""

import math

import pytest
import torch
from sacrebleu import corpus_bleu
from sacrebleu.metrics.chrf import CHRF

from course_lib import datasets
from course_lib.metrics import (
    _bleu_counts,
    aer,
    alignment_error_rate,
    bleu,
    bleu_interval,
    bleu_signature,
    chrf,
    length_bins,
    links_from_weights,
    multi_bleu,
    mutual,
    ngram_matches,
    perplexity,
    sacrebleu,
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
    assert ngram_matches(["the"] * 7, REFERENCE, 1) == (2, 7)
    assert ngram_matches(["the"] * 7, REFERENCE, 2) == (0, 6)
    assert ngram_matches(REFERENCE, ["the"] * 7, 1) == (2, 6)
    assert ngram_matches(["a", "b", "a", "b"], ["a", "b", "a", "b"], 2) == (3, 3)
    assert ngram_matches(["a"], ["a"], 2) == (0, 0)


def test_brevity_penalty():
    """All matches there, so that the penalty alone is left: exp(1 - r / c) below the references' length."""
    words = list("abcdefghij")
    assert bleu([words], [words]) == pytest.approx(100)
    assert bleu([words[:8]], [words]) == pytest.approx(100 * math.exp(-0.25))
    longer = bleu([[*words, "x", "y"]], [words])
    assert longer == pytest.approx(100 * (10 / 12 * 9 / 11 * 8 / 10 * 7 / 9) ** 0.25), "no reward, and no penalty"


def test_bleu_by_hand():
    """5 of 6 words, 3 of 5 pairs (the cat, on the, the mat), 1 of 4 triples (on the mat), none of 3 fours."""
    assert [ngram_matches(HYPOTHESIS, REFERENCE, n) for n in (1, 2, 3, 4)] == [(5, 6), (3, 5), (1, 4), (0, 3)]
    assert bleu([HYPOTHESIS], [REFERENCE]) == 0
    smoothed = 100 * (5 / 6 * 3 / 5 * 1 / 4 * 1 / 6) ** 0.25  # half a match of four
    assert sacrebleu(hypotheses=[HYPOTHESIS], references=[REFERENCE]) == pytest.approx(smoothed)
    more = ["so", "it", "goes", "on"]
    expected = 100 * (9 / 10 * 6 / 8 * 3 / 6 * 1 / 4) ** 0.25
    assert bleu([HYPOTHESIS, more], [REFERENCE, more]) == pytest.approx(expected)


def test_the_mean_is_not_of_sentences():
    short, long = ["a", "b", "c", "d", "e"], list("fghijklmnopq")
    reference = ["a", "b", "c", "d", "x"]
    alone = [bleu([short], [reference]), bleu([long], [long])]
    assert abs(bleu([short, long], [reference, long]) - sum(alone) / 2) > 5


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
def test_bleu_equals_sacrebleu_which_smooths_where_nothing_matches(noise):
    generator = seeded(int(10 * noise))
    scores = []
    for _ in range(40):
        pairs = some_sentences(generator, noise)
        hypotheses, references = (list(side) for side in zip(*pairs, strict=True))
        by_hand = bleu(hypotheses, references)
        if min(sum(ngram_matches(h, r, n)[0] for h, r in pairs) for n in (1, 2, 3, 4)):
            assert by_hand == pytest.approx(sacrebleu(hypotheses=hypotheses, references=references), abs=1e-6)
            scores.append(by_hand)
        else:
            assert by_hand == 0
    assert len(scores) > 10 or noise > 0.5


def test_bleu_equals_torchtext():
    torchtext_metrics = pytest.importorskip("torchtext.data.metrics")
    generator = seeded(7)
    for _ in range(20):
        pairs = some_sentences(generator, 0.2)
        hypotheses, references = (list(side) for side in zip(*pairs, strict=True))
        expected = 100 * torchtext_metrics.bleu_score(hypotheses, [[r] for r in references])
        assert bleu(hypotheses, references) == pytest.approx(expected, abs=1e-4)


def test_bleu_with_several_references_by_hand():
    """the: 2 in one reference, 1 in the other, so 2 are right; of 2 and 6 words the closest to 4 is the shorter."""
    said = ["the", "the", "the", "cat"]
    references = (["the", "cat"], ["on", "the", "mat", "the", "red", "cat"])
    assert _bleu_counts(said, references) == [3, 1, 0, 0, 4, 3, 2, 1, 4, 2]
    assert _bleu_counts(said, references[1:]) == [3, 0, 0, 0, 4, 3, 2, 1, 4, 6]
    assert multi_bleu([said], [references]) == 0, "no three words in a row are right"
    words = [f"w{i}" for i in range(10)]
    assert multi_bleu([words], [(words[:7], words[4:])]) == pytest.approx(100), "each piece is in one of them"
    parts = (words[:6], words[5:])  # w4 w5 w6 is in neither, and two of seven fours are not
    assert multi_bleu([words], [parts]) == pytest.approx(100 * (7 / 8 * 5 / 7) ** 0.25)
    assert multi_bleu([words[:8]], [(words, ["x"] * 9)]) == pytest.approx(100 * math.exp(1 - 9 / 8)), "9 is closer"


@pytest.mark.parametrize("noise", [0.0, 0.3, 0.8])
def test_bleu_with_several_references_equals_that_of_sacrebleu(noise):
    """Against sacrebleu's own call: a list of first references, one of second ones, ...; a missing one is None."""
    generator, scores = seeded(20 + int(10 * noise)), []
    for _ in range(40):
        pairs = some_sentences(generator, noise)
        hypotheses, firsts = (list(side) for side in zip(*pairs, strict=True))
        seconds = [[*first[1:], "w0"] if i % 3 else None for i, first in enumerate(firsts)]
        thirds = [first[::-1] if i % 2 else None for i, first in enumerate(firsts)]
        references = [tuple(r for r in of if r is not None) for of in zip(firsts, seconds, thirds, strict=True)]
        streams = [[r if r is None else " ".join(r) for r in side] for side in (firsts, seconds, thirds)]
        oracle = corpus_bleu([" ".join(h) for h in hypotheses], streams, tokenize="none", force=True).score
        assert sacrebleu(hypotheses=hypotheses, references=references) == pytest.approx(oracle, abs=1e-9)
        assert min(len(pairs), 2) == 1 or bleu_interval(
            hypotheses=hypotheses, references=references, resamples=2
        ).mean == pytest.approx(oracle, abs=1e-6)
        by_hand = multi_bleu(hypotheses, references)
        if by_hand:
            assert by_hand == pytest.approx(oracle, abs=1e-6)
            scores.append(by_hand)
        alone = [(first,) for first in firsts]
        assert multi_bleu(hypotheses, alone) == pytest.approx(bleu(hypotheses, firsts), abs=1e-9)
    assert len(scores) > 10 or noise > 0.5


def test_several_references_as_people_write_them():
    said, written = ["I'm at home."], [("I am at home.", "I'm home.")]
    oracle = corpus_bleu(said, [["I am at home."], ["I'm home."]]).score
    assert sacrebleu(hypotheses=said, references=written) == pytest.approx(oracle)
    assert "nrefs:2" in bleu_signature(hypotheses=said, references=written)
    assert sacrebleu(hypotheses=said, references=[(*written[0], said[0])]) == pytest.approx(100)


def test_bleu_of_nothing_right_and_of_nothing_said():
    for hypotheses in ([["x", "y"]], [[]], [["the", "cat"]]):
        assert sacrebleu(hypotheses=hypotheses, references=[REFERENCE]) == 0
        assert bleu(hypotheses, [REFERENCE]) == 0


def test_bleu_of_sentences_as_people_write_them():
    """sacrebleu takes the full stop off; split at spaces alone, "mat." would be another word than "mat"."""
    score = sacrebleu(hypotheses=["The cat is on the mat."], references=["The cat is on the mat ."])
    assert score == pytest.approx(100)
    assert "tok:13a" in bleu_signature(hypotheses=["a"], references=["b"])
    assert "tok:none" in bleu_signature(hypotheses=[["a"]], references=[["b"]])
    lower = sacrebleu(hypotheses=["the cat is on the mat."], references=["The cat is on the mat."])
    assert 50 < lower < 100


def test_which_is_which_matters():
    """Swapped, the score changes: so they are told apart by name."""
    short, long = REFERENCE[:5], [*REFERENCE, ".", "yes"]
    assert sacrebleu(hypotheses=[short], references=[long]) != pytest.approx(
        sacrebleu(hypotheses=[long], references=[short])
    )
    with pytest.raises(TypeError, match="positional"):
        sacrebleu([short], [long])


@pytest.mark.parametrize("function", [sacrebleu, bleu_signature, bleu_interval, chrf])
def test_bleu_refuses(function):
    for hypotheses, references, error, message in [
        ("the cat", ["the cat"], TypeError, "hypotheses must be a list of sentences, got the string 'the cat'"),
        (["the cat"], "the cat", TypeError, "references must be a list of sentences, got the string"),
        (["the cat"], [["the cat"]], TypeError, "all be strings, or all lists of tokens, got both"),
        ([["the"], "cat"], [["the"], ["cat"]], TypeError, "got both"),
        ([["the"]], [[["the"]]], TypeError, r"references must be strings or lists of tokens, got \[\['the'\]\]"),
        ([[4, 5]], [["the"]], TypeError, r"hypotheses must be strings or lists of tokens, got \[4, 5\]"),
        ([["a"], ["b"]], [["a"]], ValueError, "references for each hypothesis, 2, got 1"),
        ([["a"], ["b"]], [["a"], ()], ValueError, "one reference per hypothesis, got none for number 1"),
        ([["a"]], [("a", "b")], TypeError, "all be strings, or all lists of tokens, got both"),
        ([], [], ValueError, "at least one sentence, got none"),
    ]:
        with pytest.raises(error, match=message):
            function(hypotheses=hypotheses, references=references)


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


@pytest.mark.parametrize("rate", [lambda links, gold: alignment_error_rate(links, gold, gold), aer])
def test_alignment_error_rate_by_hand_where_every_link_is_sure(rate):
    gold = [[(0, 0), (1, 1), (2, 1)], [(0, 1)]]
    assert rate(gold, gold) == 0
    assert rate([[(5, 5)], []], gold) == 1
    # found 4, two of them right, of 4: 1 - 2 * 2 / 8
    assert rate([[(0, 0), (1, 1), (2, 2)], [(1, 0)]], gold) == pytest.approx(0.5)
    assert rate([[(0, 0), (0, 0)]], [[(0, 0)]]) == 0, "a link counts once"
    assert rate([[], [(0, 1)]], [[(0, 0)], [(0, 1)]]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("rate", [alignment_error_rate, aer])
def test_possible_links_by_hand(rate):
    # sure (0, 0); possible (1, 1) besides: |A and S| = 1, |A and P| = 2, |A| = 3, |S| = 1
    found, sure, possible = [[(0, 0), (1, 1), (2, 2)]], [[(0, 0)]], [[(0, 0), (1, 1)]]
    assert rate(found, sure, possible) == pytest.approx(1 - 3 / 4)
    assert rate([[(0, 0)]], sure, possible) == 0, "nobody asks for a possible link"
    assert rate([[(0, 0), (1, 1)]], sure, possible) == 0, "and nobody minds it"
    # two pairs: |A and S| = 1 + 1, |A and P| = 2 + 1, |A| = 3 + 2, |S| = 1 + 2
    assert rate([*found, [(0, 1), (1, 0)]], [*sure, [(0, 1), (2, 2)]], [*possible, [(0, 1), (2, 2)]]) == pytest.approx(
        1 - 5 / 8
    )


def test_aer_knows_that_sure_links_are_possible():
    found = [[(0, 0), (1, 1), (2, 2)], [(0, 0)]]
    assert aer(found[:1], [[(0, 0)]], [[(1, 1)]]) == pytest.approx(1 - 3 / 4)
    assert aer(found, [[(0, 0)], [(0, 0)]], [[(1, 1)], None]) == pytest.approx(1 - 5 / 6), "None: no others"


def test_aer_refuses():
    with pytest.raises(ValueError, match="of as many pairs, got 1, 2, 2"):
        aer([[]], [[(0, 0)], []])
    with pytest.raises(ValueError, match="gold alignment of pair 1 is not known"):
        aer([[], []], [[(0, 0)], None])
    with pytest.raises(ValueError, match="at least one link, got none"):
        aer([[]], [[]], [[(0, 0)]])
    assert aer([[(0, 0)]], [[]], [[(0, 0)]]) == 0, "one link is enough"


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
        name: aer([links_from_weights(w) for w in weights], gold, [pair.possible for pair in pairs])
        for name, weights in {"gold": of_gold, "uniform": uniform, "diagonal": diagonal}.items()
    }
    assert rates["gold"] < 0.15
    assert rates["uniform"] > 0.8
    assert rates["diagonal"] > 0.6
    assert aer([links_from_weights(w, 0.1) for w in of_gold], gold) == 0
    turned = [[(j, i) for i, j in links] for links in gold]
    assert aer(turned, gold) > 0.5, "which side comes first matters"


# --- BLEU with an interval ----------------------------------------------------------------------------------


def many_sentences():
    pairs = [pair for seed in range(12) for pair in some_sentences(seeded(seed), 0.3)]
    return (list(side) for side in zip(*pairs, strict=True))


def test_the_interval_of_bleu_is_that_of_resampled_corpora():
    """Against sacrebleu of corpora drawn here: their quantiles, but for the chance of the draws."""
    hypotheses, references = many_sentences()
    found = bleu_interval(hypotheses=hypotheses, references=references, resamples=2000)
    assert found.mean == pytest.approx(sacrebleu(hypotheses=hypotheses, references=references), abs=1e-6)
    generator, scores = seeded(1), []
    for _ in range(1000):
        drawn = torch.randint(len(hypotheses), (len(hypotheses),), generator=generator).tolist()
        scores.append(sacrebleu(hypotheses=[hypotheses[i] for i in drawn], references=[references[i] for i in drawn]))
    low, high = torch.tensor(scores, dtype=torch.float64).quantile(torch.tensor([0.025, 0.975], dtype=torch.float64))
    width = (high - low).item()
    assert found.low == pytest.approx(low.item(), abs=0.1 * width)
    assert found.high == pytest.approx(high.item(), abs=0.1 * width)
    assert found.low < found.mean < found.high


def test_the_interval_of_bleu_repeats_and_grows_with_its_level():
    hypotheses, references = many_sentences()
    options = {"hypotheses": hypotheses, "references": references}
    state = torch.get_rng_state()
    first = bleu_interval(**options)
    assert first == bleu_interval(**options) != bleu_interval(**options, seed=1)
    narrow = bleu_interval(**options, level=0.5)
    assert first.low < narrow.low < narrow.high < first.high
    assert torch.equal(torch.get_rng_state(), state)


def test_more_sentences_make_the_interval_of_bleu_narrower():
    hypotheses, references = many_sentences()
    one = bleu_interval(hypotheses=hypotheses, references=references)
    four = bleu_interval(hypotheses=4 * hypotheses, references=4 * references)
    assert (four.high - four.low) / (one.high - one.low) == pytest.approx(0.5, abs=0.1)


def test_the_interval_of_sentences_is_that_of_their_tokens():
    """Sentences as people write them, by sacrebleu's own tokens; one reference, or several."""
    hypotheses = ["The cat sat, didn't it?", "It's 3.5 km away.", "Go!", "A man is walking his dog."]
    references = ["The cat sat, did it?", "It's 3.5 miles away.", "Go now!", "A man walks his dog."]
    found = bleu_interval(hypotheses=hypotheses, references=references)
    assert found.mean == pytest.approx(sacrebleu(hypotheses=hypotheses, references=references), abs=1e-9)
    several = [(reference, hypothesis) for reference, hypothesis in zip(references, hypotheses, strict=True)]
    assert bleu_interval(hypotheses=hypotheses, references=several).mean == pytest.approx(100)


def test_bleu_interval_refuses_what_it_cannot_resample():
    with pytest.raises(ValueError, match="at least two sentences, got one"):
        bleu_interval(hypotheses=[["a"]], references=[["a"]])
    with pytest.raises(ValueError, match=r"level must be between 0 and 1, got 95"):
        bleu_interval(hypotheses=[["a"], ["a"]], references=[["a"], ["a"]], level=95)


def test_chrf_is_that_of_sacrebleu():
    hypotheses, references = ["the cat sat", "a dog"], [("the cat sits", "the cat sat"), ("a dog",)]
    assert chrf(hypotheses=hypotheses, references=references) == pytest.approx(100)
    one = [several[0] for several in references]
    wanted = CHRF().corpus_score(hypotheses, [one]).score
    assert chrf(hypotheses=hypotheses, references=one) == pytest.approx(wanted)
    assert wanted < 100
    with pytest.raises(TypeError, match=r"chrf expects sentences, got the tokens \['a'\]"):
        chrf(hypotheses=[["a"]], references=[["a"]])


def test_tokens_with_white_space_or_nothing_in_them_count_as_one():
    hypotheses = [["le", "taux\u2009;", "6\u2009000", "personnes", "ici", ""]]
    references = [["le", "taux\u2009;", "6\u2009000", "personnes", "là", ""]]
    assert sacrebleu(hypotheses=hypotheses, references=references) == pytest.approx(bleu(hypotheses, references))
