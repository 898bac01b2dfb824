"""Korean: allomorphs, and the joiner that fuses them."""

import itertools
import re
from collections import Counter

import pytest

from tests.corpus.sentence_pairs import every_row, rows
from tools.corpus.lexicon.nouns import ALL_NOUNS
from tools.corpus.lexicon.people import KIN, NAMES
from tools.corpus.morphology import Morph, eojeol, join, morph, particle

AFTER_CONSONANT = {"은": "은", "이": "이", "을": "을", "과": "과", "으로": "으로", "이랑": "이랑"}
AFTER_VOWEL = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이랑": "랑"}


def final_consonant(word: str) -> bool:
    """Whether the last syllable is closed, worked out from its code point, without the library's tables."""
    return (ord(word[-1]) - 0xAC00) % 28 != 0


def ends_in_rieul(word: str) -> bool:
    return (ord(word[-1]) - 0xAC00) % 28 == 8


WORDS = sorted({noun.head for noun in ALL_NOUNS} | {person.ko.split("+")[-1] for person in KIN + NAMES})


@pytest.mark.parametrize("form", AFTER_CONSONANT)
def test_particles_after_every_noun(form):
    for word in WORDS:
        expected = AFTER_CONSONANT[form] if final_consonant(word) else AFTER_VOWEL[form]
        if form == "으로" and ends_in_rieul(word):
            expected = "로"
        assert particle(form, word) == expected, word
        assert eojeol(word, f"+{form}").forms[-1] == expected


def test_particles_in_every_sentence():
    """In the data: 을 은 과 이랑 after consonants, 를 는 와 랑 after vowels, 로 after vowels and ㄹ."""
    seen = Counter()
    stems = {"ㄴ", "은", "는"}
    for row in every_row():
        for morphs in row.eojeols:
            for before, form in itertools.pairwise(morphs):
                closed = final_consonant(before) if "가" <= before[-1] <= "힣" else None
                if closed is None:
                    continue
                if form in ("을", "과", "이랑", "으로"):
                    assert closed, morphs
                elif form in ("를", "와", "랑"):
                    assert not closed, morphs
                elif form == "로":
                    assert not closed or ends_in_rieul(before), morphs
                elif form == "가" and morphs[-1] == "가":
                    assert not closed, morphs
                elif form == "은" and before not in stems:
                    assert closed, morphs
                elif form in ("에요", "예요"):
                    assert before in ("이", "아니") if form == "에요" else not closed, morphs
                seen[form] += 1
    assert all(
        seen[form] >= 20 for form in ("은", "는", "이", "가", "을", "를", "으로", "로", "과", "와", "이랑", "랑")
    )
    assert all(seen[form] >= 20 for form in ("에요", "예요"))


