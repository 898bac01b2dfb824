"""The learner's own Transformer out of a notebook: whose code is used, what is refused, and that it can be trained."""

import json
import os
import re

import pytest
import torch

from course_lib import cli, translator_training
from course_lib.commands.own_model import own_model
from course_lib.exercises.exercise import lesson_exercises
from course_lib.exercises.finding import Outcome
from course_lib.folders import PACKAGE
from course_lib.models import build
from course_lib.training import fit
from course_lib.translator_file import load_translator

SOLVED = PACKAGE.parent / "solutions" / "06b_transformer.ipynb"
PART_A = PACKAGE.parent / "solutions" / "06a_self_attention.ipynb"
BLANK = PACKAGE.parent / "notebooks" / "06b_transformer.ipynb"
SMALL = {"D": 8, "N": 2, "H": 12, "L": 1}

pytestmark = pytest.mark.usefixtures("small_models")


@pytest.fixture
def changed(tmp_path):
    """A copy of the two solved notebooks in which one text is another; the one of part b, under a name of its own."""

    def change(old, new):
        hits = 0
        for solved, name in ((PART_A, PART_A.name), (SOLVED, "06 트랜스포머.ipynb")):
            notebook = json.loads(solved.read_text(encoding="utf-8"))
            for cell in notebook["cells"]:
                source = "".join(cell["source"])
                hits += cell["cell_type"] == "code" and old in source
                cell["source"] = source.replace(old, new) if cell["cell_type"] == "code" else source
            (tmp_path / name).write_text(json.dumps(notebook), encoding="utf-8")
        assert hits, f"no cell holds {old!r}"
        return tmp_path / "06 트랜스포머.ipynb"

    return change


def test_all_of_a_solved_notebook_is_the_learners():
    found = own_model(SOLVED)
    assert len(found.right) == 12
    assert found.replaced == {}
    model = found.make("own", SMALL, words=13)
    assert type(model).__name__ == "OwnTransformer"
    assert type(model.encoder[0]).__module__ == "own"
    assert type(model.encoder[0].self_attn).__module__ == "own", "from part a"
    theirs = build("own", SMALL, words=13)
    theirs.load_state_dict(model.state_dict())
    source, inputs = torch.tensor([[4, 5, 6]]), torch.tensor([[2, 7]])
    torch.testing.assert_close(model(source, inputs), theirs(source, inputs))


def test_nothing_of_a_blank_one_is():
    found = own_model(BLANK)
    assert found.right == []
    assert set(found.replaced.values()) == {Outcome.NOT_ATTEMPTED}
    assert len(found.replaced) == 12


def test_a_wrong_answer_is_replaced_and_named(changed):
    found = own_model(changed("centred.square().mean(-1, keepdim=True)", "x.var(-1, keepdim=True)"))
    assert found.replaced == {"06.layer_norm": Outcome.VALUE}
    assert len(found.right) == 11


def test_a_wrong_answer_of_the_first_part_is_replaced_and_named(changed):
    found = own_model(changed("@ key.transpose(-2, -1) / math.sqrt", "@ key.transpose(-2, -1) * math.sqrt"))
    assert found.replaced == {"06.attend_heads": Outcome.VALUE}
    assert len(found.right) == 11


def test_without_the_first_part_the_courses_own_stands_in(changed, tmp_path):
    path = changed("T = 4\n", "T = 4\n")
    whole = own_model(path)
    (tmp_path / PART_A.name).unlink()
    found = own_model(path)
    assert found.replaced == {exercise.id: Outcome.NOT_ATTEMPTED for exercise in lesson_exercises("06a")}
    assert found.right == [exercise.id for exercise in lesson_exercises("06b")]
    assert found.code != whole.code
    model = found.make("own", SMALL, words=13)
    assert type(model.encoder[0].self_attn).__module__ == "course_lib.transformer.heads"


def test_the_first_part_alone_defines_no_model():
    with pytest.raises(ValueError, match="defines no class OwnTransformer; part b of lesson 06 does"):
        own_model(PART_A)


