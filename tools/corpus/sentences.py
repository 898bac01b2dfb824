"""Sentence patterns: how clauses become statements, questions, requests, and sentences of several clauses."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from . import english
from .cast import CAST
from .frames import BED, BY_KEY, FRAMES, OFFERS, PERMISSIONS, PURPOSES, REQUESTS, SCENES, Frame, habitual, is_task, span
from .grammar import (
    CHILDREN,
    FUTURE,
    PAST,
    PRESENT,
    YOUNG_GROUPS,
    Clause,
    Context,
    Subject,
    cast_member,
    companion,
    draw_person,
    duration,
    english_clause,
    english_nonfinite,
    first_person,
    intensity,
    known_person,
    korean_clause,
    manner,
    mark,
    noun_phrase,
    place_node,
    predicate,
    subject_tokens,
    third_person,
    time_phrase,
    we,
    you,
)
from .lexicon import KIN, NAMES, PLACES, nouns
from .morphology import Morph
from .trees import NO_LINK, En, Korean, Node, fill, template

Pattern = Callable[[Context, str], Node]


# --- helpers --------------------------------------------------------------------------------------------------


def final(ctx: Context, mood: str, links: frozenset[int] = NO_LINK) -> list[Morph]:
    """The ending of a sentence by mood and speech level."""
    form = {
        ("statement", "y"): "~아요",
        ("statement", "f"): "(스)ㅂ니다",
        ("statement", "b"): "~아",
        ("question", "y"): "~아요",
        ("question", "f"): "(스)ㅂ니까",
        ("question", "b"): "~아",
        ("suggestion", "y"): "~아요",
        ("suggestion", "f"): "(으)ㅂ시다",
        ("suggestion", "b"): "자",
        ("shall", "y"): "(으)ㄹ까요",
        ("shall", "f"): "(으)ㄹ까요",
        ("shall", "b"): "(으)ㄹ까",
        ("request", "y"): "(으)세요",
        ("request", "f"): "(으)시",
        ("request", "b"): "~아",
        ("offer", "y"): "(으)ㄹ게요",
        ("offer", "f"): "겠",
        ("offer", "b"): "(으)ㄹ게",
        ("exclamation", "y"): "네요",
        ("exclamation", "f"): "(스)ㅂ니다",
        ("exclamation", "b"): "네",
    }[mood, ctx.level]
    if form == "(으)시":
        return [Morph("(으)시", "ending", links), Morph("(으)ㅂ시오", "ending", links)]
    if form == "겠":
        return [Morph("겠", "ending", links), Morph("(스)ㅂ니다", "ending")]
    return [Morph(form, "ending", links)]


def close(ctx: Context, node: Node, sign: str = ".") -> Node:
    """Add the full stop or question mark on both sides."""
    links = ctx.leaf()
    return Node([*node.ko[:-1], [*node.ko[-1], Morph(sign, links=links)]], [*node.en, En(sign, links)])


@cache
def _frames(topic: str, kind: str) -> tuple[Frame, ...]:
    tests: dict[str, Callable[[Frame], bool]] = {
        "any": lambda f: True,
        "act": lambda f: "q" in f.flags and not f.state,
        "state": lambda f: f.state,
        "personal": lambda f: f.subject in ("P", "I") and not f.sex,
        "personal act": lambda f: f.subject == "P" and not f.sex and "q" in f.flags and not f.state,
        "background": lambda f: "b" in f.flags,
        "working": lambda f: "w" in f.flags,
        "social": lambda f: "c" in f.flags and "q" in f.flags and not f.sex,
        "placed": lambda f: bool(f.places) and "q" in f.flags and not f.sex,
        "cause": lambda f: bool(f.causes),
    }
    return tuple(f for f in FRAMES if (topic == "" or f.topic == topic) and tests[kind](f))


def pick_frame(ctx: Context, topic: str, kind: str, avoid: Sequence[Frame] = ()) -> Frame:
    """A frame of a topic and kind whose stem isn't used yet."""
    options = _frames(topic, kind)
    for _ in range(30):
        frame = ctx.draw.pick(options)
        if all(frame.stem != other.stem and frame.ko != other.ko for other in avoid):
            return frame
    return ctx.draw.pick(_frames("", kind))


@cache
def _of_topic(frames: tuple[Frame, ...], topic: str) -> tuple[Frame, ...]:
    return tuple(f for f in frames if f.topic == topic)


@cache
def _effects(tag: str, prevented: bool) -> tuple[Frame, ...]:
    if prevented:
        return tuple(f for f in FRAMES if tag in f.prevented_by)
    return tuple(f for f in FRAMES if tag in f.effect_of)


def draw_subject(
    ctx: Context, frame: Frame, weights: tuple[float, ...] = (50, 8, 42), topic: str = ""
) -> Subject | None:
    """I, we or somebody else, as the frame allows; things for frames about things."""
    if frame.subject == "0":
        return None
    if frame.subject.startswith("="):
        return cast_member(ctx, frame.subject)
    if frame.sex:
        return person_of(ctx, frame.sex)
    if frame.subject == "I":
        return first_person(ctx, ctx.draw.chance(0.5))
    if frame.subject == "kid":
        return draw_person(ctx, ((CHILDREN, 3), (YOUNG_GROUPS[:1], 2)))
    if frame.subject != "P":
        return thing(ctx, frame.subject, frame.stem)
    who = ctx.draw.weighted(tuple(zip(("I", "we", "other"), weights, strict=True)))
    if who == "I":
        return first_person(ctx, ctx.draw.chance({"y": 0.5, "f": 0.35, "b": 0.55}[ctx.level]))
    return we(ctx) if who == "we" else third_person(ctx, topic or frame.topic)


def person_of(ctx: Context, sex: str) -> Subject:
    """A person of one sex; I, if the speaker is of it."""
    if ctx.speaker == sex and ctx.draw.chance(0.3):
        return first_person(ctx, ctx.draw.chance(0.4))
    names = tuple(p for p in NAMES if p.gender == sex)
    kin = tuple(p for p in KIN if p.gender == sex)
    return draw_person(ctx, ((names, 2), (kin, 3)))


def thing(ctx: Context, category: str, stem: str) -> Subject:
    """A thing as subject: 이 사과 - this apple, 어제 산 옷 - the dress I bought yesterday."""
    noun = ctx.draw.pick(nouns(category))
    node = noun_phrase(ctx, noun, "0" if category == "subject" else "topic", stem, first_person(ctx, True))
    texts = [token.text for token in node.en]
    plural = "p" in noun.flags or ("m" not in noun.flags and english.plural(noun.en).split()[-1] in texts)
    return Subject(node, "3pl" if plural else "3sg", human=False, key=noun.head)


def topic_particle(ctx: Context, subject: Subject | None) -> str:
    """은 for the most part, 이 at times."""
    if subject is None or subject.person in ("1sg", "1pl", "2sg"):
        return "은"
    return "은" if ctx.draw.chance(0.7) else "이"


def new_clause(
    ctx: Context,
    frame: Frame,
    subject: Subject | None,
    tense: str,
    modal: str = "",
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
            particle = "에" if frame.stem in ("있",) else "에서"
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
    with_tense: bool = True,
    korean_subject: bool = True,
    pronoun: bool = False,
    omit: bool = False,
    question: bool = False,
    front: Sequence[En] = (),
) -> Node:
    """Both yields of a finite clause."""
    tokens, agreement = subject_tokens(clause, pronoun)
    ko = korean_clause(ctx, clause, ending, particle, with_tense, korean_subject)
    en = english_clause(ctx, clause, tokens, agreement, question, front, omit)
    return Node(ko, en)


