"""Web archives and addresses of the web through the command into the archive."""

from io import StringIO

import pytest
from django.core.management import call_command

from archive.models import Article, Capture
from tests.factories.web_archives import answer, gzipped, record, redirect, response
from tests.factories.web_servers import serve

WORDS = "The demonstration report tells of three shells that struck the old mill near the river on Monday evening. "
ADDRESS = "https://news.example/report"


def page(more: str = "", title: str = "Three shells hit the old mill") -> bytes:
    paragraphs = "".join(f"<p>{WORDS * 3}{number}</p>" for number in range(5))
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{paragraphs}<p>{more}</p></article></body></html>".encode()


def run(*arguments) -> tuple[list[str], int]:
    out = StringIO()
    try:
        call_command("import_articles", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return out.getvalue().splitlines(), end.code
    return out.getvalue().splitlines(), 0


@pytest.mark.django_db
def test_captures_of_one_address_become_one_article(tmp_path):
    picture = record("response", "https://news.example/p.png", answer(b"...", Content_Type="image/png"))
    data = gzipped(
        redirect("http://news.example/old", ADDRESS, date="2024-04-01T00:00:00Z"),
        response(ADDRESS, page("Two people were hurt."), date="2024-06-01T10:00:00Z"),
        response(ADDRESS, page("One person was hurt."), date="2024-05-01T10:00:00Z"),
        response(ADDRESS, page("Two people were hurt."), date="2024-07-01T10:00:00Z"),
        picture,
    )
    (tmp_path / "crawl.warc.gz").write_bytes(data)

    lines, status = run(tmp_path / "crawl.warc.gz")

    assert status == 0, lines
    assert lines[-2].startswith("passed over    crawl.warc.gz: no pages: 1 image/png")
    article = Article.objects.get()
    captures = list(article.captures.order_by("captured_at"))
    assert [capture.captured_at.month for capture in captures] == [5, 6, 7]
    first, second = article.texts.order_by("number")
    assert ("One person" in first.text, "Two people" in second.text) == (True, True)
    assert captures[2].same_text == captures[1].texts.get()
    assert captures[0].redirects == [{"url": "http://news.example/old", "status": 301}]
    assert {capture.clock for capture in captures} == {"warc"}
    assert {capture.media_type for capture in captures} == {"application/warc"}
    assert run(tmp_path / "crawl.warc.gz")[0][-1].startswith("0 added, 0 new capture, 3 already there")


@pytest.mark.django_db
def test_address_is_fetched_and_fetched_again_makes_a_new_capture(settings):
    settings.FETCH_DELAY, settings.FETCH_SECONDS = 0, 10
    with serve({"/report": answer(page("Two people were hurt."))}) as served:
        settings.FETCH_INTERNAL = [served.authority]
        lines, status = run(f"{served.url}/report")
        assert (status, lines[0][:6]) == (0, "added "), lines
        served.answers["/report"] = answer(page("Nobody was hurt."))
        lines, status = run(f"{served.url}/report")
    assert (status, lines[0][:12]) == (0, "new capture "), lines
    article = Article.objects.get()
    assert article.texts.count() == 2
    first = article.captures.order_by("pk")[0]
    assert (first.method, first.clock, first.http_status) == ("web", "archive", 200)
    assert first.original_url == f"{served.url}/report"
    assert b"GET /report HTTP/1.1" in bytes(first.bytes.data)
    assert first.captured_at is not None


@pytest.mark.django_db
def test_address_that_cannot_be_fetched_is_refused_with_its_reason():
    lines, status = run("http://127.0.0.1/", "http://[::ffff:10.0.0.1]/")
    assert status == 1
    assert "refused        http://127.0.0.1/: 127.0.0.1 is not on the public internet" in lines[0]
    assert "not on the public internet" in lines[1]
    assert not Capture.objects.exists()
