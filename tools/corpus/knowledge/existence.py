"""What is where: buildings in a neighbourhood, things in a room, animals on a farm."""

from functools import cache
from typing import NamedTuple

from ..english import indefinite, plural
from ..grammar.context import Context, words
from ..lexicon.nouns import Noun, nouns
from ..lexicon.numerals import NUMERALS
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..trees import En, Node
from .amounts import BUILDINGS, HOLDS, SEVERAL_BUILDINGS
from .templates import whole_question, whole_sentence

_SIDES = (("앞3", "in3 front3 of3?"), ("옆3", "next3 to3"), ("뒤3", "behind3"), ("근처3", "near3"))


class Spot(NamedTuple):
    """A place with what may be there: (noun, the greatest number that one finds there)."""

    ko: str
    en: str
    definite: bool  # whether one also says that the thing is there
    things: tuple[tuple[Noun, int], ...]


@cache
def _spots() -> tuple[Spot, ...]:
    spots = []
    for line in HOLDS.strip().splitlines():
        head, _, entries = line.partition(" : ")
        place, _, rest = head.partition("=")
        en, _, mark = rest.partition(" ")
        things = []
        for entry in entries.split():
            ko, _, number = entry.partition("*")
            things.append((next(n for n in nouns(ko) if n.ko == ko), int(number or 1)))
        spots.append(Spot(place, en.replace("_", " "), mark == "d", tuple(things)))
    return tuple(spots)


def existence(ctx: Context, topic: str) -> Node:
    """책상 위에 책이 세 권 있어요. - There are three books on the desk."""
    return _building(ctx) if ctx.draw.chance(0.3) else _thing(ctx)


# --- buildings ----------------------------------------------------------------------------------------------


def _building(ctx: Context) -> Node:
    """은행 옆에 공원이 있어요. - There is a park next to the bank."""
    ctx.topic = "travel"
    building = ctx.draw.pick(BUILDINGS)
    landmark = ctx.draw.pick(tuple(b for b in BUILDINGS if b != building))
    side_ko, side_en = ctx.draw.pick(_SIDES)
    if ctx.draw.chance(0.25):
        return _several_buildings(ctx)
    a = words(ctx, *building)
    there_is = f"there4? is4 {indefinite(building[1])} {{a}} {side_en}"
    if ctx.draw.chance(0.35):
        return whole_sentence(ctx, f"우리1 집2 {side_ko}+에 {{a}}+이 있4 | {there_is} our1 house2", a=a)
    b = words(ctx, *landmark)
    if ctx.draw.chance(0.35):
        return whole_sentence(ctx, f"{{a}}+은 {{b}} {side_ko}+에 있4 | the {{a}} is4 {side_en} the {{b}}", a=a, b=b)
    return whole_sentence(ctx, f"{{b}} {side_ko}+에 {{a}}+이 있4 | {there_is} the {{b}}", a=a, b=b)


def _several_buildings(ctx: Context) -> Node:
    """우리 집 근처에 카페가 두 개 있어요. - There are two cafes near our house."""
    ko, en = ctx.draw.pick(tuple(b for b in BUILDINGS if b[0] in SEVERAL_BUILDINGS))
    near_ko, near_en = ctx.draw.pick(
        (("우리1 집2", "our1 house2"), ("우리1 학교2", "our1 school2"), ("역2", "the station2"))
    )
    number_ko, number_en = NUMERALS[1 + ctx.draw.below(3)]
    cafes, number = words(ctx, ko, plural(en)), ctx.leaf()
    count = Node([[Morph(number_ko, links=number)], [Morph("개", links=cafes.ko[0][0].links)]], [En(number_en, number)])
    line = f"{near_ko} 근처3+에 {{a}}+이 {{count}} 있4 | there4? are4 {{count}} {{a}} near3 {near_en}"
    return whole_sentence(ctx, line, a=cafes, count=count)


# --- things -------------------------------------------------------------------------------------------------


def _thing(ctx: Context) -> Node:
    """A thing on, in or beside a piece of furniture."""
    draw = ctx.draw
    spot = draw.pick(_spots())
    noun, most = draw.pick(spot.things)
    ctx.topic = {"교실": "school", "동물원": "nature", "농장": "nature", "정원": "nature", "공원": "nature"}.get(
        spot.ko, "home"
    )
    where = _position(ctx, spot)
    kind = draw.weighted((("there", 60), ("the thing", 22), ("none", 10), ("where", 8), ("what", 6)))
    if kind == "none":
        return _there_is(ctx, noun, where, negative=True, several=most > 1)
    if kind == "what" and spot.definite:
        return _what_is_there(ctx, where)
    if kind in ("the thing", "where") and spot.definite:
        if kind == "where" and "food" not in noun.categories:
            return _where_is_it(ctx, noun)
        return _the_thing_is_there(ctx, noun, where, negative=draw.chance(0.25))
    if most > 1 and noun.counter and not noun.measure and "m" not in noun.flags:
        return _there_are(ctx, noun, where, most)
    return _there_is(ctx, noun, where, negative=False)


