"""Countries, professions and animals, with what belongs to each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """A country with its capital, its language and a food it is known for (`한국어=english~flags`).

    `nationality` is the English adjective; Korean uses the name of the country itself.
    """

    name: str
    capital: str
    language: str
    food: str
    nationality: str

    @property
    def abroad(self) -> bool:
        """Whether this is another country than Korea."""
        return not self.name.startswith("한국")


def _read_countries(table: str) -> tuple[Country, ...]:
    """One country for each of its foods."""
    countries = []
    for line in table.strip().splitlines():
        name, capital, language, nationality, *foods = line.split()
        countries += [Country(name, capital, language, food, nationality) for food in foods]
    return tuple(countries)


COUNTRIES = _read_countries("""\
한국=Korea~n 서울=Seoul~n 한국어=Korean~n Korean 비빔밥=bibimbap~m 불고기=bulgogi~m
일본=Japan~n 도쿄=Tokyo~n 일본어=Japanese~n Japanese 초밥=sushi~m 우동=udon~m
중국=China~n 베이징=Beijing~n 중국어=Chinese~n Chinese 만두=dumpling 훠궈=hot_pot~m
프랑스=France~n 파리=Paris~n 프랑스어=French~n French 치즈=cheese~m 크루아상=croissant
독일=Germany~n 베를린=Berlin~n 독일어=German~n German 소시지=sausage 프레첼=pretzel
이탈리아=Italy~n 로마=Rome~n 이탈리아어=Italian~n Italian 피자=pizza~m 파스타=pasta~m
스페인=Spain~n 마드리드=Madrid~n 스페인어=Spanish~n Spanish 파에야=paella~m 추로스=churro
러시아=Russia~n 모스크바=Moscow~n 러시아어=Russian~n Russian 보르시=borscht~m 흑빵=rye_bread~m
베트남=Vietnam~n 하노이=Hanoi~n 베트남어=Vietnamese~n Vietnamese 쌀국수=pho~m 월남쌈=spring_roll
태국=Thailand~n 방콕=Bangkok~n 태국어=Thai~n Thai 팟타이=pad_thai~m 똠얌꿍=tom_yum~m
영국=Britain~n 런던=London~n 영어=English~n British 스콘=scone 피시앤드칩스=fish_and_chips~m
""")


@dataclass(frozen=True)
class Profession:
    """A profession: where it is practised, what one does, why one took it up; texts are template pairs.

    Attributes:
        place_at: where, as English puts it of one person (in a hospital); "" if there is no such place.
        works: whether one says that people of the profession work there.
        act_there: whether one does `act` there.
        meet: the English verb of going there for one of them, "" if one doesn't.
        motive_en: what the wish to take it up came from, the base form of the verb first (love2,3 animals1), or "".
    """

    ko: str
    en: str
    place_ko: str
    place_at: str
    works: bool
    act_there: bool
    meet: str
    act_ko: str
    act_en: str
    motive_ko: str
    motive_en: str


_HELP_PEOPLE = ("사람1+들1+을 돕2+고3 싶3", "want3 to help2 people1")
_HELP_THE_SICK = ("아프1+(으)ㄴ 사람2+들2+을 돕3+고4 싶4", "want4 to help3 sick1 people2")


def _profession(line: str) -> Profession:
    """`ko en | place | what of it | act | motive`; the flags of the place: w works, a act_there, m=verb meet."""
    name, place_ko, place_at, flags, act_ko, act_en, motive = (part.strip() for part in line.split("|"))
    ko, _, en = name.partition(" ")
    meet = next((f[2:] for f in flags.split() if f.startswith("m=")), "")
    if motive in ("people", "the sick"):
        motive_ko, motive_en = _HELP_PEOPLE if motive == "people" else _HELP_THE_SICK
    else:
        ko_thing, _, en_thing = motive.partition("=")
        things = " ".join(f"{word}1" for word in en_thing.split())
        motive_ko, motive_en = (
            (f"{'1+'.join(ko_thing.split('+'))}1+을 아주3 좋아하2", f"love2,3 {things}") if motive else ("", "")
        )
    marks = flags.split()
    return Profession(
        ko, en, place_ko, place_at, "w" in marks, "a" in marks, meet, act_ko, act_en, motive_ko, motive_en
    )


PROFESSIONS = tuple(
    _profession(line)
    for line in """\
