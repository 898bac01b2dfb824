"""When: days, weeks and years, habits, and the hour."""

from functools import cache

from ..frames.frame import Frame
from ..frames.modalities import said_of
from ..frames.recurrence import momentary, on_workdays, slow, span
from ..lexicon.numerals import NUMERALS
from ..lexicon.times import HOURS, TIMES, WEEKDAYS, Time
from ..morphology import Morph
from ..tables import word_set
from ..trees import NO_LINK, En, Node, fill, template
from .context import FUTURE, PAST, Context


def clock(ctx: Context, day: str, *, exact: bool = True) -> Node:
    """`exact`: perhaps to the minute. 아침 일곱 시에 - at seven in the morning, 7시 30분에 - at 7:30."""
    part_ko, part_en, hours = HOURS[day]
    hour = ctx.draw.pick(hours)
    at, number, part = ctx.leaf(), ctx.leaf(), ctx.leaf()
    style = ctx.draw.below(4) if exact else 1 + ctx.draw.below(3)
    if style == 0:
        minute = ctx.draw.pick((10, 20, 30, 40, 50))
        time = [
            [Morph(str(hour), links=number), Morph("시", links=number)],
            [Morph(str(minute), links=number), Morph("분", links=number), Morph("에", "particle", at)],
        ]
        return Node(time, [En("at", at), En(f"{hour}:{minute}", number)])
    hour_ko, hour_en = NUMERALS[hour - 1]
    hour_eojeols = [[Morph(hour_ko, links=number)], [Morph("시", links=number)]]
    if style == 1:
        half = ctx.leaf()
        hour_eojeols += [[Morph("반", links=half), Morph("에", "particle", at)]]
        en = [En("at", at), En("half", half), En("past", half), En(hour_en, number)]
        return Node(hour_eojeols, en)
    hour_eojeols[-1].append(Morph("에", "particle", at))
    if style == 2:
        return Node(hour_eojeols, [En("at", at), En(hour_en, number)])
    prefix = [[Morph(part_ko, links=part)]]
    tail = [En(w, part if w not in ("in", "at", "the") else NO_LINK) for w in part_en.split()]
    return Node([*prefix, *hour_eojeols], [En("at", at), En(hour_en, number), *tail])


def _hour_of_day(hour: list[En], day: list[En]) -> list[En]:
    """at six tomorrow morning, not: at six in the morning tomorrow; last night, not: yesterday night."""
    *start, part = hour
    if len(day) > 1 or len(hour) < 4 or part.text not in _PARTS_OF_DAY:
        return [*hour, *day]
    start = start[: 2 if start[-1].text in ("the", "at") else len(start)]
    named = "last" if (day[0].text, part.text) == ("yesterday", "night") else day[0].text
    return [*start, En(named, day[0].links), part]


_PARTS_OF_DAY = word_set("morning afternoon evening night")
WHEN = {PAST: "past", FUTURE: "fut", "habit": "habit"}  # style of a sentence -> the kind of its time phrase
_SPANS = {"day": ("day",), "week": ("day", "week"), "year": ("day", "week", "year")}


@cache
def _fitting_times(when: str, days: tuple[str, ...], barred: str, far: str) -> tuple[Time, ...]:
    """The time phrases of a kind that fit the time of day, do not repeat a word and are not too far away."""
    return tuple(
        t
        for t in TIMES
        if t.when == when
        and t.span in _SPANS[far]
        and (not t.day or not days or t.day in days)
        and not any(word.rstrip("0123456789+에마다") in barred for word in t.ko.split())
    )


_CLOCK_DAYS = {"past": ("어제1", "yesterday1"), "fut": ("내일1", "tomorrow1"), "habit": ("매일1", "every1 day1")}
_DAYS_OFF = ("weekend", "Saturday", "Sunday")
_BY_THE_CLOCK = word_set("일어나 출근 퇴근 먹 만나 가 도착 출발 떠나 시작 자 보 듣 들어가 나가 깨")
_LASTING = word_set("배우 가르치")  # of these one doesn't say on which day they were done
_AWAITED = word_set("출발 도착 떠나 시작 끝나 돌아오 오 그치 피 지 뜨 졸업 결혼")  # what comes soon


