"""Facets, counts and links of the lists: what they say is what the filter finds, one by one."""

import random
from urllib.parse import parse_qsl, urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from archive.articles.article_listing import ArticleListing, read_articles
from archive.lists.facets import Facet, Value
from incidents.lists.incident_listing import IncidentListing, read_incidents
from tests.factories.archive import SourceFactory
from tests.factories.listed import gazetteer_town, published, read_article
from tests.factories.varied import Varied

pytestmark = pytest.mark.django_db

CHOICES = {
    "town": ["SY07", "SY0701", "C1000", "C1001", "Southtown"],
    "actor": ["state", "air-force", "group"],
    "facility_type": ["hospital", "school"],
    "weapon": ["air-strike", "barrel-bomb", "mortar"],
    "source": ["herald", "post"],
    "stance": ["disputed"],
    "scope": ["any", "series"],
    "killed_min": ["1"],
    "from": ["2018", "2019-11", "2019-12-31"],
    "to": ["2020", "2020-02"],
    "match": ["certain"],
    "updated_since": ["2000-01-01"],
    "q": ["mill", "mill -bridge"],
}
REPEATABLE = {"town", "actor", "facility_type", "weapon", "source"}


def some_query(rng: random.Random, choices: dict[str, list[str]]) -> str:
    names = rng.sample(sorted(choices), rng.choice([0, 1, 2, 3]))
    pairs = [
        (name, value)
        for name in names
        for value in rng.sample(choices[name], min(len(choices[name]), rng.choice([1, 2]) if name in REPEATABLE else 1))
    ]
    return urlencode(pairs)


def listing_of(query: str) -> IncidentListing:
    return IncidentListing(read_incidents(QueryDict(query)))


def found(query: str, **changes: list[str]) -> int:
    """How many incidents the database finds with other values of some parameters."""
    params = QueryDict(query, mutable=True)
    for name, values in changes.items():
        params.setlist(name, values)
    filters = read_incidents(params)
    assert not filters.problems
    return filters.qs.count()


def key_of(facet: Facet, value: Value, query: str) -> str:
    """The value that a link adds or takes away."""
    before = QueryDict(query).getlist(facet.name)
    after = QueryDict(value.query).getlist(facet.name)
    (changed,) = set(after) - set(before) if not value.is_on else set(before) - set(after)
    return changed


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_counting_one_by_one(seed: int) -> None:
    rng = random.Random(seed)
    Varied.new().incidents(rng, 40)

    for _ in range(6):
        query = some_query(rng, CHOICES)
        listing = listing_of(query)
        assert listing.count.number == found(query), query
        for facet in listing.facets:
            if facet.name == "dates":
                continue
            for value in facet.values:
                key = key_of(facet, value, query)
                assert value.total == found(query, **{facet.name: [key]}), (query, facet.name, key)
                if facet.name == "actor" and not QueryDict(query).keys() & {"from", "to"}:
                    certain = found(query, actor=[key], match=["certain"])
                    assert value.count == certain, (query, key)


@pytest.mark.parametrize("seed", range(2))
def test_years_and_months_tell_certain_from_possible(seed: int) -> None:
    rng = random.Random(seed)
    Varied.new().incidents(rng, 40)

    for query in ("", "from=2019&to=2019", "from=2019-11&to=2019-11&actor=state", "from=2018-12", "match=certain"):
        rest = QueryDict(query, mutable=True)
        is_certain = rest.pop("match", None) == ["certain"]
        for name in ("from", "to"):
            rest.pop(name, None)
        dates = next(facet for facet in listing_of(query).facets if facet.name == "dates")
        assert [value.depth for value in dates.values].count(0) > 2
        for value in dates.values:
            if value.is_on:
                continue
            chosen = dict(parse_qsl(value.query))
            days = {"from": [chosen["from"]], "to": [chosen["to"]]}
            certain = found(rest.urlencode(), **days, match=["certain"])
            assert value.count == certain
            assert value.possible == (0 if is_certain else found(rest.urlencode(), **days) - certain)


def test_years_are_in_their_order_and_open_the_one_that_is_on() -> None:
    for on in ("2016-05-30", "2019-11-27", "2019-11-28", "2019-03", "2018-01-01"):
        published(on=on)

    dates = next(facet for facet in listing_of("from=2019&to=2019").facets if facet.name == "dates")

    assert [(value.label, value.depth, value.count, value.is_on) for value in dates.values] == [
        ("2019", 0, 3, True),
        ("November 2019", 1, 2, False),
        ("March 2019", 1, 1, False),
        ("2018", 0, 1, False),
        ("2016", 0, 1, False),
    ]
    assert dates.values[0].query == ""
    assert dates.values[1].query == "from=2019-11&to=2019-11"


def test_link_adds_and_removes_and_keeps_the_rest() -> None:
    varied = Varied.new()
    for actor in varied.actors:
        published(actors=[actor])
    query = "q=attack&actor=group&order=oldest&after=x&from=2019"
    params = QueryDict(query, mutable=True)
    params.pop("after")

    actors = {value.label: value for facet in listing_of(params.urlencode()).facets for value in facet.values}

    on, off = actors[varied.actors[2].name_en], actors[varied.actors[0].name_en]
    assert (on.is_on, off.is_on) == (True, False)
    assert QueryDict(on.query).dict() == {"q": "attack", "order": "oldest", "from": "2019"}
    assert QueryDict(off.query).getlist("actor") == ["group", "state"]
    assert QueryDict(off.query)["order"] == "oldest"


