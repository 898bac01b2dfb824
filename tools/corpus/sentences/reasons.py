"""Cause and consequence, condition, contrast: 아서, 기 때문에, 니까, 지만, 면, 을 때."""

from collections.abc import Sequence
from dataclasses import replace

from ..frames.causes import Consequence
from ..frames.frame import Frame
from ..frames.recurrence import span
from ..grammar.adjuncts import companion
from ..grammar.clause import Clause, subject_tokens
from ..grammar.context import PAST, PRESENT, Context, words
from ..grammar.english_clause import english_clause, english_nonfinite
from ..grammar.korean_clause import korean_clause
from ..grammar.persons import other_person
from ..grammar.subjects import Subject, first_person, we, you
from ..lexicon.times import TIMES, WEEKDAYS
from ..morphology import Morph
from ..tables import word_set
from ..trees import NO_LINK, En, Korean, Node, fill, possibly, template
from .choice import cause_pair
from .clauses import new_clause
from .endings import close, connective, please_tokens, sentence_ending, statement_ending
from .subjects import addressee

# --- the two clauses ----------------------------------------------------------------------------------------


def pair_subjects(ctx: Context, pair: Consequence) -> tuple[Subject | None, Subject | None]:
    """One person for both clauses; where one speaks of the weather or a thing, the other has its own subject."""
    personal = [frame.subject != "0" for frame in (pair.cause, pair.effect)]
    subject = _subject(ctx, pair, shared=all(personal)) if any(personal) else None
    return subject if personal[0] else None, subject if personal[1] else None


def _subject(ctx: Context, pair: Consequence, *, shared: bool) -> Subject:
    """I, we or somebody else; a short name where the clause comes second: its relative clause would seem to go on."""
    single = "single" in pair.options
    mine = "mine" in pair.options
    who = ctx.draw.weighted((("I", 46), ("we", 0 if single or mine else 10), ("other", 0 if mine else 46)))
    if who == "we":
        return we(ctx)
    if who == "I":
        return first_person(ctx, drop=ctx.draw.chance({"y": 0.5, "f": 0.35, "b": 0.55}[ctx.level]))
    topic = {"young": "school", "adult": "work"}.get(_age(pair), pair.effect.topic)
    for _ in range(20):
        subject = other_person(ctx, topic)
        if (subject.person == "3sg" or not single) and (shared or len(subject.node.ko) <= 2):
            break
    return subject


def _age(pair: Consequence) -> str:
    """young or adult, where a row or one of the frames says so."""
    ages = ("young", "adult")
    said = [age for age in ages if age in pair.options] + [frame.age for frame in (pair.effect, pair.cause)]
    return next((age for age in said if age), "")


def shared_subject(one: Subject | None, two: Subject | None) -> Subject | None:
    """The subject of both clauses, None if each has its own."""
    return one if one is two else None


def _clause(
    ctx: Context, frame: Frame, subject: Subject | None, tense: str, modal: str = "", negation: str = ""
) -> Clause:
    """A clause without modifiers: they could contradict the other clause."""
    richness, ctx.richness = ctx.richness, 0.0
    clause = new_clause(ctx, frame, subject, tense, modal, negation=negation or frame.denied, adjuncts=0.0)
    ctx.richness = richness
    if clause.negation:
        slots = clause.slots
        clause.slots = Node(slots.ko, [En("any", t.links) if t.text == "some" else t for t in slots.en])
    return clause


def _effect(
    ctx: Context, pair: Consequence, subject: Subject | None, tense: str, modal: str = "", negation: str = ""
) -> Clause:
    """The clause of the effect; in company only where the cause is none of one's own."""
    clause = _clause(ctx, pair.effect, subject, tense, modal, negation)
    mine = subject is not None and subject.person == "1sg" and modal not in ("must", "must2")
    alone = negation or pair.effect.way or pair.cause.subject != "0" or "c" not in pair.effect.flags
    if mine and not alone and ctx.maybe(0.2):
        clause.companion = companion(ctx, subject, pair.effect.topic)
    return clause


