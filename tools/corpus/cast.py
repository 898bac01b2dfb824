"""Frames that belong to one kind of subject: the doctor treats patients, the cow eats grass, the king has a castle.

Their subject is written `=Korean=English=sex`.
"""

from .frames import Frame
from .lexicon import ANIMALS, PROFESSIONS

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
    frames = []
    for p in PROFESSIONS:
        subject, places = f"={p.ko}={p.en}=", (f"work:{p.ko}",)
        frames.append(Frame("work", p.act_ko, p.act_en, subject, flags=frozenset("qd"), places=places))
        frames.append(Frame("work", "일1+하1", "work1", subject, flags=frozenset("qd"), places=places))
    return tuple(frames)


def _animal() -> tuple[Frame, ...]:
    frames = []
    for a in ANIMALS:
        subject, places = f"={a.ko}={a.en}=", (f"home:{a.ko}",)

        def add(ko: str, en: str, flags: str = "", subject: str = subject, places: tuple[str, ...] = places) -> None:
            frames.append(Frame("nature", ko, en, subject, flags=frozenset(flags.split()), places=places))

        food_en = " ".join(f"{word}1" for word in a.food_en.split())
        add(f"{a.food_ko}1+을 먹2", f"eat2 {food_en}", "q")
        add("자1", "sleep1", "d")
        if a.cry_ko:
            for _ in range(3):  # as often as that
                add(a.cry_ko, a.cry_en)
            add(f"크2+게2 {a.cry_ko}", f"{a.cry_en} loudly2")
        if a.young_ko:
            young_ko = "+".join(f"{m}1" for m in ("새끼" if a.young_ko.startswith("새끼") else a.young_ko).split("_"))
            many = f"{a.young_en}s" if not a.young_en.endswith(("f", "y")) else f"{a.young_en[:-1]}ves"
            many = "puppies1" if a.young_en == "puppy" else "bunnies1" if a.young_en == "bunny" else f"{many}1"
            add(f"{young_ko}+을 돌보2", f"take2 care2 of {many}", "q")
            young = f"={a.young_ko}={a.young_en}="
            mother = f"{a.ko}1", f"{a.en}1"
            add("놀1", "play1", "d", young)
            add("자1", "sleep1", "d", young)
            add("우유1+을 마시2", "drink2 milk1", "q", young) if a.food_ko not in ("옥수수", "벌레", "물고기") else None
            add(f"{mother[0]}+을 따라가2", f"follow2 the {mother[1]}", "", young)
            add(f"{mother[0]}+과3 놀2", f"play2 with3 the {mother[1]}", "", young)
    return tuple(frames)


CAST = {"work": _professional(), "nature": _animal(), "home": _royal()}
