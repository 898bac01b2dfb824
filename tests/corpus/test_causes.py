"""The table of causes and effects, and the constructions in which its pairs are said."""

import itertools
from dataclasses import replace

import pytest

from tools.corpus.draw import Draw
from tools.corpus.frames.causes import CONSEQUENCES, KINDS, NAMED, TOPICS, _read_row, consequences
from tools.corpus.grammar.context import Context
from tools.corpus.sentences.choice import cause_pair
from tools.corpus.sentences.qualities import quality
from tools.corpus.sentences.reasons import because, condition, contrast, pair_subjects, reason_request, when_habit
from tools.corpus.trees import finish


def surfaces(sentence):
    return " ".join(e.partition("=")[0].replace("+", "") for e in sentence.ko.split())


def drawn(pattern, number=160):
    """(Korean, English) of a pattern in all topics."""
    for seed in range(number):
        sentence = finish(pattern(Context(Draw(seed), 0.6), TOPICS[seed % 8]), "x")
        yield surfaces(sentence), sentence.en


def test_there_are_many_pairs_in_every_topic():
    assert len({(p.cause.ko, p.cause.denied) for p in CONSEQUENCES}) >= 130
    assert len({(p.cause.ko, p.cause.denied, p.effect.ko) for p in CONSEQUENCES}) >= 500
    for topic in TOPICS:
        assert sum(topic in (p.cause.topic, p.effect.topic) for p in CONSEQUENCES) >= 40


def test_no_pair_is_said_twice_in_a_construction():
    said = [(p.cause.ko, p.cause.denied, p.effect.ko, kind, p.options) for p in CONSEQUENCES for kind in p.kinds]
    assert len(said) == len(set(said))


def test_a_row():
    one, two = _read_row("못 잠+을 자 | so not:안못 span=week single | 피곤+하 / 일+에 집중+하")
    assert one.cause == replace(NAMED["못 잠+을 자"], span="week")
    assert one.effect == NAMED["피곤+하"]
    assert (one.cause.denied, one.span, one.options) == ("못", "week", {"single"})
    assert two.kinds == {"so": "", "not": "안못"}


def test_what_a_row_may_not_hold():
    with pytest.raises(ValueError, match="expected a kind or an option, got 'perhaps'"):
        _read_row("피곤+하 | perhaps | 일찍 자")
    with pytest.raises(KeyError, match="하품"):
        _read_row("피곤+하 | so | 하품+을 하")


def test_an_effect_is_denied_only_where_a_negation_is_given():
    for pair in CONSEQUENCES:
        for kind in pair.kinds:
            assert bool(pair.kinds[kind]) == (kind in ("not", "butnot")), (pair.cause.ko, kind)
            assert pair.kinds[kind] in ("", "안", "못", "안못", "못안")


def test_a_pair_is_of_the_topic_or_says_whose_it_is():
    for topic, kind, seed in itertools.product(TOPICS, KINDS, range(5)):
        ctx = Context(Draw(seed), 0.5)
        pair = cause_pair(ctx, topic, kind)
        assert (ctx.topic or topic) in (pair.cause.topic, pair.effect.topic)
        assert kind in pair.kinds
        assert not ctx.topic or len(consequences(topic, kind)) < 8


def test_subjects_keep_to_the_options():
    for pair in CONSEQUENCES:
        for seed in range(3):
            one, two = pair_subjects(Context(Draw(seed), 0.5), pair)
            assert (one is None) == (pair.cause.subject == "0")
            assert (two is None) == (pair.effect.subject == "0")
            assert one is None or two is None or one is two
            subject = one or two
            if subject and "mine" in pair.options:
                assert subject.person == "1sg"
            if subject and "single" in pair.options:
                assert subject.person.endswith("sg")


def test_a_shared_subject_is_the_topic():
    """오빠가 시험이 있으면 외울 거야 would mean that I memorize."""
    for ko, _ in itertools.chain(drawn(condition), drawn(when_habit)):
        first = ko.split()[0]
        named = first.startswith(("민", "영호", "유나", "서연", "수미"))
        assert not named or first[-1] in "은는과와랑고" or "씨" in ko, ko


def test_reasons_of_requests_are_given_with_nikka():
    for ko, en in drawn(reason_request):
        assert "니까" in ko, ko
        assert ", so " in en, en


def test_causes_and_contrasts_in_both_languages():
    for ko, en in drawn(because):
        assert "때문에" in ko or any(word[-1] == "서" for word in ko.split()), ko
        assert ", so " in en or " because " in en, en
    for ko, en in drawn(contrast):
        assert "지만" in ko or "는데도" in ko, ko
        assert ", but " in en or en.startswith(("Although ", "Even though ")), en


def test_a_birthday_today_lies_in_the_present():
    for ko, en in drawn(because, 1200):
        if ko.startswith("오늘이"):
            assert "birthday today" in en
            assert "It's " in en or "it's " in en, en
            assert not {"yesterday", "ago", "last"} & set(en.lower().replace(",", "").split()), en


def test_at_most_one_time():
    for ko, _ in itertools.chain(drawn(because), drawn(contrast)):
        assert sum(ko.count(word) for word in ("어제", "그저께", "며칠 전", "지난", "어젯밤")) <= 1 or "만난" in ko, ko


def test_english_names_the_thing_once():
    for _, en in drawn(quality):
        assert "IT" not in en.split()
        assert ", so " in en
