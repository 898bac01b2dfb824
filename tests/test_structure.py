"""What counts as written twice, what as too long, and what an exception does."""

import re
import tomllib

import pytest

from tools import structure

BODY = """
    scale = 1 / weight.shape[-1] ** 0.5
    return (x @ weight.mT * scale).softmax(-1)
"""
ORIGINAL = f"def attend(x, weight):{BODY}"


def groups(**files):
    every = [unit for name, text in files.items() for unit in structure.units(f"{name}.py", text)]
    return [[unit.place for unit in group] for group in structure.repeats(every)]


def test_a_copy_is_found():
    assert groups(a=ORIGINAL, b=f"\n\n{ORIGINAL}") == [["a.py:attend", "b.py:attend"]]


@pytest.mark.parametrize(
    "copy",
    [
        f"def another_name(x, weight):{BODY}",
        f'def attend(x, weight):\n    """What it does."""{BODY}',
        f"def attend(x: Tensor, weight: Tensor) -> Tensor:{BODY}",
        f"def attend(x, *, weight=None):{BODY}",
        f'@exercise("05.attend")\ndef attend(x, weight):{BODY}',
        f"def attend(x, weight):{BODY.replace('scale =', 'scale: float =')}",
        f"def attend(x, weight):{BODY.replace('return', '# why' + chr(10) + '    return')}",
        f"def attend(x, weight):{BODY.replace('(x @ weight.mT * scale)', '((x @ weight.mT) * scale)')}",
    ],
    ids=[
        "name",
        "docstring",
        "annotations",
        "kinds and defaults",
        "decorator",
        "annotated local",
        "comment",
        "brackets",
    ],
)
def test_a_copy_in_other_clothes_is_found(copy):
    assert len(groups(a=ORIGINAL, b=copy)) == 1


@pytest.mark.parametrize(
    "other",
    [
        f"def attend(x, w):{BODY}",
        f"def attend(x, weight):{BODY.replace('0.5', '0.25')}",
        f"def attend(x, weight):{BODY.replace('* scale', '/ scale')}",
        f"def attend(weight, x):{BODY}",
    ],
    ids=["argument", "constant", "operator", "order"],
)
def test_what_differs_is_no_copy(other):
    assert groups(a=ORIGINAL, b=other) == []


def test_a_function_that_calls_itself_is_found_under_another_name():
    recursive = "def {0}(n):\n    return 1 if n < 2 else n * {0}(n - 1)\n"
    assert len(groups(a=recursive.format("factorial"), b=recursive.format("product"))) == 1


@pytest.mark.parametrize(
    "small",
    [
        *("pass", "...", '"""Nothing."""', "raise NotImplementedError", "return self.weight.shape[0]"),
        *("super().__init__(x, state, x.size, 3)", "return self.cell(x, state, *x, mask=None, other=x)"),
    ],
)
def test_what_is_too_small_needs_no_home(small):
    text = f"def f(x, state):\n    {small}\n"
    assert groups(a=text, b=text) == []


def test_the_smallest_that_counts():
    text = "def f(x, state):\n    return torch.tanh(x @ state)\n"
    (unit,) = structure.units("a.py", text)
    assert structure.repeats([unit, *structure.units("b.py", text)], smallest=unit.size)
    assert not structure.repeats([unit, *structure.units("b.py", text)], smallest=unit.size + 1)


def test_methods_and_inner_functions_are_compared_and_a_copied_class_is_one_repeat():
    method = "".join(f"    {line}\n" for line in ORIGINAL.splitlines())
    one = f"class One:\n{method}"
    assert groups(a=one, b=ORIGINAL) == [["a.py:One.attend", "b.py:attend"]]
    assert groups(a=one, b=one.replace("One", "Two")) == [["a.py:One", "b.py:Two"]]
    assert groups(a=f"def outer():\n{method}    return attend, 1\n", b=ORIGINAL) == [
        ["a.py:outer.attend", "b.py:attend"]
    ]


# --- lengths ------------------------------------------------------------------------------------------------


def lengths(**files):
    texts = {name.replace("__", "/") + ".py": text for name, text in files.items()}
    return list(
        structure.too_long(texts, [unit for path, text in texts.items() for unit in structure.units(path, text)])
    )


def function(lines):
    return "def f(x):\n" + "    x = x + 1\n" * (lines - 1)


def test_a_function_of_51_lines_of_code_is_too_long():
    assert lengths(tools__a=function(50)) == []
    assert lengths(tools__a=function(51)) == ["tools/a.py:f"]


