"""The exercises of lesson 04, seq2seq: references, hints, and what each check examines."""

import math
from collections import Counter
from collections.abc import Callable

import torch
from torch import Tensor, nn

from course_lib import metrics
from course_lib.exercises.core import exercise
from course_lib.exercises.given import normal, seeded
from course_lib.exercises.trial import State, Trial
from course_lib.masks import padding_mask
from course_lib.text import EOS, PAD, SOS


def _require_pair(trial: Trial, got, expected: str) -> None:
    """A Finding unless two things came back."""
    count = len(got) if isinstance(got, tuple | list) else 1
    trial.require(
        isinstance(got, tuple) and count == 2,
        f"expected {expected}, got {'one tensor' if isinstance(got, Tensor) else f'a {type(got).__name__}'}",
        state=State.DTYPE,
        got=got,
    )


# ---- 04.contexts -----------------------------------------------------------------------------------------


def contexts(outputs, mask):
    lengths = mask.sum(1)  # (B,)
    last = outputs[torch.arange(len(outputs)), lengths - 1]  # (B, H)
    real = mask[:, :, None]  # (B, S, 1)
    mean = (outputs * real).sum(1) / lengths[:, None]  # (B, H)
    return last, mean


def _contexts_with(
    last=lambda o, m: contexts(o, m)[0],
    mean=lambda o, m: contexts(o, m)[1],
    result=lambda last, mean: (last, mean),
):
    return lambda outputs, mask: result(last(outputs, mask), mean(outputs, mask))


def _real_sum(outputs, mask):
    return (outputs * mask[:, :, None]).sum(1)


@exercise(
    "04.contexts",
    reference=contexts,
    difficulty=2,
    minutes=6,
    hints=(
        "`mask.sum(1)` counts the real tokens of each sentence, (B,). The last state was exercise 6 of lesson 03: "
        "`outputs[torch.arange(B), lengths - 1]`.",
        "For the mean, `mask[:, :, None]` has shape (B, S, 1): times the outputs it leaves zeros at padding. Sum over S, and "
        "divide by the number of real tokens, `lengths[:, None]`.",
    ),
    explanation="""
Both are one vector of H numbers, whatever the length. The last state is what the recurrent network itself has made of the
sentence; the mean gives each of its states the same weight. Padding must count in neither: not as the last position, not in the
sum, and not in the number by which the sum is divided.""",
)
def check_contexts(trial: Trial) -> None:
    trial.advise("tensors used as indices", "Lengths that index must be integers: `mask.sum(1)` of a bool mask is.")
    trial.advise("must match the size of tensor", "`mask` is (B, S), the outputs are (B, S, H): `mask[:, :, None]`.")
    trial.advise("Subtraction, the `-` operator, with a bool", "`~mask` is the opposite of a mask; `-` is for numbers.")
    trial.advise("out of bounds", "Positions are counted from 0: the last of n tokens stands at `n - 1`.")
    mistakes = [
        ("`last` is taken at the last position, which is padding in the shorter sentences", _contexts_with(last=lambda o, m: o[:, -1])),
        ("`mean` is over all S positions: padding is summed, too, and counted", _contexts_with(mean=lambda o, m: o.mean(1))),
        ("both take padding for words: the mask is not used", lambda o, m: (o[:, -1], o.mean(1))),
        ("`mean` is divided by S; divide by the number of real tokens of each sentence", _contexts_with(mean=lambda o, m: _real_sum(o, m) / o.shape[1])),
        ("`mean` sums padding, too", _contexts_with(mean=lambda o, m: o.sum(1) / m.sum(1, keepdim=True))),
        ("`mean` is a sum: divide it by the number of real tokens", _contexts_with(mean=_real_sum)),
        ("`mean` is divided by the number of all real tokens of the batch; each sentence has its own", _contexts_with(mean=lambda o, m: _real_sum(o, m) / m.sum())),
        ("`mean` is that of all tokens of the batch; each sentence has its own", _contexts_with(mean=lambda o, m: o[m].mean(0).expand(len(o), -1))),
        ("the mask is turned round: `mean` is that of the padding", _contexts_with(mean=lambda o, m: _real_sum(o, ~m) / m.sum(1, keepdim=True))),
        ("the mask is turned round: `mean` is that of the padding", _contexts_with(mean=lambda o, m: _real_sum(o, ~m) / (~m).sum(1, keepdim=True))),
        ("`mean` is the largest output of each unit; the mean was asked for", _contexts_with(mean=lambda o, m: o.masked_fill(~m[:, :, None], -math.inf).amax(1))),
        ("`last` is the first state", _contexts_with(last=lambda o, m: o[:, 0])),
        ("`last` is one step early: position `lengths - 1` is the last real one", _contexts_with(last=lambda o, m: o[torch.arange(len(o)), m.sum(1) - 2])),
        ("`mean` comes first; return `last, mean`", _contexts_with(result=lambda last, mean: (mean, last))),
        ("`last` comes back twice; the second is the mean", _contexts_with(result=lambda last, mean: (last, last))),
        ("`mean` comes back twice; the first is the last state", _contexts_with(result=lambda last, mean: (mean, mean))),
        ("the mean is over the batch; it is over the tokens of each sentence, dimension 1", _contexts_with(mean=lambda o, m: (o * m[:, :, None]).mean(0))),
        ("one dimension too many is kept: (B, H) each", _contexts_with(result=lambda last, mean: (last.unsqueeze(1), mean.unsqueeze(1)))),
        ("one dimension too many is kept: `mean` is (B, H)", _contexts_with(result=lambda last, mean: (last, mean.unsqueeze(1)))),
    ]  # fmt: skip
    cases = [((3, 1, 2), 3, 4), ((2, 5), 5, 3), ((4, 4, 2, 3), 6, 2), ((1,), 1, 5), ((2, 3, 3), 3, 3)]
    for seed, (lengths, S, H) in enumerate(cases):
        # what stands at padding is not zero here, so that whoever counts it is found out
        arguments = normal(seed, len(lengths), S, H) + 1, padding_mask(torch.tensor(lengths), S)
        got = trial.call(*arguments)
        _require_pair(trial, got, "the two contexts, `return last, mean`")
        trial.compare(got, contexts(*arguments), mistakes=mistakes, inputs=arguments)
    mask = padding_mask(torch.tensor([2, 4, 1]), 4)
    both = Trial(
        lambda outputs: torch.cat(trial.answer(outputs, mask)),
        trial.name,
        lambda outputs: torch.cat(contexts(outputs, mask)),
    )
    both.gradients_agree(normal(9, 3, 4, 2))


# ---- 04.decoder_step -------------------------------------------------------------------------------------


def decoder_step(tokens, state, embedding, cell, output):
    state = cell(embedding(tokens), state)  # (B, H), or two of them
    h = state[0] if isinstance(state, tuple) else state
    return output(h), state


def _h(state):
    return state[0] if isinstance(state, tuple) else state


def _step_with(before=lambda s: s, out=lambda logits: logits, shown=_h, returned=lambda old, new: new, swap=False):
    """A way to write the step wrongly: another state goes in, another vector to the output, another state back."""

    def step(tokens, state, embedding, cell, output):
        new = cell(embedding(tokens), before(state))
        pair = out(output(shown(new))), returned(state, new)
        return pair[::-1] if swap else pair

    return step


