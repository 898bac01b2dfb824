"""The command `course`: open the lessons, check the answers, see what comes next."""

import os

# Both are read when torch is loaded. Threads that wait must sleep soon, not spin: where programs share the cores,
# spinning makes torch many times slower. But the next work mostly comes at once, and waking takes longer than that:
# with turns of a few microseconds, two threads train half as fast again as with none.
if "OMP_WAIT_POLICY" not in os.environ:
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    os.environ.setdefault("GOMP_SPINCOUNT", "3000")

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from course_lib import folders
from course_lib.commands import UsageError
from course_lib.exercises import progress
from course_lib.exercises.exercise import Exercise, lesson_exercises
from course_lib.exercises.finding import Outcome

CELL_SECONDS = 240  # a cell that runs longer hangs: an endless loop in an answer, most often
UNRUN = "Unrun reference cell has outputs"  # how nbval calls a cell that ran well, and was running when it was saved

DESCRIPTION = """\
From word embeddings to Transformers: a course in notebooks.

  course lab            open the lessons in JupyterLab; work through them in order
  course check 01       run lesson 01 from top to bottom and list its exercises:
                        which are right, which are not yet, and what to mend first
  course check          the same for every lesson
  course status         all lessons at a glance, and what comes next
  course ladder         every model of the course on the same data: the stored figures
  course ladder --run   the same, trained and measured anew on this machine (about an hour if it is quiet)

  course translate "저는 가요."  Korean to English, by the course's own translator
  course data get multi30k     real sentences, German, English, French and Czech, from the network
  course train --out DIR       a translator of your own, from the course's sentences or from yours
  course translate DIR         what it says; course evaluate DIR: how good it is

Your answers live in notebooks/, what you have done so far in .course/. Both stay on this machine."""

TRANSLATION = {  # the commands of `course_lib.commands`
    "data": "get a corpus of real sentences from the network",
    "train": "train a translator on a budget of time",
    "translate": "translate with what `course train` left",
    "evaluate": "measure it: BLEU with its interval and signature, chrF, both perplexities, speed",
}
SIGNS = {Outcome.CORRECT: "✓", Outcome.NOT_ATTEMPTED: "○", "not run": "–"}  # anything else is wrong: ✗


@dataclass(frozen=True)
class Lesson:
    number: str
    title: str
    path: Path
    exercises: list[Exercise]

    @property
    def place(self) -> str:
        """The notebook, as seen from the folder that the course is in."""
        return f"notebooks/{self.path.name}"


def lessons(notebooks: Path | None = None) -> list[Lesson]:
    """Every lesson that has a notebook in the folder, in order; without a folder, in the learner's own."""
    return [
        Lesson(number, title.replace("_", " "), path, lesson_exercises(number))
        for path in _lesson_files(notebooks or folders.home() / "notebooks")
        for number, _, title in [path.stem.partition("_")]
    ]


def _lesson_files(notebooks: Path) -> list[Path]:
    return sorted(notebooks.glob("[0-9][0-9]*_*.ipynb"))


def choose(wanted: str | None) -> list[Lesson]:
    """The lessons that a user means by "0", "00", "00_start_here" or a path to the notebook, and by "6" both parts of
    it, "6a" and "6b"; None means all.
    """
    every = lessons()
    if not every:
        way = "; `course lab` puts them there" if folders.installed() else ""
        raise UsageError(f"there are no notebooks in {folders.home() / 'notebooks'}{way}")
    if wanted is None:
        return every
    stem = Path(wanted).name.removesuffix(".ipynb")
    named = re.split("[_.]", stem)[0]
    number = named.zfill(3 if named[-1:].isalpha() else 2)  # 6 is 06, and 6b is 06b
    chosen = [lesson for lesson in every if number in (lesson.number, lesson.number[:2])]
    if not chosen:
        raise UsageError(f"there is no lesson {wanted!r}; there are {', '.join(lesson.number for lesson in every)}")
    return chosen


# --- course lab ---------------------------------------------------------------------------------------------


def lab(arguments: Sequence[str]) -> int:
    """JupyterLab on the course, on this machine alone, with its token; further arguments reach it."""
    put_notebooks()
    first = choose(None)[0].place
    command = [
        *(sys.executable, "-m", "jupyter", "lab"),
        f"--ServerApp.root_dir={folders.home()}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{first}",
        *arguments,
    ]
    settings = str(folders.PACKAGE / "jupyter")
    paths = [settings, *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    environment = os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}
    if os.name != "nt":  # on Windows exec would leave the console to two programs
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)


