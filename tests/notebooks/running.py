"""Run a notebook under nbval as a learner would."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat

from tools import build

SECONDS_PER_CELL = 480  # generous: a loaded machine is no defect of the lesson


def nbval(path: Path, notebook: nbformat.NotebookNode) -> dict[int, str | None]:
    """Write the notebook, run it under nbval as a learner would; what failed, for each code cell, or None."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    junit = path.with_suffix(".xml")
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(build.ROOT / "pyproject.toml")),
            *("--nbval-lax", "--nbval-current-env", f"--nbval-cell-timeout={SECONDS_PER_CELL}"),
            *(f"--junitxml={junit}", f"--rootdir={path.parent}", str(path)),
        ],
        cwd=path.parent,
        capture_output=True,
        text=True,
    )
    assert junit.exists(), f"pytest did not run: {ran.stdout}\n{ran.stderr}"
    outcome = {}
    for case in ElementTree.parse(junit).iter("testcase"):
        number = int(re.search(r"Cell (\d+)$", case.get("name"))[1])
        trouble = next((c for c in case if c.tag in ("failure", "error", "skipped")), None)
        outcome[number] = None if trouble is None else f"{trouble.get('message')}\n{trouble.text}"
    return outcome


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]
