"""What a learner meets in JupyterLab: the first page, the panels of the checks, and a whole lesson by Run All."""

import re
import urllib.error
import urllib.request

import psutil
import pytest
from playwright.sync_api import expect

from course_lib.exercises.exercise import lesson_exercises
from tests.browser import lab
from tests.lessons import LESSONS
from tools import build

LESSON_SECONDS = 600  # it takes a tenth of that on a machine that does nothing else

CHECK, USE, HINT, SOLUTION = 'check("01.lookup"', "lookup(torch.tensor", 'hint("01.lookup")', 'solution("01.lookup")'
ANSWER = "def lookup"


def exercise_and_check(id: str) -> list[str]:
    """The blank exercise cell and its check cell, as the lesson has them."""
    lesson = next(path for path in LESSONS if path.stem.startswith(id.partition(".")[0]))
    cells = build.blank(build.read_lesson(lesson)).cells
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
    first = build.lesson_files()[0]
    assert page.evaluate("window.jupyterapp.shell.currentWidget.context.path") == f"work/{first.stem}.ipynb"
    title = build.read_lesson(first).cells[0].source.partition("\n")[0].removeprefix("# ")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
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


# ---- a whole lesson --------------------------------------------------------------------------------


def assert_pictures(output) -> None:
    """The output holds a picture, and the browser could draw it."""
    pictures = output.locator("img")
    expect(pictures.first).to_be_visible()
    widths = pictures.evaluate_all("all => all.map(one => one.complete ? one.naturalWidth : 0)")
    assert min(widths) > 100, widths


def assert_slider_moves_picture(explorer) -> None:
    """An arrow key moves the explorer's first slider that can be moved, and its picture follows."""
    picture = explorer.locator("img")
    before = lab.pixels(picture)
    handles = explorer.locator(".noUi-handle").all()
    ends = [tuple(float(h.get_attribute(f"aria-value{end}")) for end in ("min", "max", "now")) for h in handles]
    handle, (_, high, now) = next(pair for pair in zip(handles, ends, strict=True) if pair[1][0] < pair[1][1])
    handle.focus()
    explorer.page.keyboard.press("ArrowRight" if now < high else "ArrowLeft")
    lab.await_change(picture, before)
    expect(explorer).not_to_contain_text("Traceback")


def assert_words_can_be_chosen(explorer) -> None:
    """Lesson 01: another word brings its neighbours; one that nobody has heard of, a sentence that says so."""
    picture, text, word = explorer.locator("img"), explorer.locator(".widget-html p"), explorer.get_by_role("combobox")
    words = explorer.locator("option").evaluate_all("all => all.map(one => one.value)")
    other = next(each for each in words if each != word.input_value())
    before, told = lab.pixels(picture), text.inner_text()
    word.fill(other)
    word.press("Enter")
    expect(text).to_contain_text(f"Nearest to {other}:")
    assert told.partition("Nearest to")[2] != text.inner_text().partition("Nearest to")[2]
    lab.await_change(picture, before)

    word.fill("zxqv")
    word.press("Enter")
    expect(text).to_contain_text("“zxqv” is not in the vocabulary")
    expect(explorer).not_to_contain_text("Traceback")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_blank_lesson_from_top_to_bottom(open_notebook, lesson):
    notebook = open_notebook(f"notebooks/{lesson.stem}.ipynb")
    notebook.run_all(LESSON_SECONDS)
    assert notebook.errors() == []
    assert notebook.warnings() == []
    assert notebook.values_as_code() == []

    exercises = lesson_exercises(lesson.stem.partition("_")[0])
    assert exercises
    for exercise in exercises:
        expect(notebook.output(f'check("{exercise.id}"')).to_contain_text(f"Not attempted · {exercise.id}")

    figures = [
        source
        for source in notebook.sources()
        if re.search(r"^(\w+ = )?(plotting\.\w+|(\w+_explorer|explorers\.\w+\(.*\))\.(picture|widget))\(", source, re.M)
    ]
    assert figures or "](picture:" in lesson.read_text(encoding="utf-8"), "something to look at"
    for source in figures:
        assert_pictures(notebook.output(source))

    explorers = [source for source in figures if re.search(r"^\w+_explorer\.widget\(\)", source, re.M)]
    for source in explorers:
        assert_slider_moves_picture(notebook.output(source))
    if lesson.stem.startswith("01b"):
        assert_words_can_be_chosen(notebook.output("training_explorer.widget("))
