"""Several acts that belong together: 시장에 가서 사과를 샀어요, 자기 전에 이를 닦아요, and two people at once."""

from functools import cache

from ..frames.frame import Frame, frames_named
from ..frames.rich import RICH
from ..grammar.clause import Clause, subject_tokens
from ..grammar.context import FUTURE, PAST, PRESENT, Context
from ..grammar.english_clause import english_clause, english_nonfinite
from ..grammar.korean_clause import korean_clause
from ..grammar.persons import described_person, other_person
from ..grammar.subjects import Subject, draw_person, first_person, we, you
from ..grammar.times import WHEN, time_phrase
from ..lexicon.people import KIN, NAMES
from ..morphology import Morph
from ..tables import word_set
from ..trees import En, Node
from .choice import of_topic
from .clauses import new_clause, realise, realise_question
from .endings import close, connective, sentence_ending, statement_ending
from .subjects import draw_subject, topic_of

# --- one subject --------------------------------------------------------------------------------------------


def rich_frame(ctx: Context, topic: str, *, way: str = "", wanted: str = "") -> Frame:
    """A frame of several acts, of a topic; with `way` of that construction, with `wanted` one that has this flag."""
    return ctx.draw.pick(_rich_frames(topic, way, wanted) or _rich_frames("", way, wanted))


@cache
def _rich_frames(topic: str, way: str, wanted: str) -> tuple[Frame, ...]:
    fitting = (f for f in RICH if way in ("", f.way) and (not wanted or wanted in f.flags))
    return tuple(f for f in fitting if topic in ("", f.topic))


def rich_subject(ctx: Context, frame: Frame) -> Subject:
    """Somebody who does all of it."""
    subject = draw_subject(ctx, frame)
    return subject if subject is not None and subject.human else first_person(ctx, drop=ctx.draw.chance(0.4))


_INTENDED = word_set("seq purpose instead")
_FORESEEN = word_set("seq purpose instead plan before after")


def _style(ctx: Context, frame: Frame, subject: Subject) -> tuple[str, str]:
    """(tense, modality) in which acts that follow one another may be spoken of."""
    if frame.way == "if":
        return PRESENT, "future"
    if frame.way == "when" and "past" not in frame.flags:
        return PRESENT, ""
    options = [((PAST, ""), 60.0)]
    if "past" not in frame.flags:
        if "x" not in frame.flags:
            options.append(((PRESENT, "future"), 24 if frame.way in _FORESEEN else 6))
        if frame.way in _INTENDED and "q" in frame.flags and "x" not in frame.flags and not subject.elder:
            mine = subject.person in ("1sg", "1pl")
            options += [((PAST, "decide"), 3)] if frame.span != "day" else []
            options += [((PRESENT, "must"), 4)] if frame.way != "instead" else []
            options += [((PRESENT, "plan"), 4)] if mine else []
    return ctx.draw.weighted(options)


_UNTIMED = word_set("relative when if")  # a time in front would belong to the first verb


_WEATHER = ("비", "눈", "바람", "파도", "날씨")


def rich_clause(ctx: Context, frame: Frame, subject: Subject, *, timed: float = 0.4) -> Clause:
    """A clause of several acts, its time in front in English; `timed` is how readily it has one."""
    regular = frame.span == "day" and frame.way in ("seq", "purpose", "while")
    if regular and not frame.flags & {"past", "x"} and ctx.draw.chance(0.25):
        return new_clause(ctx, frame, subject, PRESENT, when="habit", adjuncts=0.0)
    tense, modal = _style(ctx, frame, subject)
    concession = frame.way == "though" and not frame.ko.startswith(_WEATHER)  # was so before, and at other times too
    untimed = frame.way in _UNTIMED or concession
    when = "" if modal == "decide" or untimed else "past" if tense == PAST else "fut"
    return new_clause(ctx, frame, subject, tense, modal, when=when if ctx.maybe(timed) else "", adjuncts=0.7)


def rich_particle(ctx: Context, subject: Subject) -> str:
    """은: with 이 the subject would belong to the first act alone."""
    return "은"


def rich_statement(ctx: Context, topic: str) -> Node:
    """저는 어제 시장에 가서 사과를 샀어요. - Yesterday, I went to the market and bought apples."""
    return _statement(ctx, rich_frame(ctx, topic))


def _statement(ctx: Context, frame: Frame, *, known_by: float = 0.0) -> Node:
    subject = rich_subject(ctx, frame)
    if subject.person == "3sg" and not frame.sex and ctx.draw.chance(known_by):
        described = described_person(
            ctx,
            young=frame.age == "young",
            adult=_grown_up(frame),
            travelling=frame.topic == "travel",
        )
        if described.key not in frame.ko:  # not: my friend waited for a friend
            subject = described
    clause = rich_clause(ctx, frame, subject, timed=0.5 if known_by else 0.4)
    return close(ctx, realise(ctx, clause, statement_ending(ctx, clause), rich_particle(ctx, subject)))


