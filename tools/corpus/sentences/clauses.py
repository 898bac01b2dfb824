"""Clauses with their adjuncts, tense and modality drawn, and their realisation in both languages."""

from collections.abc import Sequence

from ..frames.frame import Frame
from ..frames.recurrence import habitual, span
from ..grammar.adjuncts import companion, intensity, manner, place_node
from ..grammar.clause import Clause, predicate, subject_tokens
from ..grammar.context import PAST, PRESENT, Context
from ..grammar.english_clause import english_clause
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import Subject
from ..grammar.times import duration, time_phrase
from ..lexicon.places import PLACES
from ..morphology import Morph
from ..trees import En, Korean, Node
from .endings import close, ending_leaf, sentence_ending, statement_ending
from .subjects import topic_particle


def new_clause(
    ctx: Context,
    frame: Frame,
    subject: Subject | None,
    tense: str,
    modal: str = "",
    *,
    negation: str = "",
    when: str = "",
    adjuncts: float = 1.0,
) -> Clause:
    """Draw the adjuncts that fit and fill the frame. `when` asks for a time phrase of that kind."""
    clause = Clause(frame, subject, tense, modal, negation)
    if when and not frame.ko.startswith("오늘"):
        clause.time, clause.frequency = time_phrase(ctx, frame, when)
    if "c" in frame.flags and ctx.maybe(0.25 * adjuncts) and negation == "":
        clause.companion = companion(ctx, subject, frame.topic)
    if frame.places and ctx.maybe(0.4 * adjuncts):
        place = PLACES[ctx.draw.pick(frame.places)]
        if place.ko not in ctx.used and place.ko.split("_")[-1] not in frame.ko:
            ctx.used.add(place.ko)
            particle = "에" if frame.stem == "있" else "에서"
            clause.place = place_node(ctx, place, particle, subject)
    if "d" in frame.flags and when != "habit" and tense == PAST and not negation and ctx.maybe(0.15 * adjuncts):
        clause.duration = duration(ctx)
    if frame.manners and not negation and ctx.maybe(0.3 * adjuncts):
        clause.manner = manner(ctx, clause)
    ctx.habit = when == "habit"
    predicate(ctx, clause)
    gradable = "adj" in frame.flags or frame.stem in ("맛있", "재미있")
    if (
        gradable
        and clause.verb.text == "be"
        and len(clause.slots.en) == 1
        and not negation
        and ctx.maybe(0.2 * adjuncts)
    ):
        degree = intensity(ctx, clause)
        clause.manner = Node(degree.ko)
        clause.slots = Node(clause.slots.ko, [*degree.en, *clause.slots.en])
    return clause


def realise(
    ctx: Context,
    clause: Clause,
    ending: Sequence[Morph],
    particle: str = "은",
    *,
    question: bool = False,
    front: Sequence[En] = (),
) -> Node:
    """Both yields of a finite clause."""
    tokens, agreement = subject_tokens(clause)
    ko = korean_clause(ctx, clause, ending, particle)
    return Node(ko, english_clause(ctx, clause, tokens, agreement, question=question, front=front))


def realise_statement(ctx: Context, clause: Clause) -> Node:
    """A statement of one clause, with its full stop."""
    return close(ctx, realise(ctx, clause, statement_ending(ctx, clause), topic_particle(ctx, clause.subject)))


def realise_question(ctx: Context, clause: Clause, front: Sequence[En] = ()) -> Node:
    """A question of one clause, with its question mark; `front` is the English question word."""
    ending = sentence_ending(ctx, "question", ending_leaf(ctx, clause))
    particle = topic_particle(ctx, clause.subject)
    return close(ctx, realise(ctx, clause, ending, particle, question=True, front=front), "?")


def korean_main_clause(ctx: Context, clause: Clause, *, with_subject: bool) -> Korean:
    """The Korean side of the clause that closes a statement of several."""
    ending, particle = statement_ending(ctx, clause), topic_particle(ctx, clause.subject)
    return korean_clause(ctx, clause, ending, particle, with_subject=with_subject)


