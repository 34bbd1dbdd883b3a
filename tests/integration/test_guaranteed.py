"""`docs/guarantees.md` says what the database refuses; every statement there is run as the role of the site."""

import copy
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Field
from django.utils import timezone

from archive.models import Article
from archive.rights import declared
from incidents import curation
from incidents.models import Edition, Incident
from tests.factories import reviewed
from tests.factories.archive import (
    AlertFactory,
    ArticleFactory,
    ArticleKeyFactory,
    PassageFactory,
    ReportedErrorFactory,
    SourceFactory,
)
from tests.factories.incidents import FacilityFactory, IncidentIdentifierFactory, IncidentLinkFactory
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

PAGE = Path(settings.BASE_DIR) / "docs" / "guarantees.md"
SECTION = re.compile(r"^### (?P<sentence>[^\n]+)$(?P<rest>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```sql\n(.*?)^```", re.MULTILINE | re.DOTALL)
STATEMENT = re.compile(
    r"^-- refused by (right|constraint|trigger)(?: (\w+))?: (.+)\n((?:(?!-- refused by ).*\n)+)", re.MULTILINE
)
# What a trigger says of itself: it restricts, checks, or stands in the place of a foreign key.
STATES = {"right": {"42501"}, "constraint": {"23514", "23505"}, "trigger": {"23001", "23514", "23503"}}


class Refusal(NamedTuple):
    sentence: str
    kind: str
    trigger: str
    answer: str
    sql: str


def refusals() -> list[Refusal]:
    return [
        Refusal(section["sentence"], *found)
        for section in SECTION.finditer(PAGE.read_text(encoding="utf-8"))
        for block in BLOCK.findall(section["rest"])
        for found in STATEMENT.findall(block)
    ]


def run(sql: str) -> None:
    """Run SQL as if it were a transaction of its own: what is checked when that ends is checked too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def make_archive() -> Edition:
    """A published incident with a passage of a report, a draft, and what stands beside them."""
    editor = person("Editor")
    passage = PassageFactory(
        text_version__article=ArticleFactory(source=SourceFactory(), url="https://reports.example/1")
    )
    ArticleKeyFactory(article=passage.text_version.article, value="https://reports.example/1")
    ArticleKeyFactory(article=passage.text_version.article, scheme="reference", value="0" * 64)
    published = publishable(editor)
    curation.make_claim(
        incident=published, by=editor, aspect="killed", count_low=2, group="people", passage=passage, judgement=""
    )
    IncidentIdentifierFactory(incident=published)
    AlertFactory()
    ReportedErrorFactory()
    warnings = {warning.key: "It is as the council told." for warning in curation.warnings(published)}
    edition = reviewed.publish(published, note="First edition.", kept=warnings)
    draft = publishable(editor)
    IncidentLinkFactory(one=published, other=draft)
    over = {"ended_at": timezone.now(), "end_reason": "They are of other years."}
    IncidentLinkFactory(one=published, other=draft, kind="repeat_attack", **over)
    FacilityFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return edition


@pytest.fixture(scope="module")
def kept_archive(make_once: MakeOnce) -> Edition:
    return make_once(make_archive)


@pytest.fixture
def archive(kept_archive: Edition) -> Edition:
    return copy.deepcopy(kept_archive)


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: f"{refusal.sentence}: {refusal.sql[:40]}")
def test_refused(refusal: Refusal, archive: Edition) -> None:
    with pytest.raises(DatabaseError, match=re.escape(refusal.answer)) as refused:
        run(refusal.sql)

    said = refused.value.__cause__.diag
    assert said.sqlstate in STATES[refusal.kind]
    if refusal.kind == "constraint":
        assert said.constraint_name == refusal.answer
    if refusal.kind == "trigger":
        assert f"function pgtrigger_{refusal.trigger}_" in said.context


def test_every_sentence_has_a_statement_that_breaks_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = refusals()

    assert len(found) == page.count("-- refused") > 40
    assert {refusal.sentence for refusal in found} == set(re.findall(r"^### (.+)$", page, re.MULTILINE))


def chosen_from_a_list() -> list[Field]:
    models = [model for model in apps.get_models() if model._meta.app_label in ("archive", "incidents")]
    return [
        field
        for model in models
        if not hasattr(model, "pgh_tracked_model")
        for field in model._meta.local_concrete_fields
        if field.choices
    ]


@pytest.mark.parametrize("field", chosen_from_a_list(), ids=str)
def test_list_of_words_is_the_databases_too(field: Field) -> None:
    """A new field with ``choices`` needs a constraint that knows all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            [field.model._meta.db_table],
        )
        rules = [rule for (rule,) in cursor.fetchall()]
    words = [f"'{word}'" if isinstance(word, str) else str(word) for word, _ in field.flatchoices]

    assert any(
        re.search(rf'\b"?{field.column}"?\b', rule) and (all(word in rule for word in words) or is_range(rule, field))
        for rule in rules
    )


