"""Jobs and offices: frames for the table of causes and effects."""

ROWS = """\
바쁘1 | be busy1 | adj x
시간1+이 없2 | have2 no2 time1 | st x neg=-
시간1+이 있2 | have2 time1 | st x neg=없
일1+이 많2 | have2 a lot2 of work1 | adj x adult
회의1+이 있2 | have2 a meeting1 | st x adult
내일3 회의1+이 있2 | have2 a meeting1 tomorrow3 | st x adult
회의1+이 늦3+게3 끝나2 | the meeting1 / end2 late3 | x pt t=pm,eve
일1+이 늦3+게3 끝나2 | finish2 work1 late3 | x pt adult t=eve
일1+이 일찍3 끝나2 | finish2 work1 early3 | x pt adult t=pm,eve
보고서1+을 다 쓰2 | finish2 the report1 | x no=못 adult
실수1+을 하2 | make2 a mistake1 | x pt
파일1+이 없어지2 | the file1 / disappear2 | x pt
동료1+이 아프2 | a colleague1 / be sick2 | adj x
인터넷1+이 되2 | the internet1 / work2 | x no=안
컴퓨터1+이 고장2 나2 | the computer1 / break2 down2 | x pt past
프린터1+이 고장2 나2 | the printer1 / break2 down2 | x pt past
엘리베이터1+이 고장2 나2 | the elevator1 / break2 down2 | x pt past
전화1+이 울리2 | the phone1 / ring2 | x
손님1+이 많2 | there // be a2 lot2 of2 customers1 | adj x
월급1+을 받2 | get2 paid1 | x pt adult
월급1+이 오르2 | my salary1 / go2 up2 | x pt
새1 일2+을 시작3+하3 | start3 a new1 job2 | x pt adult
휴가1+을 받2 | get2 some time1 off1 | x pt adult
긴장2+하1 | be nervous1,2 | st x
배터리1+이 없2 | have2 no2 battery1 left2? | st x neg=-
일찍1 출근2+하2 | go2 to work2 early1 | q pt adult t=am
출근1+하1 | go1 to work1 | q pt adult t=am
일찍1 퇴근2+하2 | leave2 work2 early1 | q pt adult t=eve
늦1+게1 퇴근2+하2 | leave2 work2 late1 | q pt adult t=eve,night
일1+을 하1 | work1 | q adult
밤늦게1+까지1 일2+하2 | work2 late1 into1 the night1 | q adult t=night
집1+에서2 일3+하3 | work3 at2 home1 | q adult
카페1+에서2 일3+하3 | work3 at2 a cafe1 | q adult
야근1+을 하1 | work1 overtime1 | q adult t=eve
주말1+에도2 일3+하3 | work3 on2 the weekend1 too2 | q adult
일1+에 집중2+하2 | focus2 on my work1 | q adult
보고서1+을 쓰2 | write2 the report1 | q adult
보고서1+을 끝내2 | finish2 the report1 | q pt adult
보고서1+을 다시3 쓰2 | write2 the report1 again3 | q adult
이메일1+을 보내2 | send2 the e-mail1 | q pt adult
이메일1+을 확인2+하2 | check2 my e-mail1 | q pt
전화1+을 받2 | answer2 the phone1 | q pt
전화1+을 하1 | make1 a phone1 call1 | q pt
회의1+에 늦2 | be late2 for the meeting1 | x pt neg=ji adult
회의1+에2 가3 | go3 to2 the meeting1 | q pt adult
혼자1 회의2+을 준비3+하3 | prepare3 for the meeting2 alone1 | q adult
자료1+을 준비2+하2 | prepare2 the materials1 | q adult
서류1+을 출력2+하2 | print2 the documents1 | q pt adult
수리점1+에 전화2+을 하2 | call2 a repair1 shop1 | q pt
새것1+으로2 바꾸3 | replace3 it with2 a new1 one1 | q pt
처음1+부터1 다시2 하3 | start3 over2 from1 the beginning1 | q
사과1+을 하1 | apologize1 | q pt
동료1+에게 도움2+을 청3+하3 | ask3 a colleague1 for help2 | q pt adult
동료1+에게 점심2+을 사3 | buy3 a colleague1 lunch2 | q pt adult t=noon
휴가1+을 내2 | take2 a day1 off1 | q pt adult
늦3+게3+까지3 회사1+에2 남4 | stay4 late3 at2 the office1 | q adult t=eve,night
퇴근1+하1 | leave1 work1 | q pt adult t=eve
쉬1 | rest1 | q
계단1+으로 올라가2 | take2 the stairs1 | q pt
저금1+을 하1 | save1 some money1 | q
받1 | answer1 it | q pt
"""

