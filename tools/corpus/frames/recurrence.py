"""How often an act is done, how long it takes, and how far away in time it is still spoken of."""

import re

from ..tables import word_set
from .frame import Frame, frame_key, keys

# Acts of every day: one speaks of them yesterday, not last year.
ROUTINE = frozenset(
    keys("""
일찍 일어나 / 늦+게 일어나 / 늦잠+을 자 / 샤워+을 하 / 세수+을 하 / 이+을 닦 / 머리+을 감 / 손+을 씻 / 옷+을 갈아입
설거지+을 하
불+을 켜 / 불+을 끄
창문+을 열 / 창문+을 닫 / 문+을 열 / 문+을 닫 / 텔레비전+을 끄 / 집+에 돌아오 / 쓰레기+을 버리
고양이+에게 먹이+을 주 / 일찍 자 / 늦+게 자
아침+을 먹 / 저녁+을 먹 / 점심+을 먹 / 출근+하 / 퇴근+하 / 컴퓨터+을 켜 / 컴퓨터+을 끄 / 전화+을 받 / 약+을 먹
낮잠+을 자 / 저녁+을 준비+하
버스+에서 내리 / 길+을 건너 / {seasoning}+을 넣 / {사과|포도|딸기|복숭아}+을 씻 / {vegetable}+을 씻 / {vegetable}+을 썰
에어컨+을 켜
꽃+에 물+을 주 / 코트+을 입 / 장갑+을 끼 / 우산+을 쓰 / 푹 쉬 / 따뜻+하+(으)ㄴ 물+을 마시 / 물+을 많이 마시
접시+을 깨뜨리
점심+을 거르 / 일기+을 쓰 / 버스+을 기다리 / 크+게 웃 / 울 / 칠판+에 이름+을 쓰 / 자 / 질문+에 대답+을 하 / 기침+을 하
개+을 산책+시키
우산+을 가지+고 가 / 우산+을 가져오
가방+에 {모자|안경|시계|우산|지갑|여권}+을 넣 / 영수증+을 버리 / 쿠폰+을 쓰 / 장바구니+을 들 / 비행기+에서 자
해+이 뜨 / 해+이 지 / 줄+을 서 / 돈+을 내 / {drink}+을 마시 / {커피|녹차|홍차}+을 마시 / {fruit}+을 먹 / {snack}+을 먹
간식+을 먹 / 야식+을 먹 / {라면|죽|김치찌개|수프}+을 끓이 / 밥+을 하 / 물+을 끓이 / 사과+을 깎
국+에 {소금|간장|마늘}+을 넣
커피+에 {설탕|우유|꿀}+을 넣 / 상+을 차리 / 도시락+을 싸 / 머리+을 말리 / 이불+을 개 / 바닥+을 닦 / 빨래+을 개
커튼+을 열
알람+을 맞추 / 화분+에 물+을 주 / 택배+을 받 / 이웃+에게 인사+을 하 / 면도+을 하 / 화장+을 하 / 머리+을 묶
비타민+을 먹 / 체온+을 재 / 스트레칭+을 하 / 줄넘기+을 하
""")
)
# Acts that are remembered for years.
LARGE = frozenset(
    keys("""
{language}+을 배우 / {language}+을 가르치 / 시험+에 합격+하 / 시험+에 떨어지 / 졸업+을 하 / 새 일자리+을 찾
새 일+을 시작+하
출장+을 가 / 휴가+을 받 / 새+집+으로 이사+을 하 / 바이올린+을 배우 / 요리+을 배우 / 여행+을 가 / {country}+에 가
{capital}+에 가
{country}+에서 {language}+을 배우 / {country}+에서 {language}+을 공부+하
{capital}+에서 {local_food}+을 먹
{country}+에서 오+(으)ㄴ 친구+에게 {language}+을 배우 / {capital}+에서 {language}+을 가르치
{country} 사람+과 결혼+하
수염+을 기르 / {country}+으로 여행+을 가 / {capital}+을 구경+하 / {country}+에서 {local_food}+을 먹+~아 보
여권+을 잃어버리 / 제주도+에 가
서울+을 구경+하 / 경주+에서 오래되+(으)ㄴ 절+을 보 / {capital}+에서 친구+을 만나 / {machine}+을 사 / {furniture}+을 사
{vehicle}+을 사 / {vehicle}+을 팔 / {machine}+을 팔 / {instrument}+을 사 / 다리+을 다치 / 담배+을 끊 / 나무+을 심
{flower}+을 심 / 배낭여행+을 가 / 비자+을 받
손+을 다치 / 무릎+을 다치 / 살+이 찌 / 살+을 빼 / 눈+이 오 / 눈+이 많이 오 / 캠핑+을 가 / {wild}+을 보 / 시험+을 보
""")
)
# Acts that take a day or weeks, or that are done again and again: one doesn't speak of them at an hour.
SLOW = frozenset(
    keys("""
배낭여행+을 가 / 살+을 빼 / 살+이 찌 / 담배+을 끊 / 졸업+을 하 / 새 일자리+을 찾 / {language}+을 배우 / 바이올린+을 배우
요리+을 배우 / 새 일+을 시작+하
다이어트+을 하 / 한국+에서 한국어+을 배우 / {language}+을 가르치 / 돈+을 모으 / 돈+을 벌
회사+을 그만두
열심히 공부+하+~았+지만 시험+에 떨어지 / 시험+이 어렵+~았+지만 열심히 공부+하+~아서 좋+(으)ㄴ 성적+을 받
심심+하+(으)ㄹ 때+마다 공책+에 그림+을 그리 / 모르+는 단어+이 나오+(으)ㄹ 때+마다 사전+을 찾
어렵+(으)ㄴ 숙제+이 있+(으)ㄹ 때+마다 친구+에게 전화+을 하+~아서 도움+을 청+하
사이즈+을 확인+하+지 않+고 인터넷+으로 바지+을 주문+하+~았+다가 결국 반품+을 하
경기+에서 이기+(으)려고 해+이 지+(으)ㄹ 때+까지 운동장+에서 축구+을 연습+하
시간+이 있+(으)ㄹ 때+마다 동료+을 돕 / 바쁘+(으)ㄹ 때+마다 점심+을 거르+고 저녁+에 집+에서 많이 먹
출장+에서 돌아오+(으)ㄴ 후+에 하루 동안 푹 쉬 / 첫 월급+을 받+(으)ㄴ 후+에 부모님+께 내의+을 사+~아 드리
새 차+을 사+(으)려고 돈+을 모으 / 면접+이 어렵+~았+지만 그 회사+에 취직+하
휴가+을 내+고 부모님+과 제주도+에 가+~아서 바다+을 보
하루 종일 컴퓨터+을 보+~아서 눈+이 아프+~았+지만 일+을 계속+하
휴가+을 가+기 전+에 일+을 다 끝내+(으)려고 밤늦+게+까지 야근+을 하
""")
)


