"""What is there already under a name like a new one: facilities close by, speakers and actors anywhere."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import Count, Q, QuerySet

from archive.models import Place
from archive.terms import Level
from incidents.errors import LikelyDuplicateError
from incidents.models import Facility
from incidents.models.vocabulary import Term
from incidents.name_likeness import are_alike

CLOSE = 0.05  # degrees either way: about five kilometres
SHOWN = 12


def one_at_a_time(model: type[models.Model]) -> None:
    """Let only one transaction make rows of a model until it ends: the next sees what it made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"make {model._meta.db_table}"])


def refuse_duplicates(
    model: type[models.Model],
    given: Iterable[str],
    *,
    besides: Collection[int],
    place: Place | None = None,
    but: int | None = None,
) -> None:
    """Raise `LikelyDuplicateError` when rows have a name like the given ones, but for those looked at (``besides``).

    Keeps the lock of `one_at_a_time`: call it in the transaction that makes the row. ``but`` is the row itself.
    """
    one_at_a_time(model)
    found = like(model, given, place=place, but=but)
    if any(row.pk not in besides for row in found):
        raise LikelyDuplicateError(found)


def like(
    model: type[models.Model], given: Iterable[str], *, place: Place | None = None, but: int | None = None
) -> list[Any]:
    """Rows with a name, in whatever script, like one of the given; each with its ``incident_count``."""
    given = [name for name in given if name.strip()]
    rows = candidates(model, place).exclude(pk=but)
    pks = [row["pk"] for row in rows.values("pk", *columns(model)) if are_alike(given, names_in(row))][:SHOWN]
    counted = model._default_manager.filter(pk__in=pks).annotate(
        incident_count=Count("claims__incident", distinct=True)
    )
    return list(counted.select_related("place", "facility_type") if model is Facility else counted)


def candidates(model: type[models.Model], place: Place | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.every.usable() if issubclass(model, Term) else model._default_manager.all()
    if model is Facility:
        rows = rows.filter(merged_into=None)
    rows = rows.order_by("pk")
    return rows.filter(place__in=nearby(place)) if place is not None else rows


def nearby(place: Place) -> QuerySet[Place]:
    """The place, what lies in it and around it below the country, and the towns within about five kilometres."""
    above = place.ancestors[1:]
    near = Q(pk=place.pk) | Q(pk__in=above) | Q(ancestors__contains=[place.pk])
    if place.lat is not None and place.lon is not None:
        spans = {"lat": place.lat, "lon": place.lon}
        box = {f"{name}__range": (value - CLOSE, value + CLOSE) for name, value in spans.items()}
        near |= Q(level__gte=Level.COMMUNITY, **box)
    return Place.objects.filter(near)


def columns(model: type[models.Model]) -> list[str]:
    known = {field.name for field in model._meta.get_fields()}
    return [name for name in ("name_en", "name_ar", "aliases") if name in known]


def names_in(row: dict[str, Any]) -> Sequence[str]:
    return [row["name_en"], row["name_ar"], *row.get("aliases", [])]
