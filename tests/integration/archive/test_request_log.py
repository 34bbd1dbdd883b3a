"""The log: one line a request, which belongs together by its id, and says nothing of who asks."""

import logging
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from archive import logs
from archive.access.proxies import Proxies
from tests.factories.archive import PASSWORD, UserFactory
from tests.factories.listed import published

pytestmark = pytest.mark.django_db
ADDRESS, NAME, WORDS, COOKIE = "198.51.100.77", "samira-haddad", "kafranbel", "c00kie"
HEADERS = {
    "X-Forwarded-For": ADDRESS,
    "User-Agent": f"browser of {NAME}",
    "Cookie": f"x={COOKIE}",
    "Referer": f"/?q={WORDS}",
}


@pytest.fixture(autouse=True)
def behind_a_proxy(settings) -> None:
    settings.TRUSTED_PROXIES = Proxies.read(["127.0.0.1"])


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that the site would write, with everything switched on that an administrator may switch on."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Line())
    loggers = {logging.getLogger(): logging.INFO, logging.getLogger("archive.requests"): logging.INFO}
    before = {logger: logger.level for logger in loggers}
    for logger, level in loggers.items():
        logger.setLevel(level)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    for logger, level in before.items():
        logger.setLevel(level)


def fields(line: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)', line))


def test_a_line_says_what_was_asked_and_how_it_went(log: StringIO, client: Client) -> None:
    answer = client.get("/incidents/?q=clinic")

    (line,) = log.getvalue().splitlines()
    told = fields(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told["time"])
    assert (told["method"], told["path"], told["status"]) == ("GET", "/incidents/", "200")
    assert int(told["bytes"]) == len(answer.content)
    assert int(told["ms"]) >= 0
    assert told["request"] == answer.headers["X-Request-ID"]


def test_what_is_sent_in_pieces_is_counted(log: StringIO, client: Client) -> None:
    published("Strike on a clinic", words="clinic")

    answer = client.get("/incidents.csv")
    sent = len(b"".join(answer.streaming_content)) if answer.streaming else len(answer.content)
    answer.close()

    assert fields(log.getvalue().splitlines()[-1])["bytes"] == str(sent)


@pytest.mark.parametrize(
    ("given", "trusted", "is_taken"),
    [
        ("7f3a9c21-0b5e", "127.0.0.1", True),
        ("7f3a9c21-0b5e", "10.0.0.1", False),
        ("short", "127.0.0.1", False),
        ("a b c d e f g h", "127.0.0.1", False),
        ("x" * 65, "127.0.0.1", False),
    ],
)
def test_an_id_is_taken_from_the_web_server_in_front(
    client: Client, settings, given: str, trusted: str, is_taken: bool
) -> None:
    settings.TRUSTED_PROXIES = Proxies.read([trusted])

    found = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]

    assert (found == given) is is_taken
    assert len(found) >= 8


def test_nothing_says_who_asks_or_for_what(log: StringIO) -> None:
    UserFactory(username=NAME, is_staff=True)
    client = Client(headers=HEADERS, raise_request_exception=False)
    paths = (
        f"/?q={WORDS}",
        f"/incidents/?q={WORDS}&town={WORDS}",
        f"/ar/articles/?q={WORDS}",
        f"/incidents.csv?q={WORDS}&from={WORDS}",
        f"/no/such/{WORDS}/{NAME}",
        f"/alerts/confirm/{WORDS}/",
        f"/timegate/https://{WORDS}.example/{NAME}",
        f"/incidents/?q={WORDS * 1_000}",
        f"/static/{WORDS}",
        f"//{WORDS}",
        f"/readyz?{WORDS}",
    )
    for path in paths:
        client.get(path)
    client.post("/admin/login/", {"username": NAME, "password": PASSWORD})
    client.post("/admin/login/", {"username": NAME, "password": "wrong"})
    client.get("/", headers={"host": f"{NAME}.example"})
    Client(headers=HEADERS, enforce_csrf_checks=True).post(f"/admin/login/?next=/{NAME}", {"username": NAME})
    client.delete(f"/{NAME}")

    found = log.getvalue()

    assert len([line for line in found.splitlines() if "logger=archive.requests" in line]) == len(paths) + 5
    for secret in (ADDRESS, NAME, WORDS, COOKIE, PASSWORD):
        assert secret not in found, [line for line in found.splitlines() if secret in line]


def test_an_error_carries_the_request(log: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("broken\nin two lines")

    monkeypatch.setattr("archive.views.discovery.HttpResponse", fail)

    answer = Client(raise_request_exception=False).get(f"/robots.txt?q={WORDS}")

    lines = log.getvalue().splitlines()
    assert answer.status_code == 500
    assert [fields(line)["request"] for line in lines] == [answer.headers["X-Request-ID"]] * 2
    assert "RuntimeError: broken\\nin two lines" in lines[0]
    assert WORDS not in lines[0]


def test_what_happens_outside_a_request_has_none(log: StringIO, client: Client) -> None:
    client.get("/healthz")
    logging.getLogger("archive.test").warning("Outside.")

    assert "request" not in fields(log.getvalue().splitlines()[-1])
