"""What people are like: 우리 삼촌은 친절한 남자예요. 옆집에 사는 남자는 의사예요."""

from ..english import indefinite
from ..grammar.context import Context, words
from ..grammar.nouns import adnominal
from ..grammar.persons import described_person
from ..grammar.subjects import Subject, draw_person, mark
from ..lexicon.adjectives import Adjective
from ..lexicon.people import KIN, NAMES
from ..lexicon.world import PROFESSIONS
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..trees import En, Node
from .facts import FAMILY_ROLES, TRAITS, WORDS_OF_SEX
from .professions import profession_phrase
from .templates import copula_sentence, topic_phrase


def who_lives_where(ctx: Context, topic: str) -> Node:
    """옆집에 사는 남자는 의사예요. - The man who lives next door is a doctor."""
    person = described_person(ctx)
    what = profession_phrase(ctx, ctx.draw.pick(PROFESSIONS))
    return copula_sentence(ctx, topic_phrase(ctx, person), what, person, negative=ctx.draw.chance(0.15))


def portraits(ctx: Context, topic: str) -> Node:
    """우리 삼촌은 친절한 남자예요. - My uncle is a kind man. 유나 씨는 좋은 어머니예요. - Yuna is a good mother."""
    draw = ctx.draw
    ctx.topic = "home"
    kind = draw.weighted((("trait", 4), ("role", 3), ("child", 3)))
    grown = tuple(p for p in KIN if not p.elder and p.ko not in ("남동생", "여동생", "아들", "딸"))
    person = draw_person(ctx, ((NAMES, 4), (KIN if kind == "child" else grown, 5)))
    if kind == "role":
        person = draw_person(ctx, ((NAMES, 1),))
    sex = person.gender
    trait_ko, trait_en, _ = draw.pick(tuple(t for t in TRAITS if t[2] in ("", sex)))
    if kind == "role":
        ko, en = draw.pick(FAMILY_ROLES[sex])
        trait_ko, trait_en = "좋", "good"
    else:
        ko, en = WORDS_OF_SEX[sex]["child" if kind == "child" else "adult"]
    noun, trait = words(ctx, ko, en), ctx.leaf()
    adjective = adnominal(Adjective(trait_ko, trait_en, ()), trait)
    what = Node([adjective, *noun.ko], [En(indefinite(trait_en)), En(trait_en, trait), *noun.en])
    if kind == "child":
        return _as_a_child(ctx, person, what)
    return copula_sentence(ctx, topic_phrase(ctx, person), what, person, negative=False)


def _as_a_child(ctx: Context, person: Subject, what: Node) -> Node:
    """유나 씨는 어렸을 때 착한 소녀였어요. - Yuna was a good girl as a child."""
    be, tense, then = ctx.leaf(), ctx.leaf(), ctx.leaf()
    honorific = [Morph("(으)시", "ending")] if person.elder else []
    verb = [Morph("이", links=be), *honorific, Morph("~았", "ending", tense), *sentence_ending(ctx, "statement")]
    ko = [
        *mark(ctx, person, "은"),
        [Morph("어리", links=then), Morph("~았", "ending"), Morph("(으)ㄹ", "ending")],
        [Morph("때", links=then)],
        *what.then(verb).ko,
    ]
    en = [*person.node.en, En("was", be | tense), *what.en, En("as"), En("a"), En("child", then)]
    return close(ctx, Node(ko, en))
