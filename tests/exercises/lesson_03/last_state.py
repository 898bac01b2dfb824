"""Answers to exercise 03.last_state."""

import torch
import torch.nn.functional as F

from course_lib.masks import padding_mask
from tests.exercises.answers import right, wrong


@right
def paired_indices(outputs, lengths):
    return outputs[range(len(lengths)), lengths - 1]


@right
def by_gather(outputs, lengths):
    index = (lengths - 1).view(-1, 1, 1).expand(-1, 1, outputs.shape[2])
    return outputs.gather(1, index).squeeze(1)


@right
def by_a_loop(outputs, lengths):
    return torch.stack([row[n - 1] for row, n in zip(outputs, lengths.tolist(), strict=True)])


@right
def by_one_hot_steps(outputs, lengths):
    picked = F.one_hot(lengths - 1, outputs.shape[1]).to(outputs.dtype)
    return torch.einsum("bth,bt->bh", outputs, picked)


@wrong(says="takes the last step of all")
def the_last_column(outputs, lengths):
    return outputs[:, -1]


@wrong(says="takes the last step of all")
def the_last_column_paired(outputs, lengths):
    return outputs[torch.arange(len(outputs)), -1]


@wrong(says="counted from 0")
def lengths_as_indices(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths]


@wrong(says="(B, B, H)", obeyed={"outputs[:, ": "outputs[torch.arange(len(outputs)), "})
def indices_not_paired(outputs, lengths):
    return outputs[:, lengths - 1]


@wrong(says="takes the first step")
def the_first_step(outputs, lengths):
    return outputs[:, 0]


@wrong(says="that of the longest")
def up_to_the_longest(outputs, lengths):
    return outputs[:, lengths.max() - 1] if outputs.shape[1] != lengths.max() else outputs[:, -1] * 1.0


@wrong(says="are averaged")
def mean_of_the_steps(outputs, lengths):
    real = padding_mask(lengths, outputs.shape[1]).unsqueeze(-1)
    return (outputs * real).sum(1) / lengths.unsqueeze(-1)


@wrong(says="put `.squeeze(1)` at its end", obeyed={"outputs.shape[2]))": "outputs.shape[2])).squeeze(1)"})
def gather_not_squeezed(outputs, lengths):
    return outputs.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, outputs.shape[2]))


@wrong(says="one step early")
def counted_from_zero_twice(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths - 2]


@wrong(says="is `return` inside the loop")
def returned_too_soon(outputs, lengths):
    for row, n in zip(outputs, lengths, strict=True):
        return row[n - 1]


@wrong(says="detached")
def rebuilt_from_numbers(outputs, lengths):
    rows = [outputs[b, n - 1].tolist() for b, n in enumerate(lengths.tolist())]
    return torch.tensor(rows, dtype=outputs.dtype)


@wrong(says="`squeeze()` drops every dimension of size 1", obeyed={".squeeze()": ".squeeze(1)"})
def squeezed_everywhere(outputs, lengths):
    return outputs.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, outputs.shape[2])).squeeze()


@wrong(says="sorted by length")
def longest_first(outputs, lengths):
    order = lengths.argsort(descending=True, stable=True)
    return outputs[order, lengths[order] - 1]


@wrong(says="sequences of equal length all give the row of the first")
def collected_by_length(outputs, lengths):
    rows = {n: outputs[lengths == n, n - 1] for n in lengths.tolist()}
    return torch.stack([rows[n][0] for n in lengths.tolist()])


@wrong(says="two mistakes at once: 1. it is one step late")
def steps_of_the_whole_batch(outputs, lengths):
    return outputs.flatten(0, 1)[lengths.clamp(max=outputs.shape[1] - 1)]


@wrong(says="write `torch.arange(len(outputs))`", obeyed={"outputs[:, ": "outputs[torch.arange(len(outputs)), "})
def lengths_not_paired(outputs, lengths):
    return outputs[:, lengths]


@wrong(says="The first index of outputs", obeyed={"[lengths - 1]": "[torch.arange(len(outputs)), lengths - 1]"})
def steps_alone(outputs, lengths):
    return outputs[lengths - 1]


@wrong(says="the flat index counts B steps for each sequence")
def flat_index_with_b_for_t(outputs, lengths):
    B, T, H = outputs.shape
    flat = outputs.reshape(B * T, H)
    index = torch.arange(B) * B + lengths - 1
    return flat[index.clamp(max=B * T - 1)]


@wrong(
    says="only the first of the H numbers comes back",
    obeyed={"(lengths - 1)[:, None, None]": "(lengths - 1)[:, None, None].expand(-1, 1, outputs.shape[2])"},
)
def index_not_expanded(outputs, lengths):
    return outputs.gather(1, (lengths - 1)[:, None, None]).squeeze(1)


@wrong(says="joined end to end", obeyed={"torch.cat([": "torch.stack(["})
def cat_for_stack(outputs, lengths):
    return torch.cat([row[n - 1] for row, n in zip(outputs, lengths, strict=True)])


@wrong(says="not a slice", obeyed={"outputs[b, :n]": "outputs[b, lengths[b] - 1]"})
def slices_stacked(outputs, lengths):
    return torch.stack([outputs[b, :n] for b, n in enumerate(lengths)])


@wrong(
    says="The index needs three dimensions",
    obeyed={
        "gather(1, lengths - 1)": "gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, outputs.shape[2])).squeeze(1)"
    },
)
def index_of_one_dimension(outputs, lengths):
    return outputs.gather(1, lengths - 1)


@wrong(says="the lengths are sorted, and the sequences are not")
def lengths_in_order(outputs, lengths):
    return paired_indices(outputs, lengths.sort().values)


@wrong(says="only one sequence comes back")
def stacked_in_the_loop(outputs, lengths):
    rows = []
    for row, n in zip(outputs, lengths.tolist(), strict=True):
        rows.append(row[n - 1])
        return torch.stack(rows)


@wrong(says="the largest numbers of the steps")
def largest_of_the_real_steps(outputs, lengths):
    return torch.stack([row[:n].amax(0) for row, n in zip(outputs, lengths.tolist(), strict=True)])


@wrong(says="The first index is that of the sequences")
def as_many_indices_as_steps(outputs, lengths):
    return outputs[torch.arange(outputs.shape[1]), lengths - 1]
