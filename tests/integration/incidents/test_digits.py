"""Numbers and dates are typed in the digits of any script, everywhere on the editors' side."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from archive.admin.form_fields import CountField, DayField, TimeField
from archive.models import Article, TextVersion
from incidents.models import Claim, Incident
from tests.factories.archive import PassageFactory, TextVersionFactory
from tests.factories.incidents import IncidentFactory
from tests.integration.incidents.conftest import FACTORIES, page

pytestmark = pytest.mark.django_db

# A browser takes only ASCII digits in these.
NARROW = re.compile(r'type="(number|date|time|datetime-local|month|range)"')


def pages(superuser_made: Incident, text: TextVersion) -> list[str]:
    nobody_adds = (
        "archive.article",
        "archive.place",
        "archive.abouttext",
        "archive.reportederror",
        "incidents.incidentlink",
    )
    found = [page(label, "add") for label in FACTORIES if label not in nobody_adds]
    found += [page(label, "change", factory().pk) for label, factory in FACTORIES.items()]
    claim = Claim.objects.first()
    return [
        *found,
        reverse("desk:article", args=[text.article.public_id]),
        reverse("desk:judgement", args=[superuser_made.code]),
        *([reverse("desk:claim", args=[claim.public_id])] if claim else []),
        page("incidents.incident", "publish", superuser_made.pk),
    ]


def test_no_form_of_editors_has_a_box_for_ascii_digits_alone(superuser, draft: Incident) -> None:
    client = Client()
    client.force_login(superuser)

    for address in pages(draft, TextVersionFactory()):
        response = client.get(address)
        assert response.status_code == 200, address
        assert NARROW.search(response.text) is None, address


@pytest.mark.parametrize(("digits", "low", "high"), [("٠١٢٣٤٥٦٧٨٩", "٢٣", "١٬٣٧٨"), ("۰۱۲۳۴۵۶۷۸۹", "۲۳", "1,378")])
def test_desk_takes_counts_in_any_digits(
    editor_client: Client, draft: Incident, digits: str, low: str, high: str
) -> None:
    text = TextVersionFactory(text="From 23 to 1,378 people were killed.")
    form = {
        "quote": text.text,
        "text_sha256": text.sha256,
        "incident": "other",
        "incident_other": draft.code,
        "aspect": "killed",
        "count_low": low,
        "count_high": high,
        "group": "children",
    }

    response = editor_client.post(reverse("desk:article", args=[text.article.public_id]), form)

    assert response.status_code == 302
    claim = Claim.objects.get(incident=draft, group="children")
    assert (claim.count_low, claim.count_high) == (23, 1378)


def test_desk_takes_dates_in_any_digits(editor_client: Client, draft: Incident) -> None:
    text = TextVersionFactory(text="It was on that day.")
    form = {
        "quote": text.text,
        "text_sha256": text.sha256,
        "incident": "other",
        "incident_other": draft.code,
        "aspect": "occurred",
        "occurred_edtf": "٢٠١٩-١١-٢٦",
        "time_of_day": "١٤:٣٠",
    }

    editor_client.post(reverse("desk:article", args=[text.article.public_id]), form)

    claim = Claim.objects.get(incident=draft, passage__text_version=text)
    assert (claim.occurred_edtf, claim.time_of_day) == ("2019-11-26", datetime.time(14, 30))


def test_admin_takes_the_date_of_an_article_in_any_digits(editor_client: Client) -> None:
    article = PassageFactory().text_version.article
    address = page("archive.article", "change", article.pk)
    shown = editor_client.get(address).context["adminform"].form.initial
    form = {name: value for name, value in shown.items() if isinstance(value, str | int)}
    inlines = {f"captures-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}

    response = editor_client.post(address, {**form, **inlines, "authors": "", "published_on": "٢٠١٩-١١-٣٠"})

    assert response.status_code == 302, response.context["adminform"].form.errors
    assert Article.objects.get(pk=article.pk).published_on == datetime.date(2019, 11, 30)


@pytest.mark.parametrize("typed", ["٢٣", "23", " 23 ", "\u200f٢٣"])
def test_count_field_reads(typed: str) -> None:
    assert CountField().clean(typed) == 23


@pytest.mark.parametrize("typed", ["twenty", "2.5", "1,2", "12,34", "-"])
def test_count_field_refuses_what_is_no_whole_number(typed: str) -> None:
    with pytest.raises(ValidationError):
        CountField().clean(typed)


def test_day_and_time_fields_read() -> None:
    assert DayField().clean("٢٠١٩-١١-٢٧") == datetime.date(2019, 11, 27)
    assert TimeField().clean("٠٩:٠٥") == datetime.time(9, 5)


def test_summary_position_is_typed_in_any_digits(editor_client: Client) -> None:
    incident = IncidentFactory()

    html = editor_client.get(page("incidents.incident", "change", incident.pk)).text

    assert 'inputmode="numeric"' in html
