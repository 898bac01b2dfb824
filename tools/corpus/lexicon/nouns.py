"""Nouns, with the categories that the frames and the adjectives ask for.

They are written `한국어=english~flags#counter`, in groups that share categories; `_` stands for a space inside a word
and `+` for a morpheme boundary; a backslash continues a row. Flags: m mass, p plural only, n no article, t always
"the", f / h female / male. `#counter:measure` gives the English word for the counter (two cups of coffee).
"""

from dataclasses import dataclass

NOUNS = """
fruit food buyable washable #개 : 사과=apple 바나나=banana 포도=grapes~p#송이:bunch 딸기=strawberry 수박=watermelon#통 \
배=pear 복숭아=peach 오렌지=orange 귤=tangerine 감=persimmon 레몬=lemon
vegetable food buyable washable #개 : 감자=potato 양파=onion 당근=carrot 오이=cucumber 토마토=tomato 호박=pumpkin \
고구마=sweet_potato
vegetable buyable washable : 배추=cabbage~m 상추=lettuce~m
dish food cookable : 김밥=gimbap~m 비빔밥=bibimbap~m 불고기=bulgogi~m 떡볶이=tteokbokki~m 볶음밥=fried_rice~m \
카레=curry~m 스파게티=spaghetti~m 국수=noodles~p#그릇:bowl 라면=ramen~m#그릇:bowl 만두=dumpling#개 \
김치찌개=kimchi_stew~m#그릇:bowl 냉면=cold_noodles~p#그릇:bowl 갈비=ribs~p 잡채=japchae~m 죽=porridge~m#그릇:bowl \
수프=soup~m#그릇:bowl 샐러드=salad~m
meat food cookable buyable : 생선=fish~m 닭고기=chicken~m 소고기=beef~m 돼지고기=pork~m
fresh food cookable buyable : 계란=egg#개 두부=tofu~m
snack food buyable : 케이크=cake~m#조각:piece 과자=cookie#개 빵=bread~m#조각:piece 아이스크림=ice_cream~m \
초콜릿=chocolate~m 사탕=candy~m 샌드위치=sandwich#개 피자=pizza~m#조각:slice 햄버거=hamburger#개 떡=rice_cake#개 \
치즈=cheese~m#장:slice
drink buyable : 커피=coffee~m#잔:cup 우유=milk~m#잔:glass 주스=juice~m#잔:glass 물=water~m#잔:glass \
콜라=cola~m#병:bottle 녹차=green_tea~m#잔:cup 홍차=black_tea~m#잔:cup 맥주=beer~m#병:bottle 와인=wine~m#병:bottle
seasoning buyable : 소금=salt~m 설탕=sugar~m 꿀=honey~m 고추장=chili_paste~m 간장=soy_sauce~m 식초=vinegar~m
tableware thing washable #개 : 접시=plate 컵=cup 숟가락=spoon 젓가락=chopsticks~p 포크=fork 냄비=pot 칼=knife 그릇=bowl
clothes thing wearable buyable washable #벌 : 옷=clothes~p 코트=coat 원피스=dress 치마=skirt 셔츠=shirt 양복=suit \
한복=hanbok 스웨터=sweater 바지=pants~p 재킷=jacket
accessory thing wearable buyable : 모자=hat#개 안경=glasses~p 장갑=gloves~p#켤레:pair 목도리=scarf#개 반지=ring#개 \
넥타이=tie#개 시계=watch#개 목걸이=necklace#개
footwear thing wearable buyable : 신발=shoes~p 구두=dress_shoes~p 운동화=sneakers~p 양말=socks~p 부츠=boots~p
reading thing buyable lendable #권 : 책=book 소설=novel 잡지=magazine 만화책=comic_book \
교과서=textbook 시집=poetry_book
paper thing : 신문=newspaper#장 편지=letter#통 엽서=postcard#장 사진=photo#장 이메일=e-mail#통 메시지=message#개 \
보고서=report#장
stationery thing buyable lendable : 사전=dictionary#권 연필=pencil#자루 볼펜=pen#자루 \
공책=notebook#권 지우개=eraser#개 종이=paper~m \
가위=scissors~p 필통=pencil_case#개 지도=map#장
bag thing buyable : 가방=bag#개 지갑=wallet#개 배낭=backpack#개 우산=umbrella#개
personal thing : 열쇠=key#개 여권=passport#개 휴대폰=cell_phone#대
ticket buyable : 표=ticket#장 기차표=train_ticket#장 비행기표=plane_ticket#장 영화표=movie_ticket#장
machine thing buyable #대 : 컴퓨터=computer 카메라=camera 텔레비전=TV 냉장고=refrigerator 세탁기=washing_machine \
노트북=laptop 휴대폰=cell_phone 라디오=radio 청소기=vacuum_cleaner
vehicle thing #대 : 차=car 자전거=bike 오토바이=motorcycle 트럭=truck
transport : 버스=bus#대 지하철=subway#대 기차=train#대 택시=taxi#대 비행기=plane#대 배=ship#척
furniture thing buyable : 의자=chair#개 책상=desk#개 침대=bed#개 소파=sofa#개 식탁=dining_table#개 책장=bookshelf#개 \
옷장=closet#개 거울=mirror#개 이불=blanket#개
toy thing buyable #개 : 인형=doll 공=ball 장난감=toy 풍선=balloon 연=kite
instrument thing : 피아노=piano#대 기타=guitar#대 바이올린=violin#개 드럼=drums~p
sport : 축구=soccer~m 농구=basketball~m 야구=baseball~m 테니스=tennis~m 배드민턴=badminton~m 탁구=table_tennis~m \
배구=volleyball~m
subject : 수학=math~m 과학=science~m 역사=history~m 음악=music~m 미술=art~m 영어=English~m 경제=economics~m \
지리=geography~m
show #편 : 영화=movie 드라마=drama 연극=play 공연=performance
animal thing #마리 : 고양이=cat 개=dog 토끼=rabbit 소=cow 말=horse 돼지=pig 양=sheep 닭=hen 오리=duck
wild #마리 : 호랑이=tiger 사자=lion 곰=bear 원숭이=monkey 코끼리=elephant 기린=giraffe 여우=fox 늑대=wolf 사슴=deer \
판다=panda 다람쥐=squirrel 뱀=snake
pet #마리 : 고양이=cat 강아지=puppy 토끼=rabbit 새=bird 개=dog 금붕어=goldfish 거북이=turtle
small #마리 : 새=bird 나비=butterfly 개구리=frog 참새=sparrow 벌=bee
flower plant : 꽃=flower#송이 장미=rose#송이 튤립=tulip#송이 해바라기=sunflower#송이
plant : 나무=tree#그루
nature : 산=mountain 바다=sea~t 강=river 호수=lake 숲=forest 섬=island 들판=field
room place_thing : 방=room#개 부엌=kitchen 거실=living_room 욕실=bathroom 창고=storage_room 베란다=balcony
building : 집=house#채 아파트=apartment#채 건물=building#채
problem : 문제=problem#개 질문=question#개 숙제=homework~m 시험=exam
gift : 선물=gift#개 꽃다발=bouquet 생일_카드=birthday_card
wound : 머리=head 배=stomach 다리=leg 팔=arm 허리=back 목=throat 어깨=shoulder 무릎=knee 발=foot 손=hand 이=tooth \
눈=eye 귀=ear
person_noun #명 : 학생=student 친구=friend 손님=guest 아이=child 사람=person 여자=woman~f 남자=man~h 외국인=foreigner \
군인=soldier 관광객=tourist
"""


