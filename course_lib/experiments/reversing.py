"""The source read from its end (lesson 04): what it is worth after a short training."""

from functools import partial
from typing import Any

from course_lib.experiments import translation
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.registry import experiment


@experiment("04.reversing", seeds=(20, 21, 22, 23, 24, 25), E=128, H=256, updates=600, lr=0.006, batch_size=64)
def reversing(seed: int, *, E: int, H: int, updates: int, lr: float, batch_size: int) -> dict[str, Any]:
    """BLEU of the same model after as many updates, the source read as it stands and from its end.

    Returns:
        {"as it stands": BLEU on `test`, "reversed": ..., "all": {"as it stands": `translation.bleu_figures` of `test`
        and `human`, ...}}
    """
    make = partial(recurrent_model, "LSTM", E=E, H=H)
    options: dict[str, Any] = {"updates": updates, "lr": lr, "batch_size": batch_size}
    measured = {split: corpus().pairs[split] for split in ("test", "human")}
    every = {}
    for name, reverse in (("as it stands", False), ("reversed", True)):
        translator, _ = translation.trained(make, seed, reverse_source=reverse, **options)
        every[name] = translation.translate_and_score(translator, measured)
    return {name: of["test"] for name, of in every.items()} | {"all": every}
