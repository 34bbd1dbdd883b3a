"""What all tests share: a real PostgreSQL, no network, and a flush that may empty the append-only tables."""

import os
import pathlib
import time
from collections.abc import Iterator

import pytest
import pytest_django
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import override_settings
from hypothesis import HealthCheck, settings

from archive.depot.configuration import configuration
from archive.postgresql.base import as_owner
from tests import kept_rows, template_database
from tests.factories import serving
from tests.kept_rows import make_once

__all__ = ["make_once"]

# How fast an example runs says how busy the machine is, and nothing of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SHARED = pathlib.Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    kept_rows.order(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    kept_rows.undo_before(item)


skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With FAIL_ON_SKIP, as in `.ci/run`, a skip means that a browser or the real input is missing: that fails."""
    if os.environ.get("FAIL_ON_SKIP") and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("FAIL_ON_SKIP") and skipped:
        terminalreporter.section("skipped, which FAIL_ON_SKIP forbids")
        for test in skipped:
            terminalreporter.write_line(test)


EMPTY_ALL = """
DO $$
DECLARE name regclass; has_rows boolean; emptied regclass[] = '{}';
BEGIN
    SET CONSTRAINTS ALL DEFERRED;
    FOR name IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'django_migrations'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', name);
            EXECUTE format('DELETE FROM %s', name);
            emptied = emptied || name;
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH name IN ARRAY emptied LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', name);
    END LOOP;
END $$
"""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Copy the migrated database. Between transactional tests the owner's role empties the tables: ours may not."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_database.ensure(connection)
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        with as_owner(self.connection.alias) as owner, transaction.atomic(), owner.cursor() as cursor:
            cursor.execute(EMPTY_ALL)

    DatabaseOperations.execute_sql_flush = execute_sql_flush
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_quickly() -> Iterator[None]:
    """A third of a second a person is what a thief should pay, not a test; no test is of the hashes."""
    with override_settings(PASSWORD_HASHERS=["tests.factories.people.QuickHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _captures_lie_in_a_folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Large ones, of processes that tests start as well."""
    folder = tmp_path_factory.mktemp("captures")
    os.environ["CAPTURES_DIR"] = str(folder)
    entry = configuration({"CAPTURES_DIR": str(folder)}, folder=folder)
    with override_settings(STORAGES={**django_settings.STORAGES, "captures": entry}):
        yield


@pytest.fixture(autouse=True)
def _labels_outlive_the_test() -> None:
    """Names that lists keep for a minute are read anew before a test or not at all: never while queries are counted."""
    from archive.lists import labels  # noqa: PLC0415 (models, before Django is set up)
    from incidents.lists import incident_columns  # noqa: PLC0415
    from incidents.maps import orientation  # noqa: PLC0415

    for known in (
        labels.PLACES,
        labels.SOURCES,
        incident_columns.ACTORS,
        incident_columns.FACILITY_TYPES,
        incident_columns.WEAPONS,
    ):
        if known.until < time.monotonic() + labels.KEPT / 2:
            known.until = 0.0
    orientation.PLACES_NAMED.until = 0.0  # asked for by code, which places of other tests bear too


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of real input beside the repository; a test that reads it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: this test reads the real input from it")
    return SHARED


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker) -> pathlib.Path:
    """The static files as an installation serves them."""
    root = tmp_path_factory.mktemp("static")
    with django_db_blocker.unblock():
        serving.collect_static(root)
    return root
