"""What editors put right about an article: its metadata, never its captures and texts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.dispatch import Signal
from django.utils.translation import gettext

from archive import custody, locking, search, source_urls
from archive.models import Article, ArticleKey, User
from archive.openness import today
from archive.reading_back.addresses import read_back
from archive.terms import KeyScheme, Visibility, values

CORRECTABLE = (
    "source",
    "title",
    "url",
    "authors",
    "language",
    "published_on",
    "visibility",
    "visibility_reason",
    "public_from",
)
METADATA = CORRECTABLE[:6]
CLEANED = {"url": source_urls.mended}  # the rest loses white space at its ends
# Sent inside the transaction with ``article`` and ``fields`` (names): other apps keep what they made of it in step.
article_corrected = Signal()
EDITOR = "editor"  # the value's origin, in `Article.metadata_origin`


class CorrectionError(Exception):
    """Values that cannot be taken: ``errors`` maps the name of each field to what is wrong with it."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = errors


def correct_article(article: Article, *, by: User | None, seen: int, **changes: Any) -> Article:
    """Change metadata or visibility. What an editor says is not overwritten by a later import of the same article.

    Keeps the key of the address and the row of lists and search in step. ``seen`` is the `lock_version` that the editor
    was shown. Raises `archive.locking.StaleRowError` and `CorrectionError`.
    """
    with locking.acting(by):
        current = locking.lock_row(Article, article.pk, seen=seen)
        before = current.visibility
        refuse_wrong(current, changes)
        for field, value in changes.items():
            setattr(current, field, CLEANED.get(field, str.strip)(value) if isinstance(value, str) else value)
        current.metadata_origin = {
            **current.metadata_origin,
            **{field: EDITOR for field in changes if field in METADATA},
        }
        if "url" in changes:
            put_url_key(current)
        current.save()
        current.refresh_from_db(fields=["lock_version"])  # a trigger counts it
        search.index_articles([current.pk])
        article_corrected.send(Article, article=current, fields=frozenset(changes), by=by)
        if current.visibility != before:
            act = custody.OF_VISIBILITY[Visibility(current.visibility)]
            custody.append([custody.event(act, by=by, article=current)])
    return current


def refuse_wrong(article: Article, changes: dict[str, Any]) -> None:
    """Raise `CorrectionError` that names every field that cannot be taken."""
    errors = {field: gettext("This is not corrected here.") for field in changes if field not in CORRECTABLE}
    if "title" in changes and not changes["title"].strip():
        errors["title"] = gettext("An article needs a title: its first words, if it has no other.")
    if problem := problem_with_url(article, changes.get("url", "")):
        errors["url"] = problem
    visibility = changes.get("visibility", article.visibility)
    reason = changes.get("visibility_reason", article.visibility_reason)
    if visibility not in values(Visibility):
        errors["visibility"] = gettext("“%(value)s” is none of %(known)s.") % {
            "value": visibility,
            "known": ", ".join(values(Visibility)),
        }
    elif visibility != Visibility.PUBLIC and not reason.strip():
        errors["visibility_reason"] = gettext("Say why readers may not see it.")
    if changes.keys() & {"visibility", "public_from"}:
        errors |= wrong_day(changes.get("public_from", article.public_from), visibility)
    if errors:
        raise CorrectionError(errors)


def wrong_day(public_from: date | None, visibility: str) -> dict[str, str]:
    """Say why an embargo cannot end on a day; nothing when it can, or when no day is given."""
    if public_from is not None and visibility != Visibility.EMBARGOED:
        return {"public_from": gettext("Only an embargo ends by itself: take the day out, or embargo the article.")}
    if public_from is not None and public_from <= today():
        return {"public_from": gettext("Choose a day to come, or make it public now.")}
    return {}


def problem_with_url(article: Article, url: str) -> str:
    """Say why an address cannot be that of the article; empty when it can, or when there is none."""
    if not url.strip():
        return ""
    try:
        key = source_urls.normalise(url)
    except source_urls.UnusableUrlError as error:
        return read_back(str(error))
    other = ArticleKey.objects.filter(scheme=KeyScheme.URL, value=key).exclude(article=article).first()
    if other is None:
        return ""
    told = gettext("It is the address of another article: “%(title)s” (%(id)s).")
    return told % {"title": other.article, "id": other.article.public_id}


def articles_with_another_key() -> Iterator[str]:
    """Yield the public ids of articles that are known by another address than theirs; reads all of them as a stream."""
    keys = ArticleKey.objects.filter(scheme=KeyScheme.URL).exclude(article__url="").order_by("article")
    for public_id, url, key in keys.values_list("article__public_id", "article__url", "value").iterator():
        try:
            is_own = source_urls.normalise(url) == key
        except source_urls.UnusableUrlError:
            is_own = False
        if not is_own:
            yield public_id


def put_url_key(article: Article) -> None:
    """Let the article be known by its present address, and by no other any more."""
    keys = ArticleKey.objects.filter(article=article, scheme=KeyScheme.URL)
    if not article.url:
        keys.delete()
        return
    ArticleKey.objects.update_or_create(
        article=article, scheme=KeyScheme.URL, defaults={"value": source_urls.normalise(article.url)}
    )
