"""Rows of several acts: further verbs, the subject taken up, honorifics inside; requests; the second rendering."""

import pytest

from tools.corpus.draw import Draw
from tools.corpus.frames.frame import read_frame
from tools.corpus.grammar.clause import Clause, predicate, subject_tokens
from tools.corpus.grammar.context import PAST, PRESENT, Context
from tools.corpus.grammar.english_clause import english_clause
from tools.corpus.grammar.korean_clause import korean_clause
from tools.corpus.grammar.subjects import Subject, words
from tools.corpus.morphology import join, morph
from tools.corpus.paraphrase import other_article, paraphrase
from tools.corpus.trees import Node, each_their_own, finish, with_articles

MARKET = "시장1+에2 가3+~아서4 떡5+을 사6 | go3 to2 the market1 and4 ^buy6 rice5 cakes5 | way=seq q"
WAVES = "파도1+이 높2+~았+지만3 배4+을 타5 | take5 a boat4 although3 the waves1 were high2 | way=though q"
HUNGRY = "배1+이 고프2+~았+지만3 자4 | sleep4 although3 PRO %be hungry1,2 | way=though q"
HOME = "집1+에 오2+자마자3 샤워4+을 하5 | take5 a shower4 as3 soon3 as3 PRO %get2 home1 | way=soon q"
SOUP = "국1+을 먹2+고3 차4+을 마시5 | eat2 soup1 and3 ^drink5 tea4 | way=seq q hon=드시"


def both_sides(row, *, elder=False, **choices):
    """The surfaces of a row said of an uncle, or of a grandmother, and its alignment."""
    ctx = Context(Draw(0), richness=0.0)
    ctx.level = "y"
    who = ("할머니", "grandmother", "f") if elder else ("삼촌", "uncle", "m")
    subject = Subject(words(ctx, *who[:2]), "3sg", who[2], elder=elder)
    clause = predicate(ctx, Clause(read_frame(row, "home"), subject, **choices))
    ko = korean_clause(ctx, clause, [morph("~아요")])
    en = english_clause(ctx, clause, *subject_tokens(clause))
    return " ".join(join(e).surface for e in ko), " ".join(t.text for t in en), finish(Node(ko, en), "home").alignment


@pytest.mark.parametrize(
    ("row", "choices", "korean", "english"),
    [
        (MARKET, {"tense": PAST}, "삼촌은 시장에 가서 떡을 샀어요", "uncle went to the market and bought rice cakes"),
        (
            MARKET,
            {"tense": PRESENT, "modal": "future"},
            "삼촌은 시장에 가서 떡을 살 거예요",
            "uncle will go to the market and buy rice cakes",
        ),
        (HOME, {"tense": PAST}, "삼촌은 집에 오자마자 샤워를 했어요", "uncle took a shower as soon as he got home"),
        (
            HOME,
            {"tense": PRESENT, "modal": "future"},
            "삼촌은 집에 오자마자 샤워를 할 거예요",
            "uncle will take a shower as soon as he gets home",
        ),
    ],
)
def test_further_verbs(row, choices, korean, english):
    assert both_sides(row, **choices)[:2] == (korean, english)


@pytest.mark.parametrize(
    ("row", "korean"), [(WAVES, "파도가 높았지만 삼촌은 배를 탔어요"), (HUNGRY, "삼촌은 배가 고팠지만 잤어요")]
)
def test_a_circumstance_stands_before_the_subject_and_a_state_of_oneself_behind_it(row, korean):
    assert both_sides(row, tense=PAST)[0] == korean


def test_the_tense_is_sure_at_the_last_korean_verb_alone():
    links = both_sides(MARKET, tense=PAST)[2].split()
    assert "9-6" in links, "았 - bought"
    assert "9?1" in links, "았 - went"


def test_an_elder_is_honoured_inside_as_well():
    assert both_sides(SOUP, elder=True, tense=PAST)[0] == "할머니께서는 국을 드시고 차를 드셨어요"


def test_several_have_several():
    assert each_their_own(["They", "washed", "their", "face"])[-1] == "faces"
    assert each_their_own(["They", "sold", "their", "house"])[-1] == "house"
    assert with_articles(["a", "Italian", "friend"]) == ["an", "Italian", "friend"]
    assert with_articles(["an", "book"]) == ["a", "book"]


def test_another_rendering():
    assert "lots" in paraphrase(("I", "ate", "a", "lot", "of", "rice", "."), Draw(1), most=9)
    rained = ("it", "rained", ",", "so", "I", "slept", ".")
    reordered = {" ".join(paraphrase(rained, Draw(k), most=0)) for k in range(9)}
    assert "since it rained , I slept ." in reordered
    assert other_article(("The", "lion", "slept", ".")) == ("a", "lion", "slept", ".")
    assert other_article(("The", "sun", "set", ".")) == ("The", "sun", "set", ".")
