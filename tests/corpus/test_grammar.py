"""Clauses: the choices behind one, realised in both languages, and what is refused."""

import pytest

from tools.corpus.draw import Draw
from tools.corpus.frames.causes import NAMED
from tools.corpus.frames.frame import BY_KEY
from tools.corpus.grammar.clause import MODALS, Clause, predicate, subject_tokens
from tools.corpus.grammar.context import PAST, PRESENT, Context
from tools.corpus.grammar.english_clause import english_clause
from tools.corpus.grammar.korean_clause import korean_clause
from tools.corpus.grammar.subjects import Subject, words
from tools.corpus.lexicon.nouns import nouns
from tools.corpus.morphology import join, morph
from tools.corpus.sentences.subjects import required_subject


def drawn(key, **choices):
    """(context, clause) of a frame, said of 할머니, without modifiers, in 해요체."""
    ctx = Context(Draw(0), richness=0.0)
    ctx.level = "y"
    grandmother = Subject(words(ctx, "할머니", "grandmother"), "3sg", "f", elder=True)
    return ctx, predicate(ctx, Clause(BY_KEY[key], grandmother, **choices))


def both_sides(key, **choices):
    ctx, clause = drawn(key, **choices)
    korean = " ".join(join(e).surface for e in korean_clause(ctx, clause, [morph("~아요")]))
    english = " ".join(token.text for token in english_clause(ctx, clause, *subject_tokens(clause)))
    return korean, english


@pytest.mark.parametrize(
    ("choices", "korean", "english"),
    [
        ({"tense": PAST}, "할머니께서는 점심을 드셨어요", "grandmother had lunch"),
        ({"tense": PAST, "negation": "안"}, "할머니께서는 점심을 안 드셨어요", "grandmother did n't have lunch"),
        ({"tense": PRESENT, "negation": "지"}, "할머니께서는 점심을 드시지 않아요", "grandmother does n't have lunch"),
        ({"tense": PRESENT, "negation": "못"}, "할머니께서는 점심을 못 드세요", "grandmother ca n't have lunch"),
        ({"tense": PRESENT, "modal": "want"}, "할머니께서는 점심을 먹고 싶으세요", "grandmother wants to have lunch"),
        ({"tense": PRESENT, "modal": "progressive"}, "할머니께서는 점심을 먹고 계세요", "grandmother is having lunch"),
        ({"tense": PRESENT, "modal": "future"}, "할머니께서는 점심을 드실 거예요", "grandmother will have lunch"),
        (
            {"tense": PRESENT, "modal": "can", "negation": "modal"},
            "할머니께서는 점심을 드실 수 없어요",
            "grandmother ca n't have lunch",
        ),
    ],
)
def test_a_clause_in_both_languages(choices, korean, english):
    assert both_sides("점심+을 먹", **choices) == (korean, english)


@pytest.mark.parametrize(
    ("key", "negation", "korean"),
    [
        ("수영+을 하", "못", "할머니께서는 수영을 못 하셨어요"),
        ("출근+하", "안", "할머니께서는 출근을 안 하셨어요"),
        ("방+을 청소+하", "못", "할머니께서는 방을 청소하시지 못했어요"),
        ("방+을 청소+하", "안", "할머니께서는 방을 청소하시지 않았어요"),
        ("개+을 산책+시키", "안", "할머니께서는 개를 산책시키시지 않았어요"),
        ("제시간+에 도착+하", "못", "할머니께서는 제시간에 도착하시지 못했어요"),
        ("피곤+하", "안", "할머니께서는 피곤하시지 않았어요"),
    ],
)
def test_a_noun_and_its_verb_are_denied_as_one_says_it(key, negation, korean):
    """공부를 못 했어요, not 공부 못 했어요; with an object of its own, 지 못하."""
    ctx = Context(Draw(0), richness=0.0)
    ctx.level = "y"
    grandmother = Subject(words(ctx, "할머니", "grandmother"), "3sg", "f", elder=True)
    clause = predicate(ctx, Clause(NAMED[key], grandmother, tense=PAST, negation=negation))
    assert " ".join(join(e).surface for e in korean_clause(ctx, clause, [morph("~아요")])) == korean


def test_a_state_is_not_liked():
    ctx, clause = drawn("바쁘", tense=PRESENT, modal="like")
    with pytest.raises(ValueError, match="expected an act, got the state '바쁘1'"):
        korean_clause(ctx, clause, [morph("~아요")])


def test_a_subject_is_needed():
    ctx = Context(Draw(0), richness=0.0)
    with pytest.raises(ValueError, match=r"expected a subject for '점심1\+을 먹2'"):
        subject_tokens(Clause(BY_KEY["점심+을 먹"], None))
    with pytest.raises(ValueError, match=r"expected a frame that takes a subject, got '비1\+이 오2'"):
        required_subject(ctx, BY_KEY["비+이 오"])
    with pytest.raises(ValueError, match="expected a category with nouns, got 'spaceship'"):
        nouns("spaceship")


def test_modalities_inflect_the_verb_in_a_known_form():
    assert {modal.form for modal in MODALS.values()} == {"base", "ing", "pp"}
