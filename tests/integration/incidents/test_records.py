"""Records: what an edition holds, what of it readers may see, its flat row, and what changed since."""

import copy
import json
import re
from typing import Any

import pytest

from archive import intake, search
from archive.models import Article, Source
from incidents import curation
from incidents.models import Edition, Incident, PublishedIncident, PublishedRecord
from incidents.record.differences import differences
from incidents.record.flat import flat_row
from incidents.record.redaction import redacted, redacted_all
from incidents.record.row import COLUMNS
from incidents.record.writing import canonical, digest
from tests.factories import reviewed
from tests.factories.archive import (
    ArticleFactory,
    CountryFactory,
    PassageFactory,
    PlaceFactory,
    SourceFactory,
    TextVersionFactory,
    UserFactory,
)
from tests.factories.incidents import ActorFactory, FacilityFactory, SpeakerFactory, WeaponFactory
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

TEXT = "On Monday night shells hit the River Clinic near the mill town; 2 to 4 people died, the council said."


def make_incident() -> Incident:
    """A published incident with a claim of every aspect but the kind of facility."""
    editor = UserFactory(username="editor-in-person")
    governorate = PlaceFactory(pcode="SY07", level=1, name_en="North", name_ar="الشمال", parent=CountryFactory())
    town = PlaceFactory(pcode="C1", name_en="Mill Town", name_ar="بلدة الطاحون", parent=governorate)
    text = TextVersionFactory(text=TEXT, article=ArticleFactory(title="A clinic hit", source__slug="river-post"))
    incident = curation.create_incident(by=editor, scope="attack")
    curation.change_incident(incident, by=editor, seen=1, note="Ask the council again.")
    army = ActorFactory(slug="army", parent=ActorFactory(slug="state"))
    said = {
        "On Monday night": {"aspect": "occurred", "occurred_edtf": "2019-11-25/2019-11-26", "part_of_day": "night"},
        "near the mill town": {"aspect": "place", "place": town, "place_precision": "near"},
        "the River Clinic": {
            "aspect": "facility",
            "facility": FacilityFactory(name_en="River Clinic", place=town, facility_type__slug="clinic"),
        },
        "shells": {"aspect": "weapon", "weapon": WeaponFactory(slug="shelling")},
        "2 to 4 people died": {"aspect": "killed", "count_low": 2, "count_high": 4, "group": "people"},
        "the council said": {"aspect": "actor", "actor": army, "speaker": SpeakerFactory(slug="council")},
    }
    for words, claim in said.items():
        passage = PassageFactory(text_version=text, exact=words)
        curation.make_claim(incident=incident, by=editor, passage=passage, **claim)
    curation.make_claim(
        incident=incident, by=editor, aspect="actor", actor=army, stance="denies", judgement="The army said so on air.",
        speaker=SpeakerFactory(slug="ministry", name_en="Ministry", name_ar="الوزارة"),
    )  # fmt: skip
    reviewed.publish(incident, note="First edition.")
    return incident


@pytest.fixture(scope="module")
def kept_incident(make_once: MakeOnce) -> Incident:
    return make_once(make_incident)


@pytest.fixture
def incident(kept_incident: Incident) -> Incident:
    return copy.deepcopy(kept_incident)


@pytest.fixture
def content(incident: Incident) -> dict[str, Any]:
    content: dict[str, Any] = incident.editions.get().content
    return content


def withhold(visibility: str = "withheld") -> None:
    Article.objects.update(visibility=visibility, visibility_reason="A witness asked.")


# Content


