"""Animals: their cries, food, homes and young. `animals` draws one of the kinds of sentence in `_SENTENCES`."""

from collections.abc import Callable

from ..english import gerund, indefinite, past, plural, third_person
from ..grammar.context import PAST, PRESENT, Context, words
from ..lexicon.numerals import NUMERALS
from ..lexicon.world import ANIMALS, Animal
from ..morphology import Morph
from ..trees import NO_LINK, En, Node
from .templates import whole_sentence


def animal_phrase(ctx: Context, ko: str, en: str, *, many: bool = False, article: str = "the") -> Node:
    """고양이 - the cat; of many, cats."""
    links = ctx.leaf()
    word = plural(en) if many else en
    determiner = [] if many else [En(indefinite(word) if article == "a" else article)]
    ko_eojeols = [[Morph(m, links=links)] for m in ko.split("_")]
    return Node(ko_eojeols, [*determiner, *(En(w, links) for w in word.split())])


def animals(ctx: Context, topic: str) -> Node:
    """고양이가 야옹 울었어요. - The cat meowed."""
    draw = ctx.draw
    animal = draw.pick(ANIMALS)
    many = draw.chance(0.45)
    article = "" if many else draw.pick(("the", "a"))
    who = animal_phrase(ctx, animal.ko, animal.en, many=many, article=article)
    kind = draw.pick(("cry", "cry", "cry", "likes", "eats", "home", "young is", "raises", "bears"))
    if kind == "cry" and not animal.cry_ko:
        kind = "bears"
    if kind in ("young is", "raises", "bears") and not animal.young_ko:
        kind = "is there"
    return _SENTENCES[kind](ctx, animal, who, many)


def _the(ctx: Context, animal: Animal) -> Node:
    return animal_phrase(ctx, animal.ko, animal.en)


def _home(ctx: Context, animal: Animal) -> Node:
    """농장에 - on the farm."""
    links, at = ctx.leaf(), ctx.leaf()
    preposition, *rest = animal.home_en.split()
    en = [En(preposition, at), *(En(t, NO_LINK if t in ("the", "a") else links) for t in rest)]
    return Node([[Morph(animal.home_ko, links=links), Morph("에", "particle", at)]], en)


def _cry(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """고양이가 야옹 울었어요. - The cat meowed. In the present, the past, and the progressive."""
    tense, verb = ctx.draw.pick((PRESENT, PAST, "progressive")), animal.cry_en[:-1]
    if tense == PRESENT:
        verb = verb if many else third_person(verb)
        return whole_sentence(ctx, f"{{who}}+은 {animal.cry_ko} | {{who}} {verb}1", who=who)
    the = _the(ctx, animal)
    if tense == PAST:
        return whole_sentence(ctx, f"{{who}}+이 {animal.cry_ko}+~았2 | {{who}} {past(verb)}1,2", who=the)
    return whole_sentence(ctx, f"{{who}}+이 {animal.cry_ko}+고2 있2 | {{who}} is2 {gerund(verb)}1,2", who=the)


def _likes(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """소는 풀을 좋아해요. - Cows like grass."""
    return whole_sentence(
        ctx,
        "{who}+은 {food}+을 좋아하1 | {who} like1 {food}",
        who=animal_phrase(ctx, animal.ko, animal.en, many=True),
        food=words(ctx, animal.food_ko, animal.food_en),
    )


def _eats(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """소가 풀을 먹고 있어요. - The cow is eating grass."""
    food = words(ctx, animal.food_ko, animal.food_en)
    line = "{who}+이 {food}+을 먹1+고2 있2 | {who} is2 eating1,2 {food}"
    return whole_sentence(ctx, line, who=_the(ctx, animal), food=food)


def _lives(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """소는 농장에 살아요. - Cows live on the farm."""
    s = "" if many else "s"
    line = f"{{who}}+은 {{place}} 살1 | {{who}} live{s}1 {{place}}"
    return whole_sentence(ctx, line, who=who, place=_home(ctx, animal))


def _is_there(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """숲에 다람쥐가 있어요. - There is a squirrel in the forest."""
    one = animal_phrase(ctx, animal.ko, animal.en, article="a")
    return whole_sentence(ctx, "{place} {who}+이 있1 | there is1 {who} {place}", who=one, place=_home(ctx, animal))


def _young_is(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """강아지는 어린 개예요. - A puppy is a young dog."""
    parent = animal_phrase(ctx, animal.ko, animal.en, article="a")
    return whole_sentence(
        ctx,
        "{young}+은 어리1+(으)ㄴ {parent}+!이2 | {young} is2 a young1 {parent}",
        young=animal_phrase(ctx, animal.young_ko, animal.young_en, article="a"),
        parent=Node(parent.ko, parent.en[1:]),
    )


def _litter(ctx: Context, animal: Animal) -> Node:
    """강아지 세 마리 - three puppies."""
    number, links = ctx.leaf(), ctx.leaf()
    number_ko, number_en = NUMERALS[1 + ctx.draw.below(4)]
    first = animal.young_ko.split("_")[0]
    return Node(
        [[Morph(first, links=links)], [Morph(number_ko, links=number)], [Morph("마리", links=links)]],
        [En(number_en, number), *(En(w, links) for w in plural(animal.young_en).split())],
    )


def _raises(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """개가 강아지 세 마리를 돌보고 있어요. - The dog is taking care of three puppies."""
    line = "{who}+은 {litter}+을 돌보1+고2 있2 | {who} is2 taking1,2 care1 of {litter}"
    return whole_sentence(ctx, line, who=_the(ctx, animal), litter=_litter(ctx, animal))


def _bears(ctx: Context, animal: Animal, who: Node, many: bool) -> Node:
    """개가 강아지 세 마리를 낳았어요. - The dog had three puppies."""
    line = "{who}+이 {litter}+을 낳1+~았2 | {who} had1,2 {litter}"
    return whole_sentence(ctx, line, who=_the(ctx, animal), litter=_litter(ctx, animal))


_SENTENCES: dict[str, Callable[[Context, Animal, Node, bool], Node]] = {
    "cry": _cry,
    "likes": _likes,
    "eats": _eats,
    "home": _lives,
    "is there": _is_there,
    "young is": _young_is,
    "raises": _raises,
    "bears": _bears,
}
