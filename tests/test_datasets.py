"""Sentence pairs from the bundled corpus and from the user's own files."""

import gzip

import pytest

from course_lib.datasets import (
    Pair,
    load,
    load_files,
    load_folder,
    load_tsv,
)


def write(path, content):
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


# --- line-aligned files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_load_files(tmp_path, ending, line_end, mark):
    de = write(tmp_path / f"a.de{ending}", mark + f"Ein Hund.{line_end}Zwei  Hunde!{line_end}")
    en = write(tmp_path / f"a.en{ending}", mark + f"A dog.{line_end} Don't!")
    expected = [
        Pair(["ein", "hund", "."], ["a", "dog", "."], "Ein Hund.", "A dog."),
        Pair(["zwei", "hunde", "!"], ["do", "n't", "!"], "Zwei  Hunde!", "Don't!"),
    ]
    assert load_files(de, en) == expected
    corpus = load((de, en), source="de", target="en")
    assert corpus.train == expected
    assert repr(corpus) == "ParallelCorpus(de -> en: train 2)"


def test_tokenizers_can_be_chosen(tmp_path):
    de, en = write(tmp_path / "a.de", "Ein Hund.\n"), write(tmp_path / "a.en", "A dog.\n")
    pair = load_files(de, en, source_tokenizer="whitespace", target_tokenizer=list)[0]
    assert pair.source == ["Ein", "Hund."]
    assert pair.target == list("A dog.")
    assert load((de, en), source_tokenizer="whitespace").train[0].source == ["Ein", "Hund."]
    with pytest.raises(ValueError, match="no tokenizer 'spacy': there is 'english', 'basic_english', 'whitespace'"):
        load_files(de, en, source_tokenizer="spacy")


def test_unequal_line_counts_are_both_named(tmp_path):
    de, en = write(tmp_path / "a.de", "a\nb\nc\n"), write(tmp_path / "a.en.gz", "a\nb\n")
    with pytest.raises(ValueError, match=r"as many lines on both sides, got 3 in .*a\.de and 2 in .*a\.en\.gz"):
        load_files(de, en)


def test_empty_files(tmp_path):
    de, en = write(tmp_path / "a.de", ""), write(tmp_path / "a.en", "")
    with pytest.raises(ValueError, match=r"a\.de and .*a\.en are empty: expected one sentence per line"):
        load_files(de, en)


@pytest.mark.parametrize(
    ("de", "en", "side"),
    [("a\n\nc\n", "a\nb\nc\n", "the source side"), ("a\nb\nc\n", "a\n \t\nc\n", "the target side"),
     ("a\n\nc\n", "a\n\nc\n", "both sides")],
)  # fmt: skip
def test_a_sentence_without_a_counterpart(tmp_path, de, en, side):
    paths = write(tmp_path / "a.de", de), write(tmp_path / "a.en", en)
    with pytest.raises(
        ValueError, match=rf"line 2 of .*a\.de and .*a\.en: the sentence is empty on {side}; empty='skip'"
    ):
        load_files(*paths)
    assert [pair.target_text for pair in load_files(*paths, empty="skip")] == ["a", "c"]
    with pytest.raises(ValueError, match="empty must be 'raise' or 'skip', got 'ignore'"):
        load_files(*paths, empty="ignore")


def test_nothing_but_empty_sentences(tmp_path):
    paths = write(tmp_path / "a.de", "\n\n"), write(tmp_path / "a.en", "a\nb\n")
    with pytest.raises(ValueError, match="expected at least one pair, got 2 with an empty side"):
        load_files(*paths, empty="skip")


def test_other_encodings_and_missing_files(tmp_path):
    en = write(tmp_path / "a.en", "a\nb\n")
    with pytest.raises(ValueError, match=r"a\.de, line 2: expected UTF-8"):
        load_files(write(tmp_path / "a.de", b"a\nb\xfcrger\n"), en)
    with pytest.raises(FileNotFoundError, match=r"no file .*a\.fr; .* holds a\.en, a\.de|holds a\.de, a\.en"):
        load_files(tmp_path / "a.fr", en)


# --- tables -------------------------------------------------------------------------------------------------

TABLE = 'id\tko\ten\tnote\n1\t안녕.\t"Hi," she said.\tx\n2\t고마워.\tThanks.\t\n'
TABLE_PAIRS = [
    Pair(["안녕", "."], ['"', "hi", ",", '"', "she", "said", "."], "안녕.", '"Hi," she said.'),
    Pair(["고마워", "."], ["thanks", "."], "고마워.", "Thanks."),
]


