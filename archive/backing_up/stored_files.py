"""What lies in the storage of captures and belongs to a backup: captures, and what other applications keep there."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from archive.depot import store
from archive.models import CaptureBytes

READ_AT_ONCE = 2_000  # rows


class StoredFile(NamedTuple):
    """``path`` in the storage, with size and SHA-256 of what must lie there."""

    path: str
    size: int
    sha256: str


_added: dict[str, Callable[[], Iterator[StoredFile]]] = {}


def add_files(name: str, listed: Callable[[], Iterator[StoredFile]]) -> None:
    """Let backups hold files of another application, too. The same name again takes the place of the first."""
    _added[name] = listed


def stored_files() -> Iterator[StoredFile]:
    """Yield what the database refers to, as it is in the transaction of the caller."""
    rows = CaptureBytes.objects.filter(data=None).order_by("pk").values_list("pk", "size")
    for digest, size in rows.iterator(chunk_size=READ_AT_ONCE):
        yield StoredFile(store.path_of(digest), size, digest)
    for listed in _added.values():
        yield from listed()
