"""Learning and teaching. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
숙제1+을 하2 | do2 my homework1 | @home,library,school t=pm,eve c d q w m=혼자
숙제1+을 끝내2 | finish2 my homework1 | t=pm,eve pt q m=빨리,먼저
{subject}+을 공부1+하1 | study1 {subject/0} | @library,home,school c d q w m=열심히
{language}+을 공부1+하1 | study1 {language/0} | @library,home,cafe c d q w m=열심히,혼자
{language}+을 배우1 | learn1 {language/0} | @school c q
{subject} 수업1+을 듣2 | go2 to2 {subject/0} class1 | t=pm c q nopr
시험2+을 준비1+하1 | prepare1 for1 an exam2 | @library,home c d q w
시험1+을 보2 | take2 an exam1 | @school,classroom t=pm pt q
시험1+에 합격2+하2 | pass2 the exam1 | t=noon pt x
시험1+이 있2 | have2 an exam1 | st x neg=없
시험1+에 떨어지2 | fail2 the exam1 | t=noon pt x
도서관1+에3 가2 | go2 to3 the library1 | t=pm,eve pt c q
학교1+에3 가2 | go2 to3 school1 | pt c q t=am m=일찍
학교1+에3 걷2+~아서2 가2 | walk2 to3 school1 | pt q t=am
학교1+에3 늦2 | be late2 for3 school1 | t=am pt x neg=ji
수업1+을 듣2 | attend2 class1 | t=pm c q nopr
수업1+에3 늦2 | be late2 for3 class1 | t=pm pt x neg=ji
수업1+이 재미있2 | the class1 / be interesting2 | st neg=ji
수업1+이 일찍3 끝나2 | the class1 / end2 early3 | t=pm pt x past neg=-
질문1+에 대답2+을 하2 | answer2 the question1 | t=pm pt q
선생님1+께 질문3+을 하4 | ask4 the teacher1 a question3 | t=pm pt q @classroom
선생님1 말씀1?+을 잘2 듣4 | listen4 carefully2 to4 the teacher1 | st
{reading}+을 읽 | read {reading/n} | @library,home,cafe,park d q w m=조용히,혼자
{reading}+을 빌리 | borrow {reading/n} | @library t=pm pt q
{책|소설|시집|만화책}+을 다1 읽2 | finish1 reading2 {책|소설|시집|만화책/the} | pt q
{책|소설|잡지}+을 반납1+하1 | return1 {책|소설|잡지/the} | t=pm pt q
도서관1+에4 자리2+이 없3 | there3? // be3 no3 seats2 at4 the library1 | st neg=- past
{연필|볼펜|지우개|공책}+을 빌리 | borrow {연필|볼펜|지우개|공책/a} | t=pm pt q @school
단어1+을 외우2 | memorize2 the words1 | @library,home,school c d q w
발표1+을 하2 | give2 a presentation1 | @classroom t=pm pt q
발표1+을 준비2+하2 | prepare2 a presentation1 | @library,home c d q
칠판1+에2 이름3+을 쓰4 | write4 my name3 on2 the board1 | t=pm pt q
졸업1+을 하1 | graduate1 | t=noon pt
대학교1+에3 다니2 | go2 to3 university1 | st s=I
학교1+에3 다니2 | go2 to3 school1 | st
교실1+을 청소2+하2 | clean2 the classroom1 | c d q w s=P t=pm m=깨끗이,같이
반1 친구2+들1+과3 이야기4+을 하4 | talk4 with3 my classmates1,2 | @classroom,playground t=pm d b q
그림1+을 그리2 | draw2 pictures1 | @classroom,home,park d q w
친구1+에게 공책3+을 빌려주4 | lend4 a friend1 my notebook3 | t=pm pt q
어렵 | be difficult | adj s=subject
재미있 | be fun | st s=subject neg=ji
시험1+이 쉽2 | the exam1 / be easy2 | adj
시험1+이 어렵2 | the exam1 / be difficult2 | adj
숙제1+이 많2 | have2 a2 lot2 of2? homework1 | adj x
{subject}+을 좋아하1 | like1 {subject/0} | st
{subject}+을 잘하1 | be1 good1 at1 {subject/0} | st neg=못하
{language}+을 잘하1 | speak1 {language/0} well1 | st neg=-
{문제}+을 풀 | solve {문제/n} | pt q @classroom,home m=혼자,빨리
사전1+에서2 단어3+을 찾4 | look4 up4 words3 in2 a dictionary1 | q @library,home
교복1+을 입2 | wear2 a school1 uniform1 | st
교과서1+을 펴2 | open2 my textbook1 | t=pm pt q
책가방1+을 싸2 | pack2 my school1? bag1 | t=night,am pt q
도시락1+을 싸2 | pack2 lunch1 | t=am pt q
학교1 식당2+에서3 점심4+을 먹5 | have5 lunch4 in3 the school1 cafeteria2 | t=noon c q hon=드시
동아리1+에 가입2+하2 | join2 a club1 | t=pm pt q
친구1+에게2 수학3 문제4+을 설명5+하5 | explain5 a math3 problem4 to2 a friend1 | @library,school q
공책1+에2 메모3+을 하4 | take4 notes3 in2 a notebook1 | q t=pm
성적1+이 좋2 | have2? good2 grades1 | st neg=ji young
성적표1+을 받2 | get2 my report1 card1 | t=noon pt x
실험1+을 하2 | do2 an experiment1 | @school t=pm c q
"""
