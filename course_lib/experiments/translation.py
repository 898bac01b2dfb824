"""What the experiments of lessons 04 to 06 share: the corpus, models by name, training on a budget, figures.

All models translate Korean to English, on the same sentences, and are measured in the same way; so their figures
compare across lessons.
"""

import copy
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from course_lib import datasets, decoding, fast, metrics
from course_lib.attention import BahdanauDecoder, Concat, Dot, General, Location, LuongDecoder
from course_lib.batches import bucketed_batches, encode_pairs, pad, pair_batches
from course_lib.embeddings import Embedding
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell
from course_lib.seq2seq import (
    Bridge,
    Decoder,
    Encoder,
    Seq2Seq,
    free_running_nll,
    teacher_forced_nll,
    translation_loss,
)
from course_lib.text import PAD, Vocab
from course_lib.training import fit
from course_lib.transformer import (
    LearnedPositions,
    MultiHeadAttention,
    SinusoidalPositions,
    Transformer,
    attend_heads,
    word_embedding,
)

CELLS = {"RNN": RNNCell, "LSTM": LSTMCell, "peephole LSTM": PeepholeLSTMCell, "GRU": GRUCell}
SCORES = ("dot", "scaled dot", "general", "concat", "location")
LONGEST = 60  # tokens; no sentence of the corpus is longer, and decoding stops there
BINS = (7, 15, 23)  # source lengths: up to 7, 8 to 15, 16 to 23, and more


class Corpus(NamedTuple):
    """The bundled pairs and their vocabularies, both from the training sentences alone."""

    pairs: Mapping[str, Sequence[datasets.Pair]]
    source: Vocab
    target: Vocab

    def turned(self) -> "Corpus":
        """The same pairs in the other direction."""
        pairs = {name: [pair.reversed() for pair in self.pairs[name]] for name in self.pairs}
        return Corpus(pairs, self.target, self.source)


@lru_cache(maxsize=1)
def corpus() -> Corpus:
    pairs = datasets.load("ko-en")
    train = pairs["train"]
    return Corpus(pairs, Vocab.build(pair.source for pair in train), Vocab.build(pair.target for pair in train))


# --- models -------------------------------------------------------------------------------------------------


def score_function(name: str, query_size: int, key_size: int, longest: int = LONGEST) -> nn.Module:
    """A score of lesson 05 by its name, for queries and keys of these sizes.

    Raises:
        ValueError: another name; a dot product between different sizes.
    """
    if name not in SCORES:
        raise ValueError(f"score must be one of {', '.join(SCORES)}, got {name!r}")
    if "dot" in name and query_size != key_size:
        raise ValueError(f"{name} needs queries and keys of one size, got {query_size} and {key_size}")
    return {
        "dot": lambda: Dot(),
        "scaled dot": lambda: Dot(scaled=True),
        # scaled: or else, at this learning rate, attention settles on one token and stays there
        "general": lambda: General(query_size, key_size, scaled=True),
        "concat": lambda: Concat(query_size, key_size, query_size),
        "location": lambda: Location(query_size, longest),
    }[name]()


