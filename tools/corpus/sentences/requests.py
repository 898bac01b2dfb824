"""Requests, prohibitions, suggestions and offers."""

from ..frames.groups import OFFERS, REQUESTS
from ..grammar.clause import Clause
from ..grammar.context import PRESENT, Context
from ..grammar.english_clause import english_nonfinite
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import first_person, we
from ..morphology import Links, Morph
from ..trees import En, Node
from .choice import of_topic, pick_frame
from .clauses import new_clause
from .endings import close, please_tokens, sentence_ending
from .subjects import addressee


def request(ctx: Context, topic: str) -> Node:
    """창문을 닫아 주세요. - Please close the window."""
    frame = ctx.draw.pick(of_topic(REQUESTS, topic))
    clause = new_clause(ctx, frame, addressee(ctx), PRESENT, when="fut" if ctx.maybe(0.2) else "", adjuncts=0.6)
    clause.companion, clause.place = Node(), Node()
    if "잘" in frame.manners:
        clause.manner = Node()
    please = ctx.leaf()
    if ctx.draw.chance(0.22):
        return close(ctx, _prohibition(ctx, clause, please))
    if "pt" in frame.flags and ctx.draw.chance(0.4):
        ko = korean_clause(ctx, clause, [Morph("~아", "ending")])
        ko.append([Morph("주", links=please), *sentence_ending(ctx, "request", please)])
        return close(ctx, Node(ko, [En("please", please), *english_nonfinite(clause, "base")]))
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "request", please))
    return close(ctx, Node(ko, [*please_tokens(ctx, please), *english_nonfinite(clause, "base")]))


def _prohibition(ctx: Context, clause: Clause, please: Links) -> Node:
    """창문을 닫지 마세요. - Please don't close the window."""
    clause.time, clause.manner = Node(), Node()
    no = clause.leaf(ctx, "no")
    ko = korean_clause(ctx, clause, [Morph("지", "ending", no)])
    ko.append([Morph("말", links=no), *sentence_ending(ctx, "request", please)])
    negated = [En("do", no), En("n't", no), *english_nonfinite(clause, "base")]
    return Node(ko, [*please_tokens(ctx, please), *negated])


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
        ko = korean_clause(ctx, clause, sentence_ending(ctx, "shall", lets))
        return close(ctx, Node(ko, [En("shall", lets), En("we"), *english_nonfinite(clause, "base")]), "?")
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "suggestion", lets))
    return close(ctx, Node(ko, [En("let", lets), En("'s", lets), *english_nonfinite(clause, "base")]))


def offer(ctx: Context, topic: str) -> Node:
    """제가 설거지를 할게요. - I'll wash the dishes."""
    frame = ctx.draw.pick(of_topic(OFFERS, topic))
    subject = first_person(ctx, drop=ctx.draw.chance(0.4))
    clause = new_clause(ctx, frame, subject, PRESENT, when="fut" if ctx.maybe(0.5) else "")
    will = ctx.leaf()
    ko = korean_clause(ctx, clause, sentence_ending(ctx, "offer", will), "이" if ctx.draw.chance(0.6) else "은")
    en = [*subject.node.en, En("'ll", will), *english_nonfinite(clause, "base")]
    return close(ctx, Node(ko, en))
