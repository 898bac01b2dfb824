"""Answers to exercise 05.masked_softmax."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def lowest_then_zero(scores, mask):
    weights = scores.masked_fill(~mask, torch.finfo(scores.dtype).min).softmax(dim=-1)
    return weights.masked_fill(~mask, 0)


@right
def by_where(scores, mask):
    low = torch.where(mask, scores, torch.full_like(scores, -1e30))
    return torch.where(mask, F.softmax(low, dim=-1), torch.zeros_like(scores))


@right
def by_hand(scores, mask):
    scores = scores.masked_fill(~mask, -1e30)
    exponentials = (scores - scores.amax(-1, keepdim=True)).exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True).clamp(min=1e-30)


@right
def infinity_but_guarded(scores, mask):
    nothing = ~mask.any(-1, keepdim=True)
    weights = scores.masked_fill(~(mask | nothing), -math.inf).softmax(-1)
    return weights * (mask & ~nothing)


@wrong(says="the mask is inverted", obeyed={"masked_fill(mask,": "masked_fill(~mask,"})
def inverted(scores, mask):
    return scores.masked_fill(mask, -1e30).softmax(-1)


@wrong(says="not used")
def mask_forgotten(scores, mask):
    return scores.softmax(-1)


@wrong(says="after the softmax")
def mask_after_softmax(scores, mask):
    return scores.softmax(-1) * mask


@wrong(says="exp(0) is 1")
def zeros_for_masked_scores(scores, mask):
    return scores.masked_fill(~mask, 0).softmax(-1)


@wrong(says="sums over axis 1")
def softmax_over_targets(scores, mask):
    return scores.masked_fill(~mask, -1e9).softmax(1) * mask


@wrong(says="axis 0")
def softmax_over_batch(scores, mask):
    return scores.masked_fill(~mask, -1e9).softmax(0) * mask


@wrong(says="nothing to attend to is NaN")
def minus_infinity(scores, mask):
    return scores.masked_fill(~mask, -math.inf).softmax(-1)


@wrong(
    says="behind the softmax, `.masked_fill(~mask, 0)`", obeyed={".softmax(-1)": ".softmax(-1).masked_fill(~mask, 0)"}
)
def as_in_most_tutorials(scores, mask):
    return scores.masked_fill(mask == 0, -1e10).softmax(-1)


@right
def nan_repaired_afterwards(scores, mask):
    return scores.masked_fill(~mask, -math.inf).softmax(-1).nan_to_num(0.0)  # no NaN comes back through masked_fill


@wrong(says="gradient with respect to `scores` holds NaN")
def nan_repaired_but_not_its_gradient(scores, mask):
    return (scores + mask.to(scores).log()).softmax(-1).nan_to_num(0.0)


@wrong(says="real scores can be lower", obeyed={"-10000.0": "torch.finfo(scores.dtype).min"})
def minus_ten_thousand(scores, mask):
    return scores.masked_fill(~mask, -1e4).softmax(-1).masked_fill(~mask, 0)


@wrong(says="don't divide yourself")
def exp_by_hand(scores, mask):
    exponentials = scores.exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True)


@wrong(says="don't divide yourself")
def renormalized_without_guard(scores, mask):
    weights = scores.softmax(-1) * mask
    return weights / weights.sum(-1, keepdim=True)


@wrong(says="in place", obeyed={"scores.masked_fill_(": "scores = scores.masked_fill("})
def in_place(scores, mask):
    scores.masked_fill_(~mask, -1e30)
    return scores.softmax(-1).masked_fill(~mask, 0)


@right
def exp_of_what_is_left(scores, mask):
    scores = torch.where(mask, scores, -math.inf)
    largest = scores.amax(-1, keepdim=True)
    exponentials = (scores - torch.where(largest.isinf(), 0.0, largest)).exp()
    total = exponentials.sum(-1, keepdim=True)
    return exponentials / torch.where(total == 0, 1.0, total)


@right
def with_the_mask_made_large(scores, mask):
    mask = mask.expand_as(scores)
    scores = scores.clone()
    scores[~mask] = -1e20
    return scores.softmax(-1) * mask


@wrong(says="what is 0 there can't sum to 1 again")
def renormalized_with_a_guard(scores, mask):
    weights = scores.softmax(-1) * mask
    return weights / (weights.sum(-1, keepdim=True) + 1e-9)


@wrong(says="what is 0 there can't sum to 1 again")
def largest_of_hidden_ones_too(scores, mask):
    exponentials = (scores - scores.amax(-1, keepdim=True)).exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True).clamp(min=1e-30)


@wrong(says="the mask is inverted", obeyed={"mask == 1": "~mask"})
def inverted_before_but_not_behind(scores, mask):
    return scores.masked_fill(mask == 1, -1e9).softmax(-1) * mask


@wrong(
    says="`x = x.masked_fill(~mask, value)`",
    obeyed={
        "scores[~mask] = -1000000000.0": "scores = scores.masked_fill(~mask, -1000000000.0)",
        "weights[~mask] = 0": "weights = weights.masked_fill(~mask, 0)",
    },
)
def indexed_with_a_small_mask(scores, mask):
    scores = scores.clone()
    scores[~mask] = -1e9
    weights = scores.softmax(-1)
    weights[~mask] = 0
    return weights


@wrong(
    says="`x = x.masked_fill(~mask, value)`",
    obeyed={"weights[~mask] = 0": "weights = weights.masked_fill(~mask, 0)"},
)
def weights_indexed_with_a_small_mask(scores, mask):
    weights = scores.masked_fill(~mask, -1e9).softmax(-1)
    weights[~mask] = 0
    return weights


@wrong(
    says="lower than what you fill with",
    obeyed={"-100000": "torch.finfo(scores.dtype).min"},
)
def filled_with_the_lowest_score(scores, mask):
    return scores.masked_fill(~mask, -100_000).softmax(-1).masked_fill(~mask, 0)


@wrong(
    says="a number is subtracted from masked scores",
    obeyed={"scores - 100000.0 * ~mask": "scores.masked_fill(~mask, torch.finfo(scores.dtype).min)"},
)
def a_number_subtracted(scores, mask):
    return (scores - 1e5 * ~mask).softmax(-1) * mask


@wrong(says="a number is subtracted from masked scores")
def a_small_number_added(scores, mask):
    return (scores + -1e4 * (~mask).float()).softmax(-1)


@wrong(says="over which dimension", obeyed={"torch.softmax(low)": "torch.softmax(low, dim=-1)"})
def no_dimension(scores, mask):
    low = scores.masked_fill(~mask, -1e30)
    return torch.softmax(low) * mask


@wrong(says="`~x` for `not x`", obeyed={"not mask": "~mask"})
def not_for_a_tensor(scores, mask):
    return scores.masked_fill(not mask, -1e30).softmax(-1) * mask


@wrong(says="the largest score of all rows", obeyed={"filled.max()": "filled.amax(-1, keepdim=True)"})
def largest_of_all_rows(scores, mask):
    filled = scores.masked_fill(~mask, -1e9)
    exponentials = (filled - filled.max()).exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True).clamp(min=1e-30)


@wrong(says="give it no axis yourself")
def an_axis_for_every_small_mask(scores, mask):
    while mask.dim() < scores.dim():
        mask = mask.unsqueeze(1)
    return lowest_then_zero(scores, mask)


@wrong(says="scores are cut off (`clamp`)")
def clamped(scores, mask):
    exponentials = scores.clamp(-80, 80).exp() * mask
    return exponentials / exponentials.sum(-1, keepdim=True).clamp(min=1e-38)


@wrong(says="nothing to attend to is NaN")
def guarded_where_nothing_at_all_is_true(scores, mask):
    return scores.masked_fill(~mask, -math.inf).softmax(-1) if mask.any() else torch.zeros_like(scores)


@wrong(says="how many are True is not enough")
def mask_taken_for_a_length(scores, mask):
    mask = mask.expand(scores.shape)
    mask = torch.arange(scores.shape[-1]) < mask.sum(-1, keepdim=True)
    return scores.masked_fill(~mask, -1e9).softmax(-1).masked_fill(~mask, 0.0)


@wrong(says="the mask comes after the softmax or exp")
def largest_of_the_hidden_ones_too(scores, mask):
    exponentials = (scores - scores.amax(-1, keepdim=True)).exp() * mask
    total = exponentials.sum(-1, keepdim=True)
    return exponentials / torch.where(total == 0, torch.ones_like(total), total)


@wrong(
    says="a number is subtracted from masked scores",
    obeyed={"scores - 1000.0 * ~mask": "scores.masked_fill(~mask, -1e30)"},
)
def a_thousand_subtracted(scores, mask):
    return (scores - 1e3 * ~mask).softmax(-1) * mask


@wrong(says="the mask of the first row")
def one_row_for_all(scores, mask):
    row = mask.reshape(-1, mask.shape[-1])[0]
    return lowest_then_zero(scores, row)


@wrong(says="lies too near the real scores", obeyed={"scores.min() - 1": "torch.finfo(scores.dtype).min"})
def filled_with_a_little_less(scores, mask):
    return scores.masked_fill(~mask, scores.min() - 1).softmax(-1) * mask


@wrong(says="the places that are True become 0", obeyed={"masked_fill(mask, 0)": "masked_fill(~mask, 0)"})
def the_last_fill_inverted(scores, mask):
    return scores.masked_fill(~mask, -1e30).softmax(-1).masked_fill(mask, 0)


@wrong(says="as soon as one of its places is False")
def emptied_by_one(scores, mask):
    return lowest_then_zero(scores, mask) * mask.all(-1, keepdim=True)


@wrong(says="gives its first place the weight 1")
def first_place_opened(scores, mask):
    allowed = mask.expand(scores.shape).clone()
    allowed[..., 0] |= ~allowed.any(-1)
    return lowest_then_zero(scores, allowed)


@wrong(says="1 is added to the sum")
def one_more_below(scores, mask):
    scores = scores.masked_fill(~mask, -1e30)
    exponentials = (scores - scores.amax(-1, keepdim=True)).exp() * mask
    return exponentials / (exponentials.sum(-1, keepdim=True) + 1)


@wrong(says="the softmax is taken twice")
def softmax_twice(scores, mask):
    return lowest_then_zero(lowest_then_zero(scores, mask), mask)


@wrong(says="`view` makes no mask larger", obeyed={"mask.view(scores.shape)": "mask"})
def mask_viewed(scores, mask):
    hidden = ~mask.view(scores.shape)
    return scores.masked_fill(hidden, -1e30).softmax(-1).masked_fill(hidden, 0)
