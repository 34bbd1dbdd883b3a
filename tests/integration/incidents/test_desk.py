"""The reading desk over HTTP: what it takes, what it refuses, and that nothing entered is lost."""

import hashlib
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Passage, TextVersion, User
from incidents.models import Claim, Facility, Incident, Speaker
from tests.factories.archive import ArticleFactory, PassageFactory, PlaceFactory, PlaceNameFactory, TextVersionFactory
from tests.factories.incidents import (
    ActorFactory,
    ClaimFactory,
    FacilityFactory,
    FacilityTypeFactory,
    IncidentFactory,
    SpeakerFactory,
    WeaponFactory,
)

pytestmark = pytest.mark.django_db

WORDS = "A mill 😀 burned.\nTwo millers died near the mill. The mill q̃uay stayed open."


@pytest.fixture
def text() -> TextVersion:
    return TextVersionFactory(text=WORDS, article=ArticleFactory(published_on="2019-11-28", language="en"))


@pytest.fixture
def incident() -> Incident:
    return IncidentFactory(working_title="The mill")


def desk(text: TextVersion) -> str:
    return reverse("desk:article", args=[text.article.public_id])


def entered(text: TextVersion, words: str, **others: Any) -> dict[str, Any]:
    """What the form sends when some words of the text were selected."""
    start = WORDS.index(words)
    given = {
        "quote": words,
        "start": start,
        "end": start + len(words),
        "text_sha256": text.sha256,
        "aspect": "killed",
        "count_low": "2",
        "group": "people",
        "stance": "asserts",
        "rank": "normal",
        "incident": "new",
        "new_scope": "attack",
        "new_title": "A new one",
    }
    return {**given, **others}


def to(incident: Incident) -> dict[str, str]:
    return {"incident": "other", "incident_other": incident.code, "incident_other_words": "whatever"}


def test_desk_saves_passage_claim_and_incident_together(editor_client: Client, editor: User, text: TextVersion) -> None:
    response = editor_client.post(desk(text), entered(text, "Two millers died"))

    claim = Claim.objects.get()
    assert (claim.passage.start, claim.passage.end) == (17, 33)
    assert claim.passage.exact == "Two millers died"
    assert (claim.count_low, claim.count_high, claim.group) == (2, None, "people")
    assert claim.incident.working_title == "A new one"
    assert claim.created_by == claim.passage.created_by == claim.incident.created_by == editor
    code, passage = claim.incident.code, claim.passage.public_id
    assert response.url == f"{desk(text)}?incident={code}&passage={passage}#p{passage}"


def test_desk_after_saving_keeps_words_and_incident_for_the_next_claim(
    editor_client: Client, text: TextVersion
) -> None:
    response = editor_client.post(desk(text), entered(text, "Two millers died"), follow=True)

    form = response.context["form"]
    assert form.initial["quote"] == "Two millers died"
    assert form.initial["incident"] == Incident.objects.get().code
    assert "data-passages" in response.text
    assert "at least 2 people" in response.text


def test_desk_takes_another_claim_to_the_same_words(
    editor_client: Client, text: TextVersion, incident: Incident
) -> None:
    editor_client.post(desk(text), entered(text, "Two millers died", **to(incident)))
    again = entered(text, "Two millers died", aspect="injured", incident=incident.code)
    passage = Passage.objects.get()

    editor_client.post(desk(text), {**again, "start": "", "end": "", "passage": passage.public_id})

    assert Passage.objects.get() == passage
    assert set(incident.claims.values_list("aspect", flat=True)) == {"killed", "injured"}


def test_desk_wrong_quote_refused_and_kept(editor_client: Client, text: TextVersion, incident: Incident) -> None:
    sent = entered(text, "Two millers died", quote="Ten millers died", reasoning="Because.", **to(incident))

    response = editor_client.post(desk(text), sent)

    assert response.status_code == 409
    assert "does not have" in response.text
    assert "Ten millers died" in response.text
    assert "Because." in response.text
    assert not Passage.objects.exists()
    assert not Claim.objects.exists()


