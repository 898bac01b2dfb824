"""A translator trained in a folder: what is left there, and that a run goes on as without a break."""

import json
import random
import re
from dataclasses import replace

import pytest
import torch

from course_lib import fast, models, tensor_file, translator_training
from course_lib.datasets import load
from course_lib.sentence_pairs import Pair, ParallelCorpus
from course_lib.training import StopTraining
from course_lib.translator_file import load_translator, mean_of_files
from course_lib.translator_training import (
    RATES,
    Budget,
    Plan,
    checksum,
    tokenized,
    train_translator,
    translations,
    validate,
)

pytestmark = pytest.mark.usefixtures("small_models")

PAIRS = load("ko-en", "validation")
CORPUS = ParallelCorpus({"train": PAIRS[:60], "validation": PAIRS[60:70]}, "ko", "en")
PLAN = Plan(Budget("epochs", 3), merges=50, positions=300, warmup=2)


def run(folder, plan=PLAN, corpus=CORPUS, **options):
    told = []
    history = train_translator(plan, corpus, folder, tell=told.append, **options)
    return history, told


# --- the plan -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("45m", ("seconds", 2700)),
        ("90s", ("seconds", 90)),
        ("1h30m", ("seconds", 5400)),
        ("0.5h", ("seconds", 1800)),
        ("3000updates", ("steps", 3000)),
        ("1 update", ("steps", 1)),
        ("12 epochs", ("epochs", 12)),
        ("1epoch", ("epochs", 1)),
    ],
)
def test_budgets_are_read(text, budget):
    assert Budget.parse(text) == budget


@pytest.mark.parametrize("text", ["", "45", "m", "ten minutes", "-5m", "45m extra", "1.5 epochs"])
def test_what_is_no_budget_is_refused(text):
    with pytest.raises(ValueError, match=r"expected a budget such as 45m, .*, got "):
        Budget.parse(text)


