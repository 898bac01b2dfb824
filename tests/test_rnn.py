"""Cell, loop, language model and gradients through time, held against `torch.nn` and against arithmetic."""

import math

import pytest
import torch
from torch import nn

from course_lib.embeddings import Embedding
from course_lib.likelihood import token_nll
from course_lib.lstm import GRUCell, LSTMCell, PeepholeLSTMCell
from course_lib.masks import padding_mask
from course_lib.rnn import (
    LanguageModel,
    RNNCell,
    adding_problem,
    clip_gradients,
    detach,
    generate,
    gradient_bound,
    gradient_norms,
    hidden,
    map_state,
    next_word_loss,
    next_word_nll,
    rnn_step,
    sequence_loss,
    truncated_unroll,
    unigram_nll,
    unroll,
)
from course_lib.text import EOS, PAD, SOS, UNK

TOLERANCE = {torch.float32: 1e-6, torch.float64: 1e-10}
DTYPES = list(TOLERANCE)
CELLS = [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell]
B, T, E, H = 3, 5, 4, 6


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def assert_same(got, expected):
    torch.testing.assert_close(got, expected, rtol=0, atol=TOLERANCE[expected.dtype])


def random(*shape, seed=0, dtype=torch.float32):
    return torch.randn(*shape, generator=seeded(seed), dtype=dtype)


# --- the cell -----------------------------------------------------------------------------------------------


def test_rnn_step_by_hand():
    """x = 2, h = (0.5, -1): sums 0.1 * 2 + 0.3 * 0.5 - 0.4 * -1 + 0.05 - 0.1 = 0.7 and -0.2 * 2 + 0.5 + 0.2 = 0.3."""
    h = rnn_step(
        torch.tensor([[2.0]]),
        torch.tensor([[0.5, -1.0]]),
        weight_ih=torch.tensor([[0.1], [-0.2]]),
        weight_hh=torch.tensor([[0.3, -0.4], [1.0, 0.0]]),
        bias_ih=torch.tensor([0.05, 0.2]),
        bias_hh=torch.tensor([-0.1, 0.0]),
    )
    assert_same(h, torch.tensor([[math.tanh(0.7), math.tanh(0.3)]]))


@pytest.mark.parametrize("dtype", DTYPES)
def test_cell_equals_torch(dtype):
    cell, oracle = RNNCell(E, H).to(dtype), nn.RNNCell(E, H).to(dtype)
    cell.load_state_dict(oracle.state_dict())
    x, h = random(B, E, dtype=dtype), random(B, H, seed=1, dtype=dtype)
    results = []
    for module in (cell, oracle):
        inputs = [t.clone().requires_grad_() for t in (x, h)]
        out = module(*inputs)
        gradients = torch.autograd.grad(
            (out * random(B, H, seed=2, dtype=dtype)).sum(), [*inputs, *module.parameters()]
        )
        results.append([out, module(x), *gradients])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


def test_cell_starts_as_torch_does():
    torch.manual_seed(5)
    oracle = nn.RNNCell(E, H).state_dict()
    torch.manual_seed(5)
    assert all(torch.equal(tensor, oracle[name]) for name, tensor in RNNCell(E, H).state_dict().items())
    state = torch.get_rng_state()
    first, second = (RNNCell(E, H, generator=seeded(3)) for _ in range(2))
    assert torch.equal(first.weight_hh, second.weight_hh)
    assert torch.equal(torch.get_rng_state(), state), "with a generator the global state stays as it is"
    assert repr(first) == "RNNCell(E=4, H=6)"


@pytest.mark.parametrize("make", CELLS)
def test_cells_refuse_what_does_not_fit(make):
    cell = make(E, H)
    state = cell(random(B, E))
    with pytest.raises(ValueError, match=r"x must have shape \(B, E=4\), got \(3, 5\)"):
        cell(random(B, E + 1))
    with pytest.raises(ValueError, match=r"x must have shape \(B, E=4\), got \(4,\)"):
        cell(random(E), state)
    with pytest.raises(ValueError, match=r"h must have shape \(B=2, H=6\), got \(3, 6\)"):
        cell(random(2, E), state)
    with pytest.raises(ValueError, match=r"h must have shape \(B=3, H=6\), got \(3, 7\)"):
        cell(random(B, E), map_state(lambda s: nn.functional.pad(s, (0, 1)), state))
    with pytest.raises(ValueError, match="E and H must be at least 1"):
        make(E, 0)
    with pytest.raises(ValueError, match="E and H must be at least 1"):
        make(0, H)


