"""A record as one flat row: the columns of `incidents.csv`, then what list pages print besides."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from archive import addresses, dates
from archive.localisation import shown_names
from archive.terms import Level
from incidents.record.parts import PlaceRecord, TermNames
from incidents.record.row import COLUMNS, FlatRow
from incidents.record.whole import IncidentRecord, counts_in, groups_in
from incidents.terms import FURTHER, HAPPENED, LISTED, Precision

Part = TypeVar("Part")
PRECISION_WORDS: dict[str, str] = {Precision.NEAR: "near {}", Precision.PART: "part of {}"}


def flat_row(content: IncidentRecord) -> FlatRow:
    """Return the columns in their order, lists as lists, unknown as None.

    ``permalink`` is the path of the edition, without the site's address: the site may move. Articles that are
    withheld (see `incidents.record.redaction`) are left out.
    """
    occurred: Mapping[str, Any] = content["occurred"] or {}
    actors = [actor for actor in content["actors"] if actor["asserted"]]
    values: dict[str, Any] = {
        "code": content["code"],
        "version": content["version"],
        "scope": content["scope"],
        "published_at": content["published_at"],
        "title_en": content["title_en"],
        "title_ar": content["title_ar"],
        "permalink": addresses.template("edition", 2).format(content["code"], content["version"]),
        "occurred_edtf": occurred.get("edtf"),
        "occurred_from": occurred.get("from"),
        "occurred_to": occurred.get("to"),
        "date_precision": occurred.get("precision"),
        "part_of_day": occurred.get("part_of_day") or None,
        "date_contested": bool(occurred.get("contested")),
        **date_columns(occurred.get("edtf")),
        **place_columns(content["places"][0] if content["places"] else None),
        "facility_types": each(content["facility_types"], "slug"),
        "facility_type_names_en": each(content["facility_types"], "name_en"),
        "facility_type_names_ar": each(content["facility_types"], "name_ar"),
        "facilities": each(content["facilities"], "name_en"),
        "facilities_ar": each(content["facilities"], "name_ar"),
        "facility_ids": each(content["facilities"], "id"),
        "actors": each(actors, "slug"),
        "actors_disputed": [actor["slug"] for actor in actors if actor["disputed"]],
        "actor_names_en": each(actors, "name_en"),
        "actor_names_ar": each(actors, "name_ar"),
        **one_of_columns(content),
        "weapons": each(content["weapons"], "slug"),
        "weapon_names_en": each(content["weapons"], "name_en"),
        "weapon_names_ar": each(content["weapons"], "name_ar"),
        **{name: value for aspect in LISTED for name, value in count_columns(content, aspect).items()},
        **further_columns(content),
        "identifiers": [f"{one['scheme']}:{one['value']}" for one in content.get("identifiers") or []],
        "sources": sources(content),
        "articles": [key for key, article in in_order(content["articles"]) if not article.get("withheld")],
    }
    return cast(FlatRow, {column: values[column] for column in COLUMNS})


def one_of_columns(content: IncidentRecord) -> dict[str, list[str]]:
    """Who is named as one of several and not alone, and what is said of several, in words of both languages."""
    several = content.get("actors_one_of") or []
    alone = {actor["slug"] for actor in content["actors"] if actor["asserted"]}
    named = dict.fromkeys(actor["slug"] for one in several for actor in one["actors"])
    words = [in_words(one["actors"]) for one in several]
    return {
        "actors_possible": [slug for slug in named if slug not in alone],
        "actors_one_of_en": [english for english, _arabic in words],
        "actors_one_of_ar": [arabic for _english, arabic in words],
    }


def in_words(actors: Iterable[TermNames]) -> tuple[str, str]:
    """Several of whom one did it, in English and in Arabic: “A, B or C”, «أ أو ب أو ج»."""
    actors = list(actors)
    names = [actor["name_en"] or actor["name_ar"] for actor in actors]
    return (
        " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])),
        " أو ".join(actor["name_ar"] or actor["name_en"] for actor in actors),
    )


def each(items: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    return [item[key] for item in items]


def date_columns(edtf: str | None) -> dict[str, Any]:
    """When it may have happened, and whether it certainly happened then: what `from`, `to` and `match` go by."""
    when = dates.parse(edtf) if edtf else None
    days = dates.possible_days(when) if when else dates.Days(None, None)
    first, last = (day and day.isoformat() for day in days)
    is_certain = when is not None and dates.certain_days(when) is not None
    return {"possible_from": first, "possible_to": last, "date_certain": is_certain}


def place_columns(place: PlaceRecord | None) -> dict[str, Any]:
    """The primary place; its reference point is that of the town, never of a facility. Besides, the point that reports
    give.
    """
    if place is None:
        names = ("place_pcode", "place_name_en", "place_name_ar", "place_label_en", "place_label_ar", "place_precision")
        points = ("lat", "lon", *point_columns({}))
        return dict.fromkeys((*names, *points, "admin1_pcode", "admin1_name_en", "admin1_name_ar"))
    label_en, label_ar = shown_names(place)
    branch = [*place["ancestors"], place]
    admin1: Mapping[str, Any] = next((unit for unit in branch if unit["level"] == Level.GOVERNORATE.code), {})
    return {
        "place_pcode": place["pcode"],
        "place_name_en": place["name_en"],
        "place_name_ar": place["name_ar"],
        "place_label_en": label_en,
        "place_label_ar": label_ar,
        "place_precision": PRECISION_WORDS.get(place["precision"], "{}").format(place["level"]),
        "lat": place["lat"],
        "lon": place["lon"],
        "admin1_pcode": admin1.get("pcode"),
        "admin1_name_en": admin1.get("name_en"),
        "admin1_name_ar": admin1.get("name_ar"),
        **point_columns(place.get("point") or {}),
    }


def point_columns(point: Mapping[str, Any]) -> dict[str, Any]:
    """The point off the gazetteer, as the record or a claim has it."""
    return {"point_lat": point.get("lat"), "point_lon": point.get("lon"), "within_m": point.get("within_m")}


def count_columns(content: IncidentRecord, aspect: str) -> dict[str, Any]:
    counts: Mapping[str, Any] = counts_in(content, aspect) or {}
    return {
        f"{aspect}_low": counts.get("low"),
        f"{aspect}_high": counts.get("high"),
        f"{aspect}_best": counts.get("best"),
        f"{aspect}_contested": bool(counts.get("contested")),
    }


def further_columns(content: IncidentRecord) -> dict[str, Any]:
    """The numbers that few incidents have, what happened besides, and what became of facilities."""
    counts: dict[str, Mapping[str, Any]] = {aspect: counts_in(content, aspect) or {} for aspect in FURTHER}
    return {
        **{f"{aspect}_low": counts[aspect].get("low") for aspect in FURTHER},
        **{f"{aspect}_high": counts[aspect].get("high") for aspect in FURTHER},
        "happened": [
            str(aspect) for aspect in HAPPENED if any(group["claims"] for group in groups_in(content, aspect))
        ],
        "damage": [
            f"{one['damage']}:{one['facility']['id']}" if one["facility"] else str(one["damage"])
            for one in content.get("damage") or []
            if one["claims"]
        ],
    }


def sources(content: IncidentRecord) -> list[str]:
    """The sources of the articles, once each."""
    found = (article["source"]["slug"] for _id, article in in_order(content["articles"]) if article["source"])
    return list(dict.fromkeys(found))


def in_order(parts: Mapping[str, Part]) -> list[tuple[str, Part]]:
    """Articles or passages by their ids, so that rows come out the same before an edition is stored and after."""
    return sorted(parts.items())
