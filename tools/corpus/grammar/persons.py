"""Who the sentence is about: somebody else, somebody with a role, somebody known by a relative clause."""

import re
from dataclasses import replace
from functools import cache

from .. import english
from ..frames.roles import ROYALS
from ..lexicon.people import KIN, NAMES, OTHERS, PRONOUNS
from ..lexicon.rare import RARE_PEOPLE
from ..lexicon.world import PROFESSIONS
from ..morphology import Morph
from ..trees import En, Node
from .context import Context, words
from .slots import fill_slots
from .subjects import ADULT_GROUPS, CHILDREN, SIBLINGS, WORKERS, YOUNG_GROUPS, Subject, draw_person


def other_person(ctx: Context, topic: str = "") -> Subject:
    """Somebody else: by name, of the family, or of the neighbourhood; at school the young, at work the grown-up."""
    if ctx.maybe(0.12):
        return described_person(
            ctx,
            young=topic == "school",
            adult=topic == "work",
            travelling=topic == "travel",
        )
    if ctx.draw.chance(0.2):
        return draw_person(ctx, ((PRONOUNS, 1),))
    if topic in ("", "work", "travel") and ctx.rare(0.07):
        return draw_person(ctx, ((RARE_PEOPLE, 1),))
    if topic == "school":
        return draw_person(ctx, ((NAMES, 50), (SIBLINGS + CHILDREN, 35), (YOUNG_GROUPS, 8), (OTHERS[:1], 7)))
    if topic == "work":
        return draw_person(ctx, ((NAMES, 50), (WORKERS, 40), (OTHERS[:1], 5)))
    if ctx.draw.chance(0.1):
        return couple(ctx)
    return draw_person(ctx, ((NAMES, 40), (KIN, 34), (OTHERS, 10), (ADULT_GROUPS, 16)))


def couple(ctx: Context) -> Subject:
    """민지 씨와 준호 씨 - Minji and Junho."""
    one, two = draw_person(ctx, ((NAMES, 1),)), draw_person(ctx, ((NAMES, 1),))
    if one.key == two.key:
        return one
    and_ = ctx.leaf()
    form = "과" if ctx.level == "f" else "이랑" if ctx.level == "b" else "하고"
    ko = [*one.node.then([Morph(form, "particle", and_)]).ko, *two.node.ko]
    return Subject(Node(ko, [*one.node.en, En("and", and_), *two.node.en]), "3pl", key=two.key)


_HUMAN_ROLES = frozenset((*(p.ko for p in PROFESSIONS), *(ko for ko, _, _ in ROYALS)))


def role_subject(ctx: Context, spec: str) -> Subject:
    """The subject of a frame of `frames/roles.py`: 의사 - the doctor."""
    _, ko, en, sex = spec.split("=")
    node = words(ctx, ko, en)
    human = ko in _HUMAN_ROLES
    ctx.used.add(ko)
    gender = sex or (ctx.draw.pick("mf") if human else "")
    return Subject(Node(node.ko, [En("the"), *node.en]), "3sg", gender, human=human, key=ko)


def known_person(ctx: Context) -> Subject:
    """Somebody whom one may ask about: not of one's own family."""
    return draw_person(ctx, ((NAMES, 8), (OTHERS[1:2], 1)))


# --- relative clauses ---------------------------------------------------------------------------------------

_NEAR = "친구=my friend 사촌=my cousin 이모=my aunt=f 삼촌=my uncle=m"
_YOUNG = ("학생", "아이", "친구", "사촌")
_STRANGERS = "남자=the man=m 여자=the woman=f 학생=the student"
# A relative clause, its English, and whom it may be said of.
_RELATIVES = (
    ("옆집1+에 살3+는", "who / live3 next1 door1", f"{_STRANGERS} 아이=the child 친구=my friend"),
    ("아래층1+에 살2+는", "who / live2 downstairs1", _STRANGERS),
    ("위층1+에 살2+는", "who / live2 upstairs1", _STRANGERS),
    ("서울1+에2 살3+는", "who / live3 in2 Seoul1", _NEAR),
    ("부산1+에2 살3+는", "who / live3 in2 Busan1", _NEAR),
    ("{capital}+에2 살1+는", "who / live1 in2 {capital}", _NEAR),
    ("은행1+에서2 일3+하3+는", "who / work3 at2 a bank1", _NEAR),
    ("병원1+에서2 일3+하3+는", "who / work3 at2 a hospital1", _NEAR),
    ("학교1+에서2 일3+하3+는", "who / work3 at2 a school1", _NEAR),
    ("{country}+에서1 오2+(으)ㄴ", "from1,2 {country}", "학생=the student 친구=my friend"),
    ("{language}+을 잘하1+는", "who / speak1 {language} well1", "친구=my friend 사촌=my cousin"),
    ("기차1+에서2 만나3+(으)ㄴ", "I met3 on2 the train1", _STRANGERS),
    ("도서관1+에서2 만나3+(으)ㄴ", "I met3 at2 the library1", "학생=the student"),
    ("새로1 이사2 오2+(으)ㄴ", "who just1 moved2 in2", "남자=the man=m 여자=the woman=f"),
)


def described_person(ctx: Context, *, young: bool = False, adult: bool = False, travelling: bool = False) -> Subject:
    """A person known by a relative clause: 옆집에 사는 남자 - the man who lives next door.

    Args:
        young, adult: one of that age.
        travelling: one who travels: not one who lives far away, but perhaps one met on a train.
    """
    ko, en, heads = ctx.draw.pick(_fitting_relatives(young, adult, travelling))
    noun, phrase, *sex = ctx.draw.pick(heads)
    ctx.used.add(noun)
    determiner, *rest = phrase.split()
    head = words(ctx, noun, " ".join(rest))
    relative = fill_slots(ctx, ko, en.replace(" /", ""), None)
    tokens = relative.en
    if " / " in en or tokens[0].text == "who":
        ending, last = ctx.leaf(), relative.ko[-1]
        relative.ko[-1] = [*last[:-1], replace(last[-1], links=ending)]
        tokens = [En("who", ending), *tokens[1:]]
    if " / " in en:
        tokens[1] = En(english.third_person(tokens[1].text), tokens[1].links)
    gender = sex[0] if sex else ctx.draw.pick("mf")
    node = Node([*relative.ko, *head.ko], [En(determiner), *head.en, *tokens])
    return Subject(node, "3sg", gender, key=noun, described=True)


@cache
def _fitting_relatives(
    young: bool, adult: bool, travelling: bool
) -> tuple[tuple[str, str, tuple[list[str], ...]], ...]:
    """The relative clauses that fit, with the heads that fit."""
    found = []
    for ko, en, heads in _RELATIVES:
        far, met = ko.startswith(("서울", "부산", "{")), "만나" in ko
        elsewhere = (adult or young) and "에서2 일" in ko  # one who works is not at school, nor here
        if (travelling and far) or (met and not travelling) or elsewhere:
            continue
        named = [head.split("=") for head in _split_heads(heads)]
        fitting = tuple(
            head for head in named if (not young or head[0] in _YOUNG) and not (adult and head[0] in _YOUNG[:2])
        )
        if fitting:
            found.append((ko, en, fitting))
    return tuple(found)


def _split_heads(heads: str) -> list[str]:
    """`친구=my friend 사촌=my cousin`, head by head."""
    return re.findall(r"[가-힣]+=.*?(?= [가-힣]|$)", heads)
