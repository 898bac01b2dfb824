"""What a learner wrote, in a newer notebook: nothing of it is lost, and nothing that is new is missing."""

import copy
import random

import nbformat
import pytest

from course_lib.learner.merge import course_cells, merge
from course_lib.learner.notebook import checks_of, dumps
from course_lib.learner.work import pristine

BLANK = "def dot(q, k):\n    # Your code here: multiply.\n    raise NotImplementedError"
MINE = "def dot(q, k):\n    return q @ k.mT"
CHECK = 'check("05.dot", dot)'
NOTEBOOK = {
    "title": "# Attention",
    "text": "### Exercise 1\nWrite it.",
    "dot": BLANK,
    "check": CHECK,
    "end": "The end.",
}


def notebook(cells, **changes):
    """A notebook of text and code, a cell for each key; what is changed to None is left out."""
    made = nbformat.v4.new_notebook()
    for key, source in (cells | changes).items():
        if source is None:
            continue
        code = source.startswith(("def", "check", "plot", "import", "mine"))
        cell = nbformat.v4.new_code_cell(source) if code else nbformat.v4.new_markdown_cell(source)
        cell.id = key
        if key == "dot":
            cell.metadata["exercise"] = "05.dot"
        made.cells.append(cell)
    return made


def sources(content):
    return [cell.source for cell in content.cells]


def with_own(content, place, *cells):
    made = copy.deepcopy(content)
    made.cells[place:place] = cells
    return made


BASE = notebook(NOTEBOOK)


def test_an_answer_stays_and_new_text_comes():
    merged = merge(BASE, notebook(NOTEBOOK, dot=MINE), notebook(NOTEBOOK, text="### Exercise 1\nWrite it well."))
    assert sources(merged.content) == ["# Attention", "### Exercise 1\nWrite it well.", MINE, CHECK, "The end."]
    assert (merged.changed, merged.kept, merged.new, merged.conflicts) == (1, 1, [], [])


def test_a_new_exercise_comes_where_it_belongs():
    new = {"text2": "### Exercise 2 · general", "general": "def general(q, k):\n    raise NotImplementedError"}
    theirs = notebook({"title": NOTEBOOK["title"], **new, **NOTEBOOK})
    merged = merge(BASE, notebook(NOTEBOOK, dot=MINE), theirs)
    assert sources(merged.content)[:4] == ["# Attention", *new.values(), NOTEBOOK["text"]]
    assert merged.new == ["Exercise 2 · general"]
    assert MINE in sources(merged.content)


def test_where_both_have_changed_the_learners_is_in_force_and_the_new_one_below_it():
    theirs = notebook(NOTEBOOK, dot="def dot(query, key):\n    raise NotImplementedError", end="Goodbye.")
    merged = merge(BASE, notebook(NOTEBOOK, dot=MINE, end="The end. My notes: ```x```"), theirs)
    kinds = [(cell.cell_type, cell.source) for cell in merged.content.cells]
    place = kinds.index(("code", MINE))
    assert kinds[place + 1][0] == "markdown"
    assert "```python\ndef dot(query, key):\n    raise NotImplementedError\n```" in kinds[place + 1][1]
    assert kinds[-2] == ("markdown", "The end. My notes: ```x```")
    assert "Goodbye." in kinds[-1][1]
    assert merged.conflicts == ["def dot(q, k):", "The end. My notes: ```x```"]
    again = merge(theirs, merged.content, theirs)
    assert sources(again.content) == sources(merged.content)
    assert again.conflicts == []


def test_own_cells_stay_behind_what_they_stood_behind():
    own = [nbformat.v4.new_code_cell(f"mine{i} = 1") for i in range(3)]
    mine = with_own(with_own(with_own(BASE, 5, own[2]), 3, own[1]), 0, own[0])
    theirs = notebook({"new": "# News", **NOTEBOOK})
    merged = merge(BASE, mine, theirs)
    assert sources(merged.content) == [
        "mine0 = 1",
        "# News",
        *sources(BASE)[:3],
        "mine1 = 1",
        CHECK,
        "The end.",
        "mine2 = 1",
    ]
    assert merged.kept == 3


def test_what_the_course_has_dropped_goes_unless_the_learner_has_worked_on_it():
    theirs = notebook(NOTEBOOK, end=None, dot=None, check=None)
    merged = merge(BASE, notebook(NOTEBOOK, dot=MINE), theirs)
    assert sources(merged.content) == ["# Attention", NOTEBOOK["text"], MINE]


