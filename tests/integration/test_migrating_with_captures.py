"""A database that has captures goes through the migrations: the log begins, bytes get their sizes, and all is sound."""

import hashlib
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from archive.management.commands.migrate import fewer_collections
from archive.models import Capture, CustodyEvent
from archive.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE_THE_LOG = "0017_passages_found_again"
BEFORE, AFTER = "0020_fetch_requests", "0021_bytes_beside_the_database"
SCRATCH = "migrating_with_captures"
TEXTS = ("Shells fell on the old mill.", "سقطت قذائف على الطاحونة القديمة.", "x" * 70_000)


@pytest.fixture
def scratch() -> Iterator[DatabaseWrapper]:
    """An empty database in place of the test's own, as the owner of its tables."""
    ours = connections["default"]
    assert isinstance(ours, DatabaseWrapper)
    name = f"{ours.settings_dict['NAME']}_{SCRATCH}"[-63:]
    with ours._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    owner = ours.as_owner()
    owner.settings_dict["NAME"] = name
    connections["default"] = owner
    try:
        yield owner
    finally:
        connections["default"] = ours
        owner.close()
        with ours._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def migrate(connection: DatabaseWrapper, name: str | None = None) -> Any:
    """Go to a state of the archive, or to the newest of everything; return the models as they were then."""
    executor = MigrationExecutor(connection)
    targets = [("archive", name)] if name else executor.loader.graph.leaf_nodes()
    with fewer_collections():
        return executor.migrate(targets).apps


def fill(then: Any) -> dict[str, int]:
    """Reports as they were kept before there was a log or a size; two articles have the same bytes."""
    sizes = {}
    models = {name: then.get_model("archive", name) for name in ("Article", "CaptureBytes", "Capture", "TextVersion")}
    for number, text in enumerate((*TEXTS, TEXTS[0]), 1):
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        sizes[digest] = len(data)
        now = timezone.now()
        article = models["Article"].objects.create(
            public_id=f"demonst{number}", title=f"Report {number}", created_at=now, updated_at=now
        )
        if not models["CaptureBytes"].objects.filter(pk=digest).exists():
            models["CaptureBytes"].objects.create(sha256=digest, data=data)
        capture = models["Capture"].objects.create(
            article=article, bytes_id=digest, size=len(data), media_type="text/plain", method="import", tool="plain/1"
        )
        models["TextVersion"].objects.create(
            article=article, capture=capture, number=1, text=text, sha256=digest, length=len(text),
            normalisation="NFC+LF/1", extractor="plain/1",
        )  # fmt: skip
    return sizes


def kept(connection: DatabaseWrapper, columns: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sha256, {columns} FROM archive_capturebytes")
        return dict(cursor.fetchall())


def set_outside(connection: DatabaseWrapper, digest: str, data: bytes | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE archive_capturebytes DISABLE TRIGGER USER")
        cursor.execute("UPDATE archive_capturebytes SET data = %s WHERE sha256 = %s", [data, digest])
        cursor.execute("ALTER TABLE archive_capturebytes ENABLE TRIGGER USER")


def test_captures_of_before_come_through_both_ways(scratch: DatabaseWrapper) -> None:
    sizes = fill(migrate(scratch, BEFORE_THE_LOG))
    there = kept(scratch, "data")

    migrate(scratch, AFTER)
    assert kept(scratch, "size") == sizes
    assert kept(scratch, "data") == there
    [digest, *_] = sizes
    set_outside(scratch, digest, None)
    with pytest.raises(IntegrityError, match="null"):  # what lies beside the database is not lost by going back
        migrate(scratch, BEFORE)
    assert kept(scratch, "size") == sizes
    set_outside(scratch, digest, there[digest])

    migrate(scratch, BEFORE)
    assert kept(scratch, "data") == there
    with scratch.cursor() as cursor:
        columns = scratch.introspection.get_table_description(cursor, "archive_capturebytes")
    assert {column.name for column in columns} == {"sha256", "data"}
    migrate(scratch)

    assert kept(scratch, "size") == sizes
    assert CustodyEvent.objects.count() == 2 * Capture.objects.count() == 8
    out = StringIO()
    call_command("verify", "--all", stdout=out)
    assert "Looked at 4 captures, 4 texts, 8 log." in out.getvalue()
    assert "Nothing differs." in out.getvalue()
