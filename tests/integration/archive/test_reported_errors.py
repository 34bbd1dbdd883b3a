"""Errors that readers report: what the form takes, from whom, what becomes of it, and what nobody else ever sees."""

import copy
import logging
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote_plus

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from archive import intake, reported_errors, sent_forms
from archive.locking import StaleRowError
from archive.models import Passage, ReportedError, ReportedWords, ReporterAddress, SentForm, User
from archive.reported_errors import AnswerError, reporting
from archive.reported_errors.forms import ErrorForm
from archive.reported_errors.reporting import LIMIT
from archive.terms import Spoken, values
from archive.web.reader_forms import LONGEST_OPEN
from incidents import curation
from incidents.models import Incident
from tests.factories.archive import ArticleFactory
from tests.factories.full_incident import HIT, FullIncident, published
from tests.factories.incidents import FacilityFactory, IncidentFactory
from tests.factories.people import person
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
WORDS = "It was the mill’s barn, not the mill."
EMAIL = "reader@quokka.example"
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def things(told: FullIncident) -> dict[str, str]:
    """By kind, the key of what readers see."""
    return {
        "incident": told.incident.code,
        "article": told.english.article.public_id,
        "passage": Passage.objects.get(exact=HIT).public_id,
        "town": told.place.pcode,
        "facility": told.facility.public_id,
        "actor": told.actor.slug,
        "source": told.outlet.slug,
    }


def form_of(address: str, client: Client, **fields: str) -> dict[str, str]:
    """What the page at an address would send, opened a minute ago."""
    shown = client.get(address).context["form"]
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        return {"problem": WORDS, "opened": shown.now, **fields}


def send(client: Client, address: str, headers: Any = None, **fields: str) -> Any:
    data = "&".join(f"{name}={quote_plus(value)}" for name, value in form_of(address, client, **fields).items())
    return client.post(address, data, content_type="application/x-www-form-urlencoded", headers=headers)


def reported(client: Client, kind: str, key: str, number: int | None = None, **fields: str) -> ReportedError:
    address = f"/corrections/report/{kind}/{key}/" + (f"{number}/" if number else "")
    response = send(client, address, **fields)
    assert response.status_code == 303, response.context["form"].errors
    return ReportedError.objects.get(reference=response.headers["Location"].split("/")[-2])


def answered(report: ReportedError, by: User, state: str = "accepted", **values: Any) -> ReportedError:
    values = {"answer_en": "It was the barn, as the second report says.", **values}
    return reported_errors.answer(report, by=by, seen=report.lock_version, state=state, **values)


def test_each_kind_of_page_leads_to_the_form_that_knows_it(client: Client, told: FullIncident) -> None:
    number = {"incident": "1/", "article": "1/"}
    found = things(told)
    assert set(found) == set(values(Spoken)) - {"archive"}
    for kind, key in found.items():
        page = f"/articles/{found['article']}/" if kind == "passage" else f"/{plural(kind)}/{key}/"
        address = f"/corrections/report/{kind}/{key}/{number.get(kind, '')}"
        for prefix in ("", "/ar"):
            assert f'href="{prefix}{address}"' in client.get(prefix + page).text, page
            assert client.get(prefix + address).status_code == 200
    passage = client.get(f"/corrections/report/passage/{found['passage']}/").text
    assert HIT in passage
    assert "version 1" in client.get(f"/corrections/report/incident/{told.incident.code}/1/").text


def plural(kind: str) -> str:
    return "facilities" if kind == "facility" else f"{kind}s"


def test_a_report_is_kept_and_its_reader_told_what_happens(client: Client, told: FullIncident) -> None:
    strict = Client(enforce_csrf_checks=True)
    address = f"/ar/corrections/report/incident/{told.incident.code}/1/"
    response = send(strict, address, email=EMAIL, proposal="The barn.")

    assert response.status_code == 303
    report = ReportedError.objects.get()
    assert (report.spoken_of, report.key, report.number) == ("incident", told.incident.code, 1)
    assert (report.language, report.state) == ("ar", "open")
    assert (report.reportedwords.problem, report.reportedwords.proposal) == (WORDS, "The barn.")
    assert report.reporteraddress.email == EMAIL
    page = client.get(response.headers["Location"])
    assert report.reference in page.text
    assert WORDS not in page.text
    assert EMAIL not in page.text
    for answer in (response, page, client.get(address)):
        assert not answer.cookies
        assert "cookie" not in answer.headers.get("Vary", "").lower() or answer.status_code == 303


