"""`course slides`: a lesson as slides, nothing of its text lost, on a page that loads nothing."""

import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from course_lib import folders
from course_lib.commands import slides as command
from course_lib.learner.lessons import NAMES
from course_lib.learner.notebook import read
from course_lib.teacher import deck
from course_lib.teacher.deck import LINES, TIGHT, Piece, divide, slides
from course_lib.teacher.pages import to_html
from course_lib.teacher.sources import blocks, chosen
from course_lib.usage import UsageError
from tools.build import NOTEBOOKS

NUMBERS = [name.partition("_")[0] for name in NAMES]


class Texts(HTMLParser):
    """How often each text stands on a page, and what the page loads."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.loads = Counter(), []
        self.feed(html)

    def handle_data(self, data):
        self.texts[" ".join(data.split())] += 1

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        address = found.get("src", found.get("href", "") if tag == "link" else "")
        self.loads += [address] if address and not address.startswith("data:image/") else []


@pytest.fixture
def make(writes):
    """`make("05a", "--solved")`: the text of the file that the command writes into an empty working folder."""
    return writes(command)


@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_of_the_text_is_lost(make, number):
    html = make(number)
    page = Texts(html)
    assert page.loads == []
    assert "@import" not in html
    assert "url(" not in html
    assert 'class="formula"' not in html, "every formula is drawn"
    source = chosen(number)[0]
    for cell in source.cells:
        for block in blocks(cell.source) if cell.kind == "text" else ():
            missing = Texts(to_html(block)).texts - page.texts
            assert not missing, f"{missing} of {block[:60]}"
    pictures = sum(cell.source.count("(data:image/svg+xml;base64,") for cell in source.cells)
    assert html.count('src="data:image/svg+xml;base64,') == pictures


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_planned_has_room(number):
    made = slides(chosen(number)[0])
    for slide in made:
        assert sum(piece.height for piece in slide.pieces) <= max(
            TIGHT, *(piece.height for piece in slide.pieces), 0, 0
        )
        assert slide.pieces or not slide.again
    headings = [slide.heading for slide in made if not slide.again]
    assert len(headings) == len(set(headings)), "a heading is new once"


def test_code_figures_and_outputs(make):
    html = make("05a")
    assert '<pre class="output">20.0 None</pre>' in html
    assert html.count('<img class="figure"') == 4
    assert "explorers.Dictionary(entries" not in re.sub("<[^>]+>", "", html), "folded code is not shown"
    assert "check(&quot;05.soft_lookup&quot;" not in re.sub("<[^>]+>", "", html), "nor checks"
    assert "Your code here: compare, normalize, aggregate." in html


def test_solved(make):
    html = re.sub("<[^>]+>", "", make("05a", "--solved"))
    assert "Your code here" not in html
    assert "raise NotImplementedError" not in html
    assert "def masked_softmax(scores, mask):" in html
    assert ".masked_fill(~mask, 0" in html


def test_behind_an_exercise_the_section_goes_on():
    made = slides(chosen("05a")[0])
    at = next(i for i, slide in enumerate(made) if slide.heading.startswith("### Exercise 2 "))
    assert made[at].pieces[-1].html, "its code stands behind its text"
    assert (made[at + 1].heading, made[at + 1].again) == ("## 2 · Where attention must not go", True)
    assert "Three rows: everything may be attended to" in made[at + 1].html
    bare = next(slide for slide in made if slide.heading == "## 4 · Attention for a batch")
    assert bare.html == "", "a heading that an exercise follows at once has a slide of its own"


def test_a_slide_of_two_parts(make, tmp_path):
    html = make("5")
    assert (tmp_path / "working" / "slides-05.html").exists()
    assert html.index("<h1>05a · Attention") < html.index("<h1>05b · Alignment")


# --- cutting ------------------------------------------------------------------------------------------------------


def cut(heights, holding=()):
    pieces = [Piece(height, str(i), holds=i in holding) for i, height in enumerate(heights)]
    return [[piece.height for piece in part] for part in divide(pieces)]


def test_slides_are_about_as_full_as_each_other():
    assert cut([]) == []
    assert cut([3, 4]) == [[3, 4]]
    assert cut([4] * 5) == [[4, 4, 4], [4, 4]]
    assert cut([2] * 8) == [[2] * 4] * 2, "not seven and one"
    assert cut([LINES + 9, 1]) == [[LINES + 9], [1]], "what can't be divided stands alone"


def test_what_announces_stays_with_what_it_announces():
    assert cut([8, 6, 1, 6]) == [[8], [6, 1, 6]]
    assert cut([9, 6, 1]) == [[9], [6, 1]]
    assert cut([9, 6, 1], holding=[0]) == [[9, 6], [1]]
    assert cut([9, 5, 12], holding=[0, 1]) == [[9, 5], [12]], "but only where both have room"


def test_a_list_is_divided_and_a_table_is_not():
    items = deck._texts("\n".join(f"{i}. item" for i in range(1, 40)))
    assert len(items) == 39
    first, *_, last = divide(items)
    assert to_html(deck._joined([piece.markdown for piece in first])).count("<ol>") == 1
    assert '<ol start="' in to_html(deck._joined([piece.markdown for piece in last])), "the numbers go on"
    assert len(deck._texts("| a |\n|---|\n" + "| - b |\n" * 30)) == 1
    assert len(deck._texts("<details><summary>1</summary>\n- a\n- b</details>")) == 1


def test_much_output_is_divided_evenly():
    output = {"output_type": "stream", "text": "".join(f"line {i}\n" for i in range(50))}
    parts = [piece.html for piece in deck._output(output)]
    assert [part.count("line") for part in parts] == [17, 17, 16]
    assert list(deck._output({"output_type": "stream", "text": ""})) == []


# --- where it comes from ------------------------------------------------------------------------------------------


def test_an_installed_course_has_no_figures_and_a_notebook_that_was_run_has(make, tmp_path, monkeypatch, capsys):
    package = tmp_path / "site-packages" / "course_lib"
    (package / "data").mkdir(parents=True)
    shutil.copytree(NOTEBOOKS, package / "notebooks")
    monkeypatch.setattr(folders, "PACKAGE", package)
    html = make("01b")
    assert "data:image/png" not in html
    assert "No figures and outputs are in it" in capsys.readouterr().out
    assert "torch.tensor" in re.sub("<[^>]+>", "", make("01b", "--solved", "--out", "solved.html")), "from the library"
    assert "Your code here" not in Path("solved.html").read_text(encoding="utf-8")

    capsys.readouterr()
    run = tmp_path / "[NLP] 내 수업" / "실행 1.ipynb"
    run.parent.mkdir()
    notebook = read(NOTEBOOKS / "01b_what_vectors_know.ipynb").content
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source:
            cell.outputs = [nbformat.v4.new_output("stream", text="run by the teacher\n")]
    nbformat.write(notebook, run)
    assert "run by the teacher" in make(str(run), "--out", "own.html")
    assert "No figures" not in capsys.readouterr().out


def test_outputs_of_other_code_are_not_taken(make, tmp_path):
    notebook = read(NOTEBOOKS / "05a_attention.ipynb").content
    for cell in notebook.cells:
        cell.source = cell.source.replace('print(weight_in_kg["dog"]', 'print(weight_in_kg["cat"]')
    nbformat.write(notebook, tmp_path / "changed.ipynb")
    html = make(str(tmp_path / "changed.ipynb"))
    assert "20.0 None" not in html
    assert "query of length   0" in html, "the outputs of the solved lesson, where the code is the same"


# --- reveal.js ----------------------------------------------------------------------------------------------------


def test_reveal_from_a_folder_is_put_into_the_page(make, tmp_path):
    dist = tmp_path / "reveal js" / "dist"
    dist.mkdir(parents=True)
    (dist / "reveal.css").write_text(".reveal { color: red }", encoding="utf-8")
    (dist / "reveal.js").write_text('const Reveal = "</script>";', encoding="utf-8")
    html = make("00", "--reveal", str(dist.parent))
    assert Texts(html).loads == []
    assert ".reveal { color: red }" in html
    assert r'const Reveal = "<\/script>";' in html
    assert html.count("</script>") == 2, "none of them in what was put in"
    assert html.count('<section><div class="slide') == len(slides(chosen("00")[0]))


def test_reveal_from_an_address_is_loaded(make):
    html = make("00", "--reveal", "https://example.org/reveal/")
    base = "https://example.org/reveal/dist/reveal"
    assert Texts(html).loads == [f"{base}.css", f"{base}.js"]


def test_a_folder_without_reveal(make, tmp_path):
    with pytest.raises(UsageError, match=r"holds no reveal.js: there is no .*reveal.css"):
        make("00", "--reveal", str(tmp_path))


# --- what is left alone -------------------------------------------------------------------------------------------


def test_another_file_is_left_as_it_is(make, tmp_path):
    path = tmp_path / "working" / "slides-00.html"
    path.write_text("<!-- made by course handout -->", encoding="utf-8")
    with pytest.raises(UsageError, match="was not made by course slides and is left as it is"):
        make("00")
    make("00", "--out", str(path), "--force")
    make("00", "--out", str(path))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["12"], "there is no lesson '12'"), (["a/b"], "there is no file"), (["00", "--out", "/"], "is a folder")],
)
def test_what_cannot_be_done(make, arguments, says):
    with pytest.raises(UsageError, match=re.escape(says)):
        make(*arguments)
