"""How much of a target word's gradient arrives at each word of the source, with attention and without (lesson 05)."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import torch
from torch import Tensor

from course_lib.batches import pad
from course_lib.datasets import Pair
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.parts import assembled
from course_lib.likelihood import nll
from course_lib.modes import in_mode
from course_lib.seq2seq import Seq2Seq
from course_lib.text import PAD
from course_lib.translator import Translator

MODELS: Mapping[str, Callable[[], Seq2Seq]] = {
    "no attention": recurrent_model,
    "no attention, both directions": partial(assembled, E=128, H=192, both=True),
    "attention (general)": partial(recurrent_model, attention="general"),
}


def source_gradients(translator: Translator, pairs: list[Pair]) -> dict[str, Tensor]:
    """The norm of the gradient of log p(y_t) at the embedding of each source token, (B, S), zero at padding.

    Returns:
        {"first": of the first token of each target, "last": of the last one before `<eos>`}
    """
    model = translator.model
    source, target = (pad(side) for side in zip(*translator.encode(pairs), strict=True))
    embedded: list[Tensor] = []
    hook = model.encoder.embedding.register_forward_hook(lambda module, given, x: embedded.append(x))  # (B, S, E)
    try:
        with in_mode(model, training=False):
            losses = nll(model(source, target[:, :-1]), target[:, 1:])  # (B, T)
    finally:
        hook.remove()
    ends = (target[:, 1:] != PAD).sum(1) - 1  # the place of <eos>
    words = {"first": losses[:, 0], "last": losses[torch.arange(len(losses)), ends - 1]}
    norms = {}
    for word, loss in words.items():
        (gradient,) = torch.autograd.grad(loss.sum(), embedded, retain_graph=True)  # no sentence has a part in another
        norms[word] = gradient.norm(dim=-1)
    return norms


def by_distance(seeds: Iterable[int], *, furthest: int = 20, most: int = 64) -> dict[str, dict[str, list[list[float]]]]:
    """`source_gradients` of new models, for source tokens 1, 2, ... places before the end of the source.

    Args:
        seeds: of the models' parameters.
        furthest: the last of the distances. Only pairs of `test` whose source is as long are used,
        most: and so many of them.

    Returns:
        {model: {"first": for each seed the geometric mean over the pairs at each distance (furthest,), "last": ...}}
    """
    data = corpus()
    pairs = [pair for pair in data.pairs["test"] if len(pair.source) >= furthest][:most]
    places = torch.tensor([[len(pair.source) - d for d in range(1, furthest + 1)] for pair in pairs])
    found: dict[str, dict[str, list[list[float]]]] = {name: {"first": [], "last": []} for name in MODELS}
    for seed in seeds:
        for name, make in MODELS.items():
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(seed)
                translator = data.translator(make())
            for word, norms in source_gradients(translator, pairs).items():
                found[name][word].append(norms.gather(1, places).double().log().mean(0).exp().tolist())
    return found
