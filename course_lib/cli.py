"""The command `course`: open the lessons, check the answers, see what comes next."""

import os

# Both are read when torch is loaded. Threads that wait must sleep soon, not spin: where programs share the cores,
# spinning makes torch many times slower. But the next work mostly comes at once, and waking takes longer than that:
# with turns of a few microseconds, two threads train half as fast again as with none.
if "OMP_WAIT_POLICY" not in os.environ:
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    os.environ.setdefault("GOMP_SPINCOUNT", "3000")

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module

from course_lib import folders
from course_lib.learner.lessons import choose, lessons
from course_lib.usage import UsageError

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
    brought = [lesson.path for lesson in lessons(folders.bundled("notebooks")) if lesson.path.exists()]
    missing = [path for path in brought if not (there / path.name).exists()]
    if missing:
        there.mkdir(exist_ok=True)
        for path in missing:
            shutil.copyfile(path, there / path.name)
        print(f"Put {len(missing)} lessons into {there}", flush=True)


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
    one.add_argument("lesson", nargs="?", metavar="LESSON", help="such as 01, or a notebook; without it, every lesson")
    one.add_argument("--json", action="store_true", help="what was found, for programs")
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
            from course_lib.commands.check import check_all

            return check_all(choose(chosen.lesson), as_json=chosen.json)
        if chosen.command == "status":
            from course_lib.commands.status import status

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
