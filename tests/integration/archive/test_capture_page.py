"""The page of a copy says how it came here; its bytes leave only where the source lets them, and never run."""

import hashlib
import io
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from archive import custody, intake
from archive.models import Article, Capture, CustodyEvent
from archive.terms import Clock, CustodyAct, TextPolicy
from archive.views.capture_page import logs_of
from tests.factories.archive import (
    ArticleFactory,
    CaptureBytesFactory,
    CaptureFactory,
    SourceFactory,
    TextVersionFactory,
    UserFactory,
)
from tests.factories.documents import record
from tests.factories.people import person

pytestmark = pytest.mark.django_db

HOSTILE = b"<script>alert(1)</script><p>Shells fell on the old mill."


def of_the_web(policy: str, **values: object) -> Capture:
    article = ArticleFactory(source=SourceFactory(text_policy=policy), title="Mill shelled")
    return CaptureFactory(
        article=article,
        bytes=CaptureBytesFactory(data=HOSTILE),
        media_type="text/html",
        method="web",
        original_url="https://mill.example/1",
        final_url="https://www.mill.example/one",
        redirects=[{"url": "https://mill.example/moved", "status": 301}],
        captured_at="2019-11-28T10:00:00Z",
        clock=Clock.WARC,
        http_status=200,
        http_headers=[
            ["Content-Type", "text/html"],
            ["Set-Cookie", "sid=secret-session"],
            ["X-Auth-Token", "secret-token"],
            ["X-Client-IP", "secret-address"],
            ["Server", "<b>mill</b>"],
        ],
        payload_sha256="a" * 64,
        block_sha256="b" * 64,
        file_sha256="c" * 64,
        warnings=["the digest of the payload differs (chunked?)"],
        settings={"agent": "demonstration"},
        created_by=UserFactory(username="secret-editor"),
        **values,
    )


@pytest.mark.parametrize("language", ["", "/ar"])
def test_page_says_how_the_copy_came(client: Client, language: str) -> None:
    copy = of_the_web(TextPolicy.PASSAGES)

    page = client.get(f"{language}/captures/{copy.bytes_id}/").content.decode()

    for said in (
        copy.bytes_id, "https://mill.example/1", "https://www.mill.example/one", "https://mill.example/moved", "301",
        "2019-11-28T10:00:00Z", "a" * 64, "b" * 64, "c" * 64, "chunked?", "demonstration", "text/html",
        "&lt;b&gt;mill&lt;/b&gt;",
    ):  # fmt: skip
        assert said in page
    assert "secret" not in page
    assert "Set-Cookie" not in page


def test_page_shows_the_log_and_the_article_links_to_it(client: Client) -> None:
    (receipt,) = intake.receive_all([record()], by=None)
    copy = receipt.capture

    page = client.get(f"/captures/{copy.bytes_id}/").content.decode()

    for event in copy.custody.all():
        assert event.hash in page
    assert copy.custody.count() == 2
    assert f'href="/captures/{copy.bytes_id}/"' in client.get(f"/articles/{copy.article.public_id}/").content.decode()


def test_log_of_a_copy_tells_what_editors_said_of_its_texts(client: Client) -> None:
    (receipt,) = intake.receive_all([record()], by=None)
    text = receipt.text_version
    intake.judge_text(text, flag="listing", reason="It lists several.", by=person("Editor"), seen="")

    page = client.get(f"/captures/{receipt.capture.bytes_id}/").content.decode()

    [event] = CustodyEvent.objects.filter(text_version=text, capture=None)
    assert event.hash in page


@pytest.mark.parametrize("policy", list(TextPolicy))
def test_bytes_leave_only_in_full(client: Client, policy: TextPolicy) -> None:
    copy = of_the_web(policy)

    answer = client.get(f"/captures/{copy.bytes_id}.bin")

    offered = f"/captures/{copy.bytes_id}.bin" in client.get(f"/captures/{copy.bytes_id}/").content.decode()
    if policy != TextPolicy.FULL:
        assert answer.status_code == 404
        assert not offered
        return
    assert offered
    assert hashlib.sha256(b"".join(answer)).hexdigest() == copy.bytes_id
    assert answer.headers["Content-Length"] == str(copy.size)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_copy_of_a_hidden_article_is_hidden(client: Client, visibility: str) -> None:
    copy = of_the_web(TextPolicy.FULL)
    Article.objects.filter(pk=copy.article_id).update(visibility=visibility, visibility_reason="A witness.")

    for address in (f"/captures/{copy.bytes_id}/", f"/ar/captures/{copy.bytes_id}/", f"/captures/{copy.bytes_id}.bin"):
        assert client.get(address).status_code == 404


