"""Caches in front of the site (Varnish) learn that something has changed: what they keep is made anew.

They are told by one that follows the database (`manage.py purge_caches`), not by those who write: so it does not matter
who changed something or how, and nothing is lost when a message is (docs/adr/0065-caches-in-front.md).
"""

import http.client
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.apps import apps
from django.db import connection

logger = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two looks, and so between two messages
ANSWER_WITHIN = 2.0  # seconds for a cache
# Of what editors do, this alone shows nowhere before it is published (or never).
UNSEEN = frozenset(
    [
        "ArticleAssignment",
        "ArticleTag",
        "Claim",
        "Incident",
        "IncidentAssignment",
        "IncidentTag",
        "ProposedSpelling",
        "SummarySentence",
    ]
)
APPENDED = ("archive_withheldwords", "archive_releasedwords")
State = tuple[object, ...]


def state() -> State:
    """Return what differs whenever what readers see may have changed: one query, of a look into each index."""
    histories = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model") and model.pgh_tracked_model.__name__ not in UNSEEN
    )
    counted = [f"(SELECT max(pgh_id) FROM {table})" for table in histories]  # noqa: S608 (names of tables of ours)
    counted += [f"(SELECT max(id) FROM {table})" for table in APPENDED]  # noqa: S608
    stamps = """(SELECT string_agg("table" || value, ' ' ORDER BY "table") FROM archive_stamp)"""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([stamps, *counted])}")
        return tuple(cursor.fetchone())


def empty(address: str) -> None:
    """Let a cache forget all but what never changes. Raises `OSError` or `HTTPException` where it may not have."""
    parts = urlsplit(address)
    made = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=ANSWER_WITHIN)
    try:
        made.request("BAN", parts.path or "/", headers={"Host": "archive"})
        answer = made.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            raise http.client.HTTPException(f"it answered {answer.status} {answer.reason}")
    finally:
        made.close()


@dataclass
class Follower:
    """Follows the state of the database, and lets each cache forget what it has of before.

    Each is told at once, and once more ``again_after`` seconds later: meanwhile a page may have been made anew from a
    replica that was behind, or was being made when the cache was told.
    """

    caches: Sequence[str]
    again_after: float
    read: Callable[[], State] = state
    tell: Callable[[str], None] = empty
    clock: Callable[[], float] = time.monotonic
    known: State | None = None
    due: dict[str, list[float]] = field(default_factory=dict)  # when each is to be told
    failing: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Read the state, and tell those that are to be told by now; who does not answer is told at the next look."""
        state, now = self.read(), self.clock()
        if state != self.known:
            self.known = state
            for cache in self.caches:
                self.due[cache] = [now, now + self.again_after]
        for cache, moments in self.due.items():
            if moments and moments[0] <= now:
                self.tell_one(cache, [moment for moment in moments if moment > now])

    def tell_one(self, cache: str, later: list[float]) -> None:
        try:
            self.tell(cache)
        except (OSError, http.client.HTTPException) as error:
            if cache not in self.failing:
                logger.error("The cache %s cannot be told what changed, and is asked again: %s", cache, error)
            self.failing.add(cache)
            return
        if cache in self.failing:
            logger.warning("The cache %s answers again.", cache)
        self.failing.discard(cache)
        self.due[cache] = later
