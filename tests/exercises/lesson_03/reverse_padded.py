"""Answers to exercise 03.reverse_padded."""

import torch

from course_lib.masks import padding_mask
from tests.exercises.answers import right, wrong


@right
def sequence_by_sequence(x, lengths):
    rows = [torch.cat([x[b, :n].flip(0), x[b, n:]]) for b, n in enumerate(lengths.tolist())]
    return torch.stack(rows)


@right
def by_an_index(x, lengths):
    B, T, E = x.shape
    t = torch.arange(T).expand(B, T)
    n = lengths[:, None]
    index = torch.where(t < n, n - 1 - t, t)
    return x.gather(1, index[:, :, None].expand(B, T, E))


@right
def flipped_and_rolled(x, lengths):
    turned = x.flip(1)
    rows = [row.roll(n - len(row), 0) for row, n in zip(turned, lengths.tolist(), strict=True)]
    real = padding_mask(lengths, x.shape[1]).unsqueeze(-1)
    return torch.where(real, torch.stack(rows), x)


@right
def in_a_copy(x, lengths):
    y = x.clone()
    for b, n in enumerate(lengths):
        y[b, :n] = x[b, :n].flip(0)
    return y


@wrong(says="the padding is turned too, and stands first")
def plainly_flipped(x, lengths):
    return x.flip(1)


@wrong(says="the batch is turned")
def flips_the_batch(x, lengths):
    return x.flip(0)


@wrong(says="the E numbers of each step")
def flips_the_last_dimension(x, lengths):
    return torch.flip(x, (-1,))


@wrong(says="the padding is set to zero")
def padding_left_out(x, lengths):
    y = torch.zeros_like(x)
    for b, n in enumerate(lengths.tolist()):
        y[b, :n] = x[b, :n].flip(0)
    return y


@wrong(
    says="join each with its padding first",
    obeyed={
        "[x[b, :n].flip(0) for": "[torch.cat([turned, x[b, n:]]) for",
        "in enumerate(lengths.tolist())": "in enumerate(lengths.tolist()) for turned in [x[b, :n].flip(0)]",
    },
)
def padding_forgotten(x, lengths):
    return torch.stack([x[b, :n].flip(0) for b, n in enumerate(lengths.tolist())])


@wrong(says="one step early")
def turn_without_the_last(x, lengths):
    y = x.clone()
    for b, n in enumerate(lengths.tolist()):
        y[b, : n - 1] = x[b, : n - 1].flip(0)
    return y


@wrong(says="`x` in place", obeyed={"    for b": "    x = x.clone()\n    for b"})
def on_the_input_itself(x, lengths):
    for b, n in enumerate(lengths.tolist()):
        x[b, :n] = x[b, :n].flip(0)
    return x


@wrong(says="torch knows no slice", obeyed={"[::-1]": ".flip(0)"})
def list_slices(x, lengths):
    return torch.stack([torch.cat([row[:n][::-1], row[n:]]) for row, n in zip(x, lengths.tolist(), strict=True)])


@wrong(says="up to the longest one's length")
def up_to_the_longest_one(x, lengths):
    n = int(lengths.max())
    return torch.cat([x[:, :n].flip(1), x[:, n:]], dim=1)


@wrong(says="is `return` inside the loop")
def one_sequence_only(x, lengths):
    for b, n in enumerate(lengths.tolist()):
        return torch.cat([x[b, :n].flip(0), x[b, n:]])


@wrong(says="joined end to end", obeyed={"return torch.cat(": "return torch.stack("})
def cat_for_stack(x, lengths):
    return torch.cat([torch.cat([x[b, :n].flip(0), x[b, n:]]) for b, n in enumerate(lengths.tolist())])


@wrong(says="the first step stands at the padding, too")
def index_clamped(x, lengths):
    index = (lengths[:, None] - 1 - torch.arange(x.shape[1])).clamp(min=0)
    return x[torch.arange(len(x))[:, None], index]


@wrong(says="padding stands first")
def padding_to_the_front(x, lengths):
    return torch.stack([torch.cat([row[n:], row[:n].flip(0)]) for row, n in zip(x, lengths.tolist(), strict=True)])


@wrong(says="the E numbers of each step")
def wrong_dimension_of_a_row(x, lengths):
    return torch.stack([torch.cat([row[:n].flip(1), row[n:]]) for row, n in zip(x, lengths.tolist(), strict=True)])


@wrong(says="turned with their padding")
def flipped_and_masked(x, lengths):
    return x.flip(1) * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="padding stands first, set to zero")
def masked_and_flipped(x, lengths):
    return (x * padding_mask(lengths, x.shape[1]).unsqueeze(-1)).flip(1)


@wrong(says="x is cut to the longest sequence")
def cut_to_the_longest(x, lengths):
    return by_an_index(x[:, : lengths.max()], lengths)


@wrong(says="a sequence without padding is left as it is")
def full_rows_left_alone(x, lengths):
    return torch.where((lengths < x.shape[1])[:, None, None], by_an_index(x, lengths), x)


@wrong(says="two mistakes at once: 1. the first step stays where it is; all lengths[b] steps should be turned. 2.")
def first_step_kept_and_zeros(x, lengths):
    y = torch.zeros_like(x)
    for b, n in enumerate(lengths.tolist()):
        y[b, 0], y[b, 1:n] = x[b, 0], x[b, 1:n].flip(0)
    return y


