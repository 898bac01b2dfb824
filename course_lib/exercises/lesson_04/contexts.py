"""Exercise 04.contexts: the last output and the mean of the outputs, without padding."""

import torch
from torch import Tensor

from course_lib.encoder import contexts
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, normal, parted
from course_lib.exercises.lesson_04.shared import SQUEEZED, gradients_of_all, parts_agree
from course_lib.masks import padding_mask


@parted
def _with(last: Function = lambda o, m: contexts(o, m)[0], mean: Function = lambda o, m: contexts(o, m)[1],
        result: Function = lambda last, mean: (last, mean), given: Function = lambda o, m: (o, m),
) -> Function:  # fmt: skip
    """Another first or second context of the outputs and the mask, other inputs, another result."""
    return lambda outputs, mask: result(last(*given(outputs, mask)), mean(*given(outputs, mask)))


def _sum(outputs: Tensor, mask: Tensor) -> Tensor:
    return (outputs * mask[:, :, None]).sum(1)


def _at(outputs: Tensor, place: Tensor) -> Tensor:
    """The output of each sentence at its place, (B,)."""
    return outputs[torch.arange(len(outputs)), place]


def _sorted(outputs: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """The longest first."""
    order = mask.sum(1).sort(descending=True, stable=True).indices
    return outputs[order], mask[order]


_OWN_END = "`outputs[torch.arange(len(outputs)), lengths - 1]`"
_SQUEEZED = (Tensor.squeeze, Tensor.squeeze), (Tensor.squeeze, Tensor.clone), (Tensor.clone, Tensor.squeeze)
ADVICE = (
    ("out of bounds", "Positions are counted from 0: the last of n tokens stands at n - 1. `mask.sum(1)` has each n."),
    ("could not be broadcast", "Both indices are (B,): `torch.arange(len(outputs))`, and lengths from `mask.sum(1)`."),
    ("Subtraction, the `-` operator, with a bool", "`~mask` is the opposite of a mask; `-` is for numbers."),
    ("at non-singleton dimension 2", "`outputs` are (B, S, H), so `mask` must be (B, S, 1): `mask[:, :, None]`."),
    ("at non-singleton dimension 1", "A sum is (B, H), the lengths are (B,): divide by `lengths[:, None]`."),
    ("must match the size of tensor", "`mask` is (B, S), the outputs are (B, S, H): `mask[:, :, None]`."),
    ("tensors used as indices", "Lengths that index must be integers: `mask.sum(1)` of a bool mask is."),
)  # fmt: skip
_DETACHED = (
    ("`last` is detached: no gradient flows through it", _with(result=lambda last, mean: (last.detach(), mean))),
    ("`mean` is detached: no gradient flows through it", _with(result=lambda last, mean: (last, mean.detach()))),
)  # fmt: skip
MISTAKES = (
    ("`last` is taken at the last position, which is padding in shorter sentences", _with(last=lambda o, m: o[:, -1]),
     _with(last=lambda o, m: (o * m[:, :, None])[:, -1])),
    ("`mean` is over all S positions: padding is summed, too, and counted", _with(mean=lambda o, m: o.mean(1))),
    ("both take padding for words: the mask is not used", lambda o, m: (o[:, -1], o.mean(1))),
    ("`mean` is divided by S; divide by the number of real tokens", _with(mean=lambda o, m: _sum(o, m) / o.shape[1])),
    ("`mean` sums padding, too", _with(mean=lambda o, m: o.sum(1) / m.sum(1, keepdim=True))),
    ("`mean` is a sum: divide it by the number of real tokens", _with(mean=_sum)),
    ("`mean` is divided by the number of all real tokens of the batch; divide by each sentence's own",
     _with(mean=lambda o, m: _sum(o, m) / m.sum())),
    ("`mean` is divided by the mean length of the batch; divide by each sentence's own length",
     _with(mean=lambda o, m: _sum(o, m) / m.sum(1).float().mean())),
    ("`mean` is divided by the length of the longest sentence; divide by each sentence's own length",
     _with(mean=lambda o, m: _sum(o, m) / m.sum(1).max())),
    ("`mean` is that of all tokens of the batch; take one for each sentence",
     _with(mean=lambda o, m: o[m].mean(0).expand(len(o), -1))),
    ("the mask is turned round: `mean` sums the padding",
     _with(mean=lambda o, m: _sum(o, ~m) / m.sum(1)[:, None]), _with(mean=lambda o, m: contexts(o, ~m)[1])),
    ("`mean` is divided by one less than the number of real tokens; divide by the number itself",
     _with(mean=lambda o, m: _sum(o, m) / (m.sum(1, keepdim=True) - 1))),
    ("`mean` leaves out the last real token; it counts, too",
     *(_with(mean=lambda o, m, less=less, least=least: _sum(o[:, :-1], m[:, 1:])
             / (m.sum(1, keepdim=True) - less).clamp(min=least)) for less, least in ((1, 1), (1, 0), (0, 0)))),
    ("the sum of the padding is taken off that of all: where it is large, digits are lost. Sum the real tokens alone",
     _with(mean=lambda o, m: (o.sum(1) - _sum(o, ~m)) / m.sum(1)[:, None])),
    ("the length of the first sentence is taken for all; each has its own",
     _with(given=lambda o, m: (o, m[:1].expand_as(m)))),
    ("zeros are taken for padding; only the mask says what padding is",
     _with(last=lambda o, m: contexts(o, m & o.any(-1))[0]), _with(given=lambda o, m: (o, m & o.any(-1))),
     _with(mean=lambda o, m: _sum(o, m) / (o * m[:, :, None]).count_nonzero(1).clamp(min=1))),
    ("`mean` is the largest output; take the mean of the real ones",
     _with(mean=lambda o, m: o.masked_fill(~m[:, :, None], -torch.inf).amax(1))),
    ("`last` is the first state; take the last", _with(last=lambda o, m: o[:, 0])),
    ("where a sentence has no padding, `last` is its first output: the last of n real tokens stands at n - 1",
     _with(last=lambda o, m: _at(o, (m.long().argmin(1) - 1).clamp(min=0)))),
    ("`last` is one step early: the last of n real tokens stands at n - 1",
     _with(last=lambda o, m: _at(o, m.sum(1) - 2))),
    ("`last` is one step late: the last of n real tokens stands at n - 1",
     _with(last=lambda o, m: _at(o, m.sum(1).clamp(max=o.shape[1] - 1))),
     _with(last=lambda o, m: _at(o, m.sum(1) % o.shape[1]))),
    ("`last` is taken where the longest sentence ends; take each sentence's own end",
     _with(last=lambda o, m: o[:, m.sum(1).max() - 1])),
    (f"`last` is taken from the first sentence for all: {_OWN_END}",
     _with(last=lambda o, m: o.flatten(0, 1)[m.sum(1) - 1])),
    (f"`last` holds the ends of all sentences for each: {_OWN_END}",
     _with(last=lambda o, m: o[:, m.sum(1) - 1])),
    ("the sentences come back sorted by length; keep their order", _with(given=_sorted)),
    ("`mean` comes first; return `last, mean`", _with(result=lambda last, mean: (mean, last))),
    ("`last` comes back twice; the second is the mean", _with(result=lambda last, mean: (last, last))),
    ("`mean` comes back twice; the first is the last state", _with(result=lambda last, mean: (mean, mean))),
    ("the mean is over the batch; take it over dimension 1", _with(mean=lambda o, m: (o * m[:, :, None]).mean(0))),
    ("`outputs[mask]` joins the sentences of the batch; take one vector for each", _with(last=lambda o, m: o[m][-1]),
     _with(mean=lambda o, m: o[m].mean(0)), lambda o, m: (o[m][-1], o[m].mean(0))),
    ("one dimension too many is kept: (B, H)", _with(result=lambda last, mean: (last.unsqueeze(1), mean.unsqueeze(1)))),
    ("one dimension too many is kept: `mean` is (B, H)", _with(result=lambda last, mean: (last, mean.unsqueeze(1)))),
    ("one dimension too many is kept: `last` is (B, H)", _with(result=lambda last, mean: (last.unsqueeze(1), mean))),
    (SQUEEZED, *(_with(result=lambda last, mean, of=of: (of[0](last), of[1](mean))) for of in _SQUEEZED)),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[Tensor, Tensor]:
    B, S = chance.n(), chance.n()
    return chance.normal(B, S, chance.n()), padding_mask(torch.tensor(chance.lengths(B, S)), S)


def examine(trial: Trial) -> None:
    cases = [((2, 5), 5, 3), ((3, 1, 2), 3, 4), ((4, 4, 2, 3), 6, 2), ((1,), 1, 5), ((2, 3, 3), 3, 3)]
    for seed, (lengths, S, H) in enumerate(cases):
        # what stands at padding is not zero here, so that whoever counts it is found out
        arguments = normal(seed, len(lengths), S, H) + 1, padding_mask(torch.tensor(lengths), S)
        parts_agree(trial, trial.call(*arguments), arguments, "the two contexts, `return last, mean`")
    zeros = torch.tensor([[[1.0, 0.0], [0.0, 0.0], [5.0, 5.0]], [[0.0, 2.0], [3.0, 0.0], [0.0, 0.0]]])  # real ones
    more = [(zeros, padding_mask(torch.tensor([2, 3]), 3))]
    far = torch.tensor(
        [[[1.0], [2.0], [1e9]], [[3.0], [1e9], [1e9]]]
    )  # what stands at padding may be as large as it likes
    more += [(far, padding_mask(torch.tensor([2, 1]), 3))]
    more += [(normal(6, 2, 300, 1), padding_mask(torch.tensor([300, 2]), 300))]  # as many as a byte can't count
    for arguments in (*drawn(_draw), *more):
        parts_agree(trial, trial.call(*arguments), arguments, "the two contexts, `return last, mean`")
    mask = padding_mask(torch.tensor([2, 4, 1]), 4)
    gradients_of_all(trial, lambda f, outputs: f(outputs, mask), normal(9, 3, 4, 2), mistakes=_DETACHED)


EXERCISE = Exercise(id="04.contexts", reference=contexts, difficulty=2, minutes=6,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("`mask.sum(1)` counts the real tokens of each sentence, (B,). The last state was exercise 7 of lesson "
           f"03: {_OWN_END}.",
           "For the mean, `mask[:, :, None]` has shape (B, S, 1): times the outputs it leaves zeros at padding. Sum "
           "over S, and divide by the number of real tokens, `lengths[:, None]`."),
    explanation="""Both are one vector of H numbers, whatever the length. The last state is what the recurrent network
itself has made of the sentence; the mean gives each of its states the same weight. Padding must count in neither: not
as the last position, not in the sum, and not in the number by which the sum is divided.""")  # fmt: skip
