"""The tail: nouns, names, places and kinds of people that the corpus has once to five times, or in its test alone.

No sentence has more than one of them, and their words occur nowhere else in the grammar. The nouns are written as in
`nouns.py`; each fits every frame that takes its category.
"""

from .nouns import Noun, read_nouns
from .people import Person
from .places import Place

_NOUNS = """
fruit food buyable washable #개 : 자몽=grapefruit 살구=apricot 자두=plum 키위=kiwi 망고=mango 파인애플=pineapple \
무화과=fig 석류=pomegranate 참외=yellow_melon 한라봉=hallabong 파파야=papaya 천도복숭아=nectarine
fruit food buyable washable : 블루베리=blueberry 라즈베리=raspberry 대추=jujube 오디=mulberry 리치=lychee
vegetable food buyable washable #개 : 연근=lotus_root 애호박=zucchini 파프리카=paprika 콜라비=kohlrabi
vegetable food buyable washable : 무=radish 시금치=spinach~m 브로콜리=broccoli~m 부추=chives~p 우엉=burdock~m \
셀러리=celery~m 아스파라거스=asparagus~m 생강=ginger~m 미나리=minari~m 케일=kale~m 루콜라=arugula~m \
청경채=bok_choy~m 순무=turnip 죽순=bamboo_shoot
dish food cookable : 삼계탕=samgyetang~m#그릇:bowl 갈비탕=galbitang~m#그릇:bowl 설렁탕=seolleongtang~m#그릇:bowl \
칼국수=kalguksu~m#그릇:bowl 수제비=sujebi~m#그릇:bowl 쫄면=jjolmyeon~m#그릇:bowl 짜장면=jajangmyeon~m#그릇:bowl \
짬뽕=jjamppong~m#그릇:bowl 떡국=tteokguk~m#그릇:bowl 육개장=yukgaejang~m#그릇:bowl 탕수육=tangsuyuk~m \
닭갈비=dakgalbi~m 찜닭=jjimdak~m 족발=jokbal~m 보쌈=bossam~m 오므라이스=omurice~m 돈가스=tonkatsu~m 리소토=risotto~m \
라자냐=lasagna~m 스테이크=steak~m 퐁뒤=fondue~m 나시고렝=nasi_goreng~m 타코=taco#개 부리토=burrito#개 케밥=kebab#개 \
팔라펠=falafel~m
snack food buyable #개 : 도넛=doughnut 와플=waffle 마카롱=macaron 브라우니=brownie 머핀=muffin 베이글=bagel \
크래커=cracker 타르트=tart 핫도그=hot_dog
snack food buyable : 푸딩=pudding~m 젤리=jelly~m 붕어빵=bungeoppang~m 약과=yakgwa~m 카스텔라=castella~m \
캐러멜=caramel~m 요구르트=yogurt~m 치즈케이크=cheesecake~m#조각:piece 셔벗=sherbet~m 강정=gangjeong~m
drink buyable : 레모네이드=lemonade~m#잔:glass 식혜=sikhye~m#잔:glass 수정과=sujeonggwa~m#잔:glass \
사이다=soda~m#병:bottle 에스프레소=espresso~m#잔:cup 카푸치노=cappuccino~m#잔:cup
drink buyable #잔 : 밀크셰이크=milkshake 스무디=smoothie
seasoning buyable : 후추=pepper~m 참기름=sesame_oil~m 버터=butter~m 마요네즈=mayonnaise~m 케첩=ketchup~m \
겨자=mustard~m 계피=cinnamon~m 바질=basil~m
tableware thing washable #개 : 주전자=kettle 프라이팬=frying_pan 국자=ladle 쟁반=tray 찻잔=teacup 머그잔=mug \
물병=pitcher 주걱=spatula
clothes thing wearable buyable washable #벌 : 블라우스=blouse 카디건=cardigan 조끼=vest 운동복=tracksuit \
앞치마=apron 드레스=gown 턱시도=tuxedo 점프슈트=jumpsuit 후드티=hoodie
clothes thing wearable buyable washable : 청바지=jeans~p 레깅스=leggings~p 반바지=shorts~p 멜빵바지=overalls~p
accessory thing wearable buyable #개 : 팔찌=bracelet 벨트=belt 머리띠=headband 머리핀=hairpin 브로치=brooch \
손수건=handkerchief 베레모=beret 발찌=anklet 헬멧=helmet 털모자=beanie 숄=shawl
accessory thing wearable buyable : 귀걸이=earrings~p 귀마개=earmuffs~p
footwear thing wearable buyable : 슬리퍼=slippers~p 샌들=sandals~p 하이힐=high_heels~p 스타킹=stockings~p \
스케이트=skates~p 로퍼=loafers~p 나막신=clogs~p
reading thing buyable lendable #권 : 자서전=autobiography 위인전=biography 요리책=cookbook 안내서=guidebook \
에세이=essay 회고록=memoir 추리소설=mystery 단편집=story_collection 여행기=travelogue 스릴러=thriller \
서사시=epic
stationery thing buyable lendable #개 : 크레파스=crayons~p 형광펜=highlighter 스테이플러=stapler 스티커=sticker \
수첩=notepad 컴퍼스=compass 각도기=protractor 계산기=calculator 클립=paper_clip 봉투=envelope
stationery thing buyable lendable : 물감=watercolors~p 테이프=tape~m 찰흙=clay~m
bag thing buyable #개 : 핸드백=handbag 양산=parasol 파우치=pouch 에코백=tote
personal thing #개 : 이어폰=earphones~p 충전기=charger 면허증=license
machine thing buyable #대 : 전자레인지=microwave 믹서=blender 다리미=iron 태블릿=tablet 드라이어=dryer \
밥솥=rice_cooker 토스터=toaster 복사기=copier 프로젝터=projector 식기세척기=dishwasher 키보드=keyboard \
모니터=monitor
vehicle thing #대 : 스쿠터=scooter 캠핑카=camper 승합차=van 트랙터=tractor 지프=jeep 오픈카=convertible
furniture thing buyable #개 : 서랍장=dresser 화장대=vanity 매트리스=mattress 선반=shelf 스탠드=lamp \
안락의자=armchair 책꽂이=bookcase 병풍=folding_screen 진열장=display_cabinet 스툴=stool 협탁=nightstand 카펫=carpet
toy thing buyable #개 : 로봇=robot 퍼즐=puzzle 구슬=marble 훌라후프=hula_hoop 물총=water_pistol 부메랑=boomerang \
프리스비=frisbee 큐브=cube 트램펄린=trampoline 스케이트보드=skateboard 팽이=spinning_top
instrument thing : 우쿨렐레=ukulele#대 플루트=flute#개 첼로=cello#대 트럼펫=trumpet#개 하모니카=harmonica#개 \
색소폰=saxophone#개 가야금=gayageum#대 클라리넷=clarinet#개 아코디언=accordion#대 하프=harp#대 오보에=oboe#개 \
실로폰=xylophone#개 비올라=viola#대 장구=janggu#개 해금=haegeum#대 오르간=organ#대 만돌린=mandolin#대 \
트롬본=trombone#개
sport : 하키=hockey~m 럭비=rugby~m 핸드볼=handball~m 크리켓=cricket~m 족구=jokgu~m 피구=dodgeball~m \
소프트볼=softball~m 라크로스=lacrosse~m 발야구=kickball~m 풋살=futsal~m 게이트볼=gateball~m
subject : 철학=philosophy~m 물리=physics~m 화학=chemistry~m 생물=biology~m 문학=literature~m 심리학=psychology~m \
천문학=astronomy~m 사회학=sociology~m 통계학=statistics~m 교육학=pedagogy~m 건축학=architecture~m 언어학=linguistics~m \
고고학=archaeology~m 인류학=anthropology~m 정치학=politics~m 지질학=geology~m 식물학=botany~m 논리학=logic~m \
기하학=geometry~m 대수학=algebra~m 공학=engineering~m 한문학=sinology~m
show #편 : 뮤지컬=musical 오페라=opera 발레=ballet 다큐멘터리=documentary 만화영화=cartoon 서커스=circus \
시트콤=sitcom 코미디=comedy 판소리=pansori~m
wild #마리 : 수달=otter 치타=cheetah 하마=hippo 코뿔소=rhino 얼룩말=zebra 캥거루=kangaroo 코알라=koala \
악어=crocodile 표범=leopard 고릴라=gorilla 침팬지=chimpanzee 낙타=camel 물개=seal 타조=ostrich 공작=peacock \
홍학=flamingo 알파카=alpaca 너구리=raccoon 고슴도치=hedgehog 올빼미=owl 독수리=eagle 재규어=jaguar 하이에나=hyena \
오랑우탄=orangutan 미어캣=meerkat
pet #마리 : 햄스터=hamster 앵무새=parrot 카나리아=canary 이구아나=iguana 도마뱀=lizard 페럿=ferret \
카멜레온=chameleon 친칠라=chinchilla 잉꼬=parakeet 푸들=poodle 치와와=chihuahua 불도그=bulldog 달마시안=dalmatian \
비글=beagle
small #마리 : 잠자리=dragonfly 무당벌레=ladybug 메뚜기=grasshopper 매미=cicada 개미=ant 딱정벌레=beetle 까치=magpie \
비둘기=pigeon 제비=swallow 나방=moth 거미=spider 딱따구리=woodpecker 까마귀=crow 지렁이=earthworm 애벌레=caterpillar \
두꺼비=toad 종달새=lark 꿩=pheasant
flower plant #송이 : 수국=hydrangea 국화=chrysanthemum 백합=lily 카네이션=carnation 수선화=daffodil 제비꽃=violet \
라벤더=lavender~m 작약=peony 동백=camellia 난초=orchid 프리지어=freesia 데이지=daisy 히아신스=hyacinth 팬지=pansy \
붓꽃=iris 달리아=dahlia
"""
RARE_NOUNS = read_nouns(_NOUNS)
RARE: dict[str, tuple[Noun, ...]] = {
    category: tuple(n for n in RARE_NOUNS if category in n.categories)
    for category in sorted({c for n in RARE_NOUNS for c in n.categories})
}


