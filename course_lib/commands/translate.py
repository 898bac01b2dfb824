"""`course translate`: sentences from the command line, from a file, from a pipe, or as they are typed."""

import argparse
import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from textwrap import wrap

from course_lib import bundled
from course_lib.beam import beam_decode
from course_lib.files import read_lines
from course_lib.translator_file import Loaded, load_translator
from course_lib.translator_training import translations
from course_lib.usage import UsageError

BLOCK = 200  # lines of a file that are translated together


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="[MODEL] SENTENCE",
        help="what `course train` left, its folder or a file (default: the course's own, Korean to English); then "
        "sentences, each by itself, or without any: the lines of the input, or what is typed",
    )
    parser.add_argument("--file", type=Path, help="translate the lines of a file (also .gz)")
    parser.add_argument(
        "--beam", type=int, default=5, metavar="N", help="width of the search, 1 for greedy (default: 5)"
    )
    parser.add_argument("--alpha", type=float, default=1.0, help="of the length normalization (default: 1)")
    parser.add_argument("--best", type=int, metavar="N", help="the N best translations, with their scores")
    parser.add_argument("--attention", type=Path, metavar="PNG", help="a picture of where the model looked")


def run(given: argparse.Namespace) -> int:
    """Translate; what can't be done is a UsageError."""
    try:
        model, given.sentences = _model_first(given.words)
        loaded = load(model)
        if given.best is not None and not 1 <= given.best <= given.beam:
            raise UsageError(f"--best must be from 1 to the width of the beam, {given.beam}, got {given.best}")
        if given.attention is not None:
            return _draw(loaded, given.sentences, given.attention)
        typed = not given.sentences and given.file is None and sys.stdin.isatty()
        for block in _blocks(_sentences(given), 1 if typed or given.best else BLOCK):
            for line in _translated(loaded, block, given):
                print(line, flush=True)
    except BrokenPipeError:  # what reads has enough
        return 0
    except (ValueError, OSError) as error:
        raise UsageError(str(error)) from error
    return 0


def _model_first(words: Sequence[str]) -> tuple[Path, Sequence[str]]:
    """The model and the sentences: the first word names a model, unless it can only be a sentence."""
    if words and words[0].strip() and (_exists(words[0]) or (words[0].isascii() and " " not in words[0].strip())):
        return Path(words[0]), words[1:]
    return bundled.translator_file(), words


def _exists(name: str) -> bool:
    with contextlib.suppress(OSError):  # a sentence may be longer than a name can be
        return Path(name).exists()
    return False


def load(path: Path) -> Loaded:
    """The translator of a folder that `course train` left, or of a file.

    Raises:
        FileNotFoundError, ValueError: as `load_translator`.
        UsageError: a folder without one.
    """
    if path.is_dir():
        there = [path / name for name in ("translator", "best") if (path / name).exists()]
        if not there:
            raise UsageError(f"{path} holds no translator; has its training come to the end of an epoch?")
        path = there[0]
    return load_translator(path)


def _sentences(given: argparse.Namespace) -> Iterator[str]:
    if given.sentences:
        return iter(given.sentences)
    if given.file is not None:
        return read_lines(given.file)
    return _typed() if sys.stdin.isatty() else (line.rstrip("\r\n") for line in sys.stdin)


def _typed() -> Iterator[str]:
    """Sentences as they are typed, until an empty one."""
    print("Type a sentence; an empty line ends.", file=sys.stderr)
    while True:
        try:
            line = input("> ")
        except EOFError:
            return
        if not line.strip():
            return
        yield line


def _blocks(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    lines = iter(lines)
    while block := list(islice(lines, size)):
        yield block


def _translated(loaded: Loaded, block: Sequence[str], given: argparse.Namespace) -> Iterator[str]:
    """What to print for these sentences."""
    recipe, translator = loaded.recipe, loaded.translator
    if given.best is None:
        yield from translations(
            recipe, translator, block, decode=partial(beam_decode, beam=given.beam, alpha=given.alpha)
        )
        return
    for text in block:
        found = translator.candidates(recipe.tokens(text), beam=given.beam, alpha=given.alpha) if text.strip() else []
        for each in found[: given.best]:
            yield f"{each.score:.3f}\t{translator.detokenize(each.tokens)}"


def _draw(loaded: Loaded, sentences: Sequence[str], path: Path) -> int:
    """Translate one sentence, and draw the attention behind each token."""
    import matplotlib.pyplot as plt

    from course_lib import plotting
    from course_lib.sentence_pairs import Pair

    recipe, translator = loaded.recipe, loaded.translator
    if len(sentences) != 1 or not sentences[0].strip():
        raise UsageError(f"--attention draws one sentence, got {len(sentences)}")
    if not translator.attends:
        raise UsageError(f"a {recipe.model} has no attention to draw")
    source = recipe.tokens(sentences[0])
    target = translator.translate([source]).tokens[0]
    if not target:
        raise UsageError("the model says nothing to this sentence, so there is no attention to draw")
    weights = translator.align([Pair(source, target, sentences[0], "")])[0]  # (T, S)
    text = translator.detokenize(target)
    width = max(4, 1.5 + 0.45 * len(source))  # inches; five characters of the title fit into one
    title = "\n".join(wrap(text, int(5 * width), max_lines=2, placeholder=" …"))
    with plotting.style():
        figure, ax = plt.subplots(figsize=(width, max(3, 1.5 + 0.4 * len(target))), layout="constrained")
        plotting.heatmap(
            *(weights, target, source), title=title, xlabel=recipe.source, ylabel=recipe.target, value="weight", ax=ax
        )
        figure.savefig(path)
        plt.close(figure)
    print(text)
    return 0