def _from_old(tokens, state, embedding, cell, output):
    return output(_h(state)), cell(embedding(tokens), state)


def _two_steps(tokens, state, embedding, cell, output):
    new = cell(embedding(tokens), state)
    return output(_h(new)), cell(embedding(tokens), new)


@exercise(
    "04.decoder_step",
    reference=decoder_step,
    difficulty=2,
    minutes=6,
    hints=(
        "Three lines: look the words up, `embedding(tokens)`; step, `cell(..., state)`; and `output` of the new h.",
        "The state of an LSTM is `(h, c)`, that of a GRU is h itself: `h = state[0] if isinstance(state, tuple) else state`.",
    ),
    explanation="""
This is the language model of lesson 02, one step of it. What makes it a translator is the state from which it starts: the
context that the encoder made. The step returns the state instead of keeping it, so that the same function serves training,
greedy decoding and beam search, where states are copied and dropped. It returns logits, not probabilities: the loss and
the search take the log-softmax themselves, in one stable operation.""",
)
def check_decoder_step(trial: Trial) -> None:
    trial.advise(
        "must be Tensor, not tuple", "The state of an LSTM is the pair `(h, c)`; the output layer takes h alone."
    )
    trial.advise("mat1 and mat2", "`output` takes h, (B, H); the cell takes embedded words, (B, E).")
    trial.advise("same dtype", "Ids are names, not vectors: look them up first, `embedding(tokens)`.")
    trial.advise("expected scalar type", "Ids are names, not vectors: look them up first, `embedding(tokens)`.")
    trial.advise("input must have", "`tokens` is (B,), so the embedded words are (B, E), as the cell wants them.")
    trial.advise("x must", "`tokens` is (B,): `embedding(tokens)` is (B, E), as the cell wants it.")
    trial.advise(
        "Expected input to be 1D or 2D", "`tokens` is (B,): `embedding(tokens)` is (B, E), as the cell wants it."
    )
    trial.advise("inconsistent input_size", "Ids are names, not vectors: look them up first, `embedding(tokens)`.")
    trial.advise(
        "'tuple' object has no attribute", "The words come first, then the state: `cell(embedding(tokens), state)`."
    )
    trial.advise("values to unpack", "Only the state of an LSTM is a pair; that of a GRU is h alone.")
    mistakes = [
        ("the logits are made from the state before the step; they come from the new h", _from_old),
        ("the old state comes back; return the new one", _step_with(returned=lambda old, new: old)),
        ("the logits are made from c; they come from h", _step_with(shown=lambda s: s[1] if isinstance(s, tuple) else s)),
        ("a softmax is applied: return the logits, as the output layer gives them", _step_with(out=lambda x: x.softmax(-1))),
        ("a log-softmax is applied: return the logits, as the output layer gives them", _step_with(out=lambda x: x.log_softmax(-1))),
        ("the likeliest words come back; return the logits of all words, (B, V)", _step_with(out=lambda x: x.argmax(-1))),
        ("the state comes first; return `logits, state`", _step_with(swap=True)),
        ("the step begins from zeros: hand the state to the cell", _step_with(before=lambda s: None)),
        ("h alone comes back as the state; an LSTM needs `(h, c)` for its next step", _step_with(returned=lambda old, new: _h(new))),
        ("`state[0]` of a GRU is the first row of its state: only where the state is a tuple, h is `state[0]`", _step_with(shown=lambda s: s[0])),
        ("the output goes through a tanh; h has been through one already", _step_with(out=torch.tanh)),
        ("h goes through a tanh once more", _step_with(shown=lambda s: _h(s).tanh())),
        ("the cell is called twice: the state that comes back is two steps on", _two_steps),
    ]  # fmt: skip
    cases = [(nn.LSTMCell, 2, 3, 4, 5), (nn.GRUCell, 3, 2, 4, 6), (nn.LSTMCell, 4, 4, 4, 4), (nn.GRUCell, 1, 2, 3, 7)]
    for seed, (make, B, E, H, V) in enumerate(cases):
        torch.manual_seed(seed)
        embedding, cell, output = nn.Embedding(V, E), make(E, H), nn.Linear(H, V)
        state = normal(seed + 20, B, H), normal(seed + 30, B, H)
        tokens = torch.randint(V, (B,), generator=seeded(seed))
        arguments = (tokens, state if make is nn.LSTMCell else state[0], embedding, cell, output)
        got = trial.call(*arguments)
        _require_pair(trial, got, "the pair `(logits, state)`: the next step needs the state")
        trial.compare(got, decoder_step(*arguments), mistakes=mistakes, inputs=arguments)
    torch.manual_seed(9)
    parts = nn.Embedding(5, 2), nn.LSTMCell(2, 3), nn.Linear(3, 5)
    tokens = torch.tensor([1, 4, 0, 1])

    def flat(step: Callable) -> Callable:
        def both(h: Tensor, c: Tensor) -> Tensor:
            logits, (h, c) = step(tokens, (h, c), *parts)
            return torch.cat([logits, h, c], dim=1)

        return both

    Trial(flat(trial.answer), trial.name, flat(decoder_step)).gradients_agree(normal(1, 4, 3), normal(2, 4, 3))


# ---- 04.log_likelihood -----------------------------------------------------------------------------------


def log_likelihood(logits, target):
    words = target[:, 1:]  # (B, T): what is to be said at each step
    log_p = logits.log_softmax(-1)  # (B, T, V)
    log_p = log_p.gather(-1, words[:, :, None])[:, :, 0]  # (B, T)
    return (log_p * (words != PAD)).sum(1)  # (B,)


def _likelihood_with(
    words=lambda t: t[:, 1:],
    log_p=lambda logits: logits.log_softmax(-1),
    real=lambda words: words != PAD,
    total=lambda of_words, real: (of_words * real).sum(1),
):
    def likelihood(logits, target):
        said = words(target)
        of_words = log_p(logits).gather(-1, said[:, :, None])[:, :, 0]
        return total(of_words, target[:, :-1] != PAD if real is None else real(said))

    return likelihood


def _shifted_twice(logits, target):
    words = target[:, 1:-1]
    log_p = logits.log_softmax(-1)[:, 1:].gather(-1, words[:, :, None])[:, :, 0]
    return (log_p * (words != PAD)).sum(1)


