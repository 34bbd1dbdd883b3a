"""An incident's record as data, and its citations as files: of the current edition, or of one by its number."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive import addresses
from archive.web import caching, citations
from archive.web.linking import Link
from incidents.formats import edition_document, schema_org
from incidents.formats.edition_document import permalink
from incidents.formats.record_citations import reference
from incidents.models import Edition, PublishedIncident
from incidents.record.links import LinkRecord
from incidents.record.whole import IncidentRecord
from incidents.views.record_resolver import edition_of, links_of, merged_records, of_record
from incidents.views.visible_editions import VisibleEditions

FILES = (
    ("incidents_csv", "text/csv"),
    ("incidents_jsonl", "application/x-ndjson"),
    ("incidents_geojson", "application/geo+json"),
)


@require_safe
@of_record("incident_json", machine=True)
def incident_json(request: HttpRequest, row: PublishedIncident) -> HttpResponseBase:
    """Give the current edition as JSON."""
    return as_json(request, row, row.edition, links_of(row))


@require_safe
@of_record("edition_json", machine=True)
def edition_json(request: HttpRequest, row: PublishedIncident, number: int) -> HttpResponseBase:
    """Give one edition as JSON."""
    return as_json(request, row, edition_of(row, number))


def as_json(
    request: HttpRequest, row: PublishedIncident, edition: Edition, links: Sequence[LinkRecord] = ()
) -> HttpResponseBase:
    seen = VisibleEditions.of(row, edition)
    [content] = seen.contents
    merged_from = [one.code for one in merged_records(row)]

    def make() -> HttpResponse:
        document = edition_document.written(content, edition.sha256, merged_from, links)
        response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
        return citations.linked(response, [*describes(content), Link(permalink(content), "cite-as")])

    return seen.answer(request, make, merged_from, *([links] if links else []))


@require_safe
@of_record("incident_jsonld", machine=True)
def incident_jsonld(request: HttpRequest, row: PublishedIncident) -> HttpResponseBase:
    """Give the current edition in the words of schema.org."""
    return as_jsonld(request, row, row.edition)


@require_safe
@of_record("edition_jsonld", machine=True)
def edition_jsonld(request: HttpRequest, row: PublishedIncident, number: int) -> HttpResponseBase:
    """Give one edition in the words of schema.org."""
    return as_jsonld(request, row, edition_of(row, number))


def as_jsonld(request: HttpRequest, row: PublishedIncident, edition: Edition) -> HttpResponseBase:
    seen = VisibleEditions.of(row, edition)
    [content] = seen.contents
    return seen.answer(request, lambda: citations.linked(ld_json(schema_org.document(content)), describes(content)))


@require_safe
@of_record("incident_citation", machine=True)
def incident_citation(request: HttpRequest, row: PublishedIncident, form: str) -> HttpResponseBase:
    """Cite the current edition, by its number and permalink."""
    return as_citation(request, row, row.edition, form)


@require_safe
@of_record("edition_citation", machine=True)
def edition_citation(request: HttpRequest, row: PublishedIncident, number: int, form: str) -> HttpResponseBase:
    """Cite one edition. Its title may come to name a district in place of a town, so a copy does not stay good."""
    return as_citation(request, row, edition_of(row, number), form)


def as_citation(request: HttpRequest, row: PublishedIncident, edition: Edition, form: str) -> HttpResponseBase:
    seen = VisibleEditions.of(row, edition)
    [content] = seen.contents
    return caching.answer(
        request,
        lambda: citations.file(reference(content), form, describes=permalink(content)),
        etag=caching.entity_tag(request.path, edition.sha256, content["title_en"], content["title_ar"]),
        changed_at=seen.changed_at,
    )


@require_safe
def incidents_jsonld(request: HttpRequest) -> HttpResponse:
    """Describe all records as one data set, with the addresses of its files."""
    return ld_json(whole_set())


def whole_set() -> schema_org.Node:
    return schema_org.dataset((media_type, addresses.whole(name)) for name, media_type in FILES)


def ld_json(document: schema_org.Node) -> HttpResponse:
    return JsonResponse(document, content_type=citations.LD_JSON, json_dumps_params={"ensure_ascii": False})


def describes(content: IncidentRecord) -> list[Link]:
    return [Link(permalink(content), "describes", "text/html")]