def _read_names(table: str) -> tuple[Person, ...]:
    """Names by sex; a Korean one that ends in a consonant takes 이 in 해체 (지훈이가), so it stays out of that."""
    names = []
    for line in table.strip().splitlines():
        sex, levels, entries = line.split(" ", 2)
        for entry in entries.split():
            ko, _, en = entry.partition("=")
            names.append(Person(ko, en, sex, det="", levels=levels))
    return tuple(names)


RARE_NAMES = _read_names("""
m yfb 지호=Jiho 민재=Minjae 승우=Seungwoo 건우=Gunwoo 찬호=Chanho 기태=Gitae 종수=Jongsoo 현수=Hyunsoo
m yf 도윤=Doyoon 하준=Hajoon 예준=Yejoon 동현=Donghyun 상민=Sangmin 성진=Seongjin 우진=Woojin 병철=Byungchul \
정훈=Junghoon
f yfb 서아=Seoa 지아=Jia 영희=Younghee 순자=Soonja 규리=Gyuri 주희=Juhee 세희=Sehee 은비=Eunbi 정아=Jeonga 현주=Hyunju
f yf 하윤=Hayoon 채원=Chaewon 다은=Daeun 예린=Yerin 수빈=Subin 나연=Nayeon 혜진=Hyejin 미경=Mikyung
m yfb 피터=Peter 마이클=Michael 다니엘=Daniel 루카스=Lucas 알렉스=Alex 켄지=Kenji 히로시=Hiroshi 카를로스=Carlos \
한스=Hans \
이반=Ivan 피에르=Pierre 오마르=Omar
f yfb 마리아=Maria 안나=Anna 소피아=Sofia 엠마=Emma 올리비아=Olivia 사라=Sarah 유키=Yuki 하루카=Haruka 메이=Mei \
아이샤=Aisha \
루시아=Lucia 클라라=Clara 카타리나=Katarina
""")


