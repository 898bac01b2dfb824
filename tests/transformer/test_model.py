"""The whole model beside `torch.nn`: values, gradients, masks, what it must and must not see; that it learns."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.testing import assert_close

from course_lib import decoding, fast
from course_lib.masks import causal_mask
from course_lib.seq2seq import teacher_forced_nll
from course_lib.text import EOS, PAD, SOS
from course_lib.transformer import Recorded, Transformer, attend_heads, smoothed_loss, word_embedding
from tests.transformer.beside_torch import KERNELS
from tests.transformer.small_model import SOURCE, TARGET, V_SOURCE, V, model


@pytest.mark.filterwarnings("ignore:enable_nested_tensor")  # a word about a fast path of torch's own
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("learned", [False, True])
def test_the_whole_model_equals_torch(norm_first, learned):
    mine = model(norm_first=norm_first, learned=learned).double()
    oracle = nn.Transformer(
        8, 2, 2, 2, 16, dropout=0.0, batch_first=True, norm_first=norm_first, dtype=torch.float64
    )  # its own final norms stand behind both forms; the paper's post-norm has none
    oracle.encoder.norm = nn.LayerNorm(8, dtype=torch.float64) if norm_first else None
    oracle.decoder.norm = nn.LayerNorm(8, dtype=torch.float64) if norm_first else None
    for ours, theirs in (
        *zip(mine.encoder, oracle.encoder.layers, strict=True),
        *zip(mine.decoder, oracle.decoder.layers, strict=True),
    ):
        theirs.load_state_dict(ours.state_dict())
    inputs = TARGET[:, :-1]
    T, S = inputs.shape[1], SOURCE.shape[1]
    x = mine.source_embedding(SOURCE) * 8**0.5 + mine.source_positions(0, S)
    y = mine.target_embedding(inputs) * 8**0.5 + mine.target_positions(0, T)
    expected = mine.output(
        oracle(
            x,
            y,
            tgt_mask=~causal_mask(T),
            src_key_padding_mask=SOURCE == PAD,
            memory_key_padding_mask=SOURCE == PAD,
        )
    )
    real = inputs != PAD
    assert_close(mine(SOURCE, inputs)[real], expected[real], atol=1e-10, rtol=1e-10)


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
def test_fast_and_reference_are_one_model(kernels, norm_first):
    mine, other = model(norm_first), model(norm_first, kernels)
    other.load_state_dict(mine.state_dict())
    losses = [teacher_forced_nll(m, SOURCE, TARGET) for m in (mine, other)]
    assert_close(*losses, atol=1e-6, rtol=1e-5)
    gradients = [torch.autograd.grad(loss.sum(), m.parameters()) for loss, m in zip(losses, (mine, other), strict=True)]
    for a, b in zip(*gradients, strict=True):
        assert_close(a, b, atol=1e-5, rtol=1e-4)


def refuse_a_look_ahead(transformer):
    """An AssertionError where a word sees a later one, or not itself."""
    inputs = TARGET[:1, :-1]
    before = transformer(SOURCE[:1], inputs)
    for t in range(1, inputs.shape[1]):
        changed = inputs.clone()
        changed[0, t] = 12
        after = transformer(SOURCE[:1], changed)
        assert_close(after[:, :t], before[:, :t])
        assert not torch.allclose(after[:, t], before[:, t])


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
def test_no_word_sees_a_later_one(kernels, norm_first):
    refuse_a_look_ahead(model(norm_first, kernels))


@pytest.mark.parametrize("kernels", KERNELS)
def test_a_mask_of_the_other_meaning_is_found_out(kernels, monkeypatch):
    """A mask where True hides, as `torch.nn.MultiheadAttention` has it, makes the test above fail, and loudly."""
    attend, norm = KERNELS[kernels]

    def inverted(query, key, value, mask=None):
        return attend(query, key, value, None if mask is None else ~mask)

    monkeypatch.setitem(KERNELS, "inverted", (inverted, norm))
    with pytest.raises(AssertionError, match="not close"):
        refuse_a_look_ahead(model(kernels="inverted"))


@pytest.mark.parametrize("kernels", KERNELS)
def test_padding_changes_nothing(kernels):
    transformer = model(kernels=kernels)
    alone = transformer(SOURCE[1:, :3], TARGET[1:, :2])
    padded = transformer(SOURCE, TARGET[:, :-1])[1:, :2]
    assert_close(padded, alone, atol=1e-6, rtol=1e-5)
    wider = F.pad(SOURCE, (0, 4)), F.pad(TARGET, (0, 3))
    assert_close(
        teacher_forced_nll(transformer, *wider), teacher_forced_nll(transformer, SOURCE, TARGET), atol=1e-6, rtol=1e-5
    )


def test_gradients_reach_every_parameter():
    for options in ({}, {"norm_first": False}, {"learned": True}):
        transformer = model(**options)
        teacher_forced_nll(transformer, SOURCE, TARGET).sum().backward()
        for name, parameter in transformer.named_parameters():
            if name.endswith("in_proj_bias"):  # a shift of all keys changes no softmax
                query, key, value = parameter.grad.chunk(3)
                assert query.abs().sum() > 0
                assert key.abs().max() < 1e-5
                assert value.abs().sum() > 0
            else:
                assert parameter.grad.abs().sum() > 0, name


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16], ids=str)
@pytest.mark.parametrize("norm_first", [False, True])
def test_half_precision_makes_no_nan(kernels, dtype, norm_first):
    inputs = TARGET[:, :-1]
    whole = model(norm_first, kernels)
    exact = whole(SOURCE, inputs)
    logits = whole.to(dtype)(SOURCE, inputs)
    assert logits.dtype == dtype
    assert logits.isfinite().all()
    assert_close(logits[inputs != PAD].float(), exact[inputs != PAD], atol=0.15, rtol=0.05)


def test_tied_weights_are_one():
    tied, untied = model(tie=True), model()
    assert tied.output.weight is tied.target_embedding.weight
    teacher_forced_nll(tied, SOURCE, TARGET).sum().backward()
    used, said = torch.tensor([SOS, 4, 5, 6, 7]), 12  # 12 is read nowhere: its gradient comes from the output alone
    assert (tied.output.weight.grad[used].abs().sum(1) > 0).all()
    assert tied.output.weight.grad[said].abs().sum() > 0
    assert sum(p.numel() for p in untied.parameters()) - sum(p.numel() for p in tied.parameters()) == V * 8


def test_without_positions_a_bag_of_words_goes_in_and_the_same_bag_comes_out():
    blind, seeing = model(positions=False), model()
    order = torch.tensor([3, 0, 4, 1, 2])
    for m, same in ((blind, True), (seeing, False)):
        memory, _ = m.encode(SOURCE[:1])
        shuffled, _ = m.encode(SOURCE[:1, order])
        assert torch.allclose(shuffled, memory[:, order], atol=1e-5) == same
        logits = [m(source, TARGET[:1, :-1]) for source in (SOURCE[:1], SOURCE[:1, order])]
        assert torch.allclose(*logits, atol=1e-5) == same


# --- where it looks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kernels", KERNELS)
def test_every_call_may_choose_its_attention(kernels):
    chosen, called = model(kernels=kernels).eval(), []

    def counting(query, key, value, mask=None):
        called.append(query.shape)
        return attend_heads(query, key, value, mask)

    inputs = TARGET[:, :-1]
    calls = {
        "features": lambda **given: chosen.features(SOURCE, inputs, **given)[0],
        "forward": lambda **given: chosen(SOURCE, inputs, **given),
        "encode": lambda **given: chosen.encode(SOURCE, **given)[0],
        "decode": lambda **given: chosen.decode(*chosen.encode(SOURCE), inputs, **given),
        "start": lambda **given: chosen.start(SOURCE, **given).layers[1].source_key,
        "step": lambda **given: chosen.step(inputs[:, 0], chosen.start(SOURCE), **given)[0],
        "further": lambda **given: chosen.further(inputs, chosen.start(SOURCE), **given)[0],
    }
    for name, call in calls.items():
        called.clear()
        expected = call()
        assert not called, name
        assert_close(call(attend=counting), expected, atol=1e-6, rtol=1e-5)
        looks = {"features": 6, "forward": 6, "encode": 2, "decode": 4, "start": 2, "step": 4, "further": 4}
        assert len(called) == looks[name], name
    _, weights = chosen.features(SOURCE, inputs, attend=attend_heads)
    assert_close(weights, chosen.weights(SOURCE, inputs).cross[-1].mean(1))
    assert chosen.features(SOURCE, inputs, attend=fast.attend_heads)[1] is None


def test_weights_of_every_head():
    weights = model().weights(SOURCE, TARGET[:, :-1])
    assert [w.shape for w in weights.encoder] == [(2, 2, 5, 5)] * 2
    assert [w.shape for w in weights.decoder] == [(2, 2, 4, 4)] * 2
    assert [w.shape for w in weights.cross] == [(2, 2, 4, 5)] * 2
    for w in (*weights.encoder, *weights.decoder, *weights.cross):
        assert_close(w.sum(-1), torch.ones(w.shape[:-1]))
    assert weights.decoder[0].triu(1).abs().sum() == 0
    assert weights.cross[0][1, :, :, 3:].abs().sum() == 0
    _, mean = model().features(SOURCE, TARGET[:, :-1])
    assert_close(mean, weights.cross[-1].mean(1))
    fused = model(kernels="fast")
    assert fused.features(SOURCE, TARGET[:, :-1])[1] is None
    for told, by_fused in zip(weights, fused.weights(SOURCE, TARGET[:, :-1]), strict=True):
        for a, b in zip(told, by_fused, strict=True):
            assert_close(a, b)
    assert fused.attend is fast.attend_heads


@pytest.mark.parametrize(
    ("source", "inputs", "message"),
    [
        (torch.tensor([4, 5]), TARGET[:1, :-1], r"got \(2,\) and \(1, 4\)"),
        (SOURCE, TARGET[:1, :-1], r"got \(2, 5\) and \(1, 4\)"),
        (torch.tensor([[4, 5], [PAD, PAD]]), TARGET[:, :-1], "at least one token, got none in sentence 1"),
        (torch.full((1, 21), 4), TARGET[:1, :-1], "there are 20 learned positions, got a sequence of 21 tokens"),
        (SOURCE[:1], torch.full((1, 21), 4), "there are 20 learned positions, got a sequence of 21 tokens"),
    ],
)
def test_bad_input_is_refused(source, inputs, message):
    with pytest.raises(ValueError, match=message):
        model(learned=True)(source, inputs)


def test_a_model_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="the same width D, got 8 and 6"):
        Transformer(word_embedding(5, 8), word_embedding(5, 6), 2, 16, 2)
    with pytest.raises(ValueError, match="L must be at least 1, got 0"):
        Transformer(word_embedding(5, 8), word_embedding(5, 8), 2, 16, 0)
    with pytest.raises(ValueError, match="D must be a multiple of the number of heads, got D=8 and N=3"):
        Transformer(word_embedding(5, 8), word_embedding(5, 8), 3, 16, 2)


def test_it_learns_to_copy_backwards():
    torch.manual_seed(0)
    transformer = model(dropout=0.1, kernels="fast", seed=1)
    optimizer = torch.optim.Adam(transformer.parameters(), lr=0.01)
    generator = torch.Generator().manual_seed(0)
    losses = []
    for _ in range(150):
        words = torch.randint(4, V_SOURCE, (64, 5), generator=generator)
        target = torch.cat([torch.full((64, 1), SOS), words.flip(1), torch.full((64, 1), EOS)], dim=1)
        loss = smoothed_loss(0.0)(transformer, (words, target))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[0] > 2
    transformer.eval()
    words = torch.randint(4, V_SOURCE, (64, 5), generator=generator)
    found = decoding.greedy_search(transformer.step, transformer.start(words), 6).ids
    assert (found[:, :5] == words.flip(1)).float().mean() > 0.8


def test_nothing_is_kept_on_the_modules():
    m = model()
    m(SOURCE, TARGET[:, :-1])
    m.weights(SOURCE, TARGET[:, :-1])
    assert not list(m.buffers())
    for part in m.modules():
        kept = [value for name, value in vars(part).items() if not name.startswith("_")]
        assert not [value for value in kept if isinstance(value, torch.Tensor | Recorded)]
