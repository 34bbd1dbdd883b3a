"""What the mails of an alert tell, when, and how often: at most once a period, nothing lost, nothing that readers do
not see.
"""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive import alerts, intake
from archive.alerts import sealing, sending
from archive.alerts.sending import Became
from archive.models import Alert
from incidents import curation
from incidents.models import Incident
from tests.factories.followed import ADDRESS, following, outbox, sent, tomorrow
from tests.factories.full_incident import DEATHS, FullIncident, published
from tests.factories.listed import read_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails(settings: Any) -> None:
    settings.EMAIL_FROM = "alerts@archive.example"
    settings.SITE_URL = "https://archive.example"


class Server(EmailBackend):
    """A mail server that answers as it is told to, once for each mail."""

    answers: list[Exception | None] = []

    def send_messages(self, messages: Any) -> int:
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, smtplib.SMTPServerDisconnected):
            super().send_messages(messages)  # it was taken, and the line was cut before the server could say so
        if answer is not None:
            raise answer
        return super().send_messages(messages)


@pytest.fixture
def server(settings: Any) -> type[Server]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.answers = []
    return Server


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"reader@barn.example": (code, b"reader@barn.example: no")})


def test_what_is_new_is_told_once() -> None:
    alert = following("scope=any")
    assert sent(timezone.now()) == []  # the day is not over
    told = published()

    [message] = sent()
    assert message.subject.startswith("Attacks, series of attacks")
    assert f"https://archive.example/incidents/{told.incident.code}/" in message.body
    assert "New: " in message.body
    assert "Version 1: " in message.body
    assert told.incident.row.title_en in message.body
    assert sent() == []
    assert sent(tomorrow(2)) == []
    assert Alert.objects.get(pk=alert.pk).told_until.hour == 0


def test_every_mail_can_be_ended_in_one_click_and_follows_nobody() -> None:
    alert = following()
    published()
    [message] = sent()
    end = f"https://archive.example/alerts/end/{sealing.word_of_end(alert.reference)}/"
    headers = message.message()

    assert headers["List-Unsubscribe"] == f"<{end}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert "archive.example" in headers["Message-ID"]
    assert message.from_email.endswith("<alerts@archive.example>")
    html = message.alternatives[0][0]
    assert "<img" not in html
    assert "style" not in html
    own = [url for url in ADDRESS.findall(message.body) if "alerts/end" in url]
    assert own == [end]
    assert all(alert.reference not in url for url in ADDRESS.findall(message.body) if url != end)


def test_nothing_is_sent_when_nothing_happened() -> None:
    published()
    alert = following()
    with CaptureQueriesContext(connection) as queries:
        assert sent(tomorrow(3)) == []
    assert alerts.send_due(tomorrow(3)) == {}
    assert Alert.objects.get(pk=alert.pk).told_until > tomorrow(2)
    assert len(queries) < 20


def test_changes_are_told_as_what_they_are() -> None:
    told, other, gone = published(), published(), published()
    following()
    told.say("injured", None, count_low=11, group="people", judgement="The clinic counted them.")
    told.publish(note="The clinic’s number was added.")
    curation.merge(other.incident, into=told.incident, by=None, reason="One attack.")
    curation.withdraw(Incident.objects.get(pk=gone.incident.pk), by=None, reason="It did not happen.")

    [message] = sent()
    assert "New version: " in message.body
    assert "The clinic’s number was added." in message.body
    assert f"Merged: {other.incident.code}" in message.body
    assert f"Merged into {told.incident.code}." in message.body
    assert f"Withdrawn: {gone.incident.code}" in message.body
    assert "It did not happen." in message.body


def test_what_readers_see_otherwise_is_told_without_what_they_no_longer_see() -> None:
    told = published()
    following()
    article = told.english.article
    article.refresh_from_db()
    intake.correct_article(
        article, by=None, seen=article.lock_version, visibility="embargoed", visibility_reason="Asked by its authors."
    )

    [message] = sent()
    assert "Shown otherwise, without a new version: " in message.body
    assert DEATHS not in message.body
    assert "Asked by its authors" not in message.body


def test_what_was_published_and_withdrawn_since_is_told_as_it_is_now() -> None:
    following()
    told = published()
    curation.withdraw(Incident.objects.get(pk=told.incident.pk), by=None, reason="Wrong.")
    [message] = sent()

    assert "Withdrawn" in message.body
    assert told.incident.row.title_en not in message.body


def test_drafts_and_what_is_not_in_the_list_are_not_told() -> None:
    following("killed_min=4000")
    published()
    FullIncident().say_all()

    assert sent() == []


def test_long_lists_are_cut_and_lead_to_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_TOLD", 1)
    following()
    published()
    published()

    [message] = sent()
    assert "2 are new or have changed" in message.body
    assert message.body.count("New: ") == 1
    assert f"and 1 more\nhttps://archive.example/incidents/?updated_since={timezone.now():%Y-%m-%d}&order=updated" in (
        message.body
    )


def test_an_arabic_alert_is_arabic_from_right_to_left() -> None:
    following(language="ar")
    told = published()
    [message] = sent()
    html = message.alternatives[0][0]

    assert 'lang="ar" dir="rtl"' in html
    assert told.incident.row.title_ar in message.body
    assert f"https://archive.example/ar/incidents/{told.incident.code}/" in message.body
    assert "https://archive.example/ar/alerts/end/" in message.body
    assert message.extra_headers["Content-Language"] == "ar"
    assert message.message()["Subject"]


