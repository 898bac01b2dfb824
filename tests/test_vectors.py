"""Words with their vectors: look-up, neighbours and analogies by word, vectors files, the vectors that are shipped."""

import gzip
import hashlib
import math
import unicodedata

import pytest
import torch

from course_lib.bundled import data_folder, read_analogies, read_word_pairs
from course_lib.datasets import load
from course_lib.embeddings import analogy
from course_lib.statistics import spearman
from course_lib.text import Vocab
from course_lib.vectors import Vectors, align_vectors, analogy_accuracy, parse_vectors, read_vectors, write_vectors

# --- vectors files ------------------------------------------------------------------------------------------


def _write(path, content):
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


VECTORS = "the 0.5 -1.25 3e-2\n고양이 1 2 3\n. . . -0.0 .5 7\n"


def test_parse_vectors_reads_the_plain_form_as_the_file_is_read(tmp_path):
    lines = ["cat 0.1 -0.2 3\n", "고양이 1.5 2e-3 -4.0\n", "2026 0 1 -1"]
    words, weight = parse_vectors(lines)
    assert words == ["cat", "고양이", "2026"]
    assert weight.dtype == torch.float32
    torch.testing.assert_close(weight, torch.tensor([[0.1, -0.2, 3], [1.5, 2e-3, -4], [0, 1, -1]]))
    by_file = read_vectors(_write(tmp_path / "v.vec", "".join(lines)))
    assert by_file.tokens == words
    assert by_file.weight.equal(weight)


@pytest.mark.parametrize("name", ["v.vec", "v.txt.gz"])
@pytest.mark.parametrize("content", [VECTORS, "3 3\n" + VECTORS, VECTORS.replace("\n", " \n"), "\ufeff" + VECTORS])
def test_read_vectors(tmp_path, name, content):
    vectors = read_vectors(_write(tmp_path / name, content))
    assert vectors.tokens == ["the", "고양이", ". . ."]
    assert vectors.index == {"the": 0, "고양이": 1, ". . .": 2}
    torch.testing.assert_close(vectors.weight, torch.tensor([[0.5, -1.25, 0.03], [1, 2, 3], [0, 0.5, 7]]))


def test_read_vectors_whose_first_word_holds_spaces(tmp_path):
    vectors = read_vectors(_write(tmp_path / "v.vec", ". . . 1 2\n2 3 4\n"))
    assert vectors.tokens == [". . .", "2"]
    assert vectors.weight.tolist() == [[1, 2], [3, 4]]


def test_read_only_some_vectors(tmp_path):
    path = _write(tmp_path / "v.vec", VECTORS)
    assert read_vectors(path, keep={"고양이", "dog"}).tokens == ["고양이"]
    assert read_vectors(path, keep=Vocab(["the", "고양이"])).tokens == ["the", "고양이"]
    nothing = read_vectors(path, keep=())
    assert nothing.tokens == []
    assert nothing.weight.shape == (0, 3)


