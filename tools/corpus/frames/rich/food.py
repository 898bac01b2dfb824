"""Food: several acts that belong together."""

ROWS = """\
시장1+에2 가3+~아서4 {fruit}+을 사5 | go3 to2 the market1 and4 ^buy5 {fruit/n} | way=seq q t=am,pm c nn
라면1+을 끓이2+~아서3 김치4+하고5 먹6 | make2 ramen1 and3 ^eat6 it with5 kimchi4 | way=seq q t=noon,night hon=드시 c nn
빵집1+에서2 샌드위치3+을 사4+~아서5 공원6+에서7 먹8 | buy4 sandwiches3 at2 the bakery1 and5 ^eat8 them in7 the park6 | \
way=seq q t=noon hon=드시 nn
사과1+을 깎2+~아서3 접시4+에5 담6 | peel2 some apples1 and3 ^put6 them on5 a plate4 | way=seq q t=pm,eve nn
냉장고1+에서2 우유3+을 꺼내4+~아서5 컵6+에7 따르8 | \
take4 the milk3 out4 of2 the refrigerator1 and5 ^pour8 it into7 a cup6 | way=seq q t=am,pm span=day nn
김밥1+을 싸2+~아서3 소풍4+을 가5 | make2 gimbap1 and3 ^go5 on5? a picnic4 | way=seq q t=am c nn
카페1+에 들르2+~아서3 커피4+을 마시5 | stop2 by2 the cafe1 and3 ^have5 coffee4 | way=seq q t=am,pm hon=드시 c nn
식당1+에 전화2+을 하2+~아서3 자리4+을 예약5+하5 | call2 the restaurant1 and3 ^reserve5 a table4 | way=seq q t=noon,pm nn
양파1+을 썰2+~아서3 냄비4+에5 넣6 | chop2 some onions1 and3 ^put6 them in5 the pot4 | way=seq q t=noon,eve nn
감자1+을 삶2+~아서3 소금4+에5 찍6?+~아 먹7 | boil2 some potatoes1 and3 ^eat7 them with5,6 salt4 | \
way=seq q t=pm hon=드시 c nn
치킨1+을 시키2+~아서3 집4+에서5 먹6 | order2 fried1 chicken1 and3 ^eat6 it at5 home4 | \
way=seq q t=eve,night hon=드시 c nn
딸기1+을 씻2+~아서3 아이4+들4+에게5 주6 | wash2 some strawberries1 and3 ^give6 them to5 the children4 | \
way=seq q t=pm adult nn
도시락1+을 싸2+~아서3 회사4+에5 가지6+고6 가6 | pack2 lunch1 and3 ^take6 it to5 work4 | \
way=seq adult q t=am span=day nn
손1+을 씻2+고3 저녁4+을 먹5 | wash2 my hands1 and3 ^have5 dinner4 | way=seq q t=eve hon=드시 span=day nn
밥1+을 먹1+기2 전2+에2 손3+을 씻4 | wash4 my hands3 before2 eating1 | way=before q t=noon,eve span=day nn
요리1+을 하1+기2 전2+에2 채소3+을 모두4 씻5 | wash5 all4 the vegetables3 before2 cooking1 | way=before q t=eve nn
손님1+이 오2+기3 전3+에3 상4+을 차리5 | set5 the table4 before3 the guests1 came2 | way=before q past t=noon,eve nn
자1+기2 전2+에2 따뜻3+하3+(으)ㄴ 우유4+을 마시5 | drink5 warm3 milk4 before2 going1 to1 bed1 | \
way=before q t=night hon=드시 span=day nn
영화1+을 보2+기3 전3+에3 팝콘4+을 사5 | buy5 popcorn4 before3 watching2 the movie1 | way=before q t=pm,eve c nn
출근1+하1+기2 전2+에2 간단3+하3+게3 아침4+을 먹5 | have5 a quick3 breakfast4 before2 going1 to1 work1 | \
way=before adult q t=am hon=드시 span=day nn
식당1+에2 가3+기4 전4+에4 메뉴5+을 찾아보6 | look6 up6 the menu5 before4 going3 to2 the restaurant1 | \
way=before q t=noon,eve nn
점심1+을 먹2+(으)ㄴ3 후3+에3 커피4+을 한5 잔6 마시7 | drink7 a5 cup6 of6? coffee4 after3 eating2 lunch1 | \
way=after q t=noon,pm hon=드시 c span=day nn
수영1+을 하1+(으)ㄴ2 다음2+에2 {라면|떡볶이|만두}+을 먹3 | eat3 {라면|떡볶이|만두/g} after2 swimming1 | \
way=after q t=pm hon=드시 c nn
회의1+을 마치2+(으)ㄴ3 뒤3+에3 동료4+들4+과5 점심6+을 먹7 | \
have7 lunch6 with5 my colleagues4 after3 finishing2 the meeting1 | way=after adult q t=noon hon=드시 nn
저녁1+을 먹2+고3 나3+~아서3 차4+을 마시5 | drink5 tea4 after3 eating2 dinner1 | way=after q t=eve hon=드시 c span=day nn
밥1+을 먹1+고2 바로3 설거지4+을 하5 | wash4,5 the dishes4 right3 after2 eating1 | way=after q t=noon,eve span=day nn
음악1+을 듣2+(으)면서3 저녁4+을 준비5+하5 | make5 dinner4 while3 listening2 to2 music1 | way=while q t=eve c span=day nn
텔레비전1+을 보2+(으)면서3 {과자|아이스크림|초콜릿}+을 먹4 | eat4 {과자|아이스크림|초콜릿/g} while3 watching2 TV1 | \
way=while q t=eve,night hon=드시 c span=day nn
신문1+을 읽2+(으)면서3 아침4+을 먹5 | have5 breakfast4 while3 reading2 the newspaper1 | \
way=while q t=am hon=드시 span=day nn
친구1+을 기다리2+(으)면서3 {커피|녹차|홍차}+을 마시4 | drink4 {커피|녹차|홍차/g} while3 waiting2 for2 a friend1 | \
way=while q t=pm hon=드시 nn
요리1+을 하1+(으)면서2 노래3+을 부르3 | sing3 while2 cooking1 | way=while q t=eve span=day nn
{영화|드라마}+을 보1+(으)면서2 치킨3+을 먹4 | eat4 fried3 chicken3 while2 watching1 {영화|드라마/a} | \
way=while q t=eve,night hon=드시 c nn
점심1+을 먹2+(으)러3 식당4+에5 가6 | go6 to5 a restaurant4 to3 have2 lunch1 | way=purpose q t=noon c nn
빵1+을 사2+(으)러3 빵집4+에5 가6 | go6 to5 the bakery4 to3 buy2 bread1 | way=purpose q t=am,pm c nn
팥빙수1+을 먹2+(으)러3 카페4+에5 가6 | go6 to5 a cafe4 to3 eat2 shaved1 ice1 | way=purpose q t=pm c nn
김치1+을 담그2+(으)러3 할머니4 댁5+에6 가7 | go7 to6 my grandmother4 's4? house5 to3 make2 kimchi1 | \
way=purpose young q t=am c nn
집1+에 도착2+하2+자마자3 냉장고4+을 열5 | open5 the refrigerator4 as3 soon3 as3 PRO %get2 home1 | \
way=soon q t=eve span=day nn
퇴근1+하1+자마자2 맥주3+을 한4 잔5 마시6 | drink6 a4 glass5 of5? beer3 as2 soon2 as2 PRO %leave1 work1 | \
way=soon adult q t=eve hon=드시 span=day nn
일어나1+자마자2 물3+을 한4 잔5 마시6 | drink6 a4 glass5 of5? water3 as2 soon2 as2 PRO %get1 up1 | \
way=soon q t=am hon=드시 span=day nn
배1+이 너무2 고프3+~아서4 라면5+을 두6 그릇7 먹8 | be3 so2 hungry1,3 that4 PRO ^eat8 two6 bowls7 of7? ramen5 | \
way=so past t=noon,eve,night hon=드시 nn
늦잠1+을 자1+~아서2 아침3+을 거르4 | skip4 breakfast3 because2 PRO %oversleep1 | way=so past t=am span=day nn
음식1+이 짜2+~아서3 물4+을 많이5 마시6 | drink6 a5 lot5 of5? water4 because3 the food1 was2 salty2 | \
way=so past t=noon,eve hon=드시 span=day nn
냉장고1+에2 먹3+(으)ㄹ4 것5+이 없5+~아서6 시장7+에8 가9 | \
go9 to8 the market7 because6 there5? was5 nothing5 to4 eat3 in2 the refrigerator1 | way=so past q t=am,pm nn
밥1+이 없2+~아서3 빵4+을 먹5 | eat5 bread4 because3 there2? was2 no2 rice1 | way=so past t=am,noon hon=드시 span=day nn
배1+이 부르2+~았3+지만4 케이크5+을 한6 조각7 더8 먹9 | be2,3 full1,2 but4 ^eat9 one6 more8 piece7 of7? cake5 | \
way=but past t=pm,eve hon=드시 nn
국1+에2 소금3+을 넣4+~았5+지만6 간장7+은 넣8+지9 않9 | add4,5 salt3 to2 the soup1 but6 ^do9 n't9 add8 soy7 sauce7 | \
way=but past t=noon,eve span=day nn
떡볶이1+을 만들2+~았3+지만4 너무5 맵6+~아서7 다8 못9 먹8 | \
make2,3 tteokbokki1 but4 ^can9 n't9 finish8 it because7 it was6 too5 spicy6 | way=but past t=pm,eve hon=드시 nn
요리법1+을 읽2+~았3+지만4 그대로5 하6+지7 않7 | read2,3 the recipe1 but4 ^do7 n't7 follow6 it exactly5 | \
way=but past t=noon,eve nn
밥1+을 하2+는3 대신3+에3 국수4+을 삶5 | boil5 noodles4 instead3 of3 cooking2 rice1 | way=instead q t=noon,eve nn
외식1+을 하1+는2 대신2+에2 집3+에서4 {카레|볶음밥|스파게티}+을 만들5 | \
make5 {카레|볶음밥|스파게티/g} at4 home3 instead2 of2 eating1 out1 | way=instead q t=eve c nn
케이크1+을 사2+는3 대신3+에3 집4+에서5 굽6 | bake6 a cake1 at5 home4 instead3 of3 buying2 one1? | \
way=instead q t=pm c nn
배1+이 부르2+(으)ㄹ3 때3+까지3 {갈비|불고기|만두}+을 먹4 | eat4 {갈비|불고기|만두/g} until3 PRO %be2 full1,2 | \
way=until q t=noon,eve hon=드시 nn
물1+이 끓2+(으)ㄹ3 때3+까지3 기다리4 | wait4 until3 the water1 boiled2 | way=until past q t=noon,eve span=day nn
아침1+에2 만들3+(으)ㄴ3 카레4+을 데우5+~아6 먹7 | heat5 up5 and6 ^eat7 the curry4 PRO made3 in2 the morning1 | \
way=relative past q t=eve span=day hon=드시 nn
어머니1+께서 싸2+~아 주2+(으)시+(으)ㄴ3 도시락4+을 맛있5+게5 먹6 | enjoy5,6 the lunch4 that3 my mother1 packed2 | \
way=relative young past t=noon hon=드시 nn
시장1+에서2 사3+(으)ㄴ3 {딸기|포도|복숭아}+으로4 잼5+을 만들6 | \
make6 jam5 with4 the {딸기|포도|복숭아/g} PRO bought3 at2 the market1 | way=relative past q t=pm nn
할머니1+께서 보내2+~아 주2+(으)시+(으)ㄴ3 김치4+으로5 찌개6+을 끓이7 | \
make7 a stew6 with5 the kimchi4 that3 my grandmother1 sent2 | way=relative young past q t=eve nn
라면1+을 끓이2+(으)ㄹ3 때3 계란4+을 넣5 | add5 an egg4 when3 making2 ramen1 | way=when q t=noon,night span=day nn
고기1+을 굽2+(으)ㄹ3 때3 마늘4+도5 굽6 | grill6 garlic4 too5 when3 grilling2 meat1 | way=when q t=eve nn
비1+이 오1+~아서2 부침개3+을 부치4+~아5 먹6 | make4 and5 ^eat6 savory3 pancakes3 because2 it was1? raining1 | \
way=so past q t=pm,eve hon=드시 nn
냉장고1 문2+을 열3+(으)ㄴ4 채4+로4 전화5+을 받6 | answer6 the phone5 with4 the refrigerator1 door2 open3 | \
way=state past t=pm,eve span=day nn
숟가락1+을 들2+(으)ㄴ3 채3+로3 잠4+이 들4 | fall4 asleep4 still3 holding2 a spoon1 | way=state x past t=eve nn
살1+을 빼2+(으)려고3 저녁4+을 적5+게5 먹6 | eat6 a light5 dinner4 to3 lose2 weight1 | \
way=plan q t=eve hon=드시 span=day nn
친구1+에게2 선물3+하3+(으)려고4 과자5+을 굽6 | bake6 cookies5 to4 give3 to2 a friend1 | way=plan q t=pm nn
케이크1+을 만들2+(으)려고3 밀가루4+하고5 계란6+을 사7 | buy7 flour4 and5 eggs6 to3 make2 a cake1 | way=plan q t=am,pm nn
배1+이 고프2+~았3+지만4 손님5+을 기다리6 | wait6 for6 the guests5 even4 though4 PRO %be2,3 hungry1,2 | \
way=though past t=noon,eve span=day nn
아무리1 바쁘2+~아도1 아침3+을 꼭4 챙기5+~아 먹6 | make4 sure4 to4 have5,6 breakfast3 no1 matter1 how1 busy2 PRO %be2 | \
way=though t=am hon=드시 span=day nn
친구1+보다2 떡볶이3+을 더4 많이4 먹5 | eat5 more4 tteokbokki3 than2 my friend1 | way=comparison t=noon,pm hon=드시 nn
고기1+보다2 채소3+을 더4 많이4 먹5 | eat5 more4 vegetables3 than2 meat1 | \
way=comparison q t=noon,eve hon=드시 span=day nn
밥1+이 되2+는3 동안3 국4+을 끓이5 | make5 soup4 while3 the rice1 was2? cooking2 | way=during past q t=am,eve span=day nn
집1+에 가2?+는 길3+에4 빵5+을 사6 | buy6 bread5 on4 the way2,3 home1 | way=onway q t=eve span=day nn
저녁1+을 준비2+하2+느라고3 전화4+을 못5 받6 | miss5,6 a call4 because3 PRO %be3? busy3? making2 dinner1 | \
way=busy past t=eve nn
시장1+에2 가3+~아서 {vegetable}+을 사4+고 집5+에 돌아오6+~아서7 저녁8+을 준비9+하9 | \
go3 to2 the market1 , ^buy4 {vegetable/g} , ^come6 back6 home5 , and7 ^make9 dinner8 | way=seq q t=pm c nn
감자1+을 깨끗이2 씻3+~아서 껍질4+을 벗기4+고 냄비5+에6 넣7+~아서8 삶9 | \
wash3 the potatoes1 thoroughly2 , ^peel4 them , ^put7 them in6 a pot5 , and8 ^boil9 them | way=seq q t=noon,eve nn
딸기1+을 깨끗이2 씻3+~아서 설탕4+을 넣5+고 약하6+(으)ㄴ 불7+에8 끓이9+~아서10 잼11+을 만들12 | \
wash3 the strawberries1 thoroughly2 , ^add5 sugar4 , ^cook9 them over8 low6 heat7 , and10 ^make12 jam11 | \
way=seq q t=pm nn
밥1+에2 채소3+하고4 고추장5+을 넣6+고 잘7 비비8+~아서9 맛있10+게10 먹11 | \
add6 vegetables3 and4 chili5 paste5 to2 the rice1 , ^mix8 it well7 , and9 ^enjoy10,11 it | \
way=seq q t=noon,eve hon=드시 nn
저녁1+을 만들2+기3 전3+에3 시장4+에5 가6+~아서 생선7+과8 채소9+을 사10 | \
go6 to5 the market4 and ^buy10 fish7 and8 vegetables9 before3 making2 dinner1 | way=before q t=pm nn
손님1+이 오2+기3 전3+에3 거실4+을 청소5+하5+고 케이크6+을 굽7+고8 상9+을 차리10 | \
clean5 the living4 room4 , ^bake7 a cake6 , and8 ^set10 the table9 before3 the guests1 came2 | way=before past q t=pm nn
점심1+을 먹2+(으)ㄴ3 후3+에3 카페4+에5 가6+~아서7 커피8+을 마시9+(으)면서10 이야기11+을 하11 | \
go6 to5 a cafe4 after3 eating2 lunch1 and7 ^talk11 while10 drinking9 coffee8 | way=after q t=noon,pm c nn
김치1+을 썰2+~아서 돼지고기3+과4 볶5+(으)ㄴ6 다음6+에6 물7+을 넣8+고9 오래10 끓이11 | \
chop2 the kimchi1 , ^fry5 it with4 pork3 , then6 ^add8 water7 and9 ^simmer11 it for10 a10 long10 time10 | \
way=after q t=eve nn
운동1+을 하1+(으)ㄴ2 뒤2+에2 친구3+들3+과4 식당5+에6 가7+~아서8 냉면9+을 시키10+~아 먹11 | \
go7 to6 a restaurant5 with4 friends3 after2 exercising1 and8 ^eat10,11 cold9 noodles9 | \
way=after q t=noon,eve hon=드시 nn
음악1+을 듣2+(으)면서3 채소4+을 썰5+고 고기6+을 볶7+~아서8 카레9+을 만들10 | \
cut5 the vegetables4 , ^fry7 the meat6 , and8 ^make10 curry9 while3 listening2 to2 music1 | way=while q t=eve c nn
어머니1+과2 이야기3+을 하3+(으)면서4 만두5+을 빚6+~아서7 크8+(으)ㄴ 냄비9+에10 찌11 | \
make6 dumplings5 and7 ^steam11 them in10 a big8 pot9 while4 talking3 with2 my mother1 | way=while young q t=pm nn
친구1+들1+과2 떡볶이3+을 먹4+(으)러5 시장6+에7 가8+~아서9 호떡10+도11 사12+~아 먹13 | \
go8 to7 the market6 to5 eat4 tteokbokki3 with2 friends1 and9 ^have12,13 sweet10 pancakes10 too11 | \
way=purpose young q t=pm nn
할머니1 댁2+에3 김치4+을 담그5+(으)러6 가7+~아서 배추8+을 씻9+고10 마늘11+을 까12 | \
go7 to3 my grandmother1 's1? house2 to6 make5 kimchi4 , ^wash9 the cabbage8 , and10 ^peel12 the garlic11 | \
way=purpose young q t=am nn
일1+이 끝나2+자마자3 시장4+에 들르5+~아서6 고기7+을 사8+고9 상추10+도 사11 | \
stop5 by5 the market4 and6 ^buy8,11 some meat7 and9 some lettuce10 as3 soon3 as3 work1 was2? over2 | \
way=soon adult past q t=eve nn
집1+에 오2+자마자3 손4+을 씻5+고6 냉장고7+에서8 수박9+을 꺼내10?+~아 먹11 | \
wash5 my hands4 and6 ^eat11 some watermelon9 from8,10 the refrigerator7 as3 soon3 as3 PRO %get2 home1 | \
way=soon q t=pm hon=드시 span=day nn
국1+이 너무2 짜3+~아서4 물5+을 더6 넣7+고 두부8+도 넣9+~아서10 다시11 끓이12 | \
add7,9 more6 water5 and some tofu8 and10 ^boil12 the soup1 again11 because4 it was3 too2 salty3 | \
way=so past q t=noon,eve nn
냉장고1+에2 먹3+(으)ㄹ4 것5+이 없5+~아서6 가게7+에8 가9+~아서10 계란11+하고12 우유13+을 사14 | \
go9 to8 the store7 and10 ^buy14 eggs11 and12 milk13 because6 there5? was5 nothing5 to4 eat3 in2 the refrigerator1 | \
way=so past q t=am,pm nn
식당1+을 예약2+하2+~았3+지만4 길5+이 너무6 막히7+~아서8 늦9+게9 도착10+하10 | \
book2,3 a table1? at a restaurant1 but4 ^arrive10 late9 because8 the traffic5 was7 very6 heavy7 | way=but past t=eve nn
케이크1+을 굽2+~았3+지만4 오븐5+이 너무6 뜨겁7+~아서8 까맣9+게9 태우10 | \
bake2,3 a cake1 but4 ^burn10 it black9 because8 the oven5 was7 too6 hot7 | way=but past t=pm nn
떡볶이1+을 먹2+(으)러3 시장4+에5 가6+~았7+지만8 가게9+이 문10+을 닫10+~아서11 그냥 돌아오12 | \
go6,7 to5 the market4 to3 eat2 tteokbokki1 but8 ^come12 back12 because11 the shop9 was10 closed10 | way=but past t=pm nn
저녁1+을 만들2+는3 대신3+에3 치킨4+을 시키5+~아서6 드라마7+을 보8+(으)면서9 먹10 | \
order5 fried4 chicken4 instead3 of3 making2 dinner1 and6 ^eat10 it while9 watching8 a drama7 | \
way=instead q t=eve hon=드시 c nn
배달1 음식1+을 시키2+는3 대신3+에3 밥4+과5 김치6+을 볶7+~아서8 계란9+하고10 같이11 먹12 | \
make7 kimchi6 fried7 rice4 and8 ^eat12 it with10,11 an egg9 instead3 of3 ordering2 takeout1 | \
way=instead q t=noon,eve hon=드시 nn
카페1+이 문2+을 닫2+(으)ㄹ3 때3+까지3 친구4+과5 커피6+을 마시7+(으)면서8 이야기9+을 하9 | \
talk9 with5 a friend4 and8? ^drink7 coffee6 until3 the cafe1 closed2 | way=until past q t=pm,eve nn
할머니1+께서 보내2+~아 주2+(으)시+(으)ㄴ3 배추4+으로5 김치6+을 담그7+~아서8 이웃9+들9+과10 나누11 | \
make7 kimchi6 with5 the cabbage4 that3 my grandmother1 sent2 and8 ^share11 it with10 the neighbors9 | \
way=relative young past q t=am,pm nn
텃밭1+에서2 키우3+(으)ㄴ3 상추4+을 따5+~아서 깨끗이6 씻7+고8 고기9+과10 같이11 먹12 | \
pick5 the lettuce4 PRO grew3 in2 the garden1 , ^wash7 it thoroughly6 , and8 ^eat12 it with10,11 meat9 | \
way=relative past q t=noon,eve hon=드시 nn
소풍1+을 가1+(으)려고2 김밥3+을 싸4+고 과일5+을 씻6+~아서7 가방8+에9 넣10 | \
make4 gimbap3 , ^wash6 some fruit5 , and7 ^put10 everything10? in9 my bag8 for2? a picnic1 | way=plan q t=am nn
감기1+에 걸리2+~았3+(으)ㄹ4 때4 죽5+을 먹6+고7 따뜻8+하8+(으)ㄴ 차9+을 마시10 | \
eat6 porridge5 and7 ^drink10 warm8 tea9 when4 PRO %have2,3 a cold1 | way=when past q hon=드시 nn
식탁1+에2 앉3+지4 않4+고4 부엌5+에6 서7+(으)ㄴ7? 채7?+로7? 빵8+과9 우유10+을 먹11 | \
have11 bread8 and9 milk10 standing7 up7 in6 the kitchen5 instead4 of4 sitting3 at2 the table1 | \
way=state past q t=am hon=드시 nn
친구1+의2 생일3+을 축하4+하4+(으)려고5 케이크6+을 굽7+고 초8+을 꽂9+고10 노래11+을 부르12 | \
bake7 a cake6 , ^put9 candles8 on9? it , and10 ^sing12 a song11 to5 celebrate4 a friend1 's2 birthday3 | \
way=plan q t=pm nn
어머니1 생신2+에3 미역국4+을 끓이5+(으)려고6 일찍7 일어나8+~아서9 고기10+하고11 미역12+을 사13 | \
get8 up8 early7 and9 ^buy13 meat10 and11 seaweed12 to6 make5 seaweed4 soup4 for3 my mother1 's1? birthday2 | \
way=plan young q t=am nn
아무리1 피곤2+하2+~아도1 장3+을 보4+~아서5 가족6+에게7 저녁8+을 만들9+~아 주9 | \
go4 grocery3 shopping3 and5 ^make9 dinner8 for7 my family6 no1 matter1 how1 tired2 PRO %be2 | \
way=though adult t=eve span=day nn
국1+이 끓2+는3 동안3 식탁4+을 닦5+고6 숟가락7+과8 젓가락9+을 놓10 | \
wipe5 the table4 and6 ^put10 out10 spoons7 and8 chopsticks9 while3 the soup1 was2? boiling2 | \
way=during past q t=eve span=day nn
집1+에 가2?+는 길3+에4 시장5+에 들르6+~아서 귤7+을 사8+~아서9 가족10+과11 나누12+~아 먹13 | \
stop6 by6 the market5 on4 the way2,3 home1 , ^buy8 tangerines7 , and9 ^share12,13 them with11 my family10 | \
way=onway q t=eve hon=드시 nn
손님1+들1+의2 저녁3+을 준비4+하4+느라고5 점심6+도 못7 먹8+고 하루9 종일9 부엌10+에11 있12 | \
stay12 in11 the kitchen10 all9 day9 without7 eating8 lunch6 because5 PRO %be5? busy5? making4 dinner3 for2 the \
guests1 | way=busy past hon=계시 nn span=day
"""