def test_content_has_what_the_contract_says(content: dict[str, Any]) -> None:
    assert content["occurred"] | {"claims": None} == {
        "edtf": "2019-11-25/2019-11-26",
        "from": "2019-11-25",
        "to": "2019-11-26",
        "precision": "days",
        "part_of_day": "night",
        "time": None,
        "contested": False,
        "claims": None,
        "against": [],
    }
    [place] = content["places"]
    assert (place["pcode"], place["level"], place["precision"]) == ("C1", "community", "near")
    assert [unit["pcode"] for unit in place["ancestors"]] == ["SY", "SY07"]
    assert content["facilities"][0]["type"]["slug"] == "clinic"
    assert [kind["slug"] for kind in content["facility_types"]] == ["clinic"]
    [actor] = content["actors"]
    assert (actor["slug"], actor["ancestors"], actor["disputed"]) == ("army", ["state"], True)
    assert content["killed"]["groups"][0]["high"] == 4
    assert content["injured"] is None


def test_content_facts_name_claims_that_name_passages_of_articles(content: dict[str, Any]) -> None:
    claims = {claim["id"]: claim for claim in content["claims"]}

    for claim_id in content["killed"]["claims"] + content["places"][0]["claims"]:
        passage = content["passages"][claims[claim_id]["passage"]]
        assert TEXT[passage["start"] : passage["end"]] == passage["exact"]
        assert content["articles"][passage["article"]]["title"] == "A clinic hit"


def test_content_names_nobody_of_ours_and_no_database_id(content: dict[str, Any]) -> None:
    told = json.dumps(content, ensure_ascii=False)

    assert "editor-in-person" not in told
    assert "Ask the council" not in told
    assert not re.search(r'"(id|article|passage)": \d', told)


def test_content_digest_is_of_what_the_database_gives_back(incident: Incident) -> None:
    edition = Edition.objects.get(incident=incident)

    assert edition.sha256 == digest(edition.content)
    assert json.loads(canonical(edition.content)) == edition.content


# Redaction


def test_redacted_of_public_articles_is_the_record(content: dict[str, Any]) -> None:
    assert redacted(content) == content


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_redacted_hides_quotes_and_titles(content: dict[str, Any], visibility: str) -> None:
    withhold(visibility)
    before = copy.deepcopy(content)

    shown = redacted(content)

    told = json.dumps(shown, ensure_ascii=False)
    assert all(words not in told for words in ("River Clinic near", "people died", "A clinic hit"))
    assert all(passage["withheld"] for passage in shown["passages"].values())
    assert shown["killed"] == content["killed"]
    assert content == before


@pytest.mark.parametrize("by", ["article", "source"])
def test_incident_with_a_hidden_quote_is_found_by_the_phrases_that_stay(incident: Incident, by: str) -> None:
    def found(phrase: str) -> bool:
        return search.parse(f'"{phrase}"', expand=False).filter(PublishedIncident.objects.all()).exists()

    assert found("mill town")
    assert found("2 to 4 people")

    if by == "article":
        withhold()
    else:
        Source.objects.update(text_policy="reference")

    assert found("mill town")
    assert not found("2 to 4 people")
    curation.refresh_rows([incident.pk])
    assert (found("mill town"), found("2 to 4 people")) == (True, False)


def test_redacted_reference_only_hides_quotes_not_titles(content: dict[str, Any]) -> None:
    source = Article.objects.get().source
    source.text_policy = "reference"
    source.save()

    shown = redacted(content)

    assert {passage["exact"] for passage in shown["passages"].values()} == {None}
    assert [article["title"] for article in shown["articles"].values()] == ["A clinic hit"]


def test_redacted_article_that_is_gone_is_hidden(content: dict[str, Any]) -> None:
    strange = json.loads(json.dumps(content).replace(next(iter(content["articles"])), "zzz"))

    assert [article["withheld"] for article in redacted(strange)["articles"].values()] == [True]


