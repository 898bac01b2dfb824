"""Train the word vectors that the course ships, on both sides of the bundled corpus.

    python tools/train_vectors.py [--seeds N]

Writes data/vectors/ko-en.{en,ko}.vec and the README beside them. Nothing but the training split is trained on. The
figures in the README come from the same run: the shipped vectors are those of seed 0; further seeds only show how
much chance there is.
"""

import argparse
import hashlib
import sys
import time

import torch

from course_lib.bundled import data_folder, read_analogies, read_word_pairs
from course_lib.datasets import load
from course_lib.files import write_lines
from course_lib.skipgram import train_skipgram
from course_lib.statistics import spearman
from course_lib.text import Vocab
from course_lib.vectors import Vectors, analogy_accuracy, read_vectors, write_vectors

# All that train_skipgram takes, for the README lists it. Ten negatives: Mikolov et al. 2013b want 5 to 20 of them for a
# small corpus, and with 5 English questions are answered worse here.
SETTINGS = {"E": 50, "window": 5, "M": 10, "epochs": 10, "batch_size": 4096, "lr": 0.02, "threshold": 1e-3}
DECIMALS = 3
LEAST_ACCURACY = 0.5
NAMES = {"en": "English", "ko": "Korean"}

README = """# Word vectors

Vectors for every word of the training split of `data/ko-en`, trained by the course's own skip-gram with negative
sampling (`course_lib.skipgram.train_skipgram`), in the GloVe text format: one word per line, then its values.

| file | words | values each | bytes | SHA-256 |
|---|---|---|---|---|
{files}

Read them with `course_lib.vectors.read_vectors(path)`. Korean words are morphemes, as the corpus splits them.

## How they were made

    python tools/train_vectors.py

Settings: {settings}; seed 0.
Values are rounded to {decimals} decimals. Made with Python {python} and torch {torch}. The same command gives the same
vectors only on the same version of torch and the same kind of processor; elsewhere it gives other ones, which are
just as good.

## What they know

Share of the questions in `data/analogies.tsv` answered rightly (3CosAdd, the three given words left out, a question
with an unknown word counts as wrong), and Spearman's rank correlation of cosines with the scores in
`data/word-pairs.tsv`. The files are measured as they are shipped, rounded; the ranges are those of seeds 0 to {last}.

| language | questions | accuracy | over seeds | word pairs | correlation | over seeds |
|---|---|---|---|---|---|---|
{figures}

## Licence

CC0 1.0: use them for anything, without asking.
"""


def correlation(vectors: Vectors, language: str) -> float:
    """Spearman's correlation of cosines and scores; a pair with an unknown word has cosine 0."""
    pairs = read_word_pairs(language)
    cosines = [
        torch.cosine_similarity(vectors[pair.a], vectors[pair.b], dim=0).item()
        if pair.a in vectors and pair.b in vectors
        else 0.0
        for pair in pairs
    ]
    return spearman(cosines, [pair.score for pair in pairs])


def spread(values: list[float]) -> str:
    return f"{min(values):.2f} to {max(values):.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds to try; seed 0 is shipped")
    arguments = parser.parse_args()
    if arguments.seeds < 1:
        parser.error(f"--seeds must be at least 1, got {arguments.seeds}")
    folder = data_folder() / "vectors"
    train = load("ko-en", "train")
    files, figures = [], []
    missed = False
    for language, side in (("en", "target"), ("ko", "source")):
        sentences = [getattr(pair, side) for pair in train]
        vocab = Vocab.build(sentences)
        ids = [vocab.encode(tokens) for tokens in sentences]
        questions = read_analogies(language)
        path = folder / f"ko-en.{language}.vec"
        accuracies, correlations = [], []
        for seed in range(arguments.seeds):
            start = time.perf_counter()
            vectors = train_skipgram(ids, vocab, **SETTINGS, seed=seed).vectors
            seconds = time.perf_counter() - start
            if seed == 0:
                write_vectors(path, vectors, decimals=DECIMALS)
                vectors = read_vectors(path)
            accuracies.append(analogy_accuracy(vectors, questions))
            correlations.append(correlation(vectors, language))
            print(
                f"{language} seed {seed}: {seconds:.1f} s, analogies {accuracies[-1]:.3f}, "
                f"word pairs {correlations[-1]:.3f}"
            )
        missed |= min(accuracies) < LEAST_ACCURACY
        size, digest = path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
        files.append(f"| `{path.name}` | {len(vocab) - 4:,} | {SETTINGS['E']} | {size:,} | `{digest}` |")
        figures.append(
            f"| {NAMES[language]} | {len(questions)} | {accuracies[0]:.2f} | {spread(accuracies)} "
            f"| {len(read_word_pairs(language))} | {correlations[0]:.2f} | {spread(correlations)} |"
        )
    text = README.format(
        files="\n".join(files),
        figures="\n".join(figures),
        settings=", ".join(f"{name} {value}" for name, value in SETTINGS.items()),
        decimals=DECIMALS,
        last=arguments.seeds - 1,
        python=".".join(map(str, sys.version_info[:2])),
        torch=torch.__version__.split("+")[0],
    )
    write_lines(folder / "README.md", text.rstrip("\n").split("\n"))
    if missed:
        print(f"an accuracy lies below {LEAST_ACCURACY}", file=sys.stderr)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
