"""Write the public data as a data package: `manage.py export_dataset DIR`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from incidents.formats.package import FolderInUseError, export


class Command(BaseCommand):
    help = "Write the public data into DIR (absent or empty) as a Frictionless Data Package."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with translation.override(settings.LANGUAGE_CODE):
                counts = export(folder)
        except (FolderInUseError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        for name, count in counts.items():
            self.stdout.write(f"{name}.csv: {count} rows")
