"""The synchronous grammar: noun phrases, predicates and clauses, each with both its yields.

A clause is drawn first as a bundle of choices (`Clause`: subject, predicate, tense, modality, adjuncts) and then
realised; one realisation writes both languages, so that each leaf reaches both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from . import english
from .draw import Draw
from .frames import Frame, slow, span
from .lexicon import (
    ALL_ADJECTIVES,
    COUNTRIES,
    GENDERED,
    GROUPS,
    HOURS,
    KIN,
    NAMES,
    NUMERALS,
    OTHERS,
    PROFESSIONS,
    TIMES,
    WEEKDAYS,
    Adjective,
    Country,
    Noun,
    Person,
    Place,
    nouns,
)
from .morphology import HONORIFIC_STEMS, Morph, morph
from .tables import word_set
from .trees import NO_LINK, En, Korean, Node, fill, template

PAST, PRESENT, FUTURE = "past", "present", "future"


# --- the state of one sentence --------------------------------------------------------------------------------


class Context:
    """What one sentence keeps to from beginning to end: its speech level, its speaker, its topic, its words.

    Attributes:
        level: y 해요체, f 합니다체, b 해체.
        speaker: m or f, for 형 and 오빠.
        richness: 0 to 1, how readily noun phrases and clauses take modifiers.
    """

    def __init__(self, draw: Draw, richness: float) -> None:
        self.draw = draw
        self.richness = richness
        self.level = draw.weighted((("y", 50), ("f", 22), ("b", 28)))
        self.speaker = draw.pick("mf")
        self.used: set[str] = set()
        self.topic = ""  # set where a sentence turns out to be of another topic than the one asked for
        self.habit = False  # something done again and again, while set: no "the book I bought yesterday"
        self.generic = False  # objects in general (I like reading books), while set
        self._leaves = 0
        self._country: Country | None = None

    def fresh(self) -> int:
        """The number of a new leaf."""
        self._leaves += 1
        return self._leaves

    def leaf(self) -> frozenset[int]:
        """A new leaf as a set of links."""
        return frozenset((self.fresh(),))

    def maybe(self, probability: float) -> bool:
        """A modifier's chance: `probability` at richness 0.5, twice that at 1, never at 0."""
        return self.draw.chance(probability * 2 * self.richness)

    @property
    def country(self) -> Country:
        """The one country that the sentence speaks of."""
        if self._country is None:
            self._country = self.draw.pick(COUNTRIES)
        return self._country


def words(ko: str, en: str, ctx: Context, label: bool = True) -> Node:
    """A node from a Korean phrase (`_` between eojeols, `+` between morphemes) and English words, all linked."""
    links = ctx.leaf() if label else NO_LINK
    return Node(
        [[Morph(m, links=links) for m in e.split("+")] for e in ko.split("_")],
        [En(w, links) for w in en.split()],
    )


# --- noun phrases ---------------------------------------------------------------------------------------------


@dataclass
class Subject:
    """A noun phrase with what agreement and pronouns need. `node` has no particle yet."""

    node: Node
    person: str  # 1sg, 1pl, 2sg, 3sg, 3pl
    gender: str = ""  # m, f or "" (it, or unknown)
    elder: bool = False
    human: bool = True
    key: str = ""
    contrast: bool = False

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
        return {"I": "my", "we": "our", "you": "your", "they": "their", "he": "his", "she": "her", "it": "its"}[
            self.pronoun
        ]


def first_person(ctx: Context, drop: bool) -> Subject:
    """저 or 나, or nothing on the Korean side."""
    links = ctx.leaf()
    ko: Korean = [] if drop else [[Morph("나" if ctx.level == "b" else "저", links=links)]]
    return Subject(Node(ko, [En("I", links)]), "1sg", key="I")


def we(ctx: Context) -> Subject:
    """우리."""
    return Subject(words("우리", "we", ctx), "1pl", key="we")


def you(ctx: Context) -> Subject:
    """너 among friends, otherwise nothing on the Korean side; politely the verb takes 시."""
    links = ctx.leaf()
    named = ctx.level == "b" and ctx.draw.chance(0.5)
    ko: Korean = [[Morph("너", links=links)]] if named else []
    elder = ctx.level == "f" or (ctx.level == "y" and ctx.draw.chance(0.5))
    return Subject(Node(ko, [En("you", links)]), "2sg", elder=elder, key="you")


def _fits(person: Person, ctx: Context) -> bool:
    return ctx.level in person.levels and person.speaker in ("", ctx.speaker) and person.ko not in ctx.used


def possessor(ctx: Context) -> tuple[str, frozenset[int]]:
    """제 or 내 with a new leaf, for `my`."""
    return ("내" if ctx.level == "b" else "제"), ctx.leaf()


def person_node(ctx: Context, person: Person, english_det: str = "") -> Node:
    """A person as a noun phrase: 제 여동생 - my little sister, 민지 씨 - Minji."""
    node = words(person.ko, person.en, ctx)
    if person in NAMES and ctx.level != "b":
        node = Node([*node.ko, [Morph("씨", links=node.ko[0][0].links)]], node.en)
    det = english_det or person.det
    if person.own and det == "my":
        form, links = possessor(ctx)
        return Node([[Morph(form, links=links)], *node.ko], [En("my", links), *node.en])
    return Node(node.ko, [En(det), *node.en]) if det else node


