"""Answers to exercise 03.peephole_lstm_step."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong
from tests.exercises.lesson_03.lstm_step import as_in_the_equations
from tests.exercises.lesson_03.shared import parts


@right
def line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = (x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh).chunk(4, dim=-1)
    i = torch.sigmoid(i + weight_ci * c)
    f = torch.sigmoid(f + weight_cf * c)
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_co * c)
    return o * torch.tanh(c), c


@right
def as_diagonal_matrices(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, old = state
    a = F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)
    H = h.shape[1]
    i = (a[:, :H] + old @ torch.diag(weight_ci)).sigmoid()
    f = (a[:, H : 2 * H] + old @ torch.diag(weight_cf)).sigmoid()
    new = f * old + i * a[:, 2 * H : 3 * H].tanh()
    return (a[:, 3 * H :] + new @ torch.diag(weight_co)).sigmoid() * new.tanh(), new


@right
def peeps_added_to_the_sums(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f = (sums.chunk(4, 1)[k] + (weight_ci, weight_cf)[k].unsqueeze(0) * c for k in range(2))
    g, o = sums.chunk(4, 1)[2:]
    new = torch.sigmoid(f).mul(c).add(torch.sigmoid(i).mul(torch.tanh(g)))
    return torch.sigmoid(torch.addcmul(o, new, weight_co.expand_as(new))).mul(new.tanh()), new


@wrong(says="output gate looks at c of t-1")
def all_gates_before_the_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f, o = (i + weight_ci * c).sigmoid(), (f + weight_cf * c).sigmoid(), (o + weight_co * c).sigmoid()
    c = f * c + i * g.tanh()
    return o * c.tanh(), c


@wrong(says="look at a c that is updated already")
def cell_first_then_gates(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    _, new = as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf * new).sigmoid() * state[1] + (i + weight_ci * new).sigmoid() * g.tanh()
    return (o + weight_co * c).sigmoid() * c.tanh(), c


@wrong(says="peepholes are missing")
def peepholes_not_used(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)


@wrong(
    says="peepholes are missing",
    obeyed={
        "sigmoid(i)": "sigmoid(i + weight_ci * c)",
        "sigmoid(f)": "sigmoid(f + weight_cf * c)",
        "sigmoid(o)": "sigmoid(o + weight_co * c)",
    },
)
def a_step_without_peepholes(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


@wrong(says="peephole of gate o is missing")
def only_into_the_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, 0 * weight_co)


@wrong(says="`weight_ci` and `weight_cf` are interchanged")
def peepholes_swapped(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_cf, weight_ci, weight_co)


@wrong(says="candidate g has a peephole too")
def candidate_peeps_too(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    new = (f + weight_cf * c).sigmoid() * c + (i + weight_ci * c).sigmoid() * (g + weight_ci * c).tanh()
    return (o + weight_co * new).sigmoid() * new.tanh(), new


@wrong(says="the gates look at h")
def looks_at_h(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf * h).sigmoid() * c + (i + weight_ci * h).sigmoid() * g.tanh()
    return (o + weight_co * h).sigmoid() * c.tanh(), c


@wrong(says="added after the sigmoid")
def peeps_outside(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f.sigmoid() + weight_cf * c) * c + (i.sigmoid() + weight_ci * c) * g.tanh()
    return (o.sigmoid() + weight_co * c) * c.tanh(), c


@wrong(
    says="element by element",
    obeyed={"weight_ci @ c": "weight_ci * c", "weight_cf @ c": "weight_cf * c", "weight_co @ c": "weight_co * c"},
)
def as_a_matrix_product(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = (i + weight_ci @ c).sigmoid()
    c = (f + weight_cf @ c).sigmoid() * c + i * g.tanh()
    return (o + weight_co @ c).sigmoid() * c.tanh(), c


@wrong(says="tanh(c); a peephole looks at c itself")
def looks_at_what_is_shown(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    new = (f + weight_cf * c.tanh()).sigmoid() * c + (i + weight_ci * c.tanh()).sigmoid() * g.tanh()
    return (o + weight_co * new.tanh()).sigmoid() * new.tanh(), new


@wrong(says="got one tensor", obeyed={"return line": "h, c = line", "[0]": "\n    return h, c"})
def peephole_h_alone(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co)[0]


@wrong(
    says="it is no matrix: `weight_ci * c`",
    obeyed={"c @ weight_ci": "weight_ci * c", "c @ weight_cf": "weight_cf * c", "c @ weight_co": "weight_co * c"},
)
def as_a_product_on_the_right(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = (i + c @ weight_ci).sigmoid()
    c = (f + c @ weight_cf).sigmoid() * c + i * g.tanh()
    return (o + c @ weight_co).sigmoid() * c.tanh(), c


@wrong(
    says="sums over the units",
    obeyed={
        "(c @ weight_ci)[:, None]": "weight_ci * c",
        "(c @ weight_cf)[:, None]": "weight_cf * c",
        "(c @ weight_co)[:, None]": "weight_co * c",
    },
)
def every_unit_sees_the_sum(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + (c @ weight_cf)[:, None]).sigmoid() * c + (i + (c @ weight_ci)[:, None]).sigmoid() * g.tanh()
    return (o + (c @ weight_co)[:, None]).sigmoid() * c.tanh(), c


@wrong(says="right in some cases, but not in this one: the peephole of gate o is missing")
def no_peephole_at_the_first_step(x, state, *weights):
    *others, weight_co = weights
    return line_by_line(x, state, *others, weight_co if state[1].any() else 0 * weight_co)


@wrong(says="gate i looks at f * c")
def cell_scaled_before_i_looks(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf * c).sigmoid() * c
    c = c + (i + weight_ci * c).sigmoid() * g.tanh()
    return (o + weight_co * c).sigmoid() * c.tanh(), c


@wrong(says="two mistakes at once: 1. the output gate looks at c of t-1; it should look at the new c. 2. `bias_hh` is")
def one_bias_and_all_gates_before(x, state, weight_ih, weight_hh, bias_ih, bias_hh, *peepholes):
    return all_gates_before_the_cell(x, state, weight_ih, weight_hh, bias_ih, 0 * bias_hh, *peepholes)


@wrong(says="the c that gate f looks at is detached", obeyed={".detach()": ""})
def f_looks_at_a_detached_cell(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(4, dim=-1)
    new = (f + weight_cf * c.detach()).sigmoid() * c + (i + weight_ci * c).sigmoid() * g.tanh()
    return (o + weight_co * new).sigmoid() * new.tanh(), new


@wrong(says="gate i looks at h")
def i_looks_at_h(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    new = (f + weight_cf * c).sigmoid() * c + (i + weight_ci * h).sigmoid() * g.tanh()
    return (o + weight_co * new).sigmoid() * new.tanh(), new


@wrong(says="gate o uses `weight_cf`; it should use `weight_co`")
def weight_of_the_line_above(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = torch.sigmoid(i + weight_ci * c)
    f = torch.sigmoid(f + weight_cf * c)
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_cf * c)
    return o * torch.tanh(c), c


@wrong(says="`bias_hh` is missing in the sum of o alone")
def a_bias_forgotten_in_the_last_line(
    x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co
):
    h, c = state
    W_xi, W_xf, W_xg, W_xo = weight_ih.chunk(4)
    W_hi, W_hf, W_hg, W_ho = weight_hh.chunk(4)
    b_xi, b_xf, b_xg, b_xo = bias_ih.chunk(4)
    b_hi, b_hf, b_hg, b_ho = bias_hh.chunk(4)
    i = torch.sigmoid(x @ W_xi.T + b_xi + h @ W_hi.T + b_hi + weight_ci * c)
    f = torch.sigmoid(x @ W_xf.T + b_xf + h @ W_hf.T + b_hf + weight_cf * c)
    g = torch.tanh(x @ W_xg.T + b_xg + h @ W_hg.T + b_hg)
    c = f * c + i * g
    o = torch.sigmoid(x @ W_xo.T + b_xo + h @ W_ho.T + weight_co * c)
    return o * torch.tanh(c), c


@wrong(says="`torch.sigmoid` and `torch.tanh` are safe", obeyed={"e / (e + 1)": "torch.sigmoid(a)"})
def sigmoid_by_exp(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state

    def sigmoid(a):
        e = a.exp()
        return e / (e + 1)

    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = sigmoid(i + weight_ci * c)
    f = sigmoid(f + weight_cf * c)
    c = f * c + i * torch.tanh(g)
    o = sigmoid(o + weight_co * c)
    return o * torch.tanh(c), c


@wrong(says="sigmoid is taken twice")
def o_of_the_step_without_peepholes(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    o = torch.sigmoid(o)
    i, f = torch.sigmoid(i + weight_ci * c), torch.sigmoid(f + weight_cf * c)
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_co * c)
    return o * torch.tanh(c), c


@wrong(says="sigmoid is taken twice")
def gates_of_the_step_without_peepholes(
    x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co
):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    i, f = torch.sigmoid(i + weight_ci * c), torch.sigmoid(f + weight_cf * c)
    c = f * c + i * g
    return torch.sigmoid(o + weight_co * c) * torch.tanh(c), c


@wrong(says="the peephole of gate f is subtracted")
def minus_at_the_forget_gate(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, -weight_cf, weight_co)


@wrong(says="the peephole of gate i is added after the sigmoid")
def beside_the_sigmoid_of_i(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    (h, c), (i, f, g, o) = state, parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf * c).sigmoid() * c + (i.sigmoid() + weight_ci * c) * g.tanh()
    return (o + weight_co * c).sigmoid() * c.tanh(), c


@wrong(says="gate o adds its weight and c", obeyed={"weight_co + c": "weight_co * c"})
def plus_for_times(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    (h, c), (i, f, g, o) = state, parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf * c).sigmoid() * c + (i + weight_ci * c).sigmoid() * g.tanh()
    return (o + weight_co + c).sigmoid() * c.tanh(), c


@wrong(says="all gates use `weight_cf`")
def all_of_f(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_cf, weight_cf, weight_cf)


@wrong(says="the c that the three gates look at is detached")
def looked_at_without_gradient(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    (h, c), (i, f, g, o) = state, parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    seen = c.detach()
    c = (f + weight_cf * seen).sigmoid() * c + (i + weight_ci * seen).sigmoid() * g.tanh()
    return (o + weight_co * c.detach()).sigmoid() * c.tanh(), c


@wrong(says="H is taken from x")
def as_many_units_as_inputs(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    c, sums, H = state[1], torch.cat(parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh), dim=1), x.shape[1]
    i, f, g, o = (sums[:, k * H : (k + 1) * H] for k in range(4))
    c = (f + weight_cf * c).sigmoid() * c + (i + weight_ci * c).sigmoid() * g.tanh()
    return (o + weight_co * c).sigmoid() * c.tanh(), c
