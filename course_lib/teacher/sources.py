"""What handouts and slides are made of: the cells of a lesson, its exercises, and the outputs that are kept of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib import folders
from course_lib.exercises.exercise import Exercise
from course_lib.exercises.source import source_of
from course_lib.learner.lessons import Lesson, lessons, of_file
from course_lib.learner.notebook import checks_of, read
from course_lib.usage import UsageError


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson.

    Attributes:
        kind: "text", "code", "exercise" or "check".
        exercise: the exercise that it poses, by its id; "" for all other cells.
        solved: the same with the solution, for a cell that poses an exercise.
        folded: whether it begins folded, as it only draws or prints a table.
        outputs: as in a notebook's file.
    """

    kind: str
    source: str
    exercise: str = ""
    solved: str = ""
    folded: bool = False
    outputs: Sequence[Any] = ()


@dataclass(frozen=True)
class Source:
    """A lesson to make something of."""

    lesson: Lesson
    title: str
    cells: list[Cell]

    @property
    def has_outputs(self) -> bool:
        return any(cell.outputs for cell in self.cells)


@dataclass
class Posed:
    """An exercise as the lesson poses it.

    Attributes:
        heading: "Exercise 1 · One step · difficulty 1 of 5 · 5 minutes".
        section: the section of the lesson that it stands in, "2 · A cell".
        before: the blocks of that section above it, down from the exercise before it.
        text: its blocks.
        skeleton: the code that the learner gets.
    """

    exercise: Exercise
    heading: str
    section: str
    before: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    skeleton: str = ""


def chosen(wanted: str) -> list[Source]:
    """The lessons that a teacher means: "5" both parts of it, "05a" one, or by its path a notebook of one's own.

    By number it is the notebook as the course brings it along, whatever is written into the learner's.

    Raises UsageError for a lesson that does not exist, and for a file that holds none.
    """
    if wanted.endswith(".ipynb") or "/" in wanted or "\\" in wanted:
        return [of_lesson(of_file(Path(wanted)))]
    named = re.split("[_.]", wanted)[0]
    number = named.zfill(3 if named[-1:].isalpha() else 2)
    found = [each for each in lessons() if number in (each.number, each.number[:2])]
    if not found:
        raise UsageError(f"there is no lesson {wanted!r}; there are {', '.join(each.number for each in lessons())}")
    folder = folders.bundled("notebooks")
    return [of_lesson(Lesson(each.number, each.title, folder / each.path.name)) for each in found]


def of_lesson(lesson: Lesson) -> Source:
    """A lesson's cells, with the outputs that its file holds, or else with those of the solved lesson."""
    content = read(lesson.path).content
    names = {exercise.id: exercise for exercise in lesson.exercises}
    posing = dict(_posing(content.cells, names))
    blank, solved = (_by_id(folder, lesson) for folder in (folders.bundled("notebooks"), _solutions()))
    skeletons = {each.metadata.get("exercise"): each.source for each in blank.values()}
    answers = {each.metadata.get("exercise"): each.source for each in solved.values()}
    executed = any(cell.get("outputs") for cell in content.cells)
    cells = []
    for place, cell in enumerate(content.cells):
        same = cell if executed else solved.get(str(cell.get("id")))
        if cell.cell_type == "code" and (id := posing.get(place, "")):
            blank_form = skeletons.get(id) or cell.source
            cells.append(Cell("exercise", blank_form, id, answers.get(id) or source_of(names[id].reference)))
        elif cell.cell_type == "code":
            outputs = same.outputs if same is not None and same.source == cell.source else ()
            folded = bool((cell.metadata.get("jupyter") or {}).get("source_hidden"))
            kind = "check" if checks_of(cell.source) else "code"
            cells.append(Cell(kind, cell.source, folded=folded, outputs=outputs))
        elif cell.cell_type == "markdown":
            cells.append(Cell("text", cell.source))
    title = next((line[2:] for cell in cells for line in cell.source.splitlines() if line.startswith("# ")), "")
    return Source(lesson, title or f"{lesson.number} · {lesson.title}", cells)


