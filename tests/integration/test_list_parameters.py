"""Whatever is sent to a list gets an answer: pages say what is wrong beside the field, machines get a 400 naming it."""

import json
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from archive.articles.article_listing import read_articles
from archive.web.middleware import LONGEST
from incidents.lists.chart.filters import read_chart
from incidents.lists.incident_listing import read_incidents
from incidents.lists.map.filters import read_map
from tests.factories.archive import ArticleFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.listed import gazetteer_town, published, read_article
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

PAGES = {
    "/incidents/": ("/incidents.csv", "/incidents.json", "/incidents.jsonl"),
    "/charts/": ("/charts.csv", "/charts.svg"),
    "/map/": ("/map.svg",),
    "/articles/": ("/articles.csv", "/articles.jsonl"),
}
NASTY = [
    "%",
    "%00",
    "a%00b",
    'foo"bar',
    '"',
    '"" ""',
    "'",
    "\\",
    "a:*&b|!(",
    "<script>alert(1)</script>",
    "{{7*7}}{% now 'Y' %}",
    "the",
    "-",
    "--",
    "-the",
    "or or or",
    "أو",
    "🙂",
    "\u202e\u200f",
    "١٢٣",
    "-1",
    "1e400",
    "9" * 50,
    "0000",
    "0000-00-00",
    "10000-01-01",
    "2019-02-30",
    "9999-12-31",
    "0001-01-01",
    "2024-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00+14:00",
    "WyJuZXdlc3QiLCIyMDE5LTExLTI3Iiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OSwwXQ",
    "WyJuZXdlc3QiLDEsMSwwXQ",
    "W1tbW1tb",
    "x" * 10_000,
    '"' * 2_001,
    "word " * 2_000,
    "-" * 3_000,
    "' OR 1=1 --",
    "NaN",
    "null",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe\x00",
]


def own(path: str) -> list[str]:
    """Those that are not read by the code of the list of incidents, which is asked by itself."""
    shared = parameters("/incidents/") if path in ("/charts/", "/map/") else ()
    return [name for name in parameters(path) if name not in shared] or parameters(path)


def parameters(path: str) -> list[str]:
    readers = {"/incidents/": read_incidents, "/charts/": read_chart, "/map/": read_map, "/articles/": read_articles}
    read = readers[path]
    return list(read(QueryDict()).base_filters)


def escaped(value: str | bytes) -> str:
    return value if value in ("%00", "a%00b") else quote(value)


def make_something() -> None:
    gazetteer_town()
    published("An attack", words="foo bar")
    read_article("An article", "foo bar")


@pytest.fixture(scope="module")
def something(make_once: MakeOnce) -> None:
    make_once(make_something)


@pytest.mark.parametrize("value", NASTY, ids=lambda value: repr(value)[:30])
@pytest.mark.parametrize("path", PAGES)
def test_any_value_of_any_parameter_gets_an_answer(client: Client, something: None, path: str, value: str) -> None:
    names = parameters(path)

    for name in own(path):
        address = f"{PAGES[path][0]}?{name}={escaped(value)}"
        machine = client.get(address)
        assert machine.status_code in ((414,) if len(address) > LONGEST else (200, 400))
        if machine.status_code == 400:
            assert list(json.loads(machine.content)["errors"]) == [name]
    address = f"{path}?{'&'.join(f'{name}={escaped(value)}' for name in names)}"
    page = client.get(address)

    if len(address) > LONGEST:
        assert page.status_code == 414
        return
    assert page.status_code == 200
    assert not (page.context["listing"].filters.problems and page.context["listing"].page.rows)
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("value", NASTY, ids=lambda value: repr(value)[:30])
def test_any_bytes_with_relevance_and_a_cursor(client: Client, something: None, value: str) -> None:
    for path in PAGES:
        address = f"{path}?order=relevance&q=foo&after={escaped(value)}&{escaped(value)}=1"

        assert client.get(address).status_code == (414 if len(address) > LONGEST else 200)


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("from=soon", "from", "YYYY-MM-DD"),
        ("to=2018&from=2019", "to", "before the beginning"),
        ("from=2018&from=2019", "from", "only once"),
        ("town=Nowhereville", "town", "No place is known"),
        ("town=%25", "town", "No place is known"),
        ("actor=nobody", "actor", "nobody"),
        ("facility=zzz", "facility", "zzz"),
        ("killed_min=many", "killed_min", "whole number"),
        ("scope=all", "scope", "attack, series, tally, any"),
        ("match=maybe", "match", "possible, certain"),
        ("updated_since=yesterday", "updated_since", "2019-11-25T14:05:00Z"),
        ("order=best", "order", "newest"),
        ("after=abc", "after", "damaged"),
        ("q=the", "q", "too common"),
        ("q=%25", "q", "no words"),
    ],
)
def test_unreadable_value_is_named_with_what_the_field_takes(
    client: Client, something: None, query: str, name: str, words: str
) -> None:
    response = client.get(f"/incidents/?{query}")

    assert response.status_code == 200
    assert list(response.context["listing"].filters.problems) == [name]
    assert words in response.content.decode()
    assert response.context["listing"].page.rows == []
    for path in PAGES["/incidents/"]:
        machine = client.get(f"{path}?{query}")
        assert machine.status_code == 400
        assert words in " ".join(json.loads(machine.content)["errors"][name])


