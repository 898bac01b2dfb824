"""What the course's translators reach on Multi30k (Elliott et al. 2016): the runs that were made, and how.

    for row in multi30k.ROWS:
        for result in multi30k.stored()[row.name]:
            print(row.title, result["seed"], result["tests"]["test_2016_flickr"]["beam"]["bleu"])

They take hours, and sentences that are not the course's to give: `tools/results.py` makes them and the page about them,
docs/results.md.

Elliott, Frank, Sima'an, Specia 2016: Multi30K, Multilingual English-German Image Descriptions, arXiv:1605.00459
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib import bundled

Result = Mapping[str, Any]
TESTS = ("test_2016_flickr", "test_2017_flickr", "test_2017_mscoco")
SEEDS = (1, 2, 3)
BEAM = 5


@dataclass(frozen=True)
class Row:
    """A translator that is trained from several seeds.

    Attributes:
        name: of the row, and of the folders of its runs.
        title: what it is, for a reader.
        model, source, target: as `course train` takes them.
        updates: of training; how long they took stands in each result.
    """

    name: str
    title: str
    model: str
    source: str
    target: str
    updates: int

    def command(self, seed: int, data: str = "multi30k", out: str = "runs") -> list[str]:
        """The arguments of `course` that train it."""
        return [
            *("train", "--data", data, "--source", self.source, "--target", self.target, "--lower"),
            *("--model", self.model, "--size", "small", "--budget", f"{self.updates}updates", "--average", "5"),
            *("--seed", str(seed), "--out", f"{out}/{self.name}-{seed}"),
        ]


ROWS = (
    Row("transformer-4500", "Transformer, German to English", "transformer", "de", "en", 4500),
    Row("transformer-10000", "Transformer, German to English", "transformer", "de", "en", 10_000),
    Row("luong-10000", "LSTM with attention (Luong), German to English", "luong", "de", "en", 10_000),
    Row("transformer-en-de-10000", "Transformer, English to German", "transformer", "en", "de", 10_000),
)

# What others have published on test_2016_flickr: BLEU, what it is of, and where it stands.
PUBLISHED = (
    (28.3, "GRU with attention, German to English, one GPU", "https://github.com/bentrevett/pytorch-seq2seq"),
    (36.5, "Transformer of 9.0 million, German to English, one GPU", "https://github.com/bentrevett/pytorch-seq2seq"),
    (
        41.0,
        "Transformer of 2.6 million, English to German, two GPUs",
        "Wu et al. 2021, https://arxiv.org/abs/2105.14462",
    ),
)


def results_file() -> Path:
    """Where the results are kept."""
    return bundled.data_folder() / "runs" / "multi30k.jsonl"


def stored() -> dict[str, Sequence[Result]]:
    """The results of all runs that were made, by row, in the order of their seeds."""
    path = results_file()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    results = sorted((json.loads(line) for line in lines), key=lambda result: result["seed"])
    return {row.name: [result for result in results if result["row"] == row.name] for row in ROWS}
