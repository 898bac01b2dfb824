"""Training a translator on a budget, in a folder from which it can go on: what `course train` does.

    plan = Plan(Budget.parse("20m"), "transformer", "small")
    train_translator(plan, datasets.load("folder", source="de", target="en"), Path("runs/first"))

The folder holds, each file whole at any moment:

    plan.json     what was asked for, with a checksum of the training sentences
    checkpoint    all that training needs to go on (`checkpoint`)
    best          the translator of the epoch whose BLEU on validation was highest (`translator_file`)
    epochs/       those of the last epochs, where they are to be averaged
    translator    the one to use, once training is over: the best, or the average if that is better
"""

import hashlib
import json
import math
import platform
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

import course_lib
from course_lib import fast, metrics
from course_lib.batches import pair_batches
from course_lib.bpe import BPE
from course_lib.decoding import greedy_search
from course_lib.files import replacing, write_text
from course_lib.models import SIZES, build
from course_lib.processes import ALONE, Batch, Loss, Team
from course_lib.sentence_pairs import Pair, ParallelCorpus
from course_lib.text import PAD
from course_lib.training import Step, fit, seed_everything
from course_lib.transformer import optimization
from course_lib.translator import Decode, Translator
from course_lib.translator_file import Recipe, load_translator, mean_of_files, save_translator

Tell = Callable[[str], None]
CHECKPOINT_EVERY = 500  # updates: what is lost at most

# --- the plan -----------------------------------------------------------------------------------------------

_UNITS = {"s": 1, "m": 60, "h": 3600}


class Budget(NamedTuple):
    """How long to train: so many "seconds" of the clock, "steps" or "epochs"."""

    unit: str
    amount: float

    @classmethod
    def parse(cls, text: str) -> "Budget":
        """45m, 90s, 1h30m: a time; 3000 updates; 12 epochs.

        Raises:
            ValueError: something else, or nothing: 0.
        """
        found = re.fullmatch(r"\s*(\d+)\s*(updates?|steps?|epochs?)\s*", text)
        if found is not None:
            budget = cls("epochs" if found[2].startswith("epoch") else "steps", int(found[1]))
        elif re.fullmatch(r"(\d+(\.\d+)?[smh])+", text):
            parts = re.findall(r"([\d.]+)([smh])", text)
            budget = cls("seconds", sum(float(number) * _UNITS[unit] for number, unit in parts))
        else:
            raise ValueError(f"expected a budget such as 45m, 1h30m, 90s, 3000updates or 12epochs, got {text!r}")
        if not budget.amount:
            raise ValueError(f"a budget of nothing trains nothing, got {text!r}")
        return budget


# Found on the validation sentences of a German-English corpus of 29,000 pairs.
RATES: Mapping[str, float] = {
    "transformer": 1.8e-3,
    "luong": 1.5e-3,
    "bahdanau": 1.5e-3,
    "seq2seq": 1.5e-3,
    "own": 1.8e-3,
}


