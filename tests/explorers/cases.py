"""One explorer of each kind, small, and values to which each of its controls can be moved."""

import numpy as np
import torch

from course_lib import dense, explorers, lstm, rnn
from course_lib.bpe import BPE
from course_lib.datasets import Pair
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.experiments.readout import Readout
from course_lib.gru import GRUCell
from course_lib.language_model import LanguageModel
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.seq2seq import Decoder, Seq2Seq
from course_lib.text import PAD, Vocab
from course_lib.transformer import SinusoidalPositions, Transformer, attend_heads, word_embedding
from course_lib.translator import Translator

# --- the plane ----------------------------------------------------------------------------------------------

CLOUDS = torch.tensor([[1.0, 1.0], [0.5, 1.5], [3.0, 3.0], [3.5, 2.5]])
CLASSES = torch.tensor([0, 0, 1, 1])
XOR = torch.tensor([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
XOR_CLASSES = torch.tensor([0, 1, 1, 0])


def neuron():
    return explorers.Neuron(CLOUDS, CLASSES)


def xor_snapshots():
    """A network that gets two of four right, then one that gets all."""
    on, off = torch.tensor([[1.0, 1.0], [-1.0, -1.0]]), torch.tensor([-1.0, -1.0])
    right = [on, off, torch.tensor([[4.0, 4.0], [-4.0, -4.0]]), torch.tensor([-2.0, 2.0])]
    return [(0, [on, off, torch.zeros(2, 2), torch.tensor([0.1, 0.0])]), (1500, right)]


def learning(snapshots=None, x=XOR, labels=XOR_CLASSES):
    return explorers.Learning(dense.shallow_network, xor_snapshots() if snapshots is None else snapshots, x, labels)


# --- words --------------------------------------------------------------------------------------------------

TOKENS = ["<pad>", "<unk>", "<sos>", "<eos>", "고양이", "강아지", "dog", "밥", "빵", "bread", "the"]
WORDS = ["고양이", "강아지", "dog", "밥", "빵", "bread"]
GROUPS = ["animal", "animal", "animal", "food", "food", "food"]


def snapshots() -> list[tuple[int, np.ndarray]]:
    """Four moments of a training that draws the animals together and the food together."""
    rng = np.random.default_rng(0)
    start = rng.standard_normal((len(TOKENS), 5))
    end = np.zeros((len(TOKENS), 5))
    end[4:7, 0], end[7:10, 1], end[10, 2] = 3, 3, 3
    end += 0.1 * start
    return [(40_000 * step, (1 - step / 3) * start + step / 3 * end) for step in range(4)]


def skipgram_training(**changes):
    arguments = {"snapshots": snapshots(), "tokens": TOKENS, "words": WORDS, "groups": GROUPS} | changes
    return explorers.SkipgramTraining(**arguments)


VOCAB = Vocab(["고양이", "가", "자", "아요", "the", "cat", "sleeps", "."])
SENTENCES = ["the cat sleeps .", "고양이 가 자 아요 ."]


def language_model(vocab=VOCAB, cell=rnn.RNNCell):
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    return LanguageModel(Embedding(len(vocab), 4), cell(4, 6, generator=generator))


def sentence(**changes):
    arguments = {"model": language_model(), "vocab": VOCAB, "sentences": SENTENCES, "units": 6} | changes
    return explorers.Sentence(**arguments)


# --- gates and memory ---------------------------------------------------------------------------------------

QUESTIONS = Vocab(["did", "you", "go", "고양이", "?", "."])


def gates(**changes):
    model = language_model(QUESTIONS, LSTMCell)
    return explorers.Gates(**{"model": model, "vocab": QUESTIONS, "sentence": "did you go", "unit": 1} | changes)


def adders():
    torch.manual_seed(0)
    makes = {"RNN": rnn.RNNCell, "LSTM": LSTMCell, "peephole LSTM": lstm.PeepholeLSTMCell, "GRU": GRUCell}
    return {name: Readout(make(2, 5)) for name, make in makes.items()}


def memory(**changes):
    return explorers.Memory(**{"models": adders(), "T": 8, "first": 1, "second": 6} | changes)


# --- translation --------------------------------------------------------------------------------------------

SOURCE = Vocab(["고양이", "가", "자", "아요", "."])
TARGET = Vocab(["the", "cat", "sleeps", "dog", "."])
PAIRS = [
    Pair(["고양이", "가", "자", "아요", "."], ["the", "cat", "sleeps", "."], "고양이가 자요.", "The cat sleeps."),
    Pair(["자", "아요"], ["the", "dog", "sleeps"], "자요", "The dog sleeps"),
]


def translator(seed=0, reverse_source=True, sharp=6.0):
    """A model that was not trained: its weights are large, so that its probabilities differ."""
    torch.manual_seed(seed)
    encoder = Encoder(Embedding(len(SOURCE), 3, padding_idx=PAD), Recurrent(LSTMCell, 3, 4))
    model = Seq2Seq(encoder, Decoder(Embedding(len(TARGET), 3, padding_idx=PAD), LSTMCell(3, 4)))
    with torch.no_grad():
        model.output.weight *= sharp
        model.output.bias[:3] = -1e4  # <pad>, <unk> and <sos> are not said
    return Translator(model, SOURCE, TARGET, reverse_source=reverse_source)


def decoding(seed=0, pairs=PAIRS, step=1):
    return explorers.Decoding(translator(seed), pairs, step=step)


def beam(beam=1):
    return explorers.Beam(translator(1), "고양이 가 자 아요 .", beam=beam)


# --- attention ----------------------------------------------------------------------------------------------

KEYS, VALUES = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]), torch.tensor([4.0, 20.0, 600.0])
NAMES = ["cat", "개", "car"]


