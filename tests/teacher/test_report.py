"""`course report` around the runs: which files, whose, what stands in the three files, and what is refused."""

import argparse
import csv
import io
import json
import os
import random
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from course_lib.commands import report
from course_lib.learner.running import Ran
from course_lib.teacher import judge
from course_lib.teacher.box import Task, course_copy, environment, links_on, python_folders, read_plain
from course_lib.teacher.report_page import page
from course_lib.teacher.rows import Row, clean, named, no_file, notebooks_in, row_of
from course_lib.teacher.tables import About, csv_text, json_text
from course_lib.usage import UsageError

ABOUT = About("3b", "2025-11-28 12:00", ("Each was run.",))
RIGHT, WRONG, BLANK, UNRUN = (
    ("correct", "`double` is right."),
    ("wrong value", "it doubles <nothing>:\nwrite `2 * x`"),
    ("not attempted", "`double` is still blank"),
    ("not run", "the run ended before it"),
)


def row(file, *states, lesson="00", **more):
    ids = ("00.first", "00.neuron", "00.dense")
    return Row(file, lesson=lesson, title="start here", states=dict(zip(ids, states, strict=False)), **more)


# --- files and learners -------------------------------------------------------------------------------------


def test_notebooks_are_found_wherever_and_whatever_they_are_called(tmp_path):
    there = ["a.ipynb", "b c/[1] 과제.ipynb", "b c/d/e.IPYNB", "f.ipynb.txt", "g.ipynb (1)", "h.ipynb/i.ipynb"]
    not_there = [".ipynb_checkpoints/a-checkpoint.ipynb", "__MACOSX/._a.ipynb", "._a.ipynb", ".git/x.ipynb"]
    not_there += ["report/r.ipynb", "notes.txt", "ipynb"]
    for name in there + not_there:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    if os.name != "nt":
        (tmp_path / "far").symlink_to(tmp_path / "b c")
    found = [path.relative_to(tmp_path).as_posix() for path in notebooks_in(tmp_path, tmp_path / "report")]
    assert sorted(found) == sorted(there)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes by name, and links only for some")
def test_what_is_no_file_of_its_own(tmp_path):
    (tmp_path / "a.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "link.ipynb").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.ipynb")
    found = [no_file(tmp_path / f"{name}.ipynb") for name in ("a", "link", "pipe", "gone")]
    assert found[0] == ""
    assert found[1:3] == ["it is a link, and no notebook of its own", "it is no file"]
    assert found[3].startswith("it can't be read: ")


@pytest.mark.parametrize(
    ("files", "learners"),
    [
        (["kim.ipynb", "lee.ipynb"], ["kim", "lee"]),
        (["kim/01.ipynb", "lee/anything.ipynb"], ["kim", "lee"]),
        (["kim/01.ipynb", "kim/01-Copy1.ipynb"], ["kim/01", "kim/01-Copy1"]),
        (["b/3a/kim.ipynb", "b/3a/lee.ipynb"], ["b/3a/kim", "b/3a/lee"]),
        (["kim.ipynb", "kim/01.ipynb"], ["kim.ipynb", "kim/01.ipynb"]),
        (["kim 11.ipynb", "Kim 3.ipynb"], ["kim 11", "Kim 3"]),
    ],
)
def test_a_learner_is_called_after_the_folder_or_the_file(files, learners):
    found = named([row(file, RIGHT) for file in files])
    assert {each.file: each.learner for each in found} == dict(zip(files, learners, strict=True))


def test_a_folder_with_several_lessons_is_one_learner_and_rows_are_sorted_as_people_do():
    found = named([row("kim/b.ipynb", lesson="01a"), row("kim/a.ipynb"), row("lee 11.ipynb"), row("Lee 3.ipynb")])
    assert [(each.lesson, each.learner) for each in found] == [
        ("00", "kim"),
        ("00", "Lee 3"),
        ("00", "lee 11"),
        ("01a", "kim"),
    ]


def test_text_of_strangers_is_made_harmless():
    name = unicodedata.normalize("NFD", "김철수")
    assert clean(name) == "김철수"
    assert clean("a\x00\x1b[31m\u202eb\ud800\nc\td") == "a\ufffd\ufffd[31m\ufffdb\ufffd\nc\td"


