"""The list of incidents: what each parameter selects, and the same set on the page and in every file."""

import csv
import io
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client

from incidents.formats.listed_rows import CSV_COLUMNS
from tests.factories.archive import PlaceFactory, SourceFactory
from tests.factories.full_incident import FullIncident
from tests.factories.incidents import (
    ActorFactory,
    FacilityFactory,
    FacilityTypeFactory,
    WeaponFactory,
)
from tests.factories.listed import gazetteer_town, published, read_article

pytestmark = pytest.mark.django_db


def body(response) -> str:
    assert response.status_code == 200, response.content
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def csv_codes(client: Client, query: str) -> list[str]:
    return [row["code"] for row in csv.DictReader(io.StringIO(body(client.get(f"/incidents.csv?{query}"))))]


def jsonl(client: Client, query: str) -> list[dict]:
    return [json.loads(line) for line in body(client.get(f"/incidents.jsonl?{query}")).splitlines()]


def listed(client: Client, query: str) -> list[str]:
    """The codes that the page lists; those of the files must be the same, and as many as it counts."""
    listing = client.get(f"/incidents/?{query}").context["listing"]
    assert listing.is_readable, listing.filters.problems
    codes = [row.code for row in listing.page.rows]
    document = json.loads(body(client.get(f"/incidents.json?{query}")))
    assert csv_codes(client, query) == codes
    assert [record["code"] for record in jsonl(client, query)] == codes
    assert [record["code"] for record in document["results"]] == codes
    assert listing.count.number == document["count"] == len(codes)
    return codes


def test_no_parameters_lists_attacks_newest_first(client: Client) -> None:
    old, new = published(on="2016-05-30"), published(on="2019-11-27")
    published(scope="series")
    published(scope="tally")

    assert listed(client, "") == [new.code, old.code]


@pytest.mark.parametrize(("scope", "expected"), [("attack", 1), ("series", 1), ("tally", 1), ("any", 3)])
def test_scope(client: Client, scope: str, expected: int) -> None:
    for kind in ("attack", "series", "tally"):
        published(scope=kind)

    assert len(listed(client, f"scope={scope}")) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2019-11-26", {"day", "month", "year", "since"}),
        ("from=2019-11-28", {"month", "year", "since"}),
        ("to=2019-11-26", {"month", "year", "early"}),
        ("from=2019-11-27&to=2019-11-27", {"day", "month", "year", "since"}),
        ("from=2019-11&to=2019-11", {"day", "month", "year", "since"}),
        ("from=2019-11&to=2019-11&match=certain", {"day", "month"}),
        ("from=2019&to=2019&match=certain", {"day", "month", "year"}),
        ("from=2019&match=certain", {"day", "month", "year", "since"}),
        ("to=2019&match=certain", {"day", "month", "year", "early"}),
        ("to=9999-12-31", {"day", "month", "year", "since", "early"}),
        ("from=%D9%A2%D9%A0%D9%A1%D9%A9-12", {"year", "since"}),
    ],
)
def test_dates(client: Client, query: str, expected: set[str]) -> None:
    for title, on in {
        "day": "2019-11-27",
        "month": "2019-11",
        "year": "2019",
        "since": "2019-11-27/..",
        "early": "../2016-05-30",
    }.items():
        published(title, on=on)

    codes = listed(client, query)

    titles = {record["title_en"] for record in jsonl(client, query)}
    assert titles == expected
    assert len(codes) == len(expected)


@pytest.mark.parametrize(
    "town", ["C4068", "c4068", "SY07", "SY", "Kafranbel", "kafr nobol", "KafrNobol", "كفرنبل", "كفر نبل"]
)
def test_town_by_code_of_any_level_and_by_name_in_any_spelling(client: Client, town: str) -> None:
    there = published(places=[gazetteer_town()])
    published()

    assert listed(client, f"town={quote(town)}") == [there.code]


def test_actor_parent_includes_children(client: Client) -> None:
    parent = ActorFactory(slug="coalition")
    child = ActorFactory(slug="air-force", parent=parent)
    by_child, by_parent = published(actors=[child], on="2019"), published(actors=[parent], on="2018")
    published(actors=[ActorFactory(slug="others")])

    assert listed(client, "actor=coalition") == [by_child.code, by_parent.code]
    assert listed(client, "actor=air-force") == [by_child.code]


