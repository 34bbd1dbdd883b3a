"""Make what lists, search and exports read of articles and incidents again, or say what would change."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive import intake, search
from archive.models import Article
from incidents import curation
from incidents.models import Incident


class Command(BaseCommand):
    help = (
        "Makes what lists and search read again: of all articles from their texts, of all published incidents from "
        "their editions. After an upgrade, a change of the vocabularies, or one by hand in the database. With --check "
        "it changes nothing, names every row that differs from what would be made, and exits with 1 if there is one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; say what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.order_by("pk").values_list("pk", flat=True)
        incidents = Incident.objects.order_by("pk").values_list("pk", flat=True)
        if options["check"]:
            self.check_rows(articles, incidents)
            return
        self.stdout.write(f"{search.index_articles(articles)} articles")
        self.stdout.write(f"{curation.refresh_rows(incidents)} incidents")
        for incident in curation.incidents_lacking(incidents):
            curation.cite(incident)
            self.stdout.write(f"{incident.code}: citations made again")

    def check_rows(self, articles: Any, incidents: Any) -> None:
        count = 0
        for line in differences(articles, incidents):
            count += 1
            self.stdout.write(line)
        if count:
            raise CommandError(f"{count} rows are not what would be made: see who wrote them, then run refresh_rows.")
        self.stdout.write("All rows are as they would be made.")


def differences(articles: Any, incidents: Any) -> Iterator[str]:
    names = dict(Article.objects.values_list("pk", "public_id"))
    for pk in search.articles_that_differ(articles):
        yield f"article {names[pk]}: row of lists"
    for public_id in intake.articles_with_another_key():
        yield f"article {public_id}: known by another address than its own"
    for code, what in curation.rows_that_differ(incidents):
        yield f"incident {code}: {', '.join(what)}"
