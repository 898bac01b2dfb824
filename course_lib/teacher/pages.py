"""Pages that need nothing else: Markdown as HTML, formulas as MathML, code in colours, and files that are ours."""

import re
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from course_lib.files import write_text
from course_lib.teacher.mathml import FormulaError, mathml
from course_lib.usage import UsageError

# What is no formula, and formulas: fenced code, code, pictures and a dollar are passed over.
_FORMULA = re.compile(r"```.*?```|`+[^`]*`+|!\[[^\]]*\]\([^)]*\)|\\\$|\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)
_KEPT = re.compile("\ue000(\\d+)\ue001")

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; color: #1a1a1a; background: #fff; line-height: 1.4;
  font-family: "Helvetica Neue", Arial, "Apple SD Gothic Neo", "Malgun Gothic", NanumGothic, sans-serif; }
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math; }
math .aligned mtd:nth-child(odd) { text-align: right; }
math .aligned mtd:nth-child(even), math .cases mtd { text-align: left; }
math .aligned mtd { padding-inline: 0; }
code, pre { font-family: NanumGothicCoding, D2Coding, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
code { background: #f2f2f2; border-radius: 3px; padding: 0 .2em; font-size: .95em; }
pre { background: #f6f6f6; border: 1px solid #ddd; border-radius: 4px; padding: .5em .8em; margin: .6em 0;
  white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { background: none; padding: 0; font-size: inherit; }
.k { color: #00629b; } .s { color: #8a3d00; } .c { color: #555; font-style: italic; } .f { color: #5b3a8c; }
table { border-collapse: collapse; margin: .6em 0; }
th, td { border: 1px solid #bbb; padding: .15em .6em; text-align: left; vertical-align: top; }
th { background: #f2f2f2; }
img { max-width: 100%; }
p { margin: .55em 0; }
"""


def to_html(markdown: str) -> str:
    """Markdown with formulas as HTML.

    A formula that can't be drawn stands as it was written, as `<code class="formula">`.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        latex = found[1] or found[2]
        if not latex:
            return found[0]
        try:
            kept.append(mathml(latex, display=bool(found[1])))
        except FormulaError:
            kept.append(f'<code class="formula">{escape(latex)}</code>')
        return f"\ue000{len(kept) - 1}\ue001"

    made = str(_markdown()(_FORMULA.sub(keep, markdown)))
    return _KEPT.sub(lambda found: kept[int(found[1])], made)


def inline(markdown: str) -> str:
    """A title or another short text, as HTML without a paragraph of its own."""
    return re.sub(r"^<p>|</p>\s*$", "", to_html(markdown))


@cache
def _markdown() -> Any:
    try:
        import mistune
    except ImportError:
        raise UsageError(
            "pages need the package mistune, which comes with JupyterLab: pip install mistune. Without it there are "
            "handouts in Markdown, --format md"
        ) from None

    class Renderer(mistune.HTMLRenderer):
        """Code in colours; in raw HTML, such as an answer to unfold, code between backticks as in all other text."""

        def block_code(self, code: str, info: str | None = None) -> str:
            return code_html(code) if info in ("python", "py") else f"<pre>{escape(code.rstrip())}</pre>\n"

        def block_html(self, html: str) -> str:
            return re.sub("`([^`]+)`", lambda found: f"<code>{escape(found[1])}</code>", super().block_html(html))

    # The lessons are the course's own, or the teacher's; their pictures are SVG in the address.
    return mistune.create_markdown(renderer=Renderer(escape=False, allow_harmful_protocols=True), plugins=["table"])


def code_html(source: str) -> str:
    """Python in colours: keywords, names that are defined, texts and comments."""
    lexers, kinds = import_module("pygments.lexers"), import_module("pygments.token").Token
    classes = {kinds.Keyword: "k", kinds.Operator.Word: "k", kinds.Name.Function: "f", kinds.Name.Class: "f"}
    classes |= {kinds.Literal.String: "s", kinds.Comment: "c"}
    parts = []
    for kind, text in lexers.PythonLexer(stripnl=False, ensurenl=False).get_tokens(source.strip("\n")):
        name = next((name for of, name in classes.items() if kind in of), "")
        parts.append(f'<span class="{name}">{escape(text)}</span>' if name and text.strip() else escape(text))
    return f"<pre>{''.join(parts)}</pre>\n"


def page(maker: str, title: str, style: str, body: str) -> str:
    """A whole page, which loads nothing.

    Args:
        maker: the command that makes it; by it the command knows the page again.
    """
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{mark(maker)}\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}{style}</style>\n</head>\n{body}\n</html>\n"
    )


def mark(maker: str) -> str:
    """What stands at the head of a file that a command has made; of a page and of Markdown alike."""
    return f"<!-- made by {maker} -->"


def write_made(path: Path, text: str, maker: str, *, force: bool) -> None:
    """Write a file that holds the mark of its maker, whole or not at all.

    Raises UsageError where something else stands there already, unless it is forced, or where it can't be written.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file: --out {path / 'lesson.html'}")
    try:
        if path.exists() and not force and mark(maker).encode() not in path.read_bytes()[:1000]:
            raise UsageError(f"{path} was not made by {maker} and is left as it is; --force overwrites it")
        write_text(path, text)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from error


def formulas_left(text: str) -> int:
    """How many formulas of a page stand as they were written."""
    return text.count('<code class="formula">')
