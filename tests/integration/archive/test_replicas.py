"""Readers are answered from a real streaming replica: what it lags is not shown, what fails is made up for."""

import re
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from archive import database
from archive.articles.article_columns import STORE
from archive.lists import found_sets
from archive.models import Article, ArticleRow, FoundSet
from archive.postgresql import replicas
from archive.postgresql.base import DatabaseWrapper
from archive.web import from_replicas
from archive.web.from_replicas import FromReplicas, may_be_behind
from tests.factories.archive import ArticleRowFactory, PlaceFactory
from tests.factories.listed import published, read_article
from tests.factories.replicas import Replica, replicating, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker) -> Iterator[Replica]:
    with django_db_blocker.unblock(), replicating() as replica:
        yield replica


class Asked:
    """What a process knows of its servers, without threads: servers are asked when a test says so."""

    def __init__(self) -> None:
        self.watch = replicas.Watch(is_asking=False)
        self.wrappers: dict[str, DatabaseWrapper] = {}

    def look(self) -> None:
        """Ask all servers until the replica had the time to replay what was written in between."""
        for _ in range(2):
            for name in (replicas.PRIMARY, *self.watch.names):
                self.watch.ask(name, self.wrappers.setdefault(name, self.watch.connection_to(name)))

    def is_fit(self) -> bool:
        self.look()
        return self.watch.chosen() is not None


