"""Which sentence patterns there are, and how often each is drawn."""

from collections.abc import Callable

from .draw import Draw
from .frames.frame import TOPICS
from .grammar.context import Context
from .knowledge.animals import animals
from .knowledge.comparison import comparison
from .knowledge.countries import countries
from .knowledge.existence import existence
from .knowledge.identity import identity
from .knowledge.people import portraits, who_lives_where
from .knowledge.professions import professions
from .knowledge.quantities import quantities
from .knowledge.tales import tales
from .sentences.qualities import quality
from .sentences.questions import permission, wh_question, yes_no_question
from .sentences.reasons import because, condition, contrast, reason_request, when_habit
from .sentences.requests import offer, request, suggestion
from .sentences.rich import (
    long_acts,
    rich_question,
    rich_reported,
    rich_statement,
    rich_suggestion,
    side_by_side,
)
from .sentences.speech import answer, asked, hearsay, opinion, reported, suggested, told
from .sentences.statements import abroad, act_statement, role_statement, statement
from .trees import Node, Sentence, finish

Pattern = Callable[[Context, str], Node]  # (context, topic) -> the sentence
PATTERNS: tuple[tuple[Pattern, float], ...] = (
    (statement, 20),
    (act_statement, 14),
    (yes_no_question, 7),
    (wh_question, 11),
    (request, 7),
    (suggestion, 4),
    (offer, 2),
    (permission, 2),
    (because, 9),
    (reason_request, 3),
    (contrast, 5),
    (condition, 5),
    (when_habit, 4),
    (rich_statement, 36),
    (rich_question, 2),
    (rich_suggestion, 2),
    (rich_reported, 4),
    (side_by_side, 3),
    (opinion, 2),
    (quality, 4),
    (reported, 4),
    (told, 2),
    (suggested, 2),
    (asked, 2),
    (hearsay, 2),
    (answer, 2),
    (comparison, 4),
    (existence, 3),
    (identity, 3),
    (quantities, 4),
)
# topic -> the patterns that only it has
SPECIAL: dict[str, tuple[tuple[Pattern, float], ...]] = {
    "travel": ((countries, 70), (abroad, 300)),
    "work": ((professions, 80), (role_statement, 200), (who_lives_where, 6)),
    "nature": ((animals, 90), (role_statement, 250)),
    "home": ((tales, 40), (role_statement, 140), (identity, 3), (portraits, 90)),
}
# for the split of long sentences
LONG_PATTERNS: tuple[tuple[Pattern, float], ...] = ((long_acts, 1),)


def draw_sentence(
    seed: int, richness: float, patterns: tuple[tuple[Pattern, float], ...] = (), rendering: int = 0
) -> Sentence:
    """The pair of a seed, of the usual patterns or of those given; another rendering changes the English alone."""
    draw = Draw(seed)
    topic = draw.pick(TOPICS)
    pattern = draw.weighted(patterns or PATTERNS + SPECIAL.get(topic, ()))
    ctx = Context(draw, richness, rendering)
    node = pattern(ctx, topic)
    sentence = finish(node, ctx.topic or topic)
    tail = ctx.tail.replace("_", "+").split("+")[-1]  # its head, unless a question word took its place
    return sentence._replace(seed=seed, richness=richness, tail=tail if tail in sentence.ko_tokens else "")