def _posing(cells: Sequence[Any], exercises: dict[str, Exercise]) -> Iterator[tuple[int, str]]:
    """The place of each cell that poses an exercise: the last above its check that defines what is checked."""
    done = set()
    for place, cell in enumerate(cells):
        ids = checks_of(cell.source) if cell.cell_type == "code" else []
        for id in ids:
            if id not in exercises or id in done:
                continue
            defines = re.compile(rf"^(def|class) {exercises[id].name}\b", re.MULTILINE)
            above = [i for i in range(place) if cells[i].cell_type == "code" and defines.search(cells[i].source)]
            if above:
                done.add(id)
                yield above[-1], id


def _solutions() -> Path | None:
    return None if folders.installed() else folders.PACKAGE.parent / "solutions"


def _by_id(folder: Path | None, lesson: Lesson) -> dict[str, Any]:
    """The code cells of the lesson's notebook in that folder, if there is one."""
    path = next((folder / each.path.name for each in lessons() if folder and each.number == lesson.number), None)
    if path is None or not path.exists():
        return {}
    return {str(cell.get("id")): cell for cell in read(path).cells}


# --- blocks and exercises -----------------------------------------------------------------------------------


def blocks(markdown: str) -> list[str]:
    """A text in pieces that can stand alone: headings, paragraphs, tables, whole lists, formulas, folded answers."""
    found: list[list[str]] = [[]]
    fenced = formula = gap = False
    folds = 0
    for line in markdown.splitlines():
        inside = fenced or formula or folds > 0
        heading = not inside and re.match("#+ ", line)
        if heading or (gap and not line.startswith((" ", "\t")) and line.strip()):
            found.append([])
        elif gap and line.strip():
            found[-1].append("")  # a list goes on
        if inside or line.strip():
            found[-1].append(line)
        gap = bool(heading) or (not inside and not line.strip())
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            formula ^= line.count("$$") % 2 == 1
            folds += line.count("<details") - line.count("</details>")
    return ["\n".join(lines) for lines in found if lines]


def exercises_in(source: Source) -> list[Posed]:
    """The exercises of a lesson as it poses them, in its order.

    A figure that stands in the text of an exercise is part of it, where its output is kept.
    """
    known = {exercise.id: exercise for exercise in source.lesson.exercises}
    found: list[Posed] = []
    section, heading = "", ""
    before: list[str] = []
    text: list[str] = []
    for cell in source.cells:
        if cell.kind == "exercise":
            if not heading:  # it has another one than the course gives it
                heading, before, text = _at_last_heading(before)
            exercise = known[cell.exercise]
            found.append(Posed(exercise, heading or exercise.name, section, before, text, cell.source))
            heading, before, text = "", [], []
        elif cell.kind == "code" and heading:
            text += [f"![](data:image/png;base64,{picture})" for picture in pictures_in(cell)]
        for block in blocks(cell.source) if cell.kind == "text" else ():
            level, _, words = block.partition(" ")
            if level == "##" or (level == "###" and words.startswith("Exercise ")):
                section, heading = (words, "") if level == "##" else (section, words)
                before, text = ([], []) if level == "##" else (before, [])
            else:
                (text if heading else before).append(block)
    return found


def _at_last_heading(found: list[str]) -> tuple[str, list[str], list[str]]:
    """The last heading among blocks, what stands above it and what below."""
    place = max((i for i, block in enumerate(found) if re.match("#+ ", block)), default=-1)
    return found[place].lstrip("# ") if place >= 0 else "", found[: max(place, 0)], found[place + 1 :]


def pictures_in(cell: Cell) -> list[str]:
    """The PNG files that a cell left, in base64."""
    data = [output.get("data", {}) for output in cell.outputs]
    return ["".join(each["image/png"]).replace("\n", "") for each in data if "image/png" in each]
