"""The list of articles: what is found, in which order, with what marked."""

import csv
import io
import json

import pytest
from django.http import QueryDict
from django.test import Client

from archive import search
from archive.articles.article_listing import ArticleListing, read_articles
from archive.models import Article
from tests.factories.archive import PassageFactory
from tests.factories.listed import cited, gazetteer_town, read_article

pytestmark = pytest.mark.django_db


def titles(client: Client, query: str) -> list[str]:
    """The titles that the page lists; the files must have the same, as many as the page counts."""
    listing = client.get(f"/articles/?{query}").context["listing"]
    found = [row.article.title for row in listing.rows]
    table = b"".join(client.get(f"/articles.csv?{query}").streaming_content).decode()
    lines = b"".join(client.get(f"/articles.jsonl?{query}").streaming_content).decode().splitlines()
    assert [row["title"] for row in csv.DictReader(io.StringIO(table))] == found
    assert [json.loads(line)["title"] for line in lines] == found
    assert listing.count.number == len(found)
    return found


def snippet(client: Client, query: str) -> str:
    return str(client.get(f"/articles/?{query}").context["listing"].rows[0].snippet)


def test_newest_first_undated_last(client: Client) -> None:
    read_article("undated", "mill")
    read_article("old", "mill", published_on="2016-05-31")
    read_article("new", "mill", published_on="2019-11-28")

    assert titles(client, "") == ["new", "old", "undated"]
    assert titles(client, "q=mill&order=oldest") == ["undated", "old", "new"]


def test_relevance_puts_titles_first(client: Client) -> None:
    read_article("A report", "a mill " + "and other words " * 20, published_on="2019-11-28")
    read_article("The mill", "elsewhere", published_on="2016-05-31")

    assert titles(client, "q=mill&order=relevance") == ["The mill", "A report"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=hospital", ["both", "hospital"]),
        ("q=hospital+market", ["both"]),
        ("q=hospital+or+market", ["both", "hospital", "market"]),
        ("q=hospital+-market", ["hospital"]),
        ("q=%22near+the+market%22", ["market"]),
        ("q=-%22near+the+market%22+market", ["both"]),
        ("q=hospital+OR+market+night", ["market"]),
    ],
)
def test_operators(client: Client, query: str, expected: list[str]) -> None:
    read_article("both", "Hospitals and markets were struck", published_on="2019-03-01")
    read_article("hospital", "A hospital was struck", published_on="2019-02-01")
    read_article("market", "Something fell near the market at night", published_on="2019-01-01")
    read_article("neither", "A bridge fell", published_on="2018-01-01")

    assert titles(client, query) == expected


def test_place_in_all_spellings_and_only_as_typed(client: Client) -> None:
    gazetteer_town()
    read_article("english", "Planes over Kafranbel", published_on="2019-02-01")
    read_article("arabic", "طائرات فوق كفر نبل", published_on="2019-01-01")
    read_article("elsewhere", "Planes over another town")

    assert titles(client, "q=kafranbel") == ["english", "arabic"]
    assert titles(client, "q=planes+kafr+nobol") == ["english"]
    assert titles(client, "q=كفرنبل") == ["english", "arabic"]
    assert titles(client, "q=kafranbel&expand=no") == ["english"]
    assert titles(client, "q=planes+-kafranbel") == ["elsewhere"]
    page = client.get("/articles/?q=kafranbel").content.decode()
    assert "<bdi>كفر نبل</bdi>" in page
    assert "q=kafranbel&amp;expand=no" in page


