"""Where, with whom, how, and how much."""

from collections.abc import Sequence

from ..lexicon.people import KIN, NAMES, Person
from ..lexicon.places import Place
from ..morphology import Morph, morph
from ..tables import word_set
from ..trees import En, Node
from .clause import Clause
from .context import Context, words
from .subjects import SIBLINGS, SPEAKER_NEUTRAL_KIN, Subject, draw_person

# --- places -------------------------------------------------------------------------------------------------


def place_node(ctx: Context, place: Place, particle: str, subject: Subject | None, *, going: bool = False) -> Node:
    """학교에서 - at school; `going`: 학교에 - to school."""
    links, role = ctx.leaf(), ctx.leaf()
    *before, last = place.ko.split("_")
    ko = [[Morph(m, links=links) for m in e.split("+")] for e in before]
    ko.append([*(Morph(m, links=links) for m in last.split("+")), Morph(particle, "particle", role)])
    tokens = (place.to if going else place.at).split()
    if len(tokens) == 1:
        return Node(ko, [En(tokens[0], links)])
    en = [En(tokens[0], role)]
    for token in tokens[1:]:
        if token == "the":
            en.append(En(token))
        elif token == "my":
            en.append(En(subject.possessive if subject else "my"))
        else:
            en.append(En(token, links))
    return Node(ko, en)


# --- companions ---------------------------------------------------------------------------------------------

_SAFE_KIN = tuple(p for p in KIN if p.ko in SPEAKER_NEUTRAL_KIN)
_FRIENDS = (
    Person("친구", "friend", "", own=False),
    Person("친구+들", "friends", "", plural=True),
    Person("가족", "family", ""),
)
_COLLEAGUES = (Person("동료", "colleague", ""), Person("동료+들", "colleagues", "", plural=True))
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
_WITHOUT_PARTNER = word_set("남편 아내 남동생 여동생 아들 딸 여자_친구 남자_친구 친구 사촌 선생님")


def companion(ctx: Context, subject: Subject | None, topic: str, stem: str = "") -> Node:
    """친구랑 - with my friend; 친구랑 같이, so that nobody buys a friend and a book."""
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
    partners = _PARTNERS.get(subject.gender, ()) if subject.key not in _WITHOUT_PARTNER else ()
    if subject.key in _SPOUSES:
        groups.append(((_SPOUSES[subject.key],), 12))
    elif partners and topic != "school" and subject.person == "3sg":
        groups.append((partners, 6))
    other = draw_person(ctx, groups)
    if other.key == subject.key:
        return Node()
    node = other.node
    if subject.person != "1sg" and not (subject.key in _SPOUSES and other.key in _SPOUSES):
        if node.ko[0][0].form in ("제", "내"):
            node = Node(node.ko[1:], node.en)
        node = Node(node.ko, [En(subject.possessive) if t.text == "my" else t for t in node.en])
    with_ = ctx.leaf()
    form = "과" if ctx.level == "f" else ctx.draw.weighted((("이랑", 5), ("하고", 3), ("과", 2)))
    marked = node.then([Morph(form, "particle", with_)])
    if stem in ("사", "보", "찍", "굽", "만들") or ctx.draw.chance(0.3):
        marked.ko.append([Morph("같이", links=with_)])
    return Node(marked.ko, [En("with", with_), *marked.en])


# --- degree and manner --------------------------------------------------------------------------------------

INTENSITIES = (("아주", "very"), ("정말", "really"), ("매우", "very"))
EXCESS = (("너무", "too"), ("조금", "a little"))
UNPLEASANT = word_set("춥 덥 맵 짜 비싸 어렵 무겁 피곤 바쁘 시끄럽 더럽 어둡 뜨겁 멀 심심 졸리 작 크")


def intensity(ctx: Context, clause: Clause) -> Node:
    """아주 - very, before an adjective; 너무 - too before an unpleasant one."""
    options = tuple(each for each in INTENSITIES if each[0] != "매우" or ctx.level != "b")  # 매우 is not for friends
    options += EXCESS if clause.frame.stem in UNPLEASANT else ()
    ko, en = ctx.draw.pick(options)
    return words(ctx, ko, en)


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
