"""The list of articles as its page shows it."""

from functools import cached_property

from django.http import QueryDict

from archive.articles.article_columns import STORE
from archive.articles.article_facets import article_facets
from archive.articles.article_filters import ArticleFilters
from archive.articles.listed_articles import ListedArticle, listed
from archive.lists.beside import Beside, beside_articles
from archive.lists.facets import Facet
from archive.lists.filter_words import article_sentence
from archive.lists.listing import Listing
from archive.lists.place_counts import tells_of_places
from archive.models import ArticleRow
from archive.openness import OPEN_ROWS
from archive.warming import warms


class ArticleListing(Listing):
    """`rows` are the articles of the page in the order of the list."""

    store = STORE
    needed = ("pk",)
    titles = (  # all of it is written in code
        "SELECT a.title FROM archive_articlerow r JOIN archive_article a ON a.id = r.article_id "  # noqa: S608
        f"WHERE {OPEN_ROWS} AND a.withheld = '[]' ORDER BY r.sort_on DESC LIMIT 5000"
    )
    folded = ("language", "expand")

    @cached_property
    def rows(self) -> list[ListedArticle]:
        return listed(self.page.rows, self.filters.query)

    @cached_property
    def beside(self) -> list[Beside]:
        """The incidents that the same question finds."""
        return beside_articles(self) if self.is_readable else []

    def count_facets(self) -> list[Facet]:
        return article_facets(self.selection, self.params())

    @cached_property
    def sentence(self) -> str:
        return article_sentence(self.filters) if self.is_readable else ""


def read_articles(params: QueryDict) -> ArticleFilters:
    """The parameters of an address, over everything that readers may list."""
    return ArticleFilters(params, ArticleRow.objects.all())


tells_of_places(STORE, ArticleRow.objects.published)
warms(lambda: ArticleListing(read_articles(QueryDict())).warm())
