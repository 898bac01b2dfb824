"""Who or what a clause is about, as its frame allows."""

from .. import english
from ..frames.frame import Frame
from ..grammar.context import Context
from ..grammar.nouns import noun_phrase
from ..grammar.persons import other_person, role_subject
from ..grammar.subjects import CHILDREN, YOUNG_GROUPS, Subject, draw_person, first_person, we, you
from ..lexicon.nouns import nouns
from ..lexicon.people import KIN, NAMES


def draw_subject(
    ctx: Context, frame: Frame, weights: tuple[float, ...] = (50, 8, 42), topic: str = ""
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
    return we(ctx) if who == "we" else other_person(ctx, topic or frame.topic)


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


def human_subject(ctx: Context, frame: Frame) -> Subject:
    """The subject of a frame if that is a person, else the speaker, left out in Korean."""
    subject = draw_subject(ctx, frame)
    return first_person(ctx, drop=True) if subject is None or not subject.human else subject


def addressee(ctx: Context) -> Subject:
    """Whom one asks to do something: left out in Korean, and the verb takes no 시 of its own."""
    subject = you(ctx)
    subject.node.ko, subject.elder = [], False
    return subject


def topic_particle(ctx: Context, subject: Subject | None) -> str:
    """은 for the most part, 이 at times."""
    if subject is None or subject.person in ("1sg", "1pl", "2sg"):
        return "은"
    return "은" if ctx.draw.chance(0.7) else "이"


def pair_subjects(ctx: Context, cause: Frame, effect: Frame) -> tuple[Subject | None, Subject | None]:
    """One person for both clauses; if one of them is about the weather, the other has its own subject."""
    topics = {cause.topic, effect.topic}
    topic = "work" if "work" in topics else "school" if "school" in topics else effect.topic
    subject = draw_subject(ctx, effect if effect.subject != "0" else cause, topic=topic)
    if cause.subject in ("P", "I", "kid"):
        one = subject
    else:
        one = None if cause.subject == "0" else thing(ctx, cause.subject, cause.stem)
    return one, subject if effect.subject in ("P", "I", "kid") else None


def shared_subject(one: Subject | None, two: Subject | None) -> Subject | None:
    """The subject of both clauses, None if each has its own."""
    return one if one is two else None
