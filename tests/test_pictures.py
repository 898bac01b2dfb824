"""The pictures of models: whole, legible, described, used; and the language that they are drawn in."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tests.lessons import LESSONS
from tools import pictures
from tools.pictures.canvas import KINDS, PAPER, Picture, runs, width
from tools.pictures.registry import picture

SVG = "{http://www.w3.org/2000/svg}"


def drawn(name):
    return pictures.PICTURES[name][1]()


def contrast(one, other):
    """The contrast of two colours (WCAG 2.1): 1 for equal ones, 21 for black and white."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# --- every picture ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_whole(name):
    root = ElementTree.fromstring(pictures.svg(name))
    assert root.find(f"{SVG}title").text == pictures.description(name)
    assert root.get("font-family") == "sans-serif"
    assert 400 <= float(root.get("width")) <= 780, "it fits a notebook's column"
    assert pictures.svg(name) == pictures.svg(name)
    tips = {marker.get("id") for marker in root.iter(f"{SVG}marker")}
    assert {mark.group(1) for mark in re.finditer(r"url\(#(\w+)\)", pictures.svg(name))} == tips


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_everything_has_room(name):
    """Texts by the widest of the common fonts: none leaves its box or the paper."""
    made = drawn(name)
    for label in made.labels:
        wide = width(label.text, label.size)
        assert wide <= label.room, f"{label.text!r} has room for {label.room}, and is {wide:.0f} wide"
        left = label.x - wide * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        assert left >= 2, label
        assert left + wide <= made.w - 2, label
        assert label.size / 2 <= label.y <= made.h - label.size / 2, label
    for part in made.parts:
        assert part.left[0] >= 1
        assert part.right[0] <= made.w - 1
        assert part.top[1] >= 1
        assert part.bottom[1] <= made.h - 1


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_no_two_texts_and_no_two_parts_overlap(name):
    made = drawn(name)
    boxes = []
    for label in made.labels:
        wide, high = width(label.text, label.size), 0.7 * label.size
        left = label.x - wide * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        boxes.append((left, label.y - high / 2, left + wide, label.y + high / 2, label.text))
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3], f"{a[4]!r} stands on {b[4]!r}"


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_described_for_who_does_not_see_it(name):
    text = pictures.description(name)
    assert 100 < len(text) < 900
    assert text[0].isupper()
    assert text[-1] == "."
    assert not set("[]()") & set(re.sub(r"\((?:[A-Z0-9a-z_/, +]+)\)", "", text)), "it stands in Markdown"


def test_every_picture_stands_in_a_lesson_once():
    text = "\n".join(path.read_text(encoding="utf-8") for path in LESSONS)
    assert sorted(re.findall(r"!\[\]\(picture:(\w+)\)", text)) == sorted(pictures.PICTURES)


def test_texts_can_be_replaced():
    made = pictures.svg("rnn_unrolled", {"RNN cell": "RNN 셀"})
    assert made.count("RNN 셀") == 4
    assert ">RNN cell<" not in made
    assert "RNN 셀" not in pictures.svg("rnn_unrolled")


def test_the_command_prints_one():
    made = subprocess.run([sys.executable, "-m", "tools.pictures", "rnn_cell"], capture_output=True, encoding="utf-8")
    assert made.stdout == pictures.svg("rnn_cell")
    odd = subprocess.run([sys.executable, "-m", "tools.pictures", "rnn_sell"], capture_output=True, encoding="utf-8")
    assert odd.returncode == 2
    assert "no picture 'rnn_sell'" in odd.stderr


# --- the language ------------------------------------------------------------------------------------------------


def test_colours_tell_apart_and_leave_text_legible():
    for fill, line in KINDS.values():
        assert contrast("#1f2933", fill) > 7
        assert contrast(line, PAPER) > 3
    assert len({line for _, line in KINDS.values()}) == len(KINDS)


def test_mathematics():
    assert [run.text for run in runs("at $c_{t-1}$, $W_x$")] == ["at ", "c", "t", "−1", ", ", "W", "x"]
    assert [run.level for run in runs("$c_{t-1}^2$")] == ["", "_", "_", "^"]
    assert [run.italic for run in runs("$x = 1$")] == [True, False]
    assert [run.bold for run in runs(r"$\mathbf{c}_t$")] == [True, False]
    assert not any(run.italic for run in runs("words alone"))
    made = Picture(100, 40)
    made.text(50, 20, "$c_{t-1}$ < 1 & more")
    root = ElementTree.fromstring(made.svg("A test."))
    assert "".join(root.find(f"{SVG}text").itertext()) == "ct−1 < 1 & more"


def test_what_is_lowered_is_raised_again():
    """The shifts of a text sum to zero where a word stands on the line again."""
    made = Picture(100, 40)
    made.text(50, 20, "$a_i b$")
    spans = ElementTree.fromstring(made.svg("A test.")).findall(f"{SVG}text/{SVG}tspan")
    em = [float(span.get("font-size", "100%")[:-1]) / 100 for span in spans]
    moved = [float(span.get("dy", "0em")[:-2]) for span in spans]
    assert sum(a * b for a, b in zip(em, moved, strict=True)) == pytest.approx(0, abs=0.01)
    assert min(moved) < 0 < max(moved)


def test_a_box_is_as_wide_as_its_text_needs():
    made = Picture(400, 100)
    assert made.box(100, 50, "a much longer text").w > made.box(300, 50, "short").w > width("short")
    part = made.box(200, 50, "x", w=80, h=20)
    assert (part.left, part.right, part.top, part.bottom) == ((160, 50), (240, 50), (200, 40), (200, 60))
    assert part.at("top", 0.25) == (180, 40)
    assert part.at("right", 0.75) == (240, 55)


def test_an_arrow_goes_where_it_is_sent():
    made = Picture(200, 100)
    made.arrow((10, 10), (100, 10), (100, 90), label="$h$", shape="(B, H)")
    made.line((10, 50), (60, 50))
    paths = ElementTree.fromstring(made.svg("A test.")).findall(f"{SVG}path")
    assert paths[0].get("d") == "M10 10L92 10Q100 10 100 18L100 90"
    assert paths[0].get("marker-end")
    assert not paths[1].get("marker-end")
    assert [label.text for label in made.labels] == ["$h$", "(B, H)"]


def test_a_second_picture_of_one_name_is_refused():
    def rnn_cell():
        return Picture(1, 1)

    with pytest.raises(ValueError, match="there is a picture 'rnn_cell' already"):
        picture("Another one.")(rnn_cell)
