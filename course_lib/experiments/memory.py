"""Lesson 07: how much memory a computation takes, counted tensor by tensor, the same on every machine."""

import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


def peak_bytes(compute: Callable[[], Any]) -> int:
    """The most bytes of tensors that are held at once while `compute` runs; those that it is given don't count.

    What an operation needs only within itself is not seen.
    """
    held = _Held()
    with held:
        compute()
    return held.peak


class _Held(TorchDispatchMode):
    """Counts the bytes of tensors that operations have made and that are still held; `peak`: the most there were."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.given: set[int] = set()  # where the memory begins that was there before
        self.holders: Counter[int] = Counter()
        self.bytes = 0
        self.peak = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.given |= {place for place, _, _ in _memory((args, kwargs)) if not self.holders[place]}
        result = func(*args, **(kwargs or {}))
        for place, size, tensor in _memory(result):
            if place not in self.given:
                self.hold(place, size, tensor)
        return result

    def hold(self, place: int, size: int, tensor: Tensor) -> None:
        """A view holds its tensor's memory: it is counted once, and given back when the last holder is gone."""
        if not self.holders[place]:
            self.bytes += size
            self.peak = max(self.peak, self.bytes)
        self.holders[place] += 1
        weakref.finalize(tensor, self.let_go, place, size)

    def let_go(self, place: int, size: int) -> None:
        self.holders[place] -= 1
        if not self.holders[place]:
            self.bytes -= size


def _memory(nested: Any) -> Iterator[tuple[int, int, Tensor]]:
    """Each tensor in it, with the place and the size of its memory."""
    for tensor in tree_leaves(nested):
        if isinstance(tensor, Tensor):
            storage = tensor.untyped_storage()
            yield storage.data_ptr(), storage.nbytes(), tensor