PAIRS = """\
바쁘 | not:못 span=week | 점심+을 먹 / 운동+을 하 / 친구+을 만나 / 집+을 청소+하 / 전화+을 받 / 장+을 보 / 쇼핑+을 하
바쁘 | not:못 span=week | 쉬 / 여행+을 가 / 고향+에 가 / 산책+을 하 / 빨래+을 하
바쁘 | so | 김밥+을 사+~아 먹 / 점심+을 늦+게 먹 / 저녁+을 늦+게 먹 / 선물+을 인터넷+으로 사 / 늦+게 퇴근+하
바쁘 | but span=week | 운동+을 하 / 친구+을 만나 / 집+을 청소+하 / 어머니+께 전화+을 드리 / 고향+에 가 / 개+을 산책+시키
바쁘 | favor | 전화+을 받 / 저녁+을 준비+하 / 설거지+을 하 / 서류+을 출력+하
바쁘 | when | 김밥+을 사+~아 먹 / 점심+을 늦+게 먹
시간+이 없 | so lets if | 택시+을 타 / 서두르
시간+이 없 | so | 김밥+을 사+~아 먹 / 역+까지 뛰어가 / 학교+까지 뛰어가
시간+이 없 | must | 서두르 / 택시+을 타
시간+이 없 | not:못 span=week | 책+을 읽 / 운동+을 하 / 친구+을 만나 / 방+을 청소+하 / 선물+을 사 / 쇼핑+을 하
시간+이 없 | not:못 span=week | 박물관+에 가
시간+이 없 | not:못 | 머리+을 감 / 밥+을 먹 / 문제+을 다 풀
시간+이 없 | but span=week | 친구+을 만나 / 운동+을 하
시간+이 있 | so if fut | 영화+을 보 / 친구+을 만나 / 서점+에 들르 / 강가+에서 산책+을 하 / 박물관+에 가 / 쇼핑+을 하
시간+이 있 | when | 소설+을 읽 / 영화+을 보 / 그림+을 그리 / 공원+에서 산책+을 하 / 집+을 청소+하
시간+이 있 | when | 케이크+을 굽 / 운동+을 하
시간+이 있 | if once | 고향+에 가 / 여행+을 가
시간+이 있 | if once fut | 케이크+을 굽 / 낚시+을 하 / 등산+을 가
시간+이 있 | butnot:안 span=week | 숙제+을 하 / 운동+을 하 / 방+을 청소+하 / 설거지+을 하 / 발표+을 준비+하 / 빨래+을 하
시간+이 있 | lets | 영화+을 보 / 산책+을 하 / 배드민턴+을 치
긴장+하 | not:못 single | 밥+을 먹 / 잠+을 자 / 질문+에 대답+하 / 말+을 하
긴장+하 | so if when single | 물+을 마시 / 심호흡+을 하
긴장+하 | but single | 발표+을 잘하 / 질문+에 대답+하 / 시험+을 잘 보
일+이 많 | so | 밤늦게+까지 일+하 / 야근+을 하 / 주말+에도 일+하 / 늦+게 퇴근+하 / 일찍 출근+하 / 늦+게+까지 회사+에 남
일+이 많 | must | 야근+을 하 / 주말+에도 일+하 / 늦+게+까지 회사+에 남 / 일찍 출근+하
일+이 많 | not:못 | 일찍 퇴근+하 / 점심+을 먹 / 쉬 / 휴가+을 내 / 친구+을 만나
일+이 많 | but | 일찍 퇴근+하 / 휴가+을 내 / 친구+을 만나
일+이 많 | if when | 커피+을 마시 / 밤늦게+까지 일+하 / 일찍 출근+하 / 동료+에게 도움+을 청+하
회의+이 있 | so | 일찍 출근+하 / 자료+을 준비+하 / 점심+을 늦+게 먹
회의+이 있 | not:못 | 전화+을 받 / 점심+을 먹 / 일찍 퇴근+하
회의+이 있 | when | 일찍 출근+하
내일 회의+이 있 | so now | 자료+을 준비+하 / 서류+을 출력+하 / 늦+게+까지 회사+에 남
내일 회의+이 있 | not:안 now | 술+을 마시
회의+이 늦+게 끝나 | so adult | 늦+게 퇴근+하 / 저녁+을 늦+게 먹 / 택시+을 타+고 집+에 가 / 기차+을 놓치
회의+이 늦+게 끝나 | not:못 adult | 점심+을 먹 / 운동+을 하 / 장+을 보
일+이 늦+게 끝나 | so | 택시+을 타+고 집+에 가 / 저녁+을 늦+게 먹
일+이 늦+게 끝나 | not:못 | 장+을 보 / 운동+을 하 / 친구+을 만나
일+이 늦+게 끝나 | but | 운동+을 하 / 아이+들+에게 책+을 읽+~아 주
일+이 일찍 끝나 | so | 영화+을 보 / 장+을 보 / 친구+을 만나 / 강가+에서 산책+을 하 / 저녁+을 준비+하
일+이 일찍 끝나 | if | 영화+을 보 / 장+을 보 / 친구+을 만나
일+이 일찍 끝나 | butnot:안 | 집+에 가
못 보고서+을 다 쓰 | so must | 집+에서 일+하 / 밤늦게+까지 일+하 / 야근+을 하
못 보고서+을 다 쓰 | not:못 | 퇴근+하
못 보고서+을 다 쓰 | but | 퇴근+하 / 일찍 퇴근+하
실수+을 하 | so single | 사과+을 하
실수+을 하 | so must single | 처음+부터 다시 하
실수+을 하 | butnot:안 single | 사과+을 하 / 포기+하
파일+이 없어지 | so must adult | 보고서+을 다시 쓰
파일+이 없어지 | not:못 adult | 보고서+을 끝내
동료+이 아프 | so adult | 혼자 회의+을 준비+하 / 밤늦게+까지 일+하
동료+이 아프 | must adult | 혼자 회의+을 준비+하 / 주말+에도 일+하
안 인터넷+이 되 | so | 카페+에서 일+하 / 수리점+에 전화+을 하
안 인터넷+이 되 | not:못 | 이메일+을 보내 / 이메일+을 확인+하 / 영화+을 보 / 선물+을 인터넷+으로 사
컴퓨터+이 고장 나 | so span=week | 수리점+에 전화+을 하 / 친구+에게 도움+을 청+하 / 새것+으로 바꾸
컴퓨터+이 고장 나 | not:못 span=week | 보고서+을 쓰 / 이메일+을 보내 / 게임+을 하 / 이메일+을 확인+하
프린터+이 고장 나 | not:못 | 서류+을 출력+하
프린터+이 고장 나 | so adult | 수리점+에 전화+을 하 / 동료+에게 도움+을 청+하
엘리베이터+이 고장 나 | so must | 계단+으로 올라가
전화+이 울리 | so | 잠+이 깨 / 받
전화+이 울리 | butnot:안못 | 받
손님+이 많 | not:못 adult | 쉬 / 점심+을 먹
손님+이 많 | so adult | 점심+을 늦+게 먹 / 바쁘
월급+을 받 | so span=week | 새 신발+을 사 / 동료+에게 점심+을 사 / 저금+을 하 / 새 옷+을 사
월급+을 받 | so span=week | 외식+을 하 / 부모님+께 선물+을 사+~아 드리
월급+이 오르 | so mine always | 새 옷+을 사 / 친구+들+에게 저녁+을 사
새 일+을 시작+하 | so single always | 새 양복+을 사 / 긴장+하
휴가+을 받 | so span=week | 여행+을 가 / 제주도+에 가 / 고향+에 가 / 집+에서 쉬
휴가+을 받 | if once span=week | 제주도+에 가 / 고향+에 가 / 여행+을 가 / 바다+에 가+~아서 수영+을 하
휴가+을 받 | butnot:못안 span=week | 여행+을 가 / 쉬
배터리+이 없 | not:못 single | 전화+을 하 / 전화+을 받 / 사진+을 찍 / 이메일+을 확인+하
일+이 많 | adv | 동료+에게 도움+을 청+하
바쁘 | adv | 동료+에게 도움+을 청+하
컴퓨터+이 고장 나 | adv | 수리점+에 전화+을 하
"""
