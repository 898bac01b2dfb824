"""Errands, clothes, prices and presents: rows of several acts."""

ROWS = """\
시장1+에2 가3+~아서4 {fruit}+을 사5 | go3 to2 the market1 and4 ^buy5 {fruit/n} | way=seq q c t=am,pm
서점1+에 들르2+~아서3 {reading}+을 사4 | stop2 by2 the bookstore1 and3 ^buy4 {reading/n} | way=seq q
꽃집1+에 들르2+~아서3 {flower}+을 사4 | stop2 by2 the flower1 shop1 and3 ^buy4 {flower/n} | way=seq q t=pm,eve
바지1+을 입2+~아 보2+고3 사4 | try2 on2 the pants1 before3 buying4 them | way=seq q
은행1+에서2 돈3+을 찾4+~아서5 월세6+을 내7 | withdraw4 money3 from2 the bank1 and5 ^pay7 the rent6 | \
way=seq q adult t=pm
창문1 크기1+을 재2+고3 커튼4+을 주문5+하5 | measure2 the window1 and3 ^order5 curtains4 | way=seq q adult
마음1+에1 들1+는 옷2+을 고르3+~아서4 카드5+으로6 계산7+하7 | choose3 clothes2 PRO %like1 and4 ^pay7 by6 card5 | \
way=seq q adult
영수증1+을 가져가2+~아서3 환불4+을 받5 | bring2 the receipt1 and3 ^get5 a refund4 | way=seq q
쿠폰1+을 모으2+~아서3 공짜4+으로4 커피5+을 마시6 | collect2 coupons1 and3 ^have6 a free4 coffee5 | \
way=seq q hon=드시 span=year
옷1+을 사2+기3 전3+에3 거울4+을 보5 | look5 in5 the mirror4 before3 buying2 the clothes1 | way=before q
장1+을 보2+기3 전3+에3 목록4+을 만들5 | make5 a list4 before3 going2 grocery1 shopping1 | way=before q
계산1+하1+기2 전2+에2 가격3+을 다시4 확인5+하5 | check5 the price3 again4 before2 paying1 | way=before q
컴퓨터1+을 사2+기3 전3+에3 친구4+에게 조언5+을 구6+하6 | ask6 a friend4 for6 advice5 before3 buying2 a computer1 | \
way=before q
슈퍼마켓1+이 문2+을 닫2+기3 전3+에3 우유4+을 사5 | buy5 milk4 before3 the supermarket1 closed2 | \
way=before q x past t=eve,night
가격1+을 비교2+하2+(으)ㄴ3 다음3+에3 제일4 싸5+(으)ㄴ 카메라6+을 고르7 | \
choose7 the cheapest4,5 camera6 after3 comparing2 prices1 | way=after q
쇼핑1+을 하1+(으)ㄴ2 후2+에2 백화점3 식당4+에서5 냉면6+을 먹7 | \
eat7 cold6 noodles6 at5 the department3 store3 restaurant4 after2 shopping1 | way=after q hon=드시 t=noon,eve
월급1+을 받2+(으)ㄴ3 뒤3+에3 {kin}+에게 선물4+을 사5+~아 주5 | buy5 {kin/my} a gift4 after3 getting2 paid1 | \
way=after q adult
영화1+을 보2+(으)ㄴ3 다음3+에3 옷가게4+을 구경5+하5 | look5 around5 the clothing4 store4 after3 watching2 a movie1 | \
way=after q t=pm,eve
음악1+을 듣2+(으)면서3 줄4+을 서5+~아서 기다리6 | wait6 in5 line4 while3 listening2 to2 music1 | way=while q
손님1+들1+과2 이야기3+하3+(으)면서4 과일5+을 팔6 | sell6 fruit5 while4 talking3 with2 customers1 | \
way=while q adult t=pm
거울1+을 보2+(으)면서3 모자4+을 쓰5+~아 보5 | try5 on5 hats4 while3 looking2 in2 the mirror1 | way=while q
시장1+을 구경2+하2+(으)면서3 떡4+을 먹5 | eat5 rice4 cakes4 while3 looking2 around2 the market1 | \
way=while q c hon=드시 t=pm
텔레비전1+을 보2+(으)면서3 인터넷4+으로 신발5+을 주문6+하6 | order6 shoes5 online4 while3 watching2 TV1 | \
way=while q t=eve,night
생일1 선물2+을 고르3+(으)러4 백화점5+에6 가7 | go7 to6 the department5 store5 to4 choose3 a birthday1 gift2 | \
way=purpose q c t=pm
신발1+을 바꾸2+(으)러3 가게4+에5 다시6 가7 | go7 back6 to5 the store4 to3 exchange2 the shoes1 | way=purpose q t=pm
저녁1 재료2+을 사3+(으)러4 시장5+에6 가7 | go7 to6 the market5 to4 buy3 ingredients2 for1? dinner1 | \
way=purpose q c t=pm
머리1+을 자르2+(으)러3 미용실4+에5 가6 | go6 to5 the hair4 salon4 to3 get2 a haircut1,2 | way=purpose q t=pm
오래되1+(으)ㄴ 책2+을 팔3+(으)러4 중고5 서점6+에7 가8 | go8 to7 a used5 bookstore6 to4 sell3 old1 books2 | \
way=purpose q t=pm
월급1+을 받2+자마자3 친구4+에게 빚5?+을 갚5 | pay5 back5 a friend4 as3 soon3 as3 PRO %get2 paid1 | way=soon q adult
문1+이 열리2+자마자3 가게4+에5 들어가6 | go6 into5,6 the store4 as3 soon3 as3 the doors1 opened2 | way=soon q past
집1+에 오2+자마자3 새4 옷5+을 입6+~아 보6 | try6 on6 my new4 clothes5 as3 soon3 as3 PRO %get2 home1 | \
way=soon q t=pm,eve
택배1+이 도착2+하2+자마자3 상자4+을 열5 | open5 the box4 as3 soon3 as3 the package1 arrived2 | way=soon q past
돈1+을 집2+에3 두4+고4 오4+~아서5 친구6+에게7 점심값8+을 빌리9 | \
borrow9 lunch8 money8 from7 a friend6 because5 PRO %leave4 my money1 at3 home2 | way=so q past
세일1+을 하2+~아서3 구두4+을 두5 켤레6 사7 | buy7 two5 pairs6 of6? dress4 shoes4 because3 they were2? on2 sale1 | \
way=so q past
냉장고1+에2 음식3+이 없4+~아서5 장6+을 보7 | \
do7 the grocery6 shopping6 because5 there4? was4 no4 food3 in2 the refrigerator1 | way=so q x past t=pm,eve
재킷1+이 너무2 작3+~아서4 크5+(으)ㄴ 것6+으로7 바꾸8 | \
exchange8 the jacket1 for7 a bigger5 one6 because4 it was3 too2 small3 | way=so q past
현금1+이 없2+~아서3 카드4+으로5 계산6+하6 | pay6 by5 card4 because3 PRO %have2 no2 cash1 | way=so q past adult
비1+이 갑자기2 오3+~아서4 편의점5+에서6 우산7+을 사8 | \
buy8 an umbrella7 at6 the convenience5 store5 because4 it suddenly2 started3? raining1,3 | way=so q past
값1+이 비싸2+~았3+지만4 그5 코트6+을 사7 | buy7 the5 coat6 although4 it was2,3 expensive1,2 | way=though q past
오래1 기다리2+~았3+지만4 표5+을 못6 사7 | wait2,3 a1 long1 time1 but4 ^can6 n't6 buy7 a ticket5 | way=but past
가게1+에2 들어가3+~았4+지만5 아무것6+도 사7+지8 않8 | go3,4 into2,3 the store1 but5 ^do8 n't8 buy7 anything6 | \
way=but past
옷장1+을 열2+~았3+지만4 입5+(으)ㄹ6 옷7?+이 없8 | open2,3 the closet1 but4 ^have8 nothing7,8 to6 wear5 | \
way=but past t=am span=day
외식1+을 하1+는2 대신2+에2 재료3+을 사4+~아서5 요리6+을 하6 | \
buy4 ingredients3 and5 ^cook6 instead2 of2 eating1 out1 | way=instead q c t=pm,eve
카드1+을 쓰2+는3 대신3+에3 현금4+을 내5 | pay5 in5? cash4 instead3 of3 using2 a card1 | way=instead q adult
꽃1+을 사2+는3 대신3+에3 {kin}+에게 편지4+을 쓰5 | write5 {kin/my} a letter4 instead3 of3 buying2 flowers1 | \
way=instead q
백화점1+에2 가3+는4 대신4+에4 인터넷5+으로 책상6+을 주문7+하7 | \
order7 a desk6 online5 instead4 of4 going3 to2 the department1 store1 | way=instead q
가게1+이 문2+을 열2+(으)ㄹ3 때3+까지3 밖4+에서 기다리5 | wait5 outside4 until3 the store1 opened2 | \
way=until q x past t=am
맞1+는2 신발3+을 찾4+(으)ㄹ5 때5+까지5 여러6 가게7+을 돌아다니8 | \
go8 around8 to8? several6 stores7 until5 PRO %find4 shoes3 that2 fit1 | way=until q t=pm
세일1+이 시작2+되2+(으)ㄹ3 때3+까지3 기다리4+~았5+다가6 소파7+을 사8 | \
wait4,5 until3 the sale1 started2 and6 ^buy8 a sofa7 | way=until q past adult
빵집1+에2 가3+~아서4 {peer}+이 좋아하5+는 케이크6+을 사7 | go3 to2 the bakery1 and4 ^buy7 the cake6 {peer/my} likes5 | \
way=relative q
인터넷1+으로 주문2+하2+(으)ㄴ2 의자3+을 조립4+하4 | assemble4 the chair3 PRO ordered2 online1 | way=relative q
선물1+으로2 받3+(으)ㄴ3 장갑4+을 끼5 | wear5 the gloves4 PRO got3 as2 a gift1 | way=relative q
세일1 때1 사2+(으)ㄴ2 부츠3+을 꺼내4+~아5 신6 | take4 out4 the boots3 PRO bought2 on1 sale1 and5 ^wear6 them | \
way=relative q
돈1+이 없2+~았3+(으)ㄹ4 때4 친구5+에게6 차비7+을 빌리8 | \
borrow8 bus7 fare7 from6 a friend5 when4 PRO %have2,3 no2 money1 | way=when q past
계산1+하1+(으)ㄹ2 때2 할인3 쿠폰4+을 쓰5 | use5 a discount3 coupon4 when2 paying1 | way=when q
과일1+을 고르2+(으)ㄹ3 때3 냄새4+을 맡5+~아 보5 | smell4,5 the fruit1 when3 choosing2 it | way=when q x past t=pm
가격표1+을 떼2+지3 않3+(으)ㄴ4 채4+으로4 새5 신발6+을 신7 | wear7 new5 shoes6 with4 the price1 tags1 still3 on2 | \
way=state x past
장바구니1+을 들2+(으)ㄴ2? 채2?+으로2? 버스3+을 기다리4 | wait4 for4 the bus3 carrying2 my shopping1 bags1 | way=state q
자전거1+을 사2+(으)려고3 돼지4 저금통5+을 깨6 | break6 my piggy4 bank5 to3 buy2 a bike1 | way=plan q young span=year
돈1+을 아끼2+(으)려고3 도시락4+을 싸5 | pack5 a lunch4 to3 save2 money1 | way=plan q t=am
할인1+을 받2+(으)려고3 회원4+으로5 가입6+하6 | sign6 up6 for5? a membership4 to3 get2 a discount1 | way=plan q adult
생일1 카드2+을 쓰3+(으)려고4 예쁘5+(으)ㄴ 종이6+을 사7 | buy7 some pretty5 paper6 to4 write3 a birthday1 card2 | \
way=plan q
신발1+이 많2+지만3 운동화4+을 또5 사6 | \
buy6 another5 pair4? of4? sneakers4 even3 though3 PRO %have2 a2 lot2 of2? shoes1 | way=though q
예상1+보다2 돈3+을 많이4 쓰5 | spend5 more4 money3 than2 expected1 | way=comparison x
가게1+에서2 카메라3+을 인터넷4+보다5 싸6+게6 사7 | buy7 a camera3 at2 a store1 for6 less6 than5 online4 | \
way=comparison q
가격1+을 보2+지3 않3+고3 구두4+을 사5 | buy5 dress4 shoes4 without3 looking2 at2 the price1 | way=without q adult
거스름돈1+을 받2+지3 않3+고3 가게4+에서 나오5 | leave5 the store4 without3 taking2 my change1 | way=without x past
시장1+에2 가3+~아서 {vegetable}+과4 두부5+을 사6+고 집7+에7 돌아오8+~아서9 저녁10+을 준비11+하11 | \
go3 to2 the market1 , ^buy6 {vegetable/g} and4 tofu5 , ^come8 back8 home7 , and9 ^prepare11 dinner10 | way=seq q t=pm
백화점1+에2 가3+~아서 코트4+을 입5+~아 보5+고6 제일7 따뜻8+하8+(으)ㄴ 것9+을 고르10 | \
go3 to2 the department1 store1 , ^try5 on5 coats4 , and6 ^choose10 the warmest7,8 one9 | way=seq q t=pm
가구1+을 주문2+하2+기3 전3+에3 방4+의 크기5?+을 재5+고6 {kin}+과7 의논8+하8 | \
measure5 the room4 and6 ^talk8 it8? over8? with7 {kin/my} before3 ordering2 the furniture1 | way=before q adult
코트1+을 다섯2 벌1+이나 입3+~아 보3+(으)ㄴ4 다음4+에4 제일5 먼저5 입6+~아 보6+~았7+던7 것8+을 사9 | \
try3 on3 as1? many1? as1? five2 coats1 and4 then4 ^buy9 the one8 PRO tried6,7 on6 first5 | way=after q past s=I
세탁기1+이 고장2 나2+~아서3 인터넷4+에서 가격5+을 알아보6+고7 새8+것9+을 주문10+하10 | \
check6 prices5 online4 and7 ^order10 a new8 washing9? machine9 \
because3 the old1? one1 broke2 down2 | way=so q past adult
돈1+을 집2+에3 두4+고4 오4+~아서5 장바구니6+을 계산대7+에8 맡기9+고10 집11+에 다녀오12 | \
leave9 my shopping6 basket6 at8 the checkout7 and10 ^go12 home11 to5 get5? the money1 PRO had4 left4 \
there2,3 | way=so q past
운동화1+을 사2+(으)러3 가게4+에5 가6+~았7+지만8 맞9+는 사이즈10+이 없11+~아서12 그냥13 돌아오14 | \
go6,7 to5 the store4 to3 buy2 sneakers1 but8 ^come14 back14 without13? any because12 there11? were11 none11 in my9? \
size10 | way=but q x past t=pm
시장1+을 천천히2 구경3+하3+(으)면서4 떡볶이5+을 먹6+고7 예쁘8+(으)ㄴ 그릇9+을 사10 | \
eat6 tteokbokki5 and7 ^buy10 pretty8 bowls9 while4 strolling2,3 around3 the market1 | way=while q t=pm
친구1 결혼2 선물3+을 사4+(으)러5 백화점6+에7 가8+~아서9 예쁘10+(으)ㄴ 그릇11+을 고르12 | \
go8 to7 the department6 store6 to5 buy4 a wedding2 gift3 for1? a friend1 and9 ^choose12 pretty10 bowls11 | \
way=purpose q t=pm
세일1+이 시작2+되2+자마자3 백화점4+에5 달려가6+~아서7 겨울8 코트9+을 반값10+에11 사12 | \
rush6 to5 the department4 store4 and7 ^buy12 a winter8 coat9 at11 half10 price10 as3 soon3 as3 the sale1 started2 | \
way=soon q x past t=pm
새1 옷2+을 사3+는4 대신4+에4 옷장5+을 정리6+하6+고7 오래되8+(으)ㄴ 옷9+을 이웃10+에게11 주12 | \
clean6 out6 the closet5 and7 ^give12 old8 clothes9 to11 a neighbor10 instead4 of4 buying3 new1 clothes2 | way=instead q
마음1+에1 들1+는 의자2+을 찾3+(으)ㄹ4 때4+까지4 여러5 가구점6+을 돌아다니7+(으)면서8 가격9+을 묻10+~아10+보10 | \
go7 around7 to7? several5 furniture6 stores6 and8? ^ask10 about10 prices9 until4 PRO %find3 a chair2 PRO %like1 | \
way=until q adult
길1+에서2 줍3+(으)ㄴ3 지갑4+을 경찰서5+에6 가져가7+~아서8 주인9+을 찾10+~아 주11 | \
take7 the wallet4 PRO found3 on2 the street1 to6 the police5 station5 and8 ^help11 find10 the owner9 | way=relative q
시장1+에서2 과일3+을 고르4+(으)ㄹ5 때5 먼저6 냄새7+을 맡8+~아 보8+고9 하나10+씩10 살펴보11 | \
smell7,8 each10 piece10 first6 and9 ^look11 at11 it11? closely11? when5 choosing4 fruit3 at2 the market1 | \
way=when q x past t=pm
새1 카메라2+을 사3+(으)려고4 간식5+을 사6+지7 않7+고7 용돈8+을 전부9 저금10+하10 | \
save10 all9 of9? my allowance8 to4 buy3 a new1 camera2 instead7 of7 buying6 snacks5 | way=plan q young span=year
값1+이 조금1 비싸2+~았3+지만4 색깔5+이 마음6+에6 들6+~아서7 파랗8+(으)ㄴ 운동화9+을 사10 | \
buy10 the blue8 sneakers9 because7 PRO %like6 the color5 even4 though4 they1 were2,3 a1 little1 expensive2 | \
way=though q past
사이즈1+을 확인2+하2+지3 않3+고3 인터넷4+으로 바지5+을 주문6+하6+~았+다가7 결국8 반품9+을 하9 | \
order6 pants5 online4 without3 checking2 the size1 and7 ^return9 them in8 the8 end8 | way=without q past x
인터넷1+이 동네2 가게3+보다4 훨씬5 싸6+~아서7 책장8+을 주문9+하9 | \
order9 a bookshelf8 online1 because7 it was6 much5 cheaper6 than4 at4? the local2 store3 | way=comparison q past adult
영수증1+을 들2+고2 가게3+에4 가5+~아서6 구멍7+이 나8+(으)ㄴ8? 양말9+을 새10+것11+으로12 바꾸13 | \
go5 to4 the store3 with2 the receipt1 and6 ^exchange13 the socks9 with8 a hole7 for12 new10 ones11 | way=seq q t=pm
자1+기2 전2+에2 인터넷3 서점4+의5 장바구니6+에7 담8?+~아 두8?+(으)ㄴ 책9+을 전부10 주문11+하11 | \
order11 all10 the books9 in7,8 my shopping6 cart6 at5? the online3 bookstore4 before2 going1 to1 bed1 | \
way=before q t=night
퇴근1+하1+(으)ㄴ2 뒤2+에2 회사3 근처4 빵집5+에 들르6+~아서7 가족8+이 좋아하9+는 빵10+을 사11 | \
stop6 by6 the bakery5 near4 the office3 after2 leaving1 work1 and7 ^buy11 the bread10 my family8 likes9 | \
way=after q adult t=eve
친구1+과2 통화3+하3+(으)면서4 장5+을 보5+다가6 우유7+을 사8+는9 것9+을 잊어버리10 | \
forget10 to9 buy8 milk7 while6 shopping5 and4 talking3 on3 the phone3 with2 a friend1 | way=turn past x
이사1+을 하1+(으)ㄴ2 친구3+에게4 주5?+(으)ㄹ 화분6+을 사7+(으)러8 꽃집9+에 들르10 | \
stop10 by10 the flower9 shop9 to8 buy7 a potted6 plant6 for4,5 a friend3 who2 just1? moved1 | way=purpose q
용돈1+을 받2+자마자3 문구점4+에5 뛰어가6+~아서7 갖8+고 싶8+~았8+던8 필통9+을 사10 | \
run6 to5 the stationery4 store4 and7 ^buy10 the pencil9 case9 PRO wanted8 as3 soon3 as3 PRO %get2 my allowance1 | \
way=soon q young t=pm
줄1+이 너무2 길3+~아서4 기다리5+지6 않6+고6 옆7 식당8+에9 들어가10+~아서11 국수12+을 먹13 | \
go10 into9,10 the restaurant8 next7 door7 and11 ^eat13 noodles12 instead6? of6? waiting5 because4 the line1 was3 too2 \
long3 | way=without q x past hon=드시 t=noon,eve
돈1+이 조금2+밖에2 없3+~았4+지만5 {kin}+에게 꽃6+과7 직접8 쓰8+(으)ㄴ8 편지9+을 주10 | \
give10 {kin/my} flowers6 and7 a handwritten8 letter9 although5 PRO %have3,4 only2 a2 little2 money1 | way=though q past
친구1+이 추천2+하2+(으)ㄴ2 미용실3+에4 가5+~아서6 머리7+을 짧8+게8 자르9+고10 염색11+도 하12 | \
go5 to4 the hair3 salon3 a friend1 recommended2 and6 ^get12 my hair7 cut9 short8 and10 dyed11 | way=relative q t=pm
두껍1+(으)ㄴ 옷2+을 입3+(으)ㄴ3 채3+으로3 백화점4+을 돌아다니5+~아서6 땀7+을 많이8 흘리9 | \
sweat7,9 a8 lot8 because6 PRO %walk5 around5 the department4 store4 in3 thick1 clothes2 | way=state x past t=pm
계산1+을 하1+(으)려고2 하2+~았3+(으)ㄹ4 때4 현금5+이 모자라6+다는7 것7+을 알8 | \
realize8 that7 PRO %do6? n't6 have6 enough6 cash5 when4 PRO %be2,3 about2 to2 pay1 | way=when x past
할인1+을 받2+(으)려고3 아침4 일찍5 일어나6+~아서7 가게8+이 문9+을 열9+기10 전10+에10 줄11+을 서12 | \
get6 up6 early5 in4? the morning4 to3 get2 a discount1 and7 ^stand12 in12 line11 before10 the store8 opened9 | \
way=plan q x past t=am
예쁘1+(으)ㄴ 그릇2+을 발견3+하3+~았4+지만5 돈6+이 모자라7+~아서8 못9 사10+고9 집11+에 돌아오12 | \
find3,4 a pretty1 bowl2 but5 ^come12 back12 home11 without9 buying10 it because8 PRO %do7? n't7 have7 enough7 money6 | \
way=but q past
가게1+에서2 옷3+을 팔4+(으)면서5 손님6+들6+의7 재미있8+는 이야기9+을 많이10 듣11 | \
hear11 a10 lot10 of10? funny8 stories9 from7 customers6 while5 selling4 clothes3 at2 the store1 | way=while q past adult
"""
