"""Cities and transport: frames for the table of causes and effects."""

ROWS = """\
길1+이 막히2 | the traffic1 / be heavy2 | st x
버스1+을 놓치2 | miss2 the bus1 | x pt
기차1+을 놓치2 | miss2 the train1 | x pt
버스1+이 오2 | the bus1 / come2 | x no=안
버스1+이 늦2+게2 오3 | the bus1 / come3 late2 | x pt
기차1+이 늦2+게2 도착3+하3 | the train1 / arrive3 late2 | x pt
비행기1+이 늦2+게2 도착3+하3 | the plane1 / arrive3 late2 | x pt
지하철1+에 사람2+이 많3 | the subway1 / be crowded2,3 | adj x
짐1+이 많2 | have2 a lot2 of luggage1 | adj x
짐1+이 무겁2 | my bags1 // be heavy2 | adj
표1+이 없2 | there // be no2 tickets1 left2 | st x neg=-
호텔1+이 비싸2 | the hotel1 / be expensive2 | adj
비행기표1+이 싸2 | plane1 tickets1 // be cheap2 | adj
비행기표1+이 비싸2 | plane1 tickets1 // be expensive2 | adj
공항1+이 멀2 | the airport1 / be far2 away2 | adj
역1+이 가깝2 | the station1 / be nearby2 | st
길1+을 잃2 | get2 lost1,2 | x pt
여권1+을 잃어버리2 | lose2 my passport1 | x pt
여권1+을 집2+에3 두4+고 오4 | leave4 my passport1 at3 home2 | x pt
지갑1+을 집2+에3 두4+고 오4 | leave4 my wallet1 at3 home2 | x pt
휴대폰1+을 집2+에3 두4+고 오4 | leave4 my phone1 at3 home2 | x pt
우산1+을 집2+에3 두4+고 오4 | leave4 my umbrella1 at3 home2 | x pt
이번2 주말1+에2 여행3+을 가4+(으)ㄹ 거4+!이4 | be going4 on a trip3 this2 weekend1 | st x neg=-
늦1 | be late1 | st x
지하철1+을 타2 | take2 the subway1 | q pt
버스1+을 타2 | take2 the bus1 | q pt
택시1+을 타2 | take2 a taxi1 | q pt
기차1+을 타2 | take2 the train1 | q pt
비행기1+을 타2 | get2 on2 the plane1 | q pt
택시1+을 타2+고3 집4+에 가5 | take2 a taxi1 home4 | q pt t=eve,night
다음1 버스2+을 기다리3 | wait3 for3 the next1 bus2 | q
다음1 기차2+을 타3 | take3 the next1 train2 | q pt
집1+에 걷2+~아서 가2 | walk2 home1 | q pt
걷1+~아서 가1 | go1 on1 foot1 | q pt
역1+까지2 뛰어가3 | run3 to2 the station1 | q pt
집1+까지1 뛰어가2 | run2 home1 | q pt
제시간1+에1 도착2+하2 | arrive2 on1 time1 | x pt neg=ji
늦1+게1 도착2+하2 | arrive2 late1 | x pt
호텔1+에2 밤늦게3 도착4+하4 | get4 to2 the hotel1 late3 at3 night3 | x pt t=night
공항1+에서2 오래3 기다리4 | wait4 at2 the airport1 for3 a3 long3 time3 | x
오래1 기다리2 | wait2 for1 a1 long1 time1 | x
기다리1 | wait1 | q
약속1+에 늦2 | be late2 for my appointment1 | x pt neg=ji
지도1+을 보2 | look2 at2 the map1 | q
지나가1+는 사람1+에게 묻2+~아2+보2 | ask2 a passerby1 | q pt
호텔1+을 찾2 | find2 the hotel1 | q pt
길1+을 찾2 | find2 the way1 | q pt
대사관1+에2 가3 | go3 to2 the embassy1 | q pt t=am,pm
경찰서1+에2 가3 | go3 to2 the police1 station1 | q pt
짐1+을 싸2 | pack2 my bags1 | q
호텔1+을 예약2+하2 | book2 a hotel1 | q pt
수영복1+을 사2 | buy2 a swimsuit1 | q pt
다른1 호텔2+을 찾3 | look3 for3 another1 hotel2 | q
그1 호텔2+에서3 자4 | stay4 at3 that1 hotel2 | q hon=주무시 t=night
집1+에서2 일찍3 출발4+하4 | leave4 home1 early3 | q pt
여행1+을 가2 | go2 on a trip1 | q pt c
제주도1+에2 가3 | go3 to2 Jeju1 Island1 | q pt c
바다1+에2 가3 | go3 to2 the sea1 | q pt c
바다1+에2 가3+~아서4 수영5+을 하5 | go3 to2 the sea1 and4 ^swim5 | q c way=seq
여행1+을 취소2+하2 | cancel2 the trip1 | q pt
사진1+을 찍2 | take2 pictures1 | q c
사진1+을 많이3 찍2 | take2 a3 lot3 of3 pictures1 | q c
박물관1+에2 가3 | go3 to2 the museum1 | q pt c
서1+~아서 가2 | stand1 the whole2 way2 | x
앉1 | sit1 down1 | q pt
운전1+을 하1 | drive1 | q
천천히1 운전2+하2 | drive2 slowly1 | q
서두르1 | hurry1 | q
비행기1+이 늦2+게2 출발3+하3 | the plane1 / leave3 late2 | x pt
친구1+에게 전화2+을 하2+~아서3 길4+을 묻5+~아5+보5 | call2 a friend1 and3 ^ask5 the way4 | q pt way=seq
표1+을 미리2 사3 | buy3 the ticket1 in2 advance2 | q pt
"""

