"""A reader follows a town by e-mail: from its page to the mail that confirms it, to an alert, to its end; steps are
counted.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from archive.alerts import confirmation_mails
from archive.models import Alert
from archive.web import reader_forms
from tests.browser.conftest import Opener
from tests.browser.steps import Steps
from tests.factories.followed import ADDRESS, outbox, sent
from tests.factories.full_incident import published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")


@pytest.fixture(autouse=True)
def mails(settings: Any, monkeypatch: pytest.MonkeyPatch, live_server: Any) -> None:
    settings.EMAIL_FROM = "alerts@archive.example"
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(reader_forms, "QUICKEST", 0)


def letter(text: str, page: str) -> str:
    """The path of an address of a page of alerts in a mail."""
    return next(urlsplit(url).path for url in ADDRESS.findall(text) if f"/alerts/{page}/" in url)


@pytest.mark.parametrize(
    ("prefix", "width", "words"),
    [
        (
            "",
            1280,
            ("Follow by e-mail", "Your e-mail address", "Send me", "Yes, send me these mails", "Stop these mails"),
        ),
        (
            "/ar",
            390,
            (
                "المتابعة بالبريد الإلكتروني",
                "عنوان بريدكم الإلكتروني",
                "إرسال رسالة التأكيد",
                "نعم، أريد هذه الرسائل",
                "إيقاف هذه الرسائل",
            ),
        ),
    ],
)
def test_an_alert_for_a_town(open_page: Opener, prefix: str, width: int, words: tuple[str, ...]) -> None:
    told = published()
    follow, address, ask, confirm, stop = words
    page = open_page(f"{prefix}/towns/{told.place.pcode}/", width=width)
    steps = Steps(page, f"alert{prefix.replace('/', '-')}-{width}")

    steps.do(page.get_by_role("link", name=follow).click)
    steps.do(lambda: page.get_by_label(address).fill("reader@barn.example"))
    steps.do(page.get_by_role("button", name=ask).click)
    confirmation_mails.confirm_by_mail(Alert.objects.get().pk)
    steps.do(lambda: page.goto(letter(str(outbox()[-1].body), "confirm")))
    steps.do(page.get_by_role("button", name=confirm).click)
    assert steps.taken == 5  # until it is followed
    told.say("injured", None, count_low=11, group="people", judgement="The clinic counted them.")
    told.publish(note="The clinic’s number was added.")
    [message] = sent()
    assert "The clinic’s number was added." in message.body
    expect_html(page, message, f"{prefix}{width}")
    steps.do(lambda: page.goto(letter(str(message.body), "end")))
    steps.do(page.get_by_role("button", name=stop).click)
    assert steps.taken == 7  # two more until it is ended; one, with the button of the mail program
    assert not Alert.objects.exists()
    assert page.context.cookies() == []


def expect_html(page: Page, message: Any, name: str) -> None:
    """The mail as a program shows it: the direction of its language, whatever the program's is."""
    shown = page.context.new_page()
    shown.set_content(str(message.alternatives[0][0]))
    is_arabic = "/ar" in name
    expect(shown.locator("div")).to_have_css("direction", "rtl" if is_arabic else "ltr")
    if PICTURES:
        shown.screenshot(path=Path(PICTURES) / f"mail-{'ar' if is_arabic else 'en'}.png", full_page=True)
    shown.close()
