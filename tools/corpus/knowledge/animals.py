"""Animals: their cries, food, homes and young. `animals` draws one of the kinds of sentence in `_SENTENCES`."""

from collections.abc import Callable

from ..english import gerund, indefinite, past, plural, third_person
from ..grammar.context import PAST, PRESENT, Context, words
from ..lexicon.numerals import NUMERALS
from ..lexicon.world import ANIMALS, Animal
from ..morphology import Morph
from ..trees import NO_LINK, En, Node
from .facts import ANIMAL_FACTS
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
    if draw.chance(0.2):
        return whole_sentence(ctx, draw.pick(ANIMAL_FACTS))
    kind = draw.pick(tuple(_SENTENCES))
    sentence, fits = _SENTENCES[kind]
    return sentence(ctx, draw.pick(tuple(a for a in ANIMALS if fits(a))))


def _the(ctx: Context, animal: Animal) -> Node:
    return animal_phrase(ctx, animal.ko, animal.en)


def _at_home(ctx: Context, animal: Animal, home_en: str) -> Node:
    """농장에 - on the farm, on farms."""
    links, at = ctx.leaf(), ctx.leaf()
    preposition, *rest = home_en.split()
    en = [En(preposition, at), *(En(t, NO_LINK if t in ("the", "a") else links) for t in rest)]
    return Node([[Morph(animal.home_ko, links=links), Morph("에", "particle", at)]], en)


def _cry(ctx: Context, animal: Animal) -> Node:
    """고양이가 야옹 울었어요. - The cat meowed. In the present, the past, and the progressive."""
    tense, verb = ctx.draw.pick((PRESENT, PAST, "progressive")), animal.cry_en[:-1]
    if tense == PRESENT:
        many = ctx.draw.chance(0.6)
        who = animal_phrase(ctx, animal.ko, animal.en, many=many, article="a")
        return whole_sentence(
            ctx, f"{{who}}+은 {animal.cry_ko} | {{who}} {verb if many else third_person(verb)}1", who=who
        )
    the = _the(ctx, animal)
    if tense == PAST:
        return whole_sentence(ctx, f"{{who}}+이 {animal.cry_ko}+~았2 | {{who}} {past(verb)}1,2", who=the)
    return whole_sentence(ctx, f"{{who}}+이 {animal.cry_ko}+고2 있2 | {{who}} is2 {gerund(verb)}1,2?", who=the)


def _likes(ctx: Context, animal: Animal) -> Node:
    """소는 풀을 좋아해요. - Cows like grass."""
    return whole_sentence(
        ctx,
        "{who}+은 {food}+을 좋아하1 | {who} like1 {food}",
        who=animal_phrase(ctx, animal.ko, animal.en, many=True),
        food=words(ctx, animal.food_ko, animal.food_en),
    )


def _eats(ctx: Context, animal: Animal) -> Node:
    """소가 풀을 먹고 있어요. - The cow is eating grass."""
    food = words(ctx, animal.food_ko, animal.food_en)
    line = "{who}+이 {food}+을 먹1+고2 있2 | {who} is2 eating1,2? {food}"
    return whole_sentence(ctx, line, who=_the(ctx, animal), food=food)


def _lives(ctx: Context, animal: Animal) -> Node:
    """소는 농장에 살아요. - Cows live on farms."""
    who = animal_phrase(ctx, animal.ko, animal.en, many=True)
    place = _at_home(ctx, animal, animal.lives_en)
    return whole_sentence(ctx, "{who}+은 {place} 살1 | {who} live1 {place}", who=who, place=place)


def _is_there(ctx: Context, animal: Animal) -> Node:
    """숲에 다람쥐가 있어요. - There is a squirrel in the forest."""
    one = animal_phrase(ctx, animal.ko, animal.en, article="a")
    place = _at_home(ctx, animal, animal.home_en)
    return whole_sentence(ctx, "{place} {who}+이 있1 | there1? is1 {who} {place}", who=one, place=place)


