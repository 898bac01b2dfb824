"""Frames that belong to one kind of subject: the doctor treats patients, the cow eats grass, the king has a castle.

Their subject is written `=Korean=English=sex`.
"""

from collections.abc import Iterator

from .. import english
from ..lexicon.world import ANIMALS, PROFESSIONS, Animal
from .frame import Frame

ROYALS = (("왕", "king", "m"), ("여왕", "queen", "f"), ("왕자", "prince", "m"), ("공주", "princess", "f"))
_PARTNERS = {"왕": ("여왕", "queen"), "여왕": ("왕", "king"), "왕자": ("공주", "princess"), "공주": ("왕자", "prince")}
# (Korean, English, where, flags); st is given also to what happens once, so that no "every day" stands before it
_ROYAL_FRAMES = (
    ("말1+을 타2", "ride2 my horse1", "forest", ""),
    ("크1+(으)ㄴ 성2+에서3 살4", "live4 in3 a big1 castle2", "", "st"),
    ("왕관1+을 쓰2", "wear2 a crown1", "", "st"),
    ("{partner}+을 사랑1+하1", "love1 the {partner}", "", "st"),
    ("{partner}+과1 춤2+을 추3", "dance2,3 with1 the {partner}", "castle", ""),
    ("{partner}+에게1 꽃2+을 주3", "give3 flowers2 to1 the {partner}", "castle", ""),
    ("{partner}+에게1 편지2+을 쓰3", "write3 a letter2 to1 the {partner}", "", ""),
    ("나라1+을 사랑2+하2", "love2 my country1", "", "st"),
    ("책1+을 읽2", "read2 a book1", "castle", ""),
    ("노래1+을 부르2", "sing2 a song1", "forest", ""),
    ("사람1+들1+을 돕2", "help2 people1", "", ""),
    ("용1+을 만나2", "meet2 a dragon1", "forest", "st"),
    ("행복1+하1+게1 살2", "live2 happily1", "castle", "st"),
    ("정원1+을 걷2", "walk2 in the garden1", "", ""),
    ("숲1+에3 가2", "go2 to3 the forest1", "", ""),
    ("마을1 사람2+들2+과3 이야기4+하4", "talk4 with3 the villagers1,2", "", ""),
    ("가난1+하1+(으)ㄴ 사람2+들2+에게3 빵4+을 주5", "give5 bread4 to3 poor1 people2", "", ""),
    ("창문1+으로2 달3+을 보4", "look4 at4 the moon3 through2 the window1", "", ""),
)
# What people of a profession do; `@` before what they do where they work.
_ACTS = """
의사 : @환자1+을 치료2+하2|treat2 patients1 / @수술1+을 하2|perform2 surgery1 / @환자1+을 진찰2+하2|examine2 patients1
간호사 : @환자1+을 돌보2|take2 care2 of2? patients1 / @환자1+에게2 약3+을 주4|give4 medicine3 to2 a patient1
요리사 : @불고기1+을 만들2|make2 bulgogi1 / @생선1+을 굽2|grill2 fish1 / @수프1+을 끓이2|make2 soup1 / \
@고기1+을 자르2|cut2 the meat1
농부 : @사과1+을 따2|pick2 apples1 / 씨1+을 뿌리2|sow2 seeds1 / @소1+에게 먹이2+을 주3|feed2,3 the cows1
변호사 : 서류1+을 준비2+하2|prepare2 the documents1 / 의뢰인1+을 만나2|meet2 a client1 / \
법원1+에3 가2|go2 to3 court1 / \
법원1+에서2 의뢰인3+을 변호4+하4|defend4 a client3 in2 court1 / 법1+을 설명2+하2|explain2 the law1
판사 : @재판1+을 하2|hold2 a trial1 / 법원1+에서2 일3+하3|work3 at2 the court1
배우 : 연극1+에2 나오3|act3 in2 a play1 / 무대1+에2 오르3|go3 on2 stage1 / 대사1+을 외우2|memorize2 my lines1 / \
관객1+에게2 인사3+하3|bow3 to2 the audience1
가수 : @노래1+을 부르2|sing2 a song1 / 노래1+을 연습2+하2|practice2 a song1 / 무대1+에2 오르3|go3 on2 stage1 / \
새1 노래2+을 만들3|write3 a new1 song2
사서 : @책1+을 정리2+하2|organize2 the books1 / 학생1+에게2 책3+을 추천4+하4|recommend4 a book3 to2 a student1
약사 : @약1+을 팔2|sell2 medicine1 / @손님1+에게2 약3+을 주4|give4 medicine3 to2 a customer1
소방관 : 불1+을 끄2|put2 out2 a fire1 / 사람1+들1+을 구하2|rescue2 people1 / 고양이1+을 구하2|rescue2 a cat1 / \
소방서1+으로2 돌아가3|return3 to2 the fire1 station1
경찰관 : 도둑1+을 쫓2|chase2 a thief1 / 아이1+을 돕2|help2 a child1 / \
관광객1+에게 길2+을 알려주3|give3 a tourist1 directions2
조종사 : 비행기1+을 조종2+하2|fly2 a plane1 / 승객1+들1+에게2 인사3+하3|greet3 the passengers1
제빵사 : @빵1+을 굽2|bake2 bread1 / @케이크1+을 만들2|make2 a cake1 / @과자1+을 굽2|bake2 cookies1
화가 : @그림1+을 그리2|paint2 a picture1 / 바다1+을 그리2|paint2 the sea1 / 그림1+을 팔2|sell2 a painting1
과학자 : @실험1+을 하2|do2 an experiment1 / 연구실1+에서2 일3+하3|work3 in2 the laboratory1 / \
실험1+을 준비2+하2|prepare2 an experiment1 / 별1+을 관찰2+하2|observe2 the stars1 / 논문1+을 쓰2|write2 a paper1
기술자 : @기계1+을 만들2|build2 a machine1 / 공장1+에서2 일3+하3|work3 at2 the factory1 / \
@기계1+을 고치2|fix2 a machine1
점원 : @물건1+을 팔2|sell2 things1 / @손님1+을 돕2|help2 a customer1 / @물건1+을 정리2+하2|organize2 the goods1
수의사 : @강아지1+을 치료2+하2|treat2 a puppy1 / @고양이1+에게 주사2+을 놓3|give3 the cat1 a shot2
미용사 : @손님1+의2 머리3+을 자르4|cut4 the customer1 's2 hair3 / \
@손님1+의2 머리3+을 감기4|wash4 the customer1 's2 hair3
기자 : 기사1+을 쓰2|write2 an article1 / 가수1+을 인터뷰2+하2|interview2 a singer1 / \
시민1+들1+에게 질문2+하2|question2 citizens1
작가 : 소설1+을 쓰2|write2 a novel1 / 카페1+에서2 글3+을 쓰4|write3,4 at2 a cafe1
은행원 : @돈1+을 세2|count2 money1 / @손님1+을 돕2|help2 a customer1
집배원 : 편지1+을 배달2+하2|deliver2 letters1 / 소포1+을 배달2+하2|deliver2 a package1
사진사 : @사진1+을 찍2|take2 pictures1 / 신부1+의2 사진3+을 찍4|take4 pictures3 of2 the bride1
"""
# What animals do besides eating and sleeping.
_DOINGS = """
개 : 공1+을 쫓아가2|chase2 the ball1 / 꼬리1+을 흔들2|wag2 my tail1 / 땅1+을 파2|dig2 in the ground1 / \
고양이1+을 쫓아가2|chase2 the cat1
고양이 : 쥐1+을 쫓아가2|chase2 a mouse1 / 나무1+에 올라가2|climb2 the tree1 / 소파1+에서2 자3|sleep3 on2 the sofa1
소 : 물1+을 마시2|drink2 water1 / 풀밭1+에2 눕3|lie3 down3 on2 the grass1
말 : 물1+을 마시2|drink2 water1 / 들판1+을 달리2|run2 across2? the field1
양 : 풀밭1+에서2 쉬3|rest3 on2 the grass1
돼지 : 물1+을 마시2|drink2 water1 / 진흙1+에서2 놀3|play3 in2 the mud1
닭 : 알1+을 낳2|lay2 an egg1 / 물1+을 마시2|drink2 water1
오리 : 헤엄1+을 치2|swim1,2 / 물1+에2 들어가3|go3 into2 the water1
사자 : 나무1 아래2+에서 쉬3|rest3 under2 the tree1 / 사슴1+을 쫓아가2|chase2 a deer1
호랑이 : 토끼1+을 쫓아가2|chase2 a rabbit1 / 강1+을 건너2|cross2 the river1
곰 : 강1+에서2 물고기3+을 잡4|catch4 fish3 in2 the river1 / 나무1+에 올라가2|climb2 the tree1
원숭이 : 나무1+에 올라가2|climb2 the tree1 / 나무1+에서2 놀3|play3 in2 the tree1
토끼 : 귀1+을 움직이2|move2 my ears1 / 들판1+을 뛰어다니2|hop2 around2 the field1
다람쥐 : 도토리1+을 모으2|gather2 acorns1 / 나무1+에 올라가2|climb2 the tree1
코끼리 : 물1+을 마시2|drink2 water1 / 강1+에서2 목욕3+하3|bathe3 in2 the river1
기린 : 물1+을 마시2|drink2 water1
판다 : 나무1+에 올라가2|climb2 the tree1
늑대 : 사슴1+을 쫓아가2|chase2 a deer1 / 달1+을 보4+고2 울부짖3|howl3 at2,4 the moon1
펭귄 : 바다1+에서2 헤엄3+을 치4|swim3,4 in2 the sea1 / 얼음1 위2+을 걷3|walk3 on2 the ice1
개구리 : 연못1+에2 뛰어들3|jump3 into2 the pond1 / 헤엄1+을 치2|swim1,2
참새 : 나무1+에2 앉3|sit3 in2 the tree1 / 날아가1|fly1 away1
"""
_SUCKLED_BY_NONE = {"닭", "오리", "펭귄", "개구리", "참새"}


