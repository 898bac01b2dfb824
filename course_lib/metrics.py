"""Figures of merit, and how sure they are."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

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


class Bleu(NamedTuple):
    """BLEU and what it is made of.

    Attributes:
        score: 0 to 100.
        precisions: for n = 1 .. 4, how many percent of the n-grams of the hypotheses are in the references.
        brevity_penalty: below 1 where the hypotheses are shorter than the references.
    """

    score: float
    precisions: tuple[float, ...]
    brevity_penalty: float


def bleu(*, hypotheses: Sequence[str] | Sequence[Sequence[str]], references: Sequence) -> float:
    """BLEU of a corpus by sacrebleu, 0 to 100: one hypothesis and one reference per sentence.

    Both are given by name, for they are easily swapped, and the score then changes a little and unseen.

    Args:
        hypotheses, references: lists of tokens, taken as they are; or sentences as people write them, which
            sacrebleu tokenizes ("13a").

    Papineni, Roukos, Ward, Zhu 2002: BLEU: a Method for Automatic Evaluation of Machine Translation
    Post 2018: A Call for Clarity in Reporting BLEU Scores, arXiv:1804.08771

    Raises:
        TypeError: one sentence instead of a list of them, or sentences of which some are strings, some lists of
            tokens.
        ValueError: no sentences, or different numbers of them.
    """
    return _sacrebleu(hypotheses, references)[0]


def bleu_signature(*, hypotheses: Sequence, references: Sequence) -> str:
    """What was measured, in sacrebleu's words: the tokenizer, the smoothing, the version. Arguments as `bleu`."""
    return _sacrebleu(hypotheses, references)[1]


def _sacrebleu(hypotheses: Sequence, references: Sequence) -> tuple[float, str]:
    from sacrebleu.metrics import BLEU  # when it is needed: it takes a while to load

    tokenized = _check_sentences(hypotheses, references)
    if tokenized:
        hypotheses, references = ([" ".join(tokens) for tokens in side] for side in (hypotheses, references))
    metric = BLEU(tokenize="none" if tokenized else "13a", force=tokenized)  # force: no warning that it is tokenized
    score = metric.corpus_score(list(hypotheses), [list(references)]).score
    return score, str(metric.get_signature())


def _check_sentences(hypotheses: Sequence, references: Sequence) -> bool:
    """Are the sentences lists of tokens (True) or strings (False)?"""
    kinds = set()
    for name, sentences in (("hypotheses", hypotheses), ("references", references)):
        if isinstance(sentences, str):
            raise TypeError(f"{name} must be a list of sentences, got the string {sentences!r}")
        for sentence in sentences:
            kinds.add(isinstance(sentence, str))
            if not isinstance(sentence, str) and not all(isinstance(token, str) for token in sentence):
                raise TypeError(f"{name} must be strings or lists of tokens, got {sentence!r}")
    if len(hypotheses) != len(references):
        raise ValueError(f"expected one reference per hypothesis, {len(hypotheses)}, got {len(references)}")
    if not kinds:
        raise ValueError("expected at least one sentence, got none")
    if len(kinds) == 2:
        raise TypeError("hypotheses and references must all be strings, or all lists of tokens, got both")
    return not kinds.pop()


def ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    """How often each sequence of n tokens occurs."""
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def clipped_matches(hypothesis: Sequence[str], reference: Sequence[str], n: int) -> int:
    """How many n-grams of the hypothesis are in the reference, each at most as often as there.

    Without the clipping "the the the the" would be perfect for "the cat" (Papineni et al. 2002, section 2.1).
    """
    return (ngrams(hypothesis, n) & ngrams(reference, n)).total()


def brevity_penalty(hypothesis_length: int, reference_length: int) -> float:
    """1 where the hypotheses are as long as the references or longer, else exp(1 - r / c); 0 if they are empty.

    Papineni et al. 2002, section 2.3. The lengths are those of all sentences together.
    """
    if hypothesis_length >= reference_length:
        return 1.0
    return math.exp(1 - reference_length / hypothesis_length) if hypothesis_length else 0.0


def bleu_by_hand(*, hypotheses: Sequence[Sequence[str]], references: Sequence[Sequence[str]], n: int = 4) -> Bleu:
    """BLEU of a corpus of token lists, step by step: equal to `bleu`.

        BP exp(mean over n = 1 .. 4 of ln p_n)

    Matches and totals are summed over all sentences before they are divided: it is no mean of sentences. Where no
    n-gram of a length matches, the first such p_n is taken as 1/2 match, the next as 1/4, and so on (NIST's smoothing,
    which sacrebleu calls "exp"); if not even a word matches, the score is 0.

    Args:
        n: the longest n-grams.

    Raises:
        TypeError, ValueError: as `bleu`; and sentences that are not tokenized.
    """
    if not _check_sentences(hypotheses, references):
        raise TypeError(f"bleu_by_hand expects lists of tokens, got the string {hypotheses[0]!r}: tokenize it first")
    return _bleu_of(_bleu_counts(hypotheses, references, n).sum(0), n)


