"""Learning: frames for the table of causes and effects."""

ROWS = """\
시험1+이 있2 | have2 an exam1 | st x neg=없 young
내일3 시험1+이 있2 | have2 an exam1 tomorrow3 | st x neg=없 young
시험1+이 끝나2 | the exam1 / be over2 | st x
시험1+이 어렵2 | the exam1 / be difficult2 | adj
시험1+이 쉽2 | the exam1 / be easy2 | adj
시험1+에 합격2+하2 | pass2 the exam1 | x pt
시험1+에서 떨어지2 | fail2 the exam1 | x pt
숙제1+이 많2 | have2 a lot2 of homework1 | adj x young
숙제1+을 하2 | do2 my homework1 | x no=안 young
숙제1+을 집2+에3 두4+고 오4 | leave4 my homework1 at3 home2 | x pt young
교과서1+을 집2+에3 두4+고 오4 | leave4 my textbook1 at3 home2 | x pt young
발표1+이 있2 | have2 a presentation1 | st x
수업1+이 재미있2 | the class1 / be interesting2 | st neg=ji
수업1+이 어렵2 | the class1 / be difficult2 | adj
수업1+이 일찍3 끝나2 | class1 / end2 early3 | x pt
수업1+이 취소2+되2 | class1 / be canceled2 | x pt
오늘3 수업1+이 없2 | have2 no2 class1 today3 | st x neg=- young
방학1+이 시작2+되2 | vacation1 / start2 | x pt
나쁘1+(으)ㄴ 점수2+을 받3 | get3 a bad1 grade2 | x pt young
좋1+(으)ㄴ 점수2+을 받3 | get3 a good1 grade2 | x pt young
도서관1+이 문2+을 닫2 | the library1 / be closed2 | st x t=am,pm,eve
도서관1+이 조용2+하2 | the library1 / be quiet2 | adj neg=ji
학교1+이 멀2 | the school1 / be far2 away2 | adj
학교1+이 가깝2 | the school1 / be nearby2 | st
연필1+이 없2 | have2 no2 pencil1 | st x neg=- young
어렵1+(으)ㄴ 단어2+이 많3 | there // be a3 lot3 of3 difficult1 words2 | adj
친구1+하고2 싸우3 | have3 a fight3 with2 a friend1 | x pt young
오늘1 졸업식2+이 있3 | have3 my graduation2 today1 | st x young
공부1+을 하1 | study1 | q young
거기1+에서1 공부2+을 하2 | study2 there1 | q
밤늦게1+까지1 공부2+을 하2 | study2 late1 into1 the night1 | q t=night young
집1+에서2 공부3+을 하3 | study3 at2 home1 | q young
다시1 공부2+을 하2 | study2 again1 | q young
카페1+에서2 공부3+을 하3 | study3 at2 a cafe1 | q c young
도서관1+에2 가3+~아서4 밤5+까지6 공부7+을 하7 | go3 to2 the library1 and4 ^study7 until6 night5 | q c way=seq young
도서관1+에2 가3 | go3 to2 the library1 | q pt c
단어1+을 외우2 | memorize2 the words1 | q young
숙제1+을 끝내2 | finish2 my homework1 | q pt young
학교1+에2 가3 | go3 to2 school1 | q pt t=am young
학교1+에2 걷3+~아서 가3 | walk3 to2 school1 | q pt t=am young
학교1+에2 자전거3+을 타4+고 가4 | ride4 my bike3 to2 school1 | q pt t=am young
학교1+까지2 뛰어가3 | run3 to2 school1 | q pt t=am young
학교1+에 늦2 | be late2 for school1 | x pt neg=ji t=am young
수업1+에 늦2 | be late2 for class1 | x pt neg=ji young
수업1+을 열심히3 듣2 | listen2 carefully3 in class1 | q young
선생님1+께 질문2+을 하2 | ask2 the teacher1 a question2 | q pt young
선생님1+께 여러3 번3 질문2+을 하2 | ask2 the teacher1 questions2 several3 times3 | q young
친구1+에게 묻2+~아2+보2 | ask2 a friend1 | q pt
이해1+을 하1 | understand1 it | q
복습1+을 하1 | review1 the lesson1? | q young
문제1+을 다2 풀3 | solve3 all2 the problems1 | q pt young
시험1+을 잘3 보2 | do2 well3 on the exam1 | x pt young
숙제1+을 내2 | hand2 in2 my homework1 | q pt young
혼1+이 나1 | get1 scolded1 | x pt young
발표1+을 준비2+하2 | prepare2 my presentation1 | q
발표1+을 여러3 번3 연습2+하2 | practice2 my presentation1 several3 times3 | q
발표1+을 잘하2 | give2 a good2 presentation1 | x pt
질문1+에 대답2+하2 | answer2 the question1 | q pt
책1+을 빌리2 | borrow2 some books1 | q pt
책1+을 반납2+하2 | return2 the books1 | q pt
사전1+을 찾2 | look2 in1 the dictionary1 | q pt
연필1+을 빌리2 | borrow2 a pencil1 | q pt young
답1+을 쓰2 | write2 down2 the answers1 | q pt young
친구1+의 교과서2+을 같이3 보4 | share3,4 a friend1 's textbook2 | q young
친구1+들+과2 놀3 | hang3 out3 with2 my friends1 | q young
축구1+을 하2 | play2 soccer1 | q c young
농구1+을 하2 | play2 basketball1 | q c young
게임1+을 하2 | play2 games1 | q c
점심1+을 혼자3 먹2 | have2 lunch1 alone3 | q pt hon=드시 t=noon
친구1+에게 먼저3 사과2+하2 | apologize2 to1 my friend1 first3 | q pt young
혼자1 집2+에 가3 | go3 home2 alone1 | q pt young
부모님1+께 전화2+을 드리2 | call2 my parents1 | q pt young
부모님1+과2 사진3+을 찍4 | take4 pictures3 with2 my parents1 | q young
시험1+을 다시3 보2 | take2 the exam1 again3 | q pt young
포기1+하1 | give1 up1 | q pt
학교1+에2 일찍4 가3 | go3 to2 school1 early4 | q pt t=am young
"""

