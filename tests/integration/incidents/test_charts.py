"""Charts: the same set and the same counts as the list, in pictures, tables and files."""

import csv
import io
import json
import random
import struct
import xml.etree.ElementTree as ET
import zlib
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from archive.models import Place
from incidents.lists.chart.filters import read_chart
from incidents.lists.chart.listing import ChartListing
from incidents.lists.incident_listing import listing_of
from incidents.models import PublishedIncident
from tests.factories.incidents import FacilityFactory
from tests.factories.listed import published
from tests.factories.struck_town import struck_town
from tests.factories.varied import Varied
from tests.integration.test_facets import CHOICES, some_query

pytestmark = pytest.mark.django_db

Row = dict[str, str]
SVG = "{http://www.w3.org/2000/svg}"
MEASURES = ["incidents", "killed", "injured", "facilities"]
ASKED = {name: values for name, values in CHOICES.items() if name != "updated_since"}


def chart_of(query: str) -> ChartListing:
    listing = ChartListing(read_chart(QueryDict(query)))
    assert listing.is_readable, listing.filters.problems
    return listing


def rows(client: Client, address: str) -> list[Row]:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content)
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def numbers(found: list[Row], column: str) -> list[int]:
    return [int(row[column]) for row in found if row[column]]


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the filtered bytes of a PNG, read by its specification."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return width, height, zlib.decompress(data)


@pytest.fixture
def hit() -> Place:
    return struck_town()


def bars(query: str, panel: int = 0) -> dict[str, tuple[int, int, int]]:
    """What each bar that has anything shows: certainly at least and at most, possibly more."""
    found = chart_of(query).chart.panels[panel].filled
    return {bar.name: (bar.figure.low, bar.figure.high, bar.figure.possible) for bar in found}


def test_incidents_are_certain_or_possible_as_in_the_timeline(hit: Place) -> None:
    found = bars("from=2019&to=2019&by=month")

    assert (found["May 2019"], found["June 2019"], found["July 2019"]) == ((3, 3, 2), (0, 0, 2), (1, 1, 1))
    assert found["January 2019"] == (0, 0, 1)
    timeline = listing_of("from=2019&to=2019").timeline.bars
    assert {bar.name: (bar.certain, bar.certain, bar.possible) for bar in timeline} == found


def test_people_are_a_range_and_counted_where_their_incident_certainly_is(hit: Place) -> None:
    listing = chart_of("from=2019&to=2019&by=month&measure=killed")
    (panel,) = listing.chart.panels
    may, june, july = panel.bars[4:7]

    assert (may.figure.low, may.figure.high, may.figure.is_open) == (7, 9, False)
    assert (may.figure.possible, may.figure.silent) == (12, 1)
    assert (june.figure.low, june.figure.possible, june.figure.certain) == (0, 12, 0)
    assert (july.figure.low, july.figure.is_open) == (5, True)
    assert may.words == "7–9 · possibly up to 12 more · 1 incident without a number"
    assert july.words == "at least 5 · possibly up to 2 more"
    assert (panel.total.low, panel.total.high, panel.total.possible) == (24, 26, 0)


def test_nobody_known_is_not_zero(client: Client) -> None:
    published(on="2019-05-02")

    (bar, _all) = rows(client, "/charts.csv?measure=killed&by=month")
    assert (bar["certain_low"], bar["certain_high"], bar["incidents_certain"]) == ("", "", "1")
    assert bar["incidents_without_number"] == "1"
    assert "number not known" in client.get("/charts/?measure=killed&by=month").content.decode()


def test_what_is_said_only_to_be_at_most_has_no_low_end(client: Client) -> None:
    published(on="2019-05-02", killed=(None, 200))
    published(on="2019-06-02", killed=3)

    may, june, _all = rows(client, "/charts.csv?measure=killed&by=month")
    assert (may["certain_low"], may["certain_high"], june["certain_low"]) == ("", "200", "3")
    page = client.get("/charts/?measure=killed&by=month").content.decode()
    assert "Most in June 2019: 3; but it may have been more in May 2019: up to 200." in page
    assert "≤200</text>" in page
    assert "0–200" not in page


def test_facilities_count_once_a_bar(hit: Place) -> None:
    found = bars("from=2019&to=2019&by=month&measure=facilities")

    assert found["May 2019"] == (2, 2, 0)
    assert found["June 2019"] == (0, 0, 1)
    assert bars("by=year&measure=facilities") == {"2019": (2, 2, 0)}


