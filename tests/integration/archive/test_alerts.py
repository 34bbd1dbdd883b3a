"""Following a list by e-mail: the form, the mail that confirms it, the end. Nobody learns who follows what."""

import logging
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote_plus

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive import alerts
from archive.alerts import asking, confirmation_mails, sealing
from archive.alerts.ending import KEPT_UNCONFIRMED
from archive.models import Alert, SentForm
from tests.factories.archive import PlaceFactory, PlaceNameFactory
from tests.factories.followed import READER, asked, following, outbox, words_in
from tests.factories.people import person

pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"
FORM = "/alerts/follow/incidents/"


@pytest.fixture(autouse=True)
def mails(settings: Any) -> None:
    settings.EMAIL_FROM = "alerts@archive.example"


def send(client: Client, address: str = FORM, *, at: str = "192.0.2.1", headers: Any = None, **fields: str) -> Any:
    """Send the form as its page would, opened a minute ago; then let the worker do its part."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        opened = client.get(address).context["form"].now
    data = {"email": READER, "rhythm": "daily", "opened": opened, **fields}
    body = "&".join(f"{name}={quote_plus(value)}" for name, value in data.items())
    response = client.post(address, body, content_type=URLENCODED, headers=headers, REMOTE_ADDR=at)
    for pk in Alert.objects.filter(confirmed_at=None).values_list("pk", flat=True):
        confirmation_mails.confirm_by_mail(pk)
    return response


def stored() -> str:
    """All that the database holds of alerts, forms and tasks, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat((SELECT string_agg(a::text, ' ') FROM archive_alert a), "
            "(SELECT string_agg(f::text, ' ') FROM archive_sentform f), "
            "(SELECT string_agg(t::text, ' ') FROM django_tasks_database_dbtaskresult t))"
        )
        return str(cursor.fetchone()[0])


def test_an_alert_is_asked_for_confirmed_and_ended(client: Client) -> None:
    place = PlaceFactory(name_en="Upper Town", name_ar="البلدة العليا")
    PlaceNameFactory(place=place, name="Uppertoun")
    strict = Client(enforce_csrf_checks=True)

    response = send(strict, f"{FORM}?town=Uppertoun&order=oldest")

    assert response.status_code == 303
    assert response.headers["Location"] == "/alerts/asked/"
    alert = Alert.objects.get()
    assert (alert.query, alert.rhythm, alert.language) == (f"town={place.pcode}", "daily", "en")
    [message] = outbox()
    assert message.to == [READER]
    assert "Attacks in Upper Town" in message.body
    [word] = words_in(message, "confirm")
    page = f"/alerts/confirm/{word}/"
    assert "Yes, send me these mails" in client.get(page).text
    assert Alert.objects.get().confirmed_at is None
    assert "You follow this list" in strict.post(page).text
    assert Alert.objects.get().confirmed_at is not None
    assert "You follow this list" in client.get(page).text
    end = f"/alerts/end/{sealing.word_of_end(alert.reference)}/"
    assert "Stop these mails" in client.get(end).text
    assert Alert.objects.exists()
    ended = strict.post(end, "List-Unsubscribe=One-Click", content_type=URLENCODED)
    assert ended.status_code == 200
    assert not Alert.objects.exists()
    for again in (client.get(end), strict.post(end, {"List-Unsubscribe": "One-Click"})):
        assert again.status_code == 200
        assert "The alert has ended" in again.text
    for answer in (response, ended, client.get(page), client.get(end)):
        assert not answer.cookies


def test_pages_whose_address_is_a_key_are_kept_nowhere(client: Client) -> None:
    alert = asked()
    [word] = words_in(outbox()[0], "confirm")
    for page in (f"/alerts/confirm/{word}/", f"/ar/alerts/end/{sealing.word_of_end(alert.reference)}/"):
        response = client.get(page)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.text


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client: Client) -> None:
    following(email="known@barn.example")
    answers = [send(client, email=email, at="192.0.2.9") for email in ("known@barn.example", "new@barn.example")]
    again = send(client, email="new@barn.example", at="192.0.2.9")

    assert {(one.status_code, one.headers["Location"], one.content) for one in (*answers, again)} == {
        (303, "/alerts/asked/", b"")
    }
    assert [message.to for message in outbox()] == [["new@barn.example"]]


def test_no_address_is_stored_in_clear(client: Client) -> None:
    send(client, email="Xylophone+list@Barn.example")
    alert = Alert.objects.get()

    assert "xylophone" not in stored().lower()
    assert "barn.example" not in stored()
    assert "192.0.2" not in stored()
    assert sealing.unseal(alert.sealed) == "xylophone+list@barn.example"
    assert alert.sealed != sealing.seal("xylophone+list@barn.example")