def test_docstrings_comments_and_blank_lines_are_no_code():
    padded = function(50).replace("def f(x):\n", 'def f(x):\n    """One.\n\n    Two.\n    """\n    # why\n\n')
    assert lengths(tools__a=padded) == []
    text = function(50).replace("x = x + 1\n", 'x = """\n    a text"""\n', 1)
    assert lengths(tools__a=text) == ["tools/a.py:f"], "a text that is a value is code"


def test_how_long_a_file_may_be():
    assert lengths(course_lib__a="x = 1\n" * 400, course_lib__exercises__lesson_05__b="x = 1\n" * 200) == []
    assert lengths(course_lib__a="x = 1\n" * 401) == ["course_lib/a.py"]
    assert lengths(course_lib__exercises__lesson_05__b="x = 1\n" * 221) == ["course_lib/exercises/lesson_05/b.py"]
    assert lengths(lessons__a="x = 1\n" * 900) == [], "a lesson is as long as it is"
    full = {f"course_lib__exercises__lesson_05__{number}": "x = 1\n" * 100 for number in range(118)}
    assert lengths(**full) == [], f"{structure.CHECKS_LINES} lines in all"
    assert lengths(**full, course_lib__exercises__lesson_06__more="x = 1\n") == ["course_lib/exercises"]


# --- the verdict --------------------------------------------------------------------------------------------


def test_an_exception_excuses_its_own_places_alone():
    texts = {"a.py": ORIGINAL, "b.py": ORIGINAL}
    (found,) = structure.faults(texts, repeated={}, long={})
    assert found == "written 2 times:\n    a.py:1: attend\n    b.py:1: attend"
    excepted = {("b.py:attend", "a.py:attend"): "both are wanted"}
    assert structure.faults(texts, repeated=excepted, long={}) == []
    (found,) = structure.faults(texts | {"c.py": ORIGINAL}, repeated=excepted, long={})[:1]
    assert found.startswith("written 3 times")


def test_an_exception_that_no_longer_applies_is_a_fault():
    assert structure.faults({}, repeated={("a.py:f", "b.py:f"): "why"}, long={"a.py:f": "why"}) == [
        "an exception that no longer applies: a.py:f = b.py:f",
        "an exception that no longer applies: a.py:f",
    ]


def test_what_is_too_long_may_be_excepted_by_its_name():
    texts = {"tools/a.py": function(51)}
    (found,) = structure.faults(texts, repeated={}, long={})
    assert found == "tools/a.py:1: f: 51 lines of code, at most 50"
    assert structure.faults(texts, repeated={}, long={"tools/a.py:f": "why"}) == []


def test_the_project_is_what_is_read(tmp_path):
    for name in ("lessons/00.py", "course_lib/a/b.py", "tools/c.py", "tests/d.py", "build/lib/course_lib/e.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ORIGINAL, encoding="utf-8")
    assert list(structure.sources(tmp_path)) == ["lessons/00.py", "course_lib/a/b.py", "tools/c.py"]
    assert all(reason for reason in [*structure.REPEATS.values(), *structure.LONG.values()])


def test_the_summary_and_the_exit_status(monkeypatch, capsys):
    monkeypatch.setattr(structure, "sources", lambda: {"course_lib/a.py": ORIGINAL, "tools/b.py": ORIGINAL})
    monkeypatch.setattr(structure.faults, "__kwdefaults__", {"repeated": {}, "long": {}})
    assert structure.main() == 1
    out = capsys.readouterr().out
    assert "2 functions and classes in 2 files; written more than once: 1" in out
    assert "longest function 3 lines of code, course_lib/a.py:attend" in out
    monkeypatch.setattr(structure, "sources", lambda: {"course_lib/a.py": ORIGINAL})
    assert structure.main() == 0
    assert "written more than once: 0" in capsys.readouterr().out


def test_types_are_checked_strictly_and_packages_without_types_are_named():
    settings = tomllib.loads((structure.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["files"] == ["course_lib"]
    assert settings["strict"]
    (override,) = settings["overrides"]
    assert set(override) == {"module", "ignore_missing_imports"}
    assert all(re.fullmatch(r"[a-z_]+\.\*", name) for name in override["module"]), "by name"
    blanket = re.compile(r"# type: ignore(?!\[)|# mypy:|@(typing\.)?no_type_check")
    for path in sorted((structure.ROOT / "course_lib").rglob("*.py")):
        assert not blanket.search(path.read_text(encoding="utf-8")), path