def test_read_vectors_equals_torchtext(tmp_path):
    vocab_of = pytest.importorskip("torchtext.vocab", reason="the oracle is torchtext")
    generator = torch.Generator().manual_seed(0)
    vectors = Vectors([f"단어{i}" for i in range(30)], torch.randn(30, 7, generator=generator))
    path = tmp_path / "v.vec"
    write_vectors(path, vectors, decimals=6)
    oracle = vocab_of.Vectors("v.vec", cache=str(tmp_path))
    again = read_vectors(path)
    assert again.tokens == oracle.itos
    assert again.weight.equal(oracle.vectors)
    assert again["단어3"].equal(oracle["단어3"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"v\.vec is empty: expected one line 'token value value \.\.\.' per word"),
        ("2 3\n", r"v\.vec is empty"),
        ("cat 1 2\ndog 1\n", r"v\.vec, line 2: expected 2 values after the token, got 1"),
        ("cat 1 2\ndog 1 2 3\n", r"v\.vec, line 2: expected 2 values after the token, got 3"),
        ("cat 1 2\n\ndog 1 2\n", r"v\.vec, line 2: expected 2 values after the token, got 0"),
        ("cat 1 2\ndog 1 x\n", r"v\.vec, line 2: expected 2 numbers after 'dog', got 'x'"),
        ("cat\n", r"v\.vec, line 1: expected 'token value value \.\.\.', got 'cat'"),
        ("cat sat on\n", r"v\.vec, line 1: expected 'token value value"),
        ("cat 1 2\ndog 1 2\ncat 3 4\n", r"v\.vec, line 3: 'cat' occurs a second time; the first is in line 1"),
        ("cat 1 2\ndog 1 nan\n", r"v\.vec, line 2: expected finite numbers after 'dog', got nan or inf"),
        ("cat 1 2\ndog -inf 2\n", r"v\.vec, line 2: expected finite numbers after 'dog'"),
        ("cat 1 2\ndog 1e99 2\n", r"v\.vec, line 2: expected finite numbers after 'dog'"),
        ("2 3\ncat 1 2\ndog 1 2\n", r"v\.vec, line 2: expected 3 values after the token, got 2"),
        (b"cat 1 2\nd\xffg 1 2\n", r"v\.vec, line 2: expected UTF-8"),
    ],
)
def test_read_vectors_refuses_broken_files(tmp_path, content, message):
    with pytest.raises(ValueError, match=message):
        read_vectors(_write(tmp_path / "v.vec", content))


def test_read_vectors_of_a_missing_file(tmp_path):
    _write(tmp_path / "glove.txt", VECTORS)
    with pytest.raises(FileNotFoundError, match=r"no file .*glov\.txt; .* holds glove\.txt"):
        read_vectors(tmp_path / "glov.txt")


@pytest.mark.parametrize("name", ["v.vec", "v.vec.gz"])
def test_written_vectors_come_back(tmp_path, name):
    vectors = Vectors(["a", "나", ". . .", "7:30", "1"], torch.randn(5, 3))
    write_vectors(tmp_path / name, vectors)
    again = read_vectors(tmp_path / name)
    assert again.tokens == vectors.tokens
    torch.testing.assert_close(again.weight, vectors.weight, atol=0.5e-4, rtol=0)


def test_written_form(tmp_path):
    write_vectors(tmp_path / "v.vec", Vectors(["a", "b"], torch.tensor([[1, -0.5], [2, 0.123]])), decimals=2)
    assert (tmp_path / "v.vec").read_text(encoding="utf-8") == "a 1.00 -0.50\nb 2.00 0.12\n"


@pytest.mark.parametrize("token", ["", " a", "a ", "a\nb", "room 5"])
def test_words_that_the_format_cannot_hold(tmp_path, token):
    with pytest.raises(ValueError, match="cannot hold the word"):
        write_vectors(tmp_path / "v.vec", Vectors([token], torch.zeros(1, 2)))
    assert list(tmp_path.iterdir()) == []


def test_vectors_to_write_are_finite(tmp_path):
    with pytest.raises(ValueError, match="finite vectors"):
        write_vectors(tmp_path / "v.vec", Vectors(["a"], torch.tensor([[math.nan]])))


def test_vectors_look_up_by_word():
    vectors = Vectors(["cat", "dog"], torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
    assert len(vectors) == 2
    assert "cat" in vectors
    assert "cow" not in vectors
    assert vectors["dog"].tolist() == [3, 4]
    assert repr(vectors) == "Vectors(V=2, E=2)"
    with pytest.raises(KeyError, match="no vector for 'catt'; there is 'cat'"):
        vectors["catt"]
    with pytest.raises(ValueError, match="word 'a' occurs twice"):
        Vectors(["a", "b", "a"], torch.zeros(3, 2))
    with pytest.raises(ValueError, match=r"expected weight \(1, E\), got shape \(2, 2\)"):
        Vectors(["a"], torch.zeros(2, 2))


def test_align_vectors():
    vocab = Vocab(["b", "x", "a"])
    vectors = Vectors(["a", "b", "c", "<pad>", "<eos>"], torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0]]))
    weight, found = align_vectors(vocab, vectors, generator=torch.Generator().manual_seed(0))
    assert found.tolist() == [False, False, False, True, True, False, True]
    assert weight[found].tolist() == [[5], [2], [1]]
    assert weight[0].item() == 0
    assert (weight[[1, 2, 5]].abs() > 0).all()
    again, _ = align_vectors(vocab, vectors, generator=torch.Generator().manual_seed(0))
    assert weight.equal(again)
    assert vectors.weight.flatten().tolist() == [1, 2, 3, 4, 5]


