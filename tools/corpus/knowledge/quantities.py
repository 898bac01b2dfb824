"""Numbers in use: prices, counts, ages, hours, orders. One function for each kind."""

from collections.abc import Callable
from functools import cache

from ..english import past, plural
from ..grammar.context import Context, words
from ..grammar.nouns import counted, planted
from ..grammar.subjects import Subject, draw_person, first_person, mark
from ..lexicon.nouns import Noun, nouns
from ..lexicon.numerals import NUMERALS
from ..lexicon.people import KIN, NAMES
from ..morphology import Morph
from ..sentences.endings import close, please_tokens, sentence_ending
from ..trees import En, Node
from .amounts import AGES, COUNTED_ACTS, COUNTED_TIMES, NUMBER_WORDS, PRICES
from .templates import bare_noun, topic_phrase, whole_question, whole_sentence
from .topics import topic_of

_WEIGHTS = (
    ("price", 4),
    ("how much", 2),
    ("have", 2),
    ("siblings", 1),
    ("pairs", 1),
    ("age", 2),
    ("order", 4),
    ("clock", 2),
    ("act", 6),
)


def quantities(ctx: Context, topic: str) -> Node:
    """이 가방은 얼마예요? - How much is this bag? 저는 고양이가 두 마리 있어요. - I have two cats."""
    return _KINDS[ctx.draw.weighted(_WEIGHTS)](ctx)


def _named(ko: str) -> Noun:
    """The noun with this Korean form."""
    return next(n for n in nouns(ko) if n.ko == ko)


# --- prices -------------------------------------------------------------------------------------------------


@cache
def _prices() -> tuple[tuple[Noun, tuple[str, ...]], ...]:
    """(thing, what it may cost) of `PRICES`."""
    found = []
    for line in PRICES.strip().splitlines():
        things, _, prices = line.partition(" : ")
        found += [(_named(thing), tuple(prices.split())) for thing in things.split()]
    return tuple(found)


def price(ctx: Context) -> Node:
    """이 가방은 오만 원이에요. - This bag is fifty thousand won. 오만 원에 샀어요. - I bought it for ..."""
    ctx.topic = "shopping"
    noun, prices = ctx.draw.pick(_prices())
    number_ko = ctx.draw.pick(prices)
    slots = {
        "a": bare_noun(ctx, noun),
        "number": words(ctx, number_ko, NUMBER_WORDS[number_ko]),
        "won": words(ctx, "원", "won"),
    }
    this, be = ("these", "are") if "p" in noun.flags else ("this", "is")
    if ctx.draw.chance(0.35):
        line = f"이1 {{a}}+을 {{number}} {{won}}+에3 사4+~았5 | I bought4,5 {this}1 {{a}} for3 {{number}} {{won}}"
        return whole_sentence(ctx, line, **slots)
    line = f"이1 {{a}}+은 {{number}} {{won}}+!이2 | {this}1 {{a}} {be}2 {{number}} {{won}}"
    return whole_sentence(ctx, line, **slots)


def how_much(ctx: Context) -> Node:
    """이 가방은 얼마예요? - How much is this bag?"""
    ctx.topic = "shopping"
    noun, _ = ctx.draw.pick(_prices())
    form = ctx.draw.pick(("이", "그", "저"))
    several = "p" in noun.flags
    this = {"이": ("this", "these")}.get(form, ("that", "those"))[several]
    line = f"{form}1 {{a}}+은 얼마2+!이3 | how2 much2 {'are' if several else 'is'}3 {this}1 {{a}}"
    return whole_question(ctx, line, a=bare_noun(ctx, noun))


# --- what one has -------------------------------------------------------------------------------------------


