"""Exercise 01.build_vocab."""

from collections import Counter

from course_lib.exercises.exercise import Exercise
from course_lib.exercises.finding import Outcome
from course_lib.exercises.lesson_01.shared import KOREAN, LARGER, SMALL
from course_lib.exercises.show import show
from course_lib.exercises.trial import Trial
from course_lib.text import SPECIALS


def build_vocab(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    kept = [token for token, count in counts.items() if count >= min_freq]
    return ["<pad>", "<unk>", "<sos>", "<eos>", *sorted(kept, key=lambda token: (-counts[token], token))]


def _count(sentences):
    return Counter(token for sentence in sentences for token in sentence)


def _vocab_with(order=None, keep=None, specials=SPECIALS, at_end=False, count=_count):
    """A way to build the vocabulary wrongly: another order, another threshold, other specials, another count."""

    def build(sentences, min_freq=1):
        counts = count(sentences)
        kept = [token for token in counts if (keep or (lambda n, least: n >= least))(counts[token], min_freq)]
        kept = sorted(kept, key=order(counts) if order else lambda token: (-counts[token], token))
        return [*kept, *specials] if at_end else [*specials, *kept]

    return build


MISTAKES = (
    ("the four specials are missing at the front", _vocab_with(specials=())),
    ("`<sos>` and `<eos>` are missing: there are four specials", _vocab_with(specials=SPECIALS[:2])),
    ("the four specials stand at the end; they come first, so that `<pad>` is always id 0", _vocab_with(at_end=True)),
    ("the specials are there, but not in the order <pad> <unk> <sos> <eos>: `<pad>` must have id 0",
     _vocab_with(specials=("<unk>", "<pad>", "<sos>", "<eos>"))),
    ("`min_freq` is off by one: a token that occurs exactly `min_freq` times is kept", _vocab_with(keep=lambda n, least: n > least)),
    ("`min_freq` has no effect", _vocab_with(keep=lambda n, least: True)),
    ("the rarest tokens come first; the most frequent must", _vocab_with(lambda c: lambda t: (c[t], t))),
    ("ties are not alphabetical: of two tokens with the same count the alphabetically smaller comes first", _vocab_with(lambda c: lambda t: -c[t])),
    ("ties are in reverse alphabetical order: `reverse=True` turns the words too; sort by minus the count instead",
     lambda sentences, min_freq=1: [*SPECIALS, *sorted(_vocab_with(specials=())(sentences, min_freq), key=lambda t: (_count(sentences)[t], t), reverse=True)]),
    ("the tokens are sorted alphabetically; frequency comes first", _vocab_with(lambda c: lambda t: t)),
    ("the tokens stand in order of appearance; the most frequent must come first", _vocab_with(lambda c: lambda t: 0)),
    ("it counts in how many sentences a token occurs; count every occurrence",
     _vocab_with(count=lambda s: Counter(token for sentence in s for token in dict.fromkeys(sentence)))),
    ("only the first sentence is counted", lambda sentences, min_freq=1: build_vocab(sentences[:1], min_freq)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    for arguments in [(SMALL, 1), (SMALL, 2), (LARGER, 1), (LARGER, 10), (KOREAN, 2), (KOREAN,)]:
        got = trial.call(*arguments)
        trial.require(
            not isinstance(got, dict),
            "expected the list of tokens in order of id, got a dict: the dict is made from the list in the next cell",
            outcome=Outcome.DTYPE,
        )
        if isinstance(got, list):
            other = [each for each in got if not isinstance(each, str)]
            trial.require(
                not other,
                f"expected a list of strings, but it holds {show(other[:1])[1:-1]}: the tokens alone, without their counts",
                outcome=Outcome.DTYPE,
                got=got,
            )
            repeated = [token for token in got if got.count(token) > 1]
            trial.require(not repeated, f"every token stands once: {(repeated or [''])[0]!r} occurs again", got=got)
            strange = [token for token in got if token not in SPECIALS and token not in _count(arguments[0])]
            trial.require(
                not strange,
                f"{(strange or [''])[0]!r} is no token of these sentences. (`counts.update(token)` counts the letters of a token; "
                "`counts.update(sentence)` counts the tokens.)",
                got=got,
            )
        trial.compare(got, build_vocab(*arguments), inputs=arguments)


EXERCISE = Exercise(
    id="01.build_vocab",
    reference=build_vocab,
    difficulty=2,
    minutes=8,
    hints=(
        "`collections.Counter` counts; its `update` takes a whole sentence at a time.",
        "Sort by a pair: `sorted(tokens, key=lambda token: (-counts[token], token))` puts the frequent first and "
        "breaks ties alphabetically.",
        'Put `["<pad>", "<unk>", "<sos>", "<eos>"]` in front, and keep only tokens with `counts[token] >= min_freq`.',
    ),
    explanation="""
The specials come first, in a fixed order, so that their ids never depend on the text: padding is 0 in every vocabulary.
Frequent words come first because then a vocabulary can be cut anywhere and keeps what matters; ties are broken
alphabetically so that the same text always gives the same ids. Rare words are dropped: seen once or twice, their
vectors could not be learned anyway, and `<unk>` gets something to learn from.""",
    mistakes=MISTAKES,
    examine=examine,
)
