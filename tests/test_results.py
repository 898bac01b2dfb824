"""The results on Multi30k: the page says what the stored runs say, and each row has a command that `course` takes."""

import argparse
import copy
import json

import numpy as np
import pytest

from course_lib import datasets
from course_lib.commands import train
from course_lib.commands.evaluate import measure
from course_lib.experiments import multi30k
from course_lib.translator_file import load_translator
from tools import results

SCORES = {
    "bleu": 40.0, "interval": [38.5, 41.5], "signature": "nrefs:1|tok:13a", "chrf": 60.0, "forced": 6.0, "free": 100.0,
    "speed": 250.0,
}  # fmt: skip


def result(row="transformer-4500", seed=1, bleu=40.0):
    scores = SCORES | {"bleu": bleu}
    return {
        "row": row, "seed": seed, "parameters": 4_000_000, "updates": 4500, "epochs": 9, "tokens per second": 1800.0,
        "averaged": 5, "validation": 38.0, "core minutes": 41.0, "gigabytes": 1.2,
        "tests": {"test_2016_flickr": {"greedy": copy.deepcopy(scores), "beam": scores}},
        "versions": {"python": "3.11", "torch": "2.3.1", "machine": "x86_64"}, "date": "2026-01-01",
    }  # fmt: skip


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Results are kept, and runs lie, in a folder of the test's own."""
    monkeypatch.setattr(results, "RUNS", tmp_path / "runs")
    monkeypatch.setattr(results, "PAGE", tmp_path / "results.md")
    for module in (results, multi30k):
        monkeypatch.setattr(module, "results_file", lambda: tmp_path / "multi30k.jsonl")
    return tmp_path


def run_there(house, found):
    path = house / "runs" / f"{found['row']}-{found['seed']}" / "result.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(found), encoding="utf-8")


def test_the_page_is_that_of_the_stored_results():
    assert results.PAGE.read_text(encoding="utf-8").splitlines() == "\n".join(results.page(multi30k.stored())).split(
        "\n"
    )


def test_stored_results_are_whole():
    for row in multi30k.ROWS:
        runs = multi30k.stored()[row.name]
        assert [run["seed"] for run in runs] == sorted({run["seed"] for run in runs})
        for run in runs:
            assert run.keys() == result().keys()
            assert set(run["tests"]) <= set(multi30k.TESTS)
            for scores in run["tests"].values():
                assert scores["beam"].keys() == scores["greedy"].keys() == SCORES.keys()
                low, high = scores["beam"]["interval"]
                assert low < scores["beam"]["bleu"] < high


@pytest.mark.parametrize("row", multi30k.ROWS, ids=lambda row: row.name)
def test_a_row_is_made_by_a_command_of_the_course(row):
    command, *arguments = row.command(2)
    parser = argparse.ArgumentParser()
    train.arguments(parser)
    given = parser.parse_args(arguments)
    assert command == "train"
    assert (given.model, given.source, given.target, given.seed) == (row.model, row.source, row.target, 2)
    assert (given.size, given.lower, given.budget) == ("small", True, f"{row.updates}updates")
    assert str(given.out) == f"runs/{row.name}-2"


