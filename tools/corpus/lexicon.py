# ruff: noqa: E501 - one table row a line
"""The words: nouns with their categories and counters, adjectives, people, places, times, countries, professions.

Nouns are written `한국어=english~flags#counter`, in groups that share categories; `_` stands for a space inside a word
and `+` for a morpheme boundary. Flags: m mass, p plural only, n no article, t always "the", f / h female / male.
"""

from dataclasses import dataclass, field

NOUNS = """
fruit food buyable washable #개 : 사과=apple 바나나=banana 포도=grapes~p#송이:bunch 딸기=strawberry 수박=watermelon 배=pear 복숭아=peach 오렌지=orange 귤=tangerine 감=persimmon 레몬=lemon
vegetable food buyable washable #개 : 감자=potato 양파=onion 당근=carrot 오이=cucumber 토마토=tomato 호박=pumpkin 고구마=sweet_potato
vegetable buyable washable : 배추=cabbage~m 마늘=garlic~m 상추=lettuce~m
dish food cookable : 김밥=gimbap~m 비빔밥=bibimbap~m 불고기=bulgogi~m 떡볶이=tteokbokki~m 볶음밥=fried_rice~m 카레=curry~m 스파게티=spaghetti~m 국수=noodles~p#그릇:bowl 라면=ramen~m#그릇:bowl 만두=dumpling#개 김치찌개=kimchi_stew~m#그릇:bowl 냉면=cold_noodles~p#그릇:bowl 갈비=ribs~p 잡채=japchae~m 죽=porridge~m#그릇:bowl 수프=soup~m#그릇:bowl 샐러드=salad~m 생선=fish~m 닭고기=chicken~m 소고기=beef~m 돼지고기=pork~m 계란=egg#개 두부=tofu~m
snack food buyable : 케이크=cake~m#조각:piece 과자=cookie#개 빵=bread~m#조각:piece 아이스크림=ice_cream~m 초콜릿=chocolate~m 사탕=candy~m 샌드위치=sandwich#개 피자=pizza~m#조각:slice 햄버거=hamburger#개 떡=rice_cake#개 치즈=cheese~m#조각:piece
drink buyable : 커피=coffee~m#잔:cup 우유=milk~m#잔:glass 주스=juice~m#잔:glass 물=water~m#잔:glass 콜라=cola~m#병:bottle 녹차=green_tea~m#잔:cup 홍차=black_tea~m#잔:cup 맥주=beer~m#병:bottle 와인=wine~m#병:bottle
seasoning buyable : 소금=salt~m 설탕=sugar~m 꿀=honey~m 고추장=chili_paste~m 간장=soy_sauce~m 식초=vinegar~m
tableware thing washable #개 : 접시=plate 컵=cup 숟가락=spoon 젓가락=chopsticks~p 포크=fork 냄비=pot 칼=knife 그릇=bowl
clothes thing wearable buyable washable #벌 : 옷=clothes~p 코트=coat 원피스=dress 치마=skirt 셔츠=shirt 양복=suit 한복=hanbok 스웨터=sweater 바지=pants~p 재킷=jacket
accessory thing wearable buyable : 모자=hat#개 안경=glasses~p 장갑=gloves~p 목도리=scarf#개 반지=ring#개 넥타이=tie#개 시계=watch#개 목걸이=necklace#개
footwear thing wearable buyable : 신발=shoes~p 구두=dress_shoes~p 운동화=sneakers~p 양말=socks~p 부츠=boots~p
reading thing buyable lendable #권 : 책=book 소설=novel 잡지=magazine 만화책=comic_book 사전=dictionary 교과서=textbook 시집=poetry_book
paper thing : 신문=newspaper#장 편지=letter#통 엽서=postcard#장 사진=photo#장 이메일=email#통 메시지=message#개 보고서=report#장
stationery thing buyable lendable : 연필=pencil#자루 볼펜=pen#자루 공책=notebook#권 지우개=eraser#개 종이=paper~m 가위=scissors~p 필통=pencil_case#개 지도=map#장
bag thing buyable : 가방=bag#개 지갑=wallet#개 배낭=backpack#개 우산=umbrella#개
personal thing : 열쇠=key#개 여권=passport#개 휴대폰=cell_phone#대
ticket buyable : 표=ticket#장 기차표=train_ticket#장 비행기표=plane_ticket#장 영화표=movie_ticket#장
machine thing buyable #대 : 컴퓨터=computer 카메라=camera 텔레비전=TV 냉장고=refrigerator 세탁기=washing_machine 노트북=laptop 휴대폰=cell_phone 라디오=radio 청소기=vacuum_cleaner
vehicle thing #대 : 차=car 자전거=bike 오토바이=motorcycle 트럭=truck
transport : 버스=bus#대 지하철=subway#대 기차=train#대 택시=taxi#대 비행기=plane#대 배=ship#척
furniture thing buyable : 의자=chair#개 책상=desk#개 침대=bed#개 소파=sofa#개 식탁=dining_table#개 책장=bookshelf#개 옷장=closet#개 거울=mirror#개 이불=blanket#개
toy thing buyable #개 : 인형=doll 공=ball 장난감=toy 풍선=balloon 연=kite
instrument thing : 피아노=piano#대 기타=guitar#대 바이올린=violin#개 드럼=drums~p
sport : 축구=soccer~m 농구=basketball~m 야구=baseball~m 테니스=tennis~m 배드민턴=badminton~m 탁구=table_tennis~m 배구=volleyball~m
subject : 수학=math~m 과학=science~m 역사=history~m 음악=music~m 미술=art~m 영어=English~m 경제=economics~m 지리=geography~m
show #편 : 영화=movie 드라마=drama 연극=play 공연=performance
animal thing #마리 : 고양이=cat 개=dog 토끼=rabbit 소=cow 말=horse 돼지=pig 양=sheep 닭=hen 오리=duck
wild #마리 : 호랑이=tiger 사자=lion 곰=bear 원숭이=monkey 코끼리=elephant 기린=giraffe 여우=fox 늑대=wolf 사슴=deer 판다=panda 다람쥐=squirrel 뱀=snake
pet #마리 : 고양이=cat 강아지=puppy 토끼=rabbit 새=bird 개=dog 금붕어=goldfish 거북이=turtle
small #마리 : 새=bird 나비=butterfly 개구리=frog 참새=sparrow 벌=bee
flower plant : 꽃=flower#송이 장미=rose#송이 튤립=tulip#송이 해바라기=sunflower#송이
plant : 나무=tree#그루
nature : 산=mountain 바다=sea~t 강=river 호수=lake 숲=forest 섬=island 들판=field
room place_thing : 방=room#개 부엌=kitchen 거실=living_room 욕실=bathroom 창고=storage_room 베란다=balcony
building : 집=house#채 아파트=apartment#채 건물=building#채
problem : 문제=problem#개 질문=question#개 숙제=homework~m 시험=exam
gift : 선물=gift#개 꽃다발=bouquet 생일_카드=birthday_card
wound : 머리=head 배=stomach 다리=leg 팔=arm 허리=back 목=throat 어깨=shoulder 무릎=knee 발=foot 손=hand 이=tooth 눈=eye 귀=ear
person_noun #명 : 학생=student 친구=friend 손님=guest 아이=child 사람=person 여자=woman~f 남자=man~h 외국인=foreigner 군인=soldier 관광객=tourist
"""

