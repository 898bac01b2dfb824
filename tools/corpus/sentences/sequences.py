"""What happens in sequence or at once: 고, 아서, 기 전에, ㄴ 후에, 면서, 으러."""

from collections.abc import Sequence

from .. import english
from ..frames.frame import Frame
from ..frames.groups import BED, PURPOSES
from ..frames.recurrence import habitual
from ..grammar.adjuncts import place_node
from ..grammar.clause import Clause, subject_tokens
from ..grammar.context import FUTURE, PAST, PRESENT, Context
from ..grammar.english_clause import CONTRACTING, english_clause, english_nonfinite, will
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import Subject, mark
from ..grammar.times import WHEN, time_phrase
from ..lexicon.places import PLACES
from ..morphology import Links, Morph
from ..trees import NO_LINK, En, Korean, Node
from .choice import acts, bedtime, first_noun, frames_of_kind, of_topic, pick_frame, two_acts
from .clauses import new_clause
from .endings import close, connective, sentence_ending, statement_ending
from .subjects import actor, human_subject, required_subject, topic_particle

# --- and ----------------------------------------------------------------------------------------------------


def coordination(ctx: Context, topic: str) -> Node:
    """저녁을 먹고 텔레비전을 봤어요. - I had dinner and watched TV."""
    number = 3 if ctx.richness >= 0.5 and ctx.draw.chance(0.25) else 2
    frames = acts(ctx, topic, number)
    return close(ctx, coordinated(ctx, frames, actor(ctx, frames[0])))


def coordinated(
    ctx: Context,
    frames: Sequence[Frame],
    subject: Subject,
    style: str = "",
    *,
    introduced: bool = False,
    timed: bool = True,
) -> Node:
    """Acts of one subject joined by 고, without the full stop.

    Args:
        frames: the acts, in their order.
        style: past, future or habit; drawn if it is not given.
        introduced: the subject has been named before, so Korean leaves it out and English has a pronoun.
        timed: whether a time phrase may stand.
    """
    often = 2.0 if all(habitual(f) for f in frames) else 0.0
    style = style or ctx.draw.weighted(((PAST, 6), (FUTURE, 2), ("habit", often)))
    timed = timed and not introduced and (style == "habit" or ctx.maybe(0.5))
    clauses = _clauses_of_acts(ctx, frames, subject, style, timed)
    first = clauses[0]
    tokens, agreement = subject_tokens(first, pronoun=introduced)
    ko: Korean = [] if introduced else mark(ctx, subject, topic_particle(ctx, subject))
    early = first.time.ko and 0 < len(ko) <= 2 and ctx.draw.chance(0.3)
    ko = [*first.time.ko, *ko] if early else [*ko, *first.time.ko]
    time, first.time = first.time, Node()
    en: list[En] = list(tokens)
    if style == FUTURE:
        en.append(will(tokens, clauses[-1].leaf(ctx, "modal1"), (*CONTRACTING, "they")))
    joined = _joined(ctx, clauses, style, agreement)
    return Node([*ko, *joined.ko], [*en, *joined.en, *time.en])


def _clauses_of_acts(ctx: Context, frames: Sequence[Frame], subject: Subject, style: str, timed: bool) -> list[Clause]:
    """A clause for each act; only the first may have a time and a companion, only the last a modality."""
    when = WHEN[style] if timed else ""
    tense, modal = (PAST if style == PAST else PRESENT), ("future" if style == FUTURE else "")
    clauses = []
    ctx.used.update(first_noun(frame) for frame in frames)
    for index, frame in enumerate(frames):
        last = index == len(frames) - 1
        clause = new_clause(ctx, frame, subject, tense, modal if last else "", when="" if index else when)
        if index:
            clause.companion, clause.duration = Node(), Node()
            if ctx.draw.chance(0.6):
                clause.place = Node()
        if any(f.stem == "자" for f in frames):
            clause.place = Node()
        clauses.append(clause)
    return clauses


