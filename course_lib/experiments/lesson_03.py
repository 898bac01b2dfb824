"""The experiments of lesson 03, LSTM: what gated cells keep, how the gradient reaches back, what it takes to learn it.

adding_problem  RNN, LSTM and GRU on the adding problem
gradient_flow   how much of a loss at the end reaches each earlier state, before and after training
forget_bias     the forget gate's bias at the start, on a task with short distances among the long ones and one without
timing          with peepholes and without, on the delays between spikes
question_unit   the unit of a language model that carries whether a sentence is a question

`train_adder`, `train_recall`, `train_timer` and `train_questioner` train one model each; a lesson calls them with
cells of the learner's own.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from course_lib import batches, datasets, fast, rnn, tasks, text
from course_lib.embeddings import Embedding
from course_lib.experiments.core import experiment
from course_lib.gradients import state_gradient_norms
from course_lib.gru import GRUCell
from course_lib.language_model import LanguageModel, next_word_loss
from course_lib.lstm import LSTMCell, PeepholeLSTMCell

Make = Callable[[int, int], nn.Module]  # a cell from its E and H


class Readout(nn.Module):
    """A cell and a linear output of one number for each step: x (B, T, E) -> (B, T).

    Attributes:
        cell: any cell with `weight_ih` (.., E) and `weight_hh` (.., H).
        output: linear layer, H to 1.
        unroll: the loop; `fast.masked_unroll` takes a fused kernel for the library's cells.
    """

    def __init__(self, cell: nn.Module, unroll: Callable = fast.masked_unroll):
        super().__init__()
        self.cell = cell
        self.output = nn.Linear(cell.weight_hh.shape[1], 1)
        self.unroll = unroll

    def forward(self, x: Tensor) -> Tensor:
        outputs, _ = self.unroll(self.cell, x)
        return self.output(outputs).squeeze(-1)


def train(
    make: Make,
    seed: int,
    batch: Callable[[torch.Generator], tuple[Tensor, Tensor, Tensor]],
    *,
    H: int,
    steps: int,
    lr: float,
    clip: float | None = 1.0,
    cool_down: bool = False,
    on_step: Callable[[int, Readout], None] | None = None,
) -> Readout:
    """Train a `Readout` on batches that are generated as they are needed: the same for the same seed.

    Args:
        make: makes the cell from E and H.
        batch: from a generator to x (B, T, E), y (B, T), and mask (B, T), True where an answer counts.
        clip: the largest norm of the gradient; None for any.
        cool_down: let the learning rate fall to 0, linearly, in the second half of the steps.
        on_step: called after each step with its number and the model.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Readout(make(batch(torch.Generator())[0].shape[-1], H))
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for step in range(1, steps + 1):
        if cool_down:
            optimizer.param_groups[0]["lr"] = lr * min(1.0, 2 * (steps - step + 1) / steps)
        x, y, mask = batch(generator)
        loss = (model(x) - y)[mask].square().mean()
        optimizer.zero_grad()
        loss.backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        if on_step is not None:
            on_step(step, model)
    return model


@torch.no_grad()
def squared_error(model: Readout, batch: tuple[Tensor, Tensor, Tensor]) -> float:
    """The mean squared error where the mask is True."""
    x, y, mask = batch
    return (model(x) - y)[mask].square().mean().item()


