"""Figures of merit: perplexity (from lesson 02), BLEU (lesson 04), alignments (lesson 05), and how sure they are."""

import math
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import chain, pairwise, zip_longest
from typing import Any

import torch
from torch import Tensor

from course_lib.statistics import Interval

# --- language models ----------------------------------------------------------------------------------------


def perplexity(nll: Iterable[Tensor]) -> float:
    """exp of the mean negative log-likelihood per token: as unsure as between so many equally likely words.

    The mean is over tokens, not over batches. Whether the words before were the true ones (teacher-forced) or the
    model's own (free-running) is up to whoever computes the likelihoods; figures of the two kinds do not compare.

        perplexity(next_word_nll(model, ids) for ids in batches)

    Args:
        nll: the negative log-likelihoods of the real tokens in nats, batch by batch, (n,) each. Computed here
            without gradients.

    Raises:
        ValueError: no tokens, or a tensor that is not (n,): a mean is not enough.
    """
    total, count = 0.0, 0
    with torch.no_grad():
        for values in nll:
            if values.dim() != 1:
                raise ValueError(f"expected the likelihood of each token, (n,), got shape {tuple(values.shape)}")
            total += values.sum(dtype=torch.float64).item()
            count += len(values)
    if not count:
        raise ValueError("expected at least one token, got none")
    mean = total / count
    return math.exp(mean) if mean < 700 else math.inf


# --- translation --------------------------------------------------------------------------------------------