def test_what_only_computes_is_not_run(changed, monkeypatch):
    """A notebook's trainings take minutes, and a learner's own cell may do anything."""
    monkeypatch.setenv("OWN_MODEL", "as it was")
    own_model(changed("T = 4\n", "T = 4\nimport os\nos.environ['OWN_MODEL'] = 'changed'\n"))
    assert os.environ["OWN_MODEL"] == "as it was"
    own_model(changed("T = 4\n", "T = 4\nraise SystemExit\nopen('written', 'w').write('x')\n!exit 1\n"))
    own_model(changed("T = 4\n", "T = 4\ncheck('06.nothing', T)\ncheck('06.attend_heads')\n"))


def test_other_code_has_another_checksum(changed):
    assert own_model(changed("T = 4\n", "T = 5\n")).code != own_model(SOLVED).code


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "class OwnTransformer",
            "class TheirTransformer",
            "defines no class OwnTransformer; part b of lesson 06",
        ),
        (
            "class OwnTransformer(Translating)",
            "class OwnTransformer(nothing)",
            "line 1: NameError: name 'nothing' is not",
        ),
        ("class OwnTransformer(Translating):", "class OwnTransformer(Translating)", "cell 26, line 1: expected ':'"),
        (
            "self.encoder_norm(x), mask",
            "self.encoder_norm(x), ~mask",
            "is no longer the one of lesson 06, .*: its logits",
        ),
        (
            "self.encoder_norm, self.decoder_norm",
            "self.norm, self.decoder_norm",
            r"differ in name or shape, first encoder_norm\.bias",
        ),
        ("def forward(self, source, inputs):", "def forward(self, source):", "takes 2 positional arguments"),
    ],
)
def test_what_is_no_transformer_of_lesson_06_is_refused(changed, old, new, message):
    path = changed(old, new)
    with pytest.raises(ValueError, match=message) as raised:
        own_model(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": 1}', '{"cells": [{}]}', "no json"])
def test_what_is_no_notebook_is_refused(tmp_path, text):
    (tmp_path / "x.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(f"{tmp_path / 'x.ipynb'} is no notebook that can be read")):
        own_model(tmp_path / "x.ipynb")


def test_the_learners_model_is_trained_and_anyone_can_translate_with_it(changed, tmp_path, capsys, monkeypatch):
    trained = []

    def noted(model, *arguments, **options):
        trained.append(type(model).__name__)
        return fit(model, *arguments, **options)

    monkeypatch.setattr(translator_training, "fit", noted)
    table = tmp_path / "pairs.tsv"
    table.write_text("ko\ten\n" + "저는 가요.\tI go.\n개가 자요.\tThe dog sleeps.\n" * 20, encoding="utf-8")
    notebook = changed("F.linear(x, weight1, bias1).relu()", "F.linear(x, weight1, bias1)")
    arguments = ["train", "--data", str(table), "--source", "ko", "--target", "en", "--merges", "9", "--budget"]
    arguments += ["2epochs", "--model", str(notebook), "--out", str(tmp_path / "run")]
    assert cli.main(arguments) == 0
    assert trained == ["OwnTransformer"]
    said = capsys.readouterr().out
    assert "Your own Transformer: 11 of 12 parts are yours.\n  06.feed_forward is the course's own: yours is " in said
    found = load_translator(tmp_path / "run" / "translator")
    assert found.recipe.model == "own"
    assert found.about["plan"]["code"] == own_model(notebook).code
    assert cli.main(["translate", str(tmp_path / "run"), "저는 가요."]) == 0
    assert cli.main([*arguments[:-4], "--model", str(SOLVED), *arguments[-2:], "--resume"]) == 2
    assert "holds another run: its code was" in capsys.readouterr().err


def test_a_notebook_that_is_not_there(tmp_path, capsys):
    assert cli.main(["train", "--model", "nothing.ipynb", "--out", str(tmp_path / "run")]) == 2
    assert capsys.readouterr().err == "course: [Errno 2] No such file or directory: 'nothing.ipynb'\n"
