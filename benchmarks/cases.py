"""What is measured: for each kind of page the addresses that are asked for, and the leanest SQL for the same data."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

import psycopg

from archive.dates import LONGEST_MARGIN
from archive.lists.cursors import pack
from benchmarks import floors, words
from benchmarks.floors import Part
from benchmarks.words import Vocabulary

Address = tuple[str, list[Part]]


@dataclass(frozen=True)
class Case:
    """A kind of page: ``draw`` gives another address each time, with the SQL for its data.

    ``datasette`` says which of the addresses' searches Datasette is asked beside it: "" for none.
    """

    name: str
    draw: Callable[[], Address]
    datasette: str = ""


@dataclass
class World:
    """What is in the database, to draw from."""

    connection: psycopg.Connection
    rng: random.Random
    towns: list[tuple[int, str]] = field(default_factory=list)
    districts: list[tuple[int, str]] = field(default_factory=list)
    actors: list[tuple[int, str]] = field(default_factory=list)
    arabic: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    texts: Vocabulary = field(default_factory=Vocabulary)
    rows: Vocabulary = field(default_factory=Vocabulary)

    @classmethod
    def of(cls, connection: psycopg.Connection, seed: int) -> "World":
        rng = random.Random(seed)
        world = cls(connection, rng)
        busy = "SELECT primary_place_id FROM incidents_publishedincident GROUP BY 1 ORDER BY count(*) DESC LIMIT 300"
        places = "SELECT id, pcode FROM archive_place WHERE"
        world.towns = connection.execute(f"{places} id IN ({busy}) ORDER BY id").fetchall()
        world.districts = connection.execute(f"{places} level IN (1, 2) ORDER BY id").fetchall()
        names = "SELECT name_ar FROM archive_place WHERE name_ar <> '' AND id IN"
        world.arabic = words.sample(connection, f"{names} ({busy}) ORDER BY id")
        used = "SELECT DISTINCT unnest(actor_ids) FROM (SELECT actor_ids FROM incidents_publishedincident LIMIT 5000) p"
        world.actors = connection.execute(
            f"SELECT id, slug FROM incidents_actor WHERE id IN ({used}) ORDER BY id"
        ).fetchall()
        world.codes = words.sample(
            connection, "SELECT code FROM incidents_publishedincident ORDER BY md5(code) LIMIT 2000"
        )
        world.texts = words.of_articles(connection, rng)
        world.rows = words.of_incidents(connection, rng)
        return world

    def years(self) -> tuple[int, str, str]:
        """A year, or a stretch of days within one."""
        year = self.rng.randint(2011, 2022)
        month, day = self.rng.randint(1, 6), self.rng.randint(1, 28)
        return year, f"{year}-{month:02d}-{day:02d}", f"{year}-{self.rng.randint(7, 12):02d}-{day:02d}"

    def stem(self, word: str) -> str:
        """The condition of a word or phrase as the archive's index has it."""
        parts = [
            self.connection.execute("SELECT (ts_lexize('pg_catalog.english_stem', %s))[1]", [one]).fetchone()[0] or one
            for one in word.split()
        ]
        return " <-> ".join(f"'{part}'" for part in parts)


def fresh(choices: list[Any], rng: random.Random) -> Iterator[Any]:
    """Every choice once in random order, and again from the beginning when they are used up."""
    while True:
        yield from rng.sample(choices, len(choices))


def happened(match: str, first: str, last: str) -> tuple[str, tuple[str, ...]]:
    """The condition for days as the lists have it (`incidents.lists.incident_filters.HappenedWithin`), and its values."""
    if match == "certain":
        return "p.sort_on >= %s AND p.certain <@ daterange(%s, %s, '[]')", (first, first, last)
    latest = (date.fromisoformat(last) + LONGEST_MARGIN).isoformat()
    return "p.sort_on <= %s AND p.possible && daterange(%s, %s, '[]')", (latest, first, last)


