"""Templates with nouns drawn for their slots."""

import itertools

from ..lexicon.nouns import GENDERED, nouns
from ..lexicon.people import KIN, NAMES
from ..lexicon.rare import RARE, RARE_PLACES
from ..tables import word_set
from ..trees import En, Node, fill, template
from .context import Context, words
from .nouns import country_noun, noun_phrase
from .subjects import PEERS, SPEAKER_NEUTRAL_KIN, Subject, draw_person, particle_for

_KIN_KEYS = frozenset(p.ko for p in KIN)
COUNTRY_SLOTS = frozenset(("country", "capital", "language", "local_food"))


def fill_slots(ctx: Context, ko: str, en: str, subject: Subject | None, stem: str = "") -> Node:
    """Fill a template, drawing a noun for each slot."""
    rule = template(ko, en)
    slots: dict[str, Node] = {}
    elders: set[int] = set()  # ids of the nodes that take honorific particles
    for slot, mode in rule.slots.items():
        if slot == "capital" and rule.slots.keys() == {"capital"} and ctx.rare(0.35):
            slots[slot] = _rare_city(ctx)
        elif slot in COUNTRY_SLOTS:
            slots[slot] = noun_phrase(ctx, country_noun(ctx, slot), mode or "0", stem, subject)
        elif slot in ("kin", "friend", "peer"):
            slots[slot], elder = _person_in_slot(ctx, slot, subject)
            if elder:
                elders.add(id(slots[slot]))
        else:
            slots[slot] = _thing_in_slot(ctx, slot, mode, stem, subject)
    possessive = [En(subject.possessive if subject else "my")]

    def particles(form: str, node: Node | None) -> str:
        return particle_for(ctx, form, node is not None and id(node) in elders)

    node = fill(rule, slots, ctx.fresh, possessive, particles)
    return _of_one_family(node, subject) if subject else node


_ELDERS = word_set("parents mother father grandparents grandmother grandfather")


def _of_one_family(node: Node, subject: Subject) -> Node:
    """The phrase with `our grandmother` for a brother's grandmother."""
    tokens = list(node.en)
    for position, (token, after) in enumerate(itertools.pairwise(node.en)):
        if token.text == subject.possessive and after.text in _ELDERS:
            tokens[position] = En(subject.possessive_of_elders, token.links)
    return Node(node.ko, tokens)


def _person_in_slot(ctx: Context, slot: str, subject: Subject | None) -> tuple[Node, bool]:
    """(somebody who is close to the subject, whether that is an elder)."""
    possessive = subject.possessive if subject else "my"
    near = subject is None or subject.person in ("1sg", "2sg")
    family = KIN if near else tuple(p for p in KIN if p.ko in SPEAKER_NEUTRAL_KIN)
    kinds = {"kin": ((family, 1),), "friend": ((NAMES, 1), (family, 1)), "peer": ((NAMES, 1), (PEERS, 1))}[slot]
    if subject and (subject.key in _KIN_KEYS or (slot == "peer" and not near)):
        kinds = ((NAMES, 1),)
    other = draw_person(ctx, kinds)
    node = other.node
    tokens = [En(possessive, t.links) if t.text == "my" else t for t in node.en]
    if subject and subject.person != "1sg" and node.ko[0][0].form in ("제", "내"):
        node = Node(node.ko[1:], node.en)
        tokens = [En(t.text) if t.text == possessive else t for t in tokens]
    return Node(node.ko, tokens), other.elder


def _rare_city(ctx: Context) -> Node:
    """A city or town that is seldom spoken of, instead of a capital."""
    place = ctx.draw.pick(tuple(p for p in RARE_PLACES if p.at.startswith("in ")))
    ctx.tail = place.ko
    return words(ctx, place.ko, place.at.removeprefix("in "))


def _thing_in_slot(ctx: Context, category: str, mode: str, stem: str, subject: Subject | None) -> Node:
    """A thing of a category that suits the subject and has not been spoken of in this sentence."""
    if category in RARE and ctx.rare(0.28):
        noun = ctx.draw.pick(RARE[category])
        ctx.tail = noun.ko
        return noun_phrase(ctx, noun, mode, stem, subject)
    sex = subject.gender or (ctx.speaker if subject.person == "1sg" else "") if subject else ""
    fitting = [n for n in nouns(category) if not sex or GENDERED.get(n.ko, sex) == sex] or list(nouns(category))
    options = [n for n in fitting if n.head not in ctx.used] or fitting
    return noun_phrase(ctx, ctx.draw.pick(options), mode, stem, subject)
