"""What a checkpoint holds, and which ones are refused."""

import random

import numpy as np
import pytest
import torch
from torch import nn

from course_lib import tensor_file
from course_lib.checkpoint import Progress, load_checkpoint, save_checkpoint
from course_lib.statistics import Interval
from course_lib.training import seed_everything


def _task():
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.5), nn.Linear(8, 2))
    return model, torch.optim.Adam(model.parameters(), lr=0.05), torch.Generator().manual_seed(2)


def test_all_that_is_saved_comes_back(tmp_path):
    model, optimizer, generator = _task()
    model(torch.ones(3, 2)).sum().backward()
    optimizer.step()
    progress = Progress([{"epoch": 1, "loss": 0.5}], [0.25, 0.125], 6, 7.5, 1.5, [torch.get_rng_state()])
    save_checkpoint(tmp_path / "folder" / "model.pt", model, optimizer, progress, [generator])
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["model.pt"], "nothing half-written is left"
    drawn = torch.rand(3), torch.rand(3, generator=generator)

    other, its_optimizer, its_generator = _task()
    found = load_checkpoint(tmp_path / "folder" / "model.pt", other, its_optimizer, [its_generator])
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), other.parameters(), strict=True))
    assert torch.equal(*(next(iter(each.state.values()))["exp_avg"] for each in (optimizer, its_optimizer)))
    assert torch.equal(drawn[0], torch.rand(3))
    assert torch.equal(drawn[1], torch.rand(3, generator=its_generator))
    assert torch.equal(found.epoch_random.pop(), progress.epoch_random.pop())
    assert found == progress
    assert found.epoch == 2


def test_parameters_alone_leave_the_randomness_as_it_is(tmp_path):
    model, optimizer, _ = _task()
    save_checkpoint(tmp_path / "model.pt", model, optimizer, Progress())
    torch.manual_seed(7)
    state = torch.get_rng_state()
    load_checkpoint(tmp_path / "model.pt", model)
    assert torch.equal(torch.get_rng_state(), state)


def test_a_checkpoint_that_does_not_fit_is_refused(tmp_path):
    path = tmp_path / "model.pt"
    model, optimizer, generator = _task()
    with pytest.raises(FileNotFoundError, match=r"no file .*model.pt; .* is empty"):
        load_checkpoint(path, model)
    save_checkpoint(path, model, optimizer, Progress())
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    wider = nn.Sequential(nn.Linear(2, 9), nn.Dropout(0.5), nn.Linear(9, 2))
    with pytest.raises(ValueError, match=r"the model has 0.bias of shape \(9,\), the checkpoint \(8,\)"):
        load_checkpoint(path, wider)
    with pytest.raises(ValueError, match=r"the model has 0.bias of shape none, the checkpoint \(8,\)"):
        load_checkpoint(path, nn.Identity())
    with pytest.raises(ValueError, match=r"one of the two is wrapped in DataParallel, whose own model is `\.module`"):
        load_checkpoint(path, nn.DataParallel(model))
    with pytest.raises(ValueError, match=r"another optimizer: expected the options .*'momentum'"):
        load_checkpoint(path, model, torch.optim.SGD(model.parameters(), lr=0.1))
    with pytest.raises(ValueError, match="holds 0 generators, got 1"):
        load_checkpoint(path, model, optimizer, [generator])
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"model.pt is not a whole file of tensors"):
        load_checkpoint(path, model)
    tensor_file.write(path, {"weights": 1})
    with pytest.raises(ValueError, match=r"model.pt is no checkpoint: it holds no model, optimizer, progress and"):
        load_checkpoint(path, model)
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())


def test_a_break_while_writing_leaves_the_checkpoint_before(tmp_path, monkeypatch):
    path = tmp_path / "model.pt"
    model, optimizer, _ = _task()
    save_checkpoint(path, model, optimizer, Progress(step=1))
    whole = path.read_bytes()

    def full(tensors, file, metadata):
        file.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(tensor_file, "save_file", full)
    with pytest.raises(OSError, match="no space left"):
        save_checkpoint(path, model, optimizer, Progress(step=2))
    assert path.read_bytes() == whole


def test_figures_of_every_kind_come_back(tmp_path):
    """A figure of NumPy or an interval once made a file that could be written and never read again."""
    path = tmp_path / "model.pt"
    model, optimizer, _ = _task()
    line = {"epoch": 1, "loss": np.float32(0.5), "bleu": Interval(41.0, 40.0, 42.0), "words": np.int64(7)}
    save_checkpoint(path, model, optimizer, Progress([line]))
    found = load_checkpoint(path, model).history[0]
    assert found == {"epoch": 1, "loss": 0.5, "bleu": Interval(41.0, 40.0, 42.0), "words": 7}
    assert isinstance(found["bleu"], Interval)
    whole = path.read_bytes()
    with pytest.raises(TypeError, match=r"content.progress.history.0.bleu: expected tensors, numbers.* got a set"):
        save_checkpoint(path, model, optimizer, Progress([{"bleu": {1}}]))
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("make", "draw"),
    [
        (lambda: torch.Generator().manual_seed(3), lambda g: torch.rand(3, generator=g).tolist()),
        (lambda: np.random.default_rng(3), lambda g: g.random(3).tolist()),
        (lambda: np.random.Generator(np.random.MT19937(3)), lambda g: g.random(3).tolist()),
        (lambda: random.Random(3), lambda g: [g.random() for _ in range(3)]),
    ],
    ids=["torch", "numpy", "numpy, Mersenne twister", "python"],
)
def test_randomness_of_every_kind_goes_on(tmp_path, make, draw):
    model, optimizer, _ = _task()
    generator = make()
    draw(generator)
    seed_everything(5)
    save_checkpoint(tmp_path / "model.pt", model, optimizer, Progress(), [generator])
    wanted = draw(generator), random.random(), np.random.rand(), torch.rand(()).item()  # noqa: NPY002
    seed_everything(6)
    other = make()
    load_checkpoint(tmp_path / "model.pt", model, optimizer, [other])
    assert (draw(other), random.random(), np.random.rand(), torch.rand(()).item()) == wanted  # noqa: NPY002
