"""Answers to exercise 07.attend_further."""

import torch
import torch.nn.functional as F

from course_lib.transformer import attend_heads, merge_heads, split_heads
from tests.exercises.answers import right, wrong


@right
def behind_then_look_up(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key = torch.cat([key, new_key], dim=2)
    value = torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@right
def from_the_parameters(attention, x, key, value):
    q, k, v = F.linear(x, attention.in_proj_weight, attention.in_proj_bias).chunk(3, -1)
    q, k, v = (split_heads(each, attention.N) for each in (q, k, v))
    key, value = torch.cat((key, k), -2), torch.cat((value, v), -2)
    return [attention.out_proj(merge_heads(attend_heads(q, key, value)[0])), key, value]


@right
def both_at_once(attention, x, key, value):
    both = torch.cat([torch.stack([key, value]), torch.stack(attention.keys_values(x))], dim=3)
    output, _ = attention.look_up(x, *both)
    return output, both[0], both[1]


@wrong(says="nothing is kept: the new word sees itself alone")
def forgets_those_before(attention, x, key, value):
    key, value = attention.keys_values(x)
    return attention.look_up(x, key, value)[0], key, value


def kept(attention, x, key, value):
    """Keys and values of all words, as they should be kept."""
    new_key, new_value = attention.keys_values(x)
    return torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)


@wrong(says="the new keys and values alone are given back")
def gives_back_the_new_ones(attention, x, key, value):
    return attention.look_up(x, *kept(attention, x, key, value))[0], *attention.keys_values(x)


@wrong(says="the old keys and values are given back")
def gives_back_the_old_ones(attention, x, key, value):
    return attention.look_up(x, *kept(attention, x, key, value))[0], key, value


