"""The endpoints: thin, over the lists and their exports."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from archive import exports
from archive.articles import exports as article_exports
from archive.articles.article_document import document_of as article_document
from archive.articles.article_listing import ArticleListing, read_articles
from archive.models import ArticleRow
from incidents.api import answers
from incidents.formats import listed_rows
from incidents.formats.edition_document import document_of
from incidents.formats.vocabulary_rows import VOCABULARIES
from incidents.lists.incident_listing import IncidentListing, read_incidents
from incidents.models import PublishedIncident
from incidents.views.record_resolver import links_of, merged_records, of_record


def index(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    names = ["incidents", "articles", *(one.path for one in VOCABULARIES), "schema"]
    return answers.answer({name: request.build_absolute_uri(reverse(f"api_{name}")) for name in names})


def incidents(request: HttpRequest) -> HttpResponse:
    filters = read_incidents(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = IncidentListing(filters, size=answers.SIZE)
    made = answers.page(request, listing, listed_rows.records_of(listing.page.rows))
    return exports.with_readings(made, filters)


@of_record("api_incident", machine=True)
def incident(request: HttpRequest, row: PublishedIncident) -> HttpResponse:
    return answers.answer(document_of(row.edition, [one.code for one in merged_records(row)], links_of(row)))


def articles(request: HttpRequest) -> HttpResponse:
    filters = read_articles(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = ArticleListing(filters, size=answers.SIZE)
    made = answers.page(request, listing, article_exports.records_of(listing.page.rows))
    return exports.with_readings(made, filters)


def article(request: HttpRequest, public_id: str) -> HttpResponse:
    row = ArticleRow.objects.published().filter(article__public_id=public_id).first()
    if row is None:
        raise Http404
    return answers.answer(article_document(row))
