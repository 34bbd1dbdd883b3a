"""The list of articles as a feed."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive import exports
from archive.articles import article_feed
from archive.articles.article_listing import ArticleListing, read_articles
from archive.views.lists import cached
from archive.web import addresses
from archive.web.atom import SIZE, atom


@require_safe
@cached
def articles_atom(request: HttpRequest) -> HttpResponseBase:
    """The 50 articles of the set that were published last."""
    filters = read_articles(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = ArticleListing(read_articles(article_feed.in_order(request.GET, "newest")), size=SIZE)
    made = atom(
        title=listing.sentence,
        path=article_feed.address(addresses.path("articles_atom"), listing),
        list_path=article_feed.address(addresses.path("articles"), listing),
        entries=article_feed.article_entries(listing.page.rows),
    )
    return exports.with_readings(made, filters)