@pytest.mark.parametrize(
    "found",
    [
        *({}, [], None, 3, {"lesson": "00"}, {"lesson": "00", "title": "", "exercises": 3}),
        {"lesson": "00", "title": "", "exercises": [["a"]], "stopped": "", "broken": [], "notes": [], "seconds": 1},
        {"lesson": "00", "title": "", "exercises": [], "stopped": "", "broken": [], "notes": [], "seconds": "soon"},
    ],
)
def test_a_result_of_another_form_is_none(found):
    with pytest.raises((KeyError, TypeError, ValueError)):
        row_of("a.ipynb", found)


# --- the three files ----------------------------------------------------------------------------------------

EVIL = '<script>alert(1)</script>"&\u202e'
ROWS = named(
    [
        row("kim.ipynb", RIGHT, WRONG, BLANK, seconds=3.5),
        row("lee.ipynb", WRONG, WRONG, UNRUN, problem="stopped: it took more than 5 minutes", broken=("a cell: E",)),
        row("=HYPERLINK(1).ipynb", RIGHT, RIGHT, RIGHT, notes=("look at it yourself",)),
        row(f"{clean(EVIL)}.ipynb", (EVIL, EVIL), RIGHT, lesson="00", broken=(EVIL,)),
        Row("x/한글.ipynb", problem="it is empty"),
        Row("@y.ipynb", lesson="01a", title="t", states={"01.lookup": ("correct", "")}),
    ]
)


def test_the_table_opens_in_a_spreadsheet():
    text = csv_text(ROWS)
    assert text.startswith("\ufefflearner,lesson,right,of,00.first,00.neuron,00.dense,01.lookup,problem,")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(table) == len(ROWS)
    by_file = {line["file"]: line for line in table}
    assert by_file["kim.ipynb"]["00.neuron"] == "wrong value"
    assert (by_file["kim.ipynb"]["right"], by_file["kim.ipynb"]["of"]) == ("1", "3")
    assert by_file["kim.ipynb"]["seconds"] == "3.5"
    assert by_file["lee.ipynb"]["problem"] == "stopped: it took more than 5 minutes"
    assert by_file["x/한글.ipynb"]["right"] == ""
    assert by_file["'@y.ipynb"]["01.lookup"] == "correct"
    for line in csv.reader(io.StringIO(text)):
        assert not any(field.startswith(("=", "+", "-", "@")) for field in line), line


def test_the_text_for_programs():
    content = json.loads(json_text(ROWS, ABOUT))
    assert (content["kind"], content["version"]) == ("course report", 1)
    (kim,) = (each for each in content["rows"] if each["file"] == "kim.ipynb")
    assert (kim["learner"], kim["lesson"], kim["right"], kim["of"]) == ("kim", "00", 1, 3)
    assert kim["exercises"][1] == {"id": "00.neuron", "state": "wrong value", "message": WRONG[1]}


class Reader(HTMLParser):
    """The tags and the text of a page; every tag that is opened must be closed in order."""

    EMPTY = ("meta", "wbr", "br")

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.open = "", []
        self.feed(text)
        assert self.open in ([], ["html"], ["html", "body"])

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text += data


def test_the_page_has_a_row_for_each_learner_and_a_cell_for_each_exercise():
    text = page(ROWS, ABOUT)
    read = Reader(text)
    names = [name for name, _ in read.tags]
    assert names.count("section") == 3
    assert names.count("summary") == 4 * 3 - 1 + 1 + 3 + 1, "a message behind each cell, notes of rows, mistakes"
    labels = [made["aria-label"] for tag, made in read.tags if tag == "summary" and "aria-label" in made]
    assert "kim, 00.neuron: wrong value" in labels
    assert "it doubles <nothing>:\nwrite `2 * x`" in read.text
    assert "stopped: it took more than 5 minutes." in read.text
    assert "x/한글.ipynb" in read.text
    assert "3 · wrong value" not in read.text
    assert "2 · wrong value: it doubles <nothing>" in read.text, "those who make the same mistake stand together"


