"""Exercise 01.build_vocab: the specials, then the tokens by falling frequency, ties alphabetical."""

from itertools import chain, permutations, takewhile
from typing import Any

from course_lib.exercises.kit import Exercise, Function, Outcome, Trial, drawn, parted, show
from course_lib.exercises.lesson_01.shared import CAPITALS, KOREAN, LARGER, SMALL
from course_lib.text import SPECIALS, build_vocab


@parted
def _by(given: Function = list, count: Function = list.count, key: Function = lambda n, token, at: (-n, token),
        reverse: bool = False, least: Function = int, keep: Function = filter,
        result: Function = lambda tokens: [*SPECIALS, *tokens]) -> Function:  # fmt: skip
    """Other sentences, counts, order by count, token and first place, limit, way to keep to it, or specials."""

    def wrong(sentences: list[list[str]], min_freq: int = 1) -> list[str]:
        text = [*chain(*given(sentences))]
        counts = {token: count(text, token) for token in text}
        tokens = keep(lambda token: counts[token] >= least(min_freq), counts)
        ordered: list[str] = result(sorted(tokens, key=lambda t: key(counts[t], t, text.index(t)), reverse=reverse))
        return ordered

    return wrong


def _where(kept: Function) -> Function:
    """Only some of the tokens are counted."""
    return _by(given=lambda sentences: [list(filter(kept, sentence)) for sentence in sentences])


MISTAKES = (
    ("the four specials are missing at the front", _by(result=list)),
    ("`<sos>` and `<eos>` are missing: there are four specials", _by(result=lambda tokens: [*SPECIALS[:2], *tokens])),
    ("the specials stand at the end; they come first", _by(result=lambda tokens: [*tokens, *SPECIALS])),
    ("the specials are not in the order `<pad>`, `<unk>`, `<sos>`, `<eos>`",
     *[_by(result=lambda tokens, first=first: [*first, *tokens]) for first in [*permutations(SPECIALS)][1:]]),
    ("`min_freq` is off by one: a token that occurs exactly `min_freq` times is kept",
     _by(least=lambda n: n + 1), _by(least=lambda n: n + (n > 1))),
    ("without `min_freq` every token is kept: keep the default value that the exercise gives",
     *[lambda sentences, n=n: build_vocab(sentences, n) for n in (2, 3, 5)]),
    ("`min_freq` has no effect", _by(least=lambda n: 1)),
    ("all tokens behind the first rare one are lost: leave out the rare ones alone (`continue`, not `break`)",
     _by(keep=takewhile)),
    ("the whole order is reversed: with a minus before the count leave out `reverse=True`", _by(reverse=True)),
    ("the rarest tokens come first; the most frequent must", _by(key=lambda n, token, at: (n, token))),
    ("ties are not alphabetical: among tokens with the same count the alphabetical order decides",
     _by(key=lambda n, token, at: (-n, at)), _by(key=lambda n, token, at: (-n, len(token), token))),
    ("ties are in alphabetical order without regard to capitals: compare the tokens as they are",
     _by(key=lambda n, token, at: (-n, token.lower(), token)), _by(key=lambda n, token, at: (-n, token.lower(), at))),
    ("ties are in reverse alphabetical order: sort by `(-counts[token], token)`, without `reverse=True`",
     _by(key=lambda n, token, at: (n, token), reverse=True)),
    ("the counts are compared as strings, where 9 is more than 10: compare the numbers",
     _by(key=lambda n, token, at: ([*(-ord(digit) for digit in str(n)), 0], token))),
    ("the tokens are sorted alphabetically; frequency comes first", _by(key=lambda n, token, at: token)),
    ("the tokens stand in order of appearance; the most frequent come first", _by(key=lambda n, token, at: at)),
    ("it counts in how many sentences a token occurs; count every occurrence", _by(lambda s: map(dict.fromkeys, s))),
    ("it counts inside longer words too: count in the list of tokens, not in one long string",
     *[_by(count=lambda text, token, gap=gap: gap.join(text).count(token)) for gap in ("", " ")]),
    ("only the first sentence is counted", _by(given=lambda s: s[:1])),
    ("the counting stops at an empty sentence; those after it count too", _by(given=lambda s: takewhile(len, s))),
    ("the sentences are cut: every token counts, however long its sentence is",
     *[_by(given=lambda s, n=n: [sentence[:n] for sentence in s]) for n in (5, 10, 20, 30, 50)]),
    ("the tokens are lower-cased; keep the tokens as they are",
     _by(lambda s: [map(str.lower, sentence) for sentence in s])),
    ("tokens with digits or signs in them are left out; every token counts", _where(str.isalpha)),
    ("tokens with signs in them are left out; every token counts", _where(str.isalnum)),
    ("tokens of one letter are left out; every token counts", _where(lambda token: len(token) > 1)),
)  # fmt: skip
ADVICE = (("NoneType", "`sort`, `append` and `extend` change the list and give None; `sorted(...)` gives a new list."),
          ("can only concatenate", "`+` joins list and list: `SPECIALS` is a tuple, `list(SPECIALS)` is a list."),
          ("unhashable type: 'list'", "A sentence is a list: `counts.update(sentence)`, one sentence after the other."),
          ("KeyError", "A new token has no count: a `Counter` gives 0, in a dict `counts.get(token, 0)`."))  # fmt: skip


