"""The analogy questions that test word vectors: pairs that stand in one relation, each asked with its neighbours.

A question is a : b :: c : d, read "what is to c as b is to a?". Only words of the corpus occur.
"""

from collections.abc import Iterator

_PAIRS = """
en capital : korea seoul, japan tokyo, china beijing, france paris, germany berlin, italy rome, spain madrid, \
russia moscow, vietnam hanoi, thailand bangkok, britain london
en language : korea korean, japan japanese, china chinese, france french, germany german, italy italian, \
spain spanish, russia russian, vietnam vietnamese, thailand thai
en gender : man woman, boy girl, father mother, grandfather grandmother, uncle aunt, husband wife, son daughter, \
king queen, prince princess, boyfriend girlfriend, dad mom, he she, his her, brother sister
en past : go went, eat ate, buy bought, drink drank, make made, take took, write wrote, clean cleaned, wash washed, \
study studied, watch watched, play played, cook cooked, plant planted, borrow borrowed
en workplace : lawyer court, painter studio, scientist laboratory, engineer factory, singer stage, professor university
en material : lawyer law, scientist experiments, engineer machines, actor plays, doctor patients
en young : dog puppy, cat kitten, cow calf, horse foal, sheep lamb, pig piglet, duck duckling, lion cub
en cry : dog barked, cat meowed, cow mooed, horse neighed, pig oinked, duck quacked, lion roared, hen clucked
ko 수도 : 한국 서울, 일본 도쿄, 중국 베이징, 프랑스 파리, 독일 베를린, 이탈리아 로마, 스페인 마드리드, \
러시아 모스크바, 베트남 하노이, 태국 방콕, 영국 런던
ko 언어 : 한국 한국어, 일본 일본어, 중국 중국어, 프랑스 프랑스어, 독일 독일어, 이탈리아 이탈리아어, 스페인 스페인어, \
러시아 러시아어, 베트남 베트남어, 태국 태국어
ko 남녀 : 남자 여자, 남자아이 여자아이, 아버지 어머니, 할아버지 할머니, 아빠 엄마, 형 누나, 오빠 언니, 남동생 여동생, \
삼촌 이모, 아들 딸, 남편 아내, 왕 여왕, 왕자 공주
ko 일터 : 변호사 법원, 화가 화실, 과학자 연구실, 기술자 공장, 가수 무대, 교수 대학교, 소방관 소방서
ko 일감 : 변호사 법, 과학자 실험, 기술자 기계, 배우 연극, 의사 환자
ko 말투 : 어요 어, 아요 아, 여요 여, 예요 야, ㄹ까요 ㄹ까, ㄹ게요 ㄹ게, 저 나, 제 내, 에게 한테
ko 울음 : 개 멍멍, 고양이 야옹, 소 음매, 말 히힝, 양 매애, 돼지 꿀꿀, 오리 꽥꽥, 닭 꼬꼬댁, 사자 어흥
"""
STEPS = (1, 3)  # each pair is asked with the pairs so many places further on


def questions() -> Iterator[tuple[str, str, str, str, str, str]]:
    """(language, category, a, b, c, d)."""
    for line in _PAIRS.strip().splitlines():
        head, _, body = line.partition(" : ")
        language, category = head.split()
        pairs = [tuple(pair.split()) for pair in body.split(", ")]
        for step in STEPS:
            for index, (a, b) in enumerate(pairs):
                c, d = pairs[(index + step) % len(pairs)]
                if (a, b) != (c, d):
                    yield language, category, a, b, c, d


def tsv() -> str:
    """The text of data/analogies.tsv."""
    rows = ["language\tcategory\ta\tb\tc\td", *("\t".join(question) for question in questions())]
    return "\n".join(rows) + "\n"
