"""People: of the family, by name, and others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody who can be spoken of. `det` is what English puts before: my, the or nothing."""

    ko: str
    en: str
    gender: str  # m, f or "" (plural or unknown)
    det: str = "my"
    elder: bool = False  # takes 께서, 께 and 시
    plural: bool = False
    levels: str = "yfb"  # speech levels in which the word is at home: 해요체, 합니다체, 해체
    own: bool = False  # Korean says 제 / 내 / 우리 before it
    speaker: str = ""  # "m": said by men (형), "f": by women (오빠)


KIN = (
    Person("아버지", "father", "m", elder=True),
    Person("어머니", "mother", "f", elder=True),
    Person("할아버지", "grandfather", "m", elder=True),
    Person("할머니", "grandmother", "f", elder=True),
    Person("아빠", "dad", "m", levels="b"),
    Person("엄마", "mom", "f", levels="b"),
    Person("형", "older brother", "m", speaker="m"),
    Person("오빠", "older brother", "m", speaker="f"),
    Person("누나", "older sister", "f", speaker="m"),
    Person("언니", "older sister", "f", speaker="f"),
    Person("남동생", "little brother", "m", own=True),
    Person("여동생", "little sister", "f", own=True),
    Person("삼촌", "uncle", "m"),
    Person("이모", "aunt", "f"),
    Person("남편", "husband", "m", own=True, levels="yf", speaker="f"),
    Person("아내", "wife", "f", own=True, levels="yf", speaker="m"),
    Person("아들", "son", "m", own=True, levels="yf"),
    Person("딸", "daughter", "f", own=True, levels="yf"),
)
NAMES = tuple(
    Person(ko, en, gender, det="", levels=levels)
    for ko, en, gender, levels in (
        ("민수", "Minsu", "m", "yfb"),
        ("준호", "Junho", "m", "yfb"),
        ("현우", "Hyunwoo", "m", "yfb"),
        ("영호", "Youngho", "m", "yfb"),
        ("지훈", "Jihoon", "m", "yf"),
        ("민지", "Minji", "f", "yfb"),
        ("수미", "Sumi", "f", "yfb"),
        ("지수", "Jisoo", "f", "yfb"),
        ("유나", "Yuna", "f", "yfb"),
        ("서연", "Seoyeon", "f", "yf"),
        ("시우", "Siwoo", "m", "yfb"),
        ("연우", "Yeonwoo", "m", "yfb"),
        ("태호", "Taeho", "m", "yfb"),
        ("진우", "Jinwoo", "m", "yfb"),
        ("성호", "Seongho", "m", "yfb"),
        ("은지", "Eunji", "f", "yfb"),
        ("소희", "Sohee", "f", "yfb"),
        ("수아", "Sua", "f", "yfb"),
        ("혜리", "Hyeri", "f", "yfb"),
        ("미나", "Mina", "f", "yfb"),
    )
)
OTHERS = (
    Person("친구", "friend", "", own=True),
    Person("선생님", "teacher", "", det="the", elder=True),
    Person("사촌", "cousin", "", own=True),
    Person("여자_친구", "girlfriend", "f", own=True, speaker="m"),
    Person("남자_친구", "boyfriend", "m", own=True, speaker="f"),
)
# People whom one points at or has spoken of before.
PRONOUNS = (
    Person("그", "he", "m", det="", levels="f"),
    Person("그녀", "she", "f", det="", levels="f"),
    Person("그+들", "they", "", det="", plural=True, levels="f"),
    Person("그_사람", "he", "m", det="", levels="yb"),
    Person("그_사람", "she", "f", det="", levels="y"),
    Person("그_사람+들", "they", "", det="", plural=True, levels="yb"),
    Person("걔", "he", "m", det="", levels="b"),
    Person("걔", "she", "f", det="", levels="b"),
    Person("걔+네", "they", "", det="", plural=True, levels="b"),
)
GROUPS = (
    Person("아이+들", "children", "", det="the", plural=True),
    Person("학생+들", "students", "", det="the", plural=True),
    Person("친구+들", "friends", "", plural=True),
    Person("부모님", "parents", "", plural=True, elder=True),
    Person("조부모님", "grandparents", "", plural=True, elder=True),
    Person("동생+들", "younger siblings", "", plural=True, own=True),
    Person("사촌+들", "cousins", "", plural=True, own=True),
    Person("이웃+들", "neighbors", "", plural=True, levels="yf"),
)
