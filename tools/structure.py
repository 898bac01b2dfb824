"""What keeps the structure: nothing is written twice, and no function or file is too long to be read in one go.

    python -m tools.structure

A function or class counts as repeated when another one, in a lesson, the library or the tools, has the same arguments
and the same body, compared as syntax trees without the name it is given, docstrings, comments, annotations, decorators
and defaults. A body that only hands a call on, or has fewer than `SMALLEST` nodes (an accessor, a `pass`), is too small
to need one home.

Each exception is named below with its reason. One that no longer applies is an error.
"""

import ast
import io
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPARED = ("lessons", "course_lib", "tools")
SMALLEST = 10  # nodes of a syntax tree; `return query @ weight @ key.mT` has 8
FUNCTION_LINES = 50  # of code: without docstring, comments and blank lines
MODULE_LINES = 400
CHECK_LINES = 220  # of a file of exercises, course_lib/exercises/lesson_NN/
CHECKS_LINES = 11_800  # of all of course_lib/exercises

# Repeated on purpose: the places, "path:name", and why.
REPEATS: dict[tuple[str, ...], str] = {
    (
        "lessons/01a_word_embeddings.py:side",
        "lessons/01b_what_vectors_know.py:side",
        "lessons/02a_rnn.py:side",
    ): "a notebook is read by itself",
    ("lessons/03a_lstm.py:agree", "lessons/04a_seq2seq.py:agree"): "a lesson is read by itself",
}
# Longer than the limit: "path" for a file, "path:name" for a function, and why.
LONG: dict[str, str] = {}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Unit:
    """A function or a class of a source file."""

    path: str
    name: str  # with the class or function that it is in: "Decoder.step"
    line: int
    last: int
    lines_of_code: int
    is_function: bool
    size: int  # nodes of its body
    shape: str  # what two copies have in common

    @property
    def place(self) -> str:
        return f"{self.path}:{self.name}"

    def holds(self, other: "Unit") -> bool:
        """Whether the other one is written inside it."""
        return self.path == other.path and self.line <= other.line and other.last <= self.last and self != other


# --- reading ------------------------------------------------------------------------------------------------


def sources(root: Path = ROOT) -> dict[str, str]:
    """Path -> text of every file that is compared: the lessons, the library, the tools."""
    found: list[Path] = []
    for folder in COMPARED:
        found += sorted((root / folder).rglob("*.py"))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


@cache
def units(path: str, text: str) -> tuple[Unit, ...]:
    """Every function and class of a file, those inside others too."""
    code = _lines_of_code(text)

    def visit(node: ast.AST, outer: str) -> Iterator[Unit]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Definition):
                name = f"{outer}{child.name}"
                last = child.end_lineno or child.lineno
                docstring = _docstring_lines(child)
                size, shape = _shape(child)
                yield Unit(
                    path,
                    name,
                    child.lineno,
                    last,
                    len([line for line in range(child.lineno, last + 1) if line in code and line not in docstring]),
                    not isinstance(child, ast.ClassDef),
                    size,
                    shape,
                )
                yield from visit(child, f"{name}.")
            else:
                yield from visit(child, outer)

    return tuple(visit(ast.parse(text, path), ""))


def _lines_of_code(text: str) -> set[int]:
    """The numbers of the lines that hold more than a comment."""
    beside = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in beside:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines


def _docstring_lines(node: Definition) -> range:
    if ast.get_docstring(node, clean=False) is None:
        return range(0)
    first = node.body[0]
    return range(first.lineno, (first.end_lineno or first.lineno) + 1)


# --- comparing ----------------------------------------------------------------------------------------------


_NOT_COUNTED = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)  # parts of the node above them
_NOT_COMPARED = {"decorator_list", "returns", "annotation", "type_comment", "type_params", "ctx", "kind"}


def _shape(node: Definition) -> tuple[int, str]:
    """How many nodes its body has, and a text that is the same for every copy."""
    words: list[str] = []
    size = _write(node, node.name, words)
    return 0 if _hands_on(node) else size, " ".join(words)


def _hands_on(node: Definition) -> bool:
    """Whether it is one call with what it was given: `super().__init__(size, bias)`, `return self.step(x, h=h)`."""
    last = node.body[-1]
    if len(node.body) > (1 if ast.get_docstring(node, clean=False) is None else 2):
        return False
    if not isinstance(last, ast.Return | ast.Expr) or not isinstance(last.value, ast.Call):
        return False
    given = [*last.value.args, *(keyword.value for keyword in last.value.keywords)]
    return all(isinstance(value, ast.Name | ast.Attribute | ast.Constant | ast.Starred) for value in given)


