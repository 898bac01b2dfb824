"""Padding, and batches of like length."""

import pytest
import torch

from course_lib.batches import bucketed_batches, pad


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
