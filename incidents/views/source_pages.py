"""Pages of who publishes."""

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive import withheld
from archive.lists.tidy import tidied
from archive.models import Article, Source
from archive.reported_errors import shown_answers
from archive.terms import Spoken
from incidents.lists.newest import SHOWN, newest
from incidents.lists.starting_kinds import Sources
from incidents.lists.starting_points import StartFilters


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


@require_safe
@tidied(StartFilters)
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources that have a public report here, with their reports and the incidents that rest on these."""
    return render(request, "incidents/sources.html", {"listing": Sources(request.GET)})
