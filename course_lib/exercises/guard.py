"""What an answer must leave as it was: its arguments, the random states, the default dtype, the grad mode."""

import contextlib
import copy
import random
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor


def same(was: Any, now: Any) -> bool:
    """Equal to the last bit, for arguments that a call should have left alone."""
    if isinstance(was, Tensor):
        return isinstance(now, Tensor) and was.shape == now.shape and torch.equal(was.detach(), now.detach())
    if isinstance(was, list | tuple):
        return type(was) is type(now) and len(was) == len(now) and all(map(same, was, now))
    if isinstance(was, dict):
        return list(was) == list(now) and all(same(was[key], now[key]) for key in was)
    return not isinstance(was, str | int | float | bool | set) or was == now


def copies(arguments: Sequence[Any]) -> list[Any]:
    """The arguments again, sharing no memory with the first; what takes a gradient or can't be copied stays itself."""

    def again(value: Any) -> Any:
        if isinstance(value, Tensor):
            return value if value.requires_grad else value.clone()
        return copy.deepcopy(value) if isinstance(value, list | tuple | dict | set) else value

    return [again(argument) for argument in arguments]


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Random states, default dtype and grad mode: fixed inside, afterwards as they were before."""
    numpy = sys.modules.get("numpy")
    dtype, grad, own = torch.get_default_dtype(), torch.is_grad_enabled(), random.getstate()
    numpy_state = numpy.random.get_state() if numpy else None
    devices = range(torch.cuda.device_count()) if torch.cuda.is_initialized() else []
    with torch.random.fork_rng(devices=devices):
        try:
            torch.default_generator.manual_seed(0)
            random.seed(0)
            if numpy:
                numpy.random.seed(0)
            torch.set_default_dtype(torch.float32)
            torch.set_grad_enabled(True)
            yield
        finally:
            torch.set_default_dtype(dtype)
            torch.set_grad_enabled(grad)
            random.setstate(own)
            if numpy:
                numpy.random.set_state(numpy_state)
