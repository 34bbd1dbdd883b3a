"""The form of a list: what is kept of it between requests holds nothing that anybody typed."""

import pytest
from django.http import QueryDict
from django.test import Client

from archive.articles.article_listing import read_articles
from archive.lists import further_fields
from incidents.lists.incident_listing import read_incidents

pytestmark = pytest.mark.django_db


def test_folded_fields_hold_only_what_this_reader_typed(client: Client) -> None:
    further_fields._empty.clear()
    typed = client.get("/incidents/?killed_min=77&updated_since=2031-02-03").content.decode()
    after = client.get("/incidents/").content.decode()
    again = client.get("/incidents/?killed_min=88").content.decode()

    assert 'value="77"' in typed
    assert 'value="2031-02-03"' in typed
    assert 'value="77"' not in after + again
    assert 'value="88"' in again
    assert client.get("/incidents/").content == client.get("/incidents/").content


@pytest.mark.parametrize("query", ["killed_min=%3Cscript%3E", "scope=%22%3E%3Cscript%3E", "language=%3Cscript%3E"])
def test_folded_fields_escape_what_was_typed(client: Client, query: str) -> None:
    path = "/articles/" if query.startswith("language") else "/incidents/"

    html = client.get(f"{path}?{query}").content.decode()

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_folded_fields_are_in_the_readers_language_and_of_the_list(client: Client) -> None:
    further_fields._empty.clear()
    pages = [client.get(path).content.decode() for path in ("/incidents/", "/ar/incidents/", "/articles/")]

    assert 'name="killed_min"' in pages[0]
    assert 'name="killed_min"' in pages[1]
    assert 'name="killed_min"' not in pages[2]
    assert len(further_fields._empty) == 3
    assert len(set(further_fields._empty.values())) == 3


@pytest.mark.parametrize("read", [read_incidents, read_articles])
def test_forms_share_nothing_that_was_read(read) -> None:
    first, second = read(QueryDict("town=Nowhere-at-all&q=x")), read(QueryDict("q=y"))

    assert first.problems
    assert not second.problems
    assert first.form is not second.form
    assert all(first.form.fields[name] is not field for name, field in second.form.fields.items())
    assert second.form.fields["town"].candidates == []
    assert (first.value("q"), second.value("q")) == ("x", "y")
