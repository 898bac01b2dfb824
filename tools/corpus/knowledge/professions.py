"""Professions: where people of a profession work, what they do, who is one of them, why somebody became one.

`professions` draws one of the kinds of sentence in `_SENTENCES` and a profession that fits it.
"""

from collections.abc import Callable
from functools import cache

from ..english import indefinite, past, plural, third_person
from ..grammar.context import Context, words
from ..grammar.subjects import WORKERS, draw_person, first_person, possessor
from ..lexicon.people import NAMES
from ..lexicon.world import PROFESSIONS, Profession
from ..morphology import Morph
from ..trees import NO_LINK, En, Node
from .templates import copula_sentence, topic_phrase, whole_sentence

_ARTICLES = ("a", "an", "the")
_CITIES = (
    "서울2 | Seoul2",
    "부산2 | Busan2",
    "경주2 | Gyeongju2",
    "도쿄2 | Tokyo2",
    "런던2 | London2",
)


def profession_phrase(ctx: Context, profession: Profession, *, many: bool = False) -> Node:
    """의사 - a doctor, or, of many, doctors."""
    node = words(ctx, profession.ko, plural(profession.en) if many else profession.en)
    article = [] if many else [En(indefinite(profession.en))]
    return Node(node.ko, [*article, *node.en])


def professions(ctx: Context, topic: str) -> Node:
    """의사는 병원에서 일해요. - Doctors work in a hospital."""
    kind = ctx.draw.pick(tuple(_SENTENCES))
    return _SENTENCES[kind][0](ctx, ctx.draw.pick(_fitting(kind)))


@cache
def _fitting(kind: str) -> tuple[Profession, ...]:
    """The professions of which a kind of sentence is said."""
    fits = _SENTENCES[kind][1]
    return tuple(p for p in PROFESSIONS if fits(p))


def _place(ctx: Context, profession: Profession, particle: str, *, many: bool = False) -> Node:
    """병원에서 - in a hospital, or, of many, in hospitals."""
    node, role = words(ctx, profession.place_ko, profession.place_at), ctx.leaf()
    preposition, *rest = node.en
    if many and rest and rest[0].text in _ARTICLES:
        *first, last = rest[1:]
        rest = [*first, En(plural(last.text), last.links)]
    en = [En(preposition.text, role), *(En(t.text, NO_LINK if t.text in _ARTICLES else t.links) for t in rest)]
    return Node(node.then([Morph(particle, "particle", role)]).ko, en)


def _inflected(phrase: str, form: Callable[[str], str]) -> str:
    """The first word of an English template, a verb, in another form: treat2 patients1 -> treats2 patients1."""
    verb, _, rest = phrase.partition(" ")
    base = verb.rstrip("0123456789,")
    return f"{form(base)}{verb[len(base) :]} {rest}"


# --- about all who practise it ------------------------------------------------------------------------------


def _work_there(ctx: Context, profession: Profession) -> Node:
    """의사는 병원에서 일해요. - A doctor works in a hospital."""
    many = ctx.draw.chance(0.6)
    who, where = profession_phrase(ctx, profession, many=many), _place(ctx, profession, "에서", many=many)
    verb = "work" if many else "works"
    return whole_sentence(ctx, f"{{who}}+은 {{where}} 일1+하1 | {{who}} {verb}1 {{where}}", who=who, where=where)


def _do_that(ctx: Context, profession: Profession) -> Node:
    """의사는 환자를 치료해요. - Doctors treat patients. With the place: in hospitals."""
    many = ctx.draw.chance(0.6)
    en = profession.act_en if many else _inflected(profession.act_en, third_person)
    who = profession_phrase(ctx, profession, many=many)
    if profession.act_there and ctx.draw.chance(0.4):
        where = _place(ctx, profession, "에서", many=many)
        line = f"{{who}}+은 {{where}} {profession.act_ko} | {{who}} {en} {{where}}"
        return whole_sentence(ctx, line, who=who, where=where)
    return whole_sentence(ctx, f"{{who}}+은 {profession.act_ko} | {{who}} {en}", who=who)


