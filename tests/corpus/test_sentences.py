"""Rules of single patterns, over many sentences of each."""

import itertools
import re

import pytest

from tools.corpus.draw import Draw
from tools.corpus.frames.frame import FRAMES
from tools.corpus.frames.recurrence import momentary
from tools.corpus.frames.rich import RICH
from tools.corpus.frames.roles import ROLE_FRAMES
from tools.corpus.grammar.adjuncts import intensity
from tools.corpus.grammar.context import PAST, PRESENT, Context
from tools.corpus.grammar.persons import described_person, other_person, role_subject
from tools.corpus.grammar.subjects import first_person, we
from tools.corpus.patterns import draw_sentence
from tools.corpus.sentences import rich
from tools.corpus.sentences.clauses import new_clause
from tools.corpus.sentences.qualities import quality
from tools.corpus.sentences.questions import wh_question
from tools.corpus.sentences.reasons import condition
from tools.corpus.sentences.requests import offer, request
from tools.corpus.sentences.rich import (
    long_acts,
    reported_acts,
    rich_clause,
    rich_reported,
    rich_subject,
    side_by_side,
)
from tools.corpus.sentences.speech import asked, reported
from tools.corpus.sentences.statements import role_statement
from tools.corpus.sentences.subjects import draw_subject, topic_particle


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


def test_what_takes_minutes_is_not_planned():
    """Not: tomorrow, or tonight, I will turn off the TV."""
    seen = {when: [forms(clause.time) for _, clause in clauses(momentary, when=when) if clause.time.ko]
            for when in ("past", "fut")}  # fmt: skip
    assert seen["past"]
    assert not seen["fut"]


def test_no_early_beside_an_hour():
    """여덟 시에, not 여덟 시에 일찍."""
    seen = [clause for _, clause in clauses(lambda f: "일찍" in f.manners and f.days, when="fut")]
    hours = [clause for clause in seen if "시" in forms(clause.time)]
    assert hours
    assert any("일찍" in forms(clause.manner) for clause in seen)
    assert not [forms(clause.time) for clause in hours if "일찍" in forms(clause.manner)]


# --- who ----------------------------------------------------------------------------------------------------


def contexts(number=200):
    return (Context(Draw(seed), richness=1.0) for seed in range(number))


def test_who_was_only_met_is_met_on_a_journey():
    """The student whom I met on the train moves no birdcage."""
    met = {travelling: ["만나" in forms(described_person(ctx, travelling=travelling).node) for ctx in contexts()]
           for travelling in (False, True)}  # fmt: skip
    assert any(met[True])
    assert not any(met[False])


@pytest.mark.parametrize("age", ["young", "adult"])
def test_who_works_elsewhere_is_no_pupil_and_no_colleague(age):
    """The friend who works at a bank wears no school uniform."""
    described = [forms(described_person(ctx, **{age: True}).node) for ctx in contexts()]
    assert not [tokens for tokens in described if "일" in tokens[:4] and "하" in tokens[:4]]


@pytest.mark.parametrize(("topic", "met"), [("home", False), ("health", False), ("shopping", False), ("travel", True)])
def test_whom_one_only_met_is_described_on_journeys(topic, met):
    """Where a long sentence describes its subject, and elsewhere."""
    frames = [frame for frame in RICH if frame.topic == topic and not frame.sex and frame.age != "young"]
    told = [forms(rich._statement(ctx, frame, known_by=1.0)) for frame in frames[:20] for ctx in contexts(40)]
    told += [forms(other_person(ctx, topic).node) for ctx in contexts(400)]
    assert any({"기차", "도서관"} & set(tokens[:3]) and "만나" in tokens[:3] for tokens in told) == met


def test_nobody_reports_a_habit_as_done(monkeypatch):
    ways = []
    monkeypatch.setattr(rich, "reported_acts", lambda ctx, frame: ways.append(frame.way) or reported_acts(ctx, frame))
    for pattern in (long_acts, rich_reported):
        drawn(pattern, 500)
    assert len(ways) > 100
    assert not {"if", "when"} & set(ways)


def test_nobody_does_something_to_their_own_kind():
    """Not: my friend met a friend."""
    frames = [frame for frame in FRAMES if frame.subject == "P" and "친구" in frame.ko and "혼자" not in frame.ko]
    assert frames
    for frame in frames:
        assert "친구" not in {draw_subject(ctx, frame).key for ctx in contexts()}, frame.ko


