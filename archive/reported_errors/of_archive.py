"""Errors in what the archive itself has pages of: articles, passages, and the site as a whole."""

from collections.abc import Collection, Iterator

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from archive import withheld
from archive.models import Article, Passage
from archive.reported_errors.subjects import Subject, speak_of
from archive.terms import Spoken, TextPolicy


def articles(keys: Collection[str]) -> Iterator[Subject]:
    rows = Article.objects.published().filter(public_id__in=keys).annotate(newest=Max("texts__number"))
    for row in rows:
        shown = withheld.shown_article(row)
        yield Subject(
            Spoken.ARTICLE,
            row.public_id,
            shown.title,
            reverse("article", args=[row.public_id]),
            reverse("desk:article", args=[row.public_id]),
            newest=row.newest,
            language=row.language,
        )


def passages(keys: Collection[str]) -> Iterator[Subject]:
    rows = Passage.objects.published().filter(public_id__in=keys).select_related("text_version__article__source")
    for one in withheld.shown_passages(rows.defer("text_version__text")):
        article = withheld.shown_article(one.text_version.article)
        policy = article.source.text_policy if article.source else TextPolicy.PASSAGES
        yield Subject(
            Spoken.PASSAGE,
            one.public_id,
            article.title,
            reverse("passage", args=[one.public_id]),
            reverse("desk:article", args=[article.public_id]),
            newest=one.text_version.number,
            quote="" if policy == TextPolicy.REFERENCE else one.exact,
            language=article.language,
        )


def archive(keys: Collection[str]) -> Iterator[Subject]:
    if "" in keys:
        yield Subject(Spoken.ARCHIVE, "", _("The archive as a whole"), reverse("about"))


def register() -> None:
    speak_of(Spoken.ARTICLE, articles)
    speak_of(Spoken.PASSAGE, passages)
    speak_of(Spoken.ARCHIVE, archive)
