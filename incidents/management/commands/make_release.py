"""Make a dated release of the data set: `manage.py make_release [--note TEXT]`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from archive import addresses
from archive.depot.store import UnavailableError
from incidents.models import Release
from incidents.releases import making


class Command(BaseCommand):
    help = "Make a dated release of the public data, which readers download from /about/data/releases/ for ever."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--note", default="", help="what readers should know of it, in a sentence")
        parser.add_argument("--only-first", action="store_true", help="do nothing where there is a release already")

    def handle(self, *args: Any, note: str, only_first: bool, **options: Any) -> None:
        if only_first and Release.objects.exists():
            return
        try:
            with translation.override(settings.LANGUAGE_CODE):
                made = making.make(note=note)
        except making.BusyError as error:
            raise CommandError(str(error), returncode=1) from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages), returncode=2) from error
        except (UnavailableError, OSError) as error:
            raise CommandError(f"No release was made: {error}.", returncode=1) from error
        for file in [made.archive, *made.files]:
            self.stdout.write(f"{file['sha256']}  {file['name']}  {file['size']} bytes")
        self.stdout.write(f"Release {made.name}: {addresses.whole('release', made.name)}")
