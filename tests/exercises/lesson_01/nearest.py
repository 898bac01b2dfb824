"""Answers to exercise 01.nearest."""

import math

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def by_cosine_similarity(weight, word, k):
    cosine = F.cosine_similarity(weight, weight[word].unsqueeze(0), dim=1)
    cosine[word] = -2
    return torch.topk(cosine, k).indices


@wrong(
    says="the word itself",
    obeyed={
        "return torch.argsort(unit @ unit[word],": "cosine = unit @ unit[word]\n    "
        "cosine[word] = -torch.inf\n    return torch.argsort(cosine,"
    },
)
def one_more_and_the_first_dropped(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return torch.argsort(unit @ unit[word], descending=True)[1 : k + 1]


@right
def sorted_in_plain_python(weight, word, k):
    def cosine(u, v):
        length = math.sqrt(sum(x * x for x in u)) * math.sqrt(sum(x * x for x in v))
        return sum(x * y for x, y in zip(u, v, strict=True)) / length if length else 0.0

    rows = weight.tolist()
    others = [i for i in range(len(rows)) if i != word]
    others.sort(key=lambda i: cosine(rows[i], rows[word]), reverse=True)
    return torch.tensor(others[:k])


@right
def largest_one_after_the_other(weight, word, k):
    lengths = weight.pow(2).sum(1).sqrt()
    cosine = torch.mv(weight, weight[word]) / torch.where(lengths > 0, lengths, 1.0) / lengths[word]
    found = []
    for _ in range(k):
        found.append(max((i for i in range(len(weight)) if i != word and i not in found), key=lambda i: cosine[i]))
    return torch.tensor(found)


@wrong(
    says="the word itself",
    obeyed={
        "return (unit @ unit[word])": "cosine = unit @ unit[word]",
        ".topk": "\n    cosine[word] = -torch.inf\n    return cosine.topk",
    },
)
def the_word_itself_included(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return (unit @ unit[word]).topk(k).indices


@wrong(says="the word itself", obeyed={"cosine[word] = 0": "cosine[word] = -torch.inf"})
def own_cosine_set_to_zero(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = 0
    return cosine.topk(k).indices


@wrong(says="the word itself", obeyed={"cosine[0] = -torch.inf": "cosine[0] = cosine[word] = -torch.inf"})
def row_zero_left_out_instead(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[0] = -torch.inf
    return cosine.topk(k).indices


@wrong(
    says="move up",
    obeyed={
        "others = torch.cat([unit[:word], unit[word + 1:]])": "cosine = unit @ unit[word]",
        "return (others @ unit[word])": "cosine[word] = -torch.inf\n    return cosine",
    },
)
def row_removed_so_that_ids_shift(weight, word, k):
    unit = F.normalize(weight, dim=1)
    others = torch.cat([unit[:word], unit[word + 1 :]])
    return (others @ unit[word]).topk(k).indices


@wrong(says="dot product")
def by_dot_product(weight, word, k):
    score = weight @ weight[word]
    score[word] = -torch.inf
    return score.topk(k).indices


@wrong(says="divide each row by its own length")
def only_the_query_scaled(weight, word, k):
    query = weight[word] / weight[word].norm()
    score = weight @ query
    score[word] = -torch.inf
    return score.topk(k).indices


@wrong(says="smallest distance")
def by_distance(weight, word, k):
    distance = (weight - weight[word]).norm(dim=1)
    distance[word] = torch.inf
    return distance.topk(k, largest=False).indices


@wrong(says="farthest")
def farthest_by_topk(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    return cosine.topk(k, largest=False).indices


@wrong(says="farthest")
def argsort_ascending(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    return cosine.argsort()[:k]


@wrong(says="nearest come last")
def nearest_last(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    return cosine.argsort()[-k - 1 : -1]


@wrong(says="without its sign")
def absolute_cosine(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = (unit @ unit[word]).abs()
    cosine[word] = -1
    return cosine.topk(k).indices


@wrong(says="each column", obeyed={"norm(dim=0)": "norm(dim=1, keepdim=True)"})
def columns_scaled(weight, word, k):
    unit = weight / weight.norm(dim=0)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="each column", obeyed={"dim=0": "dim=1"})
def normalize_with_dim_zero(weight, word, k):
    unit = F.normalize(weight, dim=0)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="dot product")
def divided_by_one_norm_for_all(weight, word, k):
    unit = weight / weight.norm()
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="keepdim=True", obeyed={"norm(dim=1)": "norm(dim=1, keepdim=True)"})
def norm_without_keepdim(weight, word, k):
    unit = weight / weight.norm(dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="zero row", obeyed={"weight / weight.norm(dim=1, keepdim=True)": "F.normalize(weight)"})
def nan_at_the_padding(weight, word, k):
    unit = weight / weight.norm(dim=1, keepdim=True)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="zero row")
def distance_in_which_a_zero_row_is_near(weight, word, k):
    unit = weight / (weight.norm(dim=1, keepdim=True) + 1e-8)
    distance = torch.cdist(unit[word : word + 1], unit)[0]
    distance[word] = torch.inf
    return distance.topk(k, largest=False).indices


@wrong(says="cosines come back")
def cosines_instead_of_ids(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).values


@wrong(says=".indices")
def both_results_of_topk(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k)


@wrong(
    says="the word itself",
    obeyed={
        "return (unit @ unit[word])": "cosine = unit @ unit[word]",
        ".topk": "\n    cosine[word] = -torch.inf\n    return cosine.topk",
    },
)
def one_more_than_asked(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return (unit @ unit[word]).topk(k + 1).indices


@wrong(says="neighbours are asked for")
def one_less_than_asked(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return (unit @ unit[word]).argsort(descending=True)[1:k]


@wrong(says="neighbours are asked for")
def always_two(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(2).indices


@wrong(says="got a list")
def list_of_ids(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices.tolist()


@wrong(says="`weight` in place", obeyed={"weight /= weight": "weight = weight / weight"})
def scales_its_input(weight, word, k):
    weight /= weight.norm(dim=1, keepdim=True).clamp(min=1e-12)
    cosine = weight @ weight[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="returns None")
def neighbours_printed(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    print(cosine.topk(k).indices)


@wrong(says="of the same direction")
def parallel_words_left_out(weight, word, k):
    unit = F.normalize(weight, dim=1, eps=1e-30)
    cosine = unit @ unit[word]
    cosine[cosine > 0.9999] = -torch.inf
    return cosine.topk(k).indices


@wrong(
    says="take the first `k`",
    obeyed={"topk(k + 1)": "topk(k)", ".indices[1:]": ".indices"},
)
def the_first_dropped_though_the_word_is_out(weight, word, k):
    unit = F.normalize(weight, dim=1, eps=1e-30)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k + 1).indices[1:]


@wrong(says="a zero row is left out")
def zero_rows_left_out(weight, word, k):
    unit = F.normalize(weight, dim=1, eps=1e-30)
    cosine = unit @ unit[word]
    cosine[weight.norm(dim=1) == 0] = -2
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="short rows are not scaled", obeyed={"min=1)": "min=1e-12)"})
def short_rows_not_scaled(weight, word, k):
    unit = weight / weight.norm(dim=1, keepdim=True).clamp(min=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(
    says="two mistakes at once: 1. the smallest distance",
    obeyed={
        "(weight - weight[word]).norm(dim=1)": "-F.cosine_similarity(weight, weight[word][None])",
        "topk(k + 1": "topk(k",
        "indices[1:]": "indices",
    },
)
def by_distance_and_the_first_dropped(weight, word, k):
    distance = (weight - weight[word]).norm(dim=1)
    distance[word] = torch.inf
    return distance.topk(k + 1, largest=False).indices[1:]


@wrong(says="the word itself")
def the_first_of_one_more_left_out(weight, word, k):
    return F.cosine_similarity(weight, weight[word][None], dim=1).topk(k + 1).indices[1:]


@wrong(says="the nearest must come first")
def topk_that_does_not_sort(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -math.inf
    return cosine.topk(k, sorted=False).indices


@wrong(says="the nearest must come first")
def all_that_are_as_near_as_the_last_one(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -math.inf
    return (cosine >= cosine.topk(k).values[-1]).nonzero().flatten()


@wrong(says="the word itself and the farthest", obeyed={"argsort()": "argsort(descending=True)"})
def marked_and_then_sorted_upwards(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.argsort()[:k]


@wrong(says="without their signs")
def sum_of_absolute_values(weight, word, k):
    unit = weight / weight.abs().sum(1, keepdim=True).clamp(min=1e-12)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="the root is missing")
def squared_lengths(weight, word, k):
    unit = weight / weight.square().sum(1, keepdim=True).clamp(min=1e-12)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="a number is added to each length")
def something_added_to_the_lengths(weight, word, k):
    unit = weight / (weight.norm(dim=1, keepdim=True) + 0.1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong(says="so many neighbours")
def one_more_without_the_word(weight, word, k):
    unit = F.normalize(weight, dim=1)
    ids = (unit @ unit[word]).topk(k + 1).indices
    return ids[ids != word]


@wrong(says="with the same vector, each of them once")
def same_vectors_left_out(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[(weight == weight[word]).all(1)] = -torch.inf
    return cosine.topk(k).indices