def _young_is(ctx: Context, animal: Animal) -> Node:
    """강아지는 어린 개예요. - A puppy is a young dog. 어린 개를 강아지라고 해요. - A young dog is called a puppy."""
    kind = "chicken" if animal.ko == "닭" else animal.en  # a hen is not young
    parent = animal_phrase(ctx, animal.ko, kind, article="a")
    slots = {
        "young": animal_phrase(ctx, animal.young_ko, animal.young_en, article="a"),
        "parent": Node(parent.ko, parent.en[1:]),
    }
    if ctx.draw.chance(0.5):
        line = "{young}+은 어리1+(으)ㄴ {parent}+!이2 | {young} is2 a young1 {parent}"
    else:
        line = "어리1+(으)ㄴ {parent}+을 {young}+!이+라고2 하3 | a young1 {parent} is3? called2,3 {young}"
    return whole_sentence(ctx, line, **slots)


def _number(ctx: Context, low: int, high: int) -> tuple[str, str]:
    return NUMERALS[low - 1 + ctx.draw.below(high - low + 1)]


def _litter(ctx: Context, animal: Animal, english: str) -> Node:
    """새끼 세 마리 - three puppies."""
    number, links = ctx.leaf(), ctx.leaf()
    number_ko, number_en = _number(ctx, *animal.born)
    one = number_en == "one"
    first = animal.young_ko.split("_")[0] if one or animal.lays_eggs else "새끼"
    return Node(
        [[Morph(first, links=links)], [Morph(number_ko, links=number)], [Morph("마리", links=links)]],
        [
            En(indefinite(english) if one else number_en, number),
            *(En(w, links) for w in (english if one else plural(english)).split()),
        ],
    )


def _raises(ctx: Context, animal: Animal) -> Node:
    """개가 새끼 세 마리를 돌보고 있어요. - The dog is taking care of three puppies."""
    line = "{who}+이 {litter}+을 돌보1+고2 있2 | {who} is2 taking1,2? care1 of1? {litter}"
    return whole_sentence(ctx, line, who=_the(ctx, animal), litter=_litter(ctx, animal, animal.young_en))


def _bears(ctx: Context, animal: Animal) -> Node:
    """개가 새끼 세 마리를 낳았어요. - The dog had three puppies."""
    line = "{who}+이 {litter}+을 낳1+~았2 | {who} had1,2 {litter}"
    return whole_sentence(ctx, line, who=_the(ctx, animal), litter=_litter(ctx, animal, animal.born_en))


def _lays(ctx: Context, animal: Animal) -> Node:
    """닭이 알을 세 개 낳았어요. - The hen laid three eggs."""
    number_ko, number_en = _number(ctx, 1, 5)
    eggs = "an3 egg1" if number_en == "one" else f"{number_en}3 eggs1"
    line = f"{{who}}+이 알1+을 {number_ko}3 개1 낳2+~았4 | {{who}} laid2,4 {eggs}"
    return whole_sentence(ctx, line, who=_the(ctx, animal))


def _follows(ctx: Context, animal: Animal) -> Node:
    """병아리가 어미를 따라가고 있어요. - The chick is following its mother."""
    young = animal_phrase(ctx, animal.young_ko, animal.young_en)
    line = ctx.draw.pick(
        (
            "{who}+이 어미1+을 따라가2+고3 있3 | {who} is3 following2,3? its mother1",
            "{who}+이 어미1+을 찾2+고3 있3 | {who} is3 looking2,3? for2 its mother1",
            "{who}+이 어미1 옆2+에서 자3+고4 있4 | {who} is4 sleeping3,4? next2 to2 its mother1",
        )
    )
    return whole_sentence(ctx, line, who=young)


_Fits = Callable[[Animal], bool]
_SENTENCES: dict[str, tuple[Callable[[Context, Animal], Node], _Fits]] = {  # kind -> (sentence, which animals)
    "cry": (_cry, lambda a: bool(a.cry_ko)),
    "cries": (_cry, lambda a: bool(a.cry_ko)),  # three times as often as the others
    "cries too": (_cry, lambda a: bool(a.cry_ko)),
    "likes": (_likes, lambda a: True),
    "eats": (_eats, lambda a: True),
    "home": (_lives, lambda a: bool(a.lives_en)),
    "is there": (_is_there, lambda a: True),
    "young is": (_young_is, lambda a: a.young_ko in ("강아지", "송아지", "망아지", "병아리", "올챙이")),
    "raises": (_raises, lambda a: a.born[1] > 0),
    "bears": (_bears, lambda a: not a.lays_eggs),
    "lays": (_lays, lambda a: a.ko in ("닭", "오리")),
    "follows": (_follows, lambda a: a.ko != "개구리"),
}
