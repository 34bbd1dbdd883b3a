"""While the database is away, or clients dribble: clear answers, in time, and all well afterwards."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.factories import databases, serving
from tests.factories.listed import published, read_article
from tests.factories.ports import free_port
from tests.factories.routes import PARAMETER, public_routes

pytestmark = pytest.mark.django_db(transaction=True)
HALVES = (
    b"GET /incidents/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400\r\n\r\nusername=",
    b"GET /incid",
    b"",
)


class Cable:
    """The way to the database of the test, which can be cut: nobody answers there then, and what is open is ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = Path(connection.connection.info.host)

    @property
    def url(self) -> str:
        return databases.environment()["DATABASE_URL"].replace(
            "host=" + str(self.socket).replace("/", "%2F"), "host=" + str(self.folder).replace("/", "%2F")
        )

    def plug_in(self) -> None:
        self.folder.symlink_to(self.socket)

    def cut(self) -> None:
        self.folder.unlink()
        with psycopg.connect(databases.environment()["DATABASE_URL"], autocommit=True) as own:
            own.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)",
                [connection.connection.info.backend_pid],
            )


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    connection.ensure_connection()
    cable = Cable(tmp_path / "cable")
    cable.plug_in()
    yield cable
    cable.folder.unlink(missing_ok=True)


def test_readers_are_told_while_the_database_is_away_and_served_when_it_is_back(
    cable: Cable, static_root: Path
) -> None:
    published("Strike on a clinic", words="clinic")
    addresses = (
        "/",
        "/ar/",
        "/incidents/?q=clinic",
        "/incidents.csv",
        "/api/incidents/",
        "/incidents.atom",
        "/readyz",
    )
    with serving.serving(static_root, "--workers", "1", DATABASE_URL=cable.url) as server:
        before = {address: server.ask(address).text for address in addresses}
        for _ in range(2):
            cable.cut()
            for address in addresses:
                answer = server.ask(address, timeout=15)
                assert answer.status == 503, address
                assert int(answer.headers["Retry-After"]) > 0
                assert "no-store" in answer.headers["Cache-Control"]
            assert "لا تستجيب" in server.ask("/ar/incidents/").text
            assert "error" in server.ask("/api/incidents/").text
            assert server.ask("/incidents.csv").headers["Content-Type"].startswith("text/plain")
            cable.plug_in()
            assert {address: server.ask(address).status for address in addresses} == dict.fromkeys(addresses, 200)
        assert server.ask("/incidents.csv").text == before["/incidents.csv"]


def test_a_port_that_nobody_listens_on_is_a_database_that_is_away(static_root: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    with serving.serving(static_root, "--workers", "1", DATABASE_URL=url) as server:
        for address in ("/readyz", "/", "/articles.jsonl"):
            assert server.ask(address).status == 503


def test_a_connection_that_is_lost_in_the_middle_is_503_and_no_other_answer() -> None:
    """The database ends the connection before the first query of a page, before the second, and so on to the last."""
    published("Strike on a clinic", words="clinic")
    read_article("Clinic", "A clinic was hit.")
    client = Client(raise_request_exception=False)
    for address in (
        "/incidents/?q=clinic",
        "/articles/?q=clinic",
        "/",
        "/api/articles/",
        "/sitemap.xml",
        "/sitemap-incidents-0.xml",
        "/admin/login/",
    ):
        at, status = 0, 503
        while status == 503:
            loses = Loses(at)
            with connection.execute_wrapper(loses):
                status = client.get(address).status_code
            connection.close()
            assert status == (503 if loses.asked > at else 200), (address, at)
            assert client.get(address).status_code == 200
            at += 1
        assert at > (2 if address.endswith(("clinic", "/articles/")) or address == "/" else 1)


class Loses:
    """Lets the database end the connection before the nth query."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.asked = 0

    def __call__(self, execute, sql, params, many, context):
        if self.asked == self.at:
            with psycopg.connect(databases.environment()["DATABASE_URL"], autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        self.asked += 1
        return execute(sql, params, many, context)


def test_every_public_address_says_that_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answers 503, or needs no database at all: `docs/running.md` names those. None breaks, or gives half."""
    read_article("Clinic", "A clinic was hit.")
    routes = [PARAMETER.sub("1", route) for route in public_routes()]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(free_port()))
    client = Client(raise_request_exception=False)

    asked = {  # without these they have nothing to look up
        "/places.json": "?q=Kafr",
        "/oembed": f"?url={settings.SITE_URL}/incidents/b5qwr7/",
    }
    found = {
        route: client.get(route + asked.get(route, ""))
        for route in [*routes, "/admin/login/", "/sitemap-incidents-0.xml"]
    }
    page = (Path(settings.BASE_DIR) / "docs" / "running.md").read_text(encoding="utf-8")
    named = re.search(r"every address answers 503 .*? needs no\s+database: (.*?)\.\s", page, re.DOTALL)[1]

    monkeypatch.undo()
    others = {route: answer.status_code for route, answer in found.items() if answer.status_code not in (200, 404, 503)}
    assert others == {}
    for route, answer in found.items():
        if answer.status_code == 503:
            assert answer.headers["Retry-After"], route
            assert "no-store" in answer.headers["Cache-Control"], route
    assert {route for route, answer in found.items() if answer.status_code == 200} == set(re.findall(r"`(.+?)`", named))


def test_half_sent_requests_do_not_stop_the_site(static_root: Path) -> None:
    with serving.serving(static_root, "--workers", "1") as server, ExitStack() as stack:
        held = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _ in range(32)]
        for index, one in enumerate(held):
            one.sendall(HALVES[index % len(HALVES)])
        for _ in range(5):
            for address in ("/healthz", "/"):
                assert server.ask(address, timeout=8).status == 200
            for one in held:
                one.sendall(b"x")  # a byte now and then
        finished = held[0]
        finished.sendall(b"\r\nConnection: close\r\n\r\n")
        finished.settimeout(20)
        assert finished.recv(12) == b"HTTP/1.1 200"  # slow, and not forgotten


def test_a_dribbling_client_is_dropped(static_root: Path) -> None:
    with serving.serving(static_root, "--workers", "1") as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as one:
            one.sendall(HALVES[0])
            with suppress(ConnectionResetError):
                assert one.recv(1) == b""
        assert server.ask("/healthz").status == 200


@pytest.mark.parametrize("path", ["/incidents/?q=", "/ar/incidents/?q=", "/api/incidents/?q="])
def test_an_address_that_is_too_long_gets_an_answer_of_the_site(client: Client, path: str) -> None:
    assert client.get(path + "clinic+" * 140).status_code == 200

    answer = client.get(path + "word+" * 1_450)

    assert answer.status_code == 414
    assert re.search(r"7[,٬]?000|٧٬?٠٠٠", answer.content.decode())
