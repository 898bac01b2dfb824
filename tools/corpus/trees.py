"""Nodes of the synchronous trees: a Korean and an English yield that share their leaves.

Every leaf has a number. A Korean morpheme and an English token that carry the same number come from the same leaf,
and that is what the alignment is: `finish` reads it off the two yields, whatever order the rules put them in. A link
is sure or only possible (Och and Ney, 2003, section 5.2): a yield that carries a number with a minus sign is possibly
linked with the leaf of that number.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from .english import detokenize, indefinite, plural
from .morphology import PLAIN_PARTICLES, Eojeol, Links, Morph, join, morph
from .tables import word_set

NO_LINK: Links = frozenset()


class En(NamedTuple):
    """An English token and its leaves."""

    text: str
    links: Links = NO_LINK


Korean = list[list[Morph]]  # eojeols of morphemes


@dataclass
class Node:
    """A constituent with its two yields."""

    ko: Korean = field(default_factory=list)
    en: list[En] = field(default_factory=list)

    def then(self, ko_ending: Sequence[Morph]) -> "Node":
        """The same node with morphemes (a particle) attached to its last Korean eojeol."""
        if not ko_ending:
            return self
        return Node([*self.ko[:-1], [*self.ko[-1], *ko_ending]], self.en)


class Sentence(NamedTuple):
    """A finished pair."""

    ko: str  # the eojeols in the notation of the corpus: surface=morph+morph or morph+morph
    en: str
    alignment: str
    topic: str
    ko_tokens: tuple[str, ...]
    en_words: tuple[str, ...]
    seed: int = 0  # with the richness, what it was drawn from
    richness: float = 0.0
    tail: str = ""  # the rare word in it

    @property
    def en_tokens(self) -> tuple[str, ...]:
        """The English tokens as models see them, lower-cased."""
        return tuple(word.lower() for word in self.en_words)


def notation(eojeol: Eojeol) -> str:
    """`morph+morph`, preceded by `surface=` where the surface isn't their plain concatenation."""
    joined = "+".join(eojeol.forms)
    return joined if "".join(eojeol.forms) == eojeol.surface else f"{eojeol.surface}={joined}"


def possibly(links: Links) -> Links:
    """The same leaves, linked only possibly."""
    return frozenset(-abs(leaf) for leaf in links)


def link_sign(left: Links, right: Links) -> str:
    """How the alignment writes a link: - if it is sure, ? if it is possible, nothing if there is none."""
    if any(leaf > 0 for leaf in left & right):
        return "-"
    return "?" if {abs(leaf) for leaf in left} & {abs(leaf) for leaf in right} else ""


_ONE_EACH = word_set("face name nose mouth throat diary seat coat hat mask wallet bag stomach leg back head passport")


def each_their_own(words: Sequence[str]) -> tuple[str, ...]:
    """`They washed their faces`: of what everybody has one, several have several."""
    pairs = zip(("", *words), words, strict=False)
    several = words[0].lower() != "who"
    return tuple(
        plural(word) if several and before in ("our", "their") and word in _ONE_EACH else word for before, word in pairs
    )


def with_articles(words: Sequence[str]) -> list[str]:
    """`a` or `an` by the word that follows."""
    following = [*words[1:], ""]
    return [indefinite(after) if word in ("a", "an") else word for word, after in zip(words, following, strict=True)]


def finish(node: Node, topic: str) -> Sentence:
    """Resolve the allomorphs, write both sentences and read the alignment off the shared leaves."""
    eojeols = [join(e) for e in node.ko]
    ko_links = [links for e in eojeols for links in e.links]
    alignment = [
        f"{i}{sign}{j}"
        for i, left in enumerate(ko_links)
        for j, token in enumerate(node.en)
        if (sign := link_sign(left, token.links))
    ]
    ko_tokens = tuple(form for e in eojeols for form in e.forms)
    en_words = each_their_own(with_articles([token.text for token in node.en]))
    text = detokenize(en_words)
    return Sentence(" ".join(map(notation, eojeols)), text, " ".join(alignment), topic, ko_tokens, en_words)


# --- templates ----------------------------------------------------------------------------------------------

