"""What an answer must leave as it was: its arguments, the random states, what torch is set to."""

import contextlib
import copy
import operator
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

P = TypeVar("P")


def same(was: Any, now: Any) -> bool:
    """Equal to the last bit, for arguments that a call should have left alone."""
    if isinstance(was, Tensor):
        return isinstance(now, Tensor) and was.shape == now.shape and torch.equal(was.detach(), now.detach())
    if isinstance(was, list | tuple):
        return type(was) is type(now) and len(was) == len(now) and all(map(same, was, now))
    if isinstance(was, dict):
        return list(was) == list(now) and all(same(was[key], now[key]) for key in was)
    return now is was if was is None else not comparable(was) or was == now


def comparable(value: Any) -> bool:
    """Whether `same` can tell it from another one."""
    return value is None or isinstance(value, Tensor | list | tuple | dict | str | int | float | bool | set)


Marks = dict[str, list[bool]]  # see `_MARKS`

# What an answer must leave of tensors and modules besides their numbers, and what to say where it does not.
_MARKS = {
    "requires_grad": "it switches gradients on or off for its input `{}`: mark copies, `.detach().clone()`, instead",
    "training": "it leaves `{}` in another mode than it was given in: no `.train()` and `.eval()`",
    "grad": "it gives `{}` a gradient, or takes away the one that it had: `torch.autograd.grad` leaves no trace",
    "grad of parameters": "it takes away the gradients that `{}` had",  # new ones come of any `backward()`
}


def marks(value: Any) -> Marks:
    """Of all tensors and modules that an argument holds: is a gradient wanted, is there one, is it in training?"""
    tensors, modules = list(_parts(value, Tensor)), list(_parts(value, nn.Module))
    parameters = [parameter for module in modules for parameter in module.parameters()]
    return {
        "requires_grad": [tensor.requires_grad for tensor in (*tensors, *parameters)],
        "training": [each.training for module in modules for each in module.modules()],
        "grad": [tensor.is_leaf and tensor.grad is not None for tensor in tensors],
        "grad of parameters": [parameter.grad is not None for parameter in parameters],
    }


def marked(name: str, was: Marks, now: Marks) -> str:
    """What an answer has done to an argument of this name, besides changing its numbers, in a sentence."""

    def changed(kind: str) -> bool:
        if kind == "grad of parameters" and len(was[kind]) == len(now[kind]):
            return any(map(operator.gt, was[kind], now[kind]))
        return was[kind] != now[kind]

    return next((sentence.format(name) for kind, sentence in _MARKS.items() if changed(kind)), "")


def shared(result: Any, given: Any) -> bool:
    """Does a change of one change the other? Lists, and tensors with any numbers, as such or inside."""
    if isinstance(result, Tensor):
        return any(t.data_ptr() == result.data_ptr() for t in _parts(given, Tensor) if t.numel() and result.numel())
    if isinstance(result, list) and result is given:
        return True
    parts = result.values() if isinstance(result, dict) else result if isinstance(result, list | tuple) else ()
    return any(shared(part, given) for part in parts)


def _parts(value: Any, kind: type[P]) -> Iterator[P]:
    """The tensors, say, that a value holds."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, list | tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _parts(part, kind)


def copies(arguments: Sequence[Any]) -> list[Any]:
    """The arguments again, sharing no memory with the first; what takes a gradient or can't be copied stays itself."""

    def again(value: Any) -> Any:
        if isinstance(value, Tensor):
            return value if value.requires_grad else value.clone()
        if type(value) in (list, tuple):  # not by `deepcopy`, which refuses a tensor that has a history
            return type(value)(map(again, value))
        return copy.deepcopy(value) if isinstance(value, list | tuple | dict | set) else value

    return [again(argument) for argument in arguments]


# What a program can set for all of torch, besides the random states: how to ask for it, and how to set it again.
_SETTINGS: tuple[tuple[Callable[[], Any], Callable[[Any], Any]], ...] = (
    (torch.is_grad_enabled, torch.set_grad_enabled),
    (torch.get_default_dtype, torch.set_default_dtype),
    (torch.get_num_threads, torch.set_num_threads),
    (torch.are_deterministic_algorithms_enabled, torch.use_deterministic_algorithms),
    (torch.is_anomaly_enabled, torch.autograd.anomaly_mode.set_detect_anomaly),
    (sys.getrecursionlimit, sys.setrecursionlimit),
)
SEED = 1729  # of torch's own generator while an answer is examined


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Random states and settings: fixed inside, afterwards as they were before."""
    numpy = sys.modules.get("numpy")
    seeding: list[Any] = [random, numpy.random] if numpy else [random]
    seeds = [each.seed for each in seeding]
    settings, own = [get() for get, _ in _SETTINGS], random.getstate()
    numpy_state = numpy.random.get_state() if numpy else None
    devices = range(torch.cuda.device_count()) if torch.cuda.is_initialized() else []
    with torch.random.fork_rng(devices=devices):
        try:
            torch.default_generator.manual_seed(SEED)
            random.seed(SEED)
            if numpy:
                numpy.random.seed(SEED)
            torch.set_default_dtype(torch.float32)
            for each, seed in zip(seeding, seeds, strict=True):
                each.seed = _noted(seed)
            _seeded.clear()
            yield
        finally:
            for each, seed in zip(seeding, seeds, strict=True):
                each.seed = seed
            for (get, put), was in zip(_SETTINGS, settings, strict=True):
                if get() != was:
                    put(was)
            random.setstate(own)
            if numpy:
                numpy.random.set_state(numpy_state)


_seeded: list[bool] = []  # by an answer, with `random.seed` or `numpy.random.seed`; torch can be asked


def _noted(seed: Callable[..., None]) -> Callable[..., None]:
    def noting(*given: Any, **named: Any) -> None:
        _seeded.append(True)
        seed(*given, **named)

    return noting


# What an answer should leave as it finds it: how to ask for it, how to set it again, and what to say of a change.
_LEFT: tuple[tuple[Callable[[], Any], Callable[[Any], object], str], ...] = (
    (torch.is_grad_enabled, torch.set_grad_enabled,
     "it leaves gradients switched off for what comes after: `with torch.no_grad():` switches them on again"),
    (torch.is_anomaly_enabled, torch.autograd.anomaly_mode.set_detect_anomaly,
     "it leaves `torch.autograd.set_detect_anomaly` on, which makes all that comes after slow"),
    (torch.get_default_dtype, torch.set_default_dtype,
     "it changes torch's default dtype for all that comes after; give tensors their `dtype=` instead"),
    (torch.initial_seed, torch.default_generator.manual_seed,
     "it sets the seed of all random numbers: each call would draw the same ones. Leave the seed alone"),
)  # fmt: skip


def settings() -> tuple[Any, ...]:
    """What an answer should find and leave: see `_LEFT`."""
    return tuple(get() for get, _, _ in _LEFT)


def left_changed(before: tuple[Any, ...]) -> str:
    """What an answer has set and not set back, in a sentence; it is set back here."""
    found = ""
    for was, (get, put, sentence) in zip(before, _LEFT, strict=True):
        if get() != was or (get is torch.initial_seed and _seeded):
            put(was)
            found = sentence
    _seeded.clear()
    return found
