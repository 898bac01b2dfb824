"""`course reset`: what it says, what it forgets and what it leaves, in notebooks that learners have rearranged."""

import shutil

import nbformat
import pytest

from course_lib import cli, folders
from course_lib.commands import lab
from course_lib.exercises import progress
from course_lib.learner.notebook import dumps, read

NAME = "01a_word_embeddings"
LOOKUP = "def lookup(ids, weight):\n    return weight[ids]  # 내 답"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The learner's own notebook of a lesson, in a folder of the course, with an answer and what is noted of it."""
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    lab.put()
    path = tmp_path / "work" / f"{NAME}.ipynb"
    edit(path, lambda content: cell_of(content).update(source=LOOKUP))
    progress.record("01.lookup", "correct", "right")
    progress.record("00.first", "correct", "right")
    return path


def cell_of(content, id="01.lookup"):
    return next(cell for cell in content.cells if cell.metadata.get("exercise") == id)


def edit(path, change):
    content = read(path).content
    change(content)
    path.write_text(dumps(content), encoding="utf-8")


def sources(path):
    return [cell.source for cell in read(path).content.cells]


@pytest.mark.parametrize("words", [["lookup"], []])
@pytest.mark.parametrize("name", ["copy.ipynb", f"elsewhere/{NAME}.ipynb"])
def test_a_fresh_copy_forgets_nothing_of_the_own_notebook(mine, words, name):
    copied = mine.parent / name
    copied.parent.mkdir(exist_ok=True)
    shutil.copy(mine, copied)
    assert cli.main(["reset", str(copied), *words]) == 0
    assert set(progress.read()) == {"00.first", "01.lookup"}
    assert LOOKUP not in sources(copied)
    assert LOOKUP in sources(mine)
    assert cli.main(["reset", str(mine), *words]) == 0
    assert set(progress.read()) == {"00.first"}
    assert LOOKUP not in sources(mine)


def test_the_own_notebook_by_another_way_to_it_is_the_own_one(mine, monkeypatch):
    monkeypatch.chdir(mine.parent)
    (mine.parent / "link.ipynb").symlink_to(mine)
    assert cli.main(["reset", "link.ipynb", "lookup"]) == 0
    assert set(progress.read()) == {"00.first"}
    assert (mine.parent / "link.ipynb").is_symlink()
    assert LOOKUP not in sources(mine)


def test_an_exercise_that_is_blank_stays_and_no_copy_is_kept(mine, tmp_path, capsys):
    assert cli.main(["reset", NAME, "lookup"]) == 0
    assert "is blank again" in capsys.readouterr().out
    kept, before = sorted((tmp_path / ".course" / "kept").rglob("*")), mine.read_bytes()
    assert kept
    assert cli.main(["reset", NAME, "lookup"]) == 0
    assert "01.lookup is blank in work/" in capsys.readouterr().out
    assert sorted((tmp_path / ".course" / "kept").rglob("*")) == kept
    assert mine.read_bytes() == before


def test_a_second_attempt_that_stays_in_force_is_named(mine, capsys):
    def twice(content):
        content.cells.insert(content.cells.index(cell_of(content)) + 1, nbformat.v4.new_code_cell(LOOKUP))

    edit(mine, twice)
    assert cli.main(["reset", "01.lookup"]) == 0
    says = "`lookup` is also defined in another cell, below; delete that one, or it stays in force."
    assert says in capsys.readouterr().out
    edit(mine, lambda content: content.cells.remove(next(cell for cell in content.cells if cell.source == LOOKUP)))
    assert cli.main(["reset", "01.lookup"]) == 0
    assert "is also defined" not in capsys.readouterr().out


def test_an_exercise_beside_another_and_beside_its_check(mine):
    def together(content):
        cell, other = cell_of(content, "01.encode_batch"), cell_of(content)
        check = content.cells[content.cells.index(other) + 1]
        cell.source = f"{cell.source}\n\n\n{LOOKUP}\n\n{check.source}"
        content.cells = [each for each in content.cells if each is not other and each is not check]

    blank = cell_of(read(mine).content, "01.encode_batch").source
    edit(mine, together)
    there = sources(mine)
    edit(
        mine,
        lambda content: cell_of(content, "01.encode_batch").update(source=there[_at(there)].replace("raise", "return")),
    )
    assert cli.main(["reset", "01.encode_batch"]) == 0
    assert sources(mine) == there
    assert there[_at(there)] == f'{blank}\n\n\n{LOOKUP}\n\ncheck("01.lookup", lookup)'
    (kept,) = (mine.parents[1] / ".course" / "kept").iterdir()
    assert "return NotImplementedError" in "".join(sources(kept))


def _at(sources):
    return next(place for place, source in enumerate(sources) if "def encode_batch" in source)


def test_a_notebook_that_only_its_owner_may_read_stays_so(mine):
    mine.chmod(0o600)
    before = mine.stat().st_mode
    cli.main(["reset", "01.lookup"])
    assert mine.stat().st_mode == before
    cli.main(["reset", "01a"])
    assert mine.stat().st_mode == before
