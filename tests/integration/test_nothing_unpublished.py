"""Every public address, feed and file beside drafts, embargoes and withdrawals: nothing unpublished appears.

The walk takes its addresses from the resolver, so that the next address cannot be forgotten.
"""

import copy
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from archive import intake, search
from archive.models import Article, ArticleKey, Passage, TimeStamp, User
from archive.source_urls import normalise
from archive.stamping import make_manifest
from incidents import curation
from incidents.models import Facility, Incident
from incidents.releases import making
from tests.factories import reviewed
from tests.factories.archive import (
    AlertFactory,
    ArticleFactory,
    CaptureFactory,
    PassageFactory,
    PlaceFactory,
    ReportedErrorFactory,
    SourceFactory,
    TextVersionFactory,
)
from tests.factories.full_incident import UNCITED, FullIncident, published
from tests.factories.incidents import FacilityFactory
from tests.factories.routes import addresses, public_routes, values
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

SECRETS = (
    "zebra",  # a draft and its facility
    "987654",  # a number that a published incident has in draft only
    "okapi",  # an article that was embargoed after it had been cited
    "quagga",  # an article that was never public
    "tapir",  # a record that was withdrawn
    "secret-editor",
    "internal remark",
)
LISTS = ("scope=any", "updated_since=2000-01-01", "scope=any&order=updated")


def make_told() -> FullIncident:
    """What is public, with everything beside it that must not be."""
    editor = User.objects.create_user("secret-editor", is_staff=True)
    told = published()
    Incident.objects.filter(pk=told.incident.pk).update(note="internal remark")
    told.say("killed", None, count_low=987654, group="people", judgement="Not yet published.")
    told.passage(told.english, UNCITED)
    draft(editor, told.incident)
    memento("https://herald.example/taken", visibility="public")
    memento("https://herald.example/quagga", visibility="withheld", visibility_reason="Quagga asked.")
    never_public()
    embargoed_later(editor)
    withdrawn(editor, told.incident)
    given_out()
    reported(told)
    search.index_articles(list(Article.objects.values_list("pk", flat=True)))
    return told


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(make_told)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def reported(told: FullIncident) -> None:
    """An error that nobody has answered, and one that is answered."""
    of = {"spoken_of": "incident", "key": told.incident.code, "number": 1}
    ReportedErrorFactory(**of, words__problem="Zebra House is misspelt.", address__email="tapir@quagga.example")
    done = {"state": "accepted", "answer_en": "It was misspelt.", "answered_at": timezone.now()}
    AlertFactory(email="tapir@quagga.example")
    ReportedErrorFactory(**of, **done, words__problem="Okapi is misspelt.", address__email="tapir@quagga.example")


def given_out() -> None:
    """A copy whose bytes readers may have, and a manifest with its time-stamp."""
    CaptureFactory(article=ArticleFactory(source=SourceFactory(text_policy="full")))
    TimeStamp.objects.create(
        manifest=make_manifest(),
        authority="https://stamps.example/",
        request=b"asked",
        reply=b"said",
        at=timezone.now(),
    )


def facts(incident: Incident, passage: Passage, facility: Facility) -> None:
    common = {"incident": incident, "by": None, "passage": passage}
    curation.make_claim(aspect="occurred", occurred_edtf="2019-11", **common)
    curation.make_claim(aspect="place", place=facility.place, **common)
    curation.make_claim(aspect="facility", facility=facility, **common)


def linked(told: Incident, to: Incident, reason: str) -> None:
    """A link that would lead from what is public."""
    curation.link_incidents(told, to=to, relation="same_operation", by=None, reason=reason, reason_ar=reason)


def draft(editor: User, told: Incident) -> None:
    incident = curation.create_incident(by=editor, scope="attack", working_title="Zebra stables")
    text = TextVersionFactory(text="Hooves were heard there.")
    place = PlaceFactory(name_en="Plain Town")
    facts(
        incident, PassageFactory(text_version=text, exact="Hooves"), FacilityFactory(name_en="Zebra House", place=place)
    )
    linked(told, incident, "The zebra herd was hit, too.")


def memento(url: str, **visibility: str) -> None:
    """A report of which somebody said when its copy was taken."""
    article = ArticleFactory(url=url, **visibility)
    ArticleKey.objects.create(article=article, scheme="url", value=normalise(url))
    capture = CaptureFactory(article=article, captured_at=datetime(2019, 11, 28, tzinfo=UTC))
    TextVersionFactory(article=article, capture=capture, text=f"Read at {url}.")


