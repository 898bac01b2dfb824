"""The benchmarks start: what they measure stands where they look for it. How fast it is, only a benchmark says."""

import importlib

import pytest

from course_lib import bundled, datasets
from course_lib.translator_file import load_translator
from tools import bench_seq2seq, bench_translate, build

NAMES = sorted(path.stem for path in (build.LESSONS.parent / "tools").glob("bench_*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_can_be_imported_and_run(name):
    assert callable(importlib.import_module(f"tools.{name}").main)


def test_sentences_are_decoded_in_each_way():
    speeds = bench_seq2seq.decoding(rounds=1, sentences=3)
    assert len(speeds) == 3
    assert min(speeds.values()) > 0


def test_the_same_weights_say_the_same_in_ctranslate2(tmp_path):
    """An oracle for the Transformer, its cache and both ways of decoding: another library, in another language."""
    translator = load_translator(bundled.translator_file()).translator
    sentences = [translator.tokens(pair.source_text) for pair in datasets.load("ko-en", "test")[:40]]
    greedy, beam, singly, theirs, their_beam = bench_translate.ways(translator, tmp_path, 1, sentences).values()
    assert greedy() == theirs()
    assert greedy()[: bench_translate.ALONE] == singly()
    assert bench_translate.alike(beam(), their_beam()) > 0.9  # they normalize by another length
