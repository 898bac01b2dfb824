"""Notebooks as editors and people leave them: read, or refused with what to do; known by what is in them."""

import json
import warnings

import nbformat
import pytest

from course_lib.exercises.exercise import lesson_exercises
from course_lib.learner.lessons import NAMES, choose, lessons
from course_lib.learner.notebook import answered, came_as, checks_of, digest, dumps, parsed, read
from course_lib.usage import UsageError
from tools import build


def written(path, *sources, **metadata):
    """A notebook file with these code cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ('check("05.dot", dot)', ["05.dot"]),
        ("check('05.dot', dot)\ncheck(\"05.general\", general)", ["05.dot", "05.general"]),
        ('course.check("05.dot", dot)', ["05.dot"]),
        ('%time\ncheck("05.dot", dot)', ["05.dot"]),
        ('check("05.dot", dot', ["05.dot"]),
        ('# check("05.dot", dot)', []),
        ("\"check('05.dot', dot)\"", []),
        ("check(id, dot)\ncheck()\nuncheck('05.dot')", []),
        ('hint("05.dot")', []),
        ('check("dot", dot)', []),
        ("a.b(1)[0].check('05.dot', dot)", ["05.dot"]),
        ('check("05.dot", dot)\ns = "\ud83d"', ["05.dot"]),
        ('check("05.dot", dot)\n\x00', ["05.dot"]),
        ('check("05.dot", dot)\n' + "(" * 5000, ["05.dot"]),
        ('check("05.dot", dot)\nx = ' + "-" * 20_000 + "1", ["05.dot"]),
        ("x" + ".a" * 20_000 + "(1)\ncheck('05.dot', dot)", ["05.dot"]),
        ("check('05.dot', dot)\nx = " + "+1" * 200_000, ["05.dot"]),
        ("", []),
    ],
    ids=range(18),
)
def test_a_check_is_known_by_its_call(source, ids):
    assert checks_of(source) == ids


def test_a_cell_that_python_warns_of_is_read_in_silence(recwarn):
    warnings.simplefilter("always")
    assert checks_of("check('05.dot', dot)\nre.compile('\\d')\n1 is 1") == ["05.dot"]
    assert list(recwarn) == []


@pytest.mark.parametrize("lesson", build.lesson_files(), ids=lambda path: path.stem)
def test_each_lesson_is_known_without_name_and_metadata(lesson, tmp_path):
    content = build.blank(build.read_lesson(lesson))
    for cell in content.cells:
        cell.metadata = {}
    content.metadata = {}
    nbformat.write(content, tmp_path / "Untitled.ipynb")
    found = read(tmp_path / "Untitled.ipynb")
    number = lesson.stem.partition("_")[0]
    assert found.lesson == number
    assert list(found.checks) == [exercise.id for exercise in lesson_exercises(number)]


def test_a_check_of_another_lesson_among_them_changes_nothing(tmp_path):
    path = written(tmp_path / "a.ipynb", 'check("00.first", x)', 'check("05.dot", x)', 'check("05.general", x)')
    assert read(path).lesson == "05a"
    path = written(tmp_path / "b.ipynb", 'check("05.dot", x)', 'check("00.first", x)', 'check("00.dense", x)')
    assert read(path).lesson == "00"


def test_a_check_that_nbval_would_pass_over_is_named(tmp_path):
    path = tmp_path / "a.ipynb"
    cells = ['check("05.dot", dot)', '# NBVAL_SKIP\ncheck("05.general", general)', 'check("05.concat", concat)']
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    content.cells[0].metadata["tags"] = ["exercise-check", "raises-exception"]
    content.cells[2].metadata["tags"] = ["exercise-check"]
    nbformat.write(content, path)
    assert read(path).held_back == {"05.dot": "the tag 'raises-exception'", "05.general": "the comment NBVAL_SKIP"}


def test_the_lessons_are_those_of_the_course():
    assert list(NAMES) == [path.stem for path in build.lesson_files()]


def test_what_runs_is_clean(tmp_path):
    path = written(tmp_path / "a.ipynb", "1 / 0", "2", kernelspec={"name": "other", "display_name": "x"})
    content = nbformat.read(path, as_version=4)
    content.cells[0].metadata["tags"] = ["raises-exception", "skip-execution", "mine"]
    content.cells[0].outputs = [nbformat.v4.new_output("stream", text="old")]
    content.cells[1].execution_count = 7
    nbformat.write(content, path)
    found = read(path)
    made = found.to_run()
    assert found.cells[1].execution_count == 7, "what was read is as it was"
    assert [cell.metadata.tags for cell in made.cells] == [["mine"], []]
    assert [(cell.outputs, cell.execution_count) for cell in made.cells] == [([], None)] * 2
    assert "kernelspec" not in made.metadata
    assert nbformat.read(path, as_version=4) == content, "the file stays as it was"


def test_the_format_of_older_programs(tmp_path):
    old = {
        "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0,
        "worksheets": [{"metadata": {}, "cells": [
            {"cell_type": "code", "input": ["check('00.first', ", "double)"], "outputs": [], "language": "python",
             "metadata": {}, "prompt_number": 3},
        ]}],
    }  # fmt: skip
    (tmp_path / "old.ipynb").write_text(json.dumps(old), encoding="utf-8")
    assert read(tmp_path / "old.ipynb").lesson == "00"
    bare = {"cells": [{"cell_type": "code", "source": "check('00.first', double)", "outputs": [], "metadata": {},
                       "execution_count": None}], "metadata": {}, "nbformat": 4, "nbformat_minor": 0}  # fmt: skip
    (tmp_path / "bare.ipynb").write_text("\ufeff" + json.dumps(bare), encoding="utf-8")
    assert read(tmp_path / "bare.ipynb").lesson == "00"


def as_plain(**changes):
    """A small notebook as JSON has it, its one cell with these changes."""
    cell = {"id": "a", "cell_type": "code", "source": CHECK, "metadata": {}, "outputs": [], "execution_count": None}
    return {"cells": [cell | changes], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.mark.parametrize("changes", [
    {"outputs": None}, {"outputs": ...}, {"execution_count": ...}, {"metadata": None}, {"metadata": ...},
    {"metadata": ["a"]}, {"metadata": {"tags": None}}, {"metadata": {"tags": "a"}}, {"metadata": {"tags": [1, None]}},
    {"metadata": {"exercise": ["a"]}},
], ids=str)  # fmt: skip
def test_what_a_cell_lacks_or_has_otherwise_is_mended(changes, tmp_path):
    plain = as_plain(**changes)
    plain["cells"][0] = {name: value for name, value in plain["cells"][0].items() if value is not ...}
    content = parsed(json.dumps(plain), tmp_path / "a.ipynb")
    assert content == nbformat.from_dict(as_plain())
    nbformat.validate(content)
    (tmp_path / "a.ipynb").write_text(json.dumps(plain), encoding="utf-8")
    found = read(tmp_path / "a.ipynb")
    assert (found.content, found.held_back, found.lesson) == (content, {}, "00")
    assert found.to_run().cells[0].source == CHECK


def test_what_is_right_stays(tmp_path):
    plain = as_plain(metadata={"tags": ["mine"], "exercise": "00.first", "other": [1]}, execution_count=3)
    plain["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "가"}]
    assert parsed(json.dumps(plain), tmp_path / "a.ipynb") == nbformat.from_dict(plain)


@pytest.mark.parametrize("metadata", [..., None, ["a"], {"course": "nlp"}, {"course": None}, {"course": ["a"]}])
def test_a_notebook_that_does_not_say_what_it_came_as(metadata, tmp_path):
    plain = as_plain()
    plain["metadata"] = metadata
    if metadata is ...:
        del plain["metadata"]
    content = parsed(json.dumps(plain), tmp_path / "a.ipynb")
    assert came_as(content) == ""
    assert answered(content)
    content.metadata["course"] = {"digest": digest(content)}
    assert not answered(content)


def test_the_digest_of_a_form_is_the_same_for_ever():
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 가"), nbformat.v4.new_code_cell("1\n2")])
    assert digest(content) == "8038a6a26e7edfb5"


@pytest.mark.parametrize("source", ["s = '\ud83d'", "가 🙂 \udc80", "plain 가 🙂"])
def test_half_a_character_is_written_and_read_again(source, tmp_path):
    content = nbformat.from_dict(as_plain(source=source))
    text = dumps(content)
    (tmp_path / "a.ipynb").write_text(text, encoding="utf-8")
    assert read(tmp_path / "a.ipynb").content == content
    assert ("가" in text) == source.startswith("plain"), "what can be read by eye stays so"


def test_text_that_has_no_file_is_refused_by_the_name_given(tmp_path):
    with pytest.raises(UsageError, match=r"none\.ipynb is cut off or damaged: line 1"):
        parsed("{", tmp_path / "none.ipynb")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"{}", "it has no cells"),
        (b"[1, 2]", "it has no cells"),
        (b'{"cells": [{"cell_type": "code", "sou', "is cut off or damaged: line 1"),
        (b'{"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "can't be understood"),
        (b'{"cells": [{"source": "1", "metadata": {}}], "metadata": {}, "nbformat": 4}', "can't be understood"),
        (b"[" * 100_000, "is cut off or damaged: it can't be read as JSON"),
        ('{"cells": ["가"]}'.encode("cp949"), "is not UTF-8 text (line 1)"),
        (b'{\n<<<<<<< HEAD\n"a": 1\n=======\n"b": 2\n>>>>>>> main\n}', "both versions of a merge (line 2"),
    ],
)
def test_a_file_that_is_none_says_what_to_do(content, says, tmp_path):
    path = tmp_path / "00_start_here.ipynb"
    path.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        read(path)
    assert says in str(refused.value)
    assert "00_start_here.ipynb" in str(refused.value)


def test_a_cut_file_has_a_state_that_was_kept(tmp_path):
    (tmp_path / ".ipynb_checkpoints").mkdir()
    kept = tmp_path / ".ipynb_checkpoints" / "a-checkpoint.ipynb"
    kept.write_text("{}", encoding="utf-8")
    (tmp_path / "a.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(UsageError, match=r"JupyterLab keeps the state of the last save in .*a-checkpoint"):
        read(tmp_path / "a.ipynb")


def test_a_folder_and_a_file_that_is_not_there(tmp_path):
    for path in (tmp_path, tmp_path / "none.ipynb"):
        with pytest.raises(UsageError, match="can't be read"):
            read(path)


# ---- which notebook is meant -----------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    from course_lib import folders

    monkeypatch.setattr(folders, "home", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    return tmp_path


CHECK = 'check("00.first", double)'


def test_a_copy_is_no_lesson(home):
    written(home / "notebooks" / "00_start_here.ipynb", CHECK)
    written(home / "notebooks" / "00_start_here-Copy1.ipynb", CHECK)
    assert [lesson.path.name for lesson in choose(None)] == ["00_start_here.ipynb"]
    assert [lesson.path.name for lesson in choose("00")] == ["00_start_here.ipynb"]
    assert [lesson.number for lesson in lessons()] == [name.partition("_")[0] for name in NAMES]


@pytest.mark.parametrize("name", ["notebooks/mine/00_start_here.ipynb", "notebooks/[NLP] 내 답.ipynb", "my.ipynb"])
def test_a_file_is_that_file(home, name):
    (home / "notebooks" / "mine").mkdir()
    written(home / "notebooks" / "00_start_here.ipynb", CHECK)
    written(home / name, 'check("05.dot", dot)')
    (lesson,) = choose(name if "/" in name else f"./{name}")
    assert (lesson.number, lesson.title) == ("05a", "attention")
    assert lesson.path.resolve() == (home / name).resolve()
    assert lesson.place.endswith(name)


def test_a_file_that_is_not_there_is_not_replaced_by_another(home):
    written(home / "notebooks" / "00_start_here.ipynb", CHECK)
    with pytest.raises(UsageError, match=r"there is no file .*mine"):
        choose("mine/00_start_here.ipynb")


def test_a_renamed_lesson_is_found_by_what_is_in_it(home):
    written(home / "notebooks" / "첫 수업.ipynb", CHECK)
    (home / "notebooks" / "cut.ipynb").write_text("{", encoding="utf-8")
    assert choose("0")[0].path.name == "첫 수업.ipynb"
    written(home / "notebooks" / "another.ipynb", CHECK)
    with pytest.raises(UsageError, match=r"several notebooks hold lesson 00: another.ipynb, 첫 수업.ipynb"):
        choose("0")


def test_a_lesson_without_a_notebook(home):
    with pytest.raises(UsageError, match="there is no notebook of lesson 05a in"):
        choose("5a")


def test_a_notebook_of_something_else(home):
    written(home / "notebooks" / "mine.ipynb", "print(1)")
    with pytest.raises(UsageError, match="holds no check of the course"):
        choose("notebooks/mine.ipynb")
