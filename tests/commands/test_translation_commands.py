"""`course train`, `translate` and `evaluate`, as a user types them."""

import gzip
import io
import os
import re
import signal
import subprocess
import sys

import pytest
from sacrebleu import corpus_bleu, corpus_chrf

from course_lib import bundled, cli, datasets, plotting, tensor_file
from course_lib.commands import evaluate, train, translate
from course_lib.training import StopTraining
from course_lib.translator import Translations
from course_lib.translator_file import load_translator
from course_lib.translator_training import tokenized, translations

pytestmark = pytest.mark.usefixtures("small_models")

PAIRS = datasets.load("ko-en", "validation")


def write(folder, train=80, validation=8, test=6):
    """Line-aligned files of the first pairs."""
    folder.mkdir()
    splits = {"train": PAIRS[:train], "val": PAIRS[train : train + validation], "test_2016": PAIRS[200 : 200 + test]}
    for name, pairs in splits.items():
        for side, language in enumerate(("ko", "en")):
            text = "".join(f"{(pair.source_text, pair.target_text)[side]}\n" for pair in pairs)
            (folder / f"{name}.{language}").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path):
    return write(tmp_path / "data")


@pytest.fixture
def trained(tmp_path, data):
    """The arguments of a training, and its folder, trained."""
    arguments = ["train", "--data", str(data), "--source", "ko", "--target", "en", "--merges", "60"]
    arguments += ["--budget", "2epochs", "--positions", "400", "--out", str(tmp_path / "run")]
    assert cli.main(arguments) == 0
    return arguments, tmp_path / "run"


def lines(capsys):
    return capsys.readouterr().out.splitlines()


# --- train --------------------------------------------------------------------------------------------------


def test_what_is_told_stands_in_a_log_at_once(tmp_path, data, monkeypatch):
    told = []

    def training(*_, tell, **__):
        told.append(tell)
        raise StopTraining

    monkeypatch.setattr(train, "train_translator", training)
    where = ["--data", str(data), "--source", "ko", "--target", "en", "--out", str(tmp_path / "run")]
    assert cli.main(["train", *where]) == 130
    flushed = []

    class Log(io.StringIO):
        def flush(self):
            flushed.append(self.getvalue())

    monkeypatch.setattr("sys.stdout", Log())
    told[0]("epoch 1")
    assert flushed[-1] == "epoch 1\n"


