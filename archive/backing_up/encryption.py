"""What is written goes through `age` or `gpg` if recipients are named, what is read through the same again.

Nothing lies anywhere unencrypted meanwhile, and nobody's key is needed to write.
"""

import io
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol

from archive.backing_up import programs
from archive.backing_up.errors import BackupError, RestoreError

STEP = 1 << 20
OF_AGE = ("age1", "ssh-")
FINGERPRINT = re.compile(r"(0x)?([0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})")
AGE_BEGINS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
GPG_BEGINS = b"-----BEGIN PGP MESSAGE-----"


class Sink(Protocol):
    def write(self, data: bytes, /) -> int: ...


class HashedFile:
    """Writes to a handle, and knows size and SHA-256 of what it has written."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._hash = sha256()
        self.size = 0

    def write(self, data: bytes, /) -> int:
        view = memoryview(data)
        while view:
            written = os.write(self._handle, view)
            self._hash.update(view[:written])
            self.size += written
            view = view[written:]
        return len(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def encrypted(file: HashedFile, recipients: Sequence[str]) -> Iterator[Sink]:
    """Give something to write to: the file itself, or what encrypts for the recipients on its way there.

    Raises `BackupError`, and `OSError` of the disk.
    """
    if not recipients:
        yield file
        return
    command = command_for(recipients)
    failed: list[OSError] = []
    try:
        with programs.running(command, stdin=programs.subprocess.PIPE) as process:
            assert process.stdin
            assert process.stdout

            def copy(source: IO[bytes]) -> None:
                try:
                    while data := source.read(STEP):
                        file.write(data)
                except OSError as error:
                    failed.append(error)
                    process.kill()

            thread = threading.Thread(target=copy, args=[process.stdout], daemon=True)
            thread.start()
            try:
                yield process.stdin
                process.stdin.close()
            except BaseException:
                process.kill()
                raise
            finally:
                thread.join()
    except (programs.FailedProgramError, BrokenPipeError) as error:
        if failed:
            raise failed[0] from error
        raise BackupError(f"{Path(command[0]).name} does not encrypt for {', '.join(recipients)}: {error}") from error


def command_for(recipients: Sequence[str]) -> list[str]:
    """Return the command that encrypts standard input: `age` for its recipients, else `gpg`. Raises `BackupError`."""
    are_of_age = {recipient.startswith(OF_AGE) for recipient in recipients}
    if len(are_of_age) > 1:
        raise BackupError("Recipients must be all of age (age1…, ssh-…) or all keys of GnuPG.")
    try:
        if True in are_of_age:
            named = [part for one in recipients for part in ("--recipient", one)]
            return [programs.of_encryption("age"), "--encrypt", *named]
        named = [part for one in recipients for part in ("--recipient", one)]
        # A whole fingerprint names one key and no other: whether its owner is believed adds nothing.
        trust = ["--trust-model", "always"] if all(map(FINGERPRINT.fullmatch, recipients)) else []
        return [programs.of_encryption("gpg"), "--batch", "--no-tty", *trust, *named, "--encrypt"]
    except programs.MissingProgramError as error:
        raise BackupError(str(error)) from error


@contextmanager
def decrypted(path: Path, identity: Path | None) -> Iterator[IO[bytes]]:
    """Give what a backup says, from its beginning. Raises `RestoreError`."""
    try:
        with path.open("rb", buffering=0) as file:  # a program that gets it begins where we stopped
            begins = file.read(64)
            file.seek(0)
            command = _command_that_reads(begins, identity)
            if not command:
                yield io.BufferedReader(file, STEP)
                return
            with programs.running(command, stdin=file) as process:
                assert process.stdout
                yield process.stdout
                while process.stdout.read(STEP):  # it says at the very end whether all was as it should be
                    continue
    except programs.MissingProgramError as error:
        raise RestoreError(str(error)) from error
    except programs.FailedProgramError as error:
        raise RestoreError(f"{path} cannot be decrypted: {error}") from error
    except OSError as error:
        raise RestoreError(f"{path} cannot be read: {error.strerror or error}.") from error


def _command_that_reads(begins: bytes, identity: Path | None) -> list[str]:
    if begins.startswith(AGE_BEGINS):
        if identity is None:
            raise RestoreError("The backup is encrypted with age: give the file with its key as --identity FILE.")
        if not identity.is_file():
            raise RestoreError(f"There is no file {identity}.")
        return [programs.of_encryption("age"), "--decrypt", "--identity", str(identity)]
    if begins.startswith(GPG_BEGINS) or begins[:1] in (b"\x84", b"\x85", b"\xc1"):  # a packet with a session key
        return [programs.of_encryption("gpg"), "--quiet", "--decrypt"]
    return []