def test_a_cell_refuses_the_state_of_an_lstm():
    with pytest.raises(ValueError, match=r"h must be a tensor \(B, H=6\), got a tuple"):
        RNNCell(E, H)(random(B, E), LSTMCell(E, H)(random(B, E)))


# --- the loop -----------------------------------------------------------------------------------------------


def test_state_helpers():
    h, c = torch.ones(2), torch.zeros(2)
    assert hidden(h) is h
    assert hidden((h, c)) is h
    assert map_state(torch.add, h, h).tolist() == [2, 2]
    assert [t.tolist() for t in map_state(torch.add, (h, c), (h, c))] == [[2, 2], [0, 0]]
    w = torch.ones(2, requires_grad=True)
    assert not detach(w * 2).requires_grad
    assert not any(tensor.requires_grad for tensor in detach((w * 2, w * 3)))


@pytest.mark.parametrize("dtype", DTYPES)
def test_unroll_equals_torch(dtype):
    cell, oracle = RNNCell(E, H).to(dtype), nn.RNN(E, H, batch_first=True).to(dtype)
    cell.load_state_dict({name.removesuffix("_l0"): tensor for name, tensor in oracle.state_dict().items()})
    x, h = random(B, T, E, dtype=dtype), random(B, H, seed=1, dtype=dtype)
    results = []
    for module, run in [(cell, lambda x, h: unroll(cell, x, h)), (oracle, lambda x, h: oracle(x, h[None]))]:
        inputs = [t.clone().requires_grad_() for t in (x, h)]
        out, last = run(*inputs)
        loss = (out * random(B, T, H, seed=2, dtype=dtype)).mean() + last.sin().mean()
        results.append([out, last.view(B, H), *torch.autograd.grad(loss, [*inputs, *module.parameters()])])
    for got, expected in zip(*results, strict=True):
        assert_same(got, expected)


@pytest.mark.parametrize("make", CELLS)
def test_unroll_is_the_cell_again_and_again(make):
    cell, x = make(E, H), random(B, T, E)
    outputs, last = unroll(cell, x)
    state = None
    for t in range(T):
        state = cell(x[:, t], state)
        assert torch.equal(outputs[:, t], hidden(state))
    map_state(lambda a, b: assert_same(a, b) or a, last, state)
    # in two pieces, the state handed on
    first, state = unroll(cell, x[:, :2])
    second, state = unroll(cell, x[:, 2:], state)
    assert_same(torch.cat([first, second], dim=1), outputs)
    map_state(lambda a, b: assert_same(a, b) or a, state, last)


@pytest.mark.parametrize("make", CELLS)
def test_unroll_in_reverse(make):
    cell, x = make(E, H), random(B, T, E)
    outputs, last = unroll(cell, x, reverse=True)
    flipped, expected = unroll(cell, x.flip(1))
    assert torch.equal(outputs, flipped.flip(1)), "outputs[:, t] belongs to step t"
    assert torch.equal(hidden(last), hidden(expected))
    assert torch.equal(outputs[:, 0], hidden(last))
    assert not torch.allclose(outputs, unroll(cell, x)[0])


def test_unroll_takes_any_cell():
    x = random(B, T, E)
    theirs, ours = nn.LSTMCell(E, H), LSTMCell(E, H)
    ours.load_state_dict(theirs.state_dict())
    assert_same(unroll(ours, x)[0], unroll(theirs, x)[0])
    total, last = unroll(lambda x, h: x if h is None else h + x, x)
    assert_same(total, x.cumsum(1))
    assert_same(last, x.sum(1))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("given", [False, True], ids=["zeros", "state"])
