"""The translator that comes with the course: small, made of the corpus as it is, and as good as its README says."""

import re

import pytest

from course_lib import bundled, cli, metrics
from course_lib.datasets import load
from course_lib.translator_file import load_translator
from course_lib.translator_training import checksum, translations

SHIPPED = bundled.translator_file()
README = (SHIPPED.parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def loaded():
    return load_translator(SHIPPED)


def test_it_is_small_and_comes_from_the_corpus_as_it_is(loaded):
    assert SHIPPED.stat().st_size < 10_000_000
    assert (loaded.recipe.source, loaded.recipe.target) == ("ko", "en")
    plan = loaded.about["plan"]
    assert plan["data"] == checksum(load("ko-en", "train"))
    batches = f"--merges {plan['merges']} --positions {plan['positions']} --rate 0.0025"
    length = f"--budget {plan['budget'][1]:.0f}epochs --average {plan['average']}"
    assert f"course train --data ko-en {batches} {length} --half --out" in README
    assert f"{SHIPPED.stat().st_size:,} bytes" in README


def test_it_answers_in_english(capsys):
    assert cli.main(["translate", "저는 학교에 갔어요."]) == 0
    assert capsys.readouterr().out == "I went to school.\n"


@pytest.mark.parametrize("split", ["test", "human"])
def test_it_is_as_good_as_its_readme_says(loaded, split):
    """Greedy on the first sentences; another processor may choose another word now and then."""
    (told,) = re.findall(rf"^\| {split} \|.*\| (\d+\.\d) \|$", README, re.MULTILINE)
    pairs = load("ko-en", split)[:300]
    found = translations(loaded.recipe, loaded.translator, [pair.source_text for pair in pairs])
    score = metrics.sacrebleu(hypotheses=found, references=[pair.target_text for pair in pairs])
    assert score == pytest.approx(float(told), abs=0.5)


def test_half_the_precision_costs_next_to_nothing():
    whole, half = (
        float(each)
        for each in re.search(
            r"is (\d+\.\d\d) with its weights in single precision and (\d+\.\d\d) in half", README
        ).groups()
    )
    assert abs(whole - half) < 0.3
