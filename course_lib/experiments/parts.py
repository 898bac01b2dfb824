"""What a model that translates is made of (lesson 04): other cells, other contexts."""

from collections.abc import Callable
from functools import partial

from course_lib import encoder, fast
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.experiments import translation
from course_lib.experiments.corpus import SHORT, corpus, short_pairs
from course_lib.experiments.models import CELLS, recurrent_model
from course_lib.experiments.registry import experiment
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.seq2seq import Bridge, Decoder, Seq2Seq
from course_lib.text import PAD

CONTEXTS = {
    "last state": encoder.last_context,
    "mean of all states": encoder.mean_context,
    "largest of all states": encoder.max_context,
}


def assembled(context: str = "last state", *, E: int, H: int, both: bool = False, feed: bool = False) -> Seq2Seq:
    """An LSTM encoder and decoder with another context than `recurrent_model`.

    Args:
        context: a name of `CONTEXTS`.
        both: the encoder reads in both directions, H / 2 units each.
        feed: hand the context to every step of the decoder, not to its first state alone.
    """
    data = corpus()
    source, target = Embedding(len(data.source), E, padding_idx=PAD), Embedding(len(data.target), E, padding_idx=PAD)
    recurrent = Recurrent(LSTMCell, E, H // 2 if both else H, bidirectional=both, unroll=fast.masked_unroll)
    cell = LSTMCell(E + H * feed, H)
    decoder = Decoder(
        target, cell, context=CONTEXTS[context], bridge=Bridge(H, cell), feed=feed, unroll=fast.masked_unroll
    )
    return Seq2Seq(Encoder(source, recurrent), decoder)


PARTS: dict[str, Callable[..., Seq2Seq]] = {
    **{name: partial(recurrent_model, name) for name in CELLS},
    "LSTM, mean of all states": partial(assembled, "mean of all states"),
    "LSTM, both directions": partial(assembled, both=True),
    "LSTM, context at every step": partial(assembled, feed=True),
}


@experiment("04.parts", seeds=(20, 21, 22), E=128, H=192, updates=400, lr=0.01, batch_size=32, longest=SHORT)
def parts(
    seed: int, *, E: int, H: int, updates: int, lr: float, batch_size: int, longest: int
) -> dict[str, dict[str, float]]:
    """Other cells, other contexts, as many updates each, on short sentences: BLEU on `test` and `human`, parameters."""
    pairs = short_pairs("train", longest)
    measured = {"bleu": short_pairs("test", longest), "human": short_pairs("human", longest)}
    figures = {}
    for name, make in PARTS.items():
        translator, _ = translation.trained(
            partial(make, E=E, H=H), seed, pairs, updates=updates, lr=lr, batch_size=batch_size, reverse_source=True
        )
        size = sum(p.numel() for p in translator.model.parameters())
        figures[name] = translation.translate_and_score(translator, measured) | {"parameters": size}
    return figures
