"""What can be set: each control makes its widget, and refuses what it cannot be set to."""

import numpy as np
import pytest

from course_lib.explorers.controls import (
    choice,
    first_middle_last,
    float_slider,
    index,
    int_slider,
    moment_names,
    moments,
    text_field,
)  # fmt: skip

UNIT = int_slider("unit", 2, 0, 6, step=2)
WEIGHT = float_slider("w1", 1.0, -3, 3, step=0.1, digits=1)
KIND = choice("attention", [("of the source", "encoder"), ("of the target", "decoder")], "decoder")
PLACE = index("sentence", ["하나", "둘", "셋"], width="440px")
WORD = text_field("word", "밥", ["밥", "빵"], placeholder="type a word")


@pytest.mark.parametrize(
    ("control", "kind", "expected"),
    [
        (UNIT, "IntSlider", {"description": "unit", "value": 2, "min": 0, "max": 6, "step": 2}),
        (WEIGHT, "FloatSlider", {"value": 1.0, "min": -3, "max": 3, "step": 0.1, "readout_format": ".1f"}),
        (KIND, "Dropdown", {"_options_labels": ("of the source", "of the target"), "index": 1}),
        (choice("K", [("4", 4), ("8", 8)], 8, slider=True), "SelectionSlider", {"index": 1}),
        (PLACE, "Dropdown", {"_options_labels": ("하나", "둘", "셋"), "index": 0}),
        (text_field("truth", "the cat"), "Text", {"value": "the cat", "continuous_update": False}),
        (WORD, "Combobox", {"value": "밥", "options": ("밥", "빵"), "placeholder": "type a word"}),
        (moments(["a", "b"]), "SelectionSlider", {"description": "training", "_options_labels": ("a", "b")}),
    ],
)
def test_a_control_makes_its_widget(control, kind, expected):
    widget = control.widget()
    assert type(widget).__name__ == kind
    assert expected.items() <= widget.get_state().items()
    assert (widget.value, widget.layout.width) == (control.start, control.width)
    assert control.widget() is not widget


@pytest.mark.parametrize(
    ("control", "possible", "others", "expected"),
    [
        (UNIT, [0, np.int64(3), 6], [-1, 7, 2.5, "2"], "from 0 to 6"),
        (WEIGHT, [0, -0.5, 100.0], ["2", None], "a number"),
        (KIND, ["encoder"], ["self"], "one of encoder, decoder"),
        (PLACE, [0, 2, -1, -3], [3, -4, "둘"], "from -3 to 2"),
        (WORD, ["", "하늘"], [3], "a text"),
    ],
)
def test_what_a_control_cannot_be_set_to_is_refused(control, possible, others, expected):
    for value in possible:
        control.check(value)
    for value in others:
        with pytest.raises(ValueError, match=f"^x must be {expected}, got {value!r}$"):
            control.check(value, "x")


def test_the_start_must_be_possible():
    with pytest.raises(ValueError, match="unit must be from 0 to 3, got 4"):
        int_slider("unit", 4, 0, 3)


def test_moments_are_named_and_three_of_them_compared():
    assert moment_names([0, 20, 1500], "steps") == ["before training", "after 20 steps", "after 1,500 steps"]
    assert [first_middle_last(n) for n in (1, 2, 3, 8)] == [[0], [0, 1], [0, 1, 2], [0, 4, 7]]
