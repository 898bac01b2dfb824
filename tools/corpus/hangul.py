"""Hangul syllables taken apart and put together (Unicode 15, section 3.12).

A syllable block is 0xAC00 + (onset * 21 + vowel) * 28 + coda, with coda 0 for none.
"""

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")


def is_syllable(char: str) -> bool:
    """Whether `char` is one precomposed Hangul syllable."""
    return "가" <= char <= "힣"


def split(syllable: str) -> tuple[str, str, str]:
    """(onset, vowel, coda) of one syllable; the coda is "" when there is none."""
    if not is_syllable(syllable):
        raise ValueError(f"expected one Hangul syllable, got {syllable!r}")
    index = ord(syllable) - 0xAC00
    return ONSETS[index // 588], VOWELS[index // 28 % 21], CODAS[index % 28]


def compose(onset: str, vowel: str, coda: str = "") -> str:
    """The inverse of `split`."""
    return chr(0xAC00 + (ONSETS.index(onset) * 21 + VOWELS.index(vowel)) * 28 + CODAS.index(coda))


def coda(text: str) -> str:
    """The coda of the last syllable, "" if it is open.

    A digit counts as it is read in Sino-Korean (삼, 육, ...), a Latin letter is refused.
    """
    if not text:
        raise ValueError("expected at least one character, got an empty string")
    last = text[-1]
    if last.isdigit():
        return CODAS_OF_DIGITS[int(last)]
    return split(last)[2]


CODAS_OF_DIGITS = ("ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", "")  # 영 일 이 삼 사 오 육 칠 팔 구


def with_coda(text: str, new_coda: str) -> str:
    """`text` with the coda of its last syllable replaced."""
    onset, vowel, _ = split(text[-1])
    return text[:-1] + compose(onset, vowel, new_coda)
