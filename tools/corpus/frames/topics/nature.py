"""Weather, plants and animals. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
비1+이 오2 | it / rain1,2 | x
눈1+이 오2 | it / snow1,2 | x
비1+이 많이3 오2 | it / rain1,2 heavily3 | x
눈1+이 많이3 오2 | it / snow1,2 heavily3 | x
비1+이 그치2 | the rain1 / stop2 | x pt
날씨1+이 춥2 | the weather1 / be cold2 | adj
날씨1+이 덥2 | the weather1 / be hot2 | adj
날씨1+이 좋2 | the weather1 / be nice2 | adj
날씨1+이 따뜻2+하2 | the weather1 / be warm2 | adj neg=ji
날씨1+이 흐리2 | it / be cloudy1,2 | adj neg=ji
춥1 | it / be cold1 | adj
덥1 | it / be hot1 | adj
바람1+이 불2 | it / be windy1,2 | x nopr
바람1+이 많이3 불2 | it / be very3 windy1,2 | x nopr
바람1+이 시원2+하2 | the wind1 / be cool2 | adj neg=ji
안개1+이 끼2 | it / be foggy1,2 | x nopr t=am
하늘1+이 맑2 | the sky1 / be clear2 | adj
하늘1+이 파랗2 | the sky1 / be blue2 | adj neg=ji
해1+이 뜨2 | the sun1 / rise2 | x pt t=am
해1+이 지2 | the sun1 / set2 | x pt t=eve
꽃1+이 피2 | the flowers1 // bloom2 | x
장미1+이 피2 | the roses1 // bloom2 | x @garden,park
나뭇잎1+이 떨어지2 | the leaves1 // fall2 | x
별1+이 많2 | there // be a lot2 of stars1 | adj t=night
달1+이 밝2 | the moon1 / be bright2 | adj t=night
길1+이 미끄럽2 | the road1 / be slippery2 | adj
{flower}+을 심1 | plant1 {flower/a} | @garden,yard c q t=am,pm
나무1+을 심2 | plant2 a tree1 | @garden,yard,mountain c pt q t=am,pm
씨앗1+을 심2 | plant2 seeds1 | @garden,yard c q t=am,pm
꽃구경1+을 가2 | go2 to see1 the flowers1 | pt c q t=am,pm
별1+을 보2 | look2 at2 the stars1 | t=night @country,mountain,beach c q d
눈사람1+을 만들2 | build2 a snowman1 | @yard,park c q t=am,pm
눈싸움1+을 하2 | have2 a snowball1 fight1 | @yard,park c q t=am,pm young
우산1+을 쓰2 | use2 an umbrella1 | nopr
우산1+을 가지3+고 가2 | take2,3 an umbrella1 | pt q
우산1+을 가져오2 | bring2 an umbrella1 | pt
코트1+을 입2 | put2 on2 a coat1 | pt q
에어컨1+을 켜2 | turn2 on2 the air1 conditioner1 | pt q
장갑1+을 끼2 | wear2 gloves1 | nopr
따뜻1+하+(으)ㄴ 물2+을 마시3 | drink3 warm1 water2 | q hon=드시
소풍1+을 가2 | go2 on2 a picnic1 | pt c q t=am,pm
공원1+에 가2 | go2 to the park1 | pt c q t=am,pm
산1+에 가2 | go2 to the mountains1 | pt c q t=am
밖1+에 나가2 | go2 outside1 | pt q
밖1+에서 놀2 | play2 outside1 | s=kid d q t=am,pm
{wild}+을 보 | see {wild/n} | @zoo pt c t=am,pm
{small}+을 보 | see {small/n} | @garden,park,mountain pt t=am,pm
{개|고양이|뱀|벌}+을 무서워하1 | be1 afraid1 of {개|고양이|뱀|벌/g} | st s=P
동물1+을 좋아하2 | like2 animals1 | st
{pet}+을 좋아하1 | like1 {pet/g} | st
{개|고양이|토끼|금붕어}+을 키우1 | have1 {개|고양이|토끼|금붕어/a} | st
낚시1+을 하2 | go2 fishing1 | @river,lake,beach c d q t=am,pm
새1+이 노래2+하2 | birds1 // sing2 | past @garden,mountain t=am
바다1+에서2 수영3+을 하4 | swim3,4 in2 the sea1 | c d q t=am,pm
조개껍데기1+을 줍2 | collect2 seashells1 | @beach c d q t=am,pm
강1+이 깊2 | the river1 / be deep2 | adj
산1+이 높2 | the mountain1 / be high2 | adj
숲1+이 조용2+하2 | the forest1 / be quiet2 | adj neg=ji
봄1+이 오2+고 있3 | spring1 / be3 coming2 | st neg=-
겨울1+이 오2+고 있3 | winter1 / be3 coming2 | st neg=-
정원1+에서2 일3+을 하4 | work3,4 in2 the garden1 | c d q w t=am,pm
잔디1+을 깎2 | mow2 the lawn1 | @garden,yard q t=am,pm adult
낙엽1+을 쓸2 | sweep2 up2 the fallen1 leaves1 | @yard,garden q t=am,pm
단풍1+을 보2 | look2 at2 the autumn1 leaves1 | @mountain,park c q t=am,pm
새1+에게 먹이2+을 주3 | feed2,3 the birds1 | @park,garden,lake c q t=am,pm
"""
