"""The stored runs of the lessons' experiments: data/runs/*.json.

    make runs ARGS="03.adding_problem"      python -m tools.run_experiments 03.adding_problem
    make runs                               all of them

Interrupted, it goes on with the seeds that are missing: those that are done lie in build/runs/.
"""

import argparse
import sys
from pathlib import Path

import torch
from tqdm import tqdm

from course_lib.experiments import core

DONE = Path(__file__).resolve().parent.parent / "build" / "runs"


def main() -> int:
    parser = argparse.ArgumentParser(description="Remake the stored runs of the lessons' experiments.")
    parser.add_argument("ids", nargs="*", help="such as 03.adding_problem (default: all)")
    parser.add_argument("--list", action="store_true", help="only list them")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: 1, the quickest for small models)")
    arguments = parser.parse_args()
    if arguments.list:
        for experiment in core.experiments():
            print(f"{experiment.id:<24} {len(experiment.seeds)} seeds")
        return 0
    try:
        chosen = [core.find(id) for id in arguments.ids] or core.experiments()
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    torch.set_num_threads(arguments.threads)
    for experiment in chosen:
        with tqdm(total=len(experiment.seeds), desc=experiment.id, unit="seed") as bar:
            run = core.run(experiment, on_seed=lambda seed, seconds, bar=bar: bar.update(), resume=DONE)
        print(f"{core.store(run).relative_to(core.RUNS.parents[1])}: {sum(run.seconds):.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
