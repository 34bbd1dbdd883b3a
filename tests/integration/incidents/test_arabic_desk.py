"""The editors' side in Arabic: chosen by each editor, the same records made, no words of its own in English."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from archive.models import TextVersion, User
from incidents import curation, previews
from incidents.models import Claim, Incident
from incidents.terms import Aspect
from tests.factories.archive import ArticleFactory, TextVersionFactory
from tests.factories.full_incident import FullIncident
from tests.factories.incidents import IncidentFactory, SpeakerFactory
from tests.integration.incidents.test_arabic import read, untranslated

pytestmark = pytest.mark.django_db

# Told for these tests; it happened nowhere.
WORDS = "قُتل ثلاثة أشخاص بينهم طفلان وأصيب خمسة في المطحنة القديمة، قال الحراس."


@pytest.fixture
def arabic_client(editor_client: Client) -> Client:
    editor_client.post(reverse("admin:language"), {"language": "ar"})
    return editor_client


@pytest.fixture
def text() -> TextVersion:
    text: TextVersion = TextVersionFactory(text=WORDS, article=ArticleFactory(language="ar", title="المطحنة"))
    return text


def desk(text: TextVersion) -> str:
    return reverse("desk:article", args=[text.article.public_id])


def entered(text: TextVersion, incident: Incident, **others: Any) -> dict[str, Any]:
    given = {
        "quote": WORDS,
        "text_sha256": text.sha256,
        "incident": "other",
        "incident_other": incident.code,
        "stance": "asserts",
        "rank": "normal",
        "aspect": "killed",
        "count_low": "٣",
        "count_high": "٣",
        "group": "people",
    }
    return {**given, **others}


def test_a_language_is_chosen_for_the_editors_side_alone(editor_client: Client) -> None:
    assert '<html lang="en" dir="ltr"' in editor_client.get("/admin/").text

    answer = editor_client.post(reverse("admin:language"), {"language": "ar", "next": "/admin/?whose=me"})

    assert answer.url == "/admin/?whose=me"
    cookie = answer.cookies["editors_language"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin", True, "Lax")
    page = editor_client.get("/admin/")
    assert '<html lang="ar" dir="rtl"' in page.text
    assert page.headers["Content-Language"] == "ar"
    assert '<html lang="en"' in editor_client.get("/about/").text


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/admin/", "//elsewhere.example", "/about/", "/admin/\\x", "", "/admin/\r\nX: y"],
)
def test_a_language_leads_nowhere_else_and_has_to_be_known(client: Client, wanted: str) -> None:
    answer = client.post(reverse("admin:language"), {"language": "xx", "next": wanted})

    assert answer.url == "/admin/"
    assert "editors_language" not in answer.cookies
    client.cookies["editors_language"] = "xx"
    assert '<html lang="en"' in client.get("/admin/login/").text


def test_several_aspects_are_one_save(arabic_client: Client, text: TextVersion) -> None:
    incident, guards = IncidentFactory(), SpeakerFactory(name_en="Mill guards", name_ar="حراس المطحنة")
    also = {
        "also": ["killed", "injured", "looted"],
        "killed_low": "٢",
        "killed_group": "children",
        "injured_low": "۵",
        "injured_group": "people",
        "looted_low": "",
        "speaker": guards.slug,
    }

    answer = arabic_client.post(desk(text), entered(text, incident, **also), follow=True)

    claims = Claim.objects.order_by("pk")
    assert [(one.aspect, one.count_low, one.count_high, one.group) for one in claims] == [
        (Aspect.KILLED, 3, 3, "people"),
        (Aspect.KILLED, 2, None, "children"),
        (Aspect.INJURED, 5, None, "people"),
        (Aspect.LOOTED, None, None, ""),
    ]
    assert {(one.speaker, one.incident, one.passage_id) for one in claims} == {(guards, incident, claims[0].passage_id)}
    # The next claim by the same words begins with their speaker and incident.
    initial = answer.context["form"].initial
    assert (initial["speaker"], initial["incident"], initial["quote"]) == (guards, incident.code, WORDS)
    assert "حراس المطحنة" in answer.text


def test_of_several_aspects_none_is_made_when_one_is_refused(arabic_client: Client, text: TextVersion) -> None:
    also = {"also": ["injured", "occurred"], "injured_low": "٧", "injured_high": "٥", "occurred_edtf": "2019-11-25"}
    also["injured_group"] = "people"

    answer = arabic_client.post(desk(text), entered(text, IncidentFactory(), **also))

    assert answer.status_code in (200, 409)
    assert not Claim.objects.exists()
    form = answer.context["form"]
    assert set(form.errors) == {"injured_high"}
    assert (form["injured_low"].value(), form["count_low"].value()) == ("٧", "٣")
    assert form["also"].value() == ["injured", "occurred"]


def test_numbers_of_boxes_that_are_not_ticked_do_not_count(editor_client: Client, text: TextVersion) -> None:
    editor_client.post(desk(text), entered(text, IncidentFactory(), injured_low="many", injured_group="people"))

    assert [claim.aspect for claim in Claim.objects.all()] == [Aspect.KILLED]


def pages_of(told: FullIncident) -> list[str]:
    incident, claim = told.incident, told.incident.claims.exclude(passage=None).first()
    assert claim is not None
    change = "admin:incidents_incident_"
    return [
        reverse("admin:index"),
        reverse("desk:article", args=[told.english.article.public_id]),
        reverse("desk:article", args=[told.arabic.article.public_id]),
        reverse("desk:nothing", args=[told.arabic.article.public_id]),
        reverse("desk:claim", args=[claim.public_id]),
        reverse("desk:judgement", args=[incident.code]),
        reverse("desk:comments", args=[incident.code]),
        reverse("desk:remove", args=[claim.public_id]),
        *(reverse(f"{change}{name}", args=[incident.pk]) for name in ("submit", "publish", "send_back", "withdraw")),
    ]


def names_of_lists() -> set[str]:
    """What Django calls the lists of the admin, by the names of models, which are in English only."""
    names = {app.verbose_name for app in apps.get_app_configs()}
    for model in admin.site._registry:
        names |= {str(model._meta.verbose_name_plural), str(model._meta.verbose_name)}
    return {form for name in names for form in (str(name), capfirst(str(name)))}


def test_pages_on_the_way_to_an_edition_hold_no_english_of_their_own(superuser: User) -> None:
    told = FullIncident()
    told.say_least()
    told.publish()
    told.say_rest()
    curation.submit(told.incident, by=superuser, comment="تعليق", seen=Incident.objects.get().lock_version)
    client = Client()
    client.force_login(superuser)
    client.cookies["editors_language"] = "ar"

    english = untranslated() - names_of_lists()
    for address in pages_of(told):
        page = read(client, address)
        assert page.root.get("dir") == "rtl", address
        own = [words.strip(":.,()") for words, is_foreign in page.found if not is_foreign]
        assert [words for words in own if words in english] == [], address


def test_what_is_published_does_not_depend_on_the_language_of_the_editor() -> None:
    told = FullIncident()
    told.say_least()
    told.say_rest()
    seen = []
    for language in ("en", "ar"):
        with translation.override(language):
            preview = previews.preview(Incident.objects.get(pk=told.incident.pk))
            seen.append((preview.digest, [warning.key for warning in preview.warnings]))

    assert seen[0] == seen[1]
