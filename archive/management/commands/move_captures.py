"""`move_captures --to storage|database`: where the bytes of captures lie, changed one by one and told in the log."""

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Sum
from tqdm import tqdm

from archive.capture_bytes import AwayError, UnavailableError
from archive.depot import moving
from archive.postgresql.base import as_owner
from archive.terms import Kept, values

INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Move the bytes of captures to the storage (those larger than CAPTURES_INSIDE_BYTES) or to the database (the "
        "others). Each is copied, read back, compared with its SHA-256 and told in the log of custody before the "
        "database changes. Needs DATABASE_OWNER_URL. A run that was cut off is completed by the same command. "
        "Exit status: 0 all done, 1 something could not be moved."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, choices=values(Kept), help="where they belong")
        parser.add_argument("--all", action="store_true", help="whatever their size")
        parser.add_argument("--dry-run", action="store_true", help="say what would be moved, and move nothing")

    def handle(self, *args: Any, to: str, dry_run: bool, **options: Any) -> None:
        place = Kept(to)
        waiting = moving.waiting(place, everything=options["all"])
        found = waiting.aggregate(size=Sum("size"))
        count, size = waiting.count(), found["size"] or 0
        if dry_run or not count:
            self.stdout.write(f"{'To move' if count else 'Nothing to move'} to the {to}: {count:,} ({size:,} bytes).")
            return
        try:
            with as_owner():
                moved, failed = self._move(list(waiting.order_by("pk").values_list("pk", "size")), place)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Moved to the {to}: {moved:,} of {count:,} ({size:,} bytes in all).")
        if failed:
            raise CommandError(f"{failed:,} could not be moved and stay where they are: docs/custody.md.")

    def _move(self, waiting: list[tuple[str, int]], to: Kept) -> tuple[int, int]:
        moved = failed = 0
        is_shown = sys.stderr.isatty()
        total = sum(size for _, size in waiting)
        with tqdm(total=total, unit="B", unit_scale=True, disable=not is_shown, leave=False) as bar:
            try:
                for digest, size in waiting:
                    try:
                        moved += moving.move(digest, to=to)
                    except AwayError as error:
                        raise CommandError(f"Stopped after {moved:,}: {error}. The same command goes on.") from error
                    except UnavailableError as error:
                        failed += 1
                        with bar.external_write_mode():
                            self.stdout.write(f"{digest}: {error}")
                    bar.update(size)
            except KeyboardInterrupt:
                self.stdout.write(f"Stopped after {moved:,}. The same command goes on.")
                raise SystemExit(INTERRUPTED) from None
        return moved, failed
