"""Tables of what is where, in what number, at what price: see `facts.py` for the others."""

# What holds what: Korean=English (with the preposition) : noun, or noun*greatest number : d if "the X is there" fits.
HOLDS = """
책상 위=on_the_desk d : 책*4 교과서*3 사전 공책*4 연필*5 볼펜*5 지우개*2 필통 가위 컴퓨터 노트북 신문 편지*3 \
사진*3 안경 휴대폰 열쇠 컵*2
식탁 위=on_the_dining_table d : 접시*5 컵*4 숟가락*5 젓가락 포크*4 그릇*4 사과*5 바나나*5 오렌지*5 귤*5 포도 \
과자*5 빵 케이크 샐러드 주스
침대 위=on_the_bed d : 이불*2 인형*4 옷 책*2 스웨터 고양이*2 강아지*2 셔츠*3
의자 위=on_the_chair d : 가방 모자 코트 고양이 책*2 우산 재킷
의자 아래=under_the_chair d : 고양이 공 가방 강아지
침대 아래=under_the_bed d : 공*2 양말 신발 고양이 장난감*3 가방 강아지
책상 아래=under_the_desk d : 가방 공 지우개 볼펜 강아지 고양이
가방 안=in_the_bag d : 책*3 공책*4 연필*5 볼펜*4 지갑 휴대폰 우산 열쇠*2 안경 사전 필통 여권 카메라 노트북 교과서*3
옷장 안=in_the_closet d : 코트*4 셔츠*5 치마*5 바지 스웨터*5 원피스*4 재킷*3 모자*4 이불*3 옷
냉장고 안=in_the_refrigerator d : 사과*5 수박*2 포도 딸기*10 우유 주스 물 계란*10 토마토*5 오이*4 당근*5 치즈 \
케이크 맥주 콜라 두부 소고기
소파 위=on_the_sofa d : 고양이*2 책*2 신문 강아지*2 인형*3 이불 가방 잡지*3
문 뒤=behind_the_door d : 우산*2 가방 청소기 고양이 공
창문 옆=next_to_the_window d : 책상 침대 소파 의자*2 피아노 거울
상자 안=in_the_box d : 책*10 인형*5 공*5 연필*10 장난감*5 사진*10 편지*5 신발
바구니 안=in_the_basket d : 사과*6 귤*10 감*6 복숭아*5 계란*10 감자*8 고구마*6 빵
정원=in_the_garden : 나무*5 장미*10 고양이*2 나비*4 새*3 꽃*10
공원=in_the_park : 나무*10 아이*6 새*5 개*3
거실=in_the_living_room : 소파 텔레비전 피아노 책장*2 거울
방=in_the_room : 침대 책상 의자*2 거울 책장*2 컴퓨터 옷장
교실=in_the_classroom : 학생*10 책상*10 의자*10 컴퓨터*3
동물원=at_the_zoo : 호랑이*3 사자*4 기린*3 코끼리*2 곰*3 원숭이*10 판다*2 여우*4 늑대*3 사슴*6 뱀*5
농장=on_the_farm : 소*10 말*5 돼지*10 양*10 닭*10 오리*8
집 앞=in_front_of_the_house : 차*2 자전거*3 나무*3 트럭 개
"""
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
    ("수영장", "swimming pool"),
    ("지하철역", "subway station"),
)
SEVERAL_BUILDINGS = (
    "카페",
    "식당",
    "서점",
    "편의점",
    "약국",
    "빵집",
    "은행",
    "공원",
)  # of which there may be three nearby
NUMBER_WORDS = {
    "천": "one thousand",
    "이천": "two thousand",
    "삼천": "three thousand",
    "사천": "four thousand",
    "오천": "five thousand",
    "육천": "six thousand",
    "칠천": "seven thousand",
    "팔천": "eight thousand",
    "만": "ten thousand",
    "만_오천": "fifteen thousand",
    "이만": "twenty thousand",
    "삼만": "thirty thousand",
    "사만": "forty thousand",
    "오만": "fifty thousand",
    "육만": "sixty thousand",
    "칠만": "seventy thousand",
    "팔만": "eighty thousand",
    "십만": "one hundred thousand",
    "이십만": "two hundred thousand",
    "삼십만": "three hundred thousand",
    "오십만": "five hundred thousand",
    "팔십만": "eight hundred thousand",
    "백만": "one million",
}
# What costs how much in won: things : prices.
PRICES = """
사과 오렌지 레몬 당근 풍선 : 천 이천
배 복숭아 초콜릿 빵 장미 : 이천 삼천
수박 : 만 만_오천 이만
샌드위치 햄버거 커피 김밥 연 : 사천 오천 육천
아이스크림 과자 지우개 볼펜 연필 양말 : 천 이천 삼천
공책 : 이천 삼천 사천
케이크 피자 : 이만 삼만
시집 만화책 잡지 : 육천 칠천 팔천 만
책 소설 교과서 : 만 만_오천 이만
사전 : 삼만 사만
셔츠 바지 치마 : 삼만 사만 오만
스웨터 원피스 : 사만 오만 육만
재킷 신발 운동화 구두 : 육만 칠만 팔만
코트 부츠 : 팔만 십만 이십만
한복 양복 : 이십만 삼십만
모자 장갑 목도리 우산 : 만 만_오천 이만
넥타이 지갑 배낭 : 삼만 사만 오만
가방 : 사만 오만 십만
안경 시계 반지 목걸이 : 팔만 십만 이십만
인형 장난감 공 : 만 이만 삼만
영화표 : 만 만_오천
기차표 : 사만 오만 육만
비행기표 : 팔만 십만 이십만
의자 라디오 이불 : 오만 팔만
책상 침대 청소기 자전거 : 십만 이십만 삼십만
카메라 휴대폰 소파 : 오십만 팔십만
컴퓨터 노트북 텔레비전 냉장고 : 팔십만 백만
"""
AGES = (
    ("열두", "twelve"),
    ("열다섯", "fifteen"),
    ("열여섯", "sixteen"),
    ("열여덟", "eighteen"),
    ("열아홉", "nineteen"),
    ("스무", "twenty"),
)
# Acts on so many things: topic | noun | Korean stem | English base | least and greatest number | times.
COUNTED_ACTS = """
nature | 나무 | 심 | plant | 1 5 | week
nature | 장미 | 심 | plant | 2 10 | week
home | 편지 | 쓰 | write | 1 3 | day week
home | 편지 | 받 | get | 1 4 | day week
work | 이메일 | 보내 | send | 1 10 | day
work | 이메일 | 받 | get | 2 10 | day
travel | 엽서 | 쓰 | write | 1 5 | day week
travel | 사진 | 찍 | take | 2 10 | day
shopping | 양말 | 사 | buy | 1 5 | day week
shopping | 운동화 | 사 | buy | 1 2 | day week
shopping | 구두 | 사 | buy | 1 2 | day week
shopping | 장갑 | 사 | buy | 1 2 | day week
shopping | 셔츠 | 사 | buy | 1 3 | day week
shopping | 장미 | 사 | buy | 1 10 | day
shopping | 수박 | 사 | buy | 1 2 | day week
shopping | 볼펜 | 사 | buy | 1 5 | day week
school | 책 | 읽 | read | 1 4 | day week
school | 책 | 빌리 | borrow | 1 4 | day week
school | 만화책 | 읽 | read | 1 5 | day week
school | 문제 | 풀 | solve | 2 10 | day
home | 영화 | 보 | watch | 1 3 | day week
food | 커피 | 마시 | drink | 1 4 | day
food | 우유 | 마시 | drink | 1 2 | day
food | 물 | 마시 | drink | 2 5 | day
food | 녹차 | 마시 | drink | 1 3 | day
food | 국수 | 먹 | eat | 1 2 | day
food | 라면 | 먹 | eat | 1 2 | day
food | 피자 | 먹 | eat | 1 3 | day
food | 귤 | 먹 | eat | 2 8 | day
food | 계란 | 먹 | eat | 1 3 | day
food | 감자 | 굽 | bake | 2 5 | day
travel | 기차표 | 사 | buy | 1 4 | day week
travel | 비행기표 | 예약+하 | book | 1 4 | day week
"""
COUNTED_TIMES = {
    "day": (("어제", "yesterday"), ("오늘", "today")),
    "week": (("지난주+에", "last week"), ("지난_주말+에", "last weekend")),
}