def test_what_one_animal_does_is_told_with_이():
    for kind in ("고양이=cat", "강아지=puppy"):
        assert {topic_particle(ctx, role_subject(ctx, f"={kind}=")) for ctx in contexts(40)} == {"이"}
    assert {topic_particle(ctx, role_subject(ctx, "=의사=doctor=")) for ctx in contexts(40)} == {"이", "은"}


def test_no_friend_asks_about_a_friend():
    """Not: my friend asked me if I had called a friend."""
    asking = [s for s in drawn(asked, 600) if s.ko_tokens[1] == "친구"]
    assert asking
    assert not [s.ko for s in asking if s.ko_tokens.count("친구") > 1]


def test_an_ailment_is_of_one_body():
    """Not: we rested when we had a backache."""
    frames = [frame for frame in (*RICH, *FRAMES) if re.search(r"(배|목|이|허리|다리)\d\+이 아프", frame.ko)]
    assert frames
    for frame in frames:
        assert not [ctx for ctx in contexts(60) if rich_subject(ctx, frame).person.endswith("pl")], frame.ko


def two_people(ctx, topic):
    """Two people's acts, without relative clauses, which have people and times of their own."""
    ctx.plain = True
    return side_by_side(ctx, topic)


def test_two_elders_are_honoured_alike():
    """어머니께서 요리하시는 동안 저는, and not 이모는, whom the verb would not honour."""
    honoured = [s for s in drawn(two_people, 600) if "께서" in s.ko_tokens]
    assert honoured
    for s in honoured:
        assert s.ko_tokens.count("께서") == 2 or {"저", "나"} & set(s.ko_tokens), s.ko


# --- when ---------------------------------------------------------------------------------------------------


def test_soon_is_said_of_what_is_awaited():
    soon = {frame.stem for frame, clause in clauses(lambda f: not f.way, number=20, when="fut")
            if "곧" in forms(clause.time)}  # fmt: skip
    assert {"출발", "도착"} & soon
    assert not {"먹", "사", "읽", "하", "가"} & soon


def test_what_two_people_did_begins_with_the_time():
    times = {"어제", "지난", "그저께", "며칠", "이틀", "일주일", "내일", "모레", "다음", "이번", "오늘"}
    timed = [s for s in drawn(two_people, 600) if times & set(s.ko_tokens)]
    assert len(timed) > 50
    assert not [s.ko for s in timed if s.ko_tokens[0] not in times]


def test_no_time_right_before_a_relative_clause():
    """Not 저는 지난주에 동생이 추천한 책을 읽었어요: was it recommended or read last week?"""
    apart = kept = 0
    for frame in (frame for frame in FRAMES if "{book}" in frame.ko or "{reading}" in frame.ko):
        for ctx in contexts(60):
            clause = new_clause(ctx, frame, first_person(ctx, drop=bool(apart % 2)), PAST, when="past")
            if ctx.relative and clause.time.ko:
                assert clause.opening
                assert clause.subject.node.ko, "without a subject it would stand there all the same"
                kept += 1
            apart += ctx.relative
    assert apart > kept > 10


def test_what_is_done_when_something_is_so_is_a_habit():
    frames = [frame for frame in RICH if frame.way == "when" and "past" not in frame.flags]
    assert frames
    for frame in frames:
        for ctx in contexts(20):
            clause = rich_clause(ctx, frame, rich_subject(ctx, frame))
            assert (clause.tense, clause.modal) == (PRESENT, ""), frame.ko


# --- what ---------------------------------------------------------------------------------------------------


def test_nobody_says_that_they_want_to_cut_vegetables():
    wanted = [s for s in drawn(reported, 1500) if "wanted" in s.en_tokens]
    assert len(wanted) > 50
    assert not [s.ko for s in wanted if {"썰", "설거지", "버리", "서명"} & set(s.ko_tokens)]


def test_what_one_has_bought_is_not_bought_for_its_beauty():
    """Not: the sunflowers that I bought yesterday were pretty, so I bought them."""
    for s in drawn(quality, 1200):
        assert s.ko_tokens.count("사") + ("가져가" in s.ko_tokens) <= 1, s.ko


@pytest.mark.parametrize(("level", "bookish"), [("b", False), ("y", True), ("f", True)])
def test_매우_is_not_for_friends(level, bookish):
    frame = next(f for f in FRAMES if f.stem == "행복")
    said = set()
    for ctx in contexts():
        ctx.level = level
        said |= set(forms(intensity(ctx, new_clause(ctx, frame, first_person(ctx, drop=False), PRESENT))))
    assert ("매우" in said) == bookish
    assert {"아주", "정말"} <= said
