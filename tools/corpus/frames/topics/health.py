"""Illness and sport. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
감기1+에 걸리2 | catch2 a cold1 | pt x
감기1+이 낫2 | get2 over2 my cold1 | pt x
머리1+이 아프2 | have2 a headache1 | adj x
배1+이 아프2 | have2 a stomachache1 | adj x
이1+이 아프2 | have2 a toothache1 | adj x
목1+이 아프2 | have2 a sore2 throat1 | adj x
허리1+이 아프2 | have2 a backache1 | adj x
다리1+을 다치2 | hurt2 my leg1 | pt x @park,mountain
손1+을 다치2 | hurt2 my hand1 | pt x @kitchen
무릎1+을 다치2 | hurt2 my knee1 | pt x @park,street
열1+이 나2 | have2 a fever1 | st x
콧물1+이 나2 | have2 a runny2 nose1 | st x
기침1+을 하2 | cough1,2 | x m=많이
약1+을 먹2 | take2 medicine1 | pt q hon=드시 t=am,eve
비타민1+을 먹2 | take2 vitamins1 | pt q hon=드시 t=am
약1+을 사2 | buy2 medicine1 | @pharmacy pt q t=am,pm
병원1+에 가2 | go2 to the hospital1 | pt q c t=am,pm
치과1+에 가2 | go2 to the dentist1 | pt q t=am,pm
약국1+에 가2 | go2 to the pharmacy1 | pt q t=am,pm
진료1+을 받2 | see2 a doctor1 | @hospital pt q t=am,pm
건강1 검진2+을 받3 | get3 a checkup1,2 | @hospital pt q t=am adult
주사1+을 맞2 | get2 a shot1 | @hospital pt q t=am,pm
체온1+을 재2 | take2 my temperature1 | pt q t=am,eve
푹3 쉬1 | get1 plenty3 of rest1 | q @home
물1+을 많이2 마시3 | drink3 a lot2 of water1 | q hon=드시
운동1+을 하2 | exercise1,2 | @gym,park,home c d q w m=열심히 t=am,eve
스트레칭1+을 하2 | stretch1,2 | @home,gym q t=am,eve
공원1+을 걷2 | walk2 in the park1 | c d q w t=am,eve
산책1+을 하2 | take2 a walk1 | @park,beach,river,lake c d q
달리기1+을 하2 | run1,2 | @park,river c d q t=am,eve
줄넘기1+을 하2 | jump2 rope1 | @park,yard q t=am,eve young
수영1+을 하2 | swim1,2 | @pool,beach c d q t=am,pm
등산1+을 하2 | go2 hiking1 | pt c q t=am
{축구|농구|야구|배구}+을 하1 | play1 {축구|농구|야구|배구/0} | \
@park,playground c d q t=am,pm young
{테니스|배드민턴|탁구}+을 치1 | play1 {테니스|배드민턴|탁구/0} | @gym c d q t=am,pm
볼링1+을 치2 | go2 bowling1 | pt c q t=pm,eve
축구1 경기2+을 보3 | watch3 a soccer1 game2 | @home c q t=eve,night
{sport}+을 좋아하1 | like1 {sport/0} | st
{sport}+을 잘하1 | be1 good1 at1 {sport/0} | st neg=못하
요가1+을 하2 | do2 yoga1 | @gym,home c d q t=am,eve
담배1+을 끊2 | give2 up2 smoking1 | pt adult
잠1+을 잘3 자2 | sleep1,2 well3 | x hon=주무시 t=night neg=못
채소1+을 많이2 먹3 | eat3 a lot2 of vegetables1 | hon=드시 q
살1+이 찌2 | gain2 weight1 | pt x
살1+을 빼2 | lose2 weight1
건강1+하1 | be healthy1 | adj x neg=ji
아프1 | be sick1 | adj x hon=편찮으시
키1+이 크2 | be tall1,2 | adj x
눈1+이 나쁘2 | have2 poor2 eyesight1 | adj x
안경1+을 쓰2 | wear2 glasses1 | st
마스크1+을 쓰2 | wear2 a mask1 | nopr q
스트레스1+을 받2 | be stressed1,2 | st x
넘어지1 | fall1 down1 | pt x @street,park
다이어트1+을 하2 | go2 on2 a diet1 | pt
"""
