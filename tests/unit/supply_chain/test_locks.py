"""Everything that is installed is named by version and hash, in files that any machine can use."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from supply_chain import locks

TEXTS = {name: (locks.FOLDER / f"{name}.txt").read_text(encoding="utf-8") for name in locks.BELOW}
A_HASH = "sha256:" + "0" * 64


def test_files_are_those_of_the_sets() -> None:
    assert {path.stem for path in locks.FOLDER.iterdir()} == set(locks.BELOW) == set(locks.asked_for())


@pytest.mark.parametrize("name", locks.BELOW)
def test_all_that_the_project_asks_for_is_pinned_with_a_hash(name: str) -> None:
    there = {pin.name: pin for one in locks.files_for(name) for pin in locks.pins(one)}
    for asked in locks.asked_for()[name]:
        pin = there[locks.canonicalize_name(asked.name)]
        assert asked.specifier.contains(pin.version), asked
        assert "--hash=sha256:" in pin


@pytest.mark.parametrize("name", locks.BELOW)
def test_no_package_is_pinned_twice_in_what_is_installed_together(name: str) -> None:
    names = [pin.name for one in locks.files_for(name) for pin in locks.pins(one)]
    assert len(names) == len(set(names))


def test_sets_that_are_not_installed_together_agree() -> None:
    pinned = [(pin.name, pin.version) for name in locks.BELOW for pin in locks.pins(name)]
    assert len(dict(set(pinned))) == len(set(pinned))


@pytest.mark.parametrize("name", locks.BELOW)
def test_files_name_no_index_and_no_place_of_a_machine(name: str) -> None:
    lines = [line for line in TEXTS[name].splitlines() if not line.startswith("#")]
    assert not [line for line in lines if re.search(r"://|^-|@|\s/|/opt|index|find-links", line)]
    assert locks.read(TEXTS[name])


@pytest.mark.parametrize("line", ["django==5.2.19", "django>=5 \\\n    --hash=" + A_HASH, "-e .", "django @ file:///x"])
def test_what_is_not_pinned_by_a_hash_is_no_pin(line: str) -> None:
    with pytest.raises(ValueError, match="no pinned requirement"):
        locks.read(line + "\n")


def test_other_files_than_those_that_are_named_are_refused(tmp_path: Path) -> None:
    """pip compares before anything is unpacked: a folder of files stands for an index that was taken over."""
    wheel = tmp_path / "attack_reports_stranger-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not what was pinned")
    (tmp_path / "wanted.txt").write_text(f"attack-reports-stranger==1.0 --hash={A_HASH}\n", encoding="utf-8")

    command = [sys.executable, "-m", "pip", "--isolated", "download", "--no-index", "--find-links", str(tmp_path)]
    command += ["--require-hashes", "--no-deps", "--dest", str(tmp_path / "to"), "-r", str(tmp_path / "wanted.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode
    assert "DO NOT MATCH THE HASHES" in done.stderr + done.stdout


def test_what_installs_demands_hashes() -> None:
    for path in (locks.ROOT / "Makefile", locks.ROOT / "deploy" / "upgrade"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "pip install" in line]
        assert lines
        for line in lines:
            itself = line.rstrip().endswith("--no-deps --no-build-isolation -e .")
            assert itself or "--require-hashes --no-deps" in line, line