def _bleu_counts(hypotheses: Sequence[Sequence[str]], references: Sequence[Sequence[str]], n: int) -> Tensor:
    """What BLEU sums over sentences, a row for each: n matches, n totals, the two lengths."""
    rows = []
    for hypothesis, reference in zip(hypotheses, references, strict=True):
        matches = [clipped_matches(hypothesis, reference, k) for k in range(1, n + 1)]
        totals = [max(0, len(hypothesis) - k + 1) for k in range(1, n + 1)]
        rows.append([*matches, *totals, len(hypothesis), len(reference)])
    return torch.tensor(rows)


def _bleu_of(counts: Tensor, n: int) -> Bleu:
    """BLEU from the sums of `_bleu_counts`."""
    numbers = counts.tolist()
    matches, totals, lengths = numbers[:n], numbers[n : 2 * n], numbers[2 * n :]
    penalty = brevity_penalty(*lengths)
    precisions, credit = [], 1.0
    for match, total in zip(matches, totals, strict=True):
        if total and not match:
            credit /= 2
        precisions.append((match or credit) / total if total else 0.0)
    percent = tuple(100 * p for p in precisions)
    if not matches[0] or not all(precisions):
        return Bleu(0.0, percent if matches[0] else (0.0,) * n, penalty)
    return Bleu(100 * penalty * math.exp(sum(map(math.log, precisions)) / n), percent, penalty)


def bleu_interval(
    *,
    hypotheses: Sequence[Sequence[str]],
    references: Sequence[Sequence[str]],
    level: float = 0.95,
    resamples: int = 1000,
    generator: torch.Generator | None = None,
) -> Interval:
    """BLEU of a corpus with its percentile bootstrap interval over sentences.

    BLEU is no mean of sentences. So the sentences are drawn anew, with replacement, as many as there are, and BLEU is
    computed of each such corpus (Koehn 2004: Statistical Significance Tests for Machine Translation Evaluation). It
    says how far the score depends on which sentences are in the test, and nothing about the seed of the training.

    Raises:
        TypeError, ValueError: as `bleu_by_hand`; a level that is not between 0 and 1.
    """
    if not _check_sentences(hypotheses, references):
        raise TypeError(f"bleu_interval expects lists of tokens, got the string {hypotheses[0]!r}: tokenize it first")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    counts = _bleu_counts(hypotheses, references, 4)
    draws = (counts[torch.randint(len(counts), (len(counts),), generator=generator)] for _ in range(resamples))
    scores = torch.tensor([_bleu_of(drawn.sum(0), 4).score for drawn in draws], dtype=torch.float64)
    tail = (1 - level) / 2
    low, high = scores.quantile(torch.tensor([tail, 1 - tail], dtype=scores.dtype)).tolist()
    return Interval(_bleu_of(counts.sum(0), 4).score, low, high)


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


def alignment_error_rate(
    links: Sequence[Links], gold: Sequence[Links], possible: Sequence[Links] | None = None
) -> float:
    """How far alignments are from gold ones: 0 all right, 1 nothing right.

        1 - (|A and S| + |A and P|) / (|A| + |S|)         A: links, S: sure, P: possible, S within P

    Och, Ney 2003: A Systematic Comparison of Various Statistical Alignment Models, section 5. Counts are summed over
    all pairs. Where every gold link is sure, it is 1 - F1.

    Args:
        links: the links to be marked, pair by pair.
        gold: the sure links.
        possible: links that are neither asked for nor held against one, besides the sure ones; None: no others.

    Raises:
        ValueError: different numbers of pairs, a pair whose gold alignment is not known, or no links at all.
    """
    possible = gold if possible is None else possible
    if not len(links) == len(gold) == len(possible):
        raise ValueError(f"expected links and gold of as many pairs, got {len(links)}, {len(gold)}, {len(possible)}")
    right = size = 0
    for i, (found, sure, maybe) in enumerate(zip(links, gold, possible, strict=True)):
        if sure is None:
            raise ValueError(f"the gold alignment of pair {i} is not known")
        found, sure = set(found), set(sure)
        right += len(found & sure) + len(found & (sure | set(maybe)))
        size += len(found) + len(sure)
    if not size:
        raise ValueError("expected at least one link, got none")
    return 1 - right / size
