"""What readers may see of documents: every list of the public side starts from these."""

from typing import Self

from django.db import models


class ArticleQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Articles that readers may see; embargoed and withheld ones are not."""
        return self.filter(visibility="public")


class ArticleRowQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Rows of articles that readers may see."""
        return self.filter(is_public=True)


class PassageQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Passages that a published record cites or has cited, of articles that readers may see."""
        return self.filter(citations__isnull=False, text_version__article__visibility="public").distinct()
