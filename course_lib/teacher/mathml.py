"""Formulas of LaTeX as MathML, which browsers draw by themselves: without scripts, pictures or a network connection.

It knows what the lessons use, and what stands near it: letters, scripts, fractions, roots, sums, fences, accents,
text, and the environments `aligned` and `cases`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|\d+(?:\.\d+)?|.", re.DOTALL)


def _pairs(text: str) -> dict[str, str]:
    """A table from "name sign name sign ..."."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_LETTERS = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ "
    "pi π rho ρ sigma σ tau τ phi ϕ varphi φ chi χ psi ψ omega ω ell ℓ partial ∂"
)
_UPRIGHT = _pairs(
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω top ⊤ infty ∞ nabla ∇ emptyset ∅ forall ∀ "
    "exists ∃ dots … ldots … cdots ⋯ vdots ⋮ prime ′"
)
_BINARY = _pairs("cdot ⋅ times × odot ⊙ oplus ⊕ otimes ⊗ pm ± cap ∩ cup ∪ setminus ∖ circ ∘ ast ∗ + + - − * ∗")
_RELATIONS = _pairs(
    "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ equiv ≡ propto ∝ to → rightarrow → leftarrow ← leftrightarrow ↔ "
    "Rightarrow ⇒ mapsto ↦ subset ⊂ subseteq ⊆ in ∈ notin ∉ mid | parallel ∥ ll ≪ gg ≫ = = < < > > : :"
)
_OPENING = _pairs(r"( ( [ [ \{ { \lVert ‖ \lvert | \langle ⟨ \lfloor ⌊ \lceil ⌈")
_CLOSING = _pairs(r") ) ] ] \} } \rVert ‖ \rvert | \rangle ⟩ \rfloor ⌋ \rceil ⌉")
_FENCES = _OPENING | _CLOSING | _pairs(r"| | \| ‖ \Vert ‖ \vert | / /") | {".": ""}
_FUNCTIONS = {"log", "ln", "exp", "tanh", "sinh", "cosh", "sin", "cos", "tan", "det", "dim", "Pr"}
_LIMITS = _pairs("max max min min lim lim sup sup inf inf sum ∑ prod ∏")
_SPACES = {",": 0.167, ":": 0.222, ";": 0.278, "!": -0.167, " ": 0.25, "quad": 1.0, "qquad": 2.0}
_ACCENTS = _pairs("tilde ~ hat ^ bar ¯ overline ¯ vec → overrightarrow → overleftarrow ← dot ˙")
_SIZES = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}
_FONTS = {"mathbf", "boldsymbol", "bm", "mathrm", "mathit", "mathcal", "mathbb", "mathsf", "operatorname"}
_TEXTS = {"text", "textrm", "mbox", "textit", "textbf"}
_CAPITALS = {"mathcal": _pairs("B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ"), "mathbb": _pairs("C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ")}


class FormulaError(ValueError):
    """A formula with something that this converter does not know."""


@dataclass(frozen=True)
class _Atom:
    """A piece of a formula.

    Attributes:
        kind: what decides about the space around it: "ordinary", "function", "dots", "binary", "relation", "open",
            "close", "comma".
        limits: whether scripts stand below and above it where there is room.
    """

    markup: str
    kind: str = "ordinary"
    limits: bool = False


def mathml(latex: str, *, display: bool = False) -> str:
    """The formula as a `<math>` element.

    Raises FormulaError, with the command or the place, for what it does not know.
    """
    shown = ' display="block"' if display else ""
    return f'<math{shown} alttext="{escape(" ".join(latex.split()))}">{_whole(latex)}</math>'


def _whole(latex: str) -> str:
    """All of a formula, or of a part that stands in brackets."""
    reader = _Reader(latex)
    inside = reader.row()
    if reader.peek():
        raise FormulaError(f"{reader.peek()!r} closes what nothing opens, in ${latex}$")
    return inside


