"""Look-up, skip-gram with negative sampling, vectors files, neighbours and analogies."""

import gzip
import hashlib
import math
from collections import Counter

import pytest
import torch
from torch import nn

from course_lib.datasets import data_folder, load, read_analogies, read_word_pairs
from course_lib.embeddings import Embedding, analogy, lookup, neighbours, one_hot
from course_lib.skipgram import (
    SkipGram,
    corpus_pairs,
    keep_probability,
    negative_sampling_loss,
    noise_distribution,
    skipgram_pairs,
    train_skipgram,
)
from course_lib.statistics import spearman
from course_lib.text import Vocab
from course_lib.vectors import Vectors, align_vectors, analogy_accuracy, read_vectors, write_vectors

# --- look-up ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 3)])
def test_one_hot_equals_torch(shape):
    ids = torch.randint(0, 5, shape)
    assert one_hot(ids, 5).dtype == torch.get_default_dtype()
    assert one_hot(ids, 5).equal(nn.functional.one_hot(ids, 5).float())


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_lookup_is_one_hot_times_matrix(shape):
    ids, weight = torch.randint(0, 5, shape), torch.randn(5, 4)
    assert lookup(ids, weight).shape == (*shape, 4)
    assert lookup(ids, weight).equal(weight[ids])
    torch.testing.assert_close(lookup(ids, weight), one_hot(ids, 5) @ weight)


@pytest.mark.parametrize("function", [lambda ids: lookup(ids, torch.zeros(5, 2)), lambda ids: one_hot(ids, 5)])
def test_ids_out_of_range_are_named(function):
    with pytest.raises(ValueError, match="id 5 is out of range: with V=5 ids run from 0 to 4"):
        function(torch.tensor([0, 5]))
    with pytest.raises(ValueError, match="id -1 is out of range"):
        function(torch.tensor([[4], [-1]]))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bool, torch.uint8])
def test_ids_must_be_integers(dtype):
    with pytest.raises(TypeError, match=f"torch.int64 or torch.int32, got {dtype}"):
        lookup(torch.zeros(5, dtype=dtype), torch.zeros(5, 2))


@pytest.mark.parametrize("padding_idx", [None, 0, 2])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_embedding_equals_torch(padding_idx, dtype):
    ours = Embedding(6, 4, padding_idx=padding_idx).to(dtype)
    oracle = nn.Embedding(6, 4, padding_idx=padding_idx).to(dtype)
    oracle.load_state_dict(ours.state_dict())
    ids = torch.tensor([[0, 2, 2], [5, 0, 1]])
    upstream = torch.randn(2, 3, 4, dtype=dtype)
    ours(ids).backward(upstream)
    oracle(ids).backward(upstream)
    assert ours(ids).equal(oracle(ids))
    torch.testing.assert_close(ours.weight.grad, oracle.weight.grad)
    assert ours.weight.grad[[3, 4]].eq(0).all()
    if padding_idx is not None:
        assert ours.weight[padding_idx].eq(0).all()
        assert ours.weight.grad[padding_idx].eq(0).all()


def test_embedding_starts_from_the_standard_normal():
    weight = Embedding(2000, 50).weight
    assert abs(weight.mean()) < 0.02
    assert abs(weight.std() - 1) < 0.02


def test_embedding_from_pretrained():
    weight = torch.randn(4, 3)
    before = weight.clone()
    frozen = Embedding.from_pretrained(weight)
    trained = Embedding.from_pretrained(weight, freeze=False, padding_idx=0)
    assert frozen.weight.equal(before)
    assert not frozen.weight.requires_grad
    assert trained.weight.requires_grad
    assert trained.padding_idx == 0
    with torch.no_grad():
        trained.weight += 1
    assert weight.equal(before), "the embedding starts from a copy"
    with pytest.raises(ValueError, match=r"shape \(V, E\), got \(4,\)"):
        Embedding.from_pretrained(torch.zeros(4))


def test_embedding_refuses_impossible_sizes():
    with pytest.raises(ValueError, match="at least 1, got V=0, E=3"):
        Embedding(0, 3)
    with pytest.raises(ValueError, match="from 0 to 3, got 4"):
        Embedding(4, 3, padding_idx=4)


