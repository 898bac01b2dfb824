"""What the library's files import: one direction, and nothing heavy where it is not needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parent.parent / "course_lib"

# A file imports only from levels to its left; on the level of the lessons' modules, only from those before it.
LEVELS = [
    {"files", "folders", "modes", "progress_bar", "sentence_pairs", "statistics", "usage"},
    {"text", "masks", "tensor_file"},
    {"batches", "bundled", "checkpoint", "likelihood"},
    {"training", "processes"},
    {"dense", "embeddings", "vectors", "skipgram", "rnn", "language_model", "gradients", "tasks", "lstm", "gru"}
    | {"recurrent", "stacked", "encoder", "seq2seq", "scheduled_sampling", "attention", "attention_decoders"}
    | {"word_alignment", "transformer", "bpe", "datasets"},
    {"decoding", "metrics", "fast"},
    {"beam", "models"},
    {"translator"},
    {"translator_file"},
    {"translator_training"},
    {"exercises", "explorers", "experiments", "learner", "teacher", "commands", "cli"},
]
LESSONS = ["dense", "embeddings", "vectors", "skipgram", "rnn", "language_model", "gradients", "tasks", "lstm", "gru"]
LESSONS += ["recurrent", "stacked", "encoder", "seq2seq", "scheduled_sampling", "attention", "attention_decoders"]
LESSONS += ["word_alignment", "transformer", "bpe"]
ALONE = {"plotting", "__init__"}


def allowed(name: str) -> set[str]:
    """The modules of the project that a module may import at any place."""
    if name in ALONE:
        return set()
    level = next(i for i, names in enumerate(LEVELS) if name in names)
    below = set().union(*LEVELS[:level])
    if name in LESSONS:
        below |= set(LESSONS[: LESSONS.index(name)])
    if level == len(LEVELS) - 1:
        below |= LEVELS[level] | {"plotting"}
    return below


def project_imports(source: str, package: str = "course_lib") -> set[str]:
    """The first names below the package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parent = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*parent, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" if base == "course_lib" else base for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("course_lib.")}
    return found


def files():
    return sorted(path for path in LIBRARY.rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_imports_point_one_way(path):
    inside = path.relative_to(LIBRARY)
    package = ".".join(["course_lib", *inside.parts[:-1]])
    name = inside.parts[0].removesuffix(".py")
    assert name in ALONE.union(*LEVELS), f"{inside}: give the new module its place in LEVELS"
    imported = project_imports(path.read_text(encoding="utf-8"), package) - {name}
    assert imported <= allowed(name), f"{inside} must not import {sorted(imported - allowed(name))}"


def test_the_reader_of_imports_sees_every_form():
    source = """
import course_lib.text
from course_lib import masks, rnn as r
from course_lib.lstm import LSTMCell
import torch
def late():
    from . import fast
    from .metrics import bleu
    from course_lib.exercises import grading
"""
    assert project_imports(source) == {"text", "masks", "rnn", "lstm", "fast", "metrics", "exercises"}
    assert project_imports("from .core import check\nfrom .. import cli", "course_lib.exercises") == {
        "exercises",
        "cli",
    }
    below = {
        "files",
        "folders",
        "modes",
        "progress_bar",
        "sentence_pairs",
        "statistics",
        "usage",
        "text",
        "masks",
        "tensor_file",
    }
    assert allowed("embeddings") == below | {
        "checkpoint",
        "batches",
        "bundled",
        "likelihood",
        "training",
        "processes",
        "dense",
    }
    assert "embeddings" in allowed("rnn")
    assert "rnn" not in allowed("embeddings")
    assert "decoding" not in allowed("transformer")
    assert allowed("plotting") == set()


HEAVY = ["torchtext", "matplotlib", "ipywidgets", "IPython", "pandas", "scipy", "sacrebleu", "jupyter_client"]


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=LIBRARY.parent
    ).stdout.strip()


def test_text_and_embeddings_import_nothing_heavy():
    code = f"""
import sys, torch
before = set(sys.modules)
import course_lib.text, course_lib.embeddings
heavy = set({HEAVY}) & set(sys.modules) | {{"torch._dynamo"}} & (set(sys.modules) - before)
print(sorted(heavy), sorted(n for n in set(sys.modules) - before if n.startswith("course_lib")))
"""
    assert run(code) == "[] ['course_lib', 'course_lib.embeddings', 'course_lib.files', 'course_lib.text']"


def test_importing_prints_nothing_and_leaves_the_random_state_alone():
    names = ["plotting", *sorted(path.stem for path in LIBRARY.glob("[!_]*.py"))]
    code = f"""
import importlib, torch
torch.manual_seed(0)
state = torch.get_rng_state()
for name in {names}:
    importlib.import_module(f"course_lib.{{name}}")
    assert torch.get_rng_state().equal(state) and torch.get_default_dtype() == torch.float32, name
"""
    assert {"text", "embeddings", "datasets", "training"} <= set(names)
    assert run(code) == ""