def ending_leaf(ctx: Context, clause: Clause) -> frozenset[int]:
    """The leaf of the sentence ending, shared with do in questions and negations of the present."""
    return clause.leaf(ctx, "ending")


def state_negation(ctx: Context, frame: Frame, probability: float) -> str:
    """How a state is negated, if it is."""
    if frame.negation == "-" or not ctx.draw.chance(probability):
        return ""
    if frame.negation == "ji" or ctx.draw.chance(0.7):
        return "지"
    return "안"


def draw_simple(ctx: Context, frame: Frame, subject: Subject | None, negative: float = 0.14) -> Clause:
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
    if "m" and "잘" in frame.manners:
        options += [("know how", 5)]
    if subject and subject.elder:
        options = [("can", 1), ("like", 1)] if ("like", 4) in options else [("can", 1)]
    modal = ctx.draw.weighted(options)
    restful = modal in ("experience", "know how", "like", "can")
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
    adjuncts = 0.5 if restful else 1.0
    clause = new_clause(ctx, frame, subject, tense, modal, negation, when, adjuncts)
    if restful:
        clause.manner = Node()
    return clause


# --- one clause -----------------------------------------------------------------------------------------------


def statement(ctx: Context, topic: str) -> Node:
    """저는 어제 시장에서 사과를 샀어요. - I bought apples at the market yesterday."""
    frame = pick_frame(ctx, topic, "any")
    subject = draw_subject(ctx, frame)
    clause = draw_simple(ctx, frame, subject)
    mood = "statement"
    if "adj" in frame.flags and clause.tense == PRESENT and frame.subject not in ("P", "I") and ctx.draw.chance(0.25):
        mood = "exclamation"
    node = realise(ctx, clause, final(ctx, mood, ending_leaf(ctx, clause)), topic_particle(ctx, subject))
    return close(ctx, node)


def act_statement(ctx: Context, topic: str) -> Node:
    """The same with acts only."""
    frame = pick_frame(ctx, topic, "act")
    subject = draw_subject(ctx, frame)
    clause = draw_simple(ctx, frame, subject)
    node = realise(ctx, clause, final(ctx, "statement", ending_leaf(ctx, clause)), topic_particle(ctx, subject))
    return close(ctx, node)


@cache
def _abroad() -> tuple[Frame, ...]:
    return tuple(f for f in FRAMES if "{country}" in f.ko or "{capital}" in f.ko or "{language}" in f.ko)


def abroad(ctx: Context, topic: str) -> Node:
    """지난달에 프랑스에 가고 파리를 구경했어요. - I went to France and looked around Paris last month."""
    ctx.topic = "travel"
    frame = ctx.draw.pick(_abroad())
    subject = actor(ctx, frame) if not frame.subject.startswith("=") else None
    second = ctx.draw.pick(_abroad())
    fits = (
        all("q" in f.flags and not f.state for f in (frame, second)) and second.ko.split()[-1] != frame.ko.split()[-1]
    )
    if fits and _first_slot(frame) != _first_slot(second) and ctx.draw.chance(0.6):
        style = PAST if ctx.draw.chance(0.7) else FUTURE
        return close(ctx, coordinated(ctx, [frame, second], subject or first_person(ctx, True), style))
    clause = draw_simple(ctx, frame, subject)
    node = realise(ctx, clause, final(ctx, "statement", ending_leaf(ctx, clause)), topic_particle(ctx, subject))
    return close(ctx, node)


def _first_slot(frame: Frame) -> str:
    return frame.ko.split("}")[0]


AFTER_WORK = tuple(
    BY_KEY[key] for key in ("점심+을 먹", "집+에 가", "{커피|녹차|홍차}+을 마시", "전화+을 받", "퇴근+하", "저녁+을 먹")
)


def cast_statement(ctx: Context, topic: str) -> Node:
    """의사는 어제 병원에서 환자를 치료했어요. - The doctor treated patients at the hospital yesterday."""
    frames = CAST[topic]
    frame = ctx.draw.pick(frames)
    subject = cast_member(ctx, frame.subject)
    tale = topic == "home"
    if tale and ctx.level == "b":
        ctx.level = "y"
    if not frame.state and ctx.maybe(0.3):
        if topic == "work":
            others = AFTER_WORK
        else:
            others = tuple(f for f in frames if f.subject == frame.subject and _first_noun(f) != _first_noun(frame))
            others = tuple(f for f in others if f.stem != frame.stem and not f.state and f.stem != "크")
        if others:
            second = ctx.draw.pick(others)
            return close(ctx, coordinated(ctx, [frame, second], subject, PAST, timed=not tale))
    style = PAST if tale else ctx.draw.weighted(((PAST, 5), ("progressive", 3), ("habit", 2)))
    if tale:
        clause = new_clause(ctx, frame, subject, PAST)
        if ctx.maybe(0.4):
            once = _ONCE[0] if frame.state else ctx.draw.pick(_ONCE)
            clause.time = fill(template(*once), {}, ctx.fresh)
    elif style == PAST:
        clause = new_clause(ctx, frame, subject, PAST, when="past" if ctx.maybe(0.4) else "", adjuncts=1.4)
    elif style == "habit":
        clause = new_clause(ctx, frame, subject, PRESENT, when="habit", adjuncts=1.4)
    else:
        clause = new_clause(
            ctx, frame, subject, PRESENT, "progressive", when="now" if ctx.maybe(0.3) else "", adjuncts=1.4
        )
    if ctx.draw.chance(0.12) and not tale:
        node = realise(
            ctx, clause, final(ctx, "question", ending_leaf(ctx, clause)), topic_particle(ctx, subject), question=True
        )
        return close(ctx, node, "?")
    node = realise(ctx, clause, final(ctx, "statement", ending_leaf(ctx, clause)), topic_particle(ctx, subject))
    return close(ctx, node)


_ONCE = (("옛날1+에", "long1 ago1"), ("어느1 날2", "one1 day2"), ("매일1", "every1 day1"))


def yes_no_question(ctx: Context, topic: str) -> Node:
    """어제 학교에 갔어요? - Did you go to school yesterday?"""
    frame = pick_frame(ctx, topic, "personal")
    subject = you(ctx) if ctx.draw.chance(0.65) else known_person(ctx)
    clause = draw_simple(ctx, frame, subject, negative=0.0)
    if clause.modal in ("decide", "plan", "seem") or (clause.modal == "can" and clause.tense == PAST):
        clause.modal = "want" if subject.person == "2sg" else "wants"
    if clause.modal == "wants" and subject.person == "2sg":
        clause.modal = "want"
    node = realise(
        ctx, clause, final(ctx, "question", ending_leaf(ctx, clause)), topic_particle(ctx, subject), question=True
    )
    return close(ctx, node, "?")


