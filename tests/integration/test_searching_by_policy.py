"""What readers may list and search of a text is what its source allows now, whoever changed it and by whatever way."""

import json
from itertools import pairwise

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client

from archive import intake, search
from archive.models import Article, ArticleRow, Source
from incidents import curation
from incidents.models import PublishedIncident
from tests.factories.archive import ArticleFactory, PassageFactory, PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import FacilityFactory
from tests.factories.listed import read_article
from tests.factories.people import person

pytestmark = pytest.mark.django_db
TEXT = "Shells fell on the market of Wadi Hamra at noon. The baker closed his shop early."


def found(client: Client, q: str) -> int:
    """How many articles readers find: the same on the page, in the files, and in the API."""
    counts = {
        client.get("/articles/", {"q": q, "expand": "no"}).context["listing"].count.number,
        client.get("/articles.jsonl", {"q": q, "expand": "no"}).getvalue().count(b"\n"),
        client.get("/api/articles/", {"q": q, "expand": "no"}).json()["count"],
    }
    assert len(counts) == 1
    return counts.pop()


def incidents_found(client: Client, q: str) -> int:
    count: int = json.loads(client.get("/incidents.json", {"q": q, "scope": "any"}).getvalue())["count"]
    return count


def article_of(policy: str) -> Article:
    source = SourceFactory(text_policy=policy)
    article: Article = ArticleFactory(title="A market under fire", source=source)
    version = TextVersionFactory(article=article, text=TEXT)
    start = TEXT.index("Wadi")
    version.mentions.create(place=PlaceFactory(), start=start, end=start + 10, exact="Wadi Hamra")
    search.index_articles([article.pk])
    return article


QUERIES = {
    # query: full, passages, reference
    '"market under fire"': (1, 1, 1),
    "baker": (1, 1, 0),
    "noon baker": (1, 1, 0),
    '"the baker closed"': (1, 0, 0),
    '"noon the baker"': (1, 0, 0),
    '"wadi hamra"': (1, 1, 0),
    '"market of wadi hamra"': (1, 0, 0),
    '"hamra at noon"': (1, 0, 0),
    "fire -baker": (0, 0, 1),
    "fire -zeppelin": (1, 1, 1),
    'fire -"baker closed"': (0, 1, 1),
    "zeppelin or baker": (1, 1, 0),
}


@pytest.mark.parametrize("way", ["made so", "by .update()", "by SQL", "by the service"])
@pytest.mark.parametrize("index", range(3))
def test_readers_find_what_the_source_allows(client: Client, index: int, way: str) -> None:
    policy = ("full", "passages", "reference")[index]
    first = policy if way == "made so" else ("passages", "reference", "full")[index]
    source = article_of(first).source
    assert source is not None
    if way == "by .update()":
        Source.objects.filter(pk=source.pk).update(text_policy=policy)
    elif way == "by SQL":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE archive_source SET text_policy = %s WHERE id = %s", [policy, source.pk])
    elif way == "by the service":
        intake.change_source(source, by=None, seen=source.lock_version, text_policy=policy)

    assert {q: found(client, q) for q in QUERIES} == {q: counts[index] for q, counts in QUERIES.items()}


def test_a_text_cannot_be_read_out_pair_by_pair(client: Client) -> None:
    """Of the pairs of neighbouring words none is found but those of a name of a place."""
    article_of("passages")
    words = [word.strip(".").lower() for word in TEXT.split()]
    pairs = [f'"{first} {second}"' for first, second in pairwise(words)]
    single = {"the", "on", "of", "at", "his"}  # too common to be in the index: the other word is asked for alone

    told = [pair for pair in pairs if not single & set(pair.strip('"').split()) and found(client, pair)]

    assert told == ['"wadi hamra"']


def test_editors_search_all_of_every_text(admin_client: Client) -> None:
    for policy in ("passages", "reference"):
        article_of(policy)

    answer = admin_client.get("/admin/archive/article/", {"q": '"the baker closed"'})

    assert answer.context["cl"].result_count == 2


@pytest.mark.parametrize("policy", ["passages", "reference"])
def test_cited_passages_are_found_while_they_are_cited(client: Client, policy: str) -> None:
    article = article_of(policy)
    incident = curation.create_incident(by=None, scope="attack")
    passage = PassageFactory(text_version=article.texts.get(), exact="The baker closed his shop")
    common = {"incident": incident, "by": None, "passage": passage}
    facility = FacilityFactory()
    curation.make_claim(aspect="occurred", occurred_edtf="2019-11", **common)
    curation.make_claim(aspect="place", place=facility.place, **common)
    curation.make_claim(aspect="facility", facility=facility, **common)
    assert found(client, '"baker closed"') == 0

    curation.publish(incident, by=None, note="First.")
    assert found(client, '"baker closed"') == 1
    assert found(client, '"shop early"') == 0
    search.index_articles([article.pk])
    assert found(client, '"baker closed"') == 1

    incident.refresh_from_db()
    curation.withdraw(incident, by=None, reason="It was a drill.")
    assert found(client, '"baker closed"') == 0


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_an_article_that_is_hidden_by_hand_is_in_no_list(client: Client, visibility: str) -> None:
    article = read_article("Report", "A quibblezot fell.")
    assert found(client, "quibblezot") == 1

    Article.objects.filter(pk=article.pk).update(visibility=visibility, visibility_reason="Asked.")
    assert found(client, "quibblezot") == 0
    assert article.public_id not in client.get("/articles.csv").getvalue().decode()
    ArticleRow.objects.filter(pk=article.pk).update(is_public=True)
    search.index_articles([article.pk])
    assert found(client, "quibblezot") == 0

    Article.objects.filter(pk=article.pk).update(visibility="public")
    assert found(client, "quibblezot") == 1


