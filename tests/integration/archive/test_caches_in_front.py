"""What caches in front are told of: everything that changes what readers see, whoever changes it."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.caches_in_front import state
from archive.models import Article, ArticleRow
from archive.postgresql.base import as_owner
from tests.factories.archive import ArticleFactory, SourceFactory
from tests.factories.listed import close, published, read_article
from tests.factories.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


def embargo(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(
        visibility="embargoed", visibility_reason="Asked for.", public_from="2999-01-01"
    )


def by_sql(article: Article) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE archive_articlerow SET place_ids = '{}' WHERE article_id = %s", [article.pk])


CHANGES: dict[str, Callable[[Article], object]] = {
    "an embargo": embargo,
    "a publication": lambda article: published(),
    "a withdrawal": lambda article: close(published().incident, "withdrawn", None),
    "a name of a source": lambda article: type(article.source).objects.filter(pk=article.source_id).update(name_en="N"),
    "rows, by the owner": by_sql,
    "a report": lambda article: read_article("Another", "Text."),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_changes_that_readers_may_see_are_noticed(change: Callable[[Article], object]) -> None:
    article = read_article("Clinic", "A clinic was hit.")
    before = state()
    assert state() == before

    change(article)

    assert state() != before


def test_words_that_are_withheld_are_noticed() -> None:
    from archive.models import WithheldWords  # noqa: PLC0415

    article = read_article("Clinic", "A clinic was hit.")
    before = state()
    ArticleRow.objects.get(pk=article.pk)
    WithheldWords.objects.create(article=article, words="clinic", kind="witness", reason="Asked for.")

    assert state() != before


def test_it_is_one_quick_question(django_assert_num_queries) -> None:
    ArticleFactory(source=SourceFactory())
    with django_assert_num_queries(1):
        state()


def test_command_says_what_is_missing(settings) -> None:
    settings.CACHES_IN_FRONT = []
    with pytest.raises(CommandError, match="CACHE_PURGE_URLS"):
        call_command("purge_caches", "--once")
    settings.CACHES_IN_FRONT = [f"http://127.0.0.1:{free_port()}/"]
    with pytest.raises(CommandError, match="Not reached"):
        call_command("purge_caches", "--once")
