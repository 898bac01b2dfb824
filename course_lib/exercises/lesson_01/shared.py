"""What several exercises of lesson 01 are examined with."""

SMALL = [["the", "cat", "sat"], ["the", "dog", "sat", "on", "the", "cat"], ["a", "dog"]]
LARGER = [[f"w{(i * i + j) % 17}" for j in range(3 + i % 7)] for i in range(40)]
CAPITALS = [["be", "At", "coal"], [], ["at", "Be", "Coal"], [], ["day"]]
KOREAN = [["나", "는", "사과", "를", "먹", "었", "다"], ["나", "는", "책", "을", "읽", "었", "다"]]
