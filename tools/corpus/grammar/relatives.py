"""Relative clauses about things: 어제 산 책 - the book I bought yesterday."""

from .. import english
from ..lexicon.nouns import Noun
from ..lexicon.people import KIN, NAMES, OTHERS
from ..morphology import Morph
from ..tables import word_set
from ..trees import NO_LINK, En, Node, fill, template
from .context import Context
from .subjects import Subject, draw_person, first_person, mark

# Verbs of getting something: what one gets, one did not have before.
ACQUIRING = word_set("사 빌리 주문 만들 요리 굽 예약 예매 고르 선물 심 배우 찾")
_RELATIVES = {  # category -> (Korean stem, English base): what one may have done with a thing before
    "clothes": (("사", "buy"), ("고르", "choose")),
    "accessory": (("사", "buy"), ("고르", "choose")),
    "footwear": (("사", "buy"), ("고르", "choose")),
    "bag": (("사", "buy"),),
    "machine": (("사", "buy"),),
    "furniture": (("사", "buy"), ("고르", "choose")),
    "reading": (("사", "buy"), ("빌리", "borrow")),
    "stationery": (("사", "buy"),),
    "toy": (("사", "buy"),),
    "fruit": (("사", "buy"),),
    "vegetable": (("사", "buy"),),
    "snack": (("사", "buy"), ("만들", "make")),
    "dish": (("만들", "make"),),
    "ticket": (("사", "buy"),),
    "vehicle": (("사", "buy"),),
    "flower": (("사", "buy"), ("심", "plant")),
}
_RECOMMENDED = frozenset(("reading", "show", "dish"))  # what others may have recommended
_EARLIER = (
    ("어제1", "yesterday1"),
    ("아까1", "earlier1"),
    ("지난주1+에", "last1 week1"),
    ("지난달1+에", "last1 month1"),
)


def _relative_verb(ctx: Context, noun: Noun, stem: str, main: Subject | None) -> tuple[Subject, str, str] | None:
    """(who did it, Korean stem, English past) of an object relative clause; None if nothing fits the noun."""
    options = [
        pair
        for category, pairs in _RELATIVES.items()
        if category in noun.categories
        for pair in pairs
        if stem not in ACQUIRING and pair[0] != stem
    ]
    recommended = noun.categories & _RECOMMENDED
    if not options and not recommended:
        return None
    if not options or (recommended and ctx.draw.chance(0.35)):
        return draw_person(ctx, ((NAMES, 1), (KIN, 1), (OTHERS, 1))), "추천", "recommended"
    verb, base = ctx.draw.pick(options)
    if main is None or main.person != "1sg" or ctx.draw.chance(0.3):
        return draw_person(ctx, ((NAMES, 2), (KIN, 3))), verb, english.past(base)
    return first_person(ctx, drop=ctx.draw.chance(0.6)), verb, english.past(base)


def object_relative(ctx: Context, noun: Noun, stem: str, main: Subject | None) -> Node | None:
    """Both yields of an object relative clause: 어제 산 - (the book) I bought yesterday."""
    drawn = _relative_verb(ctx, noun, stem, main)
    if drawn is None:
        return None
    subject, verb, past = drawn
    verb_leaf, ending = ctx.leaf(), ctx.leaf()
    time = Node()
    if subject.person == "1sg" or ctx.draw.chance(0.4):
        perishable = noun.categories & {"fruit", "vegetable", "snack", "dish", "flower"}
        ko, en = ctx.draw.pick(_EARLIER[:2] if perishable else _EARLIER)
        if not ctx.used & {"어제", "지난주", "지난달"}:
            time = fill(template(ko, en), {}, ctx.fresh)
    stem_morphs = [Morph(verb, links=verb_leaf)]
    if verb == "추천":
        stem_morphs.append(Morph("하", links=verb_leaf))
    if subject.elder:
        stem_morphs.append(Morph("(으)시", "ending", NO_LINK))
    stem_morphs.append(Morph("(으)ㄴ", "ending", ending))
    ko_clause = [*mark(ctx, subject, "이"), *time.ko, stem_morphs]
    if subject.person == "1sg":
        return Node(ko_clause, [*subject.node.en, En(past, verb_leaf | ending), *time.en])
    return Node(ko_clause, [En("that", ending), *subject.node.en, En(past, verb_leaf), *time.en])
