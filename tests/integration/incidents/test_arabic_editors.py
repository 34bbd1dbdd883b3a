"""Every page of the editors' side in Arabic, from the resolver, empty forms sent back included: no English of its own.

Names, codes, quotes and keys stay as they are; a new page, or a new English string on a page, fails here.
"""

import html
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client

from archive.models import User
from tests.factories.busy_archive import BusyArchive
from tests.factories.routes import all_routes
from tests.integration.incidents.test_arabic import ISOLATES, Words

pytestmark = pytest.mark.django_db
#: Addresses without a page: data for scripts, what is only sent, what leads on, and Django's own files.
NO_PAGE = {
    "/admin/<app_label>/",
    "/admin/<url>",
    "/admin/autocomplete/",
    "/admin/desk/claims/<slug:public_id>/rank/",
    "/admin/desk/claims/<slug:public_id>/restore/",
    "/admin/desk/date/",
    "/admin/desk/find/<slug:kind>/",
    "/admin/desk/next/",
    "/admin/jsi18n/",
    "/admin/language/",
    "/admin/archive/article/withheld/<int:pk>/release/",
}
#: Logs of packages that only administrators read: their rows speak English. Their names in lists are ours.
OF_PACKAGES = ("/admin/axes/", "/admin/django_tasks_database/")
# The same in every language: formats, standards, keys of keyboards and of settings, names of rights, beginnings of
# hashes; what Django itself writes into its pages without translating it.
NAMES = re.compile(
    r"\b[0-9a-f]{12}\b"
    r"|CSV|JSON|EDTF|SHA-256|P-code|UTC|TOTP|QR|HTTP|GET|POST|WARC|worker|English|Shift|Ctrl|Control|Command|Enter|Esc"
    r"|Kafranbel|PBKDF2|^[^|]+\|[\w ]+\|.*|^(Search|True|False)$|Group-permission relationship.*"
    r"|Whether the user will be able to .*|If disabled, the current password .*|[\w-]*(TOTAL|INITIAL)_FORMS"
)
# Columns that hold data in whatever language it came in; the others hold terms, which have labels.
DATA = re.compile(
    r"^(name|title|label|text|username|working_title|slug|code|pcode|public_id|url|homepage|exact|quote|address|"
    r"message|reason|note|decision|judgement|reasoning|words|tool|media_type|file_name|sha256|authors|locator|"
    r"value|path_info|user_agent|ip_address|task_path|extractor|bytes|key|codename|quality|source|script|email|reference)(_\w+)?$"
)
LATIN = re.compile("[A-Za-z]{3,}")


