"""The training loop and what stands around it."""

import itertools
import random

import numpy as np
import pytest
import torch
from torch import nn

from course_lib import training
from course_lib.checkpoint import load_checkpoint
from course_lib.training import StopTraining, accuracy, classification_loss, fit, seed_everything


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
        classification_loss,
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
    fit(model, lambda: batches, classification_loss, torch.optim.Adam(model.parameters(), lr=0.1), epochs=2, clip=0.1)
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
    history = fit(model, lambda: batches[:3], classification_loss, frozen, epochs=1)
    with torch.no_grad():
        expected = sum(classification_loss(model, batch).item() for batch in batches[:3]) / 3
    assert history[0]["loss"] == pytest.approx(expected)


def test_clip_limits_the_step():
    model, batches = _task()
    before = [p.detach().clone() for p in model.parameters()]
    fit(
        model,
        lambda: batches[:1],
        lambda m, b: 1e6 * classification_loss(m, b),
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
    fit(model, lambda: batches, classification_loss, optimizer, epochs=2, step_schedule=lambda step: 1 / step)
    assert [group["lr"] for group in optimizer.param_groups] == [0.5, 0.1]

    other, batches = _task()
    optimizer = torch.optim.SGD(
        [{"params": [other.weight], "lr": 0.5}, {"params": [other.bias], "lr": 0.1}], momentum=0.9
    )
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: 1 / (i + 1))
    for batch in batches * 2:
        optimizer.zero_grad()
        classification_loss(other, batch).backward()
        optimizer.step()
        scheduler.step()
    torch.testing.assert_close(model.weight, other.weight)
    torch.testing.assert_close(model.bias, other.bias)


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        ({"epochs": 2}, [0, 1 / 4, 1 / 2, 3 / 4]),
        ({"steps": 3}, [0, 1 / 3, 2 / 3]),
        ({"seconds": 5}, [0, 0.2, 0.4, 0.6, 0.8]),
    ],
)
def test_a_schedule_follows_the_share_of_the_budget(monkeypatch, budget, expected):
    """What it is told before each step, where an epoch has two batches and each step takes a second."""
    clock = iter(range(100))
    monkeypatch.setattr(training.time, "process_time", lambda: next(clock))
    (model, batches), told, reached = _task(), [], []
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)

    def schedule(share):
        told.append(share)
        return 1 - share

    fit(
        *(model, lambda: batches[:2], classification_loss, optimizer),
        **budget,
        schedule=schedule,
        on_step=lambda step: reached.append((step.share, optimizer.param_groups[0]["lr"])),
    )
    assert told == pytest.approx(expected)
    assert [share for share, _ in reached] == pytest.approx([*expected[1:], 1])
    assert [rate for _, rate in reached] == pytest.approx([0.5 * (1 - share) for share in expected])
    assert optimizer.param_groups[0]["lr"] == 0.5


def test_both_schedules_are_factors():
    model, batches = _task()
    optimizer, rates = torch.optim.SGD(model.parameters(), lr=0.5), []
    fit(
        *(model, lambda: batches, classification_loss, optimizer),
        steps=2,
        schedule=lambda share: 1 - share,
        step_schedule=lambda step: 1 / step,
        on_step=lambda step: rates.append(optimizer.param_groups[0]["lr"]),
    )
    assert rates == [0.5, 0.125]


def test_a_schedule_by_the_share_of_epochs_needs_batches_that_can_be_counted():
    model, batches = _task()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    with pytest.raises(ValueError, match="needs batches that can be counted, such as a list, got a generator"):
        fit(
            *(model, lambda: (batch for batch in batches), classification_loss, optimizer),
            epochs=1,
            schedule=lambda share: 1 - share,
        )


# --- the budget ---------------------------------------------------------------------------------------------


