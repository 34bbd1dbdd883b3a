"""Dividing the reading: who is to read what, by which words it is sorted, and what was read in vain."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from archive.locking import acting
from archive.models import Article, ArticleAssignment, ArticleReading, ArticleTag, Passage, TextVersion, User
from archive.terms import Reading
from archive.texts_in_time import current_text

LONGEST_TAG = 60


class WorkError(Exception):
    """Something that cannot be taken; the message is for the editor."""


def assign_articles(articles: Collection[int], *, to: User | None, by: User) -> None:
    """Give articles (their keys) to somebody, or to nobody; whoever had them has them no more."""
    rows = Article.objects.select_for_update(of=("self",)).filter(pk__in=articles).order_by("pk")
    with acting(by):
        found = [article.pk for article in rows.only("pk")]
        ArticleAssignment.objects.filter(article__in=found).delete()
        if to is not None:
            ArticleAssignment.objects.bulk_create([ArticleAssignment(article_id=pk, user=to, by=by) for pk in found])


def tag_articles(articles: Collection[int], *, name: str, by: User) -> None:
    """Sort articles by a word; those that have it keep it. Raises `WorkError`."""
    tag = cleaned_tag(name)
    rows = [ArticleTag(article_id=pk, name=tag, by=by) for pk in articles]
    with acting(by):
        ArticleTag.objects.bulk_create(rows, ignore_conflicts=True)


def untag_articles(articles: Collection[int], *, name: str, by: User) -> None:
    with acting(by):
        ArticleTag.objects.filter(article__in=articles, name=cleaned_tag(name)).delete()


def cleaned_tag(name: str) -> str:
    """In small letters, with single spaces; raises `WorkError` for one that is empty, too long or no plain line."""
    tag = " ".join(name.split()).casefold()
    if not tag or len(tag) > LONGEST_TAG or not tag.isprintable():
        raise WorkError(gettext("A tag is one line of up to %(number)s characters.") % {"number": LONGEST_TAG})
    return tag


@transaction.atomic
def read_in_vain(article: Article, *, by: User, reason: str, seen: str) -> ArticleReading:
    """Say that an article says nothing that belongs here. ``seen`` is the sha256 of the text that was read.

    Raises `WorkError`: no reason, passages are marked in it, or it has a newer text by now.
    """
    text = newest_text(article)
    if not reason.strip():
        raise WorkError(gettext("Write why nothing of it belongs here."))
    if text.sha256 != seen:
        raise WorkError(gettext("The article has another text by now: read that one."))
    if Passage.objects.filter(text_version__article=article).exists():
        raise WorkError(gettext("Passages are marked in it: something is here."))
    return ArticleReading.objects.create(
        article=article, text_version=text, verdict=Reading.NOTHING, reason=reason.strip(), by=by
    )


@transaction.atomic
def read_after_all(article: Article, *, by: User) -> ArticleReading:
    """Take back that nothing is here: the article is unread again."""
    if not is_read_in_vain(article):
        raise WorkError(gettext("Nobody says that nothing is here."))
    return ArticleReading.objects.create(
        article=article, text_version=newest_text(article), verdict=Reading.AFTER_ALL, by=by
    )


def newest_text(article: Article) -> TextVersion:
    """The text that is current, with the article locked: verdicts on one article take turns."""
    Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    text = current_text(article)
    if text is None:
        raise WorkError(gettext("The article has no text."))
    return text


def last_reading(article: Article) -> ArticleReading | None:
    """The last verdict, whatever it is, with who gave it."""
    return article.readings.select_related("by").last()


def is_read_in_vain(article: Article) -> bool:
    return Article.objects.filter(pk=article.pk).filter(Exists(in_vain())).exists()


def in_vain() -> QuerySet[ArticleReading]:
    """Of the article of an outer query: that nothing is in it, if that is the last word on its newest text."""
    of_article = ArticleReading.objects.filter(article=OuterRef("article")).order_by("-pk")
    newer = TextVersion.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("text_version"))
    said = ArticleReading.objects.filter(article=OuterRef("pk"), verdict=Reading.NOTHING)
    return said.filter(pk=Subquery(of_article.values("pk")[:1])).filter(~Exists(newer))


def unread() -> QuerySet[Article]:
    """Articles in which nobody has marked a passage nor said that nothing is there."""
    marked = Passage.objects.filter(text_version__article=OuterRef("pk"))
    return Article.objects.filter(~Exists(marked), ~Exists(in_vain()))


def in_reading_order(articles: QuerySet[Article], limit: int) -> list[Article]:
    """The first of them: the newest before the older, those without a date last. An index gives both."""
    found = list(articles.filter(published_on__isnull=False).order_by("-published_on", "-pk")[:limit])
    if len(found) < limit:
        found += articles.filter(published_on=None).order_by("-pk")[: limit - len(found)]
    return found


def next_unread(user: User, *, after: Article | None = None) -> Article | None:
    """What to read next: what is assigned to the user, then what is nobody's; never what is somebody else's."""
    rest = unread().exclude(pk=after.pk) if after else unread()
    for articles in (rest.filter(assignment__user=user), rest.filter(assignment=None)):
        if found := in_reading_order(articles, 1):
            return found[0]
    return None


def tags_in_use(limit: int = 200) -> Iterable[str]:
    return ArticleTag.objects.order_by("name").values_list("name", flat=True).distinct()[:limit]
