"""The bundled corpus: its grammar, its splits, its alignments, and that it is what the generator gives."""

import hashlib
import itertools
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from course_lib.text import tokenize_english

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.corpus import english, morphology  # noqa: E402
from tools.corpus.__main__ import files  # noqa: E402
from tools.corpus.frames import BY_KEY, FRAMES, TOPICS  # noqa: E402
from tools.corpus.generate import relations  # noqa: E402
from tools.corpus.hangul import coda, compose, split  # noqa: E402
from tools.corpus.lexicon import ALL_NOUNS, KIN, NAMES  # noqa: E402
from tools.corpus.morphology import Morph, eojeol, join, particle  # noqa: E402
from tools.corpus.trees import En, fill, finish, template  # noqa: E402

DATA = ROOT / "data"
SIZES = {"train": 20_000, "validation": 1_000, "test": 1_000, "long": 500, "novel": 500}


class Row(NamedTuple):
    """A line of the corpus, taken apart."""

    ko: str
    en: str
    surfaces: tuple[str, ...]
    eojeols: tuple[tuple[str, ...], ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    links: tuple[tuple[int, int], ...]
    topic: str


def parse(line: str) -> Row:
    ko, en, alignment, topic = line.split("\t")
    surfaces, eojeols = [], []
    for word in ko.split(" "):
        surface, equals, joined = word.rpartition("=")
        morphs = tuple(joined.split("+"))
        assert all(morphs), word
        assert not equals or surface != "".join(morphs), f"{word}: the surface is needless"
        surfaces.append(surface or "".join(morphs))
        eojeols.append(morphs)
    source = tuple(m for e in eojeols for m in e)
    links = tuple(tuple(map(int, pair.split("-"))) for pair in alignment.split(" "))
    return Row(ko, en, tuple(surfaces), tuple(eojeols), source, tuple(tokenize_english(en)), links, topic)


@cache
def rows(name: str) -> list[Row]:
    lines = (DATA / "ko-en" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "ko\ten\talignment\ttopic"
    return [parse(line) for line in lines[1:]]


def every_row() -> list[Row]:
    return [row for name in SIZES for row in rows(name)]


# --- the splits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_sizes(name, size):
    assert len(rows(name)) == size


def test_bytes():
    folder = DATA / "ko-en"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 6_000_000
    for path in folder.glob("*.tsv"):
        assert b"\r" not in path.read_bytes(), path


def test_no_sentence_occurs_in_two_splits():
    for part in (lambda row: row.source, lambda row: row.en):
        seen: dict[object, str] = {}
        for name in SIZES:
            for value in {part(row) for row in rows(name)}:
                assert value not in seen, f"{value} in {seen[value]} and in {name}"
                seen[value] = name
    for name in SIZES:
        assert len({row.source for row in rows(name)}) == len(rows(name))


def test_lengths():
    longest = max(len(row.source) for row in rows("train"))
    assert longest <= 24
    assert min(len(row.source) for row in rows("long")) > longest
    for row in every_row():
        assert 3 <= len(row.source) <= 40, row.ko
        assert 3 <= len(row.target) <= 40, row.en
    lengths = [len(row.source) for row in rows("train")]
    assert 11.5 <= sum(lengths) / len(lengths) <= 13.5


@pytest.mark.parametrize("name", ["validation", "test"])
@pytest.mark.parametrize(("low", "high"), [(3, 7), (8, 15), (16, 23)])
def test_every_length_is_well_represented(name, low, high):
    assert sum(low <= len(row.source) <= high for row in rows(name)) >= 100


def test_vocabulary():
    for side in ("source", "target"):
        counts = Counter(token for row in rows("train") for token in getattr(row, side))
        assert sum(n >= 15 for n in counts.values()) >= 600
        assert min(counts.values()) >= 15, counts.most_common()[-1]
        for name in ("validation", "test", "long", "novel"):
            strangers = {token for row in rows(name) for token in getattr(row, side)} - set(counts)
            assert not strangers, f"{name} has words that train lacks: {sorted(strangers)}"


def test_topics():
    counts = Counter(row.topic for row in rows("train"))
    assert set(counts) == set(TOPICS)
    assert min(counts.values()) >= 1_500


def test_no_topic_hangs_on_one_word():
    """The best single word finds less than half of its topic's sentences."""
    topics = Counter(row.topic for row in rows("train"))
    pairs = Counter((token, row.topic) for row in rows("train") for token in set(row.source))
    totals = Counter(token for row in rows("train") for token in set(row.source))
    for (token, topic), n in pairs.items():
        if n / totals[token] > 0.9:
            assert n / topics[topic] < 0.5, (token, topic)


# --- novel ----------------------------------------------------------------------------------------------------


def test_novel_pairs_are_new_and_their_words_are_not():
    """Each holds an object and its verb, or an adjective and its noun, that no train sentence holds both of."""
    where: dict[str, set[int]] = {}
    for index, row in enumerate(rows("train")):
        for token in set(row.source):
            where.setdefault(token, set()).add(index)
    kinds = set()
    for row in rows("novel"):
        new = [pair for pair in relations(row.source) if not where[pair[0]] & where[pair[1]]]
        assert new, row.ko
        assert all(len(where[word]) >= 15 for pair in new for word in pair)
        kinds.update(new)
    assert len(kinds) >= 40


def test_relations():
    assert relations(("사과", "를", "씻", "었", "어요")) == [("사과", "씻")]
    assert relations(("크", "ㄴ", "가방", "을", "사", "았")) == [("가방", "크"), ("가방", "사")]
    assert relations(("의사", "는", "병원", "에서")) == []


# --- Korean ---------------------------------------------------------------------------------------------------

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
    joined = join([Morph("의사", links=frozenset({1})), Morph("이", links=frozenset({2})), morphology.morph("~아요")])
    assert joined.links == (frozenset({1}), frozenset({2}))


def test_joiner_refuses():
    with pytest.raises(ValueError, match="expected at least one morpheme, got none"):
        join([])
    with pytest.raises(ValueError, match="expected a stem before the ending '~아요'"):
        join([morphology.morph("~아요")])
    with pytest.raises(ValueError, match="expected one Hangul syllable, got 'a'"):
        split("a")


def test_syllables():
    assert split("값") == ("ㄱ", "ㅏ", "ㅄ")
    assert compose("ㅎ", "ㅐ", "ㅆ") == "했"
    assert coda("7") == "ㄹ"
    assert all(compose(*split(chr(code))) == chr(code) for code in range(0xAC00, 0xD7A4))


def test_surfaces_of_the_data_come_out_of_the_joiner():
    """Every surface that isn't a plain concatenation differs from it in what fusion can change."""
    for row in rows("test"):
        for surface, morphs in zip(row.surfaces, row.eojeols, strict=True):
            assert re.fullmatch(r"[가-힣0-9]+[.?,]?", surface), surface
            assert len(surface) <= sum(len(m) for m in morphs)


# --- English --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "cases"),
    [
        (english.plural, "book books box boxes city cities boy boys child children leaf leaves tomato tomatoes"),
        (english.third_person, "go goes buzz buzzes carry carries play plays have has be is watch watches"),
        (english.gerund, "make making swim swimming lie lying see seeing visit visiting study studying put putting"),
        (english.past, "stop stopped carry carried play played bake baked visit visited go went withdraw withdrew"),
        (english.participle, "eat eaten ride ridden swim swum plant planted be been"),
        (english.indefinite, "apple an hour an uniform a university a dress a umbrella an"),
        (english.compare, "big bigger wet wetter busy busier nice nicer quiet quieter easy easier"),
    ],
)
def test_inflection(function, cases):
    words = cases.split()
    for word, expected in zip(words[::2], words[1::2], strict=True):
        assert function(word) == expected


def test_comparison_of_long_words():
    assert english.compare("expensive") == "more expensive"
    assert english.compare("beautiful", 1) == "most beautiful"
    assert english.compare("good", 1) == "best"


def test_detokenize():
    tokens = ["It", "'s", "cold", ",", "so", "I", "do", "n't", "run", "."]
    assert english.detokenize(tokens) == "It's cold, so I don't run."


def test_english_text_gives_its_own_tokens():
    for row in every_row():
        assert row.en[0].isupper() or row.en[0].isdigit(), row.en
        assert row.en[-1] in ".?", row.en
        assert row.target[-1] == row.en[-1]
        assert "  " not in row.en
        assert not re.search(r"\bi\b", row.en), row.en


def test_a_and_an():
    for row in every_row():
        for article, word in re.findall(r"\b([Aa]n?) ([\w-]+)", row.en):
            if word.lower() not in ("hour", "uniform", "university"):
                assert (article.lower() == "an") == (word[0].lower() in "aeiou"), row.en


def test_agreement():
    wrong = re.compile(
        r"\b(?:[Hh]e|[Ss]he|[Ii]t) (?:are|were|have|do|don't|go)\b|\bI (?:is|are|has|does|were)\b|"
        r"\b(?:[Ww]e|[Tt]hey|[Yy]ou) (?:is|was|has|does|am)\b|\b(?:these|those) \w+ (?:is|was)\b|\bthis \w+s are\b"
    )
    for row in every_row():
        statement = row.en
        if match := wrong.search(statement):
            before = statement[: match.start()].split()
            auxiliaries = ("did", "does", "do", "will", "can", "could")
            assert before, statement
            assert before[-1].lower() in auxiliaries, statement


# --- alignment ------------------------------------------------------------------------------------------------


def test_links_are_inside_and_sorted():
    for row in every_row():
        assert list(row.links) == sorted(set(row.links)), row.ko
        for i, j in row.links:
            assert 0 <= i < len(row.source), row.ko
            assert 0 <= j < len(row.target), row.en


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words without a counterpart of their own on the other side, at least at times.
ENGLISH_FUNCTION = word_set("""
    a an the i you he she it we they me them him her his my your our their its of to for in on at from with by and
    there is are was were be am 's 'm 're do does did some any , that who up put let as
""")
KOREAN_FUNCTION = word_set("""
    은 는 이 가 을 를 에 에서 의 와 과 도 께 께서 에게 한테 로 으로 시 으시 들 ㄴ ㄹ 고 지 기 어 아 여 하 , 보 씨 만
    라고 다고 것 어요 아요 여요 에요 예요 야 세요 으세요 ㅂ니다 습니다 ㅂ니까 습니까 네요 네 었 았 였 어서 아서 여서
    라서 으니까 니까 게 주 ㄹ까요 을까요 ㄹ까 을까
""")


def test_every_content_word_is_linked():
    for row in every_row():
        sources, targets = {i for i, _ in row.links}, {j for _, j in row.links}
        for i, token in enumerate(row.source):
            assert i in sources or token in KOREAN_FUNCTION, f"{token} in {row.ko} - {row.en}"
        for j, token in enumerate(row.target):
            assert j in targets or token in ENGLISH_FUNCTION, f"{token} in {row.en} - {row.ko}"


def test_punctuation_is_linked():
    for row in every_row():
        assert (len(row.source) - 1, len(row.target) - 1) in row.links, row.ko


def test_alignments_are_many_to_many_and_reordered():
    one_to_many = many_to_one = crossing = 0
    for row in rows("test"):
        left, right = Counter(i for i, _ in row.links), Counter(j for _, j in row.links)
        one_to_many += max(left.values()) > 1
        many_to_one += max(right.values()) > 1
        pairs = row.links[:-1]
        crossing += any(a < c and b > d for a, b in pairs for c, d in pairs)
    assert one_to_many >= 300
    assert many_to_one >= 700
    assert crossing >= 800


def test_an_alignment_by_hand():
    row = next(
        row
        for row in every_row()
        if has("시장", "에서")(row) and {"저", "어제"} <= set(row.source) and {"yesterday", "market"} <= set(row.target)
    )
    links = {(row.source[i], row.target[j]) for i, j in row.links}
    assert {("저", "i"), ("어제", "yesterday"), ("시장", "market"), ("에서", "at")} <= links
    assert not any(source == "는" for source, _ in links)


def test_a_tree_by_hand():
    """감기에 걸렸어요 - caught a cold: the noun and the verb go their own ways, the particle and the article none."""
    numbers = itertools.count(1)
    node = fill(template("감기1+에 걸리2", "catch2 a cold1"), {}, lambda: next(numbers))
    node.ko[-1] += [morphology.morph("~았"), morphology.morph("~아요"), Morph(".", links=frozenset({99}))]
    node.en.append(En(".", frozenset({99})))
    pair = finish(node, "health")
    assert pair.ko == "감기+에 걸렸어요.=걸리+었+어요+."
    assert pair.en == "Catch a cold."
    assert pair.alignment == "0-2 2-0 5-3"


def test_default_links_of_a_template():
    node = fill(template("배+이 고프", "be hungry"), {}, itertools.count(1).__next__)
    assert [bool(m.links) for e in node.ko for m in e] == [True, False, True]
    assert [token.text for token in node.en if token.links] == ["hungry"]


# --- the phenomena that make the pair hard --------------------------------------------------------------------


def has(*morphs: str):
    """Whether these morphemes stand side by side, asked of a row."""

    def stand_there(row: Row) -> bool:
        n = len(morphs)
        return any(row.source[i : i + n] == morphs for i in range(len(row.source) - n + 1))

    return stand_there


def any_of(*tests):
    return lambda row: any(test(row) for test in tests)


def english_has(*words: str):
    return lambda row: any(word in row.target for word in words)


def both(*tests):
    return lambda row: all(test(row) for test in tests)


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
    "prohibition": (has("지", "말"), 60),
    "yes-no question": (lambda row: row.source[-1] == "?" and row.target[0] in AUXILIARIES, 600),
    "question with 누구": (has("누구"), 60),
    "question with 뭐 or 무엇": (any_of(has("뭐"), has("무엇")), 60),
    "question with 어디": (has("어디"), 60),
    "question with 언제": (has("언제"), 60),
    "question with 왜": (has("왜"), 60),
    "해요체": (lambda row: row.source[-2] in ("어요", "아요", "여요", "예요", "에요", "세요"), 6_000),
    "합니다체": (lambda row: row.source[-2] in ("ㅂ니다", "습니다", "ㅂ니까", "습니까"), 2_000),
    "해체": (lambda row: row.source[-2] in ("어", "아", "여", "야", "자", "ㄹ게"), 2_500),
    "honorific 시": (any_of(has("시"), has("으시"), has("세요")), 800),
    "honorific 께서": (has("께서"), 400),
    "honorific verbs": (any_of(has("드시"), has("주무시"), has("계시"), has("드리")), 100),
    "requests": (english_has("please"), 400),
    "suggestions": (any_of(english_has("shall"), both(english_has("let"), english_has("'s"))), 300),
    "counters": (counted, 800),
    "clock times": (any_of(*(has(n, "시") for n in NUMERALS), lambda row: bool(re.search(r"\d:\d\d", row.en))), 200),
    "place and time in reverse order": (place_before_time, 200),
    "고 and": (both(has("고"), english_has("and")), 1_500),
    "지만 but": (both(any_of(has("지만"), has("는데")), english_has("but")), 400),
    "아서 so": (both(any_of(has("아서"), has("어서"), has("여서")), english_has("so", "because")), 800),
    "면 if": (both(any_of(has("면"), has("으면")), english_has("if")), 400),
    "을 때 when": (both(has("때"), english_has("when")), 300),
    "기 전에 before": (both(has("기", "전"), english_has("before")), 300),
    "ㄴ 후에 after": (both(any_of(has("후"), has("다음", "에")), english_has("after")), 300),
    "면서 while": (both(any_of(has("면서"), has("으면서")), english_has("while")), 300),
    "으러 to": (any_of(has("러"), has("으러")), 300),
    "desire": (has("고", "싶"), 300),
    "ability": (any_of(has("수", "있"), has("수", "없")), 80),
    "obligation": (any_of(has("어야"), has("아야"), has("여야")), 200),
    "permission": (any_of(has("어도"), has("아도"), has("여도")), 60),
    "comparison": (both(has("보다"), english_has("than")), 150),
    "be hungry": (has("배", "가", "고프"), 30),
    "oversleep": (both(has("늦잠"), english_has("overslept", "oversleep")), 30),
    "get up": (has("일어나"), 15),
    "catch a cold": (has("감기", "에", "걸리"), 30),
    "copula": (any_of(has("에요"), has("이", "ㅂ니다"), has("이", "야")), 300),
    "reported speech": (both(any_of(has("라고"), has("다고")), english_has("said")), 100),
}  # fmt: skip


