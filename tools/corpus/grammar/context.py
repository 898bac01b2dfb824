"""What one sentence keeps to from beginning to end, and the simplest node: words that are linked."""

from ..draw import Draw
from ..lexicon.world import COUNTRIES, Country
from ..morphology import Links, Morph
from ..trees import En, Node

PAST, PRESENT, FUTURE = "past", "present", "future"


class Context:
    """What one sentence keeps to from beginning to end: its speech level, its speaker, its topic, its words.

    Attributes:
        level: y 해요체, f 합니다체, b 해체.
        speaker: m or f, for 형 and 오빠.
        english: the source of choices that concern the English wording alone: another `rendering` gives other
            words for the same Korean sentence.
        richness: 0 to 1, how readily noun phrases and clauses take modifiers.
    """

    def __init__(self, draw: Draw, richness: float, rendering: int = 0) -> None:
        self.draw = draw
        self.english = Draw(draw.below(1 << 30) + rendering)
        self.richness = richness
        self.level = draw.weighted((("y", 50), ("f", 22), ("b", 28)))
        self.speaker = draw.pick("mf")
        self.used: set[str] = set()
        self.tail = ""  # the rare word that has been drawn, if one has
        self.topic = ""  # set where a sentence turns out to be of another topic than the one asked for
        self.habit = False  # something done again and again, while set: no "the book I bought yesterday"
        self.quoted = False  # what somebody said or thinks: the time doesn't stand before the subject, while set
        self.plain = False  # objects without a relative clause, while set
        self.definite = False  # objects that have been spoken of before (When did you buy the bag?), while set
        self.generic = False  # objects in general (I like reading books), while set
        self.relative = False  # whether an object with a relative clause has been drawn
        self._leaves = 0
        self._country: Country | None = None

    def fresh(self) -> int:
        """The number of a new leaf."""
        self._leaves += 1
        return self._leaves

    def leaf(self) -> Links:
        """A new leaf as a set of links."""
        return frozenset((self.fresh(),))

    def maybe(self, probability: float) -> bool:
        """A modifier's chance: `probability` at richness 0.5, twice that at 1, never at 0."""
        return self.draw.chance(probability * 2 * self.richness)

    def rare(self, probability: float) -> bool:
        """Whether to take a word of the tail; a sentence has one of them at most."""
        return not self.tail and self.draw.chance(probability)

    @property
    def country(self) -> Country:
        """The one country that the sentence speaks of."""
        if self._country is None:
            self._country = self.draw.pick(COUNTRIES)
        return self._country


def words(ctx: Context, ko: str, en: str) -> Node:
    """A node from a Korean phrase (`_` between eojeols, `+` between morphemes) and English words, all linked."""
    links = ctx.leaf()
    return Node(
        [[Morph(m, links=links) for m in e.split("+")] for e in ko.split("_")],
        [En(w, links) for w in en.split()],
    )
