"""The experiments of lesson 04: the bottleneck, the source reversed, the two perplexities, the parts of the model."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from course_lib import datasets, decoding, fast, metrics, seq2seq
from course_lib.embeddings import Embedding
from course_lib.experiments import translation
from course_lib.experiments.core import experiment
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.seq2seq import Bridge, Decoder, Encoder, Seq2Seq
from course_lib.text import PAD

SHORT = 10  # tokens of a source, where a lesson has half a minute to train on

Loss = Callable[[nn.Module, tuple[Tensor, Tensor]], Tensor]

# --- what the experiments share -----------------------------------------------------------------------------


def short_pairs(split: str, longest: int = SHORT) -> list[datasets.Pair]:
    """The pairs of a split of the bundled corpus whose source has at most so many tokens."""
    return [pair for pair in translation.corpus().pairs[split] if len(pair.source) <= longest]


def train_translator(
    make: Callable[[], nn.Module], seed: int, pairs: Sequence[datasets.Pair], *, updates: int, **options: Any
) -> nn.Module:
    """Make a model and train it, both from one seed; `options` are those of `translation.train`."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = make()
    translation.train(model, pairs, seed, updates=updates, **options)
    return model


# --- the bottleneck -----------------------------------------------------------------------------------------


@experiment(
    "04.bottleneck",
    seeds=(20, 21, 22),
    E=256,
    H=192,
    updates=7000,
    lr=0.004,
    batch_size=32,
    beams=(1, 2, 5, 10),
    alphas=(0.0, 1.0),
)
def bottleneck(
    seed: int,
    *,
    E: int,
    H: int,
    updates: int,
    lr: float,
    batch_size: int,
    beams: Sequence[int],
    alphas: Sequence[float],
) -> dict[str, Any]:
    """One vector between encoder and decoder, source reversed: what becomes of long sentences.

    Returns:
        "bleu": of the greedy translations of `test` by bins of source length, of all of it, and of `long`;
        "teacher-forced" and "free-running": the two perplexities of the same sentences;
        "beam": for each exponent of the length normalization and each width of the beam, for `test`: "bleu", "log_p"
        (mean per sentence) and "length" (words of all translations to those of the references).
    """
    corpus = translation.corpus().pairs
    model = train_translator(
        partial(translation.recurrent_model, "LSTM", E=E, H=H),
        seed,
        corpus["train"],
        updates=updates,
        lr=lr,
        batch_size=batch_size,
        reverse_source=True,
    )
    figures: dict[str, Any] = {"bleu": {}, "teacher-forced": {}, "free-running": {}}
    test = corpus["test"]
    bins = metrics.length_bins([len(pair.source) for pair in test], translation.BINS)
    groups = {name: [test[i] for i in rows] for name, rows in bins.items() if rows}
    for name, pairs in (groups | {"test": test, "long": corpus["long"]}).items():
        figures["bleu"][name] = translation.bleu(model, pairs, reverse_source=True)
        for kind, value in translation.perplexities(model, pairs, reverse_source=True).items():
            figures[kind][name] = value
    figures["beam"] = {
        alpha: {beam: search_figures(model, test, beam, alpha, reverse_source=True) for beam in beams}
        for alpha in alphas
    }
    return figures


def search_figures(
    model: nn.Module, pairs: Sequence[datasets.Pair], beam: int, alpha: float, *, reverse_source: bool
) -> dict[str, float]:
    """What a beam of this width finds: BLEU, mean log p of a sentence, and its length against the references'."""
    log_p: list[Tensor] = []

    def decode(step, state, max_length):
        best = decoding.beam_search(step, state, beam, max_length, alpha=alpha).best
        log_p.append(best.log_p)
        return best

    found = translation.translations(model, pairs, reverse_source=reverse_source, decode=decode)
    references = [pair.target for pair in pairs]
    return {
        "bleu": metrics.bleu(hypotheses=found, references=references),
        "log_p": torch.cat(log_p).mean().item(),
        "length": sum(map(len, found)) / sum(map(len, references)),
    }


# --- the source reversed ------------------------------------------------------------------------------------


@experiment("04.reversing", seeds=(20, 21, 22, 23, 24, 25), E=128, H=256, updates=600, lr=0.006, batch_size=64)
def reversing(seed: int, *, E: int, H: int, updates: int, lr: float, batch_size: int) -> dict[str, Any]:
    """BLEU on `test` of the same model after as many updates, the source read as it stands and from its end."""
    corpus = translation.corpus().pairs
    figures = {}
    for name, reverse in (("as it stands", False), ("reversed", True)):
        model = train_translator(
            partial(translation.recurrent_model, "LSTM", E=E, H=H),
            seed,
            corpus["train"],
            updates=updates,
            lr=lr,
            batch_size=batch_size,
            reverse_source=reverse,
        )
        figures[name] = translation.bleu(model, corpus["test"], reverse_source=reverse)
    return figures