@exercise(
    "04.log_likelihood",
    reference=log_likelihood,
    difficulty=3,
    minutes=10,
    hints=(
        "The word to be said at step t is `target[:, t + 1]`, so all of them are `words = target[:, 1:]`, (B, T).",
        "`logits.log_softmax(-1)` has a number for every word of the vocabulary. `.gather(-1, words[:, :, None])` picks that of "
        "the right word, (B, T, 1); then drop the last dimension.",
        "`(log_p * (words != PAD)).sum(1)`: a factor of 0 takes padding out of the sum.",
    ),
    explanation="""
The probability of a sentence is a product of T numbers below 1; its logarithm is a sum, which neither underflows nor needs
care. `log_softmax` is computed in one piece, because the logarithm of a softmax that has become 0 is minus infinity. The
target is shifted against the inputs by one: the step that sees <sos> is to say the first word, the one that sees the last word
is to say <eos>. <eos> counts: a model that never ends its sentences must be told. Padding does not.""",
)
def check_log_likelihood(trial: Trial) -> None:
    trial.advise(
        "Size does not match at dimension", "logits are (B, T, V), target is (B, T + 1): its `[:, 1:]` is (B, T)."
    )
    trial.advise(
        "must match the size of tensor", "logits are (B, T, V), target is (B, T + 1): its `[:, 1:]` is (B, T)."
    )
    trial.advise(
        "Index tensor must have the same number",
        "`gather` wants as many dimensions as the logits: `words[:, :, None]`.",
    )
    mistakes = [
        ("the target is not shifted: step t is to say `target[:, t + 1]`, so the words are `target[:, 1:]`", _likelihood_with(words=lambda t: t[:, :-1])),
        ("the target is not shifted, and padding is counted", _likelihood_with(words=lambda t: t[:, :-1], real=lambda w: True)),
        ("padding is counted: multiply by `words != PAD`", _likelihood_with(real=lambda w: True)),
        ("<eos> is left out: that the sentence ends there is part of it", _likelihood_with(real=lambda w: (w != PAD) & (w != EOS))),
        ("the sign is turned: log p is negative, and nothing is minimized here", _likelihood_with(total=lambda p, r: -(p * r).sum(1))),
        ("it is the mean over the words; a sum is wanted, the log of the whole product", _likelihood_with(total=lambda p, r: (p * r).sum(1) / r.sum(1))),
        ("it is the mean over all positions; a sum is wanted", _likelihood_with(total=lambda p, r: (p * r).mean(1))),
        ("it is the mean over the words, with the sign turned; the sum is wanted, as it is", _likelihood_with(total=lambda p, r: -(p * r).sum(1) / r.sum(1))),
        ("the sentences of the batch are summed: one number for each of them, (B,)", _likelihood_with(total=lambda p, r: (p * r).sum())),
        ("the sentences of the batch are averaged: one number for each of them, (B,)", _likelihood_with(total=lambda p, r: (p * r).sum() / r.sum())),
        ("the words of a sentence are not summed: (B,), not (B, T)", _likelihood_with(total=lambda p, r: p * r)),
        ("the sum is over the batch; sum over the words, dimension 1", _likelihood_with(total=lambda p, r: (p * r).sum(0))),
        ("the logits themselves are summed; they become log-probabilities by `log_softmax(-1)`", _likelihood_with(log_p=lambda x: x)),
        ("probabilities are summed: take their logarithm, `log_softmax`", _likelihood_with(log_p=lambda x: x.softmax(-1))),
        ("it is the probability; its logarithm is wanted", _likelihood_with(total=lambda p, r: (p * r).sum(1).exp())),
        ("the softmax runs over the steps; it is over the vocabulary, the last dimension", _likelihood_with(log_p=lambda x: x.log_softmax(1))),
        ("the softmax runs over the batch; it is over the vocabulary, the last dimension", _likelihood_with(log_p=lambda x: x.log_softmax(0))),
        ("the likeliest words are scored; it is about the words of the target: `gather`", lambda x, t: (x.log_softmax(-1).amax(-1) * (t[:, 1:] != PAD)).sum(1)),
        ("the mask is that of the words told: there <eos> is one step later", _likelihood_with(real=None)),
        ("the logits are shifted, too: `logits[:, t]` are about `target[:, t + 1]` already", _shifted_twice),
        ("`reshape` mixes steps and words: (B, T, V) becomes (B, V, T) by `transpose(1, 2)`", _likelihood_with(log_p=lambda x: x.reshape(len(x), x.shape[2], x.shape[1]).log_softmax(1).transpose(1, 2))),
        ("the logarithm has base 2; here it is the natural one", _likelihood_with(log_p=lambda x: x.log_softmax(-1) / math.log(2))),
    ]  # fmt: skip
    cases = [([2, 4, 3], 4, 6), ([5, 2], 5, 7), ([1, 3, 3, 2], 3, 5), ([4], 4, 4), ([3, 1, 2], 6, 9)]
    for seed, (lengths, T, V) in enumerate(cases):
        logits, target = normal(seed, len(lengths), T, V), _targets(seed, lengths, T, V)
        trial.agrees(logits, target, mistakes=mistakes)
    logits, target = normal(7, 2, 3, 5), _targets(7, [3, 2], 3, 5)
    trial.gradients_agree(logits, target)
    large = torch.tensor([[[300.0, -300.0, 0.0, 90.0, 5.0], [0.0, 0.0, 500.0, -200.0, 4.0]]])
    target = torch.tensor([[SOS, 4, EOS]])
    got = trial.call(large, target)
    trial.require(
        isinstance(got, Tensor) and bool(got.isfinite().all()),
        "it is not finite for large logits: the logarithm of a softmax that has become 0. `log_softmax` is stable",
        expected=log_likelihood(large, target),
        got=got,
    )
    trial.require(
        torch.allclose(got.detach(), log_likelihood(large, target)),
        "for large logits it is not exact: a number added to the probability, or a limit, hides that it has become 0. "
        "`log_softmax` needs neither",
        expected=log_likelihood(large, target),
        got=got,
    )


def _targets(seed: int, lengths: list[int], T: int, V: int) -> Tensor:
    """Targets (B, T + 1): <sos>, words, <eos>, padding. `lengths` counts the words and <eos>."""
    rows = torch.full((len(lengths), T + 1), PAD)
    words = torch.randint(min(4, V - 1), V, rows.shape, generator=seeded(seed))
    for row, some, n in zip(rows, words, lengths, strict=True):
        row[0], row[1:n], row[n] = SOS, some[1:n], EOS
    return rows


# ---- 04.greedy -------------------------------------------------------------------------------------------


