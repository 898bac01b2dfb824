"""Rules of Korean and of English that hold in every sentence of the corpus; the hand-written split keeps them too."""

import itertools
import re

import pytest

from tests.corpus.sentence_pairs import Row, every_row, parse

RACKET = {"테니스", "배드민턴", "탁구"}
MEAT = {"생선", "돼지고기", "소고기", "닭고기"}
ELDERS = {"할머니", "할아버지", "아버지", "어머니", "부모님", "선생님", "사장님"}
MEALS = {"breakfast": {"afternoon", "evening", "tonight", "night"}, "lunch": {"morning", "evening", "tonight", "night"}}
MEALS["dinner"] = {"morning"}
PAST_DAYS = {"yesterday", "ago", "before", "last"}
ADVERBS = "quickly|slowly|quietly|loudly|carefully|thoroughly|hard|well|early|late|alone|together|often"


def runs(row: Row, length: int) -> list[tuple[str, ...]]:
    """All runs of so many morphemes."""
    return [row.source[i : i + length] for i in range(len(row.source) - length + 1)]


def goes_and_does_there(row: Row) -> bool:
    """시장에 가고 사과를 샀어요: what happens at the goal is told with 가서."""
    return any(
        run[:3] == ("에", "가", "고") and run[3] not in ("싶", "싶어하", "있", "계시", "는", ",")
        for run in runs(row, 4)
    )


def good_at_in_two_words(row: Row) -> bool:
    """영어를 잘 해요: to be good at something is one word, 잘하다."""
    return any(run[0] in ("을", "를", "도") and run[1:] == ("잘", "하") for run in runs(row, 3))


def object_of(*verbs: str):
    def found(row: Row, nouns: set[str]) -> bool:
        return any(run[0] in nouns and run[1] in ("을", "를") and run[2] in verbs for run in runs(row, 3))

    return found


def asks_in_two_words(row: Row) -> bool:
    """물어 보다: one word."""
    return any(a in ("물어", "여쭤") and b.startswith(("보", "봐", "봤", "본", "볼", "봅")) for a, b in
               itertools.pairwise(row.surfaces))  # fmt: skip


def words_of_an_elder(row: Row) -> bool:
    """선생님의 말: an elder's words are 말씀."""
    return any(run[0] in ELDERS and run[2] == "말" for run in runs(row, 3)) or any(
        run[0] in ELDERS and run[1] == "말" for run in runs(row, 2)
    )


def noun_and_negation(row: Row) -> bool:
    """지리는 공부 못 했어요: the noun of a noun and 하 keeps its particle before 안 and 못."""
    return any(
        len(a) == 1 and b in (("안",), ("못",)) and c[0] == "하" and len(a[0]) > 1 and a[0] not in NOT_NOUNS
        for a, b, c in zip(row.eojeols, row.eojeols[1:], row.eojeols[2:], strict=False)
    )


NOT_NOUNS = {
    "아직",
    "별로",
    "오늘",
    "어제",
    "내일",
    "요즘",
    "지금",
    "절대",
    "하나",
    "결국",
    "그냥",
    "많이",
    "같이",
    "한마디",
}


def meal_at_another_time(row: Row) -> bool:
    """Lunch in the evening, in a sentence that has one meal and one time of day."""
    words = set(row.target) - {"until"}
    eaten = [b for a, b in itertools.pairwise(row.target) if a in EATING and b in MEALS]
    return len(eaten) == 1 and "until" not in row.target and bool(words & MEALS[eaten[0]])


EATING = {"have", "has", "had", "having", "eat", "eats", "ate", "eating"}


def birthday_today_and_a_past_day(row: Row) -> bool:
    """It was my aunt's birthday today, so ... the day before yesterday."""
    return {"birthday", "today"} <= set(row.target) and bool(PAST_DAYS & set(row.target))


def adverb_of_another_verb(row: Row) -> bool:
    """The book that the teacher recommended quietly: the adverb has come to the wrong verb."""
    return bool(re.search(rf"\bthat [\w ]+ (recommended|bought|made|borrowed|chose|planted) ({ADVERBS})\b", row.en))


