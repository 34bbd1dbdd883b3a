"""The servers that are measured: started, waited for, stopped; and how much memory they have."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psutil

from benchmarks.postgres import roles

WORKERS, THREADS = 2, 4  # as `make run` has it
START_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: Sequence[str], port: int, path: str, environment: dict[str, str]) -> Iterator[psutil.Process]:
    """A server that runs meanwhile and has answered ``path`` once."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, path, process)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.3)
    raise SystemExit(f"The server at port {port} did not answer {path}.")


def production(url: str, home: Path, port: int) -> dict[str, str]:
    """The environment of the site as it runs for real."""
    return {
        **os.environ,
        "ARCHIVE_ENV": "production",
        "SECRET_KEY": "only-for-the-benchmark, 0123456789 abcdefghij KLMNOPQRST",
        "DATABASE_URL": roles(url)["DATABASE_URL"],
        "SITE_URL": f"https://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(home / "static"),
        "CONN_MAX_AGE": "600",
    }


def gunicorn(port: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "archive.wsgi", "--bind", f"127.0.0.1:{port}"]
    return [*command, "--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning"]


def memory(process: psutil.Process) -> int:
    """Bytes that the server and its workers have to themselves."""
    found = [process, *process.children(recursive=True)]
    return sum(one.memory_full_info().uss for one in found)
