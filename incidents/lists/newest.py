"""The newest published incidents of a kind, with how many there are: what pages of places, actors and sources list."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.lists.counting import Count, count
from incidents.models import PublishedIncident, PublishedRecord

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Newest:
    """The flat records of the first incidents, and the count of all."""

    records: list[dict[str, Any]]
    count: Count

    @property
    def has_more(self) -> bool:
        return self.count.is_more or self.count.number > len(self.records)


def newest(rows: QuerySet[PublishedIncident], *, shown: int = SHOWN) -> Newest:
    """Read the newest of these rows in three queries, whatever their number."""
    ids = list(rows.order_by("-sort_on", "-incident_id").values_list("pk", flat=True)[:shown])
    records = PublishedRecord.objects.order_by().in_bulk(ids)
    total = count(rows)
    return Newest([records[pk].record for pk in ids if pk in records], total)
