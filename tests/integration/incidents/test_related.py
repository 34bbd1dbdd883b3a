"""Related incidents: which, why, how many, and never by what readers may not see."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.test import Client

from archive.models import Place
from incidents.lists.incident_listing import listing_of
from incidents.lists.related import SHOWN, Related
from incidents.models import Facility, PublishedIncident
from tests.factories import full_incident
from tests.factories.archive import PlaceFactory
from tests.factories.full_incident import FullIncident
from tests.factories.incidents import FacilityFactory
from tests.factories.listed import close, gazetteer_town, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Place:
    return gazetteer_town()


@pytest.fixture
def elsewhere(town: Place) -> Place:
    return PlaceFactory(pcode="C1007", name_en="Hass", name_ar="حاس", parent=town.parent)


@pytest.fixture
def mill(town: Place) -> Facility:
    return FacilityFactory(public_id="zzzz1", place=town, name_en="Upper Mill", name_ar="المطحنة العليا")


@pytest.fixture
def struck() -> FullIncident:
    return full_incident.published()


def found(row: PublishedIncident) -> dict[str, list[str]]:
    """Kind of reason → the codes under it."""
    return {group.kind: [one.row.code for one in group.rows] for group in Related(row).groups}


def reasons(row: PublishedIncident) -> dict[str, str]:
    return {one.row.code: plain(", ".join(one.reasons)) for group in Related(row).groups for one in group.rows}


def plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def lists(row: PublishedIncident) -> Iterator[tuple[int, str]]:
    return ((tally.number, tally.href) for group in Related(row).groups for _name, tally in group.lists)


def test_related_say_why(town: Place, elsewhere: Place, mill: Facility) -> None:
    told = published(on="2019-11-27", places=[town], facilities=[mill])
    again = published(on="2019-11-30", places=[town], facilities=[mill])
    same_town = published(on="2019-11-26", places=[town])
    same_day = published(on="2019-11-27", places=[elsewhere])
    published(on="2016-01-01", places=[elsewhere])

    assert found(told) == {"facility": [again.code], "town": [same_town.code], "day": [same_day.code]}
    assert reasons(told) == {
        again.code: "also hit Upper Mill, also in Kafr Nobol, 3 days later",
        same_town.code: "also in Kafr Nobol, 1 day earlier",
        same_day.code: "on the same day",
    }


def test_related_in_a_town_are_the_nearest_in_time(town: Place) -> None:
    told = published(on="2018-06-15", places=[town])
    other = {year: published(on=f"{year}-06-15", places=[town]).code for year in (2012, 2013, 2017, 2019, 2020, 2021)}
    published(on="", places=[town])

    assert found(told)["town"] == [other[2019], other[2017], other[2020], other[2021], other[2013]]
    assert len(found(told)["town"]) == SHOWN


def test_related_of_a_day_are_the_nearest_in_place(town: Place, elsewhere: Place) -> None:
    told = published(on="2019-11-27", places=[town])
    far = published(on="2019-11-27", places=[PlaceFactory(pcode="C9999", parent=town.parent.parent)])
    near = published(on="2019-11-27", places=[elsewhere])

    assert found(told) == {"day": [near.code, far.code]}


@pytest.mark.parametrize("on", ["2019-11", "2019-11-27~", "2019-11-27?", "2019-11-26/2019-11-27"])
def test_dates_that_may_meet_are_possibly_of_the_same_day(town: Place, elsewhere: Place, on: str) -> None:
    certain = published(on="2019-11-27", places=[town])
    vague = published(on=on, places=[elsewhere])

    assert found(certain) == {"day": [vague.code]}
    assert found(vague) == {"day": [certain.code]}
    assert reasons(certain) == {vague.code: "possibly on the same day"}
    assert reasons(vague) == {certain.code: "possibly on the same day"}
    assert "possibly" in Related(certain).groups[0].heading
    assert [(number, "match=possible" in href) for number, href in lists(certain)] == [(2, True)]


@pytest.mark.parametrize("on", ["2019-11-24/2019-11-26", "2019-10", "2019", "2019-11/2019-12", "../2019-11-27", ""])
def test_dates_that_do_not_meet_or_are_nearly_any_are_of_no_day(town: Place, elsewhere: Place, on: str) -> None:
    certain = published(on="2019-11-27", places=[town])
    vague = published(on=on, places=[elsewhere])

    assert found(certain) == found(vague) == {}


def test_certain_days_stand_before_possible_ones_and_few_days_before_many(town: Place, elsewhere: Place) -> None:
    told = published(on="2019-11-27", places=[town])
    month = published(on="2019-11", places=[elsewhere])
    two_days = published(on="2019-11-27/2019-11-28", places=[elsewhere])
    far = published(on="2019-11-27", places=[PlaceFactory(pcode="C9999", parent=town.parent.parent)])

    assert found(told) == {"day": [far.code, two_days.code, month.code]}
    assert [(number, "certain" in href) for number, href in lists(told)] == [(2, True), (4, False)]
    assert all(listing_of(href.partition("?")[2]).count.number == number for number, href in lists(told))


def test_uncertain_days_of_a_town_may_meet(town: Place) -> None:
    told = published(on="2019-11-26/2019-11-28", places=[town])
    meets = published(on="2019-11-28/2019-11-30", places=[town])
    does_not = published(on="2019-11-29/2019-11-30", places=[town])

    assert reasons(told) == {
        meets.code: "also in Kafr Nobol, possibly on the same day",
        does_not.code: "also in Kafr Nobol",
    }


def test_lists_are_as_long_as_they_say(town: Place, elsewhere: Place, mill: Facility) -> None:
    for scope in ("attack", "attack", "series", "tally"):
        told = published(on="2019-11-27", places=[town], facilities=[mill], scope=scope)
    published(on="2019-11-27", places=[elsewhere])

    said = list(lists(told))

    assert [number for number, _href in said] == [4, 5]  # under the town stands none that is not under the facility
    assert all(listing_of(href.partition("?")[2]).count.number == number for number, href in said)


def test_no_related_that_readers_do_not_list(town: Place) -> None:
    told = published(on="2019-11-27", places=[town])
    for state in ("withdrawn", "merged"):
        close(published(on="2019-11-27", places=[town]).incident, state, None)

    assert found(told) == {}


def test_district_alone_relates_nothing(town: Place) -> None:
    told, other = (published(on=on, places=[town.parent]) for on in ("2019-11-27", "2019-11-28"))

    assert found(told) == found(other) == {}


def test_page_shows_related_and_an_edition_does_not(client: Client, struck: FullIncident) -> None:
    code = struck.incident.code
    again = published(on="2019-11-30", places=[struck.place], facilities=[struck.facility])

    for address, words in ((f"/incidents/{code}/", "also hit"), (f"/ar/incidents/{code}/", "المنشأة نفسها")):
        html = client.get(address).content.decode()
        assert f"/incidents/{again.code}/" in html
        assert words in html
    assert again.code not in client.get(f"/incidents/{code}/v1/").content.decode()
    assert again.code not in client.get(f"/incidents/{code}.json").content.decode()


def test_page_of_what_stands_alone_has_no_such_section(client: Client, struck: FullIncident) -> None:
    assert 'id="related"' not in client.get(f"/incidents/{struck.incident.code}/").content.decode()


def test_kept_copies_are_stale_when_a_related_incident_comes_or_goes(client: Client, struck: FullIncident) -> None:
    address = f"/incidents/{struck.incident.code}/"
    tags = [client.get(address).headers["ETag"]]
    other = published(on="2019-11-28", places=[struck.place])
    tags.append(client.get(address).headers["ETag"])
    close(other.incident, "withdrawn", None)
    tags.append(client.get(address).headers["ETag"])

    assert all(before != after for before, after in pairwise(tags))
    assert client.get(address, headers={"If-None-Match": tags[-1]}).status_code == 304


def test_queries_do_not_grow_with_the_related(
    client: Client, struck: FullIncident, django_assert_max_num_queries
) -> None:
    for number in range(8):
        published(on=f"2019-11-{20 + number}", places=[struck.place], facilities=[struck.facility])
        client.get(f"/incidents/{struck.incident.code}/")
        with django_assert_max_num_queries(5):  # one more for each: the state of lists, facilities, rows
            client.get(f"/incidents/{struck.incident.code}/")