def test_a_training_leaves_a_translator_and_a_picture(trained, tmp_path, capsys):
    folder = tmp_path / "again"
    capsys.readouterr()
    assert cli.main([*trained[0][:-1], str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {"plan.json", "checkpoint", "best", "translator", "curve.png"}
    assert (folder / "curve.png").read_bytes().startswith(b"\x89PNG")
    said = lines(capsys)
    assert said[0] == "80 pairs to train on, 8 to validate on"
    assert re.match(
        r"epoch   1  updates +\d+  loss [\d.]+  perplexity [\d.]+ forced [\d.]+ free  BLEU [\d.]+  ", said[1]
    )
    assert said[-1] == f"The translator is {folder / 'translator'}.  Try it:  course translate {folder}"


def test_a_table_is_trained_on_and_sentences_are_held_out(tmp_path, capsys):
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{pair.source_text}\t{pair.target_text}\n" for pair in PAIRS[:60]), encoding="utf-8")
    arguments = ["train", "--data", str(path), "--source", "1", "--target", "0", "--model", "luong", "--lower"]
    assert cli.main([*arguments, "--merges", "20", "--budget", "2updates", "--out", str(tmp_path / "run")]) == 0
    assert lines(capsys)[0] == "3 pairs are held out to validate on"
    recipe = load_translator(tmp_path / "run" / "translator").recipe
    assert (recipe.model, recipe.lower, recipe.source) == ("luong", True, "1")


def test_ctrl_c_stops_and_says_how_to_go_on(trained, tmp_path, monkeypatch, capsys):
    arguments = [*trained[0][:-1], str(tmp_path / "broken")]
    counted = []

    def interrupt(self, share, note=""):
        counted.append(share)
        if len(counted) == 2:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("course_lib.training.ProgressBar.reach", interrupt)
    before = signal.getsignal(signal.SIGINT)
    assert cli.main(arguments) == 130
    assert signal.getsignal(signal.SIGINT) is before
    out = capsys.readouterr().out
    assert out.endswith(f"Stopped; it is all in {tmp_path / 'broken'}. Go on with the same command and --resume.\n")
    assert (tmp_path / "broken" / "checkpoint").exists()


def test_a_run_that_was_stopped_ends_as_one_that_was_not(trained, tmp_path, monkeypatch):
    arguments = [*trained[0][:-1], str(tmp_path / "broken")]
    with monkeypatch.context() as patched:
        reached = iter(range(1000))

        def interrupt(self, share, note=""):
            if next(reached) == 2:
                os.kill(os.getpid(), signal.SIGINT)

        patched.setattr("course_lib.training.ProgressBar.reach", interrupt)
        assert cli.main(arguments) == 130
    assert cli.main([*arguments, "--resume"]) == 0
    ours, theirs = (tensor_file.read(each / "translator")["weights"] for each in (trained[1], tmp_path / "broken"))
    assert all(bool((theirs[name] == tensor).all()) for name, tensor in ours.items())


def test_a_run_is_replaced_only_where_it_is_asked_for(trained, capsys):
    arguments, folder = trained
    before = (folder / "translator").read_bytes()
    capsys.readouterr()
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err == (
        f"course: {folder} is there already; --resume goes on with it, --force replaces it\n"
    )
    assert (folder / "translator").read_bytes() == before
    assert cli.main([*arguments, "--force", "--seed", "2"]) == 0
    assert (folder / "translator").read_bytes() != before


def test_force_keeps_the_run_before_until_the_new_one_can_begin(trained, tmp_path, data, capsys):
    arguments, folder = trained
    before = (folder / "translator").read_bytes()
    empty(data, "val")
    assert cli.main([*arguments, "--force", "--data", str(data)]) == 2
    assert (folder / "translator").read_bytes() == before


def test_force_removes_nothing_but_runs(tmp_path, data, capsys):
    arguments = ["train", "--data", str(data), "--source", "ko", "--target", "en", "--out", str(data)]
    assert cli.main([*arguments, "--force", "--budget", "1update", "--merges", "0"]) == 2
    assert (data / "train.ko").exists()
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "arguments", "message"),
    [
        (None, ["--budget", "0m"], "a budget of nothing trains nothing, got '0m'"),
        (None, ["--budget", "soon"], "expected a budget such as 45m, 1h30m, 90s, 3000updates or 12epochs, got 'soon'"),
        (None, ["--merges", "-1"], "merges: expected a number, at least 0, got -1"),
        (None, ["--rate", "-1"], r"rate: expected a number, at least 0, got -1\.0"),
        (None, ["--rate", "nan"], "rate: expected a number, at least 0, got nan"),
        (None, ["--positions", "0"], "positions: expected a number, at least 1, got 0"),
        (None, ["--average", "-1"], "average: expected a number, at least 0, got -1"),
        (None, ["--seed", "-3"], "seed: expected a number, at least 0, got -3"),
        (None, ["--source", "fr"], r"holds no file that ends in \.fr"),
        (
            lambda folder: shorten(folder / "train.ko"),
            [],
            "expected as many lines on both sides, got 79 in .*train.ko ",
        ),
        (
            lambda folder: (folder / "val.en").write_text(""),
            [],
            "expected as many lines on both sides, got 8 in .* 0 in",
        ),
        (
            lambda folder: empty(folder, "train"),
            [],
            r"train\.ko and .*train\.en are empty: expected one sentence per line",
        ),
        (None, ["--resume"], "holds no run to go on with"),
        (None, ["--data", "nowhere"], "no corpus 'nowhere': not bundled"),
        (None, ["--positions", "3"], "tokens, more than max_tokens=3"),
    ],
)
def test_what_cannot_be_trained_is_said_in_one_sentence(tmp_path, data, capsys, change, arguments, message):
    if change is not None:
        change(data)
    usual = ["train", "--data", str(data), "--source", "ko", "--target", "en", "--merges", "20", "--budget", "1update"]
    assert cli.main([*usual, "--out", str(tmp_path / "run"), *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("course: ")
    assert error.count("\n") == 1
    assert re.search(message, error)
    assert not (tmp_path / "run" / "translator").exists()


def shorten(path):
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")


def empty(folder, stem):
    for language in ("ko", "en"):
        (folder / f"{stem}.{language}").write_text("")


def test_a_full_disk_is_said_in_one_sentence(trained, tmp_path, monkeypatch, capsys):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tensor_file, "save_file", full)
    assert cli.main([*trained[0][:-1], str(tmp_path / "other")]) == 2
    assert capsys.readouterr().err == "course: [Errno 28] No space left on device\n"
    assert cli.main([*trained[0], "--resume"]) == 0, "nothing is left to do, and nothing lost"


# --- translate ----------------------------------------------------------------------------------------------


def test_sentences_of_the_command_line(trained, capsys):
    _, folder = trained
    capsys.readouterr()
    texts = [pair.source_text for pair in PAIRS[:3]]
    assert cli.main(["translate", str(folder), *texts, "--beam", "1"]) == 0
    found = load_translator(folder / "translator")
    assert lines(capsys) == translations(found.recipe, found.translator, texts)


@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_sentence_is_no_model(capsys, nothing):
    assert cli.main(["translate", nothing]) == 0
    assert capsys.readouterr().out == "\n"


@pytest.mark.parametrize("name", ["text", "text.gz"])
def test_lines_of_a_file_and_of_the_input(trained, tmp_path, monkeypatch, capsys, name):
    """Line by line: an empty line stays one, and blocks change nothing."""
    _, folder = trained
    text = "\n".join([PAIRS[0].source_text, "", "   ", PAIRS[1].source_text, PAIRS[2].source_text]) + "\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    capsys.readouterr()
    assert cli.main(["translate", str(folder), "--file", str(path)]) == 0
    of_file = lines(capsys)
    assert len(of_file) == 5
    assert of_file[1] == of_file[2] == ""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    monkeypatch.setattr(translate, "BLOCK", 2)
    assert cli.main(["translate", str(folder / "translator")]) == 0
    assert lines(capsys) == of_file


def test_sentences_as_they_are_typed(trained, monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    typed = iter([PAIRS[0].source_text, PAIRS[1].source_text, ""])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    capsys.readouterr()
    assert cli.main(["translate", str(trained[1])]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert said.err == "Type a sentence; an empty line ends.\n"


def test_the_best_ones_with_their_scores(trained, capsys):
    capsys.readouterr()
    assert cli.main(["translate", str(trained[1]), PAIRS[0].source_text, "--beam", "4", "--best", "3"]) == 0
    rows = [line.split("\t") for line in lines(capsys)]
    assert len(rows) == 3
    assert [float(row[0]) for row in rows] == sorted((float(row[0]) for row in rows), reverse=True)


def test_no_unknown_token_is_ever_said(trained, capsys):
    capsys.readouterr()
    assert cli.main(["translate", str(trained[1]), "漢字 😀 ❦", "<unk> <pad>"]) == 0
    assert not re.search("<(unk|pad|sos|eos|0x)", capsys.readouterr().out)


def test_a_picture_of_where_the_model_looked(trained, tmp_path, monkeypatch, capsys):
    drawn = []
    heatmap = plotting.heatmap
    monkeypatch.setattr("course_lib.plotting.heatmap", lambda *a, **o: drawn.append((a, o)) or heatmap(*a, **o))
    capsys.readouterr()
    picture = tmp_path / "attention.png"
    assert cli.main(["translate", str(trained[1]), PAIRS[0].source_text, "--attention", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    (weights, target, source), options = drawn[0]
    assert source == load_translator(trained[1] / "translator").recipe.tokens(PAIRS[0].source_text)
    assert tuple(weights.shape) == (len(target), len(source))
    title, *more = options["title"].split("\n")
    assert lines(capsys)[0].startswith(title.removesuffix(" …"))
    assert len(more) < 2


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("said", [["a"], ["a"] * 90])
def test_what_is_drawn_has_room_however_much_is_said(trained, tmp_path, monkeypatch, said):
    monkeypatch.setattr("course_lib.translator.Translator.translate", lambda *_: Translations([said], [False]))
    assert cli.main(["translate", str(trained[1]), "네", "--attention", str(tmp_path / "attention.png")]) == 0


def test_options_stand_before_the_sentences_or_behind_them(trained, capsys):
    said = []
    for words in (["--beam", "2", "{}", "x", "y"], ["{}", "--beam", "2", "x", "y"], ["{}", "x", "--beam", "2", "y"]):
        capsys.readouterr()
        assert cli.main(["translate", *(word.format(trained[1]) for word in words)]) == 0
        said.append(lines(capsys))
    assert len(said[0]) == 2
    assert said[0] == said[1] == said[2]


def test_nothing_said_is_nothing_to_draw(trained, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("course_lib.translator.Translator.translate", lambda *_: Translations([[]], [False]))
    capsys.readouterr()
    picture = tmp_path / "attention.png"
    assert cli.main(["translate", str(trained[1]), "x", "--attention", str(picture)]) == 2
    assert "the model says nothing to this sentence" in capsys.readouterr().err
    assert not picture.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{folder}/nothing", "x"], "no file .*nothing; .* holds"),
        (["{folder}", "x", "--best", "6"], "--best must be from 1 to the width of the beam, 5, got 6"),
        (["{folder}", "x", "--beam", "0"], "beam must be at least 1, got 0"),
        (["{folder}", "x", "y", "--attention", "{folder}/a.png"], "--attention draws one sentence, got 2"),
        (["{folder}", "--file", "{folder}/nothing"], "no file .*nothing"),
        (["{folder}/plan.json", "x"], "plan.json is not a whole file of tensors"),
        (["{folder}/checkpoint", "x"], "checkpoint is no translator: expected a file that `course train` wrote"),
        (["{folder}/..", "x"], "holds no translator; has its training come to the end of an epoch"),
    ],
)
def test_what_cannot_be_translated_is_said_in_one_sentence(trained, capsys, arguments, message):
    capsys.readouterr()
    assert cli.main(["translate", *(argument.format(folder=trained[1]) for argument in arguments)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("course: ")
    assert error.count("\n") == 1
    assert re.search(message, error)


def test_a_damaged_translator_is_named(trained, capsys):
    path = trained[1] / "translator"
    whole = bytearray(path.read_bytes())
    whole[-100] ^= 1
    path.write_bytes(whole)
    capsys.readouterr()
    assert cli.main(["translate", str(trained[1]), "x"]) == 2
    assert capsys.readouterr().err == f"course: {path} is damaged: its checksum is not that of what it holds\n"


@pytest.fixture
def shipped(trained, monkeypatch):
    """The translator that comes with the course is the one that was just trained."""
    monkeypatch.setattr(bundled, "translator_file", lambda: trained[1] / "translator")


@pytest.mark.parametrize("words", [["저는 가요."], ["가요."], ["Two dogs run."], ["가" * 400], ["저는 가요.", "가요."]])
def test_without_a_model_the_courses_own_translates(shipped, trained, capsys, words):
    capsys.readouterr()
    assert cli.main(["translate", *words]) == 0
    said = lines(capsys)
    assert cli.main(["translate", str(trained[1]), *words]) == 0
    assert said == lines(capsys)
    assert len(said) == len(words)


def test_without_anything_the_input_is_translated(shipped, monkeypatch, capsys):
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", io.StringIO("저는 가요.\n가요.\n"))
    assert cli.main(["translate"]) == 0
    assert len(lines(capsys)) == 2


@pytest.mark.parametrize("name", ["runs/frist", "model", "C:\\runs\\first"])
def test_a_model_that_is_not_there_is_no_sentence(shipped, capsys, name):
    assert cli.main(["translate", name, "저는 가요."]) == 2
    assert f"no file {name}" in capsys.readouterr().err


# --- evaluate -----------------------------------------------------------------------------------------------


def test_the_figures_of_a_translator(trained, data, capsys):
    _, folder = trained
    capsys.readouterr()
    assert cli.main(["evaluate", str(folder), "--data", str(data), "--beam", "1"]) == 0
    said = lines(capsys)
    found = load_translator(folder / "translator")
    pairs = PAIRS[200:206]
    texts = translations(found.recipe, found.translator, [pair.source_text for pair in pairs])
    wanted = corpus_bleu(texts, [[pair.target_text for pair in pairs]]).score
    assert re.match(r"transformer, \d\.\d million parameters, ko to en$", said[0])
    assert said[1] == "test: 6 sentences, beam 1"
    low, high = re.match(rf"  BLEU        {wanted:.1f}  \[([\d.]+), ([\d.]+)\]$", said[2]).groups()
    assert float(low) <= wanted <= float(high)
    assert re.match(r"  signature   nrefs:1\|case:mixed\|eff:no\|tok:13a\|smooth:exp\|version:", said[3])
    assert [line.split()[0] for line in said[4:]] == ["chrF", "perplexity", "speed"]


def test_the_scores_are_those_of_the_translations(trained, monkeypatch):
    found, pairs = load_translator(trained[1] / "translator"), PAIRS[200:212]
    texts = [pair.target_text if i % 3 else PAIRS[i].target_text for i, pair in enumerate(pairs)]
    asked = []

    def translated(recipe, translator, sources, *, decode):
        asked.append((sources, decode.keywords))
        return texts[: len(sources)]

    monkeypatch.setattr(evaluate, "translations", translated)
    monkeypatch.setattr(evaluate.time, "perf_counter", iter([10.0, 13.0, 20.0, 21.0]).__next__)
    scores = evaluate.measure(found, pairs, beam=2, alpha=0.5)
    assert asked == [([pair.source_text for pair in pairs], {"beam": 2, "alpha": 0.5})]
    references = [[pair.target_text for pair in pairs]]
    assert scores.bleu == pytest.approx(corpus_bleu(texts, references).score)
    assert scores.chrf == pytest.approx(corpus_chrf(texts, references).score)
    assert 0 < scores.interval[0] < scores.bleu < scores.interval[1] < 100
    expected = found.translator.perplexities(tokenized(found.recipe, pairs))
    assert (scores.forced, scores.free) == (expected["teacher-forced"], expected["free-running"])
    assert scores.speed == 4
    assert evaluate.measure(found, pairs[:1], beam=1).interval is None


def test_a_split_that_there_is_not(trained, data, capsys):
    capsys.readouterr()
    assert cli.main(["evaluate", str(trained[1]), "--data", str(data), "--split", "test"]) == 0, "the only one there is"
    assert cli.main(["evaluate", str(trained[1]), "--data", str(data), "--split", "long"]) == 2
    assert capsys.readouterr().err == "course: no split 'long': there is 'train', 'validation', 'test'\n"


# --- the command itself -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, "PASSIVE 3000"),
        ({"GOMP_SPINCOUNT": "7"}, "PASSIVE 7"),
        ({"OMP_WAIT_POLICY": "ACTIVE"}, "ACTIVE None"),
        ({"OMP_WAIT_POLICY": "PASSIVE"}, "PASSIVE None"),
    ],
)
def test_threads_that_wait_sleep_soon_unless_they_are_told_otherwise(given, found):
    names = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT")
    environment = {name: value for name, value in os.environ.items() if name not in names} | given
    code = f"import sys, os, course_lib.cli; print(*(os.environ.get(name) for name in {names}))"
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == found
