"""Home: several acts that belong together."""

ROWS = """\
창문1+을 열2+고3 방4+을 청소5+하5 | open2 the window1 and3 ^clean5 my room4 | way=seq q t=am,pm span=day nn
소파1+에2 앉3+~아서4 {소설|잡지|만화책}+을 읽5 | sit3 on2 the sofa1 and4 ^read5 {소설|잡지|만화책/a} | \
way=seq q t=pm,eve span=day nn
이불1+을 개2+고3 창문4+을 열5 | fold2 the blankets1 and3 ^open5 the window4 | way=seq q t=am span=day nn
빨래1+을 하2+~아서3 마당4+에5 널6 | do2 the laundry1 and3 ^hang6 it out6 in5 the yard4 | way=seq q t=am,pm nn
방1+에2 들어가3+~아서4 문5+을 닫6 | go3 into2,3 my room1 and4 ^close6 the door5 | way=seq q past t=pm,eve span=day nn
침대1+에2 눕3+~아서4 음악5+을 듣6 | lie3 down3 on2 the bed1 and4 ^listen6 to6 music5 | way=seq q t=eve,night span=day nn
케이크1+에2 초3+을 꽂4+고5 불6+을 붙이7 | put4 candles3 on2 the cake1 and5 ^light6,7 them | way=seq q t=eve nn
잠옷1+으로2 갈아입3+고4 침대5+에6 눕7 | change3 into2 my pajamas1 and4 ^get7 into6 bed5 | way=seq q t=night span=day nn
강아지1+을 목욕2+시키2+고3 털4+을 말리5 | give2 the puppy1 a bath2 and3 ^dry5 its fur4 | way=seq q t=pm,eve c nn
책상1+을 정리2+하2+고3 바닥4+을 닦5 | tidy2 up2 my desk1 and3 ^mop5 the floor4 | way=seq q t=am,pm nn
사진1+을 액자2+에3 넣4+~아서5 벽6+에7 걸8 | put4 a photo1 in3 a frame2 and5 ^hang8 it on7 the wall6 | way=seq q t=pm nn
편지1+을 쓰2+~아서3 할머니4+께5 보내6 | write2 a letter1 and3 ^send6 it to5 my grandmother4 | \
way=seq young q t=pm,eve nn
이불1+을 덮2+고3 소파4+에5 눕6 | lie6 down6 on5 the sofa4 under2,3 a blanket1 | way=seq q t=pm,eve span=day nn
꽃1+을 사2+~아서3 식탁4 위5+에5 놓6 | buy2 flowers1 and3 ^put6 them on5 the dining4 table4 | way=seq q t=pm nn
자1+기2 전2+에2 알람3+을 맞추4 | set4 the alarm3 before2 going1 to1 bed1 | way=before q t=night span=day nn
외출1+하1+기2 전2+에2 창문3+을 모두4 닫5 | close5 all4 the windows3 before2 going1 out1 | \
way=before q t=am,pm span=day nn
자1+기2 전2+에2 일기3+을 쓰4 | write4 in4? my diary3 before2 going1 to1 bed1 | way=before q t=night span=day nn
이사1+을 하1+기2 전2+에2 옷장3+을 정리4+하4 | organize4 my closet3 before2 moving1 | way=before q t=pm nn
밖1+에 나가2+기3 전3+에3 거울4+을 보5 | look5 in5 the mirror4 before3 going2 out1 | way=before q t=am span=day nn
손님1+이 오2+기3 전3+에3 거실4+을 치우5 | tidy5 up5 the living4 room4 before3 the guests1 came2 | \
way=before q past t=pm nn
샤워1+을 하2+(으)ㄴ3 후3+에3 머리4+을 말리5 | dry5 my hair4 after3 taking2 a shower1 | \
way=after q t=am,night span=day nn
청소1+을 하1+(으)ㄴ2 다음2+에2 쓰레기3+을 버리4 | take4 out4 the trash3 after2 cleaning1 up1 | \
way=after q t=am,pm span=day nn
숙제1+을 끝내2+(으)ㄴ3 뒤3+에3 게임4+을 하5 | play5 video4 games4 after3 finishing2 my homework1 | \
way=after young t=eve span=day nn
운동1+을 하1+고2 나2+~아서2 샤워3+을 하4 | take4 a shower3 after2 exercising1 | way=after q t=am,eve span=day nn
아이1+을 재우2+(으)ㄴ3 후3+에3 빨래4+을 개5 | fold5 the laundry4 after3 putting2 my child1 to2 bed2 | \
way=after adult q t=night span=day nn
저녁1+을 먹2+(으)ㄴ3 뒤3+에3 개4+을 산책5+시키5 | walk5 the dog4 after3 having2 dinner1 | \
way=after q t=eve c span=day nn
라디오1+을 듣2+(으)면서3 설거지4+을 하5 | wash4,5 the dishes4 while3 listening2 to2 the radio1 | \
way=while q t=eve span=day nn
노래1+을 부르1+(으)면서2 샤워3+을 하4 | take4 a shower3 while2 singing1 | way=while t=am,night span=day nn
텔레비전1+을 보2+(으)면서3 빨래4+을 개5 | fold5 the laundry4 while3 watching2 TV1 | way=while q t=pm,eve span=day c nn
차1+을 마시2+(으)면서3 창밖4+을 내다보5 | look5 out4 the window4 while3 drinking2 tea1 | way=while q t=am,pm span=day nn
친구1+과2 통화3+하3+(으)면서4 커피5+을 끓이6 | make6 coffee5 while4 talking3 on3 the phone3 with2 a friend1 | \
way=while q t=am,pm span=day nn
옛날1 사진2+을 보3+(으)면서4 많이5 웃6 | laugh6 a5 lot5 while4 looking3 at3 old1 photos2 | way=while past t=pm,eve nn
할머니1+을 도와드리2+(으)러3 시골4+에5 가6 | go6 to5 the countryside4 to3 help2 my grandmother1 | \
way=purpose young q t=am nn
쓰레기1+을 버리2+(으)러3 밖4+에 나가5 | go5 outside4 to3 take2 out2 the trash1 | way=purpose t=eve,night span=day nn
이웃1+에게2 인사3+을 하4+(으)러5 옆집6+에 가7 | go7 next6 door6 to5 say4 hello3 to2 the neighbors1 | \
way=purpose q t=pm nn
새1 소파2+을 사3+(으)러4 가구5 가게6+에7 가8 | go8 to7 the furniture5 store6 to4 buy3 a new1 sofa2 | \
way=purpose q t=am,pm c nn
집1+에 오2+자마자3 샤워4+을 하5 | take5 a shower4 as3 soon3 as3 PRO %come2 home1 | way=soon q t=eve span=day nn
침대1+에2 눕3+자마자4 잠5+이 들5 | fall5 asleep5 as4 soon4 as4 PRO %get3 into2 bed1 | way=soon x t=night span=day nn
알람1+이 울리2+자마자3 침대4+에서5 일어나6 | get6 out5,6 of5 bed4 as3 soon3 as3 the alarm1 went2 off2 | \
way=soon past t=am span=day nn
방1+에2 들어오3+자마자4 불5+을 켜6 | turn6 on6 the light5 as4 soon4 as4 PRO %come3 into2,3 the room1 | \
way=soon q t=eve,night span=day nn
밖1+이 시끄럽2+~아서3 창문4+을 닫5 | close5 the window4 because3 it was2 noisy2 outside1 | \
way=so past q t=pm,night span=day nn
방1+이 너무2 덥3+~아서4 창문5+을 모두6 열7 | open7 all6 the windows5 because4 the room1 was3 too2 hot3 | \
way=so past q t=pm,night span=day nn
열쇠1+을 잃어버리2+~아서3 집4+에5 못6 들어가7 | be6,7 locked6,7 out6,7 of5? the house4 because3 PRO %lose2 my keys1 | \
way=so past t=pm,night nn
피곤1+하1+~아서2 저녁3+도 안4 먹5+고4 자6 | go6 to6 bed6 without4 having5 dinner3 because2 PRO %be1 tired1 | \
way=so past t=eve hon=주무시 nn
늦잠1+을 자1+~아서2 세수3+도 못4 하5+고4 나가6 | go6 out6 without4 washing3,5 my face3 because2 PRO %oversleep1 | \
way=so past t=am nn
방1+은 청소2+하2+~았3+지만4 설거지5+은 못6 하7 | clean2,3 my room1 but4 ^can6 n't6 wash5,7 the dishes5 | \
way=but past t=pm,eve span=day nn
일찍1 자리2+에2 눕2+~았3+지만4 잠5+을 못6 자5 | go2,3 to2 bed2 early1 but4 ^can6 n't6 sleep5 | \
way=but past t=night hon=주무시 span=day nn
열쇠1+을 한참2 찾3+~았4+지만5 못6 찾7 | look3,4 for3 my keys1 for2 a2 long2 time2 but5 ^can6 n't6 find7 them | \
way=but past nn
알람1+을 맞추2+~았3+지만4 늦잠5+을 자5 | set2,3 the alarm1 but4 ^oversleep5 | way=but past t=am hon=주무시 span=day nn
초인종1 소리1+을 듣2+~았3+지만4 문5+을 열6+지7 않7 | hear2,3 the doorbell1 but4 ^do7 n't7 open6 the door5 | \
way=but past t=am,pm span=day nn
밖1+에 나가2+는3 대신3+에3 집4+에서5 쉬6 | rest6 at5 home4 instead3 of3 going2 out1 | way=instead q t=pm,eve nn
텔레비전1+을 보2+는3 대신3+에3 {소설|잡지|만화책}+을 읽4 | read4 {소설|잡지|만화책/a} instead3 of3 watching2 TV1 | \
way=instead q t=eve,night nn
새1 의자2+을 사3+는4 대신4+에4 오래되5+(으)ㄴ 의자6+을 고치7 | fix7 an old5 chair6 instead4 of4 buying3 a new1 one2 | \
way=instead q t=pm nn
잠1+이 오1+(으)ㄹ2 때2+까지2 {소설|잡지|만화책}+을 읽3 | read3 {소설|잡지|만화책/a} until2 PRO %get1 sleepy1 | \
way=until q t=night span=day nn
비1+이 그치2+(으)ㄹ3 때3+까지3 집4+에5 있6 | stay6 at5 home4 until3 the rain1 stopped2 | way=until past hon=계시 nn
아기1+이 잠들2+(으)ㄹ3 때3+까지3 자장가4+을 부르5 | sing5 lullabies4 until3 the baby1 fell2 asleep2 | \
way=until past adult t=night nn
아버지1+께서 만들2+~아 주2+(으)시+(으)ㄴ3 책상4+에서5 숙제6+을 하6 | \
do6 my homework6 at5 the desk4 that3 my father1 made2 | way=relative young past t=eve span=day nn
깨끗1+하1+게1 빨2+(으)ㄴ2 이불3+을 덮4+고4 자5 | sleep5 under4 a freshly1 washed2 blanket3 | \
way=relative q t=night hon=주무시 nn
다리1+이 부러지2+(으)ㄴ3 의자4+을 고치5 | fix5 the chair4 with3? the broken2 leg1 | way=relative q t=pm nn
친구1+에게2 받3+(으)ㄴ3 엽서4+을 벽5+에6 붙이7 | put7 the postcard4 PRO got3 from2 a friend1 on6 the wall5 | \
way=relative past q t=pm nn
자1+(으)ㄹ2 때2 불3+을 끄4+지5 않5 | leave4,5 the light3 on4,5 when2 going1 to1 bed1 | way=when q t=night span=day nn
집1+을 나가2+(으)ㄹ3 때3 우산4+을 챙기5 | take5 an umbrella4 when3 leaving2 home1 | way=when q t=am span=day nn
청소1+을 하1+(으)ㄹ2 때2 창문3+을 모두4 열5 | open5 all4 the windows3 when2 cleaning1 | way=when q t=am,pm span=day nn
심심1+하1+~았2+(으)ㄹ3 때3 혼자4 기타5+을 치6 | play6 the guitar5 alone4 when3 PRO %be1,2 bored1 | way=when past nn
불1+을 켜2+(으)ㄴ3 채3+로3 잠4+이 들4 | fall4 asleep4 with3 the light1 on2 | way=state x t=night span=day nn
옷1+을 입2+(으)ㄴ3 채3+로3 소파4+에서5 자6 | sleep6 on5 the sofa4 with3 my clothes1 on2 | \
way=state x past t=night hon=주무시 nn
창문1+을 열2+(으)ㄴ3 채3+로3 외출4+하4 | go4 out4 with3 the window1 open2 | way=state x past t=am,pm nn
신발1+을 신2+(으)ㄴ3 채3+로3 방4+에5 들어가6 | walk6 into5,6 the room4 with3 my shoes1 on2 | way=state x past t=pm nn
일찍1 일어나2+(으)려고3 알람4+을 맞추5 | set5 the alarm4 to3 get2 up2 early1 | way=plan q t=night span=day nn
돈1+을 아끼2+(으)려고3 머리4+을 집5+에서6 자르7 | cut7 my hair4 at6 home5 to3 save2 money1 | way=plan q t=pm,eve nn
아기1+을 재우2+(으)려고3 자장가4+을 부르5 | sing5 a lullaby4 to3 put2 the baby1 to2 sleep2 | \
way=plan adult q t=night span=day nn
아무리1 졸리2+~아도1 이3+을 닦4 | brush4 my teeth3 no1 matter1 how1 sleepy2 PRO %be2 | way=though t=night span=day nn
아무리1 바쁘2+~아도1 부모님3+께 전화4+을 드리4 | call4 my parents3 no1 matter1 how1 busy2 PRO %be2 | \
way=though young t=eve span=day nn
평소1+보다2 한3 시간4 일찍5 일어나6 | get6 up6 an3 hour4 earlier5 than2 usual1 | way=comparison q t=am nn
아기1+이 잠들2+(으)ㄴ3 동안3 집4+을 조용히5 정리6+하6 | tidy6 up6 the house4 quietly5 while3 the baby1 was2 asleep2 | \
way=during past adult t=pm nn
어머니1+께서 요리2+하2+(으)시+는3 동안3 상4+을 차리5 | set5 the table4 while3 my mother1 was2? cooking2 | \
way=during young past t=eve nn
집1+에 가2?+는 길3+에4 꽃5+을 사6 | buy6 flowers5 on4 the way2,3 home1 | way=onway q t=pm,eve nn
청소1+을 하1+느라고2 점심3+을 못4 먹4 | miss4 lunch3 because2 PRO %be2? busy2? cleaning1 | \
way=busy past t=pm hon=드시 nn
창문1+을 열2+고 거실3+을 청소4+하4+고5 쓰레기6+을 밖7+에 내놓8 | \
open2 the window1 , ^clean4 the living3 room3 , and5 ^put8 the trash6 outside7 | way=seq q t=am,pm span=day nn
빨래1+을 세탁기2+에3 넣4+고 방5+을 청소6+하6+고7 커피8+을 마시9+(으)면서10 쉬11 | \
put4 the laundry1 in3 the washing2 machine2 , ^clean6 my room5 , and7 ^rest11 while10 drinking9 coffee8 | \
way=seq q t=am,pm nn
평소1+보다2 일찍3 일어나4+~아서 강아지5+과6 산책7+을 하8+고9 가족10+을 위하11+~아11 아침12+을 차리13 | \
get4 up4 earlier3 than2 usual1 , ^take8 a walk7 with6 the puppy5 , and9 ^make13 breakfast12 for11 my family10 | \
way=comparison q t=am nn
자1+기2 전2+에2 이3+을 닦4+고 알람5+을 맞추6+고7 불8+을 끄9 | \
brush4 my teeth3 , ^set6 the alarm5 , and7 ^turn9 off9 the light8 before2 going1 to1 bed1 | \
way=before q t=night span=day nn
여행1+을 가2+기3 전3+에3 집4+을 청소5+하5+고 화분6+에 물7+을 주7+고8 창문9+을 모두10 닫11 | \
clean5 the house4 , ^water7 the plants6 , and8 ^close11 all10 the windows9 before3 going2 on2? a trip1 | \
way=before q t=am,pm nn
저녁1+을 먹2+(으)ㄴ3 후3+에3 개4+을 산책5+시키5+고 집6+에 돌아오7+~아서8 샤워9+을 하10 | \
walk5 the dog4 after3 having2 dinner1 , ^come7 back7 home6 , and8 ^take10 a shower9 | way=after q t=eve span=day nn
아이1+들1+을 학교2+에3 보내4+(으)ㄴ5 다음5+에5 설거지6+을 하7+고8 청소기9+을 돌리10 | \
wash6,7 the dishes6 and8 ^vacuum9,10 the floor10? after5 sending4 the children1 to3 school2 | \
way=after adult q t=am span=day nn
라디오1+을 듣2+(으)면서3 옷장4+을 정리5+하5+고6 작7+~아지7+(으)ㄴ8 옷9+을 상자10+에11 넣12 | \
organize5 my closet4 and6 ^put12 the clothes9 PRO had8 outgrown7 in11 a box10 \
while3 listening2 to2 the radio1 | way=while past q t=pm nn
아기1+을 안2+고3 노래4+을 부르4+(으)면서5 방6 안7+을 천천히8 걷9 | \
walk9 slowly8 around7 the room6 with3? the baby1 in2 my arms2 while5 singing4 | way=while past adult t=eve,night nn
할머니1+을 뵈2+(으)러3 시골4+에5 가6+~아서 정원7+에 물8+을 주8+고9 저녁10+을 같이11 먹12 | \
go6 to5 the countryside4 to3 see2 my grandmother1 , ^water8 the garden7 , and9 ^have12 dinner10 with her11? | \
way=purpose young q t=am,pm nn
눈1+을 치우2+(으)러3 마당4+에5 나가6+~았7+지만8 너무9 춥10+~아서11 금방12 들어오13 | \
go6,7 out6 into5 the yard4 to3 shovel2 snow1 but8 ^come13 back13 in13 soon12 because11 it was10 too9 cold10 | \
way=but past t=am nn
집1+에 오2+자마자3 가방4+을 내려놓5+고 소파6+에7 눕8+~아서9 낮잠10+을 자11 | \
put5 my bag4 down5 , ^lie8 down8 on7 the sofa6 , and9 ^take11 a nap10 as3 soon3 as3 PRO %come2 home1 | \
way=soon q t=pm hon=주무시 span=day nn
눈1+을 뜨1+자마자2 커튼3+을 열4+고 침대5+을 정리6+하6+고7 세수8+을 하9 | \
open4 the curtains3 , ^make6 the bed5 , and7 ^wash8,9 my face8 as2 soon2 as2 PRO %wake1 up1 | \
way=soon q t=am span=day nn
옆집1+이 밤늦2+게2+까지3 시끄럽4+~아서5 잠6+을 못7 자6+고8 책9+을 읽10 | \
read10 a book9 because5 the house1 next1 door1 was4 noisy4 until3 late2 at2 night2 and8 PRO %can7 n't7 sleep6 | \
way=so past t=night span=day nn
손님1+이 갑자기2 오3+~아서4 서두르5+~아6 거실7+을 치우8+고9 차10+을 끓이11 | \
hurry5 to6 tidy8 up8 the living7 room7 and9 make11 tea10 because4 guests1 came3 unexpectedly2 | \
way=so past q t=pm,eve nn
열쇠1+을 집2+에3 두4+고 나오4+~아서5 어머니6+께서 오7+(으)시+(으)ㄹ8 때8+까지8 문9 앞10+에서10 기다리11 | \
leave4 my keys1 at3 home2 , so5 PRO ^wait11 in10 front10 of10? the door9 until8 my mother6 came7 | \
way=so young past t=pm,eve nn
방1+을 청소2+하2+(으)려고3 하3+~았4+지만5 옛날6 사진7+이 나오8+~아서9 저녁10+까지11 사진12+만13 보14 | \
try3,4 to3 clean2 my room1 but5 ^find8 some old6 photos7 and9 only13 ^look14 at14 them12 until11 evening10 | \
way=but past t=pm nn
알람1+을 세2 개1 맞추3+~았4+지만5 너무6 피곤7+하7+~아서8 하나9+도9 못9 듣10+고11 늦잠12+을 자12 | \
set3,4 three2 alarms1 but5 ^hear10 none9 of them and11 ^oversleep12 because8 PRO %be7 too6 tired7 | \
way=but past t=am hon=주무시 nn
새1 책상2+을 사3+는4 대신4+에4 오래되5+(으)ㄴ 책상6+을 깨끗이7 닦8+고9 하얗10+게10 칠하11 | \
clean8 the old5 desk6 thoroughly7 and9 ^paint11 it white10 instead4 of4 buying3 a new1 one2 | way=instead q t=pm nn
게임1+을 하2+는3 대신3+에3 부모님4+을 돕5+~아서 거실6+을 청소7+하7+고8 상9+을 차리10 | \
help5 my parents4 clean7 the living6 room6 and8 set10 the table9 instead3 of3 playing2 video1 games1 | \
way=instead young q t=pm,eve nn
비1+이 그치2+(으)ㄹ3 때3+까지3 거실4+에서5 고양이6+과7 놀8+(으)면서9 창밖10+을 내다보11 | \
look11 out10 the window10 while9 playing8 with7 the cat6 in5 the living4 room4 until3 the rain1 stopped2 | \
way=until past nn
아이1+이 잠들2+(으)ㄹ3 때3+까지3 동화책4+을 읽5+~아 주5+고6 조용히7 방8+에서9 나오10 | \
read5 storybooks4 until3 my child1 fell2 asleep2 , then6 quietly7 ^come10 out10 of9 the room8 | \
way=until past adult t=night nn
할머니1+께서 뜨2+~아 주2+(으)시+(으)ㄴ3 목도리4+을 하5+고6 마당7+에서8 눈사람9+을 만들10 | \
put5 on5 the scarf4 that3 my grandmother1 knitted2 and6 ^make10 a snowman9 in8 the yard7 | \
way=relative young past q t=am,pm nn
친구1+에게2 받3+(으)ㄴ3 꽃4+을 꽃병5+에6 꽂7+~아서8 식탁9 위10+에10 놓11 | \
put7 the flowers4 PRO got3 from2 a friend1 in6 a vase5 and8 ^place11 them on10 the dining9 table9 | \
way=relative past q t=pm,eve nn
화1+이 나1+~아서2 방3+에4 들어가5+~아서 문6+을 닫7+고8 음악9+을 크10+게10 듣11 | \
go5 into4,5 my room3 , ^close7 the door6 , and8 ^listen11 to11 loud10 music9 because2 PRO %be1 angry1 | \
way=so young past t=pm,eve nn
텔레비전1+을 켜2+(으)ㄴ3 채3+로3 소파4+에서5 자6+~아서7 아침8+에9 허리10+이 아프11 | \
sleep6 on5 the sofa4 with3 the TV1 on2 , so7 my back10 ^hurt11 in9 the morning8 | way=state past t=night span=day nn
부모님1+을 기쁘2+게2 하3+~아 드리3+(으)려고4 집5+을 청소6+하6+고7 식탁8 위9+에9 꽃10+을 놓11 | \
clean6 the house5 and7 ^put11 flowers10 on9 the dining8 table8 to4 make3 my parents1 happy2 | way=plan young q t=pm nn
이사1+을 가1+기2 전2+에2 책3+을 상자4+에5 넣6+고7 안8 입9+는 옷10+을 이웃11+에게 주12 | \
put6 the books3 in5 boxes4 before2 moving1 and7 ^give12 a neighbor11 some clothes10 PRO no8 longer8 %wear9 | \
way=before q t=pm nn
아무리1 피곤2+하2+~아도1 고양이3+에게 먹이4+을 주4+고5 자6+기7 전7+에7 일기8+을 쓰9 | \
feed4 the cat3 and5 ^write9 in9? my diary8 before7 going6 to6 bed6 no1 matter1 how1 tired2 PRO %be2 | \
way=though t=night span=day nn
세탁기1+이 돌아가2+는3 동안3 거실4+을 청소5+하5+고6 정원7+에8 있8?+는8? 꽃9+에 물10+을 주10 | \
clean5 the living4 room4 and6 ^water10 the flowers9 in8 the garden7 while3 the washing1 machine1 was2? running2 | \
way=during past q t=am,pm nn
집1+에 가2?+는 길3+에4 꽃5+을 사6+~아서 어머니7+께8 드리9+고10 같이11 저녁12+을 만들13 | \
buy6 flowers5 on4 the way2,3 home1 , ^give9 them to8 my mother7 , and10 ^make13 dinner12 with11 her11? | \
way=onway young q t=pm nn
이삿짐1+을 싸2+느라고3 저녁4+도 못5 먹6+고7 새벽8+까지9 잠10+을 못10 자10 | \
miss5,6 dinner4 and7 ^stay10 up10 until9 dawn8 because3 PRO %be3? busy3? packing2 for1? the move1 | \
way=busy past t=eve,night hon=주무시 nn
"""
