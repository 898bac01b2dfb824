"""Exercise 04.beam_step: all candidates of one sentence, ranked by their score."""

import math
from typing import Any

import torch
from torch import Tensor

from course_lib.beam import Hypothesis, beam_step
from course_lib.exercises.difference import difference
from course_lib.exercises.kit import Chance, Exercise, Function, Trial, drawn, normal, seeded, with_parts
from course_lib.text import EOS, PAD, SOS, UNK


def _over(words: list[int]) -> bool:
    return bool(words) and words[-1] == EOS


@with_parts
def _with(
    hypotheses: list[Hypothesis], next_log_p: Tensor, beam: int, alpha: float, *,
    gained: Function = lambda log_p, p: log_p + p, score: Function = lambda w, log_p, alpha: log_p / len(w) ** alpha,
    over: Function = _over, each: Function = enumerate, longer: Function = lambda words, word, row: [*words, word],
    stays: Function = lambda words, log_p, row: [(words, log_p)], best: bool = True,
    stored: Function = lambda words, log_p, alpha: log_p, most: Function = lambda b: b, of_each: int | None = None,
) -> list[Hypothesis]:  # fmt: skip
    """The step with one of its parts written in another way."""
    candidates = []
    for (words, log_p), row in zip(hypotheses, next_log_p.tolist(), strict=True):
        own = stays(words, log_p, row)
        if not over(words):
            own = [(longer(words, word, row), gained(log_p, p)) for word, p in each(row)]
            own = sorted(own, key=lambda c: score(*c, alpha), reverse=True)[:of_each]
        candidates += own
    candidates.sort(key=lambda c: score(*c, alpha), reverse=best)
    return [(words, stored(words, log_p, alpha)) for words, log_p in candidates[: most(beam)]]


def _rows_of_the_living(hypotheses: list[Hypothesis], next_log_p: Tensor, beam: int, alpha: float) -> list[Hypothesis]:
    """The row is counted up for hypotheses that go on alone."""
    living, rows = [k for k, (words, _) in enumerate(hypotheses) if not _over(words)], next_log_p.clone()
    rows[living] = next_log_p[: len(living)]
    return beam_step(hypotheses, rows, beam, alpha)


def _with_ended_in_front(hypotheses: list[Hypothesis], next_log_p: Tensor, beam: int, alpha: float) -> list[Hypothesis]:
    others = _with(stays=lambda words, log_p, row: [])(hypotheses, next_log_p, beam, alpha)
    return [*(each for each in hypotheses if _over(each[0])), *others][:beam]


def _case(seed: int, ended: Any, lengths: Any, V: int, beam: int, alpha: float) -> tuple[Any, ...]:
    """Hypotheses of these lengths, about -0.4 per word, and log p of the next words, sharp as a trained model's."""
    generator, hypotheses = seeded(seed + 50), list[Hypothesis]()
    for over, n in zip(ended, lengths, strict=True):
        words = torch.randint(min(4, V - 1), V, (n,), generator=generator).tolist()
        log_p = -float(torch.rand(1, generator=generator)) - 0.4 * n if n else 0.0
        hypotheses.append(([*words[:-1], EOS] if over else words, log_p))
    return hypotheses, (2 * normal(seed + 70, len(lengths), V)).log_softmax(-1), beam, alpha


