"""What a learner meets in JupyterLab: the first page, the panels of the checks, and a whole lesson by Run All."""

import re
import urllib.error
import urllib.request

import psutil
import pytest
from playwright.sync_api import expect

from course_lib.exercises.core import lesson_exercises
from tests.browser import lab
from tools import build

LESSON = build.LESSONS / "01_word_embeddings.py"
LESSON_SECONDS = 300  # it takes a quarter of that; the machine may be busy

CHECK, USE, HINT, SOLUTION = 'check("01.lookup"', "lookup(torch.tensor", 'hint("01.lookup")', 'solution("01.lookup")'
ANSWER = "def lookup"


def exercise_and_check(id: str) -> list[str]:
    """The blank exercise cell and its check cell, as the lesson has them."""
    cells = build.blank(build.read_lesson(LESSON)).cells
    at = next(i for i, cell in enumerate(cells) if cell.metadata.get("exercise") == id)
    return [cells[at].source, cells[at + 1].source]


@pytest.fixture
def small(open_notebook):
    """One exercise of lesson 01, and what a learner may do around it."""
    return open_notebook(
        [
            "import torch\nfrom course_lib.exercises import check, hint, solution",
            *exercise_and_check("01.lookup"),
            "print('looked up', lookup(torch.tensor([[2, 0]]), torch.eye(3)).argmax(-1).tolist())",
            HINT,
            SOLUTION,
            "print('the last cell')",
        ]
    )


# ---- the server ------------------------------------------------------------------------------------


