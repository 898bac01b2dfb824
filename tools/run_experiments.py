"""The stored runs of the lessons' experiments: data/runs/*.json.

    make runs ARGS="03.adding_problem"      python -m tools.run_experiments 03.adding_problem
    make runs                               all of them

Interrupted, it goes on with the seeds that are missing: those that are done lie in build/runs/.
"""

import argparse
import sys
from pathlib import Path

import torch

from course_lib.experiments import registry, stored_runs
from course_lib.progress_bar import ProgressBar

DONE = Path(__file__).resolve().parent.parent / "build" / "runs"


def main() -> int:
    parser = argparse.ArgumentParser(description="Remake the stored runs of the lessons' experiments.")
    parser.add_argument("names", nargs="*", help="such as 03.adding_problem (default: all)")
    parser.add_argument("--list", action="store_true", help="only list them")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: 1, the quickest for small models)")
    arguments = parser.parse_args()
    if arguments.list:
        for experiment in registry.experiments():
            print(f"{experiment.id:<24} {len(experiment.seeds)} seeds")
        return 0
    try:
        chosen = [registry.find(name) for name in arguments.names] or registry.experiments()
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    torch.set_num_threads(arguments.threads)
    for experiment in chosen:
        with ProgressBar(experiment.id, total=len(experiment.seeds), unit="seed") as bar:
            run = stored_runs.run(experiment, on_seed=lambda seed, seconds, bar=bar: bar.update(), resume=DONE)
        print(f"{stored_runs.store(run).relative_to(stored_runs.RUNS.parents[1])}: {sum(run.seconds):.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
