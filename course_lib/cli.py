"""The command `course`: open the lessons, check the answers, see what comes next."""

import os

# Both are read when torch is loaded. Threads that wait must sleep soon, not spin: where programs share the cores,
# spinning makes torch many times slower. But the next work mostly comes at once, and waking takes longer than that:
# with turns of a few microseconds, two threads train half as fast again as with none.
if "OMP_WAIT_POLICY" not in os.environ:
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    os.environ.setdefault("GOMP_SPINCOUNT", "3000")

import argparse
import errno
import sys
from collections.abc import Sequence
from importlib import import_module

from course_lib.usage import UsageError

DESCRIPTION = """\
From word embeddings to Transformers: a course in notebooks.

  course lab            open the lessons in JupyterLab; work through them in order
  course check 01       run lesson 01 from top to bottom and list its exercises:
                        which are right, which are not yet, and what to mend first
  course check          the same for every lesson
  course status         all lessons at a glance, and what comes next
  course next           open it
  course reset 01       lesson 01 afresh, or course reset 01.lookup, one exercise of it;
                        what was there is kept
  course update         new texts and exercises of the course come into your notebooks,
                        what you wrote stays
  course doctor         what is wrong with this installation, and how to mend it
  course ladder         every model of the course on the same data: the stored figures
  course ladder --run   the same, trained and measured anew on this machine (about an hour if it is quiet)

  course translate "저는 가요."  Korean to English, by the course's own translator
  course data get multi30k     real sentences, German, English, French and Czech, from the network
  course train --out DIR       a translator of your own, from the course's sentences or from yours
  course translate DIR         what it says; course evaluate DIR: how good it is

  for teachers: course report FOLDER, course handout 05, course slides 05

Your answers live in work/, what you have done so far in .course/. Both stay on this machine."""

COMMANDS = {  # a module of `course_lib.commands` each
    "lab": "open the lessons in JupyterLab",
    "check": "which exercises are right, and what to mend first",
    "status": "all lessons at a glance, and what comes next",
    "next": "open the lesson that comes next",
    "reset": "a fresh notebook, or one fresh exercise; what was there is kept",
    "update": "bring what is new in the course into your notebooks",
    "doctor": "what is wrong with this installation, and how to mend it",
    "ladder": "every model of the course on the same data",
    "data": "get a corpus of real sentences from the network",
    "train": "train a translator on a budget of time",
    "translate": "translate with what `course train` left",
    "evaluate": "measure it: BLEU with its interval and signature, chrF, both perplexities, speed",
    "report": "run the notebooks of a class, and make a table of what is right",
    "handout": "the exercises of a lesson, to print",
    "slides": "a lesson as slides",
}

NO_PLACE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def parser() -> argparse.ArgumentParser:
    """The command line, as far as the name of a command."""
    made = argparse.ArgumentParser("course", description=DESCRIPTION, formatter_class=argparse.RawTextHelpFormatter)
    commands = made.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, about in COMMANDS.items():
        commands.add_parser(name, help=about, add_help=False)
    return made


def run(name: str, arguments: Sequence[str]) -> int:
    """A command; its options may stand before, between and behind what they belong to."""
    # A grammar of web addresses, which takes longer to load than all the rest; who reads notebooks can do without it.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    module = import_module(f"course_lib.commands.{name}")  # only the one that is wanted: some take seconds to load
    if name == "lab":  # everything behind it is JupyterLab's, --help too
        return int(module.start(arguments))
    its = argparse.ArgumentParser(f"course {name}", description=f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.")
    module.arguments(its)
    return int(module.run(its.parse_intermixed_args(arguments)))


def main(arguments: Sequence[str] | None = None) -> int:
    if hasattr(sys.stdout, "reconfigure"):  # a Windows console may not have ✓ in its own encoding
        sys.stdout.reconfigure(errors="replace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if given and given[0] in COMMANDS:
            return run(given[0], given[1:])
        parser().parse_args(given)
        parser().print_help()
        return 0
    except UsageError as error:
        print(f"course: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # who reads the output has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno not in NO_PLACE:
            raise
        print(f"course: {error.filename or 'a file'} can't be written: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
