"""Answers to exercise 06.smoothed_nll."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def two_parts(logits, targets, smoothing):
    log_p = torch.log_softmax(logits, dim=-1)
    nll = -log_p[torch.arange(len(targets)), targets]
    return (1 - smoothing) * nll + smoothing * -log_p.mean(dim=-1)


@right
def with_the_soft_label(logits, targets, smoothing):
    V = logits.shape[1]
    label = (1 - smoothing) * F.one_hot(targets, V) + smoothing / V
    return -(label * logits.log_softmax(-1)).sum(-1)


@right
def by_the_loss_of_torch(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, reduction="none", label_smoothing=smoothing)


@wrong(says="V - 1 other words alone; it")
def over_the_others_alone(logits, targets, smoothing):
    V = logits.shape[1]
    label = torch.full_like(logits, smoothing / (V - 1)).scatter(1, targets[:, None], 1 - smoothing)
    return -(label * logits.log_softmax(-1)).sum(-1)


@wrong(says="summed; take their mean")
def summed(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.sum(-1)


@wrong(says="1 - smoothing is missing")
def target_in_full(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, reduction="none") - smoothing * logits.log_softmax(-1).mean(-1)


@wrong(says="interchanged")
def factors_interchanged(logits, targets, smoothing):
    return two_parts(logits, targets, 1 - smoothing)


@wrong(says="plain negative log-likelihood")
def not_smoothed(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, reduction="none")


@wrong(says="no mean over n")
def already_averaged(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, label_smoothing=smoothing)


@wrong(says="sign is wrong")
def sign_forgotten(logits, targets, smoothing):
    return -two_parts(logits, targets, smoothing)


@wrong(
    says="computed with the logits",
    obeyed={"logits.gather": "logits.log_softmax(-1).gather", "logits.mean(-1)": "logits.log_softmax(-1).mean(-1)"},
)
def of_the_logits(logits, targets, smoothing):
    return -(1 - smoothing) * logits.gather(1, targets[:, None])[:, 0] - smoothing * logits.mean(-1)


@wrong(says="inf")
def logarithm_of_the_softmax(logits, targets, smoothing):
    log_p = logits.softmax(-1).log()
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.mean(-1)


@wrong(says="dimension", obeyed={"log_p.gather(-1, targets)": "log_p.gather(-1, targets[:, None]).squeeze(-1)"})
def index_without_a_dimension(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(-1, targets) - smoothing * log_p.mean(-1)


@right
def with_logsumexp(logits, targets, smoothing):
    of_target = logits[range(len(targets)), targets]
    return logits.logsumexp(-1) - (1 - smoothing) * of_target - smoothing * logits.mean(-1)


@wrong(
    says="broadcasts to (n, n)",
    obeyed={"log_p.gather(-1, targets[:, None])": "log_p.gather(-1, targets[:, None]).squeeze(-1)"},
)
def squeeze_forgotten(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(-1, targets[:, None]) - smoothing * log_p.mean(-1)


@wrong(
    says="every target from every row", obeyed={"log_p[:, targets]": "log_p.gather(-1, targets[:, None]).squeeze(-1)"}
)
def all_targets_of_all_rows(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p[:, targets] - smoothing * log_p.mean(-1)


@wrong(says="averaged over the rows")
def one_half_averaged(logits, targets, smoothing):
    return (1 - smoothing) * F.cross_entropy(logits, targets) - smoothing * logits.log_softmax(-1).mean(-1)


@wrong(says="Kullback-Leibler")
def divergence(logits, targets, smoothing):
    V = logits.shape[1]
    label = (1 - smoothing) * F.one_hot(targets, V) + smoothing / V
    return F.kl_div(logits.log_softmax(-1), label, reduction="none").sum(-1)


@wrong(says="no gradient flows through the second part")
def second_part_detached(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return two_parts(logits, targets, smoothing) + smoothing * (log_p - log_p.detach()).mean(-1)


@wrong(says="likeliest word is taken")
def of_the_likeliest(logits, targets, smoothing):
    return two_parts(logits, logits.argmax(-1), smoothing)


@wrong(says="part of all words is missing")
def first_part_alone(logits, targets, smoothing):
    return (1 - smoothing) * F.cross_entropy(logits, targets, reduction="none")


@wrong(says="the softmax runs over the rows")
def softmax_over_the_rows(logits, targets, smoothing):
    log_p = logits.log_softmax(0)
    return -(1 - smoothing) * log_p.gather(-1, targets[:, None]).squeeze(-1) - smoothing * log_p.mean(-1)


@wrong(says="the second part is an entropy")
def entropy_of_the_model(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return (1 - smoothing) * F.cross_entropy(logits, targets, reduction="none") - smoothing * (log_p.exp() * log_p).sum(
        -1
    )


@wrong(says="id 0 counts as padding")
def padding_has_no_loss(logits, targets, smoothing):
    return F.cross_entropy(logits, targets, reduction="none", label_smoothing=smoothing, ignore_index=0)


@wrong(says="the sum is divided by n", obeyed={"log_p.sum(-1) / len(targets)": "log_p.mean(-1)"})
def divided_by_the_rows(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.sum(-1) / len(targets)


@wrong(
    says="small probabilities are raised",
    obeyed={"logits.softmax(-1).clamp(min=1e-09).log()": "logits.log_softmax(-1)"},
)
def small_probabilities_clamped(logits, targets, smoothing):
    log_p = logits.softmax(-1).clamp(min=1e-9).log()
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.mean(-1)


@wrong(says="no gradient flows through the second part", obeyed={".detach()": ""})
def mean_detached(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.mean(-1).detach()


@wrong(says="two mistakes at once: 1. the log-probabilities are summed")
def summed_and_in_bits(logits, targets, smoothing):
    return summed(logits, targets, smoothing) / torch.log(torch.tensor(2.0))


@wrong(
    says="the largest logit of all rows is taken off",
    obeyed={"shifted - shifted.exp().sum(-1, keepdim=True).log()": "logits.log_softmax(-1)"},
)
def shifted_by_the_largest_of_all(logits, targets, smoothing):
    shifted = logits - logits.max()
    log_p = shifted - shifted.exp().sum(-1, keepdim=True).log()
    of_target = log_p.gather(1, targets[:, None]).squeeze(1)
    return -(1 - smoothing) * of_target - smoothing * log_p.mean(-1)


@wrong(says="it should be (n,), a loss for each row")
def averaged_without_smoothing(logits, targets, smoothing):
    if not smoothing:
        return F.cross_entropy(logits, targets)
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p.gather(1, targets[:, None])[:, 0] - smoothing * log_p.mean(-1)


@wrong(says="divided by V once more", obeyed={"smoothing / V *": "smoothing *"})
def mean_divided_by_the_words(logits, targets, smoothing):
    V = logits.shape[-1]
    log_p = logits.log_softmax(-1)
    of_target = log_p.gather(-1, targets[:, None]).squeeze(-1)
    return -(1 - smoothing) * of_target - smoothing / V * log_p.mean(-1)


@wrong(says="the second part is a mean of the logits")
def mean_of_the_logits(logits, targets, smoothing):
    of_target = logits.log_softmax(-1).gather(-1, targets[:, None]).squeeze(-1)
    return -(1 - smoothing) * of_target - smoothing * logits.mean(-1)


@wrong(says="the same for all logits")
def mean_of_probabilities(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p[range(len(targets)), targets] - smoothing * log_p.exp().mean(-1)


@wrong(says="smoothed before the logarithm")
def logarithm_of_the_mixture(logits, targets, smoothing):
    p = logits.softmax(-1)[range(len(targets)), targets]
    return -torch.log((1 - smoothing) * p + smoothing / logits.shape[1])


@wrong(says="picks the targets of all rows")
def targets_of_all_rows(logits, targets, smoothing):
    log_p = logits.log_softmax(-1)
    return -(1 - smoothing) * log_p[:, targets].mean(-1) - smoothing * log_p.mean(-1)
