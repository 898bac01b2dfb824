"""How fast do the models that translate train, beside a straightforward loop over the target?

    python -m tools.bench_seq2seq [--json FILE] [--threads N] [--rounds N]

Target tokens per second of whole training steps (forward, backward, clip, Adam) on the bundled corpus, Korean to
English, at E 128, H 192, batch 64, all in one run and in turn. The straightforward loop has the same layers and sizes,
from `torch.nn`: it pads batches as they come, reads the source with the packed `torch.nn.LSTM`, and then goes through
the target step by step, each step with its cell, its attention from the keys on, and the last layer for all V words,
padding included. Decoding is compared, too: all sentences of a batch together, and one at a time. Prints tables; exits
with status 1 if a figure misses its goal.
"""

import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from course_lib import datasets, fast
from course_lib.attention import Concat, General
from course_lib.attention_decoders import BahdanauDecoder, LuongDecoder
from course_lib.batches import encode_pairs, pad, pair_batches
from course_lib.beam import beam_decode
from course_lib.decoding import greedy_search
from course_lib.embeddings import Embedding
from course_lib.encoder import Encoder
from course_lib.lstm import LSTMCell
from course_lib.recurrent import Recurrent
from course_lib.seq2seq import Bridge, Decoder, Seq2Seq, translation_loss
from course_lib.text import PAD, Vocab
from course_lib.translator import Translator
from tools import benchmark
from tools.benchmark import Goal

E, H, B = 128, 192, 64
# Training, of each form, to its straightforward loop. Without attention there is little in a step but products of
# matrices, which the loop needs as well.
LEAST_RATIO = {"no attention": 1.5, "Luong, general": 3.0, "Bahdanau, concat": 3.0}
LEAST_DECODING = 5.0  # greedy in batches, to one sentence at a time
Batch = tuple[Tensor, Tensor]


