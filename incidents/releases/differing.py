"""How many rows came, changed and went between two releases."""

import csv
from collections.abc import Iterable, Iterator
from hashlib import blake2b

Rows = dict[str, bytes]
Differences = dict[str, dict[str, int]]


def digests(lines: Iterable[str]) -> Rows:
    """Return a digest of each row of a table by its first column."""
    rows = csv.reader(lines)
    next(rows, None)
    return {row[0]: blake2b("\x1f".join(row).encode(), digest_size=8).digest() for row in rows if row}


def differences(before: Rows, after: Rows) -> dict[str, int]:
    return {
        "added": len(after.keys() - before.keys()),
        "changed": sum(1 for key, digest in after.items() if key in before and before[key] != digest),
        "removed": len(before.keys() - after.keys()),
    }


def lines_of(pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of a text in UTF-8 that comes in pieces."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (f"{line.decode()}\n" for line in whole)
    if rest:
        yield rest.decode()
