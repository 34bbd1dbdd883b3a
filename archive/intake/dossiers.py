"""What the database knows of the articles that a batch of records may be about, looked up in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from archive.intake.identity import Key
from archive.models import Article, ArticleKey, Capture, TextVersion
from archive.terms import KeyScheme, values


@dataclass(slots=True, eq=False)
class Dossier:
    """An article with its captures by the sha256 of their bytes and its texts by the sha256 of theirs."""

    article: Article
    url_key: str = ""
    captures: dict[str, Capture] = field(default_factory=dict)
    texts: dict[str, TextVersion] = field(default_factory=dict)
    filled_in: set[str] = field(default_factory=set)


class Known(NamedTuple):
    """Dossiers by the keys of their articles, and by the sha256 of their texts, oldest article first."""

    by_key: dict[Key, Dossier]
    by_text: dict[str, list[Dossier]]


def look_up(keys: Collection[Key], text_digests: Collection[str]) -> Known:
    """Return the dossiers of all articles that have one of the keys or one of the texts."""
    ids = set(_ids_by_key(keys).values())
    ids.update(TextVersion.objects.filter(sha256__in=text_digests).order_by().values_list("article_id", flat=True))
    dossiers = _dossiers(ids)
    known = Known({}, defaultdict(list))
    for key in ArticleKey.objects.filter(article__in=ids):
        dossier = dossiers[key.article_id]
        known.by_key[key.scheme, key.value] = dossier
        if key.scheme == KeyScheme.URL:
            dossier.url_key = key.value
    for _, dossier in sorted(dossiers.items()):
        for digest in dossier.texts:
            known.by_text[digest].append(dossier)
    return known


def _ids_by_key(keys: Collection[Key]) -> dict[Key, int]:
    if not keys:
        return {}
    condition = Q()
    for scheme in values(KeyScheme):
        condition |= Q(scheme=scheme, value__in=[value for of, value in keys if of == scheme])
    rows = ArticleKey.objects.filter(condition).values_list("scheme", "value", "article_id")
    return {(scheme, value): article for scheme, value, article in rows}


def _dossiers(ids: Iterable[int]) -> dict[int, Dossier]:
    articles = Article.objects.filter(pk__in=ids).select_related("source").order_by()
    dossiers = {article.pk: Dossier(article) for article in articles}
    if dossiers:
        captures = {capture.pk: capture for capture in Capture.objects.filter(article__in=dossiers)}
        for capture in captures.values():
            dossiers[capture.article_id].captures[capture.bytes_id] = capture
        for text in TextVersion.objects.filter(article__in=dossiers).order_by().defer("text"):
            text.capture = captures[text.capture_id]
            dossiers[text.article_id].texts[text.sha256] = text
    return dossiers
