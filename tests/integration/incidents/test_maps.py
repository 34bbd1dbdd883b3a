"""Maps of lists: they agree with the files of the same list, split their marks, and stand alone as pictures."""

import copy
import csv
import io
import json
import random
import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from archive.models import Place
from archive.text.bidi import without_directions
from incidents.lists.incident_listing import listing_of
from incidents.lists.map.filters import read_map
from incidents.lists.map.listing import MapListing
from incidents.maps.projection import project
from tests.factories.archive import PlaceFactory
from tests.factories.incidents import ActorFactory
from tests.factories.listed import published
from tests.factories.varied import DATES, Varied
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
ASKED = {
    "actor": ["state", "air-force", "group"],
    "facility_type": ["hospital", "school"],
    "weapon": ["air-strike", "mortar"],
    "town": ["SY07", "SY12", "C1000", "SY0701"],
    "from": ["2018", "2019-06"],
    "match": ["certain", "possible"],
    "killed_min": ["1"],
    "scope": ["any", "series"],
    "stance": ["disputed"],
}


def map_of(query: str) -> MapListing:
    return MapListing(read_map(QueryDict(query)))


@pytest.fixture(scope="module")
def kept_varied(make_once: MakeOnce) -> Varied:
    return make_once(make_varied)


@pytest.fixture
def varied(kept_varied: Varied) -> Varied:
    return copy.deepcopy(kept_varied)


def make_varied() -> Varied:
    """Incidents of one place each, or of none, with positions of all towns but one."""
    made, rng = Varied.new(), random.Random(7)
    for at, town in enumerate(place for place in dict.fromkeys(made.places) if place.level == 4):
        Place.objects.filter(pk=town.pk).update(lat=35.5 + at / 5, lon=36.5 + at / 7)
    nowhere = PlaceFactory(pcode="C3000", level=4, name_en="Nowhere", parent=made.places[-1], lat=None, lon=None)
    for place in made.places:
        place.refresh_from_db()
    places = [*made.places, nowhere, Place.objects.get(pcode="SY"), None]
    for _ in range(70):
        place = rng.choice(places)
        published(
            on=rng.choice(DATES),
            places=[place] if place else [],
            actors=rng.sample(made.actors, rng.choice([0, 1, 1, 2])),
            one_of=[rng.sample(made.actors, 2)] if rng.random() < 0.2 else [],
            facility_types=rng.sample(made.types, rng.choice([0, 1, 2])),
            weapons=rng.sample(made.weapons, rng.choice([0, 1])),
            killed=rng.choice([None, 0, 3]),
            scope=rng.choice(["attack", "attack", "series"]),
        )
    return made


def random_query(rng: random.Random) -> str:
    params = QueryDict(mutable=True)
    for name in rng.sample(sorted(ASKED), rng.choice([0, 1, 2, 3])):
        params.setlist(name, rng.sample(ASKED[name], 1))
    return params.urlencode()


def csv_of(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/incidents.csv?{query}")
    assert answer.status_code == 200, query
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))


def geojson_of(client: Client, query: str) -> list[dict]:
    return json.loads(client.get(f"/incidents.geojson?{query}").getvalue())["features"]


def test_map_agrees_with_the_files_for_fifty_random_filters(client: Client, varied: Varied) -> None:
    rng = random.Random(11)
    for _ in range(50):
        query = random_query(rng)
        rows, features, found = csv_of(client, query), geojson_of(client, query), map_of(f"{query}&by=town").map
        counts = Counter(row["place_pcode"] for row in rows)
        located = {f["properties"]["place_pcode"]: f["geometry"] for f in features if f["geometry"]}

        assert len(features) == len(rows) == len(found.rows), query
        drawn = {town.pcode for town in varied.places}
        towns = {key: count for key, count in counts.items() if key[:1] == "C" and key in drawn}
        assert {mark.key: mark.total for mark in found.marks} == towns, query
        for mark in found.marks:
            lon, lat = located[mark.key]["coordinates"]
            assert (mark.x, mark.y) == tuple(round(number, 1) for number in project(lat, lon)), query
        assert {ring.area.label.key: ring.area.vague for ring in found.rings} == {
            key: count for key, count in counts.items() if key in ("SY07", "SY12", "SY0701")
        }, query
        assert found.undrawn == sum(count for key, count in counts.items() if key not in drawn), query
        certain = Counter(row["place_pcode"] for row in csv_of(client, without_match(query)))
        assert {mark.key: mark.certain for mark in found.marks} == {key: certain[key] for key in towns} or not (
            found.is_split
        ), query


def without_match(query: str) -> str:
    params = QueryDict(query, mutable=True)
    params["match"] = "certain"
    return params.urlencode()


