"""`restore FILE`: the archive from a backup, into an empty database; everything is compared."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from archive.backing_up.errors import InterruptedRestoreError, RestoreError
from archive.backing_up.interrupting import interruptible
from archive.backing_up.restoring import restore

INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database. The whole file is read and compared with its digests before "
        "anything is touched; then every table, the captures beside the database and the log of custody are compared "
        "with what the backup says of them, and `verify --all` is run. Needs DATABASE_OWNER_URL and pg_restore. Exit "
        "status: 0 all is as it was, 1 something differs or stopped half-way, 2 nothing was restored."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--identity", metavar="KEYFILE", type=Path, help="the key of age that can read the file")
        parser.add_argument(
            "--into-captures", action="store_true", help="the storage of captures has some already: add those that lack"
        )

    def handle(self, *args: Any, file: Path, identity: Path | None, into_captures: bool, **options: Any) -> None:
        try:
            with interruptible():
                differing = restore(file, identity=identity, into_captures=into_captures, tell=self.stdout.write)
                differing += self._verify()
        except InterruptedRestoreError as error:
            raise CommandError(str(error)) from error
        except (RestoreError, ImproperlyConfigured, OperationalError) as error:
            raise CommandError(f"{error}\nNothing was restored.", returncode=2) from error
        except KeyboardInterrupt:
            self.stderr.write("Stopped. The same command says whether the database has to be emptied first.")
            raise SystemExit(INTERRUPTED) from None
        for what in differing:
            self.stdout.write(f"differs: {what}")
        if differing:
            raise CommandError(f"Restored, but {len(differing):,} things differ from what was backed up.")
        self.stdout.write("Restored. Everything is as it was backed up.")

    def _verify(self) -> list[str]:
        try:
            call_command("verify", all=True, stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            return [f"verify: {error}"]
        return []
