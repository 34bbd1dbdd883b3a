"""Errors that readers report in what has a page here: incidents, places, facilities, actors, sources."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from archive.localisation import localised, shown_names
from archive.models import Article, Place, Source
from archive.reported_errors import Subject, speak_of
from archive.terms import Spoken
from incidents.models import Actor, Facility, PublishedIncident
from incidents.public_facilities import was_published
from incidents.sitemap_sections import named_in
from incidents.standing_names import moved_actors, standing
from incidents.terms import State


def name_of(row: Any) -> str:
    keys = ("label_en", "name_en", "label_ar", "name_ar")
    return localised(*shown_names({key: getattr(row, key, "") for key in keys}))


def incidents(keys: Collection[str]) -> Iterator[Subject]:
    """Those that are published, and those that were merged, whose versions can still be read."""
    rows = PublishedIncident.objects.filter(code__in=keys, state__in=[State.PUBLISHED, State.MERGED])
    for row in rows:
        yield Subject(
            Spoken.INCIDENT,
            row.code,
            localised(row.title_en, row.title_ar),
            reverse("incident", args=[row.code]),
            reverse("admin:incidents_incident_change", args=[row.pk]),
            newest=row.version,
        )


def towns(keys: Collection[str]) -> Iterator[Subject]:
    for row in Place.objects.filter(pcode__in=keys):
        yield Subject(
            Spoken.TOWN,
            row.pcode,
            name_of(row),
            reverse("town", args=[row.pcode]),
            reverse("admin:archive_place_change", args=[row.pk]),
        )


def facilities(keys: Collection[str]) -> Iterator[Subject]:
    """Those that an edition names; of one that was merged, the one that it is."""
    rows = Facility.objects.filter(public_id__in=keys)
    named = set(rows.filter(named_in("facility_ids")).values_list("pk", flat=True))
    for row in rows.select_related("merged_into"):
        if row.pk in named or was_published(row):
            now = standing(row)
            yield Subject(
                Spoken.FACILITY,
                row.public_id,
                name_of(now),
                reverse("facility", args=[now.public_id]),
                reverse("admin:incidents_facility_change", args=[now.pk]),
            )


def actors(keys: Collection[str]) -> Iterator[Subject]:
    """The actors; of one that was merged, the one that it is."""
    moved = moved_actors(keys)
    found = {row.slug: row for row in Actor.objects.filter(slug__in=[key for key in keys if key not in moved])}
    for key, row in {**found, **moved}.items():
        yield Subject(
            Spoken.ACTOR,
            key,
            name_of(row),
            reverse("actor", args=[row.slug]),
            reverse("admin:incidents_actor_change", args=[row.pk]),
        )


def sources(keys: Collection[str]) -> Iterator[Subject]:
    reported = Exists(Article.objects.published().filter(source=OuterRef("pk")))
    for row in Source.objects.filter(Q(reported) | Q(named_in("source_ids")), slug__in=keys):
        yield Subject(
            Spoken.SOURCE,
            row.slug,
            name_of(row),
            reverse("source", args=[row.slug]),
            reverse("admin:archive_source_change", args=[row.pk]),
        )


def register() -> None:
    speak_of(Spoken.INCIDENT, incidents)
    speak_of(Spoken.TOWN, towns)
    speak_of(Spoken.FACILITY, facilities)
    speak_of(Spoken.ACTOR, actors)
    speak_of(Spoken.SOURCE, sources)
