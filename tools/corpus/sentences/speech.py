"""What people think, say and answer."""

from ..frames.groups import REQUESTS
from ..frames.modalities import said_of
from ..grammar.clause import subject_tokens
from ..grammar.context import PAST, PRESENT, Context
from ..grammar.english_clause import english_clause, english_nonfinite
from ..grammar.korean_clause import korean_clause
from ..grammar.persons import other_person
from ..grammar.subjects import PEERS, Subject, draw_person, first_person, mark, we
from ..lexicon.people import KIN, NAMES, OTHERS
from ..morphology import Morph, morph
from ..trees import NO_LINK, En, Node
from .choice import of_topic, pick_frame
from .clauses import draw_simple, new_clause, realise
from .endings import close, sentence_ending, statement_ending
from .subjects import draw_subject, person_of, topic_of


def opinion(ctx: Context, topic: str) -> Node:
    """내일 비가 올 것 같아요. - I think it will rain tomorrow."""
    ctx.plain = True
    frame = pick_frame(ctx, topic, "any")
    for _ in range(20):
        thinkable = (
            (frame.subject == "0" and not frame.state)
            or {"c", "pt"} <= frame.flags
            or frame.stem in ("늦", "놓치", "걸리")
        )
        if thinkable and "past" not in frame.flags and not (frame.subject == "0" and frame.days):
            break
        frame = pick_frame(ctx, topic, "any")
    personal = frame.subject in ("P", "I", "kid") and not frame.sex
    subject = other_person(ctx, topic_of(frame)) if personal else draw_subject(ctx, frame)
    clause = new_clause(ctx, frame, subject, PRESENT, "seem", when="fut" if ctx.maybe(0.5) and not frame.state else "")
    think, ctx.quoted = ctx.leaf(), True
    tokens, agreement = subject_tokens(clause)
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "statement"), "이")
    last = ko[-1]
    ko[-1] = [Morph(last[0].form, last[0].kind, think), *last[1:]]
    en = [En("I"), En("think", think), *english_clause(ctx, clause, tokens, agreement)]
    return close(ctx, Node(ko, en))


def hearsay(ctx: Context, topic: str) -> Node:
    """민지 씨가 감기에 걸렸대요. - I heard Minji caught a cold."""
    frame = pick_frame(ctx, topic, "any")
    for _ in range(20):
        felt = ("adj" in frame.flags or "x" in frame.flags) and not frame.manners
        if felt and frame.ko[0] != "해" and frame.subject in ("P", "0") and "past" not in frame.flags:
            break
        frame = pick_frame(ctx, topic, "any")
    if ctx.level == "f":
        ctx.level = "y"
    personal = frame.subject in ("P", "I", "kid") and not frame.sex
    subject = other_person(ctx, topic_of(frame)) if personal else draw_subject(ctx, frame)
    clause = new_clause(ctx, frame, subject, PRESENT if frame.state else PAST, adjuncts=0.3)
    heard, that = ctx.leaf(), [En("that")]
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "hearsay", heard), "이")
    en = english_clause(ctx, clause, *subject_tokens(clause))
    return close(ctx, Node(ko, [En("I"), En("heard", heard), *that, *en]))


# --- what others said ---------------------------------------------------------------------------------------


def reported(ctx: Context, topic: str) -> Node:
    """민지 씨는 내일 학교에 갈 거라고 했어요. - Minji said she would go to school tomorrow."""
    frame = pick_frame(ctx, topic, "act" if ctx.draw.chance(0.6) else "personal")
    if "adj" not in frame.flags and ("q" not in frame.flags or frame.state):
        frame = pick_frame(ctx, topic, "act")
    subject = person_of(ctx, frame.sex) if frame.sex else other_person(ctx, topic_of(frame))
    ctx.quoted = ctx.plain = True
    kind = "adj" if "adj" in frame.flags else ctx.draw.pick(("past", "future", "want"))
    if kind == "want" and not said_of("wants", frame):
        kind = "past"
    when = {"past": "past", "future": "fut"}.get(kind, "") if ctx.maybe(0.5) else ""
    modal = kind if kind in ("future", "want") else ""
    clause = new_clause(ctx, frame, subject, PAST, modal, when=when, adjuncts=0.5)
    ending = [Morph("라고" if kind == "future" else "다고", "ending")]
    quoted = korean_clause(ctx, clause, ending, with_tense=kind == "past")
    if kind != "past":
        clause.leaves["tense"] = NO_LINK
    that = [En("that")] if ctx.english.chance(0.5) else []
    en = [*that, *english_clause(ctx, clause, [En(subject.pronoun)], subject.agreement)]
    said = _said(ctx, subject, "하", "said")
    return close(ctx, Node([*quoted, *said.ko], [*subject.node.en, *said.en, *en]))


def _said(ctx: Context, who: Subject, stem: str, english: str) -> Node:
    """했어요 - said, 물어봤어요 - asked; of elders 하셨어요."""
    said, tense = ctx.leaf(), ctx.leaf()
    verb = [morph(form, said) for form in stem.split("+")]
    if who.elder:
        verb.append(Morph("(으)시", "ending"))
    ko = [[*verb, Morph("~았", "ending", tense), *sentence_ending(ctx, "statement")]]
    return Node(ko, [En(english, said | tense)])