def test_article_that_is_public_shows_nothing_of_one_that_is_not(client: Client) -> None:
    hidden = of_the_web(TextPolicy.FULL)
    Article.objects.filter(pk=hidden.article_id).update(
        title="Zebra", visibility="withheld", visibility_reason="A witness."
    )
    CaptureFactory(article=ArticleFactory(title="Seen", source=SourceFactory(text_policy="full")), bytes=hidden.bytes)

    page = client.get(f"/captures/{hidden.bytes_id}/").content.decode()

    assert "Seen" in page
    assert "Zebra" not in page
    assert "https://mill.example/1" not in page
    assert client.get(f"/captures/{hidden.bytes_id}.bin").status_code == 404


@pytest.mark.parametrize("wrong", ["x", "0" * 64, "0" * 5000])
def test_what_is_no_copy(client: Client, wrong: str) -> None:
    assert client.get(f"/captures/{wrong}/").status_code in (404, 414)


def test_page_says_when_it_was_verified_unless_something_differs(client: Client) -> None:
    (receipt,) = intake.receive_all([record()], by=None)
    address = f"/captures/{receipt.capture.bytes_id}/"
    assert "was last read again" not in client.get(address).content.decode()

    call_command("verify", "--all", stdout=StringIO())
    assert "was last read again" in client.get(address).content.decode()

    CaptureFactory()  # of which the log knows nothing
    with pytest.raises(CommandError):
        call_command("verify", "--all", stdout=StringIO())
    assert "was last read again" not in client.get(address).content.decode()


def test_bytes_with_cookies_of_somebody_stay_here(client: Client) -> None:
    copy = CaptureFactory(
        article=ArticleFactory(source=SourceFactory(text_policy=TextPolicy.FULL)), settings={"private": ["cookie"]}
    )

    assert client.get(f"/captures/{copy.bytes_id}.bin").status_code == 404
    page = client.get(f"/captures/{copy.bytes_id}/").content.decode()
    assert "they hold cookies" in page
    with zipfile.ZipFile(
        io.BytesIO(b"".join(client.get(f"/articles/{copy.article.public_id}/package.zip")))
    ) as package:
        assert not [name for name in package.namelist() if name.endswith(copy.bytes_id)]
        report = next(name for name in package.namelist() if name.endswith("report.json"))
        assert "cookies" in package.read(report).decode()


def test_queries_do_not_grow_with_the_articles_that_have_the_bytes(
    client: Client, django_assert_max_num_queries
) -> None:
    counts = []
    for many in (1, 8):
        data = CaptureBytesFactory(data=f"Shells fell, told {many} times.".encode())
        for _ in range(many):
            copy = CaptureFactory(article=ArticleFactory(source=SourceFactory(text_policy="full")), bytes=data)
            custody.append([custody.event(CustodyAct.RECEIVED, by=None, capture=copy) for _ in range(3)])
            custody.append([custody.event(CustodyAct.WITHHELD, by=None, article=copy.article)])
        with django_assert_max_num_queries(20) as asked:
            page = client.get(f"/captures/{data.pk}/").content.decode()
        counts.append(len(asked))
        assert page.count('data-label="Line:"') == 4 * many
    assert counts[0] == counts[1], counts


def test_queries_do_not_grow_with_the_copies_of_an_article(client: Client, django_assert_max_num_queries) -> None:
    counts = []
    for many in (2, 12):
        text = TextVersionFactory(article__source=SourceFactory(text_policy="full"))
        copies = [CaptureFactory(article=text.article, same_text=text) for _ in range(many)]
        custody.append([custody.event(CustodyAct.RECEIVED, by=None, capture=copy) for copy in copies])
        for address in (f"/articles/{text.article.public_id}/", f"/captures/{copies[0].bytes_id}/"):
            with django_assert_max_num_queries(40) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:], counts


def test_log_of_a_copy_is_its_own(client: Client) -> None:
    """Two articles have the bytes, one of them another copy beside."""
    data = CaptureBytesFactory(data=b"Shells fell on both.")
    first, second = (CaptureFactory(article=ArticleFactory(title=title), bytes=data) for title in ("One", "Two"))
    beside = CaptureFactory(article=first.article)
    custody.append(
        [
            custody.event(CustodyAct.RECEIVED, by=None, capture=first),
            custody.event(CustodyAct.RECEIVED, by=None, capture=beside),
            custody.event(CustodyAct.WITHHELD, by=None, article=second.article),
            custody.event(CustodyAct.LET_OUT, by=None, article=ArticleFactory()),
        ]
    )

    logs = logs_of([first, second])

    assert {pk: [event.event for event in log] for pk, log in logs.items()} == {
        first.pk: ["received"], second.pk: ["withheld"],
    }  # fmt: skip
