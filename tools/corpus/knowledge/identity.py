"""Who and what people, things and days are: 저는 학생이에요. 이것은 제 가방이에요. One function for each kind."""

from collections.abc import Callable

from ..english import indefinite
from ..grammar.context import Context, words
from ..grammar.subjects import Subject, first_person, possessor
from ..lexicon.nouns import nouns
from ..lexicon.people import KIN, NAMES
from ..lexicon.times import WEEKDAYS
from ..lexicon.world import PROFESSIONS
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..trees import NO_LINK, En, Node
from .professions import profession_phrase
from .templates import copula_sentence

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
_EVENTS = (
    ("오늘", "today"),
    ("내일", "tomorrow"),
    ("시험", "the exam"),
    ("회의", "the meeting"),
    ("파티", "the party"),
)


def identity(ctx: Context, topic: str) -> Node:
    """저는 학생이에요. - I'm a student. 이것은 제 가방이에요. - This is my bag."""
    ctx.topic, sentence = ctx.draw.pick(_KINDS)
    return sentence(ctx)


def speaker_is(ctx: Context) -> Node:
    """저는 학생이에요. - I'm a student."""
    person = first_person(ctx, drop=False)
    ko, en = ctx.draw.pick(_SPEAKERS)
    what = words(ctx, ko, en)
    what = Node(what.ko, [En(indefinite(en)), *what.en])
    who = person.node.then([Morph("은", "particle")])
    return copula_sentence(ctx, who, what, person, negative=ctx.draw.chance(0.3))


def thing_is_mine(ctx: Context) -> Node:
    """이것은 제 가방이에요. - This is my bag."""
    draw = ctx.draw
    noun = draw.pick(nouns("bag|accessory|reading|stationery|machine"))
    this_ko, this_en = draw.pick((("이것", "this"), ("그것", "that"), ("저것", "that")))
    negative = draw.chance(0.25)
    verb = "is"
    if "p" in noun.flags:
        verb, this_en = "are", {"this": "these", "that": "those"}[this_en]
    my, mine = possessor(ctx)
    this, links, be, no = ctx.leaf(), ctx.leaf(), ctx.leaf(), ctx.leaf()
    ko = [
        [Morph(this_ko, links=this), Morph("은", "particle")],
        [Morph(my, links=mine)],
        [Morph(m, links=links) for m in noun.ko.split("+")],
    ]
    if negative:
        ko[-1].append(Morph("이", "particle"))
        ko.append([Morph("아니", links=be | no)])
    else:
        ko[-1].append(Morph("이", links=be))
    ko[-1].extend(sentence_ending(ctx, "statement"))
    en = [
        En(this_en, this),
        En(verb, be),
        *([En("n't", no)] if negative else []),
        En("my", mine),
        *(En(w, links) for w in noun.en.split()),
    ]
    return close(ctx, Node(ko, en))


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
    name = draw.pick(NAMES[:5] if draw.chance(0.5) else NAMES[5:])
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
    """시험은 월요일이에요. - The exam is on Monday."""
    day_ko, day_en = ctx.draw.pick(WEEKDAYS)
    event_ko, event_en = ctx.draw.pick(_EVENTS)
    event, day, be = ctx.leaf(), ctx.leaf(), ctx.leaf()
    ko = [
        [Morph(event_ko, links=event), Morph("은", "particle")],
        [Morph(day_ko, links=day), Morph("이", links=be), *sentence_ending(ctx, "statement")],
    ]
    en = [
        *(En(w, NO_LINK if w == "the" else event) for w in event_en.split()),
        En("is", be),
        *([En("on")] if event_en.startswith("the") else []),
        En(day_en, day),
    ]
    return close(ctx, Node(ko, en))


_KINDS: tuple[tuple[str, Callable[[Context], Node]], ...] = (  # the topic of the sentence, the sentence
    ("work", speaker_is),
    ("shopping", thing_is_mine),
    ("home", relative_is_named),
    ("work", relative_works_as),
    ("school", event_is_on),
)
