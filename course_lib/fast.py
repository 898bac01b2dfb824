"""The same results sooner: fused counterparts of the reference implementations, with the same contracts.

They are handed in where they are wanted: `LanguageModel(embedding, cell, unroll=fast.masked_unroll)`,
`model.features(source, inputs, attend=fast.attend_heads)`, or `Transformer(..., attend=fast.attend_heads)` for all
calls of a model; `fit(model, batches, fast.smoothed_loss(0.1), ...)`. Modules and parameters stay as they are.
(`torch.nn.LayerNorm` is the fused `transformer.LayerNorm`.)
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course_lib import rnn
from course_lib.bpe import merge_pair
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell
from course_lib.rnn import Cell, RNNCell, S, State, map_state
from course_lib.seq2seq import check_target
from course_lib.text import PAD
from course_lib.transformer import optimization
from course_lib.word_alignment import Sides

# --- the loop over time -------------------------------------------------------------------------------------

KERNELS: dict[type, Callable[..., Any]] = {RNNCell: torch.rnn_tanh, LSTMCell: torch.lstm, GRUCell: torch.gru}


def kernel(cell: Cell[S]) -> Callable[..., Any] | None:
    """The function beneath `torch.nn.RNN`, `LSTM` or `GRU` that does what this cell does at every step, or None.

    There is none for peepholes, for the GRU of Cho et al. 2014, nor for a cell of your own.
    """
    if type(cell) is GRUCell and not cell.reset_after:
        return None
    return KERNELS.get(type(cell))


def masked_unroll(
    cell: Cell[S], x: Tensor, state: S | None = None, mask: Tensor | None = None, *, reverse: bool = False
) -> tuple[Tensor, S]:
    """`rnn.masked_unroll` in one call of a fused kernel; a cell that has none goes through that itself.

    Arguments, results and errors are those of `rnn.masked_unroll`.
    """
    if kernel(cell) is None:
        return rnn.masked_unroll(cell, x, state, mask, reverse=reverse)
    return _by_kernel(cell, x, state, mask, reverse)


def _by_kernel(cell: Any, x: Tensor, state: Any, mask: Tensor | None, reverse: bool) -> tuple[Tensor, Any]:
    rnn.check_sequence(x, mask)
    with torch.no_grad():
        first = cell(x[:, 0], state)  # the cell's own checks, and the form of its state
    if state is None:
        state = map_state(torch.zeros_like, first)
    if mask is None:
        outputs, state = _run(cell, x.flip(1) if reverse else x, state, cell.weight_ih)
        return outputs.flip(1) if reverse else outputs, state

    # Take the real steps to the front, in the order in which the cell is to meet them; then the outputs back.
    B, T, _ = x.shape
    steps = torch.arange(T, device=x.device)
    steps = steps.flip(0) if reverse else steps
    padding, padding_last = (~mask[:, steps]).sort(dim=1, stable=True)  # (B, T) each
    start = T * torch.arange(B, device=x.device).unsqueeze(1)  # (B, 1): each sequence's place among all B T steps
    order = start + steps[padding_last]  # (B, T)
    x, weight_ih = _hold_c(cell, _take(x, order), padding)
    outputs, state = _run(cell, x, state, weight_ih)
    h = _take(outputs, start + mask.sum(1, keepdim=True) - 1).squeeze(1)  # (B, H), after the last real step
    outputs = _take(outputs, order.flatten().argsort().view(B, T)).masked_fill(~mask.unsqueeze(-1), 0)
    return outputs, (h, *state[1:]) if isinstance(state, tuple) else h


def _take(x: Tensor, places: Tensor) -> Tensor:
    """Steps of x (B, T, E) by their places (B, n) among all B T steps: (B, n, E). (`gather`, but 3 times as fast.)"""
    return x.flatten(0, 1).index_select(0, places.flatten()).view(*places.shape, -1)


def _run(cell: Any, x: Tensor, state: State, weight_ih: Tensor) -> tuple[Tensor, State]:
    """The kernel, in the weights' own precision: not every processor has one in half of it."""
    dtype = cell.weight_hh.dtype
    before = map_state(lambda s: s.unsqueeze(0).to(dtype), state)  # (1, B, H): one layer
    weights = [weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh]
    with torch.autocast(x.device.type, enabled=False):
        # with biases, one layer, no dropout, training or not, one direction, batch first
        outputs, *last = KERNELS[type(cell)](x.to(dtype), before, weights, True, 1, 0.0, cell.training, False, True)
    last = [s.squeeze(0) for s in last]
    return outputs, tuple(last) if isinstance(state, tuple) else last[0]


