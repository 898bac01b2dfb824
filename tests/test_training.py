"""The training loop and what stands around it."""

import random

import numpy as np
import pytest
import torch
from torch import nn

from course_lib.training import (
    accuracy,
    cross_entropy,
    fit,
    load_checkpoint,
    save_checkpoint,
    seed_everything,
)


def test_seed_everything_makes_runs_repeat():
    def draw():
        return random.random(), np.random.rand(), torch.rand(3).tolist()  # noqa: NPY002

    seed_everything(3)
    first = draw()
    second = draw()
    seed_everything(3)
    assert draw() == first
    assert all(a != b for a, b in zip(first, second, strict=True))
    seed_everything(4)
    assert all(a != b for a, b in zip(first, draw(), strict=True))


def _task():
    """Is the sum of two numbers positive: one linear layer learns it."""
    generator = torch.Generator().manual_seed(0)
    inputs = torch.randn(256, 2, generator=generator)
    labels = (inputs.sum(1) > 0).long()
    batches = list(zip(inputs.split(32), labels.split(32), strict=True))
    torch.manual_seed(0)
    return nn.Linear(2, 2), batches


def test_fit_learns():
    model, batches = _task()
    before = accuracy(model, batches)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    lines = []
    history = fit(
        model,
        lambda: batches,
        cross_entropy,
        optimizer,
        epochs=20,
        evaluate=lambda m: {"accuracy": accuracy(m, batches)},
        on_epoch=lines.append,
    )
    assert before < 0.9
    assert history[-1]["accuracy"] > 0.97
    assert history[-1]["loss"] < 0.5 * history[0]["loss"]
    assert [line["epoch"] for line in history] == list(range(1, 21))
    assert all(line["seconds"] > 0 for line in history)
    assert lines == history


def test_fit_equals_steps_by_hand():
    (model, batches), (oracle, _) = _task(), _task()
    fit(model, lambda: batches, cross_entropy, torch.optim.Adam(model.parameters(), lr=0.1), epochs=2, clip=0.1)
    optimizer = torch.optim.Adam(oracle.parameters(), lr=0.1)
    for inputs, labels in batches * 2:
        optimizer.zero_grad()
        nn.functional.cross_entropy(oracle(inputs), labels).backward()
        nn.utils.clip_grad_norm_(oracle.parameters(), 0.1)
        optimizer.step()
    for ours, theirs in zip(model.parameters(), oracle.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=0, atol=0)


def test_history_holds_the_mean_loss():
    model, batches = _task()
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    history = fit(model, lambda: batches[:3], cross_entropy, frozen, epochs=1)
    with torch.no_grad():
        expected = sum(cross_entropy(model, batch).item() for batch in batches[:3]) / 3
    assert history[0]["loss"] == pytest.approx(expected)


def test_clip_limits_the_step():
    model, batches = _task()
    before = [p.detach().clone() for p in model.parameters()]
    fit(
        model,
        lambda: batches[:1],
        lambda m, b: 1e6 * cross_entropy(m, b),
        torch.optim.SGD(model.parameters(), lr=1.0),
        epochs=1,
        clip=0.25,
    )
    moved = torch.cat([(p - q).flatten() for p, q in zip(model.parameters(), before, strict=True)])
    assert moved.norm().item() == pytest.approx(0.25, rel=1e-3)


def test_fit_follows_a_schedule():
    """Equal to `LambdaLR`, and the optimizer has its own rates again afterwards."""
    model, batches = _task()
    optimizer = torch.optim.SGD(
        [{"params": [model.weight], "lr": 0.5}, {"params": [model.bias], "lr": 0.1}], momentum=0.9
    )
    fit(model, lambda: batches, cross_entropy, optimizer, epochs=2, schedule=lambda step: 1 / step)
    assert [group["lr"] for group in optimizer.param_groups] == [0.5, 0.1]

    other, batches = _task()
    optimizer = torch.optim.SGD(
        [{"params": [other.weight], "lr": 0.5}, {"params": [other.bias], "lr": 0.1}], momentum=0.9
    )
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: 1 / (i + 1))
    for batch in batches * 2:
        optimizer.zero_grad()
        cross_entropy(other, batch).backward()
        optimizer.step()
        scheduler.step()
    torch.testing.assert_close(model.weight, other.weight)
    torch.testing.assert_close(model.bias, other.bias)


