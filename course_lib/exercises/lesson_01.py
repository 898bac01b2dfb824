"""The exercises of lesson 01, word embeddings: references, hints, and what each check examines."""

from collections import Counter

import torch
import torch.nn.functional as F
from torch import Tensor

from course_lib import embeddings, skipgram
from course_lib.batches import pad
from course_lib.exercises.core import exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import State, Trial, show
from course_lib.text import PAD, SPECIALS

# ---- 01.build_vocab ----------------------------------------------------------------------------------

SMALL = [["the", "cat", "sat"], ["the", "dog", "sat", "on", "the", "cat"], ["a", "dog"]]
LARGER = [[f"w{(i * i + j) % 17}" for j in range(3 + i % 7)] for i in range(40)]
KOREAN = [["나", "는", "사과", "를", "먹", "었", "다"], ["나", "는", "책", "을", "읽", "었", "다"]]


def build_vocab(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    kept = [token for token, count in counts.items() if count >= min_freq]
    return ["<pad>", "<unk>", "<sos>", "<eos>", *sorted(kept, key=lambda token: (-counts[token], token))]


def _count(sentences):
    return Counter(token for sentence in sentences for token in sentence)


def _vocab_with(order=None, keep=None, specials=SPECIALS, at_end=False, count=_count):
    """A way to build the vocabulary wrongly: another order, another threshold, other specials, another count."""

    def build(sentences, min_freq=1):
        counts = count(sentences)
        kept = [token for token in counts if (keep or (lambda n, least: n >= least))(counts[token], min_freq)]
        kept = sorted(kept, key=order(counts) if order else lambda token: (-counts[token], token))
        return [*kept, *specials] if at_end else [*specials, *kept]

    return build


@exercise(
    "01.build_vocab",
    reference=build_vocab,
    difficulty=2,
    minutes=8,
    hints=(
        "`collections.Counter` counts; its `update` takes a whole sentence at a time.",
        "Sort by a pair: `sorted(tokens, key=lambda token: (-counts[token], token))` puts the frequent first and "
        "breaks ties alphabetically.",
        'Put `["<pad>", "<unk>", "<sos>", "<eos>"]` in front, and keep only tokens with `counts[token] >= min_freq`.',
    ),
    explanation="""
The specials come first, in a fixed order, so that their ids never depend on the text: padding is 0 in every vocabulary.
Frequent words come first because then a vocabulary can be cut anywhere and keeps what matters; ties are broken
alphabetically so that the same text always gives the same ids. Rare words are dropped: seen once or twice, their
vectors could not be learned anyway, and `<unk>` gets something to learn from.""",
)
def check_build_vocab(trial: Trial) -> None:
    mistakes = [
        ("the four specials are missing at the front", _vocab_with(specials=())),
        ("`<sos>` and `<eos>` are missing: there are four specials", _vocab_with(specials=SPECIALS[:2])),
        ("the four specials stand at the end; they come first, so that `<pad>` is always id 0", _vocab_with(at_end=True)),
        ("the specials are there, but not in the order <pad> <unk> <sos> <eos>: `<pad>` must have id 0",
         _vocab_with(specials=("<unk>", "<pad>", "<sos>", "<eos>"))),
        ("`min_freq` is off by one: a token that occurs exactly `min_freq` times is kept", _vocab_with(keep=lambda n, least: n > least)),
        ("`min_freq` has no effect", _vocab_with(keep=lambda n, least: True)),
        ("the rarest tokens come first; the most frequent must", _vocab_with(lambda c: lambda t: (c[t], t))),
        ("ties are not alphabetical: of two tokens with the same count the alphabetically smaller comes first", _vocab_with(lambda c: lambda t: -c[t])),
        ("ties are in reverse alphabetical order: `reverse=True` turns the words too; sort by minus the count instead",
         lambda sentences, min_freq=1: [*SPECIALS, *sorted(_vocab_with(specials=())(sentences, min_freq), key=lambda t: (_count(sentences)[t], t), reverse=True)]),
        ("the tokens are sorted alphabetically; frequency comes first", _vocab_with(lambda c: lambda t: t)),
        ("the tokens stand in order of appearance; the most frequent must come first", _vocab_with(lambda c: lambda t: 0)),
        ("it counts in how many sentences a token occurs; count every occurrence",
         _vocab_with(count=lambda s: Counter(token for sentence in s for token in dict.fromkeys(sentence)))),
        ("only the first sentence is counted", lambda sentences, min_freq=1: build_vocab(sentences[:1], min_freq)),
    ]  # fmt: skip
    for arguments in [(SMALL, 1), (SMALL, 2), (LARGER, 1), (LARGER, 10), (KOREAN, 2), (KOREAN,)]:
        got = trial.call(*arguments)
        trial.require(
            not isinstance(got, dict),
            "expected the list of tokens in order of id, got a dict: the dict is made from the list in the next cell",
            state=State.DTYPE,
        )
        if isinstance(got, list):
            other = [each for each in got if not isinstance(each, str)]
            trial.require(
                not other,
                f"expected a list of strings, but it holds {show(other[:1])[1:-1]}: the tokens alone, without their counts",
                state=State.DTYPE,
                got=got,
            )
            repeated = [token for token in got if got.count(token) > 1]
            trial.require(not repeated, f"every token stands once: {(repeated or [''])[0]!r} occurs again", got=got)
            strange = [token for token in got if token not in SPECIALS and token not in _count(arguments[0])]
            trial.require(
                not strange,
                f"{(strange or [''])[0]!r} is no token of these sentences. (`counts.update(token)` counts the letters of a token; "
                "`counts.update(sentence)` counts the tokens.)",
                got=got,
            )
        trial.compare(got, build_vocab(*arguments), mistakes=mistakes, inputs=arguments)


# ---- 01.encode_batch ---------------------------------------------------------------------------------


def encode_batch(sentences, stoi):
    unk = stoi["<unk>"]
    rows = [[stoi["<sos>"], *(stoi.get(t, unk) for t in sentence), stoi["<eos>"]] for sentence in sentences]
    return pad(rows, stoi["<pad>"])


def _encode_with(sos=True, eos=True, unknown=None, place="right", length=max, fill=PAD, eos_last=False):
    """A way to encode wrongly: without a special, with other padding, another length, another unknown id."""

    def encode(sentences, stoi):
        rows = []
        for sentence in sentences:
            ids = [stoi[t] if t in stoi else unknown(stoi) for t in sentence] if unknown else None
            ids = ids if unknown else [stoi.get(t, stoi["<unk>"]) for t in sentence]
            ids = [i for i in ids if i is not None]
            rows.append([stoi["<sos>"]] * sos + ids + [stoi["<eos>"]] * (eos and not eos_last))
        T = length(map(len, rows))
        filled = [row[:T] + [fill] * (T - len(row)) for row in rows]
        if place == "left":
            filled = [[fill] * (T - len(row)) + row[:T] for row in rows]
        if eos_last:
            filled = [[*row, stoi["<eos>"]] for row in filled]
        return torch.tensor(filled)

    return encode


@exercise(
    "01.encode_batch",
    reference=encode_batch,
    difficulty=2,
    minutes=8,
    hints=(
        'First make plain lists of ids: `<sos>`, the words, `<eos>`. `stoi.get(token, stoi["<unk>"])` handles a token '
        "that the vocabulary does not hold.",
        'Then find the longest list and fill the others up at their end with `stoi["<pad>"]`.',
        "`torch.tensor(rows)` of lists of ints is a LongTensor already; the padding comes after `<eos>`, not before it.",
    ),
    explanation="""
`<eos>` belongs to the sentence, padding does not: that is why it comes before the padding. The batch is as long as its
longest sentence and no longer, because every further column costs time and holds nothing. A token outside the
vocabulary becomes `<unk>`: it must not become `<pad>`, which the model will later be told to ignore.""",
)
def check_encode_batch(trial: Trial) -> None:
    mistakes = [
        ("`<sos>` is missing at the beginning of each row", _encode_with(sos=False)),
        ("`<eos>` is missing at the end of each sentence", _encode_with(eos=False)),
        ("`<sos>` and `<eos>` are missing around each sentence", _encode_with(sos=False, eos=False)),
        ("`<sos>` and `<eos>` are interchanged: `<sos>` begins the row",
         lambda sentences, stoi: encode_batch(sentences, stoi | {"<sos>": stoi["<eos>"], "<eos>": stoi["<sos>"]})),
        ("`<eos>` comes after the padding; it ends the sentence, so it comes before", _encode_with(eos_last=True)),
        ("the padding stands on the left; fill the rows up at their end", _encode_with(place="left")),
        ("the rows are cut to the shortest sentence; the batch is as long as its longest", _encode_with(length=min)),
        ("the rows are cut: `<sos>` and `<eos>` need two places more than the longest sentence has words", _encode_with(length=lambda lengths: max(lengths) - 2)),
        ("the rows are filled up with `<eos>` instead of `<pad>`", _encode_with(fill=3)),
        ("the rows are filled up with `<unk>` instead of `<pad>`", _encode_with(fill=1)),
        ("a token that is not in the vocabulary became `<pad>`; it must become `<unk>`", _encode_with(unknown=lambda s: 0)),
        ("a token that is not in the vocabulary was dropped; it must become `<unk>`", _encode_with(unknown=lambda s: None)),
    ]  # fmt: skip
    stoi = {token: i for i, token in enumerate(build_vocab(SMALL))}
    cases = [
        ([["the", "cat"], ["a", "dog", "sat", "on", "the"]], stoi),
        ([["the", "unicorn", "sat"], ["cat"]], stoi),
        (LARGER[:9], {token: i for i, token in enumerate(build_vocab(LARGER, 12))}),
        ([["책", "을", "읽", "었", "다"], ["기린"]], {token: i for i, token in enumerate(build_vocab(KOREAN))}),
    ]
    trial.advise("KeyError", "A token that is not in the vocabulary becomes `<unk>`.")
    trial.advise(
        "expected sequence of length", "The rows differ in length: fill the shorter ones up with `<pad>` first."
    )
    for sentences, table in cases:
        got, expected = trial.call(sentences, table), encode_batch(sentences, table)
        if isinstance(got, Tensor) and got.ndim == 2 and len(got) == len(sentences):
            T = expected.shape[1]
            trial.require(
                got.shape[1] <= T or not torch.equal(got[:, :T], expected),
                f"the batch is wider than its longest row: T is {T} here, and another one in another batch",
                state=State.SHAPE,
                expected=expected,
                got=got,
            )
        trial.compare(got, expected, mistakes=mistakes, inputs=(sentences, table))


# ---- 01.lookup ---------------------------------------------------------------------------------------


@exercise(
    "01.lookup",
    reference=embeddings.lookup,
    difficulty=1,
    minutes=6,
    hints=(
        "A one-hot vector times a matrix picks out one row: `one_hot @ weight`. `F.one_hot(ids, V)` makes them for a whole "
        "batch, shape (B, T, V).",
        "`F.one_hot` gives integers and `@` wants both sides of one dtype: `.to(weight.dtype)`.",
        "Indexing gives the same rows without multiplying by zeros: `weight[ids]`.",
    ),
    explanation="""
Both forms are right: `F.one_hot(ids, V).to(weight.dtype) @ weight` and `weight[ids]`. The product says what a look-up is
(a linear layer without bias whose input is one-hot), the index is how it is done: no zeros are multiplied. Its gradient
shows the same: the rows that were looked up receive the gradient, all others none, and a row looked up twice receives
the sum. The library's version adds a check of the ids, because a negative index would silently count from the end.""",
)
def check_lookup(trial: Trial) -> None:
    mistakes = [
        ("it picks columns of the matrix; word i is row i", lambda ids, weight: weight.T[ids]),
        ("it picks columns of the matrix; word i is row i", lambda ids, weight: weight[:, ids]),
        ("it returns the one-hot vectors themselves; multiply them with the matrix", lambda ids, weight: F.one_hot(ids, len(weight)).to(weight.dtype)),
        ("the words of a sentence are summed; each keeps its own vector", lambda ids, weight: weight[ids].sum(1)),
        ("the words of a sentence are averaged; each keeps its own vector", lambda ids, weight: weight[ids].mean(1)),
        ("it is shifted by one: id i is row i, and the first row is row 0", lambda ids, weight: weight[ids - 1]),
        ("the batch dimension is lost: ids of shape (B, T) give (B, T, E)", lambda ids, weight: weight[ids.flatten()]),
        ("only the first sentence is looked up: ids of shape (B, T) give (B, T, E)", lambda ids, weight: weight[ids[0]]),
        ("sentences and positions are swapped: ids of shape (B, T) give (B, T, E)", lambda ids, weight: weight[ids.T]),
    ]  # fmt: skip
    trial.advise(
        "mat1 and mat2",
        "The inner sizes of the product differ. One-hot vectors must be V wide, one place for each row of `weight`: "
        "`F.one_hot(ids, len(weight))`.",
    )
    trial.advise("out of bounds", "An id is the number of a row of `weight`, (V, E).")
    # The first weight is square: who takes columns for rows sees wrong values, not only an error.
    for seed, (V, E, B, T) in enumerate([(4, 4, 2, 3), (5, 3, 2, 2), (50, 8, 4, 7), (3, 1, 1, 1)]):
        ids = torch.randint(V, (B, T), generator=seeded(seed))
        trial.agrees(ids, normal(seed, V, E), mistakes=mistakes)
    ids = torch.tensor([[4, 1, 1], [0, 4, 2]])
    trial.agrees(ids, normal(0, 6, 3).double())
    trial.gradients_agree(ids, normal(0, 6, 3))


# ---- 01.skipgram_pairs -------------------------------------------------------------------------------


def _pairs_with(positions):
    """A way to collect pairs wrongly: `positions(i, T, window)` says which positions are the context of i."""

    def pairs(ids, window):
        found = [[ids[i], ids[j]] for i in range(len(ids)) for j in positions(i, len(ids), window)]
        return torch.tensor(found)

    return pairs


def _sorted_rows(pairs: Tensor) -> Tensor:
    return torch.tensor(sorted(pairs.tolist())) if len(pairs) else pairs


def _different_words(ids, window):
    pairs = skipgram.skipgram_pairs(ids, window)
    return pairs[pairs[:, 0] != pairs[:, 1]]


@exercise(
    "01.skipgram_pairs",
    reference=skipgram.skipgram_pairs,
    difficulty=2,
    minutes=8,
    hints=(
        "Two loops: over the position i of the centre, and over the positions j of its context.",
        "j runs from `max(0, i - window)` to `min(len(ids), i + window + 1)`, the end not included, and leaves out i.",
        "Leave out the position (`j != i`), not the word: the same word may stand beside itself in a sentence.",
    ),
    explanation="""
The loop is the definition. The library's form makes the table of all distances |i - j| and keeps the entries from 1 to
`window`: the same pairs without a Python loop. Both ends of the sentence need care: Python's negative index would wrap
around to the end of the sentence without a word of complaint.""",
)
def check_skipgram_pairs(trial: Trial) -> None:
    def within(first, last):
        return lambda i, T, w: list(range(max(0, i + first(w)), min(T, i + last(w) + 1)))

    mistakes = [
        ("a word is paired with itself: leave out the position of the centre", _pairs_with(within(lambda w: -w, lambda w: w))),
        ("the context on the left is missing: it reaches `window` positions to both sides", _pairs_with(lambda i, T, w: range(i + 1, min(T, i + w + 1)))),
        ("the context on the right is missing: it reaches `window` positions to both sides", _pairs_with(lambda i, T, w: range(max(0, i - w), i))),
        ("the last word of each window is missing: `range` leaves out its end, so it must be i + window + 1",
         _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w), min(T, i + w)) if j != i])),
        ("the last word of the sentence is never a context: `range` leaves out its end, so it is at most len(ids)",
         _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w), min(T - 1, i + w + 1)) if j != i])),
        ("the window is one too wide", _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w - 1), min(T, i + w + 2)) if j != i])),
        ("the window is too narrow: it is the distance to each side (not the whole width, and not always 1)",
         _pairs_with(lambda i, T, w: [j for j in range(max(0, i - w // 2), min(T, i + w // 2 + 1)) if j != i])),
        ("the window is too narrow: it is the distance to each side (not the whole width, and not always 1)",
         _pairs_with(lambda i, T, w: [j for j in (i - 1, i + 1) if 0 <= j < T])),
        ("the window wraps around the beginning: a negative index counts from the end of the sentence",
         _pairs_with(lambda i, T, w: [j for j in range(i - w, min(T, i + w + 1)) if j != i])),
        ("words at the ends of the sentence are left out: there the window is only shorter",
         _pairs_with(lambda i, T, w: [j for j in range(i - w, i + w + 1) if j != i] if w <= i < T - w else [])),
        ("only the words exactly `window` away are taken; the nearer ones belong to the context too",
         _pairs_with(lambda i, T, w: [j for j in (i - w, i + w) if 0 <= j < T])),
        ("only the pairs of the first centre come back: is `return` inside the loop?",
         _pairs_with(lambda i, T, w: range(1, min(T, w + 1)) if i == 0 else [])),
        ("the pairs hold positions; they must hold the ids at those positions",
         lambda ids, window: skipgram.skipgram_pairs(range(len(ids)), window)),
        ("a word that occurs twice loses pairs: compare the positions i and j, not the words", _different_words),
        ("a word that occurs twice is always taken at its first position: `enumerate` gives the position, `ids.index` searches",
         lambda ids, window: _pairs_with(lambda i, T, w: [j for j in within(lambda w: -w, lambda w: w)(ids.index(ids[i]), T, w) if j != ids.index(ids[i])])(ids, window)),
        ("a pair that occurs more than once is kept only once; every occurrence counts",
         lambda ids, window: skipgram.skipgram_pairs(ids, window).unique(dim=0)),
    ]  # fmt: skip
    trial.advise("list index out of range", "At the ends of the sentence the window is shorter: stop at `len(ids)`.")
    # A window of 2 first: with 1 several mistakes look alike.
    cases = [
        ([10, 11, 12, 13, 14], 2),
        ([10, 11, 12, 13, 14], 1),
        ([7, 7, 8, 7, 9, 7], 2),
        ([5, 6, 5], 10),
        (torch.randint(4, 60, (23,), generator=seeded(0)).tolist(), 4),
    ]
    for ids, window in cases:
        got = trial.call(ids, window)
        expected = skipgram.skipgram_pairs(ids, window)
        if isinstance(got, Tensor) and got.ndim == 2 and got.shape[1] == 2 and got.dtype == torch.int64:
            wrong = [(text, lambda *a, f=f: _sorted_rows(f(*a))) for text, f in mistakes]
            trial.compare(_sorted_rows(got), _sorted_rows(expected), mistakes=wrong, inputs=(ids, window))
        else:
            trial.compare(got, expected, inputs=(ids, window))


# ---- 01.noise_distribution ---------------------------------------------------------------------------


@exercise(
    "01.noise_distribution",
    reference=skipgram.noise_distribution,
    difficulty=1,
    minutes=5,
    hints=(
        "Two steps: raise each count to the power, then divide by the sum, so that the probabilities add up to 1.",
        "The sum is that of the raised counts, not of the counts.",
    ),
    explanation="""
`counts ** 0.75` flattens the distribution: a word 10,000 times as frequent as another is drawn only 1,000 times as often.
The normalization must come last, over the raised counts. Mikolov and others chose 3/4 by experiment: between the
frequency itself, which draws little but function words, and all words alike, which draws words that training hardly saw.""",
)
def check_noise_distribution(trial: Trial) -> None:
    noise = skipgram.noise_distribution
    mistakes = [
        ("the probabilities do not add up to 1: divide by the sum of the raised counts", lambda counts, power=0.75: counts**power),
        ("the power is not applied", lambda counts, power=0.75: counts / counts.sum()),
        (
            "the normalization comes before the power, so the probabilities no longer add up to 1: raise first, then divide",
            lambda counts, power=0.75: (counts / counts.sum()) ** power,
        ),
        (
            "it divides by the sum of the counts; divide by the sum of the raised counts",
            lambda counts, power=0.75: counts**power / counts.sum(),
        ),
        ("it is a softmax: raise the counts to the power instead of taking their exponential", lambda counts, power=0.75: counts.softmax(0)),
        ("all words get the same probability", lambda counts, power=0.75: torch.ones_like(counts) / len(counts)),
        ("it multiplies by the power; raise to it", lambda counts, power=0.75: counts * power / counts.sum()),
        ("it divides by the largest; the probabilities must add up to 1", lambda counts, power=0.75: counts**power / (counts**power).max()),
        ("it divides by the number of words; the probabilities must add up to 1", lambda counts, power=0.75: counts**power / len(counts)),
        ("it is scaled to length 1 (the squares add up to 1); the probabilities themselves must add up to 1",
         lambda counts, power=0.75: F.normalize(counts**power, dim=0)),
        ("the power is inverted: rare words should gain, so it is 0.75 and not 1 / 0.75", lambda counts, power=0.75: noise(counts, 1 / power)),
        ("1 is added to each count: a word that never occurs is never drawn", lambda counts, power=0.75: noise(counts + 1, power)),
        ("it is the running sum of the probabilities; the probabilities themselves are asked for", lambda counts, power=0.75: noise(counts, power).cumsum(0)),
    ]  # fmt: skip
    cases = [
        (torch.tensor([16.0, 1.0, 81.0]), 0.75),
        (torch.tensor([16.0, 1.0, 81.0]), 0.5),
        (torch.randint(1, 1000, (200,), generator=seeded(0)).float(), 0.75),
        (torch.tensor([0.0, 4.0, 9.0]), 0.75),
        (torch.tensor([3.0, 5.0]), 1.0),
    ]
    for counts, power in cases:
        trial.agrees(counts, power, mistakes=mistakes, atol=1e-6)
    trial.agrees(torch.tensor([16.0, 1.0, 81.0]), atol=1e-6)  # power has a default


# ---- 01.negative_sampling_loss -----------------------------------------------------------------------


def _loss_with(true=lambda s: -F.logsigmoid(s), noise=lambda s: -F.logsigmoid(-s), over_m=torch.sum, over_b=torch.mean):
    """A way to write the loss wrongly: other terms, another sum over the M negatives or over the B pairs."""

    def loss(centre, context, negatives):
        true_score = (centre * context).sum(-1)  # (B,)
        noise_score = (negatives * centre[:, None]).sum(-1)  # (B, M)
        return over_b(true(true_score) + over_m(noise(noise_score), -1))

    return loss


@exercise(
    "01.negative_sampling_loss",
    reference=skipgram.negative_sampling_loss,
    difficulty=3,
    minutes=12,
    hints=(
        "Scores first: `true_score = (centre * context).sum(-1)` has shape (B,), one number per pair.",
        "The scores of the negatives have shape (B, M): `(negatives @ centre.unsqueeze(-1)).squeeze(-1)`, or an einsum "
        '"bme,be->bm".',
        "`-(F.logsigmoid(true_score) + F.logsigmoid(-noise_score).sum(-1)).mean()`: a sum over M, a mean over B.",
    ),
    explanation="""
A true pair should score high: -log sigmoid(s). A drawn pair should score low: -log sigmoid(-s). The M negatives are
summed, as in the paper; the B pairs are averaged, so that the learning rate does not depend on the batch size.
`logsigmoid` in place of `log(sigmoid(...))`: in float32 the sigmoid of -110 is 0, its logarithm -inf, and one such pair
would turn every vector into NaN.""",
)
def check_negative_sampling_loss(trial: Trial) -> None:
    def shuffled(centre, context, negatives):
        return _loss_with()(context, centre, negatives)

    mistakes = [
        ("the M negatives are averaged; their terms are summed (the mean is over B alone)", _loss_with(over_m=torch.mean)),
        ("the pairs of the batch are summed; take the mean over B", _loss_with(over_b=torch.sum)),
        ("one loss for each pair comes back; take the mean over B, so that it is one number", _loss_with(over_b=lambda x: x)),
        ("the sign of the negatives' scores is missing: a drawn pair should score low, log sigmoid(-score)",
         _loss_with(noise=lambda s: -F.logsigmoid(s))),
        ("the negatives' term has the wrong sign: both terms have a minus, -log sigmoid(s) - sum of log sigmoid(-s)",
         _loss_with(noise=lambda s: F.logsigmoid(-s))),
        ("the sign of the whole is missing: a loss is minus the log-likelihood", _loss_with(lambda s: F.logsigmoid(s), lambda s: F.logsigmoid(-s))),
        ("the negatives are missing", _loss_with(noise=torch.zeros_like)),
        ("the true pairs are missing", _loss_with(true=torch.zeros_like)),
        ("the logarithm is missing: log sigmoid, not sigmoid", _loss_with(lambda s: -torch.sigmoid(s), lambda s: -torch.sigmoid(-s))),
        ("the log sigmoid is missing: these are the bare scores", _loss_with(lambda s: -s, lambda s: s)),
        ("only the first negative is used; there are M of each pair", lambda centre, context, negatives: _loss_with()(centre, context, negatives[:, :1])),
        ("the negatives are added up before the sigmoid; each of the M has its own term",
         lambda centre, context, negatives: _loss_with()(centre, context, negatives.sum(1, keepdim=True))),
        ("`centre @ context.T` scores every centre with every context, (B, B); a pair is row by row: `(centre * context).sum(-1)`",
         lambda centre, context, negatives: _loss_with(true=torch.zeros_like)(centre, context, negatives) - F.logsigmoid(centre @ context.T).mean()),
        ("`.squeeze()` takes away every dimension of size 1, here M = 1 too, and the sum runs over B: `.squeeze(-1)`",
         lambda centre, context, negatives: -F.logsigmoid((centre * context).sum(-1)).mean() - F.logsigmoid(-(negatives @ centre[..., None]).squeeze()).sum(-1).mean()),
        ("it is a softmax over the true word and the negatives; negative sampling asks for each of them alone, with a sigmoid",
         lambda centre, context, negatives: -(torch.cat([context[:, None], negatives], 1) @ centre[..., None]).log_softmax(1)[:, 0].mean()),
        ("the mean runs over all 1 + M scores of a pair too; sum over these, and take the mean over B",
         lambda centre, context, negatives: _loss_with()(centre, context, negatives) / (1 + negatives.shape[1])),
        ("the negatives are compared with the context; compare them with the centre", shuffled),
        ("the mean over B and M at once divides by M too; sum over M, then take the mean over B",
         lambda centre, context, negatives: _loss_with()(centre, context, negatives) / negatives.shape[1]),
        ("it takes 1 - log sigmoid for the negatives; the term is log sigmoid(-score), that is log(1 - sigmoid(score))",
         _loss_with(noise=lambda s: -(1 - F.logsigmoid(s)))),
    ]  # fmt: skip
    for seed, (B, E, M) in enumerate([(3, 4, 2), (2, 3, 5), (8, 16, 5), (1, 2, 1), (4, 3, 1), (64, 10, 10)]):
        # Scores of a few units: what goes wrong at large ones has its own case below.
        centre, context, negatives = normal(seed, B, E), normal(seed + 10, B, E), normal(seed + 20, B, M, E)
        trial.agrees(0.7 * centre, 0.7 * context, 0.7 * negatives, mistakes=mistakes)
    centre = torch.full((2, 3), 8.0)  # scores of -192: sigmoid of them is 0 in float32
    arguments = (centre, -centre, torch.stack([centre, centre], 1))
    got, expected = trial.call(*arguments), skipgram.negative_sampling_loss(*arguments)
    if isinstance(got, Tensor) and got.shape == expected.shape and got.is_floating_point():
        trial.require(
            bool(torch.isfinite(got)),
            "at scores of -192 the loss is not finite: sigmoid underflows to 0 there and its log is -inf. Use F.logsigmoid",
            got=got,
        )
        trial.require(
            bool(got > 0.9 * expected),
            "at scores of -192 the loss is cut off, and its gradient with it: no clamp and no epsilon in the log. Use F.logsigmoid",
            expected=expected,
            got=got,
        )
    trial.compare(got, expected)
    trial.gradients_agree(normal(1, 4, 3), normal(2, 4, 3), normal(3, 4, 5, 3))


# ---- 01.nearest --------------------------------------------------------------------------------------


def nearest(weight, word, k):
    unit = weight / weight.norm(dim=1, keepdim=True).clamp(min=1e-12)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


def _nearest_by(score, own=False, largest=True):
    def find(weight, word, k):
        scores = score(weight, weight[word])
        if not own:
            scores[word] = -torch.inf if largest else torch.inf
        return scores.topk(k, largest=largest).indices

    return find


def _cosine(weight, query):
    return F.cosine_similarity(weight, query[None], dim=1)


@exercise(
    "01.nearest",
    reference=nearest,
    difficulty=2,
    minutes=8,
    hints=(
        "The cosine of two vectors is the dot product of the two scaled to length 1. Scale all rows at once: "
        "`weight / weight.norm(dim=1, keepdim=True)`.",
        "A word is always nearest to itself: set its own cosine to `-torch.inf` before `topk`.",
        "A row of zeros (the padding) has length 0, and 0/0 is NaN, which `topk` takes for the largest: "
        "`.clamp(min=1e-12)` on the lengths.",
    ),
    explanation="""
Cosine and not the dot product: the length of a word vector mostly tells how frequent the word is, so the dot product would
name the same frequent words as neighbours of everything. The word itself is left out by its position, and the zero row
of `<pad>` is kept from becoming NaN.""",
)
def check_nearest(trial: Trial) -> None:
    mistakes = [
        ("it compares by dot product, which prefers long vectors: scale all rows to length 1, not only the query", _nearest_by(lambda w, q: w @ q)),
        ("the farthest words come back; the largest cosine is the nearest", _nearest_by(_cosine, largest=False)),
        ("the cosine is taken without its sign; -1 is as far as can be", _nearest_by(lambda w, q: _cosine(w, q).abs())),
        ("the smallest distance of the raw vectors is taken; compare by cosine", _nearest_by(lambda w, q: -(w - q).norm(dim=1))),
        ("each column is scaled to length 1 instead of each row: norm(dim=1)",
         _nearest_by(lambda w, q: (w / w.norm(dim=0)) @ (q / w.norm(dim=0)))),
        ("the cosines come back; the ids are asked for", lambda weight, word, k: _cosine(weight, weight[word]).topk(k + 1).values[1:]),
        ("the nearest come last; the nearest must come first", lambda weight, word, k: nearest(weight, word, k).flip(0)),
        ("the word's row is removed, so the ids after it move up by one: set its cosine to `-torch.inf` instead",
         lambda weight, word, k: _cosine(torch.cat([weight[:word], weight[word + 1 :]]), weight[word]).topk(k).indices),
    ]  # fmt: skip
    trial.advise(
        "must match the size of tensor", "The lengths need shape (V, 1) to divide rows: `norm(dim=1, keepdim=True)`."
    )
    cases = []
    for seed, (V, E, word, k) in enumerate([(8, 3, 1, 3), (6, 3, 5, 3), (100, 16, 42, 10), (4, 2, 1, 3), (6, 2, 0, 2)]):
        # Rows of very different lengths, so that dot product, distance and cosine disagree.
        cases.append((normal(seed, V, E) * torch.rand(V, 1, generator=seeded(seed)).mul(3).exp(), word, k))
    padded = normal(7, 8, 4)
    padded[PAD] = 0
    for weight, word, k in [*cases, (padded, 3, 4)]:
        got, expected = trial.call(weight, word, k), nearest(weight, word, k)
        if isinstance(got, Tensor) and got.dtype == torch.int64 and got.ndim == 1:
            trial.require(
                word not in got.tolist(),
                "the word itself is among its neighbours: leave it out. (Its cosine must become `-torch.inf`: 0 is more than "
                "many a neighbour has.)",
                expected=expected,
                got=got,
            )
            trial.require(
                len(got) == k,
                f"`k` is {k}: so many neighbours are asked for, got {len(got)}",
                state=State.SHAPE,
                expected=expected,
                got=got,
            )
            trial.require(
                bool(weight[got].any(dim=1).all()) or torch.equal(got, expected),
                "the zero row of `<pad>` came out as a neighbour: dividing by its length 0 gives NaN, which `topk` takes for the "
                "largest. Clamp the lengths, and its cosine is 0",
                expected=expected,
                got=got,
            )
        trial.compare(got, expected, mistakes=mistakes, inputs=(weight, word, k))


# ---- 01.analogy --------------------------------------------------------------------------------------


def analogy(weight, a, b, c):
    unit = weight / weight.norm(dim=1, keepdim=True).clamp(min=1e-12)
    target = unit[b] - unit[a] + unit[c]
    cosine = unit @ target  # the length of the target changes no order
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


def _plain_id(got):
    """An id that came as a tensor of one element, or as a number of numpy's, is an id too."""
    if isinstance(got, Tensor):
        return int(got) if got.numel() == 1 and got.dtype == torch.int64 else got
    return int(got) if type(got).__module__ == "numpy" and hasattr(got, "__index__") and not got.shape else got


def _raw(weight):
    return weight


def _unit(weight):
    return F.normalize(weight, dim=1)


def _columns(weight):
    return F.normalize(weight, dim=0)


def _analogy_by(
    target=lambda a, b, c: b - a + c, exclude=lambda a, b, c: [a, b, c], given=_unit, rows=_unit, score=torch.mv
):
    def find(weight, a, b, c):
        vectors = given(weight)
        scores = score(rows(weight), target(vectors[a], vectors[b], vectors[c]))
        scores[exclude(a, b, c)] = -torch.inf
        return int(scores.argmax())

    return find


def _other_than(kept):
    return lambda a, b, c: [id for name, id in zip("abc", (a, b, c), strict=True) if name not in kept]


def _analogy_without_rows(weight, a, b, c):
    unit = _unit(weight)
    others = unit[[i for i in range(len(unit)) if i not in (a, b, c)]]
    return int((others @ (unit[b] - unit[a] + unit[c])).argmax())


@exercise(
    "01.analogy",
    reference=analogy,
    difficulty=2,
    minutes=8,
    hints=(
        "a is to b as c is to d: the step from a to b is b - a; take the same step from c.",
        "Scale all vectors to length 1 first; then look for the row with the largest cosine to `b - a + c`.",
        "Leave out a, b and c themselves: `cosine[[a, b, c]] = -torch.inf`. Without this the answer is nearly always b or c.",
    ),
    explanation="""
This is 3CosAdd. Leaving out the three given words is part of the method and worth knowing: b - a is often short, so that
without the exclusion c itself would be the nearest. What remains is a real finding, but a smaller one than "king - man +
woman = queen" sounds.""",
)
def check_analogy(trial: Trial) -> None:
    mistakes = [
        ("the step is taken backwards: it is b - a + c, not a - b + c", _analogy_by(lambda a, b, c: a - b + c)),
        ("`a` is not subtracted: it is b - a + c", _analogy_by(lambda a, b, c: b + c)),
        ("`a` is added: it is b - a + c", _analogy_by(lambda a, b, c: a + b + c)),
        ("`c` is subtracted: it is b - a + c", _analogy_by(lambda a, b, c: a + b - c)),
        ("`c` is missing: the step b - a is taken from c", _analogy_by(lambda a, b, c: b - a)),
        *[(f"`{'` and `'.join(kept)}` not left out: all three words must be", _analogy_by(exclude=_other_than(kept))) for kept in ("abc", "ab", "ac", "bc", *"abc")],
        ("the vectors are not scaled to length 1 before b - a + c", _analogy_by(given=_raw)),
        ("it compares by dot product with the raw vectors; scale them to length 1 first", _analogy_by(given=_raw, rows=_raw)),
        ("it compares by dot product with rows that are not scaled to length 1", _analogy_by(rows=_raw)),
        ("the smallest distance of the raw vectors is taken; scale them to length 1 and compare by cosine",
         _analogy_by(given=_raw, rows=_raw, score=lambda w, t: -(w - t).norm(dim=1))),
        ("the farthest word comes back; the largest cosine is the nearest", _analogy_by(score=lambda w, t: -(w @ t))),
        ("each column is scaled to length 1 instead of each row: dim=1", _analogy_by(given=_columns, rows=_columns)),
        ("`argmax` runs over all V x E elements: sum over E first, so that each row has one cosine", _analogy_by(score=torch.mul)),
        ("the rows of a, b and c are removed, so the ids after them move up: set their cosines to `-torch.inf` instead",
         _analogy_without_rows),
    ]  # fmt: skip

    # A parallelogram by construction: rows 0..3 are man, king, woman, queen; then c's own neighbours in the way.
    royal, female = torch.tensor([0.0, 1.0, 0.0]), torch.tensor([0.0, 0.0, 1.0])
    man = torch.tensor([1.0, 0.0, 0.0])
    rows = [man, man + royal, man + female, man + royal + female, -man, royal - female]
    cases = [(F.normalize(torch.stack(rows), dim=1) * torch.tensor([1.0, 3.0, 0.5, 2.0, 1.0, 9.0])[:, None], 0, 1, 2)]
    # And a midway between b and c, where it is itself the nearest.
    midway = [[1.0, 0.0, 0.0], [0.9, 0.44, 0.0], [0.9, -0.44, 0.0], [0.3, 0.0, 0.95], [-0.8, 0.6, 0.0]]
    cases.append((torch.tensor(midway), 0, 1, 2))
    for seed in range(24):
        V, E = 30, 6
        weight = normal(seed, V, E) * torch.rand(V, 1, generator=seeded(seed)).mul(2).exp()
        cases.append((weight, *torch.randperm(V, generator=seeded(seed))[:3].tolist()))
    answers = []
    for case in cases:
        got = _plain_id(trial.call(*case))
        trial.require(
            not isinstance(got, float),
            "a number with a fraction comes back, the cosine itself perhaps; the id is asked for: `argmax`, not `max`",
            state=State.DTYPE,
            got=got,
        )
        trial.require(
            not (isinstance(got, Tensor) and got.numel() > 1),
            "a vector comes back; what is asked for is the id of the word that is nearest to it",
            state=State.DTYPE,
            got=got,
        )
        if not isinstance(got, int):
            trial.compare(got, analogy(*case))
        answers.append(got)
    # One id agrees by chance often enough: a mistake is named where it explains the answers to all questions.
    for case, got in zip(cases, answers, strict=True):
        if (expected := analogy(*case)) != got:
            trial.call(*case)  # the one to show
            fault = next((text for text, mistaken in mistakes if [mistaken(*each) for each in cases] == answers), None)
            if len(set(answers)) == 1:
                fault = f"it returns {got} for every question: its result must depend on them"
            trial.require(fault is None, fault or "", expected=expected, got=got)
            trial.compare(got, expected)
    padded = torch.stack([torch.zeros(3), *rows])
    got, expected = _plain_id(trial.call(padded, 1, 2, 3)), analogy(padded, 1, 2, 3)
    trial.require(
        got != PAD,
        "the zero row of `<pad>` came out: dividing by its length 0 gives NaN, which `argmax` takes for the largest. Clamp "
        "the lengths",
        expected=expected,
        got=got,
    )
    trial.compare(got, expected)


# ---- 01.parse_vectors --------------------------------------------------------------------------------


def parse_vectors(lines):
    tokens, rows = [], []
    for line in lines:
        token, *values = line.split()
        tokens.append(token)
        rows.append([float(value) for value in values])
    return tokens, torch.tensor(rows)


def _parse_with(token=lambda t: t, rows=lambda r: torch.tensor([[float(x) for x in row] for row in r])):
    def parse(lines):
        split = [line.split() for line in lines]
        return [token(parts[0]) for parts in split], rows([parts[1:] for parts in split])

    return parse


@exercise(
    "01.parse_vectors",
    reference=parse_vectors,
    difficulty=1,
    minutes=6,
    hints=(
        "`line.split()` cuts at white space and drops the line break; the first piece is the word, the rest its numbers.",
        "The pieces are strings: `float(piece)`. Collect one list of floats per word.",
        "`torch.tensor(rows)` of lists of floats has dtype float32 and shape (V, E). Return both: `return tokens, weight`.",
    ),
    explanation="""
One line, one word: the simplest format there is, and the one in which GloVe's vectors are published. The library's
`read_vectors` does the same for files from elsewhere: it finds a word2vec header, words with spaces in them, a line cut
off in the middle, a number that is none, a word that comes twice, and names the line.""",
)
def check_parse_vectors(trial: Trial) -> None:
    mistakes = [
        ("the first line is skipped; this format has no header", lambda lines: parse_vectors(lines[1:])),
        ("the last line is missing", lambda lines: parse_vectors(lines[:-1])),
        ("the first number of each line is missing: only the word is left out", _parse_with(rows=lambda r: torch.tensor([[float(x) for x in row[1:]] for row in r]))),
        ("only the first numbers of each line are kept: E is not always 3", _parse_with(rows=lambda r: torch.tensor([[float(x) for x in row[:3]] for row in r]))),
        ("the last character of a line is cut off even where it is no line break: `split()` drops white space by itself",
         lambda lines: parse_vectors([line[:-1] for line in lines])),
        ("only the first line comes back: is `return` inside the loop?", lambda lines: parse_vectors(lines[:1])),
        ("the word is cut to its first letter: `line[0]` is a letter, `line.split()[0]` the word", _parse_with(lambda t: t[0])),
        ("a word with digits or signs in it is dropped: every line is a word", lambda lines: parse_vectors([line for line in lines if line.split()[0].isalpha()])),
        ("the words are sorted: keep the order of the lines, which is that of the vectors", lambda lines: (sorted(parse_vectors(lines)[0]), parse_vectors(lines)[1])),
        ("the vectors are scaled to length 1: keep the numbers as they stand in the file", _parse_with(rows=lambda r: F.normalize(torch.tensor([[float(x) for x in row] for row in r]), dim=1))),
        ("one long row of numbers comes back: one row per word, (V, E)", _parse_with(rows=lambda r: torch.tensor([float(x) for row in r for x in row]))),
        ("the last number of each line is missing", _parse_with(rows=lambda r: torch.tensor([[float(x) for x in row[:-1]] for row in r]))),
        ("the weight is transposed: one row per word, (V, E)", lambda lines: (parse_vectors(lines)[0], parse_vectors(lines)[1].T)),
        ("the numbers are float64 (double); torch.float32 is expected", lambda lines: (parse_vectors(lines)[0], parse_vectors(lines)[1].double())),
        ("the numbers are cut to integers: float(...), not int(...)", _parse_with(rows=lambda r: torch.tensor([[float(int(float(x))) for x in row] for row in r]))),
        ("the weight is a list of lists; make a tensor of it", _parse_with(rows=lambda r: [[float(x) for x in row] for row in r])),
        ("the numbers are still strings: float(piece)", _parse_with(rows=lambda r: r)),
        ("the words are lower-cased; keep them as they stand in the file", _parse_with(str.lower)),
        ("the weight comes first; return the tokens, then the weight", lambda lines: parse_vectors(lines)[::-1]),
    ]  # fmt: skip
    cases = [
        ["cat 0.1 -0.2 3\n", "dog 1.5 2e-3 -4.0\n", "Bird 0 1 -1\n"],
        ["고양이 1.0 2.0\n", "개 3.0 4.5\n", "Seoul -0.5 0.25\n"],
        [f"word{i} " + " ".join(f"{i * 0.5 - j:.4f}" for j in range(20)) + "\n" for i in range(50)],
        [". 0.5 0.25 1", "2026 1 2 3"],
    ]
    trial.advise("too many dimensions 'str'", "The numbers are still strings: `float(piece)`.")
    trial.advise("could not convert string to float", "The first piece is the word: only those after it are numbers.")
    trial.advise("too many values to unpack", "`token, *values = line.split()` puts all numbers into `values`.")
    for lines in cases:
        got = trial.call(lines)
        trial.require(
            not isinstance(got, dict),
            "expected two things, the list of words and the weight (V, E), got a dict: rows need an order",
            state=State.DTYPE,
        )
        trial.require(
            not (isinstance(got, list) and got and all(isinstance(each, tuple) for each in got)),
            "one pair for each line comes back; expected are two things for all of them: `return tokens, weight`",
            state=State.DTYPE,
            got=got,
        )
        trial.require(
            isinstance(got, list | tuple) and len(got) == 2,
            "expected two things: `return tokens, weight`",
            state=State.DTYPE,
            got=got,
        )
        trial.compare(tuple(got), parse_vectors(lines), mistakes=mistakes, inputs=(lines,))


# ---- 01.masked_mean ----------------------------------------------------------------------------------


def masked_mean(vectors, ids):
    real = (ids != PAD).unsqueeze(-1)  # (B, T, 1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)  # (B, E)


def _mean_by(count, mask=lambda ids: ids != PAD):
    return lambda vectors, ids: (vectors * mask(ids)[..., None]).sum(1) / count(ids)


@exercise(
    "01.masked_mean",
    reference=masked_mean,
    difficulty=3,
    minutes=8,
    hints=(
        "`real = ids != 0` is True at words and False at padding, shape (B, T). To multiply it with vectors (B, T, E) it "
        "needs one more dimension: `real.unsqueeze(-1)`.",
        "Sum `vectors * real` over T, then divide by the number of words of each sentence, `real.sum(1)`, not by T.",
        "A row of padding alone has no words: `clamp(min=1)` on the count avoids 0/0.",
    ),
    explanation="""
Two things go wrong here in practice. `vectors.mean(1)` counts the padding: the same sentence gets another mean in another
batch. And summing correctly, but dividing by T, does the same more quietly. A row without any word is 0/0 = NaN unless
the count is kept at 1 or more; one NaN in a batch makes the loss NaN, and with the next step every parameter.""",
)
def check_masked_mean(trial: Trial) -> None:
    def real(ids):
        return (ids != PAD).unsqueeze(-1)

    mistakes = [
        ("the padding is counted: mean over the real words alone", lambda vectors, ids: vectors.mean(1)),
        ("the padding is added to the sum: multiply with the mask first", lambda vectors, ids: vectors.sum(1) / real(ids).sum(1).clamp(min=1)),
        ("it divides by E; divide by the number of real words of each sentence", lambda vectors, ids: (vectors * real(ids)).sum(1) / vectors.shape[2]),
        ("1 is added to every count, so that every mean is too small: `clamp(min=1)` changes only a count of 0", _mean_by(lambda ids: real(ids).sum(1) + 1)),
        ("the count of a sentence divides a column instead of a row: it needs shape (B, 1), `keepdim=True`", _mean_by(lambda ids: real(ids)[..., 0].sum(1).clamp(min=1))),
        ("it divides by T; divide by the number of real words of each sentence", _mean_by(lambda ids: ids.shape[1])),
        ("it sums; divide by the number of real words of each sentence", _mean_by(lambda ids: 1)),
        ("the mask is inverted: it takes the padding instead of the words",
         _mean_by(lambda ids: (ids == PAD).sum(1, keepdim=True).clamp(min=1), lambda ids: ids == PAD)),
        ("it averages over the batch; average over the words of each sentence (dimension 1)", lambda vectors, ids: vectors.mean(0)),
        ("it divides by the number of words in the whole batch; each sentence has its own", _mean_by(lambda ids: (ids != PAD).sum())),
        ("it averages over the batch; average over the words of each sentence (dimension 1)",
         lambda vectors, ids: (vectors * real(ids)).sum(0) / real(ids).sum(0).clamp(min=1)),
        ("it makes one mean for the whole batch; expected is one vector per sentence", lambda vectors, ids: vectors[ids != PAD].mean(0)),
        ("the mean of a sentence is one vector of size E, not one number: average over its words alone",
         lambda vectors, ids: torch.stack([v[i != PAD].mean() for v, i in zip(vectors, ids, strict=True)])),
        ("the last dimension is averaged; average over the words (dimension 1)", lambda vectors, ids: (vectors * real(ids)).mean(-1)),
        ("the last dimension is averaged; average over the words (dimension 1)", lambda vectors, ids: vectors.mean(-1)),
        ("the first word is left out as if it were special: only id 0 is padding",
         lambda vectors, ids: masked_mean(vectors[:, 1:], ids[:, 1:])),
        ("all the specials are left out: only id 0 is padding",
         _mean_by(lambda ids: (ids > 3).sum(1, keepdim=True).clamp(min=1), lambda ids: ids > 3)),
        ("<unk> is left out too: only id 0 is padding",
         _mean_by(lambda ids: (ids > 1).sum(1, keepdim=True).clamp(min=1), lambda ids: ids > 1)),
    ]  # fmt: skip
    cases = [
        torch.tensor([[5, 6, 0], [2, 1, 9]]),
        torch.tensor([[4, 0, 0, 0], [2, 8, 3, 0], [1, 1, 1, 1]]),
        torch.tensor([[9]]),
    ]
    for seed, ids in enumerate(cases):
        # Vectors at the padding are not zero: an answer that trusts them to be is found out.
        trial.agrees(normal(seed, *ids.shape, 2 + seed), ids, mistakes=mistakes)
    trial.advise("ZeroDivisionError", "A row of padding alone has no words: keep the count at 1 or more.")
    ids = torch.tensor([[5, 0], [0, 0]])
    got = trial.call(normal(9, 2, 2, 3), ids)
    if isinstance(got, Tensor) and got.ndim == 2:
        trial.require(
            len(got) == len(ids),
            "a row of padding alone is dropped: it keeps its place, and its mean is zero",
            state=State.SHAPE,
            got=got,
        )
        trial.require(
            not bool(torch.isnan(got).any()),
            "a row of padding alone gives NaN (0/0): its mean is zero. Keep the count at 1 or more",
            got=got,
        )
    trial.compare(got, masked_mean(normal(9, 2, 2, 3), ids))
    trial.gradients_agree(normal(3, 2, 3, 4), torch.tensor([[5, 6, 0], [7, 1, 9]]))
    trial.gradients_agree(normal(9, 2, 2, 3), ids)  # NaN can hide in the gradient of a value that is 0