def _write(node: object, given: str, words: list[str]) -> int:
    """Append what is compared of a tree, with "_" for the given name, and count the nodes."""
    if isinstance(node, list):
        words.append("[")
        size = sum(_write(item, given, words) for item in node)
        words.append("]")
        return size
    if not isinstance(node, ast.AST):
        words.append("_" if node == given else repr(node))
        return 0
    if isinstance(node, ast.arguments):  # the names in their order, whatever their kinds
        every = [*node.posonlyargs, *node.args, node.vararg, *node.kwonlyargs, node.kwarg]
        words.append(f"({' '.join(argument.arg for argument in every if argument is not None)})")
        return 0
    if isinstance(node, ast.AnnAssign):
        node = ast.Assign([node.target], node.value or ast.Constant(...))
    words.append(type(node).__name__)
    size = 0 if isinstance(node, _NOT_COUNTED) else 1
    for field, value in ast.iter_fields(node):
        if field == "body" and isinstance(node, Definition):
            value = value[1:] if ast.get_docstring(node, clean=False) is not None else value
        if field not in _NOT_COMPARED:
            size += _write(value, given, words)
    return size


def repeats(every: Iterable[Unit], *, smallest: int = SMALLEST) -> list[list[Unit]]:
    """Groups of units that say the same, the outermost of each copy: not the methods of a class that is repeated."""
    groups = defaultdict(list)
    for unit in every:
        if unit.size >= smallest:
            groups[unit.shape].append(unit)
    found = [group for group in groups.values() if len(group) > 1]
    inside = [all(any(o.holds(u) for other in found for o in other) for u in group) for group in found]
    return [group for group, hidden in zip(found, inside, strict=True) if not hidden]


# --- the verdict --------------------------------------------------------------------------------------------


def _limit(path: str) -> int:
    return CHECK_LINES if path.startswith("course_lib/exercises/lesson_") and path.count("/") > 2 else MODULE_LINES


def too_long(texts: Mapping[str, str], every: Iterable[Unit]) -> dict[str, str]:
    """Place -> what is too long there. A lesson may be as long as it is; its functions may not."""
    found = {}
    for path, text in texts.items():
        count = text.count("\n")
        if count > _limit(path) and not path.startswith("lessons/"):
            found[path] = f"{path}: {count} lines, at most {_limit(path)}"
    for unit in every:
        if unit.is_function and unit.lines_of_code > FUNCTION_LINES:
            where = f"{unit.path}:{unit.line}: {unit.name}"
            found[unit.place] = f"{where}: {unit.lines_of_code} lines of code, at most {FUNCTION_LINES}"
    checks = sum(text.count("\n") for path, text in texts.items() if path.startswith("course_lib/exercises/"))
    if checks > CHECKS_LINES:
        found["course_lib/exercises"] = f"course_lib/exercises: {checks} lines in all, at most {CHECKS_LINES}"
    return found


def faults(
    texts: Mapping[str, str],
    *,
    repeated: Mapping[tuple[str, ...], str] = REPEATS,
    long: Mapping[str, str] = LONG,
) -> list[str]:
    """What is wrong, a few lines each: repeats, what is too long, and exceptions that no longer apply."""
    every = [unit for path, text in texts.items() for unit in units(path, text)]
    excepted = {frozenset(places) for places in repeated}
    groups = {frozenset(unit.place for unit in group): group for group in repeats(every)}
    found = [
        f"written {len(group)} times:\n" + "\n".join(f"    {unit.path}:{unit.line}: {unit.name}" for unit in group)
        for places, group in groups.items()
        if places not in excepted
    ]
    lengths = too_long(texts, every)
    found += [message for place, message in lengths.items() if place not in long]
    idle = [" = ".join(places) for places in repeated if frozenset(places) not in groups]
    idle += [place for place in long if place not in lengths]
    return found + [f"an exception that no longer applies: {places}" for places in idle]


def summary(texts: Mapping[str, str]) -> str:
    """The counts, in a line for each."""
    every = [unit for path, text in texts.items() for unit in units(path, text)]
    function = max((unit for unit in every if unit.is_function), key=lambda unit: unit.lines_of_code)
    modules = {path: text.count("\n") for path, text in texts.items() if path.startswith("course_lib/")}
    module = max(modules, key=lambda path: modules[path])
    checks = sum(lines for path, lines in modules.items() if path.startswith("course_lib/exercises/"))
    return (
        f"{len(every)} functions and classes in {len(texts)} files; written more than once: {len(repeats(every))}\n"
        f"longest function {function.lines_of_code} lines of code, {function.place}\n"
        f"longest module of the library {modules[module]} lines, {module}\n"
        f"exercises {checks} lines in all"
    )


def main() -> int:
    texts = sources()
    found = faults(texts)
    print("\n".join([*found, summary(texts)]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
