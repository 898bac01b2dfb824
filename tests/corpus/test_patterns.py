"""The phenomena that make the pair of languages hard are there, in sufficient number."""

import itertools
import re

import pytest

from tests.corpus.sentence_pairs import Row, any_of, both, english_has, has, has_one, made_rows, rows
from tools.corpus.generate import relations

COUNTERS = ("개", "마리", "권", "잔", "병", "장", "송이", "조각", "켤레", "벌", "그릇")
NUMERALS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
AUXILIARIES = ("do", "did", "does", "are", "is", "can", "will")


def relative_clause(row: Row) -> bool:
    """어제 산 책 - the book I bought yesterday: a verb that has not come to the object's side yet."""
    verbs = ("사", "만들", "빌리", "살", "오", "만나", "고르", "심", "하")
    before = any(a in verbs and b in ("ㄴ", "은", "는") for a, b in itertools.pairwise(row.source))
    return before and bool({"who", "that", "bought", "met", "made", "from", "chose", "planted"} & set(row.target))


def place_before_time(row: Row) -> bool:
    """어제 시장에서 - at the market yesterday."""
    if not {"어제", "에서"} <= set(row.source) or not {"at", "yesterday"} <= set(row.target):
        return False
    return row.source.index("어제") < row.source.index("에서") and row.target.index("at") < row.target.index(
        "yesterday"
    )


def counted(row: Row) -> bool:
    """고양이 세 마리."""
    return any(a in NUMERALS and b in COUNTERS for a, b in itertools.pairwise(row.source))


PHENOMENA = {
    "object before verb": (lambda row: bool(relations(row.source)), 5_000),
    "relative clause before the noun": (relative_clause, 600),
    "dropped subject": (
        lambda row: "i" in row.target and row.target.index("i") not in {j for _, j in row.links},
        3_000,
    ),
    "past": (any_of(has("었"), has("았"), has("였")), 6_000),
    "future with 을 거": (any_of(has("ㄹ", "거"), has("을", "거")), 1_000),
    "future with 겠": (has("겠"), 30),
    "progressive": (any_of(has("고", "있"), has("고", "계시")), 500),
    "negation with 안": (lambda row: has("안")(row) and not has("안", "에")(row), 300),
    "negation with 지 않": (has("지", "않"), 300),
    "negation with 못": (has("못"), 300),
    "prohibition": (has("지", "말"), 30),
    "yes-no question": (lambda row: row.source[-1] == "?" and row.target[0] in AUXILIARIES, 600),
    "question with 누구": (has("누구"), 60),
    "question with 뭐 or 무엇": (any_of(has("뭐"), has("무엇")), 60),
    "question with 어디": (has("어디"), 60),
    "question with 언제": (has("언제"), 45),
    "question with 왜": (has("왜"), 50),
    "해요체": (lambda row: row.source[-2] in ("어요", "아요", "여요", "예요", "에요", "세요"), 6_000),
    "합니다체": (lambda row: row.source[-2] in ("ㅂ니다", "습니다", "ㅂ니까", "습니까"), 2_000),
    "해체": (lambda row: row.source[-2] in ("어", "아", "여", "야", "자", "ㄹ게"), 2_500),
    "honorific 시": (any_of(has("시"), has("으시"), has("세요")), 800),
    "honorific 께서": (has("께서"), 400),
    "honorific verbs": (any_of(has("드시"), has("주무시"), has("계시"), has("드리")), 100),
    "requests": (english_has("please"), 400),
    "suggestions": (any_of(english_has("shall"), both(english_has("let"), english_has("'s"))), 300),
    "counters": (counted, 700),
    "clock times": (any_of(*(has(n, "시") for n in NUMERALS), lambda row: bool(re.search(r"\d:\d\d", row.en))), 200),
    "place and time in reverse order": (place_before_time, 40),
    "고 and": (both(has("고"), english_has("and")), 1_000),
    "지만 but": (both(any_of(has("지만"), has("는데")), english_has("but")), 400),
    "아서 so": (both(any_of(has("아서"), has("어서"), has("여서")), english_has("so", "because")), 800),
    "면 if, when": (both(any_of(has("면"), has("으면")), english_has("if", "when")), 350),
    "을 때 when": (both(has("때"), english_has("when")), 300),
    "기 전에 before": (both(has("기", "전"), english_has("before")), 300),
    "ㄴ 후에 after": (both(any_of(has("후"), has("다음", "에")), english_has("after")), 230),
    "면서 while": (both(any_of(has("면서"), has("으면서")), english_has("while")), 300),
    "으러 to": (any_of(has("러"), has("으러")), 300),
    "desire": (has("고", "싶"), 300),
    "ability": (any_of(has("수", "있"), has("수", "없")), 30),
    "obligation": (any_of(has("어야"), has("아야"), has("여야")), 200),
    "permission": (any_of(has("어도"), has("아도"), has("여도")), 60),
    "comparison": (both(has("보다"), english_has("than")), 150),
    "be hungry": (has("배", "가", "고프"), 30),
    "oversleep": (both(has("늦잠"), english_has("overslept", "oversleep")), 30),
    "get up": (has("일어나"), 15),
    "catch a cold": (has("감기", "에", "걸리"), 30),
    "잖아": (has_one("잖아", "잖아요"), 60),
    "네요": (has_one("네", "네요"), 100),
    "quoted order": (both(has_one("라고", "으라고"), english_has("told")), 60),
    "quoted suggestion": (both(has_one("자고"), english_has("suggested")), 60),
    "quoted question": (both(has_one("냐고"), english_has("asked")), 60),
    "they": (english_has("they"), 400),
    "he and she": (english_has("he", "she"), 2_000),
    "our and their": (english_has("our", "their"), 220),
    "you": (english_has("you"), 800),
    "copula": (any_of(has("에요"), has("이", "ㅂ니다"), has("이", "야")), 300),
    "reported speech": (both(any_of(has("라고"), has("다고")), english_has("said")), 100),
}  # fmt: skip


