"""A wire between web and database, which can be cut: what is open ends, and nobody answers until it is mended."""

import contextlib
import socket
import threading
from pathlib import Path

SIZE = 65_536


class Wire:
    """Listens on a port of loopback, and passes all on to the server's socket of Unix."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.open: set[socket.socket] = set()
        self.port = 0
        self.mend()

    def mend(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, args=[self.listening], daemon=True).start()

    def cut(self) -> None:
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for one in list(self.open):
            end(one)

    def accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(str(self.target))
            except OSError:
                end(near)
                continue
            for one, other in ((near, far), (far, near)):
                self.open.add(one)
                threading.Thread(target=self.carry, args=[one, other], daemon=True).start()

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while got := source.recv(SIZE):
                target.sendall(got)
        end(source)
        end(target)
        self.open.discard(source)


def end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
