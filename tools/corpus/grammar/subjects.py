"""Subjects: pronouns and people as noun phrases, with what agreement asks for, and their particles."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..lexicon.people import GROUPS, KIN, NAMES, Person
from ..lexicon.rare import RARE_NAMES, RARE_PEOPLE
from ..morphology import Links, Morph
from ..tables import word_set
from ..trees import En, Korean, Node
from .context import Context, words

_POSSESSIVES = {"I": "my", "we": "our", "you": "your", "they": "their", "he": "his", "she": "her", "it": "its"}
_SAME_FAMILY = word_set("형 오빠 누나 언니 남동생 여동생 동생+들")


@dataclass
class Subject:
    """A noun phrase with what agreement and pronouns need. `node` has no particle yet."""

    node: Node
    person: str  # 1sg, 1pl, 2sg, 3sg, 3pl
    gender: str = ""  # m, f or "" (it, or unknown)
    elder: bool = False
    human: bool = True
    key: str = ""
    described: bool = False  # by a relative clause, before which a time would belong to that

    @property
    def agreement(self) -> str:
        """The person as English verbs see it."""
        return self.person if self.person in ("1sg", "3sg") else "pl"

    @property
    def pronoun(self) -> str:
        """The pronoun that takes up this subject."""
        if self.person == "3sg":
            return {"m": "he", "f": "she"}.get(self.gender, "he" if self.human else "it")
        return {"1sg": "I", "1pl": "we", "2sg": "you", "3pl": "they"}[self.person]

    @property
    def possessive(self) -> str:
        """my, your, his, ..."""
        if self.key == "who":
            return "their"
        return _POSSESSIVES[self.pronoun]

    @property
    def possessive_of_elders(self) -> str:
        """Whose the parents and grandparents are: those of a brother or a sister are ours."""
        return "our" if self.key in _SAME_FAMILY else self.possessive


# --- pronouns -----------------------------------------------------------------------------------------------


def first_person(ctx: Context, *, drop: bool) -> Subject:
    """저 or 나, or nothing on the Korean side."""
    links = ctx.leaf()
    ko: Korean = [] if drop else [[Morph("나" if ctx.level == "b" else "저", links=links)]]
    return Subject(Node(ko, [En("I", links)]), "1sg", key="I")


def we(ctx: Context) -> Subject:
    """우리."""
    return Subject(words(ctx, "우리", "we"), "1pl", key="we")


def you(ctx: Context) -> Subject:
    """너 among friends, otherwise nothing on the Korean side; politely the verb takes 시."""
    links = ctx.leaf()
    named = ctx.level == "b" and ctx.draw.chance(0.6)
    form = "너희" if ctx.draw.chance(0.25) else "너"
    ko: Korean = [[Morph(form, links=links)]] if named else []
    elder = ctx.level == "f" or (ctx.level == "y" and ctx.draw.chance(0.5))
    return Subject(Node(ko, [En("you", links)]), "2sg", elder=elder, key="you")


def possessor(ctx: Context) -> tuple[str, Links]:
    """제 or 내 with a new leaf, for `my`."""
    return ("내" if ctx.level == "b" else "제"), ctx.leaf()


# --- people -------------------------------------------------------------------------------------------------


def _can_be_named(person: Person, ctx: Context) -> bool:
    """Whether this speaker may speak of a person at this speech level, for the first time in this sentence."""
    return ctx.level in person.levels and person.speaker in ("", ctx.speaker) and person.ko not in ctx.used


def person_node(ctx: Context, person: Person) -> Node:
    """A person as a noun phrase: 제 여동생 - my little sister, 민지 씨 - Minji."""
    node = words(ctx, person.ko, person.en)
    if person in (*NAMES, *RARE_NAMES) and ctx.level != "b":
        node = Node([*node.ko, [Morph("씨", links=node.ko[0][0].links)]], node.en)
    if person.own and person.det == "my":
        form, links = possessor(ctx)
        return Node([[Morph(form, links=links)], *node.ko], [En("my", links), *node.en])
    return Node(node.ko, [En(person.det), *node.en]) if person.det else node


def draw_person(ctx: Context, kinds: Sequence[tuple[Sequence[Person], float]]) -> Subject:
    """A person from weighted groups, as a subject (or, by its node, as any other phrase)."""
    for _ in range(20):
        group = ctx.draw.weighted(kinds)
        rare = group is NAMES and ctx.rare(0.07)
        person = ctx.draw.pick(RARE_NAMES if rare else group)
        if _can_be_named(person, ctx):
            break
    ctx.used.add(person.ko)
    if rare or person in RARE_PEOPLE:
        ctx.tail = person.ko
    gender = person.gender or ctx.draw.pick("mf")
    number = "3pl" if person.plural else "3sg"
    return Subject(person_node(ctx, person), number, gender, person.elder, key=person.ko)


SIBLINGS = tuple(p for p in KIN if p.ko in ("형", "오빠", "누나", "언니", "남동생", "여동생"))
CHILDREN = tuple(p for p in KIN if p.ko in ("아들", "딸", "남동생", "여동생"))
PEERS = tuple(p for p in KIN if not p.elder and p.ko not in ("남편", "아내"))
YOUNG_GROUPS = tuple(p for p in GROUPS if p.ko in ("아이+들", "학생+들"))
ADULT_GROUPS = tuple(p for p in GROUPS if p.ko not in ("아이+들", "학생+들"))
WORKERS = tuple(p for p in KIN if p.ko not in ("할아버지", "할머니", "남동생", "여동생", "아들", "딸"))
# Kin terms that don't depend on who speaks: another person's brother isn't 형 or 오빠 by my own sex.
SPEAKER_NEUTRAL_KIN = frozenset(("아버지", "어머니", "할아버지", "할머니", "남동생", "여동생"))


# --- particles ----------------------------------------------------------------------------------------------


def particle_for(ctx: Context, form: str, elder: bool) -> str:
    """The particle that the person and the speech level ask for."""
    if form == "에게":
        return "께" if elder else ("한테" if ctx.level == "b" else "에게")
    return form


def mark(ctx: Context, subject: Subject, form: str) -> Korean:
    """The Korean subject with its particle: 은, 이, and 께서 for elders."""
    node = subject.node
    if not node.ko:
        return []
    if subject.elder and subject.person.startswith("3"):
        endings = [Morph("께서", "particle")] + ([Morph("은", "particle")] if form == "은" else [])
    else:
        endings = [Morph(form, "particle")]
    return node.then(endings).ko
