import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive import stopping


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended and was buried."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_process_that_runs_lives() -> None:
    assert stopping.lives(os.getpid())


def test_process_that_ended_is_dead(dead: int) -> None:
    assert not stopping.lives(dead)


def test_process_that_waits_to_be_buried_is_dead() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)

    assert not stopping.lives(child)
    os.waitpid(child, 0)


def test_server_with_a_living_user_is_used(tmp_path: Path, dead: int) -> None:
    (tmp_path / stopping.USERS).write_text(json.dumps([dead, os.getpid()]))

    assert stopping.is_used(tmp_path)


@pytest.mark.parametrize("written", ["", "[]", None])
def test_server_without_users_is_not_used(tmp_path: Path, written: str | None) -> None:
    if written is not None:
        (tmp_path / stopping.USERS).write_text(written)

    assert not stopping.is_used(tmp_path)


def test_server_whose_users_are_dead_is_not_used(tmp_path: Path, dead: int) -> None:
    (tmp_path / stopping.USERS).write_text(json.dumps([dead]))

    assert not stopping.is_used(tmp_path)


def test_list_caught_half_written_counts_as_used(tmp_path: Path) -> None:
    (tmp_path / stopping.USERS).write_text("[12")

    assert stopping.is_used(tmp_path)


def test_postmaster_is_read_from_its_file(tmp_path: Path) -> None:
    assert stopping.postmaster(tmp_path) is None

    (tmp_path / "postmaster.pid").write_text("4711\n/somewhere\n")

    assert stopping.postmaster(tmp_path) == 4711
