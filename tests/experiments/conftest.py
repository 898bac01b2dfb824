"""A registry of a test's own."""

import pytest

from course_lib.experiments import registry, stored_runs


@pytest.fixture
def workshop(monkeypatch, tmp_path):
    """No experiments but the test's, and their stored runs in a folder of their own."""
    monkeypatch.setattr(registry, "_EXPERIMENTS", {})
    monkeypatch.setattr(registry, "experiments", lambda: list(registry._EXPERIMENTS.values()))
    monkeypatch.setattr(stored_runs, "RUNS", tmp_path / "runs")
    return tmp_path
