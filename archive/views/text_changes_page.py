"""What an outlet changed in a report between copies, word by word, as far as readers may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive import withheld
from archive.articles.text_changes import MOST, Change, changes
from archive.models import Article, TextVersion
from archive.terms import TextPolicy
from archive.text.difference import Difference
from archive.text_standing import standing_flag
from archive.texts_in_time import captures_in_time


def article_changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the last changes, the latest first; their words only where the whole text may be read."""
    shown = get_object_or_404(Article.objects.published().select_related("source"), public_id=public_id)
    texts = list(TextVersion.objects.filter(article=shown).annotate(standing_flag=standing_flag()).defer("text"))
    found = changes(captures_in_time(shown), texts)
    policy = shown.source.text_policy if shown.source else TextPolicy.PASSAGES
    is_open = policy == TextPolicy.FULL
    steps: list[tuple[Change, Difference | None]] = [
        (change, change.difference(shown) if is_open else None) for change in found[:MOST]
    ]
    context = {
        "article": withheld.shown_article(shown),
        "steps": steps,
        "is_open": is_open,
        "has_more": len(found) > MOST,
    }
    return render(request, "archive/article_changes.html", context)