def test_repeated_is_or_and_different_is_and(client: Client) -> None:
    one, two = ActorFactory(slug="one"), ActorFactory(slug="two")
    first, second = published(actors=[one], on="2019"), published(actors=[two], on="2018")

    assert listed(client, "actor=one&actor=two") == [first.code, second.code]
    assert listed(client, "actor=one&actor=two&from=2019") == [first.code]


def test_stance_disputed(client: Client) -> None:
    one, two = ActorFactory(slug="one"), ActorFactory(slug="two")
    denied = published(actors=[one, two], disputed=[two], on="2019")
    plain = published(actors=[two], on="2018")

    assert listed(client, "actor=two") == [denied.code, plain.code]
    assert listed(client, "actor=two&stance=disputed") == [denied.code]
    assert listed(client, "actor=one&stance=disputed") == []
    assert listed(client, "stance=disputed") == [denied.code]


def test_facility_type_weapon_source_facility(client: Client) -> None:
    kind, weapon, source, facility = FacilityTypeFactory(), WeaponFactory(), SourceFactory(), FacilityFactory()
    child = WeaponFactory(parent=weapon)
    read_article("One report", "words", source=source)
    struck = published(facility_types=[kind], weapons=[child], sources=[source], facilities=[facility])
    published()

    for query in (
        f"facility_type={kind.slug}",
        f"weapon={weapon.slug}",
        f"weapon={child.slug}",
        f"source={source.slug}",
        f"facility={facility.public_id}",
    ):
        assert listed(client, query) == [struck.code]


def test_counts(client: Client) -> None:
    many = published(killed=12, injured=30)
    published(killed=2)
    published()

    assert listed(client, "killed_min=12") == [many.code]
    assert listed(client, "injured_min=1") == [many.code]
    assert listed(client, "killed_min=13") == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["c", "b", "a"]),
        ("oldest", ["a", "b", "c"]),
        ("killed", ["a", "c", "b"]),
        ("updated", ["b", "a", "c"]),
        ("relevance", ["c", "b", "a"]),
    ],
)
def test_order(client: Client, order: str, expected: list[str]) -> None:
    published("a", on="2017", killed=5, at=datetime(2024, 1, 2, tzinfo=UTC))
    published("b", on="2018", at=datetime(2024, 1, 3, tzinfo=UTC))
    published("c", on="2019", killed=0, at=datetime(2024, 1, 1, tzinfo=UTC))

    listed(client, f"order={order}")

    assert [record["title_en"] for record in jsonl(client, f"order={order}")] == expected


def test_order_by_relevance_puts_titles_first(client: Client) -> None:
    text = published("An attack", words="a mill stood there", on="2020")
    title = published("The mill", on="2019")

    assert listed(client, "q=mill&order=relevance") == [title.code, text.code]
    assert listed(client, "q=mill") == [text.code, title.code]


def test_words_and_spellings_of_places(client: Client) -> None:
    gazetteer_town()
    arabic, english = published(words="غارة على كفر نبل", on="2019"), published(words="in Kafranbel", on="2018")
    published(words="elsewhere")

    assert listed(client, "q=kafr+nobol") == [arabic.code, english.code]
    assert listed(client, "q=kafr+nobol&expand=no") == []
    page = client.get("/incidents/?q=kafr+nobol").content.decode()
    assert "كفر نبل" in page
    assert "expand=no" in page


def test_updated_since_names_what_was_withdrawn_and_merged(client: Client) -> None:
    survivor = published("survivor")
    gone = published("withdrawn title", state="withdrawn", killed=7)
    merged = published("merged title", state="merged", into=survivor.incident)

    assert listed(client, "") == [survivor.code]
    assert len(listed(client, "updated_since=2020-01-01")) == 3
    assert listed(client, "updated_since=2999-01-01T00:00:00Z") == []
    records = {record["code"]: record for record in jsonl(client, "updated_since=2020-01-01")}
    assert records[gone.code]["state"] == "withdrawn"
    assert records[gone.code]["reason"] == "Not an attack."
    assert records[gone.code]["killed_low"] is None
    assert records[merged.code]["merged_into"] == survivor.code
    assert "withdrawn title" not in client.get("/incidents/?updated_since=2020-01-01").content.decode()