@pytest.mark.parametrize("name", PHENOMENA)
def test_phenomenon_is_there(name):
    test, minimum = PHENOMENA[name]
    assert sum(test(row) for row in rows("train")) >= minimum


def test_korean_verbs_are_last():
    final = re.compile(r"([어아여예에세네까게]요|니다|니까|시다|시오|[어아여야자네까게지대죠]|[대잖]아?요|잖아)$")
    for row in made_rows():
        assert row.source[-1] in (".", "?")
        assert final.search(row.source[-2]), row.ko


def test_speech_level_is_consistent():
    """Polite endings go with 저 and 제, plain ones with 나, 내 and 너."""
    for row in made_rows():
        plain = row.source[-2] in (
            "어",
            "아",
            "여",
            "야",
            "자",
            "ㄹ게",
            "을게",
            "ㄹ까",
            "을까",
            "네",
            "대",
            "지",
            "잖아",
        )
        first = {e[0] for e in row.eojeols if e[1:] and e[1] in ("는", "가")}  # 저 alone may be "that"
        possessives = {e[0] for e in row.eojeols if len(e) == 1}
        if plain:
            assert "저" not in first, row.ko
            assert "제" not in possessives, row.ko
            assert "씨" not in row.source or "seeds" in row.target, row.ko
        else:
            assert not first & {"나", "너"}, row.ko
            assert "내" not in possessives, row.ko


def test_elders_take_honorifics():
    elders = {"할머니", "할아버지", "아버지", "어머니", "부모님", "선생님"}
    for row in made_rows():
        for morphs in row.eojeols:
            if morphs[0] in elders and len(morphs) == 2:
                assert morphs[1] not in ("이", "가", "은", "는", "에게", "한테"), row.ko