def test_the_page_runs_nothing_and_asks_for_nothing():
    text = page(ROWS, ABOUT)
    read = Reader(text)
    assert not {"script", "img", "link", "iframe", "form"} & {name for name, _ in read.tags}
    assert not any(key.startswith("on") or key == "src" for _, made in read.tags for key in made)
    assert {made["href"][0] for tag, made in read.tags if tag == "a"} == {"#"}
    assert "http" not in text.replace("http-equiv", "")
    assert "<script>alert(1)</script>" in read.text, "it is shown as it was written"


def test_warnings_stand_in_the_page():
    warned = About("3b", "now", (), ("The notebooks ran with your rights.",))
    assert "The notebooks ran with your rights." in Reader(page(ROWS, warned)).text


def test_a_class_without_a_mistake_and_one_that_could_not_be_read():
    assert "Every exercise is right." in Reader(page(named([row("a.ipynb", RIGHT)]), ABOUT)).text
    assert "it is empty" in Reader(page([Row("a.ipynb", problem="it is empty")], ABOUT)).text


# --- notebooks that are damaged -----------------------------------------------------------------------------


def good() -> dict:
    cells = [
        nbformat.v4.new_markdown_cell("# A lesson"),
        nbformat.v4.new_code_cell("from course_lib.exercises import check"),
        nbformat.v4.new_code_cell("def double(x):\n    return 2 * x"),
        nbformat.v4.new_code_cell('check("00.first", double)', metadata={"tags": ["exercise-check"]}),
    ]
    cells[3].outputs = [nbformat.v4.new_output("stream", text="right\n")]
    return json.loads(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


VALUES = [None, True, 0, -1, 1e308, 10**400, "", "x", [], {}, [[]], {"a": None}, "\ud800", ["a", 1], float("nan")]


def spoil_value(content, chance):
    """Put something else in the place of a value anywhere in it, or take it out."""
    places = []

    def visit(node):
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            places.append((node, key))
            if isinstance(node[key], dict | list):
                visit(node[key])

    visit(content)
    node, key = chance.choice(places)
    if isinstance(node, dict) and chance.random() < 0.3:
        del node[key]
    else:
        node[key] = chance.choice(VALUES)


def mutilated(seed: int) -> bytes:
    """A notebook with damage of one kind or of several."""
    chance = random.Random(seed)
    content, kind = good(), seed % 10
    if kind == 0:
        content["metadata"] = {"a": json.loads("[" * (depth := chance.choice([9, 90, 900])) + "]" * depth)}
    if kind == 1:
        content[chance.choice(["nbformat", "nbformat_minor"])] = chance.choice([0, 1, 2, 3, 5, 99, "4", -1, None])
    if kind == 2:
        plain = {"cell_type": "markdown", "metadata": {}, "source": "# A lesson"}
        codes = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
        old = [{"cell_type": "code", "language": "python", "input": c["source"], "outputs": []} for c in codes]
        content = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [plain, *old]}]}
    if kind in (2, 3):
        spoil_value(chance.choice(content.get("worksheets", [content]))["cells"][-1], chance)
    if kind == 4:
        for cell in content["cells"]:
            cell.pop(chance.choice(["id", "outputs", "execution_count", "metadata"]), None)
    if kind in (5, 6):
        for _ in range(kind - 4):
            spoil_value(content, chance)
    made = json.dumps(content, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if kind == 7:
        made = made[: chance.randrange(len(made))]
    if kind == 8:
        made = made.decode("utf-8").encode(chance.choice(["utf-16", "utf-32", "utf-8-sig"]))
    if kind == 9:
        spoiled = bytearray(made)
        for _ in range(chance.randrange(1, 4)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(32, 127)
        made = bytes(spoiled)
    return made


DAMAGED = [mutilated(seed) for seed in range(50)]
DAMAGED += [b"", b"\x00" * 1000, b"[" * 200_000, b'{"cells":' * 50_000, b"null", b'{"cells": 3}', b'{"cells": [[]]}']


def judged(path: Path):
    return judge.judged(Task(str(path), box=str(path.parent), folder="", isolated=False, whole=False, limits={}))


def test_fifty_damaged_notebooks_each_have_a_row(tmp_path, monkeypatch):
    ran = []

    def instead(notebook, task):
        nbformat.writes(notebook.to_run())
        ran.append(notebook)
        return Ran(), ""

    monkeypatch.setattr(judge, "_ran", instead)
    rows = []
    for place, made in enumerate(DAMAGED):
        path = tmp_path / f"{place}.ipynb"
        path.write_bytes(made)
        found = row_of(path.name, json.loads(json.dumps(judged(path))))
        assert bool(found.problem) != bool(found.lesson)
        rows.append(found)
    assert 10 < len(ran) < 40, "some can be run, and some can't"
    report.write(named(rows), ABOUT, tmp_path / "report")
    assert Reader((tmp_path / "report" / "report.html").read_text(encoding="utf-8"))


def test_a_notebook_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(judge, "NOTEBOOK_SIZE", 3 << 20)
    (tmp_path / "a.ipynb").write_bytes(b"[" + b" " * (4 << 20) + b"]")
    assert judged(tmp_path / "a.ipynb") == {"problem": "it has more than 3 MB; a notebook without its outputs has less"}


def test_a_problem_names_the_file_and_not_where_it_lies(tmp_path):
    (tmp_path / "a.ipynb").write_text("", encoding="utf-8")
    assert judged(tmp_path / "a.ipynb") == {"problem": "a.ipynb is empty"}


# --- what a run stands in -----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes by name, and links only for some")
def test_only_a_plain_file_is_read_back(tmp_path):
    (tmp_path / "a").write_bytes(b"abc\xffdef")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    read = [read_plain(tmp_path / name, 5) for name in ("a", "link", "pipe", "gone", ".")]
    assert read == ["abc\ufffdd", "", "", "", ""]


def test_a_kernel_inherits_nothing_that_may_be_a_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SOME_API_KEY", "1")
    made = environment(tmp_path)
    assert "SOME_API_KEY" not in made
    assert made["PATH"] == os.environ["PATH"]
    assert all(made[name].startswith(str(tmp_path)) for name in ("HOME", "TMPDIR", "PYTHONPATH", "COURSE_PROGRESS"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes by name, and links only for some")
def test_the_links_on_a_way(tmp_path):
    (tmp_path / "real" / "bin").mkdir(parents=True)
    (tmp_path / "real" / "bin" / "python3").touch()
    (tmp_path / "other").symlink_to("real")
    (tmp_path / "python").symlink_to(tmp_path / "other" / "bin" / ".." / "bin" / "python3")
    assert links_on(tmp_path / "python") == [tmp_path / "python", tmp_path / "other"]
    assert links_on(tmp_path / "real") == []
    assert all(folder.is_dir() for folder in python_folders())


# --- the command --------------------------------------------------------------------------------------------


def command(*given) -> int:
    parser = argparse.ArgumentParser()
    report.arguments(parser)
    return report.run(parser.parse_args(list(map(str, given))))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["nowhere"], "expected a folder of notebooks, nowhere is not there"),
        (["file"], "expected a folder of notebooks, file is a file"),
        (["empty"], "there is no notebook in empty: no file whose name holds .ipynb"),
        (["class", "--out", "class"], "class holds other files than a report; name another folder: --out DIR"),
        (["class", "--out", "file"], "file can't be the folder of the report: File exists"),
        (["class", "--out", "taken"], "taken holds other files than a report"),
        (["class", "--minutes", "0"], "--minutes is from 0.1 to 600, got 0"),
        (["class", "--minutes", "nan"], "--minutes is from 0.1 to 600, got nan"),
        (["class", "--memory", "0.5"], "--memory is from 1 to 1024, got 0.5"),
        (["class", "--jobs", "0"], "--jobs is from 1 to 64, got 0"),
    ],
)
def test_what_is_refused(tmp_path, monkeypatch, given, says):
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "class", "taken"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "class" / "a.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "taken" / "report.json").write_text('{"kind": "something else"}', encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        command(*given)
    assert says in str(raised.value)


def test_a_second_report_takes_the_place_of_the_first(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(report, "course_copy", lambda: course_copy(isolated=False))
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "a.ipynb").write_text("", encoding="utf-8")
    for _ in range(2):
        assert command(tmp_path / "class", "--out", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["report.csv", "report.html", "report.json"]
    out = capsys.readouterr().out
    assert "a.ipynb: a.ipynb is empty" in out
    assert "1 without a result; the report says why" in out
    assert f"The report: {tmp_path / 'out' / 'report.html'}" in out
    assert sorted(path.name for path in (tmp_path / "class").iterdir()) == ["a.ipynb"]
