"""What is the cause of what, and in which constructions one may say so.

Each topic's file holds frames of its own (`ROWS`, with the columns and options of `frames/topics/`; where a key is
also one of a topic's table, the row here counts) and what they lead to:

    cause | kinds and options | effect / effect / ...

Cause and effects are named by their keys; a cause that is only ever denied (option `no=못`) by its negation and key:
`못 잠+을 자`. Kinds: in which constructions cause and effect are natural, with any subject, time and speech level.

    so          cause 아서 effect (It rained, so I stayed at home), and of me or us a plan: so I'm going to ...
    must        cause 아서 effect had to be done
    not:안못    cause 아서 effect was not (안) or could not be (못) done
    but         cause 지만 effect done all the same
    butnot:안못 cause 지만 effect not done
    if          cause 으면 effect will be done, or is done as a rule
    adv         cause 으면 the hearer should do it
    when        cause 을 때 effect is done as a rule, or was done once
    please      cause 으니까 the hearer should do it for their own good
    favor       cause 으니까 the hearer should do it for me: 아 주세요
    lets        cause 으니까 let's do it

Options:
    single      the subject is one person
    mine        the subject is the speaker (the cause speaks of my family, my shoes)
    young|adult who the subject can be
    span=week   a cause that may have lasted days: also last week; otherwise a state is spoken of within a day
    always      no time is said: my eyesight is poor, the school is far away
    now         the cause lies in the present (or is already certain), though the effect is past
    ing         in the present it goes on: it's raining
    fut         the condition may lie in the future: if it rains tomorrow
    once        not as a rule: only "if ..., I'll ..."
"""

import importlib
from dataclasses import dataclass, replace
from functools import cache

from ..frame import BY_KEY, TOPICS, Frame, frame_key, read_frame

KINDS = ("so", "must", "not", "but", "butnot", "if", "adv", "when", "please", "favor", "lets")
OPTIONS = frozenset(("single", "mine", "young", "adult", "now", "always", "ing", "fut", "once"))


@dataclass(frozen=True)
class Consequence:
    """A cause and its effect; `kinds` are the constructions, with the negations of those that deny the effect."""

    cause: Frame
    effect: Frame
    kinds: dict[str, str]
    options: frozenset[str]

    @property
    def span(self) -> str:
        """How far away in time one speaks of the two, if that is said: day, week or year."""
        return self.cause.span


def _key(frame: Frame) -> str:
    return f"{frame.denied} {frame_key(frame.ko)}".strip()


def _tables(name: str) -> list[tuple[str, str]]:
    """(topic, line) of the tables of this name in all the topics' files."""
    modules = ((topic, importlib.import_module(f"{__name__}.{topic}")) for topic in TOPICS)
    return [(topic, line) for topic, module in modules for line in getattr(module, name).strip().splitlines()]


CAUSE_FRAMES = tuple(read_frame(line, topic) for topic, line in _tables("ROWS"))
NAMED = BY_KEY | {_key(frame): frame for frame in CAUSE_FRAMES}


def _read_row(line: str) -> list[Consequence]:
    """The pairs of a row; an unknown kind or option is a ValueError, an unknown frame a KeyError."""
    key, words, effects = (part.strip() for part in line.split(" | "))
    kinds: dict[str, str] = {}
    options: set[str] = set()
    cause = NAMED[key]
    for word in words.split():
        kind, _, negations = word.partition(":")
        if kind in KINDS:
            kinds[kind] = negations
        elif word.startswith("span="):
            cause = replace(cause, span=word[5:])
        elif word in OPTIONS:
            options.add(word)
        else:
            raise ValueError(f"expected a kind or an option, got {word!r} in {line!r}")
    return [Consequence(cause, NAMED[effect.strip()], kinds, frozenset(options)) for effect in effects.split(" / ")]


CONSEQUENCES = tuple(pair for _, line in _tables("PAIRS") for pair in _read_row(line))


@cache
def consequences(topic: str, kind: str) -> tuple[Consequence, ...]:
    """The pairs that may be said in a construction, the cause or the effect of the topic ("": any)."""
    return tuple(p for p in CONSEQUENCES if kind in p.kinds and (not topic or topic in (p.cause.topic, p.effect.topic)))
