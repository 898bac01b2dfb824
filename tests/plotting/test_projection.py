"""Principal components against the covariance's eigenvectors, and what is refused."""

import math

import numpy as np
import pytest

from course_lib import plotting

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # a missing glyph is one


def test_pca_agrees_with_the_eigenvectors_of_the_covariance():
    x = np.random.default_rng(0).standard_normal((50, 6)) @ np.diag([5, 4, 3, 1, 1, 1])
    projected, basis = plotting.pca(x, k=3)
    values, vectors = np.linalg.eigh(np.cov(x.T))
    assert np.allclose(np.abs(basis.directions @ vectors[:, ::-1][:, :3]), np.eye(3), atol=1e-8)
    assert np.allclose(basis.share, values[::-1][:3] / values.sum())
    assert np.allclose(projected.var(0, ddof=1), values[::-1][:3])
    assert np.allclose(projected.mean(0), 0)


def test_pca_has_a_fixed_sign():
    x = np.random.default_rng(0).standard_normal((20, 4))
    _, basis = plotting.pca(x)
    assert (basis.directions[np.arange(2), np.abs(basis.directions).argmax(1)] > 0).all()
    mirrored, mirrored_basis = plotting.pca(2 * x.mean(0) - x)
    assert np.allclose(mirrored_basis.directions, basis.directions)
    assert np.allclose(mirrored, -plotting.pca(x)[0])


def test_pca_on_the_basis_of_another_snapshot():
    rng = np.random.default_rng(0)
    last, first = rng.standard_normal((20, 4)), rng.standard_normal((7, 4))
    _, basis = plotting.pca(last)
    projected, same = plotting.pca(first, basis=basis)
    assert same is basis
    assert np.allclose(projected, (first - last.mean(0)) @ basis.directions.T)
    assert plotting.component_labels(basis)[0] == f"principal component 1 ({basis.share[0]:.0%})"


@pytest.mark.parametrize(
    ("x", "options", "message"),
    [
        ([[1.0, 2.0]], {}, r"k must be from 1 to 1 for x of shape \(1, 2\), got 2"),
        (np.eye(3), {"k": 0}, r"k must be from 1 to 3"),
        ([[math.nan, 1], [1, 1]], {}, r"x must be finite, got nan or inf"),
        ([1, 2], {}, r"x must have shape \(n, d\), got \(2,\)"),
        (np.eye(3), {"basis": plotting.pca(np.eye(4))[1]}, r"x must have 4 columns, like the basis, got 3"),
    ],
)
def test_pca_says_what_is_wrong(x, options, message):
    with pytest.raises(ValueError, match=message):
        plotting.pca(x, **options)
