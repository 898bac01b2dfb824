"""The comparison with an analyser counts boundaries rightly; the analyser itself is not needed."""

from tools.segmentation_check import compare, joined, starts

LINE = "제 책+을 샀어요.=사+았+어요+.\tI bought my book.\t\tschool"
AS_OURS = [("제", 0), ("책", 2), ("을", 3), ("사", 5), ("았", 5), ("어요", 6), (".", 8)]


def test_where_morphemes_begin():
    assert starts("샀어요.", ["사", "았", "어요", "."]) == [0, 0, 1, 3]
    assert starts("책을", ["책", "을"]) == [0, 1]


def test_equal_boundaries_agree():
    agreement, boundaries, disagreements = compare([LINE], [AS_OURS])
    assert (agreement, boundaries) == (1, 4)
    assert not disagreements


def test_a_boundary_more_and_one_less_are_counted():
    more = [("제", 0), ("의", 0), *AS_OURS[1:]]
    agreement, boundaries, disagreements = compare([LINE], [more])
    assert (agreement, boundaries) == (4 / 5, 5)
    assert disagreements == {("제", "제+의"): 1}
    less = [token for token in AS_OURS if token[0] != "을"]
    assert compare([LINE], [less])[0] == 3 / 4


def test_our_choices_are_put_together_and_nothing_else():
    assert joined([("저", 0), ("의", 0), ("책", 2)]) == [("저의", 0), ("책", 2)]
    assert joined([("선생", 0), ("님", 2)]) == [("선생님", 0)]
    assert joined([("친구", 0), ("의", 2)]) == [("친구", 0), ("의", 2)]
