"""Formulas: every one of the lessons becomes MathML that a browser can read, and what is not known is said."""

import re
import xml.etree.ElementTree as ET

import pytest

from course_lib.learner.lessons import NAMES
from course_lib.learner.notebook import read
from course_lib.teacher.mathml import FormulaError, mathml
from course_lib.teacher.pages import to_html
from tools.build import NOTEBOOKS


def formulas(name):
    """(whether it stands alone, LaTeX) of every formula in a lesson's text."""
    for cell in read(NOTEBOOKS / f"{name}.ipynb").content.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"`[^`]*`|\(data:[^)]*\)", "", cell.source)
            for alone, within in re.findall(r"\$\$(.+?)\$\$|\$([^$]+?)\$", text, re.DOTALL):
                yield bool(alone), alone or within


def shape(latex):
    """Tags and texts of a formula, as one reads them from outside in; spaces and rows of one left out."""

    def of(node):
        inside = "".join(map(of, node))
        if node.tag in ("mspace", "mrow"):
            return inside
        return f"{node.tag}({inside or node.text or ''})"

    return "".join(map(of, ET.fromstring(mathml(latex))))


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_of_a_lesson(name):
    found = list(formulas(name))
    assert found or name.startswith("07a")
    for alone, latex in found:
        made = ET.fromstring(mathml(latex, display=alone))
        assert (made.get("display") == "block") is alone
        assert made.get("alttext") == " ".join(latex.split())
        assert "\\" not in "".join(made.itertext()), latex


@pytest.mark.parametrize(
    ("latex", "is_shape"),
    [
        ("x_1^2", "msubsup(mi(x)mn(1)mn(2))"),
        ("x^{10}", "msup(mi(x)mn(10))"),
        ("x^10", "msup(mi(x)mn(1))mn(0)"),
        (r"\frac12", "mfrac(mn(1)mn(2))"),
        (r"\sqrt[4]{a}", "mroot(mi(a)mn(4))"),
        (r"\mathbf{W}^\top", "msup(mi(𝐖)mi(⊤))"),
        (r"\mathbf{bias}", "mi(𝐛𝐢𝐚𝐬)"),
        (r"\mathcal{L}", "mi(ℒ)"),
        (r"\sum_{i=1}^S e_i", "munderover(mo(∑)mi(i)mo(=)mn(1)mi(S))msub(mi(e)mi(i))"),
        (r"\tilde{\mathbf{s}}_t", "msub(mover(mi(𝐬)mo(~))mi(t))"),
        (r"\text{t real}", "mtext(t\xa0real)"),
        ("c'", "mi(c)mo(′)"),
        ("a < b", "mi(a)mo(<)mi(b)"),
        (
            r"\begin{cases}1 & c \ge r\\ 0 & c\end{cases}",
            "mo({)mtable(mtr(mtd(mn(1))mtd(mi(c)mo(≥)mi(r)))mtr(mtd(mn(0))mtd(mi(c))))",
        ),
        ("", ""),
    ],
)
def test_what_a_formula_becomes(latex, is_shape):
    assert shape(latex) == is_shape


def test_a_minus_is_a_sign_or_an_operation():
    spaced = '<mo stretchy="false" lspace="0.222em" rspace="0.222em">−</mo>'
    sign = '<mo stretchy="false" lspace="0.0em" rspace="0.0em">−</mo>'
    assert spaced in mathml("a - b")
    for latex in ("-a", "(-a)", "a = -b", "a^{-b}", "a^{b - c}"):
        assert spaced not in mathml(latex)
        assert sign in mathml(latex)


@pytest.mark.parametrize(
    ("latex", "says"),
    [
        (r"\unheardof{x}", r"\\unheardof is not known"),
        ("a}", "'}' closes what nothing opens"),
        ("{a", r"expected }, got the end"),
        (r"\left( a", r"expected \\right, got the end"),
        (r"\text{a", "a group is not closed"),
        (r"\begin{matrix}a\end{matrix}", "the environment matrix is not known"),
        (r"\begin{cases}a", "expected more, got the end"),
        (r"\sqrt[4", "expected ]"),
        ("a_", "expected more"),
    ],
)
def test_what_is_not_known_is_said(latex, says):
    with pytest.raises(FormulaError, match=says):
        mathml(latex)
    assert '<code class="formula">' in to_html(f"so ${latex}$ it is"), "the page shows it as it was written"
