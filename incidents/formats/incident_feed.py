"""The feed of incidents, for any filter."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from archive import addresses
from archive.web import atom
from incidents.models import Edition, Incident, PublishedIncident, PublishedRecord
from incidents.presentation import rows as presented
from incidents.record.opening import opened
from incidents.record.redaction import redacted_all
from incidents.record.same_attack import reasons_seen
from incidents.record.whole import IncidentRecord
from incidents.terms import State

Notes = dict[str, str]  # ``note`` and ``note_ar``, which may be empty


def incident_entries(rows: Sequence[PublishedIncident]) -> Iterator[atom.Entry]:
    """What a feed says of incidents: the facts in a line, no quotes. Four queries."""
    records = PublishedRecord.objects.order_by().in_bulk([row.pk for row in rows])
    notes = notes_of([row.edition_id for row in rows])
    closed = Incident.objects.select_related("merged_into").in_bulk(
        [row.pk for row in rows if row.state != State.PUBLISHED]
    )
    reasons = reasons_seen({one.code: one.closed_reason for one in closed.values()})
    for row in rows:
        if row.pk in closed:
            yield closed_entry(row, closed[row.pk], reasons[row.code])
        elif row.pk in records:
            yield published_entry(row, opened(records[row.pk].record), notes[row.edition_id]["note"])


def notes_of(editions: Sequence[int]) -> dict[int, Notes]:
    """The public notes of editions, as readers may see them."""
    columns = ("pk", "note", "content__note_ar", "content__articles", "incident__code")
    found = Edition.objects.filter(pk__in=editions).order_by("pk").values_list(*columns)
    rows = [
        (pk, {"code": code, "note": note, "note_ar": note_ar or "", "articles": articles, "passages": {}})
        for pk, note, note_ar, articles, code in found
    ]
    seen = redacted_all(cast(IncidentRecord, part) for _pk, part in rows)
    return {
        pk: {"note": content["note"], "note_ar": content["note_ar"]}
        for (pk, _part), content in zip(rows, seen, strict=True)
    }


def published_entry(row: PublishedIncident, record: dict[str, Any], note: str) -> atom.Entry:
    """Lead to the edition: that is what the entry tells of. The id is that of the incident, whatever its edition."""
    return atom.Entry(
        id=addresses.path("incident", row.code),
        path=addresses.path("edition", row.code, row.version),
        title=row.title_en,
        summary="\n".join([facts(record), f"Version {row.version}: {note}"]),
        updated_at=row.changed_at,
        categories=(row.scope,),
    )


def facts(record: dict[str, Any]) -> str:
    """Return the facts of a flat record in one line; what is not known is left out."""
    row = presented.row(record)
    who = [f"{actor.name} (disputed)" if actor.is_disputed else actor.name for actor in row.who]
    told = {
        "Date": row.occurred,
        "Place": row.place,
        "Struck": ", ".join(row.struck),
        "Attributed to": ", ".join(who),
        "Killed": row.killed,
        "Injured": row.injured,
        "Reports": str(row.reports or ""),
    }
    return ". ".join(f"{label}: {value}" for label, value in told.items() if value) + "."


def closed_entry(row: PublishedIncident, incident: Incident, reason: str) -> atom.Entry:
    """Say that it was withdrawn or merged, when and why; nothing of what it stated."""
    survivor = incident.merged_into
    happened = f"merged into {survivor.code}" if survivor else "withdrawn"
    path = addresses.path("incident", row.code)
    return atom.Entry(
        id=path,
        path=path,
        title=f"{row.code}: {happened}",
        summary=f"This record was {happened}. {reason}".strip(),
        updated_at=row.changed_at,
        categories=(row.state,),
    )
