"""What a training step costs: against the length of the sentences (lesson 06), and by score function (lesson 05)."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import torch
from torch import nn

from course_lib import fast, rnn
from course_lib.attention import Dot
from course_lib.attention_decoders import LuongDecoder
from course_lib.batches import encode_pairs, pair_batches
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.experiments.corpus import corpus
from course_lib.experiments.registry import experiment
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell, Unroll
from course_lib.seq2seq import Bridge, Decoder, Seq2Seq, translation_loss
from course_lib.text import PAD, SOS
from course_lib.transformer import SinusoidalPositions, Transformer, word_embedding

V_TIMED = 100  # words of the models that are timed: what the vocabulary costs is the same for all


def timed_models(D: int = 64, unroll: Unroll = rnn.masked_unroll) -> dict[str, nn.Module]:
    """A translator of each kind, of like width, with few words.

    Args:
        unroll: the loop of the recurrent ones: step by step, or in one kernel, `fast.masked_unroll`.
    """

    def embedding() -> Embedding:
        return Embedding(V_TIMED, D, padding_idx=PAD)

    lstm = LSTMCell(D, D)
    both = Recurrent(LSTMCell, D, D // 2, bidirectional=True, unroll=unroll)
    attention = LuongDecoder(embedding(), lstm, Dot(scaled=True), D, bridge=Bridge(D, lstm), unroll=unroll)
    one_way = Recurrent(RNNCell, D, D, unroll=unroll)
    return {
        "RNN": Seq2Seq(Encoder(embedding(), one_way), Decoder(embedding(), RNNCell(D, D), unroll=unroll)),
        "LSTM with attention": Seq2Seq(Encoder(embedding(), both), attention),
        "Transformer": Transformer(
            word_embedding(V_TIMED, D), word_embedding(V_TIMED, D), 4, 2 * D, 1, SinusoidalPositions(D),
            SinusoidalPositions(D), dropout=0.1, norm=nn.LayerNorm, attend=fast.attend_heads,
        ),
    }  # fmt: skip


def step_times(
    models: Mapping[str, nn.Module], lengths: Sequence[int], B: int = 8, repeats: int = 3
) -> dict[str, list[float]]:
    """The processor's seconds of a training step (forward and backward), by model, for sentences of each length on both
    sides.

    The least of some repeats, all models in turn: what else the machine does can only make them longer.
    """
    times: dict[str, list[float]] = {name: [] for name in models}
    for T in lengths:
        generator = torch.Generator().manual_seed(T)
        source, target = (torch.randint(4, V_TIMED, (B, n), generator=generator) for n in (T, T + 1))
        target[:, 0] = SOS
        batch = source, target
        best = dict.fromkeys(models, math.inf)
        for _ in range(repeats + 1):
            for name, model in models.items():
                start = time.process_time()
                translation_loss(model, batch).backward()
                best[name] = min(best[name], time.process_time() - start)
                model.zero_grad()
        for name in models:
            times[name].append(best[name])
    return times


KERNEL = "{}, one kernel"  # the name of a recurrent model whose loop is one kernel
RECURRENT = ("RNN", "LSTM with attention")  # of the models that are timed


def length_times(lengths: Sequence[int], B: int = 8, repeats: int = 3) -> dict[str, list[float]]:
    """`step_times` of all timed models, the recurrent ones both as loops and with the loop in one kernel."""
    kernels = timed_models(unroll=fast.masked_unroll)
    return step_times(timed_models() | {KERNEL.format(name): kernels[name] for name in RECURRENT}, lengths, B, repeats)


@experiment("06.times", seeds=range(5), lengths=[8, 16, 32, 64, 128, 256], B=8, repeats=5)
def times(seed: int, *, lengths: Sequence[int], B: int, repeats: int) -> dict[str, list[float]]:
    """What a lesson says of speed is said of the processor where this ran. The seed draws the models' weights only."""
    torch.manual_seed(seed)
    return length_times(lengths, B, repeats)


def crossing(lengths: Sequence[int], ratios: Sequence[float]) -> float | None:
    """The length at which the ratio of two times passes 1, linear between measured ones; None where it does not."""
    for (a, b), (low, high) in zip(pairwise(lengths), pairwise(ratios), strict=True):
        if (low - 1) * (high - 1) <= 0 and low != high:
            return a + (b - a) * (1 - low) / (high - low)
    return None


def update_seconds(
    makes: Mapping[str, Callable[[], nn.Module]], *, batch_size: int, rounds: int = 9
) -> dict[str, float]:
    """The processor's time of one training step of each model, forward, backward and update, on the same batch.

    The models take turns, so that whatever else the machine does falls on all of them alike; of the rounds the
    median.
    """
    data = corpus()
    encoded = encode_pairs(data.pairs["train"][: 40 * batch_size], data.source, data.target)
    batches = list(pair_batches(encoded, batch_size, shuffle=False))
    batch = batches[len(batches) // 2]
    with torch.random.fork_rng(devices=[]):
        models = {name: make() for name, make in makes.items()}
    optimizers = {name: torch.optim.Adam(model.parameters(), lr=1e-4) for name, model in models.items()}
    taken: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(rounds + 1):
        for name, model in models.items():
            start = time.process_time()
            optimizers[name].zero_grad()
            translation_loss(model, batch).backward()
            optimizers[name].step()
            taken[name].append(time.process_time() - start)
    return {name: sorted(times[1:])[rounds // 2] for name, times in taken.items()}  # the first one warms up
