"""Clauses in English: the order of constituents; the auxiliaries and what they do to the verb."""

from collections.abc import Sequence

from .. import english
from ..morphology import Links
from ..trees import NO_LINK, En, possibly
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
    main: bool = False,
) -> list[En]:
    """A finite clause: subject, verbs, arguments, manner, companion, place, duration, time.

    A main clause may have its time in front, followed by a comma.
    """
    finite, negation, rest = english_verbs(ctx, clause, agreement, question)
    frequency = clause.frequency.en
    auxiliary = (finite.text in ("do", "does", "did") and bool(rest)) or bool(negation)
    auxiliary = auxiliary or finite.text in ("am", "is", "are", "was", "were", "will", "can", "could", "should")
    fronted = (
        main and bool(clause.time.en) and not question and (clause.opening or clause.heavy or ctx.english.chance(0.12))
    )
    fronted = fronted and clause.time.en[0].text not in ("now", "right", "these")
    if question:
        verbs = [*front, finite, *negation, *subject, *frequency, *rest]
    elif omit:
        verbs = [finite, *negation, *frequency, *rest] if auxiliary else [*frequency, finite, *rest]
    else:
        lone = len(subject) == 1 and subject[0].text.lower() in PRONOUNS
        if lone and finite.text in ("am", "is", "are") and (subject[0].text, finite.text) != ("there", "are"):
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
    form = "" if not rest else MODALS[clause.modal].form if clause.modal else "base"
    start = [*clause.time.en, En(",")] if fronted else []
    return [*start, *verbs, *english_tail(ctx, clause, form, agreement, timed=not fronted)]


def english_tail(ctx: Context, clause: Clause, form: str, agreement: str, *, timed: bool = True) -> list[En]:
    """What stands after the verbs, with further verbs in the form of the first ("" if that is finite)."""
    return [
        *_further_verbs(ctx, clause, form, agreement),
        *clause.manner.en,
        *clause.companion.en,
        *clause.place.en,
        *clause.duration.en,
        *(clause.time.en if timed else ()),
    ]


def english_nonfinite(ctx: Context, clause: Clause, form: str) -> list[En]:
    """A verb phrase without a subject: base (requests) or ing (before going home)."""
    agreement = clause.subject.agreement if clause.subject else "3sg"
    return [En(_inflected(clause.verb.text, form), clause.verb.links), *english_tail(ctx, clause, form, agreement)]


def _tense_link(ctx: Context, clause: Clause, links: Links) -> Links:
    """The link of a past verb with the Korean tense: sure if that stands on its own counterpart, else possible."""
    if clause.tense != PAST:
        return NO_LINK
    tense = clause.leaf(ctx, "tense")
    further = any(word.text.startswith("^") for word in clause.slots.en)
    last = frozenset().union(*(m.links for m in clause.slots.ko[-1])) if clause.slots.ko else NO_LINK
    return possibly(tense) if further and not links & last else tense


def _further_verbs(ctx: Context, clause: Clause, form: str, agreement: str) -> list[En]:
    """The words after the verb of a frame: ^buy takes the form of the first verb, %get is finite, PRO the subject.

    Of several verbs the one whose counterpart comes last in Korean has the tense, the others a possible link to it.
    """
    words: list[En] = []
    for position, word in enumerate(clause.slots.en):
        text, links = word.text.lstrip("^%"), word.links
        if word.text == "PRO":
            text = clause.subject.pronoun if clause.subject else "I"
        elif word.text.startswith("^") and form:
            text = _inflected(text, form)
        elif word.text != text:
            past = clause.tense == PAST
            text = english.past(text, agreement) if past else english.present(text, agreement)
            tense_link = _tense_link(ctx, clause, word.links)
            links |= possibly(tense_link) if word.text.startswith("%") else tense_link
            followed = position + 1 < len(clause.slots.en)
            if followed and text in ("am", "is", "are") and words[-1:] and words[-1].text in _PRONOUN_SUBJECTS:
                text = english.contract_be(text)
        words.append(En(text, links))
    return words


# --- verbs --------------------------------------------------------------------------------------------------

AUXILIARIES = frozenset(("be", "can", "will", "should"))
_PRONOUN_SUBJECTS = ("I", "you", "he", "she", "it", "we", "they")
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
        if perfect and main.text == "gone":  # has been to Spain: and is back
            main = En("been", main.links)
        if modal.form == "ing":
            main = En(main.text, main.links | possibly(clause.leaf(ctx, "modal1")))
        chain = [*pieces, main]
        if (
            clause.modal == "going" and main.text == "go" and not clause.frame.way
        ):  # are you going to school, not going to go
            be, going, _ = pieces
            chain = [be, En(going.text, going.links | main.links)]
    no = clause.leaf(ctx, "no") if clause.negation else NO_LINK
    if clause.negation == "못":
        chain = [En("can", no), *chain]
    head = chain[0]
    auxiliary = head.text in AUXILIARIES or perfect
    negative = bool(clause.negation)
    tense = _tense_link(ctx, clause, clause.verb.links) if chain == [clause.verb] else NO_LINK
    if clause.tense == PAST and chain != [clause.verb]:
        tense = clause.leaf(ctx, "tense")
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
