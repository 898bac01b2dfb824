"""Clauses in Korean: the order of constituents; negation, honorific, modality and tense on the verb."""

from collections.abc import Sequence
from dataclasses import replace

from ..frames.frame import Frame
from ..morphology import HONORIFIC_STEMS, Morph, morph
from ..tables import word_set
from ..trees import NO_LINK, Korean
from .clause import HONORIFIC, MODALS, Clause, Modal, takes_honorific
from .context import PAST, Context
from .subjects import mark

# --- clauses ------------------------------------------------------------------------------------------------


def korean_clause(
    ctx: Context,
    clause: Clause,
    ending: Sequence[Morph],
    particle: str = "은",
    *,
    with_tense: bool = True,
    with_subject: bool = True,
) -> Korean:
    """Subject, time, place, companion, arguments, verb; the time, or what is so outside the subject, may come first."""
    subject = mark(ctx, clause.subject, particle) if clause.subject and with_subject else []
    short = 0 < len(subject) <= 2  # before a relative clause the time would belong to that
    early = clause.opening or (short and not ctx.quoted and ctx.draw.chance(0.3))
    head = [*clause.time.ko, *subject] if early else [*subject, *clause.time.ko]
    middle = [*clause.frequency.ko, *clause.place.ko, *clause.companion.ko, *clause.duration.ko]
    predicate = korean_predicate(ctx, clause, ending, with_tense)
    if subject and (inner := _outer_circumstance(clause, predicate)):
        return [*clause.time.ko, *predicate[:inner], *subject, *middle, *predicate[inner:]]
    return [*head, *middle, *predicate]


# 배가 고팠지만 is said of somebody, 파도가 높았지만 is not.
_OF_ONESELF = word_set("배 몸 다리 머리 눈 돈 약 신발 감기")


def _outer_circumstance(clause: Clause, predicate: Korean) -> int:
    """How many eojeols tell a circumstance outside the subject, which stands before it: 파도가 높았지만 삼촌은 ..."""
    first = predicate[0]
    if clause.frame.way != "though" or first[-1].form != "이" or first[0].form in _OF_ONESELF:
        return 0
    return next((i + 1 for i, eojeol in enumerate(predicate) if eojeol[-1].form == "지만"), 0)


# --- predicates ---------------------------------------------------------------------------------------------

# With these 시 goes to the last stem: 읽고 싶으세요, not 읽으시고 싶어요.
_REQUESTS = ("(으)세요", "(으)시")  # how the ending of a request begins
HONORIFIC_LAST = frozenset(("progressive", "want", "like", "know how", "plan", "start", "decide"))


def korean_predicate(ctx: Context, clause: Clause, ending: Sequence[Morph], with_tense: bool = True) -> Korean:
    """The arguments and the verb with negation, honorific, modality, tense and `ending`."""
    frame, modal = clause.frame, MODALS.get(clause.modal)
    args, verb = clause.slots.ko[:-1], list(clause.slots.ko[-1])
    no = clause.leaf(ctx, "no")
    eojeols: Korean = []
    negation = clause.negation
    if negation and not modal and frame.negation not in ("", "ji", "-"):
        if frame.negation == "못":
            negation = "못"
        else:
            verb[-1] = replace(verb[-1], form=frame.negation, links=verb[-1].links | no)
            negation = ""
    auxiliary = bool(args) and args[-1][-1].form == "~아"  # 먹어 보지 못했어요, not 먹어 못 봤어요
    if negation in ("안", "못") and not modal and (auxiliary or _closed(frame, verb, args)):
        negation = {"안": "지", "못": "지 못"}[negation]
    if negation in ("안", "못"):
        if len(verb) == 2 and verb[1].form == "하":
            noun = [verb[0]] if _closed(frame, verb, args) else [verb[0], Morph("을", "particle")]
            eojeols.append(noun)
            verb = verb[1:]
        eojeols.append([Morph(negation, links=no)])
    if (takes_honorific(clause) and clause.modal not in HONORIFIC_LAST) or (
        frame.honorific and ending and ending[0].form in _REQUESTS and not modal and not negation
    ):
        verb = _honorific_stem(verb, frame.honorific)
    if modal:
        *before, verb = _with_modality(ctx, clause, modal, verb)
        eojeols.extend(before)
    elif negation.startswith("지"):
        eojeols.append([*verb, Morph("지", "ending", no)])
        verb = [Morph("못하" if negation == "지 못" else "않", links=no)]
    if clause.tense == PAST and with_tense:
        verb.append(Morph("~았", "ending", clause.leaf(ctx, "tense")))
    eojeols.append(_attach_ending(verb, ending))
    return [*args, *clause.manner.ko, *eojeols]


