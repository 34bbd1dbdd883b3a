"""The server's part in keeping what is typed: who gets the key, and when a form is said to be saved."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.access import keeping
from archive.models import User
from incidents.models import Incident
from tests.factories.incidents import IncidentFactory
from tests.factories.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return person("Administrator")


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, incident: Incident, **values: object) -> str | None:
    """Send the incident's form under a name; return what the cookie says is saved, None where there is none."""
    counts = ("TOTAL_FORMS", "INITIAL_FORMS")
    rows = {f"{part}-{name}": 0 for part in ("summary", "identifiers") for name in counts}
    sent = {"scope": "attack", "working_title": "A mill", "note": "More.", "lock_version": incident.lock_version}
    response = client.post(
        reverse("admin:incidents_incident_change", args=[incident.pk]), {**sent, **rows, "kept_as": "abc", **values}
    )
    cookie = response.cookies.get(keeping.COOKIE)
    return cookie.value if cookie else None


def test_keys_are_of_one_person_and_stay(user: User) -> None:
    other = person("Editor")
    before = keeping.keys_of(user)
    user.set_password("another one, quite long")

    assert keeping.keys_of(user) == before
    assert not {*before} & {*keeping.keys_of(other)}


def test_pages_give_the_key_to_who_is_signed_in_alone(client: Client, user: User) -> None:
    key = keeping.keys_of(user).key

    assert key in client.get(reverse("admin:index")).content.decode()
    assert 'data-key="' not in Client().get(reverse("admin:login")).content.decode()
    assert 'data-key="' not in client.post(reverse("admin:logout")).content.decode()


def test_page_with_the_key_is_stored_nowhere(client: Client) -> None:
    assert "no-store" in client.get(reverse("admin:index")).headers["Cache-Control"]


def test_second_step_gives_no_key(client: Client, settings) -> None:
    settings.OTP_REQUIRED = True

    page = client.get(reverse("admin:second_factor_enrol"))

    assert page.status_code == 200
    assert 'data-key="' not in page.content.decode()


def test_saved_form_is_named(client: Client) -> None:
    assert post(client, IncidentFactory()) == "abc"


@pytest.mark.parametrize(
    "values",
    [{"scope": "none such"}, {"lock_version": 0}, {"kept_as": ""}, {"kept_as": "a" * 41}, {"kept_as": "a; b=c"}],
    ids=["refused", "stale", "without a name", "too long", "no name"],
)
def test_form_that_is_not_saved_is_not_named(client: Client, values: dict[str, object]) -> None:
    incident = IncidentFactory()
    Incident.objects.filter(pk=incident.pk).update(note="Of somebody else.")
    incident.refresh_from_db()

    assert post(client, incident, **values) is None


def test_expired_login_names_nothing(client: Client) -> None:
    client.logout()

    assert post(client, IncidentFactory()) is None


def test_row_that_is_gone_names_nothing(client: Client) -> None:
    """It leads elsewhere too, with a warning."""
    incident = IncidentFactory.build(pk=999_999, lock_version=1)

    assert post(client, incident) is None


def test_several_saved_ones_are_all_named(client: Client) -> None:
    post(client, IncidentFactory())

    assert post(client, IncidentFactory(), kept_as="def") == "abc-def"


def test_popup_that_fills_in_another_form_is_saved(client: Client) -> None:
    sent = {"name_en": "A source", "slug": "a-source", "kind": "outlet", "text_policy": "reference"}

    response = client.post(reverse("admin:archive_source_add") + "?_popup=1", {**sent, "_popup": 1, "kept_as": "abc"})

    assert response.status_code == 200
    assert response.cookies[keeping.COOKIE].value == "abc"
    assert response.cookies[keeping.COOKIE]["path"] == "/admin"
