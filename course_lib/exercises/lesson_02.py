"""The exercises of lesson 02, RNN: references, hints, and what each check examines."""

import contextlib
import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib import rnn
from course_lib.exercises.core import exercise
from course_lib.exercises.given import Named, normal, seeded
from course_lib.exercises.trial import Finding, State, Trial, show
from course_lib.text import EOS, PAD, SOS, UNK


def _cell(seed: int, E: int, H: int, scale: float = 1.0) -> rnn.RNNCell:
    """An RNN cell with fixed weights: a module, since an answer may well use `cell.weight_hh` or `cell.zero_grad()`."""
    cell = rnn.RNNCell(E, H, seeded(seed))
    with torch.no_grad():
        cell.weight_hh *= scale
    return cell


# A digit comes in, and the state is shifted to the left: what was read can be seen from what comes out.
def _shift(x: Tensor, h: Tensor) -> Tensor:
    if x.shape != h.shape:
        raise ValueError(f"the cell takes x_t (B=2, E=1) and h (B=2, H=1), got {tuple(x.shape)} and {tuple(h.shape)}")
    return 10 * h + x


_DIGITS = Named("a cell that returns 10 h + x", _shift)


# ---- 02.rnn_step ---------------------------------------------------------------------------------------


def rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)


def _step_with(
    score=lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh.T + bh,
    activation: Callable[[Tensor], Tensor] = torch.tanh,
):
    """A way to write the step wrongly: another sum, or another activation."""
    return lambda *arguments: activation(score(*arguments))


@exercise(
    "02.rnn_step",
    reference=rnn_step,
    difficulty=1,
    minutes=4,
    hints=(
        "Two dense layers as in lesson 00, one of x and one of h, are added; tanh comes last, around the whole sum.",
        "`F.linear(x, weight_ih, bias_ih)` is W_ih x + b_ih for every row of x, (B, H).",
        "`return torch.tanh(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)`",
    ),
    explanation="""
Both products are (B, H): what is new and what is kept meet in one sum, and tanh squeezes it into -1 to 1, so that the state
can't grow without end. The weights are kept as (H, E) and (H, H), one row per unit, hence the transposes. The second bias
adds nothing that the first couldn't do; torch.nn has both, and with both the same weights fit.""",
)
def check_rnn_step(trial: Trial) -> None:
    mistakes = [
        ("the activation is missing: tanh of the whole sum", _step_with(activation=lambda s: s)),
        ("the activation is the sigmoid; tanh is asked for", _step_with(activation=torch.sigmoid)),
        ("the activation is ReLU; tanh is asked for", _step_with(activation=torch.relu)),
        ("the state h is left out: add `h @ weight_hh.T`", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + bh)),
        ("the state h is left out: add `h @ weight_hh.T`", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi)),
        ("the input x is left out: add `x @ weight_ih.T`", _step_with(lambda x, h, wi, wh, bi, bh: h @ wh.T + bi + bh)),
        ("the input x is left out: add `x @ weight_ih.T`", _step_with(lambda x, h, wi, wh, bi, bh: h @ wh.T + bh)),
        ("both biases are missing", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + h @ wh.T)),
        ("`bias_ih` is added twice, `bias_hh` never", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh.T + bi)),
        ("`bias_hh` is added twice, `bias_ih` never", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bh + h @ wh.T + bh)),
        ("the products are element by element, `*`; the product of matrices is `@`",
         _step_with(lambda x, h, wi, wh, bi, bh: x * wi.T + bi + h * wh.T + bh)),
        ("the products are element by element, `*`; the product of matrices is `@`",
         _step_with(lambda x, h, wi, wh, bi, bh: x * wi + bi + h * wh + bh)),
        ("the result is (H, B), one sequence in each column; one in each row is asked for: transpose it",
         lambda *given: rnn.rnn_step(*given).T),
        ("the bias `bias_hh` is missing: there are two", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh.T)),
        ("the bias `bias_ih` is missing: there are two", _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + h @ wh.T + bh)),
        ("the biases are added after tanh; they belong to the sum inside",
         lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + h @ wh.T) + bi + bh),
        ("tanh is taken of each part by itself; take it once, of their sum",
         lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + bi) + torch.tanh(h @ wh.T + bh)),
        ("tanh is taken of one part only; take it of the sum",
         lambda x, h, wi, wh, bi, bh: torch.tanh(x @ wi.T + bi) + h @ wh.T + bh),
        ("tanh is taken of one part only; take it of the sum",
         lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + torch.tanh(h @ wh.T + bh)),
        ("the weight of the state is not transposed: row i of `weight_hh` belongs to unit i, so it is `h @ weight_hh.T`",
         _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h @ wh + bh)),
        ("the weights are not transposed: `x @ weight_ih.T` and `h @ weight_hh.T`",
         _step_with(lambda x, h, wi, wh, bi, bh: x @ wi + bi + h @ wh + bh)),
        ("the weight of the input is not transposed: `x @ weight_ih.T`",
         _step_with(lambda x, h, wi, wh, bi, bh: x @ wi + bi + h @ wh.T + bh)),
        ("the two weights are interchanged: `weight_ih` belongs to x, `weight_hh` to h",
         _step_with(lambda x, h, wi, wh, bi, bh: x @ wh.T + bi + h @ wi.T + bh)),
        ("the two parts are multiplied; add them", _step_with(lambda x, h, wi, wh, bi, bh: (x @ wi.T + bi) * (h @ wh.T + bh))),
        ("the old state is added to the new one; the new one replaces it",
         lambda x, h, wi, wh, bi, bh: h + torch.tanh(x @ wi.T + bi + h @ wh.T + bh)),
        ("the old state is added as it is; it goes through `weight_hh`",
         _step_with(lambda x, h, wi, wh, bi, bh: x @ wi.T + bi + h + bh)),
        ("only the first sequence is answered: the result has a row for each of the B",
         lambda x, h, wi, wh, bi, bh: torch.tanh(x[0] @ wi.T + bi + h[0] @ wh.T + bh)),
    ]  # fmt: skip
    trial.advise(
        "mat1 and mat2",
        "The inner sizes of a product differ: (B, E) @ (E, H) and (B, H) @ (H, H); weight_ih is (H, E).",
    )
    trial.advise("must be real number, not Tensor", "`math.tanh` takes one number; `torch.tanh` takes every element.")
    trial.advise(
        "converted to Python scalars", "`math.tanh` takes one number; `torch.tanh` takes every element of a tensor."
    )
    # All sizes alike first: who mixes weights sees wrong values, not only an error.
    for seed, (B, E, H) in enumerate([(2, 2, 2), (2, 3, 4), (5, 4, 3), (1, 1, 1), (3, 1, 2)]):
        shapes = [(B, E), (B, H), (H, E), (H, H), (H,), (H,)]
        trial.agrees(*(normal(seed + 10 * i, *shape) for i, shape in enumerate(shapes)), mistakes=mistakes)
    shapes = [(3, 2), (3, 4), (4, 2), (4, 4), (4,), (4,)]
    trial.agrees(*(normal(70 + i, *shape).double() for i, shape in enumerate(shapes)))
    trial.gradients_agree(*(normal(80 + i, *shape) for i, shape in enumerate(shapes)))


# ---- 02.unroll -----------------------------------------------------------------------------------------


def unroll(cell, x, state):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