def _cause(ctx: Context, pair: Consequence, subject: Subject | None, tense: str, *, little: bool = False) -> Clause:
    """The clause of the cause. `little`: it may be said to be a little so."""
    clause = _clause(ctx, pair.cause, subject, tense)
    if "adj" in pair.cause.flags and clause.verb.text == "be" and len(clause.slots.en) == 1 and ctx.maybe(0.22):
        degrees = [("정말", "really"), ("매우" if ctx.level == "f" else "아주", "very")]
        degree = words(ctx, *ctx.draw.pick(degrees + [("조금", "a little")] * little))
        clause.manner = Node(degree.ko)
        clause.slots = Node(clause.slots.ko, [*degree.en, *clause.slots.en])
    return clause


_FAR = ("day", "week", "year")
_APART = word_set("처음 곧 나중 얼마 아까")  # times that fit one act, not what follows from another
_FELT = ("home", "food", "health", "nature")  # what is so in one part of a day, unless it takes longer


def _time(ctx: Context, pair: Consequence, when: str) -> Node:
    """When both were: a phrase that fits the time of day of both and is not too far away for either."""
    one, two = pair.cause, pair.effect
    far = min(pair.span or "day", span(two), key=_FAR.index)
    days = set(one.days or two.days) & set(two.days or one.days)
    if pair.options & {"now", "always"} or (bool(one.days or two.days) and not days):
        return Node()
    in_parts = bool(days) or "ing" in pair.options or (one.state and one.topic in _FELT)
    said = {m.rstrip("0123456789,") for frame in (one, two) for e in frame.ko.split() for m in e.split("+")}
    said |= {stem[:2] for stem in said}
    fitting = [
        time
        for time in TIMES
        if time.when == when
        and _FAR.index(time.span) <= _FAR.index(far)
        and (not time.day or (in_parts and (not days or time.day in days)))
        and not {w.split("+")[0].rstrip("0123456789,") for w in time.ko.split()} & (said | _APART)
    ]
    if far != "day" and ctx.draw.chance(0.15):
        ko, en = ctx.draw.pick(WEEKDAYS)
        return fill(template(f"{ko}1+에2", f"on2 {en}1"), {}, ctx.fresh)
    if not fitting:
        return Node()
    time = ctx.draw.pick(fitting)
    return fill(template(time.ko, time.en), {}, ctx.fresh)


def _go_on(pair: Consequence, clause: Clause) -> None:
    """In the present, rain is going on in English: it's raining; said once the Korean side is there."""
    if clause.tense == PRESENT and "ing" in pair.options:
        clause.modal, clause.leaves["modal1"] = "progressive", NO_LINK


def joined_clauses(
    ctx: Context, one: Clause, two: Clause, conjunction: Sequence[En] = (), *, main: bool = False
) -> list[En]:
    """Two clauses, a comma and a conjunction, if given, between them; a shared subject is taken up by a pronoun.

    `main`: the first may begin with its time.
    """
    shared = shared_subject(one.subject, two.subject)
    one.heavy = main and ctx.english.chance(0.4)
    return [
        *english_clause(ctx, one, *subject_tokens(one), main=main),
        En(","),
        *conjunction,
        *english_clause(ctx, two, *subject_tokens(two, pronoun=shared is not None)),
    ]


def _inverted(ctx: Context, one: Clause, two: Clause, conjunction: En) -> list[En]:
    """The second clause, a conjunction and the first; the time goes to the clause that begins."""
    shared = shared_subject(one.subject, two.subject)
    if one.time.en:
        one.time, two.time = Node(), one.time
    two.heavy = two.heavy or ctx.english.chance(0.2)
    return [
        *english_clause(ctx, two, *subject_tokens(two), main=True),
        conjunction,
        *english_clause(ctx, one, *subject_tokens(one, pronoun=shared is not None)),
    ]