@pytest.mark.parametrize("name", PHENOMENA)
def test_phenomenon_is_there(name):
    test, minimum = PHENOMENA[name]
    assert sum(test(row) for row in rows("train")) >= minimum


def test_korean_verbs_are_last():
    final = re.compile(r"([어아여예에세네까게]요|니다|니까|시다|시오|[어아여야자네까게])$")
    for row in every_row():
        assert row.source[-1] in (".", "?")
        assert final.search(row.source[-2]), row.ko


def test_speech_level_is_consistent():
    """Polite endings go with 저 and 제, plain ones with 나, 내 and 너."""
    for row in every_row():
        plain = row.source[-2] in ("어", "아", "여", "야", "자", "ㄹ게", "을게", "ㄹ까", "을까", "네")
        first = {e[0] for e in row.eojeols if e[1:] and e[1] in ("는", "가")}  # 저 alone may be "that"
        possessives = {e[0] for e in row.eojeols if len(e) == 1}
        if plain:
            assert "저" not in first, row.ko
            assert "제" not in possessives, row.ko
            assert "씨" not in row.source, row.ko
        else:
            assert not first & {"나", "너"}, row.ko
            assert "내" not in possessives, row.ko


def test_elders_take_honorifics():
    elders = {"할머니", "할아버지", "아버지", "어머니", "부모님", "선생님"}
    for row in every_row():
        for morphs in row.eojeols:
            if morphs[0] in elders and len(morphs) == 2:
                assert morphs[1] not in ("이", "가", "은", "는", "에게", "한테"), row.ko


