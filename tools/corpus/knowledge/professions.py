"""Professions: where people of a profession work, what they do, who is one of them.

`professions` draws a profession and one of the kinds of sentence in `_GENERAL` (about all who practise it) and
`_PERSONAL` (about one person).
"""

from collections.abc import Callable

from ..english import indefinite, plural, third_person
from ..grammar.context import Context
from ..grammar.subjects import Subject, draw_person
from ..lexicon.people import KIN, NAMES
from ..lexicon.world import PROFESSIONS, Profession
from ..morphology import Morph
from ..trees import NO_LINK, En, Node
from .templates import copula_sentence, topic_phrase, whole_sentence

_ARTICLES = ("a", "an", "the")


def profession_phrase(ctx: Context, profession: Profession, *, many: bool = False) -> Node:
    """의사 - a doctor, or, of many, doctors."""
    links = ctx.leaf()
    word = plural(profession.en) if many else profession.en
    article = [] if many else [En(indefinite(profession.en))]
    return Node([[Morph(profession.ko, links=links)]], [*article, *(En(w, links) for w in word.split())])


def professions(ctx: Context, topic: str) -> Node:
    """의사는 병원에서 일해요. - Doctors work in a hospital."""
    profession = ctx.draw.pick(PROFESSIONS)
    many = ctx.draw.chance(0.5)
    kind = ctx.draw.below(len(_GENERAL) + len(_PERSONAL))
    if kind < len(_GENERAL):
        return _GENERAL[kind](ctx, profession, many)
    person = draw_person(ctx, ((NAMES, 2), (KIN, 3)))
    return _PERSONAL[kind - len(_GENERAL)](ctx, profession, person)


def _workplace(ctx: Context, profession: Profession) -> Node:
    """병원에서 - in a hospital."""
    links, role = ctx.leaf(), ctx.leaf()
    preposition, *rest = profession.place_at.split()
    en = [En(preposition, role), *(En(t, NO_LINK if t in _ARTICLES else links) for t in rest)]
    return Node([[Morph(profession.place_ko, links=links), Morph("에서", "particle", role)]], en)


# --- about all who practise it ------------------------------------------------------------------------------


def _work_there(ctx: Context, profession: Profession, many: bool) -> Node:
    """의사는 병원에서 일해요. - A doctor works in a hospital."""
    s = "" if many else "s"
    who, where = profession_phrase(ctx, profession, many=many), _workplace(ctx, profession)
    return whole_sentence(ctx, f"{{who}}+은 {{where}} 일1+하1 | {{who}} work{s}1 {{where}}", who=who, where=where)


def _do_that(ctx: Context, profession: Profession, many: bool) -> Node:
    """의사는 환자를 치료해요. - Doctors treat patients."""
    en = profession.act_en
    if not many:
        verb, _, rest = en.partition(" ")
        base = verb.rstrip("0123456789")
        en = f"{third_person(base)}{verb[len(base) :]} {rest}"
    who = profession_phrase(ctx, profession, many=many)
    return whole_sentence(ctx, f"{{who}}+은 {profession.act_ko} | {{who}} {en}", who=who)


def _want_to_become(ctx: Context, profession: Profession, many: bool) -> Node:
    """의사가 되고 싶어요. - I want to become a doctor."""
    who = profession_phrase(ctx, profession).then([Morph("이", "particle")])
    return whole_sentence(ctx, "{who} 되1+고2 싶3 | I want3 to2 become1 {who}", who=who)


_GENERAL: tuple[Callable[[Context, Profession, bool], Node], ...] = (_work_there, _do_that, _want_to_become)


# --- about one person ---------------------------------------------------------------------------------------


def _is_one(ctx: Context, profession: Profession, person: Subject) -> Node:
    """민지 씨는 의사가 아니에요. - Minji isn't a doctor."""
    return _is(ctx, profession, person, negative=ctx.draw.chance(0.25))


def _is(ctx: Context, profession: Profession, person: Subject, *, negative: bool = False) -> Node:
    what = profession_phrase(ctx, profession)
    return copula_sentence(ctx, topic_phrase(ctx, person), what, person, negative=negative)


def _is_one_who_works_there(ctx: Context, profession: Profession, person: Subject) -> Node:
    """민지 씨는 병원에서 일하는 의사예요. - Minji is a doctor who works in a hospital."""
    if person.elder:
        return _is(ctx, profession, person)
    return whole_sentence(
        ctx,
        "{person} {where} 일1+하1+는2 {one}+!이4 | {person} is4 {one} who2 works1 {where}",
        person=topic_phrase(ctx, person),
        where=_workplace(ctx, profession),
        one=profession_phrase(ctx, profession),
    )


def _is_one_and_works_there(ctx: Context, profession: Profession, person: Subject) -> Node:
    """민지 씨는 의사이고 병원에서 일해요. - Minji is a doctor and she works in a hospital."""
    if person.elder:
        return _became_one(ctx, profession, person)
    one = profession_phrase(ctx, profession)
    return whole_sentence(
        ctx,
        f"{{person}} {{one}} {{where}} 일1+하1 | {{person}} is {{one}} and {person.pronoun} works1 {{where}}",
        person=topic_phrase(ctx, person),
        one=one.then([Morph("이", links=ctx.leaf()), Morph("고", "ending")]),
        where=_workplace(ctx, profession),
    )


def _went_to_meet_one(ctx: Context, profession: Profession, person: Subject) -> Node:
    """의사를 만나러 병원에 갔어요. - I went to the hospital to meet the doctor."""
    if "sea" in profession.place_at or profession.place_at == "at the court":
        return _is(ctx, profession, person)
    links = ctx.leaf()
    _, *rest = profession.place_at.split()
    place_en = [En("the") if t in _ARTICLES else En(t, links) for t in rest]
    one = profession_phrase(ctx, profession)
    return whole_sentence(
        ctx,
        "{one}+을 만나1+(으)러2 {there} 가3+~았4 | I went3,4 {there} to2 meet1 {one}",
        one=Node(one.ko, [En("the"), *one.en[1:]]),
        there=Node(
            [[Morph(profession.place_ko, links=links), Morph("에", "particle")]],
            [En("to"), *place_en],
        ),
    )


def _became_one(ctx: Context, profession: Profession, person: Subject) -> Node:
    """병원에서 일하고 싶어서 의사가 됐어요. - I wanted to work in a hospital, so I became a doctor."""
    return whole_sentence(
        ctx,
        "{where} 일1+하1+고2 싶3+~아서4 {one}+이 되5+~았6 | I wanted3 to2 work1 {where} , so4 I became5,6 {one}",
        where=_workplace(ctx, profession),
        one=profession_phrase(ctx, profession),
    )


_PERSONAL: tuple[Callable[[Context, Profession, Subject], Node], ...] = (
    _is_one,
    _is_one_who_works_there,
    _is_one_and_works_there,
    _went_to_meet_one,
    _became_one,
)
