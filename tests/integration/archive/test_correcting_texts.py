"""What an editor puts right in a drawn text: a new text beside the old one, and the page where it is done."""

import pytest
from django.urls import reverse
from django.utils import timezone

from archive import intake
from archive.intake import StaleTextError, TextCorrectionError, correct_text, receive_all
from archive.models import ArticleRow, TextVersion
from archive.readers.building import Around
from archive.readers.html import record_of_page
from archive.readers.page import Page
from archive.search import parse
from archive.texts_in_time import current_text
from tests.factories.archive import CaptureBytesFactory, CaptureFactory, TextVersionFactory
from tests.factories.people import person
from tests.factories.web_pages import CAPTION, PARAGRAPHS, page

pytestmark = pytest.mark.django_db


def take_in(html: str = "") -> TextVersion:
    raw = (html or page()).encode()
    record = record_of_page(Page(body=raw, raw=raw, media_type="text/html"), Around(file_name="a.html", shown="a.html"))
    [receipt] = receive_all([record], by=None)
    return TextVersion.objects.get(pk=receipt.text_version.pk)


@pytest.fixture
def editor(client):
    user = person("Editor")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def address(text: TextVersion) -> str:
    return reverse("admin:archive_article_text", args=[text.article_id])


def test_page_is_kept_as_it_was_drawn():
    text = take_in()

    assert text.extractor.startswith("trafilatura/")
    assert text.settings["favor_precision"] is True
    assert [text.text[start:end] for start, end in text.captions] == [CAPTION]
    assert bytes(text.capture.bytes.data) == page().encode()


def test_correction_is_a_new_text_of_the_same_copy():
    text = take_in()
    before = text.text

    made = correct_text(text, text.text + "\r\n\r\nA dirigible stood over the field.\0", by=None)

    assert (made.number, made.corrects, made.capture, made.extractor) == (2, text, text.capture, "editor")
    assert made.text == before + "\n\nA dirigible stood over the field."
    assert [made.text[start:end] for start, end in made.captions] == [CAPTION]
    text.refresh_from_db()
    assert text.text == before
    assert current_text(text.article) == made
    found = parse("dirigible").filter(ArticleRow.objects.all(), "full_vector")
    assert [row.article_id for row in found] == [text.article_id]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "needs words"),
        (" \n… \n", "needs words"),
        (None, "Nothing differs"),
        ("x" * 1_000_001, "and this one has 1,000,001"),
    ],
)
def test_what_is_no_correction_is_refused(words, why):
    text = take_in()

    with pytest.raises(TextCorrectionError, match=why):
        correct_text(text, f"\n{text.text}\n" if words is None else words, by=None)

    assert TextVersion.objects.count() == 1


def test_text_that_is_there_already_is_refused():
    text = take_in()
    made = correct_text(text, "A better text.", by=None)

    with pytest.raises(TextCorrectionError, match="text 1 of the article already"):
        correct_text(made, text.text, by=None)


def test_second_of_two_editors_is_refused_with_the_text_of_the_first():
    text = take_in()
    first = correct_text(text, "What the first wrote.", by=None)

    with pytest.raises(StaleTextError) as refused:
        correct_text(text, "What the second wrote.", by=None)

    assert refused.value.current == first
    assert TextVersion.objects.count() == 2


def test_flag_stays_until_an_editor_takes_it_away():
    text = take_in(page("<p>The mill burned.</p>", head=""))
    assert text.flag == "empty"

    kept = correct_text(text, "The old mill burned.", by=None)
    taken = correct_text(kept, "The old mill burned down.", by=None, is_article=True)

    assert (kept.flag, kept.flag_reason) == (text.flag, text.flag_reason)
    assert (taken.flag, taken.flag_reason) == ("", "")


def test_page_shows_proposal_whole_page_captions_and_settings(client, editor):
    text = take_in(page().replace("All rights reserved.", "<script>alert(1)</script>&lt;b&gt;Rights&lt;/b&gt;"))

    answer = client.get(address(text)).content.decode()

    assert PARAGRAPHS[2] in answer
    assert CAPTION in answer
    assert "Home page" in answer  # only in the whole page
    assert "trafilatura/" in answer
    assert "favor_precision" in answer
    assert "&lt;b&gt;Rights" in answer
    assert "alert(1)" not in answer


