"""Make public the articles whose embargo has ended."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.intake.embargoes import lift_ended


class Command(BaseCommand):
    help = (
        "Makes public the articles whose embargo ends today (UTC) or ended before, and names them. A running worker "
        "(db_worker) does the same at the beginning of each such day; without one, run this once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for article in lift_ended():
            self.stdout.write(f"public: {article.public_id}")