def _unroll_with(
    start=lambda state: state,
    steps=lambda x: list(x.unbind(1)),
    carry=lambda old, new, first: new,
    stack=lambda outputs: torch.stack(outputs, 1),
    keep=lambda old, new: new,
    last=lambda outputs, state: state,
):
    """A way to write the loop wrongly: another start, other steps, another state handed on, another result."""

    def unroll(cell, x, state):
        first = state = start(state)
        outputs = []
        for step in steps(x):
            new = cell(step, state)
            outputs.append(keep(state, new))
            state = carry(state, new, first)
        return stack(outputs), last(outputs, state)

    return unroll


@exercise(
    "02.unroll",
    reference=unroll,
    difficulty=2,
    minutes=7,
    hints=(
        "A loop over t from 0 to T - 1: the input of step t is `x[:, t]`, (B, E); the state that comes out goes into the "
        "next step.",
        "Collect the states in a list; `torch.stack(outputs, dim=1)` makes (B, T, H) of T tensors (B, H).",
        "`for x_t in x.unbind(1): state = cell(x_t, state); outputs.append(state)`, then "
        "`return torch.stack(outputs, dim=1), state`",
    ),
    explanation="""
The loop is the whole idea of a recurrent layer: one cell, the same weights at every step, and the state as the only way from
one step to the next. Steps can't be computed side by side, because step t needs the state of step t - 1. `x.unbind(1)` is
there because T slices `x[:, t]` would each get a gradient as large as x. The library's `unroll` also takes states of two
tensors (the LSTM's) and a mask.""",
)
def check_unroll(trial: Trial) -> None:
    def transposed(results):
        return results[0].transpose(0, 1), results[1]

    mistakes = [
        ("the given state is not used: the first step starts from it, not from zeros", _unroll_with(start=torch.zeros_like)),
        ("only the first step comes back: is `return` inside the loop?", lambda cell, x, state: rnn.unroll(cell, x[:, :1], state)),
        ("x and the state are interchanged: `cell(x_t, state)`",
         lambda cell, x, state: rnn.unroll(lambda x_t, h: cell(h, x_t), x, state)),
        ("the old state is added to the new one; the new one replaces it",
         lambda cell, x, state: rnn.unroll(lambda x_t, h: h + cell(x_t, h), x, state)),
        ("every step starts from the first state: hand the new state on, `state = cell(x_t, state)`",
         _unroll_with(carry=lambda old, new, first: first, last=lambda outputs, state: outputs[-1])),
        ("every step starts from the first state: hand the new state on, `state = cell(x_t, state)`",
         _unroll_with(carry=lambda old, new, first: first)),
        ("the steps come first in the outputs, (T, B, H): stack along `dim=1` for (B, T, H)",
         lambda *a: transposed(rnn.unroll(*a))),
        ("`view` and `reshape` do not transpose: (T, B, H) is read on as (B, T, H), and sequences are mixed. Stack along "
         "`dim=1`", _unroll_with(stack=lambda o: torch.stack(o).reshape(len(o[0]), len(o), -1))),
        ("the outputs are joined to one row, (B, T * H): `torch.stack(outputs, dim=1)` keeps the steps apart",
         _unroll_with(stack=lambda o: torch.cat(o, dim=-1))),
        ("the outputs are joined along the batch, (T * B, H): `torch.stack(outputs, dim=1)` keeps the steps apart",
         _unroll_with(stack=lambda o: torch.cat(o, dim=0))),
        ("it runs over the sequences, not over the steps: step t is `x[:, t]`", _unroll_with(steps=lambda x: list(x))),
        ("it runs over the sequences, not over the steps: step t is `x[:, t]`",
         _unroll_with(steps=lambda x: list(x), stack=lambda o: torch.stack(o))),
        ("it runs from the last step to the first", _unroll_with(steps=lambda x: list(x.flip(1).unbind(1)))),
        ("it runs from the last step to the first",
         _unroll_with(steps=lambda x: list(x.flip(1).unbind(1)), stack=lambda o: torch.stack(o[::-1], 1))),
        ("the order of the outputs is turned round: `outputs[:, t]` belongs to step t", _unroll_with(stack=lambda o: torch.stack(o[::-1], 1))),
        ("the outputs are those before each step: `outputs[:, t]` is the state after step t", _unroll_with(keep=lambda old, new: old)),
        ("the first state is among the outputs: they are the T states after the steps",
         lambda cell, x, state: (torch.cat([state[:, None], rnn.unroll(cell, x, state)[0]], 1), rnn.unroll(cell, x, state)[1])),
        ("the last step is missing: the loop runs over all T", _unroll_with(steps=lambda x: list(x.unbind(1))[:-1])),
        ("the first step is missing: the loop runs over all T", _unroll_with(steps=lambda x: list(x.unbind(1))[1:])),
        ("the state that comes back is that of the first step; it is that after the last one",
         _unroll_with(last=lambda outputs, state: outputs[0])),
        ("the state that comes back is the given one; it is that after the last step",
         lambda cell, x, state: (rnn.unroll(cell, x, state)[0], state)),
        ("the state that comes back is the one before the last step", _unroll_with(last=lambda outputs, state: ([None, None, *outputs])[-2])),
        ("the state has a dimension too many, (1, B, H): torch.nn does that, here it is (B, H)",
         _unroll_with(last=lambda outputs, state: state[None])),
        ("the state has a dimension too many, (B, 1, H): it is (B, H)", _unroll_with(last=lambda outputs, state: state[:, None])),
        ("the two results are interchanged: first the outputs (B, T, H), then the last state (B, H)",
         lambda *a: rnn.unroll(*a)[::-1]),
        ("the outputs are added up; each step has its own", _unroll_with(stack=sum)),
        ("every output is the last state; `outputs[:, t]` is the state after step t",
         _unroll_with(stack=lambda o: torch.stack([o[-1]] * len(o), 1))),
    ]  # fmt: skip
    for sign in ("must have shape (B, E=", "the cell takes x_t"):
        trial.advise(
            sign,
            "The cell takes one step of all sequences, `x[:, t]` (B, E): not one of the sequences, `x[b]`, nor all of x.",
        )
    trial.advise("takes 1 positional argument", "A cell is called with two things: `cell(x_t, state)`.")
    trial.advise("missing 1 required positional argument", "A cell is called with two things: `cell(x_t, state)`.")
    trial.advise("stack(): argument", "`torch.stack` wants a list of tensors: collect the states in one.")
    digits = torch.tensor([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]])
    cases = [
        (_DIGITS, digits, torch.tensor([[7.0], [0.0]])),
        (_cell(0, 3, 3), normal(1, 3, 3, 3), normal(2, 3, 3)),
        (_cell(3, 2, 4), normal(4, 3, 5, 2), normal(5, 3, 4)),
        (_cell(6, 3, 2), normal(7, 4, 1, 3), normal(8, 4, 2)),
        (_cell(9, 1, 3), normal(10, 1, 6, 1), normal(11, 1, 3)),
    ]
    for number, arguments in enumerate(cases):
        got = trial.call(*arguments)
        if number == 0:
            _require_two(trial, got)
        trial.compare(got, rnn.unroll(*arguments), mistakes=mistakes, inputs=arguments)
    cut = [
        ("the state is detached between the steps: then no gradient goes back further than one step",
         _unroll_with(carry=lambda old, new, first: new.detach(), last=last))
        for last in (lambda outputs, state: outputs[-1], lambda outputs, state: state)
    ]  # fmt: skip
    _both_gradients_agree(trial, rnn.unroll, *cases[2], mistakes=cut)


