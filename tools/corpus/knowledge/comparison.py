"""Comparisons: of animals and vehicles, of people, of things, of what one likes. One function for each kind."""

from collections.abc import Callable, Sequence

from ..english import compare
from ..grammar.context import Context
from ..grammar.nouns import noun_phrase
from ..grammar.subjects import draw_person, first_person, mark
from ..lexicon.adjectives import ALL_ADJECTIVES
from ..lexicon.nouns import Noun, nouns
from ..lexicon.people import KIN, NAMES
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..tables import word_set
from ..trees import En, Node
from .animals import animal_phrase
from .facts import ANIMALS_BY_SIZE, VEHICLES_BY_SPEED
from .templates import bare_noun, topic_phrase, whole_sentence
from .topics import topic_of

_PREFERRED = {  # topic -> the categories of things that one may like more than others
    "food": ("fruit", "dish", "drink"),
    "nature": ("pet", "flower"),
    "health": ("sport",),
    "school": ("subject",),
}
_TOPIC_OF_CATEGORY = {category: topic for topic, categories in _PREFERRED.items() for category in categories}
_CATEGORIES = ("fruit", "dish", "drink", "sport", "subject", "pet", "flower")
_COMPARABLE = word_set("크 작 비싸 싸 예쁘 귀엽 무겁 가볍 깨끗 조용 아름답 재미있 어렵 길 두껍 넓 새롭")
_PERSONAL = (
    ("키1+이 더2 크3", "taller1,2,3"),
    ("더2 바쁘3", "busier2,3"),
    ("더2 건강3+하3", "healthier2,3"),
    ("더2 어리3", "younger2,3"),
)


def comparison(ctx: Context, topic: str) -> Node:
    """기차가 버스보다 더 빨라요. - Trains are faster than buses."""
    draw = ctx.draw
    kind = draw.weighted((("size", 2), ("speed", 1), ("more", 6), ("person", 3), ("prefer", 4), ("most", 3)))
    if topic == "nature":
        kind = draw.pick(("size", "prefer"))
    return _KINDS[kind](ctx, topic)


def sizes(ctx: Context, topic: str) -> Node:
    """코끼리는 말보다 더 커요. - Elephants are bigger than horses."""
    ctx.topic = "nature"
    return _ranked(ctx, ANIMALS_BY_SIZE, ("크", "bigger"), ("작", "smaller"))


def speeds(ctx: Context, topic: str) -> Node:
    """기차는 버스보다 더 빨라요. - Trains are faster than buses."""
    ctx.topic = "travel"
    return _ranked(ctx, VEHICLES_BY_SPEED, ("빠르", "faster"))


def _ranked(
    ctx: Context, scale: Sequence[tuple[str, str]], more: tuple[str, str], less: tuple[str, str] | None = None
) -> Node:
    """Two things of a scale that goes from the least to the most."""
    low = ctx.draw.below(len(scale) - 1)
    high = low + 1 + ctx.draw.below(len(scale) - low - 1)
    a, b = animal_phrase(ctx, *scale[high], many=True), animal_phrase(ctx, *scale[low], many=True)
    ko, en = more
    if ctx.draw.chance(0.3) and less:
        (ko, en), a, b = less, b, a
    return whole_sentence(ctx, f"{{a}}+은 {{b}}+보다1 더2 {ko}3 | {{a}} are3 {en}2,3 than1 {{b}}", a=a, b=b)


def persons(ctx: Context, topic: str) -> Node:
    """민지는 저보다 키가 더 커요. - Minji is taller than me."""
    ctx.topic = "home"
    person = draw_person(ctx, ((NAMES, 1), (tuple(p for p in KIN if not p.elder), 1)))
    if ctx.draw.chance(0.6):
        speaker = first_person(ctx, drop=False).node
        other = Node(speaker.ko, [En("me", speaker.en[0].links)])
    else:
        other = draw_person(ctx, ((NAMES, 1),)).node
    ko, en = ctx.draw.pick(_PERSONAL)
    line = f"{{a}} {{b}}+보다4 {ko} | {{a}} is3 {en} than4 {{b}}"
    return whole_sentence(ctx, line, a=topic_phrase(ctx, person), b=other)


def preference(ctx: Context, topic: str) -> Node:
    """저는 사과보다 딸기를 더 좋아해요. - I like strawberries more than apples."""
    category = ctx.draw.pick(_PREFERRED.get(topic, _CATEGORIES))
    ctx.topic = _TOPIC_OF_CATEGORY[category]
    first, second = ctx.draw.shuffled([n for n in nouns(category) if n.ko != "꽃"])[:2]
    like, more, than = ctx.leaf(), ctx.leaf(), ctx.leaf()
    a, b = noun_phrase(ctx, first, "g", "좋아하", None), noun_phrase(ctx, second, "g", "좋아하", None)
    who = first_person(ctx, drop=ctx.draw.chance(0.4))
    ko = [
        *mark(ctx, who, "은"),
        *a.then([Morph("보다", "particle", than)]).ko,
        *b.then([Morph("을", "particle")]).ko,
        [Morph("더", links=more)],
        [Morph("좋아하", links=like), *sentence_ending(ctx, "statement")],
    ]
    en = [*who.node.en, En("like", like), *b.en, En("more", more), En("than", than), *a.en]
    return close(ctx, Node(ko, en))


def _described_thing(ctx: Context) -> tuple[str, str, Noun]:
    """(Korean stem with labels, English adjective, a noun that it fits)."""
    adjective = ctx.draw.pick(tuple(a for a in ALL_ADJECTIVES if a.stem in _COMPARABLE))
    things = [n for c in adjective.categories for n in nouns(c) if "p" not in n.flags and "m" not in n.flags]
    noun = ctx.draw.pick(things)
    ctx.topic = topic_of(noun)
    return "+".join(f"{m}3" for m in adjective.ko.split("+")), adjective.en, noun


def _with_degree(adjective: str, degree: int) -> str:
    """The comparative (0) or superlative (1), linked with 더 or 제일 and with the adjective."""
    return " ".join(f"{w}2,3" for w in compare(adjective, degree).split())


def more_than(ctx: Context, topic: str) -> Node:
    """이 가방은 저 가방보다 더 커요. - This bag is bigger than that bag."""
    stem, adjective, noun = _described_thing(ctx)
    en = _with_degree(adjective, 0)
    line = f"이1 {{a}}+은 저5 {{b}}+보다4 더2 {stem} | this1 {{a}} is3 {en} than4 that5 {{b}}"
    return whole_sentence(ctx, line, a=bare_noun(ctx, noun), b=bare_noun(ctx, noun))


def most(ctx: Context, topic: str) -> Node:
    """이 가방이 제일 커요. - This bag is the biggest."""
    stem, adjective, noun = _described_thing(ctx)
    en = _with_degree(adjective, 1)
    adverb = ctx.draw.pick(("제일", "가장"))
    line = f"이1 {{a}}+이 {adverb}2 {stem} | this1 {{a}} is3 the {en}"
    return whole_sentence(ctx, line, a=bare_noun(ctx, noun))


_KINDS: dict[str, Callable[[Context, str], Node]] = {
    "size": sizes,
    "speed": speeds,
    "more": more_than,
    "person": persons,
    "prefer": preference,
    "most": most,
}
