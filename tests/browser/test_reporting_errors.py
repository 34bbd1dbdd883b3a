"""A reader on a phone reports an error in a quote, in Arabic; an editor answers; the answer stands with the article."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import Passage, ReportedError
from archive.web import reader_forms
from tests.browser.accessibility import violations
from tests.browser.conftest import Opener
from tests.browser.desk_pages import cookie_of
from tests.factories.archive import AboutTextFactory
from tests.factories.full_incident import published
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")
WORDS = "الاقتباس مبتور: سقطت ثلاث قذائف لا قذيفتان."


def pictured(page: Page, name: str, *, schemes: tuple[str, ...] = ("light",)) -> None:
    """With PICTURES=folder: the page as it is seen."""
    if PICTURES:
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", full_page=True)


def test_an_error_in_a_quote_is_reported_on_a_phone_and_answered(
    open_page: Opener, live_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_forms, "QUICKEST", 0)
    told = published()
    article = told.arabic.article
    quote = Passage.objects.published().filter(text_version__article=article).first()
    assert quote is not None
    phone = open_page(f"/ar/articles/{article.public_id}/", width=390)

    note = phone.locator(f"#note-{quote.public_id}")
    note.locator("summary").click()
    note.get_by_role("link", name="الإبلاغ عن خطأ في هذا الاقتباس").click()
    expect(phone.locator("blockquote")).to_have_text(quote.exact)
    assert violations(phone) == ""
    pictured(phone, "form-ar-390", schemes=("light", "dark"))
    phone.get_by_role("button", name="إرسال إلى المحررين").click()
    expect(phone.get_by_role("alert")).to_contain_text("يرجى كتابة الخطأ")
    assert violations(phone) == ""
    pictured(phone, "form-error-ar-390")
    phone.get_by_label("ما الخطأ؟").fill(WORDS)
    phone.get_by_label("بريدكم الإلكتروني").fill("reader@barn.example")
    phone.get_by_role("button", name="إرسال إلى المحررين").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("شكرًا لكم، وصل بلاغكم")
    assert phone.context.cookies() == []
    assert violations(phone) == ""
    pictured(phone, "received-ar-390", schemes=("light", "dark"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    report = ReportedError.objects.get()

    editor = person("Editor")
    desk = open_page("/about/")
    desk.context.add_cookies([cookie_of(editor, live_server.url)])
    desk.goto(reverse("admin:index"))
    pictured(desk, "my-work-1280")
    desk.get_by_role("region", name="Errors that readers report").get_by_role("link").first.click()
    expect(desk.locator(".reported-error")).to_contain_text(WORDS)
    expect(desk.locator(".reported-error")).to_contain_text("reader@barn.example")
    assert violations(desk, schemes=("light",)) == ""
    pictured(desk, "answer-1280")
    desk.get_by_label("State").select_option("accepted")
    desk.get_by_label("Public answer (Arabic)").fill("صُحّح الاقتباس: أُضيفت الكلمات التي تليه في التقرير.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    phone.reload()
    expect(phone.locator("main")).to_contain_text("صُحّح الاقتباس")
    phone.goto(f"/ar/articles/{article.public_id}/")
    phone.reload()  # a browser keeps a page for a minute
    answer = phone.locator(f"#error-{report.reference}")
    expect(answer).to_contain_text("صُحّح الاقتباس")
    expect(answer).to_contain_text("عن مقطع مقتبس")
    expect(phone.locator("main")).not_to_contain_text("ثلاث قذائف لا")
    assert violations(phone) == ""
    phone.goto("/ar/corrections/")
    expect(phone.locator("main")).to_contain_text("صُحّح الاقتباس")
    assert violations(phone) == ""


def test_an_error_in_an_incident_stands_in_its_changes(
    open_page: Opener, live_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_forms, "QUICKEST", 0)
    told = published()
    AboutTextFactory(part="organisation", text_ar="وقف الحظيرة يدير هذا الأرشيف.")
    phone = open_page(f"/ar/incidents/{told.incident.code}/", width=390, javascript=False)
    phone.get_by_role("main").get_by_role("link", name="الإبلاغ عن خطأ").first.click()
    phone.get_by_label("ما الخطأ؟").fill("التاريخ خطأ.")
    phone.get_by_role("button", name="إرسال إلى المحررين").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("شكرًا لكم، وصل بلاغكم")
    report = ReportedError.objects.get()
    told.say("injured", None, count_low=11, group="people", judgement="The clinic counted them.")
    told.publish(note="Corrected.")

    desk = open_page("/about/")
    desk.context.add_cookies([cookie_of(person("Editor"), live_server.url)])
    desk.goto(reverse("admin:archive_reportederror_change", args=[report.pk]))
    desk.get_by_label("State").select_option("accepted")
    desk.get_by_label("Corrected in version").fill("2")
    desk.get_by_label("Public answer (English)").fill("The clinic's number was missing; it is in version 2.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    phone.goto(f"/ar/incidents/{told.incident.code}/changes/")
    expect(phone.locator(f"#error-{report.reference}")).to_contain_text("it is in version 2")
    phone.get_by_role("link", name="صُحّح في الإصدار 2").click()
    expect(phone).to_have_url(f"{live_server.url}/ar/incidents/{told.incident.code}/v2/")
    for width in (390, 1280):
        for prefix in ("", "/ar"):
            page = open_page(f"{prefix}/about/", width=width)
            pages = {
                "about": "/about/",
                "method": "/about/method/",
                "glossary": "/about/glossary/",
                "corrections": "/corrections/",
                "form": f"/corrections/report/incident/{told.incident.code}/2/",
                "changes": f"/incidents/{told.incident.code}/changes/",
            }
            for name, path in pages.items():
                page.goto(prefix + path)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                pictured(page, f"{name}-{'ar' if prefix else 'en'}-{width}", schemes=("light", "dark"))
