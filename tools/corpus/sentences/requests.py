"""Requests, prohibitions, suggestions and offers."""

from ..frames.frame import Frame
from ..frames.groups import OFFERS, PROHIBITIONS, REQUESTS
from ..grammar.context import PRESENT, Context
from ..grammar.english_clause import english_nonfinite
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import first_person, we
from ..morphology import Morph
from ..trees import En, Node
from .choice import of_topic, pick_frame
from .clauses import new_clause
from .endings import close, please_tokens, sentence_ending
from .subjects import addressee


def request(ctx: Context, topic: str) -> Node:
    """창문을 닫아 주세요. - Please close the window."""
    if ctx.draw.chance(0.3):
        return _prohibition(ctx, ctx.draw.pick(of_topic(PROHIBITIONS, topic) or PROHIBITIONS))
    frame = ctx.draw.pick(of_topic(REQUESTS, topic))
    clause = new_clause(ctx, frame, addressee(ctx), PRESENT, adjuncts=0.6)
    clause.companion, clause.place = Node(), Node()
    if "잘" in frame.manners:
        clause.manner = Node()
    please = ctx.leaf()
    if frame in OFFERS and frame.stem not in ("주", "드리"):  # the speaker gains by it
        ko = korean_clause(ctx, clause, [Morph("~아", "ending")])
        ko.append([Morph("주", links=please), *sentence_ending(ctx, "request", please)])
        return close(ctx, Node(ko, [En("please", please), *english_nonfinite(ctx, clause, "base")]))
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "request", please))
    return close(ctx, Node(ko, [*please_tokens(ctx, please), *english_nonfinite(ctx, clause, "base")]))


def _prohibition(ctx: Context, frame: Frame) -> Node:
    """창문을 닫지 마세요. - Please don't close the window."""
    ctx.definite = True
    clause = new_clause(ctx, frame, addressee(ctx), PRESENT, adjuncts=0.0)
    ctx.topic, please = frame.topic, ctx.leaf()
    no = clause.leaf(ctx, "no")
    ko = korean_clause(ctx, clause, [Morph("지", "ending", no)])
    ko.append([Morph("말", links=no), *sentence_ending(ctx, "request", please)])
    negated = [En("do", no), En("n't", no), *english_nonfinite(ctx, clause, "base")]
    return close(ctx, Node(ko, [*please_tokens(ctx, please), *negated]))


def suggestion(ctx: Context, topic: str) -> Node:
    """내일 같이 영화를 봅시다. - Let's watch a movie together tomorrow."""
    frame = pick_frame(ctx, topic, "social")
    subject = we(ctx)
    subject.node.ko, ctx.plain = [], True  # not: the play that my friend recommended together
    clause = new_clause(ctx, frame, subject, PRESENT, when="fut" if ctx.maybe(0.6) else "", adjuncts=0.7)
    clause.companion, clause.manner = Node(), Node()
    if ctx.level == "y" or ctx.draw.chance(0.5):
        together = ctx.leaf()
        clause.companion = Node([[Morph("같이", links=together)]], [En("together", together)])
    lets = ctx.leaf()
    if ctx.draw.chance(0.35):
        ko = korean_clause(ctx, clause, sentence_ending(ctx, "shall", lets))
        return close(ctx, Node(ko, [En("shall", lets), En("we"), *english_nonfinite(ctx, clause, "base")]), "?")
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "suggestion", lets))
    return close(ctx, Node(ko, [En("let", lets), En("'s", lets), *english_nonfinite(ctx, clause, "base")]))


def offer(ctx: Context, topic: str) -> Node:
    """제가 설거지를 할게요. - I'll wash the dishes."""
    frame = ctx.draw.pick(of_topic(OFFERS, topic))
    subject = first_person(ctx, drop=ctx.draw.chance(0.4))
    clause = new_clause(ctx, frame, subject, PRESENT, when="fut" if ctx.maybe(0.5) else "", adjuncts=0.3)
    clause.place = clause.companion = Node()
    will = ctx.leaf()
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "offer", will), "이")
    en = [*subject.node.en, En("'ll", will), *english_nonfinite(ctx, clause, "base")]
    return close(ctx, Node(ko, en))