def test_redacted_all_in_one_query(content: dict[str, Any], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        redacted_all([content, content, content])


# Flat rows


def test_flat_row_has_the_columns_in_order(content: dict[str, Any]) -> None:
    assert tuple(flat_row(content)) == COLUMNS


def test_flat_row_says_what_the_record_says(incident: Incident, content: dict[str, Any]) -> None:
    row = flat_row(content)

    assert row["permalink"] == f"/incidents/{incident.code}/v1/"
    assert (row["occurred_from"], row["occurred_to"], row["part_of_day"]) == ("2019-11-25", "2019-11-26", "night")
    assert (row["place_pcode"], row["place_precision"], row["admin1_pcode"]) == ("C1", "near community", "SY07")
    assert (row["killed_low"], row["killed_high"], row["injured_low"]) == (2, 4, None)
    assert (row["actors"], row["actors_disputed"], row["weapons"]) == (["army"], ["army"], ["shelling"])
    assert (row["facilities"], row["facility_types"], row["sources"]) == (["River Clinic"], ["clinic"], ["river-post"])
    assert row["articles"] == list(content["articles"])


def test_flat_row_of_a_record_without_facts() -> None:
    empty: dict[str, Any] = {key: [] for key in ("places", "facilities", "facility_types", "actors", "weapons")}
    empty |= dict.fromkeys(("code", "version", "scope", "published_at", "title_en", "title_ar"), "x")
    row = flat_row(empty | {"occurred": None, "killed": None, "injured": None, "articles": {}})

    assert (row["occurred_from"], row["place_pcode"], row["killed_low"], row["lat"]) == (None, None, None, None)
    assert row["date_contested"] is False


def test_refresh_rows_after_withholding_drops_the_words(incident: Incident) -> None:
    withhold()

    curation.refresh_rows([incident.pk])

    row = PublishedIncident.objects.get(pk=incident.pk)
    assert PublishedRecord.objects.get(pk=incident.pk).record["articles"] == []
    assert row.article_count == 0
    assert "council" not in row.vector


def test_correct_article_withheld_takes_its_words_from_search(incident: Incident) -> None:
    article = Article.objects.get()

    withheld = intake.correct_article(
        article, by=None, seen=article.lock_version, visibility="withheld", visibility_reason="A witness asked."
    )
    hidden = PublishedIncident.objects.get(pk=incident.pk).vector
    intake.correct_article(withheld, by=None, seen=article.lock_version + 1, visibility="public")

    assert "council" not in hidden
    assert "council" in PublishedIncident.objects.get(pk=incident.pk).vector


def test_refresh_rows_finds_the_words_of_quotes(incident: Incident) -> None:
    vector = PublishedIncident.objects.get(pk=incident.pk).vector

    assert "council" in vector
    assert "'mill'" in vector


# Differences


def changed(content: dict[str, Any], **values: Any) -> dict[str, Any]:
    return copy.deepcopy(content) | values


def test_differences_of_the_same_is_nothing(content: dict[str, Any]) -> None:
    assert differences(content, changed(content, version=2, note="Again.", published_at="2024-01-01T00:00:00Z")) == []


def test_differences_names_old_and_new_in_both_languages(content: dict[str, Any]) -> None:
    newer = changed(content, killed=copy.deepcopy(content["killed"]))
    newer["killed"]["groups"][0]["high"] = 5

    [difference] = differences(content, newer)

    assert difference.field == "killed"
    assert [shown.en for shown in difference.removed] == ["2–4 people"]
    assert [shown.en for shown in difference.added] == ["2–5 people"]
    assert difference.added[0].ar == "أشخاص: من 2 إلى 5"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title_en": "Another"}, ["title"]),
        ({"scope": "series"}, ["scope"]),
        ({"occurred": None}, ["occurred"]),
        ({"places": []}, ["places"]),
        ({"facilities": [], "facility_types": []}, ["facilities", "facility_types"]),
        ({"actors": []}, ["actors"]),
        ({"weapons": []}, ["weapons"]),
        ({"killed": None}, ["killed"]),
        ({"summary": [{"text_en": "Shells.", "text_ar": "قذائف.", "passages": []}]}, ["summary"]),
        ({"claims": []}, ["evidence"]),
    ],
)
def test_differences_sees_every_field(content: dict[str, Any], change: dict[str, Any], fields: list[str]) -> None:
    assert [difference.field for difference in differences(content, changed(content, **change))] == fields