class Shown(Words):
    """As `Words`, with what buttons say."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attributes)
        given = dict(attributes)
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.found.append((given.get("value") or "", False))


def is_data(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices and bool(DATA.match(field.name))


def stored() -> tuple[str, ...]:
    """What rows hold, the longest first."""
    found: set[str] = set()
    for model in apps.get_models():
        columns = [field.name for field in model._meta.fields if is_data(field)]
        for row in model._default_manager.values_list(*columns) if columns else ():
            found |= {str(value) for value in row if value and LATIN.search(str(value))}
    return tuple(sorted(found, key=len, reverse=True))


def english(answer: HttpResponse, known: tuple[str, ...]) -> list[str]:
    """What a page says in Latin letters that no row holds and nothing sets apart."""
    page = Shown()
    page.feed(answer.content.decode())
    return [text for text, is_foreign in page.found if not is_foreign and is_english(text, known)]


@cache  # most texts stand on every page
def is_english(text: str, known: tuple[str, ...]) -> bool:
    own = re.sub("\u2068[^\u2068\u2069]*\u2069", "", text)
    if not LATIN.search(own) or is_cut(text, known):
        return False
    own = ISOLATES.sub("", own)
    for value in known:
        own = own.replace(value, "")
    return bool(LATIN.search(NAMES.sub("", re.sub(r"https?://\S+|[\w.]+@[\w.]+|\S*[/\\]\S*", "", own))))


def is_cut(text: str, known: tuple[str, ...]) -> bool:
    """Whether a text ends with the beginning of something that a row holds."""
    words = text.removesuffix("…").rpartition(": ")[2].strip()
    return text.endswith("…") and len(words) > 9 and any(value.startswith(words) for value in known)


@pytest.fixture
def busy(superuser: User) -> BusyArchive:
    return BusyArchive(superuser)


@pytest.fixture
def client(superuser: User) -> Client:
    client = Client()
    client.force_login(superuser)
    client.cookies["editors_language"] = "ar"
    return client


def addresses(busy: BusyArchive, client: Client) -> dict[str, list[str]]:
    """Route → the addresses that are looked at; every page of the editors has some."""
    article, code = busy.told.english.article, busy.told.incident.code
    of_incident = "/admin/incidents/incident"
    split = busy.told.incident.editorial_events.filter(action="split").get()
    capture = article.captures.order_by("pk")[0]
    special = {
        "/admin/archive/article/<int:pk>/copies/<int:copy>/": [
            f"/admin/archive/article/{article.pk}/copies/{capture.pk}/"
        ],
        "/admin/archive/article/<int:pk>/withhold/": [
            f"/admin/archive/article/{pk}/withhold/" for pk in (article.pk, busy.withheld.article_id)
        ],
        "/admin/archive/user/<id>/password/": [f"/admin/archive/user/{busy.by.pk}/password/"],
        "/admin/desk/<slug:public_id>/": [
            f"/admin/desk/{one.article.public_id}/{more}"
            for one in (busy.told.english, busy.told.arabic)
            for more in ("", "?text=1")
        ],
        "/admin/desk/pairs/<int:pk>/": [f"/admin/desk/pairs/{busy.pair.pk}/"],
        "/admin/desk/passages/<int:pk>/": [f"/admin/desk/passages/{busy.found.pk}/"],
        "/admin/desk/<slug:public_id>/copies/<slug:other>/": [
            f"/admin/desk/{busy.copy.text.article.public_id}/copies/{article.public_id}/"
        ],
        "/admin/desk/names/<slug:kind>/<int:pk>/merge/": [
            f"/admin/desk/names/facility/{busy.told.facility.pk}/merge/",
            f"/admin/desk/names/actor/{busy.told.actor.pk}/merge/",
        ],
        "/admin/desk/facilities/<int:pk>/place/": [f"/admin/desk/facilities/{busy.told.facility.pk}/place/"],
        "/admin/desk/names/merges/<int:pk>/": [f"/admin/desk/names/merges/{busy.name_merge.pk}/"],
        "/admin/desk/terms/<slug:kind>/<int:pk>/": [f"/admin/desk/terms/weapon/{busy.term.pk}/"],
        "/admin/desk/terms/spelling/<int:pk>/": [f"/admin/desk/terms/spelling/{busy.spelling.pk}/"],
        f"{of_incident}/<int:pk>/restore/": [f"{of_incident}/{busy.merged.pk}/restore/"],
        f"{of_incident}/<int:pk>/unite/": [f"{of_incident}/{busy.told.incident.pk}/unite/?split={split.pk}"],
        f"{of_incident}/<int:pk>/merge/": [
            f"{of_incident}/{busy.apart.pk}/merge/{more}" for more in ("", f"?survivor={code}")
        ],
        "/admin/archive/article/": ["/admin/archive/article/", "/admin/archive/article/?q=unheard&todo=flagged"],
        f"{of_incident}/": [f"{of_incident}/", f"{of_incident}/?status__exact=draft&on=2016-05"],
        **{
            f"{row}/<int:pk>/restore-state/": states(client, f"{row}/{pk}/history/")
            for row, pk in ((of_incident, busy.told.incident.pk), ("/admin/archive/article", article.pk))
        },
        "/admin/desk/incidents/<slug:code>/remove/": [
            f"/admin/desk/incidents/{code}/remove/?claim={busy.claim.public_id}"
        ],
    }
    usual = {"pk": busy.told.incident.pk, "code": code, "public_id": busy.claim.public_id}
    found = {}
    for route in all_routes():
        if not route.startswith("/admin/") or route in NO_PAGE or route.endswith("object_id>/"):
            continue
        found[route] = special.get(route) or list(usual_addresses(route, busy, usual))
    return found


def states(client: Client, history: str) -> list[str]:
    """The page that restores an earlier state, as the history leads to it."""
    found = re.findall(r'href="([^"]*restore-state/[^"]*)"', client.get(history).text)
    return [html.unescape(address) for address in found[:1]]


def usual_addresses(route: str, busy: BusyArchive, usual: dict[str, object]) -> Iterator[str]:
    """Those of a row of the admin, of the incident, of the claim or of the article."""
    _, app, model, *_rest = [*route.strip("/").split("/"), "", ""]
    if "<path:object_id>" in route:
        kind = apps.get_model({"django_tasks_database": "django_tasks_database"}.get(app, app), model)
        busy_row = {"incident": busy.told.incident.pk, "article": busy.told.english.article_id}.get(model)
        for pk in [busy_row] if busy_row else kind._base_manager.order_by("pk").values_list("pk", flat=True)[:1]:
            yield route.replace("<path:object_id>", str(pk))
        return
    if route.startswith("/admin/archive/article/<int:pk>/"):
        yield route.replace("<int:pk>", str(busy.told.english.article_id))
    elif route.startswith("/admin/desk/<slug:public_id>/"):
        yield route.replace("<slug:public_id>", busy.told.english.article.public_id)
    else:
        yield re.sub(r"<\w+:(\w+)>", lambda match: str(usual[match[1]]), route)


def test_every_page_of_the_editors_holds_no_english_of_its_own(busy: BusyArchive, client: Client) -> None:
    known = stored()
    pages = addresses(busy, client)
    assert len(pages) > 100
    assert {f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry} <= set(pages)
    assert [route for route, looked_at in pages.items() if not looked_at] == []

    found: dict[str, str] = {}  # text → where it was met first
    for address in (one for looked_at in pages.values() for one in looked_at if is_ours(one)):
        answer = client.get(address)
        assert answer.status_code != 404, address
        for text in told_by(answer, known):
            found.setdefault(text, address)
        for text in sent_back(client, address, known):
            found.setdefault(text, f"{address}, sent empty")
    assert found == {}, "\n".join(f"{address}: {text}" for text, address in found.items())


def is_ours(address: str) -> bool:
    return not address.startswith(OF_PACKAGES)


def told_by(answer: HttpResponse, known: tuple[str, ...]) -> list[str]:
    is_page = answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code < 500
    assert answer.status_code < 500
    return english(answer, known) if is_page else []


def sent_back(client: Client, address: str, known: tuple[str, ...]) -> list[str]:
    """What the page says when its form is sent empty; nothing of that stays."""
    if address in ("/admin/login/", "/admin/logout/"):
        return []
    with transaction.atomic():
        answer = client.post(address, {"next": "/admin/"})
        transaction.set_rollback(True)
    return told_by(answer, known)


def test_english_of_a_page_is_found() -> None:
    page = HttpResponse(
        "<p>حادثة <bdi>Old Mill</bdi></p><p>Nobody said so.</p><p>Old Mill</p><input type=submit value='Save it'>"
        "<p dir=auto>A quote</p><time>2019</time><p>رمز P-code</p>"
    )

    assert english(page, ("Old Mill",)) == ["Nobody said so.", "Save it"]
