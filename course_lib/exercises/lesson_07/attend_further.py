"""Exercise 07.attend_further: keys and values of the new words behind those that are kept, and what the words find."""

from collections.abc import Callable

import torch
from torch import Tensor

from course_lib.exercises.guard import same
from course_lib.exercises.kit import Exercise, Mistake, Outcome, Trial, drawn, normal, parted
from course_lib.exercises.lesson_04.shared import gradients_of_all
from course_lib.transformer import MultiHeadAttention, attend_further, split_heads

Three = tuple[Tensor, Tensor, Tensor]


@parted
def _with(
    *,
    keep: Callable[[Tensor, Tensor], Tensor] = lambda old, new: torch.cat([old, new], dim=2),
    keep_value: Callable[[Tensor, Tensor], Tensor] | None = None,
    new: Callable[[MultiHeadAttention, Tensor], tuple[Tensor, Tensor]] = MultiHeadAttention.keys_values,
    looked_up: Callable[..., tuple[Tensor, Tensor]] = lambda key, value, *old: (key, value),
    returned: Callable[..., tuple[Tensor, Tensor]] = lambda key, value, *old: (key, value),
    output: Callable[[Tensor, Tensor], Tensor] = lambda found, x: found,
) -> Callable[..., Three]:
    """Another way to keep, other new keys, something else that is looked up or given back, another output."""

    def further(attention: MultiHeadAttention, x: Tensor, key: Tensor, value: Tensor) -> Three:
        fresh = new(attention, x)
        both = keep(key, fresh[0]), (keep_value or keep)(value, fresh[1])
        around = key, value, *fresh
        return output(attention.look_up(x, *looked_up(*both, *around))[0], x), *returned(*both, *around)

    return further


def _behind(old: Tensor, new: Tensor) -> Tensor:
    return torch.cat([new, old], dim=2)


def _once(attention: MultiHeadAttention, x: Tensor, key: Tensor, value: Tensor) -> Three:
    again = key.shape[2] and torch.allclose(key[:, :, -1:], attention.keys_values(x)[0])
    return (attention.look_up(x, key, value)[0], key, value) if again else attend_further(attention, x, key, value)


def _without_output(attention: MultiHeadAttention, x: Tensor, key: Tensor, value: Tensor) -> Three:
    _, key, value = attend_further(attention, x, key, value)
    identity = MultiHeadAttention(x.shape[-1], attention.N)
    identity.in_proj_weight, identity.in_proj_bias = attention.in_proj_weight, attention.in_proj_bias
    torch.nn.init.eye_(identity.out_proj.weight)
    return identity.look_up(x, key, value)[0], key, value


