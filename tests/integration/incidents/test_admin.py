"""The admin: what editors find there opens in constant queries, in any spelling, without endless select boxes."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from archive.models import User
from tests.factories.archive import (
    ArticleFactory,
    ArticleRowFactory,
    PassageFactory,
    PlaceFactory,
    PlaceNameFactory,
    SourceFactory,
    TextVersionFactory,
)
from tests.factories.incidents import (
    ClaimFactory,
    FacilityFactory,
    IncidentFactory,
    SpeakerFactory,
)
from tests.integration.incidents.conftest import FACTORIES, page, signed_in

pytestmark = pytest.mark.django_db


# What is made elsewhere: by importing, by the gazetteer, by readers, on the page of an incident.
NOT_ADDED = (
    "archive.abouttext",
    "archive.article",
    "archive.place",
    "archive.reportederror",
    "incidents.incidentlink",
)


def test_admin_registers_all_that_editors_find() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}

    assert set(FACTORIES) | {"archive.user", "auth.group"} <= registered


@pytest.mark.parametrize("label", FACTORIES)
def test_admin_pages_open(superuser: User, label: str) -> None:
    client = signed_in(superuser)
    row = FACTORIES[label]()
    addresses = [page(label, "changelist"), page(label, "change", row.pk), page(label, "history", row.pk)]
    model_admin = admin.site._registry[apps.get_model(label)]
    if label not in NOT_ADDED:
        addresses.append(page(label, "add"))

    for address in addresses:
        assert client.get(address).status_code == 200, address
    for term in ("mill", "كفر نبل", "%", "a'b\"c", "(((", "/", "x" * 500):
        assert client.get(page(label, "changelist"), {"q": term}).status_code == 200, term
    assert not model_admin.raw_id_fields


@pytest.mark.parametrize("label", FACTORIES)
def test_admin_lists_take_constant_queries(superuser: User, label: str, django_assert_max_num_queries) -> None:
    client = signed_in(superuser)
    for _ in range(2):
        FACTORIES[label]()
    client.get(page(label, "changelist"))
    with django_assert_max_num_queries(14) as few:
        client.get(page(label, "changelist"))
    for _ in range(8):
        FACTORIES[label]()

    with django_assert_max_num_queries(len(few)):
        client.get(page(label, "changelist"))


def test_admin_incident_page_takes_constant_queries(editor_client: Client, django_assert_max_num_queries) -> None:
    incident = IncidentFactory()
    ClaimFactory(incident=incident)
    with django_assert_max_num_queries(32) as few:
        editor_client.get(page("incidents.incident", "change", incident.pk))
    for _ in range(5):
        ClaimFactory(incident=incident, killed=True, speaker=SpeakerFactory())
        ClaimFactory(incident=incident, at_facility=True)

    with django_assert_max_num_queries(len(few) + 4):  # facilities bring their places and these what is above them
        editor_client.get(page("incidents.incident", "change", incident.pk))


def test_admin_no_select_of_places_or_facilities(superuser: User) -> None:
    facility = FacilityFactory()
    for number in range(30):
        PlaceFactory(name_en=f"Hamlet {number}")

    html = signed_in(superuser).get(page("incidents.facility", "change", facility.pk)).text

    assert "Hamlet 7" not in html
    assert "admin-autocomplete" in html


@pytest.mark.parametrize("term", ["kafr nab", "Kafr-Nabl", "كفر نب", "كفرنبل", "c4068"])
def test_admin_place_autocomplete_in_any_spelling(editor_client: Client, term: str) -> None:
    place = PlaceFactory(pcode="C4068", name_en="Kafr Nobol", name_ar="كفر نبل")
    PlaceNameFactory(place=place, name="Kafr Nabl", folded="kafrnabl")
    PlaceNameFactory(place=place, name="كفر نبل", folded="كفرنبل", script="Arab")
    PlaceFactory(name_en="Elsewhere")
    asked = {"app_label": "incidents", "model_name": "facility", "field_name": "place", "term": term}

    answer = editor_client.get(reverse("admin:autocomplete"), asked).json()

    assert [result["id"] for result in answer["results"]] == [str(place.pk)]


def test_admin_facility_found_by_town_type_and_alef(superuser: User) -> None:
    place = PlaceFactory(name_en="Kansafra")
    PlaceNameFactory(place=place, name="Kansafra", folded="kansafra")
    FacilityFactory(name_en="Amal", name_ar="مشفى الأمل", place=place)
    FacilityFactory(name_en="Other")
    client = signed_in(superuser)

    for term in ("amal kansafra", "الامل", "Amal"):
        html = client.get(page("incidents.facility", "changelist"), {"q": term}).text
        assert "1 facility" in html, term


# Work to do


def test_admin_article_gaps_are_listed_and_filtered(editor_client: Client) -> None:
    ArticleFactory(title="Known whole", published_on="2020-01-01", language="en")
    gap = ArticleFactory(title="Of nobody", source=None, published_on="2020-01-01", language="en")
    ArticleFactory(
        title="First words", published_on="2020-01-01", language="ar", metadata_origin={"title": "opening words"}
    )

    def titles(todo: str) -> set[str]:
        result = editor_client.get(page("archive.article", "changelist"), {"todo": todo}).context["cl"].result_list
        return {article.title for article in result}

    assert titles("source") == {"Of nobody"}
    assert titles("title") == {"First words"}
    assert titles("any") == {"Of nobody", "First words"}
    PassageFactory(text_version=TextVersionFactory(article=gap))
    assert titles("unread") == {"Known whole", "First words"}


def test_admin_article_filters_by_source_language_and_year(editor_client: Client) -> None:
    source = SourceFactory()
    mine = ArticleFactory(source=source, language="ar", published_on="2019-11-28")
    ArticleRowFactory(article=mine, published_on="2019-11-28")
    ArticleFactory(language="en", published_on="2016-05-31")

    for asked in (
        {"source": source.pk},
        {"language": "ar"},
        {"year": "2019"},
        {"visibility__exact": "public", "year": "2019"},
    ):
        result = editor_client.get(page("archive.article", "changelist"), asked).context["cl"].result_list
        assert list(result) == [mine], asked
    for junk in ("x", "-1", "9" * 40, "\x00"):
        assert editor_client.get(page("archive.article", "changelist"), {"source": junk}).status_code == 200
