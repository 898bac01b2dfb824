"""Files of tensors: what goes in comes out, and what is damaged is refused."""

import json
import math
import random

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from course_lib import tensor_file
from course_lib.statistics import Interval

CONTENT = {
    "weights": torch.arange(6.0).view(2, 3),
    "half": torch.tensor([1.5, -2.0], dtype=torch.bfloat16),
    "flags": torch.tensor([True, False]),
    "scalar": torch.tensor(3),
    "nothing": torch.empty(0, 4),
    "list": [1, 2.5, None, True, "한국어 \ud800 \x00", [], {}],
    "tuple": (0.9, (1, [torch.ones(1)])),
    "by number": {0: {"step": torch.tensor(7.0)}, -1: "text"},
    "interval": Interval(1.0, 0.5, 1.5),
    "big": 2**100,
    "infinite": -math.inf,
}


def equal(a, b):
    if isinstance(a, torch.Tensor):
        return type(a) is type(b) and a.dtype == b.dtype and torch.equal(a, b)
    if isinstance(a, dict):
        return list(a) == list(b) and all(equal(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(equal, a, b))
    return type(a) is type(b) and a == b


def test_what_goes_in_comes_out(tmp_path):
    path = tmp_path / "folder" / "content"
    tensor_file.write(path, CONTENT)
    assert equal(tensor_file.read(path), CONTENT)
    assert [found.name for found in path.parent.iterdir()] == ["content"]


def test_who_may_read_other_files_may_read_this_one(tmp_path):
    (tmp_path / "usual").touch()
    tensor_file.write(tmp_path / "content", CONTENT)
    assert (tmp_path / "content").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_numbers_of_numpy_become_numbers(tmp_path):
    tensor_file.write(tmp_path / "content", [np.float32(0.5), np.int64(3), np.bool_(True), np.str_("word")])
    assert equal(tensor_file.read(tmp_path / "content"), [0.5, 3, True, "word"])
    array = np.array([2**32 - 1, 0], dtype=np.uint32)
    tensor_file.write(tmp_path / "content", array)
    found = tensor_file.read(tmp_path / "content")
    assert found.dtype == array.dtype
    assert (found == array).all()


def test_a_matrix_and_its_transpose_stay_two(tmp_path):
    """They begin at the same place, and have the same shape."""
    matrix = torch.arange(4.0).view(2, 2)
    tensor_file.write(tmp_path / "content", [matrix, matrix.T])
    assert equal(tensor_file.read(tmp_path / "content"), [matrix, matrix.T])


def test_a_tensor_that_occurs_twice_is_written_once(tmp_path):
    """As the weights of an embedding and an output that are tied."""
    tied = nn.Linear(50, 40, bias=False)
    model = nn.ModuleDict({"embedding": tied, "output": tied})
    tensor_file.write(tmp_path / "content", model.state_dict())
    assert len(load_file(tmp_path / "content")) == 1
    found = tensor_file.read(tmp_path / "content")
    assert list(found) == ["embedding.weight", "output.weight"]
    assert all(torch.equal(tensor, tied.weight) for tensor in found.values())


def test_views_are_written_as_what_they_show(tmp_path):
    whole = torch.arange(12.0).view(3, 4)
    views = [whole[:, 1], whole[1], whole.t(), whole[:0], whole]
    tensor_file.write(tmp_path / "content", views)
    assert equal(tensor_file.read(tmp_path / "content"), views)


def test_the_file_is_one_that_others_read(tmp_path):
    tensor_file.write(tmp_path / "content", {"weights": torch.ones(2)})
    assert torch.equal(load_file(tmp_path / "content")["content.weights"], torch.ones(2))


@pytest.mark.parametrize(
    ("content", "place", "kind"),
    [
        ({"figures": [1, {2}]}, "content.figures.1", "set"),
        ({(1, 2): "key"}, "content", "dict"),
        (nn.Linear(1, 1), "content", "Linear"),
        ({"draw": random.random}, "content.draw", "builtin_function_or_method"),
    ],
)
def test_what_cannot_be_written_is_named_and_nothing_is_lost(tmp_path, content, place, kind):
    path = tmp_path / "content"
    tensor_file.write(path, "before")
    with pytest.raises(TypeError, match=rf"^{place}: expected tensors, numbers, .*, got a {kind}$"):
        tensor_file.write(path, content)
    assert tensor_file.read(path) == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["content"]


def test_every_flipped_byte_is_found(tmp_path):
    path = tmp_path / "content"
    tensor_file.write(path, {"weights": torch.arange(4.0), "name": "course"})
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            found = tensor_file.read(path)
        except ValueError as error:
            assert str(path) in str(error)  # noqa: PT017
        else:  # spaces that fill the header up, or the order of its entries
            assert equal(found, {"weights": torch.arange(4.0), "name": "course"}), place
    path.write_bytes(whole[:-1])
    with pytest.raises(ValueError, match=f"{path} is not a whole file of tensors"):
        tensor_file.read(path)


def test_files_of_another_kind_are_refused(tmp_path):
    path = tmp_path / "content"
    with pytest.raises(FileNotFoundError, match=r"no file .*content; .* is empty"):
        tensor_file.read(path)
    save_file({"weights": torch.ones(1)}, path)
    with pytest.raises(ValueError, match="not a whole file of tensors: KeyError: 'format'"):
        tensor_file.read(path)
    path.write_bytes(b"")
    with pytest.raises(ValueError, match="not a whole file of tensors"):
        tensor_file.read(path)


def test_a_file_of_a_newer_version_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "content"
    monkeypatch.setattr(tensor_file, "FORMAT", tensor_file.FORMAT + 1)
    tensor_file.write(path, "news")
    monkeypatch.undo()
    with pytest.raises(ValueError, match="written by a newer version of the course: its format is 2, this version"):
        tensor_file.read(path)


def test_what_was_not_written_as_meant_replaces_nothing(tmp_path, monkeypatch):
    path = tmp_path / "content"
    tensor_file.write(path, "before")
    monkeypatch.setattr(
        tensor_file,
        "save_file",
        lambda tensors, file, header: save_file({n: t + 1 for n, t in tensors.items()}, file, header),
    )
    with pytest.raises(OSError, match="could not be written: what stands on the disk is something else"):
        tensor_file.write(path, torch.ones(2))
    assert tensor_file.read(path) == "before"


def test_the_header_says_what_stands_in_the_file(tmp_path):
    tensor_file.write(tmp_path / "content", {"merges": [("l", "o")]})
    header = tensor_file._read(tmp_path / "content")[0]
    assert json.loads(header["content"]) == {"mapping": [["merges", [{"tuple": ["l", "o"]}]]]}
