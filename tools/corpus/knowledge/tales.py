"""Tales of kings and queens."""

from ..frames.roles import ROYALS
from ..grammar.context import Context, words
from ..trees import En, Node
from .facts import TALES
from .templates import whole_sentence

_COUPLES = {"왕": ("여왕", "queen"), "여왕": ("왕", "king"), "왕자": ("공주", "princess"), "공주": ("왕자", "prince")}


def tales(ctx: Context, topic: str) -> Node:
    """옛날에 왕이 살았어요. - Once upon a time, there lived a king."""
    ko, en, gender = ctx.draw.pick(ROYALS)
    his, he = ("his", "he") if gender == "m" else ("her", "she")
    line = ctx.draw.pick(TALES).replace("{his}", his).replace("{he}", he)
    if ctx.level == "b":
        ctx.level = "y"
    slots = {"r": words(ctx, ko, en)}
    if "{lady}" in line:
        lady_ko, lady_en, _ = ctx.draw.pick(tuple(r for r in ROYALS if r[2] != gender))
        lady = words(ctx, lady_ko, lady_en)
        slots["lady"] = Node(lady.ko, [En("a"), *lady.en])
    if "{other}" in line:
        slots["other"] = words(ctx, *_COUPLES[ko])
    return whole_sentence(ctx, line, **slots)
