"""What can be said: predicate frames, one synchronous rule a line.

    Korean | English | options

Korean: eojeols of morphemes joined by `+`, the predicate last (its stem bare). English: the base form of the verb
first. A digit after a word is its link; where a line has none, its Korean content words and its English content
words are linked all with all. `{category/mode}` is a noun of that category, linked by itself; the Korean side
repeats it as `{category}`. Modes: a (a book, milk), the, my (the subject's own), g (books, milk: in general),
0 (as it is), n (with a number if it can be counted).

Options, separated by spaces:
    s=P|I|kid|animal|...    who or what can be the subject: P a person (the default), else a noun category;
                            a frame with a subject of its own has it before a stroke: `the sky1 / be clear2`
                            (two strokes if it is plural)
    st                      a state: no progressive, no request, no plan
    adj                     an adjective in Korean (a state as well)
    x                       not done on purpose: no request, no wish
    pt                      over in a moment: no progressive
    nopr                    no progressive for another reason
    nh                      not done habitually
    past                    said of the past only
    q                       an act that can be part of a sequence of acts
    b                       an act that can go on in the background (-면서)
    w                       an act that can be done while listening or talking
    c                       can be done together with somebody
    d                       can be done for hours
    t=am,eve                the times of day that fit
    @home,park              the places that fit
    m=잘,열심히             the manners that fit
    hon=드시                the honorific stem where it isn't regular
    g=m|f                   done by men only, by women only
    neg=ji|없|모르|-        how it is negated: -지 않, another stem, never (default 안 and 지 않)
    >tag                    a state of affairs that has consequences
    <tag                    what one does in consequence
    !tag                    what one doesn't do, or can't, in consequence
"""

