"""Questions: yes or no, by a question word, and whether one may."""

import re
from collections.abc import Callable
from functools import cache

from ..frames.frame import FRAMES, Frame
from ..frames.groups import PERMISSIONS
from ..grammar.clause import Clause
from ..grammar.context import PAST, PRESENT, Context
from ..grammar.persons import known_person
from ..grammar.subjects import Subject, first_person, you
from ..morphology import Links, Morph
from ..tables import word_set
from ..trees import En, Node, template
from .choice import frames_of_kind, of_topic, pick_frame
from .clauses import draw_simple, new_clause, realise, realise_question
from .endings import close, ending_leaf, sentence_ending


def yes_no_question(ctx: Context, topic: str) -> Node:
    """어제 학교에 갔어요? - Did you go to school yesterday?"""
    frame = pick_frame(ctx, topic, "personal")
    while "아 보" in frame.ko:  # 입어 봤어요? asks whether one has ever worn it
        frame = pick_frame(ctx, topic, "personal")
    ctx.richness = min(ctx.richness, 0.3)
    subject = you(ctx) if ctx.draw.chance(0.65) else known_person(ctx)
    clause = draw_simple(ctx, frame, subject, negative=0.0)
    if clause.modal in ("decide", "plan", "seem") or (clause.modal == "can" and clause.tense == PAST):
        clause.modal = "want" if subject.person == "2sg" else "wants"
    if clause.modal == "wants" and subject.person == "2sg":
        clause.modal = "want"
    if clause.modal == "future" and subject.person == "2sg":  # "will you" asks a favour
        clause.modal = "going"
    if ctx.level != "f" and ctx.draw.chance(0.12):
        return _check(ctx, clause)
    return realise_question(ctx, clause)


def _check(ctx: Context, clause: Clause) -> Node:
    """숙제를 했죠? - You did your homework, right?"""
    right = ctx.leaf()
    node = realise(ctx, clause, sentence_ending(ctx, "check", right))
    return close(ctx, Node(node.ko, [*node.en, En(","), En("right", right)]), "?")


def permission(ctx: Context, topic: str) -> Node:
    """여기에서 사진을 찍어도 돼요? - Can I take pictures here?"""
    frame = ctx.draw.pick(of_topic(PERMISSIONS, topic))
    subject, ctx.plain = first_person(ctx, drop=True), True
    clause = new_clause(ctx, frame, subject, PRESENT, "may", adjuncts=0.0)
    if ctx.draw.chance(0.4) and frame.places:
        here = ctx.leaf()
        clause.place = Node([[Morph("여기", links=here), Morph("에서", "particle")]], [En("here", here)])
    return realise_question(ctx, clause)


# --- question words -----------------------------------------------------------------------------------------

_QUESTIONS = (("what", 5), ("where", 4), ("when", 3), ("who with", 2), ("why", 4), ("who", 3), ("time", 2))
_FRAMES_ASKED = {"where": "placed", "who with": "social"}  # the kind of frame, if not a personal act
_ASKED_WHERE = word_set("사 만나 먹 마시 배우 공부 찍 타 찾 묵 놀 수영 산책 운동")
_ASKED_WHEN = word_set("사 가 만나 배우 끝내 자 퇴근 출근 빌리 반납 예약 예매 돌아오 타 졸업 시작")
_ASKED: dict[str, Callable[[Frame], bool]] = {  # which frames a question of that kind is asked of
    "where": lambda frame: (
        frame.stem in _ASKED_WHERE and "많이" not in frame.ko and not re.search(r"\d\+에", frame.ko)
    ),  # else it says where
    "who with": lambda frame: frame.stem != "사",
    "when": lambda frame: frame.stem in _ASKED_WHEN,
    "time": lambda frame: frame.stem in _ASKED_WHEN and frame.stem not in ("사", "배우", "빌리", "타"),
}
_FRONTED = {"who with": "who", "time": "what time"}  # what English has in front, if not the kind itself
_OF_SOMETHING_KNOWN = word_set("사 쓰 예약 예매 선물 만들 그리 보내 받 주 빌리 고르")  # where did you buy the gift
_VAGUE = word_set("얼마 며칠 이틀 일주일 아까 나중")  # nobody asks what was done on a day that they don't name
_TIMES_ASKED = ((PAST, "", "past"), (PAST, "", ""), (PRESENT, "future", "fut"), (PRESENT, "future", ""))


@cache
def _frames_asked(topic: str, kind: str) -> tuple[Frame, ...]:
    return tuple(f for f in frames_of_kind(topic, _FRAMES_ASKED.get(kind, "personal act")) if _ASKED[kind](f))


