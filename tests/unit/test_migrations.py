"""Migrations that a version was tagged with are never edited; newer ones lock no large table for long."""

from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel, Migration, RunSQL
from django.db.migrations.loader import MigrationLoader

from tests.migration_rules import faults

BASE = Path(settings.BASE_DIR)
LISTED = dict(
    reversed(line.split("  "))
    for line in (BASE / "tests" / "stored" / "migrations.sha256").read_text(encoding="utf-8").splitlines()
)
OURS = ("archive", "incidents")
INDEX = models.Index(fields=["title"], name="by_title")
CHECK = models.CheckConstraint(condition=~models.Q(title=""), name="has_title")


@pytest.mark.parametrize("path", sorted(LISTED))
def test_a_migration_stays_as_it_was_tagged(path: str) -> None:
    """An archive somewhere has run it: what is wrong in it is mended by another migration."""
    assert sha256((BASE / path).read_bytes()).hexdigest() == LISTED[path]


def test_the_list_has_no_gaps() -> None:
    """What is tagged comes before what is not."""
    for app in OURS:
        there = [f"{app}/migrations/{path.name}" for path in sorted((BASE / app / "migrations").glob("0*.py"))]
        tagged = [path for path in there if path in LISTED]
        assert tagged
        assert there[: len(tagged)] == tagged


def test_newer_migrations_lock_no_large_table_for_long() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    newer = {
        key: migration
        for key, migration in loader.disk_migrations.items()
        if key[0] in OURS and f"{key[0]}/migrations/{key[1]}.py" not in LISTED
    }
    assert {key: list(faults(migration)) for key, migration in newer.items()} == {key: [] for key in newer}


def migration(*operations: Any, **attributes: Any) -> Any:
    return SimpleNamespace(operations=list(operations), atomic=attributes.pop("atomic", True), **attributes)


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (AddIndex("article", INDEX), "AddIndexConcurrently"),
        (AddIndex("claimevent", INDEX), "AddIndexConcurrently"),
        (AddConstraint("edition", CHECK), "AddConstraintNotValid"),
        (AddConstraint("edition", models.UniqueConstraint(fields=["title"], name="once")), "unique index concurrently"),
        (AddField("mention", "title", models.TextField(db_index=True, default="")), "make it concurrently"),
        (AddField("claim", "other", models.ForeignKey("archive.Article", models.PROTECT)), "an index comes with it"),
        (AlterField("textversion", "title", models.CharField(max_length=9)), "may be rewritten"),
        (RunSQL("UPDATE archive_article SET title = title"), "locks_shortly"),
        (AddIndexConcurrently("article", INDEX), "atomic = False"),
    ],
)
def test_what_locks_for_long_is_named(operation: Any, told: str) -> None:
    (fault,) = faults(migration(operation))
    assert told in fault


@pytest.mark.parametrize(
    "allowed",
    [
        migration(AddIndexConcurrently("article", INDEX), atomic=False),
        migration(AddConstraintNotValid("edition", CHECK)),
        migration(AddField("article", "note", models.TextField(default=""))),
        migration(AddIndex("alert", INDEX)),
        migration(CreateModel("Claim", []), AddIndex("claim", INDEX)),
        migration(RunSQL("SELECT 1"), locks_shortly="It reads nothing."),
    ],
)
def test_what_locks_shortly_is_allowed(allowed: Migration) -> None:
    assert list(faults(allowed)) == []
