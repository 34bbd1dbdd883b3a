"""Where the files of releases lie: in the storage of captures, each release in a folder of its own."""

from collections.abc import Iterator
from hashlib import sha256 as hashed
from pathlib import Path
from typing import Any

from django.core.files.base import File

from archive.backing_up import StoredFile
from archive.depot import store
from incidents.models import Release

ROOT = "releases"
STEP = 1_000_000  # bytes read at once


def put(folder: str, path: Path) -> dict[str, Any]:
    """Write a file into the folder of a release, read it back and compare it. Return name, size and SHA-256.

    Raises `AwayError`.
    """
    with path.open("rb") as file:
        digest = hashed()
        while piece := file.read(STEP):
            digest.update(piece)
        file.seek(0)
        with store.answering():
            store.storage().save(f"{ROOT}/{folder}/{path.name}", File(file))
    found = hashed()
    for piece in pieces(folder, path.name):
        found.update(piece)
    if found.digest() != digest.digest():
        raise store.AwayError("the storage gives back other bytes than were written to it")
    return {"name": path.name, "size": path.stat().st_size, "sha256": digest.hexdigest()}


def pieces(folder: str, name: str) -> Iterator[bytes]:
    """Yield the bytes of a file. Raises `MissingBytesError` and `AwayError`."""
    with store.answering():
        try:
            file = store.storage().open(f"{ROOT}/{folder}/{name}", "rb")
        except FileNotFoundError:
            raise store.MissingBytesError("its bytes are not there") from None
        with file:
            while piece := file.read(STEP):
                yield piece


def stored_files() -> Iterator[StoredFile]:
    """Yield the files of all releases, for backups."""
    for release in Release.objects.order_by("pk"):
        for file in (*release.files, release.archive):
            yield StoredFile(f"{ROOT}/{release.folder}/{file['name']}", file["size"], file["sha256"])


def folders() -> list[str]:
    with store.answering():
        try:
            return sorted(store.storage().listdir(ROOT)[0])
        except FileNotFoundError:
            return []


def remove(folder: str) -> None:
    """Remove the files of a release that was never made. A storage that refuses keeps them, and nobody sees them."""
    with store.answering():
        for name in store.storage().listdir(f"{ROOT}/{folder}")[1]:
            store.storage().delete(f"{ROOT}/{folder}/{name}")
        store.storage().delete(f"{ROOT}/{folder}")