def _position(ctx: Context, spot: Spot) -> Node:
    """책상 위에 - on the desk, 농장에 - on the farm."""
    at, place = ctx.leaf(), ctx.leaf()
    before, _, name = spot.en.rpartition(" the ")
    name_ko, _, side = spot.ko.partition(" ")
    ko = [[Morph(name_ko, links=place)]]
    if side:
        ko.append([Morph(side, links=at), Morph("에", "particle")])
    else:
        ko[0].append(Morph("에", "particle", at))
    return Node(ko, [*(En(w, at) for w in before.split()), En("the"), *(En(w, place) for w in name.split())])


def _be(ctx: Context, noun: Noun, negative: bool, plural_noun: bool = False) -> Node:
    """있어요 or 없어요 - is, are, isn't, aren't."""
    be = ctx.leaf()
    verb = "are" if "p" in noun.flags or plural_noun else "is"
    ko = [Morph("없" if negative else "있", links=be), *sentence_ending(ctx, "statement")]
    return Node([ko], [En(verb, be), *([En("n't", be)] if negative else [])])


def _the_thing_is_there(ctx: Context, noun: Noun, where: Node, negative: bool) -> Node:
    """책은 책상 위에 있어요. - The book is on the desk."""
    thing, be = words(ctx, noun.ko, noun.en), _be(ctx, noun, negative)
    ko = [*thing.then([Morph("은", "particle")]).ko, *where.ko, *be.ko]
    return close(ctx, Node(ko, [En("the"), *thing.en, *be.en, *where.en]))


def _where_is_it(ctx: Context, noun: Noun) -> Node:
    """열쇠는 어디에 있어요? - Where is the key?"""
    be = "are" if "p" in noun.flags else "is"
    line = f"{{a}}+은 어디1+에 있2 | where1 {be}2 the {{a}}"
    return whole_question(ctx, line, a=words(ctx, noun.ko, noun.en))


def _what_is_there(ctx: Context, where: Node) -> Node:
    """상자 안에 뭐가 있어요? - What is in the box?"""
    return whole_question(ctx, "{where} 뭐1+이 있2 | what1 is2 {where}", where=where)


def _there_is(ctx: Context, noun: Noun, where: Node, negative: bool, *, several: bool = False) -> Node:
    """책상 위에 책이 있어요. - There is a book on the desk. Negative: there aren't any books, there is no sofa."""
    countable = "m" not in noun.flags and "p" not in noun.flags
    if countable and negative and not several:
        line = "{where} {a}+이 없1 | there1? is1 no1 {a} {where}"
        return whole_sentence(ctx, line, a=words(ctx, noun.ko, noun.en), where=where)
    several = countable and negative
    thing = words(ctx, noun.ko, plural(noun.en) if several else noun.en)
    be = _be(ctx, noun, negative, several)
    article = "any" if negative else indefinite(noun.en) if countable else "some"
    ko = [*where.ko, *thing.then([Morph("이", "particle")]).ko, *be.ko]
    return close(ctx, Node(ko, [En("there"), *be.en, En(article), *thing.en, *where.en]))


def _there_are(ctx: Context, noun: Noun, where: Node, most: int) -> Node:
    """책상 위에 책이 세 권 있어요, 책 세 권이 있어요. - There are three books on the desk."""
    index = ctx.draw.below(most)
    number_ko, number_en = NUMERALS[index]
    thing = words(ctx, noun.ko, noun.en if index == 0 else plural(noun.en))
    number, links = ctx.leaf(), thing.ko[0][0].links
    counted = [[Morph(number_ko, links=number)], [Morph(noun.counter, links=links)]]
    if ctx.draw.chance(0.65):
        phrase = [*thing.then([Morph("이", "particle")]).ko, *counted]
    else:
        phrase = Node([*thing.ko, *counted]).then([Morph("이", "particle")]).ko
    be = _be(ctx, noun, False, index > 0)
    number_token = En(indefinite(noun.en) if index == 0 else number_en, number)
    return close(ctx, Node([*where.ko, *phrase, *be.ko], [En("there"), *be.en, number_token, *thing.en, *where.en]))
