"""Citing the versions of an incident: lines, files, meta tags, JSON-LD, typed links."""

import copy
import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from archive.models import Article
from incidents import curation
from tests.factories.cited import FORMS, bibtex, by_type, csl, get, ris
from tests.factories.full_incident import DEATHS, DENIAL, HIT, FullIncident, published
from tests.factories.heads import Head, by_rel
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

DATA = (*FORMS, "json", "jsonld")


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


@pytest.fixture
def second(told: FullIncident) -> FullIncident:
    """The same incident, published twice."""
    told.say("killed", told.passage(told.arabic, "وقتل أربعة"), count_low=4, group="children")
    told.publish(note="A child.")
    return told


def test_every_file_of_an_incident_names_the_version_its_day_and_its_permalink(
    client: Client, second: FullIncident, settings
) -> None:
    code = second.incident.code
    today = datetime.now(UTC).date()

    for path, number in ((f"/incidents/{code}", 2), (f"/incidents/{code}/v1", 1)):
        permalink = f"{settings.SITE_URL}/incidents/{code}/v{number}/"
        item, entry, (_entry, fields) = (
            csl(client, f"{path}.csl.json"), ris(client, f"{path}.ris"), bibtex(client, f"{path}.bib")
        )  # fmt: skip

        assert (item["URL"], entry["urls"], fields["url"]) == (permalink, [permalink], permalink)
        assert (item["version"], entry["edition"], fields["version"]) == (str(number),) * 3
        assert item["issued"] == {"date-parts": [[today.year, today.month, today.day]]}
        assert entry["date"] == f"{today:%Y/%m/%d}/"
        assert fields["date"] == today.isoformat()
        assert item["title"] == entry["title"]
        assert "Upper Town" in item["title"]
        assert item["author"] == [{"literal": "Archive of Attack Reports"}]


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("csl.json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_files_have_their_media_type_and_a_name(client: Client, told: FullIncident, form: str, media_type: str) -> None:
    code = told.incident.code
    article = told.english.article.public_id

    for path, name in (
        (f"/incidents/{code}.{form}", f"{code}-v1.{form}"),
        (f"/incidents/{code}/v1.{form}", f"{code}-v1.{form}"),
        (f"/articles/{article}.{form}", f"{article}.{form}"),
        (f"/articles/{article}/text/1.{form}", f"{article}-text1.{form}"),
    ):
        response = get(client, path)
        assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_page_offers_lines_and_files_of_the_version_shown(client: Client, second: FullIncident, settings) -> None:
    code = second.incident.code
    today = datetime.now(UTC).date()

    html = get(client, f"/incidents/{code}/v1/").content.decode()

    permalink = f"{settings.SITE_URL}/incidents/{code}/v1/"
    assert f'(Version 1) [Archive record]. <bdi dir="ltr">{permalink}</bdi></p>' in html
    assert f"Archive of Attack Reports. ({today.year}, {today:%B} {today.day})." in html
    assert f'version 1, {today.day} {today:%B} {today.year}, <bdi dir="ltr">{permalink}</bdi></p>' in html
    for style in ("APA", "Chicago", "MLA", "Plain line"):
        assert f"<dt>{style}</dt>" in html
    for form in FORMS:
        assert f'href="/incidents/{code}/v1.{form}"' in html


def test_arabic_page_cites_in_arabic_and_by_the_same_permalink(client: Client, told: FullIncident, settings) -> None:
    code = told.incident.code

    html = get(client, f"/ar/incidents/{code}/").content.decode()

    assert "الإصدار 1" in html
    assert f"{settings.SITE_URL}/incidents/{code}/v1/</bdi></p>" in html


@pytest.mark.parametrize("form", DATA)
def test_merged_incident_sends_on_in_every_format(client: Client, told: FullIncident, form: str) -> None:
    survivor = published()
    curation.merge(told.incident, into=survivor.incident, by=None, reason="The same attack.")

    response = get(client, f"/incidents/{told.incident.code}.{form}", 301)

    assert response.headers["Location"] == f"/incidents/{survivor.incident.code}.{form}"
    get(client, f"/incidents/{told.incident.code}/v1.{form}")


@pytest.mark.parametrize("form", DATA)
def test_withdrawn_incident_is_gone_in_every_format(client: Client, told: FullIncident, form: str) -> None:
    curation.withdraw(told.incident, by=None, reason="It was an accident.")

    for path in (f"/incidents/{told.incident.code}.{form}", f"/incidents/{told.incident.code}/v1.{form}"):
        assert "It was an accident." in get(client, path, 410).content.decode()


@pytest.mark.parametrize("form", DATA)
def test_draft_and_nothing_answer_alike_in_every_format(client: Client, form: str) -> None:
    draft = FullIncident()
    draft.say_least()

    for code in (draft.incident.code, "zzzzzz"):
        get(client, f"/incidents/{code}.{form}", 404)
        get(client, f"/incidents/{code}/v1.{form}", 404)


def test_incident_links_are_those_of_signposting(client: Client, second: FullIncident, settings) -> None:
    code = second.incident.code
    site = settings.SITE_URL

    links = by_rel(get(client, f"/incidents/{code}/v1/").headers["Link"])

    assert links["cite-as"] == [(f"{site}/incidents/{code}/v1/", "")]
    assert ("https://schema.org/Event", "") in links["type"]
    assert links["license"][0][0].startswith("https://creativecommons.org/")
    assert links["collection"] == [(f"{site}/incidents/", "text/html")]
    assert links["item"] == [(f"{site}/incidents/{code}/v1.json", "application/json")]
    assert links["latest-version"] == [(f"{site}/incidents/{code}/", "text/html")]
    assert links["successor-version"] == [(f"{site}/incidents/{code}/v2/", "text/html")]
    assert "predecessor-version" not in links
    assert len(links["describedby"]) == 4
    for address, media_type in links["describedby"]:
        described = get(client, address.removeprefix(site))
        assert described.headers["Content-Type"].partition(";")[0] == media_type
        assert by_rel(described.headers["Link"])["describes"] == [(f"{site}/incidents/{code}/v1/", "text/html")]


def test_incident_head_makes_a_web_page_of_the_archive(client: Client, told: FullIncident, settings) -> None:
    code = told.incident.code

    head = Head(get(client, f"/incidents/{code}/").content.decode())

    assert head.one("z:itemType") == "webpage"
    assert head.one("DC.title") == head.one("og:title")
    assert "Upper Town" in head.one("og:title")
    assert head.one("og:url") == head.one("DC.identifier") == f"{settings.SITE_URL}/incidents/{code}/v1/"
    assert head.one("og:type") == "website"
    assert head.one("og:site_name") == head.one("DC.publisher") == "Archive of Attack Reports"
    assert head.one("DC.date") == head.one("article:published_time") == datetime.now(UTC).date().isoformat()
    assert head.one("og:description").startswith("Attack, night of 27 November 2019, Upper Town")
    assert "Killed: 3–5, according to several statements." in head.one("og:description")
    assert head.one("description") == head.one("og:description")
    assert not any(name.startswith("citation_") for name in head.metas)


def test_canonical_is_of_the_readers_language_and_of_an_old_version_its_own(
    client: Client, second: FullIncident, settings
) -> None:
    code, site = second.incident.code, settings.SITE_URL

    for path, canonical in (
        (f"/incidents/{code}/", f"/incidents/{code}/"),
        (f"/incidents/{code}/v2/", f"/incidents/{code}/"),
        (f"/incidents/{code}/v1/", f"/incidents/{code}/v1/"),
        (f"/ar/incidents/{code}/", f"/ar/incidents/{code}/"),
        (f"/ar/incidents/{code}/v1/?x=1", f"/ar/incidents/{code}/v1/"),
    ):
        head = Head(get(client, path).content.decode())
        assert [link["href"] for link in head.rel("canonical")] == [site + canonical]
        assert {link["hreflang"] for link in head.rel("alternate") if "hreflang" in link} == {"en", "ar"}


def test_incident_in_the_words_of_schema_org(client: Client, told: FullIncident, settings) -> None:
    code, site = told.incident.code, settings.SITE_URL

    nodes = by_type(json.loads(get(client, f"/incidents/{code}.jsonld").content))

    [record], [event] = nodes["WebPage"], nodes["Event"]
    assert record["@id"] == f"{site}/incidents/{code}/v1/"
    assert record["version"] == "1"
    assert record["about"] == {"@id": event["@id"]}
    assert record["temporalCoverage"] == event["startDate"] == event["endDate"] == "2019-11-27"
    assert {one["@language"] for one in event["name"]} == {"en", "ar"}
    assert event["location"][0]["geo"] == {"@type": "GeoCoordinates", "latitude": 35.5, "longitude": 36.5}
    assert event["location"][0]["description"] == "near this place"
    assert {report["url"] for report in nodes["CreativeWork"]} == {
        "https://herald.example/en",
        "https://herald.example/ar",
    }
    quotations = {quotation["@id"]: quotation for quotation in nodes["Quotation"]}
    assert {HIT, DEATHS, DENIAL} <= {quotation["text"] for quotation in quotations.values()}
    assert all(claim["appearance"]["@id"] in quotations for claim in nodes["Claim"] if "appearance" in claim)
    said = {claim["text"] for claim in nodes["Claim"]}
    assert "Killed: 3–5 people (said by Rescue Group)" in said
    assert "Attributed to: Nowhere’s army (denied by Ministry of Nowhere)" in said


def test_uncertain_date_is_a_coverage_and_no_start(client: Client) -> None:
    told = FullIncident()
    hit = told.passage(told.english, HIT)
    told.say("occurred", hit, occurred_edtf="2019-11")
    told.say("place", hit, place=told.place)
    told.say("weapon", hit, weapon=told.weapon)
    told.publish()

    nodes = by_type(json.loads(get(client, f"/incidents/{told.incident.code}.jsonld").content))

    assert nodes["WebPage"][0]["temporalCoverage"] == "2019-11-01/2019-11-30"
    assert "startDate" not in nodes["Event"][0]


def test_tally_is_no_event(client: Client) -> None:
    told = published(scope="tally")

    nodes = by_type(json.loads(get(client, f"/incidents/{told.incident.code}.jsonld").content))

    assert "Event" not in nodes
    assert "about" not in nodes["WebPage"][0]


def test_page_carries_its_record_as_data_that_cannot_break_out(client: Client, told: FullIncident) -> None:
    html = get(client, f"/incidents/{told.incident.code}/").content.decode()

    nodes = by_type(Head(html).data)

    assert "Shells on a <mill>" in {report["name"] for report in nodes["CreativeWork"]}
    assert "<mill>" not in html


def test_embargo_leaves_no_words_in_any_format(client: Client, told: FullIncident) -> None:
    code = told.incident.code
    Article.objects.filter(pk=told.english.article_id).update(visibility="embargoed", visibility_reason="Risk.")

    for path in (".jsonld", "/v1.jsonld", ".json", "/v1.json", ".bib", ".ris", ".csl.json", "/", "/v1/"):
        body = get(client, f"/incidents/{code}{path}").content.decode()
        for words in (HIT, DENIAL, "Shells on a", "https://herald.example/en"):
            assert words not in body, path


def test_whole_set_is_a_dataset(client: Client, settings) -> None:
    document = json.loads(get(client, "/incidents.jsonld").content)

    assert document["@type"] == "Dataset"
    assert Head(get(client, "/about/data/").content.decode()).data == document
    for file in document["distribution"]:
        response = get(client, file["contentUrl"].removeprefix(settings.SITE_URL))
        assert response.headers["Content-Type"].partition(";")[0] == file["encodingFormat"]
