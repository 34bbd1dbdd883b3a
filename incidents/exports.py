"""Incidents as files: the flat records as published, with their state and address."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from archive.exports import streamed
from incidents.models import PublishedIncident
from incidents.records import COLUMNS, FURTHER_COLUMNS

STATE_COLUMNS = ("state", "changed_at", "merged_into")
CSV_COLUMNS = (*COLUMNS, *FURTHER_COLUMNS, *STATE_COLUMNS)
READ = ("record__record", "state", "changed_at", "code", "version", "published_at", "incident__merged_into__code")
# What is said of a record that was withdrawn or merged: that, and where it stood.
KEPT_WHEN_CLOSED = ("code", "version", "permalink")


def records(rows: QuerySet) -> Iterator[dict[str, Any]]:
    """The records of these rows of PublishedIncident, in their order, with the names of `CSV_COLUMNS`."""
    for record, state, changed_at, code, version, published_at, merged_into in streamed(rows.values_list(*READ)):
        yield record_of(
            {**(record or {}), "code": code, "version": version, "published_at": published_at},
            {"state": state, "changed_at": changed_at, "merged_into": merged_into},
        )


def records_of(rows: Sequence[PublishedIncident]) -> Iterator[dict[str, Any]]:
    """The records of one page of rows: one query."""
    found = PublishedIncident.objects.filter(pk__in=[row.pk for row in rows])
    by_code = {record["code"]: record for record in records(found)}
    return (by_code[row.code] for row in rows if row.code in by_code)


def record_of(record: dict[str, Any], standing: dict[str, Any]) -> dict[str, Any]:
    """A record as exported: with its permalink in full; of a closed one no facts."""
    record["permalink"] = f"{settings.SITE_URL}/incidents/{record['code']}/v{record['version']}/"
    if standing["state"] != "published":
        record = {column: record[column] if column in KEPT_WHEN_CLOSED else empty(record.get(column)) for column in record}
    return {**record, **standing}


def empty(value: Any) -> Any:
    return [] if isinstance(value, list) else None