def _require_two(trial: Trial, got) -> None:
    """A Finding unless `got` is what `unroll` returns: two things, not one."""
    two = "two results are expected, the outputs (B, T, H) and the last state (B, H): `return outputs, state`"
    trial.require(not isinstance(got, Tensor), f"{two}. One tensor came", state=State.DTYPE, got=got)
    if isinstance(got, tuple) and len(got) == 2 and isinstance(got[0], list):
        trial.require(
            False, f"{two}. The outputs came as a list: `torch.stack(outputs, dim=1)`", state=State.DTYPE, got=got
        )


def _both_gradients_agree(trial: Trial, reference, cell, x, state, *between, mistakes=()) -> None:
    """The gradients of outputs and last state, with respect to x and the given state, are those of the reference."""

    def gradients(function):
        leaves = [tensor.clone().requires_grad_() for tensor in (x, state)]
        outputs, last = function(cell, leaves[0], *between, leaves[1])
        direction = torch.rand(outputs.shape, generator=seeded(0))
        total = (outputs * direction).sum() + (last * direction[:, 0]).sum()
        if not total.requires_grad:
            return [None, None]
        return torch.autograd.grad(total, leaves, allow_unused=True)

    expected, got = gradients(reference), gradients(trial.call)
    for name, mine, right in zip(("x", "state"), got, expected, strict=True):
        if mine is not None and torch.allclose(mine, right, atol=1e-5):
            continue
        for message, mistaken in mistakes:
            wrong = gradients(mistaken)
            if all(_alike(a, b) for a, b in zip(wrong, got, strict=True)):
                trial.require(False, message)
        trial.require(
            False,
            f"its values are right, but the gradient with respect to `{name}` is not: is something detached on the way?",
            expected_gradient=right,
            got=torch.zeros_like(right) if mine is None else mine,
        )


def _alike(a: Tensor | None, b: Tensor | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and torch.allclose(a, b, atol=1e-6))


# ---- 02.next_word_loss ---------------------------------------------------------------------------------


def next_word_loss(model, ids):
    logits, _ = model(ids[:, :-1])  # (B, T, V)
    targets = ids[:, 1:]  # (B, T)
    real = targets != PAD
    return F.cross_entropy(logits[real], targets[real])


def _loss_with(
    shift=lambda logits, ids: (logits[:, :-1], ids[:, 1:]),
    counted=lambda targets: targets != PAD,
    over=lambda nll, real: (nll * real).sum() / real.sum(),
    log_p=lambda logits: logits.log_softmax(-1),
):
    """A way to write the loss wrongly: other pairs of logits and targets, another mean, another probability."""

    def loss(model, ids):
        logits, targets = shift(model(ids)[0], ids)
        nll = -log_p(logits).gather(-1, targets[..., None])[..., 0]
        return over(nll, counted(targets).to(nll.dtype))

    return loss


def _row_means(nll: Tensor, real: Tensor) -> Tensor:
    return ((nll * real).sum(1) / real.sum(1)).mean()


def _viewed(model, ids):
    logits = model(ids[:, :-1])[0]
    B, T, V = logits.shape
    return F.cross_entropy(logits.reshape(B, V, T), ids[:, 1:], ignore_index=PAD)


@exercise(
    "02.next_word_loss",
    reference=next_word_loss,
    difficulty=3,
    minutes=8,
    hints=(
        "The model reads `ids[:, :-1]`, all words but the last, and is asked for `ids[:, 1:]`, all but the first: target t is "
        "the word after input t.",
        "`logits, _ = model(ids[:, :-1])`, (B, T, V). Keep only the places where the target is not 0: `logits[real]` with "
        "`real = ids[:, 1:] != 0` is (n, V).",
        "`return F.cross_entropy(logits[real], targets[real])` with `targets = ids[:, 1:]` and `real = targets != 0`",
    ),
    explanation="""
Shifting by one makes T questions of one sentence, all answered in one pass, because the state after word t has seen words 1
to t and no other. `<sos>` is never a target, `<eos>` is: to stop is something to be learned. The mean is over the real
words of the whole batch, so that a word counts the same in a short and in a long sentence. F.cross_entropy(...,
ignore_index=0) on flattened tensors does the same.""",
)
def check_next_word_loss(trial: Trial) -> None:
    mistakes = [
        ("the target is not shifted: the model is asked for the word that it has just read. Input `ids[:, :-1]`, target "
         "`ids[:, 1:]`", _loss_with(shift=lambda logits, ids: (logits, ids))),
        ("the target is not shifted: the model is asked for the word that it has just read. Input `ids[:, :-1]`, target "
         "`ids[:, 1:]`", _loss_with(shift=lambda logits, ids: (logits[:, :-1], ids[:, :-1]))),
        ("the target is not shifted: the model is asked for the word that it has just read. Input `ids[:, :-1]`, target "
         "`ids[:, 1:]`", _loss_with(shift=lambda logits, ids: (logits[:, 1:], ids[:, 1:]))),
        ("it is shifted the wrong way: the model is asked for the word before. Input `ids[:, :-1]`, target `ids[:, 1:]`",
         _loss_with(shift=lambda logits, ids: (logits[:, 1:], ids[:, :-1]))),
        ("it is shifted by two words; by one", _loss_with(shift=lambda logits, ids: (logits[:, :-2], ids[:, 2:]))),
        ("the padding counts: places whose target is 0 must be left out of the mean (`ignore_index=0`, or a mask)",
         _loss_with(counted=torch.ones_like)),
        ("the padding is left out of the sum, but still counted when you divide: divide by the number of real words",
         _loss_with(over=lambda nll, real: (nll * real).mean())),
        ("`<eos>` is left out; it is a target as well: the model must learn to stop", _loss_with(counted=lambda t: (t != PAD) & (t != EOS))),
        ("`<eos>` is left out, and the padding is not: the padding has id 0", _loss_with(counted=lambda t: t != EOS)),
        ("`<unk>` (id 1) is left out, and the padding is not: the padding has id 0", _loss_with(counted=lambda t: t != UNK)),
        ("the places are chosen by the input, not by the target: leave out those whose target is 0",
         lambda model, ids: F.cross_entropy(model(ids)[0][:, :-1][ids[:, :-1] != PAD], ids[:, 1:][ids[:, :-1] != PAD])),
        ("it is the mean of the sentences' means; take the mean over all words of the batch", _loss_with(over=_row_means)),
        ("the losses are summed; take the mean over the real words", _loss_with(over=lambda nll, real: (nll * real).sum())),
        ("the sum is divided by the number of sentences; divide by the number of real words",
         _loss_with(over=lambda nll, real: (nll * real).sum() / len(nll))),
        ("one loss for each word comes back; take the mean over the real words",
         lambda model, ids: rnn.next_word_nll(model, ids)),
        ("one loss for each word comes back, the padding among them; take the mean over the real words",
         _loss_with(over=lambda nll, real: nll)),
        ("one loss for each word comes back; take the mean over the real words", _loss_with(over=lambda nll, real: nll * real)),
        ("one loss for each sentence comes back; take the mean over all real words",
         _loss_with(over=lambda nll, real: (nll * real).sum(1) / real.sum(1))),
        ("the sign is missing: the loss is minus the log of the probability", lambda *a: -rnn.next_word_loss(*a)),
        ("the perplexity comes back, exp of the loss; the loss itself is asked for", lambda *a: rnn.next_word_loss(*a).exp()),
        ("the softmax is applied twice: `F.cross_entropy` takes the logits as they are",
         _loss_with(log_p=lambda z: z.softmax(-1).log_softmax(-1))),
        ("the logarithm is missing: -log(p), not -p", _loss_with(log_p=lambda z: z.softmax(-1))),
        ("the softmax is missing: logits are no logarithms of probabilities yet", _loss_with(log_p=lambda z: z)),
        ("the softmax runs over the words of the sentence; it runs over the vocabulary, the last dimension",
         _loss_with(log_p=lambda z: z.log_softmax(1))),
        ("the softmax runs over the batch; it runs over the vocabulary, the last dimension", _loss_with(log_p=lambda z: z.log_softmax(0))),
        ("`view` and `reshape` do not transpose: (B, T, V) is read on as (B, V, T). Use `logits.transpose(1, 2)`, or flatten "
         "both, `logits.flatten(0, 1)` and `targets.flatten()`", _viewed),
        ("only the last word is asked for; every word is, given those before it",
         lambda model, ids: F.cross_entropy(model(ids[:, :-1])[0][:, -1], ids[:, -1], ignore_index=PAD)),
        ("only the first sentence counts; there are B", lambda model, ids: rnn.next_word_loss(model, ids[:1])),
        ("the logarithm has the base 2; the natural one is asked for", lambda *a: rnn.next_word_loss(*a) / math.log(2)),
        ("the logits come back; the loss is asked for, one number", lambda model, ids: model(ids[:, :-1])[0]),
    ]  # fmt: skip
    for sign in ("'tuple' object", "not tuple", "tuple indices"):
        trial.advise(sign, "The model returns two things: `logits, state = model(...)`.")
    flat = "`F.cross_entropy` wants logits (n, V) and targets (n,): flatten both, or choose the real places, `logits[real]`."
    for sign in ("Expected target size", "Expected input batch_size", "size mismatch (got input"):
        trial.advise(sign, flat)
    trial.advise(
        "view size is not compatible", "`ids[:, 1:]` is no whole piece of memory: `reshape` or `flatten` works."
    )
    trial.advise("not enough values to unpack", "The model returns (logits, state), and logits are (B, T, V).")
    small = torch.tensor([[SOS, 4, 5, EOS], [SOS, 5, EOS, PAD]])
    longer = torch.tensor([[SOS, 4, UNK, 6, 7, EOS], [SOS, 7, EOS, PAD, PAD, PAD], [SOS, 8, 4, 5, EOS, PAD]])
    cases = [(0, small, 6), (1, longer, 9), (2, longer.flip(0)[:2], 11), (3, torch.tensor([[SOS, 4, EOS]]), 5)]
    for seed, ids, V in cases:
        trial.agrees(_table_model(2 * normal(seed, V, V)), ids, mistakes=mistakes)
    # A model with a memory, so that the wrong half of the input is found out.
    torch.manual_seed(0)
    whole = rnn.LanguageModel(rnn.Embedding(9, 3), rnn.RNNCell(3, 4, seeded(0)))
    trial.agrees(Named("a language model with V=9", whole), longer, mistakes=mistakes)
    table = 300 * normal(5, 6, 6)
    got, right = trial.call(_table_model(table), small), rnn.next_word_loss(_table_model(table), small)
    if isinstance(got, Tensor) and got.shape == right.shape:
        trial.require(
            bool(got.isfinite()),
            "at logits of several hundred the loss is not finite: the probability rounds to 0, and its log is -inf. Use "
            "`F.cross_entropy` or `log_softmax`",
            expected=right,
            got=got,
        )
    trial.compare(got, right)
    _table_gradient_agrees(trial, normal(6, 6, 6), small)


