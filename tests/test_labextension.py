"""The extension of JupyterLab with the buttons: its files and names fit each other, JupyterLab, and the course."""

import json
import re
from pathlib import Path

import pytest
from jupyterlab_server.config import get_federated_extensions

from course_lib import folders
from course_lib.exercises import hint
from course_lib.learner.blank import blank_source
from course_lib.learner.notebook import checks_of

FOLDER = folders.PACKAGE / "jupyter" / "labextensions"
STATIC = FOLDER / "course-buttons" / "static"
PACKAGE = json.loads((FOLDER / "course-buttons" / "package.json").read_text(encoding="utf-8"))
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js"))}


def literal(script: str, pattern: str) -> str:
    """The one place of a script that fits, its group."""
    (found,) = re.findall(pattern, SCRIPTS[script], re.MULTILINE)
    return str(found)


def test_jupyterlab_finds_it_by_the_name_that_it_has_everywhere():
    found = get_federated_extensions([str(FOLDER)])
    assert set(found) == {"course-buttons"}
    assert Path(found["course-buttons"]["ext_path"]).name == "course-buttons"  # its address is made of the name
    assert literal("remoteEntry.js", r"NAME = '(.+?)'") == "course-buttons"
    assert literal("buttons.js", r"id: '(.+?):plugin'") == "course-buttons"
    build = found["course-buttons"]["jupyterlab"]["_build"]
    assert (FOLDER / "course-buttons" / build["load"]).is_file()
    assert build["extension"] == "./extension" == literal("remoteEntry.js", r"module !== '(.+?)'")


def test_every_file_is_used_and_every_file_that_is_used_is_there():
    used = {Path(PACKAGE["jupyterlab"]["_build"]["load"]).name}
    for text in SCRIPTS.values():
        used |= set(re.findall(r"(?:beside\('|from '\./)(.+?)'", text))
    assert used == {path.name for path in STATIC.iterdir()}


def test_what_it_takes_of_jupyterlab_is_declared():
    shared = re.findall(r"^ +\w+: '(@.+?)'", SCRIPTS["remoteEntry.js"], re.MULTILINE)
    assert sorted(shared) == sorted(PACKAGE["dependencies"])


def test_names_of_classes_are_those_of_the_style():
    styled = set(re.findall(r"\.(course-[\w-]+)", (STATIC / "style.css").read_text(encoding="utf-8")))
    used = set(re.findall(r"['. ](course-(?:Exercise|mod)[\w-]*)", SCRIPTS["buttons.js"]))
    assert used == styled


@pytest.mark.parametrize(
    "source",
    [
        'check("05.dot", dot)',
        "import x\n\nexercises.check('01.lookup', lookup)  # mine",
        'check(\n    "06.decoder_layer",\n    DecoderLayer,\n)',
        "    check ('01.lookup', lookup)",
        'checked("05.dot", dot)',
        "# check('05.dot', dot)",
        "check(dot)",
        'check("5.dot", dot)',
        "",
    ],
)
def test_a_check_cell_is_what_the_course_takes_for_one(source):
    """Two programs look for it, in two languages."""
    pattern = re.compile(literal("cells.js", r"^const CHECK = /(.+)/m;$"), re.MULTILINE)
    found = pattern.search(source)
    assert ([found[2]] if found else []) == checks_of(source.strip())


def test_every_check_of_the_course_has_its_answer_right_above_it():
    pattern = re.compile(literal("cells.js", r"^const CHECK = /(.+)/m;$"), re.MULTILINE)
    defines = literal("cells.js", r"defines = new RegExp\(`(.+?)`").replace("\\\\", "\\")
    seen = []
    for path in sorted(folders.bundled("notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for place, source in enumerate(code):
            if found := pattern.search(source):
                made = re.compile(defines.replace("${name}", found[3]), re.MULTILINE)
                assert [i for i, above in enumerate(code[:place]) if made.search(above)] == [place - 1], found[2]
                seen += [found[2]]
    assert len(seen) == len(set(seen)) > 70


def test_what_the_kernel_is_asked_for_is_there():
    blank, shows = sorted(re.findall(r"`(__import__.+?)`", SCRIPTS["kernel.js"]), key=lambda code: "hint" in code)
    assert eval(blank.replace("${id}", "05.dot")) == blank_source("05.dot")
    assert eval(shows.removesuffix("('${id}')")) is hint
