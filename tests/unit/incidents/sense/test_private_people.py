"""Which speakers look like private people."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from incidents.assessment import ClaimView
from incidents.sense import Speaking, warnings
from incidents.sense.private_people import looks_private
from tests.unit.incidents.sense.test_rules import killed, matter

SPEAKERS = Path(settings.BASE_DIR) / "fixtures" / "vocabularies" / "speakers.json"


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("A lawyer from Saraqib", ""),
        ("a local resident", ""),
        ("Tamsin al-Quill", ""),
        ("Tamsin Quillfeather, a baker", ""),
        ("Dr. Tamsin", ""),
        ("Umm Example", ""),
        ("", "محام من سراقب"),
        ("", "أحد السكان"),
        ("", "أم المثال"),
        ("", "خالد المثال"),
    ],
)
def test_speaker_who_is_a_private_person(english: str, arabic: str) -> None:
    assert looks_private(english, arabic)


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("Witnesses", "شهود عيان"),
        ("Example Human Rights Network", ""),
        ("Ministry of Nowhere", "وزارة اللامكان"),
        ("Doctors Without Borders", "أطباء بلا حدود"),
        ("The Example Times", ""),
        ("Al-Example Al-Arabi", ""),
        ("", ""),
    ],
)
def test_speaker_who_is_no_private_person(english: str, arabic: str) -> None:
    assert not looks_private(english, arabic)


def test_speakers_that_come_with_the_project_are_no_private_people() -> None:
    known = json.loads(SPEAKERS.read_text(encoding="utf-8"))
    assert [one["slug"] for one in known if looks_private(one["name_en"], one["name_ar"])] == []


def test_speaker_private_asks_for_a_general_one() -> None:
    claim: ClaimView = killed(3, 3)
    baker = Speaking("baker", "A baker from Nowhere", "")
    [warning] = [one for one in warnings(matter(claim, speakers={1: baker})) if one.rule == "speaker_private"]

    assert warning.subject == ("claim", "clm1")
    assert "A baker from Nowhere" in warning.message
    assert "Witnesses" in warning.message
    office = Speaking("office", "Spokesman Tamsin Quill", "", stands_for_actor=True)
    assert [one.rule for one in warnings(matter(claim, speakers={1: office}))] == []
