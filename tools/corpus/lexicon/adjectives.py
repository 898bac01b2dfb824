"""Adjectives, with what they may be said of."""

from dataclasses import dataclass

from ..tables import word_set
from .nouns import Noun

# Korean stem = English adjective : categories of nouns or single nouns that it may be said of, `-` before those of a
# category that it is not said of. A stem that ends in 있 or 없 takes 는 before a noun; 새 stands there as it is.
ADJECTIVES = """
크=big : 가방 배낭 우산 모자 집 건물 아파트 텔레비전 냉장고 의자 책상 침대 소파 식탁 책장 옷장 거울 인형 공 풍선 연 \
room -베란다 -욕실 호수 섬 강 산 나무 접시 컵 냄비 그릇 개 소 말 돼지 호랑이 사자 곰 코끼리 뱀 수박 사과 배 생선
작=small : 가방 지갑 우산 집 방 부엌 거실 욕실 창고 베란다 아파트 건물 강아지 새 고양이 토끼 거북이 텔레비전 \
냉장고 카메라 \
라디오 의자 책상 침대 식탁 거울 인형 공 장난감 접시 컵 냄비 그릇 섬 호수 나비 개구리 참새 나무
비싸=expensive : clothes footwear bag machine furniture ticket vehicle instrument accessory
싸=cheap : clothes footwear bag machine furniture ticket vehicle accessory -양복 -한복 -반지 -목걸이
예쁘=pretty : flower 옷 원피스 치마 셔츠 한복 스웨터 코트 신발 구두 양말 모자 목도리 반지 목걸이 시계 장갑 가방 \
지갑 우산 \
인형 접시 컵 그릇 이불 새
귀엽=cute : 강아지 고양이 토끼 새 인형 판다 다람쥐 거북이
무겁=heavy : 가방 배낭 세탁기 냉장고 책상 책장 옷장 소파 침대 식탁 사전
가볍=light : 가방 배낭 우산 노트북 카메라 신발 운동화 이불
맛있=delicious : fruit -레몬 dish snack 커피 주스 생선 닭고기
달=sweet : 사과 포도 딸기 수박 배 복숭아 오렌지 귤
신선+하=fresh : fruit vegetable 생선 계란 우유 샐러드
재미있=interesting : show 책 소설 잡지 만화책
슬프=sad : 영화 소설 드라마 연극
무섭=scary : 영화 소설 드라마
유명+하=famous : 영화 소설 드라마 연극
어렵=difficult : 문제 질문 시험 책 교과서
쉽=easy : 문제 질문 시험 책
길=long : 소설 영화 편지 이메일 보고서 치마 코트 목도리
짧=short : 치마 편지 이메일 메시지 보고서
두껍=thick : 책 소설 사전 교과서 스웨터 코트 양말 이불 장갑
얇=thin : 책 공책 이불 코트
새=new : clothes footwear bag machine vehicle furniture accessory toy stationery -종이 책 소설 잡지 사전 교과서 show
오래되=old : 집 건물 아파트 furniture -이불 차 자전거 트럭 오토바이 instrument 라디오 카메라 텔레비전 컴퓨터 책 영화
깨끗+하=clean : 옷 셔츠 치마 바지 양말 운동화 room -창고 집 접시 컵 그릇 숟가락 이불
더럽=dirty : 옷 바지 셔츠 양말 신발 운동화 방 부엌 접시 컵 그릇 냄비 차
조용+하=quiet : 방 집 숲 섬
아름답=beautiful : flower 산 바다 강 호수 숲 섬 한복 반지 목걸이 공연
빨갛=red : clothes -양복 -한복 신발 구두 운동화 양말 부츠 모자 목도리 장갑 넥타이 bag 꽃 장미 튤립 차 자전거 오토바이 \
사과 공 풍선 연 의자 소파 볼펜
파랗=blue : 옷 치마 원피스 셔츠 스웨터 바지 재킷 코트 모자 목도리 장갑 넥타이 bag 차 자전거 신발 운동화 양말 공 \
풍선 연 \
소파 의자 볼펜
노랗=yellow : 옷 원피스 치마 셔츠 스웨터 모자 우산 가방 꽃 장미 튤립 차 자전거 풍선 연 나비
하얗=white : 옷 셔츠 원피스 코트 스웨터 바지 치마 운동화 양말 고양이 개 강아지 토끼 말 새 나비 꽃 장미 튤립 차 이불 \
소파 모자 접시 컵
까맣=black : 코트 양복 바지 원피스 재킷 옷 치마 스웨터 셔츠 구두 부츠 신발 양말 운동화 bag 모자 장갑 넥타이 고양이 개 \
강아지 말 새 차 오토바이 소파
따뜻+하=warm : 코트 스웨터 옷 재킷 장갑 목도리 모자 양말 부츠 이불 우유 물 수프
뜨겁=hot : 커피 홍차 녹차 물 수프 라면
차갑=cold : 물 주스 우유 콜라
시원+하=cold : 물 주스 콜라 맥주 수박
맵=spicy : 떡볶이 김치찌개 라면 카레 국수 냉면
높=high : 산
깊=deep : 강 바다 호수 숲
넓=spacious : 방 거실 부엌 집 아파트
좋=good : 책 소설 영화 카메라 컴퓨터 노트북 차 자전거 instrument -드럼 의자 침대 가방
편하=comfortable : 신발 운동화 구두 옷 바지 의자 소파 침대
부드럽=soft : 빵 이불 스웨터
멋있=cool : 차 오토바이 자전거 재킷 코트 시계 카메라
튼튼+하=sturdy : 책상 의자 책장 배낭 자전거 부츠 우산
"""


@dataclass(frozen=True)
class Adjective:
    """An adjective with the categories of nouns, or the nouns, that it fits."""

    ko: str
    en: str
    said_of: frozenset[str] = frozenset()
    not_said_of: frozenset[str] = frozenset()

    def fits(self, noun: Noun) -> bool:
        """Whether the adjective may stand before a noun."""
        return noun.ko not in self.not_said_of and bool(self.said_of & {noun.ko, *noun.categories})

    @property
    def stem(self) -> str:
        """The Korean morpheme that carries the meaning: 깨끗 of 깨끗+하."""
        return self.ko.split("+")[0]


def _read_adjectives(table: str) -> tuple[Adjective, ...]:
    found = []
    for line in table.strip().splitlines():
        pair, _, entries = line.partition(" : ")
        ko, _, english = pair.partition("=")
        names = word_set(entries)
        barred = frozenset(name[1:] for name in names if name.startswith("-"))
        said_of = frozenset(name for name in names if not name.startswith("-"))
        found.append(Adjective(ko, english, said_of, barred))
    return tuple(found)


ALL_ADJECTIVES = _read_adjectives(ADJECTIVES)