def wh_question(ctx: Context, topic: str) -> Node:
    """어디에서 옷을 샀어요? - Where did you buy the clothes?"""
    draw = ctx.draw
    kind = draw.weighted((("what", 5), ("where", 4), ("when", 3), ("who with", 2), ("why", 3), ("who", 3), ("time", 2)))
    asked = ctx.leaf()
    ctx.richness = min(ctx.richness, 0.4)
    if kind == "what":
        frame = draw.pick(_what_frames(topic) or _what_frames(""))
        ctx.topic = frame.topic
    elif kind == "where":
        frame = pick_frame(ctx, topic, "placed")
    elif kind == "who with":
        frame = pick_frame(ctx, topic, "social")
    else:
        frame = pick_frame(ctx, topic, "personal act")
    subject: Subject | None = you(ctx) if draw.chance(0.65) else known_person(ctx)
    tense, modal, when = draw.pick(
        ((PAST, "", "past"), (PAST, "", ""), (PRESENT, "future", "fut"), (PRESENT, "future", ""))
    )
    if kind in ("when", "time") or not ctx.maybe(0.4):
        when = ""
    front = {
        "what": [En("what", asked)],
        "where": [En("where", asked)],
        "when": [En("when", asked)],
        "who with": [En("who", asked)],
        "why": [En("why", asked)],
        "time": [En("what", asked), En("time", asked)],
        "who": [En("who", asked)],
    }[kind]
    if kind == "who":
        subject = Subject(Node([[Morph("누구", links=asked)]], front), "3sg", key="who")
        clause = new_clause(ctx, frame, subject, tense, modal, when=when, adjuncts=0.6)
        node = realise(ctx, clause, final(ctx, "question", ending_leaf(ctx, clause)), "이")
        return close(ctx, node, "?")
    clause = new_clause(ctx, frame, subject, tense, modal, when=when, adjuncts=0.0)
    if kind == "what":
        clause = ask_object(ctx, clause, asked)
    elif kind == "where":
        clause.place = Node([[Morph("어디", links=asked), Morph("에서", "particle", asked)]], [])
    elif kind == "when":
        clause.time = Node([[Morph("언제", links=asked)]], [])
    elif kind == "time":
        clause.time = Node([[Morph("몇", links=asked)], [Morph("시", links=asked), Morph("에", "particle")]], [])
    elif kind == "why":
        clause.companion = Node([[Morph("왜", links=asked)]], [])
    else:
        with_ = ctx.leaf()
        form = "과" if ctx.level == "f" else "이랑"
        clause.companion = Node([[Morph("누구", links=asked), Morph(form, "particle", with_)]], [En("with", with_)])
    node = realise(
        ctx,
        clause,
        final(ctx, "question", ending_leaf(ctx, clause)),
        topic_particle(ctx, subject),
        question=True,
        front=front,
    )
    return close(ctx, node, "?")


@cache
def _what_frames(topic: str) -> tuple[Frame, ...]:
    """Frames whose object can be asked for: `{x}+을 verb`."""
    found = []
    for frame in FRAMES:
        rule = template(frame.ko, frame.en)
        if (
            (topic == "" or frame.topic == topic)
            and len(rule.slots) == 1
            and len(rule.ko) == 2
            and len(rule.en) == 2
            and frame.stem != "하"
            and "q" in frame.flags
            and frame.subject == "P"
            and not frame.sex
            and len(rule.ko[0]) == 2
            and rule.ko[0][1].text == "을"
        ):
            found.append(frame)
    return tuple(found)


def ask_object(ctx: Context, clause: Clause, asked: frozenset[int]) -> Clause:
    """Replace the object by 뭐 (무엇 in 합니다체); English has it in front."""
    verb = clause.slots.ko[-1]
    if ctx.level == "f":
        what = [[Morph("무엇", links=asked), Morph("을", "particle")]]
    elif ctx.draw.chance(0.6):
        what = [[Morph("뭐", links=asked), Morph("ㄹ", "particle")]]
    else:
        what = [[Morph("뭐", links=asked)]]
    clause.slots = Node([*what, verb], [])
    return clause


def request(ctx: Context, topic: str) -> Node:
    """창문을 닫아 주세요. - Please close the window."""
    frame = ctx.draw.pick(_of_topic(REQUESTS, topic))
    subject = you(ctx)
    subject.node.ko, subject.elder = [], False
    clause = new_clause(ctx, frame, subject, PRESENT, when="fut" if ctx.maybe(0.2) else "", adjuncts=0.6)
    clause.companion, clause.place = Node(), Node()
    if "잘" in frame.manners:
        clause.manner = Node()
    please = ctx.leaf()
    forbidden = ctx.draw.chance(0.22)
    extra: Korean = []
    if forbidden:
        clause.time, clause.manner = Node(), Node()
        no = clause.leaf(ctx, "no")
        ko = korean_clause(ctx, clause, [Morph("지", "ending", no)])
        ko.append([Morph("말", links=no), *final(ctx, "request", please)])
        start = [] if ctx.level == "b" else [En("please", please)]
        return close(ctx, Node(ko, [*start, En("do", no), En("n't", no), *english_nonfinite(clause, "base")]))
    if frame.flags & {"pt"} and ctx.draw.chance(0.4):
        ko = korean_clause(ctx, clause, [Morph("~아", "ending")])
        ko.append([Morph("주", links=please), *final(ctx, "request", please)])
        return close(ctx, Node([*extra, *ko], [En("please", please), *english_nonfinite(clause, "base")]))
    ko = korean_clause(ctx, clause, final(ctx, "request", please))
    if ctx.level != "b":
        return close(ctx, Node(ko, [En("please", please), *english_nonfinite(clause, "base")]))
    return close(ctx, Node(ko, english_nonfinite(clause, "base")))


def suggestion(ctx: Context, topic: str) -> Node:
    """내일 같이 영화를 봅시다. - Let's watch a movie together tomorrow."""
    frame = pick_frame(ctx, topic, "social")
    subject = we(ctx)
    subject.node.ko = []
    clause = new_clause(ctx, frame, subject, PRESENT, when="fut" if ctx.maybe(0.6) else "", adjuncts=0.7)
    clause.companion, clause.manner = Node(), Node()
    if ctx.level == "y" or ctx.draw.chance(0.5):
        together = ctx.leaf()
        clause.companion = Node([[Morph("같이", links=together)]], [En("together", together)])
    lets = ctx.leaf()
    if ctx.draw.chance(0.35):
        ko = korean_clause(ctx, clause, final(ctx, "shall", lets))
        return close(ctx, Node(ko, [En("shall", lets), En("we"), *english_nonfinite(clause, "base")]), "?")
    ko = korean_clause(ctx, clause, final(ctx, "suggestion", lets))
    return close(ctx, Node(ko, [En("let", lets), En("'s", lets), *english_nonfinite(clause, "base")]))


def offer(ctx: Context, topic: str) -> Node:
    """제가 설거지를 할게요. - I'll wash the dishes."""
    frame = ctx.draw.pick(_of_topic(OFFERS, topic))
    subject = first_person(ctx, ctx.draw.chance(0.4))
    clause = new_clause(ctx, frame, subject, PRESENT, when="fut" if ctx.maybe(0.5) else "")
    will = ctx.leaf()
    ko = korean_clause(ctx, clause, final(ctx, "offer", will), "이" if ctx.draw.chance(0.6) else "은")
    en = [*subject.node.en, En("'ll", will), *english_nonfinite(clause, "base")]
    return close(ctx, Node(ko, en))


def permission(ctx: Context, topic: str) -> Node:
    """여기에서 사진을 찍어도 돼요? - Can I take pictures here?"""
    frame = ctx.draw.pick(_of_topic(PERMISSIONS, topic))
    subject = first_person(ctx, True)
    clause = new_clause(ctx, frame, subject, PRESENT, "may", adjuncts=0.0)
    if ctx.draw.chance(0.4) and frame.places:
        here = ctx.leaf()
        clause.place = Node([[Morph("여기", links=here), Morph("에서", "particle")]], [En("here", here)])
    node = realise(ctx, clause, final(ctx, "question", ending_leaf(ctx, clause)), question=True)
    return close(ctx, node, "?")


# --- two clauses ----------------------------------------------------------------------------------------------


def _connective(ctx: Context, form: str) -> tuple[list[Morph], frozenset[int]]:
    links = ctx.leaf()
    return [Morph(form, "ending", links)], links


