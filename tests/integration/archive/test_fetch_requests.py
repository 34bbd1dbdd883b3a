"""Addresses that editors ask for: refused at once, fetched by the worker, tried again; and the page for it."""

import signal
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from archive.intake import fetch_requests
from archive.models import Article, Capture, FetchRequest, User
from archive.terms import FetchState
from tests.factories.people import person
from tests.factories.web_archives import answer
from tests.factories.web_servers import Served, serve
from tests.integration.archive.test_web_archives import page

PAGE = "/admin/archive/article/fetch/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def served(settings):
    settings.FETCH_DELAY, settings.FETCH_SECONDS, settings.FETCH_HEEDS_ROBOTS = 0, 10, False
    with serve({"/report": answer(page("Two people were hurt."))}) as served:
        settings.FETCH_INTERNAL = [served.authority]
        yield served


@pytest.fixture
def editor(client: Client) -> User:
    user = person("Editor")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def ask(served: Served, by: User, path: str = "/report") -> FetchRequest:
    [made] = fetch_requests.ask_for([f"{served.url}{path}"], by=by)
    return made


def work() -> None:
    """Run the worker until the queue is empty; it would close a connection whose transaction is the test's."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        with pytest.MonkeyPatch.context() as patch:
            if connection.in_atomic_block:
                patch.setattr(db_worker, "close_old_connections", lambda: None)
            call_command("db_worker", batch=True, startup_delay=False, interval=0, reload=False, verbosity=0)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def state(request: FetchRequest) -> str:
    request.refresh_from_db()
    return request.state


@pytest.mark.django_db(transaction=True)
def test_worker_fetches_what_was_asked_for(served, editor):
    request = ask(served, editor)
    assert (request.state, served.asked) == (FetchState.WAITING, [])

    work()

    assert state(request) == FetchState.ADDED
    assert request.capture == Capture.objects.get()
    assert request.article == Article.objects.get()
    assert (request.capture.method, request.capture.created_by) == ("web", editor)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_asked_for_again_it_tells_another_text_from_the_same(served, editor):
    first = ask(served, editor)
    work()
    same = ask(served, editor)
    work()
    served.answers["/report"] = answer(page("Nobody was hurt."))
    changed = ask(served, editor)
    work()

    assert [state(one) for one in (first, same, changed)] == [FetchState.ADDED, FetchState.SAME, FetchState.CHANGED]
    assert len({one.capture_id for one in (first, same, changed)}) == 3
    assert {one.article_id for one in (first, same, changed)} == {Article.objects.get().pk}


def test_steps_are_told_while_it_is_fetched(served, editor):
    request = ask(served, editor)
    told = []

    def remember(url, *, say):
        say("asking the server")
        told.append((state(request), request.message))
        return iter(())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetch_requests, "fetch_records", remember)
        fetch_requests.fetch_one.call(request.pk, 1)

    assert told == [(FetchState.FETCHING, "asking the server")]
    assert (state(request), request.message) == (FetchState.FAILED, "the answer holds no page")


def test_page_that_is_no_article_says_so(served, editor):
    served.answers["/report"] = answer(b"<html><title>Not found</title><body><p>404 Page not found</p></body></html>")
    request = ask(served, editor)

    work()

    assert state(request) == FetchState.ADDED
    assert request.message.startswith("Perhaps no article: ")


def test_failure_says_why_and_can_be_tried_again(served, editor, settings):
    settings.FETCH_INTERNAL = []  # as for a name that leads into the network once it is looked up
    request = ask(served, editor)
    work()
    assert state(request) == FetchState.FAILED
    assert "is not fetched from" in request.message or "not on the public internet" in request.message

    settings.FETCH_INTERNAL = [served.authority]
    assert fetch_requests.try_again(request.pk)
    assert not fetch_requests.try_again(request.pk)
    assert state(request) == FetchState.WAITING
    work()

    assert (state(request), request.attempt, request.message) == (FetchState.ADDED, 2, "")
    assert not fetch_requests.try_again(request.pk)


def test_what_a_server_says_is_told_as_one_line_of_text(served, editor):
    served.answers["/report"] = b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\x00\x85" + b"a" * 3_000 + b"\r\n\r\n"
    request = ask(served, editor)

    work()

    assert state(request) == FetchState.FAILED
    assert request.message.startswith("it redirects to http://10.0.0.1/")
    assert request.message.isprintable()
    assert len(request.message) <= 1_000


def test_fault_is_told_and_can_be_tried_again(served, editor, monkeypatch):
    request = ask(served, editor)

    def fault(*args, **more):
        raise RuntimeError("a fault")

    with monkeypatch.context() as patch:
        patch.setattr(fetch_requests, "receive_all", fault)
        with pytest.raises(RuntimeError):
            fetch_requests.fetch_one.call(request.pk, 1)

    assert state(request) == FetchState.FAILED
    assert request.message.startswith("a fault of the archive")
    assert fetch_requests.try_again(request.pk)


@pytest.mark.parametrize("left", [FetchState.WAITING, FetchState.FETCHING])
def test_request_whose_worker_died_can_be_tried_again_after_a_while(served, editor, left):
    request = ask(served, editor)
    FetchRequest.objects.update(state=left)
    assert not fetch_requests.try_again(request.pk)

    FetchRequest.objects.update(changed_at=timezone.now() - timedelta(seconds=10 + fetch_requests.READING + 1))
    assert fetch_requests.try_again(request.pk)
    fetch_requests.fetch_one.call(request.pk, 1)  # the dead worker's, come back to life
    assert (state(request), served.asked) == (FetchState.WAITING, [])

    work()
    assert (state(request), len(served.asked)) == (FetchState.ADDED, 1)


def test_worker_that_is_late_writes_nothing_over_the_next_attempt(served, editor, monkeypatch):
    request = ask(served, editor)
    real = fetch_requests.fetch_records

    def overtaken(url, *, say):
        FetchRequest.objects.update(attempt=2, state=FetchState.WAITING)
        say("too late")
        return real(url, say=say)

    monkeypatch.setattr(fetch_requests, "fetch_records", overtaken)
    fetch_requests.fetch_one.call(request.pk, 1)

    assert (state(request), request.message, request.article) == (FetchState.WAITING, "", None)


def test_address_is_fetched_once_at_a_time(served, editor):
    ask(served, editor)

    assert fetch_requests.ask_for([f"{served.url}/report"], by=person("Editor")) == []
    assert DBTaskResult.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        FetchRequest.objects.create(address=f"{served.url}/report", asked_by=editor)


def test_what_is_in_names_its_capture(editor):
    with pytest.raises(IntegrityError, match="fetch_leads_to_a_capture"):
        FetchRequest.objects.create(address="https://news.example/", asked_by=editor, state=FetchState.ADDED)


def test_page_looks_first_and_fetches_then(served, editor, client):
    address = f"{served.url}/report"
    seen = client.post(PAGE, {"addresses": f"\n {address}#part \n{address}"})
    assert "no article has this address" in seen.content.decode()
    assert not FetchRequest.objects.exists()

    answered = client.post(PAGE, {"addresses": address, "looked_at": address}, follow=True)
    assert "1 address will be fetched." in answered.content.decode()
    assert "data-pending" in answered.content.decode()
    assert "it is being fetched already" in client.post(PAGE, {"addresses": address}).content.decode()
    work()

    shown = client.get(PAGE).content.decode()
    article = Article.objects.get()
    assert "in, a new article" in shown
    assert reverse("admin:archive_article_change", args=[article.pk]) in shown
    assert "data-pending" not in shown
    assert "a new capture will be made" in client.post(PAGE, {"addresses": address}).content.decode()


def test_addresses_that_were_changed_after_the_look_are_looked_at_again(served, editor, client):
    said = {"addresses": f"{served.url}/report\n{served.url}/other", "looked_at": f"{served.url}/report"}

    assert "What would be done" in client.post(PAGE, said).content.decode()
    assert not FetchRequest.objects.exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("http://10.0.0.1/secret", "not on the public internet"),
        ("http://[::ffff:127.0.0.1]/", "not on the public internet"),
        ("http://localhost/", "a name inside a network"),
        ("http://printer/", "a name inside a network"),
        ("http://db.internal/", "a name inside a network"),
        ("http://2130706433/", "is a number"),
        ("file:///etc/passwd", "only http: and https:"),
        ("javascript:alert(1)", "only http: and https:"),
        ("https://name:word@news.example/", "password"),
        ("https://news.example:22/", "port 22"),
        ("https://news.example/a b", "blanks"),
        ("https://news.example/" + "a" * 2_000, "too long"),
        ("https://[news.example/", "not an address"),
        ("https://news.example/\u202ered", "not an address"),
    ],
)
def test_unfetchable_address_is_refused_by_line_and_all_that_was_typed_stays(editor, client, line, reason):
    typed = f"https://news.example/report\n\n{line}"
    shown = client.post(PAGE, {"addresses": typed, "looked_at": typed})

    [message] = shown.context["form"].errors["addresses"]
    assert message.startswith("Line 3, ")
    assert reason in message
    assert shown.context["form"]["addresses"].value() == typed
    assert "What would be done" not in shown.content.decode()
    assert not FetchRequest.objects.exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "required"),
        (" \n ", "at least one"),
        ("https://news.example/\0", "Null characters"),
        ("https://news.example/a\n" * 51, "at most 50"),
    ],
)
def test_unusable_paste_is_refused(editor, client, typed, reason):
    assert reason in str(client.post(PAGE, {"addresses": typed}).context["form"].errors)


def test_page_tries_again_what_failed(served, editor, client):
    request = ask(served, editor, "/gone")
    served.answers["/gone"] = b"nonsense"
    work()
    shown = client.get(PAGE).content.decode()
    assert "the answer is none of a web server" in shown
    assert f'name="retry" value="{request.pk}"' in shown

    assert "It is tried again." in client.post(PAGE, {"retry": request.pk}, follow=True).content.decode()
    assert state(request) == FetchState.WAITING
    for wrong in ("", "x", "999999", "9" * 40, "²"):
        assert "Nothing was changed" in client.post(PAGE, {"retry": wrong}, follow=True).content.decode()


def test_page_is_for_who_may_add_articles(client):
    reader = person("Editor")
    reader.groups.clear()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"addresses": "https://news.example/"}).status_code == 403


def test_page_is_linked_from_the_lists(editor, client):
    for address in ("/admin/", "/admin/archive/article/"):
        assert client.get(address).content.decode().count(f'href="{PAGE}"') == 2  # in the header, and in the page