def _table_model(table: Tensor) -> Named:
    """A model without memory: the logits of the next word are a row of a table, (V, V)."""
    return Named(f"a model with V={len(table)}", lambda ids, state=None: (table[ids], state))


def _table_gradient_agrees(trial: Trial, table: Tensor, ids: Tensor) -> None:
    def gradient(function):
        leaf = table.clone().requires_grad_()
        loss = function(_table_model(leaf), ids)
        return torch.autograd.grad(loss, leaf)[0] if loss.requires_grad else None

    right, got = gradient(rnn.next_word_loss), gradient(trial.call)
    trial.require(
        got is not None,
        "its result is detached: no gradient can flow back through it, so nothing could be learned. Leave out `.item()`, "
        "`.detach()`, `torch.no_grad()`, and `torch.tensor(...)` around tensors.",
    )
    trial.require(
        torch.allclose(got, right, atol=1e-5),
        "its value is right, but the gradient that reaches the model is not: is a part of it detached?",
        expected_gradient=right,
        got=got,
    )


# ---- 02.generate ---------------------------------------------------------------------------------------


def generate(step, max_length, temperature):
    word, state, words = SOS, None, []
    while len(words) < max_length:
        logits, state = step(word, state)  # (V,)
        p = (logits / temperature).softmax(-1)
        word = torch.multinomial(p, 1).item()
        if word == EOS:
            break
        words.append(word)
    return words


def _generate_with(
    first=SOS,
    carry=lambda old, new: new,
    choose=lambda logits, temperature: torch.multinomial((logits / temperature).softmax(-1), 1).item(),
    feed=lambda word, start: word,
    at_end=lambda words: words,
    most=lambda max_length: max_length,
    stop=EOS,
):
    """A way to generate wrongly: another first word, a state that is lost, another choice, another end."""

    def generate(step, max_length, temperature):
        word, state, words = first, None, []
        while len(words) < most(max_length):
            logits, new = step(feed(word, first), state)
            state = carry(state, new)
            word = choose(logits, temperature)
            if word == stop:
                return at_end(words)
            words.append(word)
        return words

    return generate


def _once(step, max_length, temperature):
    """The step stands before the loop: every word is drawn from the first logits."""
    words = generate(step, 1, temperature)
    return words * max_length


class _Script:
    """A step that says given sentences, whatever is drawn: one word has nearly all the probability.

    It goes by the state, the number of the step; and says 8, or 9 if it hears `<sos>`, where the word that it is given
    is not the one that it said before.
    """

    V = 10

    def __init__(self, sentence: list[int]):
        self.sentence = sentence

    def __call__(self, word, state):
        if not isinstance(word, int):
            raise TypeError(f"`step` takes a word as an int and a state, got a {type(word).__name__} as the word")
        place = 0 if state is None else state
        before = SOS if place == 0 else self.sentence[min(place, len(self.sentence)) - 1]
        said = self.sentence[place] if place < len(self.sentence) else 9
        logits = torch.zeros(self.V)
        if word != before:
            said = 9 if word == SOS else 8
        logits[said] = 500.0
        return logits, place + 1

    def __repr__(self) -> str:
        return f"a step that says {self.sentence}"


class _Dice:
    """A step that has the same logits for every word, so that how often each is drawn can be counted."""

    def __init__(self, logits: Tensor):
        self.logits = logits

    def __call__(self, word, state):
        return self.logits.clone(), 0

    def __repr__(self) -> str:
        shares = ", ".join(f"{p:.2f}" for p in self.logits.softmax(-1)[4:].tolist())
        return f"a step whose words 4, 5 and 6 always have the probabilities {shares}"