def test_pages_go_on_by_cursor_and_back(client: Client) -> None:
    codes = [published(on=f"2019-{month:02}-{day:02}").code for month in (1, 2) for day in range(1, 29)]
    first = client.get("/incidents/").context["listing"]
    second = client.get(f"/incidents/?{first.next_query}").context["listing"]
    third = client.get(f"/incidents/?{second.next_query}").context["listing"]
    back = client.get(f"/incidents/?{third.previous_query}").context["listing"]

    shown = [row.code for listing in (first, second, third) for row in listing.page.rows]
    assert shown == codes[::-1]
    assert not third.next_query
    assert [row.code for row in back.page.rows] == [row.code for row in second.page.rows]
    assert not first.previous_query


def test_pages_do_not_lose_rows_of_the_same_day(client: Client) -> None:
    codes = {published(on="2019-11-27").code for _ in range(30)}
    first = client.get("/incidents/?order=killed").context["listing"]
    second = client.get(f"/incidents/?{first.next_query}").context["listing"]

    assert {row.code for listing in (first, second) for row in listing.page.rows} == codes


def test_csv_columns_begin_as_documented_and_cells_are_safe(client: Client) -> None:
    published("=1+1", on="../2016-05-30", places=[PlaceFactory(lat=-1.5)], killed=3)

    response = client.get("/incidents.csv")
    row = next(csv.DictReader(io.StringIO(body(response))))

    assert response["Content-Type"].startswith("text/csv")
    assert response["Content-Disposition"] == 'attachment; filename="incidents.csv"'
    assert list(row) == list(CSV_COLUMNS)
    assert list(row)[:4] == ["code", "version", "permalink", "scope"]
    assert row["title_en"] == "'=1+1"
    assert row["occurred_to"] == "2016-05-30"
    assert row["occurred_from"] == ""
    assert (row["killed_low"], row["injured_low"]) == ("3", "")
    assert row["permalink"].endswith(f"/incidents/{row['code']}/v1/")


def test_json_goes_on_at_next(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.views.incident_list.JSON_SIZE", 2)
    codes = [published(on=f"2019-11-{day:02}").code for day in range(1, 4)]

    first = json.loads(body(client.get("/incidents.json?order=oldest")))
    second = json.loads(body(client.get(first["next"])))

    assert [record["code"] for document in (first, second) for record in document["results"]] == codes
    assert first["count"] == second["count"] == 3
    assert second["next"] is None


def test_page_has_a_constant_number_of_queries(client: Client, django_assert_max_num_queries) -> None:
    town, actor = gazetteer_town(), ActorFactory(slug="one")
    for day in range(1, 29):
        published("An attack", places=[town], actors=[actor], on=f"2019-11-{day:02}")
    query = "q=attack&town=C4068&actor=one&from=2019&order="
    client.get(f"/incidents/?{query}newest")

    for order in ("newest", "relevance", "killed"):
        with django_assert_max_num_queries(16):  # two look for places of the same name as the words
            client.get(f"/incidents/?{query}{order}")


def test_csv_has_a_constant_number_of_queries_a_batch(client: Client, django_assert_num_queries) -> None:
    for _ in range(3):
        published()

    with django_assert_num_queries(6):  # stamps, vocabularies; savepoint, keys, one batch, release
        csv_codes(client, "")


def test_empty_list_suggests_what_to_loosen(client: Client) -> None:
    published(killed=3)

    page = client.get("/incidents/?from=2030&killed_min=3").content.decode()

    assert '<a href="?killed_min=3">without From: 2030</a> <data class="muted" value="1">1</data>' in page


def test_sentence_says_the_query_back(client: Client) -> None:
    town, actor = gazetteer_town(), ActorFactory(slug="one", name_en="The One")
    kind = FacilityTypeFactory(slug="mill", plural_en="mills")
    published(places=[town], actors=[actor], facility_types=[kind])

    listing = client.get("/incidents/?town=C4068&actor=one&facility_type=mill&from=2019-11&to=2019-11").context[
        "listing"
    ]

    assert listing.sentence == (
        "Attacks on mills that may have happened in Kafr Nobol in November 2019 said to be by The One"
    )
    assert listing.count.number == 1


def test_words_are_marked_in_title_and_quotes(client: Client) -> None:
    told = FullIncident()
    told.say_all()
    told.publish()

    listing = client.get("/incidents/?q=mills+-zzz").context["listing"]

    assert "Old <mark>Mill</mark>" in str(listing.rows[0].title)

    assert "<mark>mill</mark>" in str(listing.rows[0].snippet)
    hostile = client.get("/incidents/?q=killed").content.decode()
    assert "<mark>killed</mark> &amp; &lt;b&gt;ten&lt;/b&gt;" in hostile
