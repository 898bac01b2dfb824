"""Which acts one likes, starts, has done once, is able to do, has to do, wants to do, decides to do."""

from ..tables import word_set
from .frame import Frame, frame_key, keys

LIKED = frozenset(
    keys("""
{reading}+을 읽 / 그림+을 그리 / 요리+을 하 / 음악+을 듣 / 라디오+을 듣 / 노래+을 부르
춤+을 추 / {show}+을 보 / 텔레비전+을 보 / 게임+을 하 / 피아노+을 치 / 기타+을 치 / 사진+을 찍 / 자전거+을 타
산책+을 하 / 달리기+을 하 / 수영+을 하 / 등산+을 하 / {축구|농구|야구|배구}+을 하 / {테니스|배드민턴|탁구}+을 치
요가+을 하 / 별+을 보 / 낚시+을 하
바다+에서 수영+을 하 / 정원+에서 일+을 하 / 공원+을 걷 / 쇼핑+을 하 / 캠핑+을 가 / 집+에서 쉬 / {language}+을 배우
가족+과 이야기+을 하 / 밖+에서 놀 / {김밥|비빔밥|카레|떡볶이|볶음밥|만두}+을 만들
""")
)
STARTED = frozenset(
    keys("""
{language}+을 배우 / {language}+을 공부+하 / 요리+을 배우 / 바이올린+을 배우 / 운동+을 하 / 요가+을 하 / 돈+을 모으
보고서+을 쓰 / 숙제+을 하 / 저녁+을 준비+하 / 방+을 청소+하 / 시험+을 준비+하 / {reading}+을 읽 / 발표+을 준비+하
정원+에서 일+을 하
""")
)
EXPERIENCED = frozenset(
    keys("""
{country}+에 가 / {capital}+에 가 / 배낭여행+을 가 / 캠핑+을 가 / 온천+에 가 / {capital}+에서 {local_food}+을 먹
{capital}+을 구경+하 / {country}+에서 {local_food}+을 먹+~아 보 / 제주도+에 가 / 서울+을 구경+하 / 비행기+을 타
배+을 타 / {language}+을 배우 / 낚시+을 하 / 바다+에서 수영+을 하 / 등산+을 하 / 요가+을 하 / {wild}+을 보
{김밥|비빔밥|카레|떡볶이|볶음밥|만두}+을 만들 / 케이크+을 굽 / 눈사람+을 만들 / 호텔+에서 묵 / 시험+에서 떨어지
여권+을 잃어버리
다리+을 다치 / 길+을 잃 / 발표+을 하
""")
)
ABLE = frozenset(
    keys("""
운전+을 하 / 수영+을 하 / 자전거+을 타 / 피아노+을 치 / 기타+을 치 / {축구|농구|야구|배구}+을 하
{테니스|배드민턴|탁구}+을 치 / 요리+을 하 / 케이크+을 굽
{김밥|비빔밥|카레|떡볶이|볶음밥|만두}+을 만들 / 컴퓨터+을 고치 / {language}+을 가르치 / {문제}+을 풀 / 시장+에 가
학교+에 가 / 도서관+에 가
여행+을 가 / 바다+에 가 / 산+에 가 / 소풍+을 가 / 일찍 자 / 집+에서 쉬 / 저녁+을 준비+하 / 아이+을 돌보 / 회의+을 하
보고서+을 끝내 / 숙제+을 끝내 / {show}+을 보
""")
)
# What one doesn't have to do: what one does for pleasure.
FREE = frozenset(
    keys("""
{snack}+을 먹 / {dish}+을 먹 / {fruit}+을 먹 / {drink}+을 마시 / {커피|녹차|홍차}+을 마시 / 그림+을 그리 / 게임+을 하
{show}+을 보 / 텔레비전+을 보 / 라디오+을 듣 / 음악+을 듣 / 노래+을 부르 / 춤+을 추 / 낮잠+을 자 / 피아노+을 치
기타+을 치 / 사진+을 찍 / 배+을 타 / 별+을 보 / 낚시+을 하 / 소풍+을 가 / 밖+에서 놀 / 바다+에서 수영+을 하
눈사람+을 만들 / 공원+에 가 / 바다+에 가 / 제주도+에 가 / 여행+을 가 / 자전거+을 타 / 단풍+을 보 / {toy}+을 사
{flower}+을 심 / 쇼핑+을 하 / 공원+을 걷 / 산책+을 하 / {축구|농구|야구|배구}+을 하 / {테니스|배드민턴|탁구}+을 치
{커피|케이크|샌드위치}+을 주문+하 / 커피+에 {설탕|우유|꿀}+을 넣 / {reading}+을 빌리 / {country}+에서 {language}+을 배우
한국+에서 한국어+을 배우 / 할인+을 받 / 택배+을 받 / {생선|닭고기|소고기|돼지고기}+을 굽 / 외식+을 하
{비빔밥|불고기|볶음밥|냉면|만두|갈비|카레}+을 주문+하 / 생일 파티+을 하
""")
)
# What nobody wants to do for its own sake.
UNWANTED = frozenset(
    keys("""
고객+을 만나
설거지+을 하 / 쓰레기+을 버리 / 줄+을 서 / 버스+을 기다리 / 시험+을 보 / 이+을 닦 / 회의+을 하 / 주사+을 맞
마스크+을 쓰 / 약+을 먹 / 서류+을 복사+하 / 서류+에 서명+을 하 / 단어+을 외우 / 손+을 씻 / 세수+을 하 / 길+을 묻+~아+보
길+을 건너 / 이메일+에 답장+을 하 / 돈+을 내 / 컴퓨터+을 켜 / 컴퓨터+을 끄 / 전화+을 받 / 빨래+을 하 / {seasoning}+을 넣
출근+하 / 버스+에서 내리 / 질문+에 대답+을 하 / 지도+을 보 / 카드+으로 계산+하 / 돈+을 찾 / 치과+에 가 / 병원+에 가
칠판+에 이름+을 쓰 / 일찍 일어나 / 이메일+을 확인+하 / 영수증+을 버리
장바구니+을 들 / 현금+으로 계산+하 / 사이즈+을 확인+하 / 택배+을 보내 / {accessory}+을 찾 / 호텔+에 짐+을 맡기
가격+을 묻+~아+보
버스+에서 내리 / 길+을 건너 / {vegetable}+을 썰 / {vegetable}+을 씻 / {사과|포도|딸기|복숭아}+을 씻
""")
)
# What is done without a decision.
UNDECIDED = UNWANTED | frozenset(
    keys("""
{reading}+을 읽 / {snack}+을 먹 / 이메일+을 보내 / 전화+을 하 / 보고서+을 읽 / 자료+을 찾 / 가족+과 이야기+을 하
사진+을 찍 / 반 친구+들+과 이야기+을 하 / 친구+에게 전화+을 하 / 사전+에서 단어+을 찾 / 선생님+께 질문+을 하
{사과|포도|딸기|복숭아}+을 씻 / {vegetable}+을 씻
""")
)


KNOWN = frozenset(
    keys("""
요리+을 하 / 피아노+을 치 / 기타+을 치 / 김치+을 담그 / 운전+을 하 / 수영+을 하 / 자전거+을 타
""")
)


# The last words of what one wants to do, or decides to do.
WISHED = word_set("사 가 먹 마시 쉬 만나 배우 타 놀 공부 끊 빼 예약 예매 초대 심 키우 선물 구경 시작 그만두 여행")


def said_of(modal: str, frame: Frame) -> bool:
    """Whether a modality is natural with an act: one likes fishing, but not standing in line."""
    key = frame_key(frame.ko)
    only = {"like": LIKED, "start": STARTED, "experience": EXPERIENCED, "can": ABLE, "know how": KNOWN}
    if modal in only:
        return key in only[modal]
    if modal in ("want", "wants", "decide"):
        wished = frame.stem in WISHED or key in LIKED | EXPERIENCED | ABLE
        return wished and key not in (UNDECIDED if modal == "decide" else UNWANTED)
    never = {"must": FREE | UNDECIDED, "must2": FREE | UNDECIDED, "plan": UNDECIDED}
    return key not in never.get(modal, frozenset())