def _main_clause(ctx: Context, one: Clause, two: Clause) -> Korean:
    """The Korean side of the second clause, without the subject if it is that of the first."""
    own = shared_subject(one.subject, two.subject) is None
    return korean_clause(ctx, two, statement_ending(ctx, two), "은", with_subject=own)


def _particle(one: Clause, two: Clause) -> str:
    """은 for the subject of both clauses, 이 for that of the first alone."""
    return "은" if shared_subject(one.subject, two.subject) else "이"


# --- because ------------------------------------------------------------------------------------------------


def because(ctx: Context, topic: str) -> Node:
    """비가 와서 집에 있었어요. - It rained, so I stayed at home."""
    return close(ctx, because_clauses(ctx, topic))


def because_clauses(ctx: Context, topic: str) -> Node:
    """Cause and consequence, without the full stop."""
    kind = ctx.draw.weighted((("so", 60), ("not", 30), ("must", 10)))
    pair = cause_pair(ctx, topic, kind)
    one_subject, two_subject = pair_subjects(ctx, pair)
    planned = kind == "so" and _may_be_planned(pair, two_subject) and ctx.draw.chance(0.25)
    lasting = "now" in pair.options or (planned and (pair.cause.state or "ing" in pair.options))
    lasting = lasting and not pair.cause.denied
    one = _cause(ctx, pair, one_subject, PRESENT if lasting else PAST)
    two = _consequence(ctx, pair, kind, two_subject, planned=planned)
    if not planned and ctx.maybe(0.4):
        one.time = _time(ctx, pair, "past")
    links = ctx.leaf()
    reaction = kind == "so" and not planned and ("x" in pair.effect.flags or pair.effect.state)
    plain = reaction or planned or "now" in pair.options
    formal = not plain and ctx.draw.chance({"f": 0.3, "y": 0.1, "b": 0}[ctx.level])
    ending = [Morph("기" if formal else "~아서", "ending", links)]
    tail = [[Morph("때문", links=links), Morph("에", "particle", links)]] if formal else []
    ko = [
        *korean_clause(ctx, one, ending, _particle(one, two), with_tense=formal),
        *tail,
        *_main_clause(ctx, one, two),
    ]
    _go_on(pair, one)
    if not formal:
        one.leaves["tense"] = NO_LINK if planned else possibly(two.leaf(ctx, "tense"))
    if ctx.english.chance(0.7 if formal else 0.25) and not _refers_back(pair.effect):
        return Node(ko, _inverted(ctx, one, two, En("because", links)))
    return Node(ko, joined_clauses(ctx, one, two, [En("so", links)], main=True))


_BACK = word_set("it them one ones few pair two any all that")


def _refers_back(effect: Frame) -> bool:
    """Whether the English effect speaks of the cause by a pronoun, and so can't come first."""
    return any(word.rstrip("0123456789,") in _BACK for word in effect.en.split())


def _may_be_planned(pair: Consequence, subject: Subject | None) -> bool:
    """Whether I or we may be going to do it."""
    act = "x" not in pair.effect.flags and not pair.effect.state
    so_far = pair.cause.subject != "0" or pair.cause.state or "ing" in pair.options
    return act and so_far and "past" not in pair.cause.flags and subject is not None and subject.person[0] == "1"


def _consequence(ctx: Context, pair: Consequence, kind: str, subject: Subject | None, *, planned: bool) -> Clause:
    """What was done, had to be done, was not done, or is going to be done, because of the first clause."""
    if planned:
        return _effect(ctx, pair, subject, PRESENT, "plan")
    if kind == "must":
        tense = PRESENT if "now" in pair.options else PAST
        return _effect(ctx, pair, subject, tense, ctx.draw.pick(("must", "must2")))
    return _effect(ctx, pair, subject, PAST, negation=_negation(ctx, pair, kind))


