"""Countries: capitals, languages, food, and people who lived there."""

from ..grammar.context import Context, words
from ..grammar.nouns import country_noun
from ..grammar.subjects import draw_person
from ..lexicon.people import KIN, NAMES
from ..trees import Node
from .facts import COUNTRY_LINES, LIVED
from .templates import topic_phrase, whole_sentence

_PEOPLE = tuple(p for p in KIN if not p.elder and p.ko not in ("아빠", "엄마"))


def countries(ctx: Context, topic: str) -> Node:
    """프랑스의 수도는 파리예요. - The capital of France is Paris."""
    if ctx.country.abroad and ctx.draw.chance(0.4):
        return lived_abroad(ctx)
    line = ctx.draw.pick(tuple(line for line in COUNTRY_LINES if ctx.country.abroad or not line.startswith("*")))
    ko, en = line.lstrip("*").split(" | ")
    food = country_noun(ctx, "local_food")
    en = en.replace("MEAL", "{local_food/thes}" if not food.flags else "the {local_food/0}")
    en = en.replace("WAS", "was6" if food.flags else "were6")
    if ctx.level == "b":
        ko = ko.replace("에게", "한테")
    if "I " in en and "MEAL" not in line and ctx.draw.chance(0.4):
        me = "나" if ctx.level == "b" else "저"
        ko, en = f"{me}9+은 {ko}", en.replace("I ", "I9 ", 1)
    return whole_sentence(ctx, f"{ko} | {en}", nationality=_nationality(ctx))


def _nationality(ctx: Context) -> Node:
    """한국 - Korean."""
    return words(ctx, ctx.country.name.partition("=")[0], ctx.country.nationality)


def lived_abroad(ctx: Context) -> Node:
    """민지 씨는 독일에 살 때 독일어를 배웠어요. - When Minji lived in Germany, she learned German."""
    person = draw_person(ctx, ((NAMES, 2), (_PEOPLE, 2)))
    ko, en = ctx.draw.pick(LIVED).split(" | ")
    en = en.replace("PRO", person.pronoun)
    return whole_sentence(ctx, f"{ko} | {en}", who=topic_phrase(ctx, person), nationality=_nationality(ctx))
