"""A clause as a bundle of choices, before it is realised in either language."""

from dataclasses import dataclass, field, replace

from ..frames.frame import Frame
from ..morphology import Links
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
    if frame.subject_en:
        cut = next(i for i, t in enumerate(tokens) if t.text == "/")
        clause.subject_tokens, tokens = tokens[:cut], tokens[cut + 1 :]
    clause.verb = tokens[0]
    if clause.verb.text == "be" and not clause.verb.links:
        stem = node.ko[-1]
        clause.verb = En("be", stem[0].links)
    if frame.stem == "주" and any(m.form == "께" for e in node.ko for m in e) and not (subject and subject.elder):
        node.ko[-1] = [replace(node.ko[-1][0], form="드리"), *node.ko[-1][1:]]
    clause.slots = Node(node.ko, tokens[1:])
    return clause


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