def draw_person(ctx: Context, kinds: Sequence[tuple[Sequence[Person], float]], det: str = "") -> Subject:
    """A person from weighted groups, as a subject (or, by its node, as any other phrase)."""
    for _ in range(20):
        person = ctx.draw.pick(ctx.draw.weighted(kinds))
        if _fits(person, ctx):
            break
    ctx.used.add(person.ko)
    gender = person.gender or ctx.draw.pick("mf")
    return Subject(
        person_node(ctx, person, det), "3pl" if person.plural else "3sg", gender, person.elder, key=person.ko
    )


SIBLINGS = tuple(p for p in KIN if p.ko in ("형", "오빠", "누나", "언니", "남동생", "여동생"))
CHILDREN = tuple(p for p in KIN if p.ko in ("아들", "딸", "남동생", "여동생"))
PEERS = tuple(p for p in KIN if not p.elder and p.ko not in ("남편", "아내"))
YOUNG_GROUPS = tuple(p for p in GROUPS if p.ko in ("아이+들", "학생+들"))
ADULT_GROUPS = tuple(p for p in GROUPS if p.ko not in ("아이+들", "학생+들"))
WORKERS = tuple(p for p in KIN if p.ko not in ("할아버지", "할머니", "남동생", "여동생", "아들", "딸"))


def third_person(ctx: Context, topic: str = "") -> Subject:
    """Somebody else: by name, of the family, or of the neighbourhood; at school the young, at work the grown-up."""
    if ctx.maybe(0.12):
        return described_person(ctx, young=topic == "school")
    if topic == "school":
        return draw_person(ctx, ((NAMES, 50), (SIBLINGS + CHILDREN, 35), (YOUNG_GROUPS, 8), (OTHERS[:1], 7)))
    if topic == "work":
        return draw_person(ctx, ((NAMES, 50), (WORKERS, 40), (OTHERS[:1], 5)))
    return draw_person(ctx, ((NAMES, 42), (KIN, 40), (OTHERS, 12), (ADULT_GROUPS, 6)))


def cast_member(ctx: Context, spec: str) -> Subject:
    """The subject of a frame of `cast.py`: 의사 - the doctor."""
    _, ko, en, sex = spec.split("=")
    node = words(ko, en, ctx)
    human = ko in _HUMAN_CAST
    ctx.used.add(ko)
    gender = sex or (ctx.draw.pick("mf") if human else "")
    return Subject(Node(node.ko, [En("the"), *node.en]), "3sg", gender, human=human, key=ko)


_HUMAN_CAST = frozenset((*(p.ko for p in PROFESSIONS), "왕", "여왕", "왕자", "공주"))


def known_person(ctx: Context) -> Subject:
    """Somebody whom one may ask about: not of one's own family."""
    return draw_person(ctx, ((NAMES, 8), (OTHERS[1:2], 1)))


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


def described_person(ctx: Context, young: bool = False, definite: bool = True) -> Subject:
    """A person known by a relative clause or an adjective: 옆집에 사는 남자 - the man who lives next door."""
    noun = ctx.draw.pick(nouns("아이|학생" if young else "여자|남자|외국인"))
    ctx.used.add(noun.head)
    head = words(noun.ko, noun.en, ctx)
    ko, en, kind = ctx.draw.pick(PERSON_RELATIVES[:-3] if young else PERSON_RELATIVES)
    relative = fill_slots(ctx, ko, en.replace(" /", ""), None)
    tokens = relative.en
    if kind == "present":
        adnominal = frozenset((ctx.fresh(),))
        last = relative.ko[-1]
        relative.ko[-1] = [*last[:-1], replace(last[-1], links=adnominal)]
        verb = english.third_person(tokens[1].text)
        tokens = [En("who", adnominal), En(verb, tokens[1].links), *tokens[2:]]
    article = "the" if definite else english.indefinite(tokens[0].text if kind == "adj" else noun.en)
    en_tokens = [*tokens, *head.en] if kind == "adj" else [*head.en, *tokens]
    gender = {"f": "f", "h": "m"}.get(noun.flags, ctx.draw.pick("mf"))
    return Subject(Node([*relative.ko, *head.ko], [En(article), *en_tokens]), "3sg", gender, key=noun.head)


ACQUIRING = word_set("사 빌리 주문 만들 요리 굽 예약 고르 선물 심 배우 찾")
_RELATIVES = {  # category -> (Korean stem, English base): what one may have done with a thing before
    "clothes": (("사", "buy"), ("고르", "choose")),
    "accessory": (("사", "buy"), ("고르", "choose")),
    "footwear": (("사", "buy"), ("고르", "choose")),
    "bag": (("사", "buy"),),
    "machine": (("사", "buy"),),
    "furniture": (("사", "buy"), ("고르", "choose")),
    "reading": (("사", "buy"), ("빌리", "borrow")),
    "stationery": (("사", "buy"),),
    "toy": (("사", "buy"),),
    "fruit": (("사", "buy"),),
    "vegetable": (("사", "buy"),),
    "snack": (("사", "buy"), ("만들", "make")),
    "dish": (("만들", "make"),),
    "ticket": (("사", "buy"),),
    "vehicle": (("사", "buy"),),
    "flower": (("사", "buy"), ("심", "plant")),
}
_RECOMMENDED = {"reading": "추천", "show": "추천", "dish": "추천"}


