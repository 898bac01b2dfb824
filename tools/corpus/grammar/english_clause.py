"""Clauses in English: the order of constituents; the auxiliaries and what they do to the verb."""

from collections.abc import Sequence

from .. import english
from ..morphology import Links
from ..trees import NO_LINK, En
from .clause import MODALS, Clause
from .context import PAST, Context

# --- clauses ------------------------------------------------------------------------------------------------


def english_clause(
    ctx: Context,
    clause: Clause,
    subject: Sequence[En],
    agreement: str,
    *,
    question: bool = False,
    front: Sequence[En] = (),
    omit: bool = False,
) -> list[En]:
    """A finite clause: subject, verbs, arguments, manner, companion, place, duration, time."""
    finite, negation, rest = english_verbs(ctx, clause, agreement, question)
    frequency = clause.frequency.en
    auxiliary = (finite.text in ("do", "does", "did") and bool(rest)) or bool(negation)
    auxiliary = auxiliary or finite.text in ("am", "is", "are", "was", "were", "will", "can", "could", "should")
    if question:
        verbs = [*front, finite, *negation, *subject, *frequency, *rest]
    elif omit:
        verbs = [finite, *negation, *frequency, *rest] if auxiliary else [*frequency, finite, *rest]
    else:
        lone = len(subject) == 1 and subject[0].text.lower() in PRONOUNS
        if lone and finite.text in ("am", "is", "are"):
            finite = En(english.contract_be(finite.text), finite.links)
            negation = [En("not", t.links) for t in negation]
        elif lone and finite.text == "will":
            finite = En("'ll", finite.links)
        elif lone and clause.modal == "experience" and clause.tense != PAST:
            finite = En("'ve" if finite.text == "have" else "'s", finite.links)
        if auxiliary or clause.modal == "experience":
            verbs = [*subject, finite, *negation, *frequency, *rest]
        else:
            verbs = [*subject, *frequency, finite, *rest]
    return [*verbs, *english_tail(clause)]


def english_tail(clause: Clause) -> list[En]:
    """What stands after the verbs."""
    return [
        *clause.slots.en,
        *clause.manner.en,
        *clause.companion.en,
        *clause.place.en,
        *clause.duration.en,
        *clause.time.en,
    ]


def english_nonfinite(clause: Clause, form: str) -> list[En]:
    """A verb phrase without a subject: base (requests) or ing (before going home)."""
    return [En(_inflected(clause.verb.text, form), clause.verb.links), *english_tail(clause)]


# --- verbs --------------------------------------------------------------------------------------------------

AUXILIARIES = frozenset(("be", "can", "will", "should"))
CONTRACTING = ("I", "we", "he", "she")  # pronouns that will is contracted with, unless others are given
PRONOUNS = frozenset(["i", "you", "he", "she", "it", "we", "they", "there"])


def _inflected(verb: str, form: str) -> str:
    """The base, the -ing form or the past participle."""
    return {"base": verb, "ing": english.gerund(verb), "pp": english.participle(verb)}[form]


def will(tokens: Sequence[En], links: Links, contracting: Sequence[str] = CONTRACTING) -> En:
    """'ll after a pronoun, will after any other subject."""
    contracted = len(tokens) == 1 and tokens[0].text in contracting
    return En("'ll" if contracted else "will", links)


def english_verbs(ctx: Context, clause: Clause, agreement: str, support: bool) -> tuple[En, list[En], list[En]]:
    """(finite verb, negation, the verbs after it) of a clause.

    `support`: the finite verb must be an auxiliary, as in a question; then do steps in where there is none.
    """
    modal = MODALS.get(clause.modal)
    chain = [clause.verb]
    perfect = clause.modal == "experience"
    if modal:
        pieces = []
        for text in modal.en.split():
            body = text.rstrip("0123456789")
            pieces.append(En(body, clause.leaf(ctx, f"modal{text[len(body) :]}")))
        main = En(_inflected(clause.verb.text, modal.form), clause.verb.links)
        if modal.form == "ing":
            main = En(main.text, main.links | clause.leaf(ctx, "modal1"))
        chain = [*pieces, main]
    no = clause.leaf(ctx, "no") if clause.negation else NO_LINK
    if clause.negation == "못":
        chain = [En("can", no), *chain]
    head = chain[0]
    auxiliary = head.text in AUXILIARIES or perfect
    negative = bool(clause.negation)
    tense = clause.leaf(ctx, "tense") if clause.tense == PAST else NO_LINK
    if not auxiliary and (negative or support):
        ending = NO_LINK if tense else clause.leaf(ctx, "ending")
        head, chain = En("do", tense or ending), [En("do"), *chain]
    finite = english.past(head.text, agreement) if clause.tense == PAST else english.present(head.text, agreement)
    links = head.links | tense
    if not negative:
        return En(finite, links), [], chain[1:]
    if perfect:
        return En(finite, links), [En("never", no)], chain[1:]
    if finite == "am":
        return En(finite, links), [En("not", no)], chain[1:]
    return En(english.negated_stem(finite), links), [En("n't", no)], chain[1:]