def put_notebooks() -> None:
    """An installed course brings its notebooks along: those that the working folder lacks are copied into it."""
    if not folders.installed():
        return
    there = folders.home() / "notebooks"
    missing = [path for path in _lesson_files(folders.bundled("notebooks")) if not (there / path.name).exists()]
    if missing:
        there.mkdir(exist_ok=True)
        for path in missing:
            shutil.copyfile(path, there / path.name)
        print(f"Put {len(missing)} lessons into {there}", flush=True)


# --- course check -------------------------------------------------------------------------------------------


def check(wanted: str | None) -> int:
    """Run notebooks under nbval and print a table of their exercises; 0 when all are right, else 1."""
    every_right = True
    for lesson in choose(wanted):
        print(f"Running {lesson.place} under nbval (a minute or so) ...", flush=True)
        report, broken = run_notebook(lesson)
        print_table(lesson, report, broken)
        every_right &= not broken and all(
            report.get(exercise.id, {}).get("state") == Outcome.CORRECT for exercise in lesson.exercises
        )
    return 0 if every_right else 1


def run_notebook(lesson: Lesson) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """What each check found (id -> {"state", "message"}), and the cells that failed without being a check."""
    with tempfile.TemporaryDirectory() as folder:
        report_path, junit_path = Path(folder) / "report.jsonl", Path(folder) / "junit.xml"
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", f"--junitxml={junit_path}"),
                *("--nbval-lax", "--nbval-current-env", f"--nbval-cell-timeout={CELL_SECONDS}"),
                str(lesson.path),
            ],
            cwd=folders.home(),
            env=os.environ | {"COURSE_REPORT": str(report_path)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if not junit_path.exists():
            raise UsageError(f"pytest could not run {lesson.path.name}:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        lines = report_path.read_text(encoding="utf-8").splitlines() if report_path.exists() else []
        report = {entry["id"]: entry for entry in map(json.loads, lines)}
        return report, broken_cells(lesson.path, ElementTree.parse(junit_path).getroot())


def broken_cells(notebook: Path, junit: ElementTree.Element) -> list[str]:
    """The cells that failed on their own account, a line each: where, what they begin with, and the error."""
    cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    found = []
    for case in junit.iter("testcase"):
        trouble = next((child for tag in ("failure", "error") for child in case.iter(tag)), None)
        number = re.search(r"Cell (\d+)$", case.get("name", ""))
        if trouble is None:
            continue
        if number is None:
            found.append(_last_line(trouble.text or trouble.get("message") or ""))
            continue
        cell = cells[int(number[1])]
        if UNRUN in (trouble.text or ""):
            continue
        if "exercise-check" in cell["metadata"].get("tags", []) and "CheckBroken" not in (trouble.text or ""):
            continue
        begins = "".join(cell["source"]).strip().splitlines()[:1]
        found.append(f"the cell that begins `{begins[0] if begins else ''}`: {_last_line(trouble.text or '')}")
    return found


def _last_line(text: str) -> str:
    """The error itself: of a traceback, the last line that names one."""
    plain = re.sub(r"(?:\x1b|#x1B)\[[0-9;]*m", "", text)  # colours; junit writes the escape character as #x1B
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"\w*(Error|Exception|Interrupt|Timeout|Broken)\b.*", line)]
    return (named or lines or ["it failed without a message"])[-1]


def print_table(lesson: Lesson, report: dict[str, dict[str, Any]], broken: list[str]) -> None:
    states = {exercise.id: report.get(exercise.id, {}).get("state", "not run") for exercise in lesson.exercises}
    right = sum(state == Outcome.CORRECT for state in states.values())
    width = max((len(id) for id in states), default=0)
    print(f"\n{lesson.number} {lesson.title}: {right} of {len(states)} exercises right")
    for id, state in states.items():
        print(f"  {SIGNS.get(state, '✗')} {id:<{width}}  {state}")
    for line in broken:
        print(f"  ! {line}")
    wrong = [id for id, state in states.items() if state not in (Outcome.CORRECT, Outcome.NOT_ATTEMPTED, "not run")]
    if broken:
        print("\nMend first: the cell marked with ! above; what follows it may fail because of it.")
    elif wrong:
        print(f"\nMend first: {wrong[0]}: {report[wrong[0]]['message']}")
    elif todo := [id for id, state in states.items() if state != Outcome.CORRECT]:
        print(f"\nNext: {todo[0]}, in {lesson.place}")
    else:
        print("\nAll right.")
    print()


# --- course status ------------------------------------------------------------------------------------------


