"""Illness and sport: frames for the table of causes and effects."""

ROWS = """\
감기1+에 걸리2 | catch2 a cold1 | x pt
머리1+이 아프2 | have2 a headache1 | adj x
배1+이 아프2 | have2 a stomachache1 | adj x
이1+이 아프2 | have2 a toothache1 | adj x
목1+이 아프2 | have2 a sore2 throat1 | adj x
허리1+이 아프2 | my back1 / hurt2 | adj x
눈1+이 아프2 | my eyes1 // hurt2 | adj x
열1+이 나2 | have2 a fever1 | st x
다리1+을 다치2 | hurt2 my leg1 | x pt
손1+을 다치2 | hurt2 my hand1 | x pt
팔1+이 부러지2 | break2 my arm1 | x pt
넘어지1 | fall1 down1 | x pt
스트레스1+을 받2 | be stressed1,2 | st x
살1+이 찌2 | gain2 weight1 | x pt
눈1+이 나쁘2 | have2 poor2 eyesight1 | adj x
눈1+이 나쁘2+~아지2 | my eyesight1 / get2 worse2 | x pt
커피1+을 너무3 많이3 마시2 | drink2 too3 much3 coffee1 | x pt hon=드시
달1+(으)ㄴ 음식2+을 많이3 먹4 | eat4 a3 lot3 of3 sweet1 food2 | x hon=드시
운동1+을 하1 | exercise1 | x no=안
약1+을 먹2 | take2 some medicine1 | q pt hon=드시
병원1+이 문2+을 닫2 | the clinic1 / be closed2 | st x t=am,pm
땀1+이 많이2 나3 | sweat1,3 a2 lot2 | x
약국1+에2 가3+~아서4 약5+을 사6 | go3 to2 the pharmacy1 and4 ^buy6 some medicine5 | q pt way=seq t=am,pm
약1+을 먹2+고3 일찍4 자5 | take2 some medicine1 and3 ^go5 to5 bed5 early4 | q pt way=seq hon=주무시 t=night
따뜻1+하+(으)ㄴ 물2+을 마시3+고4 푹5 쉬6 | drink3 some warm1 water2 and4 ^get6 plenty5 of rest6 | q way=seq
병원1+에2 가3 | go3 to2 the doctor1 | q pt t=am,pm
병원1+에2 가3+~아서4 의사5+을 만나6 | go3 to2 the hospital1 and4 ^see6 a doctor5 | q pt way=seq t=am,pm
치과1+에2 가3 | go3 to2 the dentist1 | q pt t=am,pm
안과1+에2 가3 | go3 to2 the eye1 doctor1 | q pt t=am,pm
주사1+을 맞2 | get2 a shot1 | q pt t=am,pm
마스크1+을 쓰2 | wear2 a mask1 | q
따뜻1+하+(으)ㄴ 물2+을 마시3 | drink3 some warm1 water2 | q hon=드시
물1+을 많이2 마시3 | drink3 a2 lot2 of2 water1 | q hon=드시
운동1+을 하1 | exercise1 | q
운동1+을 시작2+하2 | start2 exercising1 | q pt
산책1+을 하2 | take2 a walk1 | q c
공원1+에서2 산책3+을 하4 | take4 a walk3 in2 the park1 | q c
강가1+에서2 산책3+을 하4 | take4 a walk3 by2 the river1 | q c
달리기1+을 하1 | go1 running1 | q
수영1+을 하1 | swim1 | q c
수영장1+에2 가3 | go3 to2 the swimming1 pool1 | q pt c
등산1+을 가1 | go1 hiking1 | q pt c
테니스1+을 치2 | play2 tennis1 | q c
배드민턴1+을 치2 | play2 badminton1 | q c
요가1+을 하2 | do2 yoga1 | q
달1+(으)ㄴ 음식2+을 먹3 | eat3 sweet1 food2 | q hon=드시
간식1+을 줄이2 | eat2 fewer2 snacks1 | q
채소1+을 많이2 먹3 | eat3 a2 lot2 of2 vegetables1 | q hon=드시
죽1+을 먹2 | have2 some porridge1 | q hon=드시
밥1+을 먹2 | eat1,2 | q hon=드시
딱딱1+하+(으)ㄴ 것2+을 먹3 | eat3 anything2 hard1 | q hon=드시
말1+을 하1 | talk1 | q
노래1+을 하1 | sing1 | q
계단1+을 올라가2 | go2 up2 the stairs1 | q
무겁1+(으)ㄴ 것2+을 들3 | lift3 anything2 heavy1 | q pt
글씨1+을 쓰1 | write1 | q
기타1+을 치2 | play2 the guitar1 | q
반창고1+을 붙이2 | put2 on2 a bandage1 | q pt
눈1+을 감2+고3 잠깐4 쉬5 | close2 my eyes1 and3 ^rest5 for4 a4 moment4 | q way=seq
안경1+을 쓰2 | wear2 glasses1 | q nopr
컴퓨터1+을 끄2 | turn2 off2 the computer1 | q pt
심호흡1+을 하1 | take1 a deep1 breath1 | q pt
"""

