"""How often an act is done, how long it takes, and how far away in time it is still spoken of."""

from .frame import Frame, frame_key, keys

# Acts of every day: one speaks of them yesterday, not last year.
ROUTINE = frozenset(
    keys("""
일어나 / 늦잠+을 자 / 샤워+을 하 / 세수+을 하 / 이+을 닦 / 머리+을 감 / 손+을 씻 / 옷+을 갈아입 / 설거지+을 하
불+을 켜 / 불+을 끄
창문+을 열 / 창문+을 닫 / 문+을 열 / 문+을 닫 / 텔레비전+을 끄 / 집+에 돌아오 / 쓰레기+을 버리
고양이+에게 먹이+을 주 / 일찍 자 / 늦+게 자
아침+을 먹 / 저녁+을 먹 / 점심+을 먹 / 출근+하 / 퇴근+하 / 컴퓨터+을 켜 / 컴퓨터+을 끄 / 전화+을 받 / 약+을 먹
낮잠+을 자
버스+에서 내리 / 길+을 건너 / {seasoning}+을 넣 / {fruit}+을 씻 / {vegetable}+을 씻 / {vegetable}+을 자르 / 에어컨+을 켜
꽃+에 물+을 주 / 코트+을 입 / 장갑+을 끼 / 우산+을 쓰 / 푹 쉬 / 따뜻+하+(으)ㄴ 물+을 마시 / 물+을 많이 마시
접시+을 깨뜨리
점심+을 거르 / 일기+을 쓰 / 버스+을 기다리 / 크+게 웃 / 울 / 칠판+에 이름+을 쓰 / 자 / 질문+에 대답+하 / 기침+을 하
개+을 산책+시키
해+이 뜨 / 해+이 지 / 줄+을 서 / 돈+을 내 / {drink}+을 마시 / {커피|녹차|홍차}+을 마시 / {fruit}+을 먹 / {snack}+을 먹
""")
)
# Acts that are remembered for years.
LARGE = frozenset(
    keys("""
{language}+을 배우 / {language}+을 가르치 / 시험+에 합격+하 / 시험+에서 떨어지 / 졸업+을 하 / 새 일자리+을 찾
새 일+을 시작+하
출장+을 가 / 휴가+을 받 / 새 집+으로 이사+을 하 / 바이올린+을 배우 / 요리+을 배우 / 여행+을 가 / {country}+에 가
{capital}+에 가
{country}+의 {capital}+에 가 / {country}+에서 {language}+을 배우 / {country}+에서 {language}+을 공부+하
{capital}+에서 {local_food}+을 먹
{country}+에서 오+(으)ㄴ 친구+에게 {language}+을 배우 / {capital}+에서 {language}+을 가르치
{country} 사람+과 결혼+하 / 군대+에 가
수염+을 기르 / {country}+으로 여행+을 가 / {capital}+을 구경+하 / {country}+에서 {local_food}+을 먹+~아 보
여권+을 잃어버리 / 제주도+에 가
서울+을 구경+하 / 경주+에서 오래되+(으)ㄴ 절+을 보 / {capital}+에서 친구+을 만나 / {machine}+을 사 / {furniture}+을 사
{vehicle}+을 사 / {vehicle}+을 팔 / {machine}+을 팔 / {instrument}+을 사 / 다리+을 다치 / 담배+을 끊 / 나무+을 심
{flower}+을 심
손+을 다치 / 살+이 찌 / 살+을 빼 / 눈+이 오 / {wild}+을 보 / 시험+을 보
""")
)
# Acts that take weeks: one doesn't speak of them at an hour.
SLOW = frozenset(
    keys("""
살+을 빼 / 살+이 찌 / 담배+을 끊 / 졸업+을 하 / 새 일자리+을 찾 / {language}+을 배우 / 바이올린+을 배우
요리+을 배우 / 새 일+을 시작+하
다이어트+을 하 / 한국+에서 한국어+을 배우 / {language}+을 가르치 / 돈+을 모으 / 돈+을 벌
""")
)


def slow(frame: Frame) -> bool:
    """Whether an act takes weeks."""
    return frame_key(frame.ko) in SLOW


def span(frame: Frame) -> str:
    """How far away in time an act is spoken of: day, week or year."""
    key = frame_key(frame.ko)
    if key in ROUTINE or frame.state:
        return "day"
    return "year" if key in LARGE else "week"


# Acts that are done often, in the topics where acts usually are not.
HABITUAL = frozenset(
    keys("""
{fruit}+을 사 / {vegetable}+을 사 / {snack}+을 사 / {drink}+을 사 / 시장+에 가 / 쇼핑+을 하 / {reading}+을 사
버스+을 타 / 지하철+을 타
택시+을 타 / 기차+을 타 / 자전거+을 타 / 버스+을 기다리 / 사진+을 찍 / 공원+을 걷 / 정원+에서 일+하 / 공원+에 가
산+에 가 / 낚시+을 하
밖+에서 놀 / 별+을 보 / 바다+에서 수영+하
""")
)
# Acts that are not done often, in the other topics.
NOT_HABITUAL = frozenset(
    keys("""
시험+을 보 / 발표+을 하 / {reading}+을 반납+하 / {stationery}+을 빌리 / 친구+에게 공책+을 빌려주
{reading}+을 다 읽 / 보고서+을 끝내 / 컴퓨터+을 고치
사장님+께 보고서+을 드리 / {furniture}+을 옮기 / 벽+에 {시계|거울}+을 걸 / 생일 파티+을 하 / 케이크+에 촛불+을 켜
주사+을 맞
의사+을 만나 / 병원+에 가 / 치과+에 가 / 약국+에 가 / 약+을 사 / 식당+을 예약+하 / {dish}+을 먹+~아 보
{friend}+을 집+으로 초대+하
서류+에 서명+하 / 출장+을 가 / 계획+을 세우 / 손님+을 만나 / {kin}+을 만나 / 마스크+을 쓰
""")
)


def habitual(frame: Frame) -> bool:
    """Whether an act is one that people do often."""
    key = frame_key(frame.ko)
    if key in LARGE or key in NOT_HABITUAL:
        return False
    return key in HABITUAL or frame.topic not in ("travel", "shopping", "nature")
