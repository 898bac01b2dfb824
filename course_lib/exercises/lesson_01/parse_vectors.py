"""Exercise 01.parse_vectors: the words of the lines, and their numbers as float32."""

import csv
import string
from typing import Any

import torch
import torch.nn.functional as F

from course_lib.exercises.kit import Chance, Exercise, Function, Outcome, Trial, drawn, parted
from course_lib.vectors import parse_vectors


@parted
def _of(words: Function = list, weight: Function = torch.positive, lines: Function = list) -> Function:
    """Something is done with the lines, with the right words or with the right weight."""

    def wrong(given: list[str]) -> tuple[Any, Any]:
        tokens, vectors = parse_vectors(lines(given))
        return words(tokens), weight(vectors)

    return wrong


def _first(line: str) -> str:
    return line.split()[0]


STRINGS = "The numbers are still strings: `[float(piece) for piece in ...]` over the pieces of each line"
MISTAKES = (
    ("the first line is skipped; this format has no header", _of(lines=lambda lines: lines[1:])),
    ("the first line is taken for a header where its word is a number; this format has none",
     _of(lines=lambda lines: lines[_first(lines[0]).isdigit() :])),
    ("the last line is missing", _of(lines=lambda lines: lines[:-1])),
    ("the first number of each line is missing: only the word is left out", _of(weight=lambda w: w[:, 1:])),
    ("only the first numbers of each line are kept: E is not always 3", _of(weight=lambda w: w[:, :3])),
    ("the last character of a line is cut off, line break or not", _of(lines=lambda lines: [x[:-1] for x in lines])),
    ("only the first line comes back: is `return` inside the loop?", _of(lines=lambda lines: lines[:1])),
    ("the words are taken apart into letters: `append` adds the whole word, `+=` and `extend` each letter",
     _of(lambda words: [*"".join(words)])),
    ("the word is cut to its first letter: take `line.split()[0]`, not `line[0]`",
     _of(lambda words: [word[0] for word in words])),
    ("a word with digits or signs in it is dropped: every line holds a word",
     _of(lines=lambda lines: [line for line in lines if _first(line).isalpha()]),
     _of(lines=lambda lines: [line for line in lines if any(map(str.isalpha, _first(line)))]),
     _of(lines=lambda lines: [line for line in lines if line[0] != "<"])),
    ("signs are stripped from the words; keep them as they stand in the file",
     *[_of(lambda words, of=of: [word.strip(of) for word in words]) for of in (string.punctuation, ".,!?'-", ".,!?")]),
    ("a line of two pieces is no header: a vector may have one number",
     _of(lines=lambda lines: [line for line in lines if len(line.split()) > 2])),
    ("a line with the numbers of an earlier one is left out: each line gets its row", _of(lines=lambda lines: [
        x for i, x in enumerate(lines) if x.split()[1:] not in [y.split()[1:] for y in lines[:i]]])),
    ("a line that stands twice is taken once: each line gets its row", _of(lines=lambda x: [*dict.fromkeys(x)])),
    ("the lines stand in the reverse order; keep their order", _of(lines=lambda lines: lines[::-1])),
    ("all rows hold the numbers of the last line: make a new list for each",
     _of(weight=lambda w: w[-1:].expand_as(w))),
    ("with # in front a line is no comment: each holds a word", _of(lines=lambda x: [s for s in x if s[0] != "#"])),
    ("the sign \" is taken for the beginning of a quotation: `line.split()` leaves it as it is",
     lambda lines: ([row[0] for row in csv.reader(lines, delimiter=" ")],
                    torch.tensor([[*map(float, row[1:])] for row in csv.reader(lines, delimiter=" ")]))),
    ("the word is taken out of the numbers too, by `replace`: the numbers are `line.split()[1:]`",
     _of(lines=lambda lines: [f"{_first(line)} {line.replace(_first(line), '')}" for line in lines])),
    ("a word that stands on two lines gets one row: one row for each line, so collect in lists, not in a dict",
     _of(lines=lambda lines: [*{_first(line): line for line in lines}.values()])),
    ("the words are sorted: keep the order of the lines, which is that of the vectors", _of(sorted)),
    ("the lines are sorted; keep their order", _of(lines=sorted)),
    ("the vectors are scaled to length 1: keep the numbers as they stand in the file", _of(weight=F.normalize)),
    ("the numbers are rounded: keep them as they stand in the file",
     *[_of(weight=lambda w, n=n: w.round(decimals=n)) for n in (1, 2, 3, 4)], _of(weight=lambda w: w.half().float())),
    ("the minus signs are lost", _of(weight=torch.abs)),
    ("one long row of numbers comes back: one row per word, (V, E)", _of(weight=torch.flatten)),
    ("the weight of a single line should have the shape (1, E): leave out `squeeze`", _of(weight=torch.squeeze),
     _of(weight=lambda w: w.squeeze(0))),
    ("the last number of each line is missing", _of(weight=lambda w: w[:, :-1])),
    ("the weight is transposed: one row per word, (V, E)", _of(weight=torch.t)),
    ("the numbers of different words are mixed up: `view` and `reshape` swap no dimensions, `.T` does",
     _of(weight=lambda w: w.mT.reshape(w.shape))),
    ("the numbers are float64 (double); torch.float32 is expected: `.float()` makes it so",
     _of(weight=torch.Tensor.double)),
    ("the numbers are cut to integers: float(...), not int(...)", _of(weight=torch.trunc)),
    ("the weight is a list of lists; make a tensor of it", _of(weight=torch.Tensor.tolist)),
    (STRINGS,
     lambda lines: (parse_vectors(lines)[0], [line.split()[1:] for line in lines])),
    ("the words are lower-cased; keep them as they stand in the file", _of(lambda words: [*map(str.lower, words)])),
    ("the weight comes first; return the tokens, then the weight", lambda lines: parse_vectors(lines)[::-1]),
)  # fmt: skip
ADVICE = (("too many values to unpack",
           "`token, *values = line.split()` puts all the other pieces into the list `values`."),
          ("could not convert string to float", "The first piece is the word: only those after it are numbers."),
          ("not 'list'", "`float` takes one piece at a time: `[float(piece) for piece in values]`."),
          ("expected sequence of length", "All pieces after the word are numbers, equally many: `line.split()[1:]`."),
          ("no attribute 'split'", "`lines` is a list: go through it, and split each line."),
          ("of map", "`map` makes no list: `list(map(float, ...))`."),
          ("too many dimensions 'str'", f"{STRINGS}."))  # fmt: skip


