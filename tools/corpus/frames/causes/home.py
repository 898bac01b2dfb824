"""Household, family, feelings: frames for the table of causes and effects."""

ROWS = """\
피곤2+하1 | be tired1,2 | adj x neg=ji
졸리1 | be sleepy1 | adj x neg=ji
심심2+하1 | be bored1,2 | adj x neg=ji
슬프1 | be sad1 | adj x neg=ji
외롭1 | be lonely1 | adj x neg=ji
기분1+이 좋2 | be in a good2 mood1 | adj x
기쁘1 | be happy1 | adj x neg=ji
무섭1 | be scared1 | adj x neg=ji
화1+이 나1 | be angry1 | st x
걱정1+이 되1 | be worried1 | st x
궁금1+하1 | be curious1 | adj x neg=ji
늦잠1+을 자1 | oversleep1 | x pt hon=주무시 t=am
잠1+을 자1 | sleep1 | x no=못 hon=주무시 t=night
늦3+게3 자1 | go1 to bed1 late3 | x pt hon=주무시 t=night
일찍3 일어나1 | get1 up1 early3 | q pt t=am
방1+이 더럽2 | the room1 / be dirty2 | adj
방1+이 어둡2 | the room1 / be dark2 | adj
방1+이 춥2 | the room1 / be cold2 | adj
방1+이 덥2 | the room1 / be hot2 | adj
밖1+이 시끄럽2 | it / be noisy2 outside1 | adj
이웃집1+이 시끄럽2 | the neighbors1 // be noisy2 | adj
음악1+이 시끄럽2 | the music1 / be loud2 | adj
아기1+이 자2+고 있2 | the baby1 / be sleeping2 | st x neg=-
아기1+이 울2 | the baby1 / cry2 | x
쓰레기1+이 많2 | there / be a2 lot2 of2 trash1 | adj x
비1+을 맞2 | get2 caught2 in the rain1 | x pt
옷1+이 젖2 | my clothes1 // get2 wet2 | x pt
세탁기1+이 고장2 나2 | the washing1 machine1 / break2 down2 | x pt past
에어컨1+이 고장2 나2 | the air1 conditioner1 / break2 down2 | x pt past
텔레비전1+이 고장2 나2 | the TV1 / break2 | x pt past
전기1+이 나가2 | the power1 / go2 out2 | x pt t=eve,night
물1+이 안2 나오3 | there / be no2,3 water1 | st x neg=-
문1+이 열리2 | the door1 / open2 | x no=안
열쇠1+을 잃어버리2 | lose2 my key1 | x pt
집주인1+이 월세2+을 올리3 | the landlord1 / raise3 the rent2 | x pt
새1 집2+으로3 이사4+을 하4 | move4 to3 a new1 house2 | x pt
가족1+이 보2+고 싶2 | miss2 my family1 | st x
{peer}+이 아프1 | {peer/my} / be sick1 | adj x
오늘1+이 {peer}+의3 생일2+!이4 | it / be4 {peer/my} 's3 birthday2 today1 | st x neg=-
내일3 손님1+이 오2 | guests1 // be coming2 tomorrow3 | st x neg=-
손님1+이 오2 | guests1 // come2 over2 | x pt
{peer}+과1 약속2+이 있3 | have3 plans2 with1 {peer/my} | st x
일찍3 자1 | go1 to bed1 early3 | q pt hon=주무시 t=night
낮잠1+을 자2 | take2 a nap1 | q hon=주무시 t=pm
소파1+에서2 잠3+이 들3 | fall3 asleep3 on2 the sofa1 | x pt
소파1+에2 눕3+~아서4 쉬5 | lie3 down3 on2 the sofa1 and4 ^rest5 | q way=seq
잠1+이 들1 | fall1 asleep1 | x pt
잠1+이 깨1 | wake1 up1 | x pt
잠1+을 자1 | sleep1 | x hon=주무시 t=night
잘1 자2 | sleep2 well1 | x hon=주무시 t=night
따뜻1+하+(으)ㄴ 물2+으로 목욕3+을 하3 | take3 a hot1 bath2,3 | q pt t=eve,night
샤워1+을 하2 | take2 a shower1 | q pt
샤워1+을 하2+고3 옷4+을 갈아입5 | take2 a shower1 and3 ^change5 clothes4 | q pt way=seq
옷1+을 갈아입2 | change2 clothes1 | q pt
세수1+을 하2 | wash1,2 my face1 | q pt
찬물1+으로3 세수4+을 하4 | wash4 my face4 with3 cold1 water1 | q pt
머리1+을 감2 | wash2 my hair1 | q pt
창문1+을 열2 | open2 the window1 | q pt
창문1+을 닫2 | close2 the window1 | q pt
창문1+을 닫2+고3 커튼4+을 치5 | close2 the window1 and3 ^draw5 the curtains4 | q pt way=seq
문1+을 열2 | open2 the door1 | q pt
문1+을 닫2 | close2 the door1 | q pt
문1+을 조용히3 닫2 | close2 the door1 quietly3 | q pt
불1+을 켜2 | turn2 on2 the light1 | q pt
불1+을 끄2 | turn2 off2 the light1 | q pt
난방1+을 켜2 | turn2 on2 the heat1 | q pt
이불1+을 덮2 | get2 under2 a blanket1 | q pt
선풍기1+을 켜2 | turn2 on2 the fan1 | q pt
손전등1+을 켜2 | turn2 on2 a flashlight1 | q pt
텔레비전1+을 끄2 | turn2 off2 the TV1 | q pt
텔레비전1+을 보2 | watch2 TV1 | q c
소리1+을 줄이2 | turn2 down2 the volume1 | q pt
음악1+을 끄2 | turn2 off2 the music1 | q pt
끄1 | turn1 it off1 | q pt
음악1+을 듣2 | listen2 to music1 | q
조용히1 이야기2+하2 | talk2 quietly1 | q
조용히1 하2 | be2 quiet1 | q
노래1+을 부르2 | sing2 a song1 | q
춤1+을 추2 | dance1,2 | q
영화1+을 보2 | watch2 a movie1 | q c
영화1+을 끝2+까지2 보3 | watch3 the movie1 to2 the end2 | q
소설1+을 읽2 | read2 a novel1 | q
만화책1+을 읽2 | read2 a comic1 book1 | q
책1+을 읽1 | read1 | q
그림1+을 그리2 | draw2 pictures1 | q
일기1+을 쓰2 | write2 in my diary1 | q t=night
방1+을 청소2+하2 | clean2 my room1 | q
청소1+을 하1 | clean1 it | q
집1+을 청소2+하2 | clean2 the house1 | q c
설거지1+을 하2 | wash1,2 the dishes1 | q
빨래1+을 하2 | do2 the laundry1 | q
손1+으로2 빨래3+을 하3 | wash3 the clothes3 by2 hand1 | q
빨래방1+에2 가3 | go3 to2 the laundromat1 | q pt
버리1 | take1 it out1 | q pt
집1+에2 있3 | stay3 at2 home1 | q hon=계시
집1+에서2 쉬3 | rest3 at2 home1 | q
집1+에서2 책3+을 읽4 | read4 a book3 at2 home1 | q
집1+에2 가3 | go3 home1,2 | q pt
집1+에2 일찍3 가4 | go4 home1,2 early3 | q pt t=pm,eve
집1+에 돌아오2 | come2 back2 home1 | q pt
집1+에 다시2 돌아가3 | go3 back2,3 home1 | q pt
집1+에2 들어가3 | get3 into2 the house1 | q pt
안1+으로1 들어가2 | go2 inside1 | q pt
밖1+에1 나가2 | go2 outside1 | q pt
밖1+에서1 기다리2 | wait2 outside1 | q
잠깐1 쉬2 | rest2 for a1 moment1 | q
푹1 쉬2 | get2 plenty1 of rest2 | q
울1 | cry1 | x
크2+게2 웃1 | laugh1 out2 loud2 | x
웃1 | smile1 | x
친구1+에게 전화2+을 하2 | call2 a friend1 | q pt
친구1+에게 전화2+을 하2+~아서3 이야기4+하4 | call2 a friend1 and3 ^talk4 | q way=seq
가족1+에게 전화2+을 하2 | call2 my family1 | q pt
어머니1+께 전화2+을 드리2 | call2 my mother1 | q pt young
가족1+에게2 편지3+을 쓰4 | write4 a letter3 to2 my family1 | q
가족1 사진2+을 보3 | look3 at3 pictures2 of my family1 | q
고향1+에2 가3 | go3 back3? to2 my hometown1 | q pt
친구1+을 만나2 | meet2 my friends1 | q pt
친구1+들+을 집2+으로3 초대4+하4 | invite4 some friends1 to3 my house2 | q pt
벽1+에2 그림3+을 걸4 | hang4 a picture3 on2 the wall1 | q pt
이웃1+들+에게 인사2+을 하2 | say2 hello2 to the neighbors1 | q pt
이웃1+에게 도움2+을 청3+하3 | ask3 a neighbor1 for help2 | q pt
친구1+에게 도움2+을 청3+하3 | ask3 a friend1 for help2 | q pt
친구1 집2+에서3 자4 | sleep4 at3 a friend1 's house2 | q hon=주무시 t=night
새1 집2+을 찾3 | look3 for3 a new1 place2 to live2? | q
이사1+을 하1 | move1 | q pt
안1+~아 주1 | pick1 the baby1? up1 | q pt
우유1+을 먹이2 | give2 the baby2? some milk1 | q pt
혼자1 산책2+을 하2 | take2 a walk2 alone1 | q
동네1+을 걷2 | walk2 around2 the neighborhood1 | q
방1+에2 혼자3 있4 | stay4 in2 my room1 alone3 | q hon=계시
아무1 말2+도1 하3 | say3 anything1,2 | q pt
묻1+~아1+보1 | ask1 | q pt
인터넷1+에서1 찾아보2 | look2 it up2 online1 | q pt
눈1+을 감2 | close2 my eyes1 | q pt
열쇠1+을 새로2 만들3 | have3 a new2 key1 made3 | q pt
술1+을 마시2 | drink1,2 | q hon=드시
케이크1+에 초2+을 켜3 | put3 candles2 on the cake1 | q pt
아이1+들+에게 책2+을 읽3+~아 주3 | read3 a book2 to the children1 | q
늦3+게3 일어나1 | get1 up1 late3 | x pt t=am
이1 책2+을 읽3 | read3 this1 book2 | q
우리1 집2+에3 놀4+(으)러 오4 | come4 over4 to3 our1 house2 | q pt
"""

