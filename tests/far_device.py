"""A device that this machine does not have, played by the CPU: nothing there may meet what is here.

A `Far` tensor says that it is on another device, and holds its numbers in an ordinary tensor. Each operation computes
with those; one that mixes tensors from both places is an error, as on a graphics card, but for single numbers and for
indices.
"""

import copy
from typing import Any

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

DEVICE = torch.device("meta")  # the only one that every build of torch knows and on which nothing is ever computed


class Far(torch.Tensor):
    """A tensor on the far device; `near` holds its numbers."""

    @staticmethod
    def __new__(cls, near):
        made = torch.Tensor._make_wrapper_subclass(
            *(cls, near.shape),
            strides=near.stride(),
            storage_offset=near.storage_offset(),
            dtype=near.dtype,
            device=DEVICE,
            requires_grad=near.requires_grad,
        )
        made.near = near
        return made

    def tolist(self):
        return self.near.tolist()

    def __setitem__(self, place, value):
        # torch would make tensors of lists, and make them on the far device, where nothing has a value
        self.near[place] = value.near if isinstance(value, Far) else value

    def new_tensor(self, data, **options):
        return Far(self.near.new_tensor(data, **options))

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return _computed(func, args, kwargs or {})


class FarAway(TorchDispatchMode):
    """Within it, what is made for the far device is there."""

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        return _computed(func, args, kwargs or {})


def _computed(func, args, kwargs):
    name = func._schema.name.removeprefix("aten::")
    tensors = [each for each in tree_leaves((args, kwargs)) if isinstance(each, torch.Tensor)]
    there = any(isinstance(each, Far) for each in tensors)
    if there and name not in ("_to_copy", "copy_"):
        must = tensors[:1] if name in ("index", "index_put_") else tensors  # what is indexed, by indices from anywhere
        for each in must:
            assert isinstance(each, Far) or not each.dim(), f"{name} gets {tuple(each.shape)} from another device"
    assert all(isinstance(each, Far) or each.device != DEVICE for each in tensors), (
        f"{name} gets a tensor without values"
    )
    device = kwargs.get("device")
    near = tree_map(lambda each: each.near if isinstance(each, Far) else each, (args, kwargs | {"device": "cpu"}))
    result = func(*near[0], **(near[1] if device is not None else {k: v for k, v in near[1].items() if k != "device"}))
    if name.endswith("_"):  # in place
        return args[0]
    if name == "_local_scalar_dense" or not (there if device is None else torch.device(device) == DEVICE):
        return result
    return tree_map(lambda each: Far(each) if isinstance(each, torch.Tensor) else each, result)


def moved(model: nn.Module) -> Any:
    """A copy of a model on the far device; weights that are tied stay so."""
    model, known = copy.deepcopy(model), {}
    for part in model.modules():
        for name, weight in part.named_parameters(recurse=False):
            part._parameters[name] = known.setdefault(weight, nn.Parameter(Far(weight.detach())))
        for name, buffer in part.named_buffers(recurse=False):
            part._buffers[name] = Far(buffer)
    return model
