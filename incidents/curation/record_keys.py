"""Primary keys of what records name, and of all above it: lists and search ask by these."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from django.db import models

from archive.models import Place, Source
from incidents.models import Actor, Facility, FacilityType, Weapon
from incidents.record.flat import in_order
from incidents.record.parts import OneOfRecord
from incidents.record.whole import IncidentRecord
from incidents.standing_names import standing_keys

Part = Literal["places", "actors", "facilities", "facility_types", "weapons"]
Named = Mapping[str, Any]  # a part of a record that has names


@dataclass(frozen=True, slots=True)
class Keys:
    """Primary keys of what the records name, with everything above places and actors."""

    places: Mapping[str, list[int]]
    actors: Mapping[str, list[int]]
    facilities: Mapping[str, int]
    facility_types: Mapping[str, int]
    weapons: Mapping[str, int]
    sources: Mapping[str, int]

    @classmethod
    def of(cls, contents: Sequence[IncidentRecord]) -> "Keys":
        """Look up everything that the records name: six queries."""
        return cls(
            places=branches(Place, "pcode", named(contents, "places", "pcode")),
            actors=branches(Actor, "slug", named(contents, "actors", "slug") | named_together(contents)),
            facilities=keys(Facility, "public_id", named(contents, "facilities", "id")),
            facility_types=keys(FacilityType, "slug", named(contents, "facility_types", "slug")),
            weapons=keys(Weapon, "slug", named(contents, "weapons", "slug")),
            sources=keys(Source, "slug", set(chain.from_iterable(map(source_slugs, contents)))),
        )


def parts(content: IncidentRecord, part: Part) -> Sequence[Named]:
    return content[part]


def named(contents: Iterable[IncidentRecord], part: Part, key: str) -> set[str]:
    return {item[key] for content in contents for item in parts(content, part)}


def named_together(contents: Iterable[IncidentRecord]) -> set[str]:
    """The actors that records name as one of several."""
    return {actor["slug"] for content in contents for one in one_of(content) for actor in one["actors"]}


def one_of(content: IncidentRecord) -> list[OneOfRecord]:
    return content.get("actors_one_of") or []


def source_slugs(content: IncidentRecord) -> Iterator[str]:
    return (article["source"]["slug"] for _id, article in in_order(content["articles"]) if article["source"])


def keys(model: type[models.Model], field: str, wanted: set[str]) -> dict[str, int]:
    """The key of each; of a facility that was merged, that of the one it stands for."""
    rows = model._default_manager.filter(**{f"{field}__in": wanted})
    if model is not Facility:
        return dict(rows.values_list(field, "pk"))
    found = list(rows.values_list(field, "pk", "merged_into"))
    stands = standing_keys(model, [pk for _name, pk, into in found if into])
    return {name: stands.get(pk, pk) for name, pk, _into in found}


def branches(model: type[models.Model], field: str, wanted: set[str]) -> dict[str, list[int]]:
    """The keys of what lies above each, the topmost first, and its own; of an actor that was merged, those of the one
    that it stands for.
    """
    rows = model._default_manager.filter(**{f"{field}__in": wanted})
    if model is not Actor:
        return {name: [*ancestors, pk] for name, pk, ancestors in rows.values_list(field, "pk", "ancestors")}
    found = list(rows.values_list(field, "pk", "ancestors", "merged_into"))
    stands = standing_keys(model, [pk for _name, pk, _above, into in found if into])
    above = dict(Actor.every.filter(pk__in=stands.values()).values_list("pk", "ancestors")) if stands else {}
    branch = {pk: [*ancestors, pk] for _name, pk, ancestors, _into in found}
    branch |= {pk: [*above[now], now] for pk, now in stands.items()}
    return {name: branch[pk] for name, pk, _above, _into in found}
