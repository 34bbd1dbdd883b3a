"""Web pages: what is drawn from them, what they state, how their bytes are read, and under which names they come."""

import csv
import io
import json

import pytest

from archive.readers import Record, Refusal
from archive.readers.building import Around
from archive.readers.html import record_of_page
from archive.readers.html.encoding import read_page
from archive.readers.html.proposal import visible_text
from archive.readers.page import Page
from archive.readers.record import Provenance
from tests.factories.documents import reader_of
from tests.factories.web_pages import ARABIC, CAPTION, JSON_LD, PARAGRAPHS, arabic_page, page

ADDRESS = "https://www.mill.example/news/shells-hit-the-old-mill"


@pytest.fixture
def read(tmp_path):
    return reader_of(tmp_path)


def record_of(html, content_type="", status=200, address=ADDRESS, **around):
    body = html if isinstance(html, bytes) else html.encode()
    known = Provenance(url=address, status=status)
    found = record_of_page(
        Page(body=body, raw=body, media_type="text/html", content_type=content_type, provenance=known),
        Around(file_name="a.html", shown="a.html", **around),
    )
    assert isinstance(found, Record), found
    return found


def test_article_is_drawn_in_paragraphs():
    record = record_of(page())

    paragraphs = record.text.split("\n\n")
    assert "The first shell fell at 4 in the morning and broke the roof." in paragraphs
    assert PARAGRAPHS[0] in paragraphs
    assert PARAGRAPHS[3] in paragraphs
    assert "Home page" not in record.text
    assert "rights reserved" not in record.text
    assert record.drawing.flag == ""


def test_captions_are_kept_and_their_spans_given():
    record = record_of(page())

    assert [record.text[start:end] for start, end in record.drawing.captions] == [CAPTION]


def test_what_the_page_states_is_taken():
    record = record_of(page())

    assert (record.title, record.source, record.published) == (
        "Shells hit the old mill",
        "The Mill Times",
        "2018-03-14",
    )
    assert (record.language, record.authors) == ("en", ("A. Demonstration",))
    assert record.drawing.updated == "2018-03-15T09:00:00+02:00"
    assert record.extractor.startswith("trafilatura/")
    assert record.drawing.settings["favor_precision"] is True


def test_json_ld_of_another_article_is_not_taken():
    other = JSON_LD.replace("Shells hit the old mill", "Wedding celebrated in winter").replace("2018", "2011")

    record = record_of(page(head=other))

    assert record.title == "Shells hit the old mill"
    assert record.published == ""


@pytest.mark.parametrize("day", ["2199-01-01", "0001-01-01", "yesterday", "03/04/2018"])
def test_days_that_cannot_be_are_not_taken(day):
    assert record_of(page(head=JSON_LD.replace("2018-03-14T06:30:00+02:00", day))).published == ""


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://mill.example/news/other-spelling", "https://mill.example/news/other-spelling"),
        ("/news/relative", "https://www.mill.example/news/relative"),
        ("https://elsewhere.example/news/1", ADDRESS),
        ("https://www.mill.example/", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
        ("https://[broken", ADDRESS),
    ],
)
def test_canonical_address_only_of_the_same_site(canonical, url):
    assert record_of(page(head=f'<link rel="canonical" href="{canonical}">')).url == url


def test_text_printed_twice_stays_twice():
    twice = "<article>" + "".join(f"<p>{PARAGRAPHS[n]}</p>" for n in (0, 0, 2, 3)) + "</article>"

    assert record_of(page(twice)).text.count(PARAGRAPHS[0]) == 2


