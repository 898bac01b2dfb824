"""Buying, clothes and money. What the columns and the options mean stands in `frames/topics/__init__.py`."""

TABLE = """\
{clothes}+을 사 | buy {clothes/n} | @department,market,store c pt q <birthday !nomoney <paid
{accessory}+을 사 | buy {accessory/n} | @department,store c pt q !nomoney
{footwear}+을 사 | buy {footwear/n} | @department,store c pt q !nomoney <paid
{fruit}+을 사 | buy {fruit/n} | @market,supermarket,store c pt q
{vegetable}+을 사 | buy {vegetable/n} | @market,supermarket c pt q <guest
{snack}+을 사 | buy {snack/n} | @convenience,bakery,supermarket pt q <hungry
{drink}+을 사 | buy {drink/n} | @convenience,supermarket,store pt q <thirsty <guest
{reading}+을 사 | buy {reading/n} | @bookstore c pt q
{stationery}+을 사 | buy {stationery/n} | @bookstore,store pt q
{machine}+을 사 | buy {machine/n} | @department,store c pt q !nomoney <broken2 <paid
{furniture}+을 사 | buy {furniture/n} | @department,store c pt q !nomoney
{ticket}+을 사 | buy {ticket/n} | @station,theater pt q
{영화표}+을 사 | buy {영화표/n} | @theater pt q
{flower}+을 사 | buy {flower/n} | @market,store pt q <birthday
{toy}+을 사 | buy {toy/n} | @department,store pt q <birthday
{instrument}+을 사 | buy {instrument/n} | @store,department pt q !nomoney
쇼핑1+을 하2 | shop1,2 | @department,market c d q <free !nomoney
시장1+에 가2 | go2 to the market1 | pt c q !rain t=am,pm
백화점1+에 가2 | go2 to the department1 store1 | pt c q !nomoney <birthday
선물1+을 사2 | buy2 a gift1 | @department,store c q <birthday !nomoney <paid
{friend}+에게1 {buyable}+을 선물2+하2 | give2 {buyable/a} to1 {friend/my} as a gift2 | pt q
{kin}+에게1 선물2+을 주3 | give3 a gift2 to1 {kin/my} | pt q
{kin}+에게1 꽃2+을 주3 | give3 flowers2 to1 {kin/my} | pt q
{friend}+에게1 {reading}+을 빌려주2 | lend2 {reading/a} to1 {friend/my} | pt q
{friend}+에게1 {편지|엽서|이메일|메시지|사진}+을 보내2 | send2 {편지|엽서|이메일|메시지|사진/a} to1 {friend/my} | pt q
{kin}+에게서1 선물2+을 받3 | get3 a gift2 from1 {kin/my} | pt x
{clothes}+을 입 | wear {clothes/n} | nopr
{clothes}+을 입+~아 보 | try on {clothes/the} | @department,store pt q
{accessory}+을 찾1 | look1 for {accessory/my} | @room,living d q
{bag|personal}+을 잃어버리1 | lose1 {bag|personal/my} | pt x @subway,park,street
{bag|personal}+을 찾1 | find1 {bag|personal/my} | pt x @room,living,school,office
{bag}+을 사 | buy {bag/n} | @department,store,market c pt q !nomoney <paid
{clothes}+을 바꾸 | exchange {clothes/the} | @department,store pt q
{vehicle}+을 사 | buy {vehicle/n} | pt !nomoney
{vehicle}+을 팔 | sell {vehicle/my} | pt
{machine}+을 팔 | sell {machine/my} | pt
가격1+을 묻2+~아 보 | ask2 the price1 | pt q @market,store
돈1+을 내2 | pay1,2 | pt q m=먼저
카드1+으로2 계산3+하3 | pay3 by2 card1 | pt q
돈1+을 찾2 | withdraw2 money1 | @bank pt q
돈1+을 모으2 | save2 money1 | d m=열심히 <nomoney
돈1+을 빌리2 | borrow2 money1 | @bank pt <nomoney
돈1+이 없2 | have2 no2 money1 | st x neg=- >nomoney
돈1+이 많2 | have2 a lot2 of money1 | adj x
줄1+을 서2 | stand2 in line1 | d q @store,station,theater w
비싸 | be expensive | adj s=clothes|bag|footwear|machine|ticket|vehicle
싸 | be cheap | adj s=clothes|bag|footwear|fruit|vegetable
예쁘 | be pretty | adj s=clothes|flower|accessory
작 | be too small | adj s=clothes|footwear
무겁 | be heavy | adj s=가방|배낭|furniture|machine
가볍 | be light | adj s=bag|machine
크 | be big | adj s=clothes|furniture|bag|building
{clothes}+을 고르 | choose {clothes/n} | @department,store q
"""