def _relative(ctx: Context, noun: Noun, stem: str, main: "Subject | None") -> Node | None:
    """Both yields of an object relative clause: 어제 산 - (the book) I bought yesterday."""
    options = [
        pair
        for category, pairs in _RELATIVES.items()
        if category in noun.categories
        for pair in pairs
        if stem not in ACQUIRING and pair[0] != stem
    ]
    recommended = noun.categories & set(_RECOMMENDED)
    if not options and not recommended:
        return None
    third = main is None or main.person != "1sg"
    if not options or (recommended and ctx.draw.chance(0.35)):
        subject = draw_person(ctx, ((NAMES, 1), (KIN, 1), (OTHERS, 1)))
        verb, past = "추천", "recommended"
    else:
        verb, base = ctx.draw.pick(options)
        past = english.past(base)
        if third or ctx.draw.chance(0.3):
            subject = draw_person(ctx, ((NAMES, 2), (KIN, 3)))
        else:
            subject = first_person(ctx, drop=ctx.draw.chance(0.6))
    verb_leaf, adnominal = ctx.leaf(), ctx.leaf()
    time = Node()
    if subject.person == "1sg" or ctx.draw.chance(0.4):
        ko, en = ctx.draw.pick(
            (
                ("어제1", "yesterday1"),
                ("지난주1+에", "last1 week1"),
                ("지난달1+에", "last1 month1"),
                ("아까1", "earlier1"),
            )
        )
        if not ctx.used & {"어제", "지난주", "지난달"}:
            time = fill(template(ko, en), {}, ctx.fresh)
    stem_morphs = [Morph(verb, links=verb_leaf)]
    if verb == "추천":
        stem_morphs.append(Morph("하", links=verb_leaf))
    if subject.elder:
        stem_morphs.append(Morph("(으)시", "ending", NO_LINK))
    stem_morphs.append(Morph("(으)ㄴ", "ending", adnominal))
    marked = mark(ctx, subject, "이")
    who = [En("that", adnominal)] if subject.person != "1sg" else []
    return Node(
        [*marked, *time.ko, stem_morphs],
        [*who, *subject.node.en, En(past, verb_leaf | adnominal if not who else verb_leaf), *time.en],
    )


def adjectives_for(noun: Noun, stem: str, mode: str) -> tuple[Adjective, ...]:
    """The adjectives that may stand before a noun that is the object of `stem`."""
    return _adjectives_for(noun, stem in ACQUIRING, mode)


@cache
def _adjectives_for(noun: Noun, acquired: bool, mode: str) -> tuple[Adjective, ...]:
    poor = {"더럽", "오래되", "비싸"} if acquired or mode == "n" else set()
    return tuple(a for a in ALL_ADJECTIVES if noun.categories & set(a.categories) and a.stem not in poor)


def adnominal(adjective: Adjective, links: frozenset[int]) -> list[Morph]:
    """An adjective before a noun: 큰, 맛있는, 깨끗한."""
    *first, last = adjective.ko.split("+")
    ending = "는" if last.endswith(("있", "없")) else "(으)ㄴ"
    return [*(Morph(m, links=links) for m in first), Morph(last, links=links), Morph(ending, "ending")]


def noun_phrase(ctx: Context, noun: Noun, mode: str, stem: str, subject: Subject | None) -> Node:
    """A noun as an argument of `stem`, with its determiner and, by chance, a modifier.

    Modes: a, n (a number may stand), the, thes (plural), my, g (in general), 0 (bare), topic (what is spoken of).
    """
    links = ctx.leaf()
    ctx.used.add(noun.head)
    if ctx.generic and mode in ("a", "n"):
        mode = "g"
    ko: Korean = [[Morph(m, links=links) for m in e.split("+")] for e in noun.ko.split("_")]
    mass, plural_only = "m" in noun.flags, "p" in noun.flags
    if mode == "0" or "n" in noun.flags:
        return Node(ko, [En(w, links) for w in noun.en.split()])
    if mode == "g":
        form = noun.en if mass or plural_only else english.plural(noun.en)
        return Node(ko, [En(w, links) for w in form.split()])
    plural = (mode == "thes" or (noun.many and mode in ("a", "n", "topic"))) and not mass and not plural_only
    singular = noun.en
    base = [En(w, links) for w in (english.plural(singular) if plural else singular).split()]
    if mode != "my" and not ctx.habit and ctx.maybe(0.13):
        relative = _relative(ctx, noun, stem, subject)
        if relative:
            return Node([*relative.ko, *ko], [En("the"), *base, *relative.en])
    if mode == "n" and noun.counter and not ctx.habit and not noun.categories & _UNCOUNTED and ctx.maybe(0.4):
        return _numbered(ctx, noun, ko, links, stem)
    if ctx.draw.chance(0.5) if mode == "topic" else ctx.maybe(0.09) and mode != "my":
        form = ctx.draw.weighted((("이", 5), ("그", 4), ("저", 1)))
        many = plural or plural_only
        demonstrative = {"이": ("this", "these")}.get(form, ("that", "those"))[many]
        leaf = ctx.leaf()
        return Node([[Morph(form, links=leaf)], *ko], [En(demonstrative, leaf), *base])
    options = adjectives_for(noun, stem, mode) if mode not in ("topic", "thes") else ()
    if options and ctx.maybe(0.22):
        adjective, leaf = ctx.draw.pick(options), ctx.leaf()
        ko = [adnominal(adjective, leaf), *ko]
        base = [*(En(w, leaf) for w in adjective.en.split()), *base]
    if mode in ("the", "thes", "topic"):
        return Node(ko, [En("the"), *base])
    if mode == "my":
        possessive = subject.possessive if subject else "my"
        return Node(ko, [En(possessive), *base])
    article = [] if mass or plural_only or plural else [En(english.indefinite(base[0].text))]
    return Node(ko, [*article, *base])


