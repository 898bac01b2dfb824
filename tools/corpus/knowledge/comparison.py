"""Comparisons: of animals and vehicles, of people, of things, of what one likes. One function for each kind."""

from collections.abc import Callable, Sequence
from functools import cache

from ..english import compare
from ..grammar.context import Context, words
from ..grammar.subjects import draw_person, first_person, mark
from ..lexicon.nouns import Noun, nouns
from ..lexicon.numerals import NUMERALS
from ..lexicon.people import KIN, NAMES
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..trees import En, Node
from .animals import animal_phrase
from .facts import ANIMALS_BY_SIZE, COMPARABLE, COMPARISONS, PERSONAL, PREFERENCES, VEHICLES_BY_SPEED
from .templates import bare_noun, topic_phrase, whole_question, whole_sentence
from .topics import topic_of


def comparison(ctx: Context, topic: str) -> Node:
    """기차가 버스보다 더 빨라요. - Trains are faster than buses."""
    draw = ctx.draw
    kind = draw.weighted(_WEIGHTS)
    if topic == "nature":
        kind = draw.weighted((("size", 2), ("known", 1), ("prefer", 2)))
    return _KINDS[kind](ctx, topic)


_WEIGHTS = (
    ("size", 2),
    ("speed", 1),
    ("known", 4),
    ("more", 5),
    ("which", 2),
    ("person", 4),
    ("prefer", 5),
    ("most", 3),
)


def sizes(ctx: Context, topic: str) -> Node:
    """코끼리는 말보다 더 커요. - Elephants are bigger than horses."""
    ctx.topic = "nature"
    return _ranked(ctx, ANIMALS_BY_SIZE, 3, ("크", "bigger"), ("작", "smaller"))


def speeds(ctx: Context, topic: str) -> Node:
    """기차는 버스보다 더 빨라요. - Trains are faster than buses."""
    ctx.topic = "travel"
    return _ranked(ctx, VEHICLES_BY_SPEED, 1, ("빠르", "faster"), ("느리", "slower"))


def _ranked(
    ctx: Context, scale: Sequence[tuple[str, str]], gap: int, more: tuple[str, str], less: tuple[str, str]
) -> Node:
    """Two things, `gap` places apart or more, of a scale that goes from the least to the most."""
    low = ctx.draw.below(len(scale) - gap)
    high = low + gap + ctx.draw.below(len(scale) - low - gap)
    a, b = animal_phrase(ctx, *scale[high], many=True), animal_phrase(ctx, *scale[low], many=True)
    ko, en = more
    if ctx.draw.chance(0.35):
        (ko, en), a, b = less, b, a
    far = high - low > len(scale) // 2 and ctx.draw.chance(0.6)
    much_ko, much_en = ("훨씬4 ", "much4 ") if far else ("", "")
    line = f"{{a}}+은 {{b}}+보다1 {much_ko}더2 {ko}3 | {{a}} are {much_en}{en}2,3 than1 {{b}}"
    return whole_sentence(ctx, line, a=a, b=b)


def known(ctx: Context, topic: str) -> Node:
    """여름은 봄보다 더 더워요. - Summer is hotter than spring."""
    rows = [line.split(" | ", 1) for line in COMPARISONS.strip().splitlines()]
    fitting = [row for row in rows if row[0] == topic] or rows
    ctx.topic, line = ctx.draw.pick(fitting)
    return whole_sentence(ctx, line)


def persons(ctx: Context, topic: str) -> Node:
    """민지는 저보다 키가 더 커요. - Minji is taller than me."""
    ctx.topic = "home"
    line = ctx.draw.pick(PERSONAL)
    named = line.startswith("N")
    family = tuple(p for p in KIN if not p.elder and p.ko not in ("아들", "딸"))
    person = draw_person(ctx, ((NAMES, 1), (NAMES if named else family, 1)))
    if ctx.draw.chance(0.6):
        speaker = first_person(ctx, drop=False).node
        other = Node(speaker.ko, [En("me", speaker.en[0].links)])
    else:
        other = draw_person(ctx, ((NAMES, 1),)).node
    slots = {"a": topic_phrase(ctx, person), "b": other}
    if "{years}" in line:
        slots["years"] = words(ctx, *NUMERALS[1 + ctx.draw.below(4)])
    return whole_sentence(ctx, line.removeprefix("N"), **slots)


@cache
def _preferences() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """(topic, kinds of things) of `PREFERENCES`."""
    groups = []
    for line in PREFERENCES.strip().splitlines():
        topic, _, entries = line.partition(" : ")
        pairs = (entry.split("=") for entry in entries.split())
        groups.append((topic, tuple((ko, en.replace("_", " ")) for ko, en in pairs)))
    return tuple(groups)