@pytest.mark.parametrize("make", CELLS)
def test_padding_changes_nothing(make, given, reverse):
    """Alone, padded behind, padded in front, and with a gap: the same outputs, states and gradients."""
    cell = make(E, H).double()
    rows = [random(n, E, seed=n, dtype=torch.float64) for n in (4, 1, 3)]
    state = map_state(torch.tanh, cell(random(3, E, seed=9, dtype=torch.float64))) if given else None
    for places in [range(4), range(3, 7), (0, 2, 3, 6)]:
        x = torch.full((3, 7, E), 1e3, dtype=torch.float64)  # what stands in the padding must not matter
        mask = torch.zeros(3, 7, dtype=torch.bool)
        for b, row in enumerate(rows):
            at = list(places)[: len(row)]
            x[b, at] = row
            mask[b, at] = True
        x.requires_grad_()
        outputs, last = unroll(cell, x, state, mask, reverse=reverse)
        assert (outputs[~mask] == 0).all()
        gradient = torch.autograd.grad(outputs.square().sum() + hidden(last).sin().sum(), x)[0]
        assert (gradient[~mask] == 0).all()
        for b, row in enumerate(rows):
            alone = row[None].requires_grad_()
            before = None if state is None else map_state(lambda s, b=b: s[b : b + 1], state)
            expected, expected_last = unroll(cell, alone, before, reverse=reverse)
            assert_same(outputs[b, mask[b]], expected[0])
            map_state(lambda a, e, b=b: assert_same(a[b], e[0]) or a, last, expected_last)
            loss = expected.square().sum() + hidden(expected_last).sin().sum()
            assert_same(gradient[b, mask[b]], torch.autograd.grad(loss, alone)[0][0])


def test_unroll_refuses_what_does_not_fit():
    cell, x = RNNCell(E, H), random(B, T, E)
    with pytest.raises(ValueError, match=r"x must have shape \(B, T, E\), got \(3, 4\)"):
        unroll(cell, x[:, 0])
    with pytest.raises(ValueError, match=r"at least one step, got shape \(B=3, T=0, E=4\)"):
        unroll(cell, x[:, :0])
    with pytest.raises(ValueError, match=r"x must have shape \(B, E=4\), got \(3, 3\)"):
        unroll(cell, x[..., :3])
    with pytest.raises(ValueError, match=r"h must have shape \(B=3, H=6\), got \(2, 6\)"):
        unroll(cell, x, torch.zeros(2, H))
    with pytest.raises(ValueError, match=r"mask must be bool of shape \(B=3, T=5\), got torch.bool \(3, 4\)"):
        unroll(cell, x, mask=padding_mask([4, 4, 4]))
    mask = padding_mask([5, 5, 5])
    mask[1] = False
    with pytest.raises(ValueError, match="got none in sequence 1"):
        unroll(cell, x, mask=mask)


# --- a language model ---------------------------------------------------------------------------------------

V = 9
IDS = torch.tensor([[SOS, 4, 5, 6, EOS], [SOS, 7, EOS, PAD, PAD]])


def language_model(make=RNNCell, seed=0):
    torch.manual_seed(seed)
    return LanguageModel(Embedding(V, E, padding_idx=PAD), make(E, H))


@pytest.mark.parametrize("make", CELLS)
def test_language_model_sees_the_past_only(make):
    model = language_model(make)
    logits, state = model(IDS[:, :-1])
    assert logits.shape == (2, 4, V)
    changed = IDS.clone()
    changed[0, 3] = 8
    other, _ = model(changed[:, :-1])
    assert torch.equal(other[0, :3], logits[0, :3])
    assert not torch.allclose(other[0, 3], logits[0, 3])
    assert_same(hidden(state)[1], hidden(model(IDS[1:, :3])[1])[0])  # the last real step's, padding or not
    one_by_one, state = model(IDS[:1, :2])
    continued, _ = model(IDS[:1, 2:4], state)
    assert_same(torch.cat([one_by_one, continued], dim=1), logits[:1])
    with pytest.raises(ValueError, match=r"ids must have shape \(B, T\), got \(5,\)"):
        model(IDS[0])


