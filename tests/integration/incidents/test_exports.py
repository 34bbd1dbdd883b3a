"""What readers take away: the same set in every format, safe to open, documented to the last key."""

import copy
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from archive import fields
from incidents import curation
from incidents.formats.tables import ARTICLES, EDITIONS, ROWS
from incidents.models import IdentifierScheme, PublishedIncident
from incidents.record.row import COLUMNS
from incidents.terms import COUNTED, HAPPENED
from tests.factories.full_incident import FullIncident
from tests.factories.small_archive import Corpus, random_filters
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def body(client, path: str, query: dict | None = None) -> str:
    response = client.get(path, query or {})
    assert response.status_code == 200, response.content
    return response.getvalue().decode()


def rows_of_csv(client, path: str, query: dict | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, path, query), newline="")))


def lines_of(client, path: str, query: dict | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in body(client, path, query).splitlines()]


def entries_of(client, path: str, query: dict | None = None) -> list[ET.Element]:
    return list(ET.fromstring(body(client, path, query)).iter(f"{ATOM}entry"))


@pytest.fixture(scope="module")
def kept_corpus(make_once: MakeOnce) -> Corpus:
    return make_once(lambda: Corpus(20))


@pytest.fixture
def corpus(kept_corpus: Corpus) -> Corpus:
    return copy.deepcopy(kept_corpus)


def test_every_format_gives_the_same_set(client, corpus) -> None:
    curation.withdraw(corpus.incidents[0], by=None, reason="A copy.")
    sizes = []
    for query in random_filters(20):
        page = client.get("/incidents/", query)
        codes = [row["code"] for row in rows_of_csv(client, "/incidents.csv", query)]

        features = json.loads(body(client, "/incidents.geojson", query))["features"]
        document = json.loads(body(client, "/incidents.json", query))
        assert page.context["listing"].count.number == len(codes), query
        assert [row["code"] for row in lines_of(client, "/incidents.jsonl", query)] == codes, query
        assert [feature["id"] for feature in features] == codes, query
        assert (document["count"], [row["code"] for row in document["results"]]) == (len(codes), codes), query
        assert len(entries_of(client, "/incidents.atom", query)) == len(codes), query
        sizes.append(len(codes))
    assert len(set(sizes)) > 5  # the filters do filter


def test_feed_has_the_newest_of_the_set(client, corpus, monkeypatch) -> None:
    monkeypatch.setattr("incidents.views.incident_list.FEED_SIZE", 4)
    updated = corpus.incidents[2]
    seen = {"judgement": "The council told the archive so."}
    curation.make_claim(incident=updated, by=None, aspect="injured", count_low=9, group="people", **seen)
    curation.publish(updated, by=None, note="The injured.")

    entries = entries_of(client, "/incidents.atom", {"scope": "any", "order": "oldest"})

    newest = PublishedIncident.objects.order_by("-changed_at")[:4]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert [re.findall(r"incidents/(\w+)/$", one)[0] for one in ids] == [row.code for row in newest]
    assert newest[0].code == updated.code
    assert entries[0].find(f"{ATOM}link").get("href").endswith(f"/incidents/{updated.code}/v2/")
    assert "The injured." in entries[0].findtext(f"{ATOM}summary")


def test_feed_is_valid_atom(client, corpus, settings) -> None:
    settings.SITE_URL = "https://archive.example"

    for path, query in (("/incidents.atom", {"town": "SY07", "order": "killed"}), ("/articles.atom", {})):
        response = client.get(path, query)
        root = ET.fromstring(response.content)
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        wanted = "?town=SY07" if query else ""
        assert response["Content-Type"].startswith("application/atom+xml")
        assert links["self"] == f"https://archive.example{path}{wanted}"
        assert links["alternate"] == f"https://archive.example{path.removesuffix('.atom')}/{wanted}"
        for name in ("id", "title", "updated", "author"):
            assert root.find(f"{ATOM}{name}") is not None
        entries = root.findall(f"{ATOM}entry")
        assert entries
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        for entry in entries:
            assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+00:00|Z)", entry.findtext(f"{ATOM}updated"))


def test_feed_of_nothing_is_a_feed_that_never_changed(client) -> None:
    root = ET.fromstring(body(client, "/incidents.atom"))

    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert root.find(f"{ATOM}entry") is None


