"""Answers to exercise 04.contexts."""

import math

import torch
import torch.nn.functional as F

from course_lib.encoder import contexts
from tests.exercises.answers import right, wrong


@right
def by_index_and_mask(outputs, mask):
    lengths = mask.sum(1)
    last = outputs[torch.arange(len(outputs)), lengths - 1]
    mean = (outputs * mask.unsqueeze(-1)).sum(1) / lengths.unsqueeze(-1)
    return last, mean


@right
def sentence_by_sentence(outputs, mask):
    rows = [row[real] for row, real in zip(outputs, mask, strict=True)]
    return torch.stack([row[-1] for row in rows]), torch.stack([row.mean(0) for row in rows])


@right
def by_products(outputs, mask):
    weights = mask.to(outputs.dtype)
    at_end = weights - F.pad(weights[:, 1:], (0, 1))  # 1 at the last real token alone
    last = torch.einsum("bs,bsh->bh", at_end, outputs)
    return last, torch.einsum("bs,bsh->bh", weights / weights.sum(1, keepdim=True), outputs)


@wrong(says="`last` is taken at the last position")
def last_column(outputs, mask):
    return outputs[:, -1], by_index_and_mask(outputs, mask)[1]


@wrong(says="the mask is not used")
def mask_forgotten(outputs, mask):
    return outputs[:, -1], outputs.mean(dim=1)


@wrong(says="padding is summed, too, and counted")
def mean_of_all(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], outputs.mean(1)


@wrong(says="divided by S")
def zeros_averaged(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], (outputs * mask.unsqueeze(2)).mean(1)


@wrong(says="`mean` is a sum")
def not_divided(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], (outputs * mask.unsqueeze(2)).sum(1)


@wrong(says="sums padding, too")
def all_summed(outputs, mask):
    return by_index_and_mask(outputs, mask)[0], outputs.sum(1) / mask.sum(1).unsqueeze(1)


@wrong(says="one step early", obeyed={"lengths - 2": "lengths - 1"})
def off_by_one(outputs, mask):
    lengths = mask.sum(1)
    return outputs[torch.arange(len(outputs)), lengths - 2], by_index_and_mask(outputs, mask)[1]


@wrong(says="`mean` comes first")
def the_other_order(outputs, mask):
    last, mean = by_index_and_mask(outputs, mask)
    return mean, last


@wrong(says="the padding")
def mask_inverted(outputs, mask):
    hidden = (~mask).unsqueeze(-1)
    return by_index_and_mask(outputs, mask)[0], (outputs * hidden).sum(1) / mask.sum(1, keepdim=True)


@wrong(says="got one tensor")
def mean_alone(outputs, mask):
    return by_index_and_mask(outputs, mask)[1]


@wrong(says="`mask[:, :, None]`", obeyed={"outputs * mask": "outputs * mask[:, :, None]"})
def not_broadcast(outputs, mask):
    lengths = mask.sum(1)
    return outputs[torch.arange(len(outputs)), lengths - 1], (outputs * mask).sum(1) / lengths[:, None]


@wrong(says="in place", obeyed={"outputs[~mask] = 0": "outputs = outputs * mask[:, :, None]"})
def padding_overwritten(outputs, mask):
    outputs[~mask] = 0
    return by_index_and_mask(outputs, mask)


@wrong(says="all tokens of the batch")
def one_mean_for_all(outputs, mask):
    last, _ = by_index_and_mask(outputs, mask)
    return last, outputs[mask].mean(0).expand_as(last)


@right
def by_gather_and_nanmean(outputs, mask):
    B, _, H = outputs.shape
    last = outputs.gather(1, (mask.long().sum(1) - 1).view(B, 1, 1).expand(B, 1, H)).squeeze(1)
    return last, outputs.masked_fill(~mask.unsqueeze(-1), math.nan).nanmean(1)


@wrong(says="stands at n - 1. ", obeyed={"mask.sum(1)": "mask.sum(1) - 1"})
def behind_the_last(outputs, mask):
    return outputs[torch.arange(len(outputs)), mask.sum(1)], by_products(outputs, mask)[1]


@wrong(says="`last` is detached")
def last_detached(outputs, mask):
    last, mean = by_index_and_mask(outputs, mask)
    return last.detach(), mean


@wrong(says="Leave it out", obeyed={"last.squeeze()": "last"})
def batch_of_one_squeezed(outputs, mask):
    last, mean = contexts(outputs, mask)
    return last.squeeze(), mean


@wrong(says="one step late")
def first_padding(outputs, mask):
    place = mask.sum(1).clamp(max=outputs.shape[1] - 1)
    return outputs[torch.arange(len(outputs)), place], contexts(outputs, mask)[1]


@wrong(
    says="from the first sentence for all",
    obeyed={"outputs.flatten(0, 1)[lengths - 1]": "outputs[torch.arange(len(outputs)), lengths - 1]"},
)
def flattened(outputs, mask):
    lengths = mask.sum(1)
    return outputs.flatten(0, 1)[lengths - 1], contexts(outputs, mask)[1]