def test_loss_equals_torch_and_counts_no_padding():
    logits = random(2, 4, V, dtype=torch.float64).requires_grad_()
    targets = IDS[:, 1:]
    loss = sequence_loss(logits, targets)
    expected = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)
    assert_same(loss, expected)
    gradient, oracle = (torch.autograd.grad(value, logits)[0] for value in (loss, expected))
    assert_same(gradient, oracle)
    assert (gradient[1, 2:] == 0).all()
    assert (gradient[1, :2] != 0).all()
    padded = nn.functional.pad(logits, (0, 0, 0, 3)), nn.functional.pad(targets, (0, 3), value=PAD)
    assert_same(sequence_loss(*padded), loss)
    by_hand = -logits[1, 0].log_softmax(0)[7]
    assert_same(token_nll(logits, targets)[4], by_hand)  # four targets in row 0, then the first of row 1
    assert token_nll(logits, targets).shape == (6,)
    assert sequence_loss(torch.tensor([[[1e4, 0.0, 0.0, -1e4]]]), torch.tensor([[3]])) == 2e4, "no overflow"


def test_next_word_loss_is_of_the_words_that_follow():
    model = language_model()
    logits, _ = model(IDS[:, :-1])
    assert_same(next_word_loss(model, IDS), sequence_loss(logits, IDS[:, 1:]))
    assert next_word_nll(model, IDS).shape == (6,)
    next_word_loss(model, IDS).backward()
    assert all(parameter.grad is not None for parameter in model.parameters())


def test_loss_refuses():
    with pytest.raises(ValueError, match=r"logits \(B, T, V\) and targets \(B, T\), got \(2, 4, 9\) and \(2, 5\)"):
        sequence_loss(torch.zeros(2, 4, V), IDS)
    with pytest.raises(ValueError, match="at least one target that is not <pad>, got none"):
        sequence_loss(torch.zeros(2, 4, V), torch.zeros(2, 4, dtype=torch.long))


def test_unigram_by_hand():
    """Counts 3 and 1 for words 4 and 5, none for <unk>, <eos>; with one more each: 4, 2, 1, 1 of 8."""
    nll = unigram_nll([0, 0, 0, 0, 3, 1], torch.tensor([[4, 5, PAD], [UNK, EOS, 4]]))
    assert_same(nll, torch.tensor([1, 2, 3, 3, 1], dtype=torch.float64) * math.log(2))