PAIRS = """\
손님+이 오 | so single | 차+을 끓이 / 과일+을 깎 / 저녁+을 준비+하 / 음식+을 많이 만들
손님+이 오 | not:못 single | 일찍 자 / 숙제+을 끝내
손님+이 오 | if | 차+을 끓이 / 음식+을 많이 만들 / 과일+을 깎
내일 손님+이 오 | so now must | 집+을 청소+하 / 장+을 보 / 음식+을 많이 만들 / 방+을 청소+하
내일 손님+이 오 | so now | 케이크+을 굽 / 꽃+을 사 / 시장+에 가+~아서 채소+을 사
내일 손님+이 오 | please now | 방+을 청소+하
내일 손님+이 오 | lets now | 집+을 청소+하 / 장+을 보
오늘+이 {peer}+의 생일+!이 | so now mine | 선물+을 사 / 케이크+을 굽 / 꽃+을 사 / 작+(으)ㄴ 선물+을 사
오늘+이 {peer}+의 생일+!이 | so now mine | 음식+을 많이 만들 / 장+을 보
오늘+이 {peer}+의 생일+!이 | so now mine | 백화점+에 가 / 저녁+을 준비+하 / 케이크+에 초+을 켜
피곤+하 | so if | 일찍 자 / 낮잠+을 자 / 집+에 일찍 가 / 집+에서 쉬 / 따뜻+하+(으)ㄴ 물+으로 목욕+을 하
피곤+하 | so | 소파+에서 잠+이 들 / 소파+에 눕+~아서 쉬 / 택시+을 타+고 집+에 가 / 잘 자 / 눈+을 감+고 잠깐 쉬
피곤+하 | when | 커피+을 마시 / 낮잠+을 자 / 따뜻+하+(으)ㄴ 물+으로 목욕+을 하 / 음악+을 듣 / 초콜릿+을 먹
피곤+하 | not:못안 | 운동+을 하 / 설거지+을 하 / 방+을 청소+하 / 일기+을 쓰 / 저녁+을 준비+하 / 친구+을 만나
피곤+하 | not:못안 | 숙제+을 끝내 / 빨래+을 하
피곤+하 | but | 숙제+을 끝내 / 운동+을 하 / 집+을 청소+하 / 밤늦게+까지 공부+을 하 / 밤늦게+까지 일+하 / 설거지+을 하
피곤+하 | but | 저녁+을 준비+하 / 친구+을 만나 / 개+을 산책+시키 / 빨래+을 하 / 보고서+을 끝내
피곤+하 | but | 아이+들+에게 책+을 읽+~아 주
피곤+하 | butnot:못 | 잠+을 자 / 쉬 / 낮잠+을 자
피곤+하 | butnot:안 | 일찍 자
피곤+하 | adv | 푹 쉬 / 일찍 자 / 집+에서 쉬
피곤+하 | lets | 잠깐 쉬 / 택시+을 타 / 택시+을 타+고 집+에 가 / 외식+을 하
졸리 | so if when | 커피+을 마시 / 찬물+으로 세수+을 하 / 창문+을 열
졸리 | so if | 낮잠+을 자 / 일찍 자 / 불+을 끄
졸리 | not:못 | 공부+을 하 / 일+에 집중+하
졸리 | not:안못 | 운전+을 하
졸리 | but | 숙제+을 끝내 / 영화+을 끝+까지 보 / 보고서+을 끝내
졸리 | adv | 찬물+으로 세수+을 하 / 커피+을 마시
심심+하 | so if when | 영화+을 보 / 게임+을 하 / 만화책+을 읽 / 음악+을 듣 / 그림+을 그리 / 친구+에게 전화+을 하
심심+하 | so | 동네+을 걷 / 쿠키+을 굽 / 소설+을 읽 / 시장+에 가 / 낚시+을 하 / 쇼핑+을 하 / 텔레비전+을 보
심심+하 | lets | 게임+을 하 / 영화+을 보 / 산책+을 하 / 배드민턴+을 치
슬프 | so | 울 / 음악+을 듣 / 친구+에게 전화+을 하+~아서 이야기+하 / 혼자 산책+을 하 / 방+에 혼자 있
슬프 | when | 음악+을 듣 / 친구+에게 전화+을 하 / 혼자 산책+을 하 / 초콜릿+을 먹 / 일기+을 쓰
슬프 | but | 웃
슬프 | butnot:안 | 울
외롭 | so when | 친구+에게 전화+을 하 / 가족 사진+을 보 / 음악+을 듣
외롭 | so | 가족+에게 편지+을 쓰
기분+이 좋 | so when | 노래+을 부르 / 춤+을 추
기쁘 | so | 크+게 웃 / 춤+을 추 / 친구+에게 전화+을 하 / 울
무섭 | so | 불+을 켜 / 눈+을 감 / 친구+에게 전화+을 하 / 집+까지 뛰어가
무섭 | not:못 | 잠+을 자 / 영화+을 끝+까지 보
무섭 | but | 영화+을 끝+까지 보
무섭 | when | 불+을 켜 / 눈+을 감 / 노래+을 부르
화+이 나 | so | 밖+에 나가 / 방+에 혼자 있
화+이 나 | not:안 but | 울
화+이 나 | not:안 butnot:안 | 아무 말+도 하
화+이 나 | when | 음악+을 듣 / 혼자 산책+을 하 / 심호흡+을 하
걱정+이 되 | so | 친구+에게 전화+을 하 / 가족+에게 전화+을 하
걱정+이 되 | not:못 | 잠+을 자 / 일+에 집중+하 / 밥+을 먹
걱정+이 되 | butnot:안 | 아무 말+도 하
궁금+하 | so if always | 인터넷+에서 찾아보 / 친구+에게 묻+~아+보
궁금+하 | butnot:안못 always | 묻+~아+보
가족+이 보+고 싶 | so when | 가족+에게 전화+을 하 / 가족 사진+을 보
가족+이 보+고 싶 | so | 가족+에게 편지+을 쓰 / 울 / 고향+에 가
가족+이 보+고 싶 | butnot:못 span=week | 고향+에 가
방+이 더럽 | so if adv always | 청소+을 하
방+이 더럽 | butnot:안 always | 청소+을 하
방+이 더럽 | please favor always | 청소+을 하
방+이 어둡 | so please if when | 불+을 켜
방+이 어둡 | not:못 | 책+을 읽
방+이 어둡 | butnot:안 | 불+을 켜
방+이 춥 | so please favor if when | 창문+을 닫 / 난방+을 켜
방+이 춥 | so if | 이불+을 덮 / 따뜻+하+(으)ㄴ 차+을 마시
방+이 춥 | not:못 | 잠+을 자 / 잘 자
방+이 덥 | so please favor if when | 창문+을 열 / 에어컨+을 켜 / 선풍기+을 켜
방+이 덥 | not:못 | 잠+을 자 / 잘 자
밖+이 시끄럽 | so please favor if when | 창문+을 닫
밖+이 시끄럽 | so | 창문+을 닫+고 커튼+을 치 / 도서관+에 가 / 잠+이 깨
밖+이 시끄럽 | not:못 | 잠+을 자 / 공부+을 하 / 책+을 읽 / 전화+을 하
밖+이 시끄럽 | but | 잘 자 / 숙제+을 끝내
이웃집+이 시끄럽 | not:못 always | 잠+을 자 / 공부+을 하
이웃집+이 시끄럽 | butnot:안 always | 아무 말+도 하
음악+이 시끄럽 | please favor | 소리+을 줄이 / 끄
음악+이 시끄럽 | so | 소리+을 줄이 / 끄
음악+이 시끄럽 | not:못 | 공부+을 하 / 잠+을 자
아기+이 자+고 있 | so | 문+을 조용히 닫 / 조용히 이야기+하 / 텔레비전+을 끄
아기+이 자+고 있 | please favor | 문+을 조용히 닫 / 조용히 하 / 음악+을 끄 / 소리+을 줄이
아기+이 자+고 있 | lets | 조용히 이야기+하
아기+이 울 | so | 잠+이 깨 / 안+~아 주 / 우유+을 먹이
아기+이 울 | not:못 | 잠+을 자
아기+이 울 | when | 안+~아 주 / 노래+을 부르
쓰레기+이 많 | so please favor always | 버리
비+을 맞 | so span=week | 샤워+을 하+고 옷+을 갈아입 / 옷+을 갈아입 / 감기+에 걸리 / 따뜻+하+(으)ㄴ 물+으로 목욕+을 하
옷+이 젖 | so must mine | 옷+을 갈아입
세탁기+이 고장 나 | so span=week | 손+으로 빨래+을 하 / 빨래방+에 가 / 새것+으로 바꾸
세탁기+이 고장 나 | must span=week | 손+으로 빨래+을 하 / 새것+으로 바꾸
세탁기+이 고장 나 | not:못 span=week | 빨래+을 하
에어컨+이 고장 나 | so span=week | 선풍기+을 켜 / 창문+을 열 / 수리점+에 전화+을 하
에어컨+이 고장 나 | not:못 span=week | 잠+을 자 / 잘 자
텔레비전+이 고장 나 | so span=week | 새것+으로 바꾸 / 수리점+에 전화+을 하 / 소설+을 읽
텔레비전+이 고장 나 | not:못 span=week | 텔레비전+을 보
전기+이 나가 | so must | 손전등+을 켜
전기+이 나가 | so | 일찍 자
전기+이 나가 | not:못 | 텔레비전+을 보 / 책+을 읽 / 저녁+을 준비+하
물+이 안 나오 | not:못 | 샤워+을 하 / 설거지+을 하 / 세수+을 하 / 빨래+을 하 / 머리+을 감
안 문+이 열리 | not:못 | 집+에 들어가
안 문+이 열리 | so | 밖+에서 기다리 / 이웃+에게 도움+을 청+하
열쇠+을 잃어버리 | not:못 single span=week | 집+에 들어가 / 문+을 열
열쇠+을 잃어버리 | so single span=week | 친구 집+에서 자 / 열쇠+을 새로 만들 / 밖+에서 기다리 / 이웃+에게 도움+을 청+하
집주인+이 월세+을 올리 | so adult always | 이사+을 하 / 새 집+을 찾
집주인+이 월세+을 올리 | butnot:안못 adult always | 이사+을 하
새 집+으로 이사+을 하 | so span=week | 친구+들+을 집+으로 초대+하 / 새 가구+을 사 / 벽+에 그림+을 걸
새 집+으로 이사+을 하 | so span=week | 이웃+들+에게 인사+을 하
{peer}+이 아프 | so mine | 집+에 일찍 가 / 약국+에 가+~아서 약+을 사 / 집+에 있 / 걱정+이 되 / 설거지+을 하
{peer}+이 아프 | so mine adult | 휴가+을 내
{peer}+이 아프 | not:못안 mine | 여행+을 가 / 소풍+을 가 / 친구+을 만나
{peer}+과 약속+이 있 | so | 일찍 퇴근+하 / 머리+을 감 / 새 옷+을 사
{peer}+과 약속+이 있 | not:못 | 집+에 일찍 가 / 영화+을 보
늦잠+을 자 | so single young | 학교+에 늦 / 학교+까지 뛰어가 / 수업+에 늦
늦잠+을 자 | so single | 택시+을 타 / 기차+을 놓치 / 버스+을 놓치 / 약속+에 늦
늦잠+을 자 | so single adult | 회의+에 늦
늦잠+을 자 | not:못 single | 머리+을 감 / 운동+을 하 / 밥+을 먹
늦잠+을 자 | but single | 밥+을 먹 / 머리+을 감 / 제시간+에 도착+하
늦잠+을 자 | butnot:안 single | 학교+에 늦 / 회의+에 늦 / 약속+에 늦
늦+게 자 | so | 늦잠+을 자 / 피곤+하 / 졸리
늦+게 자 | but | 일찍 일어나
늦+게 자 | not:못 | 일찍 일어나
못 잠+을 자 | so | 피곤+하 / 졸리 / 낮잠+을 자 / 커피+을 마시 / 늦잠+을 자 / 일찍 자 / 집+에 일찍 가
못 잠+을 자 | not:못 | 일+에 집중+하 / 공부+을 하 / 운전+을 하
못 잠+을 자 | but | 일찍 일어나 / 출근+하 / 시험+을 잘 보
시간+이 있 | adv | 이 책+을 읽 / 우리 집+에 놀+(으)러 오
심심+하 | adv | 만화책+을 읽 / 음악+을 듣 / 산책+을 하
화+이 나 | adv | 심호흡+을 하
걱정+이 되 | adv | 전화+을 하
궁금+하 | adv | 묻+~아+보 / 인터넷+에서 찾아보
방+이 춥 | adv | 난방+을 켜 / 이불+을 덮
방+이 어둡 | adv | 불+을 켜
방+이 덥 | adv | 창문+을 열 / 선풍기+을 켜
밖+이 시끄럽 | adv | 창문+을 닫
스트레스+을 받 | adv always | 산책+을 하 / 운동+을 하 / 음악+을 듣
외롭 | adv | 친구+에게 전화+을 하
"""