@wrong(
    says="holds the ends of all sentences",
    obeyed={"outputs[:, lengths - 1]": "outputs[torch.arange(len(outputs)), lengths - 1]"},
)
def every_end(outputs, mask):
    lengths = mask.sum(1)
    return outputs[:, lengths - 1], contexts(outputs, mask)[1]


@wrong(says="sorted by length")
def never_put_back(outputs, mask):
    order = mask.sum(1).argsort(descending=True, stable=True)
    return contexts(outputs[order], mask[order])


@wrong(says="divide by `lengths[:, None]`", obeyed={"/ lengths": "/ lengths[:, None]"})
def lengths_not_broadcast(outputs, mask):
    lengths = mask.sum(1)
    return contexts(outputs, mask)[0], (outputs * mask[:, :, None]).sum(1) / lengths


@wrong(says="mean length of the batch")
def one_length_for_all(outputs, mask):
    return contexts(outputs, mask)[0], (outputs * mask[:, :, None]).sum(1) / (mask.sum() / len(mask))


@wrong(says="2. `last` is taken where the longest sentence ends")
def longest_end_and_all_counted(outputs, mask):
    return outputs[:, mask.sum(1).max() - 1], (outputs * mask[:, :, None]).mean(1)


@wrong(says="where a sentence has no padding")
def place_before_the_first_padding(outputs, mask):
    end = (mask.long().argmin(1) - 1).clamp(min=0)
    last = outputs[torch.arange(len(outputs)), end]
    m = mask[:, :, None].to(outputs.dtype)
    return last, (outputs * m).sum(1) / m.sum(1)


@wrong(says="zeros are taken for padding")
def last_output_that_is_not_zero(outputs, mask):
    real = mask & (outputs != 0).any(-1)
    places = torch.arange(mask.shape[1]) * real
    last = outputs[torch.arange(len(outputs)), places.argmax(1)]
    m = mask[:, :, None].to(outputs.dtype)
    return last, (outputs * m).sum(1) / m.sum(1)


@wrong(says="zeros are taken for padding")
def numbers_counted_that_are_not_zero(outputs, mask):
    lengths = mask.sum(1)
    last = outputs[torch.arange(len(outputs)), lengths - 1]
    masked = outputs * mask[:, :, None]
    return last, masked.sum(1) / (masked != 0).sum(1).clamp(min=1)


@wrong(says="divided by one less than the number of real tokens")
def one_late_and_one_too_few(outputs, mask):
    lengths = mask.sum(1)
    last = outputs[torch.arange(len(outputs)), lengths.clamp(max=outputs.shape[1] - 1)]
    mean = outputs.masked_fill(~mask[:, :, None], 0).sum(1) / (lengths - 1)[:, None]
    return last, mean


@wrong()
def counted_in_a_byte(outputs, mask):
    lengths = mask.to(torch.uint8).sum(1, dtype=torch.uint8).long()
    last = outputs[torch.arange(len(outputs)), lengths - 1]
    mean = outputs.masked_fill(~mask[:, :, None], 0).sum(1) / lengths[:, None]
    return last, mean


@wrong(says="`mask.sum(1)` has each n", obeyed={"mask.sum()": "mask.sum(1)"})
def length_of_the_batch(outputs, mask):
    lengths = mask.sum()
    return outputs[:, lengths - 1], contexts(outputs, mask)[1]


@wrong(says="lengths from `mask.sum(1)`", obeyed={"mask.sum(0)": "mask.sum(1)"})
def sentences_counted_at_each_place(outputs, mask):
    lengths = mask.sum(0)
    return outputs[torch.arange(len(outputs)), lengths - 1], contexts(outputs, mask)[1]


@wrong(says="`last` is taken at the last position")
def last_column_of_the_masked(outputs, mask):
    return (outputs * mask[:, :, None])[:, -1], contexts(outputs, mask)[1]


@wrong(says="joins the sentences of the batch", obeyed={"outputs[mask][-1]": "contexts(outputs, mask)[0]"})
def last_of_all_tokens(outputs, mask):
    return outputs[mask][-1], contexts(outputs, mask)[1]


@wrong(says="the sum of the padding is taken off")
def whole_sum_less_the_padding(outputs, mask):
    padding = (outputs * ~mask[:, :, None]).sum(1)
    return contexts(outputs, mask)[0], (outputs.sum(1) - padding) / mask.sum(1, keepdim=True)


@wrong(says="`mean` leaves out the last real token")
def mean_of_those_before(outputs, mask):
    rows, lengths = torch.arange(len(outputs)), mask.sum(1)
    before = mask.clone()
    before[rows, lengths - 1] = False
    mean = (outputs * before[:, :, None]).sum(1) / before.sum(1, keepdim=True).clamp(min=1)
    return outputs[rows, lengths - 1], mean


@wrong(says="the length of the first sentence is taken for all")
def length_of_the_first_for_all(outputs, mask):
    n = int(mask[0].sum())
    return outputs[:, n - 1], outputs[:, :n].mean(1)