@dataclass(frozen=True)
class Plan:
    """What to train, and how.

    Attributes:
        budget: how long.
        model, size: names of `models.SIZES`.
        merges: byte-pair merges, learned of both sides of the training sentences together.
        lower: read and say everything in small letters.
        seed: of the weights, the batches and dropout.
        rate: the learning rate at its highest; 0: the one of `RATES`.
        warmup: updates over which the rate rises; from then on it falls to 0 at the end of the budget, in a line.
        smoothing: of the labels.
        positions: the most on either side of a batch, padding included.
        bf16: multiply matrices in half the precision (bfloat16), where that is faster.
        longest: pairs with more tokens on a side are left out.
        average: so many last epochs may be averaged; 0 for none.
        half: the translator in the end has weights in half precision (float16), and half the size.
        code: a checksum of a learner's own code that is trained; empty for the library's.

    Raises:
        ValueError: a name that is none of these, or a number out of its range.
    """

    budget: Budget
    model: str = "transformer"
    size: str = "tiny"
    merges: int = 4000
    lower: bool = False
    seed: int = 1
    rate: float = 0.0
    warmup: int = 400
    smoothing: float = 0.1
    positions: int = 1000
    bf16: bool = False
    longest: int = 100
    average: int = 0
    half: bool = False
    code: str = ""

    def __post_init__(self) -> None:
        for name, names in (("size", SIZES), ("model", RATES)):
            if getattr(self, name) not in names:
                raise ValueError(f"{name}: expected one of {', '.join(names)}, got {getattr(self, name)!r}")
        least = {"merges": 0, "seed": 0, "rate": 0, "warmup": 0, "smoothing": 0, "positions": 1, "longest": 1}
        for name, lowest in (least | {"average": 0}).items():
            number = getattr(self, name)
            if not lowest <= number < math.inf:
                raise ValueError(f"{name}: expected a number, at least {lowest}, got {number}")

    def recipe(self, pairs: Sequence[Pair], source: str, target: str) -> Recipe:
        """The translator to be trained: its merges are learned from these pairs."""
        empty = Recipe(self.model, SIZES[self.size][self.model], (), (), source, target, self.lower)
        texts = (empty.prepared(text) for pair in pairs for text in (pair.source_text, pair.target_text))
        subwords = BPE.learn(texts, self.merges, learn=fast.learn_merges)
        return replace(empty, merges=subwords.merges, alphabet=subwords.alphabet)


