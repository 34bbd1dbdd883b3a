"""What is certain and what is possible: one table, written by hand, that every way of asking must agree with."""

import csv
import importlib
import io
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from incidents.lists.incident_listing import listing_of
from incidents.models import PublishedIncident, PublishedRecord
from tests.factories.archive import PlaceFactory
from tests.factories.forged import unguarded
from tests.factories.listed import published

pytestmark = pytest.mark.django_db

# The columns of TABLE: first and last day asked for.
RANGES = (
    "from=2019-07-04&to=2019-07-04",
    "from=2019-07-03&to=2019-07-03",
    "from=2019-07&to=2019-07",
    "from=2019&to=2019",
    "from=2024-12-02&to=2024-12-02",
    "from=2024-12-03&to=2024-12-03",
    "from=2024-12&to=2024-12",
    "from=2024-11-30",
    "to=2019-06-30",
    "from=2018&to=2024",
)
# Date → of each range: C it certainly was then, P possibly, - it was not.
TABLE = {
    "2019-07-04": "C-CC-----C",
    "2019-07-04~": "PPPP-----P",
    "2019-07-04?": "P-PP-----P",
    "2019-07-04%": "PPPP-----P",
    "2019-07-02~": "PPPP----PP",
    "2019-07-06~": "P-PP-----P",
    "2019-07-07~": "--PP-----P",
    "2019-07": "PPCC-----C",
    "2019-07~": "PPPP----PP",
    "2019-07?": "PPPP-----P",
    "2019-07%": "PPPP----PP",
    "2019-08~": "--PP-----P",
    "2019-06~": "PPPP----PP",
    "2019-06-29~": "--PP----PP",
    "2019-07-01~": "-PPP----PP",
    "2019": "PPPC----PC",
    "2019~": "PPPP----PP",
    "2019?": "PPPP----PP",
    "2018~": "--PP----PP",
    "2020~": "PPPP-----P",
    "2019-22": "PPPC----PC",
    "2019-22~": "PPPP----PP",
    "2019-07-03/2019-07-04": "PPCC-----C",
    "2019-07-03~/2019-07-04": "PPPP-----P",
    "2019-07-03/2019-07-04?": "PPPP-----P",
    "2019-06-20/2019-07-02~": "PPPP----PP",
    "2019-07-04/..": "P-PPPPPP-P",
    "2019-07-04~/..": "PPPPPPPP-P",
    "../2019-06-30": "---P----CP",
    "../2019-06-30?": "---P----PP",
    "../2019-07-02~": "PPPP----PP",
    "2024-12-02": "----C-CC-C",
    "2024-12-02~": "----PPPP-P",
    "2024-12-02?": "----P-PP-P",
    "2024-12-01~": "----PPPP-P",
    "2024-12-05~": "-----PPP-P",
    "2024-11~": "----PPPP-P",
    "2025-01-02~": "------PP-P",
    "2025~": "----PPPP-P",
    "201X": "PPPP----PP",
}
# Ranges that are a whole bar of a timeline, with the timeline's own range.
BARS = {
    "from=2019-07-04&to=2019-07-04": "from=2019-07&to=2019-07",
    "from=2019-07-03&to=2019-07-03": "from=2019-07&to=2019-07",
    "from=2019-07&to=2019-07": "from=2019&to=2019",
    "from=2019&to=2019": "from=2010&to=2029",
    "from=2024-12-02&to=2024-12-02": "from=2024-12&to=2024-12",
    "from=2024-12-03&to=2024-12-03": "from=2024-12&to=2024-12",
    "from=2024-12&to=2024-12": "from=2024&to=2024",
}


# Ranges that are a value of the facet of dates, with the list that shows it.
IN_FACETS = {
    "from=2019-07&to=2019-07": "from=2019&to=2019",
    "from=2019&to=2019": "from=2019&to=2019",
    "from=2024-12&to=2024-12": "from=2024&to=2024",
}


def answers(query: str, letters: str) -> set[str]:
    """The dates that the table has so in the column of a range."""
    return {edtf for edtf, row in TABLE.items() if row[RANGES.index(query)] in letters}


@pytest.fixture
def town() -> None:
    place = PlaceFactory(pcode="C1", level=4, lat=35.6, lon=36.6)
    for edtf in TABLE:
        published(on=edtf, places=[place])


def test_the_table_is_what_it_says() -> None:
    assert len(TABLE) == 40
    assert {len(row) for row in TABLE.values()} == {len(RANGES)} == {10}
    assert all("C" not in row for edtf, row in TABLE.items() if re.search("[~?%]", edtf))