_SLOT = re.compile(r"\{([^}/]+)(?:/(\w+))?\}$")
_LABEL = re.compile(r"(?<=[^\d,?])(\d+\??(?:,\d+\??)*)$")
_FUNCTION_WORDS = word_set("a an the of to be in at on for my up with from it there as by over down out back off")
_PARTICLE_FORMS = frozenset(["은", "이", "을", "과", "으로", "이랑", "이나"]) | PLAIN_PARTICLES | {"에게서"}


class Piece(NamedTuple):
    """A literal or a slot of a template."""

    text: str
    labels: tuple[int, ...] = ()
    slot: str = ""
    mode: str = ""
    kind: str = "base"


class Template(NamedTuple):
    """A synchronous rule read from a line: eojeols of pieces, English pieces."""

    ko: tuple[tuple[Piece, ...], ...]
    en: tuple[Piece, ...]

    @property
    def slots(self) -> dict[str, str]:
        """slot -> mode, in the order of the English side."""
        return {p.slot: p.mode for p in self.en if p.slot}


def _piece(text: str, position: int) -> Piece:
    if match := _SLOT.match(text):
        return Piece("", (), match[1], match[2] or "")
    labels: tuple[int, ...] = ()
    if match := _LABEL.search(text):
        labels = tuple(-int(label[:-1]) if label.endswith("?") else int(label) for label in match[1].split(","))
        text = text[: match.start()]
    if text.startswith("!"):  # the copula 이, which would be taken for the particle
        return Piece(text[1:], labels)
    kind = morph(text).kind
    if kind == "ending" and position == 0:
        kind = "base"
    elif position and text in _PARTICLE_FORMS:
        kind = "particle"
    return Piece(text, labels, kind=kind)


_DEFAULT = 99  # the label that all unlabelled content words share


@cache
def template(ko: str, en: str) -> Template:
    """Read a template pair; where nothing is labelled, all content words share one label."""
    ko_pieces = [[_piece(m, i) for i, m in enumerate(e.split("+"))] for e in ko.split()]
    en_pieces = [_piece(t, 0) for t in en.split()]
    labelled = any(p.labels for e in ko_pieces for p in e) or any(p.labels for p in en_pieces)
    if not labelled:
        ko_pieces = [
            [p if p.slot or p.kind != "base" else p._replace(labels=(_DEFAULT,)) for p in e] for e in ko_pieces
        ]
        content = [p for p in en_pieces if not p.slot and p.text not in _FUNCTION_WORDS]
        keep = {p.text for p in content} or {p.text for p in en_pieces if not p.slot}
        en_pieces = [p._replace(labels=(_DEFAULT,)) if p.text in keep and not p.slot else p for p in en_pieces]
    return Template(tuple(tuple(e) for e in ko_pieces), tuple(en_pieces))


def fill(
    rule: Template,
    slots: dict[str, Node],
    fresh: Callable[[], int],
    possessive: Sequence[En] = (),
    particles: Callable[[str, Node | None], str] = lambda form, _: form,
) -> Node:
    """Put nodes into the slots of a template.

    Args:
        fresh: gives a new leaf number at each call.
        possessive: what stands for `my` on the English side.
        particles: may replace a particle, given the node that it is attached to (에게 -> 께 after an elder).
    """
    numbers: dict[int, int] = {}

    def links(piece: Piece) -> Links:
        for label in map(abs, piece.labels):
            if label not in numbers:
                numbers[label] = fresh()
        return frozenset(numbers[label] if label > 0 else -numbers[-label] for label in piece.labels)

    ko: Korean = []
    for pieces in rule.ko:
        eojeol: list[Morph] = []
        attached = None
        for piece in pieces:
            if piece.slot:
                attached = slots[piece.slot]
                *before, last = attached.ko
                ko.extend(before)
                eojeol.extend(last)
            elif piece.kind == "particle":
                eojeol.append(Morph(particles(piece.text, attached), "particle", links(piece)))
            else:
                eojeol.append(Morph(piece.text, piece.kind, links(piece)))
        ko.append(eojeol)
    en: list[En] = []
    for piece in rule.en:
        if piece.slot:
            en.extend(slots[piece.slot].en)
        elif piece.text == "my" and possessive:
            en.extend(possessive)
        else:
            en.append(En(piece.text, links(piece)))
    return Node(ko, en)
