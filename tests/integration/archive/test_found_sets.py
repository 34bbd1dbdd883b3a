"""What one process has found, another takes: by stores of their own on connections of their own."""

import json
import re
import subprocess
import sys

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from archive.articles.article_columns import STORE
from archive.lists import found_sets
from archive.lists.columns import Columns
from archive.lists.found_sets import Sharing
from archive.lists.integers import places_of
from archive.lists.stores import ColumnStore
from archive.models import ArticleRow, FoundSet
from tests.factories.archive import ArticleRowFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _everything_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_sets, "SLOW", 0.0)
    monkeypatch.setattr(Sharing, "paused_until", 0.0)


def process() -> ColumnStore:
    """The columns as another process has them."""
    return ColumnStore(ArticleRow, numbers=STORE.table.numbers, arrays=STORE.table.arrays)


def arabic() -> models.QuerySet:
    return ArticleRow.objects.filter(language="ar")


def keys(columns: Columns) -> list[int]:
    return sorted(columns.ids[places_of(columns.rows(arabic()))].tolist())


def article(language: str) -> ArticleRow:
    row = ArticleRowFactory()
    change(row, language)
    return row


def change(row: ArticleRow, language: str) -> None:
    """Change the article: its row follows."""
    row.article.language = language
    row.article.save()
    row.article.row.refresh_from_db()


def test_second_process_takes_what_the_first_has_found() -> None:
    row, _other = article("ar"), article("en")
    assert keys(process().current()) == [row.pk]
    second = process().current()
    FoundSet.objects.update(rows=found_sets.packed_rows([row.pk, 10**9]))  # to tell it from what a query finds

    assert FoundSet.objects.count() == 1
    with CaptureQueriesContext(connection) as asked:
        assert keys(second) == [row.pk]
    assert len(asked) == 1
    FoundSet.objects.update(rows=found_sets.packed_rows([]))
    assert keys(process().current()) == []


def test_process_of_its_own_takes_what_was_found() -> None:
    row = article("ar")
    assert keys(process().current()) == [row.pk]
    FoundSet.objects.update(rows=found_sets.packed_rows([]))
    code = """
import json, sys, django
from django.conf import settings
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from archive.articles.article_columns import STORE
from archive.models import ArticleRow
print(json.dumps(len(STORE.current().rows(ArticleRow.objects.filter(language="ar")))))
"""
    name = connection.settings_dict["NAME"]
    done = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == 0


def test_set_of_an_older_state_is_asked_only_for_what_changed() -> None:
    row, other, third = article("ar"), article("en"), article("ar")
    first = process()
    assert keys(first.current()) == [row.pk, third.pk]

    change(row, "en")
    change(other, "ar")
    newest = article("ar")
    later = process().current()
    with CaptureQueriesContext(connection) as asked:
        assert keys(later) == sorted([other.pk, third.pk, newest.pk])
    asked_for = re.search(r" IN \(([\d, ]+)\)", asked.captured_queries[-1]["sql"])
    assert {int(pk) for pk in asked_for[1].split(", ")} == {row.pk, other.pk, newest.pk}


def test_set_of_a_later_state_is_not_taken() -> None:
    row = article("ar")
    first, second = process(), process()
    before = first.current()
    newer = article("ar")
    assert keys(second.current()) == [row.pk, newer.pk]
    FoundSet.objects.update(rows=found_sets.packed_rows([]))

    assert keys(before) == [row.pk]


def test_set_that_no_chain_leads_on_from_is_not_taken() -> None:
    row = article("ar")
    process().current().rows(arabic())
    FoundSet.objects.update(stamp=1, rows=found_sets.packed_rows([]))

    assert keys(process().current()) == [row.pk]


def test_nothing_is_shared_within_a_transaction() -> None:
    row = article("ar")
    with transaction.atomic():
        change(row, "en")
        assert keys(process().current()) == []
        transaction.set_rollback(True)

    assert not FoundSet.objects.exists()
    assert keys(process().current()) == [row.pk]


def test_transaction_goes_on_where_the_table_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    row = article("ar")
    monkeypatch.setattr(found_sets, "KNOWN", found_sets.KNOWN.replace("archive_foundset", "archive_not_there"))

    with transaction.atomic():
        assert keys(process().current()) == [row.pk]


def test_quick_answers_are_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_sets, "SLOW", 30.0)
    row = article("ar")

    assert keys(process().current()) == [row.pk]
    assert not FoundSet.objects.exists()


def test_oldest_sets_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_sets, "KEPT", 2)
    columns = process().current()
    article("ar")
    columns = process().current()
    for language in ("ar", "en", "fr"):
        columns.rows(ArticleRow.objects.filter(language=language))

    assert FoundSet.objects.count() == 2


@pytest.mark.parametrize("sql", [found_sets.KNOWN, found_sets.SHARE])
def test_table_that_cannot_be_used_is_told_and_borne(caplog, monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    """As on a replica, where unlogged tables cannot be read and nothing can be written."""
    row = article("ar")
    name = "KNOWN" if sql == found_sets.KNOWN else "SHARE"
    monkeypatch.setattr(found_sets, name, sql.replace("archive_foundset", "archive_not_there"))

    assert keys(process().current()) == [row.pk]
    assert "not shared" in caplog.text
    assert not Sharing.is_on()
    with CaptureQueriesContext(connection) as asked:
        assert keys(process().current()) == [row.pk]
    assert not any("archive_foundset" in query["sql"] for query in asked)
