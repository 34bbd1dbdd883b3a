"""What a server process reads before its first reader comes."""

import pytest
from django.db import OperationalError

from archive import warming
from archive.articles.article_columns import STORE
from tests.factories.archive import ArticleFactory


@pytest.fixture
def _open_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_open_connections")
def test_first_page_finds_its_columns_read(monkeypatch: pytest.MonkeyPatch) -> None:
    ArticleFactory()
    monkeypatch.setattr(STORE, "columns", None)

    warming.warm_up()

    assert STORE.columns is not None
    assert STORE.columns is STORE.current()


@pytest.mark.usefixtures("_open_connections")
def test_database_that_does_not_answer_is_told_and_borne(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(warming, "_tasks", [refuse])

    warming.warm_up()

    assert "connection refused" in caplog.text
