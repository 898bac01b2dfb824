"""The source of a reference as a learner reads it."""

import inspect
import re
import textwrap
from collections.abc import Callable
from typing import Any

# What a comment tells the linter or the type checker is not for a learner's eyes; the reason behind the dash is.
_DIRECTIVE = re.compile(r"[ ]*# (?:noqa(?:: [A-Z]+\d+)?|fmt: skip|type: ignore\[[\w-]+\])(?: - (.*))?$", re.MULTILINE)


def source_of(reference: Callable[..., Any]) -> str:
    """The text of a function or class, docstring and all, moved to the left margin."""
    return without_directives(textwrap.dedent(inspect.getsource(inspect.unwrap(reference))).rstrip())


def without_directives(text: str) -> str:
    """The text without comments to linter and type checker; of a directive with a reason the reason stays."""
    return _DIRECTIVE.sub(lambda found: f"  # {found[1]}" if found[1] else "", text)