def test_steps_go_round_the_data_as_often_as_it_takes():
    (model, batches), (other, _) = _task(), _task()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    history = fit(model, lambda: batches, classification_loss, optimizer, steps=20)
    assert [(line["epoch"], line["step"]) for line in history] == [(1, 8), (2, 16), (3, 20)]
    fit(
        *(other, lambda: batches * 2 + batches[:4], classification_loss),
        torch.optim.SGD(other.parameters(), lr=0.1),
        epochs=1,
    )
    assert torch.equal(model.weight, other.weight)
    last = fit(model, lambda: batches, classification_loss, torch.optim.SGD(model.parameters(), lr=0.0), steps=2)
    with torch.no_grad():
        expected = sum(classification_loss(model, batch).item() for batch in batches[:2]) / 2
    assert last[0]["loss"] == pytest.approx(expected), "the mean of the epoch that the budget ended"


def test_of_endless_batches_none_is_drawn_that_is_not_used():
    model, batches = _task()
    drawn = []

    def endless():
        while True:
            drawn.append(1)
            yield batches[0]

    history = fit(model, endless, classification_loss, torch.optim.SGD(model.parameters(), lr=0.1), steps=5)
    assert len(drawn) == 5
    assert [line["step"] for line in history] == [5]


def test_seconds_are_those_of_the_processor(monkeypatch):
    clock = iter(range(100, 200, 2))  # two seconds pass with each look at it
    monkeypatch.setattr(training.time, "process_time", lambda: next(clock))
    model, batches = _task()
    optimizer, steps = torch.optim.SGD(model.parameters(), lr=0.1), []
    history = fit(model, lambda: batches[:2], classification_loss, optimizer, seconds=5, on_step=steps.append)
    assert [line["step"] for line in history] == [2, 3]
    assert [step.share for step in steps] == [0.4, 0.8, 1], "no more than all of it"


@pytest.mark.parametrize("budget", [{"epochs": 0}, {"steps": 0}, {"seconds": 0}])
def test_a_budget_of_nothing_is_spent_at_once(budget):
    model, batches = _task()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    assert fit(model, lambda: batches, classification_loss, optimizer, **budget) == []


@pytest.mark.parametrize("budget", [{}, {"epochs": 1, "steps": 3}, {"steps": 3, "seconds": 0}, {"epochs": -1}])
def test_a_training_has_one_budget(budget):
    model, batches = _task()
    got = ", ".join(f"{name}={budget.get(name)}" for name in ("epochs", "steps"))
    with pytest.raises(ValueError, match=f"expected one budget, .* got {got} and seconds={budget.get('seconds')}"):
        fit(model, lambda: batches, classification_loss, torch.optim.SGD(model.parameters(), lr=0.1), **budget)


# --- what it tells ------------------------------------------------------------------------------------------


def test_each_step_is_reported():
    (model, batches), steps = _task(), []
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    fit(model, lambda: batches[:2], classification_loss, frozen, epochs=2, clip=0.5, on_step=steps.append)
    assert [(step.number, step.epoch, step.share) for step in steps] == [
        (1, 1, 0.25),
        (2, 1, 0.5),
        (3, 2, 0.75),
        (4, 2, 1),
    ]
    for step, batch in zip(steps, batches[:2], strict=False):
        model.zero_grad()
        loss = classification_loss(model, batch)
        loss.backward()
        assert step.loss == pytest.approx(loss.item())
        norm = torch.cat([p.grad.flatten() for p in model.parameters()]).norm().item()
        assert step.norm == pytest.approx(norm, rel=1e-5), "before clipping"


def test_the_norm_is_unknown_where_nothing_is_clipped():
    (model, batches), steps = _task(), []
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    fit(model, lambda: batches, classification_loss, optimizer, steps=1, on_step=steps.append)
    assert np.isnan(steps[0].norm)


