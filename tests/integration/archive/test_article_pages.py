"""The page of an article, of its texts and passages: what readers may read, and what they may not."""

import json
import re

import pytest
from django.test import Client

from archive.models import Article
from archive.templatetags.pages import without_language
from tests.factories.archive import ArticleFactory, CaptureFactory, PassageFactory, TextVersionFactory
from tests.factories.full_incident import DENIAL, ENGLISH, HIT, UNCITED, FullIncident, published

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_article_shows_reference_data_and_copies(client: Client) -> None:
    told = published()
    article = told.english.article

    html = page(client, f"/articles/{article.public_id}/")

    for words in ("Example Herald", "28 November 2019", "English", "https://herald.example/en", "Imported from a file"):
        assert words in html
    assert told.english.sha256 in html
    assert told.english.capture.bytes_id in html
    assert str(told.english.capture.size) in html


def test_article_marks_its_passages_and_leads_to_the_incidents(client: Client) -> None:
    told = published()
    passage = told.passage(told.english, HIT)

    html = page(client, f"/articles/{told.english.article.public_id}/")

    assert f'<span id="p{passage.public_id}" class="passage-start"></span><mark' in html
    assert f'href="#note-{passage.public_id}"' in html
    assert f'id="note-{passage.public_id}"' in html
    assert f'href="/incidents/{told.incident.code}/"' in html


def test_article_escapes_its_text_and_title(client: Client) -> None:
    told = published()

    html = page(client, f"/articles/{told.english.article.public_id}/")

    assert "<b>ten</b>" not in html
    assert "<mill>" not in html
    assert "&lt;b&gt;ten&lt;/b&gt;" in html


def test_passages_of_drafts_are_neither_marked_nor_found(client: Client) -> None:
    told = published()
    draft = PassageFactory(text_version=told.english, exact="A third paragraph")

    html = page(client, f"/articles/{told.english.article.public_id}/")

    assert draft.public_id not in html
    page(client, f"/passages/{draft.public_id}/", 404)
    page(client, f"/passages/{draft.public_id}.jsonld", 404)


def test_full_text_policy_shows_all(client: Client) -> None:
    told = published(text_policy="full")

    assert UNCITED in page(client, f"/articles/{told.english.article.public_id}/")


def test_passages_policy_shows_only_what_is_cited_with_context(client: Client) -> None:
    told = FullIncident(text_policy="passages")
    told.say_least()
    told.publish()

    html = page(client, f"/articles/{told.english.article.public_id}/")

    assert HIT in html
    assert "a rescue group said" in html
    assert UNCITED not in html
    assert "denied any part" not in html
    assert "…" in html


def test_reference_policy_shows_no_words(client: Client) -> None:
    told = published(text_policy="reference")

    html = page(client, f"/articles/{told.english.article.public_id}/")

    assert "as references only" in html
    for words in (HIT, DENIAL, UNCITED):
        assert words not in html
    assert "Shells on a &lt;mill&gt;" in html


def test_article_without_source_shows_only_passages(client: Client) -> None:
    text = TextVersionFactory(article=ArticleFactory(source=None), text=ENGLISH)

    assert UNCITED not in page(client, f"/articles/{text.article.public_id}/")


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_hidden_article_answers_as_what_never_existed(client: Client, visibility: str) -> None:
    told = published()
    passage = told.passage(told.english, HIT)
    Article.objects.filter(pk=told.english.article_id).update(visibility=visibility, visibility_reason="Risk.")

    page(client, f"/articles/{told.english.article.public_id}/", 404)
    page(client, f"/articles/{told.english.article.public_id}/text/1/", 404)
    page(client, f"/passages/{passage.public_id}/", 404)
    page(client, f"/passages/{passage.public_id}.jsonld", 404)


def test_article_without_text_says_so(client: Client) -> None:
    article = ArticleFactory()

    assert "no readable text" in page(client, f"/articles/{article.public_id}/")
    page(client, f"/articles/{article.public_id}/text/1/", 404)


def test_article_shows_its_newest_text_and_keeps_the_older_one(client: Client) -> None:
    told = published()
    article = told.english.article
    newer = TextVersionFactory(
        article=article, text="A corrected text.", number=2, capture=CaptureFactory(article=article)
    )

    assert "A corrected text." in page(client, f"/articles/{article.public_id}/")
    old = page(client, f"/articles/{article.public_id}/text/1/")
    assert "A corrected text." not in old
    assert "Read the newest text" in old
    assert HIT in old
    assert newer.sha256 in old
    page(client, f"/articles/{article.public_id}/text/3/", 404)


def test_passage_leads_to_its_place_in_the_text(client: Client) -> None:
    told = published()
    passage = told.passage(told.arabic, "أربعة أشخاص")

    response = client.get(f"/ar/passages/{passage.public_id}/")

    assert response.status_code == 302
    article = told.arabic.article.public_id
    assert response.headers["Location"] == f"/ar/articles/{article}/text/1/#p{passage.public_id}"


def test_passage_jsonld_is_a_web_annotation_in_code_points(client: Client, settings) -> None:
    told = published()
    passage = told.passage(told.english, DENIAL)

    response = client.get(f"/passages/{passage.public_id}.jsonld")

    assert response.headers["Content-Type"].startswith("application/ld+json;")
    body = json.loads(response.content)
    quote, position = body["target"]["selector"]
    assert body["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert body["type"] == "Annotation"
    assert ENGLISH[position["start"] : position["end"]] == quote["exact"] == DENIAL
    assert ENGLISH[: position["start"]].endswith(quote["prefix"])
    assert body["target"]["source"].endswith(f"/articles/{told.english.article.public_id}/text/1/")
    assert body["target"]["state"]["sourceDate"].endswith("Z")
    assert body["body"] == f"{settings.SITE_URL}/incidents/{told.incident.code}/"


def test_passage_jsonld_of_a_reference_has_no_words(client: Client) -> None:
    told = published(text_policy="reference")
    passage = told.passage(told.english, DENIAL)

    body = json.loads(page(client, f"/passages/{passage.public_id}.jsonld"))

    assert [selector["type"] for selector in body["target"]["selector"]] == ["TextPositionSelector"]


def test_article_takes_a_constant_number_of_queries(client: Client, django_assert_num_queries) -> None:
    told = published()

    with django_assert_num_queries(7):
        client.get(f"/articles/{told.english.article.public_id}/")
    with django_assert_num_queries(7):
        client.get(f"/articles/{told.arabic.article.public_id}/")


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/ar/", "/"),
        ("/ar", "/"),
        ("/ar/incidents/?q=a&town=C1", "/incidents/?q=a&town=C1"),
        ("/articles/", "/articles/"),
        ("/", "/"),
        ("/ar?x=1", "/?x=1"),
    ],
)
def test_without_language_keeps_path_and_query(path: str, plain: str) -> None:
    assert without_language(path) == plain


def test_gap_says_in_words_that_text_is_left_out(client: Client) -> None:
    told = FullIncident(text_policy="passages")
    told.say_least()
    told.publish()

    html = page(client, f"/articles/{told.english.article.public_id}/")

    assert '<span class="visually-hidden">Text left out</span>' in html
    assert not re.search(r"<p[^>]* aria-label=", html)


def test_article_is_described_and_dates_have_no_fractions(client: Client) -> None:
    told = published()

    html = page(client, f"/articles/{told.english.article.public_id}/")

    assert '<meta name="description" content="Example Herald, 28 November 2019. A report' in html
    assert re.findall(r'datetime="[^"]*T', html)
    assert re.findall(r'datetime="[^"]*\.\d', html) == []
