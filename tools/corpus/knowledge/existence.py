"""What is where: buildings in a neighbourhood, things in a room."""

from ..english import indefinite, plural
from ..grammar.context import Context, words
from ..lexicon.nouns import Noun, nouns
from ..lexicon.numerals import NUMERALS
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..trees import NO_LINK, En, Node
from .facts import BUILDINGS, HOLDS, POSITIONS
from .templates import whole_sentence

_SIDES = (("앞3", "in front3 of"), ("옆3", "next3 to"), ("뒤3", "behind3"), ("근처3", "near3"))


def existence(ctx: Context, topic: str) -> Node:
    """책상 위에 책이 세 권 있어요. - There are three books on the desk."""
    return _building(ctx) if ctx.draw.chance(0.3) else _thing(ctx)


def _building(ctx: Context) -> Node:
    """은행 옆에 공원이 있어요. - There is a park next to the bank."""
    ctx.topic = "travel"
    building = ctx.draw.pick(BUILDINGS)
    landmark = ctx.draw.pick(tuple(b for b in BUILDINGS if b != building))
    side_ko, side_en = ctx.draw.pick(_SIDES)
    slots = {"a": words(ctx, *building)}
    there_is = f"there is4 {indefinite(building[1])} {{a}} {side_en}"
    if ctx.draw.chance(0.4):
        return whole_sentence(ctx, f"우리1 집2 {side_ko}+에 {{a}}+이 있4 | {there_is} our1 house2", **slots)
    slots["b"] = words(ctx, *landmark)
    return whole_sentence(ctx, f"{{b}} {side_ko}+에 {{a}}+이 있4 | {there_is} the {{b}}", **slots)


def _thing(ctx: Context) -> Node:
    """A thing on, in or beside a piece of furniture."""
    draw = ctx.draw
    place_ko, place_en, side, preposition = draw.pick(POSITIONS)
    noun = draw.pick(nouns(HOLDS[place_ko]))
    ctx.topic = "home"
    where = _position(ctx, place_ko, place_en, side, preposition)
    negative = draw.chance(0.15)
    if draw.chance(0.3):
        return _the_thing_is_there(ctx, noun, where, negative)
    countable = "m" not in noun.flags and "p" not in noun.flags
    if negative or not countable or not noun.counter or noun.measure:
        return _there_is(ctx, noun, where, negative)
    return _there_are(ctx, noun, where)


def _position(ctx: Context, place_ko: str, place_en: str, side: str, preposition: str) -> Node:
    """책상 위에 - on the desk."""
    at, place = ctx.leaf(), ctx.leaf()
    return Node(
        [[Morph(place_ko, links=place)], [Morph(side, links=at), Morph("에", "particle")]],
        [
            *(En(w, at if w != "to" else NO_LINK) for w in preposition.split()),
            En("the"),
            *(En(w, place) for w in place_en.split()),
        ],
    )


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


def _there_is(ctx: Context, noun: Noun, where: Node, negative: bool) -> Node:
    """책상 위에 책이 있어요. - There is a book on the desk. Negative: there aren't any books."""
    countable = "m" not in noun.flags and "p" not in noun.flags
    several = countable and negative
    thing = words(ctx, noun.ko, plural(noun.en) if several else noun.en)
    be = _be(ctx, noun, negative, several)
    article = "any" if negative else indefinite(noun.en) if countable else "some"
    ko = [*where.ko, *thing.then([Morph("이", "particle")]).ko, *be.ko]
    return close(ctx, Node(ko, [En("there"), *be.en, En(article), *thing.en, *where.en]))


def _there_are(ctx: Context, noun: Noun, where: Node) -> Node:
    """책상 위에 책이 세 권 있어요, 책 세 권이 있어요. - There are three books on the desk."""
    index = ctx.draw.below(5)
    number_ko, number_en = NUMERALS[index]
    thing = words(ctx, noun.ko, noun.en if index == 0 else plural(noun.en))
    number, links = ctx.leaf(), thing.ko[0][0].links
    counted = [[Morph(number_ko, links=number)], [Morph(noun.counter, links=links)]]
    if ctx.draw.chance(0.5):
        phrase = [*thing.then([Morph("이", "particle")]).ko, *counted]
    else:
        phrase = Node([*thing.ko, *counted]).then([Morph("이", "particle")]).ko
    be = _be(ctx, noun, False, index > 0)
    number_token = En(indefinite(noun.en) if index == 0 else number_en, number)
    return close(ctx, Node([*where.ko, *phrase, *be.ko], [En("there"), *be.en, number_token, *thing.en, *where.en]))