def rich_question(ctx: Context, topic: str) -> Node:
    """어제 시장에 가서 사과를 샀어요? - Did you go to the market and buy apples yesterday?"""
    frame = rich_frame(ctx, topic, wanted="q")
    if frame.way not in ("seq", "purpose") or frame.ko.count("+") > 9:
        return rich_statement(ctx, topic)
    subject = you(ctx)
    tense = PAST if "past" in frame.flags or (frame.way != "if" and ctx.draw.chance(0.6)) else PRESENT
    modal = "" if tense == PAST else "going"
    when = ("past" if tense == PAST else "fut") if ctx.maybe(0.4) else ""
    return realise_question(ctx, new_clause(ctx, frame, subject, tense, modal, when=when, adjuncts=0.0))


def rich_suggestion(ctx: Context, topic: str) -> Node:
    """내일 같이 시장에 가서 사과를 살까요? - Shall we go to the market and buy apples together tomorrow?"""
    frame = rich_frame(ctx, topic, wanted="c")
    if "past" in frame.flags or frame.way not in ("seq", "purpose"):
        return rich_question(ctx, topic)
    subject = we(ctx)
    subject.node.ko, ctx.plain = [], True
    clause = new_clause(ctx, frame, subject, PRESENT, when="fut" if ctx.maybe(0.6) else "", adjuncts=0.0)
    together, lets = ctx.leaf(), ctx.leaf()
    clause.companion = Node([[Morph("같이", links=together)]], [En("together", together)])
    if ctx.draw.chance(0.5):
        ko = korean_clause(ctx, clause, sentence_ending(ctx, "shall", lets))
        return close(ctx, Node(ko, [En("shall", lets), En("we"), *english_nonfinite(ctx, clause, "base")]), "?")
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "suggestion", lets))
    return close(ctx, Node(ko, [En("let", lets), En("'s", lets), *english_nonfinite(ctx, clause, "base")]))


def _grown_up(frame: Frame) -> bool:
    """Whether an act is of somebody at work."""
    return frame.age == "adult" or (frame.topic == "work" and not frame.age)


_NOT_REPORTED = word_set("if when")  # what is so every time, or may be, nobody told as done


def rich_reported(ctx: Context, topic: str) -> Node:
    """민지가 시장에 가서 사과를 살 거라고 했어요. - Minji said she would go to the market and buy apples."""
    frame = rich_frame(ctx, topic, wanted="q")
    return rich_statement(ctx, topic) if frame.way in _NOT_REPORTED else reported_acts(ctx, frame)


def reported_acts(ctx: Context, frame: Frame) -> Node:
    """What somebody said they did, would do or wanted to do."""
    subject = draw_person(ctx, ((NAMES, 3), (KIN, 1))) if not frame.sex else rich_subject(ctx, frame)
    if subject.person[0] == "1" or frame.age == "young":
        subject = other_person(ctx, topic_of(frame))
    styles = (("", "다고"),)
    if frame.way in _INTENDED and not frame.flags & {"past", "x"}:
        styles += (("future", "라고"), ("future", "라고"))
    modal, ending = ctx.draw.pick(styles)
    clause = new_clause(ctx, frame, subject, PAST, modal, adjuncts=0.0)
    said, told = ctx.leaf(), ctx.leaf()
    say = [Morph("하", links=said)]
    if subject.elder:
        say.append(Morph("(으)시", "ending"))
    quoted = korean_clause(ctx, clause, [Morph(ending, "ending")], rich_particle(ctx, subject), with_tense=not modal)
    if modal:
        clause.leaves["tense"] = frozenset()
    ko = [*quoted, [*say, Morph("~았", "ending", told), *sentence_ending(ctx, "statement")]]
    that = [En("that")] if ctx.english.chance(0.5) else []
    en = english_clause(ctx, clause, [En(subject.pronoun)], subject.agreement)
    return close(ctx, Node(ko, [*subject.node.en, En("said", said | told), *that, *en]))


# --- two subjects -------------------------------------------------------------------------------------------