def wh_question(ctx: Context, topic: str) -> Node:
    """어디에서 옷을 샀어요? - Where did you buy the clothes?"""
    draw = ctx.draw
    kind = draw.weighted(_QUESTIONS)
    asked = ctx.leaf()
    ctx.richness = min(ctx.richness, 0.2)
    if kind == "what":
        frame = draw.pick(_frames_with_object(topic) or _frames_with_object(""))
        ctx.topic = frame.topic
    else:
        frame = pick_frame(ctx, topic, _FRAMES_ASKED.get(kind, "personal act"))
        while "아 보" in frame.ko:
            frame = pick_frame(ctx, topic, "personal act")
        if kind in _ASKED:
            options = _frames_asked(topic, kind) or _frames_asked("", kind)
            frame = draw.pick(options)
            ctx.topic = frame.topic
    ctx.plain = kind in ("when", "time")  # not: when did you return the book that Minji lent you yesterday
    subject = you(ctx) if draw.chance(0.65) else known_person(ctx)
    tense, modal, when = draw.pick(_TIMES_ASKED)
    if kind in ("when", "time") or not ctx.maybe(0.8):
        when = ""
    negation = ""
    if kind == "why":  # one asks why of what has been done, and rather of what has not
        tense, modal, when, negation = PAST, "", "", "안"
    if modal and subject.person == "2sg":
        modal = "going"
    ctx.definite = kind in ("where", "when", "time", "why", "who")  # one asks so of a bag that both know of
    if kind == "who":
        return _who_question(ctx, frame, asked, tense, "future" if modal else "", when)
    clause = new_clause(ctx, frame, subject, tense, modal, negation=negation, when=when, adjuncts=0.0)
    ctx.quoted = kind in ("when", "time")  # 너는 언제, not 언제 너는
    if clause.time.ko and clause.time.ko[0][0].form in _VAGUE:
        clause.time = Node()
    _ASK[kind](ctx, clause, asked)
    if ctx.definite and frame.stem in _OF_SOMETHING_KNOWN:
        clause.slots.en = [t._replace(text="the") if t.text in ("a", "an") else t for t in clause.slots.en]
    return realise_question(ctx, clause, [En(w, asked) for w in _FRONTED.get(kind, kind).split()])


def _who_question(ctx: Context, frame: Frame, asked: Links, tense: str, modal: str, when: str) -> Node:
    """누가 옷을 샀어요? - Who bought the clothes?"""
    subject = Subject(Node([[Morph("누구", links=asked)]], [En("who", asked)]), "3sg", key="who")
    clause = new_clause(ctx, frame, subject, tense, modal, when=when, adjuncts=0.6)
    if clause.time.ko and clause.time.ko[0][0].form == "처음":  # who did it first is another question
        clause.time = Node()
    node = realise(ctx, clause, sentence_ending(ctx, "question", ending_leaf(ctx, clause)), "이")
    return close(ctx, node, "?")


@cache
def _frames_with_object(topic: str) -> tuple[Frame, ...]:
    """Frames whose object can be asked for: `{x}+을 verb`."""
    found = []
    for frame in FRAMES:
        rule = template(frame.ko, frame.en)
        if (
            (topic == "" or frame.topic == topic)
            and len(rule.slots) == 1
            and len(rule.ko) == 2
            and len(rule.en) == 2
            and frame.stem not in ("하", "구경", "넣")  # what does one put in, without a pot
            and "q" in frame.flags
            and frame.subject == "P"
            and not frame.sex
            and len(rule.ko[0]) == 2
            and rule.ko[0][1].text == "을"
        ):
            found.append(frame)
    return tuple(found)


def _ask_object(ctx: Context, clause: Clause, asked: Links) -> None:
    """뭐, or 무엇 in 합니다체, for the object; English has it in front."""
    verb = clause.slots.ko[-1]
    if ctx.level == "f":
        what = [Morph("무엇", links=asked), Morph("을", "particle")]
    elif ctx.draw.chance(0.6):
        what = [Morph("뭐", links=asked), Morph("ㄹ", "particle")]
    else:
        what = [Morph("뭐", links=asked)]
    clause.slots = Node([what, verb], [])


def _ask_place(ctx: Context, clause: Clause, asked: Links) -> None:
    """어디에서."""
    clause.place = Node([[Morph("어디", links=asked), Morph("에서", "particle", asked)]], [])


def _ask_day(ctx: Context, clause: Clause, asked: Links) -> None:
    """언제."""
    clause.time, clause.opening = Node([[Morph("언제", links=asked)]], []), False


def _ask_hour(ctx: Context, clause: Clause, asked: Links) -> None:
    """몇 시에."""
    clause.opening = False
    clause.time = Node([[Morph("몇", links=asked)], [Morph("시", links=asked), Morph("에", "particle")]], [])


def _ask_reason(ctx: Context, clause: Clause, asked: Links) -> None:
    """왜, where a companion would stand."""
    clause.companion = Node([[Morph("왜", links=asked)]], [])


def _ask_companion(ctx: Context, clause: Clause, asked: Links) -> None:
    """누구와, 누구랑 - who ... with."""
    with_ = ctx.leaf()
    form = "과" if ctx.level == "f" else "이랑"
    clause.companion = Node([[Morph("누구", links=asked), Morph(form, "particle", with_)]], [En("with", with_)])


_ASK: dict[str, Callable[[Context, Clause, Links], None]] = {
    "what": _ask_object,
    "where": _ask_place,
    "when": _ask_day,
    "time": _ask_hour,
    "why": _ask_reason,
    "who with": _ask_companion,
}
