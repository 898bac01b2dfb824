"""What the tests of pages share."""

import argparse
from pathlib import Path

import pytest


@pytest.fixture
def writes(tmp_path, monkeypatch):
    """`writes(command)(*arguments)`: the text of the file that a command writes into an empty working folder."""
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)

    def by(command):
        def of(*arguments):
            parser = argparse.ArgumentParser()
            command.arguments(parser)
            given = parser.parse_args(arguments)
            before = set(working.rglob("*"))
            assert command.run(given) == 0
            (path,) = [given.out] if given.out else set(working.rglob("*")) - before
            return Path(path).read_text(encoding="utf-8")

        return of

    return by
