"""What readers see of the links between incidents: both ends published, reasons and words as they may be read today.

Files of an edition lack them, as its pages do: they are of today (docs/adr/0063-editors-link-incidents.md).
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from archive.models import Passage
from incidents import curation
from incidents.curation import Linked
from incidents.formats.listed_rows import moment
from incidents.models import Incident, PublishedRecord
from incidents.record.from_rows import article_record, passage_record
from incidents.record.links import LinkRecord
from incidents.record.opening import opened
from incidents.record.redaction import access_to
from incidents.record.whole import IncidentRecord
from incidents.terms import State


def links_of(incident: Incident) -> list[LinkRecord]:
    """The links of a published incident, in the order of `Relation`. At most six queries and, where anything is
    withheld, as many as `access_to`; one for each step of merges.
    """
    found = curation.links_of(incident)
    rows = PublishedRecord.objects.filter(incident__row__state=State.PUBLISHED)
    records = rows.in_bulk({one.incident.pk for one in found}) if found else {}
    shown = [one for one in found if one.incident.pk in records]
    citable = citable_today(one.link.passage_id for one in shown)
    shown = [one for one in shown if one.link.passage_id is None or one.link.passage_id in citable]
    return as_readers_see(incident.code, [link_record(one, opened(records[one.incident.pk].record)) for one in shown])


def citable_today(passages: Iterable[int | None]) -> set[int]:
    """Which of these passages a published record cites: a link that rests on other words waits until one does."""
    wanted = {pk for pk in passages if pk}
    found = Passage.objects.filter(pk__in=wanted, citations__isnull=False) if wanted else Passage.objects.none()
    return set(found.values_list("pk", flat=True))


def link_record(one: Linked, row: Mapping[str, Any]) -> LinkRecord:
    link = one.link
    record: LinkRecord = {
        "relation": one.relation,
        "code": row["code"],
        "scope": row["scope"],
        "title_en": row["title_en"],
        "title_ar": row["title_ar"],
        "reason": link.reason,
        "linked_at": moment(link.created_at) or "",
        "changed_at": moment(link.updated_at) or "",
    }
    if link.reason_ar:
        record["reason_ar"] = link.reason_ar
    if link.passage is not None:
        report = article_record(link.passage.text_version.article)
        record["passage"] = {"id": link.passage.public_id, **passage_record(link.passage), "report": report}
    return record


def as_readers_see(code: str, records: list[LinkRecord]) -> list[LinkRecord]:
    """Take out what readers may not see of either incident, or of the report that is cited."""
    table = access_to(as_content(of, record) for record in records for of in (code, record["code"]))
    shown = []
    for record in records:
        half = cast(Any, table.seen(as_content(code, record)))["links"][0]
        seen = table.seen(as_content(record["code"], half))
        shown.append(with_words(cast(Any, seen)["links"][0], seen))
    return shown


def as_content(code: str, record: LinkRecord) -> IncidentRecord:
    """The part of a record of which redaction knows what may be seen."""
    words = record.get("passage")
    content: Any = {"code": code, "links": [record], "articles": {}, "passages": {}}
    if words:
        content["articles"] = {words["article"]: words["report"]}
        content["passages"] = {words["id"]: {key: one for key, one in words.items() if key not in ("id", "report")}}
    return cast(IncidentRecord, content)


def with_words(record: LinkRecord, seen: IncidentRecord) -> LinkRecord:
    """The link with its passage and report as they were seen."""
    words = record.get("passage")
    if not words:
        return record
    passage, report = seen["passages"][words["id"]], seen["articles"][words["article"]]
    return {**record, "passage": {"id": words["id"], **passage, "report": report}}