def _read(table: str) -> Iterator[tuple[str, str, str, bool]]:
    """(whose, Korean, English, whether `@` stands before it)."""
    for line in table.strip().splitlines():
        who, _, acts = line.partition(" : ")
        for act in acts.split(" / "):
            ko, _, en = act.partition("|")
            yield who, ko.lstrip("@"), en, ko.startswith("@")


def _royal() -> tuple[Frame, ...]:
    """Frames of kings, queens, princes and princesses; `{partner}` is the one of the other sex."""
    frames = []
    for ko, en, sex in ROYALS:
        partner_ko, partner_en = _PARTNERS[ko]
        for frame_ko, frame_en, place, flags in _ROYAL_FRAMES:
            frames.append(
                Frame(
                    "home",
                    frame_ko.replace("{partner}", f"{partner_ko}9"),
                    frame_en.replace("{partner}", f"{partner_en}9"),
                    f"={ko}={en}={sex}",
                    flags=frozenset(("past", *flags.split())),
                    places=(place,) if place else (),
                )
            )
    return tuple(frames)


def _professional() -> tuple[Frame, ...]:
    """Frames of professions: what people who practise them do."""
    names = {p.ko: p.en for p in PROFESSIONS}
    return tuple(
        Frame("work", ko, en, f"={who}={names[who]}=", flags=frozenset("q"), places=(f"work:{who}",) if there else ())
        for who, ko, en, there in _read(_ACTS)
    )


