"""Every number that a page prints is the length of the list that it links to, whatever was asked."""

import copy
import functools
import random
import re
from collections.abc import Callable
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from archive.articles.article_listing import ArticleListing, read_articles
from incidents.lists.incident_listing import listing_of
from incidents.models import Facility, PublishedIncident
from tests.factories.archive import PlaceFactory
from tests.factories.incidents import FacilityFactory
from tests.factories.listed import gazetteer_town, published, read_article
from tests.factories.printed_counts import Number, numbers
from tests.factories.varied import Varied
from tests.integration.test_facets import CHOICES, some_query
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

PAGES = ["/incidents/", "/incidents/", "/map/", "/timeline/", "/charts/", "/articles/"]
ARTICLE_CHOICES = {name: CHOICES[name] for name in ("q", "town", "source", "from", "to")} | {"language": ["en", "ar"]}


def make_archive() -> Varied:
    """Incidents of every scope and reports, at random, and facilities that were struck."""
    rng = random.Random(7)
    varied = Varied.new()
    varied.incidents(rng, 60)
    varied.articles(rng, 30)
    town = varied.places[0]
    for index, scope in enumerate(["attack", "attack", "series", "tally"]):
        facility = FacilityFactory(public_id=f"zzzz{index % 2}", place=town) if index < 2 else Facility.objects.first()
        published(places=[town], facilities=[facility], scope=scope)
    return varied


@pytest.fixture(scope="module")
def kept_archive(make_once: MakeOnce) -> Varied:
    return make_once(make_archive)


@pytest.fixture
def archive(kept_archive: Varied) -> Varied:
    return copy.deepcopy(kept_archive)


def length(href: str) -> int:
    """How long the list at an address is, counted by the database from the one queryset of its filters."""
    path, query = urlsplit(href).path, QueryDict(urlsplit(href).query)
    if path == "/articles/":
        filters = read_articles(query)
    else:
        assert path in ("/incidents/", "/map/", "/timeline/", "/charts/"), href
        filters = listing_of(query.urlencode()).filters
    assert not filters.problems, (href, filters.problems)
    assert not filters.unknown, href
    return int(filters.qs.count())


Length = Callable[[str], int]


@pytest.fixture(scope="module")
def counted(kept_archive: Varied) -> Length:
    """`length`, asked once of each list: no test of these rows changes them."""
    return functools.cache(length)


def follow(client: Client, address: str, counted: Length) -> list[Number]:
    """Follow each number of a page to its list, which is the same in both languages; return them."""
    response = client.get(address)
    assert response.status_code == 200, address
    found = numbers(response.content.decode())
    for number in found:
        href = urljoin(address, number.href or address)
        assert number.value == counted(re.sub("^/ar/", "/", href)), (address, number)
    return found


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("part", range(5))
def test_numbers_of_lists_are_the_lengths_of_their_lists(
    client: Client, archive: Varied, counted: Length, part: int, language: str
) -> None:
    """Twenty random filters a part: a hundred in each language."""
    rng = random.Random(f"{part}")
    followed = 0
    for _ in range(20):
        page = rng.choice(PAGES)
        query = some_query(rng, ARTICLE_CHOICES if page == "/articles/" else CHOICES)
        followed += len(follow(client, f"{language}{page}?{query}", counted))
    assert followed > 200


@pytest.mark.parametrize("language", ["", "/ar"])
def test_numbers_of_pages_are_the_lengths_of_their_lists(
    client: Client, archive: Varied, counted: Length, language: str
) -> None:
    pages = ["/", "/towns/", "/facilities/", "/actors/", "/sources/", "/towns/?order=name", "/facilities/?order=name"]
    pages += [f"/towns/{place.pcode}/" for place in archive.places] + ["/towns/SY/"]
    pages += [f"/actors/{actor.slug}/" for actor in archive.actors]
    pages += [f"/sources/{source.slug}/" for source in archive.sources]
    pages += [f"/facilities/{facility.public_id}/" for facility in Facility.objects.all()]

    for page in pages:
        assert follow(client, f"{language}{page}", counted), page


def test_files_and_api_are_as_long_as_the_list(client: Client, archive: Varied) -> None:
    rng = random.Random(3)
    for _ in range(25):
        query = some_query(rng, CHOICES)
        expected = listing_of(query).count.number
        csv = b"".join(client.get(f"/incidents.csv?{query}").streaming_content)
        assert csv.count(b"\r\n") - 1 == expected, query
        assert client.get(f"/api/incidents/?{query}").json()["count"] == expected, query


def words(client: Client, address: str) -> dict[str, str]:
    """What a page prints of numbers: words → the address of their list."""
    return {number.printed: number.href for number in numbers(client.get(address).content.decode()) if number.href}


