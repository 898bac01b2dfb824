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
from .sentences.chains import chain
from .sentences.qualities import quality
from .sentences.questions import permission, wh_question, yes_no_question
from .sentences.reasons import because, condition, contrast, reason_request, when_habit
from .sentences.requests import offer, request, suggestion
from .sentences.sequences import before_after, coordination, go_and_do, purpose, while_doing
from .sentences.speech import answer, opinion, reported
from .sentences.statements import abroad, act_statement, role_statement, statement
from .trees import Node, Sentence, finish

Pattern = Callable[[Context, str], Node]  # (context, topic) -> the sentence
PATTERNS: tuple[tuple[Pattern, float], ...] = (
    (statement, 20),
    (act_statement, 14),
    (yes_no_question, 7),
    (wh_question, 7),
    (request, 5),
    (suggestion, 4),
    (offer, 2),
    (permission, 2),
    (coordination, 9),
    (go_and_do, 5),
    (because, 9),
    (reason_request, 3),
    (contrast, 5),
    (condition, 5),
    (when_habit, 4),
    (before_after, 5),
    (while_doing, 4),
    (purpose, 4),
    (opinion, 2),
    (quality, 4),
    (reported, 2),
    (answer, 2),
    (chain, 9),
    (comparison, 4),
    (existence, 3),
    (identity, 3),
    (quantities, 4),
)
# topic -> the patterns that only it has
SPECIAL: dict[str, tuple[tuple[Pattern, float], ...]] = {
    "travel": ((countries, 50), (abroad, 130)),
    "work": ((professions, 60), (role_statement, 75), (who_lives_where, 6)),
    "nature": ((animals, 50), (role_statement, 110)),
    "home": ((tales, 14), (role_statement, 40), (identity, 3), (portraits, 90)),
}
# for the split of long sentences
LONG_PATTERNS: tuple[tuple[Pattern, float], ...] = ((chain, 8), (before_after, 1), (because, 1), (reported, 1))


def draw_sentence(draw: Draw, richness: float, patterns: tuple[tuple[Pattern, float], ...] = ()) -> Sentence:
    """One pair, of the usual patterns or of those given."""
    topic = draw.pick(TOPICS)
    pattern = draw.weighted(patterns or PATTERNS + SPECIAL.get(topic, ()))
    ctx = Context(draw, richness)
    node = pattern(ctx, topic)
    return finish(node, ctx.topic or topic)
