"""The tables behind this package: whole-sentence templates, and what stands where, is bigger, or costs how much."""

COUNTRY_LINES = (
    "{country}+의3 수도1+은 {capital}+!이2 | the capital1 of3 {country} is2 {capital}",
    "{capital}+은 {country}+의3 수도1+!이2 | {capital} is2 the capital1 of3 {country}",
    "{capital}+은 {country}+에3 있1 | {capital} is1 in3 {country}",
    "{country} 사람1+들+은 {language}+을 쓰2 | people1 in {country} speak2 {language}",
    "{country} 사람1+들+은 {local_food}+을 자주3 먹2 | people1 in {country} often3 eat2 {local_food/g}",
    (
        "{country}+에 가1+(으)면3 {local_food}+을 먹2+~아 보+고 싶4 | "
        "if3 I go1 to {country} , I want4 to try2 {local_food/g}"
    ),
    (
        "{capital}+에 가1+(으)면3 {local_food}+을 먹2+(으)ㄹ4 거4+!이4 | "
        "if3 I go1 to {capital} , I 'll4 eat2 {local_food/g}"
    ),
    "{country}+에서3 오2+(으)ㄴ 친구1+은 {language}+을 가르치4 | my friend1 from2,3 {country} teaches4 {language}",
    "{country}+에서3 오2+(으)ㄴ 학생1+은 {language}+을 하4 | the student1 from2,3 {country} speaks4 {language}",
    "{capital}+은 아름답1+(으)ㄴ 도시2+!이3 | {capital} is3 a beautiful1 city2",
    "{country}+에4 살1+(으)ㄹ2 때2 {language}+을 배우3+~았5 | when2 I lived1 in4 {country} , I learned3,5 {language}",
    (
        "{country}+에 가1+기2 전2+에2 {language}+을 배우3+고 싶4 | "
        "I want4 to learn3 {language} before2 going1 to {country}"
    ),
    "{country}+에서4 {language}+을 공부1+하1+고2 싶3 | I want3 to2 study1 {language} in4 {country}",
    (
        "{country}+에 여행1+을 가2+~아서3 {capital}+을 구경4+하4+~았5 | "
        "I went2,5 on a trip1 to {country} and3 saw4 {capital}"
    ),
    "{language}+은 어렵1+지만2 재미있3 | {language} is1 difficult1 but2 interesting3",
    "{capital}+에서3 {language}+을 배우1+고2 있2 | I 'm2 learning1,2 {language} in3 {capital}",
    (
        "{capital}+에서3 먹1+(으)ㄴ4 {local_food}+이 아주5 맛있2+~았6 | "
        "the {local_food} I ate1 in3 {capital} was6 very5 delicious2"
    ),
    "{country} 음식1+을 좋아하2 | I like2 food1 from {country}",
)
LIVED = (
    (
        "{who} {country}+에4 살1+(으)ㄹ2 때2 {language}+을 배우3+~았5 | "
        "when2 {who} lived1 in4 {country} , PRO learned3,5 {language}"
    ),
    (
        "{who} {capital}+에4 살1+(으)ㄹ2 때2 {local_food}+을 자주5 먹3+~았6 | "
        "when2 {who} lived1 in4 {capital} , PRO often5 ate3,6 {local_food/g}"
    ),
    "{who} {country}+에서4 오1+~았5+고2 {language}+을 하3 | {who} came1,5 from4 {country} and2 speaks3 {language}",
    (
        "{who} {country}+에 가1+기2 전2+에2 {language}+을 배우3+~았4 | "
        "{who} learned3,4 {language} before2 going1 to {country}"
    ),
    (
        "{who} {country}+의5 {capital}+에서4 {language}+을 공부1+하1+고2 있2 | "
        "{who} is2 studying1,2 {language} in4 {capital} in5 {country}"
    ),
    (
        "{who} {capital}+을 좋아하1+~아서2 {country}+에 자주4 가3 | "
        "{who} likes1 {capital} , so2 PRO often4 goes3 to {country}"
    ),
    "{who} {capital}+에서3 {country} 친구1+을 만나2+~았4 | {who} met2,4 a friend1 from {country} in3 {capital}",
    "{who} {country}+의5 {capital}+에4 살1 | {who} lives1 in4 {capital} in5 {country}",
)
TALES = (
    "옛날1+에 {r}+이 살2+~았3 | once1 upon1 a time1 , there lived2,3 a {r}",
    "{r}+은 크1+(으)ㄴ 성2+에4 살3+~았5 | the {r} lived3,5 in4 a big1 castle2",
    "{r}+은 말1+을 타2+고3 숲4+에 가5+~았6 | the {r} rode2,6 {his} horse1 and3 went5,6 to the forest4",
    "{r}+은 왕관1+을 쓰2+고3 있3+~았4 | the {r} was3,4 wearing2,3 a crown1",
    "{r}+은 나라1+을 사랑2+하2+~았3 | the {r} loved2,3 {his} country1",
    "이1 이야기2+에는3 젊4+(으)ㄴ {r}+이 나오5 | there5 is5 a young4 {r} in3 this1 story2",
    "{r}+은 정원1+에서3 {lady}+을 만나2+~았4 | the {r} met2,4 {lady} in3 the garden1",
    "사람1+들+은 {r}+을 사랑2+하2+~았3 | the people1 loved2,3 the {r}",
    "착하1+(으)ㄴ {r}+은 가난2+하2+(으)ㄴ 사람3+들+을 돕4+~았5 | the kind1 {r} helped4,5 poor2 people3",
)
# from the smallest to the largest
ANIMALS_BY_SIZE = (
    ("쥐", "mouse"),
    ("참새", "sparrow"),
    ("다람쥐", "squirrel"),
    ("토끼", "rabbit"),
    ("고양이", "cat"),
    ("개", "dog"),
    ("양", "sheep"),
    ("돼지", "pig"),
    ("사자", "lion"),
    ("소", "cow"),
    ("말", "horse"),
    ("코끼리", "elephant"),
)
# from the slowest to the fastest
VEHICLES_BY_SPEED = (("자전거", "bike"), ("버스", "bus"), ("기차", "train"), ("비행기", "plane"))
# (piece of furniture, English, side, English)
POSITIONS = (
    ("책상", "desk", "위", "on"),
    ("식탁", "dining table", "위", "on"),
    ("침대", "bed", "위", "on"),
    ("의자", "chair", "위", "on"),
    ("책상", "desk", "아래", "under"),
    ("의자", "chair", "아래", "under"),
    ("침대", "bed", "아래", "under"),
    ("가방", "bag", "안", "in"),
    ("옷장", "closet", "안", "in"),
    ("냉장고", "refrigerator", "안", "in"),
    ("소파", "sofa", "옆", "next to"),
    ("텔레비전", "TV", "옆", "next to"),
    ("문", "door", "뒤", "behind"),
    ("창문", "window", "옆", "next to"),
)
# piece of furniture -> the categories of what may be in, on or beside it
HOLDS = {
    "냉장고": "fruit|vegetable",
    "옷장": "clothes|footwear",
    "가방": "stationery|reading",
    "식탁": "tableware|fruit",
    "침대": "toy|reading|clothes",
    "의자": "bag|clothes|toy",
    "책상": "reading|stationery|machine",
    "소파": "toy|bag",
    "텔레비전": "reading|toy|accessory",
    "문": "bag|footwear",
    "창문": "flower|toy",
}
BUILDINGS = (
    ("공원", "park"),
    ("은행", "bank"),
    ("병원", "hospital"),
    ("학교", "school"),
    ("시장", "market"),
    ("카페", "cafe"),
    ("식당", "restaurant"),
    ("서점", "bookstore"),
    ("편의점", "convenience store"),
    ("도서관", "library"),
    ("우체국", "post office"),
    ("약국", "pharmacy"),
    ("빵집", "bakery"),
    ("극장", "theater"),
    ("박물관", "museum"),
)
NUMBER_WORDS = (
    ("천", "one thousand"),
    ("이천", "two thousand"),
    ("삼천", "three thousand"),
    ("오천", "five thousand"),
    ("만", "ten thousand"),
    ("이만", "twenty thousand"),
    ("삼만", "thirty thousand"),
    ("오만", "fifty thousand"),
)
TRAITS = (
    ("친절+하", "kind", ""),
    ("똑똑+하", "smart", ""),
    ("조용+하", "quiet", ""),
    ("재미있", "funny", ""),
    ("부지런+하", "hardworking", ""),
    ("착하", "good", ""),
    ("잘생기", "handsome", "m"),
    ("멋있", "cool", "m"),
    ("예쁘", "pretty", "f"),
    ("아름답", "beautiful", "f"),
)
WORDS_OF_SEX = {
    "m": {"adult": ("남자", "man"), "child": ("소년", "boy")},
    "f": {"adult": ("여자", "woman"), "child": ("소녀", "girl")},
}
FAMILY_ROLES = {
    "m": (("아버지", "father"), ("남편", "husband"), ("아들", "son"), ("삼촌", "uncle"), ("할아버지", "grandfather")),
    "f": (("어머니", "mother"), ("아내", "wife"), ("딸", "daughter"), ("이모", "aunt"), ("할머니", "grandmother")),
}
