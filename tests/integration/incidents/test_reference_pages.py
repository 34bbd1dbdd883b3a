"""Home, places, actors, facilities, sources, method: what they list, and that no draft shows on them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Article, Source
from incidents import curation
from incidents.assessment import RULES
from tests.factories.archive import ArticleFactory, PlaceFactory, PlaceNameFactory, SourceFactory
from tests.factories.full_incident import FullIncident, published
from tests.factories.incidents import ActorFactory, FacilityFactory

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def addresses(told: FullIncident) -> list[str]:
    return [
        "/",
        f"/towns/{told.place.pcode}/",
        "/towns/SY/",
        f"/actors/{told.actor.slug}/",
        f"/facilities/{told.facility.public_id}/",
        "/sources/herald/",
    ]


def test_pages_list_the_published_incident(client: Client) -> None:
    told = published()

    for path in addresses(told):
        html = page(client, path)
        assert f'href="/incidents/{told.incident.code}/"' in html, path
        assert "3–5" in html, path


def test_pages_do_not_list_drafts_withdrawn_or_merged(client: Client) -> None:
    told, other = published(), FullIncident()
    other.say_all()
    merged, withdrawn = published(), published()
    curation.merge(merged.incident, into=told.incident, by=None, reason="The same.")
    curation.withdraw(withdrawn.incident, by=None, reason="Wrong.")

    for path in addresses(told):
        html = page(client, path)
        for hidden in (other, merged, withdrawn):
            assert hidden.incident.code not in html, path


def test_facility_of_a_draft_is_not_found(client: Client) -> None:
    draft = FullIncident()
    draft.say_all()

    page(client, f"/facilities/{draft.facility.public_id}/", 404)
    page(client, f"/facilities/{FacilityFactory().public_id}/", 404)
    assert "Old Mill" not in page(client, f"/towns/{draft.place.pcode}/")


def test_facility_of_an_older_edition_stays(client: Client) -> None:
    told = published()
    claim = told.incident.claims.get(aspect="facility")
    curation.rank_claim(claim, by=None, seen=claim.lock_version, rank="deprecated")
    told.publish(note="Not the mill.")

    page(client, f"/facilities/{told.facility.public_id}/")


def test_source_without_a_public_report_is_not_found(client: Client) -> None:
    source = SourceFactory(slug="quiet", name_en="Quiet Source")
    ArticleFactory(source=source, visibility="embargoed", visibility_reason="Risk.", title="Hidden report")

    page(client, "/sources/quiet/", 404)
    assert "Quiet Source" not in page(client, "/sources/")


def test_source_lists_only_public_reports(client: Client) -> None:
    told = published()
    ArticleFactory(source=told.outlet, visibility="withheld", visibility_reason="Risk.", title="Hidden report")

    html = page(client, "/sources/herald/")

    assert "Shells on a &lt;mill&gt;" in html
    assert "Hidden report" not in html
    assert "2 reports" in html


def test_town_shows_hierarchy_spellings_and_places_below(client: Client) -> None:
    told = published()
    PlaceNameFactory(place=told.place, name="Uper Toun")
    hamlet = PlaceFactory(level=5, name_en="Mill Quarter", parent=told.place)

    html = page(client, f"/towns/{told.place.pcode}/")

    assert 'href="/towns/SY/"' in html
    assert "Uper Toun" in html
    assert "البلدة العليا" in html
    assert f'href="/towns/{hamlet.pcode}/"' in html
    assert "1 place without a published incident" in html


def test_town_above_counts_what_lies_below(client: Client) -> None:
    told = published()

    html = page(client, "/towns/SY/")

    numbers = f'<a href="/incidents/?town={told.place.pcode}"><data value="1">1 attack</data></a>'
    assert (
        f'<a href="/towns/{told.place.pcode}/"><bdi>Upper Town</bdi></a> <span class="muted">{numbers}</span>' in html
    )


def test_parent_actor_lists_what_is_ascribed_to_its_parts(client: Client) -> None:
    told = FullIncident()
    told.actor = ActorFactory(name_en="First Brigade", parent=ActorFactory(slug="whole", name_en="Whole Army"))
    told.say_all()
    told.publish()

    html = page(client, "/actors/whole/")

    assert told.incident.code in html
    disputed = '<a href="/incidents/?actor=whole&amp;stance=disputed"><data value="1">1 attack</data></a>'
    assert f"Its part is disputed or denied in: {disputed}." in html
    assert "Whole Army" in page(client, f"/actors/{told.actor.slug}/")


def test_indexes_answer(client: Client) -> None:
    told = published()

    assert told.actor.name_en.replace("’", "’") in page(client, "/actors/")
    assert "Example Herald" in page(client, "/sources/")
    assert 'href="/towns/SY/"' in page(client, "/towns/")


def test_method_prints_every_rule_in_both_languages(client: Client) -> None:
    english, arabic = page(client, "/about/method/"), page(client, "/ar/about/method/")

    for rule in RULES:
        assert f'id="{rule.key}"' in english
        assert rule.title_ar in arabic


def test_about_answers(client: Client) -> None:
    assert "/about/method/" in page(client, "/about/")


def test_home_searches_the_incidents(client: Client) -> None:
    html = page(client, "/")

    for name in ("q", "town", "from", "to", "actor"):
        assert f'name="{name}"' in html
    assert "Nothing is published yet." in html


def test_unknown_names_are_not_found(client: Client) -> None:
    for path in ("/towns/X1/", "/actors/nobody/", "/facilities/zzz/", "/sources/none/", "/nothing/"):
        assert "There is no page at this address" in page(client, path, 404)


@pytest.mark.parametrize("path", ["/", "/towns/SY/", "/actors/{actor}/", "/sources/herald/", "/actors/", "/sources/"])
def test_pages_take_a_constant_number_of_queries(client: Client, path: str) -> None:
    """Counted once the columns in memory are read; reading them is a constant too."""
    told = published()
    address = path.format(actor=told.actor.slug)
    first = warm_queries(client, address)

    for _ in range(3):
        more = FullIncident()
        more.actor, more.place, more.facility = told.actor, told.place, told.facility
        more.say_all()
        more.publish()
    Article.objects.filter(source=Source.objects.get(slug="herald")).update(title="Another title")

    assert warm_queries(client, address) == first <= 18


def warm_queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_a_page_of_the_site_leaves_no_cookie(client: Client) -> None:
    for path in ("/", "/ar/", "/nothing/", "/about/"):
        response = client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path


def test_form_that_expired_gets_a_page(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "The form could not be accepted" in response.content.decode()