def test_town_language_source_and_dates(client: Client) -> None:
    town = gazetteer_town()
    one = read_article("one", "words", places=[town], language="en", published_on="2019-11-28")
    read_article("two", "words", language="ar", published_on="2019-12-01")
    read_article("three", "words")

    assert titles(client, "town=SY07") == ["one"]
    assert titles(client, "language=ar") == ["two"]
    assert titles(client, f"source={one.source.slug}") == ["one"]
    assert titles(client, "from=2019-11&to=2019-11") == ["one"]
    assert titles(client, "from=2019") == ["two", "one"]
    assert titles(client, "to=2019-11-28") == ["one"]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("The hospitals were struck", "hospital", "The <mark>hospitals</mark> were struck"),
        ("The hospital's roof", "hospitals", "The <mark>hospital&#x27;s</mark> roof"),
        ("قصف والمدرسة ليلا", "مدرسه", "قصف <mark>والمدرسة</mark> ليلا"),
        ("مدينة حَلَب", "حلب", "مدينة <mark>حَلَب</mark>"),
        ("Deir al-Zor, near", '"deir zor"', "<mark>Deir al-Zor</mark>, near"),
        ("the market near the mill", '"near the mill"', "the market <mark>near the mill</mark>"),
        ("mill & <b>mill</b>", "mill", "<mark>mill</mark> &amp; &lt;b&gt;<mark>mill</mark>&lt;/b&gt;"),
        ("<img src=x onerror=alert(1)> mill", "img", "&lt;<mark>img</mark> src=x onerror=alert(1)&gt; mill"),
        ("struck 😀 mill", "mill -hospital", "struck 😀 <mark>mill</mark>"),
    ],
)
def test_snippet_marks_the_words_as_they_are_written(client: Client, text: str, query: str, expected: str) -> None:
    read_article("A report", text)

    assert snippet(client, f"q={query.replace('&', '%26')}") == expected


def test_snippet_marks_other_spellings(client: Client) -> None:
    gazetteer_town()
    read_article("A report", "Planes over كفر نبل again")

    assert snippet(client, "q=kafranbel") == "Planes over <mark>كفر نبل</mark> again"


def test_title_is_marked_and_safe(client: Client) -> None:
    read_article("<i>Mills</i> struck", "words")

    assert "&lt;i&gt;<mark>Mills</mark>&lt;/i&gt; struck" in client.get("/articles/?q=mill").content.decode()


@pytest.mark.parametrize("policy", ["passages", "reference"])
def test_snippet_shows_nothing_that_readers_may_not_read(client: Client, policy: str) -> None:
    article = read_article("A report", "A mill stood here. Another mill burnt.", policy=policy)
    cited(PassageFactory(text_version=article.texts.get(), exact="Another mill burnt."))

    page = client.get("/articles/?q=mill").content.decode()

    assert "stood here" not in page
    assert ("Another <mark>mill</mark> burnt." in page) == (policy == "passages")
    assert ("cannot be shown here" in page) == (policy == "reference")


def test_page_has_a_constant_number_of_queries(client: Client, django_assert_max_num_queries) -> None:
    for number in range(30):
        read_article(f"Report {number}", f"A mill, number {number}", policy="passages" if number % 2 else "full")
    client.get("/articles/?q=mill")

    with django_assert_max_num_queries(11):
        assert len(client.get("/articles/?q=mill").context["listing"].rows) == 25
    with django_assert_max_num_queries(11):
        client.get("/articles/?q=mill&order=relevance")


def test_relevance_goes_on_by_cursor(client: Client) -> None:
    for number in range(30):
        read_article(f"Report {number}", "mill " * (1 + number % 7) + "and words " * 10)
    first = client.get("/articles/?q=mill&order=relevance").context["listing"]
    second = client.get(f"/articles/?{first.next_query}").context["listing"]

    shown = [row.article.title for listing in (first, second) for row in listing.rows]
    assert len(shown) == len(set(shown)) == 30
    assert second.previous_query
    assert not second.next_query


