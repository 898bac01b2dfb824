"""Months with the course: work in the notebooks, pull what is new, begin afresh; in a clone of a repository."""

import random
import re
import subprocess
import sys
import webbrowser

import nbformat
import pytest

from course_lib import cli, folders
from course_lib.commands import lab
from course_lib.commands import next as coming
from course_lib.exercises import progress
from course_lib.learner import work
from course_lib.learner.blank import blank_source
from course_lib.learner.notebook import answered, digest, dumps, read

NAME = "01a_word_embeddings"
ANSWER = "def lookup(ids, weight):\n    return weight[ids]  # 내 답"
NEW_TEXT = "# Word embeddings, told anew"


def git(folder, *arguments):
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def upstream(tmp_path):
    """The course's own repository, with the real notebook of one lesson, and the file that git leaves alone."""
    folder = tmp_path / "up stream"
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / f"{NAME}.ipynb").write_text(dumps(work.pristine(NAME)), encoding="utf-8")
    (folder / ".gitignore").write_text("work/\n.course/\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    return folder


@pytest.fixture
def clone(upstream, tmp_path, monkeypatch):
    """A learner's clone of it, which is the course for the test."""
    folder = tmp_path / "내 수업"
    git(tmp_path, "clone", "-q", str(upstream), str(folder))
    monkeypatch.setattr(folders, "PACKAGE", folder / "course_lib")
    assert not folders.installed()
    return folder


def publish(upstream, change):
    """A change of the course's notebook, committed."""
    path = upstream / "notebooks" / f"{NAME}.ipynb"
    content = read(path).content
    change(content)
    content.metadata["course"] = {"digest": digest(content)}
    path.write_text(dumps(content), encoding="utf-8")
    git(upstream, "commit", "-q", "--allow-empty", "-am", "another")


def new_text(content):
    content.cells[0].source = NEW_TEXT


def answer(path, source=ANSWER):
    """Write an answer into a notebook, as a learner does."""
    content = read(path).content
    next(cell for cell in content.cells if cell.metadata.get("exercise") == "01.lookup").source = source
    path.write_text(dumps(content), encoding="utf-8")


def sources(path):
    return [cell.source for cell in read(path).content.cells]


def test_work_pull_update(clone, upstream, capsys):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    answer(mine)
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    assert work.outdated() == [NAME]
    assert cli.main(["update"]) == 0
    out = capsys.readouterr().out
    assert (
        f"work/{NAME}.ipynb is up to date: 1 cell has changed; 1 cell of yours stays. As it was it is in .course/"
        in out
    )
    assert NEW_TEXT in sources(mine)
    assert ANSWER in sources(mine)
    assert work.outdated() == []
    (kept,) = (clone / ".course" / "kept").iterdir()
    assert ANSWER in sources(kept)
    assert NEW_TEXT not in sources(kept)
    publish(upstream, lambda content: content.cells.pop())
    git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 0
    assert ANSWER in sources(mine)
    assert len(sources(mine)) == len(sources(kept)) - 1
    capsys.readouterr()
    assert cli.main(["update"]) == 0
    assert "Nothing is new" in capsys.readouterr().out
    assert len(list((clone / ".course" / "kept").iterdir())) == 2


def test_both_have_changed_an_exercise(clone, upstream, capsys):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    answer(mine)

    def change(content):
        cell = next(cell for cell in content.cells if cell.metadata.get("exercise") == "01.lookup")
        cell.source = cell.source.replace("weight", "table")

    publish(upstream, change)
    git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 0
    assert (
        "changed by both of you, the course's version below yours: `def lookup(ids, weight):`"
        in capsys.readouterr().out
    )
    place = sources(mine).index(ANSWER)
    assert "def lookup(ids, table)" in sources(mine)[place + 1]
    nbformat.validate(nbformat.read(mine, as_version=4))


def test_answers_in_the_courses_own_notebooks_move_where_git_leaves_them(clone, upstream, capsys):
    tracked, mine = clone / "notebooks" / f"{NAME}.ipynb", clone / "work" / f"{NAME}.ipynb"
    answer(tracked)
    publish(upstream, new_text)
    with pytest.raises(subprocess.CalledProcessError):
        git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 0
    assert f"Your answers in notebooks/{NAME}.ipynb have moved to work/{NAME}.ipynb" in capsys.readouterr().out
    assert git(clone, "status", "--porcelain") == ""
    git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 0
    assert {NEW_TEXT, ANSWER} <= set(sources(mine))


def test_answers_in_both_places_are_both_kept(clone, capsys):
    lab.put()
    tracked, mine = clone / "notebooks" / f"{NAME}.ipynb", clone / "work" / f"{NAME}.ipynb"
    answer(mine)
    answer(tracked, ANSWER + " two")
    cli.main(["update"])
    out = capsys.readouterr().out
    assert f"have moved to work/{NAME}-2.ipynb" in out
    assert ANSWER in sources(mine)
    assert ANSWER + " two" in sources(mine.with_stem(f"{NAME}-2"))


def test_a_notebook_that_was_only_run_comes_back_and_a_new_build_stays(clone, capsys):
    tracked = clone / "notebooks" / f"{NAME}.ipynb"
    content = read(tracked).content
    next(cell for cell in content.cells if cell.cell_type == "code").outputs = [
        nbformat.v4.new_output("stream", text="1")
    ]
    tracked.write_text(dumps(content), encoding="utf-8")
    cli.main(["update"])
    assert "had been run, and is as it came" in capsys.readouterr().out
    assert git(clone, "status", "--porcelain") == ""
    new_text(content)
    content.metadata["course"] = {"digest": digest(content)}  # as the author of a lesson builds it
    tracked.write_text(dumps(content), encoding="utf-8")
    cli.main(["update"])
    assert NEW_TEXT in sources(tracked)


def test_another_copy_is_updated_when_it_is_named(clone, upstream, capsys):
    lab.put()
    copied = clone / "work" / "[NLP] 1주차.ipynb"
    (clone / "work" / f"{NAME}.ipynb").rename(copied)
    answer(copied)
    bare = copied.with_stem("bare")
    content = read(copied).content
    content.metadata = {}
    for cell in content.cells:
        cell.metadata = {}
    bare.write_text(dumps(content), encoding="utf-8")
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update", str(copied)]) == 0
    assert {NEW_TEXT, ANSWER} <= set(sources(copied))
    assert cli.main(["update", str(bare)]) == 0
    assert {NEW_TEXT, ANSWER} <= set(sources(bare))
    assert cli.main(["update", str(clone / "work" / "none.ipynb")]) == 1
    assert "none.ipynb stays as it is: there is no such file" in capsys.readouterr().out


def test_a_lesson_that_the_course_calls_otherwise_now(clone, upstream, monkeypatch, capsys):
    former, named_by_the_learner = f"{NAME[:3]}_vectors_of_words", clone / "work" / f"{NAME[:3]}_mine.ipynb"
    git(upstream, "mv", f"notebooks/{NAME}.ipynb", f"notebooks/{former}.ipynb")
    git(upstream, "commit", "-q", "-m", "as it was called before")
    git(clone, "pull", "-q", "--ff-only")
    with monkeypatch.context() as before:
        before.setattr(work, "NAMES", (former,))
        lab.put()
    work.copy(clone / "work" / f"{former}.ipynb", named_by_the_learner)
    answer(clone / "work" / f"{former}.ipynb")
    git(upstream, "mv", f"notebooks/{former}.ipynb", f"notebooks/{NAME}.ipynb")
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    capsys.readouterr()

    assert cli.main(["update"]) == 0
    out = capsys.readouterr().out
    assert f"work/{former}.ipynb is called {NAME}.ipynb now" in out
    mine = clone / "work" / f"{NAME}.ipynb"
    assert f"work/{NAME}.ipynb is up to date: 1 cell has changed; 1 cell of yours stays" in out
    assert sorted((clone / "work").iterdir()) == sorted([mine, named_by_the_learner])
    assert ANSWER in sources(mine)
    assert NEW_TEXT in sources(mine)
    assert cli.main(["update"]) == 0
    assert "is called" not in capsys.readouterr().out


def test_a_damaged_notebook_stops_no_other_and_stays(clone, upstream, capsys):
    lab.put()
    damaged = clone / "work" / "00_start_here.ipynb"
    damaged.write_text('{"cells": [')
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 1
    assert "work/00_start_here.ipynb stays as it is: " in capsys.readouterr().out
    assert damaged.read_text() == '{"cells": ['
    assert NEW_TEXT in sources(clone / "work" / f"{NAME}.ipynb")


def test_lab_says_what_an_update_would_bring(clone, upstream, monkeypatch, capsys):
    monkeypatch.setattr(lab.os, "execve", lambda *given: None)
    monkeypatch.setattr(lab.subprocess, "call", lambda *given, **named: 0)
    lab.put()
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    cli.main(["lab"])
    assert "The course has news in 1 lesson: `course update` brings them." in capsys.readouterr().out


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("crlf", ["false", "true"])
def test_a_pull_works_whatever_git_does_to_ends_of_lines_and_when_answers_were_added(
    upstream, tmp_path, monkeypatch, capsys, crlf, staged
):
    folder = tmp_path / "clone"
    git(tmp_path, "-c", f"core.autocrlf={crlf}", "clone", "-q", str(upstream), str(folder))
    git(folder, "config", "core.autocrlf", crlf)
    monkeypatch.setattr(folders, "PACKAGE", folder / "course_lib")
    cli.main(["update"])
    assert "had been run" not in capsys.readouterr().out
    answer(folder / "notebooks" / f"{NAME}.ipynb")
    if staged:
        git(folder, "add", "notebooks")
    publish(upstream, new_text)
    cli.main(["update"])
    assert git(folder, "status", "--porcelain") == ""
    git(folder, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 0
    assert {NEW_TEXT, ANSWER} <= set(sources(folder / "work" / f"{NAME}.ipynb"))


def test_a_notebook_from_another_computer_is_merged_with_the_form_that_it_came_in(clone, upstream):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    answer(mine)
    older = mine.read_bytes()
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    cli.main(["reset", "01a"])
    for path in (clone / ".course" / "base").iterdir():
        if NEW_TEXT not in sources(path):
            path.unlink()
    mine.write_bytes(older)
    cli.main(["update"])
    assert {NEW_TEXT, ANSWER} <= set(sources(mine))


def test_a_build_that_changes_what_no_cell_says_stays(clone, capsys):
    tracked = clone / "notebooks" / f"{NAME}.ipynb"
    content = read(tracked).content
    for metadata in ({"tags": ["new-tag"]}, {"jupyter": {"source_hidden": True}}):
        content.cells[1].metadata = metadata
        tracked.write_text(dumps(content), encoding="utf-8")
        cli.main(["update"])
        assert "had been run" not in capsys.readouterr().out
        assert read(tracked).content.cells[1].metadata == metadata
    content.cells[1].metadata = {"tags": ["new-tag"]}
    code = next(cell for cell in content.cells if cell.cell_type == "code")
    code.outputs = [nbformat.v4.new_output("stream", text="1")]
    tracked.write_text(dumps(content), encoding="utf-8")
    cli.main(["update"])
    assert read(tracked).content.cells[1].metadata == {"tags": ["new-tag"]}, "also when its author has run it"


def test_answers_take_the_place_of_a_blank_copy(clone, capsys):
    lab.put()
    tracked, mine = clone / "notebooks" / f"{NAME}.ipynb", clone / "work" / f"{NAME}.ipynb"
    answer(tracked)
    cli.main(["update"])
    assert f"have moved to work/{NAME}.ipynb, which git leaves alone." in capsys.readouterr().out
    assert ANSWER in sources(mine)
    answer(tracked)
    cli.main(["update"])
    assert [path.name for path in (clone / "work").glob(f"{NAME}*")] == [f"{NAME}.ipynb"], "the same answers"


def test_answers_that_were_committed_are_not_taken_for_the_course(clone, capsys):
    tracked = clone / "notebooks" / f"{NAME}.ipynb"
    answer(tracked)
    git(clone, "commit", "-q", "-am", "my answers")
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    assert ANSWER in sources(mine)
    assert cli.main(["update"]) == 0
    assert "Nothing is new" in capsys.readouterr().out
    cli.main(["reset", "01a"])
    assert ANSWER not in sources(mine)


def test_the_marks_of_a_merge_come_into_no_copy(clone, capsys):
    tracked = clone / "notebooks" / f"{NAME}.ipynb"
    tracked.write_text("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n", encoding="utf-8")
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    assert not answered(read(mine).content)
    git(clone, "commit", "-q", "-am", "as it is")
    assert cli.main(["update"]) == 0
    tracked.unlink()
    mine.unlink()
    lab.put()
    assert not answered(read(mine).content), "also where the course's own is gone"


def test_a_notebook_without_metadata_is_updated_once(clone, capsys):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    answer(mine)
    content = read(mine).content
    content.metadata = {}
    mine.write_text(dumps(content), encoding="utf-8")
    assert work.outdated() == []
    for _ in range(2):
        assert cli.main(["update"]) == 0
        assert "Nothing is new" in capsys.readouterr().out
    assert not (clone / ".course" / "kept").exists()
    assert ANSWER in sources(mine)


def test_what_an_update_says_is_so(clone, upstream, monkeypatch, capsys):
    lab.put()
    mine, other = clone / "work" / f"{NAME}.ipynb", clone / "work" / "my copy.ipynb"
    other.write_bytes(mine.read_bytes())
    (clone / "work" / f"._{NAME}.ipynb").write_bytes(b"\x00\x05\x16\x07")
    cli.main(["update"])
    assert "too" not in capsys.readouterr().out, "the copy is up to date"
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    monkeypatch.chdir(clone / "work")
    assert cli.main(["update", f"work/{NAME}.ipynb"]) == 0
    capsys.readouterr()
    assert cli.main(["update", str(mine)]) == 0
    assert capsys.readouterr().out == f"Nothing is new: work/{NAME}.ipynb is up to date.\n"
    assert cli.main(["update"]) == 0
    assert "name it: course update 'work/my copy.ipynb'" in capsys.readouterr().out
    content = read(mine).content
    content.cells = [cell for cell in content.cells if "check(" not in cell.source]
    mine.write_text(dumps(content), encoding="utf-8")
    publish(upstream, lambda content: content.cells.append(nbformat.v4.new_markdown_cell("# At the end")))
    git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 0
    assert "# At the end" in sources(mine), "a notebook without a check is known by its name"


def test_a_damaged_base_is_passed_over(clone, upstream):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    answer(mine)
    for path in (clone / ".course" / "base").iterdir():
        path.write_text("{", encoding="utf-8")
    publish(upstream, new_text)
    git(clone, "pull", "-q", "--ff-only")
    assert cli.main(["update"]) == 0
    assert {NEW_TEXT, ANSWER} <= set(sources(mine))


def test_a_copy_that_can_not_be_finished_is_not_there(clone, monkeypatch):
    monkeypatch.setattr(work.shutil, "copy2", lambda source, path: (path.write_text("{"), 1 / 0))
    with pytest.raises(ZeroDivisionError):
        lab.put()
    assert not list((clone / "work").glob("*"))


# --- at random ----------------------------------------------------------------------------------------------

TRIALS = 200


def worked_on(content, chance, trial):
    """What a learner does in a sitting: answers, notes, cells split, moved and doubled, ids lost; what was written."""
    wrote = []
    for step in range(chance.randint(1, 6)):
        place = chance.randrange(len(content.cells))
        cell = content.cells[place]
        kind = chance.choice(["answer", "answer", "note", "edit", "split", "double", "move", "strip"])
        words = f"# {trial}.{step} {chance.choice(['답', 'x = 1', 'é', '🙂', chr(9) + 'tab', ''])}"
        if kind == "answer":
            cell = chance.choice([cell for cell in content.cells if "exercise" in cell.metadata] or [cell])
            cell.source = f"{cell.source.replace('raise NotImplementedError', 'return 0')}\n    {words}"
        elif kind == "edit":
            cell.source += f"\n{words}"
        elif kind in ("note", "double"):
            new = nbformat.v4.new_code_cell if chance.random() < 0.5 else nbformat.v4.new_markdown_cell
            content.cells.insert(place, cell := new(words if kind == "note" else f"{cell.source}\n{words}"))
        elif kind == "split" and "\n" in cell.source:
            first, _, rest = cell.source.partition("\n")
            cell.source, cell = first, nbformat.v4.new_code_cell(f"{rest}\n{words}")
            content.cells.insert(place + 1, cell)
        elif kind == "move":
            content.cells.insert(chance.randrange(len(content.cells)), content.cells.pop(place))
        else:
            for i, each in enumerate(content.cells):
                each.id = f"cell-{trial}-{step}-{i}"
        if words in cell.source:
            wrote.append(cell.source)
    there = {cell.source for cell in content.cells}
    return [words for words in wrote if words in there]


def rewritten(chance, trial):
    """What the course may change from one version to the next."""

    def change(content):
        for step in range(chance.randint(1, 5)):
            place = chance.randrange(len(content.cells))
            kind = chance.choice(["text", "new", "drop", "move"])
            if kind == "text" and 'check("' not in content.cells[place].source:
                content.cells[place].source += f"\n# of the course {trial}.{step}"
            elif kind == "new":
                content.cells.insert(place, nbformat.v4.new_markdown_cell(f"## News {trial}.{step}"))
            elif kind == "drop" and "exercise" not in content.cells[place].metadata and len(content.cells) > 20:
                del content.cells[place]
            elif kind == "move":
                content.cells.insert(chance.randrange(len(content.cells)), content.cells.pop(place))

    return change


def test_no_character_is_lost_on_any_way_through_reset_work_pull_update_and_check(clone, upstream):
    """Each step is one of the five; what a check would run is what stands there."""
    chance = random.Random(0)
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    wrote: list[str] = []
    for trial in range(TRIALS):
        step = chance.choice(["work", "work", "pull", "reset one", "reset", "check"])
        if step == "work":
            content = read(mine).content
            wrote += worked_on(content, chance, trial)
            mine.write_text(dumps(content), encoding="utf-8")
            there = {cell.source for cell in content.cells}
            wrote = [words for words in wrote if words in there]
        elif step == "pull":
            publish(upstream, rewritten(chance, trial))
            git(clone, "pull", "-q", "--ff-only")
            assert cli.main(["update"]) == 0
        elif step.startswith("reset") and chance.random() < 0.5:
            before = mine.read_bytes()
            cli.main(["reset", "01a", *(["lookup"] if step == "reset one" else [])])
            kept = [path.read_bytes() for path in (clone / ".course" / "kept").glob("*")]
            assert before in kept or mine.read_bytes() == before
            if step == "reset one":
                wrote = [words for words in wrote if not re.search(r"^def lookup", words, re.MULTILINE)]
            else:
                wrote = []
        else:
            found = read(mine)
            assert [cell.source for cell in found.to_run().cells] == [cell.source for cell in found.content.cells]
        there = set(sources(mine))
        lost = [words for words in wrote if words not in there]
        assert lost == [], f"trial {trial}, {step}"
    nbformat.validate(nbformat.read(mine, as_version=4))


# --- course reset -------------------------------------------------------------------------------------------


def test_a_fresh_lesson(clone, capsys):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    answer(mine)
    progress.record("01.lookup", "correct", "right")
    progress.record("00.first", "correct", "right")
    assert cli.main(["reset", "01a"]) == 0
    out = capsys.readouterr().out
    assert f"work/{NAME}.ipynb is as it came. What was there is in .course/kept/{NAME}." in out
    assert not answered(read(mine).content)
    (kept,) = (clone / ".course" / "kept").iterdir()
    assert ANSWER in sources(kept)
    assert list(progress.read()) == ["00.first"]


@pytest.mark.parametrize("words", [["01.lookup"], ["01", "lookup"], ["01a", "01.lookup"]])
def test_one_fresh_exercise(clone, capsys, words):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    answer(mine)
    content = read(mine).content
    content.cells.append(nbformat.v4.new_markdown_cell("my own words"))
    mine.write_text(dumps(content), encoding="utf-8")
    assert cli.main(["reset", *words]) == 0
    assert (
        f"01.lookup is blank again in work/{NAME}.ipynb. The notebook as it was is in .course"
        in capsys.readouterr().out
    )
    assert ANSWER not in sources(mine)
    assert blank_source("01.lookup") in sources(mine)
    assert sources(mine)[-1] == "my own words"


def test_an_exercise_that_was_deleted_comes_back(clone, capsys):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    before = sources(mine)
    content = read(mine).content
    content.cells = [cell for cell in content.cells if cell.metadata.get("exercise") != "01.lookup"]
    mine.write_text(dumps(content), encoding="utf-8")
    assert cli.main(["reset", "01.lookup"]) == 0
    assert "was gone, and is back" in capsys.readouterr().out
    assert sources(mine) == before
    content.cells = content.cells[:3]
    mine.write_text(dumps(content), encoding="utf-8")
    cli.main(["reset", "01.lookup"])
    assert sources(mine)[-2:] == [blank_source("01.lookup"), 'check("01.lookup", lookup)']


def test_a_damaged_lesson_can_begin_afresh(clone):
    lab.put()
    mine = clone / "work" / f"{NAME}.ipynb"
    mine.write_text('{"cells": [')
    assert cli.main(["reset", str(mine)]) == 0
    assert not answered(read(mine).content)
    mine.write_text('{"cells": [')
    assert cli.main(["reset", "01a"]) == 0
    assert not answered(read(mine).content)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["01a", "lokup"], "lesson 01a has no exercise 'lokup'; it has 01.build_vocab"),
        (["88"], "there is no lesson '88'"),
        (["01.lokup"], "lesson 01 has no exercise 'lokup'"),
        (["02"], "there is no notebook of lesson 02a in"),
    ],
)
def test_what_there_is_not(clone, capsys, words, says):
    lab.put()
    assert cli.main(["reset", *words]) == 2
    assert says in capsys.readouterr().err
    assert not (clone / ".course" / "kept").exists()


