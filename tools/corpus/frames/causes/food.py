"""Food and meals: frames for the table of causes and effects."""

ROWS = """\
배1+이 고프2 | be hungry1,2 | adj x
목2+이 마르1 | be thirsty1,2 | st x neg=ji
배1+이 부르2 | be full1,2 | adj x
음식1+이 맵2 | the food1 / be spicy2 | adj
음식1+이 짜2 | the food1 / be salty2 | adj
음식1+이 식2 | the food1 / get2 cold2 | x pt
음식1+이 맛있2 | the food1 / be delicious2 | st neg=ji
국1+이 뜨겁2 | the soup1 / be hot2 | adj
국1+이 짜2 | the soup1 / be salty2 | adj
커피1+이 쓰2 | the coffee1 / be bitter2 | adj
빵1+이 타2 | the bread1 / burn2 | x pt
우유1+이 떨어지2 | run2 out2 of milk1 | x pt
쌀1+이 없2 | have2 no2 rice1 | st x neg=-
냉장고1+에2 음식3+이 없4 | there / be no4 food3 in2 the fridge1 | st x neg=-
식당1+이 문2+을 닫2 | the restaurant1 / be closed2 | st x t=am,noon,eve
식당1+에2 자리3+이 없4 | there // be no4 seats3 at2 the restaurant1 | st x t=noon,eve
식당1+에 손님2+이 많3 | the restaurant1 / be full2,3 of2 customers2 | adj x t=noon,eve
점심1+을 많이3 먹2 | have2 a big3 lunch1 | x pt hon=드시 t=noon
소금1+을 너무3 많이3 넣2 | put2 in2 too3 much3 salt1 | x pt
음식1+을 너무3 많이3 만들2 | make2 too3 much3 food1 | x pt
친구1+이 놀3+(으)러 오2 | a friend1 / come2 over3 | x pt
아침1+을 먹2 | have2 breakfast1 | x no=안 hon=드시 t=am
점심1+을 먹2 | have2 lunch1 | x no=못 hon=드시 t=noon
라면1+을 끓이2+~아 먹2 | make2 some ramen1 | q pt
피자1+을 시키2 | order2 a pizza1 | q pt c
빵1+을 먹2 | eat2 some bread1 | q hon=드시
과일1+을 먹2 | eat2 some fruit1 | q hon=드시
초콜릿1+을 먹2 | have2 some chocolate1 | q hon=드시
아이스크림1+을 먹2 | have2 some ice1 cream1 | q hon=드시 c
케이크1+을 먹2 | eat2 the cake1 | q hon=드시
물1+을 마시2 | drink2 some water1 | q hon=드시
찬물1+을 마시3 | drink3 some cold1 water1 | q hon=드시
시원1+하+(으)ㄴ 주스2+을 마시3 | drink3 some cold1 juice2 | q hon=드시
따뜻1+하+(으)ㄴ 차2+을 마시3 | drink3 some hot1 tea2 | q hon=드시 c
커피1+을 마시2 | have2 some coffee1 | q hon=드시 c
우유1+을 마시2 | drink2 some milk1 | q hon=드시
음료수1+을 사2 | buy2 a drink1 | q pt
김밥1+을 사2+~아 먹2 | get2 some gimbap1 | q pt way=seq
장1+을 보1 | go1 grocery1 shopping1 | q pt c
점심1+을 일찍3 먹2 | have2 lunch1 early3 | q pt hon=드시 t=noon
점심1+을 늦3+게3 먹2 | have2 a late3 lunch1 | q pt hon=드시 t=noon,pm
저녁1+을 일찍3 먹2 | have2 dinner1 early3 | q pt hon=드시 t=eve
저녁1+을 늦3+게3 먹2 | have2 a late3 dinner1 | q pt hon=드시 t=eve,night
저녁1+을 조금3+만3 먹2 | have2 only3 a3 little3 for dinner1 | q pt hon=드시 t=eve
저녁1+을 많이3 먹2 | have2 a big3 dinner1 | q pt hon=드시 t=eve
저녁1+까지2 참3 | wait3 until2 dinner1 | q t=pm
외식1+을 하1 | eat1 out1 | q c t=noon,eve
다른1 식당2+에3 가4 | go4 to3 another1 restaurant2 | q pt c t=noon,eve
집1+에서2 밥4+을 먹4 | eat4 at2 home1 | q hon=드시
카페1+에2 들어가3+~아서4 뜨겁5+(으)ㄴ 커피6+을 마시7 | \
go3 into2 a cafe1 and4 ^drink7 hot5 coffee6 | q way=seq c hon=드시
편의점1+에2 가3+~아서4 샌드위치5+을 사6 | go3 to2 the convenience1 store1 and4 ^buy6 a sandwich5 | q way=seq
남1+(으)ㄴ 음식1+을 냉장고3+에4 넣5 | put5 the leftovers1 in4 the fridge3 | q pt
음식1+을 이웃3+에게2 나누4+~아 주4 | share4 the food1 with2 the neighbors3 | q pt
다시1 데우2 | heat2 it up2 again1 | q pt
물1+을 더2 넣3 | add3 more2 water1 | q pt
설탕1+을 넣2 | add2 some sugar1 | q pt
천천히1 먹2 | eat2 slowly1 | q hon=드시
다1 먹2 | eat2 all1 of it | q pt hon=드시
다1 마시2 | drink2 all1 of it | q pt hon=드시
바로1 먹2 | eat2 it right1 away1 | q pt hon=드시
차1+을 끓이2 | make2 some tea1 | q pt
과일1+을 깎2 | peel2 some fruit1 | q pt
음식1+을 많이2 만들3 | make3 a2 lot2 of2 food1 | q
케이크1+을 굽2 | bake2 a cake1 | q pt c
쿠키1+을 굽2 | bake2 some cookies1 | q c
밥1+을 하2 | cook2 some rice1 | q pt
슈퍼마켓1+에2 가3 | go3 to2 the supermarket1 | q pt
저녁1+을 준비2+하2 | make2 dinner1 | q t=eve
친구1+들+에게2 저녁3+을 사4 | buy4 my friends1 dinner3 | q pt t=eve
집1+에서2 파전3+을 만들4+~아 먹5 | make4 pajeon3 and ^eat5 it at2 home1 | q c way=seq
수박1+을 자르2+~아서3 가족5+과4 먹6 | cut2 a watermelon1 and3 ^eat6 it with4 my family5 | q way=seq
빵1+을 다시3 굽2 | bake2 the bread1 again3 | q pt
많이1 먹2 | eat2 a1 lot1 | q hon=드시
"""

