"""The site as it runs for real: gunicorn with the settings of production, on the test's database."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.factories import databases
from tests.factories.ports import free_port

SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Server:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, *, timeout: float = SECONDS, method: str = "GET") -> Answer:
        """Ask as a web server in front does."""
        request = urllib.request.Request(
            f"{self.url}{path}", method=method, headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return Answer(response.status, dict(response.headers), response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read().decode())


def production(port: int, static_root: Path, **changes: str) -> dict[str, str]:
    """The environment of an installation behind a web server on the same machine."""
    return {
        **databases.environment(),
        "ARCHIVE_ENV": "production",
        "SECRET_KEY": "a key for tests alone that is as long as one of production has to be",
        "SITE_URL": "https://archive.example",
        "ALLOWED_HOSTS": "archive.example,127.0.0.1",
        "CSRF_TRUSTED_ORIGINS": f"https://archive.example,http://127.0.0.1:{port}",
        "BEHIND_PROXY": "yes",
        "STATIC_ROOT": str(static_root),
        "LOG_LEVEL": "ERROR",
        **changes,
    }


def collect_static(static_root: Path) -> None:
    run("collectstatic", "--noinput", "--verbosity=0", environment=production(0, static_root))


def run(*command: str, environment: dict[str, str]) -> str:
    arguments = [sys.executable, "manage.py", *command]
    done = subprocess.run(
        arguments, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(static_root: Path, *options: str, log: Path | None = None, **changes: str) -> Iterator[Server]:
    """Run gunicorn until the block ends; it has answered once when the block begins. What it logs goes to ``log``."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "error", *options]
    with (log or Path(os.devnull)).open("w") as written:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=production(port, static_root, **changes), stderr=written
        )
    server = Server(port)
    try:
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                server.ask("/healthz", timeout=10)
                break
            except OSError:
                assert process.poll() is None, "gunicorn has ended"
                assert time.monotonic() < deadline, "gunicorn does not answer"
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