def test_a_mailbox_gets_one_such_mail_a_day(client: Client) -> None:
    for number, email in enumerate([READER, READER.upper(), "rea.der+x@barn.example", READER]):
        send(client, f"{FORM}?killed_min={number}", email=email, at=f"192.0.2.{number}")
    assert len(outbox()) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        for pk in Alert.objects.values_list("pk", flat=True):
            assert confirmation_mails.confirm_by_mail(pk) is None or len(outbox()) == 1
    assert len(outbox()) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        confirmation_mails.confirm_by_mail(Alert.objects.latest("pk").pk)
    assert len(outbox()) == 2
    assert len(words_in(outbox()[1], "confirm")) == 3  # all that waits of that address


def test_what_was_asked_for_too_early_is_planned_for_the_next_day(client: Client) -> None:
    asked("killed_min=1")
    alerts.ask_for("incidents", query="killed_min=2", language="en", rhythm="daily", email=READER, address=None)
    confirmation_mails.send_confirmation.call(Alert.objects.latest("pk").pk)

    assert len(outbox()) == 1
    planned = DBTaskResult.objects.filter(task_path__endswith="send_confirmation").earliest("run_after")
    assert timedelta(hours=23) < planned.run_after - timezone.now() < timedelta(hours=25)


def test_no_more_wait_than_bearable(client: Client) -> None:
    for number in range(asking.MOST_WAITING + 3):
        asked(f"killed_min={number}")
    assert Alert.objects.count() == asking.MOST_WAITING


def test_a_stranger_cannot_write_to_others_through_us(client: Client) -> None:
    send(client, f"{FORM}?q=%22buy+at+pills.example%22&killed_min=3")
    [message] = outbox()
    html = message.alternatives[0][0]

    for text in (message.subject, message.body, html):
        assert "pills" not in text
    assert "with the words that were typed there" in message.body
    [word] = words_in(message, "confirm")
    assert "pills.example" in client.get(f"/alerts/confirm/{word}/").text


def test_words_are_good_for_three_days_and_for_their_own_alert(client: Client) -> None:
    mine = asked("killed_min=1")
    [word] = words_in(outbox()[0], "confirm")
    other = asked("killed_min=2", email="other@barn.example")
    [other_word] = words_in(outbox()[1], "confirm")
    with time_machine.travel(timezone.now() + KEPT_UNCONFIRMED + timedelta(seconds=5)):
        for answer in (client.get(f"/alerts/confirm/{word}/"), client.post(f"/alerts/confirm/{word}/")):
            assert answer.status_code == 410
            assert "no longer good" in answer.text
    client.post(f"/alerts/confirm/{other_word}/")
    assert list(Alert.objects.filter(confirmed_at__isnull=False)) == [other]
    wrong = [
        "x",
        word[:-1],
        sealing.word_of_end(mine.reference),
        Alert.objects.get(pk=mine.pk).token,
        mine.reference,
    ]
    assert [client.post(f"/alerts/confirm/{one}/").status_code for one in wrong] == [410] * len(wrong)
    crossed = f"{mine.reference}-{sealing.word_of_end(other.reference).split('-')[1]}"
    for one in ("x", word, mine.reference, f"{mine.reference}-", crossed):
        assert client.get(f"/alerts/end/{one}/").status_code == 404
        assert client.post(f"/alerts/end/{one}/").status_code == 404
    assert Alert.objects.count() == 2


def test_what_nobody_confirms_is_forgotten() -> None:
    kept = following("killed_min=1", email="kept@barn.example")
    asked("killed_min=2")

    assert alerts.forget_old(timezone.now() + KEPT_UNCONFIRMED - timedelta(minutes=1)) == 0
    assert alerts.forget_old(timezone.now() + KEPT_UNCONFIRMED + timedelta(minutes=1)) == 1
    assert list(Alert.objects.values_list("pk", "token")) == [(kept.pk, "")]
    planned = DBTaskResult.objects.filter(task_path__endswith="forget_old_ones").latest("run_after")
    assert planned.run_after > timezone.now() + KEPT_UNCONFIRMED
    assert planned.args_kwargs == {"args": [], "kwargs": {}}


def test_another_rhythm_takes_the_place_of_the_first() -> None:
    following("killed_min=1")
    SentForm.objects.all().delete()
    second = following("killed_min=1", rhythm="weekly")

    assert list(Alert.objects.values_list("pk", "rhythm")) == [(second.pk, "weekly")]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": ""}, "Write the e-mail address"),
        ({"email": "no address"}, "This is not an e-mail address"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "This is not an e-mail address"),
        ({"email": "a@b.example, c@d.example"}, "This is not an e-mail address"),
        ({"email": "a\x00@b.example"}, "Null characters"),
        ({"email": "ا@b.example"}, "This is not an e-mail address"),
        ({"email": f"{'x' * 300}@b.example"}, "254"),
        ({"rhythm": "hourly"}, "hourly"),
        ({"second_name": "x"}, "A hidden field was filled in"),
        ({"opened": "forged"}, "sent very fast, or was open for days"),
    ],
)
def test_what_cannot_be_taken_says_why(client: Client, fields: dict[str, str], said: str) -> None:
    response = send(client, **fields)

    assert response.status_code == 422
    assert said in response.text
    assert not Alert.objects.exists()
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("host", ["مثال.example", "bücher.example"])
def test_a_host_in_any_script_is_written_as_mail_servers_have_it(client: Client, host: str) -> None:
    assert send(client, email=f"reader@{host}").status_code == 303
    [message] = outbox()
    assert message.to == [sealing.written(f"reader@{host}")]
    assert message.to[0].isascii()
    assert sealing.digest_of(f"Reader@{host}") == Alert.objects.get().digest


