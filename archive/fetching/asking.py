"""One request and its answer, as they went over the wire."""

import re
import socket
import ssl
import time
from contextlib import closing, suppress
from functools import cache
from typing import NamedTuple

import certifi

from archive.fetching.hosts import Target
from archive.fetching.rules import FetchError, Rules

STEP, LARGEST_HEAD, WAIT = 65_536, 65_536, 20.0
_INTERIM = re.compile(r"HTTP/\S+ 1\d\d(?!\d)")


class Exchange(NamedTuple):
    """The bytes of the request and of the answer; `ip` answered."""

    request: bytes
    answer: bytes
    ip: str


def ask(target: Target, rules: Rules, until: float) -> Exchange:
    """Ask for a page, until that time of the monotonic clock.

    Raises `FetchError`: no connection, no answer, too long or too slow an answer, no valid certificate.
    """
    request = (
        f"GET {target.path} HTTP/1.1\r\nHost: {target.host_header}\r\nUser-Agent: {rules.agent}\r\n"
        "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.1\r\nAccept-Encoding: gzip, identity\r\n"
        "Connection: close\r\n\r\n"
    ).encode("ascii")
    try:
        with closing(_connect(target, until)) as connection:
            connection.sendall(request)
            ip = connection.getpeername()[0]
            return Exchange(request, _answer(connection, rules, until), ip)
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason or "TLS"
        raise FetchError(f"the connection to {target.host} is not safe ({reason})") from error
    except TimeoutError as error:
        raise FetchError(f"{target.host} does not answer in time") from error
    except OSError as error:
        raise FetchError(f"{target.host} does not answer ({error.strerror or 'connection lost'})") from error


def _connect(target: Target, until: float) -> socket.socket:
    """Connect to the first address of the host that answers."""
    connection = _first_that_answers(target, until)
    if target.scheme == "http":
        return connection
    try:
        return _tls().wrap_socket(connection, server_hostname=target.host)
    except BaseException:
        connection.close()
        raise


def _first_that_answers(target: Target, until: float) -> socket.socket:
    *others, last = target.ips
    for tried, ip in enumerate(others):
        share = _left(until) / (len(target.ips) - tried)
        with suppress(OSError):
            return socket.create_connection((ip, target.port), timeout=share)
    return socket.create_connection((last, target.port), timeout=_left(until))


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


def _left(until: float) -> float:
    """Seconds for the next step. Raises `FetchError` when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise FetchError("the answer takes too long; it was given up")
    return min(left, WAIT)


def _answer(connection: socket.socket, rules: Rules, until: float) -> bytes:
    """Read until the server closes, or the answer is complete by what its head says."""
    got = bytearray()
    measure = _Measure()
    while not measure.is_complete(got):
        connection.settimeout(_left(until))
        piece = connection.recv(STEP)
        if not piece:
            break
        got += piece
        if measure.passed + len(got) > rules.largest:
            raise FetchError(f"the answer has more than {rules.largest / 1e6:,.0f} MB; it was given up")
    if not got.startswith(b"HTTP/"):
        raise FetchError("the answer is none of a web server")
    if measure.body_start == 0:
        raise FetchError("the answer is cut off in its headers")
    if len(got) < measure.end or (measure.is_chunked and measure.has_chunks and not measure.end):
        raise FetchError("the answer is cut off: the connection ended before all of it was there")
    return bytes(got[: measure.end]) if measure.end else bytes(got)


class _Measure:
    """Where an answer ends, as far as its head says; it is asked again as more of it comes."""

    def __init__(self) -> None:
        self.body_start = self.end = self.chunk = 0
        self.passed = 0  # bytes of heads that came before the answer's own
        self.is_chunked = self.has_chunks = False

    def is_complete(self, got: bytearray) -> bool:
        while self.body_start == 0:
            at = got.find(b"\r\n\r\n")
            if at < 0:
                if len(got) > LARGEST_HEAD:
                    raise FetchError("the headers of the answer have no end")
                return False
            head = bytes(got[:at]).decode("latin-1")
            if _INTERIM.match(head):  # 103 Early Hints and the like: the answer is still to come
                self.passed += at + 4
                del got[: at + 4]
            else:
                self._read_head(head, at + 4)
        if self.is_chunked and not self.end:
            self._walk(got)
        return bool(self.end) and len(got) >= self.end

    def _read_head(self, head: str, body_start: int) -> None:
        self.body_start = self.chunk = body_start
        first, *lines = head.split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = headers.get("content-length", "")
        self.is_chunked = "chunked" in headers.get("transfer-encoding", "").lower()
        if first.split(" ")[1:2] in (["204"], ["304"]):
            self.end = body_start
        elif not self.is_chunked and length.isascii() and length.isdigit() and len(length) < 16:
            self.end = body_start + int(length)

    def _walk(self, got: bytearray) -> None:
        """Go from chunk to chunk as far as they are there."""
        while (line := got.find(b"\r\n", self.chunk)) >= 0:
            try:
                size = int(bytes(got[self.chunk : line]).partition(b";")[0], 16)
            except ValueError:
                return  # no chunks after all: the server closes
            if size <= 0:
                end = got.find(b"\r\n\r\n", line)  # trailers may stand before it
                self.end = 0 if end < 0 else end + 4
                return
            self.has_chunks = True
            if len(got) < line + 2 + size + 2:
                return
            self.chunk = line + 2 + size + 2
