"""Memento (RFC 7089, pattern 2.1): original, TimeGate, TimeMap, and text pages as mementos."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote

import pytest
from django.test import Client

from archive.models import Article, ArticleKey, Source
from archive.source_urls import normalise
from tests.factories.archive import ArticleFactory, CaptureFactory, SourceFactory, TextVersionFactory
from tests.factories.heads import by_rel

pytestmark = pytest.mark.django_db

URL = "https://herald.example/a_b?x=1&y=%D8%BA"
FIRST = datetime(2019, 11, 28, 9, 0, tzinfo=UTC)
MOMENTS = [FIRST, FIRST + timedelta(days=2), FIRST + timedelta(days=10)]


def gmt(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


@pytest.fixture
def article() -> Article:
    made = ArticleFactory(url=URL, source=SourceFactory(text_policy="full"))
    ArticleKey.objects.create(article=made, scheme="url", value=normalise(URL))
    for number in (1, 0, 2):  # taken in an order other than that of their times
        capture = CaptureFactory(article=made, captured_at=MOMENTS[number])
        TextVersionFactory(article=made, capture=capture, text=f"Copy {number} of the report.")
    return made


def text_taken(article: Article, moment: datetime, settings) -> str:
    text = article.texts.get(capture__captured_at=moment)
    return f"{settings.SITE_URL}/articles/{article.public_id}/text/{text.number}/"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (FIRST - timedelta(days=4000), 0),
        (FIRST, 0),
        (FIRST + timedelta(hours=23), 0),
        (FIRST + timedelta(days=1), 0),  # as near to both: the earlier
        (FIRST + timedelta(days=1, seconds=1), 1),
        (FIRST + timedelta(days=7), 2),
        (FIRST + timedelta(days=4000), 2),
        (None, 2),
    ],
)
def test_timegate_leads_to_the_nearest_copy(client: Client, article: Article, asked, expected: int, settings) -> None:
    headers = {"Accept-Datetime": gmt(asked)} if asked else {}

    response = client.get(f"/timegate/{URL}", headers=headers)

    assert response.status_code == 302
    assert response.headers["Location"] == text_taken(article, MOMENTS[expected], settings)
    assert "accept-datetime" in response.headers["Vary"].lower()
    assert "Memento-Datetime" not in response.headers
    links = by_rel(response.headers["Link"])
    assert links["original"] == [(URL, "")]
    [(timemap, media_type)] = links["timemap"]
    assert media_type == "application/link-format"
    assert client.get(timemap.removeprefix(settings.SITE_URL)).status_code == 200


@pytest.mark.parametrize("bad", ["", "yesterday", "2019-11-28T09:00:00Z", "Thu, 99 Nov 2019 09:00:00 GMT", "\x01" * 9])
def test_timegate_refuses_a_bad_moment(client: Client, article: Article, bad: str) -> None:
    response = client.get(f"/timegate/{URL}", headers={"Accept-Datetime": bad})

    assert response.status_code == 400
    assert "Accept-Datetime" in response.content.decode()


def test_timemap_lists_all_copies_in_order(client: Client, article: Article, settings) -> None:
    response = client.get(f"/timemap/link/{URL}")

    assert response.headers["Content-Type"] == "application/link-format"
    lines = response.content.decode().rstrip("\n").split(",\n")
    assert lines[0] == f'<{URL}>; rel="original"'
    assert f'from="{gmt(MOMENTS[0])}"; until="{gmt(MOMENTS[2])}"' in lines[1]
    assert 'rel="timegate"' in lines[2]
    assert lines[3:] == [
        f'<{text_taken(article, moment, settings)}>; rel="{rel}"; datetime="{gmt(moment)}"'
        for moment, rel in zip(MOMENTS, ["first memento", "memento", "last memento"], strict=True)
    ]


def test_each_copy_is_a_memento_and_leads_back(client: Client, article: Article, settings) -> None:
    for moment in MOMENTS:
        address = text_taken(article, moment, settings).removeprefix(settings.SITE_URL)
        response = client.get(address)
        assert response.headers["Memento-Datetime"] == gmt(moment)
        links = by_rel(response.headers["Link"])
        assert links["original"] == [(URL, "")]
        for rel in ("timegate", "timemap"):
            [(found, _type)] = links[rel]
            assert client.get(found.removeprefix(settings.SITE_URL)).status_code in (200, 302), rel
    assert "Memento-Datetime" not in client.get(f"/articles/{article.public_id}/").headers


def test_the_time_of_receiving_is_no_time_of_taking(client: Client) -> None:
    text = TextVersionFactory(article__url="https://herald.example/b")
    ArticleKey.objects.create(article=text.article, scheme="url", value=normalise(text.article.url))

    assert "Memento-Datetime" not in client.get(f"/articles/{text.article.public_id}/text/1/").headers
    assert client.get("/timemap/link/https://herald.example/b").status_code == 404
    assert client.get("/timegate/https://herald.example/b").status_code == 404


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_hidden_articles_have_no_copies(client: Client, article: Article, visibility: str) -> None:
    Article.objects.filter(pk=article.pk).update(visibility=visibility, visibility_reason="Risk.")

    never = client.get("/timemap/link/https://herald.example/never")
    for kind in ("timemap/link", "timegate"):
        assert client.get(f"/{kind}/{URL}").status_code == never.status_code == 404


def test_a_reference_is_no_rendition(client: Client, article: Article) -> None:
    Source.objects.filter(pk=article.source_id).update(text_policy="reference")

    page = client.get(f"/articles/{article.public_id}/text/1/")
    assert "Memento-Datetime" not in page.headers
    assert "timegate" not in by_rel(page.headers["Link"])
    assert client.get(f"/timemap/link/{URL}").status_code == 404


def test_a_copy_in_a_web_archive_is_named_where_one_was_made(client: Client, article: Article) -> None:
    copy = "https://web.archive.org/web/20191201080910/https://herald.example/a_b"
    CaptureFactory(article=article, final_url=copy)
    CaptureFactory(article=article, final_url="https://web.archive.org/web/99999999999999/https://herald.example/a_b")

    lines = client.get(f"/timemap/link/{URL}").content.decode()

    assert f'<{copy}>; rel="memento"; datetime="Sun, 01 Dec 2019 08:09:10 GMT"' in lines
    assert "99999999999999" not in lines
    assert f'href="{copy}"' in client.get(f"/articles/{article.public_id}/").content.decode()


@pytest.mark.parametrize("kind", ["timemap/link", "timegate"])
@pytest.mark.parametrize(
    "hostile",
    [
        "x", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://", "https://[", "http://a:b@c/",
        "%00", "https://herald.example/%00", "%E2%80%AE", "https://herald.example/%0d%0aSet-Cookie:%20a=b",
        "https://herald.example/" + "a" * 3000, "https://herald.example:99999/", "../../admin/", "%ff%fe", "///",
        'https://herald.example/"%3E%3Cscript%3E', "https://" + "%25" * 600,
    ],
)  # fmt: skip
def test_hostile_addresses_are_told_so(client: Client, article: Article, kind: str, hostile: str) -> None:
    response = client.get(f"/{kind}/{hostile}")

    assert response.status_code in (400, 404, 414)
    assert len(response.content) < 20_000
    assert "Set-Cookie" not in response.headers


def test_an_address_is_found_however_it_is_written(client: Client, article: Article) -> None:
    for written in (
        quote(URL, safe=":/"),
        quote(URL, safe=""),
        URL.replace("https://", "https:/"),
        f"{URL}&utm_source=a",
    ):
        assert client.get(f"/timemap/link/{written}").status_code == 200, written


def test_page_that_went_back_leads_to_the_words_that_it_has_again(client: Client, article: Article, settings) -> None:
    first = article.texts.get(capture__captured_at=MOMENTS[0])
    again = FIRST + timedelta(days=30)
    CaptureFactory(article=article, captured_at=again, same_text=first)

    response = client.get(f"/timegate/{URL}")

    assert response.headers["Location"] == text_taken(article, MOMENTS[0], settings)
    assert gmt(again) in client.get(f"/timemap/link/{URL}").content.decode()
