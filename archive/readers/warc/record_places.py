"""Where the records of a web archive stand, in a database in a temporary file: memory does not grow with them.

Addresses and identifiers are kept as digests of one length, so that long ones cost no more.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple, Self

from archive.readers.warc.record_scanner import Entry, Fault, Place

CACHE = 16_000  # kB that stay in memory
MOST_CONSIDERED = 100  # redirects to one address, of which the latest that fits is taken
LATEST = "9999-12-31T23:59:59.999999"

KEY = str | tuple[str, str | None]

TABLES = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    CREATE TABLE page (number INTEGER PRIMARY KEY, start, block_start, block_end, has_end,
        address BLOB, uri BLOB, moment TEXT, first INTEGER);
    CREATE INDEX page_address ON page (address);
    CREATE INDEX page_uri ON page (uri);
    CREATE INDEX page_order ON page (first, moment, number);
    CREATE TABLE leap (number INTEGER PRIMARY KEY, start, block_start, block_end, has_end,
        target BLOB, address BLOB, moment TEXT, is_used INTEGER DEFAULT 0);
    CREATE INDEX leap_target ON leap (target, moment, number);
    CREATE INDEX leap_address ON leap (address);
    CREATE TABLE known (kind TEXT, key BLOB, number, start, block_start, block_end, has_end,
        PRIMARY KEY (kind, key)) WITHOUT ROWID;
    CREATE TABLE fault (number INTEGER, reason TEXT);
"""


class Leap(NamedTuple):
    """A redirect of the file: its record, where it leads, and the answer's status."""

    entry: Entry
    target: str
    status: int


def key_of(key: KEY) -> bytes:
    """A digest of an address or an identifier, or of both."""
    parts = (key,) if isinstance(key, str) else key
    return blake2b("\0".join(part or "" for part in parts).encode("utf-8", "surrogateescape"), digest_size=16).digest()


def moment_of(date: datetime | None) -> str:
    """A time as text that sorts by time, "" if it is not known."""
    return date.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") if date else ""


class RecordPlaces:
    """The tables, and the questions that are asked of them; each is answered through an index."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(TABLES)
        self._database.execute(f"PRAGMA cache_size = -{CACHE}")
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def note_page(self, place: Place, address: bytes, uri: bytes, moment: str) -> None:
        found = self._database.execute("SELECT first FROM page WHERE uri = ? LIMIT 1", [uri]).fetchone()
        first = found[0] if found else place.number
        self._insert("page", (*place, address, uri, moment, first))

    def note_leap(self, place: Place, target: bytes, address: bytes, moment: str) -> None:
        self._insert("leap", (*place, target, address, moment, 0))

    def note_key(self, kind: str, key: bytes, place: Place, *, is_last: bool) -> None:
        self._insert("known", (kind, key, *place), "REPLACE" if is_last else "IGNORE")

    def note_fault(self, fault: Fault) -> None:
        self._insert("fault", (fault.number, fault.reason))

    def note_used(self, leaps: Iterable[int]) -> None:
        self._database.executemany("UPDATE leap SET is_used = 1 WHERE number = ?", [(number,) for number in leaps])

    def pages(self) -> Iterator[Place]:
        return self._places(
            "SELECT number, start, block_start, block_end, has_end FROM page ORDER BY first, moment, number"
        )

    def page_ends(self) -> Iterator[int]:
        return (end for (end,) in self._database.execute("SELECT block_end FROM page ORDER BY number"))

    def faults(self) -> Iterator[Fault]:
        return (Fault(*row) for row in self._database.execute("SELECT number, reason FROM fault ORDER BY rowid"))

    def is_empty(self) -> bool:
        query = "SELECT EXISTS (SELECT 1 FROM page) OR EXISTS (SELECT 1 FROM leap) OR EXISTS (SELECT 1 FROM fault)"
        return not self._database.execute(query).fetchone()[0]

    def by_key(self, kind: str, key: bytes) -> Place | None:
        query = "SELECT number, start, block_start, block_end, has_end FROM known WHERE kind = ? AND key = ?"
        return next(self._places(query, [kind, key]), None)

    def latest_leap(self, target: bytes, before: str, seen: Iterable[bytes]) -> Place | None:
        """The latest redirect there that is not after a moment and not of an address that was seen."""
        known = set(seen)
        rows = self._database.execute(
            "SELECT address, number, start, block_start, block_end, has_end FROM leap WHERE target = ? AND moment <= ? "
            "ORDER BY moment DESC, number DESC LIMIT ?",
            [target, before, MOST_CONSIDERED],
        ).fetchall()
        return next((Place(*place) for address, *place in rows if address not in known), None)

    def dead_ends(self) -> Iterator[tuple[Place, bool]]:
        """The unused redirects that lead to no page; first those that lead to nothing that the file answers."""
        rows = self._database.execute(
            "SELECT number, start, block_start, block_end, has_end, "
            "EXISTS (SELECT 1 FROM leap other WHERE other.address = leap.target) AS is_answered "
            "FROM leap WHERE NOT is_used AND NOT EXISTS (SELECT 1 FROM page WHERE page.address = leap.target) "
            "ORDER BY is_answered, number"
        )
        return ((Place(*place), bool(is_answered)) for *place, is_answered in rows)

    def _places(self, query: str, values: Iterable[object] = ()) -> Iterator[Place]:
        return (Place(*row) for row in self._database.execute(query, tuple(values)))

    def _insert(self, table: str, row: tuple[object, ...], otherwise: str = "ABORT") -> None:
        self._database.execute(f"INSERT OR {otherwise} INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
