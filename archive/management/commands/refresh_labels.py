"""`refresh_labels`: count how reports spell places, and show those names. Imports do it at their end."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.gazetteer.reported_spellings import refresh_reported


class Command(BaseCommand):
    help = "Count how the reports spell places. The commonest spelling is shown where editors chose no other."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{refresh_reported():,} places are named otherwise than before.")
