"""Places: where one is and where one goes."""

from dataclasses import dataclass

from .world import ANIMALS, PROFESSIONS


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


_COMMON = """\
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
"""


def _definite(at: str) -> str:
    """`in a hospital` -> `in the hospital`."""
    return " ".join("the" if word in ("a", "an") else word for word in at.split())


def _read_all() -> dict[str, Place]:
    """The common places, where people of a profession work, where animals live, and the places of tales."""
    places = _read_places(_COMMON)
    for p in PROFESSIONS:
        if not p.place_at:
            continue
        key = f"work:{p.ko}"
        places[key] = Place(key, p.place_ko, _definite(p.place_at), "")
    for a in ANIMALS:
        key = f"home:{a.ko}"
        places[key] = Place(key, a.home_ko, a.home_en, "")
    places["castle"] = Place("castle", "성", "in the castle", "to the castle")
    places["forest"] = Place("forest", "숲", "in the forest", "to the forest")
    return places


PLACES = _read_all()