# --- the files are what the generator gives -------------------------------------------------------------------


def test_regeneration_gives_the_same_bytes():
    for name, contents in files().items():
        assert (DATA / name).read_bytes() == contents, f"{name} isn't what the grammar gives: make data"


def test_checksums():
    for line in (DATA / "ko-en" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((DATA / "ko-en" / name).read_bytes()).hexdigest() == digest


# --- questions and word pairs ---------------------------------------------------------------------------------


def table(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("language", "side"), [("en", "target"), ("ko", "source")])
def test_analogies(language, side):
    header, *lines = table("analogies.tsv")
    assert header == ["language", "category", "a", "b", "c", "d"]
    questions = [line for line in lines if line[0] == language]
    assert len(questions) >= 60
    assert len({category for _, category, *_ in questions}) >= 5
    assert len({tuple(line) for line in questions}) == len(questions)
    vocabulary = {token for row in rows("train") for token in getattr(row, side)}
    for _, _, *words in questions:
        assert set(words) <= vocabulary, words
        assert len({words[0], words[1], words[2]}) == 3, words


@pytest.mark.parametrize(("language", "side"), [("en", "target"), ("ko", "source")])
def test_word_pairs(language, side):
    header, *lines = table("word-pairs.tsv")
    assert header == ["language", "a", "b", "score"]
    pairs = [line for line in lines if line[0] == language]
    assert len(pairs) >= 60
    assert len({frozenset(pair[1:3]) for pair in pairs}) == len(pairs)
    vocabulary = {token for row in rows("train") for token in getattr(row, side)}
    for _, a, b, score in pairs:
        assert {a, b} <= vocabulary, (a, b)
        assert a != b
        assert 0 <= float(score) <= 10


def test_frames_have_keys_of_their_own():
    assert len(BY_KEY) >= 350
    assert len(FRAMES) - len(BY_KEY) <= 10