def test_embedding_shows_its_sizes():
    assert repr(Embedding(4, 3, padding_idx=0)) == "Embedding(V=4, E=3, padding_idx=0)"


# --- skip-gram pairs ----------------------------------------------------------------------------------------


def test_skipgram_pairs_by_hand():
    expected = [[7, 8], [8, 7], [8, 9], [9, 8], [9, 7], [7, 9]]
    assert skipgram_pairs([7, 8, 9, 7], window=1).tolist() == expected
    expected = [[7, 8], [7, 9], [8, 7], [8, 9], [9, 7], [9, 8]]
    for window in (2, 3, 100):
        assert skipgram_pairs(torch.tensor([7, 8, 9]), window).tolist() == expected


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
        skipgram_pairs([1, 2], 0)
    with pytest.raises(ValueError, match="window must be at least 1, got 0"):
        corpus_pairs(torch.tensor([1]), torch.tensor([1]), 0)
    with pytest.raises(ValueError, match=r"one row of ids, got shape \(1, 2\)"):
        skipgram_pairs([[1, 2]], 1)
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
    torch.testing.assert_close(noise_distribution([16, 81, 0]), torch.tensor([8 / 35, 27 / 35, 0]))
    torch.testing.assert_close(noise_distribution([1, 3], power=1), torch.tensor([0.25, 0.75]))
    torch.testing.assert_close(noise_distribution([1, 0, 3], power=0), torch.tensor([0.5, 0, 0.5]))


@pytest.mark.parametrize("function", [keep_probability, noise_distribution])
@pytest.mark.parametrize("counts", [[], [0, 0], [1, -1], [[1, 2]]])
def test_counts_must_be_counts(function, counts):
    with pytest.raises(ValueError, match="one row of counts, none negative and at least one positive"):
        function(counts)


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


def test_loss_refuses_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match=r"negatives \(B, M, E\), got \(2, 3\), \(2, 3\) and \(2, 3\)"):
        negative_sampling_loss(torch.zeros(2, 3), torch.zeros(2, 3), torch.zeros(2, 3))
    with pytest.raises(ValueError, match=r"got \(2, 3\), \(1, 3\) and"):
        negative_sampling_loss(torch.zeros(2, 3), torch.zeros(1, 3), torch.zeros(2, 5, 3))


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
    torch.testing.assert_close(loss, negative_sampling_loss(W[centre], U[context], U[negatives]))
    loss.backward()
    assert set(W.grad.abs().sum(1).nonzero().flatten().tolist()) == {1, 2}
    assert set(U.grad.abs().sum(1).nonzero().flatten().tolist()) == {1, 2, 3, 4, 5}


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
    assert run.vectors.analogy("king", "queen", "boy") == ["girl"]
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


# --- vectors files ------------------------------------------------------------------------------------------


def _write(path, content):
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


VECTORS = "the 0.5 -1.25 3e-2\n고양이 1 2 3\n. . . -0.0 .5 7\n"


@pytest.mark.parametrize("name", ["v.vec", "v.txt.gz"])
@pytest.mark.parametrize("content", [VECTORS, "3 3\n" + VECTORS, VECTORS.replace("\n", " \n"), "\ufeff" + VECTORS])
def test_read_vectors(tmp_path, name, content):
    vectors = read_vectors(_write(tmp_path / name, content))
    assert vectors.tokens == ["the", "고양이", ". . ."]
    assert vectors.index == {"the": 0, "고양이": 1, ". . .": 2}
    torch.testing.assert_close(vectors.weight, torch.tensor([[0.5, -1.25, 0.03], [1, 2, 3], [0, 0.5, 7]]))


def test_read_vectors_whose_first_word_holds_spaces(tmp_path):
    vectors = read_vectors(_write(tmp_path / "v.vec", ". . . 1 2\n2 3 4\n"))
    assert vectors.tokens == [". . .", "2"]
    assert vectors.weight.tolist() == [[1, 2], [3, 4]]


