"""Countries, cities and transport. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
{country}+에서2 {language}+을 배우1 | learn1 {language/0} in2 {country/0} | q
{country}+에서2 {language}+을 공부1+하1 | study1 {language/0} in2 {country/0} | q
{country}+에서1 오2+(으)ㄴ 친구3+에게5 {language}+을 배우4 | learn4 {language/0} from5 a friend3 from1,2 {country/0} | q
{capital}+에서1 {local_food}+을 먹2 | eat2 {local_food/g} in1 {capital/0} | c q hon=드시
{capital}+에서1 {language}+을 가르치2 | teach2 {language/0} in1 {capital/0} | q adult
여행1+을 가2 | go2 on a trip1 | pt c q
{country}+에2 가1 | go1 to2 {country/0} | pt c q
{capital}+에2 가1 | go1 to2 {capital/0} | pt c q
{country}+으로2 여행1+을 가1 | travel1 to2 {country/0} | pt c
{capital}+을 구경1+하1 | explore1 {capital/0} | c q
{country}+에2 살1 | live1 in2 {country/0} | st neg=ji
{capital}+에2 살1 | live1 in2 {capital/0} | st neg=ji
{capital}+에2 도착1+하1 | arrive1 in2 {capital/0} | pt t=am,pm,eve,night
서울1+을 떠나2 | leave2 Seoul1 | pt t=am,pm q
{country}+에서1 {local_food}+을 먹2+~아 보2 | try2 {local_food/g} in1 {country/0} | pt q
부산1+까지2 기차3+을 타3+고 가4 | take3,4 the train3 to2 Busan1 | pt q
비행기1+을 타2 | take2 a plane1 | pt q
기차1+을 타2 | take2 the train1 | pt q
버스1+을 타2 | take2 the bus1 | pt q
지하철1+을 타2 | take2 the subway1 | pt q
택시1+을 타2 | take2 a taxi1 | pt q
버스1+에서2 내리3 | get3 off2 the bus1 | pt q
버스1+을 기다리2 | wait2 for2 the bus1 | @stop q w
버스1+을 놓치2 | miss2 the bus1 | pt x
기차1+을 놓치2 | miss2 the train1 | pt x
자전거1+을 타2 | ride2 a bike1 | @park,river c d q m=천천히
배1+을 타2 | take2 a boat1 ride2 | c q
운전1+을 하2 | drive1,2 | d w q m=천천히,조심해서 adult
공항1+에3 가2 | go2 to3 the airport1 | pt q c m=일찍
기차역1+에3 가2 | go2 to3 the train1 station1 | pt q c m=일찍
바다1+에3 가2 | go2 to3 the sea1 | pt c q
호텔1+을 예약2+하2 | book2 a hotel1 | pt q
{ticket}+을 예매1+하1 | book1 {ticket/n} | pt q m=미리
{ticket}+을 잃어버리1 | lose1 {ticket/my} | pt x
여권1+을 잃어버리2 | lose2 my passport1 | pt x @airport,hotel
짐1+을 싸2 | pack2 my bags1 | q w @home,hotel
사진1+을 찍2 | take2 pictures1 | @park,beach,jeju,gyeongju,museum c q
길1+을 잃2 | get2 lost1,2 | pt x @seoul,mountain
길1+을 묻2+~아2+보2 | ask2 for2 directions1 | pt q @street,station
길1+을 건너2 | cross2 the street1 | pt q m=조심해서,천천히
길1+이 막히2 | the traffic1 / be heavy2 | x nopr
박물관1+을 구경2+하2 | look2 around2 the museum1 | c d q
지도1+을 보2 | look2 at2 the map1 | q
{capital}+에서1 친구2+을 만나3 | meet3 a friend2 in1 {capital/0} | pt q
호텔1+에서2 묵3 | stay3 at2 a hotel1 | c q
여행1+을 계획2+하2 | plan2 a trip1 | c q w
제주도1+에3 가2 | go2 to3 Jeju1 Island1 | pt c q
서울1+을 구경2+하2 | explore2 Seoul1 | c q
한국1+에서2 한국어3+을 배우4 | learn4 Korean3 in2 Korea1 | q
경주1+에서2 오래되3+(으)ㄴ 절4+을 보5 | see5 an old3 temple4 in2 Gyeongju1 | pt q
외국1+에서2 살3 | live3 abroad1,2 | st neg=ji
공항1+이 멀2 | the airport1 / be far2 | adj
역1+이 가깝2 | the station1 / be close2 | adj
버스1+이 늦2+게2 오3 | the bus1 / come3 late2 | x pt
기차1+이 늦2+게2 도착3+하3 | the train1 / arrive3 late2 | x pt
시간2+이 늦2 | it / be late2 | x st past neg=-
가방1+에2 {모자|안경|시계|우산|지갑|여권}+을 넣3 | put3 {모자|안경|시계|우산|지갑|여권/my} in2 my bag1 | pt q
기념품1+을 사2 | buy2 souvenirs1 | @airport,museum,jeju,gyeongju c pt q
경치1+을 구경2+하2 | enjoy2 the view1 | @mountain,beach c q
환전1+을 하2 | exchange1,2 some money1 | @bank,airport pt q adult
비자1+을 받2 | get2 a visa1 | pt q
호텔1+에2 짐3+을 맡기4 | leave4 my bags3 at2 the hotel1 | pt q
배낭여행1+을 가2 | go2 backpacking1 | c pt q
가이드1+의2 설명3+을 듣4 | listen4 to4 the guide1 's2 explanation3 | @museum,gyeongju q
관광1+을 하2 | go2 sightseeing1 | @seoul,busan,gyeongju c d q nopr
차1+을 빌리2 | rent2 a car1 | @airport,jeju pt q adult
텐트1+을 치2 | put2 up2 a tent1 | @mountain,lake,river c q
캠핑1+을 가2 | go2 camping1 | c pt q
온천1+에2 가3 | go3 to2 a hot1 spring1 | c pt q
여행1 가방2+을 사3 | buy3 a suitcase1,2 | @department c pt q
비행기1+에서2 자3 | sleep3 on2 the plane1 | q hon=주무시
기차1+에서2 도시락3+을 먹4 | eat4 a boxed3 lunch3 on2 the train1 | c q hon=드시
"""
