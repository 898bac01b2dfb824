"""The workflows of the public forge can't run here: their schema holds them, and what they call is there."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(path: Path) -> dict[str, Any]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in workflow.items()}  # YAML 1.1 reads `on` as true


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def commands(path: Path) -> str:
    return "\n".join(step.get("run", "") for step in steps(path))


def check_schema(*paths: Path) -> subprocess.CompletedProcess[str]:
    schema = ("--builtin-schema", "vendor.github-workflows")
    return subprocess.run([sys.executable, "-m", "check_jsonschema", *schema, *paths], capture_output=True, text=True)


def test_they_fit_the_schema():
    assert [path.stem for path in WORKFLOWS] == ["ci", "weekly"]
    checked = check_schema(*WORKFLOWS)
    assert checked.returncode == 0, checked.stdout


def test_the_schema_finds_a_mistake(tmp_path):
    broken = tmp_path / "ci.yml"
    broken.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on:", "runs_on:"), encoding="utf-8")
    assert check_schema(broken).returncode != 0


def test_every_system_and_every_python_is_tested():
    matrix = read(WORKFLOWS[0])["jobs"]["tests"]["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert PROJECT["requires-python"] == ">=3.11"


def test_a_change_is_linted_and_tested_with_its_notebooks_and_its_wheel():
    workflow = read(WORKFLOWS[0])
    assert set(workflow["on"]) == {"push", "pull_request"}
    assert set(workflow["jobs"]) == {"tests", "lint", "notebooks", "wheel"}
    for command in ("pytest -n 2 --dist loadfile --ignore tests/notebooks", "make test ARGS=tests/notebooks",
                    "make check-build", "make lint", "pip wheel --no-deps", "course status"):  # fmt: skip
        assert command in commands(WORKFLOWS[0])


def test_the_newest_torch_is_tried_every_week():
    workflow = read(WORKFLOWS[1])
    (schedule,) = workflow["on"]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", schedule["cron"])
    assert "--upgrade" in commands(WORKFLOWS[1])
    (setup,) = [step["with"] for step in steps(WORKFLOWS[1]) if "setup-python" in step.get("uses", "")]
    on_newest = [entry for entry in PROJECT["optional-dependencies"]["lab"] if entry.startswith("torch>=")]
    assert setup["python-version"] == "3.13"
    assert "python_version >= '3.13'" in on_newest[0]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_they_call_is_there(path):
    text = commands(path)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z-]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"no target {target}"
    named = re.findall(r"\b((?:tools|tests)/[\w./-]+)", text)
    named += [step["with"]["cache-dependency-path"] for step in steps(path) if "cache" in step.get("with", {})]
    assert named
    for name in named:
        assert (ROOT / name).exists(), f"no file {name}"
    for extras in re.findall(r"\[([a-z,-]+)\]", text):
        assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_they_are_pinned_bounded_and_may_only_read(path):
    workflow = read(path)
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps(path) if "uses" in step)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]["cancel-in-progress"]
    assert all(job["timeout-minutes"] <= 90 for job in workflow["jobs"].values())
    assert "://" not in path.read_text(encoding="utf-8"), "no address is written here"