def test_align_vectors_draws_the_others_small():
    vocab = Vocab([f"w{i}" for i in range(2000)])
    weight, found = align_vectors(vocab, Vectors(["a"], torch.ones(1, 20)), std=0.1)
    assert not found.any()
    assert weight[1:].std().item() == pytest.approx(0.1, rel=0.05)


# --- neighbours and analogies -------------------------------------------------------------------------------

# Two axes, "royal" and "female"; the lengths differ, which must not matter.
PEOPLE = Vectors(
    ["man", "woman", "king", "queen", "stone"],
    torch.tensor([[0.0, -1, 1], [0, 1, 1], [5, -5, 5], [0.3, 0.3, 0.3], [0, 0, -1]]),
)


def test_neighbours_by_word():
    (word, value), *rest = PEOPLE.neighbours("king", 4)
    assert word == "man"
    assert value == pytest.approx(2 / 6**0.5)
    assert "king" not in [word for word, _ in rest]
    values = [value, *(value for _, value in rest)]
    assert values == sorted(values, reverse=True)
    assert rest[-1] == ("stone", pytest.approx(-1 / 3**0.5))


@pytest.mark.parametrize("scale", [1e-15, 1.0, 1e15])
def test_the_cosine_does_not_depend_on_length(scale):
    vectors = Vectors(PEOPLE.tokens, scale * PEOPLE.weight)
    assert vectors.neighbours("king", 1) == [("man", pytest.approx(2 / 6**0.5))]


def test_the_cosine_with_a_zero_vector_is_zero():
    vectors = Vectors(["a", "b", "c"], torch.tensor([[1.0, 0], [0, 0], [-1, 0]]))
    assert vectors.neighbours("a", 2) == [("b", 0), ("c", pytest.approx(-1))]
    assert vectors.neighbours("b", 2) in ([("a", 0), ("c", 0)], [("c", 0), ("a", 0)])


@pytest.mark.parametrize("k", [0, 5])
def test_as_many_neighbours_as_there_are_other_words(k):
    with pytest.raises(ValueError, match=f"k must be from 1 to 4, for 5 words, got {k}"):
        PEOPLE.neighbours("king", k)
    with pytest.raises(KeyError, match="no vector for 'kin'; there is 'king'"):
        PEOPLE.neighbours("kin")


def test_analogy_by_word():
    assert PEOPLE.analogy("man", "woman", "king") == "queen"
    assert PEOPLE.analogy("woman", "man", "queen") == "king"
    with pytest.raises(KeyError, match="no vector for 'prince'"):
        PEOPLE.analogy("man", "woman", "prince")
    with pytest.raises(ValueError, match="expected a word besides 'a', 'b' and 'c' to answer with, got none"):
        Vectors(["a", "b", "c"], torch.eye(3)).analogy("a", "b", "c")


def test_analogy_accuracy():
    right = ("man", "woman", "king", "queen")
    wrong = ("man", "woman", "king", "stone")
    unknown = ("man", "woman", "prince", "princess")
    assert analogy_accuracy(PEOPLE, [right]) == 1
    assert analogy_accuracy(PEOPLE, [right, wrong]) == 0.5
    assert analogy_accuracy(PEOPLE, [right, wrong, unknown, (*right, "category")]) == 0.5
    assert analogy_accuracy(PEOPLE, [unknown]) == 0
    with pytest.raises(ValueError, match="at least one question"):
        analogy_accuracy(PEOPLE, [])