ADVICE = (
    ("'NoneType'", "`.append` and `.sort` change a list and return None: write `words + [word]`, and `sorted(...)`."),
    ("can only concatenate list", "`words` is a list, `word` a number: `words + [word]`."),
    ("ZeroDivisionError", "Divide by `len(words) ** alpha`, the new word counted: that is at least 1. The `key` of a "
     "sort is a function of one candidate."),
    ("missing 1 required positional", "The `key` has one argument, a candidate: `c[1] / len(c[0]) ** alpha` of c."),
    ("for /: 'tuple'", "A candidate is one tuple: `+=` joins lists of candidates, `append` puts a list into a list."),
    ("'float' and 'list'", "Hypothesis k belongs to row k: `next_log_p[k].tolist()` has a number for each word."),
    ("index out of range", "The first hypothesis has no words yet: ask `words and words[-1] == EOS`."),
    ("selected index k out of range", "A row may be shorter than `beam` is: `row.topk(min(beam, len(row)))`."),
)  # fmt: skip
MISTAKES = (
    ("a hypothesis that has ended is extended; it should stay as it is", _with(over=lambda w: False)),
    ("a hypothesis that has ended is dropped; it should stay, as it is", _with(stays=lambda w, p, row: [])),
    ("a hypothesis that has ended gets a `<pad>`; it should stay as it is",
     _with(stays=lambda w, p, row: [([*w, PAD], p)])),
    ("one that has ended is entered for every word; enter it once", _with(stays=lambda w, p, row: [(w, p)] * len(row))),
    ("a hypothesis that has ended still loses log p; it should stay as it is",
     _with(stays=lambda w, p, row: [(w, p + row[EOS])])),
    ("a hypothesis that has ended stays, and is extended, too: only the others go on",
     _with(over=lambda w: True,
           stays=lambda w, p, row: [(w, p)] * _over(w) + [([*w, v], p + q) for v, q in enumerate(row)])),
    ("`alpha` has no effect: rank each candidate by its own `log_p / len(words) ** alpha`",
     _with(score=lambda w, p, a: p)),
    ("log p is divided by the length whatever `alpha` is; divide by `len(words) ** alpha`",
     _with(score=lambda w, p, a: p / len(w))),
    ("the length is multiplied by alpha; raise it to alpha",
     _with(score=lambda w, p, a: p / (len(w) * a) if a else p), _with(score=lambda w, p, a: p / (1 + len(w) * a))),
    ("the score is handed on; hand on log p", _with(stored=lambda w, p, a: p / len(w) ** a)),
    ("log p of the hypothesis is forgotten: add that of the new word to it", _with(gained=lambda log_p, p: p)),
    ("log-probabilities are multiplied; add them", _with(gained=lambda log_p, p: log_p * p)),
    ("log p of the new word is not added to that of the hypothesis", _with(gained=lambda log_p, p: log_p)),
    ("a probability is added to a log-probability: add the number of `next_log_p` as it is",
     _with(gained=lambda log_p, p: log_p + math.exp(p))),
    ("the worst candidates are kept: sort from the largest score down, `reverse=True`", _with(best=False)),
    ("one child of each hypothesis is kept; keep the best of all candidates together",
     lambda h, x, b, a: _with(of_each=1)(h, x, len(h), a)[:b]),
    ("`beam` children of each hypothesis are kept; keep the best of all candidates together",
     lambda h, x, b, a: _with(of_each=b, most=lambda b: None)(h, x, b, a),
     lambda h, x, b, a: [f for k, row in enumerate(x) for f in beam_step([h[k]], row[None], b, a)]),
    ("those that have ended are put in front; they compete with the others by their score", _with_ended_in_front),
    ("those that have ended keep a place in any case; they compete with the others by their score",
     lambda h, x, b, a: sorted(_with_ended_in_front(h, x, b, a), key=lambda c: -c[1] / len(c[0]) ** a)),
    ("two candidates of the same score overwrite each other: keep a list, not a dict with the score as its key",
     lambda h, x, b, a: [*{p / len(w) ** a: (w, p) for w, p in beam_step(h, x, len(h) * x.numel(), a)}.values()][:b]),
    ("hypothesis k belongs to row k of `next_log_p`: one that has ended has a row, too", _rows_of_the_living,
     lambda h, x, b, a: beam_step(h, x[:1].expand_as(x), b, a)),
    ("the candidates are chosen by log p and normalized afterwards: choose by the score",
     lambda h, x, b, a: sorted(beam_step(h, x, b, 0.0), key=lambda c: -c[1] / len(c[0]) ** a)),
    ("that is the length of Wu and others; divide by the number of words",
     _with(score=lambda w, p, a: p / ((5 + len(w)) / 6) ** a)),
    ("log p is multiplied by the length; divide by it", _with(score=lambda w, p, a: p * len(w) ** a)),
    ("all candidates come back; only the `beam` best are kept", _with(most=lambda beam: None)),
    ("only one candidate comes back: return a list of the `beam` best", _with(most=lambda beam: 1),
     lambda h, x, b, a: beam_step(h, x, 1, a)[0]),
    ("they are sorted by their words: the `key` of the sort should be the score", _with(score=lambda w, p, a: (w, p))),
    ("one too many is kept: the `beam` best, `candidates[:beam]`", _with(most=lambda beam: beam + 1)),
    ("one too few is kept: the `beam` best, `candidates[:beam]`", _with(most=lambda beam: beam - 1)),
    ("the right ones come back, but the best last; put it first", lambda h, x, b, a: beam_step(h, x, b, a)[::-1]),
    ("log p comes first in each pair: return `(words, log_p)`",
     lambda h, x, b, a: [(log_p, words) for words, log_p in beam_step(h, x, b, a)]),
    ("all candidates of a hypothesis share one list, which grows: `words + [word]` makes a new one for each",
     _with(longer=lambda w, word, row: [*w, *range(len(row))])),
    ("word 0 is never tried; it is a candidate, as all words are", _with(each=lambda row: list(enumerate(row))[1:])),
    ("the words are counted from 1; ids begin with 0", _with(each=lambda row: enumerate(row, 1))),
    ("those that have ended are ranked by log p, the others by their score; rank all by their score",
     _with(score=lambda w, p, a: p if _over(w) else p / len(w) ** a),
     lambda h, x, b, a: _with(score=lambda w, p, a: p if (w, p) in h else p / len(w) ** a)(h, x, b, a)),
    ("<eos> is not counted in the length; count it",
     _with(score=lambda w, p, a: p / max(1, len(w) - (w[-1] == EOS)) ** a)),
    ("the length is that before the new word; count it", _with(score=lambda w, p, a: p / max(1, len(w) - 1) ** a),
     lambda h, x, b, a: _with(score=lambda w, p, a: p / max(1, len(w) - ((w, p) not in h)) ** a)(h, x, b, a)),
    ("the right ones are kept, but in the order of log p; the score should order them",
     lambda h, x, b, a: sorted(beam_step(h, x, b, a), key=lambda c: -c[1])),
    ("nothing goes on once the first hypothesis has ended; the others should, and may overtake it",
     lambda h, x, b, a: h[:b] if _over(h[0][0]) else beam_step(h, x, b, a)),
    ("nothing goes on once one hypothesis has ended; the others should, and may overtake it",
     *(lambda h, x, b, a, most=most: most(h, b) if any(_over(w) for w, _ in h) else beam_step(h, x, b, a)
       for most in (lambda h, b: h, lambda h, b: h[:b]))),
    ("`next_log_p` holds log-probabilities: take them as they are, without a softmax",
     lambda h, x, b, a: beam_step(h, x.log_softmax(-1), b, a)),
    ("<sos> is counted in the length; only the words are", _with(score=lambda w, p, a: p / (len(w) + 1) ** a)),
)  # fmt: skip