def never_public() -> None:
    source = SourceFactory(name_en="Quagga Courier", slug="quagga")
    for visibility in ("embargoed", "withheld"):
        article = ArticleFactory(
            title=f"Quagga, {visibility}", source=source, visibility=visibility, visibility_reason="Quagga asked."
        )
        TextVersionFactory(article=article, text="The quagga was seen.")


def embargoed_later(editor: User) -> None:
    article = ArticleFactory(title="Okapi at large", url="https://herald.example/okapi")
    text = TextVersionFactory(article=article, text="The okapi gate was hit at noon.")
    incident = curation.create_incident(by=editor, scope="attack")
    facts(
        incident, PassageFactory(text_version=text, exact="The okapi gate was hit"), FacilityFactory(name_en="A gate")
    )
    reviewed.publish(incident, note="First.")
    article.refresh_from_db()
    change = {"visibility": "embargoed", "visibility_reason": "Asked by its authors."}
    intake.correct_article(article, by=editor, seen=article.lock_version, **change)


def withdrawn(editor: User, told: Incident) -> None:
    incident = curation.create_incident(by=editor, scope="attack")
    text = TextVersionFactory(text="Something fell on a barn.")
    facts(incident, PassageFactory(text_version=text, exact="fell on a barn"), FacilityFactory(name_en="Tapir Barn"))
    reviewed.publish(incident, note="First.")
    linked(told, incident, "The tapir barn stood beside it.")
    curation.withdraw(incident, by=editor, reason="It was a thunderstorm.")


def body_of(client: Client, address: str) -> tuple[int, str]:
    response = client.get(address)
    raw = response.getvalue() if response.streaming else response.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as bag:
            raw = b"\n".join(name.encode() + b"\n" + bag.read(name) for name in bag.namelist())
    return response.status_code, raw.decode(errors="replace") + str(response.headers)


def leaks(text: str, address: str = "") -> list[str]:
    """Return the secrets in an answer. That a page names the address it was asked for tells nothing."""
    said = text.replace(address, "") if len(address) > len("/ar/") else text
    return [secret for secret in SECRETS if secret in said.lower()]


def test_nothing_unpublished_at_any_public_address(client: Client, told: FullIncident, settings) -> None:
    settings.CONTACT_EMAIL = "desk@archive.example"  # without which there is no security.txt
    settings.EMAIL_FROM = "alerts@archive.example"  # without which nothing is followed
    settings.METRICS = True
    making.make()
    known, answered, leaking = values(), set(), []
    passage = Passage.objects.get(exact=UNCITED)

    for route in public_routes():
        for address in addresses(route, known):
            status, text = body_of(client, address)
            assert status < 500, address
            if status in (200, 301, 302):
                answered.add(route)
            if found := leaks(text, address):
                leaking.append((address, status, found))
            assert passage.public_id not in text.replace(address, ""), address

    assert leaking == []
    assert set(public_routes()) - answered == set()


@pytest.mark.parametrize("query", LISTS)
@pytest.mark.parametrize("form", ["/", ".csv", ".json", ".jsonl", ".geojson", ".atom"])
def test_nothing_unpublished_in_any_list(client: Client, told: FullIncident, query: str, form: str) -> None:
    status, text = body_of(client, f"/incidents{form}?{query}")

    assert status == 200
    assert told.incident.code in text
    assert leaks(text) == []


def test_nothing_unpublished_behind_links(client: Client, told: FullIncident) -> None:
    """Follow every link of the readers' pages, in both languages, as a crawler does."""
    waiting, seen = ["/", "/ar/"], {"/", "/ar/"}
    while waiting:
        address = waiting.pop()
        status, text = body_of(client, address)
        assert status in (200, 301, 302, 410), address
        assert leaks(text) == [], address
        for link in re.findall(r'href="(?:' + re.escape(settings.SITE_URL) + r')?(/[^"#]*)', text):
            path = link.replace("&amp;", "&")
            if path not in seen and not path.startswith(("/admin", "/static")) and path.count("&") < 2:
                seen.add(path)
                waiting.append(path)
    assert len(seen) > 30


@pytest.mark.parametrize("word", ["zebra", "okapi", "quagga", "tapir", "hooves"])
def test_nothing_unpublished_is_found_by_its_words(client: Client, told: FullIncident, word: str) -> None:
    found = json.loads(client.get("/incidents.json", {"q": word, "scope": "any"}).getvalue())

    assert found["count"] == 0
    if word != "hooves":  # a word of a public article
        assert client.get("/articles.jsonl", {"q": word}).getvalue() == b""