def test_a_language_model_learns_its_sentences_and_says_them():
    model = language_model(GRUCell)
    for _ in range(200):
        parameters = list(model.parameters())
        gradients = torch.autograd.grad(next_word_loss(model, IDS), parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= gradient
    loss = next_word_loss(model, IDS)
    floor = 2 * math.log(2) / 6  # which sentence it will be is a toss-up, all else is certain
    assert floor < loss.item() < 1.1 * floor
    assert generate(model, torch.tensor([[SOS, 4], [SOS, 7]]), 9, temperature=0).tolist() == [[5, 6, EOS], [EOS, 0, 0]]


def fixed_model(*tables):
    """A model whose logits at step t are those of `tables[t]`, whatever the words: to see what `generate` does."""

    class Fixed(nn.Module):
        output = staticmethod(lambda h: tables_of[h[:, 0].long()].clone())

        def forward(self, ids, state=None):
            state = torch.zeros(len(ids), 1) if state is None else state + 1
            self.seen = ids
            return None, state

    tables_of = torch.tensor(tables, dtype=torch.float32)
    return Fixed()


def test_generate_stops_at_eos_and_pads_behind():
    model = language_model()
    prompt = torch.tensor([[SOS], [SOS], [SOS]])
    words = generate(model, prompt, max_length=30, generator=seeded(1))
    assert words.shape[0] == 3
    assert words.shape[1] <= 30
    for row in words.tolist():
        assert not {UNK, SOS} & set(row)
        if EOS in row:
            assert set(row[row.index(EOS) + 1 :]) <= {PAD}
            assert PAD not in row[: row.index(EOS)]
        else:
            assert PAD not in row
    assert any(PAD in row for row in words.tolist()), "this seed has a row that ends before another"
    assert torch.equal(words, generate(model, prompt, max_length=30, generator=seeded(1)))
    assert not torch.equal(words, generate(model, prompt, max_length=30, generator=seeded(2)))


def test_generate_never_says_what_no_sentence_holds_and_stops_early():
    model = fixed_model([9, 9, 9, 0, 5], [9, 9, 9, 7, 0], [0, 0, 0, 0, 9])
    assert generate(model, torch.tensor([[SOS], [SOS]]), 5, temperature=0).tolist() == [[4, EOS]] * 2


def test_temperature():
    model = fixed_model([0, 0, 0, 0, 0, math.log(3)])  # ids 3, 4, 5: shares 1, 1, 3
    prompt = torch.full((20_000, 1), SOS)

    def shares(temperature):
        words = generate(model, prompt, 1, temperature, generator=seeded()).flatten()
        return (torch.bincount(words, minlength=6) / len(words)).tolist()

    assert shares(1.0) == pytest.approx([0, 0, 0, 1 / 5, 1 / 5, 3 / 5], abs=0.015)
    assert shares(0.5) == pytest.approx([0, 0, 0, 1 / 11, 1 / 11, 9 / 11], abs=0.015)
    assert shares(0) == [0, 0, 0, 0, 0, 1]


def test_generate_continues_each_row_from_its_last_real_word():
    model = language_model(LSTMCell)
    prompt = torch.tensor([[SOS, 4, 5], [SOS, 7, PAD]])
    together = generate(model, prompt, 6, temperature=0)
    for row, alone in zip(together, (prompt[:1], prompt[1:, :2]), strict=True):
        expected = generate(model, alone, 6, temperature=0)[0]
        assert torch.equal(row[: len(expected)], expected)
        words = alone
        for word in expected.tolist():  # the slow way: everything anew for each word
            logits = model(words)[0][0, -1]
            logits[[PAD, UNK, SOS]] = -math.inf
            assert word == logits.argmax()
            words = torch.cat([words, torch.tensor([[word]])], dim=1)


def test_generate_refuses():
    model, prompt = language_model(), torch.tensor([[SOS]])
    with pytest.raises(ValueError, match=r"temperature must not be negative, got -0.1"):
        generate(model, prompt, 3, temperature=-0.1)
    with pytest.raises(ValueError, match="max_length must be at least 1, got 0"):
        generate(model, prompt, 0)


# --- gradients through time ---------------------------------------------------------------------------------


def test_gradient_norms_of_a_linear_chain():
    """h_t = 0.5 h_{t-1} + x_t: each step back halves the gradient. With loss 3 h it is 3 times as large."""

    def cell(x, h):
        return x if h is None else 0.5 * h + x

    norms = gradient_norms(cell, random(2, 4, 1))
    assert_same(norms, torch.tensor([[1 / 8, 1 / 4, 1 / 2, 1.0]] * 2))
    assert_same(gradient_norms(cell, random(2, 4, 1), loss=lambda h: 3 * h.squeeze(1)), 3 * norms)


def test_gradient_norms_equal_autograd_from_each_state():
    cell, x = LSTMCell(E, H).double(), random(2, T, E, dtype=torch.float64)
    norms = gradient_norms(cell, x)
    assert_same(norms[:, -1], torch.ones(2, dtype=torch.float64))
    for t in range(1, T):
        _, state = unroll(cell, x[:, :t])
        leaves = [tensor.detach().requires_grad_() for tensor in state]
        outputs, _ = unroll(cell, x[:, t:], tuple(leaves))
        gradients = torch.autograd.grad(outputs[:, -1].sum() / math.sqrt(H), leaves)
        assert_same(norms[:, t - 1], torch.cat(gradients, dim=1).norm(dim=1))


def test_gradient_norms_leave_no_trace():
    cell = RNNCell(E, H)
    x, state = random(2, T, E), random(2, H)
    with torch.no_grad():
        norms = gradient_norms(cell, x, state)
    assert norms.shape == (2, T)
    assert not norms.requires_grad
    assert cell.weight_hh.grad is None
    assert not x.requires_grad
    with pytest.raises(ValueError, match=r"\(B, T, E\), got \(2, 4\)"):
        gradient_norms(cell, x[:, 0])


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_gradient_never_exceeds_the_bound(scale):
    cell = RNNCell(E, H).double()
    with torch.no_grad():
        cell.weight_hh.mul_(scale)
    bound = gradient_bound(cell.weight_hh, 30)
    norms = gradient_norms(cell, random(8, 30, E, dtype=torch.float64))
    assert (norms <= bound * (1 + 1e-12)).all()
    assert bound[-1] == 1
    assert not bound.requires_grad
    largest = torch.linalg.svdvals(cell.weight_hh.detach())[0]
    assert_same(bound[-3:], torch.stack([largest**2, largest, largest**0]))


def test_the_bound_is_reached_where_tanh_is_linear():
    cell = RNNCell(1, 2).double()
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.zero_()
        cell.weight_hh.copy_(torch.tensor([[0.0, 0.9], [-0.9, 0.0]]))  # a rotation, shrunk: both singular values 0.9
    norms = gradient_norms(cell, torch.zeros(1, 20, 1, dtype=torch.float64))
    assert_same(norms[0], gradient_bound(cell.weight_hh, 20))


@pytest.mark.parametrize("max_norm", [0.1, 1e6])
def test_clipping_equals_torch(max_norm):
    models = [nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2)) for _ in range(2)]
    models[1].load_state_dict(models[0].state_dict())
    for model in models:
        model(random(5, 4)).square().sum().backward()
        model[0].bias.grad = None  # a parameter that took no part
    norm = clip_gradients(models[0].parameters(), max_norm)
    expected = nn.utils.clip_grad_norm_(models[1].parameters(), max_norm)
    assert_same(norm, expected)
    for got, oracle in zip(*(list(model.parameters()) for model in models), strict=True):
        assert (got.grad is None) == (oracle.grad is None)
        if got.grad is not None:
            torch.testing.assert_close(got.grad, oracle.grad)
    left = torch.stack([p.grad.norm() for p in models[0].parameters() if p.grad is not None]).norm()
    assert left.item() == pytest.approx(min(max_norm, norm.item()), rel=1e-4)