def _draw(chance: Chance) -> tuple[Any, ...]:
    """Hypotheses of any lengths, some ended; in the first step there is one, without words. Special words may have
    the probability 0, and the rest then no more than their own."""
    count = chance.n()
    lengths = [chance.n() for _ in range(count)] if chance.random() < 0.8 else [0]
    ended = [bool(length) and chance.random() < 0.4 for length in lengths]
    V, alpha = chance.n(5), chance.choice([0.0, 0.6, 1.0, 1.5])
    hypotheses, next_log_p, beam, _ = _case(
        chance.randrange(10**6), ended, lengths, V, chance.n() * chance.choice([1, 5]), alpha
    )
    if chance.random() < 0.3:
        next_log_p[:, [PAD, UNK, SOS]] = -torch.inf
        beam = min(beam, sum(1 if over else V - 3 for over in ended))  # of those that can't be, any may come first
    return hypotheses, next_log_p, beam, alpha


def examine(trial: Trial) -> None:
    trial.agrees(*_case(0, (False,), (0,), 6, 3, 1.0))
    trial.agrees(*_case(1, (False, False), (2, 2), 6, 2, 0.0))
    # here all these mistakes give different results
    trial.agrees(*_case(59, (False, True, False), (2, 3, 6), 6, 4, 0.7))
    trial.agrees(*_case(21, (False, True, False, False), (4, 1, 1, 8), 5, 5, 0.6))
    trial.agrees(*_case(3, (False, True, False), (6, 2, 6), 5, 3, 0.6))
    trial.agrees(*_case(4, (True, False, True), (2, 4, 3), 8, 4, 0.0))
    trial.agrees(*_case(5, (True, True), (2, 4), 5, 2, 1.0))
    trial.agrees(*_case(6, (False, False, False), (3, 3, 3), 9, 5, 0.5))
    trial.agrees(*_case(7, (False,), (0,), 4, 10, 1.0))
    trial.agrees(*_case(8, (True, False, False), (1, 7, 7), 6, 3, 1.0))
    for given in drawn(_draw):
        trial.agrees(*given)
    row = torch.tensor([-9.0, -9.0, -9.0, -9.0, -0.1])
    equal = [([4], -0.5), ([3, 4], -0.5)], torch.stack([row, row]), 2, 0.0  # two candidates of one score, in any order
    got, expected = trial.call(*equal), beam_step(*equal)
    turned = difference(got, expected[::-1], 1e-5, 1e-4) is None
    trial.compare(got, expected[::-1] if turned else expected, inputs=equal)


EXERCISE = Exercise(id="04.beam_step", reference=beam_step, difficulty=4, minutes=18,
    examine=examine, mistakes=MISTAKES, advice=ADVICE,
    hints=("Make one list of candidates. A hypothesis whose last word is EOS goes in as it is, once. Any other "
           "gives a candidate for each word of the vocabulary: `(words + [word], log_p + p)`.",
           "`row = next_log_p[k].tolist()` and `enumerate(row)` give the words and their log p. Hypothesis k "
           "belongs to row k.",
           "`candidates.sort(key=..., reverse=True)`, where the key of `(words, log_p)` is `log_p / len(words) ** "
           "alpha`; then `candidates[:beam]`. The score ranks only: what is handed on is log p."),
    explanation="""The best of all candidates are kept, not the best of each hypothesis: one hypothesis may have several
children in the beam, and another none. What has ended competes with what goes on, with the score it has. Log p is kept
as it is, because the next step adds to it; the division by the length serves the comparison alone. With alpha 0 every
further word only costs, so short sentences win; with alpha 1 the mean per word is compared.""")  # fmt: skip