def slow(frame: Frame) -> bool:
    """Whether an act takes weeks."""
    return frame_key(frame.ko) in SLOW


_MOMENTARY = word_set("켜 끄 열 닫 놓 꽂 걸 담 넣 덮 눕 앉 씻 끓이 썰 펴")  # done in minutes, and soon forgotten


def momentary(frame: Frame) -> bool:
    """Whether an act is done in minutes: nobody says that it will be done tomorrow."""
    return frame.stem in _MOMENTARY and not frame.way


def span(frame: Frame) -> str:
    """How far away in time an act is spoken of: day, week or year."""
    if frame.span or frame.way:
        return frame.span or "week"
    key = frame_key(frame.ko)
    animal = frame.topic == "nature" and frame.subject.startswith("=")
    if key in ROUTINE or frame.state or animal or frame.stem in _MOMENTARY:
        return "day"
    return "year" if key in LARGE else "week"


# Acts that are done often, in the topics where acts usually are not.
HABITUAL = frozenset(
    keys("""
{fruit}+을 사 / {vegetable}+을 사 / {snack}+을 사 / {drink}+을 사 / 시장+에 가 / 쇼핑+을 하 / {reading}+을 사
버스+을 타 / 지하철+을 타
택시+을 타 / 기차+을 타 / 자전거+을 타 / 버스+을 기다리 / 사진+을 찍 / 공원+을 걷 / 정원+에서 일+을 하 / 공원+에 가
산+에 가 / 낚시+을 하
잔디+을 깎 / 낙엽+을 쓸 / 새+에게 먹이+을 주 / 캠핑+을 가
밖+에서 놀 / 별+을 보 / 바다+에서 수영+을 하
장+을 보 / 쿠폰+을 쓰 / 인터넷+으로 {코트|셔츠|바지|운동화|책|소설}+을 주문+하 / 운전+을 하
""")
)
# Acts that are not done often, in the other topics.
NOT_HABITUAL = frozenset(
    keys("""
시험+을 보 / 실험+을 하 / 발표+을 하 / {책|소설|잡지}+을 반납+하
{연필|볼펜|지우개|공책}+을 빌리 / 친구+에게 공책+을 빌려주
{책|소설|시집|만화책}+을 다 읽 / 보고서+을 끝내 / 컴퓨터+을 고치
사장님+께 보고서+을 드리 / {의자|책상|침대|소파|식탁|책장|옷장}+을 옮기 / 벽+에 시계+을 걸 / 벽+에 거울+을 걸
벽+에 그림+을 걸 / 생일 파티+을 하 / 케이크+에 촛불+을 켜
주사+을 맞
진료+을 받 / 건강 검진+을 받 / 체온+을 재 / 병원+에 가 / 치과+에 가 / 약국+에 가 / 약+을 사 / 식당+을 예약+하
{비빔밥|불고기|볶음밥|냉면|만두|갈비|카레}+을 먹+~아 보
친구+들+을 집+으로 초대+하
서류+에 서명+을 하 / 출장+을 가 / 계획+을 세우 / 손님+을 만나 / {kin}+을 만나 / 마스크+을 쓰
{seasoning}+을 넣 / 국+에 {소금|간장|마늘}+을 넣 / 케이크+을 굽 / 김치+을 담그 / 전구+을 갈 / {영화|연극|공연}+을 보
설거지+을 돕
불+을 켜 / 불+을 끄 / 문+을 열 / 문+을 닫 / 텔레비전+을 끄 / 택배+을 받 / 전화+을 받
""")
)


def habitual(frame: Frame) -> bool:
    """Whether an act is one that people do often."""
    key = frame_key(frame.ko)
    if key in LARGE or key in NOT_HABITUAL:
        return False
    return key in HABITUAL or frame.topic not in ("travel", "shopping", "nature")


# What belongs to working days: one doesn't speak of it at the weekend.
_WORKDAY = re.compile(
    "학교|교실|교무실|보건실|매점|수업|시험|과학 시간|미술 시간|칠판|실험"
    "|회사|사무실|회의|출근|퇴근|사장님|동료|휴가|은행|거래처|월급|회식"
)


def on_workdays(frame: Frame) -> bool:
    """Whether an act belongs to working days."""
    working = frame.topic == "work" and frame.subject.startswith("=")
    return (working or bool(_WORKDAY.search(frame_key(frame.ko)))) and not frame.state