def subject_of_two_clauses(row: Row) -> bool:
    """오빠가 시험이 있으면 단어를 외울 거야: a subject shared with the main clause takes 은 or 는."""
    if not row.en.startswith(("If ", "When ")) or not re.search(r", (he|she|they)('ll)? ", row.en):
        return False
    topic = any(morphs[-1] in ("은", "는") and len(morphs) > 1 and morphs[-2] != "하" for morphs in row.eojeols[1:])
    return row.eojeols[0][-1] in ("이", "가", "께서") and row.eojeols[0][0] not in ("비", "눈", "날씨") and not topic


def asks_of_something_new(row: Row) -> bool:
    """When did you buy a bag? One asks so of a bag that both know of."""
    asked = re.match(r"(When|Where|Why|What time) .*\b(buy|sell|write|draw) (an?|two|three|four|five) ", row.en)
    return asked is not None and row.en.endswith("?")


def asks_nobody(row: Row) -> bool:
    """친구가 빵을 샀냐고 물어봤어요: without 저한테 it might be the friend who bought bread."""
    me = any(run[0] in ("저", "나") and run[1] in ("한테", "에게") for run in runs(row, 2))
    return "냐고" in row.source and "묻" in row.source and {"asked", "had"} <= set(row.target) and not me


def bookish_among_friends(row: Row) -> bool:
    """걔가 매우 행복하대: 매우 is of writing and of polite speech."""
    return "매우" in row.source and not row.surfaces[-1].rstrip(".?!").endswith(("요", "다", "까", "오", "죠"))


def circumstance_behind_the_subject(row: Row) -> bool:
    """삼촌은 파도가 높았지만 배를 탔어요: what is so outside the subject stands before it."""
    return (
        re.search(
            r"(은|는) (\S+ ){0,3}(파도|날씨|바람|비|길|면접|시험|값)[이가] (?![있없])\S*지만 ", " ".join(row.surfaces)
        )
        is not None
    )


def soon_of_what_one_chooses(row: Row) -> bool:
    """곧 같이 산책하자: 곧 is said of what is awaited."""
    return "곧" in row.source and bool({"let", "shall", "suggested"} & set(row.target))


def fresh_food_of_last_month(row: Row) -> bool:
    """I washed the grapes that Sumi bought last month: the time of a relative clause fits what it is about."""
    return bool(re.search(r"\b(wash|cut|eat|ate)\w* .*\b(bought|made) last (week|month)", row.en))


def each_has_one(row: Row) -> bool:
    """The children lost their umbrella: of several people each has one."""
    one = re.search(
        r"(?<!Who )\b(\w+) .*\btheir (scarf|mask|umbrella|hat|passport|wallet|hand|leg|nose|face)\b", row.en
    )
    return one is not None and not row.en.startswith("Who")


def a_siblings_elders(row: Row) -> bool:
    """My brother called his grandfather: he is our grandfather."""
    return bool(
        re.search(rf"\b(brother|sister|siblings)\b .*\b(his|her|their) ({ELDER_WORDS})\b", row.en)
    ) and not re.search(r"'s (brother|sister|siblings)", row.en)


ELDER_WORDS = "parents|mother|father|grandmother|grandfather"


