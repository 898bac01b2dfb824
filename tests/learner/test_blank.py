"""One exercise begun afresh: its lines are blank again, and all else in the notebook is as it was."""

import copy

import nbformat
import pytest

from course_lib.learner import blank
from course_lib.learner.blank import blank_cells, blank_source, with_blank
from course_lib.learner.notebook import dumps
from course_lib.learner.work import pristine

NAME = "01a_word_embeddings"
LOOKUP = "def lookup(ids, weight):\n    return weight[ids]  # 내 답"
ENCODE = "def encode_batch(sentences, vocab):\n    return 'A'"
CHECK = 'check("01.lookup", lookup)'
BLANKS = {id: blank_cells(id) for id in ("01.lookup", "01.encode_batch", "01.build_vocab")}
BLANK = {id: exercise.source for id, (exercise, _) in BLANKS.items()}
FRESH = BLANK["01.lookup"]
LESSON = pristine(NAME)


@pytest.fixture
def mine(monkeypatch):
    """A notebook as it came."""
    monkeypatch.setattr(blank, "blank_cells", lambda id: copy.deepcopy(BLANKS[id]))  # a second each, made once
    return copy.deepcopy(LESSON)


def cell_of(content, id="01.lookup"):
    return next(cell for cell in content.cells if cell.metadata.get("exercise") == id)


def merged_into(content, source, *gone):
    """The cell of 01.lookup says this, and the cells of these exercises are gone."""
    cell = cell_of(content)
    cell.source, cell.execution_count = source, 3
    cell.outputs = [nbformat.v4.new_output("stream", text="old")]
    content.cells = [each for each in content.cells if each.metadata.get("exercise") not in gone]
    return cell


def others(content, *but):
    return [each.source for each in content.cells if not any(each is one for one in but)]


def written(content):
    """The same as a file would hold it; valid."""
    again = nbformat.reads(dumps(content), as_version=4)
    nbformat.validate(again)
    assert len({cell.id for cell in again.cells}) == len(again.cells)
    return again


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{ENCODE}\n\n\n{LOOKUP}", f"{ENCODE}\n\n\n{FRESH}"),
        (f"{LOOKUP}\n\n\n{ENCODE}", f"{FRESH}\n\n\n{ENCODE}"),
        (f"{LOOKUP}\n\n{CHECK}", f"{FRESH}\n\n{CHECK}"),
        (f"{LOOKUP}\n{CHECK}\n{ENCODE}\n{LOOKUP} 2", f"{FRESH}\n{CHECK}\n{ENCODE}\n"),
        (
            f"# so\n@cache\n@other(\n  1)\n{LOOKUP}\n    # why\n\n# mine\n{ENCODE}",
            f"# so\n{FRESH}\n\n# mine\n{ENCODE}",
        ),
        (f"%%time\n{ENCODE}\n{LOOKUP}\n!ls\n{CHECK}", f"%%time\n{ENCODE}\n{FRESH}\n!ls\n{CHECK}"),
        (f"class Mine:\n    s = 'a\u2028b\x0c'\n{LOOKUP}\n", f"class Mine:\n    s = 'a\u2028b\x0c'\n{FRESH}\n"),
        (f"async def other(): pass\nclass lookup: pass\n{CHECK}", f"async def other(): pass\n{FRESH}\n{CHECK}"),
        (f"x = lookup([1])\n{LOOKUP}", FRESH),
        ("def lookup(ids:\n    half", FRESH),
        ("", FRESH),
    ],
    ids=["last", "first", "check", "twice", "decorated", "magics", "lines", "kinds", "alone", "broken", "empty"],
)  # fmt: skip
def test_what_else_stands_in_the_cell_stays(mine, before, after):
    cell = merged_into(mine, before, "01.encode_batch")
    around = others(mine, cell)
    placed = with_blank(mine, "01.lookup")
    assert cell.source == after
    assert (cell.outputs, cell.execution_count) == ([], None)
    assert others(mine, cell) == around
    assert (placed.there, placed.again) == (True, [])
    written(mine)


def test_an_exercise_in_the_cell_of_another(mine):
    cell = merged_into(mine, f"{LOOKUP}\n\n{ENCODE}", "01.encode_batch")
    assert with_blank(mine, "01.encode_batch").there
    assert cell.source == f"{LOOKUP}\n\n{BLANK['01.encode_batch']}"
    cell = merged_into(mine, f"{LOOKUP}\n\n{BLANK['01.build_vocab'].replace('raise', 'return')}", "01.build_vocab")
    assert with_blank(mine, "01.build_vocab").there
    assert cell.source.startswith(LOOKUP)
    assert cell.source.endswith(BLANK["01.build_vocab"])


