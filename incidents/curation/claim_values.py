"""The value of a claim: which fields an aspect has, and what may stand in them."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext

from archive import dates, points, terms
from archive.models import Place
from archive.reading_back.dates import read_back
from archive.terms import PartOfDay
from incidents.errors import InvalidError
from incidents.models import Actor, Facility, FacilityType, Weapon
from incidents.models.claim_rules import ALL_FIELDS, EITHER_OF, OPTIONAL_FIELDS, POINT, VALUE_FIELDS
from incidents.standing_names import moved_actors, standing
from incidents.terms import Aspect, Damage, Group, Precision

TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MAX_COUNT = 10_000_000
ROWS: Mapping[str, type] = {
    Aspect.PLACE: Place,
    Aspect.FACILITY: Facility,
    Aspect.FACILITY_TYPE: FacilityType,
    Aspect.ACTOR: Actor,
    Aspect.WEAPON: Weapon,
}
CHOICES: Mapping[str, type[StrEnum]] = {
    "part_of_day": PartOfDay,
    "place_precision": Precision,
    "group": Group,
    "damage": Damage,
}
EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(("occurred_edtf", "part_of_day", "place_precision", "group", "damage"), ""),
    "time_is_about": False,
}
SEVERAL = "one_of_actors"


def fields_of(aspect: str) -> tuple[str, ...]:
    """The fields that an editor fills in for an aspect, the required first."""
    required = tuple(field for field in VALUE_FIELDS[aspect] if field != "occurred")
    return required + tuple(field for field in OPTIONAL_FIELDS.get(aspect, ()) if field not in required)


def nothing() -> dict[str, Any]:
    """Every field of a value, empty: a claim has those of its aspect and no others."""
    return {field: empty(field) for field in ALL_FIELDS}


def empty(field: str) -> Any:
    return [] if field == SEVERAL else EMPTY.get(field)


def clean(aspect: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the model fields of a claim's value; raises `InvalidError` that names every field that is wrong.

    ``values`` has `fields_of` the aspect: rows for vocabularies, whole numbers for counts, text for the rest.
    """
    if aspect not in VALUE_FIELDS:
        raise InvalidError({"aspect": gettext("“%(aspect)s” is not an aspect.") % {"aspect": aspect}})
    given = {field: value for field, value in values.items() if value is not False and value not in (None, "", [], ())}
    no_field = gettext("A claim of “%(aspect)s” has no such field.") % {"aspect": aspect}
    errors = {field: no_field for field in given if field not in fields_of(aspect)}
    cleaned: dict[str, Any] = {}
    for field in fields_of(aspect):
        try:
            cleaned.update(clean_field(field, given.get(field)))
        except ValueError as error:
            errors[field] = str(error)
    errors.update(lacking(aspect, cleaned, errors))
    if errors:
        raise InvalidError(errors)
    return cleaned


def clean_field(field: str, value: Any) -> dict[str, Any]:
    """Return the model fields for one field; raises ValueError with the reason."""
    if value is None:
        return {field: empty(field)}
    if field == "occurred_edtf":
        return clean_date(value)
    if field in CLEANED:
        return {field: CLEANED[field](value)}
    if field in CHOICES:
        return {field: clean_choice(field, value)}
    if not isinstance(value, ROWS[field]):
        model: Any = ROWS[field]
        raise ValueError(gettext("Choose one of the %(kind)s.") % {"kind": model._meta.verbose_name_plural})
    return {field: standing(value) if isinstance(value, Facility | Actor) else value}