@pytest.mark.parametrize("name", ["t.tsv", "t.tsv.gz"])
def test_load_tsv_by_name(tmp_path, name):
    path = write(tmp_path / name, TABLE)
    assert load_tsv(path, ("ko", "en")) == TABLE_PAIRS
    assert load_tsv(path, ("en", "ko")) == [pair.reversed() for pair in TABLE_PAIRS]
    corpus = load(path, source="ko", target="en")
    assert corpus.train == TABLE_PAIRS
    assert (corpus.source, corpus.target) == ("ko", "en")


def test_load_tsv_by_number(tmp_path):
    headless = TABLE.split("\n", 1)[1]
    path = write(tmp_path / "t.tsv", headless.replace("\n", "\r\n"))
    assert load_tsv(path, (1, 2)) == TABLE_PAIRS
    assert load(path, source=1, target=2).train == TABLE_PAIRS
    assert load_tsv(write(tmp_path / "h.tsv", TABLE), (1, "en")) == TABLE_PAIRS
    assert load_tsv(tmp_path / "h.tsv", (1, 2), header=True) == TABLE_PAIRS
    two = write(tmp_path / "two.tsv", "Hi.\t안녕.\tCC-BY 2.0\n")
    assert load_tsv(two)[0].source_text == "Hi."
    assert load(two).train[0].target_text == "안녕."


@pytest.mark.parametrize(
    ("content", "columns", "message"),
    [
        ("", (0, 1), r"t\.tsv is empty: expected one pair per line"),
        ("", ("ko", "en"), r"t\.tsv is empty: expected a header line and one pair per line"),
        ("ko\ten\n", ("ko", "en"), r"t\.tsv is empty: expected one pair per line"),
        ("a\tb\nc\n", (0, 1), r"t\.tsv, line 2: expected at least 2 columns separated by tabs, got 1"),
        ("ko\ten\na\tb\nc\n", ("ko", "en"), r"t\.tsv, line 3: expected at least 2 columns"),
        ("a\tb\n", (0, 3), r"t\.tsv, line 1: expected at least 4 columns separated by tabs, got 2"),
        ("kor\teng\na\tb\n", ("ko", "eng"), r"t\.tsv, line 1: expected a column 'ko', got 'kor', 'eng'"),
        ("a\tb\nc\t \n", (0, 1), r"t\.tsv, line 2: the sentence is empty on the target side"),
        ("a\tb\n\nc\td\n", (0, 1), r"t\.tsv, line 2: the sentence is empty on both sides"),
        (b"a\tb\nc\t\xe9\n", (0, 1), r"t\.tsv, line 2: expected UTF-8"),
        ("a\tb\n", (0, -1), r"columns are numbered from 0, got -1"),
        ("a\tb\n", (0, 1, 2), r"columns must be \(source, target\), got \(0, 1, 2\)"),
    ],
)
def test_load_tsv_refuses_broken_tables(tmp_path, content, columns, message):
    with pytest.raises(ValueError, match=message):
        load_tsv(write(tmp_path / "t.tsv", content), columns)


def test_load_tsv_skips_empty_sentences_if_asked(tmp_path):
    path = write(tmp_path / "t.tsv", "a\tb\n\nc\t\n\td\ne\tf\n\n")
    assert [pair.source_text for pair in load_tsv(path, empty="skip")] == ["a", "e"]
    assert len(load(path, empty="skip").train) == 2


def test_names_need_a_header(tmp_path):
    with pytest.raises(ValueError, match="column 'ko' is a name, but header=False"):
        load_tsv(write(tmp_path / "t.tsv", TABLE), ("ko", 1), header=False)


# --- folders ------------------------------------------------------------------------------------------------


def test_load_folder(tmp_path):
    for stem, ending in (("train", ".gz"), ("val", ""), ("test_2016_flickr", ".gz"), ("long", "")):
        write(tmp_path / f"{stem}.de{ending}", f"{stem}\n")
        write(tmp_path / f"{stem}.en{ending}", f"{stem}\n")
    write(tmp_path / "README.md", "of no concern")
    corpus = load(tmp_path, source="de", target="en")
    assert list(corpus) == ["train", "validation", "test", "long"]
    assert [corpus[name][0].source_text for name in corpus] == ["train", "val", "test_2016_flickr", "long"]
    assert corpus["val"] is corpus["dev"] is corpus.validation
    assert load(tmp_path, "test", source="de", target="en") == corpus.test
    assert load_folder(tmp_path, "en", "de").source == "en"
    assert "val" in corpus
    assert "novel" not in corpus
    assert len(corpus) == 4
    assert repr(corpus) == "ParallelCorpus(de -> en: train 1, validation 1, test 1, long 1)"


