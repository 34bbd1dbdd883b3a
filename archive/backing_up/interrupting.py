"""What is asked to end (`kill`, a service manager) tidies up first, as after Ctrl-C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ASKED = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let signals that ask for an end raise `KeyboardInterrupt` in the block."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in ASKED}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