@pytest.mark.parametrize("split", ["actor", "facility_type", "weapon"])
def test_pieces_are_as_large_as_their_lists(varied: Varied, split: str) -> None:
    for query in ("", "actor=state", "from=2019", "town=SY07", "match=certain"):
        found = map_of(f"{query}&by=town&split={split}").map
        pieces = [(mark, piece) for mark in found.marks for piece in mark.pieces]
        assert pieces, query
        named = {part.shape for part in found.parts if part.key}
        for mark, piece in pieces:
            if piece.shape in named:
                assert listing_of(piece.query).count.number == piece.count, (query, piece.query)
            else:
                assert piece.query == mark.query
        assert len({piece.shape for _mark, piece in pieces}) > 1


def test_larger_units_count_all_that_lies_in_them_and_lead_to_their_map(client: Client, varied: Varied) -> None:
    for by, keys in (("district", {"SY0701"}), ("governorate", {"SY07", "SY12"})):
        found = map_of(f"by={by}").map

        assert {mark.key for mark in found.marks} == keys
        for mark in found.marks:
            assert listing_of(mark.query).count.number == mark.total
            assert f'href="/map/?{mark.pieces[0].query}"' in client.get(f"/map/?by={by}").content.decode()
            assert "by=" not in mark.pieces[0].query


