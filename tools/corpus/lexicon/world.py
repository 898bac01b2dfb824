"""Countries, professions and animals, with what belongs to each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """A country with its capital, its language and a food it is known for (`한국어=english~flags`)."""

    name: str
    capital: str
    language: str
    food: str


COUNTRIES = tuple(
    Country(*line.split())
    for line in """\
한국=Korea~n 서울=Seoul~n 한국어=Korean~n 비빔밥=bibimbap~m
일본=Japan~n 도쿄=Tokyo~n 일본어=Japanese~n 초밥=sushi~m
중국=China~n 베이징=Beijing~n 중국어=Chinese~n 만두=dumpling
프랑스=France~n 파리=Paris~n 프랑스어=French~n 치즈=cheese~m
독일=Germany~n 베를린=Berlin~n 독일어=German~n 소시지=sausage
이탈리아=Italy~n 로마=Rome~n 이탈리아어=Italian~n 피자=pizza~m
스페인=Spain~n 마드리드=Madrid~n 스페인어=Spanish~n 파에야=paella~m
러시아=Russia~n 모스크바=Moscow~n 러시아어=Russian~n 수프=soup~m
베트남=Vietnam~n 하노이=Hanoi~n 베트남어=Vietnamese~n 쌀국수=pho~m
태국=Thailand~n 방콕=Bangkok~n 태국어=Thai~n 볶음국수=pad_thai~m
영국=Britain~n 런던=London~n 영어=English~n 스콘=scone""".splitlines()
)


@dataclass(frozen=True)
class Profession:
    """A profession, where it is practised (`at` as English puts it) and what is done there (a template pair)."""

    ko: str
    en: str
    place_ko: str
    place_at: str
    act_ko: str
    act_en: str


PROFESSIONS = tuple(
    Profession(*(part.strip() for part in line.split("|")))
    for line in """\
의사|doctor|병원|in a hospital|환자1+을 치료2+하2|treat2 patients1
간호사|nurse|병원|in a hospital|환자1+을 돌보2|take2 care2 of patients1
교사|teacher|학교|at a school|아이1+들1+을 가르치2|teach2 children1
교수|professor|대학교|at a university|대학생1+을 가르치2|teach2 university1 students1
요리사|chef|식당|at a restaurant|음식1+을 만들2|cook2 food1
농부|farmer|농장|on a farm|채소1+을 기르2|grow2 vegetables1
변호사|lawyer|법원|at the court|법1+을 설명2+하2|explain2 the law1
배우|actor|극장|at a theater|연극1+에 나오2|act2 in plays1
가수|singer|무대|on a stage|노래1+을 부르2|sing2 songs1
사서|librarian|도서관|at a library|책1+을 정리2+하2|organize2 books1
약사|pharmacist|약국|at a pharmacy|약1+을 팔2|sell2 medicine1
소방관|firefighter|소방서|at a fire station|불1+을 끄2|put2 out2 fires1
조종사|pilot|공항|at an airport|비행기1+을 조종2+하2|fly2 planes1
제빵사|baker|빵집|at a bakery|빵1+을 굽2|bake2 bread1
화가|painter|화실|in a studio|그림1+을 그리2|paint2 pictures1
과학자|scientist|연구실|in a laboratory|실험1+을 하2|do2 experiments1
기술자|engineer|공장|at a factory|기계1+을 고치2|fix2 machines1
점원|clerk|가게|at a store|물건1+을 팔2|sell2 things1""".splitlines()
)


@dataclass(frozen=True)
class Animal:
    """An animal, its young, its cry (template pair, "" if none is used) and its food."""

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


ANIMALS = tuple(
    Animal(*(part.strip() for part in line.split("|")))
    for line in """\
개|dog|강아지|puppy|멍멍1 짖1|bark1|뼈다귀|bones|마당|in the yard
고양이|cat|새끼_고양이|kitten|야옹1 울1|meow1|생선|fish|집|in the house
소|cow|송아지|calf|음매1 울1|moo1|풀|grass|농장|on the farm
말|horse|망아지|foal|히힝1 울1|neigh1|풀|grass|농장|on the farm
양|sheep|새끼_양|lamb|매애1 울1|bleat1|풀|grass|들판|in the field
돼지|pig|새끼_돼지|piglet|꿀꿀1 울1|oink1|감자|potatoes|농장|on the farm
닭|hen|병아리|chick|꼬꼬댁1 울1|cluck1|옥수수|corn|마당|in the yard
오리|duck|새끼_오리|duckling|꽥꽥1 울1|quack1|물고기|fish|호수|on the lake
사자|lion|새끼_사자|cub|어흥1 울1|roar1|고기|meat|초원|on the plain
곰|bear|새끼_곰|cub|||꿀|honey|숲|in the forest
원숭이|monkey||||| 바나나|bananas|정글|in the jungle
토끼|rabbit|새끼_토끼|bunny|||당근|carrots|굴|in a burrow
다람쥐|squirrel|||||도토리|acorns|숲|in the forest""".splitlines()
)
