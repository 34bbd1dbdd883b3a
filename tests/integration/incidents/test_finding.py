"""Incidents are found by what is claimed of them; likely ones are asked about before a second one is made."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Place, User
from incidents import curation, finding
from incidents.likeness import likely_same
from incidents.models import Claim, Incident
from tests.factories import gazetteer
from tests.factories.archive import ArticleFactory, TextVersionFactory
from tests.factories.incidents import ActorFactory, ClaimFactory, FacilityFactory, IncidentFactory
from tests.integration.incidents.conftest import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Place]:
    call_command("load_gazetteer", str(gazetteer.write(tmp_path / "places.jsonl")), verbosity=0)
    return Place.objects.in_bulk(field_name="pcode")


@pytest.fixture
def struck(places: dict[str, Place]) -> Incident:
    """A draft without a title: a hospital in Saraqab, by the night of 30 May 2016."""
    incident = IncidentFactory(working_title="")
    ClaimFactory(incident=incident, occurred_edtf="2016-05-30/2016-05-31")
    ClaimFactory(incident=incident, at_place=True, place=places["C3916"])
    hospital = FacilityFactory(name_en="The mill clinic", name_ar="مستوصف الطاحونة", place=places["C3916"])
    ClaimFactory(incident=incident, at_facility=True, facility=hospital)
    ClaimFactory(incident=incident, by_actor=True, actor=ActorFactory(name_en="River guards", aliases=["RG-7"]))
    ClaimFactory(incident=incident, killed=True)
    return incident


@pytest.mark.parametrize(
    "term",
    [
        *("Saraqab", "Saraqeb", "saraqib", "سراقب", "C3916", "SY07", "Idlib"),
        *("2016-05-31", "31 May 2016", "30.5.2016", "2016-05", "May 2016", "May 31, 2016"),
        *("mill clinic", "الطاحونة", "river guards", "RG-7"),
        *("Saraqeb 31 May 2016", "clinic, Saraqeb", "guards 2016-05-30 SY07"),
    ],
)
def test_incident_is_found(struck: Incident, term: str) -> None:
    IncidentFactory(working_title="")

    assert list(finding.incidents(term)) == [struck]


@pytest.mark.parametrize(
    "term",
    ["Kafranbel", "2016-06-01", "May 2017", "Saraqeb 2015-05", "harbour clinic", "%", "2016-02-31", "(" * 300],
)
def test_incident_is_not_found(struck: Incident, term: str) -> None:
    assert list(finding.incidents(term)) == []


def test_admin_finds_and_filters_in_a_constant_number_of_queries(
    editor_client: Client, struck: Incident, places: dict[str, Place]
) -> None:
    other = IncidentFactory(working_title="Another one")
    address = page("incidents.incident", "changelist")

    def listed(query: str) -> tuple[set[str], int]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown = editor_client.get(f"{address}?{query}")
        rows = shown.context["cl"].result_list
        return {row.code for row in rows}, len(queries)

    found, number = listed("q=Saraqeb")
    assert found == {struck.code}
    assert listed("on=31+May+2016")[0] == {struck.code}
    assert listed("on=nonsense")[0] == set()
    assert listed(f"place={places['SY0700'].pk}")[0] == {struck.code}
    assert listed(f"place={places['C4068'].pk}")[0] == set()
    assert listed("")[0] == {struck.code, other.code}
    for _ in range(5):
        again = IncidentFactory()
        ClaimFactory(incident=again, at_place=True, place=places["C3916"])
    assert listed("q=Saraqeb") == ({struck.code, *listed("q=Saraqeb")[0]}, number)


def test_likely_incidents_are_shown_with_reasons_and_merged_ones_are_not(
    reviewer_client: Client, editor: User, struck: Incident, places: dict[str, Place], django_assert_max_num_queries
) -> None:
    same, tally, other = IncidentFactory(), IncidentFactory(scope="tally"), IncidentFactory()
    for incident, day in ((same, "2016-05-30"), (tally, "2016-05-30"), (other, "2016-06-30")):
        ClaimFactory(incident=incident, occurred_edtf=day)
        ClaimFactory(incident=incident, at_place=True, place=places["C3916"])

    with django_assert_max_num_queries(6):
        [found] = likely_same(struck)

    assert (found.incident, found.reasons[0]) == (same, "dates that overlap")
    assert found.score > 0.8
    for action in ("change", "publish", "merge"):
        shown = reviewer_client.get(page("incidents.incident", action, struck.pk))
        assert f"?survivor={same.code}" in shown.text, action
        assert "dates that overlap" in shown.text
    curation.merge(same, into=struck, by=editor, reason="The same.")
    assert likely_same(struck) == []


def test_desk_asks_before_a_second_incident_is_made(
    editor_client: Client, struck: Incident, places: dict[str, Place]
) -> None:
    article = ArticleFactory(published_on="2016-06-01")
    text = TextVersionFactory(article=article, text="On Tuesday the clinic in Saraqeb was struck, the council said.")
    article.current_text = text
    address = reverse("desk:article", args=[article.public_id])
    given = {
        "quote": "Saraqeb",
        "text_sha256": text.sha256,
        "incident": "new",
        "new_scope": "attack",
        "aspect": "place",
        "place": "C3916",
        "place_precision": "in",
        "stance": "asserts",
        "rank": "normal",
    }
    number = Incident.objects.count()
    of_a_day = {"aspect": "occurred", "occurred_edtf": "2016-05-31", "time_of_day": "09:00", "time_until": "09:00"}

    refused = editor_client.post(address, given | of_a_day)  # what is wrong is told first

    assert "A range ends at another time" in refused.text
    assert f'name="incident_same" value="{struck.code}"' not in refused.text
    assert Incident.objects.count() == number

    asked = editor_client.post(address, given)

    assert asked.status_code == 409
    assert f'name="incident_same" value="{struck.code}"' in asked.text
    assert f'<q dir="auto">{struck.claims.first().passage.exact}</q>' in asked.text
    assert Incident.objects.count() == number
    editor_client.post(address, given | {"incident_same": struck.code})
    assert Claim.objects.latest("pk").incident == struck
    assert Incident.objects.count() == number
    editor_client.post(address, given | {"incident_same": "new"})
    assert Incident.objects.count() == number + 1
