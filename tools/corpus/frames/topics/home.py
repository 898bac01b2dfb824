"""Household, family, feelings. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
일어나1 | get1 up1 | pt q t=am m=일찍,늦게 !tired
늦잠1+을 자2 | oversleep1,2 | pt x t=am hon=주무시 >oversleep <tired
자1 | sleep1 | @home d hon=주무시 x m=잘,많이 t=night <tired !awake !noise !nervous2
일찍3 자1 | go1 to bed1 early3 | pt hon=주무시 t=night q <tired <sick <sleepy
늦3+게3 자1 | go1 to bed1 late3 | pt x hon=주무시 t=night >tired
낮잠1+을 자2 | take2 a nap1 | hon=주무시 d q t=pm <tired <sleepy @home,living
샤워1+을 하2 | take2 a shower1 | @home pt q t=am,eve,night <hot m=빨리
세수1+을 하2 | wash1,2 my face1 | pt q t=am
이1+을 닦2 | brush2 my teeth1 | pt q t=am,night @bathroom m=깨끗이
머리1+을 감2 | wash2 my hair1 | pt q t=am,night @bathroom
면도1+을 하2 | shave1,2 | pt q t=am @bathroom g=m
화장1+을 하2 | put2 on2 makeup1 | q t=am g=f
머리1+을 묶2 | tie2 my hair1 | pt q t=am g=f
수염1+을 기르2 | grow2 a beard1 | nh g=m
{양복|넥타이}+을 사 | buy {양복|넥타이/n} | @department,store pt q g=m
{원피스|치마|목걸이}+을 사 | buy {원피스|치마|목걸이/n} | @department,store pt q g=f
{양복}+을 입1 | wear1 {양복/n} | nopr g=m
{원피스|치마}+을 입1 | wear1 {원피스|치마/n} | nopr g=f
군대1+에 가2 | join2 the army1 | pt q g=m
손1+을 씻2 | wash2 my hands1 | pt q @bathroom m=깨끗이
옷1+을 갈아입2 | change2 clothes1 | pt q
방1+을 청소2+하2 | clean2 my room1 | c d q w <dirty <guest !tired m=깨끗이,혼자
집1+을 청소2+하2 | clean2 the house1 | c d q w <guest <birthday !tired m=깨끗이,같이
설거지1+을 하2 | wash1,2 the dishes1 | @kitchen c q w !tired m=빨리,같이
빨래1+을 하2 | do2 the laundry1 | @home q w !rain m=혼자
창문1+을 열2 | open2 the window1 | pt q <hot !cold !rain
창문1+을 닫2 | close2 the window1 | pt q <cold <rain <wind <noise
문1+을 열2 | open2 the door1 | pt q m=조용히,천천히
문1+을 닫2 | close2 the door1 | pt q <cold <noise <noisy m=조용히
불1+을 켜2 | turn2 on2 the light1 | pt q <dark @room
불1+을 끄2 | turn2 off2 the light1 | pt q <sleepy
텔레비전1+을 보2 | watch2 TV1 | @home,living c d q w b <bored <rain !busy
텔레비전1+을 끄2 | turn2 off2 the TV1 | pt q <noisy <sleepy
라디오1+을 듣2 | listen2 to the radio1 | @home,kitchen d q b
음악1+을 듣2 | listen2 to music1 | @home,cafe,room c d q b <sad <bored m=혼자
노래1+을 부르2 | sing2 a song1 | @home,school c d q b <happy m=잘,같이
춤1+을 추2 | dance1,2 | @home,school c d q <happy m=잘
{show}+을 보 | watch {show/n} | @home,theater c q w <bored <rain
집1+에2 있3 | stay3 at2 home1 | nopr d hon=계시 <rain <snow <sick <cold <tired
집1+에서2 쉬3 | rest3 at2 home1 | d q <tired <sick <rain m=혼자
집1+에 가2 | go2 home1 | pt q <tired <sick c m=빨리,일찍,늦게 <latehour
집1+에 돌아오2 | come2 back2 home1 | pt q t=eve,night m=늦게,일찍
고양이1+에게 먹이2+을 주3 | feed2,3 the cat1 | pt q t=am,eve
개1+을 산책2+시키2 | walk2 the dog1 | @park d q t=am,eve !rain
{pet}+을 키우 | have {pet/n} | st nh
꽃1+에 물2+을 주3 | water2,3 the flowers1 | pt q @garden,yard t=am <hot
쓰레기1+을 버리2 | take2 out2 the trash1 | pt q
{furniture}+을 옮기 | move {furniture/the} | c q
벽1+에2 {시계|거울}+을 걸3 | hang3 {시계|거울/a} on2 the wall1 | pt q
아기1+이 자2+고 있2 | the baby1 / be sleeping2 | st x >noisy neg=-
아이1+을 돌보2 | take2 care2 of the child1 | @home d q c m=잘
가족1+과2 이야기3+을 하4 | talk3,4 with2 my family1 | @home,living d q b
부모님1+께2 전화3+을 드리4 | call3,4 my parents1,2 | pt q t=eve
친구1+에게2 전화3+을 하4 | call3,4 a friend1 | pt q t=eve,pm <bored <sad
할머니1+을 도와드리2 | help2 my grandmother1 | q s=I @kitchen,garden
생일1 파티2+을 하3 | have3 a birthday1 party2 | @home,restaurant c q t=eve <birthday
오늘1+이 {peer}+의3 생일2+!이4 | it / be4 {peer/my} 's3 birthday2 today1 | st x >birthday neg=-
케이크1+에 촛불2+을 켜3 | light3 the candles2 on the cake1 | pt q <birthday
손님1+이 오2 | guests1 // come2 | x pt >guest neg=-
방1+이 더럽2 | the room1 / be dirty2 | adj >dirty
방1+이 어둡2 | the room1 / be dark2 | adj >dark
집1+이 조용2+하2 | the house1 / be quiet2 | adj >quietplace neg=ji
밖1+이 시끄럽2 | it / be noisy2 outside1 | adj >noise
밖1+이 어둡2 | it / be dark2 outside1 | adj >dark
심심2+하1 | be bored1,2 | adj x >bored neg=ji
피곤2+하1 | be tired1,2 | adj x >tired neg=ji
졸리1 | be sleepy1 | adj x >sleepy neg=ji
행복2+하1 | be happy1,2 | adj x >happy neg=ji
기분1+이 좋2 | be in a good2 mood1 | adj x >happy
슬프1 | be sad1 | adj x >sad neg=ji
외롭1 | be lonely1 | adj x >sad neg=ji
새3 집4+으로5 이사1+을 하2 | move1,2 to5 a new3 house4 | pt q
가족1+에게2 편지3+을 쓰4 | write4 a letter3 to2 my family1 | @home,room q
크3+게3 웃1 | laugh1 loudly3 | x d <happy
울1 | cry1 | x d <sad m=많이
{kin}+을 안1 | hug1 {kin/my} | pt <happy <sad
{kin}+을 만나 | meet {kin/my} | @cafe,restaurant,station,park c pt q <free
{friend}+을 집1+으로2 초대3+하3 | invite3 {friend/my} to2 my house1 | pt q <birthday
설거지1+을 돕2 | help2 with the dishes1 | @kitchen pt q
피아노1+을 치2 | play2 the piano1 | @home,school d q w m=잘 <bored
기타1+을 치2 | play2 the guitar1 | @home,park d q w m=잘 <bored
바이올린1+을 배우2 | learn2 the violin1 | d
일기1+을 쓰2 | write2 in my diary1 | t=night q @room
게임1+을 하2 | play2 games1 | @home c d q <bored !exam !busy !broken
"""