def test_fit_switches_modes():
    model, batches = _task()
    model = nn.Sequential(model, nn.Dropout(0.5))
    model.eval()
    seen = []

    def loss(m, batch):
        seen.append(("loss", m.training, torch.is_grad_enabled()))
        return cross_entropy(m, batch)

    def evaluate(m):
        seen.append(("evaluate", m.training, torch.is_grad_enabled()))
        return {}

    fit(model, lambda: batches[:1], loss, torch.optim.SGD(model.parameters(), lr=0.1), epochs=2, evaluate=evaluate)
    assert seen == [("loss", True, True), ("evaluate", False, False)] * 2
    assert not model.training, "the mode is put back"
    model.train()
    fit(model, lambda: batches[:1], loss, torch.optim.SGD(model.parameters(), lr=0.1), epochs=1, evaluate=evaluate)
    assert model.training, "the mode is put back"


def test_fit_stops_at_the_first_loss_that_is_not_finite():
    model, batches = _task()
    calls = []

    def loss(m, batch):
        calls.append(1)
        return cross_entropy(m, batch) * (float("nan") if len(calls) == 10 else 1)

    with pytest.raises(FloatingPointError, match=r"the loss is nan at step 10 \(epoch 2\): try a smaller"):
        fit(model, lambda: batches, loss, torch.optim.SGD(model.parameters(), lr=0.1), epochs=3)
    assert len(calls) == 10
    assert all(p.isfinite().all() for p in model.parameters()), "the step was not taken"


def test_fit_stops_at_a_gradient_that_is_not_finite():
    model, batches = _task()

    def root(m, batch):
        return (m.weight - m.weight.detach()).abs().sum().sqrt()  # 0, with the gradient 1 / 0 times 0

    with pytest.raises(FloatingPointError, match=r"the norm of the gradient is nan at step 1 \(epoch 1\)"):
        fit(model, lambda: batches[:1], root, torch.optim.SGD(model.parameters(), lr=0.1), epochs=1, clip=1.0)
    assert model.weight.isfinite().all()


def test_fit_says_what_it_needs():
    model, batches = _task()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with pytest.raises(ValueError, match=r"the loss must be a scalar, got shape \(32, 2\)"):
        fit(model, lambda: batches, lambda m, b: m(b[0]), optimizer, epochs=1)
    once = iter(batches)
    with pytest.raises(ValueError, match="epoch 2 has no batches: `batches` must give them anew"):
        fit(model, lambda: once, cross_entropy, optimizer, epochs=2)


# --- checkpoints --------------------------------------------------------------------------------------------


def _shuffled_task():
    """A model with dropout, batches that are shuffled anew: every source of randomness that a checkpoint must hold."""
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.5), nn.Linear(8, 2))
    inputs = torch.randn(64, 2)
    labels = (inputs.sum(1) > 0).long()
    generator = torch.Generator().manual_seed(2)

    def batches():
        order = torch.randperm(64, generator=generator)
        return zip(inputs[order].split(16), labels[order].split(16), strict=True)

    return model, batches, torch.optim.Adam(model.parameters(), lr=0.05), generator


def test_resumed_training_equals_training_without_a_break(tmp_path):
    def schedule(step):
        return 1 / step

    model, batches, optimizer, _ = _shuffled_task()
    whole = fit(model, batches, cross_entropy, optimizer, epochs=4, schedule=schedule)

    path = tmp_path / "folder" / "model.pt"
    broken, batches, optimizer, generator = _shuffled_task()

    def leave(line):
        if line["epoch"] == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(
            *(broken, batches, cross_entropy, optimizer),
            epochs=4,
            schedule=schedule,
            checkpoint=path,
            generators=[generator],
            on_epoch=leave,
        )
    assert [p.name for p in path.parent.iterdir()] == ["model.pt"]

    resumed, batches, optimizer, generator = _shuffled_task()
    torch.manual_seed(99)
    lines = []
    history = fit(
        *(resumed, batches, cross_entropy, optimizer),
        epochs=4,
        schedule=schedule,
        checkpoint=path,
        resume=True,
        generators=[generator],
        on_epoch=lines.append,
    )
    assert [line["epoch"] for line in lines] == [3, 4]
    assert [line["step"] for line in history] == [4, 8, 12, 16]
    assert [line["loss"] for line in history] == [line["loss"] for line in whole]
    for name, parameter in model.state_dict().items():
        assert torch.equal(resumed.state_dict()[name], parameter), name
    assert fit(*(resumed, batches, cross_entropy, optimizer), epochs=4, checkpoint=path, resume=True,
               generators=[generator]) == history, "nothing is left to do"  # fmt: skip


