"""Pages are read in a process of their own, with limits on time and memory: a page can harm nothing but itself.

One process serves page after page. Where a page takes too long or too much, it is ended and the next page gets another.
"""

import atexit
import contextlib
import json
import os
import resource
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from archive.readers.html.tree import UnreadablePageError

LONGEST = 30.0  # seconds for one page
MEMORY = 2_000_000_000  # bytes of address space
LARGEST_REPLY = 100_000_000
TOO_LONG = f"reading the page takes longer than {LONGEST:.0f} seconds"
TOO_MUCH = "reading the page takes more memory than is allowed"
_ROOT = Path(__file__).resolve().parents[3]
_LENGTH = struct.Struct(">Q")


class _Helper:
    """The process and the way to it. One page at a time, whichever thread asks."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0

    def ask(self, question: dict[str, Any], longest: float) -> dict[str, Any]:
        message = json.dumps(question).encode()
        with self.lock:
            process = self._running()
            try:
                return self._exchange(process, message, time.monotonic() + longest)
            except BaseException:
                self.end()
                raise

    def end(self) -> None:
        """End the process, if it is ours: a fork of the server must not end its parent's."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self.process is not None and self.owner == os.getpid() and self.process.poll() is None:
            return self.process
        self.end()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "archive.readers.html.bounded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
        )
        self.owner = os.getpid()
        return self.process

    def _exchange(self, process: "subprocess.Popen[bytes]", message: bytes, until: float) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        outgoing, incoming = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(outgoing, False)
        rest = memoryview(_LENGTH.pack(len(message)) + message)
        while rest:
            self._wait([], [outgoing], until)
            try:
                rest = rest[os.write(outgoing, rest) :]
            except BrokenPipeError as error:
                raise UnreadablePageError(TOO_MUCH) from error
        length = _LENGTH.unpack(self._receive(incoming, _LENGTH.size, until))[0]
        if length > LARGEST_REPLY:
            raise UnreadablePageError(TOO_MUCH)
        reply: dict[str, Any] = json.loads(self._receive(incoming, length, until))
        return reply

    def _receive(self, incoming: int, length: int, until: float) -> bytes:
        received = bytearray()
        while len(received) < length:
            self._wait([incoming], [], until)
            part = os.read(incoming, min(length - len(received), 1 << 20))
            if not part:
                raise UnreadablePageError(TOO_MUCH)
            received += part
        return bytes(received)

    @staticmethod
    def _wait(reading: list[int], writing: list[int], until: float) -> None:
        if not any(select.select(reading, writing, [], max(0.0, until - time.monotonic()))):
            raise UnreadablePageError(TOO_LONG)


_helper = _Helper()
atexit.register(_helper.end)


def propose(
    page: str, address: str = "", status: int | None = None, *, is_piece: bool = False, longest: float = LONGEST
) -> dict[str, Any]:
    """`archive.readers.html.proposal.propose` within limits. Raises `UnreadablePageError`."""
    asked = {"page": page, "address": address, "status": status, "is_piece": is_piece}
    return _answer({"what": "propose", "asked": asked}, longest)


def visible_text(page: str, longest: float = LONGEST) -> str:
    """`archive.readers.html.proposal.visible_text` within limits. Raises `UnreadablePageError`."""
    return str(_answer({"what": "visible", "page": page}, longest)["text"])


def _answer(question: dict[str, Any], longest: float) -> dict[str, Any]:
    reply = _helper.ask(question, longest)
    if "error" in reply:
        raise UnreadablePageError(reply["error"])
    return reply


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer one question after the other until there is none."""
    import logging  # noqa: PLC0415 - only in the process of its own

    from archive.readers.html import proposal  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    while header := asked.read(_LENGTH.size):
        question = json.loads(asked.read(_LENGTH.unpack(header)[0]))
        try:
            if question["what"] == "visible":
                reply = {"text": proposal.visible_text(question["page"])}
            else:
                reply = proposal.propose(**question["asked"])
        except UnreadablePageError as error:
            reply = {"error": str(error)}
        except MemoryError:
            reply = {"error": TOO_MUCH}
        except Exception as error:
            reply = {"error": f"the page cannot be read ({type(error).__name__})"}
        message = json.dumps(reply).encode()
        answers.write(_LENGTH.pack(len(message)) + message)
        answers.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    serve(sys.stdin.buffer, sys.stdout.buffer)
