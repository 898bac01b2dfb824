"""Answers to exercise 01.masked_mean."""

import numpy as np
import torch

from tests.exercises.answers import right, wrong


@right
def sentence_by_sentence(vectors, ids):
    means = []
    for b in range(len(ids)):
        real = vectors[b][ids[b] != 0]
        means.append(real.mean(0) if len(real) else torch.zeros(vectors.shape[2]))
    return torch.stack(means)


@right
def weights_and_bmm(vectors, ids):
    real = (ids > 0).float()
    weights = real / real.sum(1, keepdim=True).clamp(min=1)
    return torch.bmm(weights.unsqueeze(1), vectors).squeeze(1)


@right
def masked_fill_and_epsilon(vectors, ids):
    padding = ids.eq(0)
    total = vectors.masked_fill(padding[:, :, None], 0.0).sum(dim=1)
    return total / ((~padding).sum(dim=1, keepdim=True) + 1e-9)


@right
def einsum_over_the_mask(vectors, ids):
    real = (ids != 0).to(vectors.dtype)
    return torch.einsum("bte,bt->be", vectors, real) / torch.max(real.sum(1), torch.ones(len(ids)))[:, None]


@right
def adding_up_word_by_word(vectors, ids):
    B, T, E = vectors.shape
    means = []
    for b in range(B):
        total, n = torch.zeros(E), 0
        for t in range(T):
            if ids[b, t] != 0:
                total = total + vectors[b, t]
                n += 1
        means.append(total / max(n, 1))
    return torch.stack(means)


@wrong(says="padding is counted")
def plain_mean(vectors, ids):
    return vectors.mean(dim=1)


@wrong(says="divides by T")
def divided_by_the_padded_length(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).sum(1) / vectors.shape[1]


@wrong(says="divides by T")
def mean_of_the_masked_vectors(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).mean(1)


@wrong(says="padding is added to the sum")
def sum_with_padding_over_the_right_count(vectors, ids):
    return vectors.sum(1) / (ids != 0).sum(1, keepdim=True).clamp(min=1)


@wrong(says="it sums")
def sum_of_the_words(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).sum(1)


@wrong(says="divides by E")
def divided_by_the_embedding_size(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).sum(1) / vectors.shape[-1]


@wrong(says="inverted")
def mask_inverted(vectors, ids):
    padding = (ids == 0).unsqueeze(-1)
    return (vectors * padding).sum(1) / padding.sum(1).clamp(min=1)