def _closed(frame: Frame, verb: Sequence[Morph], args: Korean) -> bool:
    """Whether 안 and 못 cannot part a noun from its verb: 방을 청소하지 못하, but 수영을 못 하."""
    if len(verb) != 2 or verb[1].form not in ("하", "시키"):
        return False
    has_object = any(eojeol[-1].form in ("을", "은") and eojeol[-1].kind == "particle" for eojeol in args)
    return has_object or "adj" in frame.flags or verb[1].form == "시키" or verb[0].form in _NOT_PARTED


_NOT_PARTED = frozenset(("도착", "출발"))


def _with_modality(ctx: Context, clause: Clause, modal: Modal, verb: list[Morph]) -> Korean:
    """The eojeols of the verb and its modality, with honorific and negation where these go to the last stem."""
    first, *rest = _modal_pieces(ctx, clause, modal)
    *before, last = [[*verb, *first], *rest]
    negated = clause.negation == "modal"
    if takes_honorific(clause) and clause.modal in HONORIFIC_LAST and not negated:
        last = [replace(last[-1], form="계시")] if clause.modal == "progressive" else _honorific_stem(last)
    if negated:
        no = clause.leaf(ctx, "no")
        if modal.negated:
            return [*before, [*last[:-1], replace(last[-1], form=modal.negated, links=last[-1].links | no)]]
        return [*before, [*last, Morph("지", "ending", no)], [Morph("않", links=no)]]
    return [*before, last]


def _attach_ending(verb: list[Morph], ending: Sequence[Morph]) -> list[Morph]:
    """Put the ending on; 시 before 어요 becomes 세요, and 드시 has its 시 already: 드세요, 드십시오."""
    if verb[-1].form in HONORIFIC_STEMS and ending and ending[0].form in _REQUESTS:
        first, *rest = ending
        return [*verb, replace(first, form="~아요")] if first.form == "(으)세요" else [*verb, *rest]
    if verb[-1].form == "(으)시" and ending and ending[0].form == "~아요":
        return [*verb[:-1], Morph("(으)세요", "ending", ending[0].links), *ending[1:]]
    return [*verb, *ending]


def _honorific_stem(verb: list[Morph], honorific: str = "") -> list[Morph]:
    """The honorific stem, where there is one of its own, or the stem with 시."""
    if honorific:
        return [*verb[:-1], replace(verb[-1], form=honorific)]
    if verb[-1].form in HONORIFIC_STEMS:
        return verb
    if verb[-1].form in HONORIFIC:
        return [*verb[:-1], replace(verb[-1], form=HONORIFIC[verb[-1].form])]
    return [*verb, Morph("(으)시", "ending")]


def _modal_pieces(ctx: Context, clause: Clause, modal: Modal) -> Korean:
    """The eojeols of a modality; the first begins with what is attached to the verb."""
    pieces: Korean = []
    for eojeol in modal.ko.split(" "):
        part: list[Morph] = []
        for text in eojeol.split("+"):
            body = text.rstrip("0123456789")
            label = text[len(body) :]
            links = clause.leaf(ctx, f"modal{label}") if label else NO_LINK
            if body in ("이", "을", "으로") and part:
                part.append(Morph(body, "particle", links))
            elif body == "이":
                part.append(Morph("이", links=links))
            else:
                part.append(morph(body, links))
        pieces.append(part)
    if clause.modal in ("future", "going"):  # 거 and the copula are one eojeol
        *before, thing, copula = pieces
        pieces = [*before, [*thing, *copula]]
    if clause.frame.state and clause.modal == "like":
        raise ValueError(f"expected an act, got the state {clause.frame.ko!r}: a state is not liked")
    return pieces
