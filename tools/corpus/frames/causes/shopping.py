"""Buying, clothes and money: frames for the table of causes and effects."""

ROWS = """\
돈1+이 없2 | have2 no2 money1 | st x neg=-
현금1+이 없2 | have2 no2 cash1 | st x neg=-
신용카드1+이 없2 | have2 no2 credit1 card1 | st x neg=-
가게1+에서2 세일3+을 하4 | the store1 / have4 a sale3 | x
줄1+이 길2 | the line1 / be long2 | adj
가격1+이 비싸2 | the price1 / be high2 | adj
값1+이 싸2 | the price1 / be low2 | adj
백화점1+이 문2+을 닫2 | the department1 store1 / be closed2 | st x t=am,pm,eve
가게1+이 문2+을 일찍4 닫3 | the store1 / close2,3 early4 | x pt t=pm,eve
사람1+이 많2 | there // be a2 lot2 of2 people1 | adj x
점원1+이 친절2+하2 | the clerk1 / be kind2 | adj neg=ji
색1+이 마음2+에 들2 | like2 the color1 | st x
색1+이 마음2+에 들2 | like2 the color1 | st x no=안
옷1+이 크2 | the clothes1 // be too2? big2 | adj
신발1+이 작2 | the shoes1 // be too2? small2 | adj
신발1+이 낡2 | my shoes1 // be worn2 out2 | adj
가방1+이 낡2 | my bag1 / be old2 | adj
안경1+이 깨지2 | my glasses1 // break2 | x pt
휴대폰1+이 고장2 나2 | my phone1 / break2 | x pt past
시계1+이 고장2 나2 | my watch1 / break2 | x pt past
자전거1+이 고장2 나2 | my bike1 / break2 down2 | x pt past
택배1+이 오2 | the package1 / come2 | x no=안
영수증1+을 잃어버리2 | lose2 the receipt1 | x pt
지갑1+을 잃어버리2 | lose2 my wallet1 | x pt
겨울옷1+이 없2 | have2 no2 winter1 clothes1 | st x neg=-
쇼핑1+을 하1 | go1 shopping1 | q c
백화점1+에2 가3 | go3 to2 the department1 store1 | q pt c
시장1+에2 가3 | go3 to2 the market1 | q pt c
시장1+에2 가3+~아서4 채소5+을 사6 | go3 to2 the market1 and4 ^buy6 some vegetables5 | q c way=seq
다른1 가게2+에3 가4 | go4 to3 another1 store2 | q pt c
그1 가게2+에3 다시4 가5 | go5 back4 to3 that1 store2 | q pt
새1 신발2+을 사3 | buy3 new1 shoes2 | q pt
운동화1+을 사2 | buy2 some sneakers1 | q pt
새것1+을 사2 | buy2 a new1 one1 | q pt
새1 안경2+을 맞추3 | get3 new1 glasses2 | q pt
새1 휴대폰2+을 사3 | buy3 a new1 phone2 | q pt
새1 옷2+을 사3 | buy3 new1 clothes2 | q pt c
새1 양복2+을 사3 | buy3 a new1 suit2 | q pt
새1 가구2+을 사3 | buy3 new1 furniture2 | q pt
두껍1+(으)ㄴ 코트2+을 사3 | buy3 a thick1 coat2 | q pt
셔츠1+을 사2 | buy2 a shirt1 | q pt
옷1+을 사2 | buy2 some clothes1 | q pt c
우산1+을 사2 | buy2 an umbrella1 | q pt
하나1 사2 | buy2 one1 | q pt
꽃1+을 사2 | buy2 some flowers1 | q pt
선물1+을 사2 | buy2 a gift1 | q pt
작1+(으)ㄴ 선물2+을 사3 | buy3 a small1 gift2 | q pt
선물1+을 인터넷2+으로2 사3 | buy3 a gift1 online2 | q pt
점심1+을 사2+~아 먹2 | buy2 lunch1 | q pt t=noon
표1+을 사2 | buy2 tickets1 | q pt
아무것1+도1 사2 | buy2 anything1 | q pt
사1 | buy1 it | q pt
많이1 사2 | buy2 a1 lot1 | q pt
돈1+을 내2 | pay1,2 | q pt
현금1+으로2 내3 | pay3 in2 cash1 | q pt
카드1+으로2 계산3+하3 | pay3 by2 card1 | q pt
돈1+을 찾2 | withdraw2 some money1 | q pt
은행1+에2 가3+~아서4 돈5+을 찾6 | go3 to2 the bank1 and4 ^withdraw6 some money5 | q pt way=seq t=am,pm
서점1+에 들르2 | stop2 by2 a bookstore1 | q pt
친구1+에게 돈2+을 빌리3 | borrow3 some money2 from a friend1 | q pt
줄1+을 서2 | stand2 in line1 | q
옷1+을 바꾸2 | exchange2 the clothes1 | q pt
신발1+을 바꾸2 | exchange2 the shoes1 | q pt
환불1+을 받2 | get2 a refund1 | q pt
가게1+에 전화2+을 하2 | call2 the store1 | q pt
부모님1+께 선물2+을 사3+~아 드리3 | buy3 my parents1 a gift2 | q pt
친구1+에게 선물2+을 주3 | give3 a friend1 a gift2 | q pt
아르바이트1+을 시작2+하2 | start2 a part-time1 job1 | q pt
카드1 회사2+에 전화3+을 하3 | call3 the card1 company2 | q pt
백화점1+에2 가3+~아서4 신발5+을 사6 | go3 to2 the department1 store1 and4 ^buy6 some shoes5 | q pt way=seq
수리점1+에2 가3 | go3 to2 a repair1 shop1 | q pt
크1+(으)ㄴ 것2+으로3 바꾸4 | exchange4 them for3 bigger1 ones2 | q pt
작1+(으)ㄴ 것2+으로3 바꾸4 | exchange4 them for3 smaller1 ones2 | q pt
바꾸1 | exchange1 them | q pt
다른1 색2+으로3 바꾸4 | exchange4 it for3 another1 color2 | q pt
새로1 한2 켤레3 사4 | buy4 a2 new1 pair3 | q pt
몇1 송이1 사2 | buy2 a1 few1 | q pt
휴대폰1+을 보2 | look2 at2 my phone1 | q
"""

