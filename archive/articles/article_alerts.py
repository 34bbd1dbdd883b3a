"""Lists of articles as readers follow them by e-mail."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive import addresses, dates, withheld
from archive.alerts import FollowedList, Kind, News, Told, follow
from archive.articles.article_listing import ArticleListing, read_articles
from archive.lists.followed import followed_list
from archive.models import Article
from archive.terms import Followed, Visibility
from archive.versions import events_of


def read(query: str) -> FollowedList:
    listing = ArticleListing(read_articles(QueryDict(query)))
    return followed_list(listing, listing.sentence)


def news(query: str, since: datetime, until: datetime, most: int) -> News:
    """What readers see now, and that came or was changed within the time: the same moments as those of the feed."""
    rows = read_articles(QueryDict(query)).qs
    changed = rows.filter(article__updated_at__gte=since, article__updated_at__lt=until)
    shown = list(changed.order_by("-article__updated_at", "-pk").values_list("pk", flat=True)[:most])
    return News(tuple(told(shown, since)), changed.count())


def told(pks: list[int], since: datetime) -> Iterator[Told]:
    """What is told of these articles, in this order; no words of their texts. Two queries."""
    found = Article.objects.published().select_related("source").order_by().in_bulk(pks)
    known = seen_before(pks, since)
    for article in (withheld.shown_article(found[pk]) for pk in pks if pk in found):
        what = pgettext("article", "Changed") if article.pk in known else pgettext("article", "New")
        source = article.source.name if article.source else ""
        published_on = str(article.published_on or "")
        day = dates.describe(dates.parse(published_on), get_language() or "en") if published_on else _("date not known")
        path = addresses.path("article", article.public_id, language=get_language() or "")
        yield Told(what, article.title, (" · ".join(fact for fact in (source, day) if fact),), path)


def seen_before(pks: Collection[int], since: datetime) -> set[int]:
    """Which of these articles readers saw before a moment."""
    before = events_of(Article)._default_manager.filter(pgh_obj__in=pks, updated_at__lt=since)
    last = before.order_by("pgh_obj", "-pgh_id").distinct("pgh_obj").values_list("pgh_obj", "visibility", "public_from")
    return {
        pk
        for pk, visibility, opens in last
        if visibility == Visibility.PUBLIC or (opens is not None and opens <= since.date())
    }


def more(query: str, since: datetime) -> str:
    """The list itself: articles have no filter of what changed."""
    return query


def register() -> None:
    follow(Followed.ARTICLES, Kind("articles", read, news, more))
