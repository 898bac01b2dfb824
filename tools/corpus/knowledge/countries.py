"""Countries: capitals, languages, food, and people who lived there."""

from ..grammar.context import Context
from ..grammar.nouns import country_noun
from ..grammar.subjects import draw_person
from ..lexicon.people import KIN, NAMES
from ..trees import Node
from .facts import COUNTRY_LINES, LIVED
from .templates import topic_phrase, whole_sentence


def countries(ctx: Context, topic: str) -> Node:
    """프랑스의 수도는 파리예요. - The capital of France is Paris."""
    if ctx.draw.chance(0.35):
        return lived_abroad(ctx)
    line = ctx.draw.pick(COUNTRY_LINES)
    if (line.startswith("{country} 음식") and ctx.level != "b") or ("싶4" in line and ctx.draw.chance(0.4)):
        ko, en = line.split(" | ")
        return whole_sentence(ctx, f"{'나' if ctx.level == 'b' else '저'}9+은 {ko} | {en.replace('I ', 'I9 ', 1)}")
    if "the {local_food}" in line and country_noun(ctx, "local_food").flags == "":
        line = COUNTRY_LINES[0]
    return whole_sentence(ctx, line)


def lived_abroad(ctx: Context) -> Node:
    """민지 씨는 독일에 살 때 독일어를 배웠어요. - When Minji lived in Germany, she learned German."""
    person = draw_person(ctx, ((NAMES, 2), (tuple(p for p in KIN if not p.elder), 2)))
    ko, en = ctx.draw.pick(LIVED).split(" | ")
    return whole_sentence(ctx, f"{ko} | {en.replace('PRO', person.pronoun)}", who=topic_phrase(ctx, person))