def test_read_only_some_vectors(tmp_path):
    path = _write(tmp_path / "v.vec", VECTORS)
    assert read_vectors(path, keep={"고양이", "dog"}).tokens == ["고양이"]
    assert read_vectors(path, keep=Vocab(["the", "고양이"])).tokens == ["the", "고양이"]
    nothing = read_vectors(path, keep=())
    assert nothing.tokens == []
    assert nothing.weight.shape == (0, 3)


def test_read_vectors_equals_torchtext(tmp_path):
    vocab_of = pytest.importorskip("torchtext.vocab", reason="the oracle is torchtext")
    generator = torch.Generator().manual_seed(0)
    vectors = Vectors([f"단어{i}" for i in range(30)], torch.randn(30, 7, generator=generator))
    path = tmp_path / "v.vec"
    write_vectors(path, vectors, decimals=6)
    oracle = vocab_of.Vectors("v.vec", cache=str(tmp_path))
    again = read_vectors(path)
    assert again.tokens == oracle.itos
    assert again.weight.equal(oracle.vectors)
    assert again["단어3"].equal(oracle["단어3"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"v\.vec is empty: expected one line 'token value value \.\.\.' per word"),
        ("2 3\n", r"v\.vec is empty"),
        ("cat 1 2\ndog 1\n", r"v\.vec, line 2: expected 2 values after the token, got 1"),
        ("cat 1 2\ndog 1 2 3\n", r"v\.vec, line 2: expected 2 values after the token, got 3"),
        ("cat 1 2\n\ndog 1 2\n", r"v\.vec, line 2: expected 2 values after the token, got 0"),
        ("cat 1 2\ndog 1 x\n", r"v\.vec, line 2: expected 2 numbers after 'dog', got 'x'"),
        ("cat\n", r"v\.vec, line 1: expected 'token value value \.\.\.', got 'cat'"),
        ("cat sat on\n", r"v\.vec, line 1: expected 'token value value"),
        ("cat 1 2\ndog 1 2\ncat 3 4\n", r"v\.vec, line 3: 'cat' occurs a second time; the first is in line 1"),
        ("cat 1 2\ndog 1 nan\n", r"v\.vec, line 2: expected finite numbers after 'dog', got nan or inf"),
        ("cat 1 2\ndog -inf 2\n", r"v\.vec, line 2: expected finite numbers after 'dog'"),
        ("cat 1 2\ndog 1e99 2\n", r"v\.vec, line 2: expected finite numbers after 'dog'"),
        ("3 2\ncat 1 2\ndog 1 2\n", r"v\.vec: the first line promises 3 words, got 2"),
        ("2 3\ncat 1 2\ndog 1 2\n", r"v\.vec, line 2: expected 3 values after the token, got 2"),
        (b"cat 1 2\nd\xffg 1 2\n", r"v\.vec, line 2: expected UTF-8"),
    ],
)
def test_read_vectors_refuses_broken_files(tmp_path, content, message):
    with pytest.raises(ValueError, match=message):
        read_vectors(_write(tmp_path / "v.vec", content))


def test_read_vectors_of_a_missing_file(tmp_path):
    _write(tmp_path / "glove.txt", VECTORS)
    with pytest.raises(FileNotFoundError, match=r"no file .*glov\.txt; .* holds glove\.txt"):
        read_vectors(tmp_path / "glov.txt")


@pytest.mark.parametrize("name", ["v.vec", "v.vec.gz"])
def test_written_vectors_come_back(tmp_path, name):
    vectors = Vectors(["a", "나", ". . .", "7:30", "1"], torch.randn(5, 3))
    write_vectors(tmp_path / name, vectors)
    again = read_vectors(tmp_path / name)
    assert again.tokens == vectors.tokens
    torch.testing.assert_close(again.weight, vectors.weight, atol=0.5e-4, rtol=0)


def test_written_form(tmp_path):
    write_vectors(tmp_path / "v.vec", Vectors(["a", "b"], torch.tensor([[1, -0.5], [2, 0.123]])), decimals=2)
    assert (tmp_path / "v.vec").read_text(encoding="utf-8") == "a 1.00 -0.50\nb 2.00 0.12\n"


