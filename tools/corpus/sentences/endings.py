"""How a sentence ends, and how one clause is tied to the next."""

from ..grammar.clause import Clause
from ..grammar.context import Context
from ..morphology import Links, Morph
from ..trees import NO_LINK, En, Node

_ENDINGS = {  # (mood, speech level) -> the ending
    ("statement", "y"): "~아요",
    ("statement", "f"): "(스)ㅂ니다",
    ("statement", "b"): "~아",
    ("question", "y"): "~아요",
    ("question", "f"): "(스)ㅂ니까",
    ("question", "b"): "~아",
    ("suggestion", "y"): "~아요",
    ("suggestion", "f"): "(으)ㅂ시다",
    ("suggestion", "b"): "자",
    ("shall", "y"): "(으)ㄹ까요",
    ("shall", "f"): "(으)ㄹ까요",
    ("shall", "b"): "(으)ㄹ까",
    ("request", "y"): "(으)세요",
    ("request", "f"): "(으)시",
    ("request", "b"): "~아",
    ("offer", "y"): "(으)ㄹ게요",
    ("offer", "f"): "겠",
    ("offer", "b"): "(으)ㄹ게",
    ("exclamation", "y"): "네요",
    ("exclamation", "f"): "(스)ㅂ니다",
    ("exclamation", "b"): "네",
    ("reminder", "y"): "잖아요",
    ("reminder", "b"): "잖아",
    ("check", "y"): "죠",
    ("check", "b"): "지",
    ("hearsay", "y"): "대요",
    ("hearsay", "b"): "대",
}


def sentence_ending(ctx: Context, mood: str, links: Links = NO_LINK) -> list[Morph]:
    """The ending of a sentence by mood and speech level."""
    form = _ENDINGS[mood, ctx.level]
    if form == "(으)시":
        return [Morph("(으)시", "ending", links), Morph("(으)ㅂ시오", "ending", links)]
    if form == "겠":
        return [Morph("겠", "ending", links), Morph("(스)ㅂ니다", "ending")]
    return [Morph(form, "ending", links)]


def ending_leaf(ctx: Context, clause: Clause) -> Links:
    """The leaf of the sentence ending, shared with do in questions and negations of the present."""
    return clause.leaf(ctx, "ending")


def statement_ending(ctx: Context, clause: Clause) -> list[Morph]:
    """The ending of a clause that closes a statement."""
    return sentence_ending(ctx, "statement", ending_leaf(ctx, clause))


def please_tokens(ctx: Context, links: Links) -> list[En]:
    """please, unless the speech level is 해체."""
    return [] if ctx.level == "b" else [En("please", links)]


def close(ctx: Context, node: Node, sign: str = ".") -> Node:
    """Add the full stop or question mark on both sides."""
    links = ctx.leaf()
    return Node([*node.ko[:-1], [*node.ko[-1], Morph(sign, links=links)]], [*node.en, En(sign, links)])


def connective(ctx: Context, form: str) -> tuple[list[Morph], Links]:
    """(the ending that ties a clause to the next, its leaf)."""
    links = ctx.leaf()
    return [Morph(form, "ending", links)], links
