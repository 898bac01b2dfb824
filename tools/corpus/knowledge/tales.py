"""Tales of kings and queens."""

from ..frames.roles import ROYALS
from ..grammar.context import Context, words
from ..trees import En, Node
from .facts import TALES
from .templates import whole_sentence


def tales(ctx: Context, topic: str) -> Node:
    """옛날에 왕이 살았어요. - Once upon a time, there lived a king."""
    ko, en, gender = ctx.draw.pick(ROYALS)
    lady_ko, lady_en, _ = ctx.draw.pick(tuple(r for r in ROYALS if r[2] != gender))
    line = ctx.draw.pick(TALES).replace("{his}", "his" if gender == "m" else "her")
    if ctx.level == "b":
        ctx.level = "y"
    slots = {"r": words(ctx, ko, en)}
    if "{lady}" in line:
        lady = words(ctx, lady_ko, lady_en)
        slots["lady"] = Node(lady.ko, [En("a"), *lady.en])
    return whole_sentence(ctx, line, **slots)
