"""Learning and teaching. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
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
"""
