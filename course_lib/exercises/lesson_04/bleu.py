"""Exercise 04.bleu."""

import math

from course_lib import metrics
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.lesson_04.ngram_matches import ngram_matches
from course_lib.exercises.trial import Trial


def bleu(hypotheses, references):
    pairs = list(zip(hypotheses, references, strict=True))
    log_precisions = []
    for n in (1, 2, 3, 4):
        counts = [ngram_matches(hypothesis, reference, n) for hypothesis, reference in pairs]
        matches, total = (sum(column) for column in zip(*counts, strict=True))
        if matches == 0:
            return 0.0
        log_precisions.append(math.log(matches / total))
    c, r = sum(map(len, hypotheses)), sum(map(len, references))
    penalty = 1.0 if c >= r else math.exp(1 - r / c)
    return 100 * penalty * math.exp(sum(log_precisions) / 4)


def _bleu_with(
    penalty=lambda c, r: 1.0 if c >= r else math.exp(1 - r / c),
    mean=lambda precisions: math.exp(sum(map(math.log, precisions)) / 4),
    scale=100.0,
    most=4,
):
    def score(hypotheses, references):
        pairs = list(zip(hypotheses, references, strict=True))
        precisions = []
        for n in range(1, most + 1):
            counts = [ngram_matches(h, r, n) for h, r in pairs]
            matches, total = (sum(column) for column in zip(*counts, strict=True))
            if matches == 0:
                return 0.0
            precisions.append(matches / total)
        return scale * penalty(sum(map(len, hypotheses)), sum(map(len, references))) * mean(precisions)

    return score


def _mean_of_sentences(hypotheses, references):
    return sum(bleu([h], [r]) for h, r in zip(hypotheses, references, strict=True)) / len(hypotheses)


def _of_one_long_sentence(hypotheses, references):
    return bleu(*([[token for sentence in side for token in sentence]] for side in (hypotheses, references)))


def _mean_of_precisions(hypotheses, references):
    """Each precision is the mean over the sentences."""
    pairs = list(zip(hypotheses, references, strict=True))
    logs = 0.0
    for n in (1, 2, 3, 4):
        counts = [ngram_matches(h, r, n) for h, r in pairs]
        mean = sum(matches / total if total else 0.0 for matches, total in counts) / len(pairs)
        if not mean:
            return 0.0
        logs += math.log(mean)
    c, r = sum(map(len, hypotheses)), sum(map(len, references))
    return 100 * min(1.0, math.exp(1 - r / c)) * math.exp(logs / 4)


ADVICE = (
    ("ZeroDivisionError", "Where there are no n-grams at all, there are no matches: return 0.0."),
    ("math domain error", "The logarithm of 0: where an n has no matches, return 0.0."),
)


MISTAKES = (
    ("it is the mean of the scores of the sentences; matches and totals are summed over all sentences first", _mean_of_sentences),
    ("each precision is a mean over the sentences; sum matches and totals over all sentences, then divide once", _mean_of_precisions),
    ("the brevity penalty is missing", _bleu_with(penalty=lambda c, r: 1.0)),
    ("the brevity penalty is turned round: it punishes hypotheses that are shorter than the references", _bleu_with(penalty=lambda c, r: 1.0 if c <= r else math.exp(1 - c / r))),
    ("the brevity penalty is exp(1 - c/r); it is exp(1 - r/c)", _bleu_with(penalty=lambda c, r: 1.0 if c >= r else math.exp(1 - c / r))),
    ("the brevity penalty is c/r; it is exp(1 - r/c)", _bleu_with(penalty=lambda c, r: min(1.0, c / r))),
    ("the brevity penalty rewards long hypotheses: it is 1 where c >= r", _bleu_with(penalty=lambda c, r: math.exp(1 - r / c))),
    ("the four precisions are averaged as they are; it is their geometric mean, exp of the mean of the logarithms", _bleu_with(mean=lambda p: sum(p) / 4)),
    ("the logarithms are summed; take their mean, a quarter of the sum", _bleu_with(mean=math.prod)),
    ("it runs from 0 to 1; here from 0 to 100", _bleu_with(scale=1.0)),
    ("only n = 1, 2 and 3 are counted; `range(1, 5)` ends with 4", _bleu_with(most=3, mean=lambda p: math.exp(sum(map(math.log, p)) / 3))),
    ("only n = 1, 2 and 3 are counted; `range(1, 5)` ends with 4", _bleu_with(most=3)),
    ("only single words are counted", _bleu_with(most=1, mean=lambda p: p[0])),
    ("n = 5 is counted, too; `range(1, 5)` ends with 4", _bleu_with(most=5, mean=lambda p: math.exp(sum(map(math.log, p)) / 5))),
    ("the sentences are joined into one: n-grams run across their ends", _of_one_long_sentence),
    ("hypotheses and references are interchanged", lambda h, r: bleu(r, h)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases = [
        (["the cat sat on the mat today", "a dog runs in the park now"], ["the cat sat on the mat", "a dog runs in the big park now"]),
        (["we drink tea every day and every night", "no"], ["we drink tea every day", "not today"]),
        (["i like green tea", "we went home by bus"], ["i like green tea very much", "yesterday we went home by bus"]),
        (["a b c d e f", "a b c d"], ["a b c d e f", "a b c d"]),
        (["a b c", "x y"], ["a b c", "x z"]),
        (["a b c d x y", "e f g h i"], ["a b c d e y", "e f g h j k l"]),
        (["the the the the the the", "one two three four five"], ["the cat", "one two three four five six seven eight nine ten"]),
    ]  # fmt: skip
    for hypotheses, references in cases:
        sides = [sentence.split() for sentence in hypotheses], [sentence.split() for sentence in references]
        expected = bleu(*sides)
        if expected:  # the same as sacrebleu, which smooths a score of 0
            assert abs(expected - metrics.bleu(hypotheses=sides[0], references=sides[1])) < 1e-6
            trial.agrees(*sides, expected=expected)
            continue
        got = trial.call(*sides)
        trial.require(
            not isinstance(got, float) or got == 0,
            "some n has no matches, and the score is not 0.0: no n is left out of the mean, and no small number added",
            expected=0.0,
            got=got,
        )
        trial.compare(got, 0.0, inputs=sides)


EXERCISE = Exercise(
    id="04.bleu",
    reference=bleu,
    difficulty=3,
    minutes=10,
    hints=(
        "For each n from 1 to 4: add up the matches of all sentences, add up the totals, then divide once.",
        "If the matches of some n are 0, return 0.0 before a logarithm is taken.",
        "c and r are the lengths of all hypotheses and all references together. `penalty = 1.0 if c >= r else math.exp(1 - r / "
        "c)`; the score is `100 * penalty * math.exp(mean of the four logarithms)`.",
    ),
    explanation="""
The mean of the logarithms is a geometric mean: one bad precision pulls the score down, and a good one can't make up for it.
Sums over the corpus come before the division, because a single sentence often has no match of four words at all. Precision
alone could be raised by saying only what is certain; the brevity penalty takes that away. It looks at the corpus, too: one
short sentence does no harm if another is longer.""",
    advice=ADVICE,
    mistakes=MISTAKES,
    examine=examine,
)
