"""Skip-gram with negative sampling: pairs, noise, the loss, the training."""

import math
from collections import Counter

import pytest
import torch
from torch import nn

from course_lib.skipgram import (
    SkipGram,
    corpus_pairs,
    keep_probability,
    negative_sampling_loss,
    noise_distribution,
    skipgram_pairs,
    train_skipgram,
)
from course_lib.text import Vocab
from course_lib.vectors import analogy_accuracy

# --- skip-gram pairs ----------------------------------------------------------------------------------------


def test_skipgram_pairs_by_hand():
    expected = [[7, 8], [8, 7], [8, 9], [9, 8], [9, 7], [7, 9]]
    assert skipgram_pairs([7, 8, 9, 7], window=1).tolist() == expected
    expected = [[7, 8], [7, 9], [8, 7], [8, 9], [9, 7], [9, 8]]
    for window in (2, 3, 100):
        assert skipgram_pairs([7, 8, 9], window).tolist() == expected


@pytest.mark.parametrize("window", [1, 2, 5])
@pytest.mark.parametrize("T", [0, 1, 2, 9])
def test_skipgram_pairs_equal_a_loop(T, window):
    ids = torch.randint(0, 5, (T,)).tolist()
    expected = [[ids[i], ids[j]] for i in range(T) for j in range(max(0, i - window), min(T, i + window + 1)) if i != j]
    pairs = skipgram_pairs(ids, window)
    assert pairs.dtype == torch.long
    assert pairs.shape == (len(expected), 2)
    assert pairs.tolist() == expected


def _corpus(sentences):
    ids = torch.tensor([i for row in sentences for i in row])
    sentence = torch.tensor([n for n, row in enumerate(sentences) for _ in row])
    return ids, sentence


def _random_sentences(n=60, V=9):
    generator = torch.Generator().manual_seed(0)
    lengths = torch.randint(1, 12, (n,), generator=generator).tolist()
    return [torch.randint(0, V, (length,), generator=generator).tolist() for length in lengths]


@pytest.mark.parametrize("window", [1, 2, 5, 50])
def test_corpus_pairs_are_those_of_its_sentences(window):
    sentences = _random_sentences()
    expected = Counter(tuple(p) for row in sentences for p in skipgram_pairs(row, window).tolist())
    pairs = corpus_pairs(*_corpus(sentences), window, dynamic=False)
    assert pairs.dtype == torch.long
    assert Counter(map(tuple, pairs.tolist())) == expected


def test_corpus_pairs_never_cross_a_sentence():
    pairs = corpus_pairs(*_corpus([[1, 1, 1], [2], [3, 3]]), 5, dynamic=False)
    assert pairs[:, 0].equal(pairs[:, 1])
    assert sorted(pairs[:, 0].tolist()) == [1] * 6 + [3] * 2


def test_dynamic_windows_weigh_near_words_more():
    """With windows drawn from 1 .. 4 a context at distance d is met with probability (5 - d) / 4."""
    n, window = 20_000, 4
    position = torch.arange(n)  # each word is its own position, so that a pair tells its distance
    pairs = corpus_pairs(position, torch.zeros(n), window, generator=torch.Generator().manual_seed(0))
    distance = pairs[:, 1] - pairs[:, 0]
    for d in (1, 2, 3, 4):
        for signed in (d, -d):
            assert (distance == signed).sum().item() / n == pytest.approx((window + 1 - d) / window, abs=0.02)
    assert distance.abs().max() == window
    # The centre draws the window: a word that sees to its right at distance d sees to its left, too.
    right = set(pairs[distance == 3, 0].tolist())
    left = set(pairs[distance == -3, 0].tolist())
    assert {i for i in right if 3 <= i < n - 3} == {i for i in left if 3 <= i < n - 3}


