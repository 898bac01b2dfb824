"""An installation looked at from all sides: what is wrong with it, and how to mend it.

It runs where the installation is broken. So it stands on the standard library alone, and what may end a process or
never end, such as importing torch, is tried in a child process (`children`, `trials`).
"""

from course_lib.learner.health import interpreter, jupyter, loading, machine, packages, paths, torch_pair, work
from course_lib.learner.health.children import Step, attempt
from course_lib.learner.health.finding import Finding, odd
from course_lib.learner.health.trials import one_line

SECONDS = 90.0  # that a trial has: the first import from a slow disk takes long, and so does making a cache of fonts


def examine(seconds: float = SECONDS) -> list[Finding]:
    """What was found, in the order in which to mend it: a finding may follow from one above it."""
    steps: list[Step] = [*loading.steps(), *torch_pair.steps(), *machine.steps(), *jupyter.steps(), *work.steps()]
    tried = attempt(steps, seconds)
    found: list[Finding] = []
    for area in (interpreter, paths, packages, torch_pair, loading, machine, jupyter, work):
        try:
            found += area.look(tried)
        except Exception as error:  # of whatever is broken here: the others are looked at all the same
            name = area.__name__.rpartition(".")[2]
            found.append(odd(name, f"It could not be looked at: {one_line(error)}", "Mend what else is named first."))
    return found