def test_nan_names_the_last_good_checkpoint(tmp_path):
    path = tmp_path / "model.pt"
    model, batches, optimizer, _ = _shuffled_task()
    calls = []

    def loss(m, batch):
        calls.append(1)
        return cross_entropy(m, batch) * (float("nan") if len(calls) == 10 else 1)

    with pytest.raises(FloatingPointError, match=rf"at step 10 \(epoch 3\).*{path.name}, of epoch 2, step 8"):
        fit(model, batches, loss, optimizer, epochs=4, checkpoint=path)
    other, _, _, _ = _shuffled_task()
    history = load_checkpoint(path, other)
    assert [line["step"] for line in history] == [4, 8]
    with pytest.raises(FloatingPointError, match="there is no checkpoint yet"):
        fit(model, batches, lambda m, b: cross_entropy(m, b) / 0, optimizer, epochs=1, checkpoint=path)


def test_without_resume_training_starts_anew(tmp_path):
    path = tmp_path / "model.pt"
    model, batches, optimizer, _ = _shuffled_task()
    fit(model, batches, cross_entropy, optimizer, epochs=2, checkpoint=path)
    history = fit(model, batches, cross_entropy, optimizer, epochs=1, checkpoint=path)
    assert [line["step"] for line in history] == [4]
    with pytest.raises(ValueError, match="to resume, fit needs the path of a checkpoint, got None"):
        fit(model, batches, cross_entropy, optimizer, epochs=1, resume=True)


def test_a_checkpoint_that_does_not_fit_is_refused(tmp_path):
    path = tmp_path / "model.pt"
    model, _, optimizer, generator = _shuffled_task()
    with pytest.raises(FileNotFoundError, match=r"there is no checkpoint .*model.pt"):
        load_checkpoint(path, model)
    save_checkpoint(path, model, optimizer, [])
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    wider = nn.Sequential(nn.Linear(2, 9), nn.Dropout(0.5), nn.Linear(9, 2))
    with pytest.raises(ValueError, match=r"the model has 0.bias of shape \(9,\), the checkpoint \(8,\)"):
        load_checkpoint(path, wider)
    with pytest.raises(ValueError, match=r"the model has 0.bias of shape none, the checkpoint \(8,\)"):
        load_checkpoint(path, nn.Identity())
    with pytest.raises(ValueError, match=r"another optimizer: expected the options .*'momentum'"):
        load_checkpoint(path, model, torch.optim.SGD(model.parameters(), lr=0.1))
    with pytest.raises(ValueError, match="holds 0 generators, got 1"):
        load_checkpoint(path, model, optimizer, [generator])
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"model.pt is not a whole checkpoint"):
        load_checkpoint(path, model)
    torch.save({"weights": 1}, path)
    with pytest.raises(ValueError, match="not a whole checkpoint: KeyError: 'model'"):
        load_checkpoint(path, model)
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())


def test_a_break_while_writing_leaves_the_checkpoint_before(tmp_path, monkeypatch):
    path = tmp_path / "model.pt"
    model, _, optimizer, _ = _shuffled_task()
    save_checkpoint(path, model, optimizer, [{"epoch": 1}])
    whole = path.read_bytes()

    def full(state, file):
        file.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OSError, match="no space left"):
        save_checkpoint(path, model, optimizer, [{"epoch": 2}])
    assert path.read_bytes() == whole


def test_accuracy_by_hand():
    model = nn.Identity()
    logits = torch.tensor([[1.0, 0], [0, 1], [3, 1], [1, 2]])
    labels = torch.tensor([0, 1, 1, 1])
    assert accuracy(model, [(logits, labels)]) == 0.75
    assert accuracy(model, [(logits[:1], labels[:1]), (logits[1:], labels[1:])]) == 0.75
    assert model.training
    with pytest.raises(ValueError, match="at least one batch, got none"):
        accuracy(model, [])
