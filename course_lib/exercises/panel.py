"""What a learner sees below a check: one panel, as HTML in JupyterLab and as text everywhere else."""

import html
import re
import textwrap
from dataclasses import dataclass, field

# The colours are told apart by their lightness too, and each kind has its own sign.
_KINDS = {
    "correct": ("✓", "#009E73"),
    "wrong": ("✗", "#D55E00"),
    "blank": ("○", "#767676"),
    "hint": ("?", "#0072B2"),
    "solution": ("=", "#0072B2"),
}


@dataclass(frozen=True)
class Panel:
    """A title, a sentence or two, details under their labels, parts to unfold, and a last line.

    In `message` and `footer`, `code` between backticks is set as code, and so are calls of hint and solution.
    """

    kind: str
    title: str
    message: str
    details: dict[str, str] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)
    open: bool = False
    footer: str = ""

    def text(self) -> str:
        """The panel for a terminal, 100 columns wide. What is folded is left out unless the panel is open."""
        sign, _ = _KINDS[self.kind]
        lines = [f"{sign} {self.title}", *_wrap(_sentence(self.message))]
        for label, shown in (self.details | (self.folded if self.open else {})).items():
            first, *rest = shown.splitlines() or [""]
            below = [f"  {label}:", *(f"      {line}" for line in (first, *rest))]
            lines += below if rest or len(label) + len(first) > 92 else [f"  {label}: {first}"]
        return "\n".join([*lines, *(_wrap(self.footer) if self.footer else [])])

    def _repr_html_(self) -> str:
        sign, colour = _KINDS[self.kind]
        # Mixed with the page's own text colour, or laid thinly over its background, a colour suits light and dark.
        title = f"font-weight:600;color:color-mix(in srgb, {colour} 70%, currentcolor)"
        body = [f'<div style="{title}">{sign} {html.escape(self.title)}</div>']
        body += [f'<div style="margin:4px 0">{_inline(line)}</div>' for line in _sentence(self.message).splitlines()]
        if self.details:
            label_cell = '<td style="text-align:left;vertical-align:top;padding:3px 16px 3px 0;white-space:nowrap">'
            rows = "".join(
                f'<tr style="background:none">{label_cell}{html.escape(label)}</td>'
                f'<td style="text-align:left;padding:3px 0">{_verbatim(shown, "0")}</td></tr>'
                for label, shown in self.details.items()
            )
            body.append(f'<table style="margin:8px 0;border-collapse:collapse">{rows}</table>')
        if self.folded:
            parts = "".join(
                _verbatim(shown, "8px 0")
                if label == "The solution"
                else f'<div style="margin:4px 0">{_inline(shown)}</div>'
                for label, shown in self.folded.items()
            )
            summary = '<summary style="cursor:pointer">Yes, show it</summary>'
            body.append(f'<details{" open" if self.open else ""} style="margin:4px 0">{summary}{parts}</details>')
        if self.footer:
            rule = f"border-top:1px solid color-mix(in srgb, {colour} 40%, transparent)"
            body.append(f'<div style="margin-top:8px;padding-top:6px;{rule}">{_inline(self.footer)}</div>')
        frame = f"border-left:6px solid {colour};background:color-mix(in srgb, {colour} 7%, transparent)"
        return f'<div style="{frame};padding:8px 14px;margin:4px 0">{"".join(body)}</div>'

    def __repr__(self) -> str:
        return self.text()


def _sentence(text: str) -> str:
    """A message may be a clause, to be read after a colon; here it stands alone. A name keeps its letters."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    name = (len(first) == 1 and first != "a") or not first.strip(",;:").replace("-", "").replace("'", "").isalpha()
    return text if name else text[:1].upper() + text[1:]


def _wrap(text: str) -> list[str]:
    wrapper = textwrap.TextWrapper(98, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
    return [line for paragraph in text.splitlines() for line in wrapper.wrap(paragraph)]


def _verbatim(text: str, margin: str) -> str:
    return f'<pre style="margin:{margin};background:none;white-space:pre-wrap">{html.escape(text)}</pre>'


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`|((?:hint|solution)\(&quot;.+?\))", r"<code>\1\2</code>", html.escape(text))
