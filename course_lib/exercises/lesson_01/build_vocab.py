"""Exercise 01.build_vocab: the specials, then the tokens by falling frequency, ties alphabetical."""

from itertools import chain
from typing import Any

from course_lib.exercises.kit import Exercise, Function, Outcome, Trial, drawn, show
from course_lib.exercises.lesson_01.shared import KOREAN, LARGER, SMALL
from course_lib.text import SPECIALS, build_vocab


def _ordered(key: Function, **options: bool) -> Function:
    """Sorted by another key, a function of a token and of all the tokens in their order."""
    return lambda s, n=1: [*SPECIALS, *sorted(build_vocab(s, n)[4:], key=lambda t: key(t, [*chain(*s)]), **options)]


def _then(change: Function) -> Function:
    """Something is done with the right tokens, without the specials."""
    return lambda s, n=1: change(build_vocab(s, n)[4:])


MISTAKES = (
    ("the four specials are missing at the front", _then(list)),
    ("`<sos>` and `<eos>` are missing: there are four specials", _then(lambda tokens: [*SPECIALS[:2], *tokens])),
    ("the specials stand at the end; they come first", _then(lambda tokens: [*tokens, *SPECIALS])),
    ("the specials are not in the order <pad> <unk> <sos> <eos>: `<pad>` must have id 0",
     _then(lambda tokens: ["<unk>", "<pad>", "<sos>", "<eos>", *tokens])),
    ("`min_freq` is off by one: a token that occurs exactly `min_freq` times is kept",
     lambda s, n=1: build_vocab(s, n + 1)),
    ("`min_freq` has no effect", lambda s, n=1: build_vocab(s)),
    ("the rarest tokens come first; the most frequent must", _ordered(lambda t, text: (text.count(t), t))),
    ("ties are not alphabetical: with one count the alphabetically smaller comes first",
     _ordered(lambda t, text: (-text.count(t), text.index(t)))),
    ("ties are in reverse alphabetical order: `reverse=True` turns the words too; sort by minus the count",
     _ordered(lambda t, text: (text.count(t), t), reverse=True)),
    ("the tokens are sorted alphabetically; frequency comes first", _ordered(lambda t, text: t)),
    ("the tokens stand in order of appearance; the most frequent come first", _ordered(lambda t, text: text.index(t))),
    ("it counts in how many sentences a token occurs; count every occurrence",
     lambda s, n=1: build_vocab(map(dict.fromkeys, s), n)),
    ("only the first sentence is counted", lambda s, n=1: build_vocab(s[:1], n)),
)  # fmt: skip


def examine(trial: Trial) -> None:
    cases: tuple[tuple[Any, ...], ...] = ((SMALL, 1), (SMALL, 2), (LARGER, 1), (LARGER, 10), (KOREAN, 2), (KOREAN,))
    more = drawn(lambda chance: (chance.sentences(), chance.randint(1, 6)))
    for given in chain(cases, more):
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


EXERCISE = Exercise(id="01.build_vocab", reference=build_vocab, difficulty=2, minutes=8,
    mistakes=MISTAKES, examine=examine, hints=(
        "`collections.Counter` counts; its `update` takes a whole sentence at a time.",
        "Sort by a pair, the frequent first: `sorted(tokens, key=lambda token: (-counts[token], token))`.",
        'Put `["<pad>", "<unk>", "<sos>", "<eos>"]` in front, and keep only tokens with `counts[token] >= min_freq`.'),
    explanation="""The specials come first, in a fixed order, so that their ids never depend on the text: padding is 0
in every vocabulary. Frequent words come first because then a vocabulary can be cut anywhere and keeps what matters;
ties are broken alphabetically so that the same text always gives the same ids. Rare words are dropped: seen once or
twice, their vectors could not be learned anyway, and `<unk>` gets something to learn from.""")  # fmt: skip
