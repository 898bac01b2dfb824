"""Answers to exercise 02.next_word_loss."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong
from tests.exercises.lesson_02.shared import EOS, PAD


@right
def flattened(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@right
def classes_second(model, ids):
    logits, _ = model(ids)
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), ids[:, 1:], ignore_index=0)


@right
def by_hand_with_a_mask(model, ids):
    logits = model(ids[:, :-1])[0]
    targets = ids[:, 1:]
    log_p = logits - logits.logsumexp(-1, keepdim=True)
    nll = -log_p.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    real = targets != 0
    return (nll * real).sum() / real.sum()


@right
def word_after_word(model, ids):
    logits, _ = model(ids[:, :-1])
    losses = [
        F.cross_entropy(logits[b, t], ids[b, t + 1])
        for b in range(len(ids))
        for t in range(ids.shape[1] - 1)
        if ids[b, t + 1] != PAD
    ]
    return torch.stack(losses).mean()


@wrong(says="not shifted", obeyed={"model(ids)": "model(ids[:, :-1])", "ids.flatten()": "ids[:, 1:].flatten()"})
def predicts_its_own_input(model, ids):
    logits, _ = model(ids)
    return F.cross_entropy(logits.flatten(0, 1), ids.flatten(), ignore_index=0)


@wrong(says="not shifted", obeyed={"model(ids[:, 1:])": "model(ids[:, :-1])"})
def both_cut_at_the_front(model, ids):
    logits, _ = model(ids[:, 1:])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@wrong(
    says="shifted the wrong way",
    obeyed={
        "ids[:, :-1].flatten()": "ids[:, 1:].flatten()",
        "model(ids[:, 1:])": "model(ids[:, :-1])",
    },
)
def predicts_the_word_before(model, ids):
    logits, _ = model(ids[:, 1:])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, :-1].flatten(), ignore_index=0)


@wrong(says="padding counts", obeyed={"ids[:, 1:].flatten()": "ids[:, 1:].flatten(), ignore_index=0"})
def padding_counted(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())


@wrong(says="still counted when you divide")
def divided_by_all(model, ids):
    logits, _ = model(ids[:, :-1])
    nll = F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], ignore_index=0, reduction="none")
    return nll.mean()


@wrong(says="mean of the sentences' means")
def mean_of_means(model, ids):
    logits, _ = model(ids[:, :-1])
    return torch.stack([F.cross_entropy(z, y, ignore_index=0) for z, y in zip(logits, ids[:, 1:], strict=True)]).mean()


@wrong(says="losses are summed")
def summed(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0, reduction="sum")


@wrong(says="`<eos>` is left out")
def eos_ignored(model, ids):
    logits, _ = model(ids[:, :-1])
    targets = ids[:, 1:]
    real = (targets != PAD) & (targets != EOS)
    return F.cross_entropy(logits[real], targets[real])


@wrong(says="`reshape` do not transpose", obeyed={"logits.reshape(B, V, T)": "logits.transpose(1, 2)"})
def viewed_as_classes_second(model, ids):
    logits, _ = model(ids[:, :-1])
    B, T, V = logits.shape
    return F.cross_entropy(logits.reshape(B, V, T), ids[:, 1:], ignore_index=0)


@wrong(says="`targets.flatten()`", obeyed={"logits, ids[:, 1:]": "logits.flatten(0, 1), ids[:, 1:].flatten()"})
def not_flattened(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits, ids[:, 1:], ignore_index=0)


@wrong(says="returns two things", obeyed={"logits = model": "logits, state = model"})
def the_tuple_as_logits(model, ids):
    logits = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@wrong(says="can't be viewed", obeyed={"ids[:, 1:].view(-1)": "ids[:, 1:].reshape(-1)"})
def view_of_a_slice(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.view(-1, logits.shape[-1]), ids[:, 1:].view(-1), ignore_index=0)


@wrong(says="applied twice", obeyed={"logits.softmax(-1)": "logits"})
def softmax_first(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.softmax(-1).flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)


@wrong(says="perplexity comes back")
def perplexity_returned(model, ids):
    return flattened(model, ids).exp()


@wrong(says="sign is missing")
def likelihood_not_loss(model, ids):
    return -flattened(model, ids)


@wrong(
    says="leaves the range",
    obeyed={
        "-p[torch.arange(len(p)), ids[:, 1:][real]].log().mean()": "F.cross_entropy(logits[real], ids[:, 1:][real])"
    },
)
def log_of_softmax(model, ids):
    logits, _ = model(ids[:, :-1])
    real = ids[:, 1:] != 0
    p = logits.softmax(-1)[real]
    return -p[torch.arange(len(p)), ids[:, 1:][real]].log().mean()


@wrong(says="only the last word")
def last_word_only(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits[:, -1], ids[:, -1], ignore_index=0)


@wrong(says="detached")
def a_number_without_gradient(model, ids):
    return flattened(model, ids).detach()


@wrong(says="got a float")
def by_item(model, ids):
    return flattened(model, ids).item()


@wrong(says="`<unk>` (id 1) is left out")
def unknown_words_left_out(model, ids):
    logits, _ = model(ids[:, :-1])
    targets = ids[:, 1:]
    real = targets > 1
    return F.cross_entropy(logits[real], targets[real])


@wrong(
    says="a small number is added",
    obeyed={"-(p + 1e-09).log()[real].mean()": "F.cross_entropy(logits[real], targets[real])"},
)
def probability_kept_above_zero(model, ids):
    logits, _ = model(ids[:, :-1])
    targets = ids[:, 1:]
    real = targets != 0
    p = logits.softmax(-1).gather(-1, targets[..., None])[..., 0]
    return -(p + 1e-9).log()[real].mean()


@wrong(says="leaves the range", obeyed={"-p.log()[real].mean()": "F.cross_entropy(logits[real], targets[real])"})
def softmax_by_hand(model, ids):
    logits, _ = model(ids[:, :-1])
    targets = ids[:, 1:]
    real = targets != 0
    p = (logits.exp() / logits.exp().sum(-1, keepdim=True)).gather(-1, targets[..., None])[..., 0]
    return -p.log()[real].mean()


@wrong(says="flattened in different orders", obeyed={"ids[:, 1:].T.reshape(-1)": "ids[:, 1:].flatten()"})
def targets_step_by_step(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].T.reshape(-1), ignore_index=0)


@wrong(says="length of its first row")
def cut_at_the_first_row(model, ids):
    return flattened(model, ids[:, : int((ids[0] != 0).sum())])


@wrong(says="the first word after `<sos>` is not counted")
def first_word_not_counted(model, ids):
    logits, _ = model(ids[:, :-1])
    return F.cross_entropy(logits[:, 1:].flatten(0, 1), ids[:, 2:].flatten(), ignore_index=0)


@wrong(
    says="two mistakes at once: 1. `<eos>` is left out",
    obeyed={" & (targets != EOS)": "", "logits.softmax(-1)": "logits"},
)
def softmax_first_and_eos_ignored(model, ids):
    logits, _ = model(ids[:, :-1])
    targets = ids[:, 1:]
    real = (targets != PAD) & (targets != EOS)
    return F.cross_entropy(logits.softmax(-1)[real], targets[real])


@wrong(
    says="flattened in different orders",
    obeyed={
        "logits.transpose(0, 1).reshape(-1, V)": "logits.flatten(0, 1)",
        "ids[:, 1:].reshape(-1)": "targets.flatten()",
        "V = logits.shape[-1]": "targets = ids[:, 1:]",
    },
)
def logits_step_by_step(model, ids):
    logits, _ = model(ids[:, :-1])
    V = logits.shape[-1]
    return F.cross_entropy(logits.transpose(0, 1).reshape(-1, V), ids[:, 1:].reshape(-1), ignore_index=PAD)


@wrong(says="mean of the steps' means")
def mean_of_the_steps(model, ids):
    targets = ids[:, 1:]
    logits, _ = model(ids[:, :-1])
    losses = []
    for t in range(targets.shape[1]):
        real = targets[:, t] != PAD
        if real.any():
            losses.append(F.cross_entropy(logits[:, t][real], targets[:, t][real]))
    return torch.stack(losses).mean()


@wrong(says="leaves `<pad>` out")
def padding_has_no_logit(model, ids):
    targets = ids[:, 1:]
    logits, _ = model(ids[:, :-1])
    real = targets != PAD
    return F.cross_entropy(logits[real][:, 1:], targets[real] - 1)


@wrong(says="leaves `<pad>` out")
def padding_made_impossible(model, ids):
    targets = ids[:, 1:]
    logits = model(ids[:, :-1])[0].clone()
    logits[..., PAD] = float("-inf")
    return F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=PAD)


@wrong(says="`<sos>` too; divide by the number of targets")
def divided_by_the_length_of_the_rows(model, ids):
    logits, _ = model(ids[:, :-1])
    total = F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], ignore_index=PAD, reduction="sum")
    return total / (ids != PAD).sum()


@wrong(
    says="sentences are shifted against each other",
    obeyed={"ids[:-1], ids[1:]": "ids[:, :-1], ids[:, 1:]"},
)
def sentences_shifted(model, ids):
    inputs, targets = ids[:-1], ids[1:]
    logits, _ = model(inputs)
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)


@wrong(says="two things", obeyed={"logits = model": "logits, state = model"})
def not_unpacked_and_chosen(model, ids):
    logits = model(ids[:, :-1])
    real = ids[:, 1:] != PAD
    return F.cross_entropy(logits[real], ids[:, 1:][real])


@wrong(says="only the padding counts")
def mask_turned_round(model, ids):
    logits, _ = model(ids[:, :-1])
    targets = ids[:, 1:]
    return F.cross_entropy(logits[targets == PAD], targets[targets == PAD])


@wrong(says="the model is called 5 times")
def once_for_each_beginning(model, ids):
    logits = torch.stack([model(ids[:, :t])[0][:, -1] for t in range(1, ids.shape[1])], dim=1)
    return F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], ignore_index=PAD)


@wrong(says="a column alone may be nothing but padding")
def once_for_each_word(model, ids):
    logits = torch.cat([model(ids[:, t : t + 1])[0] for t in range(ids.shape[1] - 1)], dim=1)
    return F.cross_entropy(logits.transpose(1, 2), ids[:, 1:], ignore_index=PAD)


@wrong(says="leaves `model` in another mode", obeyed={"model.eval()": "pass"})
def left_in_evaluation(model, ids):
    if hasattr(model, "eval"):
        model.eval()
    return flattened(model, ids)
