"""Countries, cities and transport. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
{country}+의2 {capital}+에 가1 | go1 to {capital/0} in2 {country/0} | c pt q <free !busy !nomoney
{country}+의2 {capital}+에1 살3 | live3 in1 {capital/0} in2 {country/0} | st
{country}+에서2 {language}+을 배우1 | learn1 {language/0} in2 {country/0} | q d
{country}+에서2 {language}+을 공부1+하1 | study1 {language/0} in2 {country/0} | q d m=열심히
{country}+에서1 오2+(으)ㄴ 친구3+에게 {language}+을 배우4 | learn4 {language/0} from a friend3 from1,2 {country/0} | q d
{capital}+에서1 {local_food}+을 먹2 | eat2 {local_food/g} in1 {capital/0} | c q
{capital}+에서1 {language}+을 가르치2 | teach2 {language/0} in1 {capital/0} | q d
{country} 사람1+과 결혼3+하3 | marry3 somebody1 from {country/0} | pt x
여행1+을 가2 | go2 on a trip1 | pt c q <free !busy !nomoney
{country}+에 가1 | go1 to {country/0} | pt c q <free !busy !nomoney
{capital}+에 가1 | go1 to {capital/0} | pt c q <free !busy !nomoney
{country}+으로 여행1+을 가2 | travel1,2 to {country/0} | pt c <free !busy !nomoney
{capital}+을 구경1+하1 | look1 around1 {capital/0} | c q d
{country}+에서1 살2 | live2 in1 {country/0} | st
{capital}+에1 살2 | live2 in1 {capital/0} | st
{capital}+에2 도착1+하1 | arrive1 in2 {capital/0} | pt t=am,pm,night
서울1+에서 출발2+하2 | leave2 Seoul1 | pt t=am q
{country}+에서1 {local_food}+을 먹2+~아 보 | try2 {local_food/g} in1 {country/0} | pt q
부산1+까지2 기차3+을 타4 | take4 a train3 to2 Busan1 | pt q <traffic
비행기1+을 타2 | take2 a plane1 | pt q @airport !lost
기차1+을 타2 | take2 a train1 | pt q @station <far <traffic
버스1+을 타2 | take2 a bus1 | pt q @stop <far
지하철1+을 타2 | take2 the subway1 | pt q @subway <traffic <far <late
택시1+을 타2 | take2 a taxi1 | pt q <late <far <rain <oversleep <tired <latehour
버스1+에서2 내리3 | get3 off2 the bus1 | pt q
버스1+을 기다리2 | wait2 for the bus1 | @stop d q w
버스1+을 놓치2 | miss2 the bus1 | pt x <oversleep >late
기차1+을 놓치2 | miss2 the train1 | pt x <oversleep <traffic >late
자전거1+을 타2 | ride2 a bike1 | @park,river c d q !rain !cold <sunny m=잘,천천히
배1+을 타2 | take2 a boat1 | @lake,river c q !wind !rain
운전2+하1 | drive1,2 | d w m=천천히,조심해서 !tired !snow !icy
공항1+에 가2 | go2 to the airport1 | pt q c m=일찍
기차역1+에 가2 | go2 to the train1 station1 | pt q c m=일찍
바다1+에 가2 | go2 to the sea1 | pt c q <hot <free !rain !cold
호텔1+을 예약2+하2 | book2 a hotel1 | pt q
{ticket}+을 예약1+하1 | book1 {ticket/n} | pt q m=미리 <free
{ticket}+을 잃어버리1 | lose1 {ticket/my} | pt x @station
여권1+을 잃어버리2 | lose2 my passport1 | pt x @airport,hotel >lost
짐1+을 싸2 | pack2 my bags1 | q w @home,hotel
사진1+을 찍2 | take2 pictures1 | @park,beach,jeju,gyeongju,museum c q <sunny
길1+을 잃2 | get2 lost1,2 | pt x @seoul,mountain >late
길1+을 묻2 | ask2 for directions1 | pt q @street,station
길1+을 건너2 | cross2 the street1 | pt q m=조심해서,천천히
길1+이 막히2 | the traffic1 / be heavy2 | >traffic x nopr
박물관1+을 구경2+하2 | look2 around2 the museum1 | c d q <rain
지도1+을 보2 | look2 at the map1 | q
{capital}+에서1 친구2+을 만나3 | meet3 a friend2 in1 {capital/0} | pt q
호텔1+에서2 자3 | sleep3 at2 a hotel1 | hon=주무시 q t=night
여행1+을 계획2+하2 | plan2 a trip1 | c q w
제주도1+에 가2 | go2 to Jeju1 Island1 | pt c q <free !wind
서울1+을 구경2+하2 | look2 around2 Seoul1 | c d q
한국1+에서2 한국어3+을 배우4 | learn4 Korean3 in2 Korea1 | d q
경주1+에서2 오래되3+(으)ㄴ 절4+을 보5 | see5 an old3 temple4 in2 Gyeongju1 | pt q
외국1+에서2 살3 | live3 abroad1,2 | st
공항1+이 멀2 | the airport1 / be far2 | adj >far
역1+이 가깝2 | the station1 / be near2 | adj
버스1+이 늦2+게2 오3 | the bus1 / come3 late2 | x pt >late
기차1+이 늦2+게2 도착3+하3 | the train1 / arrive3 late2 | x pt >late
시간2+이 늦2 | it / be late2 | x st past neg=- >latehour
가방1+에2 {모자|안경|시계|우산|지갑|여권}+을 넣3 | put3 {모자|안경|시계|우산|지갑|여권/my} in2 my bag1 | pt q
"""