def test_analogy_accuracy_equals_single_questions():
    generator = torch.Generator().manual_seed(0)
    vectors = Vectors([f"w{i}" for i in range(12)], torch.randn(12, 3, generator=generator))
    rows = [torch.randperm(12, generator=generator)[:3].tolist() for _ in range(40)]
    answers = [analogy(vectors.weight, *row) for row in rows]
    questions = [
        [f"w{i}" for i in (*row, (d + (n % 4 == 0)) % 12)] for n, (row, d) in enumerate(zip(rows, answers, strict=True))
    ]
    assert analogy_accuracy(vectors, questions) == 0.75


# --- the shipped vectors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "side"), [("en", "target"), ("ko", "source")])
def test_shipped_vectors(language, side):
    path = data_folder() / "vectors" / f"ko-en.{language}.vec"
    vectors = read_vectors(path)
    assert vectors.weight.shape == (len(vectors), 50)
    words = {token for pair in load("ko-en", "train") for token in getattr(pair, side)}
    assert set(vectors.tokens) == words, "every word of the training split and no other: run tools/train_vectors.py"
    assert analogy_accuracy(vectors, read_analogies(language)) >= 0.5
    pairs = read_word_pairs(language)
    cosines = [torch.cosine_similarity(vectors[pair.a], vectors[pair.b], dim=0).item() for pair in pairs]
    assert spearman(cosines, [pair.score for pair in pairs]) > 0.4
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in readme
    assert path.stat().st_size < 1_000_000


# --- files as others write them -----------------------------------------------------------------------------


@pytest.mark.parametrize("promised", [1, 3])
def test_another_number_of_words_than_promised_is_told(tmp_path, promised):
    (tmp_path / "v.vec").write_text(f"{promised} 2\ncat 1 2\ndog 3 4\n", encoding="utf-8")
    with pytest.warns(UserWarning, match=f"promises {promised} words, got 2"):
        found = read_vectors(tmp_path / "v.vec")
    assert found.tokens == ["cat", "dog"]


def test_a_word_that_ends_in_a_number_where_the_first_line_says_how_many(tmp_path):
    (tmp_path / "v.vec").write_text("2 3\nR$ 10 1 2 3\nthe 4 5 6\n", encoding="utf-8")
    assert read_vectors(tmp_path / "v.vec").tokens == ["R$ 10", "the"]


def test_tabs_between_word_and_values(tmp_path):
    (tmp_path / "v.vec").write_text("the\t0.5 1\nof\t2\t3\n", encoding="utf-8")
    found = read_vectors(tmp_path / "v.vec")
    assert found.tokens == ["the", "of"]
    assert found.weight.tolist() == [[0.5, 1], [2, 3]]


def test_a_line_without_a_word(tmp_path):
    (tmp_path / "v.vec").write_text("the 1 2\n 3 4\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2: expected a word before its 2 values, got none"):
        read_vectors(tmp_path / "v.vec")


def test_a_line_that_is_no_utf8_is_passed_over_where_words_are_chosen(tmp_path):
    (tmp_path / "v.vec").write_bytes("사과 1 2\n".encode() + b"\xed\x95 3 4\n" + "배 5 6\n".encode())
    assert read_vectors(tmp_path / "v.vec", keep={"사과", "배"}).tokens == ["사과", "배"]
    with pytest.raises(ValueError, match="line 2: expected UTF-8"):
        read_vectors(tmp_path / "v.vec")


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
def test_hangul_is_found_composed_and_decomposed(stored, asked):
    words = [unicodedata.normalize(stored, word) for word in ("사과", "배", "감")]
    vectors = Vectors(words, torch.eye(3))
    word = unicodedata.normalize(asked, "배")
    assert word in vectors
    assert vectors[word].tolist() == [0, 1, 0]
    assert len(vectors.neighbours(word, 2)) == 2