def test_desk_stale_text_refused_and_kept(editor_client: Client, text: TextVersion) -> None:
    sent = entered(text, "Two millers died", reasoning="Because.")
    newer = TextVersionFactory(article=text.article, text="Corrected. " + WORDS)

    response = editor_client.post(desk(text), sent)

    assert response.status_code == 409
    assert "replaced meanwhile" in response.text
    assert "Because." in response.text
    assert f'value="{newer.sha256}"' in response.text
    assert not Incident.objects.exists()


def test_desk_older_text_can_be_marked_when_asked_for(editor_client: Client, text: TextVersion) -> None:
    TextVersionFactory(article=text.article, text="Corrected. " + WORDS)

    editor_client.post(f"{desk(text)}?text=1", entered(text, "Two millers died"))

    assert Passage.objects.get().text_version == text


def test_desk_refusal_leaves_nothing_half_made(editor_client: Client, text: TextVersion) -> None:
    """A new incident, facility and speaker come with the claim, or not at all."""
    kind = FacilityTypeFactory()
    place = PlaceFactory()
    sent = entered(
        text,
        "Two millers died",
        quote="Not these words",
        aspect="facility",
        facility_new_en="Old mill",
        facility_new_type=kind.pk,
        facility_new_place=place.pcode,
        speaker_new="The wardens",
    )

    response = editor_client.post(desk(text), sent)

    assert response.status_code == 409
    assert not Facility.objects.exists()
    assert not Speaker.objects.exists()
    assert not Incident.objects.exists()


def test_desk_pasted_quote_found_without_positions(editor_client: Client, text: TextVersion) -> None:
    sent = entered(text, "Two millers died", quote="  two  millers\r\n died ", start="", end="")

    editor_client.post(desk(text), sent)

    assert Passage.objects.get().exact == "Two millers died"


def test_desk_pasted_quote_in_several_places_is_asked_about(editor_client: Client, text: TextVersion) -> None:
    sent = entered(text, "mill ", quote="mill", start="", end="")

    response = editor_client.post(desk(text), sent)
    candidates = [candidate.value for candidate in response.context["form"].candidates]
    assert len(candidates) > 1
    assert "several places" in response.text
    assert not Passage.objects.exists()
    chosen = f"{WORDS.rindex('mill')}-{WORDS.rindex('mill') + 4}"
    assert chosen in candidates
    editor_client.post(desk(text), {**sent, "found": chosen})

    assert Passage.objects.get().start == WORDS.rindex("mill")


def test_desk_pasted_quote_that_is_nearly_there_is_asked_about(editor_client: Client, text: TextVersion) -> None:
    sent = entered(text, "Two millers died", quote="Ten millers died near the mill", start="", end="")

    response = editor_client.post(desk(text), sent)

    assert not Passage.objects.exists()
    assert len(response.context["form"].candidates) == 1


def test_desk_pasted_quote_that_is_not_there_is_refused(editor_client: Client, text: TextVersion) -> None:
    response = editor_client.post(
        desk(text), entered(text, "mill", quote="Nothing of the sort was said", start="", end="")
    )

    assert "does not have these words" in response.text
    assert not Passage.objects.exists()


def test_desk_errors_of_other_aspects_do_not_count(editor_client: Client, text: TextVersion) -> None:
    sent = entered(text, "Two millers died", place="", place_words="no such town", occurred_edtf="nonsense")

    editor_client.post(desk(text), sent)

    assert Claim.objects.get().aspect == "killed"


@pytest.mark.parametrize(
    ("aspect", "values", "field", "expected"),
    [
        ("occurred", {"occurred_edtf": "2019-11-27/2019-11-28", "part_of_day": "night"}, "part_of_day", "night"),
        ("killed", {"count_low": "", "count_high": "7"}, "count_high", 7),
        ("injured", {"count_low": "0", "count_high": "0", "group": "children"}, "group", "children"),
    ],
)
def test_desk_plain_values(
    editor_client: Client, text: TextVersion, aspect: str, values: dict[str, str], field: str, expected: object
) -> None:
    editor_client.post(desk(text), entered(text, "Two millers died", aspect=aspect, **values))

    assert getattr(Claim.objects.get(), field) == expected


