"""Writes the rows that lists and search read of articles. Search lies below the models: it asks Django for them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction

from archive.search.vectors import vectors

BATCH = 500  # articles; their texts are in memory together
UNDATED = date(1, 1, 1)
WRITTEN = ("is_public", "published_on", "sort_on", "source_id", "language", "place_ids", "vector", "updated_at")


def index_articles(article_ids: Iterable[int]) -> int:
    """Make the rows of these articles anew from what they are now; return how many. Constant queries a batch.

    Hidden articles have a row too: `ArticleRow.objects.published()` is the readers' door.
    """
    ids = sorted(set(article_ids))
    for start in range(0, len(ids), BATCH):
        _index(ids[start : start + BATCH])
    return len(ids)


@transaction.atomic
def _index(ids: Sequence[int]) -> None:
    row_model = apps.get_model("archive", "ArticleRow")
    articles = list(apps.get_model("archive", "Article").objects.filter(pk__in=ids).order_by("pk"))
    texts = _newest_texts(ids)
    places = _places([text_id for text_id, _text in texts.values()])
    written = vectors([{"A": article.title, "D": texts.get(article.pk, (0, ""))[1]} for article in articles])
    row_model.objects.bulk_create(
        [
            row_model(
                article_id=article.pk,
                is_public=article.is_public,
                published_on=article.published_on,
                sort_on=article.published_on or UNDATED,
                source_id=article.source_id,
                language=article.language,
                place_ids=sorted(places[texts[article.pk][0]]) if article.pk in texts else [],
                vector=vector,
            )
            for article, vector in zip(articles, written, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=WRITTEN,
    )


def _newest_texts(ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Article → id and words of its newest text."""
    texts = apps.get_model("archive", "TextVersion").objects.filter(article__in=ids)
    newest = texts.order_by("article", "-number").distinct("article")
    return {article: (pk, text) for pk, article, text in newest.values_list("pk", "article", "text")}


def _places(text_ids: Sequence[int]) -> defaultdict[int, set[Any]]:
    """Text → the places it mentions, the likeliest of each mention, with everything above them."""
    mentions = apps.get_model("archive", "Mention").objects.filter(text_version__in=text_ids, is_best=True)
    found: defaultdict[int, set[Any]] = defaultdict(set)
    for text_id, place_id, ancestors in mentions.values_list("text_version", "place", "place__ancestors").distinct():
        found[text_id].update([place_id, *ancestors])
    return found
