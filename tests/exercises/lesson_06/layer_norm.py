"""Answers to exercise 06.layer_norm."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def as_in_the_formula(x, weight, bias, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * weight + bias


@right
def by_var_mean(x, weight, bias, eps=1e-5):
    variance, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
    return torch.addcmul(bias, (x - mean) * (variance + eps).rsqrt(), weight)


@right
def by_the_function(x, weight, bias, eps=1e-5):
    return F.layer_norm(x, weight.shape, weight, bias, eps)


@wrong(
    says="divided by D - 1; divide by D", obeyed={"x.var(-1, keepdim=True)": "x.var(-1, keepdim=True, unbiased=False)"}
)
def variance_of_a_sample(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, keepdim=True) + eps) * weight + bias


@wrong(says="inside the root, and the variance")
def as_in_a_famous_text(x, weight, bias, eps=1e-5):
    return weight * (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + eps) + bias


@wrong(says="outside the root; it belongs inside")
def eps_after_the_root(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True, unbiased=False) + eps) * weight + bias


@wrong(says="a fixed 1e-5")
def eps_of_its_own(x, weight, bias, eps=1e-5):
    return as_in_the_formula(x, weight, bias)


@wrong(says="run over the batch")
def over_the_batch(x, weight, bias, eps=1e-5):
    mean, variance = x.mean(0), x.var(0, unbiased=False)
    return (x - mean) / torch.sqrt(variance + eps) * weight + bias


@wrong(says="positions and features together")
def over_positions_and_features(x, weight, bias, eps=1e-5):
    variance, mean = torch.var_mean(x, dim=(-2, -1), correction=0, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * weight + bias


@wrong(says="divided by the variance")
def root_forgotten(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().mean(-1, keepdim=True) + eps) * weight + bias


@wrong(says="`weight` and `bias` are not applied")
def without_parameters(x, weight, bias, eps=1e-5):
    return F.layer_norm(x, weight.shape, eps=eps)


@wrong(says="RMSNorm")
def root_mean_square(x, weight, bias, eps=1e-5):
    return x / torch.sqrt(x.square().mean(-1, keepdim=True) + eps) * weight + bias


@wrong(
    says="`keepdim=True`",
    obeyed={
        "x.mean(-1)": "x.mean(-1, keepdim=True)",
        "x.var(-1, unbiased=False)": "x.var(-1, unbiased=False, keepdim=True)",
    },
)
def dimension_lost(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1)) / torch.sqrt(x.var(-1, unbiased=False) + eps) * weight + bias


@wrong(says="squares are summed")
def sum_of_squares(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().sum(-1, keepdim=True) + eps).sqrt() * weight + bias


@wrong(says="multiplied by the root")
def multiplied_by_the_root(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) * (x.var(-1, keepdim=True, unbiased=False) + eps).sqrt() * weight + bias


@wrong(says="`eps` is not used, and the variance")
def by_the_deviation_of_torch(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / x.std(-1, keepdim=True) * weight + bias


@wrong(says="only the mean is divided")
def brackets_forgotten(x, weight, bias, eps=1e-5):
    return x - x.mean(-1, keepdim=True) / (x.var(-1, keepdim=True, unbiased=False) + eps).sqrt() * weight + bias


@wrong(
    says="that of all vectors together", obeyed={"centred.square().mean()": "centred.square().mean(-1, keepdim=True)"}
)
def one_variance_for_all(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().mean() + eps).sqrt() * weight + bias


@wrong(says="it loses its digits")
def difference_of_squares(x, weight, bias, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    return (x - mean) / ((x**2).mean(-1, keepdim=True) - mean**2 + eps).sqrt() * weight + bias


@wrong(says="no gradient flows through mean and variance")
def statistics_without_gradient(x, weight, bias, eps=1e-5):
    with torch.no_grad():
        variance, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
    return (x - mean) / (variance + eps).sqrt() * weight + bias


@wrong(says="not multiplied by `weight`")
def shift_alone(x, weight, bias, eps=1e-5):
    return F.layer_norm(x, weight.shape, eps=eps) + bias


@wrong(says="`weight` and `bias` are interchanged")
def scale_and_shift_interchanged(x, weight, bias, eps=1e-5):
    return F.layer_norm(x, weight.shape, eps=eps) * bias + weight


@wrong(says="`bias` is multiplied by `weight`")
def shifted_before_it_is_scaled(x, weight, bias, eps=1e-5):
    return (F.layer_norm(x, weight.shape, eps=eps) + bias) * weight


@wrong(says="no gradient flows through mean and variance", obeyed={".detach()": ""})
def mean_and_variance_detached(x, weight, bias, eps=1e-5):
    mean, variance = x.mean(-1, keepdim=True), x.var(-1, keepdim=True, unbiased=False)
    return (x - mean.detach()) / (variance.detach() + eps).sqrt() * weight + bias


@wrong(says="the larger one of variance and `eps`")
def at_least_eps(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / centred.square().mean(-1, keepdim=True).clamp_min(eps).sqrt() * weight + bias


@wrong(says="-1 is the last one")
def dimension_two(x, weight, bias, eps=1e-5):
    return (x - x.mean(2, keepdim=True)) / (x.var(2, keepdim=True, unbiased=False) + eps).sqrt() * weight + bias


@wrong(says="two mistakes at once: 1. mean and variance run over the batch")
def over_the_batch_with_1_added(x, weight, bias, eps=1e-5):
    return over_the_batch(x, 1 + weight, bias, eps)


@wrong(says="`* weight + bias` as it stands", obeyed={"@ weight": "* weight"})
def scaled_by_a_product_of_matrices(x, weight, bias, eps=1e-5):
    variance = x.var(-1, keepdim=True, unbiased=False)
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(variance + eps) @ weight + bias


@wrong(says="`* weight + bias` as it stands", obeyed={"weight[:, None]": "weight"})
def weight_in_a_column(x, weight, bias, eps=1e-5):
    variance = x.var(-1, keepdim=True, unbiased=False)
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(variance + eps) * weight[:, None] + bias


@wrong(says="the variance is the mean of x²")
def squares_not_centred(x, weight, bias, eps=1e-5):
    variance = (x**2).mean(-1, keepdim=True)
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(variance + eps) * weight + bias


@wrong(says="`eps` is squared")
def eps_squared(x, weight, bias, eps=1e-5):
    return as_in_the_formula(x, weight, bias, eps**2)


@wrong(says="without an argument `eps` should be 1e-5")
def another_default(x, weight, bias, eps=1e-6):
    return as_in_the_formula(x, weight, bias, eps)


@wrong(says="where D is 1", obeyed={"x.var(-1, keepdim=True) * (D - 1) / D": "x.var(-1, keepdim=True, unbiased=False)"})
def nan_of_one_number(x, weight, bias, eps=1e-5):
    D = x.shape[-1]
    variance = x.var(-1, keepdim=True) * (D - 1) / D
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(variance + eps) * weight + bias


@wrong(says="come before the normalization")
def scaled_first(x, weight, bias, eps=1e-5):
    return as_in_the_formula(x * weight + bias, 1, 0, eps)


@wrong(says="the root of 0 has no derivative")
def two_roots(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    std = centred.square().mean(-1, keepdim=True).sqrt()
    return centred / torch.sqrt(std**2 + eps) * weight + bias


@wrong(says="only the mean is divided")
def mean_divided(x, weight, bias, eps=1e-5):
    variance = x.var(-1, keepdim=True, unbiased=False)
    return (x - x.mean(-1, keepdim=True) / torch.sqrt(variance + eps)) * weight + bias


@wrong(says="any number of dimensions")
def three_dimensions_alone(x, weight, bias, eps=1e-5):
    B, T, D = x.shape
    return as_in_the_formula(x.view(B * T, D), weight, bias, eps).view(B, T, D)
