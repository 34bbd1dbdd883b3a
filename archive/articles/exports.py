"""Articles as files: what is known of each, without its text."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from archive import addresses, withheld
from archive.articles.fields import ARTICLE
from archive.exports import streamed
from archive.fields import names
from archive.models import Article, ArticleRow, Citation, Place
from archive.text.withheld import Withheld

CSV_COLUMNS = names(ARTICLE)
READ = {
    "id": "article__public_id",
    "title": "article__title",
    "url": "article__url",
    "source": "article__source__slug",
    "source_name_en": "article__source__name_en",
    "source_name_ar": "article__source__name_ar",
    "published": "published_on",
    "language": "language",
    "authors": "article__authors",
    "places": "place_ids",
    "incidents": "incidents",
}
WITHHELD = "article__withheld"


def records(rows: QuerySet) -> Iterator[dict[str, Any]]:
    """The records of these rows of ArticleRow, in their order, with the names of `CSV_COLUMNS`.

    `places` are the P-codes of the places mentioned and of the units above them, `incidents` the codes of the published
    records that cite the article.
    """
    citing = Citation.objects.filter(passage__text_version__article=OuterRef("article_id"), is_current=True).order_by(
        "record"
    )
    cited = ArticleRow.objects.annotate(incidents=ArraySubquery(citing.values("record").distinct()))
    pcodes = dict(Place.objects.values_list("pk", "pcode"))
    for values in streamed(rows, cited.values_list("pk", *READ.values(), WITHHELD)):
        *said, words = values
        record = without(dict(zip(READ, said, strict=True)), words)
        record["permalink"] = settings.SITE_URL + addresses.template("article").format(record["id"])
        record["places"] = sorted(pcodes[place] for place in record["places"] if place in pcodes)
        yield {column: None if record[column] == "" else record[column] for column in CSV_COLUMNS}


def without(record: dict[str, Any], words: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return the record of an article without the words that are withheld of it (as `Article.withheld` has them)."""
    if not words:
        return record
    kept = [Withheld(text, kind) for text, kind in words]
    told = {key: withheld.masked(record[key], kept) for key in ("title", "authors")}
    return {**record, **told, "url": withheld.address(record["url"], kept)}


def records_of(rows: Sequence[ArticleRow]) -> Iterator[dict[str, Any]]:
    """The records of one page of rows, in their order: four queries."""
    ids = [row.pk for row in rows]
    by_id = {record["id"]: record for record in records(ArticleRow.objects.published().filter(pk__in=ids))}
    order = dict(Article.objects.filter(pk__in=ids).values_list("pk", "public_id"))
    return (by_id[order[pk]] for pk in ids if order.get(pk) in by_id)
