"""Whether lists, exports and citations say what the newest editions say: for the command `refresh_rows`."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.db import connection

from archive.recomputing import differing
from incidents.curation.published_rows import BATCH, refresh_batch
from incidents.models import Incident, PublishedIncident, PublishedRecord

COMPARED = {"row of lists": PublishedIncident, "record of exports": PublishedRecord}


def rows_that_differ(incident_ids: Iterable[int]) -> Iterator[tuple[str, list[str]]]:
    """Yield the code of each incident whose rows would be otherwise if they were made again, and what differs.

    Nothing is changed. In batches of 500, each with a constant number of queries.
    """
    pks = list(dict.fromkeys(incident_ids))
    for first in range(0, len(pks), BATCH):
        batch = pks[first : first + BATCH]
        found: dict[int, list[str]] = {}
        for what, model in COMPARED.items():
            for pk in differing(model, batch, partial(refresh_batch, batch)):
                found.setdefault(pk, []).append(what)
        for pk, what in lacking(batch):
            found.setdefault(pk, []).append(what)
        codes = dict(Incident.objects.filter(pk__in=found).values_list("pk", "code"))
        yield from ((codes[pk], what) for pk, what in sorted(found.items()))


def incidents_lacking(incident_ids: Iterable[int]) -> Iterator[Incident]:
    """Yield the incidents whose rows or citations are not those of their newest edition."""
    pks = list(dict.fromkeys(incident_ids))
    for first in range(0, len(pks), BATCH):
        found = [pk for pk, _what in lacking(pks[first : first + BATCH])]
        yield from Incident.objects.filter(pk__in=found).order_by("pk")


def lacking(pks: list[int]) -> list[tuple[int, str]]:
    """What readers lack of incidents, by the rule that the database itself has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, what FROM incidents_incident, rows_lacking(id) what WHERE id = ANY (%s) AND what IS NOT NULL",
            [pks],
        )
        return list(cursor.fetchall())
