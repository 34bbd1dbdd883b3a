"""Reading a backup: once to its end before anything is touched, then again to restore what was found sound."""

import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol

from archive.backing_up import encryption
from archive.backing_up.errors import RestoreError
from archive.backing_up.manifest import DATABASE, LARGEST, MANIFEST, README, STORED, SUMS, Manifest, read

STEP = 1 << 20
NAMES = re.compile(
    rf"{README}|{MANIFEST}|{SUMS}|{DATABASE}[0-9]{{6,}}|{STORED}[0-9A-Za-z_-]+(/[0-9A-Za-z_-][0-9A-Za-z._-]*)+"
)
LARGEST_PART = 64 << 20  # bytes of a piece of the dump, which is held in memory
NO_BACKUP = "is no backup of an archive, or damaged at its beginning"


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(slots=True)
class Sound:
    """A backup that was read to its end, and whose parts fit their digests; ``parts`` are those of the dump."""

    manifest: Manifest
    parts: dict[str, str] = field(default_factory=dict)
    files: int = 0


def look_through(path: Path, identity: Path | None) -> Sound:
    """Read a backup from beginning to end, and compare each file in it with its digest. Raises `RestoreError`."""
    parts: dict[str, str] = {}
    manifest, files = b"", 0
    with tempfile.TemporaryFile() as found, _members(path, identity) as members:
        has_sums = False
        for name, size, source in members:
            if has_sums:
                raise RestoreError(f"{path} goes on after its end, with {name}.")
            if name == SUMS:
                _compare(found, source, path)
                has_sums = True
                continue
            if name == MANIFEST:
                if size > LARGEST:
                    raise RestoreError(f"The backup's {MANIFEST} is larger than any.")
                manifest = source.read()
                digest = sha256(manifest).hexdigest()
            else:
                digest = _digest(source)
            if name.startswith(DATABASE):
                parts[name] = digest
            files += 1
            found.write(f"{digest}  {name}\n".encode())
        if not has_sums:
            raise RestoreError(f"{path} is cut off: it has no {SUMS}, which ends a backup.")
    if not manifest or not parts:
        raise RestoreError(f"{path} has no {MANIFEST if parts else 'database'}.")
    return Sound(read(manifest), parts, files)


def parts_of_dump(path: Path, identity: Path | None, sound: Sound) -> Iterator[bytes]:
    """Yield the pieces of the dump, each compared again with the digest that it had. Raises `RestoreError`."""
    left = dict(sound.parts)
    with _members(path, identity) as members:
        for name, size, source in members:
            if not left:
                break
            if not name.startswith(DATABASE):
                continue
            data = source.read() if size <= LARGEST_PART else b""
            if sha256(data).hexdigest() != left.pop(name, None):
                raise RestoreError(f"{path} has changed while it was read: {name} is another.")
            yield data


@contextmanager
def stored(path: Path, identity: Path | None) -> Iterator[Iterator[tuple[str, Readable]]]:
    """Give the files of the storage, each with its path there. Raises `RestoreError`."""
    with _members(path, identity) as members:
        yield ((name.removeprefix(STORED), source) for name, _, source in members if name.startswith(STORED))


@contextmanager
def _members(path: Path, identity: Path | None) -> Iterator[Iterator[tuple[str, int, Readable]]]:
    """Give name, size and bytes of each file in a backup. Raises `RestoreError`."""
    if not path.is_file():
        raise RestoreError(f"There is no file {path}.")
    with encryption.decrypted(path, identity) as stream:
        try:
            tar = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115 (closed below)
        except tarfile.TarError as error:
            raise RestoreError(f"{path} {NO_BACKUP}.") from error
        with closing(tar):
            try:
                yield _named(tar, path)
            except (tarfile.TarError, EOFError) as error:
                raise RestoreError(f"{path} is cut off or damaged: {error}.") from error


def _named(tar: tarfile.TarFile, path: Path) -> Iterator[tuple[str, int, Readable]]:
    for number, member in enumerate(tar):
        if number == 0 and member.name != README:
            raise RestoreError(f"{path} {NO_BACKUP}.")
        source = tar.extractfile(member) if member.isreg() else None
        if source is None or not NAMES.fullmatch(member.name):
            raise RestoreError(f"{path} has {member.name[:80]!r} in it, which no backup has.")
        yield member.name, member.size, source


def _digest(source: Readable) -> str:
    found = sha256()
    while data := source.read(STEP):
        found.update(data)
    return found.hexdigest()


def _compare(found: IO[bytes], said: Readable, path: Path) -> None:
    """Compare the digests that were found with those that the backup has of its files, line by line."""
    found.seek(0)
    expected = said.read().splitlines(keepends=True)
    for line in expected:
        if (there := found.readline()) != line:
            digest, _, name = line.decode(errors="replace").strip().partition("  ")
            theirs = there.decode().strip().partition("  ")
            if theirs[2] == name:
                raise RestoreError(f"{path} is damaged: the SHA-256 of {name} is {theirs[0]}, not {digest}.")
            raise RestoreError(f"{path} is damaged: {name[:80]} is not where it should be.")
    if there := found.readline():
        raise RestoreError(f"{path} is damaged: its {SUMS} does not name {there.decode().split()[-1]}.")
