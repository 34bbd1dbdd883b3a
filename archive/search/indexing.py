"""Writes the rows that lists and search read of articles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from archive import withheld
from archive.models import Article, ArticleRow, Mention, Passage, TextVersion
from archive.recomputing import differing
from archive.search.vectors import split_vectors, vectors
from archive.text.withheld import Span
from archive.texts_in_time import current_texts

Cut = Mapping[int, Sequence[Span]]
BATCH = 500  # articles; their texts are in memory together
WRITTEN = ("place_ids", "full_vector", "pair_vector", "cited_vector", "updated_at")


def index_articles(article_ids: Iterable[int]) -> int:
    """Make the rows of these articles anew from what they are now; return how many. Constant queries a batch.

    Hidden articles have a row too: `ArticleRow.objects.published()` is what readers may see. Withheld words are in no
    row: nobody finds a report by them, editors neither.
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
    articles = list(Article.objects.filter(pk__in=ids).locked())
    texts = _current_texts(ids)
    cut = _cut(articles, texts)
    places = _places([text_id for text_id, _text in texts.values()], cut)
    names, cited = _names([text_id for text_id, _text in texts.values()], cut), _cited(ids)
    none = (0, "")
    written = split_vectors(
        [
            {
                "A": _without(article.title, article),
                "C": names[texts.get(article.pk, none)[0]],
                "D": _without(texts.get(article.pk, none)[1], article),
            }
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
    list(Article.objects.filter(pk__in=ids).locked().values_list("pk"))
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
    columns = ("text_version__article", "text_version__article__withheld", "exact", "text_version", "start", "end")
    rows = list(ordered.values_list(*columns))
    texts = _texts_of({text_id for _article, words, _exact, text_id, _start, _end in rows if words})
    for article_id, words, exact, text_id, start, end in rows:
        if words:
            text = texts[text_id]
            spans = withheld.spans_of(text, words)
            exact = withheld.without_signs(withheld.quoted(text, spans, start, end)[2])  # noqa: PLW2901
        found[article_id] += f"{exact}\n"
    return found


def _texts_of(pks: Collection[int]) -> dict[int, str]:
    return dict(TextVersion.objects.filter(pk__in=pks).order_by().values_list("pk", "text")) if pks else {}


def _without(text: str, article: Article) -> str:
    """A text of an article for the index."""
    words = withheld.words_of(article)
    return withheld.without_signs(withheld.masked(text, words)) if words else text


def _cut(articles: Iterable[Article], texts: Mapping[int, tuple[int, str]]) -> Cut:
    """Text → where words of it are withheld; texts without such words are left out."""
    kept = [(*texts[article.pk], article.withheld) for article in articles if article.withheld and article.pk in texts]
    return {text_id: withheld.spans_of(text, words) for text_id, text, words in kept}


def _is_cut(cut: Cut, text_id: int, start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in cut.get(text_id, ()))


def _names(text_ids: Sequence[int], cut: Cut) -> defaultdict[int, str]:
    """Text → the names of places in it, each once by the alphabet: where they stand in it is not told."""
    mentions = Mention.objects.filter(text_version__in=text_ids).exclude(text_version__in=cut)
    found: defaultdict[int, str] = defaultdict(str)
    for text_id, exact in mentions.order_by("text_version", "exact").values_list("text_version", "exact").distinct():
        found[text_id] += f"{exact}\n"
    for text_id, start, end, exact in _mentions_beside(cut, "exact"):
        if not _is_cut(cut, text_id, start, end) and f"{exact}\n" not in found[text_id]:
            found[text_id] += f"{exact}\n"
    return found


def _mentions_beside(cut: Cut, *columns: str, **conditions: Any) -> Iterable[tuple[Any, ...]]:
    """What texts mention in which words are withheld: text, start, end, and these columns."""
    if not cut:
        return []
    mentions = Mention.objects.filter(text_version__in=cut, **conditions).order_by("text_version", "exact", "start")
    return mentions.values_list("text_version", "start", "end", *columns)


def _current_texts(ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Article → id and words of its current text."""
    return {article: (pk, text) for pk, article, text in current_texts(ids).values_list("pk", "article", "text")}


def _places(text_ids: Sequence[int], cut: Cut) -> defaultdict[int, set[Any]]:
    """Text → the places it mentions, the likeliest of each mention, with everything above them."""
    mentions = Mention.objects.filter(text_version__in=text_ids, is_best=True).exclude(text_version__in=cut)
    found: defaultdict[int, set[Any]] = defaultdict(set)
    for text_id, start, end, place_id, ancestors in _mentions_beside(cut, "place", "place__ancestors", is_best=True):
        if not _is_cut(cut, text_id, start, end):
            found[text_id].update([place_id, *ancestors])
    for text_id, place_id, ancestors in mentions.values_list("text_version", "place", "place__ancestors").distinct():
        found[text_id].update([place_id, *ancestors])
    return found