@wrong(says="the order of the steps alone, `flip(0)` of a row", obeyed={"flip(0, 1)": "flip(0)"})
def steps_and_numbers_turned(x, lengths):
    y = x.clone()
    for b, n in enumerate(lengths.tolist()):
        y[b, :n] = x[b, :n].flip(0, 1)
    return y


@wrong(says="one pair too few is swapped", obeyed={"(n - 1) // 2": "n // 2"})
def a_pair_too_few(x, lengths):
    y = x.clone()
    for b, n in enumerate(lengths.tolist()):
        for k in range((n - 1) // 2):
            y[b, k], y[b, n - 1 - k] = x[b, n - 1 - k], x[b, k]
    return y


@wrong(says="half of the steps stay as they were")
def rows_swapped_in_one_line(x, lengths):
    result = x.clone()
    for b, n in enumerate(lengths.tolist()):
        for t in range(n // 2):
            result[b, t], result[b, n - 1 - t] = result[b, n - 1 - t], result[b, t]
    return result


@wrong(says="half of the steps stay as they were")
def read_from_the_copy_that_is_written(x, lengths):
    result = x.clone()
    for b, n in enumerate(lengths.tolist()):
        for t in range(n):
            result[b, t] = result[b, n - 1 - t]
    return result


@wrong(says="rolled in the wrong direction")
def rolled_to_the_right(x, lengths):
    B, T, E = x.shape
    result = x.clone()
    for b, n in enumerate(lengths.tolist()):
        result[b, :n] = x[b].flip(0).roll(T - n, 0)[:n]
    return result


@wrong(
    says="the real steps of the whole batch are turned together",
    obeyed={"result[mask] = x[mask].flip(0)": "for row, n in zip(result, lengths):\n        row[:n] = row[:n].flip(0)"},
)
def all_real_steps_at_once(x, lengths):
    mask = torch.arange(x.shape[1]) < lengths[:, None]
    result = x.clone()
    result[mask] = x[mask].flip(0)
    return result


@wrong(
    says="only the first of the E numbers comes back",
    obeyed={"index.unsqueeze(-1)": "index.unsqueeze(-1).expand(-1, -1, x.shape[2])"},
)
def index_not_expanded(x, lengths):
    t = torch.arange(x.shape[1])[None, :]
    n = lengths[:, None]
    index = torch.where(t < n, n - 1 - t, t)
    return x.gather(1, index.unsqueeze(-1))


@wrong(says="is `return` inside the loop")
def stacked_in_the_loop(x, lengths):
    rows = []
    for b, n in enumerate(lengths.tolist()):
        rows.append(torch.cat([x[b, :n].flip(0), x[b, n:]]))
        return torch.stack(rows)


@wrong(says="Say which dimension", obeyed={".flip()": ".flip(0)"})
def flipped_without_a_dimension(x, lengths):
    return torch.stack([torch.cat([x[b, :n].flip(), x[b, n:]]) for b, n in enumerate(lengths.tolist())])


@wrong(says="takes one list of tensors", obeyed={"turned, padding)": "[turned, padding])"})
def joined_without_a_list(x, lengths):
    rows = []
    for row, n in zip(x, lengths.tolist(), strict=True):
        turned, padding = row[:n].flip(0), row[n:]
        rows.append(torch.cat(turned, padding))
    return torch.stack(rows)


@wrong(says="The steps of a row are its first dimension", obeyed={", dim=1": ""})
def joined_along_the_numbers(x, lengths):
    return torch.stack([torch.cat([x[b, :n].flip(0), x[b, n:]], dim=1) for b, n in enumerate(lengths.tolist())])


@wrong(says="A slice needs one number", obeyed={"for row in x": "for row, n in zip(x, lengths)", ":lengths]": ":n]"})
def all_lengths_for_each_row(x, lengths):
    return torch.stack([row[:lengths].flip(0) for row in x])


@wrong(says="only the first and the last step are exchanged")
def ends_exchanged(x, lengths):
    rows = x.clone()
    for b, n in enumerate(lengths.tolist()):
        rows[b, 0], rows[b, n - 1] = x[b, n - 1], x[b, 0]
    return rows


@wrong(says="the last lengths[b] steps are turned")
def padding_expected_in_front(x, lengths):
    return torch.stack([torch.cat([x[b, :-n], x[b, -n:].flip(0)]) for b, n in enumerate(lengths.tolist())])


@wrong(says="the lengths are sorted, and the sequences are not")
def longest_length_first(x, lengths):
    return sequence_by_sequence(x, lengths.sort(descending=True).values)


@wrong(says="the order of the sequences is turned, too")
def sequences_turned_too(x, lengths):
    return sequence_by_sequence(x, lengths).flip(0)


def by_steps(x, step_of):
    t = torch.arange(x.shape[1]).expand(x.shape[:2])
    return x[torch.arange(len(x))[:, None], step_of(t)]


@wrong(says="it is one step late")
def without_minus_one(x, lengths):
    n, T = lengths[:, None], x.shape[1]
    return by_steps(x, lambda t: torch.where(t < n, (n - t).clamp(max=T - 1), t))


@wrong(says="counted from the end of the padding")
def from_the_end_of_all(x, lengths):
    return by_steps(x, lambda t: torch.where(t < lengths[:, None], x.shape[1] - 1 - t, t))


@wrong(says="the first step of the padding is another one")
def up_to_and_with_the_length(x, lengths):
    return by_steps(x, lambda t: torch.where(t <= lengths[:, None], lengths[:, None] - 1 - t, t))


@wrong(says="the steps come first, (T, B, E)")
def stacked_by_steps(x, lengths):
    return sequence_by_sequence(x, lengths).transpose(0, 1)
