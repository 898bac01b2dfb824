"""Statements of one clause: what people do, what things are like, what doctors, cows and kings do; trips abroad."""

from functools import cache

from ..frames.frame import FRAMES, Frame
from ..frames.roles import ROLE_FRAMES
from ..grammar.clause import Clause
from ..grammar.context import PAST, PRESENT, Context
from ..grammar.persons import role_subject
from ..grammar.subjects import Subject
from ..trees import En, Node, fill, template
from .choice import pick_frame
from .clauses import draw_simple, new_clause, realise, realise_statement
from .endings import close, ending_leaf, sentence_ending, statement_ending
from .subjects import actor, draw_subject, topic_particle


def statement(ctx: Context, topic: str) -> Node:
    """저는 어제 시장에서 사과를 샀어요. - I bought apples at the market yesterday."""
    frame = pick_frame(ctx, topic, "any")
    subject = draw_subject(ctx, frame)
    clause = draw_simple(ctx, frame, subject)
    if (
        ctx.level != "f"
        and (subject is None or subject.person[0] != "1")
        and clause.modal not in ("future", "must", "must2")
    ):
        seen = "adj" in frame.flags and clause.tense == PRESENT and frame.subject not in ("P", "I")
        news = clause.tense == PRESENT or subject is None or not subject.human  # what one sees, or the weather
        if news and ctx.draw.chance(0.3 if seen else 0.08):
            ending = sentence_ending(ctx, "exclamation", ending_leaf(ctx, clause))
            particle = topic_particle(ctx, subject) if seen else "이"  # what has come about is told with 이
            return close(ctx, realise(ctx, clause, ending, particle))
        if ctx.draw.chance(0.1):
            return _reminder(ctx, clause)
    return realise_statement(ctx, clause)


def _reminder(ctx: Context, clause: Clause) -> Node:
    """오늘 날씨가 춥잖아요. - The weather is cold, you know."""
    known = ctx.leaf()
    ending = sentence_ending(ctx, "reminder", known)
    node = realise(ctx, clause, ending, topic_particle(ctx, clause.subject))
    return close(ctx, Node(node.ko, [*node.en, En(","), En("you", known), En("know", known)]))


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


def abroad(ctx: Context, topic: str) -> Node:
    """지난달에 파리를 구경했어요. - I looked around Paris last month."""
    ctx.topic = "travel"
    frame = ctx.draw.pick(_frames_abroad())
    subject = actor(ctx, frame) if not frame.subject.startswith("=") else None
    return realise_statement(ctx, draw_simple(ctx, frame, subject))


# --- people and animals with a role -------------------------------------------------------------------------


def role_statement(ctx: Context, topic: str) -> Node:
    """의사는 어제 병원에서 환자를 치료했어요. - The doctor treated patients at the hospital yesterday."""
    frames = ROLE_FRAMES[topic]
    frame = ctx.draw.pick(frames)
    subject = role_subject(ctx, frame.subject)
    tale = topic == "home"
    if tale and ctx.level == "b":
        ctx.level = "y"
    clause = _tale_clause(ctx, frame, subject) if tale else _role_clause(ctx, frame, subject)
    if clause.opening:  # 어느 날 왕이 ...
        return close(ctx, realise(ctx, clause, statement_ending(ctx, clause), "이"))
    return realise_statement(ctx, clause)


def _tale_clause(ctx: Context, frame: Frame, subject: Subject) -> Clause:
    """A clause of a tale, which may begin with 어느 날, one day."""
    clause = new_clause(ctx, frame, subject, PAST)
    if ctx.maybe(0.4) and not frame.state:
        clause.opening = ctx.draw.chance(0.7)
        when = ("어느1 날2", "one1 day2") if clause.opening else ("매일1", "every1 day1")
        clause.time = fill(template(*when), {}, ctx.fresh)
    return clause


def _role_clause(ctx: Context, frame: Frame, subject: Subject) -> Clause:
    """What somebody did or is doing; what they do in general is said by `knowledge`."""
    style = ctx.draw.weighted(((PAST, 5), ("progressive", 3)))
    if style == PAST:
        return new_clause(ctx, frame, subject, PAST, when="past" if ctx.maybe(0.4) else "", adjuncts=1.4)
    when = "now" if ctx.maybe(0.3) else ""
    return new_clause(ctx, frame, subject, PRESENT, "progressive", when=when, adjuncts=1.4)
