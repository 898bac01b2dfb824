"""The Transformer, beside `torch.nn`: values, gradients, masks, the cache; and what it must and must not see."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.testing import assert_close

from course_lib import decoding, fast, transformer
from course_lib.beam import beam_search
from course_lib.masks import causal_mask, padding_mask
from course_lib.seq2seq import teacher_forced_nll
from course_lib.text import EOS, PAD, SOS
from course_lib.transformer import (
    DecoderLayer,
    EncoderLayer,
    LayerNorm,
    LearnedPositions,
    MultiHeadAttention,
    SinusoidalPositions,
    Transformer,
    attend_heads,
    layer_norm,
    merge_heads,
    sinusoidal_positions,
    smoothed_loss,
    smoothed_nll,
    split_heads,
    warmup_rate,
    word_embedding,
)

KERNELS = {"reference": (attend_heads, layer_norm), "fast": (fast.attend_heads, fast.layer_norm)}
DTYPES = {torch.float32: {"atol": 1e-6, "rtol": 1e-5}, torch.float64: {"atol": 1e-10, "rtol": 1e-10}}


def agree(mine, theirs, x, dtype):
    """Values and gradients, of the inputs and of every parameter, of two modules applied to the same inputs."""
    results = []
    for function, module in (mine, theirs):
        inputs = [tensor.clone().requires_grad_() for tensor in x]
        output = function(*inputs)
        direction = torch.rand(output.shape, generator=torch.Generator().manual_seed(1), dtype=dtype)
        wanted = {name: p for name, p in module.named_parameters() if p.requires_grad}
        gradients = torch.autograd.grad((output * direction).sum(), [*inputs, *wanted.values()])
        results.append((output, dict(zip([*range(len(inputs)), *wanted], gradients, strict=True))))
    (output, gradients), (expected, right) = results
    assert_close(output, expected, **DTYPES[dtype])
    assert gradients.keys() == right.keys()
    for name in right:
        assert_close(gradients[name], right[name], atol=20 * DTYPES[dtype]["atol"], rtol=1e-4)


# --- positions ----------------------------------------------------------------------------------------------


def test_sinusoidal_positions_by_hand():
    positions = sinusoidal_positions(3, 4)
    assert positions.shape == (3, 4)
    for t in range(3):
        expected = [math.sin(t), math.cos(t), math.sin(t / 100), math.cos(t / 100)]
        assert_close(positions[t], torch.tensor(expected))
    assert_close(sinusoidal_positions(2, 4, start=1), positions[1:])
    assert_close(SinusoidalPositions(4)(1, 2), positions[1:])
    far = [f(100_000 / 10_000 ** (i / 6)) for i in (0, 2, 4) for f in (math.sin, math.cos)]
    assert_close(sinusoidal_positions(1, 6, start=100_000)[0], torch.tensor(far), atol=1e-6, rtol=0)


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


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((3, 5), "D must be even, got 5"), ((0, 4), "T of at least 1 .* T=0"), ((1, 4, -1), "start=-1")],
)
def test_positions_refuse(arguments, message):
    with pytest.raises(ValueError, match=message):
        sinusoidal_positions(*arguments)


def test_words_start_at_the_size_of_the_positions():
    weight = word_embedding(4000, 64, torch.Generator().manual_seed(0)).weight
    assert weight[PAD].abs().sum() == 0
    assert (weight[1:] * math.sqrt(64)).std().item() == pytest.approx(1, abs=0.01)


# --- layer normalization --------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [layer_norm, fast.layer_norm], ids=["reference", "fast"])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_layer_norm_equals_torch(function, dtype):
    torch.manual_seed(0)
    oracle = nn.LayerNorm(4, dtype=dtype)  # 4: the unbiased deviation would differ by 15 %
    mine = LayerNorm(4, function).to(dtype)
    with torch.no_grad():
        oracle.weight.normal_()
        oracle.bias.normal_()
    mine.load_state_dict(oracle.state_dict())
    agree((mine, mine), (oracle, oracle), [torch.randn(3, 5, 4, dtype=dtype)], dtype)
    small = torch.randn(2, 4, dtype=dtype) * 1e-3  # here eps counts, and where it stands
    assert_close(mine(small), oracle(small), **DTYPES[dtype])


# --- heads --------------------------------------------------------------------------------------------------


def test_heads_are_split_and_merged():
    x = torch.arange(2 * 3 * 4).view(2, 3, 4).float()
    heads = split_heads(x, 2)
    assert heads.shape == (2, 2, 3, 2)
    assert_close(heads[1, 0], x[1, :, :2])
    assert_close(heads[1, 1], x[1, :, 2:])
    assert_close(merge_heads(heads), x)
    with pytest.raises(ValueError, match="D must be a multiple of the number of heads, got D=4 and N=3"):
        split_heads(x, 3)
    with pytest.raises(ValueError, match="D must be a multiple of the number of heads, got D=4 and N=3"):
        MultiHeadAttention(4, 3)


MASKS = {
    "none": lambda B, T, S: None,
    "padding": lambda B, T, S: padding_mask([S, S - 1, 1], S),
    "causal": lambda B, T, S: torch.ones(T, S, dtype=torch.bool).tril().expand(B, T, S),
    "both": lambda B, T, S: torch.ones(T, S, dtype=torch.bool).tril() & padding_mask([S, S - 1, 1], S).unsqueeze(1),
}


def torch_masks(mask):
    """The same mask for `torch.nn.MultiheadAttention`, where True hides: padding, and one for each query."""
    if mask is None:
        return {}
    if mask.dim() == 2:
        return {"key_padding_mask": ~mask}
    return {"attn_mask": ~mask.repeat_interleave(2, dim=0)}


@pytest.mark.parametrize("attend", [attend_heads, fast.attend_heads], ids=["reference", "fast"])
@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_multi_head_attention_equals_torch(attend, mask, dtype):
    torch.manual_seed(0)
    B, T, S, D, N = 3, 4, 5, 8, 2
    oracle = nn.MultiheadAttention(D, N, batch_first=True, dtype=dtype)
    with torch.no_grad():
        oracle.in_proj_bias.normal_()
        oracle.out_proj.bias.normal_()
    mine = MultiHeadAttention(D, N, attend).to(dtype)
    mine.load_state_dict(oracle.state_dict())
    mask = MASKS[mask](B, T, S)
    x, y = torch.randn(B, T, D, dtype=dtype), torch.randn(B, S, D, dtype=dtype)
    agree(
        (lambda x, y: mine(x, y, mask)[0], mine),
        (lambda x, y: oracle(x, y, y, **torch_masks(mask), need_weights=False)[0], oracle),
        [x, y],
        dtype,
    )
    _, weights = mine(x, y, mask)
    if attend is attend_heads:
        _, expected = oracle(x, y, y, **torch_masks(mask), average_attn_weights=False)
        assert_close(weights, expected, **DTYPES[dtype])
    else:
        assert weights is None


@pytest.mark.parametrize("attend", [attend_heads, fast.attend_heads], ids=["reference", "fast"])
def test_a_query_that_may_look_nowhere_finds_zero(attend):
    torch.manual_seed(0)
    query, key, value = (torch.randn(2, 2, 3, 4, requires_grad=True) for _ in range(3))
    mask = torch.ones(2, 3, 3, dtype=torch.bool)
    mask[1, 2] = False
    context, _ = attend(query, key, value, mask)
    assert context[1, :, 2].abs().sum() == 0
    assert context.isfinite().all()
    for gradient in torch.autograd.grad(context.sum(), (query, key, value)):
        assert gradient.isfinite().all()
    nowhere = padding_mask([3, 1], 3) & torch.tensor([[True], [False]])
    context, _ = attend(query, key, value, nowhere)
    assert context[1].abs().sum() == 0
    assert context[0].abs().sum() > 0


@pytest.mark.parametrize("attend", [attend_heads, fast.attend_heads], ids=["reference", "fast"])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16], ids=str)
def test_half_precision_masks_make_no_nan(attend, dtype):
    torch.manual_seed(0)
    query, key, value = (torch.randn(2, 2, 3, 4).to(dtype) for _ in range(3))
    for mask in (padding_mask([3, 1]), padding_mask([3, 1]) & torch.tensor([[True], [False]])):
        context, _ = attend(query, key, value, mask)
        assert context.dtype == dtype
        assert context.isfinite().all()
        exact, _ = attend_heads(query.double(), key.double(), value.double(), mask)
        assert_close(context.double(), exact, atol=0.03, rtol=0.03)


@pytest.mark.parametrize("attend", [attend_heads, fast.attend_heads], ids=["reference", "fast"])
@pytest.mark.parametrize(
    ("mask", "message"),
    [
        (torch.zeros(2, 3), r"mask must be bool"),
        (torch.ones(2, 4, dtype=torch.bool), r"mask must have shape .*got .*\(., 4\)"),
        (torch.ones(3, 3, dtype=torch.bool), r"mask must have shape"),
    ],
)
def test_a_mask_that_does_not_fit_is_refused(attend, mask, message):
    heads = torch.randn(2, 1, 3, 4)
    with pytest.raises(ValueError, match=message):
        attend(heads, heads, heads, mask)


@pytest.mark.parametrize("attend", [attend_heads, fast.attend_heads], ids=["reference", "fast"])
def test_true_means_may_be_seen(attend):
    """A mask of torch.nn.MultiheadAttention, where True hides, fails here: it would find what must not be seen."""
    value = torch.tensor([1.0, 100.0]).view(1, 1, 2, 1)
    context, _ = attend(torch.ones(1, 1, 1, 1), torch.ones(1, 1, 2, 1), value, torch.tensor([[True, False]]))
    assert context.item() == 1


def test_attention_refuses_other_shapes():
    attention = MultiHeadAttention(4, 2)
    with pytest.raises(ValueError, match=r"x \(B, T, D=4\) and y \(B, S, D=4\), got \(1, 2, 4\) and \(1, 2, 6\)"):
        attention(torch.zeros(1, 2, 4), torch.zeros(1, 2, 6))
    with pytest.raises(ValueError, match=r"got \(1, 2, 4\) and \(2, 2, 4\)"):
        attention(torch.zeros(1, 2, 4), torch.zeros(2, 2, 4))


# --- layers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_encoder_layer_equals_torch(kernels, norm_first, mask, dtype):
    torch.manual_seed(0)
    D, N, H = 8, 2, 16
    oracle = nn.TransformerEncoderLayer(D, N, H, dropout=0.0, norm_first=norm_first, batch_first=True, dtype=dtype)
    mine = EncoderLayer(D, N, H, 0.0, norm_first, *KERNELS[kernels]).to(dtype)
    mine.load_state_dict(oracle.state_dict())
    mask = MASKS[mask](3, 5, 5)
    masks = {} if mask is None else {"src_key_padding_mask": ~mask} if mask.dim() == 2 else torch_masks(mask)
    if "attn_mask" in masks:
        masks = {"src_mask": masks["attn_mask"]}
    agree(
        (lambda x: mine(x, mask)[0], mine),
        (lambda x: oracle(x, **masks), oracle),
        [torch.randn(3, 5, D, dtype=dtype)],
        dtype,
    )


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("words", MASKS)
@pytest.mark.parametrize("source", ["none", "padding"])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_decoder_layer_equals_torch(kernels, norm_first, words, source, dtype):
    torch.manual_seed(0)
    B, T, S, D, N, H = 3, 4, 5, 8, 2, 16
    oracle = nn.TransformerDecoderLayer(D, N, H, dropout=0.0, norm_first=norm_first, batch_first=True, dtype=dtype)
    mine = DecoderLayer(D, N, H, 0.0, norm_first, *KERNELS[kernels]).to(dtype)
    mine.load_state_dict(oracle.state_dict())
    mask, source_mask = MASKS[words](B, T, T), MASKS[source](B, T, S)
    theirs = {"memory_key_padding_mask": None if source_mask is None else ~source_mask}
    for name, hidden in torch_masks(mask).items():
        theirs[{"attn_mask": "tgt_mask", "key_padding_mask": "tgt_key_padding_mask"}[name]] = hidden
    agree(
        (lambda x, y: mine(x, mine.start(y), mask, source_mask)[0], mine),
        (lambda x, y: oracle(x, y, **theirs), oracle),
        [torch.randn(B, T, D, dtype=dtype), torch.randn(B, S, D, dtype=dtype)],
        dtype,
    )


def test_dropout_stands_where_the_paper_has_it():
    """On what a sub-layer adds: with everything dropped, a pre-norm layer hands its input on."""
    x = torch.randn(2, 3, 8)
    layer = EncoderLayer(8, 2, 16, dropout=1.0, norm_first=True)
    assert_close(layer(x)[0], x)
    layer.eval()
    assert not torch.allclose(layer(x)[0], x)
    post = EncoderLayer(8, 2, 16, dropout=1.0)
    assert_close(post(x)[0], F.layer_norm(F.layer_norm(x, (8,)), (8,)))
    decoder = DecoderLayer(8, 2, 16, dropout=1.0, norm_first=True)
    assert_close(decoder(x, decoder.start(torch.randn(2, 5, 8)), None, None)[0], x)


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


# --- the whole model ------------------------------------------------------------------------------------------

V_SOURCE, V = 11, 13


def model(norm_first=True, kernels="reference", learned=False, tie=False, positions=True, seed=0, **options):
    torch.manual_seed(seed)
    D = 8
    make = (lambda: LearnedPositions(20, D)) if learned else (lambda: SinusoidalPositions(D))
    attend, normalize = KERNELS[kernels]
    return Transformer(
        word_embedding(V_SOURCE, D),
        word_embedding(V, D),
        N=2,
        H=16,
        L=2,
        source_positions=make() if positions else None,
        target_positions=make() if positions else None,
        dropout=options.pop("dropout", 0.0),
        norm_first=norm_first,
        tie=tie,
        attend=attend,
        normalize=normalize,
        **options,
    )


SOURCE = torch.tensor([[4, 5, 6, 7, 8], [9, 4, 10, PAD, PAD]])
TARGET = torch.tensor([[SOS, 4, 5, 6, EOS], [SOS, 7, EOS, PAD, PAD]])


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
    attend, normalize = KERNELS[kernels]

    def inverted(query, key, value, mask=None):
        return attend(query, key, value, None if mask is None else ~mask)

    monkeypatch.setitem(KERNELS, "inverted", (inverted, normalize))
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
        memory, _, _ = m.encode(SOURCE[:1])
        shuffled, _, _ = m.encode(SOURCE[:1, order])
        assert torch.allclose(shuffled, memory[:, order], atol=1e-5) == same
        logits = [m(source, TARGET[:1, :-1]) for source in (SOURCE[:1], SOURCE[:1, order])]
        assert torch.allclose(*logits, atol=1e-5) == same


# --- step by step -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("learned", [False, True])
def test_steps_with_the_cache_equal_all_at_once(kernels, norm_first, learned):
    transformer = model(norm_first, kernels, learned)
    inputs = TARGET[:, :-1]
    whole, weights = transformer.features(SOURCE, inputs)
    whole = transformer.output(whole)
    state = transformer.start(SOURCE)
    for t in range(inputs.shape[1]):
        logits, state = transformer.step(inputs[:, t], state)
        assert_close(logits, whole[:, t], atol=1e-6, rtol=1e-5)
        if weights is None:
            assert state.weights is None
        else:
            assert_close(state.weights, weights[:, t], atol=1e-6, rtol=1e-5)
    assert state.layers[0].key.shape == (2, 2, inputs.shape[1], 4)
    half, state, _ = transformer.decode(inputs[:, :2], transformer.start(SOURCE))
    rest, _, _ = transformer.decode(inputs[:, 2:], state)
    assert_close(transformer.output(torch.cat([half, rest], dim=1)), whole, atol=1e-6, rtol=1e-5)


def test_decoding_serves_it_without_knowing_it():
    transformer = model(seed=3).eval()
    greedy = decoding.greedy_search(transformer.step, transformer.start(SOURCE), 8, observe=lambda state: state.weights)
    assert greedy.observed.shape == (2, greedy.ids.shape[1], 5)
    alone = decoding.greedy_search(transformer.step, transformer.start(SOURCE[1:, :3]), 8)
    T = alone.ids.shape[1]
    assert greedy.ids[1, :T].tolist() == alone.ids[0].tolist()
    beams = beam_search(transformer.step, transformer.start(SOURCE), 8, beam=3)
    for k in range(3):  # the log-probability of a hypothesis is what the model says of it as a whole
        for b in range(2):
            ids = beams.ids[b, k][beams.ids[b, k] != PAD]
            source = SOURCE[b : b + 1][:, SOURCE[b] != PAD]
            target = torch.cat([torch.tensor([SOS]), ids]).unsqueeze(0)
            logits = transformer(source, target[:, :-1])[0]
            logits = logits.log_softmax(-1)
            assert_close(logits.gather(1, ids.unsqueeze(1)).sum(), beams.log_p[b, k], atol=1e-4, rtol=1e-4)


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
    with pytest.raises(ValueError, match="whose attention gives no weights"):
        model(kernels="fast").weights(SOURCE, TARGET[:, :-1])


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


# --- training -------------------------------------------------------------------------------------------------


def test_warmup_rises_and_falls():
    rates = [warmup_rate(step, 512, 4000) for step in range(1, 20000)]
    assert rates[0] == pytest.approx(512**-0.5 * 4000**-1.5)
    assert max(range(len(rates)), key=rates.__getitem__) == 3999
    assert rates[3999] == pytest.approx((512 * 4000) ** -0.5)
    assert rates[15999] == pytest.approx(rates[3999] / 2)
    with pytest.raises(ValueError, match="must be at least 1, got 0, 512 and 4000"):
        warmup_rate(0, 512, 4000)


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
def test_label_smoothing_equals_torch(smoothing):
    torch.manual_seed(0)
    logits, targets = torch.randn(6, 5, dtype=torch.float64, requires_grad=True), torch.tensor([0, 4, 2, 2, 1, 3])
    mine = smoothed_nll(logits, targets, smoothing)
    expected = F.cross_entropy(logits, targets, label_smoothing=smoothing, reduction="none")
    assert_close(mine, expected)
    assert_close(*(torch.autograd.grad(loss.sum(), logits, retain_graph=True)[0] for loss in (mine, expected)))


def test_smoothing_leaves_padding_out():
    transformer = model()
    loss = smoothed_loss(0.1)(transformer, (SOURCE, TARGET))
    wider = smoothed_loss(0.1)(transformer, (F.pad(SOURCE, (0, 2)), F.pad(TARGET, (0, 2))))
    assert_close(loss, wider)
    expected = smoothed_nll(transformer(SOURCE, TARGET[:, :-1]).flatten(0, 1), TARGET[:, 1:].flatten(), 0.1)
    assert_close(loss, expected[TARGET[:, 1:].flatten() != PAD].mean())
    assert_close(
        smoothed_loss(0.0)(transformer, (SOURCE, TARGET)), teacher_forced_nll(transformer, SOURCE, TARGET).mean()
    )


@pytest.mark.parametrize(
    ("logits", "targets", "smoothing", "message"),
    [
        (torch.zeros(2, 3), torch.zeros(2).long(), 1.1, "smoothing must be from 0 to 1, got 1.1"),
        (torch.zeros(2, 3), torch.zeros(3).long(), 0.1, r"got \(2, 3\) and \(3,\)"),
    ],
)
def test_label_smoothing_refuses(logits, targets, smoothing, message):
    with pytest.raises(ValueError, match=message):
        smoothed_nll(logits, targets, smoothing)


def test_nothing_is_kept_on_the_modules():
    m = model()
    m(SOURCE, TARGET[:, :-1])
    assert not [name for part in m.modules() for name, value in vars(part).items() if isinstance(value, torch.Tensor)]
    assert transformer.attend_heads is m.encoder[0].self_attn.attend
