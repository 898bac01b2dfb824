"""What a drawing function is given, as arrays and strings, or an error that says what was expected and what came."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def check_array(name: str, values: Any, ndim: Collection[int], shape: str) -> Array:
    """`values` as a float array of one of the numbers of dimensions.

    Args:
        name: what the error calls them.
        shape: how the error writes the shape that is expected.

    Raises:
        ValueError: no numbers, another number of dimensions, or nothing at all.
    """
    if hasattr(values, "detach"):  # a tensor that carries a gradient does not turn into an array by itself
        values = values.detach().cpu()
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numbers of shape {shape}: {error}") from None
    if array.ndim not in ndim or array.size == 0:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def check_names(name: str, labels: Sequence[Any], count: int, of: str) -> list[str]:
    """Labels as they are drawn, one for each of `count` things; `of` is what the error calls a thing.

    Raises:
        ValueError: another number of labels, or one string instead of a list of them.
    """
    if isinstance(labels, str):  # a string is a sequence of its characters
        raise ValueError(f"{name} must be a list of {count} strings, got the string {labels!r}")
    labels = list(labels)
    if len(labels) != count:
        raise ValueError(f"{name} must have one entry per {of}, {count}, got {len(labels)}")
    return [str(label).replace("$", r"\$") for label in labels]  # a word, not the beginning of a formula


def check_series(name: str, values: Any, shape: str) -> dict[str | None, Array]:
    """{label: array (R, n)}; R is the number of runs, 1 where only one was given. A lone series has the label None.

    Raises:
        ValueError: no series, or one that is neither (n,) nor (R, n).
    """
    by_label = values if isinstance(values, Mapping) else {None: values}
    if not by_label:
        raise ValueError(f"{name} must hold at least one entry, got none")
    arrays: dict[str | None, Array] = {}
    for label, runs in by_label.items():
        array = check_array(entry(name, label), runs, (1, 2), shape)
        arrays[label if label is None else str(label)] = np.atleast_2d(array)
    return arrays


def check_points(name: str, xy: Any) -> Array:
    """Points of the plane, (P, 2).

    Raises:
        ValueError: another shape, or a number that is not finite.
    """
    points = check_array(name, xy, (2,), "(P, 2)")
    if points.shape[1] != 2:
        raise ValueError(f"{name} must have shape (P, 2), got {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError(f"{name} must be finite, got nan or inf")
    return points


def entry(name: str, label: Any) -> str:
    """What an error calls one of several series: `name['label']`; a lone one has no label."""
    return name if label is None else f"{name}[{label!r}]"
