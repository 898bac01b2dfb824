"""Who and what people, things and days are: 저는 학생이에요. 이것은 제 가방이에요. One function for each kind."""

from collections.abc import Callable

from ..english import indefinite
from ..grammar.context import Context, words
from ..grammar.subjects import Subject, draw_person, first_person, possessor
from ..lexicon.nouns import nouns
from ..lexicon.people import KIN, NAMES
from ..lexicon.times import WEEKDAYS
from ..lexicon.world import PROFESSIONS
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..trees import En, Node
from .professions import profession_phrase
from .templates import copula_sentence, whole_question, whole_sentence

_SPEAKERS = (
    ("학생", "student"),
    ("대학생", "college student"),
    ("회사원", "office worker"),
    ("외국인", "foreigner"),
    ("관광객", "tourist"),
    *((p.ko, p.en) for p in PROFESSIONS[:12]),
)
_RELATIVES = (
    ("아들", "son", "m"),
    ("딸", "daughter", "f"),
    ("아버지", "father", "m"),
    ("어머니", "mother", "f"),
)
_EVENTS = (  # (event, English, whether it is on workdays only)
    ("오늘", "today", False),
    ("내일", "tomorrow", False),
    ("시험", "the exam", True),
    ("회의", "the meeting", True),
    ("수업", "the class", True),
    ("발표", "the presentation", True),
    ("파티", "the party", False),
    ("경기", "the game", False),
    ("공연", "the performance", False),
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ONES_OWN = (
    "bag|accessory|reading|컴퓨터|카메라|노트북|휴대폰|연필|볼펜|공책|지우개|필통|가위|옷|코트|신발|운동화|자전거"
)


def identity(ctx: Context, topic: str) -> Node:
    """저는 학생이에요. - I'm a student. 이것은 제 가방이에요. - This is my bag."""
    ctx.topic, sentence = ctx.draw.pick(_KINDS)
    return sentence(ctx)


def speaker_is(ctx: Context) -> Node:
    """저는 학생이에요. - I'm a student. 저는 한국 사람이에요. - I'm Korean."""
    person = first_person(ctx, drop=False)
    if ctx.draw.chance(0.25):
        country, links = ctx.country, ctx.leaf()
        ko = [[Morph(country.name.partition("=")[0], links=links)], [Morph("사람", links=links)]]
        what = Node(ko, [En(country.nationality, links)])
    else:
        ko_noun, en = ctx.draw.pick(_SPEAKERS)
        what = words(ctx, ko_noun, en)
        what = Node(what.ko, [En(indefinite(en)), *what.en])
    who = person.node.then([Morph("은", "particle")])
    return copula_sentence(ctx, who, what, person, negative=ctx.draw.chance(0.3))


def _demonstrative(ctx: Context, plural: bool) -> Node:
    """이것 - this, these; in 해체 이거."""
    ko, one, many = ctx.draw.pick((("이", "this", "these"), ("그", "that", "those"), ("저", "that", "those")))
    return words(ctx, f"{ko}거" if ctx.level == "b" else f"{ko}것", many if plural else one)


def thing_is_mine(ctx: Context) -> Node:
    """이것은 제 가방이에요. - This is my bag. 이것은 누구의 가방이에요? - Whose bag is this?"""
    draw = ctx.draw
    noun = draw.pick(nouns(_ONES_OWN))
    several = "p" in noun.flags
    verb = "are" if several else "is"
    slots = {"this": _demonstrative(ctx, several), "thing": words(ctx, noun.ko, noun.en)}
    kind = draw.weighted((("mine", 6), ("not", 2), ("whose", 2), ("somebody's", 4)))
    if kind == "whose":
        line = f"{{this}}+은 누구1+의1 {{thing}}+!이2 | whose1 {{thing}} {verb}2 {{this}}"
        return whole_question(ctx, line, **slots)
    if kind == "somebody's":
        slots["who"] = draw_person(ctx, ((NAMES, 1),)).node
        line = f"{{this}}+은 {{who}}+의1 {{thing}}+!이2 | {{this}} {verb}2 {{who}} 's1 {{thing}}"
        return whole_sentence(ctx, line, **slots)
    my = "내" if ctx.level == "b" else "제"
    if kind == "not":
        line = f"{{this}}+은 {my}1 {{thing}}+이 아니2,3 | {{this}} {verb}2 n't3 my1 {{thing}}"
    else:
        line = f"{{this}}+은 {my}1 {{thing}}+!이2 | {{this}} {verb}2 my1 {{thing}}"
    return whole_sentence(ctx, line, **slots)


def relative_is_named(ctx: Context) -> Node:
    """제 여동생 이름은 민지예요. - My little sister's name is Minji."""
    fitting = (p for p in KIN if p.own and ctx.level in p.levels and p.speaker in ("", ctx.speaker))
    relative = ctx.draw.pick(tuple(fitting))
    name = ctx.draw.pick(tuple(n for n in NAMES if n.gender == relative.gender and "b" in n.levels))
    my, mine = possessor(ctx)
    who, name_word, called, be = ctx.leaf(), ctx.leaf(), ctx.leaf(), ctx.leaf()
    ko = [
        [Morph(my, links=mine)],
        [Morph(relative.ko, links=who)],
        [Morph("이름", links=name_word), Morph("은", "particle")],
        [Morph(name.ko, links=called), Morph("이", links=be), *sentence_ending(ctx, "statement")],
    ]
    en = [
        En("my", mine),
        *(En(w, who) for w in relative.en.split()),
        En("'s"),
        En("name", name_word),
        En("is", be),
        En(name.en, called),
    ]
    return close(ctx, Node(ko, en))


def relative_works_as(ctx: Context) -> Node:
    """민수 씨의 아내는 의사예요. - Minsu's wife is a doctor."""
    draw = ctx.draw
    name = draw.pick(NAMES)
    spouse = ("아내", "wife", "f") if name.gender == "m" else ("남편", "husband", "m")
    relative_ko, relative_en, gender = draw.pick((spouse, *_RELATIVES))
    profession = draw.pick(PROFESSIONS)
    if ctx.level == "b":
        ctx.level = "y"
    holder, links, of = words(ctx, name.ko, name.en), ctx.leaf(), ctx.leaf()
    elder = relative_ko in ("아버지", "어머니")
    honorific = [Morph("께서", "particle")] if elder else []
    who = Node(
        [
            *holder.ko,
            [Morph("씨", links=holder.ko[0][0].links), Morph("의", "particle", of)],
            [Morph(relative_ko, links=links), *honorific, Morph("은", "particle")],
        ],
        [*holder.en, En("'s", of), En(relative_en, links)],
    )
    person = Subject(who, "3sg", gender, elder)
    return copula_sentence(ctx, who, profession_phrase(ctx, profession), person, negative=False)


def event_is_on(ctx: Context) -> Node:
    """시험은 월요일이에요. - The exam is on Monday. 시험은 다음 주 월요일이에요. - The exam is next Monday."""
    event_ko, event_en, workday = ctx.draw.pick(_EVENTS)
    day_ko, day_en = ctx.draw.pick(WEEKDAYS[:5] if workday else WEEKDAYS)
    event, day = words(ctx, event_ko, event_en.removeprefix("the ")), words(ctx, day_ko, day_en)
    if event_ko in ("오늘", "내일"):
        return whole_sentence(ctx, "{event}+은 {day}+!이1 | {event} is1 {day}", event=event, day=day)
    if ctx.draw.chance(0.3):
        line = "{event}+은 다음2 주2 {day}+!이1 | the {event} is1 next2 {day}"
    else:
        line = "{event}+은 {day}+!이1 | the {event} is1 on {day}"
    return whole_sentence(ctx, line, event=event, day=day)


def birthday_is_in(ctx: Context) -> Node:
    """제 생일은 5월이에요. - My birthday is in May."""
    number = ctx.draw.below(12)
    month = words(ctx, f"{number + 1}+월", _MONTHS[number])
    if ctx.draw.chance(0.5):
        my = "내" if ctx.level == "b" else "제"
        return whole_sentence(ctx, f"{my}1 생일2+은 {{month}}+!이3 | my1 birthday2 is3 in {{month}}", month=month)
    who = draw_person(ctx, ((NAMES, 1),)).node
    return whole_sentence(ctx, "{who} 생일1+은 {month}+!이2 | {who} 's birthday1 is2 in {month}", who=who, month=month)


_KINDS: tuple[tuple[str, Callable[[Context], Node]], ...] = (  # the topic of the sentence, the sentence
    ("work", speaker_is),
    ("shopping", thing_is_mine),
    ("home", relative_is_named),
    ("work", relative_works_as),
    ("school", event_is_on),
    ("home", birthday_is_in),
)
