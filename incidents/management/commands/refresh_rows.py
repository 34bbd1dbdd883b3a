"""Make what lists, search and exports read of incidents again."""

from typing import Any

from django.core.management.base import BaseCommand

from archive import search
from archive.models import Article
from incidents import curation
from incidents.models import Incident


class Command(BaseCommand):
    help = (
        "Makes what lists and search read again: of all articles from their texts, of all published incidents from "
        "their editions. After an upgrade, a change of the vocabularies, or one by hand in the database."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        articles = search.index_articles(Article.objects.values_list("pk", flat=True))
        self.stdout.write(f"{articles} articles")
        count = curation.refresh_rows(Incident.objects.order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"{count} incidents")