PAIRS = """\
시험+이 있 | so | 단어+을 외우
시험+이 있 | so if | 도서관+에 가 / 밤늦게+까지 공부+을 하 / 일찍 일어나
시험+이 있 | so | 도서관+에 가+~아서 밤+까지 공부+을 하 / 긴장+하 / 학교+에 일찍 가
시험+이 있 | not:못안 | 친구+들+과 놀 / 영화+을 보 / 축구+을 하 / 게임+을 하
시험+이 있 | but | 게임+을 하 / 친구+들+과 놀 / 영화+을 보 / 늦+게 자
시험+이 있 | butnot:안 | 공부+을 하 / 단어+을 외우
시험+이 있 | when | 밤늦게+까지 공부+을 하 / 도서관+에 가
내일 시험+이 있 | so now | 도서관+에 가+~아서 밤+까지 공부+을 하 / 단어+을 외우
내일 시험+이 있 | so now | 도서관+에 가
내일 시험+이 있 | not:안못 now | 게임+을 하 / 친구+들+과 놀 / 텔레비전+을 보
내일 시험+이 있 | but now | 게임+을 하 / 축구+을 하 / 영화+을 보
시험+이 끝나 | so always | 영화+을 보 / 친구+들+과 놀 / 게임+을 하 / 친구+을 만나 / 집+에서 쉬
시험+이 끝나 | so always | 바다+에 가+~아서 수영+을 하
시험+이 끝나 | butnot:안 always young | 쉬
시험+이 어렵 | not:못 | 문제+을 다 풀
시험+이 어렵 | so young single | 울 / 걱정+이 되
시험+이 어렵 | but | 문제+을 다 풀 / 좋+(으)ㄴ 점수+을 받
시험+이 어렵 | butnot:안 | 포기+하
시험+이 쉽 | so | 문제+을 다 풀 / 좋+(으)ㄴ 점수+을 받
시험+이 쉽 | butnot:못 | 문제+을 다 풀 / 좋+(으)ㄴ 점수+을 받
시험+에 합격+하 | so single young span=week | 부모님+께 전화+을 드리 / 크+게 웃 / 친구+들+에게 저녁+을 사 / 기쁘
시험+에서 떨어지 | so single young span=week | 울 / 시험+을 다시 보 / 다시 공부+을 하
시험+에서 떨어지 | butnot:안 single span=week | 포기+하 / 울
숙제+이 많 | so | 밤늦게+까지 공부+을 하 / 도서관+에 가 / 집+에서 공부+을 하
숙제+이 많 | not:못 | 친구+들+과 놀 / 일찍 자 / 축구+을 하 / 영화+을 보
숙제+이 많 | but | 게임+을 하 / 친구+들+과 놀 / 텔레비전+을 보 / 농구+을 하
안 숙제+을 하 | so | 혼+이 나
안 숙제+을 하 | not:못 | 친구+들+과 놀 / 게임+을 하
안 숙제+을 하 | but | 친구+들+과 놀 / 게임+을 하 / 텔레비전+을 보
숙제+을 집+에 두+고 오 | not:못 single | 숙제+을 내
숙제+을 집+에 두+고 오 | so single | 혼+이 나 / 어머니+께 전화+을 드리 / 집+에 다시 돌아가
교과서+을 집+에 두+고 오 | so single | 친구+의 교과서+을 같이 보 / 혼+이 나
발표+이 있 | so single young | 긴장+하 / 발표+을 여러 번 연습+하 / 일찍 일어나
발표+이 있 | so single adult | 자료+을 준비+하 / 일찍 출근+하 / 긴장+하
발표+이 있 | not:못 single | 잘 자
수업+이 재미있 | so | 수업+을 열심히 듣 / 선생님+께 여러 번 질문+을 하
수업+이 어렵 | so if | 선생님+께 질문+을 하 / 친구+에게 묻+~아+보 / 복습+을 하
수업+이 어렵 | not:못 young | 이해+을 하
수업+이 어렵 | but | 수업+을 열심히 듣
수업+이 어렵 | butnot:안 young | 포기+하
수업+이 일찍 끝나 | so young | 집+에 일찍 가 / 친구+들+과 놀 / 도서관+에 가 / 농구+을 하 / 서점+에 들르
수업+이 일찍 끝나 | butnot:안 young | 집+에 가
수업+이 취소+되 | so young span=week | 집+에 가 / 도서관+에 가 / 친구+들+과 놀 / 카페+에서 공부+을 하
오늘 수업+이 없 | so now | 집+에서 쉬 / 친구+을 만나 / 영화+을 보 / 쇼핑+을 하 / 도서관+에 가+~아서 밤+까지 공부+을 하
오늘 수업+이 없 | but now | 학교+에 가 / 일찍 일어나
방학+이 시작+되 | so young span=week | 여행+을 가 / 아르바이트+을 시작+하 / 고향+에 가 / 바다+에 가+~아서 수영+을 하
나쁘+(으)ㄴ 점수+을 받 | so single | 울 / 다시 공부+을 하 / 선생님+께 질문+을 하 / 슬프
나쁘+(으)ㄴ 점수+을 받 | butnot:안 single | 포기+하 / 울
좋+(으)ㄴ 점수+을 받 | so single | 어머니+께 전화+을 드리 / 기쁘 / 크+게 웃 / 부모님+께 전화+을 드리
도서관+이 문+을 닫 | so lets young | 카페+에서 공부+을 하
도서관+이 문+을 닫 | so young | 집+에서 공부+을 하 / 집+에 다시 돌아가
도서관+이 문+을 닫 | not:못 | 책+을 빌리 / 책+을 반납+하
도서관+이 조용+하 | so always | 거기+에서 공부+을 하 / 잠+이 들
학교+이 멀 | so young always | 일찍 일어나 / 학교+에 자전거+을 타+고 가 / 버스+을 타
학교+이 멀 | but young always | 학교+에 걷+~아서 가
학교+이 가깝 | so young always | 늦+게 일어나
연필+이 없 | so single | 연필+을 빌리
연필+이 없 | not:못 single | 답+을 쓰
어렵+(으)ㄴ 단어+이 많 | so if young always | 사전+을 찾 / 선생님+께 질문+을 하
어렵+(으)ㄴ 단어+이 많 | not:못 young always | 이해+을 하
친구+하고 싸우 | so single always | 울 / 혼자 집+에 가 / 점심+을 혼자 먹 / 슬프 / 친구+에게 먼저 사과+하
친구+하고 싸우 | but single always | 친구+에게 먼저 사과+하
오늘 졸업식+이 있 | so now single | 새 양복+을 사 / 부모님+과 사진+을 찍
수업+이 어렵 | when young | 선생님+께 질문+을 하 / 친구+에게 묻+~아+보
어렵+(으)ㄴ 단어+이 많 | when adv young always | 사전+을 찾
숙제+이 많 | when | 도서관+에 가 / 밤늦게+까지 공부+을 하
수업+이 어렵 | adv | 선생님+께 질문+을 하 / 복습+을 하
긴장+하 | adv | 심호흡+을 하 / 물+을 마시
시험+이 있 | adv | 일찍 자
"""
