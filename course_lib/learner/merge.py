"""A newer notebook of a lesson, with everything in it that the learner has written into an older one.

    merged = merge(base, mine, theirs)

For each cell of the course there are up to three versions: as it was (`base`), as the learner has it (`mine`), as it is
now (`theirs`). What one side alone has changed is taken. Where both have, the learner's stays, and the new one stands
below it to look at. Cells of the learner's own keep their places, behind what they stood behind.
"""

import copy
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain

import nbformat
from nbformat import NotebookNode

from course_lib.learner.notebook import checks_of, plain

_FENCE = re.compile("^`{3,}", re.MULTILINE)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


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
    old = {cell.id: cell for cell in (base or NotebookNode(cells=[])).cells}
    known = {cell.id: cell for cell in chain(theirs.cells, old.values())}  # the older version, where there are two
    followed = _followed(base, theirs) if base else {}
    was = {followed.get(id, id): cell for id, cell in old.items()}
    places = {place: followed.get(id, id) for place, id in course_cells(mine, known).items()}
    merged = Merged(copy.deepcopy(theirs))
    here = {name: mine.metadata[name] for name in ("kernelspec", "language_info") if name in mine.metadata}
    merged.content.metadata = NotebookNode({**mine.metadata, **theirs.metadata, **here})
    own = {id: mine.cells[place] for place, id in places.items()}
    there = {role for cell in mine.cells for role in _roles(cell)}
    cells: dict[str, list[NotebookNode]] = {"": []}  # what comes of each of the course's cells; at the start, nothing
    for cell in merged.content.cells:
        cells[cell.id] = list(_one(merged, was.get(cell.id), own.get(cell.id), cell, base is not None, there))
    _put_own(merged, mine, places, was, cells)
    merged.content.cells = list(chain.from_iterable(cells.values()))
    _with_ids_of_their_own(merged.content)
    return merged


def _followed(base: NotebookNode, theirs: NotebookNode) -> dict[str, str]:
    """The cells that have another id in the newer notebook, as texts have that were changed: old id -> new id.

    They stand between the same neighbours and say much the same.
    """
    before, after = ([cell.id for cell in content.cells] for content in (base, theirs))
    found: dict[str, str] = {}
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone = [cell for cell in base.cells[a:b] if cell.id not in after]
        for now in (cell for cell in theirs.cells[c:d] if cell.id not in before):
            if like := _most_alike(now, [cell for cell in gone if cell.id not in found]):
                found[like.id] = now.id
    return found


def _most_alike(cell: NotebookNode, others: Iterable[NotebookNode]) -> NotebookNode | None:
    """The one of some cells that says most of what this one says; None where none says half of it."""

    def likeness(other: NotebookNode) -> float:
        return SequenceMatcher(None, cell.source.split(), other.source.split(), autojunk=False).ratio()

    best = max((other for other in others if other.cell_type == cell.cell_type), key=likeness, default=None)
    return best if best is not None and likeness(best) > 0.5 else None


