"""Sentences of three and four clauses."""

from dataclasses import replace

from ..frames.groups import SCENES, is_task
from ..grammar.clause import subject_tokens
from ..grammar.context import FUTURE, PAST, PRESENT, Context
from ..grammar.english_clause import english_clause, english_nonfinite
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import Subject, mark
from ..trees import En, Node
from .choice import acts, bedtime, cause_pair
from .clauses import new_clause
from .endings import close, connective, statement_ending
from .sequences import coordinated, order_in_time
from .subjects import actor, thing, topic_particle


def chain(ctx: Context, topic: str) -> Node:
    """Sentences of three and four clauses: a circumstance, then acts joined by 고, perhaps a 지만 at the end."""
    kind = ctx.draw.weighted((("before", 3), ("after", 3), ("because", 4), ("but", 3), ("acts", 2)))
    if kind == "acts":
        return close(ctx, _three_acts(ctx, topic))
    if kind == "because":
        return close(ctx, _because_chain(ctx, topic))
    if kind == "but":
        return close(ctx, _but_chain(ctx, topic))
    return close(ctx, _circumstance_chain(ctx, topic, kind))


def _three_acts(ctx: Context, topic: str) -> Node:
    """점심을 먹고 커피를 마시고 회의를 했어요."""
    frames = acts(ctx, topic, 3)
    return coordinated(ctx, frames, actor(ctx, frames[0]))


def _circumstance_chain(ctx: Context, topic: str, kind: str) -> Node:
    """자기 전에 이를 닦고 책을 읽었어요: an act before or after which the others are done."""
    frames = acts(ctx, topic, 3)
    subject = actor(ctx, frames[0])
    links = ctx.leaf()
    if kind == "before":
        other_frame, rest = bedtime(frames[-1]), frames[:-1]
    else:
        other_frame, rest = frames[0], frames[1:]
    ending, tail = order_in_time(ctx, kind, links)
    other = new_clause(ctx, other_frame, subject, PRESENT, adjuncts=0.6)
    other.manner = Node()
    style = ctx.draw.weighted(((PAST, 6), (FUTURE, 3)))
    ko = [
        *mark(ctx, subject, topic_particle(ctx, subject)),
        *korean_clause(ctx, other, ending, with_subject=False),
        *tail,
    ]
    main = coordinated(ctx, rest, subject, style, introduced=True)
    pronouns = len(subject_tokens(other, pronoun=True)[0])
    named = [*subject.node.en, *main.en[pronouns:]]
    if style == FUTURE and (len(subject.node.en) > 1 or subject.node.en[0].text not in ("I", "we")):
        named = [En("will", t.links) if t.text == "'ll" else t for t in named]
    en = [En(kind, links), *english_nonfinite(other, "ing"), En(","), *named]
    return Node([*ko, *main.ko], en)


def _because_chain(ctx: Context, topic: str) -> Node:
    """비가 와서 집에 돌아가 샤워를 하고 ...: a cause, then the acts that it leads to."""
    for _ in range(60):
        cause, effect = cause_pair(ctx, topic, prevented=False)
        scenes = [s for s in SCENES if effect in s[:-1]]
        if scenes and effect.subject == "P" and "past" not in cause.flags:
            break
    else:
        return _three_acts(ctx, topic)
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
    ending, so = connective(ctx, "~아서")
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
    ending, but = connective(ctx, "지만")
    last = done.ko[-1]
    cut = next(i for i, m in enumerate(last) if m.form == "~았") + 1
    ko_done = [*done.ko[:-1], [*last[:cut], *ending]]
    undone = new_clause(ctx, frames[-1], subject, PAST, negation=ctx.draw.pick(("안", "못", "지")), adjuncts=0.3)
    contrasted = [[replace(m, form="은") if m.form == "을" else m for m in e] for e in undone.slots.ko]
    undone.slots = Node(contrasted, undone.slots.en)
    ko = korean_clause(ctx, undone, statement_ending(ctx, undone), with_subject=False)
    en = english_clause(ctx, undone, *subject_tokens(undone, pronoun=True))
    return Node([*ko_done, *ko], [*done.en, En(","), En("but", but), *en])
