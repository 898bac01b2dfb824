"""Reading lines, with errors that name the place; writing, whole or not at all."""

import gzip
import sys

import pytest

from course_lib.files import read_lines, replacing, write_lines, write_text

# --- lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["lines.txt", "lines.txt.gz"])
def test_lines_come_back(tmp_path, name):
    lines = ["사과", "", " a\tb ", "one\u2028two\x0bthree"]
    path = tmp_path / "new folder" / name
    write_lines(path, lines)
    assert list(read_lines(path)) == lines
    first = path.read_bytes()
    write_lines(path, lines)
    assert path.read_bytes() == first, "the same lines give the same bytes"
    assert [entry.name for entry in path.parent.iterdir()] == [name]
    write_lines(path, [])
    assert list(read_lines(path)) == []


def test_byte_order_mark_and_crlf_are_taken_off(tmp_path):
    path = tmp_path / "windows.txt"
    path.write_bytes("\ufeff하나\r\n둘\r\n\r\n셋".encode())
    assert list(read_lines(path)) == ["하나", "둘", "", "셋"]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "lines.txt"
    write_lines(path, ["old"])

    def lines():
        yield "new"
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_lines(path, lines())
    assert path.read_text(encoding="utf-8") == "old\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["lines.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not replace a file that is open")
def test_a_reader_of_the_old_file_never_sees_half_of_the_new_one(tmp_path):
    path = tmp_path / "lines.txt"
    write_lines(path, ["old"])
    with path.open(encoding="utf-8") as reader:
        write_lines(path, ["new"])
        assert reader.read() == "old\n"
    assert list(read_lines(path)) == ["new"]


def test_a_missing_file_names_what_is_near(tmp_path):
    (tmp_path / "train.en").write_text("a\n", encoding="utf-8")
    (tmp_path / "readme").write_text("a\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"no file .*trian\.en; .* holds train\.en$"):
        read_lines(tmp_path / "trian.en")
    with pytest.raises(FileNotFoundError, match=r"holds readme, train\.en$"):
        read_lines(tmp_path / "qqq")
    with pytest.raises(FileNotFoundError, match=r"the folder .*a.b does not exist \(.* does\)"):
        read_lines(tmp_path / "a" / "b" / "train.en")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match=r"empty is empty"):
        read_lines(tmp_path / "empty" / "train.en")
    with pytest.raises(ValueError, match="is a folder, expected a file"):
        read_lines(tmp_path)


def test_bytes_that_are_not_utf8_name_their_line(tmp_path):
    path = tmp_path / "latin1.txt"
    path.write_bytes(b"fine\ncaf\xe9\n")
    with pytest.raises(ValueError, match=r"latin1\.txt, line 2: expected UTF-8, .*\(byte 0xe9\)"):
        list(read_lines(path))
    path.write_bytes("사과".encode("utf-16"))
    with pytest.raises(ValueError, match=r"line 1: expected UTF-8, .*looks like UTF-16"):
        list(read_lines(path))
    path.write_bytes(b"PK\x03\x04\x14\x00\xee\xff")
    with pytest.raises(ValueError, match=r"looks like a spreadsheet or a \.zip: save the sheet as text"):
        list(read_lines(path))


def test_a_damaged_gz_says_so(tmp_path):
    path = tmp_path / "lines.gz"
    path.write_bytes(b"not compressed\n")
    with pytest.raises(ValueError, match=r"lines\.gz: not a complete \.gz file, after line 0"):
        list(read_lines(path))
    whole = gzip.compress("".join(f"line {i}\n" for i in range(50_000)).encode())
    path.write_bytes(whole[:1000] + b"?" + whole[1001:])
    with pytest.raises(ValueError, match=r"lines\.gz: not a complete \.gz file"):
        list(read_lines(path))
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match=r"lines\.gz: not a complete \.gz file, after line [1-9]"):
        list(read_lines(path))


# --- replacing ----------------------------------------------------------------------------------------------


def test_what_is_written_beside_replaces_the_file_where_the_block_ends(tmp_path):
    path = tmp_path / "new folder" / "figures.bin"
    with replacing(path) as beside:
        beside.write_bytes(b"first")
        assert beside.parent == path.parent, "the same folder, so the same disk: renaming is one step"
        assert not path.exists()
    with replacing(str(path)) as beside:
        beside.write_bytes(b"second")
        assert path.read_bytes() == b"first"
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_block_that_raises_leaves_the_old_file_and_nothing_beside_it(tmp_path, error):
    path = tmp_path / "figures.bin"
    path.write_bytes(b"old")

    def write_half():
        with replacing(path) as beside:
            beside.write_bytes(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    with pytest.raises(FileNotFoundError), replacing(path):
        pass  # nothing was written
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_two_processes_write_beside_under_two_names(tmp_path, monkeypatch):
    with replacing(tmp_path / "a") as mine:
        mine.write_bytes(b"mine")
        monkeypatch.setattr("os.getpid", lambda: 12345)
        with replacing(tmp_path / "a") as theirs:
            assert theirs != mine
            theirs.write_bytes(b"theirs")
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_text_is_written_as_it_is(tmp_path):
    path = tmp_path / "new folder" / "a.txt"
    write_text(path, "사과\r\n\nend")
    assert path.read_bytes() == "사과\r\n\nend".encode()
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "\udc80")
    assert path.read_bytes() == "사과\r\n\nend".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(tmp_path):
    there, link = tmp_path / "there" / "a.txt", tmp_path / "here" / "b.txt"
    link.parent.mkdir()
    link.symlink_to(there)
    for text in ("first", "second"):  # the first time it points to nothing yet
        write_text(link, text)
        assert link.is_symlink()
        assert there.read_text() == text
        assert not there.is_symlink()
    with replacing(link) as beside:
        beside.write_text("third")
        assert beside.parent.resolve() == there.parent.resolve(), "on the disk of what is replaced"
    assert [list(folder.iterdir()) for folder in (there.parent, link.parent)] == [[there], [link]]


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_who_may_read_the_old_file_may_read_the_new_one_and_nobody_else(tmp_path, mode):
    path, link = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("old")
    path.chmod(mode)
    expected = path.stat().st_mode  # what this system can note of it
    write_text(path, "new")
    assert path.stat().st_mode == expected
    link.symlink_to(path)
    write_text(link, "newer")
    assert (path.read_text(), path.stat().st_mode) == ("newer", expected)


def test_where_nobody_may_change_the_mode_a_file_is_replaced(tmp_path, monkeypatch):
    def refuse(*given):
        raise PermissionError

    path = tmp_path / "a.txt"
    path.write_text("old")
    monkeypatch.setattr("shutil.copymode", refuse)
    write_text(path, "new")
    assert path.read_text() == "new"
