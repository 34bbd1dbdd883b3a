"""/healthz, /readyz and /metrics: what they say, to whom, and that they answer by address and under every fault."""

import shutil
from collections import namedtuple
from datetime import timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.access.proxies import Proxies
from archive.intake import fetch_requests
from archive.models import Backup
from archive.monitoring import metrics, migrated, tasks
from archive.monitoring.checks import checks
from tests.factories import databases
from tests.factories.ports import free_port

pytestmark = pytest.mark.django_db
READER = {"X-Forwarded-For": "192.0.2.7"}
MADE = {"size": 1, "sha256": "0" * 64, "custody_hash": "0" * 64, "custody_number": 0, "is_encrypted": False}


@pytest.fixture(autouse=True)
def behind_a_proxy(settings) -> None:
    settings.TRUSTED_PROXIES = Proxies.read(["127.0.0.1"])


def told(**headers: str) -> dict:
    return Client(headers=headers or None).get("/readyz").json()


def test_alive_asks_nothing_of_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_who_asks_by_address_is_answered(client: Client, path: str, settings) -> None:
    settings.ALLOWED_HOSTS = ["archive.example"]

    for host in ("10.0.0.5", "10.0.0.5:8000", "[2001:db8::1]:80", "whatever.example"):
        assert client.get(path, headers={"host": host}).status_code == 200
        assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_answers_are_never_kept_and_only_read(client: Client, path: str) -> None:
    answer = client.get(path)

    assert "no-store" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers
    assert not answer.cookies
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == answer.status_code


def test_what_is_not_done_every_day_is_a_warning_and_serves_on(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["warnings"].keys() == {"worker", "verify", "backup"}
    assert answer.json()["failing"] == {}
    strict = client.get("/readyz?strict=yes")
    assert strict.status_code == 503
    assert strict.headers["Retry-After"]


def test_all_holds_once_all_is_done(client: Client) -> None:
    call_command("verify", "--all", verbosity=0)
    now = timezone.now()
    Backup.objects.create(began_at=now, ended_at=now, **MADE)

    with psycopg.connect(databases.environment()["DATABASE_URL"], application_name=tasks.WORKER):
        answer = client.get("/readyz?strict=yes")

    assert answer.status_code == 200
    assert answer.json()["warnings"] == {}


def test_what_was_done_long_ago_is_too_old() -> None:
    then = timezone.now() - timedelta(days=3)
    Backup.objects.create(began_at=then, ended_at=then, **MADE)

    assert told()["warnings"]["backup"] == "is too old"
    assert told()["details"]["backup"] == "3 days ago"


def test_outsiders_learn_no_figure_and_no_name() -> None:
    assert "details" in told()
    assert "details" not in told(**READER)
    assert told(**READER)["warnings"] == told()["warnings"]


def test_who_says_to_be_a_monitor_is_none(settings) -> None:
    forged = {"X-Forwarded-For": "127.0.0.1, 192.0.2.7"}
    assert "details" not in told(**forged)
    settings.TRUSTED_PROXIES = Proxies.read([])
    assert "details" not in told(**READER)  # came through something that nobody named


def test_a_stamp_is_asked_for_where_an_authority_is_named(settings) -> None:
    assert "stamps" not in told()["warnings"]
    settings.TSA_URL = "https://stamps.example"
    assert told()["warnings"]["stamps"] == "was never made"


def test_a_task_that_nobody_does_is_noticed() -> None:
    fetch_requests.fetch_one.enqueue(1, 1)
    assert "tasks" in told()["holding"]
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))

    assert told()["warnings"]["tasks"] == "wait for too long"
    assert told()["details"]["tasks"] == "the oldest waits for 60 minutes"


def test_a_task_for_tomorrow_does_not_wait() -> None:
    fetch_requests.fetch_one.using(run_after=timezone.now() + timedelta(days=1)).enqueue(1, 1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))
    assert tasks.longest_wait() == timedelta()

    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(minutes=20))
    assert tasks.longest_wait() >= timedelta(minutes=20)


def test_a_migration_that_is_not_applied_serves_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    applied = MigrationRecorder.applied_migrations
    newest = max(name for app, name in migrated.of_code() if app == "axes")

    def without_one(self: MigrationRecorder) -> dict:
        return {key: row for key, row in applied(self).items() if key != ("axes", newest)}

    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", without_one)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["failing"] == {"migrations": "are not all applied"}
    assert answer.json()["details"]["migrations"] == f"axes.{newest}"


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(100 * 2**30, 99 * 2**30, 2**30))

    assert told()["warnings"]["disk"] == "is nearly full"
    assert told()["details"]["disk"].startswith("1.0 of 100.0 GiB free")


def test_a_database_that_is_away_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(free_port()))

    ours, theirs = Client().get("/readyz"), Client(headers=READER).get("/readyz")
    alive = Client().get("/healthz")
    monkeypatch.undo()

    assert (ours.status_code, theirs.status_code, alive.status_code) == (503, 503, 200)
    assert theirs.json()["failing"] == {"database": "does not answer"}
    assert ours.json()["details"]["database"]
    assert "details" not in theirs.json()


def test_every_check_says_how_to_mend_it(settings) -> None:
    settings.TSA_URL = "https://stamps.example"
    for one in checks():
        assert one.title[0].isupper(), one
        assert one.holds or (one.reason and one.mend), one


def test_a_check_asks_few_questions(client: Client, django_assert_max_num_queries) -> None:
    client.get("/readyz")  # reads the migrations of the code
    with django_assert_max_num_queries(10):
        client.get("/readyz")


def test_figures_are_off_unless_switched_on(client: Client) -> None:
    assert client.get("/metrics").status_code == 404


def test_figures_are_for_monitors(client: Client, settings) -> None:
    settings.METRICS = True
    metrics.instruments.cache_clear()
    client.get("/incidents/?q=clinic")

    text = client.get("/metrics").content.decode()

    assert 'archive_requests_total{address="incidents",method="GET",status="2xx"} 1.0' in text
    assert 'archive_check_holds{check="backup"} 0.0' in text
    assert "clinic" not in text
    assert client.get("/metrics", headers=READER).status_code == 404