PAIRS = """\
길+이 막히 | so if lets span=week | 지하철+을 타
길+이 막히 | so span=week | 늦+게 도착+하 / 약속+에 늦 / 기차+을 놓치 / 수업+에 늦 / 회의+에 늦
길+이 막히 | not:못 span=week | 제시간+에 도착+하
길+이 막히 | but span=week | 제시간+에 도착+하
길+이 막히 | butnot:안 span=week | 약속+에 늦 / 회의+에 늦
길+이 막히 | must span=week | 지하철+을 타 / 오래 기다리
길+이 막히 | when span=week | 지하철+을 타 / 음악+을 듣
버스+을 놓치 | so span=week | 택시+을 타 / 다음 버스+을 기다리 / 집+에 걷+~아서 가 / 지하철+을 타 / 약속+에 늦
버스+을 놓치 | must span=week | 다음 버스+을 기다리 / 집+에 걷+~아서 가 / 택시+을 타
버스+을 놓치 | butnot:안 span=week | 약속+에 늦
버스+을 놓치 | but span=week | 제시간+에 도착+하
버스+을 놓치 | if once span=week | 택시+을 타
기차+을 놓치 | so must span=week | 다음 기차+을 타 / 버스+을 타
기차+을 놓치 | so span=week | 늦+게 도착+하
기차+을 놓치 | not:못 span=week | 제시간+에 도착+하
안 버스+이 오 | so | 택시+을 타 / 걷+~아서 가 / 수업+에 늦 / 오래 기다리 / 약속+에 늦
안 버스+이 오 | lets | 택시+을 타 / 걷+~아서 가
버스+이 늦+게 오 | so | 오래 기다리 / 약속+에 늦 / 수업+에 늦 / 회의+에 늦
버스+이 늦+게 오 | butnot:안 | 약속+에 늦
기차+이 늦+게 도착+하 | so span=week | 약속+에 늦 / 오래 기다리 / 회의+에 늦
비행기+이 늦+게 도착+하 | so span=week | 공항+에서 오래 기다리 / 호텔+에 밤늦게 도착+하 / 회의+에 늦 / 기차+을 놓치
지하철+에 사람+이 많 | so if lets | 버스+을 타
지하철+에 사람+이 많 | not:못 | 앉
지하철+에 사람+이 많 | so | 서+~아서 가
짐+이 많 | so if lets | 택시+을 타
짐+이 많 | not:안 | 지하철+을 타
짐+이 많 | so | 친구+에게 도움+을 청+하
짐+이 많 | but | 지하철+을 타 / 걷+~아서 가
짐+이 무겁 | so mine | 택시+을 타 / 친구+에게 도움+을 청+하
표+이 없 | not:못 span=week | 제주도+에 가 / 영화+을 보
표+이 없 | so span=week | 다음 기차+을 타 / 집+에 다시 돌아가
호텔+이 비싸 | so must always | 다른 호텔+을 찾
호텔+이 비싸 | so always | 친구 집+에서 자
호텔+이 비싸 | not:못안 but always | 그 호텔+에서 자
비행기표+이 싸 | so if once always | 여행+을 가 / 제주도+에 가
비행기표+이 비싸 | so if once always | 기차+을 타
비행기표+이 비싸 | not:못안 always | 여행+을 가 / 제주도+에 가
비행기표+이 비싸 | but always | 제주도+에 가 / 여행+을 가
공항+이 멀 | so must always | 집+에서 일찍 출발+하
공항+이 멀 | so always | 택시+을 타 / 버스+을 타
역+이 가깝 | so lets if always | 걷+~아서 가
길+을 잃 | so if span=week | 지도+을 보 / 지나가+는 사람+에게 묻+~아+보 / 친구+에게 전화+을 하+~아서 길+을 묻+~아+보
길+을 잃 | not:못 span=week | 호텔+을 찾 / 제시간+에 도착+하
길+을 잃 | so span=week | 약속+에 늦
길+을 잃 | but span=week | 제시간+에 도착+하 / 호텔+을 찾
여권+을 잃어버리 | so must single span=week | 대사관+에 가
여권+을 잃어버리 | so single span=week | 경찰서+에 가 / 여행+을 취소+하
여권+을 잃어버리 | not:못 single span=week | 비행기+을 타
여권+을 집+에 두+고 오 | so must single | 집+에 다시 돌아가
여권+을 집+에 두+고 오 | not:못 single | 비행기+을 타
지갑+을 집+에 두+고 오 | so single | 친구+에게 돈+을 빌리
지갑+을 집+에 두+고 오 | so must single | 집+에 다시 돌아가
지갑+을 집+에 두+고 오 | not:못 single | 점심+을 사+~아 먹 / 돈+을 내 / 버스+을 타 / 선물+을 사
휴대폰+을 집+에 두+고 오 | not:못 single | 전화+을 하 / 사진+을 찍 / 전화+을 받
휴대폰+을 집+에 두+고 오 | so must single | 집+에 다시 돌아가
우산+을 집+에 두+고 오 | so single | 비+을 맞 / 하나 사
이번 주말+에 여행+을 가+(으)ㄹ 거+!이 | so now | 짐+을 싸 / 호텔+을 예약+하 / 수영복+을 사 / 지도+을 보 / 표+을 미리 사
늦 | so if | 택시+을 타
늦 | so | 역+까지 뛰어가 / 사과+을 하
늦 | must | 택시+을 타 / 서두르
늦 | adv | 택시+을 타 / 서두르
길+을 잃 | adv | 전화+을 하 / 지도+을 보 / 지나가+는 사람+에게 묻+~아+보
길+이 막히 | adv | 지하철+을 타
짐+이 많 | when adv | 택시+을 타
지하철+에 사람+이 많 | when | 버스+을 타 / 서+~아서 가
버스+을 놓치 | adv | 택시+을 타
"""
