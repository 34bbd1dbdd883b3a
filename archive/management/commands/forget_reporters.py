"""Delete the e-mail addresses of readers that are no longer needed."""

from typing import Any

from django.core.management.base import BaseCommand

from archive import reported_errors


class Command(BaseCommand):
    help = (
        "Deletes the addresses that readers left with their reports of errors, 30 days after the answer "
        "or a year after "
        "the report, and says how many. A running worker (db_worker) does the same in time; without one, "
        "run this once a "
        "day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"deleted: {reported_errors.forget_old()}")
