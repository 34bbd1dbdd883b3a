"""`manage.py refresh_rows --check`: what somebody wrote past the services is named, and nothing else."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive import search
from archive.models import ArticleRow, Citation
from incidents.models import PublishedIncident, PublishedRecord
from tests.factories.archive import ArticleFactory, ArticleKeyFactory
from tests.factories.forged import unguarded
from tests.factories.small_archive import Corpus


def checked() -> list[str]:
    """What the check names, with its exit saying how much that is."""
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("refresh_rows", "--check", stdout=out)
    named = out.getvalue().splitlines()
    assert str(refused.value).startswith(f"{len(named)} ")
    return named


def check_finds_nothing() -> bool:
    out = io.StringIO()
    call_command("refresh_rows", "--check", stdout=out)
    return out.getvalue() == "All rows are as they would be made.\n"


@pytest.mark.django_db
def test_check_finds_nothing_in_what_the_services_wrote() -> None:
    Corpus(size=10)

    assert check_finds_nothing()


@pytest.mark.django_db
def test_check_names_what_the_database_cannot_compare() -> None:
    """The indexes of search, the places of an article, the address that an article is known by."""
    corpus = Corpus(size=3)
    incident, article = corpus.incidents[0], corpus.articles[1]
    PublishedIncident.objects.filter(pk=incident.pk).update(vector=search.vector(A="elsewhere"))
    ArticleRow.objects.filter(pk=article.pk).update(place_ids=[corpus.places[0].pk])
    known = ArticleFactory(url="https://reports.example/1")
    search.index_articles([known.pk])
    ArticleKeyFactory(article=known, value="https://elsewhere.example")

    found = checked()

    assert found == [
        f"article {article.public_id}: row of lists",
        f"article {known.public_id}: known by another address than its own",
        f"incident {incident.code}: row of lists",
    ]
    assert checked() == found  # nothing was changed


@pytest.mark.django_db(transaction=True)
def test_check_names_what_the_owner_forged_and_refreshing_mends_it() -> None:
    corpus = Corpus(size=3)
    first, second, third = corpus.incidents
    with unguarded(PublishedIncident, PublishedRecord), connection.cursor() as cursor:
        PublishedIncident.objects.filter(pk=first.pk).update(killed_low=500)
        cursor.execute(
            "UPDATE incidents_publishedrecord SET record = record || '{\"lat\": 0}' WHERE incident_id = %s", [second.pk]
        )
        PublishedRecord.objects.filter(pk=third.pk).delete()

    assert checked() == [
        f"incident {first.code}: row of lists",
        f"incident {second.code}: record of exports",
        f"incident {third.code}: record of exports, no such record of exports",
    ]

    call_command("refresh_rows", stdout=io.StringIO())
    assert check_finds_nothing()


@pytest.mark.django_db
def test_refreshing_cites_again() -> None:
    """An archive from before the database compared citations may lack some."""
    corpus = Corpus(size=2)
    code = corpus.incidents[0].code
    cited = set(Citation.objects.filter(record=code).values_list("passage"))
    Citation.objects.filter(record=code).delete()
    assert f"incident {code}: other citations" in checked()

    call_command("refresh_rows", stdout=io.StringIO())

    assert set(Citation.objects.filter(record=code).values_list("passage")) == cited
    assert check_finds_nothing()


@pytest.mark.django_db
def test_article_without_a_row_is_named() -> None:
    article = ArticleFactory()

    assert checked() == [f"article {article.public_id}: row of lists"]
