"""Somebody writes while readers read: `python -m benchmarks.writing change|intake …`, until its input is closed.

What it writes is new each time, so that a database that was written to can be measured again.
"""

import argparse
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import django

EVERY = 1.0  # seconds between two changes
IMPORTED = 10_000  # articles


@contextmanager
def beside(what: str, path: Path, environment: dict[str, str]) -> Iterator[None]:
    """Write meanwhile: `change`, an incident a second from a data set, or `intake`, articles as fast as they go in."""
    command = [sys.executable, "-m", "benchmarks.writing", what, f"--path={path}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        if process.stdout and process.stdin:
            process.stdout.readline()  # it has begun
            try:
                yield
            finally:
                process.stdin.close()
                process.stdout.read()  # it says how many: it ends in peace only when that is read
    if process.returncode:
        raise SystemExit(f"What was to write meanwhile ({what}) has failed.")


def change(path: Path, stopped: threading.Event) -> int:
    """Publish an incident a second; return how many."""
    from benchmarks import dataset  # noqa: PLC0415 (after django.setup)
    from incidents import curation  # noqa: PLC0415

    done = 0
    moment = f"{time.time():.0f}"
    for draft in dataset.drafts(path, dataset.ROWS_A_REPORT * 10, 0, 1, dataset.Terms(), again=moment):
        if stopped.wait(EVERY):
            break
        done += sum(1 for _ in curation.publish_all([draft], by=None, note=dataset.NOTE))
    return done


def intake(path: Path, stopped: threading.Event) -> int:
    """Take in articles, `IMPORTED` at most; return how many."""
    from archive import intake  # noqa: PLC0415
    from archive.readers import Record, read_path  # noqa: PLC0415

    moment = f"{time.time():.0f}"

    def fresh() -> Iterator[Record]:
        for number, record in enumerate(read_path(path)):
            if stopped.is_set() or number == IMPORTED:
                return
            if not isinstance(record, Record):
                raise SystemExit(f"{record.locator}: {record.reason}")
            yield replace(record, url=f"{record.url}?{moment}", text=f"{record.text}\n\nTaken in at {moment}.")

    return sum(receipt.outcome == intake.Outcome.ADDED for receipt in intake.receive_all(fresh(), by=None))


def wait(stopped: threading.Event) -> None:
    sys.stdin.read()
    stopped.set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["change", "intake"])
    parser.add_argument("--path", type=Path, required=True)
    options = parser.parse_args()
    django.setup()
    stopped = threading.Event()
    threading.Thread(target=wait, args=[stopped], daemon=True).start()
    print("begun", flush=True)
    done = {"change": change, "intake": intake}[options.what](options.path, stopped)
    print(done)


if __name__ == "__main__":
    main()