def have(ctx: Context) -> Node:
    """저는 고양이가 두 마리 있어요, 고양이를 두 마리 키워요. - I have two cats."""
    ctx.topic = "home"
    noun = ctx.draw.pick(nouns("pet"))
    number_ko, number_en = NUMERALS[1 + ctx.draw.below(2)]
    who = first_person(ctx, drop=ctx.draw.chance(0.4))
    if ctx.draw.chance(0.4):
        who = draw_person(ctx, ((NAMES, 1),))
    verb, particle = ("키우", "을") if who.person != "1sg" or ctx.draw.chance(0.5) else ("있", "이")
    return _has(ctx, who, noun, (number_ko, number_en), verb, particle)


def _has(ctx: Context, who: Subject, noun: Noun, number: tuple[str, str], stem: str, particle: str) -> Node:
    """Somebody has so many of something."""
    number_ko, number_en = number
    verb, numeral, thing = ctx.leaf(), ctx.leaf(), bare_noun(ctx, noun)
    links = thing.ko[0][0].links
    ko = [
        *mark(ctx, who, "은"),
        *thing.then([Morph(particle, "particle")]).ko,
        [Morph(number_ko, links=numeral)],
        [Morph(noun.counter, links=links)],
        [Morph(stem, links=verb), *sentence_ending(ctx, "statement")],
    ]
    things = noun.en if number_en == "one" else plural(noun.en)
    numeral_en = "a" if number_en == "one" else number_en
    has = En("have" if who.person == "1sg" else "has", verb)
    return close(ctx, Node(ko, [*who.node.en, has, En(numeral_en, numeral), *(En(w, links) for w in things.split())]))


def siblings(ctx: Context) -> Node:
    """저는 남동생이 두 명 있어요. - I have two little brothers."""
    ctx.topic = "home"
    names = ("남동생", "여동생", "형", "오빠", "누나", "언니", "아들", "딸")
    fitting = (p for p in KIN if p.ko in names and ctx.level in p.levels and p.speaker in ("", ctx.speaker))
    relative = ctx.draw.pick(tuple(fitting))
    noun = Noun(relative.ko, relative.en, frozenset(), counter="명")
    who = first_person(ctx, drop=ctx.draw.chance(0.4))
    return _has(ctx, who, noun, NUMERALS[ctx.draw.below(3)], "있", "이")


def pairs(ctx: Context) -> Node:
    """저는 구두가 세 켤레 있어요. - I have three pairs of dress shoes."""
    ctx.topic = "shopping"
    noun = ctx.draw.pick(nouns("footwear|장갑"))
    number_ko, number_en = NUMERALS[1 + ctx.draw.below(4)]
    line = f"{{a}}+이 {number_ko}2 켤레3 있4 | I have4 {number_en}2 pairs3 of3? {{a}}"
    if ctx.draw.chance(0.5):
        me = "나" if ctx.level == "b" else "저"
        line = f"{me}5+은 " + line.replace("I ", "I5 ")
    return whole_sentence(ctx, line, a=bare_noun(ctx, noun))


# --- what one did -------------------------------------------------------------------------------------------


def act(ctx: Context) -> Node:
    """지난주에 나무를 세 그루 심었어요. - I planted three trees last week."""
    line = ctx.draw.pick(COUNTED_ACTS.strip().splitlines())
    ctx.topic, ko_noun, stem, base, numbers, times = (part.strip() for part in line.split("|"))
    low, high = (int(n) for n in numbers.split())
    noun = planted(_named(ko_noun)) if stem == "심" else _named(ko_noun)
    things = counted(ctx, noun, low - 1 + ctx.draw.below(high - low + 1))
    when_ko, when_en = ctx.draw.pick(COUNTED_TIMES[ctx.draw.pick(times.split())])
    day_ko = when_ko.removesuffix("+에")
    time = words(ctx, day_ko, when_en)
    time = time.then([Morph("에", "particle")]) if when_ko.endswith("에") else time
    who = first_person(ctx, drop=ctx.draw.chance(0.5))
    if ctx.draw.chance(0.5):
        who = draw_person(ctx, ((NAMES, 2), (tuple(p for p in KIN if not p.elder), 1)))
    verb, tense = ctx.leaf(), ctx.leaf()
    stem_morphs = [Morph(m, links=verb) for m in stem.split("+")]
    if ctx.draw.chance(0.6):  # 나무를 세 그루, otherwise 나무 세 그루를
        *noun_ko, number, counter = things.ko
        objects = [*Node(noun_ko).then([Morph("을", "particle")]).ko, number, counter]
    else:
        objects = things.then([Morph("을", "particle")]).ko
    predicate = [*stem_morphs, Morph("~았", "ending", tense), *sentence_ending(ctx, "statement")]
    ko = [*mark(ctx, who, "은"), *time.ko, *objects, predicate]
    return close(ctx, Node(ko, [*who.node.en, En(past(base), verb | tense), *things.en, *time.en]))


