"""Numbers in use: prices, counts, ages, hours, orders. One function for each kind."""

from collections.abc import Callable

from ..english import plural
from ..grammar.context import Context, words
from ..grammar.nouns import counted
from ..grammar.subjects import first_person, mark, possessor
from ..lexicon.nouns import nouns
from ..lexicon.numerals import NUMERALS
from ..lexicon.people import KIN
from ..morphology import Morph
from ..sentences.endings import close, please_tokens, sentence_ending
from ..trees import En, Node
from .facts import NUMBER_WORDS
from .templates import bare_noun, whole_sentence
from .topics import topic_of


def quantities(ctx: Context, topic: str) -> Node:
    """이 가방은 얼마예요? - How much is this bag? 저는 고양이가 두 마리 있어요. - I have two cats."""
    kind = ctx.draw.weighted((("price", 3), ("how much", 2), ("have", 3), ("age", 2), ("order", 4), ("clock", 2)))
    return _KINDS[kind](ctx)


def _goods(ctx: Context) -> Node:
    """Something that has a price."""
    ctx.topic = "shopping"
    category = ctx.draw.pick(("clothes", "bag", "reading", "accessory", "snack", "ticket", "fruit", "toy"))
    return bare_noun(ctx, ctx.draw.pick(tuple(n for n in nouns(category) if "p" not in n.flags)))


def price(ctx: Context) -> Node:
    """이 가방은 오만 원이에요. - This bag is fifty thousand won."""
    thing = _goods(ctx)
    number_ko, number_en = ctx.draw.pick(NUMBER_WORDS)
    number = " ".join(f"{w}2" for w in number_en.split())
    won = words(ctx, "원", "won").then([Morph("이", links=ctx.leaf())])
    line = f"이1 {{a}}+은 {number_ko}2 {{won}} | this1 {{a}} is {number} {{won}}"
    return whole_sentence(ctx, line, a=thing, won=won)


def how_much(ctx: Context) -> Node:
    """이 가방은 얼마예요? - How much is this bag?"""
    thing = _goods(ctx)
    demonstrative = ctx.draw.pick(("이", "그", "저"))
    this, be, how = ctx.leaf(), ctx.leaf(), ctx.leaf()
    ko = [
        [Morph(demonstrative, links=this)],
        *thing.then([Morph("은", "particle")]).ko,
        [Morph("얼마", links=how), Morph("이", links=be), *sentence_ending(ctx, "question")],
    ]
    en = [En("how", how), En("much", how), En("is", be), En("this" if demonstrative == "이" else "that", this)]
    return close(ctx, Node(ko, [*en, *thing.en]), "?")


def have(ctx: Context) -> Node:
    """저는 고양이가 두 마리 있어요. - I have two cats."""
    ctx.topic = "home"
    noun = ctx.draw.pick(tuple(n for n in nouns("pet|animal") if n.counter))
    thing = bare_noun(ctx, noun)
    number_ko, number_en = NUMERALS[1 + ctx.draw.below(3)]
    who = first_person(ctx, drop=ctx.draw.chance(0.4))
    verb, number, links = ctx.leaf(), ctx.leaf(), thing.ko[0][0].links
    ko = [
        *mark(ctx, who, "은"),
        *thing.then([Morph("이", "particle")]).ko,
        [Morph(number_ko, links=number)],
        [Morph(noun.counter, links=links)],
        [Morph("있", links=verb), *sentence_ending(ctx, "statement")],
    ]
    things = [En(w, links) for w in plural(noun.en).split()]
    return close(ctx, Node(ko, [*who.node.en, En("have", verb), En(number_en, number), *things]))


def age(ctx: Context) -> Node:
    """제 여동생은 일곱 살이에요. - My little sister is seven years old."""
    ctx.topic = "home"
    young = (p for p in KIN if p.ko in ("남동생", "여동생", "아들", "딸") and ctx.level in p.levels)
    relative = ctx.draw.pick(tuple(young))
    number_ko, number_en = NUMERALS[3 + ctx.draw.below(7)]
    my, mine = possessor(ctx)
    person = words(ctx, relative.ko, relative.en)
    who = Node([[Morph(my, links=mine)], *person.ko], [En("my", mine), *person.en])
    years = words(ctx, "살", "years old").then([Morph("이", links=ctx.leaf())])
    line = f"{{who}}+은 {number_ko}2 {{years}} | {{who}} is {number_en}2 {{years}}"
    return whole_sentence(ctx, line, who=who, years=years)


def hour(ctx: Context) -> Node:
    """지금 세 시예요. - It's three o'clock now. 지금 몇 시예요? - What time is it now?"""
    ctx.topic = "work"
    number_ko, number_en = NUMERALS[ctx.draw.below(10)]
    now, number, clock, be = ctx.leaf(), ctx.leaf(), ctx.leaf(), ctx.leaf()
    if ctx.draw.chance(0.3):
        number_ko, mood, sign = "몇", "question", "?"
        en = [En("what", number), En("time", clock), En("is", be), En("it"), En("now", now)]
    else:
        mood, sign = "statement", "."
        en = [En("it"), En("'s", be), En(number_en, number), En("o'clock", clock), En("now", now)]
    ko = [
        [Morph("지금", links=now)],
        [Morph(number_ko, links=number)],
        [Morph("시", links=clock), Morph("이", links=be), *sentence_ending(ctx, mood)],
    ]
    return close(ctx, Node(ko, en), sign)


def order(ctx: Context) -> Node:
    """커피 두 잔 주세요. - Please give me two cups of coffee."""
    noun = ctx.draw.pick(tuple(n for n in nouns("drink|snack|ticket|fruit|flower") if n.counter))
    several = not noun.measure and not ctx.draw.chance(0.2)
    things = counted(ctx, noun, ctx.draw.below(4) + several)
    please, give = ctx.leaf(), ctx.leaf()
    ctx.topic = topic_of(noun)
    ko = [*things.ko, [Morph("주", links=give), *sentence_ending(ctx, "request", please)]]
    return close(ctx, Node(ko, [*please_tokens(ctx, please), En("give", give), En("me"), *things.en]))


_KINDS: dict[str, Callable[[Context], Node]] = {
    "price": price,
    "how much": how_much,
    "have": have,
    "age": age,
    "order": order,
    "clock": hour,
}
