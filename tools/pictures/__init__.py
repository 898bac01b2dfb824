"""Pictures of the models, one drawing in one style for each, from one small source.

    svg("lstm_cell")                          python -m tools.pictures lstm_cell > cell.svg

A lesson names its picture in a cell of text, `![](picture:lstm_cell)`; `tools.build` puts the drawing in its place.
"""

from collections.abc import Mapping

from tools.pictures import attention, networks, recurrent, transformer, transformer_parts, translation, words
from tools.pictures.registry import PICTURES

__all__ = ["PICTURES", "description", "svg"]
_DRAWN_IN = (networks, words, recurrent, translation, attention, transformer, transformer_parts)


def description(name: str) -> str:
    """What a picture shows, in words: its alternative text."""
    return _find(name)[0]


def svg(name: str, words: Mapping[str, str] | None = None) -> str:
    """A picture as SVG; `words`: texts in place of its own, for a translation.

    Raises:
        ValueError: no picture of that name.
    """
    text, draw = _find(name)
    return draw().svg(text, words)


def _find(name: str):
    if name not in PICTURES:
        raise ValueError(f"no picture {name!r}: there is {', '.join(PICTURES)}")
    return PICTURES[name]
