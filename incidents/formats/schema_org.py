"""Records in the words of schema.org: what was published (a page, its claims and quotations) and what it is about.

`Event` has no way to say that a date is uncertain: it gets a start only where the record knows the day; the range
stands on the record as `temporalCoverage`. ClaimReview is not written: nothing here is a verdict on a claim.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from archive import addresses, dates
from archive.articles.jsonld import CONTEXT, archive_itself, known
from archive.localisation import shown_names
from incidents.formats.edition_document import permalink
from incidents.formats.licences import RECORDS
from incidents.presentation import fact_wording
from incidents.presentation.fact_sections import HEADINGS
from incidents.presentation.quotes import attribution
from incidents.record.cited_parts import ClaimRecord
from incidents.record.parts import Occurred, PlaceRecord
from incidents.record.whole import IncidentRecord
from incidents.terms import Scope

Node = dict[str, Any]
EVENT_TYPES: dict[str, str] = {
    Scope.ATTACK: "Event",
    Scope.SERIES: "EventSeries",
}  # a tally counts many events and is none itself


def document(content: IncidentRecord) -> Node:
    """Return the JSON-LD of an edition as readers may see it (`record.redaction.redacted`)."""
    return {
        "@context": CONTEXT,
        "@graph": [
            *nodes(content),
            *(claim(content, one) for one in content["claims"]),
            *(quotation(content, public_id) for public_id in content["passages"]),
        ],
    }


def nodes(content: IncidentRecord) -> list[Node]:
    """Return the record, the event that it tells of, and the reports that it cites."""
    events = [event(content)] if content["scope"] in EVENT_TYPES else []
    return [record(content), *events, *(report(content, public_id) for public_id in content["articles"])]


def record(content: IncidentRecord) -> Node:
    occurred = content["occurred"]
    node = {
        "@type": "WebPage",
        "@id": permalink(content),
        "url": permalink(content),
        "identifier": content["code"],
        "name": both(content["title_en"], content["title_ar"]),
        "version": str(content["version"]),
        "datePublished": content["published_at"],
        "publisher": archive_itself(),
        "license": RECORDS.path,
        "isPartOf": {"@id": dataset_id()},
        "about": {"@id": event_id(content)} if content["scope"] in EVENT_TYPES else None,
        "temporalCoverage": coverage(occurred),
        "citation": [{"@id": article_id(content, public_id)} for public_id in content["articles"]],
    }
    return known(node)


def event(content: IncidentRecord) -> Node:
    occurred = content["occurred"]
    day = known_day(occurred)
    node = {
        "@type": EVENT_TYPES[content["scope"]],
        "@id": event_id(content),
        "name": both(content["title_en"], content["title_ar"]),
        "startDate": day,
        "endDate": day,
        "location": [*map(place, content["places"]), *filter(None, map(spot, content["places"]))],
        "subjectOf": {"@id": permalink(content)},
    }
    return known(node)


def place(value: PlaceRecord) -> Node:
    """A town or unit, at its reference point; the record says when it means only a place near it."""
    shown, official = shown_names(value), (value["name_en"], value["name_ar"])
    has_point = value.get("lat") is not None and value.get("lon") is not None
    point = {"@type": "GeoCoordinates", "latitude": value.get("lat"), "longitude": value.get("lon")}
    node = {
        "@type": "Place",
        "@id": addresses.whole("town", value["pcode"]) + "#place",
        "identifier": value["pcode"],
        "name": both(*shown),
        "alternateName": [] if shown == official else both(*official),
        "description": str(fact_wording.PLACE_PRECISION.get(value.get("precision") or "", "")),
        "geo": point if has_point else None,
    }
    return known(node)


def spot(value: PlaceRecord) -> Node | None:
    """The circle of what is known of the point of a place, where reports give one and agree on it."""
    point = value.get("point")
    if point is None or point["lat"] is None:
        return None
    middle = {"@type": "GeoCoordinates", "latitude": point["lat"], "longitude": point["lon"]}
    circle = {"@type": "GeoCircle", "geoMidpoint": middle, "geoRadius": point["within_m"]}
    within = {"@id": addresses.whole("town", value["pcode"]) + "#place"}
    return {"@type": "Place", "geo": circle, "containedInPlace": within}


def report(content: IncidentRecord, public_id: str) -> Node:
    """A cited report, with nothing but its identity where readers may not see it."""
    article = content["articles"][public_id]
    source = article.get("source")
    node = {
        "@type": "CreativeWork",
        "@id": article_id(content, public_id),
        "name": article.get("title"),
        "url": article.get("url"),
        "datePublished": article.get("published"),
        "inLanguage": article.get("language"),
        "publisher": known({"@type": "Organization", "name": fact_wording.name(source)}) if source else None,
        "archivedAt": None if article.get("withheld") else addresses.whole("article", public_id),
    }
    return known(node)


def claim(content: IncidentRecord, value: ClaimRecord) -> Node:
    """What one passage, or the editors, say of one aspect."""
    said = f"{HEADINGS[value['aspect']]}: {fact_wording.claimed_value(value)}"
    by = attribution(value)
    speaker = value.get("speaker")
    node = {
        "@type": "Claim",
        "@id": f"{permalink(content)}#claim-{value['id']}",
        "text": f"{said} ({by})" if by else said,
        "author": {"@type": "Organization", "name": fact_wording.name(speaker)} if speaker else None,
        "appearance": {"@id": passage_id(passage)} if (passage := value.get("passage")) else None,
        "isPartOf": {"@id": permalink(content)},
    }
    return known(node)


def quotation(content: IncidentRecord, public_id: str) -> Node:
    """A quoted passage; without its words where readers may not see them."""
    passage = content["passages"][public_id]
    article: Mapping[str, Any] = content["articles"].get(passage["article"]) or {}
    node = {
        "@type": "Quotation",
        "@id": passage_id(public_id),
        "text": passage.get("exact"),
        "inLanguage": article.get("language"),
        "isPartOf": {"@id": article_id(content, passage["article"])},
    }
    return known(node)


def dataset(files: Iterable[tuple[str, str]]) -> Node:
    """Return all records as one data set; ``files`` are media types and whole addresses of it."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": dataset_id(),
        "name": _(settings.SITE_NAME),
        "description": _("Attacks as published reports tell of them, each fact with the words that it rests on."),
        "url": addresses.whole("incidents"),
        "license": RECORDS.path,
        "creator": archive_itself(),
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": address}
            for media_type, address in files
        ],
    }


