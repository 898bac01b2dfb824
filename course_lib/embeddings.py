"""Word embeddings (lesson 01): look-up, means of sentences, neighbours, analogies.

Mikolov et al. 2013a: Efficient Estimation of Word Representations in Vector Space, arXiv:1301.3781
Mikolov et al. 2013b: Distributed Representations of Words and Phrases and their Compositionality, NeurIPS
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib.text import PAD

# --- look-up ------------------------------------------------------------------------------------------------


def lookup(ids: Tensor, weight: Tensor) -> Tensor:
    """The rows of `weight` (V, E) that `ids` (...) name: (..., E). Equal to one-hot rows times the weight.

    As a linear layer, whose weight is (out, in), it is one with the weight's transpose, (E, V), and no bias.
    """
    return weight[ids]


def check_ids(ids: Tensor, V: int) -> None:
    """Do these ids name rows of a table of V?

    Raises:
        TypeError: ids that are not integers.
        ValueError: an id outside 0 .. V-1.
    """
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

    def __init__(self, V: int, E: int, *, padding_idx: int | None = None, generator: torch.Generator | None = None):
        """Draw the weight.

        Raises:
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

    def forward(self, ids: Tensor) -> Tensor:
        """ids (...) -> (..., E).

        Raises:
            TypeError: ids that are not integers.
            ValueError: an id outside 0 .. V-1.
        """
        check_ids(ids, len(self.weight))
        rows = lookup(ids, self.weight)  # (..., E)
        if self.padding_idx is not None:  # the same values, cut off from the gradient
            rows = torch.where((ids == self.padding_idx).unsqueeze(-1), rows.detach(), rows)
        return rows

    def extra_repr(self) -> str:
        V, E = self.weight.shape
        return f"V={V}, E={E}" + ("" if self.padding_idx is None else f", padding_idx={self.padding_idx}")


def masked_mean(vectors: Tensor, ids: Tensor) -> Tensor:
    """The mean of a sentence's vectors without the padding: vectors (B, T, E), ids (B, T) -> (B, E).

    A row of padding alone gives zeros.
    """
    real = (ids != PAD).to(vectors.dtype)  # (B, T), 1 at a word and 0 at padding
    total = torch.einsum("bte,bt->be", vectors, real)
    return total / real.sum(1, keepdim=True).clamp(min=1)


# --- what vectors know --------------------------------------------------------------------------------------


def nearest(weight: Tensor, word: int, k: int) -> Tensor:
    """The ids of the k rows of `weight` (V, E) with the largest cosine to row `word`, best first: (k,).

    The word itself is left out. The cosine of a row of zeros is 0.
    """
    unit = F.normalize(weight, dim=1, eps=1e-30)  # rows of length 1; one of zeros stays zero
    cosine = unit @ unit[word]  # (V,)
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


def analogy(weight: Tensor, a: int, b: int, c: int) -> int:
    """The id of the word that is to c as b is to a, by 3CosAdd; a, b and c themselves are left out.

    The row of `weight` (V, E) nearest to b - a + c, all rows at length 1 (Mikolov, Yih, Zweig 2013; Levy and
    Goldberg 2014, eq. 1).
    """
    unit = F.normalize(weight, dim=1, eps=1e-30)  # rows of length 1; one of zeros stays zero
    cosine = unit @ (unit[b] - unit[a] + unit[c])  # (V,), but for a factor that all share
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())