@pytest.mark.parametrize(
    ("by", "number", "name"),
    [
        ("day", 61, "2 May 2019"),
        ("week", 10, "29 April – 5 May 2019"),
        ("month", 3, "May 2019"),
        ("quarter", 2, "April–June 2019"),
        ("year", 1, "2019"),
    ],
)
def test_bars_are_as_long_as_asked(by: str, number: int, name: str) -> None:
    published(on="2019-05-02")
    published(on="2019-07-01")

    (panel,) = chart_of(f"by={by}").chart.panels

    assert len(panel.bars) == number
    assert panel.filled[0].name == name


@pytest.mark.parametrize("part", range(5))
def test_charts_agree_with_the_files_of_the_list(client: Client, part: int) -> None:
    """Ten random filters a part, each with every measure: fifty in all."""
    rng = random.Random(f"charts {part}")
    varied = Varied.new()
    varied.incidents(rng, 50)
    facilities = [FacilityFactory(place=varied.places[0]) for _ in range(3)]
    for index in range(12):
        published(
            on=rng.choice(["2019-11-02", "2019-11", "2019", "2020-01-15"]),
            places=[rng.choice(varied.places)],
            facilities=rng.sample(facilities, rng.choice([1, 2])),
            actors=rng.sample(varied.actors, 1),
            killed=rng.choice([None, (2, 5), (3, None), (None, 4), index]),
            injured=rng.choice([None, (1, 2), index]),
        )
    looked_at = 0
    for _ in range(10):
        query = some_query(rng, ASKED)
        for measure in MEASURES:
            by = rng.choice(["fitting", "week", "month", "quarter", "year"])
            listing = ChartListing(read_chart(QueryDict(f"{query}&measure={measure}&by={by}")))
            if not listing.is_readable:
                assert "scope" in query or "by" in listing.filters.problems, listing.filters.problems
                continue
            listed = rows(client, f"/incidents.csv?{query}")
            assert listing.count.number == len(listed), query
            for panel in listing.chart.panels:
                for bar in rng.sample(panel.bars, min(3, len(panel.bars))):
                    look_at(client, measure, bar)
                    looked_at += 1
    assert looked_at > 40


def look_at(client: Client, measure: str, bar) -> None:
    """Compare a bar with the files of its two lists."""
    every, certain = (rows(client, f"/incidents.csv?{query}") for query in (bar.query, bar.certain_query))
    figure, about = bar.figure, (measure, bar.query)
    assert (figure.incidents, figure.certain) == (len(every), len(certain)), about
    if measure == "incidents":
        assert (figure.low, figure.high, figure.possible) == (len(certain), len(certain), len(every) - len(certain))
    elif measure == "facilities":
        assert figure.low == len(facilities_of(certain)), about
        assert figure.low + figure.possible == len(facilities_of(every)), about
    else:
        low, high = f"{measure}_low", f"{measure}_high"
        known = [row for row in certain if row[low] or row[high]]
        assert figure.low == sum(numbers(known, low)), about
        assert figure.high == sum(int(row[high] or row[low]) for row in known), about
        assert figure.has_no_low == (bool(known) and not any(row[low] for row in known)), about
        assert figure.is_open == any(not row[high] for row in known), about
        assert figure.silent == len(certain) - len(known), about
        most = sum(int(row[high] or row[low] or 0) for row in every)
        assert figure.high + figure.possible == most, about


def facilities_of(listed: list[Row]) -> set[int]:
    found = PublishedIncident.objects.filter(code__in=[row["code"] for row in listed])
    return {pk for ids in found.values_list("facility_ids", flat=True) for pk in ids}


def test_page_says_what_is_seen_and_leads_to_the_lists(client: Client, hit: Place) -> None:
    page = client.get("/charts/?town=SY07&facility_type=hospital&from=2019&to=2019").content.decode()

    assert "Attacks on hospitals that may have happened in Idleb in 2019, by month" in page
    assert "Most in May 2019: 3 certain, 2 possible. In all: 6 certain." in page
    assert "/incidents/?town=SY07&amp;facility_type=hospital&amp;from=2019-05&amp;to=2019-05" in page
    for name in ("List", "Map", "Timeline"):
        assert f'?from=2019&amp;to=2019&amp;town=SY07&amp;facility_type=hospital">{name}' in page