def dataset_id() -> str:
    return addresses.whole("incidents") + "#data"


def event_id(content: IncidentRecord) -> str:
    return addresses.whole("incident", content["code"]) + "#event"


def passage_id(public_id: str) -> str:
    return addresses.whole("passage", public_id)


def article_id(content: IncidentRecord, public_id: str) -> str:
    """What a report is called: its own address where readers may see it, else the one that it has here."""
    article: Mapping[str, Any] = content["articles"].get(public_id) or {}
    url = article.get("url") or ""
    if url.startswith(("http://", "https://")):
        return str(url)
    return addresses.whole("article", public_id) + "#report"


def both(english: str, arabic: str) -> list[Node]:
    """A name in each language in which it is known."""
    names = {"en": english, "ar": arabic}
    return [{"@value": name, "@language": language} for language, name in names.items() if name]


def known_day(occurred: Occurred | None) -> str | None:
    """The day, where the record knows it: not of an approximate or uncertain date."""
    certain = dates.certain_days(dates.parse(occurred["edtf"])) if occurred else None
    return certain.first.isoformat() if certain and certain.first and certain.first == certain.last else None


def coverage(occurred: Occurred | None) -> str:
    """The days on which it may have happened as ISO 8601, an open end as `..`; nothing where no date is known."""
    if not occurred:
        return ""
    first, last = (day.isoformat() if day else ".." for day in dates.possible_days(dates.parse(occurred["edtf"])))
    return first if first == last else f"{first}/{last}"
