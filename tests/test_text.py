"""Tokens and the vocabulary."""

import pytest
import torch

from course_lib import text
from course_lib.text import (
    SPECIALS,
    TOKENIZERS,
    Vocab,
    build_vocab,
    tokenize_basic,
    tokenize_english,
    tokenize_whitespace,
)

NO_TORCHTEXT = "the oracle is torchtext, which this Python has no wheel of"


# --- tokens -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "tokens"),
    [
        ("I bought apples.", "i bought apples ."),
        ("Don't go!", "do n't go !"),
        ("I can't, and she won't.", "i ca n't , and she wo n't ."),
        ("We cannot stay.", "we can not stay ."),
        ("I'm, you're, we've, she'll, they'd, it's", "i 'm , you 're , we 've , she 'll , they 'd , it 's"),
        ("You shouldn't've come.", "you should n't 've come ."),
        ("Minji's friend’s hat", "minji 's friend 's hat"),
        ("my parents' house", "my parents ' house"),
        ("It leaves at 7:30.", "it leaves at 7:30 ."),
        ("At 7 a.m., not 8 p.m.", "at 7 a.m. , not 8 p.m."),
        ("Mr. Kim met Dr. Lee.", "mr. kim met dr. lee ."),
        ("at 7 o'clock", "at 7 o'clock"),
        ("a well-known mother-in-law's car", "a well-known mother-in-law 's car"),
        ("1,000 won or 3.5 percent (the 10th)", "1,000 won or 3.5 percent ( the 10th )"),
        ('He said “yes”... "no"', 'he said " yes " ... " no "'),
        ("so -- what?", "so -- what ?"),
        ("민지는 서울에 왔어요.", "민지는 서울에 왔어요 ."),
        ("Nai\u0308ve cafe\u0301", "naïve café"),  # decomposed accents
        ("", ""),
        (" \t\n", ""),
    ],
)
def test_english_tokens(sentence, tokens):
    assert tokenize_english(sentence) == tokens.split()
    assert tokenize_english(tokens) == tokens.split(), "tokens, joined and split again, are the same"


def test_basic_tokens_equal_torchtext():
    utils = pytest.importorskip("torchtext.data.utils", reason=NO_TORCHTEXT)
    oracle = utils.get_tokenizer("basic_english")
    for sentence in (
        "I don't know: it's \"7:30\", (really)!  Isn't it?",
        "One<br />two; three... ab\"c'd",
        "  ",
        "저는 사과를 샀어요.",
    ):
        assert tokenize_basic(sentence) == oracle(sentence)


def test_basic_tokens_by_hand():
    assert tokenize_basic('It\'s "fine"; no: yes.') == ["it", "'", "s", "fine", "no", "yes", "."]


def test_tokenizers_by_name():
    assert tokenize_whitespace(" a  b.\tC\n") == ["a", "b.", "C"]
    assert {
        "english": tokenize_english,
        "basic_english": tokenize_basic,
        "whitespace": tokenize_whitespace,
    } == TOKENIZERS


# --- the vocabulary -----------------------------------------------------------------------------------------

SENTENCES = [["b", "a", "b"], ["c", "a", "b"], ["d"]]


def test_specials_come_first_with_fixed_ids():
    vocab = Vocab(["x", "y"])
    assert list(SPECIALS) == ["<pad>", "<unk>", "<sos>", "<eos>"]
    assert [text.PAD, text.UNK, text.SOS, text.EOS] == [0, 1, 2, 3]
    assert vocab.tokens == ["<pad>", "<unk>", "<sos>", "<eos>", "x", "y"]
    assert Vocab(vocab.tokens).tokens == vocab.tokens
    assert vocab.stoi == {token: i for i, token in enumerate(vocab.tokens)}
    assert vocab.counts == [0] * 6


def test_build_vocab_by_hand():
    assert build_vocab([["a", "cat"], ["a", "dog"]]) == [*SPECIALS, "a", "cat", "dog"]
    assert build_vocab(iter([("dog", "b"), ("b", "a", "cat", "a")]), 2) == [*SPECIALS, "a", "b"]
    assert build_vocab([], 3) == list(SPECIALS)