def coordination(ctx: Context, topic: str) -> Node:
    """저녁을 먹고 텔레비전을 봤어요. - I had dinner and watched TV."""
    number = 3 if ctx.richness >= 0.5 and ctx.draw.chance(0.25) else 2
    frames = acts(ctx, topic, number)
    return close(ctx, coordinated(ctx, frames, actor(ctx, frames[0])))


def actor(ctx: Context, frame: Frame) -> Subject:
    """Somebody who does what is done in `frame`."""
    subject = draw_subject(ctx, frame)
    if subject is None or not subject.human:
        return first_person(ctx, ctx.draw.chance(0.4))
    return subject


def coordinated(
    ctx: Context,
    frames: Sequence[Frame],
    subject: Subject,
    style: str = "",
    introduced: bool = False,
    timed: bool = True,
) -> Node:
    """Acts of one subject joined by 고, without the full stop.

    `introduced`: the subject has been named before, so Korean leaves it out and English has a pronoun.
    """
    often = 2.0 if all(habitual(f) for f in frames) else 0.0
    style = style or ctx.draw.weighted(((PAST, 6), (FUTURE, 2), ("habit", often)))
    when = {PAST: "past", FUTURE: "fut", "habit": "habit"}[style]
    tense, modal = (PAST if style == PAST else PRESENT), ("future" if style == FUTURE else "")
    timed = timed and not introduced and (style == "habit" or ctx.maybe(0.5))
    clauses = []
    ctx.used.update(_first_noun(frame) for frame in frames)
    for index, frame in enumerate(frames):
        last = index == len(frames) - 1
        clause = new_clause(
            ctx, frame, subject, tense, modal if last else "", when=when if timed and index == 0 else ""
        )
        if index:
            clause.companion, clause.duration = Node(), Node()
            if ctx.draw.chance(0.6):
                clause.place = Node()
        if any(f.stem == "자" for f in frames):
            clause.place = Node()
        clauses.append(clause)
    final_clause = clauses[-1]
    tokens, agreement = subject_tokens(clauses[0], introduced)
    ko: Korean = [] if introduced else mark(ctx, subject, topic_particle(ctx, subject))
    if clauses[0].time.ko and 0 < len(ko) <= 2 and ctx.draw.chance(0.3):
        ko = [*clauses[0].time.ko, *ko]
    else:
        ko = [*ko, *clauses[0].time.ko]
    time, clauses[0].time = clauses[0].time, Node()
    en: list[En] = list(tokens)
    if style == FUTURE:
        lone = len(tokens) == 1 and tokens[0].text in ("I", "we", "he", "she", "they")
        en.append(En("'ll" if lone else "will", final_clause.leaf(ctx, "modal1")))
    for index, clause in enumerate(clauses):
        last = clause is final_clause
        if style == PAST:
            clause.leaves["tense"] = final_clause.leaf(ctx, "tense")
        if last:
            ending = final(ctx, "statement", ending_leaf(ctx, clause))
        else:
            ending, joint = _connective(ctx, "고")
        ko.extend(korean_clause(ctx, clause, ending, with_tense=last, with_subject=False))
        if style == FUTURE:
            en.extend(english_nonfinite(clause, "base"))
        else:
            en.extend(english_clause(ctx, clause, [], agreement, omit=True))
        if last:
            break
        if len(clauses) > 2:
            en.append(En(",", joint if index < len(clauses) - 2 else NO_LINK))
        if index == len(clauses) - 2:
            en.append(En("and", joint))
    return Node(ko, [*en, *time.en])


@cache
def _scenes(topic: str) -> tuple[tuple[Frame, ...], ...]:
    return tuple(scene for scene in SCENES if sum(f.topic == topic for f in scene) * 2 >= len(scene))


def acts(ctx: Context, topic: str, number: int) -> list[Frame]:
    """`number` acts of one scene, in the order in which they happen."""
    scenes = [s for s in _scenes(topic) if len(s) >= number]
    scene = ctx.draw.pick(scenes)
    while True:
        chosen = sorted({ctx.draw.below(len(scene)) for _ in range(number)})
        if len(chosen) == number and chosen[-1] - chosen[0] < number + 2:
            return [scene[i] for i in chosen]


def two_acts(ctx: Context, topic: str) -> tuple[Frame, Frame]:
    """Two acts, the earlier first."""
    first, second = acts(ctx, topic, 2)
    return first, second


def go_and_do(ctx: Context, topic: str) -> Node:
    """도서관에 가서 영어를 공부했어요. - I went to the library and studied English."""
    frame = pick_frame(ctx, topic, "placed")
    place = PLACES[ctx.draw.pick([p for p in frame.places if p not in INDOORS] or ["home"])]
    subject = draw_subject(ctx, frame)
    ctx.used.add(place.ko)
    tense = ctx.draw.weighted(((PAST, 6), (FUTURE, 3)))
    clause = new_clause(ctx, frame, subject, PAST if tense == PAST else PRESENT, "future" if tense == FUTURE else "")
    clause.place = Node()
    when = "past" if tense == PAST else "fut"
    time = time_phrase(ctx, frame, when)[0] if ctx.maybe(0.5) else Node()
    go, and_ = ctx.leaf(), ctx.leaf()
    where = place_node(ctx, place, "에", subject, "to")
    particle = topic_particle(ctx, subject)
    front = mark(ctx, subject, particle) if subject else []
    stem = [Morph("가", links=go)]
    if subject and subject.elder:
        stem.append(Morph("(으)시", "ending"))
    companion_node, clause.companion = clause.companion, Node()
    ko = [
        *front,
        *time.ko,
        *companion_node.ko,
        *where.ko,
        [*stem, Morph("~아서", "ending", and_)],
        *korean_clause(ctx, clause, final(ctx, "statement", ending_leaf(ctx, clause)), with_subject=False),
    ]
    assert subject is not None
    tokens = subject.node.en
    if tense == FUTURE:
        lone = len(tokens) == 1 and tokens[0].text in ("I", "we", "he", "she")
        will = En("'ll" if lone else "will", clause.leaf(ctx, "modal1"))
        verbs = [
            *tokens,
            will,
            En("go", go),
            *where.en,
            *companion_node.en,
            En("and", and_),
            *english_nonfinite(clause, "base"),
        ]
    else:
        went = En("went", go | clause.leaf(ctx, "tense"))
        rest = english_clause(ctx, clause, [], subject.agreement, omit=True)
        verbs = [*tokens, went, *where.en, *companion_node.en, En("and", and_), *rest]
    return close(ctx, Node(ko, [*verbs, *time.en]))


def _first_noun(frame: Frame) -> str:
    return re.sub(r"[\d,]", "", frame.ko.split()[0].split("+")[0])


@cache
def _causes(topic: str, prevented: bool) -> tuple[tuple[Frame, tuple[Frame, ...]], ...]:
    """(cause, what it leads to), where one of the two is of the topic."""
    found = []
    for cause in FRAMES:
        effects = [e for tag in cause.causes for e in _effects(tag, prevented)]
        fitting = tuple(
            e
            for e in effects
            if topic in (cause.topic, e.topic) and e.stem != cause.stem and _first_noun(e) != _first_noun(cause)
        )
        if fitting:
            found.append((cause, fitting))
    return tuple(found)


def cause_pair(ctx: Context, topic: str, prevented: bool) -> tuple[Frame, Frame]:
    """A cause and what it leads to (or prevents), one of them of the topic."""
    cause, effects = ctx.draw.pick(_causes(topic, prevented))
    return cause, ctx.draw.pick(effects)


