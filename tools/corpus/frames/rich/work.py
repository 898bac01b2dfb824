"""Jobs and offices, several acts in a row; `rich/__init__.py` says what the columns mean."""

ROWS = """\
커피1+을 한2 잔3 마시4+고5 일6+을 시작7+하7 | \
drink4 a2 cup3 of3? coffee1 and5 ^start7 work6 | way=seq q t=am adult nn span=day
컴퓨터1+을 켜2+고3 이메일4+을 확인5+하5 | \
turn2 on2 the computer1 and3 ^check5 my e-mail4 | way=seq q t=am adult nn span=day
회의실1+에2 들어가3+~아서4 동료5+들5+과6 회의7+을 하8 | \
go3 into2,3 the meeting1 room1 and4 ^have8 a meeting7 with6 my colleagues5 | way=seq q t=pm adult nn span=day
자료1+을 모으2+~아서3 보고서4+을 쓰5 | gather2 data1 and3 ^write5 a report4 | way=seq q c t=pm adult nn
서류1+을 복사2+하2+~아서3 동료4+들4+에게5 나누6+~아 주6 | \
copy2 the documents1 and3 ^hand6 them out6 to5 my colleagues4 | way=seq q t=pm adult nn
거래처1+에 전화2+을 하2+~아서3 회의4 시간5+을 바꾸6 | \
call2 the client1 and3 ^change6 the meeting4 time5 | way=seq q t=pm adult nn
손님1+을 자리2+으로3 안내4+하4+고5 차6+을 드리7 | show4 a guest1 to3 a seat2 and5 ^serve7 tea6 | way=seq q t=pm adult nn
은행1+에2 가3+~아서4 통장5+을 만들6 | go3 to2 the bank1 and4 ^open6 an account5 | way=seq q t=pm adult nn
퇴근1+하1+고2 동료3+들3+과4 삼겹살5+을 먹6 | \
leave1 work1 and2 ^eat6 pork5 belly5 with4 my colleagues3 | way=seq q t=eve adult nn hon=드시
지원서1+을 쓰2+~아서3 회사4+에5 보내6 | \
fill2 out2 an application1 and3 ^send6 it to5 a company4 | way=seq q t=pm,eve adult nn
고객1+과2 명함3+을 주고받4+고5 사업6+에7 대하7+~아7 이야기8+하8 | \
exchange4 business3 cards3 with2 a client1 and5 ^talk8 about7 business6 | way=seq q t=pm adult nn
계약서1+을 자세히2 읽3+고4 서명5+을 하5 | read3 the contract1 carefully2 and4 ^sign5 it | way=seq q t=pm adult nn
프린터1+에2 종이3+을 넣4+고5 서류6+을 인쇄7+하7 | \
put4 paper3 in2 the printer1 and5 ^print7 the documents6 | way=seq q t=pm adult nn
퇴근1+하1+기2 전3+에3 책상4+을 정리5+하5 | \
tidy5 up5 the desk4 before2,3 leaving1 work1 | way=before q t=eve adult nn span=day
회의1+을 하2+기3 전4+에4 자료5+을 인쇄6+하6 | \
print6 the materials5 before3,4 having2 a meeting1 | way=before q t=pm adult nn
면접1+을 보2+기3 전4+에4 거울5 앞6+에서6 웃7+는 연습8+을 하8 | \
practice8 smiling7 in6 front6 of6? a mirror5 before3,4 having2 a job1 interview1 | way=before q t=pm adult nn
출장1+을 가2+기3 전4+에4 호텔5+을 예약6+하6 | \
book6 a hotel5 before3,4 going2 on2? a business1 trip1 | way=before q t=pm adult nn
이메일1+을 보내2+기3 전4+에4 한5 번5 더6 읽7 | \
read7 the e-mail1 once5 more6 before3,4 sending2 it | way=before q t=pm adult nn
집1+에 가2+기3 전4+에4 사무실5 불6+을 끄7 | \
turn7 off7 the office5 lights6 before3,4 going2 home1 | way=before q t=eve adult nn span=day
회의1+이 끝나2?+(으)ㄴ2 후2+에2 사장님3+께4 보고서5+을 드리6 | \
give6 the report5 to4 the boss3 after2 the meeting1 | way=after q t=pm adult nn
점심1+을 먹2+(으)ㄴ3 후3+에3 동료4+들4+과5 커피6+을 마시7 | \
drink7 coffee6 with5 my colleagues4 after3 having2 lunch1 | way=after q t=noon adult nn span=day hon=드시
일1+을 끝내2+(으)ㄴ3 후3+에3 헬스장4+에5 가6 | \
go6 to5 the gym4 after3 finishing2 work1 | way=after q t=eve adult nn span=day
출장1+에서2 돌아오3+(으)ㄴ4 후4+에4 하루5 동안6 푹7 쉬8 | \
get8 a5 good7? day5 's5,6? rest8 after4 coming3 back3 from2 a business1 trip1 | way=after q adult nn
첫1 월급2+을 받3+(으)ㄴ4 후4+에4 부모님5+께6 내의7+을 사8+~아 드리8 | \
buy8 thermal7 underwear7 for6 my parents5 after4 getting3 my first1 paycheck2 | way=after q s=I span=year nn
커피1+을 마시2+(으)면서3 신문4+을 읽5 | \
read5 the newspaper4 while3 drinking2 coffee1 | way=while q t=am adult nn span=day
전화1+을 받2+(으)면서3 메모4+을 하5 | take5 notes4 while3 talking2 on2? the phone1 | way=while q t=pm adult nn span=day
점심1+을 먹2+(으)면서3 동료4+과5 새6 계획7+에8 대하8+~아8 이야기9+하9 | \
talk9 about8 a new6 plan7 with5 a colleague4 while3 having2 lunch1 | way=while q t=noon adult nn
음악1+을 듣2+(으)면서3 지하철4+으로5 출근6+하6 | \
go6 to6 work6 by5 subway4 while3 listening2 to2 music1 | way=while q t=am adult nn span=day
라디오1+을 듣2+(으)면서3 회사4+까지5 운전6+하6 | \
drive6 to5 work4 while3 listening2 to2 the radio1 | way=while q t=am adult nn span=day
고객1+을 만나2+(으)러3 호텔4+에5 가6 | go6 to5 a hotel4 to3 meet2 a client1 | way=purpose q t=pm adult nn
점심1+을 먹2+(으)러3 회사4 앞5 식당6+에7 가8 | \
go8 to7 a restaurant6 near5 the office4 to3 have2 lunch1 | way=purpose q c t=noon adult nn span=day
서류1+을 가지2+(으)러3 사무실4+에5 돌아가6 | \
go6 back6 to5 the office4 to3 get2 the documents1 | way=purpose q t=pm,eve adult nn
면접1+을 보2+(으)러3 서울4+에5 가6 | go6 to5 Seoul4 for3,2? a job1 interview1 | way=purpose q t=am,pm adult nn
소포1+을 부치2+(으)러3 우체국4+에5 가6 | go6 to5 the post4 office4 to3 mail2 a package1 | way=purpose q t=pm adult nn
회사1+에2 도착3+하3+자마자4 이메일5+을 확인6+하6 | \
check6 my e-mail5 as4 soon4 as4 PRO %get3 to2 the office1 | way=soon q t=am adult nn span=day
회의1+이 끝나2+자마자3 보고서4+을 쓰5+기 시작6+하6 | \
start6 writing5 the report4 as3 soon3 as3 the meeting1 was2 over2 | way=soon x past t=pm adult nn
일1+을 끝내2+자마자3 집4+으로 달려가5 | \
hurry5 home4 as3 soon3 as3 PRO %finish2 work1 | way=soon q t=eve adult nn span=day
전화1+을 끊2+자마자3 사장님4+께 소식5+을 전하6 | \
tell6 the boss4 the news5 as3 soon3 as3 PRO %hang2 up2 the phone1 | way=soon t=pm adult nn span=day
월급1+을 받2+자마자3 전화4 요금5+을 내6 | pay6 the phone4 bill5 as3 soon3 as3 PRO %get2 paid1 | way=soon q t=pm adult nn
길1+이 막히2+~아서3 회의4+에5 늦6 | \
be6 late6 for5 the meeting4 because3 the traffic1 was2 heavy2 | way=so x past t=pm adult nn span=day
컴퓨터1+이 고장2 나2+~아서3 손4+으로5 보고서6+을 쓰7 | \
write7 the report6 by5 hand4 because3 the computer1 broke2 down2 | way=so x past t=pm adult nn
일1+이 많2+~아서3 밤늦4+게4+까지5 회사6+에7 남8+~아 있8 | \
stay8 at7 the office6 until5 late4 at4 night4 because3 PRO %have2 a2 lot2 of2? work1 | way=so x t=noon adult nn
너무1 바쁘2+~아서3 점심4+을 거르5 | skip5 lunch4 because3 PRO %be2 too1 busy2 | way=so x t=noon adult nn span=day
서류1+을 사무실2+에3 두4+고4 오4+~아서5 다시6 돌아가7 | \
go7 back6,7 because5 PRO %leave4 the documents1 at3 the office2 | way=so x t=pm adult nn span=day
승진1+을 하1+~아서2 동료3+들3+에게4 저녁5+을 사6 | \
buy6 dinner5 for4 my colleagues3 because2 PRO %get1 promoted1 | way=so x past t=eve adult nn
열심히1 일2+하2+~았8+지만3 보고서4+을 다5 쓰6+지7 못하7 | \
work2,8 hard1 but3 ^can7 n't7 finish5 writing6 the report4 | way=but x past t=pm,eve adult nn span=day
면접1+이 어렵2+~았8+지만3 그6 회사4+에7 취직5+하5 | \
get5 a job5 at7 the6 company4 even3 though3 the interview1 was2,8 difficult2 | \
way=though x past t=noon adult nn span=year
피곤1+하1+~았6+지만2 늦3+게3+까지4 야근5+을 하5 | \
work5 overtime5 until4 late3 even2 though2 PRO %be1,6 tired1 | way=though past x t=noon adult nn span=day
전화1+을 하2+는3 대신3+에3 이메일4+을 보내5 | \
send5 an e-mail4 instead3 of3 making2 a phone1 call1 | way=instead q t=pm adult nn
회사1+에2 가3+는4 대신4+에4 집5+에서6 일7+을 하7 | \
work7 from6 home5 instead4 of4 going3 to2 the office1 | way=instead q t=am,pm adult nn span=day
식당1+에2 가3+는4 대신4+에4 사무실5+에서6 샌드위치7+을 먹8 | \
eat8 sandwiches7 at6 the office5 instead4 of4 going3 to2 a restaurant1 | way=instead q t=noon adult nn span=day hon=드시
사장님1+께서 오2+(으)시+(으)ㄹ3 때3+까지3 회의실4+에서5 기다리6 | \
wait6 in5 the meeting4 room4 until3 the boss1 came2 | way=until x past t=pm adult nn span=day
일1+을 다2 끝내3+(으)ㄹ4 때4+까지4 사무실5+에6 남7+~아 있7 | \
stay7 at6 the office5 until4 PRO %finish3 all2 the work1 | way=until q t=eve adult nn span=day
시간1+이 있2+(으)ㄹ3 때3+마다3 동료4+을 돕5 | \
help5 a colleague4 whenever3 PRO %have2 time1 | way=when q adult nn span=day
출장1+을 가2+(으)ㄹ3 때3 기차4+에서5 보고서6+을 읽7 | \
read7 a report6 on5 the train4 when3 going2 on2? a business1 trip1 | way=when q adult nn
일1+이 일찍2 끝나3+(으)면4 동료5+들5+과6 영화7+을 보8 | \
watch8 a movie7 with6 my colleagues5 if4 PRO %finish3 work1 early2 | way=if q t=eve adult nn span=day
문제1+이 생기2+(으)면3 사장님4+께 전화5+을 드리5 | \
call5 the boss4 if3 a problem1 comes2 up2 | way=if q t=pm adult nn span=day
구두1+을 신2+(으)ㄴ3 채3+으로3 소파4+에서5 잠6+이 들7 | \
fall7 asleep6 on5 the sofa4 with3 my shoes1 on2 | way=state x t=eve,night adult nn span=day
컴퓨터1+을 켜2+~아 놓2+(으)ㄴ3 채3+으로3 퇴근4+하4 | \
leave4 work4 with3 the computer1 on2 | way=state x t=eve adult nn span=day
새1 차2+을 사3+(으)려고4 돈5+을 모으6 | save6 money5 to4 buy3 a new1 car2 | way=plan q adult nn span=year
회의1+에2 늦3+지4 않4+(으)려고5 택시6+을 타7 | \
take7 a taxi6 so5 as5 not4 to5 be3 late3 for2 the meeting1 | way=plan q t=pm adult nn span=day
외국1 손님2+과3 이야기4+하4+(으)려고5 {language} 공부6+을 하6 | \
study6 {language/0} to5 talk4 with3 foreign1 customers2 | way=plan q t=eve adult nn
평소1+보다2 일찍3 퇴근4+하4+~아서5 가족6+과7 저녁8+을 먹9 | \
leave4 work4 earlier3 than2 usual1 and5 ^have9 dinner8 with7 my family6 | \
way=comparison q t=eve adult nn span=day hon=드시
동료1+이 쓰2+(으)ㄴ3 보고서4+을 읽5+고6 의견7+을 내8 | \
read5 the report4 that3 a colleague1 wrote2 and6 ^give8 my opinion7 | way=relative q t=pm adult nn
손님1+이 주문2+하2+(으)ㄴ3 물건4+을 포장5+하5 | \
wrap5 the items4 that3 a customer1 ordered2 | way=relative q t=pm adult nn
회의1+을 하2?+다가3 전화4+을 받5 | \
answer5 the phone4 in3 the3? middle3 of3? a meeting1,2 | way=turn x t=pm adult nn span=day
사장님1+께 몸2+이 아프3+다고4 말씀드리5+고6 일찍7 퇴근8+하8 | \
tell5 the boss1 that4 PRO %feel2,3 sick2,3 and6 ^leave8 work8 early7 | way=say x t=pm adult nn span=day
보고서1+을 쓰2+느라고2? 밤3+을 새우4 | stay4 up4 all3 night3 writing2 a report1 | way=busy x t=noon adult nn span=day
손님1+을 기다리2+느라고3 점심4+을 늦5+게5 먹6 | \
have6 lunch4 late5 because3 PRO %be2? waiting2 for2 a customer1 | way=busy x t=noon adult nn span=day hon=드시
사무실1+에2 도착3+하3+자마자4 컴퓨터5+을 켜6+고7 커피8+을 마시9+(으)면서10 이메일11+을 확인12+하12 | \
turn6 on6 the computer5 as4 soon4 as4 PRO %get3 to2 the office1 and7 ^check12 my e-mail11 while10 drinking9 coffee8 | \
way=soon q t=am adult nn span=day
자료1+을 모으2+~아서 보고서3+을 쓰4+(으)ㄴ5 후5+에5 사장님6+께7 이메일8+으로9 보내10 | \
gather2 data1 , ^write4 a report3 , and5 then5 ^send10 it to7 the boss6 by9 e-mail8 | way=after q t=pm adult nn
면접1+에2 늦3+지4 않4+(으)려고5 일찍6 일어나7+~아서8 첫9 기차10+을 타11 | \
get7 up7 early6 and8 ^take11 the first9 train10 so5 as5 not4 to5 be3 late3 for2 a job1 interview1 | \
way=plan q t=am adult nn
길1+이 막히2+~아서3 회의4+에5 늦6+~았11+지만7 좋8+(으)ㄴ 발표9+을 하10 | \
be6,11 late6 for5 the meeting4 because3 the traffic1 was2 heavy2 , but7 ^give10 a good8 presentation9 | \
way=but x past t=pm adult nn span=day
퇴근1+하1+(으)ㄴ2 후2+에2 동료3+들3+과4 식당5+에6 가7+~아서8 고기9+을 굽10+~아 먹11 | \
go7 to6 a restaurant5 with4 my colleagues3 after2 leaving1 work1 and8 ^have11 Korean10 barbecue9,10 | \
way=after q t=eve adult nn span=day hon=드시
하루1 종일2 컴퓨터3+을 보4+~아서5 눈6+이 아프7+~았11+지만8 일9+을 계속10+하10 | \
keep10 working9 even8 though8 my eyes6 hurt7,11 because5 PRO %look4 at4 the computer3 all2 day1 | \
way=though x past t=noon adult nn span=day
짐1+을 싸2+고 공항3+에4 가5+~아서6 비행기7+을 기다리8+(으)면서9 이메일10+을 쓰11 | \
pack2 my bags1 , ^go5 to4 the airport3 , and6 ^write11 an e-mail10 while9 waiting8 for8 the plane7 | \
way=while q t=am,pm adult nn
고객1+을 만나2+~아서 명함3+을 주고받4+고5 새6 제품7+을 소개8+하8 | \
meet2 a client1 , ^exchange4 business3 cards3 , and5 ^introduce8 the new6 product7 | way=seq q t=pm adult nn
서류1+을 복사2+하2+~아서 동료3+들3+에게4 나누5+~아 주5+고6 회의7+을 시작8+하8 | \
copy2 the documents1 , ^hand5 them out5 to4 my colleagues3 , and6 ^start8 the meeting7 | way=seq q t=pm adult nn
새1 직원2+에게 사무실3+을 보이4+~아 주4+고5 점심6+을 먹7+(으)면서8 회사9 이야기10+을 하10 | \
show4 the new1 employee2 around4 the office3 and5 ^talk10 about10? the company9 while8 having7 lunch6 | \
way=while q t=noon adult nn
컴퓨터1+이 갑자기2 고장3 나3+~아서4 보고서5+을 처음6+부터7 다시8 쓰9 | \
write9 the report5 again8 from7 the beginning6 because4 the computer1 suddenly2 broke3 down3 | \
way=so x past t=pm adult nn
일1+이 일찍2 끝나3+(으)면4 백화점5+에 들르6+~아서7 생일8 선물9+을 사10 | \
stop6 by6 the department5 store5 and7 ^buy10 a birthday8 present9 if4 PRO %finish3 work1 early2 | \
way=if q t=eve adult nn span=day
손님1+이 많2+~아서3 점심4+도 못5 먹6+고5 저녁7 늦8+게8+까지9 일10+을 하10 | \
work10 until9 late8 in7? the evening7 without5 having6 lunch4 because3 there2? were2? many2 customers1 | \
way=so x past t=noon adult nn span=day
창고1+에서2 상자3+을 꺼내4+~아서 트럭5+에6 싣7+고8 시장9+까지10 운전11+하11 | \
take4 the boxes3 out4 of2 the storage1 room1 , ^load7 them onto6 a truck5 , and8 ^drive11 to10 the market9 | \
way=seq q t=am,pm adult nn
지하철1+에서2 전화3+을 받4+다가5 내리7?+(으)ㄹ 역7+을 지나치8+~아서9 회의10+에11 늦12 | \
be12 late12 for11 the meeting10 because9 PRO %miss8 my stop7 while5 talking4 on4? the phone3 on2 the subway1 | \
way=turn x t=pm adult nn span=day
회의1+을 하2+기3 전4+에4 동료5+들5+에게6 자료7+을 보내8+고9 질문10+을 미리11 받12 | \
send8 the materials7 to6 my colleagues5 and9 ^collect12 questions10 in11 advance11 before3,4 having2 a meeting1 | \
way=before q t=pm adult nn
점심1+을 빨리2 먹3+고 은행4+에5 가6+~아서7 새8 통장9+을 만들10 | \
eat3 lunch1 quickly2 , ^go6 to5 the bank4 , and7 ^open10 a new8 account9 | way=seq q t=noon adult nn
계약서1+을 처음2+부터3 끝4+까지5 읽6+(으)ㄴ7 후7+에7 어렵8+(으)ㄴ 부분9+을 변호사10+에게 묻11+~아11+보11 | \
read6 the contract1 from3 beginning2 to5 end4 and7 then7 ^ask11 a lawyer10 about11 the difficult8 parts9 | \
way=after q t=pm adult nn
월급1+을 받2+자마자3 시장4+에5 가6+~아서7 가족8+과9 먹10+(으)ㄹ13 고기11+을 사12 | \
go6 to5 the market4 as3 soon3 as3 PRO %get2 paid1 and7 ^buy12 meat11 to13 eat10 with9 my family8 | \
way=soon q t=eve adult nn
휴가1+을 내2+고 부모님3+과4 제주도5+에6 가7+~아서8 바다9+을 보10 | \
take2 time1 off1 , ^go7 to6 Jeju5 Island5 with4 my parents3 , and8 ^see10 the sea9 | way=seq q s=I nn span=year
야근1+을 하1+다가2 배3+이 고프3+~아서4 편의점5+에서6 라면7+을 사8+~아9 먹10 | \
buy8 ramen7 at6 a convenience5 store5 and9 ^eat10 it because4 PRO %get3 hungry3 while2 working1 overtime1 | \
way=turn x t=eve,night adult nn span=day hon=드시
사무실1+에2 일찍3 나오4+~아서 창문5+을 열6+고7 화분8+에 물9+을 주10 | \
come4 to2 the office1 early3 , ^open6 the windows5 , and7 ^water9,10 the plants8 | way=seq q t=am adult nn span=day
농장1+에서2 사과3+을 따4+~아서 상자5+에6 담7+고8 시장9+에서10 팔11 | \
pick4 apples3 on2 the farm1 , ^put7 them in6 boxes5 , and8 ^sell11 them at10 the market9 | way=seq q t=am,pm adult nn
신문1+에서2 광고3+을 보4+고 회사5+에 전화6+을 하6+~아서7 면접8 날짜9+을 정10+하10 | \
see4 an ad3 in2 the newspaper1 , ^call6 the company5 , and7 ^set10 a date9 for8? the job8 interview8 | \
way=seq past t=pm adult nn
퇴근1+하1+고2 집3+에 가4+다가5 옛날6 친구7+을 만나8+~아서9 차10+을 한11 잔12 마시13 | \
meet8 an old6 friend7 on5 the way4 home3 from2? work1 and9 ^have13 a11 cup12 of12? tea10 | \
way=turn x t=eve adult nn span=day hon=드시
프린터1+이 고장2 나2+~아서3 고치4+(으)려고5 하5+~았10+지만6 결국7 새것8+을 사9 | \
try5,10 to5 fix4 the printer1 because3 it had2? broken2 down2 , but6 ^buy9 a new8 one8 in7 the7? end7 | \
way=but x past t=pm adult nn
동료1+이 휴가2+을 가3+~아서4 혼자5 전화6+을 받7+고8 손님9+들9+을 만나10 | \
answer7 the phone6 and8 ^meet10 customers9 alone5 because4 a colleague1 was3 on3? vacation2 | \
way=so x past t=pm adult nn span=day
퇴근1+하1+(으)ㄴ2 후2+에2 새3 기술4+을 배우5+(으)려고6 학원7+에8 가9+~아서10 수업11+을 듣12 | \
go9 to8 a training7 center7 and10 ^take12 a class11 to6 learn5 new3 skills4 after2 leaving1 work1 | \
way=plan q t=eve adult nn span=day
사장님1+께2 사과3+하3+고 보고서4+을 다시5 쓰6+~아서7 퇴근8+하8+기9 전10+에10 보내11 | \
apologize3 to2 the boss1 , ^write6 the report4 again5 , and7 ^send11 it before9,10 leaving8 work8 | \
way=before x past t=pm adult nn span=day
거래처1+의2 연락3+을 기다리4+다가5 배6+이 고프6+~아서7 사무실8+에서9 라면10+을 끓이11 | \
cook11 ramen10 at9 the office8 because7 PRO %get6 hungry6 while5 waiting4 for4 the client1 's2 call3 | \
way=turn x past t=eve adult nn span=day
회의1+을 하2+는3 대신3+에3 의견5+을 쓰6+~아서7 이메일8+으로9 보내10 | \
write6 down6 my opinions5 and7 ^send10 them by9 e-mail8 instead3 of3 having2 a meeting1 | way=instead q t=pm adult nn
사장님1+께 오후2+에3 병원4+에5 가6+~아야7 되7+(으)ㄴ다고8 말씀드리9+고10 일찍11 퇴근12+하12 | \
tell9 the boss1 that8 PRO had7 to7 go6 to5 the doctor4 in3 the afternoon2 and10 ^leave12 work12 early11 | \
way=say x past t=noon adult nn span=day
평소1+보다2 일3+이 일찍4 끝나5+~아서6 집7+에 가8+다가9 서점10+에 들르11+~아서12 책13+을 사14 | \
stop11 by11 a bookstore10 on9 the way8 home7 and12 ^buy14 a book13 because6 PRO %finish5 work3 earlier4 than2 usual1 | \
way=comparison x past t=eve adult nn span=day
동료1+이 만들2+(으)ㄴ3 자료4+을 읽5+고6 어렵7+(으)ㄴ 단어8+을 쉽9+(으)ㄴ 말10+으로11 바꾸12 | \
read5 the materials4 that3 a colleague1 made2 and6 ^change12 the difficult7 words8 to11 easier9 ones10 | \
way=relative q t=pm adult nn
바쁘1+(으)ㄹ2 때2+마다2 점심3+을 거르4+고5 저녁6+에7 집8+에서9 많이10 먹11 | \
skip4 lunch3 and5 ^eat11 a10 lot10 at9 home8 in7 the evening6 whenever2 PRO %be1 busy1 | \
way=when q adult nn span=day hon=드시
사장님1+께2 칭찬3+을 받9+고4 기분5+이 좋5+~아서6 동료7+들7+에게8 커피9+을 사10 | \
buy10 coffee9 for8 my colleagues7 because6 PRO %be5 happy5 after4 being9 praised3 by2 the boss1 | \
way=so x past t=pm adult nn span=day
일1+을 끝내2+기3 전4+에4 전화5+을 여러6 번7 받8+~아서9 늦10+게10 퇴근11+하11 | \
leave11 work11 late10 because9 PRO %answer8 the phone5 many6 times7 before3,4 finishing2 the work1 | \
way=before x past t=eve adult nn span=day
손님1+께 차2+을 드리3+고4 새5 제품6+을 보이7+~아 드리7+(으)면서8 가격9+을 설명10+하10 | \
serve3 the customer1 tea2 and4 ^explain10 the price9 while8 showing7 the new5 product6 | way=while q t=pm adult nn
휴가1+을 가2+기3 전4+에4 일5+을 다6 끝내7+(으)려고8 밤늦9+게9+까지10 야근11+을 하11 | \
work11 overtime11 until10 late9 at9 night9 to8 finish7 all6 the work5 before3,4 going2 on2? vacation1 | \
way=plan x past t=noon adult nn
"""