def test_many_towns_are_drawn_by_district_until_one_is_chosen(varied: Varied, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.lists.map.units.MOST_TOWNS", 2)

    assert map_of("").map.level == 2
    assert map_of("by=town").map.level == 4
    assert map_of("town=SY07").map.level == 4
    assert [query for _name, _number, query in map_of("").closer] == ["town=SY07", "town=SY12"]
    assert list(map_of("town=SY0701").further_out) == [("North", "town=SY07"), ("", "")]


def test_certain_is_the_dark_part_of_a_mark() -> None:
    place = PlaceFactory(pcode="C1", lat=35.6, lon=36.6)
    for on in ("2019-11-02", "2019", "2019", "2019"):
        published(on=on, places=[place])

    (mark,) = map_of("from=2019-11&to=2019-11").map.marks

    assert (mark.total, mark.certain) == (4, 1)
    assert mark.pieces[0].certain_radius == mark.pieces[0].radius / 2


def neighbours(*, apart: float) -> list[Place]:
    """Two towns so many degrees apart, both struck by two actors, one attack in both; and one far off."""
    actors = [ActorFactory(slug=slug, name_en=slug.title()) for slug in ("first", "second")]
    spots = [(35.6, 36.55), (35.6 + apart, 36.55), (36.2, 37.15)]
    towns: list[Place] = [
        PlaceFactory(pcode=f"C{at}", name_en=f"Town {at}", lat=lat, lon=lon) for at, (lat, lon) in enumerate(spots)
    ]
    for town in towns:
        published(places=[town], actors=actors)
    published(places=towns[:2], actors=actors[:1])
    return towns


def test_split_marks_of_neighbours_are_one_that_leads_to_both(client: Client) -> None:
    neighbours(apart=0.04)

    found = map_of("split=actor").map

    both, far = found.wide
    assert (both.name, both.label, both.number, both.total) == ("Town 0, Town 1", "Town 0, Town 1", "1+2", 3)
    assert [piece.count for piece in both.pieces] == [3, 2]
    assert both.pieces[0].query == "split=actor&town=C0&town=C1"
    assert "Towns whose marks would lie on each other share one" in " ".join(found.rules)
    assert [mark.total for mark in found.marks] == [2, 2, 1]
    assert far.pieces[0].query == "town=C2&actor=first"
    page = client.get("/map/?split=actor").text
    assert 'href="/map/?split=actor&amp;town=C0&amp;town=C1"' in page
    assert not map_of("").map.is_gathered


def test_neighbours_come_apart_on_their_own_map() -> None:
    neighbours(apart=0.04)

    found = map_of("split=actor&town=C0&town=C1").map

    assert [mark.name for mark in found.wide] == ["Town 0", "Town 1"]
    assert all(listing_of(piece.query).count.number == piece.count for mark in found.wide for piece in mark.pieces)


def test_towns_that_never_come_apart_lead_to_their_list() -> None:
    neighbours(apart=0.0001)

    (both,) = map_of("split=actor&town=C0&town=C1").map.wide

    assert not both.leads_closer
    assert [listing_of(piece.query).count.number for piece in both.pieces] == [piece.count for piece in both.pieces]


def test_what_counts_in_several_places_is_said_with_the_true_number(varied: Varied) -> None:
    towns = [Place.objects.get(pcode=place.pcode) for place in varied.places if place.level == 4]
    assert "Added up" not in " ".join(map_of("by=governorate").map.seen)
    by_governorate = {Place.objects.get(pk=town.ancestors[1]).pcode: town for town in towns}
    published(places=[by_governorate["SY07"], by_governorate["SY12"]])

    found = map_of("by=governorate").map

    number = len(found.units.exact)
    assert sum(mark.total for mark in found.marks) == number + 1
    assert found.seen[0].startswith(f"{number} ")
    assert f"Added up, the marks make {number + 1}," in found.seen[1]


def test_rings_have_their_names(varied: Varied) -> None:
    for language in ("en", "ar"):
        with override(language):
            found = map_of("scope=any&by=town").map
            names = {one.wish.text: one.text for one in found.canvas.names if one.wish.kind == "ring"}
            assert {ring.area.label.name for ring in found.rings} == set(names)
            assert any(text == name for name, text in names.items())


def test_legend_has_the_size_of_the_largest_mark(varied: Varied) -> None:
    for query in ("by=governorate", "by=town", "by=town&split=actor"):
        found = map_of(query).map
        largest = max(piece.count for mark in found.wide for piece in mark.pieces)
        assert found.legend[-1].count == max([largest, *(ring.area.vague for ring in found.rings)])


@pytest.mark.parametrize("form", ["", ".svg"])
def test_scale_of_arabic_maps_runs_from_right_to_left(client: Client, varied: Varied, form: str) -> None:
    answer = client.get(f"/ar/map{form or '/'}").content.decode()

    (words,) = re.findall(r'class="scale".*?<text[^>]*>([^<]*)</text>', answer)
    assert re.fullmatch("\u2068[0-9]+ كم\u2069", words)


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("query", ["", "from=2019&split=actor", "town=SY07", "q=nothing"])
def test_drawing_stands_alone(client: Client, varied: Varied, language: str, query: str) -> None:
    answer = client.get(f"{language}/map.svg?{query}")

    root = ET.fromstring(answer.content)
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert answer["Content-Type"] == "image/svg+xml"
    assert without_directions(root.find(f"{SVG}title").text or "") in without_directions(" ".join(texts))  # type: ignore[union-attr]
    assert any(f"{language}/map/{'?' if query else ''}{query}" in text for text in texts)
    assert any("CC-BY" in text for text in texts)
    assert any("OCHA" in text or "أوتشا" in text or "الأمم المتحدة" in text for text in texts)
    assert not [one for one in root.iter() if one.tag in (f"{SVG}a", f"{SVG}style", f"{SVG}script", f"{SVG}image")]
    assert "narrow" not in answer.content.decode()
    drawn = [one for one in root.iter(f"{SVG}g") if one.get("class") == "marks"]
    assert len(drawn) == 1


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("query", ["colour=red", "by=street", "split=colour", "from=x", "split=actor&split=weapon"])
def test_files_refuse_what_cannot_be_read_and_the_page_says_it(client: Client, form: str, query: str) -> None:
    answer = client.get(f"/map.{form}?{query}")

    assert answer.status_code == 400
    assert query.split("=", maxsplit=1)[0] in answer.content.decode()
    assert client.get(f"/map/?{query}").status_code == 200


@pytest.mark.parametrize("language", ["", "/ar"])
def test_png_is_the_drawing_in_pixels(client: Client, varied: Varied, language: str) -> None:
    answer = client.get(f"{language}/map.png?split=actor")
    root = ET.fromstring(client.get(f"{language}/map.svg?split=actor").content)

    width, height = (int.from_bytes(answer.content[at : at + 4]) for at in (16, 20))
    assert (width, height) == (2 * float(root.get("width", 0)), 2 * float(root.get("height", 0)))


def test_server_without_fonts_says_so(client: Client, settings) -> None:
    settings.PICTURE_FONTS = ["/nowhere/font.ttf"]

    assert client.get("/map.png").status_code == 503
    assert client.get("/map.svg").status_code == 200


def test_reader_who_has_it_is_told_so(client: Client, varied: Varied) -> None:
    first = client.get("/map.svg")

    assert client.get("/map.svg", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_queries_do_not_grow_with_the_marks(client: Client, varied: Varied, django_assert_max_num_queries) -> None:
    for path in ("/map/", "/map/?split=actor", "/map.svg?by=district&split=weapon"):
        client.get(path)
        with django_assert_max_num_queries(8):
            client.get(path)


def test_page_offers_its_pictures_and_ways_on(client: Client, varied: Varied) -> None:
    page = client.get("/map/?town=SY07&split=actor").content.decode()

    for address in ("/map.svg?town=SY07&amp;split=actor", "/map.png?town=SY07&amp;split=actor", "?split=actor"):
        assert f'href="{address}"' in page, address
    assert 'href="/charts/?town=SY07"' in page
    assert 'class="p1' in page