def test_stored_results_come_in_the_order_of_their_seeds(house):
    lines = [json.dumps(result("transformer-4500", seed)) for seed in (2, 3, 1)]
    (house / "multi30k.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [run["seed"] for run in multi30k.stored()["transformer-4500"]] == [1, 2, 3]


def test_results_of_runs_are_gathered_and_replace_older_ones(house):
    run_there(house, result("transformer-10000", 1))
    run_there(house, result("transformer-4500", 2, bleu=39.0))
    found = results.gather()
    names = "transformer-4500", "transformer-10000", "luong-10000"
    assert [[run["seed"] for run in found[name]] for name in names] == [[2], [1], []]
    for path in (house / "runs").glob("*/result.json"):
        path.unlink()
    assert results.gather() == found, "what is stored stays"
    path = house / "runs" / "transformer-4500-2" / "result.json"
    path.write_text(json.dumps(result("transformer-4500", 2, bleu=39.5)), encoding="utf-8")
    assert results.gather()["transformer-4500"][0]["tests"]["test_2016_flickr"]["beam"]["bleu"] == 39.5
    lines = (house / "multi30k.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["row"] for line in lines] == ["transformer-4500", "transformer-10000"]


def aligned(folder, tests):
    """A folder of aligned files, with these files to test on."""
    pairs = datasets.load("ko-en", "validation")
    folder.mkdir()
    for i, (name, count) in enumerate({"train": 60, "val": 6, **dict.fromkeys(tests, 5)}.items()):
        for language, texts in (("ko", [p.source_text for p in pairs]), ("en", [p.target_text for p in pairs])):
            text = "".join(f"{text}\n" for text in texts[100 * i : 100 * i + count])
            (folder / f"{name}.{language}").write_text(text, encoding="utf-8")
    return str(folder)


def test_a_run_is_trained_gone_on_with_and_measured(house):
    row = multi30k.Row("tiny", "A tiny run", "seq2seq", "ko", "en", 3)
    data = aligned(house / "two", ["test_2016_flickr", "test_2017_flickr"])
    cost = results.train(row, 7, data)
    assert 0 < cost["core minutes"] < 5
    assert 0.1 < cost["gigabytes"] < 10
    (house / "runs" / "tiny-7" / "cost.json").write_text('{"core minutes": 10.0, "gigabytes": 99.0}', encoding="utf-8")
    again = results.train(row, 7, data)  # it goes on from its checkpoint; without --resume it would refuse
    assert 10 < again["core minutes"] < 15, "what it had worked before counts too"
    assert again["gigabytes"] == 99.0
    found = results.result(row, 7, data, cost)
    assert found.keys() == result().keys()
    assert (found["row"], found["seed"], found["updates"], found["core minutes"]) == (
        "tiny",
        7,
        3,
        cost["core minutes"],
    )
    assert found["tests"].keys() == {"test_2016_flickr", "test_2017_flickr"}
    translator = load_translator(house / "runs" / "tiny-7" / "translator")
    pairs = datasets.load(data, source="ko", target="en")["test_2016_flickr"]
    for how, beam in (("greedy", 1), ("beam", 5)):
        expected = measure(translator, pairs, beam=beam)._asdict() | {"speed": None}
        assert found["tests"]["test_2016_flickr"][how] | {"speed": None} == expected
    alone = results.result(row, 7, aligned(house / "one", ["test_2016_flickr"]), cost)
    assert alone["tests"].keys() == {"test_2016_flickr"}, "where it is the only one, its split is test"
    with pytest.raises(SystemExit, match="2"):
        results.train(multi30k.Row("tiny", "Another plan", "seq2seq", "ko", "en", 4), 7, data)


def test_a_run_that_was_killed_has_cost_what_its_own_clock_says(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "read", lambda path: {"progress": {"seconds": 120.0}})
    assert results.spent(tmp_path) == {"core minutes": 2.0, "gigabytes": 0.0}
    (tmp_path / "cost.json").write_text('{"core minutes": 1.0, "gigabytes": 2.0}', encoding="utf-8")
    assert results.spent(tmp_path) == {"core minutes": 1.0, "gigabytes": 2.0}


def test_the_page_has_means_with_the_least_and_the_greatest(house):
    for seed, bleu in ((1, 40.0), (2, 42.0)):
        run_there(house, result(seed=seed, bleu=bleu))
    page = "\n".join(results.page(results.gather()))
    assert (
        "| Transformer, German to English | 4,500 | 2 | 41.0 (40.0 to 42.0) | 41.0 (40.0 to 42.0) | 60.0 (60.0 to"
        in page
    )
    assert "    OMP_NUM_THREADS=1 course train --data multi30k --source de --target en --lower" in page
    assert "`nrefs:1|tok:13a`" in page
    assert "luong" not in page, "only runs that were made"
    assert "test_2017_flickr" not in page


def test_one_seed_has_no_spread():
    assert results.spread([{"a": 1.25}], lambda run: run["a"]) == "1.2"
    assert results.spread([{"a": 1000}, {"a": 3000}], lambda run: run["a"], 0) == "2,000 (1,000 to 3,000)"


def test_the_command_refuses(house, monkeypatch, capsys):
    for arguments, says in (
        (["transformer-4500:1"], "got no --data"),
        (["--data", "x", "transformer-4500:9"], "got transformer-4500:9"),
    ):
        monkeypatch.setattr("sys.argv", ["results", *arguments])
        with pytest.raises(SystemExit) as refused:
            results.main()
        assert refused.value.code == 2
        assert says in capsys.readouterr().err


def test_runs_that_are_missing_are_made(house, monkeypatch):
    run_there(house, result("transformer-4500", 1))
    made = []
    monkeypatch.setattr(multi30k, "ROWS", multi30k.ROWS[:1])
    monkeypatch.setattr(results, "ROWS", multi30k.ROWS[:1])
    monkeypatch.setattr(results, "train", lambda row, seed, data: made.append((row.name, seed, data)) or {})
    monkeypatch.setattr(results, "result", lambda row, seed, data, cost: result(row.name, seed))
    monkeypatch.setattr("sys.argv", ["results", "--data", "sentences"])
    monkeypatch.setattr(results, "write_text", lambda path, text: (path.parent.mkdir(), path.write_text(text)))
    assert results.main() == 0
    assert made == [("transformer-4500", 2, "sentences"), ("transformer-4500", 3, "sentences")]
    assert "| 3 |" in results.PAGE.read_text(encoding="utf-8")


def test_the_readme_says_what_the_results_say():
    text = " ".join((results.ROOT / "README.md").read_text(encoding="utf-8").split())
    short, long = (multi30k.stored()[name] for name in ("transformer-4500", "transformer-10000"))
    bleu, minutes = (
        [np.mean([each(run) for run in runs]) for runs in (short, long)]
        for each in (lambda run: run["tests"]["test_2016_flickr"]["beam"]["bleu"], lambda run: run["core minutes"])
    )
    assert (len(short), len(long)) == (3, 1)
    assert f"reaches BLEU {bleu[0]:.1f} (German to English, three seeds) after {minutes[0]:.0f} minutes" in text
    assert f"{bleu[1]:.1f} (one seed) after {minutes[1]:.0f}:" in text