COUNTERS_PLURAL_ONLY = {"벌": "", "켤레": "pair"}

NUMERALS = (
    ("한", "one"),
    ("두", "two"),
    ("세", "three"),
    ("네", "four"),
    ("다섯", "five"),
    ("여섯", "six"),
    ("일곱", "seven"),
    ("여덟", "eight"),
    ("아홉", "nine"),
    ("열", "ten"),
)


@dataclass(frozen=True)
class Noun:
    """A noun on both sides: `ko` in morphemes (`+`) and words (`_`), `en` with spaces."""

    ko: str
    en: str
    categories: frozenset[str]
    flags: str = ""
    counter: str = ""
    measure: str = ""
    extra: dict[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def many(self) -> bool:
        """Whether one speaks of several as a rule: apples, cookies, roses."""
        usual = {"fruit", "vegetable", "snack", "dish", "flower", "small", "tableware"}
        return bool(usual & self.categories) and "m" not in self.flags and "p" not in self.flags

    @property
    def head(self) -> str:
        """The Korean morpheme that stands for the noun: its last."""
        return self.ko.replace("_", "+").split("+")[-1]


def _noun(entry: str, categories: frozenset[str], default_counter: str) -> Noun:
    body, _, counter = entry.partition("#")
    ko, _, english = body.partition("=")
    english, _, flags = english.partition("~")
    counter, _, measure = (counter or default_counter).partition(":")
    if "m" in flags and not measure:
        counter = ""
    if "p" in flags and not measure:
        footwear = "footwear" in categories
        counter, measure = ("켤레", "pair") if footwear else ("", "")
    return Noun(ko, english.replace("_", " "), categories, flags, counter, measure)


def _read_nouns(table: str) -> tuple[Noun, ...]:
    merged: dict[tuple[str, str], Noun] = {}
    for line in table.strip().splitlines():
        head, _, entries = line.partition(" : ")
        words = head.split()
        counter = next((w[1:] for w in words if w.startswith("#")), "")
        categories = frozenset(w for w in words if not w.startswith("#"))
        for entry in entries.split():
            noun = _noun(entry, categories, counter)
            key = noun.ko, noun.en
            if key in merged:
                old = merged[key]
                noun = Noun(old.ko, old.en, old.categories | categories, old.flags, old.counter, old.measure)
            merged[key] = noun
    return tuple(merged.values())


ALL_NOUNS = _read_nouns(NOUNS)


def nouns(category: str) -> tuple[Noun, ...]:
    """All nouns of a category, or of several joined by `|`, in the order of the table."""
    names = category.split("|")
    found = tuple(n for n in ALL_NOUNS if n.categories & set(names) or n.head in names)
    if not found:
        raise ValueError(f"expected a category with nouns, got {category!r}")
    return found


# Korean stem = English adjective : what it may be said of. A stem that ends in 있 or 없 takes 는 before a noun.
ADJECTIVES = """
크=big : bag building animal wild machine furniture toy room nature plant reading tableware
작=small : bag building animal pet machine furniture toy room tableware pet small
비싸=expensive : clothes accessory footwear bag machine furniture ticket instrument vehicle
싸=cheap : clothes accessory footwear bag machine furniture ticket vehicle
예쁘=pretty : clothes accessory footwear bag toy flower tableware pet
귀엽=cute : pet toy
무겁=heavy : bag machine furniture
가볍=light : bag footwear
맛있=delicious : fruit dish snack
달=sweet : fruit
신선+하=fresh : fruit vegetable
재미있=interesting : reading show
어렵=difficult : problem reading
쉽=easy : problem
길=long : reading show paper
두껍=thick : reading clothes
새롭=new : machine vehicle reading furniture show
오래되=old : building furniture machine vehicle instrument
깨끗+하=clean : clothes room building footwear tableware
더럽=dirty : clothes footwear room tableware bag
조용+하=quiet : building room nature
아름답=beautiful : nature flower show clothes
빨갛=red : clothes accessory footwear bag flower vehicle fruit
파랗=blue : clothes accessory bag vehicle
노랗=yellow : clothes flower bag vehicle
하얗=white : clothes animal pet flower vehicle
까맣=black : clothes footwear bag pet animal vehicle
따뜻+하=warm : clothes drink
뜨겁=hot : drink
차갑=cold : drink
맵=spicy : dish
유명+하=famous : reading show
넓=spacious : room building
좋=good : machine vehicle reading instrument show
"""


@dataclass(frozen=True)
class Adjective:
    """An adjective with the categories of nouns that it fits."""

    ko: str
    en: str
    categories: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The Korean morpheme that carries the meaning: 깨끗 of 깨끗+하."""
        return self.ko.split("+")[0]


def _read_adjectives(table: str) -> tuple[Adjective, ...]:
    found = []
    for line in table.strip().splitlines():
        pair, _, categories = line.partition(" : ")
        ko, _, english = pair.partition("=")
        found.append(Adjective(ko, english, tuple(categories.split())))
    return tuple(found)


ALL_ADJECTIVES = _read_adjectives(ADJECTIVES)


# --- people ---------------------------------------------------------------------------------------------------


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
    )
)
OTHERS = (
    Person("친구", "friend", "", own=True),
    Person("선생님", "teacher", "", det="the", elder=True),
    Person("사촌", "cousin", "", own=True),
    Person("여자_친구", "girlfriend", "f", own=True, speaker="m"),
    Person("남자_친구", "boyfriend", "m", own=True, speaker="f"),
)
GROUPS = (
    Person("아이+들", "children", "", det="the", plural=True),
    Person("학생+들", "students", "", det="the", plural=True),
    Person("친구+들", "friends", "", plural=True),
    Person("부모님", "parents", "", plural=True, elder=True),
)

# --- places ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A place: where one is (`at`) and where one goes (`to`) in English; 에서 or 에 in Korean."""

    key: str
    ko: str
    at: str
    to: str


def _read_places(table: str) -> dict[str, Place]:
    places = {}
    for line in table.strip().splitlines():
        key, ko, at, *to = line.split("|")
        noun = at.split(" ", 1)[1]
        places[key] = Place(key, ko, at, to[0] if to else f"to {noun}")
    return places


PLACES = _read_places("""\
home|집|at home|home
school|학교|at school
library|도서관|at the library
cafe|카페|at the cafe
restaurant|식당|at the restaurant
park|공원|in the park
market|시장|at the market
department|백화점|at the department store
store|가게|at the store
convenience|편의점|at the convenience store
supermarket|슈퍼마켓|at the supermarket
kitchen|부엌|in the kitchen
room|방|in my room|to my room
living|거실|in the living room
bathroom|욕실|in the bathroom
garden|정원|in the garden
yard|마당|in the yard
office|사무실|at the office
work|회사|at work
hospital|병원|at the hospital
pharmacy|약국|at the pharmacy
station|기차역|at the train station
subway|지하철역|at the subway station
airport|공항|at the airport
stop|버스_정류장|at the bus stop
gym|체육관|at the gym
pool|수영장|at the pool
playground|운동장|on the playground
theater|극장|at the theater
museum|박물관|at the museum
beach|바닷가|at the beach
mountain|산|in the mountains
river|강가|by the river
lake|호숫가|by the lake
bookstore|서점|at the bookstore
bank|은행|at the bank
post|우체국|at the post office
bakery|빵집|at the bakery
hotel|호텔|at the hotel
zoo|동물원|at the zoo
farm|농장|on the farm
classroom|교실|in the classroom
meeting|회의실|in the meeting room
street|길|on the street
seoul|서울|in Seoul
busan|부산|in Busan
jeju|제주도|on Jeju Island
gyeongju|경주|in Gyeongju
country|시골|in the countryside
university|대학교|at the university
""")

# --- times ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Time:
    """A time phrase as a template pair; `when` is past, future, habit or now; `day` the times of day it fits."""

    ko: str
    en: str
    when: str
    day: str = ""  # "" fits all, else am, noon, pm, eve or night
    before_verb: bool = False  # an English frequency adverb that stands before the verb
    span: str = "day"  # how far away: day, week or year; small acts are spoken of within days


def _span(when: str, en: str) -> str:
    if when in ("habit", "now"):
        return "day"
    if any(word in en for word in ("year", "month", "first1")):
        return "year"
    return "week" if any(word in en for word in ("week", "days", "long1", "before", "after1", "later")) else "day"


def _read_times(table: str) -> tuple[Time, ...]:
    times = []
    for line in table.strip().splitlines():
        when, ko, en, *day = (part.strip() for part in line.split("|"))
        times.append(Time(ko, en.lstrip("^"), when, day[0] if day else "", en.startswith("^"), _span(when, en)))
    return tuple(times)


TIMES = _read_times("""\
past|어제1|yesterday1
past|어제1|yesterday1
past|지난주1+에|last1 week1
past|지난달1+에|last1 month1
past|작년1+에|last1 year1
past|지난1 주말2+에|last1 weekend2
past|오늘1 아침2+에|this1 morning2|am
past|어젯밤1+에|last1 night1|night
past|어제1 저녁2+에|yesterday1 evening2|eve
past|어제1 오후2+에|yesterday1 afternoon2|pm
past|아까1|a while1 ago1
past|그저께1|the day1 before1 yesterday1
past|며칠1 전2+에|a1 few1 days1 ago2
past|얼마1 전2+에|not1 long1 ago2
past|처음1+으로|for the first1 time1
fut|내일1|tomorrow1
fut|내일1|tomorrow1
fut|모레1|the day1 after1 tomorrow1
fut|다음1 주2+에|next1 week2
fut|다음1 달2+에|next1 month2
fut|내년1+에|next1 year1
fut|오늘1 오후2+에|this1 afternoon2|pm
fut|오늘1 저녁2+에|this1 evening2|eve
fut|오늘1 밤2+에|tonight1,2|night
fut|이번1 주말2+에|this1 weekend2
fut|내일1 아침2+에|tomorrow1 morning2|am
fut|나중1+에|later1
fut|곧1|soon1
habit|매일1|every1 day1
habit|매일1 아침2|every1 morning2|am
habit|아침1+마다2|every2 morning1|am
habit|저녁1+마다2|every2 evening1|eve
habit|매일1 밤2|every1 night2|night
habit|주말1+마다2|every2 weekend1
habit|토요일1+마다2|every2 Saturday1
habit|일요일1+마다2|every2 Sunday1
habit|매주1|every1 week1
habit|자주1|^often1
habit|가끔1|^sometimes1
habit|보통1|^usually1
habit|항상1|^always1
habit|주말1+에2|on2 weekends1
habit|일주일1+에 한2 번2|once2 a week1
habit|일주일1+에 두2 번2|twice2 a week1
habit|일주일1+에 세2 번3|three2 times3 a week1
now|지금1|now1
now|지금1|right1 now1
now|요즘1|these1 days1
""")
WEEKDAYS = (
    ("월요일", "Monday"),
    ("화요일", "Tuesday"),
    ("수요일", "Wednesday"),
    ("목요일", "Thursday"),
    ("금요일", "Friday"),
    ("토요일", "Saturday"),
    ("일요일", "Sunday"),
)
HOURS = {  # time of day -> (Korean word, English phrase, hours)
    "am": ("아침", "in the morning", (6, 7, 8, 9)),
    "noon": ("오후", "in the afternoon", (1, 2)),
    "pm": ("오후", "in the afternoon", (2, 3, 4, 5)),
    "eve": ("저녁", "in the evening", (6, 7, 8)),
    "night": ("밤", "at night", (9, 10)),
}

# --- knowledge of the world -----------------------------------------------------------------------------------


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


def _definite(at: str) -> str:
    """`in a hospital` -> `in the hospital`."""
    return " ".join("the" if word in ("a", "an") else word for word in at.split())


for _p in PROFESSIONS:
    PLACES[f"work:{_p.ko}"] = Place(f"work:{_p.ko}", _p.place_ko, _definite(_p.place_at), "")
for _a in ANIMALS:
    PLACES[f"home:{_a.ko}"] = Place(f"home:{_a.ko}", _a.home_ko, _a.home_en, "")
PLACES["castle"] = Place("castle", "성", "in the castle", "to the castle")
PLACES["forest"] = Place("forest", "숲", "in the forest", "to the forest")

# Clothes and ornaments that are worn by one sex for the most part: Korean noun -> sex of the wearer.
GENDERED = {"원피스": "f", "치마": "f", "목걸이": "f", "넥타이": "m", "양복": "m"}
