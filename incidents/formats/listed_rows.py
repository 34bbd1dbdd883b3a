"""Incidents as files: the flat records as published, with their state and address."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from archive.exports import streamed
from archive.exports.files import FIRST
from archive.exports.snapshots import batches
from archive.fields import names
from incidents.formats.edition_document import permalink
from incidents.formats.tables import KEPT_WHEN_CLOSED, ROW, STATE
from incidents.models import PublishedIncident
from incidents.record.opening import opened
from incidents.record.same_attack import reasons_seen
from incidents.terms import State

CSV_COLUMNS = names(ROW)
STATE_COLUMNS = names(STATE)
LISTS = {field.name for field in ROW if field.kind == "list"}  # empty in records from before there was such a column
READ = (
    "incident__record__record", "code", "version", "published_at",
    "state", "changed_at", "incident__closed_reason", "incident__merged_into__code",
)  # fmt: skip


def records(rows: QuerySet) -> Iterator[dict[str, Any]]:
    """The records of these rows of PublishedIncident, in their order, with the names of `CSV_COLUMNS`."""
    read = PublishedIncident.objects.values_list("pk", *READ)
    for batch in batches(streamed(rows, read), FIRST):
        closed = [dict(zip(STATE_COLUMNS, standing, strict=True)) for _record, _code, _version, _at, *standing in batch]
        reasons = reasons_seen({one[1]: standing["reason"] for one, standing in zip(batch, closed, strict=True)})
        for (record, code, version, published_at, *_), standing in zip(batch, closed, strict=True):
            stated = {**opened(record or {}), "code": code, "version": version, "published_at": published_at}
            yield record_of(stated, {**standing, "reason": reasons[code]})


def records_of(rows: Sequence[PublishedIncident]) -> Iterator[dict[str, Any]]:
    """The records of one page of rows: one query."""
    found = PublishedIncident.objects.filter(pk__in=[row.pk for row in rows])
    by_code = {record["code"]: record for record in records(found)}
    return (by_code[row.code] for row in rows if row.code in by_code)


def record_of(record: dict[str, Any], standing: dict[str, Any]) -> dict[str, Any]:
    """A record as exported: with its permalink in full; of a closed one no facts."""
    record["permalink"] = permalink(record)
    if standing["state"] != State.PUBLISHED:
        record = {
            column: record[column] if column in KEPT_WHEN_CLOSED else empty(record.get(column)) for column in record
        }
    written = {**record, **standing, "reason": standing["reason"] or None}
    written |= {name: moment(written[name]) for name in ("published_at", "changed_at")}
    return {name: written.get(name, [] if name in LISTS else None) for name in CSV_COLUMNS}


def moment(value: datetime | None) -> str | None:
    """A date-time as the editions write theirs: UTC, whole seconds."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if value else None


def empty(value: Any) -> Any:
    return [] if isinstance(value, list) else None
