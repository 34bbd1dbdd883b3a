"""Stops the embedded PostgreSQL when nobody uses it: `python -I -S stopping.py DATA_DIR LOCK`, standard library only.

A process that ends in order stops the server itself if it was the last; this is for those that were killed.
"""

import contextlib
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

USERS = ".handle_pids.json"
SECONDS = 2.0


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be buried does not."""
    with contextlib.suppress(OSError):
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_used(data_dir: Path) -> bool:
    """Whether a living process stands in the list of users; a list caught half written counts as used."""
    try:
        return any(lives(pid) for pid in json.loads((data_dir / USERS).read_text() or "[]"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True


def postmaster(data_dir: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((data_dir / "postmaster.pid").read_text().split()[0])
    return None


@contextlib.contextmanager
def held(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a lock file, as `fasteners.InterProcessLock` does; says whether it was got."""
    with path.open("a") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def watch(data_dir: Path, lock: Path) -> None:
    """Return when the server has stopped; stop it, in order, once no user has been seen twice in a row."""
    idle = 0
    while idle < 2:
        time.sleep(SECONDS)
        idle = 0 if is_used(data_dir) else idle + 1
    with held(lock, wait=True):  # nobody starts or joins meanwhile
        server = postmaster(data_dir)
        if server and lives(server) and not is_used(data_dir):
            os.kill(server, signal.SIGINT)  # "fast shutdown": transactions are rolled back, nothing is lost
            while lives(server):
                time.sleep(0.1)


def main(data_dir: Path, lock: Path) -> None:
    # The list of users may be locked by others; a file of our own says that this folder is watched.
    while (data_dir / "postmaster.pid").exists():
        with held(data_dir / ".watched", wait=False) as alone:
            if not alone:
                return
            watch(data_dir, lock)


if __name__ == "__main__":
    if os.fork():  # the caller waits for this one only
        os._exit(0)
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
