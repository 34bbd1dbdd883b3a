"""Every address of the editors' side, from the resolver: strangers sign in first, each act needs its permission.

What is asked for does not exist, so that a page whose check is missing answers something else than 403, mostly 404.
"""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from archive.models import User
from tests.factories.archive import UserFactory
from tests.factories.people import person
from tests.factories.routes import PARAMETER, all_routes

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "patch", "delete", "head")
BACKEND = "django.contrib.auth.backends.ModelBackend"

#: What anybody of the editors' side may ask for: their own password, second factor and start page.
OPEN = {
    "/admin/",
    "/admin/jsi18n/",
    "/admin/password_change/",
    "/admin/password_change/done/",
    "/admin/second-factor/",
    "/admin/second-factor/enter/",
    "/admin/second-factor/set-up/",
}
#: What leads nowhere by itself: signing in and out, the choice of a language, and addresses that stand for no page.
NOWHERE = {
    "/admin/language/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/<app_label>/",
    "/admin/<url>",
    "/admin/r/<path:content_type_id>/<path:object_id>/",
}
#: The permission that each page of the desk asks for.
DESK = {
    "/admin/desk/<slug:public_id>/": "add_claim",
    "/admin/desk/find/<slug:kind>/": "view_incident",
    "/admin/desk/date/": "view_incident",
    "/admin/desk/claims/<slug:public_id>/": "change_claim",
    "/admin/desk/claims/<slug:public_id>/rank/": "change_claim",
    "/admin/desk/claims/<slug:public_id>/remove/": "delete_claim",
    "/admin/desk/incidents/<slug:code>/remove/": "delete_claim",
    "/admin/desk/incidents/<slug:code>/judgement/": "add_claim",
    "/admin/desk/names/<slug:kind>/<int:pk>/merge/": "merge_names",
    "/admin/desk/facilities/<int:pk>/place/": "generalise_facility",
    "/admin/desk/names/merges/<int:pk>/": "merge_names",
    "/admin/desk/pairs/": "change_incident",
    "/admin/desk/pairs/<int:pk>/": "change_incident",
    "/admin/desk/passages/": "add_claim",
    "/admin/desk/passages/<int:pk>/": "add_claim",
    "/admin/desk/<slug:public_id>/changes/": "add_claim",
    "/admin/desk/<slug:public_id>/copies/<slug:other>/": "add_claim",
    "/admin/desk/incidents/<slug:code>/comments/": "change_incident",
    "/admin/desk/next/": "add_claim",
    "/admin/desk/<slug:public_id>/nothing/": "add_claim",
    "/admin/desk/<slug:public_id>/suggestions/": "add_claim",
    "/admin/desk/terms/": "propose_term",
    "/admin/desk/terms/spelling/<int:pk>/": "accept_term",
    "/admin/desk/terms/<slug:kind>/<int:pk>/": "accept_term",
}


def routes_of_editors() -> list[str]:
    return [route for route in all_routes() if route.startswith("/admin/") and route not in NOWHERE]


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user, backend=BACKEND)
    return client


def asked(client: Client, route: str) -> dict[str, tuple[int, str]]:
    """Method → status and where it leads; methods that an address does not take are left out."""
    address = PARAMETER.sub("999999", route)
    answers = {method: getattr(client, method)(address) for method in METHODS}
    found = {m: (a.status_code, a.headers.get("Location", "")) for m, a in answers.items() if a.status_code != 405}
    assert found, f"{route} takes neither GET nor POST"
    return found


@pytest.mark.parametrize("who", ["nobody", "reader", "left"])
def test_strangers_are_sent_to_sign_in(who: str) -> None:
    user = {
        "nobody": lambda: None,
        "reader": lambda: UserFactory(is_staff=False),
        "left": lambda: UserFactory(is_staff=True, is_superuser=True, is_active=False),
    }[who]()
    client = client_of(user)
    for route in routes_of_editors():
        for method, (status, leads_to) in asked(client, route).items():
            assert (status, leads_to[:13]) == (302, "/admin/login/"), (method, route)


def test_staff_without_a_role_may_do_nothing() -> None:
    client = client_of(UserFactory(is_staff=True))
    for route in routes_of_editors():
        for method, (status, leads_to) in asked(client, route).items():
            if route in OPEN:
                assert status in (200, 302), (method, route)
            elif route.endswith("/history/"):  # says first that there is no such row
                assert status == 403 or (status, leads_to) == (302, "/admin/"), (method, route)
            elif leads_to == PARAMETER.sub("999999", route) + "change/":  # the former form of an address
                assert status == 302
            else:
                assert status == 403, (method, route, status, leads_to)


def test_each_page_of_the_desk_asks_for_its_permission() -> None:
    """An editor who lacks that one alone is refused; one who has it alone is not."""
    assert {route for route in all_routes() if route.startswith("/admin/desk/")} == set(DESK)
    for route, needed in DESK.items():
        permission = Permission.objects.get(content_type__app_label="incidents", codename=needed)
        editor = person("Editor")
        editor.user_permissions.set(Permission.objects.filter(group=editor.groups.get()).exclude(pk=permission.pk))
        editor.groups.clear()
        assert {status for status, _to in asked(client_of(editor), route).values()} == {403}, route
        other = UserFactory(is_staff=True)
        other.user_permissions.add(permission)
        assert 403 not in {status for status, _to in asked(client_of(other), route).values()}, route
