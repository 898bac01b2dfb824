"""`course data get`: against a server of its own, which may have the wrong files, or none."""

import gzip
import hashlib
import socket
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from course_lib import cli, datasets
from course_lib.commands import data

STEMS = ("train", "val", "test_2016_flickr", "test_2017_flickr")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A small multi30k; (its folder, its address)."""
    folder = tmp_path / "server"
    folder.mkdir()
    lines = []
    for stem in STEMS:
        sums = []
        for language in data.LANGUAGES:
            if (stem, language) == ("test_2017_flickr", "cs"):
                sums.append("-")
                continue
            whole = gzip.compress(f"{stem} in {language}\nA second line.\n".encode(), mtime=0)
            (folder / f"{stem}.{language}.gz").write_bytes(whole)
            sums.append(hashlib.sha256(whole).hexdigest())
        lines.append(" ".join([stem, *sums]))
    monkeypatch.setattr(data, "CHECKSUMS", "\n".join(lines))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield folder, f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_the_files_are_fetched_and_can_be_trained_on(server, tmp_path, capsys):
    out = tmp_path / "multi30k"
    assert cli.main(["data", "get", "multi30k", "--from", server[1], "--out", str(out)]) == 0
    assert len(list(out.iterdir())) == 8
    said = capsys.readouterr().out
    assert f"course train --data {out} --source de --target en --lower" in said
    corpus = datasets.load(out, source="de", target="en")
    assert set(corpus) == {"train", "validation", "test_2016_flickr", "test_2017_flickr"}
    assert corpus["train"][0].source_text == "train in de"


def test_a_split_that_a_language_lacks_is_left_out(server, tmp_path):
    out = tmp_path / "multi30k"
    assert cli.main(["data", "get", "multi30k", "--languages", "cs,fr", "--from", server[1], "--out", str(out)]) == 0
    assert {path.name.split(".")[0] for path in out.iterdir()} == set(STEMS[:3])


def test_what_is_there_is_not_fetched_again(server, tmp_path):
    folder, address = server
    out = tmp_path / "multi30k"
    arguments = ["data", "get", "multi30k", "--from", address, "--out", str(out)]
    assert cli.main(arguments) == 0
    for path in folder.iterdir():
        path.unlink()
    assert cli.main(arguments) == 0
    (out / "train.de.gz").write_bytes(b"half of it")
    assert cli.main(arguments) == 2, "what is there is another file, and the server has none"


def test_a_wrong_file_is_not_kept(server, tmp_path, capsys):
    folder, address = server
    (folder / "val.de.gz").write_bytes(b"something else")
    out = tmp_path / "multi30k"
    assert cli.main(["data", "get", "multi30k", "--from", address, "--out", str(out)]) == 2
    error = capsys.readouterr().err
    assert error == f"course: {address}/val.de.gz is another file than the one that was meant: its checksum is wrong\n"
    assert sorted(path.name for path in out.iterdir()) == ["train.de.gz", "train.en.gz"]


def test_without_a_network_it_says_so(tmp_path, capsys):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert cli.main(["data", "get", "multi30k", "--from", address, "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"course: {address}/train.de.gz could not be downloaded (ConnectionError); what is there")
    assert error.count("\n") == 1


def test_a_language_that_there_is_not(tmp_path, capsys):
    assert cli.main(["data", "get", "multi30k", "--languages", "de,ko", "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == "course: multi30k has de, en, fr, cs, not 'ko'\n"


def test_the_checksums_are_whole():
    found = data.files(["de", "en"])
    assert len(found) == 12
    assert all(len(each) == 64 and int(each, 16) for each in found.values())
    assert len(set(found.values())) == 12
    assert len(data.files(["cs"])) == 4
    assert len(data.files(["fr"])) == 6
