"""The worker that gunicorn runs (`gunicorn.conf.py`): a request gets a thread once it is there, not while it dribbles.

Threads are few, since each keeps a connection to the database. A client that sends half a request and waits would hold
one of them; thirty would hold all. So the main loop watches what has come, without taking it, until the head and a
short body are whole, and drops what is not whole in time. A web server in front that buffers does the same and more.
"""

import re
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

SECONDS = 10.0  # for the whole head, and the body if it is short
MOST = 65_536  # bytes that are waited for: what is longer is read by the thread
END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,10})[ \t]*\r\n", re.IGNORECASE)


def missing(head: bytes) -> bool:
    """Whether more must come before the request that begins so is worth a thread."""
    end = head.find(END)
    if end < 0:
        return len(head) < MOST
    length = LENGTH.search(head, 0, end + 2)
    whole = end + len(END) + (int(length[1]) if length else 0)
    return len(head) < min(whole, MOST)


class Worker(ThreadWorker):
    """A worker with threads that waits for requests in its main loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting: dict[TConn, float] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Give a new connection a thread once its request is there."""
        if conn.initialized or not self.can_wait_for(conn):
            super().enqueue_req(conn)
        else:
            self.look_at(conn)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Likewise for the next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        if self.can_wait_for(conn) and not conn.is_http2:
            self.look_at(conn)
        else:
            super().enqueue_req(conn)

    def can_wait_for(self, conn: TConn) -> bool:
        """Only bytes of TCP can be counted in the kernel, and only clear ones can be read."""
        return conn.sock.family in (socket.AF_INET, socket.AF_INET6) and not self.cfg.is_ssl

    def look_at(self, conn: TConn) -> None:
        try:
            conn.sock.setblocking(False)
            come = conn.sock.recv(MOST, socket.MSG_PEEK)
            is_gone = not come
        except BlockingIOError:
            come, is_gone = b"", False
        except OSError:
            self.drop(conn)
            return
        if is_gone or not missing(come):
            self.hand_on(conn)
        else:
            self.wait_for_more(conn, len(come))

    def wait_for_more(self, conn: TConn, come: int) -> None:
        """Be told when more has come than we have seen."""
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, come + 1)
        if conn not in self.waiting:
            self.waiting[conn] = time.monotonic() + SECONDS
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_more, conn))

    def on_more(self, conn: TConn, client: socket.socket) -> None:
        self.look_at(conn)

    def hand_on(self, conn: TConn) -> None:
        if self.waiting.pop(conn, None) is not None:
            self.poller.unregister(conn.sock)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        conn.data_ready = True
        super().enqueue_req(conn)

    def drop(self, conn: TConn) -> None:
        if self.waiting.pop(conn, None) is not None:
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def notify(self) -> None:
        """Called at least once a second: drop what has not come in time."""
        super().notify()
        now = time.monotonic()
        for conn in [conn for conn, deadline in self.waiting.items() if deadline < now]:
            self.drop(conn)
