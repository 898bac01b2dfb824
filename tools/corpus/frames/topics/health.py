"""Illness and sport. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
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
"""
