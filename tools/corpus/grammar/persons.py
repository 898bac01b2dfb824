"""Who the sentence is about: somebody else, somebody with a role, somebody known by a relative clause."""

from dataclasses import replace

from .. import english
from ..frames.roles import ROYALS
from ..lexicon.nouns import nouns
from ..lexicon.people import KIN, NAMES, OTHERS
from ..lexicon.world import PROFESSIONS
from ..trees import En, Node
from .context import Context, words
from .slots import fill_slots
from .subjects import ADULT_GROUPS, CHILDREN, SIBLINGS, WORKERS, YOUNG_GROUPS, Subject, draw_person


def other_person(ctx: Context, topic: str = "") -> Subject:
    """Somebody else: by name, of the family, or of the neighbourhood; at school the young, at work the grown-up."""
    if ctx.maybe(0.12):
        return described_person(ctx, young=topic == "school")
    if topic == "school":
        return draw_person(ctx, ((NAMES, 50), (SIBLINGS + CHILDREN, 35), (YOUNG_GROUPS, 8), (OTHERS[:1], 7)))
    if topic == "work":
        return draw_person(ctx, ((NAMES, 50), (WORKERS, 40), (OTHERS[:1], 5)))
    return draw_person(ctx, ((NAMES, 42), (KIN, 40), (OTHERS, 12), (ADULT_GROUPS, 6)))


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

PERSON_RELATIVES = (
    ("옆집1+에2 살3+는", "who / live3 next1,2 door1", "present"),
    ("{capital}+에2 살1+는", "who / live1 in2 {capital}", "present"),
    ("안경1+을 쓰2+(으)ㄴ", "with2 glasses1", ""),
    ("키1+이 크2+(으)ㄴ", "tall1,2", "adj"),
    ("모자1+을 쓰2+(으)ㄴ", "in2 a hat1", ""),
    ("{language}+을 잘1 하2+는", "who / speak2 {language} well1", "present"),
    ("{country}+에서1 오2+(으)ㄴ", "from1,2 {country}", ""),
    ("친절1+하1+(으)ㄴ", "kind1", "adj"),
    ("어제1 만나2+(으)ㄴ", "I met2 yesterday1", ""),
    ("은행1+에서2 일3+하3+는", "who / work3 at2 a bank1", "present"),
    ("학교1+에서2 일3+하3+는", "who / work3 at2 a school1", "present"),
    ("젊1+(으)ㄴ", "young1", "adj"),
)  # the last three aren't said of children


def described_person(ctx: Context, *, young: bool = False) -> Subject:
    """A person known by a relative clause or an adjective: 옆집에 사는 남자 - the man who lives next door."""
    noun = ctx.draw.pick(nouns("아이|학생" if young else "여자|남자|외국인"))
    ctx.used.add(noun.head)
    head = words(ctx, noun.ko, noun.en)
    ko, en, kind = ctx.draw.pick(PERSON_RELATIVES[:-3] if young else PERSON_RELATIVES)
    relative = fill_slots(ctx, ko, en.replace(" /", ""), None)
    tokens = relative.en
    if kind == "present":
        ending, last = ctx.leaf(), relative.ko[-1]
        relative.ko[-1] = [*last[:-1], replace(last[-1], links=ending)]
        verb = english.third_person(tokens[1].text)
        tokens = [En("who", ending), En(verb, tokens[1].links), *tokens[2:]]
    en_tokens = [*tokens, *head.en] if kind == "adj" else [*head.en, *tokens]
    gender = {"f": "f", "h": "m"}.get(noun.flags, ctx.draw.pick("mf"))
    return Subject(Node([*relative.ko, *head.ko], [En("the"), *en_tokens]), "3sg", gender, key=noun.head)
