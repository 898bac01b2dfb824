"""Look-up, means of sentences, neighbours, analogies."""

import pytest
import torch
from torch import nn

from course_lib.embeddings import Embedding, analogy, lookup, masked_mean, nearest

# --- look-up ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_lookup_is_one_hot_times_matrix(shape):
    ids, weight = torch.randint(0, 5, shape), torch.randn(5, 4)
    assert lookup(ids, weight).shape == (*shape, 4)
    assert lookup(ids, weight).equal(weight[ids])
    torch.testing.assert_close(lookup(ids, weight), nn.functional.one_hot(ids, 5).float() @ weight)


def test_ids_out_of_range_are_named():
    with pytest.raises(ValueError, match="id 5 is out of range: with V=5 ids run from 0 to 4"):
        Embedding(5, 2)(torch.tensor([0, 5]))
    with pytest.raises(ValueError, match="id -1 is out of range"):
        Embedding(5, 2)(torch.tensor([[4], [-1]]))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bool, torch.uint8])
def test_ids_must_be_integers(dtype):
    with pytest.raises(TypeError, match=f"torch.int64 or torch.int32, got {dtype}"):
        Embedding(5, 2)(torch.zeros(5, dtype=dtype))


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


def test_embedding_refuses_impossible_sizes():
    with pytest.raises(ValueError, match="at least 1, got V=0, E=3"):
        Embedding(0, 3)
    with pytest.raises(ValueError, match="from 0 to 3, got 4"):
        Embedding(4, 3, padding_idx=4)


def test_embedding_shows_its_sizes():
    assert repr(Embedding(4, 3, padding_idx=0)) == "Embedding(V=4, E=3, padding_idx=0)"


def test_mean_without_the_padding_by_hand():
    ids = torch.tensor([[5, 6, 0], [2, 1, 9], [0, 0, 0], [0, 4, 0]])
    vectors = torch.arange(24.0).view(4, 3, 2).requires_grad_()
    mean = masked_mean(vectors, ids)
    assert mean.tolist() == [[1, 2], [8, 9], [0, 0], [20, 21]]
    mean.sum().backward()
    expected = torch.tensor([[0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3], [0, 0, 0], [0, 1, 0]])
    torch.testing.assert_close(vectors.grad, expected.unsqueeze(-1).expand(4, 3, 2))


def test_a_sentence_has_the_same_mean_alone_and_in_a_batch():
    vectors, ids = torch.randn(2, 5, 3, dtype=torch.float64), torch.tensor([[4, 5, 0, 0, 0], [4, 5, 6, 7, 8]])
    torch.testing.assert_close(masked_mean(vectors, ids)[:1], masked_mean(vectors[:1, :2], ids[:1, :2]))


# --- neighbours and analogies -------------------------------------------------------------------------------

WEIGHT = torch.tensor([[1.0, 0], [10, 10], [0, 2], [-3, 0], [0, 0], [2, 1]])


def test_nearest_by_hand():
    assert nearest(WEIGHT, 0, 2).tolist() == [5, 1]
    ranked = nearest(WEIGHT, 0, 5).tolist()
    assert ranked[:2] == [5, 1]
    assert ranked[-1] == 3
    assert 0 not in ranked


@pytest.mark.parametrize("scale", [1e-15, 1.0, 1e15])
def test_nearness_does_not_depend_on_length(scale):
    assert nearest(scale * WEIGHT, 0, 2).tolist() == [5, 1]
    lengths = torch.tensor([[1.0], [1e-15], [1e15], [3], [1], [1e10]])
    assert nearest(lengths * WEIGHT, 0, 2).tolist() == [5, 1]


def test_nearest_equal_torch_cosine():
    weight = torch.randn(50, 8, generator=torch.Generator().manual_seed(0))
    cosine = nn.functional.cosine_similarity(weight, weight[7].unsqueeze(0))
    ids = cosine.argsort(descending=True)
    assert nearest(weight, 7, 49).equal(ids[ids != 7])


def test_zero_vectors_are_never_nan():
    ranked = nearest(WEIGHT, 0, 5).tolist()
    assert ranked.index(1) < ranked.index(4) < ranked.index(3), "a row of zeros has the cosine 0"
    assert 4 not in nearest(WEIGHT, 4, 5).tolist()
    assert analogy(torch.tensor([[0.0, 0], [1, 0], [0, 1], [1, 1], [-1, 1]]), 1, 3, 2) == 4


def test_neighbours_leave_their_input_alone():
    weight = WEIGHT.clone()
    nearest(weight, 0, 2)
    analogy(weight, 0, 1, 2)
    assert weight.equal(WEIGHT)


def test_analogy_by_hand():
    man, woman, king, queen, stone = range(5)
    # Two axes, "royal" and "female"; the lengths differ, which must not matter.
    people = torch.tensor([[0.0, -1, 1], [0, 1, 1], [5, -5, 5], [0.3, 0.3, 0.3], [0, 0, -1]])
    assert analogy(people, man, woman, king) == queen
    assert analogy(people, woman, man, queen) == king
    assert type(analogy(people, man, woman, king)) is int
    assert analogy(people[[man, woman, king, stone]], man, woman, king) == 3, "a, b and c are never an answer"