def test_it_listens_on_this_machine_alone(server):
    listening = [c.laddr for c in psutil.Process(server.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert {address.ip for address in listening} == {"127.0.0.1"}


def test_nothing_is_served_without_the_token(server):
    assert len(server.token) >= 32
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.url}api/contents")
    assert refused.value.code == 403
    with urllib.request.urlopen(f"{server.url}lab") as page:
        assert page.url.startswith(f"{server.url}login")


def test_it_opens_the_first_lesson_and_nothing_pops_up(open_notebook):
    notebook = open_notebook()
    page = notebook.page
    assert page.evaluate("window.jupyterapp.shell.currentWidget.context.path") == f"notebooks/{LESSON.stem}.ipynb"
    expect(page.get_by_role("heading", name="01 · Word embeddings (단어 임베딩)")).to_be_visible()
    settings = page.evaluate(
        "async () => (await window.jupyterapp.serviceManager.settings.fetch("
        "'@jupyterlab/apputils-extension:notification')).schema.properties"
    )
    assert settings["fetchNews"]["default"] == "false", "JupyterLab will ask whether to fetch news"
    assert settings["checkForUpdates"]["default"] is False
    expect(page.locator(".Toastify__toast, .jp-Dialog")).to_have_count(0)


# ---- one exercise ----------------------------------------------------------------------------------


def test_an_exercise_blank_wrong_and_right(small):
    panel = small.output(CHECK)
    small.run_all()
    assert small.errors() == []
    expect(panel).to_contain_text("Not attempted · 01.lookup")
    expect(small.output("the last cell")).to_contain_text("the last cell")
    expect(small.output(USE)).to_contain_text("looked up [[2, 0]]")  # by the reference

    small.replace(ANSWER, "def lookup(ids, weight):\n    return weight[ids].mean(1)")
    small.run(ANSWER)
    small.run(CHECK)
    expect(panel).to_contain_text("Wrong shape · 01.lookup")
    expect(panel).to_contain_text("averaged")
    expect(panel).to_contain_text("Until yours is right, lookup is the reference")
    small.run(USE)
    expect(small.output(USE)).to_contain_text("looked up [[2, 0]]")

    small.run(CHECK)  # it again, without the cell above it
    expect(panel).to_contain_text("Re-run the cell with your own code first")
    expect(panel).not_to_contain_text("Correct")

    small.replace(ANSWER, "def lookup(ids, weight):\n    print('my own')\n    return weight[ids]")
    small.run(ANSWER)
    small.run(CHECK)
    expect(panel).to_contain_text("Correct · 01.lookup")
    expect(panel).not_to_contain_text("reference")
    small.run(USE)
    expect(small.output(USE)).to_contain_text("my own")


def test_hints_one_by_one_and_a_solution_that_asks_first(small):
    small.run("import torch")
    shown = []
    for number in (1, 2):
        small.run(HINT)
        expect(small.output(HINT)).to_contain_text(f"Hint {number} of ")
        shown.append(small.output(HINT).inner_text())
    assert shown[0].splitlines()[1:] != shown[1].splitlines()[1:]

    small.run(SOLUTION)
    answer = small.output(SOLUTION).get_by_text("def lookup(")
    expect(small.output(SOLUTION)).to_contain_text("Show the solution?")
    expect(answer).to_be_hidden()
    small.output(SOLUTION).get_by_text("Yes, show it").click()
    expect(answer).to_be_visible()


# ---- Korean ----------------------------------------------------------------------------------------


def test_hangul_is_not_boxes(open_notebook):
    notebook = open_notebook(
        [
            "from IPython.display import HTML\n"
            "HTML(''.join(f'<span style=\"font-size:40px\" lang=ko>{c}</span> ' for c in '가힣'))",
            "from course_lib import plotting\n"
            "plotting.curve([1, 2], [1, 2], title='단어 임베딩', xlabel='나', ylabel='다');",
        ]
    )
    notebook.run_all()
    letters = notebook.output("HTML(").locator("span")
    expect(letters).to_have_count(2)
    first, second = (letters.nth(i).screenshot() for i in range(2))
    assert first != second, "two syllables look the same: no Hangul font (Debian: apt install fonts-nanum)"
    assert notebook.errors() == []
    assert notebook.warnings() == []  # such as matplotlib's, of a glyph that it lacks
    assert_pictures(notebook.output("plotting.curve"))


# ---- the whole lesson ------------------------------------------------------------------------------


def assert_pictures(output, at_least: int = 1) -> None:
    """The output holds pictures, and the browser could draw each."""
    pictures = output.locator("img")
    expect(pictures.first).to_be_visible()
    sizes = pictures.evaluate_all("all => all.map(one => one.complete ? one.naturalWidth : 0)")
    assert len(sizes) >= at_least
    assert min(sizes) > 100, sizes


def test_lesson_01_blank_from_top_to_bottom(open_notebook):
    notebook = open_notebook(f"notebooks/{LESSON.stem}.ipynb")
    notebook.run_all(LESSON_SECONDS)
    assert notebook.errors() == []
    assert notebook.warnings() == []

    exercises = lesson_exercises("01")
    assert len(exercises) >= 7
    for exercise in exercises:
        expect(notebook.output(f'check("{exercise.id}"')).to_contain_text(f"Not attempted · {exercise.id}")

    figures = [source for source in notebook.sources() if re.search(r"^(plotting|explorers)\.\w+\(", source, re.M)]
    assert len(figures) >= 5
    for source in figures:
        assert_pictures(notebook.output(source))
    assert notebook.values_as_code() == []

    # The explorer: the slider by keyboard, then another word, then one that nobody has heard of.
    explorer = notebook.output("explorers.training_explorer(")
    picture, text = explorer.locator("img"), explorer.locator(".widget-html p")
    expect(text).to_contain_text("Before training. Nearest to")
    before = lab.pixels(picture)
    explorer.locator(".noUi-handle").focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(text).to_contain_text("After ")
    lab.eventually(lambda: lab.pixels(picture) != before)

    notebook.page.keyboard.press("End")
    word = explorer.get_by_role("combobox")
    others = explorer.locator("option").evaluate_all("all => all.map(one => one.value)")
    another = next(other for other in others if other != word.input_value())
    before, told = lab.pixels(picture), text.inner_text()
    word.fill(another)
    word.press("Enter")
    expect(text).to_contain_text(f"Nearest to {another}:")
    assert told.partition("Nearest")[2] != text.inner_text().partition("Nearest")[2]
    lab.eventually(lambda: lab.pixels(picture) != before)

    word.fill("zxqv")
    word.press("Enter")
    expect(text).to_contain_text("“zxqv” is not in the vocabulary")
    expect(explorer).not_to_contain_text("Traceback")