def test_clipping_at_the_edges():
    parameter = nn.Parameter(torch.zeros(2))
    assert clip_gradients([parameter], 1.0) == 0
    parameter.grad = torch.tensor([3.0, 4.0])
    assert clip_gradients([parameter], 1.0) == 5
    assert parameter.grad.tolist() == pytest.approx([0.6, 0.8])
    with pytest.raises(ValueError, match="max_norm must be positive, got 0"):
        clip_gradients([parameter], 0)


@pytest.mark.parametrize("make", CELLS)
def test_truncated_unroll(make):
    cell = make(E, H).double()
    x = random(2, 7, E, dtype=torch.float64).requires_grad_()
    mask = padding_mask([7, 2])  # the second sequence is padding alone in the last pieces
    outputs, last = truncated_unroll(cell, x, 3, mask=mask)
    expected, expected_last = unroll(cell, x, mask=mask)
    assert_same(outputs, expected)
    map_state(lambda a, b: assert_same(a, b) or a, last, expected_last)
    for t, start in [(2, 0), (3, 3), (5, 3), (6, 6)]:
        gradient = torch.autograd.grad(outputs[0, t].sum(), x, retain_graph=True)[0][0]
        assert (gradient[:start] == 0).all()
        assert (gradient[start : t + 1] != 0).any(1).all()
        assert (gradient[t + 1 :] == 0).all()


def test_truncated_unroll_starts_from_the_given_state_and_refuses():
    cell, x = RNNCell(E, H), random(2, 4, E)
    state = random(2, H).requires_grad_()
    outputs, _ = truncated_unroll(cell, x, 2, state)
    assert_same(outputs, unroll(cell, x, state)[0])
    assert_same(truncated_unroll(cell, x, 100)[0], unroll(cell, x)[0])
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        truncated_unroll(cell, x, 0)
    with pytest.raises(ValueError, match="at least one step"):
        truncated_unroll(cell, x[:, :0], 2)


# --- a generated task ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("T", [2, 5, 50])
def test_adding_problem(T):
    x, y = adding_problem(20_000, T, seeded())
    values, marked = x.unbind(-1)
    assert x.shape == (20_000, T, 2)
    assert (marked.sum(1) == 2).all()
    assert (marked[:, : T // 2].sum(1) == 1).all()
    assert set(marked.unique().tolist()) <= {0.0, 1.0}
    assert_same(y, (values * marked).sum(1))
    assert marked.sum(0).min() > 0, "every step is marked now and then"
    assert values.min() >= 0
    assert values.max() < 1
    assert y.mean().item() == pytest.approx(1, abs=0.01)
    assert (y - 1).square().mean().item() == pytest.approx(1 / 6, abs=0.005)
    assert torch.equal(x, adding_problem(20_000, T, seeded())[0])


def test_adding_problem_refuses():
    with pytest.raises(ValueError, match="T of at least 2, got B=3, T=1"):
        adding_problem(3, 1)
