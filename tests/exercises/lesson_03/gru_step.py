"""Answers to exercise 03.gru_step."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def two_products_in_thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=1)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h


@right
def from_the_old_towards_the_new(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h.size(-1)
    gates = (x @ weight_ih[: 2 * H].T + h @ weight_hh[: 2 * H].T + bias_ih[: 2 * H] + bias_hh[: 2 * H]).sigmoid()
    r, z = gates[:, :H], gates[:, H:]
    n = F.linear(x, weight_ih[2 * H :], bias_ih[2 * H :]) + r * F.linear(h, weight_hh[2 * H :], bias_hh[2 * H :])
    return torch.lerp(torch.tanh(n), h, z)


@right
def by_the_gru_of_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.gru_cell(x, h, weight_ih, weight_hh, bias_ih, bias_hh)


def thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return F.linear(x, weight_ih, bias_ih).chunk(3, dim=-1), F.linear(h, weight_hh, bias_hh).chunk(3, dim=-1)


@wrong(says="form of Cho et al. 2014")
def reset_before_the_product(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, _) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    H = h.shape[1]
    r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
    n = torch.tanh(x_n + (r * h) @ weight_hh[2 * H :].T + bias_hh[2 * H :])
    return (1 - z) * n + z * h


@wrong(says="leaves out the bias")
def bias_outside_the_reset(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, _) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    H = h.shape[1]
    r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
    n = torch.tanh(x_n + r * (h @ weight_hh[2 * H :].T) + bias_hh[2 * H :])
    return (1 - z) * n + z * h


@wrong(says="z and 1 - z are interchanged")
def update_gate_the_other_way(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    z = torch.sigmoid(x_z + h_z)
    return z * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + (1 - z) * h


@wrong(says="in the order z, r, n", obeyed={"(x_z, x_r, x_n), (h_z, h_r, h_n)": "(x_r, x_z, x_n), (h_r, h_z, h_n)"})
def order_of_another_gru(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_z, x_r, x_n), (h_z, h_r, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    z = torch.sigmoid(x_z + h_z)
    return (1 - z) * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + z * h


@wrong(says="reset gate has no part")
def without_reset(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    _, z, n = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(3, dim=-1)
    return (1 - z.sigmoid()) * n.tanh() + z.sigmoid() * h


@wrong(says="multiplies the part of x, too")
def reset_of_the_whole_sum(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    r, z, n = (F.linear(x, weight_ih, bias_ih) + F.linear(h, weight_hh, bias_hh)).chunk(3, dim=-1)
    return (1 - z.sigmoid()) * torch.tanh(r.sigmoid() * n) + z.sigmoid() * h


@wrong(says="only the candidate comes back")
def candidate_alone(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, _, x_n), (h_r, _, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n)


@wrong(says="candidate n goes through a sigmoid")
def sigmoid_for_all(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    z = torch.sigmoid(x_z + h_z)
    return (1 - z) * torch.sigmoid(x_n + torch.sigmoid(x_r + h_r) * h_n) + z * h


@wrong(says="state of a GRU is one tensor")
def a_pair_as_in_an_lstm(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    h = two_products_in_thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return h, h


@wrong(says="gives 3 pieces", obeyed={"r, z, n, o =": "r, z, n ="})
def four_pieces(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    r, z, n, o = (x @ weight_ih.T + bias_ih).chunk(3, dim=-1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=-1)
    r, z = torch.sigmoid(r + h_r), torch.sigmoid(z + h_z)
    return (1 - z) * torch.tanh(n + r * h_n) + z * h


@wrong(says="old h is not multiplied by z")
def h_kept_whole(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return (1 - torch.sigmoid(x_z + h_z)) * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + h


@wrong(says="the gates are taken in turns", obeyed={".unflatten(-1, (-1, 3)).unbind(-1)": ".chunk(3, dim=-1)"})
def gates_in_turns(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x_r, x_z, x_n = F.linear(x, weight_ih, bias_ih).unflatten(-1, (-1, 3)).unbind(-1)
    h_r, h_z, h_n = F.linear(h, weight_hh, bias_hh).unflatten(-1, (-1, 3)).unbind(-1)
    z = torch.sigmoid(x_z + h_z)
    return (1 - z) * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + z * h


@wrong(says="dimensions of size 1 are squeezed away")
def batch_of_one_squeezed(x, h, *weights):
    return two_products_in_thirds(x, h, *weights).squeeze(0)


@wrong(says="2. the bias b_hn, the last H rows of `bias_hh`, is missing")
def reset_before_and_no_bias(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, _) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
    return (1 - z) * torch.tanh(x_n + (r * h) @ weight_hh[2 * h.shape[1] :].T) + z * h


@wrong(says="right in some cases, but not in this one: `bias_hh` is missing")
def first_step_without_a_bias(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return two_products_in_thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh if h.any() else 0 * bias_hh)


@wrong(says="Gates multiply element by element: `r * h_n`", obeyed={"r @ h_n": "r * h_n"})
def matrix_product_of_gates(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
    return (1 - z) * torch.tanh(x_n + r @ h_n) + z * h


@wrong(says="z takes the part of h that belongs to r; it should be h_z")
def part_of_the_line_above(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_r)
    n = torch.tanh(x_n + r * h_n)
    return z * h + (1 - z) * n


@wrong(says="`view` or `reshape` mixes sequences and gates", obeyed={".view(3, B, H)": ".chunk(3, dim=-1)"})
def gates_by_a_view(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    B, H = h.shape
    x_r, x_z, x_n = F.linear(x, weight_ih, bias_ih).view(3, B, H)
    h_r, h_z, h_n = F.linear(h, weight_hh, bias_hh).view(3, B, H)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return z * h + (1 - z) * n


@wrong(
    says="two mistakes at once: 1. z and 1 - z are interchanged: h_t = (1 - z) n + z h. 2. `view` or `reshape` mixes",
    obeyed={".reshape(3, *h.shape)": ".chunk(3, dim=-1)"},
)
def gates_by_a_view_and_the_other_mixture(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x_r, x_z, x_n = F.linear(x, weight_ih, bias_ih).reshape(3, *h.shape)
    h_r, h_z, h_n = F.linear(h, weight_hh, bias_hh).reshape(3, *h.shape)
    z = torch.sigmoid(x_z + h_z)
    return z * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + (1 - z) * h


@wrong(says="`torch.sigmoid` and `torch.tanh` are safe", obeyed={"(up - down) / (up + down)": "torch.tanh(a)"})
def tanh_by_exp(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    def tanh(a):
        up, down = torch.exp(a), torch.exp(-a)
        return (up - down) / (up + down)

    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = tanh(x_n + r * h_n)
    return z * h + (1 - z) * n


@wrong(says="sigmoids of the two parts are added")
def sigmoids_added(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x_r, x_z, x_n = (x @ weight_ih.T + bias_ih).chunk(3, dim=-1)
    h_r, h_z, h_n = (h @ weight_hh.T + bias_hh).chunk(3, dim=-1)
    r, z = x_r.sigmoid() + h_r.sigmoid(), x_z.sigmoid() + h_z.sigmoid()
    return (1 - z) * torch.tanh(x_n + r * h_n) + z * h


def from_parts(x_r, x_z, x_n, h_r, h_z, h_n, h):
    z = torch.sigmoid(x_z + h_z)
    return (1 - z) * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + z * h


@wrong(says="the bias b_in")
def candidate_of_x_without_bias(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    (x_r, x_z, _), of_h = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return from_parts(x_r, x_z, x @ weight_ih[2 * h.shape[1] :].T, *of_h, h)


@wrong(says="gate z has no part of h")
def update_gate_of_x_alone(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    of_x, (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return from_parts(*of_x, h_r, 0, h_n, h)


@wrong(says="the part of h is split in the order z, r, n")
def two_orders(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    of_x, (h_z, h_r, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    return from_parts(*of_x, h_r, h_z, h_n, h)


@wrong(says="W_hn is not transposed")
def columns_in_the_candidate(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    of_x, (h_r, h_z, _) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    H = h.shape[1]
    return from_parts(*of_x, h_r, h_z, h @ weight_hh[2 * H :] + bias_hh[2 * H :], h)


def mixed(x, h, weight_ih, weight_hh, bias_ih, bias_hh, of_r=torch.sigmoid, of_z=torch.sigmoid):
    (x_r, x_z, x_n), (h_r, h_z, h_n) = thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh)
    z = of_z(x_z + h_z)
    return (1 - z) * torch.tanh(x_n + of_r(x_r + h_r) * h_n) + z * h


@wrong(says="the reset gate is turned round")
def one_minus_reset(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return mixed(x, h, weight_ih, weight_hh, bias_ih, bias_hh, of_r=lambda s: 1 - s.sigmoid())


@wrong(says="gate z goes through tanh")
def update_gate_with_tanh(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return mixed(x, h, weight_ih, weight_hh, bias_ih, bias_hh, of_z=torch.tanh)


@wrong(says="the reset gate is detached")
def reset_gate_without_gradient(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    return mixed(x, h, weight_ih, weight_hh, bias_ih, bias_hh, of_r=lambda s: s.sigmoid().detach())


@wrong(says="Is H taken from x?")
def as_many_units_as_inputs(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    of_x, of_h = (torch.cat(three, dim=1) for three in thirds(x, h, weight_ih, weight_hh, bias_ih, bias_hh))
    H = x.shape[1]
    return from_parts(*(s[:, k] for s in (of_x, of_h) for k in (slice(H), slice(H, 2 * H), slice(2 * H, None))), h)
