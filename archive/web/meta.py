"""What the head of a page says to citation tools, search engines and previews.

Zotero's translator "Embedded Metadata" and Citoid decide by these: `z:itemType` names the type and outranks all other
hints; `citation_*` would make anything a journal article, `DC.coverage` an archive's shelf mark,
`dcterms.dateSubmitted` the day of access, so none of them is written. `og:type` stays `website`: `article` is taken for
a journal's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from archive.marks import render_json
from archive.read_by_key import ReadByKey
from archive.web.linking import Link


class Meta(NamedTuple):
    """One `<meta>`: ``attribute`` is `name`, or `property` for Open Graph."""

    attribute: str
    name: str
    content: str


def tags(
    *,
    item_type: str,
    title: str,
    url: str,
    site_name: str,
    publisher: str,
    published: str,
    language: str,
    dc_type: str = "Text",
    creators: Iterable[str] = (),
    description: str = "",
) -> list[Meta]:
    """Return the tags of a citable page; ``url`` is the permalink, ``published`` an ISO date, unknown values empty."""
    made = [
        Meta("name", "z:itemType", item_type),
        Meta("name", "DC.title", title),
        *(Meta("name", "DC.creator", creator) for creator in creators),
        Meta("name", "DC.date", published),
        Meta("name", "DC.publisher", publisher),
        Meta("name", "DC.identifier", url),
        Meta("name", "DC.language", language),
        Meta("name", "DC.type", dc_type),
        Meta("name", "description", description),
        Meta("property", "og:title", title),
        Meta("property", "og:type", "website"),
        Meta("property", "og:url", url),
        Meta("property", "og:site_name", site_name),
        Meta("property", "og:description", description),
        Meta("property", "article:published_time", published),
    ]
    return [tag for tag in made if tag.content]


@dataclass(frozen=True, slots=True)
class Head(ReadByKey):
    """The head of a citable page; ``alternates`` are the same thing as data, ``jsonld`` is JSON for a `<script>`."""

    tags: list[Meta]
    canonical: str
    alternates: list[Link]
    jsonld: SafeString


def head(tags: list[Meta], *, canonical: str, links: Iterable[Link], jsonld: object) -> Head:
    """Return the head of a page: its ``links`` that describe it become alternates."""
    described = [link for link in links if link.rel == "describedby"]
    return Head(tags, canonical, described, render_json(jsonld))
