"""Answers to exercise 01.analogy."""

import numpy as np
import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def cosine_to_the_target(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = F.cosine_similarity(unit, (unit[b] - unit[a] + unit[c]).unsqueeze(0))
    for given in (a, b, c):
        cosine[given] = -torch.inf
    return cosine.argmax().item()


@right
def sum_of_three_cosines(weight, a, b, c):
    unit = F.normalize(weight, dim=-1)
    score = unit @ unit[b] - unit @ unit[a] + unit @ unit[c]
    ranked = score.argsort(descending=True).tolist()
    return next(i for i in ranked if i not in (a, b, c))


@wrong(says="`.item()`", obeyed={"distance.argmin()": "distance.argmin().item()"})
def a_tensor_of_one_id(weight, a, b, c):
    unit = weight / (weight.norm(dim=1, keepdim=True) + 1e-8)
    distance = (unit - (unit[b] + unit[c] - unit[a])).norm(dim=1)
    distance[[a, b, c]] = 1e9
    return distance.argmin()


@right
def with_numpy(weight, a, b, c):
    w = weight.numpy()
    unit = w / np.maximum(np.linalg.norm(w, axis=1, keepdims=True), 1e-9)
    score = unit @ (unit[b] - unit[a] + unit[c])
    score[[a, b, c]] = -np.inf
    return np.argmax(score)


@wrong(says="backwards")
def step_backwards(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[a] - unit[b] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`c` is subtracted")
def roles_of_a_and_c_interchanged(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[a] + unit[b] - unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`a` is not subtracted")
def a_not_subtracted(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`a` is added")
def all_three_added(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[a] + unit[b] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`c` is missing")
def step_not_taken_from_c(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`a` and `b` and `c` not left out")
def given_words_not_left_out(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c])).argmax())


@wrong(says="`a` and `b` not left out")
def only_c_left_out(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[c] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`c` not left out")
def a_and_b_left_out_but_not_c(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="not scaled to length 1")
def vectors_not_scaled(weight, a, b, c):
    target = weight[b] - weight[a] + weight[c]
    cosine = F.cosine_similarity(weight, target.unsqueeze(0))
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="dot product")
def dot_product_of_raw_vectors(weight, a, b, c):
    score = weight @ (weight[b] - weight[a] + weight[c])
    score[[a, b, c]] = -torch.inf
    return int(score.argmax())


@wrong(says="smallest distance")
def distance_of_raw_vectors(weight, a, b, c):
    distance = (weight - (weight[b] - weight[a] + weight[c])).norm(dim=1)
    distance[[a, b, c]] = torch.inf
    return int(distance.argmin())


@wrong(says="farthest")
def argmin_of_the_cosine(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = torch.inf
    return int(cosine.argmin())


@wrong(says="each column")
def columns_scaled_to_length_one(weight, a, b, c):
    unit = F.normalize(weight, dim=0)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="V x E elements")
def argmax_of_every_element(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    score = unit * (unit[b] - unit[a] + unit[c])
    score[[a, b, c]] = -torch.inf
    return int(score.argmax())


@wrong(
    says="a zero row gives 0 / 0",
    obeyed={"weight.norm(dim=1, keepdim=True)": "weight.norm(dim=1, keepdim=True).clamp(min=1e-12)"},
)
def zero_row_becomes_nan(weight, a, b, c):
    unit = weight / weight.norm(dim=1, keepdim=True)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(
    says="move up",
    obeyed={
        " if i not in (a, b, c)": "",
        "return int((others": "cosine = (others",
        ")).argmax())": "))\n    cosine[[a, b, c]] = -torch.inf\n    return int(cosine.argmax())",
    },
)
def rows_removed_so_that_ids_shift(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    others = torch.stack([unit[i] for i in range(len(unit)) if i not in (a, b, c)])
    return int((others @ (unit[b] - unit[a] + unit[c])).argmax())


@wrong(says="argmax")
def the_cosine_instead_of_the_id(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return cosine.max().item()


@wrong(says="a vector comes back")
def the_target_vector(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    return unit[b] - unit[a] + unit[c]


@wrong(says="a vector comes back")
def the_row_instead_of_its_id(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return weight[cosine.argmax()]


@wrong(says="`weight` in place", obeyed={"weight.div_(": "weight = weight.div("})
def scales_the_weight_itself(weight, a, b, c):
    weight.div_(weight.norm(dim=1, keepdim=True).clamp(min=1e-12))
    cosine = weight @ (weight[b] - weight[a] + weight[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="for every question")
def always_the_queen(weight, a, b, c):
    return 3


@wrong(says="returns None")
def analogy_not_returned(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    cosine.argmax()


@wrong(says="others may lie below it", obeyed={"cosine[[a, b, c]] = 0": "cosine[[a, b, c]] = -torch.inf"})
def the_three_words_set_to_zero(weight, a, b, c):
    unit = F.normalize(weight, dim=1, eps=1e-30)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = 0
    return int(cosine.argmax())


@wrong(says="a row of zeros is too near")
def distance_of_the_scaled_rows(weight, a, b, c):
    unit = F.normalize(weight, dim=1, eps=1e-30)
    distance = (unit - (unit[b] - unit[a] + unit[c])).norm(dim=1)
    distance[[a, b, c]] = torch.inf
    return int(distance.argmin())


@wrong(
    says="the fourth best is taken",
    obeyed={
        "return int((unit": "cosine = (unit",
        ".topk(4).indices[3])": "\n    cosine[[a, b, c]] = -torch.inf\n    return int(cosine.argmax())",
    },
)
def the_fourth_of_the_best(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c])).topk(4).indices[3])


@wrong(says="3CosMul")
def a_product_of_cosines(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    near = (unit @ unit.T + 1) / 2
    score = near[:, b] * near[:, c] / (near[:, a] + 1e-3)
    score[[a, b, c]] = -torch.inf
    return int(score.argmax())


@wrong(says="two mistakes at once: 1. the step is taken backwards")
def backwards_and_without_the_sign(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = (unit @ (unit[a] - unit[b] + unit[c])).abs()
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="words with the same vector")
def left_out_by_their_vectors(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    for i in (a, b, c):
        scores[(unit @ unit[i]) > 0.9999] = -torch.inf
    scores[[a, b, c]] = -torch.inf
    return scores.argmax().item()


@wrong(says="words with the same vector")
def left_out_where_the_rows_are_equal(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    for i in (a, b, c):
        scores[(weight == weight[i]).all(dim=1)] = -torch.inf
    return int(scores.argmax())


@wrong(says="the ids 0 to 3 are left out")
def specials_are_no_answers(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    scores[:4] = -torch.inf
    scores[[a, b, c]] = -torch.inf
    return scores.argmax().item()


@wrong(says="two mistakes at once: 1. the cosine is taken without its sign")
def absolute_and_without_the_specials(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    scores = (unit @ (unit[b] - unit[a] + unit[c])).abs()
    scores[:4] = -torch.inf
    scores[[a, b, c]] = -torch.inf
    return scores.argmax().item()


@wrong(says="begins with the score 0", obeyed={"0, 0.0": "0, -torch.inf"})
def best_score_begins_at_zero(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    query = unit[b] - unit[a] + unit[c]
    best, best_score = 0, 0.0
    for i in range(len(unit)):
        score = float(unit[i] @ query)
        if i not in (a, b, c) and score > best_score:
            best, best_score = i, score
    return best


@wrong(says="two mistakes at once: 1. `a` not left out", obeyed={"0, 0.0": "0, -torch.inf", "(b, c)": "(a, b, c)"})
def best_score_begins_at_zero_and_a_is_allowed(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    query = unit[b] - unit[a] + unit[c]
    best, best_score = 0, 0.0
    for i in range(len(unit)):
        score = float(unit[i] @ query)
        if i not in (b, c) and score > best_score:
            best, best_score = i, score
    return best


@wrong(says="`unit[b] - unit[a] + unit[c]`", obeyed={"unit @ (b - a + c)": "unit @ (unit[b] - unit[a] + unit[c])"})
def ids_for_vectors(weight, a, b, c):
    unit = F.normalize(weight)
    cosine = unit @ (b - a + c)
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`unit[b] - unit[a] + unit[c]`", obeyed={"unit[b - a + c]": "(unit[b] - unit[a] + unit[c])"})
def the_row_of_a_sum_of_ids(weight, a, b, c):
    unit = F.normalize(weight)
    cosine = unit @ unit[b - a + c]
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="calculates with the ids themselves")
def a_sum_of_ids(weight, a, b, c):
    return b - a + c


@wrong(says="Three places are a list", obeyed={"cosine[a, b, c]": "cosine[[a, b, c]]"})
def one_place_of_three_dimensions(weight, a, b, c):
    unit = F.normalize(weight)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[a, b, c] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`c` is subtracted")
def c_subtracted(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] - unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="`a` and `b` play no part")
def nearest_to_c(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[c]
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="the id 0 is left out")
def never_the_id_0(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[0, a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="short rows are not scaled", obeyed={"min=1)": "min=1e-12)"})
def short_rows_stay_short(weight, a, b, c):
    unit = weight / weight.norm(dim=1, keepdim=True).clamp(min=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="a zero row is left out")
def zero_rows_last(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = weight / weight.norm(dim=1, keepdim=True) @ (unit[b] - unit[a] + unit[c])
    cosine = cosine.nan_to_num(-1e9)
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong(says="a zero row gives 0 / 0", obeyed={"vector.norm()": "vector.norm().clamp(min=1e-12)"})
def zero_rows_in_the_target(weight, a, b, c):
    def scaled(vector):
        return vector / vector.norm()

    unit = F.normalize(weight, dim=1)
    cosine = unit @ (scaled(weight[b]) - scaled(weight[a]) + scaled(weight[c]))
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())
