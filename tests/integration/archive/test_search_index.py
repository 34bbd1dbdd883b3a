"""What the search index holds of articles."""

import datetime
from importlib import import_module

import pytest
from django.db import connection

from archive import search
from archive.models import ArticleRow
from archive.search import lexicon
from archive.search.vectors import vectors
from archive.text.sections import sections
from tests.factories.archive import ArticleFactory, MentionFactory, PlaceFactory, TextVersionFactory

pytestmark = pytest.mark.django_db


def found(query: str) -> list[int]:
    return sorted(
        search.parse(query, expand=False).filter(ArticleRow.objects.all(), "full_vector").values_list("pk", flat=True)
    )


def indexed(text: str, **article: object) -> int:
    version = TextVersionFactory(text=text, article=ArticleFactory(**article))
    search.index_articles([version.article_id])
    return version.article_id


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Two hospitals were struck", "hospital"),
        ("The hospital's roof", "hospitals"),
        ("غارة على إدلب", "ادلب"),
        ("قصف المدرسة", "مدرسه"),
        ("قصف المدرسة", "مدرسة"),
        ("والمدرسة أيضا", "المدرسة"),
        ("والمدرسة أيضا", "مدرسة"),
        ("عام ٢٠١٦", "2016"),
        ("in 2016", "٢٠١٦"),
        ("حَلَب", "حلب"),
        ("حــــلب", "حلب"),
        ("م‌حمد", "محمد"),
        ("Ma'arrat al-Nuʿman", "maarrat numan"),
        ("Maarat al Numan", '"maarat al-numan"'),
        ("see file/host/url here", "host"),
        ("on 12/3/2016 at noon", "12/3/2016"),
        ("mail someone@example.org", "someone"),
        ("Café in Ḥamā", "hama cafe"),
        ("air-strike", "air strike"),
    ],
)
def test_index_articles_finds_the_word_in_other_forms(text: str, query: str) -> None:
    article = indexed(text)

    assert found(query) == [article]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a hospital", "school"),
        ("the roof of a mill", '"mill roof"'),
        ("a mill", "-mill"),
        ("mill and roof", "mill -roof"),
    ],
)
def test_index_articles_does_not_find_what_is_not_there(text: str, query: str) -> None:
    indexed(text)

    assert found(query) == []


def test_index_articles_long_texts_are_taken_and_their_last_words_found() -> None:
    words = " ".join(f"w{number}x" for number in range(150_000))
    article = indexed(f"{words} ending")

    assert found("w7x") == [article]
    assert found("w16500x") == [article]


def test_index_articles_row_says_what_the_article_is() -> None:
    country = PlaceFactory(pcode="SY", level=0, parent=None)
    town = PlaceFactory(parent=country)
    version = TextVersionFactory(article__published_on=datetime.date(2019, 11, 28), article__language="en")
    MentionFactory(text_version=version, place=town)

    search.index_articles([version.article_id])

    row = ArticleRow.objects.get()
    assert row.is_public
    assert row.sort_on == row.published_on == datetime.date(2019, 11, 28)
    assert (row.source_id, row.language) == (version.article.source_id, "en")
    assert row.place_ids == sorted([country.pk, town.pk])


def test_index_articles_again_follows_the_article() -> None:
    version = TextVersionFactory(text="first words", article__published_on=None)
    search.index_articles([version.article_id])
    TextVersionFactory(text="second words", article=version.article)
    version.article.visibility = "embargoed"
    version.article.visibility_reason = "A witness asked for it"
    version.article.save()

    search.index_articles([version.article_id])

    row = ArticleRow.objects.get()
    assert not row.is_public
    assert found("second") == [version.article_id]
    assert found("first") == []
    assert row.sort_on == datetime.date(1, 1, 1)


def test_index_articles_queries_do_not_grow_with_the_articles(django_assert_max_num_queries) -> None:
    ids = [TextVersionFactory().article_id for _ in range(7)]

    with django_assert_max_num_queries(9):
        search.index_articles(ids)


@pytest.mark.parametrize("query", ["hospital", "مدرسة", '"a b c"', "x or -y", "deir ez-zor", "f16 su-24", "ß ﬁ ① ½ ａ"])
def test_parse_notation_is_read_by_the_database(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsquery::text", [search.parse(query).notation or "'x'"])

        assert cursor.fetchone()[0]


def test_parse_asks_the_database_once_for_unknown_words(django_assert_num_queries) -> None:
    lexicon.forget()
    lexicon.lexemes(["mill"])

    with django_assert_num_queries(1):
        search.parse("zanily mill quorl or blemish -grend", expand=False)
    with django_assert_num_queries(0):
        search.parse("zanily mill quorl", expand=False)


@pytest.mark.parametrize("words", ["the mill fell قصف المدرسة ", "mill "])
def test_vector_of_a_long_text_is_the_one_that_it_would_be_if_read_at_once(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"{words}{number % 700} " for number in range(9_000))
    whole = vectors([{"A": "A mill", "D": text}])

    module = import_module("archive.search.vectors")
    monkeypatch.setattr(module, "LONGEST", 1_000)
    monkeypatch.setattr(module, "sections", lambda text: sections(text, 1_000))

    assert vectors([{"A": "A mill", "D": text}]) == whole


def test_long_text_of_different_words_keeps_as_many_as_a_vector_holds() -> None:
    text = " ".join(f"{number:x}zz{number}" for number in range(400_000))

    [vector] = vectors([{"D": text}])

    article = indexed(text)
    assert len(vector.encode()) < 1_048_575
    assert found("4e20zz20000") == [article]
    assert found("61a7fzz399999") == []