def recurrent_model(
    cell: str = "LSTM",
    attention: str | None = None,
    *,
    E: int = 128,
    H: int = 192,
    bahdanau: bool = False,
    luong: type[LuongDecoder] = LuongDecoder,
    data: Corpus | None = None,
) -> Seq2Seq:
    """An encoder and a decoder of the same cell.

    Without attention the encoder reads in one direction and its last state starts the decoder. With attention it reads
    in both, H / 2 units each, so that its outputs have the decoder's size.

    Args:
        cell: a name of `CELLS`.
        attention: a name of `SCORES`, or None.
        bahdanau: attend with the state before the step, not with the one after it.
        luong: the decoder with attention, `LuongDecoder` or a class of yours that is made in the same way.
        data: whose vocabularies; None: those of `corpus`.
    """
    data, make = data or corpus(), CELLS[cell]
    source, target = Embedding(len(data.source), E, PAD), Embedding(len(data.target), E, PAD)
    if attention is None:
        encoder = Encoder(source, Recurrent(make, E, H, unroll=fast.masked_unroll))
        return Seq2Seq(encoder, Decoder(target, make(E, H), unroll=fast.masked_unroll))
    encoder = Encoder(source, Recurrent(make, E, H // 2, bidirectional=True, unroll=fast.masked_unroll))
    score = score_function(attention, H, H)
    if bahdanau:
        own = make(E + H, H)
        return Seq2Seq(encoder, BahdanauDecoder(target, own, score, H, Bridge(H, own)))
    own = make(E, H)
    return Seq2Seq(encoder, luong(target, own, score, H, Bridge(H, own), unroll=fast.masked_unroll))


POSITIONS: Mapping[str, Callable[[int], nn.Module | None]] = {
    "sinusoidal": SinusoidalPositions,
    "learned": lambda D: LearnedPositions(LONGEST + 1, D),
    "none": lambda D: None,
}


def transformer_model(
    D: int = 128,
    N: int = 4,
    H: int = 256,
    L: int = 2,
    dropout: float = 0.1,
    positions: str = "sinusoidal",
    attend: Callable = fast.attend_heads,
    normalize: Callable = fast.layer_norm,
    data: Corpus | None = None,
) -> Transformer:
    """A Transformer with pre-norm layers, and, unless told otherwise, fused kernels.

    Args:
        positions: a name of `POSITIONS`, for both sides.
        data: whose vocabularies; None: those of `corpus`.
    """
    data = data or corpus()
    return Transformer(
        word_embedding(len(data.source), D),
        word_embedding(len(data.target), D),
        N,
        H,
        L,
        POSITIONS[positions](D),
        POSITIONS[positions](D),
        dropout=dropout,
        norm_first=True,
        attend=attend,
        normalize=normalize,
    )


def warmup_then_linear(share: float, warmup: float = 0.1) -> float:
    """A schedule for `train`: from 0 to 1 in a line over the first part of the updates, then to 0 in a line."""
    return min(share / warmup, (1 - share) / (1 - warmup))


# --- training on a budget -----------------------------------------------------------------------------------


def train(
    model: nn.Module,
    pairs: Sequence[datasets.Pair],
    seed: int,
    *,
    updates: int | None = None,
    seconds: float | None = None,
    lr: float = 0.01,
    batch_size: int = 64,
    clip: float = 1.0,
    schedule: Callable[[float], float] = lambda share: 1 - share,
    loss: Callable[[nn.Module, Any], Tensor] = translation_loss,
    reverse_source: bool = False,
    data: Corpus | None = None,
) -> float:
    """Train for a number of updates, or for a number of seconds, with Adam; returns the processor's seconds.

    Args:
        seed: of the order of the batches. That of the parameters is the caller's.
        updates, seconds: the budget, one of the two; seconds are those of the processor.
        schedule: from the share of the budget that is spent, 0 to 1, to a factor of the learning rate. By default it
            falls to 0 in a line.
        reverse_source: read the source from its end to its beginning.
        data: whose vocabularies; None: those of `corpus`.

    Raises:
        ValueError: two budgets, or none.
    """
    if (updates is None) == (seconds is None):
        raise ValueError(f"expected a budget of updates or of seconds, got updates={updates} and seconds={seconds}")
    data = data or corpus()
    encoded = encode_pairs(pairs, data.source, data.target, reverse_source)
    generator = torch.Generator().manual_seed(seed)
    start = time.process_time()

    def spent(done: int) -> float:
        """The share of the budget after so many updates."""
        return done / updates if seconds is None else (time.process_time() - start) / seconds

    def batches() -> Iterator[tuple[Tensor, Tensor]]:
        done = 0
        while True:
            for batch in pair_batches(encoded, batch_size, generator=generator):
                if spent(done) >= 1:
                    return
                done += 1
                yield batch

    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    fit(model, batches, loss, optimizer, 1, clip=clip, schedule=lambda step: schedule(min(spent(step - 1), 1)))
    return time.process_time() - start


# --- figures ------------------------------------------------------------------------------------------------


def bleu(model: nn.Module, pairs: Sequence[datasets.Pair], *, reverse_source: bool = False, **options: Any) -> float:
    """BLEU of the greedy translations (or as `decoding.translate` is told)."""
    found = translations(model, pairs, reverse_source=reverse_source, **options)
    return metrics.bleu(hypotheses=found, references=[pair.target for pair in pairs])


def translations(
    model: nn.Module, pairs: Sequence[datasets.Pair], *, reverse_source: bool = False, **options: Any
) -> list[list[str]]:
    data = corpus()
    sources = [pair.source for pair in pairs]
    return decoding.translate(
        model, sources, data.source, data.target, LONGEST, reverse_source=reverse_source, **options
    ).tokens


def bleu_by_length(
    pairs: Sequence[datasets.Pair], found: Sequence[Sequence[str]], edges: Sequence[int] = BINS
) -> dict[str, float]:
    """BLEU in each bin of source lengths, {"1-7": ..., "8-15": ..., ...}; bins without sentences are left out."""
    bins = metrics.length_bins([len(pair.source) for pair in pairs], edges)
    return {
        name: metrics.bleu(hypotheses=[found[i] for i in rows], references=[pairs[i].target for i in rows])
        for name, rows in bins.items()
        if rows
    }


def perplexities(model: nn.Module, pairs: Sequence[datasets.Pair], *, reverse_source: bool = False) -> dict[str, float]:
    """Perplexity "teacher-forced" and "free-running": each word after the true ones, or after the model's own."""
    data = corpus()
    encoded = encode_pairs(pairs, data.source, data.target, reverse_source)
    batches = list(pair_batches(encoded, 200, shuffle=False))
    was_training = model.training
    model.eval()
    with torch.no_grad():
        result = {
            "teacher-forced": metrics.perplexity(teacher_forced_nll(model, *batch) for batch in batches),
            "free-running": metrics.perplexity(free_running_nll(model, *batch) for batch in batches),
        }
    model.train(was_training)
    return result


def alignment_error(weights: Sequence[Tensor], pairs: Sequence[datasets.Pair], threshold: float | None = None) -> float:
    """The alignment error rate of attention weights, (T, S) for each pair, against the gold links."""
    links = [metrics.links_from_weights(matrix, threshold) for matrix in weights]
    return metrics.alignment_error_rate(links, [pair.alignment for pair in pairs])


def head_weights(model: Transformer, pairs: Sequence[datasets.Pair], batch_size: int = 100) -> list[Tensor]:
    """For each pair the attention of every head of every decoder layer to the source, (L, N, T, S).

    The model is told the translation; row t is about the t-th token of the target.
    """
    data = corpus()
    encoded = encode_pairs(pairs, data.source, data.target)
    was_training = model.training
    model.eval()
    matrices: list[Tensor] = [torch.empty(0)] * len(pairs)
    with torch.no_grad():
        for batch in bucketed_batches([len(source) for source, _ in encoded], batch_size, shuffle=False):
            source, target = (pad([encoded[i][side] for i in batch]) for side in (0, 1))
            found = torch.stack(model.weights(source, target[:, :-1]).cross, dim=1)  # (B, L, N, T, S)
            for row, i in zip(found, batch, strict=True):
                matrices[i] = row[:, :, : len(pairs[i].target), : len(pairs[i].source)]  # without the row of <eos>
    model.train(was_training)
    return matrices


def telling_weights(model: Transformer) -> Transformer:
    """The same model with an attention that gives its weights, which the fused one does not. Parameters are shared."""
    memo = {id(p): p for p in model.parameters()}
    twin = copy.deepcopy(model, memo)
    for module in twin.modules():
        if isinstance(module, MultiHeadAttention):
            module.attend = attend_heads
    return twin
