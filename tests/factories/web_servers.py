"""A server on loopback that answers with whatever bytes a test wants, hostile ones among them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice

Answer = bytes | Callable[[], Iterator[bytes]]


class Served:
    """`url` is where it listens, `asked` are the requests as they came; `answers` may be changed at any time."""

    def __init__(self, listener: socket.socket, answers: dict[str, Answer]) -> None:
        self.listener, self.answers = listener, answers
        self.authority = f"127.0.0.1:{listener.getsockname()[1]}"
        self.url = f"http://{self.authority}"
        self.asked: list[bytes] = []
        self.is_open = True

    def run(self) -> None:
        while self.is_open:
            with suppress(OSError):
                connection, _ = self.listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, IndexError):
            connection.settimeout(5)
            request = connection.recv(65_536)
            self.asked.append(request)
            path = request.split(b" ")[1].decode()
            answer = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            pieces = iter([answer]) if isinstance(answer, bytes) else answer()
            for piece in islice(pieces, 1_000_000):
                if not self.is_open:
                    return
                connection.sendall(piece)


@contextmanager
def serve(answers: dict[str, Answer]) -> Iterator[Served]:
    """Serve these answers by path until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        served = Served(listener, answers)
        thread = threading.Thread(target=served.run, daemon=True)
        thread.start()
        yield served
        served.is_open = False
        thread.join(2)
