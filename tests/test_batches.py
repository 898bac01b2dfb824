"""Padding, and batches of like length."""

import pytest
import torch

from course_lib import datasets
from course_lib.batches import (
    bucketed_batches,
    encode_batch,
    encode_pairs,
    pad,
    padded_batches,
    pair_batches,
    token_batches,
)
from course_lib.text import EOS, PAD, SOS, UNK, Vocab

# --- padding ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pad_id", [0, 9])
def test_pad_equals_torch(pad_id):
    rows = [[5, 6, 7], [8], [], [4, 4]]
    oracle = torch.nn.utils.rnn.pad_sequence(
        [torch.tensor(row, dtype=torch.long) for row in rows], batch_first=True, padding_value=pad_id
    )
    for sequences in (rows, [torch.tensor(row, dtype=torch.long) for row in rows], (tuple(r) for r in rows)):
        batch = pad(sequences, pad_id)
        assert batch.dtype == torch.long
        assert batch.equal(oracle)
    assert rows == [[5, 6, 7], [8], [], [4, 4]], "the rows are not changed"


def test_pad_refuses_what_is_no_batch():
    with pytest.raises(ValueError, match="at least one sequence, got none"):
        pad([])
    with pytest.raises(ValueError, match="at least one id, got 2 empty sequences"):
        pad([[], []])
    with pytest.raises(TypeError, match="a list of sequences, got one sequence"):
        pad([1, 2, 3])
    with pytest.raises(TypeError, match="a list of sequences, got one sequence"):
        pad(torch.tensor([1, 2, 3]))
    with pytest.raises(TypeError, match=r"integer ids, got torch\.float"):
        pad([[1.5], [2.0]])


def test_encode_batch():
    vocab = Vocab(["the", "cat", "sleeps"])
    batch = encode_batch([["the", "cat", "sleeps"], ["the", "unicorn"], []], vocab.stoi)
    assert batch.dtype == torch.long
    assert batch.tolist() == [[SOS, 4, 5, 6, EOS], [SOS, 4, UNK, EOS, PAD], [SOS, EOS, PAD, PAD, PAD]]
    sentences = [["cat"], ["sleeps", "the", "dog", "cat"]]
    assert encode_batch(sentences, vocab.stoi).equal(pad([vocab.encode(s, sos=True, eos=True) for s in sentences]))
    others = {"<eos>": 0, "<unk>": 1, "<pad>": 2, "<sos>": 3}
    assert encode_batch([["a"], []], others).tolist() == [[3, 1, 0], [3, 0, 2]]


# --- batches of like length ---------------------------------------------------------------------------------


def _lengths(n=1000):
    return torch.randint(3, 41, (n,), generator=torch.Generator().manual_seed(0)).tolist()


def _padding(batches, lengths):
    """The share of a padded corpus that is padding."""
    padded = sum(len(batch) * max(lengths[i] for i in batch) for batch in batches)
    return 1 - sum(lengths) / padded


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize(
    "limits", [{"batch_size": 32}, {"max_tokens": 512}, {"batch_size": 16, "max_tokens": 512}, {"batch_size": 5000}]
)
def test_batches_hold_each_index_once_within_limits(limits, shuffle):
    lengths = _lengths()
    batches = bucketed_batches(lengths, **limits, shuffle=shuffle, pool=5)
    assert sorted(i for batch in batches for i in batch) == list(range(1000))
    for batch in batches:
        assert 1 <= len(batch) <= limits.get("batch_size", 1000)
        assert len(batch) * max(lengths[i] for i in batch) <= limits.get("max_tokens", 10**9)