def state_negation(ctx: Context, frame: Frame, probability: float) -> str:
    """How a state is negated, if it is."""
    if frame.negation == "-" or not ctx.draw.chance(probability):
        return ""
    if frame.negation == "ji" or ctx.draw.chance(0.7):
        return "지"
    return "안"


def draw_simple(ctx: Context, frame: Frame, subject: Subject | None, *, negative: float = 0.14) -> Clause:
    """A clause of any tense and modality that fits the frame."""
    draw = ctx.draw
    if frame.state:
        tense = PAST if "past" in frame.flags or draw.chance(0.3) else PRESENT
        when = ""
        if tense == PAST and "adj" in frame.flags and frame.subject in ("P", "0") and ctx.maybe(0.4):
            when = "past"
        return new_clause(ctx, frame, subject, tense, negation=state_negation(ctx, frame, negative), when=when)
    act = "q" in frame.flags and frame.subject != "0"
    kinds = [("past", 40.0)]
    if not frame.flags & {"past", "x"} or (frame.subject == "0" and "past" not in frame.flags):
        kinds.append(("future", 14))
    if not frame.flags & {"pt", "x", "nopr"}:
        kinds.append(("progressive", 12))
    if act and habitual(frame):
        kinds.append(("habit", 17))
    if act:
        kinds.append(("modal", 24))
    kind = draw.weighted(kinds)
    negation = draw.pick(("안", "지", "못")) if act and draw.chance(negative) else ""
    if kind == "past":
        when = "past" if ctx.maybe(0.5) else ""
        return new_clause(ctx, frame, subject, PAST, negation=negation, when=when)
    if kind == "future":
        return new_clause(ctx, frame, subject, PRESENT, "future", when="fut" if ctx.maybe(0.6) else "")
    if kind == "progressive":
        when = "now" if ctx.maybe(0.4) else ""
        return new_clause(ctx, frame, subject, PRESENT, "progressive", when=when)
    if kind == "habit":
        return new_clause(ctx, frame, subject, PRESENT, when="habit")
    return modal_clause(ctx, frame, subject)


def modal_clause(ctx: Context, frame: Frame, subject: Subject | None) -> Clause:
    """A clause with a modality that the frame and the subject allow."""
    modal = ctx.draw.weighted(_modal_options(frame, subject))
    plain = modal in ("experience", "know how", "like", "can")
    tense, when, negation = PRESENT, "", ""
    if modal in ("must", "must2", "want", "wants", "can") and ctx.draw.chance(0.25):
        tense = PAST
        when = "past" if ctx.maybe(0.4) else ""
    elif modal in ("must", "must2", "want", "wants", "plan"):
        when = "fut" if ctx.maybe(0.45) else ""
    elif modal in ("start", "decide"):
        tense = PAST
        when = "past" if modal == "start" and ctx.maybe(0.3) else ""
    if modal in ("can", "want", "wants", "experience", "know how") and ctx.draw.chance(0.22):
        negation = "modal"
    clause = new_clause(ctx, frame, subject, tense, modal, negation=negation, when=when, adjuncts=0.5 if plain else 1.0)
    if plain:
        clause.manner = Node()
    return clause


def _modal_options(frame: Frame, subject: Subject | None) -> list[tuple[str, float]]:
    """The modalities that a frame and its subject allow, with their weights."""
    person = subject.person if subject else ""
    options: list[tuple[str, float]] = [("can", 2), ("must", 3), ("must2", 2)]
    if span(frame) != "day":
        options += [("decide", 2)]
    if person in ("1sg", "1pl"):
        options += [("want", 6), ("plan", 4)]
    elif not (subject and subject.elder):
        options += [("wants", 5)]
    if frame.flags & {"d", "c"} and "pt" not in frame.flags:
        options += [("like", 4)]
    if "d" in frame.flags:
        options += [("start", 3)]
    if frame.topic in ("travel", "food", "nature", "health") and person in ("1sg", "1pl", "3sg"):
        options += [("experience", 3)]
    if "잘" in frame.manners:
        options += [("know how", 5)]
    if subject and subject.elder:
        return [("can", 1), ("like", 1)] if ("like", 4) in options else [("can", 1)]
    return options
