"""The links between incidents in the reader's words: what each is, why the editors say so, and what words say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.localisation import localised
from archive.read_by_key import ReadByKey
from incidents.models.choices import RELATIONS
from incidents.record.links import LinkedWords, LinkRecord

LABELS: Mapping[str, Any] = dict(RELATIONS)


@dataclass(frozen=True, slots=True)
class Said(ReadByKey):
    """What one link says of the incident that it leads to. ``exact`` is empty where readers may not see the words."""

    relation: str
    reason: str
    passage: str
    exact: str
    outlet: str
    language: str


@dataclass(frozen=True, slots=True)
class LinkedIncident(ReadByKey):
    """An incident that is linked, once, with all that its links say."""

    code: str
    scope: str
    title: str
    said: list[Said]


def linked_incidents(records: Iterable[LinkRecord]) -> list[LinkedIncident]:
    """In the order of the records, each incident where it comes first."""
    found: dict[str, LinkedIncident] = {}
    for one in records:
        title = localised(one["title_en"], one["title_ar"])
        known = found.setdefault(one["code"], LinkedIncident(one["code"], one["scope"], title, []))
        known.said.append(said(one))
    return list(found.values())


def said(one: LinkRecord) -> Said:
    reason = localised(one["reason"], one.get("reason_ar", ""))
    words: LinkedWords | None = one.get("passage")
    if words is None:
        return Said(str(LABELS[one["relation"]]), reason, "", "", "", "")
    report = words["report"]
    source = report["source"]
    outlet = localised(source["name_en"], source["name_ar"]) if source else ""
    exact = words["exact"] or ""
    return Said(str(LABELS[one["relation"]]), reason, words["id"], exact, outlet, report["language"])
