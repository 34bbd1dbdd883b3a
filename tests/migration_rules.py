"""What a migration may do to tables that are large at a million articles: nothing that locks them for a second.

A lock that stops readers or editors (ACCESS EXCLUSIVE, SHARE) may be taken for a moment, never while PostgreSQL reads
or writes every row under it. docs/running.md says what was measured.
"""

from collections.abc import Iterator

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, RemoveIndexConcurrently
from django.db import models
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveIndex,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation

# Tables with a row or more for each report, copy, claim or edition; those of events grow with them.
LARGE = frozenset(
    [
        *("article", "articlekey", "articlerow", "capture", "capturebytes", "textversion", "textsketch", "nearcopy"),
        *("mention", "passage", "foundagain", "custodyevent", "change", "citation"),
        *("incident", "claim", "edition", "editorialevent", "publishedincident", "publishedrecord"),
    ]
)
CONCURRENT = (AddIndexConcurrently, RemoveIndexConcurrently)
EXPLAINED = "locks_shortly"  # attribute of a migration: why its SQL or Python locks no large table for a second


def is_large(name: str) -> bool:
    return name.lower() in LARGE or name.lower().endswith("event")


def faults(migration: Migration) -> Iterator[str]:
    """Yield what a migration does that locks a large table while every row is read or written."""
    made: set[str] = set()
    for operation in flat(migration.operations):
        if isinstance(operation, CreateModel):
            made.add(operation.name_lower)
        elif isinstance(operation, RunSQL | RunPython):
            if not getattr(migration, EXPLAINED, ""):
                yield f"{operation.describe()}: say in `{EXPLAINED}` of the migration why no large table is locked long"
        else:
            name = getattr(operation, "model_name", "")
            if is_large(name) and name.lower() not in made and (fault := fault_of(operation)):
                yield f"{operation.describe()}: {fault}"
    if migration.atomic and any(isinstance(one, CONCURRENT) for one in migration.operations):
        yield "an index that is made concurrently needs `atomic = False`"


def flat(operations: list[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def fault_of(operation: Operation) -> str:
    if isinstance(operation, AddIndex | RemoveIndex) and not isinstance(operation, CONCURRENT):
        return "use AddIndexConcurrently or RemoveIndexConcurrently, in a migration of its own with atomic = False"
    if isinstance(operation, AddConstraint) and not isinstance(operation, AddConstraintNotValid):
        if isinstance(operation.constraint, models.CheckConstraint):
            return "use AddConstraintNotValid, and ValidateConstraint in a later migration"
        return "make the unique index concurrently first"
    if isinstance(operation, AddField):
        return fault_of_column(operation.field)
    if isinstance(operation, AlterField):
        return "a column that is altered may be rewritten: add another beside it, let `remake` fill it"
    return ""


def fault_of_column(column: models.Field) -> str:
    if isinstance(column, models.GeneratedField):
        return "a stored column that is generated rewrites the table: let `remake` fill a plain one"
    if column.unique or column.db_index:
        return "an index comes with it: make it concurrently, later"
    if isinstance(column, models.ForeignKey) and column.db_constraint:
        return "a foreign key is compared with every row: db_constraint=False first"
    return ""