@pytest.mark.parametrize("token", ["", " a", "a ", "a\nb", "room 5"])
def test_words_that_the_format_cannot_hold(tmp_path, token):
    with pytest.raises(ValueError, match="cannot hold the word"):
        write_vectors(tmp_path / "v.vec", Vectors([token], torch.zeros(1, 2)))
    assert list(tmp_path.iterdir()) == []


def test_vectors_to_write_are_finite(tmp_path):
    with pytest.raises(ValueError, match="finite vectors"):
        write_vectors(tmp_path / "v.vec", Vectors(["a"], torch.tensor([[math.nan]])))


def test_vectors_look_up_by_word():
    vectors = Vectors(["cat", "dog"], torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
    assert len(vectors) == 2
    assert "cat" in vectors
    assert "cow" not in vectors
    assert vectors["dog"].tolist() == [3, 4]
    assert repr(vectors) == "Vectors(V=2, E=2)"
    with pytest.raises(KeyError, match="no vector for 'catt'; there is 'cat'"):
        vectors["catt"]
    with pytest.raises(ValueError, match="word 'a' occurs twice"):
        Vectors(["a", "b", "a"], torch.zeros(3, 2))
    with pytest.raises(ValueError, match=r"expected weight \(1, E\), got shape \(2, 2\)"):
        Vectors(["a"], torch.zeros(2, 2))


def test_align_vectors():
    vocab = Vocab(["b", "x", "a"])
    vectors = Vectors(["a", "b", "c", "<pad>", "<eos>"], torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0]]))
    weight, found = align_vectors(vocab, vectors, generator=torch.Generator().manual_seed(0))
    assert found.tolist() == [False, False, False, True, True, False, True]
    assert weight[found].tolist() == [[5], [2], [1]]
    assert weight[0].item() == 0
    assert (weight[[1, 2, 5]].abs() > 0).all()
    again, _ = align_vectors(vocab, vectors, generator=torch.Generator().manual_seed(0))
    assert weight.equal(again)
    assert vectors.weight.flatten().tolist() == [1, 2, 3, 4, 5]


def test_align_vectors_draws_the_others_small():
    vocab = Vocab([f"w{i}" for i in range(2000)])
    weight, found = align_vectors(vocab, Vectors(["a"], torch.ones(1, 20)), std=0.1)
    assert not found.any()
    assert weight[1:].std().item() == pytest.approx(0.1, rel=0.05)


# --- neighbours and analogies -------------------------------------------------------------------------------

WEIGHT = torch.tensor([[1.0, 0], [10, 10], [0, 2], [-3, 0], [0, 0], [2, 1]])


def test_neighbours_by_hand():
    values, ids = neighbours(WEIGHT, torch.tensor([5.0, 0]), 3)
    assert ids.tolist() == [0, 5, 1]
    torch.testing.assert_close(values, torch.tensor([1, 2 / 5**0.5, 0.5**0.5]))
    values, ids = neighbours(WEIGHT, WEIGHT[0], 5, exclude={0})
    assert ids.tolist()[:2] == [5, 1]
    assert ids.tolist()[-1] == 3
    assert 0 not in ids.tolist()
    assert values[-1].item() == pytest.approx(-1)


@pytest.mark.parametrize("scale", [1e-15, 1.0, 1e15])
def test_cosine_does_not_depend_on_length(scale):
    values, ids = neighbours(scale * WEIGHT, torch.tensor([5.0, 0]), 3)
    assert ids.tolist() == [0, 5, 1]
    assert values[0].item() == pytest.approx(1)


def test_neighbours_equal_torch_cosine():
    weight, query = torch.randn(50, 8), torch.randn(8)
    cosine = nn.functional.cosine_similarity(weight, query.unsqueeze(0))
    values, ids = neighbours(weight, query, 50)
    torch.testing.assert_close(values, cosine.sort(descending=True).values)
    torch.testing.assert_close(values, cosine[ids])


def test_zero_vectors_are_never_nan():
    values, ids = neighbours(WEIGHT, torch.zeros(2), 6)
    assert values.eq(0).all()
    values, ids = neighbours(WEIGHT, WEIGHT[0], 6)
    assert values[ids == 4].item() == 0


