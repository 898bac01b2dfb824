"""What people are like: 우리 삼촌은 친절한 사람이에요. 옆집에 사는 남자는 의사예요."""

from ..english import indefinite
from ..grammar.context import Context, words
from ..grammar.nouns import adnominal
from ..grammar.subjects import Subject, draw_person, mark
from ..lexicon.adjectives import Adjective
from ..lexicon.people import KIN, NAMES
from ..lexicon.world import PROFESSIONS
from ..morphology import Morph
from ..sentences.endings import close, sentence_ending
from ..trees import En, Node
from .facts import CHILD_TRAITS, FAMILY_ROLES, PORTRAIT_LINES, TRAITS, WORDS_OF_SEX
from .professions import profession_phrase
from .templates import copula_sentence, fill_line, honorific_copula, topic_phrase, whole_sentence

# Somebody whom one can point at or has met; {other} is another one.
_KNOWN_BY = (
    "옆집1+에 살2+는 {person} | the {person} who lives2 next1 door1",
    "위층1+에 살2+는 {person} | the {person} who lives2 upstairs1",
    "아래층1+에 살2+는 {person} | the {person} who lives2 downstairs1",
    "저기1 안경2+을 쓰3+(으)ㄴ {person} | the {person} with3 glasses2 over1 there1",
    "저기1 모자2+을 쓰3+(으)ㄴ {person} | the {person} in3 the hat2 over1 there1",
    "저기1 키2+이 크2+(으)ㄴ {person} | the tall2 {person} over1 there1",
    "어제1 만나2+(으)ㄴ {person} | the {person} I met2 yesterday1",
    "파티1+에서2 만나3+(으)ㄴ {person} | the {person} I met3 at2 the party1",
    "기차1+에서2 만나3+(으)ㄴ {person} | the {person} I met3 on2 the train1",
    "{country}+에서1 오1+(으)ㄴ {person} | the {person} from1 {country}",
    "{language}+을 잘하1+는 {person} | the {person} who speaks1 {language} well1",
    "{other}+하고2 이야기3+하3+고4 있4+는 {person} | the {person} who is4 talking3 to2 {other}",
)


def who_lives_where(ctx: Context, topic: str) -> Node:
    """옆집에 사는 남자는 의사예요. - The man who lives next door is a doctor."""
    sex = ctx.draw.pick("mf")
    other = draw_person(ctx, ((NAMES, 1),)).node
    one = words(ctx, *WORDS_OF_SEX[sex]["adult"])
    person = Subject(fill_line(ctx, ctx.draw.pick(_KNOWN_BY), person=one, other=other), "3sg", sex)
    what = profession_phrase(ctx, ctx.draw.pick(PROFESSIONS))
    return copula_sentence(ctx, topic_phrase(ctx, person), what, person, negative=ctx.draw.chance(0.1))


def portraits(ctx: Context, topic: str) -> Node:
    """민지 씨는 친절한 사람이에요. - Minji is a kind person. 눈이 커요. - Minji has big eyes."""
    ctx.topic = "home"
    kind = ctx.draw.weighted((("trait", 4), ("role", 2), ("child", 4), ("line", 6)))
    return _PORTRAITS[kind](ctx)


_GROWN = tuple(p for p in KIN if not p.elder and p.ko not in ("남동생", "여동생", "아들", "딸", "아빠", "엄마"))
_NOT_ELDERS = tuple(p for p in KIN if not p.elder)


def _described(ctx: Context, trait: tuple[str, str], ko: str, en: str) -> Node:
    """친절한 사람 - a kind person."""
    noun, links = words(ctx, ko, en), ctx.leaf()
    adjective = adnominal(Adjective(*trait), links)
    return Node([adjective, *noun.ko], [En(indefinite(trait[1])), En(trait[1], links), *noun.en])


def _by_trait(ctx: Context) -> Node:
    """민지 씨는 친절한 사람이에요. - Minji is a kind person."""
    named = ctx.draw.chance(0.5)
    person = draw_person(ctx, ((NAMES if named else _GROWN, 1),))
    ko, en = WORDS_OF_SEX[person.gender]["adult"] if named and ctx.draw.chance(0.0) else ("사람", "person")
    what = _described(ctx, ctx.draw.pick(TRAITS), ko, en)
    return copula_sentence(ctx, topic_phrase(ctx, person), what, person, negative=False)


def _by_role(ctx: Context) -> Node:
    """유나 씨는 좋은 어머니예요. - Yuna is a good mother."""
    person = draw_person(ctx, ((NAMES, 1),))
    what = _described(ctx, ("좋", "good"), *ctx.draw.pick(FAMILY_ROLES[person.gender]))
    return copula_sentence(ctx, topic_phrase(ctx, person), what, person, negative=False)


def _by_line(ctx: Context) -> Node:
    """민지 씨는 눈이 커요. - Minji has big eyes."""
    person = draw_person(ctx, ((NAMES, 3), (_NOT_ELDERS, 3)))
    line = ctx.draw.pick(PORTRAIT_LINES).replace("PROS", person.possessive_of_elders)
    return whole_sentence(ctx, line, who=topic_phrase(ctx, person))


def _as_a_child(ctx: Context) -> Node:
    """유나 씨는 어렸을 때 착한 여자아이였어요. - Yuna was a good girl as a child."""
    person = draw_person(ctx, ((NAMES, 1), (KIN, 1)))
    sexed = ctx.draw.chance(0.25)
    ko_child, en_child = WORDS_OF_SEX[person.gender]["child"] if sexed else ("아이", "child")
    what = _described(ctx, ctx.draw.pick(CHILD_TRAITS), ko_child, en_child)
    be, tense, then = ctx.leaf(), ctx.leaf(), ctx.leaf()
    copula = honorific_copula(what, be) if person.elder else [Morph("이", links=be)]
    verb = [*copula, Morph("~았", "ending", tense), *sentence_ending(ctx, "statement")]
    ko = [
        *mark(ctx, person, "은"),
        [Morph("어리", links=then), Morph("~았", "ending"), Morph("(으)ㄹ", "ending")],
        [Morph("때", links=then)],
        *what.then(verb).ko,
    ]
    when = [En("as", then), En("a"), En("child", then)]
    if not sexed or ctx.draw.chance(0.3):
        when = [En("when", then), En(person.pronoun), En("was"), En("young", then)]
    return close(ctx, Node(ko, [*person.node.en, En("was", be | tense), *what.en, *when]))


_PORTRAITS = {"trait": _by_trait, "role": _by_role, "child": _as_a_child, "line": _by_line}