def preference(ctx: Context, topic: str) -> Node:
    """저는 사과보다 딸기를 더 좋아해요. - I like strawberries more than apples."""
    groups = [g for g in _preferences() if g[0] == topic] or _preferences()
    ctx.topic, things = ctx.draw.pick(groups)
    first, second = ctx.draw.shuffled(things)[:2]
    like, more, than = ctx.leaf(), ctx.leaf(), ctx.leaf()
    a, b = _in_general(ctx, *first), _in_general(ctx, *second)
    who = first_person(ctx, drop=ctx.draw.chance(0.4))
    if ctx.draw.chance(0.35):
        who = draw_person(ctx, ((NAMES, 2), (tuple(p for p in KIN if not p.elder), 1)))
    ko = [
        *mark(ctx, who, "은"),
        *a.then([Morph("보다", "particle", than)]).ko,
        *b.then([Morph("을", "particle")]).ko,
        [Morph("더", links=more)],
        [Morph("좋아하", links=like), *sentence_ending(ctx, "statement")],
    ]
    likes = En("like" if who.person == "1sg" else "likes", like)
    en = [*who.node.en, likes, *b.en, En("more", more), En("than", than), *a.en]
    return close(ctx, Node(ko, en))


def _in_general(ctx: Context, ko: str, en: str) -> Node:
    """바다 - the sea, 사과 - apples."""
    node = words(ctx, ko, en)
    return Node(node.ko, [En(t.text) if t.text == "the" else t for t in node.en])


@cache
def _comparable() -> tuple[tuple[Noun, str, str], ...]:
    """(thing, Korean stem, English adjective) of `COMPARABLE`."""
    found = []
    for line in COMPARABLE.strip().splitlines():
        things, _, adjectives = line.partition(" | ")
        for adjective in adjectives.split():
            ko, _, en = adjective.partition("=")
            found += [(next(n for n in nouns(thing) if n.ko == thing), ko, en) for thing in things.split()]
    return tuple(found)


def _described_thing(ctx: Context) -> tuple[Noun, str, str]:
    """(something, Korean stem with labels, English adjective that it may have more of)."""
    noun, stem, adjective = ctx.draw.pick(_comparable())
    ctx.topic = topic_of(noun)
    return noun, "+".join(f"{m}3" for m in stem.split("+")), adjective


def _with_degree(adjective: str, degree: int) -> str:
    """The comparative (0) or superlative (1), linked with 더 or 제일 and with the adjective."""
    if " " in (form := compare(adjective, degree)):
        more, word = form.split()
        return f"{more}2 {word}3"
    return f"{form}2,3"


def more_than(ctx: Context, topic: str) -> Node:
    """이 가방은 저 가방보다 더 커요. - This bag is bigger than that one."""
    noun, stem, adjective = _described_thing(ctx)
    en = _with_degree(adjective, 0)
    a, b = bare_noun(ctx, noun), bare_noun(ctx, noun)
    the_other = "저" if ctx.draw.chance(0.6) else "그"
    ko = f"이1 {{a}}+은 {the_other}5 {{b}}+보다4 더2 {stem}"
    if "p" in noun.flags:
        those = words(ctx, f"{the_other}_{noun.ko}", "those")
        ko = f"이1 {{a}}+은 {{b}}+보다4 더2 {stem}"
        return whole_sentence(ctx, f"{ko} | these1 {{a}} are {en} than4 {{b}}", a=a, b=those)
    if "m" in noun.flags:
        return whole_sentence(ctx, f"{ko} | this1 {{a}} is {en} than4 that5 {{b}}", a=a, b=b)
    b = Node(b.ko, [En("one", b.en[0].links)])
    return whole_sentence(ctx, f"{ko} | this1 {{a}} is {en} than4 that5 {{b}}", a=a, b=b)


def which(ctx: Context, topic: str) -> Node:
    """어느 가방이 더 싸요? - Which bag is cheaper?"""
    noun, stem, adjective = _described_thing(ctx)
    be = "are" if "p" in noun.flags else "is"
    if ctx.draw.chance(0.5):
        line = f"어느1 {{a}}+이 더2 {stem} | which1 {{a}} {be} {_with_degree(adjective, 0)}"
    else:
        line = f"어느1 {{a}}+이 제일2 {stem} | which1 {{a}} {be} the {_with_degree(adjective, 1)}"
    return whole_question(ctx, line, a=bare_noun(ctx, noun))


def most(ctx: Context, topic: str) -> Node:
    """이 가방이 제일 커요. - This bag is the biggest."""
    noun, stem, adjective = _described_thing(ctx)
    this, be = ("these", "are") if "p" in noun.flags else ("this", "is")
    adverb = ctx.draw.pick(("제일", "가장"))
    line = f"이1 {{a}}+이 {adverb}2 {stem} | {this}1 {{a}} {be} the {_with_degree(adjective, 1)}"
    return whole_sentence(ctx, line, a=bare_noun(ctx, noun))


_KINDS: dict[str, Callable[[Context, str], Node]] = {
    "size": sizes,
    "speed": speeds,
    "known": known,
    "more": more_than,
    "which": which,
    "person": persons,
    "prefer": preference,
    "most": most,
}