def incident_of_two_sources() -> tuple[Article, Article]:
    incident = curation.create_incident(by=None, scope="attack")
    facility = FacilityFactory()
    articles = []
    for words in ("The quokka gate was hit", "The numbat wall was hit"):
        article = ArticleFactory(source=SourceFactory(text_policy="full"))
        text = TextVersionFactory(article=article, text=f"{words} at noon.")
        common = {"incident": incident, "by": None, "passage": PassageFactory(text_version=text, exact=words)}
        curation.make_claim(aspect="occurred", occurred_edtf="2019-11", **common)
        curation.make_claim(aspect="place", place=facility.place, **common)
        curation.make_claim(aspect="facility", facility=facility, **common)
        articles.append(article)
    curation.publish(incident, by=None, note="First.")
    return articles[0], articles[1]


@pytest.mark.parametrize("what", ["source", "article"])
@pytest.mark.parametrize("is_by_hand", [True, False])
def test_quotes_that_are_hidden_are_not_found(client: Client, what: str, is_by_hand: bool) -> None:
    hidden, _other = incident_of_two_sources()
    assert incidents_found(client, "quokka") == incidents_found(client, "numbat") == 1
    source = hidden.source
    assert source is not None

    if what == "source" and is_by_hand:
        Source.objects.filter(pk=source.pk).update(text_policy="reference")
    elif what == "source":
        intake.change_source(source, by=None, seen=source.lock_version, text_policy="reference")
    elif is_by_hand:
        Article.objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked.")
    else:
        change = {"visibility": "withheld", "visibility_reason": "Asked."}
        intake.correct_article(hidden, by=None, seen=hidden.lock_version, **change)

    assert incidents_found(client, "quokka") == 0
    if is_by_hand:
        curation.refresh_rows(PublishedIncident.objects.values_list("pk", flat=True))
    assert incidents_found(client, "quokka") == 0
    assert incidents_found(client, "numbat") == 1


def test_the_admin_changes_a_source_by_the_service(admin_client: Client, client: Client) -> None:
    hidden, _other = incident_of_two_sources()
    page = f"/admin/archive/source/{hidden.source_id}/change/"
    form = admin_client.get(page).context["adminform"].form
    values = {name: form.initial.get(name) or "" for name in form.fields}

    assert admin_client.post(page, {**values, "text_policy": "reference"}).status_code == 302

    assert incidents_found(client, "quokka") == 0
    assert incidents_found(client, "numbat") == 1


@pytest.mark.parametrize("may_publish", [True, False])
@pytest.mark.parametrize("what", ["source", "article"])
def test_to_show_again_takes_the_right_to_publish(client: Client, what: str, may_publish: bool) -> None:
    article = article_of("reference")
    Article.objects.filter(pk=article.pk).update(visibility="withheld", visibility_reason="Asked.")
    editor = person("Reviewer")
    lacking = Permission.objects.filter(codename="add_edition") if not may_publish else Permission.objects.none()
    editor.user_permissions.set(Permission.objects.filter(group=editor.groups.get()).difference(lacking))
    editor.groups.clear()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    pk, field, more = (
        (article.source_id, "text_policy", "full") if what == "source" else (article.pk, "visibility", "public")
    )
    page = f"/admin/archive/{what}/{pk}/change/"
    answer = client.get(page)
    form = answer.context["adminform"].form
    values = {name: form.initial.get(name) or "" for name in form.fields}
    for inline in answer.context["inline_admin_formsets"]:
        values |= {f"{inline.formset.prefix}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}

    status = client.post(page, {**values, field: more}).status_code

    assert status == (302 if may_publish else 200)
    row = (Source if what == "source" else Article).objects.get(pk=pk)
    assert (getattr(row, field) == more) is may_publish


@pytest.mark.parametrize(("policy", "said"), [("passages", "single words"), ("reference", "no other word")])
def test_the_page_of_a_source_says_how_its_texts_are_found(client: Client, policy: str, said: str) -> None:
    source = article_of(policy).source
    assert source is not None

    assert said in client.get(source.get_absolute_url()).content.decode()
    assert said not in client.get(f"/ar{source.get_absolute_url()}").content.decode()
