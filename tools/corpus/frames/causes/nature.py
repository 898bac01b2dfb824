"""Weather, plants and animals: frames for the table of causes and effects."""

ROWS = """\
비1+이 오2 | it / rain1,2 | x
눈1+이 오2 | it / snow1,2 | x
비1+이 많이3 오2 | it / rain1,2 a3 lot3 | x
눈1+이 많이3 오2 | it / snow1,2 a3 lot3 | x
날씨1+이 춥2 | it / be cold1,2 | adj
날씨1+이 덥2 | it / be hot1,2 | adj
날씨1+이 좋2 | the weather1 / be nice2 | adj
날씨1+이 따뜻2+하2 | it / be warm1,2 | adj neg=ji
날씨1+이 흐리2 | it / be cloudy1,2 | adj neg=ji
춥1 | it / be cold1 | adj
덥1 | it / be hot1 | adj
바람1+이 많이3 불2 | it / be very3 windy1,2 | st x
태풍1+이 오2 | there / be a typhoon1,2 | st x
안개1+이 끼2 | it / be foggy1,2 | st x
천둥1+이 치2 | it / thunder1,2 | x
햇빛1+이 강2+하2 | the sun1 / be strong2 | adj
공기1+이 나쁘2 | the air1 / be bad2 | adj
공기1+이 맑2 | the air1 / be fresh2 | adj
하늘1+이 맑2 | the sky1 / be clear2 | adj
길1+이 미끄럽2 | the roads1 // be slippery2 | adj
해1+이 지2 | the sun1 / set2 | x pt t=eve
밖1+이 어둡2 | it / be dark2 outside1 | adj t=eve,night
별1+이 많2 | there // be a2 lot2 of2 stars1 | adj x t=night
달1+이 밝2 | the moon1 / be bright2 | adj t=night
꽃1+이 피2 | the flowers1 // bloom2 | x
꽃1+이 예쁘2 | the flowers1 // be pretty2 | adj
낙엽1+이 많2 | there // be a2 lot2 of2? fallen1 leaves1 | adj x
모기1+이 많2 | there // be a2 lot2 of2 mosquitoes1 | adj x
파도1+이 높2 | the waves1 // be high2 | adj
바닷물1+이 차갑2 | the sea1 water1 / be cold2 | adj
강물1+이 맑2 | the river1 / be clear2 | adj
산1+이 높2 | the mountain1 / be high2 | adj
개1+이 짖2 | the dog1 / bark2 | x
개1+이 아프2 | my dog1 / be sick2 | adj x
고양이1+이 아프2 | my cat1 / be sick2 | adj x
고양이1+이 배고프2 | the cat1 / be hungry2 | adj x
길1+에서2 새끼3 고양이3+을 발견4+하4 | find4 a kitten3 on2 the street1 | x pt
날씨1+이 건조2+하2 | the air1 / be dry2 | adj neg=ji
우산1+을 쓰2 | use2 an umbrella1 | q
우산1+을 가지3+고 가2 | take2,3 an umbrella1 | q pt
코트1+을 입2 | put2 on2 a coat1 | q pt
두껍1+(으)ㄴ 옷2+을 입3 | wear3 warm1 clothes2 | q
장갑1+을 끼2 | wear2 gloves1 | q
목도리1+을 하2 | put2 on2 a scarf1 | q pt
모자1+을 쓰2 | wear2 my hat1 | q
선글라스1+을 쓰2 | wear2 sunglasses1 | q
에어컨1+을 켜2 | turn2 on2 the air1 conditioner1 | q pt
소풍1+을 가2 | go2 on a picnic1 | q pt c
공원1+에2 가3 | go3 to2 the park1 | q pt c
공원1+에2 가3+~아서4 자전거5+을 타6 | go3 to2 the park1 and4 ^ride6 a bike5 | q c way=seq
산1+에2 가3 | go3 to2 the mountains1 | q pt c
꽃구경1+을 가2 | go2 to2 see1 the flowers1 | q pt c
눈사람1+을 만들2 | make2 a snowman1 | q c
눈싸움1+을 하2 | have2 a snowball1 fight1 | q c young
낚시1+을 하1 | go1 fishing1 | q c
자전거1+을 타2 | ride2 a bike1 | q c
배1+을 타2 | take2 a boat1 ride2 | q pt c
밤하늘1+을 보2 | look2 at2 the night1 sky1 | q c t=night
꽃1+을 심2 | plant2 some flowers1 | q c
물고기1+을 보2 | see2 some fish1 | q
마당1+을 청소2+하2 | clean2 up2 the yard1 | q
천천히1 걷2 | walk2 slowly1 | q
끝1+까지1 올라가2 | climb2 to1 the top1 | q pt
중간1+에1 잠깐2 쉬3 | rest3 briefly2 on1 the1 way1 up | q
조심1+하1 | be1 careful1 | q
개1+을 산책2+시키2 | walk2 the dog1 | q
동물1 병원1+에2 데려가3 | take3 it to2 the vet1 | q pt
먹이1+을 주2 | feed1,2 it | q pt
집1+에 데려오2 | bring2 it home1 | q pt
우유1+을 주2 | give2 it some milk1 | q pt
경기1+이 취소2+되2 | the game1 / be canceled2 | x pt
소풍1+이 취소2+되2 | the picnic1 / be canceled2 | x pt
학교1+이 문2+을 닫2 | the school1 / be closed2 | st x
꽃1+이 시들2 | the flowers1 // wither2 | x
눈1+이 녹2 | the snow1 / melt2 | x
기차1+이 늦2+게2 출발3+하3 | the train1 / leave3 late2 | x pt
가습기1+을 켜2 | turn2 on2 the humidifier1 | q pt
"""

