"""Exercise 04.bleu: four clipped precisions and the penalty, over a corpus."""

from math import exp, prod
from statistics import geometric_mean

from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, with_parts
from course_lib.metrics import bleu, ngram_matches


def _precision(counts: list[tuple[int, int]]) -> float:
    matches, total = (sum(column) for column in zip(*counts, strict=True))
    return matches / total if total else 0.0


@with_parts
def _with(
    hypotheses: list[list[str]], references: list[list[str]], *, scale: float = 100.0, most: int = 4,
    penalty: Function = lambda c, r: exp(min(0, 1 - r / c)), mean: Function = geometric_mean,
    precision: Function = _precision,
) -> float:  # fmt: skip
    """Another penalty of the lengths c and r, mean of the precisions, scale, longest n-gram, precision of one n."""
    pairs = list(zip(hypotheses, references, strict=True))
    precisions = [precision([ngram_matches(*pair, n) for pair in pairs]) for n in range(1, most + 1)]
    lengths = sum(map(len, hypotheses)), sum(map(len, references))
    return float(scale * penalty(*lengths) * mean(precisions)) if all(precisions) else 0.0


ADVICE = (
    ("ZeroDivisionError", "Where there are no n-grams at all, there are no matches: return 0.0."),
    ("math domain error", "The logarithm of 0: where an n has no matches, return 0.0."),
)  # fmt: skip
MISTAKES = (
    ("it is the mean of the scores of the sentences; sum matches and totals over all sentences first",
     lambda h, r: sum(bleu([a], [b]) for a, b in zip(h, r, strict=True)) / len(h)),
    ("each precision is a mean over the sentences; sum first, then divide once",
     _with(precision=lambda counts: sum(m / t if t else 0.0 for m, t in counts) / len(counts))),
    ("the brevity penalty has no effect: is it there? c and r count words", _with(penalty=lambda c, r: 1.0)),
    ("the brevity penalty is turned round: it punishes short ones", _with(penalty=lambda c, r: exp(min(0, 1 - c / r)))),
    ("the brevity penalty is exp(1 - c/r); it is exp(1 - r/c)", _with(penalty=lambda c, r: exp(max(0, 1 - c / r)))),
    ("the brevity penalty is c/r; it is exp(1 - r/c)", _with(penalty=lambda c, r: min(1.0, c / r))),
    ("the brevity penalty rewards long hypotheses: it is 1 where c >= r", _with(penalty=lambda c, r: exp(1 - r / c))),
    ("the four precisions are averaged as they are; take their geometric mean", _with(mean=lambda p: sum(p) / 4)),
    ("the logarithms are summed; take their mean, a quarter of the sum", _with(mean=prod)),
    ("it runs from 0 to 1; here from 0 to 100", _with(scale=1.0)),
    ("only n = 1, 2 and 3 are counted; `range(1, 5)` ends with 4",
     _with(most=3), _with(most=3, mean=lambda p: prod(p) ** 0.25)),
    ("only single words are counted", _with(most=1)),
    ("n = 5 is counted, too; `range(1, 5)` ends with 4", _with(most=5)),
    ("the sentences are joined into one: n-grams run across their ends",
     lambda h, r: bleu([[w for s in h for w in s]], [[w for s in r for w in s]])),
    ("hypotheses and references are interchanged", lambda h, r: bleu(r, h)),
)  # fmt: skip
_NO_MATCH = "some n has no matches, and the score is not 0.0: no n is left out of the mean, and no small number added"


def _draw(chance: Chance) -> tuple[list[list[str]], list[list[str]]]:
    """Translations that have lost, doubled or exchanged words; some corpora match in no word of four."""
    references = chance.sentences()
    hypotheses = [
        [chance.choice([word, word, word, "x"]) for word in sentence if chance.random() < 0.9]
        + sentence[: chance.randrange(3)]
        for sentence in references
    ]
    return hypotheses, references


def examine(trial: Trial) -> None:
    cases = [
        (["the cat sat on the mat today", "a dog runs in the park now"],
         ["the cat sat on the mat", "a dog runs in the big park now"]),
        (["we drink tea every day and every night", "no"], ["we drink tea every day", "not today"]),
        (["i like green tea", "we went home by bus"], ["i like green tea very much", "yesterday we went home by bus"]),
        (["a b c d e f", "a b c d"], ["a b c d e f", "a b c d"]),
        (["a b c", "x y"], ["a b c", "x z"]),
        (["a b c d x y", "e f g h i"], ["a b c d e y", "e f g h j k l"]),
        (["the the the the the the", "one two three four five"],
         ["the cat", "one two three four five six seven eight nine ten"]),
    ]  # fmt: skip
    for case in cases:
        sides = [[sentence.split() for sentence in side] for side in case]
        if expected := bleu(*sides):
            trial.agrees(*sides, expected=expected)
            continue
        got = trial.call(*sides)
        trial.require(not isinstance(got, float) or got == 0, _NO_MATCH, expected=0.0, got=got)
        trial.compare(got, 0.0, inputs=sides)
    for given in drawn(_draw):
        trial.agrees(*given)


EXERCISE = Exercise(id="04.bleu", reference=bleu, difficulty=3, minutes=10,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("For each n from 1 to 4: add up the matches of all sentences, add up the totals, then divide once.",
           "If the matches of some n are 0, return 0.0 before a logarithm is taken.",
           "c and r are the lengths of all hypotheses and all references together. `penalty = 1.0 if c >= r else "
           "math.exp(1 - r / c)`; the score is `100 * penalty * math.exp(mean of the four logarithms)`."),
    explanation="""The mean of the logarithms is a geometric mean: one bad precision pulls the score down, and a good
one can't make up for it. Sums over the corpus come before the division, because a single sentence often has no match of
four words at all. Precision alone could be raised by saying only what is certain; the brevity penalty takes that away.
It looks at the corpus, too: one short sentence does no harm if another is longer.""")  # fmt: skip
