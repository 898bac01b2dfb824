"""Wrong answers made by machine: every reference changed in every way that is on the list, and put through its check.

    python -m tools.mutants                     all exercises; a table, and build/mutants.json
    python -m tools.mutants 05.dot 06           some of them, or a lesson's
    python -m tools.mutants --show 05.dot       with the text of each survivor

A mutant is the solution with one change: an operator, an axis, a sign, a constant, a name for another, a call or a term
left out, arguments exchanged, a result detached, of another dtype, made in place ... What passes the check and can't be
told from the reference by a few thousand random inputs is equal in effect. What passes and differs is a survivor: a
hole in the check. The exit status is 1 if there is one.
"""

import argparse
import ast
import copy
import json
import linecache
import multiprocessing
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course_lib.exercises import exercise as exercises
from course_lib.exercises import grading, limits
from course_lib.exercises.exercise import Exercise
from course_lib.files import write_text
from tools import variation
from tools.solved import solution_of

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "build" / "mutants.json"

# --- what is changed ----------------------------------------------------------------------------------------------

_OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
_NAMES = {
    "sum": ("mean", "cumsum"),
    "mean": ("sum",),
    "max": ("min",),
    "min": ("max",),
    "amax": ("amin",),
    "argmax": ("argmin",),
    "any": ("all",),
    "all": ("any",),
    "softmax": ("sigmoid", "log_softmax"),
    "log_softmax": ("softmax",),
    "sigmoid": ("tanh",),
    "tanh": ("sigmoid", "relu"),
    "relu": ("tanh",),
    "exp": ("expm1",),
    "log": ("log1p", "log2"),
    "sqrt": ("abs",),
    "cat": ("stack",),
    "stack": ("cat",),
    "sin": ("cos",),
    "cos": ("sin",),
    "T": ("mT",),
    "SOS": ("EOS",),
    "EOS": ("PAD", "SOS"),
    "PAD": ("UNK",),
    "UNK": ("PAD",),
    "append": ("insert",),
    "logsigmoid": ("sigmoid",),
    "view": ("reshape",),
    "transpose": ("reshape",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "triu": ("tril",),
    "tril": ("triu",),
    "floor": ("ceil",),
}


def detached(value: Any) -> Any:
    """Each tensor of a result cut off from what it was made of."""
    if isinstance(value, tuple | list):
        return type(value)(map(detached, value))
    return value.detach() if hasattr(value, "detach") else value


def in_double(value: Any) -> Any:
    """Each tensor of a result in double precision, a whole number as a float."""
    if isinstance(value, tuple | list):
        return type(value)(map(in_double, value))
    if isinstance(value, bool | str) or value is None:
        return value
    return value.double() if hasattr(value, "double") else float(value) if isinstance(value, int) else value


def _call(name: str, node: ast.AST) -> ast.Call:
    return ast.Call(func=ast.Name(name, ast.Load()), args=[node], keywords=[])


def _constants(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [each for each in (value + 1, value - 1, 0, -value) if each != value]
    if isinstance(value, float):
        return [each for each in (value * 2, value / 2, 0.0, -value) if each != value]
    return ["" if value else "x"] if isinstance(value, str) else []


def replacements(node: ast.AST, names: list[str]) -> Iterator[tuple[str, ast.AST]]:
    """What may stand in the place of a node, each with a word that says the kind of change."""
    if isinstance(node, ast.BinOp | ast.BoolOp | ast.Compare | ast.UnaryOp):
        yield from _other_operators(node)
    elif isinstance(node, ast.Constant):
        yield from (("constant", ast.Constant(value)) for value in _constants(node.value))
    elif isinstance(node, ast.IfExp):
        yield from (("branch", each) for each in (node.body, node.orelse))
    elif isinstance(node, ast.Attribute):
        yield from (("name", ast.Attribute(node.value, other, node.ctx)) for other in _NAMES.get(node.attr, ()))
        if isinstance(node.ctx, ast.Load):
            yield "call left out", node.value
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        others = [*_NAMES.get(node.id, ()), *(name for name in names if name != node.id and node.id in names)]
        yield from (("name", ast.Name(other, ast.Load())) for other in others)
    elif isinstance(node, ast.Slice):
        parts = {part: getattr(node, part) for part in ("lower", "upper", "step")}
        yield from (("slice", ast.Slice(**parts | {part: None})) for part, value in parts.items() if value is not None)
    elif isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield "order", type(node)([*node.elts[1:], node.elts[0]], ast.Load())
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    loaded = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    if isinstance(node, ast.Call | ast.BinOp | ast.Subscript) and loaded:
        yield "detached", _call("detached", node)


def _other_operators(node: ast.BinOp | ast.BoolOp | ast.Compare | ast.UnaryOp) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.BinOp):
        for other in _OPERATORS.get(type(node.op), ()):
            yield "operator", ast.BinOp(node.left, other(), node.right)
        if not isinstance(node.op, ast.MatMult):
            yield "term left out", node.left
            yield "term left out", node.right
        yield "order", ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.BoolOp):
        for other in _OPERATORS[type(node.op)]:
            yield "operator", ast.BoolOp(other(), node.values)
        for i in range(len(node.values)):
            left = [value for j, value in enumerate(node.values) if j != i]
            yield "term left out", ast.BoolOp(node.op, left) if len(left) > 1 else left[0]
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _OPERATORS.get(type(node.ops[0]), ()):
            yield "comparison", ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.UnaryOp):
        yield "sign", node.operand