def _negation(ctx: Context, pair: Consequence, kind: str) -> str:
    """How the effect is denied in a construction, if it is."""
    allowed = pair.kinds[kind]
    if not allowed:
        return ""
    word = "안" if allowed.startswith("안") and (len(allowed) == 1 or ctx.draw.chance(0.5)) else "못"
    if allowed == "못안" and ctx.draw.chance(0.4):
        word = "안"
    return "지" if word == "안" and ctx.draw.chance(0.3) else word


def reason_request(ctx: Context, topic: str) -> Node:
    """추우니까 창문을 닫아 주세요. - It's cold, so please close the window."""
    kind = ctx.draw.weighted((("please", 4), ("favor", 3), ("lets", 4)))
    pair = cause_pair(ctx, topic, kind)
    speaker = first_person(ctx, drop=ctx.draw.chance(0.5))
    if kind == "lets":
        speaker = we(ctx)
        speaker.node.ko = []
    one = _cause(ctx, pair, None if pair.cause.subject == "0" else speaker, PRESENT)
    links = ctx.leaf()
    ko_one = korean_clause(ctx, one, [Morph("(으)니까", "ending", links)], "이")
    _go_on(pair, one)
    if kind == "lets":
        asked = _lets(ctx, pair.effect)
    else:
        asked = _asked(ctx, pair.effect, addressee(ctx), favor=kind == "favor")
    en = [*english_clause(ctx, one, *subject_tokens(one)), En(","), En("so", links), *asked.en]
    return close(ctx, Node([*ko_one, *asked.ko], en))


def _lets(ctx: Context, frame: Frame) -> Node:
    """택시를 탑시다 - let's take a taxi."""
    subject = we(ctx)
    subject.node.ko = []
    clause = _clause(ctx, frame, subject, PRESENT)
    lets, together = ctx.leaf(), ctx.leaf()
    clause.companion = Node()
    if "c" in frame.flags and (ctx.level == "y" or ctx.draw.chance(0.3)):
        clause.companion = Node([[Morph("같이", links=together)]], [En("together", together)])
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "suggestion", lets))
    return Node(ko, [En("let", lets), En("'s", lets), *english_nonfinite(ctx, clause, "base")])


def _asked(ctx: Context, frame: Frame, hearer: Subject, *, favor: bool = False) -> Node:
    """물을 드세요 - please drink some water; `favor`: 창문을 닫아 주세요."""
    clause = _clause(ctx, frame, hearer, PRESENT)
    clause.companion = Node()
    please = ctx.leaf()
    ending = sentence_ending(ctx, "request", please)
    if favor:
        ko = korean_clause(ctx, clause, [Morph("~아", "ending")])
        ko.append([Morph("주", links=please), *ending])
        return Node(ko, [En("please", please), *english_nonfinite(ctx, clause, "base")])
    if frame.honorific and ctx.level != "b":  # 드세요, 주무세요
        last = clause.slots.ko[-1]
        stem = replace(last[-1], form=frame.honorific.removesuffix("시"))
        clause.slots = Node([*clause.slots.ko[:-1], [*last[:-1], stem]], clause.slots.en)
    ko = korean_clause(ctx, clause, ending)
    return Node(ko, [*please_tokens(ctx, please), *english_nonfinite(ctx, clause, "base")])


# --- but ----------------------------------------------------------------------------------------------------


def contrast(ctx: Context, topic: str) -> Node:
    """피곤했지만 숙제를 했어요. - I was tired, but I did my homework."""
    kind = ctx.draw.pick(("but", "butnot"))
    pair = cause_pair(ctx, topic, kind)
    one_subject, two_subject = pair_subjects(ctx, pair)
    now = "now" in pair.options
    one = _cause(ctx, pair, one_subject, PRESENT if now else PAST, little=kind == "but")
    two = _effect(ctx, pair, two_subject, PAST, negation=_negation(ctx, pair, kind))
    if ctx.maybe(0.4):
        one.time = _time(ctx, pair, "past")
    if kind == "butnot" and ctx.draw.chance(0.4):
        contrasted = [[replace(m, form="은") if m.form == "을" else m for m in e] for e in two.slots.ko]
        two.slots = Node(contrasted, two.slots.en)
    even_though = not now and ctx.draw.chance(0.3)
    ending, but = connective(ctx, "는데" if even_though else "지만")
    ending += [Morph("도", "particle", but)] if even_though else []
    ko = [*korean_clause(ctx, one, ending, _particle(one, two)), *_main_clause(ctx, one, two)]
    if even_though:
        en = [En("even", but), En("though", but), *joined_clauses(ctx, one, two)]
    elif ctx.english.chance(0.15):
        en = [En("although", but), *joined_clauses(ctx, one, two)]
    else:
        en = joined_clauses(ctx, one, two, [En("but", but)], main=True)
    return close(ctx, Node(ko, en))


