"""Pages of who publishes."""

from django.db.models import Exists, F, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.lists.counting import count, count_of, counted
from archive.localisation import by_name
from archive.models import Article, Source
from incidents.lists.newest import SHOWN, newest
from incidents.models import PublishedIncident
from incidents.presentation.rows import rows


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source: its reports in the archive, and the incidents that rest on them."""
    shown = get_object_or_404(Source, slug=slug)
    articles = Article.objects.published().filter(source=shown)
    found = newest(PublishedIncident.objects.published().filter(source_ids__contains=[shown.pk]))
    listed = list(articles.order_by(F("published_on").desc(nulls_last=True), "-id")[:SHOWN])
    if not listed and not found.records:
        raise Http404
    context = {
        "source": shown,
        "articles": listed,
        "article_count": count(articles),
        "newest": found,
        "rows": rows(found.records),
    }
    return render(request, "incidents/source.html", context)


def sources(request: HttpRequest) -> HttpResponse:
    """List the sources that have a public report here."""
    articles = Article.objects.published().filter(source=OuterRef("pk"))
    known = Source.objects.filter(Exists(articles)).annotate(found=counted(articles)).order_by(by_name())
    return render(request, "incidents/sources.html", {"lines": [(one, count_of(one.found)) for one in known]})