_UNCOUNTED = frozenset(("machine", "vehicle", "furniture", "instrument", "bag", "personal", "show"))


def _numbered(ctx: Context, noun: Noun, ko: Korean, links: frozenset[int], stem: str) -> Node:
    """사과 세 개 - three apples, 물 두 병 - two bottles of water."""
    if stem == "사" and noun.counter == "잔":  # one drinks by the glass and buys by the bottle
        noun = replace(noun, counter="병", measure="bottle")
    limit = 2 if noun.measure or noun.counter in ("대", "벌", "켤레") else 5
    low = 0 if noun.measure else 1
    index = low + ctx.draw.below(limit - low)
    number_ko, number_en = NUMERALS[index]
    number, counter = ctx.leaf(), ctx.leaf()
    number_token = En("a" if index == 0 else number_en, number)
    if noun.measure:
        measure = noun.measure if index == 0 else english.plural(noun.measure)
        things = noun.en if "m" in noun.flags or "p" in noun.flags else english.plural(noun.en)
        en = [number_token, En(measure, counter), En("of"), *(En(w, links) for w in things.split())]
    else:
        counter = links  # no English word of its own: it goes with the noun
        en = [number_token, *(En(w, links) for w in english.plural(noun.en).split())]
    return Node([*ko, [Morph(number_ko, links=number)], [Morph(noun.counter, links=counter)]], en)


def country_noun(ctx: Context, slot: str) -> Noun:
    """The noun of a slot that belongs to the country of this sentence."""
    country = ctx.country
    entry = {
        "country": country.name,
        "capital": country.capital,
        "language": country.language,
        "local_food": country.food,
    }[slot]
    body, _, flags = entry.partition("~")
    ko, _, en = body.partition("=")
    return Noun(ko, en.replace("_", " "), frozenset((slot,)), flags)


# Kin terms that don't depend on who speaks: another person's brother isn't 형 or 오빠 by my own sex.
_ANYBODYS = frozenset(("아버지", "어머니", "할아버지", "할머니", "남동생", "여동생"))
COUNTRY_SLOTS = frozenset(("country", "capital", "language", "local_food"))


def particle_for(ctx: Context, form: str, elder: bool) -> str:
    """The particle that the person and the speech level ask for."""
    if form == "에게":
        return "께" if elder else ("한테" if ctx.level == "b" else "에게")
    return form


def fill_slots(ctx: Context, ko: str, en: str, subject: Subject | None, stem: str = "") -> Node:
    """Fill a template, drawing a noun for each slot."""
    rule = template(ko, en)
    slots: dict[str, Node] = {}
    elders: dict[int, bool] = {}
    for slot, mode in rule.slots.items():
        if slot in COUNTRY_SLOTS:
            slots[slot] = noun_phrase(ctx, country_noun(ctx, slot), mode or "0", stem, subject)
        elif slot in ("kin", "friend", "peer"):
            possessive = subject.possessive if subject else "my"
            near = subject is None or subject.person in ("1sg", "2sg")
            family = KIN if near else tuple(p for p in KIN if p.ko in _ANYBODYS)
            kinds = {"kin": ((family, 1),), "friend": ((NAMES, 1), (family, 1)), "peer": ((NAMES, 1), (PEERS, 1))}[slot]
            other = draw_person(ctx, kinds)
            tokens = [En(possessive, t.links) if t.text == "my" else t for t in other.node.en]
            node = other.node
            if subject and subject.person != "1sg" and node.ko[0][0].form in ("제", "내"):
                node = Node(node.ko[1:], node.en)
                tokens = [En(t.text) if t.text == possessive else t for t in tokens]
            slots[slot] = Node(node.ko, tokens)
            elders[id(slots[slot])] = other.elder
        else:
            sex = subject.gender or (ctx.speaker if subject.person == "1sg" else "") if subject else ""
            fitting = [n for n in nouns(slot) if not sex or GENDERED.get(n.ko, sex) == sex] or list(nouns(slot))
            options = [n for n in fitting if n.head not in ctx.used] or fitting
            slots[slot] = noun_phrase(ctx, ctx.draw.pick(options), mode, stem, subject)
    possessive = [En(subject.possessive if subject else "my")]

    def particles(form: str, node: Node | None) -> str:
        return particle_for(ctx, form, node is not None and elders.get(id(node), False))

    return fill(rule, slots, ctx.fresh, possessive, particles)


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


# --- predicates -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Modal:
    """A modality: Korean morphemes after the stem, English words before the verb; digits are links.

    In `ko` a space begins a new eojeol and the last piece is the stem that takes tense. `form` is that of the
    English verb (base, ing, pp).
    """

    ko: str
    en: str
    form: str = "base"
    negated: str = ""  # the last Korean stem when it is negated, "" if 지 않