PAIRS = """\
감기+에 걸리 | so single always | 병원+에 가 / 약국+에 가+~아서 약+을 사 / 집+에서 쉬
감기+에 걸리 | so single always | 따뜻+하+(으)ㄴ 물+을 마시+고 푹 쉬
감기+에 걸리 | so single always | 마스크+을 쓰 / 주사+을 맞 / 약+을 먹+고 일찍 자 / 죽+을 먹
감기+에 걸리 | not:못 single always | 수영장+에 가 / 운동+을 하 / 출근+하 / 학교+에 가 / 소풍+을 가 / 친구+을 만나
감기+에 걸리 | butnot:안 single always | 약+을 먹 / 병원+에 가 / 쉬
감기+에 걸리 | if single always | 집+에서 쉬 / 병원+에 가
감기+에 걸리 | adv always | 푹 쉬 / 물+을 많이 마시
감기+에 걸리 | must single always | 약+을 먹 / 집+에서 쉬
머리+이 아프 | so if when single | 약+을 먹 / 집+에서 쉬 / 눈+을 감+고 잠깐 쉬
머리+이 아프 | so single | 일찍 자 / 집+에 일찍 가 / 약국+에 가+~아서 약+을 사 / 약+을 먹+고 일찍 자
머리+이 아프 | not:못 single | 공부+을 하 / 일+에 집중+하 / 책+을 읽 / 잠+을 자
머리+이 아프 | but single | 출근+하 / 숙제+을 끝내 / 회의+에 가 / 보고서+을 끝내
머리+이 아프 | butnot:안 single | 약+을 먹 / 쉬
머리+이 아프 | favor | 텔레비전+을 끄 / 소리+을 줄이 / 음악+을 끄 / 불+을 끄
머리+이 아프 | adv | 약+을 먹 / 잠깐 쉬
배+이 아프 | so single | 병원+에 가+~아서 의사+을 만나 / 약+을 먹 / 죽+을 먹 / 병원+에 가 / 따뜻+하+(으)ㄴ 차+을 마시
배+이 아프 | not:못 single | 저녁+을 많이 먹 / 밥+을 먹 / 학교+에 가 / 케이크+을 먹
배+이 아프 | but single | 학교+에 가 / 출근+하 / 아이스크림+을 먹
배+이 아프 | if when single | 죽+을 먹 / 약+을 먹 / 따뜻+하+(으)ㄴ 차+을 마시
이+이 아프 | so must single | 치과+에 가
이+이 아프 | so single | 죽+을 먹 / 약+을 먹
이+이 아프 | not:못 single | 딱딱+하+(으)ㄴ 것+을 먹 / 밥+을 먹 / 잠+을 자
이+이 아프 | butnot:안못 single | 치과+에 가
이+이 아프 | if single | 치과+에 가
목+이 아프 | so if when single | 따뜻+하+(으)ㄴ 차+을 마시 / 따뜻+하+(으)ㄴ 물+을 마시
목+이 아프 | not:못 single | 노래+을 하 / 말+을 하
목+이 아프 | so single | 마스크+을 쓰 / 병원+에 가
허리+이 아프 | so mine | 소파+에 눕+~아서 쉬 / 병원+에 가 / 요가+을 하
허리+이 아프 | not:못 mine | 무겁+(으)ㄴ 것+을 들 / 테니스+을 치
눈+이 아프 | so mine | 안과+에 가 / 컴퓨터+을 끄 / 잠깐 쉬
눈+이 아프 | not:못 mine | 책+을 읽
열+이 나 | so single | 병원+에 가 / 약+을 먹+고 일찍 자 / 집+에서 쉬 / 물+을 많이 마시
열+이 나 | not:못 single | 학교+에 가 / 출근+하 / 수영+을 하
열+이 나 | if single | 병원+에 가 / 약+을 먹
다리+을 다치 | not:못 single span=week | 달리기+을 하 / 운동+을 하 / 등산+을 가 / 계단+을 올라가
다리+을 다치 | not:못 single span=week | 테니스+을 치 / 운전+을 하
다리+을 다치 | so single span=week | 병원+에 가 / 집+에 있
다리+을 다치 | but single span=week | 학교+에 가 / 출근+하
손+을 다치 | not:못 single span=week | 글씨+을 쓰 / 설거지+을 하 / 기타+을 치 / 보고서+을 쓰
손+을 다치 | so single span=week | 반창고+을 붙이 / 병원+에 가
팔+이 부러지 | so single span=week | 병원+에 가+~아서 의사+을 만나
팔+이 부러지 | not:못 single span=week | 글씨+을 쓰 / 테니스+을 치 / 운전+을 하 / 기타+을 치
넘어지 | so single | 다리+을 다치 / 손+을 다치 / 반창고+을 붙이 / 울
넘어지 | butnot:안 single | 울
스트레스+을 받 | so when if always | 음악+을 듣 / 운동+을 하 / 초콜릿+을 먹 / 강가+에서 산책+을 하
스트레스+을 받 | so always | 휴가+을 내
스트레스+을 받 | not:못 always | 잠+을 자 / 잘 자
살+이 찌 | so single always | 운동+을 시작+하 / 간식+을 줄이 / 채소+을 많이 먹
살+이 찌 | butnot:안 single always | 운동+을 하
살+이 찌 | not:안 single always | 달+(으)ㄴ 음식+을 먹
눈+이 나쁘 | so single always | 안경+을 쓰
눈+이 나쁘 | but single always | 운전+을 하
눈+이 나쁘 | butnot:안 single always | 안경+을 쓰
눈+이 나쁘+~아지 | so mine always | 새 안경+을 맞추 / 안과+에 가
커피+을 너무 많이 마시 | not:못 single | 잠+을 자 / 잘 자
커피+을 너무 많이 마시 | but single | 잘 자 / 졸리
달+(으)ㄴ 음식+을 많이 먹 | so single | 이+이 아프 / 살+이 찌
안 운동+을 하 | so single span=week always | 살+이 찌
약+을 먹 | so single | 졸리
약+을 먹 | but single | 머리+이 아프
병원+이 문+을 닫 | so | 약국+에 가+~아서 약+을 사
땀+이 많이 나 | so single | 샤워+을 하+고 옷+을 갈아입 / 물+을 많이 마시 / 샤워+을 하
이+이 아프 | adv | 치과+에 가
열+이 나 | adv | 물+을 많이 마시 / 집+에서 쉬
배+이 아프 | adv | 따뜻+하+(으)ㄴ 차+을 마시 / 병원+에 가
목+이 아프 | adv | 따뜻+하+(으)ㄴ 물+을 마시
눈+이 나쁘 | adv | 안경+을 쓰
"""