def _at_the_end(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """One target per sequence, y (B,), as targets at each step, of which the last alone counts."""
    mask = torch.zeros(x.shape[:2], dtype=torch.bool)
    mask[:, -1] = True
    return x, y.unsqueeze(1).expand(x.shape[:2]), mask


def _test_generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(1_000_000 + seed)  # far from the seeds of training


def _curve(
    make: Make, seed: int, batch: Callable, tests: tuple[Tensor, Tensor, Tensor], every: int, **settings: Any
) -> tuple[Readout, list[float]]:
    """Train, and the squared error on the tests after each `every` steps."""
    errors: list[float] = []

    def measure(step: int, model: Readout) -> None:
        if step % every == 0:
            errors.append(squared_error(model, tests))

    return train(make, seed, batch, on_step=measure, **settings), errors


# --- the adding problem -------------------------------------------------------------------------------------

CELLS: Mapping[str, Make] = {"RNN": rnn.RNNCell, "LSTM": partial(LSTMCell, forget_bias=1.0), "GRU": GRUCell}


def train_adder(
    make: Make, seed: int, *, T: int, steps: int, B: int = 64, H: int = 32, lr: float = 0.01, every: int = 50
) -> tuple[Readout, list[float]]:
    """Train a cell on `tasks.adding_problem`; the model, and its error on 1,000 other sequences every so many steps.

    The model's answer to a sequence is its output at the last step.
    """
    tests = _at_the_end(*tasks.adding_problem(1000, T, generator=_test_generator(seed)))
    return _curve(
        make,
        seed,
        lambda generator: _at_the_end(*tasks.adding_problem(B, T, generator=generator)),
        tests,
        every,
        H=H,
        steps=steps,
        lr=lr,
    )


@experiment("03.adding_problem", seeds=range(10, 15), steps={50: 800, 100: 1200}, B=64, H=32, lr=0.01, every=100)
def adding_problem(
    seed: int, *, steps: Mapping[int, int], B: int, H: int, lr: float, every: int
) -> dict[int, dict[str, dict[str, Any]]]:
    """For each length T the squared error of each cell, at the end and every so many steps; chance is 1/6.

    Args:
        steps: for each T how many.
    """
    figures: dict[int, dict[str, dict[str, Any]]] = {}
    for T, n in steps.items():
        figures[T] = {}
        for name, make in CELLS.items():
            _, errors = train_adder(make, seed, T=T, steps=n, B=B, H=H, lr=lr, every=every)
            figures[T][name] = {"mse": errors[-1], "curve": errors}
    return figures


# --- gradient flow ------------------------------------------------------------------------------------------

STARTS: Mapping[str, Make] = {
    "RNN": rnn.RNNCell,
    "LSTM, forget bias 0": partial(LSTMCell, forget_bias=0.0),
    "LSTM, forget bias 1": partial(LSTMCell, forget_bias=1.0),
    "LSTM, forget bias 3": partial(LSTMCell, forget_bias=3.0),
    "GRU": GRUCell,
}


def gradient_by_distance(cell: nn.Module, x: Tensor, loss: Callable[[Tensor], Tensor] | None = None) -> Tensor:
    """The norm of the gradient that arrives 0, 1, 2 ... steps before the end, the mean over a batch: (T,)."""
    return state_gradient_norms(cell, x, loss=loss).mean(0).flip(0)


@experiment("03.gradient_flow", seeds=range(10, 15), T=100, B=16, H=32, trained_T=50, steps=800)
def gradient_flow(
    seed: int, *, T: int, B: int, H: int, trained_T: int, steps: int
) -> dict[str, dict[str, list[float]]]:
    """The gradient by distance, for new cells on random input, and for cells trained on the adding problem.

    After training the loss is the model's answer, and its gradient at the last step is scaled to 1.
    """
    new: dict[str, list[float]] = {}
    for name, make in STARTS.items():
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            cell = make(2, H).double()  # the squares of such norms are too small for float32
        x = torch.randn(B, T, 2, generator=torch.Generator().manual_seed(seed)).double()
        new[name] = gradient_by_distance(cell, x).tolist()
    trained: dict[str, list[float]] = {}
    for name, make in CELLS.items():
        model = train_adder(make, seed, T=trained_T, steps=steps, H=H)[0].double()
        x, _ = tasks.adding_problem(B, trained_T, generator=_test_generator(seed))
        norms = gradient_by_distance(model.cell, x.double(), loss=lambda h, model=model: model.output(h).squeeze(-1))
        trained[name] = (norms / norms[0]).tolist()
    return {"new": new, "trained": trained}


# --- the forget gate's bias ---------------------------------------------------------------------------------


def recall(B: int, T: int, generator: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
    """Recall the first value after T steps: x (B, T, 2) -> y (B,).

    x[..., 0] is uniform in [0, 1); x[..., 1] is 1 at the first step, else 0; y is the first value. Always answering
    1/2 has a squared error of 1/12. In the adding problem a mark may lie near the end, and what is learned from it
    helps with those farther away; here every mark is as far away as any.
    """
    values = torch.rand(B, T, generator=generator)
    first = torch.zeros(B, T)
    first[:, 0] = 1
    return torch.stack([values, first], dim=-1), values[:, 0]


def train_recall(
    make: Make, seed: int, *, T: int, steps: int, B: int = 64, H: int = 16, lr: float = 0.01, every: int = 50
) -> tuple[Readout, list[float]]:
    """Train a cell on `recall`; otherwise as `train_adder`."""
    tests = _at_the_end(*recall(1000, T, _test_generator(seed)))
    return _curve(
        make, seed, lambda generator: _at_the_end(*recall(B, T, generator)), tests, every, H=H, steps=steps, lr=lr
    )


@experiment(
    "03.forget_bias",
    seeds=range(20, 30),
    biases=(0, 1, 3),
    adding={"T": 50, "steps": 800},
    recall={"T": (10, 20), "steps": 400},
)
def forget_bias(
    seed: int, *, biases: Sequence[float], adding: Mapping[str, Any], recall: Mapping[str, Any]
) -> dict[str, dict[str, list[float]]]:
    """The error every 50 steps, by task and by the bias of the forget gate at the start."""
    figures: dict[str, dict[str, list[float]]] = {f"recall {T}": {} for T in recall["T"]} | {"adding": {}}
    for bias in biases:
        make = partial(LSTMCell, forget_bias=float(bias))
        for T in recall["T"]:
            figures[f"recall {T}"][bias] = train_recall(make, seed, T=T, steps=recall["steps"])[1]
        figures["adding"][bias] = train_adder(make, seed, T=adding["T"], steps=adding["steps"])[1]
    return figures


# --- timing -------------------------------------------------------------------------------------------------


def train_timer(
    make: Make, seed: int, *, T: int, shortest: int, longest: int, H: int, steps: int, B: int = 64, lr: float = 0.01
) -> Readout:
    """Train a cell on `tasks.spike_delays`: at each spike it answers how long ago the one before was."""
    return train(
        make,
        seed,
        lambda generator: tasks.spike_delays(B, T, shortest, longest, generator=generator),
        H=H,
        steps=steps,
        lr=lr,
        cool_down=True,
    )


@torch.no_grad()
def exact_share(model: Readout, seed: int, *, T: int, shortest: int, longest: int, B: int = 500) -> float:
    """The share of delays that the model tells exactly, on B other sequences.

    An answer is exact if it is nearer to the true delay than to any other.
    """
    x, y, mask = tasks.spike_delays(B, T, shortest, longest, generator=_test_generator(seed))
    return ((model(x) - y)[mask].abs() < 0.5 / (longest - shortest)).float().mean().item()


TIMERS: Mapping[str, tuple[Make, int]] = {
    "LSTM, H = 2": (partial(LSTMCell, forget_bias=1.0), 2),
    "peephole LSTM, H = 2": (partial(PeepholeLSTMCell, forget_bias=1.0), 2),
    "LSTM, H = 3": (partial(LSTMCell, forget_bias=1.0), 3),
    "peephole LSTM, H = 3": (partial(PeepholeLSTMCell, forget_bias=1.0), 3),
}


@experiment("03.timing", seeds=range(20, 30), T=64, shortest=10, longest=30, steps=1500, B=64, lr=0.01)
def timing(
    seed: int, *, T: int, shortest: int, longest: int, steps: int, B: int, lr: float
) -> dict[str, dict[str, Any]]:
    """The share of delays that each model tells exactly, and its weights: so small that a lesson can show them."""
    figures: dict[str, dict[str, Any]] = {}
    for name, (make, H) in TIMERS.items():
        model = train_timer(make, seed, T=T, shortest=shortest, longest=longest, H=H, steps=steps, B=B, lr=lr)
        share = exact_share(model, seed, T=T, shortest=shortest, longest=longest)
        weights = {key: value.tolist() for key, value in model.state_dict().items()}
        figures[name] = {"parameters": sum(p.numel() for p in model.parameters()), "exact": share, "weights": weights}
    return figures


# --- who carries the question -------------------------------------------------------------------------------


def sentences_by_mark(*splits: str) -> tuple[list[list[str]], list[list[str]]]:
    """The English questions of these splits of the bundled corpus, and the first statements, as many."""
    corpus = datasets.load("ko-en")
    sentences = [pair.target for split in splits for pair in corpus[split]]
    asked = [sentence for sentence in sentences if sentence[-1] == "?"]
    told = [sentence for sentence in sentences if sentence[-1] == "."]
    return asked, told[: len(asked)]


def train_questioner(
    make: Make, seed: int, *, H: int = 24, epochs: int = 9, B: int = 64, lr: float = 0.01
) -> tuple[LanguageModel, text.Vocab]:
    """Train a language model on as many questions as statements; the model, and its vocabulary."""
    asked, told = sentences_by_mark("train")
    vocab = text.Vocab.build(asked + told, min_freq=2)
    encoded = [vocab.encode(sentence, sos=True) for sentence in asked + told]
    lengths = [len(row) for row in encoded]
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LanguageModel(Embedding(len(vocab), H, padding_idx=text.PAD), make(H, H), unroll=fast.masked_unroll)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for _ in range(epochs):
        for batch in batches.bucketed_batches(lengths, B, generator=generator):
            loss = next_word_loss(model, batches.pad([encoded[i] for i in batch]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
    return model, vocab


@torch.no_grad()
def who_carries(model: LanguageModel, vocab: text.Vocab, asked: Sequence, told: Sequence) -> dict[str, Any]:
    """The unit of an LSTM whose cell best tells questions from statements, when only the mark is missing.

    Returns:
        "unit": its number; "apart": in what share of the pairs of a question and a statement its c is on the right
        side; "right": the share of sentences in which the right one of "?" and "." is likelier; "without": that
        share for each unit, (H,), when what the unit shows, its h, is replaced by its mean over all sentences.
    """
    ids = batches.pad([vocab.encode(sentence[:-1], sos=True) for sentence in [*asked, *told]])
    _, (h, c) = model(ids)  # after the last word, (P, H) each
    question = torch.arange(len(ids)) < len(asked)

    def right(h: Tensor) -> float:
        logits = model.output(h)
        return ((logits[:, vocab["?"]] > logits[:, vocab["."]]) == question).float().mean().item()

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
    """`who_carries` on the sentences of validation and test, for a model of its own."""
    model, vocab = train_questioner(partial(LSTMCell, forget_bias=1.0), seed, H=H, epochs=epochs)
    return who_carries(model, vocab, *sentences_by_mark("validation", "test"))
