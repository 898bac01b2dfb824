"""A second opinion on the corpus's morphemes: how often does the analyser kiwipiepy put the same boundaries?

    python tools/segmentation_check.py [--sentences 500] [--seed 1] [--show 20]

A boundary is the place where a morpheme begins inside an eojeol, counted in syllables of the surface sentence; a
morpheme that shares a syllable with the one before it begins in that syllable (샀어요: 사 | 았 in syllable 0, 어요 in
syllable 1). Both sides are counted so. Agreement is |ours and theirs| / |ours or theirs| over all boundaries.
Morphemes that leave no trace in the surface (the copula in 의사예요) are not counted.

The exit status is 1 below 90 %. kiwipiepy is for authors only; the course doesn't need it.
"""

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data" / "ko-en"
SPLITS = ("train", "validation", "test", "long", "novel", "human")
MINIMUM = 0.9


def starts(surface: str, morphs: list[str]) -> list[int]:
    """The syllable of `surface` in which each morpheme begins.

    Read from the right: a morpheme that stands there unchanged is cut off; one that doesn't is fused with the one
    before it and shares its first syllable.
    """
    end, result = len(surface), []
    for index in range(len(morphs) - 1, 0, -1):
        morph, before = morphs[index], morphs[index - 1]
        if surface[:end].endswith(morph):
            start = end = end - len(morph)
        else:
            bare_coda = "ㄱ" <= morph[0] <= "ㅎ"
            start = max(end - len(morph) if not bare_coda else end - len(morph[1:]) - 1, 0)
            end = start if surface[:start].endswith(before) else start + 1
        result.append(start)
    return [0, *reversed(result)]


def parse(line: str) -> tuple[str, Counter[int], dict[int, str]]:
    """(surface sentence, boundaries, boundary -> the eojeol in our notation) of a line of the corpus."""
    surfaces: list[str] = []
    boundaries: Counter[int] = Counter()
    where: dict[int, str] = {}
    offset = 0
    for eojeol in line.split("\t")[0].split(" "):
        surface, _, joined = eojeol.rpartition("=")
        morphs = joined.split("+")
        surface = surface or "".join(morphs)
        for start in starts(surface, morphs)[1:]:
            boundaries[offset + start] += 1
        for position in range(len(surface)):
            where[offset + position] = eojeol
        surfaces.append(surface)
        offset += len(surface) + 1
    return " ".join(surfaces), boundaries, where


def main(argv: list[str] | None = None) -> int:
    """Print the agreement and the commonest disagreements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="how many disagreements to print")
    args = parser.parse_args(argv)
    try:
        import kiwipiepy
    except ImportError:
        print("kiwipiepy is not installed: pip install kiwipiepy (best in an environment of its own)", file=sys.stderr)
        return 2
    lines = [line for split in SPLITS for line in (DATA / f"{split}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    sample = random.Random(args.seed).sample(lines, min(args.sentences, len(lines)))
    kiwi = kiwipiepy.Kiwi()
    both = either = 0
    disagreements: Counter[tuple[str, str]] = Counter()
    for line in sample:
        surface, ours, where = parse(line)
        tokens = [t for t in kiwi.tokenize(surface) if t.len > 0]
        initial = {0} | {i + 1 for i, char in enumerate(surface) if char == " "}
        theirs: Counter[int] = Counter()
        analyses: dict[str, list[str]] = {}
        for token in tokens:
            analyses.setdefault(where.get(token.start, ""), []).append(token.form)
            if token.start in initial:
                initial.discard(token.start)  # the first morpheme of an eojeol; a second one there is fused with it
            else:
                theirs[token.start] += 1
        both += sum((ours & theirs).values())
        either += sum((ours | theirs).values())
        for eojeol in {where[p] for p in ((ours - theirs) + (theirs - ours)) if p in where}:
            disagreements[eojeol, "+".join(analyses.get(eojeol, []))] += 1
    agreement = both / either
    print(f"kiwipiepy {kiwipiepy.__version__}: {agreement:.1%} of {either:,} boundaries in {len(sample)} sentences")
    for (ours_, theirs_), count in disagreements.most_common(args.show):
        print(f"{count:4d}  ours {ours_}   kiwi {theirs_}")
    return 0 if agreement >= MINIMUM else 1


if __name__ == "__main__":
    sys.exit(main())
