"""What people think, say and answer."""

from ..grammar.clause import subject_tokens
from ..grammar.context import PAST, PRESENT, Context
from ..grammar.english_clause import english_clause
from ..grammar.korean_clause import korean_clause
from ..grammar.persons import other_person
from ..grammar.subjects import first_person
from ..morphology import Morph
from ..trees import NO_LINK, En, Node
from .choice import pick_frame
from .clauses import draw_simple, new_clause, realise
from .endings import close, sentence_ending, statement_ending
from .subjects import draw_subject, person_of, topic_particle


def opinion(ctx: Context, topic: str) -> Node:
    """내일 비가 올 것 같아요. - I think it will rain tomorrow."""
    frame = pick_frame(ctx, topic, "any")
    for _ in range(20):
        if (frame.subject == "0" and "past" not in frame.flags) or "q" in frame.flags:
            break
        frame = pick_frame(ctx, topic, "any")
    personal = frame.subject in ("P", "I", "kid") and not frame.sex
    subject = other_person(ctx, frame.topic) if personal else draw_subject(ctx, frame)
    clause = new_clause(ctx, frame, subject, PRESENT, "seem", when="fut" if ctx.maybe(0.5) and not frame.state else "")
    think = ctx.leaf()
    tokens, agreement = subject_tokens(clause)
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "statement"), "이")
    last = ko[-1]
    ko[-1] = [Morph(last[0].form, last[0].kind, think), *last[1:]]
    en = [En("I"), En("think", think), *english_clause(ctx, clause, tokens, agreement)]
    return close(ctx, Node(ko, en))


def reported(ctx: Context, topic: str) -> Node:
    """민지 씨는 내일 학교에 갈 거라고 했어요. - Minji said she would go to school tomorrow."""
    frame = pick_frame(ctx, topic, "act" if ctx.draw.chance(0.6) else "personal")
    if "adj" not in frame.flags and ("q" not in frame.flags or frame.state):
        frame = pick_frame(ctx, topic, "act")
    subject = person_of(ctx, frame.sex) if frame.sex else other_person(ctx, frame.topic)
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
    if subject.elder:
        say.append(Morph("(으)시", "ending"))
    pronoun = [En(subject.pronoun)]
    ko = [
        *korean_clause(ctx, clause, ending, topic_particle(ctx, subject), with_tense=False),
        [*say, Morph("~았", "ending", tense), *sentence_ending(ctx, "statement")],
    ]
    clause.leaves["tense"] = NO_LINK
    en = [*subject.node.en, En("said", said | tense), *english_clause(ctx, clause, pronoun, subject.agreement)]
    return close(ctx, Node(ko, en))


def answer(ctx: Context, topic: str) -> Node:
    """아니요, 아직 숙제를 안 했어요. - No, I haven't done my homework yet."""
    yes = ctx.draw.chance(0.5)
    frame = pick_frame(ctx, topic, "personal act")
    subject = first_person(ctx, drop=True)
    if yes:
        clause = draw_simple(ctx, frame, subject, negative=0.0)
        word, reply = ("응" if ctx.level == "b" else "네"), "yes"
    else:
        clause = new_clause(ctx, frame, subject, PAST, negation=ctx.draw.pick(("안", "못", "지")), adjuncts=0.5)
        word, reply = ("아니" if ctx.level == "b" else "아니요"), "no"
    links, comma = ctx.leaf(), ctx.leaf()
    node = realise(ctx, clause, statement_ending(ctx, clause))
    ko = [[Morph(word, links=links), Morph(",", links=comma)], *node.ko]
    return close(ctx, Node(ko, [En(reply, links), En(",", comma), *node.en]))
