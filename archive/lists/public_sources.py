"""Sources that lists can be narrowed to."""

from django.db.models import Exists, OuterRef, QuerySet

from archive.models import ArticleRow, Source


def public_articles() -> QuerySet[ArticleRow]:
    """Articles of the source of an outer query that readers may see."""
    return ArticleRow.objects.published().filter(source_id=OuterRef("pk"))


def public_sources() -> QuerySet[Source]:
    """Sources that have an article which readers may see."""
    named = Source.objects.only("slug", "name_en", "name_ar")
    return named.filter(Exists(public_articles()))
