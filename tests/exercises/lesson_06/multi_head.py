"""Answers to exercise 06.multi_head."""

import math

import torch
import torch.nn.functional as F

from course_lib.transformer import attend_heads, multi_head
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_06.attend_heads import as_in_the_text, scaled_by_the_model_width
from tests.exercises.lesson_06.shared import placed
from tests.exercises.lesson_06.split_heads import view_alone, view_then_transpose


def projected(x, y, N, in_proj_weight, in_proj_bias, split=view_then_transpose):
    D = x.shape[-1]
    q = x @ in_proj_weight[:D].T + in_proj_bias[:D]
    k = y @ in_proj_weight[D : 2 * D].T + in_proj_bias[D : 2 * D]
    v = y @ in_proj_weight[2 * D :].T + in_proj_bias[2 * D :]
    return split(q, N), split(k, N), split(v, N)


@right
def step_by_step(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    B, _, T, _ = context.shape
    return context.transpose(1, 2).reshape(B, T, -1) @ out_weight.T + out_bias, weights


@right
def one_head_after_the_other(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    D = x.shape[-1]
    d_k = D // N
    output, found = out_bias, []
    for n in range(N):
        rows = [slice(i * D + n * d_k, i * D + (n + 1) * d_k) for i in range(3)]
        q, k, v = (F.linear(each, in_proj_weight[r], in_proj_bias[r]) for each, r in zip((x, y, y), rows, strict=True))
        scores = q @ k.mT / d_k**0.5
        if mask is not None:
            scores = scores.masked_fill(~(mask if mask.dim() == 3 else mask[:, None]), -math.inf)
        found.append(scores.softmax(-1))
        output = output + found[-1] @ v @ out_weight[:, n * d_k : (n + 1) * d_k].T
    return output, torch.stack(found, dim=1)


@right
def by_the_function_of_torch(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    if mask is not None:
        mask = (mask[:, None].expand(-1, x.shape[1], -1) if mask.dim() == 2 else mask).repeat_interleave(N, 0)
    output, weights = F.multi_head_attention_forward(
        *(each.transpose(0, 1) for each in (x, y, y)), x.shape[-1], N, in_proj_weight, in_proj_bias, None, None, False,
        0.0, out_weight, out_bias, attn_mask=None if mask is None else ~mask, average_attn_weights=False,
    )  # fmt: skip
    return output.transpose(0, 1), weights


@wrong(
    says="merged by `view` or `reshape` alone",
    obeyed={"context.reshape(x.shape)": "context.transpose(1, 2).reshape(x.shape)"},
)
def merged_without_transpose(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.reshape(x.shape), out_weight, out_bias), weights


@wrong(says="After `transpose` numbers are no longer side by side", obeyed={".view(x.shape)": ".flatten(2)"})
def merged_with_view(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.transpose(1, 2).view(x.shape), out_weight, out_bias), weights


@wrong(says="heads are split by `view(B, N, T, d_k)`", obeyed={"view_alone": "view_then_transpose"})
def split_without_transpose(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias, view_alone), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(
    says="output projection is missing",
    obeyed={"return (merged, weights)": "return (F.linear(merged, out_weight, out_bias), weights)"},
)
def no_output_projection(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    merged = context.transpose(1, 2).flatten(2)
    return merged, weights


@wrong(says="keys and values are made from x")
def only_self_attention(x, y, N, *rest):
    return step_by_step(x, x, N, *rest)


@wrong(says="queries are made from y")
def asks_the_wrong_way_round(x, y, N, *rest):
    return step_by_step(y, x, N, *rest)


@wrong(says="mask is not handed on")
def mask_dropped(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    return step_by_step(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias)


@wrong(says="taken as query and value and key")
def values_before_keys(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    Wq, Wv, Wk = in_proj_weight.chunk(3)
    bq, bv, bk = in_proj_bias.chunk(3)
    return step_by_step(x, y, N, torch.cat([Wq, Wk, Wv]), torch.cat([bq, bk, bv]), out_weight, out_bias, mask)


@wrong(says="projections are not transposed")
def projected_without_transpose(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    turned = torch.cat([part.T for part in in_proj_weight.chunk(3)])
    return step_by_step(x, y, N, turned, in_proj_bias, out_weight, out_bias, mask)


@wrong(
    says="projections are not transposed",
    obeyed={"x @ Wq": "x @ Wq.T", "y @ Wk": "y @ Wk.T", "y @ Wv": "y @ Wv.T"},
)
def each_projection_as_it_is(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    Wq, Wk, Wv = in_proj_weight.chunk(3)
    bq, bk, bv = in_proj_bias.chunk(3)
    made = x @ Wq + bq, y @ Wk + bk, y @ Wv + bv
    context, weights = as_in_the_text(*(view_then_transpose(each, N) for each in made), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="`in_proj_bias` is not added")
def input_biases_forgotten(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    return step_by_step(x, y, N, in_proj_weight, 0 * in_proj_bias, out_weight, out_bias, mask)


@wrong(says="averaged over the heads")
def averaged_as_torch_does(x, y, N, *rest):
    output, weights = step_by_step(x, y, N, *rest)
    return output, weights.mean(1)


@wrong(says="not split")
def a_single_wide_head(x, y, N, *rest):
    return step_by_step(x, y, 1, *rest)


@wrong(says="divided by sqrt(D)")
def scaled_by_the_width_of_all_heads(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = scaled_by_the_model_width(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@right
def keys_and_values_by_one_product(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    B, T, D = x.shape
    q = F.linear(x, in_proj_weight[:D], in_proj_bias[:D]).view(B, T, N, -1)
    k, v = F.linear(y, in_proj_weight[D:], in_proj_bias[D:]).view(B, y.shape[1], 2, N, -1).unbind(2)
    scores = torch.einsum("btnk,bsnk->bnts", q, k) / math.sqrt(D // N)
    if mask is not None:
        scores = scores.masked_fill(~placed(mask), -math.inf)
    weights = scores.softmax(-1)
    return torch.einsum("bnts,bsnk->btnk", weights, v).reshape(B, T, D) @ out_weight.T + out_bias, weights


@wrong(says="every third row")
def blocks_cut_across(x, y, N, in_proj_weight, in_proj_bias, *rest):
    D = x.shape[-1]
    rows = torch.arange(3 * D).view(D, 3).T.flatten()
    return step_by_step(x, y, N, in_proj_weight[rows], in_proj_bias[rows], *rest)


@wrong(
    says="every third row",
    obeyed={
        "(in_proj_weight[i::3] for i in range(3))": "in_proj_weight.chunk(3)",
        "(in_proj_bias[i::3] for i in range(3))": "in_proj_bias.chunk(3)",
    },
)
def every_third_row(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    Wq, Wk, Wv = (in_proj_weight[i::3] for i in range(3))
    bq, bk, bv = (in_proj_bias[i::3] for i in range(3))
    made = F.linear(x, Wq, bq), F.linear(y, Wk, bk), F.linear(y, Wv, bv)
    context, weights = as_in_the_text(*(view_then_transpose(each, N) for each in made), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(
    says="taken head by head",
    obeyed={
        "in_proj_weight.view(N, 3, -1, D).transpose(0, 1).reshape(3, D, D)": "in_proj_weight.chunk(3)",
        "in_proj_bias.view(N, 3, -1).transpose(0, 1).reshape(3, D)": "in_proj_bias.chunk(3)",
    },
)
def three_blocks_for_each_head(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    D = x.shape[-1]
    Wq, Wk, Wv = in_proj_weight.view(N, 3, -1, D).transpose(0, 1).reshape(3, D, D)
    bq, bk, bv = in_proj_bias.view(N, 3, -1).transpose(0, 1).reshape(3, D)
    made = F.linear(x, Wq, bq), F.linear(y, Wk, bk), F.linear(y, Wv, bv)
    context, weights = as_in_the_text(*(view_then_transpose(each, N) for each in made), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="taken head by head")
def blocks_head_by_head(x, y, N, in_proj_weight, in_proj_bias, *rest):
    D = x.shape[-1]
    rows = torch.arange(3 * D).view(N, 3, D // N).transpose(0, 1).flatten()
    return step_by_step(x, y, N, in_proj_weight[rows], in_proj_bias[rows], *rest)


@wrong(says="split as they are")
def not_projected(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*(view_then_transpose(each, N) for each in (x, y, y)), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="takes the heads side by side", obeyed={"context.flatten(2)": "context.transpose(1, 2).flatten(2)"})
def merged_behind_the_heads(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.flatten(2), out_weight, out_bias), weights


@wrong(says="bias is added before the product")
def bias_before_the_product(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return (context.transpose(1, 2).flatten(2) + out_bias) @ out_weight.T, weights


@wrong(says="no bias is added")
def no_bias_at_all(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, 0 * in_proj_bias), mask)
    return context.transpose(1, 2).flatten(2) @ out_weight.T, weights


@wrong(
    says="the heads alternate", obeyed={"context.permute(0, 2, 3, 1).flatten(2)": "context.transpose(1, 2).flatten(2)"}
)
def merged_number_by_number(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.permute(0, 2, 3, 1).flatten(2), out_weight, out_bias), weights


@wrong(says="second softmax")
def softmax_again(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    q, k, v = projected(x, y, N, in_proj_weight, in_proj_bias)
    weights = as_in_the_text(q, k, v, mask)[1].softmax(-1)
    return F.linear((weights @ v).transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="residual connection is not part of this")
def with_the_residual(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    output, weights = step_by_step(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask)
    return x + output, weights


@wrong(says="weights come first; return the output")
def weights_first(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    output, weights = step_by_step(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask)
    return weights, output


@wrong(says="the values are made from x")
def values_of_x(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    q, k, _ = projected(x, y, N, in_proj_weight, in_proj_bias)
    v = projected(x, x, N, in_proj_weight, in_proj_bias)[2]
    context, weights = as_in_the_text(q, k, v, mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="no gradient reaches `y`", obeyed={"y.detach()": "y"})
def memory_detached(x, y, N, in_weight, in_bias, out_weight, out_bias, mask=None):
    return multi_head(x, y.detach(), N, in_weight, in_bias, out_weight, out_bias, mask)


def strided(x, N):
    return x.unflatten(-1, (-1, N)).permute(0, 3, 1, 2)


@wrong(
    says="two mistakes at once: 1. the heads alternate",
    obeyed={"permute(0, 2, 3, 1)": "transpose(1, 2)", ", strided)": ")"},
)
def every_nth_number_and_back(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context, weights = as_in_the_text(*projected(x, y, N, in_proj_weight, in_proj_bias, strided), mask)
    return F.linear(context.permute(0, 2, 3, 1).flatten(2), out_weight, out_bias), weights


@wrong(says="the blocks of `in_proj_bias` are interchanged")
def biases_interchanged(x, y, N, in_proj_weight, in_proj_bias, *rest):
    bq, bk, bv = in_proj_bias.chunk(3)
    return step_by_step(x, y, N, in_proj_weight, torch.cat([bv, bk, bq]), *rest)


@wrong(says="the bias of the values is not added")
def residual_and_no_bias_of_the_values(x, y, N, in_proj_weight, in_proj_bias, *rest):
    bq, bk, bv = in_proj_bias.chunk(3)
    output, weights = step_by_step(x, y, N, in_proj_weight, torch.cat([bq, bk, 0 * bv]), *rest)
    return output + x, weights


@wrong(says="1. the mask is inverted")
def mask_inverted_and_weights_first(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    mask = None if mask is None else ~mask
    return step_by_step(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask)[::-1]


@wrong(says="the queries are made from y, the keys are made from x")
def queries_and_keys_interchanged(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    (wq, wk, wv), (bq, bk, bv) = in_proj_weight.chunk(3), in_proj_bias.chunk(3)
    q, k, v = F.linear(y, wq, bq), F.linear(x, wk, bk), F.linear(y, wv, bv)
    context, weights = as_in_the_text(*(view_then_transpose(each, N) for each in (q, k, v)), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="gets another sentence's mask", obeyed={"mask.repeat(N, 1, 1)": "mask.repeat_interleave(N, 0)"})
def mask_repeated_for_the_heads(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    q, k, v = (each.flatten(0, 1) for each in projected(x, y, N, in_proj_weight, in_proj_bias))
    scores = q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])
    if mask is not None:
        mask = mask.repeat_interleave(N, dim=0)[:, None] if mask.dim() == 2 else mask.repeat(N, 1, 1)
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(-1)
    context = (weights @ v).unflatten(0, (len(x), N)).transpose(1, 2).flatten(2)
    return F.linear(context, out_weight, out_bias), weights.unflatten(0, (len(x), N))


@wrong(says="gets another sentence's mask", obeyed={"mask.repeat(N, 1, 1)": "mask.repeat_interleave(N, 0)"})
def both_kinds_of_mask_repeated(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    q, k, v = (each.flatten(0, 1) for each in projected(x, y, N, in_proj_weight, in_proj_bias))
    scores = torch.bmm(q, k.mT) / q.shape[-1] ** 0.5
    if mask is not None:
        mask = mask.unsqueeze(1) if mask.dim() == 2 else mask
        scores = scores.masked_fill(~mask.repeat(N, 1, 1), -math.inf)
    weights = scores.softmax(-1)
    context = torch.bmm(weights, v).view(len(x), N, x.shape[1], -1).transpose(1, 2).reshape(x.shape)
    return F.linear(context, out_weight, out_bias), weights.view(len(x), N, x.shape[1], -1)


@wrong(
    says="`attend_heads` returns the context first",
    obeyed={"weights, context = attend_heads": "context, weights = attend_heads"},
)
def weights_taken_for_the_context(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    weights, context = attend_heads(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(
    says="`attend_heads` returns two things",
    obeyed={"context = attend": "context, weights = attend", "out_bias), None": "out_bias), weights"},
)
def pair_not_unpacked(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    context = attend_heads(*projected(x, y, N, in_proj_weight, in_proj_bias), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), None


@wrong(says="Weight and bias are cut alike", obeyed={"[in_proj_bias] * 3": "in_proj_bias.chunk(3)"})
def bias_in_one_piece(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    blocks = zip((x, y, y), in_proj_weight.chunk(3), [in_proj_bias] * 3, strict=True)
    context, weights = attend_heads(*(view_then_transpose(F.linear(*block), N) for block in blocks), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="Weight and bias are cut alike", obeyed={"chunk(N)": "chunk(3)"})
def cut_into_heads(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    Wq, Wk, Wv = in_proj_weight.chunk(N)
    bq, bk, bv = in_proj_bias.chunk(N)
    made = F.linear(x, Wq, bq), F.linear(y, Wk, bk), F.linear(y, Wv, bv)
    context, weights = attend_heads(*(view_then_transpose(each, N) for each in made), mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="the heads are not split")
def never_split(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    made = projected(x, y, N, in_proj_weight, in_proj_bias, split=lambda x, N: x)
    context, weights = attend_heads(*made, mask)
    return F.linear(context, out_weight, out_bias), weights


@wrong(says="go through `split_heads` first")
def merged_without_a_split(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    made = projected(x, y, N, in_proj_weight, in_proj_bias, split=lambda x, N: x)
    context, weights = attend_heads(*made, mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="the bias of the queries is used for all")
def one_bias_for_all(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    bias = in_proj_bias.chunk(3)[0].repeat(3)
    return multi_head(x, y, N, in_proj_weight, bias, out_weight, out_bias, mask)


@wrong(says="`out_bias` is added once for each head")
def bias_of_each_head(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    return multi_head(x, y, N, in_proj_weight, in_proj_bias, out_weight, N * out_bias, mask)


@wrong(says="or by its root twice")
def scaled_twice(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    q, k, v = projected(x, y, N, in_proj_weight, in_proj_bias)
    context, weights = attend_heads(q / math.sqrt(q.shape[-1]), k, v, mask)
    return F.linear(context.transpose(1, 2).flatten(2), out_weight, out_bias), weights


@wrong(says="is made one for all queries")
def one_row_for_all_queries(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    mask = mask.any(1) if mask is not None and mask.dim() == 3 else mask
    return multi_head(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask)


@wrong(says="the heads are not split")
def one_head_repeated(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    output, weights = multi_head(x, y, 1, in_proj_weight, in_proj_bias, out_weight, out_bias, mask)
    return output, weights.repeat(1, N, 1, 1)