def test_what_readers_do_not_see_cannot_be_probed(client: Client, told: FullIncident) -> None:
    hidden = {
        "article": ArticleFactory(visibility="withheld", visibility_reason="Asked.").public_id,
        "incident": IncidentFactory().code,
        "facility": FacilityFactory(name_en="Nobody names it").public_id,
        "passage": told.passage(told.english, "A third paragraph that nobody cites").public_id,
        "town": "C9999",
        "actor": "nobody",
        "source": "nobody",
        "weapon": "shelling",
        "archive": "x",
    }
    never = client.get("/corrections/report/article/zzzzzzzz/")
    for kind, key in hidden.items():
        for address in (f"/corrections/report/{kind}/{key}/", f"/corrections/report/{kind}/{key}/1/"):
            data = {"problem": WORDS, "opened": ErrorForm(found(told)).now}
            sent = client.post(
                address, "&".join(f"{a}={quote_plus(b)}" for a, b in data.items()), content_type=URLENCODED
            )
            for response in (client.get(address), sent):
                assert response.status_code == 404, address
                assert response.text.replace(address, "") == never.text.replace(never.wsgi_request.path, "")
    for number in (2, 999):
        assert client.get(f"/corrections/report/incident/{told.incident.code}/{number}/").status_code == 404
    assert not ReportedError.objects.exists()
    embargo(told)
    assert client.get(f"/corrections/report/article/{told.english.article.public_id}/").status_code == 404
    curation.withdraw(Incident.objects.get(pk=told.incident.pk), by=None, reason="Wrong.")
    assert client.get(f"/corrections/report/incident/{told.incident.code}/").status_code == 404


def found(told: FullIncident) -> reported_errors.Subject:
    subject = reported_errors.find("incident", told.incident.code)
    assert subject
    return subject


def embargo(told: FullIncident) -> None:
    article = told.english.article
    article.refresh_from_db()
    intake.correct_article(
        article, by=None, seen=article.lock_version, visibility="embargoed", visibility_reason="Asked by its authors."
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"problem": " \r\n "}, "Write what is wrong."),
        ({"problem": "x" * 4001}, "4000"),
        ({"proposal": "é" * 4001}, "4000"),
        ({"email": "no address"}, "This is not an e-mail address"),
        ({"email": f"{'x' * 250}@a.example"}, "254"),
        ({"second_name": "http://pills.example"}, "A hidden field was filled in"),
        ({"opened": "forged"}, "sent very fast, or was open for days"),
        ({"opened": ""}, "sent very fast, or was open for days"),
    ],
)
def test_what_cannot_be_taken_says_why_and_keeps_what_was_typed(
    client: Client, told: FullIncident, fields: dict[str, str], said: str
) -> None:
    response = send(client, f"/corrections/report/town/{told.place.pcode}/", **{"proposal": "Kept words", **fields})

    assert response.status_code == 422
    assert said in response.text
    assert fields.get("proposal", "Kept words") in response.text
    assert 'name="second_name" id="id_second_name" autocomplete="off" tabindex="-1">' in response.text
    assert not ReportedError.objects.exists()
    assert "no-store" in response.headers["Cache-Control"]


def test_the_longest_words_are_taken_whatever_their_line_breaks(client: Client, told: FullIncident) -> None:
    words = "ab\r\n" * 1333
    report = reported(client, "town", told.place.pcode, problem=words.strip() + "\x00\x1b\u202e")

    assert report.reportedwords.problem == "\n".join(["ab"] * 1333) + "\u202e"


