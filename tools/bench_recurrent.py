"""What does the loop over time cost, beside `torch.nn`, and what do the fused counterparts save?

    python -m tools.bench_recurrent [--json FILE] [--threads N]

One training step (forward and backward) of each layer at B 32, T 100, E = H = 128, all in one run and in turn, as
ratios to `torch.nn`: whole sequences to the plain module, sequences of different length to the module on packed ones.
Memory is the most that PyTorch holds at once during such a step, beyond what it held before. Prints a table; exits
with status 1 if a figure misses its goal.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from torch.profiler import ProfilerActivity, profile

from course_lib import fast, rnn
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell
from course_lib.masks import padding_mask
from course_lib.recurrent import Recurrent
from course_lib.rnn import RNNCell
from tools import benchmark
from tools.benchmark import Goal

B, T, H = 32, 100, 128
MOST_TIME = 4.0  # rnn.masked_unroll with LSTMCell to torch.nn.LSTM
MOST_MEMORY = 2.0
MOST_FAST = 1.25  # fast.masked_unroll to torch.nn: 1, and a margin for a busy machine
KINDS = {"RNN": (RNNCell, nn.RNN), "LSTM": (LSTMCell, nn.LSTM), "GRU": (GRUCell, nn.GRU)}


def batch(scale: int = 1) -> tuple[Tensor, Tensor]:
    """x (B, T, H), and lengths (B,) from T / 2 to T."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(B * scale, T, H, generator=generator).requires_grad_()
    return x, torch.randint(T // 2, T + 1, (B * scale,), generator=generator)


def on_packed(module: nn.Module, x: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    packed, last = module(pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False))
    return pad_packed_sequence(packed, batch_first=True, total_length=x.shape[1])[0], last


def train_step(forward: Callable[[], tuple]) -> None:
    forward()[0].square().mean().backward()


def contestants() -> dict[str, dict[str, Callable[[], tuple]]]:
    """Group by group, what is compared; the first of each group is the measure."""
    torch.manual_seed(0)
    x, lengths = batch()
    mask = padding_mask(lengths, T)
    groups: dict[str, dict[str, Callable[[], tuple]]] = {}
    for name, (make, oracle) in KINDS.items():
        cell, module = make(H, H), oracle(H, H, batch_first=True)
        groups[f"{name}, whole"] = {
            f"torch.nn.{name}": lambda module=module: module(x),
            "rnn.masked_unroll": lambda cell=cell: rnn.masked_unroll(cell, x),
            "fast.masked_unroll": lambda cell=cell: fast.masked_unroll(cell, x),
        }
        groups[f"{name}, lengths"] = {
            f"torch.nn.{name}": lambda module=module: on_packed(module, x, lengths),
            "rnn.masked_unroll": lambda cell=cell: rnn.masked_unroll(cell, x, mask=mask),
            "fast.masked_unroll": lambda cell=cell: fast.masked_unroll(cell, x, mask=mask),
        }
    peephole = PeepholeLSTMCell(H, H)
    groups["LSTM, whole"]["rnn.masked_unroll, peepholes"] = lambda: rnn.masked_unroll(peephole, x)
    stack = Recurrent(LSTMCell, H, H, L=2, bidirectional=True, unroll=fast.masked_unroll)
    module = nn.LSTM(H, H, num_layers=2, bidirectional=True, batch_first=True)
    groups["LSTM, 2 layers, both directions, lengths"] = {
        "torch.nn.LSTM": lambda: on_packed(module, x, lengths),
        "Recurrent(unroll=fast.masked_unroll)": lambda: stack(x, mask=mask),
    }
    return groups


def times(rounds: int) -> dict[str, dict[str, float]]:
    """Seconds per training step."""
    return {
        group: benchmark.best_seconds(
            {name: lambda forward=forward: train_step(forward) for name, forward in functions.items()}, rounds
        )
        for group, functions in contestants().items()
    }


def peak_memory() -> dict[str, float]:
    """MB by name, from a process of its own: the profiler talks."""
    command = [sys.executable, "-m", "tools.bench_recurrent", "--memory"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def print_memory() -> None:
    whole = contestants()["LSTM, whole"]
    print(json.dumps({name: _peak_memory(forward) for name, forward in whole.items()}))


def _peak_memory(forward: Callable[[], tuple]) -> float:
    """The largest sum of what was allocated and not yet freed, step by step through the profiler's record."""
    train_step(forward)  # the gradients of the parameters stand already
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as record:
        train_step(forward)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        record.export_chrome_trace(str(path))
        events = json.loads(path.read_text(encoding="utf-8"))["traceEvents"]
    held = most = 0
    for event in sorted((e for e in events if e.get("name") == "[memory]"), key=lambda e: e["ts"]):
        held += event["args"]["Bytes"]
        most = max(most, held)
    return most / 2**20


def main() -> int:
    parser = benchmark.parser(__doc__, rounds=7)
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.memory:
        print_memory()
        return 0

    seconds = times(arguments.rounds)
    memory = peak_memory()
    ratios = {
        group: {name: value / next(iter(figures.values())) for name, value in figures.items()}
        for group, figures in seconds.items()
    }
    print(f"{'training step, B 32, T 100, H 128':<50}{'ms':>8}{'ratio':>8}")
    for group, figures in seconds.items():
        print(group)
        for name, value in figures.items():
            print(f"    {name:<46}{1e3 * value:>8.1f}{ratios[group][name]:>8.2f}")
    print("peak memory of a training step, LSTM, whole")
    for name, value in memory.items():
        print(f"    {name:<46}{value:>5.1f} MB{value / memory['torch.nn.LSTM']:>8.2f}")

    fast_ones = [value for group in ratios.values() for name, value in group.items() if "fast" in name]
    goals = {
        "rnn.masked_unroll with LSTMCell, time": Goal(ratios["LSTM, whole"]["rnn.masked_unroll"], "at most", MOST_TIME),
        "rnn.masked_unroll with LSTMCell, memory": Goal(
            memory["rnn.masked_unroll"] / memory["torch.nn.LSTM"], "at most", MOST_MEMORY
        ),
        "fast, the slowest of all": Goal(max(fast_ones), "at most", MOST_FAST),
    }
    figures = {"seconds": seconds, "ratios": ratios, "memory MB": memory}
    return benchmark.report(goals, figures, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
