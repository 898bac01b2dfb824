"""What to do about an error of Python or torch, and about an argument that was changed."""

from typing import Any

from torch import Tensor

Advice = tuple[str, str]  # a sign in the text of an error, and what it means

_OF_TORCH = ("sigmoid", "exp", "tanh", "log", "softmax", "relu", "zeros", "arange", "stack", "cat", "sqrt", "matmul")
# What torch's errors mean, for the commonest of them: a sign in the text, and a sentence.
ADVICE: list[Advice] = [
    ("same dtype", "The two sides of the product have different dtypes: `.to(weight.dtype)` makes them one."),
    (
        "mat1 and mat2",
        "In a product of matrices the last size of the left one must be the last but one of the right one: "
        "(B, E) @ (E, V) is (B, V). Is one of them to be transposed? Or is it no such product?",
    ),
    (
        "must match the size of tensor",
        "Two shapes do not broadcast: sizes are compared from the last dimension on, and must be equal or 1.",
    ),
    ("tensors used as indices", "Indices must be integers: `.long()`."),
    ("can only be converted to Python scalars", "A tensor of several elements cannot become one number."),
    ("modified by an inplace operation", "Autograd still needs the old value: make a new tensor instead."),
    ("Can't call numpy()", "numpy keeps no gradient: compute with torch alone."),
    ("torch.return_types", "`max(dim)` and `topk` return `.values` and `.indices`: take one of them."),
    *((f"name '{name}' is not defined", f"It is a function of torch: `torch.{name}`.") for name in _OF_TORCH),
    ("softmax() received an invalid", "Say over which dimension the softmax runs: `dim=...`."),
    (
        "Boolean value of Tensor with more than one",
        "A tensor of several elements is neither True nor False: `~x` for `not x`, `&` for `and`, `|` for `or`, and "
        "`.any()` or `.all()` where one answer is wanted.",
    ),
    ("non-empty TensorList", "The list is empty: is nothing appended in the loop?"),
    ("to be a boolean tensor", "The condition must be True or False at each place: a comparison, not numbers."),
]


def cure(was: Any, now: Any) -> str:
    """What to do instead of changing an argument in place."""
    if isinstance(was, Tensor):
        return (
            "Make a new tensor: `x = x * y` and not `x *= y`, no `x[...] = y`, no method whose name ends in `_`. "
            "The caller still needs it."
        )
    plain = isinstance(was, list) and all(isinstance(each, str | int | float) for each in was)
    if not plain and isinstance(was, list | tuple | dict) and type(was) is type(now) and len(was) == len(now):
        return "What stands in it is changed, also in a `.copy()`: make new tensors or lists, the caller needs the old."
    return "Make a new object: the caller still needs it."
