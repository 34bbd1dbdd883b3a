"""Two reports that share much, side by side: an editor looks, and nothing is decided for them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from archive import copies
from archive.marks import render_highlights
from archive.models import Article, TextVersion
from archive.text.shared_words import own_spans
from incidents.desk import marked_text
from incidents.desk.claim_pages import render_page
from incidents.desk.permission import editors_only


@require_GET
@editors_only("incidents.add_claim")
def compare(request: HttpRequest, public_id: str, other: str) -> HttpResponse:
    """Both texts, in each of them marked what the other has not; ``?text=`` is the number of the first."""
    article = get_object_or_404(Article.objects.select_related("source"), public_id=public_id)
    text = marked_text.text_of(article, request.GET.get("text"))
    copy = next((one for one in copies.copies_of(text) if one.article.public_id == other), None)
    if copy is None:
        raise Http404
    theirs = TextVersion.objects.get(pk=copy.text.pk)
    context = {
        "title": _("Near copies"),
        "article": article,
        "copy": copy,
        "sides": [
            (article, text, render_highlights(text.text, own_spans(text.text, theirs.text))),
            (copy.article, theirs, render_highlights(theirs.text, own_spans(theirs.text, text.text))),
        ],
    }
    return render_page(request, "incidents/desk/copy.html", context)
