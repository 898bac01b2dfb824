"""Answers to exercise 03.full_peepholes."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong
from tests.exercises.lesson_03.lstm_step import as_in_the_equations
from tests.exercises.lesson_03.peephole_lstm_step import line_by_line
from tests.exercises.lesson_03.shared import parts


@right
def by_linear(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(4, dim=-1)
    i = torch.sigmoid(i + F.linear(c, weight_ci))
    f = torch.sigmoid(f + F.linear(c, weight_cf))
    c = f * c + i * torch.tanh(g)
    return torch.sigmoid(o + F.linear(c, weight_co)) * torch.tanh(c), c


@right
def sequence_by_sequence(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    """Each sequence as a column, W c, as the equations are written."""
    hs, cs = [], []
    for x_b, h, c in zip(x, *state, strict=True):
        i, f, g, o = (weight_ih @ x_b + bias_ih + weight_hh @ h + bias_hh).chunk(4)
        new = (f + weight_cf @ c).sigmoid() * c + (i + weight_ci @ c).sigmoid() * g.tanh()
        hs.append((o + weight_co @ new).sigmoid() * new.tanh())
        cs.append(new)
    return torch.stack(hs), torch.stack(cs)


@right
def two_peepholes_in_one_product(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, old = state
    sums = x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
    i, f = (sums[:, : 2 * h.shape[1]] + old @ torch.cat([weight_ci, weight_cf]).mT).sigmoid().chunk(2, -1)
    g, o = sums[:, 2 * h.shape[1] :].chunk(2, -1)
    new = torch.addcmul(f * old, i, g.tanh())
    return (o + torch.einsum("hk,bk->bh", weight_co, new)).sigmoid() * new.tanh(), new


@wrong(
    says="not transposed",
    obeyed={"c @ weight_ci": "c @ weight_ci.T", "c @ weight_cf": "c @ weight_cf.T", "c @ weight_co": "c @ weight_co.T"},
)
def on_the_right(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + c @ weight_cf).sigmoid() * c + (i + c @ weight_ci).sigmoid() * g.tanh()
    return (o + c @ weight_co).sigmoid() * c.tanh(), c


@wrong(says="only the diagonals are used")
def diagonals_alone(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    diagonals = weight_ci.diag(), weight_cf.diag(), weight_co.diag()
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, *diagonals)


@wrong(
    says="only the diagonals are used",
    obeyed={
        "weight_ci.diag() * c": "F.linear(c, weight_ci)",
        "weight_cf.diag() * c": "F.linear(c, weight_cf)",
        "weight_co.diag() * c": "F.linear(c, weight_co)",
    },
)
def own_units_alone(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = torch.sigmoid(f + weight_cf.diag() * c) * c + torch.sigmoid(i + weight_ci.diag() * c) * torch.tanh(g)
    return torch.sigmoid(o + weight_co.diag() * c) * torch.tanh(c), c


@wrong(says="no product element by element")
def the_step_before_unchanged(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co)


@wrong(
    says="no product element by element",
    obeyed={
        "weight_ci * c": "F.linear(c, weight_ci)",
        "weight_cf * c": "F.linear(c, weight_cf)",
        "weight_co * c": "F.linear(c, weight_co)",
    },
)
def element_by_element(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = torch.sigmoid(f + weight_cf * c) * c + torch.sigmoid(i + weight_ci * c) * torch.tanh(g)
    return torch.sigmoid(o + weight_co * c) * torch.tanh(c), c


@wrong(
    says="The rows of c (B, H) are the sequences",
    obeyed={
        "weight_ci @ c": "F.linear(c, weight_ci)",
        "weight_cf @ c": "F.linear(c, weight_cf)",
        "weight_co @ c": "F.linear(c, weight_co)",
    },
)
def as_the_equations_are_written(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + weight_cf @ c).sigmoid() * c + (i + weight_ci @ c).sigmoid() * g.tanh()
    return (o + weight_co @ c).sigmoid() * c.tanh(), c


@wrong(says="each unit sees its own c alone")
def sums_of_rows(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    vectors = weight_ci.sum(1), weight_cf.sum(1), weight_co.sum(1)
    return line_by_line(x, state, weight_ih, weight_hh, bias_ih, bias_hh, *vectors)


@wrong(
    says="each unit sees its own c alone",
    obeyed={
        "weight_ci.sum(1) * c": "F.linear(c, weight_ci)",
        "weight_cf.sum(1) * c": "F.linear(c, weight_cf)",
        "weight_co.sum(1) * c": "F.linear(c, weight_co)",
    },
)
def own_unit_times_the_sum(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = torch.sigmoid(f + weight_cf.sum(1) * c) * c + torch.sigmoid(i + weight_ci.sum(1) * c) * torch.tanh(g)
    return torch.sigmoid(o + weight_co.sum(1) * c) * torch.tanh(c), c


@wrong(says="output gate looks at c of t-1")
def all_three_gates_look_before(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    o = (o + F.linear(c, weight_co)).sigmoid()
    c = (f + F.linear(c, weight_cf)).sigmoid() * c + (i + F.linear(c, weight_ci)).sigmoid() * g.tanh()
    return o * c.tanh(), c


@wrong(says="candidate g has a peephole too")
def the_candidate_looks(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f, g = i + F.linear(c, weight_ci), f + F.linear(c, weight_cf), g + F.linear(c, weight_ci)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return (o + F.linear(c, weight_co)).sigmoid() * c.tanh(), c


@wrong(says="`weight_ci` and `weight_cf` are interchanged")
def matrices_swapped(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return by_linear(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_cf, weight_ci, weight_co)


@wrong(says="the gates look at h")
def looks_at_the_hidden_state(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + F.linear(h, weight_cf)).sigmoid() * c + (i + F.linear(h, weight_ci)).sigmoid() * g.tanh()
    return (o + F.linear(h, weight_co)).sigmoid() * c.tanh(), c


@wrong(says="peepholes are missing: add `F.linear(c, weight_ci)`")
def matrices_not_used(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return as_in_the_equations(x, state, weight_ih, weight_hh, bias_ih, bias_hh)


@wrong(
    says="peepholes are missing: add `F.linear(c, weight_ci)`",
    obeyed={
        "sigmoid(i)": "sigmoid(i + F.linear(c, weight_ci))",
        "sigmoid(f)": "sigmoid(f + F.linear(c, weight_cf))",
        "sigmoid(o)": "sigmoid(o + F.linear(c, weight_co))",
    },
)
def a_step_without_peepholes(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


@wrong(says="got one tensor", obeyed={"return by": "h, c = by", "[0]": "\n    return h, c"})
def only_h_comes_back(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return by_linear(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co)[0]


@wrong(says="peephole of gate o is not transposed", obeyed={"c @ weight_co": "F.linear(c, weight_co)"})
def o_not_transposed(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f = i + F.linear(c, weight_ci), f + F.linear(c, weight_cf)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return (o + c @ weight_co).sigmoid() * c.tanh(), c


@wrong(
    says="`reshape` or `view` mixes the sequences",
    obeyed={
        "(weight_ci @ c.T).reshape(c.shape)": "F.linear(c, weight_ci)",
        "(weight_cf @ c.T).reshape(c.shape)": "F.linear(c, weight_cf)",
        "(weight_co @ c.T).reshape(c.shape)": "F.linear(c, weight_co)",
    },
)
def reshaped_to_fit(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f = i + (weight_ci @ c.T).reshape(c.shape), f + (weight_cf @ c.T).reshape(c.shape)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return (o + (weight_co @ c.T).reshape(c.shape)).sigmoid() * c.tanh(), c


@wrong(says="2. the output gate looks at c of t-1", obeyed={"c @ weight": "c @ weight.T"})
def on_the_right_and_all_before(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i, f, o = (s + c @ weight for s, weight in ((i, weight_ci), (f, weight_cf), (o, weight_co)))
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


@wrong(says="looks at f * c, before i * g is added")
def o_sees_what_is_kept(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    kept = (f + F.linear(c, weight_cf)).sigmoid() * c
    new = kept + (i + F.linear(c, weight_ci)).sigmoid() * g.tanh()
    return (o + F.linear(kept, weight_co)).sigmoid() * new.tanh(), new


@wrong(says="candidate g has a peephole too")
def the_candidate_looks_as_f_does(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = torch.sigmoid(i + F.linear(c, weight_ci))
    f = torch.sigmoid(f + F.linear(c, weight_cf))
    g = torch.tanh(g + F.linear(c, weight_cf))
    c = f * c + i * g
    o = torch.sigmoid(o + F.linear(c, weight_co))
    return o * torch.tanh(c), c


@wrong(
    says="the gates of every sequence look at the c of the first one",
    obeyed={
        "weight_ci @ c[0]": "F.linear(c, weight_ci)",
        "weight_cf @ c[0]": "F.linear(c, weight_cf)",
        "weight_co @ c[0]": "F.linear(c, weight_co)",
    },
)
def cell_of_the_first_sequence(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = torch.sigmoid(i + weight_ci @ c[0])
    f = torch.sigmoid(f + weight_cf @ c[0])
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_co @ c[0])
    return o * torch.tanh(c), c


@wrong(says="only the diagonal of `weight_co` is used", obeyed={"weight_co.diagonal() * c": "F.linear(c, weight_co)"})
def o_keeps_the_diagonal_form(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state
    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = torch.sigmoid(i + F.linear(c, weight_ci))
    f = torch.sigmoid(f + F.linear(c, weight_cf))
    c = f * c + i * torch.tanh(g)
    o = torch.sigmoid(o + weight_co.diagonal() * c)
    return o * torch.tanh(c), c


@wrong(
    says="`torch.sigmoid` and `torch.tanh` are safe", obeyed={"torch.exp(a) / (1 + torch.exp(a))": "torch.sigmoid(a)"}
)
def sigmoid_by_exp(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    h, c = state

    def sigmoid(a):
        return torch.exp(a) / (1 + torch.exp(a))

    i, f, g, o = parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    i = sigmoid(i + F.linear(c, weight_ci))
    f = sigmoid(f + F.linear(c, weight_cf))
    c = f * c + i * torch.tanh(g)
    o = sigmoid(o + F.linear(c, weight_co))
    return o * torch.tanh(c), c


@wrong(
    says="the peepholes of the gates i and f are not transposed",
    obeyed={"c @ weight_ci": "F.linear(c, weight_ci)", "c @ weight_cf": "F.linear(c, weight_cf)"},
)
def two_not_transposed(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    (h, c), (i, f, g, o) = state, parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + c @ weight_cf).sigmoid() * c + (i + c @ weight_ci).sigmoid() * g.tanh()
    return (o + c @ weight_co.T).sigmoid() * c.tanh(), c


@wrong(says="in gate f each unit sees its own c alone", obeyed={"c * weight_cf.sum(1)": "F.linear(c, weight_cf)"})
def sums_of_rows_at_f(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    (h, c), (i, f, g, o) = state, parts(x, state, weight_ih, weight_hh, bias_ih, bias_hh)
    c = (f + c * weight_cf.sum(1)).sigmoid() * c + (i + c @ weight_ci.T).sigmoid() * g.tanh()
    return (o + c @ weight_co.T).sigmoid() * c.tanh(), c


@wrong(says="the peepholes are subtracted")
def all_subtracted(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co):
    return by_linear(x, state, weight_ih, weight_hh, bias_ih, bias_hh, -weight_ci, -weight_cf, -weight_co)
