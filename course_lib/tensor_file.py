"""Tensors and what is said of them in one file: safetensors, which runs no code when it is read.

    write(path, {"model": model.state_dict(), "bleu": 41.7, "generator": generator.get_state()})
    read(path)["model"]

Whatever nests tensors, numbers, strings, lists, tuples and mappings can be written, and comes back as it was. The
tensors are the file's own; the rest is text (JSON) in its header, where a tensor stands as a name. A tensor that occurs
twice is written once. A checksum covers all of it, and what is written is read back before it replaces the file before.

The format: the documentation of safetensors, https://huggingface.co/docs/safetensors
"""

import hashlib
import json
import numbers
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from course_lib.files import replacing, what_is_near
from course_lib.statistics import Interval

FORMAT = 1
FilePath = str | os.PathLike[str]

# --- writing ------------------------------------------------------------------------------------------------


def write(path: FilePath, content: Any) -> None:
    """Write content so that `read` gives it back; a break, or an error, leaves the file before whole.

    Raises:
        TypeError: something that can't be written, with its place in the content.
        OSError: the file can't be written, or isn't what was meant to be written.
    """
    tensors: dict[str, Tensor] = {}
    text = json.dumps(_packed(content, tensors, {}, "content"))
    digest = _digest(text, tensors)
    with replacing(path) as beside:
        beside.touch()
        usual = beside.stat().st_mode
        save_file(tensors, beside, {"format": str(FORMAT), "content": text, "sha256": digest})
        beside.chmod(usual)  # some versions of safetensors let nobody but the owner read
        if _read(beside)[2] != digest:
            raise OSError(f"{path} could not be written: what stands on the disk is something else")


def _packed(value: Any, tensors: dict[str, Tensor], names: dict[Any, str], where: str) -> Any:
    """The value as JSON, its tensors put into `tensors`; `names` holds the name of each that was met."""
    if isinstance(value, Tensor):
        same = (value.data_ptr(), tuple(value.shape), value.stride(), value.dtype, value.device)
        if same not in names or not value.numel():
            names[same] = where
            tensors[where] = value.detach().cpu().contiguous().clone()
        return {"tensor": names[same]}
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "dtype": str(value.dtype)}
    if isinstance(value, Interval):
        return {"interval": list(value)}
    if isinstance(value, list | tuple):
        items = [_packed(item, tensors, names, f"{where}.{i}") for i, item in enumerate(value)]
        return {"tuple": items} if isinstance(value, tuple) else items
    if isinstance(value, Mapping) and all(isinstance(key, str | int) for key in value):
        return {"mapping": [[key, _packed(item, tensors, names, f"{where}.{key}")] for key, item in value.items()]}
    raise TypeError(
        f"{where}: expected tensors, numbers, strings, lists, tuples and mappings by strings or integers, "
        f"got a {type(value).__name__}"
    )


def _digest(text: str, tensors: Mapping[str, Tensor]) -> str:
    """The SHA-256 of all that a file says."""
    found = hashlib.sha256(f"{FORMAT}\n{text}".encode())
    for name in sorted(tensors):
        tensor = tensors[name].contiguous()
        found.update(f"\n{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        found.update(tensor.flatten().view(torch.uint8).numpy() if tensor.numel() else b"")
    return found.hexdigest()


# --- reading ------------------------------------------------------------------------------------------------


def read(path: FilePath) -> Any:
    """What `write` wrote; tensors on the CPU.

    Raises:
        FileNotFoundError: no such file; names what is near it.
        ValueError: a file that is not whole, or not of this kind, or of a newer version of the course.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no file {path}{what_is_near(path)}")
    try:
        header, tensors, digest = _read(path)
    except (SafetensorError, OSError, KeyError, ValueError) as error:
        raise ValueError(f"{path} is not a whole file of tensors: {type(error).__name__}: {error}") from error
    if int(header["format"]) > FORMAT:
        raise ValueError(
            f"{path} was written by a newer version of the course: its format is {header['format']}, "
            f"this version reads up to {FORMAT}"
        )
    if header.get("sha256") != digest:
        raise ValueError(f"{path} is damaged: its checksum is not that of what it holds")
    return _unpacked(json.loads(header["content"]), tensors)


def _read(path: Path) -> tuple[Mapping[str, str], dict[str, Tensor], str]:
    """The header, the tensors, and the checksum of what stands there."""
    with safe_open(path, "pt") as file:
        header = file.metadata() or {}
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
    int(header["format"])
    return header, tensors, _digest(header["content"], tensors)


def _unpacked(value: Any, tensors: Mapping[str, Tensor]) -> Any:
    if isinstance(value, list):
        return [_unpacked(item, tensors) for item in value]
    if not isinstance(value, dict):
        return value
    if "tensor" in value:
        return tensors[value["tensor"]]
    if "array" in value:
        return np.array(value["array"], dtype=value["dtype"])
    if "interval" in value:
        return Interval(*value["interval"])
    if "tuple" in value:
        return tuple(_items(value["tuple"], tensors))
    return dict(
        zip((key for key, _ in value["mapping"]), _items([v for _, v in value["mapping"]], tensors), strict=True)
    )


def _items(values: list[Any], tensors: Mapping[str, Tensor]) -> Iterator[Any]:
    return (_unpacked(value, tensors) for value in values)