@exercise(
    "02.generate",
    reference=generate,
    difficulty=3,
    minutes=8,
    hints=(
        "Before the loop: the word is `SOS`, the state None, the list empty. In the loop: one step, one draw, and the drawn "
        "word goes into the next step.",
        "`logits, state = step(word, state)`, then the probabilities `(logits / temperature).softmax(-1)`, and one draw: "
        "`torch.multinomial(p, 1).item()`.",
        "If the word is `EOS`, leave the loop before it is appended; `while len(words) < max_length` sees to the rest.",
    ),
    explanation="""
What was drawn is read in the next step: the model listens to itself. The state is carried along, so a word costs one step,
however long the sentence has become. Dividing the logits by a temperature below 1 pulls them apart, and the likely words
get likelier; above 1 it evens them out. Dividing the probabilities instead would change nothing: multinomial rescales.""",
)
def check_generate(trial: Trial) -> None:
    def argmax(logits, temperature):
        return logits.argmax().item()

    mistakes = [
        ("the state is not carried along: `logits, state = step(word, state)`, and the new state goes into the next step",
         _generate_with(carry=lambda old, new: None)),
        ("`<sos>` is fed in every time; the next step reads the word that was drawn", _generate_with(feed=lambda word, start: start)),
        ("`<eos>` is among the words: stop before it is appended", _generate_with(at_end=lambda words: [*words, EOS])),
        ("`<sos>` is among the words: the list holds only what was drawn", lambda *a: [SOS, *generate(*a)]),
        ("it does not stop at `<eos>` (id 3)", _generate_with(stop=None)),
        ("it stops at `<sos>` (id 2), not at `<eos>` (id 3)", _generate_with(stop=SOS)),
        ("it stops at `<pad>` (id 0), not at `<eos>` (id 3)", _generate_with(stop=PAD)),
        ("the first word that is fed in is not `<sos>` (id 2)", _generate_with(first=EOS)),
        ("the first word that is fed in is not `<sos>` (id 2)", _generate_with(first=PAD)),
        ("the first word that is fed in is not `<sos>` (id 2)", _generate_with(first=UNK)),
        ("there is one word too few: up to `max_length` words", _generate_with(most=lambda n: n - 1)),
        ("there is one word too many: at most `max_length` words", _generate_with(most=lambda n: n + 1)),
        ("`max_length` is not kept", _generate_with(most=lambda n: 10**3)),
        ("only the last word comes back; all of them are asked for, as a list", lambda *a: generate(*a)[-1]),
        ("nothing comes back when `<eos>` is drawn: return the words so far", _generate_with(at_end=lambda words: [])),
        ("only one word is drawn; go on until `<eos>` or `max_length`", lambda *a: generate(*a)[:1]),
        ("`step` is called only once: call it in the loop, before each draw", _once),
    ]  # fmt: skip
    trial.advise(
        "contains either `inf`, `nan` or element < 0",
        "`torch.multinomial` wants probabilities: `.softmax(-1)` makes them.",
    )
    trial.advise(
        "invalid multinomial distribution", "`torch.multinomial` wants probabilities: `.softmax(-1)` makes them."
    )
    trial.advise("got a Tensor as the word", "`.item()` makes an int of what `torch.multinomial` returns.")
    trial.advise("'tuple' object", "`step` returns two things: `logits, state = step(word, state)`.")
    trial.advise("got (tuple, ", "`step` returns two things: `logits, state = step(word, state)`.")
    trial.advise("must be Tensor, not tuple", "`step` returns two things: `logits, state = step(word, state)`.")
    trial.advise(
        "missing 1 required positional argument: 'state'", "`step` takes the word and the state; None at first."
    )
    for sentence, max_length in [
        ([5, 4, 7, EOS], 10),
        ([6, 6, 5, 4, 5, EOS], 3),
        ([EOS], 4),
        ([4] * 6 + [EOS], 6),
        ([7, 5, EOS], 2),
    ]:
        script = _Script(sentence)
        got = trial.call(script, max_length, 1.0)
        if isinstance(got, list) and got and all(isinstance(word, Tensor) and word.numel() == 1 for word in got):
            trial.require(False, "the words are tensors; ints are asked for: `.item()`", state=State.DTYPE, got=got)
        trial.require(
            not (isinstance(got, list) and got and isinstance(got[0], str)),
            "the words are strings; ids are asked for", state=State.DTYPE, got=got,
        )  # fmt: skip
        trial.compare(got, generate(script, max_length, 1.0), mistakes=mistakes, inputs=(script, max_length, 1.0))

    logits = torch.full((7,), -math.inf)
    logits[4:] = torch.tensor([0.5, 0.3, 0.2]).log()
    draws = 3000
    for temperature in (1.0, 0.5, 2.0):
        got = trial.call(_Dice(logits), draws, temperature)
        trial.require(
            isinstance(got, list) and len(got) == draws and set(got) <= {4, 5, 6},
            f"expected {draws} words, each of them 4, 5 or 6: the others have the probability 0",
            state=State.SHAPE,
            got=got,
        )
        shares = torch.tensor([got.count(word) / draws for word in (4, 5, 6)])
        expected = (logits[4:] / temperature).softmax(-1)
        known = [
            ("it always takes the likeliest word; draw at random, `torch.multinomial`", torch.tensor([1.0, 0.0, 0.0])),
            ("it draws every word equally often; draw in proportion to the probabilities", torch.full((3,), 1 / 3)),
            ("the logits are multiplied by the temperature; divide them by it", (logits[4:] * temperature).softmax(-1)),
            ("the temperature changes nothing: divide the logits by it, before the softmax", logits[4:].softmax(-1)),
            ("the least likely words are drawn most often: is there a minus too many?", (-logits[4:] / temperature).softmax(-1)),
            ("the temperature is the root of what it should be", (logits[4:] / temperature**0.5).softmax(-1)),
        ]  # fmt: skip
        if (shares - expected).abs().max() > 0.05:
            message = next(
                (text for text, wrong in known if (shares - wrong).abs().max() < 0.03),
                "the words are not drawn as often as their probabilities say: softmax(logits / temperature)",
            )
            details = {"Expected shares of 4, 5, 6": show(expected), "Got": show(shares)}
            raise Finding(State.VALUE, message, trial.case() | details)


# ---- 02.gradient_norms ---------------------------------------------------------------------------------


def gradient_norms(cell, x, state):
    states = []
    for x_t in x.unbind(1):
        state = cell(x_t, state)
        states.append(state)
    loss = state.sum() / state.shape[1] ** 0.5
    gradients = torch.autograd.grad(loss, states)  # T times (B, H)
    return torch.stack([gradient.norm(dim=1) for gradient in gradients], dim=1)


def _norms_with(
    loss=lambda states: states[-1].sum() / math.sqrt(states[-1].shape[-1]),
    norm=lambda gradients: torch.stack([g.norm(dim=-1) for g in gradients], 1),
    of=lambda states, steps: states,
):
    """A way to measure wrongly: another loss, another norm, the gradient of something else."""

    def gradient_norms(cell, x, state):
        steps = [x_t.detach().clone().requires_grad_() for x_t in x.unbind(1)]
        states = []
        for x_t in steps:
            state = cell(x_t, state)
            states.append(state)
        gradients = torch.autograd.grad(loss(states), of(states, steps), allow_unused=True, materialize_grads=True)
        return norm(list(gradients))

    return gradient_norms


def _with_the_given(cell, x: Tensor, state: Tensor) -> Tensor:
    """The norms with respect to the given state and the T states after it, (B, T + 1)."""
    states = [state.detach().clone().requires_grad_()]
    for x_t in x.unbind(1):
        states.append(cell(x_t, states[-1]))
    gradients = torch.autograd.grad(states[-1].sum() / math.sqrt(state.shape[-1]), states)
    return torch.stack([gradient.norm(dim=-1) for gradient in gradients], 1)


