"""Answers to exercise 00.softmax."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def largest_subtracted(logits):
    exponentials = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    return exponentials / exponentials.sum(dim=1, keepdim=True)


@right
def through_logsumexp(logits):
    return torch.exp(logits - torch.logsumexp(logits, dim=-1, keepdim=True))


@right
def row_by_row(logits):
    rows = []
    for row in logits:
        e = torch.exp(row - row.max())
        rows.append(e / e.sum())
    return torch.stack(rows)


@right
def on_the_transpose(logits):
    z = logits.T - logits.max(dim=1)[0]
    return (z.exp() / z.exp().sum(0)).T


@wrong(
    says="inf / inf",
    obeyed={"logits.exp()": "(logits - logits.max(-1, keepdim=True).values).exp()"},
)
def by_the_formula(logits):
    return logits.exp() / logits.exp().sum(-1, keepdim=True)


@wrong(says="sums over the batch")
def over_the_batch(logits):
    e = torch.exp(logits - logits.max())
    return e / e.sum(0)


@wrong(says="`sum(-1, keepdim=True)`", obeyed={"e.sum(1)": "e.sum(-1, keepdim=True)"})
def sums_without_keepdim(logits):
    e = torch.exp(logits)
    return e / e.sum(1)


@wrong(says="subtracted from columns", obeyed={"logits.max(1)": "logits.max(1, keepdim=True)"})
def maxima_without_keepdim(logits):
    e = torch.exp(logits - logits.max(1).values)
    return e / e.sum(1, keepdim=True)


@wrong(says="whole batch sums to 1")
def over_everything(logits):
    e = torch.exp(logits - logits.max())
    return e / e.sum()


@wrong(says="subtracted from the whole batch")
def largest_of_the_batch(logits):
    e = torch.exp(logits - logits.max())
    return e / e.sum(-1, keepdim=True)


@wrong(says="the largest logit of each row")
def smallest_subtracted(logits):
    e = torch.exp(logits - logits.min(-1, keepdim=True).values)
    return e / e.sum(-1, keepdim=True)


@wrong(says="do not cut them off")
def logits_clamped(logits):
    e = torch.exp(logits.clamp(-50, 50))
    return e / e.sum(-1, keepdim=True)


@wrong(says="exponential is missing")
def shares_of_the_logits(logits):
    return logits / logits.sum(-1, keepdim=True)


@wrong(says="divide each row by its own sum")
def exponentials_alone(logits):
    return torch.exp(logits)


@wrong(says="logarithm of the softmax")
def log_softmax(logits):
    return F.log_softmax(logits, dim=-1)


@wrong(says="sigmoid of each logit")
def sigmoids(logits):
    return torch.sigmoid(logits)


@wrong(says="1 for the largest")
def hard_maximum(logits):
    return F.one_hot(logits.argmax(1), logits.shape[1]).to(logits.dtype)


@wrong(says="sign is turned")
def softmin(logits):
    return torch.softmax(-logits, dim=-1)


@wrong(
    says="subtract `.values`",
    obeyed={"logits.max(dim=1, keepdim=True)": "logits.max(dim=1, keepdim=True).values"},
)
def the_pair_that_max_returns(logits):
    e = torch.exp(logits - logits.max(dim=1, keepdim=True))
    return e / e.sum(dim=1, keepdim=True)


@wrong(says="`logits` in place", obeyed={"logits -= ": "logits = logits - "})
def subtracts_in_place(logits):
    logits -= logits.max(-1, keepdim=True).values
    e = logits.exp()
    return e / e.sum(-1, keepdim=True)


@wrong(says="detached")
def softmax_without_gradient(logits):
    with torch.no_grad():
        e = torch.exp(logits - logits.amax(-1, keepdim=True))
        return e / e.sum(-1, keepdim=True)


@wrong(says="sum of the logits")
def divided_by_the_sum_of_logits(logits):
    return logits.exp() / logits.sum(-1, keepdim=True)


@wrong(says="returns None")
def softmax_not_returned(logits):
    e = torch.exp(logits)
    e /= e.sum(-1, keepdim=True)


@wrong(says="1 too many in the denominator")
def as_the_sigmoid_has_it(logits):
    exponentials = logits.exp()
    return exponentials / (1 + exponentials.sum(-1, keepdim=True))


@wrong(says="inside the loop")
def first_row_only(logits):
    for row in logits:
        return row.softmax(0)


@wrong(says="`sum(-1, keepdim=True)`", obeyed={"e.sum(dim=-1)": "e.sum(-1, keepdim=True)"})
def only_the_sums_without_keepdim(logits):
    e = torch.exp(logits - logits.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1)


@wrong(
    says="two mistakes at once",
    obeyed={
        "e.sum(dim=-1)": "e.sum(-1, keepdim=True)",
        "logits.max(dim=-1).values": "logits.max(dim=-1, keepdim=True).values",
    },
)
def both_without_keepdim(logits):
    e = torch.exp(logits - logits.max(dim=-1).values)
    return e / e.sum(dim=-1)


@wrong(says="largest of each column")
def largest_of_each_column(logits):
    e = torch.exp(logits - logits.max(dim=0, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)


@wrong(says="the result is transposed")
def never_transposed_back(logits):
    e = torch.exp(logits.T - logits.max(dim=-1).values)
    return e / e.sum(dim=0)


@wrong(says="negative or not")
def largest_absolute_value(logits):
    e = torch.exp(logits - logits.abs().max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)


@wrong(says="of `max` the `.values`", obeyed={".indices": ".values"})
def index_of_the_largest_subtracted(logits):
    e = torch.exp(logits - logits.max(-1, keepdim=True).indices)
    return e / e.sum(-1, keepdim=True)


@wrong(says="exponential is missing")
def largest_subtracted_and_no_exp(logits):
    z = logits - logits.max(-1, keepdim=True).values
    return z / z.sum(-1, keepdim=True)


@wrong(says="exponential is missing")
def largest_subtracted_alone(logits):
    return logits - logits.max(-1, keepdim=True).values


@wrong(says="subtracted after exp")
def largest_subtracted_after_exp(logits):
    e = logits.exp()
    e = e - e.max(-1, keepdim=True).values
    return e / e.sum(-1, keepdim=True)


@wrong(says="subtracted after exp")
def largest_logit_subtracted_after_exp(logits):
    e = logits.exp() - logits.max(-1, keepdim=True).values
    return e / e.sum(-1, keepdim=True)


@wrong(says="sigmoids are divided by their sum")
def shares_of_sigmoids(logits):
    return logits.sigmoid() / logits.sigmoid().sum(-1, keepdim=True)


@wrong(says="a 1 too many")
def one_more_in_the_denominator(logits):
    exponentials = (logits - logits.amax(-1, keepdim=True)).exp()
    return exponentials / (exponentials.sum(-1, keepdim=True) + 1)


@wrong(says="they share what the others leave")
def ties_counted_twice(logits):
    shares = logits.softmax(-1)
    largest = logits == logits.amax(-1, keepdim=True)
    return torch.where(largest, 1 - shares.masked_fill(largest, 0).sum(-1, keepdim=True), shares)
