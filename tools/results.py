"""The translators of docs/results.md: train them on Multi30k, measure them, write the page.

    python -m tools.results --data DIR              every run that is missing, one after the other; then the page
    python -m tools.results --data DIR NAME:SEED    this run only, such as transformer-4500:1
    python -m tools.results                         the page, from the results that are stored

DIR holds the files of Multi30k, such as `course data get multi30k` fetches. A run takes one core, so that two may go
side by side; interrupted, it goes on where it was (build/results/). A test set is looked at once, when the run is over.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch

from course_lib import datasets
from course_lib.checkpoint import Progress
from course_lib.commands.evaluate import measure, parameters
from course_lib.experiments.multi30k import BEAM, PUBLISHED, ROWS, SEEDS, TESTS, Result, Row, results_file, stored
from course_lib.files import write_lines, write_text
from course_lib.tensor_file import read
from course_lib.translator_file import load_translator

ROOT = Path(__file__).resolve().parent.parent
RUNS = ROOT / "build" / "results"
PAGE = ROOT / "docs" / "results.md"

# --- one run ------------------------------------------------------------------------------------------------------


def train(row: Row, seed: int, data: str) -> dict[str, float]:
    """Train in a process of its own, on one core: how long that core worked, and the most memory that it took.

    Interrupted, it goes on, and what the parts have cost is added up.
    """
    folder = RUNS / f"{row.name}-{seed}"
    arguments, before = row.command(seed, data, str(RUNS)), {"core minutes": 0.0, "gigabytes": 0.0}
    if (folder / "checkpoint").exists():
        arguments.append("--resume")
        before |= spent(folder)
    one_core = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    child = subprocess.Popen([sys.executable, "-m", "course_lib.cli", *arguments], env={**os.environ, **one_core})
    _, status, usage = os.wait4(child.pid, 0)
    cost = {
        "core minutes": before["core minutes"] + (usage.ru_utime + usage.ru_stime) / 60,
        "gigabytes": max(before["gigabytes"], usage.ru_maxrss * 1024 / 1e9),
    }
    if folder.exists():
        write_text(folder / "cost.json", json.dumps(cost))
    if status:
        raise SystemExit(os.waitstatus_to_exitcode(status))
    return cost


def spent(folder: Path) -> dict[str, float]:
    """What a run has cost so far; one that was killed has noted nothing but the time by its own clock."""
    if (folder / "cost.json").exists():
        return dict(json.loads((folder / "cost.json").read_text(encoding="utf-8")))
    progress = Progress(**read(folder / "checkpoint")["progress"])
    return {"core minutes": progress.seconds / 60, "gigabytes": 0.0}


def result(row: Row, seed: int, data: str, cost: Mapping[str, float]) -> dict[str, Any]:
    """What the run gave."""
    folder = RUNS / f"{row.name}-{seed}"
    loaded = load_translator(folder / "translator")
    progress = Progress(**read(folder / "checkpoint")["progress"])
    torch.set_num_threads(1)
    tests: dict[str, Any] = {}
    corpus = datasets.load(data, source=row.source, target=row.target)
    for name in TESTS:
        split = "test" if name == TESTS[0] and "test" in corpus else name  # where it is the only one
        if split in corpus:
            widths = {"greedy": 1, "beam": BEAM}
            tests[name] = {how: measure(loaded, corpus[split], beam=beam)._asdict() for how, beam in widths.items()}
    return {
        "row": row.name,
        "seed": seed,
        "parameters": parameters(loaded),
        "updates": progress.step,
        "epochs": len(progress.history),
        "tokens per second": float(np.median([line["speed"] for line in progress.history])),
        "averaged": loaded.about["figures"].get("averaged", 1),
        "validation": loaded.about["figures"]["bleu"],
        **cost,
        "tests": tests,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "machine": platform.machine()},
        "date": datetime.now(UTC).date().isoformat(),
    }


def gather() -> dict[str, Sequence[Result]]:
    """All results, those of the runs that lie here put in the places of older ones; and store them."""
    found = {(each["row"], each["seed"]): each for results in stored().values() for each in results}
    for path in RUNS.glob("*/result.json"):
        new = json.loads(path.read_text(encoding="utf-8"))
        found[new["row"], new["seed"]] = new
    order = [row.name for row in ROWS]
    lines = sorted(found.values(), key=lambda each: (order.index(each["row"]), each["seed"]))
    write_lines(results_file(), [json.dumps(each) for each in lines])
    return stored()


# --- the page -----------------------------------------------------------------------------------------------------


def spread(results: Sequence[Result], figure: Callable[[Result], float], digits: int = 1) -> str:
    """The mean over the seeds, and the least and the greatest where there are several."""
    values = [figure(each) for each in results]
    mean = f"{np.mean(values):,.{digits}f}"
    return mean if len(values) == 1 else f"{mean} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def page(results: dict[str, Sequence[Result]]) -> list[str]:
    """docs/results.md, line by line."""
    made = [(row, results[row.name]) for row in ROWS if results[row.name]]
    lines = [HEAD]
    for test in TESTS:
        cells = []
        for row, runs in made:
            there = [run for run in runs if test in run["tests"]]
            if there:
                cells.append([row.title, f"{row.updates:,}", f"{len(there)}", *_scores(there, test)])
        if cells:
            head = ["model", "updates", "seeds", f"BLEU, beam {BEAM}", "BLEU, greedy", "chrF"]
            lines += ["", f"## {test}", "", *table([*head, "perplexity, forced", "free"], cells)]
    marks = [[f"{bleu}", what, where] for bleu, what, where in PUBLISHED]
    lines += ["", PUBLISHED_HEAD, "", *table(["BLEU", "model", "where"], marks)]
    lines += ["", "## How they were made", "", MADE, ""]
    head = ["model", "updates", "core minutes", "million parameters", "epochs", "target tokens/s", "GB", "sentences/s"]
    lines += table(head, [[row.title, f"{row.updates:,}", *_sizes(runs)] for row, runs in made])
    lines += ["", "Each row by one command, here with the first seed:", ""]
    lines += [f"    OMP_NUM_THREADS=1 course {' '.join(row.command(SEEDS[0]))}" for row, _ in made]
    lines += ["", "## Every run", ""]
    head = ["model", "updates", "seed", f"BLEU, beam {BEAM}", "95 %", "validation, greedy", "averaged", "torch"]
    first = TESTS[0]
    for_each = [(row, run, run["tests"][first]["beam"]) for row, runs in made for run in runs]
    lines += table(
        head,
        [
            [
                *(row.title, f"{row.updates:,}", f"{run['seed']}", f"{scores['bleu']:.1f}"),
                "{:.1f} to {:.1f}".format(*scores["interval"]),
                *(f"{run['validation']:.1f}", f"{run['averaged']}", run["versions"]["torch"]),
            ]
            for row, run, scores in for_each
        ],
    )
    signatures = sorted({scores["signature"] for _, _, scores in for_each})
    lines += ["", f"On {first}. Signature of BLEU: {', '.join(f'`{each}`' for each in signatures)}."]
    return lines


def _scores(runs: Sequence[Result], test: str) -> list[str]:
    figures = (("beam", "bleu"), ("greedy", "bleu"), ("beam", "chrf"), ("greedy", "forced"), ("greedy", "free"))
    return [spread(runs, lambda run, how=how, name=name: run["tests"][test][how][name]) for how, name in figures]


def _sizes(runs: Sequence[Result]) -> list[str]:
    return [
        spread(runs, lambda run: run["core minutes"], 0),
        f"{runs[0]['parameters'] / 1e6:.1f}",
        spread(runs, lambda run: run["epochs"], 0),
        spread(runs, lambda run: run["tokens per second"], 0),
        f"{max(run['gigabytes'] for run in runs):.1f}",
        spread(runs, lambda run: run["tests"][TESTS[0]]["greedy"]["speed"], 0),
    ]


HEAD = """# Results on Multi30k

