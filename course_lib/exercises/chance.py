"""Inputs drawn at random from all that an exercise promises: what no hand-made case thinks of.

    for ids, weight in drawn(lambda chance: (chance.ids(V, 2, 3), chance.normal(V, 4))):
        trial.agrees(ids, weight)

The first draws are small, so that a message shows a small case. They are the same at every check.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import torch
from torch import Tensor

T = TypeVar("T")
TIMES = 24

# Words as they stand in texts: of one letter and of many, in capitals, numbers, in other scripts, with signs inside.
_TEXT = """a i I tea Tea TEA 7 20 2026 . , ? 나 는 커피 커 를 don't x-ray i'm w1 w10 w2 café été — 'quoted' #tag b b.
東京 Unbelievably-long-word- 10 2 bb aaa"""
_WORDS = _TEXT.split()


class Chance(random.Random):
    """Draws numbers, tensors, words; `size` grows from one draw to the next."""

    def __init__(self, seed: int, size: int):
        super().__init__(seed)
        self.size = size

    def n(self, least: int = 1) -> int:
        """A size: at least that, and more where draws have grown."""
        return self.randint(least, least + self.size)

    def generator(self) -> torch.Generator:
        return torch.Generator().manual_seed(self.randrange(1 << 30))

    def normal(self, *shape: int, most: float = 3.0) -> Tensor:
        """Normal numbers, of a spread from 0.1 to `most`."""
        return torch.randn(shape, generator=self.generator()) * self.choice([0.1, 1.0, 1.0, most])

    def state(self, *shape: int) -> Tensor:
        """A state: normal numbers, small and large, or zeros, as before the first step."""
        return self.normal(*shape, most=20.0) * self.choice([0, 1, 1, 1])

    def share(self, *shape: int) -> Tensor:
        """Numbers from 0 to 1."""
        return torch.rand(shape, generator=self.generator())

    def ids(self, V: int, *shape: int) -> Tensor:
        """Ids from 0 to V - 1, all equally likely."""
        return torch.randint(V, shape, generator=self.generator())

    def lengths(self, B: int, T: int) -> list[int]:
        """B lengths from 1 to T."""
        return [self.randint(1, T) for _ in range(B)]

    def mask(self, *shape: int) -> Tensor:
        """Any mask with a True in each row."""
        mask = self.share(*shape) < self.choice([0.3, 0.7, 1.0])
        mask[..., self.randrange(shape[-1])] |= ~mask.any(-1)
        return mask

    def words(self, least: int = 0, of: int = 40) -> list[str]:
        """A sentence, of few different words or of many; one in six is long."""
        some = self.sample(_WORDS, self.randint(1, min(of, len(_WORDS))))
        return self.choices(some, k=self.n(least) + (60 if self.size > 3 and self.random() < 1 / 6 else 0))

    def sentences(self, least: int = 0) -> list[list[str]]:
        """One sentence or more; some stand twice, and some may be empty."""
        made = [self.words(max(least, 1)), *(self.words(least) for _ in range(self.n(0)))]
        return [*made, *(list(made[0]) for _ in range(self.randrange(2)))]

    def special(self, ids: Tensor, *specials: int) -> Tensor:
        """The ids with some of these among them, at any place."""
        return torch.where(
            self.share(*ids.shape) < 0.3, torch.tensor(specials)[self.ids(len(specials), *ids.shape)], ids
        )


def drawn(draw: Callable[[Chance], T], times: int = TIMES) -> Iterator[T]:
    """So many draws, small ones first."""
    for seed in range(times):
        yield draw(Chance(seed, seed * 6 // times))


def drawn_with_gradients(trial: Any, draw: Callable[[Chance], tuple[Any, ...]], times: int = TIMES) -> None:
    """The answer agrees with its reference on all draws, and so do its gradients on some."""
    for number, given in enumerate(drawn(draw, times)):
        trial.agrees(*given)
        if number % 4 == 1:
            trial.gradients_agree(*given)
