"""Hangul syllables taken apart and put together."""

import pytest

from tools.corpus.hangul import coda, compose, split


def test_syllables():
    assert split("값") == ("ㄱ", "ㅏ", "ㅄ")
    assert compose("ㅎ", "ㅐ", "ㅆ") == "했"
    assert coda("7") == "ㄹ"
    assert all(compose(*split(chr(code))) == chr(code) for code in range(0xAC00, 0xD7A4))


def test_refusals():
    with pytest.raises(ValueError, match="expected one Hangul syllable, got 'a'"):
        split("a")
    with pytest.raises(ValueError, match="expected at least one character, got an empty string"):
        coda("")