# --- ages, hours, orders ------------------------------------------------------------------------------------


def age(ctx: Context) -> Node:
    """제 여동생은 일곱 살이에요. - My little sister is seven years old."""
    ctx.topic = "home"
    number_ko, number_en = ctx.draw.pick((*NUMERALS[3:], *AGES))
    years = words(ctx, "살", "years old")
    if ctx.draw.chance(0.3):
        number_ko, number_en = ctx.draw.pick(AGES[-3:])
        who = topic_phrase(ctx, draw_person(ctx, ((NAMES, 1),)))
    else:
        young = (p for p in KIN if p.ko in ("남동생", "여동생", "아들", "딸") and ctx.level in p.levels)
        who = topic_phrase(ctx, draw_person(ctx, ((tuple(young), 1),)))
    line = f"{{who}} {number_ko}2 {{years}}+!이3 | {{who}} is3 {number_en}2 {{years}}"
    return whole_sentence(ctx, line, who=who, years=years)


def hour(ctx: Context) -> Node:
    """지금 세 시예요. - It's three o'clock now. 지금 몇 시예요? - What time is it now?"""
    ctx.topic = "work"
    number_ko, number_en = NUMERALS[ctx.draw.below(10)]
    kind = ctx.draw.weighted((("what", 3), ("full", 4), ("half", 3)))
    if kind == "what":
        return whole_question(ctx, "지금1 몇2 시2+!이3 | what2 time2 is3 it now1")
    if kind == "half":
        line = f"지금1 {number_ko}2 시2 반3+!이4 | it 's4 half3 past3 {number_en}2 now1"
    else:
        line = f"지금1 {number_ko}2 시3+!이4 | it 's4 {number_en}2 o'clock3 now1"
    return whole_sentence(ctx, line)


_NOT_ORDERED = ("치즈", "빵", "초콜릿")


def order(ctx: Context) -> Node:
    """커피 두 잔 주세요. - Please give me two cups of coffee. Two cups of coffee, please."""
    kinds = nouns("drink|snack|ticket|fruit|flower|dish")
    noun = ctx.draw.pick(tuple(n for n in kinds if n.counter and n.ko not in _NOT_ORDERED and n.head != "죽"))
    several = not noun.measure and not ctx.draw.chance(0.2)
    things = counted(ctx, noun, ctx.draw.below(4) + several)
    please, give = ctx.leaf(), ctx.leaf()
    ctx.topic = topic_of(noun)
    ko = [*things.ko, [Morph("주", links=give), *sentence_ending(ctx, "request", please)]]
    if ctx.level != "b" and ctx.english.chance(0.5):
        return close(ctx, Node(ko, [*things.en, En(","), En("please", please | give)]))
    return close(ctx, Node(ko, [*please_tokens(ctx, please), En("give", give), En("me"), *things.en]))


_KINDS: dict[str, Callable[[Context], Node]] = {
    "price": price,
    "how much": how_much,
    "have": have,
    "siblings": siblings,
    "pairs": pairs,
    "age": age,
    "order": order,
    "clock": hour,
    "act": act,
}
