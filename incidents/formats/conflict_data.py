"""Editions under the column names of two conflict data sets, so that they can be set beside them.

Names and codes follow the UCDP Georeferenced Event Dataset (GED) codebook and the ACLED codebook; what those data sets
code and this archive does not is left out, what is not known stays empty. `incidents.formats.conflict_columns` says of
each column how it is made.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from archive.dates import UncertainDate, acled_time_precision, parse, ucdp_date_prec
from archive.terms import Level
from incidents.formats.conflict_codes import COUNTRIES, POLITICAL, REMOTE, Country, priogrid, sub_event
from incidents.record.cited_parts import CitedArticle
from incidents.record.flat import in_words
from incidents.record.parts import CountsRecord, PlaceNames, PlaceRecord
from incidents.record.whole import IncidentRecord
from incidents.terms import Group, Precision, Rank, Scope

GED_PRECISIONS = {
    Level.COUNTRY: 6,
    Level.GOVERNORATE: 4,
    Level.DISTRICT: 3,
    Level.SUBDISTRICT: 3,
    Level.COMMUNITY: 1,
    Level.NEIGHBOURHOOD: 1,
}
GED_EXACT, GED_NEAR, GED_PART_OF_LARGE = 1, 2, 5
ACLED_EXACT, ACLED_NEAR, ACLED_REGION = 1, 2, 3
EXACT_METRES, NEAR_METRES = 5_000, 25_000  # what is exact in a town’s terms, and what GED calls near
JOINT = "; "
NEARNESS: dict[str, str] = {Precision.NEAR: "near ", Precision.PART: "part of "}


def where_prec(place: PlaceRecord | None) -> int | None:
    """GED `where_prec`: 1 the town or point, 2 near it, 3 the district, 4 the governorate, 5 part of a larger area, 6
    the country.
    """
    if place is None:
        return None
    if point := point_of(place):
        return GED_EXACT if point["within_m"] <= EXACT_METRES else GED_NEAR
    level, precision = level_of(place), place["precision"]
    if precision == Precision.NEAR:
        return GED_NEAR if is_town(place) else GED_PART_OF_LARGE
    if precision == Precision.PART and level <= Level.GOVERNORATE:
        return GED_PART_OF_LARGE
    return GED_PRECISIONS[level]


def geo_precision(place: PlaceRecord | None) -> int | None:
    """ACLED `geo_precision`: 1 the town or point, 2 near it or a small area, 3 a governorate or more."""
    if place is None:
        return None
    if point := point_of(place):
        return ACLED_EXACT if point["within_m"] <= EXACT_METRES else ACLED_NEAR
    if is_town(place):
        return ACLED_NEAR if place["precision"] == Precision.NEAR else ACLED_EXACT
    return ACLED_NEAR if level_of(place) >= Level.DISTRICT else ACLED_REGION


def point_of(place: PlaceRecord) -> Mapping[str, Any] | None:
    """The point off the gazetteer, if one is known that is nearer than what these data sets call near a town."""
    point: Mapping[str, Any] = place.get("point") or {}
    within = point.get("within_m")
    return point if within is not None and within <= NEAR_METRES else None


def is_town(place: PlaceRecord) -> bool:
    return level_of(place) >= Level.COMMUNITY


def level_of(place: PlaceRecord) -> Level:
    return Level[place["level"].upper()]


def one_of_several(content: IncidentRecord) -> list[str]:
    """What is said of several actors of whom one did it, as one name: “A or B”."""
    return [in_words(one["actors"])[0] for one in content.get("actors_one_of") or []]


def ged_row(content: IncidentRecord, permalink: str) -> dict[str, Any]:
    """Return a (redacted) edition under the names of GED."""
    where = Where(content)
    country = where.country()
    first, last = days(content)
    when = date_of(content)
    killed: Mapping[str, Any] = content["killed"] or {}
    low, high = killed.get("low"), killed.get("high")
    articles = [article for article in content["articles"].values() if not article.get("withheld")]
    asserted = [actor["name_en"] for actor in content["actors"] if actor["asserted"]]
    return {
        "id": content["code"],
        "relid": f"{content['code']}-v{content['version']}",
        "year": first.year if first else None,
        "side_a": joined([*asserted, *one_of_several(content)]),
        "side_b": None,
        "number_of_sources": len(source_names(articles)) or -1,
        "source_article": joined(f'"{article["title"]}"' for article in articles),
        "source_office": joined(source_names(articles)),
        "source_date": joined(article["published"] for article in articles),
        "source_headline": joined(article["title"] for article in articles),
        "source_original": joined(speakers(content)),
        "where_prec": where_prec(where.place),
        "where_coordinates": where.name(where.place),
        "where_description": where.described(),
        "adm_1": where.level(Level.GOVERNORATE),
        "adm_2": where.level(Level.DISTRICT),
        "latitude": where.coordinate("lat"),
        "longitude": where.coordinate("lon"),
        "geom_wkt": where.wkt(),
        "priogrid_gid": priogrid(where.coordinate("lat"), where.coordinate("lon")),
        "country": where.level(Level.COUNTRY),
        "country_id": country.gleditsch_ward if country else None,
        "region": country.region if country else None,
        "event_clarity": 1 if content["scope"] == Scope.ATTACK else 2,
        "date_prec": ucdp_date_prec(when) if when else None,
        "date_start": first,
        "date_end": last,
        "deaths_civilians": civilians(content["killed"]),
        "deaths_unknown": unknown(content["killed"]),
        "best": next((number for number in (killed.get("best"), low) if number is not None), None),
        "high": high,
        "low": low,
        "permalink": permalink,
    }


def acled_row(content: IncidentRecord, permalink: str) -> dict[str, Any]:
    """Return a (redacted) edition under the names of ACLED."""
    where = Where(content)
    country, kind = where.country(), sub_event(weapon["slug"] for weapon in content["weapons"])
    first, _last = days(content)
    when = date_of(content)
    killed: Mapping[str, Any] = content["killed"] or {}
    asserted = [actor["name_en"] for actor in content["actors"] if actor["asserted"]]
    named = [*asserted, *one_of_several(content)]
    articles = [article for article in content["articles"].values() if not article.get("withheld")]
    published = datetime.fromisoformat(content["published_at"])
    best = killed.get("best")
    return {
        "event_id_cnty": content["code"],
        "event_date": first,
        "year": first.year if first else None,
        "time_precision": acled_time_precision(when) if when else None,
        "disorder_type": POLITICAL if kind else None,
        "event_type": REMOTE if kind else None,
        "sub_event_type": kind,
        "actor1": named[0] if named else None,
        "assoc_actor_1": joined(named[1:]),
        "iso": country.iso if country else None,
        "region": country.region if country else None,
        "country": where.level(Level.COUNTRY),
        "admin1": where.level(Level.GOVERNORATE),
        "admin2": where.level(Level.DISTRICT),
        "admin3": where.level(Level.SUBDISTRICT),
        "location": where.name(where.place),
        "latitude": where.coordinate("lat"),
        "longitude": where.coordinate("lon"),
        "geo_precision": geo_precision(where.place),
        "source": joined(source_names(articles)),
        "notes": content["title_en"],
        "fatalities": killed.get("low") if best is None else best,
        "tags": joined(term["name_en"] for part in ("facility_types", "weapons") for term in content[part]),
        "timestamp": int(published.timestamp()),
        "permalink": permalink,
    }


class Where:
    """The first place of an edition, with the names of what it lies in."""

    def __init__(self, content: IncidentRecord) -> None:
        self.place: PlaceRecord | None = next(iter(content["places"]), None)
        self.branch: list[PlaceNames] = [*self.place["ancestors"], self.place] if self.place else []

    def name(self, unit: PlaceNames | None) -> str | None:
        return (unit["name_en"] or unit["name_ar"]) if unit else None

    def level(self, level: Level) -> str | None:
        return self.name(next((unit for unit in self.branch if unit["level"] == level.code), None))

    def country(self) -> Country | None:
        codes = (unit["pcode"] for unit in self.branch if unit["level"] == Level.COUNTRY.code)
        return COUNTRIES.get(next(codes, ""))

    def coordinate(self, axis: Literal["lat", "lon"]) -> float | None:
        if self.place is None:
            return None
        point = point_of(self.place)
        return point[axis] if point else self.place[axis]

    def wkt(self) -> str | None:
        lat, lon = self.coordinate("lat"), self.coordinate("lon")
        return None if lat is None or lon is None else f"POINT ({lon} {lat})"

    def described(self) -> str | None:
        """The place and what it lies in, the smallest first: ``near Upper Town, Idleb, Syria``."""
        if self.place is None:
            return None
        words = NEARNESS.get(self.place["precision"], "")
        return words + ", ".join(str(self.name(unit)) for unit in reversed(self.branch))


def days(content: IncidentRecord) -> tuple[date | None, date | None]:
    occurred: Mapping[str, Any] = content["occurred"] or {}
    first, last = (date.fromisoformat(occurred[end]) if occurred.get(end) else None for end in ("from", "to"))
    return first, last


def date_of(content: IncidentRecord) -> UncertainDate | None:
    return parse(content["occurred"]["edtf"]) if content["occurred"] else None


def civilians(killed: CountsRecord | None) -> int | None:
    """The number of killed that claims call civilians: what editors prefer, else at least."""
    groups = killed["groups"] if killed else []
    group = next((one for one in groups if one["group"] == Group.CIVILIANS), None)
    if group is None:
        return None
    return group["low"] if group["best"] is None else group["best"]


def unknown(killed: CountsRecord | None) -> int | None:
    """The number of killed of whom claims say nothing further: what editors prefer, else at least."""
    groups = killed["groups"] if killed else []
    if [one["group"] for one in groups] != [Group.PEOPLE]:
        return None
    return groups[0]["low"] if groups[0]["best"] is None else groups[0]["best"]


def source_names(articles: Iterable[CitedArticle]) -> list[str]:
    found = (article["source"]["name_en"] for article in articles if article["source"])
    return list(dict.fromkeys(found))


def speakers(content: IncidentRecord) -> list[str]:
    """Who is quoted by the reports, once each, as far as claims name them and count."""
    named = [
        claim["speaker"]["name_en"]
        for claim in content["claims"]
        if claim["speaker"] and claim["rank"] != Rank.DEPRECATED
    ]
    return list(dict.fromkeys(named))


def joined(parts: Iterable[str | None]) -> str | None:
    return JOINT.join(part for part in parts if part) or None
