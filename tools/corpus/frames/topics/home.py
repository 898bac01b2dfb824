"""Household, family, feelings. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
일찍3 일어나1 | get1 up1 early3 | pt q t=am
늦3+게3 일어나1 | get1 up1 late3 | pt x t=am
늦잠1+을 자2 | oversleep1,2 | pt x t=am hon=주무시
자1 | sleep1 | @home d hon=주무시 x m=잘,많이 t=night
일찍3 자1 | go1 to1 bed1 early3 | pt hon=주무시 t=night q
늦3+게3 자1 | go1 to1 bed1 late3 | pt x hon=주무시 t=night
낮잠1+을 자2 | take2 a nap1 | hon=주무시 d q t=pm @home,living
샤워1+을 하2 | take2 a shower1 | pt q t=am,eve,night
세수1+을 하2 | wash1,2 my face1 | pt q t=am,night
이1+을 닦2 | brush2 my teeth1 | pt q t=am,night @bathroom m=깨끗이
머리1+을 감2 | wash2 my hair1 | pt q t=am,night @bathroom
머리1+을 말리2 | dry2 my hair1 | pt q t=am,night
면도1+을 하2 | shave1,2 | pt q t=am @bathroom g=m
화장1+을 하2 | put2 on2 makeup1 | q t=am g=f
머리1+을 묶2 | tie2 my hair1 back2 | pt q t=am g=f
수염1+을 기르2 | grow2 a beard1 | nh g=m
{양복|넥타이}+을 사 | buy {양복|넥타이/n} | @department,store pt q g=m
{원피스|치마|목걸이}+을 사 | buy {원피스|치마|목걸이/n} | @department,store pt q g=f
{양복}+을 입1 | wear1 {양복/a} | nopr g=m
{원피스|치마}+을 입1 | wear1 {원피스|치마/a} | nopr g=f
손1+을 씻2 | wash2 my hands1 | pt q @bathroom m=깨끗이
옷1+을 갈아입2 | change2 clothes1 | pt q
이불1+을 개2 | fold2 the blankets1 | pt q t=am
방1+을 청소2+하2 | clean2 my room1 | d q w m=깨끗이
집1+을 청소2+하2 | clean2 the house1 | c d q w m=깨끗이,같이
바닥1+을 닦2 | mop2 the floor1 | q w t=am,pm m=깨끗이
책상1+을 정리2+하2 | tidy2 up2 my desk1 | q w
옷장1+을 정리2+하2 | organize2 my closet1 | q w t=am,pm
설거지1+을 하2 | wash1,2 the dishes1 | c q w m=같이
빨래1+을 하2 | do2 the laundry1 | @home q w
빨래1+을 개2 | fold2 the laundry1 | q w t=pm,eve
창문1+을 열2 | open2 the window1 | pt q
창문1+을 닫2 | close2 the window1 | pt q
커튼1+을 열2 | open2 the curtains1 | pt q t=am
문1+을 열2 | open2 the door1 | pt q m=조용히,천천히
문1+을 닫2 | close2 the door1 | pt q m=조용히
불1+을 켜2 | turn2 on2 the light1 | pt q @room
불1+을 끄2 | turn2 off2 the light1 | pt q
알람1+을 맞추2 | set2 the alarm1 | pt q t=night
텔레비전1+을 보2 | watch2 TV1 | @home,living c d q w b
텔레비전1+을 끄2 | turn2 off2 the TV1 | pt q
라디오1+을 듣2 | listen2 to the radio1 | @home,kitchen d q b
음악1+을 듣2 | listen2 to music1 | @home,cafe,room c d q b
노래1+을 부르2 | sing2 a song1 | @home,school c q b m=같이
춤1+을 추2 | dance1,2 | @home,school c d q
{show}+을 보 | watch {show/n} | c q w
{영화|연극|공연}+을 보1 | see1 {영화|연극|공연/a} | @theater c q nopr t=pm,eve
집1+에2 있3 | stay3 at2 home1 | nopr d hon=계시
집1+에서2 쉬3 | rest3 at2 home1 | d q
집1+에 가2 | go2 home1 | pt q c m=일찍,늦게
집1+에 돌아오2 | come2 back2 home1 | pt q t=eve,night m=늦게,일찍
고양이1+에게 먹이2+을 주3 | feed2,3 the cat1 | pt q t=am,eve
개1+을 산책2+시키2 | walk2 the dog1 | @park d q t=am,eve
강아지1+을 목욕2+시키2 | give2 the puppy1 a bath2 | q c t=pm
{pet}+을 키우 | have {pet/n} | st nh
꽃1+에 물2+을 주3 | water2,3 the flowers1 | pt q @garden,yard t=am
화분1+에 물2+을 주3 | water2,3 the plants1 | pt q @living t=am
쓰레기1+을 버리2 | take2 out2 the trash1 | pt q
{의자|책상|침대|소파|식탁|책장|옷장}+을 옮기1 | move1 {의자|책상|침대|소파|식탁|책장|옷장/the} | c q
벽1+에2 시계3+을 걸4 | hang4 a clock3 on2 the wall1 | pt q
벽1+에2 거울3+을 걸4 | hang4 a mirror3 on2 the wall1 | pt q
벽1+에2 그림3+을 걸4 | hang4 a picture3 on2 the wall1 | pt q
전구1+을 갈2 | change2 the light1 bulb1 | pt q
택배1+을 받2 | get2 a package1 | pt x
열쇠1+을 잃어버리2 | lose2 my keys1 | pt x
이웃1+에게2 인사3+을 하4 | say4 hello3 to2 a neighbor1 | pt q t=am,pm
아기1+이 자2+고2 있2 | the baby1 / be2 sleeping2 | st x neg=-
아이1+을 돌보2 | take2 care2 of2 the child1 | @home d q c
가족1+과2 이야기3+을 하4 | talk3,4 with2 my family1 | @home,living d q b
부모님1+께2 전화3+을 드리4 | call3,4 my parents1 | pt q s=I t=eve
친구1+에게2 전화3+을 하4 | call3,4 a friend1 | pt q t=eve,pm
할머니1+을 도와드리2 | help2 my grandmother1 | q s=I @kitchen,garden
생일1 파티2+을 하3 | have3 a birthday1 party2 | @home,restaurant c q t=pm,eve
오늘1+이 {peer}+의3 생일2+!이4 | it / be4 {peer/my} 's3 birthday2 today1 | st x neg=-
케이크1+에 촛불2+을 켜3 | light3 the candles2 on the cake1 | pt q
손님1+이 오2 | guests1 // come2 | x pt neg=-
방1+이 더럽2 | the room1 / be dirty2 | adj
방1+이 어둡2 | the room1 / be dark2 | adj
집1+이 조용2+하2 | the house1 / be quiet2 | adj neg=ji
밖1+이 시끄럽2 | it / be noisy2 outside1 | adj
밖1+이 어둡2 | it / be dark2 outside1 | adj
심심2+하1 | be bored1,2 | adj x neg=ji s=I
피곤2+하1 | be tired1,2 | adj x neg=ji
졸리1 | be sleepy1 | adj x neg=ji
행복2+하1 | be happy1,2 | adj x neg=ji
기분1+이 좋2 | be in a good2 mood1 | adj x
슬프1 | be sad1 | adj x neg=ji s=I
외롭1 | be lonely1 | adj x neg=ji s=I
새3+집4+으로5 이사1+을 하2 | move1,2 to5 a new3 house4 | pt q
가족1+에게2 편지3+을 쓰4 | write4 a letter3 to2 my family1 | @home,room q
크3+게3 웃1 | laugh1 out3 loud3 | x
울1 | cry1 | x d
{kin}+을 안1+~아 주1 | hug1 {kin/my} | pt past s=I
{kin}+을 만나 | meet {kin/my} | @cafe,restaurant,station,park pt q s=I
친구1+들1+을 집2+으로3 초대4+하4 | invite4 friends1 to3 my house2 | pt q
설거지1+을 돕2 | help2 with the dishes1 | pt q
피아노1+을 치2 | play2 the piano1 | @home,school d q w
기타1+을 치2 | play2 the guitar1 | @home,park d q w
바이올린1+을 배우2 | take2 violin1 lessons2 | q
일기1+을 쓰2 | write2 in my diary1 | t=night q @room
게임1+을 하2 | play2 video1 games1 | @home c d q
"""