def test_differences_denial_is_a_change_of_the_actor(content: dict[str, Any]) -> None:
    newer = copy.deepcopy(content)
    newer["actors"][0]["denied_by"] = []

    [difference] = differences(content, newer)

    assert difference.removed[0].en.endswith("(disputed by Ministry)")
    assert difference.removed[0].ar.endswith("(ينفي ذلك أو يشكك فيه: الوزارة)")


def test_differences_sees_another_place_of_the_same_name(content: dict[str, Any]) -> None:
    newer = copy.deepcopy(content)
    newer["places"][0]["pcode"] = "C1234"

    [difference] = differences(content, newer)

    assert difference.field == "places"
    assert difference.removed[0].en.endswith(f"({content['places'][0]['pcode']})")
    assert difference.added[0].en.endswith("(C1234)")


def test_differences_sees_which_place_comes_first(content: dict[str, Any]) -> None:
    second = {**content["places"][0], "pcode": "C1234", "name_en": "Mill Town", "name_ar": "بلدة الطاحون"}
    older = changed(content, places=[content["places"][0], second])

    [difference] = differences(older, changed(content, places=[second, content["places"][0]]))

    assert difference.added[0].en == f"{older_name(second)} (C1234, 1)"


def older_name(place: dict[str, Any]) -> str:
    return {"near": "near {}", "part": "part of {}"}.get(place["precision"], "{}").format(place["name_en"])


@pytest.mark.parametrize(("key", "value", "words"), [("best", 3, "(preferred: 3)"), ("contested", True, "(contested)")])
def test_differences_sees_what_is_said_of_a_number(content: dict[str, Any], key: str, value: Any, words: str) -> None:
    newer = copy.deepcopy(content)
    newer["killed"]["groups"][0][key] = value

    [difference] = differences(content, newer)

    assert difference.field == "killed"
    assert difference.added[0].en.endswith(words)


def test_differences_sees_the_same_words_of_another_passage(content: dict[str, Any]) -> None:
    newer = copy.deepcopy(content)
    claim = next(claim for claim in newer["claims"] if claim["passage"])
    newer["passages"]["another"] = newer["passages"][claim["passage"]]
    claim["passage"] = "another"

    [difference] = differences(content, newer)

    assert difference.field == "evidence"
    assert "another" in difference.added[0].en


def test_differences_counts_statements_that_read_the_same(content: dict[str, Any]) -> None:
    newer = changed(content, claims=[*content["claims"], content["claims"][0]])

    [difference] = differences(content, newer)

    assert (difference.field, len(difference.removed), len(difference.added)) == ("evidence", 0, 1)


def test_differences_sees_other_passages_of_a_sentence(content: dict[str, Any]) -> None:
    sentence = {"text_en": "Shells.", "text_ar": "قذائف.", "passages": ["a"]}
    older, newer = changed(content, summary=[sentence]), changed(content, summary=[{**sentence, "passages": ["b"]}])

    [difference] = differences(older, newer)

    assert [shown.en for shown in difference.added] == ["Shells. (b)"]


def test_differences_of_redacted_records(content: dict[str, Any]) -> None:
    """Withholding an article between two editions must not break the page that compares them."""
    withhold()

    assert [difference.field for difference in differences(content, redacted(content))] == ["evidence"]


def test_source_of_the_report_asserts_by_its_article(incident: Incident) -> None:
    editor = UserFactory()
    text = TextVersionFactory(article__source=SourceFactory())
    passage = PassageFactory(text_version=text)
    other = ActorFactory(slug="other")
    curation.make_claim(incident=incident, by=editor, aspect="actor", actor=other, passage=passage)

    content = reviewed.publish(incident, note="Another report.").content

    said = {actor["slug"]: actor["asserted_by"] for actor in content["actors"]}
    assert said["other"] == [{"article": text.article.public_id}]
    assert [speaker["slug"] for speaker in said["army"]] == ["council"]
