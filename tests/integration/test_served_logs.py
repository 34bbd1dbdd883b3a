"""What a running site logs, and the figures of all its processes together."""

import re
import socket
import urllib.request
from pathlib import Path

import pytest

from tests.factories import serving

pytestmark = pytest.mark.django_db(transaction=True)
TIMED = re.compile(r"time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=[A-Z]+ logger=\S+ ")


def test_every_line_is_timed_and_none_says_who_asks(static_root: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving.serving(static_root, "--workers", "1", log=log, LOG_LEVEL="INFO") as server:
        server.ask("/incidents/?q=kafranbel")
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as one:
            one.sendall(b"GET /?q=kafranbel HTTP/9.9\r\nHost: x\r\nCookie: kafranbel\r\n\r\n")
            assert one.recv(12)
    lines = log.read_text().splitlines()

    assert any("path=/incidents/ status=200" in line for line in lines)
    assert any("logger=gunicorn.error" in line for line in lines)
    assert [line for line in lines if not TIMED.match(line)] == []
    assert [line for line in lines if "192.0.2.7" in line or "kafranbel" in line or "ip=" in line] == []


def test_figures_are_gathered_over_processes(static_root: Path, tmp_path: Path) -> None:
    with serving.serving(
        static_root, "--workers", "2", METRICS="yes", PROMETHEUS_MULTIPROC_DIR=str(tmp_path)
    ) as server:
        for _ in range(20):
            server.ask("/about/")
        assert server.ask("/metrics").status == 404  # a reader, behind the web server
        with urllib.request.urlopen(f"{server.url}/metrics", timeout=20) as answer:
            text = answer.read().decode()

    assert 'archive_requests_total{address="about",method="GET",status="2xx"} 20.0' in text
    assert "archive_workers 0.0" in text
