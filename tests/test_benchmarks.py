"""The benchmarks start: what they measure stands where they look for it. How fast it is, only a benchmark says."""

import importlib

import pytest
import torch
from torch import nn

from course_lib import bundled, datasets
from course_lib.text import PAD, SOS
from course_lib.translator_file import load_translator
from tools import bench_seq2seq, bench_translate, benchmark, build

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


def test_batches_are_as_long_as_sentences_of_multi30k():
    ((source, target),) = benchmark.random_batches(1, 2000, 50, 40)
    lengths = (source != PAD).sum(1)
    assert torch.equal((target != PAD).sum(1), lengths + 2), "<sos> and <eos> besides"
    assert (target[:, 0] == SOS).all()
    assert lengths.double().mean().item() == pytest.approx(13, abs=0.3)
    assert lengths.double().std().item() == pytest.approx(4, abs=0.3)
    assert (source.max().item(), target.max().item()) == (49, 39)


def test_a_training_step_is_one_of_adam_with_clipped_gradients():
    def made():
        torch.manual_seed(0)
        return nn.Linear(3, 2)

    def loss(model, batch):
        return 100 * model(batch[0]).square().mean()

    batch = torch.ones(4, 3), torch.ones(4, 1)
    ours, theirs = made(), made()
    step = benchmark.training_step(ours, loss, rate=0.1)
    optimizer = torch.optim.Adam(theirs.parameters(), lr=0.1)
    for _ in range(3):
        step(batch)
        optimizer.zero_grad()
        loss(theirs, batch).backward()
        nn.utils.clip_grad_norm_(theirs.parameters(), 1.0)
        optimizer.step()
    torch.testing.assert_close(ours.weight, theirs.weight)


def test_the_share_of_products_is_that_of_matrices():
    a, b = torch.randn(300, 300), torch.randn(200_000)
    assert benchmark.share_of_products(lambda: a @ a) > 0.5
    assert benchmark.share_of_products(lambda: b.exp()) == 0
    assert 0 < benchmark.share_of_products(lambda: (a @ a, b.exp().sin())) < 1


def test_the_share_that_is_said_alike():
    assert bench_translate.alike([["a"], ["b"], ["c"], ["d"]], [["a"], ["x"], ["c"]]) == pytest.approx(2 / 3)