def test_a_lesson_of_two_notebooks_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    lab.put()
    assert cli.main(["reset", "06"]) == 2
    assert "lesson 06 has two notebooks; name one: course reset 06a or 06b" in capsys.readouterr().err


def test_the_blank_form_is_found_beside_answers_and_without_git(clone, monkeypatch):
    tracked = clone / "notebooks" / f"{NAME}.ipynb"
    blank = blank_source("01.lookup")
    answer(tracked)
    assert blank_source("01.lookup") == blank
    monkeypatch.setenv("PATH", "")
    with pytest.raises(work.UsageError, match="is not the blank notebook as the course brought it"):
        blank_source("01.lookup")
    with pytest.raises(KeyError):
        blank_source("01.nothing")


# --- course next --------------------------------------------------------------------------------------------


def test_next_opens_what_is_not_right_yet(clone, monkeypatch, capsys):
    opened, servers = [], []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(lab, "start", lambda arguments, place: opened.append(place) or 0)
    monkeypatch.setattr("jupyter_server.serverapp.list_running_servers", lambda: iter(servers))
    for exercise in coming.coming()[1].exercises:  # those of lesson 00
        progress.record(exercise.id, "correct", "right")
    assert cli.main(["next"]) == 0
    assert opened == [f"work/{NAME}.ipynb"]
    assert "Next: 01.build_vocab" in capsys.readouterr().out
    servers.append({"root_dir": str(clone.parent), "url": "http://127.0.0.1:8888/", "token": ""})
    servers.append({"root_dir": str(clone), "url": "http://127.0.0.1:8889/", "token": "abc"})
    assert cli.main(["next"]) == 0
    assert opened[1:] == [f"http://127.0.0.1:8889/lab/tree/work/{NAME}.ipynb?token=abc"]


def test_next_after_the_last(clone, monkeypatch, capsys):
    monkeypatch.setattr(coming, "coming", lambda: None)
    assert cli.main(["next"]) == 0
    assert "That was the whole course." in capsys.readouterr().out


def test_help_of_each_command_loads_only_that(clone):
    program = "import sys; from course_lib import cli; assert 'torch' not in sys.modules; cli.main(['--help'])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=clone)
    assert "course update" in ran.stdout
    assert ran.stderr == ""
