"""`stray_captures [--remove]`: files of the storage of captures that no row of the database refers to."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from archive.capture_bytes import AwayError
from archive.depot import strays

DAYS = 30.0
FEWEST = 1.0  # a transaction that has written a file and not yet its row is long over


class Command(BaseCommand):
    help = (
        "List the files of the storage of captures that no row of the database refers to and that are older than "
        "thirty days (--days): left by an import that was cut off, or by a move to the database. With --remove they "
        "are removed, each after the database was asked again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove them")
        parser.add_argument("--days", type=float, default=DAYS, help="how old they must be, 1 or more (30)")

    def handle(self, *args: Any, days: float, remove: bool, **options: Any) -> None:
        if not days >= FEWEST:
            raise CommandError("--days must be 1 or more: younger files may be of an import that is going on.")
        before = timezone.now() - timedelta(days=days)
        count = 0
        try:
            for path in strays.find(before=before):
                if not remove or strays.remove(path, before=before):
                    count += 1
                    self.stdout.write(path)
        except AwayError as error:
            raise CommandError(f"Stopped: {error}.") from error
        except strays.SharedStorageError as error:
            raise CommandError(
                "Nothing is removed: the bucket has no prefix (CAPTURES_S3_PREFIX), so others may keep files of such "
                "names in it. Without --remove they are listed; remove by hand those that are yours."
            ) from error
        self.stdout.write(f"{count:,} {'removed' if remove else 'strays'}.")
