"""What a list says of itself: the query in a sentence, how many certainly, what to try when there is nothing."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client

from archive.articles.article_listing import ArticleListing, read_articles
from incidents.lists.incident_listing import IncidentListing, read_incidents
from tests.factories.incidents import ActorFactory, FacilityTypeFactory
from tests.factories.listed import gazetteer_town, published, read_article

pytestmark = pytest.mark.django_db


def listing_of(query: str) -> IncidentListing:
    return IncidentListing(read_incidents(QueryDict(query)))


def said(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    start = page.index('<p class="said"')
    text = page[page.index(">", start) + 1 : page.index("</p>", start)]
    return " ".join(re.sub("</?(strong|data)[^>]*>", "", text).split())


def description(client: Client, path: str) -> str:
    found = re.search(r'<meta name="description" content="([^"]*)"', client.get(path).content.decode())
    return unescape(found[1]) if found else ""


def test_sentence_tells_place_time_and_how_many_certainly(client: Client) -> None:
    town, hospital = gazetteer_town(), FacilityTypeFactory(slug="hospital", name_en="hospital")
    for on in ("2019-11-02", "2019-11-27", "2019-11", "2019"):
        published(on=on, places=[town], facility_types=[hospital])

    sentence = said(client, "/incidents/?facility_type=hospital&town=Kafranbel&from=2019-11&to=2019-11")

    assert sentence == (
        "Attacks on hospitals that may have happened in Kafr Nobol in November 2019: 4, of which 3 certainly"
    )


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2019-11-02"], "1, certainly"),
        (["2019-11-02", "2019-11-03"], "2, all of them certainly"),
        (["2019"], "1, not certainly"),
        (["2019", "2018/2020"], "2, none of them certainly"),
        ([], "0"),
    ],
)
def test_sentence_counts(client: Client, dates: list[str], expected: str) -> None:
    for on in dates:
        published(on=on)

    assert said(client, "/incidents/?from=2019-11&to=2019-11").endswith(f": {expected}")
    for path in ("/incidents/", "/map/"):
        assert f": {expected}. Each record" in description(client, f"{path}?from=2019-11&to=2019-11"), path


def test_description_tells_who_is_named_as_one_of_several(client: Client) -> None:
    one, two = ActorFactory(slug="one", name_en="One"), ActorFactory(slug="two", name_en="Two")
    published(actors=[one])
    published(one_of=[[one, two]])

    assert ": 2; 1 of them" in description(client, "/incidents/?actor=one")


def test_certain_only_is_said(client: Client) -> None:
    published(on="2019-11-02")

    assert said(client, "/incidents/?from=2019&match=certain") == (
        "Attacks that certainly happened since 1 January 2019: 1"
    )


def test_nothing_says_which_filter_to_take_away() -> None:
    one, two = ActorFactory(slug="one", name_en="One"), ActorFactory(slug="two", name_en="Two")
    for on in ("2018", "2019", "2020"):
        published(on=on, actors=[one])
    published(on="2016-05-30", actors=[two])

    loosenings = listing_of("actor=two&from=2018&to=2019-12&match=certain&order=oldest").loosenings

    assert [(one.words, one.found, one.query) for one in loosenings] == [
        ("Attributed to: Two", 2, "from=2018&to=2019-12&match=certain&order=oldest"),
        ("From: 2018 · To: 2019-12 · Dates and actors: only what is certain", 1, "actor=two&order=oldest"),
    ]


def test_nothing_because_of_two_filters_says_so(client: Client) -> None:
    ActorFactory(slug="one")
    published()

    page = client.get("/incidents/?actor=one&killed_min=5&from=2021").content.decode()

    assert "Taking away one filter is not enough" in page


def test_misspelt_word_is_guessed_from_titles(client: Client) -> None:
    published("Air strike on a hospital")
    published("Shelling of a hospital", on="2018")

    page = client.get("/incidents/?q=hosptial&from=2019").content.decode()

    assert "Did you mean" in page
    assert 'href="?q=hospital&amp;from=2019"' in page
    assert "bridge" not in page


def test_guess_keeps_the_words_that_find_something() -> None:
    published("Air strike on a hospital")

    assert [(meant.words, meant.found) for meant, _query in listing_of("q=strike+hosptial").meant] == [
        ("strike hospital", 1)
    ]


def test_misspelt_place_is_guessed_by_the_gazetteer() -> None:
    published("An attack", places=[gazetteer_town()], words="Kafr Nobol كفر نبل")

    assert [meant.words for meant, _query in listing_of("q=Kafr+Nobil").meant] == ["Kafr Nobol"]


def test_place_is_not_guessed_where_that_drops_a_word() -> None:
    published("An attack", places=[gazetteer_town()], words="Kafr Nobol كفر نبل")

    assert listing_of("q=Kafrnbel+hospital").meant == []


@pytest.mark.parametrize("typed", ["25/11/2019", "Nov 2019", "2019/11", "2019", "٢٥/١١/٢٠١٩", "تشرين الثاني 2019"])
def test_date_among_the_words_is_offered_as_a_date(client: Client, typed: str) -> None:
    here = published("Air strike on a hospital", on="2019-11-25")
    published("Air strike on a hospital", on="2016-11-25")

    for words in (typed, f"hospital {typed}", f"{typed} hospital"):
        ((meant, query),) = listing_of(f"q={quote(words)}").meant
        assert meant.found == 1
        assert [row.code for row in listing_of(query).page.rows] == [here.code]
        assert f'href="?{query.replace("&", "&amp;")}"' in client.get(f"/incidents/?q={quote(words)}").content.decode()
    assert "25" not in typed[:2] or meant.words == "hospital, 25 November 2019"
    assert listing_of(f"q={quote(typed)}&from=2016").meant == []


def test_guess_that_finds_nothing_is_not_offered() -> None:
    published("Air strike on a hospital", on="2016")

    assert listing_of("q=hosptial&from=2019").meant == []


@pytest.mark.parametrize("query", ["q=%22", "q=%25", "q=the+of", "q=" + "x" * 6000, "q=%00", "q=%5C%5C(", "q=a'b(?:"])
def test_any_words_get_an_answer(client: Client, query: str) -> None:
    published()

    for page in ("/incidents/", "/map/", "/timeline/", "/articles/"):
        assert client.get(f"{page}?{query}").status_code == 200


def test_unbalanced_quote_and_stop_words_say_what_was_searched(client: Client) -> None:
    published("A mill burned")

    unbalanced = client.get("/incidents/", {"q": 'mill "burned'}).content.decode()
    common = client.get("/incidents/", {"q": "the of"}).content.decode()
    partly = client.get("/incidents/", {"q": "the mill"}).content.decode()

    assert "A quotation mark is not closed: the words after it were searched one by one." in unbalanced
    assert "“the of” is too common to search for" in common
    assert "with the words “the mill”" in partly


def test_articles_loosen_and_guess() -> None:
    read_article("A market burned", "Nothing more.", language="en", published_on="2019-11-27")

    empty = ArticleListing(read_articles(QueryDict("q=markte&language=en")))

    assert [meant.words for meant, _query in empty.meant] == ["market"]
    assert [(one.words, one.found) for one in empty.loosenings] == [("Words: markte", 1)]