def test_home_and_list_count_the_same(client: Client) -> None:
    for scope in ("attack", "attack", "series", "tally"):
        published(scope=scope)
    read_article("A report", "Of a mill.")

    home = words(client, "/")

    assert home["2 attacks"] == "/incidents/"
    assert home["1 series of attacks"] == "/incidents/?scope=series"
    assert home["1 total of a period"] == "/incidents/?scope=tally"
    assert home["1 report"] == "/articles/"


def test_list_says_what_the_question_finds_beside(client: Client) -> None:
    town = gazetteer_town()
    for scope in ("attack", "series", "tally"):
        published(scope=scope, places=[town])
    published(scope="series")
    read_article("A report", "Of a mill.", places=[town])
    read_article("Another", "Of a bridge.")

    assert words(client, "/incidents/?town=C4068") == {
        **words(client, "/incidents/?town=C4068"),
        "1 series of attacks": "/incidents/?town=C4068&scope=series",
        "1 total of a period": "/incidents/?town=C4068&scope=tally",
        "1 report that mentions Kafr Nobol": "/articles/?town=C4068",
    }
    assert "1 attack" in words(client, "/articles/?town=C4068")
    assert "1 report" not in str(words(client, "/incidents/?killed_min=0"))


@pytest.mark.parametrize(
    ("query", "finds", "shows"),
    [
        ("/incidents/?q=chlorine", "1 report with the words “chlorine”", "The gas report"),
        ("/incidents/?q=siege", "1 series of attacks", "A siege of weeks"),
        ("/articles/?q=siege", "1 series of attacks", "A siege of weeks"),
        ("/map/?q=chlorine", "1 report with the words “chlorine”", "The gas report"),
    ],
)
def test_search_that_finds_nothing_shows_what_it_finds_beside(
    client: Client, query: str, finds: str, shows: str
) -> None:
    published("A siege of weeks", scope="series")
    read_article("The gas report", "It smelt of chlorine.")

    html = client.get(query).content.decode()

    assert finds in [number.printed for number in numbers(html)]
    assert shows in re.sub("</?mark>", "", html.split('class="notice empty"')[1])


def test_report_of_nobody_is_not_counted(client: Client) -> None:
    read_article("Kept", "It smelt of chlorine.", visibility="withheld", visibility_reason="Risk.")

    assert "report" not in str(words(client, "/incidents/?q=chlorine"))


def test_map_draws_only_towns_that_were_asked_for() -> None:
    varied = Varied.new()
    here, there = varied.places[0], varied.places[3]
    type(here).objects.filter(pk__in=[here.pk, there.pk]).update(lat=35.6, lon=36.6)
    quarter = PlaceFactory(pcode="N1", level=5, name_en="Quarter", parent=here)
    published(places=[here, there])
    published(places=[there])
    published(places=[quarter])

    def marks(query: str) -> list[tuple[str, int]]:
        return [(mark.query, mark.total) for mark in listing_of(query).map.marks]

    assert marks(f"town={here.pcode}") == [("town=C1000", 2)]
    assert marks("town=SY07") == [("town=C1000", 2)]
    assert marks("town=N1") == [("town=N1", 1)]


@pytest.mark.parametrize("page", ["/incidents/", "/articles/"])
def test_what_stands_beside_takes_a_constant_number_of_queries(
    client: Client, django_assert_max_num_queries: Callable, page: str
) -> None:
    varied = Varied.new()
    rng = random.Random(1)
    for count in (5, 40):
        varied.incidents(rng, count)
        varied.articles(rng, count)
        client.get(f"{page}?q=mill")
        with django_assert_max_num_queries(14):
            client.get(f"{page}?q=mill")
    assert PublishedIncident.objects.count() == 45


def test_article_list_counts_incidents_only_where_they_can_be_asked_the_same(client: Client) -> None:
    published()
    read_article("A report", "Of a mill.", language="en")

    assert "1 attack" in words(client, "/articles/")
    assert not [printed for printed in words(client, "/articles/?language=en") if "attack" in printed]


def test_numbers_of_the_reader_are_read() -> None:
    """The reader of numbers itself: a link around, a link before, a number that is not what it says."""
    html = '<li><a href="/a">x</a> <data value="3">2 + 1 possible</data></li>'
    html += '<p><a href="/b"><data value="1">1</data></a></p>'

    assert [(one.value, one.href) for one in numbers(html)] == [(3, "/a"), (1, "/b")]
    with pytest.raises(AssertionError):
        numbers('<a href="/a"><data value="3">4 attacks</data></a>')


def test_listings_of_the_factory_are_as_expected(archive: Varied) -> None:
    assert ArticleListing(read_articles(QueryDict())).count.number == 32
    assert listing_of(urlencode({"scope": "any"})).count.number > 30
