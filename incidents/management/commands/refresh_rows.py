"""Make what lists, search and exports read of incidents again."""

from typing import Any

from django.core.management.base import BaseCommand

from incidents import curation
from incidents.models import Incident


class Command(BaseCommand):
    help = "Makes the rows of all published incidents again from their editions, after a change of the vocabularies."

    def handle(self, *args: Any, **options: Any) -> None:
        count = curation.refresh_rows(Incident.objects.order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"{count} incidents")