def test_corpus_pairs_repeat_with_the_generator():
    corpus = _corpus(_random_sentences())
    first, second, other = (
        corpus_pairs(*corpus, 5, generator=torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert first.equal(second)
    assert not (first.shape == other.shape and first.equal(other))


def test_corpus_without_pairs():
    assert corpus_pairs(torch.tensor([4, 5]), torch.tensor([0, 1]), 2).shape == (0, 2)
    assert corpus_pairs(torch.tensor([4]), torch.tensor([0]), 2).shape == (0, 2)
    assert corpus_pairs(torch.tensor([]), torch.tensor([]), 2).shape == (0, 2)


def test_pairs_refuse_what_does_not_fit():
    with pytest.raises(ValueError, match="window must be at least 1, got 0"):
        corpus_pairs(torch.tensor([1]), torch.tensor([1]), 0)
    with pytest.raises(ValueError, match=r"one row of ids, got shape \(1, 2\)"):
        corpus_pairs(torch.tensor([[1, 2]]), torch.tensor([1, 1]), 1)
    with pytest.raises(ValueError, match="one sentence number per id, 2, got 1"):
        corpus_pairs(torch.tensor([1, 2]), torch.tensor([1]), 1)


# --- subsampling and noise ----------------------------------------------------------------------------------


def test_keep_probability_by_hand():
    # f = 0.9, 0.1, 0; sqrt(0.1 / 0.9) = 1/3
    kept = keep_probability([90, 10, 0], threshold=0.1)
    torch.testing.assert_close(kept, torch.tensor([1 / 3, 1.0, 1.0]))
    kept = keep_probability(torch.tensor([90, 10]), threshold=0.001)
    torch.testing.assert_close(1 - kept, torch.tensor([1 - math.sqrt(0.001 / 0.9), 0.9]))


def test_noise_distribution_by_hand():
    # 16 ** 0.75 = 8 and 81 ** 0.75 = 27
    torch.testing.assert_close(noise_distribution(torch.tensor([16, 81, 0])), torch.tensor([8 / 35, 27 / 35, 0]))
    torch.testing.assert_close(noise_distribution(torch.tensor([1.0, 3]), power=1), torch.tensor([0.25, 0.75]))


@pytest.mark.parametrize("counts", [[], [0, 0], [1, -1], [[1, 2]]])
def test_counts_must_be_counts(counts):
    with pytest.raises(ValueError, match="one row of counts, none negative and at least one positive"):
        keep_probability(counts)


def test_threshold_must_be_positive():
    with pytest.raises(ValueError, match="threshold must be positive, got 0"):
        keep_probability([1], 0)


# --- the loss -----------------------------------------------------------------------------------------------


def test_loss_by_hand():
    centre = torch.tensor([[1.0, 0.0], [0.0, 2.0]])
    context = torch.tensor([[2.0, 5.0], [3.0, -0.5]])
    negatives = torch.tensor([[[1.0, 9.0], [-1.0, 9.0]], [[9.0, 0.5], [9.0, 0.0]]])
    # The scores are 2 against 1 and -1, and -1 against 1 and 0.
    s = lambda x: math.log(1 + math.exp(x))  # noqa: E731 - softplus: -log sigmoid(-x)
    expected = ((s(-2) + s(1) + s(-1)) + (s(1) + s(1) + s(0))) / 2
    assert negative_sampling_loss(centre, context, negatives).item() == pytest.approx(expected, rel=1e-6)


def test_loss_of_zero_vectors():
    loss = negative_sampling_loss(torch.zeros(3, 2), torch.zeros(3, 2), torch.zeros(3, 5, 2))
    assert loss.item() == pytest.approx(6 * math.log(2))


def test_loss_gradient_by_formula():
    """d/d score is sigmoid(score) - 1 for the true context and sigmoid(score) for a negative, over B."""
    B, M, E = 4, 3, 5
    generator = torch.Generator().manual_seed(0)
    c, o, n = (
        torch.randn(*shape, dtype=torch.float64, generator=generator, requires_grad=True)
        for shape in ((B, E), (B, E), (B, M, E))
    )
    negative_sampling_loss(c, o, n).backward()
    with torch.no_grad():
        true = torch.sigmoid((c * o).sum(1, keepdim=True)) - 1  # (B, 1)
        noise = torch.sigmoid(torch.einsum("be,bme->bm", c, n))  # (B, M)
        torch.testing.assert_close(o.grad, true * c / B)
        torch.testing.assert_close(n.grad, torch.einsum("bm,be->bme", noise, c) / B)
        torch.testing.assert_close(c.grad, (true * o + torch.einsum("bm,bme->be", noise, n)) / B)


def test_loss_is_stable_at_large_scores():
    centre = torch.tensor([[1000.0]], requires_grad=True)
    loss = negative_sampling_loss(centre, torch.tensor([[-1.0]]), torch.tensor([[[1.0]]]))
    loss.backward()
    assert loss.item() == pytest.approx(2000)
    assert centre.grad.item() == pytest.approx(2)
    right = negative_sampling_loss(centre, torch.tensor([[1.0]]), torch.tensor([[[-1.0]]]))
    assert right.item() == 0


def test_skipgram_module():
    model = SkipGram(6, 4, generator=torch.Generator().manual_seed(0))
    assert model.centre.weight.abs().max() <= 0.5 / 4
    assert model.centre.weight.std() > 0
    assert model.context.weight.eq(0).all()
    centre, context, negatives = torch.tensor([1, 2]), torch.tensor([2, 3]), torch.tensor([[4, 5], [4, 1]])
    assert model(centre, context, negatives).item() == pytest.approx(3 * math.log(2))
    nn.init.normal_(model.context.weight)
    loss = model(centre, context, negatives)
    W, U = model.centre.weight, model.context.weight
    rows = (W[centre], U[context], U[negatives])
    assert all(map(torch.equal, model.look_up(centre, context, negatives), rows))
    torch.testing.assert_close(loss, negative_sampling_loss(W[centre], U[context], U[negatives]))
    loss.backward()
    assert set(W.grad.abs().sum(1).nonzero().flatten().tolist()) == {1, 2}
    assert set(U.grad.abs().sum(1).nonzero().flatten().tolist()) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("centre", "context", "negatives", "got"),
    [
        ([1, 2], [2, 3], [4, 5], r"\(2,\), \(2,\) and \(2,\)"),
        ([1, 2], [2], [[4, 5], [4, 1]], r"\(2,\), \(1,\) and \(2, 2\)"),
        ([1, 2], [2, 3], [[4, 5]], r"\(2,\), \(2,\) and \(1, 2\)"),
        ([[1, 2]], [[2, 3]], [[4, 5]], r"\(1, 2\), \(1, 2\) and \(1, 2\)"),
    ],
)
def test_skipgram_module_refuses_shapes_that_do_not_fit(centre, context, negatives, got):
    expected = r"expected centre \(B,\), context \(B,\) and negatives \(B, M\), got "
    with pytest.raises(ValueError, match=expected + got):
        SkipGram(6, 4)(torch.tensor(centre), torch.tensor(context), torch.tensor(negatives))


# --- training -----------------------------------------------------------------------------------------------


def _family_corpus():
    """Sentences in which two differences are independent: king - queen and boy - girl differ alike."""
    people = {
        "king": ("crown", "he"),
        "queen": ("crown", "she"),
        "boy": ("toy", "he"),
        "girl": ("toy", "she"),
        "doctor": ("clinic", "he"),
        "nurse": ("clinic", "she"),
    }
    generator = torch.Generator().manual_seed(0)
    sentences = []
    for _ in range(1500):
        person = list(people)[int(torch.randint(len(people), (1,), generator=generator))]
        thing, pronoun = people[person]
        fillers = [f"f{int(i)}" for i in torch.randint(10, (2,), generator=generator)]
        sentences.append([person, thing, fillers[0]])
        sentences.append([fillers[1], person, pronoun])
    vocab = Vocab.build(sentences)
    return [vocab.encode(row) for row in sentences], vocab


FAMILY = {"E": 16, "window": 2, "epochs": 12, "batch_size": 256, "threshold": 1.0}


@pytest.fixture(scope="module")
def family():
    ids, vocab = _family_corpus()
    return train_skipgram(ids, vocab, **FAMILY, snapshots=(1.0, 0.0, 0.5, 0.4, 0.9)), vocab


def test_training_learns_analogies(family):
    run, _ = family
    questions = [("king", "queen", "boy", "girl"), ("boy", "girl", "doctor", "nurse"), ("girl", "boy", "queen", "king")]
    assert analogy_accuracy(run.vectors, questions) == 1
    assert run.vectors.analogy("king", "queen", "boy") == "girl"
    assert run.history[-1] < run.history[0] < 6 * math.log(2)
    assert len(run.history) == 12


def test_training_takes_snapshots(family):
    run, vocab = family
    V, E = len(vocab) - 4, 16
    assert run.vectors.tokens == vocab.tokens[4:]
    assert [snapshot.weight.shape for snapshot in run.snapshots] == [(V, E)] * 5
    start, before, middle, late, end = run.snapshots
    assert start.pairs == 0
    assert start.loss == pytest.approx(6 * math.log(2))
    assert start.weight.abs().max() <= 0.5 / E
    assert middle.pairs == pytest.approx(end.pairs / 2, rel=0.05)
    assert end.weight.equal(run.vectors.weight)
    assert end.loss < middle.loss < start.loss
    assert not run.vectors.weight.requires_grad
    # The learning rate falls to zero: the last tenth of training moves the vectors far less than one in the middle.
    assert (end.weight - late.weight).norm() < 0.3 * (middle.weight - before.weight).norm()


def test_training_repeats_with_the_seed_and_leaves_the_global_state_alone():
    ids, vocab = _family_corpus()
    options = {**FAMILY, "epochs": 1}
    torch.manual_seed(5)
    state = torch.get_rng_state()
    first = train_skipgram(ids, vocab, **options)
    assert torch.get_rng_state().equal(state)
    torch.manual_seed(6)
    second = train_skipgram(ids, vocab, **options)
    assert first.vectors.weight.equal(second.vectors.weight)
    assert first.history == second.history
    assert not train_skipgram(ids, vocab, **options, seed=1).vectors.weight.equal(first.vectors.weight)


def test_training_thins_out_frequent_words():
    """Of 1000 sentences "the a" and "the b" few pairs are left where "the" is kept with sqrt(0.0005 / 0.5)."""
    vocab = Vocab(["the", "a", "b"])
    ids = [[4, 5], [4, 6]] * 500
    options = {**FAMILY, "epochs": 1}
    assert train_skipgram(ids, vocab, **{**options, "threshold": 1}).snapshots[-1].pairs == 2000
    pairs = train_skipgram(ids, vocab, **{**options, "threshold": 0.0005}).snapshots[-1].pairs
    # "the" is kept with probability 0.032, "a" and "b" with 0.045: 2000 * 0.032 * 0.045 is about 3.
    assert 0 < pairs <= 20
    with pytest.raises(ValueError, match="no pairs are left in epoch 1: threshold=1e-09 thins out too much"):
        train_skipgram(ids, vocab, **{**options, "threshold": 1e-9})


def test_training_reports_each_epoch():
    ids, vocab = _family_corpus()
    lines = []
    run = train_skipgram(
        ids, vocab, **{**FAMILY, "epochs": 2}, on_epoch=lambda epoch, loss: lines.append((epoch, loss))
    )
    assert lines == list(enumerate(run.history, start=1))
    # One batch is the whole epoch: its loss is that of context vectors that are still zero.
    run = train_skipgram(ids, vocab, **{**FAMILY, "epochs": 1, "batch_size": 10**6})
    assert run.history == pytest.approx([6 * math.log(2)])


def test_training_uses_the_loss_and_the_noise_that_it_is_given():
    ids, vocab = _family_corpus()
    shapes, counted = [], []

    def loss(centre, context, negatives):
        shapes.append((*map(tuple, (centre.shape, context.shape, negatives.shape)),))
        assert negatives.eq(negatives[0, 0]).all(), "the noise has one word alone"
        return 2 * negative_sampling_loss(centre, context, negatives)

    def noise(counts):
        counted.append(counts)
        return (torch.arange(len(counts)) == vocab["king"]).float()

    run = train_skipgram(ids, vocab, **{**FAMILY, "epochs": 1, "M": 3}, loss=loss, noise=noise)
    assert counted[0].is_floating_point()
    assert [int(count) for count in counted[0]][4:] == vocab.counts[4:]
    assert shapes[0] == ((256, 16), (256, 16), (256, 3, 16))
    assert len(run.losses) == len(shapes)
    assert run.losses[0] == pytest.approx(2 * 4 * math.log(2))
    sizes = [B for (B, _), *_ in shapes]
    mean = sum(size * value for size, value in zip(sizes, run.losses, strict=True)) / sum(sizes)
    assert run.history == [pytest.approx(mean)]


def test_specials_are_not_trained_on():
    """Each <unk> and <eos> is left out, so that the words beside it become neighbours."""
    vocab = Vocab(["a", "b"])
    plain = train_skipgram([[4, 5]] * 50, vocab, **{**FAMILY, "epochs": 1})
    holed = train_skipgram([[2, 4, 1, 1, 5, 3]] * 50, vocab, **{**FAMILY, "epochs": 1})
    assert plain.vectors.weight.equal(holed.vectors.weight)


def test_training_needs_something_to_learn():
    vocab = Vocab(["a", "b"])
    with pytest.raises(ValueError, match="a sentence of at least two words, got none"):
        train_skipgram([[4], [5]], vocab)
    with pytest.raises(ValueError, match="at least two words, got none"):
        train_skipgram([], vocab)
    with pytest.raises(ValueError, match="id 6 is out of range: with V=6"):
        train_skipgram([[4, 6]], vocab)
    with pytest.raises(ValueError, match="epochs must be at least 1, got 0"):
        train_skipgram([[4, 5]], vocab, epochs=0)
    with pytest.raises(ValueError, match=r"fractions from 0 to 1, got \(50,\)"):
        train_skipgram([[4, 5]], vocab, snapshots=(50,))
