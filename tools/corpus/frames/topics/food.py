"""Food and meals. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
아침1+을 먹2 | have2 breakfast1 | t=am @home,cafe,hotel c q hon=드시 m=일찍
점심1+을 먹2 | have2 lunch1 | t=noon @restaurant,cafe,office,school c q hon=드시
저녁1+을 먹2 | have2 dinner1 | t=eve @home,restaurant,hotel c q hon=드시
저녁1+을 준비2+하2 | prepare2 dinner1 | t=eve @kitchen,home c q w
{dish}+을 먹 | eat {dish/a} | t=noon,eve @home,restaurant c q hon=드시
{fruit}+을 먹 | eat {fruit/n} | @home q hon=드시
{snack}+을 먹 | eat {snack/n} | @home c q hon=드시
간식1+을 먹2 | have2 a snack1 | t=pm @home,school c q hon=드시
야식1+을 먹2 | have2 a midnight1 snack1 | t=night @home c q hon=드시
외식1+을 하1 | eat1 out1 | t=eve c q
{김밥|비빔밥|카레|떡볶이|볶음밥|만두}+을 만들 | \
make {김밥|비빔밥|카레|떡볶이|볶음밥|만두/a} | @kitchen,home c q w t=noon,eve
{라면|죽|김치찌개|수프}+을 끓이1 | make1 {라면|죽|김치찌개|수프/0} | @kitchen,home q w t=noon,eve
{생선|닭고기|소고기|돼지고기}+을 굽1 | grill1 {생선|닭고기|소고기|돼지고기/0} | @kitchen,home c q w t=noon,eve
{생선|닭고기|소고기|돼지고기}+을 요리1+하1 | cook1 {생선|닭고기|소고기|돼지고기/0} | @kitchen,home c q w t=eve
밥1+을 하2 | cook2 rice1 | @kitchen,home q w t=am,noon,eve
물1+을 끓이2 | boil2 water1 | q t=am,noon,eve
{비빔밥|불고기|볶음밥|냉면|만두|갈비|카레}+을 주문1+하1 | \
order1 {비빔밥|불고기|볶음밥|냉면|만두|갈비|카레/a} | @restaurant pt q t=noon,eve
치킨1+을 시키2 | order2 fried1 chicken1 | pt q t=eve,night
{drink}+을 마시 | drink {drink/n} | @home q b hon=드시
{커피|녹차|홍차}+을 마시 | drink {커피|녹차|홍차/n} | @cafe,home,office c q b hon=드시
{커피|케이크|샌드위치}+을 주문1+하1 | order1 {커피|케이크|샌드위치/n} | @cafe pt q
{사과|포도|딸기|복숭아}+을 씻 | wash {사과|포도|딸기|복숭아/thes} | @kitchen pt q m=깨끗이
사과1+을 깎2 | peel2 an apple1 | pt q t=pm,eve
{vegetable}+을 씻 | wash {vegetable/thes} | @kitchen q m=깨끗이
{vegetable}+을 썰 | cut {vegetable/thes} | @kitchen q
{seasoning}+을 넣1 | add1 {seasoning/0} | pt q
국1+에2 {소금|간장|마늘}+을 넣3 | add3 {소금|간장|마늘/0} to2 the soup1 | pt q t=noon,eve
커피1+에2 {설탕|우유|꿀}+을 넣3 | put3 {설탕|우유|꿀/0} in2 my coffee1 | pt q
케이크1+을 굽2 | bake2 a cake1 | @kitchen,home c q w t=pm
{빵|과자}+을 굽1 | bake1 {빵|과자/a} | @kitchen,home c q w t=am,pm
상1+을 차리2 | set2 the table1 | pt q t=am,noon,eve
도시락1+을 싸2 | pack2 lunch1 | q t=am w
김치1+을 담그2 | make2 kimchi1 | @home c q
요리1+을 하2 | cook1,2 | @kitchen,home c q w d
요리1+을 배우2 | take2 cooking1 lessons2 | c q
요리1+을 잘하2 | be2 good2 at cooking1 | st neg=못하
커피1+을 너무3 많이3 마시2 | drink2 too3 much3 coffee1 | x hon=드시
접시1+을 깨뜨리2 | break2 a plate1 | pt x @kitchen,restaurant
배1+이 고프2 | be hungry1,2 | adj x
목2+이 마르1 | be thirsty1,2 | st x neg=ji
배1+이 부르2 | be full1,2 | adj x
달3+(으)ㄴ 음식1+을 좋아하2 | like2 sweet3 food1 | st
{dish}+을 좋아하1 | like1 {dish/g} | st
{fruit}+을 좋아하1 | like1 {fruit/g} | st
{커피|우유|주스|콜라|녹차|홍차|맥주|와인}+을 좋아하1 | like1 {커피|우유|주스|콜라|녹차|홍차|맥주|와인/g} | st
{커피|우유|콜라|녹차|홍차|맥주|와인}+을 싫어하1 | dislike1 {커피|우유|콜라|녹차|홍차|맥주|와인/g} | st
{vegetable}+을 싫어하1 | hate1 {vegetable/g} | st s=kid
맛있1+는 음식2+을 많이3 먹4 | eat4 a3 lot3 of3 delicious1 food2 | @home,restaurant q c nopr hon=드시
맵1+(으)ㄴ 음식2+을 잘4 먹3 | handle3 spicy1 food2 well4 | st neg=못 hon=드시
식당1+을 예약2+하2 | book2 a table2? at2? a restaurant1 | pt q
{비빔밥|불고기|볶음밥|냉면|만두|갈비|카레}+을 먹1+~아 보1 | \
try1 {비빔밥|불고기|볶음밥|냉면|만두|갈비|카레/a} | pt q t=noon,eve @restaurant,market
음식1+이 맛있2 | the food1 / be delicious2 | st neg=ji
이1 식당2+은 음식3+이 맛있4 | the food3 at this1 restaurant2 / be delicious4 | st neg=ji
맵 | be spicy | adj s=떡볶이|김치찌개|카레|라면|비빔밥
짜 | be salty | adj s=김치찌개|라면|수프|볶음밥|불고기|치즈
달 | be sweet | adj s=사과|포도|딸기|수박|복숭아|귤|감
맛있 | be delicious | st s=dish neg=ji
뜨겁 | be hot | adj s=커피|녹차|홍차
맛있 | be delicious | st s=snack neg=ji
"""
