"""Models that translate, made from a name and a few numbers: what `course train` trains, what a saved one remembers.

    build("transformer", SIZES["small"]["transformer"], words=8352)

The encoder and the decoder read the same tokens (`bpe.BPE` of both languages together), so both embeddings, and of the
Transformer the output too, are one matrix; all but "own", which is the learner's of lesson 06.

Vaswani et al. 2017: Attention Is All You Need, section 3.4 (one matrix for all three), arXiv:1706.03762
Wu et al. 2016: Google's Neural Machine Translation System, section 4.1 (shared word pieces), arXiv:1609.08144
"""

from collections.abc import Callable, Mapping
from typing import Any

from torch import nn

from course_lib import fast
from course_lib.attention import Concat, General
from course_lib.attention_decoders import BahdanauDecoder, LuongDecoder
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.seq2seq import Bridge, Decoder, Seq2Seq
from course_lib.text import PAD
from course_lib.transformer import SinusoidalPositions, Transformer, word_embedding

Settings = Mapping[str, Any]


def transformer(words: int, *, D: int, N: int, H: int, L: int, dropout: float) -> Transformer:
    """A Transformer with pre-norm layers, fixed positions and one matrix for all three embeddings."""
    embedding = word_embedding(words, D)
    positions = SinusoidalPositions(D)
    return Transformer(
        *(embedding, embedding, N, H, L, positions, positions),
        dropout=dropout,
        norm_first=True,
        tie=True,
        norm=nn.LayerNorm,
        attend=fast.attend_heads,
    )


def own(words: int, *, D: int, N: int, H: int, L: int) -> Transformer:
    """The Transformer that a learner builds in lesson 06, `OwnTransformer`, whose weights it takes."""
    positions = SinusoidalPositions(D)
    embeddings = word_embedding(words, D), word_embedding(words, D)
    return Transformer(*embeddings, N, H, L, positions, positions, norm=nn.LayerNorm, attend=fast.attend_heads)


def luong(words: int, *, E: int, H: int, dropout: float) -> Seq2Seq:
    """LSTMs with the attention of Luong et al. 2015, general score; the encoder reads in both directions."""
    embedding = Embedding(words, E, padding_idx=PAD)
    recurrent = Recurrent(LSTMCell, E, H // 2, bidirectional=True, unroll=fast.masked_unroll)
    own = LSTMCell(E, H)
    score = General(H, H, scaled=True)
    decoder = LuongDecoder(
        *(embedding, own, score, H), bridge=Bridge(H, own), dropout=dropout, unroll=fast.masked_unroll
    )
    return Seq2Seq(Encoder(embedding, recurrent, dropout=dropout), decoder)


def bahdanau(words: int, *, E: int, H: int, dropout: float) -> Seq2Seq:
    """GRUs with the attention of Bahdanau et al. 2015, concat score; the encoder reads in both directions."""
    embedding = Embedding(words, E, padding_idx=PAD)
    recurrent = Recurrent(GRUCell, E, H // 2, bidirectional=True, unroll=fast.masked_unroll)
    own = GRUCell(E + H, H)
    decoder = BahdanauDecoder(embedding, own, Concat(H, H, H), H, bridge=Bridge(H, own), dropout=dropout)
    return Seq2Seq(Encoder(embedding, recurrent, dropout=dropout), decoder)


def seq2seq(words: int, *, E: int, H: int, dropout: float) -> Seq2Seq:
    """LSTMs with one vector between them (Sutskever, Vinyals, Le 2014)."""
    embedding = Embedding(words, E, padding_idx=PAD)
    recurrent = Recurrent(LSTMCell, E, H, unroll=fast.masked_unroll)
    decoder = Decoder(embedding, LSTMCell(E, H), dropout=dropout, unroll=fast.masked_unroll)
    return Seq2Seq(Encoder(embedding, recurrent, dropout=dropout), decoder)


MODELS: Mapping[str, Callable[..., nn.Module]] = {
    "transformer": transformer,
    "luong": luong,
    "bahdanau": bahdanau,
    "seq2seq": seq2seq,
    "own": own,
}
# By size and model: tiny trains within minutes on a laptop, small is what docs/results.md is about.
SIZES: Mapping[str, Mapping[str, Settings]] = {
    "tiny": {
        "transformer": {"D": 128, "N": 4, "H": 512, "L": 2, "dropout": 0.1},
        "luong": {"E": 128, "H": 256, "dropout": 0.2},
        "bahdanau": {"E": 128, "H": 256, "dropout": 0.2},
        "seq2seq": {"E": 128, "H": 256, "dropout": 0.2},
        "own": {"D": 128, "N": 4, "H": 512, "L": 2},
    },
    "small": {
        "transformer": {"D": 192, "N": 4, "H": 768, "L": 3, "dropout": 0.2},
        "luong": {"E": 256, "H": 512, "dropout": 0.3},
        "bahdanau": {"E": 256, "H": 512, "dropout": 0.3},
        "seq2seq": {"E": 256, "H": 512, "dropout": 0.3},
        "own": {"D": 192, "N": 4, "H": 768, "L": 3},
    },
}


def build(name: str, settings: Settings, *, words: int) -> nn.Module:
    """A model by its name in `MODELS`, with settings such as those in `SIZES`, for a vocabulary of so many words.

    Raises:
        ValueError: another name, or settings that the model does not have.
    """
    if name not in MODELS:
        raise ValueError(f"expected a model of {', '.join(MODELS)}, got {name!r}")
    expected = SIZES["tiny"][name].keys()
    if settings.keys() != expected:
        raise ValueError(f"a {name} has the settings {', '.join(expected)}, got {', '.join(settings) or 'none'}")
    return MODELS[name](words, **settings)
