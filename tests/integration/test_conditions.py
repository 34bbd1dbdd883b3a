"""What a parameter asks of a row, it asks alike of files (SQL) and of counts (the columns in memory)."""

import random
from datetime import date, timedelta

import pytest
from django.http import QueryDict

from archive.articles.article_columns import STORE as ARTICLES
from archive.articles.article_filters import ArticleFilters
from archive.articles.article_listing import read_articles
from archive.lists.columns import Columns
from archive.lists.conditions import OnlyInSql
from archive.lists.filters import ListFilters
from archive.lists.integers import places_of
from incidents.lists.incident_columns import STORE as INCIDENTS
from incidents.lists.incident_listing import read_incidents
from tests.factories.archive import PlaceFactory, SourceFactory
from tests.factories.incidents import ActorFactory, FacilityTypeFactory, WeaponFactory
from tests.factories.listed import published, read_article

pytestmark = pytest.mark.django_db

DATES = [
    "2019-11-27",
    "2019-11",
    "2019-11-27~",
    "2019",
    "2018-12/2019-02",
    "2019-11-27?",
    "../2019",
    "",
    "0001",
    "9999",
]


def differences(filters: ListFilters, columns: Columns) -> list[str]:
    """The parameters whose two readings are not of the same rows; all have one in memory but those of `OnlyInSql`."""
    assert not filters.problems
    found = []
    for name, condition in filters.conditions.items():
        told = condition.rows(columns)
        if isinstance(condition, OnlyInSql):
            assert told is None
            continue
        assert told is not None
        asked = set(filters.queryset.filter(condition.q).values_list("pk", flat=True))
        if set(columns.ids[places_of(told)].tolist()) != asked:
            found.append(name)
    assert set(filters.qs.values_list("pk", flat=True)) == set(columns.ids[places_of(filters.rows(columns))].tolist())
    return found


def range_of_days(rng: random.Random) -> dict[str, str]:
    day = date(2018, 11, 1) + timedelta(days=rng.randrange(500))
    first, last = day.isoformat(), (day + timedelta(days=rng.randrange(60))).isoformat()
    given = {"from": rng.choice([first, "0001-01-01"]), "to": rng.choice([last, "9999-12-31"])}
    return {name: value for name, value in given.items() if rng.random() < 0.8}


def test_parameters_of_incidents_ask_the_same_of_files_and_counts() -> None:
    rng = random.Random(20191127)
    places = [PlaceFactory(pcode=f"C{number}") for number in range(3)]
    actors = [ActorFactory(slug=f"actor-{number}") for number in range(4)]
    kinds = [FacilityTypeFactory(slug=f"kind-{number}") for number in range(2)]
    weapons = [WeaponFactory(slug="bomb"), WeaponFactory(slug="mortar")]
    weapons.append(WeaponFactory(slug="barrel-bomb", parent=weapons[0]))
    sources = [SourceFactory(slug=f"source-{number}") for number in range(2)]

    def some(options: list, most: int = 2) -> list:
        return rng.sample(options, rng.randint(0, most))

    for number in range(60):
        named = some(actors, 3)
        published(
            f"Attack {number}", on=rng.choice(DATES), places=some(places, 1), facility_types=some(kinds),
            actors=named[:1], disputed=some(named[:1], min(1, len(named))),
            one_of=[named[1:]] if len(named) > 2 else (),
            weapons=some(weapons), sources=some(sources), killed=rng.choice([None, 0, 4]),
            scope=rng.choice(["attack", "series"]), state=rng.choice(["published"] * 5 + ["withdrawn"]),
        )  # fmt: skip
    columns = INCIDENTS.current()

    for _ in range(80):
        query = QueryDict(mutable=True)
        query.update(range_of_days(rng))
        for name, options in {
            "town": [place.pcode for place in places], "actor": [actor.slug for actor in actors],
            "facility_type": [kind.slug for kind in kinds], "weapon": ["bomb", "mortar", "barrel-bomb"],
            "source": [source.slug for source in sources], "match": ["certain", "possible"],
            "stance": ["asserted", "disputed"], "scope": ["any", "series"], "killed_min": ["0", "1"],
        }.items():  # fmt: skip
            if rng.random() < 0.4:
                query[name] = rng.choice(options)
        assert differences(read_incidents(query), columns) == [], query.urlencode()


def test_parameters_of_articles_ask_the_same_of_files_and_counts() -> None:
    rng = random.Random(20191127)
    sources = [SourceFactory(slug=f"source-{number}") for number in range(2)]
    for number in range(40):
        day = date(2019, 1, 1) + timedelta(days=rng.randrange(400)) if rng.random() < 0.8 else None
        read_article(f"Report {number}", "Words.", published_on=day, source=rng.choice([*sources, None]), language="en")
    columns = ARTICLES.current()

    for _ in range(60):
        query = QueryDict(mutable=True)
        query.update(range_of_days(rng))
        if rng.random() < 0.4:
            query["source"] = rng.choice(["source-0", "source-1"])
        if rng.random() < 0.2:
            query["language"] = "en"
        filters = read_articles(query)
        assert isinstance(filters, ArticleFilters)
        assert differences(filters, columns) == [], query.urlencode()