TABLE = """\
== food
아침1+을 먹2 | have2 breakfast1 | t=am @home,cafe,hotel c q hon=드시 <hungry !oversleep m=일찍
점심1+을 먹2 | have2 lunch1 | t=noon @restaurant,cafe,office,school c q hon=드시 <hungry !busy
저녁1+을 먹2 | have2 dinner1 | t=eve @home,restaurant,hotel c q hon=드시 <hungry !tired
저녁1+을 준비2+하2 | prepare2 dinner1 | t=eve @kitchen,home c q w <guest
{dish}+을 먹 | eat {dish/a} | t=noon,eve @home,restaurant c q hon=드시 <hungry !full
{fruit}+을 먹 | eat {fruit/n} | @home,garden q hon=드시 <hungry !full
{snack}+을 먹 | eat {snack/n} | @cafe,home,park c q hon=드시 <hungry <bored !full
{dish}+을 만들 | make {dish/a} | @kitchen,home c q w <hungry <guest <rain
{dish}+을 주문1+하1 | order1 {dish/a} | @restaurant pt q <hungry m=먼저
{cookable}+을 요리1+하1 | cook1 {cookable/a} | @kitchen,home c q w <guest <hungry m=천천히
{drink}+을 마시 | drink {drink/n} | @cafe,home,office c q b <thirsty <tired
{커피|녹차|홍차}+을 마시 | drink {커피|녹차|홍차/n} | @cafe,home,office,park c q b <tired <cold <sleepy
{커피|케이크|샌드위치}+을 주문1+하1 | order1 {커피|케이크|샌드위치/n} | @cafe pt q <hungry
{fruit}+을 씻 | wash {fruit/thes} | @kitchen pt q m=깨끗이
{vegetable}+을 씻 | wash {vegetable/thes} | @kitchen q m=깨끗이
{vegetable}+을 자르 | cut {vegetable/thes} | @kitchen q m=천천히
{seasoning}+을 넣1 | put1 in1 {seasoning/0} | @kitchen pt q m=조금
{빵|과자|케이크}+을 굽1 | bake1 {빵|과자|케이크/a} | @kitchen,home,bakery c q w <guest
요리1+을 하2 | cook1,2 | @kitchen,home c q w <guest m=자주,잘 d
요리1+을 배우2 | learn2 to cook1 | c d
커피1+을 너무3 많이3 마시2 | drink2 too3 much3 coffee1 | x >awake
접시1+을 깨뜨리2 | break2 a plate1 | pt x @kitchen,restaurant
배1+이 고프2 | be hungry1,2 | adj x >hungry
목2+이 마르1 | be thirsty1,2 | st x neg=ji >thirsty
배1+이 부르2 | be full1,2 | adj x >full
달3+(으)ㄴ 음식1+을 좋아하2 | like2 sweet3 food1 | st
{dish}+을 좋아하1 | like1 {dish/g} | st
{fruit}+을 좋아하1 | like1 {fruit/g} | st
{drink}+을 싫어하1 | hate1 {drink/g} | st
{vegetable}+을 싫어하1 | hate1 {vegetable/g} | st s=kid
맛있1+는 음식2+을 많이3 먹4 | eat4 a lot3 of delicious1 food2 | @home,restaurant q c hon=드시 <hungry <birthday
맵1+(으)ㄴ 음식2+을 잘4 먹3 | eat3 spicy1 food2 well4 | st neg=못
식당1+을 예약2+하2 | book2 a restaurant1 | pt q <guest <birthday <paid
{dish}+을 먹+~아 보 | try {dish/a} | pt q @restaurant,market
음식1+이 맛있2 | the food1 / be delicious2 | st neg=ji @restaurant
맵 | be spicy | adj s=dish
짜 | be salty | adj s=dish
달 | be sweet | adj s=fruit
맛있 | be delicious | st s=dish neg=ji
뜨겁 | be hot | adj s=커피|녹차|홍차
맛있 | be delicious | st s=snack neg=ji
== school
숙제1+을 하2 | do2 my homework1 | @home,library,school c d q w <exam !tired !sick m=혼자,열심히,빨리 !noise
숙제1+을 끝내2 | finish2 my homework1 | pt q m=빨리,먼저
{subject}+을 공부1+하1 | study1 {subject/0} | @library,home,school c d q w <exam !sick !tired m=열심히 !noise
{language}+을 공부1+하1 | study1 {language/0} | @library,home,university c d q w <exam !tired m=열심히,혼자
{language}+을 배우1 | learn1 {language/0} | @school,university c q
{language}+을 가르치1 | teach1 {language/0} | @school,university d
시험2+을 준비1+하1 | prepare1 for an exam2 | @library,home c d q w <exam
시험1+을 보2 | take2 an exam1 | @school,university,classroom pt >exam q
시험1+에 합격2+하2 | pass2 the exam1 | pt x >happy
시험1+이 있2 | have2 an exam1 | st x neg=없 >exam
시험1+에서 떨어지2 | fail2 the exam1 | pt x >sad
도서관1+에 가2 | go2 to the library1 | pt c q <quietplace !tired
학교1+에 가2 | go2 to school1 | pt c q t=am !sick !snow m=일찍,늦게
학교1+에 걷3+~아서 가2 | go2 to school1 on3 foot3 | pt q t=am !rain !cold
학교1+에 늦2 | be late2 for school1 | pt x <oversleep <snow neg=ji <late
수업1+을 듣2 | take2 a class1 | @university,school c q !sick
수업1+에 늦2 | be late2 for class1 | pt x <oversleep <traffic neg=ji <late
수업1+이 재미있2 | the class1 / be interesting2 | st neg=ji
질문1+에 대답2+하2 | answer2 the question1 | pt q @classroom m=빨리,잘 !nervous2
선생님1+께 질문3+을 하4 | ask3,4 the teacher1 a question3 | pt q @classroom
선생님1+의 말3+을 듣4 | listen3,4 to the teacher1 | st @classroom m=조용히,잘
{reading}+을 읽 | read {reading/n} | @library,home,cafe,park d q w <bored <quietplace m=조용히,혼자 !noise
{reading}+을 빌리 | borrow {reading/n} | @library pt q <bored
{reading}+을 다1 읽2 | finish1 reading2 {reading/the} | pt q
{reading}+을 반납1+하1 | return1 {reading/the} | @library pt q
{stationery}+을 빌리 | borrow {stationery/n} | pt q @school
단어1+을 외우2 | memorize2 words1 | @library,home,school d q w <exam m=열심히
발표1+을 하2 | give2 a presentation1 | @classroom,university pt q >nervous
발표1+을 준비2+하2 | prepare2 a presentation1 | @library,home c d q <nervous
칠판1+에2 이름3+을 쓰4 | write4 my name3 on2 the board1 | pt q @classroom
졸업2+을 하1 | graduate1,2 | pt x t=am
대학교1+에 다니2 | go2 to university1 | st
학교1+에 다니2 | go2 to school1 | st
교실1+을 청소2+하2 | clean2 the classroom1 | c d q w s=P m=깨끗이,같이
반1 친구2+들+과3 이야기4+하4 | talk4 with3 classmates1,2 | @classroom,playground d b q
그림1+을 그리2 | draw2 pictures1 | @classroom,home,park d q w <bored m=잘
친구1+에게 공책3+을 빌려주4 | lend4 a friend1 my notebook3 | pt q
어렵 | be difficult | adj s=subject
재미있 | be fun | st s=subject neg=ji
시험1+이 쉽2 | the exam1 / be easy2 | adj
숙제1+이 많2 | have2 a lot2 of homework1 | adj x >busy
{subject}+을 좋아하1 | like1 {subject/0} | st
{subject}+을 잘2 하1 | be1 good1,2 at {subject/0} | st neg=못
{language}+을 잘2 하1 | speak1 {language/0} well2 | st neg=못
{문제}+을 풀 | solve {문제/n} | pt q @classroom,home m=혼자,빨리
사전1+에서2 단어3+을 찾4 | look4 up4 words3 in2 a dictionary1 | q @library,home
교복1+을 입2 | wear2 a school1 uniform1 | st
== work
회사1+에 가2 | go2 to work1 | pt q t=am !sick m=일찍,늦게
회사1+에 다니2 | work2 for a company1 | st
출근1+하1 | go1 to work1 | pt q t=am !sick !snow m=일찍
퇴근1+하1 | leave1 work1 | pt q t=eve m=일찍,늦게 !busy
일2+하1 | work1,2 | @office,home,cafe d q w !sick !tired m=열심히,혼자,늦게까지
일1+을 끝내2 | finish2 work1 | pt q t=eve m=빨리,일찍
일1+이 많2 | have2 a lot2 of work1 | adj x >busy
회의1+을 하2 | have2 a meeting1 | @meeting,office c d q t=am,pm
회의1+에 늦2 | be late2 for the meeting1 | pt x neg=ji <oversleep <traffic <late
회의1+을 준비2+하2 | prepare2 for the meeting1 | @office c d q w
회의1+이 길2 | the meeting1 / be long2 | adj past
보고서1+을 쓰2 | write2 a report1 | @office,home d q w m=빨리,혼자 !broken
보고서1+을 끝내2 | finish2 the report1 | pt q @office !tired !busy
보고서1+을 읽2 | read2 the report1 | @office q
이메일1+을 보내2 | send2 an e-mail1 | @office,home pt q m=빨리 !broken
이메일1+을 확인2+하2 | check2 my e-mail1 | @office,home q t=am m=먼저
이메일1+에 답장2+하2 | reply2 to the e-mail1 | pt q @office
전화1+을 하2 | make2 a phone1 call1 | @office,home pt q
전화1+을 받2 | answer2 the phone1 | pt q @office,home !busy !sleep
손님1+을 만나2 | meet2 a customer1 | @office,cafe,hotel pt q
계획1+을 세우2 | make2 a plan1 | @office,home c q
자료1+을 찾2 | look2 for data1 | @office,library d q w
서류1+을 복사2+하2 | copy2 the documents1 | @office pt q
서류1+에2 서명3+하3 | sign3 the document1,2 | pt q @office
컴퓨터1+을 켜2 | turn2 on2 the computer1 | @office,home pt q
컴퓨터1+을 끄2 | turn2 off2 the computer1 | @office,home pt q
컴퓨터1+을 고치2 | fix2 the computer1 | @office,home q <broken !broken2
컴퓨터1+이 고장2+나2 | the computer1 / break2 down2 | x pt >broken neg=- past
동료1+을 돕2 | help2 a colleague1 | @office q
동료1+들+과3 점심2+을 먹4 | have4 lunch2 with3 colleagues1 | @restaurant t=noon q hon=드시
사장님1+께2 보고서3+을 드리4 | give4 the report3 to2 the boss1 | pt q s=P
새1 일자리2+을 찾3 | look3 for a new1 job2 | d <nomoney
새1 일2+을 시작3+하3 | start3 a new1 job2 | pt >nervous
돈1+을 벌2 | earn2 money1 | d m=열심히 <nomoney
월급1+을 받2 | get2 paid1 | pt x >paid
출장1+을 가2 | go2 on a business1 trip1 | pt q
휴가1+을 받2 | get2 a vacation1 | pt x >free
바쁘1 | be busy1 | adj x >busy m=아주
긴장2+하1 | be nervous1,2 | st x >nervous2
일1+이 힘들2 | the work1 / be hard2 | adj
은행1+에서2 일3+하3 | work3 at2 a bank1 | nopr
컴퓨터1+을 쓰2 | use2 a computer1 | @office,home,library d q
시간1+이 있2 | have2 time1 | st x neg=없 >free
시간1+이 없2 | have2 no2 time1 | st x neg=- >busy
== home
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
== travel
{country}+의2 {capital}+에 가1 | go1 to {capital/0} in2 {country/0} | c pt q <free !busy !nomoney
{country}+의2 {capital}+에1 살3 | live3 in1 {capital/0} in2 {country/0} | st
{country}+에서2 {language}+을 배우1 | learn1 {language/0} in2 {country/0} | q d
{country}+에서2 {language}+을 공부1+하1 | study1 {language/0} in2 {country/0} | q d m=열심히
{country}+에서1 오2+(으)ㄴ 친구3+에게 {language}+을 배우4 | learn4 {language/0} from a friend3 from1,2 {country/0} | q d
{capital}+에서1 {local_food}+을 먹2 | eat2 {local_food/g} in1 {capital/0} | c q
{capital}+에서1 {language}+을 가르치2 | teach2 {language/0} in1 {capital/0} | q d
{country} 사람1+과 결혼3+하3 | marry3 somebody1 from {country/0} | pt x
여행1+을 가2 | go2 on a trip1 | pt c q <free !busy !nomoney
{country}+에 가1 | go1 to {country/0} | pt c q <free !busy !nomoney
{capital}+에 가1 | go1 to {capital/0} | pt c q <free !busy !nomoney
{country}+으로 여행1+을 가2 | travel1,2 to {country/0} | pt c <free !busy !nomoney
{capital}+을 구경1+하1 | look1 around1 {capital/0} | c q d
{country}+에서1 살2 | live2 in1 {country/0} | st
{capital}+에1 살2 | live2 in1 {capital/0} | st
{capital}+에2 도착1+하1 | arrive1 in2 {capital/0} | pt t=am,pm,night
서울1+에서 출발2+하2 | leave2 Seoul1 | pt t=am q
{country}+에서1 {local_food}+을 먹2+~아 보 | try2 {local_food/g} in1 {country/0} | pt q
부산1+까지2 기차3+을 타4 | take4 a train3 to2 Busan1 | pt q <traffic
비행기1+을 타2 | take2 a plane1 | pt q @airport !lost
기차1+을 타2 | take2 a train1 | pt q @station <far <traffic
버스1+을 타2 | take2 a bus1 | pt q @stop <far
지하철1+을 타2 | take2 the subway1 | pt q @subway <traffic <far <late
택시1+을 타2 | take2 a taxi1 | pt q <late <far <rain <oversleep <tired <latehour
버스1+에서2 내리3 | get3 off2 the bus1 | pt q
버스1+을 기다리2 | wait2 for the bus1 | @stop d q w
버스1+을 놓치2 | miss2 the bus1 | pt x <oversleep >late
기차1+을 놓치2 | miss2 the train1 | pt x <oversleep <traffic >late
자전거1+을 타2 | ride2 a bike1 | @park,river c d q !rain !cold <sunny m=잘,천천히
배1+을 타2 | take2 a boat1 | @lake,river c q !wind !rain
운전2+하1 | drive1,2 | d w m=천천히,조심해서 !tired !snow !icy
공항1+에 가2 | go2 to the airport1 | pt q c m=일찍
기차역1+에 가2 | go2 to the train1 station1 | pt q c m=일찍
바다1+에 가2 | go2 to the sea1 | pt c q <hot <free !rain !cold
호텔1+을 예약2+하2 | book2 a hotel1 | pt q
{ticket}+을 예약1+하1 | book1 {ticket/n} | pt q m=미리 <free
{ticket}+을 잃어버리1 | lose1 {ticket/my} | pt x @station
여권1+을 잃어버리2 | lose2 my passport1 | pt x @airport,hotel >lost
짐1+을 싸2 | pack2 my bags1 | q w @home,hotel
사진1+을 찍2 | take2 pictures1 | @park,beach,jeju,gyeongju,museum c q <sunny
길1+을 잃2 | get2 lost1,2 | pt x @seoul,mountain >late
길1+을 묻2 | ask2 for directions1 | pt q @street,station
길1+을 건너2 | cross2 the street1 | pt q m=조심해서,천천히
길1+이 막히2 | the traffic1 / be heavy2 | >traffic x nopr
박물관1+을 구경2+하2 | look2 around2 the museum1 | c d q <rain
지도1+을 보2 | look2 at the map1 | q
{capital}+에서1 친구2+을 만나3 | meet3 a friend2 in1 {capital/0} | pt q
호텔1+에서2 자3 | sleep3 at2 a hotel1 | hon=주무시 q t=night
여행1+을 계획2+하2 | plan2 a trip1 | c q w
제주도1+에 가2 | go2 to Jeju1 Island1 | pt c q <free !wind
서울1+을 구경2+하2 | look2 around2 Seoul1 | c d q
한국1+에서2 한국어3+을 배우4 | learn4 Korean3 in2 Korea1 | d q
경주1+에서2 오래되3+(으)ㄴ 절4+을 보5 | see5 an old3 temple4 in2 Gyeongju1 | pt q
외국1+에서2 살3 | live3 abroad1,2 | st
공항1+이 멀2 | the airport1 / be far2 | adj >far
역1+이 가깝2 | the station1 / be near2 | adj
버스1+이 늦2+게2 오3 | the bus1 / come3 late2 | x pt >late
기차1+이 늦2+게2 도착3+하3 | the train1 / arrive3 late2 | x pt >late
시간2+이 늦2 | it / be late2 | x st past neg=- >latehour
가방1+에2 {모자|안경|시계|우산|지갑|여권}+을 넣3 | put3 {모자|안경|시계|우산|지갑|여권/my} in2 my bag1 | pt q
== shopping
{clothes}+을 사 | buy {clothes/n} | @department,market,store c pt q <birthday !nomoney <paid
{accessory}+을 사 | buy {accessory/n} | @department,store c pt q !nomoney
{footwear}+을 사 | buy {footwear/n} | @department,store c pt q !nomoney <paid
{fruit}+을 사 | buy {fruit/n} | @market,supermarket,store c pt q
{vegetable}+을 사 | buy {vegetable/n} | @market,supermarket c pt q <guest
{snack}+을 사 | buy {snack/n} | @convenience,bakery,supermarket pt q <hungry
{drink}+을 사 | buy {drink/n} | @convenience,supermarket,store pt q <thirsty <guest
{reading}+을 사 | buy {reading/n} | @bookstore c pt q
{stationery}+을 사 | buy {stationery/n} | @bookstore,store pt q
{machine}+을 사 | buy {machine/n} | @department,store c pt q !nomoney <broken2 <paid
{furniture}+을 사 | buy {furniture/n} | @department,store c pt q !nomoney
{ticket}+을 사 | buy {ticket/n} | @station,theater pt q
{영화표}+을 사 | buy {영화표/n} | @theater pt q
{flower}+을 사 | buy {flower/n} | @market,store pt q <birthday
{toy}+을 사 | buy {toy/n} | @department,store pt q <birthday
{instrument}+을 사 | buy {instrument/n} | @store,department pt q !nomoney
쇼핑1+을 하2 | shop1,2 | @department,market c d q <free !nomoney
시장1+에 가2 | go2 to the market1 | pt c q !rain t=am,pm
백화점1+에 가2 | go2 to the department1 store1 | pt c q !nomoney <birthday
선물1+을 사2 | buy2 a gift1 | @department,store c q <birthday !nomoney <paid
{friend}+에게1 {buyable}+을 선물2+하2 | give2 {buyable/a} to1 {friend/my} as a gift2 | pt q
{kin}+에게1 선물2+을 주3 | give3 a gift2 to1 {kin/my} | pt q
{kin}+에게1 꽃2+을 주3 | give3 flowers2 to1 {kin/my} | pt q
{friend}+에게1 {reading}+을 빌려주2 | lend2 {reading/a} to1 {friend/my} | pt q
{friend}+에게1 {편지|엽서|이메일|메시지|사진}+을 보내2 | send2 {편지|엽서|이메일|메시지|사진/a} to1 {friend/my} | pt q
{kin}+에게서1 선물2+을 받3 | get3 a gift2 from1 {kin/my} | pt x
{clothes}+을 입 | wear {clothes/n} | nopr
{clothes}+을 입+~아 보 | try on {clothes/the} | @department,store pt q
{accessory}+을 찾1 | look1 for {accessory/my} | @room,living d q
{bag|personal}+을 잃어버리1 | lose1 {bag|personal/my} | pt x @subway,park,street
{bag|personal}+을 찾1 | find1 {bag|personal/my} | pt x @room,living,school,office
{bag}+을 사 | buy {bag/n} | @department,store,market c pt q !nomoney <paid
{clothes}+을 바꾸 | exchange {clothes/the} | @department,store pt q
{vehicle}+을 사 | buy {vehicle/n} | pt !nomoney
{vehicle}+을 팔 | sell {vehicle/my} | pt
{machine}+을 팔 | sell {machine/my} | pt
가격1+을 묻2+~아 보 | ask2 the price1 | pt q @market,store
돈1+을 내2 | pay1,2 | pt q m=먼저
카드1+으로2 계산3+하3 | pay3 by2 card1 | pt q
돈1+을 찾2 | withdraw2 money1 | @bank pt q
돈1+을 모으2 | save2 money1 | d m=열심히 <nomoney
돈1+을 빌리2 | borrow2 money1 | @bank pt <nomoney
돈1+이 없2 | have2 no2 money1 | st x neg=- >nomoney
돈1+이 많2 | have2 a lot2 of money1 | adj x
줄1+을 서2 | stand2 in line1 | d q @store,station,theater w
비싸 | be expensive | adj s=clothes|bag|footwear|machine|ticket|vehicle
싸 | be cheap | adj s=clothes|bag|footwear|fruit|vegetable
예쁘 | be pretty | adj s=clothes|flower|accessory
작 | be too small | adj s=clothes|footwear
무겁 | be heavy | adj s=가방|배낭|furniture|machine
가볍 | be light | adj s=bag|machine
크 | be big | adj s=clothes|furniture|bag|building
{clothes}+을 고르 | choose {clothes/n} | @department,store q
== health
감기1+에 걸리2 | catch2 a cold1 | pt x >sick
감기1+이 낫2 | get2 over2 my cold1 | pt x
머리1+이 아프2 | have2 a headache1 | adj x >sick <noise
배1+이 아프2 | have2 a stomachache1 | adj x >sick
이1+이 아프2 | have2 a toothache1 | adj x >tooth
목1+이 아프2 | have2 a sore2 throat1 | adj x >sick
다리1+을 다치2 | hurt2 my leg1 | pt x @playground,mountain >hurt
손1+을 다치2 | hurt2 my hand1 | pt x @kitchen,playground >hurt
열1+이 나2 | have2 a fever1 | st x >sick
기침1+을 하2 | cough1,2 | x d
약1+을 먹2 | take2 medicine1 | pt q hon=드시 <sick <tooth t=am,eve
약1+을 사2 | buy2 medicine1 | @pharmacy pt q <sick
병원1+에 가2 | go2 to the hospital1 | pt q <sick <hurt c t=am,pm
치과1+에 가2 | go2 to the dentist1 | pt q <tooth t=am,pm
약국1+에 가2 | go2 to the pharmacy1 | pt q <sick
의사1+을 만나2 | see2 a doctor1 | @hospital pt q <sick <hurt
주사1+을 맞2 | get2 a shot1 | @hospital pt q <sick
푹3 쉬1 | get1 plenty3 of rest1 | q <sick <tired @home
물1+을 많이2 마시3 | drink3 a lot2 of water1 | q <sick <hot <thirsty
운동1+을 하2 | exercise1,2 | @gym,park,home c d q w !tired !sick !hurt m=열심히 t=am,eve
공원1+을 걷2 | walk2 in the park1 | c d q w !rain !cold !hurt <sunny <free t=am,eve m=천천히
산책1+을 하2 | take2 a walk1 | @park,beach,river,lake c d q !rain !cold <sunny <free <full
달리기1+을 하2 | run1,2 | @park,playground,gym d q !hurt !rain t=am m=빨리
수영1+하1 | swim1 | @pool,beach,river c d q <hot !cold !sick m=잘
등산1+을 하2 | go2 hiking1 | pt c q <free <sunny !rain !snow !hurt
{sport}+을 하1 | play1 {sport/0} | @park,gym,playground,school c d q <free <sunny !hurt !rain m=잘
{sport}+을 좋아하1 | like1 {sport/0} | st
{sport}+을 잘2 하1 | be1 good1,2 at {sport/0} | st neg=못
요가1+을 하2 | do2 yoga1 | @gym,home c d q t=am,eve
담배1+을 끊2 | quit2 smoking1 | pt
잠1+을 잘3 자2 | sleep1,2 well3 | x hon=주무시 t=night neg=못
채소1+을 많이2 먹3 | eat3 a lot2 of vegetables1 | hon=드시 q <healthy
살1+이 찌2 | gain2 weight1 | pt x >healthy
살1+을 빼2 | lose2 weight1 | x
건강1+하1 | be healthy1 | adj x neg=ji
아프1 | be sick1 | adj x >sick
키1+이 크2 | be tall1,2 | adj x
눈1+이 나쁘2 | have2 poor2 eyesight1 | adj x >eyes
안경1+을 쓰2 | wear2 glasses1 | st <eyes
마스크1+을 쓰2 | wear2 a mask1 | nopr q <sick <cold
스트레스1+을 받2 | be stressed1,2 | st x <busy <exam >tired
넘어지1 | fall1 down1 | pt x @street,playground >hurt <snow <icy
다이어트1+을 하2 | go2 on a diet1 | pt <healthy
== nature
비1+이 오2 | it / rain1,2 | x >rain m=많이
눈1+이 오2 | it / snow1,2 | x >snow m=많이
날씨1+이 춥2 | the weather1 / be cold2 | adj >cold
날씨1+이 덥2 | the weather1 / be hot2 | adj >hot
날씨1+이 좋2 | the weather1 / be nice2 | adj >sunny
날씨1+이 따뜻2+하2 | the weather1 / be warm2 | adj >sunny neg=ji
날씨1+이 흐리2 | it / be cloudy1,2 | adj >cloudy neg=ji
춥1 | it / be cold1 | adj >cold
덥1 | it / be hot1 | adj >hot
바람1+이 불2 | it / be windy1,2 | x >wind m=많이
하늘1+이 맑2 | the sky1 / be clear2 | adj >sunny
하늘1+이 파랗2 | the sky1 / be blue2 | adj neg=ji
해1+이 뜨2 | the sun1 / rise2 | x pt t=am
해1+이 지2 | the sun1 / set2 | x pt t=eve >dark
꽃1+이 피2 | the flowers1 // bloom2 | x
장미1+이 피2 | the roses1 // bloom2 | x @garden,park
나뭇잎1+이 떨어지2 | the leaves1 // fall2 | x
별1+이 많2 | there // be a lot2 of stars1 | adj t=night >clearnight
달1+이 밝2 | the moon1 / be bright2 | adj t=night
길1+이 미끄럽2 | the road1 / be slippery2 | adj >icy
{flower}+을 심1 | plant1 {flower/n} | @garden,yard c q <sunny
나무1+을 심2 | plant2 a tree1 | @garden,mountain c pt q
꽃1 구경2+을 가3 | go3 to see2 the flowers1 | pt c q <sunny !rain
별1+을 보2 | look2 at the stars1 | t=night @country,mountain,beach c q d <clearnight
눈사람1+을 만들2 | make2 a snowman1 | @yard,park,playground c q <snow
우산1+을 쓰2 | use2 an umbrella1 | nopr <rain
우산1+을 가지3+고 가2 | take2,3 an umbrella1 | pt <rain q <cloudy
우산1+을 가져오2 | bring2 an umbrella1 | pt <rain <cloudy
코트1+을 입2 | put2 on2 a coat1 | pt <cold q
에어컨1+을 켜2 | turn2 on2 the air1 conditioner1 | pt q <hot
장갑1+을 끼2 | wear2 gloves1 | nopr <cold
따뜻1+하+(으)ㄴ 물2+을 마시3 | drink3 warm1 water2 | q <cold <sick
소풍1+을 가2 | go2 on a picnic1 | pt c q <sunny <free !rain
공원1+에 가2 | go2 to the park1 | pt c q <sunny <free !rain !cold
산1+에 가2 | go2 to the mountains1 | pt c q <sunny <free !rain
밖1+에 나가2 | go2 outside1,2 | pt q <sunny !rain !cold !snow !wind
밖1+에서 놀2 | play2 outside1 | s=kid d q <sunny !rain !cold
{wild}+을 보 | see {wild/n} | @zoo pt c
{small}+을 보 | see {small/n} | @garden,park,mountain pt
{pet}+을 무서워하1 | be1 afraid1 of {pet/g} | st s=P
동물1+을 좋아하2 | like2 animals1 | st
{pet}+을 좋아하1 | like1 {pet/g} | st
낚시1+을 하2 | fish1,2 | @river,lake,beach c d q <sunny !rain
새1+이 노래2+하2 | birds1 // sing2 | x @garden,mountain t=am
바다1+에서2 수영3+하3 | swim3 in2 the sea1 | c d q <hot !wind
강1+이 깊2 | the river1 / be deep2 | adj
산1+이 높2 | the mountain1 / be high2 | adj
숲1+이 조용2+하2 | the forest1 / be quiet2 | adj neg=ji
봄1+이 오2 | spring1 / come2 | x pt
겨울1+이 오2 | winter1 / come2 | x pt
정원1+에서2 일3+하3 | work3 in2 the garden1 | c d q w <sunny t=am,pm
단풍1+을 보2 | look2 at the autumn1 leaves1 | @mountain,park c q <sunny
"""