# --- if and when --------------------------------------------------------------------------------------------


def condition(ctx: Context, topic: str) -> Node:
    """내일 비가 오면 집에 있을 거예요. - If it rains tomorrow, I'll stay at home."""
    kind = ctx.draw.weighted((("if", 7), ("adv", 2)))
    pair = cause_pair(ctx, topic, kind)
    if_ = ctx.leaf()
    ending = [Morph("(으)면", "ending", if_)]
    if kind == "adv":
        hearer = you(ctx)
        hearer.node.ko = []
        one = _clause(ctx, pair.cause, None if pair.cause.subject == "0" else hearer, PRESENT)
        asked = _asked(ctx, pair.effect, addressee(ctx))
        en = [*english_clause(ctx, one, *subject_tokens(one)), En(","), *asked.en]
        return close(ctx, Node([*korean_clause(ctx, one, ending), *asked.ko], [En("if", if_), *en]))
    one_subject, two_subject = pair_subjects(ctx, pair)
    foreseen = two_subject is None or two_subject.person[0] == "1" or "fut" in pair.options
    once = "once" in pair.options or (foreseen and ctx.draw.chance(0.6))
    one = _clause(ctx, pair.cause, one_subject, PRESENT)
    two = _effect(ctx, pair, two_subject, PRESENT, "future" if once else "")
    word = "if" if once else "when"  # what is done every time
    if once and "fut" in pair.options and ctx.maybe(0.5):
        one.time = _time(ctx, pair, "fut")
    ko = [*korean_clause(ctx, one, ending, _particle(one, two)), *_main_clause(ctx, one, two)]
    if not one.time.ko and ctx.english.chance(0.25) and not _refers_back(pair.effect):
        return close(ctx, Node(ko, _inverted(ctx, one, two, En(word, if_))))
    return close(ctx, Node(ko, [En(word, if_), *joined_clauses(ctx, one, two)]))


_OFTEN = (("보통", "usually"), ("항상", "always"))


def when_habit(ctx: Context, topic: str) -> Node:
    """심심할 때 음악을 들어요. - When I'm bored, I listen to music."""
    return close(ctx, when_clauses(ctx, topic))


def when_clauses(ctx: Context, topic: str) -> Node:
    """A state and what is done in it, habitually or once."""
    pair = cause_pair(ctx, topic, "when")
    one_subject, two_subject = pair_subjects(ctx, pair)
    tense = PAST if ctx.draw.chance(0.12) else PRESENT
    one = _clause(ctx, pair.cause, one_subject, tense)
    two = _effect(ctx, pair, two_subject, tense)
    if tense == PAST:
        one.leaves["tense"] = possibly(two.leaf(ctx, "tense"))
    elif ctx.maybe(0.4):
        two.frequency = words(ctx, *ctx.draw.pick(_OFTEN))
    links = ctx.leaf()
    ko = [
        *korean_clause(ctx, one, [Morph("(으)ㄹ", "ending", links)], _particle(one, two), with_tense=False),
        [Morph("때", links=links)],
        *_main_clause(ctx, one, two),
    ]
    if ctx.english.chance(0.35) and not _refers_back(pair.effect):
        return Node(ko, _inverted(ctx, one, two, En("when", links)))
    return Node(ko, [En("when", links), *joined_clauses(ctx, one, two)])