PAIRS = """\
돈+이 없 | not:못 always | 새 옷+을 사 / 여행+을 가 / 새 휴대폰+을 사 / 표+을 사 / 외식+을 하 / 점심+을 사+~아 먹
돈+이 없 | so always | 친구+에게 돈+을 빌리 / 집+에서 밥+을 먹 / 아르바이트+을 시작+하
돈+이 없 | must always | 집+에 걷+~아서 가 / 친구+에게 돈+을 빌리
돈+이 없 | but always | 친구+에게 선물+을 주 / 새 옷+을 사 / 여행+을 가
현금+이 없 | so if | 카드+으로 계산+하
현금+이 없 | so must | 은행+에 가+~아서 돈+을 찾 / 돈+을 찾
신용카드+이 없 | so must | 현금+으로 내
가게+에서 세일+을 하 | so if once | 새 신발+을 사 / 두껍+(으)ㄴ 코트+을 사 / 셔츠+을 사 / 옷+을 사
가게+에서 세일+을 하 | so | 많이 사 / 줄+을 서
가게+에서 세일+을 하 | when | 옷+을 사 / 운동화+을 사 / 많이 사
가게+에서 세일+을 하 | butnot:안 | 아무것+도 사
줄+이 길 | so | 오래 기다리
줄+이 길 | so lets if | 다른 가게+에 가
줄+이 길 | not:안 but | 기다리
줄+이 길 | not:못 | 표+을 사
가격+이 비싸 | not:안못 always | 아무것+도 사
가격+이 비싸 | not:안못 but always | 사
가격+이 비싸 | so if lets always | 다른 가게+에 가
값+이 싸 | so if once always | 많이 사
값+이 싸 | butnot:안 always | 사
백화점+이 문+을 닫 | not:못 | 쇼핑+을 하 / 선물+을 사 / 신발+을 바꾸 / 옷+을 바꾸
백화점+이 문+을 닫 | so | 시장+에 가 / 선물+을 인터넷+으로 사
가게+이 문+을 일찍 닫 | not:못 | 선물+을 사 / 아무것+도 사
가게+이 문+을 일찍 닫 | so | 다른 가게+에 가 / 집+에 다시 돌아가
사람+이 많 | so | 오래 기다리 / 줄+을 서
사람+이 많 | so lets if | 밖+에서 기다리
사람+이 많 | not:못 | 앉 / 사진+을 찍
점원+이 친절+하 | so always | 그 가게+에 다시 가 / 많이 사
색+이 마음+에 들 | so always | 사
색+이 마음+에 들 | butnot:안 always | 사
안 색+이 마음+에 들 | so always | 다른 색+으로 바꾸
안 색+이 마음+에 들 | not:안 but always | 사
옷+이 크 | so must adv always | 작+(으)ㄴ 것+으로 바꾸
옷+이 크 | butnot:안 always | 바꾸
신발+이 작 | so must adv always | 크+(으)ㄴ 것+으로 바꾸
신발+이 작 | butnot:안못 always | 바꾸
신발+이 낡 | so must mine always | 새로 한 켤레 사
신발+이 낡 | so mine always | 백화점+에 가+~아서 신발+을 사
가방+이 낡 | so mine always | 새것+을 사
가방+이 낡 | butnot:안못 mine always | 새것+을 사
안경+이 깨지 | so must mine span=week | 새 안경+을 맞추
안경+이 깨지 | not:못 mine span=week | 책+을 읽 / 운전+을 하
휴대폰+이 고장 나 | so mine span=week | 새것+을 사 / 수리점+에 가
휴대폰+이 고장 나 | not:못 mine span=week | 전화+을 하 / 사진+을 찍
시계+이 고장 나 | so mine span=week | 새것+을 사 / 약속+에 늦
자전거+이 고장 나 | so mine span=week | 버스+을 타 / 걷+~아서 가
안 택배+이 오 | so | 가게+에 전화+을 하
영수증+을 잃어버리 | not:못 single | 환불+을 받 / 옷+을 바꾸 / 신발+을 바꾸
지갑+을 잃어버리 | so single span=week | 경찰서+에 가 / 카드 회사+에 전화+을 하 / 친구+에게 돈+을 빌리
지갑+을 잃어버리 | not:못 single span=week | 점심+을 사+~아 먹 / 돈+을 내
겨울옷+이 없 | so must always | 두껍+(으)ㄴ 코트+을 사
현금+이 없 | when adv | 카드+으로 계산+하
돈+이 없 | when | 집+에서 밥+을 먹
줄+이 길 | when | 음악+을 듣 / 휴대폰+을 보
사람+이 많 | when | 밖+에서 기다리
줄+이 길 | adv | 다른 가게+에 가
색+이 마음+에 들 | adv | 사
값+이 싸 | when | 많이 사
값+이 싸 | adv | 많이 사
"""