def _animal_frame(animal: Animal, ko: str, en: str, flags: str = "", *, young: bool = False, at: bool = True) -> Frame:
    """What an animal, or its young, does; `at`: where it is at home."""
    subject = f"={animal.young_ko}={animal.young_en}=" if young else f"={animal.ko}={animal.en}="
    places = (f"home:{animal.ko}",) if at else ()
    return Frame("nature", ko, en, subject, flags=frozenset(flags.split()), places=places)


def _animal() -> tuple[Frame, ...]:
    """Frames of animals and of their young."""
    frames = []
    animals = {a.ko: a for a in ANIMALS}
    for a in ANIMALS:
        food_en = " ".join(f"{word}1" for word in a.food_en.split())
        frames.append(_animal_frame(a, f"{a.food_ko}1+을 먹2", f"eat2 {food_en}", "q"))
        if a.ko in ("개", "고양이", "곰"):
            frames.append(_animal_frame(a, "자1", "sleep1", at=False))
        if a.cry_ko:
            frames += [_animal_frame(a, a.cry_ko, a.cry_en)] * 7  # drawn seven times as often
            frames.append(
                _animal_frame(
                    a, " ".join((*a.cry_ko.split()[:-1], "크2+게2", a.cry_ko.split()[-1])), f"{a.cry_en} loudly2"
                )
            )
        if a.ko != "개구리":
            frames += _young(a)
    frames += [_animal_frame(animals[who], ko, en, at=False) for who, ko, en, _ in _read(_DOINGS)]
    return tuple(frames)


def _young(a: Animal) -> Iterator[Frame]:
    """Frames of an animal's young, and that their mother looks after them."""
    if " " not in a.young_en and a.born[1] > 1:
        young_ko = "병아리" if a.ko == "닭" else "새끼"
        yield _animal_frame(a, f"{young_ko}1+들1+을 돌보2", f"take2 care2 of2? my {english.plural(a.young_en)}1", "q")
    yield _animal_frame(a, "놀1", "play1", young=True)
    yield _animal_frame(a, "자1", "sleep1", young=True, at=False)
    if a.ko not in _SUCKLED_BY_NONE:
        yield _animal_frame(a, "젖1+을 먹2", "drink2 milk1", "q", young=True)
    yield _animal_frame(a, "어미1+을 따라가2", "follow2 my mother1", young=True, at=False)
    yield _animal_frame(a, "어미1+과3 놀2", "play2 with3 my mother1", young=True)


ROLE_FRAMES = {"work": _professional(), "nature": _animal(), "home": _royal()}
