"""Answers to exercise 01.negative_sampling_loss."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def by_einsum(centre, context, negatives):
    true = torch.einsum("be,be->b", centre, context)
    noise = torch.einsum("bme,be->bm", negatives, centre)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(dim=1)).mean()


@right
def by_bmm_and_softplus(centre, context, negatives):
    true = torch.bmm(context.unsqueeze(1), centre.unsqueeze(2)).squeeze(2).squeeze(1)
    noise = torch.bmm(negatives, centre.unsqueeze(2)).squeeze(2)
    return F.softplus(-true).mean() + F.softplus(noise).sum(1).mean()


@right
def as_binary_cross_entropy(centre, context, negatives):
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    scores = (words * centre.unsqueeze(1)).sum(-1)
    labels = torch.zeros_like(scores)
    labels[:, 0] = 1
    return F.binary_cross_entropy_with_logits(scores, labels, reduction="sum") / len(centre)


@right
def pair_by_pair(centre, context, negatives):
    total = 0
    for b in range(centre.shape[0]):
        total = total - F.logsigmoid(centre[b] @ context[b])
        for m in range(negatives.shape[1]):
            total = total - F.logsigmoid(-(centre[b] @ negatives[b, m]))
    return total / centre.shape[0]


@wrong(says="sign of the negatives' scores")
def sign_of_the_negatives_forgotten(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(noise).sum(-1)).mean()


@wrong(says="sign of the whole")
def maximizes(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return (F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="both terms have a minus")
def minus_without_brackets(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return (-F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="negatives are averaged")
def mean_over_the_negatives(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).mean(-1)).mean()


@wrong(says="pairs of the batch are summed")
def sum_over_the_batch(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).sum()


@wrong(says="1 + M scores")
def mean_over_all_scores(centre, context, negatives):
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    scores = (words @ centre.unsqueeze(-1)).squeeze(-1)
    labels = torch.zeros_like(scores)
    labels[:, 0] = 1
    return F.binary_cross_entropy_with_logits(scores, labels)


@wrong(says="softmax")
def cross_entropy_over_the_candidates(centre, context, negatives):
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    scores = (words @ centre.unsqueeze(-1)).squeeze(-1)
    return F.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))


@wrong(
    says="`F.logsigmoid(score)`",
    obeyed={
        "torch.log(torch.sigmoid(true))": "F.logsigmoid(true)",
        "torch.log(torch.sigmoid(-noise))": "F.logsigmoid(-noise)",
    },
)
def logarithm_of_the_sigmoid(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(torch.log(torch.sigmoid(true)) + torch.log(torch.sigmoid(-noise)).sum(-1)).mean()


@wrong(
    says="leave out clamp and epsilon",
    obeyed={
        "torch.log(torch.sigmoid(true) + 1e-09)": "F.logsigmoid(true)",
        "torch.log(torch.sigmoid(-noise) + 1e-09)": "F.logsigmoid(-noise)",
    },
)
def logarithm_of_the_sigmoid_plus_epsilon(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(torch.log(torch.sigmoid(true) + 1e-9) + torch.log(torch.sigmoid(-noise) + 1e-9).sum(-1)).mean()


@wrong(says="leave out clamp and epsilon", obeyed={".clamp(-10, 10)": ""})
def scores_clamped(centre, context, negatives):
    true = (centre * context).sum(-1).clamp(-10, 10)
    noise = (negatives * centre.unsqueeze(1)).sum(-1).clamp(-10, 10)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="logarithm is missing")
def sigmoid_without_logarithm(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(torch.sigmoid(true) + torch.sigmoid(-noise).sum(-1)).mean()


@wrong(says="bare scores")
def raw_scores(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return (-true + noise.sum(-1)).mean()


@wrong(says="negatives are missing")
def true_pairs_only(centre, context, negatives):
    return -F.logsigmoid((centre * context).sum(-1)).mean()


@wrong(says="real pairs are missing")
def negatives_only(centre, context, negatives):
    return -F.logsigmoid(-(negatives @ centre.unsqueeze(-1)).squeeze(-1)).sum(-1).mean()


@wrong(says="only the first negative")
def first_negative_only(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives[:, 0] * centre).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise)).mean()


@wrong(says="compared with the context")
def negatives_scored_against_the_context(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * context.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="every centre with every context", obeyed={"centre @ context.T": "(centre * context).sum(-1)"})
def all_pairs_of_the_batch(centre, context, negatives):
    true = centre @ context.T
    noise = (negatives @ centre.unsqueeze(-1)).squeeze(-1)
    return -(F.logsigmoid(true).mean() + F.logsigmoid(-noise).sum(-1).mean())


@wrong(says="added up before the sigmoid")
def negatives_added_before_the_sigmoid(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives.sum(1) * centre).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise)).mean()


@wrong(says="M = 1", obeyed={".squeeze()": ".squeeze(-1)"})
def squeezes_every_dimension(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives @ centre.unsqueeze(-1)).squeeze()
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="`centre[:, None]` is (B, 1, E)", obeyed={"negatives * centre": "negatives * centre[:, None]"})
def centre_not_unsqueezed(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="`centre[:, None]` is (B, 1, E)", obeyed={"centre.unsqueeze(-1)": "centre[:, None]"})
def centre_unsqueezed_at_its_end(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(-1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="multiply element by element", obeyed={"centre @ context": "(centre * context).sum(-1)"})
def a_product_of_matrices_for_inner_products(centre, context, negatives):
    true = centre @ context
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="multiply element by element", obeyed={"negatives @ centre": "(negatives * centre).sum(-1)"})
def every_negative_with_every_centre(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = negatives @ centre
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="one loss for each pair")
def one_loss_per_pair(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1))


@wrong(says="got a float")
def a_python_number(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean().item()


@wrong(says="detached")
def a_new_tensor(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return torch.tensor(-(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean().item())


@wrong(says="no gradient reaches `negatives`", obeyed={".detach()": ""})
def negatives_are_constants(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives.detach() * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="gradient with respect to `centre`")
def centre_detached_for_the_negatives(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.detach().unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong(says="`negatives` in place", obeyed={"negatives *= -1": "negatives = negatives * -1"})
def negates_its_input(centre, context, negatives):
    negatives *= -1
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    return -F.logsigmoid((words @ centre.unsqueeze(-1)).squeeze(-1)).sum(1).mean()


@wrong(says="returns None")
def loss_printed(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    print(-(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean())


@wrong(says="1 - log sigmoid")
def one_minus_outside_the_log(centre, context, negatives):
    true = F.logsigmoid((centre * context).sum(-1))
    noise = 1 - F.logsigmoid((negatives * centre[:, None]).sum(-1))
    return -(true + noise.sum(-1)).mean()


@wrong(says="divides by M too")
def mean_over_both(centre, context, negatives):
    true = F.logsigmoid((centre * context).sum(-1, keepdim=True))
    noise = F.logsigmoid(-(negatives * centre[:, None]).sum(-1))
    return -(true / noise.shape[1] + noise).mean()


@wrong(says="summed over B; sum over M", obeyed={".sum(0).mean()": ".sum(1).mean()"})
def negatives_summed_over_the_batch(centre, context, negatives):
    noise = F.logsigmoid(-(negatives * centre[:, None]).sum(-1))
    return -F.logsigmoid((centre * context).sum(-1)).mean() - noise.sum(0).mean()


@wrong(says="an inner product is a sum", obeyed={".mean(-1)": ".sum(-1)"})
def scores_averaged_over_e(centre, context, negatives):
    true = F.logsigmoid((centre * context).mean(-1))
    return -(true + F.logsigmoid(-(negatives * centre[:, None]).mean(-1)).sum(1)).mean()


@wrong(says="the scores are cosines")
def cosines_for_inner_products(centre, context, negatives):
    noise = F.logsigmoid(-F.cosine_similarity(centre[:, None], negatives, dim=-1))
    return -(F.logsigmoid(F.cosine_similarity(centre, context)) + noise.sum(1)).mean()


@wrong(
    says="two mistakes at once: 1. one loss for each pair",
    obeyed={"negatives.reshape(M, B, E)": "negatives.transpose(0, 1)", "return loss": "return loss.mean()"},
)
def regrouped_and_no_mean(centre, context, negatives):
    B, M, E = negatives.shape
    loss = -F.logsigmoid((centre * context).sum(-1))
    for each in negatives.reshape(M, B, E):
        loss = loss - F.logsigmoid(-(each * centre).sum(-1))
    return loss


@wrong(says="scored with every centre of the batch")
def negatives_times_all_centres(centre, context, negatives):
    real = (centre * context).sum(-1)
    drawn = negatives @ centre.T  # (B, M, B)
    return -(F.logsigmoid(real) + F.logsigmoid(-drawn).sum((1, 2))).mean()


@wrong(
    says="scored with every centre of the batch",
    obeyed={"negatives @ centre.T": "(centre[:, None] * negatives).sum(-1)"},
)
def negatives_times_all_centres_summed_over_m(centre, context, negatives):
    real = (centre * context).sum(-1)
    drawn = negatives @ centre.T
    return -(F.logsigmoid(real) + F.logsigmoid(-drawn).sum(1)).mean()


@wrong(says="a negative that equals the context is left out")
def the_context_drawn_again_does_not_count(centre, context, negatives):
    real = (centre * context).sum(-1)
    drawn = (centre[:, None] * negatives).sum(-1)
    other = (negatives != context[:, None]).any(-1)
    return -(F.logsigmoid(real) + (F.logsigmoid(-drawn) * other).sum(1)).mean()


@wrong(says="summed over M, `.sum(-1)`, before", obeyed={"F.logsigmoid(-drawn)": "F.logsigmoid(-drawn).sum(-1)"})
def negatives_terms_not_summed(centre, context, negatives):
    real = (centre * context).sum(-1)
    drawn = (centre[:, None] * negatives).sum(-1)
    return (-F.logsigmoid(real) - F.logsigmoid(-drawn)).mean()


@wrong(says="a minus stands before the log sigmoid")
def minus_outside_the_sigmoid(centre, context, negatives):
    real = (centre * context).sum(-1)
    drawn = (centre[:, None] * negatives).sum(-1)
    return -(F.logsigmoid(real) - F.logsigmoid(drawn).sum(-1)).mean()


@wrong(
    says="not summed over E",
    obeyed={
        "centre * context": "(centre * context).sum(-1)",
        "centre[:, None] * negatives": "(centre[:, None] * negatives).sum(-1)",
    },
)
def products_not_summed(centre, context, negatives):
    real = centre * context
    drawn = centre[:, None] * negatives
    return -(F.logsigmoid(real) + F.logsigmoid(-drawn).sum(1)).mean()


@wrong(says="sum over M alone, `.sum(-1)`", obeyed={".sum())": ".sum(-1))"})
def negatives_of_the_whole_batch(centre, context, negatives):
    real = (centre * context).sum(-1)
    drawn = (centre[:, None] * negatives).sum(-1)
    return (-F.logsigmoid(real) - F.logsigmoid(-drawn).sum()).mean()


@wrong(says="the real pairs' score has a minus")
def minus_at_the_other_term(centre, context, negatives):
    real, noise = (centre * context).sum(-1), (centre[:, None] * negatives).sum(-1)
    return -(F.logsigmoid(-real) + F.logsigmoid(noise).sum(-1)).mean()


@wrong(says="of each of the E products")
def log_sigmoid_before_the_sum(centre, context, negatives):
    real, noise = F.logsigmoid(centre * context).sum(-1), F.logsigmoid(-centre[:, None] * negatives).sum(-1)
    return -(real + noise.sum(-1)).mean()


@wrong(says="are summed over B; sum them over E")
def real_pairs_summed_over_the_batch(centre, context, negatives):
    real, noise = (centre * context).sum(0), (centre[:, None] * negatives).sum(-1)
    return -F.logsigmoid(real).mean() - F.logsigmoid(-noise).sum(-1).mean()
