"""Visible means visible: what readers may see at all does not hang on how a list is asked."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict

from archive.articles.article_columns import STORE as ARTICLES
from archive.articles.article_filters import ArticleFilters
from archive.articles.article_listing import read_articles
from archive.lists.conditions import Condition
from archive.lists.filters import ListFilters
from archive.lists.integers import places_of
from archive.lists.selection import Selection
from archive.models import ArticleRow
from incidents.lists.incident_columns import STORE as INCIDENTS
from incidents.lists.incident_filters import IncidentFilters
from incidents.lists.incident_listing import read_incidents
from incidents.models import PublishedIncident
from tests.factories.listed import published, read_article

pytestmark = pytest.mark.django_db


class ArticlesBackwards(ArticleFilters):
    """Asks for the same in another order."""

    def asked(self) -> Iterator[tuple[str, Condition]]:
        yield from reversed(list(super().asked()))


class IncidentsBackwards(IncidentFilters):
    def asked(self) -> Iterator[tuple[str, Condition]]:
        yield from reversed(list(super().asked()))


class ArticlesOfAnything(ArticleFilters):
    """Asks for nothing at all."""

    def asked(self) -> Iterator[tuple[str, Condition]]:
        return iter(())


class IncidentsOfAnything(IncidentFilters):
    def asked(self) -> Iterator[tuple[str, Condition]]:
        return iter(())


def listed(filters: ListFilters) -> tuple[set[int], set[int], set[int]]:
    """What the files, the page and the counts hold."""
    store = ARTICLES if isinstance(filters, ArticleFilters) else INCIDENTS
    selection = Selection(filters, store)
    columns = selection.columns
    return (
        set(filters.qs.values_list("pk", flat=True)),
        set(filters.visible.values_list("pk", flat=True)),
        set(columns.ids[places_of(selection.rows)].tolist()),
    )


@pytest.mark.parametrize("kind", [ArticleFilters, ArticlesBackwards, ArticlesOfAnything])
@pytest.mark.parametrize("query", ["", "language=en", "from=2000&to=2030&language=en"])
def test_visible_articles_alone_are_listed(kind: type[ArticleFilters], query: str) -> None:
    shown = read_article("Open", "Words.", language="en", published_on="2019-11-27")
    for visibility in ("embargoed", "withheld"):
        values = {"language": "en", "published_on": "2019-11-27", "visibility_reason": "Asked."}
        read_article(visibility, "Words.", visibility=visibility, **values)

    assert listed(kind(QueryDict(query), ArticleRow.objects.all())) == ({shown.pk}, {shown.pk}, {shown.pk})


@pytest.mark.parametrize("kind", [IncidentFilters, IncidentsBackwards, IncidentsOfAnything])
@pytest.mark.parametrize("query", ["", "scope=any", "from=2019&to=2020&killed_min=1"])
def test_visible_incidents_alone_are_listed(kind: type[IncidentFilters], query: str) -> None:
    shown = published(killed=3)
    for state in ("withdrawn", "merged"):
        published(killed=3, state=state)

    assert listed(kind(QueryDict(query), PublishedIncident.objects.all())) == ({shown.pk}, {shown.pk}, {shown.pk})


def test_visible_to_who_keeps_a_copy_is_what_was_closed_since() -> None:
    rows = {published(state=state).pk for state in ("published", "withdrawn", "merged")}

    assert listed(read_incidents(QueryDict("updated_since=2000-01-01&scope=any"))) == (rows, rows, rows)
    assert listed(read_articles(QueryDict("updated_since=2000-01-01")))[0] == set()
