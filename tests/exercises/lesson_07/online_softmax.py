"""Answers to exercise 07.online_softmax."""

import torch

from tests.exercises.answers import right, wrong


@right
def with_zero_where_nothing_is_seen(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.max(dim=-1, keepdim=True).values)
    shift = torch.where(new.isinf(), torch.zeros_like(new), new)
    old = torch.exp(m - shift)
    weights = torch.exp(scores - shift)
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


@wrong(says="the gradient is nan where nothing is seen")
def with_nan_to_num(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    old = (m - new).exp().nan_to_num(0)
    weights = (scores - new).exp().nan_to_num(0)
    return new, old * total + weights.sum(-1, keepdim=True), old * c + torch.matmul(weights, values)


def step(scores, values, state, new=None, total=True, context=True, turned=False):
    m, l, c = state  # noqa: E741
    n = torch.maximum(m, scores.amax(-1, keepdim=True)) if new is None else new(m, scores)
    old = (n - m).exp() if turned else (m - n).exp()
    weights = (scores - n).exp()
    return n, l * (old if total else 1) + weights.sum(-1, keepdim=True), c * (old if context else 1) + weights @ values


@wrong(says="what came before is not corrected")
def nothing_corrected(scores, values, state):
    return step(scores, values, state, total=False, context=False)


@wrong(says="the sum so far is not corrected")
def sum_not_corrected(scores, values, state):
    return step(scores, values, state, total=False)


@wrong(says="the context so far is not corrected")
def context_not_corrected(scores, values, state):
    return step(scores, values, state, context=False)


@wrong(says="take the larger of it and the old m")
def maximum_of_the_block(scores, values, state):
    return step(scores, values, state, new=lambda m, s: s.amax(-1, keepdim=True))


@wrong(says="over all queries", obeyed={"s.max()": "s.max(-1, keepdim=True).values"})
def one_maximum_for_all(scores, values, state):
    return step(scores, values, state, new=lambda m, s: torch.maximum(m, s.max()))


@wrong(says="-inf - -inf is nan")
def nothing_seen_is_nan(scores, values, state):
    return step(scores, values, state)


@wrong(says="no maximum is subtracted")
def no_maximum(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    old, weights = (m - new).exp(), scores.exp()
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


@wrong(says="only at the end is anything divided")
def softmax_of_the_block(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    old, weights = (m - new).exp(), scores.softmax(-1)
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


@wrong(says="comes after the last block")
def divided_already(scores, values, state):
    m, total, c = with_zero_where_nothing_is_seen(scores, values, state)
    return m, total, c / total


@wrong(says="interchanged")
def context_before_the_sum(scores, values, state):
    m, total, c = with_zero_where_nothing_is_seen(scores, values, state)
    return m, c, total


@wrong(says="the three of the next state")
def context_alone(scores, values, state):
    m, total, c = with_zero_where_nothing_is_seen(scores, values, state)
    return c / total


@wrong(says="add the old l and c, times e^(m - m')")
def begun_anew(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    weights = (scores - new).exp()
    return new, weights.sum(-1, keepdim=True), weights @ values


@wrong(says="the wrong way round")
def correction_turned(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    old = torch.where(m.isinf(), torch.zeros_like(m), (new - m).exp())
    weights = (scores - new).exp()
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


def seen(scores, values, state, exp=torch.exp, weights=None, keepdim=True):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    shift = new.masked_fill(new.isinf(), 0)
    old, w = exp(m - shift), exp(scores - shift) if weights is None else weights(scores, shift, new)
    return new, total * old + w.sum(-1, keepdim=keepdim), c * old + w @ values


@wrong(says="the sum of the block should be one number for each query", obeyed={"keepdim=False": "keepdim=True"})
def sum_without_keepdim(scores, values, state):
    return seen(scores, values, state, keepdim=False)


@wrong(says="a hidden score becomes 0")
def zero_for_the_hidden(scores, values, state):
    hidden = lambda s, shift, new: (s.masked_fill(s.isinf(), 0) - shift).exp().masked_fill(new.isinf(), 0)
    return seen(scores, values, state, weights=hidden)


@wrong(says="each e^0 = 1 counts")
def nan_made_zero_too_early(scores, values, state):
    return seen(scores, values, state, weights=lambda s, shift, new: (s - new).nan_to_num(nan=0.0).exp())


@wrong(says="it should stay -inf")
def maximum_of_nothing_is_zero(scores, values, state):
    m, total, c = seen(scores, values, state)
    return m.masked_fill(m.isinf(), 0), total, c


@wrong(says="each has its own")
def one_that_sees_nothing_empties_all(scores, values, state):
    m, total, c = seen(scores, values, state)
    return (m, total * 0, c * 0) if m.isinf().any() else (m, total, c)


@wrong(says="its scores count, too")
def nothing_larger_passed_over(scores, values, state):
    return state if (scores.amax(-1, keepdim=True) <= state[0]).all() else seen(scores, values, state)


@wrong(says="count dimensions from behind")
def fourth_dimension(scores, values, state):
    return scores.max(3, keepdim=True).values, *seen(scores, values, state)[1:]


@wrong(
    says="two mistakes at once: 1. the sum of the block should be one number for each query",
    obeyed={"keepdim=False": "keepdim=True", "return (m, c, total)": "return (m, total, c)"},
)
def context_first_and_no_keepdim(scores, values, state):
    m, total, c = seen(scores, values, state, keepdim=False)
    return m, c, total


@wrong(says="where a whole block is hidden, what was summed before is lost")
def emptied_where_the_block_is_hidden(scores, values, state):
    m, total, c = state
    largest = scores.max(-1, keepdim=True).values
    new = torch.maximum(m, largest)
    factor, weights = torch.exp(m - new), torch.exp(scores - new)
    empty = largest.isinf()
    total = (total * factor + weights.sum(-1, keepdim=True)).masked_fill(empty, 0)
    return new, total, (c * factor + weights @ values).masked_fill(empty, 0)


@wrong(says="a large negative number")
def a_large_negative_number_for_the_hidden(scores, values, state):
    m, total, c = state
    scores = scores.masked_fill(scores.isinf(), -1e9)
    new = torch.maximum(m, scores.max(-1, keepdim=True).values)
    factor, weights = torch.exp(m - new), torch.exp(scores - new)
    return new, total * factor + weights.sum(-1, keepdim=True), c * factor + weights @ values


@wrong(says="one hidden key sets l' and c' to 0")
def emptied_where_any_is_hidden(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.max(-1, keepdim=True).values)
    factor, weights = torch.exp(m - new), torch.exp(scores - new)
    hidden = scores.isinf().any(-1, keepdim=True)
    total = (total * factor + weights.sum(-1, keepdim=True)).masked_fill(hidden, 0)
    return new, total, (c * factor + weights @ values).masked_fill(hidden, 0)


@wrong(says="the sum of the block should be one number for each query", obeyed={"w.sum(-2": "w.sum(-1"})
def sum_over_the_queries(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    shift = new.masked_fill(new.isinf(), 0)
    old, w = (m - shift).exp(), (scores - shift).exp()
    return new, total * old + w.sum(-2, keepdim=True), c * old + w @ values


@wrong(says="the correction is the wrong way round")
def correction_turned_with_nothing_hidden(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    shift = new.masked_fill(new.isinf(), 0)
    old, w = (shift - m).exp(), (scores - shift).exp()
    return new, total * old + w.sum(-1, keepdim=True), c * old + w @ values


@wrong(says="an exponential is left out")
def correction_without_exp(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    shift = new.masked_fill(new.isinf(), 0)
    old, w = m - shift, (scores - shift).exp()
    return new, total * old + w.sum(-1, keepdim=True), c * old + w @ values


@wrong(says="the old maximum is subtracted from the scores")
def scores_less_the_old_maximum(scores, values, state):
    return seen(scores, values, state, weights=lambda s, shift, new: (s - state[0]).exp())


@wrong(says="the old maximum is given back")
def old_maximum_given_back(scores, values, state):
    return state[0], *seen(scores, values, state)[1:]


@wrong(says="context and sum are interchanged")
def taken_apart_in_another_order(scores, values, state):
    m, c, total = state
    new, total, c = seen(scores, values, (m, total, c))
    return new, c, total


@wrong(says="a product of matrices, `weights @ values`", obeyed={"w * values": "w @ values"})
def weights_times_values(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    shift = new.masked_fill(new.isinf(), 0)
    old, w = (m - shift).exp(), (scores - shift).exp()
    return new, total * old + w.sum(-1, keepdim=True), c * old + w * values


@wrong(says="in both differences subtract 0")
def zero_subtracted_once(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    old, w = (m - new).exp(), (scores - new.masked_fill(new.isinf(), 0)).exp()
    return new, total * old + w.sum(-1, keepdim=True), c * old + w @ values


def parts(scores, state):
    """The new maximum, the correction and the weights, as they should be."""
    new = torch.maximum(state[0], scores.amax(-1, keepdim=True))
    shift = new.masked_fill(new.isinf(), 0)
    return new, (state[0] - shift).exp(), (scores - shift).exp()


@right
def with_a_maximum_that_is_detached(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True)).detach()
    shift = new.clamp(min=torch.finfo(new.dtype).min)
    old, weights = (m - shift).exp(), (scores - shift).exp()
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


@wrong(says="is a part of it detached")
def weights_detached(scores, values, state):
    new, old, weights = parts(scores, state)
    weights = weights.detach()
    return new, state[1] * old + weights.sum(-1, keepdim=True), state[2] * old + weights @ values


@wrong(says="is a part of it detached")
def state_detached(scores, values, state):
    return with_zero_where_nothing_is_seen(scores, values, tuple(each.detach() for each in state))


@wrong(says="its result is detached")
def without_gradient(scores, values, state):
    with torch.no_grad():
        return with_zero_where_nothing_is_seen(scores, values, state)


@wrong(says="the gradient is nan where nothing is seen")
def nan_replaced_at_the_end(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    old, weights = (m - new).exp(), (scores - new).exp()
    total, c = total * old + weights.sum(-1, keepdim=True), c * old + weights @ values
    return new, total.masked_fill(new.isinf(), 0), c.masked_fill(new.isinf(), 0)


@wrong(says="a large negative maximum is taken for that of hidden keys")
def hidden_below_a_limit(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    shift = new.masked_fill(new < -1e4, 0)
    old, weights = (m - shift).exp(), (scores - shift).exp()
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


@wrong(says="of equally large scores only one counts")
def largest_counted_once(scores, values, state):
    new, old, weights = parts(scores, state)
    first = torch.zeros_like(scores).scatter(-1, scores.argmax(-1, keepdim=True), 1)
    weights = weights * ((scores < scores.amax(-1, keepdim=True)) | (first == 1))
    return new, state[1] * old + weights.sum(-1, keepdim=True), state[2] * old + weights @ values


@wrong(says="where the block's largest score equals m")
def dropped_at_a_tie(scores, values, state):
    new, old, weights = parts(scores, state)
    old = torch.where(scores.amax(-1, keepdim=True) == state[0], 0 * old, old)
    return new, state[1] * old + weights.sum(-1, keepdim=True), state[2] * old + weights @ values


@wrong(says="the largest score of the block is subtracted")
def less_its_own_largest(scores, values, state):
    new, old, _ = parts(scores, state)
    largest = scores.amax(-1, keepdim=True)
    weights = (scores - largest.masked_fill(largest.isinf(), 0)).exp()
    return new, state[1] * old + weights.sum(-1, keepdim=True), state[2] * old + weights @ values


@wrong(says="the block is corrected, too")
def all_corrected(scores, values, state):
    new, old, weights = parts(scores, state)
    return new, (state[1] + weights.sum(-1, keepdim=True)) * old, (state[2] + weights @ values) * old


@wrong(says="where the old m is -inf, 0 is subtracted")
def zero_for_the_first_block(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-1, keepdim=True))
    shift = new.masked_fill(m.isinf(), 0)
    old, weights = (m - shift).exp(), (scores - shift).exp()
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


@wrong(says="the context goes on from the sum")
def context_from_the_new_sum(scores, values, state):
    new, old, weights = parts(scores, state)
    total = state[1] * old + weights.sum(-1, keepdim=True)
    return new, total, total * old + weights @ values


@wrong(says="comes after the last block")
def mean_of_both(scores, values, state):
    new, old, weights = parts(scores, state)
    total = state[1] * old + weights.sum(-1, keepdim=True)
    return new, total, (state[2] * state[1] * old + weights @ values) / total


@wrong(says="averaged")
def mean_of_the_block(scores, values, state):
    new, old, weights = parts(scores, state)
    weights = weights / scores.shape[-1]
    return new, state[1] * old + weights.sum(-1, keepdim=True), state[2] * old + weights @ values


@wrong(says="divided by the root of d_k")
def scaled_again(scores, values, state):
    return with_zero_where_nothing_is_seen(scores / values.shape[-1] ** 0.5, values, state)


@wrong(says="maximum and sum are interchanged")
def sum_first(scores, values, state):
    new, total, c = with_zero_where_nothing_is_seen(scores, values, state)
    return total, new, c


@wrong(says="a block with a hidden key is left out")
def skipped_with_a_hidden_key(scores, values, state):
    return state if scores.isinf().any() else with_zero_where_nothing_is_seen(scores, values, state)


@wrong(says="l' is 1")
def one_to_divide_by(scores, values, state):
    new, total, c = with_zero_where_nothing_is_seen(scores, values, state)
    return new, total.masked_fill(total == 0, 1), c


@wrong(
    says="the maximum is over the queries",
    obeyed={"scores.amax(-2, keepdim=True).mT": "scores.max(-1, keepdim=True).values"},
)
def maximum_over_the_queries(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.amax(-2, keepdim=True).mT)
    shift = new.masked_fill(new.isinf(), 0)
    old, weights = (m - shift).exp(), (scores - shift).exp()
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values


@wrong(says="the place of the largest score", obeyed={".indices": ".values"})
def place_of_the_largest(scores, values, state):
    m, total, c = state
    new = torch.maximum(m, scores.max(-1, keepdim=True).indices)
    shift = new.masked_fill(new.isinf(), 0)
    old, weights = (m - shift).exp(), (scores - shift).exp()
    return new, total * old + weights.sum(-1, keepdim=True), c * old + weights @ values