@exercise(
    "02.gradient_norms",
    reference=gradient_norms,
    difficulty=3,
    minutes=8,
    hints=(
        "Write the loop of `unroll` once more, and keep the states in a list: the tensors themselves, that the next step "
        "reads. A stack of them is a copy that no step reads.",
        "The loss is `states[-1].sum() / H**0.5`. `torch.autograd.grad(loss, states)` returns one gradient (B, H) for each "
        "state.",
        "`return torch.stack([gradient.norm(dim=1) for gradient in gradients], dim=1)`",
    ),
    explanation="""
autograd gives the gradient with respect to any tensor on the way from the parameters to the loss, not only parameters. The
sum over the batch does no harm: sequence b has no influence on sequence c, so each row is the gradient of its own loss. The
gradient of the sum is 1 for each of the H units, and its norm sqrt(H); dividing by that makes the norm at the last step 1,
so that everything before it is a share.""",
)
def check_gradient_norms(trial: Trial) -> None:
    def transposed(gradients):
        return torch.stack([g.norm(dim=-1) for g in gradients])

    mistakes = [
        ("the loss is not divided by sqrt(H): the norm at the last step must be 1", _norms_with(loss=lambda s: s[-1].sum())),
        ("the loss is the mean over the units; it is their sum over sqrt(H), so that the norm at the last step is 1",
         _norms_with(loss=lambda s: s[-1].mean(-1).sum())),
        ("the loss is the mean over the batch as well: the gradient of each sequence becomes B times smaller. Sum over the batch",
         _norms_with(loss=lambda s: s[-1].mean(0).sum() / math.sqrt(s[-1].shape[-1]))),
        ("the loss is the mean over batch and units; it is the sum over sqrt(H)", _norms_with(loss=lambda s: s[-1].mean())),
        ("the loss holds the outputs of all steps; only the last state counts",
         _norms_with(loss=lambda s: sum(each.sum() for each in s) / math.sqrt(s[-1].shape[-1]))),
        ("the loss is divided by sqrt(B), the number of sequences; by sqrt(H)", _norms_with(loss=lambda s: s[-1].sum() / math.sqrt(len(s[-1])))),
        ("the given state is among them: they are the T states after the steps", _with_the_given),
        ("these are the T states before the steps; those after them are asked for", lambda *a: _with_the_given(*a)[:, :-1]),
        ("the loss is that of the first state; take the last one", _norms_with(loss=lambda s: s[0].sum() / math.sqrt(s[0].shape[-1]))),
        ("the steps come first, (T, B): stack along `dim=1`", _norms_with(norm=transposed)),
        ("the order of the steps is turned round: column t belongs to step t", _norms_with(norm=lambda g: torch.stack([each.norm(dim=-1) for each in g[::-1]], 1))),
        ("the norm runs over the whole batch; each sequence has its own, `norm(dim=1)`", _norms_with(norm=lambda g: torch.stack([each.norm() for each in g]))),
        ("the norms are averaged over the batch; each sequence has its own row", _norms_with(norm=lambda g: torch.stack([each.norm(dim=-1).mean() for each in g]))),
        ("the norm is squared: take the root", _norms_with(norm=lambda g: torch.stack([each.square().sum(-1) for each in g], 1))),
        ("it is the sum of the absolute values; the norm is the root of the sum of squares", _norms_with(norm=lambda g: torch.stack([each.abs().sum(-1) for each in g], 1))),
        ("it is the largest element; the norm is the root of the sum of squares", _norms_with(norm=lambda g: torch.stack([each.abs().amax(-1) for each in g], 1))),
        ("it is the mean over the units; the norm is the root of the sum of squares", _norms_with(norm=lambda g: torch.stack([each.mean(-1) for each in g], 1))),
        ("the norm runs over the batch; it runs over the H units, `dim=1` of (B, H)", _norms_with(norm=lambda g: torch.stack([each.norm(dim=0) for each in g], 1))),
        ("the gradients themselves come back, (B, T, H); their norms are asked for", _norms_with(norm=lambda g: torch.stack(g, 1))),
        ("the gradients themselves come back, (T, B, H); their norms are asked for", _norms_with(norm=lambda g: torch.stack(g))),
        ("it is the gradient with respect to the inputs x_t; that with respect to the states h_t is asked for", _norms_with(of=lambda states, steps: steps)),
        ("these are the norms of the states, not of gradients", lambda *a: rnn.unroll(*a)[0].norm(dim=-1)),
        ("only the last step is not 0: the states were detached, or copied before the next step read them",
         _norms_with(norm=lambda g: torch.stack([torch.zeros_like(each.norm(dim=-1)) for each in g[:-1]] + [g[-1].norm(dim=-1)], 1))),
    ]  # fmt: skip
    trial.advise(
        "not have been used in the graph",
        "A slice of the stacked outputs is a copy that no step reads. Ask for the gradient at the states themselves: keep "
        "them in a list while the loop runs.",
    )
    trial.advise(
        "'NoneType' object has no attribute",
        "autograd keeps `.grad` only for leaves: call `state.retain_grad()` for each state before `backward()`, or use "
        "`torch.autograd.grad(loss, states)`.",
    )
    trial.advise("created only for scalar outputs", "The gradient is that of one number: sum over batch and units.")
    trial.advise("does not require grad", "Nothing on the way to the loss carries a gradient: is something detached?")
    cases = [
        (_cell(0, 2, 2), normal(1, 2, 3, 2), normal(2, 2, 2)),
        (_cell(3, 2, 3), normal(4, 3, 3, 2), normal(5, 3, 3)),
        (_cell(6, 3, 4, scale=2), normal(7, 2, 6, 3), normal(8, 2, 4)),
        (_cell(9, 2, 5), normal(10, 4, 1, 2), normal(11, 4, 5)),
    ]
    for arguments in cases:
        got = trial.call(*arguments)
        got = got.detach() if isinstance(got, Tensor) else got
        trial.compare(got, rnn.gradient_norms(*arguments), mistakes=mistakes, inputs=arguments)


# ---- 02.clip_gradients ---------------------------------------------------------------------------------


def clip_gradients(parameters, max_norm):
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm()
    if norm > max_norm:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm


def _parameters(gradients: list[Tensor | None]) -> list[nn.Parameter]:
    """Parameters with given gradients."""
    parameters = [nn.Parameter(torch.zeros(2) if g is None else torch.zeros_like(g)) for g in gradients]
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = None if gradient is None else gradient.clone()
    return parameters


def _clip_with(
    norm=lambda gs: torch.stack([g.norm() for g in gs]).norm(),
    scale=lambda gs, n, most: [g * min(1.0, most / (n.item() + 1e-6)) for g in gs],
    result=lambda before, gs: before,
):
    """A way to clip wrongly: (gradients, max_norm) -> (what comes back, the new gradients)."""

    def clip(gradients, max_norm):
        there = [g for g in gradients if g is not None]
        before = norm(there)
        new = iter(scale(there, before, max_norm))
        new = [None if g is None else next(new) for g in gradients]
        return torch.as_tensor(result(before, [g for g in new if g is not None])), new

    return clip


