"""Answers to the exercises of lesson 06, Transformer."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from answers import right, wrong
from torch import nn

from course_lib.exercises import lesson_06 as reference
from course_lib.masks import causal_mask
from course_lib.transformer import LayerNorm, MultiHeadAttention

# ---- 06.attend_heads ---------------------------------------------------------------------------------


def scored(query, key):
    return query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])


def placed(mask):
    return mask[:, None, None] if mask.dim() == 2 else mask[:, None]


@right("06.attend_heads")
def as_in_the_text(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), float("-inf"))
    weights = torch.softmax(scores, dim=-1)
    return weights @ value, weights


@right("06.attend_heads")
def head_by_head(query, key, value, mask=None):
    contexts, all_weights = [], []
    for n in range(query.shape[1]):
        scores = torch.einsum("btk,bsk->bts", query[:, n], key[:, n]) * query.shape[-1] ** -0.5
        if mask is not None:
            scores = torch.where(mask[:, None] if mask.dim() == 2 else mask, scores, torch.finfo(scores.dtype).min)
        weights = F.softmax(scores, dim=2)
        contexts.append(torch.bmm(weights, value[:, n]))
        all_weights.append(weights)
    return torch.stack(contexts, dim=1), torch.stack(all_weights, dim=1)


@right("06.attend_heads")
def by_the_fused_kernel(query, key, value, mask=None):
    mask = None if mask is None else placed(mask)
    eye = torch.eye(key.shape[2], dtype=value.dtype).expand(*key.shape[:2], -1, -1)
    weights = F.scaled_dot_product_attention(query, key, eye, attn_mask=mask)
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask), weights


@wrong("06.attend_heads", says="not scaled")
def scale_forgotten(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="divided by K; the scale is its root")
def divided_by_k(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / query.shape[-1]
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="root of the model width")
def scaled_by_the_model_width(query, key, value, mask=None):
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[1] * query.shape[3])
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="inverted")
def mask_as_in_the_module_of_torch(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(placed(mask), -1e9)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="exp(0) = 1")
def hidden_by_zero(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), 0)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="after the softmax")
def hidden_afterwards(query, key, value, mask=None):
    weights = scored(query, key).softmax(-1)
    if mask is not None:
        weights = weights * placed(mask)
    return weights @ value, weights


@wrong("06.attend_heads", says="over the queries")
def softmax_over_the_queries(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(2)
    return weights @ value, weights


@wrong("06.attend_heads", says="over the heads")
def softmax_over_the_heads(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -1e9)
    weights = F.softmax(scores, dim=1)
    return weights @ value, weights


@wrong("06.attend_heads", says="mask is not used")
def mask_forgotten(query, key, value, mask=None):
    weights = scored(query, key).softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="laid along the heads")
def mask_along_the_heads(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~mask[:, None], -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="weights come first")
def weights_before_the_context(query, key, value, mask=None):
    return as_in_the_text(query, key, value, mask)[::-1]


@wrong("06.attend_heads", says="got one tensor")
def context_alone(query, key, value, mask=None):
    return as_in_the_text(query, key, value, mask)[0]


@wrong("06.attend_heads", says="Is `mask` None here")
def mask_taken_for_granted(query, key, value, mask=None):
    scores = scored(query, key).masked_fill(placed(~mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="NaN")
def exponentials_by_hand(query, key, value, mask=None):
    e = scored(query, key).exp()
    if mask is not None:
        e = e * placed(mask)
    weights = e / e.sum(-1, keepdim=True)
    return weights @ value, weights


@right("06.attend_heads")
def with_einsum_and_a_mask_to_be_added(query, key, value, mask=None):
    scores = torch.einsum("bntk,bnsk->bnts", query / math.sqrt(query.size(-1)), key)
    if mask is not None:
        scores = scores + torch.where(placed(mask), 0.0, -math.inf).to(scores)
    weights = (scores - scores.logsumexp(-1, keepdim=True)).exp()
    return torch.einsum("bnts,bnsk->bntk", weights, value), weights


@wrong("06.attend_heads", says="after the softmax; the scores are")
def weights_are_scaled(query, key, value, mask=None):
    scores = query @ key.mT
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1) / math.sqrt(query.shape[-1])
    return weights @ value, weights


@wrong("06.attend_heads", says="set to -100, and others may lie as low")
def hidden_by_a_low_score(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -100)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="0/0")
def hidden_afterwards_and_summed_to_1_again(query, key, value, mask=None):
    weights = scored(query, key).softmax(-1)
    if mask is not None:
        weights = weights * placed(mask)
        weights = weights / weights.sum(-1, keepdim=True)  # with large scores nothing may be left
    return weights @ value, weights


@wrong("06.attend_heads", says="`if mask is not None`")
def asks_whether_the_mask_is_true(query, key, value, mask=None):
    scores = scored(query, key)
    if mask:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="mask is not used")
def filled_mask_is_dropped(query, key, value, mask=None):
    scores = scored(query, key)
    if mask is not None:
        scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return weights @ value, weights


@wrong("06.attend_heads", says="`.T` turns all dimensions")
def all_dimensions_turned(query, key, value, mask=None):
    weights = (query @ key.permute(3, 2, 1, 0) / math.sqrt(query.shape[-1])).softmax(-1)
    return weights @ value, weights


# ---- 06.split_heads ----------------------------------------------------------------------------------


@right("06.split_heads")
def view_then_transpose(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N).transpose(1, 2)


@right("06.split_heads")
def by_chunks(x, N):
    return torch.stack(x.chunk(N, dim=-1), dim=1)


@right("06.split_heads")
def by_reshape_and_permute(x, N):
    return x.reshape(*x.shape[:2], N, -1).permute(0, 2, 1, 3).contiguous()


@wrong("06.split_heads", says="mixes positions")
def view_alone(x, N):
    B, T, D = x.shape
    return x.view(B, N, T, D // N)


@wrong("06.split_heads", says="still stand behind the positions")
def transpose_forgotten(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N)


@wrong("06.split_heads", says="every N-th number")
def strided(x, N):
    return torch.stack([x[:, :, n::N] for n in range(N)], dim=1)


@wrong("06.split_heads", says="each head is N wide")
def width_and_number_interchanged(x, N):
    B, T, D = x.shape
    return x.view(B, T, D // N, N).transpose(1, 2)


@wrong("06.split_heads", says="before the batch")
def heads_first(x, N):
    return torch.stack(x.chunk(N, dim=-1))


@wrong("06.split_heads", says="one dimension; keep both")
def heads_in_the_batch(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N).transpose(1, 2).reshape(B * N, T, D // N)


@wrong("06.split_heads", says="last two dimensions are interchanged")
def keys_turned_already(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D // N).permute(0, 2, 3, 1)


@wrong("06.split_heads", says="a size is `D // N`")
def divided_with_a_slash(x, N):
    B, T, D = x.shape
    return x.view(B, T, N, D / N).transpose(1, 2)


@wrong("06.split_heads", says="gets the whole vector")
def copied(x, N):
    return x.unsqueeze(1).repeat(1, N, 1, 1)


@wrong("06.split_heads", says="`view(B, N, K, T)` mixes positions")
def positions_last(x, N):
    B, T, D = x.shape
    return x.view(B, N, D // N, T).transpose(2, 3)


# ---- 06.multi_head -----------------------------------------------------------------------------------


def projected(x, y, N, in_proj_weight, in_proj_bias, split=view_then_transpose):
    D = x.shape[-1]
    q = x @ in_proj_weight[:D].T + in_proj_bias[:D]
    k = y @ in_proj_weight[D : 2 * D].T + in_proj_bias[D : 2 * D]
    v = y @ in_proj_weight[2 * D :].T + in_proj_bias[2 * D :]
    return split(q, N), split(k, N), split(v, N)


@right("06.multi_head")
def step_by_step(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    B, _, T, _ = context.shape
    return context.transpose(1, 2).reshape(B, T, -1) @ out_weight.T + out_bias, weights


@right("06.multi_head")
def one_head_after_the_other(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    D = x.shape[-1]
    K = D // N
    output, found = out_bias, []
    for n in range(N):
        rows = [slice(i * D + n * K, i * D + (n + 1) * K) for i in range(3)]
        q, k, v = (F.linear(each, in_proj_weight[r], in_proj_bias[r]) for each, r in zip((x, y, y), rows, strict=True))
        scores = q @ k.mT / K**0.5
        if mask is not None:
            scores = scores.masked_fill(~(mask if mask.dim() == 3 else mask[:, None]), -math.inf)
        found.append(scores.softmax(-1))
        output = output + found[-1] @ v @ out_weight[:, n * K : (n + 1) * K].T
    return output, torch.stack(found, dim=1)


@right("06.multi_head")
def by_the_function_of_torch(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    if mask is not None:
        mask = (mask[:, None].expand(-1, x.shape[1], -1) if mask.dim() == 2 else mask).repeat_interleave(N, 0)
    output, weights = F.multi_head_attention_forward(
        *(each.transpose(0, 1) for each in (x, y, y)), x.shape[-1], N, in_proj_weight, in_proj_bias, None, None, False,
        0.0, out_weight, out_bias, attn_mask=None if mask is None else ~mask, average_attn_weights=False,
    )  # fmt: skip
    return output.transpose(0, 1), weights


@wrong("06.multi_head", says="merged by `view` or `reshape` alone")
def merged_without_transpose(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.reshape(x.shape), out_weight, out_bias), weights


@wrong("06.multi_head", says="After `transpose` numbers are no longer side by side")
def merged_with_view(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.transpose(1, 2).view(x.shape), out_weight, out_bias), weights


@wrong("06.multi_head", says="heads are split by `view(B, N, T, K)`")
def split_without_transpose(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias, view_alone), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong("06.multi_head", says="output projection is missing")
def no_output_projection(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return context.transpose(1, 2).flatten(2), weights


@wrong("06.multi_head", says="keys and values are made from x")
def only_self_attention(x, y, N, *rest):
    return step_by_step(x, x, N, *rest)


@wrong("06.multi_head", says="queries are made from y")
def asks_the_wrong_way_round(x, y, N, *rest):
    return step_by_step(y, x, N, *rest)


@wrong("06.multi_head", says="mask is not handed on")
def mask_dropped(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    return step_by_step(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias)


@wrong("06.multi_head", says="taken as query and value and key")
def values_before_keys(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    Wq, Wv, Wk = in_proj_weight.chunk(3)
    bq, bv, bk = in_proj_bias.chunk(3)
    return step_by_step(x, y, N, torch.cat([Wq, Wk, Wv]), torch.cat([bq, bk, bv]), out_weight, out_bias, mask)


@wrong("06.multi_head", says="projections are not transposed")
def projected_without_transpose(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    turned = torch.cat([part.T for part in in_proj_weight.chunk(3)])
    return step_by_step(x, y, N, turned, in_proj_bias, out_weight, out_bias, mask)


@wrong("06.multi_head", says="`in_proj_bias` is not added")
def input_biases_forgotten(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    return step_by_step(x, y, N, in_proj_weight, 0 * in_proj_bias, out_weight, out_bias, mask)


@wrong("06.multi_head", says="averaged over the heads")
def averaged_as_torch_does(x, y, N, *rest):
    output, weights = step_by_step(x, y, N, *rest)
    return output, weights.mean(1)


@wrong("06.multi_head", says="not split")
def a_single_wide_head(x, y, N, *rest):
    return step_by_step(x, y, 1, *rest)


@wrong("06.multi_head", says="divided by sqrt(D)")
def scaled_by_the_width_of_all_heads(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = scaled_by_the_model_width(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@right("06.multi_head")
def keys_and_values_by_one_product(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    B, T, D = x.shape
    q = F.linear(x, in_proj_weight[:D], in_proj_bias[:D]).view(B, T, N, -1)
    k, v = F.linear(y, in_proj_weight[D:], in_proj_bias[D:]).view(B, y.shape[1], 2, N, -1).unbind(2)
    scores = torch.einsum("btnk,bsnk->bnts", q, k) / math.sqrt(D // N)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return torch.einsum("bnts,bsnk->btnk", weights, v).reshape(B, T, D) @ out_weight.T + out_bias, weights


@wrong("06.multi_head", says="every third row")
def blocks_cut_across(x, y, N, in_proj_weight, in_proj_bias, *rest):
    D = x.shape[-1]
    rows = torch.arange(3 * D).view(D, 3).T.flatten()
    return step_by_step(x, y, N, in_proj_weight[rows], in_proj_bias[rows], *rest)


@wrong("06.multi_head", says="query, key, value of head 1")
def blocks_head_by_head(x, y, N, in_proj_weight, in_proj_bias, *rest):
    D = x.shape[-1]
    rows = torch.arange(3 * D).view(N, 3, D // N).transpose(0, 1).flatten()
    return step_by_step(x, y, N, in_proj_weight[rows], in_proj_bias[rows], *rest)


@wrong("06.multi_head", says="split as they are")
def not_projected(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*(view_then_transpose(each, N) for each in (x, y, y)), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong("06.multi_head", says="takes the heads side by side")
def merged_behind_the_heads(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.flatten(2), out_weight, out_bias), weights


@wrong("06.multi_head", says="bias is added before the product")
def bias_before_the_product(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return (context.transpose(1, 2).flatten(2) + out_bias) @ out_weight.T, weights


# ---- 06.positions ------------------------------------------------------------------------------------


@right("06.positions")
def in_two_columns(T, D):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], dim=2).view(T, D)


@right("06.positions")
def with_the_logarithm(T, D):
    rate = torch.exp(torch.arange(0, D, 2).float() * (-math.log(10000.0) / D))
    pe = torch.zeros(T, D)
    pe[:, 0::2] = torch.sin(torch.arange(T).unsqueeze(1).float() * rate)
    pe[:, 1::2] = torch.cos(torch.arange(T).unsqueeze(1).float() * rate)
    return pe


@right("06.positions")
def number_by_number(T, D):
    table = np.zeros((T, D))
    for t in range(T):
        for i in range(D // 2):
            table[t, 2 * i] = math.sin(t / 10000 ** (2 * i / D))
            table[t, 2 * i + 1] = math.cos(t / 10000 ** (2 * i / D))
    return torch.tensor(table, dtype=torch.float32)


def waves(T, D, rate, first=0):
    angle = torch.arange(first, first + T)[:, None] / rate
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong("06.positions", says="interchanged: sin in the even")
def cosine_first(T, D):
    return waves(T, D, 10000 ** (torch.arange(0, D, 2) / D)).view(T, -1, 2).flip(2).reshape(T, D)


@wrong("06.positions", says="the exponent is i / D")
def half_the_exponent(T, D):
    return waves(T, D, 10000 ** (torch.arange(D // 2) / D))


@wrong("06.positions", says="the 2 is there twice")
def twice_the_exponent(T, D):
    return waves(T, D, 10000 ** (2 * torch.arange(0, D, 2) / D))


@wrong("06.positions", says="is doubled; pair i")
def every_column_its_own(T, D):
    pe = torch.zeros(T, D)
    for t in range(T):
        for i in range(0, D, 2):
            pe[t, i] = math.sin(t / 10000 ** (2 * i / D))
            pe[t, i + 1] = math.cos(t / 10000 ** (2 * (i + 1) / D))
    return pe


@wrong("06.positions", says="runs on from column to column; the two columns")
def frequency_of_each_column(T, D):
    pe = torch.arange(T)[:, None] / 10000 ** (torch.arange(D) / D)
    pe[:, 0::2] = pe[:, 0::2].sin()
    pe[:, 1::2] = pe[:, 1::2].cos()
    return pe


@wrong("06.positions", says="they alternate")
def halves(T, D):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.cat([angle.sin(), angle.cos()], dim=1)


@wrong("06.positions", says="count from 0")
def from_one(T, D):
    return waves(T, D, 10000 ** (torch.arange(0, D, 2) / D), first=1)


@wrong("06.positions", says="the base is 1000;")
def a_zero_too_few(T, D):
    return waves(T, D, 1000 ** (torch.arange(0, D, 2) / D))


@wrong("06.positions", says="all columns are sines")
def sines_alone(T, D):
    return (torch.arange(T)[:, None] / 10000 ** (torch.arange(0, D, 2) / D)).sin().repeat_interleave(2, dim=1)


@wrong("06.positions", says="batch dimension too many")
def with_a_batch(T, D):
    return in_two_columns(T, D).unsqueeze(0)


@right("06.positions")
def column_by_column(T, D):
    rows = [[(math.cos if j % 2 else math.sin)(t / 10000 ** ((j - j % 2) / D)) for j in range(D)] for t in range(T)]
    return torch.tensor(rows)


@wrong("06.positions", says="the exponent is negative")
def sign_of_the_exponent(T, D):
    rate = torch.exp(torch.arange(0, D, 2) * (math.log(10000.0) / D))
    angle = torch.arange(T)[:, None] * rate
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong("06.positions", says="cuts the angles")
def whole_angles(T, D):
    angle = torch.arange(T)[:, None] // 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong("06.positions", says="`//` cut it to 0")
def whole_exponents(T, D):
    return waves(T, D, 10000.0 ** (torch.arange(0, D, 2) // D))


@wrong("06.positions", says="pairs are counted from 1")
def pairs_from_one(T, D):
    return waves(T, D, 10000 ** (2 * torch.arange(1, D // 2 + 1) / D))


@wrong("06.positions", says="(T, 1) divided by (D / 2,)")
def positions_in_a_row(T, D):
    angle = torch.arange(T) / 10000 ** (torch.arange(0, D, 2) / D)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@wrong("06.positions", says="float32, got torch.float64")
def in_double_precision(T, D):
    return number_by_number(T, D).double()


# ---- 06.embed ----------------------------------------------------------------------------------------


@right("06.embed")
def words_then_positions(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[: ids.shape[1]]


@right("06.embed")
def by_the_library(ids, weight, positions):
    x = F.embedding(ids, weight) * weight.size(-1) ** 0.5
    return x + F.embedding(torch.arange(ids.size(1)).expand_as(ids), positions)


@right("06.embed")
def by_one_hot_vectors(ids, weight, positions):
    words = F.one_hot(ids, len(weight)).to(weight) @ weight
    return torch.stack([x * weight.shape[1] ** 0.5 + positions[t] for t, x in enumerate(words.unbind(1))], dim=1)


@wrong("06.embed", says="words are not scaled")
def words_not_scaled(ids, weight, positions):
    return weight[ids] + positions[: ids.shape[1]]


@wrong("06.embed", says="the sum is scaled")
def sum_scaled(ids, weight, positions):
    return (weight[ids] + positions[: ids.shape[1]]) * math.sqrt(weight.shape[1])


@wrong("06.embed", says="divided by sqrt(D)")
def divided_as_scores_are(ids, weight, positions):
    return weight[ids] / math.sqrt(weight.shape[1]) + positions[: ids.shape[1]]


@wrong("06.embed", says="multiplied by D; the factor is its root")
def times_the_width(ids, weight, positions):
    return weight[ids] * weight.shape[1] + positions[: ids.shape[1]]


@wrong("06.embed", says="vocabulary's size")
def root_of_the_vocabulary(ids, weight, positions):
    return weight[ids] * len(weight) ** 0.5 + positions[: ids.shape[1]]


@wrong("06.embed", says="sentence's place in the batch")
def position_of_the_sentence(ids, weight, positions):
    table = positions.unsqueeze(1)  # (longest, 1, D), as for x of shape (T, B, D)
    return weight[ids] * math.sqrt(weight.shape[1]) + table[: ids.shape[0]]


@wrong("06.embed", says="`positions[:T]`")
def as_many_rows_as_sentences(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[: ids.shape[0]]


@wrong("06.embed", says="`positions[:T]`")
def the_whole_table(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions


@wrong("06.embed", says="by the ids of the words")
def positions_by_id(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[ids]


@wrong("06.embed", says="counted from 1")
def first_word_has_row_one(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1]) + positions[torch.arange(1, ids.shape[1] + 1)]


@wrong("06.embed", says="positions are missing")
def words_alone(ids, weight, positions):
    return weight[ids] * math.sqrt(weight.shape[1])


@wrong("06.embed", says="no gradient reaches `positions`")
def positions_never_learn(ids, weight, positions):
    return words_then_positions(ids, weight, positions.detach())


@wrong("06.embed", says="changes its input")
def scaled_in_place(ids, weight, positions):
    weight *= math.sqrt(weight.shape[1])
    return weight[ids] + positions[: ids.shape[1]]


# ---- 06.layer_norm -----------------------------------------------------------------------------------


@right("06.layer_norm")
def as_in_the_formula(x, weight, bias, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * weight + bias


@right("06.layer_norm")
def by_var_mean(x, weight, bias, eps=1e-5):
    variance, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
    return torch.addcmul(bias, (x - mean) * (variance + eps).rsqrt(), weight)


@right("06.layer_norm")
def by_the_function(x, weight, bias, eps=1e-5):
    return F.layer_norm(x, weight.shape, weight, bias, eps)


@wrong("06.layer_norm", says="divided by D - 1; here")
def variance_of_a_sample(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, keepdim=True) + eps) * weight + bias


@wrong("06.layer_norm", says="outside the root, and the variance")
def as_in_a_famous_text(x, weight, bias, eps=1e-5):
    return weight * (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + eps) + bias


@wrong("06.layer_norm", says="outside the root; it belongs inside")
def eps_after_the_root(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True, unbiased=False) + eps) * weight + bias


@wrong("06.layer_norm", says="a fixed 1e-5")
def eps_of_its_own(x, weight, bias, eps=1e-5):
    return as_in_the_formula(x, weight, bias)


@wrong("06.layer_norm", says="run over the batch")
def over_the_batch(x, weight, bias, eps=1e-5):
    mean, variance = x.mean(0), x.var(0, unbiased=False)
    return (x - mean) / torch.sqrt(variance + eps) * weight + bias


@wrong("06.layer_norm", says="positions and features together")
def over_positions_and_features(x, weight, bias, eps=1e-5):
    variance, mean = torch.var_mean(x, dim=(-2, -1), correction=0, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * weight + bias


@wrong("06.layer_norm", says="divided by the variance")
def root_forgotten(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().mean(-1, keepdim=True) + eps) * weight + bias


@wrong("06.layer_norm", says="`weight` and `bias` are not applied")
def without_parameters(x, weight, bias, eps=1e-5):
    return F.layer_norm(x, weight.shape, eps=eps)


@wrong("06.layer_norm", says="RMSNorm")
def root_mean_square(x, weight, bias, eps=1e-5):
    return x / torch.sqrt(x.square().mean(-1, keepdim=True) + eps) * weight + bias


@wrong("06.layer_norm", says="`keepdim=True`")
def dimension_lost(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1)) / torch.sqrt(x.var(-1, unbiased=False) + eps) * weight + bias


@wrong("06.layer_norm", says="squares are summed")
def sum_of_squares(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().sum(-1, keepdim=True) + eps).sqrt() * weight + bias


@wrong("06.layer_norm", says="multiplied by the root")
def multiplied_by_the_root(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) * (x.var(-1, keepdim=True, unbiased=False) + eps).sqrt() * weight + bias


@wrong("06.layer_norm", says="`eps` is not used, and the variance")
def by_the_deviation_of_torch(x, weight, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / x.std(-1, keepdim=True) * weight + bias


@wrong("06.layer_norm", says="only the mean is divided")
def brackets_forgotten(x, weight, bias, eps=1e-5):
    return x - x.mean(-1, keepdim=True) / (x.var(-1, keepdim=True, unbiased=False) + eps).sqrt() * weight + bias


@wrong("06.layer_norm", says="that of all vectors together")
def one_variance_for_all(x, weight, bias, eps=1e-5):
    centred = x - x.mean(-1, keepdim=True)
    return centred / (centred.square().mean() + eps).sqrt() * weight + bias


@wrong("06.layer_norm", says="it loses its digits")
def difference_of_squares(x, weight, bias, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    return (x - mean) / ((x**2).mean(-1, keepdim=True) - mean**2 + eps).sqrt() * weight + bias


@wrong("06.layer_norm", says="is a part of it detached")
def statistics_without_gradient(x, weight, bias, eps=1e-5):
    with torch.no_grad():
        variance, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
    return (x - mean) / (variance + eps).sqrt() * weight + bias


# ---- 06.feed_forward ---------------------------------------------------------------------------------


@right("06.feed_forward")
def two_layers(x, weight1, bias1, weight2, bias2):
    return torch.relu(x @ weight1.T + bias1) @ weight2.T + bias2


@right("06.feed_forward")
def with_linear_and_clamp(x, weight1, bias1, weight2, bias2):
    return F.linear(F.linear(x, weight1, bias1).clamp(min=0), weight2, bias2)


@right("06.feed_forward")
def position_by_position(x, weight1, bias1, weight2, bias2):
    return torch.stack([two_layers(each, weight1, bias1, weight2, bias2) for each in x.unbind(1)], dim=1)


@wrong("06.feed_forward", says="no activation")
def two_linear_layers(x, weight1, bias1, weight2, bias2):
    return (x @ weight1.T + bias1) @ weight2.T + bias2


@wrong("06.feed_forward", says="comes after the second layer")
def relu_too_late(x, weight1, bias1, weight2, bias2):
    return ((x @ weight1.T + bias1) @ weight2.T + bias2).relu()


@wrong("06.feed_forward", says="only the first has one")
def relu_after_both(x, weight1, bias1, weight2, bias2):
    return two_layers(x, weight1, bias1, weight2, bias2).relu()


@wrong("06.feed_forward", says="GELU")
def with_gelu(x, weight1, bias1, weight2, bias2):
    return F.gelu(x @ weight1.T + bias1) @ weight2.T + bias2


@wrong("06.feed_forward", says="`bias1` is missing")
def first_bias_forgotten(x, weight1, bias1, weight2, bias2):
    return (x @ weight1.T).relu() @ weight2.T + bias2


@wrong("06.feed_forward", says="added after the ReLU")
def bias_after_the_relu(x, weight1, bias1, weight2, bias2):
    return ((x @ weight1.T).relu() + bias1) @ weight2.T + bias2


@wrong("06.feed_forward", says="residual connection is not part")
def residual_inside(x, weight1, bias1, weight2, bias2):
    return x + two_layers(x, weight1, bias1, weight2, bias2)


@wrong("06.feed_forward", says="Weights are (out, in)")
def weights_the_other_way_round(x, weight1, bias1, weight2, bias2):
    return (x @ weight1 + bias1).relu() @ weight2 + bias2


@wrong("06.feed_forward", says="SiLU")
def with_silu(x, weight1, bias1, weight2, bias2):
    return F.silu(x @ weight1.T + bias1) @ weight2.T + bias2


@wrong("06.feed_forward", says="leaky ReLU")
def with_a_leak(x, weight1, bias1, weight2, bias2):
    return F.leaky_relu(x @ weight1.T + bias1) @ weight2.T + bias2


@wrong("06.feed_forward", says="Python's `max`")
def maximum_of_python(x, weight1, bias1, weight2, bias2):
    return max(x @ weight1.T + bias1, 0) @ weight2.T + bias2


@wrong("06.feed_forward", says="something else each time")
def with_dropout(x, weight1, bias1, weight2, bias2):
    return F.dropout((x @ weight1.T + bias1).relu(), 0.1) @ weight2.T + bias2


@wrong("06.feed_forward", says="`bias1` (H,) belongs")
def biases_interchanged(x, weight1, bias1, weight2, bias2):
    return F.linear(F.linear(x, weight1, bias2).relu(), weight2, bias1)


# ---- 06.target_mask ----------------------------------------------------------------------------------


@right("06.target_mask")
def both_joined(ids):
    T = ids.size(1)
    return torch.tril(torch.ones(T, T)).bool() & (ids != 0)[:, None]


@right("06.target_mask")
def by_comparing_places(ids):
    t = torch.arange(ids.shape[1])
    return (t[None, :] <= t[:, None]).unsqueeze(0) * ids.ne(0).unsqueeze(1)


@right("06.target_mask")
def row_by_row(ids):
    B, T = ids.shape
    mask = torch.zeros(B, T, T, dtype=torch.bool)
    for t in range(T):
        mask[:, t, : t + 1] = ids[:, : t + 1] != 0
    return mask


@wrong("06.target_mask", says="inverted")
def true_hides(ids):
    return ~both_joined(ids)


@wrong("06.target_mask", says="leaks by one")
def sees_the_next(ids):
    T = ids.shape[1]
    return torch.ones(T, T).tril(1).bool() & (ids != 0)[:, None]


@wrong("06.target_mask", says="does not see itself")
def not_even_itself(ids):
    T = ids.shape[1]
    return torch.ones(T, T).tril(-1).bool() & (ids != 0)[:, None]


@wrong("06.target_mask", says="the triangle is the upper one")
def upper_triangle(ids):
    T = ids.shape[1]
    return torch.ones(T, T).triu().bool() & (ids != 0)[:, None]


@wrong("06.target_mask", says="strictly upper one")
def what_must_be_hidden(ids):
    T = ids.shape[1]
    return torch.triu(torch.ones(T, T), diagonal=1).bool() & (ids != 0)[:, None]


@wrong("06.target_mask", says="padding is not hidden")
def padding_forgotten(ids):
    return causal_mask(ids.shape[1]).expand(len(ids), -1, -1)


@wrong("06.target_mask", says="the triangle is missing")
def future_not_hidden(ids):
    return (ids != 0)[:, None].expand(-1, ids.shape[1], -1)


@wrong("06.target_mask", says="rows of padding are hidden, not its columns")
def padding_in_the_rows(ids):
    return causal_mask(ids.shape[1]) & (ids != 0)[:, :, None]


@wrong("06.target_mask", says="makes the softmax nan")
def padding_on_both_sides(ids):
    real = ids != 0
    return causal_mask(ids.shape[1]) & real[:, None] & real[:, :, None]


@wrong("06.target_mask", says="joined by `or`")
def either_of_them(ids):
    return causal_mask(ids.shape[1]) | (ids != 0)[:, None]


@wrong("06.target_mask", says="a mask to be added")
def additive(ids):
    return torch.zeros(both_joined(ids).shape).masked_fill(~both_joined(ids), -math.inf)


@wrong("06.target_mask", says="must be boolean")
def of_ones_and_zeros(ids):
    return both_joined(ids).float()


@wrong("06.target_mask", says="the same for all sentences")
def one_for_all(ids):
    return causal_mask(ids.shape[1])


@wrong("06.target_mask", says="`real[:, None, :]`")
def broadcast_wrongly(ids):
    return causal_mask(ids.shape[1]) & (ids != 0)


@wrong("06.target_mask", says="rows and columns are interchanged")
def turned(ids):
    return both_joined(ids).transpose(1, 2)


@wrong("06.target_mask", says="taken to stand at the end")
def by_counting(ids):
    T = ids.shape[1]
    real = torch.arange(T) < (ids != 0).sum(1, keepdim=True)
    return causal_mask(T) & real[:, None]


@wrong("06.target_mask", says="a dimension for the heads too many")
def with_a_dimension_for_the_heads(ids):
    return both_joined(ids).unsqueeze(1)


@wrong("06.target_mask", says="`&` joins booleans")
def triangle_of_numbers(ids):
    T = ids.shape[1]
    return torch.ones(T, T).tril() & (ids != 0)[:, None]


@wrong("06.target_mask", says="`&` joins element by element")
def joined_by_the_word_and(ids):
    return causal_mask(ids.shape[1]) and (ids != 0)[:, None]


# ---- 06.encoder_layer --------------------------------------------------------------------------------


class Encoder(nn.Module):
    def __init__(self, D, N, H, norm_first=True):
        super().__init__()
        self.self_attn = MultiHeadAttention(D, N)
        self.linear1, self.linear2 = nn.Linear(D, H), nn.Linear(H, D)
        self.norm1, self.norm2 = LayerNorm(D), LayerNorm(D)
        self.norm_first = norm_first

    def feed_forward(self, x):
        return self.linear2(self.linear1(x).relu())

    def attend(self, x, mask):
        return self.self_attn(x, x, mask)[0]


@right("06.encoder_layer")
class WithoutTwoBranches(Encoder):
    def forward(self, x, mask=None):
        first, last = (1, 0) if self.norm_first else (0, 1)

        def around(x, norm, sublayer):
            x = x + sublayer(norm(x) if first else x)
            return norm(x) if last else x

        x = around(x, self.norm1, lambda z: self.attend(z, mask))
        return around(x, self.norm2, self.feed_forward)


@right("06.encoder_layer")
class TwoBranches(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            x = x + self.feed_forward(self.norm2(x))
        else:
            x = self.norm1(x + self.attend(x, mask))
            x = self.norm2(x + self.feed_forward(x))
        return x


@right("06.encoder_layer")
class ByTheLibrary(Encoder):
    def forward(self, x, mask=None):
        from course_lib.transformer import EncoderLayer

        D, N, H = x.shape[-1], self.self_attn.N, self.linear1.out_features
        layer = EncoderLayer(D, N, H, dropout=0, norm_first=self.norm_first)
        return torch.func.functional_call(layer, dict(self.named_parameters()), (x, mask))[0]


@wrong("06.encoder_layer", says="both residual connections are missing")
class NoResiduals(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return self.feed_forward(self.norm2(self.attend(self.norm1(x), mask)))
        return self.norm2(self.feed_forward(self.norm1(self.attend(x, mask))))


@wrong("06.encoder_layer", says="around attention is missing")
class FirstResidualForgotten(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = self.attend(self.norm1(x), mask)
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong("06.encoder_layer", says="where `norm_first` is False the norm comes after")
class AlwaysPreNorm(Encoder):
    def forward(self, x, mask=None):
        x = x + self.attend(self.norm1(x), mask)
        return x + self.feed_forward(self.norm2(x))


@wrong("06.encoder_layer", says="where `norm_first` is True the norm comes before")
class AlwaysPostNorm(Encoder):
    def forward(self, x, mask=None):
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong("06.encoder_layer", says="normalized x is added instead of x")
class NormInTheWay(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = self.norm1(x)
            x = x + self.attend(x, mask)
            x = self.norm2(x)
            return x + self.feed_forward(x)
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong("06.encoder_layer", says="only the queries are normalized")
class KeysNotNormalized(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.self_attn(self.norm1(x), x, mask)[0]
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong("06.encoder_layer", says="mask is not handed")
class MaskForgotten(Encoder):
    def forward(self, x, mask=None):
        return WithoutTwoBranches.forward(self, x)


@wrong("06.encoder_layer", says="`norm1` is used twice")
class OneNorm(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.attend(self.norm1(x), mask)
            return x + self.feed_forward(self.norm1(x))
        x = self.norm1(x + self.attend(x, mask))
        return self.norm1(x + self.feed_forward(x))


@wrong("06.encoder_layer", says="feed-forward network is missing")
class AttentionAlone(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return x + self.attend(self.norm1(x), mask)
        return self.norm1(x + self.attend(x, mask))


@wrong("06.encoder_layer", says="take `[0]`")
class PairNotUnpacked(Encoder):
    def forward(self, x, mask=None):
        x = self.norm1(x + self.self_attn(x, x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong("06.encoder_layer", says="got a tuple")
class WeightsToo(Encoder):
    def forward(self, x, mask=None):
        return WithoutTwoBranches.forward(self, x, mask), None


@wrong("06.encoder_layer", says="both sub-layers look at the same x")
class SideBySide(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return x + self.attend(self.norm1(x), mask) + self.feed_forward(self.norm2(x))
        return self.norm2(self.norm1(x + self.attend(x, mask) + self.feed_forward(x)))


@wrong("06.encoder_layer", says="from before attention")
class SecondSumFromTheBeginning(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            y = x + self.attend(self.norm1(x), mask)
            return x + self.feed_forward(self.norm2(y))
        y = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(y))


@wrong("06.encoder_layer", says="around the sub-layer's result alone")
class NormOfThePart(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return TwoBranches.forward(self, x, mask)
        x = x + self.norm1(self.attend(x, mask))
        return x + self.norm2(self.feed_forward(x))


@wrong("06.encoder_layer", says="norm after the last sum")
class NormOnBothSides(Encoder):
    def forward(self, x, mask=None):
        x = TwoBranches.forward(self, x, mask)
        return self.norm2(x) if self.norm_first else x


@wrong("06.encoder_layer", says="the ReLU is missing")
class LinearLayersAlone(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.attend(self.norm1(x), mask)
            return x + self.linear2(self.linear1(self.norm2(x)))
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.linear2(self.linear1(x)))


@wrong("06.encoder_layer", says="keys and values are made inside")
class ThreeInputsAsInTorch(Encoder):
    def forward(self, x, mask=None):
        y = self.norm1(x)
        x = x + self.self_attn(y, y, y, mask)[0]
        return x + self.feed_forward(self.norm2(x))


@wrong("06.encoder_layer", says="changes its input")
class SummedInPlace(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x += self.attend(self.norm1(x), mask)
            x += self.feed_forward(self.norm2(x))
            return x
        return TwoBranches.forward(self, x, mask)


# ---- 06.decoder_layer --------------------------------------------------------------------------------


class Decoder(Encoder):
    def __init__(self, D, N, H, norm_first=True):
        super().__init__(D, N, H, norm_first)
        self.multihead_attn = MultiHeadAttention(D, N)
        self.norm3 = LayerNorm(D)

    def cross(self, x, memory, mask):
        return self.multihead_attn(x, memory, mask)[0]

    def around(self, x, norm, sublayer):
        return x + sublayer(norm(x)) if self.norm_first else norm(x + sublayer(x))


@right("06.decoder_layer")
class ThreeSublayers(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.cross(z, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@right("06.decoder_layer")
class WrittenOut(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            y = self.norm2(x)
            x = x + self.multihead_attn(y, memory, source_mask)[0]
            y = self.norm3(x)
            return x + self.feed_forward(y)
        x = self.norm1(self.self_attn(x, x, mask)[0] + x)
        x = self.norm2(self.multihead_attn(x, memory, source_mask)[0] + x)
        return self.norm3(self.feed_forward(x) + x)


@right("06.decoder_layer")
class UponTheReference(reference.DecoderLayer):
    def forward(self, x, memory, mask, source_mask):
        wide = source_mask[:, None].expand(-1, x.shape[1], -1)
        return super().forward(x, memory, mask, wide)


@wrong("06.decoder_layer", says="every word sees those after it")
class CausalMaskForgotten(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, None, source_mask)


@wrong("06.decoder_layer", says="padding of the source is looked at")
class SourceMaskForgotten(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, mask, None)


@wrong("06.decoder_layer", says="two masks are interchanged")
class MasksInterchanged(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, source_mask, mask)


@wrong("06.decoder_layer", says="cross-attention looks at x")
class LooksAtItselfTwice(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.cross(z, z, None))
        return self.around(x, self.norm3, self.feed_forward)


@wrong("06.decoder_layer", says="`self_attn` is used for the source too")
class OneAttentionForBoth(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.self_attn(z, memory, source_mask)[0])
        return self.around(x, self.norm3, self.feed_forward)


@wrong("06.decoder_layer", says="here cross-attention comes first")
class CrossFirst(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm2, lambda z: self.cross(z, memory, source_mask))
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong("06.decoder_layer", says="cross-attention is missing")
class AnEncoderLayer(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        return self.around(x, self.norm2, self.feed_forward)


@wrong("06.decoder_layer", says="the norms are interchanged")
class NormsInterchanged(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm3, lambda z: self.cross(z, memory, source_mask))
        return self.around(x, self.norm2, self.feed_forward)


@wrong("06.decoder_layer", says="around cross-attention is missing")
class CrossReplaces(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.cross(self.norm2(x), memory, source_mask) if self.norm_first else self.norm2(self.cross(x, memory, source_mask))  # fmt: skip  # noqa: E501
        return self.around(x, self.norm3, self.feed_forward)


@wrong("06.decoder_layer", says="the memory is normalized")
class MemoryNormalized(Decoder):
    def forward(self, x, memory, mask, source_mask):
        memory = self.norm2(memory) if self.norm_first else memory
        return ThreeSublayers.forward(self, x, memory, mask, source_mask)


@wrong("06.decoder_layer", says="where `norm_first` is False the norm comes after")
class PreNormAlone(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = x + self.attend(self.norm1(x), mask)
        x = x + self.cross(self.norm2(x), memory, source_mask)
        return x + self.feed_forward(self.norm3(x))


@wrong("06.decoder_layer", says="`mask` is inverted")
class WordsMaskInverted(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, ~mask, source_mask)


@wrong("06.decoder_layer", says="`source_mask` is inverted")
class SourceMaskInverted(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, mask, ~source_mask)


@wrong("06.decoder_layer", says="`mask` is replaced by a triangle")
class TriangleOfItsOwn(Decoder):
    def forward(self, x, memory, mask, source_mask):
        triangle = causal_mask(x.shape[1]).expand(len(x), -1, -1)
        return ThreeSublayers.forward(self, x, memory, triangle, source_mask)


@wrong("06.decoder_layer", says="only the queries of self-attention are normalized")
class KeysOfWordsNotNormalized(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if not self.norm_first:
            return ThreeSublayers.forward(self, x, memory, mask, source_mask)
        x = x + self.self_attn(self.norm1(x), x, mask)[0]
        x = x + self.cross(self.norm2(x), memory, source_mask)
        return x + self.feed_forward(self.norm3(x))


@wrong("06.decoder_layer", says="cross-attention gets x without its norm")
class SecondNormForgotten(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if not self.norm_first:
            return ThreeSublayers.forward(self, x, memory, mask, source_mask)
        x = x + self.attend(self.norm1(x), mask)
        x = x + self.cross(x, memory, source_mask)
        return x + self.feed_forward(self.norm3(x))


@wrong("06.decoder_layer", says="cross-attention comes last, with `norm3`")
class UponTheEncoderLayer(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = TwoBranches.forward(self, x, mask)
        return self.around(x, self.norm3, lambda z: self.cross(z, memory, source_mask))


# ---- 06.warmup_rate ----------------------------------------------------------------------------------


@right("06.warmup_rate")
def the_smaller_of_two(step, D, warmup):
    return min(1 / math.sqrt(step), step / warmup**1.5) / math.sqrt(D)


@right("06.warmup_rate")
def in_two_parts(step, D, warmup):
    if step < warmup:
        return (D * warmup) ** -0.5 * step / warmup
    return (D * step) ** -0.5


@wrong("06.warmup_rate", says="the larger of the two")
def the_larger_of_two(step, D, warmup):
    return D**-0.5 * max(step**-0.5, step * warmup**-1.5)


@wrong("06.warmup_rate", says="slope warmup^-0.5")
def a_steep_line(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step * warmup**-0.5)


@wrong("06.warmup_rate", says="slope 1 / warmup")
def a_line_to_one(step, D, warmup):
    return D**-0.5 * min(step**-0.5, step / warmup)


@wrong("06.warmup_rate", says="D^-0.5 is missing")
def width_forgotten(step, D, warmup):
    return min(step**-0.5, step * warmup**-1.5)


@wrong("06.warmup_rate", says="multiplied by sqrt(D)")
def width_multiplied(step, D, warmup):
    return D**0.5 * min(step**-0.5, step * warmup**-1.5)


@wrong("06.warmup_rate", says="the rate stays")
def a_plateau(step, D, warmup):
    return D**-0.5 * min(warmup**-0.5, step * warmup**-1.5)


@wrong("06.warmup_rate", says="falls with 1 / step")
def falls_too_fast(step, D, warmup):
    return D**-0.5 * min(1 / step, step * warmup**-1.5)


@wrong("06.warmup_rate", says="the first is 1")
def counted_from_zero(step, D, warmup):
    return the_smaller_of_two(step + 1, D, warmup)


@wrong("06.warmup_rate", says="got a tensor")
def as_a_tensor(step, D, warmup):
    return torch.tensor(the_smaller_of_two(step, D, warmup))


@right("06.warmup_rate")
def one_factor_after_the_other(step, D, warmup):
    return float(np.minimum(step**-0.5, step * warmup**-1.5)) * D**-0.5


@wrong("06.warmup_rate", says="multiplied by step / warmup")
def falls_from_the_first_step(step, D, warmup):
    return (D * step) ** -0.5 * min(1, step / warmup)


@wrong("06.warmup_rate", says="interchanged in the line")
def step_and_warmup_interchanged(step, D, warmup):
    return D**-0.5 * min(step**-0.5, warmup * step**-1.5)


@wrong("06.warmup_rate", says="curves are added")
def sum_of_both(step, D, warmup):
    return D**-0.5 * (step**-0.5 + step * warmup**-1.5)


@wrong("06.warmup_rate", says="the minus in the exponent")
def minus_before_the_power(step, D, warmup):
    return -(D**0.5) * min(step**-0.5, step * warmup**-1.5)


@wrong("06.warmup_rate", says="`^` is no power in Python")
def caret(step, D, warmup):
    return D ^ -0.5 * min(step**-0.5, step * warmup**-1.5)


# ---- 06.smoothed_nll ---------------------------------------------------------------------------------


@right("06.smoothed_nll")
def two_parts(logits, targets, smoothing):
    log_p = torch.log_softmax(logits, dim=-1)
    nll = -log_p[torch.arange(len(targets)), targets]
    return (1 - smoothing) * nll + smoothing * -log_p.mean(dim=-1)


@right("06.smoothed_nll")
def with_the_soft_label(logits, targets, smoothing):
    V = logits.shape[1]
    label = (1 - smoothing) * F.one_hot(targets, V) + smoothing / V
    return -(label * logits.log_softmax(-1)).sum(-1)


@right("06.smoothed_nll")
def by_the_loss_of_torch(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, reduction="none", label_smoothing=smoothing)


@wrong("06.smoothed_nll", says="V - 1 other words alone; it")
def over_the_others_alone(logits, targets, smoothing):
    V = logits.shape[1]
    label = torch.full_like(logits, smoothing / (V - 1)).scatter(1, targets[:, None], 1 - smoothing)
    return -(label * logits.log_softmax(-1)).sum(-1)


@wrong("06.smoothed_nll", says="summed; it is their mean")
def summed(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.sum(-1)


@wrong("06.smoothed_nll", says="1 - smoothing is missing")
def target_in_full(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, reduction="none") - smoothing * logits.log_softmax(-1).mean(-1)


@wrong("06.smoothed_nll", says="interchanged")
def factors_interchanged(logits, targets, smoothing):
    return two_parts(logits, targets, 1 - smoothing)


@wrong("06.smoothed_nll", says="plain negative log-likelihood")
def not_smoothed(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, reduction="none")


@wrong("06.smoothed_nll", says="no mean over n")
def already_averaged(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, label_smoothing=smoothing)


@wrong("06.smoothed_nll", says="sign is wrong")
def sign_forgotten(logits, targets, smoothing):
    return -two_parts(logits, targets, smoothing)


@wrong("06.smoothed_nll", says="logits; `log_softmax`")
def of_the_logits(logits, targets, smoothing):
    return -(1 - smoothing) * logits.gather(1, targets[:, None])[:, 0] - smoothing * logits.mean(-1)


@wrong("06.smoothed_nll", says="inf")
def logarithm_of_the_softmax(logits, targets, smoothing):
    log_p = logits.softmax(-1).log()
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.mean(-1)


@wrong("06.smoothed_nll", says="dimension")
def index_without_a_dimension(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(-1, targets) - smoothing * log_p.mean(-1)


@right("06.smoothed_nll")
def with_logsumexp(logits, targets, smoothing):
    of_target = logits[range(len(targets)), targets]
    return logits.logsumexp(-1) - (1 - smoothing) * of_target - smoothing * logits.mean(-1)


@wrong("06.smoothed_nll", says="broadcasts to (n, n)")
def squeeze_forgotten(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(-1, targets[:, None]) - smoothing * log_p.mean(-1)


@wrong("06.smoothed_nll", says="every target from every row")
def all_targets_of_all_rows(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p[:, targets] - smoothing * log_p.mean(-1)


@wrong("06.smoothed_nll", says="averaged over the rows")
def one_half_averaged(logits, targets, smoothing):
    return (1 - smoothing) * F.cross_entropy(logits, targets) - smoothing * logits.log_softmax(-1).mean(-1)


@wrong("06.smoothed_nll", says="Kullback-Leibler")
def divergence(logits, targets, smoothing):
    V = logits.shape[1]
    label = (1 - smoothing) * F.one_hot(targets, V) + smoothing / V
    return F.kl_div(logits.log_softmax(-1), label, reduction="none").sum(-1)


@wrong("06.smoothed_nll", says="is a part of it detached")
def second_part_detached(logits, targets, smoothing):
    return two_parts(logits, targets, smoothing) + smoothing * (logits.log_softmax(-1) - logits.log_softmax(-1).detach()).mean(-1)  # fmt: skip  # noqa: E501


@wrong("06.smoothed_nll", says="likeliest word is taken")
def of_the_likeliest(logits, targets, smoothing):
    return two_parts(logits, logits.argmax(-1), smoothing)
