"""The builder: commits are in step, builds byte-identical, a learner's work is safe, bad sources are named."""

import base64
import dataclasses
import inspect
import re
import subprocess

import nbformat
import pytest
import torch

from course_lib.exercises import find
from tests.lessons import LESSONS
from tools import build, pictures

LESSON = '''\
# %% [markdown]
# # A lesson

# %% [markdown]
# ### Exercise · Look-up

# %% key="lookup" exercise="01.lookup"
def lookup(ids, weight):
    """Rows of weight."""
    # Your code here: pick out the rows.
    raise NotImplementedError


# %% key="check" tags=["exercise-check"]
check("01.lookup", lookup)

# %% [markdown]
# The end.
'''


def lookup(ids: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The rows of weight."""
    # one for each id
    return weight[ids]


def posed(reference=lookup, own_form=""):
    """The exercise of the lesson."""
    return dataclasses.replace(find("01.lookup"), reference=reference, own_form=own_form)


def pose(monkeypatch, **options):
    exercise = posed(**options)
    monkeypatch.setattr(build, "lesson_exercises", lambda number: [exercise])
    monkeypatch.setattr(build, "find", lambda id: exercise)


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A place to build in, with one lesson that has one exercise."""
    for name in ("LESSONS", "NOTEBOOKS", "SOLUTIONS"):
        monkeypatch.setattr(build, name, tmp_path / name.lower())
        (tmp_path / name.lower()).mkdir()
    monkeypatch.setattr(build, "ROOT", tmp_path)
    pose(monkeypatch)
    monkeypatch.setattr(build, "execute", lambda notebook: notebook)
    lesson = tmp_path / "lessons" / "01_word_embeddings.py"
    lesson.write_text(LESSON, encoding="utf-8")
    return lesson


def committed(path: str) -> str | None:
    shown = subprocess.run(
        ["git", "show", f"HEAD:{path}"], cwd=build.ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    return shown.stdout if shown.returncode == 0 else None


def test_there_are_lessons():
    assert LESSONS


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_what_is_committed_is_in_step(lesson, tmp_path, monkeypatch):
    """A learner's own copy holds answers: so the commit is compared, where there is one, and not the working tree."""
    for folder in ("lessons", "notebooks", "solutions"):
        suffix = "py" if folder == "lessons" else "ipynb"
        name = f"{folder}/{lesson.stem}.{suffix}"
        text = committed(name)
        if text is None:  # not a git checkout: the files themselves
            text = (build.ROOT / name).read_text(encoding="utf-8")
        (tmp_path / folder).mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("LESSONS", "NOTEBOOKS", "SOLUTIONS"):
        monkeypatch.setattr(build, name, tmp_path / name.lower())
    monkeypatch.setattr(build, "ROOT", tmp_path)
    assert build.problems(tmp_path / "lessons" / lesson.name) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_two_builds_are_byte_identical(lesson):
    for form in (build.blank, build.solved):
        assert build.dumps(form(build.read_lesson(lesson))) == build.dumps(form(build.read_lesson(lesson)))


def test_blank_and_solved_forms(house):
    notebook = build.read_lesson(house)
    assert build.blank(notebook).cells[2].source == (
        'def lookup(ids, weight):\n    """Rows of weight."""\n'
        "    # Your code here: pick out the rows.\n    raise NotImplementedError"
    )
    assert build.solved(notebook).cells[2].source == (
        'def lookup(ids, weight):\n    """Rows of weight."""\n    # one for each id\n    return weight[ids]'
    )
    assert build.is_check(notebook.cells[3])
    assert notebook.metadata.kernelspec.name == "python3"


OWN = LESSON.replace(
    "    # Your code here: pick out the rows.\n    raise NotImplementedError\n",
    "    ### BEGIN SOLUTION: pick out the rows\n    return weight[ids]\n    ### END SOLUTION\n",
)


def test_a_form_of_its_own(house, monkeypatch):
    house.write_text(OWN, encoding="utf-8")
    with pytest.raises(build.LessonError, match=r"needs one '# Your code here"):
        build.read_lesson(house)
    pose(monkeypatch, own_form="It teaches something else.")
    notebook = build.read_lesson(house)
    assert (
        build.blank(notebook)
        .cells[2]
        .source.endswith("    # Your code here: pick out the rows.\n    raise NotImplementedError")
    )
    assert build.solved(notebook).cells[2].source.endswith('weight."""\n    return weight[ids]')
    house.write_text(LESSON, encoding="utf-8")
    with pytest.raises(build.LessonError, match="has a form of its own and needs one ### BEGIN SOLUTION"):
        build.read_lesson(house)


def test_the_reference_takes_what_the_lesson_asks_for(house, monkeypatch):
    def lookup(ids, weight, scale=1.0):
        return scale * weight[ids]

    pose(monkeypatch, reference=lookup)
    with pytest.raises(build.LessonError, match=r"its reference takes \(ids, weight, scale=1.0\)"):
        build.read_lesson(house)


def test_a_line_too_wide_for_a_notebook_is_named(house, monkeypatch):
    def lookup(ids, weight):
        return weight[ids]  # the rows that the ids name, one for each of them, in the order in which they come, so

    pose(monkeypatch, reference=lookup)
    with pytest.raises(build.LessonError, match="wider than 100 columns"):
        build.read_lesson(house)


def test_a_reference_uses_only_what_the_lesson_has_by_then(house, monkeypatch):
    def lookup(ids, weight):
        rows = [weight[i] for i in ids]
        return torch.stack([pick(row) for row in rows])  # noqa: F821 - the lesson has it

    pose(monkeypatch, reference=lookup)
    with pytest.raises(build.LessonError, match=r"uses \['pick', 'torch'\], which the lesson does not have yet"):
        build.read_lesson(house)
    before = "# %%\nimport torch\n\n\ndef pick(row):\n    return row\n\n\n"
    house.write_text(before + LESSON, encoding="utf-8")
    assert build.solved(build.read_lesson(house)).cells[3].source.endswith("for row in rows])  # the lesson has it")


def test_ids_survive_an_insertion(house):
    before = build.read_lesson(house)
    house.write_text(LESSON.replace("# %% [markdown]\n# # A", "# %% [markdown]\n# New\n\n# %% [markdown]\n# # A"))
    after = build.read_lesson(house)
    assert len(after.cells) == len(before.cells) + 1
    assert [cell.id for cell in after.cells[1:]] == [cell.id for cell in before.cells]
    assert len({cell.id for cell in after.cells}) == len(after.cells)


def test_what_a_comment_tells_the_linter_is_left_out(house):
    lesson = LESSON.replace(
        "# %% [markdown]\n# The end.",
        '# %% key="notes"\n'
        "from a import hint  # noqa: F401 - yours to call\n"
        "b = (1,\n     2)  # fmt: skip\n"
        "c = 3  # (B, T)",
    )
    house.write_text(lesson, encoding="utf-8")
    source = build.blank(build.read_lesson(house)).cells[-1].source
    assert source == "from a import hint  # yours to call\nb = (1,\n     2)\nc = 3  # (B, T)"


def test_what_a_comment_tells_the_type_checker_is_left_out_of_a_solution():
    exercise = find("03.gru_step")
    assert "# type: ignore" in inspect.getsource(exercise.reference)
    assert build.reference_body(exercise).endswith("    return (1 - z) * n + z * h\n")


def test_a_changed_source_is_noticed(house):
    build.build(house, always_execute=False, overwrite=False)
    assert build.problems(house) == ["solutions/01_word_embeddings.ipynb is not executed"]
    house.write_text(LESSON.replace("The end.", "The very end."), encoding="utf-8")
    assert "notebooks/01_word_embeddings.ipynb differs from what lessons/01_word_embeddings.py gives" in build.problems(
        house
    )
    assert "solutions/01_word_embeddings.ipynb differs from what lessons/01_word_embeddings.py gives" in build.problems(
        house
    )


def test_missing_notebooks_are_noticed(house):
    assert build.problems(house) == [
        "notebooks/01_word_embeddings.ipynb is missing",
        "solutions/01_word_embeddings.ipynb is missing",
    ]


def test_answers_are_never_overwritten(house):
    build.build(house, always_execute=False, overwrite=False)
    path = build.NOTEBOOKS / "01_word_embeddings.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = "def lookup(ids, weight):\n    return 'mine'"
    nbformat.write(notebook, path)
    mine = path.read_text(encoding="utf-8")
    with pytest.raises(build.LessonError, match="holds somebody's answers"):
        build.build(house, always_execute=False, overwrite=False)
    assert path.read_text(encoding="utf-8") == mine
    build.build(house, always_execute=False, overwrite=True)
    (kept,) = (build.ROOT / ".course" / "kept").iterdir()
    assert kept.read_text(encoding="utf-8") == mine
    assert "mine" not in path.read_text(encoding="utf-8")


def test_running_a_blank_notebook_is_not_an_answer(house):
    """Outputs alone may be thrown away."""
    build.build(house, always_execute=False, overwrite=False)
    path = build.NOTEBOOKS / "01_word_embeddings.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].execution_count = 7
    nbformat.write(notebook, path)
    build.build(house, always_execute=False, overwrite=False)
    assert nbformat.read(path, as_version=4).cells[2].execution_count is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (' exercise="01.lookup"', "", "no exercise="),
        ("    raise NotImplementedError\n", "", "needs one '# Your code here: ...'"),
        ("(ids, weight)", "(ids, matrix)", r"asks for \(ids, matrix\), its reference takes \(ids, weight\)"),
        (' tags=["exercise-check"]', "", "is not followed by a cell tagged exercise-check"),
        (
            'check("01.lookup", lookup)',
            'check("01.analogy", lookup)',
            "is not followed by a cell tagged exercise-check",
        ),
        ("# %% [markdown]\n# ### Exercise · Look-up\n", "# %%\nx = 1\n", "has no prose before it"),
        ('key="check"', 'key="lookup"', "the key 'lookup' stands at two cells"),
        ('exercise="01.lookup"', 'exercise="01.other"', "is not followed by a cell tagged exercise-check"),
    ],
)
def test_a_bad_source_is_named(house, old, new, says):
    assert old in LESSON
    house.write_text(LESSON.replace(old, new), encoding="utf-8")
    with pytest.raises(build.LessonError, match=says):
        build.read_lesson(house)


