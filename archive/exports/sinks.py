"""What a library writes as a file, given away as it comes."""

import io
from typing import Any


class Sink(io.RawIOBase):
    """A file that can only be written; what was written is kept until it is taken."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.position = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.position

    def write(self, data: Any) -> int:
        part = bytes(data)
        self.parts.append(part)
        self.position += len(part)
        return len(part)

    def taken(self) -> bytes:
        taken, self.parts = b"".join(self.parts), []
        return taken
