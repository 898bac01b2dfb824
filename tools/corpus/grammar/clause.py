"""A clause as a bundle of choices, before it is realised in either language."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..frames.frame import Frame
from ..morphology import Links, Morph
from ..tables import word_set
from ..trees import En, Node
from .context import PAST, Context
from .slots import fill_slots
from .subjects import Subject


@dataclass(frozen=True)
class Modal:
    """A modality: Korean morphemes after the stem, English words before the verb; digits are links.

    In `ko` a space begins a new eojeol and the last piece is the stem that takes tense. `form` is that of the
    English verb (base, ing, pp).
    """

    ko: str
    en: str
    form: str = "base"
    negated: str = ""  # the last Korean stem when it is negated, "" if 지 않


MODALS = {
    "progressive": Modal("고1 있1", "be1", "ing"),
    "want": Modal("고2 싶1", "want1 to2"),
    "wants": Modal("고2 싶1+~아 하1", "want1 to2"),
    "can": Modal("(으)ㄹ1 수1 있1", "can1", negated="없"),
    "must": Modal("~아야1 되1", "have1 to1"),
    "must2": Modal("~아야1 하1", "have1 to1"),
    "may": Modal("~아도1 되1", "can1"),
    "future": Modal("(으)ㄹ1 거1 이1", "will1"),
    "going": Modal("(으)ㄹ1 거1 이1", "be1 going1 to1"),
    "plan": Modal("(으)려고1 하1", "be1 going1 to1"),
    "experience": Modal("(으)ㄴ1 적1+이 있1", "have1", "pp", negated="없"),
    "like": Modal("는1 것1+을 좋아하2", "like2", "ing"),
    "start": Modal("기1 시작2+하2", "start2", "ing"),
    "decide": Modal("기1+으로1 하2", "decide2 to1"),
    "know how": Modal("(으)ㄹ1 줄1 알2", "know2 how1 to1", negated="모르"),
    "seem": Modal("(으)ㄹ1 것1 같2", "will1"),
}


@dataclass
class Clause:
    """The choices behind a clause."""

    frame: Frame
    subject: Subject | None
    tense: str = PAST
    modal: str = ""
    negation: str = ""  # "", 안, 지, 못
    time: Node = field(default_factory=Node)
    opening: bool = False  # whether both languages begin with the time: 어느 날 공주가 - one day, the princess
    heavy: bool = False  # whether English has the time in front, since at the end it would belong to something else
    frequency: Node = field(default_factory=Node)  # an English adverb that stands before the verb
    place: Node = field(default_factory=Node)
    companion: Node = field(default_factory=Node)
    manner: Node = field(default_factory=Node)
    duration: Node = field(default_factory=Node)
    slots: Node = field(default_factory=Node)  # the filled template, kept so that both yields share it
    subject_tokens: list[En] = field(default_factory=list)  # the English subject of a frame that has its own
    verb: En = field(default_factory=lambda: En(""))
    leaves: dict[str, Links] = field(default_factory=dict)

    def leaf(self, ctx: Context, name: str) -> Links:
        """The leaf of a function word (negation, tense, a part of the modality), the same on both sides."""
        if name not in self.leaves:
            self.leaves[name] = ctx.leaf()
        return self.leaves[name]


def predicate(ctx: Context, clause: Clause) -> Clause:
    """Fill the frame's template into `clause.slots`."""
    frame = clause.frame
    subject = clause.subject
    en = f"{frame.subject_en} / {frame.en}" if frame.subject_en else frame.en
    ctx.generic = clause.modal in ("like", "know how")
    node = fill_slots(ctx, frame.ko, en, subject, frame.stem)
    ctx.generic = False
    tokens = node.en
    if subject and subject.elder:
        node.ko = [_honoured(before, eojeol) for before, eojeol in pairwise([[], *node.ko[:-1]])] + node.ko[-1:]
    if frame.subject_en:
        cut = next(i for i, t in enumerate(tokens) if t.text == "/")
        clause.subject_tokens, tokens = tokens[:cut], tokens[cut + 1 :]
    clause.verb = tokens[0]
    if clause.verb.text == "be" and not clause.verb.links:
        stem = node.ko[-1]
        clause.verb = En("be", stem[0].links)
    call = len(node.ko) > 1 and node.ko[-1][0].form == "하" and node.ko[-2][0].form in ("전화", "인사", "질문")
    to_elder = any(m.form == "께" for e in node.ko for m in e) and not (subject and subject.elder)
    if (frame.stem == "주" or call) and to_elder:
        node.ko[-1] = [replace(node.ko[-1][0], form="드리"), *node.ko[-1][1:]]
    clause.slots = Node(node.ko, tokens[1:])
    return clause


_ADJECTIVES = word_set(
    "비싸 싸 어렵 쉽 춥 덥 크 작 길 짧 멀 가깝 많 적 맵 짜 높 깊 시끄럽 조용 미끄럽 좋 나쁘 없 있 괜찮 맛있 재미있"
)
HONORIFIC = {"먹": "드시", "마시": "드시", "자": "주무시"}


def _honoured(before: list[Morph], eojeol: list[Morph]) -> list[Morph]:
    """An earlier verb of a frame, said of an elder: 드시고 for 먹고. Other verbs take 시 at the sentence's end only."""
    verb = eojeol[0]
    others = bool(before) and before[-1].form == "이" and before[-1].kind == "particle"  # a subject of its own
    plain = others or verb.form in _ADJECTIVES
    if not plain and any(m.form == "~았" for m in eojeol) and eojeol[-1].form in ("지만", "는데"):
        position = next(i for i, m in enumerate(eojeol) if m.form == "~았")
        stem = replace(eojeol[position - 1], form=HONORIFIC.get(eojeol[position - 1].form, eojeol[position - 1].form))
        honorific = [] if stem.form in HONORIFIC.values() else [Morph("(으)시", "ending")]
        return [*eojeol[: position - 1], stem, *honorific, *eojeol[position:]]
    inner = len(eojeol) > 1 and eojeol[1].kind == "ending" and verb.form in HONORIFIC and not others
    return [replace(verb, form=HONORIFIC[verb.form]), *eojeol[1:]] if inner else eojeol


def takes_honorific(clause: Clause) -> bool:
    """Whether the verb takes 시."""
    return clause.subject is not None and clause.subject.elder


def subject_tokens(clause: Clause, *, pronoun: bool = False) -> tuple[list[En], str]:
    """The English subject and the agreement it asks for."""
    if clause.subject_tokens:
        return clause.subject_tokens, "pl" if clause.frame.subject_plural else "3sg"
    if clause.subject is None:
        raise ValueError(f"expected a subject for {clause.frame.ko!r}")
    if pronoun:
        return [En(clause.subject.pronoun)], clause.subject.agreement
    return clause.subject.node.en, clause.subject.agreement
