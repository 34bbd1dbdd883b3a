"""One lock for all that editors change: nobody overwrites a colleague, and what was entered stays entered."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from archive.admin.locked_admin import LockedAdmin, LockedForm, LockedInline
from archive.admin.place_admin import ReadOnly
from archive.models import Editable, Source, User
from archive.versions import events_of
from incidents import curation
from incidents.models import Incident, SummarySentence
from tests.factories.archive import SourceFactory
from tests.factories.histories import read
from tests.factories.incidents import ClaimFactory
from tests.factories.people import person
from tests.integration.incidents.conftest import FACTORIES, page, signed_in

pytestmark = pytest.mark.django_db

OURS = {"archive", "incidents"}  # what libraries bring (attempts to sign in, second factors) is nobody's text
# Not editors' work: people, whose row each sign-in changes, and the one switch of how they sign in.
NOT_UNDER_THE_LOCK = {"archive.user", "archive.accesssettings"}


def edited() -> Iterator[type[admin.ModelAdmin]]:
    for model, model_admin in admin.site._registry.items():
        is_ours = model._meta.app_label in OURS and model._meta.label_lower not in NOT_UNDER_THE_LOCK
        if is_ours and not isinstance(model_admin, ReadOnly):
            yield model_admin


EDITED = list(edited())


# What holds for every model that the admin changes


@pytest.mark.parametrize("model_admin", EDITED, ids=lambda one: one.model.__name__)
def test_every_form_of_the_admin_is_under_the_lock(model_admin: Any) -> None:
    inlines = [inline for inline in inlines_of(model_admin) if not issubclass(inline, ReadOnly)]
    models = [model_admin.model, *(inline.model for inline in inlines)]

    assert isinstance(model_admin, LockedAdmin)
    assert issubclass(model_admin.form, LockedForm)
    assert all(issubclass(inline, LockedInline) and issubclass(inline.form, LockedForm) for inline in inlines)
    assert all(issubclass(model, Editable) and events_of(model) for model in models)


def inlines_of(model_admin: Any) -> list[Any]:
    found = model_admin.get_inlines(None, model_admin.model(pk=1))
    return list(found)


@pytest.mark.parametrize("model_admin", EDITED, ids=lambda one: one.model.__name__)
def test_every_change_form_carries_the_version_and_its_history(superuser: User, model_admin: Any) -> None:
    label = model_admin.model._meta.label_lower
    row = FACTORIES[label]()
    client = signed_in(superuser)

    html = client.get(page(label, "change", row.pk)).text

    assert f'name="lock_version" value="{row.lock_version}"' in html
    assert 'name="compared_with"' in html
    assert events_of(type(row)).objects.filter(pgh_obj_id=row.pk, lock_version=row.lock_version).exists()
    assert "made" in client.get(page(label, "history", row.pk)).text
    assert client.post(page(label, "delete", row.pk), {"post": "yes"}).status_code == 403


# Field by field


@pytest.fixture
def colleague(db: None) -> User:
    return person("Editor")


def source_form(source: Source, **changes: Any) -> dict[str, Any]:
    names = ("name_en", "name_ar", "kind", "text_policy", "homepage", "licence", "note")
    return {**{name: getattr(source, name) for name in names}, "lock_version": source.lock_version, **changes}


def save(client: Client, source: Source, sent: dict[str, Any]) -> Any:
    return client.post(page("archive.source", "change", source.pk), sent)


def meanwhile(colleague: User, source: Source, **changes: Any) -> Source:
    source.refresh_from_db()
    assert save(signed_in(colleague), source, source_form(source, **changes)).status_code == 302
    source.refresh_from_db()
    return source


def refused(response: Any) -> Any:
    assert response.status_code == 200
    (conflict,) = response.context["conflicts"]
    return conflict


def again(response: Any, **choices: str) -> dict[str, Any]:
    """What the page sends that came back, its hidden fields and what its form shows, with choices made."""
    form = response.context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    for name, choice in choices.items():
        data |= {f"asked-{name}": "yes"} | ({f"choose-{name}": choice} if choice else {})
    return data


def test_lock_lists_only_true_differences(editor_client: Client, colleague: User) -> None:
    source = SourceFactory(name_en="Herald", note="One\nTwo", licence="CC BY")
    mine = source_form(source, name_en="Mill Herald", homepage="https://mill.example", note="One\r\nTwo")
    meanwhile(colleague, source, name_en="Weir Herald", licence="CC0")

    conflict = refused(save(editor_client, source, mine))

    assert [(one.name, one.before, one.now, one.entered) for one in conflict.clashes] == [
        ("name_en", "Herald", "Weir Herald", "Mill Herald")
    ]
    assert [(one.name, one.before, one.now) for one in conflict.taken] == [("licence", "CC BY", "CC0")]
    assert [(one.name, one.entered) for one in conflict.kept] == [("homepage", "https://mill.example")]
    assert conflict.clashes[0].touch.by == colleague.username


@pytest.mark.parametrize(("choice", "name"), [("mine", "Mill Herald"), ("theirs", "Weir Herald")])
def test_lock_choice_saves_once_over_the_present_state(
    editor_client: Client, colleague: User, choice: str, name: str
) -> None:
    source = SourceFactory(name_en="Herald", licence="")
    mine = source_form(source, name_en="Mill Herald", note="Mine")
    meanwhile(colleague, source, name_en="Weir Herald", licence="CC0")
    response = save(editor_client, source, mine)

    saved = save(editor_client, source, again(response, name_en=choice))

    source.refresh_from_db()
    assert saved.status_code == 302
    assert (source.name_en, source.licence, source.note) == (name, "CC0", "Mine")


def test_lock_without_a_choice_saves_nothing(editor_client: Client, colleague: User) -> None:
    source = SourceFactory(name_en="Herald")
    mine = source_form(source, name_en="Mill Herald")
    meanwhile(colleague, source, name_en="Weir Herald")
    response = save(editor_client, source, mine)

    second = save(editor_client, source, again(response, name_en=""))

    source.refresh_from_db()
    assert refused(second).clashes
    assert source.name_en == "Weir Herald"
    assert 'value="Mill Herald"' in second.text


def test_lock_third_change_is_asked_about_again(editor_client: Client, colleague: User) -> None:
    source = SourceFactory(name_en="Herald", licence="")
    mine = source_form(source, name_en="Mill Herald")
    meanwhile(colleague, source, name_en="Weir Herald", licence="CC0")
    response = save(editor_client, source, mine)
    meanwhile(colleague, source, name_en="Quay Herald", licence="CC BY")

    second = save(editor_client, source, again(response, name_en="mine"))
    conflict = refused(second)
    source.refresh_from_db()
    assert source.name_en == "Quay Herald"
    assert [(one.before, one.now, one.entered) for one in conflict.clashes] == [
        ("Herald", "Quay Herald", "Mill Herald")
    ]
    assert [one.now for one in conflict.taken] == ["CC BY"]

    save(editor_client, source, again(second, name_en="mine"))
    source.refresh_from_db()
    assert (source.name_en, source.licence) == ("Mill Herald", "CC BY")


def test_lock_text_may_be_edited_before_it_is_taken(editor_client: Client, colleague: User) -> None:
    source = SourceFactory(note="", licence="")
    mine = source_form(source, note="Mine")
    meanwhile(colleague, source, note="Theirs", licence="CC0")
    response = save(editor_client, source, mine)

    sent = again(response, note="mine") | {"note": "Theirs, and mine", "licence": "CC BY"}
    save(editor_client, source, sent)

    source.refresh_from_db()
    assert (source.note, source.licence) == ("Theirs, and mine", "CC BY")


def test_lock_same_change_by_both_is_no_conflict(editor_client: Client, colleague: User) -> None:
    source = SourceFactory(note="")
    mine = source_form(source, note="Closed in 2016.")
    version = meanwhile(colleague, source, note="Closed in 2016.").lock_version

    assert save(editor_client, source, mine).status_code == 302
    source.refresh_from_db()
    assert source.lock_version == version


# Sentences


@pytest.fixture
def told(editor: User) -> Incident:
    """An incident with a summary of two sentences."""
    incident: Incident = ClaimFactory(killed=True).incident
    passage = incident.claims.get().passage
    for text in ("A mill was hit.", "Nobody was inside."):
        curation.add_sentence(incident, by=editor, text_en=text, passages=[passage])
    return incident


def incident_form(incident: Incident, **changes: Any) -> dict[str, Any]:
    incident.refresh_from_db()
    sentences = list(incident.summary.all())
    sent: dict[str, Any] = {
        "scope": incident.scope,
        "working_title": incident.working_title,
        "note": incident.note,
        "lock_version": incident.lock_version,
        "identifiers-TOTAL_FORMS": 0,
        "identifiers-INITIAL_FORMS": 0,
        "summary-TOTAL_FORMS": len(sentences),
        "summary-INITIAL_FORMS": len(sentences),
    }
    for number, sentence in enumerate(sentences):
        row = {"id": sentence.pk, "incident": incident.pk, "passages": [one.pk for one in sentence.passages.all()]}
        row |= {name: getattr(sentence, name) for name in ("position", "text_en", "text_ar", "lock_version")}
        sent |= {f"summary-{number}-{name}": value for name, value in row.items()}
    return sent | changes


def describe(client: Client, incident: Incident, sent: dict[str, Any]) -> Any:
    return client.post(page("incidents.incident", "change", incident.pk), sent)


def test_lock_sentence_changed_by_two(editor_client: Client, colleague: User, told: Incident) -> None:
    mine = incident_form(told, **{"summary-0-text_en": "A mill was shelled."})
    theirs = incident_form(told, **{"summary-0-text_en": "The mill was hit twice.", "summary-1-position": 5})
    assert describe(signed_in(colleague), told, theirs).status_code == 302

    response = describe(editor_client, told, mine)
    conflict = refused(response)
    assert [(one.before, one.now, one.entered) for one in conflict.clashes] == [
        ("A mill was hit.", "The mill was hit twice.", "A mill was shelled.")
    ]
    number = told.summary.first().lock_version
    sent = mine | {"asked-summary-0-text_en": "yes", "choose-summary-0-text_en": "mine"}
    assert describe(editor_client, told, sent | {"summary-0-compared_with": number}).status_code == 302

    assert list(told.summary.values_list("text_en", "position")) == [
        ("A mill was shelled.", 0),
        ("Nobody was inside.", 5),
    ]
    history = read(editor_client.get(page("incidents.incident", "history", told.pk)).text)
    assert "The mill was hit twice." in history
    assert "A mill was hit." in history


def test_lock_untouched_sentence_keeps_what_a_colleague_wrote(
    editor_client: Client, colleague: User, told: Incident
) -> None:
    mine = incident_form(told, note="Only this is mine.")
    describe(signed_in(colleague), told, incident_form(told, **{"summary-0-text_en": "The mill was hit twice."}))

    assert describe(editor_client, told, mine).status_code == 302

    assert told.summary.first().text_en == "The mill was hit twice."


@pytest.mark.parametrize(
    ("choice", "texts"), [("mine", {"A mill was shelled.", "Nobody was inside."}), ("theirs", {"Nobody was inside."})]
)
def test_lock_sentence_removed_meanwhile(
    editor_client: Client, colleague: User, told: Incident, choice: str, texts: set[str]
) -> None:
    mine = incident_form(told, **{"summary-0-text_en": "A mill was shelled."})
    assert describe(signed_in(colleague), told, incident_form(told, **{"summary-0-DELETE": "on"})).status_code == 302

    response = describe(editor_client, told, mine)
    assert refused(response).removal.by == colleague.username
    assert "A mill was shelled." in response.text
    form = response.context["inline_admin_formsets"][0].formset.forms[0]
    sent = mine | {"summary-0-compared_with": form["compared_with"].value(), "choose-summary-0-row": choice}
    assert describe(editor_client, told, sent).status_code == 302

    assert set(told.summary.values_list("text_en", flat=True)) == texts


@pytest.mark.parametrize(("choice", "number"), [("mine", 1), ("theirs", 2)])
def test_lock_sentence_to_be_removed_was_changed_meanwhile(
    editor_client: Client, colleague: User, told: Incident, choice: str, number: int
) -> None:
    mine = incident_form(told, **{"summary-0-DELETE": "on"})
    describe(signed_in(colleague), told, incident_form(told, **{"summary-0-text_en": "The mill was hit twice."}))

    response = describe(editor_client, told, mine)
    assert refused(response).clashes
    assert told.summary.count() == 2
    version = told.summary.first().lock_version
    sent = {"summary-0-compared_with": version, "asked-summary-0-DELETE": "yes", "choose-summary-0-DELETE": choice}
    describe(editor_client, told, mine | sent)

    assert told.summary.count() == number


def test_lock_passages_of_a_sentence_are_under_it(told: Incident) -> None:
    sentence = told.summary.first()
    began = SummarySentence.objects.get(pk=sentence.pk).lock_version

    sentence.passages.clear()

    sentence.refresh_from_db()
    assert sentence.lock_version > began
    assert sentence.cited == []
    assert [len(event.cited) for event in events_of(SummarySentence).objects.filter(pgh_obj_id=sentence.pk)][-2:] == [
        1,
        0,
    ]


# What is done with an incident as a whole


@pytest.mark.parametrize("action", ["withdraw", "merge"])
def test_lock_action_on_a_changed_incident_asks_to_look_again(
    reviewer_client: Client, colleague: User, published: Incident, action: str
) -> None:
    version = published.lock_version
    curation.change_incident(published, by=colleague, seen=version, note="Wait for the council.")
    sent = {"reason": "A rumour.", "lock_version": version, "survivor_words": "x"}
    if action == "merge":
        other = ClaimFactory(killed=True).incident
        sent |= {"survivor": other.code}

    response = reviewer_client.post(page("incidents.incident", action, published.pk), sent)

    published.refresh_from_db()
    assert (response.status_code, published.status) == (200, "published")
    assert "Wait for the council." in response.text
    assert "A rumour." in response.text
    assert colleague.username in response.text


def test_lock_withdrawal_again_after_looking_is_done(
    editor_client: Client, colleague: User, published: Incident
) -> None:
    version = published.lock_version
    curation.change_incident(published, by=colleague, seen=version, note="Wait for the council.")
    published.refresh_from_db()
    sent = {"reason": "A rumour.", "lock_version": version, "compared_with": published.lock_version}

    editor_client.post(page("incidents.incident", "withdraw", published.pk), sent)

    published.refresh_from_db()
    assert published.status == "withdrawn"


def test_lock_reason_stays_where_a_colleague_withdrew_first(
    editor_client: Client, colleague: User, published: Incident
) -> None:
    version = published.lock_version
    curation.withdraw(published, by=colleague, reason="It was a drill.")

    response = editor_client.post(
        page("incidents.incident", "withdraw", published.pk), {"reason": "A rumour.", "lock_version": version}
    )

    assert "A rumour." in response.text
    assert "It was a drill." in response.text


@pytest.mark.django_db(transaction=True)  # what happened since is told by the times of transactions
def test_lock_publishing_says_what_changed_since_the_page_was_shown(
    reviewer_client: Client, colleague: User, draft: Incident
) -> None:
    address = page("incidents.incident", "publish", draft.pk)
    form = reviewer_client.get(address).context["form"]
    curation.make_claim(
        incident=draft, by=colleague, aspect="injured", count_low=7, group="people", judgement="The council said so."
    )
    sent = {"note": "First edition.", "shown": form["shown"].value(), "began": form["began"].value()}

    response = reviewer_client.post(address, sent)

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert colleague.username in response.text
    assert "The council said so." in response.text
