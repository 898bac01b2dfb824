"""`course next`: open the lesson that comes next, in the JupyterLab that runs, or in a new one."""

import argparse
import webbrowser
from pathlib import Path

from course_lib import folders
from course_lib.commands import lab
from course_lib.commands.status import coming


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(given: argparse.Namespace) -> int:
    """Open the notebook of the first exercise that is not right yet."""
    lab.put()
    following = coming()
    if following is None:
        print("Every exercise is right. That was the whole course.")
        return 0
    exercise, lesson = following
    print(f"Next: {exercise.id}, about {exercise.minutes} minutes, in {lesson.place}", flush=True)
    if address := address_of(lesson.place):
        print(f"JupyterLab is running: {address}")
        webbrowser.open(address)
        return 0
    return lab.start([], lesson.place)


def address_of(place: str) -> str | None:
    """Where the JupyterLab that runs on the course, if one does, shows a file of it."""
    from jupyter_server.serverapp import list_running_servers
    from jupyter_server.utils import url_path_join

    for server in list_running_servers():
        if Path(server["root_dir"]).resolve() == folders.home().resolve():
            token = f"?token={server['token']}" if server.get("token") else ""
            return f"{url_path_join(server['url'], 'lab', 'tree', place)}{token}"
    return None