def test_two_runs_at_once_send_one_mail() -> None:
    alert = following()
    published()
    end = sending.due(tomorrow())[0][1]
    with sending.Post() as post:
        first = sending.tell(alert.pk, end, post)
        second = sending.tell(alert.pk, end, post)

    assert (first, second) == (Became.SENT, Became.TAKEN)
    assert len(outbox()) == 1


def test_a_run_that_is_killed_in_the_middle_sends_no_second_mail_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    following()
    told = published()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            alerts.send_due(tomorrow())
    assert len(outbox()) == 1
    assert sent() == []
    [message] = sent(tomorrow(2))
    assert told.incident.code in message.body


def test_a_server_that_is_away_is_tried_again(server: type[Server], monkeypatch: pytest.MonkeyPatch) -> None:
    following()
    published()
    with monkeypatch.context() as patch:
        patch.setattr(server, "open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError()))
        assert alerts.send_due(tomorrow()) == {Became.LATER: 1}
    server.answers = [refused(451), smtplib.SMTPSenderRefused(550, b"who are you", "x")]
    assert alerts.send_due(tomorrow()) == {Became.LATER: 1}
    assert alerts.send_due(tomorrow()) == {Became.LATER: 1}
    assert outbox() == []
    assert alerts.send_due(tomorrow()) == {Became.SENT: 1}


def test_a_mail_that_may_have_been_taken_is_not_sent_again_in_its_period(server: type[Server]) -> None:
    following()
    published()
    server.answers = [smtplib.SMTPServerDisconnected("cut")]
    assert alerts.send_due(tomorrow()) == {Became.DOUBTFUL: 1}
    assert alerts.send_due(tomorrow()) == {}
    assert alerts.send_due(tomorrow(2)) == {Became.SENT: 1}


def test_a_mailbox_that_refuses_for_good_is_left_alone(server: type[Server], caplog: Any) -> None:
    following()
    published()
    server.answers = [refused(550), None, refused(550), refused(550), smtplib.SMTPDataError(554, b"no")]
    assert alerts.send_due(tomorrow(1)) == {Became.REFUSED: 1}
    assert alerts.send_due(tomorrow(1)) == {}
    assert alerts.send_due(tomorrow(2)) == {Became.SENT: 1}
    assert Alert.objects.get().refusals == 0
    Alert.objects.update(told_until=timezone.now() - timedelta(days=9))
    assert [list(alerts.send_due(tomorrow(days))) for days in (3, 4, 5)] == [
        [Became.REFUSED],
        [Became.REFUSED],
        [Became.ENDED],
    ]
    assert not Alert.objects.exists()
    assert "barn.example" not in caplog.text


def test_a_list_that_reads_no_more_is_told_once_and_ends() -> None:
    told = published()
    following(f"facility={told.facility.public_id}")
    Alert.objects.update(query="facility=zzzzzzzz")

    [message] = sent()
    assert message.subject == "Your alert has ended"
    assert "zzzzzzzz" in message.body
    assert not Alert.objects.exists()


def test_a_list_that_breaks_breaks_no_other(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    following("killed_min=1")
    broken = following("killed_min=2", email="other@barn.example")
    published()
    kind = alerts.kind_of("incidents")
    assert kind is not None

    def read(query: str) -> Any:
        if query == broken.query:
            raise RuntimeError("broken")
        return kind.read(query)

    monkeypatch.setattr(sending, "kind_of", lambda _kind: alerts.Kind(kind.page, read, kind.news, kind.more))
    assert alerts.send_due(tomorrow()) == {Became.SENT: 1, Became.LATER: 1}
    assert broken.reference in caplog.text
    assert "barn.example" not in caplog.text


def test_an_alert_sealed_under_another_key_ends(settings: Any) -> None:
    following()
    published()
    settings.SECRET_KEY = "another key of this archive, long enough to be one"
    assert alerts.send_due(tomorrow()) == {Became.ENDED: 1}


def test_a_week_is_told_on_monday() -> None:
    following(rhythm="weekly")
    published()
    days = [tomorrow(number) for number in range(8)]
    told = [day for day in days if sent(day)]

    assert len(told) == 1
    assert (told[0] - sending.periods.SETTLED).weekday() == 0


def test_articles_are_told_without_words_of_their_texts() -> None:
    old = read_article("An old report", "Words of the old text.")
    following(followed="articles")
    new = read_article("A new report", "Words of the new text.")
    hidden = read_article("A hidden report", "Words.", visibility="withheld", visibility_reason="Asked.")
    intake.correct_article(old, by=None, seen=old.lock_version, title="An old report, corrected")

    [message] = sent()
    assert "New: A new report" in message.body
    assert "Changed: An old report, corrected" in message.body
    assert "hidden" not in message.body
    assert "Words of" not in message.body
    assert f"https://archive.example/articles/{new.public_id}/" in message.body
    assert hidden.public_id not in message.body


def test_an_article_that_becomes_public_is_new() -> None:
    article = read_article("A report", "Words.", visibility="embargoed", visibility_reason="Asked.")
    following(followed="articles")
    assert sent(tomorrow(1)) == []
    intake.correct_article(article, by=None, seen=article.lock_version, visibility="public", visibility_reason="")
    Alert.objects.update(told_until=timezone.now() - timedelta(minutes=1))

    [message] = sent(tomorrow(2))
    assert "New: A report" in message.body
