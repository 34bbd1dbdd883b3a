"""The demonstration, loaded and served for as long as it is asked."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from page_checks.tools import ROOT

PATIENCE = 600  # seconds until it is loaded


@contextlib.contextmanager
def demonstration() -> Iterator[str]:
    """Serve the demonstration and give its address, `http://127.0.0.1:…` without a slash at the end."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve_demonstration", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"{site}/healthz", server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=60)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the address answers.

    Raises:
        SystemExit: the server ended, or does not answer in time.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.5)
    raise SystemExit("The demonstration could not be served.")
