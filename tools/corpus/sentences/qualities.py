"""What things are like, and what one does in consequence: 가방이 비싸서 안 샀어요."""

from functools import cache

from ..frames.frame import Frame, read_frame
from ..grammar.clause import Clause, predicate, subject_tokens
from ..grammar.context import PAST, Context
from ..grammar.english_clause import english_clause
from ..grammar.korean_clause import korean_clause
from ..grammar.subjects import Subject, first_person, mark
from ..lexicon.nouns import nouns
from ..trees import En, Node, possibly
from .clauses import new_clause
from .endings import close, connective, statement_ending
from .subjects import draw_subject, thing

# things | adjective | English | act | English, IT the thing, ! before an act not done: 안 or 못
_QUALITIES = {
    "shopping": """\
clothes|footwear|bag|furniture | 비싸 | expensive | 사2 | buy2 IT | 안
clothes|footwear|bag|furniture | 비싸 | expensive | 사2 | buy2 IT | 못
clothes|bag|accessory|toy|flower | 예쁘 | pretty | 사2 | buy2 IT
clothes|footwear|fruit | 싸 | cheap | 사2 | buy2 IT
clothes|footwear|fruit | 싸 | cheap | 많이3 사2 | buy2 a3 lot3 of IT
코트|셔츠|스웨터|바지|재킷|신발|운동화 | 작 | too small | 바꾸2 | exchange2 IT
코트|셔츠|스웨터|바지|재킷|신발|운동화 | 크 | too big | 바꾸2 | exchange2 IT
코트|셔츠|스웨터|바지|재킷 | 작 | too small | 입2 | wear2 IT | 못
footwear | 작 | too small | 신2 | wear2 IT | 못
코트|스웨터|장갑|목도리 | 따뜻+하 | warm | 사2 | buy2 IT
가방|배낭|노트북 | 가볍 | light | 사2 | buy2 IT
인형|장난감 | 귀엽 | cute | 사2 | buy2 IT
카메라|텔레비전|냉장고|세탁기|청소기 | 비싸 | expensive | 사2 | buy2 IT | 못""",
    "food": """\
떡볶이|김치찌개|라면|카레 | 맵 | spicy | 먹2 | eat2 IT | 못
떡볶이|김치찌개|라면|카레 | 맵 | spicy | 다3 먹2 | eat2 all3 of IT | 못
김치찌개|라면|수프|국수 | 짜 | salty | 먹2 | eat2 IT | 안
김치찌개|수프|카레 | 짜 | salty | 물2+을 더3 넣4 | add4 more3 water2
귤|딸기|포도|오렌지 | 시 | sour | 먹2 | eat2 IT | 안
딸기|복숭아|포도|귤 | 달 | sweet | 많이3 먹2 | eat2 a3 lot3 of IT
딸기|복숭아|포도|귤 | 달 | sweet | 다3 먹2 | eat2 all3 of IT
커피|녹차|홍차 | 뜨겁 | hot | 천천히3 마시2 | drink2 IT slowly3
커피|녹차|홍차 | 뜨겁 | hot | 바로3 마시2 | drink2 IT right3 away3 | 못
빵|케이크|과자|피자 | 맛있 | delicious | 다3 먹2 | eat2 all3 of IT
오이|당근|상추|딸기|복숭아 | 신선+하 | fresh | 사2 | buy2 IT
빵|떡|케이크 | 딱딱+하 | hard | 먹2 | eat2 IT | 못""",
    "school": """\
책|소설|교과서 | 어렵 | difficult | 끝3+까지3 읽2 | read2 IT to3 the end3 | 못
책|소설|만화책|잡지 | 재미있 | interesting | 빌리2 | borrow2 IT
책|소설|만화책 | 재미있 | interesting | 두3 번3 읽2 | read2 IT twice3
책|소설 | 재미있 | interesting | 밤늦게3+까지3 읽2 | read2 IT late3 into3 the night3
책|소설 | 두껍 | thick | 다3 읽2 | finish3 reading2 IT | 못
문제 | 어렵 | difficult | 풀2 | solve2 IT | 못
질문 | 어렵 | difficult | 대답2+하2 | answer2 IT | 못
문제 | 어렵 | difficult | 선생님2+께 여쭈3+~아3+보3 | ask3 the teacher2""",
    "home": """\
침대|소파|책상|식탁|책장|옷장 | 무겁 | heavy | 옮기2 | move2 IT | 못
침대|소파|책상|식탁|책장|옷장 | 무겁 | heavy | 혼자3 옮기2 | move2 IT alone3 | 못
코트|셔츠|스웨터|바지|양말 | 더럽 | dirty | 빨2 | wash2 IT
tableware | 더럽 | dirty | 씻2 | wash2 IT
tableware | 더럽 | dirty | 다시3 씻2 | wash2 IT again3
침대|소파|책상|식탁|의자|이불 | 오래되 | old | 버리2 | throw2 IT away2
부엌|거실|욕실|창고|베란다 | 더럽 | dirty | 청소2+하2 | clean2 IT
거울 | 예쁘 | pretty | 벽3+에2? 걸2 | hang2 IT on2? the wall3
소파|침대|의자 | 작 | too small | 바꾸2 | replace2 IT""",
    "work": """\
컴퓨터|노트북 | 느리 | slow | 바꾸2 | replace2 IT
컴퓨터|노트북 | 오래되 | old | 새것3+으로2 바꾸2 | replace2 IT with2 a new3 one3
노트북 | 무겁 | heavy | 집3+에2 두4+고 오4 | leave4 IT at2 home3
보고서 | 길 | long | 다3 읽2 | finish3 reading2 IT | 못
이메일 | 길 | long | 끝3+까지3 읽2 | read2 IT to3 the end3 | 안
의자 | 오래되 | old | 바꾸2 | replace2 IT""",
    "nature": """\
강아지|고양이|토끼|거북이 | 귀엽 | cute | 사진3+을 찍2 | take2 a picture3 of IT
다람쥐|참새|개구리 | 귀엽 | cute | 사진3+을 찍2 | take2 a picture3 of IT
장미|튤립|해바라기 | 예쁘 | pretty | 사진3+을 찍2 | take2 a picture3 of IT
장미|튤립|해바라기 | 예쁘 | pretty | 집3+에 가져가2 | take2 IT home3
산 | 높 | high | 끝3+까지3 올라가2 | climb2 to3 the top3 | 못
강|호수 | 깊 | deep | 수영2+하2 | swim2 there | 못
강|호수|숲 | 아름답 | beautiful | 사진3+을 찍2 | take2 a picture3 of IT""",
    "travel": """\
배낭|가방 | 무겁 | heavy | 들2 | carry2 IT | 못
배낭|가방 | 무겁 | heavy | 혼자3 들2 | carry2 IT alone3 | 못
비행기표|기차표 | 비싸 | expensive | 사2 | buy2 IT | 못
비행기표|기차표 | 싸 | cheap | 미리3 사2 | buy2 IT in3 advance3
배낭|가방 | 작 | small | 옷3+을 다4 넣2 | put2 all4 my clothes3 in IT | 못
지도 | 오래되 | old | 새로3 사2 | buy2 a new3 one""",
    "health": """\
운동화|신발 | 편하 | comfortable | 매일3 신2 | wear2 IT every3 day3
죽|수프 | 뜨겁 | hot | 천천히3 먹2 | eat2 IT slowly3
딸기|귤|포도|오렌지 | 맛있 | delicious | 매일3 먹2 | eat2 IT every3 day3
침대|소파 | 딱딱+하 | hard | 잘3 자2 | sleep2 well3 | 못
안경 | 오래되 | old | 새로3 맞추2 | get2 new3 ones""",
}
_REPLACED = frozenset(("바꾸", "맞추", "버리"))
_LASTING = frozenset(("오래되", "더럽", "느리"))  # nothing that was bought, made or chosen of late
_ACQUIRED = frozenset(("사", "빌리", "가져가"))  # what one has bought already is not taken home for its beauty


