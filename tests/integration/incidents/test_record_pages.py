"""The page of an incident, of its editions, and what its address answers when it is gone."""

import json
import re

import pytest
from django.test import Client

from archive.models import Article
from incidents import curation
from incidents.models import Claim
from tests.factories.full_incident import DEATHS, HIT, FullIncident, published

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_incident_shows_each_fact_with_its_quotes(client: Client) -> None:
    told = published()

    html = page(client, f"/incidents/{told.incident.code}/")

    for words in (HIT, "أربعة أشخاص", "Example Herald", "28 November 2019", "The Wednesday before.", "near this place"):
        assert words in html
    assert html.count(f"/passages/{told.passage(told.english, HIT).public_id}/") >= 6


def test_incident_names_who_says_and_who_denies(client: Client) -> None:
    told = published()

    html = page(client, f"/incidents/{told.incident.code}/")

    assert "Denied by Ministry of Nowhere." in html
    assert "said by Rescue Group" in html
    assert "disputed" in html


def test_incident_labels_judgement_rank_and_what_is_not_a_fact(client: Client) -> None:
    told = published()

    html = page(client, f"/incidents/{told.incident.code}/")

    assert "Editor’s judgement, not a quote" in html
    assert "Only its guns reach the town." in html
    assert "preferred by the editors" in html
    assert "set aside by the editors" in html
    assert "Not taken as a fact" in html


def test_incident_gives_counts_as_ranges(client: Client) -> None:
    told = published()

    html = page(client, f"/incidents/{told.incident.code}/")

    assert "3–5 people" in html
    assert "at least 10 people" in html


def test_incident_escapes_hostile_words(client: Client) -> None:
    told = published()

    html = page(client, f"/incidents/{told.incident.code}/")

    assert "<b>ten</b>" not in html
    assert "killed &amp; &lt;b&gt;ten&lt;/b&gt; were hurt" in html
    assert "Shells on a &lt;mill&gt;" in html


def test_incident_links_its_permalink_and_json(client: Client, settings) -> None:
    told = published()

    html = page(client, f"/incidents/{told.incident.code}/")

    assert f'class="breakable code" href="{settings.SITE_URL}/incidents/{told.incident.code}/v1/"' in html
    assert f"/incidents/{told.incident.code}/v1.json" in html
    assert "version 1" in html


def test_incident_reads_editions_only(client: Client) -> None:
    told = published()
    told.say("killed", told.passage(told.arabic, "وقتل"), count_low=77, group="children")

    assert "77 children" not in page(client, f"/incidents/{told.incident.code}/")
    assert "77 children" not in page(client, f"/incidents/{told.incident.code}/v1/")


def test_old_edition_stays_and_says_what_changed(client: Client) -> None:
    told = FullIncident()
    told.say_least()
    told.publish()
    told.say("killed", told.passage(told.english, DEATHS), count_low=3, count_high=5, group="people")
    told.publish(note="The dead.")

    old = page(client, f"/incidents/{told.incident.code}/v1/")
    new = page(client, f"/incidents/{told.incident.code}/v2/")

    assert "There is a newer version" in old
    assert "Read the current version" in old
    assert "3–5 people" in old.split("Cite this version")[0]
    assert "3–5 people" not in old.split("Cite this version")[1]
    assert "There is a newer version" not in new


def test_changes_lists_every_edition_newest_first(client: Client) -> None:
    told = FullIncident()
    told.say_least()
    told.publish(note="Note of the first.")
    told.say("killed", told.passage(told.english, DEATHS), count_low=3, group="people")
    told.publish(note="Note of the second.")

    html = page(client, f"/incidents/{told.incident.code}/changes/")

    assert html.index("Note of the second.") < html.index("Note of the first.")
    assert "at least 3 people" in html


def test_unknown_edition_is_not_found(client: Client) -> None:
    told = published()

    page(client, f"/incidents/{told.incident.code}/v2/", 404)
    page(client, f"/incidents/{told.incident.code}/v0/", 404)
    page(client, f"/incidents/{told.incident.code}/v{10**30}/", 404)


@pytest.mark.parametrize("path", ["", "changes/", "v1/"])
def test_draft_answers_as_what_never_existed(client: Client, path: str) -> None:
    told = FullIncident()
    told.say_all()

    draft = page(client, f"/incidents/{told.incident.code}/{path}", 404)
    nothing = page(client, f"/incidents/zzzzzz/{path}", 404)

    assert draft.replace(told.incident.code, "zzzzzz") == nothing


def test_code_in_capitals_is_sent_on(client: Client) -> None:
    told = published()

    response = client.get(f"/incidents/{told.incident.code.upper()}/v1/")

    assert response.status_code == 301
    assert response.headers["Location"] == f"/incidents/{told.incident.code}/v1/"


@pytest.mark.parametrize("path", ["/", "/v1/", "/changes/", ".json", "/v1.json"])
def test_withdrawn_answers_gone_with_date_and_reason(client: Client, path: str) -> None:
    told = published()
    curation.withdraw(told.incident, by=None, reason="It was of another year.")

    response = client.get(f"/incidents/{told.incident.code}{path}")

    assert response.status_code == 410
    assert "It was of another year." in response.content.decode()
    assert HIT not in response.content.decode()


