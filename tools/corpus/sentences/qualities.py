"""What things are like, and what one does in consequence: 가방이 비싸서 안 샀어요."""

from functools import cache

from ..frames.frame import Frame
from ..grammar.clause import Clause, predicate, subject_tokens
from ..grammar.context import PAST, Context
from ..grammar.english_clause import english_clause
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import first_person, mark
from ..trees import En, Node
from .clauses import new_clause
from .endings import close, connective, statement_ending
from .subjects import draw_subject, thing

# (topic, things, adjective, English, verb, English, negation): the thing is so, therefore one does that with it.
_QUALITIES = (
    ("shopping", "clothes|footwear|bag|accessory", "비싸", "expensive", "사", "buy", "안"),
    ("shopping", "clothes|footwear|bag|furniture", "비싸", "expensive", "사", "buy", "못"),
    ("shopping", "machine|vehicle|furniture", "비싸", "expensive", "사", "buy", "못"),
    ("shopping", "clothes|bag|accessory|toy|flower", "예쁘", "pretty", "사", "buy", ""),
    ("shopping", "clothes|footwear|fruit", "싸", "cheap", "사", "buy", ""),
    ("shopping", "clothes|footwear", "작", "too small", "바꾸", "exchange", ""),
    ("shopping", "clothes|footwear", "크", "too big", "바꾸", "exchange", ""),
    ("shopping", "clothes|footwear", "작", "too small", "입", "wear", "못"),
    ("food", "dish", "맵", "spicy", "먹", "eat", "못"),
    ("food", "dish", "짜", "salty", "먹", "eat", "안"),
    ("food", "fruit", "시", "sour", "먹", "eat", "안"),
    ("food", "커피|녹차|홍차", "뜨겁", "hot", "마시", "drink", "못"),
    ("school", "reading", "어렵", "difficult", "읽", "read", "안"),
    ("school", "reading", "재미있", "interesting", "빌리", "borrow", ""),
    ("school", "reading", "두껍", "thick", "읽", "read", "안"),
    ("home", "furniture", "무겁", "heavy", "옮기", "move", "못"),
    ("home", "clothes", "더럽", "dirty", "빨", "wash", ""),
    ("home", "tableware", "더럽", "dirty", "씻", "wash", ""),
    ("home", "furniture", "오래되", "old", "버리", "throw away", ""),
    ("work", "컴퓨터|노트북", "느리", "slow", "바꾸", "replace", ""),
    ("nature", "small|pet", "귀엽", "cute", "보", "look at", ""),
    ("travel", "배낭|가방", "무겁", "heavy", "들", "carry", "못"),
)


@cache
def _qualities(topic: str) -> tuple[tuple[Frame, Frame, str], ...]:
    """`_QUALITIES` as pairs of frames: the state and the act."""
    pairs = []
    for where, things, ko, en, verb_ko, verb_en, negation in _QUALITIES:
        if where != topic:
            continue
        verb, _, particle = verb_en.partition(" ")
        act = f"{verb}2 {particle}2" if particle else f"{verb}2"
        state = " ".join(f"{word}1" for word in en.split())
        one = Frame(where, f"{ko}1", f"be {state}", things, flags=frozenset(("adj",)))
        pairs.append((one, Frame(where, f"{verb_ko}2", act), negation))
    return tuple(pairs)


def quality(ctx: Context, topic: str) -> Node:
    """가방이 비싸서 안 샀어요. - The bag was expensive, so I didn't buy it."""
    options = _qualities(topic)
    if not options:
        ctx.topic = ctx.draw.pick(("shopping", "food", "home"))
        options = _qualities(ctx.topic)
    state, act, negation = ctx.draw.pick(options)
    owner = thing(ctx, state.subject, act.stem)
    one = new_clause(ctx, state, owner, PAST)
    who = draw_subject(ctx, act, (60, 10, 30)) or first_person(ctx, drop=True)
    two = predicate(ctx, Clause(act, who, PAST, negation=negation))
    it = En("them" if owner.person == "3pl" else "it")
    particle = [En(t.text, t.links) for t in two.slots.en]
    before = particle[:1] and particle[0].text == "away"  # throw it away, but look at it
    two.slots = Node(two.slots.ko, [it, *particle] if before else [*particle, it])
    ending, so = connective(ctx, "~아서")
    one.leaves["tense"] = two.leaf(ctx, "tense")
    named = mark(ctx, who, "은") if who.person != "1sg" else []
    front = ctx.draw.chance(0.5)
    ko_one = korean_clause(ctx, one, ending, "이", with_tense=False)
    ko_two = korean_clause(ctx, two, statement_ending(ctx, two), with_subject=False)
    ko = [*named, *ko_one, *ko_two] if front else [*ko_one, *named, *ko_two]
    en = [
        *english_clause(ctx, one, *subject_tokens(one)),
        En(","),
        En("so", so),
        *english_clause(ctx, two, who.node.en if named else [En("I")], who.agreement),
    ]
    return close(ctx, Node(ko, en))