PAIRS = """\
비+이 오 | so if when span=week ing | 집+에 있 / 집+에서 책+을 읽 / 영화+을 보 / 집+에서 파전+을 만들+~아 먹
비+이 오 | so must ing | 우산+을 쓰 / 창문+을 닫 / 우산+을 사
비+이 오 | so span=week ing | 소풍+이 취소+되 / 경기+이 취소+되 / 길+이 막히 / 길+이 미끄럽
비+이 오 | not:못안 span=week ing | 소풍+을 가 / 산책+을 하 / 공원+에 가 / 빨래+을 하 / 자전거+을 타
비+이 오 | not:못안 span=week ing | 축구+을 하 / 등산+을 가 / 테니스+을 치
비+이 오 | but span=week ing | 개+을 산책+시키 / 축구+을 하 / 산책+을 하 / 달리기+을 하 / 시장+에 가 / 소풍+을 가
비+이 오 | butnot:안못 span=week ing | 우산+을 쓰
비+이 오 | please ing | 우산+을 가지+고 가 / 창문+을 닫 / 천천히 운전+하 / 조심+하
비+이 오 | lets ing | 집+에 있 / 택시+을 타 / 영화+을 보 / 박물관+에 가 / 집+에서 파전+을 만들+~아 먹
비+이 오 | if once fut ing | 박물관+에 가 / 집+에 있 / 영화+을 보 / 집+에서 파전+을 만들+~아 먹
비+이 많이 오 | so span=week ing | 집+에 있 / 학교+이 문+을 닫 / 경기+이 취소+되 / 길+이 막히
비+이 많이 오 | so span=week ing | 기차+이 늦+게 출발+하 / 집+에 일찍 가
비+이 많이 오 | not:못안 span=week ing | 밖+에 나가 / 등산+을 가 / 시장+에 가
비+이 많이 오 | but span=week ing | 학교+에 걷+~아서 가 / 제시간+에 도착+하
눈+이 오 | so if when span=week ing | 눈사람+을 만들 / 눈싸움+을 하 / 사진+을 찍
눈+이 오 | so span=week ing | 길+이 막히 / 길+이 미끄럽 / 밖+에 나가
눈+이 오 | not:못안 span=week ing | 운전+을 하 / 자전거+을 타 / 등산+을 가
눈+이 오 | but span=week ing | 달리기+을 하 / 산+에 가 / 자전거+을 타
눈+이 오 | please ing | 조심+하 / 천천히 걷 / 천천히 운전+하
눈+이 오 | lets ing | 눈사람+을 만들 / 눈싸움+을 하
눈+이 오 | if once fut ing | 눈사람+을 만들 / 눈싸움+을 하 / 집+에 있
눈+이 많이 오 | so span=week ing | 학교+이 문+을 닫 / 길+이 막히 / 기차+이 늦+게 출발+하
눈+이 많이 오 | so span=week ing | 비행기+이 늦+게 출발+하 / 집+에 있
눈+이 많이 오 | not:못 span=week ing | 출근+하 / 집+에 가 / 학교+에 가
눈+이 많이 오 | but span=week ing | 출근+하 / 제시간+에 도착+하
날씨+이 춥 | so if span=week | 코트+을 입
날씨+이 춥 | so if when span=week | 집+에 있 / 목도리+을 하 / 두껍+(으)ㄴ 옷+을 입
날씨+이 춥 | not:안못 span=week | 산책+을 하 / 소풍+을 가 / 자전거+을 타 / 공원+에 가 / 낚시+을 하
날씨+이 춥 | but span=week | 달리기+을 하 / 강가+에서 산책+을 하 / 낚시+을 하 / 바다+에 가 / 자전거+을 타
날씨+이 춥 | please | 코트+을 입 / 두껍+(으)ㄴ 옷+을 입 / 장갑+을 끼
날씨+이 춥 | so span=week | 두껍+(으)ㄴ 코트+을 사
춥 | so | 카페+에 들어가+~아서 뜨겁+(으)ㄴ 커피+을 마시 / 안+으로 들어가 / 집+에 일찍 가 / 이불+을 덮
춥 | so if when | 따뜻+하+(으)ㄴ 차+을 마시 / 장갑+을 끼 / 코트+을 입
춥 | please favor | 창문+을 닫 / 문+을 닫 / 난방+을 켜
춥 | lets | 안+으로 들어가 / 따뜻+하+(으)ㄴ 차+을 마시
춥 | butnot:안 | 코트+을 입 / 장갑+을 끼
날씨+이 덥 | so if when span=week | 아이스크림+을 먹 / 수영장+에 가 / 에어컨+을 켜 / 물+을 많이 마시
날씨+이 덥 | so span=week | 바다+에 가+~아서 수영+을 하 / 수박+을 자르+~아서 가족+과 먹
날씨+이 덥 | not:안못 span=week | 운동+을 하 / 달리기+을 하 / 등산+을 가
날씨+이 덥 | but span=week | 등산+을 가 / 테니스+을 치 / 달리기+을 하
날씨+이 덥 | please | 물+을 많이 마시 / 모자+을 쓰
날씨+이 덥 | lets | 아이스크림+을 먹 / 수영장+에 가
덥 | so if when | 창문+을 열 / 에어컨+을 켜 / 찬물+을 마시 / 샤워+을 하
덥 | please favor | 창문+을 열 / 에어컨+을 켜 / 선풍기+을 켜
덥 | not:못 | 잠+을 자 / 잘 자
날씨+이 좋 | so span=week | 공원+에 가+~아서 자전거+을 타 / 소풍+을 가 / 공원+에서 산책+을 하 / 등산+을 가 / 빨래+을 하
날씨+이 좋 | so span=week | 낚시+을 하 / 바다+에 가 / 꽃+을 심 / 배+을 타 / 테니스+을 치
날씨+이 좋 | if once fut | 소풍+을 가 / 등산+을 가 / 바다+에 가 / 공원+에 가+~아서 자전거+을 타 / 낚시+을 하
날씨+이 좋 | when | 강가+에서 산책+을 하 / 자전거+을 타 / 창문+을 열 / 빨래+을 하
날씨+이 좋 | butnot:안못 span=week | 밖+에 나가 / 산책+을 하
날씨+이 좋 | but span=week | 집+에 있
날씨+이 좋 | lets | 산책+을 하 / 소풍+을 가 / 자전거+을 타 / 공원+에 가
날씨+이 따뜻+하 | so span=week | 산책+을 하 / 꽃+을 심 / 눈+이 녹 / 꽃구경+을 가 / 강가+에서 산책+을 하
날씨+이 따뜻+하 | lets | 산책+을 하 / 꽃구경+을 가 / 소풍+을 가
날씨+이 따뜻+하 | if once fut | 꽃구경+을 가 / 소풍+을 가
날씨+이 흐리 | so please if when | 우산+을 가지+고 가
날씨+이 흐리 | butnot:안 | 우산+을 가지+고 가
날씨+이 흐리 | not:안 span=week | 빨래+을 하
바람+이 많이 불 | so please if when | 창문+을 닫 / 모자+을 쓰
바람+이 많이 불 | not:못안 span=week | 배+을 타 / 자전거+을 타 / 낚시+을 하 / 배드민턴+을 치
바람+이 많이 불 | but span=week | 강가+에서 산책+을 하 / 낚시+을 하
바람+이 많이 불 | so | 안+으로 들어가
태풍+이 오 | not:못 span=week | 여행+을 가 / 제주도+에 가 / 배+을 타
태풍+이 오 | so span=week | 집+에 있 / 비행기+이 늦+게 출발+하 / 경기+이 취소+되
안개+이 끼 | so adv span=week | 천천히 운전+하
안개+이 끼 | so span=week | 비행기+이 늦+게 출발+하
안개+이 끼 | not:못 span=week | 사진+을 찍
천둥+이 치 | so ing | 아기+이 울 / 안+으로 들어가
천둥+이 치 | not:못 ing | 잠+을 자
햇빛+이 강+하 | so please if when | 모자+을 쓰 / 선글라스+을 쓰
햇빛+이 강+하 | so | 꽃+이 시들
공기+이 나쁘 | so please if when | 마스크+을 쓰
공기+이 나쁘 | so please favor | 창문+을 닫
공기+이 나쁘 | not:안못 | 산책+을 하 / 창문+을 열 / 달리기+을 하
공기+이 맑 | so please | 창문+을 열
공기+이 맑 | so lets | 산책+을 하
하늘+이 맑 | so | 사진+을 많이 찍 / 강가+에서 산책+을 하
길+이 미끄럽 | so | 넘어지 / 천천히 걷
길+이 미끄럽 | please | 조심+하 / 천천히 걷 / 천천히 운전+하
길+이 미끄럽 | not:안못 span=week | 운전+을 하 / 자전거+을 타
길+이 미끄럽 | but | 운전+을 하
길+이 미끄럽 | butnot:안 | 넘어지
해+이 지 | so | 집+에 돌아오 / 불+을 켜
밖+이 어둡 | so | 손전등+을 켜 / 집+에 다시 돌아가
밖+이 어둡 | so lets | 집+에 가
밖+이 어둡 | please | 조심+하
밖+이 어둡 | not:안 | 밖+에 나가
밖+이 어둡 | not:못 | 길+을 찾
별+이 많 | so | 사진+을 찍 / 밤하늘+을 보
별+이 많 | lets | 밤하늘+을 보
달+이 밝 | so | 산책+을 하
꽃+이 피 | so when span=week | 공원+에 가 / 사진+을 많이 찍
꽃+이 예쁘 | so | 사진+을 많이 찍 / 몇 송이 사
낙엽+이 많 | so must | 마당+을 청소+하
모기+이 많 | so please | 창문+을 닫
모기+이 많 | not:못 | 잠+을 자 / 창문+을 열
파도+이 높 | not:못안 span=week | 수영+을 하 / 배+을 타
파도+이 높 | but span=week | 수영+을 하
바닷물+이 차갑 | not:못안 but always | 수영+을 하
강물+이 맑 | so always | 수영+을 하 / 물고기+을 보
산+이 높 | not:못 but always | 끝+까지 올라가
산+이 높 | so always | 중간+에 잠깐 쉬
개+이 짖 | so ing | 잠+이 깨 / 밖+에 나가
개+이 짖 | not:못 ing | 잠+을 자 / 공부+을 하
개+이 아프 | so mine | 동물 병원+에 데려가 / 걱정+이 되 / 집+에 일찍 가
고양이+이 아프 | so mine | 동물 병원+에 데려가 / 걱정+이 되 / 집+에 있
고양이+이 배고프 | so please | 먹이+을 주
길+에서 새끼 고양이+을 발견+하 | so span=week | 집+에 데려오 / 우유+을 주
날씨+이 건조+하 | so always | 물+을 많이 마시 / 가습기+을 켜
날씨+이 건조+하 | please always | 물+을 많이 마시 / 가습기+을 켜
비+이 오 | adv | 택시+을 타 / 우산+을 가지+고 가
눈+이 오 | adv | 천천히 운전+하 / 조심+하
춥 | adv | 코트+을 입 / 창문+을 닫
덥 | adv | 창문+을 열 / 에어컨+을 켜 / 찬물+을 마시
날씨+이 좋 | adv | 산책+을 하
바람+이 많이 불 | adv | 창문+을 닫
길+이 미끄럽 | adv | 천천히 걷 / 천천히 운전+하
햇빛+이 강+하 | adv | 모자+을 쓰 / 선글라스+을 쓰
모기+이 많 | adv | 창문+을 닫
공기+이 나쁘 | adv | 마스크+을 쓰 / 창문+을 닫
"""
