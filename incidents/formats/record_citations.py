"""How a version of an incident's record is cited: lines to copy, files, the page's head, the links in its header."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive import addresses
from archive.citing import Reference
from archive.localisation import localised
from archive.web import citations, meta
from archive.web.linking import SCHEMA, Link
from incidents.formats import schema_org
from incidents.formats.edition_document import permalink
from incidents.formats.licences import RECORDS
from incidents.presentation.description import description
from incidents.record.whole import IncidentRecord


@dataclass(frozen=True, slots=True)
class Citing:
    """``line`` is the plain citation of the version shown, in parts as those of `citations.Citation`."""

    citations: list[citations.Citation]
    line: list[tuple[str, str]]
    head: meta.Head
    links: list[Link]


def citing(content: IncidentRecord, *, newest: int) -> Citing:
    """Return what the page of an edition says for citing it; ``newest`` is the number of the current edition."""
    cited = reference(content)
    made = links(content, newest=newest)
    return Citing(
        citations=[citations.shown(cited, "", own_file(content))],
        line=citations.parts(citations.line(cited, "Newsroom")),
        head=meta.head(
            tags(content),
            canonical=canonical(content, newest=newest),
            links=made,
            jsonld={"@context": schema_org.CONTEXT, "@graph": schema_org.nodes(content)},
        ),
        links=made,
    )


def reference(content: IncidentRecord) -> Reference:
    """Return the record as it is cited: our title, the version, its day, its permalink."""
    title_en, title_ar = content.get("title_en") or "", content.get("title_ar") or ""
    title = localised(title_en, title_ar)
    return Reference(
        kind="record",
        key=f"{content['code']}-v{content['version']}",
        title=title,
        publisher=_(settings.SITE_NAME),
        url=permalink(content),
        issued=published_on(content),
        version=str(content["version"]),
        language="ar" if title == title_ar else "en",
        note=f"Record {content['code']}",
    )


def published_on(content: IncidentRecord) -> date:
    return date.fromisoformat(content["published_at"][:10])


def own_file(content: IncidentRecord) -> Callable[[str], str]:
    """Return what gives the path of a version's citation file."""
    return lambda suffix: reverse("edition_citation", args=[content["code"], content["version"], suffix])


def tags(content: IncidentRecord) -> list[meta.Meta]:
    """A web page of the archive, dated on the day of the version, under its permalink."""
    title = localised(content.get("title_en") or "", content.get("title_ar") or "")
    site = _(settings.SITE_NAME)
    return meta.tags(
        item_type="webpage",
        title=title,
        url=permalink(content),
        site_name=site,
        publisher=site,
        published=published_on(content).isoformat(),
        language=get_language() or "en",
        description=description(content),
    )


def canonical(content: IncidentRecord, *, newest: int) -> str:
    """The address that search engines keep, in the language of the page: older versions have their own."""
    if content["version"] == newest:
        return settings.SITE_URL + reverse("incident", args=[content["code"]])
    return settings.SITE_URL + reverse("edition", args=[content["code"], content["version"]])


def links(content: IncidentRecord, *, newest: int) -> list[Link]:
    """Return the links of an edition's page: to cite it, its data and metadata, its other versions (RFC 5829)."""
    code, number = content["code"], content["version"]
    made = [
        Link(permalink(content), "cite-as"),
        Link(f"{SCHEMA}WebPage", "type"),
        *(Link(f"{SCHEMA}{kind}", "type") for kind in [schema_org.EVENT_TYPES.get(content["scope"])] if kind),
        Link(RECORDS.path, "license"),
        Link(addresses.whole("incidents"), "collection", "text/html"),
        Link(addresses.whole("edition_json", code, number), "item", "application/json"),
        *citations.described_by(
            lambda suffix: addresses.whole("edition_citation", code, number, suffix),
            addresses.whole("edition_jsonld", code, number),
        ),
        Link(addresses.whole("incident", code), "latest-version", "text/html"),
        Link(addresses.whole("changes", code), "version-history", "text/html"),
    ]
    if number > 1:
        made.append(Link(addresses.whole("edition", code, number - 1), "predecessor-version", "text/html"))
    if number < newest:
        made.append(Link(addresses.whole("edition", code, number + 1), "successor-version", "text/html"))
    return made
