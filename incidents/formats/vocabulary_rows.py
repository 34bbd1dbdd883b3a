"""Rows of what incidents name, as readers may have them: for the API and the data package."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from archive.fields import names
from archive.lists.public_sources import public_sources
from archive.models import Place
from archive.terms import Level, Standing
from incidents.formats import tables
from incidents.formats.tables import Table
from incidents.models import Actor, Claim, Facility, FacilityType, NameMerge, PublishedIncident, Weapon
from incidents.terms import NameKind, State


def published_facilities() -> QuerySet[Facility]:
    """Facilities that a published incident names, also those merged into others since: all else is the editors' own."""
    own = Func(OuterRef("pk"), template="ARRAY[%(expressions)s]")
    struck = PublishedIncident.objects.published().filter(facility_ids__contains=own)
    # Of claims, only those that an edition has still name what was merged.
    named = Claim.every.filter(facility=OuterRef("pk"), incident__row__state=State.PUBLISHED)
    shown = Coalesce("general_place__pcode", "place__pcode")
    known = Facility.objects.annotate(public_place_pcode=shown)
    return known.filter(Exists(struck) | Q(merged_into__isnull=False) & Exists(named))


def public_actors() -> QuerySet[Actor]:
    """The accepted actors, and those that were until they were merged into others."""
    merged = NameMerge.objects.filter(kind=NameKind.ACTOR, undone=None).values("merged")
    return Actor.every.filter(Q(standing=Standing.ACCEPTED) | Q(merged_into__isnull=False, pk__in=merged))


@dataclass(frozen=True)
class Vocabulary:
    """``path`` is where the API has it; ``read`` maps the fields to columns of the rows, where they differ."""

    path: str
    table: Table
    rows: Callable[[], QuerySet[Any]]
    read: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        return [self.column(name) for name in names(self.table.fields)]

    def column(self, name: str) -> str:
        return self.read.get(name, name)

    def ordered(self) -> QuerySet[Any]:
        """The rows in the order of their public keys."""
        return self.rows().order_by(self.column(self.table.key))

    def records(self, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        """Yield the rows with their public names; what is unknown is None."""
        return self.written(rows.values_list(*self.columns).iterator(chunk_size=2000))

    def written(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
        for values in rows:
            record = dict(zip(names(self.table.fields), values, strict=True))
            if self.table is tables.PLACES:
                record["level"] = Level(record["level"]).code
            yield {name: None if value == "" else value for name, value in record.items()}


BY_SLUG = {"parent": "parent__slug"}
VOCABULARIES = (
    Vocabulary("places", tables.PLACES, Place.objects.all, {"parent": "parent__pcode"}),
    Vocabulary(
        "facilities",
        tables.FACILITIES,
        published_facilities,
        {
            "id": "public_id",
            "facility_type": "facility_type__slug",
            "place_pcode": "public_place_pcode",
            "merged_into": "merged_into__public_id",
        },
    ),
    Vocabulary("facility-types", tables.FACILITY_TYPES, FacilityType.objects.all, {}),
    Vocabulary("actors", tables.ACTORS, public_actors, {**BY_SLUG, "merged_into": "merged_into__slug"}),
    Vocabulary("weapons", tables.WEAPONS, Weapon.objects.all, BY_SLUG),
    Vocabulary("sources", tables.SOURCES, public_sources, {}),
)
