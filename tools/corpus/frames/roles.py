"""Frames that belong to one kind of subject: the doctor treats patients, the cow eats grass, the king has a castle.

Their subject is written `=Korean=English=sex`.
"""

from collections.abc import Iterator

from .. import english
from ..lexicon.world import ANIMALS, PROFESSIONS, Animal
from .frame import Frame

ROYALS = (("왕", "king", "m"), ("여왕", "queen", "f"), ("왕자", "prince", "m"), ("공주", "princess", "f"))
_PARTNERS = {"왕": ("여왕", "queen"), "여왕": ("왕", "king"), "왕자": ("공주", "princess"), "공주": ("왕자", "prince")}
_ROYAL_FRAMES = (
    ("말1+을 타2", "ride2 a horse1", "forest"),
    ("크1+(으)ㄴ 성2+에서 살3", "live3 in a big1 castle2", ""),
    ("왕관1+을 쓰2", "wear2 a crown1", "castle"),
    ("{partner}+을 사랑1+하1", "love1 the {partner}", ""),
    ("{partner}+과1 결혼2+하2", "marry2 the1 {partner}", "castle"),
    ("{partner}+과1 춤2+을 추3", "dance2,3 with1 the {partner}", "castle"),
    ("{partner}+에게1 꽃2+을 주3", "give3 flowers2 to1 the {partner}", "castle"),
    ("나라1+을 사랑2+하2", "love2 my country1", ""),
    ("책1+을 읽2", "read2 a book1", "castle"),
    ("노래1+을 부르2", "sing2 a song1", "forest"),
    ("사람1+들1+을 돕2", "help2 people1", ""),
    ("용1+을 만나2", "meet2 a dragon1", "forest"),
    ("행복1+하1+게1 살2", "live2 happily1", "castle"),
)


def _royal() -> tuple[Frame, ...]:
    """Frames of kings, queens, princes and princesses; `{partner}` is the one of the other sex."""
    frames = []
    for ko, en, sex in ROYALS:
        partner_ko, partner_en = _PARTNERS[ko]
        for frame_ko, frame_en, place in _ROYAL_FRAMES:
            frames.append(
                Frame(
                    "home",
                    frame_ko.replace("{partner}", f"{partner_ko}9"),
                    frame_en.replace("{partner}", f"{partner_en}9").replace("the1", "the"),
                    f"={ko}={en}={sex}",
                    flags=frozenset(("past", "st") if frame_en.startswith(("live", "love", "wear")) else ("past",)),
                    places=(place,) if place else (),
                )
            )
    return tuple(frames)


def _professional() -> tuple[Frame, ...]:
    """Frames of professions: what is done, and that one works."""
    frames = []
    for p in PROFESSIONS:
        subject, places = f"={p.ko}={p.en}=", (f"work:{p.ko}",)
        frames.append(Frame("work", p.act_ko, p.act_en, subject, flags=frozenset("qd"), places=places))
        frames.append(Frame("work", "일1+하1", "work1", subject, flags=frozenset("qd"), places=places))
    return tuple(frames)


def _animal_frame(animal: Animal, ko: str, en: str, flags: str = "", *, young: bool = False) -> Frame:
    """What an animal, or its young, does where it lives."""
    subject = f"={animal.young_ko}={animal.young_en}=" if young else f"={animal.ko}={animal.en}="
    return Frame("nature", ko, en, subject, flags=frozenset(flags.split()), places=(f"home:{animal.ko}",))


def _animal() -> tuple[Frame, ...]:
    """Frames of animals and of their young."""
    frames = []
    for a in ANIMALS:
        food_en = " ".join(f"{word}1" for word in a.food_en.split())
        frames.append(_animal_frame(a, f"{a.food_ko}1+을 먹2", f"eat2 {food_en}", "q"))
        frames.append(_animal_frame(a, "자1", "sleep1", "d"))
        if a.cry_ko:
            frames += [_animal_frame(a, a.cry_ko, a.cry_en)] * 3  # drawn three times as often
            frames.append(_animal_frame(a, f"크2+게2 {a.cry_ko}", f"{a.cry_en} loudly2"))
        if a.young_ko:
            frames += _young(a)
    return tuple(frames)


def _young(a: Animal) -> Iterator[Frame]:
    """Frames of an animal's young, and that their mother looks after them."""
    morphs = ("새끼" if a.young_ko.startswith("새끼") else a.young_ko).split("_")
    young_ko = "+".join(f"{m}1" for m in morphs)
    yield _animal_frame(a, f"{young_ko}+을 돌보2", f"take2 care2 of {english.plural(a.young_en)}1", "q")
    yield _animal_frame(a, "놀1", "play1", "d", young=True)
    yield _animal_frame(a, "자1", "sleep1", "d", young=True)
    if a.food_ko not in ("옥수수", "벌레", "물고기"):
        yield _animal_frame(a, "우유1+을 마시2", "drink2 milk1", "q", young=True)
    yield _animal_frame(a, f"{a.ko}1+을 따라가2", f"follow2 the {a.en}1", young=True)
    yield _animal_frame(a, f"{a.ko}1+과3 놀2", f"play2 with3 the {a.en}1", young=True)


ROLE_FRAMES = {"work": _professional(), "nature": _animal(), "home": _royal()}