의사 doctor|병원|in a hospital|w a m=see|환자1+을 치료2+하2|treat2 patients1|the sick
간호사 nurse|병원|in a hospital|w a|환자1+을 돌보2|take2 care2 of2? patients1|the sick
교사 teacher|학교|at a school|w a|아이1+들1+을 가르치2|teach2 children1|아이+들=children
교수 professor|대학교|at a university|w a|대학생1+을 가르치2|teach2 college1 students1|공부=studying
요리사 chef|식당|at a restaurant|w a|음식1+을 만들2|cook2 food1|요리=cooking
농부 farmer|농장|on a farm|w a|채소1+을 기르2|grow2 vegetables1|자연=nature
변호사 lawyer|법률_사무소|at a law firm|w m=meet|법1+을 잘3 알2|know2 the law1 well3|people
판사 judge|법원|in a court|w a|재판1+을 하2|hold2 trials1|people
배우 actor|극장|at a theater||연극1+에 나오2|act2 in plays1|연극=plays
가수 singer|무대|on stage|a|노래1+을 부르2|sing2 songs1|노래=singing
사서 librarian|도서관|at a library|w a|책1+을 정리2+하2|organize2 books1|책=books
약사 pharmacist|약국|at a pharmacy|w a|약1+을 팔2|sell2 medicine1|the sick
소방관 firefighter|소방서|at a fire station|w|불1+을 끄2|put2 out2 fires1|people
경찰관 police officer|경찰서|at a police station|w|도둑1+을 잡2|catch2 thieves1|people
조종사 pilot|항공사|for an airline|w|비행기1+을 조종2+하2|fly2 planes1|비행기=planes
제빵사 baker|빵집|at a bakery|w a|빵1+을 굽2|bake2 bread1|빵=bread
화가 painter|화실|in a studio|a m=meet|그림1+을 그리2|paint2 pictures1|그림=pictures
과학자 scientist|연구실|in a laboratory|w a m=meet|실험1+을 하2|do2 experiments1|과학=science
기술자 engineer|공장|at a factory|w a|기계1+을 만들2|build2 machines1|기계=machines
점원 clerk|가게|at a store|w a|물건1+을 팔2|sell2 things1|
수의사 vet|동물_병원|at an animal hospital|w a m=see|동물1+을 치료2+하2|treat2 animals1|동물=animals
미용사 hairdresser|미용실|at a hair salon|w a|머리1+을 자르2|cut2 hair1|패션=fashion
기자 reporter|신문사|at a newspaper|w|기사1+을 쓰2|write2 articles1|글=writing
작가 writer||||소설1+을 쓰2|write2 novels1|책=books
은행원 bank teller|은행|at a bank|w|돈1+을 세2|count2 money1|
집배원 mail carrier|우체국|at a post office|w|편지1+을 배달2+하2|deliver2 letters1|
사진사 photographer|사진관|at a photo studio|w a|사진1+을 찍2|take2 pictures1|사진=photography""".splitlines()
)


@dataclass(frozen=True)
class Animal:
    """An animal, its young, its cry (template pair, "" if none is used), its food and where it is.

    Attributes:
        home_en: where one of them is (in the forest).
        lives_en: where they live in general (in forests); "" if that goes without saying.
        born_en: what its young are called when it has had them (three puppies); "" if it lays eggs.
        born: the least and the greatest number of young at a birth.
    """

    ko: str
    en: str
    young_ko: str
    young_en: str
    cry_ko: str
    cry_en: str
    food_ko: str
    food_en: str
    home_ko: str
    home_en: str
    lives_en: str
    born_en: str
    born: tuple[int, int]

    @property
    def lays_eggs(self) -> bool:
        """Whether it lays eggs."""
        return not self.born_en


def _animal(line: str) -> Animal:
    *texts, number = (part.strip() for part in line.split("|"))
    low, _, high = number.partition("-")
    ko, en, young_ko, young_en, cry_ko, cry_en, food_ko, food_en, home_ko, home_en, lives_en, born_en = texts
    born = int(low), int(high)
    return Animal(
        ko, en, young_ko, young_en, cry_ko, cry_en, food_ko, food_en, home_ko, home_en, lives_en, born_en, born
    )


# A kind of animal for a line; birds and frogs, which lay eggs, have no word for their young at birth.
ANIMALS = tuple(
    _animal(line)
    for line in """\
개|dog|강아지|puppy|멍멍1 짖1|bark1|고기|meat|마당|in the yard||puppy|2-6
고양이|cat|새끼_고양이|kitten|야옹1 울1|meow1|생선|fish|집|in the house||kitten|2-5
소|cow|송아지|calf|음매1 울1|moo1|풀|grass|농장|on the farm|on farms|calf|1-1
말|horse|망아지|foal|히힝1 울1|neigh1|풀|grass|농장|on the farm|on farms|foal|1-1
양|sheep|새끼_양|lamb|매애1 울1|bleat1|풀|grass|들판|in the field|in fields|lamb|1-2
돼지|pig|새끼_돼지|piglet|꿀꿀1 울1|oink1|감자|potatoes|농장|on the farm|on farms|piglet|4-10
닭|hen|병아리|chick|꼬꼬댁1 울1|cluck1|옥수수|corn|마당|in the yard|||1-3
오리|duck|새끼_오리|duckling|꽥꽥1 울1|quack1|물고기|fish|호수|on the lake|on lakes||2-6
사자|lion|새끼_사자|lion cub|어흥1 울1|roar1|고기|meat|초원|on the plains|on the plains|cub|2-4
호랑이|tiger|새끼_호랑이|tiger cub|어흥1 울1|roar1|고기|meat|숲|in the forest|in forests|cub|2-4
곰|bear|새끼_곰|bear cub|||꿀|honey|숲|in the forest|in forests|cub|1-3
원숭이|monkey|새끼_원숭이|baby monkey|||바나나|bananas|정글|in the jungle|in the jungle|baby|1-1
토끼|rabbit|새끼_토끼|baby rabbit|||당근|carrots|굴|in the burrow|in burrows|baby|3-6
다람쥐|squirrel|새끼_다람쥐|baby squirrel|||도토리|acorns|숲|in the forest|in forests|baby|2-4
코끼리|elephant|새끼_코끼리|baby elephant|||풀|grass|초원|on the plains|on the plains|baby|1-1
기린|giraffe|새끼_기린|baby giraffe|||나뭇잎|leaves|초원|on the plains|on the plains|baby|1-1
판다|panda|새끼_판다|baby panda|||대나무|bamboo|숲|in the forest|in forests|baby|1-2
늑대|wolf|새끼_늑대|wolf pup|울부짖1|howl1|고기|meat|산|in the mountains|in the mountains|pup|3-6
펭귄|penguin|새끼_펭귄|baby penguin|||물고기|fish|남극|in Antarctica|in Antarctica||1-1
개구리|frog|올챙이|tadpole|개굴개굴1 울1|croak1|벌레|bugs|연못|in the pond|in ponds||0-0
참새|sparrow|새끼_참새|baby sparrow|짹짹1 울1|chirp1|벌레|bugs|정원|in the garden|||2-5""".splitlines()
)
