"""How fast do the models that translate train, beside a straightforward loop over the target?

    python -m tools.bench_seq2seq [--json FILE] [--threads N] [--rounds N]

Target tokens per second of whole training steps (forward, backward, clip, Adam), all in one run and in turn: on the
bundled corpus, Korean to English, at E 128, H 192, batch 64; and at the sizes of a widely followed public course,
E 256, H 512, batch 128, with vocabularies of 7,850 and 5,900 and sentences as long as those of Multi30k, where the
share of a step that is products of matrices is measured as well. The straightforward loop has the same layers and
sizes, from `torch.nn`: it pads batches as they come, reads the source with the packed `torch.nn.LSTM`, and then goes
through the target step by step, each step with its cell, its attention from the keys on, and the last layer for all V
words, padding included. Decoding is compared, too: all sentences of a batch together, and one at a time. Prints tables;
exits with status 1 if a figure misses its goal.
"""

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

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
from course_lib.seq2seq import Bridge, Decoder, Seq2Seq
from course_lib.text import PAD, Vocab
from course_lib.translator import Translator
from tools import benchmark
from tools.benchmark import Batch, Goal

FORMS = ("no attention", "Luong, general", "Bahdanau, concat")


class Sizes(NamedTuple):
    """Of embeddings, of states, and of both vocabularies."""

    E: int
    H: int
    V_source: int
    V: int


B, E, H = 64, 128, 192  # on the bundled corpus
FOLLOWED_B, FOLLOWED = 128, Sizes(256, 512, 7850, 5900)
# Training, of each form, to its straightforward loop. Without attention there is little in a step but products of
# matrices, which the loop needs as well.
LEAST_RATIO = dict(zip(FORMS, (1.5, 3.0, 3.0), strict=True))
LEAST_FOLLOWED = dict(zip(FORMS[1:], (5.0, 5.0), strict=True))
LEAST_PRODUCTS = 0.7  # of a step at the followed course's sizes
LEAST_DECODING = 5.0  # greedy in batches, to one sentence at a time


def ours(form: str, sizes: Sizes) -> Seq2Seq:
    E, H, V_source, V_target = sizes
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

    def __init__(self, form: str, sizes: Sizes):
        super().__init__()
        E, H, V_source, V_target = sizes
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


def train(step: Callable[[Batch], None], batches: Iterable[Batch]) -> tuple[int, float]:
    """Target tokens and seconds; making the batches counts, too."""
    tokens, start = 0, time.perf_counter()
    for batch in batches:
        step(batch)
        tokens += int((batch[1][:, 1:] != PAD).sum())
    return tokens, time.perf_counter() - start


def as_they_come(data: list, generator: torch.Generator) -> Iterable[Batch]:
    for rows in torch.randperm(len(data), generator=generator).split(B):
        yield pad([data[i][0] for i in rows]), pad([data[i][1] for i in rows])


def steps(form: str, sizes: Sizes) -> dict[str, Callable[[Batch], None]]:
    """A training step of ours and of the loop, with as many parameters."""
    torch.manual_seed(0)
    models = {"ours": ours(form, sizes), "loop": Straightforward(form, sizes)}
    counts = [sum(p.numel() for p in model.parameters()) for model in models.values()]
    assert counts[0] == counts[1], f"not the same sizes: {counts}"
    losses = {"ours": fast.smoothed_loss(0.0), "loop": straightforward_loss}
    return {name: benchmark.training_step(model, losses[name], rate=3e-3) for name, model in models.items()}


def contest(
    made: Mapping[str, Callable[[Batch], None]],
    batches: Mapping[str, Callable[[torch.Generator], Iterable[Batch]]],
    rounds: int,
) -> dict[str, float]:
    """Tokens per second, the best of several rounds, in turn, so that a busy moment does not fall on one alone."""
    for name, step in made.items():
        train(step, list(batches[name](torch.Generator().manual_seed(0)))[:2])
    best = dict.fromkeys(made, 0.0)
    for seed in range(rounds):
        for name, step in made.items():
            tokens, seconds = train(step, batches[name](torch.Generator().manual_seed(seed)))
            best[name] = max(best[name], tokens / seconds)
    return best


def training(rounds: int, sentences: int) -> dict[str, dict[str, float]]:
    """Tokens per second on the bundled corpus, each with batches as it makes them."""
    pairs = datasets.load("ko-en", "train")
    source_vocab, target_vocab = (Vocab.build(side) for side in ([p.source for p in pairs], [p.target for p in pairs]))
    generator = torch.Generator().manual_seed(0)
    data = encode_pairs(
        [pairs[i] for i in torch.randperm(len(pairs), generator=generator)[:sentences]], source_vocab, target_vocab
    )
    sizes = Sizes(E, H, len(source_vocab), len(target_vocab))
    batches = {"ours": lambda g: pair_batches(data, B, generator=g), "loop": lambda g: as_they_come(data, g)}
    return {form: contest(steps(form, sizes), batches, rounds) for form in FORMS}


def followed(rounds: int) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Tokens per second at the followed course's sizes, both on the same batches; the share of products in ours."""
    batches = benchmark.random_batches(2, FOLLOWED_B, FOLLOWED.V_source, FOLLOWED.V)
    speeds, shares = {}, {}
    for form in LEAST_FOLLOWED:
        made = steps(form, FOLLOWED)
        speeds[form] = contest(made, dict.fromkeys(made, lambda _: batches), rounds)
        shares[form] = benchmark.share_of_products(lambda step=made["ours"]: [step(batch) for batch in batches])
    return speeds, shares


def decoding(rounds: int, sentences: int) -> dict[str, float]:
    """Sentences per second with random weights, so each to its full length of 20."""
    pairs = datasets.load("ko-en", "test")[:sentences]
    source_vocab, target_vocab = (Vocab.build(side) for side in ([p.source for p in pairs], [p.target for p in pairs]))
    torch.manual_seed(0)
    model = ours("Luong, general", Sizes(E, H, len(source_vocab), len(target_vocab)))
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
    at_followed, shares = followed(arguments.rounds)
    goals = {}
    for title, figures, least in (
        ("on the bundled corpus", speeds, LEAST_RATIO),
        ("at the followed course's sizes", at_followed, LEAST_FOLLOWED),
    ):
        print(f"\n{'training, target tokens/s':<28}{'ours':>10}{'loop':>10}{'ratio':>8}  {title}")
        for form, of in figures.items():
            print(f"{form:<28}{of['ours']:>10,.0f}{of['loop']:>10,.0f}{of['ours'] / of['loop']:>8.2f}")
            goals[f"{form}, {title}"] = Goal(of["ours"] / of["loop"], "at least", least[form])
    goals |= {f"{form}, share of products": Goal(share, "at least", LEAST_PRODUCTS) for form, share in shares.items()}
    decoded = decoding(arguments.rounds, sentences=200)
    print(f"\n{'decoding, sentences/s':<28}")
    for name, value in decoded.items():
        print(f"{name:<28}{value:>10,.0f}")
    batched = decoded["greedy, batches of 100"] / decoded["greedy, one at a time"]
    goals["greedy in batches"] = Goal(batched, "at least", LEAST_DECODING)
    figures = {"training tokens/s": speeds, "at the followed sizes": at_followed, "decoding sentences/s": decoded}
    return benchmark.report(goals, figures, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
