"""What readers may see of documents: every list of the public side starts from these."""

from typing import Self

from django.db import models

from archive.openness import open_articles, open_rows
from archive.terms import ErrorState


class ArticleQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Articles that readers may see today; withheld ones are not, nor embargoed ones until their day."""
        return self.filter(open_articles())

    def locked(self) -> Self:
        """Articles in the order of their keys, locked until the transaction ends and read as they are then.

        Whoever writes for readers what rests on articles takes this before reading what is withheld of them: who
        withholds words waits then, and sees what was written; or this waits, and sees what is withheld.
        """
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")


class ArticleRowQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Rows of articles that readers may see today."""
        return self.filter(open_rows())


class PassageQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Passages that a published record cites or has cited, of articles that readers may see."""
        return self.filter(open_articles("text_version__article__"), citations__isnull=False).distinct()


class ReportedErrorQuerySet(models.QuerySet):
    def answered(self) -> Self:
        """Reported errors that have a public answer, the last answered first. Whether readers may see what they speak
        of is asked of that: `archive.reported_errors.shown_answers`.
        """
        public = (ErrorState.ACCEPTED, ErrorState.DECLINED)
        return self.filter(state__in=public).order_by("-answered_at", "-pk")

    def waiting(self) -> Self:
        """Those that nobody has answered, the oldest first."""
        return self.filter(state=ErrorState.OPEN).order_by("pk")
