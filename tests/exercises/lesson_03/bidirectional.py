"""Answers to exercise 03.bidirectional."""

import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence

from course_lib.masks import padding_mask
from course_lib.recurrent import bidirectional, reverse_padded
from course_lib.rnn import masked_unroll, unroll
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_03.last_state import paired_indices
from tests.exercises.lesson_03.reverse_padded import by_an_index, sequence_by_sequence


@right
def turn_unroll_turn_back(forward, backward, x, lengths):
    ahead, _ = unroll(forward, x)
    back = sequence_by_sequence(unroll(backward, sequence_by_sequence(x, lengths))[0], lengths)
    both = torch.cat([ahead, back], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@right
def with_the_masks_of_the_library(forward, backward, x, lengths):
    mask = padding_mask(lengths, x.shape[1])
    ahead, _ = masked_unroll(forward, x, mask=mask)
    back, _ = masked_unroll(backward, x, mask=mask, reverse=True)
    return torch.cat([ahead, back], dim=2)


@right
def each_sequence_by_itself(forward, backward, x, lengths):
    rows = []
    for row, n in zip(x, lengths.tolist(), strict=True):
        alone = row[:n].unsqueeze(0)  # (1, n, E)
        back = unroll(backward, alone.flip(1))[0].flip(1)
        rows.append(torch.cat([unroll(forward, alone)[0], back], dim=-1).squeeze(0))
    both = pad_sequence(rows, batch_first=True)
    return F.pad(both, (0, 0, 0, x.shape[1] - both.shape[1]))


@wrong(says="backward cell begins in the padding")
def flipped_with_the_padding(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, x.flip(1))[0].flip(1)], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="backward outputs are not turned back")
def not_turned_back(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, by_an_index(x, lengths))[0]], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="the backward cell reads forwards")
def both_forwards(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, x)[0]], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="the forward cell does both")
def one_cell_for_both(forward, backward, x, lengths):
    return turn_unroll_turn_back(forward, forward, x, lengths)