def _other_calls(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.func, ast.Attribute):
        yield "call left out", node.func.value
    if node.args:
        yield "call left out", node.args[0]
    for i in range(len(node.args) - 1):
        turned = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        yield "order", ast.Call(node.func, turned, node.keywords)
    for i in range(len(node.args)):
        yield "argument left out", ast.Call(node.func, node.args[:i] + node.args[i + 1 :], node.keywords)
    for i in range(len(node.keywords)):
        yield "argument left out", ast.Call(node.func, node.args, node.keywords[:i] + node.keywords[i + 1 :])


def _statements(body: list[ast.stmt], i: int) -> Iterator[tuple[str, list[ast.stmt]]]:
    """What may stand in the place of one statement of a body."""
    node = body[i]
    if isinstance(node, ast.Expr | ast.AugAssign | ast.Break | ast.Continue | ast.Assign) and len(body) > 1:
        yield "statement left out", []
    if isinstance(node, ast.If):
        yield "branch", node.body
        yield "branch", node.orelse or [ast.Pass()]
    if isinstance(node, ast.Return) and node.value is not None:
        yield "dtype", [ast.Return(_call("in_double", node.value))]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.BinOp):
        left = node.value.left
        if isinstance(left, ast.Name) and left.id == node.targets[0].id:
            yield "in place", [ast.AugAssign(ast.Name(left.id, ast.Store()), node.value.op, node.value.right)]
    if i + 1 < len(body) and not isinstance(body[i + 1], ast.Return):
        yield "order", [body[i + 1], node]


def mutants(source: str) -> Iterator[tuple[str, str, int]]:
    """The texts of all mutants of a source: the kind of change, the text, and the line that was changed."""
    tree = ast.parse(source)
    whole = ast.unparse(tree)
    seen = {whole}
    for kind, changed in _changes(tree, _local_names(tree)):
        try:
            text = ast.unparse(ast.fix_missing_locations(changed))
        except (ValueError, AttributeError):
            continue
        if text not in seen:
            seen.add(text)
            lines = zip(whole.splitlines(), text.splitlines(), strict=False)
            yield kind, text, next((i for i, (was, now) in enumerate(lines, 1) if was != now), 0)


def _local_names(tree: ast.AST) -> list[str]:
    found = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return sorted(found - {"self"})


def _refuses(node: ast.AST) -> bool:
    """A guard that only refuses what no exercise hands over."""
    return isinstance(node, ast.If) and all(isinstance(each, ast.Raise) for each in node.body)


def _changes(tree: ast.Module, names: list[str]) -> Iterator[tuple[str, ast.AST]]:
    """The tree with one change after the other; it is the same object each time, and whole again after each."""

    def walk(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list", "bases", "defaults", "kw_defaults") or _refuses(
                node
            ):
                continue
            if isinstance(value, list):
                for i, item in enumerate(list(value)):
                    if not isinstance(item, ast.AST) or _is_docstring(item):
                        continue
                    if isinstance(item, ast.stmt) and isinstance(value[i], ast.stmt):
                        for kind, instead in _statements(value, i):
                            span = 2 if kind == "order" else 1
                            value[i : i + span] = [copy.deepcopy(each) for each in instead]
                            if value:
                                yield kind, tree
                            value[i : i + len(instead)] = [item, *([instead[0]] if span == 2 else [])]
                    else:
                        for kind, other in replacements(item, names):
                            value[i] = copy.deepcopy(other)
                            yield kind, tree
                        value[i] = item
                    yield from walk(item)
            elif isinstance(value, ast.AST):
                for kind, other in replacements(value, names):
                    setattr(node, field, copy.deepcopy(other))
                    yield kind, tree
                setattr(node, field, value)
                yield from walk(value)

    yield from walk(tree)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