def _pair_subjects(ctx: Context, cause: Frame, effect: Frame) -> tuple[Subject | None, Subject | None]:
    """One person for both clauses; if one of them is about the weather, the other has its own subject."""
    topics = {cause.topic, effect.topic}
    topic = "work" if "work" in topics else "school" if "school" in topics else effect.topic
    subject = draw_subject(ctx, effect if effect.subject not in ("0",) else cause, topic=topic)
    one = (
        subject
        if cause.subject in ("P", "I", "kid")
        else (None if cause.subject == "0" else thing(ctx, cause.subject, cause.stem))
    )
    two = subject if effect.subject in ("P", "I", "kid") else None
    return one, two


def because(ctx: Context, topic: str) -> Node:
    """비가 와서 집에 있었어요. - It rained, so I stayed at home."""
    return close(ctx, because_clauses(ctx, topic))


def because_clauses(ctx: Context, topic: str) -> Node:
    """Cause and consequence, without the full stop."""
    prevented = ctx.draw.chance(0.35)
    cause, effect = cause_pair(ctx, topic, prevented)
    one_subject, two_subject = _pair_subjects(ctx, cause, effect)
    reason, inverted = ctx.draw.chance(0.25), ctx.draw.chance(0.2)
    when = "past" if not reason and not inverted and ctx.maybe(0.4) else ""
    one = new_clause(ctx, cause, one_subject, PAST, when=when, adjuncts=0.4)
    same = one_subject is not None and one_subject is two_subject
    if prevented:
        two = new_clause(ctx, effect, two_subject, PAST, negation=ctx.draw.pick(("안", "못", "못", "지")), adjuncts=0.2)
    elif (
        effect.subject == "0"
        or "x" in effect.flags
        or ctx.draw.chance(0.75)
        or one_subject is None
        or (two_subject and two_subject.elder)
    ):
        two = new_clause(ctx, effect, two_subject, PAST, adjuncts=0.7)
    else:
        two = new_clause(ctx, effect, two_subject, PAST, "must" if ctx.draw.chance(0.5) else "", adjuncts=0.5)
    links = ctx.leaf()
    particle = "은" if same else "이"
    if reason:
        ending = [Morph("기", "ending", links)]
        tail: Korean = [[Morph("때문", links=links), Morph("에", "particle", links)]]
    else:
        ending, tail = [Morph("~아서", "ending", links)], []
    ko_one = [*korean_clause(ctx, one, ending, particle, with_tense=reason), *tail]
    ko_two = korean_clause(
        ctx,
        two,
        final(ctx, "statement", ending_leaf(ctx, two)),
        topic_particle(ctx, two_subject),
        with_subject=not same,
    )
    if not reason:
        one.leaves["tense"] = two.leaf(ctx, "tense")
    tokens_one, agreement_one = subject_tokens(one)
    tokens_two, agreement_two = subject_tokens(two, pronoun=same)
    if reason or inverted:
        if same:
            tokens_one, tokens_two = [En(one_subject.pronoun)], one_subject.node.en
        en = [
            *english_clause(ctx, two, tokens_two, agreement_two),
            En("because", links),
            *english_clause(ctx, one, tokens_one, agreement_one),
        ]
    else:
        en = [
            *english_clause(ctx, one, tokens_one, agreement_one),
            En(","),
            En("so", links),
            *english_clause(ctx, two, tokens_two, agreement_two),
        ]
    return Node([*ko_one, *ko_two], en)


def reason_request(ctx: Context, topic: str) -> Node:
    """추우니까 창문을 닫아 주세요. - It's cold, so please close the window."""
    for _ in range(20):
        cause, effect = cause_pair(ctx, topic, False)
        weather = cause.subject == "0" and (cause.state or cause.ko[0] in "비눈바")
        if weather and "q" in effect.flags and effect.subject == "P" and not effect.sex and "past" not in cause.flags:
            break
    else:
        return request(ctx, topic)
    one = new_clause(
        ctx,
        cause,
        None,
        PRESENT,
        "progressive" if cause.ko.endswith(("오2",)) and cause.ko[0] in "비눈" else "",
        adjuncts=0.2,
    )
    links, please = ctx.leaf(), ctx.leaf()
    lets = effect not in REQUESTS or ctx.draw.chance(0.4)
    subject = we(ctx) if lets else you(ctx)
    subject.node.ko, subject.elder = [], False
    two = new_clause(ctx, effect, subject, PRESENT, adjuncts=0.4)
    two.companion, two.manner = Node(), Node()
    ko = [
        *korean_clause(ctx, one, [Morph("(으)니까", "ending", links)], "이"),
        *korean_clause(ctx, two, final(ctx, "suggestion" if lets else "request", please)),
    ]
    tokens, agreement = subject_tokens(one)
    verb = english_nonfinite(two, "base")
    start = [En("let", please), En("'s", please)] if lets else [] if ctx.level == "b" else [En("please", please)]
    en = [*english_clause(ctx, one, tokens, agreement), En(","), En("so", links), *start, *verb]
    return close(ctx, Node(ko, en))


def contrast(ctx: Context, topic: str) -> Node:
    """피곤했지만 숙제를 했어요. - I was tired, but I did my homework."""
    against = ctx.draw.chance(0.6)
    for _ in range(30):
        cause, effect = cause_pair(ctx, topic, against)
        if against or not {"nomoney", "noisy", "dirty", "broken"} & set(cause.causes):
            break
    one_subject, two_subject = _pair_subjects(ctx, cause, effect)
    same = one_subject is not None and one_subject is two_subject
    one = new_clause(ctx, cause, one_subject, PAST, when="past" if ctx.maybe(0.4) else "", adjuncts=0.4)
    negation = "" if against else ctx.draw.pick(("안", "못", "지"))
    if "x" in effect.flags and not against:
        negation = "안"
    two = new_clause(ctx, effect, two_subject, PAST, negation=negation, adjuncts=0.6)
    ending, but = _connective(ctx, ctx.draw.weighted((("지만", 7), ("는데", 3))))
    ko = [
        *korean_clause(ctx, one, ending, "은" if same else "이"),
        *korean_clause(
            ctx,
            two,
            final(ctx, "statement", ending_leaf(ctx, two)),
            topic_particle(ctx, two_subject),
            with_subject=not same,
        ),
    ]
    tokens_one, agreement_one = subject_tokens(one)
    tokens_two, agreement_two = subject_tokens(two, pronoun=same)
    en = [
        *english_clause(ctx, one, tokens_one, agreement_one),
        En(","),
        En("but", but),
        *english_clause(ctx, two, tokens_two, agreement_two),
    ]
    return close(ctx, Node(ko, en))


