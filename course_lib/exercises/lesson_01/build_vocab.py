"""Exercise 01.build_vocab: the specials, then the tokens by falling frequency, ties alphabetical."""

from collections import Counter
from typing import Any

from course_lib.exercises.kit import Exercise, Outcome, Trial, show
from course_lib.exercises.lesson_01.shared import KOREAN, LARGER, SMALL
from course_lib.text import SPECIALS, build_vocab


def _ordered(key: Any, reverse: bool = False) -> Any:
    """Sorted by another key, a function of a token and its count."""

    def build(sentences: list[list[str]], min_freq: int = 1) -> list[str]:
        counts = Counter(token for sentence in sentences for token in sentence)
        kept = [token for token in counts if counts[token] >= min_freq]
        return [*SPECIALS, *sorted(kept, key=lambda token: key(token, counts[token]), reverse=reverse)]

    return build


def _then(change: Any) -> Any:
    """Something is done with the right tokens, without the specials."""
    return lambda sentences, min_freq=1: change(build_vocab(sentences, min_freq)[4:])


MISTAKES = (
    ("the four specials are missing at the front", _then(lambda tokens: tokens)),
    ("`<sos>` and `<eos>` are missing: there are four specials", _then(lambda tokens: [*SPECIALS[:2], *tokens])),
    ("the specials stand at the end; they come first", _then(lambda tokens: [*tokens, *SPECIALS])),
    ("the specials are not in the order <pad> <unk> <sos> <eos>: `<pad>` must have id 0",
     _then(lambda tokens: ["<unk>", "<pad>", "<sos>", "<eos>", *tokens])),
    ("`min_freq` is off by one: a token that occurs exactly `min_freq` times is kept",
     lambda sentences, min_freq=1: build_vocab(sentences, min_freq + 1)),
    ("`min_freq` has no effect", lambda sentences, min_freq=1: build_vocab(sentences)),
    ("the rarest tokens come first; the most frequent must", _ordered(lambda token, n: (n, token))),
    ("ties are not alphabetical: with one count the alphabetically smaller comes first", _ordered(lambda token, n: -n)),
    ("ties are in reverse alphabetical order: `reverse=True` turns the words too; sort by minus the count",
     _ordered(lambda token, n: (n, token), reverse=True)),
    ("the tokens are sorted alphabetically; frequency comes first", _ordered(lambda token, n: token)),
    ("the tokens stand in order of appearance; the most frequent must come first", _ordered(lambda token, n: 0)),
    ("it counts in how many sentences a token occurs; count every occurrence",
     lambda sentences, min_freq=1: build_vocab(map(dict.fromkeys, sentences), min_freq)),
    ("only the first sentence is counted", lambda sentences, min_freq=1: build_vocab(sentences[:1], min_freq)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases: tuple[tuple[Any, ...], ...] = ((SMALL, 1), (SMALL, 2), (LARGER, 1), (LARGER, 10), (KOREAN, 2), (KOREAN,))
    for given in cases:
        got = trial.call(*given)
        a_dict = "expected the list of tokens in order of id, got a dict: it is made from the list in the next cell"
        trial.require(not isinstance(got, dict), a_dict, outcome=Outcome.DTYPE)
        if isinstance(got, list):
            other = show([token for token in got if not isinstance(token, str)][:1])[1:-1]
            counted = f"expected a list of strings, but it holds {other}: the tokens alone, without their counts"
            trial.require(not other, counted, outcome=Outcome.DTYPE, got=got)
            again = next((token for token in got if got.count(token) > 1), "")
            trial.require(not again, f"every token stands once: {again!r} occurs again", got=got)
            known = {*SPECIALS, *(token for sentence in given[0] for token in sentence)}
            strange = next((token for token in got if token not in known), None)
            letters = "(`counts.update(token)` counts letters, `counts.update(sentence)` counts tokens.)"
            trial.require(strange is None, f"{strange!r} is no token of these sentences. {letters}", got=got)
        trial.compare(got, build_vocab(*given), inputs=given)


EXERCISE = Exercise(
    id="01.build_vocab", reference=build_vocab, difficulty=2, minutes=8, mistakes=MISTAKES, examine=examine,
    hints=(
        "`collections.Counter` counts; its `update` takes a whole sentence at a time.",
        "Sort by a pair, the frequent first: `sorted(tokens, key=lambda token: (-counts[token], token))`.",
        'Put `["<pad>", "<unk>", "<sos>", "<eos>"]` in front, and keep only tokens with `counts[token] >= min_freq`.',
    ),
    explanation="""
The specials come first, in a fixed order, so that their ids never depend on the text: padding is 0 in every vocabulary.
Frequent words come first because then a vocabulary can be cut anywhere and keeps what matters; ties are broken
alphabetically so that the same text always gives the same ids. Rare words are dropped: seen once or twice, their
vectors could not be learned anyway, and `<unk>` gets something to learn from.""",
)  # fmt: skip
