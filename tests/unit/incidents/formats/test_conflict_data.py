"""Editions under the column names of other data sets: the codes of precision, and no number out of nothing."""

from datetime import date
from typing import Any

import pytest

from archive import dates
from archive.fields import names
from incidents.formats import conflict_codes, conflict_columns
from incidents.formats.conflict_data import acled_row, ged_row, geo_precision, where_prec
from incidents.formats.tables import ACLED, GED

LINK = "https://archive.example/incidents/b1/v1/"
UNITS = [
    {"pcode": "SY", "name_en": "Syria", "name_ar": "سوريا", "level": "country"},
    {"pcode": "SY07", "name_en": "Idleb", "name_ar": "ادلب", "level": "governorate"},
    {"pcode": "SY0701", "name_en": "Mills", "name_ar": "", "level": "district"},
]


def place(level: str = "community", precision: str = "in") -> dict[str, Any]:
    names_of = {"pcode": "C1", "name_en": "Upper Town", "name_ar": "البلدة"}
    return {**names_of, "level": level, "precision": precision, "lat": 35.6, "lon": 36.5, "ancestors": UNITS}


def content(**changes: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "code": "b1",
        "version": 1,
        "scope": "attack",
        "title_en": "An attack",
        "published_at": "2024-05-03T10:00:00Z",
        "occurred": None,
        "places": [],
        "actors": [],
        "facility_types": [],
        "weapons": [],
        "killed": None,
        "claims": [],
        "articles": {},
    }
    return {**empty, **changes}


def killed(**changes: Any) -> dict[str, Any]:
    return {"low": None, "high": None, "best": None, "groups": [], **changes}


@pytest.mark.parametrize(
    ("level", "precision", "ged", "acled"),
    [
        ("community", "in", 1, 1),
        ("neighbourhood", "part", 1, 1),
        ("community", "near", 2, 2),
        ("subdistrict", "in", 3, 2),
        ("district", "part", 3, 2),
        ("governorate", "in", 4, 3),
        ("governorate", "part", 5, 3),
        ("district", "near", 5, 2),
        ("country", "in", 6, 3),
        ("country", "part", 5, 3),
    ],
)
def test_place_precision_in_codes(level, precision, ged, acled) -> None:
    assert where_prec(place(level, precision)) == ged
    assert geo_precision(place(level, precision)) == acled


@pytest.mark.parametrize(
    ("within", "ged", "acled", "lat"),
    [(1, 1, 1, 35.7), (5_000, 1, 1, 35.7), (5_001, 2, 2, 35.7), (25_000, 2, 2, 35.7), (25_001, 3, 2, 35.6)],
)
def test_point_in_codes_where_it_is_near_enough(within, ged, acled, lat) -> None:
    point = {"lat": 35.7, "lon": 36.6, "within_m": within, "contested": False, "claims": []}
    where = {**place("district"), "point": point}

    assert (where_prec(where), geo_precision(where)) == (ged, acled)
    assert ged_row(content(places=[where]), "x")["latitude"] == lat


def test_point_on_which_reports_differ_is_none_in_codes() -> None:
    point = {"lat": None, "lon": None, "within_m": None, "contested": True, "claims": []}

    assert ged_row(content(places=[{**place(), "point": point}]), "x")["latitude"] == 35.6


@pytest.mark.parametrize(
    ("first", "last", "ged", "acled"),
    [
        ("2019-11-27", "2019-11-27", 1, 1),
        ("2019-11-27", "2019-11-28", 2, 2),
        ("2019-11-20", "2019-11-26", 3, 2),
        ("2019-11-01", "2019-11-30", 4, 3),
        ("2019-01-01", "2019-12-31", 5, None),
        (None, "2019-11-30", 5, None),
    ],
)
def test_date_precision_in_codes(first, last, ged, acled) -> None:
    when = dates.between(first and date.fromisoformat(first), last and date.fromisoformat(last))
    dated = content(occurred={"edtf": when.edtf, "from": first, "to": last})

    assert ged_row(dated, LINK)["date_prec"] == ged
    assert acled_row(dated, LINK)["time_precision"] == acled


@pytest.mark.parametrize("row", [ged_row, acled_row])
def test_what_is_not_known_stays_empty(row) -> None:
    found = row(content(), LINK)

    for column in (
        "best",
        "low",
        "high",
        "fatalities",
        "year",
        "date_prec",
        "where_prec",
        "latitude",
        "side_a",
        "actor1",
    ):
        assert found.get(column) is None
    assert found["permalink"] == LINK


