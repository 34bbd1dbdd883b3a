"""The endpoints: thin, over the lists and their exports."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from archive import exports
from archive.articles import exports as article_exports
from archive.articles.article_document import document_of as article_document
from archive.articles.article_filters import ArticleFilters
from archive.articles.article_listing import ArticleListing, read_articles
from archive.models import ArticleRow
from incidents.api import pagination, schema
from incidents.formats import listed_rows
from incidents.formats.edition_document import document_of
from incidents.formats.vocabulary_rows import VOCABULARIES
from incidents.lists.incident_filters import IncidentFilters
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import PublishedIncident
from incidents.views.record_resolver import of_record


@extend_schema(exclude=True)
@api_view(["GET"])
def index(request: Request) -> Response:
    """List the addresses of the API."""
    names = ["incidents", "articles", *(one.path for one in VOCABULARIES), "schema"]
    return Response({name: request.build_absolute_uri(reverse(f"api_{name}")) for name in names})


@extend_schema(operation_id="incidents", **schema.list_of("incidents", IncidentFilters))
@api_view(["GET"])
def incidents(request: Request) -> HttpResponse:
    """List incidents: the same set as the page, 100 at a time."""
    filters = read_incidents(request.query_params)
    if refusal := exports.refusal(filters):
        return refusal
    listing = IncidentListing(filters, size=pagination.SIZE)
    made = pagination.page(request._request, listing, listed_rows.records_of(listing.page.rows))
    return exports.with_readings(made, filters)


@extend_schema(operation_id="incident", **schema.one_of("incident", "code", may_be_gone=True))
@api_view(["GET"])
@of_record("api_incident", machine=True)
def incident(request: HttpRequest, row: PublishedIncident) -> HttpResponse:
    """Give the current edition of an incident in full: facts, claims, passages, articles.

    A merged incident answers 301 with the address of the one it was merged into, a withdrawn one 410 with the reason.
    """
    return Response(document_of(row.edition))


@extend_schema(operation_id="articles", **schema.list_of("articles", ArticleFilters))
@api_view(["GET"])
def articles(request: Request) -> HttpResponse:
    """List articles, without their texts: the same set as the page, 100 at a time."""
    filters = read_articles(request.query_params)
    if refusal := exports.refusal(filters):
        return refusal
    listing = ArticleListing(filters, size=pagination.SIZE)
    made = pagination.page(request._request, listing, article_exports.records_of(listing.page.rows))
    return exports.with_readings(made, filters)


@extend_schema(operation_id="article", **schema.one_of("article", "public_id"))
@api_view(["GET"])
def article(request: Request, public_id: str) -> Response:
    """Give what is known of one article: its copies, its texts, the passages that published records cite."""
    row = ArticleRow.objects.published().filter(article__public_id=public_id).first()
    if row is None:
        raise Http404
    return Response(article_document(row))