MODALS = {
    "progressive": Modal("고1 있1", "be1", "ing"),
    "want": Modal("고2 싶1", "want1 to2"),
    "wants": Modal("고2 싶1+~아 하1", "want1 to2"),
    "can": Modal("(으)ㄹ1 수1 있1", "can1", negated="없"),
    "must": Modal("~아야1 되1", "have1 to1"),
    "must2": Modal("~아야1 하1", "have1 to1"),
    "may": Modal("~아도1 되1", "can1"),
    "future": Modal("(으)ㄹ1 거1 이1", "will1"),
    "plan": Modal("(으)려고1 하1", "be1 going1 to1"),
    "experience": Modal("(으)ㄴ1 적1+이 있1", "have1", "pp", negated="없"),
    "like": Modal("는1 것1+을 좋아하2", "like2", "ing"),
    "start": Modal("기1 시작2+하2", "start2", "ing"),
    "decide": Modal("기1+으로1 하2", "decide2 to1"),
    "know how": Modal("(으)ㄹ1 줄1 알2", "know2 how1 to1", negated="모르"),
    "need": Modal("(으)ㄹ1 필요2+이 있2", "need2 to1", negated="없"),
    "try": Modal("~아1 보2", "try2", "ing"),
    "should": Modal("는1 것1+이 좋1+겠1", "should1"),
    "seem": Modal("(으)ㄹ1 것1 같2", "will1"),
}


@dataclass
class Clause:
    """The choices behind a clause."""

    frame: Frame
    subject: Subject | None
    tense: str = PAST
    modal: str = ""
    negation: str = ""  # "", 안, 지, 못
    time: Node = field(default_factory=Node)
    frequency: Node = field(default_factory=Node)  # an English adverb that stands before the verb
    place: Node = field(default_factory=Node)
    companion: Node = field(default_factory=Node)
    manner: Node = field(default_factory=Node)
    duration: Node = field(default_factory=Node)
    slots: Node = field(default_factory=Node)  # the filled template, kept so that both yields share it
    subject_tokens: list[En] = field(default_factory=list)  # the English subject of a frame that has its own
    verb: En = field(default_factory=lambda: En(""))
    leaves: dict[str, frozenset[int]] = field(default_factory=dict)

    def leaf(self, ctx: Context, name: str) -> frozenset[int]:
        """The leaf of a function word (negation, tense, a part of the modality), the same on both sides."""
        if name not in self.leaves:
            self.leaves[name] = ctx.leaf()
        return self.leaves[name]


def predicate(ctx: Context, clause: Clause) -> Clause:
    """Fill the frame's template into `clause.slots`."""
    frame = clause.frame
    subject = clause.subject
    en = f"{frame.subject_en} / {frame.en}" if frame.subject_en else frame.en
    ctx.generic = clause.modal in ("like", "know how")
    node = fill_slots(ctx, frame.ko, en, subject, frame.stem)
    ctx.generic = False
    tokens = node.en
    if frame.subject_en:
        cut = next(i for i, t in enumerate(tokens) if t.text == "/")
        clause.subject_tokens, tokens = tokens[:cut], tokens[cut + 1 :]
    clause.verb = tokens[0]
    if clause.verb.text == "be" and not clause.verb.links:
        stem = node.ko[-1]
        clause.verb = En("be", stem[0].links)
    if frame.stem == "주" and any(m.form == "께" for e in node.ko for m in e) and not (subject and subject.elder):
        node.ko[-1] = [replace(node.ko[-1][0], form="드리"), *node.ko[-1][1:]]
    clause.slots = Node(node.ko, tokens[1:])
    return clause


# With these 시 goes to the last stem: 읽고 싶으세요, not 읽으시고 싶어요.
HONORED_LAST = frozenset(("progressive", "want", "like", "know how", "plan", "start", "decide"))
NEUTRAL = Frame("", "", "")


def elder(clause: Clause) -> bool:
    """Whether the verb takes 시."""
    return clause.subject is not None and clause.subject.elder


def korean_predicate(ctx: Context, clause: Clause, ending: Sequence[Morph], with_tense: bool = True) -> Korean:
    """The arguments and the verb with negation, honorific, modality, tense and `ending`."""
    frame, honorific = clause.frame, elder(clause)
    args, verb = clause.slots.ko[:-1], list(clause.slots.ko[-1])
    negation = clause.negation
    no = clause.leaf(ctx, "no")
    modal = MODALS.get(clause.modal)
    eojeols: Korean = []
    if negation and not modal and frame.negation not in ("", "ji", "-"):
        if frame.negation == "못":
            negation = "못"
        else:
            verb[-1] = replace(verb[-1], form=frame.negation, links=verb[-1].links | no)
            negation = ""
    if negation in ("안", "못"):
        adverb = Morph(negation, links=no)
        if len(verb) == 2 and verb[1].form == "하":
            eojeols.append([verb[0]])
            verb = verb[1:]
        eojeols.append([adverb])
    if honorific and clause.modal not in HONORED_LAST:
        verb = _honor(verb, frame)
    if modal:
        pieces = _modal_pieces(ctx, clause, modal)
        for index, part in enumerate(pieces):
            if index == 0:
                verb.extend(part)
            else:
                eojeols.append(verb)
                verb = list(part)
        if honorific and clause.modal in HONORED_LAST and negation != "modal":
            verb = [replace(verb[-1], form="계시")] if clause.modal == "progressive" else _honor(verb, NEUTRAL)
        if negation == "modal":
            if modal.negated:
                verb[-1] = replace(verb[-1], form=modal.negated, links=verb[-1].links | no)
            else:
                verb.append(Morph("지", "ending", no))
                eojeols.append(verb)
                verb = [Morph("않", links=no)]
    elif negation == "지":
        verb.append(Morph("지", "ending", no))
        eojeols.append(verb)
        verb = [Morph("않", links=no)]
    if clause.tense == PAST and with_tense:
        verb.append(Morph("~았", "ending", clause.leaf(ctx, "tense")))
    eojeols.append(_end(verb, ending))
    return [*args, *clause.manner.ko, *eojeols]


