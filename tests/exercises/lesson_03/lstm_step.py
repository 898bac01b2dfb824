"""Answers to exercise 03.lstm_step."""

import torch
import torch.nn.functional as F

from course_lib.lstm import lstm_step
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_03.shared import parts


@right
def as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


@right
def gate_by_gate(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    H = h.shape[1]

    def total(k):
        rows = slice(k * H, (k + 1) * H)
        return F.linear(x, weight_ih[rows], bias_ih[rows]) + F.linear(h, weight_hh[rows], bias_hh[rows])

    new = torch.sigmoid(total(1)) * c + torch.sigmoid(total(0)) * torch.tanh(total(2))
    return torch.sigmoid(total(3)) * torch.tanh(new), new


@right
def on_the_joined_input(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    joined = torch.cat([x, h], dim=-1) @ torch.cat([weight_ih, weight_hh], dim=-1).t() + (bias_ih + bias_hh)
    i, f, g, o = joined.unflatten(-1, (4, -1)).unbind(1)
    new = torch.addcmul(i.sigmoid() * g.tanh(), f.sigmoid(), c)
    return (o.sigmoid() * new.tanh(), new)


@right
def by_the_cell_of_torch(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.lstm_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh)


@wrong(says="in the order i, f, o, g", obeyed={"i, f, o, g =": "i, f, g, o ="})
def order_of_another_library(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, o, g = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="f and i are interchanged")
def order_of_the_figure(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    f, i, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="candidate g goes through a sigmoid")
def sigmoid_everywhere(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + state[0] @ weight_hh.T + bias_hh
    i, f, g, o = torch.sigmoid(sums).chunk(4, dim=-1)
    c = f * state[1] + i * g
    return o * torch.tanh(c), c


@wrong(says="no activation")
def activations_forgotten(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f * state[1] + i * g
    return o * torch.tanh(c), c


@wrong(says="tanh is missing in h")
def h_without_tanh(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c, c


@wrong(says="made from the old c")
def h_of_the_old_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return o.sigmoid() * c.tanh(), f.sigmoid() * c + i.sigmoid() * g.tanh()


@wrong(says="forget gate is missing")
def lstm_of_1997(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, _, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="c itself goes through tanh")
def tanh_on_the_conveyor(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = torch.tanh(f.sigmoid() * state[1] + i.sigmoid() * g.tanh())
    return o.sigmoid() * c, c


@wrong(says="multiplies the old h")
def forgets_h_instead_of_c(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[0] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="`bias_hh` is missing")
def one_bias(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    return as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, torch.zeros_like(bias_hh))


@wrong(says="c comes first")
def cell_first(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return c, h


@wrong(says="unpacked as c, h")
def state_the_other_way_round(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    c, h = state
    return as_in_the_equations(x, (h, c), weight_ih, weight_hh, bias_ih, bias_hh)


@wrong(says="got one tensor", obeyed={"return as": "h, c = as", "[0]": "\n    return h, c"})
def h_alone(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    return as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)[0]


@wrong(says="got an output and a state", obeyed={"return (h, (h, c))": "return (h, c)"})
def an_output_and_the_state(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return h, (h, c)


@wrong(says="Both weights need the transpose", obeyed={"@ weight_ih": "@ weight_ih.T", "@ weight_hh": "@ weight_hh.T"})
def not_transposed(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih + bias_ih + h @ weight_hh + bias_hh
    i, f, g, o = sums.chunk(4, dim=-1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="to unpack", obeyed={".chunk(4)": ".chunk(4, dim=-1)"})
def chunked_along_the_batch(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="no gradient reaches `c`", obeyed={".detach()": ""})
def cell_detached(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    return as_in_the_equations(x, (h, c.detach()), weight_ih, weight_hh, bias_ih, bias_hh)


@wrong(says="`state` in place", obeyed={"c *= ": "c = c * ", "c += ": "c = c + "})
def cell_updated_in_place(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c *= f.sigmoid()
    c += i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="element by element: `f * c`", obeyed={" @ ": " * "})
def matrix_product_of_gate_and_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() @ c + i.sigmoid() @ g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="without `@` and `.T`", obeyed={"f.sigmoid() @ c.T": "f.sigmoid() * c"})
def matrix_product_turned_to_fit(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() @ c.T + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="no gradient reaches `h`", obeyed={".detach()": ""})
def old_state_detached(x, state, *weights):
    return lstm_step(x, (state[0].detach(), state[1]), *weights)


@wrong(
    says="the gates are taken in turns",
    obeyed={"sums.unflatten(-1, (-1, 4)).unbind(-1)": "sums.chunk(4, dim=-1)"},
)
def gates_in_turns(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.unflatten(-1, (-1, 4)).unbind(-1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="the blocks of `weight_hh` are not transposed", obeyed={"h @ block": "h @ block.T"})
def blocks_not_transposed(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    of_x = (x @ weight_ih.T + bias_ih + bias_hh).chunk(4, dim=-1)
    of_h = [h @ block for block in weight_hh.chunk(4)]
    i, f, g, o = (a + b for a, b in zip(of_x, of_h, strict=True))
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="dimensions of size 1 are squeezed away")
def batch_of_one_squeezed(x, state, *weights):
    h, c = lstm_step(x, state, *weights)
    return h.squeeze(0), c.squeeze(0)


@wrong(says="two mistakes at once: 1. `state` is (h, c), in this order; it is unpacked as c, h. 2. in the pair c comes")
def cell_first_throughout(x, state, *weights):
    c, h = state
    h, c = lstm_step(x, (h, c), *weights)
    return c, h


@wrong(says="c is cut off at bounds")
def cell_clamped(x, state, *weights):
    i, f, g, o = parts(x, state, *weights)
    c = (f.sigmoid() * state[1] + i.sigmoid() * g.tanh()).clamp(-10, 10)
    return o.sigmoid() * c.tanh(), c


@wrong(says="the c in h = o tanh(c) is detached", obeyed={".detach()": ""})
def h_of_a_detached_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = (F.linear(x, weight_ih, bias_ih) + F.linear(state[0], weight_hh, bias_hh)).chunk(4, dim=-1)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.detach().tanh(), c


@wrong(says="the given state comes back")
def the_old_state(x, state, *weights):
    lstm_step(x, state, *weights)
    return state


@wrong(says="`weight_hh` to h", obeyed={"(x, weight_hh": "(x, weight_ih", "(h, weight_ih": "(h, weight_hh"})
def weights_interchanged(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = (F.linear(x, weight_hh, bias_ih) + F.linear(h, weight_ih, bias_hh)).chunk(4, dim=-1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="Split the sums (B, 4H)", obeyed={"i = f = g = o = sums": "i, f, g, o = sums.chunk(4, dim=-1)"})
def sums_not_split(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i = f = g = o = sums
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(
    says="A tuple must be unpacked first", obeyed={"state.matmul": "h.matmul", "    i, f": "    h, c = state\n    i, f"}
)
def state_not_unpacked(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = (x @ weight_ih.T + bias_ih + state.matmul(weight_hh.T) + bias_hh).chunk(4, dim=-1)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(
    says="`view` or `reshape` mixes sequences and gates",
    obeyed={"sums.view(4, x.size(0), h.size(1))": "sums.chunk(4, dim=-1)"},
)
def gates_by_a_view(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.view(4, x.size(0), h.size(1))
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


@wrong(says="`bias_hh` is missing in the sum of g alone")
def a_bias_forgotten_in_one_of_four_lines(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    h = h.detach()
    H = weight_hh.shape[1]

    def part(k):
        rows = slice(k * H, (k + 1) * H)
        return x @ weight_ih[rows].T + bias_ih[rows] + h @ weight_hh[rows].T

    i = torch.sigmoid(part(0) + bias_hh[:H])
    f = torch.sigmoid(part(1) + bias_hh[H : 2 * H])
    g = torch.tanh(part(2))
    o = torch.sigmoid(part(3) + bias_hh[3 * H :])
    c = f * c + i * g
    return o * torch.tanh(c), c


@wrong(
    says="`torch.sigmoid` and `torch.tanh` are safe", obeyed={"torch.exp(a) / (1 + torch.exp(a))": "torch.sigmoid(a)"}
)
def sigmoid_by_exp(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    def sigmoid(a):
        return torch.exp(a) / (1 + torch.exp(a))

    h, c = state
    i, f, g, o = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(4, dim=-1)
    c = sigmoid(f) * c + sigmoid(i) * torch.tanh(g)
    return sigmoid(o) * torch.tanh(c), c


@wrong(says="of all four sums")
def sigmoid_of_all_four(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = torch.sigmoid(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh)
    i, f, g, o = sums.chunk(4, dim=-1)
    c = f * c + i * torch.tanh(g)
    return o * torch.tanh(c), c


@wrong(says="`h, c = state`", obeyed={"F.linear(state, ": "F.linear(h, ", "_, c = state": "h, c = state"})
def linear_of_the_pair(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    _, c = state
    sums = F.linear(x, weight_ih, bias_ih) + F.linear(state, weight_hh, bias_hh)
    i, f, g, o = sums.chunk(4, dim=-1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def from_gates(i, f, g, o, c):
    c = f * c + i * g
    return o * torch.tanh(c), c


@wrong(says="gate i goes through tanh")
def input_gate_with_tanh(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return from_gates(i.tanh(), f.sigmoid(), g.tanh(), o.sigmoid(), state[1])


@wrong(says="gate o has no activation")
def output_gate_without_sigmoid(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return from_gates(i.sigmoid(), f.sigmoid(), g.tanh(), o, state[1])


@wrong(says="the sums are cut off at bounds")
def sums_within_five(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = (each.clamp(-5, 5) for each in parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh))
    return from_gates(i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid(), state[1])


@wrong(says="Is H taken from x?")
def as_many_units_as_inputs(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    sums, H = torch.cat(parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh), dim=1), x.shape[1]
    i, f, g, o = sums[:, :H], sums[:, H : 2 * H], sums[:, 2 * H : 3 * H], sums[:, 3 * H :]
    return from_gates(i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid(), state[1])
