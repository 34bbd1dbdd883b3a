"""Load actors, kinds of facility, weapons, speakers and the editors' roles."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from incidents import vocabularies

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "vocabularies"


class Command(BaseCommand):
    help = (
        "Adds the terms of the vocabularies that are missing, and the roles of editors. Run twice, it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="default: fixtures/vocabularies")
        parser.add_argument("--update", action="store_true", help="make terms that are there what the files say")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = vocabularies.load(options["folder"], update=options["update"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        for loaded in report:
            self.stdout.write(f"{loaded.name}: {loaded.added} added, {loaded.changed} changed, {loaded.total} in all")
