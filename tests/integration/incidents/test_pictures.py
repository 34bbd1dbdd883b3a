"""The map and the timeline: what they draw of a list, and what they do not."""

import pytest
from django.test import Client

from archive.models import Place
from incidents.lists.incident_listing import listing_of
from tests.factories.archive import PlaceFactory
from tests.factories.incidents import ActorFactory, FacilityFactory
from tests.factories.listed import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Place]:
    country = PlaceFactory(pcode="SY", level=0, name_en="Syria", parent=None)
    governorate = PlaceFactory(pcode="SY07", level=1, name_en="Idleb", parent=country)
    town = PlaceFactory(pcode="C1", level=4, name_en="Town", parent=governorate, lat=35.6, lon=36.6)
    other = PlaceFactory(pcode="C2", level=4, name_en="Other", parent=governorate, lat=36.1, lon=37.1)
    quarter = PlaceFactory(pcode="N1", level=5, name_en="Quarter", parent=town, lat=35.61, lon=36.61)
    return {"country": country, "governorate": governorate, "town": town, "other": other, "quarter": quarter}


def test_map_counts_each_town_and_lists_what_is_vague(places: dict[str, Place]) -> None:
    published(places=[places["town"]], killed=3)
    published(places=[places["quarter"]], killed=None)
    published(places=[places["town"], places["other"]], killed=4)
    published(places=[places["governorate"]])
    published(places=[places["country"]])
    published()

    drawn = listing_of("").map

    assert [(mark.query, mark.total, mark.killed) for mark in drawn.marks] == [("town=C1", 3, 7), ("town=C2", 1, 4)]
    assert [(area.label.key, area.vague, area.total) for area in drawn.areas] == [("SY", 1, 5), ("SY07", 1, 4)]
    assert [(ring.area.label.key, ring.area.vague) for ring in drawn.rings] == [("SY07", 1)]
    assert (drawn.unplaced, drawn.undrawn) == (1, 2)
    assert drawn.marks[0].query == "town=C1"


def test_map_splits_certain_from_possible_and_keeps_the_filters(places: dict[str, Place]) -> None:
    actor = ActorFactory(slug="one")
    for on in ("2019-11-02", "2019", "2018"):
        published(on=on, places=[places["town"]], actors=[actor])

    drawn = listing_of("actor=one&from=2019-11&to=2019-11&town=SY07&order=killed").map

    (mark,) = drawn.marks
    assert (mark.total, mark.certain, mark.possible) == (2, 1, 1)
    assert mark.query == "from=2019-11&to=2019-11&actor=one&order=killed&town=C1"


def test_map_sums_the_killed_of_attacks_only(places: dict[str, Place], client: Client) -> None:
    published(places=[places["town"]], killed=3, scope="tally")

    assert listing_of("scope=any").map.marks[0].killed == 0
    assert "Killed, at least" not in client.get("/map/?scope=any").content.decode().split("</form>")[1]


def test_map_of_many_towns_draws_all_and_names_the_first(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    for module in ("town_map", "marking"):
        monkeypatch.setattr(f"incidents.lists.map.{module}.MOST_MARKS", 1)
    published(places=[places["town"]])
    published(places=[places["town"]])
    published(places=[places["other"]])

    drawn = listing_of("").map

    assert [mark.query for mark in drawn.marks] == ["town=C1"]
    assert drawn.further == 1
    assert drawn.dots.count("M") == 1
    assert "1 further town with fewer incidents is a dot" in client.get("/map/").content.decode()


@pytest.mark.parametrize(
    "path", ["/map/", "/timeline/", "/map/?q=nothing", "/timeline/?q=nothing", "/timeline/?from=x"]
)
def test_pictures_of_nothing_are_pages(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_single_town_and_single_day_have_room(places: dict[str, Place], client: Client) -> None:
    published(on="2019-11-02", places=[places["town"]])

    drawn, timeline = listing_of("").map, listing_of("").timeline

    x, width = drawn.marks[0].x, drawn.frame.width
    assert drawn.frame.x + width / 3 < x < drawn.frame.x + width * 2 / 3
    (bar,) = timeline.bars
    assert (bar.name, bar.certain, bar.possible, timeline.unit) == ("2 November 2019", 1, 0, "day")
    assert 'viewBox="' in client.get("/map/").content.decode()


@pytest.mark.parametrize(
    ("query", "unit", "first", "number"),
    [
        ("", "year", "2011", 10),
        ("from=2019&to=2019", "month", "January 2019", 12),
        ("from=2019-11&to=2019-11", "day", "1 November 2019", 30),
        ("from=2018-12-15", "month", "15–31 December 2018", 14),
        ("from=0001&to=9999", "year", "2011", 10),
        ("from=0001&to=2019-11-10", "year", "2011", 9),
        ("to=2019-11-10", "year", "2011", 9),
    ],
)
def test_timeline_has_bars_that_fit_the_range(query: str, unit: str, first: str, number: int) -> None:
    for on in ("2011-03-15", "2019-11-02", "2019-11", "2019-12", "2020-01-05"):
        published(on=on)

    timeline = listing_of(query).timeline

    assert (timeline.unit, timeline.bars[0].name, len(timeline.bars)) == (unit, first, number)


def test_timeline_bar_lists_what_it_counts() -> None:
    for on in ("2018-12-10", "2018-12-20", "2018-12", "2019-01-31/2019-02-01", "2019-02", "2019-11-30", "2018/.."):
        published(on=on)
    query = "from=2018-12-15&to=2019-11"

    for bar in listing_of(query).timeline.bars:
        listed = listing_of(bar.query)
        assert bar.total == listed.count.number, bar.name
        assert bar.certain == listed.certain, bar.name


def test_timeline_tells_of_open_ends(client: Client) -> None:
    published(on="2018-05/..")
    published(on="2019-11-02")

    timeline = listing_of("").timeline

    assert timeline.open_ended == 1
    assert [bar.total for bar in timeline.bars if bar.name in ("May 2018", "June 2019", "November 2019")] == [1, 1, 2]
    assert "1 incident has no known beginning or end." in client.get("/timeline/").content.decode()


def test_dates_that_nobody_knows_are_no_timeline(client: Client) -> None:
    published(on="")

    assert "No date is known of any of these." in client.get("/timeline/").content.decode()


def test_facility_page_shows_its_attacks_through_time(client: Client) -> None:
    facility = FacilityFactory(public_id="zzzzzz")
    for on in ("2018-05-01", "2019-11-02"):
        published(on=on, facilities=[facility])

    page = client.get("/facilities/zzzzzz/").content.decode()

    assert "Attacks through time" in page
    assert "?facility=zzzzzz&amp;from=2018-05&amp;to=2018-05" in page