def test_columns_are_those_of_the_column_map() -> None:
    assert list(ged_row(content(), LINK)) == names(GED.fields)
    assert list(acled_row(content(), LINK)) == names(ACLED.fields)


def test_best_is_what_editors_prefer_else_the_lowest() -> None:
    preferred = ged_row(content(killed=killed(low=3, high=9, best=5)), LINK)
    lowest = ged_row(content(killed=killed(low=3, high=9)), LINK)

    assert (preferred["best"], preferred["low"], preferred["high"]) == (5, 3, 9)
    assert lowest["best"] == 3
    assert acled_row(content(killed=killed(low=0, high=9, best=0)), LINK)["fatalities"] == 0


def test_civilians_are_counted_apart() -> None:
    groups = [{"group": "people", "low": 9, "best": None}, {"group": "civilians", "low": 4, "best": 6}]

    assert ged_row(content(killed=killed(low=9, groups=groups)), LINK)["deaths_civilians"] == 6


def test_actors_denied_only_are_not_a_side() -> None:
    actors = [{"name_en": "North", "asserted": True}, {"name_en": "South", "asserted": False}]

    assert ged_row(content(actors=actors), LINK)["side_a"] == "North"
    assert acled_row(content(actors=actors), LINK)["assoc_actor_1"] is None


def test_sources_are_named_once_and_withheld_ones_not() -> None:
    herald = {"slug": "herald", "name_en": "Herald"}
    articles = {
        "a": {"title": "One", "published": "2019-11-28", "source": herald},
        "b": {"title": "Two", "published": None, "source": herald},
        "c": {"title": None, "published": None, "source": {"name_en": "Gazette"}, "withheld": True},
    }

    row = ged_row(content(articles=articles), LINK)

    assert (row["number_of_sources"], row["source_office"], row["source_headline"]) == (1, "Herald", "One; Two")
    assert ged_row(content(), LINK)["number_of_sources"] == -1


def test_place_is_described_with_all_that_it_lies_in() -> None:
    row = ged_row(content(places=[place(precision="near")]), LINK)

    assert row["where_description"] == "near Upper Town, Mills, Idleb, Syria"
    assert (row["adm_1"], row["adm_2"], row["geom_wkt"]) == ("Idleb", "Mills", "POINT (36.5 35.6)")


# All columns, as the codebooks list them (GED 24.1; ACLED 2024): each is given, or it is said why not.
GED_COLUMNS = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
]  # fmt: skip
ACLED_COLUMNS = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "fields", "absent", "given"),
    [
        (GED_COLUMNS, conflict_columns.GED, conflict_columns.GED_ABSENT, 32),
        (ACLED_COLUMNS, conflict_columns.ACLED, conflict_columns.ACLED_ABSENT, 24),
    ],
)
def test_every_column_is_given_or_it_is_said_why_not(columns, fields, absent, given) -> None:
    ours = [field.name for field in fields if field is not conflict_columns.PERMALINK]

    assert ours == [name for name in columns if name not in absent]
    assert set(absent) <= set(columns)
    assert (len(columns), len(ours)) == (len(ours) + len(absent), given)
    assert all(str(reason) for reason in absent.values())


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90.0, -180.0, 1), (89.9, 179.9, 259_200), (35.61, 36.56, 181_154), (90.0, 0.0, None), (None, 1.0, None)],
)
def test_cells_of_the_grid(lat, lon, cell) -> None:
    assert conflict_codes.priogrid(lat, lon) == cell


@pytest.mark.parametrize(
    ("weapons", "kind"),
    [
        (["air-strike"], "Air/drone strike"),
        (["barrel-bomb", "air-strike"], "Air/drone strike"),
        (["air-strike", "cluster-munition"], "Air/drone strike"),
        (["air-strike", "shelling"], None),
        (["small-arms"], None),
        (["cluster-munition"], None),
        ([], None),
    ],
)
def test_kind_of_event_follows_from_weapons(weapons, kind) -> None:
    assert conflict_codes.sub_event(weapons) == kind


def test_kinds_of_events_are_those_of_the_codebook() -> None:
    assert set(conflict_codes.SUB_EVENTS.values()) == set(conflict_columns.SUB_EVENTS)