def test_hidden_text_is_not_drawn():
    hidden = "<p style='display: none'>Nobody sees this sentence of the page, which is hidden from all.</p>"
    html = page("<article>" + hidden + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</article>")

    assert "Nobody sees" not in record_of(html).text
    assert "Nobody sees" not in visible_text(html)


def test_whole_text_of_the_page_has_what_the_proposal_leaves_out():
    whole = visible_text(page())

    assert "Home page" in whole
    assert "All rights reserved." in whole
    assert PARAGRAPHS[2] in whole


# Encodings


@pytest.mark.parametrize("charset", ["windows-1256", "utf-8", "iso-8859-6"])
def test_arabic_page(charset):
    record = record_of(arabic_page(charset).replace("،".encode(charset), b","))

    assert record.text.split("\n\n")[-1] == ARABIC[2].replace("،", ",")
    assert record.title == "قذائف على المطحنة القديمة"
    assert record.language == "ar"  # in spite of what the site says of itself
    assert record.drawing.settings["encoding_said_by"] == "meta"
    assert record.notes == ()


def test_header_outranks_meta_and_mark_outranks_both():
    body = "<meta charset=windows-1252><p>سقطت قذائف".encode("windows-1256")
    assert read_page(body, "text/html; charset=windows-1256")[:3] == (body.decode("cp1256"), "cp1256", "HTTP header")

    marked = "\ufeff<meta charset=windows-1256><p>سقطت".encode()
    assert read_page(marked, "text/html; charset=windows-1256")[1:3] == ("utf-8", "byte order mark")


def test_undeclared_windows_1256_is_guessed_and_says_so():
    body = ("<p>" + " ".join(ARABIC)).encode("windows-1256")

    read = read_page(body)

    assert (read.encoding, read.said_by, read.notes) == ("cp1256", "guess", ("encoding guessed: cp1256",))


def test_false_declaration_is_passed_over_and_noted():
    body = ("<meta charset='utf-8'><p>" + " ".join(ARABIC)).encode("windows-1256")

    read = read_page(body)

    assert read.encoding == "cp1256"
    assert read.notes == ("it is not utf-8, as its meta says", "encoding guessed: cp1256")


# Files and other names


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.HTML", "a.txt", "a.md"])
def test_page_is_read_whatever_its_name(read, name):
    html = page()

    [record] = read(name, html)

    assert record.title == "Shells hit the old mill"
    assert record.raw == html.encode()
    assert record.media_type == "text/html"
    assert ("it is a web page and was read as one" in record.notes) == name.endswith(("txt", "md"))


def test_html_in_a_cell_is_read_without_its_tags(read):
    cell = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    table = io.StringIO()
    csv.writer(table).writerows([["title", "text"], ["Mill", cell], ["Whole", page()], ["Plain", "3 < 4 and 5 > 2"]])

    piece, whole, plain = read("a.csv", table.getvalue())

    assert piece.text.split("\n\n")[1] == "The first shell fell at 4 in the morning and broke the roof."
    assert piece.notes == ("its text has HTML tags and was read without them",)
    assert json.loads(piece.raw)["text"] == cell
    assert (whole.title, whole.source) == ("Whole", "The Mill Times")  # what the row says comes first
    assert plain.text == "3 < 4 and 5 > 2"


def test_html_in_json_lines(read):
    [record] = read("a.jsonl", json.dumps({"text": "<div>" + PARAGRAPHS[0] + "<br><br>Later.</div>"}))

    assert record.text == PARAGRAPHS[0] + "\n\nLater."


@pytest.mark.parametrize("text", ["The <b>mill</b> burned.", "a < b and c > d", "<3 from the mill", "< p > is a tag"])
def test_signs_in_a_text_are_no_page(read, text):
    [record] = read("a.txt", text)

    assert record.text == text
    assert record.notes == ()


# What is no article

LINKS = "".join(f"<li><a href='/{n}'>Headline number {n} of a demonstration outlet</a></li>" for n in range(30))
NO_ARTICLES = {
    "error": page(
        "<h1>404</h1><p>The page that you are looking for is not here any more.</p>", head="", title="Page not found"
    ),
    "consent": page(
        "<div><p>We and our partners use cookies. Accept all or reject all.</p></div>",
        head="",
        title="Before you go on",
    ),
    "paywall": page(f"<article><p>{PARAGRAPHS[0]}</p><p>Subscribe now to continue reading.</p></article>"),
    "listing": page(f"<h1>World</h1><ul>{LINKS}</ul>", head="", title="World news"),
    "empty": page("<p>Mill.</p>", head="", title="Mill"),
}


@pytest.mark.parametrize("kind", NO_ARTICLES)
def test_no_article_is_flagged_with_a_reason(kind):
    drawing = record_of(NO_ARTICLES[kind]).drawing

    assert drawing.flag == kind
    assert drawing.flag_reason


def test_error_of_the_server_is_flagged():
    assert record_of(page(), status=503).drawing.flag == "error"


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry said the page of the register was not found after the fire.",
        "Residents gave their consent before the interview, and no personal data is kept, the group said.",
        "Subscribe to our newsletter, which costs nothing.",
        "Error 404 was painted on a wall of the store by somebody who has not been found.",
    ],
)
def test_articles_that_speak_of_such_things_are_not_flagged(sentence):
    body = "<article>" + "".join(f"<p>{p}</p>" for p in (*PARAGRAPHS, sentence)) + f"</article><ul>{LINKS}</ul>"

    assert record_of(page(body, head="")).drawing.flag == ""


@pytest.mark.parametrize("body", [b"", b"   ", b"<html></html>", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_nothing_to_read_is_refused(body):
    found = record_of_page(Page(body=body, raw=body, media_type="text/html"), Around(file_name="a", shown="a"))

    assert isinstance(found, Refusal)


def test_piece_of_html_in_a_text_file(read):
    [record] = read("a.txt", "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS))

    assert record.text.split("\n\n")[0] == PARAGRAPHS[0]
    assert record.media_type == "text/plain"
    assert "<p>" in record.raw.decode()
    assert record.notes == ("its text has HTML tags and was read without them",)