def test_restored_answers_again(client: Client) -> None:
    told = published()
    curation.withdraw(told.incident, by=None, reason="A mistake.")
    curation.restore(told.incident, by=None, reason="No mistake.")

    page(client, f"/incidents/{told.incident.code}/")


@pytest.mark.parametrize(("path", "target"), [("/", "/"), (".json", ".json"), ("/changes/", "/changes/")])
def test_merged_is_sent_to_the_survivor_of_a_chain(client: Client, path: str, target: str) -> None:
    first, second, third = published(), published(), published()
    curation.merge(first.incident, into=second.incident, by=None, reason="The same.")
    curation.merge(second.incident, into=third.incident, by=None, reason="The same again.")

    response = client.get(f"/incidents/{first.incident.code}{path}?x=1")

    assert response.status_code == 301
    assert response.headers["Location"] == f"/incidents/{third.incident.code}{target}?x=1"


def test_merged_in_arabic_stays_in_arabic(client: Client) -> None:
    first, second = published(), published()
    curation.merge(first.incident, into=second.incident, by=None, reason="The same.")

    response = client.get(f"/ar/incidents/{first.incident.code}/")

    assert response.headers["Location"] == f"/ar/incidents/{second.incident.code}/"


def test_edition_of_a_merged_incident_stays_where_it_was_cited(client: Client) -> None:
    first, second = published(), published()
    curation.merge(first.incident, into=second.incident, by=None, reason="The same mill.")

    html = page(client, f"/incidents/{first.incident.code}/v1/")

    assert "merged into another" in html
    assert "The same mill." in html
    assert first.incident.code in page(client, f"/incidents/{second.incident.code}/changes/")


def test_embargoed_article_loses_title_and_words_everywhere(client: Client) -> None:
    told = published()
    Article.objects.filter(pk=told.english.article_id).update(visibility="embargoed", visibility_reason="Risk.")
    code = told.incident.code

    for path in (
        f"/incidents/{code}/",
        f"/incidents/{code}/v1/",
        f"/incidents/{code}/changes/",
        f"/incidents/{code}.json",
    ):
        html = page(client, path)
        assert "old mill at Upper Town" not in html
        assert "Shells on a" not in html
        assert "herald.example/en" not in html
        assert "Risk." not in html
    assert "The words of this passage cannot be shown" in page(client, f"/incidents/{code}/")


def test_source_for_reference_only_loses_words(client: Client) -> None:
    told = published(text_policy="reference")

    html = page(client, f"/incidents/{told.incident.code}/")

    assert HIT not in html
    assert "Shells on a &lt;mill&gt;" in html


def test_json_is_the_content_with_its_permalink(client: Client, settings) -> None:
    told = published()

    body = json.loads(page(client, f"/incidents/{told.incident.code}/v1.json"))

    assert body["permalink"] == f"{settings.SITE_URL}/incidents/{told.incident.code}/v1/"
    assert body["killed"]["low"] == 3
    assert {claim["id"] for claim in body["claims"]} == set(Claim.objects.values_list("public_id", flat=True))


def test_arabic_page_is_right_to_left_with_arabic_names(client: Client) -> None:
    told = published()

    html = page(client, f"/ar/incidents/{told.incident.code}/")

    assert '<html lang="ar" dir="rtl">' in html
    assert "البلدة العليا" in html
    assert "سقطت قذائف على مطحنة." in html
    assert f'href="/incidents/{told.incident.code}/"' in html


def test_pages_leave_no_cookie_and_vary_by_nothing(client: Client) -> None:
    told = published()

    response = client.get(f"/incidents/{told.incident.code}/")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(("path", "queries"), [("/", 4), ("/v1/", 3), ("/v2/", 2), (".json", 2), ("/v1.json", 3)])
def test_record_takes_few_queries(client: Client, django_assert_num_queries, path: str, queries: int) -> None:
    told = published()
    told.say("killed", told.passage(told.arabic, "وقتل أربعة"), count_low=4, group="children")
    told.publish(note="A child.")
    client.get(f"/incidents/{told.incident.code}{path}")  # what lists keep in memory is read

    with django_assert_num_queries(queries):
        client.get(f"/incidents/{told.incident.code}{path}")


@pytest.mark.parametrize(("language", "speaker"), [("", "Rescue Group"), ("/ar", "فريق الإنقاذ")])
def test_lines_of_statements_run_in_the_direction_of_the_page(client: Client, language: str, speaker: str) -> None:
    told = FullIncident()
    told.say_least()
    told.publish()
    told.say_rest()
    told.publish(note="The rest.")

    html = client.get(f"{language}/incidents/{told.incident.code}/changes/").content.decode()

    composed = re.findall(r'<span class="line">([^<]*)</span>', html)
    assert any(speaker in line and "ten" in line for line in composed)
    assert re.search(r'<span class="line" dir="auto">[^<]*</span>', html)
    assert not any(" · " in line for line in re.findall(r'<span class="line" dir="auto">([^<]*)</span>', html))