def incident_cases(world: World) -> Iterator[Case]:
    """The list of incidents, and what else is made of them."""
    rng = world.rng
    towns, districts = fresh(world.towns, rng), fresh(world.districts, rng)
    common, rare = fresh(world.rows.common, rng), fresh(world.rows.rare, rng)
    phrases, arabic, codes = fresh(world.rows.phrases, rng), fresh(world.arabic, rng), fresh(world.codes, rng)

    def of_list(condition: str = "", values: tuple[Any, ...] = (), **params: str) -> Address:
        query = f"?{urlencode(params)}" if params else ""
        return f"/incidents/{query}", floors.incident_list(condition, values)

    def of_town(place: tuple[int, str]) -> Address:
        return of_list("p.place_ids && ARRAY[%s::bigint]", (place[0],), town=place[1])

    def of_actor() -> Address:
        (pk, slug), (_, first, last) = rng.choice(world.actors), world.years()
        condition, values = happened("possible", first, last)
        condition = f"p.actor_ids && ARRAY[%s::bigint] AND {condition}"
        return of_list(condition, (pk, *values), actor=slug, **{"from": first, "to": last})

    def of_words(typed: str, condition: str) -> Address:
        return of_list("p.vector @@ %s::tsquery", (condition,), q=typed)

    def of_dates(match: str) -> Address:
        _, first, last = world.years()
        condition, values = happened(match, first, last)
        return of_list(condition, values, match=match, **{"from": first, "to": last})

    def of_arabic() -> Address:
        name = next(arabic)
        place = world.connection.execute("SELECT id FROM archive_place WHERE name_ar = %s", [name]).fetchone()[0]
        return of_list("p.place_ids && ARRAY[%s::bigint]", (place,), q=name)

    def phrase() -> Address:
        words_ = next(phrases)
        return of_words(f'"{words_}"', world.stem(words_))

    def one_word(word: str) -> Address:
        return of_words(word, world.stem(word))

    def unfiltered() -> Address:
        # Another scope is the same list to the database, and another address to whatever remembers pages.
        return of_list(**rng.choice([{}, {"order": "newest"}, {"match": "possible"}, {"expand": "yes"}]))

    yield Case("incidents, no filter", unfiltered)
    yield Case("incidents, town", lambda: of_town(next(towns)))
    yield Case("incidents, district", lambda: of_town(next(districts)))
    yield Case("incidents, actor + dates", of_actor)
    yield Case("incidents, rare word", lambda: one_word(next(rare)))
    yield Case("incidents, common word", lambda: one_word(next(common)))
    yield Case("incidents, phrase", phrase)
    yield Case("incidents, Arabic", of_arabic)
    yield Case("incidents, possible", lambda: of_dates("possible"))
    yield Case("incidents, certain", lambda: of_dates("certain"))
    yield Case("incident page", lambda: incident_page(next(codes)))


def written_to(world: World) -> Iterator[Case]:
    """Pages that change when anything does, for readers beside somebody who writes."""
    names = {"incidents, no filter", "incidents, town", "incidents, rare word", "incident page"}
    names |= {"articles, no filter", "articles, rare word"}
    return (case for case in (*incident_cases(world), *article_cases(world)) if case.name in names)


def incident_page(code: str) -> Address:
    return f"/incidents/{code}/", floors.incident(code)


def picture_cases(world: World) -> Iterator[Case]:
    """Map and timeline, each with an actor and dates that differ."""

    def of_picture(name: str) -> Address:
        (pk, slug), (_, first, last) = world.rng.choice(world.actors), world.years()
        condition, values = happened("possible", first, last)
        query = urlencode({"actor": slug, "from": first, "to": last})
        return f"/{name}/?{query}", floors.picture(
            name, f"p.actor_ids && ARRAY[%s::bigint] AND {condition}", (pk, *values)
        )

    yield Case("map", lambda: of_picture("map"))
    yield Case("timeline", lambda: of_picture("timeline"))


def article_cases(world: World) -> Iterator[Case]:
    """The search of articles."""
    rng = world.rng
    common, rare = fresh(world.texts.common, rng), fresh(world.texts.rare, rng)
    phrases, spare = fresh(world.texts.phrases, rng), fresh(world.texts.rare, rng)

    def of_search(typed: str, condition: str, *, is_ranked: bool = False) -> Address:
        params = {"q": typed, **({"order": "relevance"} if is_ranked else {})}
        return f"/articles/?{urlencode(params)}", floors.article_list(condition, is_ranked=is_ranked)

    def of_common(*, is_ranked: bool = False) -> Address:
        # A rare word taken out makes another question of the same size.
        word, other = next(common), next(spare)
        condition = f"{world.stem(word)} & !{world.stem(other)}"
        return of_search(f"{word} -{other}", condition, is_ranked=is_ranked)

    def phrase() -> Address:
        words_ = next(phrases)
        return of_search(f'"{words_}"', world.stem(words_))

    def of_rare(*, is_ranked: bool = False) -> Address:
        word = next(rare)
        return of_search(word, world.stem(word), is_ranked=is_ranked)

    yield Case("articles, rare word", of_rare, datasette="newest")
    yield Case("articles, common word", of_common, datasette="newest")
    yield Case("articles, phrase", phrase, datasette="newest")
    yield Case("articles, rare word, by relevance", lambda: of_rare(is_ranked=True), datasette="rank")
    yield Case("articles, common word, by relevance", lambda: of_common(is_ranked=True), datasette="rank")
    yield Case("articles, no filter", lambda: ("/articles/", floors.article_list("")))


def deep_cases(world: World) -> Iterator[Case]:
    """Pages in the middle of a long list, by the cursors that the pages before them give out."""
    sql = "SELECT sort_on, incident_id FROM incidents_publishedincident ORDER BY md5(code || 'deep') LIMIT 2000"
    places = fresh(world.connection.execute(sql).fetchall(), world.rng)

    def deep() -> Address:
        day, pk = next(places)
        cursor = pack(["newest", day.isoformat(), pk, 0])
        return f"/incidents/?after={cursor}", floors.incident_list("", (), (day, pk))

    yield Case("incidents, deep page", deep)
