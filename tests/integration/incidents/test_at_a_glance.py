"""What pages of places, facilities, actors and sources say at a glance: people, attacks through time, who reports."""

import re

import pytest
from django.test import Client

from incidents.lists.newest import newest
from tests.factories.archive import SourceFactory
from tests.factories.full_incident import published as fully_published
from tests.factories.incidents import ActorFactory, FacilityFactory
from tests.factories.listed import gazetteer_town, published, read_article

pytestmark = pytest.mark.django_db


def fact(client: Client, path: str, name: str) -> str:
    """What the page says of a fact, without markup."""
    html = client.get(path).content.decode()
    found = re.search(rf"<dt>{name}</dt><dd[^>]*>(.*?)</dd>", html, re.S)
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split()) if found else ""


def test_people_are_added_up_and_what_is_not_known_is_said(client: Client) -> None:
    clinic = FacilityFactory(name_en="Clinic")
    published(facilities=[clinic], killed=(3, 5), injured=None)
    published(facilities=[clinic], killed=2, injured=None)
    published(facilities=[clinic], killed=None, injured=None)
    published(facilities=[clinic], killed=50, scope="series")
    page = f"/facilities/{clinic.public_id}/"

    assert fact(client, page, "Killed in the attacks") == "5–7 · 1 incident without a number"
    assert fact(client, page, "Injured in the attacks") == "number not known · 3 incidents without a number"
    assert fact(client, page, "In the archive").startswith("3 attacks")


def test_people_of_attacks_that_may_be_anothers_are_not_added(client: Client) -> None:
    one, other = ActorFactory(name_en="One army"), ActorFactory(name_en="Other army")
    published(one_of=[[one, other]], killed=40)
    published(actors=[other], killed=2)

    said = fact(client, f"/actors/{other.slug}/", "Killed in the attacks")
    assert said == "2 (1 attack that may be another’s is not counted)"


def test_chart_is_of_the_same_attacks_as_the_list(client: Client) -> None:
    town = gazetteer_town()
    for on in ("2019-11-27", "2019-12-01", "2020-01?"):
        published(on=on, places=[town])
    html = client.get(f"/towns/{town.pcode}/").content.decode()

    assert "Attacks through time" in html
    assert 'href="/charts/?town=C4068"' in html
    drawing = newest(f"town={town.pcode}").glance.drawing
    (panel,) = drawing.chart.panels
    assert panel.total.incidents == 3 == newest(f"town={town.pcode}").attacks.count.number


def test_one_attack_is_not_drawn_and_none_says_nothing_of_people(client: Client) -> None:
    town = gazetteer_town()
    assert fact(client, f"/towns/{town.pcode}/", "Killed in the attacks") == ""
    published(places=[town])

    assert "Attacks through time" not in client.get(f"/towns/{town.pcode}/").content.decode()


def test_town_without_an_attack_leads_to_the_reports_that_mention_it(client: Client) -> None:
    town = gazetteer_town()
    for title in ("First report", "Second report"):
        read_article(title, "Of a mill.", places=[town])

    html = client.get(f"/towns/{town.pcode}/").content.decode()
    section = html.split('aria-labelledby="incidents"')[1]
    assert "No attack is published." in section
    assert 'href="/articles/?town=C4068"' in section
    assert "2 reports that mention Kafr Nobol" in section
    assert "First report" in section


def test_who_reports_is_counted_with_the_list(client: Client) -> None:
    made = fully_published()
    told = fact(client, f"/facilities/{made.facility.public_id}/", "Reported by")

    assert told == "Example Herald (1 attack)"
    other = SourceFactory(name_en="Other Gazette")
    published(facilities=[made.facility], sources=[other])
    html = client.get(f"/facilities/{made.facility.public_id}/").content.decode()
    href = f"/incidents/?facility={made.facility.public_id}&amp;source={other.slug}"
    assert f'<a href="{href}"><data value="1">1 attack</data></a>' in html