@pytest.mark.parametrize(
    "query", ["town=Nowhere", "from=soon", "rubbish=1", "killed_min=x", "q=" + "+".join(f"w{n}" for n in range(900))]
)
def test_a_list_that_cannot_be_read_cannot_be_followed(client: Client, query: str) -> None:
    page = client.get(f"{FORM}?{query}")
    assert page.status_code == 200
    assert "This list cannot be followed as it is" in page.text
    body = f"email={READER}&rhythm=daily&opened={quote_plus(page.context['form'].now)}"
    assert client.post(f"{FORM}?{query}", body, content_type=URLENCODED).status_code == 422
    assert not Alert.objects.exists()


def test_forms_are_counted_by_where_they_come_from(client: Client) -> None:
    limit = asking.LIMIT.of_one
    answers = [send(client, email=f"r{n}@barn.example").status_code for n in range(limit + 1)]
    assert answers == [303] * limit + [429]
    assert send(client, at="192.0.2.2").status_code == 303


def test_what_is_sent_from_another_site_or_too_large_is_not_read(client: Client) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert send(client, headers=headers).status_code == 403
    assert client.post(FORM, "email=" + "x" * 200_000, content_type=URLENCODED).status_code == 413
    assert client.post("/alerts/follow/nothing/", "email=x", content_type=URLENCODED).status_code == 404


def test_off_until_email_is_configured(client: Client, settings: Any) -> None:
    alert = following()
    settings.EMAIL_FROM = ""

    response = client.get(FORM)
    assert response.status_code == 404
    assert "This archive sends no e-mail" in response.text
    assert client.post(FORM, "email=a@b.example", content_type=URLENCODED).status_code == 404
    assert "This archive sends no e-mail" in client.get("/alerts/asked/").text
    assert client.get("/alerts/asked/").status_code == 404
    assert alerts.send_due() == {}
    assert client.post(f"/alerts/end/{sealing.word_of_end(alert.reference)}/").status_code == 200
    assert not Alert.objects.exists()


def test_no_address_gets_into_logs_and_reports_of_faults(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(client)
        alerts.send_due(timezone.now() + timedelta(days=1))
    assert "reader@" not in caplog.text
    request = RequestFactory().post(FORM, {"email": READER})
    resolve(FORM).func(request, followed="incidents")
    assert set(request.sensitive_post_parameters) == {"email"}


def test_every_alert_to_an_address_is_ended_at_once() -> None:
    following("killed_min=1")
    asked("killed_min=2")
    kept = asked("killed_min=2", email="other@barn.example")

    assert alerts.end_all(f" {READER.upper()} ") == 2
    assert list(Alert.objects.all()) == [kept]


def test_administrators_see_counts_and_no_address_and_end_what_they_are_asked_to() -> None:
    following("killed_min=1")
    asked("killed_min=2", email="other@barn.example")
    desk = Client()
    desk.force_login(person("Administrator"), backend="django.contrib.auth.backends.ModelBackend")

    page = desk.get("/admin/alerts/")
    assert [number for _label, number in page.context["counts"]] == [1, 1, 0, 1, 0, 1, 0]
    assert "barn.example" not in page.text
    assert "Alerts by e-mail" in desk.get("/admin/").text
    assert "Enter a valid email" in desk.post("/admin/alerts/", {"email": "nobody"}).text
    done = desk.post("/admin/alerts/", {"email": READER}, follow=True)
    assert "1 alert has ended." in done.text
    assert READER not in done.text
    assert Alert.objects.count() == 1
    desk.force_login(person("Reviewer"), backend="django.contrib.auth.backends.ModelBackend")
    assert desk.get("/admin/alerts/").status_code == 403
    assert "Alerts by e-mail" not in desk.get("/admin/").text


def test_addresses_that_came_back_are_ended_from_standard_input() -> None:
    following()
    told = StringIO()
    call_command("end_alerts", stdin=StringIO(f"{READER}\n\nunknown@barn.example\n"), stdout=told)
    assert told.getvalue() == "ended: 1\n"
    with pytest.raises(CommandError, match="Line 1 is not"):
        call_command("end_alerts", stdin=StringIO("nobody"))


def test_the_command_says_what_became_of_alerts(settings: Any) -> None:
    following()
    told = StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        call_command("send_alerts", stdout=told)
    assert told.getvalue() == "nothing to tell: 1\nforgotten, never confirmed: 0\n"
    settings.EMAIL_FROM = ""
    call_command("send_alerts", stdout=told)
    assert "nothing is sent" in told.getvalue()
