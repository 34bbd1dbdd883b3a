"""Correcting an article keeps its keys, its origins and what lists read in step."""

import pytest

from archive import intake, locking
from archive.models import Article, ArticleKey, ArticleRow
from tests.factories.archive import ArticleFactory, SourceFactory, TextVersionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return TextVersionFactory(
        article=ArticleFactory(title="The mill", metadata_origin={"title": "opening words"})
    ).article


def correct(article: Article, **changes: object) -> Article:
    return intake.correct_article(article, by=UserFactory(), seen=article.lock_version, **changes)


def test_correct_article_says_that_the_editor_says_so(article: Article) -> None:
    source = SourceFactory()

    corrected = correct(article, title=" The old mill ", source=source, published_on=None)

    assert (corrected.title, corrected.source) == ("The old mill", source)
    assert corrected.metadata_origin == {"title": "editor", "source": "editor", "published_on": "editor"}


def test_correct_article_visibility_needs_a_reason_and_hides_the_row(article: Article) -> None:
    with pytest.raises(intake.CorrectionError) as refused:
        correct(article, visibility="withheld")
    assert set(refused.value.errors) == {"visibility_reason"}

    hidden = correct(article, visibility="withheld", visibility_reason="Names a witness.")

    assert not ArticleRow.objects.get(article=hidden).is_public
    assert "visibility" not in hidden.metadata_origin


def test_correct_article_address_moves_its_key(article: Article) -> None:
    first = correct(article, url="https://www.herald.example/mill/?utm_source=feed")
    key = ArticleKey.objects.get(article=article, scheme="url")
    assert "utm" not in key.value

    second = correct(first, url="https://herald.example/other")
    assert ArticleKey.objects.get(article=article, scheme="url").value.endswith("/other")
    correct(second, url="")

    assert not ArticleKey.objects.filter(article=article, scheme="url").exists()


def test_correct_article_address_of_another_refused(article: Article) -> None:
    other = correct(ArticleFactory(), url="https://herald.example/mill")

    with pytest.raises(intake.CorrectionError, match=other.public_id):
        correct(article, url="http://herald.example/mill?utm_medium=mail")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"title": "  "}, "title"),
        ({"visibility": "secret"}, "visibility"),
        ({"public_id": "x"}, "public_id"),
    ],
)
def test_correct_article_wrong_values_refused(article: Article, changes: dict[str, str], field: str) -> None:
    with pytest.raises(intake.CorrectionError) as refused:
        correct(article, **changes)

    assert set(refused.value.errors) == {field}


def test_correct_article_stale_refused(article: Article) -> None:
    correct(article, title="Somebody else's")

    with pytest.raises(locking.StaleRowError):
        correct(article, title="Mine")

    assert Article.objects.get().title == "Somebody else's"
