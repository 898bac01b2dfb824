"""Illness, doctors, sport and rest: rows of several acts."""

ROWS = """\
보건소1+에2 가3+~아서4 독감5 주사6+을 맞7 | go3 to2 the health1 center1 and4 ^get7 a flu5 shot6 | way=seq q t=am,pm nn
약국1+에 들르2+~아서3 감기약4+을 사5 | stop2 by2 the pharmacy1 and3 ^buy5 some cold4 medicine4 | way=seq q t=am,pm nn
눈1+을 감2+고3 심호흡4+을 하5 | close2 my eyes1 and3 ^take5 a deep4 breath4 | way=seq q span=day nn
상처1+을 물2+으로3 씻4+고5 반창고6+을 붙이7 | wash4 the cut1 with3 water2 and5 ^put7 a bandage6 on7 it | way=seq q nn
체육관1+에2 가3+~아서4 배드민턴5+을 치6 | go3 to2 the gym1 and4 ^play6 badminton5 | way=seq q c t=am,pm nn
준비1 운동1+을 하1+고2 수영장3+에4 들어가5 | warm1 up1 and2 ^get5 into4 the pool3 | way=seq q t=am,pm nn
공원1+에2 나가3+~아서4 줄넘기5+을 하5 | go3 out3 to2 the park1 and4 ^jump5 rope5 | way=seq q c t=am,eve nn
어깨1+에2 파스3+을 붙이4+고5 일찍6 자7 | put4 pain3 patches3 on2 my shoulders1 and5 ^go7 to7 bed7 early6 | \
way=seq q t=night hon=주무시 nn
운동1+을 하1+기 전2+에 스트레칭3+을 하3 | stretch3 before2 exercising1 | way=before q t=am,eve span=day nn
약1+을 먹2+기 전3+에 설명서4+을 읽5 | read5 the instructions4 before3 taking2 the medicine1 | way=before q nn
달리기1+을 하1+기 전2+에 운동화3 끈4+을 다시5 묶6 | tie6 my shoelaces3,4 again5 before2 running1 | \
way=before q t=am,eve span=day nn
병원1+에2 가3+기 전4+에 인터넷5+으로5 예약6+을 하7 | make7 an appointment6 online5 before4 going3 to2 the hospital1 | \
way=before q adult nn
자1+기 전2+에 따뜻3+하3+(으)ㄴ 물4+으로5 발6+을 씻7 | wash7 my feet6 in5 warm3 water4 before2 going1 to1 bed1 | \
way=before q t=night span=day nn
수술1+을 받2+기 전3+에 {kin}+에게 전화4+을 하4 | call4 {kin/my} before3 having2 surgery1 | way=before q span=year nn
아침1+을 먹2+(으)ㄴ 후3+에 비타민4+을 먹5 | take5 vitamins4 after3 eating2 breakfast1 | \
way=after q hon=드시 t=am span=day nn
진료1+을 받2+(으)ㄴ 다음3+에 약국4+에5 가6 | go6 to5 the pharmacy4 after3 seeing2 the doctor1 | way=after q t=am,pm nn
운동1+을 하1+(으)ㄴ 뒤2+에 물3+을 한4 병5 마시6 | drink6 a4 bottle5 of5? water3 after2 exercising1 | \
way=after q hon=드시 t=am,eve span=day nn
무릎1 수술2+을 받3+(으)ㄴ 뒤4+에 등산5+을 그만두6 | give6 up6 hiking5 after4 having3 surgery2 on my knee1 | \
way=after past span=year nn
축구1+을 하2+(으)ㄴ 후3+에 친구4+들4+과5 시원6+하6+(으)ㄴ 음료수7+을 마시8 | \
have8 cold6 drinks7 with5 friends4 after3 playing2 soccer1 | way=after q young t=pm nn
음악1+을 듣2+(으)면서3 달리기4+을 하4 | run4 while3 listening2 to2 music1 | way=while q t=am,eve span=day nn
텔레비전1+을 보2+(으)면서3 스트레칭4+을 하4 | stretch4 while3 watching2 TV1 | way=while q t=eve,night span=day nn
인터넷1 영상2+을 보3+(으)면서4 요가5+을 배우6 | learn6 yoga5 by4 watching3 online1 videos2 | way=while q nn
친구1+과2 통화3+하3+(으)면서4 공원5+을 두6 바퀴7 돌8 | \
walk8 around8 the park5 twice6,7 while4 talking3 on3 the phone3 with2 a friend1 | way=while q t=pm,eve nn
의사1+의2 설명3+을 듣4+(으)면서5 메모6+을 하7 | take7 notes6 while5 listening4 to4 the doctor1 's2 explanation3 | \
way=while q t=am,pm nn
건강1 검진1+을 받2+(으)러3 병원4+에5 가6 | go6 to5 the hospital4 to3 get2 a checkup1 | way=purpose q t=am nn
이1+을 뽑2+(으)러3 치과4+에5 가6 | go6 to5 the dentist4 to3 have2 a tooth1 pulled2 | way=purpose q t=am,pm nn
농구1+을 하2+(으)러3 체육관4+에5 가6 | go6 to5 the gym4 to3 play2 basketball1 | way=purpose q c young t=pm nn
눈1 검사2+을 받3+(으)러4 안과5+에6 가7 | go7 to6 the eye5 clinic5 to4 get3 an eye1 exam2 | way=purpose q t=am,pm nn
허리1 치료2+을 받3+(으)러4 한의원5+에6 가7 | go7 to6 the Korean5 medicine5 clinic5 to4 get3 back1 treatment2 | \
way=purpose q t=am,pm nn
밖1+에서2 들어오3+자마자4 비누5+으로6 손7+을 씻8 | \
wash8 my hands7 with6 soap5 as4 soon4 as4 PRO %come3 in3 from2 outside1 | way=soon q span=day nn
침대1+에서2 일어나3+자마자4 가볍5+(으)ㄴ 체조6+을 하7 | \
do7 some light5 exercises6 as4 soon4 as4 PRO %get3 out2 of2 bed1 | way=soon q t=am span=day nn
약1+을 먹2+자마자3 잠4+이 들4 | fall4 asleep4 as3 soon3 as3 PRO %take2 the medicine1 | \
way=soon x past t=night span=day nn
체중계1+에2 올라가3+자마자4 한숨5+을 쉬5 | sigh5 as4 soon4 as4 PRO %step3 on2 the scale1 | \
way=soon x past t=am span=day nn
경기1+이 끝나2+자마자3 바닥4+에5 눕6 | lie6 down6 on5 the ground4 as3 soon3 as3 the game1 was2 over2 | \
way=soon x past young t=pm nn
열1+이 나2+~아서3 침대4+에5 눕6+~아 있6 | lie6 in5 bed4 because3 PRO %have2 a fever1 | way=so past x hon=계시 nn
목1+이 아프2+~아서3 꿀차4+을 마시5 | drink5 honey4 tea4 because3 PRO %have2 a sore2 throat1 | way=so q past hon=드시 nn
감기1+에 걸리2+~아서3 학교4+에 못5 가6 | miss5,6 school4 because3 PRO %have2 a cold1 | way=so past x young t=am nn
시력1+이 나빠지2+~아서3 안경4+을 맞추5 | get5 glasses4 because3 my eyesight1 got2 worse2 | way=so q past span=year nn
다리1+이 너무2 아프3+~아서4 엘리베이터5+을 타6 | take6 the elevator5 because4 my legs1 hurt3 too2 much2 | \
way=so q past nn
꽃가루1 때문2+에 재채기3+을 열4 번5+이나 하3 | sneeze3 ten4 times5 because2 of2 the pollen1 | way=so past x nn
밤새1 기침2+을 하2+~아서3 목소리4+이 안5 나오6 | lose5,6 my voice4 because3 PRO %cough2 all1 night1 | \
way=so past x s=I t=am nn
약1+을 먹2+~았+지만3 기침4+을 계속5+하5 | take2 the medicine1 but3 ^keep5 coughing4 | way=but past x nn
치과1+에2 가3+~았+지만4 이5+은 뽑6+지7 않7 | go3 to2 the dentist1 but4 %do7 n't7 have6 a tooth5 pulled6 | \
way=but past t=am,pm nn
다이어트1+을 시작2+하2+~았+지만3 밤4+에4 치킨5+을 시키6 | start2 a diet1 but3 ^order6 fried5 chicken5 at4 night4 | \
way=but past nn
열심히1 뛰2+~았+지만3 경기4+에서 지5 | play2 hard1 but3 ^lose5 the game4 | way=but past x young t=pm nn
운동화1+을 사2+~았+지만3 한4 번4+도4 달리5+지4 않4 | buy2 running1 shoes1 but3 never4 ^go5 running5 | \
way=but past span=year nn
엘리베이터1+을 타2+는 대신3+에 계단4+으로 올라가5 | climb5 the stairs4 instead3 of3 taking2 the elevator1 | \
way=instead q span=day nn
담배1+을 피우2+는 대신3+에 껌4+을 씹5 | chew5 gum4 instead3 of3 smoking1,2 | way=instead q adult nn
버스1+을 타2+는 대신3+에 자전거4+으로5 출근6+하6 | go6 to6 work6 by5 bike4 instead3 of3 taking2 the bus1 | \
way=instead q adult t=am span=day nn
헬스장1+에2 가3+는 대신4+에 집5+에서6 운동7+을 하7 | exercise7 at6 home5 instead4 of4 going3 to2 the gym1 | \
way=instead q t=am,eve nn
온몸1+에 땀2+이 나2+(으)ㄹ 때3+까지3 줄넘기4+을 하4 | jump4 rope4 until3 PRO %be2 covered1 in1 sweat2 | \
way=until q t=am,eve nn
열1+이 내리2+(으)ㄹ 때3+까지3 아이4 옆5+에5 앉6+~아 있7 | sit6,7 beside5 my child4 until3 the fever1 went2 down2 | \
way=until past adult t=night hon=계시 nn
차례1+이 오2+(으)ㄹ 때3+까지3 대기실4+에서5 잡지6+을 읽7 | \
read7 a magazine6 in5 the waiting4 room4 until3 my turn1 came2 | way=until q past t=am,pm nn
의사1+이 처방2+하2+(으)ㄴ 약3+을 하루4+에4 세5 번6 먹7 | \
take7 the medicine3 the doctor1 prescribed2 three5 times6 a4 day4 | way=relative past hon=드시 nn
인터넷1+에서2 보3+(으)ㄴ 운동4+을 따라5 하5 | try5 the exercises4 PRO saw3 on2 the Internet1 | way=relative q nn
병원1+에서2 받3+(으)ㄴ 안약4+을 눈5+에6 넣7 | put7 the eye4 drops4 PRO got3 at2 the hospital1 in6 my eyes5 | \
way=relative q nn
기침1+이 나1+(으)ㄹ 때2 따뜻3+하3+(으)ㄴ 물4+을 마시5 | drink5 warm3 water4 when2 PRO %have1 a cough1 | \
way=when q hon=드시 nn
스트레스1+을 받1+(으)ㄹ 때2 강가3+에서4 산책5+을 하5 | take5 a walk5 by4 the river3 when2 PRO %be1 stressed1 | \
way=when q nn
허리1+이 아프1+(으)ㄹ 때2 바닥3+에4 눕5+~아서6 쉬7 | \
lie5 down5 on4 the floor3 and6 ^rest7 when2 PRO %have1 a backache1 | way=when q nn
안경1+을 쓰2+(으)ㄴ 채2+으로2 잠3+이 들3 | fall3 asleep3 with2 my glasses1 on2 | way=state x past t=night span=day nn
마스크1+을 쓰2+(으)ㄴ 채2+으로2 달리기3+을 하3 | run3 with2 my mask1 on2 | way=state past t=am,eve nn
손1+에2 붕대3+을 감4+(으)ㄴ 채4+으로4 시험5+을 보6 | take6 an exam5 with4 a bandage3 on2,4 my hand1 | \
way=state x past young t=am,pm nn
건강해지1+(으)려고2 담배3+을 끊4 | give4 up4 smoking3 to2 get1 healthier1 | way=plan q adult span=year nn
마라톤1+을 뛰2+(으)려고3 새4 운동화5+을 사6 | buy6 new4 running5 shoes5 to3 run2 a marathon1 | way=plan q span=year nn
감기1+에 걸리2+지3 않3+(으)려고4 목도리5+을 하6 | put6 on6 my scarf5 so4 as4 not3 to4 catch2 a cold1 | \
way=plan q t=am nn
눈1+을 보호2+하2+(으)려고3 선글라스4+을 쓰5 | wear5 sunglasses4 to3 protect2 my eyes1 | way=plan q t=am,pm nn
스트레스1+을 풀2+(으)려고3 노래방4+에5 가6 | go6 to5 a karaoke4 room4 to3 relieve2 stress1 | way=plan q c t=eve nn
몸1+이 아프1+~았+지만2 학교3+에4 가5 | go5 to4 school3 although2 PRO %be1 sick1 | way=though past young t=am nn
피곤1+하1+~았+지만2 헬스장3+에4 가5+~아서6 운동7+을 하7 | go5 to4 the gym3 and6 ^exercise7 although2 PRO %be tired1 | \
way=though past t=eve nn
약1+이 쓰2+~았+지만3 끝4+까지4 다4 마시5 | drink5 all4 the medicine1 although3 it was bitter2 | \
way=though past hon=드시 nn
의사1+이 말2+하2+(으)ㄴ 것3+보다3 오래4 쉬5 | rest5 longer4 than3 the doctor1 said2 | way=comparison past nn
평소1+보다2 물3+을 더4 많이4 마시5 | drink5 more4 water3 than2 usual1 | way=comparison q hon=드시 nn
아침1+을 먹2+지3 않3+고3 건강4 검진4+을 받5 | get5 a checkup4 without3 eating2 breakfast1 | way=without q t=am nn
준비1 운동1+을 하1+지2 않2+고2 수영장3+에4 뛰어들5 | jump5 into4 the pool3 without2 warming1 up1 | \
way=without x past young t=pm nn
친구1+이 진료2+을 받3+는 동안4 대기실5+에서6 기다리7 | \
wait7 in6 the waiting5 room5 while4 a friend1 was seeing3 the doctor2 | way=during q past t=am,pm nn
병원1+에서2 기다리3+느라고4 점심5+을 못6 먹7 | miss6,7 lunch5 because4 PRO %be waiting3 at2 the hospital1 | \
way=busy x past t=noon hon=드시 nn
학교1+에2 가3+는 길4+에 빙판5+에서6 넘어지7 | fall7 down7 on6 the ice5 on4 the way3,4 to2 school1 | \
way=onway x past young t=am span=day nn
병원1+에2 가3+~아서4 진료5+을 받6+고7 근처8 약국9+에서10 감기약11+을 사12 | \
go3 to2 the hospital1 , ^see6 a doctor5 , and7 ^buy12 some cold11 medicine11 at10 a nearby8 pharmacy9 | \
way=seq q t=am,pm nn
창문1+을 열2+고 바닥3+에4 요가5 매트6+을 펴7+~아서8 스트레칭9+을 하9 | \
open2 the window1 , ^roll7 out7 a yoga5 mat6 on4 the floor3 , and8 ^stretch9 | way=seq q t=am,night span=day nn
마라톤1+을 뛰2+기 전3+에 물4+을 마시5+고6 다리7+을 천천히8 풀9 | \
drink5 some water4 and6 slowly8 ^loosen9 up9 my legs7 before3 running2 a marathon1 | way=before q t=am nn
수술1+을 받2+기 전3+에 의사4+의5 설명6+을 듣7+고8 서류9+에 서명10+을 하10 | \
listen7 to7 the doctor4 's5 explanation6 and8 ^sign10 the form9 before3 having2 surgery1 | \
way=before q adult span=year nn
축구1+을 하2+다가3 다리4+을 다치5+(으)ㄴ 후6+에 병원7+에8 가9+~아서10 치료11+을 받12 | \
go9 to8 the hospital7 and10 ^get12 treatment11 after6 hurting5 my leg4 while3 playing2 soccer1 | \
way=after past young t=pm nn
운동2+을 하2+(으)ㄴ 뒤3+에 사과4+과5 당근6+을 갈7+~아서8 주스9+을 만들10 | \
blend7 apples4 and5 carrots6 to8 make10 juice9 after3 exercising2 | way=after q t=am nn
좋아하1+는 노래2+을 듣3+(으)면서4 강5+을 따라6 한7 시간8 동안9 쉬10+지11 않11+고11 달리12 | \
run12 along6 the river5 for9 an7 hour8 without11 resting10 while4 listening3 to3 my favorite1 songs2 | \
way=while q t=am,eve nn
허리1 치료2+을 받3+(으)면서4 친절5+하5+(으)ㄴ 간호사6+과7 이야기8+을 하8+고9 많이10 웃11 | \
talk8 with7 a kind5 nurse6 and9 ^laugh11 a10 lot10 while4 getting3 back1 treatment2 | way=while past t=am,pm nn
아프1+(으)ㄴ 친구2+을 만나3+(으)러4 병원5+에6 가7+~아서8 꽃9+과10 책11+을 주12 | \
go7 to6 the hospital5 to4 see3 a sick1 friend2 and8 ^give12 them12? flowers9 and10 a book11 | way=purpose q t=pm nn
집1+에 들어오2+자마자3 마스크4+을 벗5+고6 비누7+으로8 얼굴9+과10 손11+을 씻12 | \
take5 off5 my mask4 and6 ^wash12 my face9 and10 hands11 with8 soap7 as3 soon3 as3 PRO %get2 home1 | \
way=soon q span=day nn
시험1+이 끝나2+자마자3 친구4+들4+과5 운동장6+에7 나가8+~아서9 축구10+을 하11 | \
go8 out8 to7 the field6 with5 friends4 and9 ^play11 soccer10 as3 soon3 as3 the exam1 was2 over2 | \
way=soon q past young t=pm nn
감기1+에 걸리2+~아서3 등산4+을 가5+지6 못하6+고7 집8+에서9 책10+을 읽11 | \
miss5,6 the hiking4 trip4 and7 ^read11 a book10 at9 home8 because3 PRO %have2 a cold1 | way=so past nn
이1+을 뽑2+~아서3 밥4 대신5+에 따뜻6+하6+(으)ㄴ 수프7+을 조금8 먹9 | \
eat9 a8 little8 warm6 soup7 instead5 of5 rice4 because3 PRO %have2 a tooth1 pulled2 | \
way=so past s=I hon=드시 t=noon,eve nn
살1+을 빼2+(으)려고3 간식4+을 끊5+~았+지만6 친구7+이 가져오8+(으)ㄴ 케이크9+은 다10 먹11 | \
give5 up5 snacks4 to3 lose2 weight1 but6 ^eat11 all10 of10? the cake9 a friend7 brought8 | \
way=but past hon=드시 nn span=year
열1+이 나2+~았+지만3 중요4+하4+(으)ㄴ 시험5+이 있6+~아서7 학교8+에9 가10 | \
have2 a fever1 but3 ^go10 to9 school8 because7 PRO %have6 an important4 exam5 | way=but past young t=am nn
농구1+을 하2+(으)러3 체육관4+에5 가6+~았+지만7 문8+이 닫히9+~아 있+~아서10 공원11+에서12 달리기13+을 하13 | \
go6 to5 the gym4 to3 play2 basketball1 but7 ^run13 in12 the park11 because10 it8 was closed9 | \
way=but past young t=pm nn
집1+에서2 쉬3+는 대신4+에 체육관5+에6 가7+~아서8 친구9+과10 탁구11+을 치12 | \
go7 to6 the gym5 and8 ^play12 table11 tennis11 with10 a friend9 instead4 of4 resting3 at2 home1 | \
way=instead q t=am,pm nn
열1+이 내리2+(으)ㄹ 때3+까지3 따뜻4+하4+(으)ㄴ 물5+을 마시6+고7 침대8+에서9 쉬10 | \
drink6 warm4 water5 and7 ^rest10 in9 bed8 until3 the fever1 went2 down2 | way=until past nn
코치1+이 부르2+(으)ㄹ 때3+까지3 벤치4+에5 앉6+~아서7 친구8+들8+의 경기9+을 보10 | \
sit6 on5 the bench4 and7 ^watch10 my friends8 play9 until3 the coach1 called2 | way=until past young t=pm nn
의사1+이 추천2+하2+(으)ㄴ 운동3+을 하4+고5 저녁6+에6 채소7+을 많이8 먹9 | \
do4 the exercises3 the doctor1 recommended2 and5 ^eat9 a8 lot8 of8? vegetables7 in6 the evening6 | \
way=relative q hon=드시 nn
할머니1+께서 보내2+~아 주2+(으)시+(으)ㄴ 인삼3+을 끓이4+~아서5 차6+을 만들7 | \
make4,7 tea6 from5? the ginseng3 my grandmother1 sent2 | way=relative q young nn
목1+이 아프2+(으)ㄹ 때3 꿀4+을 넣5+(으)ㄴ 차6+을 마시7+고8 말9+을 적10+게10 하11 | \
drink7 tea6 with5 honey4 and8 ^talk9,11 less10 when3 PRO %have2 a sore2 throat1 | way=when q nn
스트레스1+을 받1+(으)ㄹ 때2 친구3+에게 전화4+을 하4+고5 공원6+에7 나가8+~아서9 걷10 | \
call4 a friend3 and5 ^go8 out8 for9? a walk10 in7 the park6 when2 PRO %be1 stressed1 | way=when q nn
마라톤1+에2 나가3+(으)려고4 아침5 일찍6 일어나7+~아서8 공원9+을 세10 바퀴11 뛰12 | \
get7 up7 early6 in the morning5 and8 ^run12 around12? the park9 three10 times11 to4 take3 part3 in2 a marathon1 | \
way=plan q t=am nn
감기1+에 걸리2+지3 않3+(으)려고4 따뜻5+하5+(으)ㄴ 옷6+을 입7+고8 마스크9+을 쓰10 | \
wear7,10 warm5 clothes6 and8 a mask9 so4 as4 not3 to4 catch2 a cold1 | way=plan q t=am nn
마스크1+을 쓰2+(으)ㄴ 채2+으로2 한3 시간4 동안5 달리6+~아서7 땀8+을 많이9 흘리8 | \
sweat8 a9 lot9 because7 PRO %run6 for5 an3 hour4 with2 my mask1 on2 | way=state x past t=am,eve nn
친구1+들1+보다2 연습3+을 적4+게4 하3+~았+지만5 경기6+에서7 열심히8 뛰9+~아서10 이기11 | \
practice3 less4 than2 my friends1 but5 ^play9 hard8 in7 the game6 and10 ^win11 | way=comparison past young nn
친구1+이 치료2+을 받3+는 동안4 대기실5+에6 앉7+~아서8 건강9 잡지10+을 읽11 | \
sit7 in6 the waiting5 room5 and8 ^read11 a health9 magazine10 while4 my friend1 was getting3 treatment2 | \
way=during q past t=am,pm nn
아프1+(으)ㄴ 아이2+을 돌보3+느라고3? 밤4+을 새우5+고6 아침7 일찍8 출근9+하9 | \
stay5 up5 all4 night4 caring3 for3 a sick1 child2 and6 ^go9 to9 work9 early8 in the morning7 | \
way=busy past adult t=night nn
퇴근1+하1+는 길2+에 약국3+에 들르4+~아서5 아이6+에게7 먹이8+(으)ㄹ 감기약9+을 사10 | \
stop4 by4 the pharmacy3 on2 the way2 home1 from1 work1 and5 ^buy10 some cold9 medicine9 for7,8 my child6 | \
way=onway q adult t=eve nn
의사1+의 말2+을 듣3+지4 않4+고4 축구5+을 계속6+하6+다가7 다시8 다치9 | \
ignore3,4 the doctor1 's1? advice2 , ^keep6 playing5 soccer5 , and7 ^get9 hurt9 again8 | way=without x past young nn
"""
