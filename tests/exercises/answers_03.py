"""Answers to the exercises of lesson 03, LSTM."""
# ruff: noqa: RET503, RUF059  (a `return` inside the loop is one of the mistakes; gates are unpacked all at once)

import math

import torch
import torch.nn.functional as F
from answers import right, wrong
from torch import nn
from torch.nn.utils.rnn import pad_sequence

from course_lib.masks import padding_mask
from course_lib.rnn import unroll

# ---- 03.lstm_step ------------------------------------------------------------------------------------


@right("03.lstm_step")
def as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f, g, o = sums.chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


@right("03.lstm_step")
def gate_by_gate(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    H = h.shape[1]

    def total(k):
        rows = slice(k * H, (k + 1) * H)
        return F.linear(x, weight_ih[rows], bias_ih[rows]) + F.linear(h, weight_hh[rows], bias_hh[rows])

    new = torch.sigmoid(total(1)) * c + torch.sigmoid(total(0)) * torch.tanh(total(2))
    return torch.sigmoid(total(3)) * torch.tanh(new), new


@right("03.lstm_step")
def on_the_joined_input(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    joined = torch.cat([x, h], dim=-1) @ torch.cat([weight_ih, weight_hh], dim=-1).t() + (bias_ih + bias_hh)
    i, f, g, o = joined.unflatten(-1, (4, -1)).unbind(1)
    new = torch.addcmul(i.sigmoid() * g.tanh(), f.sigmoid(), c)
    return (o.sigmoid() * new.tanh(), new)


@right("03.lstm_step")
def by_the_cell_of_torch(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.lstm_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh)


def parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    return (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4, dim=-1)


@wrong("03.lstm_step", says="in the order i, f, o, g")
def order_of_another_library(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, o, g = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong("03.lstm_step", says="f and i are interchanged")
def order_of_the_figure(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    f, i, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong("03.lstm_step", says="candidate g goes through a sigmoid")
def sigmoid_everywhere(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    sums = x @ weight_ih.T + bias_ih + state[0] @ weight_hh.T + bias_hh
    i, f, g, o = torch.sigmoid(sums).chunk(4, dim=-1)
    c = f * state[1] + i * g
    return o * torch.tanh(c), c


@wrong("03.lstm_step", says="no activation")
def activations_forgotten(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f * state[1] + i * g
    return o * torch.tanh(c), c


@wrong("03.lstm_step", says="tanh is missing in h")
def h_without_tanh(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c, c


@wrong("03.lstm_step", says="made from the old c")
def h_of_the_old_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return o.sigmoid() * c.tanh(), f.sigmoid() * c + i.sigmoid() * g.tanh()


@wrong("03.lstm_step", says="forget gate is missing")
def lstm_of_1997(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, _, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = state[1] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong("03.lstm_step", says="c itself goes through tanh")
def tanh_on_the_conveyor(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = torch.tanh(f.sigmoid() * state[1] + i.sigmoid() * g.tanh())
    return o.sigmoid() * c, c


@wrong("03.lstm_step", says="multiplies the old h")
def forgets_h_instead_of_c(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = f.sigmoid() * state[0] + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong("03.lstm_step", says="`bias_hh` is missing")
def one_bias(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    return as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, torch.zeros_like(bias_hh))


@wrong("03.lstm_step", says="c comes first")
def cell_first(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return c, h


@wrong("03.lstm_step", says="unpacked as c, h")
def state_the_other_way_round(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    c, h = state
    return as_in_the_equations(x, (h, c), weight_ih, weight_hh, bias_ih, bias_hh)


@wrong("03.lstm_step", says="got one tensor")
def h_alone(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    return as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)[0]


@wrong("03.lstm_step", says="got an output and a state")
def an_output_and_the_state(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    return h, (h, c)


@wrong("03.lstm_step", says="needs the transpose")
def not_transposed(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    sums = x @ weight_ih + bias_ih + h @ weight_hh + bias_hh
    i, f, g, o = sums.chunk(4, dim=-1)
    return h, c


@wrong("03.lstm_step", says="to unpack")
def chunked_along_the_batch(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong("03.lstm_step", says="no gradient reaches `c`")
def cell_detached(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    return as_in_the_equations(x, (h, c.detach()), weight_ih, weight_hh, bias_ih, bias_hh)


@wrong("03.lstm_step", says="`state` in place")
def cell_updated_in_place(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c *= f.sigmoid()
    c += i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


# ---- 03.lstm_cell ------------------------------------------------------------------------------------


@right("03.lstm_cell")
class AsTheTextSays(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.H = H
        bound = H**-0.5
        self.weight_ih = nn.Parameter(torch.empty(4 * H, E).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.empty(4 * H, H).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))
        self.bias_hh = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))

    def forward(self, x, state=None):
        if state is None:
            state = x.new_zeros(len(x), self.H), x.new_zeros(len(x), self.H)
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@right("03.lstm_cell")
class InALoop(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        shapes = {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}
        for name, shape in shapes.items():
            self.register_parameter(name, nn.Parameter((2 * torch.rand(shape) - 1) / math.sqrt(H)))

    def forward(self, x, state=None):
        h, c = state or [torch.zeros(x.shape[0], self.weight_hh.shape[1], dtype=x.dtype) for _ in range(2)]
        return gate_by_gate(x, (h, c), self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@right("03.lstm_cell")
class AllAtOnceAfterwards(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.weight_ih, self.weight_hh = nn.Parameter(torch.empty(4 * H, E)), nn.Parameter(torch.empty(4 * H, H))
        self.bias_ih, self.bias_hh = nn.Parameter(torch.empty(4 * H)), nn.Parameter(torch.empty(4 * H))
        for p in self.parameters():
            nn.init.uniform_(p, -1 / H**0.5, 1 / H**0.5)

    def forward(self, x, state=None):
        if state is None:
            h = torch.zeros(len(x), self.weight_hh.size(1)).to(x)
            state = (h, torch.zeros_like(h))
        return as_in_the_equations(x, state, *self.parameters())


class Cell(nn.Module):
    """What the wrong ones share."""

    def __init__(self, E, H):
        super().__init__()
        self.H = H
        for name, shape in {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H)}.items():
            setattr(self, name, self.draw(H, *shape))
        self.bias_ih, self.bias_hh = self.draw(H, 4 * H), self.draw(H, 4 * H)

    def draw(self, H, *shape):
        return nn.Parameter(torch.empty(shape).uniform_(-1, 1) / math.sqrt(H))

    def forward(self, x, state=None):
        state = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@wrong("03.lstm_cell", says="`weight_ih` is a plain tensor")
class PlainTensors(Cell):
    def draw(self, H, *shape):
        return super().draw(H, *shape).detach()


@wrong("03.lstm_cell", says="there is no parameter `weight_ih`")
class NamesOfItsOwn(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.W = nn.Parameter(torch.rand(4 * H, E))
        self.U = nn.Parameter(torch.rand(4 * H, H))
        self.b = nn.Parameter(torch.rand(4 * H))

    def forward(self, x, state=None):
        return state


@wrong("03.lstm_cell", says="it is transposed")
class TransposedWeights(Cell):
    def draw(self, H, *shape):
        return super().draw(H, *shape[::-1])


@wrong("03.lstm_cell", says="should have shape (4H, E)")
class OneGateOnly(Cell):
    def draw(self, H, *shape):
        return super().draw(H, H, *shape[1:])


@wrong("03.lstm_cell", says="starts at zero")
class StartsAtZero(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.zeros(shape))


@wrong("03.lstm_cell", says="positive numbers alone")
class StartsPositive(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.rand(shape) / math.sqrt(H))


@wrong("03.lstm_cell", says="that is 1/H")
class RootForgotten(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.empty(shape).uniform_(-1 / H, 1 / H))


@wrong("03.lstm_cell", says="should start within 1/sqrt(H)")
class StartsNormal(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.randn(shape))


@wrong("03.lstm_cell", says="the cell keeps its state inside")
class RemembersByItself(Cell):
    def forward(self, x, state=None):
        if state is None:
            state = getattr(self, "last", None) or (x.new_zeros(len(x), self.H),) * 2
            if len(state[0]) != len(x) or state[0].dtype != x.dtype:
                state = (x.new_zeros(len(x), self.H),) * 2
        self.last = tuple(s.detach() for s in super().forward(x, state))
        return super().forward(x, state)


@wrong("03.lstm_cell", says="not used: zeros only where `state` is None")
class AlwaysFromZeros(Cell):
    def forward(self, x, state=None):
        return super().forward(x)


@wrong("03.lstm_cell", says="Keep the parameters")
class StateRequired(Cell):
    def forward(self, x, state):
        return super().forward(x, state)


@wrong("03.lstm_cell", says="make it a pair of zeros")
class NoneNotHandled(Cell):
    def forward(self, x, state=None):
        h, c = state
        return super().forward(x, (h, c))


@wrong("03.lstm_cell", says="`super().__init__()` comes first")
class WithoutSuper(nn.Module):
    def __init__(self, E, H):
        self.weight_ih = nn.Parameter(torch.rand(4 * H, E))


@wrong("03.lstm_cell", says="Write the method `forward")
class ForwardMisspelt(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        for name, p in Cell(E, H).named_parameters():
            self.register_parameter(name, p)

    def foward(self, x, state=None):
        return state


@wrong("03.lstm_cell", says="should make a module")
class NoModule:
    def __init__(self, E, H):
        self.weight_ih = torch.rand(4 * H, E)


@wrong("03.lstm_cell", says="in the order i, f, o, g")
class OtherOrder(Cell):
    def forward(self, x, state=None):
        state = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        return order_of_another_library(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@wrong("03.lstm_cell", says="must have the dtype of x")
class ZerosOfFloat32(Cell):
    def forward(self, x, state=None):
        state = (torch.zeros(len(x), self.H),) * 2 if state is None else state
        return super().forward(x, state)


@wrong("03.lstm_cell", says="its result is detached")
class WithoutGradients(Cell):
    @torch.no_grad()
    def forward(self, x, state=None):
        return super().forward(x, state)


@right("03.lstm_cell")
class WithABufferOfItsOwn(Cell):
    def __init__(self, E, H):
        super().__init__(E, H)
        self.register_buffer("zero", torch.zeros(H))

    def forward(self, x, state=None):
        zeros = self.zero.expand(len(x), -1)
        return super().forward(x, (zeros, zeros) if state is None else state)


@wrong("03.lstm_cell", says="no gradient reaches `h`")
class StateDetached(Cell):
    def forward(self, x, state=None):
        return super().forward(x, None if state is None else tuple(each.detach() for each in state))


@wrong("03.lstm_cell", says="expected a torch.Tensor at [0], got None")
class NothingWithoutAState(Cell):
    def forward(self, x, state=None):
        return (None, None) if state is None else super().forward(x, state)


@wrong("03.lstm_cell")
class StartsFromOnes(Cell):
    def forward(self, x, state=None):
        return super().forward(x, (x.new_ones(len(x), self.H),) * 2 if state is None else state)


# ---- 03.forget_bias ----------------------------------------------------------------------------------


@right("03.forget_bias")
def all_in_the_first(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H].fill_(value)
        cell.bias_hh[H : 2 * H].zero_()
    return cell


@right("03.forget_bias")
def half_and_half(cell, value):
    for bias in (cell.bias_ih, cell.bias_hh):
        bias.data.chunk(4)[1].fill_(value / 2)
    return cell


@right("03.forget_bias")
def the_first_makes_up_for_the_second(cell, value):
    H = len(cell.bias_hh) // 4
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value - cell.bias_hh[H : 2 * H]
    return cell


@wrong("03.forget_bias", says="their sum is")
def into_both(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = value
    return cell


@wrong("03.forget_bias", says="`bias_hh` still adds something random")
def into_one(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
    return cell


@wrong("03.forget_bias", says="the rows of gate i are changed")
def the_first_quarter(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[:H] = value
        cell.bias_hh[:H] = 0
    return cell


@wrong("03.forget_bias", says="the rows of gate i are changed too")
def the_first_half(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[: 2 * H] = value
        cell.bias_hh[: 2 * H] = 0
    return cell


@wrong("03.forget_bias", says="biases of all gates")
def every_bias(cell, value):
    with torch.no_grad():
        cell.bias_ih.fill_(value)
        cell.bias_hh.zero_()
    return cell


@wrong("03.forget_bias", says="`with torch.no_grad():`")
def without_no_grad(cell, value):
    H = cell.weight_hh.shape[1]
    cell.bias_ih[H : 2 * H] = value
    return cell


@wrong("03.forget_bias", says="A parameter stays a parameter")
def replaced_by_a_tensor(cell, value):
    H = cell.weight_hh.shape[1]
    bias = cell.bias_ih.detach().clone()
    bias[H : 2 * H] = value
    cell.bias_ih = bias
    return cell


@wrong("03.forget_bias", says="returns None")
def nothing_returned(cell, value):
    all_in_the_first(cell, value)


@wrong("03.forget_bias", says="`return cell`")
def the_bias_returned(cell, value):
    return all_in_the_first(cell, value).bias_ih


@wrong("03.forget_bias", says="added to the bias that was there")
def added_to_what_was_there(cell, value):
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] += value
    return cell


@wrong("03.forget_bias", says="only some of the H rows")
def one_row_only(cell, value):
    with torch.no_grad():
        cell.bias_ih[len(cell.bias_ih) // 4] = value
        cell.bias_hh[len(cell.bias_ih) // 4] = 0
    return cell


@wrong("03.forget_bias", says="`requires_grad` must stay True")
def frozen(cell, value):
    all_in_the_first(cell, value).bias_ih.requires_grad_(False)
    return cell


@wrong("03.forget_bias", says="H is `len(cell.bias_ih) // 4`")
def attribute_of_torch(cell, value):
    H = cell.hidden_size
    with torch.no_grad():
        cell.bias_ih[H : 2 * H] = value
        cell.bias_hh[H : 2 * H] = 0
    return cell


# ---- 03.peephole_lstm_step ---------------------------------------------------------------------------


@right("03.peephole_lstm_step")
def line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4, dim=-1)
    i = torch.sigmoid(i + weight_ci * c)
    f = torch.sigmoid(f + weight_cf * c)
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_co * c)
    return o * torch.tanh(c), c


@right("03.peephole_lstm_step")
def as_diagonal_matrices(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, old = state
    a = F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)
    H = h.shape[1]
    i = (a[:, :H] + old @ torch.diag(weight_ci)).sigmoid()
    f = (a[:, H : 2 * H] + old @ torch.diag(weight_cf)).sigmoid()
    new = f * old + i * a[:, 2 * H : 3 * H].tanh()
    return (a[:, 3 * H :] + new @ torch.diag(weight_co)).sigmoid() * new.tanh(), new


@right("03.peephole_lstm_step")
def peeps_added_to_the_sums(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f = (sums.chunk(4, 1)[k] + (weight_ci, weight_cf)[k].unsqueeze(0) * c for k in range(2))
    g, o = sums.chunk(4, 1)[2:]
    new = torch.sigmoid(f).mul(c).add(torch.sigmoid(i).mul(torch.tanh(g)))
    return torch.sigmoid(torch.addcmul(o, new, weight_co.expand_as(new))).mul(new.tanh()), new


@wrong("03.peephole_lstm_step", says="output gate looks at c of t-1")
def all_gates_before_the_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f, o = (i + weight_ci * c).sigmoid(), (f + weight_cf * c).sigmoid(), (o + weight_co * c).sigmoid()
    c = f * c + i * g.tanh()
    return o * c.tanh(), c


@wrong("03.peephole_lstm_step", says="look at a c that is updated already")
def cell_first_then_gates(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    _, new = as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf * new).sigmoid() * state[1] + (i + weight_ci * new).sigmoid() * g.tanh()
    return (o + weight_co * c).sigmoid() * c.tanh(), c


@wrong("03.peephole_lstm_step", says="peepholes are missing")
def peepholes_not_used(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)


@wrong("03.peephole_lstm_step", says="peephole of gate o is missing")
def only_into_the_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, 0 * weight_co)


@wrong("03.peephole_lstm_step", says="`weight_ci` and `weight_cf` are interchanged")
def peepholes_swapped(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_cf, weight_ci, weight_co)


@wrong("03.peephole_lstm_step", says="candidate g has a peephole too")
def candidate_peeps_too(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    new = (f + weight_cf * c).sigmoid() * c + (i + weight_ci * c).sigmoid() * (g + weight_ci * c).tanh()
    return (o + weight_co * new).sigmoid() * new.tanh(), new


@wrong("03.peephole_lstm_step", says="look at h; a peephole looks at c")
def looks_at_h(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf * h).sigmoid() * c + (i + weight_ci * h).sigmoid() * g.tanh()
    return (o + weight_co * h).sigmoid() * c.tanh(), c


@wrong("03.peephole_lstm_step", says="added after the sigmoid")
def peeps_outside(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f.sigmoid() + weight_cf * c) * c + (i.sigmoid() + weight_ci * c) * g.tanh()
    return (o.sigmoid() + weight_co * c) * c.tanh(), c


@wrong("03.peephole_lstm_step", says="element by element")
def as_a_matrix_product(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = (i + weight_ci @ c).sigmoid()
    return h, c


@wrong("03.peephole_lstm_step", says="tanh(c); a peephole looks at c itself")
def looks_at_what_is_shown(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    new = (f + weight_cf * c.tanh()).sigmoid() * c + (i + weight_ci * c.tanh()).sigmoid() * g.tanh()
    return (o + weight_co * new.tanh()).sigmoid() * new.tanh(), new


@wrong("03.peephole_lstm_step", says="got one tensor")
def peephole_h_alone(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co)[0]


# ---- 03.gru_step -------------------------------------------------------------------------------------


@right("03.gru_step")
def two_products_in_thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h


@right("03.gru_step")
def from_the_old_towards_the_new(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h.size(-1)
    gates = (x @ weight_ih[: 2 * H].T + h @ weight_hh[: 2 * H].T + bias_ih[: 2 * H] + bias_hh[: 2 * H]).sigmoid()
    r, z = gates[:, :H], gates[:, H:]
    n = F.linear(x, weight_ih[2 * H :], bias_ih[2 * H :]) + r * F.linear(h, weight_hh[2 * H :], bias_hh[2 * H :])
    return torch.lerp(torch.tanh(n), h, z)


@right("03.gru_step")
def by_the_gru_of_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.gru_cell(x, h, weight_ih, weight_hh, bias_ih, bias_hh)


def thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1), F.linear(h, weight_hh, bias_hh).chunk(3, dim=-1)


@wrong("03.gru_step", says="form of Cho et al. 2014")
def reset_before_the_product(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, _) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    H = h.shape[1]
    r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
    n = torch.tanh(x_n + (r * h) @ weight_hh[2 * H :].T + bias_hh[2 * H :])
    return (1 - z) * n + z * h


@wrong("03.gru_step", says="leaves out the bias")
def bias_outside_the_reset(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, _) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    H = h.shape[1]
    r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
    n = torch.tanh(x_n + r * (h @ weight_hh[2 * H :].T) + bias_hh[2 * H :])
    return (1 - z) * n + z * h


@wrong("03.gru_step", says="z and 1 - z are interchanged")
def update_gate_the_other_way(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    z = torch.sigmoid(x_z + h_z)
    return z * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + (1 - z) * h


@wrong("03.gru_step", says="in the order z, r, n")
def order_of_another_gru(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_z, x_r, x_n), (h_z, h_r, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    z = torch.sigmoid(x_z + h_z)
    return (1 - z) * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + z * h


@wrong("03.gru_step", says="reset gate has no part")
def without_reset(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    _, z, n = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(3, dim=-1)
    return (1 - z.sigmoid()) * n.tanh() + z.sigmoid() * h


@wrong("03.gru_step", says="multiplies the part of x too")
def reset_of_the_whole_sum(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    r, z, n = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(3, dim=-1)
    return (1 - z.sigmoid()) * torch.tanh(r.sigmoid() * n) + z.sigmoid() * h


@wrong("03.gru_step", says="the candidate comes back")
def candidate_alone(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, _, x_n), (h_r, _, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n)


@wrong("03.gru_step", says="candidate n goes through a sigmoid")
def sigmoid_for_all(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    z = torch.sigmoid(x_z + h_z)
    return (1 - z) * torch.sigmoid(x_n + torch.sigmoid(x_r + h_r) * h_n) + z * h


@wrong("03.gru_step", says="state of a GRU is one tensor")
def a_pair_as_in_an_lstm(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    h = two_products_in_thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return h, h


@wrong("03.gru_step", says="gives 3 pieces")
def four_pieces(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    r, z, n, o = (x @ weight_ih.T + bias_ih).chunk(3, dim=-1)
    return r


@wrong("03.gru_step", says="old h is not weighed")
def h_kept_whole(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return (1 - torch.sigmoid(x_z + h_z)) * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + h


# ---- 03.last_state -----------------------------------------------------------------------------------


@right("03.last_state")
def paired_indices(outputs, lengths):
    return outputs[range(len(lengths)), lengths - 1]


@right("03.last_state")
def by_gather(outputs, lengths):
    index = (lengths - 1).view(-1, 1, 1).expand(-1, 1, outputs.shape[2])
    return outputs.gather(1, index).squeeze(1)


@right("03.last_state")
def by_a_loop(outputs, lengths):
    return torch.stack([row[n - 1] for row, n in zip(outputs, lengths.tolist(), strict=True)])


@right("03.last_state")
def by_one_hot_steps(outputs, lengths):
    picked = F.one_hot(lengths - 1, outputs.shape[1]).to(outputs.dtype)
    return torch.einsum("bth,bt->bh", outputs, picked)


@wrong("03.last_state", says="takes the last column")
def the_last_column(outputs, lengths):
    return outputs[:, -1]


@wrong("03.last_state", says="takes the last column")
def the_last_column_paired(outputs, lengths):
    return outputs[torch.arange(len(outputs)), -1]


@wrong("03.last_state", says="counted from 0")
def lengths_as_indices(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths]


@wrong("03.last_state", says="(B, B, H)")
def indices_not_paired(outputs, lengths):
    return outputs[:, lengths - 1]


@wrong("03.last_state", says="takes the first step")
def the_first_step(outputs, lengths):
    return outputs[:, 0]


@wrong("03.last_state", says="that of the longest")
def up_to_the_longest(outputs, lengths):
    return outputs[:, lengths.max() - 1] if outputs.shape[1] != lengths.max() else outputs[:, -1] * 1.0


@wrong("03.last_state", says="are averaged")
def mean_of_the_steps(outputs, lengths):
    real = padding_mask(lengths, outputs.shape[1]).unsqueeze(-1)
    return (outputs * real).sum(1) / lengths.unsqueeze(-1)


@wrong("03.last_state", says="`squeeze(1)`")
def gather_not_squeezed(outputs, lengths):
    return outputs.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, 1, outputs.shape[2]))


@wrong("03.last_state", says="one step early")
def counted_from_zero_twice(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths - 2]


@wrong("03.last_state", says="is `return` inside the loop")
def returned_too_soon(outputs, lengths):
    for row, n in zip(outputs, lengths, strict=True):
        return row[n - 1]


@wrong("03.last_state", says="detached")
def rebuilt_from_numbers(outputs, lengths):
    rows = [outputs[b, n - 1].tolist() for b, n in enumerate(lengths.tolist())]
    return torch.tensor(rows, dtype=outputs.dtype)


# ---- 03.reverse_padded -------------------------------------------------------------------------------


@right("03.reverse_padded")
def sequence_by_sequence(x, lengths):
    rows = [torch.cat([x[b, :n].flip(0), x[b, n:]]) for b, n in enumerate(lengths.tolist())]
    return torch.stack(rows)


@right("03.reverse_padded")
def by_an_index(x, lengths):
    B, T, E = x.shape
    t = torch.arange(T).expand(B, T)
    n = lengths[:, None]
    index = torch.where(t < n, n - 1 - t, t)
    return x.gather(1, index[:, :, None].expand(B, T, E))


@right("03.reverse_padded")
def flipped_and_rolled(x, lengths):
    turned = x.flip(1)
    rows = [row.roll(n - len(row), 0) for row, n in zip(turned, lengths.tolist(), strict=True)]
    real = padding_mask(lengths, x.shape[1]).unsqueeze(-1)
    return torch.where(real, torch.stack(rows), x)


@right("03.reverse_padded")
def in_a_copy(x, lengths):
    y = x.clone()
    for b, n in enumerate(lengths):
        y[b, :n] = x[b, :n].flip(0)
    return y


@wrong("03.reverse_padded", says="the padding is turned too, and stands first")
def plainly_flipped(x, lengths):
    return x.flip(1)


@wrong("03.reverse_padded", says="the batch is turned")
def flips_the_batch(x, lengths):
    return x.flip(0)


@wrong("03.reverse_padded", says="the E numbers of each step")
def flips_the_last_dimension(x, lengths):
    return torch.flip(x, (-1,))


@wrong("03.reverse_padded", says="the padding is set to zero")
def padding_left_out(x, lengths):
    y = torch.zeros_like(x)
    for b, n in enumerate(lengths.tolist()):
        y[b, :n] = x[b, :n].flip(0)
    return y


@wrong("03.reverse_padded", says="each again before `torch.stack`")
def padding_forgotten(x, lengths):
    return torch.stack([x[b, :n].flip(0) for b, n in enumerate(lengths.tolist())])


@wrong("03.reverse_padded", says="one step early")
def turn_without_the_last(x, lengths):
    y = x.clone()
    for b, n in enumerate(lengths.tolist()):
        y[b, : n - 1] = x[b, : n - 1].flip(0)
    return y


@wrong("03.reverse_padded", says="`x` in place")
def on_the_input_itself(x, lengths):
    for b, n in enumerate(lengths.tolist()):
        x[b, :n] = x[b, :n].flip(0)
    return x


@wrong("03.reverse_padded", says="torch knows no slice")
def list_slices(x, lengths):
    return torch.stack([torch.cat([row[:n][::-1], row[n:]]) for row, n in zip(x, lengths.tolist(), strict=True)])


@wrong("03.reverse_padded", says="up to the longest one's length")
def up_to_the_longest_one(x, lengths):
    n = int(lengths.max())
    return torch.cat([x[:, :n].flip(1), x[:, n:]], dim=1)


@wrong("03.reverse_padded", says="is `return` inside the loop")
def one_sequence_only(x, lengths):
    for b, n in enumerate(lengths.tolist()):
        return torch.cat([x[b, :n].flip(0), x[b, n:]])


@wrong("03.reverse_padded", says="joined end to end")
def cat_for_stack(x, lengths):
    return torch.cat([torch.cat([x[b, :n].flip(0), x[b, n:]]) for b, n in enumerate(lengths.tolist())])


@wrong("03.reverse_padded", says="the first step stands at the padding too")
def index_clamped(x, lengths):
    index = (lengths[:, None] - 1 - torch.arange(x.shape[1])).clamp(min=0)
    return x[torch.arange(len(x))[:, None], index]


@wrong("03.reverse_padded", says="padding stands first")
def padding_to_the_front(x, lengths):
    return torch.stack([torch.cat([row[n:], row[:n].flip(0)]) for row, n in zip(x, lengths.tolist(), strict=True)])


@wrong("03.reverse_padded", says="the E numbers of each step")
def wrong_dimension_of_a_row(x, lengths):
    return torch.stack([torch.cat([row[:n].flip(1), row[n:]]) for row, n in zip(x, lengths.tolist(), strict=True)])


@wrong("03.reverse_padded", says="turned with their padding")
def flipped_and_masked(x, lengths):
    return x.flip(1) * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong("03.reverse_padded", says="padding stands first, set to zero")
def masked_and_flipped(x, lengths):
    return (x * padding_mask(lengths, x.shape[1]).unsqueeze(-1)).flip(1)


# ---- 03.bidirectional --------------------------------------------------------------------------------


@right("03.bidirectional")
def turn_unroll_turn_back(forward, backward, x, lengths):
    ahead, _ = unroll(forward, x)
    back = sequence_by_sequence(unroll(backward, sequence_by_sequence(x, lengths))[0], lengths)
    both = torch.cat([ahead, back], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@right("03.bidirectional")
def with_the_masks_of_the_library(forward, backward, x, lengths):
    mask = padding_mask(lengths, x.shape[1])
    ahead, _ = unroll(forward, x, mask=mask)
    back, _ = unroll(backward, x, mask=mask, reverse=True)
    return torch.cat([ahead, back], dim=2)


@right("03.bidirectional")
def each_sequence_by_itself(forward, backward, x, lengths):
    rows = []
    for row, n in zip(x, lengths.tolist(), strict=True):
        alone = row[:n].unsqueeze(0)  # (1, n, E)
        back = unroll(backward, alone.flip(1))[0].flip(1)
        rows.append(torch.cat([unroll(forward, alone)[0], back], dim=-1).squeeze(0))
    both = pad_sequence(rows, batch_first=True)
    return F.pad(both, (0, 0, 0, x.shape[1] - both.shape[1]))


@wrong("03.bidirectional", says="backward cell begins in the padding")
def flipped_with_the_padding(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, x.flip(1))[0].flip(1)], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong("03.bidirectional", says="backward outputs are not turned back")
def not_turned_back(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, by_an_index(x, lengths))[0]], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong("03.bidirectional", says="the backward cell reads forwards")
def both_forwards(forward, backward, x, lengths):
    both = torch.cat([unroll(forward, x)[0], unroll(backward, x)[0]], dim=-1)
    return both * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong("03.bidirectional", says="the forward cell does both")
def one_cell_for_both(forward, backward, x, lengths):
    return turn_unroll_turn_back(forward, forward, x, lengths)


@wrong("03.bidirectional", says="the backward half comes first")
def halves_exchanged(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.cat([back, ahead], dim=-1)


@wrong("03.bidirectional", says="the two halves are added")
def halves_added(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return ahead + back


@wrong("03.bidirectional", says="the padding is not zero")
def padding_left_as_it_is(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    return torch.cat([unroll(forward, x)[0], back], dim=-1)


@wrong("03.bidirectional", says="starts from the forward one's last state")
def state_handed_over(forward, backward, x, lengths):
    ahead, state = unroll(forward, x)
    back = by_an_index(unroll(backward, by_an_index(x, lengths), state)[0], lengths)
    return torch.cat([ahead, back], dim=-1) * padding_mask(lengths, x.shape[1]).unsqueeze(-1)


@wrong("03.bidirectional", says="`outputs, state = unroll(cell, x)`")
def unroll_not_unpacked(forward, backward, x, lengths):
    return torch.cat([unroll(forward, x), unroll(backward, x)], dim=-1)


@wrong("03.bidirectional", says="only the last states")
def last_states_joined(forward, backward, x, lengths):
    ahead, back = unroll(forward, x)[0], unroll(backward, by_an_index(x, lengths))[0]
    return torch.cat([paired_indices(ahead, lengths), paired_indices(back, lengths)], dim=-1)


@wrong("03.bidirectional", says="halves alternate")
def numbers_interleaved(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.stack([ahead, back], dim=-1).flatten(2)


@wrong("03.bidirectional", says="joined along the steps")
def joined_along_time(forward, backward, x, lengths):
    ahead, back = turn_unroll_turn_back(forward, backward, x, lengths).chunk(2, dim=-1)
    return torch.cat([ahead, back], dim=1)


@wrong("03.bidirectional", says="one step of the padding is not zero")
def one_step_too_many(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    real = torch.arange(x.shape[1]) <= lengths[:, None]
    return torch.cat([unroll(forward, x)[0], back], dim=-1) * real.unsqueeze(-1)


@wrong("03.bidirectional", says="the last real step is zero too")
def one_step_too_few(forward, backward, x, lengths):
    back = by_an_index(unroll(backward, by_an_index(x, lengths))[0], lengths)
    real = torch.arange(x.shape[1]) < lengths[:, None] - 1
    return torch.cat([unroll(forward, x)[0], back], dim=-1) * real.unsqueeze(-1)