def test_what_the_learner_has_deleted_stays_away_unless_it_is_new_or_an_exercise():
    mine = notebook(NOTEBOOK, title=None, end=None, dot=None, check=None)
    assert sources(merge(BASE, mine, BASE).content) == [NOTEBOOK["text"], BLANK, CHECK]
    news = notebook(NOTEBOOK, end="Another end.")
    assert sources(merge(BASE, mine, news).content) == [NOTEBOOK["text"], BLANK, CHECK, "Another end."]
    in_one = with_own(notebook(NOTEBOOK, dot=None, check=None), 2, nbformat.v4.new_code_cell(f"{MINE}\n{CHECK}"))
    assert [checks_of(cell.source) for cell in merge(BASE, in_one, BASE).content.cells].count(["05.dot"]) == 1


def test_outputs_stay_with_what_made_them():
    mine = notebook(NOTEBOOK, dot=MINE, plot="plot(1)")
    for cell in mine.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text=cell.source)], 3
    base = notebook(NOTEBOOK, plot="plot(1)")
    merged = merge(base, mine, notebook(NOTEBOOK, plot="plot(2)"))
    made = {cell.source: cell.get("outputs") for cell in merged.content.cells}
    assert made[MINE][0].text == MINE
    assert made[CHECK][0].text == CHECK
    assert made["plot(2)"] == []


def test_without_the_old_form_the_learners_cells_stay_and_the_courses_stand_below():
    merged = merge(None, notebook(NOTEBOOK, dot=MINE, end="Mine."), notebook(NOTEBOOK, dot=BLANK.replace("k", "key")))
    assert sources(merged.content)[2:5] == [MINE, CHECK, "Mine."]
    assert "The end." in sources(merged.content)[5]
    assert merged.conflicts == ["Mine."]


def test_the_kernel_that_a_notebook_names_stays():
    mine = copy.deepcopy(BASE)
    mine.metadata["kernelspec"] = {"name": "conda-env-nlp", "display_name": "NLP"}
    theirs = copy.deepcopy(BASE)
    theirs.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    assert merge(BASE, mine, theirs).content.metadata["kernelspec"]["name"] == "conda-env-nlp"


# --- what other programs leave ------------------------------------------------------------------------------


def test_cells_are_known_without_their_ids():
    mine = notebook(NOTEBOOK, dot=MINE)
    for i, cell in enumerate(mine.cells):
        cell.id = f"cell-{i}"
        cell.metadata = {}
    merged = merge(BASE, mine, notebook(NOTEBOOK, end="New end."))
    assert sources(merged.content) == ["# Attention", NOTEBOOK["text"], MINE, CHECK, "New end."]
    for cell in mine.cells:
        del cell["id"]
    assert sources(merge(BASE, mine, BASE).content) == [*sources(BASE)[:2], MINE, CHECK, "The end."]


def test_a_split_exercise_stays_split_and_a_doubled_one_double():
    mine = notebook(NOTEBOOK, dot=MINE)
    mine.cells.insert(3, nbformat.v4.new_code_cell("mine = 2"))
    mine.cells.insert(4, nbformat.v4.new_code_cell(MINE + "  # again"))
    merged = merge(BASE, mine, notebook(NOTEBOOK, title="# New"))
    assert sources(merged.content)[2:6] == [MINE, "mine = 2", MINE + "  # again", CHECK]


def test_a_cell_whose_kind_was_changed_is_the_learners_own():
    mine = copy.deepcopy(BASE)
    mine.cells[4] = nbformat.v4.new_code_cell("mine = 'The end.'")
    mine.cells[4].id = "end"
    assert sources(merge(BASE, mine, notebook(NOTEBOOK, end="New.")).content)[-2:] == ["mine = 'The end.'", "New."]


