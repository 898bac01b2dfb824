"""Cause and consequence, condition, contrast: 아서, 기 때문에, 니까, 지만, 면, 을 때."""

from collections.abc import Sequence

from ..frames.frame import Frame
from ..frames.groups import REQUESTS
from ..grammar.clause import Clause, subject_tokens
from ..grammar.context import PAST, PRESENT, Context
from ..grammar.english_clause import english_clause, english_nonfinite
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import Subject, we, you
from ..grammar.times import time_phrase
from ..morphology import Morph
from ..trees import En, Korean, Node
from .choice import cause_pair
from .clauses import korean_main_clause, new_clause
from .endings import close, connective, please_tokens, sentence_ending
from .requests import request
from .subjects import addressee, pair_subjects, shared_subject

# --- because ------------------------------------------------------------------------------------------------


def because(ctx: Context, topic: str) -> Node:
    """비가 와서 집에 있었어요. - It rained, so I stayed at home."""
    return close(ctx, because_clauses(ctx, topic))


def because_clauses(ctx: Context, topic: str) -> Node:
    """Cause and consequence, without the full stop."""
    prevented = ctx.draw.chance(0.35)
    cause, effect = cause_pair(ctx, topic, prevented=prevented)
    one_subject, two_subject = pair_subjects(ctx, cause, effect)
    with_noun, inverted = ctx.draw.chance(0.25), ctx.draw.chance(0.2)  # 기 때문에 rather than 아서; because, not so
    when = "past" if not with_noun and not inverted and ctx.maybe(0.4) else ""
    one = new_clause(ctx, cause, one_subject, PAST, when=when, adjuncts=0.4)
    two = _consequence(ctx, effect, one_subject, two_subject, prevented)
    shared = shared_subject(one_subject, two_subject)
    links = ctx.leaf()
    ending, tail = [Morph("~아서", "ending", links)], []
    if with_noun:
        ending = [Morph("기", "ending", links)]
        tail = [[Morph("때문", links=links), Morph("에", "particle", links)]]
    ko = [
        *korean_clause(ctx, one, ending, "은" if shared else "이", with_tense=with_noun),
        *tail,
        *korean_main_clause(ctx, two, with_subject=shared is None),
    ]
    if not with_noun:
        one.leaves["tense"] = two.leaf(ctx, "tense")
    if not with_noun and not inverted:
        return Node(ko, joined_clauses(ctx, one, two, [En("so", links)]))
    tokens_one, agreement_one = subject_tokens(one, pronoun=shared is not None)
    tokens_two, agreement_two = subject_tokens(two)
    en = [*english_clause(ctx, two, tokens_two, agreement_two), En("because", links)]
    return Node(ko, [*en, *english_clause(ctx, one, tokens_one, agreement_one)])


def joined_clauses(ctx: Context, one: Clause, two: Clause, conjunction: Sequence[En] = ()) -> list[En]:
    """Two clauses, a comma and a conjunction, if given, between them; a shared subject is taken up by a pronoun."""
    shared = shared_subject(one.subject, two.subject)
    return [
        *english_clause(ctx, one, *subject_tokens(one)),
        En(","),
        *conjunction,
        *english_clause(ctx, two, *subject_tokens(two, pronoun=shared is not None)),
    ]


def _consequence(
    ctx: Context, effect: Frame, one_subject: Subject | None, two_subject: Subject | None, prevented: bool
) -> Clause:
    """What was done, had to be done, or was not done, because of the first clause."""
    if prevented:
        negation = ctx.draw.pick(("안", "못", "못", "지"))
        return new_clause(ctx, effect, two_subject, PAST, negation=negation, adjuncts=0.2)
    if (
        effect.subject == "0"
        or "x" in effect.flags
        or ctx.draw.chance(0.75)
        or one_subject is None
        or (two_subject and two_subject.elder)
    ):
        return new_clause(ctx, effect, two_subject, PAST, adjuncts=0.7)
    modal = "must" if ctx.draw.chance(0.5) else ""
    return new_clause(ctx, effect, two_subject, PAST, modal, adjuncts=0.5)


def reason_request(ctx: Context, topic: str) -> Node:
    """추우니까 창문을 닫아 주세요. - It's cold, so please close the window."""
    for _ in range(20):
        cause, effect = cause_pair(ctx, topic, prevented=False)
        weather = cause.subject == "0" and (cause.state or cause.ko[0] in "비눈바")
        if weather and "q" in effect.flags and effect.subject == "P" and not effect.sex and "past" not in cause.flags:
            break
    else:
        return request(ctx, topic)
    falling = cause.ko.endswith("오2") and cause.ko[0] in "비눈"  # rain and snow: it is raining
    one = new_clause(ctx, cause, None, PRESENT, "progressive" if falling else "", adjuncts=0.2)
    links, please = ctx.leaf(), ctx.leaf()
    lets = effect not in REQUESTS or ctx.draw.chance(0.4)
    subject = we(ctx) if lets else you(ctx)
    subject.node.ko, subject.elder = [], False
    two = new_clause(ctx, effect, subject, PRESENT, adjuncts=0.4)
    two.companion, two.manner = Node(), Node()
    ko = [
        *korean_clause(ctx, one, [Morph("(으)니까", "ending", links)], "이"),
        *korean_clause(ctx, two, sentence_ending(ctx, "suggestion" if lets else "request", please)),
    ]
    start = [En("let", please), En("'s", please)] if lets else please_tokens(ctx, please)
    en = [*english_clause(ctx, one, *subject_tokens(one)), En(","), En("so", links), *start]
    return close(ctx, Node(ko, [*en, *english_nonfinite(two, "base")]))


