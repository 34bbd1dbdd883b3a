"""Writes the rows that lists and search read of articles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from archive.models import Article, ArticleRow, Mention, Passage
from archive.recomputing import differing
from archive.search.vectors import split_vectors, vectors
from archive.texts_in_time import current_texts

BATCH = 500  # articles; their texts are in memory together
WRITTEN = ("place_ids", "full_vector", "pair_vector", "cited_vector", "updated_at")


def index_articles(article_ids: Iterable[int]) -> int:
    """Make the rows of these articles anew from what they are now; return how many. Constant queries a batch.

    Hidden articles have a row too: `ArticleRow.objects.published()` is what readers may see.
    """
    ids = sorted(set(article_ids))
    for start in range(0, len(ids), BATCH):
        _index(ids[start : start + BATCH])
    return len(ids)


def articles_that_differ(article_ids: Iterable[int]) -> Iterator[int]:
    """Yield the articles whose rows would be otherwise if they were made anew; nothing is changed."""
    ids = sorted(set(article_ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        yield from differing(ArticleRow, batch, partial(_index, batch), leaving_out=["updated_at"])


@transaction.atomic
def _index(ids: Sequence[int]) -> None:
    articles = list(Article.objects.filter(pk__in=ids).order_by("pk"))
    texts = _current_texts(ids)
    places = _places([text_id for text_id, _text in texts.values()])
    names, cited = _names([text_id for text_id, _text in texts.values()]), _cited(ids)
    none = (0, "")
    written = split_vectors(
        [
            {"A": article.title, "C": names[texts.get(article.pk, none)[0]], "D": texts.get(article.pk, none)[1]}
            for article in articles
        ]
        + [{"B": cited[article.pk]} for article in articles]
    )
    ArticleRow.objects.bulk_create(
        [
            ArticleRow(
                article_id=article.pk,
                place_ids=sorted(places[texts[article.pk][0]]) if article.pk in texts else [],
                full_vector=full.words,
                pair_vector=full.pairs,
                cited_vector=passages.whole,
            )
            for article, full, passages in zip(
                articles, written[: len(articles)], written[len(articles) :], strict=True
            )
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=WRITTEN,
    )


@transaction.atomic
def index_cited(article_ids: Iterable[int]) -> None:
    """Put the passages of these articles that published records cite into the index, and no others."""
    ids = sorted(set(article_ids))
    cited = _cited(ids)
    written = vectors([{"B": cited[pk]} for pk in ids])
    rows = {row.pk: row for row in ArticleRow.objects.filter(pk__in=ids).only("pk", "updated_at")}
    for pk, vector in zip(ids, written, strict=True):
        if pk in rows:
            rows[pk].cited_vector = vector
    ArticleRow.objects.bulk_update(rows.values(), ["cited_vector"], batch_size=BATCH)


def _cited(ids: Sequence[int]) -> defaultdict[int, str]:
    """Article → the words of its passages that published records cite, in their order."""
    passages = Passage.objects.filter(text_version__article__in=ids, citations__isnull=False)
    found: defaultdict[int, str] = defaultdict(str)
    ordered = passages.order_by("text_version", "start", "end").distinct()
    columns = ("text_version__article", "exact", "text_version", "start", "end")
    for article_id, exact, *_place in ordered.values_list(*columns):
        found[article_id] += f"{exact}\n"
    return found


def _names(text_ids: Sequence[int]) -> defaultdict[int, str]:
    """Text → the names of places in it, each once by the alphabet: where they stand in it is not told."""
    mentions = Mention.objects.filter(text_version__in=text_ids)
    found: defaultdict[int, str] = defaultdict(str)
    for text_id, exact in mentions.order_by("text_version", "exact").values_list("text_version", "exact").distinct():
        found[text_id] += f"{exact}\n"
    return found


def _current_texts(ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Article → id and words of its current text."""
    return {article: (pk, text) for pk, article, text in current_texts(ids).values_list("pk", "article", "text")}


def _places(text_ids: Sequence[int]) -> defaultdict[int, set[Any]]:
    """Text → the places it mentions, the likeliest of each mention, with everything above them."""
    mentions = Mention.objects.filter(text_version__in=text_ids, is_best=True)
    found: defaultdict[int, set[Any]] = defaultdict(set)
    for text_id, place_id, ancestors in mentions.values_list("text_version", "place", "place__ancestors").distinct():
        found[text_id].update([place_id, *ancestors])
    return found