def condition(ctx: Context, topic: str) -> Node:
    """내일 비가 오면 집에 있을 거예요. - If it rains tomorrow, I'll stay at home."""
    for _ in range(30):
        cause, effect = cause_pair(ctx, topic, False)
        suits = cause.state or cause.subject == "0" or {"sick", "hurt", "late"} & set(cause.causes)
        if suits and "past" not in cause.flags and "q" in effect.flags and cause.stem not in ("지", "오늘"):
            break
    one_subject, two_subject = _pair_subjects(ctx, cause, effect)
    same = one_subject is not None and one_subject is two_subject
    one = new_clause(
        ctx, cause, one_subject, PRESENT, when="fut" if cause.subject == "0" and ctx.maybe(0.5) else "", adjuncts=0.3
    )
    style = ctx.draw.weighted((("future", 6), ("request", 3), ("habit", 2)))
    ending, if_ = _connective(ctx, "(으)면")
    ko_one = korean_clause(ctx, one, ending, "이" if not same or ctx.draw.chance(0.3) else "은")
    tokens_one, agreement_one = subject_tokens(one)
    if (style == "request" and one_subject is None) or (
        style == "request" and one_subject and one_subject.person == "1sg"
    ):
        if same:
            one_subject.node.ko = []
            tokens_one, agreement_one = [En("you")], "pl"
            ko_one = korean_clause(ctx, one, ending, "은")
            one.slots = Node(one.slots.ko, [En("your") if t.text == "my" else t for t in one.slots.en])
        hearer = you(ctx)
        hearer.node.ko, hearer.elder = [], False
        two = new_clause(ctx, effect, hearer, PRESENT, adjuncts=0.5)
        two.companion = Node()
        please = ctx.leaf()
        ko_two = korean_clause(ctx, two, final(ctx, "request", please))
        start = [] if ctx.level == "b" else [En("please", please)]
        en_two = [*start, *english_nonfinite(two, "base")]
    else:
        modal = "future" if style != "habit" else ""
        two = new_clause(ctx, effect, two_subject, PRESENT, modal, adjuncts=0.6)
        ko_two = korean_clause(
            ctx,
            two,
            final(ctx, "statement", ending_leaf(ctx, two)),
            topic_particle(ctx, two_subject),
            with_subject=not same,
        )
        tokens_two, agreement_two = subject_tokens(two, pronoun=same)
        en_two = english_clause(ctx, two, tokens_two, agreement_two)
    en = [En("if", if_), *english_clause(ctx, one, tokens_one, agreement_one), En(","), *en_two]
    return close(ctx, Node([*ko_one, *ko_two], en))


def when_habit(ctx: Context, topic: str) -> Node:
    """심심할 때 음악을 들어요. - When I'm bored, I listen to music."""
    node = when_clauses(ctx, topic)
    return close(ctx, node)


def when_clauses(ctx: Context, topic: str) -> Node:
    """A state and what is done in it, habitually or once."""
    for _ in range(40):
        cause, effect = cause_pair(ctx, topic, False)
        suits = "past" not in cause.flags and (cause.state or cause.subject == "0") and "돈" not in cause.ko
        if suits and "q" in effect.flags and "오늘" not in cause.ko:
            break
    one_subject, two_subject = _pair_subjects(ctx, cause, effect)
    same = one_subject is not None and one_subject is two_subject
    past = ctx.draw.chance(0.35)
    tense = PAST if past else PRESENT
    one = new_clause(ctx, cause, one_subject, tense, adjuncts=0.2)
    two = new_clause(ctx, effect, two_subject, tense, adjuncts=0.8)
    if past:
        one.leaves["tense"] = two.leaf(ctx, "tense")
    elif not {"일찍", "늦게"} & set(effect.ko.replace("3", "").split()):
        two.frequency = time_phrase(ctx, effect, "habit")[1]
    links = ctx.leaf()
    ko = [
        *korean_clause(ctx, one, [Morph("(으)ㄹ", "ending", links)], "이" if not same else "은", with_tense=False),
        [Morph("때", links=links)],
        *korean_clause(
            ctx,
            two,
            final(ctx, "statement", ending_leaf(ctx, two)),
            topic_particle(ctx, two_subject),
            with_subject=not same,
        ),
    ]
    tokens_one, agreement_one = subject_tokens(one)
    tokens_two, agreement_two = subject_tokens(two, pronoun=same)
    en = [
        En("when", links),
        *english_clause(ctx, one, tokens_one, agreement_one),
        En(","),
        *english_clause(ctx, two, tokens_two, agreement_two),
    ]
    return Node(ko, en)


def at_rest(frame: Frame) -> Frame:
    """What one does last in the evening is just going to bed: 자기 전에, not 일찍 자기 전에."""
    return BED if frame.stem == "자" else frame


def before_after(ctx: Context, topic: str) -> Node:
    """자기 전에 이를 닦았어요. - I brushed my teeth before going to bed."""
    first, second = two_acts(ctx, topic)
    subject = draw_subject(ctx, first)
    if subject is None or not subject.human:
        subject = first_person(ctx, True)
    kind = ctx.draw.pick(("before", "after"))
    past = not (habitual(first) and habitual(second)) or ctx.draw.chance(0.6)
    main_frame, other_frame = (first, at_rest(second)) if kind == "before" else (second, first)
    when = ("past" if past else "habit") if not past or ctx.maybe(0.4) else ""
    main = new_clause(ctx, main_frame, subject, PAST if past else PRESENT, when=when)
    if other_frame is BED:
        main.place = Node()
    other = new_clause(ctx, other_frame, subject, PRESENT, adjuncts=0.3)
    other.manner = Node()
    links = ctx.leaf()
    if kind == "before":
        ending = [Morph("기", "ending", links)]
        tail = [[Morph("전", links=links), Morph("에", "particle", links)]]
    else:
        ending = [Morph("(으)ㄴ", "ending", links)]
        tail = [[Morph(ctx.draw.pick(("후", "다음")), links=links), Morph("에", "particle", links)]]
    subject_ko = mark(ctx, subject, topic_particle(ctx, subject))
    ko = [
        *subject_ko,
        *korean_clause(ctx, other, ending, with_subject=False),
        *tail,
        *korean_clause(ctx, main, final(ctx, "statement", ending_leaf(ctx, main)), with_subject=False),
    ]
    tokens, agreement = subject_tokens(main)
    en = [*english_clause(ctx, main, tokens, agreement), En(kind, links), *english_nonfinite(other, "ing")]
    return close(ctx, Node(ko, en))


def while_doing(ctx: Context, topic: str) -> Node:
    """음악을 들으면서 숙제를 했어요. - I did my homework while listening to music."""
    main_frame = pick_frame(ctx, topic, "working")
    for _ in range(60):
        background = ctx.draw.pick(_frames("", "background"))
        apart = background.stem != main_frame.stem and _first_noun(background) != _first_noun(main_frame)
        lively = background.stem in ("부르", "추", "이야기")
        if apart and (not lively or main_frame.topic in ("home", "food")):
            break
    subject = draw_subject(ctx, main_frame)
    if subject is None or not subject.human:
        subject = first_person(ctx, True)
    past = not habitual(main_frame) or ctx.draw.chance(0.6)
    when = ("past" if past else "habit") if not past or ctx.maybe(0.4) else ""
    main = new_clause(ctx, main_frame, subject, PAST if past else PRESENT, when=when)
    main.duration = Node()
    other = new_clause(ctx, background, subject, PRESENT, adjuncts=0.0)
    ending, while_ = _connective(ctx, "(으)면서")
    ko = [
        *mark(ctx, subject, topic_particle(ctx, subject)),
        *main.time.ko,
        *korean_clause(ctx, other, ending, with_subject=False),
    ]
    time, main.time = main.time, Node()
    ko += korean_clause(ctx, main, final(ctx, "statement", ending_leaf(ctx, main)), with_subject=False)
    tokens, agreement = subject_tokens(main)
    en = [
        *english_clause(ctx, main, tokens, agreement),
        En("while", while_),
        *english_nonfinite(other, "ing"),
        *time.en,
    ]
    return close(ctx, Node(ko, en))


INDOORS = ("home", "kitchen", "living", "room", "bathroom")  # one doesn't set out for these