@cache
def _qualities(topic: str) -> tuple[tuple[Frame, Frame, str], ...]:
    """The rows of a topic as pairs of frames, the state and the act, with the negation of the act."""
    pairs = []
    for line in _QUALITIES[topic].splitlines():
        things, ko, en, act_ko, act_en, *negation = line.split(" | ")
        labelled = "+".join(f"{morpheme}1" for morpheme in ko.split("+"))
        state = " ".join(f"{word}1?" if word == "too" else f"{word}1" for word in en.split())
        kind = "st" if ko in ("맛있", "재미있") else "adj"
        one = read_frame(f"{labelled} | be {state} | {kind} s={things.replace(' ', '')}", topic)
        pairs.append((one, read_frame(f"{act_ko} | {act_en}", topic), negation[0] if negation else ""))
    return tuple(pairs)


def quality(ctx: Context, topic: str) -> Node:
    """가방이 비싸서 안 샀어요. - The bag was expensive, so I didn't buy it."""
    state, act, negation = ctx.draw.pick(_qualities(topic))
    who = draw_subject(ctx, act, (60, 10, 30), topic=topic)
    who = who or first_person(ctx, drop=True)
    named = mark(ctx, who, "은") if who.person != "1sg" else []
    owner = _owner(ctx, state, act, modified=not named)
    one = new_clause(ctx, state, owner, PAST)
    two = predicate(ctx, Clause(act, who, PAST, negation=negation))
    it = "them" if owner.person == "3pl" else "it"
    two.slots = Node(two.slots.ko, [En(it) if t.text == "IT" else t for t in two.slots.en])
    ending, so = connective(ctx, "~아서")
    one.leaves["tense"] = possibly(two.leaf(ctx, "tense"))
    ko_one = korean_clause(ctx, one, ending, "이", with_tense=False)
    ko_two = korean_clause(ctx, two, statement_ending(ctx, two), with_subject=False)
    front = ctx.draw.chance(0.5)
    ko = [*named, *ko_one, *ko_two] if front else [*ko_one, *named, *ko_two]
    en = [
        *english_clause(ctx, one, *subject_tokens(one)),
        En(","),
        En("so", so),
        *english_clause(ctx, two, who.node.en if named else [En("I")], who.agreement),
    ]
    return close(ctx, Node(ko, en))


def _owner(ctx: Context, state: Frame, act: Frame, *, modified: bool) -> Subject:
    """The thing that is so; of one's own it may be said when one bought it."""
    fresh = nouns(state.subject)[0].categories & {"dish", "food", "drink", "room", "nature"}
    if modified and not fresh and state.stem not in _LASTING and act.stem not in _ACQUIRED:
        return thing(ctx, state.subject, act.stem)
    richness, ctx.richness = ctx.richness, 0.0
    owner = thing(ctx, state.subject, act.stem)
    while act.stem in _REPLACED and owner.node.ko[0][0].form in ("이", "그", "저"):  # it is there no more
        owner = thing(ctx, state.subject, act.stem)
    ctx.richness = richness
    return owner