@pytest.fixture
def asked(server: Replica, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    settings.REPLICAS = database.replicas([server.url])
    asked = Asked()
    monkeypatch.setattr(replicas, "watch", lambda: asked.watch)
    wait_until(asked.is_fit)
    yield asked
    replicas.end_reading()
    replicas.close_kept()
    for wrapper in asked.wrappers.values():
        wrapper.close()
    monkeypatch.setattr(STORE, "states", {})


def served(path: str, **headers: str) -> tuple[str, HttpResponse]:
    """Which server answered, and what."""
    used: list[str] = []

    class Noting(FromReplicas):
        def __init__(self, get_response) -> None:
            super().__init__(get_response)
            self.get_response = lambda request: (used.append(replicas.server()), get_response(request))[1]

    client = Client(headers=headers or None)
    client.handler = type(client.handler)(enforce_csrf_checks=False)
    from_replicas_class, from_replicas.FromReplicas = from_replicas.FromReplicas, Noting
    try:
        client.handler.load_middleware()
        answer = client.get(path)
        body = answer.getvalue() if answer.streaming else answer.content
    finally:
        from_replicas.FromReplicas = from_replicas_class
    answer.content_read = body.decode()
    assert replicas.server() == replicas.PRIMARY
    return used[-1], answer


def test_public_pages_are_read_from_the_replica(server: Replica, asked: Asked) -> None:
    published("Strike on a clinic", words="clinic")
    read_article("Clinic", "A clinic was hit.")
    server.catch_up()

    for path in ("/", "/ar/incidents/?q=clinic", "/incidents.csv", "/articles.jsonl", "/api/incidents/", "/map/"):
        name, answer = served(path)
        assert (name, answer.status_code) == (asked.watch.names[0], 200), path
    assert "clinic" in served("/incidents.csv")[1].content_read


def test_what_is_read_is_that_of_the_replica(server: Replica, asked: Asked) -> None:
    """Rows, columns in memory and files alike: nothing on a page comes from another server."""
    server.catch_up()
    server.pause()
    try:
        code = published("Strike on a clinic", words="clinic").incident.code
        for path in ("/incidents/?q=clinic", "/incidents.csv", "/"):
            assert code not in served(path)[1].content_read, path
    finally:
        server.go_on()
    server.catch_up()
    assert code in served("/incidents/?q=clinic")[1].content_read


def test_replica_that_lags_is_left_out_and_comes_back(
    server: Replica, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked.watch.standing, "lag", 1.0)
    server.pause()
    try:
        wait_until(lambda: not asked.is_fit())
        code = published("Strike on a clinic", words="clinic").incident.code
        name, answer = served("/incidents/?q=clinic")
        assert name == replicas.PRIMARY
        assert code in answer.content_read
    finally:
        server.go_on()
    wait_until(asked.is_fit)
    assert served("/")[0] == asked.watch.names[0]


def test_embargo_is_not_passed_by_through_a_replica_that_lags(
    server: Replica, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = read_article("Clinic", "A clinic was hit.")
    path = f"/articles/{article.public_id}/"
    server.catch_up()
    assert served(path)[1].status_code == 200
    monkeypatch.setattr(asked.watch.standing, "lag", 1.0)
    server.pause()
    try:
        Article.objects.filter(pk=article.pk).update(visibility="withheld", visibility_reason="Asked for.")
        wait_until(lambda: not asked.is_fit(), seconds=5)
        assert served(path)[1].status_code != 200
    finally:
        server.go_on()


def test_idle_primary_makes_no_replica_old(server: Replica, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes for longer than the bound: a beat is written as soon as it is wanted."""
    monkeypatch.setattr(asked.watch.standing, "lag", 2.0)
    for _ in range(9):
        time.sleep(0.5)
        wait_until(asked.is_fit, seconds=2)


def test_page_is_made_by_the_primary_where_the_replica_dies(server: Replica, asked: Asked) -> None:
    code = published("Strike on a clinic", words="clinic").incident.code
    server.catch_up()
    assert served("/incidents/?q=clinic")[0] == asked.watch.names[0]
    server.kill()
    try:
        name, answer = served("/incidents/?q=clinic")
        assert (name, answer.status_code) == (replicas.PRIMARY, 200)
        assert code in answer.content_read
        assert asked.watch.chosen() is None  # nobody else tries it
    finally:
        server.start()
    wait_until(asked.is_fit)
    assert served("/")[0] == asked.watch.names[0]


def test_what_cannot_be_written_on_a_replica_is_written_on_the_primary(asked: Asked, rf: RequestFactory) -> None:
    """A page that writes although it is only read: the replica refuses, the primary does it."""
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        from archive.web.faults import Away  # noqa: PLC0415

        seen.append(replicas.server())
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO archive_change (\"table\", stamp, before) VALUES ('nothing', 1, 0)")
        except Exception as error:
            return Away(page).process_exception(request, error) or HttpResponse(status=500)
        return HttpResponse("written")

    answer = FromReplicas(page)(rf.get("/"))

    assert answer.content == b"written"
    assert seen == [asked.watch.names[0], replicas.PRIMARY]


def test_connection_that_is_left_in_a_transaction_is_not_used_again(asked: Asked) -> None:
    from django.db import transaction  # noqa: PLC0415

    name = asked.watch.names[0]
    replicas.begin_reading(name)
    block = transaction.atomic()
    block.__enter__()
    connection.ensure_connection()
    replicas.end_reading()  # a body that nobody has read to its end

    with replicas.reading_from(name), connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        assert cursor.fetchone() == (True,)
        assert not connection.in_atomic_block
    assert replicas.server() == replicas.PRIMARY


def test_columns_of_two_servers_that_are_apart_are_not_read_anew(
    server: Replica, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that answers editors from the primary and readers from a replica follows both."""
    row, place = ArticleRowFactory(place_ids=[]), PlaceFactory()
    server.catch_up()
    name = asked.watch.names[0]
    on_primary = STORE.current()
    with replicas.reading_from(name):
        assert STORE.current() is on_primary  # the same stamp, so nothing is read
    monkeypatch.setattr(STORE, "load", None)
    server.pause()
    try:
        for _ in range(3):
            ArticleRow.objects.filter(pk=row.pk).update(place_ids=[place.pk])
            assert counted(place.pk) == 1
            with replicas.reading_from(name):
                assert counted(place.pk) == 0
    finally:
        server.go_on()
    server.catch_up()
    with replicas.reading_from(name):
        assert counted(place.pk) == 1


def counted(place: int) -> int:
    columns = STORE.current()
    return columns.dimensions["place_ids"].counts(columns.every).get(place, 0)


def test_found_sets_are_left_alone_on_a_replica(
    server: Replica, asked: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Their table is not there: nobody asks for it, and nothing is complained of."""
    monkeypatch.setattr(found_sets, "SLOW", 0.0)
    read_article("Clinic", "A clinic was hit.")
    server.catch_up()

    monkeypatch.setattr(STORE, "states", {})
    name, answer = served("/articles/?q=clinic")

    assert (name, answer.status_code) == (asked.watch.names[0], 200)
    assert not FoundSet.objects.exists()
    assert not re.search("not shared", caplog.text)
    monkeypatch.setattr(STORE, "states", {})
    served("/articles/?q=clinic", cookie="wrote=1")
    assert FoundSet.objects.exists()


@pytest.mark.parametrize(
    ("method", "path", "cookie", "is_read"),
    [
        ("GET", "/incidents/", "", True),
        ("HEAD", "/ar/incidents/", "", True),
        ("GET", "/corrections/", "", True),
        ("GET", "/incidents/", "wrote=1", False),
        ("POST", "/corrections/report/", "", False),
        ("GET", "/corrections/report/", "", False),
        ("GET", "/ar/corrections/ABC123/", "", False),
        ("GET", "/alerts/confirm/word/", "", False),
        ("GET", "/admin/", "", False),
        ("GET", "/admin/desk/1/", "", False),
    ],
)
def test_who_writes_reads_from_the_primary(
    rf: RequestFactory, method: str, path: str, cookie: str, is_read: bool
) -> None:
    request = rf.generic(method, path, headers={"cookie": cookie} if cookie else None)

    assert may_be_behind(request) is is_read


def test_editor_who_has_saved_sees_it_on_public_pages(asked: Asked, client: Client) -> None:
    client.post("/admin/login/", {"username": "nobody", "password": "wrong"})

    cookie = client.cookies["wrote"]
    assert (cookie["path"], cookie["httponly"]) == ("/", True)
    assert "wrote" not in Client().get("/").cookies


def test_readers_are_ready_to_be_served_while_the_primary_is_away(
    asked: Asked, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["warnings"]["database"] == "does not answer"
    asked.watch.standing.replica_failed(asked.watch.names[0])
    monkeypatch.setattr(replicas, "wait_until_known", lambda seconds: None)
    assert client.get("/readyz").status_code == 503


def test_primary_that_is_silent_is_not_waited_for(
    asked: Asked, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load balancer waits for two seconds; a machine that has lost its power answers nothing for longer."""
    monkeypatch.setattr(connection, "ensure_connection", None)  # is not even tried
    asked.watch.standing.primary_failed()
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["warnings"]["database"]) == (200, "does not answer")


def test_server_that_leads_is_no_replica_that_is_missed(asked: Asked, client: Client) -> None:
    """All servers of a cluster are named: after a fail-over another one leads."""
    name = asked.watch.names[0]
    asked.watch.ask_replica("the leader", asked.wrappers[replicas.PRIMARY])
    asked.watch.names.append("the leader")

    assert set(replicas.ages()) == {name}
    assert "replicas" not in client.get("/readyz").json()["warnings"]
    assert asked.watch.chosen() == name


def test_settings_name_each_replica_once() -> None:
    with pytest.raises(Exception, match="REPLICA_URLS names a server twice"):
        database.replicas(["postgresql://a@one/x", "postgresql://b@one:5432/x"])
    with pytest.raises(Exception, match="REPLICA_URLS must begin with postgresql"):
        database.replicas(["mysql://a@one/x"])