def _end(verb: list[Morph], ending: Sequence[Morph]) -> list[Morph]:
    """Put the ending on; 시 before 어요 becomes 세요."""
    if verb[-1].form == "(으)시" and ending and ending[0].form == "~아요":
        return [*verb[:-1], Morph("(으)세요", "ending", ending[0].links), *ending[1:]]
    return [*verb, *ending]


def _honor(verb: list[Morph], frame: Frame) -> list[Morph]:
    """The honorific stem, or the stem with 시."""
    if frame.honorific:
        return [*verb[:-1], replace(verb[-1], form=frame.honorific)]
    if verb[-1].form in HONORIFIC_STEMS:
        return verb
    return [*verb, Morph("(으)시", "ending")]


def _modal_pieces(ctx: Context, clause: Clause, modal: Modal) -> list[list[Morph]]:
    pieces = []
    for eojeol in modal.ko.split(" "):
        part = []
        for text in eojeol.split("+"):
            body = text.rstrip("0123456789")
            label = text[len(body) :]
            links = clause.leaf(ctx, f"modal{label}") if label else NO_LINK
            if body in ("이", "을", "으로") and len(part):
                part.append(Morph(body, "particle", links))
            elif body == "이":
                part.append(Morph("이", links=links))
            else:
                part.append(morph(body, links))
        pieces.append(part)
    if clause.modal == "future":  # 거 and the copula are one eojeol
        *before, thing, copula = pieces
        pieces = [*before, [*thing, *copula]]
    if clause.frame.state and clause.modal == "like":
        raise ValueError("a state is not liked")
    return pieces


AUXILIARIES = frozenset(("be", "can", "will", "should"))
PRONOUNS = frozenset(["i", "you", "he", "she", "it", "we", "they", "there"])


def _inflected(verb: str, form: str) -> str:
    return {"base": verb, "ing": english.gerund(verb), "pp": english.participle(verb)}[form]


def english_verbs(ctx: Context, clause: Clause, agreement: str, support: bool) -> tuple[En, list[En], list[En]]:
    """(finite verb, negation, the verbs after it) of a clause.

    `support`: the finite verb must be an auxiliary, as in a question; then do steps in where there is none.
    """
    modal = MODALS.get(clause.modal)
    chain = [clause.verb]
    perfect = clause.modal == "experience"
    if modal:
        pieces = []
        for text in modal.en.split():
            body = text.rstrip("0123456789")
            pieces.append(En(body, clause.leaf(ctx, f"modal{text[len(body) :]}")))
        main = En(_inflected(clause.verb.text, modal.form), clause.verb.links)
        if modal.form == "ing":
            main = En(main.text, main.links | clause.leaf(ctx, "modal1"))
        chain = [*pieces, main]
    no = clause.leaf(ctx, "no") if clause.negation else NO_LINK
    if clause.negation == "못":
        chain = [En("can", no), *chain]
    head = chain[0]
    auxiliary = head.text in AUXILIARIES or perfect
    negative = bool(clause.negation)
    tense = clause.leaf(ctx, "tense") if clause.tense == PAST else NO_LINK
    if not auxiliary and (negative or support):
        ending = NO_LINK if tense else clause.leaf(ctx, "ending")
        head, chain = En("do", tense or ending), [En("do"), *chain]
    finite = english.past(head.text, agreement) if clause.tense == PAST else english.present(head.text, agreement)
    links = head.links | tense
    if not negative:
        return En(finite, links), [], chain[1:]
    if perfect:
        return En(finite, links), [En("never", no)], chain[1:]
    if finite == "am":
        return En(finite, links), [En("not", no)], chain[1:]
    return En(english.negated_stem(finite), links), [En("n't", no)], chain[1:]


def english_clause(
    ctx: Context,
    clause: Clause,
    subject: Sequence[En],
    agreement: str,
    question: bool = False,
    front: Sequence[En] = (),
    omit: bool = False,
) -> list[En]:
    """A finite clause: subject, verbs, arguments, manner, companion, place, duration, time."""
    finite, negation, rest = english_verbs(ctx, clause, agreement, question)
    frequency = clause.frequency.en
    auxiliary = (finite.text in ("do", "does", "did") and bool(rest)) or bool(negation)
    auxiliary = auxiliary or finite.text in ("am", "is", "are", "was", "were", "will", "can", "could", "should")
    if question:
        verbs = [*front, finite, *negation, *subject, *frequency, *rest]
    elif omit:
        verbs = [finite, *negation, *frequency, *rest] if auxiliary else [*frequency, finite, *rest]
    else:
        lone = len(subject) == 1 and subject[0].text.lower() in PRONOUNS
        if lone and finite.text in ("am", "is", "are"):
            finite = En(english.contract_be(finite.text), finite.links)
            negation = [En("not", t.links) for t in negation]
        elif lone and finite.text == "will":
            finite = En("'ll", finite.links)
        elif lone and clause.modal == "experience" and clause.tense != PAST:
            finite = En("'ve" if finite.text == "have" else "'s", finite.links)
        if auxiliary or clause.modal == "experience":
            verbs = [*subject, finite, *negation, *frequency, *rest]
        else:
            verbs = [*subject, *frequency, finite, *rest]
    return [*verbs, *english_tail(clause)]


