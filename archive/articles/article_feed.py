"""The feed of articles, for any filter."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from django.http import QueryDict

from archive import addresses, withheld
from archive.lists.listing import Listing
from archive.models import Article, ArticleRow
from archive.web import atom


def in_order(params: QueryDict, order: str) -> QueryDict:
    """Return the parameters of a list with another order, at its beginning: feeds have their own."""
    changed = params.copy()
    changed["order"] = order
    changed.pop("after", None)
    return changed


def article_entries(rows: Sequence[ArticleRow]) -> Iterator[atom.Entry]:
    """What a feed says of articles: title, source and date, no words of the text. One query."""
    found = Article.objects.published().select_related("source").order_by().in_bulk([row.pk for row in rows])
    return (entry(withheld.shown_article(found[row.pk])) for row in rows if row.pk in found)


def entry(article: Article) -> atom.Entry:
    facts = [article.source.name_en if article.source else "", str(article.published_on or ""), article.language]
    path = addresses.path("article", article.public_id)
    published_on = article.published_on
    return atom.Entry(
        id=path,
        path=path,
        title=article.title,
        summary=" · ".join(fact for fact in facts if fact),
        updated_at=article.updated_at,
        published_at=datetime.combine(published_on, time(), UTC) if published_on else None,
        categories=(article.source.slug,) if article.source else (),
    )


def address(path: str, listing: Listing) -> str:
    """Return the address of the same set under another path; the order of a list is not that of its feed."""
    query = listing.unordered_query
    return f"{path}?{query}" if query else path