def test_relevance_of_a_large_set_ranks_only_the_first_and_says_so(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("archive.lists.paging.RANKED", 3)
    for day in range(1, 6):
        read_article(f"Report {day}", "mill", published_on=f"2019-11-0{day}")

    response = client.get("/articles/?q=mill&order=relevance")

    assert [row.article.title for row in response.context["listing"].rows] == ["Report 5", "Report 4", "Report 3"]
    assert "3 are put in order" in response.content.decode()


@pytest.mark.parametrize("policy", ["full", "passages"])
def test_relevance_of_a_large_set_finds_what_is_about_the_words_however_old(
    client: Client, monkeypatch, policy: str
) -> None:
    monkeypatch.setattr("archive.lists.paging.RANKED", 3)
    read_article("Old mill", "A dam near the mill.", published_on="2012-01-01", policy=policy)
    read_article("The dam and the mill", "They stood.", published_on="2011-01-01", policy=policy)
    read_article("Old field", "Mill. The mill, a mill: a dam.", published_on="2011-01-02", policy=policy)
    for day in range(1, 6):
        read_article(f"Report {day}", "mill and dam", published_on=f"2019-11-0{day}", policy=policy)

    listing = client.get("/articles/?q=mill+dam+-field&order=relevance").context["listing"]
    single = client.get("/articles/?q=mill&order=relevance").context["listing"]

    assert listing.rows[0].article.title == "The dam and the mill"
    assert {row.article.title for row in listing.rows} == {"The dam and the mill", "Old mill", "Report 5"}
    third = "Old field" if policy == "full" else "Report 5"
    assert {row.article.title for row in single.rows} == {"Old mill", "The dam and the mill", third}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("mill", [4, 2, 1]),
        ("mill -dam", [4, 1]),
        ("-dam", [4, 3, 1]),
        ('-dam -"old road"', [4, 3]),
        ("mill or -dam", [4, 3, 2, 1]),
    ],
)
def test_what_is_excluded_is_taken_out_of_page_and_files_alike(client: Client, query: str, numbers: list[int]) -> None:
    for day, text in enumerate(["A mill on the old road.", "A mill at the dam.", "A field.", "Another mill."], start=1):
        read_article(f"Report {day}", text, published_on=f"2019-11-0{day}")

    listing = client.get("/articles/", {"q": query}).context["listing"]
    lines = b"".join(client.get("/articles.jsonl", {"q": query}).streaming_content).splitlines()

    expected = [f"Report {number}" for number in numbers]
    assert [row.article.title for row in listing.rows] == expected
    assert [json.loads(line)["title"] for line in lines] == expected
    assert listing.count.number == len(expected)


def test_incidents_of_an_article_are_named_in_files(client: Client) -> None:
    article = read_article("A report", "A mill stood here.")
    code = cited(PassageFactory(text_version=article.texts.get()))

    line = json.loads(b"".join(client.get("/articles.jsonl").streaming_content))

    assert line["incidents"] == [code]
    assert line["permalink"].endswith(f"/articles/{article.public_id}/")


def test_parse_names_what_else_is_searched() -> None:
    gazetteer_town()

    query = search.parse("market in Kafranbel")

    assert [(one.typed, one.place) for one in query.expansions] == [("Kafranbel", "Kafr Nobol")]
    assert "كفر نبل" in query.expansions[0].spellings
    assert search.parse("market in Kafranbel", expand=False).expansions == ()


def test_phrases_are_marked_without_a_query_for_each(client: Client, django_assert_max_num_queries) -> None:
    for number in range(12):
        read_article(
            f"Report {number}", f"The old mill{number} fell. " + f"An old mill near word{number}andmore of it. " * 9
        )

    client.get("/articles/?q=weir")  # reads what is kept: columns, names
    with django_assert_max_num_queries(11):
        listing = client.get('/articles/?q="old mill"').context["listing"]

    assert "<mark>old mill</mark>" in listing.rows[0].snippet


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_row_that_is_hidden_after_it_was_counted_is_not_fetched(order: str) -> None:
    hidden, shown = read_article("Report 1", "mill"), read_article("Report 2", "mill")
    listing = ArticleListing(read_articles(QueryDict(f"q=mill&order={order}")))
    assert listing.count.number == 2

    Article.objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked.")

    assert [row.pk for row in listing.page.rows] == [shown.pk]
