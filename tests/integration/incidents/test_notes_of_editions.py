"""The public notes of editions in both languages: stored, shown, hidden and left out of what was stored before."""

import json

import pytest
from django.test import Client
from django.utils.translation import override

from archive import intake
from incidents import curation
from incidents.admin.warnings import field_name
from incidents.curation.moving import says
from incidents.errors import InvalidError, NothingChangedError
from incidents.formats.incident_feed import notes_of
from incidents.lists.incident_alerts import told
from incidents.models import Edition, PublishedIncident
from incidents.presentation.changes import note_of
from tests.factories import generalised
from tests.factories.full_incident import HIT, FullIncident
from tests.factories.incidents import FacilityFactory
from tests.factories.people import person

pytestmark = pytest.mark.django_db

NOTE, NOTE_AR = "The number of killed was corrected.", "صُحّح عدد القتلى."


@pytest.fixture
def full() -> FullIncident:
    made = FullIncident()
    made.say_all()
    return made


def publish(full: FullIncident, **notes: str) -> Edition:
    kept = {warning.key: "It is so in the report." for warning in curation.warnings(full.incident)}
    return curation.publish(full.incident, by=None, kept=kept, **notes)


def test_arabic_pages_show_the_arabic_note_and_english_ones_the_english(client: Client, full: FullIncident) -> None:
    edition = publish(full, note=NOTE, note_ar=f" {NOTE_AR}\n")
    code = full.incident.code

    english, arabic = (client.get(f"{path}/incidents/{code}/changes/").text for path in ("", "/ar"))

    assert (edition.note, edition.content["note"], edition.content["note_ar"]) == (NOTE, NOTE, NOTE_AR)
    assert NOTE in english
    assert NOTE_AR not in english
    assert NOTE_AR in arabic
    assert NOTE not in arabic
    assert json.loads(client.get(f"/incidents/{code}.json").content)["note_ar"] == NOTE_AR


def test_edition_without_an_arabic_note_has_no_such_key_and_says_so_in_english(
    client: Client, full: FullIncident
) -> None:
    edition = publish(full, note=NOTE, note_ar=" ")

    assert "note_ar" not in edition.content
    assert f'lang="en">{NOTE}' in client.get(f"/ar/incidents/{full.incident.code}/changes/").text


def test_another_note_is_no_change(full: FullIncident) -> None:
    first = publish(full, note=NOTE, note_ar=NOTE_AR)

    assert "note_ar" not in says(first.content)
    with pytest.raises(NothingChangedError):
        publish(full, note="Another.", note_ar="غيره.")


def test_letters_have_the_note_in_their_language_and_feeds_in_english(full: FullIncident, settings) -> None:
    edition = publish(full, note=NOTE, note_ar=NOTE_AR)
    row = PublishedIncident.objects.get()

    assert notes_of([edition.pk])[edition.pk] == {"note": NOTE, "note_ar": NOTE_AR}
    with override("ar"):
        [letter] = told([row], row.changed_at)
        assert NOTE_AR in "".join(letter.lines)
        assert note_of({"note": NOTE}) == NOTE


def test_withheld_words_are_withheld_in_the_arabic_note_too(client: Client, full: FullIncident) -> None:
    publish(full, note="Okapi Smith is named.", note_ar="ورد اسم Okapi Smith.")
    intake.withhold([full.english.article], words="Okapi Smith", kind="private", reason="They asked for it.", by=None)

    for path in ("", "/ar"):
        text = client.get(f"{path}/incidents/{full.incident.code}/changes/").text
        assert "Okapi" not in text
    assert "Okapi" not in json.dumps(notes_of(list(Edition.objects.values_list("pk", flat=True))))


def test_arabic_note_that_tells_a_hidden_town_is_refused() -> None:
    made = FullIncident()
    made.place = generalised.town()
    made.facility = FacilityFactory(name_en="Old Mill", facility_type=made.type, place=made.place)
    made.say_least()
    made.say("facility", made.passage(made.english, HIT), facility=made.facility)
    curation.generalise_place(made.facility, by=None, reason="Its doctors were threatened.")

    with pytest.raises(InvalidError) as refused:
        publish(made, note="First.", note_ar="قُصفت البلدة المخفية.")

    assert list(refused.value.errors) == ["note_ar"]


def test_reviewer_writes_both_notes(client: Client, full: FullIncident) -> None:
    curation.submit(full.incident, by=person("Editor"))
    full.incident.refresh_from_db()
    client.force_login(person("Reviewer"))
    address = f"/admin/incidents/incident/{full.incident.pk}/publish/"
    form = client.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}

    assert (shown["note"], shown["note_ar"]) == ("First edition.", "الإصدار الأول.")
    kept = {field_name(warning.key): "It is so in the report." for warning in form.unanswered}
    client.post(address, {**shown, **kept, "note": NOTE, "note_ar": NOTE_AR})

    assert Edition.objects.get().content["note_ar"] == NOTE_AR