def _joined(ctx: Context, clauses: Sequence[Clause], style: str, agreement: str) -> Node:
    """The clauses without their subject, joined by 고 - and; commas where there are more than two."""
    *others, last = clauses
    node = Node()
    for index, clause in enumerate(others):
        if style == PAST:
            clause.leaves["tense"] = last.leaf(ctx, "tense")
        ending, joint = connective(ctx, "고")
        node.ko += korean_clause(ctx, clause, ending, with_tense=False, with_subject=False)
        node.en += _without_subject(ctx, clause, style, agreement)
        before_and = index == len(others) - 1
        if len(others) > 1:
            node.en.append(En(",", NO_LINK if before_and else joint))
        if before_and:
            node.en.append(En("and", joint))
    node.ko += korean_clause(ctx, last, statement_ending(ctx, last), with_subject=False)
    node.en += _without_subject(ctx, last, style, agreement)
    return node


def _without_subject(ctx: Context, clause: Clause, style: str, agreement: str) -> list[En]:
    """The English verb and what follows it, after a subject or after will."""
    if style == FUTURE:
        return english_nonfinite(clause, "base")
    return english_clause(ctx, clause, [], agreement, omit=True)


# --- go and do, go to do ------------------------------------------------------------------------------------

INDOOR_PLACES = ("home", "kitchen", "living", "room", "bathroom")  # one doesn't set out for these


def go_and_do(ctx: Context, topic: str) -> Node:
    """도서관에 가서 영어를 공부했어요. - I went to the library and studied English."""
    frame = pick_frame(ctx, topic, "placed")
    place = PLACES[ctx.draw.pick([p for p in frame.places if p not in INDOOR_PLACES] or ["home"])]
    subject = required_subject(ctx, frame)
    ctx.used.add(place.ko)
    tense = ctx.draw.weighted(((PAST, 6), (FUTURE, 3)))
    clause = new_clause(ctx, frame, subject, PAST if tense == PAST else PRESENT, "future" if tense == FUTURE else "")
    clause.place = Node()
    time = time_phrase(ctx, frame, WHEN[tense])[0] if ctx.maybe(0.5) else Node()
    go, and_ = ctx.leaf(), ctx.leaf()
    where = place_node(ctx, place, "에", subject, going=True)
    front = mark(ctx, subject, topic_particle(ctx, subject))
    honorific = [Morph("(으)시", "ending")] if subject.elder else []
    company, clause.companion = clause.companion, Node()
    ko = [
        *front,
        *time.ko,
        *company.ko,
        *where.ko,
        [Morph("가", links=go), *honorific, Morph("~아서", "ending", and_)],
        *korean_clause(ctx, clause, statement_ending(ctx, clause), with_subject=False),
    ]
    tokens = subject.node.en
    if tense == FUTURE:
        verbs = [will(tokens, clause.leaf(ctx, "modal1")), En("go", go)]
        rest = english_nonfinite(clause, "base")
    else:
        verbs = [En("went", go | clause.leaf(ctx, "tense"))]
        rest = english_clause(ctx, clause, [], subject.agreement, omit=True)
    en = [*tokens, *verbs, *where.en, *company.en, En("and", and_), *rest, *time.en]
    return close(ctx, Node(ko, en))


def purpose(ctx: Context, topic: str) -> Node:
    """책을 빌리러 도서관에 갔어요. - I went to the library to borrow a book."""
    frame = ctx.draw.pick(of_topic(PURPOSES, topic))
    place = PLACES[ctx.draw.pick([p for p in frame.places if p not in INDOOR_PLACES] or ["park"])]
    subject = required_subject(ctx, frame)
    clause = new_clause(ctx, frame, subject, PRESENT, adjuncts=0.0)
    style = ctx.draw.weighted(((PAST, 6), (FUTURE, 3), ("habit", 1)))
    when = WHEN[style]
    time, frequency = time_phrase(ctx, frame, when) if style == "habit" or ctx.maybe(0.5) else (Node(), Node())
    to = ctx.leaf()
    where = place_node(ctx, place, "에", subject, going=True)
    went = _go(ctx, subject, style)
    ko = [
        *mark(ctx, subject, topic_particle(ctx, subject)),
        *time.ko,
        *frequency.ko,
        *korean_clause(ctx, clause, [Morph("(으)러", "ending", to)], with_subject=False),
        *where.ko,
        *went.ko,
    ]
    verbs = [*went.en] if style == FUTURE else [*frequency.en, *went.en]
    en = [*subject.node.en, *verbs, *where.en, En("to", to), *english_nonfinite(clause, "base"), *time.en]
    return close(ctx, Node(ko, en))