def ngram_matches(hypothesis: Sequence[str], reference: Sequence[str], n: int) -> tuple[int, int]:
    """How many n-grams of the hypothesis are in the reference, each at most as often as there; and how many it has.

    Without the clipping "the the the the" would be perfect for "the cat" (Papineni et al. 2002, section 2.1).
    """

    counts = []
    for tokens in (hypothesis, reference):
        ngrams = [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
        counts.append(Counter(ngrams))
    mine, allowed = counts
    return (mine & allowed).total(), mine.total()


def bleu(hypotheses: Sequence[Sequence[str]], references: Sequence[Sequence[str]]) -> float:
    """BLEU of a corpus of token lists, 0 to 100, one reference for each hypothesis; 0 where some n has no match.

        BP exp(mean over n = 1 .. 4 of ln p_n)        BP = 1 if c >= r, else exp(1 - r / c)

    Matches and totals are summed over all sentences before they are divided, c and r are the lengths of all sentences:
    it is no mean of sentences. Equal to `sacrebleu`, which smooths where some n has no match.

    Papineni, Roukos, Ward, Zhu 2002: BLEU: a Method for Automatic Evaluation of Machine Translation, section 2
    """
    pairs = list(zip(hypotheses, references, strict=True))
    log_precisions = []
    for n in (1, 2, 3, 4):
        counts = [ngram_matches(hypothesis, reference, n) for hypothesis, reference in pairs]
        matches, total = (sum(column) for column in zip(*counts, strict=True))
        if matches == 0:
            return 0.0
        log_precisions.append(math.log(matches / total))
    c, r = sum(map(len, hypotheses)), sum(map(len, references))
    penalty = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * penalty * math.exp(sum(log_precisions) / 4)


def multi_bleu(hypotheses: Sequence[Sequence[str]], references: Sequence[tuple[Sequence[str], ...]]) -> float:
    """`bleu` with several references for each hypothesis, a tuple of token lists each.

    An n-gram counts at most as often as in the reference that has it most often; r is the sum of the lengths that are
    closest to those of the hypotheses, of two that are as close the shorter one (Papineni et al. 2002, sections 2.1 and
    2.2). Equal to `sacrebleu`, which smooths where some n has no match.
    """
    counts = [_bleu_counts(*pair) for pair in zip(hypotheses, references, strict=True)]
    *numbers, c, r = (sum(column) for column in zip(*counts, strict=True))
    matches, totals = numbers[:4], numbers[4:]
    if 0 in matches:
        return 0.0
    penalty = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * penalty * math.exp(sum(map(math.log, matches)) / 4 - sum(map(math.log, totals)) / 4)


def _bleu_counts(hypothesis: Sequence[str], references: Sequence[Sequence[str]]) -> list[int]:
    """What BLEU sums over sentences: matches and totals for n = 1 .. 4, and the two lengths."""
    matches, totals = [], []
    for n in (1, 2, 3, 4):
        ngrams = ([tuple(of[i : i + n]) for i in range(len(of) - n + 1)] for of in (hypothesis, *references))
        mine, *theirs = map(Counter, ngrams)
        matches.append((mine & reduce(operator.or_, theirs)).total())  # | takes the larger of two counts
        totals.append(mine.total())
    c = len(hypothesis)
    return [*matches, *totals, c, min(map(len, references), key=lambda r: (abs(r - c), r))]


def sacrebleu(*, hypotheses: Sequence[str] | Sequence[Sequence[str]], references: Sequence[Any]) -> float:
    """BLEU of a corpus by sacrebleu, 0 to 100, the figure of every result.

    Both are given by name, for they are easily swapped, and the score then changes a little and unseen.

    Args:
        hypotheses: lists of tokens, taken as they are; or sentences as people write them, which sacrebleu tokenizes
            ("13a").
        references: for each hypothesis one of the same kind, or a tuple of several.

    Post 2018: A Call for Clarity in Reporting BLEU Scores, arXiv:1804.08771

    Raises:
        TypeError: one sentence instead of a list of them, or sentences of which some are strings, some lists of
            tokens.
        ValueError: no sentences, different numbers of them, or a hypothesis without a reference.
    """
    return _sacrebleu(hypotheses, references)[0]


def bleu_signature(*, hypotheses: Sequence[Any], references: Sequence[Any]) -> str:
    """What was measured, in sacrebleu's words: tokenizer, smoothing, version. Arguments as `sacrebleu`."""
    return _sacrebleu(hypotheses, references)[1]


def _sacrebleu(hypotheses: Sequence[Any], references: Sequence[Any]) -> tuple[float, str]:
    from sacrebleu.metrics.bleu import BLEU  # when it is needed: it takes a while to load

    tokenized = _check_sentences(hypotheses, references)
    text = _spaced if tokenized else str
    streams = zip_longest(*([text(sentence) for sentence in _several(reference)] for reference in references))
    metric = BLEU(tokenize="none" if tokenized else "13a", force=tokenized)  # force: no warning that it is tokenized
    score = metric.corpus_score([text(sentence) for sentence in hypotheses], [list(stream) for stream in streams]).score
    return score, str(metric.get_signature())


def _spaced(tokens: Sequence[str]) -> str:
    """Tokens with spaces between them; sacrebleu splits at every white space, so within a token there is none."""
    return " ".join(re.sub(r"\s", lambda space: f"U+{ord(space[0]):04X}", token) or "U+0000" for token in tokens)


def _several(reference: Any) -> tuple[Any, ...]:
    """The references of one hypothesis."""
    return reference if isinstance(reference, tuple) else (reference,)


def _check_sentences(hypotheses: Sequence[Any], references: Sequence[Any]) -> bool:
    """Are the sentences lists of tokens (True) or strings (False)?"""
    kinds = set()
    for name, sentences in (("hypotheses", hypotheses), ("references", references)):
        if isinstance(sentences, str):
            raise TypeError(f"{name} must be a list of sentences, got the string {sentences!r}")
        every = [_several(sentence) if name == "references" else (sentence,) for sentence in sentences]
        if () in every:
            raise ValueError(f"expected at least one reference per hypothesis, got none for number {every.index(())}")
        for sentence in chain.from_iterable(every):
            kinds.add(isinstance(sentence, str))
            if not isinstance(sentence, str) and not all(isinstance(token, str) for token in sentence):
                raise TypeError(f"{name} must be strings or lists of tokens, got {sentence!r}")
    if len(hypotheses) != len(references):
        raise ValueError(f"expected references for each hypothesis, {len(hypotheses)}, got {len(references)}")
    if not kinds:
        raise ValueError("expected at least one sentence, got none")
    if len(kinds) == 2:
        raise TypeError("hypotheses and references must all be strings, or all lists of tokens, got both")
    return not kinds.pop()


def bleu_interval(
    *,
    hypotheses: Sequence[str] | Sequence[Sequence[str]],
    references: Sequence[Any],
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> Interval:
    """`sacrebleu` of a corpus with its percentile bootstrap interval over sentences.

    Sentences and references are what they are for `sacrebleu`.

    BLEU is no mean of sentences. So the sentences are drawn anew, with replacement, as many as there are, and BLEU is
    computed of each such corpus (Koehn 2004: Statistical Significance Tests for Machine Translation Evaluation). It
    says how far the score depends on which sentences are in the test, and nothing about the seed of the training.

    Raises:
        TypeError, ValueError: as `sacrebleu`; fewer than two sentences; a level that is not between 0 and 1.
    """
    tokenized = _check_sentences(hypotheses, references)
    if len(hypotheses) < 2:
        raise ValueError("bleu_interval expects at least two sentences, got one")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    import numpy as np
    from sacrebleu.metrics.bleu import BLEU
    from scipy import stats

    tokens: Callable[[Any], list[str]] = list if tokenized else _tokens_13a()
    counts = np.array(
        [
            _bleu_counts(tokens(hypothesis), [tokens(each) for each in _several(reference)])
            for hypothesis, reference in zip(hypotheses, references, strict=True)
        ]
    )

    def of(drawn: Any) -> float:
        *numbers, c, r = counts[drawn].sum(0).tolist()
        return float(BLEU.compute_bleu(numbers[:4], numbers[4:], c, r, smooth_method="exp").score)

    every = np.arange(len(counts))
    found = stats.bootstrap(
        (every,), of, vectorized=False, n_resamples=resamples, confidence_level=level, method="percentile", rng=seed
    ).confidence_interval
    return Interval(of(every), float(found.low), float(found.high))


def _tokens_13a() -> Callable[[str], list[str]]:
    """sacrebleu's own way from a sentence to tokens."""
    from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

    tokenizer: Callable[[str], str] = Tokenizer13a()  # type: ignore[no-untyped-call]
    return lambda sentence: tokenizer(sentence.rstrip()).split()


def chrf(*, hypotheses: Sequence[str], references: Sequence[Any]) -> float:
    """chrF of sentences as people write them, 0 to 100, by sacrebleu: runs of one to six characters, not of words.

    For each hypothesis one reference, or a tuple of several.

    Popović 2015: chrF: character n-gram F-score for automatic MT evaluation, WMT

    Raises:
        TypeError, ValueError: as `sacrebleu`; sentences that are lists of tokens.
    """
    if _check_sentences(hypotheses, references):
        raise TypeError(f"chrf expects sentences, got the tokens {hypotheses[0]!r}")
    from sacrebleu.metrics.chrf import CHRF

    streams = zip_longest(*map(_several, references))
    return float(CHRF().corpus_score(list(hypotheses), [list(stream) for stream in streams]).score)


def length_bins(lengths: Sequence[int], edges: Sequence[int] = (7, 15, 23)) -> dict[str, list[int]]:
    """The sentences by length: {"1-7": indices, "8-15": ..., "16-23": ..., "24-": ...}.

    Args:
        lengths: of each sentence.
        edges: the largest length of each bin but the last, which has no end.

    Returns:
        For each bin, in order, the indices of its sentences; empty bins too.

    Raises:
        ValueError: edges that do not rise from 1 on, or a length below 1.
    """
    if not edges or edges[0] < 1 or any(a >= b for a, b in pairwise(edges)):
        raise ValueError(f"edges must rise, from 1 on, got {tuple(edges)}")
    if lengths and min(lengths) < 1:
        raise ValueError(f"lengths must be at least 1, got {min(lengths)}")
    firsts = [1, *(edge + 1 for edge in edges)]
    lasts = [*edges, math.inf]
    return {
        f"{first}-{'' if last == math.inf else last}": [i for i, n in enumerate(lengths) if first <= n <= last]
        for first, last in zip(firsts, lasts, strict=True)
    }


# --- alignment ----------------------------------------------------------------------------------------------

Links = Iterable[tuple[int, int]]  # (source token, target token), counted from 0


def links_from_weights(weights: Tensor, threshold: float | None = None) -> list[tuple[int, int]]:
    """Alignment links from attention weights: (T, S) -> sorted [(source, target), ...].

    Args:
        weights: a row for every target token, padding and `<eos>` taken off, so that every weight stands for a link.
        threshold: link where the weight is at least this: a target token can have several links, or none. None: link
            each target token with the source token of its largest weight, so exactly one; a row of zeros has none.

    Raises:
        ValueError: weights that are not (T, S), or a threshold that is not positive.
    """
    if weights.dim() != 2:
        raise ValueError(f"weights must have shape (T, S), of one pair, got {tuple(weights.shape)}")
    if threshold is not None:
        if not threshold > 0:
            raise ValueError(f"threshold must be positive, got {threshold}")
        linked = weights >= threshold  # (T, S)
    else:
        linked = torch.zeros_like(weights, dtype=torch.bool)
        if weights.numel():
            linked.scatter_(1, weights.argmax(1, keepdim=True), True)
        linked &= weights > 0
    return sorted((s, t) for t, s in linked.nonzero().tolist())


def mutual(weights: Tensor) -> Tensor:
    """Weights on which both sides agree: (T, S) -> (T, S), each times its share of what its source token gets.

        weight[t, s] * weight[t, s] / sum over t' of weight[t', s]

    A target token without a counterpart (an article, say) has to look somewhere, for its weights sum to 1. But the
    source token that it looks at is looked at more by the word that translates it, so that its share is small. What
    remains is near 1 where the two tokens have nobody but each other. Alignments of two directions are intersected
    for the same reason (Och, Ney 2003, section 4).

    Raises:
        ValueError: weights that are not (T, S).
    """
    if weights.dim() != 2:
        raise ValueError(f"weights must have shape (T, S), of one pair, got {tuple(weights.shape)}")
    total = weights.sum(0, keepdim=True)  # (1, S)
    return weights.square() / total.masked_fill(total == 0, 1)


def alignment_error_rate(links: Sequence[Links], sure: Sequence[Links], possible: Sequence[Links]) -> float:
    """How far alignments are from gold ones: 0 all right, 1 nothing right.

        1 - (|A & S| + |A & P|) / (|A| + |S|)        A: links, S: sure, P: possible, S within P

    A sure link must be found, a possible one may be: it is not held against one. Counts are summed over all pairs.
    Where every gold link is sure it is 1 - F1. `aer` checks what it is given.

    Och, Ney 2003: A Systematic Comparison of Various Statistical Alignment Models, section 5, eq. 20

    Args:
        links: the links to be marked, pair by pair.
        sure: those that must be there.
        possible: those that may be there, the sure ones among them.
    """
    right = size = 0
    for found, must, may in zip(links, sure, possible, strict=True):
        A, S, P = set(found), set(must), set(may)
        right += len(A & S) + len(A & P)
        size += len(A) + len(S)
    return 1 - right / size


def aer(links: Sequence[Links], sure: Sequence[Links | None], possible: Sequence[Links | None] | None = None) -> float:
    """`alignment_error_rate`, checked.

    Args:
        links: the links to be marked, pair by pair.
        sure: those that must be there.
        possible: those that may be there; the sure ones need not be among them. None: no others than those.

    Raises:
        ValueError: different numbers of pairs, a pair whose gold alignment is not known, or no links at all.
    """
    others = [None] * len(sure) if possible is None else possible
    if not len(links) == len(sure) == len(others):
        raise ValueError(f"expected links and gold of as many pairs, got {len(links)}, {len(sure)}, {len(others)}")
    if None in sure:
        raise ValueError(f"the gold alignment of pair {list(sure).index(None)} is not known")
    must = [set(each or ()) for each in sure]
    if not any(must) and not any(map(list, links)):
        raise ValueError("expected at least one link, got none")
    return alignment_error_rate(links, must, [S | set(more or ()) for S, more in zip(must, others, strict=True)])