def test_batches_are_full():
    sizes = [len(batch) for batch in bucketed_batches(_lengths(), batch_size=32)]
    assert sorted(sizes) == [1000 % 32] + [32] * (1000 // 32)
    positions = sum(max(_lengths()[i] for i in b) * len(b) for b in bucketed_batches(_lengths(), max_tokens=512))
    batches = len(bucketed_batches(_lengths(), max_tokens=512))
    assert positions / batches > 0.9 * 512


def test_batches_have_little_padding():
    lengths = _lengths(5000)
    generator = torch.Generator().manual_seed(0)
    random = torch.randperm(5000, generator=generator).split(32)
    bucketed = _padding(bucketed_batches(lengths, 32, generator=generator), lengths)
    ordered = _padding(bucketed_batches(lengths, 32, shuffle=False), lengths)
    assert _padding([batch.tolist() for batch in random], lengths) > 0.4
    assert bucketed < 0.05
    assert ordered < 0.01


def test_batches_across_pools_hold_like_lengths():
    """Limits on tokens do not fall on the borders of pools; a batch across a border must not mix long and short."""
    lengths = _lengths(5000)
    generator = torch.Generator().manual_seed(0)
    assert _padding(bucketed_batches(lengths, max_tokens=512, pool=10, generator=generator), lengths) < 0.095


def test_batches_are_the_same_for_the_same_generator_state():
    lengths = _lengths()
    first, second, other = (
        bucketed_batches(lengths, 32, generator=torch.Generator().manual_seed(seed)) for seed in (3, 3, 4)
    )
    assert first == second
    assert first != other
    generator = torch.Generator().manual_seed(3)
    assert bucketed_batches(lengths, 32, generator=generator) == first
    assert bucketed_batches(lengths, 32, generator=generator) != first, "the next epoch has other batches"
    assert bucketed_batches(torch.tensor(lengths), 32, generator=torch.Generator().manual_seed(3)) == first


def test_batches_come_in_random_order_of_length():
    lengths = _lengths(5000)
    longest = [max(lengths[i] for i in batch) for batch in bucketed_batches(lengths, 32)]
    assert longest != sorted(longest)
    fixed = [max(lengths[i] for i in b) for b in bucketed_batches(lengths, 32, shuffle=False)]
    assert fixed == sorted(fixed)


def test_batches_refuse_impossible_limits():
    with pytest.raises(ValueError, match="expects batch_size, max_tokens or both, got neither"):
        bucketed_batches([1, 2])
    with pytest.raises(ValueError, match="batch_size must be at least 1, got 0"):
        bucketed_batches([1, 2], batch_size=0)
    with pytest.raises(ValueError, match="sentence 1 has 9 tokens, more than max_tokens=8"):
        bucketed_batches([1, 9, 3], max_tokens=8)
    assert bucketed_batches([], batch_size=3) == []


def test_padded_batches_hold_every_row_once_and_keep_their_order_without_a_generator():
    rows = [[2, *[4] * (i % 5), 3] for i in range(23)]
    for generator in (None, torch.Generator().manual_seed(0)):
        made = padded_batches(rows, 4, generator=generator)
        assert sum(len(ids) for ids in made) == 23
        assert sum(int((ids != 0).sum()) for ids in made) == sum(map(len, rows))
    assert all(map(torch.equal, padded_batches(rows, 4), padded_batches(rows, 4)))


# --- pairs of sentences -------------------------------------------------------------------------------------


def test_encode_pairs():
    pairs = [datasets.Pair(["나", "는", "가"], ["i", "go"], "", ""), datasets.Pair(["가", "자"], ["let", "'s"], "", "")]
    source, target = Vocab(["나", "는", "가"]), Vocab(["i", "go"])
    encoded = encode_pairs(pairs, source, target)
    assert encoded == [([4, 5, 6], [SOS, 4, 5, EOS]), ([6, UNK], [SOS, UNK, UNK, EOS])]
    backwards = encode_pairs(pairs, source, target, reverse_source=True)
    assert [ids for ids, _ in backwards] == [[6, 5, 4], [UNK, 6]]
    assert [ids for _, ids in backwards] == [ids for _, ids in encoded], "the target stays"


def test_pair_batches():
    pairs = [([4, 5, 6], [2, 7, 3]), ([4], [2, 3]), ([5, 6], [2, 8, 9, 10, 3])]
    source, target = next(pair_batches(pairs, 3, shuffle=False))
    assert source.tolist() == [[4, 0, 0], [4, 5, 6], [5, 6, 0]], "from short to long, by the longer side"
    assert target.tolist() == [[2, 3, 0, 0, 0], [2, 7, 3, 0, 0], [2, 8, 9, 10, 3]]
    many = [([i] * (1 + i % 7), [i] * (2 + i % 5)) for i in range(4, 104)]
    batches = list(pair_batches(many, 8, generator=torch.Generator().manual_seed(0)))
    ids = [row for source, _ in batches for row in source[:, 0].tolist()]
    assert sorted(ids) == list(range(4, 104)), "every pair once"
    assert ids != sorted(ids)
    for source, target in batches:
        assert source[:, 0].tolist() == target[:, 0].tolist(), "each source with its target"
    again = list(pair_batches(many, 8, generator=torch.Generator().manual_seed(0)))
    assert all(torch.equal(a[0], b[0]) for a, b in zip(batches, again, strict=True))
    for source, target in pair_batches(many, max_tokens=30):
        assert max(source.numel(), target.numel()) <= 30
    for pair in ([], [2, 3]), ([4], []):
        with pytest.raises(ValueError, match=r"ids on both sides, got \d and \d in pair 1"):
            next(pair_batches([pairs[0], pair], 2))


def test_little_of_the_bundled_corpus_is_padding():
    pairs = datasets.load("ko-en", "train")[:4000]
    source, target = Vocab.build(p.source for p in pairs), Vocab.build(p.target for p in pairs)
    batches = list(pair_batches(encode_pairs(pairs, source, target), 64, generator=torch.Generator().manual_seed(0)))
    real = sum(int((ids != 0).sum()) for batch in batches for ids in batch)
    assert real / sum(ids.numel() for batch in batches for ids in batch) > 0.85
    assert (batches[0][1][:, 0] == SOS).all()


@pytest.mark.parametrize(
    ("lengths", "max_tokens", "batches"),
    [
        ([3, 3, 3], 6, [[0, 1], [2]]),
        ([1, 5, 1, 1], 10, [[0, 1], [2, 3]]),
        ([2, 2, 9, 2], 8, [[0, 1], [2], [3]]),
        ([4, 1], 8, [[0, 1]]),
        ([], 5, []),
    ],
)
def test_batches_by_tokens_by_hand(lengths, max_tokens, batches):
    """Rows times the longest of them; one that alone is too long stands alone."""
    assert token_batches(lengths, max_tokens) == batches


def test_batches_by_tokens_may_have_a_most_of_rows():
    assert token_batches([1] * 5, 100, 2) == [[0, 1], [2, 3], [4]]