def _hold_c(cell: Any, x: Tensor, padding: Tensor) -> tuple[Tensor, Tensor]:
    """Let the c of an LSTM pass through padding (B, T) unchanged: x and `weight_ih` with one more input.

    That input is 1 at padding; there it shuts the input gate and opens the forget gate, both entirely. The h after
    the last real step stands among the outputs, so nothing else is needed. (Packed sequences would do, too. On CPU
    they take 2 to 3 times as long: their kernel goes step by step.)
    """
    if kernel(cell) is not torch.lstm:
        return x, cell.weight_ih
    H = cell.weight_hh.shape[1]
    gates = x.new_tensor([-1e4, 1e4, 0, 0]).repeat_interleave(H)  # i, f, g, o
    return torch.cat([x, padding.unsqueeze(-1).to(x)], dim=-1), torch.cat([cell.weight_ih, gates.unsqueeze(1)], dim=1)


# --- the Transformer ------------------------------------------------------------------------------------------


def attend_heads(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> tuple[Tensor, None]:
    """`transformer.attend_heads` in one kernel, which never writes the weights down: context (B, N, T, d_k), None.

    Arguments are those of `transformer.attend_heads`; a query that may look nowhere finds zero here, too.
    """
    if mask is None:
        return F.scaled_dot_product_attention(query, key, value), None
    mask = mask[:, None, None] if mask.dim() == 2 else mask[:, None]  # (B, 1, 1 or T, S)
    nowhere = ~mask.any(-1, keepdim=True)  # (B, 1, 1 or T, 1)
    # The kernel divides by the sum of no weights there: let it look anywhere, and drop what it finds.
    context = F.scaled_dot_product_attention(query, key, value, attn_mask=mask | nowhere)
    return context.masked_fill(nowhere, 0), None


# --- the loss ---------------------------------------------------------------------------------------------------

ROWS = 128  # of logits at a time: with 8,000 words, 4 MB, which stay in the processor's cache


class _SmoothedLoss(torch.autograd.Function):
    """The last layer and the loss in one: some rows of logits at a time, each turned into its gradient at once."""

    @staticmethod
    def forward(ctx: Any, features: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, smoothing: float) -> Tensor:
        n, V = len(features), len(weight)
        loss = features.new_zeros(())
        of_features, of_weight, of_bias = torch.empty_like(features), torch.zeros_like(weight), torch.zeros_like(bias)
        parts = features.split(ROWS), targets.split(ROWS), of_features.split(ROWS)
        for x, y, of_x in zip(*parts, strict=True):
            log_p = torch.addmm(bias, x, weight.T).log_softmax(-1)  # (rows, V)
            y = y.unsqueeze(1)
            loss -= (1 - smoothing) * log_p.gather(1, y).sum() + smoothing * log_p.mean(-1).sum()
            # Of -log p(y) by the logits: p - 1 at y, p elsewhere; of the mean of all V of them: p - 1 / V.
            of_logits = log_p.exp_().sub_(smoothing / V)
            of_logits.scatter_add_(1, y, of_logits.new_full(y.shape, smoothing - 1))
            torch.mm(of_logits, weight, out=of_x)
            of_weight.addmm_(of_logits.T, x)
            of_bias += of_logits.sum(0)
        ctx.save_for_backward(of_features, of_weight, of_bias)
        ctx.n = n
        return loss / n

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        return *(each * (gradient / ctx.n) for each in ctx.saved_tensors), None, None


def smoothed_loss(smoothing: float = 0.1) -> Callable[[nn.Module, tuple[Tensor, Tensor]], Tensor]:
    """`transformer.smoothed_loss`, without ever holding the logits of all words of a batch.

    A model whose `output` is not a linear layer with a bias goes through that itself. The last layer and the loss are
    computed in the weights' own precision.
    """
    reference = optimization.smoothed_loss(smoothing)

    def loss(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
        output = model.output
        if type(output) is not nn.Linear or output.bias is None:
            return reference(model, batch)
        source, target = batch
        check_target(target)
        features, _ = model.features(source, target[:, :-1])
        real = target[:, 1:] != PAD
        with torch.autocast(features.device.type, enabled=False):
            words = features[real].to(output.weight.dtype), output.weight, output.bias, target[:, 1:][real]
            found: Tensor = _SmoothedLoss.apply(*words, smoothing)  # type: ignore[no-untyped-call]
        return found

    return loss


# --- word alignment -------------------------------------------------------------------------------------------


def ibm_model_1(pairs: Sequence[Sides], rounds: int) -> dict[tuple[str, str], float]:
    """`word_alignment.ibm_model_1` with arrays: an entry for every meeting of an x and a y in some pair."""
    sources, targets = (list(dict.fromkeys(chain.from_iterable(side))) for side in zip(*pairs, strict=True))
    x_ids, y_ids = ({word: i for i, word in enumerate(words)} for words in (sources, targets))
    V = len(targets)
    # The meetings (x, y) as x V + y, those of one y in one target side by side.
    met = [np.add.outer([y_ids[y] for y in target], [V * x_ids[x] for x in source]).ravel() for source, target in pairs]
    words, place = np.unique(np.concatenate(met), return_inverse=True)
    sizes = np.repeat([len(source) for source, _ in pairs], [len(target) for _, target in pairs])
    starts = np.cumsum(sizes) - sizes
    t = np.full(len(words), 1 / V)
    for _ in range(rounds):
        share = t[place]
        share /= np.repeat(np.add.reduceat(share, starts), sizes)
        count = np.bincount(place, share)
        t = count / np.bincount(words // V, count)[words // V]
    return {(sources[i // V], targets[i % V]): p for i, p in zip(words.tolist(), t.tolist(), strict=True)}


# --- byte-pair encoding ---------------------------------------------------------------------------------------


def learn_merges(words: Mapping[str, int], merges: int) -> list[tuple[str, str]]:
    """`bpe.learn_merges`, which counts anew only in the words that a merge has changed."""
    split = [list(word) for word in words]
    weights = list(words.values())
    counts: Counter[tuple[str, str]] = Counter()
    places: defaultdict[tuple[str, str], set[int]] = defaultdict(set)  # the words in which a pair stands, or stood
    for i, symbols in enumerate(split):
        for pair in pairwise(symbols):
            counts[pair] += weights[i]
            places[pair].add(i)
    queue = [(-count, pair) for pair, count in counts.items()]  # an entry whose count has changed since is passed over
    heapq.heapify(queue)
    found: list[tuple[str, str]] = []
    while queue and len(found) < merges:
        count, best = heapq.heappop(queue)
        if -count != counts[best]:
            continue
        if -count < 2:
            break
        found.append(best)
        changed: Counter[tuple[str, str]] = Counter()
        for i in places.pop(best):
            merged = merge_pair(split[i], best)
            for pair in pairwise(split[i]):
                changed[pair] -= weights[i]
            for pair in pairwise(merged):
                changed[pair] += weights[i]
                places[pair].add(i)
            split[i] = merged
        for pair, difference in changed.items():
            if difference:
                counts[pair] += difference
                heapq.heappush(queue, (-counts[pair], pair))
    return found
