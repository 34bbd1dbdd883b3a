"""Incidents as entities of FollowTheMoney (https://followthemoney.tech/), one JSON line each, for investigators’ tools.

An incident is an Event; its actors are involved in it, its facilities are linked to it as struck, its first place is
its address, and each report documents it. Ids follow from codes and slugs, so that a later file merges into an earlier
one. The same entity comes once in a file. Of a withdrawn or merged incident, which only `updated_since` lists, the
Event has no facts, but says what became of it, so that whoever loaded it before learns that.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from archive import addresses, dates
from archive.exports import as_file, as_json, joined, streamed
from archive.exports.snapshots import batches
from archive.terms import Level
from incidents.formats import licences
from incidents.formats.conflict_data import Where, one_of_several
from incidents.formats.edition_document import permalink
from incidents.formats.listed_rows import records
from incidents.models import Actor, PublishedIncident
from incidents.record.redaction import redacted_all
from incidents.record.whole import IncidentRecord
from incidents.terms import ActorKind, Aspect, State

TYPE = "application/x-ndjson; charset=utf-8"
READ_AT_ONCE = 50
LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "ku": "kur",
    "nl": "nld", "ru": "rus", "tr": "tur",
}  # fmt: skip
SCHEMATA: Mapping[str, str] = {ActorKind.STATE: "PublicBody", ActorKind.GROUP: "Organization"}
OTHERWISE = "Organization"
STRUCK, REPORT = "facility struck", "report"
Entity = dict[str, Any]
Values = Iterable[Any]
Known = Mapping[str, Actor]


def ftm_file(name: str, rows: QuerySet[PublishedIncident]) -> StreamingHttpResponse:
    lines = (f"{as_json(entity)}\n" for entity in once(entities(rows)))
    return as_file(StreamingHttpResponse(joined(lines), content_type=TYPE), name)


def once(found: Iterable[Entity]) -> Iterator[Entity]:
    seen: set[str] = set()
    for entity in found:
        if entity["id"] not in seen:
            seen.add(entity["id"])
            yield entity


def entities(rows: QuerySet[PublishedIncident]) -> Iterator[Entity]:
    """Yield the entities of these incidents, in their order, as readers may have them today."""
    named = Actor.every.exclude(kind=ActorKind.UNKNOWN).select_related("parent")
    known = {actor.slug: actor for actor in named}
    read = PublishedIncident.objects.values_list("pk", "edition__content")
    contents = (content for (content,) in streamed(rows.filter(state=State.PUBLISHED), read))
    for batch in batches(contents, READ_AT_ONCE):
        for content in redacted_all(batch):
            yield from of_incident(content, known)
    for record in records(rows.exclude(state=State.PUBLISHED)):
        yield of_closed(record)


def of_incident(content: IncidentRecord, known: Known) -> Iterator[Entity]:
    articles = {key: one for key, one in content["articles"].items() if not one.get("withheld")}
    named = [one for one in content["actors"] if one["asserted"] and one["slug"] in known]
    address = of_place(content)
    yield of_event(content, [identity("actor", one["slug"]) for one in named], address, list(articles))
    if address:
        yield address
    for slug in dict.fromkeys(slug for one in named for slug in (one["slug"], *one["ancestors"])):
        if slug in known:
            yield of_actor(known[slug], known)
    for facility in content["facilities"]:
        yield from of_facility(content, facility)
    for key, article in articles.items():
        yield from of_report(content, key, article)


def of_closed(record: Mapping[str, Any]) -> Entity:
    """The Event of an incident that was withdrawn or merged since: that it was, when and why, by a row of lists."""
    survivor = record["merged_into"]
    happened = f"Merged into {survivor}" if survivor else "Withdrawn"
    reason = f": {record['reason']}" if record["reason"] else "."
    return entity(
        "incident",
        record["code"],
        "Event",
        name=[record["code"]],
        notes=[happened + reason],
        recordId=[f"{record['code']}-v{record['version']}"],
        modifiedAt=[record["changed_at"][:10]],
        sourceUrl=[record["permalink"]],
        publisher=[settings.SITE_NAME],
        publisherUrl=[f"{settings.SITE_URL}/"],
    )


def of_actor(actor: Actor, known: Known) -> Entity:
    above = known.get(actor.parent.slug) if actor.parent else None
    parent = [identity("actor", above.slug)] if above else []
    schema = SCHEMATA.get(actor.kind, OTHERWISE)
    return entity("actor", actor.slug, schema, name=[actor.name_en, actor.name_ar], parent=parent)


def of_event(content: IncidentRecord, actors: list[str], address: Entity | None, articles: list[str]) -> Entity:
    occurred: Mapping[str, Any] = content["occurred"] or {}
    span = dates.possible_days(dates.parse(occurred["edtf"])) if occurred else (None, None)
    first, last = (day.isoformat() if day else None for day in span)
    where = Where(content)
    return entity(
        "incident",
        content["code"],
        "Event",
        name=[content["title_en"], content["title_ar"]],
        date=[first if first == last else None],
        startDate=[first],
        endDate=[last],
        country=country_of(where),
        location=[where.described()],
        addressEntity=[address["id"] if address else None],
        involved=actors,
        proof=[identity("article", key) for key in articles],
        keywords=[one["name_en"] for part in ("facility_types", "weapons") for one in content[part]],
        summary=[one[text] for one in content["summary"] for text in ("text_en", "text_ar")],
        notes=list(notes(content)),
        recordId=[f"{content['code']}-v{content['version']}"],
        modifiedAt=[content["published_at"][:10]],
        sourceUrl=[permalink(content)],
        publisher=[settings.SITE_NAME],
        publisherUrl=[f"{settings.SITE_URL}/"],
    )


def notes(content: IncidentRecord) -> Iterator[str]:
    """What the model has no property for: scope, numbers, doubts, and the terms of use."""
    yield f"Scope: {content['scope']}."
    counted: dict[Aspect, Mapping[str, Any] | None]
    counted = {Aspect.KILLED: content["killed"], Aspect.INJURED: content["injured"]}
    for aspect, counts in counted.items():
        if said := people(counts or {}):
            yield f"{aspect.value.capitalize()}: {said}."
    for actor in content["actors"]:
        if actor["disputed"]:
            yield f"The part of {actor['name_en']} is denied or disputed."
    yield from (f"One of several is named: {several}." for several in one_of_several(content))
    yield f"Licence: {licences.RECORDS.name}."


def people(counts: Mapping[str, Any]) -> str:
    """How many; empty where nothing is known. A low end that is not known is none, not zero."""
    low, high = counts.get("low"), counts.get("high")
    if high is None:
        return "" if low is None else f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(high) if low == high else f"{low} to {high}"


def of_place(content: IncidentRecord) -> Entity | None:
    where = Where(content)
    if where.place is None:
        return None
    town = where.place if where.place["level"] == Level.COMMUNITY.code else None
    return entity(
        "place",
        where.place["pcode"],
        "Address",
        full=[", ".join(str(where.name(unit)) for unit in reversed(where.branch))],
        name=names(where.place),
        city=names(town) if town else [],
        region=[where.level(Level.DISTRICT)],
        state=[where.level(Level.GOVERNORATE)],
        country=country_of(where),
        latitude=[where.place["lat"]],
        longitude=[where.place["lon"]],
        remarks=[f"P-code {where.place['pcode']}. The point is that of the place, never of a facility."],
    )


def country_of(where: Where) -> list[str]:
    return [unit["pcode"].lower() for unit in where.branch if unit["level"] == Level.COUNTRY.code]


def of_facility(content: IncidentRecord, facility: Any) -> Iterator[Entity]:
    kind = facility.get("type") or {}
    yield entity(
        "facility", facility["id"], OTHERWISE, name=names(facility), classification=[kind.get("name_en")],
        sourceUrl=[addresses.whole("facility", facility["id"])],
    )  # fmt: skip
    yield entity(
        "struck",
        f"{content['code']}-{facility['id']}",
        "UnknownLink",
        subject=[identity("facility", facility["id"])],
        object=[identity("incident", content["code"])],
        role=[STRUCK],
        sourceUrl=[permalink(content)],
    )


def of_report(content: IncidentRecord, key: str, article: Any) -> Iterator[Entity]:
    source = article.get("source") or {}
    yield entity(
        "article",
        key,
        "Article",
        title=[article["title"]],
        publishedAt=[article["published"]],
        language=[LANGUAGES.get((article.get("language") or "")[:2])],
        publisher=[source.get("name_en"), source.get("name_ar")],
        sourceUrl=[address for address in (article.get("url"), addresses.whole("article", key)) if address],
    )
    yield entity(
        "report",
        f"{content['code']}-{key}",
        "Documentation",
        document=[identity("article", key)],
        entity=[identity("incident", content["code"])],
        role=[REPORT],
        sourceUrl=[permalink(content)],
    )


def entity(kind: str, key: str, schema: str, **properties: Values) -> Entity:
    """Return an entity; values are texts, each once, those that are not known are left out."""
    told = {}
    for name, values in properties.items():
        if known := list(dict.fromkeys(str(one) for one in values if one not in (None, ""))):
            told[name] = known
    return {"id": identity(kind, key), "schema": schema, "properties": told}


def identity(kind: str, key: str) -> str:
    """Return the id of an entity: the host of the archive, what it is, and its own key."""
    host = (urlsplit(settings.SITE_URL).hostname or "archive").replace(":", "-").strip("-")
    return f"{host}-{kind}-{key}".replace("_", "-").lower()


def names(term: Any) -> list[str]:
    return [term.get("name_en") or "", term.get("name_ar") or ""]