PAIRS = """\
배+이 고프 | so if when | 라면+을 끓이+~아 먹 / 빵+을 먹 / 과일+을 먹 / 김밥+을 사+~아 먹
배+이 고프 | so if lets | 피자+을 시키 / 점심+을 일찍 먹 / 저녁+을 일찍 먹
배+이 고프 | so | 점심+을 많이 먹 / 저녁+을 많이 먹 / 편의점+에 가+~아서 샌드위치+을 사
배+이 고프 | not:못 | 잠+을 자 / 일+에 집중+하
배+이 고프 | but | 저녁+까지 참 / 숙제+을 끝내 / 보고서+을 끝내 / 집+을 청소+하
배+이 고프 | butnot:안 | 빵+을 먹 / 과일+을 먹 / 초콜릿+을 먹
배+이 고프 | adv | 빵+을 먹 / 과일+을 먹 / 케이크+을 먹
목+이 마르 | so if when | 물+을 마시 / 찬물+을 마시 / 시원+하+(으)ㄴ 주스+을 마시 / 과일+을 먹
목+이 마르 | so if | 음료수+을 사 / 수박+을 자르+~아서 가족+과 먹
목+이 마르 | butnot:안못 | 물+을 마시 / 음료수+을 사
목+이 마르 | adv | 물+을 마시 / 시원+하+(으)ㄴ 주스+을 마시
배+이 부르 | not:안못 | 케이크+을 먹 / 저녁+을 많이 먹 / 과일+을 먹 / 아이스크림+을 먹
배+이 부르 | so | 동네+을 걷 / 저녁+을 조금+만 먹 / 공원+에서 산책+을 하
배+이 부르 | but | 케이크+을 먹 / 아이스크림+을 먹 / 과일+을 먹
배+이 부르 | when | 동네+을 걷 / 산책+을 하
못 점심+을 먹 | so | 저녁+을 일찍 먹 / 저녁+을 많이 먹 / 편의점+에 가+~아서 샌드위치+을 사 / 배+이 고프
안 아침+을 먹 | so | 점심+을 일찍 먹 / 배+이 고프 / 빵+을 먹
안 아침+을 먹 | not:못 | 일+에 집중+하
점심+을 많이 먹 | so | 졸리 / 배+이 부르 / 저녁+을 조금+만 먹 / 저녁+을 늦+게 먹
점심+을 많이 먹 | not:안 | 케이크+을 먹 / 과일+을 먹
음식+이 맵 | so if | 물+을 많이 마시 / 우유+을 마시
음식+이 맵 | not:못 butnot:못 | 다 먹
음식+이 맵 | but | 다 먹
음식+이 짜 | so | 물+을 많이 마시 / 물+을 더 넣
음식+이 짜 | not:안못 | 다 먹
음식+이 식 | so must | 다시 데우
음식+이 식 | but | 다 먹
음식+이 맛있 | so | 다 먹 / 많이 먹
국+이 뜨겁 | so adv | 천천히 먹
국+이 뜨겁 | not:못 | 바로 먹
국+이 뜨겁 | but | 다 먹
국+이 짜 | so | 물+을 더 넣
국+이 짜 | not:못안 | 다 먹
소금+을 너무 많이 넣 | so single | 국+이 짜 / 물+을 더 넣
소금+을 너무 많이 넣 | so must single | 처음+부터 다시 하
커피+이 쓰 | so if | 설탕+을 넣
커피+이 쓰 | not:안못 but | 다 마시
빵+이 타 | so must | 빵+을 다시 굽
빵+이 타 | so | 라면+을 끓이+~아 먹
우유+이 떨어지 | so must single | 슈퍼마켓+에 가
우유+이 떨어지 | not:못 single | 케이크+을 굽
쌀+이 없 | so | 빵+을 먹 / 라면+을 끓이+~아 먹 / 외식+을 하
쌀+이 없 | so must | 장+을 보
냉장고+에 음식+이 없 | so must lets | 장+을 보
냉장고+에 음식+이 없 | so lets if | 외식+을 하 / 피자+을 시키
냉장고+에 음식+이 없 | not:못 | 저녁+을 준비+하
식당+이 문+을 닫 | so must | 다른 식당+에 가
식당+이 문+을 닫 | so | 집+에서 밥+을 먹
식당+에 자리+이 없 | so lets if | 다른 식당+에 가
식당+에 자리+이 없 | so | 오래 기다리 / 김밥+을 사+~아 먹
식당+에 손님+이 많 | so | 오래 기다리 / 줄+을 서
식당+에 손님+이 많 | so lets | 다른 식당+에 가
식당+에 손님+이 많 | but | 기다리
식당+에 손님+이 많 | not:안 | 기다리
음식+을 너무 많이 만들 | so | 음식+을 이웃+에게 나누+~아 주 / 남+(으)ㄴ 음식+을 냉장고+에 넣
음식+을 너무 많이 만들 | not:못 | 다 먹
친구+이 놀+(으)러 오 | so mine | 차+을 끓이 / 피자+을 시키 / 쿠키+을 굽 / 저녁+을 준비+하 / 과일+을 깎
친구+이 놀+(으)러 오 | if mine once | 케이크+을 굽 / 피자+을 시키 / 저녁+을 준비+하
음식+이 맵 | adv | 물+을 마시 / 우유+을 마시
음식+이 짜 | adv | 물+을 더 넣
커피+이 쓰 | adv | 설탕+을 넣
음식+이 식 | adv | 다시 데우
식당+에 자리+이 없 | adv | 다른 식당+에 가
목+이 마르 | when | 수박+을 자르+~아서 가족+과 먹
"""