def test_desk_values_of_vocabularies(editor_client: Client, text: TextVersion, incident: Incident) -> None:
    rows = {"actor": ActorFactory(), "weapon": WeaponFactory(), "facility_type": FacilityTypeFactory()}

    for aspect, row in rows.items():
        editor_client.post(
            desk(text), entered(text, "Two millers died", aspect=aspect, **{aspect: row.pk}, **to(incident))
        )

    assert {claim.aspect: getattr(claim, claim.aspect) for claim in incident.claims.all()} == rows


def test_desk_place_by_any_spelling(editor_client: Client, text: TextVersion) -> None:
    place = PlaceFactory(name_en="Kafr Mill", name_ar="كفر مل")
    PlaceNameFactory(place=place, name="Kafr Mill", folded="kafrmill")
    sent = entered(text, "mill.", aspect="place", place_words="kafr-mill")

    editor_client.post(desk(text), sent)

    assert Claim.objects.get().place == place


def test_desk_facility_created_beside_the_claim(editor_client: Client, editor: User, text: TextVersion) -> None:
    kind, place = FacilityTypeFactory(), PlaceFactory()
    sent = entered(
        text,
        "The mill",
        aspect="facility",
        facility_new_en="Old mill",
        facility_new_ar="المطحنة",
        facility_new_type=kind.pk,
        facility_new_place=place.pcode,
        speaker_new="The wardens",
    )

    editor_client.post(desk(text), sent)

    claim = Claim.objects.get()
    assert (claim.facility.name_ar, claim.facility.place, claim.facility.created_by) == ("المطحنة", place, editor)
    assert claim.speaker.slug == "the-wardens"


def test_desk_new_facility_needs_kind_and_place(editor_client: Client, text: TextVersion) -> None:
    response = editor_client.post(desk(text), entered(text, "The mill", aspect="facility", facility_new_en="Old mill"))

    assert set(response.context["form"].errors) == {"facility_new_type", "facility_new_place"}
    assert "Old mill" in response.text


def test_desk_facility_among_namesakes_is_asked_about(editor_client: Client, text: TextVersion) -> None:
    first, second = FacilityFactory(name_en="Old mill"), FacilityFactory(name_en="Old mill")

    response = editor_client.post(desk(text), entered(text, "The mill", aspect="facility", facility_words="old mill"))

    assert "is meant" in response.text
    assert f'value="{first.public_id}"' in response.text
    assert f'value="{second.public_id}"' in response.text
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"aspect": "facility", "facility_words": "Qqqzx"}, "“A facility that is not in the list”"),
        ({"aspect": "killed", "count_low": "2", "speaker_words": "Qqqzx"}, "“A speaker that is not in the list”"),
    ],
)
def test_desk_words_that_nothing_is_called_lead_to_the_proposal(
    editor_client: Client, text: TextVersion, sent: dict[str, str], said: str
) -> None:
    page = editor_client.post(desk(text), entered(text, "The mill", **sent)).content.decode()
    error = page[page.index("Nothing known is called “Qqqzx”.") :][:120]
    assert said in error
    assert f"<summary>{said.strip('“”')}</summary>" in page


def test_desk_same_claim_twice_refused(editor_client: Client, text: TextVersion, incident: Incident) -> None:
    sent = entered(text, "Two millers died", **to(incident))

    editor_client.post(desk(text), sent)
    response = editor_client.post(desk(text), sent)

    assert response.status_code == 409
    assert "there already" in response.text
    assert incident.claims.count() == 1


