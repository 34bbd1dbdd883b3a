"""Pages of who publishes."""

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from archive import withheld
from archive.articles.article_listing import ArticleListing, read_articles
from archive.lists.public_sources import public_sources
from archive.localisation import by_name
from archive.models import Article, Source
from archive.reported_errors import shown_answers
from archive.terms import Spoken
from incidents.lists.incident_listing import listing_of
from incidents.lists.newest import SHOWN, newest
from incidents.lists.tallies import Tallies, counted_reports


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source: its reports in the archive, and the incidents that rest on them."""
    shown = get_object_or_404(Source, slug=slug)
    articles = Article.objects.published().filter(source=shown)
    found = newest(f"source={shown.slug}")
    listed = list(articles.order_by(F("published_on").desc(nulls_last=True), "-id")[:SHOWN])
    if not listed and not found.rows:
        raise Http404
    seen = [withheld.shown_article(one) for one in listed]
    context = {
        "source": shown,
        "articles": seen,
        "newest": found,
        "answered": shown_answers([(Spoken.SOURCE, shown.slug)]),
    }
    return render(request, "incidents/source.html", context)


def sources(request: HttpRequest) -> HttpResponse:
    """List the sources that have a public report here, with their reports and the incidents that rest on these."""
    reports = ArticleListing(read_articles(QueryDict())).selection
    counts = reports.columns.dimensions["source_id"].counts(reports.rows)
    incidents = Tallies(listing_of(""), "source_ids", "source")
    lines = [
        (one, counted_reports(one.slug, counts.get(one.pk, 0)), incidents.of(one.pk, one.slug))
        for one in public_sources().defer(None).order_by(by_name())
    ]
    return render(request, "incidents/sources.html", {"lines": lines})