def _want_to_become(ctx: Context, profession: Profession) -> Node:
    """의사가 되고 싶어요. - I want to become a doctor."""
    one = profession_phrase(ctx, profession)
    if ctx.draw.chance(0.3):
        my, mine = possessor(ctx)
        dream = words(ctx, "꿈", "dream")
        whose = Node([[Morph(my, links=mine)], *dream.ko], [En("my", mine), *dream.en])
        line = "{dream}+은 {one}+이 되1+는 것+!이2 | {dream} is2 to become1 {one}"
        return whole_sentence(ctx, line, dream=whose, one=one)
    if ctx.draw.chance(0.4):
        line = "어리1+~았+(으)ㄹ 때2 {one}+이 되3+고4 싶4+~았5 | when2 I was young1 , I wanted4,5 to become3 {one}"
        return whole_sentence(ctx, line, one=one)
    return whole_sentence(ctx, "{one}+이 되1+고2 싶2 | I want2 to become1 {one}", one=one)


# --- about one person ---------------------------------------------------------------------------------------


def _is_one(ctx: Context, profession: Profession) -> Node:
    """민지 씨는 의사가 아니에요. - Minji isn't a doctor."""
    person = draw_person(ctx, ((NAMES, 2), (WORKERS, 3)))
    what = profession_phrase(ctx, profession)
    return copula_sentence(ctx, topic_phrase(ctx, person), what, person, negative=ctx.draw.chance(0.2))


_NOT_ELDERS = tuple(p for p in WORKERS if not p.elder)


def _is_one_somewhere(ctx: Context, profession: Profession) -> Node:
    """민지 씨는 서울에 있는 병원에서 일하는 의사예요. - Minji is a doctor who works in a hospital in Seoul."""
    city_ko, city_en = ctx.draw.pick(_CITIES).split(" | ")
    person = draw_person(ctx, ((NAMES, 2), (_NOT_ELDERS, 3)))
    if ctx.draw.chance(0.5):
        line = f"{{who}} {{one}}+!이3+고6 {city_ko}+에서5 일1+하1 | {{who}} is3 {{one}} and6 works1 in5 {city_en}"
        return whole_sentence(ctx, line, who=topic_phrase(ctx, person), one=profession_phrase(ctx, profession))
    return whole_sentence(
        ctx,
        f"{{who}} {city_ko}+에5 있5+는 {{where}} 일1+하1+는 {{one}}+!이4 | "
        f"{{who}} is4 {{one}} who works1 {{where}} in5 {city_en}",
        who=topic_phrase(ctx, person),
        where=_place(ctx, profession, "에서"),
        one=profession_phrase(ctx, profession),
    )


def _went_to_meet_one(ctx: Context, profession: Profession) -> Node:
    """의사를 만나러 병원에 갔어요. - I went to the hospital to see a doctor."""
    place = _place(ctx, profession, "에")
    particle = place.ko[-1][-1].links
    there = [En("the") if t.text in _ARTICLES else t for t in place.en[1:]]
    who = first_person(ctx, drop=ctx.draw.chance(0.6))
    if ctx.draw.chance(0.4):
        who = draw_person(ctx, ((NAMES, 1), (_NOT_ELDERS, 1)))
    line = f"{{one}}+을 만나1+(으)러2 {{there}} 가3+~았4 | {{who}} went3,4 {{there}} to2 {profession.meet}1 {{one}}"
    slots = {"one": profession_phrase(ctx, profession), "there": Node(place.ko, [En("to", particle), *there])}
    if not who.node.ko:
        return whole_sentence(ctx, line.replace("{who}", "I"), **slots)
    return whole_sentence(ctx, f"{{who}} {line}", who=topic_phrase(ctx, who), **slots)


def _became_one(ctx: Context, profession: Profession) -> Node:
    """동물을 아주 좋아해서 수의사가 됐어요. - I loved animals, so I became a vet."""
    who = first_person(ctx, drop=False)
    if ctx.draw.chance(0.6):
        who = draw_person(ctx, ((NAMES, 1), (_NOT_ELDERS, 1)))
    line = (
        f"{{who}} {profession.motive_ko}+~아서7 {{one}}+이 되8+~았9 | "
        f"{{who}} {_inflected(profession.motive_en, past)} , so7 {who.pronoun} became8,9 {{one}}"
    )
    return whole_sentence(ctx, line, who=topic_phrase(ctx, who), one=profession_phrase(ctx, profession))


_SENTENCES: dict[str, tuple[Callable[[Context, Profession], Node], Callable[[Profession], bool]]] = {
    "work there": (_work_there, lambda p: p.works),
    "do that": (_do_that, lambda p: True),
    "want": (_want_to_become, lambda p: True),
    "is one": (_is_one, lambda p: True),
    "somewhere": (_is_one_somewhere, lambda p: p.works and p.place_at.startswith(("in a ", "at a "))),
    "meet": (_went_to_meet_one, lambda p: bool(p.meet)),
    "became": (_became_one, lambda p: bool(p.motive_ko)),
}