def checksum(pairs: Sequence[Pair]) -> str:
    """The SHA-256 of the sentences of both sides."""
    found = hashlib.sha256()
    for pair in pairs:
        found.update(f"{pair.source_text}\t{pair.target_text}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


# --- figures ------------------------------------------------------------------------------------------------


def translations(
    recipe: Recipe, translator: Translator, texts: Sequence[str], *, decode: Decode = greedy_search
) -> list[str]:
    """The translations of texts, as texts; that of an empty text is empty."""
    tokens = [recipe.tokens(text) for text in texts]
    some = [each for each in tokens if each]
    found = iter(translator.translate(some, decode=decode).tokens if some else [])
    return [translator.detokenize(next(found)) if each else "" for each in tokens]


def validate(recipe: Recipe, translator: Translator, pairs: Sequence[Pair]) -> dict[str, float]:
    """Both perplexities, and BLEU of the greedy translations against the target's texts."""
    ready = tokenized(recipe, pairs)
    found = translations(recipe, translator, [pair.source_text for pair in pairs])
    references = [recipe.prepared(pair.target_text) for pair in pairs]
    return {**translator.perplexities(ready), "bleu": metrics.sacrebleu(hypotheses=found, references=references)}


def tokenized(recipe: Recipe, pairs: Sequence[Pair], longest: int | None = None) -> list[Pair]:
    """The pairs with the tokens of the recipe; those with an empty side, or a longer one, are left out."""
    ready = (
        Pair(recipe.tokens(pair.source_text), recipe.tokens(pair.target_text), pair.source_text, pair.target_text)
        for pair in pairs
    )
    return [
        pair
        for pair in ready
        if pair.source and pair.target and (longest is None or max(len(pair.source), len(pair.target)) <= longest)
    ]


# --- training -----------------------------------------------------------------------------------------------


def train_translator(
    plan: Plan,
    corpus: ParallelCorpus,
    folder: Path,
    *,
    resume: bool = False,
    force: bool = False,
    tell: Tell = print,
    on_step: Callable[[Step], None] | None = None,
    make: Callable[..., nn.Module] = build,
    workers: Team = ALONE,
) -> list[dict[str, Any]]:
    """Train, validate after each epoch, and leave in the folder what the module's head describes.

    Args:
        corpus: with "train" and "validation".
        resume: go on from the folder's checkpoint; the result is that of training without a break.
        force: replace the run that the folder holds. Nothing but a run is removed, and only when this one can begin.
        tell: is told what happens, line by line.
        on_step: called after each step; `training.StopTraining` ends the training so that it can go on.
        make: makes the model, called as `models.build`.
        workers: the processes that share the work. The folder is one that all of them see.

    Returns:
        The history: see `training.fit`, with "teacher-forced", "free-running" and "bleu" on validation.

    Raises:
        FileExistsError: the folder holds something, and neither `resume` nor `force` is said, or it is no run.
        ValueError: the folder's run is of another plan or other sentences; no sentences to train or to validate on.
    """
    run = _Run(plan, corpus, folder, tell if workers.first else lambda line: None)
    if workers.first:
        run.begin(resume, force)
    seed_everything(plan.seed)
    translator = run.recipe.translator(make)
    model, encoded = translator.model.to(workers.device), translator.encode(run.pairs)
    generators = [torch.Generator().manual_seed(plan.seed + each) for each in range(2)]  # of batches, and of dropout
    smoothed = (optimization if plan.bf16 else fast).smoothed_loss(plan.smoothing)  # the fast one has no half precision
    loss = placed(smoothed, workers.device, bf16=plan.bf16)
    speed = _Speed(workers.shared(model, loss, generators[1]))
    budget: dict[str, Any] = {plan.budget.unit: plan.budget.amount}

    def evaluate(model: nn.Module) -> dict[str, float]:
        figures = {"speed": speed.end()}
        return figures | validate(run.recipe, translator, corpus["validation"]) if workers.first else figures

    history = fit(
        model,
        lambda: list(pair_batches(encoded, max_tokens=plan.positions, generator=generators[0])),
        speed,
        torch.optim.Adam(model.parameters(), lr=plan.rate or RATES[plan.model], betas=(0.9, 0.98)),
        **budget,
        clock=workers.clock,
        clip=1.0,
        schedule=lambda share: 1 - share,
        step_schedule=lambda step: min(1.0, step / plan.warmup) if plan.warmup else 1.0,
        evaluate=evaluate,
        on_step=on_step,
        note=lambda step: f"loss {step.loss:.2f}, {speed.rate():,.0f} tokens/s",
        on_epoch=(lambda line: run.end_epoch(model, line)) if workers.first else None,
        checkpoint=folder / "checkpoint",
        checkpoint_every=CHECKPOINT_EVERY,
        resume=resume,
        keep=workers.first,
        generators=generators,
    )
    if workers.first:
        run.finish(translator, history)
    return history


def placed(loss: Loss, device: torch.device, *, bf16: bool = False) -> Loss:
    """A loss of batches that come from the CPU, computed on a device; `bf16`: its matrix products in bfloat16."""

    def on_device(model: nn.Module, batch: Batch) -> Tensor:
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=bf16):
            return loss(model, (batch[0].to(device), batch[1].to(device)))

    return on_device


class _Speed:
    """A loss that counts target tokens, to say how many are trained on in a second."""

    def __init__(self, loss: Loss):
        self.loss = loss
        self.tokens = 0
        self.start = 0.0

    def __call__(self, model: nn.Module, batch: Batch) -> Tensor:
        if not self.tokens:
            self.start = time.monotonic()
        self.tokens += int((batch[1][:, 1:] != PAD).sum())
        return self.loss(model, batch)

    def rate(self) -> float:
        """Target tokens in a second, since the epoch began, or since it was gone on with."""
        return self.tokens / max(time.monotonic() - self.start, 1e-9)

    def end(self) -> float:
        """The same at the end of the epoch."""
        rate, self.tokens = self.rate(), 0
        return rate


