"""Loads places and their names."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.gazetteer.gazetteer_file import GazetteerError
from archive.gazetteer.storing import Loaded, load


class Command(BaseCommand):
    help = "Load places and their names from gazetteer files; without arguments those of the project. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="see fixtures/gazetteer/README.md")
        parser.add_argument("--again", action="store_true", help="read files that have not changed, too")

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] or sorted((settings.BASE_DIR / "fixtures" / "gazetteer").glob("*.jsonl.gz"))
        if missing := [file for file in files if not file.is_file()]:
            raise CommandError(f"There is no file {missing[0]}.", returncode=2)
        refused = 0
        for file in files:
            try:
                self.report(load(file, again=options["again"]))
            except GazetteerError as error:
                refused += 1
                self.stderr.write(self.style.ERROR(f"Refused: {error}"))
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were refused; nothing of them was loaded.")

    def report(self, loaded: Loaded) -> None:
        if not (loaded.places_written or loaded.names_written or loaded.names_deleted):
            done = "nothing to change"
        else:
            done = f"{loaded.places_written:,} places and {loaded.names_written:,} names written"
            done += f", {loaded.names_deleted:,} names taken out" if loaded.names_deleted else ""
        self.stdout.write(f"{loaded.name}: {loaded.places:,} places, {loaded.names:,} names: {done}.")
