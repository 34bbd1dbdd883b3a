"""A file appears whole or not at all, and is nobody else's to read."""

import fcntl
import os
from pathlib import Path

import pytest

from archive.backing_up.errors import BackupError
from archive.backing_up.new_files import new_file


def test_new_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.backup"
    with new_file(target) as handle:
        os.write(handle, b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_left_of_one_that_failed(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="disk"), new_file(tmp_path / "a.backup"):
        raise OSError("the disk is full")
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "a.backup"
    target.write_text("earlier")
    with pytest.raises(BackupError, match="is there already"), new_file(target):
        pass
    target.unlink()
    with pytest.raises(BackupError, match="made by somebody else"), new_file(target):
        target.write_text("another's")
    assert target.read_text() == "another's"


def test_two_at_once_do_not_write_the_same_file(tmp_path: Path) -> None:
    target = tmp_path / "a.backup"
    with new_file(target) as handle:
        os.write(handle, b"first")
        with pytest.raises(BackupError, match="Another backup is being written"), new_file(target):
            pass
    assert target.read_bytes() == b"first"


def test_what_a_killed_run_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.backup.part").write_bytes(b"half of it, long ago")
    with new_file(tmp_path / "a.backup") as handle:
        os.write(handle, b"whole")
        assert fcntl.fcntl(handle, fcntl.F_GETFD)
    assert (tmp_path / "a.backup").read_bytes() == b"whole"


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written: No such file"), new_file(tmp_path / "none" / "a"):
        pass
