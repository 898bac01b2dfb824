"""Answers to exercise 03.forget_bias."""

import copy

import torch

from course_lib.lstm import set_forget_bias
from tests.exercises.answers import right, wrong


@right
def all_in_the_first(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H].fill_(value)
        cell.bias_hh[H : 2 * H].zero_()
    return cell


@right
def half_and_half(cell, value):
    for bias in (cell.bias_ih, cell.bias_hh):
        bias.data.chunk(4)[1].fill_(value / 2)
    return cell


@right
def the_first_makes_up_for_the_second(cell, value):
    H = len(cell.bias_hh) // 4
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value - cell.bias_hh[H : 2 * H]
    return cell


@wrong(says="their sum is")
def into_both(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = value
    return cell


@wrong(says="`bias_hh` still adds something random")
def into_one(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
    return cell


@wrong(says="the rows of gate i are changed")
def the_first_quarter(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[:H] = value
        cell.bias_hh[:H] = 0
    return cell


@wrong(says="the rows of gate i are changed too")
def the_first_half(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[: 2 * H] = value
        cell.bias_hh[: 2 * H] = 0
    return cell


@wrong(says="biases of all gates")
def every_bias(cell, value):
    with torch.no_grad():
        cell.bias_ih.fill_(value)
        cell.bias_hh.zero_()
    return cell


@wrong(says="`with torch.no_grad():`", obeyed={"    cell.bias_ih[": "    with torch.no_grad():\n        cell.bias_ih["})
def without_no_grad(cell, value):
    H = cell.weight_hh.shape[1]
    cell.bias_ih[H : 2 * H] = value
    return cell


@wrong(
    says="A parameter stays a parameter",
    obeyed={
        "bias = cell.bias_ih.detach().clone()\n    bias[H:2 * H] = value": "with torch.no_grad():",
        "cell.bias_ih = bias": "    cell.bias_ih[H:2 * H] = value",
    },
)
def replaced_by_a_tensor(cell, value):
    H = cell.weight_hh.shape[1]
    bias = cell.bias_ih.detach().clone()
    bias[H : 2 * H] = value
    cell.bias_ih = bias
    return cell


@wrong(says="returns None")
def nothing_returned(cell, value):
    all_in_the_first(cell, value)


@wrong(says="`return cell`")
def the_bias_returned(cell, value):
    return all_in_the_first(cell, value).bias_ih


@wrong(says="added to the biases that were there")
def added_to_what_was_there(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] += value
    return cell


@wrong(says="only some of the H rows")
def one_row_only(cell, value):
    with torch.no_grad():
        cell.bias_ih[len(cell.bias_ih) // 4] = value
        cell.bias_hh[len(cell.bias_ih) // 4] = 0
    return cell


@wrong(
    says="each stays an `nn.Parameter` whose `requires_grad` is True",
    obeyed={"requires_grad_(False)": "requires_grad_(True)"},
)
def frozen(cell, value):
    all_in_the_first(cell, value).bias_ih.requires_grad_(False)
    return cell


@wrong(says="H is `len(cell.bias_ih) // 4`", obeyed={"cell.hidden_size": "len(cell.bias_ih) // 4"})
def attribute_of_torch(cell, value):
    H = cell.hidden_size
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = 0
    return cell


@wrong(says="a changed copy of the cell")
def a_copy_of_the_cell(cell, value):
    return set_forget_bias(copy.deepcopy(cell), value)


@wrong(
    says="another `nn.Parameter`",
    obeyed={
        "cell.bias_ih, cell.bias_hh =": "with torch.no_grad():\n        cell.bias_ih[:], cell.bias_hh[:] =",
        "(torch.nn.Parameter(one), torch.nn.Parameter(other))": "(one, other)",
    },
)
def parameters_made_anew(cell, value):
    H = len(cell.bias_ih) // 4
    one, other = cell.bias_ih.detach().clone(), cell.bias_hh.detach().clone()
    one[H : 2 * H], other[H : 2 * H] = value, 0
    cell.bias_ih, cell.bias_hh = torch.nn.Parameter(one), torch.nn.Parameter(other)
    return cell


@wrong(says="do not add up")
def a_whole_number(cell, value):
    return set_forget_bias(cell, int(value))


@wrong(says="`=` instead of `+=`", obeyed={"+= value": "= value"})
def added_to_one(cell, value):
    H = len(cell.bias_ih) // 4
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] += value
        cell.bias_hh[H : 2 * H] = 0
    return cell


@wrong(says="where `value` is 0 nothing has changed")
def zero_taken_for_nothing(cell, value):
    return set_forget_bias(cell, value) if value else cell


@wrong(
    says="nothing has changed: in every cell the rows of f are [H : 2 * H]",
    obeyed={"H = len(cell.bias_ih)": "H = len(cell.bias_ih) // 4"},
)
def an_empty_slice(cell, value):
    H = len(cell.bias_ih)
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = 0
    return cell


@wrong(says="the rows of gate g are changed too")
def one_row_too_many(cell, value):
    H = len(cell.bias_ih) // 4
    with torch.no_grad():
        cell.bias_ih[H : 2 * H + 1] = value
        cell.bias_hh[H : 2 * H + 1] = 0
    return cell


@wrong(says="takes away the gradients")
def gradients_cleared(cell, value):
    all_in_the_first(cell, value).zero_grad()
    return cell


@wrong(says="the rows of `bias_ih` are as they were")
def a_name_alone(cell, value):
    with torch.no_grad():
        f = cell.bias_ih.chunk(4)[1]
        f = torch.full_like(f, value)
        cell.bias_hh.chunk(4)[1].zero_()
    return cell
