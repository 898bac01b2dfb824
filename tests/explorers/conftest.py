"""Explorers draw with the Agg backend, and a warning of matplotlib, as of a missing glyph, fails the test."""

import warnings

import matplotlib as mpl
import pytest

pytest.importorskip("ipywidgets", reason="explorers are widgets")
mpl.use("Agg")


@pytest.fixture(autouse=True)
def warnings_are_errors():
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        yield
