"""The pictures of models: whole, legible, described, used; and the language that they are drawn in."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import torch

from course_lib import bpe
from course_lib.text import PAD, SOS
from course_lib.transformer import sinusoidal_positions, target_mask
from tests.lessons import LESSONS
from tools import pictures
from tools.pictures.canvas import KINDS, PAPER, SHIFT, Picture, runs, width
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


def test_every_picture_stands_in_one_lesson_and_once_in_a_notebook():
    found = [
        (name, path.stem[:2], path.stem)
        for path in LESSONS
        for name in re.findall(r"!\[\]\(picture:(\w+)\)", path.read_text(encoding="utf-8"))
    ]
    assert len(set(found)) == len(found)
    assert sorted(name for name, _ in {(name, lesson) for name, lesson, _ in found}) == sorted(pictures.PICTURES)


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


# --- what they say is so -----------------------------------------------------------------------------------------


def numbers(name, y=None):
    """The numbers in a picture, from the left to the right; `y`: at this height."""
    texts = [(label.x, label.text.replace("−", "-")) for label in drawn(name).labels if y is None or label.y == y]
    return [float(text) for _, text in sorted(texts) if re.fullmatch(r"-?\d+(\.\d+)?", text)]


def test_the_dictionary_computes_its_answer():
    assert numbers("dictionary", 196) == [3, 4, -6]
    weights = torch.tensor(numbers("dictionary", 196)).softmax(0)
    shown = [float(label.text) for label in drawn("dictionary").labels if re.fullmatch(r"0\.\d\d", label.text)]
    assert shown == [round(weight, 2) for weight in weights.tolist()]
    products = (weights * torch.tensor([4.0, 20.0, 1200.0])).tolist()
    assert numbers("dictionary", 438) == [round(product, 1) for product in products]
    assert "15.7 kg" in [label.text for label in drawn("dictionary").labels]
    assert round(sum(products), 1) == 15.7


def test_the_step_of_attention_computes_its_weights():
    weights = torch.tensor(numbers("attention_step", 353)).softmax(0).tolist()
    assert numbers("attention_step", 259) == [round(weight, 2) for weight in weights]


def test_the_clocks_show_the_fixed_positions():
    found = {label.text for label in drawn("positions").labels if re.fullmatch(r"−?\d\.\d\d", label.text)}
    rows = sinusoidal_positions(4, 64)[:, [0, 1, 8, 9, 16, 17]]  # the hands that turn by 1, 0.32 and 0.1
    assert found == {f"{number:.2f}".replace("-", "−") for number in rows.flatten().tolist()}


def test_the_masks_are_those_of_the_course():
    cells = [
        (float(cell.get("x")), float(cell.get("y")), cell.get("fill") == KINDS["look"][0])
        for cell in ElementTree.fromstring(pictures.svg("masks")).iter(f"{SVG}rect")
        if cell.get("width") == cell.get("height") == "44"
    ]
    assert len(cells) == 72
    cells.sort(key=lambda cell: (cell[0] > 370, cell[1], cell[0]))  # the left grid first, each row by row
    source, target = torch.tensor([free for *_, free in cells]).view(2, 6, 6)
    ids = torch.tensor([[SOS, 5, 6, 7, PAD, PAD]])
    assert torch.equal(source, (ids != PAD).expand(6, 6))
    assert torch.equal(target, target_mask(ids)[0])


def test_the_beam_adds_up_and_keeps_the_best():
    made = drawn("beam_search")
    texts = [(label.text.replace("−", "-"), label.x, label.y) for label in made.labels]
    totals = {}  # in a box stands a hypothesis, and below it log p
    for text, x, y in texts:
        below = [number for number, a, b in texts if a == x and 10 < b - y < 20 and re.fullmatch(r"-?\d\.\d", number)]
        if below and re.fullmatch(r"[a-z ]+|<sos>", text):
            totals[text] = float(below[0])
    assert len(totals) == 12
    said = [text for text, *_ in texts]
    for hypothesis, total in totals.items():
        before, _, word = hypothesis.rpartition(" ")
        if word != "<sos>":
            assert f"{word} {total - totals.get(before, 0.0):.1f}" in said, hypothesis
    for words, best in ((1, {"i", "we"}), (2, {"i have", "i drink"}), (3, {"i drink tea", "i have a"})):
        step = [each for each in totals if each != "<sos>" and len(each.split()) == words]
        assert set(sorted(step, key=totals.get)[-2:]) == best


def test_the_merges_are_those_that_are_learned():
    words = {"low": 5, "lower": 2, "newest": 6, "widest": 3}
    made = [label.text for label in drawn("byte_pair_merges").labels]
    assert [text for text in made if " + " in text] == [f"{a} + {b}" for a, b in bpe.learn_merges(words, 4)]
    counts = []
    for merges in range(4):
        ranks = {pair: i for i, pair in enumerate(bpe.learn_merges(words, merges))}
        split = {tuple(bpe.apply_merges(list(word), ranks)): count for word, count in words.items()}
        counts.append(max(bpe.pair_counts(split).values()))
    assert [text for text in made if text.endswith(" times")] == [f"{count} times" for count in counts]


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
    down, up = (shift for shift in moved if shift)
    assert down > 0 > up, "y grows downwards"
    assert SHIFT["_"] > 0 > SHIFT["^"]


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


def test_labels_stand_beside_their_arrow():
    """A label above and its shape below; with the other side the other way round; of an upright one left and right."""
    made = Picture(200, 100)
    made.arrow((20, 50), (180, 50), label="$h$", shape="(B, H)", at=0.25)
    made.arrow((20, 50), (180, 50), label="$x$", side=1)
    made.arrow((100, 10), (100, 90), label="$c$", side=1)
    above, below, other, right = made.labels
    assert (above.x, above.y < 50 < below.y) == (60, True)
    assert other.y > 50
    assert (right.x > 100, right.y, right.anchor) == (True, 50, "start")


def test_corners_of_short_pieces_do_not_overlap():
    made = Picture(200, 100)
    made.arrow((0, 0), (4, 0), (4, 100))
    assert ElementTree.fromstring(made.svg("A test.")).find(f"{SVG}path").get("d") == "M0 0L2 0Q4 0 4 8L4 100"


def test_a_vector_has_its_cells_in_a_row_or_a_column():
    for upright, expected in ((True, [(93, 32), (93, 46), (93, 60)]), (False, [(79, 46), (93, 46), (107, 46)])):
        made = Picture(200, 100)
        part = made.vector(100, 53, 3, upright=upright, marked=1)
        cells = ElementTree.fromstring(made.svg("A test.")).findall(f"{SVG}rect")[1:]
        assert [(float(cell.get("x")), float(cell.get("y"))) for cell in cells] == expected
        assert [cell.get("fill") == KINDS["mark"][0] for cell in cells] == [False, True, False]
        assert (part.w, part.h) == ((14, 42) if upright else (42, 14))


def test_letters_stand_in_the_middle_and_tips_point_along_their_line():
    made = Picture(200, 100)
    made.box(100, 50, "one\ntwo", h=60)
    made.arrow((10, 10), (10, 90))
    root = ElementTree.fromstring(made.svg("A test."))
    upper, lower = (
        float(text.get("y")) - 0.35 * float(text.get("font-size", 14)) for text in root.findall(f"{SVG}text")
    )
    assert (upper + lower) / 2 == pytest.approx(50, abs=0.1)
    assert lower - upper == pytest.approx(1.3 * 14, abs=0.1)
    assert root.find(f"{SVG}marker").get("orient") == "auto-start-reverse"


def test_a_second_picture_of_one_name_is_refused():
    def rnn_cell():
        return Picture(1, 1)

    with pytest.raises(ValueError, match="there is a picture 'rnn_cell' already"):
        picture("Another one.")(rnn_cell)
