"""What do the fused kernels, the padding left out and the cache save, beside a plain Transformer and `torch.nn`?

    python -m tools.bench_transformer [--json FILE] [--threads N]

One training step (forward, backward, clip, Adam) at the sizes of a widely followed public course: D 256, 8 heads,
feed-forward 512, 3 + 3 layers, vocabularies of 7,850 and 5,900, batch 128, sentences as long as those of Multi30k.
`Plain` is that layout in a straightforward form: float masks, a product each for queries, keys and values, logits for
padding, too. What cannot be saved are the products of matrices: their share of a step is measured as well. And greedy
decoding of 50 words, with the cache and without. All in one run and in turn, as ratios. Prints a table; exits with
status 1 if a figure misses its goal.
"""

import math
import sys
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib import fast
from course_lib.masks import causal_mask
from course_lib.seq2seq import translation_loss
from course_lib.text import PAD, SOS
from course_lib.transformer import (
    Attend,
    LayerNorm,
    LearnedPositions,
    MakeNorm,
    Transformer,
    attend_heads,
    word_embedding,
)
from tools import benchmark
from tools.benchmark import Batch, Goal

B, D, N, H, L = 128, 256, 8, 512, 3
V_SOURCE, V = 7850, 5900
LONGEST = 100
SENTENCES, WORDS = 64, 50  # that are decoded
LEAST_TRAINING = 2.0  # tokens per second, fast to plain
LEAST_PRODUCTS = 0.7  # of a fast training step
MOST_TO_TORCH = 1.05  # time of a training step, fast to torch.nn.Transformer
LEAST_DECODING = 8.0  # with the cache to without


class PlainAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc_q, self.fc_k, self.fc_v, self.fc_o = (nn.Linear(D, D) for _ in range(4))
        self.dropout = nn.Dropout(0.1)

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
        batch = query.shape[0]
        q, k, v = (
            layer(x).view(batch, -1, N, D // N).permute(0, 2, 1, 3)
            for layer, x in ((self.fc_q, query), (self.fc_k, key), (self.fc_v, value))
        )
        energy = torch.matmul(q, k.permute(0, 1, 3, 2)) / math.sqrt(D // N)
        attention = energy.masked_fill(mask == 0, -1e10).softmax(-1)
        x = torch.matmul(self.dropout(attention), v)
        return self.fc_o(x.permute(0, 2, 1, 3).contiguous().view(batch, -1, D))


class PlainLayer(nn.Module):
    def __init__(self, attentions: int):
        super().__init__()
        self.attentions = nn.ModuleList(PlainAttention() for _ in range(attentions))
        self.norms = nn.ModuleList(nn.LayerNorm(D) for _ in range(attentions + 1))
        self.fc_1, self.fc_2 = nn.Linear(D, H), nn.Linear(H, D)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None, memory_mask: Tensor | None = None):
        x = self.norms[0](x + self.dropout(self.attentions[0](x, x, x, mask)))
        if memory is not None:
            x = self.norms[1](x + self.dropout(self.attentions[1](x, memory, memory, memory_mask)))
        return self.norms[-1](x + self.dropout(self.fc_2(self.dropout(torch.relu(self.fc_1(x))))))


class Plain(nn.Module):
    """A Transformer as one would write it down first."""

    def __init__(self):
        super().__init__()
        self.source_words, self.target_words = nn.Embedding(V_SOURCE, D), nn.Embedding(V, D)
        self.source_places, self.target_places = nn.Embedding(LONGEST, D), nn.Embedding(LONGEST, D)
        self.encoder = nn.ModuleList(PlainLayer(1) for _ in range(L))
        self.decoder = nn.ModuleList(PlainLayer(2) for _ in range(L))
        self.fc_out = nn.Linear(D, V)
        self.dropout = nn.Dropout(0.1)

    def embed(self, words: nn.Embedding, places: nn.Embedding, ids: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1]).unsqueeze(0).repeat(len(ids), 1)
        return self.dropout(words(ids) * math.sqrt(D) + places(positions))

    def forward(self, source: Tensor, inputs: Tensor) -> Tensor:
        source_mask = (source != PAD).float().unsqueeze(1).unsqueeze(2)  # (B, 1, 1, S)
        T = inputs.shape[1]
        mask = (inputs != PAD).float().unsqueeze(1).unsqueeze(2) * torch.tril(torch.ones(T, T))  # (B, 1, T, T)
        x = self.embed(self.source_words, self.source_places, source)
        for layer in self.encoder:
            x = layer(x, source_mask)
        y = self.embed(self.target_words, self.target_places, inputs)
        for layer in self.decoder:
            y = layer(y, mask, x, source_mask)
        return self.fc_out(y)

    def loss(self, source: Tensor, target: Tensor) -> Tensor:
        logits = self(source, target[:, :-1]).contiguous().view(-1, V)
        return F.cross_entropy(logits, target[:, 1:].contiguous().view(-1), ignore_index=PAD)