def ours(form: str, V_source: int, V_target: int) -> Seq2Seq:
    encoder = Encoder(
        Embedding(V_source, E, padding_idx=PAD),
        Recurrent(LSTMCell, E, H // 2, bidirectional=True, unroll=fast.masked_unroll),
    )
    cell = LSTMCell(E + H * form.startswith("Bahdanau"), H)
    embedding, bridge = Embedding(V_target, E, padding_idx=PAD), Bridge(H, cell)
    if form == "no attention":
        return Seq2Seq(encoder, Decoder(embedding, cell, bridge=bridge, unroll=fast.masked_unroll))
    if form == "Luong, general":
        return Seq2Seq(
            encoder, LuongDecoder(embedding, cell, General(H, H), H, bridge=bridge, unroll=fast.masked_unroll)
        )
    return Seq2Seq(encoder, BahdanauDecoder(embedding, cell, Concat(H, H, H), H, bridge=bridge))


class Straightforward(nn.Module):
    """The same layers, step by step."""

    def __init__(self, form: str, V_source: int, V_target: int):
        super().__init__()
        self.form = form
        self.source_embedding = nn.Embedding(V_source, E, padding_idx=PAD)
        self.encoder = nn.LSTM(E, H // 2, bidirectional=True, batch_first=True)
        self.target_embedding = nn.Embedding(V_target, E, padding_idx=PAD)
        bahdanau = form.startswith("Bahdanau")
        self.bridge_h, self.bridge_c = nn.Linear(H, H), nn.Linear(H, H)
        self.cell = nn.LSTMCell(E + H * bahdanau, H)
        if form == "Luong, general":
            self.score = nn.Linear(H, H, bias=False)
            self.combine = nn.Linear(2 * H, H, bias=False)
        elif bahdanau:
            self.score = nn.Linear(2 * H, H, bias=False)
            self.v = nn.Linear(H, 1, bias=False)
            self.combine = nn.Linear(2 * H + E, H)
        self.output = nn.Linear(H, V_target)

    def forward(self, source: Tensor, inputs: Tensor) -> Tensor:
        mask = source != PAD
        packed = pack_padded_sequence(
            self.source_embedding(source), mask.sum(1), batch_first=True, enforce_sorted=False
        )
        keys, last = self.encoder(packed)
        keys, _ = pad_packed_sequence(keys, batch_first=True)
        h, c = (torch.cat([s[0], s[1]], dim=1) for s in last)
        h, c = self.bridge_h(h).tanh(), self.bridge_c(c)
        logits = []
        for t in range(inputs.shape[1]):
            x = self.target_embedding(inputs[:, t])
            if self.form == "no attention":
                h, c = self.cell(x, (h, c))
                logits.append(self.output(h))
            elif self.form == "Luong, general":
                h, c = self.cell(x, (h, c))
                context = self.attend((self.score(keys) @ h.unsqueeze(2)).squeeze(2), mask, keys)
                logits.append(self.output(self.combine(torch.cat([context, h], dim=1)).tanh()))
            else:
                both = torch.cat([h.unsqueeze(1).expand(-1, keys.shape[1], -1), keys], dim=2)
                context = self.attend(self.v(self.score(both).tanh()).squeeze(2), mask, keys)
                h, c = self.cell(torch.cat([x, context], dim=1), (h, c))
                logits.append(self.output(self.combine(torch.cat([h, context, x], dim=1)).tanh()))
        return torch.stack(logits, dim=1)

    @staticmethod
    def attend(scores: Tensor, mask: Tensor, values: Tensor) -> Tensor:
        weights = scores.masked_fill(~mask, -1e10).softmax(1)
        return (weights.unsqueeze(1) @ values).squeeze(1)


def straightforward_loss(model: nn.Module, batch: Batch) -> Tensor:
    source, target = batch
    logits = model(source, target[:, :-1])
    return F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD)


def train(model: nn.Module, loss: Callable, batches: Iterable[Batch]) -> tuple[int, float]:
    """Target tokens and seconds; making the batches counts, too."""
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    tokens, start = 0, time.perf_counter()
    for batch in batches:
        optimizer.zero_grad()
        loss(model, batch).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        tokens += int((batch[1][:, 1:] != PAD).sum())
    return tokens, time.perf_counter() - start


def as_they_come(data: list, generator: torch.Generator) -> Iterable[Batch]:
    for rows in torch.randperm(len(data), generator=generator).split(B):
        yield pad([data[i][0] for i in rows]), pad([data[i][1] for i in rows])


def training(rounds: int, sentences: int) -> dict[str, dict[str, float]]:
    """Tokens per second, the best of several rounds, in turn, so that a busy moment does not fall on one alone."""
    pairs = datasets.load("ko-en", "train")
    source_vocab, target_vocab = (Vocab.build(side) for side in ([p.source for p in pairs], [p.target for p in pairs]))
    generator = torch.Generator().manual_seed(0)
    data = encode_pairs(
        [pairs[i] for i in torch.randperm(len(pairs), generator=generator)[:sentences]], source_vocab, target_vocab
    )
    sizes = len(source_vocab), len(target_vocab)
    best: dict[str, dict[str, float]] = {}
    for form in LEAST_RATIO:
        torch.manual_seed(0)
        contestants = {
            "ours": (ours(form, *sizes), translation_loss, lambda g: pair_batches(data, B, generator=g)),
            "loop": (Straightforward(form, *sizes), straightforward_loss, lambda g: as_they_come(data, g)),
        }
        counts = [sum(p.numel() for p in model.parameters()) for model, _, _ in contestants.values()]
        assert counts[0] == counts[1], f"not the same sizes: {counts}"
        for model, loss, batches in contestants.values():
            train(model, loss, list(batches(torch.Generator().manual_seed(0)))[:2])
        best[form] = dict.fromkeys(contestants, 0.0)
        for seed in range(rounds):
            for name, (model, loss, batches) in contestants.items():
                tokens, seconds = train(model, loss, batches(torch.Generator().manual_seed(seed)))
                best[form][name] = max(best[form][name], tokens / seconds)
    return best


def decoding(rounds: int, sentences: int) -> dict[str, float]:
    """Sentences per second with random weights, so each to its full length of 20."""
    pairs = datasets.load("ko-en", "test")[:sentences]
    source_vocab, target_vocab = (Vocab.build(side) for side in ([p.source for p in pairs], [p.target for p in pairs]))
    torch.manual_seed(0)
    model = ours("Luong, general", len(source_vocab), len(target_vocab))
    with torch.no_grad():
        model.output.bias[3] = -100  # no <eos>
    translator = Translator(model, source_vocab, target_vocab, max_length=20)
    ways = {
        "greedy, batches of 100": {"decode": greedy_search},
        "beam of 5, batches of 100": {"decode": partial(beam_decode, beam=5)},
        "greedy, one at a time": {"decode": greedy_search, "batch_size": 1},
    }
    seconds = benchmark.best_seconds(
        {
            name: lambda way=way: translator.translate([pair.source for pair in pairs], **way)
            for name, way in ways.items()
        },
        rounds,
        warm_up=False,
    )
    return {name: len(pairs) / value for name, value in seconds.items()}


def main() -> int:
    arguments = benchmark.parser(__doc__, rounds=3).parse_args()
    torch.set_num_threads(arguments.threads)

    speeds = training(arguments.rounds, sentences=20 * B)
    ratios = {form: figures["ours"] / figures["loop"] for form, figures in speeds.items()}
    print(f"{'training, target tokens/s':<28}{'ours':>10}{'loop':>10}{'ratio':>8}")
    for form, figures in speeds.items():
        print(f"{form:<28}{figures['ours']:>10,.0f}{figures['loop']:>10,.0f}{ratios[form]:>8.2f}")
    decoded = decoding(arguments.rounds, sentences=200)
    print(f"\n{'decoding, sentences/s':<28}")
    for name, value in decoded.items():
        print(f"{name:<28}{value:>10,.0f}")

    goals = {form: Goal(ratio, "at least", LEAST_RATIO[form]) for form, ratio in ratios.items()}
    batched = decoded["greedy, batches of 100"] / decoded["greedy, one at a time"]
    goals["greedy in batches"] = Goal(batched, "at least", LEAST_DECODING)
    return benchmark.report(goals, {"training tokens/s": speeds, "decoding sentences/s": decoded}, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
