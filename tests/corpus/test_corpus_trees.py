"""Trees with two yields, templates, and the alignments that are read off them."""

import itertools
from collections import Counter

from tests.corpus.sentence_pairs import every_row, has, made_rows, rows
from tools.corpus.morphology import Morph, morph
from tools.corpus.tables import word_set
from tools.corpus.trees import En, fill, finish, template


def test_links_are_inside_and_sorted():
    for row in every_row():
        assert not set(row.links) & set(row.possible), row.ko
        for links in (row.links, row.possible):
            assert list(links) == sorted(set(links)), row.ko
        for i, j in row.links + row.possible:
            assert 0 <= i < len(row.source), row.ko
            assert 0 <= j < len(row.target), row.en


# Words without a counterpart of their own on the other side, at least at times.
ENGLISH_FUNCTION = word_set("""
    a an the i you he she it we they me them him her his my your our their its of to for in on at from with by and
    one ones there is are was were be am 's 'm 're do does did some any , that who up put let as
""")
KOREAN_FUNCTION = word_set("""
    은 는 이 가 을 를 에 에서 의 와 과 도 께 께서 에게 한테 로 으로 시 으시 들 ㄴ ㄹ 고 지 기 어 아 여 하 , 보 씨 만
    라고 다고 것 어요 아요 여요 에요 예요 야 세요 으세요 ㅂ니다 습니다 ㅂ니까 습니까 네요 네 었 았 였 어서 아서 여서
    라서 으니까 니까 이나 던 러 다가 있 다 그냥 맞 게 주 ㄹ까요 을까요 ㄹ까 을까
""")


def test_every_content_word_is_linked():
    for row in made_rows():
        links = row.links + row.possible
        sources, targets = {i for i, _ in links}, {j for _, j in links}
        for i, token in enumerate(row.source):
            assert i in sources or token in KOREAN_FUNCTION, f"{token} in {row.ko} - {row.en}"
        for j, token in enumerate(row.target):
            assert j in targets or token in ENGLISH_FUNCTION, f"{token} in {row.en} - {row.ko}"


def test_punctuation_is_linked():
    for row in made_rows():
        assert (len(row.source) - 1, len(row.target) - 1) in row.links, row.ko


def test_alignments_are_many_to_many_and_reordered():
    one_to_many = many_to_one = crossing = 0
    for row in rows("test"):
        left, right = Counter(i for i, _ in row.links), Counter(j for _, j in row.links)
        one_to_many += max(left.values()) > 1
        many_to_one += max(right.values()) > 1
        pairs = row.links[:-1]
        crossing += any(a < c and b > d for a, b in pairs for c, d in pairs)
    assert one_to_many >= 300
    assert many_to_one >= 700
    assert crossing >= 800


def test_an_alignment_by_hand():
    row = next(
        row
        for row in made_rows()
        if has("시장", "에서")(row) and "저" in row.source and {"i", "market", "at"} <= set(row.target)
    )
    links = {(row.source[i], row.target[j]) for i, j in row.links}
    assert {("저", "i"), ("시장", "market"), ("에서", "at")} <= links
    assert not any(source == "는" for source, _ in links)


def test_a_link_is_sure_or_possible():
    """시장에 가서 사과를 샀어요: the past of went stands on the last verb alone, so its link is only possible."""
    numbers = itertools.count(1)
    node = fill(template("가1+고2 자3+~았4", "went1,4? and2 slept3,4"), {}, lambda: next(numbers))
    pair = finish(node, "home")
    assert pair.alignment == "0-0 1-1 2-2 3?0 3-2"


def test_a_hundred_pairs_by_hand_are_aligned():
    assert sum(bool(row.links) for row in rows("human")) == 100


def test_a_tree_by_hand():
    """감기에 걸렸어요 - caught a cold: the noun and the verb go their own ways, the particle and the article none."""
    numbers = itertools.count(1)
    node = fill(template("감기1+에 걸리2", "catch2 a cold1"), {}, lambda: next(numbers))
    node.ko[-1] += [morph("~았"), morph("~아요"), Morph(".", links=frozenset({99}))]
    node.en.append(En(".", frozenset({99})))
    pair = finish(node, "health")
    assert pair.ko == "감기+에 걸렸어요.=걸리+었+어요+."
    assert pair.en == "Catch a cold."
    assert pair.alignment == "0-2 2-0 5-3"


def test_default_links_of_a_template():
    node = fill(template("배+이 고프", "be hungry"), {}, itertools.count(1).__next__)
    assert [bool(m.links) for e in node.ko for m in e] == [True, False, True]
    assert [token.text for token in node.en if token.links] == ["hungry"]
