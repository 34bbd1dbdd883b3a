"""Renew `requirements/*.txt`: `make pins`, with ARGS="--upgrade" or ARGS="--upgrade-package django" for newer versions.

uv chooses versions for every platform at once and asks the index for the hashes of all files; the versions that are
pinned stay where they still fit. Addresses of indexes are no part of the files.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from supply_chain import locks

HEAD = "# Written by `make pins` from pyproject.toml. pip install --require-hashes --no-deps {files}\n"
PYTHON = "3.11"  # the oldest that is supported


def main(arguments: list[str]) -> int:
    """Write every file, or none."""
    with tempfile.TemporaryDirectory() as folder:
        build, lock = Path(folder) / "build.in", Path(folder) / "all.txt"
        build.write_text("\n".join(map(str, locks.asked_for()["build"])) + "\n", encoding="utf-8")
        kept = [pin for name in locks.BELOW if (locks.FOLDER / f"{name}.txt").exists() for pin in locks.pins(name)]
        lock.write_text("\n".join(kept) + "\n", encoding="utf-8")
        compiled(build, "pyproject.toml", "--all-extras", "--generate-hashes", "--output-file", lock, *arguments)
        chosen = {pin.name: pin for pin in locks.read(lock.read_text(encoding="utf-8"))}
        closures = {name: closure(name, build, lock) for name in locks.BELOW}
    texts = {}
    for name, below in locks.BELOW.items():
        there = set().union(*(closures[one] for one in below))
        texts[name] = head(name) + "".join(f"{chosen[one]}\n" for one in sorted(closures[name] - there))
    locks.FOLDER.mkdir(exist_ok=True)
    for name, text in texts.items():
        (locks.FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(chosen)} packages pinned in {len(texts)} files\n")
    return 0


def closure(name: str, build: Path, lock: Path) -> set[str]:
    """Return the names of all that a set needs, on any platform."""
    what = [build] if name == "build" else ["pyproject.toml", *([] if name == "run" else ["--extra", name])]
    said = compiled(*what, "--constraint", lock)
    names = [line.split(" ;")[0].split("==")[0] for line in said.splitlines() if line]
    return {locks.canonicalize_name(one) for one in names}


def compiled(*arguments: str | Path) -> str:
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "compile", "--universal", "--python-version", PYTHON, "--strip-extras"]
    command += ["--no-annotate", "--no-header", *map(str, arguments)]
    done = subprocess.run(command, cwd=locks.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def head(name: str) -> str:
    return HEAD.format(files=" ".join(f"-r requirements/{one}.txt" for one in locks.files_for(name)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
