"""`course train`: a translator from a corpus, on a budget of time."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from course_lib import datasets
from course_lib.commands.own_model import OwnModel, own_model
from course_lib.models import SIZES, build
from course_lib.processes import LostProcess, Team, leave, team
from course_lib.sentence_pairs import ParallelCorpus
from course_lib.training import Step, StopTraining
from course_lib.translator_training import RATES, Budget, Plan, train_translator
from course_lib.usage import UsageError

LIBRARY = [name for name in RATES if name != "own"]  # models that need no notebook


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    data = parser.add_argument_group("the sentences")
    data.add_argument(
        "--data",
        default="ko-en",
        metavar="DIR|FILE",
        help="aligned files or a table (default: the bundled corpus)",
    )
    data.add_argument("--source", metavar="LANG", help="ending of the source's files, or column of the table")
    data.add_argument("--target", metavar="LANG", help="the same of the target")
    data.add_argument("--lower", action="store_true", help="read and say everything in small letters")
    data.add_argument("--merges", type=int, default=4000, metavar="N", help="byte-pair merges (default: 4000)")
    model = parser.add_argument_group("the model")
    model.add_argument(
        "--model",
        default="transformer",
        metavar="NAME|NOTEBOOK",
        help=f"{', '.join(LIBRARY)}; or the notebook of lesson 06b, for your own (default: transformer)",
    )
    model.add_argument("--size", choices=list(SIZES), default="tiny", help="default: tiny")
    training = parser.add_argument_group("the training")
    training.add_argument("--budget", default="20m", help="45m, 1h30m, 3000updates or 12epochs (default: 20m)")
    training.add_argument("--out", type=Path, required=True, metavar="DIR", help="where everything is kept")
    training.add_argument("--seed", type=int, default=1, help="of weights, batches and dropout (default: 1)")
    training.add_argument("--rate", type=float, default=0.0, help="the highest learning rate (default: the model's)")
    training.add_argument("--positions", type=int, default=1000, help="the most in a batch, on a side (default: 1000)")
    training.add_argument("--bf16", action="store_true", help="matrix products in bfloat16, where that is faster")
    training.add_argument("--average", type=int, default=0, metavar="N", help="try the mean of the last N epochs, too")
    training.add_argument(
        "--half", action="store_true", help="write the translator in half precision, in half the size"
    )
    again = training.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on with the run in DIR")
    again.add_argument("--force", action="store_true", help="replace the run in DIR")


def run(given: argparse.Namespace) -> int:
    """Train; what can't be done is a UsageError."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return _train(given)
    try:
        status = _train(given)
    except UsageError as error:
        if os.environ["RANK"] == "0" or isinstance(error.__cause__, LostProcess):  # else every process would say it
            print(f"course: {error}", file=sys.stderr)
        status = 2
    return leave(status)


def _train(given: argparse.Namespace) -> int:
    try:
        own = own_model(given.model) if given.model.endswith(".ipynb") else None
        plan = Plan(
            Budget.parse(given.budget),
            *("own" if own else given.model, given.size, given.merges, given.lower, given.seed, given.rate),
            positions=given.positions,
            bf16=given.bf16,
            average=given.average,
            half=given.half,
            code=own.code if own else "",
        )
        corpus = load_corpus(given.data, given.source, given.target)
        with team() as workers, stopping(workers) as on_step:
            if own and workers.first:
                _say_whose(own)
            history = train_translator(
                *(plan, corpus, given.out),
                resume=given.resume,
                force=given.force,
                tell=partial(print, flush=True),  # a log shows each epoch when it ends
                on_step=on_step,
                make=own.make if own else build,
                workers=workers,
            )
        if not workers.first:
            return 0
    except StopTraining:
        if workers.first:
            print(f"\nStopped; it is all in {given.out}. Go on with the same command and --resume.")
        return 130
    except LostProcess as error:
        raise UsageError(f"{error}; go on from {given.out / 'checkpoint'} with --resume") from error
    except FileExistsError as error:
        raise UsageError(f"{error}; --resume goes on with it, --force replaces it") from error
    except (ValueError, OSError, FloatingPointError) as error:
        raise UsageError(str(error)) from error
    _draw(history, given.out / "curve.png")
    print(f"The translator is {given.out / 'translator'}.  Try it:  course translate {given.out}")
    return 0


def _say_whose(own: OwnModel) -> None:
    print(f"Your own Transformer: {len(own.right)} of {len(own.right) + len(own.replaced)} parts are yours.")
    for name, outcome in own.replaced.items():
        print(f"  {name} is the course's own: yours is {outcome}")


def load_corpus(where: str, source: str | None, target: str | None) -> ParallelCorpus:
    """A corpus by what was said on the command line; sentences to validate on are held out where there are none."""
    corpus = read_corpus(where, source, target)
    if "validation" not in corpus:
        corpus = corpus.hold_out(min(1000, len(corpus.train) // 20 or 1), 0)
        print(f"{len(corpus.validation):,} pairs are held out to validate on")
    return corpus


def read_corpus(where: str, source: str | None, target: str | None) -> ParallelCorpus:
    """A corpus as it is: languages are endings of files, or columns of a table by name or number."""
    columns = [int(name) if name is not None and name.isdigit() else name for name in (source, target)]
    return datasets.load(where, source=columns[0], target=columns[1])


@contextmanager
def stopping(workers: Team) -> Iterator[Callable[[Step], None]]:
    """A function for `on_step`, which stops the training after the step in which Ctrl-C was pressed; twice ends it.

    What ends a machine or a job (SIGTERM) stops it in the same way. Several processes stop after the same step.
    """
    asked: list[int] = []

    def note(number: int, _: Any) -> None:
        if asked and workers.size == 1:  # several processes get it from the terminal and from what started them
            raise KeyboardInterrupt
        asked.append(number)
        if workers.first:
            print("\nStopping after this step ...", flush=True)

    def on_step(_: Step) -> None:
        if workers.agree(bool(asked)):
            raise StopTraining

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield on_step
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _draw(history: list[dict[str, Any]], path: Path) -> None:
    """The picture of a run: both perplexities and BLEU on validation, epoch by epoch."""
    import matplotlib.pyplot as plt

    from course_lib import plotting

    epochs = [line["epoch"] for line in history]
    best = max(history, key=lambda line: line["bleu"])
    forced, free = (history[-1][name] for name in ("teacher-forced", "free-running"))
    with plotting.style():
        figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
        plotting.curve(
            epochs,
            {name: [line[name] for line in history] for name in ("teacher-forced", "free-running")},
            title=f"Perplexity at the end: {forced:.1f} after the true words, {free:.0f} after its own",
            xlabel="epoch",
            ylabel="perplexity on validation",
            log="y",
            ax=left,
        )
        plotting.curve(
            epochs,
            [line["bleu"] for line in history],
            title=f"Best BLEU: {best['bleu']:.1f}, epoch {best['epoch']}",
            xlabel="epoch",
            ylabel="BLEU on validation",
            ax=right,
        )
        figure.savefig(path)
        plt.close(figure)
