"""Rules of single patterns, over many sentences of each."""

import itertools

import pytest

from tools.corpus.draw import Draw
from tools.corpus.frames.frame import FRAMES
from tools.corpus.frames.recurrence import momentary
from tools.corpus.frames.roles import ROLE_FRAMES
from tools.corpus.grammar.context import PRESENT, Context
from tools.corpus.grammar.subjects import first_person, we
from tools.corpus.patterns import draw_sentence
from tools.corpus.sentences.clauses import new_clause
from tools.corpus.sentences.questions import wh_question
from tools.corpus.sentences.reasons import condition
from tools.corpus.sentences.requests import offer, request
from tools.corpus.sentences.speech import asked
from tools.corpus.sentences.statements import role_statement


def drawn(pattern, number=400):
    """So many sentences of one pattern."""
    return [draw_sentence(seed, 0.8, ((pattern, 1.0),)) for seed in range(number)]


def clauses(matches, number=60, frames=FRAMES, **choices):
    """(frame, clause) of the frames that match, many times each."""
    for frame in filter(matches, frames):
        for seed in range(number):
            ctx = Context(Draw(seed), richness=1.0)
            yield frame, new_clause(ctx, frame, first_person(ctx, drop=False), PRESENT, **choices)


def forms(node):
    return [morph.form for eojeol in node.ko for morph in eojeol]


def test_questions_speak_of_what_both_know():
    """When did you buy the bag, the apples: no number and no new thing."""
    starts = {"when", "where", "why"}
    questions = [s.en_tokens for s in drawn(wh_question, 800) if s.en_tokens[0] in starts]
    bought = [tokens for tokens in questions if "buy" in tokens]
    assert len(bought) > 20
    for tokens in bought:
        following = tokens[tokens.index("buy") + 1]
        assert following not in ("a", "an", "two", "three", "four", "five"), " ".join(tokens)


def test_nobody_asks_about_a_vague_day():
    vague = {"얼마", "며칠", "이틀", "일주일", "아까", "나중"}
    sentences = [s for s in drawn(wh_question, 800) if s.en_tokens[0] != "who"]
    assert not [s.ko for s in sentences if vague & set(s.ko_tokens)]


def test_the_subject_stands_before_when():
    """너는 언제, not 언제 너는."""
    sentences = [s for s in drawn(wh_question, 800) if "언제" in s.ko_tokens]
    with_subject = [s for s in sentences if s.ko.count("는 ") or s.ko.count("가 ") or s.ko.count("은 ")]
    assert len(with_subject) > 10
    for s in with_subject:
        assert not {"너", "씨"} & set(s.ko_tokens[s.ko_tokens.index("언제") :]), s.ko


def test_prohibitions_have_no_number():
    for s in drawn(request, 800):
        if "말" in s.ko_tokens and "지" in s.ko_tokens:
            assert not {"two", "three", "four", "five"} & set(s.en_tokens), s.ko


def test_who_was_asked_is_said():
    for s in drawn(asked, 200):
        me = any(a in ("저", "나") and b in ("한테", "에게") for a, b in itertools.pairwise(s.ko_tokens))
        assert me, s.ko
        assert s.en_tokens[s.en_tokens.index("asked") + 1] == "me", s.en


def test_i_am_나_among_friends_and_저_otherwise():
    friendly = {"어", "아", "여"}
    for s in drawn(asked, 200):
        me = next(a for a, b in itertools.pairwise(s.ko_tokens) if a in ("저", "나") and b in ("한테", "에게"))
        assert me == ("나" if s.ko_tokens[-2] in friendly else "저"), s.ko


def test_an_injection_is_given_in_a_place_and_not_put_there():
    """동물 병원에서 주사를 놓았어요, and 마당에 나무를 심었어요."""
    vets = [frame for frames in ROLE_FRAMES.values() for frame in frames if "주사" in frame.ko]
    planters = [frame for frame in FRAMES if frame.stem == "심" and frame.places]
    for frames, particle in ((vets, "에서"), (planters, "에")):
        drawn_places = [clause.place for _, clause in clauses(lambda _: True, frames=frames) if clause.place.ko]
        assert drawn_places
        assert {forms(place)[-1] for place in drawn_places} == {particle}


def test_what_is_done_every_time_is_told_with_when():
    said_of = {"i", "we", "he", "she", "they"}  # the others ask somebody to do it: if you're tired, rest
    words = {False: set(), True: set()}
    for s in drawn(condition, 600):
        if said_of & set(s.en_tokens):
            words[bool({"will", "'ll", "wo"} & set(s.en_tokens))] |= {"if", "when"} & set(s.en_tokens)
    assert words == {False: {"when"}, True: {"if"}}


def test_a_promise_concerns_nobody_else():
    assert not [s.ko for s in drawn(offer, 400) if {"with"} & set(s.en_tokens) and "family" in s.en_tokens]


def test_one_day_opens_a_tale():
    tales = drawn(lambda ctx, _: role_statement(ctx, "home"))
    sentences = [s for s in tales if "어느" in s.ko_tokens]
    assert len(sentences) > 10
    for s in sentences:
        assert s.ko_tokens[:2] == ("어느", "날"), s.ko
        assert s.en_tokens[:3] == ("one", "day", ","), s.en


@pytest.mark.parametrize(("person", "english"), [(first_person, "ticket"), (we, "tickets")])
def test_several_people_have_several_tickets(person, english):
    frame = next(f for f in FRAMES if f.ko.startswith("{기차표}"))
    for seed in range(40):
        ctx = Context(Draw(seed), richness=0.0)
        subject = person(ctx, drop=False) if person is first_person else person(ctx)
        tokens = [t.text for t in new_clause(ctx, frame, subject, PRESENT).slots.en]
        assert english in tokens, tokens


def test_what_takes_minutes_is_not_done_tomorrow():
    seen = [clause.time for _, clause in clauses(momentary, when="fut") if clause.time.ko]
    assert seen
    assert not [forms(time) for time in seen if {"내일", "모레", "주"} & set(forms(time))]


def test_no_early_beside_an_hour():
    """여덟 시에, not 여덟 시에 일찍."""
    seen = [clause for _, clause in clauses(lambda f: "일찍" in f.manners and f.days, when="fut")]
    hours = [clause for clause in seen if "시" in forms(clause.time)]
    assert hours
    assert any("일찍" in forms(clause.manner) for clause in seen)
    assert not [forms(clause.time) for clause in hours if "일찍" in forms(clause.manner)]