@exercise(
    "02.clip_gradients",
    reference=clip_gradients,
    difficulty=2,
    minutes=6,
    hints=(
        "One norm for all: as if all gradients were one long vector. It is the root of the sum of all squares.",
        "`gradients = [p.grad for p in parameters if p.grad is not None]` first: `parameters` can be gone through only once.",
        "`norm = torch.stack([g.norm() for g in gradients]).norm()`; if it is larger than `max_norm`, "
        "`g.mul_(max_norm / norm)` for each; `return norm`.",
    ),
    explanation="""
The norm of the norms is the norm of all elements together. All gradients shrink by one factor, so the step keeps its
direction and only its length is bounded; clipping each tensor, or each element, by itself would turn the direction. A
gradient that is short enough stays as it is. The norm before clipping is worth returning: watching it is how one notices
that gradients explode.""",
)
def check_clip_gradients(trial: Trial) -> None:
    def each(gs, n, most):
        return [g * min(1.0, most / (g.norm().item() + 1e-6)) for g in gs]

    mistakes = [
        ("the norm is right, but the gradients are as they were: is `parameters` gone through twice (it can be only once: "
         "make a list first), or is a scaled copy thrown away? Use `p.grad.mul_(...)`", _clip_with(scale=lambda gs, n, most: gs)),
        ("each gradient is clipped by its own norm; there is one norm for all together, and one factor", _clip_with(scale=each)),
        ("each element is cut off at `max_norm`; scale all gradients by one factor", _clip_with(scale=lambda gs, n, most: [g.clamp(-most, most) for g in gs])),
        ("gradients that are short enough are made longer: scale only if the norm is above `max_norm`", _clip_with(scale=lambda gs, n, most: [g * most / n for g in gs])),
        ("the gradients are made to have the norm 1; `max_norm` is what bounds it", _clip_with(scale=lambda gs, n, most: [g / n for g in gs])),
        ("the gradients are made to have the norm 1; `max_norm` is what bounds it", _clip_with(scale=lambda gs, n, most: [g / max(1.0, n.item()) for g in gs])),
        ("the factor is upside down: max_norm / norm", _clip_with(scale=lambda gs, n, most: [g * (n / most if n > most else 1.0) for g in gs])),
        ("short gradients are scaled and long ones left: turn the comparison round", _clip_with(scale=lambda gs, n, most: [g * (most / n if n < most else 1.0) for g in gs])),
        ("the norms of the gradients are added up; their common norm is the root of the sum of squares",
         _clip_with(norm=lambda gs: sum(g.norm() for g in gs))),
        ("the root is missing: the norm is the root of the sum of squares", _clip_with(norm=lambda gs: sum(g.square().sum() for g in gs))),
        ("it is the largest of the norms; the common norm is the root of the sum of squares", _clip_with(norm=lambda gs: torch.stack([g.norm() for g in gs]).max())),
        ("it is the mean of the norms; the common norm is the root of the sum of squares", _clip_with(norm=lambda gs: torch.stack([g.norm() for g in gs]).mean())),
        ("it is the sum of absolute values; the norm is the root of the sum of squares", _clip_with(norm=lambda gs: sum(g.abs().sum() for g in gs))),
        ("it is the largest element; the norm is the root of the sum of squares", _clip_with(norm=lambda gs: torch.stack([g.abs().max() for g in gs]).max())),
        ("the norm after clipping comes back; the one before is asked for", _clip_with(result=lambda before, gs: torch.stack([g.norm() for g in gs]).norm())),
        ("the factor comes back; the norm before clipping is asked for",
         lambda gs, most: (lambda n: (torch.as_tensor(min(1.0, most / (n.item() + 1e-6))), _clip_with()(gs, most)[1]))(_clip_with()(gs, most)[0])),
        ("only the first gradient is scaled; all of them are", _clip_with(scale=lambda gs, n, most: [gs[0] * min(1.0, most / n.item()), *gs[1:]])),
        ("all gradients became 0", _clip_with(scale=lambda gs, n, most: [0 * g for g in gs])),
    ]  # fmt: skip
    trial.advise("NoneType", "A parameter that was not used has no gradient, `p.grad` is None: leave it out.")
    trial.advise("leaf Variable that requires grad", "Scale the gradients, `p.grad.mul_(...)`, not the parameters.")
    trial.advise(
        "non-empty TensorList",
        "`parameters` can be gone through only once, like `model.parameters()`: make a list of the gradients first.",
    )
    trial.advise(
        "stack expects", "The gradients have different shapes: stack their norms, `[g.norm() for g in gradients]`."
    )
    trial.advise("has no len()", "`parameters` is an iterator, as `model.parameters()` is: make a list of it.")
    trial.advise("not subscriptable", "`parameters` is an iterator, as `model.parameters()` is: make a list of it.")
    cases = [
        ([torch.tensor([2.0, -4.0]), torch.tensor([[5.0], [2.0]])], 1.4),
        ([torch.tensor([2.0, -4.0]), torch.tensor([[5.0], [2.0]])], 10.0),
        ([normal(0, 4, 3), normal(1, 4), normal(2, 2, 2, 2)], 0.5),
        ([100 * normal(3, 5), None, 1e-3 * normal(4, 3, 2)], 2.0),
        ([0.01 * normal(5, 3)], 2.0),
    ]
    passed = []
    for gradients, max_norm in cases:
        given = _parameters(gradients)
        norm = trial.call((p for p in given), max_norm)  # to be gone through once, as `model.parameters()` is
        case = trial.case() | {
            "The gradients": show([g for g in gradients if g is not None]),
            "The norm of all": f"{_clip_with()(gradients, max_norm)[0]:.4g}",
        }
        if not _is_number(norm):
            message = f"one number is expected, the norm of all gradients before clipping, got {show(norm)}"
            raise Finding(State.DTYPE, message, case)
        if [p.grad is None for p in given] != [g is None for g in gradients]:
            raise Finding(State.VALUE, "a parameter has lost its gradient, or has got one that it had not", case)
        got = (torch.as_tensor(norm).detach(), [None if p.grad is None else p.grad.detach() for p in given])
        passed.append((gradients, max_norm, got))
        right = _clip_with()(gradients, max_norm)
        if _clipped_alike(got, right):
            continue

        def explains(mistaken) -> bool:
            with contextlib.suppress(Exception):  # a mistake need not be possible with every gradient
                return all(_clipped_alike(mine, mistaken(before, most)) for before, most, mine in passed)
            return False

        message = next((known for known, mistaken in mistakes if explains(mistaken)), None)
        unknown = (
            "the norm that comes back is right, but the gradients afterwards are not: times max_norm / norm, all of them"
            if _same_norm(got, right)
            else "the norm that comes back is not that of all gradients together, before clipping"
        )
        shown = {"Expected": _show_clipped(right), "Got": _show_clipped(got)}
        raise Finding(State.VALUE, message or unknown, case | shown)


def _is_number(value) -> bool:
    if isinstance(value, bool | complex):
        return False
    if isinstance(value, Tensor):
        return (
            value.numel() == 1
            and not value.is_complex()
            and value.device.type != "meta"
            and value.layout == torch.strided
        )
    return isinstance(value, int | float)


_NEAR = {"rtol": 1e-3, "atol": 1e-5}


def _same_norm(one, other) -> bool:
    return torch.allclose(one[0].double(), other[0].double(), **_NEAR)


def _clipped_alike(one, other) -> bool:
    pairs = zip(one[1], other[1], strict=True)
    return _same_norm(one, other) and all((a is None and b is None) or torch.allclose(a, b, **_NEAR) for a, b in pairs)


def _show_clipped(result) -> str:
    norm, gradients = result
    return f"norm {norm.item():.4g}, gradients {show([g for g in gradients if g is not None])}"


# ---- 02.truncated_unroll -------------------------------------------------------------------------------