def _draw(chance: Chance) -> list[str]:
    E, words = chance.n(), chance.words(1)
    numbers = [[chance.uniform(-9, 9) for _ in range(E)] for _ in words]
    form = chance.choice(["{:.5f}", "{:.6e}", "{!r}"])
    return [" ".join([word, *map(form.format, row)]) + "\n" for word, row in zip(words, numbers, strict=True)]


def examine(trial: Trial) -> None:
    for lines in (
        ["cat 0.1 -0.2 3\n", "dog 1.5 2e-3 -4.0\n", "Bird 0 1 -1\n"],
        ["고양이 1.0 2.0\n", "개 3.0 4.5\n", "Seoul -0.5 0.25\n"],
        [f"word{i} " + " ".join(f"{i * 0.5 - j:.4f}" for j in range(20)) + "\n" for i in range(50)],
        [". 0.5 0.25 1", "2026 1 2 3"],
        ['" 1 2\n', "' 3 4\n", '"" 5 6\n'],  # numbers all whole, words that are signs of quotation
        ["#tag 1 2\n", "<unk> 0.5 4\n", "the 0.5 4\n", "the 0.5 4\n"],
        *drawn(_draw),
    ):
        got = trial.call(lines)
        pairs = isinstance(got, list) and got and all(isinstance(each, tuple) for each in got)
        two = isinstance(got, list | tuple) and len(got) == 2
        for right, fault in (
            (not isinstance(got, dict), "the list of words and the weight (V, E), got a dict: `return tokens, weight`"),
            (not pairs, "for all lines together, got one pair for each line: `return tokens, weight`"),
            (two, "the list of words and the weight (V, E): `return tokens, weight`"),
        ):
            trial.require(bool(right), f"expected two things, {fault}", outcome=Outcome.TYPE, got=got)
        trial.compare(tuple(got), parse_vectors(lines), inputs=(lines,))


EXERCISE = Exercise(id="01.parse_vectors", reference=parse_vectors, difficulty=1, minutes=6,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "`line.split()` cuts at white space and drops the line break; the first piece is the word, then numbers.",
        "The pieces are strings: `float(piece)`. Collect one list of floats per word.",
        "`torch.tensor(rows)` of lists of floats has dtype float32 and shape (V, E). Then `return tokens, weight`."),
    explanation="""One line, one word: the simplest format there is, and the one in which GloVe's vectors are published.
The library's `read_vectors` does the same for files from elsewhere: it finds a word2vec header, words with spaces in
them, a line cut off in the middle, a number that is none, a word that comes twice, and names the line.""")  # fmt: skip
