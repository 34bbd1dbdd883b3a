"""The list of articles as its page shows it."""

from functools import cached_property

from django.http import QueryDict

from archive.article_rows import ListedArticle, listed
from archive.filters import ArticleFilters
from archive.listing import Listing
from archive.models import ArticleRow
from archive.saying import article_sentence


class ArticleListing(Listing):
    """`rows` are the articles of the page in the order of the list."""

    @cached_property
    def rows(self) -> list[ListedArticle]:
        return listed(self.page.rows, self.filters.query)

    @cached_property
    def sentence(self) -> str:
        return article_sentence(self.filters) if self.is_readable else ""


def read_articles(params: QueryDict) -> ArticleFilters:
    """The parameters of an address, over everything that readers may list."""
    return ArticleFilters(params, ArticleRow.objects.all())