@pytest.mark.parametrize("path", ["/incidents/", "/map/", "/timeline/"])
def test_lists_lead_to_their_chart(client: Client, hit: Place, path: str) -> None:
    assert '/charts/?town=SY07">Charts' in client.get(f"{path}?town=SY07&order=oldest").content.decode()


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("by=decade", "by", "it takes fitting, day, week, month, quarter, year"),
        ("by=day&from=2011&to=2020", "by", "Choose longer bars"),
        ("measure=dead", "measure", "it takes incidents, killed, injured, facilities"),
        ("measure=killed&scope=any", "measure", "only for single attacks"),
        ("split=colour", "split", "it takes"),
        ("layout=stacked", "layout", "nothing to stack"),
        ("layout=stacked&split=actor&measure=killed", "layout", "Only incidents"),
        ("split=actor&compare=actor:first", "split", "Either compare"),
        ("layout=lines", "layout", "One list needs no lines"),
        (
            urlencode({"layout": "lines", "compare": [f"from:{year}" for year in range(2001, 2008)]}, doseq=True),
            "layout",
            "At most 6 lines",
        ),
        ("compare=first", "compare", "“first” is no selection"),
        ("compare=order:oldest", "compare", "is no selection"),
        ("compare=actor:", "compare", "is no selection"),
        ("compare=actor:nobody", "compare", "No actor is known as “nobody”"),
        ("compare=from:2019,to:2018", "compare", "The end lies before the beginning"),
        ("compare=from:soon", "compare", "YYYY-MM-DD"),
        (urlencode({"compare": [f"from:{year}" for year in range(2001, 2014)]}, doseq=True), "compare", "At most 12"),
        ("by=day&by=week", "by", "only once"),
        ("from=soon", "from", "YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_read_is_said(client: Client, hit: Place, query: str, name: str, words: str) -> None:
    page = client.get(f"/charts/?{query}")

    assert page.status_code == 200
    assert list(page.context["listing"].filters.problems) == [name]
    assert words in page.content.decode()
    assert '<svg class="bars' not in page.content.decode()
    for form in ("svg", "png", "csv"):
        answer = client.get(f"/charts.{form}?{query}")
        assert answer.status_code == 400, form
        assert list(json.loads(answer.content)["errors"]) == [name]


def test_unknown_parameters_are_refused_by_files_and_noted_on_the_page(client: Client, hit: Place) -> None:
    assert client.get("/charts.svg?colour=red").status_code == 400
    assert "There is no filter “colour”" in client.get("/charts/?colour=red").content.decode()


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "measure=killed",
        "split=actor",
        "split=actor&layout=stacked",
        "split=town&layout=lines&measure=killed",
        "q=nothing",
        "compare=actor:first",
        "compare=actor:first&layout=lines",
    ],
)
def test_drawing_stands_alone(client: Client, hit: Place, language: str, query: str) -> None:
    answer = client.get(f"{language}/charts.svg?{query}")
    text = answer.content.decode()
    root = ET.fromstring(text)

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    assert all(ids[name].text.strip() for name in root.get("aria-labelledby", "").split())
    said = " ".join("".join(line.itertext()) for line in root.iter(f"{SVG}text"))
    assert "CC-BY-4.0" in said
    assert f"{language}/charts/" in said
    assert not {"style", "script", "image", "a"} & {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not [
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if "http" in value or name.endswith("href")
    ]
    width, height = (float(root.get(name, 0)) for name in ("width", "height"))
    for element in root.iter(f"{SVG}text"):
        assert element.get("font-family") is None
        assert -60 <= float(element.get("x", 0)) <= width + 60
        assert 0 <= float(element.get("y", 0)) <= height


@pytest.mark.parametrize("language", ["", "/ar"])
def test_png_is_the_drawing_in_pixels(client: Client, hit: Place, language: str) -> None:
    answer = client.get(f"{language}/charts.png?from=2019&to=2019")
    root = ET.fromstring(client.get(f"{language}/charts.svg?from=2019&to=2019").content)

    width, height, data = pixels(answer.content)

    assert (width, height) == (2 * int(root.get("width", 0)), 2 * int(root.get("height", 0)))
    assert len(set(data)) > 50
    assert 5_000 < len(answer.content) < 400_000


def test_server_without_fonts_says_so(client: Client, hit: Place, settings) -> None:
    settings.PICTURE_FONTS = ["/nowhere/font.ttf"]

    answer = client.get("/charts.png")

    assert answer.status_code == 503
    assert "there as SVG" in answer.content.decode()
    assert client.get("/charts.svg").status_code == 200


def test_file_of_a_chart_has_its_bars(client: Client, hit: Place) -> None:
    found = rows(client, "/charts.csv?from=2019&to=2019&by=quarter")

    assert [row["from"] for row in found] == ["2019-01-01", "2019-04-01", "2019-07-01", "2019-10-01", "2019-01-01"]
    assert [row["bar"] for row in found] == ["quarter"] * 4 + ["all"]
    assert numbers(found, "certain_low") == [0, 4, 1, 0, 6]
    assert numbers(found, "incidents_possible") == [1, 1, 1, 1, 0]


def test_reader_who_has_it_is_told_so(client: Client, hit: Place) -> None:
    for form in ("/", ".svg", ".png", ".csv"):
        answer = client.get(f"/charts{form}")
        again = client.get(f"/charts{form}", headers={"if-none-match": answer.headers["ETag"]})
        assert again.status_code == 304, form
        assert "public" in answer.headers["Cache-Control"]