def _go(ctx: Context, subject: Subject, style: str) -> Node:
    """갔어요 - went, 갈 거예요 - will go, 가요 - go."""
    go, tense, end = ctx.leaf(), ctx.leaf(), sentence_ending(ctx, "statement")
    verb = [Morph("가", links=go)]
    if subject.elder:
        verb.append(Morph("(으)시", "ending"))
    if style == PAST:
        return Node([[*verb, Morph("~았", "ending", tense), *end]], [En("went", go | tense)])
    if style == FUTURE:
        thing = [Morph("거", links=tense), Morph("이", links=tense), *end]
        return Node(
            [[*verb, Morph("(으)ㄹ", "ending", tense)], thing],
            [will(subject.node.en, tense), En("go", go)],
        )
    if subject.elder and ctx.level == "y":
        verb, end = verb[:-1], [Morph("(으)세요", "ending")]
    return Node([[*verb, *end]], [En(english.present("go", subject.agreement), go)])


# --- before, after, while -----------------------------------------------------------------------------------


def before_after(ctx: Context, topic: str) -> Node:
    """자기 전에 이를 닦았어요. - I brushed my teeth before going to bed."""
    first, second = two_acts(ctx, topic)
    subject = human_subject(ctx, first)
    kind = ctx.draw.pick(("before", "after"))
    main_frame, other_frame = (first, bedtime(second)) if kind == "before" else (second, first)
    main = _once_or_often(ctx, main_frame, subject, often=habitual(first) and habitual(second))
    if other_frame is BED:
        main.place = Node()
    other = new_clause(ctx, other_frame, subject, PRESENT, adjuncts=0.3)
    other.manner = Node()
    links = ctx.leaf()
    ending, tail = order_in_time(ctx, kind, links)
    ko = [
        *mark(ctx, subject, topic_particle(ctx, subject)),
        *korean_clause(ctx, other, ending, with_subject=False),
        *tail,
        *korean_clause(ctx, main, statement_ending(ctx, main), with_subject=False),
    ]
    en = [*english_clause(ctx, main, *subject_tokens(main)), En(kind, links), *english_nonfinite(other, "ing")]
    return close(ctx, Node(ko, en))


def _once_or_often(ctx: Context, frame: Frame, subject: Subject, *, often: bool) -> Clause:
    """The main clause: in the past, or, where it may be, of what is done again and again."""
    past = not often or ctx.draw.chance(0.6)
    when = ("past" if past else "habit") if not past or ctx.maybe(0.4) else ""
    return new_clause(ctx, frame, subject, PAST if past else PRESENT, when=when)


def order_in_time(ctx: Context, kind: str, links: Links) -> tuple[list[Morph], Korean]:
    """(ending, what follows it) of a clause of before or after: 기 전에, ㄴ 후에, ㄴ 다음에."""
    ending, noun = ("기", "전") if kind == "before" else ("(으)ㄴ", ctx.draw.pick(("후", "다음")))
    return [Morph(ending, "ending", links)], [[Morph(noun, links=links), Morph("에", "particle", links)]]


def while_doing(ctx: Context, topic: str) -> Node:
    """음악을 들으면서 숙제를 했어요. - I did my homework while listening to music."""
    main_frame = pick_frame(ctx, topic, "working")
    for _ in range(60):
        background = ctx.draw.pick(frames_of_kind("", "background"))
        apart = background.stem != main_frame.stem and first_noun(background) != first_noun(main_frame)
        expressive = background.stem in ("부르", "추", "이야기")
        if apart and (not expressive or main_frame.topic in ("home", "food")):
            break
    subject = human_subject(ctx, main_frame)
    main = _once_or_often(ctx, main_frame, subject, often=habitual(main_frame))
    main.duration = Node()
    other = new_clause(ctx, background, subject, PRESENT, adjuncts=0.0)
    ending, while_ = connective(ctx, "(으)면서")
    ko = [
        *mark(ctx, subject, topic_particle(ctx, subject)),
        *main.time.ko,
        *korean_clause(ctx, other, ending, with_subject=False),
    ]
    time, main.time = main.time, Node()
    ko += korean_clause(ctx, main, statement_ending(ctx, main), with_subject=False)
    en = [
        *english_clause(ctx, main, *subject_tokens(main)),
        En("while", while_),
        *english_nonfinite(other, "ing"),
        *time.en,
    ]
    return close(ctx, Node(ko, en))