def test_an_exercise_without_a_check_is_named(house, monkeypatch):
    monkeypatch.setattr(build, "lesson_exercises", lambda number: [])
    with pytest.raises(build.LessonError, match=r"poses \['01.lookup'\]"):
        build.read_lesson(house)


def test_a_part_poses_the_exercises_of_that_part(house, monkeypatch):
    asked = []
    monkeypatch.setattr(build, "lesson_exercises", lambda number: asked.append(number) or [])
    part = house.with_name("01b_what_vectors_know.py")
    house.rename(part)
    with pytest.raises(build.LessonError, match="but course_lib/exercises/lesson_01 checks"):
        build.read_lesson(part)
    assert asked == ["01b"]


def test_a_picture_becomes_a_part_of_the_notebook(house):
    house.write_text(LESSON.replace("# # A lesson", "# # A lesson\n#\n# ![](picture:lstm_cell)"))
    cell = build.read_lesson(house).cells[0]
    alt, data = re.fullmatch(r"# A lesson\n\n!\[([^\]]+)\]\(data:image/svg\+xml;base64,(\S+)\)", cell.source).groups()
    assert alt == pictures.description("lstm_cell")
    assert base64.b64decode(data).decode() == pictures.svg("lstm_cell")


def test_a_picture_that_does_not_exist_is_named(house):
    house.write_text(LESSON.replace("# # A lesson", "# ![](picture:lstm_sell)"))
    with pytest.raises(build.LessonError, match=r"no picture 'lstm_sell': there is .*lstm_cell"):
        build.read_lesson(house)