def test_unknown_parameter_is_noted_on_the_page_and_refused_to_machines(client: Client, something: None) -> None:
    page = client.get("/incidents/?killed_mim=3")

    assert "killed_mim" in page.content.decode()
    assert len(page.context["listing"].page.rows) == 1
    assert json.loads(client.get("/incidents.csv?killed_mim=3").content)["errors"] == {
        "killed_mim": ["There is no such parameter."]
    }


def test_cursor_of_another_order_is_refused(client: Client) -> None:
    for day in range(1, 28):
        published(on=f"2019-11-{day:02}")
    cursor = client.get("/incidents/").context["listing"].page.after

    response = client.get(f"/incidents/?order=killed&after={cursor}")

    assert list(response.context["listing"].filters.problems) == ["after"]


@pytest.mark.parametrize("path", [*PAGES, *PAGES["/incidents/"], *PAGES["/articles/"]])
def test_drafts_and_hidden_articles_are_nowhere(client: Client, path: str) -> None:
    IncidentFactory(working_title="secretdraft")
    gone = published("secretwithdrawn", words="foo", state="withdrawn")
    for visibility in ("embargoed", "withheld"):
        read_article("secretarticle", "secretwords foo", visibility=visibility, visibility_reason="Because")
    ArticleFactory(title="secretarticle", visibility="embargoed", visibility_reason="Because")

    for query in ("", "q=foo", "q=-zzz", "q=secretwords", "order=oldest", "q=foo&order=relevance"):
        response = client.get(f"{path}?{query}")
        text = (b"".join(response.streaming_content) if response.streaming else response.content).decode()

        assert response.status_code == 200
        assert "secretdraft" not in text
        assert "secretarticle" not in text
        assert "secretwithdrawn" not in text
        assert gone.code not in text


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@pytest.mark.parametrize("name", ["q", "town", "actor", "facility", "from", "after", "order", "other"])
@pytest.mark.parametrize("sent", ["%00", "%01abc", "C4068%00", "a%C2%80b", "a%EF%BF%BEb", "%FF"])
def test_no_control_character_is_ignored_or_repeated(client: Client, something: None, name: str, sent: str) -> None:
    for path, files in {**PAGES, "/map/": ("/map.svg",)}.items():
        page = client.get(f"{path}?{name}={sent}")
        html = page.content.decode()

        assert page.status_code == 200
        assert name == "other" or list(page.context["listing"].filters.problems) in ([name], []), path
        assert page.context["listing"].filters.problems or "it was not used" in html, path
        assert not CONTROL.search(html)
        for file in files:
            answer = client.get(f"{file}?{name}={sent}")
            assert answer.status_code == 400
            assert not CONTROL.search(answer.content.decode())
    compared = client.get(f"/charts/?compare={name}:{sent}")
    assert list(compared.context["listing"].filters.problems) == ["compare"]
    assert not CONTROL.search(compared.content.decode())


@pytest.mark.parametrize("sent", ["a%0Cfoo", "a%1Ffoo", "a%0Bfoo", "a%C2%85foo", "a%00foo", "%01abc", "a%EF%BF%BFfoo"])
def test_pictures_and_frames_are_xml_whatever_is_searched(client: Client, something: None, sent: str) -> None:
    for path in ("/charts.svg", "/map.svg"):
        answer = client.get(f"{path}?q={sent}")
        if answer.status_code == 200:
            ElementTree.fromstring(answer.content)
        else:
            assert answer.status_code == 400
    for page in ("/charts/", "/map/"):
        asked = {"format": "xml", "url": f"{settings.SITE_URL}{page}?q={sent}"}
        answer = client.get("/oembed", asked)
        if answer.status_code == 200:
            ElementTree.fromstring(answer.content)
        else:
            assert answer.status_code == 404


def test_blanks_of_control_are_blanks(client: Client, something: None) -> None:
    assert client.get("/incidents/?q=foo%0Cbar%1F").context["listing"].filters.value("q") == "foo bar"
