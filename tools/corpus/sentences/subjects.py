"""Who or what a clause is about, as its frame allows."""

import re

from .. import english
from ..frames.frame import Frame
from ..grammar.context import Context
from ..grammar.nouns import noun_phrase
from ..grammar.persons import other_person, role_subject
from ..grammar.subjects import CHILDREN, YOUNG_GROUPS, Subject, draw_person, first_person, we, you
from ..lexicon.nouns import nouns
from ..lexicon.people import KIN, NAMES
from ..lexicon.world import ANIMALS


def draw_subject(
    ctx: Context, frame: Frame, weights: tuple[float, ...] = (42, 14, 44), topic: str = ""
) -> Subject | None:
    """I, we or somebody else, as the frame allows; things for frames about things."""
    if frame.subject == "0":
        return None
    if frame.subject.startswith("="):
        return role_subject(ctx, frame.subject)
    if frame.sex:
        return person_of(ctx, frame.sex)
    if frame.subject == "I":
        return first_person(ctx, drop=ctx.draw.chance(0.5))
    if frame.subject == "kid":
        return draw_person(ctx, ((CHILDREN, 3), (YOUNG_GROUPS[:1], 2)))
    if frame.subject != "P":
        return thing(ctx, frame.subject, frame.stem)
    who = ctx.draw.weighted(tuple(zip(("I", "we", "other"), weights, strict=True)))
    if who == "I":
        return first_person(ctx, drop=ctx.draw.chance({"y": 0.5, "f": 0.35, "b": 0.55}[ctx.level]))
    if (
        who == "other" and frame.state and frame.stem in ("살", "쓰", "키")
    ):  # not: the man who lives next door lives abroad
        return draw_person(ctx, ((NAMES, 1), (KIN, 1)))
    if "혼자" in frame.ko and who != "I":
        return draw_person(ctx, ((NAMES, 2), (KIN, 2)))
    if who == "we" and _OWN.search(frame.en):
        return first_person(ctx, drop=ctx.draw.chance(0.4))
    if who == "we":
        return we(ctx)
    subject = other_person(ctx, topic or topic_of(frame))
    friends = re.search(rf"\b{subject.key}\d*\b", frame.ko)  # not: my friend met a friend
    if friends or (subject.person == "3pl" and _OWN.search(frame.en)):
        return draw_person(ctx, ((NAMES, 1),))
    return subject


# What each has one of, and what hurts: not "our passport", not "we have a backache".
_OWN = re.compile(
    r"/my\}|\bmy (?!homework|family|house|clothes|parents|money|e-mail|grandmother|room|\w+s\b|\w+s\d)"
    r"|\b(?:\w+ache|throat)\d|\bhurt\d|\bput\d on\d an? |\ba (?:shower|cold)\d|\bon\d the phone\d"
)
_TOPIC_OF_AGE = {"young": "school", "adult": "work"}  # where the young are spoken of, and where the grown-up


def topic_of(frame: Frame) -> str:
    """The topic whose people do what is done in `frame`."""
    return _TOPIC_OF_AGE.get(frame.age, frame.topic)


def required_subject(ctx: Context, frame: Frame) -> Subject:
    """The subject of a frame that has none of its own; a frame that has one is a ValueError."""
    subject = draw_subject(ctx, frame)
    if subject is None:
        raise ValueError(f"expected a frame that takes a subject, got {frame.ko!r}")
    return subject


def person_of(ctx: Context, sex: str) -> Subject:
    """A person of one sex; I, if the speaker is of it."""
    if ctx.speaker == sex and ctx.draw.chance(0.3):
        return first_person(ctx, drop=ctx.draw.chance(0.4))
    names = tuple(p for p in NAMES if p.gender == sex)
    kin = tuple(p for p in KIN if p.gender == sex)
    return draw_person(ctx, ((names, 2), (kin, 3)))


def thing(ctx: Context, category: str, stem: str) -> Subject:
    """A thing as subject: 이 사과 - this apple, 어제 산 옷 - the dress I bought yesterday."""
    noun = ctx.draw.pick(nouns(category))
    node = noun_phrase(ctx, noun, "0" if category == "subject" else "topic", stem, first_person(ctx, drop=True))
    texts = [token.text for token in node.en]
    plural = "p" in noun.flags or ("m" not in noun.flags and english.plural(noun.en).split()[-1] in texts)
    return Subject(node, "3pl" if plural else "3sg", human=False, key=noun.head)


def actor(ctx: Context, frame: Frame) -> Subject:
    """Somebody who does what is done in `frame`."""
    subject = draw_subject(ctx, frame)
    if subject is None or not subject.human:
        return first_person(ctx, drop=ctx.draw.chance(0.4))
    return subject


def addressee(ctx: Context) -> Subject:
    """Whom one asks to do something: left out in Korean, and the verb takes no 시 of its own."""
    subject = you(ctx)
    subject.node.ko, subject.elder = [], False
    return subject


def topic_particle(ctx: Context, subject: Subject | None) -> str:
    """은 for the most part, 이 at times."""
    if subject is None or subject.person in ("1sg", "1pl", "2sg") or ctx.habit or ctx.relative:
        return "은"
    if subject.key in _ANIMALS:  # what one animal does is news: 고양이가 야옹 울었어요
        return "이"
    particle = "은" if ctx.draw.chance(0.7) else "이"
    pointed_at = not subject.human and subject.node.ko[0][0].form in ("이", "그", "저")
    return "은" if pointed_at else particle


_ANIMALS = frozenset(ko for animal in ANIMALS for ko in (animal.ko, animal.young_ko))
