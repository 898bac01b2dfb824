"""Words and positions: values by hand, far places, lengths, what is refused."""

import math

import pytest
import torch
from torch.testing import assert_close

from course_lib.seq2seq import teacher_forced_nll
from course_lib.text import PAD
from course_lib.transformer import LearnedPositions, SinusoidalPositions, embed, sinusoidal_positions, word_embedding
from tests.transformer.small_model import SOURCE, TARGET, model


def test_sinusoidal_positions_by_hand():
    positions = sinusoidal_positions(3, 4)
    assert positions.shape == (3, 4)
    for t in range(3):
        expected = [math.sin(t), math.cos(t), math.sin(t / 100), math.cos(t / 100)]
        assert_close(positions[t], torch.tensor(expected))
    for start in range(3):
        assert_close(SinusoidalPositions(4)(start, 3 - start), positions[start:])
    far = [f(100_000 / 10_000 ** (i / 6)) for i in (0, 2, 4) for f in (math.sin, math.cos)]
    assert_close(SinusoidalPositions(6)(100_000, 1)[0], torch.tensor(far), atol=1e-6, rtol=0)


def test_positions_that_are_handed_out_are_the_callers_own():
    positions = SinusoidalPositions(4)
    first = positions(0, 3)
    first.fill_(7)
    assert_close(positions(0, 3), sinusoidal_positions(3, 4))
    with torch.inference_mode():
        positions(0, 40)
    assert (positions(0, 40) * torch.ones(4, requires_grad=True)).requires_grad


def test_positions_have_the_default_dtype():
    positions = SinusoidalPositions(4)
    assert positions(0, 3).dtype == torch.float32
    torch.set_default_dtype(torch.float64)
    try:
        assert positions(0, 3).dtype == torch.float64
        assert_close(positions(0, 3), sinusoidal_positions(3, 4))
    finally:
        torch.set_default_dtype(torch.float32)


def test_a_step_onward_is_a_rotation_that_does_not_depend_on_where():
    pairs = sinusoidal_positions(50, 16).double().unflatten(1, (8, 2))  # (50, 8, 2)
    complexes = torch.view_as_complex(pairs.flip(-1).contiguous())  # cos + i sin
    turns = complexes[7:] / complexes[:-7]
    assert_close(turns, turns[:1].expand_as(turns), atol=1e-5, rtol=0)
    assert_close(turns.abs(), torch.ones_like(turns.abs()), atol=1e-5, rtol=0)


def test_learned_positions_end():
    positions = LearnedPositions(5, 4)
    assert_close(positions(2, 3), positions.weight[2:5])
    with pytest.raises(ValueError, match="there are 5 learned positions, got a sequence of 6 tokens"):
        positions(2, 4)


def test_positions_refuse():
    with pytest.raises(ValueError, match="D must be even, got 5"):
        SinusoidalPositions(5)
    with pytest.raises(ValueError, match=r"T of at least 1 .* T=0"):
        SinusoidalPositions(4)(0, 0)
    with pytest.raises(ValueError, match="start=-1"):
        SinusoidalPositions(4)(-1, 1)


def test_words_start_at_the_size_of_the_positions():
    weight = word_embedding(4000, 64, torch.Generator().manual_seed(0)).weight
    assert weight[PAD].abs().sum() == 0
    assert (weight[1:] * math.sqrt(64)).std().item() == pytest.approx(1, abs=0.01)


def test_words_are_scaled_and_get_the_first_positions():
    weight, positions = torch.arange(12.0).view(3, 4), torch.tensor([[0.5] * 4, [0.25] * 4, [9.0] * 4])
    expected = torch.stack([2 * weight[2] + 0.5, 2 * weight[0] + 0.25])
    assert_close(embed(torch.tensor([[2, 0]]), weight, positions), expected[None])


def test_dropout_takes_a_share_of_words_with_their_positions():
    dropped = model(dropout=0.5).train()
    torch.manual_seed(0)
    ids = torch.full((100, 20), 4)
    x = dropped.embed(dropped.source_embedding, dropped.source_positions, ids)
    assert (x == 0).float().mean().item() == pytest.approx(0.5, abs=0.02)
    dropped.eval()
    whole = dropped.embed(dropped.source_embedding, dropped.source_positions, ids)
    kept = x != 0
    assert_close(x[kept], 2 * whole[kept])  # so that the mean stays
    expected = dropped.source_embedding.weight[4] * math.sqrt(8) + sinusoidal_positions(20, 8)
    assert_close(whole, expected.expand(100, 20, 8))


def test_padding_gets_no_gradient():
    transformer = model()
    teacher_forced_nll(transformer, SOURCE, TARGET).sum().backward()
    for embedding in (transformer.source_embedding, transformer.target_embedding):
        assert embedding.weight.grad[PAD].abs().sum() == 0
        assert embedding.weight.grad.abs().sum() > 0


@pytest.mark.parametrize("positions", [True, False])
def test_an_id_that_has_no_row_is_refused(positions):
    """A negative one would count from the end."""
    transformer = model(positions=positions)
    for wrong in (-1, 11):
        ids = SOURCE.clone()
        ids[0, 2] = wrong
        with pytest.raises(ValueError, match=f"id {wrong} is out of range: with V=11"):
            transformer(ids, TARGET[:, :-1])
    with pytest.raises(TypeError, match="ids must be a tensor of"):
        transformer(SOURCE.float(), TARGET[:, :-1])