def test_clipping_can_be_handed_in():
    (model, batches), (other, _), called = _task(), _task(), []

    def clip_gradients(parameters, most):
        called.append((parameters, most))
        for p in parameters:
            p.grad.zero_()
        return torch.tensor(7.0)

    optimizer, steps = torch.optim.SGD(model.parameters(), lr=0.1), []
    fit(
        *(model, lambda: batches, classification_loss, optimizer),
        steps=1,
        clip=0.5,
        clip_gradients=clip_gradients,
        on_step=steps.append,
    )
    ((parameters, most),) = called
    assert [id(p) for p in parameters] == [id(p) for p in model.parameters()]
    assert (most, steps[0].norm) == (0.5, 7)
    assert torch.equal(model.weight, other.weight)


def test_a_bar_follows_the_share(monkeypatch):
    reached = []

    class Bar(training.ProgressBar):
        def reach(self, done, note=""):
            reached.append((done, note))

    monkeypatch.setattr(training, "ProgressBar", Bar)
    model, batches = _task()
    history = fit(
        model, lambda: batches[:4], classification_loss, torch.optim.SGD(model.parameters(), lr=0.0), epochs=1
    )
    assert [done for done, _ in reached] == [0.25, 0.5, 0.75, 1]
    assert reached[0][1].startswith("loss 0.") or reached[0][1].startswith("loss 1.")
    assert history[0]["loss"] > 0


# --- modes and errors ---------------------------------------------------------------------------------------


def test_fit_switches_modes():
    model, batches = _task()
    model = nn.Sequential(model, nn.Dropout(0.5))
    model.eval()
    seen = []

    def loss(m, batch):
        seen.append(("loss", m.training, torch.is_grad_enabled()))
        return classification_loss(m, batch)

    def evaluate(m):
        seen.append(("evaluate", m.training, torch.is_grad_enabled()))
        return {}

    fit(model, lambda: batches[:1], loss, torch.optim.SGD(model.parameters(), lr=0.1), epochs=2, evaluate=evaluate)
    assert seen == [("loss", True, True), ("evaluate", False, False)] * 2
    assert not model.training, "the mode is put back"
    model.train()
    fit(model, lambda: batches[:1], loss, torch.optim.SGD(model.parameters(), lr=0.1), epochs=1, evaluate=evaluate)
    assert model.training, "the mode is put back"


def test_an_error_puts_mode_and_rates_back():
    model, batches = _task()
    model.eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)

    def broken(m):
        raise KeyError("word")

    with pytest.raises(KeyError, match="word"):
        fit(
            *(model, lambda: batches, classification_loss, optimizer),
            epochs=1,
            schedule=lambda share: 0.1,
            evaluate=broken,
        )
    assert not model.training
    assert optimizer.param_groups[0]["lr"] == 0.5
    assert torch.is_grad_enabled()


