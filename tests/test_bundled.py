"""The data that the course brings: the format of the corpus, analogies, pairs of words."""

import gzip
import re

import pytest

from course_lib.bundled import (
    Analogy,
    WordPair,
    data_folder,
    parse_alignment,
    parse_eojeols,
    read_analogies,
    read_word_pairs,
)
from course_lib.datasets import load


def write(path, content):
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


# --- the bundled corpus -------------------------------------------------------------------------------------

HEADER = "ko\ten\talignment\ttopic\n"
KO = "저+는 어제 시장+에서 사과+를 샀어요.=사+았+어요+."
EN = "I bought apples at the market yesterday."
BUNDLED = f"{HEADER}{KO}\t{EN}\t4-2 0-0 2-6 3-3 6-1 9-7\tshopping\n"


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    for split in ("train", "validation", "test", "long", "novel", "human"):
        write(tmp_path / "ko-en" / f"{split}.tsv", BUNDLED.replace("shopping", split))
    return tmp_path


@pytest.mark.usefixtures("bundled")
def test_bundled_format():
    corpus = load("ko-en")
    assert list(corpus) == ["train", "validation", "test", "long", "novel", "human"]
    pair = corpus.train[0]
    assert pair.source == ["저", "는", "어제", "시장", "에서", "사과", "를", "사", "았", "어요", "."]
    assert pair.source_text == "저는 어제 시장에서 사과를 샀어요."
    assert pair.target == ["i", "bought", "apples", "at", "the", "market", "yesterday", "."]
    assert pair.target_text == EN
    assert pair.alignment == [(0, 0), (2, 6), (3, 3), (4, 2), (6, 1), (9, 7)]
    assert pair.possible == pair.alignment, "no link is possible but not sure"
    assert pair.topic == "train"
    assert pair.references == ()
    assert load().splits == corpus.splits


@pytest.mark.usefixtures("bundled")
def test_bundled_splits_and_directions():
    corpus = load("ko-en")
    assert load("ko-en", "val") == corpus.validation == load("ko-en", split="validation")
    back = load("ko-en", source="en", target="ko")
    assert (back.source, back.target) == ("en", "ko")
    assert back.test == [pair.reversed() for pair in corpus.test]
    assert load("ko-en", "test", source="en", target="ko") == back.test
    there = "'train', 'validation', 'test', 'long', 'novel', 'human'"
    with pytest.raises(ValueError, match=f"no split 'tst': there is {there}"):
        load("ko-en", "tst")
    with pytest.raises(ValueError, match="ko-en goes from ko to en or back, got ko to fr"):
        load("ko-en", target="fr")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"train\.tsv is empty: expected a header line with ko, en, alignment, topic"),
        (BUNDLED.replace("topic", "t"), r"train\.tsv, line 1: expected a column 'topic', got 'ko', 'en'"),
        (BUNDLED + "가\tgo\n", r"train\.tsv, line 3: expected 4 columns, got 2"),
        (BUNDLED.replace("9-7", "9-8"), r"train\.tsv, line 2: alignment link 9-8 points outside a pair of 11 and 8"),
        (BUNDLED.replace("9-7", "11-7"), r"line 2: alignment link 11-7 points outside"),
        (BUNDLED.replace("9-7", "9:7"), r"line 2: expected alignment links 'i-j' or 'i\?j', got '9:7'"),
        (BUNDLED.replace("저+는", "저+"), r"line 2: expected 'morpheme\+\.\.\.' or .*, got '저\+'"),
    ],
)
def test_bundled_files_are_checked(bundled, content, message):
    write(bundled / "ko-en" / "train.tsv", content)
    with pytest.raises(ValueError, match=message):
        load("ko-en", "train")
    assert len(load("ko-en", "test")) == 1, "only the split asked for is read"


def test_a_missing_data_folder_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match=r"no folder .*nowhere: set COURSE_DATA"):
        load("ko-en")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"no file .*train\.tsv: the folder .*ko-en does not exist"):
        load("ko-en")


def test_data_folder_is_that_of_the_repository(monkeypatch):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    assert data_folder().name == "data"
    assert (data_folder().parent / "course_lib" / "datasets.py").is_file()


