"""Byte-pair encoding: what is learned, what is merged, and that nothing is lost."""

import random
import sys
import unicodedata

import pytest
from tokenizers.models import BPE as OtherBPE

from course_lib import fast
from course_lib.bpe import BPE, BYTES, SPACE, apply_merges, learn_merges, merge_pair, pair_counts, pieces
from course_lib.datasets import load
from course_lib.text import SPECIALS

# Sennrich and others 2016, figure 1, without the sign for the end of a word.
WORDS = {"low": 5, "lowest": 2, "newer": 6, "wider": 3}
TEXT = [pair.target_text for pair in load("ko-en", "validation")] + [
    pair.source_text for pair in load("ko-en", "validation")
]


@pytest.fixture(scope="module")
def subwords():
    return BPE.learn(TEXT, 500, learn=fast.learn_merges)


# --- learning -----------------------------------------------------------------------------------------------


def test_pairs_are_counted_as_often_as_their_words():
    counts = pair_counts({("l", "o", "w"): 5, ("l", "o", "l", "o"): 2})
    assert counts == {("l", "o"): 9, ("o", "w"): 5, ("o", "l"): 2}


def test_merges_by_hand():
    """er occurs nine times, then lo seven, of which low is made."""
    merges = learn_merges(WORDS, 6)
    assert merges[:3] == [("e", "r"), ("l", "o"), ("lo", "w")]
    assert merges[3:] == [("e", "w"), ("ew", "er"), ("n", "ewer")]


@pytest.mark.parametrize("learn", [learn_merges, fast.learn_merges])
def test_of_pairs_that_are_as_frequent_the_first_in_the_alphabet(learn):
    assert learn({"zy": 3, "ab": 3, "ya": 2}, 3) == [("a", "b"), ("z", "y"), ("y", "a")]
    assert learn({"ab": 2, "cd": 1}, 3) == [("a", "b")], "a pair that occurs once is not merged"
    assert learn({"aaaa": 1, "a": 5}, 3) == [("a", "a")]
    assert learn({}, 3) == []
    assert learn({"ab": 2}, 0) == []


@pytest.mark.parametrize(
    ("symbols", "merged"),
    [("abab", ["ab", "ab"]), ("aab", ["a", "ab"]), ("ba", ["b", "a"]), ("", []), (["ab", "a", "b"], ["ab", "ab"])],
)
def test_a_pair_is_merged_everywhere(symbols, merged):
    assert merge_pair(symbols, ("a", "b")) == merged


def test_of_three_alike_the_first_two_are_merged():
    assert merge_pair("aaa", ("a", "a")) == ["aa", "a"]
    assert merge_pair("aaaaa", ("a", "a")) == ["aa", "aa", "a"]


def test_the_fast_learner_finds_the_same():
    draw = random.Random(1)
    for alphabet, length in (("ab", 9), ("abcdef", 12), ("가나다", 6)):
        words = {"".join(draw.choices(alphabet, k=draw.randint(1, length))): draw.randint(1, 9) for _ in range(200)}
        merges = learn_merges(words, 150)
        assert len(merges) > 20
        assert fast.learn_merges(words, 150) == merges


# --- applying -----------------------------------------------------------------------------------------------


def test_merges_are_applied_in_the_order_in_which_they_were_learned():
    ranks = {("a", "b"): 1, ("b", "c"): 0, ("a", "bc"): 2}
    assert apply_merges("abc", ranks) == ["abc"]
    assert apply_merges("abab", ranks) == ["ab", "ab"]
    assert apply_merges("cab", ranks) == ["c", "ab"]
    assert apply_merges("", ranks) == []


def test_tokens_are_those_of_another_library(subwords):
    """Whatever word, with the same merges; byte_fallback is its name for bytes instead of an unknown token."""
    ids = {token: i for i, token in enumerate(subwords.vocabulary)}
    other = OtherBPE(ids, subwords.merges, byte_fallback=True, unk_token=None)
    draw = random.Random(2)
    words = {piece.replace(" ", SPACE) for line in TEXT for piece in pieces(line)}
    alphabet = [c for c in subwords.alphabet if c != SPACE] + list("ëß漢😀")
    words |= {"".join(draw.choices(alphabet, k=draw.randint(1, 12))) for _ in range(2000)}
    assert len(words) > 3000
    for word in words:
        ours = list(subwords._tokens(word.replace(SPACE, " ")))
        assert ours == [token.value for token in other.tokenize(word)], word


def test_a_text_is_cut_into_words_numbers_and_signs():
    assert pieces("It's 3 o'clock, Anna_B!") == [" It", "'", "s", " 3", " o", "'", "clock", ",", " Anna", "_", "B", "!"]
    assert pieces("a  b\n") == [" a", " ", " b", "\n"]
    assert pieces("서울에서 왔어요.") == [" 서울에서", " 왔어요", "."]
    accent = unicodedata.normalize("NFD", "Männer für")
    assert pieces(accent) == [unicodedata.normalize("NFD", " Männer"), unicodedata.normalize("NFD", " für")]