def clean_alternatives(value: Iterable[Actor | str]) -> list[str]:
    """Return the slugs of actors of whom one did it, in their order; two at least."""
    if isinstance(value, str):
        raise ValueError(gettext("Choose two or more of the actors."))
    given = {one.slug if isinstance(one, Actor) else str(one) for one in value}
    moved = moved_actors(given)
    slugs = sorted({moved[slug].slug if slug in moved else slug for slug in given})
    if len(slugs) < 2:
        raise ValueError(gettext("Choose two or more: of one alone, choose it above."))
    known = set(Actor.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise ValueError(gettext("There is no actor “%(slug)s”.") % {"slug": unknown[0]})
    return slugs


def clean_choice(field: str, value: str) -> str:
    known = terms.values(CHOICES[field])
    if value not in known:
        raise ValueError(gettext("“%(value)s” is none of %(known)s.") % {"value": value, "known": ", ".join(known)})
    return value


def clean_date(value: str) -> dict[str, Any]:
    try:
        read = dates.parse(value)
    except dates.DateError as error:
        raise ValueError(read_back(str(error))) from error
    # PostgreSQL keeps the day after the last one, which Python has no name for at the end of the calendar.
    upper = None if read.upper == date.max else read.upper
    return {"occurred_edtf": read.edtf, "occurred": DateRange(read.lower, upper, "[]")}


def clean_count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(gettext("Write a whole number."))
    if not 0 <= value <= MAX_COUNT:
        raise ValueError(gettext("Write a number from 0 to %(number)s.") % {"number": f"{MAX_COUNT:,}"})
    return value


def clean_time(value: Any) -> time:
    """A local time of day, to the minute: reports give no seconds, and a zone would be another time."""
    given = value.isoformat().removesuffix(":00") if isinstance(value, time) else str(value)
    if not TIME.fullmatch(given):
        raise ValueError(gettext("Write a local time of day in hours and minutes, as 21:30."))
    return time.fromisoformat(given)


def clean_degrees(most: int) -> Callable[[Any], Decimal]:
    """Return what takes degrees from -``most`` to ``most``, as a number or as digits."""

    def clean_value(value: Any) -> Decimal:
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            found = Decimal("NaN")
        if isinstance(value, bool) or not found.is_finite():
            raise ValueError(gettext("Write degrees as a number: 35.61."))
        if abs(found) > most:
            raise ValueError(gettext("Write degrees from -%(most)s to %(most)s.") % {"most": most})
        if points.rounded(found) != found:
            told = gettext("Write degrees with at most %(digits)s digits after the point.")
            raise ValueError(told % {"digits": points.DIGITS})
        return points.rounded(found)

    return clean_value


def clean_metres(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= points.MOST_METRES:
        raise ValueError(gettext("Write whole metres, from 1 to %(most)s.") % {"most": f"{points.MOST_METRES:,}"})
    return value


CLEANED: Mapping[str, Callable[[Any], Any]] = {
    "time_of_day": clean_time,
    "time_until": clean_time,
    "time_is_about": bool,
    "count_low": clean_count,
    "count_high": clean_count,
    SEVERAL: clean_alternatives,
    "latitude": clean_degrees(points.MOST["lat"]),
    "longitude": clean_degrees(points.MOST["lon"]),
    "within_m": clean_metres,
}


def lacking(aspect: str, cleaned: Mapping[str, Any], wrong: Mapping[str, str]) -> dict[str, str]:
    """Return what an aspect needs and does not have, field by field."""
    low, high = cleaned.get("count_low"), cleaned.get("count_high")
    errors = {
        field: gettext("This is needed.")
        for field in fields_of(aspect)
        if field in VALUE_FIELDS[aspect] and field not in EITHER_OF and field not in wrong and not cleaned.get(field)
    }
    if not cleaned.get("time_of_day") and "time_of_day" not in wrong:
        of_a_time = [field for field in ("time_until", "time_is_about") if cleaned.get(field)]
        errors.update(dict.fromkeys(of_a_time, gettext("Write the time that it speaks of, too.")))
    elif cleaned.get("time_until") and cleaned["time_until"] == cleaned.get("time_of_day"):
        errors["time_until"] = gettext("A range ends at another time than it begins.")
    errors.update(lacking_of_point(cleaned, wrong))
    if "count_low" in fields_of(aspect) and not {"count_low", "count_high"} & set(wrong):
        if low is None and high is None and "count_low" in VALUE_FIELDS[aspect]:
            errors["count_low"] = gettext("Write at least one of the two numbers.")
        elif low is not None and high is not None and low > high:
            errors["count_high"] = gettext("The higher number is below the lower.")
    if aspect == "actor" and not {"actor", SEVERAL} & set(wrong):
        if cleaned["actor"] and cleaned[SEVERAL]:
            errors[SEVERAL] = gettext("Choose one actor, or several of whom it was one, not both.")
        elif not cleaned["actor"] and not cleaned[SEVERAL]:
            errors["actor"] = gettext("This is needed.")
    return errors


def lacking_of_point(cleaned: Mapping[str, Any], wrong: Mapping[str, str]) -> dict[str, str]:
    """A point has all of its parts, or none."""
    lat, lon, within = (cleaned.get(field) for field in POINT)
    if set(POINT) & set(wrong):
        return {}
    if (lat is None) != (lon is None):
        return {POINT[lat is not None]: gettext("A point has a latitude and a longitude.")}
    if lat is None and within is not None:
        return {POINT[0]: gettext("Write the point that is known so exactly, too.")}
    if lat is not None and within is None:
        told = gettext("Within how many metres is the point known? A point without that says more than anybody knows.")
        return {POINT[2]: told}
    return {}


def read_point(text: str) -> points.Point:
    """Read a point as people paste it; raises ValueError that says how to write it."""
    try:
        return points.read(text)
    except points.PointError as refusal:
        raise ValueError(told_of_points()[refusal.kind]) from refusal


def told_of_points() -> Mapping[str, str]:
    """What is wrong, by the kinds of `archive.points.PointError`."""
    example = {"example": "35.61, 36.56", "other": "35°36'36\"N 36°33'36\"E"}
    return {
        "unreadable": gettext("Write latitude and longitude like %(example)s or %(other)s.") % example,
        "ambiguous": gettext(
            "This can be read in two ways. Write the latitude first, with a point as decimal sign and a comma between "
            "the two: %(example)s; or both with their directions: %(other)s."
        )
        % example,
        "out_of_range": gettext("A latitude is from -90 to 90, a longitude from -180 to 180."),
        "exchanged": gettext("A latitude is from -90 to 90. Write the latitude first: %(example)s.") % example,
    }