MISTAKES: tuple[Mistake, ...] = (
    ("nothing is kept: the new word sees itself alone; keys and values go behind those of before",
     _with(keep=lambda old, new: new)),
    ("the new keys and values stand in front; they go behind those of the words before", _with(keep=_behind)),
    ("the new word does not see itself: first keep, then look up",
     _with(looked_up=lambda key, value, *old: old[:2]),
     _with(looked_up=lambda key, value, old, old_value, *new: (old, old_value) if old.shape[2] else new)),
    ("the new word sees itself alone: look up among all keys and values that are kept",
     _with(looked_up=lambda key, value, *around: around[2:])),
    ("what is looked up is right, but the old keys and values are given back; the new ones belong there, too",
     _with(returned=lambda key, value, *around: around[:2])),
    ("with the first word the empty keys and values are given back; its own belong there",
     _with(returned=lambda key, value, *around: (key, value) if around[0].shape[2] else around[:2])),
    ("what is looked up is right, but the new keys and values alone are given back; those of before belong there, too",
     _with(returned=lambda key, value, *around: around[2:])),
    ("what is given back stands in another order: output, key, value",
     _with(returned=lambda key, value, *_: (value, key)),
     lambda *given: tuple(attend_further(*given)[i] for i in (1, 2, 0))),
    ("the weights are given back; the output is the first of the pair, `[0]`",
     lambda layer, x, *old: (layer.look_up(x, *(new := attend_further(layer, x, *old)[1:]))[1], *new)),
    ("the new keys and values are added to the old ones; `torch.cat` puts them behind", _with(keep=torch.add)),
    ("keys and values are interchanged: it is `look_up(x, key, value)`",
     _with(looked_up=lambda key, value, *_: (value, key))),
    ("the new values are kept as keys, and the keys as values; `keys_values` gives keys first",
     _with(new=lambda attention, x: attention.keys_values(x)[::-1])),
    ("the new key is put behind the values, too; the new value belongs there",
     _with(new=lambda attention, x: (attention.keys_values(x)[0],) * 2)),
    ("the new value is put behind the keys, too; the new key belongs there",
     _with(new=lambda attention, x: (attention.keys_values(x)[1],) * 2)),
    ("all sentences get the keys and values of the first; each has its own",
     _with(new=lambda attention, x: attention.keys_values(x[:1].expand_as(x))),
     _with(keep=lambda old, new: torch.cat([old[:1].expand_as(old), new], 2))),
    ("the first word is not looked up; it sees itself, so look up there as well",
     lambda layer, x, key, value: attend_further(layer, x, key, value) if key.shape[2] else (x, *layer.keys_values(x)),
     lambda layer, x, key, value: attend_further(layer, x, key, value) if key.shape[2] else (x, key, value)),
    ("the new word takes the place of the last one; that one is kept, too",
     _with(keep=lambda old, new: torch.cat([old[:, :, :-1], new], 2))),
    ("a word that is the same as the one before is left out; it is a word of its own", _once),
    ("the new keys are divided by the root of d_k; `look_up` does that",
     _with(new=lambda layer, x: ((new := layer.keys_values(x))[0] / new[0].shape[-1] ** 0.5, new[1]))),
    ("words and heads are interchanged in the keys and values that are given back: (B, N, words, d_k)",
     _with(returned=lambda key, value, *_: (key.transpose(1, 2), value.transpose(1, 2)))),
    ("with the first word zeros stand in for words before; there are none, so it sees itself alone",
     _with(keep=lambda old, new: torch.cat([old if old.shape[2] else torch.zeros_like(new), new], 2))),
    ("the word itself stands among the keys and values; `keys_values` makes them of it",
     _with(new=lambda attention, x: (split_heads(x, attention.N),) * 2)),
    ("keys of other heads or sentences stand among them: join along the words, without `view` or `reshape`",
     _with(keep=lambda old, new: torch.cat([old.flatten(0, 2), new.flatten(0, 2)]).view(
         *old.shape[:2], -1, old.shape[3]))),
    ("only some of the last words are kept; keep all",
     *[_with(keep=lambda old, new, n=n: torch.cat([old, new], 2)[:, :, -n:]) for n in (2, 4, 8, 10, 12, 16, 20)]),
    ("`x` is added to the output; leave that out", _with(output=torch.add)),
    ("the output loses a dimension; it should be (B, 1, D)",
     *[_with(output=f) for f in (lambda out, x: out.squeeze(), lambda out, x: out.squeeze(1))]),
    ("keys and values are kept in different orders: both go behind", _with(keep_value=_behind),
     _with(keep=_behind, keep_value=lambda old, new: torch.cat([old, new], dim=2))),
    ("the output is without its projection; `look_up` gives it projected", _without_output),
)  # fmt: skip
ADVICE = (
    *((sign, "Keys and values are (B, N, words, d_k): join both along the words, `torch.cat([key, new_key], dim=2)`.")
      for sign in ("expected key", "Sizes of tensors", "cat() received", "stack expects", "'append'", "batch2")),
    *((f"name '{name}", f"It belongs to the attention: `attention.{name}`.") for name in ("keys_values", "look_up")),
    ("and y (B", "`attention(...)` makes keys and values itself; `attention.look_up(x, key, value)` takes yours."),
    ("to unpack", "`keys_values` gives keys and values; `look_up` gives output and weights."),
    *((sign, "`keys_values` and `look_up` each give a pair: take it apart.")
      for sign in ("'tuple' object has no attribute", "but got tuple")),
)  # fmt: skip
_KEPT = "what an earlier call has kept changes the result: take `key` and `value` from the arguments alone"
_THREE = "return three: output, key, value"
_PAIR = "`look_up` gives output and weights: return the output alone, `[0]`"


def examine(trial: Trial) -> None:
    # words before, then how many steps; first with some before, where what is left out can be seen
    cases = [(1, 2, 2, 2, 2), (2, 1, 2, 0, 3), (3, 3, 2, 0, 2)]
    cases += drawn(lambda chance: (chance.n(), chance.n(), chance.n(), chance.n(0), 1))
    cases.append((1, 2, 2, 20, 1))
    for seed, (B, N, d_k, before, steps) in enumerate(cases):
        attention = MultiHeadAttention(N * d_k, N)
        for place, parameter in enumerate(attention.parameters()):
            parameter.data = normal(seed * 10 + place, *parameter.shape)
        key, value = normal(200 + seed, B, N, before, d_k), normal(300 + seed, B, N, before, d_k)
        for step in range(steps):
            given = attention, normal(100 + 10 * seed + step, B, 1, N * d_k), key, value
            got = trial.call(*given)
            three = isinstance(got, tuple | list) and len(got) == 3
            trial.require(three, _THREE, outcome=Outcome.TYPE, got=got)
            trial.require(not isinstance(got[0], tuple), _PAIR, outcome=Outcome.TYPE, got=got)
            expected = attend_further(*given)
            if step:
                trial.require(same(got[0], trial.call(*given)[0]), _KEPT)
            trial.compare(tuple(got), expected, inputs=given)
            trial.require(same(got[0], trial.call(*given)[0]), _KEPT)
            again = *given[:2], *expected[1:]  # the same word once more
            trial.compare(tuple(trial.call(*again)), attend_further(*again), inputs=again)
            gradients_of_all(trial, lambda f, x, key, value, layer=attention: f(layer, x, key, value), *given[1:])
            key, value = (2 * part.flip(0) for part in expected[1:])  # others of that size


EXERCISE = Exercise(id="07.attend_further", reference=attend_further, difficulty=2, minutes=8, examine=examine,
    own_form="the library's takes several words at once, with a mask, and lets the caller choose the attention",
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "`attention.keys_values(x)` are the keys and values of the new word. Put them behind the others, then look up.",
        "`key = torch.cat([key, new_key], dim=2)`, and the same with the values.",
        "`attention.look_up(x, key, value)[0]` is the output."), explanation="""
The triangle of lesson 06 kept each word from seeing those after it. So what a word has computed never changes, and all
that a later word wants of it are its keys and values, layer by layer. A step costs the work of one word; what grows
with the length is the look-up alone, and the memory: 2 B D numbers for each word and layer.""")  # fmt: skip