def english_tail(clause: Clause) -> list[En]:
    """What stands after the verbs."""
    return [
        *clause.slots.en,
        *clause.manner.en,
        *clause.companion.en,
        *clause.place.en,
        *clause.duration.en,
        *clause.time.en,
    ]


def english_nonfinite(clause: Clause, form: str, extra: frozenset[int] = NO_LINK) -> list[En]:
    """A verb phrase without a subject: base (requests) or ing (before going home)."""
    return [En(_inflected(clause.verb.text, form), clause.verb.links | extra), *english_tail(clause)]


def korean_clause(
    ctx: Context,
    clause: Clause,
    ending: Sequence[Morph],
    particle: str = "은",
    with_tense: bool = True,
    with_subject: bool = True,
) -> Korean:
    """Subject, time, place, companion, arguments, verb; the time may come first."""
    subject = mark(ctx, clause.subject, particle) if clause.subject and with_subject else []
    early = 0 < len(subject) <= 2 and ctx.draw.chance(0.3)  # before a relative clause it would belong to that
    head = [*clause.time.ko, *subject] if early else [*subject, *clause.time.ko]
    middle = [*clause.frequency.ko, *clause.place.ko, *clause.companion.ko, *clause.duration.ko]
    return [*head, *middle, *korean_predicate(ctx, clause, ending, with_tense)]


def subject_tokens(clause: Clause, pronoun: bool = False) -> tuple[list[En], str]:
    """The English subject and the agreement it asks for."""
    if clause.subject_tokens:
        return clause.subject_tokens, "pl" if clause.frame.subject_plural else "3sg"
    if clause.subject is None:
        raise ValueError(f"expected a subject for {clause.frame.ko!r}")
    if pronoun:
        return [En(clause.subject.pronoun)], clause.subject.agreement
    return clause.subject.node.en, clause.subject.agreement


# --- adjuncts -------------------------------------------------------------------------------------------------


def number_words(index: int) -> tuple[str, str]:
    """The Korean and English words for index + 1."""
    return NUMERALS[index]


def clock(ctx: Context, day: str) -> Node:
    """아침 일곱 시에 - at seven in the morning, 7시 30분에 - at 7:30."""
    part_ko, part_en, hours = HOURS[day]
    hour = ctx.draw.pick(hours)
    at, number, part = ctx.leaf(), ctx.leaf(), ctx.leaf()
    style = ctx.draw.below(4)
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


_SPANS = {"day": ("day",), "week": ("day", "week"), "year": ("day", "week", "year")}


@cache
def _times(when: str, days: tuple[str, ...], barred: str, far: str) -> tuple:
    return tuple(
        t
        for t in TIMES
        if t.when == when
        and t.span in _SPANS[far]
        and (not t.day or not days or t.day in days)
        and not any(word.rstrip("0123456789+에마다") in barred for word in t.ko.split())
    )


def time_phrase(ctx: Context, frame: Frame, when: str) -> tuple[Node, Node]:
    """(time, frequency) that fits a frame; at most one of them is there."""
    draw = ctx.draw
    far = span(frame)
    if when in ("past", "fut") and far != "day" and draw.chance(0.14):
        ko, en = draw.pick(WEEKDAYS)
        return fill(template(f"{ko}1+에2", f"on2 {en}1"), {}, ctx.fresh), Node()
    if (
        when in ("past", "fut", "habit")
        and frame.days
        and "일찍" not in frame.ko
        and not slow(frame)
        and "x" not in frame.flags
        and draw.chance(0.25)
    ):
        time = clock(ctx, draw.pick(frame.days))
        ko, en = {"past": ("어제1", "yesterday1"), "fut": ("내일1", "tomorrow1"), "habit": ("매일1", "every1 day1")}[
            when
        ]
        if when == "habit" or draw.chance(0.6):
            day = fill(template(ko, en), {}, ctx.fresh)
            time = Node([*day.ko, *time.ko], [*time.en, *day.en])
        return time, Node()
    options = _times(when, frame.days, frame.ko, far)
    if slow(frame) and when in ("past", "fut"):
        options = tuple(t for t in options if t.span != "day")
    if not options:
        return Node(), Node()
    time = draw.pick(options)
    ctx.used.update(w.rstrip("0123456789+에마다") for w in time.ko.split())
    node = fill(template(time.ko, time.en), {}, ctx.fresh)
    return (Node(), node) if time.before_verb else (node, Node())


def place_node(ctx: Context, place: Place, particle: str, subject: Subject | None, english_form: str = "at") -> Node:
    """학교에서 - at school; with `english_form` "to": 학교에 - to school."""
    links, role = ctx.leaf(), ctx.leaf()
    *before, last = place.ko.split("_")
    ko = [[Morph(m, links=links) for m in e.split("+")] for e in before]
    ko.append([*(Morph(m, links=links) for m in last.split("+")), Morph(particle, "particle", role)])
    tokens = (place.at if english_form == "at" else place.to).split()
    if len(tokens) == 1:
        return Node(ko, [En(tokens[0], links | role)])
    en = [En(tokens[0], role)]
    for token in tokens[1:]:
        if token == "the":
            en.append(En(token))
        elif token == "my":
            en.append(En(subject.possessive if subject else "my"))
        else:
            en.append(En(token, links))
    return Node(ko, en)


