"""Clauses with their adjuncts, tense and modality drawn, and their realisation in both languages."""

from collections.abc import Sequence

from ..frames.frame import Frame, begins_with_relative, frame_key
from ..frames.modalities import UNDECIDED, said_of
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
from ..tables import word_set
from ..trees import En, Node
from .endings import close, ending_leaf, sentence_ending, statement_ending
from .subjects import topic_particle

_PUT = word_set("있 심 놓 두 눕")  # of what is put somewhere and stays there; an injection (주사) doesn't


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
    if "c" in frame.flags and not frame.way and ctx.maybe(0.25 * adjuncts) and negation == "":
        clause.companion = companion(ctx, subject, frame.topic, frame.stem)
    if frame.places and "에서" not in frame.ko and ctx.maybe(0.4 * adjuncts):
        place = PLACES[ctx.draw.pick(frame.places)]
        if place.ko not in ctx.used and place.ko.split("_")[-1] not in frame.ko:
            ctx.used.add(place.ko)
            particle = "에" if frame.stem in _PUT and "주사" not in frame.ko else "에서"
            clause.place = place_node(ctx, place, particle, subject)
    if "d" in frame.flags and when != "habit" and tense == PAST and not negation and ctx.maybe(0.15 * adjuncts):
        clause.duration = duration(ctx)
    if frame.manners and not negation and ctx.maybe(0.3 * adjuncts):
        clause.manner = manner(ctx, clause)
    at_an_hour = any(m.form == "시" for eojeol in clause.time.ko for m in eojeol)
    if at_an_hour and clause.manner.ko and clause.manner.ko[0][0].form in ("일찍", "늦게"):
        clause.manner = Node()
    if clause.frequency.ko and [[m.form for m in e] for e in clause.manner.ko] == [["자주"]]:
        clause.manner = Node()
    ctx.habit, ctx.relative = when == "habit", False
    predicate(ctx, clause)
    if ctx.relative:  # what followed would belong to the relative clause: the book that Minji bought quietly
        clause.manner = clause.companion = clause.place = clause.duration = Node()
    clause.heavy = ctx.relative or bool(frame.way)
    if ctx.relative or begins_with_relative(frame):
        _keep_time_apart(ctx, clause)
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


def _keep_time_apart(ctx: Context, clause: Clause) -> None:
    """The time before the subject or nowhere: right before a relative clause it would belong to that."""
    subject = clause.subject
    if subject and subject.node.ko and not subject.described and not ctx.quoted:
        clause.opening = True
    else:
        clause.time = Node()


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
    return Node(ko, english_clause(ctx, clause, tokens, agreement, question=question, front=front, main=True))


def realise_statement(ctx: Context, clause: Clause) -> Node:
    """A statement of one clause, with its full stop."""
    return close(ctx, realise(ctx, clause, statement_ending(ctx, clause), topic_particle(ctx, clause.subject)))


def realise_question(ctx: Context, clause: Clause, front: Sequence[En] = ()) -> Node:
    """A question of one clause, with its question mark; `front` is the English question word."""
    ending = sentence_ending(ctx, "question", ending_leaf(ctx, clause))
    particle = topic_particle(ctx, clause.subject)
    return close(ctx, realise(ctx, clause, ending, particle, question=True, front=front), "?")


def state_negation(ctx: Context, frame: Frame, probability: float) -> str:
    """How a state is negated, if it is."""
    if frame.negation == "-" or not ctx.draw.chance(probability):
        return ""
    if frame.negation == "ji" or ctx.draw.chance(0.7):
        return "지"
    return "안"


# The verbs of which one says what is done again and again, whatever the object.
_REPEATED = word_set("먹 마시 읽 듣 치 하 공부 보 부르 타 걷")
# States of people that pass within a day.
PASSING = word_set("바쁘 피곤 졸리 아프 슬프 행복 심심 외롭 고프 부르 좋")


def draw_simple(ctx: Context, frame: Frame, subject: Subject | None, *, negative: float = 0.14) -> Clause:
    """A clause of any tense and modality that fits the frame."""
    draw = ctx.draw
    if frame.state:
        tense = PAST if "past" in frame.flags or draw.chance(0.3 if "adj" in frame.flags else 0.1) else PRESENT
        when = ""
        passing = "adj" in frame.flags and (frame.subject == "0" or frame.stem in PASSING)
        if tense == PAST and passing and ctx.maybe(0.4):
            when = "past"
        return new_clause(ctx, frame, subject, tense, negation=state_negation(ctx, frame, negative), when=when)
    act = "q" in frame.flags and frame.subject != "0"
    kinds = [("past", 40.0)]
    foreseen = not frame.flags & {"past", "x"} and frame_key(frame.ko) not in UNDECIDED
    if foreseen or (frame.subject == "0" and "past" not in frame.flags):
        kinds.append(("future", 14))
    if not frame.flags & {"pt", "x", "nopr"}:
        kinds.append(("progressive", 12))
    if act and habitual(frame) and ("{" not in frame.ko or frame.stem in _REPEATED):
        kinds.append(("habit", 17))
    if act:
        kinds.append(("modal", 24))
    kind = draw.weighted(kinds)
    timed = 0.0 if frame_key(frame.ko) in UNDECIDED else 0.5
    negation = draw.pick(("안", "지", "못")) if act and draw.chance(negative) else ""
    if kind == "past":
        when = "past" if not negation and ctx.maybe(timed) else ""
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
    if modal in ("must", "must2", "want", "wants") and ctx.draw.chance(0.25):
        tense, modal = PAST, "must2" if modal == "must" else modal
    elif modal in ("must", "must2", "plan"):
        when = "fut" if ctx.maybe(0.45) else ""
    elif modal in ("start", "decide", ""):
        tense = PAST
        when = "past" if modal == "start" and ctx.maybe(0.3) else ""
    if modal in ("can", "want", "wants", "experience", "know how") and ctx.draw.chance(0.22):
        negation = "modal"
    clause = new_clause(ctx, frame, subject, tense, modal, negation=negation, when=when, adjuncts=0.5 if plain else 1.0)
    if plain:
        clause.manner = Node()
    if modal in ("know how", "can"):
        clause.companion = Node()
    return clause


def _modal_options(frame: Frame, subject: Subject | None) -> list[tuple[str, float]]:
    """The modalities that a frame and its subject allow, with their weights; "" if there is none but the past."""
    person = subject.person if subject else ""
    weights = {"can": 16, "must": 3, "must2": 2, "decide": 2 if span(frame) != "day" else 0}
    if person in ("1sg", "1pl"):
        weights |= {"want": 11, "plan": 4}
    elif not (subject and subject.elder):
        weights |= {"wants": 10}
    weights |= {"like": 5, "start": 4, "experience": 5, "know how": 5}
    if subject and subject.elder:
        weights = {"can": 2, "like": 2, "experience": 1}
    return [(modal, weight) for modal, weight in weights.items() if weight and said_of(modal, frame)] or [("", 1)]