RULES = {
    "가서 where the next act is at the goal": goes_and_does_there,
    "잘하다 is one word": good_at_in_two_words,
    "물어보다 is one word": asks_in_two_words,
    "꽃구경 is one word": lambda row: ("꽃", "구경") in runs(row, 2),
    "말씀 of elders": words_of_an_elder,
    "드시다, not 먹으시다": lambda row: any((a == "먹" and b.startswith("으시")) or (a, b) == ("먹", "으세요")
                                     for a, b in runs(row, 2)),
    "fish and meat are cooked, not made": lambda row: object_of("만들")(row, MEAT),
    "racket sports are 치다": lambda row: object_of("하")(row, RACKET),
    "meals at their time": meal_at_another_time,
    "a birthday today is today": birthday_today_and_a_past_day,
    "very windy, not windy a lot": lambda row: "windy a lot" in row.en,
    "adverbs stand by their verb": adverb_of_another_verb,
    "a shared subject takes the topic particle": subject_of_two_clauses,
    "서울에서 출발하다 is to leave from Seoul": lambda row: (
        ("에서", "출발") in runs(row, 2) and "from" not in row.target
    ),
    "a noun keeps its particle before 안 and 못": noun_and_negation,
    "nobody showers, runs or mails 빨리": lambda row: "빨리" in row.source
    and bool({"샤워", "달리기", "이메일"} & set(row.source)),
    "tickets are 예매하다": lambda row: object_of("예약")(row, {"기차표", "비행기표", "영화표", "표"}),
    "questions of what both know": asks_of_something_new,
    "a quoted question says who was asked": asks_nobody,
    "매우 is not for friends": bookish_among_friends,
    "a circumstance stands before the subject": circumstance_behind_the_subject,
    "soon is what is awaited": soon_of_what_one_chooses,
    "an ailment is of one body": lambda row: bool(re.search(r"\b([Ww]e|[Tt]hey) (have|had) a \w+ache", row.en)),
    "of several people each has one": each_has_one,
    "a sibling's elders are ours": a_siblings_elders,
    "fresh food was bought lately": fresh_food_of_last_month,
    "what must still be done is no news": lambda row: bool(
        re.search(r"야 (하|되)네(요)? ?\.$", " ".join(row.surfaces))
    ),
    "no word twice": lambda row: any(
        a == b and a.isalpha() and a not in ("had", "that") for a, b in itertools.pairwise(row.target)
    ),
    "one spelling": lambda row: bool({"email", "emails"} & set(row.target)),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_no_sentence_breaks_the_rule(rule):
    broken = [f"{' '.join(row.surfaces)} | {row.en}" for row in every_row() if RULES[rule](row)]
    assert not broken, f"{len(broken)} sentences: {broken[:5]}"


# What each rule is about, as a sentence that breaks it.
BREAKS = {
    "가서 where the next act is at the goal": ("시장+에 가+고 사과+를 사+고", "I go to the market and buy apples"),
    "잘하다 is one word": ("영어+를 잘 하+아", "I speak English well"),
    "물어보다 is one word": ("값+을 물어=묻+어 보+고", "I ask the price"),
    "꽃구경 is one word": ("꽃 구경+을 가+고", "I see the flowers"),
    "말씀 of elders": ("선생님+의 말+을 듣+고", "I listen to the teacher"),
    "드시다, not 먹으시다": ("밥+을 먹+으시+고", "You eat rice"),
    "fish and meat are cooked, not made": ("생선+을 만들+고", "I make fish"),
    "racket sports are 치다": ("테니스+를 하+고", "I play tennis"),
    "meals at their time": ("저녁+에 점심+을 먹+고", "I had lunch yesterday evening"),
    "a birthday today is today": ("오늘+이 생일", "It was her birthday today, so I sang yesterday"),
    "very windy, not windy a lot": ("바람+이 불+고", "It was windy a lot"),
    "adverbs stand by their verb": ("책+을 읽+고", "I read the book that Minji bought quietly"),
    "a shared subject takes the topic particle": ("오빠+가 오+면 자+고", "If my brother comes, he'll sleep"),
    "서울에서 출발하다 is to leave from Seoul": ("서울+에서 출발+하+고", "I leave Seoul"),
    "a noun keeps its particle before 안 and 못": ("공부 못 하+고", "I can't study"),
    "nobody showers, runs or mails 빨리": ("샤워+를 빨리 하+고", "I take a shower quickly"),
    "tickets are 예매하다": ("기차표+를 예약+하+고", "I book a ticket"),
    "questions of what both know": ("언제 가방+을 사+고", "When did you buy a bag?"),
    "a quoted question says who was asked": ("친구+가 빵+을 사+았+냐고 묻+고", "My friend asked if I had bought bread"),
    "매우 is not for friends": ("매우 행복+하+아", "I'm very happy"),
    "a circumstance stands before the subject": ("삼촌+은 파도+가 높+았지만 배+를 타+고", "He took a boat although"),
    "soon is what is awaited": ("곧 가+자", "Let's go soon"),
    "an ailment is of one body": ("배+가 아프+고", "We have a stomachache"),
    "of several people each has one": ("우산+을 잃어버리+고", "The children lost their umbrella"),
    "a sibling's elders are ours": ("누나+는 오+고", "My older sister called her grandfather"),
    "fresh food was bought lately": ("포도+를 씻+고", "I washed the grapes that Sumi bought last month"),
    "what must still be done is no news": ("가야=가+아야 하+네 .", "She has to go"),
    "no word twice": ("추로스", "The the churros were delicious"),
    "one spelling": ("이메일", "an email"),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_finds_what_breaks_it(rule):
    ko, en = BREAKS[rule]
    assert RULES[rule](parse(f"{ko}\t{en}\t\thome"))