def test_a_form_is_open_for_a_while_and_no_shorter(client: Client, told: FullIncident) -> None:
    address = f"/corrections/report/town/{told.place.pcode}/"
    opened = client.get(address).context["form"].now
    data = {"problem": WORDS, "opened": opened}

    def sent() -> int:
        body = "&".join(f"{name}={quote_plus(value)}" for name, value in data.items())
        return client.post(address, body, content_type=URLENCODED).status_code

    assert sent() == 422
    with time_machine.travel(timezone.now() + timedelta(seconds=LONGEST_OPEN + 60)):
        assert sent() == 422
    with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=False):
        assert sent() == 303
    other = f"/corrections/report/actor/{told.actor.slug}/"
    body = "&".join(f"{name}={quote_plus(value)}" for name, value in form_of(address, client).items())
    assert client.post(other, body, content_type=URLENCODED).status_code == 422


def test_hostile_words_are_words(client: Client, told: FullIncident) -> None:
    hostile = "<script>alert(1)</script>{{ settings.SECRET_KEY }}'; DROP TABLE archive_article; --"
    report = reported(client, "article", told.english.article.public_id, problem=hostile, proposal=hostile)
    desk = Client()
    desk.force_login(person("Editor"), backend="django.contrib.auth.backends.ModelBackend")

    for address in ("/admin/", f"/admin/archive/reportederror/{report.pk}/change/", "/admin/archive/reportederror/"):
        page = desk.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_too_large_another_kind_and_another_site_are_refused_unread(client: Client, told: FullIncident) -> None:
    address = f"/corrections/report/town/{told.place.pcode}/"
    big = client.post(address, "problem=" + "x" * 200_000, content_type=URLENCODED)
    file = client.post(address, {"problem": WORDS})
    foreign = send(client, address, headers={"Origin": "https://evil.example"})
    crossing = send(client, address, headers={"Sec-Fetch-Site": "cross-site"})
    ours = send(client, address, headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"})

    assert [one.status_code for one in (big, file, foreign, crossing, ours)] == [413, 413, 403, 403, 303]
    assert ReportedError.objects.count() == 1


def test_one_address_and_all_together_are_limited_and_no_address_is_stored(
    client: Client, told: FullIncident, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/corrections/report/town/{told.place.pcode}/"

    def sent(at: str) -> Any:
        body = "&".join(f"{name}={quote_plus(value)}" for name, value in form_of(address, client).items())
        return client.post(address, body, content_type=URLENCODED, REMOTE_ADDR=at)

    assert [sent("203.0.113.7").status_code for _ in range(LIMIT.of_one)] == [303] * LIMIT.of_one
    slowed = sent("203.0.113.7")
    assert slowed.status_code == 429
    assert 0 < int(slowed.headers["Retry-After"]) <= 3600
    assert WORDS in slowed.text
    assert sent("203.0.113.8").status_code == 303
    monkeypatch.setattr(reporting, "LIMIT", replace(LIMIT, in_all=LIMIT.of_one + 1))
    assert sent("203.0.113.9").status_code == 429
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(f::text, ' ') FROM archive_sentform f")
        assert "203.0.113" not in cursor.fetchone()[0]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        sent_forms.count(LIMIT, "203.0.113.7")
    assert SentForm.objects.count() == 1


def test_the_answer_stands_with_the_changes_and_nothing_else_does(client: Client, told: FullIncident) -> None:
    editor = person("Editor")
    found = things(told)
    reports = {kind: reported(client, kind, key, email=EMAIL) for kind, key in list(found.items())[:5]}
    SentForm.objects.all().delete()
    reports |= {kind: reported(client, kind, key, email=EMAIL) for kind, key in list(found.items())[5:]}
    pages = {kind: f"/{plural(kind)}/{key}/" for kind, key in found.items() if kind != "passage"}
    pages |= {"incident": f"/incidents/{told.incident.code}/changes/", "passage": pages["article"]}

    def shown() -> dict[str, set[str]]:
        """Page → the kinds whose reports it shows."""
        texts = {page: client.get(address).text for page, address in [*pages.items(), ("all", "/corrections/")]}
        return {
            page: {kind for kind, report in reports.items() if report.reference in text} for page, text in texts.items()
        }

    before = client.get(pages["incident"]).headers["ETag"]
    assert set(map(frozenset, shown().values())) == {frozenset()}
    answered(reports["incident"], editor)
    assert {page for page, kinds in shown().items() if kinds} == {"incident", "all"}
    for kind in reports.keys() - {"incident"}:
        answered(reports[kind], editor)
    of_article = {kind: {"article", "passage"} for kind in ("article", "passage")}
    assert shown() == {**{kind: {kind} for kind in reports}, **of_article, "all": set(reports)}
    for report in reports.values():
        assert "It was the barn" in client.get(f"/corrections/{report.reference}/").text
    assert client.get(pages["incident"], headers={"If-None-Match": before}).status_code == 200
    for page in [*pages.values(), "/corrections/", f"/incidents/{told.incident.code}.json", "/incidents.csv"]:
        response = client.get(page)
        text = response.getvalue().decode()
        assert WORDS not in text
        assert "quokka" not in text
        assert editor.shown_name not in text


def test_answers_are_hidden_with_what_they_speak_of(client: Client, told: FullIncident) -> None:
    report = answered(reported(client, "article", told.english.article.public_id), person("Editor"))
    aside = answered(reported(client, "town", told.place.pcode), person("Editor"), "set_aside", answer_en="")
    assert "It was the barn" in client.get("/corrections/").text
    assert aside.reference not in client.get("/corrections/").text
    embargo(told)

    for address in ("/corrections/", f"/corrections/{report.reference}/"):
        page = client.get(address).text
        assert "It was the barn" not in page
        assert "Shells on a" not in page
    assert "closed" in client.get(f"/corrections/{aside.reference}/").text


def test_answers_are_followed_by_feed(client: Client, told: FullIncident) -> None:
    assert "<entry>" not in client.get("/corrections.atom").text
    report = answered(reported(client, "town", told.place.pcode), person("Editor"), answer_en="It was <b>the</b> barn.")

    feed = client.get("/corrections.atom")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == 1
    assert report.reference in feed.text
    assert "<b>" not in feed.text
    assert WORDS not in feed.text


def test_what_a_form_holds_is_in_no_report_of_a_fault(client: Client) -> None:
    assert resolve("/corrections/report/").func.__wrapped__
    request = RequestFactory().post("/corrections/report/", {"problem": WORDS})
    resolve("/corrections/report/").func(request)
    assert set(request.sensitive_post_parameters) == {"problem", "proposal", "email"}


def test_answers_are_checked(told: FullIncident, client: Client) -> None:
    editor = person("Editor")
    report = reported(client, "incident", told.incident.code, 1, email=EMAIL)

    for wrong, field in (
        ({"answer_en": " "}, "answer_en"),
        ({"state": "open"}, "state"),
        ({"mended_in": 2}, "mended_in"),
        ({"mended_in": 1}, "mended_in"),
        ({"state": "declined", "mended_in": 2}, "mended_in"),
        ({"answer_ar": f"كتب لنا {EMAIL.upper()}"}, "answer_ar"),
    ):
        with pytest.raises(AnswerError) as refused:
            answered(report, editor, **{"state": "accepted", **wrong})
        assert list(refused.value.errors) == [field]
    told.say("injured", None, count_low=11, group="people", judgement="The clinic counted them.")
    told.publish(note="Corrected.")
    done = answered(report, editor, mended_in=2)
    assert (done.answered_by, done.mended_in) == (editor, 2)
    assert f"/incidents/{told.incident.code}/v2/" in client.get(f"/incidents/{told.incident.code}/changes/").text
    with pytest.raises(StaleRowError):
        answered(report, editor, "declined")


@pytest.mark.parametrize(
    "change",
    [
        "state = 'accepted'",
        "state = 'accepted', answered_at = now()",
        "answer_en = 'Said.'",
        "answered_at = now()",
        "state = 'declined', answered_at = now(), answer_en = 'No.', mended_in = 2",
        "key = 'x'",
        "reference = 'x'",
        "spoken_of = 'archive'",
        "state = 'lost'",
    ],
)
def test_the_database_refuses_half_an_answer(told: FullIncident, client: Client, change: str) -> None:
    reported(client, "incident", told.incident.code, 1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE archive_reportederror SET {change}")


def test_addresses_and_words_are_forgotten(told: FullIncident, client: Client) -> None:
    editor = person("Editor")
    first, second = (reported(client, "town", told.place.pcode, email=EMAIL) for _ in range(2))
    answered(first, editor)

    assert reported_errors.forget_old(timezone.now() + timedelta(days=29)) == 0
    assert reported_errors.forget_old(timezone.now() + timedelta(days=31)) == 1
    assert list(ReporterAddress.objects.values_list("report", flat=True)) == [second.pk]
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        call_command("forget_reporters", stdout=(said := StringIO()))
    assert said.getvalue() == "deleted: 1\n"
    assert not SentForm.objects.exists()
    reported_errors.forget_words(second)
    assert list(ReportedWords.objects.values_list("report", flat=True)) == [first.pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM archive_reportederrorevent e")
        history = cursor.fetchone()[0]
    assert WORDS not in history
    assert EMAIL not in history


def test_an_editor_answers_in_my_work(told: FullIncident, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    report = reported(client, "incident", told.incident.code, 1, email=EMAIL)
    editor, colleague = person("Editor"), person("Editor")
    desk = Client()
    desk.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:archive_reportederror_change", args=[report.pk])
    assert address in desk.get("/admin/").text
    page = desk.get(address).text
    assert WORDS in page
    assert EMAIL in page
    assert f"/incidents/{told.incident.code}/v1/" in page
    assert "id_forget_address" not in page
    token = desk.get(address).context["adminform"].form["lock_version"].value()
    compared = desk.get(address).context["adminform"].form["compared_with"].value() or ""
    sent = {"lock_version": token, "compared_with": compared, "assigned_to": colleague.pk, "state": "open"}

    assert desk.post(address, sent).status_code == 302
    report.refresh_from_db()
    assert (report.assigned_to, report.state) == (colleague, "open")
    desk.get("/admin/archive/reportederror/")  # which tells that it was saved
    assert address not in desk.get("/admin/?whose=me").text
    stale = desk.post(address, {**sent, "state": "declined", "answer_en": "It stays."})
    assert stale.status_code == 200
    report.refresh_from_db()
    assert report.state == "open"
    fresh = {
        "lock_version": report.lock_version,
        "compared_with": desk.get(address).context["adminform"].form["compared_with"].value() or "",
    }
    answer = {"state": "declined", "answer_ar": "يبقى النص كما هو.", "assigned_to": colleague.pk}
    assert desk.post(address, {**sent, **fresh, **answer, "answer_en": f"As {EMAIL} says."}).status_code == 200
    assert desk.post(address, {**sent, **fresh, **answer}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.answered_by) == ("declined", editor)
    desk.get("/admin/archive/reportederror/")
    assert address not in desk.get("/admin/").text
    assert EMAIL not in caplog.text
    assert EMAIL not in desk.get(reverse("admin:archive_reportederror_history", args=[report.pk])).text


def test_an_administrator_forgets(told: FullIncident, client: Client) -> None:
    report = reported(client, "incident", told.incident.code, 1, email=EMAIL)
    desk = Client()
    desk.force_login(person("Administrator"), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:archive_reportederror_change", args=[report.pk])
    form = desk.get(address).context["adminform"].form
    sent = {"lock_version": form["lock_version"].value(), "compared_with": form["compared_with"].value() or ""}

    assert desk.post(address, {**sent, "state": "open", "forget_words": "on"}).status_code == 302
    assert not ReporterAddress.objects.exists()
    assert not ReportedWords.objects.exists()
    assert desk.get(address).status_code == 200
