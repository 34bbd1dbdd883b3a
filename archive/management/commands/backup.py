"""`backup FILE`: the archive in one file."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.backing_up.errors import BackupError
from archive.backing_up.interrupting import interruptible
from archive.backing_up.writing import Made, back_up

INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Write the database and the captures beside it to FILE, which must not be there yet and which nobody else can "
        "read. It shows one state of the database, however much is edited meanwhile, and says of itself what it holds: "
        "`restore` compares. Needs DATABASE_OWNER_URL and pg_dump. Exit status: 0 all is in it, 1 captures are lacking "
        "because they could not be read (all else is in it), 2 no backup was made."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--recipient",
            metavar="KEY",
            action="append",
            default=[],
            help="encrypt for this key: a recipient of age (age1…, ssh-…), or a key of GnuPG; may be repeated",
        )

    def handle(self, *args: Any, file: Path, recipient: list[str], **options: Any) -> None:
        try:
            with interruptible():
                made = back_up(file.absolute(), recipients=recipient, environment=dict(os.environ))
        except (BackupError, ImproperlyConfigured) as error:
            raise CommandError(f"{error} No backup was made.", returncode=2) from error
        except KeyboardInterrupt:
            self.stderr.write("Stopped. No backup was made, and nothing is left of it.")
            raise SystemExit(INTERRUPTED) from None
        self._tell(file, made, recipient)
        if made.manifest.lacking:
            for one in made.manifest.lacking:
                self.stdout.write(f"{one.path} ({one.size:,} bytes): {one.problem}")
            raise CommandError(f"{len(made.manifest.lacking):,} files are not in it: docs/custody.md says what to do.")

    def _tell(self, file: Path, made: Made, recipients: list[str]) -> None:
        row, manifest = made.row, made.manifest
        self.stdout.write(f"{file}: {row.size:,} bytes, SHA-256 {row.sha256}")
        stored = f"{manifest.stored_count:,} files beside it ({manifest.stored_size:,} bytes)"
        self.stdout.write(
            f"The database as it was at {row.began_at:%Y-%m-%d %H:%M:%S} UTC: {len(manifest.tables):,} tables, "
            f"{manifest.rows:,} rows; {stored}. The log of custody ends with line {row.custody_number:,}."
        )
        if recipients:
            self.stdout.write(f"Encrypted for {', '.join(recipients)}: without that key nobody can read it.")
        else:
            self.stdout.write("Not encrypted: who has the file can read what is withheld. --recipient encrypts it.")
