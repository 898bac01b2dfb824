"""Where files are, in a checkout and once installed; test_wheel.py sees the same in a real wheel."""

import pytest

from course_lib import folders


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with the bundled folders inside, as a wheel leaves it, and a working folder beside it."""
    package = tmp_path / "site-packages" / "course_lib"
    for name in ("data", "notebooks"):
        (package / name).mkdir(parents=True)
    working = tmp_path / "working"
    (working / "notebooks").mkdir(parents=True)
    monkeypatch.setattr(folders, "PACKAGE", package)
    monkeypatch.chdir(working)
    return package


def test_a_checkout_is_its_own_home_wherever_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert not folders.installed()
    assert (folders.home() / "pyproject.toml").is_file()
    assert folders.bundled("data") == folders.home() / "data"
    assert folders.bundled("notebooks") == folders.home() / "notebooks"
    assert folders.work() == folders.home() / "work"


def test_installed_the_bundled_folders_are_in_the_package(package):
    assert folders.installed()
    assert folders.bundled("data") == package / "data"
    assert folders.bundled("notebooks") == package / "notebooks"


def test_installed_home_is_the_working_folder_and_a_kernel_in_notebooks_has_the_same(package, tmp_path, monkeypatch):
    assert folders.home() == tmp_path / "working"
    assert folders.work() == tmp_path / "working" / "notebooks"
    (tmp_path / "working" / "course_lib").mkdir()
    assert folders.work() == tmp_path / "working" / "work", "in a clone git's own notebooks are left alone"
    (tmp_path / "working" / "course_lib").rmdir()
    monkeypatch.chdir("notebooks")
    assert folders.home() == tmp_path / "working"