@pytest.mark.parametrize(
    ("text", "eojeols"),
    [
        (KO, [("저는", ["저", "는"]), ("어제", ["어제"]), ("시장에서", ["시장", "에서"]), ("사과를", ["사과", "를"]),
              ("샀어요.", ["사", "았", "어요", "."])]),
        ("네+.", [("네.", ["네", "."])]),
    ],
)  # fmt: skip
def test_eojeols(text, eojeols):
    assert parse_eojeols(text) == eojeols


@pytest.mark.parametrize("text", ["", "저+", "+는", "저++는", "저는=", "=저+는", "a=b=c", "저+는  어제", " 저"])
def test_broken_eojeols(text):
    with pytest.raises(ValueError, match=r"expected 'morpheme\+\.\.\.' or 'surface=morpheme\+\.\.\.', got "):
        parse_eojeols(text)


@pytest.mark.usefixtures("bundled")
def test_possible_links_no_links_and_further_references(bundled):
    header = HEADER.replace("\n", "\treference\n")
    rows = [f"{KO}\t{EN}\t6?0 6-1 0-0\tshopping\tYesterday I bought apples.", f"{KO}\t{EN}\t\thome\t"]
    write(bundled / "ko-en" / "test.tsv", header + "".join(f"{row}\n" for row in rows))
    first, second = load("ko-en", "test")
    assert first.alignment == [(0, 0), (6, 1)]
    assert first.possible == [(0, 0), (6, 0), (6, 1)]
    assert first.references == (["yesterday", "i", "bought", "apples", "."],)
    assert first.topic == "shopping"
    assert (second.alignment, second.possible, second.references) == (None, None, ()), "nobody drew its links"
    (back, _) = load("ko-en", "test", source="en", target="ko")
    assert (back.alignment, back.possible, back.references) == ([(0, 0), (1, 6)], [(0, 0), (0, 6), (1, 6)], ())


def test_alignment():
    assert parse_alignment("10-2 2-11 2-0", 11, 12) == ([(2, 0), (2, 11), (10, 2)],) * 2
    assert parse_alignment("2-0 0?1 1?1", 3, 2) == ([(2, 0)], [(0, 1), (1, 1), (2, 0)])
    assert parse_alignment("0?1 0-1", 3, 2) == ([(0, 1)], [(0, 1)]), "sure, whatever else is said of it"
    assert parse_alignment("", 1, 1) == ([], [])
    for wrong in ("1", "1-", "a-b", "-1-2", "1-2-3", "1,2", "1?", "1?-2", "1-2?3"):
        with pytest.raises(ValueError, match=re.escape(f"expected alignment links 'i-j' or 'i?j', got '{wrong}'")):
            parse_alignment(f"0-0 {wrong}", 9, 9)
    with pytest.raises(ValueError, match=r"alignment link 3\?0 points outside a pair of 3 and 2 tokens"):
        parse_alignment("3?0", 3, 2)


# --- word tests ---------------------------------------------------------------------------------------------


def test_read_analogies(bundled):
    write(
        bundled / "analogies.tsv",
        "language\tcategory\ta\tb\tc\td\nen\tplural\tcat\tcats\tdog\tdogs\nko\tcity\t서울\t한국\t도쿄\t일본\n",
    )
    assert read_analogies("en") == [Analogy("cat", "cats", "dog", "dogs", "plural")]
    assert read_analogies("ko")[0].d == "일본"
    assert read_analogies("en")[0].category == "plural"


def test_read_word_pairs(bundled, tmp_path):
    path = write(bundled / "word-pairs.tsv", "language\ta\tb\tscore\nen\tcat\tdog\t7.5\nko\t개\t고양이\t7\n")
    assert read_word_pairs("en") == [WordPair("cat", "dog", 7.5)]
    assert read_word_pairs("ko", path) == [WordPair("개", "고양이", 7.0)]
    write(path, "language\ta\tb\tscore\nen\tcat\tdog\thigh\n")
    with pytest.raises(ValueError, match=r"word-pairs\.tsv, line 2: expected a number as score, got 'high'"):
        read_word_pairs("ko")
