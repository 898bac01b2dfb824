"""What pyproject.toml can't say: a wheel carries the bundled data and the blank notebooks inside the package."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
CARRIED = ("data", "notebooks")  # course_lib/folders.py finds them again


class BuildWithFiles(build_py):
    """Copy the folders into the package that is being built."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:  # reads them where they are
            return
        for name in CARRIED:
            target = Path(self.build_lib) / "course_lib" / name
            shutil.rmtree(target, ignore_errors=True)  # what an earlier build left
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns(".*"))


setup(cmdclass={"build_py": BuildWithFiles})