@wrong(says="stand in front")
def in_front(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([new_key, key], dim=2), torch.cat([new_value, value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="first keep, then look up")
def looks_before_it_keeps(attention, x, key, value):
    return attention.look_up(x, key, value)[0], *kept(attention, x, key, value)


@wrong(says="what is given back stands in another order: output, key, value")
def values_before_keys(attention, x, key, value):
    key, value = kept(attention, x, key, value)
    return attention.look_up(x, key, value)[0], value, key


@wrong(says="it is `look_up(x, key, value)`", obeyed={"look_up(x, value, key)": "look_up(x, key, value)"})
def looks_up_values(attention, x, key, value):
    key, value = kept(attention, x, key, value)
    return attention.look_up(x, value, key)[0], key, value


@wrong(says="`keys_values` gives keys first")
def values_as_keys(attention, x, key, value):
    new_value, new_key = attention.keys_values(x)
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="keys and values are kept in different orders")
def values_in_front(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([key, new_key], dim=2), torch.cat([new_value, value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="keys and values are kept in different orders")
def keys_in_front(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([new_key, key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="the output is without its projection")
def without_projection(attention, x, key, value):
    key, value = kept(attention, x, key, value)
    query = split_heads(
        F.linear(x, *(each.chunk(3)[0] for each in (attention.in_proj_weight, attention.in_proj_bias))), attention.N
    )
    return merge_heads(attend_heads(query, key, value)[0]), key, value


@wrong(says="join both along the words, `torch.cat([key, new_key], dim=2)`", obeyed={"dim=1": "dim=2"})
def along_the_heads(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([key, new_key], dim=1), torch.cat([value, new_value], dim=1)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="return three: output, key, value")
def output_alone(attention, x, key, value):
    return behind_then_look_up(attention, x, key, value)[0]


@wrong(says="return the output alone, `[0]`", obeyed={"look_up(x, key, value), key": "look_up(x, key, value)[0], key"})
def weights_too(attention, x, key, value):
    key, value = kept(attention, x, key, value)
    return attention.look_up(x, key, value), key, value


@wrong(says="`x` is added to the output")
def adds_the_words(attention, x, key, value):
    output, key, value = behind_then_look_up(attention, x, key, value)
    return x + output, key, value


@wrong(says="the new word sees itself alone: look up among all")
def looks_at_itself(attention, x, key, value):
    return attention.look_up(x, *attention.keys_values(x))[0], *kept(attention, x, key, value)


@wrong(says="the new key is put behind the values, too")
def one_name_for_both(attention, x, key, value):
    new, _ = attention.keys_values(x)
    key, value = torch.cat([key, new], dim=2), torch.cat([value, new], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="the empty keys and values are given back")
def nothing_kept_of_the_first(attention, x, key, value):
    both = kept(attention, x, key, value)
    return attention.look_up(x, *both)[0], *(both if key.shape[2] else (key, value))


@wrong(says="keys of other heads or sentences stand among them")
def joined_flat(attention, x, key, value):
    joined = []
    for old, new in zip((key, value), attention.keys_values(x), strict=True):
        B, N, before, d_k = old.shape
        joined.append(torch.cat([old.reshape(-1, d_k), new.reshape(-1, d_k)]).view(B, N, before + 1, d_k))
    return attention.look_up(x, *joined)[0], *joined


@wrong(says="`keys_values` gives keys and values; `look_up` gives output and weights")
def takes_apart_into_three(attention, x, key, value):
    new_key, new_value, _ = attention.keys_values(x)
    return behind_then_look_up(attention, x, new_key, new_value)


@wrong(says="take it apart")
def a_pair_behind_the_keys(attention, x, key, value):
    key = torch.cat([key, attention.keys_values(x)], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="1. the new word does not see itself: first keep, then look up. 2. `x` is added to the output")
def looks_too_early_and_adds_the_word(attention, x, key, value):
    return x + attention.look_up(x, key, value)[0], *kept(attention, x, key, value)


@wrong(says="no gradient reaches `key`")
def cache_detached(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([key.detach(), new_key], 2), torch.cat([value.detach(), new_value], 2)
    return attention.look_up(x, key, value)[0], key, value


@right
def word_by_word_stacked_again(attention, x, key, value):
    k, v = attention.keys_values(x)
    keys = torch.stack([*key.unbind(2), k.select(2, 0)], dim=-2)
    values = torch.stack([*value.unbind(2), v.select(2, 0)], dim=0).permute(1, 2, 0, 3)
    output, _ = attention.look_up(x, keys, values)
    return output, keys, values


@wrong(says="what an earlier call has kept changes the result")
def kept_in_the_attention(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    before = getattr(attention, "kept_by_step", None)
    if before is not None and before[0].shape == key.shape and before[0].dtype == key.dtype:
        key, value = before
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    attention.kept_by_step = key.detach(), value.detach()
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="the first word is not looked up")
def first_word_handed_on(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    if key.shape[2] == 0:
        return x, new_key, new_value
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="all sentences get the keys and values of the first")
def words_before_of_the_first_sentence(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key = torch.cat([key[:1].expand(key.shape), new_key], dim=2)
    value = torch.cat([value[:1].expand(value.shape), new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="1. the word itself stands among the keys and values; `keys_values` makes them of it. 2. the output loses")
def the_word_itself_for_keys_and_values(attention, x, key, value):
    B, N, _, width = key.shape
    new = x.reshape(B, N, 1, width)
    key, value = torch.cat([key, new], dim=2), torch.cat([value, new], dim=2)
    return attention.look_up(x, key, value)[0][:, 0], key, value


@wrong(says="what is given back stands in another order: output, key, value")
def output_last(attention, x, key, value):
    key, value = kept(attention, x, key, value)
    return key, value, attention.look_up(x, key, value)[0]


@wrong(says="the output is the first of the pair, `[0]`", obeyed={"[1]": "[0]"})
def weights_for_the_output(attention, x, key, value):
    key, value = kept(attention, x, key, value)
    return attention.look_up(x, key, value)[1], key, value


@wrong(
    says="`torch.cat` puts them behind",
    obeyed={"key + new_key, value + new_value": "torch.cat([key, new_key], 2), torch.cat([value, new_value], 2)"},
)
def added(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = key + new_key, value + new_value
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="join both along the words, `torch.cat([key, new_key], dim=2)`")
def only_the_keys(attention, x, key, value):
    key = torch.cat([key, attention.keys_values(x)[0]], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="join both along the words, `torch.cat([key, new_key], dim=2)`")
def without_a_list(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat(key, new_key, dim=2), torch.cat(value, new_value, dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="join both along the words, `torch.cat([key, new_key], dim=2)`")
def stacked(attention, x, key, value):
    new_key, new_value = attention.keys_values(x)
    key, value = torch.stack([key, new_key], dim=2), torch.stack([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="join both along the words, `torch.cat([key, new_key], dim=2)`")
def appended(attention, x, key, value):
    key.append(attention.keys_values(x)[0])
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="It belongs to the attention: `attention.keys_values`", obeyed={"= keys_values": "= attention.keys_values"})
def keys_values_of_nobody(attention, x, key, value):
    new_key, new_value = keys_values(x)  # noqa: F821 - the mistake
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(
    says="`attention.look_up(x, key, value)` takes yours",
    obeyed={"attention(x, key, value)": "attention.look_up(x, key, value)"},
)
def attention_called(attention, x, key, value):
    key, value = kept(attention, x, key, value)
    return attention(x, key, value)[0], key, value


def with_cat(attention, x, key, value, keys_values=None):
    new_key, new_value = keys_values or attention.keys_values(x)
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value


@wrong(says="a word that is the same as the one before is left out")
def the_same_word_once(attention, x, key, value):
    if key.shape[2] and torch.allclose(key[:, :, -1:], attention.keys_values(x)[0]):
        return attention.look_up(x, key, value)[0], key, value
    return with_cat(attention, x, key, value)


@wrong(says="takes the place of the last one")
def in_place_of_the_last(attention, x, key, value):
    return with_cat(attention, x, key[:, :, :-1], value[:, :, :-1])


@wrong(says="the first word is not looked up")
def the_first_word_as_it_is(attention, x, key, value):
    return with_cat(attention, x, key, value) if key.shape[2] else (x, key, value)


@wrong(says="zeros stand in for words before")
def zeros_before_the_first(attention, x, key, value):
    if key.shape[2] == 0:
        key, value = (torch.zeros_like(each) for each in attention.keys_values(x))
    return with_cat(attention, x, key, value)


@wrong(says="divided by the root of d_k")
def divided_twice(attention, x, key, value):
    k, v = attention.keys_values(x)
    return with_cat(attention, x, key, value, (k / k.shape[-1] ** 0.5, v))


@wrong(says="words and heads are interchanged")
def heads_behind_words(attention, x, key, value):
    output, key, value = with_cat(attention, x, key, value)
    return output, key.transpose(1, 2), value.transpose(1, 2)


@wrong(says="only some of the last words")
def the_last_twelve(attention, x, key, value):
    k, v = attention.keys_values(x)
    key, value = (torch.cat(both, dim=2)[:, :, -12:] for both in ((key, k), (value, v)))
    return attention.look_up(x, key, value)[0], key, value


_seen = {}


@wrong(says="what an earlier call has kept changes the result")
def kept_outside(attention, x, key, value):
    k, v = attention.keys_values(x)
    if _seen.get("attention") is attention:
        key, value = _seen["both"]
    key, value = torch.cat([key, k], dim=2), torch.cat([value, v], dim=2)
    _seen.update(attention=attention, both=(key, value))
    return attention.look_up(x, key, value)[0], key, value