# --- teacher forcing, and less of it ------------------------------------------------------------------------

SCHEDULES: dict[str, Callable[..., float]] = {
    "linear": seq2seq.linear_schedule,
    "exponential": seq2seq.exponential_schedule,
    "inverse sigmoid": seq2seq.inverse_sigmoid_schedule,
}


@experiment(
    "04.perplexity",
    seeds=(20, 21, 22),
    E=128,
    H=192,
    updates=700,
    lr=0.01,
    batch_size=32,
    longest=SHORT,
    schedules={"linear": {"slope": 0.001}, "exponential": {"k": 0.998}, "inverse sigmoid": {"k": 90}},
)
def perplexity(
    seed: int,
    *,
    E: int,
    H: int,
    updates: int,
    lr: float,
    batch_size: int,
    longest: int,
    schedules: dict[str, dict[str, float]],
) -> dict[str, dict[str, float]]:
    """Pure teacher forcing against scheduled sampling, as many updates each, on short sentences.

    Returns:
        for "teacher forcing" and each schedule the perplexities "teacher-forced" and "free-running" of `test`, and
        "bleu" of its greedy translations.
    """
    pairs, test = short_pairs("train", longest), short_pairs("test", longest)
    figures = {}
    for name in ("teacher forcing", *schedules):
        loss: Loss = seq2seq.translation_loss
        if name in schedules:
            schedule = partial(SCHEDULES[name], **schedules[name])
            loss = seq2seq.scheduled_loss(schedule, torch.Generator().manual_seed(seed))
        model = train_translator(
            partial(translation.recurrent_model, "LSTM", E=E, H=H),
            seed,
            pairs,
            updates=updates,
            lr=lr,
            batch_size=batch_size,
            reverse_source=True,
            loss=loss,
        )
        figures[name] = translation.perplexities(model, test, reverse_source=True)
        figures[name]["bleu"] = translation.bleu(model, test, reverse_source=True)
    return figures


# --- what the model is made of ------------------------------------------------------------------------------

CONTEXTS = {
    "last state": seq2seq.last_context,
    "mean of all states": seq2seq.mean_context,
    "largest of all states": seq2seq.max_context,
}


def assembled(context: str = "last state", *, E: int, H: int, both: bool = False, feed: bool = False) -> Seq2Seq:
    """An LSTM encoder and decoder with another context than `translation.recurrent_model`.

    Args:
        context: a name of `CONTEXTS`.
        both: the encoder reads in both directions, H / 2 units each.
        feed: hand the context to every step of the decoder, not to its first state alone.
    """
    corpus = translation.corpus()
    source, target = Embedding(len(corpus.source), E, PAD), Embedding(len(corpus.target), E, PAD)
    recurrent = Recurrent(LSTMCell, E, H // 2 if both else H, bidirectional=both, unroll=fast.masked_unroll)
    cell = LSTMCell(E + H * feed, H)
    decoder = Decoder(target, cell, CONTEXTS[context], Bridge(H, cell), feed=feed, unroll=fast.masked_unroll)
    return Seq2Seq(Encoder(source, recurrent), decoder)


PARTS: dict[str, Callable[..., Seq2Seq]] = {
    **{name: partial(translation.recurrent_model, name) for name in translation.CELLS},
    "LSTM, mean of all states": partial(assembled, "mean of all states"),
    "LSTM, both directions": partial(assembled, both=True),
    "LSTM, context at every step": partial(assembled, feed=True),
}


@experiment("04.parts", seeds=(20, 21, 22), E=128, H=192, updates=400, lr=0.01, batch_size=32, longest=SHORT)
def parts(
    seed: int, *, E: int, H: int, updates: int, lr: float, batch_size: int, longest: int
) -> dict[str, dict[str, float]]:
    """Other cells, other contexts, as many updates each, on short sentences: BLEU on `test`, and the parameters."""
    pairs, test = short_pairs("train", longest), short_pairs("test", longest)
    figures = {}
    for name, make in PARTS.items():
        model = train_translator(
            partial(make, E=E, H=H), seed, pairs, updates=updates, lr=lr, batch_size=batch_size, reverse_source=True
        )
        size = sum(p.numel() for p in model.parameters())
        figures[name] = {"bleu": translation.bleu(model, test, reverse_source=True), "parameters": size}
    return figures