SURFACES = """
사 ~았 ~아요 = 샀어요
받 ~았 ~아요 = 받았어요
공부 하 ~았 ~아요 = 공부했어요
하 ~아서 = 해서
하 ~아야 = 해야
오 ~았 ~아요 = 왔어요
보 ~았 (스)ㅂ니다 = 봤습니다
주 ~아요 = 줘요
마시 ~았 ~아요 = 마셨어요
배우 ~아요 = 배워요
되 ~아요 = 돼요
되 ~았 ~아요 = 됐어요
가 ~았 ~아 = 갔어
서 ~아요 = 서요
보내 ~았 ~아요 = 보냈어요
켜 ~아요 = 켜요
쉬 ~았 ~아요 = 쉬었어요
피 ~았 ~아요 = 피었어요
쓰 ~아요 = 써요
바쁘 ~아요 = 바빠요
예쁘 ~았 ~아요 = 예뻤어요
아프 ~아서 = 아파서
크 ~아요 = 커요
만들 ~았 (스)ㅂ니다 = 만들었습니다
모르 ~아요 = 몰라요
부르 ~았 ~아요 = 불렀어요
빠르 ~아요 = 빨라요
자르 ~아 = 잘라
춥 ~아요 = 추워요
춥 (으)ㄴ = 추운
춥 (으)면 = 추우면
춥 (으)니까 = 추우니까
어둡 ~아서 = 어두워서
돕 ~았 ~아요 = 도왔어요
돕 (으)ㄹ = 도울
입 ~았 ~아요 = 입었어요
듣 ~았 ~아요 = 들었어요
듣 (으)면서 = 들으면서
듣 는 = 듣는
걷 (으)세요 = 걸으세요
닫 ~아요 = 닫아요
낫 ~았 ~아요 = 나았어요
낫 (으)면 = 나으면
씻 ~아요 = 씻어요
살 ~아요 = 살아요
살 는 = 사는
살 (으)ㄴ = 산
살 (으)ㄹ = 살
살 (스)ㅂ니다 = 삽니다
살 (으)세요 = 사세요
살 (으)면 = 살면
만들 (으)ㅂ시다 = 만듭시다
만들 (으)니까 = 만드니까
만들 (으)려고 = 만들려고
먹 (으)ㅂ시다 = 먹읍시다
가 (으)ㄹ까요 = 갈까요
먹 (으)ㄹ까요 = 먹을까요
먹 ~았 (으)ㄹ = 먹었을
오 (으)시 ~았 ~아요 = 오셨어요
오 (으)시 (스)ㅂ니다 = 오십니다
하 (으)시 (으)ㅂ시오 = 하십시오
읽 (으)시 (으)ㄹ = 읽으실
드시 ~아요 = 드세요
계시 ~았 ~아요 = 계셨어요
마시 ~아요 = 마셔요
학생 이 ~아요 = 학생이에요
의사 이 ~아요 = 의사예요
의사 이 ~았 ~아요 = 의사였어요
학생 이 ~았 ~아요 = 학생이었어요
의사 이 ~아서 = 의사라서
학생 이 ~아 = 학생이야
의사 이 (으)세요 = 의사세요
거 이 ~아요 = 거예요
거 이 (스)ㅂ니다 = 겁니다
아니 ~아요 = 아니에요
빨갛 (으)ㄴ = 빨간
하얗 ~아요 = 하얘요
말 (으)세요 = 마세요
말 ~아 = 마
맛있 는 = 맛있는
길 (으)ㄴ = 긴
싶 ~아 = 싶어
저 +이 = 제가
누구 +이 = 누가
뭐 +ㄹ = 뭘
서울 +으로 = 서울로
집 +으로 = 집으로
것 +이 = 게
"""


@pytest.mark.parametrize("line", SURFACES.strip().splitlines())
def test_joiner(line):
    forms, _, expected = line.partition(" = ")
    assert eojeol(*forms.split()).surface == expected


def test_joiner_gives_allomorphs_and_starts():
    past = eojeol("춥", "~았", "~아요")
    assert past.forms == ("춥", "었", "어요")
    assert past.surface == "추웠어요"
    assert past.starts == (0, 1, 2)
    assert eojeol("사", "~았", "~아요").starts == (0, 0, 1)
    assert eojeol("하", "~았", "~아요").forms == ("하", "였", "어요")
    assert eojeol("의사", "이", "~아요").forms == ("의사", "예요")


def test_joiner_keeps_the_links_of_a_copula_that_is_lost():
    joined = join([Morph("의사", links=frozenset({1})), Morph("이", links=frozenset({2})), morph("~아요")])
    assert joined.links == (frozenset({1}), frozenset({2}))


def test_joiner_refuses():
    with pytest.raises(ValueError, match="expected at least one morpheme, got none"):
        join([])
    with pytest.raises(ValueError, match="expected a stem before the ending '~아요'"):
        join([morph("~아요")])


def test_surfaces_of_the_data_come_out_of_the_joiner():
    """Every surface that isn't a plain concatenation differs from it in what fusion can change."""
    for row in rows("test"):
        for surface, morphs in zip(row.surfaces, row.eojeols, strict=True):
            assert re.fullmatch(r"[가-힣0-9]+[.?,]?", surface), surface
            assert len(surface) <= sum(len(m) for m in morphs)
