"""The benchmarks start: what they measure stands where they look for it. How fast it is, only a benchmark says."""

import importlib

import pytest

from tools import bench_seq2seq, build

NAMES = sorted(path.stem for path in (build.LESSONS.parent / "tools").glob("bench_*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_can_be_imported_and_run(name):
    assert callable(importlib.import_module(f"tools.{name}").main)


def test_sentences_are_decoded_in_each_way():
    speeds = bench_seq2seq.decoding(rounds=1, sentences=3)
    assert len(speeds) == 3
    assert min(speeds.values()) > 0
