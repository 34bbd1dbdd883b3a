"""Mails as they are written: headers in one line, no more than text."""

import pytest
from django.core.mail import EmailMessage

from archive.alerts.letters import LONGEST_SUBJECT, Block, Letter, one_line, written


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.EMAIL_FROM = "alerts@archive.example"
    settings.SITE_URL = "https://archive.example"
    settings.SITE_NAME = "Archive\r\nBcc: x@y.example"


def letter(subject: str = "Attacks", told: str = "a 1") -> Letter:
    hostile = Block(title="<script>x</script>\u202e", what="New", lines=("a < b",), url="https://archive.example/a/")
    return Letter(subject=subject, blocks=(hostile,), foot=(Block("Stop"),), told=told)


def test_no_text_adds_a_header() -> None:
    message = written(letter("Attacks\r\nBcc: x@y.example\x00"), "reader@barn.example")
    parsed = message.message()

    assert isinstance(message, EmailMessage)
    assert parsed["Bcc"] is None
    assert "\n" not in message.subject
    assert message.recipients() == ["reader@barn.example"]
    assert "List-Unsubscribe" not in parsed


def test_html_says_the_same_and_nothing_runs() -> None:
    message = written(letter(), "reader@barn.example")
    html = str(message.alternatives[0][0])

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert 'lang="en" dir="ltr"' in html
    assert "New: <script>x</script>" in str(message.body)


def test_the_same_letter_is_the_same_mail() -> None:
    ids = [
        written(letter(told=told), to).extra_headers["Message-ID"] for told, to in (("1", "a"), ("1", "a"), ("2", "a"))
    ]

    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@archive.example>")


def test_long_subjects_are_cut() -> None:
    assert len(one_line("word " * 100)) <= LONGEST_SUBJECT
    assert one_line(" a\n b ") == "a b"