_SAFE_KIN = tuple(p for p in KIN if p.ko in _ANYBODYS)
_FRIENDS = (
    Person("친구", "friend", "", own=False),
    Person("친구+들", "friends", "", plural=True),
    Person("가족", "family", ""),
)
_PARTNERS = {
    "m": (Person("아내", "wife", "f"), Person("여자_친구", "girlfriend", "f")),
    "f": (Person("남편", "husband", "m"), Person("남자_친구", "boyfriend", "m")),
}
_BY_KO = {p.ko: p for p in KIN}
_SPOUSES = {
    a: _BY_KO[b]
    for a, b in (
        ("아버지", "어머니"),
        ("어머니", "아버지"),
        ("할아버지", "할머니"),
        ("할머니", "할아버지"),
        ("아빠", "엄마"),
        ("엄마", "아빠"),
    )
}
_SINGLE = word_set("남편 아내 남동생 여동생 아들 딸 여자_친구 남자_친구 친구 사촌 선생님")
_COLLEAGUES = (Person("동료", "colleague", ""), Person("동료+들", "colleagues", "", plural=True))


def companion(ctx: Context, subject: Subject | None, topic: str) -> Node:
    """친구랑 - with my friend."""
    if subject is None or subject.person in ("1pl", "3pl") or "제" in ctx.used:
        return Node()
    groups: list[tuple[Sequence[Person], float]] = [(_FRIENDS, 5), (NAMES, 3)]
    if topic == "work":
        groups = [(_COLLEAGUES, 4), (NAMES, 2)]
    elif topic == "school":
        groups = [(_FRIENDS[:2], 4), (NAMES, 4), (SIBLINGS if subject.person == "1sg" else NAMES, 1)]
    elif subject.person in ("1sg", "2sg"):
        groups.append((KIN, 6))
    elif subject.key in {p.ko for p in NAMES}:
        groups.append((_SAFE_KIN, 3))
    partners = _PARTNERS.get(subject.gender, ()) if subject.key not in _SINGLE else ()
    if subject.key in _SPOUSES:
        groups.append(((_SPOUSES[subject.key],), 12))
    elif partners and topic != "school" and subject.person == "3sg":
        groups.append((partners, 6))
    other = draw_person(ctx, groups)
    if other.key == subject.key:
        return Node()
    node = other.node
    if subject.person != "1sg" and other.key not in _SPOUSES:
        if node.ko[0][0].form in ("제", "내"):
            node = Node(node.ko[1:], node.en)
        node = Node(node.ko, [En(subject.possessive) if t.text == "my" else t for t in node.en])
    with_ = ctx.leaf()
    form = "과" if ctx.level == "f" else ctx.draw.weighted((("이랑", 5), ("하고", 3), ("과", 2)))
    marked = node.then([Morph(form, "particle", with_)])
    return Node(marked.ko, [En("with", with_), *marked.en])


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


INTENSITIES = (("아주", "very"), ("정말", "really"), ("매우", "very"))
EXCESS = (("너무", "too"), ("조금", "a little"))
UNPLEASANT = word_set("춥 덥 맵 짜 비싸 어렵 무겁 피곤 바쁘 시끄럽 더럽 어둡 뜨겁 멀 심심 졸리 작 크")


def intensity(ctx: Context, clause: Clause) -> Node:
    """아주 - very, before an adjective; 너무 - too before an unpleasant one."""
    options = INTENSITIES + (EXCESS if clause.frame.stem in UNPLEASANT else ())
    ko, en = ctx.draw.pick(options)
    return words(ko, en, ctx)


MANNERS = {
    "열심히": "hard",
    "빨리": "quickly",
    "천천히": "slowly",
    "조용히": "quietly",
    "혼자": "alone",
    "같이": "together",
    "잘": "well",
    "많이": "a lot",
    "조금": "a little",
    "일찍": "early",
    "늦게": "late",
    "먼저": "first",
    "깨끗이": "thoroughly",
    "자주": "often",
    "미리": "in advance",
    "늦게까지": "until late",
    "조심해서": "carefully",
    "아주": "",
}
_MANNER_MORPHS = {"늦게": "늦+게", "늦게까지": "늦+게+까지", "조심해서": "조심+하+~아서"}


def manner(ctx: Context, clause: Clause) -> Node:
    """One of the frame's manners."""
    options = [m for m in clause.frame.manners if MANNERS.get(m)]
    if not options:
        return Node()
    ko = ctx.draw.pick(options)
    if ko == "같이" and not (clause.subject and clause.subject.person in ("1pl", "3pl")):
        return Node()
    if ko == "혼자" and clause.companion.ko:
        return Node()
    links = ctx.leaf()
    morphs = [morph(m, links) for m in _MANNER_MORPHS.get(ko, ko).split("+")]
    morphs = [Morph(m.form, "particle", links) if m.form == "까지" else m for m in morphs]
    return Node([morphs], [En(w, links) for w in MANNERS[ko].split()])
