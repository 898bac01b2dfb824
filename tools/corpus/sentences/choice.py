"""Which frames a sentence is made of: by topic and kind, by cause and effect."""

from collections.abc import Callable
from functools import cache

from ..frames.causes import Consequence, consequences
from ..frames.frame import FRAMES, Frame
from ..grammar.context import Context

# --- one frame ----------------------------------------------------------------------------------------------

_KINDS: dict[str, Callable[[Frame], bool]] = {
    "any": lambda f: True,
    "act": lambda f: "q" in f.flags and not f.state,
    "personal": lambda f: f.subject in ("P", "I") and not f.sex,
    "personal act": lambda f: f.subject == "P" and not f.sex and "q" in f.flags and not f.state,
    "background": lambda f: "b" in f.flags,
    "working": lambda f: "w" in f.flags,
    "social": lambda f: "c" in f.flags and "q" in f.flags and not f.sex,
    "placed": lambda f: bool(f.places) and "q" in f.flags and not f.sex,
}


@cache
def frames_of_kind(topic: str, kind: str) -> tuple[Frame, ...]:
    """The frames of a kind, of one topic or ("") of all."""
    return tuple(f for f in FRAMES if (topic == "" or f.topic == topic) and _KINDS[kind](f))


def pick_frame(ctx: Context, topic: str, kind: str) -> Frame:
    """A frame of a topic and kind."""
    return ctx.draw.pick(frames_of_kind(topic, kind))


@cache
def of_topic(frames: tuple[Frame, ...], topic: str) -> tuple[Frame, ...]:
    """Those of the frames that belong to a topic."""
    return tuple(f for f in frames if f.topic == topic)


# --- cause and effect ---------------------------------------------------------------------------------------


_FEW = 8  # where a topic has fewer pairs for a construction, those of all topics serve


def cause_pair(ctx: Context, topic: str, kind: str) -> Consequence:
    """A cause and its effect, one of them of the topic, for a construction of `frames/causes/`: so, not, must, ..."""
    pairs = consequences(topic, kind)
    if len(pairs) >= _FEW:
        return ctx.draw.pick(pairs)
    pair = ctx.draw.pick(consequences("", kind))
    ctx.topic = pair.effect.topic
    return pair
