"""Weather, plants and animals. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
비1+이 오2 | it / rain1,2 | x >rain m=많이
눈1+이 오2 | it / snow1,2 | x >snow m=많이
날씨1+이 춥2 | the weather1 / be cold2 | adj >cold
날씨1+이 덥2 | the weather1 / be hot2 | adj >hot
날씨1+이 좋2 | the weather1 / be nice2 | adj >sunny
날씨1+이 따뜻2+하2 | the weather1 / be warm2 | adj >sunny neg=ji
날씨1+이 흐리2 | it / be cloudy1,2 | adj >cloudy neg=ji
춥1 | it / be cold1 | adj >cold
덥1 | it / be hot1 | adj >hot
바람1+이 불2 | it / be windy1,2 | x >wind m=많이
하늘1+이 맑2 | the sky1 / be clear2 | adj >sunny
하늘1+이 파랗2 | the sky1 / be blue2 | adj neg=ji
해1+이 뜨2 | the sun1 / rise2 | x pt t=am
해1+이 지2 | the sun1 / set2 | x pt t=eve >dark
꽃1+이 피2 | the flowers1 // bloom2 | x
장미1+이 피2 | the roses1 // bloom2 | x @garden,park
나뭇잎1+이 떨어지2 | the leaves1 // fall2 | x
별1+이 많2 | there // be a lot2 of stars1 | adj t=night >clearnight
달1+이 밝2 | the moon1 / be bright2 | adj t=night
길1+이 미끄럽2 | the road1 / be slippery2 | adj >icy
{flower}+을 심1 | plant1 {flower/n} | @garden,yard c q <sunny
나무1+을 심2 | plant2 a tree1 | @garden,mountain c pt q
꽃1 구경2+을 가3 | go3 to see2 the flowers1 | pt c q <sunny !rain
별1+을 보2 | look2 at the stars1 | t=night @country,mountain,beach c q d <clearnight
눈사람1+을 만들2 | make2 a snowman1 | @yard,park,playground c q <snow
우산1+을 쓰2 | use2 an umbrella1 | nopr <rain
우산1+을 가지3+고 가2 | take2,3 an umbrella1 | pt <rain q <cloudy
우산1+을 가져오2 | bring2 an umbrella1 | pt <rain <cloudy
코트1+을 입2 | put2 on2 a coat1 | pt <cold q
에어컨1+을 켜2 | turn2 on2 the air1 conditioner1 | pt q <hot
장갑1+을 끼2 | wear2 gloves1 | nopr <cold
따뜻1+하+(으)ㄴ 물2+을 마시3 | drink3 warm1 water2 | q <cold <sick
소풍1+을 가2 | go2 on a picnic1 | pt c q <sunny <free !rain
공원1+에 가2 | go2 to the park1 | pt c q <sunny <free !rain !cold
산1+에 가2 | go2 to the mountains1 | pt c q <sunny <free !rain
밖1+에 나가2 | go2 outside1,2 | pt q <sunny !rain !cold !snow !wind
밖1+에서 놀2 | play2 outside1 | s=kid d q <sunny !rain !cold
{wild}+을 보 | see {wild/n} | @zoo pt c
{small}+을 보 | see {small/n} | @garden,park,mountain pt
{pet}+을 무서워하1 | be1 afraid1 of {pet/g} | st s=P
동물1+을 좋아하2 | like2 animals1 | st
{pet}+을 좋아하1 | like1 {pet/g} | st
낚시1+을 하2 | fish1,2 | @river,lake,beach c d q <sunny !rain
새1+이 노래2+하2 | birds1 // sing2 | x @garden,mountain t=am
바다1+에서2 수영3+하3 | swim3 in2 the sea1 | c d q <hot !wind
강1+이 깊2 | the river1 / be deep2 | adj
산1+이 높2 | the mountain1 / be high2 | adj
숲1+이 조용2+하2 | the forest1 / be quiet2 | adj neg=ji
봄1+이 오2 | spring1 / come2 | x pt
겨울1+이 오2 | winter1 / come2 | x pt
정원1+에서2 일3+하3 | work3 in2 the garden1 | c d q w <sunny t=am,pm
단풍1+을 보2 | look2 at the autumn1 leaves1 | @mountain,park c q <sunny
"""