@wrong(says="over the batch")
def sums_over_the_batch(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(0) / real.sum(0).clamp(min=1)


@wrong(says="whole batch")
def divided_by_the_words_of_the_batch(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum().clamp(min=1)


@wrong(says="one mean for the whole batch")
def one_mean_for_the_batch(vectors, ids):
    return vectors[ids != 0].mean(0)


@wrong(says="not one number")
def one_number_per_sentence(vectors, ids):
    return torch.stack([vectors[b][ids[b] != 0].mean() for b in range(len(ids))])


@wrong(says="all the specials are left out")
def all_specials_left_out(vectors, ids):
    real = (ids > 3).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong(says="`<unk>` is left out")
def unk_left_out_too(vectors, ids):
    real = (ids > 1).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong(says="gives NaN (0/0)")
def nan_for_an_empty_sentence(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1)


@wrong(says="gradient with respect to `vectors` holds NaN")
def nan_hidden_after_the_division(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return torch.nan_to_num((vectors * real).sum(1) / real.sum(1))


@wrong(says="gradient with respect to `vectors` holds NaN")
def nan_hidden_by_where(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    count = real.sum(1)
    return torch.where(count > 0, (vectors * real).sum(1) / count, 0.0)


@wrong(says="1 is added to every count", obeyed={"(real.sum(1) + 1)": "real.sum(1).clamp(min=1)"})
def one_added_to_the_count(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1) / (real.sum(1) + 1)


@wrong(says="padding alone", obeyed={"len(words)": "max(len(words), 1)"})
def plain_division_by_zero(vectors, ids):
    rows = []
    for b in range(len(ids)):
        words = [vectors[b, t] for t in range(ids.shape[1]) if ids[b, t] != 0]
        rows.append(sum(words) / len(words))
    return torch.stack(rows)


@wrong(says="is dropped")
def empty_sentences_dropped(vectors, ids):
    return torch.stack([vectors[b][ids[b] != 0].mean(0) for b in range(len(ids)) if ids[b].any()])


@wrong(says="`vectors * real.unsqueeze(-1)`", obeyed={"vectors * real": "vectors * real.unsqueeze(-1)"})
def mask_without_the_last_dimension(vectors, ids):
    real = ids != 0
    return (vectors * real).sum(1) / real.sum(1, keepdim=True).clamp(min=1)


@wrong(says="keepdim=True", obeyed={"real.sum(1)": "real.sum(1, keepdim=True)"})
def count_without_keepdim(vectors, ids):
    real = ids != 0
    return (vectors * real.unsqueeze(-1)).sum(1) / real.sum(1).clamp(min=1)


@wrong(says="`keepdim`")
def dimension_kept(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1, keepdim=True) / real.sum(1, keepdim=True).clamp(min=1)


@wrong(says="last dimension is summed or averaged")
def mean_over_the_last_dimension(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).mean(-1)


@wrong(says="`vectors` in place", obeyed={"vectors[ids == 0] = 0": "vectors = vectors * (ids != 0)[..., None]"})
def padding_zeroed_in_place(vectors, ids):
    vectors[ids == 0] = 0
    return vectors.sum(1) / (ids != 0).sum(1, keepdim=True).clamp(min=1)


@wrong(says="detached")
def detached_mean(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return ((vectors * real).sum(1) / real.sum(1).clamp(min=1)).detach()


@wrong(says="detached")
def through_numpy(vectors, ids):
    real = (ids != 0).unsqueeze(-1).numpy()
    v = vectors.detach().numpy()
    return torch.from_numpy(((v * real).sum(1) / np.maximum(real.sum(1), 1)).astype(np.float32))


@wrong(says="returns None")
def mean_not_returned(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    mean = (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong(says="`<unk>` is left out")
def unknown_words_left_out(vectors, ids):
    real = (ids > 1)[..., None]
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong(
    says="padding can stand anywhere",
    obeyed={
        "v[:int(n)]": "v[real]",
        "for v, n in": "for v, n, real in",
        "(ids != 0).sum(1)": "(ids != 0).sum(1), ids != 0",
    },
)
def padding_taken_to_stand_at_the_end(vectors, ids):
    return torch.stack([v[: int(n)].sum(0) / n.clamp(min=1) for v, n in zip(vectors, (ids != 0).sum(1), strict=True)])


@wrong(
    says="`torch.zeros(E)`",
    obeyed={"sum(words) / max(len(words), 1)": "sum(words) / len(words) if words else torch.zeros(vectors.shape[2])"},
)
def the_number_zero_where_there_are_no_words(vectors, ids):
    rows = []
    for b in range(len(ids)):
        words = [vectors[b, t] for t in range(ids.shape[1]) if ids[b, t] != 0]
        rows.append(sum(words) / max(len(words), 1))
    return torch.stack(rows)


@wrong(says="leave out `squeeze`", obeyed={".squeeze()": ""})
def one_sentence_squeezed(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return ((vectors * real).sum(1) / real.sum(1).clamp(min=1)).squeeze()


@wrong(says="the longest sentence")
def divided_by_the_longest(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1).max().clamp(min=1)


@wrong(says="counts once")
def each_word_once(vectors, ids):
    first = [[i for i, id in enumerate(row) if id and id not in row[:i]] for row in ids.tolist()]
    return torch.stack([v[at].sum(0) / max(len(at), 1) for v, at in zip(vectors, first, strict=True)])


@wrong(says="two mistakes at once: 1. the mask is inverted")
def padding_averaged_over_the_batch(vectors, ids):
    padding = (ids == 0).unsqueeze(-1)
    return (vectors * padding).sum(0) / padding.sum(0).clamp(min=1)


@wrong(says="the first 0 is taken for the end", obeyed={".cumprod(dim=1)": ""})
def words_up_to_the_first_padding(vectors, ids):
    real = (ids != 0).cumprod(dim=1)
    return (vectors * real.unsqueeze(-1)).sum(1) / real.sum(1, keepdim=True).clamp(min=1)


@wrong(says="the first 0 is taken for the end")
def length_is_the_place_of_the_first_padding(vectors, ids):
    lengths = (ids == 0).int().argmax(dim=1)
    mask = (torch.arange(ids.shape[1]) < lengths[:, None]).to(vectors.dtype)
    return (vectors * mask[..., None]).sum(1) / lengths.clamp(min=1)[:, None]


@wrong(says="at the wrong places", obeyed={"mask.repeat(1, E).view(B, T, E)": "mask.unsqueeze(-1)"})
def mask_repeated_and_viewed(vectors, ids):
    B, T, E = vectors.shape
    mask = (ids != 0).to(vectors.dtype)
    big = mask.repeat(1, E).view(B, T, E)
    return (vectors * big).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)


@wrong(says="only its own mean is zero")
def zeros_returned_inside_the_loop(vectors, ids):
    means = []
    for rows, row_ids in zip(vectors, ids, strict=True):
        real = rows[row_ids != 0]
        if len(real) == 0:
            return torch.zeros_like(vectors[:, 0])
        means.append(real.mean(0))
    return torch.stack(means)


@wrong(
    says="the quotient is clamped",
    obeyed={"(total / real.sum(1, keepdim=True)).clamp(min=1)": "total / real.sum(1, keepdim=True).clamp(min=1)"},
)
def clamp_around_the_quotient(vectors, ids):
    real = ids != 0
    total = (vectors * real.unsqueeze(-1)).sum(1)
    return (total / real.sum(1, keepdim=True)).clamp(min=1)


@wrong(says="last dimension is summed or averaged")
def summed_over_the_last_dimension(vectors, ids):
    real = ids != 0
    return (vectors * real.unsqueeze(-1)).sum(-1) / real.sum(1, keepdim=True)


@wrong(says="`<sos>` and `<eos>` are left out")
def start_and_end_left_out(vectors, ids):
    real = ((ids != 0) & (ids != 2) & (ids != 3)).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong(says="padding between words", obeyed={"last.flip(1).cumsum(1).flip(1) > 0": "ids != 0"})
def up_to_the_last_word(vectors, ids):
    last = (ids != 0).long()
    real = (last.flip(1).cumsum(1).flip(1) > 0).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong(says="the mask of the first")
def one_mask_for_all(vectors, ids):
    real = ids[0] != 0
    return vectors[:, real].sum(1) / real.sum().clamp(min=1)


@wrong(says="the mean of its vectors; it should give zeros")
def mean_of_the_padding(vectors, ids):
    real = ids != 0
    real = (real | ~real.any(1, keepdim=True)).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1)


@wrong(says="the largest numbers")
def largest_of_the_words(vectors, ids):
    padding = (ids == 0).unsqueeze(-1)
    return torch.where(padding.all(1), 0.0, vectors.masked_fill(padding, -1e9).amax(1))


@wrong(says="multiplied by the ids")
def weighted_by_the_ids(vectors, ids):
    return (vectors * ids.unsqueeze(-1)).sum(1) / ids.sum(1, keepdim=True).clamp(min=1)
