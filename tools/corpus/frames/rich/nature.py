"""Weather, plants and animals: rows of several acts."""

ROWS = """\
정원1+에2 나가3+~아서4 {flower}+을 심5 | go3 out3 into2 the garden1 and4 ^plant5 {flower/g} | way=seq q c t=am,pm nn
씨앗1+을 심2+고3 물4+을 주5 | plant2 some seeds1 and3 ^water4,5 them | way=seq q t=am,pm nn
공원1+에2 가3+~아서4 오리5+에게 먹이6+을 주7 | go3 to2 the park1 and4 ^feed6,7 the ducks5 | way=seq q c t=am,pm nn
텐트1 밖2+으로2 나오3+~아서4 별5+을 보6 | come3 out2 of2 the tent1 and4 ^look6 at6 the stars5 | way=seq q c t=night nn
마당1+의 낙엽2+을 쓸3+~아서4 자루5+에6 담7 | sweep3 up3 the fallen2 leaves2 in the yard1 and4 ^put7 them in6 a bag5 | \
way=seq q t=am,pm nn
장화1+을 신2+고3 물웅덩이4+에5 뛰어들6 | put2 on2 rain1 boots1 and3 ^jump6 into5 the puddles4 | way=seq young t=pm nn
냇물1+에2 발3+을 담그4+고5 쉬6 | put4 my feet3 in2 the stream1 and5 ^rest6 | way=seq q c t=pm nn
나무1+에 올라가2+~아서3 감4+을 따5 | climb2 a tree1 and3 ^pick5 persimmons4 | way=seq q t=am,pm nn
해1+이 뜨1+기 전2+에 산3+에 오르4 | climb4 the mountain3 before2 sunrise1 | way=before q c t=am nn
꽃1+을 심2+기 전3+에 흙4+에 물5+을 주6 | water5,6 the soil4 before3 planting2 the flowers1 | way=before q t=am,pm nn
등산1+을 하1+기 전2+에 날씨3+을 확인4+하4 | check4 the weather3 before2 going1 hiking1 | way=before q t=am nn
어두워지1+기 전2+에 숲3+에서4 나오5 | come5 out5 of4 the forest3 before2 dark1 | way=before q t=pm nn
겨울1+이 오2+기 전2+에 정원3+을 정리4+하4 | clean4 up4 the garden3 before2 winter1 | way=before q t=am,pm nn
소나기1+이 오2+기 전3+에 새장4+을 안5+으로5 옮기6 | move6 the birdcage4 inside5 before3 the shower1 came2 | \
way=before past t=pm nn
비1+이 그치2+(으)ㄴ 후3+에 무지개4+을 보5 | see5 a rainbow4 after3 the rain1 stopped2 | way=after x past t=pm nn
잔디1+을 깎2+(으)ㄴ 뒤3+에 나무4 그늘5+에서6 쉬7 | rest7 in6 the shade5 of4? a tree4 after3 mowing2 the lawn1 | \
way=after q adult t=am,pm nn
눈싸움1+을 하2+(으)ㄴ 다음3+에 뜨겁4+(으)ㄴ 코코아5+을 마시6 | drink6 hot4 cocoa5 after3 having2 a snowball1 fight1 | \
way=after q young t=pm nn
동물원1+을 구경2+하2+(으)ㄴ 뒤3+에 벤치4+에서5 도시락6+을 먹7 | \
eat7 a packed6 lunch6 on5 a bench4 after3 looking2 around2 the zoo1 | way=after q c t=noon hon=드시 nn
새끼1 고양이2+을 씻기3+(으)ㄴ 후4+에 수건5+으로6 닦7+~아 주7 | dry7 the kitten1,2 with6 a towel5 after4 washing3 it | \
way=after q t=pm nn
새소리1+을 듣2+(으)면서3 숲길4+을 걷5 | walk5 along5? the forest4 path4 while3 listening2 to2 the birds1 | \
way=while q c t=am nn
빗소리1+을 듣2+(으)면서3 낮잠4+을 자5 | take5 a nap4 while3 listening2 to2 the rain1 | \
way=while t=pm hon=주무시 span=day past nn
별1+을 보2+(으)면서3 소원4+을 빌5 | make5 a wish4 while3 looking2 at2 the stars1 | way=while q t=night nn
구름1+을 보2+(으)면서3 잔디밭4+에5 눕6+~아 있6 | lie6 on5 the grass4 while3 looking2 at2 the clouds1 | \
way=while q t=pm hon=계시 nn
꽃향기1+을 맡2+(으)면서3 정원4+을 천천히5 걷6 | walk6 slowly5 around6? the garden4 while3 smelling2 the flowers1 | \
way=while q c t=am,pm nn
나비1+을 쫓아가2+다가3 숲4+에서5 길6+을 잃6 | get6 lost6 in5 the forest4 while3 chasing2 a butterfly1 | \
way=while x past young t=pm nn
봄꽃1+을 보2+(으)러3 식물원4+에5 가6 | go6 to5 the botanical4 garden4 to3 see2 the spring1 flowers1 | \
way=purpose q c t=am,pm nn
{호랑이|사자|판다|코끼리|기린}+을 보1+(으)러2 동물원3+에4 가5 | \
go5 to4 the zoo3 to2 see1 {호랑이|사자|판다|코끼리|기린/thes} | way=purpose q c t=am,pm nn
눈사람1+을 만들2+(으)러3 마당4+에5 나가6 | go6 out6 into5 the yard4 to3 build2 a snowman1 | way=purpose q c t=am,pm nn
반딧불이1+을 보2+(으)러3 시골4+에5 가6 | go6 to5 the countryside4 to3 see2 fireflies1 | way=purpose q c t=eve,night nn
바람1+을 쐬2+(으)러3 강가4+에5 나가6 | go6 out6 to5 the riverside4 to3 get2 some fresh1 air1 | \
way=purpose q c t=pm,eve nn
눈1+이 오1+자마자2 밖3+으로3 뛰어나가4 | run4 outside3 as2 soon2 as2 it started1? snowing1 | \
way=soon past young t=am,pm nn
비1+이 그치2+자마자3 산책4+을 나가5 | go5 out5 for a walk4 as3 soon3 as3 the rain1 stopped2 | \
way=soon q past t=pm,eve nn
해1+이 지2+자마자3 모닥불4+을 피우5 | make5 a campfire4 as3 soon3 as3 the sun1 went2 down2 | way=soon q past t=eve nn
뱀1+을 보2+자마자3 도망4+을 가4 | run4 away4 as3 soon3 as3 PRO %see2 the snake1 | way=soon x past young nn
공원1+에2 도착3+하3+자마자4 돗자리5+을 펴6 | lay6 out6 a picnic5 blanket5 as4 soon4 as4 PRO %get3 to2 the park1 | \
way=soon q t=am,pm nn
비1+이 오1+~아서2 정류장3+까지4 뛰5 | run5 to4 the bus3 stop3 because2 it was raining1 | way=so q past nn
날씨1+이 너무2 덥3+~아서4 에어컨5+을 켜6 | turn6 on6 the air5 conditioner5 because4 the weather1 was too2 hot3 | \
way=so q past t=pm,night nn
날씨1+이 춥2+~아서3 두껍4+(으)ㄴ 장갑5+을 끼6 | put6 on6 thick4 gloves5 because3 the weather1 was cold2 | \
way=so q past t=am nn
바람1+이 세2+게2 불1+~아서3 모자4+을 잃어버리5 | lose5 my hat4 because3 it was very2 windy1 | way=so x past s=I t=pm nn
길1+이 미끄럽2+~아서3 천천히4 걷5 | walk5 slowly4 because3 the road1 was slippery2 | way=so q past nn
안개1+이 끼1+~아서2 천천히3 운전4+을 하4 | drive4 slowly3 because2 it was foggy1 | way=so q past adult t=am nn
눈1+이 많이2 오1+~아서3 학교4+에 못5 가6 | miss5,6 school4 because3 it snowed1 heavily2 | way=so x past young t=am nn
달1+이 밝2+~아서3 호숫가4+을 산책5+하5 | take5 a walk5 by the lake4 because3 the moon1 was bright2 | \
way=so q past t=night nn
우산1+을 쓰2+~았+지만3 비4+에 흠뻑5 젖6 | use2 an umbrella1 but3 ^get6 soaked5,6 in the rain4 | way=but x past nn
낚시1+을 하1+~았+지만2 물고기3+을 한4 마리4+도4 못5 잡6 | go1 fishing1 but2 %do5 n't5 catch6 a4 single4 fish3 | \
way=but past t=am,pm nn
밤하늘1+을 보2+~았+지만3 별4+을 못5 찾6 | look2 up2 at2 the night1 sky1 but3 %do5 n't5 find6 any stars4 | \
way=but x past t=night nn
꽃1+을 심2+~았+지만3 물4+을 자주5 주6+지7 않7 | plant2 flowers1 but3 %do7 n't7 water4,6 them often5 | \
way=but past span=year nn
꽃1+을 꺾2+는 대신3+에 사진4+을 찍5 | take5 pictures4 instead3 of3 picking2 the flowers1 | way=instead q t=am,pm nn
에어컨1+을 켜2+는 대신3+에 창문4+을 열5 | open5 the window4 instead3 of3 turning2 on2 the air1 conditioner1 | \
way=instead q t=pm,night nn
컴퓨터1 게임2+을 하3+는 대신4+에 밖5+에서5 연6+을 날리7 | \
fly7 a kite6 outside5 instead4 of4 playing3 computer1 games2 | way=instead q young t=pm nn
해1+이 뜨1+(으)ㄹ 때2+까지2 산꼭대기3+에서4 기다리5 | wait5 on4 the mountaintop3 until2 sunrise1 | way=until q c t=am nn
비1+이 그치2+(으)ㄹ 때3+까지3 나무4 밑5+에5 서6+~아 있6 | stand6 under5 a tree4 until3 the rain1 stopped2 | \
way=until past t=pm hon=계시 nn
손1+이 시리2+(으)ㄹ 때3+까지3 눈싸움4+을 하5 | have5 a snowball4 fight4 until3 my hands1 got2? cold2 | \
way=until past t=am,pm nn
달1+이 뜨2+(으)ㄹ 때3+까지3 마당4+에5 앉6+~아 있6 | sit6 in5 the yard4 until3 the moon1 rose2 | \
way=until past t=eve hon=계시 nn
배1+이 부르1+(으)ㄹ 때2+까지2 산딸기3+을 따4+~아 먹5 | pick4 and4? ^eat5 wild3 berries3 until2 PRO %be1 full1 | \
way=until past t=pm hon=드시 nn
겨울1+에2 피3+는 꽃4+을 마당5+에6 심7 | plant7 flowers4 that bloom3 in2 winter1 in6 the yard5 | way=relative q nn
나무1+에서2 떨어지3+(으)ㄴ 밤4+을 줍5 | pick5 up5 the chestnuts4 that fell3 from2 the trees1 | way=relative q past nn
길1+에서2 만나3+(으)ㄴ 고양이4+에게 먹이5+을 주6 | feed5,6 a cat4 PRO met3 on2 the street1 | way=relative q past nn
친구1+이 키우2+는 고양이3+을 일주일4 동안5 돌보6 | take6 care6 of6 a friend1 's2? cat3 for5 a week4 | way=relative q nn
날개1+을 다치2+(으)ㄴ 새3+을 집4+에 데려오5 | bring5 home4 a bird3 with an injured2 wing1 | way=relative past nn
비1+이 오1+(으)ㄹ 때2 노랗3+(으)ㄴ 우산4+을 쓰5 | use5 my yellow3 umbrella4 when2 it rained1 | way=when past nn
눈1+이 오1+(으)ㄹ 때2 창가3+에4 앉5+~아 있5 | sit5 by4 the window3 when2 it was snowing1 | way=when past hon=계시 nn
천둥1+이 치1+(으)ㄹ 때2 이불3 속4+에4 숨5 | hide5 under4 the blanket3 when2 it thundered1 | way=when past young nn
숲1+에서2 사슴3+을 보4+~았+(으)ㄹ 때5 조용히6 사진7+을 찍8 | \
take8 a picture7 quietly6 when5 PRO %see4 a deer3 in2 the forest1 | way=when past nn
우산1+을 들2+(으)ㄴ 채3+으로3 연못4+을 바라보5 | look5 at5 the pond4 with3 an umbrella1 in my hand2 | \
way=state q past t=pm nn
장화1+을 신2+(으)ㄴ 채3+으로3 강4+에5 들어가6 | walk6 into5 the river4 with3 rain1 boots1 on2 | way=state q past t=pm nn
모자1+을 쓰2+(으)ㄴ 채3+으로3 바다4+에서5 수영6+을 하6 | swim6 in5 the sea4 with3 my hat1 on2 | way=state past t=pm nn
별1+을 더2 잘2 보3+(으)려고4 불5+을 끄6 | turn6 off6 the light5 to4 see3 the stars1 better2 | way=plan q t=night nn
새1+을 자세히2 보3+(으)려고4 쌍안경5+을 사6 | buy6 binoculars5 to4 see3 birds1 up2 close2 | \
way=plan q span=year nn
비1+을 피하2+(으)려고3 나무4 밑5+으로5 뛰어가6 | run6 under5 a tree4 to3 get2 out2 of2 the rain1 | way=plan past nn
햇빛1+을 피하2+(으)려고3 크4+(으)ㄴ 모자5+을 쓰6 | put6 on6 my big4 hat5 to3 keep2 off2 the sun1 | way=plan q t=am,pm nn
딸기1+을 키우2+(으)려고3 베란다4+에5 화분6+을 놓7 | put7 pots6 on5 the balcony4 to3 grow2 strawberries1 | way=plan q nn
날씨1+이 춥2+~았+지만3 밖4+에서4 눈사람5+을 만들6 | build6 a snowman5 outside4 although3 the weather1 was cold2 | \
way=though past t=am,pm nn
물1+이 차갑2+~았+지만3 바다4+에5 들어가6 | go6 into5 the sea4 although3 the water1 was cold2 | \
way=though past t=am,pm nn
친구1+보다2 물고기3+을 더4 많이4 잡5 | catch5 more4 fish3 than2 my friend1 | way=comparison past t=am,pm nn
작년1+보다2 꽃3+을 더4 많이4 심5 | plant5 more4 flowers3 than2 last1 year1 | way=comparison q nn
우산1+을 쓰2+지3 않3+고3 비4 오4+는 거리5+을 걷6 | walk6 down6? the street5 in the rain4 without3 \
using2 an umbrella1 | way=without x past nn
아무1 말1+도1 하2+지3 않3+고3 바다4+을 바라보5 | look5 at5 the sea4 without3 saying2 anything1 | \
way=without past t=pm,eve nn
아이1+들1+이 모래성2+을 쌓3+는 동안4 그늘5+에서6 쉬7 | \
rest7 in6 the shade5 while4 the children1 were building3 a sandcastle2 | way=during past adult t=pm nn
산1+에서2 내려오3+는 길4+에 다람쥐5+을 보6 | see6 a squirrel5 on4 the way3,4 down2 the mountain1 | \
way=onway x past t=pm nn
정원1+에2 나가3+~아서4 시들5+(으)ㄴ 꽃6+을 자르7+고8 새9 씨앗10+을 심11 | \
go3 out3 into2 the garden1 , ^cut7 the dead5 flowers6 , and8 ^plant11 new9 seeds10 | way=seq q t=am,pm nn
냇가1+에2 가3+~아서4 신발5+을 벗6+고7 맨손8+으로9 작10+(으)ㄴ 물고기11+을 잡12 | \
go3 to2 the stream1 , ^take6 off6 my shoes5 , and7 ^catch12 small10 fish11 with9 my bare8 hands8 | way=seq q t=pm nn
나무1+을 심2+(으)ㄴ 다음3+에 물4+을 충분히5 주6+고7 그8 옆9+에서9 사진10+을 찍11 | \
plant2 a tree1 , then3 ^water4,6 it well5 , and7 ^take11 a picture10 next9 to9 it8 | way=after q c t=am,pm nn
해1+이 뜨1+기 전2+에 일어나3+~아서4 호수5 위6+의6 안개7+을 사진8+으로 찍8 | \
get3 up3 before2 sunrise1 and4 ^take8 pictures8 of the fog7 over6 the lake5 | way=before q t=am nn
태풍1+이 오2+기 전3+에 창문4+을 모두5 닫6+고7 마당8+의 화분9+을 집10 안11+으로11 옮기12 | \
close6 all5 the windows4 and7 ^move12 the plants9 in the yard8 into11 the house10 before3 the typhoon1 came2 | \
way=before past nn
비1+이 그치2+(으)ㄴ 뒤3+에 밖4+에 나가5+~아서6 나뭇잎7 위8+의8 달팽이9+을 구경10+하10 | \
go5 outside4 and6 ^watch10 the snails9 on8 the leaves7 after3 the rain1 stopped2 | way=after past t=pm nn
강가1+에2 앉3+~아서4 물소리5+을 듣6+(으)면서7 나무8+과9 구름10+을 종이11+에12 그리13 | \
sit3 by2 the river1 and4 ^draw13 trees8 and9 clouds10 on12 paper11 while7 listening6 to6 the sound5 of5? the water5 | \
way=while q t=pm nn
공원1+을 걷2+(으)면서3 예쁘4+(으)ㄴ 나뭇잎5+을 줍6+~아서7 책8 사이9+에9 넣10 | \
pick6 up6 pretty4 leaves5 while3 walking2 in the park1 and7 ^put10 them between9 the pages8? of8? a book8 | \
way=while q t=am,pm nn
벚꽃1+을 보2+(으)러3 공원4+에5 가6+~아서7 나무8 밑9+에서9 도시락10+을 먹11 | \
go6 to5 the park4 to3 see2 the cherry1 blossoms1 and7 ^eat11 a packed10 lunch10 under9 a tree8 | \
way=purpose q c t=noon hon=드시 nn
눈1+이 그치2+자마자3 친구4+들4+과5 공원6+에7 나가8+~아서9 눈싸움10+을 하11 | \
go8 out8 to7 the park6 with5 friends4 and9 ^have11 a snowball10 fight10 as3 soon3 as3 the snow1 stopped2 | \
way=soon q past young t=am,pm nn
동물원1+에2 도착3+하3+자마자4 지도5+을 받6+고7 코끼리8+이 있+는 곳9+으로9 뛰어가10 | \
get6 a map5 and7 ^run10 to9 the elephants8 as4 soon4 as4 PRO %arrive3 at2 the zoo1 | way=soon young q t=am,pm nn
갑자기1 비2+이 오2+~아서3 소풍4+을 끝내5+고6 가깝7+(으)ㄴ 카페8+으로9 뛰어가10 | \
cut5 the picnic4 short5 and6 ^run10 to9 a nearby7 cafe8 because3 it suddenly1 started2? raining2 | way=so q past t=pm nn
날씨1+이 너무2 덥3+~아서4 강5+에6 가7+~아서8 수영9+을 하9+고10 수박11+을 먹12 | \
go7 to6 the river5 , ^swim9 , and10 ^eat12 watermelon11 because4 the weather1 was too2 hot3 | \
way=so q past hon=드시 t=pm nn
낚시1+을 하1+(으)러2 호수3+에4 가5+~았+지만6 바람7+이 많이8 불7+~아서9 일찍10 돌아오11 | \
go5 to4 the lake3 to2 fish1 but6 ^come11 back11 early10 because9 it was very8 windy7 | way=but past t=am,pm nn
고양이1+을 키우2+고 싶3+~았+지만4 알레르기5+이 있6+~아서7 금붕어8+을 사9 | \
want3 to3? get2 a cat1 but4 ^buy9 a goldfish8 because7 PRO %have6 allergies5 | way=but past span=year nn s=I
버섯1+을 따2+(으)러3 숲4+에5 들어가6+~았+지만7 뱀8+을 보9+고10 바로11 나오12 | \
go6 into5 the forest4 to3 pick2 mushrooms1 but7 ^come12 out12 right11 away11 after10 seeing9 a snake8 | \
way=but past t=am nn
에어컨1+을 켜2+는 대신3+에 나무4 그늘5+에6 앉7+~아서8 시원9+하9+(으)ㄴ 바람10+을 즐기11 | \
sit7 in6 the shade5 of4? a tree4 and8 ^enjoy11 the cool9 breeze10 instead3 of3 turning2 on2 the air1 conditioner1 | \
way=instead q t=pm nn
해1+이 지1+(으)ㄹ 때2+까지2 바닷가3+에서4 모래성5+을 쌓6+고7 파도8+을 구경9+하9 | \
build6 sandcastles5 and7 ^watch9 the waves8 on4 the beach3 until2 sunset1 | way=until q c t=pm nn
다리1+을 다치2+(으)ㄴ 고양이3+을 상자4+에5 넣6+~아서7 동물8 병원9+에10 데려가11 | \
put6 a cat3 with an injured2 leg1 in5 a box4 and7 ^take11 it to10 the animal8 hospital9 | way=relative q past nn
할아버지1+께서 심2+(으)시+(으)ㄴ 나무3+에서4 사과5+을 따6+~아서7 이웃8+들8+에게9 나누10+~아 주10 | \
pick6 apples5 from4 the tree3 my grandfather1 planted2 and7 ^share10 them with9 the neighbors8 | \
way=relative q young t=am,pm nn
숲1+에서2 길3+을 잃3+~았+(으)ㄹ 때4 물소리5+을 따라6 걸어가7+~아서8 강9+을 찾10 | \
follow6,7 the sound5 of5? water5 and8 ^find10 the river9 when4 PRO %get3 lost3 in2 the forest1 | way=when past nn
우산1+을 쓰2+(으)ㄴ 채2+으로2 벤치3+에4 앉5+~아서6 비7 오7+는 호수8+을 바라보9 | \
sit5 on4 a bench3 under2 an umbrella1 and6 ^look9 at9 the lake8 in the rain7 | way=state past t=am,pm nn
토마토1+을 키우2+(으)려고3 화분4+과5 흙6+을 사7+고8 베란다9+을 깨끗이10 치우10 | \
buy7 pots4 and5 soil6 and8 ^clean10 up10 the balcony9 to3 grow2 tomatoes1 | way=plan q nn
별1+을 더2 잘2 보3+(으)려고4 도시5+에서6 멀7+(으)ㄴ 산8+에9 가10+~아서11 텐트12+을 치13 | \
go10 to9 a mountain8 far7 from6 the city5 and11 ^put13 up13 a tent12 to4 see3 the stars1 better2 | way=plan q c t=eve nn
바람1+이 차갑2+~았+지만3 눈4+이 쌓이5+(으)ㄴ 공원6+을 개7+과8 한9 시간10 동안11 걷12 | \
walk12 in the snowy4,5 park6 with8 my dog7 for11 an9 hour10 although3 the wind1 was cold2 | \
way=though past t=am,pm nn
파도1+이 높2+~았+지만3 배4+을 타5+고 나가6+~아서7 크8+(으)ㄴ 물고기9+을 잡10 | \
go6 out6 on5 a boat4 and7 ^catch10 a big8 fish9 although3 the waves1 were high2 | way=though past t=am,pm nn
예상1+보다2 눈3+이 많이4 오5+~아서6 등산7+을 포기8+하8+고9 온천10+에11 가12 | \
give8 up8 hiking7 and9 ^go12 to11 a hot10 spring10 because6 it snowed3,5 more4 than2 expected1 | \
way=comparison past t=am,pm nn
소리1+을 내2+지3 않3+고3 나무4 뒤5+에5 숨6+~아서7 새8 사진9+을 찍10 | \
hide6 behind5 a tree4 and7 ^take10 pictures9 of birds8 without3 making2 a sound1 | way=without q t=am nn
비1+이 오1+는 동안2 창가3+에4 앉5+~아서6 눈7+을 감8+고9 음악10+을 듣11 | \
sit5 by4 the window3 , ^close8 my eyes7 , and9 ^listen11 to11 music10 while2 it was raining1 | \
way=during past t=pm nn
산1+에서2 내려오3+는 길4+에 꽃5 이름6+을 찾아보7+고8 공책9+에10 쓰11 | \
look7 up7 the names6 of flowers5 and8 ^write11 them in10 a notebook9 on4 the way3,4 down2 the mountain1 | \
way=onway q t=pm nn
정원1+에2 꽃3+을 심4+느라고5 점심6+도 못7 먹8 | \
miss7,8 lunch6 because5 PRO %be5 busy5 planting4 flowers3 in2 the garden1 | way=busy past x nn hon=드시
"""
