"""The log of custody: writing to it, and working out its hashes again.

Who writes does so last in the transaction: the chain is locked from then until that ends, and others wait.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from archive.models import Article, Capture, CustodyEvent, TextVersion, User
from archive.models.custody_events import LOCK, NONE_BEFORE
from archive.terms import CustodyAct, Visibility

BATCH = 500
# What the log calls a change of who may see an article.
OF_VISIBILITY = {
    Visibility.PUBLIC: CustodyAct.LET_OUT,
    Visibility.EMBARGOED: CustodyAct.EMBARGOED,
    Visibility.WITHHELD: CustodyAct.WITHHELD,
}


def event(
    act: CustodyAct,
    *,
    by: User | None,
    article: Article | None = None,
    capture: Capture | None = None,
    text: TextVersion | None = None,
    **details: Any,
) -> CustodyEvent:
    """Return an event, not yet written. Capture and text bring their article; ``details`` are what JSON can say."""
    of = capture or text
    return CustodyEvent(
        event=act,
        by=by,
        article=article or (of.article if of else None),
        capture=capture,
        text_version=text,
        details=written(details),
    )


def append(events: Iterable[CustodyEvent]) -> None:
    """Write events in their order, as the last thing of a transaction. The database chains them."""
    CustodyEvent.objects.bulk_create(events, batch_size=BATCH)


def wait() -> None:
    """Wait until nobody else is writing to the log, and let others wait until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def written(details: dict[str, Any]) -> str:
    """Return details as they are hashed: JSON in one line, keys sorted."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry(
    *,
    number: int,
    at: datetime,
    event: str,
    article: str,
    capture: str,
    text: str,
    role: str,
    by_mark: str,
    details: str,
    previous: str,
) -> str:
    """Return the ten lines of an event whose UTF-8 is hashed; ``article`` is a public id, ``capture`` and ``text``
    are digests, each empty where there is none. No line feed ends the last line.
    """
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return "\n".join((str(number), moment, event, article, capture, text, role, by_mark, details, previous))


def mark_of(salt: str, by: int | None) -> str:
    """Return what the log says of who acted without naming them: a digest of a random salt and the user's number."""
    return sha256(f"{salt}:{'' if by is None else by}".encode()).hexdigest()


def entry_of(one: CustodyEvent) -> str:
    """Return the lines of an event as it is stored; its article, capture and text are read."""
    return entry(
        number=one.number,
        at=one.at,
        event=one.event,
        article=one.article.public_id if one.article else "",
        capture=one.capture.bytes_id if one.capture else "",
        text=one.text_version.sha256 if one.text_version else "",
        role=one.role,
        by_mark=mark_of(one.salt, one.by_id),
        details=one.details,
        previous=one.previous,
    )


def hash_of(one: CustodyEvent) -> str:
    """Return the hash that an event must have."""
    return sha256(entry_of(one).encode()).hexdigest()


def head() -> tuple[int, str]:
    """Return number and hash of the newest event; 0 and zeros where there is none."""
    newest = CustodyEvent.objects.order_by("-number").values_list("number", "hash").first()
    return newest or (0, NONE_BEFORE)
