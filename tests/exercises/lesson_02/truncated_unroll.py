"""Answers to exercise 02.truncated_unroll."""

import torch
import torch.nn.functional as F

from course_lib.rnn import unroll
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_02.unroll import by_index


@right
def piece_by_piece(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@right
def detached_in_the_loop(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        if t % k == 0 and t > 0:
            state = state.detach()
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@right
def by_slices(cell, x, k, state):
    T = x.size(1)
    pieces = []
    for start in range(0, T, k):
        outputs, state = by_index(cell, x[:, start : start + k], state.clone().detach())
        pieces += list(outputs.unbind(1))
    return torch.stack(pieces, 1), state


@wrong(says="nothing is cut")
def nothing_detached(cell, x, k, state):
    return by_index(cell, x, state)


@wrong(says="nothing is cut", obeyed={"state.detach()": "state = state.detach()"})
def detach_thrown_away(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        state.detach()
        outputs, state = by_index(cell, piece, state)
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="after every step")
def every_step_detached(cell, x, k, state):
    outputs = []
    for x_t in x.unbind(1):
        state = cell(x_t, state.detach())
        outputs.append(state)
    return torch.stack(outputs, 1), state


@wrong(says="starts from zeros")
def zeros_for_each_piece(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, last = by_index(cell, piece, torch.zeros_like(state))
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), last


@wrong(says="starts from the given state")
def state_not_kept(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, last = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), last


@wrong(says="number of pieces", obeyed={"x.chunk(k, dim=1)": "x.split(k, dim=1)"})
def chunks(cell, x, k, state):
    pieces = []
    for piece in x.chunk(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(
    says="last whole piece are lost",
    obeyed={
        "for i in range(x.shape[1] // k)": "for piece in x.split(k, dim=1)",
        "x[:, i * k:(i + 1) * k]": "piece",
    },
)
def rest_lost(cell, x, k, state):
    pieces = []
    for i in range(x.shape[1] // k):
        outputs, state = by_index(cell, x[:, i * k : (i + 1) * k], state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="only the first piece")
def cut_to_k_steps(cell, x, k, state):
    return by_index(cell, x[:, :k], state)


@wrong(says="no gradient reaches the steps")
def outputs_detached(cell, x, k, state):
    outputs, state = by_index(cell, x, state)
    return outputs.detach(), state.detach()


@wrong(says="last state that comes back is detached")
def last_state_detached(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state)
        state = state.detach()
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="one step too late")
def cut_after_one_more(cell, x, k, state):
    outputs = []
    for t, x_t in enumerate(x.unbind(1)):
        state = cell(x_t, state.detach() if t % k == 1 % k else state)
        outputs.append(state)
    return torch.stack(outputs, 1), state


@wrong(says="or joined along the batch", obeyed={"torch.cat(pieces)": "torch.cat(pieces, dim=1)"})
def cat_without_dim(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces), state


@wrong(
    says="only the last piece",
    obeyed={
        "for piece in": "pieces = []\n    for piece in",
        "    return (outputs, state)": "        pieces.append(outputs)\n    return (torch.cat(pieces, dim=1), state)",
    },
)
def overwritten(cell, x, k, state):
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
    return outputs, state


@wrong(says="Is the batch split", obeyed={"x.split(k)": "x.split(k, dim=1)"})
def batch_split(cell, x, k, state):
    pieces = []
    for piece in x.split(k):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces), state


@wrong(says="One tensor came")
def no_state_returned(cell, x, k, state):
    return piece_by_piece(cell, x, k, state)[0]


@wrong(says="interchanged")
def swapped(cell, x, k, state):
    outputs, state = piece_by_piece(cell, x, k, state)
    return state, outputs


@wrong(says="one step too early")
def cut_before_the_last(cell, x, k, state):
    outputs = []
    for t, x_t in enumerate(x.unbind(1)):
        state = cell(x_t, state.detach() if t % k == k - 1 else state)
        outputs.append(state)
    return torch.stack(outputs, 1), state


@wrong(says="not `detach_()`", obeyed={"state.detach_()": "state = state.detach()"})
def detached_in_place(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        if t and t % k == 0:
            state.detach_()
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="leave out `torch.no_grad()`", obeyed={"torch.set_grad_enabled(end >= x.shape[1])": "torch.enable_grad()"})
def only_the_last_piece_learns(cell, x, k, state):
    pieces = []
    for end in range(k, x.shape[1] + k, k):
        with torch.set_grad_enabled(end >= x.shape[1]):
            outputs, state = by_index(cell, x[:, end - k : end], state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="counted from the end", obeyed={"(x.shape[1] - t) % k": "t % k"})
def shorter_piece_first(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state.detach() if (x.shape[1] - t) % k == 0 else state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="cut only once")
def cut_once(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state.detach() if t == k else state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="detach the state alone", obeyed={"piece.detach()": "piece"})
def pieces_detached_too(cell, x, k, state):
    pieces = []
    for i, piece in enumerate(x.split(k, dim=1)):
        outputs, state = by_index(cell, piece.detach() if i else piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="last state is that of an earlier piece")
def state_of_the_last_whole_piece(cell, x, k, state):
    outputs, last = piece_by_piece(cell, x, k, state)
    whole = x.shape[1] // k * k
    return outputs, outputs[:, whole - 1] if whole else last


@wrong(
    says="returns two things: `outputs, state = unroll(...)`",
    obeyed={
        "pieces.append(by_index(cell, piece, state.detach()))": "outputs, state = by_index(cell, piece, state.detach())"
        "\n        pieces.append(outputs)"
    },
)
def both_results_appended(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        pieces.append(by_index(cell, piece, state.detach()))
    return torch.cat(pieces, dim=1), state


@wrong(says="filled up with zeros", obeyed={"F.pad(x, (0, 0, 0, -T % k))": "x"})
def last_piece_filled_up(cell, x, k, state):
    T = x.shape[1]
    x = F.pad(x, (0, 0, 0, -T % k))
    pieces = []
    for i, piece in enumerate(x.split(k, dim=1)):
        outputs, state = by_index(cell, piece, state.detach() if i else state)
        pieces.append(outputs)
    return torch.cat(pieces, dim=1)[:, :T], state


@wrong(says="filled up with zeros")
def zeros_among_the_steps(cell, x, k, state):
    x = F.pad(x, (0, 0, 0, -x.shape[1] % k))
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(
    says="a last piece of one step is lost",
    obeyed={"range(0, x.shape[1] - 1, k)": "range(0, x.shape[1], k)"},
)
def range_ends_one_step_early(cell, x, k, state):
    pieces = []
    for start in range(0, x.shape[1] - 1, k):
        if start > 0:
            state = state.detach()
        outputs, state = by_index(cell, x[:, start : start + k], state)
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="the outputs are detached", obeyed={"outputs.detach()": "outputs"})
def outputs_appended_detached(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs.detach())
    return torch.cat(pieces, dim=1), state


@wrong(says="the outputs are detached")
def pieces_of_the_whole_detached(cell, x, k, state):
    outputs, state = by_index(cell, x, state)
    return torch.cat([piece.detach() for piece in outputs.split(k, dim=1)], dim=1), state


@wrong(says="detached after its step")
def detached_between_step_and_append(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        if t % k == 0:
            state = state.detach()
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="not `detach_()`")
def last_of_each_piece_detached(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        state = cell(x[:, t], state)
        if (t + 1) % k == 0 and t + 1 < x.shape[1]:
            state = state.detach()
        outputs.append(state)
    return torch.stack(outputs, dim=1), state


@wrong(says="detaches its input in place", obeyed={"state.detach_()": "state = state.detach()"})
def given_state_detached_in_place(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        state.detach_()
        outputs, state = by_index(cell, piece, state)
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="A method needs its parentheses", obeyed={"state.detach)": "state.detach())"})
def parentheses_forgotten(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = unroll(cell, piece, state.detach)
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="The cell comes first", obeyed={"unroll(piece, cell, ": "unroll(cell, piece, "})
def cell_second(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = unroll(piece, cell, state.detach())
        pieces.append(outputs)
    return torch.cat(pieces, dim=1), state


@wrong(says="the pieces are stacked", obeyed={"torch.stack(pieces, 1)": "torch.cat(pieces, dim=1)"})
def pieces_stacked(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        pieces.append(outputs)
    return torch.stack(pieces, 1), state


@wrong(says="or is it `outs += outputs`", obeyed={"outs += outputs": "outs.append(outputs)"})
def sequences_appended(cell, x, k, state):
    outs = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        outs += outputs
    return torch.cat(outs, dim=1), state


@wrong(says="or is it `outs += outputs`", obeyed={"outs.append(state)": "outs.append(outputs)"})
def states_appended(cell, x, k, state):
    outs = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
        outs.append(state)
    return torch.cat(outs, dim=1), state


@wrong(says="is nothing appended in the loop")
def outputs_not_appended(cell, x, k, state):
    outs = []
    for piece in x.split(k, dim=1):
        outputs, state = by_index(cell, piece, state.detach())
    return torch.cat(outs, dim=1), state


@wrong(says="the steps come first in the outputs")
def steps_first(cell, x, k, state):
    outputs, state = piece_by_piece(cell, x, k, state)
    return outputs.transpose(0, 1), state


@wrong(says="only the last output of each piece")
def one_output_of_each_piece(cell, x, k, state):
    pieces = []
    for piece in x.split(k, dim=1):
        outputs, state = unroll(cell, piece, state.detach())
        pieces.append(outputs[:, -1:])
    return torch.cat(pieces, dim=1), state


@wrong(says="the given state is among the outputs")
def given_state_in_front(cell, x, k, state):
    outputs, last = piece_by_piece(cell, x, k, state)
    return torch.cat([state[:, None], outputs], dim=1), last


@wrong(says="the cut is one step too late")
def cut_after_the_first_step_of_a_piece(cell, x, k, state):
    outputs = []
    for t in range(x.shape[1]):
        if t % k == 1 and t > 1:
            state = state.detach()
        state = cell(x[:, t], state)
        outputs.append(state)
    return torch.stack(outputs, dim=1), state