def _read_places(table: str) -> tuple[Place, ...]:
    """`도시=City`, with a preposition before the English name where it isn't in: 울릉도=on_Ulleung_Island."""
    places = []
    for entry in table.split():
        ko, _, en = entry.partition("=")
        preposition, name = ("on", en[3:]) if en.startswith("on_") else ("in", en)
        name = name.replace("_", " ")
        places.append(Place(f"rare:{ko}", ko, f"{preposition} {name}", f"to {name}"))
    return tuple(places)


RARE_PLACES = _read_places("""
대구=Daegu 인천=Incheon 광주=Gwangju 대전=Daejeon 울산=Ulsan 수원=Suwon 전주=Jeonju 춘천=Chuncheon 강릉=Gangneung \
속초=Sokcho
여수=Yeosu 목포=Mokpo 포항=Pohang 안동=Andong 통영=Tongyeong 군산=Gunsan 천안=Cheonan 남원=Namwon \
울릉도=on_Ulleung_Island
강화도=on_Ganghwa_Island 뉴욕=New_York 시드니=Sydney 오사카=Osaka 교토=Kyoto 상하이=Shanghai 홍콩=Hong_Kong \
싱가포르=Singapore
바르셀로나=Barcelona 밀라노=Milan 베네치아=Venice 뮌헨=Munich 프라하=Prague 이스탄불=Istanbul 카이로=Cairo \
토론토=Toronto
시카고=Chicago 리스본=Lisbon 암스테르담=Amsterdam 더블린=Dublin 헬싱키=Helsinki
""")
_PEOPLE = """
통역사=interpreter 번역가=translator 건축가=architect 회계사=accountant 목수=carpenter 배관공=plumber
정비사=mechanic 조각가=sculptor 작곡가=composer 지휘자=orchestra_conductor 시인=poet 피아니스트=pianist
무용수=dancer 감독=director 아나운서=announcer 승무원=flight_attendant 선장=captain 어부=fisherman 광부=miner
정원사=gardener 경비원=security_guard 심판=referee 탐험가=explorer 우주비행사=astronaut 고고학자=archaeologist
심리학자=psychologist 외교관=diplomat 정치가=politician 영양사=nutritionist 사업가=entrepreneur
"""
# Kinds of people, for the most part by what they do: the subject of an act (the plumber), or what somebody is.
RARE_PEOPLE = tuple(
    Person(ko, en.replace("_", " "), "", det="the") for ko, _, en in (entry.partition("=") for entry in _PEOPLE.split())
)