# --- nothing is lost ----------------------------------------------------------------------------------------


def strings():
    """Strings of every kind of character, some that people write and many that they don't."""
    draw = random.Random(3)
    kinds = [
        "abc XYZ.,!?'\"_-0123456789 ",
        "가각힣ㄱㅏ 한국어",
        "\u1112\u1161\u11ab",  # 한, taken apart
        " \t\n\r\x0b\x0c\x85\u00a0\u2028\u3000▁",
        "éüß漢字😀👨‍👩‍👧🇰🇷\u0301\u200d\ufeff",
        "<pad><unk><sos><eos><0xE2>",
        "\ud800\udfff\x00",
        "".join(chr(draw.randrange(sys.maxunicode + 1)) for _ in range(500)),
    ]
    for _ in range(2000):
        yield "".join(draw.choice(draw.choice(kinds)) for _ in range(draw.randint(0, 30)))


def test_every_string_comes_back(subwords):
    for text in strings():
        tokens = subwords.encode(text)
        assert subwords.decode(tokens) == text
        assert set(tokens) <= set(subwords.vocabulary)
    for text in ("", " ", "  ", SPACE, f" {SPACE} ", "\n"):
        assert subwords.decode(subwords.encode(text)) == text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_korean_comes_back_in_the_form_in_which_it_was_written(form):
    lines = [unicodedata.normalize(form, line) for line in TEXT]
    subwords = BPE.learn(lines, 100, learn=fast.learn_merges)
    syllables = [token for token in subwords.vocabulary if "가" <= unicodedata.normalize("NFC", token)[-1] <= "힣"]
    assert any(len(token) > 1 for token in syllables)
    other = "NFD" if form == "NFC" else "NFC"
    for line in TEXT[-100:]:
        for text in (unicodedata.normalize(form, line), unicodedata.normalize(other, line)):
            assert subwords.decode(subwords.encode(text)) == text


@pytest.mark.parametrize("text", [*SPECIALS, *BYTES[60:70], " ".join(SPECIALS), "x<pad>y"])
def test_a_special_token_in_a_text_is_text(text):
    subwords = BPE.learn([text] * 50, 200)
    tokens = subwords.encode(text)
    assert not set(SPECIALS) & set(subwords.vocabulary)
    assert not set(SPECIALS) & set(tokens)
    assert not set(BYTES) & set(tokens)
    assert subwords.decode(tokens) == text


def test_bytes_that_are_no_character_are_shown_as_such(subwords):
    assert subwords.decode([f"{SPACE}a", "<0xED>", "<0x95>", "b"]) == "a�b"


# --- the whole ----------------------------------------------------------------------------------------------


def test_the_tokens_of_frequent_words_are_words(subwords):
    assert subwords.encode("I went to the library.")[:4] == ["▁I", "▁went", "▁to", "▁the"]
    assert len(subwords.encode("library")) <= 7
    assert subwords.encode("") == []


def test_rare_characters_are_written_as_bytes():
    subwords = BPE.learn(["aaa é b b"], 5)
    assert subwords.alphabet == sorted(["a", "b", SPACE])
    assert subwords.encode("é") == [SPACE, "<0xC3>", "<0xA9>"]
    assert subwords.vocabulary[:256] == list(BYTES)


def test_nothing_is_learned_of_characters_that_are_no_tokens():
    subwords = BPE.learn(["éa éa aa"], 5, min_count=3)
    assert subwords.alphabet == ["a", SPACE]
    assert subwords.merges == [], "éa occurs twice, but é is written as bytes"
    assert BPE.learn([SPACE * 4] * 10, 5).merges == [], "in a text it is no space"


def test_the_same_merges_and_alphabet_give_the_same_tokens(subwords):
    again = BPE(subwords.merges, subwords.alphabet)
    assert again.vocabulary == subwords.vocabulary
    assert [again.encode(line) for line in TEXT[:50]] == [subwords.encode(line) for line in TEXT[:50]]
    assert repr(again) == f"BPE(500 merges, {len(again.alphabet)} characters, {len(again.vocabulary)} tokens)"


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="merge must be of two tokens that are there before it, got 'a' and 'c'"):
        BPE([("a", "b"), ("a", "c")], "ab")
    with pytest.raises(ValueError, match="alphabet must be single characters, got 'ab'"):
        BPE([], ["ab"])
    with pytest.raises(ValueError, match="expected a number of merges, at least 0, got -1"):
        BPE.learn(["text"], -1)
