"""A newer notebook of a lesson, with everything in it that the learner has written into an older one.

    merged = merge(base, mine, theirs)

For each cell of the course there are up to three versions: as it was (`base`), as the learner has it (`mine`), as it is
now (`theirs`). What one side alone has changed is taken. Where both have, the learner's stays, and the new one stands
below it to look at. Cells of the learner's own keep their places, behind what they stood behind.
"""

import copy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

import nbformat
from nbformat import NotebookNode

from course_lib.learner.notebook import checks_of

_FENCE = re.compile("^`{3,}", re.MULTILINE)


@dataclass
class Merged:
    """What became of two notebooks.

    Attributes:
        new: what the titles of exercises and of sections say that the course has added.
        changed: how many cells of the course have another text or code than before.
        kept: how many cells hold what the learner wrote.
        conflicts: how the cells begin that both have changed: the learner's is in force, the course's stands below it.
    """

    content: NotebookNode
    new: list[str] = field(default_factory=list)
    changed: int = 0
    kept: int = 0
    conflicts: list[str] = field(default_factory=list)


def merge(base: NotebookNode | None, mine: NotebookNode, theirs: NotebookNode) -> Merged:
    """The notebook `theirs` with what `mine` has that is not the course's.

    Args:
        base: the notebook that `mine` was made from. Without it nobody can tell who has changed a cell, and the
            learner's version of each stays.
    """
    was = {cell.id: cell for cell in (base or NotebookNode(cells=[])).cells}
    known = {cell.id: cell for cell in chain(theirs.cells, was.values())}  # the older version, where there are two
    places = course_cells(mine, known)
    merged = Merged(copy.deepcopy(theirs))
    for name in ("kernelspec", "language_info"):
        if name in mine.metadata:
            merged.content.metadata[name] = mine.metadata[name]
    own = {id: mine.cells[place] for place, id in places.items()}
    checked = {id for cell in mine.cells if cell.cell_type == "code" for id in checks_of(cell.source)}
    cells: dict[str, list[NotebookNode]] = {"": []}  # what comes of each of the course's cells; at the start, nothing
    for cell in merged.content.cells:
        cells[cell.id] = list(_one(merged, was.get(cell.id), own.get(cell.id), cell, base is not None, checked))
    _put_own(merged, mine, places, was, cells)
    merged.content.cells = list(chain.from_iterable(cells.values()))
    _with_ids_of_their_own(merged.content)
    return merged


def course_cells(mine: NotebookNode, known: dict[str, NotebookNode]) -> dict[int, str]:
    """Which cells of a learner's notebook are the course's: their place -> the id of the course's cell.

    A cell is known by its id; where a program has dropped or replaced ids, by what it says; and an exercise by the
    name that it defines, its check by the call.
    """
    found: dict[int, str] = {}
    by_source = {cell.source.strip(): id for id, cell in reversed(known.items())}
    by_role = {role: id for id, cell in reversed(known.items()) for role in _roles(cell)}

    def of_id(cell: NotebookNode) -> Iterator[str]:
        id = cell.get("id", "")
        if id in known and known[id].cell_type == cell.cell_type:
            yield id

    def of_source(cell: NotebookNode) -> Iterator[str]:
        if cell.source.strip() in by_source:
            yield by_source[cell.source.strip()]

    def of_role(cell: NotebookNode) -> Iterator[str]:
        yield from (by_role[role] for role in _roles(cell) if role in by_role)

    for candidates in (of_id, of_source, of_role):
        taken = set(found.values())
        for place, cell in enumerate(mine.cells):
            id = next((id for id in candidates(cell) if id not in taken), None) if place not in found else None
            if id is not None:
                found[place] = id
                taken.add(id)
    return found


def _roles(cell: NotebookNode) -> Iterator[tuple[str, str]]:
    """What a cell is for: to hold the answer to an exercise, to check it."""
    if cell.cell_type != "code":
        return
    for id in checks_of(cell.source):
        yield "check", id
    if id := cell.metadata.get("exercise"):
        yield "exercise", id
    for name in re.findall(r"^(?:def|class) (\w+)", cell.source, re.MULTILINE):
        yield "defines", name


def _one(
    merged: Merged,
    was: NotebookNode | None,
    mine: NotebookNode | None,
    now: NotebookNode,
    based: bool,
    checked: set[str],
) -> Iterator[NotebookNode]:
    """What becomes of one cell of the course; `checked` are the exercises that the learner's notebook checks."""
    roles = dict(_roles(now))
    if mine is None:
        deleted = was is not None and was.source == now.source
        if deleted and "exercise" not in roles and roles.get("check") in {None, *checked}:
            return  # the learner has no use for it
        if was is None and based and now.cell_type == "markdown":
            merged.new += re.findall("^#+ (.+)$", now.source, re.MULTILINE)[:1]
        yield now
        return
    if now.cell_type == "code":
        now.outputs, now.execution_count = mine.get("outputs", []), mine.get("execution_count")
    if mine.source == now.source:
        yield now
    elif was is not None and mine.source == was.source:
        merged.changed += 1
        if now.cell_type == "code":
            now.outputs, now.execution_count = [], None
        yield now
    else:
        merged.kept += 1
        yield NotebookNode(now | {"source": mine.source})
        if was.source != now.source if was is not None else "exercise" not in now.metadata:
            merged.conflicts.append(next(iter(mine.source.strip().splitlines()), "(empty)"))
            yield _note(now)


def _note(now: NotebookNode) -> NotebookNode:
    """A cell that shows what the course has now, below what the learner has."""
    longest = max((len(fence) for fence in _FENCE.findall(now.source)), default=2)
    fence, language = "`" * (longest + 1), "python" if now.cell_type == "code" else "markdown"
    text = (
        "**The course has changed this cell, and so have you.** Yours stands above, as it was. This is the new one; "
        f"take over what you need, then delete this cell.\n\n{fence}{language}\n{now.source}\n{fence}"
    )
    made: NotebookNode = nbformat.v4.new_markdown_cell(text, metadata={"tags": ["course-update"]})
    made.id = hashlib.sha256(f"{now.id}/{now.source}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return made


def _put_own(
    merged: Merged,
    mine: NotebookNode,
    places: dict[int, str],
    was: dict[str, NotebookNode],
    cells: dict[str, list[NotebookNode]],
) -> None:
    """The cells that are the learner's own, and those that the course no longer has but the learner has changed."""
    behind = ""
    for place, cell in enumerate(mine.cells):
        id = places.get(place, "")
        if id in cells and id:
            behind = id
            continue
        gone = was.get(id)
        if gone is not None and gone.source == cell.source:
            continue
        if id or "course-update" not in cell.metadata.get("tags", []) or cell.get("id") not in _ids(cells):
            merged.kept += 1
            cells[behind].append(cell)


def _ids(cells: dict[str, list[NotebookNode]]) -> set[str]:
    return {cell.id for cell in chain.from_iterable(cells.values())}


def _with_ids_of_their_own(content: NotebookNode) -> None:
    used: set[str] = set()
    for cell in content.cells:
        while cell.get("id", "") in used | {""}:
            cell.id = hashlib.sha256(f"{cell.get('id')}/{len(used)}".encode()).hexdigest()[:12]
        used.add(cell.id)
