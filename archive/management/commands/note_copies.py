"""Notes near copies among reports that were there before this was done at import."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from archive import copies
from archive.intake.services import one_at_a_time

BATCH = 200  # texts, in one transaction


class Command(BaseCommand):
    help = "Note which reports are near copies of others, for those that were not looked at yet. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        copies.forget_earlier_rules()
        looked_at = noted = last = 0
        while batch := list(copies.without_sketch().filter(pk__gt=last)[:BATCH]):
            with transaction.atomic():
                one_at_a_time()
                noted += copies.note_copies(list(copies.without_sketch().filter(pk__in=[text.pk for text in batch])))
            looked_at, last = looked_at + len(batch), batch[-1].pk
        self.stdout.write(f"{looked_at} texts looked at. {noted} pairs of near copies noted.")