def truncated_unroll(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = unroll(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


def _truncated_with(
    cut=lambda t, k: t % k == 0,
    start=lambda state, first: state.detach(),
    steps=lambda x, k: x.unbind(1),
    stack=lambda outputs, k: torch.stack(outputs, 1),
):
    """A way to truncate wrongly: cut elsewhere, start the pieces anew, lose steps, put them together otherwise."""

    def truncated_unroll(cell, x, k, state):
        first, outputs = state, []
        for t, x_t in enumerate(steps(x, k)):
            if cut(t, k):
                state = start(state, first)
            state = cell(x_t, state)
            outputs.append(state)
        return stack(outputs, k), state

    return truncated_unroll


@exercise(
    "02.truncated_unroll",
    reference=truncated_unroll,
    difficulty=3,
    minutes=6,
    hints=(
        "`x.split(k, dim=1)` gives the pieces, the last of them shorter. Each goes through `unroll`.",
        "Between two pieces, `state = state.detach()`: the same numbers, but the gradient ends there.",
        "`outputs, state = unroll(cell, piece, state.detach())` for each piece; in the end `torch.cat(pieces, dim=1), state`.",
    ),
    explanation="""
`detach` returns a tensor with the same values that does not know where it came from. So the forward pass is that of the
whole sequence: what was read long ago is still in the state. Only the blame stops at the cut: the weights are told nothing
of how a word more than k steps back should have been treated. In training one calls `backward` after every piece, and
memory no longer grows with T.""",
)
def check_truncated_unroll(trial: Trial) -> None:
    mistakes = [
        ("each piece starts from zeros; it starts from the (detached) state of the piece before",
         _truncated_with(start=lambda state, first: torch.zeros_like(state))),
        ("only the first piece starts from the given state, the others from zeros; each starts from the detached state of the "
         "one before", _truncated_with(start=lambda state, first: state if state is first else torch.zeros_like(state))),
        ("each piece starts from the given state; it starts from the (detached) state of the piece before",
         _truncated_with(start=lambda state, first: first)),
        ("the steps after the last whole piece are lost: T need not be a multiple of k; `x.split(k, dim=1)` keeps the rest",
         _truncated_with(steps=lambda x, k: x.unbind(1)[: x.shape[1] // k * k])),
        ("only the first piece comes back; go on with the others", _truncated_with(steps=lambda x, k: x.unbind(1)[:k])),
        ("only the last piece comes back; join all of them, `torch.cat(pieces, dim=1)`",
         lambda cell, x, k, state: (rnn.unroll(cell, x, state)[0].split(k, 1)[-1], rnn.unroll(cell, x, state)[1])),
        ("the pieces are joined along the batch; join them along the steps, `torch.cat(pieces, dim=1)`",
         lambda cell, x, k, state: (torch.cat(rnn.unroll(cell, x, state)[0].split(k, 1), 0), rnn.unroll(cell, x, state)[1])),
        ("the pieces are joined along the units; join them along the steps, `torch.cat(pieces, dim=1)`",
         lambda cell, x, k, state: (torch.cat(rnn.unroll(cell, x, state)[0].split(k, 1), 2), rnn.unroll(cell, x, state)[1])),
        ("the given state is not used: the first piece starts from it", lambda cell, x, k, state: rnn.unroll(cell, x, torch.zeros_like(state))),
        ("the two results are interchanged: first the outputs (B, T, H), then the last state (B, H)", lambda cell, x, k, state: rnn.unroll(cell, x, state)[::-1]),
        ("the batch is split, not the steps: `x.split(k, dim=1)`",
         lambda cell, x, k, state: (lambda made: (torch.cat([m[0] for m in made]), made[-1][1]))(
             [rnn.unroll(cell, piece, start) for piece, start in zip(x.split(k), state.split(k), strict=True)])),
    ]  # fmt: skip
    trial.advise("h must have shape (B=", "The batch is split, not the steps: `x.split(k, dim=1)`.")
    trial.advise(
        "Sizes of tensors must match", "The pieces differ in length: join them with `torch.cat(pieces, dim=1)`."
    )
    trial.advise("stack expects", "The pieces differ in length: join them with `torch.cat(pieces, dim=1)`.")
    trial.advise("'tuple' object", "`unroll` returns two things: `outputs, state = unroll(...)`.")
    trial.advise("not tuple", "`unroll` returns two things: `outputs, state = unroll(...)`.")
    cases = [
        (_cell(0, 2, 3), normal(1, 3, 4, 2), 2, normal(2, 3, 3)),
        (_cell(3, 2, 4), normal(4, 3, 5, 2), 3, normal(5, 3, 4)),  # `chunk`, early and late cuts all differ here
        (_cell(6, 3, 2), normal(7, 1, 5, 3), 1, normal(8, 1, 2)),
        (_cell(9, 2, 2), normal(10, 4, 3, 2), 8, normal(11, 4, 2)),
    ]
    for number, arguments in enumerate(cases):
        got = trial.call(*arguments)
        if number == 0:
            _require_two(trial, got)
        trial.compare(got, rnn.truncated_unroll(*arguments), mistakes=mistakes, inputs=arguments)
    for cell, x, k, state in (cases[1], cases[0], cases[2]):
        _require_cuts(trial, cell, x, k, state)


def _require_cuts(trial: Trial, cell, x: Tensor, k: int, state: Tensor) -> None:
    """A Finding unless the gradient of each output reaches the steps of its own piece, up to itself, and no other."""
    leaf = x.clone().requires_grad_()
    outputs, last = trial.call(cell, leaf, k, state)
    T = x.shape[1]

    def reached(of: Tensor) -> list[bool]:
        if not of.requires_grad:
            return [False] * T
        (gradient,) = torch.autograd.grad(of.sum(), leaf, retain_graph=True, allow_unused=True)
        return [False] * T if gradient is None else (gradient.abs().sum((0, 2)) > 0).tolist()

    got = [*(reached(outputs[:, t]) for t in range(T)), reached(last)]
    pieces = [*range(T), T - 1]  # the last state belongs to the last step
    right = [[s <= t and s // k == t // k for s in range(T)] for t in pieces]
    if got == right:
        return
    known = [
        ("the values are right, but nothing is cut: the gradient runs back to the first step. Detach the state between the "
         "pieces, `state.detach()`", [[s <= t for s in range(T)] for t in pieces]),
        ("no gradient reaches the steps at all: detach the state between two pieces, and nothing else, not x nor the outputs",
         [[False] * T for _ in pieces]),
        ("the state is detached after every step; only after every k steps", [[s == t for s in range(T)] for t in pieces]),
        ("`k` is taken for the number of pieces; it is the number of steps in each: `split(k, dim=1)`, not `chunk`",
         [[s <= t and s // -(-T // k) == t // -(-T // k) for s in range(T)] for t in pieces]),
        ("the last state that comes back is detached; only the state between two pieces is", [*right[:-1], [False] * T]),
        ("the cut is one step too late", [[s <= t and (s - 1) // k == (t - 1) // k for s in range(T)] for t in pieces]),
        ("the cut is one step too early", [[s <= t and (s + 1) // k == (t + 1) // k for s in range(T)] for t in pieces]),
    ]  # fmt: skip
    t = next(i for i, (mine, wanted) in enumerate(zip(got, right, strict=True)) if mine != wanted)
    message = next(
        (text for text, wrong in known if wrong == got), "the gradient does not end where the pieces of k steps begin"
    )

    def steps(row):
        return ", ".join(str(s) for s, there in enumerate(row) if there) or "none"

    name = "the last state" if t == T else f"output {t}"
    shown = {
        "k": str(k),
        f"The gradient of {name} should reach the steps": steps(right[t]),
        "It reaches": steps(got[t]),
    }
    raise Finding(State.VALUE, message, trial.case() | shown)