# --- but ----------------------------------------------------------------------------------------------------


def contrast(ctx: Context, topic: str) -> Node:
    """피곤했지만 숙제를 했어요. - I was tired, but I did my homework."""
    against = ctx.draw.chance(0.6)
    for _ in range(30):
        cause, effect = cause_pair(ctx, topic, prevented=against)
        if against or not {"nomoney", "noisy", "dirty", "broken"} & set(cause.causes):
            break
    one_subject, two_subject = pair_subjects(ctx, cause, effect)
    same = shared_subject(one_subject, two_subject) is not None
    one = new_clause(ctx, cause, one_subject, PAST, when="past" if ctx.maybe(0.4) else "", adjuncts=0.4)
    negation = "" if against else ctx.draw.pick(("안", "못", "지"))
    if "x" in effect.flags and not against:
        negation = "안"
    two = new_clause(ctx, effect, two_subject, PAST, negation=negation, adjuncts=0.6)
    ending, but = connective(ctx, ctx.draw.weighted((("지만", 7), ("는데", 3))))
    ko = [
        *korean_clause(ctx, one, ending, "은" if same else "이"),
        *korean_main_clause(ctx, two, with_subject=not same),
    ]
    return close(ctx, Node(ko, joined_clauses(ctx, one, two, [En("but", but)])))


# --- if and when --------------------------------------------------------------------------------------------


def condition(ctx: Context, topic: str) -> Node:
    """내일 비가 오면 집에 있을 거예요. - If it rains tomorrow, I'll stay at home."""
    for _ in range(30):
        cause, effect = cause_pair(ctx, topic, prevented=False)
        suits = cause.state or cause.subject == "0" or {"sick", "hurt", "late"} & set(cause.causes)
        if suits and "past" not in cause.flags and "q" in effect.flags and cause.stem not in ("지", "오늘"):
            break
    one_subject, two_subject = pair_subjects(ctx, cause, effect)
    same = shared_subject(one_subject, two_subject) is not None
    when = "fut" if cause.subject == "0" and ctx.maybe(0.5) else ""
    one = new_clause(ctx, cause, one_subject, PRESENT, when=when, adjuncts=0.3)
    style = ctx.draw.weighted((("future", 6), ("request", 3), ("habit", 2)))
    ending, if_ = connective(ctx, "(으)면")
    ko_one = korean_clause(ctx, one, ending, "이" if not same or ctx.draw.chance(0.3) else "은")
    if style == "request" and (one_subject is None or one_subject.person == "1sg"):
        node = _advice(ctx, one, effect, ending, ko_one, same)
    else:
        two = new_clause(ctx, effect, two_subject, PRESENT, "future" if style != "habit" else "", adjuncts=0.6)
        ko_two = korean_main_clause(ctx, two, with_subject=not same)
        node = Node([*ko_one, *ko_two], joined_clauses(ctx, one, two))
    return close(ctx, Node(node.ko, [En("if", if_), *node.en]))


def _advice(ctx: Context, one: Clause, effect: Frame, ending: Sequence[Morph], ko_one: Korean, same: bool) -> Node:
    """피곤하면 일찍 주무세요. - (If) you're tired, please go to bed early. A condition of mine becomes one of yours."""
    tokens, agreement = subject_tokens(one)
    if same and one.subject:
        one.subject.node.ko = []
        tokens, agreement = [En("you")], "pl"
        ko_one = korean_clause(ctx, one, ending, "은")
        one.slots = Node(one.slots.ko, [En("your") if t.text == "my" else t for t in one.slots.en])
    two = new_clause(ctx, effect, addressee(ctx), PRESENT, adjuncts=0.5)
    two.companion = Node()
    please = ctx.leaf()
    ko_two = korean_clause(ctx, two, sentence_ending(ctx, "request", please))
    en = [*english_clause(ctx, one, tokens, agreement), En(","), *please_tokens(ctx, please)]
    return Node([*ko_one, *ko_two], [*en, *english_nonfinite(two, "base")])


def when_habit(ctx: Context, topic: str) -> Node:
    """심심할 때 음악을 들어요. - When I'm bored, I listen to music."""
    return close(ctx, when_clauses(ctx, topic))


def when_clauses(ctx: Context, topic: str) -> Node:
    """A state and what is done in it, habitually or once."""
    for _ in range(40):
        cause, effect = cause_pair(ctx, topic, prevented=False)
        suits = "past" not in cause.flags and (cause.state or cause.subject == "0") and "돈" not in cause.ko
        if suits and "q" in effect.flags and "오늘" not in cause.ko:
            break
    one_subject, two_subject = pair_subjects(ctx, cause, effect)
    same = shared_subject(one_subject, two_subject) is not None
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
        *korean_main_clause(ctx, two, with_subject=not same),
    ]
    return Node(ko, [En("when", links), *joined_clauses(ctx, one, two)])