def test_fit_stops_at_the_first_loss_that_is_not_finite():
    model, batches = _task()
    calls = []

    def loss(m, batch):
        calls.append(1)
        return classification_loss(m, batch) * (float("nan") if len(calls) == 10 else 1)

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
        fit(model, lambda: once, classification_loss, optimizer, epochs=2)


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
    whole = fit(model, batches, classification_loss, optimizer, epochs=4, step_schedule=schedule)

    path = tmp_path / "folder" / "model.pt"
    broken, batches, optimizer, generator = _shuffled_task()

    def leave(line):
        if line["epoch"] == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(
            *(broken, batches, classification_loss, optimizer),
            epochs=4,
            step_schedule=schedule,
            checkpoint=path,
            generators=[generator],
            on_epoch=leave,
        )
    assert [p.name for p in path.parent.iterdir()] == ["model.pt"]

    resumed, batches, optimizer, generator = _shuffled_task()
    torch.manual_seed(99)
    lines = []
    history = fit(
        *(resumed, batches, classification_loss, optimizer),
        epochs=4,
        step_schedule=schedule,
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
    assert fit(*(resumed, batches, classification_loss, optimizer), epochs=4, checkpoint=path, resume=True,
               generators=[generator]) == history, "nothing is left to do"  # fmt: skip


def _endless(generator):
    def drawn():
        while True:
            inputs = torch.randn(16, 2, generator=generator)
            yield inputs, (inputs.sum(1) > 0).long()

    return drawn


@pytest.mark.parametrize("kind", ["list", "iterator", "endless"])
def test_training_goes_on_in_the_middle_of_an_epoch_as_without_a_break(tmp_path, monkeypatch, kind):
    """Of four batches an epoch, drawn at its start or one by one; with dropout, and negatives that the loss draws."""
    path = tmp_path / "model.pt"
    negatives = torch.Generator()
    monkeypatch.setattr(training.time, "perf_counter", itertools.count().__next__)  # a second each

    def start():
        model, batches, optimizer, generator = _shuffled_task()
        negatives.manual_seed(3)
        kinds = {"list": lambda: list(batches()), "iterator": batches, "endless": _endless(generator)}

        def loss(m, batch):
            return classification_loss(m, batch) + torch.rand((), generator=negatives) * m[0].weight.sum()

        return (model, kinds[kind], loss, optimizer), {
            **({"epochs": 4} if kind == "list" else {"steps": 16}),
            "schedule": lambda share: 1 - share,
            "generators": [generator, negatives],
        }

    arguments, options = start()
    model = arguments[0]
    whole = fit(*arguments, **options)

    def leave(step):
        if step.number == 11:
            raise KeyboardInterrupt

    arguments, options = start()
    with pytest.raises(KeyboardInterrupt):
        fit(*arguments, **options, checkpoint=path, checkpoint_every=5, on_step=leave)
    arguments, options = start()
    torch.manual_seed(99)
    negatives.manual_seed(98)
    steps = []
    history = fit(*arguments, **options, checkpoint=path, resume=True, on_step=steps.append)
    assert [step.number for step in steps] == list(range(11, 17)), "from the checkpoint of step 10"
    assert history == whole
    for name, parameter in model.state_dict().items():
        assert torch.equal(arguments[0].state_dict()[name], parameter), name


def test_an_epoch_that_is_all_but_over_is_ended_after_a_break(tmp_path):
    path = tmp_path / "model.pt"

    def start():
        model, batches, optimizer, generator = _shuffled_task()
        return (model, batches, classification_loss, optimizer), {"steps": 6, "generators": [generator]}

    arguments, options = start()
    whole = fit(*arguments, **options, evaluate=lambda model: {"weight": model[0].weight.sum().item()})

    def broken(model):
        raise KeyboardInterrupt

    arguments, options = start()
    with pytest.raises(KeyboardInterrupt):
        fit(
            *arguments,
            **options,
            checkpoint=path,
            checkpoint_every=2,
            on_step=lambda step: step.number == 6 and broken(0),
        )
    arguments, options = start()
    history = fit(
        *arguments,
        **options,
        checkpoint=path,
        resume=True,
        evaluate=lambda model: {"weight": model[0].weight.sum().item()},
    )
    assert [line["step"] for line in history] == [4, 6]
    assert {**history[-1], "seconds": 0} == {**whole[-1], "seconds": 0}


@pytest.mark.parametrize(("path", "every"), [(None, 5), ("model.pt", 0)])
def test_checkpoints_by_steps_need_a_place_and_a_distance(path, every):
    model, batches, optimizer, _ = _shuffled_task()
    with pytest.raises(ValueError, match=f"checkpoint_every={every} needs to be at least 1, .* got {path}"):
        fit(model, batches, classification_loss, optimizer, steps=1, checkpoint=path, checkpoint_every=every)


def test_seconds_that_are_spent_stay_spent(tmp_path, monkeypatch):
    path = tmp_path / "model.pt"
    model, batches, optimizer, _ = _shuffled_task()
    for seconds, steps in ((6, 6), (10, 10)):
        clock = iter(range(100))
        monkeypatch.setattr(training.time, "process_time", lambda clock=clock: next(clock))
        history = fit(*(model, batches, classification_loss, optimizer), seconds=seconds, checkpoint=path, resume=True)
        assert history[-1]["step"] == steps


def test_seconds_may_be_those_of_another_clock():
    model, batches, optimizer, _ = _shuffled_task()
    ticks = itertools.count(step=0.5)
    history = fit(model, batches, classification_loss, optimizer, seconds=3, clock=ticks.__next__)
    assert history[-1]["step"] == 6


def test_a_bar_says_what_it_is_told(monkeypatch):
    said = []
    monkeypatch.setattr(training.ProgressBar, "reach", lambda bar, share, note: said.append((share, note)))
    model, batches, optimizer, _ = _shuffled_task()
    fit(model, batches, classification_loss, optimizer, steps=2, note=lambda step: f"step {step.number}")
    assert said == [(0.5, "step 1"), (1.0, "step 2")]


def test_a_training_that_is_stopped_goes_on_as_without_a_break(tmp_path):
    """As by Ctrl-C, in the middle of an epoch and without checkpoints by steps."""
    model, batches, optimizer, generator = _shuffled_task()
    whole = fit(model, batches, classification_loss, optimizer, steps=10, generators=[generator])

    def stop(step):
        if step.number == 6:
            raise StopTraining

    path = tmp_path / "model"
    other, batches, optimizer, generator = _shuffled_task()
    arguments = (other, batches, classification_loss, optimizer)
    options = {"steps": 10, "checkpoint": path, "generators": [generator]}
    with pytest.raises(StopTraining):
        fit(*arguments, **options, on_step=stop)
    again, batches, optimizer, generator = _shuffled_task()
    options["generators"] = [generator]
    history = fit(again, batches, classification_loss, optimizer, **options, resume=True)
    assert [line["step"] for line in history] == [line["step"] for line in whole] == [4, 8, 10]
    for name, parameter in model.state_dict().items():
        assert torch.equal(again.state_dict()[name], parameter), name
    with pytest.raises(StopTraining):
        fit(model, batches, classification_loss, optimizer, steps=10, on_step=stop)


def test_nan_names_the_last_good_checkpoint(tmp_path):
    path = tmp_path / "model.pt"
    model, batches, optimizer, _ = _shuffled_task()
    calls = []

    def loss(m, batch):
        calls.append(1)
        return classification_loss(m, batch) * (float("nan") if len(calls) == 10 else 1)

    with pytest.raises(FloatingPointError, match=rf"at step 10 \(epoch 3\).*{path.name}, of epoch 2, step 8"):
        fit(model, batches, loss, optimizer, epochs=4, checkpoint=path)
    other, _, _, _ = _shuffled_task()
    assert [line["step"] for line in load_checkpoint(path, other).history] == [4, 8]
    with pytest.raises(FloatingPointError, match="there is no checkpoint yet"):
        fit(model, batches, lambda m, b: classification_loss(m, b) / 0, optimizer, epochs=1, checkpoint=path)


def test_without_resume_training_starts_anew(tmp_path):
    path = tmp_path / "model.pt"
    model, batches, optimizer, _ = _shuffled_task()
    fit(model, batches, classification_loss, optimizer, epochs=2, checkpoint=path)
    history = fit(model, batches, classification_loss, optimizer, epochs=1, checkpoint=path)
    assert [line["step"] for line in history] == [4]
    with pytest.raises(ValueError, match="to resume, fit needs the path of a checkpoint, got None"):
        fit(model, batches, classification_loss, optimizer, epochs=1, resume=True)


def test_accuracy_by_hand():
    model = nn.Identity()
    logits = torch.tensor([[1.0, 0], [0, 1], [3, 1], [1, 2]])
    labels = torch.tensor([0, 1, 1, 1])
    assert accuracy(model, [(logits, labels)]) == 0.75
    assert accuracy(model, [(logits[:1], labels[:1]), (logits[1:], labels[1:])]) == 0.75
    assert model.training
    with pytest.raises(ValueError, match="at least one batch, got none"):
        accuracy(model, [])
