"""The page of an article's history, under the button that Django's admin has for it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from archive import withheld
from archive.admin import history_page
from archive.history.entries import Mask
from archive.history.of_articles import lines_of
from archive.intake.earlier_articles import PERMISSION
from archive.intake.withholding import PERMISSION as MAY_SEE_WITHHELD
from archive.models import Article


def context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the page shows; the queries do not grow with the history."""
    may_see = request.user.has_perm(MAY_SEE_WITHHELD)
    lines = lines_of(article, may_see_withheld=may_see)
    return {
        **history_page.context(request, lines, mask=mask_for(request.user, article)),
        "shown_name": seen_by(request.user, article).title,
        "restore_url": reverse("admin:archive_article_restore_state", args=[article.pk])
        if request.user.has_perm(PERMISSION)
        else "",
        "about": _("That copies were given out, checked and stamped is in the log of custody, with each copy."),
    }


def seen_by(user: Any, article: Article) -> Article:
    return article if user.has_perm(MAY_SEE_WITHHELD) else withheld.shown_article(article)


def mask_for(user: Any, article: Article) -> Mask:
    """What a reader without the right to withhold sees of words that are withheld."""
    words = [] if user.has_perm(MAY_SEE_WITHHELD) else withheld.words_of(article)
    return (lambda text: withheld.masked(text, words)) if words else history_page.as_it_is