def dictionary(values=VALUES):
    return explorers.Dictionary(NAMES, KEYS, values, unit="kg")


LINKED = [
    Pair(["고양이", "가", "자"], ["the", "cat", "sleeps"], "고양이가 자", "the cat sleeps", [(0, 1), (2, 2)],
         possible=[(0, 0), (0, 1), (2, 2)]),
    Pair(["자", "아"], ["sleep"], "자", "sleep", [(0, 0)]),
]  # fmt: skip


def records():
    """Scores and cosines for two score functions."""
    generator = torch.Generator().manual_seed(0)
    shapes = [(len(pair.target), len(pair.source)) for pair in LINKED]
    return {
        name: [(torch.randn(shape, generator=generator), torch.rand(shape, generator=generator)) for shape in shapes]
        for name in ("dot", "general")
    }


def attention(pairs=LINKED, of_pairs=None):
    return explorers.Attention(pairs, records() if of_pairs is None else of_pairs, word=1)


HEADS_SOURCE, HEADS_TARGET = Vocab(["고양이", "가", "자"]), Vocab(["the", "cat", "sleeps", "sleep"])


def transformer(attend=attend_heads):
    torch.manual_seed(0)
    D, positions = 8, SinusoidalPositions(8)
    embeddings = word_embedding(len(HEADS_SOURCE), D), word_embedding(len(HEADS_TARGET), D)
    return Transformer(*embeddings, 2, 8, 3, positions, positions, attend=attend).eval()


def heads(model=None, pairs=LINKED):
    return explorers.Heads(Translator(model or transformer(), HEADS_SOURCE, HEADS_TARGET), pairs)


# --- subwords -----------------------------------------------------------------------------------------------


def merges():
    return explorers.Merges(BPE([("l", "o"), ("lo", "w"), ("▁", "low"), ("e", "r")], "▁lower"), "low lower")


# --- all ----------------------------------------------------------------------------------------------------

# For each explorer moves from its start; each must bring another picture.
ALL = {
    neuron: [("b", -4.0), ("w2", 1.0), ("w1", -1.0)],
    learning: [("moment", 1)],
    skipgram_training: [("moment", 1), ("moment", 2), ("moment", 3), ("word", "밥"), ("word", "the")],
    sentence: [("step", 1), ("step", 4), ("sentence", SENTENCES[1]), ("step", 5)],
    gates: [("unit", 3), ("sentence", "고양이 fly")],
    memory: [("first", 0), ("second", 4), ("numbers", 3)],
    decoding: [("step", 2), ("source", "자 아요"), ("source", "토끼+가 자+아요"), ("target", "The cat sleeps.")],
    beam: [("beam", 3), ("alpha", 0.0), ("sentence", "토끼 가")],
    dictionary: [("length", 0.0), ("length", 12.0), ("angle", 90)],
    attention: [("word", 0), ("score", "general"), ("sentence", 1)],
    heads: [("head", 2), ("layer", 1), ("kind", "decoder"), ("kind", "encoder"), ("sentence", 1)],
    explorers.Positions: [("t", 0), ("D", 16), ("T", 40)],
    explorers.Masks: [("length", 8), ("T", 3)],
    merges: [("merges", 0), ("sentence", "owl")],
    explorers.Scale: [("power", 0.0), ("d_k", 512)],
}
