"""The tables behind this package: whole-sentence templates, what is bigger than what, and what people are like."""

# Said of a country; `*` before what is said only of other countries than Korea.
COUNTRY_LINES = (
    "{country}+의3 수도1+은 {capital}+!이2 | the capital1 of3? {country} is2 {capital}",
    "{capital}+은 {country}+의3 수도1+!이2 | {capital} is2 the capital1 of3? {country}",
    "{capital}+은 {country}+에3 있1 | {capital} is1 in3 {country}",
    "{nationality} 사람1+들1+은 {language}+을 쓰2 | {nationality} people1 speak2 {language}",
    "{nationality} 사람1+들1+은 {local_food}+을 자주3 먹2 | {nationality} people1 often3 eat2 {local_food/g}",
    "{nationality} 사람1+들1+은 {local_food}+을 좋아하2 | {nationality} people1 like2 {local_food/g}",
    (
        "{country}+에3 가1+(으)면2 {local_food}+을 먹4+~아 보4+고5 싶5 | "
        "if2 I go1 to3 {country} , I want5 to try4 {local_food/g}"
    ),
    (
        "{capital}+에3 가1+(으)면2 {local_food}+을 먹4+(으)ㄹ5 거5+!이5 | "
        "when2 I go1 to3 {capital} , I 'll5 eat4 {local_food/g}"
    ),
    "{country}+에서1 오1+(으)ㄴ 친구2+은 {language}+을 가르치3 | my friend2 from1 {country} teaches3 {language}",
    "*{country}+에서1 오1+(으)ㄴ 학생2+은 한국어3+을 잘하4 | the student2 from1 {country} speaks4 Korean3 well4",
    "{capital}+은 아름답1+(으)ㄴ 도시2+!이3 | {capital} is3 a beautiful1 city2",
    "{capital}+은 크1+고2 아름답3+(으)ㄴ 도시4+!이5 | {capital} is5 a big1 and2 beautiful3 city4",
    "*{country}+에4 살1+(으)ㄹ2 때2 {language}+을 배우3+~았5 | when2 I lived1 in4 {country} , I learned3,5 {language}",
    (
        "*{country}+에4 가1+기2 전2+에2 {language}+을 배우3+고5 싶5 | "
        "I want5 to learn3 {language} before2 going1 to4 {country}"
    ),
    "{country}+에서4 {language}+을 공부1+하1+고2 싶2 | I want2 to study1 {language} in4 {country}",
    (
        "*{country}+으로6 여행1+을 가2+~아서3 {capital}+을 구경4+하4+~았5 | "
        "I went2,5? on a trip1 to6 {country} and3 looked4,5 around4 {capital}"
    ),
    "{language}+은 어렵1+지만2 재미있3 | {language} is difficult1 but2 interesting3",
    "{capital}+에서3 {language}+을 배우1+고2 있2 | I 'm2 learning1,2? {language} in3 {capital}",
    "{capital}+에서3 먹1+(으)ㄴ {local_food}+이 정말5 맛있2+~았6 | MEAL I ate1 in3 {capital} WAS really5 delicious2",
    "{nationality} 음식1+을 좋아하2 | I like2 {nationality} food1",
    (
        "*{nationality} 음식1+을 먹2+(으)러3 {capital}+에5 가4+고6 싶6 | "
        "I want6 to go4 to5 {capital} to3 eat2 {nationality} food1"
    ),
    "{nationality} 영화1+을 자주2 보3 | I often2 watch3 {nationality} movies1",
    "{capital}+에 꼭1 가2+~아 보2+고3 싶3 | I really1 want3 to visit2 {capital}",
    (
        "*{nationality} 친구1+에게2 {language}+을 배우3+고4 있4 | "
        "I 'm4 learning3,4? {language} from2 a {nationality} friend1"
    ),
    "*아직1 {country}+에3 가2+~아 보2+(으)ㄴ 적4+이 없5 | I have4 n't5 been2 to3 {country} yet1",
    "*내년1+에 {country}+에3 가2+(으)려고4 {language}+을 배우5+고6 있6 | "
    "I 'm6 learning5,6? {language} to4 go2 to3 {country} next1 year1",
)
# Of a person and another country than Korea.
LIVED = (
    (
        "{who} {country}+에4 살1+(으)ㄹ2 때2 {language}+을 배우3+~았5 | "
        "when2 {who} lived1 in4 {country} , PRO learned3,5 {language}"
    ),
    (
        "{who} {capital}+에4 살1+(으)ㄹ2 때2 {local_food}+을 자주5 먹3+~았6 | "
        "when2 {who} lived1 in4 {capital} , PRO often5 ate3,6 {local_food/g}"
    ),
    (
        "{who} {country}+에5 가1+기2 전2+에2 {language}+을 배우3+~았4 | "
        "{who} learned3,4 {language} before2 going1 to5 {country}"
    ),
    (
        "{who} {country} {capital}+에서4 {language}+을 공부1+하1+고2 있2 | "
        "{who} is2 studying1,2? {language} in4 {capital} , {country}"
    ),
    (
        "{who} {capital}+을 좋아하1+~아서2 {country}+에5 자주4 가3 | "
        "{who} likes1 {capital} , so2 PRO often4 goes3 to5 {country}"
    ),
    "{who} {capital}+에서3 {nationality} 친구1+을 사귀2+~았4 | {who} made2,4 a {nationality} friend1 in3 {capital}",
    "{who} {country} {capital}+에4 살1 | {who} lives1 in4 {capital} , {country}",
    "{who} {nationality} 음식1+을 아주3 좋아하2 | {who} likes2 {nationality} food1 very3 much3",
    "{who} {language}+을 배우1+(으)러2 {country}+에3 가4+~았5 | {who} went4,5 to3 {country} to2 learn1 {language}",
    (
        "{who} 내년1+에 {country}+으로2 유학3+을 가4+(으)ㄹ5 거5+!이5 | "
        "{who} will5 go4 to2 {country} to study3 next1 year1"
    ),
    "{who} {country}+에3 가2+~아 보2+(으)ㄴ 적4+이 있4 | {who} has4 been2 to3 {country}",
    "{who} {capital}+에서3 일4 년4 동안5 살1+~았2 | {who} lived1,2 in3 {capital} for5 a4 year4",
)
TALES = (
    "옛날1+에 {r}+이 살2+~았3 | once1 upon1 a1 time1 , there lived2,3 a {r}",
    "옛날1+에 착하2+(으)ㄴ {r}+이 살3+~았4 | once1 upon1 a1 time1 , there lived3,4 a kind2 {r}",
    "{r}+은 크1+(으)ㄴ 성2+에4 살3+~았5 | the {r} lived3,5 in4 a big1 castle2",
    "{r}+은 말1+을 타2+고3 숲4+에6 가5+~았7 | the {r} rode2,5,7 {his} horse1 to6 the forest4",
    "{r}+은 왕관1+을 쓰2+고3 있3+~았4 | the {r} was3,4 wearing2,3? a crown1",
    "{r}+은 나라1+을 사랑2+하2+~았3 | the {r} loved2,3 {his} country1",
    "이1 이야기2+에는3 젊4+(으)ㄴ {r}+이 나오5 | there5 is5 a young4 {r} in3 this1 story2",
    "{r}+은 정원1+에서3 {lady}+을 만나2+~았4 | the {r} met2,4 {lady} in3 the garden1",
    "사람1+들1+은 {r}+을 사랑2+하2+~았3 | the people1 loved2,3 the {r}",
    "착하1+(으)ㄴ {r}+은 가난2+하2+(으)ㄴ 사람3+들3+을 돕4+~았5 | the kind1 {r} helped4,5 poor2 people3",
    "{r}+은 숲1+에서2 길3+을 잃3+~았4 | the {r} got3,4 lost3 in2 the forest1",
    "{r}+은 매일1 창문2+으로3 바다4+을 보5+~았6 | every1 day1 , the {r} looked5,6 at5 the sea4 through3 the window2",
    "{r}+은 친구1+이 없2+~아서3 외롭4+~았5 | the {r} had2 no2 friends1 , so3 {he} was5 lonely4",
    "{r}+은 용1+을 무서워하2+지 않3+~았4 | the {r} was4 n't3 afraid2 of2? the dragon1",
    "어느1 날1 {r}+은 마을2+에3 내려가4+~았5 | one1 day1 , the {r} went4,5 down4 to3 the village2",
    "{r}+은 용감1+하1+고2 똑똑3+하3+~았4 | the {r} was4 brave1 and2 smart3",
    "{r}+은 노래1+을 아주2 잘하3+~았4 | the {r} sang1,4 very2 well3",
    "{r}+은 작1+(으)ㄴ 새2+과 친구3+이 되4+~았5 | the {r} became4,5 friends3 with a small1 bird2",
    "{r}+과 {other}+은 오래오래1 행복2+하2+게2 살3+~았4 | the {r} and the {other} lived3,4 happily2 ever1 after1",
)
# from the smallest to the largest; two neighbours are not compared
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
# Comparisons that everybody knows: topic | Korean | English.
COMPARISONS = """
nature | 여름1+은 봄2+보다3 더4 덥5 | summer1 is hotter4,5 than3 spring2
nature | 겨울1+은 가을2+보다3 더4 춥5 | winter1 is colder4,5 than3 fall2
nature | 오늘1+은 어제2+보다3 더4 춥5 | it 's colder4,5 today1 than3 yesterday2
nature | 오늘1+은 어제2+보다3 더4 따뜻5+하5 | it 's warmer4,5 today1 than3 yesterday2
nature | 여름1+은 겨울2+보다3 해4+이 더5 길6 | the days4 are longer5,6 in summer1 than3 in winter2
nature | 달1+은 지구2+보다3 더4 작5 | the moon1 is smaller4,5 than3 the earth2
nature | 해1+은 달2+보다3 훨씬6 더4 크5 | the sun1 is much6 bigger4,5 than3 the moon2
travel | 서울1+은 부산2+보다3 더4 춥5 | Seoul1 is colder4,5 than3 Busan2
travel | 서울1+은 경주2+보다3 훨씬6 더4 크5 | Seoul1 is much6 bigger4,5 than3 Gyeongju2
travel | 지하철1+은 버스2+보다3 더4 편하5 | the subway1 is more4,5 comfortable5 than3 the bus2
travel | 비행기1+은 기차2+보다3 더4 비싸5 | planes1 are more4 expensive5 than3 trains2
travel | 제주도1+은 서울2+보다3 더4 따뜻5+하5 | Jeju1 Island1 is warmer4,5 than3 Seoul2
food | 수박1+은 사과2+보다3 더4 크5 | watermelons1 are bigger4,5 than3 apples2
food | 포도1+은 레몬2+보다3 더4 달5 | grapes1 are sweeter4,5 than3 lemons2
food | 김치찌개1+은 카레2+보다3 더4 맵5 | kimchi1 stew1 is spicier4,5 than3 curry2
food | 커피1+은 녹차2+보다3 더4 쓰5 | coffee1 is more4 bitter5 than3 green2 tea2
shopping | 시장1+은 백화점2+보다3 더4 싸5 | the market1 is cheaper4,5 than3 the department2 store2
shopping | 부츠1+은 운동화2+보다3 더4 무겁5 | boots1 are heavier4,5 than3 sneakers2
school | 듣1+기1+은 읽2+기2+보다3 더4 어렵5 | listening1 is more4 difficult5 than3 reading2
health | 건강1+은 돈2+보다3 더4 중요5+하5 | health1 is more4 important5 than3 money2
health | 수영1+은 걷2+기2+보다3 더4 힘들5 | swimming1 is harder4,5 than3 walking2
home | 거실1+은 제6 방2+보다3 더4 넓5 | the living1 room1 is bigger4,5 than3 my6 room2
home | 토요일1+은 월요일2+보다3 더4 즐겁5 | Saturdays1 are more4 fun5 than3 Mondays2
work | 오늘1+은 어제2+보다3 더4 바쁘5 | I 'm busier4,5 today1 than3 yesterday2
work | 이번1 회의2+은 지난번3 회의2+보다4 더5 길6+~았7 | this1 meeting2 was7 longer5,6 than4 the last3 one2
"""
# Things of which one may be more so than another: nouns | Korean stem = English adjective.
COMPARABLE = """
코트 원피스 셔츠 치마 한복 재킷 스웨터 바지 | 비싸=expensive 싸=cheap 예쁘=pretty
코트 스웨터 재킷 | 따뜻+하=warm 두껍=thick
신발 구두 운동화 | 비싸=expensive 싸=cheap 편하=comfortable 예쁘=pretty
가방 지갑 우산 | 비싸=expensive 싸=cheap 크=big 작=small
가방 배낭 | 무겁=heavy 가볍=light 튼튼+하=sturdy
모자 목도리 반지 목걸이 시계 | 비싸=expensive 예쁘=pretty
카메라 컴퓨터 노트북 휴대폰 텔레비전 냉장고 세탁기 | 비싸=expensive 좋=good
텔레비전 냉장고 | 크=big
노트북 카메라 | 가볍=light
의자 소파 침대 | 편하=comfortable 크=big
책상 식탁 책장 옷장 | 크=big 무겁=heavy 튼튼+하=sturdy
책 소설 만화책 잡지 | 재미있=interesting
영화 드라마 연극 소설 | 재미있=interesting 슬프=sad
책 사전 교과서 소설 | 두껍=thick 비싸=expensive
문제 시험 | 어렵=difficult 쉽=easy
책 교과서 질문 | 어렵=difficult
차 오토바이 자전거 | 비싸=expensive 빠르=fast 멋있=cool
건물 | 높=tall 오래되=old
집 방 아파트 | 크=big 조용+하=quiet 깨끗+하=clean
산 | 높=high 아름답=beautiful
강 | 깊=deep 길=long
호수 섬 | 아름답=beautiful 크=big
강아지 고양이 인형 | 귀엽=cute
장미 튤립 해바라기 꽃 | 예쁘=pretty
사과 수박 배 복숭아 오렌지 | 달=sweet 크=big
김치찌개 떡볶이 카레 라면 | 맵=spicy 맛있=delicious
불고기 비빔밥 케이크 빵 피자 커피 | 맛있=delicious
피아노 기타 바이올린 | 비싸=expensive 좋=good
"""
# Who is more so: {a} and {b} are people. A number stands for {years}; `N` before what is said of people by name only.
PERSONAL = (
    "{a} {b}+보다4 키1+이 더2 크3 | {a} is taller1,2,3 than4 {b}",
    "{a} {b}+보다4 키1+이 더2 크3 | {a} is taller1,2,3 than4 {b}",
    "{a} {b}+보다4 더2 바쁘3 | {a} is busier2,3 than4 {b}",
    "{a} {b}+보다4 더2 건강3+하3 | {a} is healthier2,3 than4 {b}",
    "{a} {b}+보다4 노래1+을 더2 잘하3 | {a} sings1 better2,3 than4 {b}",
    "{a} {b}+보다4 요리1+을 더2 잘하3 | {a} cooks1 better2,3 than4 {b}",
    "{a} {b}+보다4 영어1+을 더2 잘하3 | {a} speaks3 English1 better2,3 than4 {b}",
    "{a} {b}+보다4 더2 일찍1 일어나3 | {a} gets3 up3 earlier1,2 than4 {b}",
    "{a} {b}+보다4 더2 빨리1 달리3 | {a} runs3 faster1,2 than4 {b}",
    "{a} {b}+보다4 책1+을 더2 많이2 읽3 | {a} reads3 more2 books1 than4 {b}",
    "{a} {b}+보다4 밥1+을 더2 많이2 먹3 | {a} eats1,3 more2 than4 {b}",
    "N{a} {b}+보다4 더2 어리3 | {a} is younger2,3 than4 {b}",
    "N{a} {b}+보다4 나이1+이 더2 많3 | {a} is older1,2,3 than4 {b}",
    "N{a} {b}+보다4 {years} 살2 많3 | {a} is {years} years2 older3 than4 {b}",
    "N{a} {b}+보다4 {years} 살2 어리3 | {a} is {years} years2 younger3 than4 {b}",
)
# Kinds of things of which one likes some more than others: topic : Korean=English in general.
PREFERENCES = """
food : 사과=apples 바나나=bananas 포도=grapes 딸기=strawberries 수박=watermelon 배=pears 복숭아=peaches \
귤=tangerines 감=persimmons
food : 커피=coffee 녹차=green_tea 홍차=black_tea
food : 우유=milk 주스=juice 물=water 콜라=cola
food : 김밥=gimbap 비빔밥=bibimbap 불고기=bulgogi 떡볶이=tteokbokki 카레=curry 냉면=cold_noodles 라면=ramen 갈비=ribs
food : 소고기=beef 돼지고기=pork 닭고기=chicken 생선=fish
food : 케이크=cake 과자=cookies 아이스크림=ice_cream 초콜릿=chocolate 떡=rice_cakes
nature : 개=dogs 고양이=cats 토끼=rabbits 새=birds
nature : 봄=spring 여름=summer 가을=fall 겨울=winter
nature : 장미=roses 튤립=tulips 해바라기=sunflowers
nature : 산=the_mountains 바다=the_sea
health : 축구=soccer 농구=basketball 야구=baseball 배구=volleyball 테니스=tennis 배드민턴=badminton 탁구=table_tennis
school : 수학=math 과학=science 역사=history 음악=music 미술=art 영어=English 지리=geography
school : 소설=novels 만화책=comic_books 시집=poetry_books
home : 영화=movies 드라마=dramas 연극=plays
home : 피아노=the_piano 기타=the_guitar 바이올린=the_violin
shopping : 빨간색=red 파란색=blue 노란색=yellow 하얀색=white 까만색=black 초록색=green
shopping : 치마=skirts 바지=pants 원피스=dresses
shopping : 구두=dress_shoes 운동화=sneakers 부츠=boots
travel : 기차=trains 버스=buses 비행기=planes
travel : 서울=Seoul 부산=Busan 경주=Gyeongju
"""
# What animals are like, have and can.
ANIMAL_FACTS = (
    "코끼리1+은 코2+이 길3 | elephants1 have3? long3 trunks2",
    "코끼리1+은 힘2+이 아주3 세2 | elephants1 are very3 strong2",
    "기린1+은 목2+이 길3 | giraffes1 have3? long3 necks2",
    "토끼1+은 귀2+이 길3 | rabbits1 have3? long3 ears2",
    "토끼1+은 빨리2 뛰3 | rabbits1 run3 fast2",
    "말1+은 아주2 빨리3 달리4 | horses1 run4 very2 fast3",
    "말1+은 다리2+이 길3 | horses1 have3? long3 legs2",
    "펭귄1+은 날2+지 못하3 | penguins1 ca3 n't3 fly2",
    "펭귄1+은 수영2+을 잘하3 | penguins1 swim2 well3",
    "오리1+은 헤엄2+을 잘3 치2 | ducks1 swim2 well3",
    "곰1+은 나무2+에 잘3 올라가4 | bears1 climb4 trees2 well3",
    "원숭이1+은 나무2+에 잘3 올라가4 | monkeys1 climb4 trees2 well3",
    "원숭이1+은 아주2 똑똑3+하3 | monkeys1 are very2 smart3",
    "개1+은 냄새2+을 잘3 맡4 | dogs1 smell2,4 things2? well3",
    "개1+은 아주2 똑똑3+하3 | dogs1 are very2 smart3",
    "고양이1+은 생선2+을 좋아하3 | cats1 like3 fish2",
    "고양이1+은 낮2+에3 많이4 자5 | cats1 sleep5 a4 lot4 during3 the day2",
    "고양이1+은 높2+(으)ㄴ 곳3+을 좋아하4 | cats1 like4 high2 places3",
    "닭1+은 알2+을 낳3 | hens1 lay3 eggs2",
    "벌1+은 꿀2+을 만들3 | bees1 make3 honey2",
    "나비1+은 꽃2+을 좋아하3 | butterflies1 like3 flowers2",
    "양1+은 털2+이 부드럽3 | sheep1 have3? soft3 wool2",
    "돼지1+은 많이2 먹3 | pigs1 eat3 a2 lot2",
    "사자1+은 힘2+이 세2 | lions1 are strong2",
    "호랑이1+은 혼자2 살3 | tigers1 live3 alone2",
    "늑대1+은 함께2 사냥3+을 하3 | wolves1 hunt3 together2",
    "판다1+은 대나무2+만3 먹4 | pandas1 eat4 only3 bamboo2",
    "다람쥐1+은 가을2+에3 도토리4+을 모으5 | squirrels1 gather5 acorns4 in3 the fall2",
    "거북이1+은 아주2 천천히3 걷4 | turtles1 walk4 very2 slowly3",
    "거북이1+은 오래2 살3 | turtles1 live3 a2 long2 time2",
    "개구리1+은 높2+이2 뛰3 | frogs1 jump3 high2",
    "새1+은 날개2+이 있3 | birds1 have3 wings2",
    "뱀1+은 다리2+이 없3 | snakes1 have3 no3 legs2",
    "여우1+은 꼬리2+이 길3 | foxes1 have3? long3 tails2",
    "사슴1+은 풀2+을 먹3 | deer1 eat3 grass2",
)
TRAITS = (
    ("친절+하", "kind"),
    ("똑똑+하", "smart"),
    ("조용+하", "quiet"),
    ("재미있", "funny"),
    ("부지런+하", "hardworking"),
    ("착하", "good"),
    ("정직+하", "honest"),
    ("용감+하", "brave"),
    ("멋있", "cool"),
)
CHILD_TRAITS = (
    ("똑똑+하", "smart"),
    ("조용+하", "quiet"),
    ("착하", "good"),
    ("귀엽", "cute"),
    ("활발+하", "lively"),
    ("건강+하", "healthy"),
    ("용감+하", "brave"),
)
WORDS_OF_SEX = {
    "m": {"adult": ("남자", "man"), "child": ("남자아이", "boy")},
    "f": {"adult": ("여자", "woman"), "child": ("여자아이", "girl")},
}
FAMILY_ROLES = {
    "m": (("아버지", "father"), ("남편", "husband"), ("아들", "son"), ("삼촌", "uncle"), ("친구", "friend")),
    "f": (("어머니", "mother"), ("아내", "wife"), ("딸", "daughter"), ("이모", "aunt"), ("친구", "friend")),
}
# What people look like and are like; of people who don't take 시.
PORTRAIT_LINES = (
    "{who} 키1+이 크1+고2 머리3+이 길4 | {who} is tall1 and2 has4? long4 hair3",
    "{who} 키1+이 아주2 크1 | {who} is very2 tall1",
    "{who} 눈1+이 크2 | {who} has2? big2 eyes1",
    "{who} 머리1+이 짧2 | {who} has2? short2 hair1",
    "{who} 성격1+이 좋2 | {who} has2? a good2 personality1",
    "{who} 항상1 웃2 | {who} always1 smiles2",
    "{who} 말1+이 많2 | {who} talks1 a2 lot2",
    "{who} 말1+이 별로2 없3 | {who} does n't3 talk1 much2",
    "{who} 노래1+을 아주2 잘하3 | {who} sings1 very2 well3",
    "{who} 요리1+을 잘하2 | {who} is good2 at2? cooking1",
    "{who} 아이1+들1+을 좋아하2 | {who} likes2 children1",
    "{who} 동물1+을 사랑2+하2 | {who} loves2 animals1",
    "{who} 안경1+을 쓰2 | {who} wears2 glasses1",
    "{who} 책1+을 많이2 읽3 | {who} reads3 a2 lot2 of2? books1",
    "{who} 약속1+을 잘3 지키2 | {who} always3 keeps2 PROS promises1",
    "{who} 목소리1+이 아름답2 | {who} has2? a beautiful2 voice1",
    "{who} 아버지1+을 많이2 닮3+~았 | {who} looks3 a2 lot2 like3 PROS father1",
    "{who} 어머니1+을 많이2 닮3+~았 | {who} looks3 a2 lot2 like3 PROS mother1",
    "{who} 친구1+이 많2 | {who} has2? a2 lot2 of2? friends1",
    "{who} 춤1+을 잘2 추1 | {who} dances1 well2",
)
