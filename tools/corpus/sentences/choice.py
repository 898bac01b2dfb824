"""Which frames a sentence is made of: by topic and kind, by cause and effect, in the order of a scene."""

import re
from collections.abc import Callable
from functools import cache

from ..frames.frame import FRAMES, Frame
from ..frames.groups import BED, SCENES
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


def first_noun(frame: Frame) -> str:
    """The first morpheme of a frame, as a rule its object."""
    return re.sub(r"[\d,]", "", frame.ko.split()[0].split("+")[0])


# --- cause and effect ---------------------------------------------------------------------------------------


@cache
def _effects_of(tag: str, prevented: bool) -> tuple[Frame, ...]:
    """What one does in consequence of a state of affairs, or what it prevents."""
    if prevented:
        return tuple(f for f in FRAMES if tag in f.prevented_by)
    return tuple(f for f in FRAMES if tag in f.effect_of)


@cache
def _causes_of_topic(topic: str, prevented: bool) -> tuple[tuple[Frame, tuple[Frame, ...]], ...]:
    """(cause, what it leads to), where one of the two is of the topic."""
    found = []
    for cause in FRAMES:
        effects = [e for tag in cause.causes for e in _effects_of(tag, prevented)]
        fitting = tuple(
            e
            for e in effects
            if topic in (cause.topic, e.topic) and e.stem != cause.stem and first_noun(e) != first_noun(cause)
        )
        if fitting:
            found.append((cause, fitting))
    return tuple(found)


def cause_pair(ctx: Context, topic: str, *, prevented: bool) -> tuple[Frame, Frame]:
    """A cause and what it leads to (or prevents), one of them of the topic."""
    cause, effects = ctx.draw.pick(_causes_of_topic(topic, prevented))
    return cause, ctx.draw.pick(effects)


# --- scenes -------------------------------------------------------------------------------------------------


@cache
def _scenes_of_topic(topic: str) -> tuple[tuple[Frame, ...], ...]:
    """The scenes of which at least half the acts belong to a topic."""
    return tuple(scene for scene in SCENES if sum(f.topic == topic for f in scene) * 2 >= len(scene))


def acts(ctx: Context, topic: str, number: int) -> list[Frame]:
    """`number` acts of one scene, in the order in which they happen."""
    scenes = [s for s in _scenes_of_topic(topic) if len(s) >= number]
    scene = ctx.draw.pick(scenes)
    while True:
        chosen = sorted({ctx.draw.below(len(scene)) for _ in range(number)})
        if len(chosen) == number and chosen[-1] - chosen[0] < number + 2:
            return [scene[i] for i in chosen]


def two_acts(ctx: Context, topic: str) -> tuple[Frame, Frame]:
    """Two acts, the earlier first."""
    first, second = acts(ctx, topic, 2)
    return first, second


def bedtime(frame: Frame) -> Frame:
    """What one does last in the evening is just going to bed: 자기 전에, not 일찍 자기 전에."""
    return BED if frame.stem == "자" else frame
