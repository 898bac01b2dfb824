"""Word embeddings (lesson 01): look-up, neighbours, analogies.

Mikolov et al. 2013a: Efficient Estimation of Word Representations in Vector Space, arXiv:1301.3781
Mikolov et al. 2013b: Distributed Representations of Words and Phrases and their Compositionality, NeurIPS
"""

import math
from collections.abc import Collection

import torch
from torch import Tensor, nn

# --- look-up ------------------------------------------------------------------------------------------------


def one_hot(ids: Tensor, V: int) -> Tensor:
    """Rows that are 1 at the id and 0 elsewhere: ids (...) -> float (..., V).

    Raises:
        TypeError: ids that are not integers.
        ValueError: an id outside 0 .. V-1.
    """
    check_ids(ids, V)
    return (ids.unsqueeze(-1) == torch.arange(V, device=ids.device)).to(torch.get_default_dtype())


def lookup(ids: Tensor, weight: Tensor) -> Tensor:
    """The rows of `weight` (V, E) that `ids` (...) name: (..., E). Equal to `one_hot(ids, V) @ weight`.

    Raises:
        TypeError: ids that are not integers.
        ValueError: an id outside 0 .. V-1.
    """
    check_ids(ids, len(weight))
    return weight[ids]


def check_ids(ids: Tensor, V: int) -> None:
    if ids.dtype not in (torch.int64, torch.int32):  # a bool or uint8 tensor would index as a mask
        raise TypeError(f"ids must be a tensor of torch.int64 or torch.int32, got {ids.dtype}")
    if ids.numel():
        lowest, highest = (int(i) for i in ids.aminmax())
        if lowest < 0 or highest >= V:  # a negative index would silently count from the end
            wrong = lowest if lowest < 0 else highest
            raise ValueError(f"id {wrong} is out of range: with V={V} ids run from 0 to {V - 1}")


class Embedding(nn.Module):
    """A trainable table of vectors: ids (...) -> (..., E). Equal to `torch.nn.Embedding`, gradients included.

    Attributes:
        weight: parameter (V, E), drawn from the standard normal distribution.
        padding_idx: the id whose row starts at zero and gets no gradient, or None.
    """

    def __init__(self, V: int, E: int, padding_idx: int | None = None, generator: torch.Generator | None = None):
        """Raises:
        ValueError: V or E below 1, or `padding_idx` outside 0 .. V-1.
        """
        super().__init__()
        if V < 1 or E < 1:
            raise ValueError(f"V and E must be at least 1, got V={V}, E={E}")
        if padding_idx is not None and not 0 <= padding_idx < V:
            raise ValueError(f"padding_idx must be None or from 0 to {V - 1}, got {padding_idx}")
        self.padding_idx = padding_idx
        self.weight = nn.Parameter(torch.randn(V, E, generator=generator))
        if padding_idx is not None:
            with torch.no_grad():
                self.weight[padding_idx] = 0

    @classmethod
    def from_pretrained(cls, weight: Tensor, freeze: bool = True, padding_idx: int | None = None) -> "Embedding":
        """An embedding that starts from a copy of `weight` (V, E); frozen, its weight is not trained."""
        if weight.dim() != 2:
            raise ValueError(f"weight must have shape (V, E), got {tuple(weight.shape)}")
        embedding = cls(*weight.shape, padding_idx=padding_idx)
        embedding.weight = nn.Parameter(weight.detach().clone(), requires_grad=not freeze)
        return embedding

    def forward(self, ids: Tensor) -> Tensor:
        rows = lookup(ids, self.weight)  # (..., E)
        if self.padding_idx is not None:  # the same values, cut off from the gradient
            rows = torch.where((ids == self.padding_idx).unsqueeze(-1), rows.detach(), rows)
        return rows

    def extra_repr(self) -> str:
        V, E = self.weight.shape
        return f"V={V}, E={E}" + ("" if self.padding_idx is None else f", padding_idx={self.padding_idx}")


# --- what vectors know --------------------------------------------------------------------------------------


def unit_rows(weight: Tensor) -> Tensor:
    """Rows of length 1; a zero vector stays zero, so that its cosine with anything is 0 and never nan."""
    return weight / weight.norm(dim=-1, keepdim=True).clamp(min=torch.finfo(weight.dtype).tiny)


def neighbours(weight: Tensor, query: Tensor, k: int, exclude: Collection[int] = ()) -> tuple[Tensor, Tensor]:
    """The k rows of `weight` (V, E) with the largest cosine to `query` (E,).

    Args:
        exclude: ids that are never returned, usually the query's own.

    Returns:
        cosines (k,), falling, and ids (k,).

    Raises:
        ValueError: shapes that do not fit, an id to exclude out of range, or k larger than what is left.
    """
    V, E = weight.shape
    if query.shape != (E,):
        raise ValueError(f"expected query ({E},) for weight ({V}, {E}), got {tuple(query.shape)}")
    exclude = sorted({int(i) for i in exclude})
    if exclude and (exclude[0] < 0 or exclude[-1] >= V):
        raise ValueError(f"exclude must hold ids from 0 to {V - 1}, got {exclude}")
    if not 1 <= k <= V - len(exclude):
        raise ValueError(f"k must be from 1 to {V - len(exclude)} (V={V}, {len(exclude)} excluded), got {k}")
    cosine = unit_rows(weight) @ unit_rows(query)  # (V,)
    cosine[exclude] = -math.inf
    values, ids = cosine.topk(k)
    return values, ids


def analogy(weight: Tensor, a: int, b: int, c: int, k: int = 1) -> Tensor:
    """The ids (k,) of the words that are to c as b is to a, best first; a, b and c themselves are left out.

    The words nearest to b - a + c, on vectors of length 1: 3CosAdd (Mikolov, Yih, Zweig 2013; Levy and
    Goldberg 2014, eq. 1).
    """
    unit = unit_rows(weight)
    return neighbours(unit, unit[b] - unit[a] + unit[c], k, exclude=(a, b, c))[1]