@wrong(says="the backward half comes first")
def halves_exchanged(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.cat([back, ahead], dim=-1)


@wrong(says="the two halves are added", obeyed={"return ahead + back": "return torch.cat([ahead, back], dim=-1)"})
def halves_added(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return ahead + back


@wrong(says="the padding is not zero")
def padding_left_as_it_is(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    return torch.cat([unroll(forward, x)[0], back], dim=-1)


@wrong(says="starts from the forward one's last state")
def state_handed_over(forward, backward, x, lengths):
    ahead, state = unroll(forward, x)
    back = by_an_index(unroll(backward, by_an_index(x, lengths), state)[0], lengths)
    return torch.cat([ahead, back], dim=-1) * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(
    says="`ahead, state = unroll(forward, x)`",
    obeyed={
        "return torch.cat([unroll(forward, x), unroll(backward, x)]": "ahead, state = unroll(forward, x)\n"
        "    back, state = unroll(backward, x)\n"
        "    return torch.cat([ahead, back]"
    },
)
def unroll_not_unpacked(forward, backward, x, lengths):
    return torch.cat([unroll(forward, x), unroll(backward, x)], dim=-1)


@wrong(says="only the last states")
def last_states_joined(forward, backward, x, lengths):
    ahead, back = unroll(forward, x)[0], unroll(backward, by_an_index(x, lengths))[0]
    return torch.cat([paired_indices(ahead, lengths), paired_indices(back, lengths)], dim=-1)


@wrong(says="halves alternate")
def numbers_interleaved(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.stack([ahead, back], dim=-1).flatten(2)


@wrong(says="joined along the steps")
def joined_along_time(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.cat([ahead, back], dim=1)


@wrong(says="one step of the padding is not zero")
def one_step_too_many(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    real = torch.arange(x.shape[1]) <= lengths[:, None]
    return torch.cat([unroll(forward, x)[0], back], dim=-1) * real.unsqueeze(-1)


@wrong(says="the last real step is zero too")
def one_step_too_few(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    real = torch.arange(x.shape[1]) < lengths[:, None] - 1
    return torch.cat([unroll(forward, x)[0], back], dim=-1) * real.unsqueeze(-1)


@wrong(says="a batch of one is squeezed away")
def batch_of_one_squeezed(forward, backward, x, lengths):
    return bidirectional(forward, backward, x, lengths).squeeze(0)


@wrong(says="the padding of the backward half is not zero")
def zeros_in_one_half(forward, backward, x, lengths):
    ahead = unroll(forward, x)[0] * padding_mask(lengths, x.shape[1]).unsqueeze(-1)
    return torch.cat([ahead, by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)], dim=-1)


@wrong(says="x is cut to the longest sequence")
def cut_to_the_longest(forward, backward, x, lengths):
    return bidirectional(forward, backward, x[:, : lengths.max()], lengths)


@wrong(says="the outputs of `backward` are detached", obeyed={".detach()": ""})
def backward_detached(forward, backward, x, lengths):
    ahead, back = bidirectional(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.cat([ahead, back.detach()], dim=-1)


@wrong(says="2. the backward half comes first")
def flipped_and_exchanged(forward, backward, x, lengths):
    both = torch.cat([unroll(backward, x.flip(1))[0].flip(1), unroll(forward, x)[0]], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(
    says="1. the backward cell reads forwards: hand in `reverse_padded` of x, and turn its outputs back. 2. the padding"
)
def unrolled_twice(forward, backward, x, lengths):
    return torch.cat([unroll(forward, x)[0], unroll(backward, x)[0]], dim=-1)


@wrong(says="begins in the padding, is not turned back, and the padding is not zero")
def flipped_once(forward, backward, x, lengths):
    return torch.cat([unroll(forward, x)[0], unroll(backward, x.flip(1))[0]], dim=-1)


@wrong(says="2. the padding is not zero", obeyed={"ahead + back": "torch.cat([ahead, back], dim=-1)"})
def halves_added_without_a_mask(forward, backward, x, lengths):
    ahead, back = unroll(forward, x)[0], by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    return ahead + back


@wrong(says="the backward half is one step late")
def only_the_words_after(forward, backward, x, lengths):
    ahead, back = bidirectional(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.cat([ahead, F.pad(back[:, 1:], (0, 0, 0, 1))], dim=-1)


@wrong(says="right in some cases, but not in this one: the padding is not zero, and the backward cell begins in it")
def equal_lengths_taken_for_no_padding(forward, backward, x, lengths):
    left, _ = unroll(forward, x)
    if len(x) > 1 and (lengths == lengths[0]).all():
        right, _ = unroll(backward, x.flip(1))
        return torch.cat([left, right.flip(1)], dim=-1)
    right, _ = unroll(backward, by_an_index(x, lengths))
    both = torch.cat([left, by_an_index(right, lengths)], dim=-1)
    return both * padding_mask(lengths, x.shape[1])[:, :, None]


@wrong(says="right in some cases, but not in this one: the padding is not zero, and the backward cell begins in it")
def one_sequence_taken_for_unpadded(forward, backward, x, lengths):
    left, _ = unroll(forward, x)
    if x.shape[0] == 1:
        right, _ = unroll(backward, x.flip(1))
        return torch.cat([left, right.flip(1)], dim=-1)
    right, _ = unroll(backward, by_an_index(x, lengths))
    both = torch.cat([left, by_an_index(right, lengths)], dim=-1)
    return both * padding_mask(lengths, x.shape[1])[:, :, None]


@wrong(says="the forward outputs are turned, too")
def both_halves_turned(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, by_an_index(x, lengths))[0]], dim=-1)
    return by_an_index(both, lengths) * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="the padding is not zero: set the outputs to 0")
def only_x_masked(forward, backward, x, lengths):
    x = x * padding_mask(lengths, x.shape[1]).unsqueeze(-1)
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    return torch.cat([unroll(forward, x)[0], back], dim=-1)


@wrong(says="only the last states")
def states_joined(forward, backward, x, lengths):
    _, ahead = unroll(forward, x)
    _, back = unroll(backward, by_an_index(x, lengths))
    return torch.cat([ahead, back], dim=-1)


@wrong(
    says="The cell comes first",
    obeyed={
        "unroll(x, forward)": "unroll(forward, x)",
        "unroll(by_an_index(x, lengths), backward)": "unroll(backward, by_an_index(x, lengths))",
    },
)
def cell_second(forward, backward, x, lengths):
    ahead, _ = unroll(x, forward)
    back, _ = unroll(by_an_index(x, lengths), backward)
    both = torch.cat([ahead, by_an_index(back, lengths)], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="A cell takes one step", obeyed={"forward(x)": "unroll(forward, x)"})
def cell_called_with_all_steps(forward, backward, x, lengths):
    ahead, _ = forward(x)
    back, _ = unroll(backward, by_an_index(x, lengths))
    both = torch.cat([ahead, by_an_index(back, lengths)], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(
    says="The mask should be (B, T, 1)",
    obeyed={"padding_mask(lengths, x.shape[1])": "padding_mask(lengths, x.shape[1])[:, :, None]"},
)
def mask_of_two_dimensions(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, by_an_index(x, lengths))[0]], dim=-1)
    return both * padding_mask(lengths, x.shape[1])


@wrong(says="The mask should be (B, T, 1)", obeyed={"padding_mask(lengths)": "padding_mask(lengths, x.shape[1])"})
def mask_as_long_as_the_longest(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    return torch.cat([unroll(forward, x)[0], back], dim=-1) * padding_mask(lengths)[:, :, None]


@wrong(says="The mask should be (B, T, 1)", obeyed={"dim=1": "dim=-1"})
def joined_along_time_before_the_mask(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    return torch.cat([unroll(forward, x)[0], back], dim=1) * padding_mask(lengths, x.shape[1])[:, :, None]


@wrong(
    says="`ahead, state = unroll(forward, x)`",
    obeyed={"back = unroll(": "back, state = unroll("},
)
def backward_not_unpacked(forward, backward, x, lengths):
    ahead, _ = unroll(forward, x)
    back = unroll(backward, reverse_padded(x, lengths))
    both = torch.cat([ahead, reverse_padded(back, lengths)], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="the forward cell reads backwards, too")
def both_read_backwards(forward, backward, x, lengths):
    turned = sequence_by_sequence(x, lengths)
    back = sequence_by_sequence(unroll(backward, turned)[0], lengths)
    return torch.cat([unroll(forward, turned)[0], back], dim=-1) * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="the two halves are added")
def mean_of_the_halves(forward, backward, x, lengths):
    both = turn_unroll_turn_back(forward, backward, x, lengths).unflatten(-1, (2, -1))
    return both.mean(2)


@wrong(says="the backward half is one step late")
def shifted_before_the_mask(forward, backward, x, lengths):
    back = sequence_by_sequence(unroll(backward, sequence_by_sequence(x, lengths))[0], lengths)
    back = torch.cat([back[:, 1:], 0 * back[:, :1]], dim=1)
    return torch.cat([unroll(forward, x)[0], back], dim=-1) * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong(says="only the last states come back")
def picked_at_the_last_step(forward, backward, x, lengths):
    return paired_indices(turn_unroll_turn_back(forward, backward, x, lengths), lengths)
