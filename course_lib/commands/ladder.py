"""`course ladder`: every model of the course on the same data, with equal updates and with equal seconds."""

import argparse

import torch

from course_lib import folders
from course_lib.experiments import registry, stored_runs
from course_lib.experiments.ladder import BUDGETS, table
from course_lib.progress_bar import ProgressBar
from course_lib.usage import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--run", action="store_true", help="train and measure them anew (about an hour)")


def run(given: argparse.Namespace) -> int:
    """The table of all models under both budgets, from the stored run; or made anew first, one seed after the other."""
    if given.run:
        experiment = registry.find("06.ladder")
        torch.set_num_threads(1)
        seeds = len(experiment.seeds)
        print(f"{seeds} seeds, about ten minutes each on a quiet machine. Interrupted, it goes on with those missing.")
        with ProgressBar("06.ladder", total=seeds, unit="seed") as bar:

            def on_seed(seed: int, seconds: float) -> None:
                bar.print(f"  seed {seed}: {seconds:.0f} s")
                bar.update()

            made = stored_runs.run(experiment, on_seed, resume=folders.home() / "build" / "runs")
        if not folders.installed():  # the stored run of an installed course is not the learner's to replace
            print(f"Stored in {stored_runs.store(made)}")
    else:
        try:
            made = stored_runs.stored("06.ladder")
        except FileNotFoundError as error:
            raise UsageError("there is no stored ladder; make it: course ladder --run") from error
    print(f"\n{made}")
    for budget in BUDGETS:
        print(f"\n{table(made, budget)}")
    return 0
