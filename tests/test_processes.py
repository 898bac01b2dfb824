"""Training in several processes: what comes out is what one process gives, and none is waited for in vain."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from course_lib import cli, datasets, models, tensor_file
from course_lib.processes import ALONE, LostProcess, team
from tests.translators import SMALL_MODELS
from tests.worker import gradients

WORKER = Path(__file__).with_name("worker.py")
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "--standalone", str(WORKER)]
QUIET = {**os.environ, "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}


@pytest.fixture
def arguments(tmp_path, monkeypatch):
    """A training on a few sentences, but for its budget and its folder."""
    monkeypatch.setitem(models.SIZES, "tiny", SMALL_MODELS)
    pairs, folder = datasets.load("ko-en", "validation"), tmp_path / "data"
    folder.mkdir()
    for name, some in (("train", pairs[:120]), ("val", pairs[120:130])):
        for side, language in enumerate(("ko", "en")):
            text = "".join(f"{(pair.source_text, pair.target_text)[side]}\n" for pair in some)
            (folder / f"{name}.{language}").write_text(text, encoding="utf-8")
    usual = ["train", "--data", str(folder), "--source", "ko", "--target", "en", "--merges", "50", "--positions", "300"]
    return lambda budget, out: [*usual, "--budget", budget, "--out", str(tmp_path / out)]


def weights(folder):
    return tensor_file.read(folder / "translator")["weights"]


def test_gradients_and_losses_are_those_of_one_process(tmp_path):
    """Of every model, in batches of unequal sentences, one of which has fewer rows than there are processes."""
    subprocess.run([*TORCHRUN, "gradients", str(tmp_path / "found")], env=QUIET, check=True, capture_output=True)
    found = tensor_file.read(tmp_path / "found")
    assert found.keys() == SMALL_MODELS.keys()
    for name, together in found.items():
        for ours, theirs in zip(gradients(name), together, strict=True):
            assert ours.keys() == theirs.keys()
            for key, tensor in ours.items():
                torch.testing.assert_close(theirs[key], tensor, rtol=1e-9, atol=1e-12, msg=f"{name} {key}")


def test_two_processes_train_what_one_trains(tmp_path, arguments):
    ran = subprocess.run([*TORCHRUN, *arguments("2epochs", "two")], env=QUIET, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert len(re.findall("^epoch ", ran.stdout, re.MULTILINE)) == 2, "one process speaks"
    assert cli.main(arguments("2epochs", "one")) == 0
    one, two = (tensor_file.read(tmp_path / each / "translator") for each in ("one", "two"))
    for name, tensor in one["weights"].items():  # Adam makes much of gradients that are next to nothing
        torch.testing.assert_close(two["weights"][name], tensor, rtol=0, atol=1e-3)
    for name in ("loss", "teacher-forced", "free-running"):
        assert two["about"]["figures"][name] == pytest.approx(one["about"]["figures"][name], rel=1e-4)


def started(arguments, out):
    """A training in two processes that has begun: the process of torchrun, and those of the workers."""
    process = subprocess.Popen(
        [*TORCHRUN, *arguments], env=QUIET, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 120
    while not (out / "checkpoint").exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.1)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return process, [int(pid) for pid in children]


def test_what_was_stopped_goes_on_to_the_same_weights(tmp_path, arguments):
    process, _ = started(arguments("12epochs", "broken"), tmp_path / "broken")
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert f"Stopped; it is all in {tmp_path / 'broken'}." in out
    assert not (tmp_path / "broken" / "translator").exists()
    for command in (
        [*TORCHRUN, *arguments("12epochs", "broken"), "--resume"],
        [*TORCHRUN, *arguments("12epochs", "whole")],
    ):
        subprocess.run(command, env=QUIET, check=True, capture_output=True)
    ours, theirs = weights(tmp_path / "whole"), weights(tmp_path / "broken")
    assert all(torch.equal(theirs[name], tensor) for name, tensor in ours.items())


def test_a_killed_worker_ends_the_training_with_a_sentence_and_a_checkpoint(tmp_path, arguments):
    process, workers = started(arguments("2000epochs", "run"), tmp_path / "run")
    os.kill(workers[1], signal.SIGKILL)
    _, error = process.communicate(timeout=60)
    assert process.returncode != 0
    said = re.findall("^course: .*$", error, re.MULTILINE)
    assert len(said) <= 1, "torchrun may be faster than the news of the end"
    for line in said:
        assert line.startswith("course: another process of this training has ended, or can't be reached: ")
        assert line.endswith(f"go on from {tmp_path / 'run' / 'checkpoint'} with --resume")
    assert {"model", "optimizer", "progress", "random"} <= tensor_file.read(tmp_path / "run" / "checkpoint").keys()


def test_one_process_is_alone():
    with team({}) as workers:
        assert workers == ALONE
    assert ALONE.first
    assert ALONE.agree(True)
    assert not ALONE.agree(False)
    assert abs(ALONE.clock() - time.monotonic()) < 1
    loss = object()
    assert ALONE.shared(None, loss, None) is loss


def test_an_error_of_the_network_is_a_lost_process(monkeypatch):
    monkeypatch.setattr("torch.distributed.init_process_group", lambda backend: None)
    monkeypatch.setattr("torch.distributed.get_rank", lambda: 1)
    monkeypatch.setattr("torch.distributed.get_world_size", lambda: 2)
    with (
        pytest.raises(LostProcess, match=r"has ended, or can't be reached: Connection closed by peer$"),
        team({"WORLD_SIZE": "2"}),
    ):
        raise RuntimeError("Connection closed by peer\nand a long trace")
    with pytest.raises(ValueError, match="bad input"), team({"WORLD_SIZE": "2"}):
        raise ValueError("bad input")