def told(ctx: Context, topic: str) -> Node:
    """선생님께서 저에게 창문을 닫으라고 하셨어요. - The teacher told me to close the window."""
    frame = ctx.draw.pick(of_topic(REQUESTS, topic))
    elders = tuple(p for p in KIN if p.elder)
    teacher = frame.topic == "school"
    who = draw_person(ctx, ((OTHERS[1:2], 3), (NAMES, 1)) if teacher else ((elders, 3), (NAMES, 1)))
    me, ctx.plain = first_person(ctx, drop=False), True
    clause = new_clause(ctx, frame, me, PRESENT, adjuncts=0.3)
    clause.companion = clause.place = clause.time = clause.manner = Node()
    ordered = ctx.leaf()
    to_me = me.node.then([Morph("한테" if ctx.level == "b" else "에게", "particle")]).ko if ctx.draw.chance(0.5) else []
    said = _said(ctx, who, "하", "told")
    named = mark(ctx, who, "이")
    quoted = korean_clause(ctx, clause, [Morph("(으)라고", "ending", ordered)], with_subject=False)
    en = [*who.node.en, *said.en, En("me", me.node.en[0].links), En("to", ordered)]
    en += english_nonfinite(ctx, clause, "base")
    return close(ctx, Node([*named, *to_me, *quoted, *said.ko], en))


def suggested(ctx: Context, topic: str) -> Node:
    """민지가 같이 영화를 보자고 했어요. - Minji suggested watching a movie together."""
    frame = pick_frame(ctx, topic, "social")
    who = draw_person(ctx, ((NAMES, 3), (OTHERS[:1], 1), (PEERS, 1)))
    us, ctx.plain = we(ctx), True
    clause = new_clause(ctx, frame, us, PRESENT, when="fut" if ctx.maybe(0.3) else "", adjuncts=0.3)
    together, lets = ctx.leaf(), ctx.leaf()
    clause.companion = Node([[Morph("같이", links=together)]], [En("together", together)])
    clause.manner = Node()
    said = _said(ctx, who, "하", "suggested")
    quoted = korean_clause(ctx, clause, [Morph("자고", "ending", lets)], with_subject=False)
    ko = [*mark(ctx, who, "이"), *quoted, *said.ko]
    said.en = [En("suggested", said.en[0].links | lets)]
    return close(ctx, Node(ko, [*who.node.en, *said.en, *english_nonfinite(ctx, clause, "ing")]))


def asked(ctx: Context, topic: str) -> Node:
    """친구가 저한테 숙제를 했냐고 물어봤어요. - My friend asked me if I had done my homework."""
    frame = pick_frame(ctx, topic, "personal act")
    others = OTHERS[1:2] if topic == "school" else KIN
    friend = NAMES if "친구" in frame.ko else OTHERS[:1]  # not: my friend asked me if I had called a friend
    who = draw_person(ctx, ((NAMES, 3), (friend, 2), (others, 3)))
    me = first_person(ctx, drop=True)
    clause = new_clause(ctx, frame, me, PAST, adjuncts=0.3)
    clause.companion = Node()
    if_ = ctx.leaf()
    quoted = korean_clause(ctx, clause, [Morph("냐고", "ending", if_)])
    said = _said(ctx, who, "묻+~아+보", "asked")
    asked_me = ctx.leaf()
    myself = [Morph("나" if ctx.level == "b" else "저", links=asked_me)]
    to_me = [*myself, Morph("에게" if ctx.level == "f" else "한테", "particle")]
    ko = [*mark(ctx, who, "이"), to_me, *quoted, *said.ko]
    done = english_nonfinite(ctx, clause, "pp")
    done[0] = En(done[0].text, done[0].links | clause.leaf(ctx, "tense"))
    had = En("had", clause.leaf(ctx, "tense"))
    return close(ctx, Node(ko, [*who.node.en, *said.en, En("me", asked_me), En("if", if_), En("I"), had, *done]))


def answer(ctx: Context, topic: str) -> Node:
    """아니요, 아직 숙제를 안 했어요. - No, I haven't done my homework yet."""
    yes = ctx.draw.chance(0.5)
    frame = pick_frame(ctx, topic, "personal act")
    subject = first_person(ctx, drop=True)
    if yes:
        clause = draw_simple(ctx, frame, subject, negative=0.0)
        if clause.modal in ("can", "start", "decide", "seem"):
            clause = new_clause(ctx, frame, subject, PAST, adjuncts=0.5)
        word, reply = ("응" if ctx.level == "b" else "네"), "yes"
    else:
        clause = new_clause(ctx, frame, subject, PAST, negation=ctx.draw.pick(("안", "못", "지")), adjuncts=0.3)
        clause.place = Node()
        word, reply = ("아니" if ctx.level == "b" else "아니요"), "no"
    links, comma = ctx.leaf(), ctx.leaf()
    node = realise(ctx, clause, statement_ending(ctx, clause))
    ko = [[Morph(word, links=links), Morph(",", links=comma)], *node.ko]
    return close(ctx, Node(ko, [En(reply, links), En(",", comma), *node.en]))