def test_build_reads_its_sentences_once():
    assert Vocab.build(iter([iter(row) for row in SENTENCES])) == Vocab.build(SENTENCES)


def test_build_orders_by_frequency_then_alphabet():
    vocab = Vocab.build(SENTENCES)
    assert vocab.tokens[4:] == ["b", "a", "c", "d"]
    assert vocab.counts == [0, 0, 0, 0, 3, 2, 1, 1]
    assert len(vocab) == 8
    assert list(vocab) == vocab.tokens
    assert "a" in vocab
    assert "z" not in vocab


def test_build_leaves_out_rare_tokens_and_counts_them_as_unknown():
    vocab = Vocab.build(SENTENCES, min_freq=2)
    assert vocab.tokens[4:] == ["b", "a"]
    assert vocab.counts == [0, 2, 0, 0, 3, 2]
    vocab = Vocab.build(SENTENCES, max_size=5)
    assert vocab.tokens[4:] == ["b"]
    assert vocab.counts == [0, 4, 0, 0, 3]
    assert sum(vocab.counts) == sum(map(len, SENTENCES))
    assert Vocab.build(SENTENCES, max_size=4).tokens == list(SPECIALS)


def test_build_does_not_repeat_specials_that_the_text_holds():
    vocab = Vocab.build([["<unk>", "a", "<eos>", "<unk>"]])
    assert vocab.tokens == [*SPECIALS, "a"]
    assert vocab.counts == [0, 2, 0, 1, 1]


@pytest.mark.parametrize("options", [{}, {"min_freq": 2}, {"max_size": 9}, {"min_freq": 2, "max_size": 30}])
def test_build_equals_torchtext(options):
    vocab_of = pytest.importorskip("torchtext.vocab", reason=NO_TORCHTEXT)
    generator = torch.Generator().manual_seed(1)
    rows = (torch.randn(200, 8, generator=generator) * 15).int().tolist()
    sentences = [[f"w{abs(i)}" for i in row] for row in rows]
    names = {"max_size": "max_tokens"}
    oracle = vocab_of.build_vocab_from_iterator(
        sentences, specials=list(SPECIALS), **{names.get(k, k): v for k, v in options.items()}
    )
    oracle.set_default_index(oracle["<unk>"])
    vocab = Vocab.build(sentences, **options)
    assert vocab.tokens == oracle.get_itos()
    assert vocab.stoi == oracle.get_stoi()
    tokens = ["w0", "w3", "never seen", "<pad>", "w44"]
    assert vocab.encode(tokens) == oracle(tokens)
    assert [vocab[token] for token in tokens] == oracle.lookup_indices(tokens)
    assert vocab.decode([0, 5, 1, 4], strip_specials=False) == oracle.lookup_tokens([0, 5, 1, 4])


def test_encode_and_decode():
    vocab = Vocab(["a", "b"])
    assert vocab["b"] == 5
    assert vocab["z"] == 1
    assert vocab.encode(["b", "z", "a"]) == [5, 1, 4]
    assert vocab.encode(["b"], sos=True) == [2, 5]
    assert vocab.encode(["b"], eos=True) == [5, 3]
    assert vocab.encode([], sos=True, eos=True) == [2, 3]
    assert vocab.decode([2, 5, 1, 4, 3, 0]) == ["b", "<unk>", "a"]
    assert vocab.decode([2, 5, 0], strip_specials=False) == ["<sos>", "b", "<pad>"]
    assert vocab.decode(torch.tensor([4, 0])) == ["a"]
    assert vocab.decode([]) == []


@pytest.mark.parametrize("wrong", [-1, 6, 100])
def test_decode_names_the_range(wrong):
    with pytest.raises(ValueError, match=f"id {wrong} is outside the vocabulary: ids run from 0 to 5"):
        Vocab(["a", "b"]).decode([4, wrong])


def test_decode_wants_one_row():
    with pytest.raises(ValueError, match=r"one row of ids, got shape \(1, 2\)"):
        Vocab(["a"]).decode(torch.tensor([[4, 4]]))


