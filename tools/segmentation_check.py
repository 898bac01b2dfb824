"""A second opinion on the corpus's morphemes: how often does the analyser kiwipiepy put the same boundaries?

    python tools/segmentation_check.py [--sentences 500] [--seed 1] [--show 20]

A boundary is the place where a morpheme begins inside an eojeol, counted in syllables of the surface sentence; a
morpheme that shares a syllable with the one before it begins in that syllable (샀어요: 사 | 았 in syllable 0, 어요 in
syllable 1). Both sides are counted so. Agreement is |ours and theirs| / |ours or theirs| over all boundaries.
Morphemes that leave no trace in the surface (the copula in 의사예요) are not counted.

Some words we write as one morpheme by choice where the analyser writes two (제, not 저+의): see `AS_ONE`. The agreement
is printed as it is, and with these choices set aside. The exit status is 1 if the second is below 97 %.
kiwipiepy is for authors only; the course doesn't need it.
"""

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data" / "ko-en"
SPLITS = ("train", "validation", "test", "long", "novel", "human")
MINIMUM = 0.97
# Two morphemes of the analyser that we write as one: possessives, what is addressed with 님, last week's 지난.
AS_ONE = frozenset(
    {("저", "의"), ("나", "의"), ("지나", "\u11ab")} | {(who, "님") for who in ("선생", "부모", "조부모", "손", "사장")}
)


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


Token = tuple[str, int]  # a morpheme of the analyser and where it starts


def joined(tokens: list[Token]) -> list[Token]:
    """The analyser's morphemes with those of `AS_ONE` put together."""
    result: list[Token] = []
    for form, start in tokens:
        if result and (result[-1][0], form) in AS_ONE:
            result[-1] = (result[-1][0] + form, result[-1][1])
        else:
            result.append((form, start))
    return result


def compare(lines: list[str], analysed: list[list[Token]]) -> tuple[float, int, Counter[tuple[str, str]]]:
    """(share of boundaries that both have, how many one of them has, the disagreements with their counts)."""
    both = either = 0
    disagreements: Counter[tuple[str, str]] = Counter()
    for line, tokens in zip(lines, analysed, strict=True):
        surface, ours, where = parse(line)
        initial = {0} | {i + 1 for i, char in enumerate(surface) if char == " "}
        theirs: Counter[int] = Counter()
        analyses: dict[str, list[str]] = {}
        for form, start in tokens:
            analyses.setdefault(where.get(start, ""), []).append(form)
            if start in initial:
                initial.discard(start)  # the first morpheme of an eojeol; a second one there is fused with it
            else:
                theirs[start] += 1
        both += sum((ours & theirs).values())
        either += sum((ours | theirs).values())
        for eojeol in {where[p] for p in ((ours - theirs) + (theirs - ours)) if p in where}:
            disagreements[eojeol, "+".join(analyses.get(eojeol, []))] += 1
    return both / either, either, disagreements


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
    analysed = [[(t.form, t.start) for t in kiwi.tokenize(parse(line)[0]) if t.len > 0] for line in sample]
    plain, either, disagreements = compare(sample, analysed)
    agreement, _, _ = compare(sample, [joined(tokens) for tokens in analysed])
    print(
        f"kiwipiepy {kiwipiepy.__version__}: {plain:.1%} of {either:,} boundaries in {len(sample)} sentences, "
        f"{agreement:.1%} with our choices set aside"
    )
    for (ours_, theirs_), count in disagreements.most_common(args.show):
        print(f"{count:4d}  ours {ours_}   kiwi {theirs_}")
    return 0 if agreement >= MINIMUM else 1


if __name__ == "__main__":
    sys.exit(main())