def test_page_stores_a_correction(client, editor):
    text = take_in()

    answer = client.post(address(text), {"text": "The mill was hit.\r\n\r\nTwice.", "seen": 1})

    assert answer.status_code == 302
    made = text.article.texts.get(number=2)
    assert (made.text, made.created_by) == ("The mill was hit.\n\nTwice.", editor)


def test_page_keeps_what_the_second_editor_typed(client, editor):
    text = take_in()
    correct_text(text, "What the first wrote.", by=None)

    answer = client.post(address(text), {"text": "What the second wrote.", "seen": 1})

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "What the first wrote." in shown
    assert "What the second wrote." in shown
    assert TextVersion.objects.count() == 2
    assert '<input type="hidden" name="seen" value="2"' in shown
    assert client.post(address(text), {"text": "What the second wrote.", "seen": 2}).status_code == 302


def test_correction_is_of_the_text_that_was_shown(client, editor):
    """The page said again meanwhile what it said first: that text is the current one, and no number is new."""
    text = take_in()
    shown = TextVersionFactory(article=text.article, text="What the page said then.", number=2)
    assert current_text(text.article) == shown
    CaptureFactory(article=text.article, same_text=text, captured_at=timezone.now(), clock="stated")

    answer = client.post(address(text), {"text": "What was put right.", "seen": shown.number})

    assert answer.status_code == 200
    assert "Text 1 came in meanwhile" in answer.content.decode()
    assert TextVersion.objects.count() == 2


def test_reader_and_stranger_are_turned_away(client):
    text = take_in()

    assert client.get(address(text)).status_code == 302
    assert TextVersion.objects.count() == 1


def test_flag_is_told_in_the_list_and_on_the_page_of_the_article(client, editor):
    flagged = take_in(page("<p>The mill burned.</p>", head=""))
    take_in()

    listed = client.get(reverse("admin:archive_article_changelist"), {"todo": "flagged"}).content.decode()
    shown = client.get(reverse("admin:archive_article_change", args=[flagged.article_id])).content.decode()

    assert listed.count('class="field-title"') == 1
    assert "Perhaps no article" in shown
    assert "it has 3 words" in shown


def test_whole_text_of_what_is_no_page_is_empty():
    assert intake.whole_text(TextVersionFactory().capture) == ""


def test_whole_text_of_a_page_in_a_web_archive():
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1256\r\n\r\n" + "<p>قذائف".encode("cp1256")
    head = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
    head += "WARC-Target-URI: https://mill.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
    raw = f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"
    capture = CaptureFactory(bytes=CaptureBytesFactory(data=raw), media_type="application/warc")

    assert intake.whole_text(capture) == "قذائف"


def test_text_that_is_too_long_is_refused_with_all_of_it_in_the_form(client, editor):
    """In the script that takes the most bytes, sent as a browser sends the form."""
    text = take_in()
    words = "😀x" * 500_001

    answer = client.post(address(text), {"text": words, "seen": 1})

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "at most 1,000,000 characters, and this one has 1,000,002" in shown
    assert words in shown
    assert TextVersion.objects.count() == 1
    assert 'enctype="multipart/form-data"' in shown


def test_longest_text_is_taken_whatever_its_script(client, editor):
    text = take_in()
    words = "x" + "😀" * 999_999

    assert client.post(address(text), {"text": words, "seen": 1}).status_code == 302
    assert text.article.texts.get(number=2).text == words


def test_more_than_a_form_takes_is_told_so_in_words(client, editor):
    text = take_in()
    client.raise_request_exception = False

    answer = client.post(address(text), {"text": "x" * 6_000_000, "seen": 1})

    assert answer.status_code == 413
    assert "what was written is still in the form" in answer.content.decode()
    assert TextVersion.objects.count() == 1


def test_drawn_text_that_no_form_takes_is_not_offered_for_correction(client, editor):
    text = TextVersionFactory(text="x" * 1_000_001)

    shown = client.get(address(text)).content.decode()

    assert "1,000,001 characters" in shown
    assert "<textarea" not in shown
