"""What the sentences about the world are made of: whole-sentence templates and copula sentences.

A whole-sentence template is a line `Korean | English` (see `trees.template`) whose Korean predicate lacks its ending
and whose English verb is finished. What stands in braces is given by the pattern, or drawn if it names a country,
its capital, its language or its food.
"""

from ..english import contract_be
from ..grammar.context import Context
from ..grammar.nouns import country_noun, noun_phrase
from ..grammar.subjects import Subject, mark
from ..hangul import coda
from ..lexicon.nouns import Noun
from ..morphology import Links, Morph
from ..sentences.endings import close, sentence_ending
from ..trees import En, Node, fill, template


def fill_line(ctx: Context, line: str, **slots: Node) -> Node:
    """Fill a template line; what it wants to know of the country of this sentence needn't be given."""
    ko, en = line.split(" | ")
    rule = template(ko, en)
    for slot, mode in rule.slots.items():
        if slot not in slots:
            slots[slot] = noun_phrase(ctx, country_noun(ctx, slot), mode or "0", "", None)
    return fill(rule, slots, ctx.fresh)


def whole_sentence(ctx: Context, line: str, **slots: Node) -> Node:
    """Fill a whole-sentence template and put the ending of this speech level on its last morpheme."""
    return _finished(ctx, fill_line(ctx, line, **slots), "statement", ".")


def whole_question(ctx: Context, line: str, **slots: Node) -> Node:
    """The same as a question."""
    return _finished(ctx, fill_line(ctx, line, **slots), "question", "?")


def _finished(ctx: Context, node: Node, mood: str, sign: str) -> Node:
    node.ko[-1] = [*node.ko[-1], *sentence_ending(ctx, mood)]
    return close(ctx, Node(node.ko, node.en), sign)


def copula_sentence(ctx: Context, who: Node, what: Node, person: Subject, *, negative: bool) -> Node:
    """저는 학생이에요. - I'm a student. Negative: 학생이 아니에요."""
    be = ctx.leaf()
    form = {"1sg": "am", "3sg": "is"}.get(person.person, "are")
    contracted = len(who.en) == 1 and who.en[0].text in ("I", "we")
    if negative:
        no = ctx.leaf()
        ko = [*who.ko, *what.then([Morph("이", "particle")]).ko, [Morph("아니", links=be | no)]]
        verb = [En(contract_be(form), be), En("not", no)] if contracted else [En(form, be), En("n't", no)]
    else:
        ko = [*who.ko, *what.then([Morph("이", links=be)]).ko]
        verb = [En(contract_be(form) if contracted else form, be)]
    ending = sentence_ending(ctx, "statement")
    if person.elder and not negative and ctx.level == "b":
        ko[-1] = [*ko[-1][:-1], *honorific_copula(what, be)]
    elif person.elder and not negative:
        ending = [Morph("(으)세요", "ending")] if ctx.level == "y" else [Morph("(으)시", "ending"), *ending]
    ko[-1] = [*ko[-1], *ending]
    return close(ctx, Node(ko, [*who.en, *verb, *what.en]))


def honorific_copula(what: Node, links: Links) -> list[Morph]:
    """선생님이시, but 의사시: after a vowel the copula leaves no trace before 시."""
    if coda(what.ko[-1][-1].form):
        return [Morph("이", links=links), Morph("(으)시", "ending")]
    return [Morph("시", "ending", links)]


def bare_noun(ctx: Context, noun: Noun) -> Node:
    """A noun without article, number and modifier."""
    return noun_phrase(ctx, Noun(noun.ko, noun.en, frozenset(), "n"), "0", "", None)


def topic_phrase(ctx: Context, person: Subject) -> Node:
    """A person as what the sentence is about: with 은, or 께서는 for elders."""
    return Node(mark(ctx, person, "은"), person.node.en)
