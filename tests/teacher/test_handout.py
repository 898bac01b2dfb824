"""`course handout`: each exercise of a lesson, whole, in its order, on a page that loads nothing."""

import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from course_lib import folders
from course_lib.commands import handout
from course_lib.exercises import find
from course_lib.exercises.exercise import lesson_exercises
from course_lib.learner.lessons import NAMES
from course_lib.teacher import pages
from course_lib.teacher.sources import blocks, chosen, exercises_in
from course_lib.usage import UsageError
from tools.build import NOTEBOOKS

NUMBERS = [name.partition("_")[0] for name in NAMES]


class Outline(HTMLParser):
    """The tags of a page with their attributes, and the ids of its exercises."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.exercises = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        if found.get("class") == "exercise":
            self.exercises.append(found["id"])

    def loads(self):
        """What the page would fetch."""
        addresses = [of.get("src", "") for tag, of in self.tags if tag in ("img", "script", "iframe")]
        return [tag for tag, _ in self.tags if tag == "link"] + [
            address for address in addresses if address and not address.startswith("data:image/")
        ]


@pytest.fixture
def make(writes):
    """`make("05a", "--hints")`: the text of the file that the command writes into an empty working folder."""
    return writes(handout)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_has_all_its_exercises_and_loads_nothing(make, number):
    text = make(number)
    outline = Outline(text)
    assert outline.exercises == [exercise.id for exercise in lesson_exercises(number)]
    assert outline.loads() == []
    assert "url(" not in text
    assert "@import" not in text
    assert 'class="formula"' not in text, "every formula is drawn"
    assert "$" not in re.sub(r"<pre>.*?</pre>|<code>.*?</code>|data:[^\"]*", "", text, flags=re.DOTALL)
    for posed in exercises_in(chosen(number)[0]):
        assert posed.heading.startswith("Exercise "), posed.exercise.id
        assert "Write" in "".join(posed.text), "its text says what to write"
        assert "raise NotImplementedError" in posed.skeleton


def test_a_lesson_of_two_parts_by_its_number(make, tmp_path):
    assert Outline(make("5")).exercises == [exercise.id for exercise in lesson_exercises("05")]
    assert (tmp_path / "working" / "handout-05.html").exists()
    assert Outline(make("05b_alignment")).exercises == [exercise.id for exercise in lesson_exercises("05b")]
    assert (tmp_path / "working" / "handout-05b.html").exists()


def test_what_stands_on_it(make):
    text = make("05a")
    assert "<h1>05a · Attention (어텐션)</h1>" in text
    assert "<h2>Exercise 2 · Softmax with a mask</h2>" in text
    assert "difficulty 3 of 5 · 8 minutes · section 2 · Where attention must not go · 05.masked_softmax" in text
    assert "<td>batch: how many sentences at once</td>" in text, "the table of symbols"
    assert "<code>scores.masked_fill(where, value)</code>" in text
    assert re.search(r"<pre><span class=\"k\">def</span> <span class=\"f\">masked_softmax</span>", text)
    first = text[text.index('id="05.soft_lookup"') : text.index('id="05.masked_softmax"')]
    assert first.count('<math display="block"') == 1, "the formula that it asks for stands above it in the lesson"
    assert "Query and keys are vectors" not in first
    assert "Query and keys are vectors" in make("05a", "--section", "--out", "whole.html")


def test_what_an_exercise_asks_about_is_on_it(make):
    text = make("07b")
    assert "내가 대추를 살게." in text[text.index('id="07.causes"') :], "the ten translations"


def test_pictures_within_an_exercise(make):
    assert 'src="data:image/svg+xml;base64,' in make("06b")
    analogy = make("01b").partition('id="01.analogy"')[2].partition("</section>")[0]
    assert analogy.count('src="data:image/png;base64,') == 1, "the figure that its text speaks of"


def test_hints_and_solutions_only_when_asked_for(make):
    exercise = find("05.dot")
    for option, inside in (("--hints", exercise.hints[0]), ("--solutions", exercise.explanation)):
        words = " ".join(inside.replace("`", "").split())[:30]
        assert words not in plain(make("05a", "--out", "none.html", "--force"))
        assert words in plain(make("05a", option, "--out", "with.html", "--force"))
        Path("with.html").unlink()
    both = make("05a", "--hints", "--solutions")
    assert both.count('<div class="appendix">') == 2
    assert both.count('<section class="answer">') == 2 * len(lesson_exercises("05a"))
    assert both.index("<h1>Hints</h1>") > both.rindex('<section class="exercise"')


def plain(text):
    return " ".join(re.sub("<[^>]+>", "", text).replace("&quot;", '"').split())


def test_lines_to_write_on(make):
    assert 'class="line"' not in make("00")
    assert make("00", "--lines", "3", "--out", "lines.html").count('<div class="line"></div>') == 3 * 7


def test_markdown(make):
    text = make("03b", "--format", "md", "--hints", "--solutions")
    headings = re.findall("^## (Exercise .*)$", text, re.MULTILINE)
    assert headings[:3] == [posed.heading for posed in exercises_in(chosen("03b")[0])]
    assert len(headings) == 9, "exercises, hints, solutions"
    assert r"\overrightarrow{\mathbf{h}}_t" in text
    assert "```python\ndef last_state(" in text
    assert make("03b", "--format", "md", "--lines", "2", "--out", "x.md").count("&nbsp;") == 6


def test_a_notebook_of_ones_own_with_answers_in_it(make, tmp_path):
    folder = tmp_path / "[NLP] 내 수업"
    folder.mkdir()
    notebook = nbformat.read(NOTEBOOKS / "01a_word_embeddings.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.pop("exercise", "") == "01.lookup":
            cell.source = "def lookup(ids, weight):\n    return weight[ids]  # mine"
        cell.source = cell.source.replace("### Exercise 3 · Look-up (룩업)", "### 연습 3 · 룩업")
    nbformat.write(notebook, folder / "내 것.ipynb")
    text = make(str(folder / "내 것.ipynb"), "--out", str(folder / "유인물.html"))
    assert Outline(text).exercises == [exercise.id for exercise in lesson_exercises("01a")]
    assert "# mine" not in text, "a handout is blank"
    assert "<h2>연습 3 · 룩업</h2>" in text
    assert "one-hot rows or use indexing" in text


# --- what is left alone -----------------------------------------------------------------------------------------


def test_another_file_is_left_as_it_is(make, tmp_path):
    path = tmp_path / "working" / "handout-00.html"
    path.write_text("my own page", encoding="utf-8")
    with pytest.raises(UsageError, match=r"was not made by course handout and is left as it is; --force"):
        make("00")
    assert path.read_text(encoding="utf-8") == "my own page"
    made = make("00", "--out", str(path), "--force")
    assert make("00", "--out", str(path)) == made, "a handout is made again without being asked"


def test_a_break_leaves_the_old_file_whole(make, tmp_path, monkeypatch):
    path = tmp_path / "working" / "old.html"
    old = make("00", "--out", str(path))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="can't be written: No space left on device"):
        make("01a", "--out", str(path))
    assert path.read_text(encoding="utf-8") == old
    assert [each.name for each in path.parent.iterdir()] == ["old.html"], "nothing half-written beside it"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["09"], "there is no lesson '09'; there are 00, 01a"),
        (["6c"], "there is no lesson '6c'"),
        (["no/such.ipynb"], "there is no file"),
        (["00", "--lines", "-1"], "--lines takes a number from 0 to 60, got -1"),
        (["00", "--lines", "61"], "got 61"),
        (["00", "--out", "."], "is a folder; name a file"),
    ],
)
def test_what_cannot_be_done(make, arguments, says):
    with pytest.raises(UsageError, match=re.escape(says)):
        make(*arguments)


def test_a_file_that_is_no_lesson(make, tmp_path):
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1)")]), tmp_path / "other.ipynb")
    with pytest.raises(UsageError, match="holds no check of the course"):
        make(str(tmp_path / "other.ipynb"))


def test_without_the_package_that_makes_pages(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "mistune", None)
    pages._markdown.cache_clear()
    with pytest.raises(UsageError, match="pages need the package mistune, which comes with JupyterLab"):
        make("00")
    assert "## Exercise 1" in make("00", "--format", "md")


def test_an_installed_course(make, tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "course_lib"
    (package / "data").mkdir(parents=True)
    shutil.copytree(NOTEBOOKS, package / "notebooks")
    monkeypatch.setattr(folders, "PACKAGE", package)
    assert Outline(make("01b")).exercises == [exercise.id for exercise in lesson_exercises("01b")]


# --- blocks -----------------------------------------------------------------------------------------------------


def test_a_text_in_blocks():
    text = """# Title
At once.

- one
- two

  still two

| a |
|---|
| b |

$$x

y$$
```python
a = 1

b = 2
```

<details><summary>Why?</summary>

Because.

</details>
The end."""
    assert blocks(text) == [
        "# Title",
        "At once.",
        "- one\n- two\n\n  still two",
        "| a |\n|---|\n| b |",
        "$$x\n\ny$$\n```python\na = 1\n\nb = 2\n```",
        "<details><summary>Why?</summary>\n\nBecause.\n\n</details>\nThe end.",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_blocks_lose_nothing(name):
    for cell in nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells:
        if cell.cell_type == "markdown":
            assert "".join("".join(blocks(cell.source)).split()) == "".join(cell.source.split())


def test_raw_html_shows_code_between_backticks():
    made = pages.to_html("<details><summary>1</summary>`<sos>` has $x_1$.</details>")
    assert "<code>&lt;sos&gt;</code> has <math" in made
    assert pages.to_html("costs `$5 and $6`").strip() == "<p>costs <code>$5 and $6</code></p>"
