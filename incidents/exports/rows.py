"""Incidents as files: the flat records as published, with their state and address."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from archive.exports import streamed
from incidents.models import PublishedIncident
from incidents.records import COLUMNS, FURTHER_COLUMNS

STATE_COLUMNS = ("state", "changed_at", "reason", "merged_into")
CSV_COLUMNS = (*COLUMNS, *FURTHER_COLUMNS, *STATE_COLUMNS)
READ = (
    "incident__record__record", "code", "version", "published_at",
    "state", "changed_at", "incident__closed_reason", "incident__merged_into__code",
)  # fmt: skip
# What is said of a record that was withdrawn or merged: that, and where it stood.
KEPT_WHEN_CLOSED = ("code", "version", "permalink")


def records(rows: QuerySet) -> Iterator[dict[str, Any]]:
    """The records of these rows of PublishedIncident, in their order, with the names of `CSV_COLUMNS`."""
    for record, code, version, published_at, *standing in streamed(rows.values_list(*READ)):
        stated = {**(record or {}), "code": code, "version": version, "published_at": published_at}
        yield record_of(stated, dict(zip(STATE_COLUMNS, standing, strict=True)))


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
    return {**record, **standing, "reason": standing["reason"] or None}


def empty(value: Any) -> Any:
    return [] if isinstance(value, list) else None