def test_ids_are_never_double():
    mine = copy.deepcopy(BASE)
    extra = nbformat.v4.new_markdown_cell("mine, with an id that the course has given to something new")
    extra.id = "later"
    mine.cells.append(extra)
    merged = merge(BASE, mine, notebook(NOTEBOOK | {"later": "def new():\n    pass"}))
    ids = [cell.id for cell in merged.content.cells]
    assert len(ids) == len(set(ids))
    assert extra.source in sources(merged.content)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_to_a_lesson_no_word_of_the_learner_is_lost_and_the_notebook_is_valid(seed):
    chance = random.Random(seed)
    base = pristine("05a_attention")
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    wrote = []
    for content, words in ((mine, wrote), (theirs, [])):
        for step in range(12):
            place = chance.randrange(len(content.cells))
            kind = chance.choice(["edit", "edit", "insert", "delete", "move"])
            if kind == "edit":
                content.cells[place].source += f"\n# {seed} {step} {len(words)}"
                words.append(content.cells[place].source)
            elif kind == "insert":
                content.cells.insert(place, nbformat.v4.new_markdown_cell(f"own words {seed} {step}"))
                words.append(content.cells[place].source)
            elif kind == "delete":
                words[:] = [word for word in words if word != content.cells[place].source]
                del content.cells[place]
            else:
                content.cells.insert(chance.randrange(len(content.cells)), content.cells.pop(place))
    wrote = [cell.source for cell in mine.cells if cell.source in wrote]
    merged = merge(base, mine, theirs)
    nbformat.validate(nbformat.reads(dumps(merged.content), as_version=4))
    assert all(word in sources(merged.content) for word in wrote)
    everything = "\n".join(sources(merged.content))
    assert all(cell.source in everything for cell in theirs.cells if cell.source not in sources(base))
    assert len({cell.id for cell in merged.content.cells}) == len(merged.content.cells)


def test_course_cells_of_a_lesson_are_all_known():
    base = pristine("03a_lstm")
    known = {cell.id: cell for cell in base.cells}
    assert list(course_cells(base, known).values()) == list(known)


# --- ids that change with the text, as those of texts do ----------------------------------------------------


LONG = "An encoder reads the source, word by word, and keeps what it needs of it in a vector of fixed size."
LONGER = "An encoder reads the source, word by word, and keeps what it needs of it in one vector of a fixed size."


def renamed(content, old, new):
    made = copy.deepcopy(content)
    next(cell for cell in made.cells if cell.id == old).id = new
    return made


def test_a_text_that_was_changed_is_the_same_cell_under_another_id():
    base = notebook(NOTEBOOK | {"end": LONG})
    theirs = renamed(notebook(NOTEBOOK | {"end": LONGER}), "end", "end-2")
    own = nbformat.v4.new_markdown_cell("my own words")
    merged = merge(base, with_own(base, 5, own), theirs)
    assert sources(merged.content)[-2:] == [LONGER, "my own words"]
    assert (merged.new, merged.changed, merged.kept) == ([], 1, 1)
    merged = merge(base, notebook(NOTEBOOK | {"end": LONG + " Mine."}), theirs)
    assert sources(merged.content)[-2] == LONG + " Mine."
    assert LONGER in sources(merged.content)[-1]
    assert len(merged.conflicts) == 1
    deleted = notebook(NOTEBOOK, end=None)
    assert LONGER in sources(merge(base, deleted, theirs).content), "it has news"
    assert LONG not in sources(merge(base, deleted, renamed(base, "end", "end-2")).content)


def test_a_text_with_a_large_picture_is_followed_at_once():
    picture = f"![a](data:image/svg+xml;base64,{'QUJD' * 30_000})"
    base = notebook(NOTEBOOK | {"end": f"{LONG}\n\n{picture}"})
    theirs = renamed(notebook(NOTEBOOK | {"end": f"{LONGER}\n\n{picture}"}), "end", "end-2")
    assert merge(base, base, theirs).changed == 1


# --- what stands in one cell, and beside the text -----------------------------------------------------------


def test_an_answer_in_another_cell_is_not_put_out_of_force():
    other = {
        "general": "def general(q, k):\n    # Your code here: both.\n    raise NotImplementedError",
        "c2": 'check("05.general", general)',
    }
    base = notebook(NOTEBOOK | other)
    for content in (base,):
        content.cells[-2].metadata["exercise"] = "05.general"
    both = f"{MINE}\n\n\ndef general(q, k, w):\n    return q @ w @ k.mT"
    mine = notebook(NOTEBOOK | other, general=None, dot=both)
    theirs = renamed(copy.deepcopy(base), "title", "title")
    theirs.cells[0].source = "# New"
    made = sources(merge(base, mine, theirs).content)
    assert both in made
    assert not any("raise NotImplementedError" in source for source in made)
    theirs.cells[-2].source = theirs.cells[-2].source.replace("(q, k)", "(q, k, w)")
    merged = merge(base, mine, theirs)
    assert [cell.cell_type for cell in merged.content.cells if "def general(q, k, w):" in cell.source] == [
        "code",
        "markdown",
    ]