@pytest.mark.parametrize(("match", "letters"), [("possible", "CP"), ("certain", "C")])
def test_list_files_and_api_agree_with_the_table(client: Client, town: None, match: str, letters: str) -> None:
    for query in RANGES:
        asked, expected = f"{query}&match={match}", answers(query, letters)
        listing = listing_of(asked)
        assert {row.occurred_edtf for row in listing.filters.qs} == expected, query
        assert listing.selection.count == len(expected), query
        assert {row["occurred_edtf"] for row in in_csv(client, asked)} == expected, query
        assert {row["occurred_edtf"] for row in in_api(client, asked)} == expected, query
        assert {row["occurred_edtf"] for row in in_api(client, f"{asked}&order=oldest")} == expected, query


def test_page_map_bars_and_facets_split_as_the_table_does(town: None) -> None:
    for query in RANGES:
        expected = (len(answers(query, "C")), len(answers(query, "P")))
        listing = listing_of(query)
        (mark,) = listing.map.marks
        assert listing.certain == mark.certain == expected[0], query
        assert mark.possible == expected[1], query
        if query in BARS:
            (bar,) = [bar for bar in listing_of(BARS[query]).timeline.bars if bar.query == query]
            assert (bar.certain, bar.possible) == expected, query
        if query in IN_FACETS:
            (dates,) = listing_of(IN_FACETS[query]).count_facets()
            (value,) = [value for value in dates.values if query == (value.query or IN_FACETS[query])]
            assert (value.count, value.possible) == expected, query


def test_files_say_which_days_are_possible(client: Client, town: None) -> None:
    found = {row["occurred_edtf"]: row for row in in_csv(client, "")}

    about = found["2024-12-02~"]
    assert [about[name] for name in ("occurred_from", "occurred_to")] == ["2024-12-02", "2024-12-02"]
    assert [about[name] for name in ("possible_from", "possible_to")] == ["2024-11-30", "2024-12-04"]
    assert {edtf for edtf, row in found.items() if row["date_certain"] == "true"} == {
        edtf for edtf in TABLE if not re.search("[~?%]", edtf)
    }


@pytest.mark.parametrize("language", ["", "/ar"])
def test_method_page_prints_the_rule_as_the_table_has_it(client: Client, language: str) -> None:
    page = client.get(f"{language}/about/method/").content.decode()

    table = page[page.index('id="date_certain"') :].partition("</table>")[0]
    rows = [[strip_tags(cell) for cell in re.findall("<t[hd].*?</t[hd]>", row)] for row in table.split("<tr>")[2:]]
    printed = {cells[1]: cells for cells in rows if len(cells) == 4}
    assert {"2024-12-02~", "2019-07-04?", "2016-05", "2016~"} <= printed.keys()
    for edtf, (_words, _typed, _possible, is_certain) in printed.items():
        assert is_certain in ({"no", "لا"} if re.search("[~?%]", edtf) else {"yes", "نعم"}), edtf
    assert printed["2024-12-02~"][2] in {
        "30 November – 4 December 2024",
        "30 تشرين الثاني/نوفمبر – 4 كانون الأول/ديسمبر 2024",
    }


@pytest.mark.django_db(transaction=True)
def test_rows_of_before_are_filled_as_they_are_written_now(town: None) -> None:
    def state() -> list[tuple]:
        rows = PublishedIncident.objects.order_by("pk")
        records = PublishedRecord.objects.order_by("pk")
        return [*rows.values_list("pk", "possible", "certain"), *records.values_list("pk", "record")]

    expected = state()
    with unguarded(PublishedIncident, PublishedRecord), connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_publishedincident SET possible = '(,)', certain = NULL")
        cursor.execute(
            "UPDATE incidents_publishedrecord SET record = record - '{possible_from,possible_to,date_certain}'::text[]"
        )
    migration = importlib.import_module("incidents.migrations.0007_possible_and_certain_days")

    with unguarded(PublishedIncident, PublishedRecord), connection.schema_editor(atomic=False) as editor:
        migration.fill(apps, editor)

    assert state() == expected


def in_csv(client: Client, query: str) -> list[dict[str, str]]:
    text = client.get(f"/incidents.csv?{query}").getvalue().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def in_api(client: Client, query: str) -> Iterator[dict]:
    """All pages of the API."""
    address: str | None = f"/api/incidents/?{query}"
    while address:
        answer = client.get(address).json()
        yield from answer["results"]
        address = answer["next"]
