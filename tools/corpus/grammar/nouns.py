"""Noun phrases of things: determiner, number and counter, adjective, relative clause; nouns of a country."""

from dataclasses import replace
from functools import cache

from .. import english
from ..lexicon.adjectives import ALL_ADJECTIVES, Adjective
from ..lexicon.nouns import Noun
from ..lexicon.numerals import NUMERALS
from ..morphology import Links, Morph
from ..trees import En, Korean, Node, possibly
from .context import Context
from .relatives import ACQUIRING, object_relative
from .subjects import Subject


def noun_phrase(ctx: Context, noun: Noun, mode: str, stem: str, subject: Subject | None) -> Node:
    """A noun as an argument of `stem`, with its determiner and, by chance, a modifier.

    Modes: a, n (a number may stand), the, thes (plural), my, g (in general), 0 (bare), topic (what is spoken of).
    """
    links = ctx.leaf()
    ctx.used.add(noun.head)
    if ctx.generic and mode in ("a", "n"):
        mode = "g"
    ko: Korean = [[Morph(m, links=links) for m in e.split("+")] for e in noun.ko.split("_")]
    mass, plural_only = "m" in noun.flags, "p" in noun.flags
    if mode == "0" or "n" in noun.flags:
        return Node(ko, [En(w, links) for w in noun.en.split()])
    if mode == "g":
        form = noun.en if mass or plural_only else english.plural(noun.en)
        return Node(ko, [En(w, links) for w in form.split()])
    if ctx.definite and mode in ("a", "n"):
        mode = "thes" if noun.many else "the"
    several = subject is not None and subject.person in ("1pl", "3pl") and "ticket" in noun.categories  # one each
    many = noun.many or several
    plural = (mode == "thes" or (many and mode in ("a", "n", "topic"))) and not mass and not plural_only
    singular = noun.en
    base = [En(w, links) for w in (english.plural(singular) if plural else singular).split()]
    if mode != "my" and not ctx.habit and not ctx.plain and ctx.maybe(0.13):
        relative = object_relative(ctx, noun, stem, subject)
        if relative:
            ctx.relative = True
            return Node([*relative.ko, *ko], [En("the"), *base, *relative.en])
    if mode == "n" and noun.counter and not ctx.habit and not noun.categories & _UNCOUNTED and ctx.maybe(0.5):
        return _numbered(ctx, noun, stem)
    pointed_at = mode not in ("my", "n", "a") and stem not in ACQUIRING
    if ctx.draw.chance(0.5) if mode == "topic" else ctx.maybe(0.05) and pointed_at:
        form = ctx.draw.weighted((("이", 5), ("그", 4), ("저", 1)))
        many = plural or plural_only
        demonstrative = {"이": ("this", "these")}.get(form, ("that", "those"))[many]
        leaf = ctx.leaf()
        return Node([[Morph(form, links=leaf)], *ko], [En(demonstrative, leaf), *base])
    options = adjectives_for(noun, stem, mode) if mode not in ("topic", "thes") else ()
    if options and ctx.maybe(0.22):
        adjective, leaf = ctx.draw.pick(options), ctx.leaf()
        ko = [adnominal(adjective, leaf), *ko]
        base = [*(En(w, leaf) for w in adjective.en.split()), *base]
    if mode in ("the", "thes", "topic"):
        return Node(ko, [En("the"), *base])
    if mode == "my":
        possessive = subject.possessive if subject else "my"
        return Node(ko, [En(possessive), *base])
    determiner = [] if mass or plural_only or plural else [En(english.indefinite(base[0].text))]
    return Node(ko, [*determiner, *base])


# --- numbers ------------------------------------------------------------------------------------------------

_UNCOUNTED = frozenset(("machine", "vehicle", "furniture", "instrument", "bag", "personal", "show"))


def planted(noun: Noun) -> Noun:
    """A noun with the counter for what is planted: a blossom is bought, a bush is planted."""
    return replace(noun, counter="그루") if noun.counter == "송이" else noun


def _numbered(ctx: Context, noun: Noun, stem: str) -> Node:
    """A number of things that fits them: of cars one or two, of apples up to five."""
    if stem == "사" and noun.counter == "잔":  # one drinks by the glass and buys by the bottle
        noun = replace(noun, counter="병", measure="bottle")
    if stem == "심":
        noun = planted(noun)
    limit = 2 if noun.measure or noun.counter in ("대", "벌", "켤레") or "accessory" in noun.categories else 5
    low = 0 if noun.measure else 1
    return counted(ctx, noun, low + ctx.draw.below(limit - low))


def counted(ctx: Context, noun: Noun, index: int) -> Node:
    """`index` + 1 of a thing, with its counter: 사과 세 개 - three apples, 물 두 병 - two bottles of water."""
    number, counter, links = ctx.leaf(), ctx.leaf(), ctx.leaf()
    number_ko, number_en = NUMERALS[index]
    if noun.measure:
        measure = noun.measure if index == 0 else english.plural(noun.measure)
        things = noun.en if "m" in noun.flags or "p" in noun.flags else english.plural(noun.en)
        en = [En("a" if index == 0 else number_en, number), En(measure, counter), En("of", possibly(counter))]
    else:
        counter = links  # no English word of its own: it goes with the noun
        things = noun.en if index == 0 else english.plural(noun.en)
        en = [En(english.indefinite(things) if index == 0 else number_en, number)]
    ko = [[Morph(m, links=links) for m in e.split("+")] for e in noun.ko.split("_")]
    return Node(
        [*ko, [Morph(number_ko, links=number)], [Morph(noun.counter, links=counter)]],
        [*en, *(En(w, links) for w in things.split())],
    )


# --- adjectives ---------------------------------------------------------------------------------------------


def adjectives_for(noun: Noun, stem: str, mode: str) -> tuple[Adjective, ...]:
    """The adjectives that may stand before a noun that is the object of `stem`."""
    return _adjectives_for(noun, stem in ACQUIRING, stem in ("팔", "빌리"), mode)


@cache
def _adjectives_for(noun: Noun, acquired: bool, sold: bool, mode: str) -> tuple[Adjective, ...]:
    poor = {"새"} if sold else {"더럽", "오래되", "비싸"} if acquired or mode == "n" else set()
    return tuple(a for a in ALL_ADJECTIVES if a.fits(noun) and a.stem not in poor)


def adnominal(adjective: Adjective, links: Links) -> list[Morph]:
    """An adjective before a noun: 큰, 맛있는, 깨끗한, 새."""
    if adjective.ko == "새":
        return [Morph("새", links=links)]
    *first, last = adjective.ko.split("+")
    ending = "는" if last.endswith(("있", "없")) else "(으)ㄴ"
    return [*(Morph(m, links=links) for m in first), Morph(last, links=links), Morph(ending, "ending")]


# --- countries ----------------------------------------------------------------------------------------------


def country_noun(ctx: Context, slot: str) -> Noun:
    """The noun of a slot that belongs to the country of this sentence."""
    country = ctx.country
    entry = {
        "country": country.name,
        "capital": country.capital,
        "language": country.language,
        "local_food": country.food,
    }[slot]
    body, _, flags = entry.partition("~")
    ko, _, en = body.partition("=")
    return Noun(ko, en.replace("_", " "), frozenset((slot,)), flags)