def purpose(ctx: Context, topic: str) -> Node:
    """책을 빌리러 도서관에 갔어요. - I went to the library to borrow a book."""
    frame = ctx.draw.pick(_of_topic(PURPOSES, topic))
    place = PLACES[ctx.draw.pick([p for p in frame.places if p not in INDOORS] or ["park"])]
    subject = draw_subject(ctx, frame)
    assert subject is not None
    clause = new_clause(ctx, frame, subject, PRESENT, adjuncts=0.0)
    style = ctx.draw.weighted(((PAST, 6), (FUTURE, 3), ("habit", 1)))
    when = {PAST: "past", FUTURE: "fut", "habit": "habit"}[style]
    time, frequency = time_phrase(ctx, frame, when) if style == "habit" or ctx.maybe(0.5) else (Node(), Node())
    go, to = ctx.leaf(), ctx.leaf()
    where = place_node(ctx, place, "에", subject, "to")
    tense, end = ctx.leaf(), final(ctx, "statement")
    verb = [Morph("가", links=go)]
    if subject.elder:
        verb.append(Morph("(으)시", "ending"))
    if style == PAST:
        verb.append(Morph("~았", "ending", tense))
        finite = [*frequency.en, En("went", go | tense)]
        tail: Korean = [[*verb, *end]]
    elif style == FUTURE:
        lone = len(subject.node.en) == 1 and subject.node.en[0].text in ("I", "we", "he", "she")
        finite = [En("'ll" if lone else "will", tense), En("go", go)]
        tail = [[*verb, Morph("(으)ㄹ", "ending", tense)], [Morph("거", links=tense), Morph("이", links=tense), *end]]
    else:
        finite = [*frequency.en, En(english.present("go", subject.agreement), go)]
        if subject.elder and ctx.level == "y":
            verb, end = verb[:-1], [Morph("(으)세요", "ending")]
        tail = [[*verb, *end]]
    ko = [
        *mark(ctx, subject, topic_particle(ctx, subject)),
        *time.ko,
        *frequency.ko,
        *korean_clause(ctx, clause, [Morph("(으)러", "ending", to)], with_subject=False),
        *where.ko,
        *tail,
    ]
    en = [*subject.node.en, *finite, *where.en, En("to", to), *english_nonfinite(clause, "base"), *time.en]
    return close(ctx, Node(ko, en))


def opinion(ctx: Context, topic: str) -> Node:
    """내일 비가 올 것 같아요. - I think it will rain tomorrow."""
    frame = pick_frame(ctx, topic, "any")
    for _ in range(20):
        if (frame.subject in ("0",) and "past" not in frame.flags) or ("q" in frame.flags):
            break
        frame = pick_frame(ctx, topic, "any")
    personal = frame.subject in ("P", "I", "kid") and not frame.sex
    subject = third_person(ctx, frame.topic) if personal else draw_subject(ctx, frame)
    clause = new_clause(ctx, frame, subject, PRESENT, "seem", when="fut" if ctx.maybe(0.5) and not frame.state else "")
    think = ctx.leaf()
    tokens, agreement = subject_tokens(clause)
    ko = korean_clause(ctx, clause, final(ctx, "statement"), "이")
    last = ko[-1]
    ko[-1] = [Morph(last[0].form, last[0].kind, think), *last[1:]]
    en = [En("I"), En("think", think), *english_clause(ctx, clause, tokens, agreement)]
    return close(ctx, Node(ko, en))


# --- what things are like, what people say --------------------------------------------------------------------

# (topic, things, adjective, English, verb, English, negation): the thing is so, therefore one does that with it.
_QUALITIES = (
    ("shopping", "clothes|footwear|bag|accessory", "비싸", "expensive", "사", "buy", "안"),
    ("shopping", "clothes|footwear|bag|furniture", "비싸", "expensive", "사", "buy", "못"),
    ("shopping", "machine|vehicle|furniture", "비싸", "expensive", "사", "buy", "못"),
    ("shopping", "clothes|bag|accessory|toy|flower", "예쁘", "pretty", "사", "buy", ""),
    ("shopping", "clothes|footwear|fruit", "싸", "cheap", "사", "buy", ""),
    ("shopping", "clothes|footwear", "작", "too small", "바꾸", "exchange", ""),
    ("shopping", "clothes|footwear", "크", "too big", "바꾸", "exchange", ""),
    ("shopping", "clothes|footwear", "작", "too small", "입", "wear", "못"),
    ("food", "dish", "맵", "spicy", "먹", "eat", "못"),
    ("food", "dish", "짜", "salty", "먹", "eat", "안"),
    ("food", "fruit", "시", "sour", "먹", "eat", "안"),
    ("food", "커피|녹차|홍차", "뜨겁", "hot", "마시", "drink", "못"),
    ("school", "reading", "어렵", "difficult", "읽", "read", "안"),
    ("school", "reading", "재미있", "interesting", "빌리", "borrow", ""),
    ("school", "reading", "두껍", "thick", "읽", "read", "안"),
    ("home", "furniture", "무겁", "heavy", "옮기", "move", "못"),
    ("home", "clothes", "더럽", "dirty", "빨", "wash", ""),
    ("home", "tableware", "더럽", "dirty", "씻", "wash", ""),
    ("home", "furniture", "오래되", "old", "버리", "throw away", ""),
    ("work", "컴퓨터|노트북", "느리", "slow", "바꾸", "replace", ""),
    ("nature", "small|pet", "귀엽", "cute", "보", "look at", ""),
    ("travel", "배낭|가방", "무겁", "heavy", "들", "carry", "못"),
)


@cache
def _qualities(topic: str) -> tuple[tuple[Frame, Frame, str], ...]:
    """`_QUALITIES` as pairs of frames: the state and the act."""
    pairs = []
    for where, things, ko, en, verb_ko, verb_en, negation in _QUALITIES:
        if where != topic:
            continue
        verb, _, particle = verb_en.partition(" ")
        act = f"{verb}2 {particle}2" if particle else f"{verb}2"
        state = " ".join(f"{word}1" for word in en.split())
        one = Frame(where, f"{ko}1", f"be {state}", things, flags=frozenset(("adj",)))
        pairs.append((one, Frame(where, f"{verb_ko}2", act), negation))
    return tuple(pairs)


def quality(ctx: Context, topic: str) -> Node:
    """가방이 비싸서 안 샀어요. - The bag was expensive, so I didn't buy it."""
    options = _qualities(topic)
    if not options:
        ctx.topic = ctx.draw.pick(("shopping", "food", "home"))
        options = _qualities(ctx.topic)
    one_frame, two_frame, negation = ctx.draw.pick(options)
    owner = thing(ctx, one_frame.subject, two_frame.stem)
    one = new_clause(ctx, one_frame, owner, PAST)
    who = draw_subject(ctx, two_frame, (60, 10, 30)) or first_person(ctx, True)
    two = predicate(ctx, Clause(two_frame, who, PAST, negation=negation))
    it = "them" if owner.person == "3pl" else "it"
    particle = [En(t.text, t.links) for t in two.slots.en]
    two.slots = Node(
        two.slots.ko, [En(it), *particle] if particle[:1] != [] and particle[0].text == "away" else [*particle, En(it)]
    )
    ending, so = _connective(ctx, "~아서")
    one.leaves["tense"] = two.leaf(ctx, "tense")
    named = mark(ctx, who, "은") if who.person != "1sg" else []
    front = ctx.draw.chance(0.5)
    ko_one = korean_clause(ctx, one, ending, "이", with_tense=False)
    ko_two = korean_clause(ctx, two, final(ctx, "statement", ending_leaf(ctx, two)), with_subject=False)
    ko = [*named, *ko_one, *ko_two] if front else [*ko_one, *named, *ko_two]
    en = [
        *english_clause(ctx, one, *subject_tokens(one)),
        En(","),
        En("so", so),
        *english_clause(ctx, two, who.node.en if named else [En("I")], who.agreement),
    ]
    return close(ctx, Node(ko, en))