# Within a group any two may be done by two people at the same time.
_SIDE_BY_SIDE = tuple(
    frames_named(line)
    for line in """
방+을 청소+하 / 설거지+을 하 / 빨래+을 하 / 저녁+을 준비+하 / 쓰레기+을 버리 / 꽃+에 물+을 주 / 개+을 산책+시키
숙제+을 하 / 텔레비전+을 보 / 음악+을 듣 / {reading}+을 읽 / 그림+을 그리 / 피아노+을 치 / 기타+을 치 / 게임+을 하
보고서+을 쓰 / 자료+을 찾 / 회의+을 준비+하 / 이메일+을 보내 / 서류+을 복사+하
호텔+을 예약+하 / {ticket}+을 예매+하 / 짐+을 싸
{vegetable}+을 씻 / {vegetable}+을 썰 / {김밥|비빔밥|카레|떡볶이|볶음밥|만두}+을 만들 / 케이크+을 굽
사진+을 찍 / 자전거+을 타 / 별+을 보 / 낚시+을 하
""".strip().splitlines()
)


def side_by_side(ctx: Context, topic: str) -> Node:
    """누나는 방을 청소하고 저는 설거지를 했어요. - My older sister cleaned her room, and I washed the dishes."""
    ctx.plain = True  # not: while Jinwoo the dumplings that Jihoon recommended ...
    groups = [group for group in _SIDE_BY_SIDE if of_topic(group, topic)] or _SIDE_BY_SIDE
    one_frame, two_frame = ctx.draw.shuffled(ctx.draw.pick(groups))[:2]
    ctx.topic = two_frame.topic
    one = draw_person(ctx, ((NAMES, 2), (KIN, 2)))
    two = first_person(ctx, drop=False) if ctx.draw.chance(0.5) else draw_person(ctx, ((NAMES, 2), (KIN, 2)))
    if two.key == one.key or one.elder != two.elder:  # of two elders one would be honoured and the other not
        two = first_person(ctx, drop=False)
    meanwhile = "pt" not in one_frame.flags and ctx.draw.chance(0.4)
    tense, modal = (PAST, "") if meanwhile or ctx.draw.chance(0.7) else (PRESENT, "future")
    first = new_clause(ctx, one_frame, one, tense, "" if meanwhile else modal, adjuncts=0.0)
    if ctx.maybe(0.4):
        first.time, _ = time_phrase(ctx, two_frame, WHEN[PAST if tense == PAST else FUTURE])
        first.opening = True
    second = new_clause(ctx, two_frame, two, tense, modal, adjuncts=0.0)
    if meanwhile:
        return _meanwhile(ctx, first, second)
    ending, and_ = connective(ctx, "고")
    ko = korean_clause(ctx, first, ending, with_tense=False)
    if modal:
        first.modal = ""
        ko = korean_clause(ctx, first, ending)
        first.modal = modal
    first.leaves |= {name: frozenset(-leaf for leaf in second.leaf(ctx, name)) for name in ("tense", "modal1")}
    ko += korean_clause(ctx, second, statement_ending(ctx, second))
    en = [*english_clause(ctx, first, *subject_tokens(first), main=True), En(","), En("and", and_)]
    return close(ctx, Node(ko, [*en, *english_clause(ctx, second, *subject_tokens(second))]))


def _meanwhile(ctx: Context, first: Clause, second: Clause) -> Node:
    """엄마가 저녁을 준비하시는 동안 저는 숙제를 했어요. - While my mom was preparing dinner, I did my homework."""
    links = ctx.leaf()
    time, first.time = first.time, Node()
    ko = [
        *time.ko,
        *korean_clause(ctx, first, [Morph("는", "ending", links)], "이", with_tense=False),
        [Morph("동안", links=links)],
        *korean_clause(ctx, second, statement_ending(ctx, second)),
    ]
    first.modal, first.leaves["tense"] = "progressive", frozenset(-leaf for leaf in second.leaf(ctx, "tense"))
    while_clause = [En("while", links), *english_clause(ctx, first, *subject_tokens(first))]
    main = english_clause(ctx, second, *subject_tokens(second))
    en = [*while_clause, En(","), *main] if ctx.english.chance(0.6) else [*main, *while_clause]
    return close(ctx, Node(ko, [*time.en, *([En(",")] if time.en else []), *en]))


# --- long sentences -----------------------------------------------------------------------------------------


def long_acts(ctx: Context, topic: str) -> Node:
    """Several acts, joined in one of the many ways, all of them alike often; at times as somebody reported them."""
    way = ctx.draw.pick(_WAYS)
    frame = ctx.draw.pick(_rich_frames("", way, ""))
    ctx.topic = frame.topic
    if "q" in frame.flags and frame.way not in _NOT_REPORTED and ctx.draw.chance(0.12):
        return reported_acts(ctx, frame)
    return _statement(ctx, frame, known_by=0.5)


_WAYS = tuple(sorted({frame.way for frame in RICH}))
