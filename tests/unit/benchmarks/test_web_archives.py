"""A synthetic web archive is read whole, in little memory."""

import subprocess
import sys

from benchmarks import web_archives


def test_large_archive_is_read_in_little_memory(tmp_path):
    path = tmp_path / "large.warc"
    expected = web_archives.write(path, 120_000_000)
    run = [sys.executable, "-m", "benchmarks.web_archives", "read", str(path)]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"{expected:,} pages of 1")
    assert int(said.rpartition("at most ")[2].split()[0]) < 100, said


def test_same_seed_gives_the_same_bytes(tmp_path):
    one, other = tmp_path / "one.warc", tmp_path / "other.warc"
    web_archives.write(one, 300_000)
    web_archives.write(other, 300_000)
    assert one.read_bytes() == other.read_bytes()