def reported(ctx: Context, topic: str) -> Node:
    """민지 씨는 내일 학교에 갈 거라고 했어요. - Minji said she would go to school tomorrow."""
    frame = pick_frame(ctx, topic, "act" if ctx.draw.chance(0.6) else "personal")
    if "adj" not in frame.flags and ("q" not in frame.flags or frame.state):
        frame = pick_frame(ctx, topic, "act")
    subject = person_of(ctx, frame.sex) if frame.sex else third_person(ctx, frame.topic)
    subject_elder = subject.elder
    if "adj" in frame.flags:
        clause = new_clause(ctx, frame, subject, PAST, adjuncts=0.5)
        ending = [Morph("다고", "ending")]
    elif ctx.draw.chance(0.5):
        clause = new_clause(ctx, frame, subject, PAST, "future", when="fut" if ctx.maybe(0.5) else "", adjuncts=0.5)
        ending = [Morph("라고", "ending")]
    else:
        clause = new_clause(ctx, frame, subject, PAST, "want", adjuncts=0.5)
        ending = [Morph("다고", "ending")]
    said, tense = ctx.leaf(), ctx.leaf()
    say = [Morph("하", links=said)]
    if subject_elder:
        say.append(Morph("(으)시", "ending"))
    pronoun = [En(subject.pronoun)]
    ko = [
        *korean_clause(ctx, clause, ending, topic_particle(ctx, subject), with_tense=False),
        [*say, Morph("~았", "ending", tense), *final(ctx, "statement")],
    ]
    clause.leaves["tense"] = NO_LINK
    en = [*subject.node.en, En("said", said | tense), *english_clause(ctx, clause, pronoun, subject.agreement)]
    return close(ctx, Node(ko, en))


def answer(ctx: Context, topic: str) -> Node:
    """아니요, 아직 숙제를 안 했어요. - No, I haven't done my homework yet."""
    yes = ctx.draw.chance(0.5)
    frame = pick_frame(ctx, topic, "personal act")
    subject = first_person(ctx, True)
    if yes:
        clause = draw_simple(ctx, frame, subject, negative=0.0)
        word, reply = ("응" if ctx.level == "b" else "네"), "yes"
    else:
        clause = new_clause(ctx, frame, subject, PAST, negation=ctx.draw.pick(("안", "못", "지")), adjuncts=0.5)
        word, reply = ("아니" if ctx.level == "b" else "아니요"), "no"
    links, comma = ctx.leaf(), ctx.leaf()
    node = realise(ctx, clause, final(ctx, "statement", ending_leaf(ctx, clause)))
    ko = [[Morph(word, links=links), Morph(",", links=comma)], *node.ko]
    return close(ctx, Node(ko, [En(reply, links), En(",", comma), *node.en]))


def chain(ctx: Context, topic: str) -> Node:
    """Sentences of three and four clauses: a circumstance, then acts joined by 고, perhaps a 지만 at the end."""
    draw = ctx.draw
    kind = draw.weighted((("before", 3), ("after", 3), ("because", 4), ("but", 3), ("acts", 2)))
    if kind == "acts":
        frames = acts(ctx, topic, 3)
        return close(ctx, coordinated(ctx, frames, actor(ctx, frames[0])))
    if kind == "because":
        return close(ctx, _because_chain(ctx, topic))
    if kind == "but":
        return close(ctx, _but_chain(ctx, topic))
    frames = acts(ctx, topic, 3)
    subject = actor(ctx, frames[0])
    links = ctx.leaf()
    if kind == "before":
        other_frame, rest = at_rest(frames[-1]), frames[:-1]
        ending, tail = [Morph("기", "ending", links)], [[Morph("전", links=links), Morph("에", "particle", links)]]
    else:
        other_frame, rest = frames[0], frames[1:]
        ending = [Morph("(으)ㄴ", "ending", links)]
        tail = [[Morph(draw.pick(("후", "다음")), links=links), Morph("에", "particle", links)]]
    other = new_clause(ctx, other_frame, subject, PRESENT, adjuncts=0.6)
    other.manner = Node()
    style = draw.weighted(((PAST, 6), (FUTURE, 3)))
    ko = [
        *mark(ctx, subject, topic_particle(ctx, subject)),
        *korean_clause(ctx, other, ending, with_subject=False),
        *tail,
    ]
    main = coordinated(ctx, rest, subject, style, introduced=True)
    pronouns = len(subject_tokens(other, True)[0])
    named = [*subject.node.en, *main.en[pronouns:]]
    if (style == FUTURE and len(subject.node.en) > 1) or (
        style == FUTURE and subject.node.en[0].text not in ("I", "we")
    ):
        named = [En("will", t.links) if t.text == "'ll" else t for t in named]
    en = [En(kind, links), *english_nonfinite(other, "ing"), En(","), *named]
    return close(ctx, Node([*ko, *main.ko], en))


def _because_chain(ctx: Context, topic: str) -> Node:
    """비가 와서 집에 돌아가 샤워를 하고 ...: a cause, then the acts that it leads to."""
    for _ in range(60):
        cause, effect = cause_pair(ctx, topic, False)
        scenes = [s for s in SCENES if effect in s[:-1]]
        if scenes and effect.subject == "P" and "past" not in cause.flags:
            break
    else:
        frames = acts(ctx, topic, 3)
        return coordinated(ctx, frames, actor(ctx, frames[0]))
    scene = ctx.draw.pick(scenes)
    start = scene.index(effect)
    later = [f for f in scene[start + 1 :] if f.ko.split()[0] != cause.ko.split()[0]] or [scene[-1]]
    frames = [effect, ctx.draw.pick(later)]
    subject = actor(ctx, effect)
    same = cause.subject in ("P", "I", "kid")
    if cause.subject not in ("P", "I", "kid", "0"):
        one_subject: Subject | None = thing(ctx, cause.subject, cause.stem)
    else:
        one_subject = subject if same else None
    one = new_clause(ctx, cause, one_subject, PAST, when="past" if ctx.maybe(0.4) else "", adjuncts=0.5)
    ending, so = _connective(ctx, "~아서")
    ko_one = korean_clause(ctx, one, ending, "은" if same else "이", with_tense=False)
    main = coordinated(ctx, frames, subject, PAST, introduced=same, timed=not one.time.ko)
    tense = next(m.links for e in reversed(main.ko) for m in e if m.form == "~았")
    one.leaves["tense"] = tense
    en = [*english_clause(ctx, one, *subject_tokens(one)), En(","), En("so", so), *main.en]
    return Node([*ko_one, *main.ko], en)


def _but_chain(ctx: Context, topic: str) -> Node:
    """방을 청소하고 설거지를 했지만 빨래는 안 했어요: acts done, and one left undone."""
    for _ in range(60):
        frames = acts(ctx, topic, 3)
        if is_task(frames[-1]):
            break
    else:
        return coordinated(ctx, frames, actor(ctx, frames[0]))
    subject = actor(ctx, frames[0])
    done = coordinated(ctx, frames[:-1], subject, PAST)
    # The last eojeol ends in tense and sentence ending; the ending gives way to 지만.
    ending, but = _connective(ctx, "지만")
    last = done.ko[-1]
    cut = next(i for i, m in enumerate(last) if m.form == "~았") + 1
    ko_done = [*done.ko[:-1], [*last[:cut], *ending]]
    undone = new_clause(ctx, frames[-1], subject, PAST, negation=ctx.draw.pick(("안", "못", "지")), adjuncts=0.3)
    contrasted = [[replace(m, form="은") if m.form == "을" else m for m in e] for e in undone.slots.ko]
    undone.slots = Node(contrasted, undone.slots.en)
    ko = korean_clause(ctx, undone, final(ctx, "statement", ending_leaf(ctx, undone)), with_subject=False)
    en = english_clause(ctx, undone, *subject_tokens(undone, True))
    return Node([*ko_done, *ko], [*done.en, En(","), En("but", but), *en])
