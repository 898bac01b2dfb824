"""`course evaluate`: how good a translator is, in the figures of the field."""

import argparse
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from course_lib import bundled, metrics
from course_lib.beam import beam_decode
from course_lib.commands.train import read_corpus
from course_lib.commands.translate import load
from course_lib.sentence_pairs import Pair
from course_lib.translator_file import Loaded
from course_lib.translator_training import tokenized, translations
from course_lib.usage import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "model",
        nargs="?",
        type=Path,
        metavar="MODEL",
        help="what `course train` left: its folder, or a file (default: the course's own, Korean to English)",
    )
    parser.add_argument("--data", default="ko-en", metavar="DIR|FILE", help="as for `course train`")
    parser.add_argument("--source", metavar="LANG", help="default: the translator's")
    parser.add_argument("--target", metavar="LANG", help="default: the translator's")
    parser.add_argument("--split", default="test", help="of the sentences (default: test)")
    parser.add_argument(
        "--beam", type=int, default=5, metavar="N", help="width of the search, 1 for greedy (default: 5)"
    )
    parser.add_argument("--alpha", type=float, default=1.0, help="of the length normalization (default: 1)")


def run(given: argparse.Namespace) -> int:
    """Measure; what can't be done is a UsageError."""
    try:
        loaded = load(given.model or bundled.translator_file())
        source, target = given.source or loaded.recipe.source, given.target or loaded.recipe.target
        pairs = read_corpus(given.data, source, target)[given.split]
        for line in report(loaded, pairs, given.split, beam=given.beam, alpha=given.alpha):
            print(line, flush=True)
    except (ValueError, OSError) as error:
        raise UsageError(str(error)) from error
    return 0


class Scores(NamedTuple):
    """How good a translator is on some pairs.

    Attributes:
        bleu: sacreBLEU of the corpus, 0 to 100.
        interval: its bootstrap interval, 95 %; None for a single pair.
        signature: how BLEU was computed.
        chrf: chrF, 0 to 100.
        forced, free: perplexity per token, after the true tokens and after its own.
        speed: sentences translated in a second.
    """

    bleu: float
    interval: tuple[float, float] | None
    signature: str
    chrf: float
    forced: float
    free: float
    speed: float


def measure(loaded: Loaded, pairs: Sequence[Pair], *, beam: int, alpha: float = 1.0) -> Scores:
    """Translate the pairs' sources and hold the translations against their targets."""
    recipe, translator, _ = loaded
    decode = partial(beam_decode, beam=beam, alpha=alpha)
    start = time.perf_counter()
    found = translations(recipe, translator, [pair.source_text for pair in pairs], decode=decode)
    seconds = time.perf_counter() - start
    references = [recipe.prepared(pair.target_text) for pair in pairs]
    interval = metrics.bleu_interval(hypotheses=found, references=references) if len(pairs) > 1 else None
    forced, free = translator.perplexities(tokenized(recipe, pairs)).values()
    return Scores(
        metrics.sacrebleu(hypotheses=found, references=references),
        (interval.low, interval.high) if interval else None,
        metrics.bleu_signature(hypotheses=found, references=references),
        metrics.chrf(hypotheses=found, references=references),
        *(forced, free, len(pairs) / seconds),
    )


def parameters(loaded: Loaded) -> int:
    """How many numbers were trained."""
    return sum(parameter.numel() for parameter in loaded.translator.model.parameters())


def report(loaded: Loaded, pairs: Sequence[Pair], split: str, *, beam: int, alpha: float) -> Iterator[str]:
    """What there is to say of a translator on these pairs, line by line."""
    recipe = loaded.recipe
    yield f"{recipe.model}, {parameters(loaded) / 1e6:.1f} million parameters, {recipe.source} to {recipe.target}"
    yield f"{split}: {len(pairs):,} sentences, beam {beam}"
    found = measure(loaded, pairs, beam=beam, alpha=alpha)
    bounds = "  [{:.1f}, {:.1f}]".format(*found.interval) if found.interval else ""
    yield f"  BLEU        {found.bleu:.1f}{bounds}"
    yield f"  signature   {found.signature}{'  (lower-cased)' if recipe.lower else ''}"
    yield f"  chrF        {found.chrf:.1f}"
    yield f"  perplexity  {found.forced:.2f} after the true tokens, {found.free:.1f} after its own"
    yield f"  speed       {found.speed:.0f} sentences per second"
