"""Food and meals. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
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
"""
