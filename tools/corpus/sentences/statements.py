"""Statements of one clause: what people do, what things are like, what doctors, cows and kings do; trips abroad."""

from collections.abc import Sequence
from functools import cache

from ..frames.frame import BY_KEY, FRAMES, Frame
from ..frames.roles import ROLE_FRAMES
from ..grammar.clause import Clause
from ..grammar.context import FUTURE, PAST, PRESENT, Context
from ..grammar.persons import role_subject
from ..grammar.subjects import Subject, first_person
from ..trees import Node, fill, template
from .choice import first_noun, pick_frame
from .clauses import draw_simple, new_clause, realise, realise_question, realise_statement
from .endings import close, ending_leaf, sentence_ending
from .sequences import coordinated
from .subjects import actor, draw_subject, topic_particle


def statement(ctx: Context, topic: str) -> Node:
    """저는 어제 시장에서 사과를 샀어요. - I bought apples at the market yesterday."""
    frame = pick_frame(ctx, topic, "any")
    subject = draw_subject(ctx, frame)
    clause = draw_simple(ctx, frame, subject)
    exclaims = "adj" in frame.flags and clause.tense == PRESENT and frame.subject not in ("P", "I")
    if exclaims and ctx.draw.chance(0.25):
        ending = sentence_ending(ctx, "exclamation", ending_leaf(ctx, clause))
        return close(ctx, realise(ctx, clause, ending, topic_particle(ctx, subject)))
    return realise_statement(ctx, clause)


def act_statement(ctx: Context, topic: str) -> Node:
    """The same with acts only."""
    frame = pick_frame(ctx, topic, "act")
    subject = draw_subject(ctx, frame)
    return realise_statement(ctx, draw_simple(ctx, frame, subject))


# --- abroad -------------------------------------------------------------------------------------------------


@cache
def _frames_abroad() -> tuple[Frame, ...]:
    """The frames that speak of a country."""
    return tuple(f for f in FRAMES if "{country}" in f.ko or "{capital}" in f.ko or "{language}" in f.ko)


def _first_slot(frame: Frame) -> str:
    return frame.ko.split("}")[0]


def abroad(ctx: Context, topic: str) -> Node:
    """지난달에 프랑스에 가고 파리를 구경했어요. - I went to France and looked around Paris last month."""
    ctx.topic = "travel"
    frame = ctx.draw.pick(_frames_abroad())
    subject = actor(ctx, frame) if not frame.subject.startswith("=") else None
    second = ctx.draw.pick(_frames_abroad())
    acts_only = all("q" in f.flags and not f.state for f in (frame, second))
    differ = second.ko.split()[-1] != frame.ko.split()[-1] and _first_slot(frame) != _first_slot(second)
    if acts_only and differ and ctx.draw.chance(0.6):
        style = PAST if ctx.draw.chance(0.7) else FUTURE
        return close(ctx, coordinated(ctx, [frame, second], subject or first_person(ctx, drop=True), style))
    return realise_statement(ctx, draw_simple(ctx, frame, subject))


# --- people and animals with a role -------------------------------------------------------------------------

AFTER_WORK = tuple(
    BY_KEY[key] for key in ("점심+을 먹", "집+에 가", "{커피|녹차|홍차}+을 마시", "전화+을 받", "퇴근+하", "저녁+을 먹")
)
_ONCE = (("옛날1+에", "long1 ago1"), ("어느1 날2", "one1 day2"), ("매일1", "every1 day1"))


def role_statement(ctx: Context, topic: str) -> Node:
    """의사는 어제 병원에서 환자를 치료했어요. - The doctor treated patients at the hospital yesterday."""
    frames = ROLE_FRAMES[topic]
    frame = ctx.draw.pick(frames)
    subject = role_subject(ctx, frame.subject)
    tale = topic == "home"
    if tale and ctx.level == "b":
        ctx.level = "y"
    if not frame.state and ctx.maybe(0.3):
        others = AFTER_WORK if topic == "work" else _other_acts(frames, frame)
        if others:
            second = ctx.draw.pick(others)
            return close(ctx, coordinated(ctx, [frame, second], subject, PAST, timed=not tale))
    clause = _tale_clause(ctx, frame, subject) if tale else _role_clause(ctx, frame, subject)
    if ctx.draw.chance(0.12) and not tale:
        return realise_question(ctx, clause)
    return realise_statement(ctx, clause)


def _other_acts(frames: Sequence[Frame], first: Frame) -> tuple[Frame, ...]:
    """What the subject of an act may do after it."""
    others = (f for f in frames if f.subject == first.subject and first_noun(f) != first_noun(first))
    return tuple(f for f in others if f.stem != first.stem and not f.state and f.stem != "크")


def _tale_clause(ctx: Context, frame: Frame, subject: Subject) -> Clause:
    """A clause of a tale, which may begin with once upon a time."""
    clause = new_clause(ctx, frame, subject, PAST)
    if ctx.maybe(0.4):
        once = _ONCE[0] if frame.state else ctx.draw.pick(_ONCE)
        clause.time = fill(template(*once), {}, ctx.fresh)
    return clause


def _role_clause(ctx: Context, frame: Frame, subject: Subject) -> Clause:
    """What somebody did, does again and again, or is doing."""
    style = ctx.draw.weighted(((PAST, 5), ("progressive", 3), ("habit", 2)))
    if style == "habit":
        return new_clause(ctx, frame, subject, PRESENT, when="habit", adjuncts=1.4)
    if style == PAST:
        return new_clause(ctx, frame, subject, PAST, when="past" if ctx.maybe(0.4) else "", adjuncts=1.4)
    when = "now" if ctx.maybe(0.3) else ""
    return new_clause(ctx, frame, subject, PRESENT, "progressive", when=when, adjuncts=1.4)
