"""The unit of a language model that carries whether a sentence is a question."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor

from course_lib import batches, datasets, fast, text, training
from course_lib.embeddings import Embedding
from course_lib.experiments.readout import Make
from course_lib.experiments.registry import experiment
from course_lib.language_model import LanguageModel, next_word_loss
from course_lib.lstm import LSTMCell


def questions_and_statements(*splits: str) -> tuple[list[list[str]], list[list[str]]]:
    """The English questions of these splits of the bundled corpus, and the first statements, as many."""
    corpus = datasets.load("ko-en")
    sentences = [pair.target for split in splits for pair in corpus[split]]
    questions = [sentence for sentence in sentences if sentence[-1] == "?"]
    statements = [sentence for sentence in sentences if sentence[-1] == "."]
    return questions, statements[: len(questions)]


def train_question_model(
    make: Make, seed: int, *, H: int = 24, epochs: int = 9, B: int = 64, lr: float = 0.01
) -> tuple[LanguageModel, text.Vocab]:
    """Train a language model on as many questions as statements; the model, and its vocabulary."""
    questions, statements = questions_and_statements("train")
    vocab = text.Vocab.build(questions + statements, min_freq=2)
    encoded = [vocab.encode(sentence, sos=True) for sentence in questions + statements]
    lengths = [len(row) for row in encoded]
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LanguageModel(Embedding(len(vocab), H, padding_idx=text.PAD), make(H, H), unroll=fast.masked_unroll)
    training.fit(
        model,
        lambda: batches.bucketed_batches(lengths, B, generator=generator),
        lambda model, batch: next_word_loss(model, batches.pad([encoded[i] for i in batch])),
        torch.optim.Adam(model.parameters(), lr=lr),
        epochs=epochs,
        clip=1.0,
    )
    return model, vocab


def with_gates(model: LanguageModel) -> LanguageModel:
    """The same model, with its weights in the library's LSTM cell, which tells its gates."""
    cell = LSTMCell(model.embedding.weight.shape[1], model.cell.weight_hh.shape[1])
    cell.load_state_dict(model.cell.state_dict())
    shown = LanguageModel(model.embedding, cell, unroll=fast.masked_unroll)
    shown.output = model.output
    return shown


@torch.no_grad()
def find_question_unit(
    model: LanguageModel, vocab: text.Vocab, questions: Sequence[Sequence[str]], statements: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """The unit of an LSTM whose cell best tells questions from statements, when only the mark is missing.

    Returns:
        "unit": its number; "apart": in what share of the pairs of a question and a statement its c is on the right
        side; "right": the share of sentences in which the right one of "?" and "." is likelier; "without": that
        share for each unit, (H,), when what the unit shows, its h, is replaced by its mean over all sentences.
    """
    ids = batches.pad([vocab.encode(sentence[:-1], sos=True) for sentence in [*questions, *statements]])
    _, (h, c) = model(ids)  # after the last word, (P, H) each
    question = torch.arange(len(ids)) < len(questions)

    def right(h: Tensor) -> float:
        logits = model.output(h)
        return float(((logits[:, vocab["?"]] > logits[:, vocab["."]]) == question).float().mean())

    difference = c[question][:, None] - c[~question]  # (questions, statements, H)
    higher = (difference.sign().mean((0, 1)) + 1) / 2  # (H,); a tie counts half
    unit = int((higher - 0.5).abs().argmax())
    without = []
    for k in range(h.shape[1]):
        hidden = h.clone()
        hidden[:, k] = h[:, k].mean()
        without.append(right(hidden))
    return {
        "unit": unit,
        "apart": max(higher[unit].item(), 1 - higher[unit].item()),
        "right": right(h),
        "without": without,
    }


@experiment("03.question_unit", seeds=range(10, 20), H=24, epochs=9)
def question_unit(seed: int, *, H: int, epochs: int) -> dict[str, Any]:
    """`find_question_unit` on the sentences of validation and test, for a model of its own."""
    model, vocab = train_question_model(partial(LSTMCell, forget_bias=1.0), seed, H=H, epochs=epochs)
    return find_question_unit(model, vocab, *questions_and_statements("validation", "test"))