@pytest.mark.parametrize(
    "junk",
    [
        {"start": "-5", "end": "3"},
        {"start": "99999", "end": "100000"},
        {"start": "x", "end": "y"},
        {"found": "9-2", "start": "", "end": ""},
        {"found": "\x00", "start": "", "end": ""},
        {"incident": "zzzzzz"},
        {"incident": "other", "incident_other": "\x00"},
        {"aspect": "nonsense"},
        {"aspect": "place", "place": "\x00", "place_words": "%"},
        {"aspect": "place", "place_words": "%_\\(["},
        {"aspect": "facility", "facility_words": "((([[*\\"},
        {"speaker_words": "*?+"},
        {"count_low": "9" * 40},
        {"text_sha256": ""},
        {"quote": "\x00"},
        {"passage": "\x00", "start": "", "end": ""},
    ],
)
def test_desk_junk_is_refused_not_failed(editor_client: Client, text: TextVersion, junk: dict[str, str]) -> None:
    response = editor_client.post(desk(text), entered(text, "Two millers died", **junk))

    assert response.status_code in (200, 409)
    assert response.context["form"].errors
    assert not Claim.objects.exists()


@pytest.mark.parametrize("number", ["0", "7", "x", "-1", "1" * 30, "\x00", "١"])
def test_desk_unknown_text_is_404(editor_client: Client, text: TextVersion, number: str) -> None:
    assert editor_client.get(desk(text), {"text": number}).status_code == 404


def test_desk_queries_do_not_grow_with_claims(
    editor_client: Client, text: TextVersion, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(39):
        editor_client.get(desk(text))
    for words in ("Two millers", "millers died", "near the mill"):
        passage = PassageFactory(text_version=text, exact=words)
        ClaimFactory(passage=passage, killed=True, speaker=SpeakerFactory())
        ClaimFactory(passage=passage, at_facility=True)

    with django_assert_max_num_queries(39):
        editor_client.get(desk(text))


def test_desk_strangers_are_sent_to_sign_in(client: Client, text: TextVersion) -> None:
    for address in (desk(text), reverse("desk:find", args=["place"]), reverse("desk:date")):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/admin/login/")


def test_desk_embargoed_article_says_so(editor_client: Client) -> None:
    text = TextVersionFactory(article=ArticleFactory(visibility="embargoed", visibility_reason="Until Monday."))

    assert "cannot be published" in editor_client.get(desk(text)).text


def test_desk_find_place_in_any_spelling(editor_client: Client) -> None:
    place = PlaceFactory(pcode="C4068", name_en="Kafr Mill", name_ar="كفر مل")
    PlaceNameFactory(place=place, name="كفر مل", folded="كفرمل", script="Arab")
    PlaceNameFactory(place=place, name="Kafr Mill", folded="kafrmill")

    for term in ("kafr m", "Kafr-Mil", "كفر م", "c4068"):
        answer = json.loads(editor_client.get(reverse("desk:find", args=["place"]), {"q": term}).content)
        assert [option["value"] for option in answer["options"]] == ["C4068"], term


def test_desk_find_unknown_kind_is_404(editor_client: Client) -> None:
    assert editor_client.get(reverse("desk:find", args=["user"])).status_code == 404


def test_desk_find_draft_incident_by_title_and_code(editor_client: Client, incident: Incident) -> None:
    for term in ("the mil", incident.code):
        answer = json.loads(editor_client.get(reverse("desk:find", args=["incident"]), {"q": term}).content)
        assert [option["value"] for option in answer["options"]] == [incident.code]


def test_desk_date_reading_and_suggestion(editor_client: Client, text: TextVersion) -> None:
    ask = {"q": "2019-11-27/2019-11-28", "part_of_day": "night"}
    read = json.loads(editor_client.get(reverse("desk:date"), ask).content)
    asked = {"q": "Wednesday night", "article": text.article.public_id}
    suggested = json.loads(editor_client.get(reverse("desk:date"), asked).content)

    assert "27–28 November 2019" in read["reading"]
    assert [one["edtf"] for one in suggested["suggestions"]] == ["2019-11-27"]


def test_desk_shows_exactly_the_stored_text(editor_client: Client) -> None:
    hostile = '<script>alert(1)</script> &amp; "q̃" 😀\n\n  two  spaces\tand a tab'
    text = TextVersionFactory(text=hostile)
    PassageFactory(text_version=text, exact="<script>alert")

    shown = editor_client.get(desk(text)).text

    assert "<script>alert(1)" not in shown
    assert hashlib.sha256(hostile.encode()).hexdigest() in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &quot;q̃&quot; 😀\n\n  two  spaces\tand a tab</div>" in shown
