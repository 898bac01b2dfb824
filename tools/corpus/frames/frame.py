"""Frames as objects: the tables of `frames/topics/` read, row by row."""

import itertools
import re
from dataclasses import dataclass

from ..tables import word_set
from .topics import TABLES


@dataclass(frozen=True)
class Frame:
    """A predicate frame; the options are described in `frames/topics/__init__.py`."""

    topic: str
    ko: str
    en: str
    subject: str = "P"
    subject_en: str = ""
    subject_plural: bool = False
    flags: frozenset[str] = frozenset()
    days: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    manners: tuple[str, ...] = ()
    honorific: str = ""
    negation: str = ""
    denied: str = ""  # 안 or 못 where it is said only so: 잠을 못 자
    sex: str = ""  # m or f where only men or only women do this
    age: str = ""  # young or adult where only the young or only the grown-up do this
    way: str = ""  # how a row of several acts joins them: seq, before, while, ...
    span: str = ""  # how far away in time one speaks of it: day, week or year

    @property
    def state(self) -> bool:
        """No act: an adjective, or a verb such as like and know."""
        return "st" in self.flags or "adj" in self.flags

    @property
    def stem(self) -> str:
        """The Korean stem with its meaning: 먹, 공부 of 공부+하."""
        last = self.ko.split()[-1].split("+")
        return last[0].rstrip("0123456789,?")


def _split_line(line: str) -> list[str]:
    """Split at ` | `; the bars inside braces have no spaces around them."""
    return [part.strip() for part in line.split(" | ")]


_OPTIONS = frozenset(("s", "t", "m", "hon", "neg", "no", "g", "way", "span"))
_FLAGS = frozenset(("st", "adj", "x", "pt", "q", "b", "w", "c", "d", "nh", "past", "nopr", "nn", "young", "adult"))


def read_frame(line: str, topic: str) -> Frame:
    """The frame of one row; an unknown option is a ValueError."""
    ko, en, *options = _split_line(line)
    subject, subject_en, plural = "P", "", False
    if " / " in en or " // " in en:
        plural = " // " in en
        subject_en, en = en.split(" // " if plural else " / ")
        subject = "0"
    values: dict[str, str] = {}
    flags: set[str] = set()
    places: tuple[str, ...] = ()
    for option in options[0].split() if options else []:
        if option[0] == "@":
            places = tuple(option[1:].split(","))
        elif "=" in option:
            name, _, value = option.partition("=")
            values[name] = value
        else:
            flags.add(option)
    if unknown := (flags - _FLAGS) | (set(values) - _OPTIONS):
        raise ValueError(f"expected known options, got {sorted(unknown)} in {line!r}")
    return Frame(
        topic,
        ko,
        en,
        subject=values.get("s", subject),
        subject_en=subject_en,
        subject_plural=plural,
        flags=frozenset(flags),
        days=tuple(values["t"].split(",")) if "t" in values else (),
        places=places,
        manners=tuple(values["m"].split(",")) if "m" in values else (),
        honorific=values.get("hon", ""),
        negation=values.get("neg", ""),
        denied=values.get("no", ""),
        sex=values.get("g", ""),
        age=next((flag for flag in ("young", "adult") if flag in flags), ""),
        way=values.get("way", ""),
        span=values.get("span", ""),
    )


FRAMES = tuple(read_frame(line, topic) for topic, table in TABLES.items() for line in table.strip().splitlines())
TOPICS = tuple(dict.fromkeys(frame.topic for frame in FRAMES))


def frame_key(ko: str) -> str:
    """A frame's Korean side without its labels: the key by which other tables name it."""
    return re.sub(r"(?<=[^\d,\s])[\d,?]+", "", ko)


_PARTICLES = word_set("을 이 은 에 에서 에게 에게서 께 께서 과 의 으로 도 까지 보다 부터 들 하 있 없 게 ~았")
_RELATIVE = word_set("(으)ㄴ 는 (으)ㄹ 던")
_JOINED = word_set("후 때 뒤 다음 동안 대신 채")  # 집에 간 후에 is no relative clause


def begins_with_relative(frame: Frame) -> bool:
    """Whether the first verb of a frame is that of a relative clause: 이사를 한 친구에게 ..."""
    words = frame_key(frame.ko).split()
    for word, following in itertools.pairwise(words):
        for morph in word.split("+")[1:]:
            if morph in _RELATIVE:
                return following.split("+")[0] not in _JOINED
            if morph not in _PARTICLES:
                return False
    return False


def keys(table: str) -> tuple[str, ...]:
    """The keys in a table, in which they are separated by ` / ` and by new lines."""
    return tuple(key.strip() for line in table.strip().splitlines() for key in line.split(" / "))


BY_KEY = {frame_key(frame.ko): frame for frame in FRAMES}


def frames_named(table: str) -> tuple[Frame, ...]:
    """The frames whose keys are in a table, in its order."""
    return tuple(BY_KEY[key] for key in keys(table))
