"""Journeys, outings and what happens on the way: rows of several acts."""

ROWS = """\
기차1+을 타2+고2 부산3+에4 가5+~아서6 회7+을 먹8 | go5 to4 Busan3 by2 train1 and6 ^eat8 raw7 fish7 | \
way=seq q c hon=드시
시장1+에서2 기념품3+을 사4+고5 사진6+을 찍7 | buy4 souvenirs3 and5 ^take7 pictures6 at2 the market1 | way=seq q c t=pm
호텔1+에2 짐3+을 맡기4+고5 시내6+을 구경7+하7 | leave4 my bags3 at2 the hotel1 and5 ^explore7 the city6 | way=seq q t=pm
공항1+에서2 환전3+을 하4+고5 택시6+을 타7 | exchange3,4 some money3 at2 the airport1 and5 ^take7 a taxi6 | \
way=seq q adult
제주도1+에2 가3+~아서4 말5+을 타6 | go3 to2 Jeju1 Island1 and4 ^go6 horseback5 riding6 | way=seq q c span=year
버스1+에서2 내리3+~아서4 시장5+까지6 걸어가7 | get3 off2,3 the bus1 and4 ^walk7 to6 the market5 | way=seq q t=pm
산1 꼭대기2+까지3 올라가4+~아서5 경치6+을 구경7+하7 | climb4 to3 the top2 of3? the mountain1 and5 ^enjoy7 the view6 | \
way=seq q c t=am,pm
차1+을 빌리2+~아서3 해안4 도로5+을 달리6 | rent2 a car1 and3 ^drive6 along6? the coast4 road5 | way=seq q adult c t=pm
강가1+에2 텐트3+을 치4+고5 고기6+을 굽7+~아 먹7 | put4 up4 a tent3 by2 the river1 and5 ^grill7 some meat6 | \
way=seq q c hon=드시 t=eve
여행1+을 가2+기3 전3+에3 지도4+을 사5 | buy5 a map4 before3 going2 on2? a trip1 | way=before q
비행기1+을 타2+기3 전3+에3 {kin}+에게 전화4+을 하4 | call4 {kin/my} before3 getting2 on2 the plane1 | way=before q
출발1+하1+기2 전2+에2 지도3+을 다시4 확인5+하5 | check5 the map3 again4 before2 leaving1 | way=before q
호텔1+을 예약2+하2+기3 전3+에3 가격4+을 비교5+하5 | compare5 prices4 before3 booking2 a hotel1 | way=before q adult
기차1+을 타2+기3 전3+에3 김밥4+과5 물6+을 사7 | buy7 gimbap4 and5 water6 before3 getting2 on2 the train1 | \
way=before q t=am,pm
{country}+에1 가2+기3 전3+에3 {language} 인사말4+을 외우5 | \
memorize5 some {language/0} greetings4 before3 going2 to1 {country/0} | way=before q
박물관1+을 구경2+하2+(으)ㄴ3 다음3+에3 근처4 식당5+에서6 점심7+을 먹8 | \
have8 lunch7 at6 a nearby4 restaurant5 after3 looking2 around2 the museum1 | way=after q hon=드시 t=noon
짐1+을 풀2+(으)ㄴ3 후3+에3 바닷가4+을 산책5+하5 | walk5 along5? the beach4 after3 unpacking2 my bags1 | \
way=after q t=pm,eve
배1+에서2 내리3+(으)ㄴ4 후4+에4 자전거5+으로6 섬7+을 돌8 | \
ride8 around8 the island7 by6 bike5 after4 getting3 off2,3 the boat1 | way=after q t=pm
회사1+을 그만두2+(으)ㄴ3 뒤3+에3 유럽4+을 여행5+하5 | travel5 around5? Europe4 after3 leaving2 the company1 | \
way=after q adult span=year
기차1+에서2 창밖3+을 보4+(으)면서5 음악6+을 듣7 | listen7 to7 music6 while5 looking4 out3 the window3 on2 the train1 | \
way=while q
바닷가1+을 걷2+(으)면서3 조개껍데기4+을 줍5 | pick5 up5 seashells4 while3 walking2 on2? the beach1 | way=while q c t=pm
버스1+을 기다리2+(으)면서3 친구4+과5 이야기6+을 하6 | chat6 with5 a friend4 while3 waiting2 for2 the bus1 | way=while
지도1+을 보2+(으)면서3 기차역4+까지5 걸어가6 | walk6 to5 the train4 station4 while3 looking2 at2 the map1 | way=while q
운전1+을 하1+(으)면서2 라디오3+을 듣4 | listen4 to4 the radio3 while2 driving1 | way=while q adult span=day
호수1+을 바라보2+(으)면서3 커피4+을 마시5 | drink5 coffee4 while3 looking2 at2 the lake1 | way=while q hon=드시 t=pm
여행1+을 하1+(으)면서2 매일3 일기4+을 쓰5 | write5 in5? my diary4 every3 day3 while2 traveling1 | way=while q span=year
{peer}+을 데리1+(으)러2 공항3+에4 가5 | go5 to4 the airport3 to2 pick1 up1 {peer/my} | way=purpose q
단풍1+을 구경2+하2+(으)러3 설악산4+에5 가6 | go6 to5 Seoraksan4 to3 see2 the autumn1 leaves1 | way=purpose q c
일출1+을 보2+(으)러3 아침4 일찍5 바닷가6+에7 나가8 | \
go8 out8 to7 the beach6 early5 in4? the morning4 to3 watch2 the sunrise1 | way=purpose q c t=am
비자1+을 받2+(으)러3 대사관4+에5 가6 | go6 to5 the embassy4 to3 get2 a visa1 | way=purpose q t=pm
온천1+을 즐기2+(으)러3 일본4+에5 가6 | go6 to5 Japan4 to3 enjoy2 the hot1 springs1 | way=purpose q c span=year
눈1+을 보2+(으)러3 강원도4+에5 가6 | go6 to5 Gangwon4 Province4 to3 see2 the snow1 | way=purpose q c
호텔1+에2 도착3+하3+자마자4 침대5+에6 눕7 | lie7 down7 on6 the bed5 as4 soon4 as4 PRO %arrive3 at2 the hotel1 | \
way=soon q t=pm,eve
공항1+에서2 나오3+자마자4 택시5+을 타6 | take6 a taxi5 as4 soon4 as4 PRO %come3 out3 of2 the airport1 | way=soon q adult
기차1+에2 타3+자마자4 잠5+이 들6 | fall6 asleep5 as4 soon4 as4 PRO %get3 on2,3 the train1 | way=soon x
비행기1+에서2 내리3+자마자4 {kin}+에게5 메시지6+을 보내7 | \
send7 a message6 to5 {kin/my} as4 soon4 as4 PRO %get3 off2,3 the plane1 | way=soon q
바다1+에2 도착3+하3+자마자4 신발5+을 벗6 | take6 off6 my shoes5 as4 soon4 as4 PRO %arrive3 at2 the sea1 | \
way=soon q t=pm
길1+이 막히2+~아서3 비행기4+을 놓치5 | miss5 my flight4 because3 the traffic1 was2 heavy2 | way=so q x past
늦잠1+을 자2+~아서3 첫4 기차5+을 놓치6 | miss6 the first4 train5 because3 PRO %oversleep1,2 | way=so q x past t=am
길1+을 잃2+~아서3 경찰4+에게 도움5+을 청6+하6 | ask6 a police4 officer4 for6 help5 because3 PRO %get2 lost1,2 | \
way=so q past
기차표1+을 집2+에3 두4+고4 오4+~아서5 기차6+을 못7 타7 | \
miss6,7 the train6 because5 PRO %leave4 my ticket1 at3 home2 | way=so q x past
다리1+이 아프2+~아서3 공원4 벤치5+에6 앉7?+~아 쉬8 | rest8 on6,7 a park4 bench5 because3 my legs1 hurt2 | way=so q past
날씨1+이 좋2+~아서3 강4+을 따라5 자전거6+을 타7 | \
go7 for7? a bike6 ride7 along5 the river4 because3 the weather1 was2 nice2 | way=so q x past t=pm
호텔1+이 너무2 시끄럽3+~아서4 방5+을 바꾸6 | change6 rooms5 because4 the hotel1 was3 too2 noisy3 | way=so q past
눈1 때문2+에2 공항3+에서4 밤5+을 새우6 | spend6 the night5 at4 the airport3 because2 of2 the snow1 | way=so q x past
일찍1 일어나2+~았3+지만4 기차5+을 놓치6 | get2,3 up2 early1 but4 ^miss6 the train5 | way=but x past t=am
지도1+을 보2+~았3+지만4 길5+을 잃6 | look2,3 at2 the map1 but4 ^get6 lost5,6 | way=but x past
바다1+에2 가3+~았4+지만5 수영6+은 하6+지7 않7 | go3,4 to2 the sea1 but5 ^do7 n't7 swim6 | way=but x past t=pm
여행1 가방2+을 잃어버리3+~았4+지만5 다음6 날6 다시7? 찾7 | lose3,4 my suitcase1,2 but5 ^find7 it the next6 day6 | \
way=but x past
비1+이 많이2 오3+~았4+지만5 폭포6+까지7 걸어가8 | walk8 to7 the waterfall6 although5 it rained1,3,4 hard2 | \
way=though q x past t=pm
다리1+이 아프2+~았3+지만4 정상5+까지6 올라가7 | climb7 to6 the top5 although4 my legs1 hurt2,3 | \
way=though q x past t=pm
비행기1+을 타2+는3 대신3+에3 배4+을 타5+고5 제주도6+에7 가8 | \
go8 to7 Jeju6 Island6 by5 boat4 instead3 of3 by2 plane1 | way=instead q
호텔1+에서2 묵3+는4 대신4+에4 친구5 집6+에서7 자8 | \
sleep8 at7 a friend5 's5? house6 instead4 of4 staying3 at2 a hotel1 | way=instead q hon=주무시
택시1 대신2+에2 지하철3+을 타4+고5 집6+에 가7 | take4 the subway3 and5? ^go7 home6 instead2 of2 taking1? a taxi1 | \
way=instead q
버스1+을 타2+는3 대신3+에3 강가4+을 걷5 | walk5 along5? the river4 instead3 of3 taking2 the bus1 | \
way=instead q c t=pm,eve
비행기1+을 타2+(으)ㄹ3 때3+까지3 공항4+에서5 책6+을 읽7 | \
read7 a book6 at5 the airport4 until3 PRO %get2 on2 the plane1 | way=until q past
해1+이 지2+(으)ㄹ3 때3+까지3 바닷가4+에서5 놀6 | play6 on5 the beach4 until3 the sun1 went2 down2 | \
way=until q x past young t=pm,eve
배1+이 고파지2+(으)ㄹ3 때3+까지3 골목길4+을 걷5 | walk5 around5? the alleys4 until3 PRO %get2 hungry1,2 | \
way=until q t=pm
{peer}+이 추천1+하1+(으)ㄴ2 호텔3+에서4 묵5 | stay5 at4 the hotel3 that2 {peer/my} recommended1 | way=relative q
공항1+에서2 사3+(으)ㄴ3 초콜릿4+을 {kin}+에게 주5 | give5 {kin/my} the chocolate4 PRO bought3 at2 the airport1 | \
way=relative q
바다1+이 보이2+는3 방4+에서5 묵6 | stay6 in5 a room4 with3? a view2 of2? the sea1 | way=relative q c
친구1+이 살2+는3 도시4+에 놀5+(으)러5 가5 | visit5 the city4 where3 a friend1 lives2 | way=relative q t=am,pm
버스1+에서2 내리3+(으)ㄹ4 때4 기사5+에게6 인사7+하7 | greet7 the driver5 when4 getting3 off2,3 the bus1 | \
way=when q x past
길1+을 잃2+~았3+(으)ㄹ4 때4 가게5 주인6+에게 길7+을 묻8+~아8+보8 | \
ask8 a shop5 owner6 for8 directions7 when4 PRO %get2,3 lost1,2 | way=when q past
여행1+을 가2+(으)ㄹ3 때3 두껍4+(으)ㄴ 소설5+을 가져가6 | take6 a thick4 novel5 along6 when3 PRO %go2 on2? a trip1 | \
way=when q span=year
산1+에 올라가2+(으)ㄹ3 때3 물4+과5 초콜릿6+을 가져가7 | take7 water4 and5 chocolate6 when3 PRO %climb2 the mountain1 | \
way=when q t=am,pm
신발1+을 신2+(으)ㄴ3 채3+으로3 호텔4 침대5+에서6 잠7+이 들7 | fall7 asleep7 on6 the hotel4 bed5 with3 my shoes1 on2 | \
way=state x past t=eve,night
창문1+을 열2+~아 놓2+(으)ㄴ3 채3+으로3 운전4+을 하4 | drive4 with3 the windows1 open2 | way=state q adult
한복1+을 입2+고2 경복궁3+에서4 사진5+을 찍6 | take6 pictures5 at4 Gyeongbokgung3 in2 hanbok1 | way=state q c t=pm
아침1 일찍2 출발3+하3+(으)려고4 짐5+을 미리6 싸7 | pack7 my bags5 in6 advance6 to4 leave3 early2 in1? the morning1 | \
way=plan q t=eve,night
세계1 여행2+을 하2+(으)려고3 적금4+을 들5 | open5 a savings4 account4 to3 travel2 around2? the world1 | \
way=plan q adult span=year
좋1+(으)ㄴ 자리2+에 앉3+(으)려고4 일찍5 줄6+을 서7 | get7 in7 line6 early5 to4 get3 a good1 seat2 | way=plan q t=pm
계획1+보다2 일찍3 호텔4+에5 도착6+하6 | arrive6 at5 the hotel4 earlier3 than2 planned1 | way=comparison x
오래되1+(으)ㄴ 골목2+을 생각3+보다4 오래5 걷6 | \
walk6 around6? the old1 alleys2 longer5 than4 expected3 | way=comparison x t=pm
지도1+을 보2+지3 않3+고3 기차역4+을 찾아가5 | find5 the train4 station4 without3 looking2 at2 the map1 | way=without x
쉬1+지2 않2+고2 세3 시간4+이나 걷5 | walk5 for4? three3 hours4 without2 resting1 | way=without q x past t=pm
아침1 일찍2 기차3+을 타4+고4 경주5+에6 가7+~아서8 오래되9+(으)ㄴ 절10+을 구경11+하11 | \
go7 to6 Gyeongju5 by4 train3 early2 in1? the morning1 and8 ^look11 around11 an old9 temple10 | way=seq q c t=am
시장1+에서2 떡볶이3+을 먹4+고5 골목길6+을 걷7+(으)면서8 사진9+을 많이10 찍11 | \
eat4 tteokbokki3 at2 the market1 and5 ^take11 a10 lot10 of10? pictures9 while8 walking7 through7? the alleys6 | \
way=while q t=pm
호텔1+에2 짐3+을 맡기4+(으)ㄴ5 다음5+에5 남산6+에 올라가7+~아서8 야경9+을 구경10+하10 | \
go7 up7 Namsan6 and8 ^enjoy10 the night9 view9 after5 leaving4 my bags3 at2 the hotel1 | way=after q t=eve
비행기1+을 타2+기3 전3+에3 면세점4+에 들르5+~아서6 {peer}+에게7 주8?+(으)ㄹ 선물9+을 사10 | \
stop5 by5 the duty-free4 shop4 and6 ^buy10 a gift9 for7,8 {peer/my} before3 getting2 on2 the plane1 | way=before q
비행기1+이 세2 시간3+이나 늦4+게 도착5+하5+~아서6 공항7 근처8 호텔9+에서10 하룻밤11+을 묵12 | \
spend12 a night11 at10 a hotel9 near8 the airport7 because6 the plane1 arrived5 three2 hours3 late4 | \
way=so q past adult
가방1+을 잃어버리2+~아서3 경찰서4+에5 가6+~아서 신고7+을 하7+고8 호텔9+에 전화10+을 하10 | \
go6 to5 the police4 station4 , ^file7 a report7 , and8 ^call10 the hotel9 because3 PRO %lose2 my bags1 | \
way=so q x past adult t=pm
기차표1+을 예매2+하2+(으)려고3 하3+~았4+지만5 자리6+이 없7+~아서8 버스9+을 타10+고10 고향11+에12 가13 | \
try3,4 to3 book2 a train1 ticket1 , but5 there7? were7 no7 seats6 , so8 PRO ^go13 to12 my hometown11 by10 bus9 | \
way=but past
창가1+에2 앉3+~아서4 바다5+을 바라보6+(으)면서7 따뜻8+하8+(으)ㄴ 차9+을 마시10 | \
sit3 by2 the window1 and4 ^drink10 hot8 tea9 while7 looking6 at6 the sea5 | way=while q hon=드시 t=pm
유명1+하1+(으)ㄴ 화가2+의3 그림4+을 보5+(으)러6 기차7+을 타8+고8 서울9+에10 있10?+는10? 미술관11+에12 가13 | \
go13 by8 train7 to12 an art11 museum11 in10 Seoul9 to6 see5 paintings4 by3 a famous1 painter2 | way=purpose q t=pm
숙소1+에2 도착3+하3+자마자4 짐5+을 풀6+고 바닷가7+에8 나가9+~아서10 해11+이 지12+는 것+을 보13 | \
unpack6 my bags5 , ^go9 out9 to8 the beach7 , and10 ^watch13 the sun11 set12 as4 soon4 as4 PRO %arrive3 at2 the \
guesthouse1 | way=soon q t=pm,eve
인터넷1+에서2 찾3+(으)ㄴ3 식당4+에5 가6+~아서7 그8 지역9+의10 유명11+하11+(으)ㄴ 음식12+을 먹13+~아 보13 | \
go6 to5 a restaurant4 PRO found3 on2 the Internet1 and7 ^try13 the famous11 food12 of10 that8 area9 | way=relative q
비1+이 그치2+(으)ㄹ3 때3+까지3 카페4+에5 앉6+~아서7 친구8+들8+에게9 엽서10+을 쓰11 | \
sit6 in5 a cafe4 and7 ^write11 postcards10 to9 my friends8 until3 the rain1 stopped2 | way=until q x past t=pm
관광지1+에2 가3+는4 대신4+에4 작5+(으)ㄴ 마을6+을 천천히7 걷8+고9 동네10 사람10+들10+과11 이야기12+을 하12 | \
walk8 slowly7 through8? a small5 village6 and9 ^talk12 with11 the local10 people10 instead4 of4 going3 to2 tourist1 \
spots1 | way=instead q t=pm
싸1+(으)ㄴ 비행기표2+을 사3+(으)려고4 여러5 사이트6+에 들어가7+~아서8 가격9+을 꼼꼼히10 비교11+하11 | \
visit7 several5 websites6 and8 ^compare11 prices9 carefully10 to4 buy3 a cheap1 plane2 ticket2 | way=plan q adult
길1+이 미끄럽2+고3 바람4+이 많이5 불6+~았7+지만8 포기9+하9+지10 않10+고10 정상11+까지12 올라가13 | \
climb13 to12 the top11 without10 giving9 up9 although8 the path1 was2 slippery2 and3 the wind4 was7 blowing6 hard5 | \
way=though q x past t=pm
말1+이 통2+하2+지3 않3+~아서4 휴대폰5+으로6 지도7+을 보이8+~아 주8+고9 손짓10+으로11 길12+을 묻13+~아13+보13 | \
show8 a map7 on6 a cell5 phone5 and9 ^ask13 for13 directions12 with11 gestures10 because4 PRO could2? n't3 \
communicate1,2 | way=so q past
박물관1+에2 가3+~았4+(으)ㄹ5 때5 길6+을 잃6+(으)ㄴ6 아이7+을 만나8+~아서9 안내소10+까지11 데려다주12 | \
find8 a lost6 child7 and9 ^take12 them to11 the information10 desk10 when5 PRO %go3,4 to2 the museum1 | \
way=when q past adult
지도1+을 보2+지3 않3+고3 오래되4+(으)ㄴ 골목5+을 걷6+다가7 길8+을 잃9+~아서10 택시11+을 타12+고12 돌아오13 | \
come13 back13 by12 taxi11 because10 PRO %get9 lost8,9 while7 walking6 around6? the old4 alleys5 without3 looking2 at2 \
the map1 | way=without q past
차1+을 빌리2+~아서 해안3+을 따라4 달리5+고6 전망7+이 좋8+(으)ㄴ9 카페10+에서11 점심12+을 먹13 | \
rent2 a car1 , ^drive5 along4 the coast3 , and6 ^have13 lunch12 at11 a cafe10 with9? a nice8 view7 | \
way=seq q adult c hon=드시 t=noon
여행1+을 떠나2+기3 전3+에3 이웃4+에게5 열쇠6+을 맡기7+고8 꽃9+에 물10+을 주10+~아 달11+라고11 부탁11+하11 | \
leave7 the key6 with5 a neighbor4 and8 ^ask11 them to11 water10 the flowers9 before3 leaving2 on2? a trip1 | \
way=before q
비행기1+을 열두2 시간3 동안4 타5+(으)ㄴ6 뒤6+에6 호텔7+에8 가9+~아서10 옷11+도 갈아입12+지13 않13+고13 자14 | \
go9 to8 the hotel7 and10 ^go14 to14 bed14 without13 changing12 my clothes11 after6 flying1,5 for4 twelve2 hours3 | \
way=after q past hon=주무시
눈1 때문2+에2 비행기3+이 취소4+되4+~아서5 심야6 버스7+을 타8+고8 집9+에 돌아오10 | \
come10 back10 home9 on8 the night6 bus7 because5 the flight3 was4 canceled4 due2 to2 the snow1 | way=so q past
한복1+을 입2+고2 경복궁3+을 구경4+하4+고5 근처6 찻집7+에서8 전통9 차10+을 마시11 | \
tour4 Gyeongbokgung3 in2 hanbok1 and5 ^drink11 traditional9 tea10 at8 a nearby6 teahouse7 | way=state q c hon=드시 t=pm
생각1+하1+~았2+던 것+보다3 호텔4+이 훨씬5 좋6+~아서7 하루8 더9 묵10+기11+으로11 하11 | \
decide11 to11 stay10 one8 more9 night8 because7 the hotel4 was much5 better6 than3 PRO had2 expected1 | \
way=comparison past
어리1+~았+(으)ㄹ2 때2 살3+~았4+던5 동네6+을 찾아가7+~아서8 옛날9 친구10+들10+을 만나11 | \
visit7 the neighborhood6 where5 PRO lived3,4 as2 a child1 and8 ^meet11 old9 friends10 | way=relative q adult
막차1+을 놓치2+~아서3 역4 앞5 식당6+에서7 국수8+을 먹9+(으)면서10 첫11 기차12+을 기다리13 | \
wait13 for13 the first11 train12 while10 eating9 noodles8 at7 a restaurant6 in5 front5 of5? the station4 because3 PRO \
%miss2 the last1 train1 | way=while q past
친척1+을 만나2+(으)러3 시골4+에5 가6+~아서 농장7 일8+을 돕9+고10 저녁11+을 먹12 | \
go6 to5 the countryside4 to3 see2 relatives1 , ^help9 with9? the farm7 work8 , and10 ^have12 dinner11 | \
way=purpose q hon=드시 t=pm
휴가1+이 시작2+되2+자마자3 차4+에5 텐트6+을 싣7+고8 산9+으로10 캠핑11+을 가12 | \
load7 the tent6 into5 the car4 and8 ^go12 camping11 in10 the mountains9 as3 soon3 as3 the vacation1 started2 | \
way=soon q past adult
관광1 안내소2+에 들르3+~아서 무료4 지도5+을 받6+고7 좋8+(으)ㄴ 식당9+을 묻10+~아10+보10 | \
stop3 by3 the tourist1 information2 center2 , ^get6 a free4 map5 , and7 ^ask10 about10 good8 restaurants9 | \
way=seq q t=pm
일출1+을 보2+(으)려고3 새벽4+에5 일어나6+~았7+지만8 구름9+이 많10+~아서11 해12+을 못13 보14 | \
get6,7 up6 at5 dawn4 to3 watch2 the sunrise1 but8 ^can13 n't13 see14 the sun12 because11 there10? were10 so10? many10 \
clouds9 | way=but past x t=am
숙소1+에서2 만나3+(으)ㄴ3 외국인4+과5 친구6+이 되7+~아서8 같이9 시장10+을 구경11+하11 | \
become7 friends6 with5 a foreigner4 PRO met3 at2 the guesthouse1 and8 ^look11 around11 the market10 together9 | \
way=relative q past
{language}+으로1 음식2+을 주문3+하3+(으)려고4 비행기5+에서6 유용7+하7+(으)ㄴ 문장8+을 외우9 | \
memorize9 useful7 sentences8 on6 the plane5 to4 order3 food2 in1 {language/0} | way=plan q span=year
비1+이 오2+~았3+지만4 우산5+을 쓰6+고6 바닷가7+을 걷8+(으)면서9 파도10 소리11+을 듣12 | \
listen12 to12 the sound11 of11? the waves10 while9 walking8 on8? the beach7 under6 an umbrella5 although4 it was3 \
raining1,2 | way=though q past
날씨1+이 너무2 나쁘3+~아서4 여행5+을 가6+는7 대신7+에7 집8+에서9 여행10 책11+을 읽12 | \
read12 travel10 books11 at9 home8 instead7 of7 going6 on6? a trip5 because4 the weather1 was very2 bad3 | \
way=instead q past adult
"""