class _Run:
    """The folder of a training: begun, or gone on with; after each epoch the best is kept."""

    def __init__(self, plan: Plan, corpus: ParallelCorpus, folder: Path, tell: Tell):
        self.plan, self.corpus, self.folder, self.tell = plan, corpus, folder, tell
        for split in ("train", "validation"):
            if split not in corpus or not corpus[split]:
                raise ValueError(f"expected sentences to train and to validate on, got none in {split!r}")
        tell(f"{len(corpus.train):,} pairs to train on, {len(corpus.validation):,} to validate on")
        self.recipe = plan.recipe(corpus.train, corpus.source, corpus.target)
        self.pairs = tokenized(self.recipe, corpus.train, plan.longest)
        if not self.pairs:
            raise ValueError(f"expected pairs of 1 to {plan.longest} tokens to train on, got none")
        self.asked = {**asdict(plan), "budget": list(plan.budget), "data": checksum(corpus.train)}
        self.best = -1.0

    def begin(self, resume: bool, force: bool) -> None:
        """Make the folder, or see whether what it holds can be gone on with."""
        path = self.folder / "plan.json"
        if resume:
            if not path.exists():
                raise ValueError(f"{self.folder} holds no run to go on with")
            there = json.loads(path.read_text(encoding="utf-8"))
            odd = [name for name in self.asked if there.get(name) != self.asked[name]]
            if odd:
                was, now = (each.get(odd[0]) for each in (there, self.asked))
                raise ValueError(f"{self.folder} holds another run: its {odd[0]} was {was}, asked for is {now}")
            if (self.folder / "best").exists():
                self.best = load_translator(self.folder / "best").about["figures"]["bleu"]
        elif force and path.exists():
            shutil.rmtree(self.folder)
        elif self.folder.exists() and any(self.folder.iterdir()):
            raise FileExistsError(f"{self.folder} is there already")
        left_out = len(self.corpus.train) - len(self.pairs)
        if left_out:
            self.tell(f"{left_out:,} pairs are left out: a side is empty or has more than {self.plan.longest} tokens")
        write_text(path, json.dumps(self.asked, indent=1) + "\n")

    def about(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """What a file says of how its translator came about."""
        versions = {"course": course_lib.__version__, "torch": torch.__version__, "python": platform.python_version()}
        return {"plan": self.asked, "figures": dict(line), "versions": versions}

    def end_epoch(self, model: nn.Module, line: dict[str, Any]) -> None:
        self.tell(
            f"epoch {line['epoch']:>3}  updates {line['step']:>6,}  loss {line['loss']:.3f}  "
            f"perplexity {line['teacher-forced']:.2f} forced {line['free-running']:.1f} free  "
            f"BLEU {line['bleu']:.2f}  {line['speed']:,.0f} tokens/s"
        )
        if line["bleu"] > self.best:
            self.best = line["bleu"]
            save_translator(self.folder / "best", self.recipe, model, self.about(line))
        if self.plan.average:
            save_translator(self._epoch(line["epoch"]), self.recipe, model, self.about(line))
            self._epoch(line["epoch"] - self.plan.average).unlink(missing_ok=True)

    def _epoch(self, number: float) -> Path:
        return self.folder / "epochs" / f"{number:04.0f}"

    def _kept(self) -> Iterator[Path]:
        yield from sorted((self.folder / "epochs").glob("[0-9]*"))

    def finish(self, translator: Translator, history: list[dict[str, Any]]) -> None:
        """Choose between the best epoch and the average of the last ones."""
        best, kept, chosen = self.folder / "best", list(self._kept()), None
        if len(kept) > 1:
            translator.model.load_state_dict(mean_of_files(kept), strict=False)
            figures = validate(self.recipe, translator, self.corpus["validation"])
            self.tell(f"the mean of the last {len(kept)} epochs: BLEU {figures['bleu']:.2f}")
            if figures["bleu"] > self.best:
                chosen = translator.model, self.about({**history[-1], **figures, "averaged": len(kept)})
        if self.plan.half and chosen is None:
            _, kept_best, about = load_translator(best)
            chosen = kept_best.model, about
        with replacing(self.folder / "translator") as beside:
            if chosen is None:
                shutil.copyfile(best, beside)
            else:
                dtype = torch.float16 if self.plan.half else None
                save_translator(beside, self.recipe, *chosen, dtype=dtype)