def greedy(step, state, B, max_length):
    tokens = torch.full((B,), SOS)
    ended = torch.zeros(B, dtype=torch.bool)
    words = []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(ended, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


def _greedy_with(
    first=SOS,
    choose=lambda logits: logits.argmax(-1),
    fed=lambda tokens: tokens,
    shown=lambda tokens, ended: tokens.masked_fill(ended, PAD),
    carried=lambda old, new: new,
    over=lambda ended, tokens: bool(ended.all()),
    longest=lambda n: n,
    result=lambda words, B: torch.stack(words, dim=1),
):
    """A way to write the loop wrongly."""

    def decode(step, state, B, max_length):
        tokens = torch.full((B,), first)
        ended = torch.zeros(B, dtype=torch.bool)
        words = []
        while len(words) < longest(max_length):
            logits, new = step(tokens, state)
            state = carried(state, new)
            tokens = choose(logits)
            words.append(shown(tokens, ended))
            ended = ended | (tokens == EOS)
            if over(ended, tokens):
                break
            tokens = fed(tokens)
        return result(words, B)

    return decode


def _chosen_for_all(logits):
    return logits.argmax(-1)[:1].expand(len(logits))


def _covered_once(step, state, B, max_length):
    """The words before say who has ended, but `<pad>`, once told, is no `<eos>`."""
    tokens, ended, words = torch.full((B,), SOS), torch.zeros(B, dtype=torch.bool), []
    while len(words) < max_length and not ended.all():
        logits, state = step(tokens, state)
        tokens = logits.argmax(-1).masked_fill(tokens == EOS, PAD)
        words.append(tokens)
        ended = ended | (tokens == EOS)
    return torch.stack(words, dim=1)


_GREEDY_MISTAKES = [
    ("behind <eos> the model's words go on; a sentence that has ended gets `<pad>`", _greedy_with(shown=lambda t, e: t)),
    ("it stops as soon as one sentence has ended; the others are not done: stop when all have ended", _greedy_with(over=lambda e, t: bool(e.any()))),
    ("it stops as soon as one sentence has ended, and does not pad", _greedy_with(over=lambda e, t: bool(e.any()), shown=lambda t, e: t)),
    ("it always goes on to `max_length`; stop when all have ended", _greedy_with(over=lambda e, t: False)),
    ("it always goes on to `max_length`, and behind <eos> the model's words go on; stop when all have ended", _greedy_with(over=lambda e, t: False, shown=lambda t, e: t)),
    ("it stops only where all sentences say <eos> in the same step: remember which have ended, `ended = ended | (tokens == EOS)`",
     _greedy_with(over=lambda e, t: bool((t == EOS).all()))),
    ("it stops only where all sentences say <eos> in the same step, and does not pad: remember which have ended, `ended = ended | (tokens == EOS)`",
     _greedy_with(over=lambda e, t: bool((t == EOS).all()), shown=lambda t, e: t)),
    ("every step is told `<sos>`; hand the last words to the next step", _greedy_with(fed=lambda t: torch.full_like(t, SOS))),
    ("the state is not carried on: `logits, state = step(tokens, state)`", _greedy_with(carried=lambda old, new: old)),
    ("the first step is told another word than `<sos>`: begin with `torch.full((B,), SOS)`", _greedy_with(first=PAD)),
    ("<sos> stands in front; it is told to the model, and no part of the result", _greedy_with(result=lambda w, B: torch.stack([torch.full((B,), SOS), *w], dim=1))),
    ("<eos> is missing: it belongs to the sentence", _greedy_with(shown=lambda t, e: t.masked_fill(e | (t == EOS), PAD))),
    ("behind <eos> stands `<eos>` again; it is `<pad>`", _greedy_with(shown=lambda t, e: t.masked_fill(e, EOS))),
    ("it is (T, B): `torch.stack(words, dim=1)` puts the steps side by side", _greedy_with(result=lambda w, B: torch.stack(w))),
    ("the steps are joined end to end: `torch.stack(words, dim=1)` makes (B, T)", _greedy_with(result=lambda w, B: torch.cat(w))),
    ("argmax runs over the batch; the words are the last dimension", _greedy_with(choose=lambda x: x.argmax(0)[: len(x)])),
    ("the word of the first sentence is taken for all", _greedy_with(choose=_chosen_for_all)),
    ("the least likely word is taken", _greedy_with(choose=lambda x: x.argmin(-1))),
    ("only the word right behind <eos> is covered: remember which have ended, `ended = ended | (tokens == EOS)`", _covered_once),
    ("it makes one step too many: at most `max_length` words, <eos> counted", _greedy_with(longest=lambda n: n + 1)),
    ("it makes one step too few: `max_length` words are allowed, <eos> counted", _greedy_with(longest=lambda n: n - 1)),
]  # fmt: skip


class _Script:
    """A model for a check: it says the words of its script as long as it is told the word it said before.

    Told anything else it is lost, and says word 5. Behind <eos> it goes on with other words. The state is the pair of
    the number of the step (B,) and that of the script (B,). `calls` counts the steps.
    """

    V = 12

    def __init__(self, scripts: list[list[int]], seed: int = 0):
        self.scripts = scripts
        longest = max(map(len, scripts)) + 6
        self.said = torch.randint(6, self.V, (len(scripts), longest), generator=seeded(seed))
        for row, words in zip(self.said, scripts, strict=True):
            row[: len(words)] = torch.tensor(words)
        self.noise = torch.rand(longest, len(scripts), self.V, generator=seeded(seed + 1))
        self.calls = 0
        self.state = torch.zeros(len(scripts), dtype=torch.long), torch.arange(len(scripts))

    def __repr__(self) -> str:
        return f"a model that says {self.scripts}"

    def __call__(self, tokens: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        self.calls += 1
        if tokens.shape != (len(self.scripts),):
            raise ValueError(f"tokens must be ids of shape (B,) = ({len(self.scripts)},), got {tuple(tokens.shape)}")
        at, which = state
        at = at.clamp(max=self.said.shape[1] - 1)
        before = torch.where(at > 0, self.said[which, (at - 1).clamp(min=0)], SOS)
        # one that has ended may be told what one likes
        over = ((self.said[which] == EOS).cumsum(1)[torch.arange(len(which)), (at - 1).clamp(min=0)] > 0) & (at > 0)
        word = torch.where((tokens == before) | over, self.said[which, at], 5)
        logits = self.noise[at, which].clone()
        logits[torch.arange(len(word)), word] += 2
        return logits, (at + 1, which)


@exercise(
    "04.greedy",
    reference=greedy,
    difficulty=3,
    minutes=15,
    hints=(
        "Before the loop: `tokens = torch.full((B,), SOS)`, and a bool (B,) that says which sentences have ended, at first none.",
        "In the loop: `logits, state = step(tokens, state)`, then `tokens = logits.argmax(-1)`. Where a sentence has ended "
        "before, the word is PAD: `tokens.masked_fill(ended, PAD)`.",
        "`ended = ended | (tokens == EOS)`; the loop runs `while len(words) < max_length and not ended.all()`. At the end "
        "`torch.stack(words, dim=1)` makes (B, T).",
    ),
    explanation="""
All sentences are decoded together, one step of the model for the whole batch. One that has ended keeps its place and is stepped on,
because it costs nothing beside the others, but its words are covered with padding. Whether it has ended must be remembered: in
the next step it says something else. `<eos>` is kept, so that a sentence that was cut at `max_length` can be told from one
that ended there.""",
)
def check_greedy(trial: Trial) -> None:
    trial.advise(
        "Boolean value of Tensor with more than one",
        "The sentences of a batch do not end together: `.all()` asks whether all have ended.",
    )
    trial.advise("must be ids of shape", "`tokens` is (B,): one word for each sentence.")
    cases = [
        ([[6, 7, EOS], [8, 9, EOS]], 10, 0),
        ([[6, 7, EOS], [8, EOS]], 10, 7),
        ([[6, 6, 9, 7, EOS], [EOS], [10, 8, EOS]], 8, 1),
        ([[7, 9, 8, EOS]], 20, 2),
        ([[6, 7, 8, 9, 10, 11, 6], [11, EOS], [9, 8, 7, EOS]], 5, 3),
        ([[8, EOS], [7, EOS], [11, EOS], [10, 6, EOS]], 4, 4),
        ([[7, 8, 9, EOS], [9, 9, 7, 10]], 4, 5),
        ([[9], [6]], 1, 6),
    ]
    for scripts, max_length, seed in cases:
        script = _Script(scripts, seed)
        arguments = (script, script.state, len(scripts), max_length)
        got = trial.call(*arguments)
        made = script.calls
        script.calls = 0
        expected = greedy(*arguments)
        trial.compare(got, expected, mistakes=_GREEDY_MISTAKES, inputs=arguments)
        trial.require(
            made == expected.shape[1],
            f"its result is right, but it called `step` {made} times for {expected.shape[1]} words: one step for each word, "
            "of all sentences together, and none when all have ended",
        )


# ---- 04.ngram_matches ------------------------------------------------------------------------------------


def ngram_matches(hypothesis, reference, n):
    def ngrams(tokens):
        return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

    counts, allowed = ngrams(hypothesis), ngrams(reference)
    matches = sum(min(count, allowed[ngram]) for ngram, count in counts.items())
    return matches, sum(counts.values())


def _ngrams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def _clipped(hypothesis, reference):
    """The matches of two lists of n-grams."""
    return sum((Counter(map(tuple, hypothesis)) & Counter(map(tuple, reference))).values())


def _without_the_last(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n)]


@exercise(
    "04.ngram_matches",
    reference=ngram_matches,
    difficulty=2,
    minutes=8,
    hints=(
        "The n-grams of a list: `[tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]`. (Tuples can be counted, lists "
        "can't.) If the list is shorter than n, there are none.",
        "`Counter(...)` counts them. For each n-gram of the hypothesis: `min` of its two counts. `Counter & Counter` does just "
        "that for all.",
    ),
    explanation="""
The clipping is what makes the precision honest: "the the the the" holds four words of a reference with one *the*, and gets one
of them. Matches and total are returned apart, because BLEU adds both up over all sentences before it divides.""",
)
def check_ngram_matches(trial: Trial) -> None:
    trial.advise("unhashable", "A list can't be counted; a tuple can: `tuple(tokens[i : i + n])`.")

    def counted(of):
        return lambda h, r, n: (of(_ngrams(h, n), _ngrams(r, n)), len(_ngrams(h, n)))

    mistakes = [
        ("nothing is clipped: each n-gram counts at most as often as it occurs in the reference", counted(lambda h, r: sum(g in r for g in h))),
        ("each different n-gram counts once; it counts as often as it occurs, at most as often as in the reference", counted(lambda h, r: len(set(h) & set(r)))),
        ("each different n-gram counts once, in the total, too; count how often each occurs",
         lambda h, r, n: (len(set(_ngrams(h, n)) & set(_ngrams(r, n))), len(set(_ngrams(h, n))))),
        ("the total is that of the reference; it is the number of n-grams of the hypothesis", lambda h, r, n: (ngram_matches(h, r, n)[0], len(_ngrams(r, n)))),
        ("the total is the number of words; it is that of the n-grams, `len(hypothesis) - n + 1`", lambda h, r, n: (ngram_matches(h, r, n)[0], len(h))),
        ("the total is negative where the hypothesis is shorter than n; then there are no n-grams, 0", lambda h, r, n: (ngram_matches(h, r, n)[0], len(h) - n + 1)),
        ("the last n-gram is forgotten: there are `len(tokens) - n + 1`", lambda h, r, n: (sum((Counter(_without_the_last(h, n)) & Counter(_without_the_last(r, n))).values()), len(_without_the_last(h, n)))),
        ("single words are counted, whatever n is", lambda h, r, n: ngram_matches(h, r, 1)),
        ("n-grams are counted at the same place only; they may stand anywhere in the reference",
         counted(lambda h, r: sum(a == b for a, b in zip(h, r, strict=False)))),
        ("total comes first; return `matches, total`", lambda h, r, n: ngram_matches(h, r, n)[::-1]),
        ("all n-grams up to n are counted; only those of n words are wanted",
         lambda h, r, n: tuple(map(sum, zip(*(ngram_matches(h, r, k) for k in range(1, n + 1)), strict=True)))),
    ]  # fmt: skip
    mistakes += [
        ("each counts as often as in the reference, though the hypothesis has fewer: the smaller of the two counts", counted(lambda h, r: sum(Counter(r)[g] for g in set(h)))),
        ("the order within an n-gram is lost: (a, b) is not (b, a)", counted(lambda h, r: _clipped(map(sorted, h), map(sorted, r)))),
        ("words are joined without a sign between them: ab + c and a + bc look the same; `tuple(...)` keeps them apart", counted(lambda h, r: _clipped(map("".join, h), map("".join, r)))),
        ("the n-grams must overlap: one begins at every word, not at every n-th", lambda h, r, n: (_clipped(_ngrams(h, n)[::n], _ngrams(r, n)[::n]), len(_ngrams(h, n)[::n]))),
    ]  # fmt: skip
    cases = [
        ("the the the the", "the cat sat on a mat", 1),
        ("x a b c", "a b c", 2),
        ("the cat sat on the mat", "the cat is on the mat", 2),
        ("a b a b a b", "a b c a b", 2),
        ("a b c", "d e f g", 1),
        ("a", "a b c", 3),
        ("i like tea and i like milk", "i like milk and i like tea", 3),
        ("c b a a", "a a b c d", 1),
        ("the cat", "the the cat", 1),
        ("b a c", "a b c", 2),
        ("ab c", "a bc", 2),
        ("x", "x", 1),
        ("", "a b", 1),
    ]
    for hypothesis, reference, n in cases:
        arguments = hypothesis.split(), reference.split(), n
        got = trial.call(*arguments)
        trial.require(
            not isinstance(got, float),
            "expected two numbers, `return matches, total`, got their quotient: BLEU sums both over all sentences before it "
            "divides",
            state=State.DTYPE,
            got=got,
        )
        _require_pair(trial, got, "two numbers, `return matches, total`")
        trial.compare(got, ngram_matches(*arguments), mistakes=mistakes, inputs=arguments)


# ---- 04.bleu ---------------------------------------------------------------------------------------------


def bleu(hypotheses, references):
    pairs = list(zip(hypotheses, references, strict=True))
    log_precisions = []
    for n in (1, 2, 3, 4):
        counts = [ngram_matches(hypothesis, reference, n) for hypothesis, reference in pairs]
        matches, total = (sum(column) for column in zip(*counts, strict=True))
        if matches == 0:
            return 0.0
        log_precisions.append(math.log(matches / total))
    c, r = sum(map(len, hypotheses)), sum(map(len, references))
    penalty = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * penalty * math.exp(sum(log_precisions) / 4)


def _bleu_with(
    penalty=lambda c, r: 1.0 if c >= r else math.exp(1 - r / c),
    mean=lambda precisions: math.exp(sum(map(math.log, precisions)) / 4),
    scale=100.0,
    most=4,
):
    def score(hypotheses, references):
        pairs = list(zip(hypotheses, references, strict=True))
        precisions = []
        for n in range(1, most + 1):
            counts = [ngram_matches(h, r, n) for h, r in pairs]
            matches, total = (sum(column) for column in zip(*counts, strict=True))
            if matches == 0:
                return 0.0
            precisions.append(matches / total)
        return scale * penalty(sum(map(len, hypotheses)), sum(map(len, references))) * mean(precisions)

    return score


def _mean_of_sentences(hypotheses, references):
    return sum(bleu([h], [r]) for h, r in zip(hypotheses, references, strict=True)) / len(hypotheses)


def _of_one_long_sentence(hypotheses, references):
    return bleu(*([[token for sentence in side for token in sentence]] for side in (hypotheses, references)))


def _mean_of_precisions(hypotheses, references):
    """Each precision is the mean over the sentences."""
    pairs = list(zip(hypotheses, references, strict=True))
    logs = 0.0
    for n in (1, 2, 3, 4):
        counts = [ngram_matches(h, r, n) for h, r in pairs]
        mean = sum(matches / total if total else 0.0 for matches, total in counts) / len(pairs)
        if not mean:
            return 0.0
        logs += math.log(mean)
    c, r = sum(map(len, hypotheses)), sum(map(len, references))
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(logs / 4)


@exercise(
    "04.bleu",
    reference=bleu,
    difficulty=3,
    minutes=10,
    hints=(
        "For each n from 1 to 4: add up the matches of all sentences, add up the totals, then divide once.",
        "If the matches of some n are 0, return 0.0 before a logarithm is taken.",
        "c and r are the lengths of all hypotheses and all references together. `penalty = 1.0 if c >= r else math.exp(1 - r / "
        "c)`; the score is `100 * penalty * math.exp(mean of the four logarithms)`.",
    ),
    explanation="""
The mean of the logarithms is a geometric mean: one bad precision pulls the score down, and a good one can't make up for it.
Sums over the corpus come before the division, because a single sentence often has no match of four words at all. Precision
alone could be raised by saying only what is certain; the brevity penalty takes that away. It looks at the corpus, too: one
short sentence does no harm if another is longer.""",
)
def check_bleu(trial: Trial) -> None:
    trial.advise("math domain error", "The logarithm of 0: where an n has no matches, return 0.0.")
    trial.advise("ZeroDivisionError", "Where there are no n-grams at all, there are no matches: return 0.0.")
    mistakes = [
        ("it is the mean of the scores of the sentences; matches and totals are summed over all sentences first", _mean_of_sentences),
        ("each precision is a mean over the sentences; sum matches and totals over all sentences, then divide once", _mean_of_precisions),
        ("the brevity penalty is missing", _bleu_with(penalty=lambda c, r: 1.0)),
        ("the brevity penalty is turned round: it punishes hypotheses that are shorter than the references", _bleu_with(penalty=lambda c, r: 1.0 if c <= r else math.exp(1 - c / r))),
        ("the brevity penalty is exp(1 - c/r); it is exp(1 - r/c)", _bleu_with(penalty=lambda c, r: 1.0 if c >= r else math.exp(1 - c / r))),
        ("the brevity penalty is c/r; it is exp(1 - r/c)", _bleu_with(penalty=lambda c, r: min(1.0, c / r))),
        ("the brevity penalty rewards long hypotheses: it is 1 where c >= r", _bleu_with(penalty=lambda c, r: math.exp(1 - r / c))),
        ("the four precisions are averaged as they are; it is their geometric mean, exp of the mean of the logarithms", _bleu_with(mean=lambda p: sum(p) / 4)),
        ("the logarithms are summed; take their mean, a quarter of the sum", _bleu_with(mean=math.prod)),
        ("it runs from 0 to 1; here from 0 to 100", _bleu_with(scale=1.0)),
        ("only n = 1, 2 and 3 are counted; `range(1, 5)` ends with 4", _bleu_with(most=3, mean=lambda p: math.exp(sum(map(math.log, p)) / 3))),
        ("only n = 1, 2 and 3 are counted; `range(1, 5)` ends with 4", _bleu_with(most=3)),
        ("only single words are counted", _bleu_with(most=1, mean=lambda p: p[0])),
        ("n = 5 is counted, too; `range(1, 5)` ends with 4", _bleu_with(most=5, mean=lambda p: math.exp(sum(map(math.log, p)) / 5))),
        ("the sentences are joined into one: n-grams run across their ends", _of_one_long_sentence),
        ("hypotheses and references are interchanged", lambda h, r: bleu(r, h)),
    ]  # fmt: skip
    cases = [
        (["the cat sat on the mat today", "a dog runs in the park now"], ["the cat sat on the mat", "a dog runs in the big park now"]),
        (["we drink tea every day and every night", "no"], ["we drink tea every day", "not today"]),
        (["i like green tea", "we went home by bus"], ["i like green tea very much", "yesterday we went home by bus"]),
        (["a b c d e f", "a b c d"], ["a b c d e f", "a b c d"]),
        (["a b c", "x y"], ["a b c", "x z"]),
        (["a b c d x y", "e f g h i"], ["a b c d e y", "e f g h j k l"]),
        (["the the the the the the", "one two three four five"], ["the cat", "one two three four five six seven eight nine ten"]),
    ]  # fmt: skip
    for hypotheses, references in cases:
        sides = [sentence.split() for sentence in hypotheses], [sentence.split() for sentence in references]
        expected = bleu(*sides)
        if expected:  # the same as sacrebleu, which smooths a score of 0
            assert abs(expected - metrics.bleu(hypotheses=sides[0], references=sides[1])) < 1e-6
            trial.agrees(*sides, mistakes=mistakes, expected=expected)
            continue
        got = trial.call(*sides)
        trial.require(
            not isinstance(got, float) or got == 0,
            "some n has no matches, and the score is not 0.0: no n is left out of the mean, and no small number added",
            expected=0.0,
            got=got,
        )
        trial.compare(got, 0.0, inputs=sides)


# ---- 04.next_inputs --------------------------------------------------------------------------------------


def next_inputs(truth, logits, ratio, coins):
    own = logits.argmax(-1)  # (B,)
    return torch.where(coins < ratio, truth, own)


@exercise(
    "04.next_inputs",
    reference=next_inputs,
    difficulty=2,
    minutes=5,
    hints=(
        "The model's own words are the likeliest ones, `logits.argmax(-1)`, (B,).",
        "`torch.where(condition, a, b)` takes a where the condition holds, element by element. A number that is drawn evenly from 0 "
        "to 1 is below `ratio` with probability `ratio`.",
    ),
    explanation="""
A coin for every word of every sentence: Bengio and others (2015) found one coin for a whole sentence worse. `coins < ratio`, and
not `<=`, because the numbers of `torch.rand` run from 0 inclusive to 1 exclusive: so a ratio of 1 always takes the truth and a
ratio of 0 never. No gradient passes through the choice of a word.""",
)
def check_next_inputs(trial: Trial) -> None:
    trial.advise(
        "Boolean value of Tensor", "Each sentence has its own coin: `torch.where` asks for all of them at once."
    )
    own = lambda logits: logits.argmax(-1)  # noqa: E731
    mistakes = [
        ("`1 - ratio` is the share of the model's own words: the truth is told where `coins < ratio`", lambda t, x, r, c: torch.where(c < 1 - r, t, own(x))),
        ("the first sentences are told the truth and the rest their own words; the coins decide", lambda t, x, r, c: torch.where(torch.arange(len(t)) < round(r * len(t)), t, own(x))),
        ("one dimension too many: without `keepdim` the likeliest words are (B,)", lambda t, x, r, c: torch.where(c < r, t, x.argmax(-1, keepdim=True))),
        ("the coin is turned round: `coins < ratio` takes the true word", lambda t, x, r, c: torch.where(c < r, own(x), t)),
        ("`coins <= ratio`: with ratio 0 and a coin of 0 the true word would be told; use `<`", lambda t, x, r, c: torch.where(c <= r, t, own(x))),
        ("the true word is told to all; each sentence has its own coin, `torch.where`", lambda t, x, r, c: t),
        ("the model's own word is told to all; each sentence has its own coin, `torch.where`", lambda t, x, r, c: own(x)),
        ("one coin serves the whole batch; each sentence has its own coin, `torch.where`", lambda t, x, r, c: t if c[0] < r else own(x)),
        ("argmax runs over the batch; the words are the last dimension", lambda t, x, r, c: torch.where(c < r, t, x.argmax(0)[: len(t)])),
        ("the least likely word is taken", lambda t, x, r, c: torch.where(c < r, t, x.argmin(-1))),
        ("the coins are compared with 0.5; `ratio` says how often the truth is told", lambda t, x, r, c: torch.where(c < 0.5, t, own(x))),
        ("ids are mixed in proportion; each word is either the true one or the model's own", lambda t, x, r, c: r * t + (1 - r) * own(x)),
        ("the ids are numbers with a decimal point: `.long()`, or `torch.where`", lambda t, x, r, c: torch.where(c < r, t, own(x)).float()),
    ]  # fmt: skip
    logits = torch.tensor([[-0.4, 0.7, 1.9, 0.1], [0.3, 1.2, 0.9, 1.1], [0.8, 0.3, 0.2, 0.1], [0.1, 0.0, 0.2, 0.6]])
    truth = torch.tensor([3, 2, 1, 0])  # the model's own words are 2, 1, 0, 3
    trial.agrees(truth, logits, 0.6, torch.tensor([0.7, 0.45, 0.95, 0.1]), mistakes=mistakes)
    trial.agrees(truth[:2], logits[:2], 0.1, torch.tensor([0.4, 0.05]), mistakes=mistakes)
    for seed, (B, V, ratio) in enumerate([(5, 6, 0.5), (4, 9, 0.8), (5, 5, 0.2), (7, 7, 1.0), (6, 8, 0.0)]):
        generator = seeded(seed)
        truth = torch.randint(V, (B,), generator=generator)
        coins = torch.rand(B, generator=generator)
        coins[0] = 0.0 if ratio in (0.0, 1.0) else coins[0]
        trial.agrees(truth, normal(seed, B, V), ratio, coins, mistakes=mistakes)


# ---- 04.inverse_sigmoid ----------------------------------------------------------------------------------


def inverse_sigmoid(i, k):
    return k / (k + math.exp(min(i / k, 700)))  # beyond that it is 0, and exp would overflow


@exercise(
    "04.inverse_sigmoid",
    reference=inverse_sigmoid,
    difficulty=1,
    minutes=4,
    hints=(
        "As the formula says: `k / (k + math.exp(i / k))`.",
        "`math.exp` overflows beyond 709. There the ratio is 0 anyway: `math.exp(min(i / k, 700))`.",
    ),
    explanation="""
At first exp(i/k) is small beside k, and the ratio stays near 1: the model is told the truth while it knows nothing yet. At
i = k ln k the two are equal and the ratio is 1/2. Afterwards it falls like the exponential schedule. So k says how long to wait.""",
)
def check_inverse_sigmoid(trial: Trial) -> None:
    trial.advise(
        "OverflowError", "`math.exp` overflows for large numbers, where the ratio is 0: `math.exp(min(i / k, 700))`."
    )

    def with_exp(f):
        return lambda i, k: f(math.exp(min(i / k, 700)), k)

    mistakes = [
        ("it is exp(i): divide by k inside, exp(i / k)", lambda i, k: k / (k + math.exp(min(i, 700)))),
        ("i is limited, and then divided: it is i / k that must stay below 709", lambda i, k: k / (k + math.exp(min(i, 700) / k))),
        ("it rises: exp(-i / k) instead of exp(i / k)", lambda i, k: k / (k + math.exp(-i / k))),
        ("the k is missing in the sum: k / (k + exp(i / k))", with_exp(lambda e, k: k / (1 + e))),
        ("the k above is missing: k / (k + exp(i / k))", with_exp(lambda e, k: 1 / (k + e))),
        ("both k are missing outside the exponential: k / (k + exp(i / k))", with_exp(lambda e, k: 1 / (1 + e))),
        ("k and exp are multiplied; they are added, k / (k + exp(i / k))", with_exp(lambda e, k: k / (k * e))),
        ("it is one minus the ratio", with_exp(lambda e, k: e / (k + e))),
        ("i and k are interchanged in exp(i / k)", lambda i, k: k / (k + math.exp(min(k / i if i else math.inf, 700)))),
        ("parentheses are missing: k / k is 1; write k / (k + ...)", with_exp(lambda e, k: k / k + e)),
        ("that is the exponential schedule, k to the power of i", lambda i, k: float(k) ** i),
    ]  # fmt: skip
    for i, k in [
        (60, 20),
        (20, 10.0),
        (0, 1.0),
        (0, 20),
        (500, 100.0),
        (461, 100),
        (1, 5.0),
        (300, 30.0),
        (2000, 400.0),
        (50_000, 12.0),
        (10**6, 12.0),
    ]:
        got = trial.call(i, k)
        if isinstance(got, int) and not isinstance(got, bool):
            got = float(got)  # 0 beyond all steps
        trial.compare(got, inverse_sigmoid(i, k), mistakes=mistakes, inputs=(i, k), atol=1e-7)


# ---- 04.beam_step ----------------------------------------------------------------------------------------


def beam_step(hypotheses, next_log_p, beam, alpha):
    candidates = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        if words and words[-1] == EOS:
            candidates.append((words, log_p))  # it has ended, and stays as it is
        else:
            candidates += [([*words, word], log_p + p) for word, p in enumerate(row)]
    candidates.sort(key=lambda candidate: candidate[1] / len(candidate[0]) ** alpha, reverse=True)
    return candidates[:beam]


def _beam_with(
    gained=lambda log_p, p: log_p + p,
    score=lambda words, log_p, alpha: log_p / len(words) ** alpha,
    over=lambda words: bool(words) and words[-1] == EOS,
    stays=lambda words, log_p, row: [(words, log_p)],
    best=True,
    stored=lambda words, log_p, alpha: log_p,
    most=lambda beam: beam,
    of_each=None,
):
    """A way to write the step wrongly."""

    def step(hypotheses, next_log_p, beam, alpha):
        candidates = []
        for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
            if over(words):
                candidates += stays(words, log_p, row)
                continue
            own = [([*words, word], gained(log_p, p)) for word, p in enumerate(row)]
            own.sort(key=lambda c: score(*c, alpha), reverse=True)
            candidates += own if of_each is None else own[: of_each(beam)]
        if best is not None:
            candidates.sort(key=lambda c: score(*c, alpha), reverse=best)
        return [(words, stored(words, log_p, alpha)) for words, log_p in candidates[: most(beam)]]

    return step


def _ended_in_front(hypotheses, next_log_p, beam, alpha):
    ended = [(words, log_p) for words, log_p in hypotheses if words and words[-1] == EOS]
    return (ended + _beam_with(stays=lambda words, log_p, row: [])(hypotheses, next_log_p, beam, alpha))[:beam]


def _rows_of_the_living(hypotheses, next_log_p, beam, alpha):
    """The row is counted up for hypotheses that go on alone."""
    living = [k for k, (words, _) in enumerate(hypotheses) if not words or words[-1] != EOS]
    rows = next_log_p.clone()
    rows[living] = next_log_p[: len(living)]
    return beam_step(hypotheses, rows, beam, alpha)


def _normalized_too_late(hypotheses, next_log_p, beam, alpha):
    found = beam_step(hypotheses, next_log_p, beam, 0.0)
    return sorted(found, key=lambda candidate: -candidate[1] / len(candidate[0]) ** alpha)


def _best_of_each(hypotheses, next_log_p, beam, alpha):
    """`beam` of each hypothesis, one after the other."""
    return [
        found
        for hypothesis, row in zip(hypotheses, next_log_p, strict=True)
        for found in beam_step([hypothesis], row[None], beam, alpha)
    ]


def _best_first_of_each(hypotheses, next_log_p, beam, alpha):
    found = _beam_with(of_each=lambda beam: 1)(hypotheses, next_log_p, len(hypotheses), alpha)
    return found[:beam]


def _ended_stays_among_others(words, log_p, row):
    return [(words, log_p)] * len(row)


@exercise(
    "04.beam_step",
    reference=beam_step,
    difficulty=4,
    minutes=18,
    hints=(
        "Make one list of candidates. A hypothesis whose last word is EOS goes in as it is, once. Any other gives a candidate for "
        "each word of the vocabulary: `(words + [word], log_p + p)`.",
        "`row = next_log_p[k].tolist()` and `enumerate(row)` give the words and their log p. Hypothesis k belongs to row k.",
        "`candidates.sort(key=..., reverse=True)`, where the key of `(words, log_p)` is `log_p / len(words) ** alpha`; then "
        "`candidates[:beam]`. The score ranks only: what is handed on is log p.",
    ),
    explanation="""
The best of all candidates are kept, not the best of each hypothesis: one hypothesis may have several children in the beam, and
another none. What has ended competes with what goes on, with the score it has. Log p is kept as it is, because the
next step adds to it; the division by the length serves the comparison alone. With alpha 0 every further word only costs, so
short sentences win; with alpha 1 the mean per word is compared.""",
)
def check_beam_step(trial: Trial) -> None:
    trial.advise("index out of range", "The first hypothesis has no words yet: ask `words and words[-1] == EOS`.")
    trial.advise("ZeroDivisionError", "The length is that of the longer hypothesis, the new word included: at least 1.")
    trial.advise("can only concatenate list", "`words` is a list, `word` a number: `words + [word]`.")
    trial.advise("'NoneType' object", "`.append` and `.sort` change a list and return None.")
    mistakes = [
        ("a hypothesis that has ended is extended; it stays as it is", _beam_with(over=lambda w: False)),
        ("a hypothesis that has ended is dropped; it stays, as it is", _beam_with(stays=lambda w, p, row: [])),
        ("a hypothesis that has ended gets a `<pad>`; it stays as it is", _beam_with(stays=lambda w, p, row: [([*w, PAD], p)])),
        ("a hypothesis that has ended is entered once for every word; it stays once", _beam_with(stays=_ended_stays_among_others)),
        ("a hypothesis that has ended still loses log p", _beam_with(stays=lambda w, p, row: [(w, p + row[EOS])])),
        ("`alpha` is not used: rank by `log_p / len(words) ** alpha`", _beam_with(score=lambda w, p, a: p)),
        ("log p is divided by the length whatever `alpha` is: `len(words) ** alpha`", _beam_with(score=lambda w, p, a: p / len(w))),
        ("the length of the hypothesis is multiplied by alpha; raise it, `len(words) ** alpha`", _beam_with(score=lambda w, p, a: p / (len(w) * a) if a else p)),
        ("the score is handed on in place of log p; the next step adds to log p", _beam_with(stored=lambda w, p, a: p / len(w) ** a)),
        ("log p of the hypothesis is forgotten: add that of the new word to it", _beam_with(gained=lambda log_p, p: p)),
        ("log-probabilities are multiplied; the logarithm of a product is a sum", _beam_with(gained=lambda log_p, p: log_p * p)),
        ("the new word's log p is not added", _beam_with(gained=lambda log_p, p: log_p)),
        ("a probability is added to a log-probability: both are logarithms, `log_p + p`", _beam_with(gained=lambda log_p, p: log_p + math.exp(p))),
        ("the worst candidates are kept: sort from the largest score down, `reverse=True`", _beam_with(best=False)),
        ("one child of each hypothesis is kept; keep the best of all candidates together", _best_first_of_each),
        ("`beam` children of each hypothesis are kept; keep the `beam` best of all candidates together", _beam_with(of_each=lambda beam: beam, most=lambda beam: beam * 10**6)),
        ("`beam` children of each hypothesis are kept; keep the `beam` best of all candidates together", _best_of_each),
        ("those that have ended are put in front; they compete with the others by their score", _ended_in_front),
        ("hypothesis k belongs to row k of `next_log_p`: one that has ended has a row, too", _rows_of_the_living),
        ("the candidates are chosen by log p and normalized afterwards: choose by the score", _normalized_too_late),
        ("that is the length of Wu and others, (5 + |Y|) / 6; here it is |Y|", _beam_with(score=lambda w, p, a: p / ((5 + len(w)) / 6) ** a)),
        ("log p is multiplied by the length; divide by it, `len(words) ** alpha`", _beam_with(score=lambda w, p, a: p * len(w) ** a)),
        ("all candidates come back; only the `beam` best are kept", _beam_with(most=lambda beam: None)),
        ("the best is not among them, or one too many or too few is kept: the `beam` best, `candidates[:beam]`", _beam_with(most=lambda beam: beam + 1)),
        ("one too few is kept: the `beam` best, `candidates[:beam]`", _beam_with(most=lambda beam: beam - 1)),
        ("<eos> is not counted in the length; it is a word like others", _beam_with(score=lambda w, p, a: p / max(1, len(w) - (w[-1] == EOS)) ** a)),
        ("the length is that before the new word; count it", _beam_with(score=lambda w, p, a: p / max(1, len(w) - 1) ** a)),
        ("<sos> is counted in the length; only the words of the hypothesis are", _beam_with(score=lambda w, p, a: p / (len(w) + 1) ** a)),
    ]  # fmt: skip
    cases = [
        (0, (False,), (0,), 6, 3, 1.0),
        (1, (False, False), (2, 2), 6, 2, 0.0),
        (59, (False, True, False), (2, 3, 6), 6, 4, 0.7),  # here all these mistakes give different results
        (3, (False, True, False), (6, 2, 6), 5, 3, 0.6),
        (4, (True, False, True), (2, 4, 3), 8, 4, 0.0),
        (5, (True, True), (2, 4), 5, 2, 1.0),
        (6, (False, False, False), (3, 3, 3), 9, 5, 0.5),
        (7, (False,), (1,), 4, 10, 1.0),
        (8, (True, False, False), (1, 7, 7), 6, 3, 1.0),
    ]
    for case in cases:
        trial.agrees(*_beam_case(*case), mistakes=mistakes)


def _beam_case(seed: int, ended, lengths, V: int, beam: int, alpha: float):
    """Hypotheses of these lengths, about -0.4 per word, and log p of the next words, sharp as a trained model's."""
    generator = seeded(seed + 50)
    hypotheses = []
    for over, n in zip(ended, lengths, strict=True):
        words = torch.randint(min(4, V - 1), V, (n,), generator=generator).tolist()
        log_p = -float(torch.rand(1, generator=generator)) - 0.4 * n if n else 0.0
        hypotheses.append(([*words[:-1], EOS] if over else words, log_p))
    return hypotheses, (2 * normal(seed + 70, len(lengths), V)).log_softmax(-1), beam, alpha
