"""The rows of a list of incidents: a record's flat form, as `PublishedRecord` keeps it, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from archive.localisation import localised
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.presentation import fact_wording
from incidents.terms import Scope

TOWNS = (Level.COMMUNITY.code, Level.NEIGHBOURHOOD.code)


@dataclass(frozen=True, slots=True)
class Who(ReadByKey):
    """An actor that someone names, or several of whom one did it; ``is_disputed`` where someone denies it."""

    name: str
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Row(ReadByKey):
    """What a row of a list shows; texts are in the reader's language, ``place_other`` in the other script.

    Where words are searched for, they are marked in ``title``, and in ``snippet``, a place among its quotes.
    """

    code: str
    version: int
    scope: str
    title: str
    occurred: str
    occurred_from: str
    place: str
    place_other: str
    place_pcode: str
    place_note: str
    struck: list[str]
    who: list[Who]
    killed: str
    injured: str
    reports: int
    snippet: SafeString | None = None


def rows(records: Iterable[dict[str, Any]]) -> list[Row]:
    """Return the rows of these flat records, in their order."""
    return [row(record) for record in records]


def row(record: dict[str, Any]) -> Row:
    place = dict(zip(("name_en", "name_ar"), place_names(record), strict=True))
    shown = fact_wording.name(place)
    edtf = {"edtf": record.get("occurred_edtf"), "part_of_day": record.get("part_of_day")}
    return Row(
        code=record["code"],
        version=record.get("version") or 0,
        scope=record.get("scope") or Scope.ATTACK,
        title=localised(record.get("title_en") or "", record.get("title_ar") or ""),
        occurred=fact_wording.occurred(edtf) if record.get("occurred_edtf") else "",
        occurred_from=record.get("occurred_from") or "",
        place=shown,
        place_other=next((other for other in place.values() if other and other != shown), ""),
        place_pcode=record.get("place_pcode") or "",
        place_note=place_note(record.get("place_precision") or ""),
        struck=names(record, "facilities", "facilities_ar")
        or names(record, "facility_type_names_en", "facility_type_names_ar"),
        who=who(record),
        killed=fact_wording.count(record.get("killed_low"), record.get("killed_high")),
        injured=fact_wording.count(record.get("injured_low"), record.get("injured_high")),
        reports=len(record.get("articles") or []),
    )


def place_names(record: dict[str, Any]) -> tuple[str, str]:
    """What readers call the place, in English and in Arabic."""
    english, arabic = (record.get(f"place_label_{code}") or record.get(f"place_name_{code}") for code in ("en", "ar"))
    return english or "", arabic or ""


def place_note(precision: str) -> str:
    """Say that it was near the place, or in an area and not a town; ``precision`` as in `incidents.csv`."""
    level = precision.removeprefix("near ").removeprefix("part of ")
    if precision.startswith("near "):
        return pgettext("place", "near it")
    return "" if level in ("", *TOWNS) else fact_wording.level(level)


def names(record: dict[str, Any], english: str, arabic: str) -> list[str]:
    """Pair two lists of the record, the names of the same things in each language."""
    first, second = record.get(english) or [], record.get(arabic) or []
    second = [*second, *[""] * (len(first) - len(second))]
    return [localised(en or "", ar or "") for en, ar in zip(first, second, strict=False)]


def who(record: dict[str, Any]) -> list[Who]:
    slugs = record.get("actors") or []
    disputed = set(record.get("actors_disputed") or [])
    shown = names(record, "actor_names_en", "actor_names_ar") or slugs
    alone = [Who(name, slug in disputed) for slug, name in zip(slugs, shown, strict=False)]
    return alone + [Who(several, False) for several in names(record, "actors_one_of_en", "actors_one_of_ar")]
