"""Which cells of a notebook its checks need: the others are the lesson's own experiments, and take most of the time.

A cell may be left out only where it stands word for word as the course gives it, and nothing that the learner has
written, and no check, uses what it makes or changes. Whatever the learner wrote or changed runs.
"""

import ast
import copy
import re
import symtable
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from course_lib import folders
from course_lib.learner import lessons, notebook
from course_lib.learner.notebook import Notebook, plain
from course_lib.usage import UsageError

_WORD = re.compile(r"[^\W\d]\w*")
_BY_TEXT = {
    "eval",
    "exec",
    "globals",
    "locals",
    "vars",
    "get_ipython",
    "__import__",
}  # reach names that stand in strings


@dataclass(frozen=True)
class Names:
    """What a cell has to do with the names of the notebook.

    Attributes:
        makes: those that it binds.
        fixed: those of them that it only imports or defines: what another cell does with them leaves them as they are.
        uses: those that it reads, inside functions too.
    """

    makes: frozenset[str]
    fixed: frozenset[str]
    uses: frozenset[str]


def names_of(source: str) -> Names:
    """The names of a cell; where it is no plain Python, or reads names out of strings, it may use every word in it."""
    try:
        top = symtable.symtable(source, "cell", "exec")
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = frozenset(_WORD.findall(source))
        return Names(words, frozenset(), words)
    makes, uses, tables = set(), set(), [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if table is top or symbol.is_global():
                if symbol.is_assigned() or symbol.is_imported():
                    makes.add(symbol.get_name())
                if symbol.is_referenced():
                    uses.add(symbol.get_name())
    for node in ast.walk(tree):  # `total += 1`, `del total`: for the table of symbols these only bind
        if isinstance(node, ast.AugAssign | ast.Delete):
            uses |= makes & {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    if uses & _BY_TEXT:
        uses |= set(_WORD.findall(source))
    return Names(frozenset(makes), frozenset(makes - _bound_otherwise(tree)), frozenset(uses))


def _bound_otherwise(tree: ast.AST) -> set[str]:
    """The names that are bound by more than an import or a definition."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}


def needed(cells: Sequence[str], own: frozenset[str], checks: frozenset[int] = frozenset()) -> set[int]:
    """The places of the cells that must run.

    Args:
        cells: the source of each code cell.
        own: the sources of the course's own cells, as `plain` gives them.
        checks: the places of those that hold a check.
    """
    names = [names_of(source) for source in cells]
    made = frozenset().union(*(each.makes for each in names))
    fixed = made - frozenset().union(*(each.makes - each.fixed for each in names))
    run = {place for place, source in enumerate(cells) if place in checks or plain(source) not in own}
    while True:
        wanted = frozenset().union(*(names[place].uses for place in run))
        # What has to do with a list or a model may change it.
        changed = (wanted & made) - fixed
        touching = _with_callers(changed, names, fixed)
        more = {
            place
            for place, each in enumerate(names)
            if place not in run and (each.makes & wanted or each.uses & touching)
        }
        if not more:
            return run
        run |= more


def _with_callers(changed: Set[str], names: Sequence[Names], fixed: Set[str]) -> Set[str]:
    """These names, and the functions that use them, and those that use these."""
    found = set(changed)
    while True:
        more = {name for each in names if each.uses & found for name in each.fixed & fixed} - found
        if not more:
            return found
        found |= more


def only_needed(whole: Notebook) -> Notebook:
    """The notebook with the cells emptied that its checks do not need; the places of the others stay."""
    sources = [cell.source for cell in whole.cells]
    checks = frozenset(place for places in whole.checks.values() for place in places)
    run = needed(sources, course_cells(whole.lesson), checks)
    content = copy.deepcopy(whole.content)
    cells = [cell for cell in content.cells if cell.cell_type == "code"]
    for place, cell in enumerate(cells):
        if place not in run:
            cell.source = ""
    return replace(whole, content=content, cells=cells)


def course_cells(number: str) -> frozenset[str]:
    """The code cells of a lesson as the course gives them, as `plain` gives them; none where its notebook is gone."""
    try:
        own = notebook.read(folders.bundled("notebooks") / f"{lessons.name_of(number)}.ipynb")
    except UsageError:
        return frozenset()
    return frozenset(plain(cell.source) for cell in own.cells)
