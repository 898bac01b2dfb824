"""What pyproject.toml can't say: a wheel carries the bundled data and the blank notebooks inside the package, and the
buttons of JupyterLab beside it."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
EXTENSIONS = ROOT / "course_lib" / "jupyter" / "labextensions"
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


def beside_jupyterlab() -> list[tuple[str, list[str]]]:
    """The buttons, in the folder of an environment in which a JupyterLab that was started by hand looks for them."""
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in EXTENSIONS.rglob("*") if path.is_file()):
        folder = f"share/jupyter/labextensions/{path.parent.relative_to(EXTENSIONS).as_posix()}"
        found.setdefault(folder, []).append(path.relative_to(ROOT).as_posix())
    return list(found.items())


setup(cmdclass={"build_py": BuildWithFiles}, data_files=beside_jupyterlab())
