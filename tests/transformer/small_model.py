"""A Transformer so small that its tests take no time, and two sentences for it."""

import torch

from course_lib.text import EOS, PAD, SOS
from course_lib.transformer import LearnedPositions, SinusoidalPositions, Transformer, word_embedding
from tests.transformer.beside_torch import KERNELS

V_SOURCE, V, D = 11, 13, 8
SOURCE = torch.tensor([[4, 5, 6, 7, 8], [9, 4, 10, PAD, PAD]])
TARGET = torch.tensor([[SOS, 4, 5, 6, EOS], [SOS, 7, EOS, PAD, PAD]])


def model(norm_first=True, kernels="reference", learned=False, positions=True, seed=0, **options):
    torch.manual_seed(seed)
    make = (lambda: LearnedPositions(20, D)) if learned else (lambda: SinusoidalPositions(D))
    attend, norm = KERNELS[kernels]
    return Transformer(
        word_embedding(V_SOURCE, D),
        word_embedding(V, D),
        N=2,
        H=16,
        L=2,
        source_positions=make() if positions else None,
        target_positions=make() if positions else None,
        norm_first=norm_first,
        norm=norm,
        attend=attend,
        **options,
    )