def test_feed_quotes_no_words_and_names_no_withheld_article(client, corpus) -> None:
    hidden = corpus.articles[1]
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked for.")

    feed = body(client, "/incidents.atom", {"scope": "any"})

    assert "northern guns" not in feed
    assert hidden.title not in feed


def test_closed_incidents_are_told_as_such_and_without_facts(client, corpus) -> None:
    gone, same, survivor = corpus.incidents[0], corpus.incidents[1], corpus.incidents[2]
    since = timezone.now()
    curation.withdraw(gone, by=None, reason="It was another day’s.")
    curation.merge(same, into=survivor, by=None, reason="Told twice.")
    query = {"updated_since": since.isoformat(), "scope": "any"}

    found = {row["code"]: row for row in lines_of(client, "/incidents.jsonl", query)}

    assert set(found) == {gone.code, same.code}
    assert (found[gone.code]["state"], found[gone.code]["reason"]) == ("withdrawn", "It was another day’s.")
    assert (found[same.code]["state"], found[same.code]["merged_into"]) == ("merged", survivor.code)
    assert found[gone.code]["killed_low"] is None
    assert found[gone.code]["actors"] == []
    feed = body(client, "/incidents.atom", query)
    assert f"{same.code}: merged into {survivor.code}" in feed
    assert "It was another day’s." in feed


def test_incidents_without_a_point_have_no_geometry(client, corpus) -> None:
    features = json.loads(body(client, "/incidents.geojson", {"town": "C103", "scope": "any"}))["features"]

    assert features
    assert all(feature["geometry"] is None for feature in features)


def test_points_are_those_of_towns(client, corpus) -> None:
    features = json.loads(body(client, "/incidents.geojson", {"town": "C101", "scope": "any"}))["features"]

    assert {tuple(feature["geometry"]["coordinates"]) for feature in features} == {(36.56, 35.61)}


def test_csv_disarms_formulas_but_not_numbers(client, corpus) -> None:
    rows = rows_of_csv(client, "/incidents.csv", {"scope": "any"})

    assert "'=Odd Town" in {row["place_name_en"] for row in rows}
    assert "'+Old Mill" in {row["facilities"] for row in rows}
    for row in rows:
        assert not any(value.startswith(("=", "+", "@", "\t", "\r")) for value in row.values())
    assert {row["title"] for row in rows_of_csv(client, "/articles.csv")} == {f"'@Report {n}" for n in range(20)}


