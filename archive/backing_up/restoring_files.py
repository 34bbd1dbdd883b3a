"""Putting what lay in the storage there again: each file is written, read back and hashed."""

import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.core.files.base import File

from archive.backing_up import reading
from archive.backing_up.errors import RestoreError
from archive.backing_up.manifest import Manifest
from archive.backing_up.stored_files import stored_files
from archive.depot import store


def restore_files(path: Path, identity: Path | None, manifest: Manifest, tell: Callable[[str], None]) -> list[str]:
    """Put the files of a backup into the storage; return what differs from what the restored database refers to.

    Those that are there already and are the same stay. Raises `RestoreError` and `UnavailableError`.
    """
    wanted = {one.path: one for one in stored_files()}
    differing = [f"{one.path}: {one.problem} (when the backup was made)" for one in manifest.lacking]
    count = size = 0
    with reading.stored(path, identity) as found:
        for name, source in found:
            with tempfile.TemporaryFile() as file:
                digest = sha256()
                while data := source.read(store.STEP):
                    digest.update(data)
                    file.write(data)
                expected = wanted.pop(name, None)
                if expected is None:
                    differing.append(f"{name}: nothing in the database refers to it")
                elif digest.hexdigest() != expected.sha256:
                    raise RestoreError(f"{name} is not the file that the database refers to.")
                count, size = count + 1, size + file.tell()
                _put(name, file, digest.hexdigest())
    for lost in wanted.keys() - {one.path for one in manifest.lacking}:
        differing.append(f"{lost}: it is not in the backup")
    if (count, size) != (manifest.stored_count, manifest.stored_size):
        differing.append(f"the backup has {count:,} files ({size:,} bytes), and says {manifest.stored_count:,}")
    tell(f"Files beside the database: {count:,} ({size:,} bytes), each read back and hashed.")
    return differing


def _put(name: str, file: IO[bytes], digest: str) -> None:
    if store.is_begun() and _digest_of(name) == digest:
        return
    file.seek(0)
    with store.answering():
        store.storage().save(name, File(file))
    if _digest_of(name) != digest:
        raise store.AwayError("the storage gives back other bytes than were written to it")


def _digest_of(name: str) -> str:
    found = sha256()
    try:
        for piece in store.pieces_at(name, size=store.STEP):
            found.update(piece)
    except store.MissingBytesError:
        return ""
    return found.hexdigest()
