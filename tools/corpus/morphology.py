"""Korean morphology: from a sequence of morphemes to the eojeol that people write.

Morphemes come in their abstract form and leave as allomorphs:

    particles   은 이 을 과 으로 이랑 이나 ...       chosen by the final consonant of what stands before
    endings     (으)면 (으)ㄴ (으)ㄹ ...             with or without 으
                ~아요 ~았 ~아서 ...                  아, 어 or 여, by vowel harmony
                (스)ㅂ니다                           습니다 or ㅂ니다
                고 지만 는 ...                       as they are

`join` resolves them from left to right and fuses them (사 + 았 + 어요 -> 샀어요). Stems that change their form
are listed in `STEM_CLASS`; what each class does is in Sohn, The Korean Language (1999), chapter 9.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .hangul import coda, compose, is_syllable, split, with_coda
from .tables import word_set

Links = frozenset[int]  # numbers of leaves: what carries the same number on both sides is aligned

# particle -> (form after a consonant, form after a vowel); 으로 is the exception: 로 after ㄹ as well
PARTICLES = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이랑": ("이랑", "랑"),
    "이나": ("이나", "나"),
}

# Particles that have one form only.
PLAIN_PARTICLES = word_set("에 에서 에게 께 께서 한테 도 만 의 부터 까지 보다 마다 처럼 하고 밖에 들 씨 쯤 씩")

STEM_CLASS = {
    **dict.fromkeys(
        word_set(
            "춥 덥 맵 쉽 어렵 무겁 가볍 가깝 고맙 즐겁 귀엽 아름답 무섭 시끄럽 더럽 외롭 새롭 반갑 눕 줍 돕 굽 "
            "싱겁 차갑 뜨겁 두껍 부드럽 미끄럽 어둡"
        ),
        "ㅂ",
    ),
    **dict.fromkeys(["듣", "걷", "묻", "싣", "깨닫"], "ㄷ"),
    **dict.fromkeys(["낫", "짓", "붓", "잇"], "ㅅ"),
    **dict.fromkeys(
        word_set("모르 빠르 부르 고르 자르 다르 흐르 누르 오르 기르 거르 서두르 마르 배부르"),
        "르",
    ),
    **dict.fromkeys(["빨갛", "파랗", "노랗", "하얗", "까맣", "어떻", "그렇", "이렇"], "ㅎ"),
    "이": "copula",
    "아니": "copula",
}

HONORIFIC_STEMS = frozenset(("시", "드시", "계시", "주무시"))  # with 어요 they give 세요, not 셔요
UNCONTRACTED = frozenset(("피", "뛰", "쉬", "비"))  # 피었다, not 폈다
HARMONIC_B = frozenset(("돕", "곱"))  # the only ㅂ stems that give 와

_COPULA = {"~아요": "에요", "~아": "야", "~아서": "라서", "~아도": "라도", "~았": "었"}
_COPULA_LOST = {
    "~아요": "예요",
    "~아": "야",
    "~아서": "라서",
    "(으)세요": "세요",
    **{form: form for form in ("라고", "죠", "지", "네요", "네", "잖아요", "잖아")},
}  # after a vowel: 의사 + 이 + 에요 -> 의사 + 예요
_CONTRACTED_EOJEOLS = {  # fixed contractions of whole eojeols: (first, second) -> (surface, start of the second)
    ("저", "가"): ("제가", 1),
    ("나", "가"): ("내가", 1),
    ("너", "가"): ("네가", 1),
    ("누구", "가"): ("누가", 1),
    ("뭐", "ㄹ"): ("뭘", 0),
}
_VOWEL_CONTRACTION = {
    ("ㅏ", "ㅏ"): "ㅏ",
    ("ㅓ", "ㅓ"): "ㅓ",
    ("ㅐ", "ㅓ"): "ㅐ",
    ("ㅔ", "ㅓ"): "ㅔ",
    ("ㅕ", "ㅓ"): "ㅕ",
    ("ㅗ", "ㅏ"): "ㅘ",
    ("ㅜ", "ㅓ"): "ㅝ",
    ("ㅣ", "ㅓ"): "ㅕ",
    ("ㅚ", "ㅓ"): "ㅙ",
    ("ㅏ", "ㅕ"): "ㅐ",  # 하 + 여 -> 해
}


@dataclass(frozen=True)
class Morph:
    """One morpheme before its allomorph is chosen; `links` are the leaves of the tree that it stands for."""

    form: str
    kind: str = "base"  # base, particle or ending
    links: Links = frozenset()


class Eojeol(NamedTuple):
    """A joined eojeol: its surface, its morphemes as allomorphs, and for each the syllable where it begins.

    A morpheme that shares a syllable with the one before it begins in that syllable: 사 0, 았 0, 어요 1 in 샀어요.
    """

    surface: str
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    links: tuple[Links, ...]


def particle(form: str, before: str) -> str:
    """The allomorph of a particle after the word `before`."""
    if form not in PARTICLES:
        return form
    after_consonant, after_vowel = PARTICLES[form]
    final = coda(before)
    if form == "으로" and final == "ㄹ":
        return after_vowel
    return after_consonant if final else after_vowel


def _harmony(stem: str, after_ending: bool) -> str:
    """아, 어 or 여 after a stem; after another ending always 어."""
    if after_ending:
        return "어"
    if stem.endswith("하"):
        return "여"
    if STEM_CLASS.get(stem) == "ㅂ":
        return "아" if stem in HARMONIC_B else "어"
    syllables = [split(s) for s in stem if is_syllable(s)]
    _, vowel, final = syllables[-1]
    if vowel == "ㅡ" and not final and len(syllables) > 1:  # the vowel ㅡ is lost, the one before decides
        vowel = syllables[-2][1]
    return "아" if vowel in "ㅏㅗㅑ" else "어"


def _attach_harmonic(surface: str, stem: str, ending: str) -> tuple[str, int]:
    """`ending` begins with 아, 어, 여, 았, 었 or 였: the fused surface and the syllable where the ending begins."""
    onset, vowel, final = split(surface[-1])
    _, ending_vowel, ending_coda = split(ending[0])
    rest, head = ending[1:], surface[:-1]
    stem_class = STEM_CLASS.get(stem)
    if stem in HONORIFIC_STEMS and ending == "어요":
        return head + "세요", len(head)
    if stem == "말" and ending == "아":
        return head + "마", len(head)
    if stem_class == "ㅂ":
        fused = compose("ㅇ", "ㅘ" if ending_vowel == "ㅏ" else "ㅝ", ending_coda)
        return with_coda(surface, "") + fused + rest, len(surface)
    if stem_class == "ㄷ":
        return with_coda(surface, "ㄹ") + ending, len(surface)
    if stem_class == "ㅅ":
        return with_coda(surface, "") + ending, len(surface)
    if stem_class == "ㅎ":
        return head + compose(onset, "ㅒ" if vowel == "ㅑ" else "ㅐ", ending_coda) + rest, len(head)
    if stem_class == "르":
        doubled = with_coda(surface[:-1], "ㄹ")
        return doubled + compose("ㄹ", ending_vowel, ending_coda) + rest, len(head)
    if final or stem in UNCONTRACTED:
        return surface + ending, len(surface)
    contracted = ending_vowel if vowel == "ㅡ" else _VOWEL_CONTRACTION.get((vowel, ending_vowel))
    if contracted is None:
        return surface + ending, len(surface)
    return head + compose(onset, contracted, ending_coda) + rest, len(head)


def _attach_plain(surface: str, ending: str) -> tuple[str, int]:
    """An ending that begins with a consonant; one that begins with a bare coda (ㄴ, ㄹ, ㅂ) joins the syllable."""
    if is_syllable(ending[0]):
        return surface + ending, len(surface)
    return with_coda(surface, ending[0]) + ending[1:], len(surface) - 1


def _attach_eu(surface: str, stem: str, ending: str, stem_is_open: bool) -> tuple[str, int]:
    """`ending` is already resolved: with 으 after a consonant, without it after a vowel or ㄹ."""
    stem_class = STEM_CLASS.get(stem)
    if stem_is_open:
        begins = ending[0] if not is_syllable(ending[0]) else split(ending[0])[0]
        liquid = begins == "ㄹ" and is_syllable(ending[0])  # 만들러, 만들려고, 만들라고
        if coda(surface) == "ㄹ" and begins in "ㄴㄹㅂㅅ" and not liquid:
            surface = with_coda(surface, "")
        if stem_class == "ㅎ":
            surface = with_coda(surface, "")
        return _attach_plain(surface, ending)
    onset_vowel_coda = split(ending[0])
    if stem_class == "ㅂ":  # 춥 + 은 -> 추운
        return (
            with_coda(surface, "") + compose("ㅇ", "ㅜ", onset_vowel_coda[2]) + ending[1:],
            len(surface),
        )
    if stem_class == "ㄷ":
        surface = with_coda(surface, "ㄹ")
    elif stem_class == "ㅅ":
        surface = with_coda(surface, "")
    return surface + ending, len(surface)


def _with_eu(body: str) -> str:
    """The form of an (으) ending after a consonant: ㄴ -> 은, ㄹ까요 -> 을까요, 면 -> 으면."""
    if is_syllable(body[0]):
        return "으" + body
    return compose("ㅇ", "ㅡ", body[0]) + body[1:]


def _ending(surface: str, previous: Morph, form: str) -> tuple[str, str, int]:
    """(allomorph, fused surface, start of the allomorph) of the abstract ending `form`."""
    stem, after_ending = previous.form, previous.kind == "ending" and previous.form not in HONORIFIC_STEMS
    stem_class = None if after_ending else STEM_CLASS.get(stem)
    if stem_class == "copula" and form in _COPULA:
        allomorph = _COPULA[form]
        if allomorph == "었" and stem == "이" and len(surface) > 1 and not coda(surface[:-1]):
            return "었", with_coda(surface[:-1] + "여", "ㅆ"), len(surface) - 1  # 의사 + 이 + 었 -> 의사였
        return allomorph, surface + allomorph, len(surface)
    if form.startswith("~"):
        vowel = split(_harmony(stem, after_ending))[1]
        allomorph = compose("ㅇ", vowel, split(form[1])[2]) + form[2:]
        if after_ending:
            return allomorph, *_attach_harmonic(surface, "", allomorph)
        return allomorph, *_attach_harmonic(surface, stem, allomorph)
    if form.startswith("(으)") or form.startswith("(스)"):
        body = form[3:]
        final = coda(surface)
        stem_is_open = (final in ("", "ㄹ") and stem_class not in ("ㄷ", "ㅅ")) or (stem_class == "ㅎ")
        if form.startswith("(스)"):
            if final in ("", "ㄹ"):
                return body, *_attach_eu(surface, stem, body, True)
            allomorph = "습" + body[1:]
            return allomorph, surface + allomorph, len(surface)
        allomorph = body if stem_is_open else _with_eu(body)
        return allomorph, *_attach_eu(surface, "" if after_ending else stem, allomorph, stem_is_open)
    if split(form[0])[0] == "ㄴ" and coda(surface) == "ㄹ" and not after_ending:  # 살 + 는 -> 사는
        surface = with_coda(surface, "")
    return form, surface + form, len(surface)


def join(morphs: Sequence[Morph]) -> Eojeol:
    """Choose the allomorphs of one eojeol's morphemes and fuse them into its surface.

    The copula 이 leaves no trace of its own after a vowel before 에요 and 야 (의사 + 이 + 에요 -> 의사 + 예요).

    Raises:
        ValueError: no morphemes, or an ending without a stem.
    """
    if not morphs:
        raise ValueError("expected at least one morpheme, got none")
    surface, forms, starts, links = morphs[0].form, [morphs[0].form], [0], [morphs[0].links]
    if morphs[0].kind == "ending":
        raise ValueError(f"expected a stem before the ending {morphs[0].form!r}")
    for previous, morph in itertools.pairwise(morphs):
        linked = morph.links
        if morph.kind == "particle":
            allomorph = particle(morph.form, surface) if is_syllable(morph.form[0]) else morph.form
            if (surface, allomorph) in _CONTRACTED_EOJEOLS:
                surface, start = _CONTRACTED_EOJEOLS[surface, allomorph]
            elif surface == "것" and allomorph == "이":
                surface, start = "게", 0
            else:
                surface, start = surface + allomorph, len(surface)
        elif morph.kind == "ending":
            copula_is_lost = previous.form == "이" and len(forms) > 1 and not coda(surface[:-1])
            if copula_is_lost and morph.form in _COPULA_LOST:
                surface, linked = surface[:-1], linked | links.pop()
                forms.pop()
                starts.pop()
                allomorph = _COPULA_LOST[morph.form]
                surface, start = surface + allomorph, len(surface)
            elif copula_is_lost and morph.form.startswith("(스)") and surface == "거이":  # 것입니다 is said 겁니다
                allomorph, start = morph.form[3:], 0
                surface = "겁" + allomorph[1:]
                starts[-1] = 0
            else:
                allomorph, surface, start = _ending(surface, previous, morph.form)
        else:
            allomorph, start = morph.form, len(surface)
            surface += morph.form
        forms.append(allomorph)
        starts.append(start)
        links.append(linked)
    return Eojeol(surface, tuple(forms), tuple(starts), tuple(links))


def eojeol(*forms: str) -> Eojeol:
    """`join` for hand-written sequences: the first form is a base, `+x` a particle, the rest speak for themselves.

    >>> eojeol("사", "~았", "~아요").surface
    '샀어요'
    >>> eojeol("서울", "+으로").surface
    '서울로'
    """
    return join([morph(form) for form in forms])


PLAIN_ENDINGS = word_set(
    "고 지 지만 는 기 겠 네요 네 거나 는데 자 지요 자마자 게 던 다고 라고 다가 다는 느라고",
)


def morph(form: str, links: Links = frozenset()) -> Morph:
    """A `Morph` whose kind is read off its notation."""
    if form.startswith("+"):
        return Morph(form[1:], "particle", links)
    if form.startswith(("~", "(으)", "(스)")) or form in PLAIN_ENDINGS:
        return Morph(form, "ending", links)
    return Morph(form, "base", links)