def test_child_takes_the_place_of_its_parent_and_back() -> None:
    varied = Varied.new()
    published(actors=[varied.actors[1]], places=[varied.places[0]])

    def queries(query: str) -> dict[str, dict[str, list[str]]]:
        facets = listing_of(query).facets
        return {value.label: dict(QueryDict(value.query).lists()) for facet in facets for value in facet.values}

    assert queries("actor=state")[varied.actors[1].name_en] == {"actor": ["air-force"]}
    assert queries("actor=air-force")[varied.actors[0].name_en] == {"actor": ["state"]}
    assert queries("town=SY07")["Town 0"] == {"town": ["C1000"]}
    assert queries("town=C1000")["North"] == {"town": ["SY07"]}


def test_towns_show_below_a_governorate_that_is_on() -> None:
    varied = Varied.new()
    for place in varied.places[:4]:
        published(places=[place])

    def labels(query: str) -> list[tuple[str, int, bool]]:
        facet = next(facet for facet in listing_of(query).facets if facet.name == "town")
        return [(value.label, value.depth, value.is_on) for value in facet.values]

    assert labels("") == [("North", 0, False), ("South", 0, False)]
    inside = [("Town 0", 1, False), ("Town 1", 1, False), ("Town 2", 1, False)]
    assert labels("town=SY07") == [("North", 0, True), *inside, ("South", 0, False)]
    assert ("Town 1", 1, True) in labels("town=C1001")
    assert ("Town 1", 1, False) in labels("town=C1000")


def test_value_that_finds_nothing_stays_while_it_is_on() -> None:
    varied = Varied.new()
    published(actors=[varied.actors[2]], on="2019")

    actors = next(facet for facet in listing_of("actor=state&from=2019").facets if facet.name == "actor")

    assert [(value.count, value.is_on) for value in actors.values] == [(1, False), (0, True)]


def test_name_of_a_town_is_removed_as_it_was_given() -> None:
    published(places=[gazetteer_town()])

    listing = listing_of("town=Kafranbel&from=2019")

    (on,) = [value for facet in listing.facets for value in facet.values if value.is_on]
    assert (on.label, on.query) == ("Kafr Nobol", "from=2019")


def test_certain_is_told_where_dates_are_asked_for() -> None:
    for on in ("2019-11-27", "2019-11", "2019"):
        published(on=on)

    assert (listing_of("").count.number, listing_of("").certain) == (3, None)
    assert (listing_of("from=2019-11&to=2019-11").count.number, listing_of("from=2019-11&to=2019-11").certain) == (3, 2)
    assert listing_of("from=2019-11&to=2019-11&match=certain").certain is None


def test_facets_of_an_unreadable_query_are_none(client: Client) -> None:
    published()

    response = client.get("/incidents/?actor=nobody")

    assert response.context["listing"].facets == []
    page = response.content.decode()
    assert "No actor is known as “nobody”." in page
    assert 'value="nobody"' in page


ARTICLE_CHOICES = {
    "town": ["SY07", "C1000", "C1001"],
    "source": ["herald", "post"],
    "language": ["en", "ar", "tr"],
    "from": ["2018", "2019-11"],
    "to": ["2019-11"],
    "q": ["mill"],
}


@pytest.mark.parametrize("seed", range(2))
def test_article_counts_are_those_of_counting_one_by_one(seed: int) -> None:
    rng = random.Random(seed)
    Varied.new().articles(rng, 30)

    for _ in range(6):
        query = some_query(rng, ARTICLE_CHOICES)
        listing = ArticleListing(read_articles(QueryDict(query)))
        assert listing.count.number == read_articles(QueryDict(query)).qs.count()
        for facet in listing.facets:
            names = ["from", "to"] if facet.name == "dates" else [facet.name]
            for value in facet.values:
                if value.is_on:
                    continue
                params = QueryDict(query, mutable=True)
                for name in names:
                    added = set(QueryDict(value.query).getlist(name)) - set(params.getlist(name))
                    params.setlist(name, list(added) or QueryDict(value.query).getlist(name))
                assert value.count == read_articles(params).qs.count(), (query, facet.name, value.label)
                assert value.possible == 0


def test_article_facets_name_languages_and_sources(client: Client) -> None:
    source = SourceFactory(name_en="Example Post", slug="post")
    read_article("One", "A mill.", source=source, language="ar")

    page = client.get("/articles/").content.decode()

    assert "Arabic" in page
    assert "?source=post" in page


ASKED = ["", "actor=state", "from=2019&to=2019", "town=SY07&facility_type=hospital&from=2019-11", "q=mill"]


def test_number_of_queries_does_not_grow_with_rows(client: Client, django_assert_max_num_queries) -> None:
    rng = random.Random(1)
    varied = Varied.new()
    addresses = [f"{page}?{query}" for page in ("/incidents/", "/map/", "/timeline/") for query in ASKED]

    def queries(address: str) -> int:
        client.get(address)  # names and sets come into memory
        with django_assert_max_num_queries(30) as captured:
            client.get(address)
        return len(captured)

    varied.incidents(rng, 20)
    few = {address: queries(address) for address in addresses}
    varied.incidents(rng, 20)

    assert {address: queries(address) for address in addresses} == few
    assert max(few.values()) < 14  # of those of words two look for places of the same name
