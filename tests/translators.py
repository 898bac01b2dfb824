"""Small models for the tests of translation: with random weights, and one that a table makes."""

import itertools
from functools import partial

import torch
from torch import nn

from course_lib import rnn
from course_lib.attention import Concat, Dot, General, Location
from course_lib.attention_decoders import BahdanauDecoder, LuongDecoder
from course_lib.decoding import NEVER
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder, last_context
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell
from course_lib.seq2seq import Bridge, Decoder, LayerBridge, Seq2Seq
from course_lib.stacked import stack
from course_lib.text import EOS, PAD, SOS, UNK

CELLS = [RNNCell, LSTMCell, PeepholeLSTMCell, GRUCell]
V_SOURCE, V, E, H = 11, 9, 4, 6
SOURCE = torch.tensor([[4, 5, 6, 7, 10], [8, 9, PAD, PAD, PAD], [5, 5, 4, PAD, PAD]])
TARGET = torch.tensor([[SOS, 4, 5, EOS, PAD], [SOS, 6, EOS, PAD, PAD], [SOS, 7, 8, 4, EOS]])


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def random(*shape, seed=0, dtype=torch.float64):
    return torch.randn(*shape, generator=seeded(seed), dtype=dtype)


def assert_same(got, expected, atol=1e-10):
    torch.testing.assert_close(got, expected, rtol=0, atol=atol)


# --- without attention --------------------------------------------------------------------------------------


def translator(make=LSTMCell, both=True, context=None, feed=False, unroll=rnn.masked_unroll, L=1, layers=1, seed=0):
    """L: of the encoder; `layers`: of the decoder."""
    torch.manual_seed(seed)
    size = H * (1 + both)
    encoder = Encoder(
        Embedding(V_SOURCE, E, padding_idx=PAD), Recurrent(make, E, H, L=L, bidirectional=both, unroll=unroll)
    )
    cell = stack(make, E + size * feed, H, layers)
    bridge = None
    if both or context not in (None, last_context):
        bridge = (Bridge if layers == 1 else LayerBridge)(size, cell)
    decoder = Decoder(Embedding(V, E, padding_idx=PAD), cell, context=context, bridge=bridge, feed=feed, unroll=unroll)
    return Seq2Seq(encoder, decoder).double().eval()


# --- with attention -----------------------------------------------------------------------------------------

SCORES = {
    "dot": lambda query_size, key_size: Dot(),
    "scaled_dot": lambda query_size, key_size: Dot(scaled=True),
    "general": General,
    "scaled general": partial(General, scaled=True),
    "concat": partial(Concat, H=5),
    "location": lambda query_size, key_size: Location(query_size, longest=9),
}
FORMS = ["luong", "luong, feeding", "bahdanau"]


def attentive(form="luong", score="general", make=LSTMCell, unroll=rnn.masked_unroll, L=1, seed=0):
    """L: of encoder and decoder."""
    torch.manual_seed(seed)
    size = H if "dot" in score else 2 * H  # a dot needs states as wide as the decoder's
    recurrent = Recurrent(make, E, size // 2, L=L, bidirectional=True, unroll=unroll)
    encoder = Encoder(Embedding(V_SOURCE, E, padding_idx=PAD), recurrent)
    fed = {"luong": 0, "luong, feeding": H, "bahdanau": size}[form]
    cell = stack(make, E + fed, H, L)
    embedding, scorer = Embedding(V, E, padding_idx=PAD), SCORES[score](H, size)
    bridge = (Bridge if L == 1 else LayerBridge)(size, cell)
    if form == "bahdanau":
        decoder = BahdanauDecoder(embedding, cell, scorer, size, bridge=bridge)
    else:
        decoder = LuongDecoder(embedding, cell, scorer, size, bridge=bridge, feed=bool(fed), unroll=unroll)
    return Seq2Seq(encoder, decoder).double().eval()


# --- models that can be counted through ---------------------------------------------------------------------


class Table(nn.Module):
    """A model whose next word depends on the words before, through a fixed random table, and on the sentence.

    The state is nested as a model's may be: (what was said (B, n), (the sentence (B,), None)).
    """

    def __init__(self, V, seed=0, sharpness=1.0):
        super().__init__()
        self.V = V
        self.weight = nn.Parameter(sharpness * torch.randn(4096, V, generator=seeded(seed), dtype=torch.float64))

    def start(self, source):
        return torch.zeros(len(source), 1, dtype=torch.long), (source[:, 0], None)

    def step(self, tokens, state):
        said, (sentence, nothing) = state
        assert nothing is None
        said = torch.cat([said, tokens.unsqueeze(1)], dim=1)
        place = sentence.clone()
        for t in range(said.shape[1]):
            place = (31 * place + 7 * said[:, t] + 3) % 4096
        return self.weight[place], (said, (sentence, nothing))


def sentences(V, max_length):
    """All that can be said in at most `max_length` words: what ends with <eos>, and what is cut."""
    words = [w for w in range(V) if w not in (*NEVER, EOS)]
    for n in range(max_length):
        for said in itertools.product(words, repeat=n):
            yield [*said, EOS]
    for said in itertools.product(words, repeat=max_length):
        yield list(said)


def log_p_of(model, source, ids):
    state, before, total = model.start(source), SOS, 0.0
    for word in ids:
        scores, state = model.step(torch.tensor([before]), state)
        total += scores.log_softmax(-1)[0, word].item()
        before = word
    return total


def words_of(row):
    return [w for w in row.tolist() if w != PAD]


# Words: 4 5 6 after the specials. Each sentence has its own list of log-odds per step.
PLAN = torch.full((2, 4, 7), -9.0, dtype=torch.float64)
for sentence, wanted in enumerate([[4, 5, EOS, 6], [6, 6, 6, 6]]):
    for t, word in enumerate(wanted):
        PLAN[sentence, t, word] = 1.0
        PLAN[sentence, t, [PAD, UNK, SOS]] = 5.0  # likelier still, and never to be said


def planned(tokens, state):
    sentence, t = state
    return PLAN[sentence, t], (sentence, t + 1)


START = torch.tensor([0, 1]), torch.tensor([0, 0])


# Settings for `models.build`, as small as they go.
SMALL_MODELS = {
    "transformer": {"D": 8, "N": 2, "H": 16, "L": 2, "dropout": 0.0},
    **{name: {"E": 6, "H": 8, "dropout": 0.0} for name in ("luong", "bahdanau", "seq2seq")},
    "own": {"D": 8, "N": 2, "H": 16, "L": 2},
}