def test_pictures_tags_and_other_metadata_stay():
    mine = notebook(NOTEBOOK, text="### Exercise 1\nWrite it. ![image.png](attachment:image.png)")
    mine.cells[1].attachments = {"image.png": {"image/png": "aGk="}}
    mine.cells[2].metadata |= {"tags": ["later"], "collapsed": True}
    mine.metadata |= {"widgets": {"state": 1}, "jupytext": {"formats": "ipynb,py"}}
    theirs = notebook(NOTEBOOK, title="# New")
    theirs.cells[2].metadata["tags"] = ["exercise"]
    made = merge(BASE, mine, theirs).content
    assert made.cells[1].attachments == mine.cells[1].attachments
    assert made.cells[2].metadata == {"exercise": "05.dot", "tags": ["exercise", "later"], "collapsed": True}
    assert {"widgets", "jupytext"} <= made.metadata.keys()
    nbformat.validate(made)


def test_a_cell_that_was_switched_off_stays_off():
    base = notebook(NOTEBOOK, plot="plot(1)")
    mine = copy.deepcopy(base)
    mine.cells[5] = nbformat.v4.new_raw_cell("plot(1)")
    mine.cells[5].id = "plot"
    made = merge(base, mine, notebook(NOTEBOOK, plot="plot(1)", title="# New")).content
    assert [cell.cell_type for cell in made.cells if cell.source == "plot(1)"] == ["raw"]


def test_ends_of_lines_are_no_changes():
    mine = copy.deepcopy(BASE)
    for cell in mine.cells:
        cell.source = cell.source.replace("\n", "\r\n") + "\r\n"
    merged = merge(BASE, mine, notebook(NOTEBOOK, text="New."))
    assert (merged.kept, merged.changed, merged.conflicts) == (0, 1, [])


@pytest.mark.parametrize("id", [7, None, "a b", "x" * 65, ""])
def test_ids_that_are_none_are_made_anew(id):
    mine = with_own(BASE, 2, nbformat.v4.new_markdown_cell("mine"))
    mine.cells[2]["id"] = id
    made = merge(BASE, mine, BASE).content
    assert "mine" in sources(made)
    nbformat.validate(made)


def test_words_in_a_note_of_an_update_are_the_learners():
    mine, theirs = notebook(NOTEBOOK, end="Mine."), notebook(NOTEBOOK, end="New.")
    merged = merge(BASE, mine, theirs).content
    merged.cells[-1].source += "\nmy own words"
    again = merge(BASE, merged, theirs).content
    assert any("my own words" in source for source in sources(again))


def test_a_blank_of_an_older_form_is_replaced_without_that_form_too():
    theirs = notebook(NOTEBOOK, dot=BLANK.replace("(q, k)", "(query, key)"))
    assert sources(merge(None, BASE, theirs).content)[2] == theirs.cells[2].source


def test_without_ids_a_cell_is_known_by_most_of_what_it_says():
    base = notebook(NOTEBOOK, plot="plot(1)\nprint(1)\nx = 3\ny = 4\nz = 5")
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine.cells[5].source += "\nmine = 1"
    theirs.cells[5].source += "\nnew = 1"
    for i, cell in enumerate(mine.cells):
        cell.id = f"cell-{i}"
    made = merge(base, mine, theirs).content
    assert [(cell.cell_type, "new = 1" in cell.source) for cell in made.cells[5:]] == [
        ("code", False),
        ("markdown", True),
    ]


def test_a_cell_that_was_made_anew_is_known_by_what_it_says_or_is_for():
    known = {cell.id: cell for cell in BASE.cells}
    mine = notebook(NOTEBOOK, dot=MINE)
    mine.cells[1].id, mine.cells[2].id, mine.cells[2].metadata = "other-1", "other-2", {}
    assert [id for _, id in sorted(course_cells(mine, known).items())] == list(known)
    assert sources(merge(BASE, mine, notebook(NOTEBOOK, title="# New")).content)[1:] == sources(mine)[1:]


def test_without_the_old_form_answers_in_one_cell_get_no_notes():
    other = {"general": "def general(q, k):\n    # Your code here: both.\n    raise NotImplementedError"}
    theirs = notebook(NOTEBOOK | other)
    theirs.cells[-1].metadata["exercise"] = "05.general"
    mine = notebook(NOTEBOOK, dot=f"{MINE}\n\n\ndef general(q, k):\n    return q")
    assert sources(merge(None, mine, theirs).content) == sources(mine)


def test_a_fence_within_the_courses_text_does_not_end_the_note():
    theirs = notebook(NOTEBOOK, end="````\nnew\n````")
    note = merge(BASE, notebook(NOTEBOOK, end="Mine."), theirs).content.cells[-1].source
    assert note.endswith("`````markdown\n````\nnew\n````\n`````")
