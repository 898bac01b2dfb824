"""Buying, clothes and money. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
{clothes}+을 사 | buy {clothes/n} | @department,market,store c pt q
{accessory}+을 사 | buy {accessory/n} | @department,store c pt q
{footwear}+을 사 | buy {footwear/n} | @department,store c pt q
{fruit}+을 사 | buy {fruit/n} | @market,supermarket,store c pt q
{vegetable}+을 사 | buy {vegetable/n} | @market,supermarket c pt q
{snack}+을 사 | buy {snack/n} | @convenience,supermarket pt q
{빵|케이크|샌드위치}+을 사 | buy {빵|케이크|샌드위치/n} | @bakery pt q
{drink}+을 사 | buy {drink/a} | @convenience,supermarket pt q
{reading}+을 사 | buy {reading/n} | @bookstore c pt q
{stationery}+을 사 | buy {stationery/n} | @bookstore,store pt q
{machine}+을 사 | buy {machine/n} | @department,store pt q
{furniture}+을 사 | buy {furniture/n} | @department,store pt q
{ticket}+을 사 | buy {ticket/n} | pt q
{기차표}+을 사 | buy {기차표/n} | @station pt q
{영화표}+을 사 | buy {영화표/n} | @theater pt q
{flower}+을 사 | buy {flower/n} | @market,store pt q
{toy}+을 사 | buy {toy/n} | @department,store pt q
{instrument}+을 사 | buy {instrument/n} | pt q
쇼핑1+을 하2 | go2 shopping1 | @department,market c d q nopr
시장1+에3 가2 | go2 to3 the market1 | pt c q t=am,pm
백화점1+에3 가2 | go2 to3 the department1 store1 | pt c q t=pm
선물1+을 사2 | buy2 a gift1 | @department,store c q pt
{friend}+에게 {책|소설|시집|모자|장갑|목도리|시계|지갑|가방|꽃}+을 선물1+하1 | \
give1 {friend/my} {책|소설|시집|모자|장갑|목도리|시계|지갑|가방|꽃/a} as1? a gift1 | pt q
{kin}+에게 선물1+을 주2 | give2 {kin/my} a gift1 | pt q
{kin}+에게 꽃1+을 주2 | give2 {kin/my} flowers1 | pt q
{peer}+에게 {reading}+을 빌려주1 | lend1 {peer/my} {reading/a} | pt q
{friend}+에게 {편지|엽서|이메일|메시지|사진}+을 보내1 | send1 {friend/my} {편지|엽서|이메일|메시지|사진/a} | pt q
{kin}+에게2 선물1+을 받3 | get3 a gift1 from2 {kin/my} | pt x
{코트|원피스|치마|셔츠|양복|한복|스웨터|바지|재킷}+을 입 | wear {코트|원피스|치마|셔츠|양복|한복|스웨터|바지|재킷/a} | \
nopr
{clothes}+을 입1+~아 보1 | try1 on1 {clothes/the} | @department,store pt q
{accessory}+을 찾1 | look1 for1 {accessory/my} | @room,living q
{bag|personal}+을 잃어버리1 | lose1 {bag|personal/my} | pt x @subway,park,street
{bag|personal}+을 찾1 | find1 {bag|personal/my} | pt x @room,living,school,office
{bag}+을 사 | buy {bag/n} | @department,store,market c pt q
{clothes}+을 바꾸 | exchange {clothes/the} | @department,store pt q
{vehicle}+을 사 | buy {vehicle/n} | pt adult
{vehicle}+을 팔 | sell {vehicle/my} | pt adult
{machine}+을 팔 | sell {machine/my} | pt adult
가격1+을 묻2+~아2+보2 | ask2 the price1 | pt q @market,store
돈1+을 내2 | pay1,2 | pt q m=먼저
카드1+으로2 계산3+하3 | pay3 by2 card1 | pt q
돈1+을 찾2 | withdraw2 money1 | @bank pt q
돈1+을 모으2 | save2 money1 | q
돈1+을 빌리2 | borrow2 money1 | pt
돈1+이 없2 | have2 no2 money1 | st x neg=-
돈1+이 많2 | have2 a2 lot2 of2? money1 | adj x
줄1+을 서2 | stand2 in2 line1 | q @store,station,theater w
비싸 | be expensive | adj s=clothes|bag|footwear|machine|ticket|vehicle
싸 | be cheap | adj s=clothes|bag|footwear|fruit|vegetable
예쁘 | be pretty | adj s=원피스|치마|한복|스웨터|모자|목도리|반지|목걸이|flower
작1 | be too1? small1 | adj s=clothes|footwear
무겁 | be heavy | adj s=가방|배낭|furniture|machine
가볍 | be light | adj s=bag|노트북|카메라|휴대폰|청소기
크 | be big | adj s=clothes|furniture|bag|building
{clothes}+을 고르 | choose {clothes/n} | @department,store q
장1+을 보2 | do2 the grocery1 shopping1 | @market,supermarket c q
영수증1+을 받2 | get2 a receipt1 | pt q
영수증1+을 버리2 | throw2 away2 the receipt1 | pt q
환불1+을 받2 | get2 a refund1 | pt q @department,store
할인1+을 받2 | get2 a discount1 | pt q x @department,bookstore
쿠폰1+을 쓰2 | use2 a coupon1 | pt q @supermarket,cafe
값1+을 깎2 | get2 the price1 down2 | q @market
현금1+으로2 계산3+하3 | pay3 in2 cash1 | pt q
택배1+을 받2 | get2 a package1 | pt q
택배1+을 보내2 | send2 a package1 | pt q @post,convenience
사이즈1+을 확인2+하2 | check2 the size1 | pt q
신발1+을 신2+~아 보2 | try2 on2 the shoes1 | @department,store pt q
인터넷1+으로 {코트|셔츠|바지|운동화|책|소설}+을 주문3+하3 | order3 {코트|셔츠|바지|운동화|책|소설/a} online1 | pt q
장바구니1+을 들2 | carry2 the shopping1 bag1 | q
부모님1+께 용돈3+을 드리4 | give4 my parents1 some spending3 money3 | pt q adult
백화점1+이 세일2+을 하3 | the department1 store1 / have3 a sale2
가게1+이 문2+을 닫3 | the store1 / close2,3 | pt t=eve,night
"""