class ByTorch(nn.Module):
    """`torch.nn.Transformer` between our embeddings and our loss."""

    def __init__(self, ours: Transformer):
        super().__init__()
        self.ours = ours
        del ours.encoder, ours.decoder  # what the body takes the place of
        self.body = nn.Transformer(D, N, L, L, H, dropout=0.1, batch_first=True)
        self.body.encoder.norm = self.body.decoder.norm = None  # the paper's form has none

    def features(self, source: Tensor, inputs: Tensor) -> tuple[Tensor, None]:
        x = self.ours.embed(self.ours.source_embedding, self.ours.source_positions, source)
        y = self.ours.embed(self.ours.target_embedding, self.ours.target_positions, inputs)
        hidden = source == PAD
        mask = ~causal_mask(inputs.shape[1])
        return self.body(x, y, tgt_mask=mask, src_key_padding_mask=hidden, memory_key_padding_mask=hidden), None

    @property
    def output(self) -> nn.Module:
        return self.ours.output


def make(attend: Attend, norm: MakeNorm) -> Transformer:
    torch.manual_seed(0)
    positions = [LearnedPositions(LONGEST, D) for _ in range(2)]
    words = word_embedding(V_SOURCE, D), word_embedding(V, D)
    return Transformer(*words, N, H, L, *positions, dropout=0.1, norm_first=False, norm=norm, attend=attend)


def contestants() -> dict[str, Callable[[Batch], None]]:
    """A training step for each; the first is the measure."""
    torch.manual_seed(0)
    models: dict[str, tuple[nn.Module, Callable[[Any, Batch], Tensor]]] = {
        "plain": (Plain(), lambda plain, batch: plain.loss(*batch)),
        "torch.nn.Transformer, our loss": (ByTorch(make(fast.attend_heads, nn.LayerNorm)), fast.smoothed_loss(0.0)),
        "Transformer, reference": (make(attend_heads, LayerNorm), translation_loss),
        "Transformer, fast": (make(fast.attend_heads, nn.LayerNorm), fast.smoothed_loss(0.0)),
    }
    return {name: benchmark.training_step(model, loss) for name, (model, loss) in models.items()}


def training_times(rounds: int) -> tuple[dict[str, float], float]:
    """Seconds per training step; the share of products in a step of the fast one."""
    made = benchmark.random_batches(2, B, V_SOURCE, V)

    def through(step: Callable[[Batch], None]) -> None:
        for batch in made:
            step(batch)

    steps = contestants()
    ways = {name: lambda step=step: through(step) for name, step in steps.items()}
    times = {name: value / len(made) for name, value in benchmark.best_seconds(ways, rounds).items()}
    return times, benchmark.share_of_products(ways["Transformer, fast"])


@torch.no_grad()
def decoding_times(rounds: int) -> dict[str, float]:
    """Seconds for 50 words of 64 sentences, greedily, with the cache and without; both say the same."""
    model = make(fast.attend_heads, nn.LayerNorm).eval()
    source = benchmark.random_batches(1, B, V_SOURCE, V)[0][0][:SENTENCES]

    def cached() -> Tensor:
        state = model.start(source)
        tokens = [torch.full((SENTENCES,), SOS)]
        for _ in range(WORDS):
            logits, state = model.step(tokens[-1], state)
            tokens.append(logits.argmax(-1))
        return torch.stack(tokens, dim=1)

    def again() -> Tensor:
        memory, mask = model.encode(source)
        tokens = torch.full((SENTENCES, 1), SOS)
        for _ in range(WORDS):
            features = model.decode(memory, mask, tokens)  # all words so far, once more
            logits = model.output(features)[:, -1]
            tokens = torch.cat([tokens, logits.argmax(-1, keepdim=True)], dim=1)
        return tokens

    ways = {"all computed again": again, "with the cache": cached}
    if not torch.equal(cached(), again()):
        raise AssertionError("the cache changes what is said")
    return benchmark.best_seconds(ways, rounds, warm_up=False)


def main() -> int:
    arguments = benchmark.parser(__doc__, rounds=5).parse_args()
    torch.set_num_threads(arguments.threads)

    words = sum(int((target[:, 1:] != PAD).sum()) for _, target in benchmark.random_batches(2, B, V_SOURCE, V)) / 2
    (training, products), decoding = training_times(arguments.rounds), decoding_times(arguments.rounds)
    print(f"{'training step, B 128, D 256':<40}{'ms':>8}{'tokens/s':>10}{'speed':>8}")
    for name, seconds in training.items():
        print(f"{name:<40}{1e3 * seconds:>8.0f}{words / seconds:>10,.0f}{training['plain'] / seconds:>8.2f}")
    print(f"\n{'greedy decoding, 64 sentences, 50 words':<40}{'ms':>8}{'tokens/s':>10}{'speed':>8}")
    for name, seconds in decoding.items():
        speed = decoding["all computed again"] / seconds
        print(f"{name:<40}{1e3 * seconds:>8.0f}{SENTENCES * WORDS / seconds:>10,.0f}{speed:>8.2f}")

    fused = training["Transformer, fast"]
    to_torch = fused / training["torch.nn.Transformer, our loss"]
    cached = decoding["all computed again"] / decoding["with the cache"]
    goals = {
        "training, fast to plain": Goal(training["plain"] / fused, "at least", LEAST_TRAINING),
        "share of products, fast": Goal(products, "at least", LEAST_PRODUCTS),
        "training time, fast to torch.nn": Goal(to_torch, "at most", MOST_TO_TORCH),
        "decoding, with the cache to without": Goal(cached, "at least", LEAST_DECODING),
    }
    return benchmark.report(goals, {"training s": training, "decoding s": decoding}, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
