"""Answers to exercise 07.causes."""

from tests.exercises.answers import right, wrong

CAUSES = ["fair", "who", "form", "left out", "word", "repeated", "invented", "fair", "left out", "word"]


def with_row(row, cause):
    return [*CAUSES[: row - 1], cause, *CAUSES[row:]]


@right
def in_a_list():
    return list(CAUSES)


@right
def one_by_one():
    found = []
    for cause in CAUSES:
        found.append(cause)
    return found


@wrong(says="return a list of strings")
def in_a_tuple():
    return tuple(CAUSES)


@wrong(says="row 6 is not 'left out': the brother's dinner is missing, but something stands in its place")
def what_is_repeated_stands_for_what_is_left_out():
    return with_row(6, "left out")


@wrong(says="row 1 is not 'form'")
def another_order_is_wrong():
    return with_row(1, "form")


@wrong(says="row 2 is not 'word'")
def the_wrong_word_is_a_person():
    return with_row(2, "word")


@wrong(says="row 7 is not 'word'")
def an_invented_word_is_a_word():
    return with_row(7, "word")


@wrong(says="row 10 is not 'fair': 드시다")
def juice_is_eaten():
    return with_row(10, "fair")


@wrong(says="row 4: 'missing' is none of fair")
def a_name_of_ones_own():
    return with_row(4, "missing")


@wrong(says="there are 10 rows; 9 causes came")
def one_too_few():
    return CAUSES[:9]


@wrong(says="every row has 'fair'; read them one by one")
def all_fair():
    return ["fair"] * 10


@wrong(says="return a list of strings")
def one_string():
    return ", ".join(CAUSES)


@wrong(says="return a list of strings")
def by_row():
    return dict(enumerate(CAUSES, start=1))


@wrong(says="return a list of strings")
def numbers():
    return list(range(10))


@wrong(says="row 4: 'left_out' is none of fair")
def underscores():
    return [cause.replace(" ", "_") for cause in CAUSES]


@wrong(says="there are 10 rows; 0 causes came")
def nothing_the_second_time(kept=[*CAUSES]):  # noqa: B006 - the mistake
    found = kept[:]
    kept[:] = [] if kept else CAUSES
    return found
