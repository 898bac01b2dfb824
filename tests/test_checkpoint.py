"""What a checkpoint holds, and which ones are refused."""

import pytest
import torch
from torch import nn

from course_lib.checkpoint import Progress, load_checkpoint, save_checkpoint


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
    with pytest.raises(FileNotFoundError, match=r"there is no checkpoint .*model.pt"):
        load_checkpoint(path, model)
    save_checkpoint(path, model, optimizer, Progress())
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
    model, optimizer, _ = _task()
    save_checkpoint(path, model, optimizer, Progress(step=1))
    whole = path.read_bytes()

    def full(state, file):
        file.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OSError, match="no space left"):
        save_checkpoint(path, model, optimizer, Progress(step=2))
    assert path.read_bytes() == whole