def test_a_home_folder_and_a_list_of_two(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write(tmp_path / "pairs.tsv", "a\tb\n")
    assert len(load("~/pairs.tsv")["train"]) == 1
    files = [write(tmp_path / name, "a\nb\n") for name in ("a.de", "a.en")]
    assert load(files)["train"] == load(tuple(files))["train"]
    with pytest.raises(ValueError, match="a pair of files is two, source and target, got 1"):
        load(files[:1])


def test_several_test_sets_keep_their_names(tmp_path):
    for stem in ("train", "test_2016", "test_2017", "test_coco"):
        write(tmp_path / f"{stem}.de", "x\n")
        write(tmp_path / f"{stem}.en", "x\n")
    assert list(load_folder(tmp_path, "de", "en")) == ["train", "test_2016", "test_2017", "test_coco"]
    for side in ("de", "en"):
        write(tmp_path / f"test.{side}", "the one\n")
        write(tmp_path / f"val.{side}", "the one\n")
        write(tmp_path / f"val_b.{side}", "the other\n")
    corpus = load_folder(tmp_path, "de", "en")
    assert list(corpus) == ["train", "validation", "test", "test_2016", "test_2017", "test_coco", "val_b"]
    assert corpus.validation[0].source_text == "the one"
    assert corpus.test[0].source_text == "the one"


def test_folders_that_do_not_hold_pairs(tmp_path):
    with pytest.raises(ValueError, match="is a folder: say which files, for example source='de', target='en'"):
        load(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"holds no file that ends in \.de or \.de\.gz, but nothing"):
        load(tmp_path, source="de", target="en")
    write(tmp_path / "train.en", "x\n")
    with pytest.raises(FileNotFoundError, match=r"holds no file that ends in \.de or \.de\.gz, but train\.en"):
        load(tmp_path, source="de", target="en")
    write(tmp_path / "val.de", "x\n")
    with pytest.raises(FileNotFoundError, match=r"holds train\.en but no train\.de"):
        load(tmp_path, source="de", target="en")
    with pytest.raises(FileNotFoundError, match="no folder"):
        load_folder(tmp_path / "nowhere", "de", "en")


def test_a_corpus_that_is_not_there_and_a_split_that_is_not_there(tmp_path):
    write(tmp_path / "pairs.tsv", "a\tb\n")
    with pytest.raises(
        FileNotFoundError, match=r"no corpus '.*pair\.tsv': not bundled \('ko-en'\), .* holds pairs\.tsv"
    ):
        load(tmp_path / "pair.tsv")
    with pytest.raises(ValueError, match="no split 'test': there is 'train'"):
        load(tmp_path / "pairs.tsv", "test")


# --- folders as others pack them ----------------------------------------------------------------------------


def folder_of(root, **files):
    for name, text in files.items():
        (root / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return root


def test_hidden_files_are_no_splits(tmp_path):
    folder_of(tmp_path, train__de="a\n", train__en="b\n")
    (tmp_path / "._train.de").write_bytes(b"\x00\x05\xb0\x80")
    (tmp_path / "._train.en").write_bytes(b"\x00\x05\xb0\x80")
    assert list(load(tmp_path, source="de", target="en")) == ["train"]


def test_one_split_needs_no_other_file(tmp_path):
    folder_of(tmp_path, train__vi="a\nb\n", train__en="a\nb\n", vocab__vi="x\n", vocab__en="x\ny\n", notes__en="z\n")
    assert len(load(tmp_path, "train", source="vi", target="en")) == 2
    with pytest.raises(ValueError, match="no split 'test'"):
        load(tmp_path, "test", source="vi", target="en")
    with pytest.raises((ValueError, FileNotFoundError), match=r"vocab|notes"):
        load(tmp_path, source="vi", target="en")


def test_a_split_may_stand_inside_the_name(tmp_path):
    folder_of(tmp_path, **{f"jhe-koen-{name}__{end}": "a\n" for name in ("train", "dev") for end in ("ko", "en")})
    assert list(load(tmp_path, source="ko", target="en")) == ["train", "validation"]
    folder_of(tmp_path, **{f"other-dev__{end}": "a\n" for end in ("ko", "en")})
    assert "validation" not in load(tmp_path, source="ko", target="en"), "which one is it?"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_table_with_any_line_ends(tmp_path, end):
    (tmp_path / "t.txt").write_bytes(end.join(["Go.\t가.", "Hi.\t안녕.", "Run!\t뛰어!", ""]).encode())
    assert [pair.source_text for pair in load(tmp_path / "t.txt").train] == ["Go.", "Hi.", "Run!"]


def test_a_carriage_return_inside_a_line_ends_nothing(tmp_path):
    (tmp_path / "t.txt").write_bytes(b"a\rb\tc\nd\te\n")
    assert len(load(tmp_path / "t.txt").train) == 2
