"""Times: phrases of the past, the future, habit and the present; weekdays; hours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Time:
    """A time phrase as a template pair; `when` is past, future, habit or now; `day` the times of day it fits."""

    ko: str
    en: str
    when: str
    day: str = ""  # "" fits all, else am, noon, pm, eve or night
    before_verb: bool = False  # an English frequency adverb that stands before the verb
    span: str = "day"  # how far away: day, week or year; small acts are spoken of within days


def _span(when: str, en: str) -> str:
    if when in ("habit", "now"):
        return "day"
    if any(word in en for word in ("year", "month", "first1")):
        return "year"
    return "week" if any(word in en for word in ("week", "days", "long1", "before", "after1", "later")) else "day"


def _read_times(table: str) -> tuple[Time, ...]:
    times = []
    for line in table.strip().splitlines():
        when, ko, en, *day = (part.strip() for part in line.split("|"))
        times.append(Time(ko, en.lstrip("^"), when, day[0] if day else "", en.startswith("^"), _span(when, en)))
    return tuple(times)


TIMES = _read_times("""\
past|어제1|yesterday1
past|어제1|yesterday1
past|지난주1+에|last1 week1
past|지난달1+에|last1 month1
past|작년1+에|last1 year1
past|지난1 주말2+에|last1 weekend2
past|오늘1 아침2+에|this1 morning2|am
past|어젯밤1+에|last1 night1|night
past|어제1 저녁2+에|yesterday1 evening2|eve
past|어제1 오후2+에|yesterday1 afternoon2|pm
past|아까1|earlier1
past|그저께1|the day1 before1 yesterday1
past|며칠1 전2+에|a1 few1 days1 ago2
past|얼마1 전2+에|not1 long1 ago2
past|이틀1 전2+에|two1 days1 ago2
past|일주일1 전2+에|a1 week1 ago2
past|한1 달1 전2+에|a1 month1 ago2
past|처음1+으로|for the first1 time1
fut|내일1|tomorrow1
fut|내일1|tomorrow1
fut|모레1|the day1 after1 tomorrow1
fut|다음1 주2+에|next1 week2
fut|다음1 주말2+에|next1 weekend2
fut|이번1 주2+에|this1 week2
fut|다음1 달2+에|next1 month2
fut|내년1+에|next1 year1
fut|오늘1 오후2+에|this1 afternoon2|pm
fut|오늘1 저녁2+에|this1 evening2|eve
fut|오늘1 밤2+에|tonight1,2|night
fut|이번1 주말2+에|this1 weekend2
fut|내일1 아침2+에|tomorrow1 morning2|am
fut|나중1+에|later1
fut|곧1|soon1
habit|매일1|every1 day1
habit|매일1 아침2|every1 morning2|am
habit|아침1+마다2|every2 morning1|am
habit|저녁1+마다2|every2 evening1|eve
habit|매일1 밤2|every1 night2|night
habit|주말1+마다2|every2 weekend1
habit|토요일1+마다2|every2 Saturday1
habit|일요일1+마다2|every2 Sunday1
habit|매주1|every1 week1
habit|평일1+에2|on2 weekdays1
habit|거의1 매일2|almost1 every2 day2
habit|자주1|^often1
habit|가끔1|^sometimes1
habit|보통1|^usually1
habit|주말1+에2|on2 weekends1
habit|일주일1+에 한2 번2|once2 a week1
habit|일주일1+에 두2 번2|twice2 a week1
habit|일주일1+에 세2 번3|three2 times3 a week1
now|지금1|now1
now|지금1|right1 now1
now|요즘1|these1 days1
""")
WEEKDAYS = (
    ("월요일", "Monday"),
    ("화요일", "Tuesday"),
    ("수요일", "Wednesday"),
    ("목요일", "Thursday"),
    ("금요일", "Friday"),
    ("토요일", "Saturday"),
    ("일요일", "Sunday"),
)
HOURS = {  # time of day -> (Korean word, English phrase, hours)
    "am": ("아침", "in the morning", (6, 7, 8, 9)),
    "noon": ("오후", "in the afternoon", (1, 2)),
    "pm": ("오후", "in the afternoon", (2, 3, 4, 5)),
    "eve": ("저녁", "in the evening", (6, 7, 8)),
    "night": ("밤", "at night", (9, 10)),
}
