"""Jobs and offices. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
회사1+에3 가2 | go2 to3 work1 | pt q t=am m=일찍
회사1+에3 다니2 | work2 for3 a company1 | st
출근1+하1 | go1 to1 work1 | pt q t=am m=일찍
퇴근1+하1 | leave1 work1 | pt q t=eve m=일찍,늦게
일1+을 하1 | work1 | @office,home,cafe d q w m=열심히
일1+을 끝내2 | finish2 work1 | pt q t=eve m=빨리,일찍
일1+이 많2 | have2 a2 lot2 of2? work1 | adj x
회의1+을 하2 | have2 a meeting1 | @meeting,office c d q t=pm
회의1+에3 늦2 | be late2 for3 the meeting1 | t=pm pt x neg=ji
회의1+을 준비2+하2 | prepare2 for2 the meeting1 | @office t=pm c d q w
회의1+이 길2 | the meeting1 / be long2 | adj past
보고서1+을 쓰2 | write2 a report1 | @office,home d q w
보고서1+을 끝내2 | finish2 the report1 | pt q @office
보고서1+을 읽2 | read2 the report1 | @office q
이메일1+을 보내2 | send2 an e-mail1 | @office,home pt q
이메일1+을 확인2+하2 | check2 my e-mail1 | @office,home q t=am m=먼저
이메일1+에3 답장2+을 하2 | reply2 to3 the e-mail1 | pt q @office
전화1+을 하2 | make2 a phone1 call1 | @office,home pt q
전화1+을 받2 | answer2 the phone1 | pt q @office,home
손님1+을 만나2 | meet2 a customer1 | @office,cafe t=pm pt q
계획1+을 세우2 | make2 a plan1 | @office,home c q
자료1+을 찾2 | look2 up2 information1 | @office,library q w
서류1+을 복사2+하2 | copy2 the documents1 | @office pt q
서류1+에 서명3+을 하3 | sign3 the document1 | pt q @office
컴퓨터1+을 켜2 | turn2 on2 the computer1 | @office,home pt q
컴퓨터1+을 끄2 | turn2 off2 the computer1 | @office,home pt q
컴퓨터1+을 고치2 | fix2 the computer1 | @office,home q
컴퓨터1+이 고장2 나2 | the computer1 / break2 down2 | x pt neg=- past
동료1+을 돕2 | help2 a colleague1 | @office q
동료1+들1+과3 점심2+을 먹4 | have4 lunch2 with3 my colleagues1 | @restaurant t=noon q hon=드시
사장님1+께2 보고서3+을 드리4 | give4 the report3 to2 the boss1 | t=pm pt q s=P
새1 일자리2+을 찾3 | look3 for3 a new1 job2
새1 일2+을 시작3+하3 | start3 a new1 job2 | pt
돈1+을 벌2 | earn2 money1
월급1+을 받2 | get2 paid1 | t=noon pt x
출장1+을 가2 | go2 on2? a business1 trip1 | t=am pt q
휴가1+을 받2 | get2 time1 off1 | t=noon pt x
바쁘1 | be busy1 | adj x m=아주
긴장2+하1 | be nervous1,2 | st x past neg=ji
일1+이 힘들2 | the work1 / be hard2 | adj
은행1+에서2 일3+하3 | work3 at2 a bank1 | st neg=ji
컴퓨터1+을 쓰2 | use2 a computer1 | @office,home,library d q
시간1+이 있2 | have2 time1 | st x neg=없
시간1+이 없2 | have2 no2 time1 | st x neg=-
{language}+을 가르치1 | teach1 {language/0} | @school d q
{subject}+을 가르치1 | teach1 {subject/0} | @school d q
야근1+을 하1 | work1 overtime1 | @office t=eve d q
면접1+을 보2 | have2 a job1 interview1 | t=pm pt
지원서1+을 쓰2 | fill2 out2 an application1 | @home,office q
승진1+을 하1 | get1 promoted1 | t=noon pt x
일정1+을 확인2+하2 | check2 the schedule1 | @office t=am q m=먼저
거래처1+에 전화2+을 하2 | call2 the client1 | @office t=pm pt q
고객1+을 만나2 | meet2 a client1 | @office,cafe t=pm pt q
프린터1+이 고장2 나2 | the printer1 / break2 down2 | x pt neg=- past
프린터1+을 고치2 | fix2 the printer1 | @office q
계약서1+을 읽2 | read2 the contract1 | @office,home q
통장1+을 만들2 | open2 a bank1 account1 | t=pm pt q
회의1+에서2 의견3+을 내4 | give4 my opinion3 at2 the meeting1 | t=pm pt q
회식1+을 하2 | have2 a company1 dinner1 | @restaurant t=eve q
상자1+을 트럭2+에3 싣4 | load4 the boxes1 onto3 the truck2 | d q
가게1+을 열2 | open2 the shop1 | t=am pt q
가게1+에서2 일3+을 하3 | work3 at2 a shop1 | d q
회사1+을 그만두2 | leave2 my job1 | pt
"""
