"""Jobs and offices. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
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
"""