def is_range(rule: str, field: Field) -> bool:
    values = [value for value, _ in field.flatchoices]
    return all(isinstance(v, int) for v in values) and f">= {min(values)}" in rule and f"<= {max(values)}" in rule


def test_archive_of_the_tests_has_what_the_statements_need(archive: Edition) -> None:
    assert Incident.objects.filter(status="draft").count() == Incident.objects.filter(status="published").count() == 1
    assert archive.content["passages"]
    assert Article.objects.exists()


class Named(NamedTuple):
    """A row of the table at the end of the page."""

    table: str
    rights: set[str]
    constraints: set[str]
    triggers: set[str]


ROW = re.compile(r"^\| `(\w+)` \| ([A-Z, ]+) \| (.*?) \| (.*?) \|$", re.MULTILINE)
# PostgreSQL's names of what a column says of itself: positive, unique.
OF_A_COLUMN = r"_(check\d*|key|uniq)$|_[0-9a-f]{8}_(uniq|pk|fk_.*)$"


def named() -> list[Named]:
    return [
        Named(table, set(rights.split(", ")), set(re.findall(r"`(\w+)`", rules)), set(re.findall(r"`(\w+)`", triggers)))
        for table, rights, rules, triggers in ROW.findall(PAGE.read_text(encoding="utf-8"))
    ]


def names_of(sql: str) -> dict[str, set[str]]:
    found = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for table, name in cursor.fetchall():
            found[table].add(name)
    return found


def test_page_names_every_right_constraint_and_trigger() -> None:
    """What is new in the database stands in the table of the page, and what left it does not."""
    constraints = names_of(
        "SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
        f"WHERE k.contype IN ('c', 'u', 'x') AND k.conname !~ '{OF_A_COLUMN}' AND c.relname ~ '^(archive|incidents)_'"
    )
    for model in apps.get_models():
        constraints[model._meta.db_table] |= {constraint.name for constraint in model._meta.constraints}
    triggers = names_of(
        "SELECT c.relname, regexp_replace(t.tgname, '^pgtrigger_|_[0-9a-f]{5}$', '', 'g') "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
    )
    there = {
        (table, name)
        for table, rights in declared().items()
        for name in {*rights, *constraints[table], *triggers[table]}
    }
    told = {(row.table, name) for row in named() for name in row.rights | row.constraints | row.triggers}

    assert there - told == set()
    assert told - there == set()
    assert triggers.keys() <= declared().keys()


TAKEN = {
    "INSERT": "INSERT INTO {table} DEFAULT VALUES",
    "UPDATE": "UPDATE {table} SET {column} = {column}",
    "DELETE": "DELETE FROM {table}",
    "TRUNCATE": "TRUNCATE {table} CASCADE",
}


@pytest.mark.parametrize("row", named(), ids=lambda row: row.table)
def test_what_is_not_granted_is_refused(row: Named) -> None:
    with connection.cursor() as cursor:
        column = connection.introspection.get_table_description(cursor, row.table)[0].name
    for right in TAKEN.keys() - row.rights:
        with pytest.raises(DatabaseError, match=f"permission denied for table {row.table}") as refused:
            run(TAKEN[right].format(table=row.table, column=connection.ops.quote_name(column)))
        assert refused.value.__cause__.diag.sqlstate == "42501"