def test_neighbours_leave_their_input_alone():
    weight = WEIGHT.clone()
    neighbours(weight, weight[0], 2, exclude=(0, 1))
    assert weight.equal(WEIGHT)


def test_neighbours_refuse_what_does_not_fit():
    with pytest.raises(ValueError, match=r"k must be from 1 to 4 \(V=6, 2 excluded\), got 5"):
        neighbours(WEIGHT, WEIGHT[0], 5, exclude=(0, 0, 1))
    with pytest.raises(ValueError, match="got 0"):
        neighbours(WEIGHT, WEIGHT[0], 0)
    with pytest.raises(ValueError, match=r"expected query \(2,\) for weight \(6, 2\), got \(3,\)"):
        neighbours(WEIGHT, torch.zeros(3), 1)
    with pytest.raises(ValueError, match="exclude must hold ids from 0 to 5"):
        neighbours(WEIGHT, WEIGHT[0], 1, exclude=(-1,))


# Two axes, "royal" and "female"; the lengths differ, which must not matter.
PEOPLE = Vectors(
    ["man", "woman", "king", "queen", "stone"],
    torch.tensor([[0.0, -1, 1], [0, 1, 1], [5, -5, 5], [0.3, 0.3, 0.3], [0, 0, -1]]),
)


def test_analogy_by_hand():
    man, woman, king, queen = range(4)
    assert analogy(PEOPLE.weight, man, woman, king).tolist() == [queen]
    assert analogy(PEOPLE.weight, woman, man, queen).tolist() == [king]
    ranked = analogy(PEOPLE.weight, man, woman, king, k=2).tolist()
    assert ranked == [queen, 4], "a, b and c are never an answer"
    assert PEOPLE.analogy("man", "woman", "king") == ["queen"]


def test_neighbours_by_word():
    (word, value), *rest = PEOPLE.neighbours("king", 4)
    assert word == "man"
    assert value == pytest.approx(2 / 6**0.5)
    assert "king" not in [word for word, _ in rest]


def test_analogy_accuracy():
    right = ("man", "woman", "king", "queen")
    wrong = ("man", "woman", "king", "stone")
    unknown = ("man", "woman", "prince", "princess")
    assert analogy_accuracy(PEOPLE, [right]) == 1
    assert analogy_accuracy(PEOPLE, [right, wrong]) == 0.5
    assert analogy_accuracy(PEOPLE, [right, wrong, unknown, (*right, "category")]) == 0.5
    assert analogy_accuracy(PEOPLE, [unknown]) == 0
    with pytest.raises(ValueError, match="at least one question"):
        analogy_accuracy(PEOPLE, [])


def test_analogy_accuracy_equals_single_questions():
    generator = torch.Generator().manual_seed(0)
    vectors = Vectors([f"w{i}" for i in range(12)], torch.randn(12, 3, generator=generator))
    rows = [torch.randperm(12, generator=generator)[:3].tolist() for _ in range(40)]
    answers = [analogy(vectors.weight, *row).item() for row in rows]
    questions = [
        [f"w{i}" for i in (*row, (d + (n % 4 == 0)) % 12)] for n, (row, d) in enumerate(zip(rows, answers, strict=True))
    ]
    assert analogy_accuracy(vectors, questions) == 0.75


# --- the shipped vectors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "side"), [("en", "target"), ("ko", "source")])
def test_shipped_vectors(language, side):
    path = data_folder() / "vectors" / f"ko-en.{language}.vec"
    vectors = read_vectors(path)
    assert vectors.weight.shape == (len(vectors), 50)
    words = {token for pair in load("ko-en", "train") for token in getattr(pair, side)}
    assert set(vectors.tokens) == words, "every word of the training split and no other: run tools/train_vectors.py"
    assert analogy_accuracy(vectors, read_analogies(language)) >= 0.6
    pairs = read_word_pairs(language)
    cosines = [torch.cosine_similarity(vectors[pair.a], vectors[pair.b], dim=0).item() for pair in pairs]
    assert spearman(cosines, [pair.score for pair in pairs]) > 0.4
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in readme
    assert path.stat().st_size < 400_000