class _Reader:
    """Reads the tokens of a formula from left to right."""

    def __init__(self, latex: str):
        self.latex, self.tokens, self.place = latex, _TOKEN.findall(latex), 0
        self.font, self.tight = "", False  # the letters' font; within scripts, where operators have no space

    def peek(self) -> str:
        """The next token that is no space; "" at the end."""
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        found = self.peek()
        if not found or (wanted and found != wanted):
            raise FormulaError(f"expected {wanted or 'more'}, got {found or 'the end'}, in ${self.latex}$")
        self.place += 1
        return found

    # --- rows -----------------------------------------------------------------------------------------------

    def row(self) -> str:
        """What stands up to the end of a group, a cell, a pair of fences, or of all."""
        atoms = []
        while self.peek() not in ("", "}", "&", "\\\\", "\\end", "\\right"):
            atoms.append(self.scripted(self.atom()))
        return "".join(self._spaced(atoms))

    def _spaced(self, atoms: list[_Atom]) -> Iterator[str]:
        kinds = ["", *(atom.kind for atom in atoms), ""]
        for before, atom, after in zip(kinds, atoms, kinds[2:], strict=False):
            space = {"binary": 0.222, "relation": 0.278}.get(atom.kind, 0.0)
            if atom.kind in ("binary", "relation"):
                unary = before in ("", "binary", "relation", "open", "comma", "function")
                space = 0.0 if self.tight or (unary and atom.kind == "binary") else space
                yield f'<mo stretchy="false" lspace="{space}em" rspace="{space}em">{atom.markup}</mo>'
                continue
            gap = atom.kind in ("function", "dots") and not self.tight
            yield _space(0.167) if gap and before in ("ordinary", "close") else ""
            yield atom.markup
            yield _space(0.167) if gap and after in ("ordinary", "function", "dots") else ""

    def scripted(self, base: _Atom) -> _Atom:
        """A piece with what stands above and below it."""
        below, above, primes = "", "", ""
        while (mark := self.peek()) in ("_", "^", "'"):
            self.take()
            if mark == "_":
                below = self.argument(tight=True)
            elif mark == "^":
                above = self.argument(tight=True)
            else:
                primes += "′"
        if not (below or above or primes):
            return base
        of = base.markup or "<mrow></mrow>"
        of = _operator(of) if base.kind in ("binary", "relation") else of
        if primes:  # fonts have them raised already
            of = f"<mrow>{of}{_operator(primes)}</mrow>"
        kind = "ordinary" if base.kind in ("binary", "relation", "open") else base.kind
        scripts = "".join(f"<mrow>{part}</mrow>" for part in (below, above) if part)
        tag = {(True, False): "sub", (False, True): "sup", (True, True): "subsup"}.get((bool(below), bool(above)), "")
        if base.limits and tag:
            tag = {"sub": "under", "sup": "over", "subsup": "underover"}[tag]
        return _Atom(f"<m{tag}>{of}{scripts}</m{tag}>" if tag else of, kind)

    def argument(self, *, tight: bool = False) -> str:
        """What a command takes: a group, or the one piece that follows."""
        outer, self.tight = self.tight, self.tight or tight
        if self.peek() == "{":
            self.take()
            inside = self.row()
            self.take("}")
        else:
            token = self.peek()
            if token.isdigit() and len(token) > 1:  # of 12 it takes the 1
                self.tokens[self.place : self.place + 1] = [token[0], token[1:]]
            inside = "".join(self._spaced([self.atom()]))
        self.tight = outer
        return inside

    # --- pieces ---------------------------------------------------------------------------------------------

    def atom(self) -> _Atom:
        """The next piece, without its scripts."""
        token = self.peek()
        if token in ("^", "_", "'"):
            return _Atom("")  # scripts of nothing
        self.take()
        name = token.removeprefix("\\")
        if token == "{":
            self.place -= 1
            return _Atom(f"<mrow>{self.argument()}</mrow>")
        if token in _OPENING:
            return _Atom(_operator(_OPENING[token]), "open")
        if token in _CLOSING:
            return _Atom(_operator(_CLOSING[token]), "close")
        if token in _FENCES or token in (".", "!", "?", "\\%", "\\_", "\\#", "\\&", "\\$"):
            return _Atom(_operator(_FENCES.get(token) or name))
        if token in (",", ";"):
            return _Atom(f'<mo separator="true" lspace="0em" rspace="0.167em">{token}</mo>', "comma")
        if not token.startswith("\\") and token not in _BINARY | _RELATIONS:
            return _Atom(self._plain(token))
        return self._symbol(name) or self._command(name)

    def _plain(self, token: str) -> str:
        if token[0].isdigit():
            return f"<mn>{_in_font(token, self.font)}</mn>"
        if token.isalpha():
            return _letters(token, self.font)
        raise FormulaError(f"{token!r} is not known, in ${self.latex}$")

    def _symbol(self, name: str) -> _Atom | None:
        """A command, or a sign, that stands for itself."""
        if name in _BINARY:
            return _Atom(_BINARY[name], "binary")
        if name in _RELATIONS:
            return _Atom(escape(_RELATIONS[name]), "relation")
        if name in _LETTERS:
            return _Atom(f"<mi>{_LETTERS[name]}</mi>")
        if name in _UPRIGHT:
            return _Atom(f'<mi mathvariant="normal">{_UPRIGHT[name]}</mi>', "dots" if "dots" in name else "ordinary")
        if name in _FUNCTIONS:
            return _Atom(f"<mi>{name}</mi>", "function")
        if name in _LIMITS:
            markup = f'<mo movablelimits="true" lspace="0em" rspace="0em">{_LIMITS[name]}</mo>'
            return _Atom(markup, "function", limits=True)
        if name in _SPACES:
            return _Atom(_space(_SPACES[name]), "comma")
        return None

    def _command(self, name: str) -> _Atom:
        """A command that takes something."""
        if name in ("frac", "dfrac", "tfrac"):
            markup = f"<mfrac><mrow>{self.argument()}</mrow><mrow>{self.argument()}</mrow></mfrac>"
            return _Atom(f'<mstyle displaystyle="true">{markup}</mstyle>' if name == "dfrac" else markup)
        if name == "sqrt":
            return self._root()
        if name in _ACCENTS:
            over = f'<mo stretchy="{str(name.startswith("over")).lower()}">{_ACCENTS[name]}</mo>'
            return _Atom(f'<mover accent="true"><mrow>{self.argument()}</mrow>{over}</mover>')
        if name in _SIZES:
            token, size = self.take(), f"{_SIZES[name]}em"
            kind = "open" if token in _OPENING else "close" if token in _CLOSING else "ordinary"
            return _Atom(_operator(self._fence(token), f'stretchy="true" minsize="{size}" maxsize="{size}"'), kind)
        if name == "left":
            opening, inside = self._fence(self.take()), self.row()
            self.take("\\right")
            closing = self._fence(self.take())
            ends = [_operator(each, 'stretchy="true"') if each else "" for each in (opening, closing)]
            return _Atom(f"<mrow>{ends[0]}{inside}{ends[1]}</mrow>")
        if name in _FONTS:
            return self._in_font(name)
        if name in _TEXTS:
            return _Atom(f"<mtext>{escape(self._text()).replace(' ', chr(0xA0))}</mtext>")
        if name == "begin":
            return self._table()
        raise FormulaError(f"\\{name} is not known, in ${self.latex}$")

    def _root(self) -> _Atom:
        if self.peek() != "[":
            return _Atom(f"<msqrt>{self.argument()}</msqrt>")
        self.take()
        end = self.tokens.index("]", self.place) if "]" in self.tokens[self.place :] else self.place
        degree, self.place = _whole("".join(self.tokens[self.place : end])), end
        self.take("]")
        return _Atom(f"<mroot><mrow>{self.argument()}</mrow><mrow>{degree}</mrow></mroot>")

    def _fence(self, token: str) -> str:
        if token not in _FENCES:
            raise FormulaError(f"{token!r} is no fence, in ${self.latex}$")
        return _FENCES[token]

    def _text(self) -> str:
        """The characters of a group as they are."""
        self.take("{")
        start, depth = self.place, 1
        while depth:
            if self.place == len(self.tokens):
                raise FormulaError(f"a group is not closed, in ${self.latex}$")
            depth += {"{": 1, "}": -1}.get(self.tokens[self.place], 0)
            self.place += 1
        return "".join(self.tokens[start : self.place - 1])

    def _in_font(self, font: str) -> _Atom:
        start = self.place
        if self.peek() == "{":
            word = self._text()
            if word.replace("-", "").isalnum():  # a word is one piece
                kind = "function" if font == "operatorname" else "ordinary"
                return _Atom(_letters(word, "" if font == "operatorname" and len(word) > 1 else font), kind)
            self.place = start
        outer, self.font = self.font, font
        inside = self.argument()
        self.font = outer
        return _Atom(f"<mrow>{inside}</mrow>")

    def _table(self) -> _Atom:
        name = self._text()
        if name not in ("aligned", "align", "align*", "cases"):
            raise FormulaError(f"the environment {name} is not known, in ${self.latex}$")
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(f"<mtd>{self.row()}</mtd>")
            end = self.take()
            if end == "\\\\":
                rows.append([])
            elif end != "&":
                break
        if end != "\\end" or self._text() != name:
            raise FormulaError(f"\\begin{{{name}}} is not closed, in ${self.latex}$")
        inside = "".join(f"<mtr>{''.join(cells)}</mtr>" for cells in rows if cells != ["<mtd></mtd>"])
        if name == "cases":
            brace = _operator("{", 'stretchy="true"')
            return _Atom(f'<mrow>{brace}<mtable class="cases">{inside}</mtable></mrow>')
        return _Atom(f'<mtable class="aligned" displaystyle="true">{inside}</mtable>')


# --- markup ---------------------------------------------------------------------------------------------------


def _operator(text: str, more: str = 'stretchy="false"') -> str:
    return f'<mo {more} lspace="0em" rspace="0em">{text if text.startswith("&") else escape(text)}</mo>'


def _space(width: float) -> str:
    return f'<mspace width="{width}em"></mspace>'


def _letters(word: str, font: str) -> str:
    """A letter, or a word that is one piece; a single letter is italic by itself."""
    upright = ' mathvariant="normal"' if len(word) == 1 and font in ("mathrm", "mathsf", "operatorname") else ""
    return f"<mi{upright}>{escape(_in_font(word, font))}</mi>"


def _in_font(word: str, font: str) -> str:
    """The same in letters of that font, as Unicode has them."""
    if font in ("mathbf", "boldsymbol", "bm"):
        starts = (("A", "Z", 0x1D400), ("a", "z", 0x1D41A), ("0", "9", 0x1D7CE))
        moved = {ord(first) + i: at + i for first, last, at in starts for i in range(ord(last) - ord(first) + 1)}
        return word.translate(moved)
    return "".join(_CAPITALS.get(font, {}).get(letter, letter) for letter in word)
