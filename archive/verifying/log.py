"""The log of custody: every line follows the one before, its hash is that of what it says, and the manifests and
time-stamps that it tells of are there.
"""

from collections.abc import Iterator
from hashlib import sha256

from archive import custody
from archive.models import CustodyEvent
from archive.models.custody_events import NONE_BEFORE
from archive.terms import CustodyAct
from archive.verifying import told_manifests
from archive.verifying.kinds import Finding, Kind, found

PAGE = 2_000
READ = {
    "number": "number",
    "at": "at",
    "event": "event",
    "article": "article__public_id",
    "capture": "capture__bytes_id",
    "text": "text_version__sha256",
    "role": "role",
    "details": "details",
    "previous": "previous",
}
_COLUMNS = (*READ.values(), "salt", "by_id", "hash")


def look(after: int) -> Iterator[tuple[int, list[Finding]]]:
    before = CustodyEvent.objects.filter(number=after).values_list("hash", flat=True).first() if after else NONE_BEFORE
    while page := list(CustodyEvent.objects.filter(number__gt=after).order_by("number").values_list(*_COLUMNS)[:PAGE]):
        rows = [(dict(zip(READ, said, strict=True)), salt, by, kept) for *said, salt, by, kept in page]
        told = ((one["number"], one["details"]) for one, *_ in rows if one["event"] == CustodyAct.STAMPED)
        differing = told_manifests.differing(told)
        for values, salt, by, kept in rows:
            number = values["number"]
            values |= {name: values[name] or "" for name in ("article", "capture", "text")}
            entry = custody.entry(**values, by_mark=custody.mark_of(salt, by))
            problems = [
                None if number == after + 1 else f"{number - after - 1} lines before it are missing",
                None if values["previous"] == before else "it does not follow the line before it",
                None if sha256(entry.encode()).hexdigest() == kept else "its hash is not that of what it says",
                differing.get(number),
            ]
            yield number, found(f"line {number} of the log", problems)
            after, before = number, kept


KIND = Kind("log", CustodyEvent.objects.count, look)