@pytest.mark.parametrize("other", [f"{ENCODE}\n\n\nfor", f"{CHECK}\nfor", f"{ENCODE[:-1]}\n\n{CHECK}"])
def test_what_else_stands_in_a_cell_that_cannot_be_read_becomes_a_cell(mine, other):
    cell = merged_into(mine, f"{LOOKUP}\n\n{other}", "01.encode_batch")
    place, count = mine.cells.index(cell), len(mine.cells)
    placed = with_blank(mine, "01.lookup")
    assert (placed.there, placed.again) == (True, [])
    assert [each.source for each in mine.cells[place : place + 2]] == [BLANK["01.lookup"], other]
    assert [each.metadata.get("exercise") for each in mine.cells[place : place + 2]] == ["01.lookup", None]
    assert [each.outputs for each in mine.cells[place : place + 2]] == [[], []]
    assert len(mine.cells) == count + 1
    written(mine)


def test_a_cell_of_another_exercise_that_cannot_be_read_stays_its_cell(mine):
    cell = merged_into(mine, f"{LOOKUP}\n\n{ENCODE}\nfor", "01.encode_batch")
    place = mine.cells.index(cell)
    assert with_blank(mine, "01.encode_batch").there
    first, second = mine.cells[place : place + 2]
    assert (first.source, first.metadata.exercise) == (BLANK["01.encode_batch"], "01.encode_batch")
    assert (second.source, second.metadata.exercise, second.id) == (f"{LOOKUP}\n\nfor", "01.lookup", cell.id)
    written(mine)


def test_a_cell_whose_answer_was_moved_away_keeps_what_is_in_it(mine):
    cell = merged_into(mine, ENCODE, "01.encode_batch")
    place = mine.cells.index(cell)
    mine.cells.insert(place + 1, nbformat.v4.new_code_cell(LOOKUP))
    assert with_blank(mine, "01.lookup").again == ["lookup"]
    assert [each.source for each in mine.cells[place : place + 3]] == [BLANK["01.lookup"], ENCODE, LOOKUP]
    written(mine)


def test_an_answer_in_the_cell_of_its_check(mine):
    merged_into(mine, "", "01.lookup")
    check = next(cell for cell in mine.cells if cell.source == CHECK)
    check.source = f"{LOOKUP}\n\n{CHECK}"
    around = others(mine, check)
    assert with_blank(mine, "01.lookup").there
    assert check.source == f"{BLANK['01.lookup']}\n\n{CHECK}"
    assert others(mine, check) == around


def test_a_second_attempt_below_is_named_and_one_above_is_not_in_force(mine):
    place = mine.cells.index(cell_of(mine))
    mine.cells.insert(place, nbformat.v4.new_code_cell(LOOKUP))
    assert with_blank(mine, "01.lookup").again == []
    mine.cells.append(nbformat.v4.new_markdown_cell(LOOKUP))
    assert with_blank(mine, "01.lookup").again == []
    mine.cells.append(nbformat.v4.new_code_cell(f"%time\n{LOOKUP}\nfor"))
    assert with_blank(mine, "01.lookup").again == ["lookup"]
    assert LOOKUP in mine.cells[-1].source


def test_a_cell_that_became_text_stays_text(mine):
    cell = cell_of(mine)
    place = mine.cells.index(cell)
    mine.cells[place] = nbformat.v4.new_markdown_cell(cell.source, id=cell.id)
    assert not with_blank(mine, "01.lookup").there
    assert [each.cell_type for each in mine.cells if each.source == BLANK["01.lookup"]] == ["markdown", "code"]
    written(mine)


@pytest.mark.parametrize("minor", [0, 4, 5])
def test_a_cell_that_comes_back_is_as_the_version_of_the_format_asks(mine, minor):
    mine.nbformat_minor = minor
    if minor < 5:
        for cell in mine.cells:
            del cell["id"]
    mine.cells = [cell for cell in mine.cells[:10] if cell.metadata.get("exercise") != "01.lookup"]
    assert not with_blank(mine, "01.lookup").there
    merged_into(mine, f"{LOOKUP}\n\n{CHECK}\nfor")
    with_blank(mine, "01.lookup")
    assert [cell.source for cell in mine.cells if "lookup" in cell.source][-2:] == [f"{CHECK}\nfor", CHECK]
    nbformat.validate(nbformat.from_dict(mine))
    assert {"id" in cell for cell in mine.cells} == {minor == 5}


def test_what_the_check_said_is_gone_and_what_others_said_stays(mine):
    for cell in mine.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[nbformat.v4.new_output("stream", text="said")], execution_count=1)
    with_blank(mine, "01.lookup")
    answer, check = [cell.source for cell in mine.cells if cell.cell_type == "code" and not cell.outputs]
    assert answer == BLANK["01.lookup"]
    assert 'check("01.lookup"' in check


def test_a_blank_exercise_is_blank_again_as_it_came(mine):
    for id in BLANK:
        assert with_blank(mine, id).there
    assert mine == LESSON
    assert blank_source("01.lookup") == BLANK["01.lookup"]