# --- what becomes of each -----------------------------------------------------------------------------------------


@dataclass
class Mutant:
    """One mutant, and what its check said: "rejected", "named", "equal", "survives"; "unclear": look for yourself."""

    exercise: str
    kind: str
    line: int
    text: str
    fate: str
    message: str = ""


def made(exercise: Exercise, text: str, names: dict[str, Any], number: int) -> Any:
    """The function or class that a text defines."""
    file = f"<mutant {exercise.id} {number}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    space = dict(names) | {"detached": detached, "in_double": in_double, "__name__": "mutant"}
    exec(compile(text, file, "exec"), space)
    return space[exercise.name]


def examine(exercise: Exercise) -> list[Mutant]:
    """All mutants of an exercise."""
    source, names = solution_of(exercise)
    reference = made(exercise, ast.unparse(ast.parse(source)), names, 0)
    if not (result := grading.grade(exercise, reference)).correct:
        raise RuntimeError(f"{exercise.id}: the solution is not accepted: {result.message}")
    cases, found = variation.recorded(exercise, reference), []
    sentences = {str(sentence) for sentence, *_ in exercise.mistakes}
    for number, (kind, text, line) in enumerate(mutants(source), 1):
        mutant = Mutant(exercise.id, kind, line, text, "rejected")
        try:
            answer = made(exercise, text, names, number)
        except Exception as error:  # no answer at all: a name that doesn't exist, say
            mutant.message = str(error)
            continue
        result = grading.grade(exercise, answer)
        mutant.message = result.message
        if result.correct:
            different = variation.differs(exercise, reference, answer, cases)
            mutant.fate = "unclear" if different is None else "survives" if different else "equal"
        elif any(result.message.startswith(sentence.rstrip(".")) for sentence in sentences):
            mutant.fate = "named"
        found.append(mutant)
    return found


def chosen(which: list[str]) -> list[Exercise]:
    every = [each for lesson in exercises.lessons_with_exercises() for each in exercises.lesson_exercises(lesson)]
    return [each for each in every if not which or each.id in which or each.id[:2] in which]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("which", nargs="*", help="exercises, such as 05.dot, or lessons, such as 05")
    parser.add_argument("--show", action="store_true", help="print the text of each survivor")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    work, every, start = chosen(arguments.which), [], time.monotonic()
    if not work:
        parser.error(f"there is no exercise {' '.join(arguments.which)}")
    print(f"{'exercise':<28}{'mutants':>8}{'rejected':>9}{'named':>7}{'equal':>7}{'unclear':>9}{'survive':>8}")
    with multiprocessing.get_context("spawn").Pool(arguments.processes, maxtasksperchild=4) as pool:
        for exercise, found in zip(work, pool.imap(_examine_id, [each.id for each in work]), strict=True):
            every += found
            counts = {
                fate: sum(each.fate == fate for each in found)
                for fate in ("rejected", "named", "equal", "unclear", "survives")
            }
            all_rejected = counts["rejected"] + counts["named"]
            print(
                f"{exercise.id:<28}{len(found):>8}{all_rejected:>9}{counts['named']:>7}{counts['equal']:>7}"
                f"{counts['unclear']:>9}"
                f"{counts['survives']:>8}",
                flush=True,
            )
            for each in found if arguments.show else ():
                if each.fate == "survives":
                    print(textwrap.indent(f"{each.kind}, line {each.line}\n{each.text}", "    "))
    write_text(REPORT, json.dumps([asdict(each) for each in every], indent=1, ensure_ascii=False) + "\n")
    alive = sum(each.fate == "survives" for each in every)
    print(f"{len(every):,} mutants, {alive} survive; {time.monotonic() - start:.0f} s")
    return int(alive > 0)


def _examine_id(exercise_id: str) -> list[Mutant]:
    limits.SECONDS = 4.0  # in a process of its own: mutants that hang are many
    return examine(exercises.find(exercise_id))


if __name__ == "__main__":
    sys.exit(main())