@pytest.mark.parametrize("text", ["0m", "0h0s", "0 epochs", "0updates"])
def test_a_budget_of_nothing_is_refused(text):
    with pytest.raises(ValueError, match=f"a budget of nothing trains nothing, got '{text}'"):
        Budget.parse(text)


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        ({"model": "gpt"}, "model: expected one of transformer, luong, bahdanau, seq2seq, own, got 'gpt'"),
        ({"size": "huge"}, "size: expected one of tiny, small, got 'huge'"),
        ({"warmup": -1}, "warmup: expected a number, at least 0, got -1"),
        ({"rate": float("inf")}, "rate: expected a number, at least 0, got inf"),
        ({"longest": 0}, "longest: expected a number, at least 1, got 0"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(odd, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        replace(PLAN, **odd)


def test_merges_are_learned_of_both_sides_of_the_training_sentences():
    recipe = replace(PLAN, lower=True, merges=300).recipe(CORPUS.train, "ko", "en")
    assert (recipe.model, recipe.source, recipe.target, recipe.lower) == ("transformer", "ko", "en", True)
    assert len(recipe.merges) == 300
    assert "▁the" in recipe.subwords.vocabulary
    assert any("가" <= token[-1] <= "힣" and len(token) > 1 for token in recipe.subwords.vocabulary)
    assert not any(character.isupper() for character in recipe.alphabet)


def test_pairs_that_cannot_be_trained_on_are_left_out():
    recipe = PLAN.recipe(CORPUS.train, "ko", "en")
    pairs = [Pair([], [], *texts) for texts in (("가요.", "I go."), ("", "x"), ("x", " "), ("가" * 9, "go"))]
    assert [pair.source_text for pair in tokenized(recipe, pairs)] == ["가요.", "가" * 9]
    assert [pair.source_text for pair in tokenized(recipe, pairs, 8)] == ["가요."]


# --- a run --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", models.MODELS)
def test_a_run_leaves_a_translator(tmp_path, model):
    history, told = run(tmp_path / "run", replace(PLAN, model=model))
    assert [line["epoch"] for line in history] == [1, 2, 3]
    assert {path.name for path in (tmp_path / "run").iterdir()} == {"plan.json", "checkpoint", "best", "translator"}
    found = load_translator(tmp_path / "run" / "translator")
    best = max(history, key=lambda line: line["bleu"])
    assert found.about["figures"] == best
    assert found.about["plan"]["data"] == checksum(CORPUS.train)
    assert found.about["versions"]["torch"] == torch.__version__
    assert (found.recipe.source, found.recipe.target) == ("ko", "en")
    figures = validate(found.recipe, found.translator, CORPUS.validation)
    assert figures == {name: best[name] for name in figures}
    assert told[0] == "60 pairs to train on, 10 to validate on"
    assert [line.split()[:2] for line in told[1:]] == [["epoch", "1"], ["epoch", "2"], ["epoch", "3"]]


def test_a_translator_in_half_precision_has_half_the_size_and_says_the_same(tmp_path):
    run(tmp_path / "whole")
    run(tmp_path / "half", replace(PLAN, half=True))
    whole, half = (tmp_path / name / "translator" for name in ("whole", "half"))
    sizes = [sum(w.nbytes for w in tensor_file.read(path)["weights"].values()) for path in (whole, half)]
    assert sizes[0] == 2 * sizes[1]
    texts = [pair.source_text for pair in CORPUS.validation]
    ours, theirs = ([*translations(f.recipe, f.translator, texts)] for f in map(load_translator, (whole, half)))
    assert ours == theirs


def test_a_run_learns_what_it_is_shown(tmp_path):
    """Twelve sentences, known by heart in the end."""
    few = ParallelCorpus({"train": PAIRS[:12], "validation": PAIRS[:12]}, "ko", "en")
    settings = {"D": 32, "N": 2, "H": 64, "L": 1, "dropout": 0.0}
    models.SIZES["tiny"]["transformer"] = settings
    plan = Plan(Budget("epochs", 60), merges=200, positions=600, warmup=5, rate=0.01)
    history, _ = run(tmp_path / "run", plan, few)
    assert history[-1]["bleu"] > 95
    assert history[-1]["teacher-forced"] < 1.5
    found = load_translator(tmp_path / "run" / "translator")
    texts = [pair.source_text for pair in PAIRS[:12]]
    said = translations(found.recipe, found.translator, [texts[0], "", texts[1]])
    assert said == [PAIRS[0].target_text, "", PAIRS[1].target_text]


@pytest.mark.parametrize("model", models.MODELS)
def test_half_the_precision_trains_what_the_whole_does(tmp_path, model):
    """A step in bfloat16 has a loss within a few per cent, and weights that stay in float32."""
    whole, _ = run(tmp_path / "whole", replace(PLAN, model=model, budget=Budget("epochs", 1)))
    half, _ = run(tmp_path / "half", replace(PLAN, model=model, budget=Budget("epochs", 1), bf16=True))
    assert half[0]["loss"] == pytest.approx(whole[0]["loss"], rel=0.05)
    assert half[0]["loss"] != whole[0]["loss"]
    weights = load_translator(tmp_path / "half" / "translator").translator.model.parameters()
    assert {weight.dtype for weight in weights} == {torch.float32}


@pytest.mark.parametrize("bf16", [False, True])
def test_the_last_layer_is_fused_unless_products_are_in_half_precision(tmp_path, monkeypatch, bf16):
    asked, fused = [], fast.smoothed_loss
    monkeypatch.setattr(fast, "smoothed_loss", lambda smoothing: asked.append(smoothing) or fused(smoothing))
    run(tmp_path / "run", replace(PLAN, budget=Budget("steps", 1), smoothing=0.2, bf16=bf16))
    assert asked == ([] if bf16 else [0.2])


def test_the_rate_rises_and_falls_to_nothing(tmp_path, monkeypatch):
    rates = []

    class Noted(torch.optim.Adam):
        def step(self, *arguments):
            rates.append(self.param_groups[0]["lr"])
            return super().step(*arguments)

    monkeypatch.setattr(torch.optim, "Adam", Noted)
    run(tmp_path / "run", Plan(Budget("steps", 8), merges=0, positions=300, warmup=4))
    peak = RATES["transformer"]
    assert rates == pytest.approx([peak * min(1, step / 4) * (1 - (step - 1) / 8) for step in range(1, 9)])


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(tmp_path):
    whole, _ = run(tmp_path / "whole", replace(PLAN, average=2))

    def stop(step):
        if step.number == 5:
            raise StopTraining

    with pytest.raises(StopTraining):
        run(tmp_path / "broken", replace(PLAN, average=2), on_step=stop)
    torch.manual_seed(99)
    random.seed(99)
    history, _ = run(tmp_path / "broken", replace(PLAN, average=2), resume=True)
    times = {"seconds", "speed"}
    assert [{k: v for k, v in line.items() if k not in times} for line in history] == [
        {k: v for k, v in line.items() if k not in times} for line in whole
    ]
    for name in ("best", "translator", "epochs/0002", "epochs/0003"):
        ours, theirs = (tensor_file.read(tmp_path / each / name)["weights"] for each in ("whole", "broken"))
        assert all(torch.equal(theirs[key], tensor) for key, tensor in ours.items()), name
    again, _ = run(tmp_path / "broken", replace(PLAN, average=2), resume=True)
    assert again == history, "nothing is left to do"


def test_the_last_epochs_are_averaged_where_that_is_better(tmp_path, monkeypatch):
    scores = iter([5.0, 9.0, 7.0, 11.0])
    figures = {"teacher-forced": 2.0, "free-running": 3.0}
    monkeypatch.setattr(translator_training, "validate", lambda *_: {**figures, "bleu": next(scores)})
    _, told = run(tmp_path / "run", replace(PLAN, average=2))
    assert sorted(path.name for path in (tmp_path / "run" / "epochs").iterdir()) == ["0002", "0003"]
    assert told[-1] == "the mean of the last 2 epochs: BLEU 11.00"
    found = load_translator(tmp_path / "run" / "translator")
    assert found.about["figures"]["averaged"] == 2
    assert found.about["figures"]["bleu"] == 11.0
    mean = mean_of_files([tmp_path / "run" / "epochs" / name for name in ("0002", "0003")])
    state = found.translator.model.state_dict()
    assert all(torch.equal(state[name], tensor) for name, tensor in mean.items())
    assert load_translator(tmp_path / "run" / "best").about["figures"]["bleu"] == 9.0


def test_the_best_epoch_is_kept_where_the_average_is_worse(tmp_path, monkeypatch):
    scores = iter([5.0, 9.0, 7.0, 8.0])
    figures = {"teacher-forced": 2.0, "free-running": 3.0}
    monkeypatch.setattr(translator_training, "validate", lambda *_: {**figures, "bleu": next(scores)})
    run(tmp_path / "run", replace(PLAN, average=2))
    assert (tmp_path / "run" / "translator").read_bytes() == (tmp_path / "run" / "best").read_bytes()
    assert load_translator(tmp_path / "run" / "translator").about["figures"]["epoch"] == 2


# --- what is refused ----------------------------------------------------------------------------------------


def test_a_folder_with_a_run_is_left_alone(tmp_path):
    run(tmp_path / "run", replace(PLAN, budget=Budget("steps", 1)))
    before = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}
    with pytest.raises(FileExistsError, match="run is there already"):
        run(tmp_path / "run")
    with pytest.raises(
        ValueError, match=r"holds another run: its budget was \['steps', 1\], asked for is \['epochs', 3"
    ):
        run(tmp_path / "run", resume=True)
    other = ParallelCorpus({"train": PAIRS[1:61], "validation": PAIRS[60:70]}, "ko", "en")
    with pytest.raises(ValueError, match="holds another run: its data was "):
        run(tmp_path / "run", replace(PLAN, budget=Budget("steps", 1)), other, resume=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()} == before
    with pytest.raises(ValueError, match="nothing holds no run to go on with"):
        run(tmp_path / "nothing", resume=True)
    assert not (tmp_path / "nothing").exists()


def test_sentences_are_needed(tmp_path):
    for splits in ({"train": PAIRS[:9]}, {"train": PAIRS[:9], "validation": []}):
        with pytest.raises(
            ValueError, match="expected sentences to train and to validate on, got none in 'validation'"
        ):
            run(tmp_path / "run", corpus=ParallelCorpus(splits))
    with pytest.raises(ValueError, match="expected pairs of 1 to 2 tokens to train on, got none"):
        run(tmp_path / "run", replace(PLAN, longest=2))
    _, told = run(tmp_path / "run", replace(PLAN, longest=30, budget=Budget("steps", 1)))
    assert told[1].endswith("pairs are left out: a side is empty or has more than 30 tokens")
    assert json.loads((tmp_path / "run" / "plan.json").read_text())["longest"] == 30