def test_a_vocabulary_refuses_what_cannot_be_one():
    with pytest.raises(ValueError, match="'a' occurs twice, with ids 4 and 6"):
        Vocab(["a", "b", "a"])
    with pytest.raises(ValueError, match="'<unk>' occurs twice"):
        Vocab(["a", "<unk>"])
    with pytest.raises(ValueError, match="must not be empty"):
        Vocab(["a", ""])
    with pytest.raises(TypeError, match="must be a string, got int 3"):
        Vocab(["a", 3])
    with pytest.raises(ValueError, match="one count per token, 2, got 1"):
        Vocab(["a", "b"], [1])


def test_a_sentence_that_was_not_tokenized_is_refused():
    with pytest.raises(TypeError, match="expects a list of tokens, got the string 'two words'"):
        Vocab(["a"]).encode("two words")
    with pytest.raises(TypeError, match="expects lists of tokens, got the string 'two words'"):
        Vocab.build(["two words"])
    with pytest.raises(TypeError, match="expects a list of tokens, got the string"):
        Vocab("abc")


def test_an_id_is_not_a_token():
    with pytest.raises(TypeError, match=r"expects a string, got 5"):
        Vocab(["a", "b"])[5]


def test_build_refuses_impossible_limits():
    with pytest.raises(ValueError, match="min_freq must be at least 1, got 0"):
        Vocab.build(SENTENCES, min_freq=0)
    with pytest.raises(ValueError, match="must hold the 4 specials, got 3"):
        Vocab.build(SENTENCES, max_size=3)


@pytest.mark.parametrize("name", ["vocab.tsv", "vocab.tsv.gz"])
def test_save_and_load(tmp_path, name):
    vocab = Vocab.build([["사과", "b c", "사과", "\u2028"]], min_freq=1)
    vocab.save(tmp_path / name)
    again = Vocab.load(tmp_path / name)
    assert again == vocab
    assert (again.tokens, again.counts, again.stoi) == (vocab.tokens, vocab.counts, vocab.stoi)
    assert again != Vocab(vocab.tokens), "counts count"
    assert [path.name for path in tmp_path.iterdir()] == [name], "nothing is left beside the file"


def test_saved_form(tmp_path):
    Vocab.build(SENTENCES, min_freq=2).save(tmp_path / "v.tsv")
    lines = ["<pad>\t0", "<unk>\t2", "<sos>\t0", "<eos>\t0", "b\t3", "a\t2"]
    assert (tmp_path / "v.tsv").read_text(encoding="utf-8") == "\n".join(lines) + "\n"


def test_what_cannot_be_saved_leaves_the_old_file(tmp_path):
    path = tmp_path / "v.tsv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="holds a tab or a line break"):
        Vocab(["a\tb"]).save(path)
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<pad>\t0\n<unk>\n", r"v.tsv, line 2: expected 'token<TAB>count', got '<unk>'"),
        ("<pad>\t0\n<unk>\tmany\n", r"v.tsv, line 2: expected 'token<TAB>count'"),
        ("a\t1\n", r"v.tsv: expected the first lines to be \('<pad>'"),
        ("<pad>\t0\n<unk>\t0\n<sos>\t0\n<eos>\t0\na\t1\na\t1\n", r"v.tsv: token 'a' occurs twice"),
        ("", r"v.tsv: expected the first lines to be"),
    ],
)
def test_load_refuses_other_files(tmp_path, content, message):
    path = tmp_path / "v.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        Vocab.load(path)


@pytest.mark.parametrize(
    ("sentence", "tokens"),
    [
        ("यह एक परीक्षा है।", ["यह", "एक", "परीक्षा", "है", "।"]),
        ("İstanbul güzel.", ["i\u0307stanbul", "güzel", "."]),
        ("می\u200cخواهم بروم.", ["می\u200cخواهم", "بروم", "."]),
        ("co\u00adoperate a\u200bb \ufeffc", ["cooperate", "a", "b", "c"]),
        ("cafe\u0301 x\u0302y!", ["café", "x\u0302y", "!"]),
        ("I \u2764\ufe0f tea", ["i", "\u2764\ufe0f", "tea"]),
    ],
)
def test_words_of_other_scripts_stay_whole(sentence, tokens):
    assert tokenize_english(sentence) == tokens
    assert tokenize_english(" ".join(tokens)) == tokens