@dataclass(frozen=True)
class Noun:
    """A noun on both sides: `ko` in morphemes (`+`) and words (`_`), `en` with spaces."""

    ko: str
    en: str
    categories: frozenset[str]
    flags: str = ""
    counter: str = ""
    measure: str = ""

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


def read_nouns(table: str) -> tuple[Noun, ...]:
    """The nouns of a table; one that stands in several groups has the categories of all."""
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


ALL_NOUNS = read_nouns(NOUNS)


def nouns(category: str) -> tuple[Noun, ...]:
    """All nouns of a category, or of several joined by `|`, in the order of the table."""
    names = category.split("|")
    found = tuple(n for n in ALL_NOUNS if n.categories & set(names) or n.head in names)
    if not found:
        raise ValueError(f"expected a category with nouns, got {category!r}")
    return found


# Clothes and ornaments that are worn by one sex for the most part: Korean noun -> sex of the wearer.
GENDERED = {
    **dict.fromkeys(("원피스", "치마", "목걸이", "블라우스", "레깅스", "드레스", "하이힐", "스타킹", "핸드백"), "f"),
    **dict.fromkeys(("귀걸이", "머리띠", "머리핀", "브로치", "발찌", "숄", "화장대"), "f"),
    **dict.fromkeys(("넥타이", "양복", "턱시도"), "m"),
}