def status() -> int:
    """All lessons at a glance, from what the checks have recorded, and what comes next."""
    entries = progress.read()
    every = lessons() or (lessons(folders.bundled("notebooks")) if folders.installed() else choose(None))
    width = max(len(lesson.title) for lesson in every)
    numbers = max(len(lesson.number) for lesson in every)
    following = None
    for lesson in every:
        states = [entries.get(exercise.id, {}).get("state", Outcome.NOT_ATTEMPTED) for exercise in lesson.exercises]
        signs = "".join(SIGNS.get(state, "✗") for state in states)
        right = sum(state == Outcome.CORRECT for state in states)
        minutes = sum(exercise.minutes for exercise in lesson.exercises)
        number, title = f"{lesson.number:<{numbers}}", f"{lesson.title:<{width}}"
        print(f"  {number}  {title}  {right:>2} of {len(states):<2}  {signs}  {minutes} min")
        if following is None:
            following = next(
                (
                    (exercise, lesson)
                    for exercise, state in zip(lesson.exercises, states, strict=True)
                    if state != Outcome.CORRECT
                ),
                None,
            )
    print("\n  ✓ right   ✗ not right yet   ○ not attempted      minutes: all of a lesson's exercises\n")
    if following is None:
        print("  Every exercise is right. That was the whole course.")
        return 0
    exercise, lesson = following
    print(f"  Next: {exercise.id}, about {exercise.minutes} minutes, in {lesson.place}")
    if not (folders.home() / lesson.place).exists():
        print("  `course lab` puts the notebooks into this folder and opens them.")
    if message := entries.get(exercise.id, {}).get("message"):
        print(f"  It said last: {message}")
    return 0


# --- course ladder ------------------------------------------------------------------------------------------


def ladder(anew: bool) -> int:
    """The table of all models under both budgets, from the stored run; or made anew first, one seed after the other."""
    import torch

    from course_lib.experiments import registry, stored_runs
    from course_lib.experiments.ladder import BUDGETS, table
    from course_lib.progress_bar import ProgressBar

    if anew:
        experiment = registry.find("06.ladder")
        torch.set_num_threads(1)
        seeds = len(experiment.seeds)
        print(f"{seeds} seeds, about ten minutes each on a quiet machine. Interrupted, it goes on with those missing.")
        with ProgressBar("06.ladder", total=seeds, unit="seed") as bar:

            def on_seed(seed: int, seconds: float) -> None:
                bar.print(f"  seed {seed}: {seconds:.0f} s")
                bar.update()

            run = stored_runs.run(experiment, on_seed, resume=folders.home() / "build" / "runs")
        if not folders.installed():  # the stored run of an installed course is not the learner's to replace
            print(f"Stored in {stored_runs.store(run)}")
    else:
        try:
            run = stored_runs.stored("06.ladder")
        except FileNotFoundError as error:
            raise UsageError("there is no stored ladder; make it: course ladder --run") from error
    print(f"\n{run}")
    for budget in BUDGETS:
        print(f"\n{table(run, budget)}")
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser("course", description=DESCRIPTION, formatter_class=argparse.RawTextHelpFormatter)
    commands = made.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    commands.add_parser("lab", help="open the lessons in JupyterLab", add_help=False)
    one = commands.add_parser("check", help="which exercises are right, and what to mend first")
    one.add_argument("lesson", nargs="?", metavar="LESSON", help="such as 01; without it, every lesson")
    commands.add_parser("status", help="all lessons at a glance, and what comes next")
    models = commands.add_parser("ladder", help="every model of the course on the same data")
    models.add_argument("--run", action="store_true", help="train and measure them anew (about an hour)")
    for name, about in TRANSLATION.items():
        commands.add_parser(name, help=about, add_help=False)
    return made


def translation(name: str, arguments: Sequence[str]) -> int:
    """A command of `course_lib.commands`; its options may stand before, between and behind what they belong to."""
    module = import_module(f"course_lib.commands.{name}")  # only the one that is wanted: it takes seconds to load
    about = TRANSLATION[name]
    its = argparse.ArgumentParser(f"course {name}", description=f"{about[0].upper()}{about[1:]}.")
    module.arguments(its)
    return int(module.run(its.parse_intermixed_args(arguments)))


def main(arguments: Sequence[str] | None = None) -> int:
    if hasattr(sys.stdout, "reconfigure"):  # a Windows console may not have ✓ in its own encoding
        sys.stdout.reconfigure(errors="replace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if given[:1] == ["lab"]:  # everything after it is JupyterLab's, --help too
            return lab(given[1:])
        if given and given[0] in TRANSLATION:
            return translation(given[0], given[1:])
        chosen = parser().parse_args(given)
        if chosen.command == "check":
            return check(chosen.lesson)
        if chosen.command == "status":
            return status()
        if chosen.command == "ladder":
            return ladder(chosen.run)
        parser().print_help()
        return 0
    except UsageError as error:
        print(f"course: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
