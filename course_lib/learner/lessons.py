"""The lessons, and the notebooks in which the learner works on them."""

import re
from dataclasses import dataclass
from pathlib import Path

from course_lib import folders
from course_lib.exercises.exercise import Exercise, lesson_exercises
from course_lib.learner import notebook
from course_lib.usage import UsageError

NAMES = (
    "00_start_here", "01a_word_embeddings", "01b_what_vectors_know", "02a_rnn", "02b_gradients", "03a_lstm",
    "03b_what_is_kept", "04a_seq2seq", "04b_training_and_search", "05a_attention", "05b_alignment",
    "06a_self_attention", "06b_transformer", "07a_subwords", "07b_real_translation",
)  # fmt: skip


@dataclass(frozen=True)
class Lesson:
    """A lesson, or its part, and its notebook: its own one, or another file that holds the same checks."""

    number: str
    title: str
    path: Path

    @property
    def exercises(self) -> list[Exercise]:
        """Loaded when they are asked for: the checks of a lesson take a moment."""
        return lesson_exercises(self.number)

    @property
    def place(self) -> str:
        """The notebook, as seen from the folder that the course is in."""
        return folders.shown(self.path)


def name_of(number: str) -> str | None:
    """The name of a lesson, "05a_attention" of "05a"."""
    return next((name for name in NAMES if name.partition("_")[0] == number), None)


def lessons() -> list[Lesson]:
    """All lessons, in order, each with the learner's own notebook, or, before there is one, with the course's."""
    return [of_name(name, _own(f"{name}.ipynb")) for name in NAMES]


def _own(name: str) -> Path:
    places = [folder / name for folder in _places()]
    return next((path for path in places if path.exists()), places[0])


def _places() -> list[Path]:
    """Where notebooks are looked for: the learner's folder; in a checkout also that of the course itself."""
    return list(dict.fromkeys([folders.work(), folders.home() / "notebooks"]))


def of_name(name: str, path: Path) -> Lesson:
    """The lesson of that name, with a notebook."""
    number, _, title = name.partition("_")
    return Lesson(number, title.replace("_", " "), path)


def choose(wanted: str | None) -> list[Lesson]:
    """The lessons that a user means: by "0", "00" or "00_start_here" that one, by "6" both parts of it, "6a" and "6b",
    by the path of a notebook that file, whatever its name; None means all whose notebook is there.
    """
    if wanted is not None and (wanted.endswith(".ipynb") or "/" in wanted or "\\" in wanted):
        return [of_file(Path(wanted))]
    here = [lesson for lesson in lessons() if lesson.path.exists()]
    if wanted is None:
        if not here:
            raise UsageError(f"there are no notebooks in {folders.work()}; `course lab` puts them there")
        return here
    named = re.split("[_.]", wanted)[0]
    number = named.zfill(3 if named[-1:].isalpha() else 2)  # 6 is 06, and 6b is 06b
    chosen = [lesson for lesson in lessons() if number in (lesson.number, lesson.number[:2])]
    if not chosen:
        raise UsageError(f"there is no lesson {wanted!r}; there are {', '.join(each.number for each in lessons())}")
    found = [lesson for lesson in map(_found, chosen) if lesson]
    if not found:
        where = f"{folders.work()}; `course lab` puts it there"
        raise UsageError(f"there is no notebook of lesson {chosen[0].number} in {where}")
    return found


def _found(lesson: Lesson) -> Lesson | None:
    """The lesson with its own notebook, or with the only other one that holds its checks."""
    if lesson.path.exists():
        return lesson
    for folder in _places():
        others = [path for path in sorted(folder.glob("*.ipynb")) if lesson_in(path) == lesson.number]
        if len(others) == 1:
            return Lesson(lesson.number, lesson.title, others[0])
        if others:
            names = ", ".join(path.name for path in others)
            several = f"{lesson.path.name} is not there, and several notebooks hold lesson {lesson.number}: {names}"
            raise UsageError(f"{several}. Name one: course check {folder.name}/{others[0].name}")
    return None


def lesson_in(path: Path) -> str:
    """The number of the lesson that a file holds; "" where it holds none, or is no notebook at all."""
    try:
        return notebook.read(path).lesson
    except UsageError:  # another file, which nobody asked for
        return ""


def of_file(path: Path) -> Lesson:
    """The lesson that a file holds, by what is in it."""
    given, path = path, path if path.exists() else folders.home() / path
    if not path.exists():
        raise UsageError(f"there is no file {given}")
    number = notebook.read(path).lesson
    if not number:
        raise UsageError(f'{path} holds no check of the course: no call such as check("00.first", double)')
    return of_name(name_of(number) or number, path)
