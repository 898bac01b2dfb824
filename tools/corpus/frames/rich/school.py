"""Learning and teaching, several acts in a row; `rich/__init__.py` says what the columns mean."""

ROWS = """\
도서관1+에2 가3+~아서4 {책|소설|만화책|시집}+을 빌리5 | \
go3 to2 the library1 and4 ^borrow5 {책|소설|만화책|시집/n} | way=seq q c t=pm young nn
숙제1+을 끝내2+고3 운동장4+에서5 축구6+을 하7 | \
finish2 my homework1 and3 ^play7 soccer6 on5 the field4 | way=seq q c t=pm young nn
선생님1+께 질문2+을 하3+고4 답5+을 공책6+에7 적8 | \
ask3 the teacher1 a question2 and4 ^write8 down8 the answer5 in7 a notebook6 | way=seq q t=pm young nn
학교1 식당8+에서2 점심3+을 먹4+고5 도서관6+에7 가8 | \
have4 lunch3 in2 the school1 cafeteria8 and5 ^go8 to7 the library6 | way=seq q t=noon young nn span=day
새1 단어2+을 크3+(으)ㄴ3 소리3+으로3 읽4+고5 공책6+에7 쓰8 | \
read4 the new1 words2 out3 loud3 and5 ^write8 them in7 a notebook6 | way=seq q t=pm,eve young nn
버스1+에서2 내리3+~아서4 학교5+까지6 걸어가7 | \
get3 off2,3 the bus1 and4 ^walk7 to6 school5 | way=seq q t=am young nn span=day
그림1+을 그리2+~아서3 교실4 벽5+에6 붙이7 | \
draw2 a picture1 and3 ^put7 it up7 on6 the classroom4 wall5 | way=seq q t=pm young nn
과학1 시간2+에3 실험4+을 하5+고6 보고서7+을 쓰8 | \
do5 an experiment4 in3 science1 class2 and6 ^write8 a report7 | way=seq q t=pm young nn
칠판1+을 지우2+고3 교실4+을 청소5+하5 | \
erase2 the board1 and3 ^clean5 the classroom4 | way=seq q c t=pm young nn span=day
동아리1 친구2+들2+을 만나3+~아서4 연극5+을 연습6+하6 | \
meet3 my friends2 from1? the club1 and4 ^rehearse6 a play5 | way=seq q t=pm young nn
교과서1+을 펴2+고3 선생님4+의5 설명6+을 듣7 | \
open2 my textbook1 and3 ^listen7 to7 the teacher4 's5 explanation6 | way=seq q t=pm young nn span=day
도시락1+을 싸2+~아서3 학교4+에5 가져가6 | pack2 lunch1 and3 ^take6 it to5 school4 | way=seq q t=am young nn span=day
반1 친구2+들2+과3 노래4+을 연습5+하5+~아서6 축제7+에서8 부르9 | \
practice5 a song4 with3 my classmates1,2 and6 ^sing9 it at8 the school7? festival7 | way=seq q young t=pm nn
자1+기2 전3+에3 학교4+에5 가져가6+(으)ㄹ 물건7+을 챙기8 | \
get8 my things7 ready8 for5,6? school4 before2,3 going1 to1 bed1 | way=before q t=night young nn span=day
수업1 전2+에2 화장실3+에4 다녀오5 | go5 to4 the restroom3 before2 class1 | way=before q t=pm young nn span=day
시험1+을 보2+기3 전4+에4 공책5+을 다시6 읽7 | \
read7 my notes5 again6 before3,4 taking2 the test1 | way=before q t=pm young nn
집1+에 가2+기3 전4+에4 교실5 창문6+을 모두7 닫8 | \
close8 all7 the classroom5 windows6 before3,4 going2 home1 | way=before q t=pm young nn span=day
책1+을 반납2+하2+기3 전4+에4 마지막5 장6+을 다시7 읽8 | \
read8 the last5 chapter6 again7 before3,4 returning2 the book1 | way=before q t=pm,eve young nn
발표1+을 하2+기3 전4+에4 거울5 앞6+에서6 연습7+하7 | \
practice7 in6 front6 of6? a mirror5 before3,4 giving2 a presentation1 | way=before q t=pm young nn
질문1+을 하2+기3 전4+에4 교과서5+에서6 답7+을 찾아보8 | \
look8 for8 the answer7 in6 the textbook5 before3,4 asking2 a question1 | way=before q t=pm young nn
학교1+이 끝나2?+(으)ㄴ2 후2+에2 친구3+들3+과4 떡볶이5+을 먹6 | \
eat6 tteokbokki5 with4 my friends3 after2 school1 | way=after q t=pm young nn span=day
집1+에 돌아오2+(으)ㄴ3 후3+에3 그날4 배우5+(으)ㄴ 단어6+을 복습7+하7 | \
review7 the day4 's4? new5? words6 after3 coming2 home1 | way=after q t=pm,eve young nn span=day
시험1+을 보2+(으)ㄴ3 후3+에3 친구4+들4+과5 답6+을 맞추7+~아 보7 | \
compare7 answers6 with5 my friends4 after3 taking2 the test1 | way=after q t=pm young nn
점심1+을 먹2+(으)ㄴ3 후3+에3 운동장4+을 한5 바퀴6 걷7 | \
walk7 one5 lap6 around6? the playground4 after3 having2 lunch1 | way=after q t=noon young nn span=day
숙제1+을 다2 하3+(으)ㄴ4 후4+에4 강아지5+과6 놀7 | \
play7 with6 the puppy5 after4 doing3 all2 my homework1 | way=after q t=pm,eve young nn span=day
음악1+을 듣2+(으)면서3 수학4 숙제5+을 하6 | \
do6 my math4 homework5 while3 listening2 to2 music1 | way=while q t=pm,eve young nn span=day
사전1+을 찾2+(으)면서3 {language} 신문4+을 읽5 | \
read5 a newspaper4 in {language/0} while3 using2 a dictionary1 | way=while q t=pm,eve young nn
선생님1+의2 설명3+을 듣4+(으)면서5 중요6+하6+(으)ㄴ 것7+을 적8 | \
write8 down8 the important6 points7 while5 listening4 to4 the teacher1 's2 explanation3 | way=while q t=pm young nn
그림1+을 그리2+(으)면서3 노래4+을 부르5 | sing5 songs4 while3 drawing2 pictures1 | way=while q c t=pm,eve young nn
걷1+(으)면서2 {language} 단어3+을 외우4 | memorize4 {language/0} words3 while2 walking1 | way=while q t=pm young nn
점심1+을 먹2+(으)면서3 친구4+과5 방학6 계획7+을 세우8 | \
make8 vacation6 plans7 with5 a friend4 while3 having2 lunch1 | way=while q t=noon young nn
책1+을 반납2+하2+(으)러3 도서관4+에5 가6 | go6 to5 the library4 to3 return2 a book1 | way=purpose q c t=pm young nn
선생님1+을 뵈2+(으)러3 교무실4+에5 가6 | go6 to5 the staff4 room4 to3 see2 the teacher1 | way=purpose q c t=pm young nn
친구1+에게2 공책3+을 돌려주4+(으)러5 옆6 교실7+에8 가9 | \
go9 to8 the classroom7 next6 door6 to5 return4 a notebook3 to2 a friend1 | way=purpose q t=pm young nn span=day
지우개1+을 사2+(으)러3 문구점4+에5 가6 | \
go6 to5 the stationery4 store4 to3 buy2 an eraser1 | way=purpose q c t=pm young nn
농구1+을 하2+(으)러3 학교4 체육관5+에6 가7 | \
go7 to6 the school4 gym5 to3 play2 basketball1 | way=purpose q c t=pm young nn
종1+이 울리2+자마자3 운동장4+으로5 뛰어나가6 | \
run6 out6 to5 the playground4 as3 soon3 as3 the bell1 rang2 | way=soon past t=pm young nn span=day
학교1+에2 도착3+하3+자마자4 친구5+에게6 숙제7+을 보여주8 | \
show8 my homework7 to6 a friend5 as4 soon4 as4 PRO %get3 to2 school1 | way=soon q t=am young nn
여름1 방학2+이 시작3+되3+자마자4 할머니5 댁6+에7 가8 | \
go8 to7 my grandmother5 's5? house6 as4 soon4 as4 summer1 vacation2 started3 | way=soon past x t=noon young nn span=year
문제1+을 다2 풀3+자마자4 시험지5+을 내6 | \
hand6 in6 the test5 paper5 as4 soon4 as4 PRO %solve3 all2 the problems1 | way=soon q t=pm young nn
늦1+게1 일어나2+~아서3 학교4 버스5+을 놓치6 | \
miss6 the school4 bus5 because3 PRO %get2 up2 late1 | way=so x t=am young nn span=day
버스1+을 놓치2+~아서3 학교4+에5 늦6 | \
be6 late6 for5 school4 because3 PRO %miss2 the bus1 | way=so x t=am young nn span=day
시험1+을 잘2 보3+~아서4 선생님5+께8 칭찬6+을 받7 | \
be7 praised6 by8 the teacher5 because4 PRO %do3 well2 on3? the test1 | way=so x t=pm young nn
비1+이 오2+~아서3 운동장4 대신5+에5 체육관6+에서7 놀8 | \
play8 in7 the gym6 instead5 of5 on the playground4 because3 it was2? raining1,2 | way=so x past t=pm young nn span=day
감기1+에 걸리2+~아서3 체육4 수업5+을 쉬6 | \
miss6 PE4 class5 because3 PRO %have2 a cold1 | way=so x t=pm young nn span=day
숙제1+이 많2+~아서3 밤늦4+게4+까지5 자6+지6 않6 | \
stay6 up6 until5 late4 at4 night4 because3 PRO %have2 a2 lot2 of2? homework1 | way=so x t=noon young nn
문제1+이 너무2 어렵3+~아서4 친구5+에게 묻6+~아6+보6 | \
ask6 a friend5 because4 the problem1 was3 too2 difficult3 | way=so x past t=pm,eve young nn span=day
열심히1 공부2+하2+~았6+지만3 시험4+에 떨어지5 | study2,6 hard1 but3 ^fail5 the exam4 | way=but x past t=noon young nn
숙제1+을 다2 하3+~았8+지만4 집5+에6 두7+고7 오7 | \
do3,8 all2 my homework1 but4 ^leave7 it at6 home5 | way=but x past t=pm young nn span=day
수업1+에2 늦3+~았8+지만4 시험5+은 잘6 보7 | \
be3,8 late3 for2 class1 but4 ^do7 well6 on7? the test5 | way=but x past t=pm young nn span=day
버스1+을 타2+는3 대신3+에3 학교4+까지5 걸어가6 | \
walk6 to5 school4 instead3 of3 taking2 the bus1 | way=instead q t=am young nn span=day
게임1+을 하2+는3 대신3+에3 도서관4+에서5 책6+을 읽7 | \
read7 a book6 at5 the library4 instead3 of3 playing2 games1 | way=instead q t=pm young nn
텔레비전1+을 보2+는3 대신3+에3 {language} 단어4+을 외우5 | \
memorize5 {language/0} words4 instead3 of3 watching2 TV1 | way=instead q t=eve,night young nn
도서관1+이 문2+을 닫3+(으)ㄹ4 때4+까지4 시험5 공부6+을 하6 | \
study6 for6? the exam5 until4 the library1 closed2,3 | way=until x past t=pm young nn span=day
답1+을 찾2+(으)ㄹ3 때3+까지3 문제4+을 여러5 번6 읽7 | \
read7 the problem4 many5 times6 until3 PRO %find2 the answer1 | way=until q young nn
선생님1+께서 오2+(으)시+(으)ㄹ3 때3+까지3 조용히4 책5+을 읽6 | \
read6 a book5 quietly4 until3 the teacher1 came2 | way=until x past t=pm young nn span=day
모르1+는1 단어2+이 나오3+(으)ㄹ4 때4+마다4 사전5+을 찾6 | \
look6 in6 the dictionary5 whenever4 PRO %see3 an unknown1 word2 | way=when q young nn span=day
심심1+하1+(으)ㄹ2 때2+마다2 공책3+에4 그림5+을 그리6 | \
draw6 pictures5 in4 a notebook3 whenever2 PRO %be1 bored1 | way=when q young nn span=day
시간1+이 있2+(으)면3 도서관4+에서5 숙제6+을 하7 | \
do7 my homework6 at5 the library4 if3 PRO %have2 time1 | way=if q t=pm young nn
시험1+에 합격2+하2+(으)면3 친구4+들4+에게5 피자6+을 사7+~아 주7 | \
buy7 pizza6 for5 my friends4 if3 PRO %pass2 the exam1 | way=if q t=pm,eve young nn
책1+을 펴2+~아 놓2+(으)ㄴ3 채3+으로3 책상4+에서5 잠6+이 들7 | \
fall7 asleep6 at5 the desk4 with3 a book1 open2 | way=state x t=eve,night young nn span=day
시험1+에 합격2+하2+(으)려고3 도서관4+에서5 열심히6 공부7+하7 | \
study7 hard6 at5 the library4 to3 pass2 the exam1 | way=plan q t=pm young nn
{language}+을 배우1+(으)려고2 학원3+에4 등록5+하5 | \
enroll5 in4 a language3? school3 to2 learn1 {language/0} | way=plan q t=pm young nn
학교1+에2 늦3+지4 않4+(으)려고5 일찍6 일어나7 | \
get7 up7 early6 so5 as5 not4 to5 be3 late3 for2 school1 | way=plan q t=am young nn span=day
감기1+에 걸리2+~았7+지만3 학교4+에5 가6 | \
go6 to5 school4 even3 though3 PRO %have2,7 a cold1 | way=though past t=am young nn span=day
문제1+이 어렵2+~았7+지만3 혼자4 다5 풀6 | \
solve6 all5 the problems1 alone4 even3 though3 they were2,7 difficult2 | way=though x past t=pm,eve young nn span=day
평소1+보다2 한3 시간4 일찍5 학교6+에7 가8 | \
go8 to7 school6 an3 hour4 earlier5 than2 usual1 | way=comparison q t=am young nn span=day
평소1+보다2 빨리3 숙제4+을 끝내5+고6 기타7+을 치8 | \
finish5 my homework4 sooner3 than2 usual1 and6 ^play8 the guitar7 | way=comparison q t=pm,eve young nn span=day
책1+을 읽2+다가3 잠4+이 들5 | fall5 asleep4 while3 reading2 a book1 | way=turn x t=pm,eve,night young nn span=day
학교1+에2 가3+다가4 친구5+을 만나6 | meet6 a friend5 on4 the way3 to2 school1 | way=turn x t=am young nn span=day
친구1+에게서2 빌리3+(으)ㄴ4 만화책5+을 다6 읽7 | \
finish6 reading7 the comic5 book5 that4 PRO borrowed3 from2 a friend1 | way=relative q t=pm,eve young nn
도서관1+에서2 빌리3+(으)ㄴ4 소설5+을 친구6+에게7 추천8+하8 | \
recommend8 to7 a friend6 the novel5 that4 PRO borrowed3 from2 the library1 | way=relative q t=pm young nn
수업1+에서2 배우3+(으)ㄴ4 노래5+을 친구6+에게 가르치7+~아 주7 | \
teach7 a friend6 the song5 that4 PRO learned3 in2 class1 | way=relative q t=pm young nn
선생님1+께 숙제2+을 다3 하4+~았7+다고5 말씀드리6 | \
tell6 the teacher1 that5 PRO had7,4? done4 all3 my homework2 | way=say past t=pm young nn span=day
친구1+에게 시험2+이 어렵3+~았7+다고4 말5+하5 | \
tell5 a friend1 that4 the test2 was3,7 difficult3 | way=say x t=pm young nn span=day past
일찍1 학교2+에3 가4+~아서 교실5 창문6+을 열7+고8 책상9+을 닦10 | \
go4 to3 school2 early1 , ^open7 the classroom5 windows6 , and8 ^wipe10 the desks9 | way=seq q t=am young nn span=day
수업1+이 끝나2?+(으)ㄴ2 후2+에2 도서관3+에4 가5+~아서6 책7+을 두8 권7 빌리9 | \
go5 to4 the library3 after2 class1 and6 ^borrow9 two8 books7 | way=after q t=pm young nn
친구1+들1+과 카페2+에서3 만나4+~아서 자료5+을 찾6+고7 발표8+을 준비9+하9 | \
meet4 my friends1 at3 a cafe2 , ^look6 for6 information5 , and7 ^prepare9 a presentation8 | way=seq q t=pm young nn
성적1+이 좋2+~아서3 집4+에 가5+자마자6 부모님7+께8 성적표9+을 보이10+~아 드리10 | \
show10 the report9 card9 to8 my parents7 as6 soon6 as6 PRO %get5 home4 because3 the grades1 were2 good2 | \
way=so past t=pm young nn
과학1 시간2+에3 현미경4+으로5 나뭇잎6+을 관찰7+하7+고8 공책9+에10 그림11+을 그리12 | \
observe7 a leaf6 through5 a microscope4 in3 science1 class2 and8 ^draw12 a picture11 in10 a notebook9 | \
way=seq q t=pm young nn
친구1+이 오2+(으)ㄹ3 때3+까지3 교문4 앞5+에서5 기다리6+다가7 수업8+에9 늦10 | \
be10 late10 for9 class8 because7 PRO %wait6 in5 front5 of5? the school4 gate4 until3 a friend1 came2 | \
way=until x past t=am young nn span=day
학교1+에2 늦3+지4 않4+(으)려고5 아침6+을 빨리7 먹8+고9 정류장10+까지11 뛰어가12 | \
eat8 breakfast6 quickly7 and9 ^run12 to11 the bus10? stop10 so5 as5 not4 to5 be3 late3 for2 school1 | \
way=plan q t=am young nn span=day
수업1+이 끝나2+자마자3 매점4+에5 가6+~아서7 친구8+과9 이야기10+하10+(으)면서11 빵12+을 먹13 | \
go6 to5 the snack4 bar4 as3 soon3 as3 class1 was2 over2 and7 ^eat13 bread12 while11 talking10 with9 a friend8 | \
way=soon past t=pm young nn span=day
도서관1+에서2 빌리3+(으)ㄴ4 소설5+을 다6 읽7+고 독후감8+을 쓰9+~아서10 선생님11+께12 내13 | \
finish6 reading7 the novel5 that4 PRO borrowed3 from2 the library1 , ^write9 a book8 report8 , and10 ^hand13 it in13 \
to12 the teacher11 | way=relative q t=pm young nn
비1+이 오2+~아서3 소풍4+을 가5+는6 대신6+에6 교실7+에서8 영화9+을 보10 | \
watch10 a movie9 in8 the classroom7 instead6 of6 going5 on5? a picnic4 because3 it rained1,2 | \
way=instead past t=pm young nn
수업1+이 일찍2 끝나3+(으)면4 친구5+들5+과6 농구7+을 하8+고9 아이스크림10+을 먹11 | \
play8 basketball7 with6 my friends5 and9 ^eat11 ice10 cream10 if4 class1 ends3 early2 | way=if q t=pm young nn span=day
어렵1+(으)ㄴ 숙제2+이 있3+(으)ㄹ4 때4+마다4 친구5+에게 전화6+을 하6+~아서7 도움8+을 청9+하9 | \
call6 a friend5 and7 ^ask9 for9 help8 whenever4 PRO %have3 difficult1 homework2 | way=when q young nn span=day
교복1+을 입2+(으)ㄴ3 채3+으로3 소파4+에서5 텔레비전6+을 보7+다가8 잠9+이 들10 | \
fall10 asleep9 on5 the sofa4 still3 in2 my school1 uniform1 while8 watching7 TV6 | \
way=state x t=eve,night young nn span=day
시험1+이 어렵2+~았10+지만3 열심히4 공부5+하5+~아서6 좋7+(으)ㄴ 성적8+을 받9 | \
study5 hard4 and6 ^get9 good7 grades8 even3 though3 the exam1 was2,10 difficult2 | way=though x past t=noon young nn
시험1+을 보2+기3 전4+에4 연필5+을 깎6+고7 지우개8+을 책상9 위10+에10 놓11 | \
sharpen6 my pencil5 and7 ^put11 my eraser8 on10 the desk9 before3,4 taking2 the test1 | way=before q t=pm young nn
책1+을 빌리2+(으)러3 도서관4+에5 가6+~았12+다가 친구7+을 만나8+~아서9 오래10 이야기11+하11 | \
go6,12 to5 the library4 to3 borrow2 a book1 , ^run8 into8 a friend7 , and9 ^talk11 for10 a10 long10 time10 | \
way=purpose x past t=pm young nn
기숙사1+에2 돌아오3+~아서 룸메이트4+과5 라면6+을 끓이7+~아10 먹8+고9 밤늦11+게11+까지12 이야기13+하13 | \
come3 back3 to2 the dormitory1 , ^cook7 and10 ^eat8 ramen6 with5 my roommate4 , and9 ^talk13 until12 late11 at11 \
night11 | way=seq s=I q t=eve nn
집1+에 오2+자마자3 손4+을 씻5+고6 저녁7+을 먹8+기9 전10+에10 숙제11+을 끝내12 | \
wash5 my hands4 as3 soon3 as3 PRO %get2 home1 and6 ^finish12 my homework11 before9,10 having8 dinner7 | \
way=soon q t=pm young nn span=day
선생님1+께 배2+이 아프3+다고4 말씀드리5+고 보건실6+에7 가8+~아서9 약10+을 먹11 | \
tell5 the teacher1 that4 PRO %have3 a stomachache2,3 , ^go8 to7 the nurse6 's6? office6 , and9 ^take11 some medicine10 \
| way=say x t=pm young nn span=day
평소1+보다2 늦3+게3 일어나4+~아서5 아침6+도 못7 먹8+고7 학교9+까지10 뛰어가11 | \
run11 to10 school9 without7 having8 breakfast6 because5 PRO %get4 up4 later3 than2 usual1 | \
way=comparison x t=am young nn span=day
미술1 시간2+에3 친구4+의5 얼굴6+을 그리7+고8 그림9+을 벽10+에11 걸12 | \
draw7 a friend4 's5 face6 in3 art1 class2 and8 ^hang12 the picture9 on11 the wall10 | way=seq q t=pm young nn
저녁1+을 먹2+(으)ㄴ3 후3+에3 라디오4+을 듣5+(으)면서6 {language} 발음7+을 연습8+하8 | \
practice8 {language/0} pronunciation7 while6 listening5 to5 the radio4 after3 having2 dinner1 | \
way=after q t=eve young nn span=day
경기1+에서 이기2+(으)려고3 해4+이 지4+(으)ㄹ5 때5+까지5 운동장6+에서7 축구8+을 연습9+하9 | \
practice9 soccer8 on7 the field6 until5 sunset4 to3 win2 the game1 | way=plan q t=pm young nn
버스1+에서2 책3+을 읽4+다가5 내리7?+(으)ㄹ 정류장7+을 지나치8+~아서9 학교10+에11 늦12 | \
be12 late12 for11 school10 because9 PRO %miss8 my stop7 while5 reading4 a book3 on2 the bus1 | \
way=turn x t=am young nn span=day
친구1+에게서2 빌리3+(으)ㄴ4 공책5+을 보6+(으)면서7 시험8+에 나오8?+(으)ㄹ 만하8?+(으)ㄴ 문제10+을 풀11+~아 보12 | \
try12 solving11 likely8? exam8 problems10 while7 looking6 at6 the notes5 that4 PRO borrowed3 from2 a friend1 | \
way=while q t=pm,eve young nn
감기1+에 걸리2+~았12+지만3 마스크4+을 쓰5+고 학교6+에7 가8+~아서9 발표10+을 하11 | \
put5 on5 a mask4 , ^go8 to7 school6 , and9 ^give11 a presentation10 even3 though3 PRO %have2,12 a cold1 | \
way=though past t=am young nn span=day
교실1+이 너무2 시끄럽3+~아서4 복도5+에6 나가7+~아서8 단어10+을 외우11 | \
go7 out7 into6 the hallway5 and8 ^memorize11 words10 because4 the classroom1 was3 too2 noisy3 | \
way=so x past t=pm young nn span=day
친구1+들1+이 모두2 집3+에 가4+(으)ㄹ5 때5+까지5 교실6+에7 남8+~아서9 그림10+을 완성11+하11 | \
stay8 in7 the classroom6 until5 all2 my friends1 went4 home3 , and9 ^finish11 the picture10 | \
way=until x past t=pm young nn span=day
게임1+을 하2+는3 대신3+에3 동네4 도서관5+에6 가7+~아서8 역사책9+을 읽10 | \
go7 to6 the local4 library5 and8 ^read10 history9 books9 instead3 of3 playing2 games1 | way=instead q t=pm young nn
수학1 시험2+을 보4?+(으)ㄹ4 때4 시간5+이 모자라6+~아서7 마지막8 문제9+을 풀10+지11 못하11 | \
leave11 the last8 problem9 unsolved10,11 because7 PRO %run6 out6 of6 time5 during4 the math1 test2 | \
way=when x past t=pm young nn
{country}+에1 살2+는3 친구4+에게5 {language}+으로6 편지7+을 쓰8+~아서9 사진10+과11 같이11 보내12 | \
write8 a letter7 in6 {language/0} to5 a friend4 who3 lives2 in1 {country/0} and9 ^send12 it with11 a photo10 | \
way=relative q t=pm,eve young nn
시험1+이 끝나2?+(으)ㄴ2 후2+에2 친구3+들3+과4 노래방5+에6 가7+~아서8 노래9+을 부르10 | \
go7 to6 a karaoke5 room5 with4 my friends3 after2 the exam1 and8 ^sing10 songs9 | way=after q t=pm young nn
공책1+을 집2+에3 두4+고4 오4+~아서5 친구6+에게7 종이8+을 빌리9+~아서10 쓰11 | \
borrow9 paper8 from7 a friend6 and10 ^write11 on it because5 PRO %leave4 my notebook1 at3 home2 | \
way=so x t=pm young nn span=day
"""