What `course train` reaches on 29,000 pairs of real sentences, descriptions of pictures (Elliott et al. 2016), on one
core of an ordinary processor (AMD EPYC, third generation, 2.4 GHz, AVX2), without a GPU; two cores need a little more
than half of the time. BLEU is sacreBLEU's, of detokenized text in small letters. Means over the seeds, with the least
and the greatest. A test set was looked at once, when its run was over; all choices were made on the validation
sentences."""
MADE = """All from random weights, with byte-pair merges learned of the training sentences and nothing else. A run
takes the number of updates that stands there; used is the epoch that was best on validation, or the mean of the last
five where that is better. Attention and English to German were broken off in the middle and gone on with; their core
minutes are those of the second part, scaled to all updates."""
PUBLISHED_HEAD = """Published on test_2016_flickr by others, each with a BLEU of its own, of tokens and not of
detokenized text; so a difference of a point or two says nothing:"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("runs", nargs="*", metavar="NAME:SEED")
    parser.add_argument("--data", metavar="DIR")
    arguments = parser.parse_args()
    all_runs = {f"{row.name}:{seed}": (row, seed) for row in ROWS for seed in SEEDS}
    odd = [name for name in arguments.runs if name not in all_runs]
    if odd or (arguments.runs and not arguments.data):
        parser.error(f"expected --data and runs of {', '.join(all_runs)}, got {', '.join(odd) or 'no --data'}")
    if arguments.data:
        there = {f"{each['row']}:{each['seed']}" for results in gather().values() for each in results}
        for name in arguments.runs or [name for name in all_runs if name not in there]:
            row, seed = all_runs[name]
            cost = train(row, seed, arguments.data)
            found = result(row, seed, arguments.data, cost)
            write_text(RUNS / f"{row.name}-{seed}" / "result.json", json.dumps(found) + "\n")
    write_lines(PAGE, page(gather()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
