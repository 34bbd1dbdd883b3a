"""Write evidence to a file and tell of it in the log of custody: `manage.py export_evidence WHAT FILE`."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import withheld
from archive.capture_bytes import UnavailableError
from archive.models import Article, Capture
from archive.packages import article_package
from archive.packages.bag import Bag
from archive.packages.exporting import ExportError, export_copy, export_package
from incidents.formats import evidence_package
from incidents.models import PublishedIncident
from incidents.terms import State

DIGEST = re.compile(r"[0-9a-f]{64}")


class Command(BaseCommand):
    help = (
        "Write evidence to FILE, which must not be there yet, and let the log of custody tell of each copy and text "
        "that leaves so. WHAT is the code of an incident or the id of an article (their evidence package, as readers "
        "get it), or the SHA-256 of a copy (its bytes, whatever readers may have of them)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="WHAT")
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, what: str, file: Path, **options: Any) -> None:
        try:
            self.stdout.write(self._export(what.strip().lower(), file.absolute()))
        except UnavailableError as error:
            raise CommandError(f"Nothing was given out: {error}.") from error
        except ExportError as error:
            raise CommandError(str(error), returncode=2) from error

    def _export(self, what: str, file: Path) -> str:
        if DIGEST.fullmatch(what):
            if not Capture.objects.filter(bytes=what).exists():
                raise ExportError(f"There is no copy {what}.")
            return f"{file}: {export_copy(what, file, by=None):,} bytes, SHA-256 {what}"
        if row := PublishedIncident.objects.select_related("edition").filter(code=what).first():
            if row.state != State.PUBLISHED:
                raise ExportError(f"{what} is {row.state}: readers get no package of it.")
            edition = row.edition
            name = f"{row.code}-v{edition.number}"
            sha256 = export_package(name, lambda bag: evidence_package.fill(bag, edition), file, by=None)
            return f"{file}: the package of incident {row.code}, version {edition.number}, SHA-256 {sha256}"
        if not self._article(what):
            raise ExportError(f"{what} is no code of a published incident, no id of a public article, and no SHA-256.")

        def fill(bag: Bag) -> None:  # reads the article once more, within the state that all else is read in
            article = self._article(what)
            if article is None:
                raise ExportError(f"Article {what} is not public any more.")
            article_package.fill(bag, article)

        return (
            f"{file}: the package of article {what}, SHA-256 {export_package(f'article-{what}', fill, file, by=None)}"
        )

    def _article(self, public_id: str) -> Article | None:
        found = Article.objects.published().select_related("source").filter(public_id=public_id).first()
        return withheld.shown_article(found) if found else None
