"""Pages of places, facilities, actors and sources as places to start: what is found, in what order, page by page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents import name_merges
from incidents.lists import starting_points
from incidents.models import Facility
from tests.factories.archive import SourceFactory
from tests.factories.full_incident import FullIncident
from tests.factories.full_incident import published as fully_published
from tests.factories.generalised import CODES, NAMES, general, told
from tests.factories.incidents import ActorFactory, FacilityFactory
from tests.factories.listed import gazetteer_town, published, read_article

pytestmark = pytest.mark.django_db
KINDS = ("towns", "facilities", "actors", "sources")


def listed(client: Client, path: str) -> list[str]:
    """The names in the table of a page."""
    html = client.get(path).content.decode()
    table = re.search(r'<table class="collapses starting">(.*?)</table>', html, re.S)
    return re.findall(r'<th scope="row"><a href="[^"]+"><bdi>([^<]*)', table[1]) if table else []


def clinics(*names: str) -> list[Facility]:
    """Facilities, the first struck once, the second twice, and so on."""
    found = []
    for times, name in enumerate(names, start=1):
        found.append(FacilityFactory(name_en=name, name_ar=f"منشأة {name}"))
        for _ in range(times):
            published(facilities=[found[-1]])
    return found


def test_facilities_come_by_count_or_by_name(client: Client) -> None:
    clinics("Beta", "Alpha", "Gamma")
    FacilityFactory(name_en="Nobody names it")

    assert listed(client, "/facilities/") == ["Gamma", "Alpha", "Beta"]
    assert listed(client, "/facilities/?order=name") == ["Alpha", "Beta", "Gamma"]
    assert listed(client, "/ar/facilities/?order=name") == ["منشأة Alpha", "منشأة Beta", "منشأة Gamma"]


def test_pages_follow_each_other_without_gap(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting_points, "PAGE_SIZE", 2)
    clinics("A", "B", "C", "D", "E")
    for order, names in (("", "EDCBA"), ("order=name", "ABCDE")):
        seen, query = [], order
        while query is not None:
            html = client.get(f"/facilities/?{query}").content.decode()
            seen.append(listed(client, f"/facilities/?{query}"))
            following = re.search(r'rel="next" href="\?([^"]+)"', html)
            last, query = query, following[1].replace("&amp;", "&") if following else None
        assert [len(page) for page in seen] == [2, 2, 1]
        assert "".join(name for page in seen for name in page) == names
        back = re.search(r'rel="prev" href="\?([^"]+)"', client.get(f"/facilities/?{last}").content.decode())
        assert listed(client, f"/facilities/?{back[1].replace('&amp;', '&')}") == seen[1]


def test_page_of_a_row_that_is_gone_begins_where_it_was(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting_points, "PAGE_SIZE", 2)
    clinics("A", "B", "C")
    html = client.get("/facilities/").content.decode()
    following = re.search(r'rel="next" href="\?([^"]+)"', html)[1]
    gone, into = Facility.objects.get(name_en="B"), FacilityFactory(name_en="Z", name_ar="ي")
    into = FacilityFactory(name_en="Z", name_ar="ي", place=gone.place, facility_type=gone.facility_type)
    name_merges.merge(gone, into=into, by=None, reason="One house.")

    assert client.get(f"/facilities/?{following}").status_code == 200
    assert "B" not in listed(client, "/facilities/")


def test_facility_is_found_by_any_name_in_either_script(client: Client) -> None:
    row = FacilityFactory(name_en="Kiwan Hospital", name_ar="مستشفى كيوان", aliases=["Surgical Point Seven"])
    other = FacilityFactory(name_en="Old Mill", name_ar="المطحنة القديمة")
    published(facilities=[row, other])

    for asked in ("kiwan", "hospital KIWAN", "مشفى كيوان", "point seven", "kiw", "Kiwann"):
        assert listed(client, f"/facilities/?q={asked}") == ["Kiwan Hospital"], asked
    html = client.get("/facilities/?q=Qwertzuiop").content.decode()
    assert "Nothing here is called “Qwertzuiop”." in html
    assert "These names are like it" in client.get("/facilities/?q=Kiwann").content.decode()


def test_town_is_found_in_any_spelling_even_where_nothing_is_told(client: Client) -> None:
    town = gazetteer_town()

    assert listed(client, "/towns/") == []
    for asked in ("Kafranbel", "كفرنبل", "kafr nob", "C4068", "Kafr Nabel"):
        assert "Kafr Nobol" in listed(client, f"/towns/?q={asked}"), asked

    published(places=[town])
    read_article("A report", "Of a mill.", places=[town])
    html = client.get("/towns/").content.decode()
    assert listed(client, "/towns/") == ["Kafr Nobol"], "units have a place of their own"
    assert '<a href="/incidents/?town=C4068"><data value="1">1 attack</data></a>' in html
    assert '<a href="/articles/?town=C4068"><data value="1">1 report</data></a>' in html


def test_actor_says_how_many_are_certainly_its_own(client: Client) -> None:
    made = FullIncident()
    made.say_least()
    others = [made.actor, ActorFactory(name_en="Other army")]
    made.say("actor", None, one_of_actors=[one.slug for one in others], judgement="One of two.")
    made.publish()
    published(actors=[made.actor])
    ActorFactory(name_en="A quiet one")

    names = listed(client, "/actors/")
    assert names[0] == made.actor.name_en
    assert names.index("Other army") < names.index("A quiet one")
    assert listed(client, "/actors/?order=name")[-1] == "A quiet one", "what has nothing comes last"
    html = client.get("/actors/").content.decode()
    slug = made.actor.slug
    assert f'<a href="/incidents/?actor={slug}"><data value="2">2 attacks</data></a>' in html
    assert f'<a href="/incidents/?actor={slug}&amp;match=certain"><data value="1">1 certain</data></a>' in html


def test_sources_come_by_their_reports(client: Client) -> None:
    fully_published()
    busy = SourceFactory(name_en="Busy Gazette", name_ar="الجريدة")
    for _ in range(4):
        read_article("A report", "Of a mill.", source=busy)

    assert listed(client, "/sources/") == ["Busy Gazette", "Example Herald"]
    assert listed(client, "/sources/?q=الجريده") == ["Busy Gazette"]


def test_facility_of_which_only_the_district_is_told_is_not_found_by_its_town(client: Client) -> None:
    made = told()
    general(made)

    for asked in ("", "?q=mill", "?order=name"):
        for language in ("", "/ar"):
            html = client.get(f"{language}/facilities/{asked}").content.decode()
            assert 'href="' + language + '/towns/SY9901/"' in html
            assert not [secret for secret in (*NAMES, *CODES) if secret in html]
    for asked in ("Quillhaven", "Reedmarsh", "C7741"):
        assert listed(client, f"/facilities/?q={asked}") == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_read_is_said(client: Client, kind: str) -> None:
    fully_published()
    for wrong in ("order=best", "after=x", "after=WyJjb3VudCIsMSwxLDFd", "q=a&q=b"):
        html = client.get(f"/{kind}/?{wrong}").content.decode()
        assert "nothing is listed" in html, wrong
        assert not listed(client, f"/{kind}/?{wrong}")
    assert "it was not used" in client.get(f"/{kind}/?other=1").content.decode()
    assert client.get(f"/{kind}/?q=&order=count").headers["Location"] == f"/{kind}/"
    for strange in ("%00", "%", "()", "'", "ا" * 300):
        assert client.get(f"/{kind}/", {"q": strange}).status_code in (200, 302)


@pytest.mark.parametrize("kind", KINDS)
def test_queries_do_not_grow_with_the_rows(client: Client, kind: str) -> None:
    made = fully_published()
    read_article("A report", "Of a mill.", places=[made.place], source=made.outlet)
    few = queries(client, f"/{kind}/")
    for _ in range(3):
        more = fully_published()
        read_article("A report", "Of a mill.", places=[more.place])

    assert queries(client, f"/{kind}/") == few <= 14


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_all_four_stand_in_the_head_of_every_page(client: Client) -> None:
    for language in ("", "/ar"):
        head = client.get(f"{language}/about/").content.decode().split("</header>")[0]
        for kind in KINDS:
            assert f'href="{language}/{kind}/"' in head
