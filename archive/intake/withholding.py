"""Words that readers may not see: withheld at once from every page, file and index, and shown again by a reviewer."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from archive import custody, locking, search
from archive.intake.corrections import article_corrected
from archive.models import Article, ArticleRow, ReleasedWords, TextVersion, User, WithheldWords
from archive.terms import CustodyAct, WithheldKind, values
from archive.text import normalise
from archive.text.withheld import MOST, Span, Withheld, has_enough, holds, spans

PERMISSION = "archive.add_withheldwords"
PERMISSION_TO_RELEASE = "archive.add_releasedwords"
CONTEXT = 60  # code points around an occurrence


class WithholdingError(Exception):
    """Words that cannot be withheld or shown again; the message is for the editor."""


class Occurrence(NamedTuple):
    """Where words stand in a report: ``place`` says which text of it or what else, with what stands around them."""

    place: str
    before: str
    words: str
    after: str


def withhold(
    articles: Collection[Article], *, words: str, kind: str, reason: str, by: User | None
) -> list[WithheldWords]:
    """Keep words of these reports from readers, wherever they stand in them; return the rows, one a report.

    What has them withheld already stays as it is. Raises `WithholdingError`, and `PermissionDenied` for a user without
    the right to withhold.
    """
    words, reason = normalise(words).strip(), reason.replace("\0", "").strip()
    refuse_wrong(words, kind, reason)
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied
    with locking.acting(by):
        held = locked(article.pk for article in articles)
        fresh = [article for article in held if [words, kind] not in article.withheld]
        rows = [
            WithheldWords.objects.create(article=article, words=words, kind=kind, reason=reason, created_by=by)
            for article in fresh
        ]
        follow(fresh, by=by)
        custody.append(
            [custody.event(CustodyAct.WORDS_WITHHELD, by=by, article=article, kind=kind) for article in fresh]
        )
    return rows


def release(withheld: WithheldWords, *, reason: str, by: User | None) -> ReleasedWords:
    """Show withheld words again. Raises `WithholdingError`, `PermissionDenied` without a reviewer's right."""
    if by is not None and not by.has_perm(PERMISSION_TO_RELEASE):
        raise PermissionDenied
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise WithholdingError(gettext("Say why readers may see the words again."))
    with locking.acting(by):
        articles = locked([withheld.article_id])
        if ReleasedWords.objects.filter(withheld=withheld).exists():
            raise WithholdingError(gettext("These words are shown again already."))
        row = ReleasedWords.objects.create(withheld=withheld, reason=reason, created_by=by)
        follow(articles, by=by)
        custody.append(
            [custody.event(CustodyAct.WORDS_RELEASED, by=by, article=one, kind=withheld.kind) for one in articles]
        )
    return row


def refuse_wrong(words: str, kind: str, reason: str) -> None:
    """Raise `WithholdingError` that says what is wrong."""
    if not has_enough(words):
        raise WithholdingError(gettext("Give the words to withhold: at least two letters or digits."))
    if len(words) > MOST:
        told = gettext("At most %(number)s characters at once: withhold names and numbers, not paragraphs.")
        raise WithholdingError(told % {"number": MOST})
    if kind not in values(WithheldKind):
        raise WithholdingError(gettext("Choose what readers are told of the words."))
    if not reason:
        raise WithholdingError(gettext("Say why the words are withheld: for editors, readers are not told."))


def locked(keys: Iterable[int]) -> list[Article]:
    """Return these reports, locked until the transaction ends, so that two who withhold wait for each other."""
    return list(Article.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk"))


def follow(articles: Iterable[Article], *, by: User | None) -> None:
    """Let search, lists and records follow what is withheld of these reports now."""
    for article in articles:
        article.refresh_from_db()
        search.index_articles([article.pk])
        article_corrected.send(Article, article=article, fields=frozenset({"withheld"}), by=by)


def occurrences(article: Article, words: str) -> list[Occurrence]:
    """Return where words stand in all texts of a report and in what is said of it."""
    sought = [Withheld(normalise(words).strip(), WithheldKind.PRIVATE)]
    found = [
        around(f"text {text.number}", text.text, span)
        for text in TextVersion.objects.filter(article=article).order_by("-number")
        for span in spans(text.text, sought)
    ]
    named = {"title": article.title, "authors": article.authors}
    found += [around(place, said, span) for place, said in named.items() for span in spans(said, sought)]
    addresses = dict.fromkeys([article.url, *article.captures.values_list("original_url", flat=True)])
    return found + [Occurrence("address", "", url, "") for url in addresses if holds(url, sought)]


def around(place: str, text: str, span: Span) -> Occurrence:
    start, end = max(0, span.start - CONTEXT), span.end + CONTEXT
    return Occurrence(place, text[start : span.start], text[span.start : span.end], text[span.end : end])


def others_with(article: Article, words: str, *, most: int = 20) -> list[Article]:
    """Return other reports in which search finds the words, at most so many: copies of the same report among them."""
    query = search.parse(f'"{" ".join(words.replace(chr(34), " ").split())}"')
    if query.is_empty:
        return []
    rows = query.filter(ArticleRow.objects.exclude(pk=article.pk), "full_vector").values_list("pk", flat=True)[:most]
    return list(Article.objects.filter(pk__in=list(rows)).select_related("source"))