def test_csv_writes_dates_as_dates(client, corpus) -> None:
    for row in rows_of_csv(client, "/incidents.csv", {"scope": "any"}):
        assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row["occurred_from"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["published_at"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["changed_at"])


@pytest.mark.parametrize("path", ["/incidents.geojson", "/incidents.atom", "/articles.atom"])
@pytest.mark.parametrize(
    ("name", "value"), [("from", "yesterday"), ("town", "C000"), ("nonsense", "1"), ("after", "%")]
)
def test_unreadable_parameters_are_named(client, path, name, value) -> None:
    response = client.get(path, {name: value})

    assert response.status_code == 400
    assert name in response.json()["errors"]


# The codebook


def keys_of(value: Any, prefix: str, known: dict[str, fields.Field]) -> Iterator[str]:
    """Yield the path of every key, as `fields.paths` writes them."""
    for key, inner in value.items():
        path = f"{prefix}{key}"
        yield path
        kind = known[path].kind if path in known else ""
        if isinstance(inner, list):
            for item in inner:
                if isinstance(item, dict):
                    yield from keys_of(item, f"{path}[].", known)
        elif isinstance(inner, dict) and kind == "map":
            for item in inner.values():
                yield from keys_of(item, f"{path}{{}}.", known)
        elif isinstance(inner, dict):
            yield from keys_of(inner, f"{path}.", known)


def test_flat_columns_are_documented_in_their_order() -> None:
    assert fields.names(ROWS.fields) == [*COLUMNS, "state", "changed_at", "reason", "merged_into"]


@pytest.mark.parametrize(("table", "name"), [(ROWS, "incidents"), (ARTICLES, "articles")])
def test_every_key_of_a_list_is_documented_and_given(client, corpus, table, name) -> None:
    documented = fields.names(table.fields)

    assert list(rows_of_csv(client, f"/{name}.csv")[0]) == documented
    assert {tuple(sorted(row)) for row in lines_of(client, f"/{name}.jsonl")} == {tuple(sorted(documented))}
    if name == "incidents":
        for feature in json.loads(body(client, "/incidents.geojson"))["features"]:
            assert sorted(feature["properties"]) == sorted(documented)


# Aspects that are told in the same shape are documented alike: what one of them gives, all may.
SHAPES = {**dict.fromkeys(COUNTED, "counted"), **dict.fromkeys(HAPPENED, "happened")}
SAME_SHAPE = re.compile(rf"^({'|'.join(SHAPES)})(?=\.|\[|$)")


def test_every_key_of_an_edition_is_documented_and_given(client, corpus) -> None:
    hidden = corpus.articles[5]
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked for.")
    sentence = curation.add_sentence(incident=corpus.incidents[1], by=None, text_en="Shells fell.")
    sentence.passages.set([corpus.incidents[1].claims.first().passage])
    curation.publish(corpus.incidents[1], by=None, note="A summary.")
    dispute = {"aspect": "actor", "stance": "disputes", "actor": corpus.actors[0], "judgement": "It doubts it."}
    curation.make_claim(incident=corpus.incidents[9], by=None, speaker=corpus.speaker, **dispute)
    either = {"aspect": "actor", "one_of_actors": corpus.actors[:2], "passage": sentence.passages.get()}
    for speaker in (corpus.speaker, None):
        curation.make_claim(incident=corpus.incidents[9], by=None, speaker=speaker, **either)
    kept = {warning.key: "Only the dispute is on record." for warning in curation.warnings(corpus.incidents[9])}
    curation.publish(corpus.incidents[9], by=None, note="A dispute.", kept=kept)
    told = FullIncident()
    told.say_all()
    told.say_further()
    scheme = IdentifierScheme.objects.create(
        slug="others", name_en="Of others", name_ar="للآخرين", address="https://x.example/{}"
    )
    curation.add_identifier(told.incident, by=None, scheme=scheme, value="X1")
    told.publish(note_ar="أول نشر.")
    reasons = {"reason": "One report tells of both.", "reason_ar": "يروي تقرير واحد الحادثتين."}
    words = sentence.passages.get()
    link = {"relation": "same_operation", "passage": words, **reasons}
    curation.link_incidents(corpus.incidents[1], to=told.incident, by=None, **link)
    known = dict(fields.paths(EDITIONS.fields))
    given = set()
    for incident in [*corpus.incidents, told.incident]:
        document = json.loads(body(client, f"/incidents/{incident.code}.json"))
        given |= set(keys_of(document, "", known))
    curation.merge(corpus.incidents[0], into=told.incident, by=None, reason="The same.")
    curation.generalise_place(told.facility, by=None, reason="Its millers were threatened.")
    type(hidden).objects.filter(pk=words.text_version.article_id).update(
        visibility="withheld", visibility_reason="Asked for."
    )
    given |= set(keys_of(json.loads(body(client, f"/incidents/{told.incident.code}.json")), "", known))

    def any_speaker(paths: Iterable[str]) -> set[str]:
        said = (re.sub("(asserted|denied|disputed)_by", "said_by", path) for path in paths)
        return {SAME_SHAPE.sub(lambda match: SHAPES[match[1]], path) for path in said}

    assert given - set(known) == set()
    assert any_speaker(known) - any_speaker(given) == set()


@pytest.mark.parametrize("order", ["newest", "oldest", "killed", "updated", "relevance"])
def test_files_keep_the_order_of_the_list_across_batches(client, corpus, monkeypatch, order) -> None:
    monkeypatch.setattr("archive.exports.files.FIRST", 2)
    monkeypatch.setattr("archive.exports.files.BATCH", 3)
    query = {"order": order, "q": "mill", "scope": "any"}

    codes = [row["code"] for row in rows_of_csv(client, "/incidents.csv", query)]

    page = client.get("/incidents/", query)
    assert codes == [row.code for row in page.context["listing"].page.rows]
    assert len(codes) > 10


def test_file_costs_a_query_a_batch(client, corpus, django_assert_max_num_queries) -> None:
    client.get("/incidents.csv").getvalue()

    with django_assert_max_num_queries(6):
        client.get("/incidents.csv", {"scope": "any"}).getvalue()
