"""Vectors in the plane: principal components."""

from typing import Any, NamedTuple

import numpy as np

from course_lib.plotting.inputs import Array, check_array


class Basis(NamedTuple):
    """Axes that vectors (n, d) are projected on.

    Attributes:
        mean: the point that becomes the origin, (d,).
        directions: orthonormal rows, (k, d).
        share: the share of the variance along each direction, (k,).
    """

    mean: Array
    directions: Array
    share: Array


def pca(x: Any, *, k: int = 2, basis: Basis | None = None) -> tuple[Array, Basis]:
    """Principal components: x (n, d) -> (n, k), and the basis that they are coordinates in.

    The sign of a direction is free; here its largest component is positive, so that equal input gives equal
    pictures. With the `basis` of one snapshot others are projected on the same axes, and can be compared.

    Raises:
        ValueError: k larger than n or d, values that are not finite, a basis of another size.
    """
    x = check_array("x", x, (2,), "(n, d)")
    if not np.isfinite(x).all():
        raise ValueError("x must be finite, got nan or inf")
    n, d = x.shape
    if basis is None:
        if not 1 <= k <= min(n, d):
            raise ValueError(f"k must be from 1 to {min(n, d)} for x of shape {x.shape}, got {k}")
        mean = x.mean(0)
        _, singular, directions = np.linalg.svd(x - mean, full_matrices=False)
        largest = directions[np.arange(len(directions)), np.abs(directions).argmax(1)]
        variance = singular**2
        share = variance / (variance.sum() or 1.0)
        basis = Basis(mean, (directions * np.sign(largest)[:, None])[:k], share[:k])
    elif basis.directions.shape[1] != d:
        raise ValueError(f"x must have {basis.directions.shape[1]} columns, like the basis, got {d}")
    return (x - basis.mean) @ basis.directions.T, basis


def component_labels(basis: Basis) -> tuple[str, ...]:
    """Names for the axes of a projection, with the share of the variance that each shows."""
    return tuple(f"principal component {i} ({share:.0%})" for i, share in enumerate(basis.share, start=1))
