"""Models that translate, by name: what the experiments of lessons 04 to 06 train and measure."""

from collections.abc import Callable, Mapping

from torch import nn

from course_lib import fast
from course_lib.attention import Concat, Dot, General, Location
from course_lib.attention_decoders import BahdanauDecoder, LuongDecoder
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.experiments.corpus import LONGEST, Corpus, corpus
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell
from course_lib.seq2seq import Bridge, Decoder, Seq2Seq
from course_lib.text import PAD
from course_lib.transformer import LearnedPositions, SinusoidalPositions, Transformer, word_embedding

CELLS = {"RNN": RNNCell, "LSTM": LSTMCell, "peephole LSTM": PeepholeLSTMCell, "GRU": GRUCell}
SCORES = ("dot", "scaled dot", "general", "concat", "location")


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
    source, target = Embedding(len(data.source), E, padding_idx=PAD), Embedding(len(data.target), E, padding_idx=PAD)
    if attention is None:
        encoder = Encoder(source, Recurrent(make, E, H, unroll=fast.masked_unroll))
        return Seq2Seq(encoder, Decoder(target, make(E, H), unroll=fast.masked_unroll))
    encoder = Encoder(source, Recurrent(make, E, H // 2, bidirectional=True, unroll=fast.masked_unroll))
    score = score_function(attention, H, H)
    if bahdanau:
        own = make(E + H, H)
        return Seq2Seq(encoder, BahdanauDecoder(target, own, score, H, bridge=Bridge(H, own)))
    own = make(E, H)
    return Seq2Seq(encoder, luong(target, own, score, H, bridge=Bridge(H, own), unroll=fast.masked_unroll))


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
    norm: Callable[[int], nn.Module] = nn.LayerNorm,
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
        norm=norm,
    )
