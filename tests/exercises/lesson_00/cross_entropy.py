"""Answers to exercise 00.cross_entropy."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def gathered_from_log_softmax(logits, labels):
    log_p = logits.log_softmax(dim=1)
    return -log_p.gather(1, labels.unsqueeze(1)).mean()


@right
def one_hot_times_log_softmax(logits, labels):
    targets = F.one_hot(labels, logits.shape[1]).to(logits.dtype)
    return -(targets * F.log_softmax(logits, dim=-1)).sum(dim=1).mean()


@right
def shifted_by_hand(logits, labels):
    shifted = logits - logits.amax(1, keepdim=True)
    log_p = shifted - shifted.exp().sum(1, keepdim=True).log()
    return -log_p[range(len(labels)), labels].mean()


@right
def one_example_at_a_time(logits, labels):
    losses = [torch.logsumexp(z, 0) - z[y] for z, y in zip(logits, labels, strict=True)]
    return sum(losses) / len(losses)


@wrong(says="summed; take the mean")
def summed_over_the_batch(logits, labels):
    return F.cross_entropy(logits, labels, reduction="sum")


@wrong(says="one loss for each example")
def not_averaged(logits, labels):
    return logits.logsumexp(1) - logits[torch.arange(len(labels)), labels]


@wrong(says="sign is missing")
def the_log_likelihood(logits, labels):
    return logits.log_softmax(1)[torch.arange(len(labels)), labels].mean()


@wrong(says="logarithm is missing")
def minus_the_probability(logits, labels):
    return -logits.softmax(1)[torch.arange(len(labels)), labels].mean()


@wrong(
    says="`logits.logsumexp(-1)` is missing",
    obeyed={"-logits[": "(logits.logsumexp(-1) - logits[", "labels].mean()": "labels]).mean()"},
)
def minus_the_logit(logits, labels):
    return -logits[torch.arange(len(labels)), labels].mean()


@wrong(says="the log is taken of the logits")
def log_of_the_logit(logits, labels):
    return -logits[torch.arange(len(labels)), labels].log().mean()


@wrong(says="applied twice")
def probabilities_into_cross_entropy(logits, labels):
    return F.cross_entropy(torch.softmax(logits, dim=1), labels)


@wrong(says="over the batch")
def softmax_over_examples(logits, labels):
    log_p = F.log_softmax(logits, dim=0)
    return -log_p[torch.arange(len(labels)), labels].mean()


@wrong(says="all B x C elements")
def one_hot_and_the_mean_of_everything(logits, labels):
    targets = F.one_hot(labels, logits.shape[1])
    return -(targets * logits.log_softmax(1)).mean()


@wrong(says="all C classes")
def every_class_counts(logits, labels):
    return -logits.log_softmax(1).mean()


@wrong(says="(B, B)", obeyed={"[:, labels]": "[torch.arange(len(labels)), labels]"})
def a_column_for_each_label(logits, labels):
    return -logits.log_softmax(1)[:, labels].mean()


@wrong(says="class 0")
def first_column(logits, labels):
    return -logits.log_softmax(1)[:, 0].mean()


@wrong(says="most probable class")
def surest_class(logits, labels):
    return -logits.log_softmax(1).max(1).values.mean()


@wrong(says="shifted by one")
def labels_from_one(logits, labels):
    return F.cross_entropy(logits, (labels - 1) % logits.shape[1])


@wrong(says="rounds to 0")
def softmax_and_then_log(logits, labels):
    p = logits.softmax(1)
    return -p[torch.arange(len(labels)), labels].log().mean()


@wrong(says="no clamp and no epsilon")
def with_an_epsilon(logits, labels):
    p = logits.softmax(1)
    return -torch.log(p[torch.arange(len(labels)), labels] + 1e-9).mean()


@wrong(says="rounds to 0")
def exponentials_that_overflow(logits, labels):
    return (logits.exp().sum(1).log() - logits[torch.arange(len(labels)), labels]).mean()


@wrong(says="take each log first")
def log_of_the_mean(logits, labels):
    return -torch.log(logits.softmax(1)[torch.arange(len(labels)), labels].mean())


@wrong(says="squared difference")
def mean_squared_error(logits, labels):
    return F.mse_loss(logits.softmax(1), F.one_hot(labels, logits.shape[1]).to(logits.dtype))


@wrong(says="`labels[:, None]`", obeyed={"gather(1, labels)": "gather(1, labels[:, None])"})
def gather_with_flat_labels(logits, labels):
    return -logits.log_softmax(1).gather(1, labels).mean()


@wrong(says="no gradient could flow")
def a_python_number(logits, labels):
    return F.cross_entropy(logits, labels).item()


@wrong(says="base 2")
def in_bits(logits, labels):
    return -logits.softmax(1).log2()[torch.arange(len(labels)), labels].mean()


@wrong(says="returns None")
def loss_not_returned(logits, labels):
    loss = F.cross_entropy(logits, labels)


@wrong(says="sigmoid for each class alone")
def binary_cross_entropy(logits, labels):
    return F.binary_cross_entropy_with_logits(logits, F.one_hot(labels, logits.shape[1]).to(logits.dtype))


@wrong(says="only the first example")
def first_example_only(logits, labels):
    for row, label in zip(logits, labels, strict=True):
        return row.logsumexp(0) - row[label]


@wrong(
    says="the logit of the label is missing",
    obeyed={"logits.logsumexp(-1)": "(logits.logsumexp(-1) - logits[torch.arange(len(labels)), labels])"},
)
def first_part_alone(logits, labels):
    return logits.logsumexp(-1).mean()


@wrong(
    says="picks rows; it should be `[torch.arange(len(labels)), labels]`",
    obeyed={"[labels]": "[torch.arange(len(labels)), labels]"},
)
def a_row_for_each_label(logits, labels):
    return -logits.log_softmax(1)[labels].mean()


@wrong(says="label 0 are left out")
def label_0_taken_for_padding(logits, labels):
    return F.cross_entropy(logits, labels, ignore_index=0)


@wrong(says="divided by C")
def divided_by_the_classes(logits, labels):
    return F.cross_entropy(logits, labels, reduction="sum") / logits.shape[1]


@wrong(says="in one of the two parts")
def largest_not_added_again(logits, labels):
    z = logits - logits.max(dim=-1, keepdim=True).values
    return (z.exp().sum(dim=-1).log() - logits[torch.arange(len(labels)), labels]).mean()


@wrong(says="1. the sign is missing: the loss is minus the log of the probability. 2. the logarithm has the base 2")
def log_likelihood_in_bits(logits, labels):
    return logits.softmax(1).log2()[torch.arange(len(labels)), labels].mean()


@wrong(
    says="row and column of the label are interchanged",
    obeyed={"logits.gather(0, labels.unsqueeze(0)).squeeze(0)": "logits[torch.arange(len(labels)), labels]"},
)
def gathered_along_the_batch(logits, labels):
    of_label = logits.gather(0, labels.unsqueeze(0)).squeeze(0)
    return (logits.logsumexp(dim=-1) - of_label).mean()


@wrong(
    says="row and column of the label are interchanged",
    obeyed={"[labels, torch.arange(len(labels))]": "[torch.arange(len(labels)), labels]"},
)
def label_before_the_example(logits, labels):
    return -logits.log_softmax(1)[labels, torch.arange(len(labels))].mean()


@wrong(says="picks rows; it should be", obeyed={"logits[labels]": "logits[torch.arange(len(labels)), labels]"})
def rows_of_the_logits(logits, labels):
    return (logits.logsumexp(-1) - logits[labels]).mean()


@wrong(says="over the batch, not over the classes", obeyed={"logsumexp(dim=0)": "logsumexp(dim=-1)"})
def logsumexp_over_the_batch(logits, labels):
    return (logits.logsumexp(dim=0) - logits[torch.arange(len(labels)), labels]).mean()


@wrong(says="the logit of the label is added")
def plus_for_minus(logits, labels):
    return (logits.logsumexp(-1) + logits[torch.arange(len(labels)), labels]).mean()


@wrong(says="base 2 or 10")
def with_log10(logits, labels):
    return -logits.softmax(1).log10()[torch.arange(len(labels)), labels].mean()


@wrong(says="over the classes of each row", obeyed={"logsumexp()": "logsumexp(dim=-1)"})
def logsumexp_without_dim(logits, labels):
    return (logits.logsumexp() - logits[torch.arange(len(labels)), labels]).mean()


@wrong(says="the largest logit alone")
def largest_for_logsumexp(logits, labels):
    return (logits.amax(1) - logits[torch.arange(len(labels)), labels]).mean()


@wrong(says="perplexity")
def perplexity(logits, labels):
    return F.cross_entropy(logits, labels).exp()


@wrong(says="the last example is left out")
def last_example_left_out(logits, labels):
    losses = F.cross_entropy(logits, labels, reduction="none")
    return losses[:-1].mean()


@wrong(says="squared difference")
def squares_summed_over_the_classes(logits, labels):
    return (logits.softmax(1) - F.one_hot(labels, logits.shape[1])).square().sum(1).mean()


@wrong(says="a sigmoid for each class alone")
def sigmoids_summed_over_the_classes(logits, labels):
    one_hot = F.one_hot(labels, logits.shape[1]).float()
    return F.binary_cross_entropy_with_logits(logits, one_hot, reduction="sum") / len(labels)


@wrong(says="A batch of one is a batch")
def labels_squeezed(logits, labels):
    labels = labels.squeeze()
    return (logits.logsumexp(-1) - logits[torch.arange(len(labels)), labels]).mean()
