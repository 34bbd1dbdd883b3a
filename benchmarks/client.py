"""Readers: threads that ask for pages over connections that stay open, and note how long each took."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from queue import Empty, SimpleQueue


class AnswerError(Exception):
    """An answer that is not the page asked for."""


@dataclass(frozen=True, slots=True)
class Download:
    """A whole file: seconds to the first byte and to the last, and its size."""

    first: float
    total: float
    size: int


def ask(connection: HTTPConnection, path: str) -> float:
    """Ask for a page and read it whole; return milliseconds. Raises `AnswerError` for anything but 200."""
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "text/html"})
    response = connection.getresponse()
    body = response.read()
    taken = (time.perf_counter() - begun) * 1000
    if response.status != 200:
        raise AnswerError(f"{path}: {response.status} {body[:200]!r}")
    return taken


def ask_all(port: int, paths: Sequence[str], *, clients: int) -> list[float]:
    """Ask for every path once, by so many clients at a time; return the milliseconds that each took."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for path in paths:
        waiting.put(path)
    times: list[float] = []
    failures: list[Exception] = []

    def read() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            while True:
                times.append(ask(connection, waiting.get_nowait()))
        except Empty:
            pass
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return times


def download(port: int, path: str) -> Download:
    """Fetch a file as a stream; raises `AnswerError` for anything but 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    begun = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    if response.status != 200:
        raise AnswerError(f"{path}: {response.status}")
    size = len(response.read(1))
    first = time.perf_counter() - begun
    while piece := response.read(1 << 16):
        size += len(piece)
    connection.close()
    return Download(first, time.perf_counter() - begun, size)