def time_phrase(ctx: Context, frame: Frame, when: str) -> tuple[Node, Node]:
    """(time, frequency) that fits a frame; at most one of them is there."""
    draw = ctx.draw
    if when == "past" and frame.stem in _LASTING:
        return Node(), Node()
    if _has_a_weekday(frame, when) and draw.chance(0.14):
        ko, en = draw.pick(WEEKDAYS[:5] if on_workdays(frame) else WEEKDAYS)
        return fill(template(f"{ko}1+에2", f"on2 {en}1"), {}, ctx.fresh), Node()
    if _has_an_hour(frame, when) and draw.chance(0.5):
        time = clock(ctx, draw.pick(frame.days), exact=when != "habit")
        ko, en = _CLOCK_DAYS[when]
        if when == "habit" or draw.chance(0.6):
            day = fill(template(ko, en), {}, ctx.fresh)
            time = Node([*day.ko, *time.ko], _hour_of_day(time.en, day.en))
        return time, Node()
    times = _fitting_times(when, frame.days, frame.ko, span(frame))
    options = tuple(t for t in times if _suits(t, frame, when))
    if not options:
        return Node(), Node()
    drawn = draw.pick(options)
    ctx.used.update(w.rstrip("0123456789+에마다") for w in drawn.ko.split())
    node = fill(template(drawn.ko, drawn.en), {}, ctx.fresh)
    return (Node(), node) if drawn.before_verb else (node, Node())


def _takes_long(frame: Frame) -> bool:
    """Whether an act is spoken of by months and years: what takes weeks, and what is done abroad."""
    return slow(frame) or frame.span == "year" or "{country}" in frame.ko or "{capital}" in frame.ko


def _has_a_weekday(frame: Frame, when: str) -> bool:
    """Whether one says on which day of the week an act was or will be done."""
    return when in ("past", "fut") and span(frame) != "day" and not _takes_long(frame)


def _has_an_hour(frame: Frame, when: str) -> bool:
    """Whether one says at what hour an act was, is or will be done."""
    if when == "now" or not frame.days or "x" in frame.flags or "일찍" in frame.ko or slow(frame):
        return False
    if frame.way:
        return frame.way in ("purpose", "seq") and frame.span == "day" and frame.ko.count("+") < 12
    return frame.stem in _BY_THE_CLOCK and "~아 보" not in frame.ko


def _suits(time: Time, frame: Frame, when: str) -> bool:
    """Whether a time phrase goes with a frame, beyond the time of day and how far away it is."""
    if when in ("past", "fut") and _takes_long(frame) and time.span != "year":
        return False
    if momentary(frame) and when == "fut":
        return False
    if time.ko.startswith("처음") and not said_of("experience", frame):
        return False
    if time.day and frame.stem == "걸리":  # nobody knows in which part of the day they caught a cold
        return False
    if time.ko.startswith("곧") and frame.stem not in _AWAITED:
        return False
    if on_workdays(frame) and any(day in time.en for day in _DAYS_OFF):
        return False
    if when == "now" and time.ko.startswith("요즘"):
        return frame.state or slow(frame) or frame.stem in _LASTING
    if frame.topic == "nature" and frame.subject.startswith("=") and time.day == "night":
        return False
    if frame.days == ("night",) and not time.day:
        return False
    if when == "habit" and frame.span == "day" and any(word in time.en for word in ("week", "Sat", "Sun")):
        return False
    if frame.way:
        planned = when != "fut" or frame.way in ("seq", "purpose", "plan") or time.span == "day"
        whole_day = "종일" not in frame.ko or not time.day
        first = time.ko.startswith(("처음", "아까", "곧", "나중"))
        frequent = when == "habit" and time.before_verb  # 자주 would belong to the first verb
        return planned and whole_day and not first and not frequent
    return True


def duration(ctx: Context) -> Node:
    """두 시간 동안 - for two hours."""
    index = ctx.draw.below(4)
    ko, en = NUMERALS[index]
    number, hour, for_ = ctx.leaf(), ctx.leaf(), ctx.leaf()
    article = "an" if index == 0 else en
    return Node(
        [[Morph(ko, links=number)], [Morph("시간", links=hour)], [Morph("동안", links=for_)]],
        [En("for", for_), En(article, number), En("hour" if index == 0 else "hours", hour)],
    )
