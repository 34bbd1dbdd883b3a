"""Random codes that clash: nothing is refused or lost, the new rows get others."""

import pytest

from archive import intake, passages
from archive.models import Article, Passage
from archive.unused_codes import give_unused_codes
from tests.factories.archive import ArticleFactory, PassageFactory, TextVersionFactory
from tests.factories.documents import record

pytestmark = pytest.mark.django_db


def offer(monkeypatch: pytest.MonkeyPatch, model: type, codes: list[str]) -> None:
    offered = iter(codes)
    monkeypatch.setattr(model._meta.get_field("public_id"), "_get_default", lambda: next(offered))


def test_codes_that_are_taken_or_repeated_are_replaced(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    taken = ArticleFactory().public_id
    rows = [Article(public_id=code) for code in ("bcd1", taken, "bcd2", "bcd1")]
    offer(monkeypatch, Article, [taken, "bcd3", "bcd4"])

    with django_assert_num_queries(3):
        give_unused_codes(rows)

    assert [row.public_id for row in rows] == ["bcd1", "bcd4", "bcd2", "bcd3"]


def test_codes_of_no_rows_ask_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        give_unused_codes([])


def test_passages_whose_code_is_taken_are_marked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = PassageFactory().public_id
    text = TextVersionFactory(text="One mill. Two mills.")
    offer(monkeypatch, Passage, [taken, "bcd1", "bcd2"])

    found = passages.mark_all([(text, 0, 9), (text, 10, 20)], by=None)

    assert [passage.exact for passage in found] == ["One mill.", "Two mills."]
    assert {passage.public_id for passage in found} == {"bcd1", "bcd2"}


def test_article_whose_code_is_taken_is_imported_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = ArticleFactory().public_id
    offer(monkeypatch, Article, [taken, "bcd1"])

    receipt = next(intake.receive_all([record()], by=None))

    assert receipt.article.public_id == "bcd1"
