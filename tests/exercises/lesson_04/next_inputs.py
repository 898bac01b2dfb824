"""Answers to exercise 04.next_inputs."""

import torch
import torch.nn.functional as F

from tests.exercises.answers import right, wrong


@right
def with_where(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax(dim=-1))


@right
def one_after_the_other(truth, logits, ratio, coins):
    return torch.stack([truth[b] if coins[b] < ratio else logits[b].argmax() for b in range(len(truth))])


@right
def in_a_copy(truth, logits, ratio, coins):
    tokens = truth.clone()
    free = ~(coins < ratio)
    tokens[free] = logits[free].max(-1).indices
    return tokens


@wrong(says="the coin is turned round")
def truth_above_the_ratio(truth, logits, ratio, coins):
    return torch.where(coins > ratio, truth, logits.argmax(-1))


@wrong(says="each sentence has its own coin")
def a_coin_for_all(truth, logits, ratio, coins):
    return truth if coins[0] < ratio else logits.argmax(-1)


@wrong(says="only `coins < ratio` should", obeyed={"coins <= ratio": "coins < ratio"})
def or_equal(truth, logits, ratio, coins):
    return torch.where(coins <= ratio, truth, logits.argmax(-1))


@wrong(
    says="the true word is told to all",
    obeyed={"return truth": "return torch.where(coins < ratio, truth, logits.argmax(-1))"},
)
def always_forced(truth, logits, ratio, coins):
    return truth


@wrong(
    says="the model's own word is told to all",
    obeyed={"logits.argmax(-1)": "torch.where(coins < ratio, truth, logits.argmax(-1))"},
)
def never_forced(truth, logits, ratio, coins):
    return logits.argmax(-1)


@wrong(says="argmax runs over the batch", obeyed={"logits.argmax(0)[:len(truth)]": "logits.argmax(-1)"})
def over_the_batch(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax(0)[: len(truth)])


@wrong(
    says="a decimal point",
    obeyed={
        "forced * truth + (1 - forced) * logits.argmax(-1)": "torch.where(coins < ratio, truth, logits.argmax(-1))",
    },
)
def by_arithmetic(truth, logits, ratio, coins):
    forced = (coins < ratio).float()
    return forced * truth + (1 - forced) * logits.argmax(-1)


@wrong(says="compared with 0.5")
def a_fair_coin(truth, logits, ratio, coins):
    return torch.where(coins < 0.5, truth, logits.argmax(-1))


@wrong(says="something else each time")
def own_coins(truth, logits, ratio, coins):
    return torch.where(torch.rand(len(truth)) < ratio, truth, logits.argmax(-1))


@wrong(
    says="in place",
    obeyed={"truth[free] = logits[free].argmax(-1)": "truth = torch.where(free, logits.argmax(-1), truth)"},
)
def truth_overwritten(truth, logits, ratio, coins):
    free = coins >= ratio
    truth[free] = logits[free].argmax(-1)
    return truth


@wrong(says="`1 - ratio` is the share", obeyed={"1 - ratio": "ratio"})
def ratio_of_own_words(truth, logits, ratio, coins):
    return torch.where(coins < 1 - ratio, truth, logits.argmax(-1))


@wrong(says="the coins decide")
def a_share_of_the_batch(truth, logits, ratio, coins):
    forced = round(ratio * len(truth))
    return torch.cat([truth[:forced], logits.argmax(-1)[forced:]])


@wrong(
    says="asks each sentence's coin",
    obeyed={"truth if coins < ratio else logits.argmax(-1)": "torch.where(coins < ratio, truth, logits.argmax(-1))"},
)
def an_if_for_the_batch(truth, logits, ratio, coins):
    return truth if coins < ratio else logits.argmax(-1)


@wrong(says="leave out `keepdim`")
def own_words_in_a_column(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax(-1, keepdim=True))


@wrong(says="The condition is a comparison")
def condition_of_numbers(truth, logits, ratio, coins):
    return torch.where((coins < ratio).float(), truth, logits.argmax(-1))


@wrong(says="at least 1 - ratio")
def large_coins_tell_the_truth(truth, logits, ratio, coins):
    return torch.where(coins >= 1 - ratio, truth, logits.argmax(-1))


@wrong(says="argmax runs over the batch", obeyed={"logits.argmax(0)": "logits.argmax(-1)"})
def over_a_square(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax(0))


@wrong(says="`<pad>` in `truth`")
def padding_always_told(truth, logits, ratio, coins):
    return torch.where((coins < ratio) | (truth == 0), truth, logits.argmax(-1))


@wrong(says="exp of large logits is inf")
def odds_compared(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.exp().argmax(-1))


@wrong(says="the largest logit is taken", obeyed={"logits.max(-1).values.long()": "logits.argmax(-1)"})
def value_for_its_place(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.max(-1).values.long())


@wrong(says="the batch dimension is gone", obeyed={"tokens.squeeze()": "tokens"})
def batch_of_one_squeezed(truth, logits, ratio, coins):
    tokens = torch.where(coins < ratio, truth, logits.argmax(-1))
    return tokens.squeeze()


@wrong(says="one argmax is taken for the whole batch", obeyed={"logits.argmax()": "logits.argmax(-1)"})
def argmax_of_all(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.argmax())


@wrong(says="the softmax runs over the batch")
def softmax_over_the_batch(truth, logits, ratio, coins):
    own = F.softmax(logits, dim=0).argmax(-1)
    return torch.where(coins < ratio, truth, own)


@wrong(says="numbers for all words come back", obeyed={"truth, logits)": "truth, logits.argmax(-1))"})
def argmax_forgotten(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits)


@wrong(says="numbers for all words come back", obeyed={"logits.softmax(-1)": "logits.argmax(-1)"})
def softmax_for_argmax(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.softmax(-1))


@wrong(says="The condition is a comparison", obeyed={"where(ratio,": "where(coins < ratio,"})
def ratio_as_condition(truth, logits, ratio, coins):
    return torch.where(ratio, truth, logits.argmax(-1))


@wrong(says="the first sentences are told the truth")
def first_rows_by_their_share(truth, logits, ratio, coins):
    first = torch.arange(len(truth)) < ratio * len(truth)
    return torch.where(first, truth, logits.argmax(-1))


@wrong(says="a `ratio` of 0 tells all the truth")
def zero_for_none(truth, logits, ratio, coins):
    return with_where(truth, logits, ratio or 1.0, coins)


@wrong(says="`ratio` is rounded down")
def whole_ratio(truth, logits, ratio, coins):
    return with_where(truth, logits, int(ratio), coins)


@wrong(says="`ratio` is taken for percent")
def percent(truth, logits, ratio, coins):
    return with_where(truth, logits, ratio, 100 * coins)


@wrong(says="the sigmoid of large logits is 1")
def likeliest_by_a_sigmoid(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits.sigmoid().argmax(-1))


@wrong(says="`<pad>` is never the model's own word")
def padding_never_said(truth, logits, ratio, coins):
    return torch.where(coins < ratio, truth, logits[:, 1:].argmax(-1) + 1)


@wrong(says="one-hot vectors come back")
def one_hot(truth, logits, ratio, coins):
    return F.one_hot(with_where(truth, logits, ratio, coins), logits.shape[-1])
