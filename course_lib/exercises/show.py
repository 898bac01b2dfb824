"""How a message shows a value: small ones whole, large ones by their shape."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

_SHOWN_ELEMENTS = 48  # a case larger than this is described, not printed


def show(value: Any) -> str:
    """A value as a learner reads it: small ones whole, large ones by shape or length."""
    if isinstance(value, Tensor):
        if value.numel() > _SHOWN_ELEMENTS or elsewhere(value):
            return f"{str(value.dtype).removeprefix('torch.')} tensor of shape {tuple(value.shape)}"
        value = value.detach()
        if value.is_floating_point():
            value = (value.double() * 1e4).round() / 1e4 + 0.0  # no -0
        return str(value.tolist()) if value.ndim < 2 else _rows(value)
    if isinstance(value, list | tuple) and holds_tensor(value):
        inner = ",\n ".join(hanging(show(each), 1) for each in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if isinstance(value, list | tuple | dict | set) and len(repr(value)) > 400:
        return f"{type(value).__name__} of {len(value)} elements, beginning {shorten(repr(value), 120)}"
    of_the_course = type(value).__module__.startswith("course_lib")  # what the course made says what it is
    if isinstance(value, Iterable) and not isinstance(value, str | list | tuple | dict | set) and not of_the_course:
        return describe(value)
    return shorten(repr(value), 400)


def _rows(value: Tensor) -> str:
    """A tensor of two dimensions or more, a row on each line, its columns one below the other."""
    texts = [str(number) for number in value.flatten().tolist()]
    if value.is_floating_point() and value.isfinite().all():
        digits = max((len(text.partition(".")[2]) for text in texts), default=0)
        texts = [f"{number:.{digits}f}" for number in value.flatten().tolist()]
    width = max(map(len, texts), default=0)
    left = iter(texts)

    def lines(part: Tensor, indent: int) -> str:
        if part.ndim == 1:
            return f"[{', '.join(next(left).rjust(width) for _ in part)}]"
        return f"[{(',' + chr(10) + ' ' * (indent + 1)).join(lines(row, indent + 1) for row in part)}]"

    return lines(value, 0)


def both(expected: Any, got: Any) -> dict[str, str]:
    """What is expected and what came; with dtype and shape where these differ and the numbers look the same."""
    shown = [show(expected), show(got)]
    if shown[0] == shown[1] and isinstance(expected, Tensor) and isinstance(got, Tensor):
        kinds = [f"({value.dtype}, {tuple(value.shape)})" for value in (expected, got)]
        if kinds[0] != kinds[1]:
            shown = [f"{text}  {kind}" for text, kind in zip(shown, kinds, strict=True)]
    return dict(zip(("Expected", "Got"), shown, strict=True))


def heading(name: str) -> str:
    """How a detail is called in a panel: "got" is "Got", and the parameter k stays as it is."""
    return name if len(name) == 1 else name.replace("_", " ").capitalize()


def number(value: Tensor) -> str:
    return f"{value.item() + 0.0:.4g}" if value.is_floating_point() else str(value.item())  # no -0


def describe(value: Any) -> str:
    if isinstance(value, Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    name = type(value).__name__
    vowel = name[0].lower() in "aeiou" or name.startswith("nd")
    return "None" if value is None else f"{'an' if vowel else 'a'} {name}"


def hanging(text: str, indent: int) -> str:
    """The text with all lines but the first moved to the right."""
    return text.replace("\n", "\n" + " " * indent)


def shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def elsewhere(got: Tensor, at: str = "") -> str:
    """What is wrong with a tensor whose numbers can't be compared here and now."""
    usual = got.layout is torch.strided and got.device.type == "cpu"
    return "" if usual else f"expected an ordinary tensor on the CPU{at}, got {got.layout} on {got.device}"


def holds_tensor(value: Any) -> bool:
    return isinstance(value, Tensor) or (isinstance(value, list | tuple) and any(map(holds_tensor, value)))
