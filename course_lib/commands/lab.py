"""`course lab`: JupyterLab on the course, on this machine alone."""

import os
import subprocess
import sys
from collections.abc import Sequence

from course_lib import folders
from course_lib.learner import work
from course_lib.learner.lessons import choose


def start(arguments: Sequence[str], place: str | None = None) -> int:
    """JupyterLab on the first lesson, or on another notebook, with its token; further arguments reach it."""
    put()
    if old := work.outdated():
        print(
            f"The course has news in {len(old)} lesson{'s' * (len(old) > 1)}: `course update` brings them.", flush=True
        )
    command = [
        *(sys.executable, "-m", "jupyter", "lab"),
        f"--ServerApp.root_dir={folders.home()}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{place or choose(None)[0].place}",
        *arguments,
    ]
    settings = str(folders.PACKAGE / "jupyter")
    environment = dict(os.environ)
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):  # labconfig/; labextensions/, the buttons of the checks
        environment[name] = os.pathsep.join([settings, *filter(None, [os.environ.get(name)])])
    if os.name != "nt":  # on Windows exec would leave the console to two programs
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)


def put() -> None:
    """Put the lessons that the learner's folder lacks into it, and say so; and which have another name now."""
    for former, path in work.follow():
        print(f"{folders.shown(former)} is called {path.name} now, as the lesson is.", flush=True)
    if made := work.put():
        print(f"Put {len(made)} lesson{'s' * (len(made) > 1)} into {made[0].parent}", flush=True)
