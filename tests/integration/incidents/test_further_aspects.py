"""Damage, strikes, detained, abducted, displaced, looted, obstructed, threatened: from the desk to every file."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from incidents import curation, previews
from incidents.errors import InvalidError
from incidents.formats.claim_rows import claim_rows
from incidents.models import Claim, PublishedRecord
from incidents.presentation.changes import changes_between
from incidents.presentation.fact_sections import sections
from incidents.record.whole import EDITION
from tests.factories.full_incident import FullIncident
from tests.factories.incidents import IncidentFactory

pytestmark = pytest.mark.django_db


def test_further_aspects_are_in_record_row_files_and_page(client: Client) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    from archive.fields import json_schema  # noqa: PLC0415

    told = FullIncident()
    told.say_all()
    before = told.publish()
    told.say_further()

    unpublished = previews.preview(told.incident)
    edition = told.publish("What became of it.")
    content = edition.content
    row = PublishedRecord.objects.get().record

    Draft202012Validator(json_schema(EDITION)).validate(content)
    assert {"damage", "strikes", "looted"}.isdisjoint(before.content)
    assert [(one["facility"] or {}).get("name_en") for one in content["damage"]] == ["Old Mill", "Old Mill", None]
    assert [one["contested"] for one in content["damage"]] == [True, True, False]
    assert content["displaced"]["groups"][0]["group"] == "civilians"
    assert (content["strikes"]["low"], content["strikes"]["high"], content["strikes"]["group"]) == (2, 2, "")
    assert content["obstructed"]["groups"][0]["claims"] == []
    assert row["happened"] == ["looted", "threatened"]
    assert row["damage"] == [
        f"destroyed:{told.facility.public_id}",
        f"lightly_damaged:{told.facility.public_id}",
        "out_of_service",
    ]
    assert (row["detained_low"], row["detained_high"], row["abducted_low"], row["abducted_high"]) == (1, None, None, 4)
    given = next(csv.DictReader(io.StringIO(client.get("/incidents.csv").getvalue().decode())))
    assert given["happened"] == "looted; threatened"
    assert given["strikes_low"] == "2"
    damaged = [line for line in claim_rows(content, "x") if line["damage"]]
    assert [line["damage"] for line in damaged] == ["destroyed", "lightly_damaged", "out_of_service"]
    assert {fact.name for fact in unpublished.facts} >= {"Damage", "Number of strikes", "Looted"}


@pytest.mark.parametrize(
    ("language", "words", "gone"),
    [
        (
            "en",
            ["Old Mill", "destroyed", "2 strikes", "300–500 civilians", "3 times", "Not established"],
            "Weapons used",
        ),
        ("ar", ["المطحنة القديمة", "تدمير كامل", "ضربتان", "من 300 إلى 500 مدني", "النهب", "ورد ذلك"], "destroyed"),
    ],
)
def test_further_aspects_are_told_in_both_languages(client: Client, language: str, words: list[str], gone: str) -> None:
    told = FullIncident()
    told.say_all()
    before = told.publish()
    told.say_further()
    edition = told.publish("What became of it.")

    with translation.override(language):
        page = client.get(edition.get_absolute_url()).text
        changes = client.get(f"/{'ar/' if language == 'ar' else ''}incidents/{told.incident.code}/changes/").text
        found = {section.aspect: section for section in sections(edition.content)}
        labels = {change.label for change in changes_between(before.content, edition.content)}

    assert [word for word in words if word not in page] == []
    assert gone not in page
    assert [item.is_fact for item in found["obstructed"].items] == [False]
    assert [item.is_disputed for item in found["damage"].items] == [False] * 3
    assert all(found[aspect].heading in labels for aspect in ("damage", "strikes", "looted", "displaced"))
    assert words[1] in changes


@pytest.mark.parametrize(
    ("aspect", "values", "field"),
    [
        ("damage", {}, "damage"),
        ("damage", {"damage": "scratched"}, "damage"),
        ("strikes", {}, "count_low"),
        ("strikes", {"count_low": 2, "group": "people"}, "group"),
        ("looted", {"count_low": 3, "count_high": 2}, "count_high"),
        ("displaced", {"count_low": 3}, "group"),
    ],
)
def test_further_aspect_refuses(aspect: str, values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        curation.make_claim(
            incident=IncidentFactory(), by=None, aspect=aspect, judgement="The council told the editor so.", **values
        )

    assert field in refused.value.errors


def test_further_aspect_warns_of_a_number_that_its_quote_lacks() -> None:
    told = FullIncident()
    told.say_further()

    warned = {
        warning.subject[1] for warning in curation.warnings(told.incident) if warning.rule == "count_not_in_quote"
    }

    claims = {claim.aspect: claim.public_id for claim in Claim.objects.all()}
    assert warned == {claims[aspect] for aspect in ("detained", "displaced", "threatened")}