def test_a_cell_begins_folded_where_the_lesson_says_so(house):
    house.write_text(LESSON + '\n# %% key="figure" folded=true\nprint(1)\n\n# %% key="open"\nprint(2)\n')
    folded, shown = build.read_lesson(house).cells[-2:]
    assert folded.metadata["jupyter"] == {"source_hidden": True}
    assert "jupyter" not in shown.metadata
    assert "folded" not in folded.metadata


def test_text_changes_without_an_execution_and_code_does_not(house, monkeypatch):
    executed = []

    def execute(notebook):
        executed.append(True)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.execution_count = len(executed)
                cell.outputs = [nbformat.v4.new_output("stream", text=cell.source)]
        return notebook

    monkeypatch.setattr(build, "execute", execute)
    build.build(house, False, False)
    house.write_text(LESSON.replace("The end.", "It ends.\n#\n# Truly."))
    build.build(house, False, False)
    made = nbformat.read(build.SOLUTIONS / f"{house.stem}.ipynb", as_version=4)
    assert len(executed) == 1
    assert made.cells[-1].source == "It ends.\n\nTruly."
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert [(cell.execution_count, cell.outputs[0].text) for cell in code] == [(1, cell.source) for cell in code]
    assert not build.problems(house)
    house.write_text(house.read_text().replace('check("01.lookup", lookup)', 'check("01.lookup", lookup)  # again'))
    build.build(house, False, False)
    assert len(executed) == 2, "the same cells, and other code in one of them"
    house.write_text(LESSON + '\n# %% key="more"\nprint(1)\n')
    build.build(house, False, False)
    assert len(executed) == 3
    build.build(house, True, False)
    assert len(executed) == 4


def test_a_cell_that_should_be_folded_and_is_not_is_noticed(house, monkeypatch):
    monkeypatch.setattr(build, "execute", lambda notebook: notebook)
    text = LESSON.replace('key="check"', 'key="check" folded=true')
    house.write_text(text)
    build.build(house, False, False)
    assert "differs" not in "".join(build.problems(house))
    house.write_text(LESSON)
    assert any("solutions" in line and "differs" in line for line in build.problems(house))


def test_a_file_is_never_half_written(house, monkeypatch):
    build.build(house, always_execute=False, overwrite=False)
    target = build.NOTEBOOKS / f"{house.stem}.ipynb"
    old = target.read_text(encoding="utf-8")
    house.write_text(f"{LESSON}# More.\n", encoding="utf-8")

    def full(path, text, **options):
        path.write_bytes(text[:100].encode())
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.write_text", full)
        with pytest.raises(OSError, match="No space"):
            build.build(house, always_execute=False, overwrite=False)
    assert target.read_text(encoding="utf-8") == old
    assert list(build.NOTEBOOKS.iterdir()) == [target]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_solution_says_that_an_explorer_needs_a_kernel(lesson):
    solution = nbformat.read(build.SOLUTIONS / f"{lesson.stem}.ipynb", as_version=4)
    widget = re.compile(r"^\w+_explorer\.widget\(\)", re.MULTILINE)
    for cell in (cell for cell in solution.cells if widget.search(cell.source)):
        assert [output.data for output in cell.outputs] == [{"text/plain": build.WIDGET}]
