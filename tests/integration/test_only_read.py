"""Readers only read: every public address refuses to change anything, and nothing breaks when editors do."""

import pghistory
import pytest
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory

from archive.articles.article_listing import ArticleListing, read_articles
from archive.web.middleware import FORM, OnlyRead
from incidents.lists.incident_listing import listing_of
from tests.factories.listed import published, read_article
from tests.factories.routes import PARAMETER, public_routes

CHANGING = ("post", "put", "patch", "delete")


@pytest.mark.parametrize("method", CHANGING)
def test_only_read_at_every_public_address(client: Client, method: str, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    for route in public_routes():
        address = PARAMETER.sub("1", route)
        if method == "post" and FORM.match(address):  # the one form that readers can send
            continue
        for asking in (client, strict):
            response = getattr(asking, method)(address)
            assert response.status_code == 405, address
            assert "GET" in response.headers["Allow"]
            assert "can only be read" in response.content.decode()
            assert "no-store" in response.headers["Cache-Control"]


def test_only_read_does_not_ask_the_database(client: Client) -> None:
    assert client.post("/facilities/anything/?q=words").status_code == 405


def test_only_read_leaves_the_editors_side_alone() -> None:
    def view(request: HttpRequest) -> str:
        return "answered"

    request = RequestFactory().post("/admin/login/")
    assert OnlyRead(view)(request) == "answered"  # type: ignore[arg-type, comparison-overlap]
    assert settings.MIDDLEWARE.index("archive.web.middleware.OnlyRead") < settings.MIDDLEWARE.index(
        "django.middleware.csrf.CsrfViewMiddleware"
    )


@pytest.mark.django_db
def test_lists_are_counted_while_something_is_changed() -> None:
    """Whatever pghistory sends with a statement, the answer that is read is that of the query."""
    published("Strike on a clinic", words="clinic")
    article = read_article("Clinic", "A clinic was hit.")

    with pghistory.context(user=1):
        incidents = listing_of("q=clinic")
        articles = ArticleListing(read_articles(QueryDict("q=clinic")))

        assert incidents.count.number == 1
        assert [row.pk for row in articles.page.rows] == [article.pk]
        published("Second strike on a clinic", words="clinic")
        assert listing_of("q=clinic").count.number == 2