def course_cells(mine: NotebookNode, known: dict[str, NotebookNode]) -> dict[int, str]:
    """Which cells of a learner's notebook are the course's: their place -> the id of the course's cell.

    A cell is known by its id; where a program has dropped or replaced ids, by what it says, all of it or most; and an
    exercise by the name that it defines, its check by the call.
    """
    found: dict[int, str] = {}
    by_source = {(cell.cell_type, plain(cell.source)): id for id, cell in reversed(known.items())}
    by_role = {role: id for id, cell in reversed(known.items()) for role in _roles(cell)}

    def of_id(cell: NotebookNode) -> Iterator[str]:
        id = cell.get("id", "")
        if id in known and known[id].cell_type == cell.cell_type:
            yield id

    def of_source(cell: NotebookNode) -> Iterator[str]:
        if id := by_source.get((cell.cell_type, plain(cell.source))):
            yield id

    def of_role(cell: NotebookNode) -> Iterator[str]:
        yield from (by_role[role] for role in _roles(cell) if role in by_role)

    def of_likeness(cell: NotebookNode) -> Iterator[str]:
        if like := _most_alike(cell, [other for id, other in known.items() if id not in found.values()]):
            yield like.id

    ids_are_kept = any(True for cell in mine.cells for _ in of_id(cell))  # then what has another id is another cell
    for candidates in (of_id, of_source, of_role, *([] if ids_are_kept else [of_likeness])):
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
    there: set[tuple[str, str]],
) -> Iterator[NotebookNode]:
    """What becomes of one cell of the course; `there` are the roles that cells of the learner's notebook have."""
    if mine is None:
        yield from _missing(merged, was, now, based, there)
        return
    _take_over(now, mine)
    if plain(mine.source) == plain(now.source):
        yield now
    elif _is_blank(mine) if was is None else plain(mine.source) == plain(was.source):
        merged.changed += 1
        if now.cell_type == "code":
            now.outputs, now.execution_count = [], None
        yield now
    else:
        merged.kept += 1
        yield NotebookNode({**now, "source": mine.source})
        if plain(was.source) != plain(now.source) if was is not None else "exercise" not in now.metadata:
            merged.conflicts.append(next(iter(mine.source.strip().splitlines()), "(empty)"))
            yield _note(now)


def _missing(
    merged: Merged, was: NotebookNode | None, now: NotebookNode, based: bool, there: set[tuple[str, str]]
) -> Iterator[NotebookNode]:
    """What becomes of a cell that the learner's notebook lacks: new, or deleted, or in one with another cell."""
    roles = set(_roles(now))
    elsewhere = {role for role in roles if role in there}
    answered = "exercise" in now.metadata and any(kind == "defines" for kind, _ in elsewhere)
    needed = ("exercise" in now.metadata and not answered) or any(kind == "check" for kind, _ in roles - elsewhere)
    same = was is not None and plain(was.source) == plain(now.source)
    if (same and not needed) or (answered and (same or not based)):
        return  # the learner has no use for it, or has it in another cell
    if answered:  # a blank one would come into force below the answer
        merged.conflicts.append(now.source.splitlines()[0])
        yield _note(now)
        return
    if was is None and based and now.cell_type == "markdown":
        merged.new += re.findall("^#+ (.+)$", now.source, re.MULTILINE)[:1]
    yield now


def _take_over(now: NotebookNode, mine: NotebookNode) -> None:
    """What the learner's cell has beside its text: outputs, pasted pictures, tags and other metadata."""
    if now.cell_type == "code":
        now.outputs, now.execution_count = mine.get("outputs", []), mine.get("execution_count")
    if mine.get("attachments"):
        now.attachments = {**now.get("attachments", {}), **mine.attachments}
    tags = dict.fromkeys([*now.metadata.get("tags", []), *mine.metadata.get("tags", [])])
    now.metadata = NotebookNode({**mine.metadata, **now.metadata} | ({"tags": list(tags)} if tags else {}))


def _is_blank(cell: NotebookNode) -> bool:
    """Is this the form in which an exercise is handed out?"""
    return bool(re.search(r"# Your code here: .*\n\s*raise NotImplementedError", cell.source))


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
        if gone is not None and plain(gone.source) == plain(cell.source):
            continue
        again = any(cell.get("id") == each.id and cell.source == each.source for each in chain(*cells.values()))
        if not again:  # as a note of an earlier update would be
            merged.kept += 1
            cells[behind].append(cell)


def _with_ids_of_their_own(content: NotebookNode) -> None:
    used: set[str] = set()
    for cell in content.cells:
        while not isinstance(cell.get("id"), str) or not _ID.fullmatch(cell.id) or cell.id in used:
            cell.id = hashlib.sha256(f"{cell.get('id')}/{len(used)}".encode("utf-8", "replace")).hexdigest()[:12]
        used.add(cell.id)