def examine(trial: Trial) -> None:
    cases: tuple[tuple[Any, ...], ...] = (
        (SMALL, 1),
        (KOREAN,),
        (SMALL, 2),
        (LARGER, 1),
        (LARGER, 10),
        (KOREAN, 2),
        (CAPITALS, 1),
    )
    more = drawn(lambda chance: (chance.sentences(), chance.choice([1, 1, 1, 2, 3, 6])))
    elsewhere = {*chain(*SMALL, *LARGER, *KOREAN, *CAPITALS)}
    for given in chain(cases, more):
        got = trial.call(*given)
        a_dict = "expected the list of tokens in order of id, got a dict: the next cell makes one, from the list"
        trial.require(not isinstance(got, dict), a_dict, outcome=Outcome.TYPE)
        tokens = {*chain(*given[0])}
        if isinstance(got, list):
            others = [token for token in got if not isinstance(token, str)][:1]
            why = "the tokens alone, without their counts"
            if others and isinstance(others[0], list | tuple) and all(isinstance(each, str) for each in others[0]):
                why = "join lists by `+` or `extend`; `append` and brackets put a list into the list"
            counted = f"expected a list of strings, but it holds {show(others)[1:-1]}: {why}"
            trial.require(not others, counted, outcome=Outcome.TYPE, got=got)
            again = next((token for token in got if got.count(token) > 1), "")
            trial.require(not again, f"each token may stand only once, but {again!r} occurs again", got=got)
            strange = [token for token in got if token not in tokens and token not in SPECIALS]
            why = "no token of these sentences: keep the tokens as they are"
            if all(len(token) == 1 for token in strange):
                why = (
                    "a letter, no token: `counts.update(sentence)` with the list itself; of a string it counts letters"
                )
            if not elsewhere.isdisjoint(strange):
                why = "a token of an earlier call: begin with new, empty counts at each call"
            trial.require(not strange, f"{strange and strange[0]!r} is {why}", got=got)
        trial.compare(got, build_vocab(*given), inputs=given)


EXERCISE = Exercise(id="01.build_vocab", reference=build_vocab, difficulty=2, minutes=8,
    mistakes=MISTAKES, advice=ADVICE, examine=examine, hints=(
        "`collections.Counter` counts; its `update` takes a whole sentence at a time.",
        "Sort by a pair, the frequent first: `sorted(tokens, key=lambda token: (-counts[token], token))`.",
        'Put `["<pad>", "<unk>", "<sos>", "<eos>"]` in front, and keep only tokens with `counts[token] >= min_freq`.'),
    explanation="""The specials come first, in a fixed order, so that their ids never depend on the text: padding is 0
in every vocabulary. Frequent words come first because then a vocabulary can be cut anywhere and keeps what matters;
ties are broken alphabetically so that the same text always gives the same ids. Rare words are dropped: seen once or
twice, their vectors could not be learned anyway, and `<unk>` gets something to learn from.""")  # fmt: skip
